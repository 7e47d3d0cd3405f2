//! What actors make of one another's positions.

use super::Actor;
use super::record::State;
use super::settings::Settings;
use crate::bargain::condorcet;

/// How far positions are from one another in every actor's eyes, and what follows for its risk attitude and utilities.
pub(super) struct Views {
    /// `distance[j][i]`: how far j's position is from i's, as i feels it, as a share of the scale.
    pub(super) distance: Vec<Vec<f64>>,
    /// Each actor's risk attitude.
    pub(super) risk: Vec<f64>,
    /// `utility[j][i]`: what j's position is worth to i, 0–1.
    pub(super) utility: Vec<Vec<f64>>,
}

impl Views {
    pub(super) fn of(actors: &[Actor], influence: &[f64], settings: &Settings) -> Self {
        let distance: Vec<Vec<f64>> = actors.iter().map(|j| actors.iter().map(|i| felt(i, &j.position)).collect()).collect();
        let neutral: Vec<Vec<f64>> = distance.iter().map(|row| row.iter().map(|d| worth(*d, 0.0)).collect()).collect();
        let risk = risks(&condorcet::ballot(influence, &neutral, &settings.rules).probabilities, settings.risk_range.lowest());
        let utility = distance.iter().map(|row| row.iter().zip(&risk).map(|(d, r)| worth(*d, *r)).collect()).collect();
        Self { distance, risk, utility }
    }

    /// The state for the record.
    pub(super) fn state(&self, actors: &[Actor], influence: &[f64], settings: &Settings) -> State {
        let mut distinct: Vec<usize> = Vec::new();
        let mut held = Vec::new();
        for (i, actor) in actors.iter().enumerate() {
            let same = distinct.iter().position(|j| apart(&actors[*j].position, &actor.position) < SAME_POSITION);
            held.push(same.unwrap_or_else(|| {
                distinct.push(i);
                distinct.len() - 1
            }));
        }
        let options: Vec<Vec<f64>> = distinct.iter().map(|j| self.utility[*j].clone()).collect();
        let won = condorcet::ballot(influence, &options, &settings.rules).probabilities;
        let outcome = |d: usize| distinct.iter().zip(&won).map(|(j, p)| actors[*j].position[d] * p).sum::<f64>().clamp(0.0, 100.0);
        State {
            positions: actors.iter().map(|a| a.position.clone()).collect(),
            risks: self.risk.clone(),
            probabilities: held.iter().map(|h| won[*h]).collect(),
            outcome: (0..actors[0].position.len()).map(outcome).collect(),
            distinct,
        }
    }
}

/// Positions nearer than this, in points of the scale, are one.
const SAME_POSITION: f64 = 0.1;

/// The Euclidean distance of two positions, in points of the scale.
pub(super) fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// How far a position is from an actor's, each dimension weighed by its salience; as a share of the scale, 0–1. An actor that cares
/// about nothing sees no distance.
pub(super) fn felt(actor: &Actor, position: &[f64]) -> f64 {
    let (mut squares, mut weights) = (0.0, 0.0);
    for ((a, b), s) in actor.position.iter().zip(position).zip(&actor.salience) {
        squares += ((a - b) / 100.0 * s).powi(2);
        weights += s * s;
    }
    if weights > 0.0 { (squares / weights).sqrt().min(1.0) } else { 0.0 }
}

/// What a position at a distance is worth under a risk attitude, 0–1.
pub(super) fn worth(distance: f64, risk: f64) -> f64 {
    (1.0 - distance) * (1.0 + distance * risk)
}

/// Risk attitudes from how likely each actor's position is to win: `lowest` for the least likely, 1 for the likeliest. Where all are
/// equally likely nothing can be told, and all are neutral.
fn risks(probabilities: &[f64], lowest: f64) -> Vec<f64> {
    let least = probabilities.iter().copied().fold(1.0, f64::min);
    let most = probabilities.iter().copied().fold(0.0, f64::max);
    if most - least < EQUALLY_LIKELY {
        return vec![0.0; probabilities.len()];
    }
    probabilities.iter().map(|p| (lowest + (1.0 - lowest) * (p - least) / (most - least)).min(1.0)).collect()
}

/// Differences of probability below this are rounding.
const EQUALLY_LIKELY: f64 = 1e-9;
