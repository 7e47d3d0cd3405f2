//! Outlets, with the analyst's grade of each.

use crate::error::Result;
use crate::filter::{Listed, Page};
use crate::ledger::count;
use crate::store::Case;
use rusqlite::Row;
use serde::Serialize;

/// An outlet of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The lexicon's code, where it knows the outlet.
    pub code: Option<String>,
    /// Number of documents whose newest revision it published.
    pub documents: u64,
    /// Reliability on the Admiralty scale, A–F, where the analyst has graded it.
    pub reliability: Option<String>,
}

impl Case {
    /// Outlets by number of documents, the most first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn outlets(&self, page: Page) -> Result<Listed<OutletRow>> {
        self.read(|db| {
            const FROM: &str = "FROM outlet o JOIN live_document d ON d.outlet = o.id";
            let total = count(db, &format!("SELECT count(DISTINCT o.id) {FROM}"), &[])?;
            let sql = format!(
                "SELECT o.id, o.name, o.code, count(*) AS n,
                 (SELECT g.value FROM grade g WHERE g.axis = 'reliability' AND g.subject_kind = 'outlet' AND g.subject = o.id)
                 {FROM} GROUP BY o.id ORDER BY n DESC, o.id LIMIT ? OFFSET ?"
            );
            let row = |row: &Row<'_>| {
                Ok(OutletRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    code: row.get(2)?,
                    documents: row.get::<_, i64>(3)?.unsigned_abs(),
                    reliability: row.get(4)?,
                })
            };
            let rows = db.prepare_cached(&sql)?.query_map(page.values(), row)?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }
}
