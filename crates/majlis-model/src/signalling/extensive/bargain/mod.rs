//! Bargains with hidden resolve: games read from files, in which each player is of a type that only it knows and sees every move.

mod file;
mod play;

pub use play::{Behaviour, Play};

use crate::error::{Error, Result};
use crate::range::Range;
use crate::signalling::crisis::Terms;
use crate::standoff::Label;
use serde::Serialize;

/// A bargain, uncertain in its numbers.
// Invariant: every index points into its list; moves form one tree from the first; each player has one type or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Bargain {
    /// What it is called.
    pub name: Label,
    /// What it models.
    pub about: String,
    players: Vec<Player>,
    numbers: Vec<Number>,
    parameters: Vec<Parameter>,
    moves: Vec<Move>,
    outcomes: Vec<Label>,
}

/// A number of a bargain: `gain`, `harm.dependent`, `resolute.weight`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Number {
    /// Its name.
    pub path: String,
    /// Its value: points, or for a weight a number relative to the other weights of its player.
    pub range: Range,
    /// What it is.
    pub about: String,
    /// What its size rests on.
    pub rests_on: String,
}

#[derive(Debug, Clone, PartialEq)]
struct Player {
    name: Label,
    types: Vec<Type>,
}

#[derive(Debug, Clone, PartialEq)]
struct Type {
    name: Label,
    /// Index of its number.
    weight: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Parameter {
    id: String,
    value: Value,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// Index of its number.
    One(usize),
    /// The player by whose type it differs, and for the types, from the least value to the most, type and number.
    ByType(usize, Vec<(usize, usize)>),
}

#[derive(Debug, Clone, PartialEq)]
struct Move {
    player: usize,
    name: Label,
    actions: Vec<Action>,
}

#[derive(Debug, Clone, PartialEq)]
struct Action {
    name: Label,
    then: Then,
}

#[derive(Debug, Clone, PartialEq)]
enum Then {
    /// Index of the next move.
    Move(usize),
    /// Index of the outcome; for each player the parameters that make up what it is paid, with their signs.
    End(usize, Vec<Vec<(f64, usize)>>),
}

impl Bargain {
    /// The bargain shipped with the crate, `data/conditional-bargain.toml`: ask for the withdrawal, or lose our support.
    ///
    /// # Errors
    /// If the data is broken; names line and key.
    pub fn conditional() -> Result<Self> {
        Self::read("data/conditional-bargain.toml", include_str!("../../../../data/conditional-bargain.toml"))
    }

    /// Every number.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// Sets the number called `path`, or, for a parameter that differs by type, all its numbers.
    ///
    /// # Errors
    /// If there is none, or the value does not lie between 0 and 1000.
    pub fn set(&mut self, path: &str, value: Range) -> Result<()> {
        let value = value.between(path, 0.0, 1000.0)?;
        let mut found = false;
        for number in &mut self.numbers {
            if number.path == path || number.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')) {
                number.range = value;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let paths: Vec<_> = self.numbers.iter().map(|n| n.path.as_str()).collect();
        Err(Error::new(path, format!("there is no such number; there are {}", paths.join(", "))))
    }

    /// Puts the stakes of a standoff's threat in place of the parameters `gain`, `loss`, `harm`, `cost` and `audience_cost`. Where a
    /// parameter differs by type, the range is cut into as many parts of equal probability as there are types.
    ///
    /// # Errors
    /// If the bargain lacks one of these, or the threat asks for what the threatener does not want.
    pub fn take_stakes(&mut self, terms: &Terms) -> Result<()> {
        for (id, range) in terms.ranges() {
            let range = range?.between(id, 0.0, 1000.0)?;
            let parameter = self.parameters.iter().find(|p| p.id == id).ok_or_else(|| Error::new(id, "the bargain has no such parameter"))?;
            match &parameter.value {
                Value::One(number) => self.numbers[*number].range = range,
                Value::ByType(_, types) => {
                    let part = |i: usize, within: f64| range.quantile((i as f64 + within) / types.len() as f64);
                    for (i, (_, number)) in types.iter().enumerate() {
                        self.numbers[*number].range = Range::new(part(i, 0.0), part(i, 0.5), part(i, 1.0))?;
                    }
                }
            }
        }
        Ok(())
    }
}
