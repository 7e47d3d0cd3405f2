//! From votes to seats to a government.

pub mod district;
pub mod forming;
pub mod pledges;
pub mod seats;
pub mod shares;
