//! From a sentence to hashed features in [`NAMESPACES`] groups.
//!
//! Every feature is a bucket of `2^BITS`; a group's values are [`damp`] of its counts, brought to length 1.

use super::classes::{WordClasses, each, union};
use super::counter::Counter;
use super::predicates::signals;
use super::words::{START, WAW, Word, Words, bucket, hash, join, skeleton, stem, step};

/// log2 of the number of buckets.
pub const BITS: u32 = 18;

/// log2 of the number of buckets of trigger features.
pub const TRIGGER_BITS: u32 = 17;

/// Groups of features; each is normalised on its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Ns {
    /// Character 2- to 6-grams inside word boundaries.
    Chars,
    /// Light stems.
    Stem,
    /// Two stems in a row.
    Stem2,
    /// Consonant skeletons, a poor man's root.
    Root,
    /// Word classes of `detect_classes.tsv`.
    Class,
    /// Two classes anywhere in the sentence.
    ClassPair,
    /// Two classes in this order within three words.
    ClassSeq,
    /// A class and a stem within four words before or after it.
    Context,
    /// Classes in the first words.
    Head,
    /// Length, numbers, quotation, opening.
    Shape,
    /// The lexicon's event predicates with their tense and neighbours.
    Predicate,
}

/// The number of groups.
pub const NAMESPACES: usize = 11;

/// A feature and how often it occurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Its group, an index below [`NAMESPACES`].
    pub ns: u8,
    /// Its bucket, below `2^BITS`.
    pub bucket: u32,
    /// How often it occurs, 1 to 255.
    pub count: u32,
}

/// The value of a feature that occurs `count` times: 1 + ln(count).
#[inline]
pub fn damp(count: u32) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

#[inline]
fn key(ns: Ns, hash: u64) -> u32 {
    ((ns as u32) << BITS) | bucket(join(hash, ns as u64 + 1), BITS)
}

/// A sentence read once: its words with their stems and classes.
pub struct Sentence<'a> {
    text: &'a str,
    words: Words,
    stems: Vec<u64>,
    classes: Vec<u64>,
}

impl<'a> Sentence<'a> {
    /// Reads a sentence in any spelling.
    pub fn read(text: &'a str) -> Self {
        let words = Words::of(text);
        let known = WordClasses::shipped();
        let stems = words.iter().map(|w| hash(stem(w))).collect();
        let classes = words.iter().map(|w| known.of(w)).collect();
        Self { text, words, stems, classes }
    }

    /// All features, each once, in no particular but always the same order.
    pub fn features(&self) -> impl Iterator<Item = Feature> + use<> {
        let mut out = Counter::new(self.words.len());
        self.spelling(&mut out);
        self.meaning(&mut out);
        self.shape(&mut out);
        signals(self.text, |h| out.add(key(Ns::Predicate, h)));
        out.counts().map(|(key, count)| Feature { ns: (key >> BITS) as u8, bucket: key & ((1 << BITS) - 1), count })
    }

    fn spelling(&self, out: &mut Counter) {
        let mut root = Vec::new();
        for (i, w) in self.words.iter().enumerate() {
            let h = self.stems[i];
            chars(w, out);
            skeleton(stem(w), &mut root);
            out.add(key(Ns::Root, hash(&root)));
            out.add(key(Ns::Stem, h));
            if i > 0 {
                out.add(key(Ns::Stem2, join(self.stems[i - 1], h)));
            }
        }
    }

    fn meaning(&self, out: &mut Counter) {
        let (classes, n) = (&self.classes, self.classes.len());
        for i in 0..n {
            each(classes[i], |a| {
                out.add(key(Ns::Class, a));
                for c in &classes[i + 1..n.min(i + 4)] {
                    each(*c, |b| out.add(key(Ns::ClassSeq, join(a, b))));
                }
                for j in (i.saturating_sub(4)..n.min(i + 5)).filter(|&j| j != i) {
                    out.add(key(Ns::Context, join((a << 1) | u64::from(j > i), self.stems[j])));
                }
                if i < 4 {
                    out.add(key(Ns::Head, join(i as u64, a)));
                }
            });
        }
        each(union(&classes[..n.min(5)]), |a| out.add(key(Ns::Head, join(9, a))));
        let all = union(classes);
        each(all, |a| each(all & !((2 << a) - 1), |b| out.add(key(Ns::ClassPair, join(a, b)))));
    }

