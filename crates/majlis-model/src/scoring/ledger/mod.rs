//! A sealed ledger of forecasts: what was said, on what input, and later what came of it.
//!
//! A file of JSON Lines that only grows. Each line holds its number, the day on which it was written, the hash of the line before it
//! (64 zeros on the first), a record, and last its own hash: the SHA-256 of the line's bytes up to the comma before `"hash"`, in
//! hexadecimal. Whoever changes, removes or inserts a line breaks the chain there, and any program that can work out SHA-256 can tell.
//! A whole chain can still be forged by its owner, or lines be cut off its end: to prove when a forecast was made, deposit
//! [`Ledger::head`] with somebody else.
//!
//! Nothing is read or written here: [`Ledger::read`] takes the text of a file, [`Ledger::seal`] gives the line to add to it.

mod admit;
mod report;

pub use report::{Report, Scored};

use crate::Distribution;
use crate::error::{Error, Place, Result, number};
use crate::words::Likelihood;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A forecast, as it is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// What is asked, so that somebody else can settle it.
    pub question: String,
    /// The forecast.
    pub answer: Answer,
    /// SHA-256 of the input that it was made from, in hexadecimal; see [`sha256`].
    pub input: String,
    /// The seed it was made with.
    pub seed: u64,
    /// Name and version of the program that made it.
    pub engine: String,
}

/// What is forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Exclusive outcomes, one of which will happen.
    Outcomes(Vec<Chance>),
    /// A number, as points of equal weight, upwards.
    Value(Vec<f64>),
}

/// An outcome and its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chance {
    /// The outcome.
    pub outcome: String,
    /// Its probability, 0–1.
    pub probability: f64,
    /// The probability in words, as they stood when it was sealed.
    pub words: String,
}

impl Chance {
    /// An outcome with its probability in the words of [`Likelihood`].
    ///
    /// # Errors
    /// If `probability` is not from 0 to 1.
    pub fn new(outcome: impl Into<String>, probability: f64) -> Result<Self> {
        let probability = number("probability", probability, 0.0, 1.0)?;
        let words = Likelihood::of(probability).map(Likelihood::english).unwrap_or_default().to_owned();
        Ok(Self { outcome: outcome.into(), probability, words })
    }
}

/// Points that a sealed distribution is kept as.
const POINTS: usize = 100;

impl Answer {
    /// A distribution, kept as its quantiles at 0.5 %, 1.5 % … 99.5 %, or whole if it has no more samples than that.
    #[must_use]
    pub fn value(distribution: &Distribution) -> Self {
        if distribution.samples().len() <= POINTS {
            return Self::Value(distribution.samples().to_vec());
        }
        Self::Value((0..POINTS).map(|i| distribution.quantile((i as f64 + 0.5) / POINTS as f64)).collect())
    }
}

/// What came of a forecast. A later resolution of the same forecast replaces an earlier one; both stay in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The hash of the forecast's line.
    pub forecast: String,
    /// What happened.
    pub settled: Settled,
    /// The day on which it happened.
    pub day: Date,
    /// Where that can be read.
    pub source: String,
}

/// How a question was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// By one of the outcomes.
    Outcome(String),
    /// By a number.
    Value(f64),
    /// Not at all: the question fell away. It is not scored.
    Void,
}

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// A forecast.
    Forecast(Forecast),
    /// What came of one.
    Resolution(Resolution),
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The day on which it was written, as the writer said.
    pub date: Date,
    /// What it holds.
    pub record: Record,
    /// Its hash.
    pub hash: String,
}

/// A ledger whose chain is whole and whose records agree with one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// The place of each forecast by its hash.
    forecasts: BTreeMap<String, usize>,
}

/// What a line's hash covers.
#[derive(Serialize)]
struct Sealed<'a> {
    number: usize,
    date: Date,
    previous: &'a str,
    record: &'a Record,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    number: usize,
    date: Date,
    previous: String,
    record: Record,
    hash: String,
}

/// What stands before a line's hash.
const BEFORE_HASH: &str = ",\"hash\":\"";
/// What the first line has for the hash of the line before it.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Ledger {
    /// Reads and verifies the text of a ledger; `name` is what errors call the file. No text is an empty ledger.
    ///
    /// # Errors
    /// At the first line that is broken, with its number and what is wrong: no JSON of this form, a hash that does not fit the
    /// line, a previous hash that is not that of the line before, or a record that cannot stand there (see [`Ledger::seal`]).
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let mut ledger = Self::default();
        for (i, line) in text.lines().enumerate() {
            let entry = ledger.verify(line).map_err(|e| Error { place: Some(Place { file: name.to_owned(), line: i + 1 }), ..e })?;
            ledger.push(entry);
        }
        Ok(ledger)
    }

    /// Its lines, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The hash of the last line, which stands for the whole ledger; 64 zeros if there is none.
    #[must_use]
    pub fn head(&self) -> &str {
        self.entries.last().map_or(NO_HASH, |entry| &entry.hash)
    }

    /// Adds a record written on `date`, and gives the line, with its end, to add to the file.
    ///
    /// # Errors
    /// If it cannot stand there: `date` is before that of the last line; a forecast without a question or engine, whose
    /// outcomes are not distinct, whose probabilities do not sum to 1 or whose input is no SHA-256; a resolution without a source, of a
    /// forecast that is not in the ledger, by an outcome that the forecast does not have, or of a day before the forecast was
    /// written or after `date`. The ledger is then as it was.
    pub fn seal(&mut self, date: Date, record: Record) -> Result<String> {
        self.admit(date, &record)?;
        let sealed = Sealed { number: self.entries.len() + 1, date, previous: self.head(), record: &record };
        let mut line = serde_json::to_string(&sealed).map_err(|e| Error::new("record", e.to_string()))?;
        // The closing brace comes after the hash.
        line.pop();
        let hash = sha256(line.as_bytes());
        line += BEFORE_HASH;
        line += &hash;
        line += "\"}\n";
        self.push(Entry { date, record, hash });
        Ok(line)
    }

    fn verify(&self, text: &str) -> Result<Entry> {
        let line: Line = serde_json::from_str(text).map_err(|e| Error::new("", e.to_string()))?;
        let covered = text.rfind(BEFORE_HASH).map(|at| &text[..at]);
        let covered = covered.filter(|covered| text[covered.len()..] == format!("{BEFORE_HASH}{}\"}}", line.hash));
        let Some(covered) = covered else {
            return Err(Error::new("hash", "must stand last in the line"));
        };
        if line.hash != sha256(covered.as_bytes()) {
            return Err(Error::new("hash", "does not fit the line: it was changed after it was sealed"));
        }
        if line.previous != self.head() {
            return Err(Error::new("previous", "is not the hash of the line before: a line was changed, removed or inserted"));
        }
        if line.number != self.entries.len() + 1 {
            return Err(Error::new("number", format!("must be {}, is {}", self.entries.len() + 1, line.number)));
        }
        self.admit(line.date, &line.record).map_err(|e| e.within("record"))?;
        Ok(Entry { date: line.date, record: line.record, hash: line.hash })
    }

    fn push(&mut self, entry: Entry) {
        if matches!(entry.record, Record::Forecast(_)) {
            self.forecasts.insert(entry.hash.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }
}

/// SHA-256 of `bytes` in hexadecimal, small letters.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}
