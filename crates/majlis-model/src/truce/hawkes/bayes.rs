//! The posterior of the process.

use super::{Events, Parameters, chains, explodes, likelihood};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::signalling::assumption;
use crate::streams::{Stream, Streams};
use crate::truce::survival::LogNormal;
use rand::RngExt;
use rand_distr::{Distribution as _, StandardNormal};
use serde::{Deserialize, Serialize};

/// The priors. Whatever they say, a branching ratio of 1 or more is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Events of one kind a day that nothing brings on.
    pub background: LogNormal,
    /// Events of one kind that one event of another, or of the same, brings on, times the number of kinds.
    pub branching: LogNormal,
    /// Days in which half of that has come.
    pub half_life: LogNormal,
}

impl Priors {
    /// The priors shipped with the crate, `data/attacks.toml`.
    ///
    /// # Errors
    /// If the data is broken; names line and key.
    pub fn shipped() -> Result<Self> {
        Self::read("data/attacks.toml", include_str!("../../../data/attacks.toml"))
    }

    /// Reads priors from TOML; `name` is what errors call the file.
    ///
    /// # Errors
    /// If the text is no such file or a value is out of range; names line or key.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let priors: Self = assumption::read(name, text)?;
        priors.background.check("background")?;
        priors.branching.check("branching")?;
        priors.half_life.check("half_life")?;
        Ok(priors)
    }
}

/// How the posterior is sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampling {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of chains, 1 or more.
    pub chains: u64,
    /// Sweeps of a chain before it is kept, in which it finds the size of its steps.
    pub warm_up: u32,
    /// Draws kept of a chain, 1 or more.
    pub draws: u32,
    /// Sweeps to a draw, 1 or more.
    pub thinning: u32,
}

impl Default for Sampling {
    fn default() -> Self {
        Self { seed: 0, chains: 4, warm_up: 1000, draws: 1000, thinning: 4 }
    }
}

/// Draws from the posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// The draws, chain after chain.
    pub draws: Vec<Parameters>,
    /// The worst split R-hat of any parameter: the chains agree if it is below about 1.01.
    pub r_hat: f64,
    /// The least effective number of draws of any parameter.
    pub effective_draws: f64,
}

impl Posterior {
    /// The distribution of a number over the draws.
    ///
    /// # Errors
    /// If the number is not finite for a draw.
    pub fn of(&self, number: impl Fn(&Parameters) -> f64) -> Result<Distribution> {
        Distribution::new(self.draws.iter().map(number).collect())
    }
}

/// Samples the posterior by random-walk Metropolis steps on the logarithm of one parameter at a time. The step of each is tuned to be
/// taken 44 times in 100 while the chain warms up. Chains begin at draws from the prior and run in parallel; the draws are the
/// same on one thread. A sweep costs as many passes over the events as there are parameters: for tens of thousands of events
/// [`fit`](super::fit) is the way. With no event the posterior is what the prior and the days without any leave.
///
/// # Errors
/// If a number of the sampling is 0, or the prior leaves hardly anything below a branching ratio of 1.
pub fn sample(events: &Events, priors: &Priors, sampling: Sampling) -> Result<Posterior> {
    let Sampling { seed, chains, warm_up, draws, thinning } = sampling;
    for (key, number) in [("chains", chains), ("draws", u64::from(draws)), ("thinning", u64::from(thinning))] {
        if number == 0 {
            return Err(Error::new(key, "there is none"));
        }
    }
    let target = Target::new(events, priors);
    let runs = Streams::new(seed).map(chains, |_, rng| {
        let mut chain = Chain::start(&target, rng).ok_or_else(|| Error::new("branching", "the prior lets attacks multiply without end"))?;
        for sweep in 0..warm_up {
            chain.sweep(&target, rng, Some(f64::from(sweep + 1)));
        }
        let mut kept = Vec::with_capacity(draws as usize);
        for _ in 0..draws {
            for _ in 0..thinning {
                chain.sweep(&target, rng, None);
            }
            kept.push(chain.at.clone());
        }
        Ok(kept)
    });
    let runs = runs.into_iter().collect::<Result<Vec<_>>>()?;
    let one = |p: usize| chains::diagnose(&runs.iter().map(|run| run.iter().map(|at| at[p]).collect()).collect::<Vec<_>>());
    let all: Vec<(f64, f64)> = (0..target.prior.len()).map(one).collect();
    Ok(Posterior {
        draws: runs.iter().flatten().map(|at| target.parameters(at)).collect(),
        r_hat: all.iter().map(|(r, _)| *r).fold(0.0, f64::max),
        effective_draws: all.iter().map(|(_, e)| *e).fold(f64::INFINITY, f64::min),
    })
}

