//! Under which pledges a head of government can return after an election.
//!
//! Threats and offers to him by actors that have lists bind those lists: while the demand of a threat is not met its list refuses
//! him; once a demand is met the list backs him. Every other list weighs what it thinks of his return against what the demands he
//! meets bring or cost it: salience × points nearer or farther, issue by issue. It backs him if that is for him, and either way
//! within [`INDIFFERENCE`] points of even; a list that stands for him backs him always. He can return if lists that back him, and do
//! not refuse one another, have a majority. Pledges are taken to be kept, and no list is asked who else could lead: the probability
//! is that he can return, not that he does.

use super::forming::{Parley, Terms};
use crate::assembly::check_draws;
use crate::assembly::coalitions::minimal_winning;
use crate::assembly::motion::INDIFFERENCE;
use crate::error::{Error, Result};
use crate::range::Range;
use crate::standoff::Standoff;
use crate::streams::{Stream, Streams};
use crate::words::Likelihood;
use rand::RngExt;
use serde::Serialize;

/// How he stands if he meets some demands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// The threats and offers whose demands he meets: their `id`s.
    pub met: Vec<String>,
    /// Those whose demands he does not meet.
    pub unmet: Vec<String>,
    /// Probability that lists which back him have a majority.
    pub probability: f64,
    /// In words.
    pub likelihood: Option<Likelihood>,
    /// Probability that each list backs him, in the order of the standoff.
    pub backers: Vec<Backer>,
}

/// A list that may back him.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backer {
    /// The list's `id`.
    pub list: String,
    /// Probability that it backs him.
    pub probability: f64,
}

/// Up to so many pledges every combination is looked at; above, none, each alone, and all.
const COMBINED: usize = 6;

/// How the actor `head` stands after the election with the `id`, for every combination of demands on him that can be met together:
/// `draws` of votes, positions and demands, from the streams of `seed`. `issue` is the issue of his return, 0 against it and 100
/// for it. The first scenario is that he meets none.
///
/// # Errors
/// As [`form`](super::forming::form); and if there is no such actor or issue.
pub fn second_term(standoff: &Standoff, election: &str, head: &str, issue: &str, terms: &Terms, seed: u64, draws: u64) -> Result<Vec<Scenario>> {
    check_draws(draws)?;
    let unknown = |kind: &str, id: &str| Error::new(kind, format!("there is no {kind} with the id {id}"));
    standoff.actor(head).ok_or_else(|| unknown("actor", head))?;
    let term = standoff.issue(issue).ok_or_else(|| unknown("issue", issue))?;
    let parley = Parley::new(standoff, election, terms)?;
    let pledges = pledges(&parley, head)?;
    let scenarios = scenarios(&pledges);
    let backed = Streams::new(seed).map(draws, |_, rng| Round::new(&parley, head, term, &pledges, rng)?.play(&parley, &pledges, &scenarios));
    let n = parley.lists.len();
    let mut sums = vec![(0.0, vec![0.0; n]); scenarios.len()];
    let one_if = |holds: bool| if holds { 1.0 } else { 0.0 };
    for round in backed {
        for (sum, (returns, backers)) in sums.iter_mut().zip(round?) {
            sum.0 += one_if(returns);
            sum.1.iter_mut().zip(backers).for_each(|(sum, backs)| *sum += one_if(backs));
        }
    }
    let share = |sum: f64| sum / draws as f64;
    let named = |met: &[bool], which: bool| pledges.iter().zip(met).filter(|(_, m)| **m == which).map(|(p, _)| p.id.clone()).collect();
    Ok(scenarios
        .iter()
        .zip(sums)
        .map(|(met, (returns, backers))| Scenario {
            met: named(met, true),
            unmet: named(met, false),
            probability: share(returns),
            likelihood: Likelihood::of(share(returns)),
            backers: parley.lists.iter().zip(backers).map(|(list, p)| Backer { list: list.id.clone(), probability: share(p) }).collect(),
        })
        .collect())
}

/// A threat or an offer to the head of government.
struct Pledge {
    id: String,
    list: usize,
    issue: usize,
    demand: Range,
    /// Whether an unmet demand means refusal.
    threat: bool,
    /// Where he stands on the issue now, and whether he is to move up.
    from: Range,
    up: bool,
}

fn pledges(parley: &Parley<'_>, head: &str) -> Result<Vec<Pledge>> {
    let standoff = parley.standoff;
    let threats = standoff.threat.iter().filter(|t| t.to == head).map(|t| (&t.id, &t.by, &t.issue, t.demand, true));
    let offers = standoff.offer.iter().filter(|o| o.to == head).map(|o| (&o.id, &o.by, &o.issue, o.demand, false));
    let mut pledges = Vec::new();
    for (id, by, issue, demand, threat) in threats.chain(offers) {
        let Some(list) = parley.lists.iter().position(|l| l.actor.as_ref() == Some(by)) else { continue };
        let issue = standoff.issue(issue).ok_or_else(|| Error::new(format!("{id}.issue"), format!("there is no issue with the id {issue}")))?;
        let own = standoff.actor.iter().find(|a| a.id == head).and_then(|a| a.stand.iter().find(|s| s.issue == standoff.issue[issue].id));
        let from = own.map(|s| s.position).or(standoff.issue[issue].status_quo).map_or_else(|| Range::point(50.0), Ok)?;
        pledges.push(Pledge { id: id.clone(), list, issue, demand, threat, from, up: demand.mode() >= from.mode() });
    }
    Ok(pledges)
}

