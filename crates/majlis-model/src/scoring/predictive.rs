//! The predictive distribution: where an issue settles, as probabilities over the whole scale, learned from decided issues.
//!
//! Most issues settle on a position that somebody holds, nearer to the weighted mean than not, and away from the reference point or
//! exactly on it. The model is a conditional logit (McFadden 1974) over the 101 whole points of a scale from 0 to 100: the
//! probability of a point is in proportion to e^(Σ weight × feature), with the features of [`FEATURES`].
//!
//! **What it rests on.** The weights that come with the crate (`data/predictive.toml`) were fitted by `examples/fit_predictive.rs` to
//! 351 issues of European Union law-making, proposed from 1996 on (DEU III, Thomson et al.), with council voting power as influence.
//! There it beats every point forecast and every mean with its past errors, and its intervals hold what they say
//! ([`backtest`](super::backtest)). The features were chosen with those issues in view, so the figures flatter it a little: other
//! choices, about twenty, came within 1 % of its CRPS.
//!
//! **Its limits.** That an issue elsewhere settles as those did is an assumption. There everybody sat at one table, failure was seldom
//! a danger, positions and outcomes were placed on the scale by experts after the fact, and the ends of the scale were mostly
//! the two most extreme positions. Positions that nobody voices, and a standoff that breaks down, are outside what it has seen.

use crate::Distribution;
use crate::bargain::{Stand, simple};
use crate::error::{Error, Result, number};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The features of a point of the scale, in the order of the weights. Distances are in parts of the scale, 0–1.
pub const FEATURES: [&str; 6] = [
    // 1 if an actor with any weight stands there.
    "occupied",
    // The share of all weight that stands there.
    "share",
    // 1 at 0 and at 100.
    "end",
    // Distance from the weighted mean.
    "from_mean",
    // 1 at the reference point.
    "at_reference",
    // Distance from the reference point; 0 where there is none.
    "from_reference",
];

type Features = [f64; FEATURES.len()];

/// The last point of the scale.
const LAST: usize = 100;

/// An issue as the model sees it: the features of each point.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale(Vec<Features>);

impl Scale {
    /// The scale of an issue with `stands` and, where one is known, a `reference` point: what holds if nothing is decided. A position
    /// counts at the nearest whole point. Stands without weight count only where nobody has any, and then all alike.
    ///
    /// # Errors
    /// If `stands` is empty, a number is out of range, or a position or the reference point is not from 0 to 100.
    pub fn new(stands: &[Stand], reference: Option<f64>) -> Result<Self> {
        let mean = simple::mean(stands)?;
        let total: f64 = stands.iter().map(Stand::weight).sum();
        let mut shares = [None; LAST + 1];
        for (i, stand) in stands.iter().enumerate() {
            let position = number(&format!("[{i}].position"), stand.position, 0.0, LAST as f64)?;
            let share = if total > 0.0 { stand.weight() / total } else { 1.0 / stands.len() as f64 };
            if share > 0.0 {
                *shares[position.round() as usize].get_or_insert(0.0) += share;
            }
        }
        let reference = reference.map(|r| number("reference", r, 0.0, LAST as f64)).transpose()?;
        let yes = |holds: bool| f64::from(u8::from(holds));
        let features = |(k, share): (usize, &Option<f64>)| {
            let point = k as f64;
            let from = |x: f64| (point - x).abs() / LAST as f64;
            [
                yes(share.is_some()),
                share.unwrap_or(0.0),
                yes(k == 0 || k == LAST),
                from(mean),
                yes(reference.is_some_and(|r| r.round() as usize == k)),
                reference.map_or(0.0, from),
            ]
        };
        Ok(Self(shares.iter().enumerate().map(features).collect()))
    }
}

/// The weight of each feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logit(Features);

/// A ridge of this size keeps weights of rare features near 0.
const RIDGE: f64 = 1.0;

impl Logit {
    /// The weights that come with the crate.
    ///
    /// # Errors
    /// None that a test has not excluded.
    pub fn shipped() -> Result<Self> {
        static SHIPPED: LazyLock<Result<Logit>> = LazyLock::new(|| Logit::read(include_str!("../../data/predictive.toml")));
        SHIPPED.clone()
    }

