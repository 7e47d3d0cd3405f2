//! Which actors of the case are one. Every merge and every split is a decision that can be undone; where the machine is unsure it asks.

use crate::audit::{self, Stamp};
use crate::error::{Problem, Result};
use crate::filter::{Listed, Page};
use crate::ledger::{ActorRef, actor_by_id, count, root};
use crate::names;
use crate::namesakes::{self, COMPANY_DOCUMENTS, Keys, NAMESAKES, Named, Namesake, Seen};
use crate::store::Case;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// A decision on merging that waits for the analyst, or has been taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Merge {
    /// The decision's number.
    pub decision: i64,
    /// The actor that goes into the other.
    pub from: Option<ActorRef>,
    /// The actor that it goes into.
    pub into: Option<ActorRef>,
    /// Who decided or asks.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub why: String,
    /// 0–1, where the machine decided or asks.
    pub confidence: Option<f64>,
    /// Whether it waits for the analyst; it is not in force then.
    pub work_needed: bool,
    /// The decision that took it back.
    pub undone: Option<i64>,
}

/// What undoing needs.
#[derive(Serialize, Deserialize)]
struct Detail {
    /// The actor merged into.
    into: i64,
    /// Every actor that changed its root, all from the subject of the decision.
    moved: Vec<i64>,
}

impl Case {
    /// Merges one actor, with all that is merged into it, into another. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Absent`] for an unknown actor, [`Problem::Refused`] where they are one already.
    pub fn merge_actors(&mut self, from: i64, into: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let decision = decide(db, stamp, Ask { act: "merge", subject: from, why, confidence: None, work_needed: false })?;
            let moved = apply(db, decision, from, into)?;
            pend(db, &moved)?;
            Ok(decision)
        })
    }

    /// Takes an actor that was merged into another out again, with a decision of its own. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Absent`] for an unknown actor, [`Problem::Refused`] where it stands alone.
    pub fn split_actor(&mut self, actor: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let root = root(db, actor)?;
            if root == actor {
                return Err(Problem::Refused(format!("actor {actor} is not merged into another")));
            }
            let decision = decide(db, stamp, Ask { act: "split", subject: actor, why, confidence: None, work_needed: false })?;
            db.prepare_cached("UPDATE actor SET root = id WHERE id = ?")?.execute([actor])?;
            note(db, decision, &Detail { into: root, moved: vec![actor] })?;
            pend(db, &[actor])?;
            Ok(decision)
        })
    }

    /// Takes a merge or a split back. Returns the number of the decision that does.
    ///
    /// # Errors
    /// [`Problem::Absent`] for an unknown decision, [`Problem::Refused`] for one of another kind or taken back already.
    pub fn undo_merge(&mut self, decision: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let (act, subject, open) = standing(db, decision)?;
            if open {
                return Err(Problem::Refused(format!("decision {decision} is not in force: settle it")));
            }
            let detail = detail(db, decision)?;
            let root = if act == "merge" { subject } else { detail.into };
            for actor in &detail.moved {
                db.prepare_cached("UPDATE actor SET root = ? WHERE id = ?")?.execute((root, actor))?;
            }
            pend(db, &detail.moved)?;
            undo(db, decision, subject, why, stamp)
        })
    }

    /// Answers a question of the machine: `same` puts the merge in force, else it is dropped. Returns the number of the decision.
    ///
    /// # Errors
    /// As [`Case::undo_merge`]; [`Problem::Refused`] where nothing is asked.
    pub fn settle_merge(&mut self, decision: i64, same: bool, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let (_, subject, open) = standing(db, decision)?;
            if !open {
                return Err(Problem::Refused(format!("decision {decision} does not wait for an answer")));
            }
            if same {
                let into = detail(db, decision)?.into;
                let own = decide(db, stamp, Ask { act: "merge", subject, why, confidence: None, work_needed: false })?;
                let moved = apply(db, own, subject, into)?;
                pend(db, &moved)?;
                db.prepare_cached("UPDATE decision SET work_needed = 0, undone = ? WHERE id = ?")?.execute((own, decision))?;
                return Ok(own);
            }
            let own = undo(db, decision, subject, why, stamp)?;
            db.prepare_cached("UPDATE decision SET work_needed = 0 WHERE id = ?")?.execute([decision])?;
            Ok(own)
        })
    }

    /// Merges and splits, the newest first; `open` gives those that wait for an answer, the surest first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn merges(&self, open: bool, page: Page) -> Result<Listed<Merge>> {
        self.read(|db| {
            let (holds, order) = if open { ("work_needed AND undone IS NULL", "confidence DESC, id") } else { ("NOT work_needed", "id DESC") };
            let of = format!("FROM decision WHERE subject_kind = 'actor' AND act IN ('merge', 'split') AND {holds}");
            let total = count(db, &format!("SELECT count(*) {of}"), &[])?;
            let sql = format!("SELECT id, subject, detail, by, at, why, confidence, work_needed, undone {of} ORDER BY {order} LIMIT ? OFFSET ?");
            let rows = db.prepare_cached(&sql)?.query_map(page.values(), |row| merge(db, row))?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }
}

