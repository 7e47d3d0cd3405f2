//! Whether what is called likely happens as often as said.

use super::proper::brier;
use crate::Distribution;
use crate::error::{Error, Result, number};
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

/// A forecast of one event: its probability, and whether it happened.
pub type Call = (f64, bool);

/// Forecasts whose probabilities lie close together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// The bin's lower bound, which belongs to it.
    pub low: f64,
    /// The bin's upper bound, which belongs to the next, or for the last bin to it.
    pub high: f64,
    /// Number of forecasts, 1 or more.
    pub count: usize,
    /// Mean probability said.
    pub said: f64,
    /// Share that happened.
    pub happened: f64,
    /// 95 % interval of the share that would happen in the long run, by [`wilson`].
    pub interval: (f64, f64),
}

/// The reliability diagram: forecasts in `bins` equal bins of probability. Bins without a forecast are left out.
///
/// # Errors
/// If a probability is not from 0 to 1 or `bins` is 0.
pub fn reliability(calls: &[Call], bins: usize) -> Result<Vec<Bin>> {
    let binned = binned(calls, bins)?;
    let bounds = |bin: usize| (bin as f64 / bins as f64, (bin + 1) as f64 / bins as f64);
    let bin = |(bin, calls): (usize, Vec<Call>)| {
        let ((low, high), count) = (bounds(bin), calls.len());
        let hits = calls.iter().filter(|(_, happened)| *happened).count();
        Ok(Bin { low, high, count, said: mean_said(&calls), happened: share(hits, count), interval: wilson(hits, count, 0.95)? })
    };
    binned.into_iter().enumerate().filter(|(_, calls)| !calls.is_empty()).map(bin).collect()
}

/// Parts of the mean Brier score: reliability − resolution + uncertainty + within.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decomposition {
    /// Mean Brier score of the forecasts.
    pub brier: f64,
    /// How far what was said lies from what happened, bin by bin; 0 is best.
    pub reliability: f64,
    /// How far what happened differs between bins; large is best.
    pub resolution: f64,
    /// Brier score of always saying the base rate, which is the events' and not the forecaster's: 0 to 1/4.
    pub uncertainty: f64,
    /// What binning hides: variance of what was said within bins less twice its covariance with what happened. 0 where all
    /// forecasts of a bin are the same.
    pub within: f64,
}

/// The decomposition of the mean Brier score (Murphy 1973), over `bins` equal bins, with the part within bins of
/// Stephenson, Coelho and Jolliffe (2008), so that the sum is exact.
///
/// # Errors
/// If there is no forecast, a probability is not from 0 to 1, or `bins` is 0.
pub fn decompose(calls: &[Call], bins: usize) -> Result<Decomposition> {
    let binned = binned(calls, bins)?;
    if calls.is_empty() {
        return Err(Error::new("calls", "there is none"));
    }
    let n = calls.len() as f64;
    let rate = mean_happened(calls);
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for calls in binned.iter().filter(|calls| !calls.is_empty()) {
        let (count, said, happened) = (calls.len() as f64, mean_said(calls), mean_happened(calls));
        reliability += count / n * (said - happened).powi(2);
        resolution += count / n * (happened - rate).powi(2);
    }
    let uncertainty = rate * (1.0 - rate);
    let scores: Vec<f64> = calls.iter().map(|(p, happened)| brier(*p, *happened)).collect::<Result<_>>()?;
    let brier = scores.iter().sum::<f64>() / n;
    Ok(Decomposition { brier, reliability, resolution, uncertainty, within: brier - (reliability - resolution + uncertainty) })
}

fn binned(calls: &[Call], bins: usize) -> Result<Vec<Vec<Call>>> {
    if bins == 0 {
        return Err(Error::new("bins", "must be 1 or more, is 0"));
    }
    let mut binned = vec![vec![]; bins];
    for (i, (p, happened)) in calls.iter().enumerate() {
        let p = number(&format!("calls[{i}].probability"), *p, 0.0, 1.0)?;
        binned[((p * bins as f64) as usize).min(bins - 1)].push((p, *happened));
    }
    Ok(binned)
}

fn mean_said(calls: &[Call]) -> f64 {
    calls.iter().map(|(p, _)| p).sum::<f64>() / calls.len() as f64
}

