//! Simulation by thinning.

use super::{Events, Parameters};
use crate::error::{Error, Result, number};
use crate::streams::Stream;
use rand::RngExt;
use rand_distr::{Distribution, Exp1};

/// Most events that are simulated.
const MOST: usize = 1_000_000;

/// Events after the horizon of `history`, up to `days` later, each with its kind; their times go on from those of the history. By
/// Ogata's thinning (1981): between events the intensity only falls, so that its present value bounds it. After a million events the
/// simulation ends.
///
/// # Errors
/// If history and parameters are not of as many kinds, or `days` is negative or no number.
pub fn simulate(history: &Events, parameters: &Parameters, days: f64, rng: &mut Stream) -> Result<Vec<(f64, usize)>> {
    parameters.fits(history)?;
    number("days", days, 0.0, 1e9)?;
    Ok(Process::after(history, parameters).run(history.horizon, days, rng))
}

/// The events from time 0 up to `days`, with nothing before.
///
/// # Errors
/// If `days` is not more than 0, or more than a million events came about.
pub fn simulate_afresh(parameters: &Parameters, days: f64, rng: &mut Stream) -> Result<Events> {
    number("days", days, f64::MIN_POSITIVE, 1e9)?;
    let events = Process { parameters, left: vec![0.0; parameters.kinds()] }.run(0.0, days, rng);
    if events.len() >= MOST {
        return Err(Error::new("days", format!("more than {MOST} events come about")));
    }
    let (times, kinds) = events.into_iter().unzip();
    Events::new(times, kinds, parameters.kinds(), days)
}

/// The process at one time.
pub(super) struct Process<'a> {
    parameters: &'a Parameters,
    /// What is left of one jump for every event of each kind.
    pub(super) left: Vec<f64>,
}

impl<'a> Process<'a> {
    /// At the horizon of a history.
    pub(super) fn after(history: &Events, parameters: &'a Parameters) -> Self {
        let fade = (-parameters.decay * history.horizon).exp();
        let mut left: Vec<f64> = history.at_start()[..parameters.kinds()].iter().map(|l| l * fade).collect();
        for (time, kind) in history.times.iter().zip(&history.kinds) {
            left[*kind] += (-parameters.decay * (history.horizon - time)).exp();
        }
        Self { parameters, left }
    }

    fn intensity(&self, kind: usize) -> f64 {
        let excited: f64 = self.left.iter().enumerate().map(|(j, l)| self.parameters.excitation(kind, j) * l).sum();
        self.parameters.background[kind] + excited
    }

    /// The intensity of all kinds, integrated over the next `days` if nothing happens.
    pub(super) fn quiet(&self, days: f64) -> f64 {
        let Parameters { background, decay, .. } = self.parameters;
        let excited: f64 = (0..self.left.len()).map(|i| self.intensity(i) - background[i]).sum();
        background.iter().sum::<f64>() * days - excited * (-decay * days).exp_m1() / decay
    }

    fn run(mut self, from: f64, days: f64, rng: &mut Stream) -> Vec<(f64, usize)> {
        let kinds = self.left.len();
        let mut events = Vec::new();
        let mut time = 0.0;
        let mut bound: f64 = (0..kinds).map(|i| self.intensity(i)).sum();
        while events.len() < MOST && bound > 0.0 {
            let wait: f64 = Distribution::<f64>::sample(&Exp1, rng);
            let wait = wait / bound;
            time += wait;
            if time > days {
                break;
            }
            self.left.iter_mut().for_each(|l| *l *= (-self.parameters.decay * wait).exp());
            let mut at = rng.random::<f64>() * bound;
            bound = 0.0;
            let mut kind = None;
            for i in 0..kinds {
                let intensity = self.intensity(i);
                bound += intensity;
                if kind.is_none() && at < intensity {
                    kind = Some(i);
                }
                at -= intensity;
            }
            if let Some(kind) = kind {
                events.push((from + time, kind));
                self.left[kind] += 1.0;
                bound = (0..kinds).map(|i| self.intensity(i)).sum();
            }
        }
        events
    }
}
