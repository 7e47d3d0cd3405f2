//! From votes to seats to a government.

pub mod district;
pub mod forming;
pub mod seats;
