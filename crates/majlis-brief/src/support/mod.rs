//! What of a reading is borne out closely enough to be told: who said it and who did it stand beside the words that say so.
//!
//! A reading is generous; a brief is signed. Here the reading is cut down to what its own spans carry: a source is named only where its
//! name stands next to the verb that credits it, an actor only where it stands next to what it does. What falls away is counted, never
//! replaced. An item that an analyst has confirmed (confidence 1) stays as it is.

mod borne;
mod events;
mod sources;
#[cfg(test)]
mod tests;
mod voices;

pub(crate) use sources::is_father;

use crate::english;
use crate::model::LeftOut;
use crate::phrase::{is_aside, is_finite, is_stand_in, is_word};
use majlis_lexicon::{ActorKind, CueClass, EventType};
use majlis_read::{Actor, ActorIx, Event, Mention, MentionForm, Reading, Speaker, Stance, Statement, StatementKind};
use majlis_text::{Span, fold};
use std::cmp::Reverse;

/// From here on an analyst has confirmed an item.
const CONFIRMED: f32 = 0.999;
/// Below these a person's name, a body's and a title do not tell who is meant.
const SURE: f32 = 0.8;
const BODY: f32 = 0.65;
pub(crate) const TITLE: f32 = 0.65;
/// From here on the words of a state's organ name the state as well.
pub(crate) const COUNTRY: f32 = 0.85;
/// Below this a statement is not told: in 79 annotated articles that nobody tuned on 18 of 61 such had words and source right, of the others 596 of 735.
const STATED: f32 = 0.35;
/// Below this a stance is not told.
const STANCE: f32 = 0.3;
/// The rule of events that a noun tells of.
const NOUN: &str = "event/noun";
/// The rule of a bargain in set words: either this or that.
const BARGAIN: &str = "stance/bargain";
/// From here on a demand or a refusal without an actor beside it may be the speaker's own, and support told by a noun alone is told.
const OWN: f32 = 0.65;
/// The furthest that a body's name may stand from what it says, in characters; people are spoken of again from further off.
const FAR: usize = 40;
/// The furthest that a source may stand behind the words it is credited with.
const BEHIND: usize = 16;
/// The part of a reading that its text carries, and how much was left out.
pub(crate) fn supported(text: &str, reading: &Reading) -> (Reading, LeftOut) {
    let gate = Gate { text, reading, sure: sure_actors(text, reading) };
    let (voices, homes) = gate.voices();
    let mut kept = Reading { statements: Vec::new(), events: Vec::new(), stances: Vec::new(), ..reading.clone() };
    let mut places: Vec<Option<u32>> = vec![None; reading.statements.len()];
    for (at, (statement, voice)) in reading.statements.iter().zip(&voices).enumerate() {
        if statement.confidence < STATED {
            continue;
        }
        let Some(speaker) = voice.speaker(statement).and_then(|speaker| {
            if statement.confidence >= CONFIRMED { Some(speaker) } else { gate.described(speaker).and_then(|speaker| gate.called(speaker)) }
        }) else {
            continue;
        };
        let span = if statement.confidence >= CONFIRMED { statement.span } else { gate.own_words(statement) };
        places[at] = Some(kept.statements.len() as u32);
        kept.statements.push(Statement { span, speaker, inside: None, ..statement.clone() });
    }
    for (statement, (inside, place)) in reading.statements.iter().map(|s| s.inside).zip(&places).enumerate() {
        if let Some(place) = *place {
            kept.statements[place as usize].inside = inside.and_then(|i| places[i as usize]).filter(|i| *i != place && *i != statement as u32);
        }
    }
    let mut moved: Vec<Option<u32>> = vec![None; reading.events.len()];
    for (at, event) in reading.events.iter().enumerate() {
        let statement = event.statement.map(|s| places[homes[s as usize] as usize]);
        let carried = gate.carried(at as u32, event);
        if statement == Some(None) || !gate.is_event(&carried) {
            continue;
        }
        moved[at] = Some(kept.events.len() as u32);
        kept.events.push(Event { statement: statement.flatten(), ..carried });
    }
    for stance in &reading.stances {
        let event = stance.event.map(|e| moved[e as usize]);
        let acts = |e: u32| kept.events[e as usize].source.contains(&stance.actor);
        let pronoun = |e: u32| gate.holds_its_object(&kept.events[e as usize]);
        let soft = |e: u32| kept.events[e as usize].kind == EventType::Support && kept.events[e as usize].why.rule == "event/noun";
        let carried = match event {
            Some(Some(e)) => acts(e) && (stance.why.rule == BARGAIN || !pronoun(e)) && (!soft(e) || stance.confidence >= OWN),
            Some(None) => false,
            None => true,
        };
        if stance.confidence >= CONFIRMED || carried && stance.confidence >= STANCE && gate.sure[stance.actor as usize] && !gate.is_of_another(stance) {
            kept.stances.push(Stance { event: event.flatten(), ..stance.clone() });
        }
    }
    let left = LeftOut {
        statements: reading.statements.len() - kept.statements.len(),
        events: reading.events.len() - kept.events.len(),
        stances: reading.stances.len() - kept.stances.len(),
    };
    (kept, left)
}

