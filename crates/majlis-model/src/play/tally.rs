//! From many plays to shares: outcomes, settlements, the commonest paths, and what separates one outcome from another.

use super::record::{Answer, Moment, Vote, What};
use super::rules::Instrument;
use super::state::State;
use super::world::World;
use crate::distribution::Distribution;
use crate::error::Result;
use crate::standoff::Label;
use crate::words::Likelihood;
use serde::Serialize;
use std::collections::BTreeMap;

/// What many plays came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Played {
    /// Number of plays.
    pub plays: u64,
    /// Steps of each play, and days of each step.
    pub steps: u16,
    /// Days of each step.
    pub step_days: u16,
    /// Where each issue settles, in the order of the standoff.
    pub settlements: Vec<Settlement>,
    /// How likely each outcome is.
    pub outcomes: Vec<Outcome>,
    /// How often what happened, the commonest first.
    pub events: Vec<Event>,
    /// The commonest orders of turns, the commonest first.
    pub paths: Vec<Path>,
    /// What most separates plays with an outcome from those without it, the sharpest first.
    pub separators: Vec<Separator>,
}

/// Where an issue settles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settlement {
    /// The issue's `id`.
    pub issue: String,
    /// The issue's name.
    pub name: Label,
    /// The distribution over plays, 0–100.
    pub at: Distribution,
}

/// A share of plays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// What comes about.
    pub name: Label,
    /// Share of plays in which it does.
    pub probability: f64,
    /// 95 % interval of that share for the number of plays alone (Wilson 1927): it says nothing of whether the rules are right.
    pub interval: (f64, f64),
    /// In words.
    pub likelihood: Option<Likelihood>,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// What.
    pub name: Label,
    /// Share of plays in which it happened at all.
    pub share: f64,
    /// Mean number of times a play.
    pub times: f64,
    /// Median step of its first time.
    pub first: u16,
}

/// An order of turns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// The first turns, each once, in order.
    pub turns: Vec<Label>,
    /// Share of plays that began so.
    pub share: f64,
}

/// Something that tells one outcome from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Separator {
    /// What happened.
    pub event: Label,
    /// The outcome.
    pub outcome: Label,
    /// Probability of the outcome in plays in which it happened.
    pub with: f64,
    /// And in those in which it did not.
    pub without: f64,
    /// Phi coefficient of the two, −1 to 1.
    pub phi: f64,
}

/// How one play ended.
pub(super) struct Ending {
    settlement: Vec<f64>,
    truces: Vec<bool>,
    record: Vec<Moment>,
}

impl Ending {
    pub(super) fn of(state: &State) -> Self {
        Self { settlement: state.settlement.clone(), truces: state.truces.iter().map(|t| t.holds).collect(), record: state.record.clone() }
    }

    fn has(&self, what: What) -> bool {
        self.record.iter().any(|m| m.what == what)
    }

    fn first(&self) -> BTreeMap<What, u16> {
        let mut first = BTreeMap::new();
        for moment in &self.record {
            first.entry(moment.what).or_insert(moment.step);
        }
        first
    }
}

/// An issue has moved if it settles at least so far from the status quo, or from the middle of the scale where none is given.
const MOVE: u8 = 10;
/// Turns of a path that are told.
const TURNS: usize = 4;
/// Paths, and separators of each outcome, that are told.
const PATHS: usize = 8;
const SEPARATORS: usize = 3;
/// An event in fewer plays than this, or in all but so few, separates nothing.
const RARE: f64 = 0.02;

