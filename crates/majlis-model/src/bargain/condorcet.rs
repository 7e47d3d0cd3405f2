//! The probabilistic Condorcet election: options meet in pairs, each pair is won by the stronger coalition with the higher
//! probability, and an option is chosen for beating all others or for where a chain of challenges comes to rest.
//!
//! As in KTAB (Wise, Lester and Efird, *An Introduction to the KAPSARC Toolkit for Behavioral Analysis*, KAPSARC 2015), with two
//! differences. Strengths are taken relative to the strongest actor, so that the unit of influence is immaterial. In a contest of
//! equals every supporter gains, so the asymmetric vote weighs all supporters alike; KTAB makes them depend on the order of the
//! options.

use super::{Stand, check};
use crate::error::{Error, Result, number};
use serde::{Deserialize, Serialize};

/// How much of its weight an actor puts behind the better of two options, by the difference of their utilities, −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// All of it.
    Binary,
    /// 80 % proportional, 20 % binary.
    ProportionalBinary,
    /// As much as the difference.
    #[default]
    Proportional,
    /// Half proportional, half cubic.
    ProportionalCubic,
    /// The cube of the difference.
    Cubic,
    /// The difference against a loss, two thirds of it for a gain.
    Asymmetric,
}

impl Vote {
    pub(super) fn response(self) -> Response {
        let response = |linear, cubic, binary| Response { linear, cubic, binary, gain: 1.0 };
        match self {
            Self::Binary => response(0.0, 0.0, 1.0),
            Self::ProportionalBinary => response(0.8, 0.0, 0.2),
            Self::Proportional => response(1.0, 0.0, 0.0),
            Self::ProportionalCubic => response(0.5, 0.5, 0.0),
            Self::Cubic => response(0.0, 1.0, 0.0),
            Self::Asymmetric => Response { gain: 2.0 / 3.0, ..response(1.0, 0.0, 0.0) },
        }
    }
}

/// A vote as one formula for all rules: it stands in the innermost loops, which must not branch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Response {
    linear: f64,
    cubic: f64,
    binary: f64,
    /// The factor for a gain.
    gain: f64,
}

impl Response {
    /// The signed share of its weight that an actor commits at a difference of utilities.
    pub(super) fn to(self, difference: f64) -> f64 {
        let smooth = (self.linear + self.cubic * difference * difference) * difference;
        let committed = smooth + self.binary * (difference * SHARPNESS).clamp(-1.0, 1.0);
        committed * if difference > 0.0 { self.gain } else { 1.0 }
    }
}

/// How steeply a binary vote rises to the whole weight: it is cast in part below a difference of 1e-8.
const SHARPNESS: f64 = 1e8;

/// What the odds between two coalitions are, by the ratio of their strengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Victory {
    /// The ratio.
    #[default]
    Linear,
    /// Its square.
    Quadratic,
    /// Its fourth power.
    Quartic,
    /// Its eighth power.
    Octic,
    /// One in a million against the weaker where the stronger is ahead by a tenth; linear in the share of strength between.
    Binary,
}

impl Victory {
    /// The probability that a coalition of strength `a` defeats one of strength `b`; both above 0. No defeat is beyond all doubt.
    fn probability(self, a: f64, b: f64) -> f64 {
        let power = |n| 1.0 / (1.0 + (b / a).powi(n));
        let (probability, upset) = match self {
            Self::Linear => (a / (a + b), 1e-12),
            Self::Quadratic => (power(2), 1e-12),
            Self::Quartic => (power(4), 1e-12),
            Self::Octic => (power(8), 1e-12),
            Self::Binary => {
                const AHEAD: f64 = 1.1;
                ((a / (a + b) * (AHEAD + 1.0) - 1.0) / (AHEAD - 1.0), 1e-6)
            }
        };
        probability.clamp(upset, 1.0 - upset)
    }
}

/// How pairwise victories become the probability of each option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Process {
    /// That it beats every other, given that one does.
    #[default]
    Conditional,
    /// The share of time that it leads, if the leader is challenged by each option with a probability in proportion to its
    /// supporters' strength times their chance.
    MarkovIncentive,
    /// The share of time that it leads, if the leader is challenged by each option with the same probability.
    MarkovUniform,
}

/// The rules of an election; the default is KTAB's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Rules {
    /// What an actor commits.
    pub vote: Vote,
    /// What strength is worth.
    pub victory: Victory,
    /// What pairwise victories amount to.
    pub process: Process,
}

/// The result of an election.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ballot {
    /// The probability of each option; they sum to 1.
    pub probabilities: Vec<f64>,
    /// `victories[i][j]`, the probability that option i defeats option j; 0.5 where i is j.
    pub victories: Vec<Vec<f64>>,
}

/// The result of an election among the positions on one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Election {
    /// The positions that somebody holds, upwards, each once.
    pub positions: Vec<f64>,
    /// The probability of each position.
    pub ballot: Ballot,
    /// The expected outcome: the mean position by probability.
    pub mean: f64,
}

/// The election among the positions of `stands`. A stand weighs influence × salience; utility falls evenly with distance, by 1 over
/// the whole span of the positions.
///
/// # Errors
/// If a stand is out of range, or none has any weight.
pub fn elect(stands: &[Stand], rules: &Rules) -> Result<Election> {
    check(stands)?;
    let weights = relative(&stands.iter().map(Stand::weight).collect::<Vec<_>>(), "weights")?;
    let mut positions: Vec<f64> = stands.iter().map(|s| s.position).collect();
    positions.sort_by(f64::total_cmp);
    positions.dedup();
    let span = positions[positions.len() - 1] / 2.0 - positions[0] / 2.0;
    let near = |x: f64, y: f64| if span > 0.0 { 1.0 - (x / 2.0 - y / 2.0).abs() / span } else { 1.0 };
    let options: Vec<Vec<f64>> = positions.iter().map(|x| stands.iter().map(|s| near(*x, s.position)).collect()).collect();
    let ballot = ballot(&weights, &options, rules);
    let mean = positions.iter().zip(&ballot.probabilities).map(|(x, p)| x * p).sum::<f64>().clamp(positions[0], positions[positions.len() - 1]);
    Ok(Election { positions, ballot, mean })
}

