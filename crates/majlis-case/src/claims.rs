//! Claims: what several reports say of one happening. That it happened, when, and in what numbers; who supports it and who denies it.
//!
//! Independence is counted by story and voice: ten copies of one agency's report are one source, and two reports that quote the same
//! named actor are one voice.

use crate::error::{Problem, Result};
use crate::filter::{Conditions, Filter, Listed, Page};
use crate::ledger::{ActorRef, EventRow, actor_by_id, count, event_row};
use crate::store::Case;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A claim and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// Its number.
    pub id: i64,
    /// `happening`, `date` or `figure`.
    pub kind: String,
    /// The trigger in the words of a text; of a figure, what is counted.
    pub about: String,
    /// The happening: PLOVER type.
    #[serde(rename = "type")]
    pub event: String,
    /// First day it can have been, as the first report has it.
    pub first_day: Option<String>,
    /// Reports that support it, or give the value that most do.
    pub support: Side,
    /// Reports that deny it.
    pub denial: Side,
    /// Reports that give another value.
    pub other: Side,
    /// Credibility, 1–6 (Admiralty), where the analyst graded it.
    pub credibility: Option<String>,
}

/// The reports on one side of a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Side {
    /// The reports, or the first of them.
    pub reports: Vec<ClaimReport>,
    /// How many there are.
    pub told: usize,
    /// Sources left when copies of one text, and the same voice in several, count once.
    pub independent: usize,
    /// Of these, named ones, and outlets in their own name.
    pub named: usize,
    /// Of these, unnamed ones.
    pub unnamed: usize,
}

/// One report of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimReport {
    /// The event or the statement.
    pub event: EventRow,
    /// The value that it gives: a day or days in EDTF, a figure.
    pub value: Option<String>,
    /// Who says so: an actor, `None` for the outlet or an unnamed source.
    pub voice: Option<ActorRef>,
    /// Whether the source can be identified; an outlet in its own name can.
    pub named: bool,
}

impl Case {
    /// Claims, those that are contested first, then by the number of reports. Filters: type, from and to (day of the happening).
    ///
    /// # Errors
    /// A filter that claims do not have; what the disk says.
    pub fn claims(&self, filter: &Filter, page: Page) -> Result<Listed<ClaimRow>> {
        self.claims_in_brief(filter, page, usize::MAX)
    }

    /// The same with so many reports of each side at most.
    ///
    /// # Errors
    /// As [`Case::claims`].
    pub fn claims_in_brief(&self, filter: &Filter, page: Page, reports: usize) -> Result<Listed<ClaimRow>> {
        self.read(|db| {
            filter.only("claims", &["type", "from", "to"])?;
            let mut conditions = Conditions::default();
            if let Some(kind) = &filter.kind {
                conditions.and("k.type = ?", [kind.to_uppercase().into()]);
            }
            if let Some(from) = filter.from {
                conditions.and("k.last_day >= ?", [from.to_string().into()]);
            }
            if let Some(to) = filter.to {
                conditions.and("k.first_day <= ?", [to.to_string().into()]);
            }
            let holds = conditions.sql();
            let total = count(db, &format!("SELECT count(*) FROM claim c JOIN cluster k ON k.id = c.cluster{holds}"), &conditions.values)?;
            let sql = format!(
                "SELECT c.id FROM claim c JOIN cluster k ON k.id = c.cluster{holds}
                 ORDER BY EXISTS (SELECT 1 FROM claim_report r WHERE r.claim = c.id AND r.says <> 'supports') DESC,
                 (SELECT count(*) FROM claim_report r WHERE r.claim = c.id) DESC, c.id LIMIT ? OFFSET ?"
            );
            let values = conditions.values.into_iter().chain(page.values());
            let ids: Vec<i64> = db.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let rows = ids.into_iter().map(|id| claim(db, id, reports)).collect::<std::result::Result<_, _>>()?;
            Ok(Listed { total, rows })
        })
    }

    /// One claim.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is none.
    pub fn claim(&self, id: i64) -> Result<ClaimRow> {
        self.read(|db| claim(db, id, usize::MAX))
    }
}

