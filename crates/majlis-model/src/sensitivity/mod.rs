//! What the answer rests on.

pub mod flip;
pub mod sobol;
pub mod tornado;
