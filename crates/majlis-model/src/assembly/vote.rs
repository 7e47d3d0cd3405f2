//! One vote of an assembly: what it takes, and how likely it is to be carried when every member's chances are known.

use super::joint::{Joint, Tail};
use super::leave_out::leave_each_out;
use super::line::{self, Line};
use super::parties::votes_needed;
use crate::standoff::{Majority, Threshold};
use rand::Rng;
use rand_distr::{Binomial, Distribution};

/// What a vote takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// All seats of the assembly.
    pub seats: u32,
    /// Members who must be present; 0 where no number is needed.
    pub quorum: u32,
    /// What carries a motion.
    pub threshold: Threshold,
}

/// Whether a motion is carried by `yes` against `no` votes in an assembly of `seats`. Without a vote in favour nothing is carried.
#[must_use]
pub fn carries(threshold: Threshold, yes: u32, no: u32, seats: u32) -> bool {
    let (y, all) = (u64::from(yes), u64::from(seats));
    yes > 0
        && match threshold {
            Threshold::Votes(votes) => yes >= votes,
            // Whoever is present votes, so more than half of those present is more for than against.
            Threshold::Named(Majority::Simple | Majority::Present) => yes > no,
            Threshold::Named(Majority::Absolute) => 2 * y > all,
            Threshold::Named(Majority::TwoThirds) => 3 * y >= 2 * all,
        }
}

impl Rule {
    /// Whether a vote of `yes` against `no` is valid and carried.
    #[must_use]
    pub fn carried(&self, yes: u32, no: u32) -> bool {
        u64::from(yes) + u64::from(no) >= u64::from(self.quorum) && carries(self.threshold, yes, no, self.seats)
    }

    /// Whether more votes against can defeat a motion that has enough for it.
    pub(super) fn weighs_noes(&self) -> bool {
        matches!(self.threshold, Threshold::Named(Majority::Simple | Majority::Present))
    }

    /// Whether the votes for that it takes are a quorum by themselves.
    fn has_quorum_with_enough(&self) -> bool {
        !self.weighs_noes() && votes_needed(self.threshold, self.seats) >= u64::from(self.quorum)
    }

    /// What a vote with its quorum takes: so many votes for, or so many more than against where those weigh.
    pub(super) fn line_needed(&self) -> i64 {
        if self.weighs_noes() { 1 } else { votes_needed(self.threshold, self.seats).max(1) as i64 }
    }
}

/// Members who decide each for themselves, all with the same chances; those who vote neither way are absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// How many.
    pub members: u32,
    /// The chance of each to vote for.
    pub yes: f64,
    /// The chance of each to vote against.
    pub no: f64,
}

impl Group {
    /// Members of whom a share `attends`, and a share `with` of those votes the line: for if `line` says so, else against. Without
    /// a line each vote falls like a coin. Shares are held to 0–1.
    #[must_use]
    pub fn new(members: u32, attends: f64, with: f64, line: Option<bool>) -> Self {
        let (attends, with) = (attends.clamp(0.0, 1.0), with.clamp(0.0, 1.0));
        let yes = match line {
            Some(true) => attends * with,
            Some(false) => attends - attends * with,
            None => attends / 2.0,
        };
        Self { members, yes, no: attends - yes }
    }

    /// Members who all stay away.
    #[must_use]
    pub fn away(members: u32) -> Self {
        Self { members, yes: 0.0, no: 0.0 }
    }

    pub(super) fn absent(&self) -> f64 {
        (1.0 - self.yes - self.no).max(0.0)
    }

    /// One draw: votes for, votes against.
    pub fn draw(&self, rng: &mut impl Rng) -> (u32, u32) {
        let mut count = |n: u32, share: f64| Binomial::new(u64::from(n), share.clamp(0.0, 1.0)).map_or(0, |b| b.sample(rng) as u32);
        let attends = self.yes + self.no;
        let present = count(self.members, attends);
        let yes = if attends > 0.0 { count(present, self.yes / attends) } else { 0 };
        (yes, present - yes)
    }
}

/// The members of one party: as it stands, and on either side.
#[derive(Debug, Clone, PartialEq)]
pub struct Camp {
    /// As things stand.
    pub stands: Vec<Group>,
    /// Voting for.
    pub turned_for: Vec<Group>,
    /// Voting against.
    pub turned_against: Vec<Group>,
}

impl Camp {
    fn sides(&self) -> [&[Group]; 2] {
        [&self.turned_for, &self.turned_against]
    }

    /// Puts in what becomes of the vote on either side, unless the camp stands there already.
    fn turn(&self, found: &mut [f64; 2], carried: impl Fn(&[Group]) -> f64) {
        for (found, side) in found.iter_mut().zip(self.sides()).filter(|(_, side)| *side != self.stands.as_slice()) {
            *found = carried(side).min(1.0);
        }
    }
}

