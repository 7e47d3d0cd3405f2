//! What stands in the case: lists of documents, actors, statements, events and stances, after the analyst's review.
//!
//! Every list reads the `live_*` views: the newest revision of each document as the newest reader read it, without what the analyst
//! rejected or replaced, with what the analyst added.

mod actors;
mod documents;
mod items;
mod outlets;
mod sums;

pub use actors::{ActorRow, Known};
pub(crate) use actors::{actor_by_id, root};
pub(crate) use documents::on_documents;
pub use documents::{DocumentPage, DocumentRow, MentionRow, PlaceRow, TimeRow};
pub use items::{EventRow, Location, StanceRow, StatementRow};
pub(crate) use items::{event_row, event_rows, standing_of, statement_row, statement_rows};
pub use outlets::OutletRow;
pub use sums::{PlaceSum, Tie};

use crate::error::Problem;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cite {
    /// The document's number.
    pub document: i64,
    /// Its name.
    pub name: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its day of publication, YYYY-MM-DD.
    pub published: Option<String>,
    /// The document whose text it carries, itself where the text is its own.
    pub story: i64,
    /// Line of the text, from 0.
    pub paragraph: u32,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
}

/// An actor by number and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorRef {
    /// Its number, after merging.
    pub id: i64,
    /// Its code: the lexicon's, or one made of the name.
    pub code: String,
    /// Its name in Arabic.
    pub name: String,
    /// Its name in English, romanised where no other is known.
    pub name_en: String,
}

/// What is known of how an item was found and whether somebody has looked at it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// 0–1; 1 for what the analyst made.
    pub confidence: f64,
    /// The reader's rule and cue.
    pub why: String,
    /// Whether the analyst made or corrected it.
    pub by_analyst: bool,
    /// Whether the analyst accepted it.
    pub accepted: bool,
}

/// The columns of [`cite`], for an item `i` with start and end in `live_document d`, beside `outlet o`.
const CITE: &str = "d.id, d.name, o.name, d.published, d.story, i.paragraph, i.start, i.end";
/// The columns of [`found`]; `{kind}` is the kind of item.
const FOUND: &str =
    "i.confidence, w.why, i.decision IS NOT NULL, EXISTS (SELECT 1 FROM verdict v WHERE v.kind = '{kind}' AND v.item = i.id AND v.outcome = 'accepted')";
/// How many columns each of the two has.
const CITED: usize = 8;

fn cite(row: &Row<'_>, at: usize) -> rusqlite::Result<Cite> {
    Ok(Cite {
        document: row.get(at)?,
        name: row.get(at + 1)?,
        outlet: row.get(at + 2)?,
        published: row.get(at + 3)?,
        story: row.get(at + 4)?,
        paragraph: row.get(at + 5)?,
        start: row.get(at + 6)?,
        end: row.get(at + 7)?,
    })
}

fn found(row: &Row<'_>, at: usize) -> rusqlite::Result<Found> {
    Ok(Found { confidence: row.get(at)?, why: row.get(at + 1)?, by_analyst: row.get(at + 2)?, accepted: row.get(at + 3)? })
}

/// The actor of the case that a reading's actor stands for.
fn actor_of(db: &Connection, local: Option<i64>) -> rusqlite::Result<Option<ActorRef>> {
    let Some(local) = local else { return Ok(None) };
    let sql = "SELECT a.id, a.code, a.name, a.name_en FROM local_actor l JOIN actor m ON m.id = l.actor JOIN actor a ON a.id = m.root WHERE l.id = ?";
    db.prepare_cached(sql)?.query_row([local], actor_ref).optional()
}

fn actor_ref(row: &Row<'_>) -> rusqlite::Result<ActorRef> {
    Ok(ActorRef { id: row.get(0)?, code: row.get(1)?, name: row.get(2)?, name_en: row.get(3)? })
}

/// The words of `live_document d` between two columns of code points, NULL where the first is NULL.
fn words(start: &str, end: &str) -> String {
    format!("CASE WHEN {start} IS NULL THEN NULL ELSE substr(d.text, {start} + 1, {end} - {start}) END")
}

/// A number that a query gives.
pub(crate) fn count(db: &Connection, sql: &str, values: &[Value]) -> Result<u64, Problem> {
    let n: i64 = db.prepare_cached(sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(n.unsigned_abs())
}
