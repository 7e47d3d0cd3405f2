//! What a model answers with: never a bare point.

use crate::error::{Error, Result};
use serde::Serialize;

/// An empirical distribution, every sample of equal weight.
// Invariant: not empty, finite, sorted upwards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distribution(Vec<f64>);

impl Distribution {
    /// The distribution of `samples`.
    ///
    /// # Errors
    /// If there is none, or one is not finite.
    pub fn new(mut samples: Vec<f64>) -> Result<Self> {
        if samples.is_empty() {
            return Err(Error::new("samples", "there is none"));
        }
        if let Some(i) = samples.iter().position(|x| !x.is_finite()) {
            return Err(Error::new(format!("samples[{i}]"), "is not a finite number"));
        }
        samples.sort_by(f64::total_cmp);
        Ok(Self(samples))
    }

    /// The samples, upwards.
    #[must_use]
    pub fn samples(&self) -> &[f64] {
        &self.0
    }

    /// Arithmetic mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// Standard deviation of the samples as a population.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let mean = self.mean();
        (self.0.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / self.0.len() as f64).sqrt()
    }

    /// The smallest sample with at least a share `p` of all at or below it; `p` is held to 0–1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let rank = (p.clamp(0.0, 1.0) * self.0.len() as f64).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }

    /// The interval that leaves an equal share outside on either side and holds a share `level`.
    #[must_use]
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let tail = (1.0 - level.clamp(0.0, 1.0)) / 2.0;
        (self.quantile(tail), self.quantile(1.0 - tail))
    }

    /// Share of samples at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.0.partition_point(|s| *s <= x) as f64 / self.0.len() as f64
    }

    /// Counts in `bins` equal bins over `low..=high`; samples outside fall in the outermost bins.
    #[must_use]
    pub fn histogram(&self, low: f64, high: f64, bins: usize) -> Vec<usize> {
        let mut counts = vec![0; bins.max(1)];
        for x in &self.0 {
            let share = (x - low) / (high - low).max(f64::MIN_POSITIVE);
            let bin = (share * counts.len() as f64).clamp(0.0, counts.len() as f64 - 1.0) as usize;
            counts[bin] += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_samples() {
        let d = Distribution::new(vec![3.0, 1.0, 2.0, 4.0]).unwrap();
        assert_eq!([0.0, 0.25, 0.26, 0.5, 1.0].map(|p| d.quantile(p)), [1.0, 1.0, 2.0, 2.0, 4.0]);
        assert_eq!(d.interval(0.5), (1.0, 3.0));
        assert_eq!(d.cdf(2.0), 0.5);
        assert_eq!(d.mean(), 2.5);
        assert_eq!(d.histogram(1.0, 4.0, 3), [1, 1, 2]);
    }

    #[test]
    fn nothing_and_nan_are_refused() {
        assert!(Distribution::new(vec![]).is_err());
        assert!(Distribution::new(vec![1.0, f64::NAN]).is_err());
    }
}
