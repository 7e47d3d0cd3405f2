//! Documents, and one document with everything found in it.

use super::items::{EventRow, Location, StanceRow, StatementRow, location};
use super::{ActorRef, Found, actor_of, count, found};
use crate::error::{Problem, Result};
use crate::filter::{Conditions, Filter, LOCALS, Listed, PLACE, Page, at, text};
use crate::store::Case;
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

/// A document, as its newest revision has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its day of publication, YYYY-MM-DD.
    pub published: Option<String>,
    /// The rule that inferred that day, where the document did not carry it.
    pub inferred: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Path or address, with the member of an archive.
    pub origin: String,
    /// text, html, record, feed or mail.
    pub kind: String,
    /// ISO 639-1.
    pub language: String,
    /// When it was captured, RFC 3339.
    pub captured: String,
    /// SHA-256 of its original bytes, in hexadecimal.
    pub source_sha256: String,
    /// What made text of the bytes, with its version.
    pub extractor: String,
    /// Its revision, from 1.
    pub revision: u64,
    /// The document whose text it carries, itself where the text is its own.
    pub story: i64,
    /// Number of statements.
    pub statements: u64,
    /// Of these, by sources that cannot be identified.
    pub unnamed: u64,
    /// Number of events.
    pub events: u64,
}

/// A document with all its items, each list in the order of the text. Offsets are code points of `text`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentPage {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentRow,
    /// Its text.
    pub text: String,
    /// What its newest revision changed, as a unified diff.
    pub diff: Option<String>,
    /// Mentions of actors.
    pub mentions: Vec<MentionRow>,
    /// Statements.
    pub statement_rows: Vec<StatementRow>,
    /// Events.
    pub event_rows: Vec<EventRow>,
    /// Times.
    pub times: Vec<TimeRow>,
    /// Places.
    pub places: Vec<PlaceRow>,
    /// Stances.
    pub stances: Vec<StanceRow>,
}

/// A mention of an actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionRow {
    /// Its number.
    pub id: i64,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Whom.
    pub actor: Option<ActorRef>,
    /// name, titled, title, capital, nisba or short.
    pub form: String,
    /// How it was found.
    pub found: Found,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeRow {
    /// Its number.
    pub id: i64,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// EDTF; none where it cannot be resolved.
    pub value: Option<String>,
    /// How it was found.
    pub found: Found,
}

/// A place in the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRow {
    /// Its number.
    pub id: i64,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Where it is.
    pub location: Location,
    /// How it was found.
    pub found: Found,
}

const COLUMNS: &str = "d.id, d.name, o.name, d.published, w.why, d.title, d.url, d.origin, d.kind, d.language, d.captured, lower(hex(d.source_sha256)),
    d.extractor, d.number, d.story, (SELECT count(*) FROM live_statement s WHERE s.reading = d.reading),
    (SELECT count(*) FROM live_statement s WHERE s.reading = d.reading AND NOT s.named), (SELECT count(*) FROM live_event e WHERE e.reading = d.reading)";
const JOINED: &str = "LEFT JOIN outlet o ON o.id = d.outlet LEFT JOIN why w ON w.id = d.inferred";

