//! Votes: who counts, who can join, whether a motion passes.

pub mod coalitions;
mod joint;
mod leave_out;
mod line;
pub mod motion;
mod parties;
pub mod power;
pub mod vote;

pub use parties::{Party, leader, parties, votes_needed};

use crate::error::{Error, Result};

/// The most draws that are made.
const MOST_DRAWS: u64 = 1_000_000;

/// Checks a number of draws.
pub(crate) fn check_draws(draws: u64) -> Result<()> {
    if (1..=MOST_DRAWS).contains(&draws) { Ok(()) } else { Err(Error::new("draws", format!("must lie between 1 and {MOST_DRAWS}, is {draws}"))) }
}
