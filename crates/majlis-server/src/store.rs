//! The case file behind the server: a few connections that read, one that writes.

use crate::failure::Failure;
use majlis_case::Case;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Connections that read at the same time.
const READERS: usize = 4;
/// Sums over the whole case that are made at the same time: they leave readers and processors to all others.
const SUMS: usize = 1;

/// How much of the case a look-up goes through.
#[derive(Clone, Copy)]
pub(crate) enum Reach {
    /// What one page shows.
    Rows,
    /// All of it: such look-ups wait for one another and hold up no others.
    Whole,
}

/// A case file, opened as often as needed.
pub(crate) struct Store {
    path: PathBuf,
    idle: Mutex<Vec<(u64, Case)>>,
    readers: Semaphore,
    sums: Semaphore,
    writer: Arc<tokio::sync::Mutex<Option<Writer>>>,
    watch: Mutex<Watch>,
    generation: AtomicU64,
    /// The first number of the file that is there now.
    first: AtomicU64,
}

/// The connection that writes, and the number of the file that it writes to.
struct Writer {
    file: Option<u64>,
    case: Case,
}

/// What tells that the file has changed.
struct Watch {
    case: Case,
    changes: i64,
    file: Option<u64>,
}

impl Store {
    /// Opens a case, bringing it up to date if it was written by an older version.
    pub(crate) fn open(path: &Path) -> majlis_case::Result<Self> {
        let case = match Case::open_read_only(path) {
            Err(error) if matches!(error.problem, majlis_case::Problem::Refused(_)) => {
                drop(Case::open(path)?);
                Case::open_read_only(path)?
            }
            other => other?,
        };
        let watch = Watch { changes: case.changes()?, file: number(path), case };
        Ok(Self {
            path: path.to_owned(),
            idle: Mutex::default(),
            readers: Semaphore::new(READERS),
            sums: Semaphore::new(SUMS),
            writer: Arc::default(),
            watch: Mutex::new(watch),
            generation: AtomicU64::new(1),
            first: AtomicU64::new(1),
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes with the file: when somebody writes to it, here or elsewhere, and when another file takes its place.
    pub(crate) fn generation(&self) -> Result<u64, Failure> {
        let mut watch = held(&self.watch);
        let file = number(&self.path);
        if file != watch.file {
            watch.case = Case::open_read_only(&self.path)?;
            watch.file = file;
            watch.changes = watch.case.changes()?;
            self.first.store(self.generation.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            held(&self.idle).clear();
        }
        let changes = watch.case.changes()?;
        if changes != watch.changes {
            watch.changes = changes;
            self.generation.fetch_add(1, Ordering::SeqCst);
        }
        Ok(self.generation.load(Ordering::SeqCst))
    }

    /// The first [`Store::generation`] of the file that is there now: what is older tells of another case.
    pub(crate) fn first(&self) -> u64 {
        self.first.load(Ordering::SeqCst)
    }

    /// Runs look-ups on a thread that may block.
    pub(crate) async fn look<T: Send + 'static>(
        self: &Arc<Self>,
        reach: Reach,
        look: impl FnOnce(&Case) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let turns = match reach {
            Reach::Rows => &self.readers,
            Reach::Whole => &self.sums,
        };
        let permit = turns.acquire().await.map_err(|_| Failure::stopping())?;
        let store = Arc::clone(self);
        let answer = spawn_blocking(move || {
            let epoch = number(&store.path).unwrap_or_default();
            let kept = held(&store.idle).pop().filter(|(of, _)| *of == epoch);
            let case = match kept {
                Some((_, case)) => case,
                None => Case::open_read_only(&store.path)?,
            };
            let found = look(&case);
            held(&store.idle).push((epoch, case));
            found
        });
        let answer = answer.await;
        drop(permit);
        answer?
    }

    /// Runs changes, one after the other, on a thread that may block. Whoever asked may be gone before they are made: the next wait even so.
    pub(crate) async fn write<T: Send + 'static>(&self, change: impl FnOnce(&mut Case) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let path = self.path.clone();
        let answer = spawn_blocking(move || {
            let file = number(&path);
            // Taken out: a change that panics leaves none, and the next opens the case anew.
            let mut case = match writer.take() {
                Some(kept) if kept.file == file => kept.case,
                _ => Case::open(&path)?,
            };
            let made = change(&mut case);
            *writer = Some(Writer { file, case });
            made
        });
        answer.await?
    }
}

/// What is in the lock; a panic while it was held left nothing half done.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file's number on its disk, by which another one in its place is told. Where there is none, an open file cannot be replaced.
#[cfg(unix)]
fn number(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| file.ino() ^ file.dev().rotate_left(32))
}

#[cfg(not(unix))]
fn number(_: &Path) -> Option<u64> {
    None
}