/// For each actor, whether the text tells who it is: the lexicon knows it or it is named with its title, and nobody else is meant.
pub(crate) fn sure_actors(text: &str, reading: &Reading) -> Vec<bool> {
    let told = |at: ActorIx, actor: &Actor| {
        let mut own = reading.mentions.iter().filter(|m| m.actor == at);
        let least = if actor.kind == ActorKind::Person { SURE } else { BODY };
        // One word that the lexicon does not know names nobody surely, unless it is a state's.
        let told = actor.kind == ActorKind::State || actor.name.contains(' ');
        actor.known || told && own.any(|m| m.confidence >= least && m.why.rule != "mention/surname") && !holds_another_name(actor)
    };
    (0..).zip(&reading.actors).map(|(at, actor)| told(at, actor) && !is_namesake(text, reading, at)).collect()
}

/// Whether a word of another sort was taken into a person's name: it begins or ends with the whole name of somebody listed, or begins with a place's.
fn holds_another_name(actor: &Actor) -> bool {
    let words: Vec<&str> = actor.name.split(' ').collect();
    let parts = || (2..words.len()).flat_map(|n| [&words[..n], &words[words.len() - n..]]);
    // Two words may be one name: Abdul Salam, Abu Omar.
    let one = |part: &[&str]| part.len() == 2 && is_word("compound", part[0]);
    let longer = || !words.contains(&"بن") && parts().any(|part| !one(part) && english::is_listed(&part.join(" ")));
    actor.kind == ActorKind::Person && (longer() || english::is_place(words[0]))
}

/// Whether an actor is named by one word only, the last of another's name who is named in full.
fn is_namesake(text: &str, reading: &Reading, at: ActorIx) -> bool {
    let last = |name: &str| name.split(' ').next_back().map(fold);
    let actor = &reading.actors[at as usize];
    let in_full = |at: ActorIx| reading.mentions.iter().any(|m| m.actor == at && m.form == MentionForm::Titled);
    let bare = |m: &Mention| m.span.slice(text).is_some_and(|words| !words.contains(' '));
    actor.known
        && reading.mentions.iter().filter(|m| m.actor == at).all(bare)
        && (0..).zip(&reading.actors).any(|(other, a)| other != at && a.name.contains(' ') && last(&a.name) == last(&actor.name) && in_full(other))
}

/// Who says a statement, as far as the text carries it.
#[derive(Clone, Copy)]
enum Told {
    /// The source that was read.
    Read,
    /// Somebody named in these words, whoever that is.
    Words(Span),
    /// Nobody can be told.
    Nobody,
}

impl Told {
    fn speaker(self, statement: &Statement) -> Option<Speaker> {
        match self {
            Self::Read => Some(statement.speaker),
            Self::Words(span) => Some(Speaker { actor: None, span: Some(span), named: true, ..statement.speaker }),
            Self::Nobody => None,
        }
    }
}

struct Gate<'a> {
    text: &'a str,
    reading: &'a Reading,
    sure: Vec<bool>,
}