pub(super) fn tally(world: &World<'_>, endings: &[Ending]) -> Result<Played> {
    let n = endings.len() as f64;
    let standoff = world.standoff;
    let settlements = standoff
        .issue
        .iter()
        .enumerate()
        .map(|(i, issue)| {
            let at = Distribution::new(endings.iter().map(|e| e.settlement[i]).collect())?;
            Ok(Settlement { issue: issue.id.clone(), name: issue.name.clone(), at })
        })
        .collect::<Result<_>>()?;
    let firsts: Vec<BTreeMap<What, u16>> = endings.iter().map(Ending::first).collect();
    let questions = questions(world);
    let answers: Vec<Vec<bool>> = questions.iter().map(|q| endings.iter().map(|e| (q.holds)(e)).collect()).collect();
    let outcomes = questions
        .iter()
        .zip(&answers)
        .map(|(question, answers)| {
            let probability = answers.iter().filter(|a| **a).count() as f64 / n;
            Outcome { name: question.name.clone(), probability, interval: wilson(probability, n), likelihood: Likelihood::of(probability) }
        })
        .collect();
    Ok(Played {
        plays: endings.len() as u64,
        steps: world.steps,
        step_days: standoff.play.step_days,
        settlements,
        outcomes,
        events: events(world, endings, &firsts),
        paths: paths(world, &firsts),
        separators: questions.iter().zip(&answers).flat_map(|(q, a)| separators(world, &firsts, q, a)).collect(),
    })
}

/// An outcome that is asked about.
struct Question {
    name: Label,
    holds: Box<dyn Fn(&Ending) -> bool>,
    /// What decides it by definition, and so explains nothing.
    decides: Box<dyn Fn(What) -> bool>,
}

/// The outcomes of a standoff: where each issue settles, whether truces hold, how votes, threats, offers and elections end.
fn questions(world: &World<'_>) -> Vec<Question> {
    let standoff = world.standoff;
    let both = |name: &Label, en: &str, ar: &str| Label { en: format!("{}: {en}", name.en), ar: format!("{}: {ar}", name.ar) };
    let happens = |name: Label, what: What, decides: fn(What, What) -> bool| Question {
        name,
        holds: Box::new(move |e| e.has(what)),
        decides: Box::new(move |other| decides(what, other)),
    };
    let mut questions = Vec::new();
    for (i, issue) in standoff.issue.iter().enumerate() {
        let middle = issue.status_quo.map_or(50.0, |s| s.mode());
        for (side, end) in [(-1.0, &issue.low), (1.0, &issue.high)] {
            questions.push(Question {
                name: Label {
                    en: format!("{}: moves {MOVE} points or more towards “{}”", issue.name.en, end.en),
                    ar: format!("{}: تحرّك بمقدار {MOVE} نقاط أو أكثر نحو «{}»", issue.name.ar, end.ar),
                },
                holds: Box::new(move |e| side * (e.settlement[i] - middle) >= f64::from(MOVE)),
                decides: Box::new(|_| false),
            });
        }
    }
    for (t, truce) in standoff.truce.iter().filter(|t| t.until.is_none()).enumerate() {
        questions.push(Question {
            name: both(&truce.name, "still in force at the end", "لا تزال سارية في النهاية"),
            holds: Box::new(move |e| e.truces[t]),
            decides: Box::new(move |w| w == What::TruceEnded(Some(t))),
        });
    }
    let same_motion = |a: What, b: What| matches!((a, b), (What::Voted(x, _), What::Voted(y, _)) if x == y);
    for (m, motion) in standoff.motion.iter().enumerate() {
        questions.push(happens(both(&motion.name, "carried", "الموافقة عليه"), What::Voted(m, Vote::Carried), same_motion));
    }
    let same_bargain = |a: What, b: What| matches!((a, b), (What::Answered(x, _), What::Answered(y, _)) if x == y);
    for (t, threat) in standoff.threat.iter().enumerate() {
        for (answer, en, ar) in [(Answer::GaveWay, "the threatened gives way", "رضوخ المهدَّد"), (Answer::CarriedOut, "carried out", "تنفيذ التهديد")]
        {
            questions.push(happens(both(&threat.name, en, ar), What::Answered(t, answer), same_bargain));
        }
    }
    for (o, offer) in standoff.offer.iter().enumerate() {
        let what = What::Answered(standoff.threat.len() + o, Answer::GaveWay);
        questions.push(happens(both(&offer.name, "taken up", "قبول العرض"), what, same_bargain));
    }
    for (e, election) in standoff.election.iter().enumerate().filter(|(e, _)| world.elections[*e].is_some()) {
        for (l, list) in election.list.iter().enumerate().filter(|(_, l)| l.actor.is_some()) {
            let name = Label {
                en: format!("{}: {} first", election.name.en, list.name.en), ar: format!("{}: {} في الصدارة", election.name.ar, list.name.ar)
            };
            questions.push(happens(name, What::Elected(e, l), |a, b| matches!((a, b), (What::Elected(x, _), What::Elected(y, _)) if x == y)));
        }
    }
    if (0..world.actors()).any(|a| world.raids[a].is_some()) {
        let violent = |w: What| matches!(w, What::Acted(_, Instrument::Attack | Instrument::StrikeBack));
        questions.push(Question {
            name: Label { en: "No attack at all".into(), ar: "لا هجوم البتة".into() },
            holds: Box::new(move |e| !e.record.iter().any(|m| violent(m.what))),
            decides: Box::new(violent),
        });
    }
    questions
}

