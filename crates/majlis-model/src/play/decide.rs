//! What falls due on its date: motions, threats, offers, elections.

use super::record::{Answer, Moment, Vote, What};
use super::rules::Parameter;
use super::state::{Motion, Pending, State, Truce};
use super::world::{Cast, World};
use crate::standoff::{Bloc, Majority, Threshold};
use crate::streams::Stream;
use rand::RngExt;
use rand_distr::{Binomial, Distribution};

/// Decides what is due in this step.
pub(super) fn fall_due(world: &World<'_>, cast: &Cast, state: &mut State, rng: &mut Stream) {
    for motion in 0..world.motions.len() {
        if matches!(state.motions[motion], Motion::Due(step) if step <= state.step) {
            state.motions[motion] = Motion::Voted;
            let vote = vote(world, cast, state, motion, rng);
            if vote == Vote::Carried {
                state.carried[world.motions[motion].issue] = Some(cast.motions[motion]);
            }
            state.record.push(Moment { step: state.step, what: What::Voted(motion, vote) });
        }
    }
    let (due, waiting): (Vec<_>, _) = std::mem::take(&mut state.pending).into_iter().partition(|p| p.due <= state.step);
    state.pending = waiting;
    for pending in due {
        let answer = answer(world, cast, state, &pending, rng);
        if let Some(index) = pending.index {
            state.record.push(Moment { step: state.step, what: What::Answered(index, answer) });
        }
    }
}

/// One draw of a vote: each bloc takes the side that brings the outcome nearer to its actor's stated position; one that is bound
/// follows; those against may stay away together; members without a bloc's line vote as a coin falls.
fn vote(world: &World<'_>, cast: &Cast, state: &State, motion: usize, rng: &mut Stream) -> Vote {
    let due = &world.motions[motion];
    let assembly = &world.standoff.assembly[due.assembly];
    let now = state.carried[due.issue].or(cast.status_quo[due.issue]).unwrap_or(state.settlement[due.issue]);
    let count = |n: u32, share: f64, rng: &mut Stream| Binomial::new(u64::from(n), share.clamp(0.0, 1.0)).map_or(0, |b| b.sample(rng) as u32);
    let boycott = rng.random::<f64>() < cast.amounts.of(Parameter::Boycott);
    let (mut yes, mut no, mut held) = (0, 0, 0);
    for bloc in &assembly.bloc {
        held += bloc.seats;
        let attendance = bloc.attendance.draw(rng) / 100.0;
        let cohesion = bloc.cohesion.draw(rng) / 100.0;
        let line = leader(&assembly.bloc, bloc).actor.as_ref().and_then(|id| world.rank(id)).map(|a| a * world.issues + due.issue);
        let favours = line.filter(|at| cast.salience[*at] > 0.0).map(|at| (state.position[at] - cast.motions[motion]).abs() < (state.position[at] - now).abs());
        let present = if favours == Some(false) && boycott { 0 } else { count(bloc.seats, attendance, rng) };
        let with = count(present, if favours.is_some() { cohesion } else { 0.5 }, rng);
        match favours {
            Some(false) => {
                no += with;
                yes += present - with;
            }
            _ => {
                yes += with;
                no += present - with;
            }
        }
    }
    let loose = count(assembly.seats.saturating_sub(held), 0.5, rng);
    let yeas = count(loose, 0.5, rng);
    yes += yeas;
    no += loose - yeas;
    if assembly.quorum.is_some_and(|q| yes + no < q) {
        return Vote::NoQuorum;
    }
    let threshold = world.standoff.motion[motion].threshold.unwrap_or(assembly.threshold);
    let carried = match threshold {
        Threshold::Votes(votes) => yes >= votes,
        Threshold::Named(Majority::Simple | Majority::Present) => yes > no,
        Threshold::Named(Majority::Absolute) => 2 * yes > assembly.seats,
        Threshold::Named(Majority::TwoThirds) => 3 * u64::from(yes) >= 2 * u64::from(assembly.seats),
    };
    if carried { Vote::Carried } else { Vote::Lost }
}

/// The bloc whose line a bloc takes in the end. Bindings have no cycle.
fn leader<'a>(blocs: &'a [Bloc], bloc: &'a Bloc) -> &'a Bloc {
    let mut at = bloc;
    while let Some(next) = at.follows.as_ref().and_then(|id| blocs.iter().find(|b| b.id == *id)) {
        at = next;
    }
    at
}

/// How a threat or an offer ends. The other side weighs what giving way costs it against what refusing does, each time by logit:
/// a threat is carried out the likelier, the more backing down costs and the less carrying out does.
fn answer(world: &World<'_>, cast: &Cast, state: &mut State, pending: &Pending, rng: &mut Stream) -> Answer {
    let Pending { by, to, issue, demand, harm, cost, audience, offer, .. } = *pending;
    let points = |amount: f64| amount / 100.0 * cast.amounts.of(Parameter::Stake);
    let chance = |gain: f64| 1.0 / (1.0 + (-cast.amounts.of(Parameter::Precision) * gain).exp());
    let at = to * world.issues + issue;
    let share = state.influence[at] * cast.salience[at] / state.weight[issue].max(f64::MIN_POSITIVE);
    let given_up = cast.salience[at] * share * (demand - state.position[at]).abs();
    let firm = if offer { chance(points(harm - cost)) } else { chance(points(audience - cost)) };
    let gives_way = rng.random::<f64>() < chance(firm * points(harm) - given_up);
    let stands_firm = rng.random::<f64>() < firm;
    match (gives_way, offer) {
        (true, _) => {
            state.anchor[at] = demand;
            state.position[at] = demand;
            if offer && cast.force[by] > 0.0 && !state.bound(by, to) {
                state.truces.push(Truce { between: vec![by, to], holds: true });
                state.record.push(Moment { step: state.step, what: What::TruceMade(by.min(to), by.max(to)) });
            }
            Answer::GaveWay
        }
        (false, true) => Answer::Declined,
        (false, false) if stands_firm => {
            for i in 0..world.issues {
                state.influence[to * world.issues + i] *= 1.0 - harm / 200.0;
            }
            Answer::CarriedOut
        }
        (false, false) => Answer::BackedDown,
    }
}
