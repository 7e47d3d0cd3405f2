//! How things stand at one moment of one play.

use super::bargains::Pending;
use super::cast::Cast;
use super::house::{House, prospect};
use super::raids::Hit;
use super::record::{Moment, What};
use super::rules::Parameter;
use super::world::{When, World};
use crate::streams::Stream;
use rand_distr::{Distribution, StandardNormal};

/// What changes in a play. Stands lie at `actor * issues + issue`.
pub(super) struct State {
    pub(super) step: u16,
    /// Stated positions.
    pub(super) position: Vec<f64>,
    /// Where each stated position goes back to.
    pub(super) anchor: Vec<f64>,
    pub(super) influence: Vec<f64>,
    /// What draws a stated position in this step: sum of shares, and of shares × goals.
    push: Vec<(f64, f64)>,
    /// Per issue: where the bargaining stands, the mean of stated positions by influence × salience, 0–100.
    pub(super) settlement: Vec<f64>,
    /// Share of each stand in the weight on its issue.
    pub(super) share: Vec<f64>,
    /// Per issue: the state of things, 0–100.
    pub(super) standing: Vec<f64>,
    /// Per issue: what a carried motion made of it.
    pub(super) carried: Vec<Option<f64>>,
    /// 0–100.
    pub(super) tension: f64,
    /// Per actor: who hit it last.
    pub(super) hit: Vec<Option<Hit>>,
    pub(super) truces: Vec<Truce>,
    pub(super) houses: Vec<House>,
    pub(super) motions: Vec<Motion>,
    /// Per motion: how likely it would be carried if it were put to the vote now.
    pub(super) prospects: Vec<f64>,
    pub(super) pending: Vec<Pending>,
    pub(super) record: Vec<Moment>,
}

pub(super) struct Truce {
    /// Which of the standoff's, if it is one of those.
    pub(super) index: Option<usize>,
    pub(super) between: Vec<usize>,
    pub(super) holds: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    /// Somebody can table it.
    Open,
    Due(u16),
    Closed,
}

impl State {
    pub(super) fn new(world: &World, cast: &Cast) -> Self {
        let mut state = Self {
            step: 0,
            position: cast.ideal.clone(),
            anchor: cast.ideal.clone(),
            influence: cast.influence.clone(),
            push: vec![(0.0, 0.0); cast.ideal.len()],
            settlement: vec![0.0; world.issues],
            share: vec![0.0; cast.ideal.len()],
            standing: Vec::new(),
            carried: vec![None; world.issues],
            tension: 0.0,
            hit: world.hit.clone(),
            truces: world.truces.iter().map(|(t, between)| Truce { index: Some(*t), between: between.clone(), holds: true }).collect(),
            houses: cast.houses.clone(),
            motions: world
                .motions
                .iter()
                .map(|m| match m.when {
                    When::Open => Motion::Open,
                    When::Step(step) => Motion::Due(step),
                    When::Later => Motion::Closed,
                })
                .collect(),
            prospects: vec![0.0; world.motions.len()],
            pending: Pending::of_the_standoff(world, cast),
            record: Vec::new(),
        };
        state.weigh(world, cast);
        state.standing = cast.status_quo.iter().zip(&state.settlement).map(|(status_quo, settlement)| status_quo.unwrap_or(*settlement)).collect();
        state.look_ahead(world, cast);
        state
    }

    /// Draws a stated position a share of the way to a goal. Felt at the end of the step, together with everything else that draws it.
    pub(super) fn push(&mut self, at: usize, goal: f64, share: f64) {
        self.push[at].0 += share;
        self.push[at].1 += share * goal;
    }

    /// Lets stated positions go where they are drawn, and then back a part of the way to where they belong.
    pub(super) fn move_positions(&mut self, world: &World, cast: &Cast) {
        let back = world.decay(cast.amounts.of(Parameter::ReturnDays));
        for (at, position) in self.position.iter_mut().enumerate() {
            let (share, goals) = std::mem::take(&mut self.push[at]);
            if share > 0.0 {
                *position += share.min(1.0) * (goals / share - *position);
            }
            *position += back * (self.anchor[at] - *position);
        }
    }

