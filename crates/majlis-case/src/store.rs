//! The case file itself: opening, transactions, integrity.

use crate::error::{Problem, Result};
use crate::packed;
use crate::schema::{self, Kind};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a writer waits for another one before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Prepared statements that are kept.
const STATEMENTS: usize = 128;
/// Page cache, in KiB: of a connection that reads, and of the one that writes, whose pages are spread over every index.
const CACHE: i64 = 32 << 10;
const WRITER_CACHE: i64 = 128 << 10;
/// Pages of the log at which it is taken into the file. A page that many documents touch is written once for all of them.
const LOG: i64 = 32 << 10;

/// An open case file. One connection: give each thread its own.
pub struct Case {
    db: Connection,
    path: PathBuf,
}

impl Case {
    /// Makes a new, empty case file.
    ///
    /// # Errors
    /// [`Problem::Exists`] where there is a file already, and what the disk says.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let made = OpenOptions::new().write(true).create_new(true).open(path);
        made.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Problem::Exists.of(path),
            ErrorKind::NotFound => Problem::Refused("no such folder".to_owned()).of(path),
            ErrorKind::StorageFull => Problem::Full.of(path),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Problem::ReadOnly.of(path),
            _ => Problem::Io(error).of(path),
        })?;
        Self::writable(path, true)
    }

    /// Opens a case file to read and write it, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotACase`], [`Problem::Newer`], [`Problem::ReadOnly`], [`Problem::Corrupt`], and what
    /// the disk says.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::writable(path.as_ref(), false)
    }

    /// Opens a case file, or makes it where there is none.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match Self::create(path) {
            Err(error) if matches!(error.problem, Problem::Exists) => Self::writable(path, true),
            other => other,
        }
    }

    /// Opens a case file to read it only. It may lie in a folder that cannot be written to.
    ///
    /// # Errors
    /// As [`Case::open`]; [`Problem::Refused`] where its schema is older than this program's and must be brought up to date first.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::reading(path).map_err(|problem| problem.of(path))
    }

    /// Whether a file is a database of SQLite, as a case is; [`Case::open`] tells whether it is a case. Nothing that cannot be read is one.
    pub fn is_at(path: impl AsRef<Path>) -> bool {
        const MAGIC: &[u8] = b"SQLite format 3\0";
        let mut head = [0; MAGIC.len()];
        File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == MAGIC
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes whenever another connection has changed the file. Two are compared only of one open case.
    ///
    /// # Errors
    /// What the disk says.
    pub fn changes(&self) -> Result<i64> {
        self.read(|db| Ok(db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?))
    }

    /// Looks at every page, index and reference of the file, holds every text against its SHA-256 and every line of the audit log against its
    /// seal. Gives one line a flaw; none means that it is sound.
    ///
    /// # Errors
    /// [`Problem::Corrupt`] where it is so damaged that it cannot be looked through.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|db| {
            let mut flaws: Vec<String> = db.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            flaws.retain(|line| line != "ok");
            let mut dangling = db.prepare("PRAGMA foreign_key_check")?;
            let rows = dangling.query_map([], |row| {
                let (table, id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let id = id.map_or_else(String::new, |id| format!(" {id}"));
                Ok(format!("{table}{id} refers to a row of {parent} that is not there"))
            })?;
            for line in rows {
                flaws.push(line?);
            }
            flaws.extend(changed_texts(db)?);
            match crate::audit::verify(db) {
                Err(Problem::Corrupt(flaw)) => flaws.push(flaw),
                other => {
                    other?;
                }
            }
            Ok(flaws)
        })
    }

    /// Runs look-ups; the file's name is added to what goes wrong.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> std::result::Result<T, Problem>) -> Result<T> {
        look(&self.db).map_err(|problem| problem.of(&self.path))
    }

    /// Runs one change, all of it or none; the file's name is added to what goes wrong.
    pub(crate) fn write<T>(&mut self, change: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, Problem>) -> Result<T> {
        let run = |db: &mut Connection| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let made = change(&transaction)?;
            transaction.commit()?;
            Ok(made)
        };
        run(&mut self.db).map_err(|problem: Problem| problem.of(&self.path))
    }

    fn writable(path: &Path, may_be_empty: bool) -> Result<Self> {
        let open = || {
            let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            if matches!(schema::kind(&db)?, Kind::Empty) && !may_be_empty {
                return Err(Problem::NotACase);
            }
            if db.is_readonly("main")? {
                return Err(Problem::ReadOnly);
            }
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "wal_autocheckpoint", LOG)?;
            db.pragma_update(None, "cache_size", -WRITER_CACHE)?;
            if !matches!(schema::kind(&db)?, Kind::Case(schema::NEWEST)) {
                schema::migrate(&mut db)?;
            }
            Ok(Self { db, path: path.to_owned() })
        };
        open().map_err(|problem: Problem| problem.of(path))
    }

    fn reading(path: &Path) -> std::result::Result<Self, Problem> {
        // Opened so that a log left by a killed writer can be taken in and none is left behind; `query_only` refuses changes.
        let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|db| Ok((schema::kind(&db)?, db)));
        // A file in WAL mode needs a file beside it even to be read. Where none can be made, and nothing waits in a log, the file
        // alone is the whole of it and nobody can be writing to it.
        let (kind, db) = match opened {
            Err(Problem::ReadOnly | Problem::Sqlite(_)) if path.exists() && !is_log_waiting(path) => {
                let address = format!("file:{}?immutable=1", escaped(path));
                let db = connect(Path::new(&address), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?;
                (schema::kind(&db)?, db)
            }
            other => other?,
        };
        match kind {
            Kind::Case(schema::NEWEST) => {
                db.pragma_update(None, "query_only", true)?;
                Ok(Self { db, path: path.to_owned() })
            }
            Kind::Case(found) => {
                let newest = schema::NEWEST;
                Err(Problem::Refused(format!("written by an older Majlis (schema {found}, this one writes {newest}): open it once for writing")))
            }
            Kind::Empty => Err(Problem::NotACase),
        }
    }
}

