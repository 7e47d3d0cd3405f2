//! The case file: documents, their readings, the merged record and the analyst's judgement, in one SQLite file.
//!
//! Architecture invariants: every change is one transaction, so that a kill at any moment loses at most what was not finished. Texts
//! and the reader's items are never changed; what the analyst decides stands beside them and wins in the `live_*` views. Nothing here
//! asks for the time: who does something and when comes in as a [`Stamp`].
//!
//! [`ingest`] makes documents of files, archives, feeds and addresses, and [`Case::add`] reads and keeps them.

mod audit;
mod error;
mod extract;
pub mod ingest;
mod keep;
mod keys;
mod packed;
mod schema;
mod store;

pub use audit::Stamp;
pub use error::{Error, Problem, Result};
pub use keep::{ENGINE, Entry, Kept, Kind, Source};
pub use store::Case;
