//! Who can join to win: minimal winning coalitions (Riker 1962), those with fewest parties (Leiserson 1968), those of the smallest
//! surplus, and those connected on an issue (Axelrod 1970).

use super::power::Game;
use crate::error::{Result, number};
use serde::Serialize;

/// A coalition that wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Coalition {
    /// The parties, by index, upwards.
    pub members: Vec<usize>,
    /// Sum of their weights.
    pub seats: u64,
    /// What they have above the quota.
    pub surplus: u64,
}

/// Coalitions that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Coalitions {
    /// The heaviest parties' first.
    pub found: Vec<Coalition>,
    /// Whether these are all. They are not if there are more than were asked for, or the search was given up after a million branches.
    pub all: bool,
}

/// Branches after which a search is given up. Without refusals every branch leads to a coalition; with many it need not.
const BRANCHES: usize = 1_000_000;

/// Who can sit with whom, by index; symmetric.
pub type Together<'a> = &'a dyn Fn(usize, usize) -> bool;

/// Everybody sits with everybody.
pub const ANYONE: Together<'static> = &|_, _| true;

/// The minimal winning coalitions, at most `most`: each loses if any member leaves. No two members may refuse each other.
/// [`minimal_coalitions`](super::power::minimal_coalitions) counts them without listing them.
#[must_use]
pub fn minimal_winning(game: &Game, together: Together<'_>, most: usize) -> Coalitions {
    let all: Vec<usize> = (0..game.parties()).collect();
    Search::new(game, game.quota, &all, together, most).run(&|branch, rest| branch.sum + rest >= game.quota)
}

/// The winning coalitions with the fewest parties, at most `most`. Each is minimal winning.
#[must_use]
pub fn fewest_parties(game: &Game, most: usize) -> Coalitions {
    let all: Vec<usize> = (0..game.parties()).collect();
    let search = Search::new(game, game.quota, &all, ANYONE, most);
    let heaviest = |from: usize, many: usize| search.order.iter().skip(from).take(many).map(|i| game.weights[*i]).sum::<usize>();
    let fewest = (1..game.parties()).find(|many| heaviest(0, *many) >= game.quota).unwrap_or(game.parties());
    search.clone().run(&|branch, _| branch.sum + heaviest(branch.next, fewest - branch.members.len()) >= game.quota)
}

/// The winning coalitions of the smallest surplus, at most `most`. Parties of no weight are in none; so each is minimal winning.
#[must_use]
pub fn smallest_surplus(game: &Game, most: usize) -> Coalitions {
    let all: Vec<usize> = (0..game.parties()).collect();
    let search = Search::new(game, game.quota, &all, ANYONE, most);
    // The least sum at or above the quota is below the quota without its lightest member, so sums below the quota are all that is needed.
    let n = game.parties();
    // least[k][x]: what parties from k on must reach at least, above x so far, to end at or above the quota.
    let mut least = vec![usize::MAX; (n + 1) * game.quota];
    for k in (0..n).rev() {
        let weight = game.weights[search.order[k]];
        for x in 0..game.quota {
            let with = if x + weight >= game.quota { x + weight } else { least[(k + 1) * game.quota + x + weight] };
            least[k * game.quota + x] = with.min(least[(k + 1) * game.quota + x]);
        }
    }
    let goal = least[0];
    let ends = |branch: &Branch| if branch.sum >= game.quota { branch.sum } else { least[branch.next * game.quota + branch.sum] };
    search.clone().run(&|branch, _| ends(branch) == goal)
}

