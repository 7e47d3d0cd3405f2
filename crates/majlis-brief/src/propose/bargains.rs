//! Conditional threats and offers: do this, or else; do this, and then.

use super::words::{Condition, condition};
use super::{Entry, Evidence, Implied, Key, Making, Said, Value};
use crate::issues::who;
use crate::model::{Bargain, Range, Who};
use crate::phrase::Phrase;
use majlis_lexicon::EventType;
use majlis_read::Side;

/// How alike a condition and an issue must be.
const ALIKE: f64 = 0.5;
/// Where one moves who does as he is told, and who does the contrary.
const DONE: Range = Range { low: 75.0, mode: 90.0, high: 100.0 };
const LEFT: Range = Range { low: 0.0, mode: 10.0, high: 25.0 };
/// Where one stands who asks for it, and who warns off it.
const WANTS: Range = Range { low: 65.0, mode: 90.0, high: 100.0 };
const REFUSES: Range = Range { low: 0.0, mode: 10.0, high: 35.0 };
/// A number of which the texts say nothing.
pub(super) const OPEN: Range = Range { low: 0.0, mode: 50.0, high: 100.0 };

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Threat,
    Offer,
}

/// Proposes what is threatened or offered on a condition that one of the proposed issues is about, to somebody who takes a side on it. Asks
/// about all others.
pub(super) fn find(making: &mut Making<'_>) {
    let brief = making.brief;
    for bargain in &brief.bargains {
        let Some(told) = &bargain.condition else { continue };
        let Some(by) = bargain.who.or_else(|| bargain.source.first().copied()) else { continue };
        let evidence = Evidence::of_bargain(bargain);
        // Without a word that opens a condition, what is asked comes first and what follows if it is not done stands behind it.
        let asked = condition(told).unwrap_or((Condition::Unless, &bargain.words));
        let kind = kind(bargain);
        let found = issue(making, asked.1).and_then(|(at, reversed)| Some((at, reversed, to(making, bargain, by, told, at)?)));
        let Some((at, reversed, to)) = found else {
            let asks = match kind {
                _ if bargain.kind == EventType::Request => "ask.demand",
                Kind::Threat => "ask.threat",
                Kind::Offer => "ask.offer",
            };
            let values = vec![("by", Said::Who(vec![by])), ("words", Said::Words(bargain.words.clone())), ("condition", Said::Words(told.clone()))];
            making.ask(asks, values, vec![evidence]);
            continue;
        };
        propose(making, &Terms { kind, by, to, at, reversed, asked: asked.0 }, bargain, told, &evidence);
    }
}

#[derive(Clone, Copy)]
struct Terms {
    kind: Kind,
    by: Who,
    to: Who,
    at: usize,
    reversed: bool,
    asked: Condition,
}

fn propose(making: &mut Making<'_>, terms: &Terms, bargain: &Bargain, told: &str, evidence: &Evidence) {
    let &Terms { kind, by, to, at, reversed, asked } = terms;
    // "If you do X" warns off X where it is a threat, and asks for it where it is an offer; "unless you do X" asks for it.
    let wants = (asked == Condition::Unless || kind == Kind::Offer) != reversed;
    let demand = if wants { DONE } else { LEFT };
    let because = "what it threatens or offers implies it";
    making.implied.push(Implied { who: by, at, position: if wants { WANTS } else { REFUSES }, because, evidence: evidence.clone() });
    let (list, open): (_, &[&str]) = if kind == Kind::Threat { ("threat", &["harm", "cost", "audience_cost"]) } else { ("offer", &["reward", "cost"]) };
    let name = format!("{} … {told}", bargain.words);
    let id = making.id(list, &bargain.words);
    let (by, to, issue) = (making.actor(by), making.actor(to), making.issues[at].1.clone());
    let mut keys = vec![
        Key::text("id", id.clone()),
        Key::label("name", name.clone(), name),
        Key::text("by", by),
        Key::text("to", to),
        Key::text("issue", issue),
        Key::made("demand", Value::Range(demand), format!("by the condition: {}", if wants { "do it" } else { "leave it" }), vec![evidence.clone()]),
    ];
    for name in ["harm", "reward", "cost", "audience_cost"].into_iter().filter(|name| open.contains(name)) {
        keys.push(Key::made(name, Value::Range(OPEN), "the texts do not say: left open, asked below", vec![evidence.clone()]));
    }
    if let Some(day) = bargain.when.map(|when| when.last()).filter(|&day| kind == Kind::Threat && making.date.is_some_and(|date| day > date)) {
        keys.push(Key::made("deadline", Value::Day(day), "the last day of the time that is told of it", vec![evidence.clone()]));
    }
    making.entries.push(Entry { list, keys, evidence: vec![evidence.clone()], parts: Vec::new() });
    let values = vec![("id", Said::Words(format!("{list} {id}"))), ("name", Said::Words(bargain.words.clone())), ("keys", Said::Words(open.join(", ")))];
    making.ask("ask.stakes", values, vec![evidence.clone()]);
}

