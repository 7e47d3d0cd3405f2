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
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

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

/// Seconds of a draw for the number of actors cubed: measured on one machine, and no more than a guess elsewhere.
const EXPECTED_UTILITY: f64 = 1.2e-8;
const CHALLENGE: f64 = 4e-9;
const CONDORCET: f64 = 2e-9;
const SPATIAL: f64 = 4e-7;
/// The most actors for which the spatial model is run.
const MOST_ACTORS: usize = 200;
/// Numbers whose flip points are looked for: those with the widest swings.
const ASKED: usize = 30;

impl Telling<'_> {
    pub(super) fn issues(&mut self) -> Vec<Bargaining> {
        let standoff = self.standoff;
        if standoff.issue.is_empty() {
            self.needs(Part::Bargaining, None, &["issue"]);
        }
        let joint = self.joint();
        let actors = standoff.actor.len() as f64;
        let mut issues = Vec::new();
        for (i, issue) in standoff.issue.iter().enumerate() {
            if standoff.stands(&issue.id).next().is_none() {
                self.needs(Part::Bargaining, Some(&issue.id), &["actor.stand"]);
                continue;
            }
            let mut settles = Vec::new();
            let mut told = |telling: &mut Self, part: Part, by: Method, at: &dyn Fn() -> Result<Option<Distribution>>| {
                settles.extend(telling.told(part, Some(&issue.id), at).flatten().map(|at| Settles { by, at }));
            };
            let (settings, stop) = (self.settings, self.stop);
            let Settings { seed, draws } = settings;
            told(self, Part::Bargaining, Method::Predictive, &|| predictive(standoff, &issue.id, settings, stop));
            for model in Model::ALL {
                let draws = match model {
                    Model::ExpectedUtilityPaper | Model::ExpectedUtilityScholz => Settings::afforded(draws, EXPECTED_UTILITY * actors.powi(3)),
                    Model::Challenge => Settings::afforded(draws, CHALLENGE * actors.powi(3)),
                    _ => draws,
                };
                told(self, Part::Bargaining, Method::OneIssue(model), &|| monte_carlo(standoff, &issue.id, model, seed, draws).map(Some));
            }
            told(self, Part::Condorcet, Method::Condorcet, &|| elected(standoff, &issue.id, settings, stop));
            if let Some(joint) = &joint {
                told(self, Part::Spatial, Method::Spatial, &|| Distribution::new(joint.iter().map(|outcome| outcome[i]).collect()).map(Some));
            }
            let rests = || rests(standoff, &issue.id);
            let Some((tornado, flips, levers)) = self.told(Part::Sensitivity, Some(&issue.id), rests) else { continue };
            issues.push(Bargaining { issue: issue.id.clone(), settles, tornado, flips, levers });
        }
        issues
    }

    /// Draws of the spatial model over all issues at once: outcomes, issue by issue. Each draw of the numbers gives one outcome, or
    /// several where few draws can be afforded.
    fn joint(&mut self) -> Option<Vec<Vec<f64>>> {
        let (standoff, few) = (self.standoff, self.settings.few());
        let n = standoff.actor.len();
        if standoff.issue.is_empty() || standoff.actor.iter().all(|a| a.stand.is_empty()) {
            return None;
        }
        if n > MOST_ACTORS {
            let problem = format!("there may be {MOST_ACTORS} actors, there are {n}");
            return self.told(Part::Spatial, None, || Err(Error::new("actor", problem)));
        }
        let on: Vec<&str> = standoff.issue.iter().map(|i| i.id.as_str()).collect();
        let inputs = inputs::list(standoff);
        let draws = Settings::afforded(few, SPATIAL * (n as f64).powi(3));
        let draw = |_, rng: &mut Stream| {
            let drawn = inputs::at(standoff, &inputs.iter().map(|input| input.range.draw(rng)).collect::<Vec<_>>());
            let actors: Vec<spatial::Actor> = spatial::actors(&drawn, &on)?.into_iter().map(|(_, actor)| actor).collect();
            let run = spatial::run(&actors, &spatial::Settings::default())?;
            let last = run.states.last().ok_or_else(|| Error::new("states", "there is none"))?;
            let chances = last.distinct.iter().map(|a| last.probabilities[*a]);
            Ok((0..few.div_ceil(draws)).map(|_| last.positions[last.distinct[pick(chances.clone(), rng)]].clone()).collect::<Vec<_>>())
        };
        let outcomes = Streams::new(self.settings.seed).map_until(draws, self.stop, draw)?;
        self.told(Part::Spatial, None, || Ok(outcomes.into_iter().collect::<Result<Vec<_>>>()?.concat()))
    }
}

/// A draw from the predictive distribution of each draw of the ranges.
fn predictive(standoff: &Standoff, issue: &str, Settings { seed, draws }: Settings, stop: &AtomicBool) -> Result<Option<Distribution>> {
    let (table, logit) = (Table::new(standoff, issue)?, Logit::shipped()?);
    let draw = |_, rng: &mut Stream| {
        let (stands, reference) = table.read(|range| range.draw(rng));
        let chances = logit.probabilities(&Scale::new(&stands, reference)?);
        Ok(pick(chances.into_iter(), rng) as f64)
    };
    drawn(Streams::new(seed).map_until(draws, stop, draw))
}

/// A draw of the winner of each draw of the ranges.
fn elected(standoff: &Standoff, issue: &str, Settings { seed, draws }: Settings, stop: &AtomicBool) -> Result<Option<Distribution>> {
    let table = Table::new(standoff, issue)?;
    let draw = |_, rng: &mut Stream| {
        let (stands, _) = table.read(|range| range.draw(rng));
        let election = condorcet::elect(&stands, &condorcet::Rules::default())?;
        Ok(election.positions[pick(election.ballot.probabilities.into_iter(), rng)])
    };
    let draws = Settings::afforded(draws, CONDORCET * (standoff.actor.len() as f64).powi(3));
    drawn(Streams::new(seed).map_until(draws, stop, draw))
}

/// The distribution of draws, where they were not stopped.
fn drawn(draws: Option<Vec<Result<f64>>>) -> Result<Option<Distribution>> {
    draws.map(|draws| Distribution::new(draws.into_iter().collect::<Result<_>>()?)).transpose()
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
    let widest: BTreeSet<&str> = tornado.bars.iter().filter(|b| b.swing > 0.0).take(ASKED).map(|b| b.path.as_str()).collect();
    let asked = |input: &Input| widest.contains(input.path.as_str());
    let flips = flips(&inputs, asked, reaches(Bargaining::MIDDLE, of(standoff, mean)))?;
    Ok((tornado, flips, levers(standoff, issue, Bargaining::STEP, mean)?))
}
