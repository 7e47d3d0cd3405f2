//! What an actor would gain by each instrument, and which it chooses.

use super::rules::{Instrument, Parameter};
use super::state::{Motion, State};
use super::world::{Cast, Raids, World};
use crate::streams::Stream;
use rand::RngExt;

/// One thing an actor can do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub(super) actor: usize,
    pub(super) instrument: Instrument,
    pub(super) target: Target,
}

/// At whom or what it is aimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Nobody,
    /// An actor, over an issue.
    Actor(usize, usize),
    /// An ally, and the opponent pressed with its weight over an issue.
    With(usize, usize, usize),
    /// Two actors to draw together over an issue.
    Between(usize, usize, usize),
    /// A motion.
    Motion(usize),
    /// An issue, and where to move on it, 0–100 rounded.
    Issue(usize),
}

/// A target, and the points of gain for each unit of pull on it.
struct Aim {
    target: usize,
    issue: usize,
    gain: f64,
}

/// Propensities to violence beyond what gain explains, on the logit scale.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habit {
    attack: f64,
    reply: f64,
}

/// Fits each actor's habits, so that at the start it attacks, and replies, as often as the record says.
pub(super) fn habits(world: &World<'_>, cast: &Cast, state: &State) -> Vec<Habit> {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    (0..world.actors())
        .map(|actor| {
            let Some(Raids { attack, reply }) = world.raids[actor] else { return Habit::default() };
            let View { options, .. } = View::new(world, cast, state, actor, Habit::default());
            let precision = cast.amounts.of(Parameter::Precision);
            let peaceful = |o: &&(Instrument, f64, Target)| !matches!(o.0, Instrument::Attack | Instrument::StrikeBack);
            let others: f64 = options.iter().filter(peaceful).map(|o| (precision * o.1).exp()).sum::<f64>().ln();
            let strongest = (0..world.actors()).filter(|t| world.adverse(actor, *t)).max_by(|a, b| cast.force[*a].total_cmp(&cast.force[*b]));
            let (own, back) = strongest.map_or((0.0, 0.0), |t| {
                (violence(world, cast, state, actor, t, Instrument::Attack), violence(world, cast, state, actor, t, Instrument::StrikeBack))
            });
            Habit { attack: logit(attack) + others - precision * own, reply: logit(reply) + others - precision * back }
        })
        .collect()
}

/// Draws one actor's choice.
pub(super) fn choose(world: &World<'_>, cast: &Cast, state: &State, actor: usize, habit: Habit, rng: &mut Stream) -> Choice {
    let view = View::new(world, cast, state, actor, habit);
    let precision = cast.amounts.of(Parameter::Precision);
    let (instrument, _, target) = view.options[draw(view.options.iter().map(|o| precision * o.1), rng)];
    let pull = cast.amounts.pull(instrument);
    let target = match instrument {
        Instrument::Demand | Instrument::Threaten => {
            let aim = &view.aims[draw(view.aims.iter().map(|aim| precision * pull * aim.gain), rng)];
            Target::Actor(aim.target, aim.issue)
        }
        _ => target,
    };
    Choice { actor, instrument, target }
}

/// An index, each as likely as e to its value.
fn draw(values: impl Iterator<Item = f64> + Clone, rng: &mut Stream) -> usize {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let weight = |v: f64| (v - most).exp();
    let mut left = rng.random::<f64>() * values.clone().map(weight).sum::<f64>();
    let mut last = 0;
    for (i, value) in values.enumerate() {
        last = i;
        left -= weight(value);
        if left < 0.0 {
            break;
        }
    }
    last
}

/// How the world looks to one actor.
struct View {
    aims: Vec<Aim>,
    /// What it can do: points gained, and at whom it is aimed. Never empty: it can always hold.
    options: Vec<(Instrument, f64, Target)>,
}

