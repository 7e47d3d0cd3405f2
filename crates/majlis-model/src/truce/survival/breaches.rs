//! Whether a truce holds while breaches go on.

use super::{Holds, Posterior, Spell};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::streams::{Stream, Streams};
use rand::RngExt;
use rand_distr::Distribution as _;

/// Breaches ahead beyond which no more are counted.
const MOST: usize = 60;

impl Posterior {
    /// Probability that a truce which is as `now` holds for each of `days` more, whole days upwards, while breaches go on at the
    /// rate of the truces on record, each multiplying the hazard. Every draw takes its rates from the posterior and follows the truce day
    /// by day; the interval is over the draws.
    ///
    /// # Errors
    /// If there is no draw, or a number of days is no whole number from 0 to 100,000.
    pub fn holds_with_breaches(&self, now: &Spell, days: &[f64], seed: u64, draws: u64) -> Result<Vec<Holds>> {
        for (i, day) in days.iter().enumerate() {
            if !(0.0..=1e5).contains(day) || day.fract() != 0.0 {
                return Err(Error::new(format!("days[{i}]"), format!("must be a whole number from 0 to 100000, is {day}")));
            }
        }
        let last = days.iter().copied().fold(0.0, f64::max) as usize;
        let curves = Streams::new(seed).map(draws, |_, rng| self.curve(now, last, rng));
        let over = |day: f64| {
            let held = Distribution::new(curves.iter().map(|c| c[day as usize]).collect()).map_err(|e| e.within("draws"))?;
            Ok(Holds::new(day, held.mean(), held.interval(0.9)))
        };
        days.iter().map(|day| over(*day)).collect()
    }

    /// The survival curve of one draw, day by day. Within a day the hazard is that of its beginning; one breach a day at most.
    fn curve(&self, now: &Spell, last: usize, rng: &mut Stream) -> Vec<f64> {
        let mut at: f64 = rng.random();
        let of = self.components.iter().find(|c| {
            at -= c.weight;
            at < 0.0
        });
        let Some(of) = of.or(self.components.last()) else { return vec![1.0; last + 1] };
        let gamma = |shape: f64, rate: f64, rng: &mut Stream| rand_distr::Gamma::new(shape, 1.0 / rate).map_or(shape / rate, |g| g.sample(rng));
        let rate = gamma(of.endings, of.exposure, rng);
        let broken = -(-gamma(self.breach_rate.0, self.breach_rate.1, rng)).exp_m1();
        let hazard = self.hazard(now, rate, of.parameter);
        let survives: Vec<f64> = (0..=MOST).map(|n| (-(hazard.ln() + n as f64 * of.parameter.ln()).exp()).exp()).collect();
        // The probability of holding so far with n more breaches.
        let mut held = vec![0.0; MOST + 1];
        held[0] = 1.0;
        let mut curve = vec![1.0];
        for day in 1..=last {
            for n in (0..=MOST.min(day)).rev() {
                let stays = if n < MOST { 1.0 - broken } else { 1.0 };
                let comes = if n > 0 { held[n - 1] * survives[n - 1] * broken } else { 0.0 };
                held[n] = held[n] * survives[n] * stays + comes;
            }
            curve.push(held.iter().sum::<f64>().clamp(0.0, 1.0));
        }
        curve
    }
}
