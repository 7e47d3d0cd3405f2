//! What happened, told in the order of the input.

use super::gain::Views;
use super::offer::{Choice, Offer, Why};
use super::{Arena, SAME};
use serde::Serialize;

/// How the model ran.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Weighted median before the first round.
    pub median: f64,
    /// Weighted mean before the first round.
    pub mean: f64,
    /// The rounds; none where all stand together from the start.
    pub rounds: Vec<Round>,
}

/// One round. Lists hold an entry an actor, in the order of the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// Positions after the round.
    pub positions: Vec<f64>,
    /// Weighted median of these.
    pub median: f64,
    /// Weighted mean of these.
    pub mean: f64,
    /// Risk exponents in the round: 0.5 the most averse to risk, 1 neutral, 2 the most given to it.
    pub exponents: Vec<f64>,
    /// What each did, and why.
    pub turns: Vec<Turn>,
}

/// What one actor did in one round. Other actors are named by their place in the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// Whom it would gain by challenging, as it sees it.
    pub challenges: Vec<usize>,
    /// What it was offered.
    pub offers: Vec<Offer>,
    /// Which of the offers it took.
    pub taken: Option<usize>,
    /// Where it stood.
    pub from: f64,
    /// Where it stands now.
    pub to: f64,
    /// Why it moved so.
    pub why: Why,
}

impl Run {
    /// The weighted median at the end: the model's forecast.
    #[must_use]
    pub fn outcome(&self) -> f64 {
        self.rounds.last().map_or(self.median, |round| round.median)
    }
}

impl Round {
    pub(super) fn new(arena: &Arena<'_>, views: &Views, choices: &[Choice]) -> Self {
        let mut place = vec![0; arena.order.len()];
        arena.order.iter().enumerate().for_each(|(at, input)| place[*input] = at);
        Self {
            positions: place.iter().map(|at| arena.positions[*at]).collect(),
            median: arena.median(),
            mean: arena.mean(),
            exponents: place.iter().map(|at| views.exponents[*at]).collect(),
            turns: place.iter().map(|at| turn(arena, views, *at, &choices[*at])).collect(),
        }
    }
}

fn turn(arena: &Arena<'_>, views: &Views, actor: usize, choice: &Choice) -> Turn {
    let mut challenges: Vec<usize> = (0..arena.order.len()).filter(|other| views.own(actor, *other) > SAME).map(|other| arena.order[other]).collect();
    challenges.sort_unstable();
    let mut offers: Vec<(Offer, bool)> =
        choice.offers.iter().enumerate().map(|(i, offer)| (Offer { by: arena.order[offer.by], ..*offer }, choice.taken == Some(i))).collect();
    offers.sort_unstable_by_key(|(offer, _)| offer.by);
    let taken = offers.iter().position(|(_, taken)| *taken);
    Turn { challenges, offers: offers.into_iter().map(|(offer, _)| offer).collect(), taken, from: choice.from, to: choice.to, why: choice.why }
}
