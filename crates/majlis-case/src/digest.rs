//! Taking new documents into the merged record: copies, actors, happenings, claims.

use crate::audit::Stamp;
use crate::clusters::Reports;
use crate::error::{Problem, Result};
use crate::store::Case;
use crate::{claims, clusters, copies, merge};
use rusqlite::Connection;

/// Documents whose bands go in at a time.
const WINDOW: usize = 4096;
/// Documents, and happenings, of one transaction.
const BATCH: usize = 64;
const HAPPENINGS: usize = 512;

impl Case {
    /// Takes every document that waits into the merged record, oldest first, then states the claims of all happenings that changed, each once.
    /// What is broken off goes on when it is called again. `progress` is told how many are done, and of how many. Returns their number.
    ///
    /// # Errors
    /// What the disk says; what was done before stays done.
    pub fn digest(&mut self, stamp: &Stamp, mut progress: impl FnMut(usize, usize)) -> Result<usize> {
        let waiting: Vec<i64> = self.read(|db| {
            let sql = "SELECT id FROM document WHERE pending ORDER BY id";
            Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;
        let (mut done, mut reports) = (0, Reports::default());
        for window in waiting.chunks(WINDOW) {
            self.write(|db| Ok(copies::insert(db, window)?))?;
            for batch in window.chunks(BATCH) {
                self.write(|db| {
                    for document in batch {
                        progress(done, waiting.len());
                        take_in(db, *document, &mut reports, stamp)?;
                        done += 1;
                    }
                    Ok(())
                })?;
            }
        }
        while self.write(|db| claims::state(db, HAPPENINGS))? > 0 {}
        progress(done, waiting.len());
        Ok(done)
    }
}

fn take_in(db: &Connection, document: i64, reports: &mut Reports, stamp: &Stamp) -> std::result::Result<(), Problem> {
    let text: String = db.prepare_cached("SELECT text FROM live_document WHERE id = ?")?.query_row([document], |row| row.get(0))?;
    copies::place(db, document, &text)?;
    if merge::compare(db, document, stamp)? {
        reports.forget();
    }
    clusters::place(db, document, &text, reports)?;
    db.prepare_cached("UPDATE document SET pending = 0 WHERE id = ?")?.execute([document])?;
    Ok(())
}
