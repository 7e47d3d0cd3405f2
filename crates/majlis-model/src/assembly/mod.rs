//! Votes: who counts, who can join, whether a motion passes.

pub mod coalitions;
pub mod motion;
pub mod power;
