//! Scoring rules: how far a forecast was from what happened. Lower is better in all of them.
//!
//! Each rule but [`quantile`] and [`interval`], which score a part of a distribution, is strictly proper: whoever states another
//! distribution than the one believed expects a worse score (Gneiting and Raftery 2007, "Strictly proper scoring rules, prediction,
//! and estimation", JASA 102). Those two are proper.

use crate::Distribution;
use crate::error::{Error, Result, number};

/// Brier score of one event: (p − o)², o = 1 if it happened and else 0 (Brier 1950, half of his sum over the two classes). 0 to 1.
///
/// # Errors
/// If `probability` is not from 0 to 1.
pub fn brier(probability: f64, happened: bool) -> Result<f64> {
    let p = number("probability", probability, 0.0, 1.0)?;
    Ok((p - f64::from(u8::from(happened))).powi(2))
}

/// Brier score over exclusive outcomes: Σ (p − o)² with o = 1 for the one that happened (Brier 1950). 0 to 2; of two outcomes twice
/// [`brier`].
///
/// # Errors
/// As [`check`].
pub fn brier_classes(probabilities: &[f64], happened: usize) -> Result<f64> {
    check(probabilities, happened)?;
    Ok(probabilities.iter().enumerate().map(|(k, p)| (p - f64::from(u8::from(k == happened))).powi(2)).sum())
}

/// Logarithmic score: −ln p of the outcome that happened (Good 1952), in nats. 0 to infinity, which stands where what was called
/// impossible happened.
///
/// # Errors
/// As [`check`].
pub fn log(probabilities: &[f64], happened: usize) -> Result<f64> {
    check(probabilities, happened)?;
    // 0 − ln 1 is 0, where −ln 1 would be −0.
    Ok(0.0 - probabilities[happened].ln())
}

/// Ranked probability score over exclusive outcomes in order: Σ (F − O)² over all but the last, F and O being cumulated from the first (Epstein 1969;
/// Murphy 1971). 0 to the number of outcomes less 1; of two outcomes [`brier`].
///
/// # Errors
/// As [`check`].
pub fn ranked_probability(probabilities: &[f64], happened: usize) -> Result<f64> {
    check(probabilities, happened)?;
    let (mut cumulated, mut score) = (0.0, 0.0);
    for (k, p) in probabilities[..probabilities.len() - 1].iter().enumerate() {
        cumulated += p;
        score += (cumulated - f64::from(u8::from(k >= happened))).powi(2);
    }
    Ok(score)
}

/// Continuous ranked probability score: ∫ (F(x) − 1{x ≥ outcome})² dx (Matheson and Winkler 1976), in the unit of the outcome. 0 or
/// more. Of a single point the absolute error.
///
/// Exact for the step function F of the samples, in one pass over them. A forecast of few samples out of a wider distribution scores
/// worse than that distribution would (Ferro 2014); draw enough.
///
/// # Errors
/// If `outcome` is not finite.
pub fn crps(forecast: &Distribution, outcome: f64) -> Result<f64> {
    let samples = forecast.samples();
    let n = samples.len() as f64;
    step_crps(samples.iter().enumerate().map(|(i, x)| (*x, (i + 1) as f64 / n)), outcome)
}

/// [`crps`] of a distribution given as points and their weights, in any order; only shares of the weights matter. O(n log n).
///
/// # Errors
/// If there is no point, a number is not finite, a weight is below 0 or all are 0.
pub fn crps_weighted(points: &[(f64, f64)], outcome: f64) -> Result<f64> {
    let mut sorted = Vec::with_capacity(points.len());
    for (i, (point, weight)) in points.iter().enumerate() {
        sorted
            .push((number(&format!("[{i}].point"), *point, f64::NEG_INFINITY, f64::INFINITY)?, number(&format!("[{i}].weight"), *weight, 0.0, f64::INFINITY)?));
    }
    let most = sorted.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    if most <= 0.0 {
        return Err(Error::new("points", "have no weight"));
    }
    sorted.retain(|(_, weight)| *weight > 0.0);
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total: f64 = sorted.iter().map(|(_, weight)| weight / most).sum();
    let mut sum = 0.0;
    let steps = sorted.iter().map(|(point, weight)| {
        sum += weight / most / total;
        (*point, sum)
    });
    step_crps(steps, outcome)
}

/// The score of a distribution function given as its steps: each point, upwards, with the function from there on.
fn step_crps(steps: impl Iterator<Item = (f64, f64)>, outcome: f64) -> Result<f64> {
    let y = number("outcome", outcome, f64::NEG_INFINITY, f64::INFINITY)?;
    let (mut score, mut last, mut below) = (0.0, None, 0.0);
    for (point, cumulated) in steps {
        let left: f64 = last.unwrap_or_else(|| point.min(y));
        let (before, after) = ((point.min(y) - left).max(0.0), (point - left.max(y)).max(0.0));
        score += before * below * below + after * (1.0 - below) * (1.0 - below);
        (last, below) = (Some(point), cumulated);
    }
    Ok(score + (y - last.unwrap_or(y)).max(0.0))
}