/// How a vote may end.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Probability that it is valid and carried.
    pub carried: f64,
    /// Probability that too few come.
    pub no_quorum: f64,
    /// Probability of each number of votes for, from 0 up, whether enough come or not.
    pub yes: Vec<f64>,
}

/// Below this, the chance of missing the quorum is none.
const NEVER: f64 = 1e-12;

/// How a vote of independent groups may end: by convolution, exact to 1e-11. Time grows with the square of the members, and where
/// the quorum is in doubt with the members times the square of the width of the likely counts.
#[must_use]
pub fn exact(rule: &Rule, groups: &[Group]) -> Outcome {
    let no_quorum = fewer(rule, groups);
    let (one, other) = groups.split_at(groups.len() / 2);
    let carried = if rule.has_quorum_with_enough() || no_quorum < NEVER {
        let line = Line::deciding(rule);
        line::carried(rule, &line.sum(one), &line.sum(other))
    } else {
        let joint = |groups: &[Group]| groups.iter().fold(Joint::nobody(), Joint::join);
        Tail::new(&joint(one), rule).carried_with(&joint(other))
    };
    Outcome { carried: carried.min(1.0), no_quorum, yes: Line::Favour.sum(groups) }
}

/// The probability that fewer come than the quorum.
fn fewer(rule: &Rule, groups: &[Group]) -> f64 {
    Line::Presence.sum(groups).iter().take(rule.quorum as usize).sum::<f64>().min(1.0)
}

/// For each camp, the probability that the vote is carried if it votes for, and if it votes against, all else as it stands; exact to
/// 1e-11. `carried` is the probability as all things stand, which [`exact`] gives.
#[must_use]
pub fn turned(rule: &Rule, loose: &[Group], camps: &[Camp], carried: f64) -> Vec<[f64; 2]> {
    let sure = quorum_is_sure(rule, loose, camps);
    let line = Line::deciding(rule);
    let (left, right) = camps.split_at(camps.len() / 2);
    let mut found = vec![[carried; 2]; camps.len()];
    // A camp turns within its half; the other half and the loose members are summed up once.
    for (first, half, rest) in [(0, left, right), (left.len(), right, left)] {
        let rest = rest.iter().flat_map(|c| &c.stands).chain(loose);
        if sure {
            let rest = rest.fold(vec![1.0], |sum, group| line.add(sum, group));
            let join = |sum, groups: &[Group]| groups.iter().fold(sum, |sum, group| line.add(sum, group));
            leave_each_out(half, vec![1.0], &|sum, camp| join(sum, &camp.stands), &mut |c, others| {
                half[c].turn(&mut found[first + c], |side| line::carried(rule, &rest, &join(others.clone(), side)));
            });
        } else {
            let rest = Tail::new(&rest.fold(Joint::nobody(), Joint::join), rule);
            let join = |sum, groups: &[Group]| groups.iter().fold(sum, Joint::join);
            leave_each_out(half, Joint::nobody(), &|sum, camp| join(sum, &camp.stands), &mut |c, others| {
                half[c].turn(&mut found[first + c], |side| rest.carried_with(&join(others.clone(), side)));
            });
        }
    }
    found
}

/// Whether enough come whichever side each camp takes: even if all its members come as rarely as any of them on any side.
fn quorum_is_sure(rule: &Rule, loose: &[Group], camps: &[Camp]) -> bool {
    let rarest = |camp: &Camp| {
        let groups = || [camp.stands.as_slice()].into_iter().chain(camp.sides()).flatten();
        let comes = groups().map(|g| g.yes + g.no).fold(1.0, f64::min);
        Group { members: camp.stands.iter().map(|g| g.members).sum(), yes: comes, no: 0.0 }
    };
    let groups: Vec<Group> = loose.iter().copied().chain(camps.iter().map(rarest)).collect();
    rule.has_quorum_with_enough() || fewer(rule, &groups) < NEVER
}

/// One draw of a vote: votes for and against as things stand, and whether it is carried if each camp votes for, and against.
pub fn drawn(rule: &Rule, loose: &[Group], camps: &[Camp], rng: &mut impl Rng) -> ((u32, u32), Vec<[bool; 2]>) {
    let mut draw = |groups: &[Group]| groups.iter().map(|g| g.draw(rng)).fold((0, 0), |sum: (u32, u32), votes| (sum.0 + votes.0, sum.1 + votes.1));
    let rest = draw(loose);
    let camps: Vec<_> = camps.iter().map(|c| (draw(&c.stands), c.sides().map(&mut draw))).collect();
    let (yes, no) = camps.iter().fold(rest, |(yes, no), (stands, _)| (yes + stands.0, no + stands.1));
    let turned = |((y, n), sides): &((u32, u32), [(u32, u32); 2])| sides.map(|side| rule.carried(yes - y + side.0, no - n + side.1));
    ((yes, no), camps.iter().map(turned).collect())
}