fn merge(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Merge> {
    let into = serde_json::from_str::<Detail>(&row.get::<_, String>(2)?).ok().map(|d| d.into);
    Ok(Merge {
        decision: row.get(0)?,
        from: actor_by_id(db, row.get(1)?)?,
        into: into.map(|id| actor_by_id(db, id)).transpose()?.flatten(),
        by: row.get(3)?,
        at: row.get(4)?,
        why: row.get(5)?,
        confidence: row.get(6)?,
        work_needed: row.get(7)?,
        undone: row.get(8)?,
    })
}

/// Gives the actors of a document that the case has not compared yet their names' keys, merges those whose whole name another bears,
/// and asks about those who may be another. Returns whether any were merged.
pub(crate) fn compare(db: &Connection, document: i64, stamp: &Stamp) -> std::result::Result<bool, Problem> {
    let sql = "SELECT DISTINCT a.id, a.name, a.name_en, a.kind, a.country, a.known FROM reading r JOIN local_actor l ON l.reading = r.id JOIN actor a ON a.id = l.actor
        WHERE r.document = ? AND r.live AND NOT EXISTS (SELECT 1 FROM actor_name n WHERE n.actor = a.id) ORDER BY a.id";
    let row =
        |row: &Row<'_>| Ok(Named { id: row.get(0)?, name: row.get(1)?, name_en: row.get(2)?, kind: row.get(3)?, country: row.get(4)?, known: row.get(5)? });
    let fresh: Vec<Named> = db.prepare_cached(sql)?.query_map([document], row)?.collect::<rusqlite::Result<_>>()?;
    let mut merged = false;
    for new in &fresh {
        let keys = Keys::of(new);
        for verdict in namesakes::judge(&InCase(db), new, &keys)? {
            if verdict.same {
                let ask = Ask { act: "merge", subject: new.id, why: &verdict.why, confidence: Some(verdict.confidence), work_needed: false };
                let decision = decide(db, stamp, ask)?;
                apply(db, decision, new.id, verdict.into)?;
                merged = true;
            } else {
                ask(db, new.id, verdict.into, &verdict.why, verdict.confidence, stamp)?;
            }
        }
        let mut insert = db.prepare_cached("INSERT OR IGNORE INTO actor_name (folded, actor) VALUES (?, ?)")?;
        keys.all().try_for_each(|key| insert.execute((key, new.id)).map(|_| ()))?;
    }
    Ok(merged)
}

/// The actors of a case.
struct InCase<'a>(&'a Connection);

impl Seen for InCase<'_> {
    fn namesakes(&self, of: &Named, key: &str) -> std::result::Result<Vec<Namesake>, Problem> {
        let sql = "SELECT DISTINCT a.root, a.name FROM actor_name n JOIN actor a ON a.id = n.actor
            WHERE n.folded = ?1 AND a.id <> ?2 AND a.kind = ?3 AND (a.country = ?4 OR a.country = '' OR ?4 = '') ORDER BY a.root, a.name LIMIT ?5";
        let row = |row: &Row<'_>| {
            let name: String = row.get(1)?;
            Ok(Namesake { root: row.get(0)?, whole: names::key(&name), name })
        };
        let found = self.0.prepare_cached(sql)?.query_map((key, of.id, &of.kind, &of.country, NAMESAKES as i64), row)?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    fn company(&self, root: i64) -> std::result::Result<BTreeSet<i64>, Problem> {
        let actors: Vec<i64> =
            self.0.prepare_cached("SELECT id FROM actor WHERE root = ?")?.query_map([root], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        // Actor by actor, so that the index gives the last readings of somebody who stands in very many.
        let mut last: Vec<i64> = Vec::new();
        let mut of = self.0.prepare_cached("SELECT reading FROM local_actor WHERE actor = ? ORDER BY reading DESC LIMIT ?")?;
        for actor in actors {
            for reading in of.query_map((actor, COMPANY_DOCUMENTS as i64), |row| row.get(0))? {
                last.push(reading?);
            }
        }
        last.sort_unstable_by(|a, b| b.cmp(a));
        last.truncate(COMPANY_DOCUMENTS);
        last.dedup();
        let mut company = BTreeSet::new();
        let mut with =
            self.0.prepare_cached("SELECT k.root FROM local_actor o JOIN actor k ON k.id = o.actor WHERE o.reading = ? AND k.known AND k.root <> ?")?;
        for reading in last {
            for other in with.query_map((reading, root), |row| row.get(0))? {
                company.insert(other?);
            }
        }
        Ok(company)
    }
}

