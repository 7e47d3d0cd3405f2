//! Whether the process could have made the events.

use super::{Events, Parameters};
use crate::error::Result;
use serde::Serialize;

/// The residuals of one kind of events: by the time-rescaling theorem the compensator between events is exponential of mean 1 if the
/// process is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Residual {
    /// The kind.
    pub kind: usize,
    /// Number of its events.
    pub events: usize,
    /// The compensator at the horizon: how many events were to be expected.
    pub expected: f64,
    /// Kolmogorov–Smirnov distance of the residuals from the exponential distribution; 0 without events.
    pub distance: f64,
    /// Probability of such a distance or more if the process is right (Stephens 1970); too high where the parameters were fitted to the
    /// same events. 1 without events.
    pub p_value: f64,
}

/// The residuals of every kind.
///
/// # Errors
/// If parameters and events are not of as many kinds.
pub fn residuals(events: &Events, parameters: &Parameters) -> Result<Vec<Residual>> {
    parameters.fits(events)?;
    let n = parameters.kinds();
    let mut gaps: Vec<Vec<f64>> = vec![Vec::new(); n];
    // The compensator of each kind since its last event, and what is left of one jump for each event of a kind.
    let (mut since, mut left) = (vec![0.0; n], events.at_start()[..n].to_vec());
    let mut totals = vec![0.0; n];
    let mut before = 0.0;
    let ends = events.times.iter().zip(events.kinds.iter().map(|k| Some(*k))).chain([(&events.horizon, None)]);
    for (time, kind) in ends {
        let wait = time - before;
        let gone = -(-parameters.decay * wait).exp_m1();
        for i in 0..n {
            let excited: f64 = (0..n).map(|j| parameters.excitation(i, j) * left[j]).sum();
            let step = parameters.background[i] * wait + excited * gone / parameters.decay;
            since[i] += step;
            totals[i] += step;
        }
        left.iter_mut().for_each(|l| *l *= 1.0 - gone);
        before = *time;
        if let Some(kind) = kind {
            left[kind] += 1.0;
            gaps[kind].push(std::mem::take(&mut since[kind]));
        }
    }
    let of = |(kind, gaps): (usize, &Vec<f64>)| {
        let distance = distance(gaps);
        Residual { kind, events: gaps.len(), expected: totals[kind], distance, p_value: p_value(distance, gaps.len()) }
    };
    Ok(gaps.iter().enumerate().map(of).collect())
}

/// Kolmogorov–Smirnov distance from the exponential distribution of mean 1.
fn distance(gaps: &[f64]) -> f64 {
    let mut uniform: Vec<f64> = gaps.iter().map(|g| -(-g).exp_m1()).collect();
    uniform.sort_by(f64::total_cmp);
    let n = uniform.len() as f64;
    let off = |(i, u): (usize, &f64)| (u - i as f64 / n).max((i as f64 + 1.0) / n - u);
    uniform.iter().enumerate().map(off).fold(0.0, f64::max)
}

/// P(distance or more) for n residuals, by Kolmogorov's distribution with Stephens's correction.
fn p_value(distance: f64, n: usize) -> f64 {
    let root = (n as f64).sqrt();
    let x = if n == 0 { 0.0 } else { distance * (root + 0.12 + 0.11 / root) };
    if x < 0.2 {
        return 1.0;
    }
    let term = |k: i32| f64::from(if k % 2 == 1 { 2 } else { -2 }) * (-2.0 * f64::from(k * k) * x * x).exp();
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kolmogorov_distribution_is_that_of_the_tables() {
        // Critical values of D for n = 20: 0.294 at 5 %, 0.352 at 1 %.
        assert!((p_value(0.294, 20) - 0.05).abs() < 0.002 && (p_value(0.352, 20) - 0.01).abs() < 0.001);
        assert_eq!((p_value(0.0, 5), p_value(0.0, 0)), (1.0, 1.0));
        assert_eq!(distance(&[]), 0.0);
        assert!((distance(&[std::f64::consts::LN_2]) - 0.5).abs() < 1e-15);
    }
}
