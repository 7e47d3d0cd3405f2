//! Seats from uncertain shares of the vote.
//!
//! Each list's share is drawn from its triangular range, the shares are scaled to sum to one, and the vote is drawn from the
//! Dirichlet distribution around them, as sure as a random sample of the election's `sample` voters.

use super::district::{Field, Nomination, districts, sntv};
use super::seats;
use crate::assembly::check_draws;
use crate::distribution::Distribution;
use crate::error::{Error, Result, number};
use crate::range::Range;
use crate::standoff::{Election, Label, Method, Standoff};
use crate::streams::{Stream, Streams};
use rand_distr::{Distribution as _, Gamma};
use serde::Serialize;

/// What an election may bring.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// The election's `id`.
    pub election: String,
    /// Seats to be won.
    pub house: u32,
    /// The lists, in the order of the standoff.
    pub lists: Vec<Won>,
    /// Seats of each list, draw by draw.
    #[serde(skip)]
    pub draws: Vec<Vec<u32>>,
}

/// What one list may win.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Won {
    /// The list's `id`.
    pub list: String,
    /// Its name.
    pub name: Label,
    /// Seats.
    pub seats: Distribution,
    /// Probability that no other wins more, among lists with an actor; of a tie each has its part. Absent for a list without one,
    /// which stands for many.
    pub first: Option<f64>,
}

/// The seats that each list may win, with nominations as is usual; see [`forecast_under`].
///
/// # Errors
/// As [`forecast_under`].
pub fn forecast(standoff: &Standoff, election: &str, seed: u64, draws: u64) -> Result<Forecast> {
    forecast_under(standoff, &Nomination::default(), election, seed, draws)
}

/// The seats that each list may win in the election with the `id`, in `draws` from the streams of `seed`. `nomination` counts
/// under the single non-transferable vote only.
///
/// # Errors
/// If there is no such election or no draw, no list has a share of the vote, a number is out of range, or the districts do not fit.
pub fn forecast_under(standoff: &Standoff, nomination: &Nomination, election: &str, seed: u64, draws: u64) -> Result<Forecast> {
    check_draws(draws)?;
    let poll = Poll::new(standoff, nomination, election)?;
    let draws: Vec<Vec<u32>> = Streams::new(seed).map(draws, |_, rng| poll.draw(rng)).into_iter().collect::<Result<_>>()?;
    let named: Vec<usize> = (0..poll.election.list.len()).filter(|l| poll.election.list[*l].actor.is_some()).collect();
    let mut first = vec![0.0; poll.election.list.len()];
    for seats in &draws {
        let best = largest(&named.iter().map(|l| seats[*l]).collect::<Vec<_>>());
        best.iter().for_each(|b| first[named[*b]] += 1.0 / best.len() as f64);
    }
    let won = |(l, first): (usize, f64)| {
        let list = &poll.election.list[l];
        let first = list.actor.as_ref().map(|_| (first / draws.len() as f64).min(1.0));
        let seats = Distribution::new(draws.iter().map(|seats| f64::from(seats[l])).collect())?;
        Ok(Won { list: list.id.clone(), name: list.name.clone(), seats, first })
    };
    let lists = first.into_iter().enumerate().map(won).collect::<Result<_>>()?;
    Ok(Forecast { election: election.to_owned(), house: poll.house, lists, draws })
}

/// The indices of the largest of some counts; none if all are 0.
pub(super) fn largest(seats: &[u32]) -> Vec<usize> {
    let most = seats.iter().copied().max().unwrap_or(0).max(1);
    seats.iter().enumerate().filter(|(_, s)| **s == most).map(|(list, _)| list).collect()
}

/// An election ready to be drawn.
pub(crate) struct Poll<'a> {
    pub(super) election: &'a Election,
    /// Where it stands in the standoff: `election[0]`.
    pub(super) key: String,
    pub(super) house: u32,
    shares: Vec<Range>,
    nomination: &'a Nomination,
    /// Seats of each district, under the single non-transferable vote.
    districts: Vec<u32>,
}

impl<'a> Poll<'a> {
    pub(crate) fn new(standoff: &'a Standoff, nomination: &'a Nomination, id: &str) -> Result<Self> {
        let found = standoff.election.iter().enumerate().find(|(_, e)| e.id == id);
        let (e, election) = found.ok_or_else(|| Error::new("election", format!("there is no election with the id {id}")))?;
        let key = format!("election[{e}]");
        let assembly = standoff.assembly(&election.assembly);
        let assembly = assembly.ok_or_else(|| Error::new(format!("{key}.assembly"), format!("there is no assembly with the id {}", election.assembly)))?;
        let house = standoff.assembly[assembly].seats;
        number(&format!("{key}.sample"), election.sample, 1.0, 1e9)?;
        let shares: Vec<Range> =
            election.list.iter().enumerate().map(|(l, list)| list.share.between(&format!("{key}.list[{l}].share"), 0.0, 100.0)).collect::<Result<_>>()?;
        if shares.iter().all(|share| share.high() <= 0.0) {
            return Err(Error::new(format!("{key}.list"), "no list has a share of the vote"));
        }
        let districts = match (election.method, election.districts) {
            (Method::Sntv, Some(count)) => districts(house, count).map_err(|e| e.within(&key))?,
            (Method::Sntv, None) => return Err(Error::new(format!("{key}.districts"), "must be given for the single non-transferable vote")),
            _ => Vec::new(),
        };
        nomination.check()?;
        Ok(Self { election, key, house, shares, nomination, districts })
    }

    /// One draw of the seats of each list.
    pub(super) fn draw(&self, rng: &mut Stream) -> Result<Vec<u32>> {
        let shares: Vec<f64> = self.shares.iter().map(|range| range.draw(rng)).collect();
        self.seats(&shares, rng)
    }

    /// One draw of the seats of each list, where each has a share of the vote; shares need not sum to anything.
    pub(crate) fn seats(&self, shares: &[f64], rng: &mut Stream) -> Result<Vec<u32>> {
        let none = shares.iter().sum::<f64>() <= 0.0;
        let highest: Vec<f64> = self.shares.iter().map(Range::high).collect();
        let shares = dirichlet(if none { &highest } else { shares }, self.election.sample, rng);
        match self.election.method {
            Method::Sntv => sntv(&shares, &self.districts, &Field::draw(self.nomination, shares.len(), rng), rng),
            method => seats::by(method, &shares, self.house, 0.0).map(|allocation| allocation.seats),
        }
    }
}

/// One draw from the Dirichlet distribution around some weights, which need not sum to 1 but must not all be 0, as sure as a sample
/// of so many. What has no weight gets nothing.
pub(super) fn dirichlet(weights: &[f64], sample: f64, rng: &mut Stream) -> Vec<f64> {
    if weights.len() == 1 {
        return vec![1.0];
    }
    let all: f64 = weights.iter().sum();
    let drawn: Vec<f64> = weights.iter().map(|w| Gamma::new(sample * w / all, 1.0).map_or(0.0, |gamma| gamma.sample(rng))).collect();
    let sum: f64 = drawn.iter().sum();
    if sum > 0.0 {
        return drawn.iter().map(|x| x / sum).collect();
    }
    // A sample so small that every draw is below the smallest number: one takes all, each as likely as its weight.
    let mut left = rand::RngExt::random::<f64>(rng) * all;
    let taker = weights.iter().position(|w| {
        left -= w;
        left < 0.0
    });
    (0..weights.len()).map(|i| f64::from(u8::from(taker == Some(i)))).collect()
}