/// Leaves a merge to the analyst.
fn ask(db: &Connection, from: i64, into: i64, why: &str, confidence: f64, stamp: &Stamp) -> std::result::Result<(), Problem> {
    let decision = decide(db, stamp, Ask { act: "merge", subject: from, why, confidence: Some(confidence), work_needed: true })?;
    note(db, decision, &Detail { into, moved: Vec::new() })
}

/// What is derived from the documents of these actors is made again at the next digest.
fn pend(db: &Connection, actors: &[i64]) -> std::result::Result<(), Problem> {
    let sql =
        "UPDATE document SET pending = 1 WHERE id IN (SELECT r.document FROM local_actor l JOIN reading r ON r.id = l.reading WHERE r.live AND l.actor = ?)";
    let mut pend = db.prepare_cached(sql)?;
    actors.iter().try_for_each(|actor| pend.execute([actor]).map(|_| ()))?;
    Ok(())
}

/// A decision to be written down.
#[derive(Clone, Copy)]
struct Ask<'a> {
    act: &'a str,
    subject: i64,
    why: &'a str,
    confidence: Option<f64>,
    work_needed: bool,
}

fn decide(db: &Connection, stamp: &Stamp, ask: Ask<'_>) -> std::result::Result<i64, Problem> {
    let sql = "INSERT INTO decision (at, by, act, subject_kind, subject, why, confidence, work_needed) VALUES (?, ?, ?, 'actor', ?, ?, ?, ?)";
    let Ask { act, subject, why, confidence, work_needed } = ask;
    let decision = db.prepare_cached(sql)?.insert((stamp.instant(), &stamp.by, act, subject, why, confidence, work_needed))?;
    let act = if work_needed { format!("ask to {act}") } else { act.to_owned() };
    audit::append(db, stamp, &act, &format!("decision {decision}"), &json!({"actor": subject, "why": why}))?;
    Ok(decision)
}

/// Puts a merge in force. Returns the actors that it moves.
fn apply(db: &Connection, decision: i64, from: i64, into: i64) -> std::result::Result<Vec<i64>, Problem> {
    let (from, into) = (root(db, from)?, root(db, into)?);
    if from == into {
        return Err(Problem::Refused(format!("actors {from} and {into} are one already")));
    }
    let moved: Vec<i64> =
        db.prepare_cached("SELECT id FROM actor WHERE root = ? ORDER BY id")?.query_map([from], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    db.prepare_cached("UPDATE actor SET root = ? WHERE root = ?")?.execute((into, from))?;
    db.prepare_cached("UPDATE decision SET subject = ? WHERE id = ?")?.execute((from, decision))?;
    let detail = Detail { into, moved };
    note(db, decision, &detail)?;
    Ok(detail.moved)
}

fn note(db: &Connection, decision: i64, detail: &Detail) -> std::result::Result<(), Problem> {
    db.prepare_cached("UPDATE decision SET detail = ? WHERE id = ?")?.execute((json!(detail).to_string(), decision))?;
    Ok(())
}

fn undo(db: &Connection, decision: i64, subject: i64, why: &str, stamp: &Stamp) -> std::result::Result<i64, Problem> {
    let own = decide(db, stamp, Ask { act: "undo", subject, why, confidence: None, work_needed: false })?;
    db.prepare_cached("UPDATE decision SET undone = ? WHERE id = ?")?.execute((own, decision))?;
    Ok(own)
}

/// Act and subject of a merge or split that has not been taken back, and whether it waits for an answer.
fn standing(db: &Connection, decision: i64) -> std::result::Result<(String, i64, bool), Problem> {
    let sql = "SELECT act, subject, work_needed, undone FROM decision WHERE id = ? AND subject_kind = 'actor' AND act IN ('merge', 'split')";
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<i64>>(3)?));
    let found = db.prepare_cached(sql)?.query_row([decision], row).optional()?;
    match found.ok_or(Problem::Absent { kind: "merge or split", id: decision })? {
        (_, _, _, Some(own)) => Err(Problem::Refused(format!("decision {decision} was taken back by decision {own}"))),
        (act, subject, open, None) => Ok((act, subject, open)),
    }
}

fn detail(db: &Connection, decision: i64) -> std::result::Result<Detail, Problem> {
    let detail: String = db.prepare_cached("SELECT detail FROM decision WHERE id = ?")?.query_row([decision], |row| row.get(0))?;
    serde_json::from_str(&detail).map_err(|error| Problem::Corrupt(format!("decision {decision}: {error}")))
}
