//! Actors of the case, after merging.

use super::{actor_ref, count};
use crate::error::{Problem, Result};
use crate::filter::{Conditions, Filter, Listed, Page, text};
use crate::ledger::ActorRef;
use crate::store::Case;
use majlis_text::fold;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

/// An actor of the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorRow {
    /// Number, code and names.
    #[serde(flatten)]
    pub actor: ActorRef,
    /// person, party, armed_group, government, state, igo, media or group.
    pub kind: String,
    /// PLOVER sector, empty when unknown.
    pub sector: String,
    /// ISO 3166-1 alpha-2, empty when unknown.
    pub country: String,
    /// Whether the lexicon has it.
    pub known: bool,
    /// Number of mentions.
    pub mentions: u64,
    /// Number of statements.
    pub statements: u64,
    /// Number of documents that mention it.
    pub documents: u64,
}

/// An actor with all that it goes by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Known {
    /// The actor.
    #[serde(flatten)]
    pub row: ActorRow,
    /// Every form in which texts name it, the commonest first, with how often.
    pub forms: Vec<(String, u64)>,
    /// The actors that are merged into it.
    pub merged: Vec<ActorRef>,
}

const COLUMNS: &str = "a.id, a.code, a.name, a.name_en, a.kind, a.sector, a.country, a.known, count(m.id), count(DISTINCT m.document)";
/// Every actor that stands, with the mentions of all that are merged into it.
const FROM: &str = "FROM actor a JOIN actor p ON p.root = a.id JOIN local_actor l ON l.actor = p.id JOIN live_mention m ON m.actor = l.id";
const STATEMENTS: &str = "SELECT count(*) FROM live_statement s JOIN local_actor l ON l.id = s.speaker JOIN actor p ON p.id = l.actor WHERE p.root = ?";

