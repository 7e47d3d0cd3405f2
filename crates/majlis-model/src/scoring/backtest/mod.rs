//! Every model against issues that were decided, beside the baselines that it must beat.
//!
//! A point forecast is scored by its absolute error, which is its CRPS too; a distribution by its CRPS, and by the absolute error of
//! its point. What is learned is learned without the issue's own tenth of the proposals: proposals are dealt to ten folds in the
//! order in which the data name them. Scores are held against those of the salience-weighted mean on the same issues.

mod council;
mod deu;
mod forecasters;

pub use deu::{Issue, Voice, read};
pub use forecasters::fit;

use super::calibration::{self, Closed, Pit};
use super::proper;
use crate::Distribution;
use crate::error::{Error, Result};
use crate::streams::{Stream, Streams};
use forecasters::{ALL, Forecaster, How, MEASURE, Rule, Told};
use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;

/// What came of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// A row a model, the baselines first.
    pub rows: Vec<Row>,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its identifier.
    pub key: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// Its name in Arabic.
    pub arabic: &'static str,
    /// Whether it learned from other issues of the data.
    pub learned: bool,
    /// Issues scored.
    pub n: usize,
    /// Issues on which it failed, with the reason.
    pub failures: Vec<String>,
    /// Mean absolute error of its point, on the scale of 0–100.
    pub mae: f64,
    /// Mean continuous ranked probability score, on the scale of 0–100.
    pub crps: f64,
    /// What its intervals of 50 % hold; `None` of points.
    pub interval50: Option<Coverage>,
    /// What its intervals of 90 % hold; `None` of points.
    pub interval90: Option<Coverage>,
    /// Its CRPS less that of the salience-weighted mean on the same issues.
    pub difference: Difference,
}

/// How often an interval held the outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// By [`calibration::coverage`], which counts of an end that carries mass the part that makes up the level.
    pub share: f64,
    /// As closed intervals, which hold more than the level where their ends carry mass.
    pub closed: Closed,
}

/// A mean difference in score; below 0 is better than the measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The mean.
    pub mean: f64,
    /// Lower end of its 95 % interval: bootstrap over proposals, 2000 draws of a fixed seed.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

/// What a difference amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Better than the mean: all of the interval lies below 0.
    Better,
    /// No difference can be told.
    Alike,
    /// Worse than the mean: all of the interval lies above 0.
    Worse,
}

impl Difference {
    /// What it amounts to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            d if d.high < 0.0 => Verdict::Better,
            d if d.low > 0.0 => Verdict::Worse,
            _ => Verdict::Alike,
        }
    }
}

impl Table {
    /// The models that do worse than the salience-weighted mean.
    pub fn worse(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.difference.verdict() == Verdict::Worse)
    }
}

/// Runs every model on every issue. Same input, same output, on any number of threads.
///
/// # Errors
/// If the issues are of fewer than two proposals, so that nothing can be learned without the issue itself.
pub fn run(issues: &[Issue]) -> Result<Table> {
    let proposals = Proposals::new(issues)?;
    let all: Vec<(&Forecaster, Scores)> =
        ALL.into_par_iter().map(|forecaster| Ok((forecaster, scores(forecaster, issues, &proposals)?))).collect::<Result<_>>()?;
    let Some((_, measure)) = all.iter().find(|(forecaster, _)| forecaster.key == MEASURE) else {
        return Err(Error::new("rows", "the measure is missing"));
    };
    Ok(Table { rows: all.iter().filter(|(_, scores)| scores.n() > 0).map(|(forecaster, scores)| row(forecaster, scores, measure, &proposals)).collect() })
}

/// Which issues belong together.
struct Proposals {
    /// The proposal of each issue, by the order in which the data name them.
    of: Vec<usize>,
    count: usize,
}

const FOLDS: usize = 10;

impl Proposals {
    fn new(issues: &[Issue]) -> Result<Self> {
        let mut names: Vec<&str> = Vec::new();
        let mut of = Vec::with_capacity(issues.len());
        for issue in issues {
            of.push(names.iter().position(|name| *name == issue.proposal).unwrap_or_else(|| {
                names.push(&issue.proposal);
                names.len() - 1
            }));
        }
        if names.len() < 2 {
            return Err(Error::new("issues", "must be of two proposals or more"));
        }
        Ok(Self { of, count: names.len() })
    }

    fn fold(&self, issue: usize) -> usize {
        self.of[issue] % FOLDS
    }
}

