//! Roles and places that the words of one clause bear out: a verb at the head of its clause with its subject beside it, a noun of doing with
//! whoever does it right after it, a place that a preposition leads to.
//!
//! This is stricter than what the reader believes. What is not borne out is not told in words of ours; the document's own words remain.

use super::events::{Gap, is_of};
use super::voices::{is_entry, is_plural};
use super::{Gate, NOUN};
use crate::phrase::{is_finite, is_that, is_word};
use majlis_lexicon::{ActorKind, Classes, Entry, EventType, Frame};
use majlis_read::{ActorIx, Event, Mention, MentionForm, PlaceMention};
use majlis_text::{Span, fold};

/// The most words between a verb that carries a noun, with its subject, and that noun.
const CARRIED: usize = 3;
/// The most words between a trigger and where it happens, after it and before it.
const TO_PLACE: usize = 8;
const FROM_PLACE: usize = 2;
/// How far before a place the preposition that leads to it may stand, in words.
const LED: usize = 3;
/// A plural with its article has more letters than this.
const LEAST: usize = 5;
/// Classes of words after which a new clause begins.
const OPENS: Classes = Classes::DISCOURSE.with(Classes::SUB).with(Classes::TIME);

impl Gate<'_> {
    /// Whether the clause of a trigger bears out that `actor` does what it tells of.
    pub(super) fn is_subject_of(&self, event: &Event, frame: Frame, actor: ActorIx) -> bool {
        let after = |m: &Mention| m.span.start() >= event.span.end();
        let before_verb = |m: &Mention| !self.holds_its_object(event) && self.precedes_verb(event.span, m);
        let verb = |m: &Mention| if after(m) { self.follows_verb(event.span, frame.object, m) } else { before_verb(m) };
        let noun = |m: &Mention| if after(m) { self.owns_noun(event, frame, m) } else { self.carries_noun(event.span, m) };
        if event.why.rule != NOUN && event.kind == EventType::Assault && self.lacks_its_noun(event) {
            return false;
        }
        self.mentions(actor).filter(|m| self.is_whole(m)).any(|m| if event.why.rule == NOUN { noun(m) } else { verb(m) })
    }

    /// Whether a verb that says nothing itself stands without the noun that does: they launched a campaign of words.
    fn lacks_its_noun(&self, event: &Event) -> bool {
        let noun = |other: &&Event| other.kind == event.kind && other.span.start() >= event.span.end();
        let near = |other: &Event| self.between(event.span.end(), other.span.start()).split_whitespace().count() <= TO_PLACE;
        let words = event.span.slice(self.text).unwrap_or_default();
        is_of(words, Classes::LIGHT) && !words.contains(' ') && !self.reading.events.iter().filter(noun).any(near)
    }

    /// Whether a mention is the subject right after a verb at the head of its clause.
    pub(super) fn follows_verb(&self, verb: Span, object: bool, m: &Mention) -> bool {
        let words = self.between(verb.end(), m.span.start());
        // A body's name may have its kind before it (the group X); before a person such a word is of somebody else (the deputy of X).
        let body = self.reading.actors[m.actor as usize].kind != ActorKind::Person;
        let is_head = |word: &str| body && is_entry(word, |e| matches!(e, Entry::Head(_)));
        let beside = words.split_whitespace().count() <= 1 && words.split_whitespace().all(is_head) || self.untimed(verb.end(), m.span.start()).is_empty();
        // Where somebody else is named right after, he is the object and not the one before him.
        let object_follows = || self.reading.mentions.iter().any(|o| o.actor != m.actor && o.span.start() == m.span.end() + 1 && !self.is_led(o));
        beside && (self.opens_clause(verb, object) || self.opens_clause(verb, false) && object_follows()) && self.agrees(verb, m)
    }

    /// Whether a mention at the head of its clause is the subject of a verb after it, with nothing but "had" or "who" between.
    pub(super) fn precedes_verb(&self, verb: Span, m: &Mention) -> bool {
        if m.span.end() > verb.start() || self.between(m.span.end(), verb.start()).contains(['.', '،', ',', '-', '\n', '«', '»', '"', '(', ')']) {
            return false;
        }
        let between: Vec<&str> = self.between(m.span.end(), verb.start()).split_whitespace().collect();
        let plain = |word: &&str| fold(word) == "قد" || is_of(word, Classes::NEG);
        let (relative, rest) = match between.split_first() {
            Some((first, rest)) if is_of(first, Classes::REL) => (true, rest),
            _ => (false, &between[..]),
        };
        let near = rest.iter().all(plain) || !relative && self.untimed(m.span.end(), verb.start()).is_empty();
        let led = relative && self.before(m.span).is_some_and(|word| is_of(word, Classes::PREP));
        near && (self.begins_clause(m.span) || led)
    }

    /// Whether whoever a noun of doing belongs to stands right after it, alone or between whom and whom it is.
    fn owns_noun(&self, event: &Event, frame: Frame, m: &Mention) -> bool {
        use EventType::{Agree, Assault, Consult, Cooperate};
        let words: Vec<&str> = self.between(event.span.end(), m.span.start()).split_whitespace().collect();
        if self.between(event.span.end(), m.span.start()).contains(['.', '،', '\n', '«', '»', '"', '(']) {
            return false;
        }
        let mutual = matches!(event.kind, Agree | Assault | Consult | Cooperate);
        let joined = |m: &Mention| {
            let and = m.span.slice(self.text).is_some_and(|words| words.starts_with('و'));
            let other = |o: &&Mention| o.span.end() + 1 == m.span.start() && self.before(o.span) == Some("بين");
            and && self.reading.mentions.iter().find(other).is_some_and(|o| self.near_between(event.span, o))
        };
        let between = mutual && (self.near_between(event.span, m) || joined(m));
        let own = words.is_empty() && !frame.object && !self.is_led(m) && m.span.slice(self.text).is_some_and(|words| !words.starts_with(['و', 'ل', 'ب']));
        // The invasion of a country is done to it, unless it says upon whom.
        let upon = || self.after(m.span).split_whitespace().take(CARRIED).any(|word| word == "على");
        let befallen = event.kind == Assault && self.reading.actors[m.actor as usize].kind == ActorKind::State && !upon();
        between || own && !befallen
    }

    /// Whether "between" leads to a mention soon after a trigger.
    fn near_between(&self, trigger: Span, m: &Mention) -> bool {
        m.span.start() > trigger.end()
            && self.before(m.span) == Some("بين")
            && self.between(trigger.end(), m.span.start()).split_whitespace().count() <= CARRIED
    }

    /// Whether a verb that says nothing itself stands beside a mention, its subject, and the noun soon after both.
    fn carries_noun(&self, noun: Span, m: &Mention) -> bool {
        if m.span.end() > noun.start() || self.between(m.span.end(), noun.start()).contains(['.', '\n', '«', '»', '"', '(']) {
            return false;
        }
        let is_light = |word: &str| is_of(word, Classes::LIGHT.with(Classes::RECEIVE)) && is_finite(word);
        let words = self.untimed(m.span.end(), noun.start());
        let clause = |word: &&str| is_of(word, Classes::REL.with(Classes::SUB)) || is_that(word);
        if words.len() > CARRIED || words.iter().any(clause) {
            return false;
        }
        let verb_before =
            self.before(m.span).filter(|word| is_light(word)).map(|word| Span::between(m.span.start() - 1 - word.len() as u32, m.span.start() - 1));
        let verb_after = words.first().is_some_and(|word| is_light(word)) && self.begins_clause(m.span);
        let others = words.iter().skip(usize::from(verb_after)).any(|word| is_finite(word) || is_of(word, Classes::PREP));
        !others && (verb_after || verb_before.is_some_and(|verb| self.opens_clause(verb, false) && self.agrees(verb, m)))
    }

    /// Whether the clause bears out that something befalls whom a mention names: not a second name of who acts, nor what it is done with.
    pub(super) fn is_object_of(&self, event: &Event, frame: Frame, m: &Mention) -> bool {
        let second = |other: &Mention| {
            let person = self.reading.actors[other.actor as usize].kind == ActorKind::Person;
            let titled = matches!(m.form, MentionForm::Title | MentionForm::Titled);
            event.source.contains(&other.actor) && person && titled && other.span.end() + 1 == m.span.start()
        };
        let with = m.span.slice(self.text).is_some_and(|words| words.starts_with("بال")) && !frame.prepositions.contains(&"ب");
        // "The army of conquest, which belongs to the opposition": it is his own side, not whom he attacks.
        let own = self.before(m.span).is_some_and(|word| is_word("belongs", word));
        // Who welcomes strikes on somebody does not support him.
        let struck =
            event.kind == EventType::Support && self.before(m.span).is_some_and(|word| matches!(word, "على" | "ضد") && !frame.prepositions.contains(&word));
        !with && !own && !struck && self.is_whole(m) && !self.reading.mentions.iter().any(second)
    }

    /// Whether a verb opens its clause, so that the first name after it is its subject. After "and" in mid-sentence a verb that takes an object may
    /// go on with the subject of the one before.
    pub(super) fn opens_clause(&self, verb: Span, object: bool) -> bool {
        let earlier = self.earlier(verb);
        let trimmed = earlier.trim_end_matches(' ');
        let and = verb.slice(self.text).is_some_and(|words| words.starts_with('و') && words.len() > 6);
        let Some(last) = trimmed.chars().next_back() else { return true };
        if matches!(last, '.' | '\n' | ':' | '؟' | '!' | '؛' | '«' | '"' | '“' | '…') {
            return true;
        }
        if matches!(last, '،' | ',') {
            return !(and && object);
        }
        let word = trimmed.rsplit([' ', '\n', '"', '«']).next().unwrap_or_default();
        let opens = is_word("opener", word) || is_that(word) || is_of(word, OPENS.with(Classes::NEG)) && !is_of(word, Classes::REL.with(Classes::COND));
        opens || and && !object || self.reading.times.iter().any(|t| t.span.end() == trimmed.len() as u32)
    }

    /// Whether a name opens its clause.
    pub(super) fn begins_clause(&self, span: Span) -> bool {
        let mut earlier = self.earlier(span).trim_end_matches(' ');
        // A title before a name is part of it.
        while let Some((rest, _)) = earlier.rsplit_once([' ', '\n']).filter(|(_, word)| is_entry(word, |e| matches!(e, Entry::Title(_)))) {
            let line = earlier.len() > rest.len() && earlier.as_bytes().get(rest.len()) == Some(&b'\n');
            earlier = rest;
            if line {
                return true;
            }
            earlier = earlier.trim_end_matches(' ');
        }
        let Some(last) = earlier.chars().next_back() else { return true };
        let word = earlier.rsplit([' ', '\n', '"', '«']).next().unwrap_or_default();
        matches!(last, '.' | '\n' | ':' | '،' | '؛' | '«' | '"' | '“') || is_word("opener", word) || is_that(word) || is_of(word, Classes::SUB)
    }

    /// Whether a verb and its subject after it agree: a masculine verb has no subject that ends as a feminine noun does.
    fn agrees(&self, verb: Span, m: &Mention) -> bool {
        let first = self.between(verb.end(), m.span.end()).split_whitespace().next().unwrap_or_default();
        let words = verb.slice(self.text).unwrap_or_default();
        let folded = fold(words);
        let bare = folded.strip_prefix('و').filter(|rest| rest.chars().count() > 2).unwrap_or(&folded);
        let feminine = bare.strip_suffix('ت').is_some_and(is_finite) || bare.starts_with('ت') && is_finite(bare) && !bare.ends_with('ت');
        let title = is_entry(first, |e| matches!(e, Entry::Title(_) | Entry::Office { .. }));
        let noun = first.trim_matches(|c: char| !c.is_alphanumeric());
        let woman = noun.ends_with('ة') || m.form == MentionForm::Capital;
        !is_plural(words) && !self.is_oblique(m) && if feminine { !title || woman } else { !woman }
    }

    /// Whether a name is a plural that no subject has: the militants, as those whom something is done to.
    pub(super) fn is_oblique(&self, m: &Mention) -> bool {
        let first = m.span.slice(self.text).and_then(|words| words.split(' ').next()).unwrap_or_default();
        self.reading.actors[m.actor as usize].kind != ActorKind::Person && first.starts_with("ال") && first.ends_with("ين") && first.chars().count() > LEAST
    }

    /// Whether a mention names the whole of who is meant: no adjective goes on with it to make it another body.
    pub(super) fn is_whole(&self, m: &Mention) -> bool {
        self.adjective(m).is_none()
    }

    /// The adjective that goes on with the mention of a body to make it another: the coalition of the government.
    pub(super) fn adjective(&self, m: &Mention) -> Option<Span> {
        let kind = self.reading.actors[m.actor as usize].kind;
        let words = m.span.slice(self.text).unwrap_or_default();
        // One common word with the article (the coalition) is no name of its own.
        let last = words.rsplit(' ').next().unwrap_or_default();
        let common = words.split(' ').count() <= 2 && last.starts_with("ال") && is_of(last, Classes::COMMON);
        if matches!(kind, ActorKind::Person | ActorKind::State) || m.form == MentionForm::Name && !common || words.starts_with('و') {
            return None;
        }
        let next = self.after(m.span).strip_prefix(' ').and_then(|rest| rest.split([' ', '\n']).next())?;
        // "European" makes it another country's body.
        let country = |a: ActorIx| self.reading.actors[a as usize].country;
        let own = |o: &Mention| o.form != MentionForm::Nisba || country(o.actor) == country(m.actor);
        let named = |at: u32| self.reading.mentions.iter().any(|o| o.span.holds(at) && own(o)) || self.reading.times.iter().any(|t| t.span.holds(at));
        let bare = next.trim_end_matches(|c: char| !c.is_alphanumeric());
        let plain = !bare.starts_with("ال") || named(m.span.end() + 1) || is_of(bare, Classes::REL) || is_word("toward", bare);
        (!plain).then(|| Span::between(m.span.end() + 1, m.span.end() + 1 + bare.len() as u32))
    }

    /// The words of a stretch of text that are no part of a time.
    fn untimed(&self, from: u32, to: u32) -> Vec<&str> {
        let mut at = from;
        let mut words = Vec::new();
        for word in self.between(from, to).split(' ') {
            let start = at + (word.len() - word.trim_start_matches(|c: char| !c.is_alphanumeric()).len()) as u32;
            let timed = self.reading.times.iter().any(|t| t.span.holds(start)) || is_of(word, Classes::TIME);
            if word.contains(char::is_alphanumeric) && !timed {
                words.push(word);
            }
            at += word.len() as u32 + 1;
        }
        words
    }

    /// Whether the clause of a trigger tells that it happened at a place.
    pub(super) fn is_at(&self, event: &Event, frame: Frame, place: &PlaceMention) -> bool {
        use EventType::{Agree, Assault, Consult, Election, Protest, Vote};
        if !matches!(event.kind, Agree | Assault | Consult | Election | Protest | Vote) {
            return false;
        }
        let after = place.span.start() >= event.span.end();
        let (from, to) = if after { (event.span.end(), place.span.start()) } else { (place.span.end(), event.span.start()) };
        let Some(gap) = self.gap(&[], from, to) else { return false };
        let words = self.between(from, to);
        let moved = |word: &str| is_word("away", word);
        let verb = self.untimed(from, to).into_iter().any(|word| is_finite(word) && !is_of(word, Classes::PREP));
        let hit = frame.object || event.why.rule == NOUN && self.before(event.span).is_some_and(is_finite);
        let struck = event.kind == Assault && hit && after;
        let mut led = self.earlier(place.span).split_whitespace().rev().take(LED).take_while(|word| !word.ends_with(['،', '.']));
        let mut leads = || led.any(|word| is_of(word, Classes::PREP) && !moved(word) && fold(word) != "مع");
        let attached = || place.span.slice(self.text).is_some_and(|words| words.starts_with('ب') && !place.name.starts_with('B'));
        let open = |g: &Gap| !g.clause && !g.open && !g.reported && (!g.comma || struck) && g.words <= if after { TO_PLACE } else { FROM_PLACE };
        open(&gap) && !verb && !words.split_whitespace().any(moved) && (struck || attached() || leads())
    }
}
