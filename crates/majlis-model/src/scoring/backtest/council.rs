//! Who can bring how much to bear in the law-making of the European Union.

use crate::assembly::power::{Game, shapley_shubik};
use crate::error::{Error, Place, Result};
use std::collections::BTreeSet;

/// Name of the table, for errors.
const FILE: &str = "council.tsv";

/// The actors of the data, and the Council as it grew.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Councils {
    /// Short names, in the order of the table; `com` and `ep` are the Commission and the Parliament.
    pub(super) actors: Vec<String>,
    /// From the smallest.
    councils: Vec<Council>,
}

/// A Council of a certain size.
#[derive(Debug, Clone, PartialEq)]
struct Council {
    /// Of each actor, whether it has a vote here.
    member: Vec<bool>,
    /// Of each actor: the Shapley–Shubik index of its votes; of the Commission and the Parliament that of the largest state.
    power: Vec<f64>,
}

impl Councils {
    /// The table that comes with the crate.
    ///
    /// # Errors
    /// None that a test has not excluded.
    pub(super) fn shipped() -> Result<Self> {
        Self::read(include_str!("../../../data/council.tsv"))
    }

    fn read(text: &str) -> Result<Self> {
        let lines: Vec<(usize, Vec<&str>)> =
            text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')).map(|(i, l)| (i + 1, l.split('\t').collect())).collect();
        let fault = |line: usize, problem: &str| Error { place: Some(Place { file: FILE.to_owned(), line }), key: String::new(), problem: problem.to_owned() };
        let [(_, header), (line, quotas), states @ ..] = lines.as_slice() else { return Err(fault(1, "has no rows")) };
        if let Some((line, _)) = lines.iter().find(|(_, cells)| cells.len() != header.len()) {
            return Err(fault(*line, "must have as many cells as the header"));
        }
        let votes = |line: usize, cell: &str| if cell.is_empty() { Ok(0) } else { cell.parse::<u64>().map_err(|e| fault(line, &e.to_string())) };
        let council = |column: usize| {
            let cells: Vec<u64> = states.iter().map(|(line, cells)| votes(*line, cells[column])).collect::<Result<_>>()?;
            let mut power = shapley_shubik(&Game::new(votes(*line, quotas[column])?, &cells)?);
            let largest = power.iter().copied().fold(0.0, f64::max);
            for ((_, cells), power) in states.iter().zip(&mut power) {
                if INSTITUTIONS.contains(&cells[0]) {
                    *power = largest;
                }
            }
            Ok(Council { member: cells.iter().map(|votes| *votes > 0).collect(), power })
        };
        Ok(Self { actors: states.iter().map(|(_, cells)| cells[0].to_owned()).collect(), councils: (1..header.len()).map(council).collect::<Result<_>>()? })
    }

    /// The power of each actor in the smallest Council that has all states among `present`; in the largest, if none has.
    pub(super) fn power(&self, present: &BTreeSet<usize>) -> &[f64] {
        let holds = |council: &&Council| present.iter().all(|actor| council.member[*actor] || INSTITUTIONS.contains(&self.actors[*actor].as_str()));
        self.councils.iter().find(holds).or(self.councils.last()).map_or(&[], |council| &council.power)
    }
}

/// Who takes part without a vote in the Council. Each is given the power of the largest state: a choice, made once and not fitted.
const INSTITUTIONS: [&str; 2] = ["com", "ep"];

#[cfg(test)]
mod tests {
    use super::*;

    fn power(councils: &Councils, present: &[&str], actor: &str) -> f64 {
        let at = |name: &str| councils.actors.iter().position(|a| a == name).unwrap();
        councils.power(&present.iter().map(|name| at(name)).collect())[at(actor)]
    }

    #[test]
    fn the_council_is_the_smallest_that_has_all_who_speak() {
        let councils = Councils::shipped().unwrap();
        assert_eq!(councils.actors.len(), 30);
        assert_eq!(councils.councils.iter().map(|c| c.member.iter().filter(|m| **m).count()).collect::<Vec<_>>(), [15, 25, 27, 28]);
        // REFERENCE.md, peer: EU-27 at Nice.
        assert!((power(&councils, &["de", "ro"], "de") - 0.0867377).abs() < 5e-8);
        assert!((power(&councils, &["de", "ro"], "mt") - 0.0081777).abs() < 5e-8);
        assert_eq!(power(&councils, &["com", "de"], "pl"), 0.0);
        assert!((power(&councils, &["de", "pl"], "com") - power(&councils, &["de", "pl"], "uk")).abs() < 1e-12);
    }

    #[test]
    fn a_broken_table_is_refused_by_line() {
        assert_eq!(Councils::read("actor\t15\nquota\t3\nde\tx\n").unwrap_err().place.unwrap().line, 3);
        assert_eq!(Councils::read("actor\t15\nquota\t3\nde\n").unwrap_err().place.unwrap().line, 3);
        assert!(Councils::read("").is_err());
    }
}
