//! Who can form a government.
//!
//! In each draw of the seats and positions, the coalitions that can form are the minimal connected winning ones (Axelrod 1970) on
//! one issue, with no two members of which one governs with the other under no condition; where there is none, the minimal winning
//! ones (Riker 1962). Of these the one with fewest parties is expected (Leiserson 1968), then the one with fewest seats; equals
//! share the draw. Its largest list leads, as where a constitution calls on the largest bloc (Iraq, 2005, article 76). A list
//! without an actor stands for many: it wins seats and joins nobody.
//!
//! These are the odds of a theory, given uncertain votes and positions; they are not odds of history. Of 196 governments of
//! parliaments without a majority party in twelve European democracies, 77 were minimal winning (Laver and Schofield 1990).
//! Surplus and minority governments are left out here.

use super::district::Nomination;
use super::shares::{Poll, largest};
use crate::assembly::check_draws;
use crate::assembly::coalitions::{Coalition, connected, minimal_winning};
use crate::assembly::power::{Game, shapley_shubik};
use crate::assembly::votes_needed;
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::range::Range;
use crate::standoff::{Label, List, Majority, Standoff, Threshold};
use crate::streams::{Stream, Streams};
use crate::words::Likelihood;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a government takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The votes it needs when every member votes.
    pub threshold: Threshold,
    /// The issue on which a coalition must be connected: its `id`. Absent: the one that the lists care about most, by share of the
    /// vote × salience.
    pub issue: Option<String>,
    /// How lists nominate, under the single non-transferable vote.
    pub nomination: Nomination,
}

impl Default for Terms {
    /// An absolute majority.
    fn default() -> Self {
        Self { threshold: Threshold::Named(Majority::Absolute), issue: None, nomination: Nomination::default() }
    }
}

/// Who may form a government after an election.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Formation {
    /// The election's `id`.
    pub election: String,
    /// The issue on which coalitions are connected: its `id`. Absent where no list has a stand on any.
    pub issue: Option<String>,
    /// Seats that a government needs.
    pub quota: u64,
    /// Draws of votes and positions.
    pub draws: u64,
    /// The lists that bargain, in the order of the standoff.
    pub lists: Vec<Part>,
    /// The coalitions expected most often, up to ten.
    pub expected: Vec<Expected>,
    /// Probability that no coalition can form.
    pub deadlock: f64,
    /// Probability that only coalitions can form that are not connected.
    pub unconnected: f64,
    /// Share of draws in which there were too many coalitions to look at all.
    pub cut: f64,
}

/// A list's part in government. All but the last are probabilities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The list's `id`.
    pub list: String,
    /// Its name.
    pub name: Label,
    /// It is in some coalition that can form.
    pub can_govern: f64,
    /// It is the largest list of some coalition that can form.
    pub can_lead: f64,
    /// It is in the coalition expected.
    pub governs: f64,
    /// It leads the coalition expected.
    pub leads: f64,
    /// Its Shapley–Shubik index among the lists that bargain, refusals apart; 0 in draws in which these have no majority.
    pub power: Distribution,
}

/// A coalition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expected {
    /// The lists' `id`s, in the order of the standoff.
    pub lists: Vec<String>,
    /// Probability that it is the one expected.
    pub probability: f64,
    /// In words.
    pub likelihood: Option<Likelihood>,
}

/// Coalitions that are told, and coalitions that are looked at in a draw.
const TOLD: usize = 10;
const MOST: usize = 10_000;