impl View {
    fn new(world: &World<'_>, cast: &Cast, state: &State, actor: usize, habit: Habit) -> Self {
        let amounts = &cast.amounts;
        let precision = amounts.of(Parameter::Precision).max(f64::MIN_POSITIVE);
        let aims = aims(world, cast, state, actor, actor);
        let mut options = vec![(Instrument::Hold, 0.0, Target::Nobody)];
        let mut offer = |instrument: Instrument, gain: f64, target: Target| {
            let points = gain - amounts.cost(instrument) - tension(cast, state, actor, amounts.tension(instrument));
            options.push((instrument, points, target));
        };
        let has_stand = (0..world.issues).any(|i| cast.salience[actor * world.issues + i] > 0.0);
        let best = aims.iter().max_by(|a, b| a.gain.total_cmp(&b.gain));
        if has_stand {
            let all: f64 = aims.iter().map(|a| a.gain).sum();
            offer(Instrument::State, amounts.pull(Instrument::State) * all, Target::Nobody);
            let (issue, gain) = concession(world, cast, state, actor);
            offer(Instrument::Concede, gain, Target::Issue(issue));
        }
        if let Some(aim) = best {
            let target = Target::Actor(aim.target, aim.issue);
            offer(Instrument::Demand, amounts.pull(Instrument::Demand) * aim.gain, target);
            let waiting = state.pending.iter().any(|p| !p.offer && p.by == actor);
            if !waiting && (world.seated[actor] || world.state[actor] || cast.force[actor] > 0.0) {
                offer(Instrument::Threaten, amounts.pull(Instrument::Threaten) * aim.gain, target);
            }
        }
        if let Some((motion, gain)) = motion(world, cast, state, actor) {
            offer(Instrument::TableMotion, gain, Target::Motion(motion));
        }
        if let Some((ally, target, issue, gain)) = endorsement(world, cast, state, actor) {
            offer(Instrument::Endorse, amounts.pull(Instrument::Endorse) * gain, Target::With(ally, target, issue));
        }
        if let Some((one, other, issue, gain)) = between(world, cast, state, actor) {
            offer(Instrument::Mediate, amounts.pull(Instrument::Mediate) * gain, Target::Between(one, other, issue));
        }
        let attacker = state.attacker(actor, amounts.of(Parameter::MemorySteps));
        if let (Some(by), true) = (attacker, world.state[actor]) {
            let (issue, gain) = best_on(&aims, by);
            offer(Instrument::Refer, amounts.pull(Instrument::Refer) * gain, Target::Actor(by, issue));
        }
        if cast.force[actor] > 0.0 {
            let foes: Vec<usize> = (0..world.actors()).filter(|t| world.adverse(actor, *t)).collect();
            let aimed = |by: usize| Target::Actor(by, best_on(&aims, by).0);
            let attack = |t: usize| violence(world, cast, state, actor, t, Instrument::Attack);
            if let Some(foe) = foes.iter().copied().max_by(|a, b| attack(*a).total_cmp(&attack(*b))) {
                options.push((Instrument::Attack, attack(foe) + habit.attack / precision, aimed(foe)));
                let truce = foes.iter().copied().filter(|t| !state.bound(actor, *t)).max_by(|a, b| cast.force[*a].total_cmp(&cast.force[*b]));
                if let Some(foe) = truce {
                    let threat = if attacker == Some(foe) { amounts.of(Parameter::Retaliation) * cast.force[foe] } else { 0.0 };
                    let calm = -tension(cast, state, actor, amounts.tension(Instrument::OfferTruce));
                    options.push((Instrument::OfferTruce, threat + calm - amounts.cost(Instrument::OfferTruce), aimed(foe)));
                }
            }
            if let Some(by) = attacker.filter(|by| !world.allied(actor, *by)) {
                let points = violence(world, cast, state, actor, by, Instrument::StrikeBack);
                options.push((Instrument::StrikeBack, points + habit.reply / precision, aimed(by)));
            }
        }
        Self { aims, options }
    }
}

/// Points that a change of tension costs an actor; what passes the ends of the scale costs nothing.
fn tension(cast: &Cast, state: &State, actor: usize, change: f64) -> f64 {
    let felt = (state.tension + change).clamp(0.0, 100.0) - state.tension;
    cast.amounts.of(Parameter::TensionCost) * felt / 100.0 * (1.0 - cast.force[actor] / 2.0)
}

/// Points that an attack or a reply brings.
fn violence(world: &World<'_>, cast: &Cast, state: &State, actor: usize, target: usize, instrument: Instrument) -> f64 {
    let amounts = &cast.amounts;
    let pressed: f64 = (0..world.issues).filter_map(|i| aim(world, cast, state, actor, actor, target, i)).map(|a| a.gain).fold(0.0, f64::max);
    let reply = amounts.of(Parameter::Retaliation) * cast.force[target];
    let word = if state.bound(actor, target) && instrument == Instrument::Attack { amounts.of(Parameter::TruceCost) } else { 0.0 };
    amounts.pull(instrument) * pressed - amounts.cost(instrument) - reply - word - tension(cast, state, actor, amounts.tension(instrument))
}

/// Everyone whom `actor` would gain by pressing with the influence of `lever`.
fn aims(world: &World<'_>, cast: &Cast, state: &State, actor: usize, lever: usize) -> Vec<Aim> {
    let targets = (0..world.actors()).filter(|t| *t != actor && *t != lever && !world.allied(actor, *t));
    targets.flat_map(|t| (0..world.issues).filter_map(move |i| aim(world, cast, state, actor, lever, t, i))).collect()
}

/// What `actor` gains for each unit of pull by which `lever` draws `target` to its own wish on an issue, if anything.
fn aim(world: &World<'_>, cast: &Cast, state: &State, actor: usize, lever: usize, target: usize, issue: usize) -> Option<Aim> {
    let (own, l, t) = (actor * world.issues + issue, lever * world.issues + issue, target * world.issues + issue);
    let weight = state.influence[t] * cast.salience[t];
    if weight <= 0.0 || cast.salience[own] <= 0.0 {
        return None;
    }
    let side = (cast.ideal[own] - state.settlement[issue]).signum();
    let gap = (cast.ideal[l] - state.position[t]) * side;
    let gain = cast.salience[own] * weight / state.weight[issue] * leverage(state, l, t) * gap;
    (gain > 0.0).then_some(Aim { target, issue, gain })
}

