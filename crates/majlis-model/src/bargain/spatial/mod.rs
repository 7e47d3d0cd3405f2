//! The spatial model of KTAB, in any number of dimensions. Turn by turn every actor challenges whom it gains most by challenging,
//! the two are offered a compromise, and every actor takes the offer, or the status quo, that all actors together make likeliest.
//!
//! After KTAB's SMP (Wise, Lester and Efird, *Multidimensional bargaining using KTAB*, KAPSARC 2015, and the program of May 2017). What
//! the program does and the papers do not say is kept: an offer is rounded to a hundredth of a point, positions and offers are voted on
//! by influence without salience, and third parties join the side with which they expect more. With the default settings it goes
//! through the states of the program's published logs. It departs from the program in this:
//!
//! - An offer as the target sees it rests on the probability that the target sees; the program takes the expected gain for it. The
//!   target's weight in a weighted compromise is its own; the program takes the challenger's influence. The default uses neither.
//! - Positions are voted on by the rule that is set; the program always takes the proportional vote for the final probabilities.
//! - Nothing depends on how the actors are listed. The program joins positions less than a tenth apart in the order of the list,
//!   which can move a probability by some thousandths where several such positions meet.
//! - An actor that cares about nothing sees no distances, and positions at the ends of the scale are as good as any; the program
//!   stops at both.

mod challenge;
mod offer;
mod record;
mod settings;
mod state;

pub use record::{Challenge, Decision, Offer, Run, State, Turn};
pub use settings::{Choice, Compromise, Offers, RiskRange, RiskSeen, Settings, ThirdParties};

use super::condorcet::relative;
use crate::error::{Error, Result, number};
use crate::standoff::Standoff;
use crate::streams::Streams;
use rand::RngExt;
use state::Views;

/// Who takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// What the actor can bring to bear, 0 or more; only shares matter.
    pub influence: f64,
    /// What the actor wants, dimension by dimension, 0–100.
    pub position: Vec<f64>,
    /// How much the actor cares, dimension by dimension; 0–1, and no more than 1 in sum.
    pub salience: Vec<f64>,
}

impl Actor {
    /// Salience over all dimensions, 0–1.
    fn attention(&self) -> f64 {
        self.salience.iter().sum::<f64>().min(1.0)
    }
}

/// Plays the model until nothing much moves.
///
/// # Errors
/// If there is no actor, dimensions differ or there is none, a number is out of range, salience sums to more than 1, or nobody has
/// any influence.
pub fn run(actors: &[Actor], settings: &Settings) -> Result<Run> {
    settings.check()?;
    check(actors)?;
    let mut order: Vec<usize> = (0..actors.len()).collect();
    order.sort_by(|a, b| by_what_they_are(&actors[*a], &actors[*b]));
    let sorted: Vec<Actor> = order.iter().map(|i| actors[*i].clone()).collect();
    let influence = relative(&sorted.iter().map(|a| a.influence).collect::<Vec<_>>(), "actors.influence")?;
    let mut run = play(sorted, &influence, settings);
    run.relabel(&order);
    Ok(run)
}

/// The actors of a standoff that have a stand on every one of `issues`, each with its index. Every number is at its mode. Influence
/// is the mean over the issues by salience. Where somebody's saliences sum to more than 100, all actors' are scaled down together.
///
/// # Errors
/// If there is no issue, one is unknown, or no actor has a stand on all.
pub fn actors(standoff: &Standoff, issues: &[&str]) -> Result<Vec<(usize, Actor)>> {
    if let Some((i, issue)) = issues.iter().enumerate().find(|(_, issue)| standoff.issue(issue).is_none()) {
        return Err(Error::new(format!("issues[{i}]"), format!("there is no issue with the id {issue}")));
    }
    let mut found: Vec<(usize, Actor)> = Vec::new();
    for (a, actor) in standoff.actor.iter().enumerate() {
        let stands: Option<Vec<_>> = issues.iter().map(|issue| actor.stand.iter().find(|s| s.issue == *issue)).collect();
        let Some(stands) = stands else { continue };
        let salience: Vec<f64> = stands.iter().map(|s| s.salience.mode() / 100.0).collect();
        let cares: f64 = salience.iter().sum();
        let share = |s: f64| if cares > 0.0 { s / cares } else { 1.0 / salience.len() as f64 };
        let influence = stands.iter().zip(&salience).map(|(stand, s)| actor.influence_on(stand).mode() * share(*s)).sum();
        found.push((a, Actor { influence, position: stands.iter().map(|s| s.position.mode()).collect(), salience }));
    }
    if issues.is_empty() || found.is_empty() {
        return Err(Error::new("issues", "no actor has a stand on all of them"));
    }
    let most = found.iter().map(|(_, actor)| actor.salience.iter().sum()).fold(1.0, f64::max);
    found.iter_mut().flat_map(|(_, actor)| &mut actor.salience).for_each(|s| *s /= most);
    Ok(found)
}

