//! Seats from votes, in one district: divisor methods and largest remainders.
//!
//! A tie goes to the list with more votes; among equal votes, where the law would draw lots, to the one listed first, and the lists
//! that it was between are told. Whole votes and seats up to a million are compared exactly.

use crate::error::{Error, Result, number};
use crate::standoff::Method;
use serde::Serialize;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Seats of each list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allocation {
    /// In the order of the lists; they sum to the house.
    pub seats: Vec<u32>,
    /// Lists with an equal claim to the last seat, where only their order decided; empty if nothing was left to it.
    pub lots: Vec<usize>,
}

/// A rule by which each seat in turn goes to the list with the largest quotient of its votes and the divisor of its next seat. All
/// in tenths: the divisor of the first seat, that of the second, and the step to each one after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divisors {
    first: u32,
    second: u32,
    step: u32,
}

impl Divisors {
    /// 1, 2, 3 …
    pub const DHONDT: Self = Self { first: 10, second: 20, step: 10 };
    /// 1, 3, 5 …
    pub const SAINTE_LAGUE: Self = Self { first: 10, second: 30, step: 20 };
    /// 1.4, 3, 5 …
    pub const MODIFIED: Self = Self { first: 14, second: 30, step: 20 };
    /// 1.7, 3, 5 …: Iraq, 2018.
    pub const IRAQ_2018: Self = Self { first: 17, second: 30, step: 20 };

    /// The divisor, in tenths, for a list that holds so many seats.
    fn after(self, seats: u32) -> f64 {
        if seats == 0 { f64::from(self.first) } else { f64::from(self.second) + f64::from(self.step) * f64::from(seats - 1) }
    }
}

/// How many votes a seat costs by largest remainders, of V votes for S seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// V / S.
    Hare,
    /// The whole number next above V / (S + 1); votes must be whole numbers.
    Droop,
}

/// The most seats that are given out.
const MOST_SEATS: u32 = 1_000_000;

/// Seats by a method of the standoff; [`Method::Sntv`] counts candidates, not lists: see [`district`](super::district).
///
/// # Errors
/// As [`divisors`]; and for [`Method::Sntv`].
pub fn by(method: Method, votes: &[f64], seats: u32, threshold: f64) -> Result<Allocation> {
    match method {
        Method::Dhondt => divisors(Divisors::DHONDT, votes, seats, threshold),
        Method::SainteLague => divisors(Divisors::SAINTE_LAGUE, votes, seats, threshold),
        Method::ModifiedSainteLague => divisors(Divisors::MODIFIED, votes, seats, threshold),
        Method::Iraq2018 => divisors(Divisors::IRAQ_2018, votes, seats, threshold),
        Method::LargestRemainder => largest_remainders(Quota::Hare, votes, seats, threshold),
        Method::Sntv => Err(Error::new("method", "the single non-transferable vote counts candidates, not lists")),
    }
}

/// Seats by divisors (D'Hondt 1878, Sainte-Laguë 1910). `votes` are counts or shares; a list below the share `threshold` of them
/// all, 0–1, wins nothing.
///
/// # Errors
/// If a vote is negative or not finite, nobody has one, no list reaches the threshold, or there are more than a million seats.
pub fn divisors(divisors: Divisors, votes: &[f64], seats: u32, threshold: f64) -> Result<Allocation> {
    let votes = admitted(votes, seats, threshold)?;
    let mut won = vec![0; votes.len()];
    let mut claims: BinaryHeap<Claim> =
        votes.iter().enumerate().filter(|(_, v)| **v > 0.0).map(|(list, v)| Claim { votes: *v, divisor: divisors.after(0), list }).collect();
    let mut last = None;
    for _ in 0..seats {
        let Some(best) = claims.pop() else { break };
        won[best.list] += 1;
        claims.push(Claim { divisor: divisors.after(won[best.list]), ..best });
        last = Some(best);
    }
    let lots = match (last, claims.peek()) {
        (Some(last), Some(next)) if last.equals(next) => {
            let tied = |list: &usize| won[*list] > 0 && last.equals(&Claim { votes: votes[*list], divisor: divisors.after(won[*list] - 1), list: *list });
            (0..votes.len()).filter(|list| tied(list) || claims.iter().any(|c| c.list == *list && last.equals(c))).collect()
        }
        _ => Vec::new(),
    };
    Ok(Allocation { seats: won, lots })
}

