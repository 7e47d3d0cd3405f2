//! What the model judges an event by.

use super::signals::{kind_of, tense_of};
use super::{EventAt, Finder, Trigger};
use crate::linear::{Part, bucket, few, flag, lead, part, parts};
use crate::reading::ActorIx;
use majlis_lexicon::EventType;
use rustc_hash::FxHashSet;

impl Finder<'_, '_> {
    /// What the model judges a candidate by: hashed signals of the rules.
    pub(super) fn features(&self, t: &Trigger, e: &EventAt, first: usize, content: bool, negated: bool) -> Vec<u32> {
        let scan = self.scan;
        let kind = Part::of(e.event.kind.code());
        let lemma = Part::of(t.predicate.lemma);
        let tense = tense_of(t.tense);
        let roles = match (e.event.source.is_empty(), e.event.target.is_empty()) {
            (true, true) => part!("none"),
            (false, true) => part!("source"),
            (true, false) => part!("target"),
            (false, false) => part!("both"),
        };
        let weak = flag(t.predicate.weak);
        let phrase = flag(t.is_phrase);
        let first_of = |actors: &[ActorIx]| actors.first().map_or(part!("-"), |&a| kind_of(self.ctx.resolved, a));
        let said = Part::of(e.event.statement.map_or("-", |s| self.ctx.said[s as usize].statement.kind.code()));
        let form = |n: usize| Part::of(if t.first >= first + n { scan.form(t.first - n) } else { "^" });
        let (before, before2, after) = (form(1), form(2), Part::of(scan.form(t.last)));
        let (source, target) = (first_of(&e.event.source), first_of(&e.event.target));
        let status = Part::of(e.event.status.code());
        let mode = Part::of(t.predicate.mode);
        let same_lemma = self.told.lemmas.get(e.lemma).copied().unwrap_or_default();
        let same_kind = self.told.kinds.get(&e.event.kind).copied().unwrap_or_default();
        let same_actors = self.told.actors.contains(&(e.event.kind, e.event.source.clone(), e.event.target.clone()));
        let near = self.events.iter().rev().take(2).any(|k| k.event.kind == e.event.kind && k.last as usize + 4 > t.first);
        let here = self.told.here;
        let paragraph = scan.line(t.first) as usize;
        let lead = lead(t.preposition);
        let article = flag(t.article);
        let mention_next = flag(self.ctx.resolved.mention_at(t.last).is_some());
        let mention_before = flag(t.first > 0 && self.covered[t.first - 1]);
        let spelt = (t.first..t.last).map(|i| Part::of(scan.form(i))).reduce(Part::and).unwrap_or(lemma);
        let since = few_or_many(t.first - first);
        let any = |actors: &[ActorIx], known: &FxHashSet<(EventType, ActorIx)>| flag(actors.iter().any(|&a| known.contains(&(e.event.kind, a))));
        let with_lemma = |actors: &[ActorIx], known: &FxHashSet<(&str, ActorIx)>| flag(actors.iter().any(|&a| known.contains(&(e.lemma, a))));
        let (again_source, again_target) = (any(&e.event.source, &self.told.sources), any(&e.event.target, &self.told.targets));
        let (lemma_source, lemma_target) = (with_lemma(&e.event.source, &self.told.lemma_sources), with_lemma(&e.event.target, &self.told.lemma_targets));
        let acted = flag(e.event.source.iter().any(|a| self.told.acted.contains(a)));
        let mut features = vec![
            bucket(parts!["bias"]),
            bucket(parts!["type", kind]),
            bucket(parts!["lemma", lemma]),
            bucket(parts!["fine", lemma, tense]),
            bucket(parts!["type-tense", kind, tense]),
            bucket(parts!["type-weak", kind, weak, phrase]),
            bucket(parts!["type-roles", kind, roles]),
            bucket(parts!["tense-roles", tense, roles, weak]),
            bucket(parts!["lemma-roles", lemma, roles]),
            bucket(parts!["phrase-roles", phrase, tense, roles]),
            bucket(parts!["lemma-noun", lemma, tense, lead, article]),
            bucket(parts!["lemma-said", lemma, said]),
            bucket(parts!["lemma-told", lemma, few(same_lemma)]),
            bucket(parts!["noun", tense, lead, article]),
            bucket(parts!["type-noun", kind, tense, lead, article]),
            bucket(parts!["before", before]),
            bucket(parts!["before-tense", before, tense]),
            bucket(parts!["before2", before2, before]),
            bucket(parts!["after", after]),
            bucket(parts!["after-type", after, kind]),
            bucket(parts!["type-content", kind, flag(content)]),
            bucket(parts!["content", tense, flag(content), roles]),
            bucket(parts!["negated", kind, flag(negated)]),
            bucket(parts!["status", status, tense]),
            bucket(parts!["status-type", status, kind]),
            bucket(parts!["said", said]),
            bucket(parts!["said-type", said, kind]),
            bucket(parts!["same-lemma", few(same_lemma), article]),
            bucket(parts!["same-type", few(same_kind), tense]),
            bucket(parts!["same-actors", flag(same_actors), roles]),
            bucket(parts!["near", flag(near)]),
            bucket(parts!["here", few(here)]),
            bucket(parts!["paragraph", few(paragraph)]),
            bucket(parts!["source", source, kind]),
            bucket(parts!["target", target, kind]),
            bucket(parts!["when", flag(e.event.when.is_some()), flag(e.event.place.is_some())]),
            bucket(parts!["pronoun", flag(!t.pronoun.is_empty()), tense]),
            bucket(parts!["mentions", mention_before, mention_next, tense]),
            bucket(parts!["mode", mode, kind]),
            bucket(parts!["after-lemma", after, lemma]),
            bucket(parts!["since", since]),
            bucket(parts!["since-lemma", since, lemma]),
            bucket(parts!["spelt", spelt]),
            bucket(parts!["again", again_source, again_target, lemma]),
            bucket(parts!["again-lemma", lemma_source, lemma_target]),
            bucket(parts!["acted", acted]),
        ];
        features.extend((t.first.saturating_sub(AROUND)..t.first).map(|i| bucket(parts!["some-before", Part::of(scan.form(i))])));
        features.extend((t.last..t.last + AROUND).map(|i| bucket(parts!["some-after", Part::of(scan.form(i))])));
        features
    }

