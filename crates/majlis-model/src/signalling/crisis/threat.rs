//! A standoff's threats as crisis games.

use super::{Aim, Answers, Game, Outcomes, Payoffs};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::range::Range;
use crate::signalling::assumption::{self, Assumption};
use crate::standoff::{Standoff, Threat};
use crate::streams::{Stream, Streams};
use serde::{Deserialize, Serialize};

/// What the game needs beyond the standoff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Standard deviation, in points, of what one side does not know of a payoff of the other; more than 0.
    pub private: Assumption,
}

impl Rules {
    /// The rules shipped with the crate, `data/crisis.toml`.
    ///
    /// # Errors
    /// If the data is broken; names line and key.
    pub fn shipped() -> Result<Self> {
        Self::read("data/crisis.toml", include_str!("../../../data/crisis.toml"))
    }

    /// Reads rules from TOML; `name` is what errors call the file.
    ///
    /// # Errors
    /// If the text is no such file or a value is out of range; names line and key.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let rules: Self = assumption::read(name, text)?;
        rules.private.between("private", 0.01, 1000.0)?;
        Ok(rules)
    }
}

/// What is at stake in a threat, uncertain as it is: the threat's own terms and both sides' stands on its issue, each 0–100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    demand: Range,
    harm: Range,
    cost: Range,
    audience_cost: Range,
    threatener: Stand,
    threatened: Stand,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Stand {
    position: Range,
    salience: Range,
}

/// What is at stake, in points: 100 is a full swing on an issue of full salience.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stakes {
    /// What the threatener gains if the threatened gives way.
    pub gain: f64,
    /// What giving way costs the threatened.
    pub loss: f64,
    /// What it costs the threatened if the threat is carried out.
    pub harm: f64,
    /// What it costs the threatener to carry it out.
    pub cost: f64,
    /// What it costs the threatener to back down.
    pub audience_cost: f64,
}

/// Number of ranges that the stakes are made of.
const ASKED: u32 = 8;

impl Terms {
    /// The terms of a threat. A threatener without a stand on the issue is taken to want what it demands, with full salience.
    ///
    /// # Errors
    /// If the threatened has no stand on the issue.
    pub fn of(standoff: &Standoff, threat: &Threat) -> Result<Self> {
        let stand = |id: &str| {
            let index = standoff.actor(id)?;
            standoff.stands(&threat.issue).find(|(a, _)| *a == index).map(|(_, s)| Stand { position: s.position, salience: s.salience })
        };
        let threatened =
            stand(&threat.to).ok_or_else(|| Error::new(format!("threat.{}.to", threat.id), format!("{} has no stand on {}", threat.to, threat.issue)))?;
        let threatener = stand(&threat.by).unwrap_or(Stand { position: threat.demand, salience: Range::FULL });
        Ok(Self { demand: threat.demand, harm: threat.harm, cost: threat.cost, audience_cost: threat.audience_cost, threatener, threatened })
    }

    /// What is at stake, every range asked by `value`.
    fn stakes(&self, mut value: impl FnMut(&Range) -> f64) -> Stakes {
        let (demand, harm, cost, audience_cost) = (value(&self.demand), value(&self.harm), value(&self.cost), value(&self.audience_cost));
        let (wish, cares) = (value(&self.threatener.position), value(&self.threatener.salience) / 100.0);
        let (stands, minds) = (value(&self.threatened.position), value(&self.threatened.salience) / 100.0);
        Stakes { gain: cares * ((stands - wish).abs() - (demand - wish).abs()), loss: minds * (demand - stands).abs(), harm, cost, audience_cost }
    }

    /// The stakes with every number at its likeliest.
    #[must_use]
    pub fn modes(&self) -> Stakes {
        self.stakes(Range::mode)
    }

