//! The expected-utility model of Bueno de Mesquita, also called the challenge model: round by round, actors weigh whom they would
//! gain by challenging, make one another offers, and move to the offer that they take.
//!
//! Formulas and their numbers are those of Scholz, Calbert and Smith (2011), "Unravelling Bueno de Mesquita's group decision model",
//! Journal of Theoretical Politics 23(4), which gathers them from Bueno de Mesquita (1985, 1994, 1997). What their text says and what
//! their program did are two models; [`Mode`] chooses. Where actors without any weight are all there is, all count alike, as in
//! [`simple`](super::simple).
//!
//! A round: gains are reckoned as if nobody minded risk; from them, how much each stands in danger and so its risk exponent; gains
//! again with those exponents ([`gain`]); offers, and which one each actor takes ([`offer`]). All move at once.
//!
//! The model knows only who stands where with what weight: the order of actors changes nothing, and two that are alike in all three
//! numbers move alike. Differences that are rounding are no differences ([`SAME`]).

mod gain;
mod offer;
mod record;

pub use offer::{Kind, Offer, Why};
pub use record::{Round, Run, Turn};

use super::{LARGEST, Stand, simple};
use crate::error::{Result, number};
use gain::Views;
use offer::Choice;
use serde::Serialize;

/// Which reading of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// As the papers have it. The range of positions is that of the round; a contest is decided by the votes of those who are nearer
    /// to one side; each side's gain is reckoned with its own risk exponent; where both expect to gain, the outcome is uncertain and
    /// nobody moves; the offer of whoever gains most by it is taken, the least move among equals.
    Paper,
    /// As the program of Scholz, Calbert and Smith did, which their published table follows. The range of positions is that of the
    /// start; risk exponents bend the votes too; the votes of one contest are held against those of all contests together; an actor
    /// reckons its adversary's gain with its own exponent; where both expect to gain, the one that expects less goes over to the other;
    /// confrontations are settled before compromises and those before compulsion, by the least move, but compromises by the
    /// lowest weighted position. The median of its second round, 9.9 as published, is not met: it is 9.61, here as in the public program
    /// that peer values come from.
    Scholz,
}

/// How the model is run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Settings {
    /// Which reading.
    pub mode: Mode,
    /// As many rounds at most; it ends before where nobody moves any more.
    pub rounds: u32,
    /// Ends too once the median has stayed for this many rounds on end; `None` runs on.
    pub rest: Option<u32>,
    /// The Q of the papers, 0–1: how sure it is that, unchallenged, the other would not move.
    pub q: f64,
    /// The T of the papers, 0–1: how likely a move of the other would be for the better, if it came to that. `None` reads it off the
    /// positions: 1 where the median is nearer than the other, else 0. Plays no part where Q is 1.
    pub t: Option<f64>,
    /// The reference point, in the unit: what no challenge leaves things at. Where `None`, no challenge leaves the other
    /// where it stands, as in the papers.
    pub reference: Option<f64>,
}

impl Settings {
    /// The papers' settings: Q is 1; the paper mode runs until the median has stayed for two rounds, ten at most; the Scholz mode runs
    /// the eight rounds of the published table.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        let (rounds, rest) = match mode {
            Mode::Paper => (10, Some(2)),
            Mode::Scholz => (8, None),
        };
        Self { mode, rounds, rest, q: 1.0, t: None, reference: None }
    }
}

/// Runs the model and records every turn.
///
/// # Errors
/// If `stands` is empty or holds a number out of range, or a setting is out of range.
pub fn run(stands: &[Stand], settings: &Settings) -> Result<Run> {
    let mut arena = Arena::new(stands, settings)?;
    let (median, mean) = (arena.median(), arena.mean());
    let mut rounds = Vec::new();
    arena.play(|arena, views, choices| rounds.push(Round::new(arena, views, choices)));
    Ok(Run { median, mean, rounds })
}

