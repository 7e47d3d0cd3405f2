//! Adding to a case: sources are taken apart and read in parallel, while those read before are kept.
//!
//! Documents are kept some at a time in one transaction, and told of when it is done.

use super::{Defaults, Fault, Input, Options, Raw, walk};
use crate::audit::Stamp;
use crate::error::{Problem, Result};
use crate::keep::{Entry, Kept, address};
use crate::store::Case;
use majlis_read::Reader;
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::thread;

/// Documents that are read at the same time and kept in one transaction, and bytes of them.
const CHUNK: usize = 64;
const CHUNK_BYTES: usize = 16 << 20;

/// One thing that happened while adding.
#[derive(Debug)]
pub enum Notice<'a> {
    /// A document was dealt with.
    Kept(Kept),
    /// Something could not be read.
    Fault(&'a Fault),
}

/// How many of what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tally {
    /// New documents.
    pub added: u64,
    /// New revisions of known documents.
    pub revised: u64,
    /// What the case had already.
    pub unchanged: u64,
    /// What could not be read.
    pub faults: u64,
}

impl Tally {
    fn count(&mut self, notice: &Notice<'_>) {
        match notice {
            Notice::Kept(Kept::Added(_)) => self.added += 1,
            Notice::Kept(Kept::Revised(_)) => self.revised += 1,
            Notice::Kept(Kept::Unchanged(_)) => self.unchanged += 1,
            Notice::Fault(_) => self.faults += 1,
        }
    }
}

impl Case {
    /// Adds every document of the inputs. One that cannot be read is told to `watch` and the rest goes on. Each document that `watch`
    /// was told of is kept for good, whatever comes after; adding the same again goes on where it ended. `watch` may break off; it is still
    /// told of those that were kept together with the last.
    ///
    /// # Errors
    /// Only what the case file itself says: a full disk, another writer.
    pub fn add(
        &mut self,
        inputs: &[Input],
        options: &Options,
        reader: &Reader,
        stamp: &Stamp,
        watch: &mut dyn FnMut(&Notice<'_>) -> ControlFlow<()>,
    ) -> Result<Tally> {
        let mut adding =
            Adding { case: self, options, reader, stamp, watch, tally: Tally::default(), waiting: Vec::new(), bytes: 0, made: Vec::new(), failed: None };
        let flow = walk(inputs, options, &mut |found| adding.take(found));
        if flow.is_continue() {
            let flow = adding.flush();
            let made = std::mem::take(&mut adding.made);
            if flow.is_continue() {
                let _ = adding.keep(&made);
            }
        }
        match adding.failed {
            Some(error) => Err(error),
            None => Ok(adding.tally),
        }
    }
}

struct Adding<'a> {
    case: &'a mut Case,
    options: &'a Options,
    reader: &'a Reader,
    stamp: &'a Stamp,
    watch: &'a mut dyn FnMut(&Notice<'_>) -> ControlFlow<()>,
    tally: Tally,
    waiting: Vec<std::result::Result<Raw, Fault>>,
    bytes: usize,
    /// What is read and not kept yet.
    made: Vec<Made>,
    failed: Option<crate::Error>,
}

impl Adding<'_> {
    fn take(&mut self, found: std::result::Result<Raw, Fault>) -> ControlFlow<()> {
        self.bytes += found.as_ref().map_or(0, Raw::size);
        self.waiting.push(found);
        if self.waiting.len() >= CHUNK || self.bytes >= CHUNK_BYTES { self.flush() } else { ControlFlow::Continue(()) }
    }

    /// Keeps what is read, and meanwhile reads what waits.
    fn flush(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        let waiting = std::mem::take(&mut self.waiting);
        let mut ready = Vec::with_capacity(waiting.len());
        for found in waiting {
            ready.push(match found {
                Ok(raw) => match self.case.read(|db| known(db, &raw, &self.options.defaults)) {
                    Ok(Some(document)) => Ready::Known(document),
                    Ok(None) => Ready::New(Box::new(raw)),
                    Err(error) => return self.stop(error),
                },
                Err(fault) => Ready::Broken(fault),
            });
        }
        let made = std::mem::take(&mut self.made);
        let (defaults, reader) = (&self.options.defaults, self.reader);
        thread::scope(|scope| {
            let reading = scope.spawn(|| ready.into_par_iter().map(|ready| ready.make(defaults, reader)).collect());
            let flow = self.keep(&made);
            self.made = reading.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
            flow
        })
    }

    /// Keeps what is read, and tells of it.
    fn keep(&mut self, made: &[Made]) -> ControlFlow<()> {
        let entries = made.iter().filter_map(|made| if let Made::Entry(entry) = made { Some(&**entry) } else { None });
        let mut kept = match self.case.keep_all(entries, self.stamp) {
            Ok(kept) => kept.into_iter(),
            Err(error) => return self.stop(error),
        };
        let mut flow = ControlFlow::Continue(());
        for made in made {
            let notice = match made {
                Made::Known(document) => Some(Notice::Kept(Kept::Unchanged(*document))),
                Made::Broken(fault) => Some(Notice::Fault(fault)),
                Made::Entry(_) => kept.next().map(Notice::Kept),
            };
            if let Some(notice) = notice {
                self.tally.count(&notice);
                if (self.watch)(&notice).is_break() {
                    flow = ControlFlow::Break(());
                }
            }
        }
        flow
    }

    fn stop(&mut self, error: crate::Error) -> ControlFlow<()> {
        self.failed = Some(error);
        ControlFlow::Break(())
    }
}

/// A document before it is read.
enum Ready {
    Known(i64),
    Broken(Fault),
    New(Box<Raw>),
}

/// A document that is read.
enum Made {
    Known(i64),
    Broken(Fault),
    Entry(Box<Entry>),
}

impl Ready {
    fn make(self, defaults: &Defaults, reader: &Reader) -> Made {
        let raw = match self {
            Self::Known(document) => return Made::Known(document),
            Self::Broken(fault) => return Made::Broken(fault),
            Self::New(raw) => *raw,
        };
        let place = raw.place().to_owned();
        let made = panic::catch_unwind(AssertUnwindSafe(|| raw.document(defaults).map(|(document, source)| Entry::new(document, source, reader))));
        match made {
            Ok(Ok(entry)) => Made::Entry(Box::new(entry)),
            Ok(Err(fault)) => Made::Broken(fault),
            Err(panic) => Made::Broken(Fault::new(place, format!("a flaw of Majlis, please report it: {}", said(&*panic)))),
        }
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    literal.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it stopped")
}

/// The document that the case already holds of these bytes at this place, so that they need not be read again. Where it lacks the outlet
/// or day that is now assumed, it is read again.
fn known(db: &Connection, raw: &Raw, defaults: &Defaults) -> std::result::Result<Option<i64>, Problem> {
    let mut found = db.prepare_cached(
        "SELECT d.id FROM revision r JOIN document d ON d.id = r.document
         WHERE r.source_sha256 = ?1 AND (d.key = ?2 OR r.origin = ?3) AND (r.outlet IS NOT NULL OR ?4) AND (r.published IS NOT NULL OR ?5) LIMIT 1",
    )?;
    let given = params![raw.sha256, raw.at.key.as_deref().map(address), raw.at.origin, defaults.outlet.is_none(), defaults.published.is_none()];
    Ok(found.query_row(given, |row| row.get(0)).optional()?)
}
