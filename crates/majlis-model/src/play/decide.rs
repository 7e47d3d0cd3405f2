//! What falls due on its date: motions, threats, offers, elections.

use super::cast::Cast;
use super::house::vote;
use super::record::{Vote, What};
use super::state::{Motion, State};
use super::world::World;
use crate::streams::Stream;

/// Decides what is due in this step.
pub(super) fn fall_due(world: &World, cast: &Cast, state: &mut State, rng: &mut Stream) {
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
}