/// The claims of a happening.
pub(crate) fn claims_of(db: &Connection, cluster: i64) -> std::result::Result<Vec<ClaimRow>, Problem> {
    let ids: Vec<i64> =
        db.prepare_cached("SELECT id FROM claim WHERE cluster = ? ORDER BY id")?.query_map([cluster], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    ids.into_iter().map(|id| claim(db, id, usize::MAX)).collect()
}

fn claim(db: &Connection, id: i64, reports: usize) -> std::result::Result<ClaimRow, Problem> {
    let sql = "SELECT c.id, c.kind, c.about, k.type, k.first_day, (SELECT g.value FROM grade g WHERE g.axis = 'credibility' AND g.subject_kind = 'claim' AND g.subject = c.id)
        FROM claim c JOIN cluster k ON k.id = c.cluster WHERE c.id = ?";
    let row = |row: &Row<'_>| {
        Ok(ClaimRow {
            id: row.get(0)?,
            kind: row.get(1)?,
            about: row.get(2)?,
            event: row.get(3)?,
            first_day: row.get(4)?,
            credibility: row.get(5)?,
            support: Side::default(),
            denial: Side::default(),
            other: Side::default(),
        })
    };
    let mut claim = db.prepare_cached(sql)?.query_row([id], row).optional()?.ok_or(Problem::Absent { kind: "claim", id })?;
    // What the analyst has rejected since is no report any more. The tables of the views, since a view that may be missing is made whole.
    let sql = "SELECT r.item, r.says, r.value, coalesce(c.story, g.document), p.root, coalesce(s.named, TRUE) FROM claim_report r
        CROSS JOIN event e ON e.id = r.item JOIN reading g ON g.id = e.reading AND g.live LEFT JOIN copy c ON c.document = g.document
        LEFT JOIN statement s ON s.id = e.statement
            AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'statement' AND v.item = s.id AND v.outcome <> 'accepted')
        LEFT JOIN local_actor l ON l.id = s.speaker LEFT JOIN actor p ON p.id = l.actor
        WHERE r.claim = ? AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'event' AND v.item = e.id AND v.outcome <> 'accepted')
        ORDER BY r.item";
    let row = |row: &Row<'_>| {
        let told = Told { item: row.get(0)?, value: row.get(2)?, story: row.get(3)?, voice: row.get(4)?, named: row.get(5)? };
        Ok((row.get::<_, String>(1)?, told))
    };
    let told = db.prepare_cached(sql)?.query_map([id], row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for (side, says) in [(&mut claim.support, "supports"), (&mut claim.denial, "denies"), (&mut claim.other, "differs")] {
        let told = told.iter().filter(|(of, _)| of == says).map(|(_, told)| told);
        side.count(told.clone());
        side.reports = told.take(reports).map(|told| told.report(db)).collect::<std::result::Result<_, _>>()?;
    }
    Ok(claim)
}

/// What counts of a report.
struct Told {
    item: i64,
    value: Option<String>,
    story: i64,
    voice: Option<i64>,
    named: bool,
}

impl Told {
    fn report(&self, db: &Connection) -> std::result::Result<ClaimReport, Problem> {
        let event = event_row(db, self.item)?.ok_or(Problem::Absent { kind: "event", id: self.item })?;
        let voice = self.voice.map(|voice| actor_by_id(db, voice)).transpose()?.flatten();
        Ok(ClaimReport { event, value: self.value.clone(), voice, named: self.named })
    }
}

impl Side {
    fn count<'a>(&mut self, told: impl Iterator<Item = &'a Told>) {
        let mut stories = BTreeSet::new();
        let mut voices = BTreeSet::new();
        for told in told {
            self.told += 1;
            let is_new_story = stories.insert(told.story);
            let is_new_voice = told.voice.is_none_or(|voice| voices.insert(voice));
            if is_new_story && is_new_voice {
                self.independent += 1;
                *(if told.named { &mut self.named } else { &mut self.unnamed }) += 1;
            }
        }
    }
}

