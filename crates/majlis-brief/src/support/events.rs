//! Events: who stands beside the trigger that tells of them, on which day, and whether it tells of one at all.

use super::voices::is_plural;
use super::{BARGAIN, CONFIRMED, Gate, NOUN, OWN, SURE, TITLE};
use crate::phrase::{is_clause, is_finite, is_of_many, is_reverse, is_that, is_word, untied};
use majlis_lexicon::{ActorKind, Classes, EventType, Frame, Lexicon, PlaceType, Predicate};
use majlis_read::{ActorIx, Event, Mention, MentionForm, PlaceMention, Stance, Statement, Status};
use majlis_text::{Edtf, Span, fold};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Below this a trigger may be no event, beyond what the reader's filter leaves out, if it is of a kind without plain words or a noun of pressure.
/// Counted by eye on seven crises of twenty press articles each (2015): between the reader's own floor and it 6 of 54 lines were wrong, 3 of the
/// 14 that name who acts. Of nouns of pressure, read by models that never saw the article, 30 of 115 between the floor and 0.4 are events, 54 of 99
/// from there to 0.65.
const EVENT: f32 = 0.42;
/// The longest time that something may have taken, in days; a longer one tells since when, not when.
const LONGEST: i64 = 31;
/// How far before a trigger a word stands that says it failed, in words.
const FAILED: usize = 8;
/// The same for a word of fear, which says of whom before it says of what.
const FEARED: usize = 12;
/// The rule that reads a name inside somebody's title.
const INSIDE: &str = "mention/inside-title";
/// Words between a name and a verb after it, a noun after it, either before it, and between a trigger and whom it befalls.
const TO_VERB: usize = 2;
const TO_NOUN: usize = 1;
const BEFORE: usize = 3;
const TO_TARGET: usize = 3;
/// How far back a pronoun may point, in words.
const POINTS: usize = 12;
/// What stands further apart than this, in bytes, has nothing to do with one another.
const FURTHEST: u32 = 600;

