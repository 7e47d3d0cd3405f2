//! An assembly in the play: how a motion stands in it, and one vote.

use super::cast::Cast;
use super::record::Vote;
use super::rules::Parameter;
use super::state::State;
use super::world::World;
use crate::standoff::{Majority, Threshold};
use crate::streams::Stream;
use rand::RngExt;
use rand_distr::{Binomial, Distribution};

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
    pub(super) fn seats_of(&self, actor: usize) -> bool {
        self.blocs.iter().any(|b| b.actor == Some(actor))
    }

    /// Blocs and then the seats of none, half of whose members come.
    fn all(&self) -> impl Iterator<Item = Bloc> {
        let held: u32 = self.blocs.iter().map(|b| b.seats).sum();
        let loose = Bloc { seats: self.seats.saturating_sub(held), actor: None, line: None, attendance: 0.5, cohesion: 0.5 };
        self.blocs.iter().cloned().chain([loose])
    }
}

/// Whether an actor votes for a motion: it does if its stated position is nearer to the motion than to the state of things.
fn favours(world: &World, cast: &Cast, state: &State, actor: usize, motion: usize) -> Option<bool> {
    let issue = world.motions[motion].issue;
    let at = actor * world.issues + issue;
    (cast.salience[at] > 0.0).then(|| (state.position[at] - cast.motions[motion]).abs() < (state.position[at] - state.standing[issue]).abs())
}

/// Share of a bloc's members present that votes for a motion, and whether it stays away if there is a boycott.
fn support(world: &World, cast: &Cast, state: &State, bloc: &Bloc, motion: usize) -> (f64, bool) {
    match bloc.line.and_then(|actor| favours(world, cast, state, actor, motion)) {
        Some(true) => (bloc.cohesion, false),
        Some(false) => (1.0 - bloc.cohesion, true),
        None => (0.5, false),
    }
}

/// One draw of a vote.
pub(super) fn vote(world: &World, cast: &Cast, state: &State, motion: usize, rng: &mut Stream) -> Vote {
    let count = |n: u32, share: f64, rng: &mut Stream| Binomial::new(u64::from(n), share.clamp(0.0, 1.0)).map_or(0, |b| b.sample(rng) as u32);
    let house = &state.houses[world.motions[motion].assembly];
    let boycott = rng.random::<f64>() < cast.amounts.of(Parameter::Boycott);
    let (mut yes, mut no) = (0, 0);
    for bloc in house.all() {
        let (share, stays_away) = support(world, cast, state, &bloc, motion);
        let present = if boycott && stays_away { 0 } else { count(bloc.seats, bloc.attendance, rng) };
        let with = count(present, share, rng);
        yes += with;
        no += present - with;
    }
    let assembly = &world.standoff.assembly[world.motions[motion].assembly];
    if assembly.quorum.is_some_and(|quorum| yes + no < quorum) {
        return Vote::NoQuorum;
    }
    if is_carried(threshold(world, motion), yes, no, house.seats) { Vote::Carried } else { Vote::Lost }
}

fn threshold(world: &World, motion: usize) -> Threshold {
    world.standoff.motion[motion].threshold.unwrap_or(world.standoff.assembly[world.motions[motion].assembly].threshold)
}

/// Nobody abstains, so that a majority of those present is one of those who vote.
fn is_carried(threshold: Threshold, yes: u32, no: u32, seats: u32) -> bool {
    match threshold {
        Threshold::Votes(votes) => yes >= votes,
        Threshold::Named(Majority::Simple | Majority::Present) => yes > no,
        Threshold::Named(Majority::Absolute) => 2 * u64::from(yes) > u64::from(seats),
        Threshold::Named(Majority::TwoThirds) => 3 * u64::from(yes) >= 2 * u64::from(seats),
    }
}

/// How likely an actor who counts heads would think it that a motion is carried if it were put to the vote now, 0–1.
///
/// The logistic approximation of the normal one, presence and majority taken as independent.
pub(super) fn prospect(world: &World, cast: &Cast, state: &State, motion: usize) -> f64 {
    let house = &state.houses[world.motions[motion].assembly];
    let assembly = &world.standoff.assembly[world.motions[motion].assembly];
    let seats = f64::from(house.seats);
    // Means and variances of the members present, of those in favour, and of how many more are in favour than against.
    let tally = |boycott: bool| {
        let (mut present, mut yes, mut lead) = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0));
        for bloc in house.all() {
            let (share, stays_away) = support(world, cast, state, &bloc, motion);
            if !(boycott && stays_away) {
                let n = f64::from(bloc.seats);
                let (come, favour, more) = (bloc.attendance, bloc.attendance * share, bloc.attendance * (2.0 * share - 1.0));
                present = (present.0 + n * come, present.1 + n * come * (1.0 - come));
                yes = (yes.0 + n * favour, yes.1 + n * favour * (1.0 - favour));
                lead = (lead.0 + n * more, lead.1 + n * (come - more * more));
            }
        }
        let quorum = assembly.quorum.map_or(1.0, |q| above(present, f64::from(q) - 0.5));
        quorum
            * match threshold(world, motion) {
                Threshold::Votes(votes) => above(yes, f64::from(votes) - 0.5),
                Threshold::Named(Majority::Simple | Majority::Present) => above(lead, 0.5),
                Threshold::Named(Majority::Absolute) => above(yes, seats / 2.0),
                Threshold::Named(Majority::TwoThirds) => above(yes, 2.0 * seats / 3.0 - 0.5),
            }
    };
    let boycott = cast.amounts.of(Parameter::Boycott);
    boycott * tally(true) + (1.0 - boycott) * tally(false)
}

fn above((mean, variance): (f64, f64), bound: f64) -> f64 {
    let z = (mean - bound) / variance.max(0.01).sqrt();
    1.0 / (1.0 + (-1.702 * z).exp())
}
