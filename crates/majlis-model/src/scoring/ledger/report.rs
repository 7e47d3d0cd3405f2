//! How good the forecasts of a ledger were.

use super::{Answer, Ledger, Record, Settled};
use crate::Distribution;
use crate::error::Result;
use crate::scoring::calibration::{self, Bin, Call, Decomposition, Pit};
use crate::scoring::proper;
use serde::Serialize;

/// A settled forecast with its scores. Lower is better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// The forecast's line in the ledger, from 1.
    pub line: usize,
    /// Brier score over all outcomes, 0–2; of a forecast of outcomes.
    pub brier: Option<f64>,
    /// Logarithmic score, 0 to infinity; of a forecast of outcomes.
    pub log: Option<f64>,
    /// Continuous ranked probability score, in the question's unit; of a forecast of a number.
    pub crps: Option<f64>,
}

/// The scores of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The settled forecasts, in the order of their lines.
    pub scored: Vec<Scored>,
    /// Forecasts that are not settled.
    pub open: usize,
    /// Forecasts whose question fell away.
    pub void: usize,
    /// Mean Brier score, if there is one.
    pub brier: Option<f64>,
    /// Mean logarithmic score, if there is one.
    pub log: Option<f64>,
    /// Mean CRPS, if there is one: only worth reading where the questions share a unit.
    pub crps: Option<f64>,
    /// Reliability of the probabilities of all outcomes; where a question has two outcomes of the first only, for the second says
    /// the same. Outcomes of one question hang together, so with more than two the intervals are somewhat too narrow.
    pub bins: Vec<Bin>,
    /// The parts of the Brier score of those probabilities, each as one event.
    pub decomposition: Option<Decomposition>,
    /// Share of numbers within the central 50 % of their forecasts ([`calibration::coverage`]).
    pub coverage50: Option<f64>,
    /// Share of numbers within the central 90 % of their forecasts.
    pub coverage90: Option<f64>,
}

/// Bins of the reliability diagram.
const BINS: usize = 10;

impl Ledger {
    /// Scores every settled forecast; where one was settled more than once, by its last resolution.
    ///
    /// # Errors
    /// None that a ledger's records can cause: they were checked when it was read or sealed.
    pub fn report(&self) -> Result<Report> {
        let (mut calls, mut pits): (Vec<Call>, Vec<Pit>) = (vec![], vec![]);
        let (mut scored, mut open, mut void) = (vec![], 0, 0);
        for (at, settled) in self.settled() {
            let Record::Forecast(forecast) = &self.entries[at].record else { continue };
            let score = Scored { line: at + 1, brier: None, log: None, crps: None };
            match (&forecast.answer, settled) {
                (Answer::Outcomes(chances), Some(Settled::Outcome(outcome))) => {
                    let probabilities: Vec<f64> = chances.iter().map(|c| c.probability).collect();
                    let happened = chances.iter().position(|c| c.outcome == *outcome).unwrap_or(chances.len());
                    let telling = if chances.len() == 2 { 1 } else { chances.len() };
                    calls.extend(probabilities[..telling].iter().enumerate().map(|(k, p)| (*p, k == happened)));
                    let (brier, log) = (proper::brier_classes(&probabilities, happened)?, proper::log(&probabilities, happened)?);
                    scored.push(Scored { brier: Some(brier), log: Some(log), ..score });
                }
                (Answer::Value(points), Some(Settled::Value(value))) => {
                    let distribution = Distribution::new(points.clone())?;
                    pits.push(Pit::of(&distribution, *value));
                    scored.push(Scored { crps: Some(proper::crps(&distribution, *value)?), ..score });
                }
                (_, None) => open += 1,
                _ => void += 1,
            }
        }
        let mean = |score: fn(&Scored) -> Option<f64>| {
            let scores: Vec<f64> = scored.iter().filter_map(score).collect();
            (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
        };
        Ok(Report {
            open,
            void,
            brier: mean(|s| s.brier),
            log: mean(|s| s.log),
            crps: mean(|s| s.crps),
            bins: calibration::reliability(&calls, BINS)?,
            decomposition: if calls.is_empty() { None } else { Some(calibration::decompose(&calls, BINS)?) },
            coverage50: calibration::coverage(&pits, 0.5),
            coverage90: calibration::coverage(&pits, 0.9),
            scored,
        })
    }

    /// The place of each forecast with its last resolution, in the order of the lines.
    fn settled(&self) -> Vec<(usize, Option<&Settled>)> {
        let mut settled = vec![None; self.entries.len()];
        for entry in &self.entries {
            if let Record::Resolution(resolution) = &entry.record
                && let Some(at) = self.forecasts.get(&resolution.forecast)
            {
                settled[*at] = Some(&resolution.settled);
            }
        }
        let mut places: Vec<usize> = self.forecasts.values().copied().collect();
        places.sort_unstable();
        places.into_iter().map(|at| (at, settled[at])).collect()
    }
}
