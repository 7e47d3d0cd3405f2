//! The actors around a trigger: whom a mention names, what leads it, and whose verb it is.

use super::Finder;
use crate::mentions::{PlaceCandidate, PlaceId};
use crate::reading::{ActorIx, MentionForm};
use crate::scan::PREPOSITIONS;
use majlis_lexicon::{ActorKind, Classes};

impl Finder<'_, '_> {
    pub(super) fn actor(&self, mention: usize) -> ActorIx {
        self.ctx.resolved.mentions[mention].actor
    }

    /// The mention that ends right before token `i`.
    pub(super) fn mention_ending(&self, i: usize) -> Option<usize> {
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < i);
        (at.saturating_sub(3)..at).rev().find(|&m| tokens[m].1 as usize == i && !self.ctx.resolved.nested[m])
    }

    /// The actor of a mention and of those joined to it by و.
    pub(super) fn joined(&self, mention: usize, last: usize) -> (Vec<ActorIx>, usize) {
        let mut actors = vec![self.actor(mention)];
        let mut end = self.ctx.resolved.tokens[mention].1 as usize;
        while let Some(next) = self.ctx.resolved.mention_at(end).filter(|_| end < last) {
            if self.scan.form(end).starts_with('و') && self.scan.analyses(end).first().is_none_or(|w| w.proclitics.conjunction.is_some() || w.offset > 0) {
                if !actors.contains(&self.actor(next)) {
                    actors.push(self.actor(next));
                }
                end = self.ctx.resolved.tokens[next].1 as usize;
            } else {
                break;
            }
        }
        (actors, end)
    }

    /// The preposition that leads the noun at `j`, attached or before it.
    pub(super) fn leader(&self, j: usize) -> Option<&str> {
        let scan = self.scan;
        if let Some(p) = scan.analyses(j).first().and_then(|w| w.proclitics.preposition) {
            return Some(match p {
                'ل' => "ل",
                'ب' => "ب",
                _ => "ك",
            });
        }
        let form = scan.bare(scan.before_quotes(j)?);
        (PREPOSITIONS.contains(&form) || matches!(form, "نحو" | "عند" | "ازاء")).then_some(form)
    }

    /// Whether a mention may act: outlets only report.
    pub(super) fn person_like(&self, m: usize) -> bool {
        self.ctx.resolved.actors[self.actor(m) as usize].kind != ActorKind::Media
    }

    /// A state as an actor, whether somebody mentioned it or not.
    pub(super) fn state_actor(&self, state: u16) -> ActorIx {
        let iso = self.scan.lexicon.states[state as usize].iso2;
        let actors = &self.ctx.resolved.actors;
        if let Some(&ix) = self.state_actors.get(iso) {
            return ix;
        }
        let mut states = self.states.borrow_mut();
        let at = states.iter().position(|&s| s == state).unwrap_or_else(|| {
            states.push(state);
            states.len() - 1
        });
        (actors.len() + at) as ActorIx
    }

    /// The state that the place named at or just after `from` belongs to: whom a visit there is to.
    pub(super) fn state_visited(&self, from: usize, until: usize) -> Option<ActorIx> {
        let at = self.ctx.places.partition_point(|p| (p.first as usize) < from);
        let place = self.ctx.places.get(at).filter(|p| (p.first as usize) < until)?;
        let state = self.state_of(place)?;
        Some(self.state_actor(state))
    }

    /// The state that a place belongs to.
    pub(super) fn state_of(&self, place: &PlaceCandidate) -> Option<u16> {
        let lexicon = self.scan.lexicon;
        match place.at {
            PlaceId::State(s) | PlaceId::Capital(s) => Some(s),
            PlaceId::Place(p) => lexicon.state_index(lexicon.places[p as usize].country),
            PlaceId::Unlisted(_) => None,
        }
    }

    /// The mention that is subject before token `i`: the nearest one that no preposition leads. `true` when it stands right before.
    pub(super) fn subject_before(&self, i: usize, first: usize) -> Option<(usize, bool)> {
        let scan = self.scan;
        let tokens = &self.ctx.resolved.tokens;
        let mut at = tokens.partition_point(|t| (t.0 as usize) < i);
        let mut tries = 0;
        while at > 0 && tries < 5 {
            at -= 1;
            tries += 1;
            let (a, b) = (tokens[at].0 as usize, tokens[at].1 as usize);
            if a < first {
                return None;
            }
            if b > i || self.ctx.resolved.nested[at] || !self.person_like(at) {
                continue;
            }
            let near = (b..i).all(|t| {
                scan.is_comma(t)
                    || matches!(
                        scan.form(t),
                        "قد" | "التي"
                            | "الذي"
                            | "الذين"
                            | "كان"
                            | "كانت"
                            | "لم"
                            | "لن"
                            | "لا"
                            | "سوف"
                            | "ايضا"
                            | "("
                            | ")"
                            | "امس"
                            | "اليوم"
                            | "ان"
                            | "عن"
                    )
                    || scan.is_quote_mark(t)
                    || scan.class(t).any(Classes::WEEKDAY)
            });
            if self.leader(a).is_none() || near {
                if self.genitive(a) && !near {
                    continue;
                }
                return Some((at, near));
            }
        }
        None
    }

    /// Whether the mention at token `a` is the owner of a noun before it.
    pub(super) fn genitive(&self, a: usize) -> bool {
        let scan = self.scan;
        a > 0
            && scan.is_word(a - 1)
            && !self.covered[a - 1]
            && !scan.finite_verb(a - 1)
            && !scan.particle(a - 1)
            && scan.analyses(a).first().is_some_and(|w| w.offset == 0)
    }

    /// Whether a mention may be a subject by what stands before it: no preposition leads it, and it owns no noun.
    fn loose(&self, m: usize) -> bool {
        let first = self.ctx.resolved.tokens[m].0 as usize;
        !self.ctx.resolved.nested[m] && self.person_like(m) && self.leader(first).is_none() && !self.genitive(first)
    }

    /// The subject of the verb that a verbal noun completes: of a verb that only carries nouns (شن, أجرى, تمكن) however many commas
    /// stand between, else the first subject of the clause; a noun of purpose (لإجبار …) may stand behind a comma too.
    pub(super) fn governor_subject(&self, i: usize, first: usize, purpose: bool) -> Option<(usize, bool)> {
        let scan = self.scan;
        let from = i.saturating_sub(18).max(first);
        let light = (from..i).rev().find(|&t| scan.class(t).any(Classes::LIGHT));
        if let Some(verb) = light {
            let tokens = &self.ctx.resolved.tokens;
            let at = tokens.partition_point(|t| (t.0 as usize) < verb + 1);
            let after = (at..tokens.len()).take_while(|&m| (tokens[m].1 as usize) <= i).find(|&m| self.loose(m));
            if let Some(m) = after.or_else(|| self.subject_before(verb, first).map(|(m, _)| m)) {
                return Some((m, false));
            }
        }
        let comma = |t: usize| !purpose && scan.is_comma(t) && !scan.class(t + 1).any(Classes::PREP);
        let clause = (from..i).rev().find(|&t| comma(t) || matches!(scan.form(t), "ان" | "بان" | "حيث" | "فيما")).map_or(from, |t| t + 1);
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < clause);
        (at..tokens.len()).take_while(|&m| (tokens[m].0 as usize) < i).find(|&m| (tokens[m].1 as usize) <= i && self.loose(m)).map(|m| (m, false))
    }

    /// The nearest actor named before token `i`, those in `not` aside: whom a pronoun there means.
    pub(super) fn last_actor_before(&self, i: usize, not: &[ActorIx]) -> Option<ActorIx> {
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < i);
        (0..at)
            .rev()
            .take(4)
            .find(|&m| {
                tokens[m].1 as usize <= i && !not.contains(&self.actor(m)) && self.person_like(m) && self.ctx.resolved.mentions[m].form != MentionForm::Nisba
            })
            .map(|m| self.actor(m))
    }
}