    /// Reads weights from the text of a TOML file of the form of `data/predictive.toml`.
    ///
    /// # Errors
    /// If the text is not of that form, a weight is missing or no number, or there is one of no feature.
    pub fn read(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Written {
            weights: BTreeMap<String, f64>,
        }
        let Written { mut weights } = toml::from_str(text).map_err(|e| Error::new("", e.message().trim_end().replace('\n', "; ")))?;
        let mut read = Features::default();
        for (weight, name) in read.iter_mut().zip(FEATURES) {
            let key = format!("weights.{name}");
            let Some(written) = weights.remove(name) else { return Err(Error::new(key, "is missing")) };
            *weight = number(&key, written, -1000.0, 1000.0)?;
        }
        match weights.first_key_value() {
            Some((name, _)) => Err(Error::new(format!("weights.{name}"), "there is no such feature")),
            None => Ok(Self(read)),
        }
    }

    /// The weights that make the outcomes of settled issues likeliest, with a ridge (Newton's method; the problem is concave).
    ///
    /// # Errors
    /// If there is no issue, or an outcome is not from 0 to 100.
    pub fn fit(settled: &[(&Scale, f64)]) -> Result<Self> {
        if settled.is_empty() {
            return Err(Error::new("settled", "there is none"));
        }
        let mut outcomes = Vec::with_capacity(settled.len());
        for (i, (scale, outcome)) in settled.iter().enumerate() {
            let outcome = number(&format!("settled[{i}].outcome"), *outcome, 0.0, LAST as f64)?;
            outcomes.push((*scale, outcome.round() as usize));
        }
        let mut logit = Self(Features::default());
        let mut fit = logit.penalised_likelihood(&outcomes);
        // Newton's steps double the digits that are right; a hundred are never needed.
        for _ in 0..100 {
            let mut step = logit.step(&outcomes);
            let next = loop {
                if step.iter().all(|s| s.abs() < PRECISION) {
                    return Ok(logit);
                }
                let next = Self(std::array::from_fn(|a| logit.0[a] + step[a]));
                let better = next.penalised_likelihood(&outcomes);
                if better > fit {
                    break (next, better);
                }
                step.iter_mut().for_each(|s| *s /= 2.0);
            };
            (logit, fit) = next;
        }
        Ok(logit)
    }

    /// The weight of each feature, with its name.
    pub fn weights(&self) -> impl Iterator<Item = (&'static str, f64)> {
        FEATURES.into_iter().zip(self.0)
    }

    /// The probability of each point from 0 to 100; they sum to 1.
    #[must_use]
    pub fn probabilities(&self, scale: &Scale) -> Vec<f64> {
        let scores: Vec<f64> = scale.0.iter().map(|features| dot(&self.0, features)).collect();
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
        let sum: f64 = odds.iter().sum();
        odds.iter().map(|o| o / sum).collect()
    }

    /// The distribution over the scale, as 1000 samples: its quantiles at 0.05 %, 0.15 % … 99.95 %. A point of less than a thousandth may
    /// be missing; for a logarithmic score use [`Logit::probabilities`].
    ///
    /// # Errors
    /// None: there are samples, and all are from 0 to 100.
    pub fn distribution(&self, scale: &Scale) -> Result<Distribution> {
        let points: Vec<f64> = (0..=LAST).map(|k| k as f64).collect();
        quantiles(&points, &self.probabilities(scale))
    }

    fn penalised_likelihood(&self, outcomes: &[(&Scale, usize)]) -> f64 {
        let likelihood: f64 = outcomes.iter().map(|(scale, outcome)| self.probabilities(scale)[*outcome].max(f64::MIN_POSITIVE).ln()).sum();
        likelihood - RIDGE / 2.0 * dot(&self.0, &self.0)
    }

    /// Newton's step: the slope over the curvature, which is the covariance of the features under the model, summed over all
    /// issues, and the ridge.
    fn step(&self, outcomes: &[(&Scale, usize)]) -> Features {
        let mut slope = self.0.map(|weight| -RIDGE * weight);
        let mut curvature: [Features; FEATURES.len()] = std::array::from_fn(|a| std::array::from_fn(|b| if a == b { RIDGE } else { 0.0 }));
        for (scale, outcome) in outcomes {
            let probabilities = self.probabilities(scale);
            let mut mean = Features::default();
            for (features, p) in scale.0.iter().zip(&probabilities) {
                for (mean, feature) in mean.iter_mut().zip(features) {
                    *mean += p * feature;
                }
            }
            for a in 0..FEATURES.len() {
                slope[a] += scale.0[*outcome][a] - mean[a];
            }
            for (features, p) in scale.0.iter().zip(&probabilities) {
                let apart: Features = std::array::from_fn(|a| features[a] - mean[a]);
                for (row, x) in curvature.iter_mut().zip(apart) {
                    for (cell, y) in row.iter_mut().zip(apart) {
                        *cell += p * x * y;
                    }
                }
            }
        }
        solve(curvature, slope)
    }
}

