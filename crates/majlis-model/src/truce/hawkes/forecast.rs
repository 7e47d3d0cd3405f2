//! How many attacks are to be expected.

use super::simulate::Process;
use super::{Events, Fit, KINDS, Posterior, Priors, Residual, Sampling, fit, residuals, sample, simulate};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::standoff::{Incident, Standoff};
use crate::streams::Streams;
use crate::words::Likelihood;
use jiff::civil::Date;
use serde::Serialize;

/// A record of attacks and replies as events, one kind for each actor that did any.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The actors' `id`s, in alphabetical order: kind i is what actor i did.
    pub actors: Vec<String>,
    /// The first day of the record.
    pub from: Date,
    /// The events, in days from the beginning of the first day, or from the event that opened the record, to the end of the last day.
    pub events: Events,
}

impl Record {
    /// The incidents of a standoff up to its date. The record begins with the first day of a truce, or, if an incident comes before all
    /// truces, with the first incident, which then opens it ([`Events::opened_by`]).
    ///
    /// # Errors
    /// If there is no incident, or as [`Record::new`].
    pub fn of(standoff: &Standoff) -> Result<Self> {
        let first = standoff.incident.iter().map(|i| i.date).min().ok_or_else(|| Error::new("incident", "there is none"))?;
        match standoff.truce.iter().map(|t| t.from).min().filter(|from| *from <= first) {
            Some(from) => Self::new(&standoff.incident, from, standoff.date),
            None => Self::new(&standoff.incident, first, standoff.date)?.opened(),
        }
    }

    /// The same record, opened by its first event.
    fn opened(self) -> Result<Self> {
        let (opening, kind) = (self.events.times[0], self.events.kinds[0]);
        let times = self.events.times[1..].iter().map(|t| t - opening).collect();
        let rest = Events::new(times, self.events.kinds[1..].to_vec(), self.actors.len(), self.events.horizon - opening)?;
        Ok(Self { events: rest.opened_by(kind)?, ..self })
    }

    /// Incidents seen from the day `from` to the day `date`, both whole. Only their days are known: the k-th of m on one day, in the order
    /// given, is set at (k − ½) / m of it.
    ///
    /// # Errors
    /// If an incident lies outside these days, there is none, or more than 8 actors did any.
    pub fn new(incidents: &[Incident], from: Date, date: Date) -> Result<Self> {
        if incidents.is_empty() {
            return Err(Error::new("incident", "there is none"));
        }
        if let Some(i) = incidents.iter().position(|i| !(from..=date).contains(&i.date)) {
            return Err(Error::new(format!("incident[{i}].date"), format!("lies outside the record, {from} to {date}")));
        }
        let mut actors: Vec<String> = incidents.iter().map(|i| i.by.clone()).collect();
        actors.sort();
        actors.dedup();
        if actors.len() > KINDS {
            return Err(Error::new("incident", format!("{} actors did any, more than {KINDS}", actors.len())));
        }
        let mut order: Vec<&Incident> = incidents.iter().collect();
        order.sort_by_key(|i| i.date);
        let (mut times, mut kinds) = (Vec::new(), Vec::new());
        for day in order.chunk_by(|a, b| a.date == b.date) {
            for (k, incident) in day.iter().enumerate() {
                times.push(days(from, incident.date) + (k as f64 + 0.5) / day.len() as f64);
                kinds.push(actors.binary_search(&incident.by).unwrap_or(0));
            }
        }
        let events = Events::new(times, kinds, actors.len(), days(from, date) + 1.0).map_err(|e| e.within("incident"))?;
        Ok(Self { actors, from, events })
    }
}

fn days(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}

