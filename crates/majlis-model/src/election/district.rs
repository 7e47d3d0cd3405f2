//! The single non-transferable vote: in each district the candidates with most votes are elected, whoever's list they are on. So
//! was Iraq's election of October 2021, in 83 districts of three to five seats, one at least for a woman.
//!
//! A list that shared its votes out perfectly among just as many candidates as it can elect would win what D'Hondt gives it (Cox
//! 1991). With more candidates its votes are split, with fewer they are wasted (Cox and Rosenbluth 1994), and no list can share them
//! out perfectly. [`sntv`] plays this district by district.

use super::seats::{Divisors, counts, divisors};
use super::shares::dirichlet;
use crate::assembly::check_draws;
use crate::error::{Error, Result, number};
use crate::range::Range;
use crate::streams::{Stream, Streams};
use rand::RngExt;
use serde::Serialize;

/// Who stands in a district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The list, by index.
    pub list: usize,
    /// Votes, as a count or a share.
    pub votes: f64,
    /// Whether she can take a seat kept for women.
    pub woman: bool,
}

/// Who is elected in a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elected {
    /// The candidates elected, by index, in the order given.
    pub candidates: Vec<usize>,
    /// Candidates with as many votes as each other between whom only their order decided; empty if nothing was left to it.
    pub lots: Vec<usize>,
}

/// The candidates elected to the `seats` of a district, of which `reserved` at least go to women: if fewer are among those with most
/// votes, the women next in votes take the place of the men last among them. Fewer candidates than seats leave seats empty, and
/// fewer women than reserved seats leave those to men. Of equal votes the candidate listed first is elected; the law would draw lots.
///
/// # Errors
/// If a vote is negative or not finite, or more seats are reserved than there are.
pub fn elect(candidates: &[Candidate], seats: u32, reserved: u32) -> Result<Elected> {
    counts("candidates", candidates.iter().map(|c| c.votes))?;
    if reserved > seats {
        return Err(Error::new("reserved", format!("must not be above the {seats} seats, is {reserved}")));
    }
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| candidates[*b].votes.total_cmp(&candidates[*a].votes));
    let first_women = order.iter().filter(|i| candidates[**i].woman).take(reserved as usize);
    let mut elected: Vec<usize> = first_women.copied().collect();
    let mut is_elected = vec![false; candidates.len()];
    elected.iter().for_each(|i| is_elected[*i] = true);
    elected.extend(order.iter().filter(|i| !is_elected[**i]).take(seats as usize - elected.len()));
    elected.iter().for_each(|i| is_elected[*i] = true);
    elected.sort_unstable();
    let women = elected.iter().filter(|i| candidates[**i].woman).count();
    let could_replace = |out: usize, of: usize| candidates[out].woman || !candidates[of].woman || women > reserved as usize;
    let mut lots = Vec::new();
    for equals in order.chunk_by(|a, b| candidates[*a].votes == candidates[*b].votes) {
        let (winners, losers): (Vec<usize>, Vec<usize>) = equals.iter().partition(|i| is_elected[**i]);
        lots.extend(winners.iter().filter(|of| losers.iter().any(|out| could_replace(*out, **of))));
        lots.extend(losers.iter().filter(|out| winners.iter().any(|of| could_replace(**out, *of))));
    }
    lots.sort_unstable();
    Ok(Elected { candidates: elected, lots })
}

/// How lists stand in districts: what is drawn in each draw of an election. None of these can be read off a poll; the defaults are
/// assumptions, wide on purpose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nomination {
    /// How alike the districts are: a list's share in a district is as sure to be its share in the country as in a sample of so many
    /// voters. At 1000 every district is the country in small; at 1 each is the stronghold of one or two lists.
    pub likeness: Range,
    /// Candidates of a list in a district for every seat that it could win there: 1 is right, above is over-nomination.
    pub candidates: Range,
    /// How evenly the votes of a list fall on its candidates: the parameter of a symmetric Dirichlet distribution.
    pub evenness: Range,
}

impl Default for Nomination {
    /// Districts from strongholds to mixed, 0.7 to 1.7 times the right number of candidates, votes spread as among rivals.
    fn default() -> Self {
        let range = |low, mode, high| Range::new(low, mode, high).unwrap_or(Range::FULL);
        Self { likeness: range(1.0, 2.0, 5.0), candidates: range(0.7, 1.0, 1.7), evenness: range(2.0, 6.0, 20.0) }
    }
}

impl Nomination {
    pub(super) fn check(&self) -> Result<()> {
        self.likeness.between("likeness", 0.01, 1e9)?;
        self.candidates.between("candidates", 0.0, 10.0)?;
        self.evenness.between("evenness", 0.01, 1e9).map(|_| ())
    }
}

/// One draw of a [`Nomination`].
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As [`Nomination::likeness`].
    pub likeness: f64,
    /// As [`Nomination::candidates`], list by list.
    pub candidates: Vec<f64>,
    /// As [`Nomination::evenness`].
    pub evenness: f64,
}

