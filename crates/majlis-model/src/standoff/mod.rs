//! The model's input: who wants what, who can do what, what is promised and threatened, what will be decided when.
//!
//! A standoff is a TOML file, written by hand or proposed from a case; `docs/standoff.md` describes it key by key. Positions,
//! salience, influence, attendance, cohesion and shares all run from 0 to 100; a number is written plainly or as
//! `[low, mode, high]`. A table of actors alone is a standoff too ([`table`]).

mod check;
mod days;
mod file;
pub mod inputs;
pub mod table;

pub use file::read;

use crate::error::Result;
use crate::range::Range;
use days::{day, days, maybe_day};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A name or a phrase in both languages. In files `{ en = "…", ar = "…" }`, or one string for both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "WrittenLabel", into = "WrittenLabel")]
pub struct Label {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields, expecting = "a string or { en = \"…\", ar = \"…\" }")]
enum WrittenLabel {
    Both(String),
    Each { en: String, ar: String },
}

impl From<WrittenLabel> for Label {
    fn from(written: WrittenLabel) -> Self {
        match written {
            WrittenLabel::Both(text) => Self { en: text.clone(), ar: text },
            WrittenLabel::Each { en, ar } => Self { en, ar },
        }
    }
}

impl From<Label> for WrittenLabel {
    fn from(label: Label) -> Self {
        if label.en == label.ar { Self::Both(label.en) } else { Self::Each { en: label.en, ar: label.ar } }
    }
}

/// A standoff. Lists keep the order of the file; what refers to something does so by its `id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standoff {
    /// What the standoff is called.
    pub name: Label,
    /// The day from which it is played.
    #[serde(deserialize_with = "day")]
    pub date: Date,
    /// How it is played in time.
    #[serde(default)]
    pub play: Calendar,
    /// What is disputed.
    #[serde(default)]
    pub issue: Vec<Issue>,
    /// Who disputes it.
    #[serde(default)]
    pub actor: Vec<Actor>,
    /// Who votes.
    #[serde(default)]
    pub assembly: Vec<Assembly>,
    /// Votes that are due.
    #[serde(default)]
    pub motion: Vec<Motion>,
    /// Truces, past and present.
    #[serde(default)]
    pub truce: Vec<Truce>,
    /// Dated attacks and replies.
    #[serde(default)]
    pub incident: Vec<Incident>,
    /// Conditional threats: do this, or else.
    #[serde(default)]
    pub threat: Vec<Threat>,
    /// Conditional offers: do this, and then.
    #[serde(default)]
    pub offer: Vec<Offer>,
    /// Elections ahead.
    #[serde(default)]
    pub election: Vec<Election>,
}

/// The steps of the play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    /// Days a step, 1 or more.
    pub step_days: u16,
    /// Number of steps, 1 or more.
    pub steps: u16,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { step_days: 7, steps: 30 }
    }
}

/// What is disputed, on a scale from 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// What 0 means.
    pub low: Label,
    /// What 100 means.
    pub high: Label,
    /// Where things stand, and stay if nothing is agreed: the reference point.
    pub status_quo: Option<Range>,
    /// What the status quo rests on.
    pub source: Option<String>,
}

/// Who takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// What it is, in PLOVER's terms: `GOV`, `LEG`, `PTY`, `REB`, `MIL` …
    pub sector: Option<String>,
    /// What it can bring to bear, 0–100, on every issue where its stand says nothing else.
    pub influence: Range,
    /// What the influence rests on.
    pub source: Option<String>,
    /// What it can do by force, 0–100; absent or 0 for an unarmed actor.
    pub force: Option<Range>,
    /// The country it answers to, as ISO 3166 alpha-3, where it is a state or part of one.
    pub state: Option<String>,
    /// Actors it stands with: it does not act against them, and endorses them.
    #[serde(default)]
    pub allies: Vec<String>,
    /// What it wants, issue by issue.
    #[serde(default)]
    pub stand: Vec<Stand>,
}

/// What one actor wants on one issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    /// The issue's `id`.
    pub issue: String,
    /// 0–100 on the issue's scale.
    pub position: Range,
    /// How much the actor cares, 0–100.
    pub salience: Range,
    /// Influence on this issue, where it is not the actor's.
    pub influence: Option<Range>,
    /// What each number rests on.
    #[serde(default)]
    pub source: Sources,
}

