//! An assembly in the play: who sits in it, how a motion stands there, and one vote.

use super::cast::Cast;
use super::record::Vote;
use super::rules::Parameter;
use super::state::State;
use super::world::World;
use crate::assembly::motion::{INDIFFERENCE, favours};
use crate::assembly::vote::{Group, Rule};
use crate::assembly::votes_needed;
use crate::standoff::{Majority, Threshold};
use crate::streams::Stream;
use rand::RngExt;

/// Who sits in an assembly.
#[derive(Debug, Clone)]
pub(super) struct House {
    pub(super) seats: u32,
    pub(super) blocs: Vec<Bloc>,
}

/// Members who vote together.
#[derive(Debug, Clone)]
pub(super) struct Bloc {
    pub(super) seats: u32,
    pub(super) actor: Option<usize>,
    /// The actor whose line it takes; `None` where its members vote as a coin falls.
    pub(super) line: Option<usize>,
    /// Shares, 0–1.
    pub(super) attendance: f64,
    pub(super) cohesion: f64,
}

impl House {
    /// Whether an actor has a bloc.
    pub(super) fn has(&self, actor: usize) -> bool {
        self.blocs.iter().any(|b| b.actor == Some(actor) && b.seats > 0)
    }

    /// The house after an election, by the seats and the actor of each list. A list attends and holds together as the bloc of the
    /// same actor did; one that is new does wholly, and one of no actor is no bloc.
    pub(super) fn after(&self, lists: impl Iterator<Item = (u32, Option<usize>)>) -> Self {
        let blocs = lists.filter(|(_, actor)| actor.is_some()).map(|(seats, actor)| {
            let before = self.blocs.iter().find(|b| b.actor == actor);
            let (attendance, cohesion) = before.map_or((1.0, 1.0), |b| (b.attendance, b.cohesion));
            Bloc { seats, actor, line: actor, attendance, cohesion }
        });
        Self { seats: self.seats, blocs: blocs.collect() }
    }

    /// The members as they vote on a motion, where `side` tells whether an actor is for it; with a boycott those against stay away.
    /// Half of those who belong to no bloc come.
    fn groups(&self, side: impl Fn(usize) -> Option<bool>, boycott: bool) -> impl Iterator<Item = Group> {
        let held: u32 = self.blocs.iter().map(|b| b.seats).sum();
        let loose = Group::new(self.seats.saturating_sub(held), 0.5, 0.5, None);
        let groups = self.blocs.iter().map(move |bloc| match bloc.line.and_then(&side) {
            Some(false) if boycott => Group::away(bloc.seats),
            side => Group::new(bloc.seats, bloc.attendance, bloc.cohesion, side),
        });
        groups.chain([loose])
    }
}

fn rule(world: &World, motion: usize) -> Rule {
    let assembly = &world.standoff.assembly[world.motions[motion].assembly];
    let threshold = world.standoff.motion[motion].threshold.unwrap_or(assembly.threshold);
    Rule { seats: assembly.seats, quorum: assembly.quorum.unwrap_or(0), threshold }
}

/// How likely an actor is for a motion, by its stated position and the state of things; `None` if it does not care.
fn support(world: &World, cast: &Cast, state: &State, actor: usize, motion: usize) -> Option<f64> {
    let issue = world.motions[motion].issue;
    let at = actor * world.issues + issue;
    (cast.salience[at] > 0.0).then(|| favours(state.position[at], cast.motions[motion], state.standing[issue], INDIFFERENCE))
}

/// One draw of a vote.
pub(super) fn vote(world: &World, cast: &Cast, state: &State, motion: usize, rng: &mut Stream) -> Vote {
    let sides: Vec<Option<bool>> = (0..world.actors()).map(|a| support(world, cast, state, a, motion).map(|chance| rng.random::<f64>() < chance)).collect();
    let boycott = rng.random::<f64>() < cast.amounts.of(Parameter::Boycott);
    let house = &state.houses[world.motions[motion].assembly];
    let (mut yes, mut no) = (0, 0);
    for group in house.groups(|actor| sides[actor], boycott) {
        let (with, against) = group.draw(rng);
        (yes, no) = (yes + with, no + against);
    }
    let rule = rule(world, motion);
    match rule.carried(yes, no) {
        true => Vote::Carried,
        false if yes + no < rule.quorum => Vote::NoQuorum,
        false => Vote::Lost,
    }
}

/// How likely an actor who counts heads would think it, 0–1, that a motion is carried if it were put to the vote now: in the normal
/// approximation, with presence and majority taken as independent.
pub(super) fn prospect(world: &World, cast: &Cast, state: &State, motion: usize) -> f64 {
    let house = &state.houses[world.motions[motion].assembly];
    let rule = rule(world, motion);
    let side = |actor: usize| support(world, cast, state, actor, motion).map(|chance| chance > 0.5);
    let if_voted = |boycott: bool| {
        let (mut present, mut yes, mut lead) = (Sum::default(), Sum::default(), Sum::default());
        for group in house.groups(side, boycott) {
            let (all, more) = (group.yes + group.no, group.yes - group.no);
            present.add(group.members, all, all);
            yes.add(group.members, group.yes, group.yes);
            lead.add(group.members, more, all);
        }
        let enough = match rule.threshold {
            Threshold::Named(Majority::Simple | Majority::Present) => lead.reaches(1.0),
            threshold => yes.reaches(votes_needed(threshold, rule.seats) as f64),
        };
        enough * present.reaches(f64::from(rule.quorum))
    };
    let boycott = cast.amounts.of(Parameter::Boycott);
    boycott * if_voted(true) + (1.0 - boycott) * if_voted(false)
}

/// A sum of many independent draws: mean and variance.
#[derive(Default)]
struct Sum {
    mean: f64,
    variance: f64,
}

impl Sum {
    /// Adds as many draws with the same mean and mean square.
    fn add(&mut self, members: u32, mean: f64, square: f64) {
        self.mean += f64::from(members) * mean;
        self.variance += f64::from(members) * (square - mean * mean);
    }

    /// The chance that the sum is at least `bound`, by the logistic approximation of the normal distribution.
    fn reaches(&self, bound: f64) -> f64 {
        let z = (self.mean - bound + 0.5) / self.variance.max(0.01).sqrt();
        1.0 / (1.0 + (-1.702 * z).exp())
    }
}
