//! What may stand in a ledger.

use super::{Answer, Chance, Forecast, Ledger, Record, Resolution, Settled};
use crate::Distribution;
use crate::error::{Error, Result, number};
use crate::scoring::proper;
use jiff::civil::Date;
use std::collections::BTreeSet;

impl Ledger {
    /// Whether `record`, written on `date`, can be the next line.
    pub(super) fn admit(&self, date: Date, record: &Record) -> Result<()> {
        if let Some(last) = self.entries.last().filter(|last| date < last.date) {
            return Err(Error::new("date", format!("{date} is before {}, that of the line before", last.date)));
        }
        match record {
            Record::Forecast(forecast) => check(forecast).map_err(|e| e.within("forecast")),
            Record::Resolution(resolution) => self.settles(date, resolution).map_err(|e| e.within("resolution")),
        }
    }

    /// Whether `resolution`, written on `date`, settles a forecast of the ledger.
    fn settles(&self, date: Date, resolution: &Resolution) -> Result<()> {
        given("source", &resolution.source)?;
        let entry = self.forecasts.get(&resolution.forecast).map(|at| &self.entries[*at]);
        let Some((sealed, Record::Forecast(forecast))) = entry.map(|entry| (entry.date, &entry.record)) else {
            return Err(Error::new("forecast", format!("the ledger has none with the hash {:?}", resolution.forecast)));
        };
        if resolution.day < sealed {
            return Err(Error::new("day", format!("{} is before {sealed}, when the forecast was written", resolution.day)));
        }
        if resolution.day > date {
            return Err(Error::new("day", format!("{} is after {date}, when this is written", resolution.day)));
        }
        match (&resolution.settled, &forecast.answer) {
            (Settled::Void, _) => Ok(()),
            (Settled::Value(value), Answer::Value(_)) => number("settled.value", *value, f64::NEG_INFINITY, f64::INFINITY).map(|_| ()),
            (Settled::Outcome(outcome), Answer::Outcomes(chances)) if chances.iter().any(|c| c.outcome == *outcome) => Ok(()),
            (Settled::Outcome(outcome), Answer::Outcomes(_)) => Err(Error::new("settled.outcome", format!("the forecast has no outcome {outcome:?}"))),
            (Settled::Outcome(_), Answer::Value(_)) => Err(Error::new("settled", "the forecast is of a number, not of outcomes")),
            (Settled::Value(_), Answer::Outcomes(_)) => Err(Error::new("settled", "the forecast is of outcomes, not of a number")),
        }
    }
}

fn check(forecast: &Forecast) -> Result<()> {
    given("question", &forecast.question)?;
    given("engine", &forecast.engine)?;
    if forecast.input.len() != 64 || !forecast.input.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(Error::new("input", "must be a SHA-256: 64 hexadecimal digits, small letters"));
    }
    match &forecast.answer {
        Answer::Value(points) => Distribution::new(points.clone()).map(|_| ()),
        Answer::Outcomes(chances) => exclusive(chances),
    }
    .map_err(|e| e.within("answer"))
}

/// Whether outcomes are told apart and their probabilities sum to 1.
fn exclusive(chances: &[Chance]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (i, chance) in chances.iter().enumerate() {
        let key = format!("outcomes[{i}].outcome");
        given(&key, &chance.outcome)?;
        if !seen.insert(chance.outcome.as_str()) {
            return Err(Error::new(key, format!("{:?} stands here twice", chance.outcome)));
        }
    }
    proper::check(&chances.iter().map(|c| c.probability).collect::<Vec<_>>(), 0)
}

fn given(key: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() { Err(Error::new(key, "is empty")) } else { Ok(()) }
}
