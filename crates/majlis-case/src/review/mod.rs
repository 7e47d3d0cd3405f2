//! The analyst's judgement: items accepted, rejected, corrected, merged, split or added, grades and notes. The reader's rows are never
//! changed: a decision stands beside them, says who, when and why, and can be undone.

mod fields;
mod remarks;

pub use fields::{Fields, ItemKind};
pub use remarks::{Note, Remarks};

use crate::audit::{self, Stamp};
use crate::error::{Problem, Result};
use crate::filter::{Listed, Page};
use crate::ledger::{count, standing_of};
use crate::store::Case;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde_json::{Value, json};

/// A decision, of the machine or the analyst.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Its number.
    pub id: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// accept, reject, correct, add, grade, note, merge, split or undo.
    pub act: String,
    /// What kind of thing it is about.
    pub subject_kind: String,
    /// Its number.
    pub subject: i64,
    /// Why.
    pub why: String,
    /// What was decided, as JSON.
    pub detail: Value,
    /// The decision that took it back.
    pub undone: Option<i64>,
}

/// An item that nobody has looked at yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unsure {
    /// Statement or event.
    pub kind: String,
    /// Its number.
    pub item: i64,
    /// Its document.
    pub document: i64,
    /// Its words.
    pub words: String,
    /// How sure the reader is of it, 0–1.
    pub confidence: f64,
    /// The reader's rule and cue.
    pub why: String,
}

/// On which axis of the Admiralty code a grade is given. Both are the analyst's alone; what has no grade is not graded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Axis {
    /// Of an outlet or an actor, A–F.
    Reliability,
    /// Of a claim, a statement or an event, 1–6.
    Credibility,
}

impl Axis {
    /// The axis on which a value lies: credibility is a figure, reliability a letter.
    pub fn of(value: &str) -> Self {
        if value.starts_with(|c: char| c.is_ascii_digit()) { Self::Credibility } else { Self::Reliability }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Reliability => "reliability",
            Self::Credibility => "credibility",
        }
    }

    fn subjects(self) -> &'static [&'static str] {
        match self {
            Self::Reliability => &["outlet", "actor"],
            Self::Credibility => &["claim", "statement", "event"],
        }
    }

    fn values(self) -> &'static [&'static str] {
        match self {
            Self::Reliability => &["A", "B", "C", "D", "E", "F"],
            Self::Credibility => &["1", "2", "3", "4", "5", "6"],
        }
    }
}