/// What is to be expected of attacks and replies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// The actors' `id`s.
    pub actors: Vec<String>,
    /// Incidents on record, one that opened it among them.
    pub incidents: usize,
    /// Days of the record.
    pub days: f64,
    /// What is expected within each horizon.
    pub ahead: Vec<Ahead>,
    /// The branching ratio: how many attacks one attack brings on at its most. Held below 1 by the prior; what the events alone say is
    /// in `fit`.
    pub branching_ratio: Distribution,
    /// Days in which half of what an attack brings on has come.
    pub half_life: Distribution,
    /// The worst split R-hat of the sampling: the chains agree if it is below about 1.01.
    pub r_hat: f64,
    /// The least effective number of draws.
    pub effective_draws: f64,
    /// The most likely process, for comparison; none where the only event is the one that opened the record.
    pub fit: Option<Fit>,
    /// Whether that process could have made the events.
    pub residuals: Vec<Residual>,
}

/// What is expected within a number of days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahead {
    /// The days.
    pub days: f64,
    /// Number of attacks by anyone; its mean is the expected number.
    pub attacks: Distribution,
    /// Probability of none at all.
    pub none: f64,
    /// The interval that holds it with 90 %, as far as record and prior tell.
    pub none_interval: (f64, f64),
    /// In words.
    pub none_likelihood: Option<Likelihood>,
    /// Of each actor, the expected number of attacks and the probability of none.
    pub by: Vec<(f64, f64)>,
}

/// The attacks to come within each of `horizons`, in days, from the record and the prior. Every draw of the posterior is played on once;
/// the probability that nothing happens is exact for each draw.
///
/// # Errors
/// As [`sample`] and [`simulate`](simulate()), or if a horizon is negative or no number.
pub fn forecast(record: &Record, priors: &Priors, sampling: Sampling, horizons: &[f64]) -> Result<Forecast> {
    for (i, days) in horizons.iter().enumerate() {
        crate::number(&format!("horizons[{i}]"), *days, 0.0, 1e5)?;
    }
    let posterior = sample(&record.events, priors, sampling)?;
    let last = horizons.iter().copied().fold(0.0, f64::max);
    let draws = &posterior.draws;
    // The first streams are the chains'.
    let streams = Streams::new(sampling.seed);
    let futures = Streams::map(&streams, draws.len() as u64, |d, _| simulate(&record.events, &draws[d as usize], last, &mut streams.of(sampling.chains + d)));
    let futures = futures.into_iter().collect::<Result<Vec<_>>>()?;
    let found = if record.events.times.is_empty() { None } else { Some(fit(&record.events)?) };
    Ok(Forecast {
        actors: record.actors.clone(),
        incidents: record.events.times.len() + usize::from(record.events.opening.is_some()),
        days: record.events.horizon,
        ahead: horizons.iter().map(|days| ahead(record, &posterior, &futures, *days)).collect::<Result<_>>()?,
        branching_ratio: posterior.of(super::Parameters::branching_ratio)?,
        half_life: posterior.of(super::Parameters::half_life)?,
        r_hat: posterior.r_hat,
        effective_draws: posterior.effective_draws,
        residuals: found.as_ref().map_or(Ok(vec![]), |f| residuals(&record.events, &f.parameters))?,
        fit: found,
    })
}

fn ahead(record: &Record, posterior: &Posterior, futures: &[Vec<(f64, usize)>], days: f64) -> Result<Ahead> {
    let end = record.events.horizon + days;
    let count = |future: &Vec<(f64, usize)>, kind: Option<usize>| future.iter().filter(|(t, k)| *t <= end && kind.is_none_or(|kind| *k == kind)).count();
    let attacks = Distribution::new(futures.iter().map(|f| count(f, None) as f64).collect())?;
    let none = posterior.of(|p| (-Process::after(&record.events, p).quiet(days)).exp())?;
    let by = |kind: usize| {
        let counts: Vec<usize> = futures.iter().map(|f| count(f, Some(kind))).collect();
        let share = |n: usize| n as f64 / counts.len() as f64;
        (share(counts.iter().sum()), share(counts.iter().filter(|n| **n == 0).count()))
    };
    Ok(Ahead {
        days,
        attacks,
        none: none.mean(),
        none_interval: none.interval(0.9),
        none_likelihood: Likelihood::of(none.mean()),
        by: (0..record.actors.len()).map(by).collect(),
    })
}
