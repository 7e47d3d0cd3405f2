//! What the model judges an event by.

use super::{EventAt, Finder, Trigger};
use crate::linear::{Part, bucket, few, flag, part, parts};
use crate::reading::ActorIx;
use majlis_lexicon::Tense;

impl Finder<'_, '_> {
    /// What the model judges a candidate by: hashed signals of the rules.
    pub(super) fn features(&self, t: &Trigger, e: &EventAt, first: usize, content: bool, negated: bool) -> Vec<u32> {
        let scan = self.scan;
        let kind = Part::of(e.event.kind.code());
        let lemma = Part::of(t.predicate.lemma);
        let tense = match t.tense {
            Tense::Perfect => part!("perfect"),
            Tense::Imperfect => part!("imperfect"),
            Tense::Participle => part!("participle"),
            Tense::Masdar => part!("masdar"),
        };
        let roles = match (e.event.source.is_empty(), e.event.target.is_empty()) {
            (true, true) => part!("none"),
            (false, true) => part!("source"),
            (true, false) => part!("target"),
            (false, false) => part!("both"),
        };
        let weak = flag(t.predicate.weak);
        let phrase = flag(t.is_phrase());
        let kind_of = |a: Option<&ActorIx>| a.map_or("-", |&a| self.ctx.resolved.actors.get(a as usize).map_or("state", |a| a.kind.code()));
        let said = Part::of(e.event.statement.map_or("-", |s| self.ctx.said[s as usize].statement.kind.code()));
        let form = |n: usize| Part::of(if t.first >= first + n { scan.form(t.first - n) } else { "^" });
        let (before, before2, after) = (form(1), form(2), Part::of(scan.form(t.last)));
        let (source, target) = (Part::of(kind_of(e.event.source.first())), Part::of(kind_of(e.event.target.first())));
        let status = Part::of(e.event.status.code());
        let mode = Part::of(t.predicate.mode);
        let same_lemma = self.told.lemmas.get(e.lemma).copied().unwrap_or_default();
        let same_kind = self.told.kinds.get(&e.event.kind).copied().unwrap_or_default();
        let same_actors = self.told.actors.contains(&(e.event.kind, e.event.source.clone(), e.event.target.clone()));
        let near = self.events.iter().rev().take(2).any(|k| k.event.kind == e.event.kind && k.last as usize + 4 > t.first);
        let here = self.told.here;
        let paragraph = scan.layout.paragraph(e.event.span.start()) as usize;
        let lead = match t.preposition {
            Some('ل') => part!("l"),
            Some('ب') => part!("b"),
            Some(_) => part!("k"),
            None => part!("-"),
        };
        let article = flag(t.article);
        let mention_next = flag(self.ctx.resolved.mention_at(t.last).is_some());
        let mention_before = flag(t.first > 0 && self.covered[t.first - 1]);
        vec![
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
        ]
    }
}
