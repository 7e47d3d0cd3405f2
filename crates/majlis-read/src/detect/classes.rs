//! Word classes: what `data/detect_classes.tsv` says of a word, as a set of up to 64 bits.

use super::words::{ALIF, BA, FA, KAF, LAM, SIN, START, WAW, Word, arabic, encode, hash, step};
use majlis_text::fold;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/detect_classes.tsv");

/// A beginning (`form*`) matches words at most this much longer.
const REST: usize = 4;

/// The classes of exact forms and of beginnings, by hash.
#[derive(Default)]
pub(super) struct WordClasses {
    exact: FxHashMap<u64, u64>,
    begins: FxHashMap<u64, u64>,
    number: u64,
}

impl WordClasses {
    fn read(table: &str) -> Self {
        let mut c = Self::default();
        for (n, (name, forms)) in rows(table).take(64).enumerate() {
            for form in forms.split('|') {
                let (form, map) = match form.strip_suffix('*') {
                    Some(beginning) => (beginning, &mut c.begins),
                    None => (form, &mut c.exact),
                };
                *map.entry(hash(&encode(&fold(form)))).or_default() |= 1 << n;
            }
            if name == "number" {
                c.number = 1 << n;
            }
        }
        c
    }

    pub(super) fn shipped() -> &'static Self {
        static CLASSES: OnceLock<WordClasses> = OnceLock::new();
        CLASSES.get_or_init(|| Self::read(TABLE))
    }

    /// Classes of a word and of what is left when attached particles and the article come off.
    pub(super) fn of(&self, w: &Word) -> u64 {
        if !arabic(w) {
            return if w == b"0" { self.number } else { 0 };
        }
        let mut set = self.after_conjunction(w);
        if w.len() > 3 && [WAW, FA].contains(&w[0]) {
            set |= self.after_conjunction(&w[1..]);
        }
        set
    }

    fn after_conjunction(&self, w: &Word) -> u64 {
        let mut set = self.with_article(w);
        if w.len() > 4 && w.starts_with(&[LAM, LAM]) {
            set |= self.lookup(&w[2..]);
        } else if w.len() > 3 && [BA, LAM, KAF, SIN].contains(&w[0]) {
            set |= self.with_article(&w[1..]);
        }
        set
    }

    fn with_article(&self, w: &Word) -> u64 {
        let bare = if w.len() > 4 && w.starts_with(&[ALIF, LAM]) { self.lookup(&w[2..]) } else { 0 };
        bare | self.lookup(w)
    }

    fn lookup(&self, w: &Word) -> u64 {
        let (mut h, mut set) = (START, 0);
        for (i, &b) in w.iter().enumerate() {
            h = step(h, b);
            if i >= 2 && w.len() <= i + 1 + REST {
                set |= self.begins.get(&h).copied().unwrap_or(0);
            }
        }
        set | self.exact.get(&h).copied().unwrap_or(0)
    }
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t'))
}

pub(super) fn union(sets: &[u64]) -> u64 {
    sets.iter().fold(0, |a, b| a | b)
}

/// Calls `f` with each class of a set.
pub(super) fn each(mut set: u64, mut f: impl FnMut(u64)) {
    while set != 0 {
        f(u64::from(set.trailing_zeros()));
        set &= set - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_a_set_and_its_beginnings_are_long_enough() {
        assert!(rows(TABLE).count() <= 64);
        for (name, forms) in rows(TABLE) {
            for form in forms.split('|') {
                let letters = form.trim_end_matches('*').chars().count();
                assert!(letters >= if form.ends_with('*') { 3 } else { 1 }, "{name}: {form}");
            }
        }
    }

    #[test]
    fn classes_see_through_particles() {
        let c = WordClasses::shipped();
        let demo = c.of(&encode("متظاهرون"));
        assert_ne!(demo, 0);
        assert_eq!(c.of(&encode("والمتظاهرون")) & demo, demo);
        assert_ne!(c.of(b"0"), 0);
    }
}
