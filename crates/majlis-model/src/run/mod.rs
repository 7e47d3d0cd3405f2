//! All that a standoff's numbers can tell: every model that has its inputs, and what the others lack.
//!
//! A run is one forecast: from the same standoff, rules, seed and number of draws come the same bytes. A model that refuses its input
//! does not stop the others; it is named among what is [`Run::lacking`], with its reason.

mod bargaining;
mod basis;

pub use bargaining::{Bargaining, Method, Settles};
pub use basis::{Basis, Confidence};

use crate::assembly::motion::{Conduct, Passage, passes_under};
use crate::assembly::power::{Power, table};
use crate::election::district::Nomination;
use crate::election::forming::{Formation, Terms, form};
use crate::election::pledges::{Scenario, second_term};
use crate::election::shares::{self, forecast_under};
use crate::error::{Error, Result};
use crate::play::{Played, Rules, play_until};
use crate::scoring::ledger::sha256;
use crate::signalling::crisis;
use crate::standoff::{Assembly, Motion, Standoff, Threat, inputs};
use crate::truce::{hawkes, survival};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a run is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Seed of all draws.
    pub seed: u64,
    /// Plays of the standoff, and draws of every model; a slow model takes a tenth of them, and at least [`FEWEST`]. With very many
    /// actors some take fewer still, so that none takes much more than [`PATIENCE`] seconds.
    pub draws: u64,
}

/// The fewest draws of a slow model, unless even fewer are asked for.
pub const FEWEST: u64 = 100;
/// Seconds that the draws of one model may take, as the time of a draw is estimated from the number of actors.
pub const PATIENCE: f64 = 5.0;

impl Settings {
    /// Draws of a model that is slow.
    fn few(self) -> u64 {
        (self.draws / 10).max(FEWEST).min(self.draws)
    }

    /// As many of some draws as patience allows, each estimated to take so many seconds; a tenth of [`FEWEST`] at least.
    fn afforded(wanted: u64, seconds: f64) -> u64 {
        wanted.min(((PATIENCE / seconds) as u64).max(FEWEST / 10))
    }
}

/// What a standoff comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Name and version of the program that made it.
    pub engine: String,
    /// SHA-256 of the standoff and the rules, as changed by the user, in hexadecimal.
    pub input: String,
    /// Seed of all draws.
    pub seed: u64,
    /// Plays, and draws of every model.
    pub draws: u64,
    /// The day from which it is played.
    pub date: Date,
    /// Where each issue settles, and what that rests on.
    pub issues: Vec<Bargaining>,
    /// Who counts in each assembly.
    pub assemblies: Vec<Weighed>,
    /// Whether each motion passes, were it put to the vote as things stand.
    pub motions: Vec<Passage>,
    /// Whether each truce in force holds.
    pub truces: Vec<Kept>,
    /// How many attacks are to be expected.
    pub attacks: Option<hawkes::Forecast>,
    /// Whether each threat is believed and heeded.
    pub threats: Vec<Threatened>,
    /// What each election brings.
    pub elections: Vec<Elected>,
    /// The play.
    pub played: Option<Played>,
    /// How far all of it can be relied on.
    pub basis: Basis,
    /// What cannot be told, and why.
    pub lacking: Vec<Lack>,
}

/// The voting power in an assembly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// The assembly.
    pub assembly: String,
    /// Its blocs.
    pub blocs: Vec<Power>,
}

/// A truce in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// The truce.
    pub truce: String,
    /// Whether it holds, by each model of survival.
    pub forecasts: Vec<survival::Forecast>,
}

/// A threat, as a crisis game.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threatened {
    /// The threat.
    pub threat: String,
    /// How it ends.
    pub forecast: crisis::Forecast,
    /// What backing down must cost for it to be believed as likely as not.
    pub to_be_believed: crisis::Needed,
    /// And for the threatened to give way as likely as not.
    pub to_be_heeded: crisis::Needed,
}

/// An election.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Elected {
    /// Seats.
    pub seats: shares::Forecast,
    /// Who can form a government.
    pub formation: Option<Formation>,
    /// Under which pledges whoever seeks to head it can.
    pub returns: Vec<Scenario>,
}

/// Something that cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// What.
    pub part: Part,
    /// Of which issue, motion, truce, threat or election, by its `id`.
    pub of: Option<String>,
    /// Why.
    pub why: Why,
}

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is named as the field of Run or the model that it stands for")]
pub enum Part {
    Bargaining,
    Spatial,
    Condorcet,
    Sensitivity,
    Assemblies,
    Motions,
    Truces,
    Attacks,
    Threats,
    Elections,
    Formation,
    Returns,
    Play,
}

