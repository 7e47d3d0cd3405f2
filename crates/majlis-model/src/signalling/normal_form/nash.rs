//! Nash equilibria of games of two.

use super::{Game, Profile};
use crate::error::{Error, Result};
use crate::signalling::linear::solve;

/// The Nash equilibria of a game of two players.
#[derive(Debug, Clone, PartialEq)]
pub struct Equilibria {
    /// Each a strategy of both. All there are, unless the game is degenerate; then the extreme ones, of which all others are
    /// mixtures.
    pub equilibria: Vec<Profile>,
    /// Whether some strategy has more best replies than actions it plays: there may then be infinitely many equilibria.
    pub degenerate: bool,
}

/// Most pairs of supports that are tried.
const PAIRS: usize = 200_000;

/// All Nash equilibria of a game of two players, by enumeration of supports: for every set of a player's actions and every set of
/// as many replies, the mixture of the former under which the latter are equally good, kept if no other reply is better. Two such
/// mixtures are an equilibrium if each plays only best replies to the other (von Stengel 2002, in the Handbook of Game Theory 3).
///
/// # Errors
/// If there are not two players, or too many actions for all supports to be tried (about nine each).
pub fn nash(game: &Game) -> Result<Equilibria> {
    let [rows, columns] = game.actions[..] else {
        return Err(Error::new("actions", format!("there must be two players, are {}", game.actions.len())));
    };
    let pairs = (1..=rows.min(columns)).try_fold(0_usize, |all, k| {
        let next = all.checked_add(choose(rows, k)?.checked_mul(choose(columns, k)?)?)?;
        (next <= PAIRS).then_some(next)
    });
    if pairs.is_none() {
        return Err(Error::new("actions", format!("{rows} and {columns} actions have more than {PAIRS} pairs of supports")));
    }
    // replies[i][j]: what reply j brings against action i.
    let to_rows: Vec<Vec<f64>> = (0..rows).map(|i| game.payoffs[1][i * columns..(i + 1) * columns].to_vec()).collect();
    let to_columns: Vec<Vec<f64>> = (0..columns).map(|j| (0..rows).map(|i| game.payoffs[0][i * columns + j]).collect()).collect();
    let (mine, yours) = (mixtures(&to_rows), mixtures(&to_columns));
    let degenerate = mine.iter().chain(&yours).any(|m| m.best.count_ones() > m.support.count_ones());
    let fits = |x: &Mixture, y: &Mixture| x.support & !y.best == 0 && y.support & !x.best == 0;
    let equilibria = mine.iter().flat_map(|x| yours.iter().filter(|y| fits(x, y)).map(|y| vec![x.shares.clone(), y.shares.clone()])).collect();
    Ok(Equilibria { equilibria, degenerate })
}

/// A mixture of actions, the actions it plays, and the best replies to it, as sets of bits.
struct Mixture {
    shares: Vec<f64>,
    support: u64,
    best: u64,
}

fn mixtures(replies: &[Vec<f64>]) -> Vec<Mixture> {
    let (n, m) = (replies.len(), replies[0].len());
    let (low, high) = replies.iter().flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    let scale = if high > low { high - low } else { 1.0 };
    let replies: Vec<Vec<f64>> = replies.iter().map(|row| row.iter().map(|x| (x - low) / scale).collect()).collect();
    let mut found: Vec<Mixture> = Vec::new();
    for size in 1..=n.min(m) {
        for support in subsets(n, size) {
            for level in subsets(m, size) {
                let Some(mixture) = mixture(&replies, support, level) else { continue };
                let same = |f: &Mixture| f.shares.iter().zip(&mixture.shares).all(|(a, b)| (a - b).abs() < EXACT);
                if !found.iter().any(|f| f.support == mixture.support && same(f)) {
                    found.push(mixture);
                }
            }
        }
    }
    found
}

/// Differences of payoffs and shares below this are none; payoffs here run from 0 to 1.
const EXACT: f64 = 1e-9;

/// The mixture of `support` under which the replies of `level` are equally good, if there is one such and no reply is better.
fn mixture(replies: &[Vec<f64>], support: u64, level: u64) -> Option<Mixture> {
    let (played, replied): (Vec<usize>, Vec<usize>) = (members(support).collect(), members(level).collect());
    // Unknown are the shares and the level; the equations are one for each reply, and that the shares sum to 1.
    let size = played.len() + 1;
    let mut rows: Vec<Vec<f64>> = replied.iter().map(|j| played.iter().map(|i| replies[*i][*j]).chain([-1.0]).collect()).collect();
    rows.push((0..size).map(|k| if k + 1 < size { 1.0 } else { 0.0 }).collect());
    let answer = solve(rows, (0..size).map(|k| if k + 1 < size { 0.0 } else { 1.0 }).collect())?;
    if answer[..size - 1].iter().any(|share| *share < EXACT) {
        return None;
    }
    let mut shares = vec![0.0; replies.len()];
    for (i, share) in played.iter().zip(&answer) {
        shares[*i] = *share;
    }
    let values: Vec<f64> = (0..replies[0].len()).map(|j| played.iter().map(|i| shares[*i] * replies[*i][j]).sum()).collect();
    let top = answer[size - 1];
    if values.iter().any(|v| *v > top + EXACT) {
        return None;
    }
    let best = (0..values.len()).filter(|j| values[*j] > top - EXACT).fold(0, |set, j| set | 1 << j);
    Some(Mixture { shares, support, best })
}

fn members(set: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |i| set >> i & 1 == 1)
}

/// The sets of `size` of the first `n` numbers, in rising order (Gosper's sequence); `n` is 63 at most, `size` 1 or more.
fn subsets(n: usize, size: usize) -> impl Iterator<Item = u64> {
    std::iter::successors(Some((1_u64 << size) - 1), |set| {
        let low = set & set.wrapping_neg();
        let ripple = set.wrapping_add(low);
        Some((((set ^ ripple) >> 2) / low) | ripple)
    })
    .take_while(move |set| set >> n == 0)
}

fn choose(n: usize, k: usize) -> Option<usize> {
    (0..k).try_fold(1_usize, |all, i| Some(all.checked_mul(n - i)? / (i + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_all_and_each_once() {
        assert_eq!(subsets(4, 2).collect::<Vec<_>>(), [0b0011, 0b0101, 0b0110, 0b1001, 0b1010, 0b1100]);
        assert_eq!(subsets(3, 3).collect::<Vec<_>>(), [0b111]);
        assert_eq!(subsets(63, 1).count(), 63);
        assert_eq!((choose(9, 4), choose(5, 5)), (Some(126), Some(1)));
    }
}