/// What the numbers of a stand rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sources {
    /// Of the position.
    pub position: Option<String>,
    /// Of the salience.
    pub salience: Option<String>,
    /// Of the influence.
    pub influence: Option<String>,
}

/// Who votes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assembly {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// All seats; those of no bloc listed vote as they like.
    pub seats: u32,
    /// Members who must be present; absent where no number is needed.
    pub quorum: Option<u32>,
    /// What carries a motion, unless the motion says otherwise.
    #[serde(default)]
    pub threshold: Threshold,
    /// What the figures rest on.
    pub source: Option<String>,
    /// The blocs.
    #[serde(default)]
    pub bloc: Vec<Bloc>,
}

/// Members who vote together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bloc {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// Its seats.
    pub seats: u32,
    /// The actor whose position it takes; absent where nobody's.
    pub actor: Option<String>,
    /// The bloc whose line it is bound to follow.
    pub follows: Option<String>,
    /// The a-priori union it belongs to.
    pub union: Option<String>,
    /// Share of its members expected to attend, 0–100; all, where nothing is said.
    #[serde(default = "all")]
    pub attendance: Range,
    /// Share of those present who vote its line, 0–100; all, where nothing is said.
    #[serde(default = "all")]
    pub cohesion: Range,
}

/// What carries a motion. In files `"simple"`, `"present"`, `"absolute"`, `"two-thirds"`, or a number of votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "\"simple\", \"present\", \"absolute\", \"two-thirds\", or a number of votes")]
pub enum Threshold {
    /// A share known by name.
    Named(Majority),
    /// This many votes in favour.
    Votes(u32),
}

impl Default for Threshold {
    fn default() -> Self {
        Self::Named(Majority::Simple)
    }
}

/// A share that carries a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Majority {
    /// More votes for than against.
    Simple,
    /// More than half of the members present.
    Present,
    /// More than half of all members.
    Absolute,
    /// Two thirds of all members.
    TwoThirds,
}

/// A vote that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// The assembly's `id`.
    pub assembly: String,
    /// The issue's `id`.
    pub issue: String,
    /// What it would make of the issue, 0–100.
    pub position: Range,
    /// When it is put to the vote; absent where somebody must table it first.
    #[serde(default, deserialize_with = "maybe_day")]
    pub date: Option<Date>,
    /// What carries it, where it is not the assembly's rule.
    pub threshold: Option<Threshold>,
    /// What it rests on.
    pub source: Option<String>,
}

/// A truce: past where it has an end, in force where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truce {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// Who is bound by it: actors' `id`s.
    #[serde(default)]
    pub between: Vec<String>,
    /// First day.
    #[serde(deserialize_with = "day")]
    pub from: Date,
    /// Day on which it ended.
    #[serde(default, deserialize_with = "maybe_day")]
    pub until: Option<Date>,
    /// Days on which it was broken without ending.
    #[serde(default, deserialize_with = "days")]
    pub breaches: Vec<Date>,
    /// What it rests on.
    pub source: Option<String>,
}

/// A dated attack or reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// The day.
    #[serde(deserialize_with = "day")]
    pub date: Date,
    /// Who did it, or is held to have done it: an actor's `id`.
    pub by: String,
    /// Whom it hit: an actor's `id`.
    pub against: Option<String>,
    /// What it was.
    pub name: Label,
    /// What it rests on.
    pub source: Option<String>,
}

/// Do this, or else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Referred to by this.
    pub id: String,
    /// What is threatened.
    pub name: Label,
    /// Who threatens: an actor's `id`.
    pub by: String,
    /// Who is threatened: an actor's `id`.
    pub to: String,
    /// The issue's `id`.
    pub issue: String,
    /// Where the threatened actor is to move to, 0–100.
    pub demand: Range,
    /// What it costs the threatened actor if it is carried out, 0–100.
    pub harm: Range,
    /// What it costs whoever carries it out, 0–100.
    pub cost: Range,
    /// What it costs to threaten and then to back down, 0–100.
    pub audience_cost: Range,
    /// When the answer is due.
    #[serde(default, deserialize_with = "maybe_day")]
    pub deadline: Option<Date>,
    /// What it rests on.
    pub source: Option<String>,
}