impl Gate<'_> {
    /// Whether a trigger tells of an event; `event` holds what the text carries of it.
    pub(super) fn is_event(&self, event: &Event) -> bool {
        use EventType::{Agree, Assault, Election, Reject, Retreat, Threaten, Vote};
        if event.confidence >= CONFIRMED {
            return true;
        }
        // Not to break it, to stop the attacks: neither breach nor attack.
        let undone = |word: &str| is_of(word, Classes::NEG) || is_reverse(&fold(word));
        if (event.why.rule == NOUN || event.kind == EventType::Assault) && self.before(event.span).is_some_and(undone) {
            return false;
        }
        // Unless they withdraw: nobody says that they did not.
        let mut earlier = self.earlier(event.span).split_whitespace().rev();
        let negated = earlier.next().is_some_and(|word| is_of(word, Classes::NEG));
        if event.status == Status::Denied && negated && earlier.next().is_some_and(|word| is_of(word, Classes::COND) || word == "ما") {
            return false;
        }
        // Not to object is no refusal.
        if negated && event.kind == Reject && event.status != Status::Denied && event.why.rule == "event/verb" {
            return false;
        }
        let plain = matches!(event.kind, Agree | Assault | Election | Vote);
        let stand = matches!(event.kind, Reject | Retreat | Threaten) && !event.source.is_empty();
        let noun = event.why.rule == NOUN;
        let clause = self.clause_before(event.span);
        // Nobody says whether it is so, and to admit is not to agree.
        let mut before = clause.split_whitespace().skip_while(|word| *word != "ما");
        let open = before.nth(1).is_some_and(|word| is_word("whether", word));
        let after = self.after(event.span);
        // After "that" stands a noun, after "if" what need not be.
        if event.why.rule == "event/verb" && self.before(event.span) == Some("إن") {
            return false;
        }
        // A noun of force that is planned or asked for is more often something else's status.
        let unsure = noun && event.kind == EventType::Assault && matches!(event.status, Status::Planned | Status::Demanded);
        let owns = |word: &str| is_that(word) && word.starts_with('ب') || untied(word) != word && !is_word("manner", word);
        let admits = is_word("admits", event.why.cue) && (self.before(event.span) == Some("كما") || after.split_whitespace().take(FAILED).any(owns));
        if open || admits || unsure {
            return false;
        }
        if event.kind == EventType::Coerce && noun && event.confidence < EVENT || self.is_figurative(event) || self.is_failed(event) {
            return false;
        }
        plain || stand || event.confidence >= EVENT
    }

    /// Whether words of force are said of no force: of things, or by people who bear no arms.
    fn is_figurative(&self, event: &Event) -> bool {
        if matches!(event.kind, EventType::Reject | EventType::Threaten | EventType::Request | EventType::Retreat) {
            let cue = event.why.cue.split(['/', ' ']).next().unwrap_or_default();
            // Who stands in somebody's way does not object to anything.
            let intercepts = is_word("objects", cue) && !self.after(event.span).split_whitespace().take(FAILED).any(|word| word == "على");
            return is_word("mild", cue) || intercepts;
        }
        if event.kind != EventType::Assault {
            return false;
        }
        let after = self.after(event.span);
        let thing = after.split_whitespace().take(2).any(|word| is_word("thing", word));
        let armed = |a: &ActorIx| {
            let actor = &self.reading.actors[*a as usize];
            !matches!(actor.kind, ActorKind::Person | ActorKind::Party) || matches!(actor.sector, "MIL" | "REB" | "SPY" | "COP")
        };
        let unarmed = !event.source.is_empty() && !event.source.iter().any(armed);
        let by_words = unarmed && (event.why.rule != NOUN || event.confidence < EVENT);
        let feared = self.before(event.span) == Some("من") && self.is_after_word("fear", event.span, FEARED);
        thing || by_words || feared
    }

    /// Whether a word of `class` stands among the words before, in one clause.
    fn is_after_word(&self, class: &str, span: Span, words: usize) -> bool {
        let led = |word: &str| word.strip_prefix('ل').is_some_and(|rest| is_word(class, rest));
        self.clause_before(span).split_whitespace().rev().take(words).any(|word| is_word(class, word) || led(word))
    }

    /// What stands before in the same clause.
    fn clause_before(&self, span: Span) -> &str {
        self.earlier(span).rsplit(['.', '،', '\n', '«']).next().unwrap_or_default()
    }

    /// Whether the words before say that it came to nothing, or who is still to be elected.
    fn is_failed(&self, event: &Event) -> bool {
        if !matches!(event.kind, EventType::Election | EventType::Vote) || event.status != Status::Happened {
            return false;
        }
        self.is_after_word("failed", event.span, FAILED) || event.why.cue.starts_with("انتخاب ") && event.confidence < OWN
    }

    /// The event with only those actors and that day which stand beside its trigger.
    pub(super) fn carried(&self, at: u32, event: &Event) -> Event {
        if event.confidence >= CONFIRMED {
            return event.clone();
        }
        let before = self.before(event.span);
        let predicate = predicate(event);
        let suffers = predicate.is_some_and(|p| p.en.ends_with("(passive)"));
        let sure = |a: &&ActorIx| self.sure[**a as usize];
        let source: Vec<ActorIx> = event.source.iter().filter(sure).filter(|a| !suffers && self.acts(at, event, **a)).copied().collect();
        let event = &Event { source: source.clone(), ..event.clone() };
        // The first name after a verb may be who acts: without one who does, only a passive tells whom it befell.
        let befell = suffers || before.is_some_and(|word| is_of(word, Classes::PASSIVE));
        let told = |a: &&ActorIx| self.is_acted_on(at, event, **a, befell || !source.is_empty());
        let target: Vec<ActorIx> = event.target.iter().filter(sure).filter(told).copied().collect();
        // What others are asked to do after it is over already.
        let past = before.is_some_and(is_after);
        let ahead = matches!(event.status, Status::Demanded | Status::Planned | Status::Threatened);
        let noun = event.why.rule == NOUN;
        let asked = || noun && event.span.slice(self.text).is_some_and(|words| words.starts_with('ب')) && self.is_after_word("asking", event.span, 4);
        let status = match (event.status, event.kind) {
            _ if past && ahead => Status::Happened,
            (Status::Happened, EventType::Coerce | EventType::Assault) if asked() => Status::Demanded,
            (Status::Happened, _) if noun && self.is_after_word("weighing", event.span, 2) => Status::Planned,
            (Status::Happened, EventType::Agree | EventType::Vote) if noun && self.is_after_word("needs", event.span, 4) => Status::Planned,
            // "It may vote": it has not begun.
            (Status::Ongoing, _) if before.is_some_and(|word| fold(word) == "قد") => Status::Planned,
            // To refuse is no threat, and nobody threatens with what no one is said to do; a ballot that nobody asks for is planned.
            (Status::Threatened, EventType::Reject) => Status::Happened,
            (Status::Threatened, kind) if source.is_empty() && kind != EventType::Threaten => Status::Planned,
            (Status::Demanded, EventType::Vote | EventType::Election) if source.is_empty() => Status::Planned,
            (status, _) => status,
        };
        let over = |when: &Edtf| ahead && !past && self.reading.published.is_some_and(|day| when.last() < day);
        let days = |when: &Edtf| when.last().since(when.first()).map_or(0, |span| i64::from(span.get_days()));
        let to_come = |when: &Edtf| matches!(status, Status::Happened | Status::Ongoing) && self.reading.published.is_some_and(|day| when.first() > day);
        let when = event.when.filter(|when| self.is_timed(event, *when, past) && !over(when) && !to_come(when) && days(when) <= LONGEST);
        let place = event.place.filter(|p| {
            let place = &self.reading.places[*p as usize];
            // A country is where something happens only where a preposition says so: not by the border of one.
            let here = |other: &&PlaceMention| {
                let (from, to) =
                    if other.span.start() < event.span.start() { (other.span.end(), event.span.start()) } else { (event.span.end(), other.span.start()) };
                other.name == place.name && !self.between(from, to).contains('\n')
            };
            let is_in = |other: &PlaceMention| is_within(other.span.slice(self.text).unwrap_or_default(), self.before(other.span));
            let within = || self.reading.places.iter().filter(here).any(is_in);
            let placed = if place.precision == PlaceType::Country { within() } else { place.position.is_some() };
            placed && self.reading.places.iter().filter(here).any(|other| self.is_at(event, frame(event), other))
        });
        Event { source, target, when, status, place, ..event.clone() }
    }

    /// Whether `actor` stands where whoever does it stands.
    fn acts(&self, at: u32, event: &Event, actor: ActorIx) -> bool {
        let trigger = event.span;
        let words = trigger.slice(self.text).unwrap_or_default();
        let verb = event.why.rule != NOUN;
        // Right after somebody else, the verb is his; so is one after "had".
        let had = || self.earlier(trigger).split_whitespace().rev().nth(1);
        let had = verb && had().is_some_and(|word| is_word("had", word));
        let others = had || verb && self.reading.mentions.iter().any(|m| m.actor != actor && self.is_right_before(m, trigger));
        // Who was killed or hurt and who did it look the same in writing; and whoever reports is not who did it.
        let killed = is_word("hurts", event.why.cue) && self.is_relative(event);
        if killed || self.is_reporter(event, actor) {
            return false;
        }
        // "With support from" and "at the call of" tell who supports and calls after them; a noun of support may be of whoever gives it or gets it.
        let given = event.kind == EventType::Support && (event.confidence < OWN || self.before(trigger) == Some("من"));
        let with = words.starts_with('ب') && matches!(event.kind, EventType::Support | EventType::Aid | EventType::Request | EventType::Agree);
        let led = !verb && (given || with);
        let beside = |m: &Mention| if m.span.start() >= trigger.end() { !others && self.acts_after(event, m) } else { self.acts_before(event, m) };
        let named = |m: &&Mention| m.why.rule != INSIDE && self.is_clear(m);
        let told = !led && self.mentions(actor).filter(named).any(beside) && self.is_subject_of(event, frame(event), actor);
        told || !others && self.is_own(event, actor) || self.bargains(at, actor)
    }

    /// Whether a mention that stands after a trigger is of who does it.
    fn acts_after(&self, event: &Event, m: &Mention) -> bool {
        let words = event.span.slice(self.text).unwrap_or_default();
        let verb = event.why.rule != NOUN;
        // What follows the noun of such a verb is whom it befalls: the targeting of the forces. So does what follows "which targeted".
        let takes_object = !verb && matches!(event.kind, EventType::Assault | EventType::Coerce) && frame(event).object;
        // After a plural verb comes what it is done to, and after a preposition too; "to confront somebody" is done to him.
        let purpose = !verb && words.starts_with('ل') && !event.why.cue.starts_with('ل');
        let led = purpose || words.rsplit(' ').next().is_some_and(|last| last != words && is_of(last, Classes::PREP));
        let befell = verb && (is_plural(words) || self.is_relative(event) || is_word("hurts", event.why.cue) && self.before(m.span) == Some("من"));
        let place = !verb && m.form == MentionForm::Capital;
        let gap = self.gap(&[], event.span.end(), m.span.start());
        let near = |g: &Gap| !g.comma && !g.clause && g.words <= if verb { TO_VERB } else { TO_NOUN };
        !takes_object && !led && !befell && !place && !self.begins_anew(m) && gap.is_some_and(|g| near(&g))
    }

    /// Whether a mention that stands before a trigger is of who does it.
    fn acts_before(&self, event: &Event, m: &Mention) -> bool {
        let words = event.span.slice(self.text).unwrap_or_default();
        let verb = event.why.rule != NOUN;
        // "And called" carries on with somebody from before, who need not be the last one named.
        let carries_on = verb && words.starts_with('و') && !event.why.cue.starts_with('و');
        // "Whom they accuse" is done to him.
        let befell = self.is_relative(event) && self.holds_its_object(event);
        let tied = verb || self.is_tied(event, m);
        let gap = self.gap(&[], m.span.end(), event.span.start());
        // Between "launched" with its subject and the raids a day may stand.
        let room = if !verb && self.before(m.span).is_some_and(is_finite) { 2 * BEFORE } else { BEFORE };
        let near = |g: &Gap| g.words <= if g.clause { 1 } else { room };
        let plain = |g: &Gap| !g.reported && !g.later && !g.after && !(verb && (g.comma || is_plural(words) && g.words > 0));
        !carries_on && !befell && tied && !self.is_led(m) && self.is_apart(m) && gap.is_some_and(|g| near(&g) && plain(&g))
    }

    /// Whether a noun whose doer stands before it points back to him, or comes with a verb or a preposition that ties it to him.
    fn is_tied(&self, event: &Event, m: &Mention) -> bool {
        let words = event.span.slice(self.text).unwrap_or_default();
        let ties = |word: &str| is_finite(word) || is_of(word, Classes::LIGHT.with(Classes::RECEIVE).with(Classes::PREP));
        let points = ["ه", "ها", "هم", "هما"].iter().any(|e| words.ends_with(e)) || words.starts_with(['ب', 'ل']);
        // A demand is of whoever is named right after it.
        let asks = matches!(event.kind, EventType::Request | EventType::Reject | EventType::Threaten);
        let of_another = asks && self.reading.mentions.iter().any(|other| other.actor != m.actor && self.is_right_after(other, event.span));
        let tied = !of_another && (points || self.before(event.span).is_some_and(ties));
        tied || self.before(m.span).is_some_and(ties)
    }

    /// Whether a verb is that of a relative clause.
    fn is_relative(&self, event: &Event) -> bool {
        event.why.rule != NOUN && self.before(event.span).is_some_and(|word| is_of(word, Classes::REL))
    }

    /// Whether a state named by its capital or its people stands for itself: no noun before it makes it that noun's own.
    fn is_apart(&self, m: &Mention) -> bool {
        !matches!(m.form, MentionForm::Capital | MentionForm::Nisba) || self.is_subject(m.span)
    }

    /// Whether a preposition leads to a name, which so is not who acts.
    pub(super) fn is_led(&self, m: &Mention) -> bool {
        let to = |words: &str| words.starts_with("لل") || words.starts_with("بال");
        let attached = m.span.slice(self.text).is_some_and(|words| to(words) || m.form == MentionForm::Title && words.starts_with('ل'));
        // "Between one and the other" leads to both.
        let joined = m.span.slice(self.text).is_some_and(|words| words.starts_with('و'))
            && self.reading.mentions.iter().any(|other| other.span.end() + 1 == m.span.start() && self.before(other.span) == Some("بين"));
        attached || joined || self.before(m.span).is_some_and(|word| to(word) || is_of(word, Classes::PREP) && !is_of(word, Classes::SUB))
    }

    /// Whether an actor is an outlet or an observer that tells of the event.
    fn is_reporter(&self, event: &Event, actor: ActorIx) -> bool {
        let observes = matches!(self.reading.actors[actor as usize].kind, ActorKind::Media | ActorKind::Igo | ActorKind::Group);
        let tells = |s: &Statement| s.speaker.actor == Some(actor) && (s.span.overlaps(event.span) || event.statement.is_some());
        event.kind == EventType::Assault && observes && self.reading.statements.iter().any(tells)
    }

    /// Whether a mention begins right after a trigger, and no preposition is attached to it.
    fn is_right_after(&self, m: &Mention, trigger: Span) -> bool {
        m.span.start() == trigger.end() + 1 && !self.is_led(m) && !self.begins_anew(m)
    }

    /// Whether a mention ends right before a trigger, but for a comma, and no preposition leads to it.
    pub(super) fn is_right_before(&self, m: &Mention, trigger: Span) -> bool {
        m.span.end() <= trigger.start()
            && trigger.start() - m.span.end() <= 4
            && !self.is_led(m)
            && self.gap(&[], m.span.end(), trigger.start()).is_some_and(|g| g.words == 0)
    }

    /// Whether "and" is attached to a mention: a new clause begins with it.
    fn begins_anew(&self, m: &Mention) -> bool {
        let name = &self.reading.actors[m.actor as usize].name;
        m.span.slice(self.text).is_some_and(|words| words.starts_with('و')) && !name.starts_with('و')
    }

    /// Whether a mention tells who is meant, itself or by another of the same actor in its sentence.
    fn is_clear(&self, m: &Mention) -> bool {
        let near =
            |other: &Mention| other.confidence >= SURE && other.span.end() <= m.span.start() && self.gap(&[], other.span.end(), m.span.start()).is_some();
        let many = m.form == MentionForm::Title && m.span.slice(self.text).is_some_and(is_of_many);
        !many && self.is_itself(m) && (m.confidence >= TITLE || self.mentions(m.actor).any(near))
    }

    /// Whether the event is a bargain in set words, which name who offers it: either this or that.
    fn bargains(&self, at: u32, actor: ActorIx) -> bool {
        self.reading.stances.iter().any(|s| s.event == Some(at) && s.actor == actor && s.why.rule == BARGAIN && s.confidence >= OWN)
    }

    /// Whether the speaker tells of what is his own to do: to demand, to refuse, to threaten.
    fn is_own(&self, event: &Event, actor: ActorIx) -> bool {
        use EventType::{Reject, Request, Support, Threaten};
        let follows = |s: &Statement| {
            s.speaker.span.is_some_and(|span| span.start() >= event.span.end() && self.gap(&[], event.span.end(), span.start()).is_some_and(|g| g.words == 0))
        };
        let words = event.span.slice(self.text).unwrap_or_default();
        let before = self.before(event.span).unwrap_or_default();
        // A verb has the speaker for its subject where it opens its clause, and a participle with the article is a name.
        let other = if event.why.rule == "event/verb" {
            !self.opens_clause(event.span, false) && !is_that(before)
        } else {
            words.trim_start_matches('و').starts_with("ال")
        };
        let relative = is_of(before, Classes::REL) || other;
        let speaks = |s: &Statement| s.speaker.actor == Some(actor) && (s.span.overlaps(event.span) || follows(s));
        let said = matches!(event.kind, Request | Reject | Threaten | Support);
        said && !relative && event.confidence >= OWN && self.reading.statements.iter().any(speaks)
    }

    /// Whether `actor` stands where whom it befalls does. Where nobody is `told` to act, the first name may be who acts: then only a preposition or
    /// a pronoun tells.
    fn is_acted_on(&self, at: u32, event: &Event, actor: ActorIx, told: bool) -> bool {
        let trigger = event.span.slice(self.text).unwrap_or_default();
        let verb = event.why.rule == "event/verb";
        if verb && self.holds_its_object(event) {
            let points = |m: &Mention| m.span.end() <= event.span.start() && self.gap(&[], m.span.end(), event.span.start()).is_some_and(|g| g.words <= POINTS);
            let taken = matches!(event.kind, EventType::Threaten | EventType::Coerce | EventType::Assault) && frame(event).object;
            return taken && trigger.ends_with('ه') && self.mentions(actor).any(points);
        }
        let against = |m: &Mention| [trigger, self.before(m.span).unwrap_or_default()].iter().any(|words| is_against(words));
        // The seizure of the authorities is theirs, not of them.
        let rules = matches!(self.reading.actors[actor as usize].kind, ActorKind::Government | ActorKind::State);
        let forced = event.kind == EventType::Coerce && !verb && frame(event).object && !rules;
        let from = |m: &Mention| event.kind != EventType::Request && self.before(m.span).is_some_and(|word| is_word("from", word));
        // "The movement and the forces" are one party.
        let joined = |m: &Mention| {
            let and = m.span.slice(self.text).is_some_and(|words| words.starts_with('و'));
            and && self.reading.mentions.iter().any(|other| other.span.end() + 1 == m.span.start() && event.source.contains(&other.actor))
        };
        let after = |m: &&Mention| m.span.start() >= event.span.end() && m.why.rule != INSIDE && self.is_clear(m);
        // Two agree with one another; else a preposition, or nothing, stands before whom it befalls.
        let with = event.kind == EventType::Agree;
        let leads = |m: &Mention| self.before(m.span).is_some_and(|word| if with { matches!(word, "مع" | "بين") } else { is_against(word) || word == "من" });
        let attached = |m: &Mention| m.span.slice(self.text).is_some_and(|words| words.starts_with('ل'));
        // Or before what is his: on the positions of the force.
        let first = self.after(event.span).split_whitespace().next().unwrap_or_default();
        // A bargain in set words names both who offers and to whom.
        let offered = self.reading.stances.iter().any(|s| s.event == Some(at) && s.why.rule == BARGAIN);
        let object = event.kind == EventType::Assault && verb && frame(event).object;
        let led =
            |g: &Gap, m: &Mention| offered || object && g.words < TO_TARGET || g.words == 0 && !with || leads(m) || !with && (attached(m) || is_against(first));
        let beside = |m: &Mention| self.gap(&event.source, event.span.end(), m.span.start()).is_some_and(|g| !g.clause && g.words <= TO_TARGET && led(&g, m));
        self.mentions(actor)
            .filter(after)
            .any(|m| beside(m) && self.is_object_of(event, frame(event), m) && !joined(m) && !from(m) && (told || !verb && (against(m) || forced)))
    }

    /// Whether what a verb is about is a pronoun at its end (رفضتها): what follows is not what it is about.
    pub(super) fn holds_its_object(&self, event: &Event) -> bool {
        let ends = |words: &str| ["ه", "ها", "هم", "هما"].iter().any(|e| words.ends_with(e) && !event.why.cue.ends_with(e));
        event.why.rule == "event/verb" && event.span.slice(self.text).is_some_and(ends)
    }

    /// Whether what a stance depends on belongs to another event, which stands between.
    pub(super) fn is_of_another(&self, stance: &Stance) -> bool {
        let (Some(event), Some(condition)) = (stance.event.map(|e| &self.reading.events[e as usize]), stance.condition) else { return false };
        let between = |span: Span| span.start() > event.span.end() && span.end() <= condition.start();
        stance.why.rule != BARGAIN && self.reading.events.iter().any(|other| between(other.span))
    }

    /// Whether the day that was read stands in the clause of the trigger, or in none of its sentence's. What is `past` by the word before it was
    /// over by a day that is told before.
    fn is_timed(&self, event: &Event, when: Edtf, past: bool) -> bool {
        let mut elsewhere = false;
        for time in self.reading.times.iter().filter(|t| t.value == Some(when)) {
            let after = time.span.start() >= event.span.end();
            let (from, to) = if after { (event.span.end(), time.span.start()) } else { (time.span.end(), event.span.start()) };
            // Part of a name (the alliance of 14 March) is no day.
            if self.reading.mentions.iter().any(|m| m.span.overlaps(time.span)) {
                elsewhere = true;
                continue;
            }
            let Some(gap) = self.gap(&[], from, to) else {
                elsewhere |= !self.between(from, to).contains('\n');
                continue;
            };
            // A bare number is no year, and after a comma a participle goes on with something later.
            let bare = time.span.slice(self.text).is_some_and(|words| words.chars().all(|c| c.is_numeric()));
            // A day in an earlier clause counts only where it opens this one: in the past month, they signed.
            let opens = self.between(time.span.end(), event.span.start()).starts_with(['،', ',']);
            let goes_on = event.span.slice(self.text).is_some_and(|words| words.starts_with('و'));
            let far = gap.comma && gap.words > BEFORE && !opens && !goes_on;
            let later = event.why.rule == "event/participle" && gap.comma;
            // "The council held on that day": the day of what the participle says.
            let mut words = self.earlier(time.span).split_whitespace().rev().skip_while(|word| is_of(word, Classes::PREP.with(Classes::UNIT)));
            let held = !after && words.next().is_some_and(|word| is_word("held", word));
            if !bare
                && if after {
                    !gap.clause && !gap.later && !gap.reported && !self.has_another_verb(from, to)
                } else {
                    !past && !gap.reported && !gap.open && !later && !held && !far && !self.is_of_verb(event, time.span)
                }
            {
                return true;
            }
            elsewhere = true;
        }
        !elsewhere
    }

    /// Whether another verb goes on in a stretch of text: and then they did.
    fn has_another_verb(&self, from: u32, to: u32) -> bool {
        self.between(from, to).split_whitespace().any(|word| word.strip_prefix('و').is_some_and(is_finite))
    }

    /// Whether a day before a noun is that of the verb before both: he condemned last night the attack.
    fn is_of_verb(&self, event: &Event, day: Span) -> bool {
        let before =
            |other: &&Event| other.why.rule == "event/verb" && other.span.end() <= day.start() && self.gap(&[], other.span.end(), day.start()).is_some();
        event.why.rule == NOUN && self.reading.events.iter().any(|other| before(&other) && other.kind == EventType::Accuse)
    }

    /// What stands between two places of one sentence; `None` where they stand in two. The names of `skipped` do not count.
    pub(super) fn gap(&self, skipped: &[ActorIx], from: u32, to: u32) -> Option<Gap> {
        let between = Span::new(from, to).filter(|s| s.len() <= FURTHEST)?;
        let words = between.slice(self.text)?;
        if words.contains(['.', '؛', '؟', '?', '!', ';', '\n', '«', '»', '“', '”', '"']) {
            return None;
        }
        let is_time = |at: u32| self.reading.times.iter().any(|t| t.span.holds(at));
        let is_skipped = |at: u32| self.reading.mentions.iter().any(|m| m.span.holds(at) && skipped.contains(&m.actor));
        let mut gap = Gap { words: 0, comma: words.contains(['،', ',']), clause: false, open: false, reported: false, later: false, after: false };
        let mut after = false;
        let mut at = from as usize;
        for word in words.split(' ') {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let start = at + word.find(bare).unwrap_or_default();
            if word.starts_with(['،', ',']) {
                gap.open = false;
            }
            if !bare.is_empty() && !is_skipped(start as u32) {
                let folded = fold(bare);
                let opens = !after && (is_clause(&folded) || folded.strip_prefix('و').is_some_and(is_clause) || folded == "دون");
                // A day put in between parts nobody from what he does: they launched, on Thursday night, raids.
                gap.words += usize::from(!is_time(start as u32));
                gap.clause |= opens;
                gap.open |= is_of(bare, Classes::REL);
                gap.reported |= !after && is_that(&folded);
                gap.later |= after;
                after = is_after(bare);
            }
            if word.ends_with(['،', ',']) {
                gap.open = false;
            }
            at += word.len() + 1;
        }
        gap.after = after;
        Some(gap)
    }

    /// The word before a stretch of text, where nothing but a blank stands between.
    pub(super) fn before(&self, span: Span) -> Option<&str> {
        self.earlier(span).strip_suffix(' ')?.rsplit([' ', '\n']).next().filter(|word| !word.is_empty())
    }
}

