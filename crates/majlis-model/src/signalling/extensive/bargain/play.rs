//! A bargain played out.

use super::{Bargain, Then, Value};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::signalling::extensive::{Game, InformationSet, Node, Solution, exploitability, quantal_response, solve};
use crate::standoff::Label;
use crate::streams::Streams;
use serde::Serialize;

/// What comes of a bargain, each number a distribution over its uncertain numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Play {
    /// Probability of each outcome, in the order of the file.
    pub outcomes: Vec<(Label, Distribution)>,
    /// What each type of each player does at each of its moves.
    pub behaviour: Vec<Behaviour>,
    /// What each player gets on the mean, in points.
    pub values: Vec<(Label, Distribution)>,
    /// What a player could gain by answering the others better, in points: how far from an equilibrium the play is.
    pub exploitability: Distribution,
}

/// What a type of a player does at a move.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Behaviour {
    /// Who it is.
    pub player: Label,
    /// Of which type.
    pub r#type: Label,
    /// What is decided.
    pub question: Label,
    /// Probability of each action.
    pub actions: Vec<(Label, Distribution)>,
}

/// One draw's answer.
struct Drawn {
    outcomes: Vec<f64>,
    behaviour: Vec<Vec<f64>>,
    values: Vec<f64>,
    exploitability: f64,
}

/// Regrets have settled when nobody can gain more than this share of the widest difference of payoffs.
const SETTLED: f64 = 0.001;
/// Precision of the logit equilibrium, per such difference.
const PRECISE: f64 = 10_000.0;

fn settled(game: &Game, found: Solution) -> Result<Solution> {
    let spread = game.spread();
    if found.exploitability <= SETTLED * spread {
        return Ok(found);
    }
    let Ok(behaviour) = quantal_response(game, PRECISE / spread) else { return Ok(found) };
    let (values, exploitability) = (game.values(&behaviour)?, exploitability(game, &behaviour)?);
    Ok(if exploitability < found.exploitability { Solution { behaviour, values, exploitability } } else { found })
}

impl Bargain {
    /// The game with every number at its likeliest. Its information sets are those of each move in order, one for each type of the
    /// player whose move it is.
    ///
    /// # Errors
    /// If the weights of a player's types are all 0.
    pub fn game(&self) -> Result<Game> {
        self.build(&self.numbers.iter().map(|n| n.range.mode()).collect::<Vec<_>>())
    }

    /// Plays the bargain `draws` times, each with its own numbers and solved by `iterations` rounds of regret minimisation. A bargain
    /// is not zero-sum, so regrets need not settle; where they have not, the logit equilibrium of very high precision is taken
    /// instead, if it is nearer to an equilibrium. Both begin with equally likely actions, which picks one among several equilibria.
    ///
    /// # Errors
    /// If there is no draw or no iteration, or a draw gives all types of a player a weight of 0.
    pub fn play(&self, seed: u64, draws: u64, iterations: u32) -> Result<Play> {
        let plays = Streams::new(seed).map(draws, |_, rng| {
            let numbers: Vec<f64> = self.numbers.iter().map(|n| n.range.draw(rng)).collect();
            self.solve(&numbers, iterations)
        });
        self.tell(&plays.into_iter().collect::<Result<Vec<_>>>()?)
    }

    fn solve(&self, numbers: &[f64], iterations: u32) -> Result<Drawn> {
        let game = self.build(numbers)?;
        let found = settled(&game, solve(&game, iterations)?)?;
        let mut outcomes = vec![0.0; self.outcomes.len()];
        for (types, weight) in self.profiles(numbers)? {
            let mut open = vec![(0, weight)];
            while let Some((at, reach)) = open.pop() {
                let turn = &self.moves[at];
                let set = self.first_set(at) + types[turn.player];
                for (action, p) in turn.actions.iter().zip(&found.behaviour[set]) {
                    match action.then {
                        Then::Move(next) => open.push((next, reach * p)),
                        Then::End(outcome, _) => outcomes[outcome] += reach * p,
                    }
                }
            }
        }
        Ok(Drawn { outcomes, behaviour: found.behaviour, values: found.values, exploitability: found.exploitability })
    }

