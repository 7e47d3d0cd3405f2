//! The one error of the crate: which case file, and what is wrong.

use rusqlite::ErrorCode;
use rusqlite::ffi;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a case file.
#[derive(Debug)]
pub struct Error {
    /// The case file.
    pub path: PathBuf,
    /// What is wrong with it, or with what was asked of it.
    pub problem: Problem,
}

/// What every fallible function of the crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// What is wrong, without the file's name.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is no such file.
    #[error("no such file")]
    Missing,
    /// The file to be made is there already.
    #[error("there is such a file already")]
    Exists,
    /// Another kind of file, or another program's database.
    #[error("not a case file")]
    NotACase,
    /// Written by a later version of Majlis.
    #[error("written by a newer Majlis (schema {found}, this one knows {known}): use that one")]
    Newer {
        /// The file's schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Somebody else writes, and went on for longer than the patience of [`crate::Case`].
    #[error("another program is writing to it: try again when it has ended")]
    Locked,
    /// No room to write; nothing that was kept before is lost.
    #[error("the disk is full: what was being written is not kept, all before it is")]
    Full,
    /// The file, its folder or the way it was opened does not allow writing.
    #[error("cannot be written to: the file or its folder is read-only")]
    ReadOnly,
    /// Bytes of the file are damaged; the detail says where.
    #[error("damaged: {0}")]
    Corrupt(String),
    /// What was asked for is not in the case.
    #[error("no {kind} {id}")]
    Absent {
        /// What kind of thing: document, statement, decision …
        kind: &'static str,
        /// Its number.
        id: i64,
    },
    /// What was asked cannot be done; the clause says why.
    #[error("{0}")]
    Refused(String),
    /// Reading or writing failed below SQLite.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Anything else that SQLite says.
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, said) = &error else {
            return Self::Sqlite(error);
        };
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_WRITE => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::NotADatabase => Self::NotACase,
            ErrorCode::DatabaseCorrupt => Self::Corrupt(said.clone().unwrap_or_else(|| failure.to_string())),
            _ => Self::Sqlite(error),
        }
    }
}

impl Problem {
    /// The same, of a file.
    pub(crate) fn of(self, path: &Path) -> Error {
        Error { path: path.to_owned(), problem: self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Io(error) => Some(error),
            Problem::Sqlite(error) => Some(error),
            _ => None,
        }
    }
}