impl Evidence {
    pub(super) fn of_bargain(bargain: &Bargain) -> Self {
        let report = &bargain.reports[0];
        let words = bargain.condition.as_ref().map_or_else(|| bargain.words.clone(), |told| format!("{} … {told}", bargain.words));
        Self { cite: report.cite, words, voice: report.voice.clone(), found: Some((bargain.why, bargain.confidence)) }
    }
}

/// A kind act on a condition is an offer, and so is being for something on one; all else is a threat.
fn kind(bargain: &Bargain) -> Kind {
    use EventType::{Agree, Aid, Concede, Consult, Cooperate, Retreat, Support};
    let kind_act = matches!(bargain.kind, Agree | Aid | Concede | Consult | Cooperate | Retreat | Support);
    if kind_act || bargain.side == Some(Side::For) { Kind::Offer } else { Kind::Threat }
}

/// Which of the proposed issues the words are about, and whether they speak of its contrary.
fn issue(making: &Making<'_>, words: &str) -> Option<(usize, bool)> {
    let about = Phrase::new(words);
    let likeness = |wording: &str| {
        let other = Phrase::new(wording);
        let shared = other.keys.iter().filter(|key| about.keys.contains(key)).count();
        // A condition is a clause that may hold the whole of an issue among other words.
        let held = if other.keys.len() > 1 && shared == other.keys.len() { 1.0 } else { 0.0 };
        (about.likeness(&other).max(held), about.reversed != other.reversed)
    };
    let of = |(at, (index, _)): (usize, &(usize, String))| {
        let issue = &making.brief.issues[*index];
        let wordings = issue.stances.iter().map(|s| (s.words.as_str(), s.reversed)).chain([(issue.label.as_str(), false)]);
        wordings
            .map(|(words, contrary)| (likeness(words), contrary))
            .map(|((l, reversed), contrary)| (l, at, reversed != contrary))
            .max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let best = making.issues.iter().enumerate().filter_map(of).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= ALIKE).then_some((best.1, best.2))
}

/// Who is to move: whom the bargain is with, else the one that the condition names; somebody who takes a side on the issue.
fn to(making: &Making<'_>, bargain: &Bargain, by: Who, told: &str, at: usize) -> Option<Who> {
    let issue = &making.brief.issues[making.issues[at].0];
    let mut takes_side = who(issue, |_| true);
    takes_side.extend(making.implied.iter().filter(|one| one.at == at).map(|one| one.who));
    let fits = |w: &Who| *w != by && takes_side.contains(w);
    let names = |w: Who| {
        let name = &making.brief.actors[w as usize].name;
        name.split(' ').next().is_some_and(|head| head.chars().count() > 2 && told.contains(head))
    };
    bargain.target.iter().copied().find(fits).or_else(|| takes_side.iter().copied().find(|&w| fits(&w) && names(w)))
}
