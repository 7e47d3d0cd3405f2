//! Whether a motion passes.
//!
//! Each bloc takes the side that brings the outcome nearer to its actor's position: for, if the motion is nearer to it than where
//! things would else stand (the status quo; without one, the mean of positions weighted by influence × salience). Near the middle
//! it may be either: the chance runs linearly from 0 to 1 while the motion is from `indifference` points farther to as many points
//! nearer. A bloc that is bound takes the side of its leader. Of its members, a share (attendance) comes, and a share of those
//! (cohesion) votes the line; the others vote the other way. A bloc whose actor does not care, or that has none, votes as coins
//! fall; members of no bloc come as coins fall too. With the chance `boycott` all blocs against stay away together.
//!
//! Positions, attendance and all other ranges are drawn; for each draw the vote is exact by convolution, both with and without a
//! boycott. Only in houses of more than [`EXACT_SEATS`] seats members are drawn as well.

use super::check_draws;
use super::parties::{Party, parties, unbound};
use super::vote::{Camp, Group, Rule, drawn, exact, turned};
use crate::distribution::Distribution;
use crate::error::{Error, Result};
use crate::play::Rules;
use crate::range::Range;
use crate::standoff::{Assembly, Bloc, Label, Motion, Standoff};
use crate::streams::{Stream, Streams};
use crate::words::Likelihood;
use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// Houses up to this many seats are worked out exactly.
pub const EXACT_SEATS: u32 = 1000;
/// Points of the scale within which an actor may take either side. An assumption: positions are hardly ever known better.
pub const INDIFFERENCE: f64 = 5.0;
/// Draws that are summed up one after the other, whatever the number of threads.
const CHUNK: u64 = 16;

/// What is assumed of those who vote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conduct {
    /// The chance, 0–1, that the blocs against stay away together.
    pub boycott: Range,
    /// Points within which an actor may take either side, 0 or more.
    pub indifference: f64,
}

impl Conduct {
    /// The chance of a boycott as in the rules of the play, and [`INDIFFERENCE`].
    ///
    /// # Errors
    /// If the rules have no `boycott`, or it is not between 0 and 1.
    pub fn of(rules: &Rules) -> Result<Self> {
        let boycott = rules.numbers().iter().find(|r| r.path == "boycott").ok_or_else(|| Error::new("boycott", "there is no such rule"))?;
        Ok(Self { boycott: boycott.range.between("boycott", 0.0, 1.0)?, indifference: INDIFFERENCE })
    }
}

/// How a vote on a motion may end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// The motion's `id`.
    pub motion: String,
    /// Its name.
    pub name: Label,
    /// Draws of the ranges.
    pub draws: u64,
    /// Probability that it is carried.
    pub probability: f64,
    /// In words.
    pub likelihood: Option<Likelihood>,
    /// The probability in each draw: how much of the doubt lies in the ranges. In a house above [`EXACT_SEATS`] each is of one vote
    /// with a boycott and one without, and tells nothing by itself.
    pub probabilities: Distribution,
    /// Its 90 % interval.
    pub interval: (f64, f64),
    /// Probability that too few come.
    pub no_quorum: f64,
    /// Votes for and their probability, upwards, whether enough come or not.
    pub yes: Vec<(u32, f64)>,
    /// The blocs that decide for themselves, the one that moves the probability most first.
    pub pivots: Vec<Pivot>,
}

impl Passage {
    /// Probability of at least so many votes for.
    #[must_use]
    pub fn at_least(&self, votes: u32) -> f64 {
        self.yes.iter().filter(|(yes, _)| *yes >= votes).map(|(_, chance)| chance).sum::<f64>().min(1.0)
    }
}

/// What a bloc and its followers can do to a motion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pivot {
    /// The bloc's `id`.
    pub bloc: String,
    /// Its name.
    pub name: Label,
    /// Seats, those of its followers among them.
    pub seats: u64,
    /// Probability that its line is for; absent if it has none.
    pub favours: Option<f64>,
    /// Probability that the motion is carried if it votes for, all else alike.
    pub if_for: f64,
    /// And if it votes against, or stays away with those who do.
    pub if_against: f64,
}

impl Pivot {
    /// By how much the probability moves if the bloc turns from against to for.
    #[must_use]
    pub fn shift(&self) -> f64 {
        self.if_for - self.if_against
    }
}