/// Interval score of a central interval of `level`: its width, and 2/(1 − level) times the distance by which the outcome lies outside
/// (Winkler 1972; Gneiting and Raftery 2007, eq. 43), in the unit of the outcome. 0 or more.
///
/// # Errors
/// If `low` is above `high`, a number is not finite, or `level` is not from 0 to below 1.
pub fn interval(low: f64, high: f64, level: f64, outcome: f64) -> Result<f64> {
    let y = number("outcome", outcome, f64::NEG_INFINITY, f64::INFINITY)?;
    let low = number("low", low, f64::NEG_INFINITY, f64::INFINITY)?;
    let high = number("high", high, low, f64::INFINITY)?;
    if !(0.0..1.0).contains(&level) {
        return Err(Error::new("level", format!("must be 0 or more and below 1, is {level}")));
    }
    Ok(high - low + 2.0 / (1.0 - level) * ((low - y).max(0.0) + (y - high).max(0.0)))
}

/// Quantile ("pinball") score of `forecast` as the value below which a share `level` lies: `level` × (y − forecast) where the outcome
/// y is above it, (1 − `level`) × (forecast − y) where it is below (Koenker and Bassett 1978), in the unit of the outcome. 0 or more.
///
/// # Errors
/// If a number is not finite or `level` is not from 0 to 1.
pub fn quantile(forecast: f64, level: f64, outcome: f64) -> Result<f64> {
    let y = number("outcome", outcome, f64::NEG_INFINITY, f64::INFINITY)?;
    let forecast = number("forecast", forecast, f64::NEG_INFINITY, f64::INFINITY)?;
    let level = number("level", level, 0.0, 1.0)?;
    Ok(if y >= forecast { level * (y - forecast) } else { (1.0 - level) * (forecast - y) })
}

/// The largest distance from 1 at which probabilities still sum to 1.
pub const ROUNDING: f64 = 1e-6;