impl Part {
    /// Its name in data: `motions`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Bargaining => "bargaining",
            Self::Spatial => "spatial",
            Self::Condorcet => "condorcet",
            Self::Sensitivity => "sensitivity",
            Self::Assemblies => "assemblies",
            Self::Motions => "motions",
            Self::Truces => "truces",
            Self::Attacks => "attacks",
            Self::Threats => "threats",
            Self::Elections => "elections",
            Self::Formation => "formation",
            Self::Returns => "returns",
            Self::Play => "play",
        }
    }
}

/// Why something cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The standoff has none of these keys.
    Needs(&'static [&'static str]),
    /// The model refuses the input.
    Refused(String),
}

/// Runs every model that has its inputs.
///
/// # Errors
/// If the standoff is not sound ([`Standoff::check`]), there are no draws, or data of the crate is broken.
pub fn run(standoff: &Standoff, rules: &Rules, settings: Settings) -> Result<Run> {
    let run = run_until(standoff, rules, settings, &AtomicBool::new(false))?;
    run.ok_or_else(|| Error::new("", "the run was stopped"))
}

/// The same, unless `stop` is raised while it runs: then nothing. It is looked at before each model, and before each draw of the play and of
/// the models of an issue that draw here; of the others none takes much more than [`PATIENCE`] seconds.
///
/// # Errors
/// As [`run`].
pub fn run_until(standoff: &Standoff, rules: &Rules, settings: Settings, stop: &AtomicBool) -> Result<Option<Run>> {
    standoff.check()?;
    if settings.draws == 0 {
        return Err(Error::new("draws", "must be 1 or more, is 0"));
    }
    let mut telling = Telling { standoff: &standoff.in_order(), rules, settings, stop, lacking: Vec::new() };
    let issues = telling.issues();
    let run = Run {
        engine: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        input: sha256(&serde_json::to_vec(&(standoff, rules.numbers())).map_err(|e| Error::new("", e.to_string()))?),
        seed: settings.seed,
        draws: settings.draws,
        date: standoff.date,
        basis: Basis::new(standoff, rules, &issues),
        issues,
        assemblies: telling.assemblies(),
        motions: telling.motions()?,
        truces: telling.truces()?,
        attacks: telling.attacks()?,
        threats: telling.threats()?,
        elections: telling.elections(),
        played: telling.play(),
        lacking: telling.lacking,
    };
    Ok((!stop.load(Ordering::Relaxed)).then_some(run))
}

/// A run in the making.
struct Telling<'a> {
    standoff: &'a Standoff,
    rules: &'a Rules,
    settings: Settings,
    stop: &'a AtomicBool,
    lacking: Vec<Lack>,
}

