//! The indices of an assembly's blocs.

use super::{Game, MOST_PARTIES, banzhaf, banzhaf_owen, deegan_packel, holler, owen, shapley_shubik};
use crate::assembly::parties::{parties, unbound, votes_needed};
use crate::error::{Error, Result};
use crate::standoff::{Assembly, Label, Threshold};
use serde::Serialize;

/// The power of a bloc and those bound to follow it. Indices run from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Power {
    /// The bloc that decides: its `id`.
    pub bloc: String,
    /// Its name.
    pub name: Label,
    /// Seats, those of its followers among them.
    pub seats: u64,
    /// Shapley–Shubik index.
    pub shapley_shubik: f64,
    /// Banzhaf index, scaled.
    pub banzhaf: f64,
    /// Deegan–Packel index.
    pub deegan_packel: f64,
    /// Holler's public good index.
    pub holler: f64,
    /// Owen value, by the unions of the standoff.
    pub owen: f64,
    /// Banzhaf–Owen index, scaled, by the unions of the standoff.
    pub banzhaf_owen: f64,
}

/// The power of each bloc that decides for itself, in the order of the assembly, when every member votes.
///
/// A member of no bloc is a party of one seat; those members' power is what the table lacks to 1. A union joins the leaders that
/// name it.
///
/// # Errors
/// If a binding leads in a circle, the blocs hold more seats than there are, there are more than 500 parties, or the threshold is
/// above the seats.
pub fn table(assembly: &Assembly, threshold: Threshold) -> Result<Vec<Power>> {
    let parties = parties(assembly)?;
    let mut weights: Vec<u64> = parties.iter().map(|p| p.seats).collect();
    let alone = unbound(assembly)? as usize;
    if weights.len() + alone > MOST_PARTIES {
        return Err(Error::new("seats", format!("{alone} members of no bloc are too many: there may be {MOST_PARTIES} parties, each of them one")));
    }
    weights.resize(weights.len() + alone, 1);
    let game = Game::new(votes_needed(threshold, assembly.seats), &weights)?;
    let named = |p: usize| parties.get(p).and_then(|party| assembly.bloc[party.leader].union.as_deref());
    let union: Vec<usize> = (0..weights.len()).map(|p| named(p).and_then(|name| (0..p).find(|q| named(*q) == Some(name))).unwrap_or(p)).collect();
    let (phi, beta) = (shapley_shubik(&game), banzhaf(&game).normalised);
    let (deegan, public) = (deegan_packel(&game), holler(&game));
    let (owen, beta_owen) = (owen(&game, &union)?, banzhaf_owen(&game, &union)?);
    Ok(parties
        .iter()
        .enumerate()
        .map(|(p, party)| Power {
            bloc: assembly.bloc[party.leader].id.clone(),
            name: assembly.bloc[party.leader].name.clone(),
            seats: party.seats,
            shapley_shubik: phi[p],
            banzhaf: beta[p],
            deegan_packel: deegan[p],
            holler: public[p],
            owen: owen[p],
            banzhaf_owen: beta_owen[p],
        })
        .collect())
}