impl Field {
    pub(super) fn draw(nomination: &Nomination, lists: usize, rng: &mut Stream) -> Self {
        let (likeness, evenness) = (nomination.likeness.draw(rng), nomination.evenness.draw(rng));
        Self { likeness, candidates: (0..lists).map(|_| nomination.candidates.draw(rng)).collect(), evenness }
    }
}

/// The seats of each of `count` districts as equal as can be.
///
/// # Errors
/// If there is no district, or there are more than seats.
pub fn districts(seats: u32, count: u32) -> Result<Vec<u32>> {
    if count == 0 || count > seats {
        return Err(Error::new("districts", format!("must lie between 1 and the {seats} seats, are {count}")));
    }
    Ok((0..count).map(|d| seats / count + u32::from(d < seats % count)).collect())
}

/// One draw of the seats of each list under the single non-transferable vote. `shares` are the lists' shares of the country's vote;
/// `magnitudes` the districts' seats.
///
/// In each district the shares are drawn around those of the country ([`Field::likeness`]) and scaled to keep the country's. A list
/// nominates, for every seat that D'Hondt would give it there, [`Field::candidates`] candidates, rounded up or down by chance, and
/// one at least where it has votes; its votes fall on them by [`Field::evenness`]. Seats kept for women change who is elected, not
/// from which list, as far as is known beforehand; they are left out. If a district had fewer candidates than seats, lists that
/// could win more nominate as many.
///
/// # Errors
/// If a share is negative or not finite, nobody has one, or there is not one number of candidates a list.
pub fn sntv(shares: &[f64], magnitudes: &[u32], field: &Field, rng: &mut Stream) -> Result<Vec<u32>> {
    if field.candidates.len() != shares.len() {
        return Err(Error::new("candidates", format!("must be one number for each of the {} lists, are {}", shares.len(), field.candidates.len())));
    }
    counts("shares", shares.iter().copied())?;
    if number("shares", shares.iter().sum(), 0.0, f64::MAX / 1e9)? <= 0.0 {
        return Err(Error::new("shares", "no list has any"));
    }
    let mut won = vec![0; shares.len()];
    for (local, seats) in local_shares(shares, magnitudes, field.likeness, rng).iter().zip(magnitudes) {
        let could_win = divisors(Divisors::DHONDT, local, *seats, 0.0)?.seats;
        let mut nominated: Vec<u32> = could_win
            .iter()
            .zip(&field.candidates)
            .zip(local)
            .map(|((seats, ratio), share)| {
                let candidates = f64::from(*seats) * ratio + rng.random::<f64>();
                if *share > 0.0 { (candidates as u32).max(1) } else { 0 }
            })
            .collect();
        if nominated.iter().sum::<u32>() < *seats {
            nominated.iter_mut().zip(&could_win).for_each(|(n, could)| *n = (*n).max(*could));
        }
        let mut candidates = Vec::new();
        for (list, count) in nominated.iter().enumerate() {
            let parts = dirichlet(&vec![1.0; *count as usize], field.evenness * f64::from(*count), rng);
            candidates.extend(parts.iter().map(|part| Candidate { list, votes: local[list] * part, woman: false }));
        }
        elect(&candidates, *seats, 0)?.candidates.iter().for_each(|i| won[candidates[*i].list] += 1);
    }
    Ok(won)
}

/// The mean seats of each list under the single non-transferable vote over `draws` of [`sntv`], from the streams of `seed`.
///
/// # Errors
/// As [`sntv`]; and if there is no draw.
pub fn expected(shares: &[f64], magnitudes: &[u32], field: &Field, seed: u64, draws: u64) -> Result<Vec<f64>> {
    check_draws(draws)?;
    let mut mean = vec![0.0; shares.len()];
    for won in Streams::new(seed).map(draws, |_, rng| sntv(shares, magnitudes, field, rng)) {
        mean.iter_mut().zip(won?).for_each(|(mean, won)| *mean += f64::from(won) / draws as f64);
    }
    Ok(mean)
}

/// Rounds of scaling the districts' shares to the country's.
const ROUNDS: usize = 3;

/// The lists' shares in each district.
fn local_shares(shares: &[f64], magnitudes: &[u32], likeness: f64, rng: &mut Stream) -> Vec<Vec<f64>> {
    let mut local: Vec<Vec<f64>> = magnitudes.iter().map(|_| dirichlet(shares, likeness, rng)).collect();
    let all: f64 = shares.iter().sum();
    let seats: f64 = magnitudes.iter().map(|m| f64::from(*m)).sum();
    for _ in 0..ROUNDS {
        let mut country = vec![0.0; shares.len()];
        for (local, magnitude) in local.iter().zip(magnitudes) {
            country.iter_mut().zip(local).for_each(|(sum, share)| *sum += share * f64::from(*magnitude) / seats);
        }
        for local in &mut local {
            let mut scaled: Vec<f64> =
                local.iter().zip(shares.iter().zip(&country)).map(|(local, (share, got))| if *got > 0.0 { local * share / all / got } else { 0.0 }).collect();
            let sum: f64 = scaled.iter().sum();
            if sum > 0.0 && sum.is_finite() {
                scaled.iter_mut().for_each(|share| *share /= sum);
                *local = scaled;
            }
        }
    }
    local
}
