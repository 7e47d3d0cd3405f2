//! All equilibria of the game.

use super::Game;
use serde::Serialize;

/// An equilibrium.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Equilibrium {
    /// Probability that the challenged resists a challenge (pR).
    pub resist: f64,
    /// Probability of a challenge (pC).
    pub challenge: f64,
    /// Probability that the challenger, once resisted, stands firm (pF): how far the challenge is believed.
    pub firm: f64,
    /// Whether the answer to a slightly higher expected resistance is less than that: small errors of expectation mend themselves.
    pub stable: bool,
}

/// One number for each way that the game can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Outcomes<T> {
    /// No challenge.
    pub status_quo: T,
    /// Challenge, concession.
    pub concession: T,
    /// Challenge, resistance, the challenger stands firm.
    pub war: T,
    /// Challenge, resistance, the challenger backs down.
    pub backed_down: T,
}

/// One number for each way that a challenge can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Answers<T> {
    /// The challenged concedes.
    pub concession: T,
    /// It resists, and the challenger stands firm.
    pub war: T,
    /// It resists, and the challenger backs down.
    pub backed_down: T,
}

impl Equilibrium {
    /// Probabilities of the outcomes; they sum to 1.
    #[must_use]
    pub fn outcomes(&self) -> Outcomes<f64> {
        let Answers { concession, war, backed_down } = self.answers();
        let made = self.challenge;
        Outcomes { status_quo: 1.0 - made, concession: made * concession, war: made * war, backed_down: made * backed_down }
    }

    /// Probabilities of the outcomes once the challenge is made; they sum to 1.
    #[must_use]
    pub fn answers(&self) -> Answers<f64> {
        Answers { concession: 1.0 - self.resist, war: self.resist * self.firm, backed_down: self.resist * (1.0 - self.firm) }
    }
}

/// Width of the cells into which the search cuts 0–1.
const CELL: f64 = 1.0 / (1 << 20) as f64;

impl Game {
    /// All equilibria, by rising probability of resistance: at least one, and but for borderline payoffs an odd number.
    ///
    /// Every cell of 0–1 that can hold one is searched: the answer to an expected resistance is monotone, so over a cell it lies
    /// between its values at the ends, and a cell that does not meet that interval is free of equilibria. Two that lie within a
    /// millionth of one another, as they do just before they vanish, may be missed together.
    #[must_use]
    pub fn equilibria(&self) -> Vec<Equilibrium> {
        let mut found = Vec::new();
        let mut cells = vec![(0.0, self.answer(0.0), 1.0, self.answer(1.0))];
        while let Some((a, at_a, b, at_b)) = cells.pop() {
            if at_a.min(at_b) > b || at_a.max(at_b) < a {
                continue;
            }
            if b - a > CELL {
                let middle = (a + b) / 2.0;
                let answer = self.answer(middle);
                cells.push((middle, answer, b, at_b));
                cells.push((a, at_a, middle, answer));
                continue;
            }
            let (above_a, above_b) = (above(a, at_a), above(b, at_b));
            if above_a != above_b {
                found.push(self.at(self.crossing(a, b, above_a), above_a));
            }
        }
        found
    }

    /// The p between `a` and `b` where the answer crosses p, by bisection.
    fn crossing(&self, mut a: f64, mut b: f64, above_a: bool) -> f64 {
        while b - a > 1e-16 {
            let middle = (a + b) / 2.0;
            if middle <= a || middle >= b {
                break;
            }
            if above(middle, self.answer(middle)) == above_a { a = middle } else { b = middle }
        }
        (a + b) / 2.0
    }

    fn at(&self, resist: f64, stable: bool) -> Equilibrium {
        let cutoff = self.cutoff(resist);
        Equilibrium { resist, challenge: self.challenge(cutoff), firm: self.firm(cutoff), stable }
    }

    /// The equilibrium that a forecast rests on, among all: the one that expectations reach when both sides begin by holding
    /// resistance as likely as not and then expect, again and again, what answers the last expectation. It is a stable one;
    /// where there is only one, there is no choice.
    #[must_use]
    pub fn select(&self, equilibria: &[Equilibrium]) -> Equilibrium {
        let answer = self.answer(0.5);
        let up = equilibria.iter().find(|e| e.resist >= 0.5);
        let down = equilibria.iter().rev().find(|e| e.resist <= 0.5);
        let (wanted, other) = if answer > 0.5 { (up, down) } else { (down, up) };
        wanted.or(other).copied().unwrap_or_else(|| self.at(answer, true))
    }
}

/// Whether the answer lies above the expectation; at 0 it counts as above and at 1 as not, so that a crossing is never lost.
fn above(resist: f64, answer: f64) -> bool {
    resist <= 0.0 || (resist < 1.0 && answer > resist)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signalling::crisis::Payoffs;
    use proptest::prelude::*;

    #[test]
    fn the_equilibrium_chosen_is_where_expectations_go() {
        let payoffs = Payoffs { status_quo: 0.0, prize: 1.0, war: -1.9, backing_down: -1.2, conceding: 0.0, resisting: -2.9, prevailing: 1.0 };
        let game = Game::new(payoffs).unwrap();
        let expected = (0..200).fold(0.5, |p, _| game.answer(p));
        assert!((game.select(&game.equilibria()).resist - expected).abs() < 1e-9);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn answers_are_monotone_and_no_crossing_on_a_grid_is_missed(
            war in -4.0..0.0f64, lead in 0.0..2.0f64, resisting in -6.0..0.0f64, prevailing in 0.5..2.0f64
        ) {
            let payoffs = Payoffs { status_quo: 0.0, prize: 1.0, war, backing_down: war + lead, conceding: 0.0, resisting, prevailing };
            let game = Game::new(payoffs).unwrap();
            let grid: Vec<f64> = (0..=4000).map(|i| f64::from(i) / 4000.0).collect();
            let answers: Vec<f64> = grid.iter().map(|p| game.answer(*p)).collect();
            prop_assert!(answers.windows(2).all(|w| w[0] <= w[1] + 1e-12));
            let signs: Vec<bool> = grid.iter().zip(&answers).map(|(p, a)| above(*p, *a)).collect();
            let crossings = signs.windows(2).filter(|w| w[0] != w[1]).count();
            prop_assert!(game.equilibria().len() >= crossings);
        }
    }
}