fn mean_happened(calls: &[Call]) -> f64 {
    share(calls.iter().filter(|(_, happened)| *happened).count(), calls.len())
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Wilson's interval of a share (Wilson 1927) of `hits` in `trials`, at `level`; of no trial, 0 to 1.
///
/// # Errors
/// If `hits` is above `trials`, or `level` is not above 0 and below 1.
pub fn wilson(hits: usize, trials: usize, level: f64) -> Result<(f64, f64)> {
    if hits > trials {
        return Err(Error::new("hits", format!("must be {trials} or less, is {hits}")));
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(Error::new("level", format!("must be above 0 and below 1, is {level}")));
    }
    if trials == 0 {
        return Ok((0.0, 1.0));
    }
    let (n, p) = (trials as f64, share(hits, trials));
    // The upper tail as the lower one, which keeps its digits near 0.
    let z = -Normal::standard().inverse_cdf((1.0 - level) / 2.0);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Ok(((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0)))
}

/// Where an outcome fell in its forecast: the probability integral transform, PIT.
///
/// Where a forecast puts mass upon the outcome itself, the PIT is not a number but the interval from P(X < y) to P(X ≤ y), and all
/// of it counts, evenly. That is what drawing the PIT from the interval at random comes to on average (Czado, Gneiting and Held 2009),
/// and it needs no draw.
// Invariant: 0 <= below <= up_to <= 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pit {
    below: f64,
    up_to: f64,
}

impl Pit {
    /// Where `outcome` fell in `forecast`.
    #[must_use]
    pub fn of(forecast: &Distribution, outcome: f64) -> Self {
        let (samples, n) = (forecast.samples(), forecast.samples().len());
        Self { below: share(samples.partition_point(|x| *x < outcome), n), up_to: share(samples.partition_point(|x| *x <= outcome), n) }
    }

    /// The part of the PIT that lies from `low` to `high`, 0–1.
    #[must_use]
    pub fn within(&self, low: f64, high: f64) -> f64 {
        if self.up_to > self.below {
            return (self.up_to.min(high) - self.below.max(low)).max(0.0) / (self.up_to - self.below);
        }
        f64::from(u8::from(low <= self.below && self.below <= high))
    }
}

/// Share of outcomes in the central interval of `level`, which leaves an equal chance outside on either side; calibrated forecasts
/// give `level`. Where an interval's end carries mass only the part of it that makes up `level` counts (see [`Pit`]).
/// `None` without an outcome.
#[must_use]
pub fn coverage(pits: &[Pit], level: f64) -> Option<f64> {
    let tail = (1.0 - level.clamp(0.0, 1.0)) / 2.0;
    (!pits.is_empty()).then(|| pits.iter().map(|pit| pit.within(tail, 1.0 - tail)).sum::<f64>() / pits.len() as f64)
}

/// The PIT histogram: the number of outcomes in each of `bins` equal bins of the PIT, fractions where a PIT spans bins. Flat if
/// calibrated; a hump in the middle if forecasts are too wide, high at both ends if too narrow.
#[must_use]
pub fn pit_histogram(pits: &[Pit], bins: usize) -> Vec<f64> {
    let bound = |bin: usize| share(bin, bins);
    let counts = |bin: usize| {
        let in_bin = |pit: &Pit| {
            if pit.up_to > pit.below {
                return pit.within(bound(bin), bound(bin + 1));
            }
            f64::from(u8::from(((pit.below * bins as f64) as usize).min(bins - 1) == bin))
        };
        pits.iter().map(in_bin).sum()
    };
    (0..bins).map(counts).collect()
}

/// Closed intervals as a reader sees them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Closed {
    /// Share of outcomes in their interval.
    pub covered: f64,
    /// Mean probability that the forecasts gave their interval, its ends included.
    pub held: f64,
}

