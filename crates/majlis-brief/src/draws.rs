//! The draws of the first forecast.

use crate::model::{Distribution, Position, Range};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Number of draws.
pub(crate) const DRAWS: u64 = 10_000;
/// The seed.
pub(crate) const SEED: u64 = 2021;

/// The weighted mean and the weighted median over all draws, and the share of draws whose mean is above 50.
///
/// Each draw has a stream of its own, so the order in which draws are made does not matter.
pub(crate) fn play(positions: &[Position]) -> (Distribution, Distribution, f64) {
    let seeded = ChaCha8Rng::seed_from_u64(SEED);
    let (mut means, mut medians): (Vec<f64>, Vec<f64>) = (0..DRAWS)
        .map(|draw| {
            let mut rng = seeded.clone();
            rng.set_stream(draw);
            one(positions, &mut rng)
        })
        .unzip();
    let above = means.iter().filter(|m| **m > 50.0).count() as f64 / DRAWS as f64;
    (distribution(&mut means), distribution(&mut medians), above)
}

fn one(positions: &[Position], rng: &mut ChaCha8Rng) -> (f64, f64) {
    let mut drawn: Vec<(f64, f64)> = positions
        .iter()
        .map(|p| {
            let position = triangular(p.position, rng);
            (position, triangular(p.salience, rng) * triangular(p.influence, rng))
        })
        .collect();
    let total: f64 = drawn.iter().map(|(_, w)| w).sum();
    let mean = drawn.iter().map(|(p, w)| p * w).sum::<f64>() / total;
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut weight = 0.0;
    let median = drawn.iter().find(|(_, w)| {
        weight += w;
        weight * 2.0 >= total
    });
    (mean, median.map_or(mean, |(p, _)| *p))
}

/// A draw from the triangular distribution over a range.
fn triangular(range: Range, rng: &mut ChaCha8Rng) -> f64 {
    let Range { low, mode, high } = range;
    let u = (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
    let width = high - low;
    if width <= 0.0 {
        return mode;
    }
    let split = (mode - low) / width;
    if u < split { low + (u * width * (mode - low)).sqrt() } else { high - ((1.0 - u) * width * (high - mode)).sqrt() }
}

fn distribution(values: &mut [f64]) -> Distribution {
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| values[(values.len() * percent).div_ceil(100).max(1) - 1];
    let mut histogram = [0; 10];
    for value in values.iter() {
        histogram[((value / 10.0) as usize).min(9)] += 1;
    }
    Distribution { percentiles: [at(5), at(25), at(50), at(75), at(95)], histogram }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(position: (f64, f64, f64)) -> Position {
        let range = |(low, mode, high)| Range { low, mode, high };
        Position {
            who: 0,
            position: range(position),
            salience: range((40.0, 60.0, 80.0)),
            influence: range((30.0, 50.0, 70.0)),
            one_source: false,
            unnamed_only: false,
            unsure: false,
            cites: Vec::new(),
        }
    }

    #[test]
    fn the_same_draws_twice() {
        let positions = [actor((60.0, 90.0, 100.0)), actor((0.0, 10.0, 30.0)), actor((20.0, 50.0, 80.0))];
        assert_eq!(format!("{:?}", play(&positions)), format!("{:?}", play(&positions)));
    }

    #[test]
    fn draws_stay_in_range_and_lean_with_the_weights() {
        let (mean, median, above) = play(&[actor((80.0, 90.0, 100.0)), actor((70.0, 80.0, 90.0)), actor((0.0, 10.0, 20.0))]);
        assert!(mean.percentiles.is_sorted() && mean.percentiles[0] > 0.0 && mean.percentiles[4] < 100.0);
        assert!(median.percentiles[2] > 60.0);
        assert!(above > 0.5);
        assert_eq!(mean.histogram.iter().sum::<u32>(), DRAWS as u32);
    }
}