    fn tell(&self, plays: &[Drawn]) -> Result<Play> {
        let over = |number: &dyn Fn(&Drawn) -> f64| Distribution::new(plays.iter().map(number).collect()).map_err(|e| e.within("draws"));
        let mut behaviour = Vec::new();
        for (at, turn) in self.moves.iter().enumerate() {
            for (t, of) in self.players[turn.player].types.iter().enumerate() {
                let set = self.first_set(at) + t;
                let actions = turn.actions.iter().enumerate().map(|(a, action)| Ok((action.name.clone(), over(&|d| d.behaviour[set][a])?)));
                let actions = actions.collect::<Result<_>>()?;
                behaviour.push(Behaviour { player: self.players[turn.player].name.clone(), r#type: of.name.clone(), question: turn.name.clone(), actions });
            }
        }
        Ok(Play {
            outcomes: self.outcomes.iter().enumerate().map(|(i, name)| Ok((name.clone(), over(&|d| d.outcomes[i])?))).collect::<Result<_>>()?,
            behaviour,
            values: self.players.iter().enumerate().map(|(i, p)| Ok((p.name.clone(), over(&|d| d.values[i])?))).collect::<Result<_>>()?,
            exploitability: over(&|d| d.exploitability)?,
        })
    }

    /// The first information set of a move; those of its player's types follow one another.
    fn first_set(&self, at: usize) -> usize {
        self.moves[..at].iter().map(|m| self.players[m.player].types.len()).sum()
    }

    /// Every combination of types with its probability.
    fn profiles(&self, numbers: &[f64]) -> Result<Vec<(Vec<usize>, f64)>> {
        let mut profiles = vec![(vec![], 1.0)];
        for player in &self.players {
            let sum: f64 = player.types.iter().map(|t| numbers[t.weight]).sum();
            if sum <= 0.0 {
                return Err(Error::new(self.numbers[player.types[0].weight].path.clone(), "no type of the player has a weight"));
            }
            let with = |(types, p): (Vec<usize>, f64)| {
                let each = player.types.iter().enumerate().map(move |(t, of)| ([types.as_slice(), &[t]].concat(), p * numbers[of.weight] / sum));
                each.collect::<Vec<_>>()
            };
            profiles = profiles.into_iter().flat_map(with).collect();
        }
        Ok(profiles)
    }

    fn build(&self, numbers: &[f64]) -> Result<Game> {
        let types = |m: &super::Move| vec![InformationSet { player: m.player, actions: m.actions.len() }; self.players[m.player].types.len()];
        let sets = self.moves.iter().flat_map(types).collect();
        let mut nodes = vec![Node::Chance(vec![])];
        let mut branches = Vec::new();
        for (types, p) in self.profiles(numbers)? {
            branches.push((p, nodes.len()));
            self.grow(0, &types, numbers, &mut nodes);
        }
        nodes[0] = Node::Chance(branches);
        Game::new(self.players.len(), sets, &nodes)
    }

    /// Adds a move and all that follows it.
    fn grow(&self, at: usize, types: &[usize], numbers: &[f64], nodes: &mut Vec<Node>) {
        let turn = &self.moves[at];
        let place = nodes.len();
        nodes.push(Node::End(vec![]));
        let mut next = Vec::new();
        for action in &turn.actions {
            next.push(nodes.len());
            match &action.then {
                Then::Move(then) => self.grow(*then, types, numbers, nodes),
                Then::End(_, pays) => {
                    let pay = |terms: &Vec<(f64, usize)>| terms.iter().map(|(sign, p)| sign * self.value(*p, types, numbers)).sum();
                    nodes.push(Node::End(pays.iter().map(pay).collect()));
                }
            }
        }
        nodes[place] = Node::Decision(self.first_set(at) + types[turn.player], next);
    }

    fn value(&self, parameter: usize, types: &[usize], numbers: &[f64]) -> f64 {
        match &self.parameters[parameter].value {
            Value::One(number) => numbers[*number],
            Value::ByType(player, by) => by.iter().find(|(t, _)| *t == types[*player]).map_or(0.0, |(_, number)| numbers[*number]),
        }
    }
}