/// The closed intervals of `level` ([`Distribution::interval`]) of `forecasts` with their outcomes. Where a forecast has masses at
/// points an interval holds more than `level`; calibrated forecasts cover what they hold. `None` without a forecast.
#[must_use]
pub fn closed_intervals(forecasts: &[(&Distribution, f64)], level: f64) -> Option<Closed> {
    let n = forecasts.len() as f64;
    let (mut covered, mut held) = (0.0, 0.0);
    for (forecast, outcome) in forecasts {
        let (low, high) = forecast.interval(level);
        covered += f64::from(u8::from((low..=high).contains(outcome))) / n;
        held += (forecast.cdf(high) - Pit::of(forecast, low).below) / n;
    }
    (!forecasts.is_empty()).then_some(Closed { covered, held })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wilson_gives_the_textbook_interval() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20, method 3.
        let (low, high) = wilson(81, 263, 0.95).unwrap();
        assert!((low - 0.2553).abs() < 1e-4 && (high - 0.3662).abs() < 1e-4, "{low} {high}");
        let (low, high) = wilson(0, 20, 0.95).unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 1e-4, "{low} {high}");
        assert_eq!(wilson(0, 0, 0.95), Ok((0.0, 1.0)));
        assert!(wilson(3, 4, 1.0 - f64::EPSILON / 2.0).unwrap().0 > 0.0);
        assert!(wilson(2, 1, 0.95).is_err() && wilson(1, 1, 1.0).is_err() && wilson(1, 1, f64::NAN).is_err());
    }

    #[test]
    fn bins_hold_what_was_said_and_what_happened() {
        let bins = reliability(&[(0.1, false), (0.15, true), (1.0, true), (0.9, true)], 5).unwrap();
        assert_eq!(bins.iter().map(|b| (b.low, b.count, b.happened)).collect::<Vec<_>>(), [(0.0, 2, 0.5), (0.8, 2, 1.0)]);
        assert_eq!(bins[0].said, 0.125);
        assert!(reliability(&[(1.1, true)], 5).is_err() && reliability(&[], 0).is_err());
        assert_eq!(reliability(&[], 5), Ok(vec![]));
    }

    #[test]
    fn a_point_forecast_covers_only_what_it_hits() {
        let point = Distribution::new(vec![3.0]).unwrap();
        assert_eq!(coverage(&[Pit::of(&point, 3.0), Pit::of(&point, 4.0)], 0.5), Some(0.25));
        assert_eq!(coverage(&[], 0.5), None);
        let closed = closed_intervals(&[(&point, 3.0), (&point, 4.0)], 0.5).unwrap();
        assert_eq!(closed, Closed { covered: 0.5, held: 1.0 });
    }

    #[test]
    fn no_forecast_cannot_be_decomposed() {
        assert!(decompose(&[], 10).is_err());
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_brier_score(calls in proptest::collection::vec((0.0..=1.0f64, any::<bool>()), 1..60), bins in 1..12usize) {
            let d = decompose(&calls, bins).unwrap();
            prop_assert!((d.brier - (d.reliability - d.resolution + d.uncertainty + d.within)).abs() < 1e-12);
            // What binning hides vanishes where each bin says one thing.
            let flat: Vec<Call> = calls.iter().map(|(p, o)| (((p * bins as f64).floor().min(bins as f64 - 1.0) + 0.5) / bins as f64, *o)).collect();
            prop_assert!(decompose(&flat, bins).unwrap().within.abs() < 1e-12);
        }

        #[test]
        fn a_forecast_covers_its_own_samples_exactly(samples in proptest::collection::vec(0..6u8, 1..40), level in 0.0..=1.0f64) {
            let samples: Vec<f64> = samples.into_iter().map(f64::from).collect();
            let forecast = Distribution::new(samples.clone()).unwrap();
            let pits: Vec<Pit> = samples.iter().map(|y| Pit::of(&forecast, *y)).collect();
            prop_assert!((coverage(&pits, level).unwrap() - level).abs() < 1e-9);
            prop_assert!(pit_histogram(&pits, 7).iter().all(|count| (count - samples.len() as f64 / 7.0).abs() < 1e-9));
            let pairs: Vec<_> = samples.iter().map(|y| (&forecast, *y)).collect();
            let closed = closed_intervals(&pairs, level).unwrap();
            prop_assert!((closed.covered - closed.held).abs() < 1e-9);
        }

        #[test]
        fn every_outcome_is_counted_once(samples in proptest::collection::vec(-3.0..3.0f64, 1..20), outcomes in proptest::collection::vec(-5.0..5.0f64, 0..20), bins in 1..9usize) {
            let forecast = Distribution::new(samples).unwrap();
            let pits: Vec<Pit> = outcomes.iter().map(|y| Pit::of(&forecast, *y)).collect();
            prop_assert!((pit_histogram(&pits, bins).iter().sum::<f64>() - pits.len() as f64).abs() < 1e-9);
        }

        #[test]
        fn an_interval_holds_the_share_seen(trials in 1..400usize, part in 0.0..=1.0f64) {
            let hits = (part * trials as f64) as usize;
            let (low, high) = wilson(hits, trials, 0.9).unwrap();
            let seen = hits as f64 / trials as f64;
            prop_assert!(0.0 <= low && low <= seen && seen <= high && high <= 1.0);
        }
    }
}
