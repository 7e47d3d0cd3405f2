//! The play: actors choose among instruments, step by step; what they do moves positions, costs and tension; decisions fall on
//! their dates.
//!
//! In each step every actor sees the same state and draws one instrument by logit (quantal) response over what it would gain, in
//! points: one hundredth of a full swing on an issue of full salience. The effects are felt together. An actor's stated position
//! can be drawn away from what it wants; left alone it goes back. An issue settles at the mean of stated positions, weighted by
//! influence × salience. Each play draws its own numbers from every range of the standoff and of the [`Rules`], from a stream of
//! its own: the same seed gives the same bytes, on one thread or many, whatever the order of the actors.

mod act;
mod choose;
mod decide;
mod record;
mod rules;
mod state;
mod tally;
mod world;

pub use rules::{Instrument, Rule, Rules};
pub use tally::{Event, Outcome, Path, Played, Separator, Settlement};

use crate::error::{Error, Result};
use crate::standoff::Standoff;
use crate::streams::{Stream, Streams};
use state::State;
use tally::Ending;
use world::World;

/// Plays a standoff `plays` times.
///
/// # Errors
/// If there is no actor, no issue, or no play.
pub fn play(standoff: &Standoff, rules: &Rules, seed: u64, plays: u64) -> Result<Played> {
    for (key, empty) in [("actor", standoff.actor.is_empty()), ("issue", standoff.issue.is_empty()), ("plays", plays == 0)] {
        if empty {
            return Err(Error::new(key, "there is none"));
        }
    }
    let world = World::new(standoff, rules);
    let endings = Streams::new(seed).map(plays, |_, rng| one(&world, rng));
    tally::tally(&world, &endings)
}

fn one(world: &World<'_>, rng: &mut Stream) -> Ending {
    let cast = world.draw(rng);
    let mut state = State::new(world, &cast);
    let habits = choose::habits(world, &cast, &state);
    let mut choices = Vec::with_capacity(world.actors());
    for step in 0..world.steps {
        state.step = step;
        choices.clear();
        choices.extend((0..world.actors()).map(|a| choose::choose(world, &cast, &state, a, habits[a], rng)));
        act::carry_out(world, &cast, &mut state, &choices, rng);
        decide::fall_due(world, &cast, &mut state, rng);
        state.heat(-cast.amounts.of(rules::Parameter::TensionDecay) * state.tension);
        state.settle(world, &cast);
    }
    Ending::of(&state)
}
