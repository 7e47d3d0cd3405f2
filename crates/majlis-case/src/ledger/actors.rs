//! Actors of the case, after merging.

use super::{actor_ref, count};
use crate::error::{Problem, Result};
use crate::filter::{Conditions, Filter, Listed, Page, text};
use crate::ledger::ActorRef;
use crate::store::Case;
use majlis_text::fold;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

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
            if page.limit == 0 {
                return Ok(Listed { total: mentioned(db, filter, conditions)?, rows: Vec::new() });
            }
            let mut sums = sums(db, filter, &conditions)?;
            sums.sort_unstable_by_key(|sum| (Reverse(sum.mentions), sum.actor));
            let shown = sums.iter().skip(usize::try_from(page.offset).unwrap_or(usize::MAX)).take(usize::try_from(page.limit).unwrap_or(usize::MAX));
            let rows = shown.map(|sum| row(db, sum)).collect::<std::result::Result<_, _>>()?;
            Ok(Listed { total: sums.len() as u64, rows })
        })
    }

    /// One actor; the number may be that of one merged into it.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none.
    pub fn actor(&self, id: i64) -> Result<Known> {
        self.read(|db| {
            let root = root(db, id)?;
            let sql = format!("SELECT count(m.id), count(DISTINCT m.document) {FROM} WHERE a.id = ?");
            let (mentions, documents): (i64, i64) = db.prepare_cached(&sql)?.query_row([root], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if mentions == 0 {
                return Err(Problem::Absent { kind: "actor", id });
            }
            let row = row(db, &Sum { actor: root, mentions: mentions.unsigned_abs(), documents: documents.unsigned_abs() })?;
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
            counted.sort_by_key(|(n, a)| (Reverse(*n), a.id));
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

fn row(db: &Connection, sum: &Sum) -> std::result::Result<ActorRow, Problem> {
    let statements = count(db, STATEMENTS, &[sum.actor.into()])?;
    let sql = "SELECT id, code, name, name_en, kind, sector, country, known FROM actor WHERE id = ?";
    Ok(db.prepare_cached(sql)?.query_row([sum.actor], |row| {
        Ok(ActorRow {
            actor: actor_ref(row)?,
            kind: row.get(4)?,
            sector: row.get(5)?,
            country: row.get(6)?,
            known: row.get(7)?,
            mentions: sum.mentions,
            statements,
            documents: sum.documents,
        })
    })?)
}

/// How often an actor is mentioned, with all that are merged into it, and in how many documents.
struct Sum {
    actor: i64,
    mentions: u64,
    documents: u64,
}

/// How many actors are mentioned. One counts at its first mention; the others need not be looked at.
fn mentioned(db: &Connection, filter: &Filter, mut conditions: Conditions) -> std::result::Result<u64, Problem> {
    let document = if conditions.is_empty() { "" } else { " JOIN live_document d ON d.id = m.document" };
    conditions.and("p.root = a.id", []);
    let any = format!("FROM actor p JOIN local_actor l ON l.actor = p.id JOIN live_mention m ON m.actor = l.id{document}{}", conditions.sql());
    conditions.values.push(country(filter));
    count(db, &format!("SELECT count(*) FROM actor a WHERE EXISTS (SELECT 1 {any}) AND {OF_COUNTRY}"), &conditions.values)
}

/// Whether actor `a` is of the country asked for, if one is.
const OF_COUNTRY: &str = "coalesce(a.country = ?, TRUE)";

fn country(filter: &Filter) -> Value {
    filter.place.as_ref().map_or(Value::Null, |place| text(&place.to_uppercase()))
}

/// The sums of all actors that are mentioned. They are made here and not by SQLite, which would sort every mention to tell documents apart.
fn sums(db: &Connection, filter: &Filter, conditions: &Conditions) -> std::result::Result<Vec<Sum>, Problem> {
    let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let roots = format!("SELECT p.id, p.root FROM actor p JOIN actor a ON a.id = p.root WHERE {OF_COUNTRY}");
    let roots: HashMap<i64, i64> = db.prepare_cached(&roots)?.query_map([country(filter)], pair)?.collect::<rusqlite::Result<_>>()?;
    let rejected =
        "SELECT m.actor, count(*) FROM verdict v CROSS JOIN mention m ON m.id = v.item WHERE v.kind = 'mention' AND v.outcome <> 'accepted' GROUP BY m.actor";
    let rejected: HashMap<i64, i64> = db.prepare_cached(rejected)?.query_map([], pair)?.collect::<rusqlite::Result<_>>()?;
    // The mentions of each reading's actors: of all in the order of their index, else of the documents that are asked for.
    let of = if conditions.is_empty() {
        "FROM (SELECT actor AS id, count(*) AS n FROM mention GROUP BY actor) m CROSS JOIN local_actor l ON l.id = m.id JOIN reading r ON r.id = l.reading AND r.live".to_owned()
    } else {
        let each = "(SELECT count(*) FROM mention WHERE actor = l.id) AS n";
        format!("FROM (SELECT l.*, {each} FROM live_document d CROSS JOIN local_actor l ON l.reading = d.reading{}) l", conditions.sql())
    };
    let mut statement = db.prepare_cached(&format!("SELECT l.id, l.actor, l.reading, n {of}"))?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut told: Vec<(i64, i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (local, n): (i64, i64) = (row.get(0)?, row.get(3)?);
        let n = n - rejected.get(&local).copied().unwrap_or(0);
        if let (Some(&root), true) = (roots.get(&row.get(1)?), n > 0) {
            told.push((root, row.get(2)?, n));
        }
    }
    told.sort_unstable();
    let sum = |told: &[(i64, i64, i64)]| Sum {
        actor: told[0].0,
        mentions: told.iter().map(|(.., n)| n.unsigned_abs()).sum(),
        documents: told.chunk_by(|a, b| a.1 == b.1).count() as u64,
    };
    Ok(told.chunk_by(|a, b| a.0 == b.0).map(sum).collect())
}