    /// Each of the stakes by name, from the least to the most that the ranges allow at their ends.
    pub(crate) fn ranges(&self) -> [(&'static str, Result<Range>); 5] {
        let ends: Vec<Stakes> = (0..1_u32 << ASKED)
            .map(|ends| {
                let mut asked = 0..ASKED;
                self.stakes(|range| if asked.next().is_some_and(|i| ends >> i & 1 == 1) { range.high() } else { range.low() })
            })
            .collect();
        let modes = self.modes();
        let over = |of: fn(&Stakes) -> f64| {
            let (low, high) = ends.iter().map(of).fold((of(&modes), of(&modes)), |(low, high), x| (low.min(x), high.max(x)));
            Range::new(low, of(&modes), high)
        };
        [("gain", over(|s| s.gain)), ("loss", over(|s| s.loss)), ("harm", Ok(self.harm)), ("cost", Ok(self.cost)), ("audience_cost", Ok(self.audience_cost))]
    }

    /// One draw of the stakes.
    pub fn draw(&self, rng: &mut Stream) -> Stakes {
        self.stakes(|range| range.draw(rng))
    }
}

impl Stakes {
    /// The game of these stakes, with `private` points to the standard deviation.
    ///
    /// The status quo is 0 to both. If the threatened gives way, the threatener has its gain and the threatened its loss. If the
    /// threat is carried out, the threatener pays its cost and the threatened takes the harm, and the demand is not met. If the
    /// threatener backs down, it pays its audience cost and the threatened loses nothing.
    ///
    /// # Errors
    /// If a payoff is no number.
    pub fn game(&self, private: f64) -> Result<Game> {
        Game::new(Payoffs {
            status_quo: 0.0,
            prize: self.gain / private,
            war: -self.cost / private,
            backing_down: -self.audience_cost / private,
            conceding: -self.loss / private,
            resisting: -self.harm / private,
            prevailing: 0.0,
        })
    }
}

/// What comes of a threat, each number a distribution over what is not known of the stakes. Its mean is the forecast; its
/// spread is how much the forecast hangs on the ranges.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Probabilities of the outcomes, seen from before the threat is made.
    pub outcomes: Outcomes<Distribution>,
    /// Probabilities of the answers, once the threat is made.
    pub answers: Answers<Distribution>,
    /// How far the threat is believed, once made.
    pub believed: Distribution,
    /// Share of draws with 1, 2, 3 … equilibria.
    pub equilibria: Vec<f64>,
    /// Most less least probability of a concession, once the threat is made, among the equilibria of a draw.
    pub spread: Distribution,
}

/// Plays a threat `draws` times, each with its own stakes; where a draw has several equilibria, [`Game::select`] picks one, and
/// [`Forecast::spread`] tells how far apart they lie.
///
/// # Errors
/// If there is no draw, or the threatened has no stand on the issue.
pub fn forecast(standoff: &Standoff, threat: &Threat, rules: &Rules, seed: u64, draws: u64) -> Result<Forecast> {
    let terms = Terms::of(standoff, threat)?;
    let plays = Streams::new(seed).map(draws, |_, rng| {
        let game = terms.draw(rng).game(rules.private.value.draw(rng))?;
        let equilibria = game.equilibria();
        let concessions = equilibria.iter().map(|e| 1.0 - e.resist);
        let spread = concessions.clone().fold(0.0, f64::max) - concessions.fold(1.0, f64::min);
        Ok((game.select(&equilibria), equilibria.len(), spread))
    });
    let plays = plays.into_iter().collect::<Result<Vec<_>>>()?;
    let of = |number: fn(&super::Equilibrium) -> f64| Distribution::new(plays.iter().map(|(e, ..)| number(e)).collect()).map_err(|e| e.within("draws"));
    let most = plays.iter().map(|(_, n, _)| *n).max().unwrap_or(0);
    Ok(Forecast {
        outcomes: Outcomes {
            status_quo: of(|e| e.outcomes().status_quo)?,
            concession: of(|e| e.outcomes().concession)?,
            war: of(|e| e.outcomes().war)?,
            backed_down: of(|e| e.outcomes().backed_down)?,
        },
        answers: Answers { concession: of(|e| e.answers().concession)?, war: of(|e| e.answers().war)?, backed_down: of(|e| e.answers().backed_down)? },
        believed: of(|e| e.firm)?,
        equilibria: (1..=most).map(|n| plays.iter().filter(|(_, m, _)| *m == n).count() as f64 / plays.len() as f64).collect(),
        spread: Distribution::new(plays.iter().map(|(.., spread)| *spread).collect())?,
    })
}

/// What it must cost a threatener to back down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Needed {
    /// Share of draws in which some audience cost is enough for every equilibrium to reach the aim.
    pub reachable: f64,
    /// The least such cost, in points, over those draws; `None` where there is none. It may be more than 100: more than a
    /// standoff's threat can carry.
    pub cost: Option<Distribution>,
}

/// What backing down must cost the threatener for the threatened to believe it, or to give way, in every equilibrium.
///
/// # Errors
/// If there is no draw, the aim is no probability, or the threatened has no stand on the issue.
pub fn needed(standoff: &Standoff, threat: &Threat, rules: &Rules, aim: Aim, seed: u64, draws: u64) -> Result<Needed> {
    if draws == 0 {
        return Err(Error::new("draws", "there is none"));
    }
    let terms = Terms::of(standoff, threat)?;
    let costs = Streams::new(seed).map(draws, |_, rng| {
        let stakes = terms.draw(rng);
        let private = rules.private.value.draw(rng);
        Ok(stakes.game(private)?.audience_cost(aim)?.certain.map(|cost| cost * private))
    });
    let costs: Vec<f64> = costs.into_iter().filter_map(Result::transpose).collect::<Result<_>>()?;
    let reachable = costs.len() as f64 / draws as f64;
    Ok(Needed { reachable, cost: if costs.is_empty() { None } else { Some(Distribution::new(costs)?) } })
}
