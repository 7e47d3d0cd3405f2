//! What is ahead: a probability for each question that a standoff's models answer, what it hinges on, and what the sources do to it.
//!
//! [`Ahead`] does all of it from texts. [`answers`] reads a [`Run`] of all models; [`leans`] proposes and weighs anew without one source after the other.

mod ahead;
mod leans;

pub use ahead::{Ahead, Before, Error};
pub use leans::{Drop, Lean, Source, leans};

use jiff::ToSpan;
use jiff::civil::Date;
use majlis_case::Chance;
use majlis_model::Likelihood;
use majlis_model::play;
use majlis_model::run::{Bargaining, Lack, Run};
use majlis_model::standoff::{Label, Standoff};
use serde::Serialize;

/// What no knowledge gives to yes and no.
const IGNORANCE: f64 = 0.5;
/// The most numbers listed that an answer hinges on.
const HINGES: usize = 3;

/// A forecast of all questions that can be answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// What the standoff is called.
    pub name: Label,
    /// The day from which it is seen.
    pub date: Date,
    /// Seed of all draws.
    pub seed: u64,
    /// Number of draws.
    pub draws: u64,
    /// The answers.
    pub answers: Vec<Answer>,
    /// Which sources they lean on; `None` where the standoff was given, not proposed.
    pub leans: Option<Vec<Lean>>,
    /// What cannot be told, and why.
    pub lacking: Vec<Lack>,
}

impl Outlook {
    /// The probability of yes and of no to each question, as a case seals them.
    #[must_use]
    pub fn chances(&self) -> Vec<Chance> {
        let both = |answer: &Answer| {
            let (question, closes) = (answer.question.clone(), answer.closes.map(|day| day.to_string()));
            let chance = |outcome: &str, probability| Chance { question: question.clone(), outcome: outcome.to_owned(), probability, closes: closes.clone() };
            [chance("yes", answer.probability), chance("no", 1.0 - answer.probability)]
        };
        self.answers.iter().flat_map(both).collect()
    }

    /// The outlook of a run.
    #[must_use]
    pub fn new(standoff: &Standoff, run: &Run, leans: Option<Vec<Lean>>) -> Self {
        let (name, lacking) = (standoff.name.clone(), run.lacking.clone());
        Self { name, date: run.date, seed: run.seed, draws: run.draws, answers: answers(standoff, run), leans, lacking }
    }
}

/// A question of yes or no, with its probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Names the question in the case's ledger: `truce:october-2020:30:2021-04-23`.
    pub question: String,
    /// What it asks.
    pub asks: Asks,
    /// Of yes, 0–1.
    pub probability: f64,
    /// In the words of ICD 203.
    pub likelihood: Option<Likelihood>,
    /// The model that gives it.
    pub by: String,
    /// The range that the model gives for it, where it gives one: 5 % to 95 %.
    pub range: Option<(f64, f64)>,
    /// What other models give.
    pub others: Vec<(String, f64)>,
    /// What knows none of it: a name, and its probability.
    pub baseline: (Baseline, f64),
    /// The last day on which it can be settled.
    pub closes: Option<Date>,
    /// What would change it.
    pub hinges: Vec<Hinge>,
}

impl Answer {
    /// The list of the standoff that the question is of (issue, truce …), and the id in it; empty where it has none.
    pub(crate) fn of(&self) -> (&str, &str) {
        let mut parts = self.question.split(':');
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// Whether bargaining over an issue settles nearer to its high end than to its low end.
    Settles {
        /// The issue.
        issue: Label,
        /// Its high end.
        high: Label,
        /// Its low end.
        low: Label,
        /// The middle of the places where it settles, 0–100, and the interval that holds 90 % of them.
        at: (f64, f64, f64),
    },
    /// Whether a motion is carried.
    Carried {
        /// The motion.
        motion: Label,
    },
    /// Whether a truce holds for so many days more.
    Holds {
        /// The truce.
        truce: Label,
        /// The days.
        days: u16,
    },
    /// Whether there is an attack within so many days.
    Attacked {
        /// The days.
        days: u16,
    },
    /// Whether the threatened gives way, once threatened.
    GivesWay {
        /// The threat.
        threat: Label,
    },
    /// Whether a list wins most seats.
    ComesFirst {
        /// The election.
        election: Label,
        /// The list.
        list: Label,
    },
}

/// What a probability is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Baseline {
    /// As likely as not.
    Ignorance,
    /// The rate so far goes on.
    Rate,
    /// Each list is as likely as the other.
    EvenChances,
}

