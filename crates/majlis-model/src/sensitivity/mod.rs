//! What the answer rests on.
//!
//! Four questions, of any function of named inputs: which input's uncertainty matters ([`sobol`]), how far the answer swings with
//! each alone ([`tornado`]), how far one number must move to change the answer ([`flip`]), and whom to move ([`leverage`]). A
//! function takes a value for each input, in the order of the list; [`of`] makes one of a function of a standoff. What runs in
//! parallel is put together in the order of the list, so that one thread and many give the same bytes.

pub mod flip;
pub mod leverage;
pub mod sobol;
pub mod tornado;

use crate::error::{Result, number};
use crate::standoff::Standoff;
use crate::standoff::inputs::{self, Input};
use rayon::prelude::*;

/// A function of a standoff as one of the values of its inputs, in the order of [`inputs::list`].
pub fn of<'a, T>(standoff: &'a Standoff, answer: impl Fn(&Standoff) -> Result<T> + Sync + 'a) -> impl Fn(&[f64]) -> Result<T> + Sync + 'a {
    move |values| answer(&inputs::at(standoff, values))
}

/// Every input at its likeliest value.
fn modes(inputs: &[Input]) -> Vec<f64> {
    inputs.iter().map(|i| i.range.mode()).collect()
}

/// The answer, if it is a finite number.
fn finite(answer: f64) -> Result<f64> {
    number("answer", answer, f64::NEG_INFINITY, f64::INFINITY)
}

/// `each` of the items on all threads of the pool, in their order; of several errors the first.
fn in_order<I: Sync, T: Send>(items: &[I], each: impl Fn(&I) -> Result<T> + Sync + Send) -> Result<Vec<T>> {
    items.par_iter().map(each).collect::<Vec<_>>().into_iter().collect()
}
