//! How far a behaviour is from an equilibrium.

use super::{Game, Node};
use crate::error::Result;

/// What a player can gain by answering the others' behaviour best, on the mean of the players; 0 in an equilibrium and only there.
///
/// # Errors
/// If the behaviour has not as many sets or actions as the game.
pub fn exploitability(game: &Game, behaviour: &[Vec<f64>]) -> Result<f64> {
    let values = game.values(behaviour)?;
    let gains = (0..game.players).map(|player| BestReply::new(game, behaviour, player).value(0) - values[player]);
    Ok(gains.sum::<f64>().max(0.0) / game.players as f64)
}

/// A player's best reply, found set by set as it is needed. With perfect recall no set's best action hangs on its own.
struct BestReply<'a> {
    game: &'a Game,
    behaviour: &'a [Vec<f64>],
    player: usize,
    /// Probability of each node, as though the player came there on purpose.
    reach: Vec<f64>,
    nodes_of: Vec<Vec<usize>>,
    best: Vec<Option<usize>>,
}

impl<'a> BestReply<'a> {
    fn new(game: &'a Game, behaviour: &'a [Vec<f64>], player: usize) -> Self {
        let mut nodes_of = vec![Vec::new(); game.sets.len()];
        for (at, node) in game.nodes.iter().enumerate() {
            if let Node::Decision(set, _) = node {
                nodes_of[*set].push(at);
            }
        }
        Self { game, behaviour, player, reach: game.reach(behaviour, Some(player)), nodes_of, best: vec![None; game.sets.len()] }
    }

    fn value(&mut self, at: usize) -> f64 {
        let (game, behaviour) = (self.game, self.behaviour);
        match &game.nodes[at] {
            Node::Chance(branches) => branches.iter().map(|(p, next)| p * self.value(*next)).sum(),
            Node::Decision(set, next) if game.sets[*set].player == self.player => {
                let action = self.best_in(*set);
                self.value(next[action])
            }
            Node::Decision(set, next) => next.iter().zip(&behaviour[*set]).map(|(next, p)| p * self.value(*next)).sum(),
            Node::End(payoffs) => payoffs[self.player],
        }
    }

    fn best_in(&mut self, set: usize) -> usize {
        if let Some(action) = self.best[set] {
            return action;
        }
        let game = self.game;
        let nodes = self.nodes_of[set].clone();
        let mut worth = vec![0.0; game.sets[set].actions];
        for at in nodes {
            for (worth, next) in worth.iter_mut().zip(game.nodes[at].next()) {
                *worth += self.reach[at] * self.value(next);
            }
        }
        let action = (0..worth.len()).fold(0, |best, a| if worth[a] > worth[best] { a } else { best });
        self.best[set] = Some(action);
        action
    }
}
