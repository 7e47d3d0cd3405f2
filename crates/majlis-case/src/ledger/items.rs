//! Statements, events and stances.

use super::{ActorRef, CITE, CITED, Cite, FOUND, Found, actor_of, actor_ref, cite, count, found, words};
use crate::error::{Problem, Result};
use crate::filter::{Conditions, Filter, LOCALS, Listed, Page};
use crate::store::Case;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

/// Words credited to a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRow {
    /// Its number.
    pub id: i64,
    /// Where.
    pub cite: Cite,
    /// The words.
    pub words: String,
    /// `direct` or `indirect`.
    pub kind: String,
    /// What the reporting verb does.
    pub class: String,
    /// The source, where it is an actor.
    pub speaker: Option<ActorRef>,
    /// Whether the source can be identified.
    pub named: bool,
    /// The words that name or describe the source here.
    pub source: Option<String>,
    /// What the text says of an unnamed source where it first speaks of it.
    pub described: Option<String>,
    /// Kind of unnamed source: official, witness, member … else empty.
    pub source_class: String,
    /// Whose side an unnamed source is on.
    pub side: Option<ActorRef>,
    /// The outlet that it was said to.
    pub told_to: Option<ActorRef>,
    /// The statement that it stands in.
    pub inside: Option<i64>,
    /// How it was found.
    pub found: Found,
}

/// Something that one actor does to or with another, as one document tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRow {
    /// Its number.
    pub id: i64,
    /// Where its trigger stands.
    pub cite: Cite,
    /// The trigger.
    pub words: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode, empty when none.
    pub mode: String,
    /// happened, ongoing, planned, threatened, demanded or denied.
    pub status: String,
    /// When, as EDTF.
    pub time: Option<String>,
    /// First day it can have been.
    pub first_day: Option<String>,
    /// Last day it can have been.
    pub last_day: Option<String>,
    /// Where.
    pub place: Option<Location>,
    /// Who acts.
    pub source: Vec<ActorRef>,
    /// Who is acted on, or with.
    pub target: Vec<ActorRef>,
    /// The statement that reports it; none where the outlet itself does.
    pub statement: Option<i64>,
    /// The happening that it is a report of.
    pub cluster: Option<i64>,
    /// How it was found.
    pub found: Found,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Location {
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// ISO 3166-1 alpha-2, empty where unknown.
    pub country: String,
    /// Degrees north (WGS 84).
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How precise the position is.
    pub precision: String,
}

/// What an actor wants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StanceRow {
    /// Its number.
    pub id: i64,
    /// Where the words for the issue stand.
    pub cite: Cite,
    /// Who.
    pub actor: Option<ActorRef>,
    /// The issue in the text's own words.
    pub issue: String,
    /// `for`, `against` or `conditional`.
    pub side: String,
    /// The condition in the text's own words.
    pub condition: Option<String>,
    /// The event that it rests on.
    pub event: Option<i64>,
    /// How it was found.
    pub found: Found,
}

impl Case {
    /// The ledger of statements, in the order in which they were kept. Filters: actor (who speaks, or whose side an unnamed source
    /// is on), named, outlet, from and to (publication), document.
    ///
    /// # Errors
    /// A filter that statements do not have; what the disk says.
    pub fn statements(&self, filter: &Filter, page: Page) -> Result<Listed<StatementRow>> {
        self.read(|db| {
            filter.only("the ledger", &["actor", "named", "from", "to"])?;
            let mut conditions = Conditions::default();
            filter.of_document(&mut conditions);
            filter.of_publication(&mut conditions);
            if let Some(named) = filter.named {
                conditions.and(NAMED, [i64::from(named).into()]);
            }
            if let Some(actor) = filter.actor {
                conditions.and(&format!("(i.speaker IN ({LOCALS}) OR i.side IN ({LOCALS}))"), [actor.into(), actor.into()]);
            }
            statements().list(db, conditions, page)
        })
    }

    /// One statement.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none that stands.
    pub fn statement(&self, id: i64) -> Result<StatementRow> {
        self.read(|db| statements().one(db, id))
    }

    /// Events by the day on which they begin, those without a day last. All filters; `from` and `to` are days of the event.
    ///
    /// # Errors
    /// What the disk says.
    pub fn events(&self, filter: &Filter, page: Page) -> Result<Listed<EventRow>> {
        self.read(|db| {
            let mut conditions = Conditions::default();
            filter.of_document(&mut conditions);
            filter.of_event(&mut conditions);
            if let Some(from) = filter.from {
                conditions.and("i.last_day >= ?", [from.to_string().into()]);
            }
            if let Some(to) = filter.to {
                conditions.and("i.first_day <= ?", [to.to_string().into()]);
            }
            events().list(db, conditions, page)
        })
    }

    /// One event.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none that stands.
    pub fn event(&self, id: i64) -> Result<EventRow> {
        self.read(|db| events().one(db, id))
    }

