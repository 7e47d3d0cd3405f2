//! Random streams by counter: draw 17 is the same whoever makes it, in whatever order, on however many threads.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// The generator that every model draws from.
pub type Stream = ChaCha8Rng;

/// The streams of one seed.
#[derive(Debug, Clone)]
pub struct Streams(Stream);

impl Streams {
    /// The streams of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Stream::seed_from_u64(seed))
    }

    /// The stream of one draw.
    #[must_use]
    pub fn of(&self, draw: u64) -> Stream {
        let mut stream = self.0.clone();
        stream.set_stream(draw);
        stream
    }

    /// `one` for each of the first `draws` streams, on all threads of the pool; the order is that of the draws.
    pub fn map<T: Send>(&self, draws: u64, one: impl Fn(u64, &mut Stream) -> T + Sync) -> Vec<T> {
        (0..draws).into_par_iter().map(|draw| one(draw, &mut self.of(draw))).collect()
    }

    /// The same, unless `stop` is raised before the last draw is begun: then nothing. It is looked at before each draw.
    pub fn map_until<T: Send>(&self, draws: u64, stop: &AtomicBool, one: impl Fn(u64, &mut Stream) -> T + Sync) -> Option<Vec<T>> {
        (0..draws).into_par_iter().map(|draw| (!stop.load(Ordering::Relaxed)).then(|| one(draw, &mut self.of(draw)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    #[test]
    fn serial_equals_parallel() {
        let streams = Streams::new(7);
        let parallel: Vec<f64> = streams.map(1000, |_, rng| rng.random());
        let serial: Vec<f64> = (0..1000).rev().map(|draw| streams.of(draw).random()).collect::<Vec<_>>().into_iter().rev().collect();
        assert_eq!(parallel, serial);
    }

    #[test]
    fn draws_end_when_they_are_stopped() {
        let (streams, stop) = (Streams::new(7), AtomicBool::new(false));
        let whole = streams.map_until(100, &stop, |_, rng| rng.random::<u64>());
        assert_eq!(whole, Some(streams.map(100, |_, rng| rng.random())));
        let stopped = streams.map_until(u64::MAX >> 1, &stop, |draw, _| {
            if draw % 1000 == 17 {
                stop.store(true, Ordering::Relaxed);
            }
        });
        assert_eq!(stopped, None);
    }

    #[test]
    fn seeds_and_draws_differ() {
        let first = |seed, draw| Streams::new(seed).of(draw).random::<u64>();
        assert_ne!(first(1, 0), first(2, 0));
        assert_ne!(first(1, 0), first(1, 1));
    }
}
