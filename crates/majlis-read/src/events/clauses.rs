//! Where the clauses around a trigger part.

use super::Finder;
use majlis_lexicon::Classes;

/// How far around a trigger actors are looked for, in tokens.
const REACH: usize = 60;

/// What parts the clauses of a stretch of text, counted up to each token, so that what lies between two tokens is one subtraction.
pub(super) struct Clauses {
    pub(super) first: usize,
    pub(super) last: usize,
    counts: Vec<Parts>,
}

/// What stands between two tokens.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Parts {
    /// Finite verbs.
    pub(super) verbs: u32,
    pub(super) commas: u32,
    /// أن and its kin.
    pub(super) thats: u32,
    /// الذي, التي.
    pub(super) relatives: u32,
    /// فيما, بينما, حيث, بعدما: words that open a clause beside another.
    pub(super) openers: u32,
    /// Stops and colons.
    pub(super) stops: u32,
}

impl Finder<'_, '_> {
    /// The clauses around tokens `from..to` of the sentence `first..last`.
    pub(super) fn clauses(&self, from: usize, to: usize, first: usize, last: usize) -> Clauses {
        let scan = self.scan;
        let (first, last) = (first.max(from.saturating_sub(REACH)), last.min(to + REACH));
        let mut counts = Vec::with_capacity(last - first + 1);
        let mut now = Parts::default();
        counts.push(now);
        for t in first..last {
            if scan.is_word(t) {
                if crate::speech::that(scan.form(t)) {
                    now.thats += 1;
                } else if scan.class(t).any(Classes::REL) {
                    now.relatives += 1;
                } else if OPENERS.contains(&scan.bare(t)) {
                    now.openers += 1;
                } else if !self.covered[t] && self.verb_like(t) {
                    now.verbs += 1;
                }
            } else if scan.is_comma(t) {
                now.commas += 1;
            } else if matches!(scan.form(t), "." | ":" | "؟" | "!" | "…") {
                now.stops += 1;
            }
            counts.push(now);
        }
        Clauses { first, last, counts }
    }

    /// Whether token `t` is a verb that the lexicon knows, or looks like one in the present.
    fn verb_like(&self, t: usize) -> bool {
        let scan = self.scan;
        let bare = scan.bare(t);
        scan.finite_verb(t) && !scan.class(t).any(Classes::TIME) || bare.starts_with('ي') && bare.chars().count() >= 4 && scan.name_kind(t).is_none()
    }
}

impl Clauses {
    /// What stands in tokens `from..to`.
    pub(super) fn between(&self, from: usize, to: usize) -> Parts {
        let at = |t: usize| self.counts[t.clamp(self.first, self.last) - self.first];
        let (a, b) = (at(from), at(to.max(from)));
        Parts {
            verbs: b.verbs - a.verbs,
            commas: b.commas - a.commas,
            thats: b.thats - a.thats,
            relatives: b.relatives - a.relatives,
            openers: b.openers - a.openers,
            stops: b.stops - a.stops,
        }
    }
}

/// Words that open a clause beside another, folded.
const OPENERS: [&str; 14] = ["فيما", "بينما", "حيث", "عندما", "بعدما", "لكن", "لكنه", "لكنها", "مما", "حين", "اذ", "لان", "كما", "قبيل"];
