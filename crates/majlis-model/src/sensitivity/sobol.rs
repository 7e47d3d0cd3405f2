//! Sobol' indices: which share of the answer's variance is due to each input, alone and with all that it takes part in.
//!
//! Two random tables A and B of inputs, and for each input the table A with that one column of B. First-order indices by the
//! estimator of Saltelli et al. 2010 (doi:10.1016/j.cpc.2009.09.018, table 2b), total-order indices by that of Jansen 1999
//! (doi:10.1016/S0010-4655(98)00154-4). Intervals are percentiles of a bootstrap over the rows.

use super::{finite, modes};
use crate::distribution::Distribution;
use crate::error::{Error, Result, number};
use crate::standoff::inputs::Input;
use crate::streams::{Stream, Streams};
use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;

/// How much to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Rows of each table, 2 or more; the function is evaluated rows × (inputs + 2) times.
    pub rows: u64,
    /// Bootstrap samples, 1 or more.
    pub resamples: u64,
    /// Of the intervals, 0–1.
    pub level: f64,
    /// Of the random streams.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rows: 1024, resamples: 200, level: 0.9, seed: 1 }
    }
}

/// The indices of a function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indices {
    /// The answer's mean.
    pub mean: f64,
    /// The answer's variance. Where there is none, all indices are 0.
    pub variance: f64,
    /// One for each input that is not a point.
    pub inputs: Vec<Index>,
}

/// The indices of one input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Index {
    /// The input's path.
    pub path: String,
    /// The share of the variance that would go if this input alone were known.
    pub first: Estimate,
    /// The share that would stay if all inputs but this were known.
    pub total: Estimate,
}

/// A number with its interval. Estimates may lie a little outside 0–1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The indices of a function of named inputs, each drawn from its range; the greatest total comes first. Points are passed over.
///
/// # Errors
/// The first error of the function, or if an answer is not a finite number or a setting is out of range.
pub fn indices(inputs: &[Input], answer: impl Fn(&[f64]) -> Result<f64> + Sync, settings: &Settings) -> Result<Indices> {
    let asked: Vec<usize> = (0..inputs.len()).filter(|i| !inputs[*i].range.is_point()).collect();
    let modes = modes(inputs);
    let at = |unit: &[f64]| {
        let mut values = modes.clone();
        for (i, u) in asked.iter().zip(unit) {
            values[*i] = inputs[*i].range.quantile(*u);
        }
        answer(&values)
    };
    let names: Vec<&str> = asked.iter().map(|i| inputs[*i].path.as_str()).collect();
    let mut indices = of_unit_cube(&names, at, settings)?;
    indices.inputs.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
    Ok(indices)
}

/// The indices of a function of independent numbers, uniform on 0–1, in the order of their names.
///
/// # Errors
/// As [`indices`].
pub fn of_unit_cube(names: &[&str], answer: impl Fn(&[f64]) -> Result<f64> + Sync, settings: &Settings) -> Result<Indices> {
    let dimensions = names.len();
    number("level", settings.level, 0.0, 1.0)?;
    for (key, value, least) in [("rows", settings.rows, 2), ("resamples", settings.resamples, 1)] {
        if value < least {
            return Err(Error::new(key, format!("must be {least} or more, is {value}")));
        }
    }
    let streams = Streams::new(settings.seed);
    let answer = |unit: &[f64]| answer(unit).and_then(finite);
    let row = |rng: &mut Stream| {
        let mut numbers = || (0..dimensions).map(|_| rng.random()).collect::<Vec<f64>>();
        let (mut a, b) = (numbers(), numbers());
        let (of_a, of_b) = (answer(&a)?, answer(&b)?);
        let mut mixed = |i: usize| {
            let kept = std::mem::replace(&mut a[i], b[i]);
            let mixed = answer(&a);
            a[i] = kept;
            mixed
        };
        Ok(Row { a: of_a, b: of_b, mixed: (0..dimensions).map(&mut mixed).collect::<Result<_>>()? })
    };
    let mut rows = streams.map(settings.rows, |_, rng| row(rng)).into_iter().collect::<Result<Vec<Row>>>()?;
    let mean = centre(&mut rows);
    let (variance, values) = estimate(rows.iter(), dimensions);
    let resample = |draw: u64| {
        let mut rng = streams.of(settings.rows + draw);
        estimate((0..rows.len()).map(|_| &rows[rng.random_range(0..rows.len())]), dimensions).1
    };
    let resampled: Vec<Vec<(f64, f64)>> = (0..settings.resamples).into_par_iter().map(resample).collect();
    let interval = |value: f64, resamples: Vec<f64>| {
        let (low, high) = Distribution::new(resamples)?.interval(settings.level);
        Ok(Estimate { value, low, high })
    };
    let index = |(i, (first, total)): (usize, &(f64, f64))| {
        Ok(Index {
            path: names[i].to_owned(),
            first: interval(*first, resampled.iter().map(|shares| shares[i].0).collect())?,
            total: interval(*total, resampled.iter().map(|shares| shares[i].1).collect())?,
        })
    };
    Ok(Indices { mean, variance, inputs: values.iter().enumerate().map(index).collect::<Result<_>>()? })
}

/// The answers of one row of the tables.
struct Row {
    a: f64,
    b: f64,
    /// Of A with one column of B, input by input.
    mixed: Vec<f64>,
}

/// Takes the mean of A and B from all answers and returns it. By way of the first answer, so that nothing is left of a constant.
fn centre(rows: &mut [Row]) -> f64 {
    let first = rows.first().map_or(0.0, |row| row.a);
    let mean = rows.iter().map(|r| (r.a - first) / 2.0 + (r.b - first) / 2.0).sum::<f64>() / rows.len().max(1) as f64;
    for row in rows {
        for answer in [&mut row.a, &mut row.b].into_iter().chain(&mut row.mixed) {
            *answer = *answer - first - mean;
        }
    }
    first + mean
}

/// The variance over some rows, and the first- and total-order index of each input.
fn estimate<'a>(rows: impl Iterator<Item = &'a Row>, dimensions: usize) -> (f64, Vec<(f64, f64)>) {
    let (mut answers, mut sum, mut squares) = (0.0, 0.0, 0.0);
    let mut shares = vec![(0.0, 0.0); dimensions];
    for row in rows {
        answers += 2.0;
        sum += row.a + row.b;
        squares += row.a * row.a + row.b * row.b;
        for ((first, total), mixed) in shares.iter_mut().zip(&row.mixed) {
            *first += 2.0 * row.b * (mixed - row.a);
            *total += (row.a - mixed).powi(2);
        }
    }
    let deviations = squares - sum * sum / answers;
    if deviations.is_nan() || deviations <= 0.0 {
        return (0.0, vec![(0.0, 0.0); dimensions]);
    }
    shares.iter_mut().for_each(|(first, total)| (*first, *total) = (*first / deviations, *total / deviations));
    (deviations / answers, shares)
}
