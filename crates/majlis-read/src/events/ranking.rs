//! Who fills the roles of an event: every actor near it is a choice, and so is nobody; a learned ranking weighs what the rules say, where the
//! actor stands in the clause, and what the rest of the document tells of him.

use super::clauses::{Clauses, Parts};
use super::{EventAt, Finder, Trigger};
use crate::actors::Resolved;
use crate::linear::{self, Linear};
use crate::reading::{ActorIx, MentionForm};
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
    stands: Stands,
}

/// Where a choice stands, for what it makes of another beside it.
#[derive(Clone, Copy, Debug)]
struct Stands {
    /// The event's type and the trigger's tense.
    event: &'static str,
    tense: &'static str,
    /// Before or after the trigger, outside the sentence, or nobody.
    side: &'static str,
    leader: &'static str,
    kind: &'static str,
    country: &'static str,
    /// The mention's place among all of the document.
    mention: Option<usize>,
    /// Whether nothing parts it from the mention before.
    touches: bool,
    /// Whether such an event is done by two with one another.
    mutual: bool,
}

/// Whether two choices may be source and target of one event: two actors, and not joined by و unless the event is done by both with one another.
pub fn apart(source: &Choice, target: &Choice) -> bool {
    let Some(t) = target.actor else { return true };
    if source.stands.mutual { source.actor != Some(t) } else { !source.joined.contains(&t) }
}

/// What speaks for and against two choices together, as source and target of one event.
pub fn together(source: &Choice, target: &Choice) -> [u32; 7] {
    const SIDES: u64 = linear::begun("together");
    const ORDER: u64 = linear::begun("together-order");
    const KINDS: u64 = linear::begun("together-kinds");
    const COUNTRY: u64 = linear::begun("together-country");
    let (s, t) = (&source.stands, &target.stands);
    let bucket = |begun: u64, parts: &[&str]| {
        let [bucket] = linear::buckets([begun], parts);
        bucket
    };
    let same = match (s.country, t.country) {
        ("", _) | (_, "") => "-",
        (a, b) if a == b => "same",
        _ => "other",
    };
    [
        bucket(SIDES, &[s.side, t.side, s.event]),
        bucket(SIDES, &[s.side, s.leader, t.side, t.leader, s.tense]),
        bucket(ORDER, &[order(s, t), s.side, t.side, s.tense]),
        bucket(KINDS, &[s.kind, t.kind, s.event]),
        bucket(KINDS, &[s.kind, t.kind]),
        bucket(COUNTRY, &[same, s.event]),
        bucket(COUNTRY, &[same, s.kind, t.kind]),
    ]
}

/// Which of the two is mentioned first, and whether side by side.
fn order(s: &Stands, t: &Stands) -> &'static str {
    match (s.mention, t.mention) {
        (Some(a), Some(b)) if a + 1 == b && t.touches => "touching",
        (Some(a), Some(b)) if a + 1 == b => "next",
        (Some(a), Some(b)) if a < b => "later",
        (Some(a), Some(b)) if b + 1 == a => "previous",
        (Some(_), Some(_)) => "earlier",
        _ => "-",
    }
}