fn connect(path: &Path, flags: OpenFlags) -> std::result::Result<Connection, Problem> {
    let is_address = flags.contains(OpenFlags::SQLITE_OPEN_URI);
    if !is_address && !path.exists() {
        return Err(Problem::Missing);
    }
    if path.is_dir() {
        return Err(Problem::NotACase);
    }
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan holds for every value bound to it; else SQLite makes the plan again at each value, a quarter of all the time of adding.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    // A file that was tampered with may not make views and triggers call what they like.
    db.pragma_update(None, "trusted_schema", false)?;
    packed::register(&db)?;
    db.pragma_update(None, "cache_size", -CACHE)?;
    Ok(db)
}

/// A line for each revision whose text is not the one that was kept.
fn changed_texts(db: &Connection) -> std::result::Result<Vec<String>, Problem> {
    let mut flaws = Vec::new();
    let mut query = db.prepare("SELECT d.id, d.name, v.number, v.body, v.text_sha256 FROM revision v JOIN document d ON d.id = v.document ORDER BY v.id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        // Bytes that are no text any more are as bad as other text.
        let (body, hash) = (row.get::<_, Vec<u8>>(3)?, row.get::<_, Vec<u8>>(4)?);
        let is_same = packed::unpack(&body).is_ok_and(|text| Sha256::digest(&text)[..] == hash[..]);
        if !is_same {
            let (id, name, number): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            flaws.push(format!("document {id} ({name}), revision {number}: the text is not the one that was kept"));
        }
    }
    Ok(flaws)
}

fn is_log_waiting(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// A path inside a `file:` address.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_case_is_made_once_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("iraq.case");
        assert_eq!(Case::create(&path).unwrap().check().unwrap(), Vec::<String>::new());
        assert!(matches!(Case::create(&path).map(|_| ()).unwrap_err().problem, Problem::Exists));
        assert!(Case::is_at(&path) && !Case::is_at(folder.path()));
        assert!(Case::open(&path).is_ok());
        assert!(Case::open_or_create(&path).is_ok());
        assert!(Case::open_read_only(&path).is_ok());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a closed case is one file");
    }

    #[test]
    fn other_files_are_told_from_cases() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("text"), "قال رئيس الوزراء إن الحكومة ترفض هذا القرار. ".repeat(40)).unwrap();
        fs::write(at("empty"), "").unwrap();
        Connection::open(at("other.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        let newer = at("newer.case");
        Case::create(&newer).unwrap().db.pragma_update(None, "user_version", schema::NEWEST + 1).unwrap();
        let said = |name: &str| [Case::open(at(name)), Case::open_read_only(at(name))].map(|opened| opened.map(|_| ()).unwrap_err().to_string());
        for (name, problem) in [("text", "not a case file"), ("empty", "not a case file"), ("other.db", "not a case file"), ("none", "no such file")] {
            let line = format!("{}: {problem}", at(name).display());
            assert_eq!(said(name), [line.clone(), line]);
        }
        assert!(said("newer.case").iter().all(|line| line.contains("written by a newer Majlis")));
        assert!(said(".").iter().all(|line| line.contains("not a case file")));
    }

    #[test]
    fn a_change_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::create(folder.path().join("a.case")).unwrap();
        let failed = case.write(|db| {
            db.execute("INSERT INTO outlet (name) VALUES ('وكالة')", [])?;
            Err::<(), _>(Problem::Absent { kind: "document", id: 7 })
        });
        assert!(failed.unwrap_err().to_string().ends_with("a.case: no document 7"));
        let outlets: i64 = case.read(|db| Ok(db.query_row("SELECT count(*) FROM outlet", [], |row| row.get(0))?)).unwrap();
        assert_eq!(outlets, 0);
    }
}