/// A forecaster's forecasts and what they are worth, issue by issue; `None` where there is none.
struct Scores {
    issues: Vec<Option<Score>>,
    failures: Vec<String>,
}

struct Score {
    error: f64,
    crps: f64,
    outcome: f64,
    distribution: Distribution,
}

impl Scores {
    fn told(&self) -> impl Iterator<Item = &Score> {
        self.issues.iter().flatten()
    }

    fn n(&self) -> usize {
        self.told().count()
    }

    fn mean(&self, score: fn(&Score) -> f64) -> f64 {
        self.told().map(score).sum::<f64>() / self.n() as f64
    }
}

fn scores(forecaster: &Forecaster, issues: &[Issue], proposals: &Proposals) -> Result<Scores> {
    let told: Vec<Option<Result<Told>>> = match forecaster.how {
        How::Alone(settle) => issues.par_iter().map(settle).collect(),
        How::Learned(learn) => {
            let others = |fold| issues.iter().enumerate().filter(move |(i, _)| proposals.fold(*i) != fold).map(|(_, issue)| issue).collect::<Vec<_>>();
            let rules: Vec<Rule> = (0..FOLDS).into_par_iter().map(|fold| learn(&others(fold))).collect::<Result<_>>()?;
            issues.par_iter().enumerate().map(|(i, issue)| Some(rules[proposals.fold(i)](issue))).collect()
        }
    };
    let score = |told: Told, issue: &Issue| {
        let crps = proper::crps(&told.distribution, issue.outcome)?;
        Ok(Score { error: (told.point - issue.outcome).abs(), crps, outcome: issue.outcome, distribution: told.distribution })
    };
    let mut failures = Vec::new();
    let keep = |(told, issue): (Option<Result<Told>>, &Issue)| {
        told?.and_then(|told| score(told, issue)).map_err(|e| failures.push(format!("{}: {e}", issue.name))).ok()
    };
    let issues = told.into_iter().zip(issues).map(keep).collect();
    Ok(Scores { issues, failures })
}

fn row(forecaster: &Forecaster, scores: &Scores, measure: &Scores, proposals: &Proposals) -> Row {
    let spread = scores.told().any(|score| score.distribution.samples().len() > 1);
    let coverage = |level: f64| {
        let pits: Vec<Pit> = scores.told().map(|score| Pit::of(&score.distribution, score.outcome)).collect();
        let pairs: Vec<(&Distribution, f64)> = scores.told().map(|score| (&score.distribution, score.outcome)).collect();
        let (share, closed) = (calibration::coverage(&pits, level)?, calibration::closed_intervals(&pairs, level)?);
        spread.then_some(Coverage { share, closed })
    };
    Row {
        key: forecaster.key,
        english: forecaster.english,
        arabic: forecaster.arabic,
        learned: matches!(forecaster.how, How::Learned(_)),
        n: scores.n(),
        failures: scores.failures.clone(),
        mae: scores.mean(|score| score.error),
        crps: scores.mean(|score| score.crps),
        interval50: coverage(0.5),
        interval90: coverage(0.9),
        difference: difference(scores, measure, proposals),
    }
}

const DRAWS: u64 = 2000;
const SEED: u64 = 1;

/// The mean difference in CRPS over the issues that both have, with an interval by bootstrap: proposals are drawn with their issues,
/// for issues of one proposal hang together (Davison and Hinkley 1997, section 3.8).
fn difference(scores: &Scores, measure: &Scores, proposals: &Proposals) -> Difference {
    let mut sums = vec![(0.0, 0.0); proposals.count];
    for ((own, other), proposal) in scores.issues.iter().zip(&measure.issues).zip(&proposals.of) {
        if let (Some(own), Some(other)) = (own, other) {
            sums[*proposal].0 += own.crps - other.crps;
            sums[*proposal].1 += 1.0;
        }
    }
    sums.retain(|(_, n)| *n > 0.0);
    let mean = |sums: &mut dyn Iterator<Item = (f64, f64)>| {
        let (sum, n) = sums.fold((0.0, 0.0), |total, next| (total.0 + next.0, total.1 + next.1));
        if n > 0.0 { sum / n } else { 0.0 }
    };
    let draw = |_, rng: &mut Stream| mean(&mut (0..sums.len()).map(|_| sums[rng.random_range(0..sums.len())]));
    let mut drawn = Streams::new(SEED).map(DRAWS, draw);
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn[(share * (DRAWS - 1) as f64).round() as usize];
    Difference { mean: mean(&mut sums.iter().copied()), low: at(0.025), high: at(0.975) }
}