/// What would change an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hinge {
    /// The number: `kadhimi.withdrawal.position`.
    pub number: String,
    /// The actor whose number it is, where it is one's.
    pub whose: Option<Label>,
    /// The answer where it is low, and where it is high, on the answer's own scale.
    pub from_to: (f64, f64),
    /// Where on its scale the verdict turns, if it does.
    pub turns_at: Option<f64>,
}

/// The answers of a run, in the order of the standoff.
#[must_use]
pub fn answers(standoff: &Standoff, run: &Run) -> Vec<Answer> {
    let issues = run.issues.iter().filter_map(|bargaining| settles(standoff, bargaining));
    let others = [motions(standoff, run), truces(standoff, run), attacks(run), threats(standoff, run), elections(standoff, run)];
    issues.chain(others.into_iter().flatten()).map(|answer| played(run, answer)).collect()
}

fn answer(question: String, asks: Asks, probability: f64, by: &str) -> Answer {
    let (likelihood, by) = (Likelihood::of(probability), by.to_owned());
    Answer {
        question,
        asks,
        probability,
        likelihood,
        by,
        range: None,
        others: Vec::new(),
        baseline: (Baseline::Ignorance, IGNORANCE),
        closes: None,
        hinges: Vec::new(),
    }
}

fn settles(standoff: &Standoff, bargaining: &Bargaining) -> Option<Answer> {
    let issue = &standoff.issue[standoff.issue(&bargaining.issue)?];
    let above = |d: &majlis_model::Distribution| 1.0 - d.cdf(Bargaining::MIDDLE);
    let (first, rest) = bargaining.settles.split_first()?;
    let name = |method| serde_name(&method);
    let (low, high) = first.at.interval(0.9);
    let asks = Asks::Settles { issue: issue.name.clone(), high: issue.high.clone(), low: issue.low.clone(), at: (low, first.at.quantile(0.5), high) };
    let turns = |path: &str| {
        let flip = bargaining.flips.inputs.iter().find(|f| f.path == path)?;
        [&flip.below, &flip.above].into_iter().flatten().min_by(|a, b| (a.at - flip.now).abs().total_cmp(&(b.at - flip.now).abs())).map(|c| c.at)
    };
    let hinges = bargaining.tornado.bars.iter().take(HINGES).filter(|b| b.swing > 0.0).map(|b| Hinge {
        number: b.path.clone(),
        whose: standoff.actor.iter().find(|a| b.path.split('.').next() == Some(&a.id)).map(|a| a.name.clone()),
        from_to: (b.at_low, b.at_high),
        turns_at: turns(&b.path),
    });
    Some(Answer {
        others: rest.iter().map(|s| (name(s.by), above(&s.at))).collect(),
        hinges: hinges.collect(),
        ..answer(format!("issue:{}", issue.id), asks, above(&first.at), &name(first.by))
    })
}

fn motions(standoff: &Standoff, run: &Run) -> Vec<Answer> {
    let of = |p: &majlis_model::assembly::motion::Passage| {
        let date = standoff.motion.iter().find(|m| m.id == p.motion).and_then(|m| m.date);
        Answer {
            range: Some(p.interval),
            closes: date,
            ..answer(format!("motion:{}", p.motion), Asks::Carried { motion: p.name.clone() }, p.probability, "assembly")
        }
    };
    run.motions.iter().map(of).collect()
}