impl Case {
    /// Actors by number of mentions. Filters: outlet, from and to (publication), document, and `place` for a country's code.
    ///
    /// # Errors
    /// A filter that actors do not have; what the disk says.
    pub fn actors(&self, filter: &Filter, page: Page) -> Result<Listed<ActorRow>> {
        self.read(|db| {
            filter.only("actors", &["from", "to", "place"])?;
            let mut conditions = Conditions::default();
            filter.of_document(&mut conditions);
            filter.of_publication(&mut conditions);
            if let Some(country) = &filter.place {
                conditions.and("a.country = ?", [text(&country.to_uppercase())]);
            }
            let document = if conditions.is_of_document() { " JOIN live_document d ON d.id = m.document" } else { "" };
            let holds = conditions.sql();
            // An actor counts at its first mention; the others need not be looked at.
            conditions.and("p.root = a.id", []);
            let any = format!("FROM actor p JOIN local_actor l ON l.actor = p.id JOIN live_mention m ON m.actor = l.id{document}{}", conditions.sql());
            let total = count(db, &format!("SELECT count(*) FROM actor a WHERE EXISTS (SELECT 1 {any})"), &conditions.values)?;
            let sql = format!("SELECT {COLUMNS} {FROM}{document}{holds} GROUP BY a.id ORDER BY count(m.id) DESC, a.id LIMIT ? OFFSET ?");
            let values = conditions.values.into_iter().chain(page.values());
            let rows = db.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| actor(db, row))?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }

    /// One actor; the number may be that of one merged into it.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none.
    pub fn actor(&self, id: i64) -> Result<Known> {
        self.read(|db| {
            let root = root(db, id)?;
            let sql = format!("SELECT {COLUMNS} {FROM} WHERE a.id = ? GROUP BY a.id");
            let row = db.prepare_cached(&sql)?.query_map([root], |row| actor(db, row))?.next().transpose()?.ok_or(Problem::Absent { kind: "actor", id })?;
            let forms = "SELECT substr(d.text, m.start + 1, m.end - m.start) AS form, count(*) FROM actor p JOIN local_actor l ON l.actor = p.id
                JOIN live_mention m ON m.actor = l.id JOIN live_document d ON d.id = m.document WHERE p.root = ? GROUP BY form ORDER BY count(*) DESC, form";
            let form = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()));
            let forms = db.prepare_cached(forms)?.query_map([root], form)?.collect::<rusqlite::Result<_>>()?;
            let merged = "SELECT id, code, name, name_en FROM actor WHERE root = ?1 AND id <> ?1 ORDER BY id";
            let merged = db.prepare_cached(merged)?.query_map([root], actor_ref)?.collect::<rusqlite::Result<_>>()?;
            Ok(Known { row, forms, merged })
        })
    }

    /// The actors that somebody may mean by a number, a code, or a name in either language; the most mentioned first. A whole name
    /// goes before a part of one.
    ///
    /// # Errors
    /// [`Problem::Refused`] where nobody is meant; what the disk says.
    pub fn find_actor(&self, name: &str) -> Result<Vec<ActorRef>> {
        self.read(|db| {
            let wanted = fold(name.trim());
            let sql = "SELECT DISTINCT a.id, a.code, a.name, a.name_en, p.code, p.name, p.name_en FROM actor p JOIN actor a ON a.id = p.root";
            let mut query = db.prepare_cached(sql)?;
            let all = query.query_map([], |row| Ok((actor_ref(row)?, [4, 5, 6].map(|at| row.get::<_, String>(at)))))?;
            let (mut whole, mut part) = (Vec::new(), Vec::new());
            for row in all {
                let (actor, names) = row?;
                let names: Vec<String> = names.into_iter().collect::<rusqlite::Result<_>>()?;
                let folded: Vec<String> = names.iter().map(|n| fold(n)).collect();
                if wanted == actor.id.to_string() || folded.contains(&wanted) {
                    whole.push(actor);
                } else if !wanted.is_empty()
                    && folded.iter().any(|n| n.split(' ').collect::<Vec<_>>().windows(wanted.split(' ').count()).any(|w| w.join(" ") == wanted))
                {
                    part.push(actor);
                }
            }
            let mut found = if whole.is_empty() { part } else { whole };
            found.sort();
            found.dedup();
            let mut counted = found.into_iter().map(|a| Ok((mentions(db, a.id)?, a))).collect::<std::result::Result<Vec<_>, Problem>>()?;
            counted.sort_by_key(|(n, a)| (std::cmp::Reverse(*n), a.id));
            let found: Vec<ActorRef> = counted.into_iter().map(|(_, a)| a).collect();
            if found.is_empty() { Err(Problem::Refused(format!("no actor is called {name}"))) } else { Ok(found) }
        })
    }
}

/// The actor that this one is merged into, itself where it is not.
pub(crate) fn root(db: &Connection, id: i64) -> std::result::Result<i64, Problem> {
    let found = db.prepare_cached("SELECT root FROM actor WHERE id = ?")?.query_map([id], |row| row.get(0))?.next().transpose()?;
    found.ok_or(Problem::Absent { kind: "actor", id })
}

/// An actor by its own number, merged or not.
pub(crate) fn actor_by_id(db: &Connection, id: i64) -> rusqlite::Result<Option<ActorRef>> {
    db.prepare_cached("SELECT id, code, name, name_en FROM actor WHERE id = ?")?.query_row([id], actor_ref).optional()
}

fn mentions(db: &Connection, root: i64) -> std::result::Result<u64, Problem> {
    count(db, &format!("SELECT count(*) {FROM} WHERE a.id = ?"), &[root.into()])
}

fn actor(db: &Connection, row: &Row<'_>) -> rusqlite::Result<ActorRow> {
    let actor = actor_ref(row)?;
    let statements: i64 = db.prepare_cached(STATEMENTS)?.query_row([actor.id], |row| row.get(0))?;
    Ok(ActorRow {
        kind: row.get(4)?,
        sector: row.get(5)?,
        country: row.get(6)?,
        known: row.get(7)?,
        mentions: row.get::<_, i64>(8)?.unsigned_abs(),
        documents: row.get::<_, i64>(9)?.unsigned_abs(),
        statements: statements.unsigned_abs(),
        actor,
    })
}
