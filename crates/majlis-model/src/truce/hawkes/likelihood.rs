//! The likelihood in one pass over the events.

use super::{Events, Parameters};
use crate::error::Result;

/// Logarithm of the density of the events under the parameters. One pass: what is left of the excitation by each kind decays from
/// event to event (Ozaki 1979).
///
/// # Errors
/// If parameters and events are not of as many kinds.
pub fn log_likelihood(events: &Events, parameters: &Parameters) -> Result<f64> {
    parameters.fits(events)?;
    Ok(density(events, &parameters.background, &parameters.excitation, parameters.decay))
}

/// The same for parameters taken apart; negative infinity where an event is impossible.
pub(super) fn density(events: &Events, background: &[f64], excitation: &[f64], decay: f64) -> f64 {
    let n = background.len();
    let mut left = events.at_start();
    let left = &mut left[..n];
    let mut before = 0.0;
    // Intensities are multiplied up and their logarithm taken when the product leaves the middle of the scale.
    let (mut product, mut sum) = (1.0_f64, 0.0);
    for (time, kind) in events.times.iter().zip(&events.kinds) {
        let fade = (-decay * (time - before)).exp();
        let mut intensity = background[*kind];
        for (left, alpha) in left.iter_mut().zip(&excitation[kind * n..]) {
            *left *= fade;
            intensity += alpha * *left;
        }
        left[*kind] += 1.0;
        before = *time;
        product *= intensity;
        if !(1e-100..1e100).contains(&product) {
            sum += product.ln();
            product = 1.0;
        }
    }
    sum + product.ln() - compensator(events, background, excitation, decay, left, before)
}

/// The intensity of all kinds, integrated to the horizon; `left` is what is left at `last` of one jump for every event of each kind.
fn compensator(events: &Events, background: &[f64], excitation: &[f64], decay: f64, left: &[f64], last: f64) -> f64 {
    let n = background.len();
    let counts = events.counts();
    let fade = (-decay * (events.horizon - last)).exp();
    let spent = |j: usize| (counts[j] - left[j] * fade) / decay;
    let brought: f64 = (0..n).map(|j| spent(j) * (0..n).map(|i| excitation[i * n + j]).sum::<f64>()).sum();
    background.iter().sum::<f64>() * events.horizon + brought
}

/// The log-likelihood and its derivatives by the background rates, the excitations by rows, and the decay, in that order.
///
/// # Errors
/// If parameters and events are not of as many kinds.
pub fn gradient(events: &Events, parameters: &Parameters) -> Result<(f64, Vec<f64>)> {
    parameters.fits(events)?;
    let (n, decay) = (parameters.kinds(), parameters.decay);
    let mut slope = vec![0.0; n + n * n + 1];
    // What is left of one jump for each event of a kind, and that weighed by its age.
    let (mut left, mut aged) = (events.at_start()[..n].to_vec(), vec![0.0; n]);
    let (mut before, mut sum) = (0.0, 0.0);
    for (time, kind) in events.times.iter().zip(&events.kinds) {
        pass(&mut left, &mut aged, time - before, decay);
        let alpha = &parameters.excitation[kind * n..(kind + 1) * n];
        let intensity = parameters.background[*kind] + alpha.iter().zip(&left).map(|(a, l)| a * l).sum::<f64>();
        sum += intensity.ln();
        slope[*kind] += 1.0 / intensity;
        for j in 0..n {
            slope[n + kind * n + j] += left[j] / intensity;
            slope[n + n * n] -= alpha[j] * aged[j] / intensity;
        }
        left[*kind] += 1.0;
        before = *time;
    }
    pass(&mut left, &mut aged, events.horizon - before, decay);
    slope[..n].iter_mut().for_each(|s| *s -= events.horizon);
    sum -= parameters.background.iter().sum::<f64>() * events.horizon;
    let counts = events.counts();
    for j in 0..n {
        let spent = (counts[j] - left[j]) / decay;
        for i in 0..n {
            let alpha = parameters.excitation[i * n + j];
            sum -= alpha * spent;
            slope[n + i * n + j] -= spent;
            slope[n + n * n] -= alpha * (aged[j] - spent) / decay;
        }
    }
    Ok((sum, slope))
}

/// Lets time pass.
fn pass(left: &mut [f64], aged: &mut [f64], time: f64, decay: f64) {
    let fade = (-decay * time).exp();
    for (left, aged) in left.iter_mut().zip(aged) {
        *aged = fade * (*aged + time * *left);
        *left *= fade;
    }
}
