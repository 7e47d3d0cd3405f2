//! Plays a standoff forward: bargaining, voting, signalling, truces, elections, and all of them together in time.
//!
//! Pure numerics: no text is read here and nothing is stored. Every module can be used alone, by someone who has only a table of
//! actors. Numbers that come in are checked at the door ([`Error`] names the key); no NaN goes out; every random draw is by
//! counter ([`streams`]), so the same seed gives the same bytes on one thread or many.

pub mod assembly;
pub mod bargain;
pub mod distribution;
pub mod election;
mod error;
mod keyed;
pub mod play;
mod quadrature;
mod range;
pub mod run;
pub mod scoring;
pub mod sensitivity;
pub mod signalling;
pub mod standoff;
pub mod streams;
pub mod truce;
pub mod words;

pub use distribution::Distribution;
pub use error::{Error, Place, Result, number};
pub use range::Range;
pub use standoff::Standoff;
pub use words::Likelihood;