/// Checks that `probabilities` are from 0 to 1, sum to 1 (within [`ROUNDING`]), and that `happened` is one of them.
///
/// # Errors
/// Names the first value at fault.
pub fn check(probabilities: &[f64], happened: usize) -> Result<()> {
    let mut sum = 0.0;
    for (k, p) in probabilities.iter().enumerate() {
        sum += number(&format!("probabilities[{k}]"), *p, 0.0, 1.0)?;
    }
    if (sum - 1.0).abs() > ROUNDING {
        return Err(Error::new("probabilities", format!("must sum to 1, sum to {sum}")));
    }
    if happened >= probabilities.len() {
        return Err(Error::new("happened", format!("must be below {}, is {happened}", probabilities.len())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn certainty_scores_best_when_right_and_worst_when_wrong() {
        assert_eq!((brier(1.0, true), brier(1.0, false)), (Ok(0.0), Ok(1.0)));
        assert_eq!((brier_classes(&[1.0, 0.0], 0), brier_classes(&[1.0, 0.0], 1)), (Ok(0.0), Ok(2.0)));
        assert_eq!((log(&[1.0, 0.0], 0), log(&[1.0, 0.0], 1)), (Ok(0.0), Ok(f64::INFINITY)));
        assert!(log(&[1.0], 0).unwrap().is_sign_positive());
        assert_eq!((ranked_probability(&[1.0, 0.0, 0.0], 0), ranked_probability(&[1.0, 0.0, 0.0], 2)), (Ok(0.0), Ok(2.0)));
    }

    #[test]
    fn a_near_miss_costs_less_than_a_far_one_only_where_outcomes_have_an_order() {
        assert!(ranked_probability(&[0.1, 0.9, 0.0], 0).unwrap() < ranked_probability(&[0.1, 0.0, 0.9], 0).unwrap());
        assert_eq!(brier_classes(&[0.1, 0.9, 0.0], 0), brier_classes(&[0.1, 0.0, 0.9], 0));
    }

    #[test]
    fn an_interval_pays_for_its_width_and_for_missing() {
        assert_eq!(interval(2.0, 6.0, 0.5, 3.0), Ok(4.0));
        assert_eq!(interval(2.0, 6.0, 0.5, 7.0), Ok(8.0));
        assert_eq!((quantile(2.0, 0.9, 3.0), quantile(2.0, 0.9, 1.0)), (Ok(0.9), Ok(0.09999999999999998)));
    }

    #[test]
    fn what_is_no_forecast_is_refused() {
        assert!(brier(f64::NAN, true).is_err());
        assert_eq!(log(&[0.5, 0.4], 0).unwrap_err().to_string(), "probabilities: must sum to 1, sum to 0.9");
        assert_eq!(brier_classes(&[], 0).unwrap_err().key, "probabilities");
        assert_eq!(brier_classes(&[1.0], 1).unwrap_err().to_string(), "happened: must be below 1, is 1");
        assert!(interval(1.0, 0.0, 0.5, 0.0).is_err() && interval(0.0, 1.0, 1.0, 0.0).is_err());
        assert!(quantile(0.0, 1.5, 0.0).is_err());
        assert!(crps_weighted(&[], 0.0).is_err() && crps_weighted(&[(1.0, 0.0)], 0.0).is_err() && crps_weighted(&[(f64::NAN, 1.0)], 0.0).is_err());
        assert!(crps(&Distribution::new(vec![0.0]).unwrap(), f64::NAN).is_err());
    }

    #[test]
    fn of_a_uniform_distribution_the_closed_form_is_met() {
        // Uniform on 0–1 at y: y² − y + 1/3.
        let uniform = Distribution::new((0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0).collect()).unwrap();
        for y in [0.0, 0.3, 1.0] {
            assert!((crps(&uniform, y).unwrap() - (y * y - y + 1.0 / 3.0)).abs() < 1e-6);
        }
    }

    #[test]
    fn huge_values_give_no_nan() {
        let wide = Distribution::new(vec![-f64::MAX, f64::MAX]).unwrap();
        for y in [-f64::MAX, 0.0, f64::MAX] {
            assert!(!crps(&wide, y).unwrap().is_nan());
        }
    }

    fn simplex(size: usize) -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(0.01..1.0f64, size).prop_map(|v| {
            let sum: f64 = v.iter().sum();
            v.into_iter().map(|x| x / sum).collect()
        })
    }

    /// What `rule` is expected to give to `said` by one who believes `belief`.
    fn expected(rule: fn(&[f64], usize) -> Result<f64>, said: &[f64], belief: &[f64]) -> f64 {
        belief.iter().enumerate().map(|(k, p)| p * rule(said, k).unwrap()).sum()
    }

    proptest! {
        #[test]
        fn nobody_gains_by_saying_what_is_not_believed(belief in simplex(4), said in simplex(4)) {
            for rule in [brier_classes, log, ranked_probability] {
                prop_assert!(expected(rule, &belief, &belief) <= expected(rule, &said, &belief) + 1e-12);
            }
        }

        #[test]
        fn nor_by_another_distribution(belief in proptest::collection::vec(-9.0..9.0f64, 1..9), said in proptest::collection::vec(-9.0..9.0f64, 1..9)) {
            let (honest, other) = (Distribution::new(belief.clone()).unwrap(), Distribution::new(said).unwrap());
            let expected = |d: &Distribution| belief.iter().map(|y| crps(d, *y).unwrap()).sum::<f64>();
            prop_assert!(expected(&honest) <= expected(&other) + 1e-9);
        }

        #[test]
        fn two_outcomes_are_one_event(p in 0.0..=1.0f64, happened: bool) {
            let (said, at) = ([1.0 - p, p], usize::from(happened));
            prop_assert!((brier_classes(&said, at).unwrap() - 2.0 * brier(p, happened).unwrap()).abs() < 1e-12);
            prop_assert!((ranked_probability(&said, at).unwrap() - brier(p, happened).unwrap()).abs() < 1e-12);
        }

        #[test]
        fn of_a_point_it_is_the_absolute_error(x in -1e6..1e6f64, y in -1e6..1e6f64) {
            prop_assert_eq!(crps(&Distribution::new(vec![x]).unwrap(), y).unwrap(), (x - y).abs());
            prop_assert_eq!(crps_weighted(&[(x, 3.0)], y).unwrap(), (x - y).abs());
        }

        #[test]
        fn it_is_mean_distance_less_half_the_mean_difference(samples in proptest::collection::vec(-9.0..9.0f64, 1..20), y in -12.0..12.0f64) {
            let n = samples.len() as f64;
            let distance: f64 = samples.iter().map(|x| (x - y).abs()).sum::<f64>() / n;
            let spread: f64 = samples.iter().flat_map(|a| samples.iter().map(move |b| (a - b).abs())).sum::<f64>() / (n * n);
            let found = crps(&Distribution::new(samples).unwrap(), y).unwrap();
            prop_assert!((found - (distance - spread / 2.0)).abs() < 1e-9);
        }

        #[test]
        fn order_and_scale_of_weighted_points_change_nothing(points in proptest::collection::vec((-9.0..9.0f64, 0.1..5.0f64), 1..12), y in -12.0..12.0f64) {
            let mut turned: Vec<_> = points.iter().rev().map(|(x, w)| (*x, w * 8.0)).collect();
            turned.push((3.0, 0.0));
            prop_assert_eq!(crps_weighted(&points, y).unwrap(), crps_weighted(&turned, y).unwrap());
        }

        #[test]
        fn it_is_twice_the_mean_of_the_quantile_scores(samples in proptest::collection::vec(-9.0..9.0f64, 1..6), y in -12.0..12.0f64) {
            // Gneiting and Ranjan 2011; levels in the middle of as many steps as make the quantiles exact.
            let forecast = Distribution::new(samples).unwrap();
            let steps = 200 * forecast.samples().len();
            let mean = (0..steps).map(|i| {
                let level = (i as f64 + 0.5) / steps as f64;
                quantile(forecast.quantile(level), level, y).unwrap()
            }).sum::<f64>() / steps as f64;
            prop_assert!((crps(&forecast, y).unwrap() - 2.0 * mean).abs() < 1e-9);
        }
    }
}
