//! How long truces last.
//!
//! The hazard of an ending is λ a day in the exponential model, λ k tᵏ⁻¹ in the Weibull model, and λ ρⁿ after n breaches in the
//! piecewise-exponential one. Given k or ρ, a gamma prior of λ is conjugate: ended truces add to its shape, days (or what they count
//! for) to its rate. k and ρ have log-normal priors and are integrated out by Gauss–Legendre quadrature. A truce in force is a
//! right-censored one; its forecast is conditional on its having held so far. Time is counted in days.

mod breaches;
mod posterior;
mod spell;

pub use posterior::{Holds, Posterior};
pub use spell::Spell;

use crate::error::{Error, Result, number};
use crate::signalling::Assumption;
use crate::signalling::assumption;
use crate::standoff::Truce;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How the hazard of an ending moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// It does not.
    Exponential,
    /// With a power of the truce's age.
    Weibull,
    /// By a factor at every breach.
    Breaches,
}

/// The priors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Days within which half of truces end.
    pub median_days: Assumption,
    /// How many truces on record that is worth.
    pub worth_truces: Assumption,
    /// Shape k of the Weibull model.
    pub shape: LogNormal,
    /// What a breach multiplies the hazard by, ρ.
    pub breach: LogNormal,
    /// Mean days between breaches.
    pub breach_days: Assumption,
}

/// A log-normal prior.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogNormal {
    /// Its median, more than 0.
    pub median: f64,
    /// Standard deviation of the logarithm, more than 0.
    pub spread: f64,
    /// What the number does.
    pub about: String,
    /// What the prior rests on.
    pub rests_on: String,
}

impl Priors {
    /// The priors shipped with the crate, `data/truce.toml`.
    ///
    /// # Errors
    /// If the data is broken; names line and key.
    pub fn shipped() -> Result<Self> {
        Self::read("data/truce.toml", include_str!("../../../data/truce.toml"))
    }

    /// Reads priors from TOML; `name` is what errors call the file.
    ///
    /// # Errors
    /// If the text is no such file or a value is out of range; names line or key.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let priors: Self = assumption::read(name, text)?;
        priors.median_days.between("median_days", 1e-3, 1e6)?;
        priors.worth_truces.between("worth_truces", 1e-3, 1e3)?;
        priors.breach_days.between("breach_days", 1e-3, 1e6)?;
        priors.shape.check("shape")?;
        priors.breach.check("breach")?;
        Ok(priors)
    }
}

impl LogNormal {
    pub(crate) fn check(&self, key: &str) -> Result<()> {
        number(&format!("{key}.median"), self.median, 1e-6, 1e6)?;
        number(&format!("{key}.spread"), self.spread, 1e-3, 10.0).map(drop)
    }
}

/// Days for which a forecast is asked: a week, a month, three months.
pub const HORIZONS: [f64; 3] = [7.0, 30.0, 90.0];

/// Whether a truce holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// The model.
    pub model: Model,
    /// Truces on record that have ended.
    pub ended: usize,
    /// Truces on record, ended or in force. With none the prior speaks alone.
    pub truces: usize,
    /// Whether there is no truce on record, so that the prior speaks alone.
    pub prior_alone: bool,
    /// Days for which the truce has held.
    pub age: f64,
    /// Probability that it holds for each horizon of [`HORIZONS`] more. Breaches, where the model counts them, go on at the rate so far.
    pub holds: Vec<Holds>,
    /// The same if no more breach comes.
    pub if_kept: Vec<Holds>,
    /// Survival curve: the same as `holds`, day by day up to the last horizon.
    pub curve: Vec<Holds>,
}

/// Draws for the forecast of a model with breaches.
const DRAWS: u64 = 4000;

/// Whether the truce called `of` holds, or one made on `date` if `of` is none, from the truces on record up to `date`. An end or a
/// breach after `date` is not known yet. The seed serves only the model with breaches.
///
/// # Errors
/// If there is no such truce, it has ended, or a truce begins after `date`.
pub fn forecast(priors: &Priors, model: Model, truces: &[Truce], of: Option<&str>, date: Date, seed: u64) -> Result<Forecast> {
    let spells = truces.iter().enumerate().map(|(i, t)| Spell::of(t, date).map_err(|e| e.within(&format!("truce[{i}]"))));
    let spells = spells.collect::<Result<Vec<_>>>()?;
    let now = match of {
        None => Spell::new(0.0, false, vec![])?,
        Some(id) => {
            let index = truces.iter().position(|t| t.id == id).ok_or_else(|| Error::new("truce", format!("there is none with the id {id}")))?;
            if spells[index].ended() {
                return Err(Error::new(format!("truce[{index}].until"), format!("{id} has ended")));
            }
            spells[index].clone()
        }
    };
    let posterior = Posterior::new(priors, model, &spells);
    let days: Vec<f64> = (0..=HORIZONS[HORIZONS.len() - 1] as u32).map(f64::from).collect();
    let if_kept = |days: &[f64]| days.iter().map(|d| posterior.holds(&now, *d)).collect::<Result<Vec<_>>>();
    let curve = if model == Model::Breaches { posterior.holds_with_breaches(&now, &days, seed, DRAWS)? } else { if_kept(&days)? };
    Ok(Forecast {
        model,
        ended: spells.iter().filter(|s| s.ended()).count(),
        truces: spells.len(),
        prior_alone: spells.is_empty(),
        age: now.days(),
        holds: HORIZONS.iter().map(|h| curve[*h as usize].clone()).collect(),
        if_kept: if_kept(&HORIZONS)?,
        curve,
    })
}