impl Case {
    /// Confirms an item as the reader has it. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Absent`] where no such item stands.
    pub fn accept(&mut self, kind: ItemKind, item: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| judge(db, "accept", "accepted", kind, item, why, stamp))
    }

    /// Takes an item out of everything that is derived. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Absent`] where no such item stands.
    pub fn reject(&mut self, kind: ItemKind, item: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| judge(db, "reject", "rejected", kind, item, why, stamp))
    }

    /// Puts an item with other values in the place of one. Returns the decision's number and that of the new item.
    ///
    /// # Errors
    /// [`Problem::Absent`] where no such item stands, [`Problem::Refused`] for a value that it cannot have.
    pub fn correct(&mut self, kind: ItemKind, item: i64, fields: &Fields, why: &str, stamp: &Stamp) -> Result<(i64, i64)> {
        let (decision, new) = self.write(|db| replace(db, "correct", kind, &[item], std::slice::from_ref(fields), why, stamp))?;
        Ok((decision, new[0]))
    }

    /// Makes one item of several, like the first but for what `fields` says. Returns the decision's number and that of the new item.
    ///
    /// # Errors
    /// As [`Case::correct`]; [`Problem::Refused`] for fewer than two, or from several documents.
    pub fn merge_items(&mut self, kind: ItemKind, items: &[i64], fields: &Fields, why: &str, stamp: &Stamp) -> Result<(i64, i64)> {
        self.write(|db| {
            if items.len() < 2 {
                return Err(Problem::Refused("there is nothing to merge".to_owned()));
            }
            let (decision, new) = replace(db, "merge", kind, items, std::slice::from_ref(fields), why, stamp)?;
            Ok((decision, new[0]))
        })
    }

    /// Makes several items of one, each like it but for what its `fields` say. Returns the decision's number and those of the new items.
    ///
    /// # Errors
    /// As [`Case::correct`]; [`Problem::Refused`] for fewer than two.
    pub fn split_item(&mut self, kind: ItemKind, item: i64, parts: &[Fields], why: &str, stamp: &Stamp) -> Result<(i64, Vec<i64>)> {
        self.write(|db| {
            if parts.len() < 2 {
                return Err(Problem::Refused("it is split into two or more".to_owned()));
            }
            replace(db, "split", kind, &[item], parts, why, stamp)
        })
    }

    /// Adds an item that the reader did not find. Returns the decision's number and that of the item.
    ///
    /// # Errors
    /// [`Problem::Absent`] for an unknown document, [`Problem::Refused`] for a value that is missing or that it cannot have.
    pub fn add_item(&mut self, kind: ItemKind, document: i64, fields: &Fields, why: &str, stamp: &Stamp) -> Result<(i64, i64)> {
        self.write(|db| {
            let reading = "SELECT reading FROM live_document WHERE id = ?";
            let reading: Option<i64> = db.prepare_cached(reading)?.query_row([document], |row| row.get(0)).optional()?;
            let reading = reading.ok_or(Problem::Absent { kind: "document", id: document })?;
            let decision = decide(db, stamp, "add", "document", document, why, &json!({"kind": kind.code(), "fields": fields}))?;
            let item = fields::insert(db, kind, reading, decision, fields)?;
            pend(db, document)?;
            Ok((decision, item))
        })
    }

    /// Grades an outlet, actor, claim, statement or event. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Refused`] for a subject or a value that the axis does not have.
    pub fn grade(&mut self, axis: Axis, subject_kind: &str, subject: i64, value: &str, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let value = value.to_uppercase();
            for (what, given, known) in [("subject", subject_kind, axis.subjects()), ("value", value.as_str(), axis.values())] {
                if !known.contains(&given) {
                    return Err(Problem::Refused(format!("{given} is no {what} of {}: it is one of {}", axis.code(), known.join(", "))));
                }
            }
            exists(db, subject_kind, subject)?;
            let decision = decide(db, stamp, "grade", subject_kind, subject, why, &json!({"axis": axis.code(), "value": value}))?;
            let sql = "INSERT OR REPLACE INTO grade (axis, subject_kind, subject, value, decision) VALUES (?, ?, ?, ?, ?)";
            db.prepare_cached(sql)?.execute((axis.code(), subject_kind, subject, value, decision))?;
            Ok(decision)
        })
    }

    /// Writes a note on a document, actor, claim or item. Returns the decision's number.
    ///
    /// # Errors
    /// [`Problem::Absent`] where there is no such thing.
    pub fn note(&mut self, subject_kind: &str, subject: i64, text: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            exists(db, subject_kind, subject)?;
            let decision = decide(db, stamp, "note", subject_kind, subject, "", &json!({}))?;
            let sql = "INSERT INTO note (subject_kind, subject, text, decision) VALUES (?, ?, ?, ?)";
            db.prepare_cached(sql)?.execute((subject_kind, subject, text, decision))?;
            Ok(decision)
        })
    }

    /// Takes a decision on an item back. Returns the number of the decision that does. Merges and splits of actors have
    /// [`Case::undo_merge`].
    ///
    /// # Errors
    /// [`Problem::Absent`] for an unknown decision, [`Problem::Refused`] for one of another kind or taken back already.
    pub fn undo(&mut self, decision: i64, why: &str, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            let sql = "SELECT act, subject_kind, subject, undone FROM decision WHERE id = ?";
            let row = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, Option<i64>>(3)?));
            let (act, kind, subject, undone) =
                db.prepare_cached(sql)?.query_row([decision], row).optional()?.ok_or(Problem::Absent { kind: "decision", id: decision })?;
            if let Some(own) = undone {
                return Err(Problem::Refused(format!("decision {decision} was taken back by decision {own}")));
            }
            if kind == "actor" && act != "grade" && act != "note" || act == "undo" {
                return Err(Problem::Refused(format!("decision {decision} is not taken back this way")));
            }
            let own = decide(db, stamp, "undo", &kind, subject, why, &json!({"decision": decision}))?;
            db.prepare_cached("UPDATE decision SET undone = ? WHERE id = ?")?.execute((own, decision))?;
            for table in ["grade", "note", "verdict", "replacement"] {
                db.prepare_cached(&format!("DELETE FROM {table} WHERE decision = ?"))?.execute([decision])?;
            }
            for kind in ItemKind::ALL {
                let table = kind.code();
                let sql = format!(
                    "INSERT OR IGNORE INTO verdict (kind, item, outcome, decision) SELECT '{table}', id, 'rejected', ?2 FROM {table} WHERE decision = ?1"
                );
                db.prepare_cached(&sql)?.execute((decision, own))?;
                let documents = format!("SELECT DISTINCT r.document FROM {table} i JOIN reading r ON r.id = i.reading WHERE i.decision = ?");
                let documents: Vec<i64> = db.prepare_cached(&documents)?.query_map([decision], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
                documents.into_iter().try_for_each(|d| pend(db, d))?;
            }
            if let Some(kind) = ItemKind::of(&kind)
                && let Some((_, document)) = fields::standing(db, kind, subject)?
            {
                pend(db, document)?;
            }
            Ok(own)
        })
    }

    /// Decisions, the newest first; those of the machine on merging are in [`Case::merges`] too.
    ///
    /// # Errors
    /// What the disk says.
    pub fn decisions(&self, page: Page) -> Result<Listed<Decision>> {
        self.read(|db| {
            let total = count(db, "SELECT count(*) FROM decision", &[])?;
            let sql = "SELECT id, at, by, act, subject_kind, subject, why, detail, undone FROM decision ORDER BY id DESC LIMIT ? OFFSET ?";
            let row = |row: &Row<'_>| {
                Ok(Decision {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    by: row.get(2)?,
                    act: row.get(3)?,
                    subject_kind: row.get(4)?,
                    subject: row.get(5)?,
                    why: row.get(6)?,
                    detail: serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or(Value::Null),
                    undone: row.get(8)?,
                })
            };
            let rows = db.prepare_cached(sql)?.query_map(page.values(), row)?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }

    /// Statements and events that nobody has judged, the least sure first, to the hundredth.
    ///
    /// # Errors
    /// What the disk says.
    pub fn unsure(&self, page: Page) -> Result<Listed<Unsure>> {
        self.read(|db| {
            // In the order of the index of each, so that no more is looked at than is shown.
            let one = |kind: &str| {
                format!(
                    "SELECT '{kind}' AS kind, i.id AS id, r.document, i.start, i.end, CAST(i.confidence * 100 AS INTEGER) AS sure, i.confidence AS confidence, i.why FROM {kind} i
                     CROSS JOIN reading r ON r.id = i.reading AND r.live WHERE i.decision IS NULL
                     AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = '{kind}' AND v.item = i.id)"
                )
            };
            let total = unjudged(db, "statement")? + unjudged(db, "event")?;
            let sql = format!(
                "SELECT i.kind, i.id, i.document, substr(d.text, i.start + 1, i.end - i.start), i.confidence, w.why
                 FROM ({} UNION ALL {} ORDER BY sure, kind, id LIMIT ? OFFSET ?) i
                 JOIN live_document d ON d.id = i.document JOIN why w ON w.id = i.why ORDER BY i.sure, i.kind, i.id",
                one("statement"),
                one("event")
            );
            let row = |row: &Row<'_>| {
                Ok(Unsure { kind: row.get(0)?, item: row.get(1)?, document: row.get(2)?, words: row.get(3)?, confidence: row.get(4)?, why: row.get(5)? })
            };
            let rows = db.prepare_cached(&sql)?.query_map(page.values(), row)?.collect::<rusqlite::Result<_>>()?;
            Ok(Listed { total, rows })
        })
    }
}