impl Case {
    /// Documents by day of publication, those without one last. All filters: what they ask of statements, events and places must be
    /// met by one in the document; `from` and `to` are days of publication.
    ///
    /// # Errors
    /// What the disk says.
    pub fn documents(&self, filter: &Filter, page: Page) -> Result<Listed<DocumentRow>> {
        self.read(|db| {
            let conditions = on_documents(filter);
            let holds = conditions.sql();
            // Where nothing is asked, a document is its live reading, which stand in an index in this order.
            let all = if conditions.is_empty() { "(SELECT document AS id, published FROM reading WHERE live)" } else { "live_document" };
            let total = count(db, &format!("SELECT count(*) FROM {all} d{holds}"), &conditions.values)?;
            // The rest is looked up for the rows of the page only.
            const ORDER: &str = "ORDER BY d.published NULLS LAST, d.id";
            let sql = format!(
                "SELECT {COLUMNS} FROM (SELECT d.id AS document FROM {all} d{holds} {ORDER} LIMIT ? OFFSET ?) hit
                 CROSS JOIN live_document d ON d.id = hit.document {JOINED} {ORDER}"
            );
            let values = conditions.values.into_iter().chain(page.values());
            let rows = db.prepare_cached(&sql)?.query_map(params_from_iter(values), document)?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }

    /// One document with everything found in it.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none.
    pub fn document(&self, id: i64) -> Result<DocumentPage> {
        let filter = Filter { document: Some(id), ..Filter::default() };
        let (document, text, diff, mentions, times, places) = self.read(|db| {
            let sql = format!("SELECT {COLUMNS}, d.text, (SELECT v.diff FROM revision v WHERE v.id = d.revision) FROM live_document d {JOINED} WHERE d.id = ?");
            let row = |row: &Row<'_>| Ok((document(row)?, row.get(18)?, row.get(19)?));
            let found: Option<(DocumentRow, String, Option<String>)> = db.prepare_cached(&sql)?.query_map([id], row)?.next().transpose()?;
            let (document, text, diff) = found.ok_or(Problem::Absent { kind: "document", id })?;
            Ok((document, text, diff, mentions(db, id)?, times(db, id)?, places(db, id)?))
        })?;
        let mut statement_rows = self.statements(&filter, Page::ALL)?.rows;
        let mut event_rows = self.events(&filter, Page::ALL)?.rows;
        let mut stances = self.stances(&filter, Page::ALL)?.rows;
        statement_rows.sort_by_key(|s| (s.cite.start, s.id));
        event_rows.sort_by_key(|e| (e.cite.start, e.id));
        stances.sort_by_key(|s| (s.cite.start, s.id));
        Ok(DocumentPage { document, text, diff, mentions, statement_rows, event_rows, times, places, stances })
    }
}

/// The conditions of a filter on `live_document d`.
pub(crate) fn on_documents(filter: &Filter) -> Conditions {
    let mut conditions = Conditions::default();
    filter.of_document(&mut conditions);
    filter.of_publication(&mut conditions);
    if let Some(actor) = filter.actor {
        conditions.and(&format!("d.id IN (SELECT m.document FROM live_mention m WHERE m.actor IN ({LOCALS}))"), [actor.into()]);
    }
    if let Some(named) = filter.named {
        conditions.and("d.id IN (SELECT s.document FROM live_statement s WHERE s.named = ?)", [i64::from(named).into()]);
    }
    if let Some(place) = &filter.place {
        let sql = format!("d.id IN (SELECT p.document FROM live_place p JOIN location l ON l.id = p.location WHERE {PLACE})");
        conditions.and(&sql, at(place));
    }
    if filter.kind.is_some() || filter.status.is_some() {
        let mut event = Conditions::default();
        if let Some(kind) = &filter.kind {
            event.and("i.type = ?", [text(&kind.to_uppercase())]);
        }
        if let Some(status) = &filter.status {
            event.and("i.status = ?", [text(&status.to_lowercase())]);
        }
        conditions.and(&format!("d.id IN (SELECT i.document FROM live_event i{})", event.sql()), event.values);
    }
    conditions
}

fn document(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    let number = |at: usize| row.get::<_, i64>(at).map(i64::unsigned_abs);
    Ok(DocumentRow {
        id: row.get(0)?,
        name: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        inferred: row.get(4)?,
        title: row.get(5)?,
        url: row.get(6)?,
        origin: row.get(7)?,
        kind: row.get(8)?,
        language: row.get(9)?,
        captured: row.get(10)?,
        source_sha256: row.get(11)?,
        extractor: row.get(12)?,
        revision: number(13)?,
        story: row.get(14)?,
        statements: number(15)?,
        unnamed: number(16)?,
        events: number(17)?,
    })
}

/// The rows of one kind of item in a document: first its number, start, end and two columns of its own, then how it was found.
fn items<T>(db: &Connection, kind: &str, columns: &str, document: i64, row: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<Vec<T>> {
    let found = super::FOUND.replace("{kind}", kind);
    let sql =
        format!("SELECT i.id, i.start, i.end, {columns}, {found} FROM live_{kind} i JOIN why w ON w.id = i.why WHERE i.document = ? ORDER BY i.start, i.id");
    db.prepare_cached(&sql)?.query_map([document], |r| row(r))?.collect()
}

fn mentions(db: &Connection, document: i64) -> rusqlite::Result<Vec<MentionRow>> {
    items(db, "mention", "i.actor, i.form", document, |row| {
        let actor = actor_of(db, row.get(3)?)?;
        Ok(MentionRow { id: row.get(0)?, start: row.get(1)?, end: row.get(2)?, actor, form: row.get(4)?, found: found(row, 5)? })
    })
}

fn times(db: &Connection, document: i64) -> rusqlite::Result<Vec<TimeRow>> {
    items(db, "time", "i.value", document, |row| {
        Ok(TimeRow { id: row.get(0)?, start: row.get(1)?, end: row.get(2)?, value: row.get(3)?, found: found(row, 4)? })
    })
}

fn places(db: &Connection, document: i64) -> rusqlite::Result<Vec<PlaceRow>> {
    items(db, "place", "i.location", document, |row| {
        let id = row.get(0)?;
        Ok(PlaceRow { id, start: row.get(1)?, end: row.get(2)?, location: location(db, id)?, found: found(row, 4)? })
    })
}
