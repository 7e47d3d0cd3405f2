//! What an actor can do, what each instrument would bring it, and which it chooses.

use super::bargains::Pending;
use super::cast::Cast;
use super::gain::{self, Aim, best_on};
use super::raids::Raids;
use super::rules::{Instrument, Parameter};
use super::state::State;
use super::world::World;
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
    /// An issue on which to give way.
    Issue(usize),
}

/// Inclinations to violence beyond what gain explains, on the logit scale.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habit {
    attack: f64,
    reply: f64,
}

/// How likely an actor has a turn in a step.
pub(super) fn turn(world: &World, cast: &Cast) -> f64 {
    (world.step_days / cast.amounts.of(Parameter::TurnDays)).min(1.0)
}

/// Fits each actor's habits, so that at the start it attacks, and replies where it was hit, as often as the record says.
pub(super) fn habits(world: &World, cast: &Cast, state: &State) -> Vec<Habit> {
    /// The most that is asked of one turn.
    const MOST: f64 = 0.9;
    let trace = cast.amounts.of(Parameter::Trace);
    let precision = cast.amounts.of(Parameter::Precision);
    let share = |count: f64, days: f64| ((count + trace) / (days / world.step_days + 1.0) / turn(world, cast)).min(MOST);
    let fit = |actor: usize| {
        if !world.armed[actor] {
            return Habit::default();
        }
        let Raids { attacks, days, replies, open_days } = world.raids[actor];
        let view = View::new(world, cast, state, actor, Habit::default());
        let violent = |i: Instrument| matches!(i, Instrument::Attack | Instrument::StrikeBack);
        let peaceful = log_sum(view.options.iter().filter(|o| !violent(o.instrument)).map(|o| o.logit));
        let bias = |share: f64, points: f64| (share / (1.0 - share)).ln() + peaceful - precision * points;
        let foe = foe(world, cast, state, actor, &view.aims);
        let points = |instrument| foe.map_or(0.0, |foe| violence(cast, state, actor, foe, &view.aims, instrument));
        Habit { attack: bias(share(attacks, days), points(Instrument::Attack)), reply: bias(share(replies, open_days), points(Instrument::StrikeBack)) }
    };
    (0..world.actors()).map(fit).collect()
}

/// Draws one actor's choice.
pub(super) fn choose(world: &World, cast: &Cast, state: &State, actor: usize, habit: Habit, rng: &mut Stream) -> Choice {
    let view = View::new(world, cast, state, actor, habit);
    let chosen = &view.options[draw(view.options.iter().map(|o| o.logit), rng)];
    let target = match chosen.instrument {
        Instrument::Demand => {
            let (precision, pull) = (cast.amounts.of(Parameter::Precision), cast.amounts.pull(Instrument::Demand));
            let aim = view.aims[draw(view.aims.iter().map(|aim| precision * pull * aim.gain), rng)];
            Target::Actor(aim.target, aim.issue)
        }
        _ => chosen.target,
    };
    Choice { actor, instrument: chosen.instrument, target }
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

/// The logarithm of the sum of e to each value.
fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    most + values.map(|v| (v - most).exp()).sum::<f64>().ln()
}

/// How the world looks to one actor.
struct View {
    aims: Vec<Aim>,
    /// Never empty: it can always hold.
    options: Vec<Way>,
}

/// An instrument at hand, how strongly it calls, and at whom it is aimed.
struct Way {
    instrument: Instrument,
    logit: f64,
    target: Target,
}

