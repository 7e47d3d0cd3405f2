//! The crate's public face, one file an area. Values of the benchmark's REFERENCE.md are asserted here, each marked published, exact or peer.
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test may stop where it stands")]

mod assembly;
mod bargain;
mod election;
mod play;
mod run;
mod scoring;
mod sensitivity;
mod signalling;
mod spatial;
mod standoff;
mod truce;