    /// Ends a step: tension cools, the bargaining is weighed anew, and the state of things follows it slowly, with what nobody foresaw.
    pub(super) fn settle(&mut self, world: &World, cast: &Cast, rng: &mut Stream) {
        self.tension *= 1.0 - world.decay(cast.amounts.of(Parameter::TensionDays));
        self.weigh(world, cast);
        let change = world.decay(cast.amounts.of(Parameter::ChangeDays));
        let spread = cast.amounts.of(Parameter::Unforeseen) * (world.step_days / 30.0).sqrt();
        for issue in 0..world.issues {
            let surprise: f64 = StandardNormal.sample(rng);
            let settlement = self.settlement[issue];
            let goal = self.carried[issue].map_or(settlement, |motion| settlement + cast.amounts.of(Parameter::Binding) * (motion - settlement));
            let standing = self.standing[issue];
            self.standing[issue] = reflected(standing + change * (goal - standing) + spread * surprise);
        }
        self.look_ahead(world, cast);
    }

    /// Works out where the bargaining on each issue stands: at the state of things, or the middle of the scale, where nobody cares.
    fn weigh(&mut self, world: &World, cast: &Cast) {
        for issue in 0..world.issues {
            let (mut weight, mut sum) = (0.0, 0.0);
            for at in (0..world.actors()).map(|a| a * world.issues + issue) {
                let w = self.influence[at] * cast.salience[at];
                weight += w;
                sum += w * self.position[at];
            }
            for at in (0..world.actors()).map(|a| a * world.issues + issue) {
                self.share[at] = self.influence[at] * cast.salience[at] / weight.max(f64::MIN_POSITIVE);
            }
            self.settlement[issue] =
                if weight > 0.0 { (sum / weight).clamp(0.0, 100.0) } else { self.standing.get(issue).copied().or(cast.status_quo[issue]).unwrap_or(50.0) };
        }
    }

    fn look_ahead(&mut self, world: &World, cast: &Cast) {
        for motion in 0..world.motions.len() {
            self.prospects[motion] = if self.motions[motion] == Motion::Open { prospect(world, cast, self, motion) } else { 0.0 };
        }
    }

    pub(super) fn heat(&mut self, points: f64) {
        self.tension = (self.tension + points).clamp(0.0, 100.0);
    }

    /// Whether a truce keeps `a` from attacking `b`.
    pub(super) fn bound(&self, a: usize, b: usize) -> bool {
        self.truces.iter().any(|t| t.holds && t.binds(a, b))
    }

    /// Binds two actors by a new truce, unless one binds them already.
    pub(super) fn make_truce(&mut self, a: usize, b: usize) {
        if !self.bound(a, b) {
            self.truces.push(Truce { index: None, between: vec![a, b], holds: true });
            self.note(What::TruceMade(a.min(b), a.max(b)));
        }
    }

    /// Who attacked `actor`, if it can still strike back.
    pub(super) fn attacker(&self, world: &World, cast: &Cast, actor: usize) -> Option<usize> {
        let memory = cast.amounts.of(Parameter::MemoryDays);
        self.hit[actor].filter(|hit| world.day(self.step) - hit.day <= memory).map(|hit| hit.by)
    }

    pub(super) fn note(&mut self, what: What) {
        self.record.push(Moment { step: self.step, what });
    }
}

impl Truce {
    /// Whether it keeps `a` from attacking `b`; a truce of one actor keeps it from attacking anybody.
    pub(super) fn binds(&self, a: usize, b: usize) -> bool {
        self.between.contains(&a) && (self.between.len() == 1 || self.between.contains(&b))
    }
}

/// A value that walked off the scale, thrown back from its end.
fn reflected(value: f64) -> f64 {
    let value = value.rem_euclid(200.0);
    if value > 100.0 { 200.0 - value } else { value }
}

#[cfg(test)]
mod tests {
    use super::reflected;

    #[test]
    fn the_ends_of_the_scale_throw_back() {
        assert_eq!([-5.0, 0.0, 30.0, 100.0, 104.0, -250.0, 330.0].map(reflected), [5.0, 0.0, 30.0, 100.0, 96.0, 50.0, 70.0]);
    }
}
