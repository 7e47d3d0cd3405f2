//! The play: actors choose among instruments, step by step; what they do moves positions, costs and tension; decisions fall on
//! their dates.
//!
//! In each step every actor whose turn it is sees the same state and draws one instrument by logit (quantal) response over what it
//! would gain, in points: one hundredth of a full swing on an issue of full salience. The effects are felt together. An actor's
//! stated position can be drawn away from what it wants; left alone it goes back. The bargaining on an issue stands at the mean of
//! stated positions, weighted by influence × salience; the state of things follows it slowly, and with what nobody foresees. Each
//! play draws its own numbers from every range of the standoff and of the [`Rules`], from a stream of its own: the same seed gives
//! the same bytes, on one thread or many, whatever the order of the actors.

mod act;
mod bargains;
mod cast;
mod choose;
mod decide;
mod gain;
mod house;
mod outcome;
mod raids;
mod record;
mod rules;
mod separate;
mod state;
mod tally;
mod world;

pub use outcome::{End, Question};
pub use record::{Answer, Happening, Vote};
pub use rules::{Instrument, Rule, Rules};
pub use separate::{Separator, Weight};
pub use tally::{Attacks, Event, Held, Outcome, Path, Played, Settlement, Turn};

use crate::election::district::Nomination;
use crate::error::{Error, Result};
use crate::standoff::Standoff;
use crate::streams::{Stream, Streams};
use rand::RngExt;
use state::State;
use std::sync::atomic::AtomicBool;
use tally::Ending;
use world::World;

/// Plays a standoff `plays` times.
///
/// # Errors
/// If the standoff is not sound ([`Standoff::check`]), or there is no actor, no issue, or no play.
pub fn play(standoff: &Standoff, rules: &Rules, seed: u64, plays: u64) -> Result<Played> {
    let played = play_until(standoff, rules, seed, plays, &AtomicBool::new(false))?;
    played.ok_or_else(|| Error::new("plays", "were stopped"))
}

/// The same, unless `stop` is raised before the last play is begun: then nothing.
///
/// # Errors
/// As [`play`].
pub fn play_until(standoff: &Standoff, rules: &Rules, seed: u64, plays: u64, stop: &AtomicBool) -> Result<Option<Played>> {
    for (key, empty) in [("actor", standoff.actor.is_empty()), ("issue", standoff.issue.is_empty()), ("plays", plays == 0)] {
        if empty {
            return Err(Error::new(key, "there is none"));
        }
    }
    standoff.check()?;
    let (standoff, nomination) = (standoff.in_order(), Nomination::default());
    let world = World::new(&standoff, rules, &nomination)?;
    let Some(endings) = Streams::new(seed).map_until(plays, stop, |_, rng| one(&world, rng)) else { return Ok(None) };
    let endings: Vec<Ending> = endings.into_iter().collect::<Result<_>>()?;
    tally::tally(&world, &endings).map(Some)
}

fn one(world: &World, rng: &mut Stream) -> Result<Ending> {
    let cast = world.numbers.draw(rng);
    let mut state = State::new(world, &cast);
    let habits = choose::habits(world, &cast, &state);
    let turn = choose::turn(world, &cast);
    let mut choices = Vec::with_capacity(world.actors());
    let mut course = Vec::with_capacity(usize::from(world.steps) * world.issues);
    let start = state.standing.clone();
    for step in 0..world.steps {
        state.step = step;
        choices.clear();
        for (actor, habit) in habits.iter().enumerate() {
            if rng.random::<f64>() < turn {
                choices.push(choose::choose(world, &cast, &state, actor, *habit, rng));
            }
        }
        act::carry_out(world, &cast, &mut state, &choices, rng);
        decide::fall_due(world, &cast, &mut state, rng)?;
        state.settle(world, &cast, rng);
        course.extend_from_slice(&state.standing);
    }
    Ok(Ending { start, course, settlement: state.settlement, record: state.record, numbers: cast.numbers })
}
