//! Taking new documents into the merged record: copies, actors, happenings, claims.

use crate::audit::Stamp;
use crate::error::Result;
use crate::store::Case;
use crate::{claims, clusters, copies, merge};

impl Case {
    /// Takes every document that waits into the merged record, one transaction each, oldest first: what is broken off goes on when it is
    /// called again. `progress` is told how many are done, and of how many. Returns their number.
    ///
    /// # Errors
    /// What the disk says; the documents before are taken in.
    pub fn digest(&mut self, stamp: &Stamp, mut progress: impl FnMut(usize, usize)) -> Result<usize> {
        let waiting: Vec<i64> = self.read(|db| {
            let sql = "SELECT id FROM document WHERE pending ORDER BY id";
            Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;
        for (done, document) in waiting.iter().enumerate() {
            progress(done, waiting.len());
            self.write(|db| {
                let text: String = db.prepare_cached("SELECT text FROM live_document WHERE id = ?")?.query_row([document], |row| row.get(0))?;
                copies::place(db, *document, &text)?;
                merge::compare(db, *document, stamp)?;
                let changed = clusters::place(db, *document, &text)?;
                claims::state(db, *document, changed)?;
                db.prepare_cached("UPDATE document SET pending = 0 WHERE id = ?")?.execute([document])?;
                Ok(())
            })?;
        }
        progress(waiting.len(), waiting.len());
        Ok(waiting.len())
    }
}
