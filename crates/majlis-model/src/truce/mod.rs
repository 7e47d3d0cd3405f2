//! Whether a truce holds, and how attacks bring on attacks.
//!
//! - [`survival`]: how long truces last, from those on record; the probability that one in force holds so many days more.
//! - [`hawkes`]: attacks and replies as a self- and mutually exciting process; how many are to be expected.

pub mod hawkes;
pub mod survival;