    /// Lets the events of one sentence, which begin at `from`, know of those beside them.
    pub(super) fn beside(&mut self, from: usize) {
        for i in from..self.events.len() {
            let mut features = std::mem::take(&mut self.events[i].features);
            neighbour(&mut features, &self.events[i], (i > from).then(|| &self.events[i - 1]), part!("left"));
            neighbour(&mut features, &self.events[i], self.events.get(i + 1), part!("right"));
            self.events[i].features = features;
        }
    }
}

/// How many words on either side may stand anywhere there.
const AROUND: usize = 4;

/// Adds what the event beside another says of it.
fn neighbour(features: &mut Vec<u32>, e: &EventAt, other: Option<&EventAt>, side: Part) {
    let lemma = Part::of(e.lemma);
    let Some(other) = other else {
        features.push(bucket(parts!["alone", side, lemma]));
        return;
    };
    let far = match e.first.abs_diff(other.first) {
        0..=2 => part!("2"),
        3..=4 => part!("4"),
        5..=8 => part!("8"),
        _ => part!("more"),
    };
    let (kind, others_kind) = (Part::of(e.event.kind.code()), Part::of(other.event.kind.code()));
    let others_lemma = Part::of(other.lemma);
    features.extend([
        bucket(parts!["beside", side, others_kind, kind]),
        bucket(parts!["beside-lemmas", side, others_lemma, lemma, far]),
        bucket(parts!["beside-same", side, flag(e.event.kind == other.event.kind), far]),
        bucket(parts!["beside-lemma", side, others_lemma, kind]),
    ]);
}

/// A number of tokens, coarser the larger it is.
fn few_or_many(n: usize) -> Part {
    match n {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 => part!("3"),
        4..=5 => part!("5"),
        6..=8 => part!("8"),
        9..=12 => part!("12"),
        13..=20 => part!("20"),
        21..=40 => part!("40"),
        _ => part!("more"),
    }
}
