//! Small games in tables: quantal-response and Nash equilibria.

mod nash;
mod quantal;

pub use nash::{Equilibria, nash};
pub use quantal::{Point, principal_branch, quantal_response};

use crate::error::{Error, Result, number};

/// A mixed profile: player by player, the probabilities of that player's actions.
pub type Profile = Vec<Vec<f64>>;

/// A game in normal form.
// Invariant: two players or more, each with one action or more; a finite payoff to each in every profile; sizes within LIMIT.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    actions: Vec<usize>,
    payoffs: Vec<Vec<f64>>,
}

/// Most profiles of a game.
const PROFILES: usize = 100_000;
/// Most actions of all players together.
const ACTIONS: usize = 64;

impl Game {
    /// The game of players with so many `actions`. `payoffs[i]` holds player i's payoff in every profile, the last player's
    /// action changing fastest.
    ///
    /// # Errors
    /// If there are fewer than two players, a player without actions, more than 64 actions or 100,000 profiles, or a payoff is
    /// missing or not finite.
    pub fn new(actions: &[usize], payoffs: Vec<Vec<f64>>) -> Result<Self> {
        let profiles = Self::check_size(actions)?;
        if payoffs.len() != actions.len() {
            return Err(Error::new("payoffs", format!("there are {} players and payoffs to {}", actions.len(), payoffs.len())));
        }
        for (i, table) in payoffs.iter().enumerate() {
            if table.len() != profiles {
                return Err(Error::new(format!("payoffs[{i}]"), format!("there are {profiles} profiles and {} payoffs", table.len())));
            }
            for (k, payoff) in table.iter().enumerate() {
                number(&format!("payoffs[{i}][{k}]"), *payoff, -1e100, 1e100)?;
            }
        }
        Ok(Self { actions: actions.to_vec(), payoffs })
    }

    /// Number of profiles of players with so many actions.
    pub(super) fn check_size(actions: &[usize]) -> Result<usize> {
        if actions.len() < 2 {
            return Err(Error::new("actions", format!("there must be two players or more, are {}", actions.len())));
        }
        if let Some(i) = actions.iter().position(|n| *n == 0) {
            return Err(Error::new(format!("actions[{i}]"), "there is none"));
        }
        let profiles = actions.iter().try_fold(1_usize, |all, n| all.checked_mul(*n).filter(|all| *all <= PROFILES));
        let profiles = profiles.filter(|_| actions.iter().sum::<usize>() <= ACTIONS);
        profiles.ok_or_else(|| Error::new("actions", format!("the game has more than {ACTIONS} actions or {PROFILES} profiles")))
    }

    /// The game of two players, the rows' payoffs in `a` and the columns' in `b`, row by row.
    ///
    /// # Errors
    /// As [`Game::new`], or if the rows are not of one length.
    pub fn bimatrix(a: &[Vec<f64>], b: &[Vec<f64>]) -> Result<Self> {
        let columns = a.first().map_or(0, Vec::len);
        for (key, table) in [("a", a), ("b", b)] {
            if table.len() != a.len() || table.iter().any(|row| row.len() != columns) {
                return Err(Error::new(key, format!("must have {} rows of {columns}", a.len())));
            }
        }
        Self::new(&[a.len(), columns], vec![a.concat(), b.concat()])
    }

    /// Number of actions of each player.
    #[must_use]
    pub fn actions(&self) -> &[usize] {
        &self.actions
    }

    /// What each action brings its player while all others keep to `profile`.
    ///
    /// # Errors
    /// If the profile has not as many players or actions as the game.
    pub fn values(&self, profile: &[Vec<f64>]) -> Result<Profile> {
        if profile.iter().map(Vec::len).ne(self.actions.iter().copied()) {
            return Err(Error::new("profile", "does not fit the game's actions"));
        }
        let mut values: Profile = self.actions.iter().map(|n| vec![0.0; *n]).collect();
        self.each_profile(|index, at| {
            for (i, own) in at.iter().enumerate() {
                let others: f64 = (0..at.len()).filter(|j| *j != i).map(|j| profile[j][at[j]]).product();
                values[i][*own] += others * self.payoffs[i][index];
            }
        });
        Ok(values)
    }

    /// Calls `visit` with every profile's index and actions.
    fn each_profile(&self, mut visit: impl FnMut(usize, &[usize])) {
        let mut at = vec![0; self.actions.len()];
        for profile in 0..self.payoffs[0].len() {
            visit(profile, &at);
            for i in (0..at.len()).rev() {
                at[i] += 1;
                if at[i] < self.actions[i] {
                    break;
                }
                at[i] = 0;
            }
        }
    }
}
