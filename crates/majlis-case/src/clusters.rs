//! Happenings: the events of several documents that are reports of one thing.
//!
//! An event joins the cluster that it is most like, if that is like enough: of the same type and equally real, on days that overlap, at no
//! other place, by no other actors. Candidates share a day or month and a place or an actor, so that the cost does not grow with the case.

use crate::error::Problem;
use crate::figures;
use crate::report::{self, CANDIDATES, DAY, DAYS, LIKE, MEMBERS, Place, Report};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::rc::Rc;

/// Reports kept at a time, some 40 MB.
const KEPT: usize = 1 << 17;

/// Reports as clustering sees them, read once for all the later ones that are compared with them.
#[derive(Default)]
pub(crate) struct Reports(FxHashMap<i64, Rc<Report>>);

impl Reports {
    /// Who acts in them may have become another.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    fn of(&mut self, db: &Connection, event: i64) -> Result<Rc<Report>, Problem> {
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        Ok(match self.0.entry(event) {
            Entry::Occupied(known) => Rc::clone(known.get()),
            Entry::Vacant(new) => Rc::clone(new.insert(Rc::new(load(db, event)?))),
        })
    }
}

/// Puts the events of a document with this text into clusters in place of those they were in, and notes of which happenings its denials speak.
/// Every cluster that changes is marked, so that its claims are stated again.
pub(crate) fn place(db: &Connection, document: i64, text: &str, reports: &mut Reports) -> Result<(), Problem> {
    let mut changed = remove(db, document)?;
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: u32| bytes.get(at as usize).copied().unwrap_or(text.len());
    let events = "SELECT i.id, i.start, i.end FROM live_event i WHERE i.document = ? AND i.status <> 'denied' ORDER BY i.id";
    let events: Vec<(i64, u32, u32)> =
        db.prepare_cached(events)?.query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    for (event, start, end) in events {
        let report = reports.of(db, event)?;
        let keys = report.keys();
        if keys.is_empty() {
            continue;
        }
        let (cluster, similarity) = match best(db, reports, &report, LIKE)? {
            Some(found) => found,
            None => (new(db, &report)?, 1.0),
        };
        let words = text.get(byte(start)..byte(end)).unwrap_or_default();
        let figures = serde_json::json!(figures::count(figures::sentence(text, byte(start)))).to_string();
        let insert = "INSERT INTO cluster_event (event, cluster, similarity, words, figures) VALUES (?, ?, ?, ?, ?)";
        db.prepare_cached(insert)?.execute((event, cluster, similarity, words, figures))?;
        let mut insert = db.prepare_cached("INSERT OR IGNORE INTO cluster_key (key, cluster) VALUES (?, ?)")?;
        for key in keys {
            insert.execute((key, cluster))?;
        }
        changed.insert(cluster);
    }
    changed.extend(deny(db, reports, document)?);
    let mut mark = db.prepare_cached("UPDATE cluster SET stale = 1 WHERE id = ? AND NOT stale")?;
    changed.iter().try_for_each(|cluster| mark.execute([cluster]).map(|_| ()))?;
    Ok(())
}

/// Notes the clusters of real events that a document's denials speak of: the one most like each, its status apart. Returns them.
fn deny(db: &Connection, reports: &mut Reports, document: i64) -> Result<Vec<i64>, Problem> {
    let denials =
        "SELECT i.id, d.published FROM live_event i JOIN live_document d ON d.id = i.document WHERE i.document = ? AND i.status = 'denied' ORDER BY i.id";
    let denials: Vec<(i64, Option<String>)> =
        db.prepare_cached(denials)?.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut denied = Vec::new();
    for (event, published) in denials {
        let mut report = load(db, event)?;
        report.status = "happened".to_owned();
        // A denial rarely dates what it denies: it was in the days before.
        if let (None, Some(day)) = (report.days, published.and_then(|d| d.parse::<Date>().ok())) {
            report.days = day.checked_sub(DAYS.days()).ok().map(|from| (from, day));
        }
        if let Some((cluster, _)) = best(db, reports, &report, LIKE - DAY / 2.0)? {
            db.prepare_cached("INSERT INTO denial (event, cluster) VALUES (?, ?)")?.execute((event, cluster))?;
            denied.push(cluster);
        }
    }
    Ok(denied)
}

