//! One issue of a standoff, forecast by any of the one-dimensional models: a draw of all ranges, the model, and again.

use super::expected_utility::{Mode, Settings, settle};
use super::{Stand, reference, simple};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::range::Range;
use crate::standoff::{Issue, Standoff};
use crate::streams::Streams;
use serde::{Deserialize, Serialize};

/// A model of where bargaining over one issue settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// [`simple::mean`].
    Mean,
    /// [`simple::median`].
    Median,
    /// [`simple::nash`].
    Nash,
    /// [`simple::kalai_smorodinsky`].
    KalaiSmorodinsky,
    /// [`expected_utility`](super::expected_utility), [`Mode::Paper`].
    ExpectedUtilityPaper,
    /// [`expected_utility`](super::expected_utility), [`Mode::Scholz`].
    ExpectedUtilityScholz,
    /// [`reference::challenge`].
    Challenge,
    /// [`reference::compromise`].
    Compromise,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Mean,
        Self::Median,
        Self::Nash,
        Self::KalaiSmorodinsky,
        Self::ExpectedUtilityPaper,
        Self::ExpectedUtilityScholz,
        Self::Challenge,
        Self::Compromise,
    ];

    /// Its name in English.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Mean => "weighted mean",
            Self::Median => "weighted median",
            Self::Nash => "Nash solution",
            Self::KalaiSmorodinsky => "Kalai–Smorodinsky solution",
            Self::ExpectedUtilityPaper => "expected utility, as published",
            Self::ExpectedUtilityScholz => "expected utility, as programmed by Scholz",
            Self::Challenge => "challenge model",
            Self::Compromise => "compromise model",
        }
    }

    /// Its name in Arabic.
    #[must_use]
    pub fn arabic(self) -> &'static str {
        match self {
            Self::Mean => "المتوسط المرجَّح",
            Self::Median => "الوسيط المرجَّح",
            Self::Nash => "حل ناش",
            Self::KalaiSmorodinsky => "حل كالاي–سمورودنسكي",
            Self::ExpectedUtilityPaper => "المنفعة المتوقعة كما نُشرت",
            Self::ExpectedUtilityScholz => "المنفعة المتوقعة كما برمجها شولتس",
            Self::Challenge => "نموذج التحدي",
            Self::Compromise => "نموذج التسوية",
        }
    }

    /// Where the issue settles, in its unit, given the reference point where one is known. Mean, median and the two readings of the
    /// expected-utility model take no notice of it.
    ///
    /// # Errors
    /// If `stands` is empty, or a number is out of range or not finite.
    pub fn settle(self, stands: &[Stand], reference: Option<f64>) -> Result<f64> {
        let expected_utility = |mode| settle(stands, &Settings::new(mode)).map(|end| end.median);
        match self {
            Self::Mean => simple::mean(stands),
            Self::Median => simple::median(stands),
            Self::Nash => simple::nash(stands, reference),
            Self::KalaiSmorodinsky => simple::kalai_smorodinsky(stands, reference),
            Self::ExpectedUtilityPaper => expected_utility(Mode::Paper),
            Self::ExpectedUtilityScholz => expected_utility(Mode::Scholz),
            Self::Challenge => reference::challenge(stands, reference),
            Self::Compromise => reference::compromise(stands, reference),
        }
    }
}

/// Who stands where on one issue, in ranges.
pub struct Table<'a> {
    issue: &'a Issue,
    /// Position, salience, influence, in the order of the actors' ids.
    rows: Vec<[Range; 3]>,
}

impl<'a> Table<'a> {
    /// The table of an issue.
    ///
    /// # Errors
    /// If there is no such issue, or nobody has a stand on it.
    pub fn new(standoff: &'a Standoff, issue: &str) -> Result<Self> {
        let at = standoff.issue(issue).ok_or_else(|| Error::new("issue", format!("there is none called {issue}")))?;
        let mut stands: Vec<_> = standoff.stands(issue).map(|(actor, stand)| (&standoff.actor[actor], stand)).collect();
        if stands.is_empty() {
            return Err(Error::new(format!("issue[{at}]"), format!("nobody has a stand on {issue}")));
        }
        stands.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let rows = stands.into_iter().map(|(actor, stand)| [stand.position, stand.salience, actor.influence_on(stand)]).collect();
        Ok(Self { issue: &standoff.issue[at], rows })
    }

    /// Stands, and the reference point where one is known, with `value` read off each range, always in the same order.
    pub fn read(&self, mut value: impl FnMut(&Range) -> f64) -> (Vec<Stand>, Option<f64>) {
        let reference = self.issue.status_quo.as_ref().map(&mut value);
        let stand =
            |[position, salience, influence]: &[Range; 3]| Stand { position: value(position), salience: value(salience) / 100.0, influence: value(influence) };
        (self.rows.iter().map(stand).collect(), reference)
    }
}

/// Where an issue settles over `draws` draws of all its numbers. Draw by draw the same for every model, on one thread or many, in
/// whatever order the actors are listed.
///
/// # Errors
/// If there is no such issue, nobody has a stand on it, or `draws` is 0.
pub fn monte_carlo(standoff: &Standoff, issue: &str, model: Model, seed: u64, draws: u64) -> Result<Distribution> {
    let table = Table::new(standoff, issue)?;
    if draws == 0 {
        return Err(Error::new("draws", "must be 1 or more, is 0"));
    }
    let draw = |_, rng: &mut _| {
        let (stands, reference) = table.read(|range| range.draw(rng));
        model.settle(&stands, reference)
    };
    Distribution::new(Streams::new(seed).map(draws, draw).into_iter().collect::<Result<_>>()?)
}
