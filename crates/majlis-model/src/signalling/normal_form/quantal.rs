//! Logit quantal-response equilibria (McKelvey and Palfrey 1995).
//!
//! In a logit equilibrium at precision λ each action is played with probability proportional to exp(λ × what it brings against
//! the others' equilibrium play). At λ = 0 all actions are equally likely; from there one branch of equilibria leads off, the
//! principal branch, and for almost all games it ends in a Nash equilibrium as λ grows. It is followed by predictor and corrector
//! on the logarithms of the probabilities, by arc length, so that it may turn back in λ (Turocy 2005).

use super::{Game, Profile};
use crate::error::{Error, Result, number};
use crate::signalling::linear::solve;

/// A point of the branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Precision, per unit of payoff.
    pub lambda: f64,
    /// The equilibrium there.
    pub profile: Profile,
}

/// The logit equilibrium on the principal branch at precision `lambda`, 0 or more: the first one there, if the branch comes by twice.
///
/// # Errors
/// If `lambda` is negative or no number, or the branch cannot be followed so far.
pub fn quantal_response(game: &Game, lambda: f64) -> Result<Profile> {
    let mut branch = principal_branch(game, lambda)?;
    branch.pop().map(|p| p.profile).ok_or_else(|| Error::new("lambda", "the branch is empty"))
}

/// The principal branch from λ = 0 to the first point at `lambda`, which is the last of the list.
///
/// # Errors
/// As [`quantal_response`].
pub fn principal_branch(game: &Game, lambda: f64) -> Result<Vec<Point>> {
    number("lambda", lambda, 0.0, 1e12)?;
    let path = Path::of(game);
    let target = lambda * path.unit;
    let mut at = path.start();
    let mut tangent = vec![0.0; at.len()];
    tangent[path.size] = 1.0;
    let mut step = 0.1;
    let mut branch = vec![path.point(&at)];
    for _ in 0..STEPS {
        if at[path.size] >= target {
            return Ok(branch);
        }
        tangent = path.tangent(&at, &tangent).ok_or_else(|| lost(&path, &at))?;
        let guess = moved(&at, &tangent, step);
        let arrives = guess[path.size] >= target;
        let next = if arrives {
            // The last step is made in λ, onto the target.
            let rest = (target - at[path.size]) / tangent[path.size];
            let mut guess = moved(&at, &tangent, rest);
            guess[path.size] = target;
            path.correct(guess, &path.along_lambda(), rest.abs())
        } else {
            path.correct(guess, &tangent, step)
        };
        match next {
            Some((next, eased)) => {
                at = next;
                branch.push(path.point(&at));
                if eased {
                    step *= 1.5;
                }
            }
            None => step = if arrives { (step / 2.0).min((target - at[path.size]) / 2.0) } else { step / 2.0 },
        }
        if step < 1e-12 {
            return Err(lost(&path, &at));
        }
    }
    Err(lost(&path, &at))
}

/// Most steps along a branch.
const STEPS: usize = 20_000;

fn lost(path: &Path<'_>, at: &[f64]) -> Error {
    Error::new("lambda", format!("the principal branch cannot be followed beyond {}", at[path.size] / path.unit))
}

fn moved(at: &[f64], tangent: &[f64], step: f64) -> Vec<f64> {
    at.iter().zip(tangent).map(|(x, t)| x + step * t).collect()
}

/// The equations of the branch. A place on it is the logarithms of all probabilities, player by player, and then λ in units of the
/// widest difference of payoffs.
struct Path<'a> {
    game: &'a Game,
    /// Number of actions of all players.
    size: usize,
    /// Where each player's actions begin.
    first: Vec<usize>,
    unit: f64,
}

impl<'a> Path<'a> {
    fn of(game: &'a Game) -> Self {
        let first = (0..game.actions.len()).map(|i| game.actions[..i].iter().sum()).collect();
        let size = game.actions.iter().sum();
        let spread = |table: &Vec<f64>| table.iter().copied().fold(f64::NEG_INFINITY, f64::max) - table.iter().copied().fold(f64::INFINITY, f64::min);
        let unit = game.payoffs.iter().map(spread).fold(0.0, f64::max);
        Self { game, size, first, unit: if unit > 0.0 { unit } else { 1.0 } }
    }

