//! Who takes on whom.

use super::record::Challenge;
use super::settings::{Settings, ThirdParties};
use super::state::{Views, worth};
use super::{Actor, CLEARLY};
use crate::bargain::condorcet::{Response, sides};

/// Each actor's best challenge, if it gains by any.
pub(super) fn all(actors: &[Actor], influence: &[f64], views: &Views, settings: &Settings) -> Vec<Challenge> {
    let attention: Vec<f64> = actors.iter().map(Actor::attention).collect();
    let weight: Vec<f64> = influence.iter().zip(&attention).map(|(c, s)| c * s).collect();
    let observer = |h: usize| Observer {
        views,
        risk: views.risk.iter().map(|r| settings.risk_seen.seen(views.risk[h], *r)).collect(),
        weight: &weight,
        attention: &attention,
        settings,
    };
    let best = |i: usize| {
        let own = observer(i);
        let mut best: Option<(usize, f64, f64)> = None;
        for j in (0..actors.len()).filter(|j| *j != i) {
            let probability = own.probability(i, j);
            let gain = own.gain(i, i, j, probability);
            if gain > best.map_or(WORTHWHILE, |(_, _, gain)| gain + CLEARLY) {
                best = Some((j, probability, gain));
            }
        }
        let (j, probability, gain) = best?;
        let other = observer(j);
        let target_probability = other.probability(i, j);
        Some(Challenge { by: i, to: j, probability, gain, target_probability, target_gain: other.gain(j, i, j, target_probability) })
    };
    (0..actors.len()).filter_map(best).collect()
}

/// No actor challenges for less.
const WORTHWHILE: f64 = 1e-5;

/// The strength of a coalition that nobody joins, as a share of the strongest actor's influence.
const WEAKEST: f64 = 1e-12;

/// Challenges as one actor sees them.
struct Observer<'a> {
    views: &'a Views,
    /// What it takes each actor's risk attitude for.
    risk: Vec<f64>,
    weight: &'a [f64],
    attention: &'a [f64],
    settings: &'a Settings,
}

impl Observer<'_> {
    /// What j's position is worth to k.
    fn utility(&self, k: usize, j: usize) -> f64 {
        worth(self.views.distance[j][k], self.risk[k])
    }

    /// The probability that i defeats j. The two throw in what they stand to win or lose; each third party looks at the contest of
    /// the two and itself, and joins the side on which it expects more.
    fn probability(&self, i: usize, j: usize) -> f64 {
        let vote = self.settings.rules.vote.response();
        let for_i = WEAKEST + self.weight[i] * vote.to(1.0 - self.utility(i, j));
        let for_j = WEAKEST - self.weight[j] * vote.to(self.utility(j, i) - 1.0);
        let (with_i, with_j) = match self.settings.third_parties {
            ThirdParties::StayOut => (for_i, for_j),
            ThirdParties::Join => self.joined(i, j, for_i, for_j, vote),
        };
        with_i / (with_i + with_j)
    }

    /// The strengths of both sides once the third parties have joined.
    fn joined(&self, i: usize, j: usize, for_i: f64, for_j: f64, vote: Response) -> (f64, f64) {
        let distances = self.views.distance[i].iter().zip(&self.views.distance[j]);
        let third_parties = self.weight.iter().zip(&self.risk).zip(distances);
        let mut joins: Vec<f64> = third_parties
            .map(|((weight, risk), (to_i, to_j))| {
                let (of_i, of_j) = (worth(*to_i, *risk), worth(*to_j, *risk));
                let lean = weight * vote.to(of_i - of_j);
                let (small_i, small_j) = (for_i + lean.max(0.0), for_j - lean.min(0.0));
                let i_wins = small_i / (small_i + small_j);
                // With i it keeps its own position, worth 1, if i wins; with j if j wins. All else is the same on both sides.
                weight * vote.to(i_wins * (1.0 - of_i) - (1.0 - i_wins) * (1.0 - of_j))
            })
            .collect();
        (joins[i], joins[j]) = (0.0, 0.0);
        sides(&joins, for_i, for_j)
    }

    /// What k gains if i challenges j and wins with `probability`. A target yields without a contest as far as it does not care.
    fn gain(&self, k: usize, i: usize, j: usize, probability: f64) -> f64 {
        let (of_i, of_j) = (self.utility(k, i), self.utility(k, j));
        let contest = probability * 2.0 * of_i + (1.0 - probability) * 2.0 * of_j;
        let resists = self.attention[j];
        (1.0 - resists) * 2.0 * of_i + resists * contest - (of_i + of_j)
    }
}
