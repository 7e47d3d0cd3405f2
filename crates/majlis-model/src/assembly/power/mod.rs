//! How much a party's weight is worth: indices of voting power, all exact.
//!
//! Shapley–Shubik and Banzhaf come from the multilinear extension of the game (Owen 1972): the chance that a party is pivotal when
//! every other joins with probability t, integrated over t for Shapley–Shubik (a polynomial, so Gauss–Legendre is exact) and at
//! t = 1/2 for Banzhaf. Owen and Banzhaf–Owen do the same on two levels, unions and members. Deegan–Packel and Holler count
//! minimal winning coalitions. Every sum is of positive terms and nothing is taken away again, so values however small keep their
//! digits: against whole-number counting over 100 parties the relative error is below 1e-12.

mod minimal;
mod pivot;
mod table;

pub use minimal::{deegan_packel, holler, minimal_coalitions};
pub use table::{Power, table};

use crate::error::{Error, Result};
use crate::quadrature::gauss_legendre;
use pivot::pivotal;
use serde::Serialize;

/// A weighted majority game: a coalition wins if its weights reach the quota.
// Invariant: 1 to MOST_PARTIES parties, 1 <= quota <= sum of weights <= HEAVIEST, and the tables of its size fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Game {
    pub(super) quota: usize,
    pub(super) weights: Vec<usize>,
}

/// Counts of coalitions, up to 2^500, stay far below the largest number.
const MOST_PARTIES: usize = 500;
/// Sums of weights stay exact in every type used.
const HEAVIEST: u64 = 1 << 53;
/// The largest product of parties and quota that is worked on; the slowest such game takes about ten seconds.
const LARGEST: usize = 5_000_000;

impl Game {
    /// The game `[quota; weights]`.
    ///
    /// # Errors
    /// If there is no party or more than 500, the quota is 0 or above the sum of the weights, the weights sum to more than 2^53, or
    /// parties × quota is above 5 million.
    pub fn new(quota: u64, weights: &[u64]) -> Result<Self> {
        let sum = weights.iter().try_fold(0_u64, |sum, w| sum.checked_add(*w).filter(|sum| *sum <= HEAVIEST));
        let sum = sum.ok_or_else(|| Error::new("weights", "are too large"))?;
        if weights.is_empty() {
            return Err(Error::new("weights", "there is none"));
        }
        if weights.len() > MOST_PARTIES {
            return Err(Error::new("weights", format!("there may be {MOST_PARTIES} parties, there are {}", weights.len())));
        }
        if quota == 0 || quota > sum {
            return Err(Error::new("quota", format!("must lie between 1 and the sum of the weights, {sum}, is {quota}")));
        }
        if quota as usize > LARGEST / weights.len() {
            return Err(Error::new("quota", format!("is too large for {} parties; divide quota and weights by a common factor", weights.len())));
        }
        Ok(Self { quota: quota as usize, weights: weights.iter().map(|w| *w as usize).collect() })
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
    pivotal(game, &together(game), &half(), |members| gauss_legendre(members.div_ceil(2)))
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
    let absolute = pivotal(game, &together(game), &half(), |_| half());
    let coalitions = (game.parties() as f64 - 1.0).exp2();
    Banzhaf { normalised: normalise(&absolute), swings: absolute.iter().map(|b| b * coalitions).collect(), absolute }
}

/// The Owen value (Owen 1977): Shapley–Shubik among the unions, and again within each. `union[i]` names the union of party `i`; a
/// party alone is a union of its own. Sums to 1.
///
/// # Errors
/// If `union` is not as long as the parties are many.
pub fn owen(game: &Game, union: &[usize]) -> Result<Vec<f64>> {
    let unions = union.iter().collect::<std::collections::BTreeSet<_>>().len();
    let rule = |players: usize| gauss_legendre(players.div_ceil(2));
    one_each(game, union).map(|()| pivotal(game, union, &rule(unions), rule))
}

/// The Banzhaf–Owen index (Owen 1981), scaled to sum to 1: Banzhaf among the unions and again within each.
///
/// # Errors
/// If `union` is not as long as the parties are many.
pub fn banzhaf_owen(game: &Game, union: &[usize]) -> Result<Vec<f64>> {
    one_each(game, union).map(|()| normalise(&pivotal(game, union, &half(), |_| half())))
}

fn one_each(game: &Game, union: &[usize]) -> Result<()> {
    if union.len() == game.parties() {
        return Ok(());
    }
    Err(Error::new("union", format!("must name the union of each of the {} parties, names {}", game.parties(), union.len())))
}

/// All parties in one union: no unions at all.
fn together(game: &Game) -> Vec<usize> {
    vec![0; game.parties()]
}

/// Everybody joins or not as a coin falls.
fn half() -> pivot::Rule {
    vec![(0.5, 1.0)]
}

/// Scaled to sum to 1. In a game that somebody can win, some value is above 0.
fn normalise(values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter().map(|v| v / sum).collect()
}
