//! Who fills the roles of an event: every actor near it is a choice, and so is nobody; a learned ranking weighs what the rules say, where the
//! actor stands in the clause, and what the rest of the document tells of him.

use super::signals::{Setting, tense_of};
use super::{EventAt, Finder, Trigger};
use crate::actors::Resolved;
use crate::linear::{Linear, Part, bucket, few, flag, part, parts};
use crate::reading::ActorIx;
use majlis_lexicon::{Classes, EventType, Tense};
use rustc_hash::FxHashMap;

/// An actor who may fill a role, or nobody.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Whom; `None` is nobody.
    pub actor: Option<ActorIx>,
    /// Who is joined to him by و, he first.
    pub joined: Vec<ActorIx>,
    /// What speaks for and against him as source.
    pub source: Vec<u32>,
    /// And as target.
    pub target: Vec<u32>,
    pub(super) stands: Stands,
}

/// Where a choice stands, for what it makes of another beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    /// The event's type and the trigger's tense.
    pub(super) event: Part,
    pub(super) tense: Part,
    /// Before or after the trigger, outside the sentence, or nobody.
    pub(super) side: Part,
    pub(super) leader: Part,
    pub(super) kind: Part,
    /// The state that he belongs to, if any.
    pub(super) country: Option<Part>,
    /// The mention's place among all of the document.
    pub(super) mention: Option<usize>,
    /// Whether nothing parts it from the mention before.
    pub(super) touches: bool,
    /// Whether such an event is done by two with one another.
    pub(super) mutual: bool,
}

/// Whether two choices may be source and target of one event: two actors, and not joined by و unless the event is done by both with one another.
pub fn apart(source: &Choice, target: &Choice) -> bool {
    let Some(t) = target.actor else { return true };
    if source.stands.mutual { source.actor != Some(t) } else { !source.joined.contains(&t) }
}

/// What speaks for and against two choices together, as source and target of one event.
pub fn together(source: &Choice, target: &Choice) -> [u32; 7] {
    let (s, t) = (&source.stands, &target.stands);
    let same = match (s.country, t.country) {
        (None, _) | (_, None) => part!("-"),
        (a, b) if a == b => part!("same"),
        _ => part!("other"),
    };
    [
        bucket(parts!["together", s.side, t.side, s.event]),
        bucket(parts!["together", s.side, s.leader, t.side, t.leader, s.tense]),
        bucket(parts!["together-order", order(s, t), s.side, t.side, s.tense]),
        bucket(parts!["together-kinds", s.kind, t.kind, s.event]),
        bucket(parts!["together-kinds", s.kind, t.kind]),
        bucket(parts!["together-country", same, s.event]),
        bucket(parts!["together-country", same, s.kind, t.kind]),
    ]
}

/// Which of the two is mentioned first, and whether side by side.
fn order(s: &Stands, t: &Stands) -> Part {
    match (s.mention, t.mention) {
        (Some(a), Some(b)) if a + 1 == b && t.touches => part!("touching"),
        (Some(a), Some(b)) if a + 1 == b => part!("next"),
        (Some(a), Some(b)) if a < b => part!("later"),
        (Some(a), Some(b)) if b + 1 == a => part!("previous"),
        (Some(_), Some(_)) => part!("earlier"),
        _ => part!("-"),
    }
}

/// What a model makes of two choices together. Many pairs differ in nothing that it looks at.
struct Together<'e, F> {
    score: &'e F,
    choices: &'e [Choice],
    /// The first choice that stands as each does.
    alike: Vec<usize>,
    scores: FxHashMap<(usize, usize, Part), f32>,
}

impl<'e, F: Fn(&[u32]) -> f32> Together<'e, F> {
    fn new(score: &'e F, choices: &'e [Choice]) -> Self {
        let alike = firsts(choices, |c| (c.stands.side, c.stands.leader, c.stands.kind, c.stands.country));
        Self { score, choices, alike, scores: FxHashMap::default() }
    }

    fn of(&mut self, source: usize, target: usize) -> f32 {
        let (s, t) = (&self.choices[source], &self.choices[target]);
        let key = (self.alike[source], self.alike[target], order(&s.stands, &t.stands));
        *self.scores.entry(key).or_insert_with(|| (self.score)(&together(s, t)))
    }
}

