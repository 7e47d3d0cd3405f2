//! Runs of models, the probabilities that they gave, and what came of them. What is sealed is never changed.

use crate::audit::{self, Stamp};
use crate::error::{Problem, Result};
use crate::store::Case;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

/// One run of a model, to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<'a> {
    /// What was run: `forecast`, `play` …
    pub kind: &'a str,
    /// The program and its version.
    pub engine: &'a str,
    /// The seed of its draws.
    pub seed: Option<u64>,
    /// What it was run on: a standoff, as TOML.
    pub input: &'a str,
    /// What it gave, as JSON.
    pub output: &'a str,
    /// The probabilities that it gave.
    pub chances: Vec<Chance>,
}

/// A probability for one outcome of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// The question.
    pub question: String,
    /// The outcome.
    pub outcome: String,
    /// 0–1.
    pub probability: f64,
    /// The last day on which the question can be settled, YYYY-MM-DD.
    pub closes: Option<String>,
}

/// A probability that a run of the case gave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sealed {
    /// The run's number.
    pub run: i64,
    /// When it was made, RFC 3339.
    pub at: String,
    /// Who made it.
    pub by: String,
    /// The probability.
    #[serde(flatten)]
    pub chance: Chance,
    /// What came of the question, where that is known.
    pub came: Option<String>,
}

/// A standoff that the analyst has written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnStandoff {
    /// TOML.
    pub text: String,
    /// When it was kept, RFC 3339.
    pub at: String,
    /// Who wrote it.
    pub by: String,
}

/// The kind of run that is no run but its input: a standoff of the analyst.
const STANDOFF: &str = "standoff";

impl Case {
    /// Keeps a run and its probabilities. Returns the run's number.
    ///
    /// # Errors
    /// A probability outside 0–1, or one outcome of a question given twice; what the disk says.
    pub fn keep_run(&mut self, run: &Run<'_>, stamp: &Stamp) -> Result<i64> {
        self.write(|db| {
            for (i, chance) in run.chances.iter().enumerate() {
                if !(0.0..=1.0).contains(&chance.probability) {
                    return Err(Problem::Refused(format!("{}: {} is no probability", chance.question, chance.probability)));
                }
                if run.chances[..i].iter().any(|other| other.question == chance.question && other.outcome == chance.outcome) {
                    return Err(Problem::Refused(format!("{}: the outcome {} is given twice", chance.question, chance.outcome)));
                }
            }
            let hash: [u8; 32] = Sha256::digest(run.input).into();
            // SQLite's integers are signed: a seed is kept by its bits.
            let seed = run.seed.map(u64::cast_signed);
            db.prepare_cached("INSERT INTO run (at, by, kind, engine, seed, input, input_sha256, output) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![stamp.instant(), stamp.by, run.kind, run.engine, seed, run.input, hash, run.output])?;
            let id = db.last_insert_rowid();
            let mut insert = db.prepare_cached("INSERT INTO forecast (run, question, outcome, probability, closes) VALUES (?, ?, ?, ?, ?)")?;
            for c in &run.chances {
                insert.execute(params![id, c.question, c.outcome, c.probability, c.closes])?;
            }
            let output: [u8; 32] = Sha256::digest(run.output).into();
            let hex = |bytes: [u8; 32]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
            let detail = json!({ "kind": run.kind, "engine": run.engine, "input_sha256": hex(hash), "output_sha256": hex(output), "forecasts": run.chances });
            audit::append(db, stamp, "run", &format!("run {id}"), &detail)?;
            Ok(id)
        })
    }

    /// Keeps a standoff as the analyst's own, on which the models are run from now on; an empty text goes back to what the case proposes.
    /// Those before it stay in the file.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep_standoff(&mut self, text: &str, stamp: &Stamp) -> Result<i64> {
        self.keep_run(&Run { kind: STANDOFF, engine: crate::ENGINE, seed: None, input: text, output: "", chances: Vec::new() }, stamp)
    }

    /// The analyst's own standoff, as TOML with who wrote it; none where there is none.
    ///
    /// # Errors
    /// What the disk says.
    pub fn standoff(&self) -> Result<Option<OwnStandoff>> {
        self.read(|db| {
            let sql = "SELECT input, at, by FROM run WHERE kind = ? ORDER BY id DESC LIMIT 1";
            let row = |row: &rusqlite::Row<'_>| Ok(OwnStandoff { text: row.get(0)?, at: row.get(1)?, by: row.get(2)? });
            Ok(db.prepare_cached(sql)?.query_row([STANDOFF], row).optional()?.filter(|own| !own.text.trim().is_empty()))
        })
    }