/// The probability, 0–1, that an actor at `position` is for a motion when things would else stand at `now`; all on the scale of the
/// issue, 0–100. With an `indifference` of 0 an actor as near to the one as to the other is against.
#[must_use]
pub fn favours(position: f64, motion: f64, now: f64, indifference: f64) -> f64 {
    let gain = (position - now).abs() - (position - motion).abs();
    if indifference > 0.0 { (0.5 + gain / (2.0 * indifference)).clamp(0.0, 1.0) } else { f64::from(u8::from(gain > 0.0)) }
}

/// Whether the motion with the `id` passes, under the rules that come with the crate.
///
/// # Errors
/// As [`passes_under`].
pub fn passes(standoff: &Standoff, motion: &str, seed: u64, draws: u64) -> Result<Passage> {
    passes_under(standoff, &Conduct::of(&Rules::shipped()?)?, motion, seed, draws)
}

/// Whether the motion with the `id` passes; `draws` of the ranges, from the streams of `seed`.
///
/// # Errors
/// If there is no such motion or no draw, a reference or a binding leads nowhere or in a circle, the blocs hold more seats than
/// there are, or a number is out of range; names the key.
pub fn passes_under(standoff: &Standoff, conduct: &Conduct, motion: &str, seed: u64, draws: u64) -> Result<Passage> {
    check_draws(draws)?;
    conduct.boycott.between("boycott", 0.0, 1.0)?;
    crate::number("indifference", conduct.indifference, 0.0, f64::INFINITY)?;
    let setting = Setting::new(standoff, motion)?;
    let streams = Streams::new(seed);
    let chunks: Vec<Sums> = (0..draws.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let mut sums = Sums::new(setting.parties.len());
            for draw in chunk * CHUNK..draws.min((chunk + 1) * CHUNK) {
                setting.vote(conduct, &mut streams.of(draw), &mut sums);
            }
            sums
        })
        .collect();
    let mut sums = Sums::new(setting.parties.len());
    chunks.into_iter().for_each(|chunk| sums.add(chunk));
    setting.passage(draws, sums)
}

/// What a vote depends on, ready to be drawn. Actors and blocs are in the order of their `id`s, so the order of the file changes nothing.
struct Setting<'a> {
    motion: &'a Motion,
    assembly: &'a Assembly,
    rule: Rule,
    status_quo: Option<Range>,
    /// Position, salience, influence.
    stands: Vec<[Range; 3]>,
    parties: Vec<(Party, Option<usize>)>,
    unbound: u32,
}

impl<'a> Setting<'a> {
    fn new(standoff: &'a Standoff, id: &str) -> Result<Self> {
        let found = standoff.motion.iter().enumerate().find(|(_, m)| m.id == id);
        let (m, motion) = found.ok_or_else(|| Error::new("motion", format!("there is no motion with the id {id}")))?;
        let key = format!("motion[{m}]");
        let missing = |kind: &str, id: &str| Error::new(format!("{key}.{kind}"), format!("there is no {kind} with the id {id}"));
        let a = standoff.assembly(&motion.assembly).ok_or_else(|| missing("assembly", &motion.assembly))?;
        let i = standoff.issue(&motion.issue).ok_or_else(|| missing("issue", &motion.issue))?;
        motion.position.between(&format!("{key}.position"), 0.0, 100.0)?;
        let status_quo = standoff.issue[i].status_quo.map(|range| range.between(&format!("issue[{i}].status_quo"), 0.0, 100.0)).transpose()?;
        let stands = stands(standoff, &motion.issue)?;

        let (assembly, key) = (&standoff.assembly[a], format!("assembly[{a}]"));
        for (b, bloc) in assembly.bloc.iter().enumerate() {
            bloc.attendance.between(&format!("{key}.bloc[{b}].attendance"), 0.0, 100.0)?;
            bloc.cohesion.between(&format!("{key}.bloc[{b}].cohesion"), 0.0, 100.0)?;
            if let Some(id) = bloc.actor.as_ref().filter(|id| standoff.actor(id).is_none()) {
                return Err(Error::new(format!("{key}.bloc[{b}].actor"), format!("there is no actor with the id {id}")));
            }
        }
        let line = |bloc: &Bloc| stands.iter().position(|(actor, _)| Some(*actor) == bloc.actor.as_deref());
        let mut parties = parties(assembly).map_err(|e| e.within(&key))?;
        parties.sort_by_key(|p| &assembly.bloc[p.leader].id);
        for party in &mut parties {
            party.blocs.sort_by_key(|b| &assembly.bloc[*b].id);
        }
        let parties = parties.into_iter().map(|party| (line(&assembly.bloc[party.leader]), party)).map(|(line, party)| (party, line)).collect();
        let rule = Rule { seats: assembly.seats, quorum: assembly.quorum.unwrap_or(0), threshold: motion.threshold.unwrap_or(assembly.threshold) };
        let stands = stands.into_iter().map(|(_, ranges)| ranges).collect();
        Ok(Self { motion, assembly, rule, status_quo, stands, parties, unbound: unbound(assembly)? })
    }

