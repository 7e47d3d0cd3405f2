//! Whether a truce holds, and how attacks bring on attacks.

pub mod hawkes;
pub mod survival;
