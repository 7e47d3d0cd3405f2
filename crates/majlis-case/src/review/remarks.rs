//! What the analyst has written on a thing: its grade and the notes on it.

use super::Axis;
use crate::error::Result;
use crate::store::Case;
use rusqlite::OptionalExtension;
use serde::Serialize;

/// A note of the analyst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The decision that wrote it, by which it is taken back.
    pub decision: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// What it says.
    pub text: String,
}

/// The grade of a thing and the notes on it, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remarks {
    /// A–F of an outlet or an actor, 1–6 of a claim, a statement or an event; none where it is not graded.
    pub grade: Option<String>,
    /// The notes.
    pub notes: Vec<Note>,
}

impl Case {
    /// What the analyst has written on a thing of a kind: `document`, `outlet`, `actor`, `claim` or a kind of item. Nothing on what is not there.
    ///
    /// # Errors
    /// What the disk says.
    pub fn remarks(&self, kind: &str, id: i64) -> Result<Remarks> {
        self.read(|db| {
            let axis = [Axis::Reliability, Axis::Credibility].into_iter().find(|axis| axis.subjects().contains(&kind));
            let sql = "SELECT value FROM grade WHERE axis = ? AND subject_kind = ? AND subject = ?";
            let grade = axis.map(|axis| db.prepare_cached(sql)?.query_row((axis.code(), kind, id), |row| row.get(0)).optional()).transpose()?.flatten();
            let sql = "SELECT n.decision, d.at, d.by, n.text FROM note n JOIN decision d ON d.id = n.decision
                       WHERE n.subject_kind = ? AND n.subject = ? ORDER BY n.id";
            let row = |row: &rusqlite::Row<'_>| Ok(Note { decision: row.get(0)?, at: row.get(1)?, by: row.get(2)?, text: row.get(3)? });
            let notes = db.prepare_cached(sql)?.query_map((kind, id), row)?.collect::<rusqlite::Result<_>>()?;
            Ok(Remarks { grade, notes })
        })
    }
}