/// For each choice the first that has the same key.
fn firsts<K: PartialEq>(choices: &[Choice], key: impl Fn(&Choice) -> K) -> Vec<usize> {
    choices.iter().enumerate().map(|(i, c)| choices.iter().position(|d| key(d) == key(c)).unwrap_or(i)).collect()
}

/// The source and target that are most likely right. A pair of choices is as likely as its score has it among all pairs; what the answer names
/// is likely by the sum over all mentions of the same actors.
pub fn decide(choices: &[Choice], score: impl Fn(&[u32]) -> f32, may_act: impl Fn(&Choice) -> bool) -> (usize, usize) {
    let alone: Vec<(f32, f32)> = choices.iter().map(|c| (score(&c.source), score(&c.target))).collect();
    let mut both = Together::new(&score, choices);
    let mut pairs: Vec<(usize, usize, f32)> = Vec::new();
    for (s, a) in choices.iter().enumerate().filter(|(_, c)| may_act(c)) {
        for (t, _) in choices.iter().enumerate().filter(|(_, b)| apart(a, b)) {
            pairs.push((s, t, alone[s].0 + alone[t].1 + both.of(s, t)));
        }
    }
    let largest = pairs.iter().fold(f32::NEG_INFINITY, |m, p| m.max(p.2));
    // Choices of one actor count as one.
    let same = firsts(choices, |c| c.actor);
    let n = choices.len();
    let mut likely = vec![0f32; n * n];
    for &(s, t, score) in &pairs {
        likely[same[s] * n + same[t]] += (score - largest).exp();
    }
    let named = |c: usize| -> Vec<usize> {
        if choices[c].actor.is_none() {
            return vec![same[c]];
        }
        choices[c].joined.iter().filter_map(|&a| choices.iter().position(|d| d.actor == Some(a))).collect()
    };
    let named: Vec<Vec<usize>> = (0..n).map(named).collect();
    let mut best = (f32::NEG_INFINITY, f32::NEG_INFINITY, 0, 0);
    for &(s, t, score) in &pairs {
        let right: f32 = named[s].iter().flat_map(|&a| named[t].iter().map(move |&b| (a, b))).map(|(a, b)| likely[a * n + b]).sum();
        if (right, score) > (best.0, best.1) {
            best = (right, score, s, t);
        }
    }
    (best.2, best.3)
}

/// How far behind the verb that carries it a noun may stand, in tokens.
const CARRIED: usize = 14;

/// Mentions looked at on each side of a trigger.
const SIDE: usize = 8;

/// How far behind a trigger a place may stand and be what is acted on, in tokens.
const PLACE: usize = 4;

/// Actors of earlier sentences looked at.
const EARLIER: usize = 4;

/// Actors most mentioned in the document looked at.
const MAIN: usize = 3;

/// What the rules read in the whole document.
pub(super) struct History {
    pub(super) sources: FxHashMap<(EventType, ActorIx), u32>,
    pub(super) targets: FxHashMap<(EventType, ActorIx), u32>,
    /// How often two actors stand against each other or act together.
    pub(super) pairs: FxHashMap<(ActorIx, ActorIx), u32>,
    /// Actors by how often they are mentioned, most first.
    pub(super) main: Vec<ActorIx>,
}

impl History {
    pub(super) fn new(events: &[EventAt], resolved: &Resolved) -> Self {
        let (mut sources, mut targets, mut pairs) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for e in events {
            for &s in &e.event.source {
                *sources.entry((e.event.kind, s)).or_default() += 1;
                for &t in &e.event.target {
                    *pairs.entry((s, t)).or_default() += 1;
                    *pairs.entry((t, s)).or_default() += 1;
                }
            }
            for &t in &e.event.target {
                *targets.entry((e.event.kind, t)).or_default() += 1;
            }
        }
        let mut counts = vec![0u32; resolved.actors.len()];
        for m in &resolved.mentions {
            counts[m.actor as usize] += 1;
        }
        let mut main: Vec<ActorIx> = (0..counts.len() as ActorIx).collect();
        main.sort_by_key(|&a| (std::cmp::Reverse(counts[a as usize]), a));
        main.truncate(MAIN);
        Self { sources, targets, pairs, main }
    }
}

