//! Whom to move: what a small move of each actor's position does to the answer, and what the actor weighs.

use super::{finite, in_order};
use crate::error::{Error, Result, number};
use crate::range::Range;
use crate::standoff::{Standoff, inputs};
use serde::Serialize;

/// What moving one actor does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// The actor's `id`.
    pub actor: String,
    /// Where it stands, 0–100.
    pub position: f64,
    /// The change of the answer if its position moves up; absent where it stands at 100.
    pub up: Option<f64>,
    /// The change of the answer if its position moves down; absent where it stands at 0.
    pub down: Option<f64>,
    /// What it weighs, and so the price of moving it: influence × salience, 0–100.
    pub price: f64,
}

impl Lever {
    /// The greater change of the two, regardless of its sign.
    #[must_use]
    pub fn effect(&self) -> f64 {
        [self.up, self.down].into_iter().flatten().map(f64::abs).fold(0.0, f64::max)
    }

    /// The effect for a unit of price; absent for an actor without weight.
    #[must_use]
    pub fn effect_for_price(&self) -> Option<f64> {
        (self.price > 0.0).then(|| self.effect() / self.price)
    }
}

/// Moves every actor with a stand on `issue` up and down by `step` points, as far as the scale goes, all else at its mode. The
/// greatest effect comes first; of equals, the cheaper.
///
/// # Errors
/// If there is no such issue, the step is not above 0, the first error of the function, or if an answer is not a finite number.
pub fn levers(standoff: &Standoff, issue: &str, step: f64, answer: impl Fn(&Standoff) -> Result<f64> + Sync) -> Result<Vec<Lever>> {
    if standoff.issue(issue).is_none() {
        return Err(Error::new("issue", format!("there is no issue with the id {issue}")));
    }
    number("step", step, f64::MIN_POSITIVE, 100.0)?;
    let modes = super::modes(&inputs::list(standoff));
    let standoff = inputs::at(standoff, &modes);
    let base = finite(answer(&standoff)?)?;
    let stands: Vec<(usize, usize)> = (0..standoff.actor.len()).flat_map(|a| (0..standoff.actor[a].stand.len()).map(move |s| (a, s))).collect();
    let stands: Vec<(usize, usize)> = stands.into_iter().filter(|(a, s)| standoff.actor[*a].stand[*s].issue == issue).collect();
    let mut levers = in_order(&stands, |(a, s)| {
        let actor = &standoff.actor[*a];
        let stand = &actor.stand[*s];
        let position = stand.position.mode();
        let change = |to: f64| {
            let to = to.clamp(0.0, 100.0);
            if to == position {
                return Ok(None);
            }
            let mut moved = standoff.clone();
            moved.actor[*a].stand[*s].position = Range::point(to)?;
            Ok(Some(finite(answer(&moved)?)? - base))
        };
        let price = actor.influence_on(stand).mode() * stand.salience.mode() / 100.0;
        Ok(Lever { actor: actor.id.clone(), position, up: change(position + step)?, down: change(position - step)?, price })
    })?;
    levers.sort_by(|a, b| b.effect().total_cmp(&a.effect()).then(a.price.total_cmp(&b.price)));
    Ok(levers)
}