impl Telling<'_> {
    /// What a model tells, unless it refuses or the run is stopped.
    fn told<T>(&mut self, part: Part, of: Option<&str>, model: impl FnOnce() -> Result<T>) -> Option<T> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        model().map_err(|e| self.lacking.push(Lack { part, of: of.map(str::to_owned), why: Why::Refused(e.to_string()) })).ok()
    }

    fn needs(&mut self, part: Part, of: Option<&str>, keys: &'static [&'static str]) {
        self.lacking.push(Lack { part, of: of.map(str::to_owned), why: Why::Needs(keys) });
    }

    fn assemblies(&mut self) -> Vec<Weighed> {
        let standoff = self.standoff;
        if standoff.assembly.is_empty() {
            self.needs(Part::Assemblies, None, &["assembly"]);
        }
        let weigh = |assembly: &Assembly| {
            if assembly.bloc.is_empty() {
                self.needs(Part::Assemblies, Some(&assembly.id), &["assembly.bloc"]);
                return None;
            }
            let blocs = self.told(Part::Assemblies, Some(&assembly.id), || table(assembly, assembly.threshold))?;
            Some(Weighed { assembly: assembly.id.clone(), blocs })
        };
        standoff.assembly.iter().filter_map(weigh).collect()
    }

    fn motions(&mut self) -> Result<Vec<Passage>> {
        let standoff = self.standoff;
        if standoff.motion.is_empty() {
            self.needs(Part::Motions, None, &["motion"]);
        }
        // For each draw the vote is exact.
        let (conduct, seed, draws) = (Conduct::of(self.rules)?, self.settings.seed, self.settings.draws.min(FEWEST));
        let passage = |m: &Motion| self.told(Part::Motions, Some(&m.id), || passes_under(standoff, &conduct, &m.id, seed, draws));
        Ok(standoff.motion.iter().filter_map(passage).collect())
    }

    fn truces(&mut self) -> Result<Vec<Kept>> {
        let (standoff, seed) = (self.standoff, self.settings.seed);
        if standoff.truce.iter().all(|t| t.until.is_some()) {
            self.needs(Part::Truces, None, &["truce"]);
        }
        let priors = survival::Priors::shipped()?;
        let mut kept = Vec::new();
        for truce in standoff.truce.iter().filter(|t| t.until.is_none()) {
            let forecast = |model| survival::forecast(&priors, model, &standoff.truce, Some(&truce.id), standoff.date, seed);
            let models = [survival::Model::Exponential, survival::Model::Weibull, survival::Model::Breaches];
            let forecasts = self.told(Part::Truces, Some(&truce.id), || models.map(forecast).into_iter().collect());
            kept.extend(forecasts.map(|forecasts| Kept { truce: truce.id.clone(), forecasts }));
        }
        Ok(kept)
    }

    fn attacks(&mut self) -> Result<Option<hawkes::Forecast>> {
        if self.standoff.incident.is_empty() {
            self.needs(Part::Attacks, None, &["incident"]);
            return Ok(None);
        }
        let priors = hawkes::Priors::shipped()?;
        let defaults = hawkes::Sampling::default();
        let draws = u32::try_from(self.settings.draws.div_ceil(defaults.chains)).unwrap_or(u32::MAX).min(defaults.draws);
        let sampling = hawkes::Sampling { seed: self.settings.seed, draws, ..defaults };
        let standoff = self.standoff;
        let forecast = || hawkes::Record::of(standoff).and_then(|record| hawkes::forecast(&record, &priors, sampling, &survival::HORIZONS));
        Ok(self.told(Part::Attacks, None, forecast))
    }

    fn threats(&mut self) -> Result<Vec<Threatened>> {
        let standoff = self.standoff;
        if standoff.threat.is_empty() {
            self.needs(Part::Threats, None, &["threat"]);
        }
        let rules = crisis::Rules::shipped()?;
        let Settings { seed, draws } = self.settings;
        let few = self.settings.few();
        let threatened = |threat: &Threat| {
            Ok(Threatened {
                threat: threat.id.clone(),
                forecast: crisis::forecast(standoff, threat, &rules, seed, draws)?,
                to_be_believed: crisis::needed(standoff, threat, &rules, crisis::Aim::Believed(0.5), seed, few)?,
                to_be_heeded: crisis::needed(standoff, threat, &rules, crisis::Aim::Conceded(0.5), seed, few)?,
            })
        };
        Ok(standoff.threat.iter().filter_map(|threat| self.told(Part::Threats, Some(&threat.id), || threatened(threat))).collect())
    }

    fn elections(&mut self) -> Vec<Elected> {
        let standoff = self.standoff;
        if standoff.election.is_empty() {
            self.needs(Part::Elections, None, &["election"]);
        }
        let Settings { seed, draws } = self.settings;
        let few = self.settings.few();
        let mut elected = Vec::new();
        for election in &standoff.election {
            let id = Some(election.id.as_str());
            let Some(seats) = self.told(Part::Elections, id, || forecast_under(standoff, &Nomination::default(), &election.id, seed, draws)) else { continue };
            let has_actors = election.list.iter().any(|l| l.actor.is_some());
            let formation = if has_actors {
                self.told(Part::Formation, id, || form(standoff, &election.id, &Terms::default(), seed, few))
            } else {
                self.needs(Part::Formation, id, &["election.list.actor"]);
                None
            };
            let returns = match (&election.head, &election.term) {
                (Some(head), Some(term)) if has_actors => {
                    self.told(Part::Returns, id, || second_term(standoff, &election.id, head, term, &Terms::default(), seed, few)).unwrap_or_default()
                }
                _ => {
                    self.needs(Part::Returns, id, &["election.head", "election.term"]);
                    Vec::new()
                }
            };
            elected.push(Elected { seats, formation, returns });
        }
        elected
    }

    fn play(&mut self) -> Option<Played> {
        let Standoff { motion, truce, incident, threat, offer, election, .. } = self.standoff;
        if motion.is_empty() && truce.is_empty() && incident.is_empty() && threat.is_empty() && offer.is_empty() && election.is_empty() {
            self.needs(Part::Play, None, &["motion", "truce", "incident", "threat", "offer", "election"]);
            return None;
        }
        for (key, empty) in [(["actor"].as_slice(), self.standoff.actor.is_empty()), (&["issue"], self.standoff.issue.is_empty())] {
            if empty {
                self.needs(Part::Play, None, key);
                return None;
            }
        }
        let Self { standoff, rules, settings: Settings { seed, draws }, stop, .. } = *self;
        self.told(Part::Play, None, || play_until(standoff, rules, seed, draws, stop)).flatten()
    }
}

/// Sets a number of the standoff or of the rules by its name, as from the command line.
///
/// # Errors
/// If neither has one of that name, or it cannot be so.
pub fn set(standoff: &mut Standoff, rules: &mut Rules, path: &str, value: crate::Range) -> Result<()> {
    if rules.numbers().iter().any(|rule| rule.path == path) {
        return rules.set(path, value);
    }
    inputs::set(standoff, path, value)
}
