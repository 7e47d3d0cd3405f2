//! Where a dispute over one issue settles, or over several at once.

use crate::error::{Result, number};

pub mod condorcet;
pub mod expected_utility;
pub mod forecast;
pub mod reference;
pub mod simple;
pub mod spatial;

/// One actor on one issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stand {
    /// What the actor wants, in the unit.
    pub position: f64,
    /// How much the actor cares, 0–1.
    pub salience: f64,
    /// What the actor can bring to bear, 0 or more; only shares matter.
    pub influence: f64,
}

impl Stand {
    /// Influence brought to bear: influence × salience.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.influence * self.salience
    }
}

/// No position or influence may be larger, so that squares and sums stay finite.
const LARGEST: f64 = 1e100;

/// Checks that each stand holds numbers in their ranges and that there is at least one.
///
/// # Errors
/// Names the first value out of range, as `[2].salience`.
pub fn check(stands: &[Stand]) -> Result<()> {
    if stands.is_empty() {
        return Err(crate::Error::new("stands", "there is none"));
    }
    for (i, stand) in stands.iter().enumerate() {
        number("position", stand.position, -LARGEST, LARGEST)
            .and_then(|_| number("salience", stand.salience, 0.0, 1.0))
            .and_then(|_| number("influence", stand.influence, 0.0, LARGEST))
            .map_err(|error| error.within(&format!("[{i}]")))?;
    }
    Ok(())
}
