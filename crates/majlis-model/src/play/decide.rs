//! What falls due on its date: motions, threats, offers, elections.

use super::cast::Cast;
use super::house::vote;
use super::record::{Vote, What};
use super::state::{Motion, State};
use super::world::{When, World};
use crate::error::Result;
use crate::streams::Stream;
use rand::RngExt;

/// Decides what is due in this step.
pub(super) fn fall_due(world: &World, cast: &Cast, state: &mut State, rng: &mut Stream) -> Result<()> {
    for motion in 0..world.motions.len() {
        if matches!(state.motions[motion], Motion::Due(step) if step <= state.step) {
            state.motions[motion] = Motion::Closed;
            let vote = vote(world, cast, state, motion, rng);
            if vote == Vote::Carried {
                state.carried[world.motions[motion].issue] = Some(cast.motions[motion]);
            }
            state.note(What::Voted(motion, vote));
        }
    }
    let (due, waiting): (Vec<_>, _) = std::mem::take(&mut state.pending).into_iter().partition(|p| p.due <= state.step);
    state.pending = waiting;
    for pending in due {
        pending.answer(world, cast, state, rng);
    }
    let now = When::Step(state.step);
    for (e, election) in world.elections.iter().enumerate().filter(|(_, election)| election.when == now) {
        let seats = election.poll.seats(&cast.shares[e], rng)?;
        let house = &mut state.houses[election.assembly];
        *house = house.after(seats.iter().copied().zip(election.lists.iter().copied()));
        if let Some(first) = first(&seats, &election.lists, rng) {
            state.note(What::Elected(e, first));
        }
    }
    Ok(())
}

/// The list with most seats of those that stand for an actor; of equals one by lot.
fn first(seats: &[u32], lists: &[Option<usize>], rng: &mut Stream) -> Option<usize> {
    let stands = |l: &usize| lists[*l].is_some();
    let most = (0..seats.len()).filter(stands).map(|l| seats[l]).max()?;
    let first: Vec<usize> = (0..seats.len()).filter(|l| stands(l) && seats[*l] == most).collect();
    first.get(rng.random_range(0..first.len().max(1))).copied()
}