/// A list's claim to its next seat.
#[derive(Debug, Clone, Copy)]
struct Claim {
    votes: f64,
    divisor: f64,
    list: usize,
}

impl Claim {
    fn strength(&self, other: &Self) -> Ordering {
        (self.votes * other.divisor).total_cmp(&(other.votes * self.divisor)).then(self.votes.total_cmp(&other.votes))
    }

    fn equals(&self, other: &Self) -> bool {
        self.strength(other).is_eq()
    }
}

impl Ord for Claim {
    fn cmp(&self, other: &Self) -> Ordering {
        self.strength(other).then(Reverse(self.list).cmp(&Reverse(other.list)))
    }
}

impl PartialOrd for Claim {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Claim {}

/// Seats by a quota (Hare 1859, Droop 1868): each list gets one for every whole quota, and what is left goes to the largest
/// remainders, one each, in rounds. Arguments as in [`divisors`].
///
/// # Errors
/// As [`divisors`]; and if the quota is Droop's and votes are not whole numbers.
pub fn largest_remainders(quota: Quota, votes: &[f64], seats: u32, threshold: f64) -> Result<Allocation> {
    if let (Quota::Droop, Some(list)) = (quota, votes.iter().position(|v| v.fract() != 0.0)) {
        return Err(Error::new(format!("votes[{list}]"), format!("must be a whole number for the Droop quota, is {}", votes[list])));
    }
    let votes = admitted(votes, seats, threshold)?;
    let all: f64 = votes.iter().sum();
    // Each list gets a seat for every `price` in its `scale` × votes; for whole votes all of these are whole numbers.
    let (scale, price) = match quota {
        Quota::Hare => (f64::from(seats), all),
        Quota::Droop => (1.0, (all / (f64::from(seats) + 1.0)).floor() + 1.0),
    };
    let mut won: Vec<u32> = votes.iter().map(|v| (v * scale / price).floor() as u32).collect();
    let remainders: Vec<f64> = votes.iter().zip(&won).map(|(v, won)| v * scale - f64::from(*won) * price).collect();
    let stronger = |a: usize, b: usize| remainders[b].total_cmp(&remainders[a]).then(votes[b].total_cmp(&votes[a]));
    let mut order: Vec<usize> = (0..votes.len()).filter(|list| votes[*list] > 0.0).collect();
    order.sort_by(|a, b| stronger(*a, *b));
    let left = seats.saturating_sub(won.iter().sum()) as usize;
    order.iter().cycle().take(left).for_each(|list| won[*list] += 1);
    let lots = match (left.checked_sub(1).map(|last| order[last % order.len()]), order.get(left % order.len())) {
        (Some(last), Some(next)) if !left.is_multiple_of(order.len()) && stronger(last, *next).is_eq() => {
            let mut tied: Vec<usize> = order.iter().copied().filter(|list| stronger(*list, last).is_eq()).collect();
            tied.sort_unstable();
            tied
        }
        _ => Vec::new(),
    };
    Ok(Allocation { seats: won, lots })
}

/// The votes of the lists that reach the threshold, 0 for the others.
fn admitted(votes: &[f64], seats: u32, threshold: f64) -> Result<Vec<f64>> {
    for (list, votes) in votes.iter().enumerate() {
        number(&format!("votes[{list}]"), *votes, 0.0, f64::INFINITY)?;
    }
    number("threshold", threshold, 0.0, 1.0)?;
    if seats > MOST_SEATS {
        return Err(Error::new("seats", format!("must be {MOST_SEATS} or less, are {seats}")));
    }
    let all = number("votes", votes.iter().sum(), 0.0, f64::MAX / 1e9)?;
    if all <= 0.0 {
        return Err(Error::new("votes", "no list has any"));
    }
    let admitted: Vec<f64> = votes.iter().map(|v| if *v >= threshold * all { *v } else { 0.0 }).collect();
    if admitted.iter().all(|v| *v <= 0.0) {
        return Err(Error::new("threshold", format!("no list reaches {threshold} of the votes")));
    }
    Ok(admitted)
}
