//! How far the answer swings with each input alone.

use super::{finite, in_order, modes};
use crate::error::Result;
use crate::standoff::inputs::Input;
use serde::Serialize;

/// The answer with all inputs at their modes, and each input's swing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tornado {
    /// The answer with every input at its mode.
    pub base: f64,
    /// One for each input that is not a point, widest swing first; of equals, the first in the list.
    pub bars: Vec<Bar>,
}

/// What one input does to the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// The input's path.
    pub path: String,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
    /// The answer at its lowest value, all others at their modes.
    pub at_low: f64,
    /// The answer at its highest value.
    pub at_high: f64,
    /// Between the least and the greatest of the three answers at low, mode and high.
    pub swing: f64,
}

/// Sets each input to its low and its high, all others at their modes.
///
/// # Errors
/// The first error of the function, or if an answer is not a finite number.
pub fn bars(inputs: &[Input], answer: impl Fn(&[f64]) -> Result<f64> + Sync) -> Result<Tornado> {
    let modes = modes(inputs);
    let base = finite(answer(&modes)?)?;
    let asked: Vec<usize> = (0..inputs.len()).filter(|i| !inputs[*i].range.is_point()).collect();
    let mut bars = in_order(&asked, |i| {
        let range = &inputs[*i].range;
        let at = |value: f64| {
            let mut values = modes.clone();
            values[*i] = value;
            answer(&values).and_then(finite)
        };
        let (at_low, at_high) = (at(range.low())?, at(range.high())?);
        let swing = base.max(at_low).max(at_high) - base.min(at_low).min(at_high);
        Ok(Bar { path: inputs[*i].path.clone(), low: range.low(), high: range.high(), at_low, at_high, swing })
    })?;
    bars.sort_by(|a, b| b.swing.total_cmp(&a.swing));
    Ok(Tornado { base, bars })
}
