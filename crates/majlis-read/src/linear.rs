//! Linear models over hashed features: a weight a bucket, quantised to a byte.

/// Number of buckets.
pub const BUCKETS: usize = 1 << 16;

/// Bytes of a stored model: the scale of a weight, the threshold of the decision, then a signed byte a bucket.
pub const STORED: usize = 8 + BUCKETS;

/// A trained model.
#[derive(Clone)]
pub struct Linear {
    scale: f32,
    threshold: f32,
    weights: Vec<i8>,
}

impl Linear {
    /// A model from its stored bytes; `None` where they are not [`STORED`] many.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (scale, rest) = bytes.split_first_chunk::<4>()?;
        let (threshold, weights) = rest.split_first_chunk::<4>()?;
        (weights.len() == BUCKETS).then(|| Self {
            scale: f32::from_le_bytes(*scale),
            threshold: f32::from_le_bytes(*threshold),
            weights: weights.iter().map(|&b| b as i8).collect(),
        })
    }

    /// The stored form of `weights` (one a bucket) and a decision threshold (a probability).
    pub fn to_bytes(weights: &[f32; BUCKETS], threshold: f32) -> Vec<u8> {
        let largest = weights.iter().fold(0f32, |m, w| m.max(w.abs())).max(f32::MIN_POSITIVE);
        let scale = largest / 127.0;
        let mut bytes = Vec::with_capacity(STORED);
        bytes.extend(scale.to_le_bytes());
        bytes.extend(threshold.to_le_bytes());
        bytes.extend(weights.iter().map(|w| (w / scale).round() as i8 as u8));
        bytes
    }

    /// The summed weights of these features.
    pub fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| f32::from(self.weights[f as usize % BUCKETS])).sum::<f32>() * self.scale
    }

    /// The probability that the model gives to an item with these features.
    pub fn probability(&self, features: &[u32]) -> f32 {
        1.0 / (1.0 + (-self.score(features)).exp())
    }

    /// The probability from which on an item is kept.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }
}

/// A part of a feature, hashed: the feature's name when the program is compiled, a word once however many features it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part(u64);

impl Part {
    /// The hash of a text: eight bytes a step, then what is left together with its length.
    pub const fn of(text: &str) -> Self {
        let mut state = EMPTY;
        let mut bytes = text.as_bytes();
        while let Some((head, rest)) = bytes.split_first_chunk::<8>() {
            state = mixed(state, u64::from_le_bytes(*head));
            bytes = rest;
        }
        // The two ends, which meet or overlap where fewer are left, hold every byte.
        let left = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
            (Some(head), Some(tail), _) => (u32::from_le_bytes(*head) as u64) << 32 | u32::from_le_bytes(*tail) as u64,
            (_, _, [one]) => *one as u64,
            (_, _, [one, two]) => (*one as u64) << 8 | *two as u64,
            (_, _, [one, two, three]) => (*one as u64) << 16 | (*two as u64) << 8 | *three as u64,
            _ => 0,
        };
        Self(mixed(state, left.wrapping_add((bytes.len() as u64 + 1) << 59)))
    }

    /// One part of two, in their order.
    pub(crate) fn and(self, next: Self) -> Self {
        Self(mixed(self.0, next.0))
    }
}

/// A literal as a [`Part`].
macro_rules! part {
    ($text:literal) => {
        const { $crate::linear::Part::of($text) }
    };
}

/// The parts of a feature, its name first.
macro_rules! parts {
    ($name:literal $(, $part:expr)*) => {
        &[$crate::linear::part!($name) $(, $part)*]
    };
}

pub(crate) use {part, parts};

/// The bucket of a feature, which its parts and their order make.
#[inline]
pub fn bucket(parts: &[Part]) -> u32 {
    (joined(parts) >> (u64::BITS - BUCKETS.ilog2())) as u32
}

/// The buckets of a feature for two roles.
#[inline]
pub(crate) fn buckets(parts: &[Part]) -> [u32; 2] {
    let hash = joined(parts);
    [hash >> (u64::BITS - BUCKETS.ilog2()), (hash >> 32) % BUCKETS as u64].map(|bucket| bucket as u32)
}

#[inline]
fn joined(parts: &[Part]) -> u64 {
    parts.iter().fold(EMPTY, |state, part| mixed(state, part.0))
}

/// Whether something holds, as a part.
pub(crate) fn flag(yes: bool) -> Part {
    if yes { part!("1") } else { part!("0") }
}

/// A count as a part, all from four on alike.
pub(crate) fn few(n: usize) -> Part {
    const FEW: [Part; 5] = [part!("0"), part!("1"), part!("2"), part!("3"), part!("4")];
    FEW[n.min(4)]
}

/// The preposition that a word begins with, as a part.
pub(crate) fn lead(preposition: Option<char>) -> Part {
    match preposition {
        Some('ل') => part!("l"),
        Some('ب') => part!("b"),
        Some(_) => part!("k"),
        None => part!("-"),
    }
}

const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

#[inline]
const fn mixed(state: u64, word: u64) -> u64 {
    // The odd number nearest to 2⁶⁴ over the golden ratio, as in Fibonacci hashing.
    const PHI: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = (state ^ word).wrapping_mul(PHI);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_differ_in_a_byte_or_in_order_differ() {
        let long = "abcdefghijklmnop";
        let mut seen = std::collections::BTreeSet::new();
        for end in 0..=long.len() {
            let (one, two) = (Part::of(&long[..end]), Part::of(&long[end..]));
            seen.extend([one.0, two.0, joined(&[one, two]), joined(&[two, one])]);
        }
        // Both ends give the whole and the empty text once more, alone and joined, and the middle twice the same order.
        assert_eq!(seen.len(), 4 * (long.len() + 1) - 4);
    }

    #[test]
    fn buckets_of_two_roles_do_not_go_together() {
        let words: Vec<String> = (0..1000).map(|n| n.to_string()).collect();
        let pairs: Vec<[u32; 2]> = words.iter().map(|w| buckets(&[Part::of("word"), Part::of(w)])).collect();
        assert!(pairs.iter().all(|pair| pair.iter().all(|&b| (b as usize) < BUCKETS)));
        for role in [0, 1] {
            let distinct: std::collections::BTreeSet<u32> = pairs.iter().map(|pair| pair[role]).collect();
            assert!(distinct.len() > 950, "{} of 1000", distinct.len());
        }
        assert!(pairs.iter().filter(|[source, target]| source == target).count() < 5);
    }

    #[test]
    fn a_stored_model_gives_nearly_the_same_probabilities() {
        let mut weights = [0f32; BUCKETS];
        weights[3] = 1.5;
        weights[4] = -0.5;
        let model = Linear::from_bytes(&Linear::to_bytes(&weights, 0.4)).unwrap();
        assert!((model.probability(&[3, 4]) - 1.0 / (1.0 + (-1f32).exp())).abs() < 0.01);
        assert!((model.threshold() - 0.4).abs() < 1e-6);
        assert!(Linear::from_bytes(&[0; 7]).is_none());
    }
}
