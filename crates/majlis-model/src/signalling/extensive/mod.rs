//! Small games as trees with chance and information sets, solved by counterfactual regret minimisation or
//! by quantal response.

mod agent;
pub mod bargain;
mod best_reply;
mod cfr;

pub use agent::quantal_response;
pub use best_reply::exploitability;
pub use cfr::{Solution, solve};

use crate::error::{Error, Result, number};

/// A place in a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A draw of chance: the probability of each branch and the index of the node it leads to.
    Chance(Vec<(f64, usize)>),
    /// A player's turn: the index of the information set, and the node that each of its actions leads to.
    Decision(usize, Vec<usize>),
    /// The end: what each player is paid.
    End(Vec<f64>),
}

/// What a player cannot tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InformationSet {
    /// Whose turn it is.
    pub player: usize,
    /// Number of actions.
    pub actions: usize,
}

/// Probabilities of the actions in each information set.
pub type Behaviour = Vec<Vec<f64>>;

/// A finite game of perfect recall.
// Invariant: nodes form one tree in the order of its branches, a parent before its children; every set has nodes, all of its
// player and number of actions, and its player comes to all of them by the same own actions; depth within DEPTH.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    players: usize,
    sets: Vec<InformationSet>,
    nodes: Vec<Node>,
}

/// Most nodes from the root to an end.
const DEPTH: usize = 500;

