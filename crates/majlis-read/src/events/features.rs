//! What the model judges an event by.

use super::{EventAt, Finder, Trigger};
use crate::linear;
use crate::reading::ActorIx;
use majlis_lexicon::Tense;

impl Finder<'_, '_> {
    /// What the model judges a candidate by: hashed signals of the rules.
    pub(super) fn features(&self, t: &Trigger, e: &EventAt, first: usize, content: bool, negated: bool) -> Vec<u32> {
        let scan = self.scan;
        let kind = e.event.kind.code();
        let tense = match t.tense {
            Tense::Perfect => "perfect",
            Tense::Imperfect => "imperfect",
            Tense::Participle => "participle",
            Tense::Masdar => "masdar",
        };
        let flag = |b: bool| if b { "1" } else { "0" };
        let few = |n: usize| ["0", "1", "2", "3"][n.min(3)];
        let roles = match (e.event.source.is_empty(), e.event.target.is_empty()) {
            (true, true) => "none",
            (false, true) => "source",
            (true, false) => "target",
            (false, false) => "both",
        };
        let weak = flag(t.predicate.weak);
        let phrase = flag(t.is_phrase());
        let kind_of = |a: Option<&ActorIx>| a.map_or("-", |&a| self.ctx.resolved.actors.get(a as usize).map_or("state", |a| a.kind.code()));
        let said = e.event.statement.map_or("-", |s| self.ctx.said[s as usize].statement.kind.code());
        let before = |n: usize| if t.first >= first + n { scan.form(t.first - n) } else { "^" };
        let after = |n: usize| scan.form(t.last + n);
        let same_lemma = self.told.lemmas.get(e.lemma).copied().unwrap_or_default();
        let same_kind = self.told.kinds.get(&e.event.kind).copied().unwrap_or_default();
        let same_actors = self.told.actors.contains(&(e.event.kind, e.event.source.clone(), e.event.target.clone()));
        let near = self.events.iter().rev().take(2).any(|k| k.event.kind == e.event.kind && k.last as usize + 4 > t.first);
        let here = self.told.here;
        let paragraph = scan.layout.paragraph(e.event.span.start()) as usize;
        let lead = match t.preposition {
            Some('ل') => "l",
            Some('ب') => "b",
            Some(_) => "k",
            None => "-",
        };
        let article = flag(t.article);
        let mention_next = flag(self.ctx.resolved.mention_at(t.last).is_some());
        let mention_before = flag(t.first > 0 && self.covered[t.first - 1]);
        [
            &["bias"][..],
            &["type", kind],
            &["lemma", t.predicate.lemma],
            &["fine", t.predicate.lemma, tense],
            &["type-tense", kind, tense],
            &["type-weak", kind, weak, phrase],
            &["type-roles", kind, roles],
            &["tense-roles", tense, roles, weak],
            &["lemma-roles", t.predicate.lemma, roles],
            &["phrase-roles", phrase, tense, roles],
            &["lemma-noun", t.predicate.lemma, tense, lead, article],
            &["lemma-said", t.predicate.lemma, said],
            &["lemma-told", t.predicate.lemma, few(same_lemma)],
            &["noun", tense, lead, article],
            &["type-noun", kind, tense, lead, article],
            &["before", before(1)],
            &["before-tense", before(1), tense],
            &["before2", before(2), before(1)],
            &["after", after(0)],
            &["after-type", after(0), kind],
            &["type-content", kind, flag(content)],
            &["content", tense, flag(content), roles],
            &["negated", kind, flag(negated)],
            &["status", e.event.status.code(), tense],
            &["status-type", e.event.status.code(), kind],
            &["said", said],
            &["said-type", said, kind],
            &["same-lemma", few(same_lemma), article],
            &["same-type", few(same_kind), tense],
            &["same-actors", flag(same_actors), roles],
            &["near", flag(near)],
            &["here", few(here)],
            &["paragraph", few(paragraph)],
            &["source", kind_of(e.event.source.first()), kind],
            &["target", kind_of(e.event.target.first()), kind],
            &["when", flag(e.event.when.is_some()), flag(e.event.place.is_some())],
            &["pronoun", flag(!t.pronoun.is_empty()), tense],
            &["mentions", mention_before, mention_next, tense],
            &["mode", t.predicate.mode, kind],
        ]
        .iter()
        .map(|parts| linear::bucket(parts))
        .collect()
    }
}
