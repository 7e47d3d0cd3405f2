//! The case file: documents, their readings, the merged record and the analyst's judgement, in one SQLite file.
//!
//! Architecture invariants: every change is one transaction, so that a kill at any moment loses at most what was not finished. Texts
//! and the reader's items are never changed; what the analyst decides stands beside them and wins in the `live_*` views. Nothing here
//! asks for the time: who does something and when comes in as a [`Stamp`].
//!
//! [`ingest`] makes documents of files, archives, feeds and addresses, and [`Case::add`] reads and keeps them.

mod audit;
mod backup;
mod claims;
mod clusters;
mod copies;
mod digest;
mod error;
pub mod export;
mod extract;
mod figures;
mod filter;
pub mod ingest;
mod keep;
mod keys;
mod ledger;
mod merge;
mod names;
mod namesakes;
mod packed;
mod report;
mod review;
mod runs;
pub mod scale;
mod schema;
mod search;
mod store;

pub use audit::{AuditLine, Stamp};
pub use claims::{ClaimReport, ClaimRow, Side};
pub use error::{Error, Problem, Result};
pub use filter::{Filter, Listed, Page};
pub use keep::{ENGINE, Entry, Kept, Kind, Source};
pub use ledger::{
    ActorRef, ActorRow, Cite, DocumentPage, DocumentRow, EventRow, Found, Known, Location, MentionRow, PlaceRow, PlaceSum, StanceRow, StatementRow, Tie,
    TimeRow,
};
pub use merge::Merge;
pub use review::{Axis, Decision, Fields, ItemKind, Unsure};
pub use runs::{Chance, Run, Sealed};
pub use search::{Hit, Kwic};
pub use store::Case;
