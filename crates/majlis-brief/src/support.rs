//! What of a reading is borne out closely enough to be told: who said it and who did it stand beside the words that say so.
//!
//! A reading is generous; a brief is signed. Here the reading is cut down to what its own spans carry: a source is named only where its
//! name stands next to the verb that credits it, an actor only where it stands next to what it does. What falls away is counted, never
//! replaced. An item that an analyst has confirmed (confidence 1) stays as it is.

use crate::model::LeftOut;
use crate::phrase::{is_aside, is_clause, is_reverse};
use majlis_lexicon::{ActorKind, Classes, CueClass, EventType, Frame, Lexicon, PlaceType};
use majlis_read::{Actor, ActorIx, Event, Mention, MentionForm, Reading, Stance, Statement, StatementKind, Status};
use majlis_text::{Span, fold};
use std::cmp::Reverse;

/// From here on an analyst has confirmed an item.
const CONFIRMED: f32 = 0.999;
/// Below these a person's name, a body's and a title do not tell who is meant.
const SURE: f32 = 0.8;
const BODY: f32 = 0.65;
const TITLE: f32 = 0.65;
/// Below these a trigger may be no event: where its kind has plain words or somebody takes a stand beside it, and else.
const PLAIN: f32 = 0.3;
const EVENT: f32 = 0.45;
/// Below this a stance is not told.
const STANCE: f32 = 0.3;
/// From here on a demand or a refusal without an actor beside it may be the speaker's own.
const OWN: f32 = 0.65;
/// The furthest that a body's name may stand from what it says, in characters; people are spoken of again from further off.
const FAR: usize = 40;
/// The furthest that a source may stand behind the words it is credited with.
const BEHIND: usize = 16;
/// The rule that reads a name inside somebody's title.
const INSIDE: &str = "mention/inside-title";
/// Words between a name and a verb, and between a name and a noun.
const TO_VERB: usize = 2;
const TO_NOUN: usize = 1;
const BEFORE: usize = 3;
const TO_TARGET: usize = 3;

