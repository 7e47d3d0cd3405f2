//! Attacks that bring on attacks: self- and mutually exciting processes (Hawkes 1971) with an exponential kernel.
//!
//! The intensity of events of kind i at time t is μᵢ + Σ αᵢⱼ e^(−β (t − s)), summed over the events before t, each of kind j at time
//! s. An event of kind j so brings on αᵢⱼ / β events of kind i on the mean; the process stays finite if the largest eigenvalue of
//! these numbers, the branching ratio, is below 1. Time is counted in days.

mod bayes;
mod chains;
mod fit;
mod forecast;
mod likelihood;
mod residual;
mod simulate;

pub use bayes::{Posterior, Priors, Sampling, sample};
pub use fit::{Fit, fit};
pub use forecast::{Ahead, Forecast, Record, forecast};
pub use likelihood::{gradient, log_likelihood};
pub use residual::{Residual, residuals};
pub use simulate::{simulate, simulate_afresh};

use crate::error::{Error, Result, number};
use serde::Serialize;

/// Dated events of one or more kinds, seen from time 0 to the horizon.
// Invariant: times finite, strictly rising, from 0 to the horizon; each kind below the number of kinds, which is 1 to KINDS.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    times: Vec<f64>,
    kinds: Vec<usize>,
    number_of_kinds: usize,
    horizon: f64,
    opening: Option<usize>,
}

/// Most kinds of events.
pub const KINDS: usize = 8;

impl Events {
    /// Events at `times`, in days, of the kinds numbered `kinds`, seen up to `horizon`, which is a millionth of a day or more.
    ///
    /// # Errors
    /// If there is not a kind for each time, a kind is not below `number_of_kinds`, that is not from 1 to 8, times do not strictly rise,
    /// or one lies outside 0 to `horizon`.
    pub fn new(times: Vec<f64>, kinds: Vec<usize>, number_of_kinds: usize, horizon: f64) -> Result<Self> {
        number("horizon", horizon, 1e-6, 1e9)?;
        if !(1..=KINDS).contains(&number_of_kinds) {
            return Err(Error::new("number_of_kinds", format!("must lie between 1 and {KINDS}, is {number_of_kinds}")));
        }
        if kinds.len() != times.len() {
            return Err(Error::new("kinds", format!("there are {} times and {} kinds", times.len(), kinds.len())));
        }
        if let Some(i) = kinds.iter().position(|k| *k >= number_of_kinds) {
            return Err(Error::new(format!("kinds[{i}]"), format!("must be below {number_of_kinds}, is {}", kinds[i])));
        }
        for (i, time) in times.iter().enumerate() {
            number(&format!("times[{i}]"), *time, 0.0, horizon)?;
            if i > 0 && *time <= times[i - 1] {
                return Err(Error::new(format!("times[{i}]"), format!("must be after {}, is {time}", times[i - 1])));
            }
        }
        Ok(Self { times, kinds, number_of_kinds, horizon, opening: None })
    }

    /// Events of a single kind.
    ///
    /// # Errors
    /// As [`Events::new`].
    pub fn of_one_kind(times: Vec<f64>, horizon: f64) -> Result<Self> {
        let kinds = vec![0; times.len()];
        Self::new(times, kinds, 1, horizon)
    }

    /// The same events where one more, of the kind given, opened the record at time 0: it brings on others, but that it came is no
    /// evidence of how often such events come, for without it there would be no record.
    ///
    /// # Errors
    /// If there is no such kind.
    pub fn opened_by(self, kind: usize) -> Result<Self> {
        if kind < self.number_of_kinds {
            return Ok(Self { opening: Some(kind), ..self });
        }
        Err(Error::new("opening", format!("must be below {}, is {kind}", self.number_of_kinds)))
    }

    /// What there is at time 0 of one jump for every event of each kind.
    fn at_start(&self) -> [f64; KINDS] {
        std::array::from_fn(|kind| f64::from(u8::from(self.opening == Some(kind))))
    }

    /// Events of each kind, the opening one among them.
    fn counts(&self) -> [f64; KINDS] {
        let mut counts = self.at_start();
        self.kinds.iter().for_each(|k| counts[*k] += 1.0);
        counts
    }

    /// Their times.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Their kinds.
    #[must_use]
    pub fn kinds(&self) -> &[usize] {
        &self.kinds
    }

    /// How many kinds there can be.
    #[must_use]
    pub fn number_of_kinds(&self) -> usize {
        self.number_of_kinds
    }

    /// The time up to which they were seen.
    #[must_use]
    pub fn horizon(&self) -> f64 {
        self.horizon
    }
}

/// Parameters of the process.
// Invariant: background of one length n, excitation n × n by rows; all finite and 0 or more, decay more than 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameters {
    background: Vec<f64>,
    excitation: Vec<f64>,
    decay: f64,
}