/// Which demands are met: combinations that do not pull him both ways on one issue, those with fewest first.
fn scenarios(pledges: &[Pledge]) -> Vec<Vec<bool>> {
    let n = pledges.len();
    let mut all: Vec<Vec<bool>> = if n <= COMBINED {
        (0..1_u32 << n).map(|set| (0..n).map(|p| set >> p & 1 == 1).collect()).collect()
    } else {
        let each = (0..n).map(|one| (0..n).map(|p| p == one).collect());
        [vec![false; n]].into_iter().chain(each).chain([vec![true; n]]).collect()
    };
    let clash = |a: &Pledge, b: &Pledge| a.issue == b.issue && a.up != b.up;
    all.retain(|met| !(0..n).any(|a| (0..a).any(|b| met[a] && met[b] && clash(&pledges[a], &pledges[b]))));
    all.sort_by_key(|met| met.iter().filter(|m| **m).count());
    all
}

/// One draw of everything that matters.
struct Round {
    seats: Vec<u32>,
    /// Per list: its actor is the head himself.
    own: Vec<bool>,
    /// Per list: how far the issue of his return speaks for him, in points × salience, and its salience.
    term: Vec<(f64, f64)>,
    /// Per list: on which side a list near even comes down.
    luck: Vec<f64>,
    /// Per pledge: where he stands, and where he is to move.
    moves: Vec<(f64, f64)>,
    /// Per list and pledge: position and salience on the pledge's issue.
    stands: Vec<Vec<(f64, f64)>>,
}

impl Round {
    fn new(parley: &Parley<'_>, head: &str, term: usize, pledges: &[Pledge], rng: &mut Stream) -> Result<Self> {
        let lists = 0..parley.lists.len();
        let seats = parley.seats(rng)?;
        // One draw for each list and issue, so that pledges on the same issue see the same actor.
        let issues = parley.standoff.issue.len();
        let drawn: Vec<Vec<(f64, f64)>> = lists
            .clone()
            .map(|l| (0..issues).map(|i| parley.stand(l, i).map_or((0.0, 0.0), |[position, salience]| (position.draw(rng), salience.draw(rng)))).collect())
            .collect();
        let luck = lists.clone().map(|_| rng.random()).collect();
        let places: Vec<f64> = (0..issues).map(|_| rng.random()).collect();
        let moves = pledges.iter().map(|p| (p.from.quantile(places[p.issue]), p.demand.draw(rng))).collect();
        Ok(Self {
            seats,
            own: parley.lists.iter().map(|l| l.actor.as_deref() == Some(head)).collect(),
            term: drawn.iter().map(|stands| (stands[term].1 * (2.0 * stands[term].0 - 100.0), stands[term].1)).collect(),
            luck,
            moves,
            stands: drawn.iter().map(|stands| pledges.iter().map(|p| stands[p.issue]).collect()).collect(),
        })
    }

    /// For each scenario, whether he can return, and who backs him.
    fn play(&self, parley: &Parley<'_>, pledges: &[Pledge], scenarios: &[Vec<bool>]) -> Result<Vec<(bool, Vec<bool>)>> {
        scenarios
            .iter()
            .map(|met| {
                let backs: Vec<bool> = (0..parley.lists.len()).map(|l| self.backs(l, pledges, met)).collect();
                let among: Vec<usize> = (0..backs.len()).filter(|l| backs[*l] && self.seats[*l] > 0).collect();
                let Some(game) = parley.game(&among, &self.seats)? else { return Ok((false, backs)) };
                let together = |a: usize, b: usize| parley.agree(among[a], among[b]);
                let found = minimal_winning(&game, &together, 1);
                if found.found.is_empty() && !found.all {
                    return Err(Error::new("list", "refuse one another in too many ways to be searched"));
                }
                Ok((!found.found.is_empty(), backs))
            })
            .collect()
    }

    fn backs(&self, list: usize, pledges: &[Pledge], met: &[bool]) -> bool {
        let bound = || pledges.iter().zip(met).filter(|(p, _)| p.list == list);
        if self.own[list] {
            return true;
        }
        if bound().any(|(p, met)| p.threat && !met) {
            return false;
        }
        if bound().any(|(_, met)| *met) {
            return true;
        }
        let (mut points, mut salience) = self.term[list];
        for p in (0..pledges.len()).filter(|p| met[*p]) {
            // Of several demands on an issue the farthest one is met, and with it the others.
            let farther = |q: usize| met[q] && pledges[q].issue == pledges[p].issue && (self.reach(q, pledges), q) > (self.reach(p, pledges), p);
            if (0..pledges.len()).any(farther) {
                continue;
            }
            let ((from, to), (position, cares)) = (self.moves[p], self.stands[list][p]);
            let to = if pledges[p].up { to.max(from) } else { to.min(from) };
            points += cares * ((position - from).abs() - (position - to).abs());
            salience += cares;
        }
        let even = if salience > 0.0 { points / salience } else { 0.0 };
        self.luck[list] < (0.5 + even / (2.0 * INDIFFERENCE)).clamp(0.0, 1.0)
    }

    /// How far a pledge moves him.
    fn reach(&self, pledge: usize, pledges: &[Pledge]) -> f64 {
        let (from, to) = self.moves[pledge];
        if pledges[pledge].up { to - from } else { from - to }
    }
}
