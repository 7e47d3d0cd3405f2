//! A bargain from the text of a file.

use super::{Action, Bargain, Move, Number, Parameter, Player, Then, Type, Value};
use crate::error::{Error, Result};
use crate::range::Range;
use crate::signalling::assumption;
use crate::standoff::Label;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Label,
    about: String,
    player: Vec<Spanned<WrittenPlayer>>,
    #[serde(default)]
    parameter: Vec<Spanned<WrittenParameter>>,
    #[serde(rename = "move")]
    moves: Vec<Spanned<WrittenMove>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPlayer {
    id: String,
    name: Label,
    #[serde(rename = "type")]
    types: Vec<WrittenType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenType {
    id: String,
    name: Label,
    weight: Range,
    rests_on: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenParameter {
    id: String,
    value: Option<Range>,
    #[serde(default)]
    by: Vec<String>,
    #[serde(default)]
    values: Vec<Range>,
    about: String,
    rests_on: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMove {
    id: String,
    player: String,
    name: Label,
    action: Vec<WrittenAction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAction {
    name: Label,
    to: Option<String>,
    outcome: Option<Label>,
    #[serde(default)]
    pays: BTreeMap<String, Vec<String>>,
}

/// Most moves of a bargain, and most combinations of types.
const MOST: usize = 100;

impl Bargain {
    /// Reads a bargain from TOML, in the form that `data/conditional-bargain.toml` describes; `name` is what errors call the file.
    ///
    /// # Errors
    /// If the text is no such file, a reference leads nowhere, moves do not form a tree, or a number lies outside 0–1000; names
    /// line and key.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let written: Written = assumption::read(name, text)?;
        let place = |at: usize, error: Error| Error { key: error.key, ..assumption::fault(name, text, at, error.problem) };
        let start = |at: &std::ops::Range<usize>| at.start;
        let mut bargain =
            Self { name: written.name, about: written.about, players: vec![], numbers: vec![], parameters: vec![], moves: vec![], outcomes: vec![] };
        let ids = |list: Vec<&str>, key: &str| unique(&list).map_err(|e| place(0, e.within(key)));
        let types: Vec<(usize, usize, &str)> = written
            .player
            .iter()
            .enumerate()
            .flat_map(|(p, player)| player.get_ref().types.iter().enumerate().map(move |(t, of)| (p, t, of.id.as_str())))
            .collect();
        ids(written.player.iter().map(|p| p.get_ref().id.as_str()).collect(), "player")?;
        ids(types.iter().map(|(.., id)| *id).collect(), "player.type")?;
        ids(written.parameter.iter().map(|p| p.get_ref().id.as_str()).collect(), "parameter")?;
        ids(written.moves.iter().map(|m| m.get_ref().id.as_str()).collect(), "move")?;
        for (i, player) in written.player.iter().enumerate() {
            bargain.add_player(player.get_ref()).map_err(|e| place(start(&player.span()), e.within(&format!("player[{i}]"))))?;
        }
        for (i, parameter) in written.parameter.iter().enumerate() {
            bargain.add_parameter(parameter.get_ref(), &types).map_err(|e| place(start(&parameter.span()), e.within(&format!("parameter[{i}]"))))?;
        }
        for (i, one) in written.moves.iter().enumerate() {
            bargain.add_move(one.get_ref(), &written.player, &written.moves).map_err(|e| place(start(&one.span()), e.within(&format!("move[{i}]"))))?;
        }
        bargain.check_tree().map_err(|(i, problem)| {
            let at = written.moves.get(i).map_or(0, |m| start(&m.span()));
            place(at, Error::new(format!("move[{i}]"), problem))
        })?;
        Ok(bargain)
    }

    fn add_number(&mut self, path: String, range: Range, about: String, rests_on: &str) -> Result<usize> {
        let range = range.between("", 0.0, 1000.0).map_err(|e| e.within(&path))?;
        self.numbers.push(Number { path, range, about, rests_on: rests_on.to_owned() });
        Ok(self.numbers.len() - 1)
    }

    fn add_player(&mut self, written: &WrittenPlayer) -> Result<()> {
        let mut types = Vec::new();
        for of in &written.types {
            let about = format!("How likely the type is: {}, {}.", written.name.en, of.name.en);
            types.push(Type { name: of.name.clone(), weight: self.add_number(format!("{}.weight", of.id), of.weight, about, &of.rests_on)? });
        }
        if written.types.iter().all(|t| t.weight.mode() == 0.0) {
            return Err(Error::new("type", "no type has a weight"));
        }
        self.players.push(Player { name: written.name.clone(), types });
        let combinations = self.players.iter().try_fold(1_usize, |all, p| all.checked_mul(p.types.len()).filter(|all| *all <= MOST));
        combinations.map(drop).ok_or_else(|| Error::new("type", format!("there are more than {MOST} combinations of types")))
    }

    fn add_parameter(&mut self, written: &WrittenParameter, types: &[(usize, usize, &str)]) -> Result<()> {
        let WrittenParameter { id, value, by, values, about, rests_on } = written;
        let value = match value {
            Some(range) if by.is_empty() && values.is_empty() => Value::One(self.add_number(id.clone(), *range, about.clone(), rests_on)?),
            None if by.len() == values.len() && !by.is_empty() => {
                let mut found = Vec::new();
                for (of, range) in by.iter().zip(values) {
                    let (player, index, _) = types.iter().find(|(.., t)| t == of).ok_or_else(|| Error::new("by", format!("there is no type {of}")))?;
                    found.push((*player, *index, self.add_number(format!("{id}.{of}"), *range, about.clone(), rests_on)?));
                }
                let player = found[0].0;
                unique(&by.iter().map(String::as_str).collect::<Vec<_>>()).map_err(|e| e.within("by"))?;
                if found.iter().any(|(p, ..)| *p != player) || found.len() != self.players[player].types.len() {
                    return Err(Error::new("by", "must name all types of one player"));
                }
                Value::ByType(player, found.into_iter().map(|(_, of, number)| (of, number)).collect())
            }
            _ => return Err(Error::new("", "must have either a value, or by and as many values")),
        };
        self.parameters.push(Parameter { id: id.clone(), value });
        Ok(())
    }

    fn add_move(&mut self, written: &WrittenMove, players: &[Spanned<WrittenPlayer>], moves: &[Spanned<WrittenMove>]) -> Result<()> {
        let player = |id: &str| players.iter().position(|p| p.get_ref().id == id).ok_or_else(|| Error::new("", format!("there is no player {id}")));
        let mut actions = Vec::new();
        for (i, action) in written.action.iter().enumerate() {
            let then = match (&action.to, &action.outcome) {
                (Some(to), None) if action.pays.is_empty() => {
                    let next = moves.iter().position(|m| m.get_ref().id == *to);
                    next.map(Then::Move).ok_or_else(|| Error::new("to", format!("there is no move {to}")))
                }
                (None, Some(outcome)) => self.end(outcome, &action.pays, player),
                _ => Err(Error::new("", "must lead to a move, or have an outcome and what it pays")),
            };
            actions.push(Action { name: action.name.clone(), then: then.map_err(|e| e.within(&format!("action[{i}]")))? });
        }
        if actions.is_empty() {
            return Err(Error::new("action", "there is none"));
        }
        let player = player(&written.player).map_err(|e| e.within("player"))?;
        self.moves.push(Move { player, name: written.name.clone(), actions });
        Ok(())
    }

    fn end(&mut self, outcome: &Label, pays: &BTreeMap<String, Vec<String>>, player: impl Fn(&str) -> Result<usize>) -> Result<Then> {
        let mut payoffs = vec![Vec::new(); self.players.len()];
        for (id, terms) in pays {
            let to = player(id).map_err(|e| e.within("pays"))?;
            for term in terms {
                let (sign, name) = term.strip_prefix('-').map_or((1.0, term.as_str()), |name| (-1.0, name));
                let parameter = self.parameters.iter().position(|p| p.id == name);
                let parameter = parameter.ok_or_else(|| Error::new(format!("pays.{id}"), format!("there is no parameter {name}")))?;
                payoffs[to].push((sign, parameter));
            }
        }
        let known = self.outcomes.iter().position(|o| o == outcome);
        let index = known.unwrap_or_else(|| {
            self.outcomes.push(outcome.clone());
            self.outcomes.len() - 1
        });
        Ok(Then::End(index, payoffs))
    }

    /// That every move but the first is led to by one action, and all can be reached. The fault's move, and what it is.
    fn check_tree(&self) -> std::result::Result<(), (usize, String)> {
        if self.moves.is_empty() || self.moves.len() > MOST {
            return Err((0, format!("there must be from 1 to {MOST} moves, are {}", self.moves.len())));
        }
        let mut seen = vec![false; self.moves.len()];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                return Err((at, "can be reached in two ways".to_owned()));
            }
            open.extend(self.moves[at].actions.iter().filter_map(|a| if let Then::Move(next) = a.then { Some(next) } else { None }));
        }
        seen.iter().position(|s| !s).map_or(Ok(()), |lost| Err((lost, "cannot be reached".to_owned())))
    }
}

fn unique(ids: &[&str]) -> Result<()> {
    match (1..ids.len()).find(|i| ids[..*i].contains(&ids[*i])) {
        Some(i) => Err(Error::new("id", format!("{} is used twice", ids[i]))),
        None => Ok(()),
    }
}