/// Who may form a government after the election with the `id`: `draws` of votes and positions, from the streams of `seed`.
///
/// # Errors
/// As [`forecast_under`](super::shares::forecast_under); and if no list has an actor, there is no such issue, or the threshold is
/// above the seats.
pub fn form(standoff: &Standoff, election: &str, terms: &Terms, seed: u64, draws: u64) -> Result<Formation> {
    check_draws(draws)?;
    let parley = Parley::new(standoff, election, terms)?;
    let issue = match &terms.issue {
        Some(issue) => Some(standoff.issue(issue).ok_or_else(|| Error::new("issue", format!("there is no issue with the id {issue}")))?),
        None => parley.weightiest(),
    };
    let positions: Vec<Option<Range>> = (0..parley.lists.len()).map(|l| issue.and_then(|i| parley.stand(l, i)).map(|[position, _]| position)).collect();
    let rounds = Streams::new(seed).map(draws, |_, rng| Round::new(&parley, &positions, rng));
    let n = parley.lists.len();
    let [mut can_govern, mut can_lead, mut governs, mut leads] = [(); 4].map(|()| vec![0.0; n]);
    let mut power = vec![Vec::with_capacity(draws as usize); n];
    let mut expected: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
    let [mut deadlock, mut unconnected, mut cut] = [0.0; 3];
    let one_if = |holds: bool| if holds { 1.0 } else { 0.0 };
    for round in rounds {
        let round = round?;
        deadlock += one_if(round.expected.is_empty());
        unconnected += one_if(!round.connected && !round.expected.is_empty());
        cut += one_if(round.cut);
        for l in 0..n {
            can_govern[l] += one_if(round.can_govern[l]);
            can_lead[l] += one_if(round.can_lead[l]);
            power[l].push(round.power[l]);
        }
        let each = 1.0 / round.expected.len() as f64;
        for (members, leaders) in round.expected {
            members.iter().for_each(|l| governs[*l] += each);
            leaders.iter().for_each(|l| leads[*l] += each / leaders.len() as f64);
            *expected.entry(members).or_default() += each;
        }
    }
    let share = |sum: f64| (sum / draws as f64).min(1.0);
    let id = |l: &usize| parley.lists[*l].id.clone();
    let mut expected: Vec<Expected> = expected
        .into_iter()
        .map(|(members, sum)| (members, share(sum)))
        .map(|(members, probability)| Expected { lists: members.iter().map(id).collect(), probability, likelihood: Likelihood::of(probability) })
        .collect();
    expected.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    expected.truncate(TOLD);
    let part = |(l, power): (usize, Vec<f64>)| {
        Ok(Part {
            list: id(&l),
            name: parley.lists[l].name.clone(),
            can_govern: share(can_govern[l]),
            can_lead: share(can_lead[l]),
            governs: share(governs[l]),
            leads: share(leads[l]),
            power: Distribution::new(power)?,
        })
    };
    Ok(Formation {
        election: election.to_owned(),
        issue: issue.map(|i| standoff.issue[i].id.clone()),
        quota: parley.quota,
        draws,
        lists: power.into_iter().enumerate().map(part).collect::<Result<_>>()?,
        expected,
        deadlock: share(deadlock),
        unconnected: share(unconnected),
        cut: share(cut),
    })
}

/// The lists that bargain after an election.
pub(super) struct Parley<'a> {
    pub(super) standoff: &'a Standoff,
    poll: Poll<'a>,
    pub(super) quota: u64,
    pub(super) lists: Vec<&'a List>,
    /// For each list its place in the election, and its actor.
    places: Vec<(usize, usize)>,
    /// At `a * lists + b`: neither refuses the other.
    agrees: Vec<bool>,
}

impl<'a> Parley<'a> {
    pub(super) fn new(standoff: &'a Standoff, election: &str, terms: &'a Terms) -> Result<Self> {
        let poll = Poll::new(standoff, &terms.nomination, election)?;
        let mut lists = Vec::new();
        let mut places = Vec::new();
        for (place, list) in poll.election.list.iter().enumerate() {
            if let Some(id) = &list.actor {
                let actor =
                    standoff.actor(id).ok_or_else(|| Error::new(format!("{}.list[{place}].actor", poll.key), format!("there is no actor with the id {id}")))?;
                lists.push(list);
                places.push((place, actor));
            }
        }
        if lists.is_empty() {
            return Err(Error::new(format!("{}.list", poll.key), "no list has an actor, so none can bargain"));
        }
        let quota = votes_needed(terms.threshold, poll.house);
        if quota == 0 || quota > u64::from(poll.house) {
            return Err(Error::new("threshold", format!("must lie between 1 and the {} seats, is {quota}", poll.house)));
        }
        let refuses = |a: &List, b: &List| a.never_with.contains(&b.id);
        let agrees = lists.iter().flat_map(|a| lists.iter().map(|b| !refuses(a, b) && !refuses(b, a))).collect();
        Ok(Self { standoff, poll, quota, lists, places, agrees })
    }