    fn shape(&self, out: &mut Counter) {
        let (text, words) = (self.text, &self.words);
        let count = |what: &[char]| text.chars().filter(|c| what.contains(c)).count();
        let first = words.iter().next().and_then(|w| w.first());
        let values = [
            (words.len() / 6).min(8),
            count(&['«', '»', '"', '“', '”']).min(3),
            usize::from(text.contains(':')),
            usize::from(text.contains('*')),
            usize::from(text.contains('…') || text.contains("...")),
            usize::from(text.contains('؟')),
            words.iter().filter(|w| *w == b"0").count().min(4),
            usize::from(text.trim_end().ends_with('.')),
            usize::from(first == Some(&b'0')),
            usize::from(first == Some(&WAW)),
            usize::from(text.chars().take(40).any(|c| c == 'ـ' || c == '-')),
            count(&['،']).min(4),
            usize::from(text.contains('\u{64b}')),
        ];
        for (i, v) in values.into_iter().enumerate() {
            out.add(key(Ns::Shape, join(i as u64 + 100, v as u64)));
        }
    }

    /// Words that may name the event: those with a class.
    pub fn candidates(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.classes.len()).filter(|&i| self.classes[i] != 0)
    }

    /// The hash of the word at `i`.
    pub fn word(&self, i: usize) -> u64 {
        hash(self.words.get(i))
    }

    /// Features of the word at `i` as the name of the event, each a bucket of `2^TRIGGER_BITS`.
    pub fn trigger(&self, i: usize, mut add: impl FnMut(u32)) {
        const WINDOW: usize = 3;
        let n = self.classes.len();
        let own = self.classes[i];
        let mut put = |kind: u64, h: u64| add(bucket(join(join(h, kind), 0xa5), TRIGGER_BITS));
        put(0, i.min(5) as u64);
        put(1, self.stems[i]);
        put(2, self.word(i));
        each(own, |c| put(3, c));
        let (from, to) = (i.saturating_sub(WINDOW), n.min(i + WINDOW + 1));
        let (mut before, mut after) = (0, 0);
        for j in (from..to).filter(|&j| j != i) {
            let place = (10 + j + WINDOW - i) as u64;
            put(place, self.stems[j]);
            each(self.classes[j], |c| put(20 + place, c));
            *(if j < i { &mut before } else { &mut after }) |= self.classes[j];
        }
        each(own, |a| {
            each(before, |b| put(4, (a << 6) | b));
            each(after, |b| put(5, (a << 6) | b));
        });
        each(union(&self.classes[..from]), |c| put(6, c));
        each(union(&self.classes[to..]), |c| put(7, c));
    }
}

fn chars(w: &Word, out: &mut Counter) {
    let at = |i: usize| if i == 0 || i > w.len() { b'_' } else { w[i - 1] };
    let n = w.len() + 2;
    for i in 0..n {
        let mut h = step(START, at(i));
        for j in i + 1..n.min(i + 6) {
            h = step(h, at(j));
            out.add(key(Ns::Chars, h));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_word_is_one_feature_counted_twice() {
        let f: Vec<Feature> = Sentence::read("قتل قتل").features().collect();
        let stem: Vec<&Feature> = f.iter().filter(|f| f.ns == Ns::Stem as u8).collect();
        assert_eq!(stem.len(), 1);
        assert_eq!(stem[0].count, 2);
        assert_eq!(f, Sentence::read("قتل قتل").features().collect::<Vec<_>>());
    }

    #[test]
    fn an_empty_text_has_only_shape() {
        assert!(Sentence::read(" ").features().all(|f| f.ns == Ns::Shape as u8));
        assert_eq!(Sentence::read("").candidates().count(), 0);
    }
}