    /// Every probability that was sealed, of one question or of all, in the order of the runs.
    ///
    /// # Errors
    /// What the disk says.
    pub fn sealed(&self, question: Option<&str>) -> Result<Vec<Sealed>> {
        self.read(|db| {
            let sql = "SELECT f.run, r.at, r.by, f.question, f.outcome, f.probability, f.closes, s.outcome FROM forecast f JOIN run r ON r.id = f.run
                       LEFT JOIN resolution s ON s.question = f.question WHERE ?1 IS NULL OR f.question = ?1 ORDER BY f.id";
            let mut query = db.prepare_cached(sql)?;
            let rows = query.query_map([question], |row| {
                let chance = Chance { question: row.get(3)?, outcome: row.get(4)?, probability: row.get(5)?, closes: row.get(6)? };
                Ok(Sealed { run: row.get(0)?, at: row.get(1)?, by: row.get(2)?, chance, came: row.get(7)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Says what came of a question.
    ///
    /// # Errors
    /// [`Problem::Refused`] where no run asked it, none gave that outcome, or it is resolved already; what the disk says.
    pub fn resolve(&mut self, question: &str, outcome: &str, why: &str, stamp: &Stamp) -> Result<()> {
        self.write(|db| {
            let outcomes: Vec<String> = db
                .prepare_cached("SELECT DISTINCT outcome FROM forecast WHERE question = ? ORDER BY outcome")?
                .query_map([question], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            if outcomes.is_empty() {
                return Err(Problem::Refused(format!("no forecast asks {question}")));
            }
            if !outcomes.iter().any(|known| known == outcome) {
                return Err(Problem::Refused(format!("{outcome} is no outcome of {question}: it is one of {}", outcomes.join(", "))));
            }
            let known: Option<String> =
                db.prepare_cached("SELECT outcome FROM resolution WHERE question = ?")?.query_row([question], |row| row.get(0)).optional()?;
            if let Some(known) = known {
                return Err(Problem::Refused(format!("{question} is resolved already: {known}")));
            }
            db.prepare_cached("INSERT INTO resolution (question, outcome, at, by, why) VALUES (?, ?, ?, ?, ?)")?.execute((
                question,
                outcome,
                stamp.instant(),
                &stamp.by,
                why,
            ))?;
            audit::append(db, stamp, "resolve", &format!("question {question}"), &json!({ "outcome": outcome, "why": why }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn chance(outcome: &str, probability: f64) -> Chance {
        Chance { question: "truce:a:30".to_owned(), outcome: outcome.to_owned(), probability, closes: Some("2021-04-23".to_owned()) }
    }

    fn run(chances: Vec<Chance>) -> Run<'static> {
        Run { kind: "forecast", engine: "test 1", seed: Some(u64::MAX), input: "name = \"a\"", output: "{}", chances }
    }

    #[test]
    fn a_run_is_sealed_and_its_question_resolved_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::create(folder.path().join("a.case")).unwrap();
        let stamp = Stamp { by: "سعاد".to_owned(), at: Timestamp::UNIX_EPOCH };
        let id = case.keep_run(&run(vec![chance("yes", 0.7), chance("no", 0.3)]), &stamp).unwrap();
        assert_eq!(case.sealed(None).unwrap().iter().map(|s| (s.run, s.chance.probability)).collect::<Vec<_>>(), [(id, 0.7), (id, 0.3)]);
        assert!(case.resolve("other", "yes", "", &stamp).unwrap_err().to_string().contains("no forecast asks"));
        assert!(case.resolve("truce:a:30", "perhaps", "", &stamp).unwrap_err().to_string().contains("one of no, yes"));
        case.resolve("truce:a:30", "no", "وكالة", &stamp).unwrap();
        assert!(case.resolve("truce:a:30", "yes", "", &stamp).unwrap_err().to_string().contains("resolved already"));
        assert!(case.sealed(Some("truce:a:30")).unwrap().iter().all(|s| s.came.as_deref() == Some("no")));
        assert_eq!(case.verify_audit().unwrap().0, 2);
    }

    #[test]
    fn the_newest_standoff_counts_until_it_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::create(folder.path().join("a.case")).unwrap();
        let stamp = Stamp { by: "سعاد".to_owned(), at: Timestamp::UNIX_EPOCH };
        assert_eq!(case.standoff().unwrap(), None);
        case.keep_standoff("name = \"a\"", &stamp).unwrap();
        case.keep_standoff("name = \"b\"", &stamp).unwrap();
        assert_eq!(case.standoff().unwrap().map(|own| (own.text, own.by)), Some(("name = \"b\"".to_owned(), "سعاد".to_owned())));
        case.keep_standoff(" ", &stamp).unwrap();
        assert_eq!(case.standoff().unwrap(), None);
        assert!(case.sealed(None).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_probability_or_given_twice_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::create(folder.path().join("a.case")).unwrap();
        let stamp = Stamp { by: "a".to_owned(), at: Timestamp::UNIX_EPOCH };
        for chances in [vec![chance("yes", 1.5)], vec![chance("yes", f64::NAN)], vec![chance("yes", 0.5), chance("yes", 0.5)]] {
            assert!(case.keep_run(&run(chances), &stamp).is_err());
        }
        assert!(case.sealed(None).unwrap().is_empty());
    }
}
