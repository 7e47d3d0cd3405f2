//! From many plays to shares: outcomes, where things end, the commonest paths.

use super::outcome::{Question, is_violent, questions};
use super::record::{Happening, Moment, What};
use super::separate::{Fifths, Firsts, Separator, Weight, separators};
use super::world::World;
use crate::distribution::Distribution;
use crate::error::Result;
use crate::words::Likelihood;
use serde::Serialize;
use std::collections::BTreeMap;

/// What many plays came to; everything is named by its `id`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Played {
    /// Number of plays.
    pub plays: u64,
    /// Steps of each play.
    pub steps: u16,
    /// Days of each step.
    pub step_days: u16,
    /// Where each issue ends, in the order of the standoff.
    pub settlements: Vec<Settlement>,
    /// How likely each outcome is.
    pub outcomes: Vec<Outcome>,
    /// How long each truce in force at the start holds.
    pub truces: Vec<Held>,
    /// Attacks and replies a play, of each actor that made any.
    pub attacks: Vec<Attacks>,
    /// How often what happened, the commonest first.
    pub events: Vec<Event>,
    /// The commonest orders of turns, the commonest first.
    pub paths: Vec<Path>,
}

/// Where an issue ends, 0–100.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settlement {
    /// The issue.
    pub issue: String,
    /// The state of things at the end.
    pub standing: Distribution,
    /// Where the bargaining stands at the end: the weighted mean of stated positions.
    pub bargaining: Distribution,
    /// The 5, 50 and 95 % quantiles of the state of things after each step.
    pub course: Vec<[f64; 3]>,
    /// The numbers on which the state of things at the end hangs most: its mean where they are low and where they are high.
    pub rests_on: Vec<Weight>,
}

/// An outcome and the share of plays in which it comes about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// What comes about.
    pub question: Question,
    /// Share of plays in which it does.
    pub probability: f64,
    /// 95 % interval of that share for the number of plays alone (Wilson 1927): it says nothing of whether the rules are right.
    pub interval: (f64, f64),
    /// In words.
    pub likelihood: Option<Likelihood>,
    /// The steps that most separate it from its opposite.
    pub separators: Vec<Separator>,
    /// The numbers on which it hangs most.
    pub rests_on: Vec<Weight>,
}

/// How long a truce holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// The truce.
    pub truce: String,
    /// Share of plays in which it still holds after 7, 30 and 90 days, as far as the play goes.
    pub after: Vec<(u16, f64)>,
}

/// Attacks and replies a play of one actor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attacks {
    /// The actor.
    pub by: String,
    /// Their number.
    pub times: Distribution,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// What.
    pub what: Happening,
    /// Share of plays in which it happened at all.
    pub share: f64,
    /// Mean number of times a play.
    pub times: f64,
    /// Median step of its first time.
    pub first: u16,
}

/// An order of turns: what decides something, without the words and blows between.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// The first turns in order.
    pub turns: Vec<Turn>,
    /// Share of plays that went so.
    pub share: f64,
}

/// A turn of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// What happens.
    pub what: Happening,
    /// Median step in the plays of the path.
    pub step: u16,
}

/// How one play went.
pub(super) struct Ending {
    /// Per issue: the state of things at the start.
    pub(super) start: Vec<f64>,
    /// The state of things after each step, at `step * issues + issue`.
    pub(super) course: Vec<f64>,
    /// Per issue: where the bargaining stands at the end.
    pub(super) settlement: Vec<f64>,
    pub(super) record: Vec<Moment>,
    /// What it drew.
    pub(super) numbers: Vec<f64>,
}

impl Ending {
    /// The state of things at the end.
    pub(super) fn standing(&self, issue: usize) -> f64 {
        self.course[self.course.len() - self.start.len() + issue]
    }

    pub(super) fn has(&self, what: What) -> bool {
        self.record.iter().any(|m| m.what == what)
    }
}

/// Turns of a path that are told, and paths.
const TURNS: usize = 6;
const PATHS: usize = 8;
/// Days after which is asked whether a truce holds.
const DAYS: [u16; 3] = [7, 30, 90];

pub(super) fn tally(world: &World, endings: &[Ending]) -> Result<Played> {
    let firsts = Firsts::new(endings);
    let fifths = Fifths::new(world, &endings.iter().map(|e| e.numbers.as_slice()).collect::<Vec<_>>());
    Ok(Played {
        plays: endings.len() as u64,
        steps: world.steps,
        step_days: world.standoff.play.step_days,
        settlements: (0..world.issues).map(|i| settlement(world, endings, &fifths, i)).collect::<Result<_>>()?,
        outcomes: outcomes(world, endings, &firsts, &fifths),
        truces: truces(world, endings),
        attacks: attacks(world, endings)?,
        events: events(world, endings, &firsts),
        paths: paths(world, &firsts, endings.len()),
    })
}