/// Where positions lie at the end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct End {
    /// Their weighted median: the model's forecast.
    pub median: f64,
    /// Their weighted mean.
    pub mean: f64,
}

/// Where the model ends, without the record of how.
///
/// # Errors
/// As [`run`].
pub fn settle(stands: &[Stand], settings: &Settings) -> Result<End> {
    let mut arena = Arena::new(stands, settings)?;
    arena.play(|_, _, _| ());
    Ok(End { median: arena.median(), mean: arena.mean() })
}

/// Utilities and parts of the range of positions that differ by less are held to be equal: far above what rounding does to them, so that
/// an equal choice is not decided by it.
const SAME: f64 = 1e-9;

/// The actors in an order of their own, that of position, salience and influence.
struct Arena<'a> {
    settings: &'a Settings,
    /// The place in the input of each.
    order: Vec<usize>,
    weights: Vec<f64>,
    salience: Vec<f64>,
    positions: Vec<f64>,
    /// The range of positions at the start, the reference point among them.
    first_range: f64,
}

impl<'a> Arena<'a> {
    fn new(stands: &[Stand], settings: &'a Settings) -> Result<Self> {
        let weights = simple::weights(stands)?;
        number("q", settings.q, 0.0, 1.0)?;
        settings.t.map(|t| number("t", t, 0.0, 1.0)).transpose()?;
        settings.reference.map(|at| number("reference", at, -LARGEST, LARGEST)).transpose()?;
        let mut order: Vec<usize> = (0..stands.len()).collect();
        let key = |i: usize| [stands[i].position, stands[i].salience, weights[i]];
        order.sort_by(|a, b| key(*a).partial_cmp(&key(*b)).unwrap_or(std::cmp::Ordering::Equal));
        let sorted = |value: &dyn Fn(usize) -> f64| order.iter().map(|i| value(*i)).collect::<Vec<f64>>();
        let mut arena = Self {
            settings,
            weights: sorted(&|i| weights[i]),
            salience: sorted(&|i| stands[i].salience),
            positions: sorted(&|i| stands[i].position),
            first_range: 0.0,
            order,
        };
        arena.first_range = arena.range();
        Ok(arena)
    }

    /// Round after round, until the settings or the actors make an end.
    fn play(&mut self, mut each: impl FnMut(&Self, &Views, &[Choice])) {
        let (mut median, mut stayed) = (self.median(), 0);
        for _ in 0..self.settings.rounds {
            let range = match self.settings.mode {
                Mode::Paper => self.range(),
                Mode::Scholz => self.first_range,
            };
            if self.span() <= SAME * self.first_range {
                break;
            }
            let views = Views::new(self, range);
            let choices: Vec<Choice> = (0..self.positions.len()).map(|actor| offer::choose(self, &views, actor, range)).collect();
            self.positions.iter_mut().zip(&choices).for_each(|(position, choice)| *position = choice.to);
            each(self, &views, &choices);
            if choices.iter().all(|choice| choice.taken.is_none()) {
                break;
            }
            if let Some(rest) = self.settings.rest {
                let before = std::mem::replace(&mut median, self.median());
                stayed = if (median - before).abs() <= SAME * self.first_range { stayed + 1 } else { 0 };
                if stayed >= rest {
                    break;
                }
            }
        }
    }

    /// How far apart the outermost positions are.
    fn span(&self) -> f64 {
        let (low, high) = self.ends();
        high - low
    }

    /// The same with the reference point among the positions.
    fn range(&self) -> f64 {
        let (low, high) = self.ends();
        self.settings.reference.map_or(high - low, |at| high.max(at) - low.min(at))
    }

    fn ends(&self) -> (f64, f64) {
        self.positions.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)))
    }

    fn shares(&self) -> Vec<(f64, f64)> {
        simple::shares_of(self.positions.iter().copied().zip(self.weights.iter().copied()))
    }

    fn median(&self) -> f64 {
        simple::median_of(&self.shares())
    }

    fn mean(&self) -> f64 {
        simple::mean_of(&self.shares())
    }
}
