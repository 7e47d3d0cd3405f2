//! What backing down must cost for a challenge to be believed, or heeded.

use super::belief::normal;
use super::{Equilibrium, Game, Payoffs};
use crate::error::{Result, number};

/// What the challenger wants of the challenged, as a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// That it believes the challenge will be stood by with this probability or more.
    Believed(f64),
    /// That it concedes with this probability or more.
    Conceded(f64),
}

/// The least audience cost, in the units of the payoffs, 0 or more; `None` where no cost is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AudienceCost {
    /// From which on some equilibrium reaches the aim.
    pub possible: Option<f64>,
    /// From which on every equilibrium reaches it.
    pub certain: Option<f64>,
}

impl Game {
    /// The audience cost that the aim needs, all other payoffs being as they are: backing down then pays the challenger its
    /// negative. To within a billionth.
    ///
    /// A higher cost makes a challenge more credible in the equilibrium where it is least believed and in the one where it is
    /// most believed, and, where the challenged would rather prevail than concede, more often heeded; so each bound is the end of
    /// an interval.
    ///
    /// # Errors
    /// If the probability of the aim does not lie between 0 and 1.
    pub fn audience_cost(&self, aim: Aim) -> Result<AudienceCost> {
        let (Aim::Believed(p) | Aim::Conceded(p)) = aim;
        number("aim", p, 0.0, 1.0)?;
        let reached = |e: &Equilibrium| match aim {
            Aim::Believed(p) => e.firm >= p,
            Aim::Conceded(p) => 1.0 - e.resist >= p,
        };
        let equilibria = |cost: f64| Self(Payoffs { backing_down: -cost, ..self.0 }).equilibria();
        let most = self.0.war.abs() + BEYOND;
        Ok(AudienceCost {
            possible: least(most, |cost| equilibria(cost).iter().any(reached)),
            certain: least(most, |cost| equilibria(cost).iter().all(reached)),
        })
    }

    /// How often the challenged would concede to a challenge that is sure to be stood by: no audience cost brings more.
    #[must_use]
    pub fn most_conceded(&self) -> f64 {
        normal(self.0.conceding - self.0.resisting)
    }
}

/// So many standard deviations beyond war, nobody backs down.
const BEYOND: f64 = 60.0;

/// The least number from 0 to `most` from which on `enough` holds, by bisection.
fn least(most: f64, enough: impl Fn(f64) -> bool) -> Option<f64> {
    if enough(0.0) {
        return Some(0.0);
    }
    if !enough(most) {
        return None;
    }
    let (mut short, mut long) = (0.0, most);
    while long - short > 1e-9 {
        let middle = (short + long) / 2.0;
        if middle <= short || middle >= long {
            break;
        }
        if enough(middle) { long = middle } else { short = middle }
    }
    Some(long)
}