impl Game {
    /// The game of `players` with these information sets and nodes; the first node is the root.
    ///
    /// # Errors
    /// If the nodes are no tree, a set or a player does not exist, probabilities do not sum to 1, payoffs are missing or not
    /// finite, the tree is deeper than 500, or a player forgets what it did.
    pub fn new(players: usize, sets: Vec<InformationSet>, nodes: &[Node]) -> Result<Self> {
        if players == 0 {
            return Err(Error::new("players", "there is none"));
        }
        for (s, set) in sets.iter().enumerate() {
            if set.player >= players || set.actions == 0 {
                return Err(Error::new(format!("sets[{s}]"), "has no such player, or no action"));
            }
        }
        let mut game = Self { players, sets, nodes: Vec::with_capacity(nodes.len()) };
        let order = game.order(nodes)?;
        let mut place = vec![0; nodes.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        game.nodes = order.iter().map(|old| nodes[*old].moved(&place)).collect();
        game.recall()?;
        Ok(game)
    }

    /// Number of players.
    #[must_use]
    pub fn players(&self) -> usize {
        self.players
    }

    /// The information sets.
    #[must_use]
    pub fn sets(&self) -> &[InformationSet] {
        &self.sets
    }

    /// The nodes in the order of the branches, each checked on the way.
    fn order(&self, nodes: &[Node]) -> Result<Vec<usize>> {
        let mut seen = vec![false; nodes.len()];
        let mut order = Vec::with_capacity(nodes.len());
        let mut open = vec![(0, 0)];
        while let Some((at, depth)) = open.pop() {
            let key = format!("nodes[{at}]");
            let Some(node) = nodes.get(at) else { return Err(Error::new(key, "there is no such node")) };
            if std::mem::replace(&mut seen[at], true) {
                return Err(Error::new(key, "can be reached in two ways"));
            }
            if depth > DEPTH {
                return Err(Error::new(key, format!("lies deeper than {DEPTH} nodes")));
            }
            self.check(node).map_err(|e| e.within(&key))?;
            order.push(at);
            open.extend(node.next().rev().map(|next| (next, depth + 1)));
        }
        match seen.iter().position(|s| !s) {
            Some(lost) => Err(Error::new(format!("nodes[{lost}]"), "cannot be reached")),
            None => Ok(order),
        }
    }

    fn check(&self, node: &Node) -> Result<()> {
        match node {
            Node::Chance(branches) => {
                for (i, (p, _)) in branches.iter().enumerate() {
                    number(&format!("chance[{i}]"), *p, 0.0, 1.0)?;
                }
                let sum: f64 = branches.iter().map(|(p, _)| p).sum();
                if (sum - 1.0).abs() > 1e-9 {
                    return Err(Error::new("chance", format!("probabilities must sum to 1, sum to {sum}")));
                }
            }
            Node::Decision(set, next) => {
                let actions = self.sets.get(*set).ok_or_else(|| Error::new("set", format!("there is no set {set}")))?.actions;
                if next.len() != actions {
                    return Err(Error::new("set", format!("set {set} has {actions} actions, the node {}", next.len())));
                }
            }
            Node::End(payoffs) => {
                if payoffs.len() != self.players {
                    return Err(Error::new("end", format!("there are {} players and {} payoffs", self.players, payoffs.len())));
                }
                for (i, payoff) in payoffs.iter().enumerate() {
                    number(&format!("end[{i}]"), *payoff, -1e100, 1e100)?;
                }
            }
        }
        Ok(())
    }

    /// That every set has nodes, and each player comes to a set by the same own actions wherever it is.
    fn recall(&self) -> Result<()> {
        // The last own set and action on the way to a node, player by player; with it, by induction, all before.
        let mut ways = vec![vec![None; self.players]; self.nodes.len()];
        let mut ways_to: Vec<Option<Option<(usize, usize)>>> = vec![None; self.sets.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            let mut way = ways[at].clone();
            if let Node::Decision(set, _) = node {
                let player = self.sets[*set].player;
                if ways_to[*set].get_or_insert(way[player]) != &way[player] {
                    return Err(Error::new(format!("sets[{set}]"), format!("player {player} comes to it by different actions of its own")));
                }
                for (action, next) in node.next().enumerate() {
                    way[player] = Some((*set, action));
                    ways[next].clone_from(&way);
                }
            } else {
                for next in node.next() {
                    ways[next].clone_from(&way);
                }
            }
        }
        match ways_to.iter().position(Option::is_none) {
            Some(set) => Err(Error::new(format!("sets[{set}]"), "has no node")),
            None => Ok(()),
        }
    }

    /// Most less least that any player can be paid.
    #[must_use]
    pub fn spread(&self) -> f64 {
        let payoffs = self.nodes.iter().filter_map(|n| if let Node::End(payoffs) = n { Some(payoffs) } else { None }).flatten();
        let (low, high) = payoffs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
        high - low
    }

    /// Actions equally likely everywhere.
    #[must_use]
    pub fn uniform(&self) -> Behaviour {
        self.sets.iter().map(|s| vec![1.0 / s.actions as f64; s.actions]).collect()
    }

    /// What each player gets on the mean if all behave so.
    ///
    /// # Errors
    /// If the behaviour has not as many sets or actions as the game.
    pub fn values(&self, behaviour: &[Vec<f64>]) -> Result<Vec<f64>> {
        self.fits(behaviour)?;
        let reach = self.reach(behaviour, None);
        let mut values = vec![0.0; self.players];
        for (node, reach) in self.nodes.iter().zip(&reach) {
            if let Node::End(payoffs) = node {
                values.iter_mut().zip(payoffs).for_each(|(v, p)| *v += reach * p);
            }
        }
        Ok(values)
    }

    fn fits(&self, behaviour: &[Vec<f64>]) -> Result<()> {
        if behaviour.iter().map(Vec::len).eq(self.sets.iter().map(|s| s.actions)) {
            return Ok(());
        }
        Err(Error::new("behaviour", "does not fit the game's information sets"))
    }

    /// The probability of every node under a behaviour; if `but` names a player, as though that player came there on purpose.
    fn reach(&self, behaviour: &[Vec<f64>], but: Option<usize>) -> Vec<f64> {
        let mut reach = vec![1.0; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            match node {
                Node::Chance(branches) => branches.iter().for_each(|(p, next)| reach[*next] = reach[at] * p),
                Node::Decision(set, next) => {
                    let own = but == Some(self.sets[*set].player);
                    for (next, p) in next.iter().zip(&behaviour[*set]) {
                        reach[*next] = if own { reach[at] } else { reach[at] * p };
                    }
                }
                Node::End(_) => {}
            }
        }
        reach
    }
}

impl Node {
    /// The nodes it leads to.
    fn next(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let (chance, decision): (&[(f64, usize)], &[usize]) = match self {
            Self::Chance(branches) => (branches, &[]),
            Self::Decision(_, next) => (&[], next),
            Self::End(_) => (&[], &[]),
        };
        chance.iter().map(|(_, next)| *next).chain(decision.iter().copied())
    }

    /// The same node where node i has moved to `place[i]`.
    fn moved(&self, place: &[usize]) -> Self {
        match self {
            Self::Chance(branches) => Self::Chance(branches.iter().map(|(p, next)| (*p, place[*next])).collect()),
            Self::Decision(set, next) => Self::Decision(*set, next.iter().map(|n| place[*n]).collect()),
            Self::End(payoffs) => Self::End(payoffs.clone()),
        }
    }
}
