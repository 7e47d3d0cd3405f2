//! Where each issue settles by each model, and what that rests on.

use super::{Part, Settings, Telling};
use crate::bargain::forecast::{Model, Table, monte_carlo};
use crate::bargain::{condorcet, simple, spatial};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::range::Range;
use crate::scoring::predictive::{Logit, Scale};
use crate::sensitivity::flip::{Flips, flips, reaches};
use crate::sensitivity::leverage::{Lever, levers};
use crate::sensitivity::of;
use crate::sensitivity::tornado::{Tornado, bars};
use crate::standoff::Standoff;
use crate::standoff::inputs::{self, Input};
use crate::streams::{Stream, Streams};
use rand::RngExt;
use serde::Serialize;

/// Where an issue settles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bargaining {
    /// The issue.
    pub issue: String,
    /// By each model, the learned one first.
    pub settles: Vec<Settles>,
    /// How far the weighted mean swings with each number of an actor alone.
    pub tornado: Tornado,
    /// How far each must move for the weighted mean to cross the middle of the scale.
    pub flips: Flips<bool>,
    /// What moving an actor by [`Bargaining::STEP`] points does to the weighted mean.
    pub levers: Vec<Lever>,
}

impl Bargaining {
    /// Points by which an actor is moved.
    pub const STEP: f64 = 10.0;
    /// The middle of the scale.
    pub const MIDDLE: f64 = 50.0;
}

/// Where an issue settles by one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settles {
    /// The model.
    pub by: Method,
    /// Where, 0–100.
    pub at: Distribution,
}

/// A model of bargaining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// What was learned from decided issues ([`predictive`](crate::scoring::predictive)).
    Predictive,
    /// The probabilistic Condorcet election among positions ([`condorcet`]).
    Condorcet,
    /// The spatial model over all issues together ([`spatial`]).
    Spatial,
    /// One of the one-issue models.
    #[serde(untagged)]
    OneIssue(Model),
}

impl Telling<'_> {
    pub(super) fn issues(&mut self) -> Vec<Bargaining> {
        let standoff = self.standoff;
        if standoff.issue.is_empty() {
            self.needs(Part::Bargaining, None, &["issue"]);
        }
        let joint = self.joint();
        let mut issues = Vec::new();
        for (i, issue) in standoff.issue.iter().enumerate() {
            if standoff.stands(&issue.id).next().is_none() {
                self.needs(Part::Bargaining, Some(&issue.id), &["actor.stand"]);
                continue;
            }
            let mut settles = Vec::new();
            let mut told = |telling: &mut Self, part: Part, by: Method, at: Result<Distribution>| {
                settles.extend(telling.told(part, Some(&issue.id), at).map(|at| Settles { by, at }));
            };
            let Settings { seed, draws } = self.settings;
            told(self, Part::Bargaining, Method::Predictive, predictive(standoff, &issue.id, self.settings));
            for model in Model::ALL {
                told(self, Part::Bargaining, Method::OneIssue(model), monte_carlo(standoff, &issue.id, model, seed, draws));
            }
            told(self, Part::Condorcet, Method::Condorcet, elected(standoff, &issue.id, self.settings));
            if let Some(joint) = &joint {
                told(self, Part::Spatial, Method::Spatial, Distribution::new(joint.iter().map(|outcome| outcome[i]).collect()));
            }
            let rests = rests(standoff, &issue.id);
            let Some((tornado, flips, levers)) = self.told(Part::Sensitivity, Some(&issue.id), rests) else { continue };
            issues.push(Bargaining { issue: issue.id.clone(), settles, tornado, flips, levers });
        }
        issues
    }

    /// Draws of the spatial model over all issues at once: outcomes, issue by issue.
    fn joint(&mut self) -> Option<Vec<Vec<f64>>> {
        if self.standoff.issue.is_empty() || self.standoff.actor.iter().all(|a| a.stand.is_empty()) {
            return None;
        }
        let standoff = self.standoff;
        let on: Vec<&str> = standoff.issue.iter().map(|i| i.id.as_str()).collect();
        let inputs = inputs::list(standoff);
        let draw = |_, rng: &mut Stream| {
            let drawn = inputs::at(standoff, &inputs.iter().map(|input| input.range.draw(rng)).collect::<Vec<_>>());
            let actors: Vec<spatial::Actor> = spatial::actors(&drawn, &on)?.into_iter().map(|(_, actor)| actor).collect();
            let run = spatial::run(&actors, &spatial::Settings::default())?;
            let last = run.states.last().ok_or_else(|| Error::new("states", "there is none"))?;
            let chances = last.distinct.iter().map(|a| last.probabilities[*a]);
            Ok(last.positions[last.distinct[pick(chances, rng)]].clone())
        };
        let outcomes = Streams::new(self.settings.seed).map(self.settings.few(), draw).into_iter().collect();
        self.told(Part::Spatial, None, outcomes)
    }
}

/// A draw from the predictive distribution of each draw of the ranges.
fn predictive(standoff: &Standoff, issue: &str, Settings { seed, draws }: Settings) -> Result<Distribution> {
    let (table, logit) = (Table::new(standoff, issue)?, Logit::shipped()?);
    let draw = |_, rng: &mut Stream| {
        let (stands, reference) = table.read(|range| range.draw(rng));
        let chances = logit.probabilities(&Scale::new(&stands, reference)?);
        Ok(pick(chances.into_iter(), rng) as f64)
    };
    Distribution::new(Streams::new(seed).map(draws, draw).into_iter().collect::<Result<_>>()?)
}

/// A draw of the winner of each draw of the ranges.
fn elected(standoff: &Standoff, issue: &str, Settings { seed, draws }: Settings) -> Result<Distribution> {
    let table = Table::new(standoff, issue)?;
    let draw = |_, rng: &mut Stream| {
        let (stands, _) = table.read(|range| range.draw(rng));
        let election = condorcet::elect(&stands, &condorcet::Rules::default())?;
        Ok(election.positions[pick(election.ballot.probabilities.into_iter(), rng)])
    };
    Distribution::new(Streams::new(seed).map(draws, draw).into_iter().collect::<Result<_>>()?)
}

/// An index, each as likely as its chance; chances sum to 1.
fn pick(chances: impl Iterator<Item = f64>, rng: &mut Stream) -> usize {
    let mut left: f64 = rng.random();
    let mut last = 0;
    for (i, chance) in chances.enumerate() {
        last = i;
        left -= chance;
        if left < 0.0 {
            break;
        }
    }
    last
}

/// What the weighted mean rests on.
fn rests(standoff: &Standoff, issue: &str) -> Result<(Tornado, Flips<bool>, Vec<Lever>)> {
    let mean = |standoff: &Standoff| {
        let (stands, _) = Table::new(standoff, issue)?.read(Range::mode);
        simple::mean(&stands)
    };
    let inputs = inputs::list(standoff);
    let tornado = bars(&inputs, of(standoff, mean))?;
    let asked = |input: &Input| !input.range.is_point() && input.key.starts_with("actor[");
    let flips = flips(&inputs, asked, reaches(Bargaining::MIDDLE, of(standoff, mean)))?;
    Ok((tornado, flips, levers(standoff, issue, Bargaining::STEP, mean)?))
}