fn events(world: &World<'_>, endings: &[Ending], firsts: &[BTreeMap<What, u16>]) -> Vec<Event> {
    let n = endings.len() as f64;
    let mut times: BTreeMap<What, f64> = BTreeMap::new();
    for moment in endings.iter().flat_map(|e| &e.record) {
        *times.entry(moment.what).or_default() += 1.0 / n;
    }
    let mut events: Vec<Event> = times
        .into_iter()
        .map(|(what, times)| {
            let mut steps: Vec<u16> = firsts.iter().filter_map(|f| f.get(&what).copied()).collect();
            steps.sort_unstable();
            Event { name: what.describe(world), share: steps.len() as f64 / n, times, first: steps[steps.len() / 2] }
        })
        .collect();
    events.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.times.total_cmp(&a.times)));
    events
}

fn paths(world: &World<'_>, firsts: &[BTreeMap<What, u16>]) -> Vec<Path> {
    let mut counts: BTreeMap<Vec<What>, u64> = BTreeMap::new();
    for first in firsts {
        let mut turns: Vec<(u16, What)> = first.iter().filter(|(w, _)| w.is_turn()).map(|(w, s)| (*s, *w)).collect();
        turns.sort_unstable();
        turns.truncate(TURNS);
        *counts.entry(turns.into_iter().map(|(_, w)| w).collect()).or_default() += 1;
    }
    let mut counts: Vec<(Vec<What>, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(PATHS);
    let share = |count: u64| count as f64 / firsts.len() as f64;
    counts.into_iter().map(|(turns, count)| Path { turns: turns.into_iter().map(|w| w.describe(world)).collect(), share: share(count) }).collect()
}

fn separators(world: &World<'_>, firsts: &[BTreeMap<What, u16>], question: &Question, answers: &[bool]) -> Vec<Separator> {
    let n = answers.len() as f64;
    let yes = answers.iter().filter(|a| **a).count() as f64;
    let mut together: BTreeMap<What, (f64, f64)> = BTreeMap::new();
    for (first, answer) in firsts.iter().zip(answers) {
        for what in first.keys() {
            let counts = together.entry(*what).or_default();
            counts.0 += 1.0;
            counts.1 += f64::from(u8::from(*answer));
        }
    }
    let mut found: Vec<(What, Separator)> = together
        .into_iter()
        .filter(|(what, (count, _))| !(question.decides)(*what) && (RARE..=1.0 - RARE).contains(&(count / n)))
        .filter(|_| yes > 0.0 && yes < n)
        .map(|(what, (count, with))| {
            let phi = (n * with - count * yes) / (count * (n - count) * yes * (n - yes)).sqrt();
            let rates = (with / count, (yes - with) / (n - count));
            (what, Separator { event: what.describe(world), outcome: question.name.clone(), with: rates.0, without: rates.1, phi })
        })
        .collect();
    found.sort_by(|a, b| b.1.phi.abs().total_cmp(&a.1.phi.abs()).then_with(|| a.0.cmp(&b.0)));
    found.truncate(SEPARATORS);
    found.into_iter().map(|(_, s)| s).collect()
}

/// Wilson's 95 % score interval of a share of `n`.
fn wilson(p: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((centre - half) / scale).clamp(0.0, p), ((centre + half) / scale).clamp(p, 1.0))
}
