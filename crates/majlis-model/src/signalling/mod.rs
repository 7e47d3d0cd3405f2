//! Threats and replies: crisis signalling, small games and their equilibria.
//!
//! - [`crisis`]: the game of a challenge, a reply and a last word, and what a standoff's threats come to in it.
//! - [`normal_form`]: small games in tables: quantal-response and Nash equilibria.
//! - [`extensive`]: small games as trees with information sets, and bargains with hidden resolve read from files.

pub(crate) mod assumption;
pub mod crisis;
pub mod extensive;
pub(crate) mod linear;
pub mod normal_form;

pub use assumption::Assumption;
