//! A standoff made ready to be played: indices for names, steps for dates.

use super::cast::Numbers;
use super::raids::{self, Hit, Raids};
use super::rules::{Parameter, Rules};
use crate::election::district::Nomination;
use crate::election::shares::Poll;
use crate::error::{Error, Result};
use crate::standoff::Standoff;
use jiff::civil::Date;

/// What stays the same in every play. Stands lie at `actor * issues + issue`.
pub(super) struct World<'a> {
    pub(super) standoff: &'a Standoff,
    pub(super) issues: usize,
    pub(super) steps: u16,
    pub(super) step_days: f64,
    allies: Vec<bool>,
    adversaries: Vec<bool>,
    /// Per actor: whether it speaks for a state.
    pub(super) state: Vec<bool>,
    /// Per actor: whether it can use force.
    pub(super) armed: Vec<bool>,
    /// Per actor: who hit it last before the start.
    pub(super) hit: Vec<Option<Hit>>,
    /// Per actor: attacks and replies on record.
    pub(super) raids: Vec<Raids>,
    pub(super) motions: Vec<Motion>,
    /// The standoff's threats and then its offers.
    pub(super) bargains: Vec<Bargain>,
    /// In force at the start: which of the standoff's, and who is bound.
    pub(super) truces: Vec<(usize, Vec<usize>)>,
    /// Breaches on record that a truce outlived, and truces that one ended.
    pub(super) outlived: f64,
    pub(super) ended: f64,
    pub(super) elections: Vec<Election<'a>>,
    pub(super) numbers: Numbers,
}

/// An election of the standoff.
pub(super) struct Election<'a> {
    pub(super) assembly: usize,
    pub(super) poll: Poll<'a>,
    pub(super) when: When,
    /// The actor that each list stands for.
    pub(super) lists: Vec<Option<usize>>,
}

/// When something falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// No day is set.
    Open,
    /// In this step.
    Step(u16),
    /// After the play.
    Later,
}

/// A motion of the standoff.
pub(super) struct Motion {
    pub(super) assembly: usize,
    pub(super) issue: usize,
    pub(super) when: When,
}

/// A threat or an offer of the standoff.
pub(super) struct Bargain {
    pub(super) by: usize,
    pub(super) to: usize,
    pub(super) issue: usize,
    pub(super) offer: bool,
    pub(super) when: When,
}

impl<'a> World<'a> {
    /// `standoff` is sound and in order.
    pub(super) fn new(standoff: &'a Standoff, rules: &Rules, nomination: &'a Nomination) -> Result<Self> {
        let actor = |id: &str| standoff.actor(id).ok_or_else(|| Error::new(id, "there is no such actor"));
        let issue = |id: &str| standoff.issue(id).ok_or_else(|| Error::new(id, "there is no such issue"));
        let assembly = |id: &str| standoff.assembly(id).ok_or_else(|| Error::new(id, "there is no such assembly"));
        let when = |date: Option<Date>| When::of(standoff, date);
        let n = standoff.actor.len();
        let pairs = |holds: &dyn Fn(usize, usize) -> bool| (0..n * n).map(|i| i / n != i % n && holds(i / n, i % n)).collect();
        let threats = standoff.threat.iter().map(|t| (&t.by, &t.to, &t.issue, t.deadline, false));
        let offers = standoff.offer.iter().map(|o| (&o.by, &o.to, &o.issue, o.deadline, true));
        let bargains = threats
            .chain(offers)
            .map(|(by, to, on, deadline, offer)| Ok(Bargain { by: actor(by)?, to: actor(to)?, issue: issue(on)?, offer, when: when(deadline) }))
            .collect::<Result<_>>()?;
        let motions = standoff
            .motion
            .iter()
            .map(|m| Ok(Motion { assembly: assembly(&m.assembly)?, issue: issue(&m.issue)?, when: when(m.date) }))
            .collect::<Result<_>>()?;
        let truces = standoff.truce.iter().enumerate().filter(|(_, t)| t.until.is_none());
        let truces = truces.map(|(i, t)| Ok((i, t.between.iter().map(|id| actor(id)).collect::<Result<_>>()?))).collect::<Result<_>>()?;
        let elections = standoff
            .election
            .iter()
            .map(|e| {
                let lists = e.list.iter().map(|l| l.actor.as_ref().map(|id| actor(id)).transpose()).collect::<Result<_>>()?;
                Ok(Election { assembly: assembly(&e.assembly)?, poll: Poll::new(standoff, nomination, &e.id)?, when: when(Some(e.date)), lists })
            })
            .collect::<Result<_>>()?;
        let memory = rules.mode(Parameter::MemoryDays);
        Ok(Self {
            issues: standoff.issue.len(),
            steps: standoff.play.steps,
            step_days: f64::from(standoff.play.step_days),
            allies: pairs(&|a, b| stands_with(standoff, a, b) || stands_with(standoff, b, a)),
            adversaries: pairs(&|a, b| raids::adverse(standoff, a, b)),
            state: standoff.actor.iter().map(|a| a.state.is_some()).collect(),
            armed: standoff.actor.iter().map(|a| a.force.is_some_and(|f| f.high() > 0.0) || standoff.incident.iter().any(|i| i.by == a.id)).collect(),
            hit: standoff.actor.iter().map(|a| raids::last_hit(standoff, &a.id)).collect(),
            raids: standoff.actor.iter().map(|a| raids::of(standoff, &a.id, memory)).collect(),
            motions,
            bargains,
            truces,
            outlived: standoff.truce.iter().map(|t| t.breaches.len() as f64).sum(),
            ended: standoff.truce.iter().filter(|t| t.until.is_some()).count() as f64,
            elections,
            numbers: Numbers::new(standoff, rules)?,
            standoff,
        })
    }

    pub(super) fn actors(&self) -> usize {
        self.standoff.actor.len()
    }

    pub(super) fn allied(&self, a: usize, b: usize) -> bool {
        self.allies[a * self.actors() + b]
    }

    /// Whether there are attacks or a truce between two actors on record.
    pub(super) fn adverse(&self, a: usize, b: usize) -> bool {
        self.adversaries[a * self.actors() + b]
    }

    /// Days from the start to a step.
    pub(super) fn day(&self, step: u16) -> f64 {
        f64::from(step) * self.step_days
    }

    /// The step that lies so many days after `step`, at least one later.
    pub(super) fn after(&self, step: u16, days: f64) -> u16 {
        step.saturating_add(((days / self.step_days).ceil() as u16).max(1))
    }

    /// Share that is gone after a step, where half is gone after `days`.
    pub(super) fn decay(&self, days: f64) -> f64 {
        1.0 - (-self.step_days / days).exp2()
    }
}

impl When {
    fn of(standoff: &Standoff, date: Option<Date>) -> Self {
        let Some(date) = date else { return Self::Open };
        let step = raids::days(standoff.date, date) / i32::from(standoff.play.step_days);
        u16::try_from(step).ok().filter(|s| *s < standoff.play.steps).map_or(Self::Later, Self::Step)
    }
}

fn stands_with(standoff: &Standoff, a: usize, b: usize) -> bool {
    standoff.actor[a].allies.contains(&standoff.actor[b].id)
}
