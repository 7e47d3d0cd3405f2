//! Every model against issues that were decided, beside the baselines that it must beat.
//!
//! A point forecast is scored by its absolute error, which is its CRPS too; a distribution by its CRPS, and by the absolute error of
//! its point. A distribution scores a better CRPS than a point by its width alone, so the two that add past errors to a mean
//! are the fair measure of the others. What is learned is learned without the issue's own tenth of the proposals: proposals are dealt to ten
//! folds in turn, as the data first name them.

mod council;
mod deu;
mod forecasters;
mod proposals;

pub use deu::{Issue, Voice, read};
pub use forecasters::fit;
pub use proposals::{Difference, Verdict};

use super::calibration::{self, Closed, Pit};
use super::proper;
use crate::Distribution;
use crate::error::{Error, Result};
use forecasters::{Forecaster, How, MEASURE, Told};
use proposals::{Bootstrap, Proposals};
use rayon::prelude::*;
use serde::Serialize;

/// What came of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// A row a model, the baselines first; models that tell nothing of any issue are left out.
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
    /// Its absolute error less that of the salience-weighted mean on the same issues; the interval is by bootstrap over proposals, 2000
    /// draws of a fixed seed.
    pub mae_difference: Difference,
    /// The same of its CRPS.
    pub crps_difference: Difference,
}

/// How often an interval held the outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// By [`calibration::coverage`], which counts of an end that carries mass the part that makes up the level.
    pub share: f64,
    /// As closed intervals, which hold more than the level where their ends carry mass.
    pub closed: Closed,
}

impl Table {
    /// The models whose points do worse than the salience-weighted mean, by more than chance.
    pub fn worse(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.mae_difference.verdict() == Verdict::Worse)
    }

    /// The row of a key.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }
}

/// Runs every model on every issue. Same input, same output, on any number of threads.
///
/// # Errors
/// If the issues are of fewer than two proposals, so that nothing can be learned without the issue itself, or one cannot be learned
/// from, having a number out of range.
pub fn run(issues: &[Issue]) -> Result<Table> {
    let proposals = Proposals::new(issues)?;
    let forecasters = forecasters::all();
    let scored = |forecaster: &Forecaster| scores(issues, forecaster.how.told(issues, &proposals)?);
    let all: Vec<Scores> = forecasters.par_iter().map(scored).collect::<Result<_>>()?;
    let Some((_, measure)) = forecasters.iter().zip(&all).find(|(forecaster, _)| forecaster.key == MEASURE) else {
        return Err(Error::new("rows", "the measure is missing"));
    };
    let bootstrap = Bootstrap::new(&proposals);
    let rows: Vec<Row> = forecasters.iter().zip(&all).filter(|(_, scores)| scores.n() > 0).map(|(f, scores)| row(f, scores, measure, &bootstrap)).collect();
    Ok(Table { rows })
}

/// What forecasts are worth, issue by issue; `None` where there is none.
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

    /// The score less that of `other`, on each issue that both have.
    fn less(&self, other: &Self, score: fn(&Score) -> f64) -> impl Iterator<Item = Option<f64>> {
        self.issues.iter().zip(&other.issues).map(move |(own, other)| Some(score(own.as_ref()?) - score(other.as_ref()?)))
    }
}

fn scores(issues: &[Issue], told: Vec<Option<Result<Told>>>) -> Result<Scores> {
    let (mut scores, mut failures) = (Vec::with_capacity(issues.len()), Vec::new());
    for (told, issue) in told.into_iter().zip(issues) {
        scores.push(match told {
            Some(Ok(Told { point, distribution })) => {
                let crps = proper::crps(&distribution, issue.outcome)?;
                Some(Score { error: (point - issue.outcome).abs(), crps, outcome: issue.outcome, distribution })
            }
            Some(Err(e)) => {
                failures.push(format!("{}: {e}", issue.name));
                None
            }
            None => None,
        });
    }
    Ok(Scores { issues: scores, failures })
}

fn row(forecaster: &Forecaster, scores: &Scores, measure: &Scores, bootstrap: &Bootstrap<'_>) -> Row {
    let spread = scores.told().any(|score| score.distribution.samples().len() > 1);
    let pits: Vec<Pit> = scores.told().map(|score| Pit::of(&score.distribution, score.outcome)).collect();
    let pairs: Vec<(&Distribution, f64)> = scores.told().map(|score| (&score.distribution, score.outcome)).collect();
    let coverage = |level: f64| {
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
        mae_difference: bootstrap.mean(scores.less(measure, |score| score.error)),
        crps_difference: bootstrap.mean(scores.less(measure, |score| score.crps)),
    }
}