fn settlement(world: &World, endings: &[Ending], fifths: &Fifths, issue: usize) -> Result<Settlement> {
    let at = |step: usize| Distribution::new(endings.iter().map(|e| e.course[step * world.issues + issue]).collect());
    let standing: Vec<f64> = endings.iter().map(|e| e.standing(issue)).collect();
    Ok(Settlement {
        issue: world.standoff.issue[issue].id.clone(),
        rests_on: fifths.weights(world, &standing),
        standing: Distribution::new(standing)?,
        bargaining: Distribution::new(endings.iter().map(|e| e.settlement[issue]).collect())?,
        course: (0..usize::from(world.steps)).map(|step| at(step).map(|d| [0.05, 0.5, 0.95].map(|p| d.quantile(p)))).collect::<Result<_>>()?,
    })
}

fn outcomes(world: &World, endings: &[Ending], firsts: &Firsts, fifths: &Fifths) -> Vec<Outcome> {
    let n = endings.len() as f64;
    let outcome = |asked: super::outcome::Asked| {
        let answers: Vec<bool> = endings.iter().map(|e| (asked.holds)(e)).collect();
        let numbers: Vec<f64> = answers.iter().map(|a| f64::from(u8::from(*a))).collect();
        let probability = numbers.iter().sum::<f64>() / n;
        Outcome {
            probability,
            interval: wilson(probability, n),
            likelihood: Likelihood::of(probability),
            separators: separators(world, firsts, &asked, &answers),
            rests_on: fifths.weights(world, &numbers),
            question: asked.question,
        }
    };
    questions(world).into_iter().map(outcome).collect()
}

fn truces(world: &World, endings: &[Ending]) -> Vec<Held> {
    let n = endings.len() as f64;
    let held = |(t, _): &(usize, Vec<usize>)| {
        let ended = |e: &Ending| e.record.iter().find(|m| m.what == What::TruceEnded(Some(*t))).map(|m| world.day(m.step));
        let after = |days: u16| endings.iter().filter(|e| ended(e).is_none_or(|end| end >= f64::from(days))).count() as f64 / n;
        let days = DAYS.into_iter().filter(|days| f64::from(*days) <= world.day(world.steps));
        Held { truce: world.standoff.truce[*t].id.clone(), after: days.map(|days| (days, after(days))).collect() }
    };
    world.truces.iter().map(held).collect()
}

fn attacks(world: &World, endings: &[Ending]) -> Result<Vec<Attacks>> {
    let mut attacks = Vec::new();
    for (a, actor) in world.standoff.actor.iter().enumerate() {
        let own = |what: What| is_violent(what) && matches!(what, What::Acted(by, _) if by == a);
        let times: Vec<f64> = endings.iter().map(|e| e.record.iter().filter(|m| own(m.what)).count() as f64).collect();
        if times.iter().any(|t| *t > 0.0) {
            attacks.push(Attacks { by: actor.id.clone(), times: Distribution::new(times)? });
        }
    }
    Ok(attacks)
}

fn events(world: &World, endings: &[Ending], firsts: &Firsts) -> Vec<Event> {
    let n = endings.len() as f64;
    let mut seen: BTreeMap<What, (f64, Vec<u16>)> = firsts.whats.iter().map(|what| (*what, (0.0, Vec::new()))).collect();
    for (play, ending) in endings.iter().enumerate() {
        for moment in &ending.record {
            seen.entry(moment.what).or_default().0 += 1.0;
        }
        for (what, step) in firsts.happened(play) {
            seen.entry(what).or_default().1.push(step);
        }
    }
    let mut events: Vec<Event> = seen
        .into_iter()
        .map(|(what, (times, mut steps))| Event { what: what.named(world), share: steps.len() as f64 / n, times: times / n, first: median(&mut steps) })
        .collect();
    events.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.times.total_cmp(&a.times)));
    events
}

fn paths(world: &World, firsts: &Firsts, plays: usize) -> Vec<Path> {
    let mut found: BTreeMap<Vec<What>, Vec<Vec<u16>>> = BTreeMap::new();
    for play in 0..plays {
        let mut turns: Vec<(u16, What)> = firsts.happened(play).filter(|(what, _)| what.is_turn()).map(|(what, step)| (step, what)).collect();
        turns.sort_unstable();
        turns.truncate(TURNS);
        let (steps, whats) = turns.into_iter().unzip();
        found.entry(whats).or_default().push(steps);
    }
    let mut found: Vec<(Vec<What>, Vec<Vec<u16>>)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    found.truncate(PATHS);
    let path = |(whats, steps): (Vec<What>, Vec<Vec<u16>>)| Path {
        share: steps.len() as f64 / plays as f64,
        turns: whats
            .iter()
            .enumerate()
            .map(|(turn, what)| Turn { what: what.named(world), step: median(&mut steps.iter().map(|s| s[turn]).collect::<Vec<_>>()) })
            .collect(),
    };
    found.into_iter().map(path).collect()
}

/// The upper median; 0 of nothing.
fn median(values: &mut [u16]) -> u16 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Wilson's 95 % score interval of a share of `n`.
fn wilson(p: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((centre - half) / scale).clamp(0.0, p), ((centre + half) / scale).clamp(p, 1.0))
}
