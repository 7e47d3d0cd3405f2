//! Linear models over hashed features: a weight a bucket, quantised to a byte.

/// Number of buckets.
pub const BUCKETS: usize = 1 << 15;

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

/// The bucket of a feature made of parts, by a multiplicative hash; where one part ends counts.
pub fn bucket(parts: &[&str]) -> u32 {
    let [bucket] = buckets([EMPTY], parts);
    bucket
}

/// The buckets of features that begin otherwise and end alike, each from the [`begun`] state of its beginning.
pub(crate) fn buckets<const N: usize>(mut begun: [u64; N], parts: &[&str]) -> [u32; N] {
    for part in parts {
        begun = hashed(begun, part);
    }
    begun.map(|hash| ((hash >> 32) as u32 ^ hash as u32) % BUCKETS as u32)
}

/// The state of the hash after a feature's first part.
pub(crate) const fn begun(part: &str) -> u64 {
    let [state] = hashed([EMPTY], part);
    state
}

const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// The states after one more part: eight bytes a step, then what is left together with its length.
const fn hashed<const N: usize>(mut states: [u64; N], part: &str) -> [u64; N] {
    let mut bytes = part.as_bytes();
    while let Some((head, rest)) = bytes.split_first_chunk::<8>() {
        states = mixed(states, u64::from_le_bytes(*head));
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
    mixed(states, left.wrapping_add((bytes.len() as u64 + 1) << 59))
}

const fn mixed<const N: usize>(mut states: [u64; N], word: u64) -> [u64; N] {
    // The odd number nearest to 2⁶⁴ over the golden ratio, as in Fibonacci hashing.
    const PHI: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut n = 0;
    while n < N {
        let product = (states[n] ^ word).wrapping_mul(PHI);
        states[n] = product ^ (product >> 32);
        n += 1;
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_begun_before_has_the_bucket_of_the_whole() {
        let ends: [&[&str]; 3] = [&[], &["kind", "state"], &["", "ق"]];
        for end in ends {
            let whole = |first| bucket(&[&[first], end].concat());
            assert_eq!(buckets([begun("source"), begun("target")], end), [whole("source"), whole("target")]);
        }
    }

    #[test]
    fn features_that_differ_in_a_byte_or_in_where_a_part_ends_differ() {
        let long = "abcdefghijklmnop";
        let mut seen = std::collections::BTreeSet::new();
        for end in 0..=long.len() {
            let (one, two) = long.split_at(end);
            let different = [hashed([EMPTY], one), hashed([EMPTY], two), hashed(hashed([EMPTY], one), two)];
            seen.extend(different);
        }
        // Both ends give the whole and the empty text once more.
        assert_eq!(seen.len(), 3 * (long.len() + 1) - 2);
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
