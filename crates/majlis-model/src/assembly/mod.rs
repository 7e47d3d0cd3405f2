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