    /// Position and salience of a list's actor on an issue, if it has a stand on it.
    pub(super) fn stand(&self, list: usize, issue: usize) -> Option<[Range; 2]> {
        let issue = &self.standoff.issue[issue].id;
        self.standoff.actor[self.places[list].1].stand.iter().find(|s| s.issue == *issue).map(|s| [s.position, s.salience])
    }

    /// The issue that the lists care about most.
    fn weightiest(&self) -> Option<usize> {
        let weight = |issue: usize| (0..self.lists.len()).filter_map(|l| self.stand(l, issue).map(|[_, s]| s.mode() * self.lists[l].share.mode())).sum::<f64>();
        let issues = (0..self.standoff.issue.len()).filter(|i| (0..self.lists.len()).any(|l| self.stand(l, *i).is_some()));
        // Of equals the first one.
        issues.rev().max_by(|a, b| weight(*a).total_cmp(&weight(*b)))
    }

    /// One draw of the seats of the lists that bargain.
    pub(super) fn seats(&self, rng: &mut Stream) -> Result<Vec<u32>> {
        let seats = self.poll.draw(rng)?;
        Ok(self.places.iter().map(|(place, _)| seats[*place]).collect())
    }

    /// Whether two lists would govern together.
    pub(super) fn agree(&self, a: usize, b: usize) -> bool {
        self.agrees[a * self.lists.len() + b]
    }

    /// The game among some lists; none if they have no majority.
    pub(super) fn game(&self, among: &[usize], seats: &[u32]) -> Result<Option<Game>> {
        let weights: Vec<u64> = among.iter().map(|l| u64::from(seats[*l])).collect();
        if weights.iter().sum::<u64>() < self.quota { Ok(None) } else { Game::new(self.quota, &weights).map(Some) }
    }
}

/// What can form in one draw.
struct Round {
    can_govern: Vec<bool>,
    can_lead: Vec<bool>,
    power: Vec<f64>,
    /// Members and the largest of them.
    expected: Vec<(Vec<usize>, Vec<usize>)>,
    connected: bool,
    cut: bool,
}

impl Round {
    fn new(parley: &Parley<'_>, positions: &[Option<Range>], rng: &mut Stream) -> Result<Self> {
        let n = parley.lists.len();
        let seats = parley.seats(rng)?;
        let positions: Vec<Option<f64>> = positions.iter().map(|p| p.map(|range| range.draw(rng))).collect();
        let mut round = Self { can_govern: vec![false; n], can_lead: vec![false; n], power: vec![0.0; n], expected: vec![], connected: true, cut: false };
        let seated: Vec<usize> = (0..n).filter(|l| seats[*l] > 0).collect();
        let Some(game) = parley.game(&seated, &seats)? else { return Ok(round) };
        for (l, power) in seated.iter().zip(shapley_shubik(&game)) {
            round.power[*l] = power;
        }
        let together = |a: usize, b: usize| parley.agree(seated[a], seated[b]);
        let placed: Vec<Option<f64>> = seated.iter().map(|l| positions[*l]).collect();
        let mut coalitions = connected(&game, &placed, &together, MOST)?;
        if coalitions.found.is_empty() {
            round.connected = false;
            coalitions = minimal_winning(&game, &together, MOST);
        }
        round.cut = !coalitions.all;
        let size = |c: &Coalition| (c.members.len(), c.seats);
        let best = coalitions.found.iter().map(size).min();
        for coalition in &coalitions.found {
            let members: Vec<usize> = coalition.members.iter().map(|m| seated[*m]).collect();
            let leaders: Vec<usize> = largest(&members.iter().map(|l| seats[*l]).collect::<Vec<_>>()).into_iter().map(|m| members[m]).collect();
            members.iter().for_each(|l| round.can_govern[*l] = true);
            leaders.iter().for_each(|l| round.can_lead[*l] = true);
            if Some(size(coalition)) == best {
                round.expected.push((members, leaders));
            }
        }
        Ok(round)
    }
}