impl Finder<'_, '_> {
    /// Gives an event its roles: the likeliest pair of two different actors, or of one and nobody.
    pub(super) fn rank(&self, e: &mut EventAt, history: &History, model: Option<&Linear>) {
        e.choices = self.choices(e, history);
        let Some(model) = model else { return };
        let we = self.speaker_for(&e.trigger);
        // نرفض: nobody but the speaker, or whose side he is on.
        let carried = if we.is_none() { self.carrier(&e.trigger, e.sentence.0 as usize).or_else(|| self.before_object(&e.trigger)) } else { None };
        let may_act = |c: &Choice| {
            let carries = carried.is_none_or(|a| c.joined.contains(&a));
            carries && we.is_none_or(|we| c.actor == we) && c.actor.is_none_or(|a| !e.condemned_by.contains(&a))
        };
        let best = decide(&e.choices, |features| model.score(features), may_act);
        let (s, t) = (&e.choices[best.0], &e.choices[best.1]);
        let source: Vec<ActorIx> = s.joined.iter().copied().filter(|&a| Some(a) != t.actor).collect();
        e.event.target = t.joined.iter().copied().filter(|a| !source.contains(a)).collect();
        e.event.source = source;
        // اتفق فلان وفلان: one with the other.
        if e.event.target.is_empty() && e.event.source.len() > 1 && super::mutual(e.event.kind) {
            e.event.target = e.event.source.split_off(1);
        }
    }

    /// شنت الولايات المتحدة غارات: the subject right after a verb that only carries the noun, its indefinite object.
    fn carrier(&self, t: &Trigger, first: usize) -> Option<ActorIx> {
        let scan = self.scan;
        if t.tense != Tense::Masdar || t.article || t.preposition.is_some() || t.first == 0 || scan.class(t.first - 1).any(Classes::PREP) {
            return None;
        }
        let from = t.first.saturating_sub(CARRIED).max(first);
        let verb = (from..t.first).rev().find(|&i| scan.finite_verb(i) && !self.covered[i] || super::is_stop(scan, i) || crate::speech::that(scan.form(i)))?;
        let subject = self.ctx.resolved.mention_at(verb + 1).filter(|&m| scan.class(verb).any(Classes::LIGHT) && self.person_like(m))?;
        let between = (verb + 1..t.first).any(|i| self.trigger(i).is_some());
        (self.leader(verb + 1).is_none() && !between).then(|| self.actor(subject))
    }

    /// أدانت الحكومة الهجوم: between a verb and the verbal noun that is its object stands its subject.
    fn before_object(&self, t: &Trigger) -> Option<ActorIx> {
        let scan = self.scan;
        let finite = matches!(t.tense, Tense::Perfect | Tense::Imperfect) && t.pronoun.is_empty() && !t.is_phrase && !t.predicate.frame.suffers;
        let subject = self.ctx.resolved.mention_at(t.last).filter(|&m| finite && self.person_like(m) && self.leader(t.last).is_none())?;
        let next = self.ctx.resolved.tokens[subject].1 as usize;
        let is_object = scan.verbs(next).any(|v| v.reading.tense == Tense::Masdar && v.word.form.article() && v.word.proclitics.preposition.is_none());
        (is_object && self.agrees(t, t.last)).then(|| self.actor(subject))
    }

