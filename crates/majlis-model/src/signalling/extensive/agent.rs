//! The logit quantal-response equilibrium of a tree (McKelvey and Palfrey 1998).

use super::{Behaviour, Game};
use crate::error::Result;
use crate::signalling::normal_form;

/// The logit equilibrium at precision `lambda`, 0 or more, in which every information set chooses on its own account: the one on the
/// branch that leads off from equally likely actions. As the precision grows it comes to a sequential equilibrium.
///
/// # Errors
/// If there are fewer than two information sets, their actions can be combined in more than 100,000 ways, or the branch cannot be
/// followed so far.
pub fn quantal_response(game: &Game, lambda: f64) -> Result<Behaviour> {
    normal_form::quantal_response(&agent_form(game)?, lambda)
}

/// The game in normal form in which each information set is a player, paid what its player is paid.
fn agent_form(game: &Game) -> Result<normal_form::Game> {
    let actions: Vec<usize> = game.sets.iter().map(|s| s.actions).collect();
    normal_form::Game::check_size(&actions)?;
    let mut tables = vec![Vec::new(); actions.len()];
    let mut at = vec![0; actions.len()];
    loop {
        let behaviour: Behaviour = at.iter().zip(&actions).map(|(a, n)| (0..*n).map(|i| f64::from(u8::from(i == *a))).collect()).collect();
        let values = game.values(&behaviour)?;
        tables.iter_mut().zip(&game.sets).for_each(|(table, set)| table.push(values[set.player]));
        let Some(next) = (0..at.len()).rev().find(|i| at[*i] + 1 < actions[*i]) else { break };
        at[next] += 1;
        at[next + 1..].fill(0);
    }
    normal_form::Game::new(&actions, tables)
}