/// Takes a document's events out of their clusters, and its denials back; clusters left empty go. Returns the others.
fn remove(db: &Connection, document: i64) -> Result<BTreeSet<i64>, Problem> {
    let was =
        "SELECT c.cluster FROM reading r JOIN event e ON e.reading = r.id JOIN cluster_event c ON c.event = e.id WHERE r.document = ?1 AND c.decision IS NULL
        UNION SELECT n.cluster FROM reading r JOIN event e ON e.reading = r.id JOIN denial n ON n.event = e.id WHERE r.document = ?1";
    let was: BTreeSet<i64> = db.prepare_cached(was)?.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if was.is_empty() {
        return Ok(was);
    }
    for table in ["cluster_event WHERE decision IS NULL AND", "denial WHERE"] {
        let out = format!("DELETE FROM {table} event IN (SELECT e.id FROM reading r JOIN event e ON e.reading = r.id WHERE r.document = ?)");
        db.prepare_cached(&out)?.execute([document])?;
    }
    let mut left = BTreeSet::new();
    for cluster in was {
        if db.prepare_cached("SELECT 1 FROM cluster_event WHERE cluster = ?")?.exists([cluster])? {
            left.insert(cluster);
            continue;
        }
        db.prepare_cached("DELETE FROM claim_report WHERE claim IN (SELECT id FROM claim WHERE cluster = ?)")?.execute([cluster])?;
        for table in ["claim", "cluster_key", "denial"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE cluster = ?"))?.execute([cluster])?;
        }
        db.prepare_cached("DELETE FROM cluster WHERE id = ?")?.execute([cluster])?;
    }
    Ok(left)
}

fn new(db: &Connection, report: &Report) -> Result<i64, Problem> {
    let (first, last) = report.days.map(|(a, b)| (a.to_string(), b.to_string())).unzip();
    let sql = "INSERT INTO cluster (type, mode, status, first_day, last_day, location) VALUES (?, ?, ?, ?, ?, ?)";
    Ok(db.prepare_cached(sql)?.insert((&report.kind, &report.mode, &report.status, first, last, report.place.as_ref().map(|place| place.id)))?)
}

/// The cluster with the report most like this one.
fn best(db: &Connection, reports: &mut Reports, report: &Report, least: f64) -> Result<Option<(i64, f64)>, Problem> {
    let mut candidates = BTreeSet::new();
    // Key by key, so that the index gives the newest few of a key that very many share.
    let mut newest = db.prepare_cached("SELECT cluster FROM cluster_key WHERE key = ? ORDER BY cluster DESC LIMIT ?")?;
    for key in report.lookup() {
        for cluster in newest.query_map((key, CANDIDATES as i64), |row| row.get::<_, i64>(0))? {
            candidates.insert(Reverse(cluster?));
        }
    }
    let mut members = Vec::new();
    let mut first = db.prepare_cached("SELECT event FROM cluster_event WHERE cluster = ? ORDER BY event LIMIT ?")?;
    for Reverse(cluster) in candidates.into_iter().take(CANDIDATES) {
        for event in first.query_map((cluster, MEMBERS as i64), |row| row.get::<_, i64>(0))? {
            members.push((cluster, reports.of(db, event?)?));
        }
    }
    Ok(report::best(report, least, members))
}

fn load(db: &Connection, event: i64) -> Result<Report, Problem> {
    let sql = "SELECT r.document, e.type, e.mode, e.status, e.first_day, e.last_day, w.why, l.id, l.country, l.precision = 'country'
        FROM event e JOIN reading r ON r.id = e.reading JOIN why w ON w.id = e.why LEFT JOIN place p ON p.id = e.place LEFT JOIN location l ON l.id = p.location
        WHERE e.id = ?";
    let row = |row: &Row<'_>| {
        let day = |at: usize| row.get::<_, Option<String>>(at).map(|d| d.and_then(|d| d.parse::<Date>().ok()));
        let place = |id: i64| Ok::<_, rusqlite::Error>(Place { id, country: row.get(8)?, is_country: row.get(9)? });
        Ok(Report {
            document: row.get(0)?,
            kind: row.get(1)?,
            mode: row.get(2)?,
            status: report::real(&row.get::<_, String>(3)?).to_owned(),
            days: day(4)?.zip(day(5)?),
            place: row.get::<_, Option<i64>>(7)?.map(place).transpose()?,
            parties: BTreeSet::new(),
            cue: report::cue(&row.get::<_, String>(6)?).to_owned(),
        })
    };
    let mut report = db.prepare_cached(sql)?.query_row([event], row)?;
    let parties = "SELECT a.root FROM event_party p JOIN local_actor l ON l.id = p.actor JOIN actor a ON a.id = l.actor WHERE p.event = ?";
    report.parties = db.prepare_cached(parties)?.query_map([event], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(report)
}
