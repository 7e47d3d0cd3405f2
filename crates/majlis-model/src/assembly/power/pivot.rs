//! The chance that each party is pivotal.

use super::Game;

/// The probability that each party makes the others win who would not without it, if each of the others joins with probability `t`.
///
/// The weight of those before a party and of those after it are worked out once for all parties: O(parties × quota).
pub(super) fn pivotal(game: &Game, t: f64) -> Vec<f64> {
    let (n, quota) = (game.parties(), game.quota);
    // after[i][x]: probability that the parties from i on weigh x or less, for x below the quota.
    let mut after = vec![1.0; (n + 1) * quota];
    for i in (0..n).rev() {
        let (head, tail) = after.split_at_mut((i + 1) * quota);
        join_at_most(&mut head[i * quota..], &tail[..quota], game.weights[i], t);
    }
    let mut before = vec![0.0; quota];
    before[0] = 1.0;
    (0..n)
        .map(|i| {
            let (weight, after) = (game.weights[i], &after[(i + 1) * quota..(i + 2) * quota]);
            let at_most = |x: Option<usize>| x.map_or(0.0, |x| after[x]);
            // Those before weigh x; those after must weigh between quota - weight - x and quota - 1 - x.
            let chance = before.iter().enumerate().map(|(x, p)| p * (after[quota - 1 - x] - at_most((quota - x).checked_sub(weight + 1)))).sum();
            join(&mut before, weight, t);
            chance
        })
        .collect()
}

/// The distribution of a sum of weights below the quota, once a party of `weight` joins with probability `t`.
pub(super) fn join(sum: &mut [f64], weight: usize, t: f64) {
    for x in (0..sum.len()).rev() {
        let with = x.checked_sub(weight).map_or(0.0, |y| sum[y]);
        sum[x] = (1.0 - t) * sum[x] + t * with;
    }
}

fn join_at_most(out: &mut [f64], without: &[f64], weight: usize, t: f64) {
    for (x, out) in out.iter_mut().enumerate() {
        let with = x.checked_sub(weight).map_or(0.0, |y| without[y]);
        *out = (1.0 - t) * without[x] + t * with;
    }
}