impl Gate<'_> {
    /// How far each statement's source is carried, and the statement that tells what it holds: itself, or the one whose words it repeats.
    fn voices(&self) -> (Vec<Told>, Vec<u32>) {
        let statements = &self.reading.statements;
        let mut voices: Vec<Told> = Vec::with_capacity(statements.len());
        let mut homes: Vec<u32> = (0..statements.len() as u32).collect();
        let mut last: Vec<Option<Told>> = vec![None; self.reading.actors.len()];
        let mut unnamed = Told::Read;
        for (at, s) in statements.iter().enumerate() {
            if let Some(outer) = self.repeated(at).filter(|_| s.confidence < CONFIRMED) {
                homes[at] = homes[outer as usize];
                voices.push(Told::Nobody);
                continue;
            }
            // An unnamed source that goes on is worth what it was worth before.
            let goes_on = s.speaker.actor.is_none() && s.speaker.span.is_some_and(|span| self.is_cue(s, span));
            let told = if goes_on && matches!(unnamed, Told::Nobody) { Told::Nobody } else { self.voice(s, &last) };
            match s.speaker.actor {
                Some(actor) => last[actor as usize] = Some(told),
                None => unnamed = told,
            }
            // Who speaks goes on even where what a noun tells of it is not told.
            voices.push(if s.confidence >= CONFIRMED || self.is_own_noun(s) { told } else { Told::Nobody });
        }
        (voices, homes)
    }

    /// The statement before this one in which its words stand, unless another is quoted in it word for word, or named in it as saying so.
    fn repeated(&self, at: usize) -> Option<u32> {
        let all = &self.reading.statements;
        let s = &all[at];
        let holds = |other: &Statement| other.span.holds(s.span.start()) && other.span != s.span;
        let outer = s.inside.filter(|&i| (i as usize) < at).or_else(|| (0..at as u32).rev().find(|&i| holds(&all[i as usize])))?;
        let another = all[outer as usize].speaker.actor != s.speaker.actor;
        let named = s.speaker.named && s.speaker.span.is_some_and(|span| all[outer as usize].span.contains(span));
        (!(another && (s.kind == StatementKind::Direct || named))).then_some(outer)
    }

    fn voice(&self, s: &Statement, last: &[Option<Told>]) -> Told {
        if s.confidence >= CONFIRMED {
            return Told::Read;
        }
        if !self.is_said(s) {
            return Told::Nobody;
        }
        let Some(span) = s.speaker.span else { return Told::Read };
        // Nobody is named by the words that he is to have said, and "and the wounded" goes on with what was listed.
        if s.span.contains(span) || !s.speaker.named && s.confidence < SURE && span.slice(self.text).is_some_and(|words| words.starts_with("وال")) {
            return Told::Nobody;
        }
        if s.class == CueClass::Accuse && !self.is_accuser(s, span) {
            return Told::Nobody;
        }
        let Some(actor) = s.speaker.actor else {
            if s.speaker.named {
                return Told::Read;
            }
            let told = if self.is_source(s, span) { Told::Read } else { Told::Nobody };
            return self.named(s, span).map_or(told, Told::Words);
        };
        // What is quoted or told of by a noun alone need not be the speaker's own.
        if s.why.rule == "statement/preposition-noun" && matches!(s.class, CueClass::Quote | CueClass::Report) {
            return Told::Nobody;
        }
        let Some(mention) = self.reading.mentions.iter().find(|m| m.actor == actor && m.span.overlaps(span)) else {
            // A verb that carries a source on is worth what was told of it before; what is no verb stands for nobody but itself.
            if s.cue.is_some_and(|cue| !cue.overlaps(span)) {
                if span.slice(self.text).is_some_and(is_stand_in) {
                    return last[actor as usize].unwrap_or(Told::Nobody);
                }
                let verb = span.slice(self.text).is_some_and(is_finite);
                return if s.speaker.named && !verb { Told::Words(span) } else { Told::Nobody };
            }
            return last[actor as usize].filter(|_| self.goes_on(s, span)).unwrap_or(Told::Nobody);
        };
        if !self.says(s, mention, span) {
            return Told::Nobody;
        }
        if span.start() >= s.span.end() && self.apart(s.span, span) > BEHIND {
            return Told::Nobody;
        }
        let is_person = self.reading.actors[actor as usize].kind == ActorKind::Person;
        if !is_person && self.apart(span, s.span) > FAR {
            return Told::Nobody;
        }
        // "And Michel": the second of two, of whom the first is not told.
        let second = span.slice(self.text).and_then(|words| words.split(' ').next()).is_some_and(sources::is_joined);
        if second {
            return Told::Nobody;
        }
        if let Some(adjective) = self.adjective(mention).filter(|_| span == mention.span) {
            return Told::Words(span.cover(adjective));
        }
        if self.is_common(mention) || mention.confidence < TITLE && mention.form != MentionForm::Name {
            return Told::Words(span);
        }
        if self.sure[actor as usize] {
            return Told::Read;
        }
        let fullest = self.mentions(actor).map(|m| m.span).max_by_key(|s| (s.len(), Reverse(s.start()))).unwrap_or(span);
        // A body that is cut before its name goes on with it.
        let goes_on = self.reading.mentions.iter().find(|m| m.span.start() == fullest.end() + 1).map_or(fullest, |m| fullest.cover(m.span));
        if fullest.slice(self.text).is_some_and(is_aside) { Told::Nobody } else { Told::Words(goes_on) }
    }

    fn mentions(&self, actor: ActorIx) -> impl Iterator<Item = &Mention> {
        self.reading.mentions.iter().filter(move |m| m.actor == actor)
    }

    /// Characters between two stretches of text.
    fn apart(&self, a: Span, b: Span) -> usize {
        let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
        Span::new(first.end(), second.start()).and_then(|s| s.slice(self.text)).map_or(0, |t| t.chars().count())
    }
}
