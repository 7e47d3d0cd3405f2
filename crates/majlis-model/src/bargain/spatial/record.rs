//! What happened, turn by turn. Actors are named by their index.

use serde::Serialize;

/// A whole run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// The state before the first turn and after each.
    pub states: Vec<State>,
    /// `turns[t]` leads from `states[t]` to `states[t + 1]`.
    pub turns: Vec<Turn>,
    /// Whether movement died down; if not, the limit of turns ended the run.
    pub settled: bool,
}

/// Where everybody stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// Each actor's position, dimension by dimension, 0–100.
    pub positions: Vec<Vec<f64>>,
    /// Each actor's risk attitude.
    pub risks: Vec<f64>,
    /// The probability that each actor's position wins. Actors less than a tenth of a point apart share a position.
    pub probabilities: Vec<f64>,
    /// One actor for each position that differs; their probabilities sum to 1.
    pub distinct: Vec<usize>,
    /// The expected outcome, dimension by dimension: the mean of the distinct positions by probability.
    pub outcome: Vec<f64>,
}

/// What happens between two states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// Who challenges whom; an actor that gains by no challenge makes none.
    pub challenges: Vec<Challenge>,
    /// The compromises that follow.
    pub offers: Vec<Offer>,
    /// What each actor does.
    pub decisions: Vec<Decision>,
}

/// One actor takes on another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Challenge {
    /// Who challenges.
    pub by: usize,
    /// Who is challenged.
    pub to: usize,
    /// The probability of victory that the challenger sees.
    pub probability: f64,
    /// What the challenger expects to gain, in utility over the two positions: −2 to 2.
    pub gain: f64,
    /// The probability of the challenger's victory that the target sees.
    pub target_probability: f64,
    /// What the target expects to gain, by its own estimate.
    pub target_gain: f64,
}

/// A compromise: where both parties would stand. It binds neither unless it takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offer {
    /// The challenger.
    pub by: usize,
    /// The target.
    pub to: usize,
    /// Where the challenger would stand.
    pub by_position: Vec<f64>,
    /// Where the target would stand.
    pub to_position: Vec<f64>,
}

impl Offer {
    /// Where a party would stand.
    pub(super) fn position_of(&self, actor: usize) -> &[f64] {
        if actor == self.by { &self.by_position } else { &self.to_position }
    }
}

/// What an actor makes of the offers that concern it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// Who decides.
    pub actor: usize,
    /// The offers, by their index in the turn.
    pub offers: Vec<usize>,
    /// The probability of the status quo, then of each offer.
    pub probabilities: Vec<f64>,
    /// The offer taken; absent for the status quo.
    pub chosen: Option<usize>,
}

impl Run {
    /// Names every actor i anew as `order[i]`.
    pub(super) fn relabel(&mut self, order: &[usize]) {
        for state in &mut self.states {
            state.positions = placed(&state.positions, order);
            state.risks = placed(&state.risks, order);
            state.probabilities = placed(&state.probabilities, order);
            state.distinct.iter_mut().for_each(|i| *i = order[*i]);
            state.distinct.sort_unstable();
        }
        for turn in &mut self.turns {
            turn.challenges.iter_mut().for_each(|c| (c.by, c.to) = (order[c.by], order[c.to]));
            turn.challenges.sort_by_key(|c| c.by);
            turn.offers.iter_mut().for_each(|o| (o.by, o.to) = (order[o.by], order[o.to]));
            turn.decisions.iter_mut().for_each(|d| d.actor = order[d.actor]);
            turn.decisions.sort_by_key(|d| d.actor);
        }
    }
}

/// The items, item i at `order[i]`.
fn placed<T: Clone>(items: &[T], order: &[usize]) -> Vec<T> {
    let mut placed = items.to_vec();
    for (item, at) in items.iter().zip(order) {
        placed[*at] = item.clone();
    }
    placed
}
