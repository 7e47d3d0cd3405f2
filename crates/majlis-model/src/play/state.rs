//! How things stand at one moment of one play.

use super::record::Moment;
use super::rules::Parameter;
use super::world::{Cast, World};

/// What changes in a play.
pub(super) struct State {
    pub(super) step: u16,
    /// Stated positions, at `actor * issues + issue`.
    pub(super) position: Vec<f64>,
    /// Where each stated position goes back to.
    pub(super) anchor: Vec<f64>,
    pub(super) influence: Vec<f64>,
    /// Per issue: where the bargaining would settle now, 0–100.
    pub(super) settlement: Vec<f64>,
    /// Per issue: sum of influence × salience.
    pub(super) weight: Vec<f64>,
    /// 0–100.
    pub(super) tension: f64,
    /// Per actor: who hit it last, and when.
    pub(super) hit: Vec<Option<(usize, u16)>>,
    pub(super) truces: Vec<Truce>,
    pub(super) motions: Vec<Motion>,
    pub(super) pending: Vec<Pending>,
    /// Per issue: what a carried motion made of it.
    pub(super) carried: Vec<Option<f64>>,
    pub(super) record: Vec<Moment>,
}

pub(super) struct Truce {
    pub(super) between: Vec<usize>,
    pub(super) holds: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    Untabled,
    Due(u16),
    Voted,
}

/// A threat or an offer that waits for its answer.
pub(super) struct Pending {
    /// Which of the standoff's, if it is one of those.
    pub(super) index: Option<usize>,
    pub(super) by: usize,
    pub(super) to: usize,
    pub(super) issue: usize,
    pub(super) demand: f64,
    pub(super) harm: f64,
    pub(super) cost: f64,
    pub(super) audience: f64,
    pub(super) offer: bool,
    pub(super) due: u16,
}

impl State {
    pub(super) fn new(world: &World<'_>, cast: &Cast) -> Self {
        let last = world.steps.saturating_sub(1);
        let mut state = Self {
            step: 0,
            position: cast.ideal.clone(),
            anchor: cast.ideal.clone(),
            influence: cast.influence.clone(),
            settlement: vec![0.0; world.issues],
            weight: vec![0.0; world.issues],
            tension: 0.0,
            hit: world.hit.iter().map(|by| by.map(|by| (by, 0))).collect(),
            truces: world.truces.iter().map(|between| Truce { between: between.clone(), holds: true }).collect(),
            motions: world.motions.iter().map(|m| m.step.map_or(Motion::Untabled, Motion::Due)).collect(),
            pending: world
                .bargains
                .iter()
                .zip(&cast.bargains)
                .enumerate()
                .map(|(index, (b, terms))| Pending {
                    index: Some(index),
                    by: b.by,
                    to: b.to,
                    issue: b.issue,
                    demand: terms.demand,
                    harm: terms.harm,
                    cost: terms.cost,
                    audience: terms.audience,
                    offer: b.offer,
                    due: b.step.unwrap_or(last),
                })
                .collect(),
            carried: vec![None; world.issues],
            record: Vec::new(),
        };
        state.settle(world, cast);
        state
    }

    /// Works out where each issue would settle now: the mean of stated positions by influence × salience, drawn towards a carried
    /// motion; the status quo, or the middle of the scale, where nobody cares.
    pub(super) fn settle(&mut self, world: &World<'_>, cast: &Cast) {
        for issue in 0..world.issues {
            let (mut weight, mut sum) = (0.0, 0.0);
            for at in (0..world.actors()).map(|a| a * world.issues + issue) {
                let w = self.influence[at] * cast.salience[at];
                weight += w;
                sum += w * self.position[at];
            }
            let mean = if weight > 0.0 { sum / weight } else { cast.status_quo[issue].unwrap_or(50.0) };
            let binding = cast.amounts.of(Parameter::Binding);
            self.weight[issue] = weight;
            self.settlement[issue] = self.carried[issue].map_or(mean, |motion| mean + binding * (motion - mean));
        }
    }

    /// Moves a stated position part of the way to a goal.
    pub(super) fn draw_towards(&mut self, at: usize, goal: f64, share: f64) {
        self.position[at] += share.clamp(0.0, 1.0) * (goal - self.position[at]);
    }

    pub(super) fn heat(&mut self, points: f64) {
        self.tension = (self.tension + points).clamp(0.0, 100.0);
    }

    /// Whether a truce keeps `a` from attacking `b`.
    pub(super) fn bound(&self, a: usize, b: usize) -> bool {
        self.truces.iter().any(|t| t.holds && t.between.contains(&a) && (t.between.len() == 1 || t.between.contains(&b)))
    }

    /// Who attacked `actor`, if it can still strike back.
    pub(super) fn attacker(&self, actor: usize, memory: f64) -> Option<usize> {
        self.hit[actor].filter(|(_, step)| f64::from(self.step - step) <= memory).map(|(by, _)| by)
    }
}
