//! Counterfactual regret minimisation.

use super::{Behaviour, Game, Node, exploitability};
use crate::error::{Error, Result};

/// What regret minimisation comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The average behaviour.
    pub behaviour: Behaviour,
    /// What each player gets on the mean.
    pub values: Vec<f64>,
    /// What a player can gain by answering the others' behaviour best, on the mean of the players: 0 in an equilibrium.
    pub exploitability: f64,
}

/// Plays the game against itself `iterations` times with CFR+ (Tammelin 2014): players take turns, regrets never fall below 0,
/// and round t counts t times in the average.
///
/// In a zero-sum game of two the average comes to an equilibrium, its exploitability falling at least with one over the square
/// root of the rounds. In any other game it need not: [`Solution::exploitability`] tells whether it did. Where there are several
/// equilibria, it is the one that play from equally likely actions leads to.
///
/// # Errors
/// If there is no iteration.
pub fn solve(game: &Game, iterations: u32) -> Result<Solution> {
    if iterations == 0 {
        return Err(Error::new("iterations", "there is none"));
    }
    let mut regrets: Behaviour = game.sets.iter().map(|s| vec![0.0; s.actions]).collect();
    let mut sums = regrets.clone();
    let mut behaviour = game.uniform();
    for round in 1..=iterations {
        for player in 0..game.players {
            let others = game.reach(&behaviour, Some(player));
            let values = worths(game, &behaviour, player);
            for (at, node) in game.nodes.iter().enumerate() {
                if let Node::Decision(set, next) = node
                    && game.sets[*set].player == player
                {
                    for (regret, next) in regrets[*set].iter_mut().zip(next) {
                        *regret += others[at] * (values[*next] - values[at]);
                    }
                }
            }
            let own = own_reach(game, &behaviour, player);
            for (set, own) in own.iter().enumerate().filter(|(set, _)| game.sets[*set].player == player) {
                regrets[set].iter_mut().for_each(|r| *r = r.max(0.0));
                let weight = f64::from(round) * own;
                sums[set].iter_mut().zip(&behaviour[set]).for_each(|(s, p)| *s += weight * p);
                behaviour[set] = shares(&regrets[set]);
            }
        }
    }
    let behaviour: Behaviour = sums.iter().map(|s| shares(s)).collect();
    let (values, exploitability) = (game.values(&behaviour)?, exploitability(game, &behaviour)?);
    Ok(Solution { behaviour, values, exploitability })
}

/// Numbers as shares of their sum; equal ones if there is nothing to share.
fn shares(numbers: &[f64]) -> Vec<f64> {
    let sum: f64 = numbers.iter().sum();
    if sum > 0.0 { numbers.iter().map(|n| n / sum).collect() } else { vec![1.0 / numbers.len() as f64; numbers.len()] }
}

/// What every node is worth to a player.
fn worths(game: &Game, behaviour: &[Vec<f64>], player: usize) -> Vec<f64> {
    let mut worths = vec![0.0; game.nodes.len()];
    for (at, node) in game.nodes.iter().enumerate().rev() {
        worths[at] = match node {
            Node::Chance(branches) => branches.iter().map(|(p, next)| p * worths[*next]).sum(),
            Node::Decision(set, next) => next.iter().zip(&behaviour[*set]).map(|(next, p)| p * worths[*next]).sum(),
            Node::End(payoffs) => payoffs[player],
        };
    }
    worths
}

/// How likely a player is, by its own actions, to let each of its sets be reached.
fn own_reach(game: &Game, behaviour: &[Vec<f64>], player: usize) -> Vec<f64> {
    let mut node_reach = vec![1.0; game.nodes.len()];
    let mut reach = vec![0.0; game.sets.len()];
    for (at, node) in game.nodes.iter().enumerate() {
        if let Node::Decision(set, next) = node
            && game.sets[*set].player == player
        {
            reach[*set] = node_reach[at];
            next.iter().zip(&behaviour[*set]).for_each(|(next, p)| node_reach[*next] = node_reach[at] * p);
        } else {
            node.next().for_each(|next| node_reach[next] = node_reach[at]);
        }
    }
    reach
}