/// The part of a reading that its text carries, and how much was left out.
pub(crate) fn supported(text: &str, reading: &Reading) -> (Reading, LeftOut) {
    let gate = Gate { text, reading, sure: sure_actors(text, reading) };
    let (voices, homes) = gate.voices();
    let mut kept = Reading { statements: Vec::new(), events: Vec::new(), stances: Vec::new(), ..reading.clone() };
    let mut places: Vec<Option<u32>> = vec![None; reading.statements.len()];
    for (at, (statement, voice)) in reading.statements.iter().zip(&voices).enumerate() {
        let Some(speaker) = voice.speaker(statement) else { continue };
        places[at] = Some(kept.statements.len() as u32);
        kept.statements.push(Statement { speaker, inside: None, ..statement.clone() });
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
            Some(Some(e)) => acts(e) && !pronoun(e) && (!soft(e) || stance.confidence >= OWN),
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
        actor.known || own.any(|m| m.confidence >= least && m.why.rule != "mention/surname")
    };
    (0..).zip(&reading.actors).map(|(at, actor)| told(at, actor) && !is_namesake(text, reading, at)).collect()
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
    fn speaker(self, statement: &Statement) -> Option<majlis_read::Speaker> {
        match self {
            Self::Read => Some(statement.speaker),
            Self::Words(span) => Some(majlis_read::Speaker { actor: None, span: Some(span), named: true, ..statement.speaker }),
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
        for (at, s) in statements.iter().enumerate() {
            if let Some(outer) = self.repeated(at).filter(|_| s.confidence < CONFIRMED) {
                homes[at] = homes[outer as usize];
                voices.push(Told::Nobody);
                continue;
            }
            let told = self.voice(s, &last);
            if let Some(actor) = s.speaker.actor {
                last[actor as usize] = Some(told);
            }
            voices.push(told);
        }
        (voices, homes)
    }

    /// The statement before this one in which its words stand, unless another is quoted in it word for word.
    fn repeated(&self, at: usize) -> Option<u32> {
        let all = &self.reading.statements;
        let s = &all[at];
        let holds = |other: &Statement| other.span.holds(s.span.start()) && other.span != s.span;
        let outer = s.inside.filter(|&i| (i as usize) < at).or_else(|| (0..at as u32).rev().find(|&i| holds(&all[i as usize])))?;
        let another = all[outer as usize].speaker.actor != s.speaker.actor;
        (!(another && s.kind == StatementKind::Direct)).then_some(outer)
    }

    fn voice(&self, s: &Statement, last: &[Option<Told>]) -> Told {
        if s.confidence >= CONFIRMED {
            return Told::Read;
        }
        let Some(span) = s.speaker.span else { return Told::Read };
        // Nobody is named by the words that he is to have said, and "and the wounded" goes on with what was listed.
        if s.span.contains(span) || !s.speaker.named && s.confidence < SURE && span.slice(self.text).is_some_and(|words| words.starts_with("وال")) {
            return Told::Nobody;
        }
        let Some(actor) = s.speaker.actor else { return Told::Read };
        // What is quoted or told of by a noun alone need not be the speaker's own.
        if s.why.rule == "statement/preposition-noun" && matches!(s.class, CueClass::Quote | CueClass::Report) {
            return Told::Nobody;
        }
        let Some(mention) = self.reading.mentions.iter().find(|m| m.actor == actor && m.span.overlaps(span)) else {
            // A verb that carries a source on is worth what was told of it before.
            return last[actor as usize].unwrap_or(Told::Nobody);
        };
        if span.start() >= s.span.end() && self.apart(s.span, span) > BEHIND {
            return Told::Nobody;
        }
        let is_person = self.reading.actors[actor as usize].kind == ActorKind::Person;
        if !is_person && self.apart(span, s.span) > FAR {
            return Told::Nobody;
        }
        if mention.confidence < TITLE && mention.form != MentionForm::Name {
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

    /// Whether a trigger tells of an event.
    fn is_event(&self, event: &Event) -> bool {
        use EventType::{Agree, Assault, Election, Protest, Reject, Retreat, Threaten, Vote};
        // Not to break it, to stop the attacks: neither breach nor attack.
        let undone = |word: &str| self.lexicon_is(word, Classes::NEG) || is_reverse(&fold(word));
        if event.why.rule == "event/noun" && self.before(event.span).is_some_and(undone) {
            return false;
        }
        let plain = matches!(event.kind, Agree | Assault | Election | Vote | Protest);
        let stand = matches!(event.kind, Reject | Retreat | Threaten) && !event.source.is_empty();
        event.confidence >= if plain || stand { PLAIN } else { EVENT }
    }

    /// The event with only those actors and that day which stand beside its trigger.
    fn carried(&self, at: u32, event: &Event) -> Event {
        if event.confidence >= CONFIRMED {
            return event.clone();
        }
        let sure = |a: &&ActorIx| self.sure[**a as usize];
        let suffers = is_passive(event);
        let source: Vec<ActorIx> = event.source.iter().filter(sure).filter(|a| !suffers && self.acts(at, event, **a)).copied().collect();
        // The first name after a verb may be who acts: without one who does, only a passive tells whom it befell.
        let befell = suffers || self.before(event.span).is_some_and(|word| self.lexicon_is(word, Classes::PASSIVE));
        let told = |a: &&ActorIx| self.is_acted_on(event, **a, befell || !source.is_empty());
        let target: Vec<ActorIx> = event.target.iter().filter(sure).filter(told).copied().collect();
        let when = event.when.filter(|when| !self.times_another(event, *when));
        // What others are asked to do after it is over already.
        let over = self.before(event.span).is_some_and(is_after) && matches!(event.status, Status::Demanded | Status::Planned | Status::Threatened);
        let status = if over { Status::Happened } else { event.status };
        let place = event.place.filter(|p| {
            let place = &self.reading.places[*p as usize];
            place.position.is_some() || place.precision == PlaceType::Country
        });
        Event { source, target, when, status, place, ..event.clone() }
    }

    fn acts(&self, at: u32, event: &Event, actor: ActorIx) -> bool {
        let verb = event.why.rule != "event/noun";
        let trigger = event.span;
        // "And called" carries on with somebody from before, who need not be the last one named.
        let carries_on = verb && trigger.slice(self.text).is_some_and(|t| t.starts_with('و')) && !event.why.cue.starts_with('و');
        // What follows the noun of such a verb is whom it befalls: the targeting of the forces.
        let takes_object = !verb && matches!(event.kind, EventType::Assault | EventType::Coerce) && frame(event).is_some_and(|f| f.object);
        let beside = |m: &Mention| {
            if m.span.start() >= trigger.end() {
                let gap = self.gap(&[], trigger.end(), m.span.start());
                !takes_object && gap.is_some_and(|g| !g.comma && !g.clause && g.words <= if verb { TO_VERB } else { TO_NOUN })
            } else {
                let gap = self.gap(&[], m.span.end(), trigger.start());
                !carries_on && gap.is_some_and(|g| !g.reported && g.words <= BEFORE && !(g.comma && verb))
            }
        };
        self.mentions(actor).filter(|m| m.why.rule != INSIDE).any(beside) || self.is_own(event, actor) || self.bargains(at, actor)
    }

    /// Whether what a verb is about is a pronoun at its end (رفضتها): what follows is not what it is about.
    fn holds_its_object(&self, event: &Event) -> bool {
        let ends = |words: &str| ["ها", "هم", "هما"].iter().any(|e| words.ends_with(e) && !event.why.cue.ends_with(e));
        event.why.rule == "event/verb" && event.span.slice(self.text).is_some_and(ends)
    }

    /// Whether the event is a bargain in set words, which name who offers it: either this or that.
    fn bargains(&self, at: u32, actor: ActorIx) -> bool {
        self.reading.stances.iter().any(|s| s.event == Some(at) && s.actor == actor && s.why.rule == "stance/bargain" && s.confidence >= OWN)
    }

    /// Whether what a stance depends on belongs to another event, which stands between.
    fn is_of_another(&self, stance: &Stance) -> bool {
        let (Some(event), Some(condition)) = (stance.event.map(|e| &self.reading.events[e as usize]), stance.condition) else { return false };
        let between = |span: Span| span.start() > event.span.end() && span.end() <= condition.start();
        stance.why.rule != "stance/bargain" && self.reading.events.iter().any(|other| between(other.span))
    }

    /// Whether the speaker tells of what is his own to do: to demand, to refuse, to threaten.
    fn is_own(&self, event: &Event, actor: ActorIx) -> bool {
        let said = matches!(event.kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse | EventType::Support);
        let speaks = |s: &Statement| s.speaker.actor == Some(actor) && (s.span.overlaps(event.span) || self.follows(event.span, s));
        said && event.confidence >= OWN && self.reading.statements.iter().any(speaks)
    }

    /// Whether a statement's source is named right after the trigger, which is then what reports it.
    fn follows(&self, trigger: Span, s: &Statement) -> bool {
        s.speaker.span.is_some_and(|span| span.start() >= trigger.end() && self.apart(trigger, span) <= BEHIND)
    }

    /// Whether `actor` stands where whom it befalls does. Where nobody is `told` to act, the first name may be who acts: then only a preposition or
    /// a pronoun tells.
    fn is_acted_on(&self, event: &Event, actor: ActorIx, told: bool) -> bool {
        let trigger = event.span.slice(self.text).unwrap_or_default();
        let verb = event.why.rule == "event/verb";
        let pronoun = verb && ["ه", "هم", "ها"].iter().any(|e| trigger.ends_with(e) && !event.why.cue.ends_with(e));
        let before = |m: &Mention| m.span.end() <= event.span.start() && self.gap(&[], m.span.end(), event.span.start()).is_some();
        if pronoun && self.mentions(actor).any(before) {
            return true;
        }
        let led = |m: &Mention| [trigger, self.before(m.span).unwrap_or_default()].iter().any(|words| is_against(words));
        let forced = event.kind == EventType::Coerce && !verb && frame(event).is_some_and(|f| f.object);
        let after = |m: &Mention| m.span.start() >= event.span.end() && m.why.rule != INSIDE;
        let beside = |m: &Mention| self.gap(&event.source, event.span.end(), m.span.start()).is_some_and(|g| !g.clause && g.words <= TO_TARGET);
        self.mentions(actor).filter(|m| after(m)).any(|m| beside(m) && (told || !verb && (led(m) || forced)))
    }

    /// Whether the time in the sentence that is the event's stands in another clause than the trigger: it is of something else.
    fn times_another(&self, event: &Event, when: majlis_text::Edtf) -> bool {
        let mut same = self.reading.times.iter().filter(|t| t.value == Some(when)).filter_map(|t| {
            let after = t.span.start() >= event.span.end();
            let (from, to) = if after { (event.span.end(), t.span.start()) } else { (t.span.end(), event.span.start()) };
            self.gap(&[], from, to).map(|g| if after { g.clause } else { g.reported })
        });
        same.next().is_some_and(|first| first && same.all(|clause| clause))
    }

    fn mentions(&self, actor: ActorIx) -> impl Iterator<Item = &Mention> {
        self.reading.mentions.iter().filter(move |m| m.actor == actor)
    }

    /// What stands between two places of one sentence; `None` where they stand in two. The names of `skipped` do not count.
    fn gap(&self, skipped: &[ActorIx], from: u32, to: u32) -> Option<Gap> {
        let between = Span::new(from, to)?;
        let words = between.slice(self.text)?;
        if words.contains(['.', '؛', '؟', '?', '!', ';', '\n', '«', '»', '“', '”', '"']) {
            return None;
        }
        let is_skipped = |at: u32| self.reading.mentions.iter().any(|m| m.span.holds(at) && skipped.contains(&m.actor));
        let mut gap = Gap { words: 0, comma: words.contains(['،', ',']), clause: false, reported: false };
        let mut after = false;
        let mut at = from as usize;
        for word in words.split(' ') {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let start = at + word.find(bare).unwrap_or_default();
            if !bare.is_empty() && !is_skipped(start as u32) {
                gap.words += 1;
                gap.clause |= !after && is_clause(&fold(bare));
                gap.reported |= !after && is_that(bare);
                after = is_after(bare);
            }
            at += word.len() + 1;
        }
        Some(gap)
    }

    /// The word before a trigger, where nothing but a blank stands between.
    fn before(&self, trigger: Span) -> Option<&str> {
        self.text.get(..trigger.start() as usize)?.strip_suffix(' ')?.rsplit([' ', '\n']).next().filter(|word| !word.is_empty())
    }

    fn lexicon_is(&self, word: &str, classes: Classes) -> bool {
        let folded = fold(word);
        let known = |word: &str| Lexicon::shipped().word(word).is_some_and(|id| Lexicon::shipped().classes(id).any(classes));
        known(&folded) || folded.strip_prefix('و').is_some_and(known)
    }

    /// Characters between two stretches of text.
    fn apart(&self, a: Span, b: Span) -> usize {
        let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
        Span::new(first.end(), second.start()).and_then(|s| s.slice(self.text)).map_or(0, |t| t.chars().count())
    }
}

/// Whether the subject of the predicate is who it befalls: the lexicon says so in its gloss.
fn is_passive(event: &Event) -> bool {
    Lexicon::shipped().predicates.iter().any(|p| p.lemma == event.why.cue && p.event == event.kind && p.en.ends_with("(passive)"))
}

/// How the predicate of an event takes its target.
fn frame(event: &Event) -> Option<Frame> {
    Lexicon::shipped().predicates.iter().find(|p| p.lemma == event.why.cue && p.event == event.kind).map(|p| p.frame)
}

/// Whether words end with a preposition that leads to whom something befalls.
fn is_against(words: &str) -> bool {
    words.rsplit(' ').next().is_some_and(|last| matches!(last, "على" | "ضد" | "إلى" | "الى"))
}

/// Whether a word opens what is said: that, that he.
fn is_that(word: &str) -> bool {
    matches!(fold(word).trim_start_matches(['و', 'ب']), "ان" | "انه" | "انها" | "انهم" | "اننا" | "اني")
}

/// Whether a word says that something comes after or before what follows, and so is a clause of time.
fn is_after(word: &str) -> bool {
    let folded = fold(word);
    matches!(folded.strip_prefix('و').unwrap_or(&folded), "بعد" | "قبل" | "منذ" | "عقب" | "اثر")
}

/// What stands between a trigger and a name.
struct Gap {
    words: usize,
    comma: bool,
    /// Whether a word opens a clause of its own.
    clause: bool,
    /// Whether such a word opens what is said: that.
    reported: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use majlis_read::{Side, Speaker, Time, Why};

    const FIRST: ActorIx = 0;
    const SECOND: ActorIx = 1;

    fn actor(id: &str, name: &str, kind: ActorKind, known: bool) -> Actor {
        Actor { id: id.to_owned(), name: name.to_owned(), name_en: String::new(), kind, sector: "", country: "", known }
    }

    fn of(text: &str, words: &str) -> Span {
        let at = text.find(words).map_or(0, |at| at as u32);
        Span::between(at, at + words.len() as u32)
    }

    /// A reading of two actors, each mentioned by the words given.
    fn reading(text: &str, mentions: &[(ActorIx, &str)]) -> Reading {
        let mention = |&(actor, words): &(ActorIx, &str)| Mention {
            span: of(text, words),
            actor,
            form: MentionForm::Name,
            confidence: 0.95,
            why: Why::rule("mention/known-person"),
        };
        Reading {
            actors: vec![actor("a", "أحمد سالم", ActorKind::Person, true), actor("b", "الحركة", ActorKind::ArmedGroup, true)],
            mentions: mentions.iter().map(mention).collect(),
            ..Reading::default()
        }
    }

    fn event(text: &str, trigger: &str, kind: EventType, rule: &'static str) -> Event {
        Event {
            span: of(text, trigger),
            kind,
            mode: "",
            source: vec![FIRST],
            target: vec![SECOND],
            when: None,
            place: None,
            status: Status::Happened,
            statement: None,
            confidence: 0.9,
            why: Why::cue(rule, "دعا"),
        }
    }

    fn roles(text: &str, mentions: &[(ActorIx, &str)], event: Event) -> (Vec<ActorIx>, Vec<ActorIx>) {
        let (kept, _) = supported(text, &Reading { events: vec![event], ..reading(text, mentions) });
        kept.events.first().map_or_else(Default::default, |e| (e.source.clone(), e.target.clone()))
    }

    #[test]
    fn who_acts_stands_beside_the_verb_and_whom_it_befalls_after_who_acts() {
        let text = "دعا أحمد سالم الحركة إلى الحوار.";
        let made = event(text, "دعا", EventType::Request, "event/verb");
        assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![FIRST], vec![SECOND]));
        let text = "أحمد سالم في زيارة طويلة إلى الجنوب، ودعا الوزير الحركة إلى الحوار.";
        let made = event(text, "ودعا", EventType::Request, "event/verb");
        assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![], vec![]));
    }

    #[test]
    fn without_who_acts_only_a_passive_tells_whom_it_befell() {
        for (text, befallen) in [("أمس تم استهداف الحركة في الميناء.", vec![SECOND]), ("أمس كان هجوم الحركة في الميناء.", vec![])]
        {
            let trigger = if text.contains("هجوم") { "هجوم" } else { "استهداف" };
            let made = Event { source: vec![], ..event(text, trigger, EventType::Assault, "event/noun") };
            assert_eq!(roles(text, &[(SECOND, "الحركة")], made), (vec![], befallen), "{text}");
        }
    }

    #[test]
    fn what_is_stopped_is_no_event_and_what_comes_after_is_over() {
        let text = "اتفقوا على وقف استهداف الحركة.";
        let made = event(text, "استهداف", EventType::Assault, "event/noun");
        assert!(supported(text, &Reading { events: vec![made], ..reading(text, &[]) }).0.events.is_empty());
        let text = "دعا إلى زيارة المدينة بعد تحريرها.";
        let made = Event { status: Status::Demanded, ..event(text, "تحريرها", EventType::Assault, "event/noun") };
        let (kept, _) = supported(text, &Reading { events: vec![made], ..reading(text, &[]) });
        assert_eq!(kept.events[0].status, Status::Happened);
    }

    #[test]
    fn a_day_that_is_told_of_something_else_is_not_the_events() {
        let text = "دعا أحمد سالم إلى احترام الهدنة التي بدأت أمس.";
        let when = "2015-07-26".parse().ok();
        let time = Time { span: of(text, "أمس"), value: when, confidence: 0.9, why: Why::rule("time/day") };
        let made = Event { when, ..event(text, "دعا", EventType::Request, "event/verb") };
        let of = |text: &str, time: Time| {
            supported(text, &Reading { events: vec![made.clone()], times: vec![time], ..reading(text, &[(FIRST, "أحمد سالم")]) }).0.events[0].when
        };
        assert_eq!(of(text, time), None);
        let near = "دعا أحمد سالم أمس إلى احترام الهدنة.";
        assert_eq!(of(near, Time { span: self::of(near, "أمس"), ..time }), when);
    }

    fn statement(text: &str, words: &str, actor: ActorIx, speaker: &str) -> Statement {
        Statement {
            span: of(text, words),
            kind: StatementKind::Indirect,
            speaker: Speaker { actor: Some(actor), span: Some(of(text, speaker)), named: true, ..Speaker::default() },
            cue: None,
            class: CueClass::Say,
            told_to: None,
            inside: None,
            confidence: 0.85,
            why: Why::rule("statement/that"),
        }
    }

    #[test]
    fn a_source_whom_no_name_tells_is_told_in_the_words_of_the_text() {
        let text = "قال أحمد سالم إن الهدنة قائمة، وأضاف أن الطريق مفتوح.";
        let mut made = reading(text, &[(FIRST, "أحمد سالم")]);
        made.actors[0].known = false;
        made.mentions[0].confidence = 0.7;
        made.statements = vec![statement(text, "الهدنة قائمة", FIRST, "أحمد سالم"), statement(text, "الطريق مفتوح", FIRST, "وأضاف")];
        let (kept, left) = supported(text, &made);
        assert_eq!(left.statements, 0);
        for s in &kept.statements {
            assert_eq!((s.speaker.actor, s.speaker.span), (None, Some(of(text, "أحمد سالم"))));
        }
    }

    #[test]
    fn a_body_far_from_what_it_is_to_have_said_did_not_say_it_nor_what_follows() {
        let text = "تراجعت الحركة في المدينة الجنوبية بعد أيام طويلة من القتال العنيف، وقال إن الهدنة قائمة، وأضاف أن الطريق مفتوح.";
        let mut made = reading(text, &[(SECOND, "الحركة")]);
        made.statements = vec![statement(text, "الهدنة قائمة", SECOND, "الحركة"), statement(text, "الطريق مفتوح", SECOND, "وأضاف")];
        let mut told = event(text, "القتال", EventType::Assault, "event/noun");
        told.statement = Some(0);
        made.events = vec![told];
        let (kept, left) = supported(text, &made);
        assert!(kept.statements.is_empty() && kept.events.is_empty());
        assert_eq!((left.statements, left.events), (2, 1));
    }

    #[test]
    fn what_a_statement_repeats_of_another_is_not_told_twice() {
        let text = "قال أحمد سالم إنه يأمل أن تصمد الهدنة.";
        let mut made = reading(text, &[(FIRST, "أحمد سالم")]);
        let inner = Statement { inside: Some(0), ..statement(text, "تصمد الهدنة", FIRST, "أحمد سالم") };
        made.statements = vec![statement(text, "يأمل أن تصمد الهدنة", FIRST, "أحمد سالم"), inner];
        let mut told = event(text, "تصمد", EventType::Assault, "event/verb");
        told.statement = Some(1);
        made.events = vec![told];
        let (kept, _) = supported(text, &made);
        assert_eq!(kept.statements.len(), 1);
        assert_eq!(kept.events[0].statement, Some(0), "the outer one tells it");
    }

    #[test]
    fn what_an_analyst_confirmed_stays_as_it_is() {
        let text = "أحمد سالم في زيارة طويلة إلى الجنوب، ودعا الوزير الحركة إلى الحوار.";
        let made = Event { confidence: 1.0, ..event(text, "ودعا", EventType::Request, "event/verb") };
        assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![FIRST], vec![SECOND]));
    }

    #[test]
    fn a_stance_needs_its_actor_in_its_event() {
        let text = "دعا أحمد سالم الحركة إلى الحوار.";
        let mut made = reading(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")]);
        made.events = vec![event(text, "دعا", EventType::Request, "event/verb")];
        let stance = |actor| Stance {
            actor,
            issue: of(text, "الحوار"),
            side: Side::For,
            event: Some(0),
            condition: None,
            confidence: 0.6,
            why: Why::rule("stance/demand"),
        };
        made.stances = vec![stance(FIRST), stance(SECOND)];
        let (kept, left) = supported(text, &made);
        assert_eq!((kept.stances.iter().map(|s| s.actor).collect::<Vec<_>>(), left.stances), (vec![FIRST], 1));
    }
}
