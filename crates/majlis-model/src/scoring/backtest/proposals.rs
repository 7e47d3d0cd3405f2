//! Issues of one proposal were decided together: they are learned from together, and drawn together.

use super::deu::Issue;
use crate::error::{Error, Result};
use crate::streams::{Stream, Streams};
use rand::RngExt;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which issues belong together.
pub(super) struct Proposals {
    /// The proposal of each issue, counted as the data first name them.
    of: Vec<usize>,
    count: usize,
}

/// Folds of the cross-validation.
pub(super) const FOLDS: usize = 10;

impl Proposals {
    /// # Errors
    /// If there are fewer than two.
    pub(super) fn new(issues: &[Issue]) -> Result<Self> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut of = Vec::with_capacity(issues.len());
        for issue in issues {
            let next = places.len();
            of.push(*places.entry(&issue.proposal).or_insert(next));
        }
        if places.len() < 2 {
            return Err(Error::new("issues", "must be of two proposals or more"));
        }
        Ok(Self { of, count: places.len() })
    }

    /// The fold of an issue: proposals are dealt to the folds in turn.
    pub(super) fn fold(&self, issue: usize) -> usize {
        self.of[issue] % FOLDS
    }

    /// The issues that are not of `fold`.
    pub(super) fn outside<'a>(&self, issues: &'a [Issue], fold: usize) -> Vec<&'a Issue> {
        issues.iter().enumerate().filter(|(i, _)| self.fold(*i) != fold).map(|(_, issue)| issue).collect()
    }
}

/// A mean difference in score; below 0 is better than what it is held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The mean.
    pub mean: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

/// What a difference amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All of the interval lies below 0.
    Better,
    /// No difference can be told.
    Alike,
    /// All of the interval lies above 0.
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

const DRAWS: u64 = 2000;
const SEED: u64 = 1;

/// Draws of as many proposals as there are, with replacement: each proposal comes with all its issues (Davison and Hinkley 1997,
/// section 3.8).
pub(super) struct Bootstrap<'a> {
    proposals: &'a Proposals,
    draws: Vec<Vec<usize>>,
}

impl<'a> Bootstrap<'a> {
    pub(super) fn new(proposals: &'a Proposals) -> Self {
        let draw = |_, rng: &mut Stream| (0..proposals.count).map(|_| rng.random_range(0..proposals.count)).collect();
        Self { proposals, draws: Streams::new(SEED).map(DRAWS, draw) }
    }

    /// The mean of the `differences`, issue by issue, over those that have one, and the interval of it over the draws; 0 of none.
    pub(super) fn mean(&self, differences: impl Iterator<Item = Option<f64>>) -> Difference {
        let mut sums = vec![(0.0, 0.0); self.proposals.count];
        for (difference, proposal) in differences.zip(&self.proposals.of) {
            if let Some(difference) = difference {
                sums[*proposal].0 += difference;
                sums[*proposal].1 += 1.0;
            }
        }
        let mean = |drawn: &mut dyn Iterator<Item = usize>| {
            let (sum, n) = drawn.map(|proposal| sums[proposal]).fold((0.0, 0.0), |total, next| (total.0 + next.0, total.1 + next.1));
            if n > 0.0 { sum / n } else { 0.0 }
        };
        let mut drawn: Vec<f64> = self.draws.iter().map(|draw| mean(&mut draw.iter().copied())).collect();
        drawn.sort_by(f64::total_cmp);
        let at = |share: f64| drawn[(share * (DRAWS - 1) as f64).round() as usize];
        Difference { mean: mean(&mut (0..sums.len())), low: at(0.025), high: at(0.975) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(proposal: &str) -> Issue {
        Issue { name: String::new(), proposal: proposal.to_owned(), voices: vec![], reference: None, outcome: 0.0 }
    }

    #[test]
    fn issues_of_one_proposal_are_never_parted() {
        let issues: Vec<Issue> = (0..60).map(|i| issue(&format!("p{}", i % 23))).collect();
        let proposals = Proposals::new(&issues).unwrap();
        for fold in 0..FOLDS {
            let outside = proposals.outside(&issues, fold);
            assert!(
                issues.iter().enumerate().filter(|(i, _)| proposals.fold(*i) == fold).all(|(_, inside)| outside.iter().all(|o| o.proposal != inside.proposal))
            );
        }
        assert!(Proposals::new(&[issue("a"), issue("a")]).is_err());
    }

    #[test]
    fn an_interval_is_about_as_wide_as_the_spread_between_proposals_makes_it() {
        // 100 proposals of two alike issues each, half at 0 and half at 1: the mean's standard error is 0.05, whatever the issues a proposal.
        let issues: Vec<Issue> = (0..200).map(|i| issue(&format!("p{}", i / 2))).collect();
        let proposals = Proposals::new(&issues).unwrap();
        let d = Bootstrap::new(&proposals).mean((0..200).map(|i| Some(f64::from(u8::from(i >= 100)))));
        assert_eq!((d.mean, d.verdict()), (0.5, Verdict::Worse));
        assert!((d.low - 0.402).abs() < 0.02 && (d.high - 0.598).abs() < 0.02, "{d:?}");
        let none = Bootstrap::new(&proposals).mean((0..200).map(|_| None));
        assert_eq!((none.mean, none.low, none.high, none.verdict()), (0.0, 0.0, 0.0, Verdict::Alike));
    }
}
