//! What an instrument does. All actors of a step have chosen before the first effect is felt.

use super::bargains::Pending;
use super::cast::Cast;
use super::choose::{Choice, Target};
use super::gain::leverage;
use super::raids::Hit;
use super::record::What;
use super::rules::{Instrument, Parameter};
use super::state::{Motion, State};
use super::world::World;
use crate::streams::Stream;
use rand::RngExt;

/// Carries out the choices of one step.
pub(super) fn carry_out(world: &World, cast: &Cast, state: &mut State, choices: &[Choice], rng: &mut Stream) {
    for choice in choices {
        one(world, cast, state, *choice, rng);
    }
    state.move_positions(world, cast);
}

fn one(world: &World, cast: &Cast, state: &mut State, choice: Choice, rng: &mut Stream) {
    let Choice { actor, instrument, target } = choice;
    let amounts = &cast.amounts;
    let pull = amounts.pull(instrument);
    match (instrument, target) {
        (Instrument::State, _) => {
            for issue in (0..world.issues).filter(|i| cast.salience[actor * world.issues + i] > 0.0) {
                for other in (0..world.actors()).filter(|o| *o != actor) {
                    press(world, cast, state, actor, other, issue, pull);
                }
            }
        }
        (Instrument::Threaten, Target::Actor(on, issue)) => {
            press(world, cast, state, actor, on, issue, pull);
            let threat = Pending::threat(world, cast, state, actor, on, issue);
            state.pending.push(threat);
        }
        (Instrument::TableMotion, Target::Motion(motion)) if state.motions[motion] == Motion::Open => {
            state.motions[motion] = Motion::Due(world.after(state.step, amounts.of(Parameter::NoticeDays)));
        }
        (Instrument::Demand | Instrument::Refer, Target::Actor(on, issue)) => press(world, cast, state, actor, on, issue, pull),
        (Instrument::Attack | Instrument::StrikeBack, Target::Actor(on, issue)) => {
            press(world, cast, state, actor, on, issue, pull);
            state.hit[on] = Some(Hit { by: actor, day: world.day(state.step) });
            breach(world, cast, state, actor, on, rng);
        }
        (Instrument::OfferTruce, Target::Actor(on, _)) => {
            let spared = amounts.of(Parameter::Retaliation) * cast.force[actor] - amounts.cost(instrument);
            if rng.random::<f64>() < 1.0 / (1.0 + (-amounts.of(Parameter::Precision) * spared).exp()) {
                state.make_truce(actor, on);
            }
        }
        (Instrument::Endorse, Target::With(ally, on, issue)) => press(world, cast, state, ally, on, issue, pull),
        (Instrument::Mediate, Target::Between(one, other, issue)) => {
            let places = [one, other].map(|a| a * world.issues + issue);
            let middle = places.iter().map(|at| state.position[*at]).sum::<f64>() / 2.0;
            places.iter().for_each(|at| state.push(*at, middle, pull));
        }
        (Instrument::Concede, Target::Issue(issue)) => {
            let asked = state.pending.iter().find(|p| !p.offer && p.to == actor && p.issue == issue).map(|p| p.terms.demand);
            let goal = asked.unwrap_or(state.settlement[issue]);
            state.push(actor * world.issues + issue, goal, pull);
        }
        _ => return,
    }
    state.heat(amounts.tension(instrument));
    state.note(What::Acted(actor, instrument));
}

/// Draws an actor's stated position towards what another wants.
fn press(world: &World, cast: &Cast, state: &mut State, by: usize, on: usize, issue: usize, pull: f64) {
    let (by, on) = (by * world.issues + issue, on * world.issues + issue);
    let share = pull * leverage(state, by, on);
    state.push(on, cast.ideal[by], share);
}

/// A truce that binds both may end with an attack: the chance that it does not is the rules' and the record's, each by its weight.
fn breach(world: &World, cast: &Cast, state: &mut State, by: usize, on: usize, rng: &mut Stream) {
    let weight = cast.amounts.of(Parameter::TruceWeight);
    let survives = (weight * cast.amounts.of(Parameter::TruceTolerance) + world.outlived) / (weight + world.outlived + world.ended);
    for t in 0..state.truces.len() {
        if state.truces[t].holds && state.truces[t].binds(by, on) && rng.random::<f64>() >= survives {
            state.truces[t].holds = false;
            state.note(What::TruceEnded(state.truces[t].index));
        }
    }
}
