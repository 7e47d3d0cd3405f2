//! The chance that each party is pivotal.

use super::Game;
use crate::assembly::leave_out::leave_each_out;

/// Probabilities of joining, and the weight of each.
pub(super) type Rule = Vec<(f64, f64)>;

/// The chance that each party makes the others win who would not without it, when other unions join whole with a probability by
/// the rule `among`, and fellow members each with one by the rule `inside` for a union of that many.
pub(super) fn pivotal(game: &Game, union: &[usize], among: &Rule, inside: impl Fn(usize) -> Rule) -> Vec<f64> {
    let mut names: Vec<usize> = union.to_vec();
    names.sort_unstable();
    names.dedup();
    let members: Vec<Vec<usize>> = names.iter().map(|name| (0..union.len()).filter(|i| union[*i] == *name).collect()).collect();
    let weigh = |members: &Vec<usize>| members.iter().map(|i| game.weights[*i]).sum::<usize>();
    let unions: Vec<usize> = members.iter().map(weigh).collect();
    let mut nobody = vec![0.0; game.quota];
    nobody[0] = 1.0;
    // For each union, the distribution of what the other unions weigh, below the quota.
    let mut others = vec![vec![0.0; game.quota]; unions.len()];
    for (t, share) in among {
        leave_each_out(&unions, nobody.clone(), &|sum, weight| join(&sum, *weight, *t), &mut |u, sum| {
            others[u].iter_mut().zip(sum).for_each(|(all, now)| *all += share * now);
        });
    }
    let mut index = vec![0.0; union.len()];
    for (fellows, others) in members.iter().zip(&others) {
        for (t, share) in inside(fellows.len()) {
            leave_each_out(fellows, others.clone(), &|sum, i| join(&sum, game.weights[*i], t), &mut |f, sum| {
                let least = game.quota.saturating_sub(game.weights[fellows[f]]);
                index[fellows[f]] += share * sum[least..].iter().sum::<f64>();
            });
        }
    }
    // A whole that rounds above one.
    index.iter_mut().for_each(|chance| *chance = chance.min(1.0));
    index
}

/// The distribution of a sum of weights below the quota, once a party of `weight` joins with probability `t`.
fn join(sum: &[f64], weight: usize, t: f64) -> Vec<f64> {
    let (light, heavy) = sum.split_at(weight.min(sum.len()));
    let mut joined = Vec::with_capacity(sum.len());
    joined.extend(light.iter().map(|without| (1.0 - t) * without));
    joined.extend(heavy.iter().zip(sum).map(|(without, with)| (1.0 - t) * without + t * with));
    joined
}
