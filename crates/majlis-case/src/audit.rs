//! The audit log: every change, each line sealed with the hash of the line before.

use crate::error::{Problem, Result};
use crate::filter::{Listed, Page};
use crate::ledger::count;
use crate::store::Case;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
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

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditLine {
    /// Its number, from 1 without a gap.
    pub seq: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was done.
    pub act: String,
    /// To what: `document 17`.
    pub subject: String,
    /// More of it, as JSON.
    pub detail: String,
    /// Its seal, in hexadecimal.
    pub hash: String,
}

impl Case {
    /// The log, the newest line first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn audit(&self, page: Page) -> Result<Listed<AuditLine>> {
        self.read(|db| {
            let total = count(db, "SELECT count(*) FROM audit", &[])?;
            let sql = "SELECT seq, at, by, act, subject, detail, lower(hex(hash)) FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?";
            let row = |row: &Row<'_>| {
                Ok(AuditLine {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    by: row.get(2)?,
                    act: row.get(3)?,
                    subject: row.get(4)?,
                    detail: row.get(5)?,
                    hash: row.get(6)?,
                })
            };
            let rows = db.prepare_cached(sql)?.query_map(page.values(), row)?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }

    /// Seals every line again and compares. Returns the number of lines and the last seal, which stands for all: who keeps it elsewhere can
    /// tell whether the log was cut or written anew.
    ///
    /// # Errors
    /// [`Problem::Corrupt`] naming the first line that is missing or does not agree.
    pub fn verify_audit(&self) -> Result<(u64, String)> {
        self.read(verify)
    }
}

/// Number of lines and last seal of a log whose every line agrees with its seal.
pub(crate) fn verify(db: &Connection) -> std::result::Result<(u64, String), Problem> {
    let mut query = db.prepare("SELECT seq, at, by, act, subject, detail, hash FROM audit ORDER BY seq")?;
    let mut rows = query.query([])?;
    let (mut before, mut lines) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let [at, by, act, subject, detail] = [1, 2, 3, 4, 5].map(|at| row.get::<_, String>(at));
        let hash: Vec<u8> = row.get(6)?;
        if seq != lines + 1 {
            return Err(Problem::Corrupt(format!("audit line {} is missing", lines + 1)));
        }
        if seal(&before, seq, [&at?, &by?, &act?, &subject?, &detail?]) != *hash {
            return Err(Problem::Corrupt(format!("audit line {seq} does not agree with its seal")));
        }
        (before, lines) = (hash, seq);
    }
    Ok((lines.unsigned_abs(), before.iter().map(|b| format!("{b:02x}")).collect()))
}

/// Adds one line to the log, inside the change that it tells of. `subject` names one row: `document 17`.
pub(crate) fn append(db: &Connection, stamp: &Stamp, act: &str, subject: &str, detail: &Value) -> std::result::Result<(), Problem> {
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