    /// Stances in the order in which they were kept. Filters: actor, outlet, from and to (publication), document.
    ///
    /// # Errors
    /// A filter that stances do not have; what the disk says.
    pub fn stances(&self, filter: &Filter, page: Page) -> Result<Listed<StanceRow>> {
        self.read(|db| {
            filter.only("stances", &["actor", "from", "to"])?;
            let mut conditions = Conditions::default();
            filter.of_document(&mut conditions);
            filter.of_publication(&mut conditions);
            if let Some(actor) = filter.actor {
                conditions.and(&format!("i.actor IN ({LOCALS})"), [actor.into()]);
            }
            stances().list(db, conditions, page)
        })
    }
}

/// A query for one kind of item, under the alias `i`.
struct Items<T> {
    kind: &'static str,
    columns: String,
    order: &'static str,
    row: fn(&Connection, &Row<'_>) -> rusqlite::Result<T>,
}

fn statements() -> Items<StatementRow> {
    Items { kind: "statement", columns: statement_columns(), order: "i.id", row: statement }
}

fn events() -> Items<EventRow> {
    Items { kind: "event", columns: event_columns(), order: "i.first_day NULLS LAST, i.id", row: event }
}

fn stances() -> Items<StanceRow> {
    Items { kind: "stance", columns: stance_columns(), order: "i.id", row: stance }
}

impl<T> Items<T> {
    fn list(&self, db: &Connection, conditions: Conditions, page: Page) -> std::result::Result<Listed<T>, Problem> {
        let Self { kind, .. } = self;
        let holds = conditions.sql();
        let total = match (conditions.is_empty(), conditions.is_of_document()) {
            (true, _) => standing_of(db, kind, "", &[])?,
            (false, false) if holds == format!(" WHERE {NAMED}") => standing_of(db, kind, NAMED, &conditions.values)?,
            (false, true) => count(db, &format!("SELECT count(*) FROM live_{kind} i JOIN live_document d ON d.id = i.document{holds}"), &conditions.values)?,
            (false, false) => count(db, &format!("SELECT count(*) FROM live_{kind} i{holds}"), &conditions.values)?,
        };
        Ok(Listed { total, rows: self.rows(db, conditions, page)? })
    }

    fn rows(&self, db: &Connection, conditions: Conditions, page: Page) -> std::result::Result<Vec<T>, Problem> {
        let Self { kind, columns, order, row } = self;
        let (from, holds) = (format!("FROM live_{kind} i JOIN live_document d ON d.id = i.document"), conditions.sql());
        let sql = format!(
            "SELECT {} {from} LEFT JOIN outlet o ON o.id = d.outlet JOIN why w ON w.id = i.why{holds} ORDER BY {order} LIMIT ? OFFSET ?",
            columns.replace("{kind}", kind)
        );
        let values = conditions.values.into_iter().chain(page.values());
        Ok(db.prepare_cached(&sql)?.query_map(params_from_iter(values), |r| row(db, r))?.collect::<rusqlite::Result<_>>()?)
    }