/// The election among any options: `options[o][k]` is the utility of option o, 0–1, to the actor that weighs `weights[k]`.
///
/// # Errors
/// If a weight is negative or all are 0, there is no option, an option lacks the utility of an actor, or a utility is out of range.
pub fn among(weights: &[f64], options: &[Vec<f64>], rules: &Rules) -> Result<Ballot> {
    let weights = relative(weights, "weights")?;
    if options.is_empty() {
        return Err(Error::new("options", "there is none"));
    }
    for (o, option) in options.iter().enumerate() {
        if option.len() != weights.len() {
            return Err(Error::new(format!("options[{o}]"), format!("must have a utility for each of the {} actors, has {}", weights.len(), option.len())));
        }
        if let Some(k) = option.iter().position(|utility| !(0.0..=1.0).contains(utility)) {
            number(&format!("options[{o}][{k}]"), option[k], 0.0, 1.0)?;
        }
    }
    Ok(ballot(&weights, options, rules))
}

/// Weights as shares of the greatest.
pub(super) fn relative(weights: &[f64], key: &str) -> Result<Vec<f64>> {
    if let Some(k) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        number(&format!("{key}[{k}]"), weights[k], 0.0, f64::INFINITY)?;
    }
    let greatest = weights.iter().copied().fold(0.0, f64::max);
    if greatest <= 0.0 {
        return Err(Error::new(key, "nobody brings any influence to bear"));
    }
    Ok(weights.iter().map(|w| w / greatest).collect())
}

/// The election, from checked input. Weights are shares of the greatest.
pub(super) fn ballot(weights: &[f64], options: &[Vec<f64>], rules: &Rules) -> Ballot {
    let strengths = coalitions(weights, options, rules.vote);
    let n = options.len();
    let mut victories = vec![vec![0.5; n]; n];
    for i in 0..n {
        for j in 0..i {
            let probability = rules.victory.probability(strengths[i][j], strengths[j][i]);
            (victories[i][j], victories[j][i]) = (probability, 1.0 - probability);
        }
    }
    let probabilities = match rules.process {
        Process::Conditional => conditional(&victories),
        Process::MarkovUniform => stationary(victories.clone()),
        Process::MarkovIncentive => stationary(incentive(&strengths, &victories)),
    };
    Ballot { probabilities, victories }
}

/// The strength of the coalition for option i against option j: what those who prefer i commit. Never quite 0.
fn coalitions(weights: &[f64], options: &[Vec<f64>], vote: Vote) -> Vec<Vec<f64>> {
    let n = options.len();
    let response = vote.response();
    let mut strengths = vec![vec![WEAKEST; n]; n];
    let mut votes = Vec::with_capacity(weights.len());
    for i in 0..n {
        for j in 0..i {
            votes.clear();
            let utilities = options[i].iter().zip(&options[j]);
            votes.extend(weights.iter().zip(utilities).map(|(weight, (u, v))| (weight * response.to((u - v).abs())).copysign(u - v)));
            (strengths[i][j], strengths[j][i]) = sides(&votes, WEAKEST, WEAKEST);
        }
    }
    strengths
}

/// The strengths of two sides when signed votes are added, positive ones to the first.
pub(super) fn sides(votes: &[f64], first: f64, second: f64) -> (f64, f64) {
    votes.iter().fold((first, second), |(first, second), vote| (first + vote.max(0.0), second - vote.min(0.0)))
}

/// The strength of a coalition that nobody joins, as a share of the strongest actor. KTAB's 1e-8, where that actor has 100.
const WEAKEST: f64 = 1e-10;

/// The probability of winning all contests, given that some option does. By logarithms: the products vanish where options are many.
fn conditional(victories: &[Vec<f64>]) -> Vec<f64> {
    let logs: Vec<f64> = victories.iter().map(|row| row.iter().map(|p| p.ln()).sum()).collect();
    let greatest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = logs.iter().map(|log| (log - greatest).exp()).collect();
    let total: f64 = shares.iter().sum();
    shares.iter().map(|share| share / total).collect()
}

/// The rate at which option i takes over from a leader j that is challenged by incentive.
fn incentive(strengths: &[Vec<f64>], victories: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = strengths.len();
    let mut rates: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| strengths[i][j] * victories[i][j]).collect()).collect();
    for j in 0..n {
        let total: f64 = rates.iter().map(|row| row[j]).sum();
        for i in 0..n {
            rates[i][j] *= victories[i][j] / total;
        }
    }
    rates
}

/// The stationary distribution of the chain that goes from j to i at `rates[i][j]`, all above 0; the diagonal is passed over.
/// By state reduction, which subtracts nothing (Grassmann, Taksar and Heyman 1985).
fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    let n = rates.len();
    for last in (1..n).rev() {
        let leaving: f64 = (0..last).map(|i| rates[i][last]).sum();
        for j in 0..last {
            let via = rates[last][j] / leaving;
            rates[last][j] = via;
            for row in &mut rates[..last] {
                row[j] += via * row[last];
            }
        }
    }
    let mut shares = vec![1.0];
    for row in rates.iter().skip(1) {
        shares.push(shares.iter().zip(row).map(|(share, rate)| share * rate).sum());
        let total: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= total);
    }
    shares
}
