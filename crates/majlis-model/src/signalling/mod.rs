//! Threats and replies: crisis signalling, small games and their equilibria.

pub mod crisis;
pub mod extensive;
pub mod normal_form;
