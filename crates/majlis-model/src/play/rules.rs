//! The rules of the play, read from data: parameters and instruments, each with what it rests on.

use crate::error::{Error, Place, Result};
use crate::range::Range;
use crate::standoff::Label;
use crate::streams::Stream;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an actor can do in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "data/rules.toml tells what each is")]
pub enum Instrument {
    Hold,
    State,
    Demand,
    Threaten,
    TableMotion,
    Refer,
    Attack,
    StrikeBack,
    OfferTruce,
    Mediate,
    Concede,
    Endorse,
}

impl Instrument {
    /// All, in the order in which choices are drawn.
    pub const ALL: [Self; 12] = [
        Self::Hold,
        Self::State,
        Self::Demand,
        Self::Threaten,
        Self::TableMotion,
        Self::Refer,
        Self::Attack,
        Self::StrikeBack,
        Self::OfferTruce,
        Self::Mediate,
        Self::Concede,
        Self::Endorse,
    ];
}

/// A parameter of the play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Parameter {
    Precision,
    Resilience,
    TensionCost,
    TensionDecay,
    Retaliation,
    TruceCost,
    TruceTolerance,
    MemorySteps,
    Boycott,
    Binding,
    NoticeSteps,
    Stake,
    ThreatHarm,
    ThreatCost,
    AudienceCost,
}

impl Parameter {
    /// All, with the bounds that each must keep.
    const ALL: [(Self, f64, f64); 15] = [
        (Self::Precision, 0.0, 1000.0),
        (Self::Resilience, 0.0, 1.0),
        (Self::TensionCost, 0.0, 1000.0),
        (Self::TensionDecay, 0.0, 1.0),
        (Self::Retaliation, 0.0, 1000.0),
        (Self::TruceCost, 0.0, 1000.0),
        (Self::TruceTolerance, 0.0, 1.0),
        (Self::MemorySteps, 0.0, 1000.0),
        (Self::Boycott, 0.0, 1.0),
        (Self::Binding, 0.0, 1.0),
        (Self::NoticeSteps, 0.0, 1000.0),
        (Self::Stake, 0.0, 1000.0),
        (Self::ThreatHarm, 0.0, 1.0),
        (Self::ThreatCost, 0.0, 10.0),
        (Self::AudienceCost, 0.0, 100.0),
    ];
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    parameter: BTreeMap<Parameter, WrittenParameter>,
    instrument: Vec<WrittenInstrument>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenParameter {
    value: Range,
    about: String,
    rests_on: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInstrument {
    id: Instrument,
    name: Label,
    #[serde(default)]
    pull: Option<Range>,
    #[serde(default)]
    cost: Option<Range>,
    #[serde(default)]
    tension: Option<Range>,
    about: String,
    rests_on: String,
}

/// One number of the rules, by name: `precision`, `attack.cost`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Its name.
    pub path: String,
    /// Its value.
    pub range: Range,
    /// What it does.
    pub about: String,
    /// What its size rests on.
    pub rests_on: String,
}

/// The rules: first the parameters in order, then pull, cost and tension of each instrument.
// Invariant: `numbers` holds PARAMETERS + 3 × INSTRUMENTS rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    numbers: Vec<Rule>,
    names: Vec<Label>,
}

const PARAMETERS: usize = Parameter::ALL.len();
const INSTRUMENTS: usize = Instrument::ALL.len();

impl Rules {
    /// The rules that come with the crate.
    ///
    /// # Errors
    /// None that a test has not excluded.
    pub fn shipped() -> Result<Self> {
        Self::read("rules.toml", include_str!("../../data/rules.toml"))
    }

