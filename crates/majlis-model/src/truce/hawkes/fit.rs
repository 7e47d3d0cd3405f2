//! Maximum likelihood.

use super::{Events, Parameters, gradient, log_likelihood};
use crate::error::{Error, Result};
use crate::signalling::linear::solve;
use serde::Serialize;

/// The most likely process.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// Its parameters.
    pub parameters: Parameters,
    /// Its log-likelihood.
    pub log_likelihood: f64,
    /// That of the most likely process in which nothing brings on anything.
    pub without_excitation: f64,
    /// Whether the likelihood still rises at the fastest or slowest decay that was tried: the events do not tell it.
    pub decay_at_bound: bool,
}

/// Decays tried before the search closes in.
const GRID: usize = 40;

/// The most likely process, by profile likelihood: for a given decay the likelihood is concave in all other parameters and falls
/// apart by kind, and is maximised by Newton's method on those that are not 0; the decay is searched on a grid from a tenth of the
/// horizon's rate to five times the shortest gap's, and then by bisecting the derivative. So no starting point is needed, and no
/// better maximum is overlooked but one narrower than the grid. With few events the maximum may lie far from the truth; see
/// [`sample`](super::sample).
///
/// # Errors
/// If there is no event.
pub fn fit(events: &Events) -> Result<Fit> {
    if events.times.is_empty() {
        return Err(Error::new("events", "there is none"));
    }
    let gap = events.times.windows(2).map(|w| w[1] - w[0]).fold(events.horizon, f64::min);
    let (slowest, fastest) = ((0.1 / events.horizon).ln(), (5.0 / gap).min(1e9).ln());
    let at = |log: f64| -> Result<(Parameters, f64)> {
        let parameters = given_decay(events, log.exp());
        log_likelihood(events, &parameters).map(|l| (parameters, l))
    };
    let logs: Vec<f64> = (0..GRID).map(|k| slowest + (fastest - slowest) * k as f64 / (GRID - 1) as f64).collect();
    let (mut best, mut found) = (0, at(logs[0])?);
    for (k, log) in logs.iter().enumerate().skip(1) {
        let tried = at(*log)?;
        if tried.1 > found.1 {
            (best, found) = (k, tried);
        }
    }
    let excites = found.0.excitation.iter().any(|a| *a > 0.0);
    let rises = |parameters: &Parameters| gradient(events, parameters).map(|(_, slope)| slope[slope.len() - 1] > 0.0);
    let (mut low, mut high) = (logs[best.saturating_sub(1)], logs[(best + 1).min(GRID - 1)]);
    for _ in 0..48 {
        let middle = (low + high) / 2.0;
        let tried = at(middle)?;
        if rises(&tried.0)? {
            low = middle;
        } else {
            high = middle;
        }
        if tried.1 > found.1 {
            found = tried;
        }
    }
    let log = found.0.decay.ln();
    let (parameters, log_likelihood) = found;
    let still = Parameters { excitation: vec![0.0; parameters.excitation.len()], background: rates(events), decay: parameters.decay };
    Ok(Fit {
        without_excitation: super::log_likelihood(events, &still)?,
        decay_at_bound: excites && (log - slowest < 1e-6 || fastest - log < 1e-6),
        parameters,
        log_likelihood,
    })
}

/// Events of each kind a day.
fn rates(events: &Events) -> Vec<f64> {
    (0..events.number_of_kinds).map(|i| events.kinds.iter().filter(|k| **k == i).count() as f64 / events.horizon).collect()
}

/// The most likely parameters under a decay.
fn given_decay(events: &Events, decay: f64) -> Parameters {
    let n = events.number_of_kinds;
    // What acts on each event: 1 for the background, and what is left of a jump for each event of each kind.
    let mut acting: Vec<Vec<Vec<f64>>> = vec![Vec::new(); n];
    let mut left = events.at_start()[..n].to_vec();
    let mut before = 0.0;
    for (time, kind) in events.times.iter().zip(&events.kinds) {
        let fade = (-decay * (time - before)).exp();
        left.iter_mut().for_each(|l| *l *= fade);
        acting[*kind].push(std::iter::once(1.0).chain(left.iter().copied()).collect());
        left[*kind] += 1.0;
        before = *time;
    }
    let fade = (-decay * (events.horizon - before)).exp();
    let counts = events.counts();
    let costs: Vec<f64> = std::iter::once(events.horizon).chain((0..n).map(|j| (counts[j] - left[j] * fade) / decay)).collect();
    let weights: Vec<Vec<f64>> = acting.iter().map(|rows| concave(rows, &costs)).collect();
    Parameters { background: weights.iter().map(|w| w[0]).collect(), excitation: weights.iter().flat_map(|w| w[1..].to_vec()).collect(), decay }
}

/// The weights w, 0 or more, that maximise Σ ln(w · x) − w · c over the rows x: projected Newton's method, with a step of expectation
/// maximisation, which never does harm, where a Newton step fails.
fn concave(rows: &[Vec<f64>], costs: &[f64]) -> Vec<f64> {
    let m = costs.len();
    if rows.is_empty() {
        return vec![0.0; m];
    }
    let used: Vec<bool> = (0..m).map(|j| costs[j] > 0.0 && rows.iter().any(|x| x[j] > 0.0)).collect();
    let share = rows.len() as f64 / used.iter().filter(|u| **u).count() as f64;
    let mut weights: Vec<f64> = (0..m).map(|j| if used[j] { share / costs[j] } else { 0.0 }).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let value = |w: &[f64]| rows.iter().map(|x| dot(w, x).ln()).sum::<f64>() - dot(w, costs);
    let mut reached = value(&weights);
    for _ in 0..200 {
        let (mut slope, mut curve) = (vec![0.0; m], vec![vec![0.0; m]; m]);
        for x in rows {
            let intensity = dot(&weights, x);
            for j in 0..m {
                let pull = x[j] / intensity;
                slope[j] += pull;
                (0..=j).for_each(|k| curve[j][k] += pull * x[k] / intensity);
            }
        }
        let gains: Vec<f64> = (0..m).map(|j| slope[j] - costs[j]).collect();
        let free: Vec<usize> = (0..m).filter(|j| used[*j] && (weights[*j] > 0.0 || gains[*j] > 0.0)).collect();
        // Each weight times its slope is what would still be gained, in logarithms of the likelihood.
        let open = |j: &usize| gains[*j].abs() * weights[*j].max(1e-12 / costs[*j]);
        if free.iter().all(|j| open(j) <= 1e-9 * rows.len() as f64) {
            break;
        }
        let system = free.iter().map(|j| free.iter().map(|k| curve[*j.max(k)][*j.min(k)]).collect()).collect();
        let step = solve(system, free.iter().map(|j| gains[*j]).collect());
        let newton = step.and_then(|step| {
            (0..12).map(|halvings| 0.5_f64.powi(halvings)).find_map(|length| {
                let mut next = weights.clone();
                free.iter().zip(&step).for_each(|(j, s)| next[*j] = (next[*j] + length * s).max(0.0));
                let value = value(&next);
                (value > reached).then_some((next, value))
            })
        });
        let (next, value) = newton.unwrap_or_else(|| {
            let next: Vec<f64> = (0..m).map(|j| if used[j] { weights[j] * slope[j] / costs[j] } else { 0.0 }).collect();
            let value = value(&next);
            (next, value)
        });
        if value <= reached {
            break;
        }
        (weights, reached) = (next, value);
    }
    weights
}