/// Do this, and then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Referred to by this.
    pub id: String,
    /// What is offered.
    pub name: Label,
    /// Who offers: an actor's `id`.
    pub by: String,
    /// To whom: an actor's `id`.
    pub to: String,
    /// The issue's `id`.
    pub issue: String,
    /// Where the other is to move to, 0–100.
    pub demand: Range,
    /// What the offer is worth to the other, 0–100.
    pub reward: Range,
    /// What it costs to keep, 0–100.
    pub cost: Range,
    /// When the answer is due.
    #[serde(default, deserialize_with = "maybe_day")]
    pub deadline: Option<Date>,
    /// What it rests on.
    pub source: Option<String>,
}

/// An election ahead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// The assembly it fills: its `id`.
    pub assembly: String,
    /// Polling day.
    #[serde(deserialize_with = "day")]
    pub date: Date,
    /// How votes become seats.
    pub method: Method,
    /// Districts of about equal size; given for the single non-transferable vote, and for nothing else.
    pub districts: Option<u32>,
    /// How sure the shares are: as sure as those of a random sample of this many voters.
    #[serde(default = "sample")]
    pub sample: f64,
    /// Who seeks to head the next government: an actor's `id`; given together with `term`.
    pub head: Option<String>,
    /// The issue of its doing so, 0 against and 100 for it: the issue's `id`.
    pub term: Option<String>,
    /// What the shares rest on.
    pub source: Option<String>,
    /// The lists.
    #[serde(default)]
    pub list: Vec<List>,
}

/// Who stands for election.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Referred to by this.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// The actor it stands for: its `id`.
    pub actor: Option<String>,
    /// Share of the vote, 0–100; shares need not sum to 100.
    pub share: Range,
    /// Lists it governs with under no condition: their `id`s.
    #[serde(default)]
    pub never_with: Vec<String>,
}

/// How votes become seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Divisors 1, 2, 3 …
    Dhondt,
    /// Divisors 1, 3, 5 …
    SainteLague,
    /// Divisors 1.4, 3, 5 …
    ModifiedSainteLague,
    /// As in Iraq in 2018: divisors 1.7, 3, 5 …
    Iraq2018,
    /// Hare quota and largest remainders.
    LargestRemainder,
    /// As in Iraq in 2021: in each district the candidates with most votes.
    Sntv,
}

fn all() -> Range {
    Range::FULL
}

/// A shaky poll.
fn sample() -> f64 {
    100.0
}

impl Actor {
    /// Influence on the issue of `stand`.
    #[must_use]
    pub fn influence_on(&self, stand: &Stand) -> Range {
        stand.influence.unwrap_or(self.influence)
    }
}

impl Standoff {
    /// The same standoff with actors by `id` and their stands by issue, so that nothing hangs on the order of the file.
    #[must_use]
    pub(crate) fn in_order(&self) -> Self {
        let mut standoff = self.clone();
        standoff.actor.sort_by(|a, b| a.id.cmp(&b.id));
        for actor in &mut standoff.actor {
            actor.stand.sort_by_key(|s| self.issue(&s.issue));
        }
        standoff
    }

    /// Checks what must hold beyond the form of a file: ranges, texts, references, days, sums, no cycle of bindings. What [`read`] and
    /// [`table::read`] return has passed it.
    ///
    /// # Errors
    /// The first fault, with its key.
    pub fn check(&self) -> Result<()> {
        check::check(self)
    }

    /// Every stand on an issue, with the index of its actor.
    pub fn stands<'a>(&'a self, issue: &'a str) -> impl Iterator<Item = (usize, &'a Stand)> {
        self.actor.iter().enumerate().flat_map(move |(i, a)| a.stand.iter().filter(move |s| s.issue == issue).map(move |s| (i, s)))
    }

    /// The index of an actor.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<usize> {
        self.actor.iter().position(|a| a.id == id)
    }

    /// The index of an issue.
    #[must_use]
    pub fn issue(&self, id: &str) -> Option<usize> {
        self.issue.iter().position(|i| i.id == id)
    }

    /// The index of an assembly.
    #[must_use]
    pub fn assembly(&self, id: &str) -> Option<usize> {
        self.assembly.iter().position(|a| a.id == id)
    }
}
