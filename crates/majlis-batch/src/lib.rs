//! Readings as Arrow: a batch of documents in, a batch of items out.
//!
//! [`read`] is the one function that every engine calls; Spark and Ray hand it their batches as they are. [`schema`] is described column
//! by column in `docs/batch.md`.
//!
//! Architecture invariant: a document never fails a batch. What cannot be read becomes a row with its error, so that every document
//! has exactly one row of the kind `document` or `error`.

mod item;
mod items;
mod merge;
mod read;

pub use item::{Head, Item, error, items};
pub use items::{Items, schema};
pub use merge::{exchange, merge};
pub use read::read;