fn check(actors: &[Actor]) -> Result<()> {
    let Some(first) = actors.first() else { return Err(Error::new("actors", "there is none")) };
    let dimensions = first.position.len();
    if dimensions == 0 {
        return Err(Error::new("actors[0].position", "there is no dimension"));
    }
    for (i, actor) in actors.iter().enumerate() {
        for (name, values, greatest) in [("position", &actor.position, 100.0), ("salience", &actor.salience, 1.0)] {
            if values.len() != dimensions {
                return Err(Error::new(format!("actors[{i}].{name}"), format!("must have {dimensions} dimensions, has {}", values.len())));
            }
            for (d, value) in values.iter().enumerate() {
                number(&format!("actors[{i}].{name}[{d}]"), *value, 0.0, greatest)?;
            }
        }
        let sum: f64 = actor.salience.iter().sum();
        if sum > 1.0 + 1e-9 {
            return Err(Error::new(format!("actors[{i}].salience"), format!("must sum to 1 or less, sums to {sum}")));
        }
    }
    Ok(())
}

/// An order that depends on the actors alone, not on how they are listed, so that ties fall the same way for every listing.
fn by_what_they_are(a: &Actor, b: &Actor) -> std::cmp::Ordering {
    let numbers = |actor: &Actor| [actor.influence].into_iter().chain(actor.position.clone()).chain(actor.salience.clone()).collect::<Vec<_>>();
    let pairs = numbers(b).into_iter().zip(numbers(a));
    pairs.map(|(b, a)| b.total_cmp(&a)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

fn play(mut actors: Vec<Actor>, influence: &[f64], settings: &Settings) -> Run {
    let streams = match settings.choice {
        Choice::Likeliest => None,
        Choice::Drawn { seed } => Some(Streams::new(seed)),
    };
    let mut views = Views::of(&actors, influence, settings);
    let mut run = Run { states: vec![views.state(&actors, influence, settings)], turns: Vec::new(), settled: false };
    let mut first_move = None;
    while run.turns.len() < settings.most_turns && !run.settled {
        let challenges = challenge::all(&actors, influence, &views, settings);
        let offers = offer::all(&actors, influence, &challenges, settings);
        let mut rng = streams.as_ref().map(|s| s.of(run.turns.len() as u64));
        let decisions = offer::decide(&actors, influence, &views, &offers, settings, || rng.as_mut().map(|rng| rng.random()));
        let mut moved = 0.0;
        for decision in &decisions {
            if let Some(position) = decision.chosen.map(|o| offers[o].position_of(decision.actor)) {
                let actor = &mut actors[decision.actor];
                moved += state::apart(&actor.position, position);
                actor.position = position.to_vec();
            }
        }
        run.turns.push(Turn { challenges, offers, decisions });
        views = Views::of(&actors, influence, settings);
        run.states.push(views.state(&actors, influence, settings));
        let first = *first_move.get_or_insert(moved + SLIGHT_MOVE);
        run.settled = run.turns.len() >= settings.least_turns && moved < settings.still * first;
    }
    run
}

/// By less than this nothing is better than something else: the difference is rounding.
const CLEARLY: f64 = 1e-9;

/// Keeps the first turn's moves above 0, in points of the scale.
const SLIGHT_MOVE: f64 = 0.01;
