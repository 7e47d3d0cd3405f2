//! Words as letters of one byte, and what is left of them without prefixes and suffixes.

use majlis_text::fold;

/// A word, one byte a letter: Arabic letters from 0xA1, Latin ones in lower case, any number a `0`.
pub(super) type Word = [u8];

pub(super) const WAW: u8 = code('و');
pub(super) const FA: u8 = code('ف');
pub(super) const BA: u8 = code('ب');
pub(super) const LAM: u8 = code('ل');
pub(super) const KAF: u8 = code('ك');
pub(super) const SIN: u8 = code('س');
pub(super) const ALIF: u8 = code('ا');
const YA: u8 = code('ي');
const TA: u8 = code('ت');
const NUN: u8 = code('ن');
const MIM: u8 = code('م');
const HA: u8 = code('ه');
const HAMZA: u8 = code('ء');

const SUFFIXES: [&Word; 17] = [
    &[TA, HA, MIM],
    &[HA, MIM, ALIF],
    &[KAF, MIM, ALIF],
    &[HA, ALIF],
    &[HA, MIM],
    &[HA, NUN],
    &[NUN, ALIF],
    &[KAF, MIM],
    &[HA],
    &[WAW, ALIF],
    &[WAW, NUN],
    &[YA, NUN],
    &[ALIF, NUN],
    &[ALIF, TA],
    &[ALIF],
    &[TA],
    &[YA],
];

const fn code(c: char) -> u8 {
    (c as u32 - 0x600 + 0x80) as u8
}

fn letter(c: char) -> u8 {
    if is_arabic(c) { code(c) } else { c as u8 }
}

fn is_arabic(c: char) -> bool {
    ('ء'..='ي').contains(&c)
}

/// Whether the word is in Arabic letters.
pub(super) fn arabic(w: &Word) -> bool {
    w.first().is_some_and(|&b| b > 0xA0)
}

/// A folded word as letters.
pub(super) fn encode(word: &str) -> Vec<u8> {
    word.chars().map(letter).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Arabic,
    Number,
    Latin,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number,
        'a'..='z' => Kind::Latin,
        c if is_arabic(c) => Kind::Arabic,
        _ => Kind::Other,
    }
}

/// The words of a text, one after the other in a buffer.
#[derive(Default)]
pub(super) struct Words {
    letters: Vec<u8>,
    ends: Vec<usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut w = Self { letters: Vec::with_capacity(folded.len()), ends: Vec::new() };
        let mut chars = folded.chars().peekable();
        while let Some(c) = chars.next() {
            let kind = kind(c);
            if kind == Kind::Other {
                continue;
            }
            w.letters.push(if kind == Kind::Number { b'0' } else { letter(c) });
            while let Some(&d) = chars.peek() {
                if self::kind(d) == kind {
                    if kind != Kind::Number {
                        w.letters.push(letter(d));
                    }
                } else if kind != Kind::Number || !matches!(d, '.' | ',') {
                    break;
                }
                chars.next();
            }
            w.ends.push(w.letters.len());
        }
        w
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, i: usize) -> &Word {
        &self.letters[if i == 0 { 0 } else { self.ends[i - 1] }..self.ends[i]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Word> {
        (0..self.len()).map(|i| self.get(i))
    }
}

/// Takes off و ف, ب ل ك س, ال and one suffix, leaving three letters or more where it can.
pub(super) fn stem(w: &Word) -> &Word {
    if !arabic(w) {
        return w;
    }
    let mut x = w;
    if x.len() > 3 && [WAW, FA].contains(&x[0]) {
        x = &x[1..];
    }
    if x.len() > 4 && x.starts_with(&[LAM, LAM]) {
        x = &x[2..];
    } else if x.len() > 4 && [BA, LAM, KAF, SIN].contains(&x[0]) {
        x = &x[1..];
    }
    if x.len() > 4 && x.starts_with(&[ALIF, LAM]) {
        x = &x[2..];
    }
    let suffix = SUFFIXES.iter().find(|s| x.len() >= s.len() + 3 && x.ends_with(s));
    &x[..x.len() - suffix.map_or(0, |s| s.len())]
}

/// A stem without weak letters and without an initial م ت ن س: قتل, مقتل and قتيل meet.
pub(super) fn skeleton(stem: &Word, into: &mut Vec<u8>) {
    into.clear();
    into.extend(stem.iter().filter(|c| ![ALIF, WAW, YA, HAMZA].contains(c)));
    if into.len() > 3 && [MIM, TA, NUN, SIN].contains(&into[0]) {
        into.remove(0);
    }
    if into.len() < 2 {
        into.clear();
        into.extend(stem);
    }
}

const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of no letters.
pub(super) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what had hash `h` with one more letter (FNV-1a).
#[inline]
pub(super) fn step(h: u64, letter: u8) -> u64 {
    (h ^ u64::from(letter)).wrapping_mul(PRIME)
}

pub(super) fn hash(w: &Word) -> u64 {
    w.iter().fold(START, |h, &b| step(h, b))
}

/// A hash of two in this order.
#[inline]
pub(super) fn join(a: u64, b: u64) -> u64 {
    (a.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ b).wrapping_mul(PRIME)
}

/// The upper bits of a hash, after a mix that spreads short inputs.
#[inline]
pub(super) fn bucket(h: u64, bits: u32) -> u32 {
    ((h ^ (h >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> (64 - bits)) as u32
}

/// Hashes of the words of a text, to compare with [`Sentence::word`](super::features::Sentence::word).
pub fn word_hashes(text: &str) -> Vec<u64> {
    Words::of(text).iter().map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem_of(w: &str) -> Vec<u8> {
        stem(&encode(&fold(w))).to_vec()
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        assert_eq!(stem_of("والمتظاهرين"), encode("متظاهر"));
        assert_eq!(stem_of("متظاهرون"), encode("متظاهر"));
        assert_eq!(stem_of("قتلوا"), encode("قتل"));
        assert_eq!(stem_of("للجنود"), encode("جنود"));
    }

    #[test]
    fn words_of_one_root_share_a_skeleton() {
        let mut a = Vec::new();
        for w in ["قتيل", "مقتل", "قتل"] {
            skeleton(&encode(w), &mut a);
            assert_eq!(a, encode("قتل"));
        }
    }

    #[test]
    fn any_number_is_one_word() {
        for text in ["قتل 1,200 شخص", "قتل ٣ أشخاص"] {
            let w = Words::of(text);
            assert_eq!(w.len(), 3);
            assert_eq!(w.get(1), b"0");
        }
    }

    #[test]
    fn spelling_does_not_part_words() {
        assert_eq!(word_hashes("أُسْرَة إلى مــسؤول"), word_hashes("اسره الى مسءول"));
    }
}
