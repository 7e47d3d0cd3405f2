//! Counts features.

/// An open-addressed table. A slot holds the feature's key + 1 and, in the low byte, its count; 0 is free.
pub(super) struct Counter {
    slots: Vec<u32>,
    filled: usize,
}

impl Counter {
    /// A counter with room for what so many words usually have.
    pub(super) fn new(words: usize) -> Self {
        Self { slots: vec![0; (words.max(8) * 80).next_power_of_two()], filled: 0 }
    }

    /// Counts a key below 2^24 - 1; counting stops at 255.
    #[inline]
    pub(super) fn add(&mut self, key: u32) {
        let at = self.find(key);
        let slot = &mut self.slots[at];
        if *slot == 0 {
            *slot = ((key + 1) << 8) | 1;
            self.filled += 1;
            if self.filled * 4 > self.slots.len() * 3 {
                self.grow();
            }
        } else if *slot & 0xff < 0xff {
            *slot += 1;
        }
    }

    /// Each key with its count, in an order that only the keys decide.
    pub(super) fn counts(self) -> impl Iterator<Item = (u32, u32)> {
        self.slots.into_iter().filter(|&s| s != 0).map(|slot| ((slot >> 8) - 1, slot & 0xff))
    }

    /// The slot of a key, or the free one where it belongs.
    #[inline]
    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        while self.slots[i] != 0 && self.slots[i] >> 8 != key + 1 {
            i = (i + 1) & mask;
        }
        i
    }

    fn grow(&mut self) {
        let double = vec![0; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, double) {
            if slot != 0 {
                let at = self.find((slot >> 8) - 1);
                self.slots[at] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_survive_growing() {
        let mut c = Counter::new(1);
        (0..5000).chain(0..2500).for_each(|k| c.add(k));
        let mut all: Vec<(u32, u32)> = c.counts().collect();
        all.sort_unstable();
        assert_eq!(all.len(), 5000);
        assert_eq!((all[0], all[4999]), ((0, 2), (4999, 1)));
    }
}