impl View {
    fn new(world: &World, cast: &Cast, state: &State, actor: usize, habit: Habit) -> Self {
        let amounts = &cast.amounts;
        let mut aims = Vec::with_capacity(world.actors() * world.issues);
        gain::each_aim(world, cast, state, actor, actor, |aim| aims.push(aim));
        let precision = amounts.of(Parameter::Precision);
        let mut options = Vec::with_capacity(Instrument::ALL.len());
        options.push(Way { instrument: Instrument::Hold, logit: 0.0, target: Target::Nobody });
        let mut offer = |instrument: Instrument, gain: f64, target: Target| {
            let points = gain - amounts.cost(instrument) - tension(cast, state, actor, instrument);
            options.push(Way { instrument, logit: precision * points, target });
        };
        if let Some((issue, gain)) = gain::concession(world, cast, state, actor) {
            let all: f64 = aims.iter().map(|a| a.gain).sum();
            offer(Instrument::State, amounts.pull(Instrument::State) * all, Target::Nobody);
            offer(Instrument::Concede, gain, Target::Issue(issue));
        }
        if let Some(aim) = aims.iter().max_by(|a, b| a.gain.total_cmp(&b.gain)) {
            let target = Target::Actor(aim.target, aim.issue);
            offer(Instrument::Demand, amounts.pull(Instrument::Demand) * aim.gain, target);
            let waiting = state.pending.iter().any(|p| !p.offer && p.by == actor);
            if !waiting && gain::can_threaten(world, state, actor) {
                let threat = Pending::threat(world, cast, state, actor, aim.target, aim.issue);
                offer(Instrument::Threaten, amounts.pull(Instrument::Threaten) * aim.gain + threat.worth(world, cast, state), target);
            }
        }
        if let Some((motion, gain)) = gain::motion(world, cast, state, actor) {
            offer(Instrument::TableMotion, gain, Target::Motion(motion));
        }
        if let Some((ally, aim)) = gain::endorsement(world, cast, state, actor) {
            offer(Instrument::Endorse, amounts.pull(Instrument::Endorse) * aim.gain, Target::With(ally, aim.target, aim.issue));
        }
        if let Some((one, other, issue, gain)) = gain::between(world, cast, state, actor) {
            offer(Instrument::Mediate, amounts.pull(Instrument::Mediate) * gain, Target::Between(one, other, issue));
        }
        let attacker = state.attacker(world, cast, actor);
        let aimed = |foe: usize| Target::Actor(foe, best_on(&aims, foe).map_or(0, |aim| aim.issue));
        if let (Some(by), true) = (attacker, world.state[actor]) {
            let gain = best_on(&aims, by).map_or(0.0, |aim| aim.gain);
            offer(Instrument::Refer, amounts.pull(Instrument::Refer) * gain, aimed(by));
        }
        if world.armed[actor] {
            let loose = (0..world.actors()).filter(|t| world.adverse(actor, *t) && !state.bound(actor, *t));
            if let Some(foe) = loose.max_by(|a, b| cast.force[*a].total_cmp(&cast.force[*b])) {
                let threatened = if attacker == Some(foe) { amounts.of(Parameter::Retaliation) * cast.force[foe] } else { 0.0 };
                offer(Instrument::OfferTruce, threatened, aimed(foe));
            }
            let mut strike = |instrument: Instrument, foe: usize, habit: f64| {
                let points = violence(cast, state, actor, foe, &aims, instrument);
                options.push(Way { instrument, logit: precision * points + habit, target: aimed(foe) });
            };
            if let Some(foe) = foe(world, cast, state, actor, &aims) {
                strike(Instrument::Attack, foe, habit.attack);
            }
            if let Some(by) = attacker.filter(|by| !world.allied(actor, *by)) {
                strike(Instrument::StrikeBack, by, habit.reply);
            }
        }
        Self { aims, options }
    }
}

/// The adversary whom it brings most to attack.
fn foe(world: &World, cast: &Cast, state: &State, actor: usize, aims: &[Aim]) -> Option<usize> {
    let points = |t: &usize| violence(cast, state, actor, *t, aims, Instrument::Attack);
    (0..world.actors()).filter(|t| world.adverse(actor, *t) && !world.allied(actor, *t)).max_by(|a, b| points(a).total_cmp(&points(b)))
}

/// Points that the tension which an instrument makes costs an actor; what passes the ends of the scale costs nothing.
fn tension(cast: &Cast, state: &State, actor: usize, instrument: Instrument) -> f64 {
    let felt = (state.tension + cast.amounts.tension(instrument)).clamp(0.0, 100.0) - state.tension;
    cast.amounts.of(Parameter::TensionCost) * felt / 100.0 * (1.0 - cast.force[actor] / 2.0)
}

/// Points that an attack or a reply brings.
fn violence(cast: &Cast, state: &State, actor: usize, target: usize, aims: &[Aim], instrument: Instrument) -> f64 {
    let amounts = &cast.amounts;
    let pressed = best_on(aims, target).map_or(0.0, |aim| aim.gain);
    let reply = amounts.of(Parameter::Retaliation) * cast.force[target];
    let word = if instrument == Instrument::Attack && state.bound(actor, target) { amounts.of(Parameter::TruceCost) } else { 0.0 };
    amounts.pull(instrument) * pressed - amounts.cost(instrument) - reply - word - tension(cast, state, actor, instrument)
}