/// What stands between a trigger and a name or a time.
pub(super) struct Gap {
    pub(super) words: usize,
    pub(super) comma: bool,
    /// Whether a word opens a clause of its own.
    pub(super) clause: bool,
    /// Whether a relative clause is not closed by a comma.
    pub(super) open: bool,
    /// Whether such a word opens what is said: that.
    pub(super) reported: bool,
    /// Whether something else stands between that came before or after: since the taking of the town.
    later: bool,
    /// Whether the last word says that it came before or after what follows.
    after: bool,
}

/// The predicate that an event was read by.
fn predicate(event: &Event) -> Option<&'static Predicate> {
    static PREDICATES: OnceLock<FxHashMap<(&str, EventType), &Predicate>> = OnceLock::new();
    let all = PREDICATES.get_or_init(|| Lexicon::shipped().predicates.iter().map(|p| ((p.lemma, p.event), p)).collect());
    all.get(&(event.why.cue, event.kind)).copied()
}

/// How the predicate of an event takes its target.
fn frame(event: &Event) -> Frame {
    predicate(event).map_or_else(Frame::default, |p| p.frame)
}

/// Whether a word, with or without "and" before it, is of some of the lexicon's classes.
pub(super) fn is_of(word: &str, classes: Classes) -> bool {
    let folded = fold(word);
    let lexicon = Lexicon::shipped();
    let known = |word: &str| lexicon.word(word).is_some_and(|id| lexicon.classes(id).any(classes));
    known(&folded) || folded.strip_prefix('و').is_some_and(known)
}

/// Whether words end with a preposition that leads to whom something befalls.
fn is_against(words: &str) -> bool {
    words.rsplit(' ').next().is_some_and(|last| is_word("toward", last))
}

/// Whether the words of a place, or the one before them, say that something is within it.
fn is_within(words: &str, before: Option<&str>) -> bool {
    let attached = words.strip_prefix('ب').is_some_and(|rest| Lexicon::shipped().word(&fold(rest)).is_some());
    attached || before.is_some_and(|word| is_word("within", word))
}

/// Whether a word says that something comes after or before what follows, and so is a clause of time.
fn is_after(word: &str) -> bool {
    is_word("after", word)
}