/// What a model makes of two choices together. Many pairs differ in nothing that it looks at.
struct Together<'e, F> {
    score: &'e F,
    choices: &'e [Choice],
    /// The first choice that stands as each does.
    alike: Vec<usize>,
    scores: FxHashMap<(usize, usize, &'static str), f32>,
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

/// Actors of earlier sentences looked at.
const EARLIER: usize = 4;

/// Actors most mentioned in the document looked at.
const MAIN: usize = 3;

/// What the rules read in the whole document.
pub(super) struct History {
    sources: FxHashMap<(EventType, ActorIx), u32>,
    targets: FxHashMap<(EventType, ActorIx), u32>,
    /// How often two actors stand against each other or act together.
    pairs: FxHashMap<(ActorIx, ActorIx), u32>,
    /// Actors by how often they are mentioned, most first.
    main: Vec<ActorIx>,
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

/// The features of a choice, for each role.
struct Signals {
    source: Vec<u32>,
    target: Vec<u32>,
}

impl Signals {
    fn new() -> Self {
        Self { source: Vec::with_capacity(64), target: Vec::with_capacity(64) }
    }

    fn add(&mut self, parts: &[&str]) {
        const ROLES: [u64; 2] = [linear::begun("source"), linear::begun("target")];
        let [source, target] = linear::buckets(ROLES, parts);
        self.source.push(source);
        self.target.push(target);
    }
}

/// What every choice for one trigger is seen against.
struct Setting<'e> {
    t: Trigger,
    kind: &'static str,
    tense: &'static str,
    clauses: Clauses,
    rule_source: &'e [ActorIx],
    rule_target: &'e [ActorIx],
    speaker: Option<(ActorIx, &'static str)>,
    of_cue: Option<ActorIx>,
    /// Who spoke last before the trigger.
    last_speaker: Option<ActorIx>,
    subject: Option<usize>,
    governor: Option<usize>,
    passive: &'static str,
    mutual: bool,
    /// Whether و joins it to what comes before: its subject may stand there.
    conjoined: &'static str,
    /// What follows the trigger.
    next: &'static str,
    /// Whether the trigger itself says that somebody is killed, hurt or taken: مقتل, سقوط.
    hurt: &'static str,
    /// Whether its subject is the target.
    suffers: &'static str,
}

impl Finder<'_, '_> {
    /// Gives an event its roles: the likeliest pair of two different actors, or of one and nobody.
    pub(super) fn rank(&self, e: &mut EventAt, history: &History, model: Option<&Linear>) {
        e.choices = self.choices(e, history);
        let Some(model) = model else { return };
        let we = self.speaker_for(&e.trigger);
        // نرفض: nobody but the speaker, or whose side he is on.
        let carried = if we.is_none() { self.carrier(&e.trigger, e.sentence.0 as usize) } else { None };
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

    fn choices(&self, e: &EventAt, history: &History) -> Vec<Choice> {
        let t = e.trigger;
        let (first, last) = (e.sentence.0 as usize, e.sentence.1 as usize);
        let said = self.said_at(t.first).map(|s| &self.ctx.said[s].statement);
        let setting = Setting {
            t,
            kind: e.event.kind.code(),
            tense: match t.tense {
                Tense::Perfect => "perfect",
                Tense::Imperfect => "imperfect",
                Tense::Participle => "participle",
                Tense::Masdar => "masdar",
            },
            clauses: self.clauses(t.first, t.last, first, last),
            rule_source: &e.event.source,
            rule_target: &e.event.target,
            speaker: said.and_then(|s| {
                let how = s.kind.code();
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
        };
        let tokens = &self.ctx.resolved.tokens;
        let from = tokens.partition_point(|m| (m.0 as usize) < setting.clauses.first);
        let at = tokens.partition_point(|m| (m.0 as usize) < t.first);
        let to = tokens.partition_point(|m| (m.0 as usize) < setting.clauses.last);
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
                choices.push(self.unmentioned(&setting, history, a, "earlier", rank));
            }
        }
        let ruled = e.event.source.iter().chain(&e.event.target).copied();
        for a in ruled.chain(setting.speaker.map(|s| s.0)).chain(setting.of_cue).chain(setting.last_speaker) {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, "named", 0));
            }
        }
        for &a in &history.main {
            if absent(&choices, a) {
                choices.push(self.unmentioned(&setting, history, a, "main", 0));
            }
        }
        choices
    }

    /// States that act elsewhere in the document, and have a place named in the sentence, nearest to the trigger first.
    fn states_around(&self, t: &Trigger, first: usize, last: usize) -> Vec<(&'static str, ActorIx)> {
        let places = &self.ctx.places;
        let from = places.partition_point(|p| (p.first as usize) < first);
        let near = places[from..].iter().take_while(|p| (p.first as usize) < last);
        let mut found: Vec<(usize, &'static str, ActorIx)> = near
            .filter_map(|p| {
                let (a, b) = (p.first as usize, p.last as usize);
                let (how, gap) = if a >= t.last { ("place-after", a - t.last) } else { ("place-before", t.first.saturating_sub(b)) };
                let iso = self.scan.lexicon.states[self.state_of(p)? as usize].iso2;
                (gap <= 16).then_some((gap, how, *self.state_actors.get(iso)?))
            })
            .collect();
        found.sort_by_key(|f| f.0);
        found.truncate(2);
        found.into_iter().map(|(_, how, a)| (how, a)).collect()
    }

    /// What kind of word stands at token `i`, after a trigger.
    fn sort_after(&self, i: usize) -> &'static str {
        let scan = self.scan;
        let class = scan.class(i);
        match () {
            () if !scan.is_word(i) => "mark",
            () if self.ctx.resolved.mention_at(i).is_some() => "mention",
            () if class.any(Classes::PREP) || scan.analyses(i).first().is_some_and(|w| w.proclitics.preposition.is_some()) => "preposition",
            () if class.any(Classes::NUMBER.with(Classes::QUANT)) => "number",
            () if class.any(Classes::POST) => "post",
            () if class.any(Classes::HURT) => "hurt",
            () if scan.nisba_at(i).is_some() => "nisba",
            () if scan.has_article(i) => "definite",
            () => "indefinite",
        }
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

    /// تم, جرى, وقع before a verbal noun: whoever does it is not its owner.
    fn passive(&self, t: &Trigger) -> &'static str {
        let scan = self.scan;
        let near = |n: usize| if t.first >= n { scan.bare(t.first - n) } else { "" };
        if t.predicate.lemma.starts_with("تم/") || t.predicate.lemma.starts_with("جرى/") {
            return "passive";
        }
        let light = |f: &str| matches!(f, "تم" | "تمت" | "يتم" | "تتم" | "جري" | "جرت" | "يجري" | "سيتم" | "ستتم" | "تعرض" | "تعرضت");
        if t.tense == Tense::Masdar && (light(near(1)) || light(near(2))) { "passive" } else { "active" }
    }

    fn nobody(&self, s: &Setting<'_>) -> Choice {
        let mut f = Signals::new();
        f.add(&["nobody"]);
        f.add(&["nobody", s.kind]);
        f.add(&["nobody", s.tense, s.passive]);
        f.add(&["nobody", s.kind, s.tense]);
        f.add(&["nobody-speaker", flag(s.speaker.is_some()), flag(s.of_cue.is_some())]);
        f.add(&["nobody-unnamed", flag(s.of_cue.is_none() && self.reported_by(&s.t).is_some())]);
        let stands =
            Stands { event: s.kind, tense: s.tense, side: "nobody", leader: "-", kind: "-", country: "", mention: None, touches: false, mutual: s.mutual };
        Choice { actor: None, joined: Vec::new(), source: f.source, target: f.target, stands }
    }

    /// What the document tells of an actor, wherever he is mentioned.
    fn actor_signals(&self, f: &mut Signals, s: &Setting<'_>, history: &History, a: ActorIx, place: &str) {
        let kind = kind_code(self.ctx.resolved, a);
        let event = s.t.predicate.event;
        let rule = match (s.rule_source.contains(&a), s.rule_target.contains(&a)) {
            (true, _) => "source",
            (_, true) => "target",
            _ if s.rule_source.is_empty() && s.rule_target.is_empty() => "silent",
            _ if s.rule_source.is_empty() => "no-source",
            _ if s.rule_target.is_empty() => "no-target",
            _ => "others",
        };
        f.add(&["rule", rule]);
        f.add(&["rule", rule, s.tense]);
        f.add(&["rule", rule, s.kind]);
        f.add(&["rule-place", rule, place]);
        f.add(&["kind", kind]);
        f.add(&["kind", kind, s.kind]);
        f.add(&["kind", kind, place]);
        let sector = sector(self.ctx.resolved, a);
        f.add(&["sector", sector]);
        f.add(&["sector", sector, s.kind]);
        f.add(&["sector", sector, place]);
        let speaks = s.speaker.filter(|w| w.0 == a).map_or("no", |w| w.1);
        f.add(&["speaker", speaks, s.kind]);
        f.add(&["speaker", speaks, s.tense, flag(s.t.first_person)]);
        f.add(&["of-cue", flag(s.of_cue == Some(a)), flag(s.of_cue.is_some())]);
        let last = flag(s.last_speaker == Some(a));
        f.add(&["last-speaker", last, s.kind]);
        f.add(&["last-speaker", last, s.tense, place]);
        let main = history.main.iter().position(|&m| m == a).map_or("-", few);
        f.add(&["main", main]);
        f.add(&["main", main, s.kind]);
        let own = |list: &[ActorIx]| u32::from(list.contains(&a));
        let acts = history.sources.get(&(event, a)).map_or(0, |n| n - own(s.rule_source).min(*n));
        let suffers = history.targets.get(&(event, a)).map_or(0, |n| n - own(s.rule_target).min(*n));
        f.add(&["acts", few(acts as usize), few(suffers as usize)]);
        f.add(&["acts", few(acts as usize), few(suffers as usize), s.kind]);
        let with = |list: &[ActorIx]| list.iter().filter_map(|&o| history.pairs.get(&(o, a))).sum::<u32>();
        f.add(&["against-source", few(with(s.rule_source) as usize), flag(s.rule_source.is_empty())]);
        f.add(&["against-target", few(with(s.rule_target) as usize), flag(s.rule_target.is_empty())]);
    }

    /// Whether somebody of the actor at token `i` is said to be killed, hurt or taken.
    fn casualty(&self, i: usize) -> &'static str {
        let hurt = |t: usize| self.scan.class(t).any(Classes::HURT);
        if (i.saturating_sub(4)..i).any(hurt) {
            "before"
        } else if (i + 1..i + 4).any(hurt) {
            "after"
        } else {
            "-"
        }
    }

    /// من قبل, على يد, من جانب before the actor at token `i`: he does what was told in the passive or as a noun.
    fn agent(&self, i: usize) -> bool {
        let form = |n: usize| i.checked_sub(n).map_or("", |t| self.scan.form(t));
        matches!((form(2), form(1)), ("من", "قبل" | "جانب" | "طرف") | ("علي", "يد" | "ايدي"))
    }

    /// Whether mention `m` follows another with nothing between, not even و or a preposition: زار الوزير إيران.
    fn touches(&self, m: usize) -> bool {
        let tokens = &self.ctx.resolved.tokens;
        let first = tokens[m].0;
        let word = self.scan.analyses(first as usize).first();
        let bare = word.is_none_or(|w| w.proclitics.conjunction.is_none() && w.proclitics.preposition.is_none());
        bare && !self.ctx.resolved.nested[m] && m > 0 && tokens[m - 1].1 == first
    }

    /// Which party of بين … و… mention `m` is.
    fn party(&self, m: usize) -> &'static str {
        let tokens = &self.ctx.resolved.tokens;
        let first = tokens[m].0 as usize;
        if self.leader(first) == Some("بين") {
            return "first";
        }
        let before = m.checked_sub(1).filter(|&b| self.leader(tokens[b].0 as usize) == Some("بين"));
        let joined = (first.saturating_sub(2)..=first).any(|t| self.scan.form(t).starts_with('و'));
        if before.is_some() && joined { "second" } else { "-" }
    }

    /// An actor whom the sentence does not mention.
    fn unmentioned(&self, s: &Setting<'_>, history: &History, a: ActorIx, how: &str, rank: usize) -> Choice {
        let mut f = Signals::new();
        f.add(&["unmentioned", how, few(rank)]);
        f.add(&["unmentioned", how, s.kind]);
        f.add(&["unmentioned", how, s.tense]);
        self.actor_signals(&mut f, s, history, a, how);
        let stands = Stands {
            event: s.kind,
            tense: s.tense,
            side: "unmentioned",
            leader: "-",
            kind: kind_code(self.ctx.resolved, a),
            country: country(self.ctx.resolved, a),
            mention: None,
            touches: false,
            mutual: s.mutual,
        };
        Choice { actor: Some(a), joined: vec![a], source: f.source, target: f.target, stands }
    }

    /// The mention `m`, the `rank`-th before or after the trigger.
    fn mentioned(&self, s: &Setting<'_>, history: &History, m: usize, rank: usize, before: bool) -> Choice {
        let resolved = self.ctx.resolved;
        let t = &s.t;
        let a = self.actor(m);
        let (first, last) = (resolved.tokens[m].0 as usize, resolved.tokens[m].1 as usize);
        let (place, gap, parts) =
            if before { ("before", t.first - last, s.clauses.between(last, t.first)) } else { ("after", first - t.last, s.clauses.between(t.last, first)) };
        let mut f = Signals::new();
        let leader = self.leader(first).unwrap_or("-");
        let frame = &t.predicate.frame;
        let framed = match leader {
            "-" => flag(frame.object),
            p => flag(frame.prepositions.contains(&p)),
        };
        let near = match gap {
            0 => "0",
            1 => "1",
            2 => "2",
            3..=4 => "4",
            5..=8 => "8",
            9..=16 => "16",
            _ => "far",
        };
        let crossed = crossed(parts);
        let owned = if (before || gap > 0) && self.genitive(first) { "owner" } else { "-" };
        let form = match resolved.mentions[m].form {
            MentionForm::Nisba => "nisba",
            MentionForm::Capital => "capital",
            _ if resolved.nested[m] => "nested",
            _ => "-",
        };
        f.add(&["place", place, s.tense, few(rank)]);
        f.add(&["place", place, s.kind]);
        f.add(&["near", place, near, s.tense]);
        f.add(&["near", place, near, leader]);
        f.add(&["crossed", place, crossed]);
        f.add(&["crossed", place, crossed, s.tense]);
        f.add(&["crossed", place, crossed, leader]);
        f.add(&["verbs", place, few(parts.verbs as usize), few(parts.commas as usize)]);
        f.add(&["leader", place, leader]);
        f.add(&["leader", place, leader, s.tense]);
        f.add(&["leader", place, leader, s.kind]);
        f.add(&["lemma", t.predicate.lemma, place, leader, if gap <= 2 { "near" } else { "apart" }]);
        f.add(&["framed", place, framed, leader, s.tense]);
        f.add(&["framed", place, framed, flag(leader == "-"), near]);
        f.add(&["owned", place, owned, s.tense, s.kind]);
        f.add(&["form", place, form]);
        f.add(&["form", place, form, near, s.tense]);
        f.add(&["passive", s.passive, place, near]);
        let post = first > 0 && self.scan.class(first - 1).any(Classes::POST);
        f.add(&["post", place, flag(post), s.kind]);
        f.add(&["casualty", place, self.casualty(first), s.kind]);
        f.add(&["party", self.party(m), s.kind, place]);
        f.add(&["joined", place, flag(self.scan.form(first).starts_with('و') && self.scan.bare(first) != self.scan.form(first)), near]);
        f.add(&["leader-kind", place, leader, kind_code(resolved, a), s.kind]);
        f.add(&["rank-leader", place, few(rank), leader, s.tense]);
        if !before && gap <= 2 {
            // قصف التحالف للحوثيين and قصف الحوثيين: what follows tells whether the owner acts or suffers.
            let (_, end) = self.joined(m, s.clauses.last);
            let next = (end..end + 3).find_map(|t| self.leader(t)).unwrap_or("-");
            f.add(&["adjacent", s.kind, s.tense, flag(frame.object), near]);
            f.add(&["adjacent", s.tense, flag(frame.object), leader, next]);
            f.add(&["adjacent", s.tense, flag(frame.object), flag(frame.prepositions.contains(&next)), leader]);
        }
        f.add(&["word-after", place, self.scan.bare(last)]);
        let opens = flag(m == 0 || (resolved.tokens[m - 1].0 as usize) < s.clauses.first);
        f.add(&["opens", opens, place, s.tense]);
        f.add(&["opens", opens, place, crossed]);
        f.add(&["opens", opens, leader, s.kind]);
        let touches = self.touches(m);
        f.add(&["touches", place, flag(touches), flag(frame.object), few(rank)]);
        f.add(&["touches", place, flag(touches), s.tense]);
        f.add(&["agent", place, flag(self.agent(first)), s.tense]);
        f.add(&["hurt", s.hurt, place, leader, s.tense]);
        f.add(&["hurt", s.hurt, place, near]);
        f.add(&["hurt", s.hurt, place, crossed, leader]);
        f.add(&["suffers", s.suffers, place, leader, framed]);
        f.add(&["suffers-subject", s.suffers, if s.subject == Some(m) { "1" } else { "0" }, s.tense]);
        f.add(&["next-word", s.next, place, near]);
        f.add(&["next-word", s.next, place, s.tense, s.kind]);
        let verb = |t: usize| self.scan.finite_verb(t) && !self.covered[t];
        let own = match (first > 0 && first - 1 != t.first && verb(first - 1), last != t.first && last < self.scan.len() && verb(last)) {
            (true, _) => "before",
            (_, true) => "after",
            _ => "-",
        };
        f.add(&["own-verb", own, place, s.tense]);
        f.add(&["own-verb", own, place, s.kind]);
        let subject = match (s.subject == Some(m), s.governor == Some(m)) {
            (true, true) => "both",
            (true, false) => "subject",
            (false, true) => "governor",
            _ => "-",
        };
        f.add(&["subject", subject, s.tense]);
        f.add(&["subject", subject, s.kind]);
        f.add(&["conjoined", s.conjoined, place, few(rank), s.tense]);
        f.add(&["conjoined", s.conjoined, place, framed, near, leader]);
        f.add(&["conjoined", s.conjoined, "subject", subject, s.tense]);
        if !before && s.tense != "masdar" {
            f.add(&["agrees", flag(self.agrees(t, first)), few(rank)]);
        }
        f.add(&["pronoun", flag(!t.pronoun.is_empty()), place, few(rank), s.tense]);
        f.add(&["object-of-clause", flag(self.object_of_clause(t)), place, few(rank)]);
        f.add(&["preposition", if t.preposition == Some('ل') { "l" } else { "-" }, place, near]);
        self.actor_signals(&mut f, s, history, a, place);
        let (joined, _) = self.joined(m, s.clauses.last);
        let stands = Stands {
            event: s.kind,
            tense: s.tense,
            side: place,
            leader: crate::scan::PREPOSITIONS.iter().find(|p| **p == leader).copied().unwrap_or("-"),
            kind: kind_code(resolved, a),
            country: country(resolved, a),
            mention: Some(m),
            touches,
            mutual: s.mutual,
        };
        Choice { actor: Some(a), joined, source: f.source, target: f.target, stands }
    }
}

