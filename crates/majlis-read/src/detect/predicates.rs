//! What the lexicon's event predicates say of a sentence: which stand in it, in what tense, beside what.

use super::words::{hash, join};
use crate::scan::Scan;
use majlis_lexicon::{Entry, Lemma, Predicate, Tense};

/// Calls `add` with the hash of each signal.
pub(super) fn signals(text: &str, mut add: impl FnMut(u64)) {
    let scan = Scan::new(text);
    for i in 0..scan.len() {
        let Some((predicate, tense)) = predicate_at(&scan, i) else { continue };
        let mut put = |kind: u64, parts: &[u64]| add(parts.iter().fold(kind, |h, &p| join(h, p)));
        let event = hash(predicate.event.code().as_bytes());
        let lemma = hash(predicate.lemma.as_bytes());
        let tense = tense as u64;
        put(0, &[event]);
        put(1, &[event, tense]);
        put(2, &[event, tense, u64::from(predicate.weak)]);
        put(3, &[lemma]);
        put(4, &[lemma, tense]);
        put(5, &[event, hash(predicate.mode.as_bytes())]);
        put(6, &[event, tense, third(i)]);
        put(7, &[event, tense, hash(if i > 0 { scan.form(i - 1).as_bytes() } else { b"^" })]);
        put(8, &[event, tense, u64::from(scan.has_article(i))]);
        put(9, &[event, u64::from(scan.quoted(i))]);
        put(10, &[event, tense, named_after(&scan, i)]);
    }
}

fn predicate_at(scan: &Scan<'_>, i: usize) -> Option<(&'static Predicate, Tense)> {
    let phrase = scan.longest(i, |m| match m.entry {
        Entry::Predicate { index, tense } => Some((index, tense)),
        _ => None,
    });
    let (index, tense) = phrase.map(|p| p.1).or_else(|| {
        scan.verbs(i).find_map(|v| match v.reading.of {
            Lemma::Predicate(index) => Some((index, v.reading.tense)),
            Lemma::Cue(_) => None,
        })
    })?;
    Some((&scan.lexicon.predicates[index as usize], tense))
}

/// Whether a token is among the first four, the next eight or further on.
fn third(i: usize) -> u64 {
    u64::from(i >= 4) + u64::from(i >= 12)
}

/// What the lexicon names within three tokens after `i`: 1 an actor, 2 a state, 3 a place, 0 nothing.
fn named_after(scan: &Scan<'_>, i: usize) -> u64 {
    let named = |j| {
        scan.longest(j, |m| match m.entry {
            Entry::Actor { .. } => Some(1),
            Entry::State { .. } => Some(2),
            Entry::Place { .. } => Some(3),
            _ => None,
        })
    };
    (i + 1..scan.len().min(i + 4)).find_map(named).map_or(0, |n| n.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        let mut n = 0;
        signals(text, |_| n += 1);
        n
    }

    #[test]
    fn a_predicate_of_events_leaves_signals_and_other_words_none() {
        assert!(count("اغتال مسلحون الوزير") > 0);
        assert_eq!(count("السماء زرقاء"), 0);
        assert_eq!(count(""), 0);
    }
}