fn truces(standoff: &Standoff, run: &Run) -> Vec<Answer> {
    let mut answers = Vec::new();
    for kept in &run.truces {
        let Some(truce) = standoff.truce.iter().find(|t| t.id == kept.truce) else { continue };
        let Some((breaches, others)) = kept.forecasts.split_last() else { continue };
        for (at, held) in breaches.holds.iter().enumerate() {
            let days = held.days as u16;
            let closes = standoff.date.checked_add(i64::from(days).days()).ok();
            let question = format!("truce:{}:{days}:{}", truce.id, closes.map_or_else(String::new, |d| d.to_string()));
            let others: Vec<(String, f64)> = others.iter().filter_map(|f| Some((serde_name(&f.model), f.holds.get(at)?.probability))).collect();
            let baseline = others.first().map_or((Baseline::Ignorance, IGNORANCE), |(_, p)| (Baseline::Rate, *p));
            let asks = Asks::Holds { truce: truce.name.clone(), days };
            let range = Some(held.interval);
            answers.push(Answer { range, others, baseline, closes, ..answer(question, asks, held.probability, &serde_name(&breaches.model)) });
        }
    }
    answers
}

fn attacks(run: &Run) -> Vec<Answer> {
    let Some(forecast) = &run.attacks else { return Vec::new() };
    let of = |ahead: &majlis_model::truce::hawkes::Ahead| {
        let days = ahead.days as u16;
        let closes = run.date.checked_add(i64::from(days).days()).ok();
        let question = format!("attack:{days}:{}", closes.map_or_else(String::new, |d| d.to_string()));
        let rate = forecast.incidents as f64 / forecast.days.max(1.0);
        Answer {
            range: Some((1.0 - ahead.none_interval.1, 1.0 - ahead.none_interval.0)),
            baseline: (Baseline::Rate, 1.0 - (-rate * ahead.days).exp()),
            closes,
            ..answer(question, Asks::Attacked { days }, 1.0 - ahead.none, "hawkes")
        }
    };
    forecast.ahead.iter().map(of).collect()
}

fn threats(standoff: &Standoff, run: &Run) -> Vec<Answer> {
    let of = |t: &majlis_model::run::Threatened| {
        let threat = standoff.threat.iter().find(|known| known.id == t.threat)?;
        let gives = &t.forecast.answers.concession;
        let asks = Asks::GivesWay { threat: threat.name.clone() };
        Some(Answer { range: Some(gives.interval(0.9)), closes: threat.deadline, ..answer(format!("threat:{}", threat.id), asks, gives.mean(), "crisis") })
    };
    run.threats.iter().filter_map(of).collect()
}

fn elections(standoff: &Standoff, run: &Run) -> Vec<Answer> {
    let mut answers = Vec::new();
    for elected in &run.elections {
        let Some(election) = standoff.election.iter().find(|e| e.id == elected.seats.election) else { continue };
        let even = 1.0 / elected.seats.lists.len().max(1) as f64;
        for list in &elected.seats.lists {
            // A list that stands for many is never first as one.
            let Some(first) = list.first else { continue };
            let asks = Asks::ComesFirst { election: election.name.clone(), list: list.name.clone() };
            let question = format!("election:{}:{}", election.id, list.list);
            answers.push(Answer { baseline: (Baseline::EvenChances, even), closes: Some(election.date), ..answer(question, asks, first, "shares") });
        }
    }
    answers
}

/// Adds what the play says of the same question.
fn played(run: &Run, mut answer: Answer) -> Answer {
    let Some(played) = &run.played else { return answer };
    let names = |id: &str, kind: &str| answer.question == format!("{kind}:{id}");
    let same = |question: &play::Question| match question {
        play::Question::Carried { motion } => names(motion, "motion"),
        play::Question::GivesWay { threat } => names(threat, "threat"),
        play::Question::ComesFirst { election, list } => names(&format!("{election}:{list}"), "election"),
        _ => false,
    };
    let mut found = played.outcomes.iter().find(|o| same(&o.question)).map(|o| o.probability);
    if let Asks::Holds { days, .. } = answer.asks {
        let of = |held: &&play::Held| answer.question.starts_with(&format!("truce:{}:{days}:", held.truce));
        found = played.truces.iter().find(of).and_then(|held| held.after.iter().find(|(after, _)| *after == days)).map(|(_, p)| *p);
    }
    answer.others.extend(found.map(|p| ("play".to_owned(), p)));
    answer
}

/// The name of a model in data.
fn serde_name(model: &impl Serialize) -> String {
    serde_json::to_value(model).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
