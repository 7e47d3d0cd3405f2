//! Logit quantal-response equilibria (McKelvey and Palfrey 1995).
//!
//! In a logit equilibrium at precision λ each action is played with probability proportional to exp(λ × what it brings against
//! the others' equilibrium play). At λ = 0 all actions are equally likely; from there one branch of equilibria leads off, the
//! principal branch, and for almost all games it ends in a Nash equilibrium as λ grows. It is followed by predictor and corrector
//! on the logarithms of the probabilities, by arc length, so that it may turn back in λ (Turocy 2005).

use super::{Game, Profile};
use crate::error::{Error, Result, number};
use crate::signalling::linear::{solve, solve_signed};

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
    let mut branch = vec![path.point(&at)];
    if target == 0.0 {
        return Ok(branch);
    }
    let (mut tangent, mut side) = path.tangent(&at, &path.along_lambda()).ok_or_else(|| lost(&path, &at))?;
    let mut step = 0.1;
    for _ in 0..STEPS {
        let next = path.correct(moved(&at, &tangent, step), &tangent, step);
        if let Some((next, eased)) = next
            && let Some((ahead, side_there)) = path.tangent(&next, &tangent)
            && dot(&ahead, &tangent) > STRAIGHT
            && (side_there == side || step < CROSSING)
        {
            if next[path.size] >= target {
                let share = (target - at[path.size]) / (next[path.size] - at[path.size]);
                let mut guess: Vec<f64> = at.iter().zip(&next).map(|(a, n)| a + share * (n - a)).collect();
                guess[path.size] = target;
                if let Some((last, _)) = path.correct(guess, &path.along_lambda(), step) {
                    branch.push(path.point(&last));
                    return Ok(branch);
                }
                step /= 2.0;
            } else {
                (at, tangent, side) = (next, ahead, side_there);
                branch.push(path.point(&at));
                if eased {
                    step *= 1.5;
                }
            }
        } else {
            step /= 2.0;
        }
        if step < 1e-10 {
            break;
        }
    }
    Err(lost(&path, &at))
}

/// Least cosine of the turn of the branch in one step.
const STRAIGHT: f64 = 0.95;
/// The determinant of the Jacobian and the tangent keeps its sign along a branch but where another branch crosses it, as happens in
/// symmetric games. A change of sign within a longer step than this is taken for a jump to another branch or back, and the step
/// is made shorter; within a shorter one, for a crossing, and the branch is followed straight on.
const CROSSING: f64 = 1e-4;
/// Most steps along a branch.
const STEPS: usize = 20_000;

fn lost(path: &Path<'_>, at: &[f64]) -> Error {
    Error::new("lambda", format!("the principal branch cannot be followed beyond {}", at[path.size] / path.unit))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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

    /// The unit tangent of the branch on the side of `before`, and whether its determinant with the Jacobian is positive.
    fn tangent(&self, at: &[f64], before: &[f64]) -> Option<(Vec<f64>, bool)> {
        let (_, mut jacobian) = self.equations(at);
        jacobian.push(before.to_vec());
        let (tangent, positive) = solve_signed(jacobian, self.along_lambda())?;
        let length = dot(&tangent, &tangent).sqrt();
        Some((tangent.iter().map(|t| t / length).collect(), positive))
    }

    /// Newton's method onto the branch from `guess`, at right angles to `direction`; and whether it was easy. It gives up where the
    /// corrections do not shrink or are not small beside the step, lest it jump to another branch. It is done when the equations
    /// are met to rounding; near a crossing the place itself is not known so well.
    fn correct(&self, mut guess: Vec<f64>, direction: &[f64], step: f64) -> Option<(Vec<f64>, bool)> {
        let (mut first, mut last) = (None, f64::INFINITY);
        for _ in 0..12 {
            let (left, mut jacobian) = self.equations(&guess);
            let scale = guess.iter().fold(1.0_f64, |m, x| m.max(x.abs()));
            if left.iter().all(|l| l.abs() < 4.0 * f64::EPSILON * scale) {
                return Some((guess, first.is_none_or(|f| f < 0.05 * step)));
            }
            jacobian.push(direction.to_vec());
            let correction = solve(jacobian, left.iter().map(|l| -l).chain([0.0]).collect())?;
            let length = dot(&correction, &correction).sqrt();
            if *first.get_or_insert(length) > 0.3 * step || length > last {
                return None;
            }
            guess = moved(&guess, &correction, 1.0);
            if length < 1e-13 * scale {
                return Some((guess, first.is_none_or(|f| f < 0.05 * step)));
            }
            last = length / 2.0;
        }
        None
    }
}
