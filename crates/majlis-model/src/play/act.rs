//! What an instrument does. All actors of a step have chosen before the first effect is felt.

use super::choose::{Choice, Target, leverage};
use super::record::{Moment, What};
use super::rules::{Instrument, Parameter};
use super::state::{Motion, Pending, State, Truce};
use super::world::{Cast, World};
use crate::streams::Stream;
use rand::RngExt;

/// Carries out the choices of one step.
pub(super) fn carry_out(world: &World<'_>, cast: &Cast, state: &mut State, choices: &[Choice], rng: &mut Stream) {
    let before = state.position.clone();
    for choice in choices {
        one(world, cast, state, *choice, &before, rng);
    }
    for (at, position) in before.iter().enumerate() {
        if state.position[at] == *position {
            state.draw_towards(at, state.anchor[at], cast.amounts.of(Parameter::Resilience));
        }
    }
}

fn one(world: &World<'_>, cast: &Cast, state: &mut State, choice: Choice, before: &[f64], rng: &mut Stream) {
    let Choice { actor, instrument, target } = choice;
    let amounts = &cast.amounts;
    let pull = amounts.pull(instrument);
    let at = |a: usize, i: usize| a * world.issues + i;
    let press = |state: &mut State, by: usize, on: usize, issue: usize| {
        let (by, on) = (at(by, issue), at(on, issue));
        state.draw_towards(on, cast.ideal[by], pull * leverage(state, by, on));
    };
    let step = state.step;
    match (instrument, target) {
        (Instrument::Hold, _) => return,
        (Instrument::State, _) => {
            for issue in (0..world.issues).filter(|i| cast.salience[at(actor, *i)] > 0.0) {
                for other in (0..world.actors()).filter(|o| *o != actor) {
                    press(state, actor, other, issue);
                }
            }
        }
        (Instrument::Threaten, Target::Actor(on, issue)) => {
            press(state, actor, on, issue);
            let harm = amounts.of(Parameter::ThreatHarm) * state.influence[at(actor, issue)];
            let notice = amounts.of(Parameter::NoticeSteps).round() as u16;
            state.pending.push(Pending {
                index: None,
                by: actor,
                to: on,
                issue,
                demand: (before[at(on, issue)] + cast.ideal[at(actor, issue)]) / 2.0,
                harm,
                cost: amounts.of(Parameter::ThreatCost) * harm,
                audience: amounts.of(Parameter::AudienceCost),
                offer: false,
                due: step.saturating_add(notice.max(1)),
            });
        }
        (Instrument::TableMotion, Target::Motion(motion)) if state.motions[motion] == Motion::Untabled => {
            let notice = amounts.of(Parameter::NoticeSteps).round() as u16;
            state.motions[motion] = Motion::Due(step.saturating_add(notice.max(1)));
        }
        (Instrument::Demand | Instrument::Refer, Target::Actor(on, issue)) => press(state, actor, on, issue),
        (Instrument::Attack | Instrument::StrikeBack, Target::Actor(on, issue)) => {
            press(state, actor, on, issue);
            state.hit[on] = Some((actor, step));
            breach(world, cast, state, actor, on, rng);
        }
        (Instrument::OfferTruce, Target::Actor(on, _)) => {
            let spared = amounts.of(Parameter::Retaliation) * cast.force[actor];
            let odds = (amounts.of(Parameter::Precision) * (spared - amounts.cost(instrument))).exp();
            if rng.random::<f64>() >= odds / (1.0 + odds) || state.bound(actor, on) {
                return;
            }
            state.truces.push(Truce { between: vec![actor, on], holds: true });
            let (one, other) = (actor.min(on), actor.max(on));
            state.record.push(Moment { step, what: What::TruceMade(one, other) });
        }
        (Instrument::Endorse, Target::With(ally, on, issue)) => press(state, ally, on, issue),
        (Instrument::Mediate, Target::Between(one, other, issue)) => {
            let middle = (before[at(one, issue)] + before[at(other, issue)]) / 2.0;
            state.draw_towards(at(one, issue), middle, pull);
            state.draw_towards(at(other, issue), middle, pull);
        }
        (Instrument::Concede, Target::Issue(issue)) => {
            let asked = state.pending.iter().find(|p| !p.offer && p.to == actor && p.issue == issue).map(|p| p.demand);
            state.draw_towards(at(actor, issue), asked.unwrap_or(state.settlement[issue]), pull);
        }
        _ => return,
    }
    state.heat(amounts.tension(instrument));
    let what = What::Acted(actor, instrument);
    state.record.push(Moment { step, what });
}

/// A truce that binds both may end with an attack.
fn breach(world: &World<'_>, cast: &Cast, state: &mut State, by: usize, on: usize, rng: &mut Stream) {
    // Two breaches' worth of prior, then those on record.
    const PRIOR: f64 = 2.0;
    let outlived = PRIOR * cast.amounts.of(Parameter::TruceTolerance) + world.outlived;
    let survives = outlived / (PRIOR + world.outlived + world.ended);
    for (t, truce) in state.truces.iter_mut().enumerate() {
        let binds = truce.between.contains(&by) && (truce.between.len() == 1 || truce.between.contains(&on));
        if truce.holds && binds && rng.random::<f64>() >= survives {
            truce.holds = false;
            state.record.push(Moment { step: state.step, what: What::TruceEnded(Some(t).filter(|t| *t < world.truces.len())) });
        }
    }
}