    /// Reads rules from the text of a TOML file of the form of `data/rules.toml`.
    ///
    /// # Errors
    /// If the text is not of that form, a parameter or an instrument is missing, or a number is out of range.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|e| Error {
            place: e.span().map(|s| Place { file: name.to_owned(), line: text.as_bytes()[..s.start].iter().filter(|b| **b == b'\n').count() + 1 }),
            key: String::new(),
            problem: e.message().trim_end().replace('\n', "; "),
        })?;
        let mut numbers = Vec::new();
        for (parameter, least, most) in Parameter::ALL {
            let path = name_of(&parameter);
            let Some(w) = written.parameter.get(&parameter) else { return Err(Error::new(format!("parameter.{path}"), "is missing")) };
            let range = w.value.between(&format!("parameter.{path}"), least, most)?;
            numbers.push(Rule { path, range, about: w.about.clone(), rests_on: w.rests_on.clone() });
        }
        let mut names = Vec::new();
        for instrument in Instrument::ALL {
            let id = name_of(&instrument);
            let Some(w) = written.instrument.iter().find(|w| w.id == instrument) else { return Err(Error::new(format!("instrument.{id}"), "is missing")) };
            for (what, range, least, most) in [("pull", w.pull, 0.0, 1.0), ("cost", w.cost, 0.0, 1000.0), ("tension", w.tension, -100.0, 100.0)] {
                let path = format!("{id}.{what}");
                let range = range.unwrap_or(Range::ZERO).between(&path, least, most)?;
                numbers.push(Rule { path, range, about: w.about.clone(), rests_on: w.rests_on.clone() });
            }
            names.push(w.name.clone());
        }
        Ok(Self { numbers, names })
    }

    /// Every number of the rules, in a fixed order.
    #[must_use]
    pub fn numbers(&self) -> &[Rule] {
        &self.numbers
    }

    /// Sets one number of the rules.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn set(&mut self, path: &str, value: Range) -> Result<()> {
        let rule = self.numbers.iter_mut().find(|r| r.path == path).ok_or_else(|| Error::new(path, "there is no such rule"))?;
        rule.range = value;
        Ok(())
    }

    /// What an instrument is called.
    #[must_use]
    pub fn name(&self, instrument: Instrument) -> &Label {
        &self.names[instrument as usize]
    }

    pub(super) fn draw(&self, rng: &mut Stream) -> Amounts {
        let mut amounts = Amounts([0.0; PARAMETERS + 3 * INSTRUMENTS]);
        for (amount, rule) in amounts.0.iter_mut().zip(&self.numbers) {
            *amount = rule.range.draw(rng);
        }
        amounts
    }
}

/// The name of a parameter or an instrument in files.
fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// One draw of the rules.
#[derive(Debug, Clone)]
pub(super) struct Amounts([f64; PARAMETERS + 3 * INSTRUMENTS]);

impl Amounts {
    pub(super) fn of(&self, parameter: Parameter) -> f64 {
        self.0[parameter as usize]
    }

    /// Share of the gap that the instrument closes, at influence far above the target's.
    pub(super) fn pull(&self, instrument: Instrument) -> f64 {
        self.0[PARAMETERS + 3 * instrument as usize]
    }

    /// Points it costs.
    pub(super) fn cost(&self, instrument: Instrument) -> f64 {
        self.0[PARAMETERS + 3 * instrument as usize + 1]
    }

    /// Tension it adds.
    pub(super) fn tension(&self, instrument: Instrument) -> f64 {
        self.0[PARAMETERS + 3 * instrument as usize + 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_whole_and_ordered_as_they_are_asked_for() {
        let rules = Rules::shipped().unwrap();
        assert_eq!(rules.numbers().len(), PARAMETERS + 3 * INSTRUMENTS);
        assert!(Parameter::ALL.iter().enumerate().all(|(i, (p, ..))| *p as usize == i));
        assert!(Instrument::ALL.iter().enumerate().all(|(i, p)| *p as usize == i));
        let mut exact = rules.clone();
        exact.set("attack.cost", Range::point(7.0).unwrap()).unwrap();
        let amounts = exact.draw(&mut crate::streams::Streams::new(1).of(0));
        assert_eq!(amounts.cost(Instrument::Attack), 7.0);
        assert!(exact.set("attack.colour", Range::FULL).is_err());
    }

    #[test]
    fn rules_that_lack_something_are_refused_by_name() {
        let shipped = include_str!("../../data/rules.toml");
        let fault = |text: &str| Rules::read("r.toml", text).unwrap_err().to_string();
        assert_eq!(fault(&shipped.replace("id = \"mediate\"", "id = \"hold\"")), "instrument.mediate: is missing");
        assert!(fault(&shipped.replace("parameter.boycott", "parameter.boicott")).contains("boicott"));
        assert!(fault("[[instrument]]\nid = 3\n").starts_with("r.toml:"));
    }
}