/// Share of a pull that tells: the puller's influence in that of both.
pub(super) fn leverage(state: &State, by: usize, on: usize) -> f64 {
    let both = state.influence[by] + state.influence[on];
    if both > 0.0 { state.influence[by] / both } else { 0.0 }
}

fn best_on(aims: &[Aim], target: usize) -> (usize, f64) {
    aims.iter().filter(|a| a.target == target).max_by(|a, b| a.gain.total_cmp(&b.gain)).map_or((0, 0.0), |a| (a.issue, a.gain))
}

/// The issue on which giving way costs least, and the points it brings: threats met, less what is lost.
fn concession(world: &World<'_>, cast: &Cast, state: &State, actor: usize) -> (usize, f64) {
    let pull = cast.amounts.pull(Instrument::Concede);
    (0..world.issues)
        .filter(|i| cast.salience[actor * world.issues + i] > 0.0)
        .map(|issue| {
            let at = actor * world.issues + issue;
            let share = state.influence[at] * cast.salience[at] / state.weight[issue].max(f64::MIN_POSITIVE);
            let lost = cast.salience[at] * share * pull * (state.settlement[issue] - state.position[at]).abs();
            let threatened: f64 = state.pending.iter().filter(|p| !p.offer && p.to == actor && p.issue == issue).map(|p| p.harm).sum();
            (issue, pull * threatened / 100.0 * cast.amounts.of(Parameter::Stake) - lost)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((0, 0.0))
}

/// The open motion that brings most, if one is nearer to the actor's wish than the settlement and the actor has a seat to table it.
fn motion(world: &World<'_>, cast: &Cast, state: &State, actor: usize) -> Option<(usize, f64)> {
    let open = |m: &usize| state.motions[*m] == Motion::Untabled && has_bloc(world, actor, world.motions[*m].assembly);
    (0..world.motions.len())
        .filter(open)
        .map(|m| {
            let issue = world.motions[m].issue;
            let (at, settlement) = (actor * world.issues + issue, state.settlement[issue]);
            let moved = settlement + cast.amounts.of(Parameter::Binding) * (cast.motions[m] - settlement);
            let nearer = (settlement - cast.ideal[at]).abs() - (moved - cast.ideal[at]).abs();
            // Half, because a vote can be lost.
            (m, cast.salience[at] * nearer / 2.0)
        })
        .filter(|(_, gain)| *gain > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

fn has_bloc(world: &World<'_>, actor: usize, assembly: usize) -> bool {
    let id = &world.standoff.actor[world.order[actor]].id;
    world.standoff.assembly.get(assembly).is_some_and(|a| a.bloc.iter().any(|b| b.actor.as_ref() == Some(id)))
}

/// The ally with whose weight most is gained, on whom and over what.
fn endorsement(world: &World<'_>, cast: &Cast, state: &State, actor: usize) -> Option<(usize, usize, usize, f64)> {
    let allies = (0..world.actors()).filter(|b| world.allied(actor, *b));
    allies
        .flat_map(|ally| aims(world, cast, state, actor, ally).into_iter().map(move |aim| (ally, aim)))
        .filter(|(ally, aim)| *ally != aim.target && !world.allied(*ally, aim.target))
        .max_by(|a, b| a.1.gain.total_cmp(&b.1.gain))
        .map(|(ally, aim)| (ally, aim.target, aim.issue, aim.gain))
}

/// The weightiest actors on either side of the actor's own wish, neither its ally, and what it gains if they draw together.
fn between(world: &World<'_>, cast: &Cast, state: &State, actor: usize) -> Option<(usize, usize, usize, f64)> {
    (0..world.issues)
        .filter_map(|issue| {
            let own = actor * world.issues + issue;
            if cast.salience[own] <= 0.0 {
                return None;
            }
            let weight = |t: &usize| state.influence[t * world.issues + issue] * cast.salience[t * world.issues + issue];
            let heaviest = |below: bool| {
                let side = |t: &usize| {
                    let off = state.position[t * world.issues + issue] - cast.ideal[own];
                    *t != actor && !world.allied(actor, *t) && weight(t) > 0.0 && if below { off < -REACH } else { off > REACH }
                };
                (0..world.actors()).filter(side).max_by(|a, b| weight(a).total_cmp(&weight(b)))
            };
            let (low, high) = (heaviest(true)?, heaviest(false)?);
            let off = (state.settlement[issue] - cast.ideal[own]).abs();
            Some((low, high, issue, cast.salience[own] * off))
        })
        .max_by(|a, b| a.3.total_cmp(&b.3))
}

/// Nearer than this, in points of the scale, two actors need no mediator.
const REACH: f64 = 20.0;
