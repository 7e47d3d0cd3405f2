//! How far one number must move, all others at their modes, for the answer to be another.

use super::{finite, in_order, modes};
use crate::error::Result;
use crate::standoff::inputs::Input;
use serde::Serialize;

/// The verdict with all inputs at their modes, and what would change it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flips<V> {
    /// The verdict with every input at its mode.
    pub verdict: V,
    /// One for each input asked about: the shortest way first, those that never change the verdict last.
    pub inputs: Vec<Flip<V>>,
}

/// What one input would have to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flip<V> {
    /// The input's path.
    pub path: String,
    /// Its mode.
    pub now: f64,
    /// The nearest value below at which the verdict is another; absent if it never is.
    pub below: Option<Crossing<V>>,
    /// The nearest value above.
    pub above: Option<Crossing<V>>,
}

/// A value at which the verdict is another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crossing<V> {
    /// The value, 0–100.
    pub at: f64,
    /// The verdict there.
    pub verdict: V,
    /// Whether the value lies within the input's own range.
    pub within_range: bool,
}

impl<V> Flip<V> {
    /// How far the input must move, the shorter way; absent if the verdict never changes.
    #[must_use]
    pub fn distance(&self) -> Option<f64> {
        let crossings = [&self.below, &self.above].into_iter().flatten();
        crossings.map(|crossing| (crossing.at - self.now).abs()).reduce(f64::min)
    }
}

/// Finds for each input that is `asked` about the nearest values from 0 to 100, on either side of its mode, at which `verdict` is
/// another: whether a threshold is reached ([`reaches`]), who wins, or anything that can be compared. Pass `|i| !i.range.is_point()`
/// to pass over numbers that are known exactly.
///
/// Each side is searched outwards in steps of 5, then halved to a millionth. A verdict that changes and changes back within one
/// step is missed.
///
/// # Errors
/// The first error of the function.
pub fn flips<V: PartialEq + Send + Sync>(inputs: &[Input], asked: impl Fn(&Input) -> bool, verdict: impl Fn(&[f64]) -> Result<V> + Sync) -> Result<Flips<V>> {
    let modes = modes(inputs);
    let now = verdict(&modes)?;
    let asked: Vec<usize> = (0..inputs.len()).filter(|i| asked(&inputs[*i])).collect();
    let mut found = in_order(&asked, |i| {
        let Input { path, range, .. } = &inputs[*i];
        let at = |value: f64| {
            let mut values = modes.clone();
            values[*i] = value;
            verdict(&values)
        };
        let crossing = |end: f64| {
            let nearest = nearest(range.mode(), end, &now, at)?;
            Ok(nearest.map(|(at, verdict)| Crossing { at, verdict, within_range: range.low() <= at && at <= range.high() }))
        };
        Ok(Flip { path: path.clone(), now: range.mode(), below: crossing(0.0)?, above: crossing(100.0)? })
    })?;
    found.sort_by(|a, b| a.distance().unwrap_or(f64::INFINITY).total_cmp(&b.distance().unwrap_or(f64::INFINITY)));
    Ok(Flips { verdict: now, inputs: found })
}

/// Whether the answer is `threshold` or more, as a verdict.
pub fn reaches(threshold: f64, answer: impl Fn(&[f64]) -> Result<f64> + Sync) -> impl Fn(&[f64]) -> Result<bool> + Sync {
    move |values| Ok(finite(answer(values)?)? >= threshold)
}

/// The value nearest to `from` on the way to `end` at which the verdict is not `now`, with the verdict there.
fn nearest<V: PartialEq>(from: f64, end: f64, now: &V, at: impl Fn(f64) -> Result<V>) -> Result<Option<(f64, V)>> {
    let toward = (end - from).signum();
    let steps = ((end - from).abs() / STEP).ceil() as usize;
    let mut same = from;
    for step in 1..=steps {
        let mut other = if step == steps { end } else { from + toward * STEP * step as f64 };
        let mut verdict = at(other)?;
        if verdict == *now {
            same = other;
            continue;
        }
        while (other - same).abs() > PRECISION {
            let middle = f64::midpoint(same, other);
            let there = at(middle)?;
            if there == *now {
                same = middle;
            } else {
                (other, verdict) = (middle, there);
            }
        }
        return Ok(Some((other, verdict)));
    }
    Ok(None)
}

const STEP: f64 = 5.0;
const PRECISION: f64 = 1e-6;
