//! Happenings: the events of several documents that are reports of one thing.
//!
//! An event joins the cluster that it is most like, if that is like enough: of the same type and equally real, on days that overlap, at no
//! other place, by no other actors. Candidates share a day or month and a place or an actor, so that the cost does not grow with the case.

use crate::error::Problem;
use crate::figures;
use crate::ledger::location_of;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// How like two reports must be, 0–1, from different documents and within one.
const LIKE: f64 = 0.6;
const LIKE_WITHIN: f64 = 0.75;
/// What each agreement counts.
const DAY: f64 = 0.35;
const PLACE: f64 = 0.25;
const PARTIES: f64 = 0.3;
const WORDS: f64 = 0.1;
/// What counts for an agreement of which one side says nothing.
const SILENT: f64 = 0.4;
/// An event of more days than this is looked for by its month.
const DAYS: i32 = 7;
/// Candidates that are compared.
const CANDIDATES: usize = 24;

/// An event as clustering sees it.
pub(crate) struct Report {
    pub(crate) document: i64,
    kind: String,
    mode: String,
    pub(crate) status: String,
    days: Option<(Date, Date)>,
    location: Option<(i64, String, bool)>,
    parties: BTreeSet<i64>,
    cue: String,
}

/// Puts the events of a document with this text into clusters in place of those they were in, and notes of which happenings its denials speak.
/// Every cluster that changes is marked, so that its claims are stated again.
pub(crate) fn place(db: &Connection, document: i64, text: &str) -> Result<(), Problem> {
    let mut changed = remove(db, document)?;
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: u32| bytes.get(at as usize).copied().unwrap_or(text.len());
    let events = "SELECT i.id, i.start, i.end FROM live_event i WHERE i.document = ? AND i.status <> 'denied' ORDER BY i.id";
    let events: Vec<(i64, u32, u32)> =
        db.prepare_cached(events)?.query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    for (event, start, end) in events {
        let report = Report::of(db, event)?;
        let keys = report.keys();
        if keys.is_empty() {
            continue;
        }
        let (cluster, similarity) = match best(db, &report, LIKE)? {
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
    changed.extend(deny(db, document)?);
    let mut mark = db.prepare_cached("UPDATE cluster SET stale = 1 WHERE id = ? AND NOT stale")?;
    changed.iter().try_for_each(|cluster| mark.execute([cluster]).map(|_| ()))?;
    Ok(())
}

/// Notes the clusters of real events that a document's denials speak of: the one most like each, its status apart. Returns them.
fn deny(db: &Connection, document: i64) -> Result<Vec<i64>, Problem> {
    let denials = "SELECT i.id, d.published FROM live_event i JOIN live_document d ON d.id = i.document WHERE i.document = ? AND i.status = 'denied' ORDER BY i.id";
    let denials: Vec<(i64, Option<String>)> =
        db.prepare_cached(denials)?.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut denied = Vec::new();
    for (event, published) in denials {
        let mut report = Report::of(db, event)?;
        report.status = "happened".to_owned();
        // A denial rarely dates what it denies: it was in the days before.
        if let (None, Some(day)) = (report.days, published.and_then(|d| d.parse::<Date>().ok())) {
            report.days = day.checked_sub(DAYS.days()).ok().map(|from| (from, day));
        }
        if let Some((cluster, _)) = best(db, &report, LIKE - DAY / 2.0)? {
            db.prepare_cached("INSERT INTO denial (event, cluster) VALUES (?, ?)")?.execute((event, cluster))?;
            denied.push(cluster);
        }
    }
    Ok(denied)
}

/// Takes a document's events out of their clusters, and its denials back; clusters left empty go. Returns the others.
fn remove(db: &Connection, document: i64) -> Result<BTreeSet<i64>, Problem> {
    let was = "SELECT c.cluster FROM reading r JOIN event e ON e.reading = r.id JOIN cluster_event c ON c.event = e.id WHERE r.document = ?1 AND c.decision IS NULL
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
    Ok(db.prepare_cached(sql)?.insert((&report.kind, &report.mode, &report.status, first, last, report.location.as_ref().map(|l| l.0)))?)
}

/// The cluster with the report most like this one.
fn best(db: &Connection, report: &Report, least: f64) -> Result<Option<(i64, f64)>, Problem> {
    let keys = report.lookup();
    if keys.is_empty() {
        return Ok(None);
    }
    let marks = vec!["?"; keys.len()].join(", ");
    let sql = format!("SELECT DISTINCT cluster FROM cluster_key WHERE key IN ({marks}) ORDER BY cluster DESC LIMIT {CANDIDATES}");
    let candidates: Vec<i64> = db.prepare_cached(&sql)?.query_map(params_from_iter(&keys), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut best: Option<(i64, f64)> = None;
    for cluster in candidates {
        let members = "SELECT event FROM cluster_event WHERE cluster = ? ORDER BY event LIMIT 3";
        let members: Vec<i64> = db.prepare_cached(members)?.query_map([cluster], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for member in members {
            let other = Report::of(db, member)?;
            let least = if other.document == report.document { LIKE_WITHIN } else { least };
            let like = report.like(&other);
            if like >= least && best.is_none_or(|(_, most)| like > most) {
                best = Some((cluster, like));
            }
        }
    }
    Ok(best)
}

impl Report {
    pub(crate) fn of(db: &Connection, event: i64) -> Result<Self, Problem> {
        let sql = "SELECT r.document, e.type, e.mode, e.status, e.first_day, e.last_day, e.place, w.why FROM event e JOIN reading r ON r.id = e.reading
            JOIN why w ON w.id = e.why WHERE e.id = ?";
        let row = |row: &Row<'_>| {
            let day = |at: usize| row.get::<_, Option<String>>(at).map(|d| d.and_then(|d| d.parse::<Date>().ok()));
            let why: String = row.get(7)?;
            Ok(Self {
                document: row.get(0)?,
                kind: row.get(1)?,
                mode: row.get(2)?,
                status: row.get::<_, String>(3).map(|s| if s == "ongoing" { "happened".to_owned() } else { s })?,
                days: day(4)?.zip(day(5)?),
                location: row.get::<_, Option<i64>>(6)?.map(|place| location_of(db, place)).transpose()?,
                parties: BTreeSet::new(),
                cue: why.split_once(':').map_or(String::new(), |(_, cue)| cue.to_owned()),
            })
        };
        let mut report = db.prepare_cached(sql)?.query_row([event], row)?;
        let parties = "SELECT a.root FROM event_party p JOIN local_actor l ON l.id = p.actor JOIN actor a ON a.id = l.actor WHERE p.event = ?";
        report.parties = db.prepare_cached(parties)?.query_map([event], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(report)
    }

    /// The keys under which later reports find this one.
    fn keys(&self) -> Vec<Value> {
        self.hashed(|days| days)
    }

    /// The keys under which this report finds earlier ones: the days around it too.
    fn lookup(&self) -> Vec<Value> {
        self.hashed(|(a, b)| (a.yesterday().unwrap_or(a), b.tomorrow().unwrap_or(b)))
    }

    fn hashed(&self, around: impl Fn((Date, Date)) -> (Date, Date)) -> Vec<Value> {
        let Some((first, last)) = self.days else { return Vec::new() };
        let when: BTreeSet<String> = if (last - first).get_days() <= DAYS {
            let (from, to) = around((first, last));
            from.series(1.day()).take_while(|day| *day <= to).map(|day| day.to_string()).collect()
        } else {
            [first, last].iter().map(|d| format!("{}-{}", d.year(), d.month())).collect()
        };
        let place = self.location.iter().map(|(id, ..)| format!("place {id}"));
        let what: Vec<String> = self.parties.iter().map(|p| format!("actor {p}")).chain(place).collect();
        let real = &self.status;
        let key = |when: &String, what: &String| Value::Integer(xxh3_64(format!("{} {real} {when} {what}", self.kind).as_bytes()).cast_signed());
        when.iter().flat_map(|when| what.iter().map(move |what| key(when, what))).collect()
    }

    /// How like two reports are, 0–1; 0 where they cannot be of one happening.
    fn like(&self, other: &Self) -> f64 {
        if self.kind != other.kind || self.status != other.status {
            return 0.0;
        }
        let day = match (self.days, other.days) {
            (Some(a), Some(b)) if a == b => 1.0,
            (Some((a, b)), Some((c, d))) if a <= d && c <= b => 0.7,
            (Some((a, b)), Some((c, d))) if a <= d.tomorrow().unwrap_or(d) && c <= b.tomorrow().unwrap_or(b) => 0.4,
            (Some(_), Some(_)) => return 0.0,
            _ => SILENT,
        };
        let place = match (&self.location, &other.location) {
            (Some((a, ..)), Some((b, ..))) if a == b => 1.0,
            // A country and a place in it agree; two towns do not.
            (Some((_, a, whole)), Some((_, b, other_whole))) if a == b && (*whole || *other_whole) => 0.6,
            (Some(_), Some(_)) => return 0.0,
            _ => SILENT,
        };
        let parties = match (self.parties.is_empty(), other.parties.is_empty()) {
            (false, false) => {
                let shared = self.parties.intersection(&other.parties).count();
                if shared == 0 {
                    return 0.0;
                }
                shared as f64 / self.parties.len().min(other.parties.len()) as f64
            }
            _ => SILENT,
        };
        let words = if self.cue == other.cue && self.mode == other.mode {
            1.0
        } else if self.mode == other.mode {
            0.5
        } else {
            0.0
        };
        DAY * day + PLACE * place + PARTIES * parties + WORDS * words
    }
}