/// A step shorter than this is none.
const PRECISION: f64 = 1e-7;

/// Where an issue with `stands` settles on a scale from 0 to 100, in whole points, with the weights that come with the crate;
/// `reference` is the point at which things stay if nothing is decided, where that is known.
///
/// Fitted to law-making in the European Union, and no more than a first guess elsewhere; the module's page tells its limits.
///
/// # Errors
/// As [`Scale::new`].
pub fn predict(stands: &[Stand], reference: Option<f64>) -> Result<Distribution> {
    Logit::shipped()?.distribution(&Scale::new(stands, reference)?)
}

/// Samples that a distribution over points is told in.
const SAMPLES: usize = 1000;

/// The distribution over `points`, upwards, with `probabilities`, as its quantiles in the middle of equal steps.
pub(super) fn quantiles(points: &[f64], probabilities: &[f64]) -> Result<Distribution> {
    let mut samples = Vec::with_capacity(SAMPLES);
    let mut cumulated = 0.0;
    for (point, probability) in points.iter().zip(probabilities) {
        cumulated += probability;
        let upto = (cumulated * SAMPLES as f64 + 0.5) as usize;
        samples.resize(upto.clamp(samples.len(), SAMPLES), *point);
    }
    if let Some(last) = points.last() {
        samples.resize(SAMPLES, *last);
    }
    Distribution::new(samples)
}

