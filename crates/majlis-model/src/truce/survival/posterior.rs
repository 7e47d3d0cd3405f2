//! What the truces on record say of the hazard.

use super::{LogNormal, Model, Priors, Spell};
use crate::error::{Result, number};
use crate::quadrature::gauss_legendre;
use crate::words::Likelihood;
use serde::Serialize;
use statrs::function::gamma::{gamma_lr, ln_gamma};

/// Probability that a truce holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holds {
    /// For so many days.
    pub days: f64,
    /// The probability: the posterior's mean.
    pub probability: f64,
    /// The interval that holds it with 90 %, as far as the truces on record and the prior tell.
    pub interval: (f64, f64),
    /// In words.
    pub likelihood: Option<Likelihood>,
}

impl Holds {
    pub(super) fn new(days: f64, probability: f64, interval: (f64, f64)) -> Self {
        Self { days, probability, interval, likelihood: Likelihood::of(probability) }
    }
}

/// The posterior: a mixture over the shape parameter of gamma distributions of the rate λ.
///
/// Time is scaled by the prior's unit of days, so that the prior of λ, the expected endings in one unit of a fresh truce, is the same
/// in every model.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    model: Model,
    unit: f64,
    pub(super) components: Vec<Component>,
    log_evidence: f64,
    /// Gamma shape, and rate in days, of the breaches a day.
    pub(super) breach_rate: (f64, f64),
}

/// λ given the shape parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Component {
    pub(super) weight: f64,
    /// k of the Weibull model, ρ of the one with breaches, 1 of the exponential.
    pub(super) parameter: f64,
    /// Shape of the gamma distribution.
    pub(super) endings: f64,
    /// Its rate.
    pub(super) exposure: f64,
}

/// Nodes of the quadrature over the shape parameter.
const NODES: usize = 48;
/// Share left outside on either side of an interval.
const TAIL: f64 = 0.05;

impl Posterior {
    /// The posterior of a model after these truces; the prior if there is none.
    #[must_use]
    pub fn new(priors: &Priors, model: Model, spells: &[Spell]) -> Self {
        let worth = priors.worth_truces.value.mode();
        // Half of truces end within the median: (b / (b + median)) to the power of the worth is a half.
        let unit = priors.median_days.value.mode() / (2.0_f64.powf(1.0 / worth) - 1.0);
        let ended = spells.iter().filter(|s| s.ended()).count() as f64;
        let component = |parameter: f64| {
            let (log_jacobian, exposure) = match model {
                Model::Exponential => (0.0, spells.iter().map(|s| s.days() / unit).sum::<f64>()),
                Model::Weibull => {
                    let logs: f64 = spells.iter().filter(|s| s.ended()).map(|s| (s.days() / unit).ln()).sum();
                    (ended * parameter.ln() + (parameter - 1.0) * logs, spells.iter().map(|s| (s.days() / unit).powf(parameter)).sum())
                }
                Model::Breaches => {
                    let borne: i32 = spells.iter().filter(|s| s.ended()).map(Spell::borne).sum();
                    (f64::from(borne) * parameter.ln(), spells.iter().map(|s| s.counted(parameter) / unit).sum())
                }
            };
            let (endings, exposure) = (worth + ended, 1.0 + exposure);
            let log_marginal = log_jacobian + ln_gamma(endings) - ln_gamma(worth) - endings * exposure.ln() - ended * unit.ln();
            (Component { weight: 1.0, parameter, endings, exposure }, log_marginal)
        };
        let (components, log_evidence) = match model {
            Model::Exponential => {
                let (component, log_marginal) = component(1.0);
                (vec![component], log_marginal)
            }
            Model::Weibull => mixture(&priors.shape, component),
            Model::Breaches => mixture(&priors.breach, component),
        };
        let breaches: usize = spells.iter().map(|s| s.breaches().len()).sum();
        let breach_rate = (1.0 + breaches as f64, priors.breach_days.value.mode() + spells.iter().map(Spell::days).sum::<f64>());
        Self { model, unit, components, log_evidence, breach_rate }
    }

    /// Logarithm of the probability density of the truces' lengths under the model and its prior: the model with the greater one is the
    /// better supported.
    #[must_use]
    pub fn log_evidence(&self) -> f64 {
        self.log_evidence
    }

