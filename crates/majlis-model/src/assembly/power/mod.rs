//! How much a party's weight is worth: indices of voting power, all exact.
//!
//! Shapley–Shubik and Banzhaf come from the multilinear extension of the game (Owen 1972): the chance that a party is pivotal when
//! every other joins with probability t, integrated over t for Shapley–Shubik (a polynomial, so Gauss–Legendre is exact) and at
//! t = 1/2 for Banzhaf. Owen and Banzhaf–Owen do the same on two levels, unions and members. Deegan–Packel and Holler count
//! minimal winning coalitions. Sums are of positive terms only, so rounding stays near 1e-14.

mod minimal;
mod pivot;
mod unions;

pub use minimal::{deegan_packel, holler};
pub use unions::{banzhaf_owen, owen};

use crate::error::{Error, Result};
use crate::quadrature::gauss_legendre;
use pivot::pivotal;
use serde::Serialize;

/// A weighted majority game: a coalition wins if its weights reach the quota.
// Invariant: at least one party, 1 <= quota <= sum of weights, and the tables of its size fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Game {
    quota: usize,
    weights: Vec<usize>,
}

/// The largest product of parties and quota that is worked on.
const LARGEST: usize = 20_000_000;

impl Game {
    /// The game `[quota; weights]`.
    ///
    /// # Errors
    /// If there is no party, the quota is 0 or above the sum of the weights, or the game is too large (parties × quota above
    /// 20 million).
    pub fn new(quota: u64, weights: &[u64]) -> Result<Self> {
        let sum = weights.iter().try_fold(0_u64, |sum, w| sum.checked_add(*w)).ok_or_else(|| Error::new("weights", "are too large"))?;
        if weights.is_empty() {
            return Err(Error::new("weights", "there is none"));
        }
        if quota == 0 || quota > sum {
            return Err(Error::new("quota", format!("must lie between 1 and the sum of the weights, {sum}, is {quota}")));
        }
        match usize::try_from(quota).ok().filter(|q| q.saturating_mul(weights.len()) <= LARGEST) {
            // A weight above the quota wins alone, whatever its size.
            Some(quota) => Ok(Self { quota, weights: weights.iter().map(|w| usize::try_from(*w).unwrap_or(usize::MAX).min(quota)).collect() }),
            None => Err(Error::new("quota", format!("is too large for {} parties; divide quota and weights by a common factor", weights.len()))),
        }
    }

    /// Number of parties.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.weights.len()
    }
}

/// The Shapley–Shubik index (Shapley and Shubik 1954): the share of orders in which each party is the one that makes the coalition
/// win. Sums to 1.
#[must_use]
pub fn shapley_shubik(game: &Game) -> Vec<f64> {
    let mut index = vec![0.0; game.parties()];
    for (t, weight) in gauss_legendre(game.parties().div_ceil(2)) {
        for (share, pivotal) in index.iter_mut().zip(pivotal(game, t)) {
            *share += weight * pivotal;
        }
    }
    index
}

/// The Banzhaf index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Banzhaf {
    /// Share of the coalitions of the others that each party swings, 0–1 (Banzhaf 1965; Dubey and Shapley 1979).
    pub absolute: Vec<f64>,
    /// The same, scaled to sum to 1.
    pub normalised: Vec<f64>,
    /// Coalitions that each party swings; exact up to 2^53.
    pub swings: Vec<f64>,
}

/// The Banzhaf index.
#[must_use]
pub fn banzhaf(game: &Game) -> Banzhaf {
    let absolute = pivotal(game, 0.5);
    let coalitions = (game.parties() as f64 - 1.0).exp2();
    Banzhaf { normalised: normalise(&absolute), swings: absolute.iter().map(|b| b * coalitions).collect(), absolute }
}

/// Scaled to sum to 1. In a game that somebody can win, some value is above 0.
fn normalise(values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter().map(|v| v / sum).collect()
}
