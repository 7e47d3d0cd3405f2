//! Reads a document into mentions, actors, statements, times, places, events and stances.
//!
//! The stages, one file each: `scan` (what the lexicon knows of each token) → `mentions` and `persons` → `actors` → `speech` →
//! `times` → `events` → `stances`. Each takes what those before it made. Every item carries a [`Why`] that names the rule that
//! made it; search this crate for the name.
//!
//! Architecture invariant: reading does no I/O and never fails.

mod actors;
mod dateline;
pub mod detect;
mod events;
mod known;
pub mod linear;
mod mentions;
mod persons;
mod reader;
mod reading;
mod record;
mod scan;
mod speech;
mod stances;
mod times;

pub use detect::Detector;
pub use events::{Choice, apart, decide, together};
pub use reader::{Judged, JudgedEvent, Reader};
pub use reading::*;
pub use record::*;