    /// One draw of the ranges, and the vote under it.
    fn vote(&self, conduct: &Conduct, rng: &mut Stream, sums: &mut Sums) {
        let boycott = conduct.boycott.draw(rng);
        let sides = self.sides(conduct, rng);
        let turnout: Vec<Vec<(u32, f64, f64)>> = self
            .parties
            .iter()
            .map(|(party, _)| {
                let blocs = party.blocs.iter().map(|b| &self.assembly.bloc[*b]);
                blocs.map(|bloc| (bloc.seats, bloc.attendance.draw(rng) / 100.0, bloc.cohesion.draw(rng) / 100.0)).collect()
            })
            .collect();
        let loose = [Group::new(self.unbound, 0.5, 0.5, None)];
        let mut probability = 0.0;
        for (weight, away) in [(1.0 - boycott, false), (boycott, true)] {
            let groups = |blocs: &[(u32, f64, f64)], side: Option<bool>| -> Vec<Group> {
                let stays_away = away && side == Some(false);
                blocs.iter().map(|(n, attends, with)| if stays_away { Group::away(*n) } else { Group::new(*n, *attends, *with, side) }).collect()
            };
            let camp = |(blocs, side): (&Vec<_>, &Option<bool>)| Camp {
                stands: groups(blocs, *side),
                turned_for: groups(blocs, Some(true)),
                turned_against: groups(blocs, Some(false)),
            };
            let camps: Vec<Camp> = turnout.iter().zip(&sides).map(camp).collect();
            probability += weight * self.count(weight, &loose, &camps, rng, sums);
        }
        sums.probabilities.push(probability.min(1.0));
        for (favours, side) in sums.favours.iter_mut().zip(&sides) {
            if let Some(side) = side {
                favours.0 += f64::from(u8::from(*side));
                favours.1 += 1.0;
            }
        }
    }

    /// The side that each party takes: for, against, or none.
    fn sides(&self, conduct: &Conduct, rng: &mut Stream) -> Vec<Option<bool>> {
        let motion = self.motion.position.draw(rng);
        let status_quo = self.status_quo.map(|range| range.draw(rng));
        let stands: Vec<([f64; 3], f64)> = self.stands.iter().map(|ranges| (ranges.map(|r| r.draw(rng)), rng.random())).collect();
        let weights: f64 = stands.iter().map(|([_, salience, influence], _)| salience * influence).sum();
        let mean = stands.iter().map(|([position, salience, influence], _)| position * salience * influence).sum::<f64>() / weights;
        let now = status_quo.unwrap_or(if weights > 0.0 { mean } else { 50.0 });
        let side = |line: usize| {
            let ([position, salience, _], luck) = stands[line];
            (salience > 0.0).then(|| luck < favours(position, motion, now, conduct.indifference))
        };
        self.parties.iter().map(|(_, line)| line.and_then(side)).collect()
    }