/// The posterior density on logarithms: the background rates, the offspring by rows, the decay.
struct Target<'a> {
    events: &'a Events,
    /// Mean and standard deviation of each.
    prior: Vec<(f64, f64)>,
}

impl<'a> Target<'a> {
    fn new(events: &'a Events, priors: &Priors) -> Self {
        let n = events.number_of_kinds;
        let of = |p: &LogNormal| (p.median.ln(), p.spread);
        let (branching, spread) = of(&priors.branching);
        let decay = ((std::f64::consts::LN_2 / priors.half_life.median).ln(), priors.half_life.spread);
        let prior = [vec![of(&priors.background); n], vec![(branching - (n as f64).ln(), spread); n * n], vec![decay]].concat();
        Self { events, prior }
    }

    fn parameters(&self, at: &[f64]) -> Parameters {
        let n = self.events.number_of_kinds;
        let decay = at[n + n * n].exp();
        let background = at[..n].iter().map(|x| x.exp()).collect();
        Parameters { background, excitation: at[n..n + n * n].iter().map(|x| x.exp() * decay).collect(), decay }
    }

    fn density(&self, at: &[f64]) -> f64 {
        let n = self.events.number_of_kinds;
        let offspring: Vec<f64> = at[n..n + n * n].iter().map(|x| x.exp()).collect();
        if explodes(&offspring, n) {
            return f64::NEG_INFINITY;
        }
        let Parameters { background, excitation, decay } = self.parameters(at);
        let prior: f64 = at.iter().zip(&self.prior).map(|(x, (mean, spread))| -((x - mean) / spread).powi(2) / 2.0).sum();
        prior + likelihood::density(self.events, &background, &excitation, decay)
    }
}

struct Chain {
    at: Vec<f64>,
    density: f64,
    /// Logarithm of the step of each parameter, in deviations of its prior.
    steps: Vec<f64>,
}

/// Share of steps taken at which a random walk in one dimension moves fastest.
const TAKEN: f64 = 0.44;

impl Chain {
    fn start(target: &Target<'_>, rng: &mut Stream) -> Option<Self> {
        let mut normal = || -> f64 { StandardNormal.sample(rng) };
        let mut tries = (0..1000).map(|_| target.prior.iter().map(|(mean, spread)| mean + spread * normal()).collect::<Vec<f64>>());
        let (at, density) = tries.find_map(|at| Some(target.density(&at)).filter(|d| d.is_finite()).map(|d| (at, d)))?;
        Some(Self { steps: vec![0.0; at.len()], at, density })
    }

    /// One step for each parameter; in the `tuning`-th sweep of the warm-up the steps are tuned, ever less.
    fn sweep(&mut self, target: &Target<'_>, rng: &mut Stream, tuning: Option<f64>) {
        for p in 0..self.at.len() {
            let before = self.at[p];
            let noise: f64 = StandardNormal.sample(rng);
            self.at[p] += self.steps[p].exp() * target.prior[p].1 * noise;
            let density = target.density(&self.at);
            let taken = rng.random::<f64>() < (density - self.density).exp();
            if taken {
                self.density = density;
            } else {
                self.at[p] = before;
            }
            if let Some(sweep) = tuning {
                self.steps[p] += (f64::from(u8::from(taken)) - TAKEN) / sweep.sqrt();
            }
        }
    }
}
