//! What is asked of every play.

use super::record::{Answer, What};
use super::rules::Instrument;
use super::tally::Ending;
use super::world::{When, World};
use serde::Serialize;

/// An outcome that comes about in a play or does not; everything is named by its `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Question {
    /// The state of things ends at least [`Question::MOVE`] points nearer to an end of the scale than it began.
    Moves {
        /// The issue.
        issue: String,
        /// Which way.
        towards: End,
    },
    /// A truce in force at the start is still so at the end.
    Holds {
        /// The truce.
        truce: String,
    },
    /// A motion is carried.
    Carried {
        /// The motion.
        motion: String,
    },
    /// The threatened actor does what is asked.
    GivesWay {
        /// The threat.
        threat: String,
    },
    /// It refuses, and the threat is carried out.
    CarriedOut {
        /// The threat.
        threat: String,
    },
    /// An offer is taken up.
    TakenUp {
        /// The offer.
        offer: String,
    },
    /// A list wins most seats.
    ComesFirst {
        /// The election.
        election: String,
        /// The list.
        list: String,
    },
    /// Nobody attacks or strikes back.
    NoAttack,
}

/// An end of an issue's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// 0.
    Low,
    /// 100.
    High,
}

impl Question {
    /// Points of the scale by which the state of things must have moved.
    pub const MOVE: f64 = 10.0;
}

/// A question, how a play answers it, and what decides it by definition and so explains nothing.
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) holds: Box<dyn Fn(&Ending) -> bool>,
    pub(super) decides: Box<dyn Fn(What) -> bool>,
}

/// The questions to a standoff: how far each issue moves, whether truces hold, how votes, threats, offers and elections end. What
/// falls due after the play is not asked about.
pub(super) fn questions(world: &World) -> Vec<Asked> {
    let standoff = &world.standoff;
    let mut asked = Vec::new();
    let mut ask = |question, holds: Box<dyn Fn(&Ending) -> bool>, decides: Box<dyn Fn(What) -> bool>| {
        asked.push(Asked { question, holds, decides });
    };
    for (i, issue) in standoff.issue.iter().enumerate() {
        for (towards, side) in [(End::Low, -1.0), (End::High, 1.0)] {
            let moved = move |e: &Ending| side * (e.standing(i) - e.start[i]) >= Question::MOVE;
            ask(Question::Moves { issue: issue.id.clone(), towards }, Box::new(moved), Box::new(|_| false));
        }
    }
    for (t, between) in &world.truces {
        let (t, ended) = (*t, What::TruceEnded(Some(*t)));
        // A new truce between the same actors can only be made when this one has ended.
        let pair = between.clone();
        let decides = move |w| w == ended || matches!(w, What::TruceMade(a, b) if pair.contains(&a) && pair.contains(&b)) || w == What::TruceEnded(None);
        ask(Question::Holds { truce: standoff.truce[t].id.clone() }, Box::new(move |e| !e.has(ended)), Box::new(decides));
    }
    for (m, motion) in standoff.motion.iter().enumerate().filter(|(m, _)| world.motions[*m].when != When::Later) {
        let carried = move |e: &Ending| e.has(What::Voted(m, super::Vote::Carried));
        let decides = move |w| matches!(w, What::Voted(other, _) if other == m) || matches!(w, What::Acted(_, Instrument::TableMotion));
        ask(Question::Carried { motion: motion.id.clone() }, Box::new(carried), Box::new(decides));
    }
    let due = |b: usize| world.bargains[b].when != When::Later;
    let answered = |b: usize| Box::new(move |w| matches!(w, What::Answered(other, _) if other == b));
    let ends = |b: usize, answer| Box::new(move |e: &Ending| e.has(What::Answered(b, answer)));
    for (b, threat) in standoff.threat.iter().enumerate().filter(|(b, _)| due(*b)) {
        ask(Question::GivesWay { threat: threat.id.clone() }, ends(b, Answer::GaveWay), answered(b));
        ask(Question::CarriedOut { threat: threat.id.clone() }, ends(b, Answer::CarriedOut), answered(b));
    }
    let offers = standoff.offer.iter().enumerate().map(|(o, offer)| (standoff.threat.len() + o, offer));
    for (b, offer) in offers.filter(|(b, _)| due(*b)) {
        ask(Question::TakenUp { offer: offer.id.clone() }, ends(b, Answer::GaveWay), answered(b));
    }
    for (e, election) in standoff.election.iter().enumerate().filter(|(e, _)| matches!(world.elections[*e].when, When::Step(_))) {
        for (l, list) in election.list.iter().enumerate().filter(|(_, l)| l.actor.is_some()) {
            let first = What::Elected(e, l);
            let decides = move |w| matches!(w, What::Elected(other, _) if other == e);
            ask(Question::ComesFirst { election: election.id.clone(), list: list.id.clone() }, Box::new(move |e| e.has(first)), Box::new(decides));
        }
    }
    if (0..world.actors()).any(|a| (0..world.actors()).any(|b| world.armed[a] && world.adverse(a, b))) {
        let calm = |e: &Ending| !e.record.iter().any(|m| is_violent(m.what));
        ask(Question::NoAttack, Box::new(calm), Box::new(is_violent));
    }
    asked
}

/// Whether it is an attack or a reply.
pub(super) fn is_violent(what: What) -> bool {
    matches!(what, What::Acted(_, Instrument::Attack | Instrument::StrikeBack))
}
