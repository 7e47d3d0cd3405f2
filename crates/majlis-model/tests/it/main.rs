//! The crate's public face, one file an area. Values of the benchmark's REFERENCE.md are asserted here, each marked published, exact or peer.

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