    fn choices(&self, e: &EventAt, history: &History) -> Vec<Choice> {
        let t = e.trigger;
        let (first, last) = (e.sentence.0 as usize, e.sentence.1 as usize);
        let said = self.said_at(t.first).map(|s| &self.ctx.said[s].statement);
        let clauses = self.clauses(t.first, t.last, first, last);
        let tokens = &self.ctx.resolved.tokens;
        let from = tokens.partition_point(|m| (m.0 as usize) < clauses.first);
        let at = tokens.partition_point(|m| (m.0 as usize) < t.first);
        let to = tokens.partition_point(|m| (m.0 as usize) < clauses.last);
        let setting = Setting {
            t,
            kind: Part::of(e.event.kind.code()),
            tense: tense_of(t.tense),
            clauses,
            rule_source: &e.event.source,
            rule_target: &e.event.target,
            speaker: said.and_then(|s| {
                let how = Part::of(s.kind.code());
                Some((s.speaker.actor.or(s.speaker.side)?, how))
            }),
            of_cue: self.speaker_of_cue(&t),
            last_speaker: self.last_speaker(t.first),
            subject: self.subject_before(t.first, first).map(|(m, _)| m),
            governor: self.governor_subject(t.first, first, t.preposition == Some('ل')).map(|(m, _)| m),
            passive: self.passive(&t),
            mutual: super::mutual(e.event.kind),
            conjoined: flag(self.scan.analyses(t.first).first().is_some_and(|w| w.proclitics.conjunction.is_some())),
            next: self.sort_after(t.last),
            hurt: flag(self.says_hurt(&t)),
            suffers: flag(t.predicate.frame.suffers || self.receiving(&t, first).is_some()),
            sides: (few(at - from), few(to - at)),
            place_next: flag(self.place_within(t.last, PLACE)),
        };
        let before = (from..at).filter(|&m| tokens[m].1 as usize <= t.first).rev().take(SIDE);
        let after = (at..to).filter(|&m| tokens[m].0 as usize >= t.last).take(SIDE);
        let mut choices = vec![self.nobody(&setting)];
        for (rank, m) in before.enumerate() {
            choices.push(self.mentioned(&setting, history, m, rank, true));
        }
        for (rank, m) in after.enumerate() {
            choices.push(self.mentioned(&setting, history, m, rank, false));
        }
        let absent = |choices: &[Choice], a: ActorIx| choices.iter().all(|c| c.actor != Some(a));
        for (how, a) in self.states_around(&t, first, last) {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, how, 0));
            }
        }
        let mut earlier: Vec<ActorIx> = Vec::new();
        for m in (0..from).rev().take(4 * EARLIER) {
            let actor = self.actor(m);
            if earlier.len() < EARLIER && !earlier.contains(&actor) {
                earlier.push(actor);
            }
        }
        for (rank, &a) in earlier.iter().enumerate() {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, part!("earlier"), rank));
            }
        }
        let ruled = e.event.source.iter().chain(&e.event.target).copied();
        for a in ruled.chain(setting.speaker.map(|s| s.0)).chain(setting.of_cue).chain(setting.last_speaker) {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, part!("named"), 0));
            }
        }
        for &a in &history.main {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, part!("main"), 0));
            }
        }
        choices
    }

    /// Whether a place begins at token `from` or in the few after it.
    fn place_within(&self, from: usize, few: usize) -> bool {
        let places = &self.ctx.places;
        let next = places.partition_point(|p| (p.first as usize) < from);
        places.get(next).is_some_and(|p| (p.first as usize) < from + few)
    }

    /// States that act elsewhere in the document, and have a place named in the sentence, nearest to the trigger first.
    fn states_around(&self, t: &Trigger, first: usize, last: usize) -> Vec<(Part, ActorIx)> {
        let places = &self.ctx.places;
        let from = places.partition_point(|p| (p.first as usize) < first);
        let near = places[from..].iter().take_while(|p| (p.first as usize) < last);
        let mut found: Vec<(usize, Part, ActorIx)> = near
            .filter_map(|p| {
                let (a, b) = (p.first as usize, p.last as usize);
                let (how, gap) = if a >= t.last { (part!("place-after"), a - t.last) } else { (part!("place-before"), t.first.saturating_sub(b)) };
                let iso = self.scan.lexicon.states[self.state_of(p)? as usize].iso2;
                (gap <= 16).then_some((gap, how, *self.state_actors.get(iso)?))
            })
            .collect();
        found.sort_by_key(|f| f.0);
        found.truncate(2);
        found.into_iter().map(|(_, how, a)| (how, a)).collect()
    }

    /// For a verb in the first person inside somebody's words, whom it can mean.
    fn speaker_for(&self, t: &Trigger) -> Option<Option<ActorIx>> {
        let speaker = &self.ctx.said[self.said_at(t.first).filter(|_| t.first_person)?].statement.speaker;
        Some(speaker.actor.or(speaker.side))
    }

    /// Who spoke last before token `i`.
    fn last_speaker(&self, i: usize) -> Option<ActorIx> {
        let said = &self.ctx.said[..self.ctx.said.partition_point(|s| (s.first as usize) < i)];
        let speaker = &said.last()?.statement.speaker;
        speaker.actor.or(speaker.side)
    }
}