/// How many items of a kind the reader made and nobody has judged: those of it that stand, without those accepted.
fn unjudged(db: &Connection, kind: &str) -> std::result::Result<u64, Problem> {
    let accepted = format!(
        "SELECT count(*) FROM verdict v CROSS JOIN {kind} i ON i.id = v.item JOIN reading r ON r.id = i.reading AND r.live
         WHERE v.kind = '{kind}' AND v.outcome = 'accepted' AND i.decision IS NULL"
    );
    Ok(standing_of(db, kind, "i.decision IS NULL", &[])?.saturating_sub(count(db, &accepted, &[])?))
}

fn judge(db: &Connection, act: &str, outcome: &str, kind: ItemKind, item: i64, why: &str, stamp: &Stamp) -> std::result::Result<i64, Problem> {
    let (_, document) = fields::standing(db, kind, item)?.ok_or(Problem::Absent { kind: kind.code(), id: item })?;
    let decision = decide(db, stamp, act, kind.code(), item, why, &json!({}))?;
    verdict(db, kind, item, outcome, decision)?;
    pend(db, document)?;
    Ok(decision)
}

fn replace(db: &Connection, act: &str, kind: ItemKind, old: &[i64], new: &[Fields], why: &str, stamp: &Stamp) -> std::result::Result<(i64, Vec<i64>), Problem> {
    let mut document = None;
    for &item in old {
        let (_, its) = fields::standing(db, kind, item)?.ok_or(Problem::Absent { kind: kind.code(), id: item })?;
        if *document.get_or_insert(its) != its {
            return Err(Problem::Refused("items of several documents are not merged: their reports meet in a claim".to_owned()));
        }
    }
    let decision = decide(db, stamp, act, kind.code(), old[0], why, &json!({"items": old, "fields": new}))?;
    let made = new.iter().map(|fields| fields::copy(db, kind, old, decision, fields)).collect::<std::result::Result<Vec<_>, _>>()?;
    let mut note = db.prepare_cached("INSERT INTO replacement (kind, old, new, decision) VALUES (?, ?, ?, ?)")?;
    for &item in old {
        verdict(db, kind, item, "replaced", decision)?;
        for new in &made {
            note.execute((kind.code(), item, new, decision))?;
        }
    }
    if let Some(document) = document {
        pend(db, document)?;
    }
    Ok((decision, made))
}