/// The minimal connected winning coalitions, at most `most`: no party outside stands strictly between two members, and no connected
/// part of them wins. A party without a position is in none and stands between nobody. Members between the ends may be superfluous
/// in number; that is Axelrod's point. No two members may refuse each other.
///
/// # Errors
/// If there are not as many positions as parties, or one is not finite.
pub fn connected(game: &Game, position: &[Option<f64>], together: Together<'_>, most: usize) -> Result<Coalitions> {
    if position.len() != game.parties() {
        return Err(crate::Error::new("position", format!("must be one for each of the {} parties, are {}", game.parties(), position.len())));
    }
    let mut placed = Vec::new();
    for (i, position) in position.iter().enumerate() {
        if let Some(position) = position {
            placed.push((number(&format!("position[{i}]"), *position, f64::NEG_INFINITY, f64::INFINITY)?, i));
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let stops: Vec<Vec<usize>> = placed.chunk_by(|a, b| a.0 == b.0).map(|stop| stop.iter().map(|(_, i)| *i).collect()).collect();
    let mut coalitions = Coalitions { found: Vec::new(), all: true };
    for low in 0..stops.len() {
        let (mut between, mut held) = (Vec::new(), 0);
        for high in low..stops.len() {
            let ends: Vec<usize> = if low == high { stops[low].clone() } else { [stops[low].as_slice(), &stops[high]].concat() };
            // Between the ends everybody is in; of those at the ends, a minimal set that wins with them and holds both ends.
            let sits = |a: usize, b: usize| together(a, b) && [a, b].iter().all(|e| between.iter().all(|m| together(*e, *m)));
            let search = Search::new(game, game.quota - held, &ends, &sits, most.saturating_add(1));
            let part = search.run(&|branch, rest| branch.sum + rest >= game.quota - held);
            coalitions.all &= part.all;
            for mut coalition in part.found {
                let reaches = |stop: &[usize]| stop.iter().any(|i| coalition.members.contains(i));
                if !reaches(&stops[low]) || !reaches(&stops[high]) {
                    continue;
                }
                if coalitions.found.len() >= most {
                    return Ok(Coalitions { all: false, ..coalitions });
                }
                coalition.members.extend(&between);
                coalition.members.sort_unstable();
                coalition.seats += held as u64;
                coalitions.found.push(coalition);
            }
            if high > low {
                held += stops[high].iter().map(|i| game.weights[*i]).sum::<usize>();
                let fit = |i: &usize| between.iter().chain(&stops[high]).all(|m| m == i || together(*i, *m));
                if held >= game.quota || !stops[high].iter().all(fit) {
                    break;
                }
                between.extend(&stops[high]);
            }
        }
    }
    Ok(coalitions)
}

/// A walk over the coalitions of some parties, each added from the heaviest down, until the quota is reached: exactly then, and
/// only then, is a coalition minimal.
#[derive(Clone)]
struct Search<'a> {
    game: &'a Game,
    quota: usize,
    order: Vec<usize>,
    together: Together<'a>,
    most: usize,
    branches: usize,
    coalitions: Coalitions,
}

/// How far the walk has come.
struct Branch {
    /// The first party of the order that may still be added.
    next: usize,
    members: Vec<usize>,
    sum: usize,
}

impl<'a> Search<'a> {
    fn new(game: &'a Game, quota: usize, parties: &[usize], together: Together<'a>, most: usize) -> Self {
        let mut order = parties.to_vec();
        order.sort_by_key(|i| (std::cmp::Reverse(game.weights[*i]), *i));
        Self { game, quota, order, together, most, branches: 0, coalitions: Coalitions { found: Vec::new(), all: true } }
    }

    /// Walks every branch that is `live`, and keeps what it leads to if that is. It is asked with the weight of all parties to come.
    fn run(mut self, live: &impl Fn(&Branch, usize) -> bool) -> Coalitions {
        let rest = self.order.iter().map(|i| self.game.weights[*i]).sum();
        self.walk(&mut Branch { next: 0, members: Vec::new(), sum: 0 }, rest, live);
        self.coalitions
    }

    /// Walks on from a branch below the quota.
    fn walk(&mut self, branch: &mut Branch, mut rest: usize, live: &impl Fn(&Branch, usize) -> bool) {
        let from = branch.next;
        while branch.next < self.order.len() && live(branch, rest) {
            self.branches += 1;
            if self.branches > BRANCHES {
                self.coalitions.all = false;
            }
            if !self.coalitions.all {
                break;
            }
            let party = self.order[branch.next];
            let weight = self.game.weights[party];
            branch.next += 1;
            rest -= weight;
            if branch.members.iter().all(|m| (self.together)(*m, party)) {
                branch.members.push(party);
                branch.sum += weight;
                if branch.sum < self.quota {
                    self.walk(branch, rest, live);
                } else if live(branch, rest) {
                    self.keep(branch);
                }
                branch.sum -= weight;
                branch.members.pop();
            }
        }
        branch.next = from;
    }

    fn keep(&mut self, branch: &Branch) {
        if self.coalitions.found.len() >= self.most {
            self.coalitions.all = false;
            return;
        }
        let mut members = branch.members.clone();
        members.sort_unstable();
        self.coalitions.found.push(Coalition { members, seats: branch.sum as u64, surplus: (branch.sum - self.quota) as u64 });
    }
}
