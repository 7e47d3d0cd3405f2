//! One truce as an observation.

use crate::error::{Error, Result, number};
use crate::standoff::Truce;
use jiff::civil::Date;

/// How long a truce lasted, or has lasted so far.
// Invariant: days finite and 0 or more; breaches sorted, from 0 to days.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell {
    days: f64,
    ended: bool,
    breaches: Vec<f64>,
}

/// Weight beyond which a day counts no more, so that hundreds of breaches stay finite.
const HUGE: f64 = 1e200;

impl Spell {
    /// A truce of so many days, whether it has ended, and the days from its beginning to each breach.
    ///
    /// # Errors
    /// If the days are negative or no number, or a breach lies outside them.
    pub fn new(days: f64, ended: bool, mut breaches: Vec<f64>) -> Result<Self> {
        number("days", days, 0.0, 1e7)?;
        for (i, breach) in breaches.iter().enumerate() {
            number(&format!("breaches[{i}]"), *breach, 0.0, days)?;
        }
        breaches.sort_by(f64::total_cmp);
        Ok(Self { days, ended, breaches })
    }

    /// A standoff's truce, as known on `date`: an end or breaches after that day are left out. A truce that ended on the day it began
    /// lasted half a day, and one begun on `date` has lasted none.
    ///
    /// # Errors
    /// If the truce begins after `date`, ends before it begins, or was broken before it began or after it ended.
    pub fn of(truce: &Truce, date: Date) -> Result<Self> {
        let since = |day: Date| f64::from((day - truce.from).get_days());
        if truce.from > date {
            return Err(Error::new("from", format!("is after {date}")));
        }
        if truce.until.is_some_and(|until| until < truce.from) {
            return Err(Error::new("until", format!("is before the truce begins, {}", truce.from)));
        }
        let until = truce.until.filter(|until| *until <= date);
        let days = until.map_or(since(date), |until| since(until).max(0.5));
        let breaches = truce.breaches.iter().filter(|day| **day <= date).map(|day| since(*day)).collect();
        Self::new(days, until.is_some(), breaches)
    }

    /// Days that it lasted.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.days
    }

    /// Whether it has ended.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Days from its beginning to each breach.
    #[must_use]
    pub fn breaches(&self) -> &[f64] {
        &self.breaches
    }

    /// Breaches before its end; one on the last day of a truce that ended is part of the end.
    pub(super) fn borne(&self) -> i32 {
        self.breaches.iter().filter(|b| !self.ended || **b < self.days).count() as i32
    }

    /// The days, each counted `factor` times for every breach before it.
    pub(super) fn counted(&self, factor: f64) -> f64 {
        let mut from = 0.0;
        let mut weight = 1.0;
        let mut sum = 0.0;
        for breach in &self.breaches {
            sum += weight * (breach - from);
            (from, weight) = (*breach, (weight * factor).min(HUGE));
        }
        sum + weight * (self.days - from)
    }
}
