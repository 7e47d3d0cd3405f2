//! Sums over members on one line of numbers: who comes, who votes for, and by how much those outnumber the votes against.

use super::vote::{Group, Rule};

/// What a member adds to a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// 1 for a member who comes.
    Presence,
    /// 1 for a vote for.
    Favour,
    /// 0 for a vote against, 1 for none, 2 for a vote for.
    Balance,
}

impl Line {
    /// The line on which a vote with its quorum is decided.
    pub(super) fn deciding(rule: &Rule) -> Self {
        if rule.weighs_noes() { Self::Balance } else { Self::Favour }
    }

    /// The chances that a member adds 0, 1, 2.
    fn chances(self, group: &Group) -> [f64; 3] {
        match self {
            Self::Presence => [group.absent(), group.yes + group.no, 0.0],
            Self::Favour => [group.absent() + group.no, group.yes, 0.0],
            Self::Balance => [group.no, group.absent(), group.yes],
        }
    }

    /// The distribution of the sum over all members of some groups, from 0 up.
    pub(super) fn sum(self, groups: &[Group]) -> Vec<f64> {
        groups.iter().fold(vec![1.0], |sum, group| self.add(sum, group))
    }

    /// The distribution of a sum, once the members of a group have added to it.
    pub(super) fn add(self, mut sum: Vec<f64>, group: &Group) -> Vec<f64> {
        let chances = self.chances(group);
        let reach = if self == Self::Balance { 2 } else { 1 };
        let mut next = Vec::with_capacity(sum.len() + reach * group.members as usize);
        for _ in 0..group.members {
            next.clear();
            next.resize(sum.len() + reach, 0.0);
            for (added, chance) in chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
                next[added..].iter_mut().zip(&sum).for_each(|(next, before)| *next += chance * before);
            }
            std::mem::swap(&mut sum, &mut next);
        }
        sum
    }
}

/// The probability that a vote with its quorum is carried when two independent parts add to its deciding line.
pub(super) fn carried(rule: &Rule, one: &[f64], other: &[f64]) -> f64 {
    // On the balance line n members reach from 0 to 2n, and above n there is a majority.
    let even = if rule.weighs_noes() { one.len() / 2 + other.len() / 2 } else { 0 };
    let needed = even + rule.line_needed() as usize;
    let mut tail = one.to_vec();
    for x in (0..tail.len().saturating_sub(1)).rev() {
        tail[x] += tail[x + 1];
    }
    other.iter().enumerate().map(|(x, chance)| chance * tail.get(needed.saturating_sub(x)).unwrap_or(&0.0)).sum()
}