    /// Adds one vote, of this weight, to the sums; the probability that it is carried.
    fn count(&self, weight: f64, loose: &[Group], camps: &[Camp], rng: &mut Stream, sums: &mut Sums) -> f64 {
        if self.rule.seats <= EXACT_SEATS {
            let groups: Vec<Group> = loose.iter().chain(camps.iter().flat_map(|c| &c.stands)).copied().collect();
            let outcome = exact(&self.rule, &groups);
            sums.no_quorum += weight * outcome.no_quorum;
            for (votes, chance) in outcome.yes.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
                *sums.yes.entry(votes as u32).or_default() += weight * chance;
            }
            for (sum, turned) in sums.turned.iter_mut().zip(turned(&self.rule, loose, camps, outcome.carried)) {
                (0..2).for_each(|side| sum[side] += weight * turned[side]);
            }
            return outcome.carried;
        }
        let ((yes, no), turned) = drawn(&self.rule, loose, camps, rng);
        sums.no_quorum += if u64::from(yes) + u64::from(no) < u64::from(self.rule.quorum) { weight } else { 0.0 };
        *sums.yes.entry(yes).or_default() += weight;
        for (sum, turned) in sums.turned.iter_mut().zip(turned) {
            (0..2).filter(|side| turned[*side]).for_each(|side| sum[side] += weight);
        }
        f64::from(u8::from(self.rule.carried(yes, no)))
    }

    fn passage(&self, draws: u64, sums: Sums) -> Result<Passage> {
        let n = draws as f64;
        let mean = |sum: f64| (sum / n).clamp(0.0, 1.0);
        let mut pivots: Vec<Pivot> = self
            .parties
            .iter()
            .zip(sums.turned.iter().zip(&sums.favours))
            .map(|((party, _), ([with, without], (favours, lines)))| Pivot {
                bloc: self.assembly.bloc[party.leader].id.clone(),
                name: self.assembly.bloc[party.leader].name.clone(),
                seats: party.seats,
                favours: (*lines > 0.0).then(|| favours / lines),
                if_for: mean(*with),
                if_against: mean(*without),
            })
            .collect();
        pivots.sort_by(|a, b| b.shift().total_cmp(&a.shift()));
        let probabilities = Distribution::new(sums.probabilities)?;
        let probability = mean(probabilities.mean() * n);
        Ok(Passage {
            motion: self.motion.id.clone(),
            name: self.motion.name.clone(),
            draws,
            probability,
            likelihood: Likelihood::of(probability),
            interval: probabilities.interval(0.9),
            probabilities,
            no_quorum: mean(sums.no_quorum),
            yes: sums.yes.into_iter().map(|(votes, chance)| (votes, mean(chance))).collect(),
            pivots,
        })
    }
}

/// Position, salience and influence of every actor with a stand on an issue, in the order of their `id`s.
fn stands<'a>(standoff: &'a Standoff, issue: &str) -> Result<Vec<(&'a str, [Range; 3])>> {
    let mut stands = Vec::new();
    for (a, actor) in standoff.actor.iter().enumerate() {
        let Some((s, stand)) = actor.stand.iter().enumerate().find(|(_, s)| s.issue == issue) else { continue };
        let numbers = [("position", stand.position), ("salience", stand.salience), ("influence", actor.influence_on(stand))];
        for (name, range) in numbers {
            range.between(&format!("actor[{a}].stand[{s}].{name}"), 0.0, 100.0)?;
        }
        stands.push((actor.id.as_str(), numbers.map(|(_, range)| range)));
    }
    stands.sort_by_key(|(actor, _)| *actor);
    Ok(stands)
}

/// Sums over draws.
struct Sums {
    probabilities: Vec<f64>,
    no_quorum: f64,
    yes: BTreeMap<u32, f64>,
    /// Per party: carried if it votes for, and against.
    turned: Vec<[f64; 2]>,
    /// Per party: draws in which its line is for, and in which it has one.
    favours: Vec<(f64, f64)>,
}

impl Sums {
    fn new(parties: usize) -> Self {
        Self { probabilities: Vec::new(), no_quorum: 0.0, yes: BTreeMap::new(), turned: vec![[0.0; 2]; parties], favours: vec![(0.0, 0.0); parties] }
    }

    fn add(&mut self, other: Self) {
        self.probabilities.extend(other.probabilities);
        self.no_quorum += other.no_quorum;
        for (votes, chance) in other.yes {
            *self.yes.entry(votes).or_default() += chance;
        }
        for (sum, more) in self.turned.iter_mut().zip(other.turned) {
            (0..2).for_each(|side| sum[side] += more[side]);
        }
        for (sum, more) in self.favours.iter_mut().zip(other.favours) {
            *sum = (sum.0 + more.0, sum.1 + more.1);
        }
    }
}
