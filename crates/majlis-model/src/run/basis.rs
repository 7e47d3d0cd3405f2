//! How far a run can be relied on. This is confidence, and says nothing of how likely anything is.

use super::Bargaining;
use crate::play::Rules;
use crate::standoff::{Standoff, inputs};
use serde::Serialize;

/// What a run rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Uncertain numbers of the standoff.
    pub numbers: usize,
    /// Those that name no source, by path.
    pub unsourced: Vec<String>,
    /// Numbers of the play's rules.
    pub rules: usize,
    /// Those that rest on an assumption.
    pub assumed: usize,
    /// The most by which the medians of the bargaining models lie apart on an issue, in points.
    pub apart: f64,
    /// The confidence that follows.
    pub confidence: Confidence,
}

/// Confidence in the terms of ICD 203. It is moderate where the standoff has numbers, at least half of them name a source and the bargaining
/// models' medians lie within [`Confidence::APART`] points on every issue, else low. It is never high: the rules of the play are for the
/// most part assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Low.
    Low,
    /// Moderate.
    Moderate,
}

impl Confidence {
    /// Points within which models are held to agree.
    pub const APART: f64 = 25.0;
}

impl Basis {
    pub(super) fn new(standoff: &Standoff, rules: &Rules, issues: &[Bargaining]) -> Self {
        let numbers = inputs::list(standoff).len();
        let unsourced = inputs::unsourced(standoff);
        let medians = |issue: &Bargaining| issue.settles.iter().map(|s| s.at.quantile(0.5)).collect::<Vec<_>>();
        let spread = |medians: Vec<f64>| medians.iter().copied().fold(0.0, f64::max) - medians.iter().copied().fold(100.0, f64::min);
        let apart = issues.iter().map(|i| spread(medians(i))).fold(0.0, f64::max);
        let is_firm = numbers > 0 && 2 * unsourced.len() <= numbers && apart <= Confidence::APART;
        Self {
            numbers,
            unsourced,
            rules: rules.numbers().len(),
            assumed: rules.numbers().iter().filter(|r| r.rests_on.to_lowercase().contains("assumption")).count(),
            apart,
            confidence: if is_firm { Confidence::Moderate } else { Confidence::Low },
        }
    }
}