/// States the claims of so many clusters that have changed, and returns how many there were.
pub(crate) fn state(db: &Connection, most: usize) -> std::result::Result<usize, Problem> {
    let stale: Vec<i64> = db
        .prepare_cached("SELECT id FROM cluster WHERE stale ORDER BY id LIMIT ?")?
        .query_map([most as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for cluster in &stale {
        restate(db, *cluster)?;
        db.prepare_cached("UPDATE cluster SET stale = 0 WHERE id = ?")?.execute([cluster])?;
    }
    Ok(stale.len())
}

/// What one report gives for a claim on a value.
struct Given {
    event: i64,
    document: i64,
    value: String,
}

fn restate(db: &Connection, cluster: i64) -> std::result::Result<(), Problem> {
    let sql = "SELECT c.event, i.document, c.words, i.time, i.first_day, i.last_day, c.figures
        FROM cluster_event c JOIN live_event i ON i.id = c.event WHERE c.cluster = ? ORDER BY c.event";
    let (mut happened, mut dates, mut figures) = (Vec::<Given>::new(), Vec::<(Given, String, String)>::new(), BTreeMap::<String, Vec<Given>>::new());
    let mut about = None;
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([cluster])?;
    while let Some(row) = rows.next()? {
        let (event, document): (i64, i64) = (row.get(0)?, row.get(1)?);
        about.get_or_insert(row.get::<_, String>(2)?);
        happened.push(Given { event, document, value: String::new() });
        if let (Some(time), Some(first), Some(last)) = (row.get(3)?, row.get::<_, Option<String>>(4)?, row.get::<_, Option<String>>(5)?) {
            dates.push((Given { event, document, value: time }, first, last));
        }
        let counted: BTreeMap<String, u32> =
            serde_json::from_str(&row.get::<_, String>(6)?).map_err(|error| Problem::Corrupt(format!("figures of event {event}: {error}")))?;
        for (measure, figure) in counted {
            figures.entry(measure).or_default().push(Given { event, document, value: figure.to_string() });
        }
    }
    drop(rows);
    drop(query);
    let Some(about) = about else { return Ok(()) };
    let denials = "SELECT n.event, i.document FROM denial n JOIN live_event i ON i.id = n.event WHERE n.cluster = ? ORDER BY n.event";
    let row = |row: &Row<'_>| Ok(Given { event: row.get(0)?, document: row.get(1)?, value: String::new() });
    let denials: Vec<Given> = db.prepare_cached(denials)?.query_map([cluster], row)?.collect::<rusqlite::Result<_>>()?;
    let is_told_twice = !denials.is_empty() || documents(&happened) > 1;
    let told = happened.into_iter().map(|g| (g, "supports")).chain(denials.into_iter().map(|g| (g, "denies")));
    write(db, cluster, "happening", &about, told.filter(|_| is_told_twice))?;
    // Days that overlap do not contradict one another.
    let (latest, earliest) = (dates.iter().map(|d| d.1.clone()).max(), dates.iter().map(|d| d.2.clone()).min());
    let apart = latest > earliest;
    let dates: Vec<Given> = dates.into_iter().map(|d| d.0).collect();
    write(db, cluster, "date", &about, sided(if apart { dates } else { Vec::new() }))?;
    for measure in ["captured", "dead", "rockets", "wounded"] {
        let given = figures.remove(measure).unwrap_or_default();
        let several = documents(&given) > 1;
        write(db, cluster, "figure", measure, sided(if several { given } else { Vec::new() }))?;
    }
    Ok(())
}

/// The value that most documents give is supported, the others differ. Of equals, the first.
fn sided(given: Vec<Given>) -> impl Iterator<Item = (Given, &'static str)> {
    let mut tally: Vec<(String, BTreeSet<i64>)> = Vec::new();
    for g in &given {
        match tally.iter_mut().find(|(value, _)| *value == g.value) {
            Some((_, documents)) => _ = documents.insert(g.document),
            None => tally.push((g.value.clone(), BTreeSet::from([g.document]))),
        }
    }
    let most = tally.iter().rev().max_by_key(|(_, documents)| documents.len()).map(|(value, _)| value.clone());
    given.into_iter().map(move |g| {
        let says = if Some(&g.value) == most.as_ref() { "supports" } else { "differs" };
        (g, says)
    })
}

fn documents(given: &[Given]) -> usize {
    given.iter().map(|g| g.document).collect::<BTreeSet<_>>().len()
}

/// Writes the reports of a claim in place of those it had; without any, the claim goes. Its number stays while it stands.
fn write(db: &Connection, cluster: i64, kind: &str, about: &str, reports: impl Iterator<Item = (Given, &'static str)>) -> std::result::Result<(), Problem> {
    // The trigger's words may change with the first report: a happening is one claim all the same.
    let same = if kind == "figure" { " AND about = ?3" } else { " AND ?3 IS NOT NULL" };
    let known = format!("SELECT id FROM claim WHERE cluster = ?1 AND kind = ?2{same}");
    let known: Option<i64> = db.prepare_cached(&known)?.query_row((cluster, kind, about), |row| row.get(0)).optional()?;
    let mut reports = reports.peekable();
    if reports.peek().is_none() {
        if let Some(claim) = known {
            db.prepare_cached("DELETE FROM claim_report WHERE claim = ?")?.execute([claim])?;
            db.prepare_cached("DELETE FROM claim WHERE id = ?")?.execute([claim])?;
        }
        return Ok(());
    }
    let claim = match known {
        Some(claim) => claim,
        None => db.prepare_cached("INSERT INTO claim (kind, cluster, about) VALUES (?, ?, ?)")?.insert((kind, cluster, about))?,
    };
    db.prepare_cached("DELETE FROM claim_report WHERE claim = ?")?.execute([claim])?;
    let mut insert = db.prepare_cached("INSERT INTO claim_report (claim, item_kind, item, says, value) VALUES (?, 'event', ?, ?, ?)")?;
    for (given, says) in reports {
        insert.execute((claim, given.event, says, Some(given.value).filter(|v| !v.is_empty())))?;
    }
    Ok(())
}