fn dot(a: &Features, b: &Features) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// x of `matrix` x = `right`, by Cholesky's decomposition; the ridge keeps the matrix positive definite.
fn solve(matrix: [Features; FEATURES.len()], right: Features) -> Features {
    let mut root = [Features::default(); FEATURES.len()];
    let mut x = right;
    for a in 0..FEATURES.len() {
        for b in 0..=a {
            let rest = matrix[a][b] - (0..b).map(|c| root[a][c] * root[b][c]).sum::<f64>();
            root[a][b] = if a == b { rest.sqrt() } else { rest / root[b][b] };
        }
        x[a] = (x[a] - (0..a).map(|c| root[a][c] * x[c]).sum::<f64>()) / root[a][a];
    }
    for a in (0..FEATURES.len()).rev() {
        x[a] = (x[a] - (a + 1..FEATURES.len()).map(|c| root[c][a] * x[c]).sum::<f64>()) / root[a][a];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stand(position: f64, salience: f64, influence: f64) -> Stand {
        Stand { position, salience, influence }
    }

    #[test]
    fn the_shipped_weights_are_read() {
        let shipped = Logit::shipped().unwrap();
        assert_eq!(shipped.weights().map(|(name, _)| name).collect::<Vec<_>>(), FEATURES);
        assert!(Logit::read("[weights]\noccupied = 1").unwrap_err().to_string().contains("is missing"));
        let all: String = FEATURES.iter().map(|name| format!("{name} = 1\n")).collect();
        assert_eq!(Logit::read(&format!("[weights]\n{all}more = 2")).unwrap_err().to_string(), "weights.more: there is no such feature");
        assert!(Logit::read("weights = 3").is_err());
    }

    #[test]
    fn without_anything_to_go_by_every_point_is_alike() {
        let scale = Scale::new(&[stand(20.0, 1.0, 1.0)], None).unwrap();
        let even = Logit(Features::default());
        assert!(even.probabilities(&scale).iter().all(|p| (p - 1.0 / 101.0).abs() < 1e-15));
        let d = even.distribution(&scale).unwrap();
        assert_eq!((d.samples().len(), d.quantile(0.0), d.quantile(0.5), d.quantile(1.0)), (1000, 0.0, 50.0, 100.0));
    }

    #[test]
    fn no_other_weights_fit_better() {
        let scales: Vec<Scale> =
            (0..9).map(|i| Scale::new(&[stand(f64::from(i) * 12.0, 0.5, 1.0), stand(100.0 - f64::from(i), 0.9, 2.0)], Some(30.0)).unwrap()).collect();
        let outcomes: Vec<(&Scale, usize)> =
            scales.iter().enumerate().flat_map(|(i, scale)| [(scale, i * 12), (scale, 100 - i), (scale, 30), (scale, 60)]).collect();
        let found = Logit::fit(&outcomes.iter().map(|(scale, k)| (*scale, *k as f64)).collect::<Vec<_>>()).unwrap();
        let best = found.penalised_likelihood(&outcomes);
        for (a, feature) in FEATURES.iter().enumerate() {
            for step in [-0.01, 0.01] {
                let mut other = found;
                other.0[a] += step;
                assert!(other.penalised_likelihood(&outcomes) < best, "{feature} by {step}");
            }
        }
        // Half of the outcomes lay on a position, a quarter on the reference point.
        assert!(found.0[0] > 2.0 && found.0[4] > 2.0, "{found:?}");
    }

    #[test]
    fn odd_input_is_refused_and_odd_data_is_fitted() {
        assert!(predict(&[], None).is_err());
        assert_eq!(predict(&[stand(101.0, 1.0, 1.0)], None).unwrap_err().to_string(), "[0].position: must lie between 0 and 100, is 101");
        assert_eq!(predict(&[stand(1.0, 1.0, 1.0)], Some(-1.0)).unwrap_err().key, "reference");
        assert!(Logit::fit(&[]).is_err());
        let scale = Scale::new(&[stand(50.0, 1.0, 1.0)], None).unwrap();
        assert!(Logit::fit(&[(&scale, f64::NAN)]).is_err());
        assert!(Logit::fit(&[(&scale, 50.0)]).unwrap().weights().all(|(_, w)| w.is_finite()));
    }

    #[test]
    fn without_any_weight_all_count_alike() {
        let none = [stand(10.0, 0.0, 1.0), stand(90.0, 0.0, 5.0)];
        let alike = [stand(10.0, 1.0, 1.0), stand(90.0, 1.0, 1.0)];
        assert_eq!(predict(&none, None), predict(&alike, None));
    }

    fn stands() -> impl Strategy<Value = Vec<Stand>> {
        proptest::collection::vec((0..=100u8, 0..=4u8, 0..=4u8), 1..8)
            .prop_map(|v| v.into_iter().map(|(p, s, i)| stand(f64::from(p), f64::from(s) / 4.0, f64::from(i))).collect())
    }

    proptest! {
        #[test]
        fn turning_the_scale_round_turns_the_forecast_round(stands in stands(), reference in proptest::option::of(0..=100u8)) {
            let reference = reference.map(f64::from);
            let turned: Vec<Stand> = stands.iter().map(|s| stand(100.0 - s.position, s.salience, s.influence)).collect();
            let shipped = Logit::shipped().unwrap();
            let there = shipped.probabilities(&Scale::new(&stands, reference).unwrap());
            let mut back = shipped.probabilities(&Scale::new(&turned, reference.map(|r| 100.0 - r)).unwrap());
            back.reverse();
            prop_assert!((there.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(there.iter().zip(&back).all(|(a, b)| (a - b).abs() < 1e-12));
        }

        #[test]
        fn order_and_unit_of_influence_change_nothing(stands in stands()) {
            let other: Vec<Stand> = stands.iter().rev().map(|s| stand(s.position, s.salience, s.influence * 4.0)).collect();
            let shipped = Logit::shipped().unwrap();
            let (a, b) = (shipped.probabilities(&Scale::new(&stands, None).unwrap()), shipped.probabilities(&Scale::new(&other, None).unwrap()));
            prop_assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-12));
        }

        #[test]
        fn who_gains_influence_gains_probability(low in 0..50u8, high in 51..=100u8, more in 1.0..9.0f64) {
            let at = |influence: f64| {
                let scale = Scale::new(&[stand(f64::from(low), 1.0, influence), stand(f64::from(high), 1.0, 1.0)], None).unwrap();
                Logit::shipped().unwrap().probabilities(&scale)[usize::from(low)]
            };
            prop_assert!(at(1.0 + more) > at(1.0));
        }
    }
}
