//! The audit log: every change, each line sealed with the hash of the line before.

use crate::error::Problem;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Who does something, and when.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The analyst's name, or `majlis` for the machine.
    pub by: String,
    /// The moment, in UTC.
    pub at: Timestamp,
}

impl Stamp {
    /// The moment as the file writes it: RFC 3339, UTC, whole seconds.
    pub(crate) fn instant(&self) -> String {
        format!("{:.0}", self.at)
    }
}

/// Adds one line to the log, inside the change that it tells of. `subject` names one row: `document 17`.
pub(crate) fn append(db: &Connection, stamp: &Stamp, act: &str, subject: &str, detail: &Value) -> Result<(), Problem> {
    let last: Option<(i64, Vec<u8>)> =
        db.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (seq, before) = last.map_or((1, Vec::new()), |(seq, hash)| (seq + 1, hash));
    let (at, detail) = (stamp.instant(), detail.to_string());
    let hash = seal(&before, seq, [&at, &stamp.by, act, subject, &detail]);
    db.prepare_cached("INSERT INTO audit (seq, at, by, act, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)")?
        .execute((seq, at, &stamp.by, act, subject, detail, hash))?;
    Ok(())
}

/// The hash of a line: SHA-256 of the hash before, the number, and each word with its length in bytes before it (64 bits, big-endian).
pub(crate) fn seal(before: &[u8], seq: i64, words: [&str; 5]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(seq.to_be_bytes());
    for word in words {
        hasher.update((word.len() as u64).to_be_bytes());
        hasher.update(word);
    }
    hasher.finalize().into()
}
