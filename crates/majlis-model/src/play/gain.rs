//! What an actor would gain, in points, by what it can do to others.
//!
//! An actor gains where the bargaining on an issue moves towards what it wants: points of the scale by which it does, times its
//! salience.

use super::cast::Cast;
use super::house::House;
use super::rules::{Instrument, Parameter};
use super::state::{Motion, State};
use super::world::World;

/// Someone to press over an issue, and the points of gain for each unit of pull.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    pub(super) target: usize,
    pub(super) issue: usize,
    pub(super) gain: f64,
}

/// Visits everyone whom `actor` would gain by pressing with the influence, and towards the wish, of `lever`: itself or an ally.
pub(super) fn each_aim(world: &World, cast: &Cast, state: &State, actor: usize, lever: usize, mut visit: impl FnMut(Aim)) {
    for issue in 0..world.issues {
        let (own, by) = (actor * world.issues + issue, lever * world.issues + issue);
        let towards = (cast.ideal[own] - state.settlement[issue]).signum();
        if cast.salience[own] <= 0.0 {
            continue;
        }
        for target in (0..world.actors()).filter(|t| *t != actor && *t != lever) {
            let at = target * world.issues + issue;
            let gap = (cast.ideal[by] - state.position[at]) * towards;
            if gap > 0.0 && state.share[at] > 0.0 && !world.allied(actor, target) {
                let gain = cast.salience[own] * state.share[at] * leverage(state, by, at) * gap;
                if gain > 0.0 {
                    visit(Aim { target, issue, gain });
                }
            }
        }
    }
}

/// Share of a pull that tells: the puller's influence in that of both.
pub(super) fn leverage(state: &State, by: usize, on: usize) -> f64 {
    let both = state.influence[by] + state.influence[on];
    if both > 0.0 { state.influence[by] / both } else { 0.0 }
}

/// The aim at `target` that brings most, if any does.
pub(super) fn best_on(aims: &[Aim], target: usize) -> Option<Aim> {
    aims.iter().filter(|a| a.target == target).max_by(|a, b| a.gain.total_cmp(&b.gain)).copied()
}

/// The issue on which giving way costs least, and the points it brings: harm of threats met, less what is lost.
pub(super) fn concession(world: &World, cast: &Cast, state: &State, actor: usize) -> Option<(usize, f64)> {
    let pull = cast.amounts.pull(Instrument::Concede);
    (0..world.issues)
        .filter(|i| cast.salience[actor * world.issues + i] > 0.0)
        .map(|issue| {
            let at = actor * world.issues + issue;
            let lost = cast.salience[at] * state.share[at] * pull * (state.settlement[issue] - state.position[at]).abs();
            let threats = state.pending.iter().filter(|p| !p.offer && p.to == actor && p.issue == issue);
            let threatened: f64 = threats.map(|p| p.terms.stake).sum();
            (issue, pull * threatened / 100.0 * cast.amounts.of(Parameter::Stake) - lost)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The open motion that brings most by the end of the play, if one is nearer to the actor's wish than the state of things and the
/// actor can table it.
pub(super) fn motion(world: &World, cast: &Cast, state: &State, actor: usize) -> Option<(usize, f64)> {
    let left = world.day(world.steps - state.step);
    let felt = 1.0 - (-left / cast.amounts.of(Parameter::ChangeDays)).exp2();
    (0..world.motions.len())
        .filter(|m| state.motions[*m] == Motion::Open && state.houses[world.motions[*m].assembly].has(actor))
        .map(|m| {
            let issue = world.motions[m].issue;
            let (at, standing) = (actor * world.issues + issue, state.standing[issue]);
            let moved = standing + felt * cast.amounts.of(Parameter::Binding) * (cast.motions[m] - standing);
            let nearer = (standing - cast.ideal[at]).abs() - (moved - cast.ideal[at]).abs();
            (m, state.prospects[m] * cast.salience[at] * nearer)
        })
        .filter(|(_, gain)| *gain > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether an actor can make a threat that is heard: it has seats, a state or arms.
pub(super) fn can_threaten(world: &World, state: &State, actor: usize) -> bool {
    let seated = |house: &House| house.has(actor);
    world.state[actor] || world.armed[actor] || state.houses.iter().any(seated)
}

/// The ally with whose weight most is gained, and the aim.
pub(super) fn endorsement(world: &World, cast: &Cast, state: &State, actor: usize) -> Option<(usize, Aim)> {
    let mut best: Option<(usize, Aim)> = None;
    for ally in (0..world.actors()).filter(|b| world.allied(actor, *b)) {
        each_aim(world, cast, state, actor, ally, |aim| {
            if best.is_none_or(|(_, best)| aim.gain > best.gain) && !world.allied(ally, aim.target) {
                best = Some((ally, aim));
            }
        });
    }
    best
}

/// The weightiest actors on either side of the actor's own wish, neither its ally, and what it gains for each unit of pull if they
/// draw together.
pub(super) fn between(world: &World, cast: &Cast, state: &State, actor: usize) -> Option<(usize, usize, usize, f64)> {
    let reach = cast.amounts.of(Parameter::Reach);
    (0..world.issues)
        .filter_map(|issue| {
            let own = actor * world.issues + issue;
            if cast.salience[own] <= 0.0 {
                return None;
            }
            let mut heaviest = [None, None];
            for t in (0..world.actors()).filter(|t| *t != actor && !world.allied(actor, *t)) {
                let at = t * world.issues + issue;
                let off = state.position[at] - cast.ideal[own];
                let share = state.share[at];
                let side = &mut heaviest[usize::from(off > 0.0)];
                if off.abs() > reach && share > side.map_or(0.0, |(_, heaviest)| heaviest) {
                    *side = Some((t, share));
                }
            }
            let [Some((low, _)), Some((high, _))] = heaviest else { return None };
            let places = [low, high].map(|t| t * world.issues + issue);
            let middle = places.iter().map(|at| state.position[*at]).sum::<f64>() / 2.0;
            let moved: f64 = places.iter().map(|at| state.share[*at] * (middle - state.position[*at])).sum();
            Some((low, high, issue, cast.salience[own] * moved * (cast.ideal[own] - state.settlement[issue]).signum()))
        })
        .max_by(|a, b| a.3.total_cmp(&b.3))
}
