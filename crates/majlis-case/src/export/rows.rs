//! Events and documents as exports need them, redacted where that is asked for.

use super::Redaction;
use crate::error::Problem;
use crate::filter::Page;
use crate::ledger::{ActorRef, EventRow, Location, StatementRow, event_rows, statement_row, statement_rows};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// Rows read at a time.
const CHUNK: u64 = 1000;

/// An event ready to be written out.
pub(super) struct Event {
    pub(super) id: i64,
    pub(super) kind: String,
    pub(super) mode: String,
    pub(super) status: String,
    pub(super) time: Option<String>,
    pub(super) first_day: Option<String>,
    pub(super) last_day: Option<String>,
    pub(super) place: Option<Location>,
    pub(super) source: Vec<Party>,
    pub(super) target: Vec<Party>,
    pub(super) confidence: f64,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
    /// The actor who reports it; none for the outlet itself and for unnamed sources.
    pub(super) voice: Option<ActorRef>,
    /// Whether whoever reports it can be identified.
    pub(super) named: bool,
    /// Where it stands; none where that is withheld.
    pub(super) at: Option<At>,
}

/// Words in a document.
pub(super) struct At {
    pub(super) document: Source,
    pub(super) words: String,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A document as a source.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: String,
    pub(super) sha256: String,
}

/// An actor with what codes need of it.
#[derive(Clone)]
pub(super) struct Party {
    pub(super) actor: ActorRef,
    pub(super) kind: String,
    pub(super) sector: String,
    pub(super) country: String,
}

/// The case's rows for one export.
pub(super) struct Told<'c> {
    pub(super) db: &'c Connection,
    redaction: Redaction,
    parties: HashMap<i64, Party>,
    sources: HashMap<i64, Source>,
}

impl<'c> Told<'c> {
    pub(super) fn new(db: &'c Connection, redaction: Redaction) -> Self {
        Self { db, redaction, parties: HashMap::new(), sources: HashMap::new() }
    }

    /// Every event, in the order of the list of events.
    pub(super) fn events(&mut self, mut each: impl FnMut(&mut Self, Event) -> Result<(), Problem>) -> Result<u64, Problem> {
        let mut done = 0;
        loop {
            let rows = event_rows(self.db, Page { offset: done, limit: CHUNK })?;
            if rows.is_empty() {
                return Ok(done);
            }
            done += rows.len() as u64;
            for row in rows {
                let told = self.event(row)?;
                each(self, told)?;
            }
        }
    }

    /// Every statement that may be told, in order.
    pub(super) fn statements(&mut self, mut each: impl FnMut(&mut Self, StatementRow, Source) -> Result<(), Problem>) -> Result<u64, Problem> {
        let (mut done, mut told) = (0, 0);
        loop {
            let rows = statement_rows(self.db, Page { offset: done, limit: CHUNK })?;
            if rows.is_empty() {
                return Ok(told);
            }
            done += rows.len() as u64;
            let is_open = self.redaction == Redaction::None;
            for row in rows.into_iter().filter(|s| s.named || is_open) {
                told += 1;
                let source = self.document(row.cite.document)?;
                each(self, row, source)?;
            }
        }
    }

    pub(super) fn event(&mut self, row: EventRow) -> Result<Event, Problem> {
        let statement = row.statement.map(|s| statement_row(self.db, s)).transpose()?.flatten();
        let named = statement.as_ref().is_none_or(|s| s.named);
        let at = if named || self.redaction == Redaction::None {
            let document = self.document(row.cite.document)?;
            Some(At { document, words: row.words, start: row.cite.start, end: row.cite.end })
        } else {
            None
        };
        Ok(Event {
            id: row.id,
            kind: row.kind,
            mode: row.mode,
            status: row.status,
            time: row.time,
            first_day: row.first_day,
            last_day: row.last_day,
            place: row.place,
            source: row.source.into_iter().map(|a| self.party(&a)).collect::<Result<_, _>>()?,
            target: row.target.into_iter().map(|a| self.party(&a)).collect::<Result<_, _>>()?,
            confidence: row.found.confidence,
            outlet: row.cite.outlet,
            published: row.cite.published,
            voice: statement.and_then(|s| s.speaker),
            named,
            at,
        })
    }

    pub(super) fn party(&mut self, actor: &ActorRef) -> Result<Party, Problem> {
        if let Some(known) = self.parties.get(&actor.id) {
            return Ok(known.clone());
        }
        let sql = "SELECT kind, sector, country FROM actor WHERE id = ?";
        let row = |row: &Row<'_>| Ok(Party { actor: actor.clone(), kind: row.get(0)?, sector: row.get(1)?, country: row.get(2)? });
        let party = self.db.prepare_cached(sql)?.query_row([actor.id], row)?;
        self.parties.insert(actor.id, party.clone());
        Ok(party)
    }

    /// A document as a source; in a redacted export without its name, which may be that of a file.
    pub(super) fn document(&mut self, id: i64) -> Result<Source, Problem> {
        if let Some(known) = self.sources.get(&id) {
            return Ok(known.clone());
        }
        let sql = "SELECT id, name, title, url, language, lower(hex(text_sha256)) FROM live_document WHERE id = ?";
        let row =
            |row: &Row<'_>| Ok(Source { id: row.get(0)?, name: row.get(1)?, title: row.get(2)?, url: row.get(3)?, language: row.get(4)?, sha256: row.get(5)? });
        let found = self.db.prepare_cached(sql)?.query_row([id], row).optional()?;
        let mut source = found.ok_or(Problem::Absent { kind: "document", id })?;
        if self.redaction == Redaction::Sources {
            source.name = format!("document {id}");
        }
        self.sources.insert(id, source.clone());
        Ok(source)
    }
}

/// ISO 3166-1 alpha-3 of an alpha-2 code.
pub(super) fn iso3(iso2: &str) -> Option<&'static str> {
    majlis_lexicon::Lexicon::shipped().state(iso2).map(|s| s.iso3)
}
