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

/// The bucket of a feature made of parts (FNV-1a over the parts, each closed by a zero byte).
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

const fn hashed<const N: usize>(mut states: [u64; N], part: &str) -> [u64; N] {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let (bytes, mut at) = (part.as_bytes(), 0);
    while at <= bytes.len() {
        let byte = if at < bytes.len() { bytes[at] as u64 } else { 0 };
        let mut n = 0;
        while n < N {
            states[n] = (states[n] ^ byte).wrapping_mul(PRIME);
            n += 1;
        }
        at += 1;
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
