//! Threats and offers: what waits for an answer, and how it ends.

use super::cast::{Cast, Terms};
use super::record::{Answer, What};
use super::rules::{Instrument, Parameter};
use super::state::State;
use super::world::{When, World};
use crate::streams::Stream;
use rand::RngExt;

/// A threat or an offer that waits for its answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pending {
    /// Which of the standoff's, if it is one of those.
    pub(super) index: Option<usize>,
    pub(super) by: usize,
    pub(super) to: usize,
    pub(super) issue: usize,
    pub(super) offer: bool,
    pub(super) terms: Terms,
    pub(super) due: u16,
}

impl Pending {
    /// Those of the standoff that fall due within the play; one without a day does on the last.
    pub(super) fn of_the_standoff(world: &World, cast: &Cast) -> Vec<Self> {
        let due = |when| match when {
            When::Open => Some(world.steps - 1),
            When::Step(step) => Some(step),
            When::Later => None,
        };
        let bargains = world.bargains.iter().zip(&cast.bargains).enumerate();
        bargains
            .filter_map(|(i, (b, terms))| Some(Self { index: Some(i), by: b.by, to: b.to, issue: b.issue, offer: b.offer, terms: *terms, due: due(b.when)? }))
            .collect()
    }

    /// A threat made now: it asks the other to meet halfway.
    pub(super) fn threat(world: &World, cast: &Cast, state: &State, by: usize, to: usize, issue: usize) -> Self {
        let amounts = &cast.amounts;
        let (own, other) = (by * world.issues + issue, to * world.issues + issue);
        let stake = amounts.of(Parameter::ThreatHarm) * state.influence[own];
        let terms = Terms {
            demand: (state.position[other] + cast.ideal[own]) / 2.0,
            stake,
            cost: amounts.of(Parameter::ThreatCost) * stake,
            audience: amounts.of(Parameter::AudienceCost),
        };
        Self { index: None, by, to, issue, offer: false, terms, due: world.after(state.step, amounts.of(Parameter::NoticeDays)) }
    }

    /// How likely the other side gives way, and how likely whoever threatens or offers keeps its word: each weighs in points what
    /// one thing costs against what the other does, and chooses by logit. A threat is carried out the likelier, the more backing
    /// down costs and the less carrying out does; an offer is kept the likelier, the more it is worth beyond what it costs.
    pub(super) fn odds(&self, world: &World, cast: &Cast, state: &State) -> Odds {
        let Terms { demand, stake, cost, audience } = self.terms;
        let points = |amount: f64| amount / 100.0 * cast.amounts.of(Parameter::Stake);
        let chance = |gain: f64| 1.0 / (1.0 + (-cast.amounts.of(Parameter::Precision) * gain).exp());
        let at = self.to * world.issues + self.issue;
        let moved = cast.salience[at] * state.share[at] * (demand - state.position[at]).abs();
        let given_up = moved + cast.amounts.cost(Instrument::Concede);
        let firm = chance(points(if self.offer { stake } else { audience } - cost));
        Odds { gives_way: chance(firm * points(stake) - given_up), firm }
    }

    /// What a threat brings whoever makes it, in points, were it made and answered now.
    pub(super) fn worth(&self, world: &World, cast: &Cast, state: &State) -> f64 {
        let Odds { gives_way, firm } = self.odds(world, cast, state);
        let points = |amount: f64| amount / 100.0 * cast.amounts.of(Parameter::Stake);
        let (own, other) = (self.by * world.issues + self.issue, self.to * world.issues + self.issue);
        let won = cast.salience[own] * state.share[other] * (self.terms.demand - state.position[other]).abs();
        gives_way * won - (1.0 - gives_way) * (firm * points(self.terms.cost) + (1.0 - firm) * points(self.terms.audience))
    }

    /// Draws its end and lets it be felt.
    pub(super) fn answer(&self, world: &World, cast: &Cast, state: &mut State, rng: &mut Stream) {
        let odds = self.odds(world, cast, state);
        let gives_way = rng.random::<f64>() < odds.gives_way;
        let stands_firm = rng.random::<f64>() < odds.firm;
        let answer = match (gives_way, self.offer, stands_firm) {
            (true, ..) => Answer::GaveWay,
            (false, true, _) => Answer::Declined,
            (false, false, true) => Answer::CarriedOut,
            (false, false, false) => Answer::BackedDown,
        };
        state.note(match self.index {
            Some(index) => What::Answered(index, answer),
            None => What::Met(self.by, self.to, answer),
        });
        match answer {
            Answer::GaveWay => {
                let at = self.to * world.issues + self.issue;
                state.anchor[at] = self.terms.demand;
                state.position[at] = self.terms.demand;
                if self.offer && world.armed[self.by] {
                    state.make_truce(self.by, self.to);
                }
            }
            Answer::CarriedOut => {
                let kept = 1.0 - cast.amounts.of(Parameter::Toll) * self.terms.stake / 100.0;
                let first = self.to * world.issues;
                state.influence[first..first + world.issues].iter_mut().for_each(|influence| *influence *= kept);
            }
            Answer::BackedDown | Answer::Declined => {}
        }
    }
}

/// Chances, 0–1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Odds {
    pub(super) gives_way: f64,
    pub(super) firm: f64,
}
