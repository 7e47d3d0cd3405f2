//! The crisis-signalling game of Lewis and Schultz (2003).
//!
//! A challenger keeps quiet or challenges; the challenged concedes or resists; a challenger that is resisted stands firm or backs
//! down. Each side knows more of its own payoffs than the other does, so a challenge says something of the challenger's resolve,
//! and how much it says depends on what backing down would cost.
//!
//! Payoffs are counted in standard deviations of what is private. Private are, each normal and independent: the challenger's
//! payoff from war and from backing down, and the challenged's payoff from war. With the challenged resisting with probability
//! p, the challenger challenges if its better last word brings more than c = (S − (1 − p) V) / p; a challenge is thus made with
//! probability 1 − Φ(c − W) Φ(c − a) and stood by, once made, with the probability that war is the better of the two; the
//! challenged resists with probability Φ(W' + ((1 − q) V' − C') / q) when it expects the challenge to be stood by with
//! probability q. An equilibrium is a p that reproduces itself (Lewis and Schultz 2003, Political Analysis 11; in this form
//! Crisman-Cox and Gibilisco 2019, Political Science Research and Methods, doi 10.1017/psrm.2019.58).

mod audience;
mod belief;
mod equilibrium;
mod threat;

pub use audience::{Aim, AudienceCost};
pub use equilibrium::{Answers, Equilibrium, Outcomes};
pub use threat::{Forecast, Needed, Rules, Stakes, Terms, forecast, needed};

use crate::error::{Result, number};
use belief::normal;

/// Mean payoffs of both sides, in standard deviations of what is private.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Payoffs {
    /// The challenger's if nothing is said (S).
    pub status_quo: f64,
    /// The challenger's if the challenged concedes (V).
    pub prize: f64,
    /// The challenger's mean if it stands firm against resistance (W).
    pub war: f64,
    /// The challenger's mean if it backs down (a): less its audience cost.
    pub backing_down: f64,
    /// The challenged's if it concedes (C').
    pub conceding: f64,
    /// The challenged's mean if it resists and the challenger stands firm (W').
    pub resisting: f64,
    /// The challenged's if it resists and the challenger backs down (V').
    pub prevailing: f64,
}

/// A crisis-signalling game.
// Invariant: every payoff is finite, of size 1e6 at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Game(Payoffs);

impl Game {
    /// The game with these payoffs.
    ///
    /// # Errors
    /// If one is no number, or beyond a million standard deviations; names it.
    pub fn new(payoffs: Payoffs) -> Result<Self> {
        let Payoffs { status_quo, prize, war, backing_down, conceding, resisting, prevailing } = payoffs;
        for (key, value) in [
            ("status_quo", status_quo),
            ("prize", prize),
            ("war", war),
            ("backing_down", backing_down),
            ("conceding", conceding),
            ("resisting", resisting),
            ("prevailing", prevailing),
        ] {
            number(key, value, -1e6, 1e6)?;
        }
        Ok(Self(payoffs))
    }

    /// The payoffs.
    #[must_use]
    pub fn payoffs(&self) -> Payoffs {
        self.0
    }

    /// What its last word must bring the challenger for a challenge to pay, if it is resisted with probability `resist`.
    fn cutoff(&self, resist: f64) -> f64 {
        let gap = self.0.prize - self.0.status_quo;
        if gap == 0.0 { self.0.prize } else { self.0.prize - gap / resist }
    }

    /// Probability of a challenge, given the cutoff.
    fn challenge(&self, cutoff: f64) -> f64 {
        let (u, v) = (cutoff - self.0.war, cutoff - self.0.backing_down);
        normal(-u) + normal(u) * normal(-v)
    }

    /// Probability that a challenge is stood by, given the cutoff: it rises with the cutoff where war is better than backing down
    /// on the mean, and falls where it is worse, for the share that war has of the challenges added at a cutoff is a ratio of
    /// reversed hazards of the normal, which is monotone.
    fn firm(&self, cutoff: f64) -> f64 {
        belief::firm(cutoff - self.0.war, cutoff - self.0.backing_down, (self.0.war - self.0.backing_down) * std::f64::consts::FRAC_1_SQRT_2)
    }

    /// Probability that the challenged resists, given its belief that the challenger stands firm.
    fn resist(&self, firm: f64) -> f64 {
        let stake = self.0.prevailing - self.0.conceding;
        let odds = if stake == 0.0 { 0.0 } else { stake / firm };
        normal(self.0.resisting - self.0.prevailing + odds)
    }

    /// Probability of resistance that answers an expected one: monotone, being made of monotone parts.
    fn answer(&self, resist: f64) -> f64 {
        self.resist(self.firm(self.cutoff(resist)))
    }
}
