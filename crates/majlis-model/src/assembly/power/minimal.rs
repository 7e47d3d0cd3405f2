//! Indices that count minimal winning coalitions: those that lose if any member leaves.
//!
//! With members added from the heaviest down, a coalition is minimal exactly if its last member is the one that takes it to the
//! quota. So the coalitions through each party are counted by one table of ways to come to it and one of ways to go on.

use super::{Game, normalise};
use crate::quadrature::gauss_legendre;

/// The Deegan–Packel index (1978): minimal winning coalitions are equally likely, and share their power equally. Sums to 1.
///
/// The share 1/s of a coalition of size s is the integral of t^(s−1), so that sizes need no table of their own.
#[must_use]
pub fn deegan_packel(game: &Game) -> Vec<f64> {
    let mut index = vec![0.0; game.parties()];
    for (t, weight) in gauss_legendre(game.parties().div_ceil(2)) {
        for (share, counted) in index.iter_mut().zip(Counts::new(game, t).through()) {
            *share += weight * counted / t;
        }
    }
    normalise(&index)
}

/// The public good index (Holler 1982): each party's share of memberships in minimal winning coalitions. Sums to 1.
#[must_use]
pub fn holler(game: &Game) -> Vec<f64> {
    normalise(&Counts::new(game, 1.0).through())
}

/// The number of minimal winning coalitions; exact up to 2^53.
#[must_use]
pub fn minimal_coalitions(game: &Game) -> f64 {
    Counts::new(game, 1.0).onward[0]
}

/// Sums of t^size over coalitions.
struct Counts<'a> {
    game: &'a Game,
    t: f64,
    /// From the heaviest down.
    order: Vec<usize>,
    /// At `k * quota + x`: over the ways to take x to the quota with parties from k on.
    onward: Vec<f64>,
}

impl<'a> Counts<'a> {
    fn new(game: &'a Game, t: f64) -> Self {
        let (n, quota) = (game.parties(), game.quota);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|i| std::cmp::Reverse(game.weights[*i]));
        let mut onward = vec![0.0; (n + 1) * quota];
        for k in (0..n).rev() {
            let weight = game.weights[order[k]];
            for x in 0..quota {
                let with = if x + weight >= quota { 1.0 } else { onward[(k + 1) * quota + x + weight] };
                onward[k * quota + x] = onward[(k + 1) * quota + x] + t * with;
            }
        }
        Self { game, t, order, onward }
    }

    /// For each party, over the minimal winning coalitions that it belongs to.
    fn through(&self) -> Vec<f64> {
        let (n, quota) = (self.game.parties(), self.game.quota);
        let mut so_far = vec![0.0; quota];
        so_far[0] = 1.0;
        let mut counts = vec![0.0; n];
        for (k, &i) in self.order.iter().enumerate() {
            let weight = self.game.weights[i];
            let next = &self.onward[(k + 1) * quota..(k + 2) * quota];
            let reached = |x: usize| if x + weight >= quota { 1.0 } else { next[x + weight] };
            counts[i] = self.t * so_far.iter().enumerate().map(|(x, ways)| ways * reached(x)).sum::<f64>();
            for x in (weight..quota).rev() {
                so_far[x] += self.t * so_far[x - weight];
            }
        }
        counts
    }
}