    fn start(&self) -> Vec<f64> {
        let even = self.game.actions.iter().flat_map(|n| vec![-(*n as f64).ln(); *n]);
        even.chain([0.0]).collect()
    }

    fn profile(&self, at: &[f64]) -> Profile {
        self.first.iter().zip(&self.game.actions).map(|(f, n)| at[*f..f + n].iter().map(|y| y.exp()).collect()).collect()
    }

    fn point(&self, at: &[f64]) -> Point {
        let mut profile = self.profile(at);
        for own in &mut profile {
            let sum: f64 = own.iter().sum();
            own.iter_mut().for_each(|p| *p /= sum);
        }
        Point { lambda: at[self.size] / self.unit, profile }
    }

    /// The direction in which only λ changes.
    fn along_lambda(&self) -> Vec<f64> {
        let mut direction = vec![0.0; self.size + 1];
        direction[self.size] = 1.0;
        direction
    }

    /// What the equations leave, and their Jacobian, a row for each: that a player's probabilities sum to 1, and for each action
    /// but the first that its log odds against the first are λ times what it brings more.
    fn equations(&self, at: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let profile = self.profile(at);
        let lambda = at[self.size];
        let actions = &self.game.actions;
        let mut values = vec![0.0; self.size];
        // slopes[a][b]: how the value of action a moves with the logarithm of the probability of action b.
        let mut slopes = vec![vec![0.0; self.size]; self.size];
        self.game.each_profile(|index, acts| {
            for (i, own) in acts.iter().enumerate() {
                let others: f64 = (0..acts.len()).filter(|j| *j != i).map(|j| profile[j][acts[j]]).product();
                let value = others * self.game.payoffs[i][index] / self.unit;
                let a = self.first[i] + own;
                values[a] += value;
                for j in (0..acts.len()).filter(|j| *j != i) {
                    slopes[a][self.first[j] + acts[j]] += value;
                }
            }
        });
        let (mut left, mut jacobian) = (vec![0.0; self.size], vec![vec![0.0; self.size + 1]; self.size]);
        for (i, first) in self.first.iter().copied().enumerate() {
            left[first] = profile[i].iter().sum::<f64>() - 1.0;
            jacobian[first][first..first + actions[i]].copy_from_slice(&profile[i]);
            for a in first + 1..first + actions[i] {
                let more = values[a] - values[first];
                left[a] = at[a] - at[first] - lambda * more;
                for b in 0..self.size {
                    jacobian[a][b] = -lambda * (slopes[a][b] - slopes[first][b]);
                }
                jacobian[a][a] += 1.0;
                jacobian[a][first] -= 1.0;
                jacobian[a][self.size] = -more;
            }
        }
        (left, jacobian)
    }

    /// The unit tangent of the branch on the side of `before`.
    fn tangent(&self, at: &[f64], before: &[f64]) -> Option<Vec<f64>> {
        let (_, mut jacobian) = self.equations(at);
        jacobian.push(before.to_vec());
        let mut ahead = vec![0.0; self.size + 1];
        ahead[self.size] = 1.0;
        let tangent = solve(jacobian, ahead)?;
        let length = tangent.iter().map(|t| t * t).sum::<f64>().sqrt();
        Some(tangent.iter().map(|t| t / length).collect())
    }

    /// Newton's method onto the branch from `guess`, at right angles to `direction`; and whether it was easy. It gives up where the
    /// corrections do not shrink or are not small beside the step, lest it jump to another branch.
    fn correct(&self, mut guess: Vec<f64>, direction: &[f64], step: f64) -> Option<(Vec<f64>, bool)> {
        let mut last = f64::INFINITY;
        let mut first = None;
        for _ in 0..12 {
            let (left, mut jacobian) = self.equations(&guess);
            jacobian.push(direction.to_vec());
            let correction = solve(jacobian, left.iter().map(|l| -l).chain([0.0]).collect())?;
            let length = correction.iter().map(|c| c * c).sum::<f64>().sqrt();
            let first = *first.get_or_insert(length);
            if first > 0.3 * step.max(1e-9) || length > last.max(1e-12) {
                return None;
            }
            guess = moved(&guess, &correction, 1.0);
            if length < 1e-13 * guess.iter().fold(1.0_f64, |m, x| m.max(x.abs())) {
                return Some((guess, first < 0.05 * step));
            }
            last = length / 2.0;
        }
        None
    }
}