    /// Probability that a truce which is as `now` holds for `days` more, if no more breach comes. Exact: the interval too is that of
    /// the posterior, not of a sample. That it has held so far says something of the rate too: `now` should be among the truces
    /// on record.
    ///
    /// # Errors
    /// If `days` is negative or no number.
    pub fn holds(&self, now: &Spell, days: f64) -> Result<Holds> {
        number("days", days, 0.0, 1e7)?;
        let parts: Vec<(Component, f64)> = self.components.iter().map(|c| (*c, self.ahead(now, days, c.parameter))).collect();
        // E exp(−λ x) over a gamma distribution.
        let mean = parts.iter().map(|(c, x)| c.weight * (-c.endings * (x / c.exposure).ln_1p()).exp()).sum::<f64>();
        // P(exp(−λ x) ≤ s) = P(λ ≥ −ln s / x).
        let below = |s: f64| {
            let least = |x: f64| if x > 0.0 { -s.ln() / x } else { f64::INFINITY };
            parts.iter().map(|(c, x)| c.weight * (1.0 - gamma_cdf(c.endings, c.exposure * least(*x)))).sum::<f64>()
        };
        Ok(Holds::new(days, mean.clamp(0.0, 1.0), (quantile(below, TAIL), quantile(below, 1.0 - TAIL))))
    }

    /// What the next `days` count for, in units of the prior, at the age and after the breaches of `now`.
    fn ahead(&self, now: &Spell, days: f64, parameter: f64) -> f64 {
        match self.model {
            Model::Exponential => days / self.unit,
            Model::Weibull => ((now.days() + days) / self.unit).powf(parameter) - (now.days() / self.unit).powf(parameter),
            Model::Breaches => days / self.unit * self.step(now, parameter),
        }
    }

    /// How many times the hazard of a fresh truce it has now.
    fn step(&self, now: &Spell, parameter: f64) -> f64 {
        parameter.powi(now.breaches().len() as i32).min(1e200)
    }

    /// Hazard a day under a rate and a parameter, at the present breaches.
    pub(super) fn hazard(&self, now: &Spell, rate: f64, parameter: f64) -> f64 {
        rate / self.unit * self.step(now, parameter)
    }
}

/// The components over a log-normal prior, and the logarithm of what they sum to. The quadrature closes in on where the posterior lies.
fn mixture(prior: &LogNormal, component: impl Fn(f64) -> (Component, f64)) -> (Vec<Component>, f64) {
    let rule = gauss_legendre(NODES);
    let (mut low, mut high) = (-6.0, 6.0);
    for round in 0.. {
        let weighed = |(x, w): &(f64, f64)| {
            let z = low + x * (high - low);
            let (component, log_marginal) = component(prior.median * (prior.spread * z).exp());
            (z, component, log_marginal - z * z / 2.0 + (w * (high - low)).ln() - std::f64::consts::TAU.ln() / 2.0)
        };
        let all: Vec<(f64, Component, f64)> = rule.iter().map(weighed).collect();
        let top = all.iter().map(|(.., l)| *l).fold(f64::NEG_INFINITY, f64::max);
        let kept: Vec<_> = all.iter().filter(|(.., l)| *l > top - 35.0).collect();
        let (from, to) = kept.iter().fold((high, low), |(from, to), (z, ..)| (z.min(from), z.max(to)));
        let margin = 2.0 * (high - low) / NODES as f64;
        let (narrow_low, narrow_high) = ((from - margin).max(low), (to + margin).min(high));
        if round < 6 && narrow_high - narrow_low < 0.8 * (high - low) {
            (low, high) = (narrow_low, narrow_high);
            continue;
        }
        let sum: f64 = kept.iter().map(|(.., l)| (l - top).exp()).sum();
        return (kept.iter().map(|(_, c, l)| Component { weight: (l - top).exp() / sum, ..*c }).collect(), top + sum.ln());
    }
    (vec![], 0.0)
}

/// P(X ≤ x) of a gamma distribution of rate 1.
fn gamma_cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x.is_finite() {
        gamma_lr(shape, x)
    } else {
        1.0
    }
}

/// The s between 0 and 1 up to which `below` holds a share `p`, to within a millionth.
fn quantile(below: impl Fn(f64) -> f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        if below(middle) < p { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