impl Parameters {
    /// `background[i]` is μᵢ, events of kind i a day that nothing brings on; `excitation[i][j]` is αᵢⱼ, by how much an event of kind j
    /// raises the intensity of kind i at once; `decay` is β, the rate a day at which that passes.
    ///
    /// # Errors
    /// If there is no kind or more than 8, the excitation is not square, a number is negative or not finite, or the decay is 0.
    pub fn new(background: Vec<f64>, excitation: &[Vec<f64>], decay: f64) -> Result<Self> {
        let n = background.len();
        if !(1..=KINDS).contains(&n) {
            return Err(Error::new("background", format!("there must be 1 to {KINDS} kinds, are {n}")));
        }
        if excitation.len() != n || excitation.iter().any(|row| row.len() != n) {
            return Err(Error::new("excitation", format!("must have {n} rows of {n}")));
        }
        for (i, mu) in background.iter().enumerate() {
            number(&format!("background[{i}]"), *mu, 0.0, 1e9)?;
        }
        for (i, row) in excitation.iter().enumerate() {
            for (j, alpha) in row.iter().enumerate() {
                number(&format!("excitation[{i}][{j}]"), *alpha, 0.0, 1e9)?;
            }
        }
        number("decay", decay, f64::MIN_POSITIVE, 1e9)?;
        Ok(Self { background, excitation: excitation.concat(), decay })
    }

    /// Number of kinds.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.background.len()
    }

    /// μᵢ: events of kind i a day that nothing brings on.
    #[must_use]
    pub fn background(&self, i: usize) -> f64 {
        self.background[i]
    }

    /// αᵢⱼ: by how much an event of kind j raises the intensity of kind i at once.
    #[must_use]
    pub fn excitation(&self, i: usize, j: usize) -> f64 {
        self.excitation[i * self.kinds() + j]
    }

    /// β: the rate a day at which that passes.
    #[must_use]
    pub fn decay(&self) -> f64 {
        self.decay
    }

    /// Events of kind i that one event of kind j brings on, itself and not through others, on the mean.
    #[must_use]
    pub fn offspring(&self, i: usize, j: usize) -> f64 {
        self.excitation(i, j) / self.decay
    }

    /// The branching ratio: the largest eigenvalue of the offspring. Below 1 the process is stationary; at 1 or above attacks multiply.
    #[must_use]
    pub fn branching_ratio(&self) -> f64 {
        radius(self.excitation.iter().map(|a| a / self.decay).collect(), self.kinds())
    }

    /// Days in which half of what an event brings on has come.
    #[must_use]
    pub fn half_life(&self) -> f64 {
        std::f64::consts::LN_2 / self.decay
    }

    fn fits(&self, events: &Events) -> Result<()> {
        if self.kinds() == events.number_of_kinds {
            return Ok(());
        }
        Err(Error::new("parameters", format!("are of {} kinds, the events of {}", self.kinds(), events.number_of_kinds)))
    }
}

/// Whether that radius is 1 or more. Where every row sums to less, it is not.
fn explodes(offspring: &[f64], n: usize) -> bool {
    offspring.chunks(n).any(|row| row.iter().sum::<f64>() >= 1.0) && radius(offspring.to_vec(), n) >= 1.0
}

/// The spectral radius of a matrix of numbers 0 or more, n × n by rows: the limit of the k-th root of the norm of its k-th power,
/// by squaring.
fn radius(mut power: Vec<f64>, n: usize) -> f64 {
    let (mut log, mut share) = (0.0, 1.0);
    for _ in 0..40 {
        let norm = power.iter().copied().fold(0.0, f64::max);
        if norm == 0.0 {
            return 0.0;
        }
        log += share * norm.ln();
        share /= 2.0;
        let scaled: Vec<f64> = power.iter().map(|x| x / norm).collect();
        power = (0..n * n).map(|k| (0..n).map(|l| scaled[k / n * n + l] * scaled[l * n + k % n]).sum()).collect();
    }
    log.exp()
}

#[cfg(test)]
mod tests {
    use super::radius;

    #[test]
    fn the_radius_is_the_largest_eigenvalue() {
        for (matrix, n, expected) in [
            (vec![0.5], 1, 0.5),
            (vec![0.0, 2.0, 0.5, 0.0], 2, 1.0),
            (vec![0.2, 0.3, 0.4, 0.1], 2, 0.5),
            (vec![0.9, 5.0, 0.0, 0.9], 2, 0.9),
            (vec![0.0, 1.0, 0.0, 0.0], 2, 0.0),
        ] {
            let found = radius(matrix.clone(), n);
            assert!((found - expected).abs() < 1e-9, "{matrix:?} {found}");
        }
    }
}