    fn one(&self, db: &Connection, id: i64) -> std::result::Result<T, Problem> {
        let mut conditions = Conditions::default();
        conditions.and("i.id = ?", [id.into()]);
        self.rows(db, conditions, Page::first(1))?.pop().ok_or(Problem::Absent { kind: self.kind, id })
    }
}

/// Whether the source of a statement can be identified.
const NAMED: &str = "i.named = ?";

/// How many items of a kind stand and meet a condition on `i`, which may be empty: all but those of readings that are not live and the few that the analyst took
/// out. All are counted in an index alone, where one has what the condition asks; the others are few.
pub(crate) fn standing_of(db: &Connection, kind: &str, which: &str, values: &[Value]) -> std::result::Result<u64, Problem> {
    let [holds, and] = if which.is_empty() { [const { String::new() }; 2] } else { [format!(" WHERE {which}"), format!(" AND {which}")] };
    let all = format!("SELECT count(*) FROM {kind} i{holds}");
    let old = format!("SELECT count(*) FROM reading r CROSS JOIN {kind} i ON i.reading = r.id WHERE NOT r.live{and}");
    let out = format!(
        "SELECT count(*) FROM verdict v CROSS JOIN {kind} i ON i.id = v.item JOIN reading r ON r.id = i.reading AND r.live
         WHERE v.kind = '{kind}' AND v.outcome <> 'accepted'{and}"
    );
    Ok(count(db, &all, values)?.saturating_sub(count(db, &old, values)? + count(db, &out, values)?))
}

fn statement_columns() -> String {
    format!(
        "{CITE}, {FOUND}, i.id, {}, i.kind, i.class, i.speaker, i.named, {}, {}, i.source_class, i.side, i.told_to, i.inside",
        words("i.start", "i.end"),
        words("i.speaker_start", "i.speaker_end"),
        words("i.described_start", "i.described_end")
    )
}

const REST: usize = CITED + 4;

fn statement(db: &Connection, row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    Ok(StatementRow {
        cite: cite(row, 0)?,
        found: found(row, CITED)?,
        id: row.get(REST)?,
        words: row.get(REST + 1)?,
        kind: row.get(REST + 2)?,
        class: row.get(REST + 3)?,
        speaker: actor_of(db, row.get(REST + 4)?)?,
        named: row.get(REST + 5)?,
        source: row.get(REST + 6)?,
        described: row.get(REST + 7)?,
        source_class: row.get(REST + 8)?,
        side: actor_of(db, row.get(REST + 9)?)?,
        told_to: actor_of(db, row.get(REST + 10)?)?,
        inside: row.get(REST + 11)?,
    })
}

fn event_columns() -> String {
    format!(
        "{CITE}, {FOUND}, i.id, {}, i.type, i.mode, i.status, i.time, i.first_day, i.last_day, i.place, i.statement,
         (SELECT c.cluster FROM cluster_event c WHERE c.event = i.id)",
        words("i.start", "i.end")
    )
}

fn event(db: &Connection, row: &Row<'_>) -> rusqlite::Result<EventRow> {
    let id = row.get(REST)?;
    Ok(EventRow {
        cite: cite(row, 0)?,
        found: found(row, CITED)?,
        id,
        words: row.get(REST + 1)?,
        kind: row.get(REST + 2)?,
        mode: row.get(REST + 3)?,
        status: row.get(REST + 4)?,
        time: row.get(REST + 5)?,
        first_day: row.get(REST + 6)?,
        last_day: row.get(REST + 7)?,
        place: row.get::<_, Option<i64>>(REST + 8)?.map(|place| location(db, place)).transpose()?,
        source: parties(db, id, "source")?,
        target: parties(db, id, "target")?,
        statement: row.get(REST + 9)?,
        cluster: row.get(REST + 10)?,
    })
}

/// The actors of one role of an event, each once.
fn parties(db: &Connection, event: i64, role: &str) -> rusqlite::Result<Vec<ActorRef>> {
    let sql = "SELECT DISTINCT a.id, a.code, a.name, a.name_en FROM event_party p JOIN local_actor l ON l.id = p.actor JOIN actor m ON m.id = l.actor
               JOIN actor a ON a.id = m.root WHERE p.event = ? AND p.role = ? ORDER BY l.id";
    db.prepare_cached(sql)?.query_map((event, role), actor_ref)?.collect()
}

/// The location of a place in a text.
pub(super) fn location(db: &Connection, place: i64) -> rusqlite::Result<Location> {
    let sql = "SELECT l.name, l.name_ar, l.country, l.latitude, l.longitude, l.precision FROM place p JOIN location l ON l.id = p.location WHERE p.id = ?";
    db.prepare_cached(sql)?.query_row([place], |row| {
        Ok(Location { name: row.get(0)?, name_ar: row.get(1)?, country: row.get(2)?, latitude: row.get(3)?, longitude: row.get(4)?, precision: row.get(5)? })
    })
}

/// One event, if it stands.
pub(crate) fn event_row(db: &Connection, id: i64) -> std::result::Result<Option<EventRow>, Problem> {
    if_any(events().one(db, id))
}

/// A stretch of all events.
pub(crate) fn event_rows(db: &Connection, page: Page) -> std::result::Result<Vec<EventRow>, Problem> {
    events().rows(db, Conditions::default(), page)
}

/// A stretch of all statements.
pub(crate) fn statement_rows(db: &Connection, page: Page) -> std::result::Result<Vec<StatementRow>, Problem> {
    statements().rows(db, Conditions::default(), page)
}

/// One statement, if it stands.
pub(crate) fn statement_row(db: &Connection, id: i64) -> std::result::Result<Option<StatementRow>, Problem> {
    if_any(statements().one(db, id))
}

fn if_any<T>(found: std::result::Result<T, Problem>) -> std::result::Result<Option<T>, Problem> {
    match found {
        Ok(row) => Ok(Some(row)),
        Err(Problem::Absent { .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn stance_columns() -> String {
    // A stance does not keep its line: it is counted.
    let paragraph = "length(substr(d.text, 1, i.start)) - length(replace(substr(d.text, 1, i.start), char(10), ''))";
    format!(
        "{}, {FOUND}, i.id, i.actor, {}, i.side, {}, i.event",
        CITE.replace("i.paragraph", paragraph),
        words("i.start", "i.end"),
        words("i.condition_start", "i.condition_end")
    )
}

fn stance(db: &Connection, row: &Row<'_>) -> rusqlite::Result<StanceRow> {
    Ok(StanceRow {
        cite: cite(row, 0)?,
        found: found(row, CITED)?,
        id: row.get(REST)?,
        actor: actor_of(db, row.get(REST + 1)?)?,
        issue: row.get(REST + 2)?,
        side: row.get(REST + 3)?,
        condition: row.get(REST + 4)?,
        event: row.get(REST + 5)?,
    })
}
