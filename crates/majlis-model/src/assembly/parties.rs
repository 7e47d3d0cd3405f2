//! An assembly's blocs as parties: a bloc and all that are bound to follow it are one.

use crate::error::{Error, Result};
use crate::standoff::{Assembly, Bloc, Majority, Threshold};
use serde::Serialize;

/// A bloc that decides for itself, and those bound to follow it. Blocs are told by their index in the assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// The bloc that decides.
    pub leader: usize,
    /// All its blocs, itself among them, in the order of the assembly.
    pub blocs: Vec<usize>,
    /// Seats of all its blocs.
    pub seats: u64,
}

/// The bloc whose line the bloc `of` takes in the end: its own, or that of the last one in the chain of `follows`.
///
/// # Errors
/// If the chain leads nowhere or in a circle; names `bloc[of].follows`.
pub fn leader(blocs: &[Bloc], of: usize) -> Result<usize> {
    let fault = |problem: String| Error::new(format!("bloc[{of}].follows"), problem);
    let mut at = of;
    for _ in 0..=blocs.len() {
        let Some(bloc) = blocs.get(at) else { break };
        let Some(next) = &bloc.follows else { return Ok(at) };
        at = blocs.iter().position(|b| b.id == *next).ok_or_else(|| fault(format!("there is no bloc with the id {next}")))?;
    }
    Err(fault("leads in a circle".to_owned()))
}

/// The parties of an assembly, in the order of their leaders. Seats of no bloc belong to none.
///
/// # Errors
/// If a binding leads nowhere or in a circle, or the blocs hold more seats than there are.
pub fn parties(assembly: &Assembly) -> Result<Vec<Party>> {
    unbound(assembly)?;
    let leaders: Vec<usize> = (0..assembly.bloc.len()).map(|b| leader(&assembly.bloc, b)).collect::<Result<_>>()?;
    let led_by = |of: usize| leaders.iter().enumerate().filter(move |(_, l)| **l == of).map(|(b, _)| b);
    Ok((0..assembly.bloc.len())
        .filter(|b| leaders[*b] == *b)
        .map(|b| Party { leader: b, blocs: led_by(b).collect(), seats: led_by(b).map(|f| u64::from(assembly.bloc[f].seats)).sum() })
        .collect())
}

/// Seats that belong to no bloc: their members vote as they like.
///
/// # Errors
/// If the blocs hold more seats than there are.
pub(super) fn unbound(assembly: &Assembly) -> Result<u32> {
    let held: u64 = assembly.bloc.iter().map(|b| u64::from(b.seats)).sum();
    let left = u64::from(assembly.seats).checked_sub(held).and_then(|left| u32::try_from(left).ok());
    left.ok_or_else(|| Error::new("seats", format!("the blocs hold {held} seats of {}", assembly.seats)))
}

/// Votes that carry a motion when every member votes: the quota of the assembly as a voting game.
#[must_use]
pub fn votes_needed(threshold: Threshold, seats: u32) -> u64 {
    let seats = u64::from(seats);
    match threshold {
        Threshold::Votes(votes) => u64::from(votes),
        Threshold::Named(Majority::Simple | Majority::Present | Majority::Absolute) => seats / 2 + 1,
        Threshold::Named(Majority::TwoThirds) => (2 * seats).div_ceil(3),
    }
}
