//! Merging over many machines: copies, actors and happenings as steps from batch to batch, which an engine runs with exchanges by `bucket`
//! between them (`python/majlis/merge.py`).
//!
//! Documents count in the order of their ids, as a case counts them in the order in which they were added: given in that order, a case
//! comes to the same (`tests/test_merge.py`). A step holds what can meet and nothing more: what shares no key never meets.

mod actors;
mod happenings;
mod items;
mod links;
mod row;
mod stories;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

pub use row::exchange;
use row::text as text_column;

/// A step: rows in, rows out. The number is how many groups the next exchange makes.
type Run = fn(&RecordBatch, i32) -> Result<RecordBatch, ArrowError>;

const STEPS: [(&str, Run); 17] = [
    ("bands", stories::bands),
    ("texts", stories::texts),
    ("stories", stories::stories),
    ("links", links::links),
    ("labels", links::labels),
    ("meet", links::meet),
    ("by_document", actors::by_document),
    ("companies", actors::companies),
    ("gather", actors::gather),
    ("keys", actors::keys),
    ("merges", actors::merges),
    ("by_actor", actors::by_actor),
    ("roots", happenings::roots),
    ("parties", happenings::parties),
    ("events", happenings::events),
    ("join", happenings::join),
    ("happenings", happenings::happenings),
];

/// Runs a step on a batch; `buckets` is how many groups the next exchange makes.
///
/// # Errors
/// Where there is no such step, or the batch is not of the columns that it takes.
pub fn merge(step: &str, batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let known = STEPS.iter().find(|(name, _)| *name == step);
    let (_, run) = known.ok_or_else(|| ArrowError::InvalidArgumentError(format!("no step {step:?} of a merge")))?;
    run(batch, buckets)
}
