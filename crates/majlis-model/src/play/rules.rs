//! The rules of the play, read from data: parameters and instruments, each with what it rests on.

use crate::error::{Error, Result};
use crate::keyed;
use crate::range::Range;
use crate::standoff::Label;
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
    TurnDays,
    ReturnDays,
    ChangeDays,
    Unforeseen,
    TensionCost,
    TensionDays,
    Retaliation,
    TruceCost,
    TruceTolerance,
    TruceWeight,
    MemoryDays,
    Trace,
    Boycott,
    Binding,
    NoticeDays,
    Reach,
    Stake,
    ThreatHarm,
    ThreatCost,
    AudienceCost,
    Toll,
}

impl Parameter {
    /// All, with the bounds that each must keep.
    const ALL: [(Self, f64, f64); 22] = [
        (Self::Precision, 0.0, 1000.0),
        (Self::TurnDays, 0.0, 1e6),
        (Self::ReturnDays, 0.0, 1e6),
        (Self::ChangeDays, 0.0, 1e6),
        (Self::Unforeseen, 0.0, 100.0),
        (Self::TensionCost, 0.0, 1000.0),
        (Self::TensionDays, 0.0, 1e6),
        (Self::Retaliation, 0.0, 1000.0),
        (Self::TruceCost, 0.0, 1000.0),
        (Self::TruceTolerance, 0.0, 1.0),
        (Self::TruceWeight, 0.01, 1000.0),
        (Self::MemoryDays, 0.0, 1e6),
        (Self::Trace, 0.01, 100.0),
        (Self::Boycott, 0.0, 1.0),
        (Self::Binding, 0.0, 1.0),
        (Self::NoticeDays, 0.0, 1e6),
        (Self::Reach, 0.0, 100.0),
        (Self::Stake, 0.0, 1000.0),
        (Self::ThreatHarm, 0.0, 1.0),
        (Self::ThreatCost, 0.0, 10.0),
        (Self::AudienceCost, 0.0, 100.0),
        (Self::Toll, 0.0, 1.0),
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
    name: Label,
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
    /// What it is called from the command line.
    pub path: String,
    /// What the parameter is, or whose pull, cost or tension the number is.
    pub name: Label,
    /// Its value.
    pub range: Range,
    /// The least and the most that it can be.
    pub bounds: (f64, f64),
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
/// How many numbers the rules hold.
pub(super) const NUMBERS: usize = PARAMETERS + 3 * INSTRUMENTS;

impl Rules {
    /// The rules that come with the crate.
    ///
    /// # Errors
    /// None that a test has not excluded.
    pub fn shipped() -> Result<Self> {
        Self::read("rules.toml", include_str!("../../data/rules.toml"))
    }

    /// Reads rules from the text of a TOML file of the form of `data/rules.toml`; `name` is what errors call the file.
    ///
    /// # Errors
    /// If the text is not of that form, a parameter or an instrument is missing, or a number is out of range; the error holds file,
    /// line and key.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        keyed::read(name, text, |written: Written| Self::make(&written))
    }

    fn make(written: &Written) -> Result<Self> {
        let mut numbers = Vec::with_capacity(NUMBERS);
        for (parameter, least, most) in Parameter::ALL {
            let path = name_of(&parameter);
            let w = written.parameter.get(&parameter).ok_or_else(|| Error::new(format!("parameter.{path}"), "is missing"))?;
            let range = w.value.between(&format!("parameter.{path}.value"), least, most)?;
            numbers.push(Rule { path, name: w.name.clone(), range, bounds: (least, most), about: w.about.clone(), rests_on: w.rests_on.clone() });
        }
        let mut names = Vec::with_capacity(INSTRUMENTS);
        for instrument in Instrument::ALL {
            let id = name_of(&instrument);
            let mut found = written.instrument.iter().enumerate().filter(|(_, w)| w.id == instrument);
            let (i, w) = found.next().ok_or_else(|| Error::new(format!("instrument.{id}"), "is missing"))?;
            if let Some((again, _)) = found.next() {
                return Err(Error::new(format!("instrument[{again}].id"), format!("{id} is used twice")));
            }
            for (what, range, least, most) in [("pull", w.pull, 0.0, 1.0), ("cost", w.cost, 0.0, 1000.0), ("tension", w.tension, -100.0, 100.0)] {
                let range = range.unwrap_or(Range::ZERO).between(&format!("instrument[{i}].{what}"), least, most)?;
                let path = format!("{id}.{what}");
                numbers.push(Rule { path, name: w.name.clone(), range, bounds: (least, most), about: w.about.clone(), rests_on: w.rests_on.clone() });
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
    /// If there is none of that name, or it cannot be so.
    pub fn set(&mut self, path: &str, value: Range) -> Result<()> {
        let rule = self.numbers.iter_mut().find(|r| r.path == path).ok_or_else(|| Error::new(path, "there is no such rule"))?;
        rule.range = value.between(path, rule.bounds.0, rule.bounds.1)?;
        Ok(())
    }

    /// What an instrument is called.
    #[must_use]
    pub fn name(&self, instrument: Instrument) -> &Label {
        &self.names[instrument as usize]
    }

    pub(super) fn mode(&self, parameter: Parameter) -> f64 {
        self.numbers[parameter as usize].range.mode()
    }
}

/// The name of a parameter or an instrument in files.
fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// One draw of the rules.
#[derive(Debug, Clone)]
pub(super) struct Amounts([f64; NUMBERS]);

impl Amounts {
    /// The amounts at `numbers`, in the order of [`Rules::numbers`].
    pub(super) fn new(numbers: &[f64]) -> Self {
        let mut amounts = [0.0; NUMBERS];
        for (amount, number) in amounts.iter_mut().zip(numbers) {
            *amount = *number;
        }
        Self(amounts)
    }

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
        assert_eq!(rules.numbers().len(), NUMBERS);
        assert!(Parameter::ALL.iter().enumerate().all(|(i, (p, ..))| *p as usize == i));
        assert!(Instrument::ALL.iter().enumerate().all(|(i, p)| *p as usize == i));
    }

    #[test]
    fn a_rule_is_set_by_its_name_and_within_its_bounds() {
        let mut rules = Rules::shipped().unwrap();
        rules.set("attack.cost", Range::point(7.0).unwrap()).unwrap();
        let modes: Vec<f64> = rules.numbers().iter().map(|r| r.range.mode()).collect();
        assert_eq!(Amounts::new(&modes).cost(Instrument::Attack), 7.0);
        assert_eq!(Amounts::new(&modes).of(Parameter::Stake), 10.0);
        let fault = |rules: &mut Rules, path, value| rules.set(path, Range::point(value).unwrap()).unwrap_err().to_string();
        assert_eq!(fault(&mut rules, "attack.colour", 1.0), "attack.colour: there is no such rule");
        assert_eq!(fault(&mut rules, "boycott", 2.0), "boycott: must lie between 0 and 1, is 2");
    }

    #[test]
    fn rules_that_lack_something_are_refused_by_name() {
        let shipped = include_str!("../../data/rules.toml");
        let fault = |text: &str| Rules::read("r.toml", text).unwrap_err().to_string();
        let (before, after) = shipped.split_once("[[instrument]]\nid = \"mediate\"").unwrap();
        let without = format!("{before}{}", &after[after.find("[[instrument]]").unwrap()..]);
        assert!(fault(&without).ends_with("instrument.mediate: is missing"), "{}", fault(&without));
        assert!(fault(&shipped.replace("parameter.boycott", "parameter.boicott")).contains("boicott"));
        let twice = format!("{shipped}\n[[instrument]]\nid = \"hold\"\nname = \"a\"\nabout = \"a\"\nrests_on = \"a\"\n");
        assert!(fault(&twice).ends_with("instrument[12].id: hold is used twice"), "{}", fault(&twice));
        let line = shipped.lines().position(|l| l == "value = [0.2, 0.5, 0.8]").unwrap() + 1;
        let negative = shipped.replacen("value = [0.2, 0.5, 0.8]", "value = [-0.2, 0.5, 0.8]", 1);
        assert_eq!(fault(&negative), format!("r.toml:{line}: parameter.boycott.value: must lie between 0 and 1, is -0.2"));
        assert!(fault("[[instrument]]\nid = 3\n").starts_with("r.toml:2: instrument[0].id: "));
    }
}