fn sector(resolved: &Resolved, a: ActorIx) -> &'static str {
    resolved.actors.get(a as usize).map_or("GOV", |a| a.sector)
}

fn country(resolved: &Resolved, a: ActorIx) -> &'static str {
    resolved.actors.get(a as usize).map_or("", |a| a.country)
}

fn kind_code(resolved: &Resolved, a: ActorIx) -> &'static str {
    resolved.actors.get(a as usize).map_or("state", |a| a.kind.code())
}

/// The strongest boundary crossed.
fn crossed(p: Parts) -> &'static str {
    match p {
        Parts { stops: 1.., .. } => "stop",
        Parts { thats: 1.., verbs: 1.., .. } => "that-verb",
        Parts { thats: 1.., .. } => "that",
        Parts { openers: 1.., .. } => "opener",
        Parts { relatives: 1.., verbs: 1.., .. } => "relative-verb",
        Parts { relatives: 1.., .. } => "relative",
        Parts { verbs: 1.., commas: 1.., .. } => "verb-comma",
        Parts { verbs: 1.., .. } => "verb",
        Parts { commas: 1.., .. } => "comma",
        _ => "none",
    }
}

fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

fn few(n: usize) -> &'static str {
    ["0", "1", "2", "3", "4"][n.min(4)]
}
