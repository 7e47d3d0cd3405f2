//! The compromises that challenges lead to, and which of them actors take.

use super::record::{Challenge, Decision, Offer};
use super::settings::{Compromise, Offers, Settings};
use super::state::{Views, felt, worth};
use super::{Actor, CLEARLY};
use crate::bargain::condorcet;

/// The offers of all challenges.
pub(super) fn all(actors: &[Actor], influence: &[f64], challenges: &[Challenge], settings: &Settings) -> Vec<Offer> {
    let mut offers = Vec::new();
    for challenge in challenges {
        let (i, j) = (&actors[challenge.by], &actors[challenge.to]);
        let at = |probability: f64| {
            let meet = |d: usize| settings.compromise.meet((i.position[d], i.salience[d], probability), (j.position[d], j.salience[d], 1.0 - probability));
            let (by_position, to_position) = (0..i.position.len()).map(meet).unzip();
            Offer { by: challenge.by, to: challenge.to, by_position, to_position }
        };
        let as_challenger = at(challenge.probability);
        match settings.offers {
            Offers::Challenger => offers.push(as_challenger),
            Offers::Both => offers.extend([as_challenger, at(challenge.target_probability)]),
            Offers::Weighted => {
                let as_target = at(challenge.target_probability);
                let (w, v) = (influence[challenge.by] * i.attention(), influence[challenge.to] * j.attention());
                let share = if w + v > 0.0 { w / (w + v) } else { 0.5 };
                let mean = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| share * a + (1.0 - share) * b).collect();
                offers.push(Offer {
                    by_position: mean(&as_challenger.by_position, &as_target.by_position),
                    to_position: mean(&as_challenger.to_position, &as_target.to_position),
                    ..as_challenger
                });
            }
        }
    }
    offers
}

impl Compromise {
    /// Where two parties with position, salience and probability of victory meet in one dimension: the challenger's place and the
    /// target's, which differ only where neither has any weight.
    fn meet(self, (x, s, p): (f64, f64, f64), (y, t, q): (f64, f64, f64)) -> (f64, f64) {
        let by_weight = |v: f64, w: f64| {
            let total = v + w + SLIGHT;
            (hundredth(((v + SLIGHT) * x + w * y) / total), hundredth((v * x + (w + SLIGHT) * y) / total))
        };
        match self {
            Self::Plain => by_weight(s * p, t * q),
            Self::Squared => by_weight((s * p).powi(2), (t * q).powi(2)),
            Self::LoserMoves => {
                let (s, t) = (s * s, t * t);
                let moves = |behind: f64, own: f64, others: f64| behind * others / (behind * others + SLIGHT + (1.0 - behind) * own);
                let (i, j) = (moves((q - p).max(0.0), s, t), moves((p - q).max(0.0), t, s));
                (x + i * (y - x), y + j * (x - y))
            }
        }
    }
}

/// A weight that keeps each party where it is if neither has any.
const SLIGHT: f64 = 1e-6;

/// Rounded to a hundredth of a point, so that the two parties to a compromise stand at one position.
fn hundredth(x: f64) -> f64 {
    (x * 100.0 + 0.5).floor() / 100.0
}

/// What each actor does. An option's worth to any actor is the mean worth of all positions once it is carried out; the options of
/// one actor are put to the vote of all. `draw` gives a uniform number where the choice is drawn.
pub(super) fn decide(
    actors: &[Actor],
    influence: &[f64],
    views: &Views,
    offers: &[Offer],
    settings: &Settings,
    mut draw: impl FnMut() -> Option<f64>,
) -> Vec<Decision> {
    let n = actors.len() as f64;
    let everybody = || 0..actors.len();
    let status_quo: Vec<f64> = everybody().map(|a| views.utility.iter().map(|row| row[a]).sum::<f64>() / n).collect();
    let worth_of = |a: usize, position: &[f64]| worth(felt(&actors[a], position), views.risk[a]);
    let change = |a: usize, o: &Offer| worth_of(a, &o.by_position) + worth_of(a, &o.to_position) - views.utility[o.by][a] - views.utility[o.to][a];
    let carried_out: Vec<Vec<f64>> = offers.iter().map(|o| everybody().map(|a| status_quo[a] + change(a, o) / n).collect()).collect();
    let decide = |actor: usize| {
        let open: Vec<usize> = (0..offers.len()).filter(|o| offers[*o].by == actor || offers[*o].to == actor).collect();
        let options: Vec<Vec<f64>> = std::iter::once(&status_quo).chain(open.iter().map(|o| &carried_out[*o])).cloned().collect();
        let probabilities = condorcet::ballot(influence, &options, &settings.rules).probabilities;
        let picked = match draw() {
            None => likeliest(&probabilities),
            Some(u) => drawn(&probabilities, u),
        };
        Decision { actor, chosen: picked.checked_sub(1).map(|o| open[o]), offers: open, probabilities }
    };
    everybody().map(decide).collect()
}

/// The first of those that no other clearly exceeds.
fn likeliest(probabilities: &[f64]) -> usize {
    let mut best = 0;
    for (i, p) in probabilities.iter().enumerate() {
        if *p > probabilities[best] + CLEARLY {
            best = i;
        }
    }
    best
}

/// The option in whose share `u` falls.
fn drawn(probabilities: &[f64], u: f64) -> usize {
    let mut below = 0.0;
    let falls = |p: &f64| {
        below += p;
        u < below
    };
    probabilities.iter().position(falls).unwrap_or(probabilities.len() - 1)
}