fn verdict(db: &Connection, kind: ItemKind, item: i64, outcome: &str, decision: i64) -> std::result::Result<(), Problem> {
    let sql = "INSERT OR REPLACE INTO verdict (kind, item, outcome, decision) VALUES (?, ?, ?, ?)";
    db.prepare_cached(sql)?.execute((kind.code(), item, outcome, decision))?;
    Ok(())
}

/// What is derived from a document is made again at the next digest.
fn pend(db: &Connection, document: i64) -> std::result::Result<(), Problem> {
    db.prepare_cached("UPDATE document SET pending = 1 WHERE id = ?")?.execute([document])?;
    Ok(())
}

fn decide(db: &Connection, stamp: &Stamp, act: &str, subject_kind: &str, subject: i64, why: &str, detail: &Value) -> std::result::Result<i64, Problem> {
    let sql = "INSERT INTO decision (at, by, act, subject_kind, subject, why, detail) VALUES (?, ?, ?, ?, ?, ?, ?)";
    let decision = db.prepare_cached(sql)?.insert((stamp.instant(), &stamp.by, act, subject_kind, subject, why, detail.to_string()))?;
    let about = json!({"subject": format!("{subject_kind} {subject}"), "why": why, "detail": detail});
    audit::append(db, stamp, act, &format!("decision {decision}"), &about)?;
    Ok(decision)
}

fn exists(db: &Connection, kind: &str, id: i64) -> std::result::Result<(), Problem> {
    const KINDS: [&str; 10] = ["document", "outlet", "actor", "claim", "mention", "statement", "event", "time", "place", "stance"];
    let table =
        *KINDS.iter().find(|k| **k == kind).ok_or_else(|| Problem::Refused(format!("{kind} is no kind of thing: it is one of {}", KINDS.join(", "))))?;
    match db.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?"))?.exists([id])? {
        true => Ok(()),
        false => Err(Problem::Absent { kind: table, id }),
    }
}
