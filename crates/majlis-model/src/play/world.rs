//! A standoff made ready to be played: indices for names, steps for dates, and one draw of its numbers.
//!
//! Actors are taken in the order of their `id`s, so the order of the file changes nothing.

use super::rules::{Amounts, Rules};
use crate::range::Range;
use crate::standoff::Standoff;
use crate::streams::Stream;
use jiff::civil::Date;

/// What stays the same in every play.
pub(super) struct World<'a> {
    pub(super) standoff: &'a Standoff,
    pub(super) rules: &'a Rules,
    /// World index → index in the file.
    pub(super) order: Vec<usize>,
    pub(super) issues: usize,
    pub(super) steps: u16,
    allies: Vec<bool>,
    adversaries: Vec<bool>,
    /// Per actor: who hit it last before the start, if it was within the days in which a reply is due.
    pub(super) hit: Vec<Option<usize>>,
    /// Per actor: whether it has a bloc in some assembly.
    pub(super) seated: Vec<bool>,
    /// Per actor: whether it speaks for a state.
    pub(super) state: Vec<bool>,
    /// Per actor: attacks a step, and replies a step in which one was open, on record; `None` where the standoff records none at all.
    pub(super) raids: Vec<Option<Raids>>,
    pub(super) motions: Vec<Due>,
    pub(super) bargains: Vec<Bargain>,
    /// In force at the start: who is bound.
    pub(super) truces: Vec<Vec<usize>>,
    /// Breaches on record that a truce outlived, and truces that one ended.
    pub(super) outlived: f64,
    pub(super) ended: f64,
    /// Step of each election, if within the play.
    pub(super) elections: Vec<Option<u16>>,
    stands: Vec<Option<[Range; 3]>>,
    force: Vec<Range>,
}

/// Rates of violence on record.
#[derive(Clone, Copy)]
pub(super) struct Raids {
    pub(super) attack: f64,
    pub(super) reply: f64,
}

/// A motion.
pub(super) struct Due {
    pub(super) assembly: usize,
    pub(super) issue: usize,
    /// The step of its date, if it has one.
    pub(super) step: Option<u16>,
}

/// A threat or an offer of the standoff.
pub(super) struct Bargain {
    pub(super) by: usize,
    pub(super) to: usize,
    pub(super) issue: usize,
    pub(super) demand: Range,
    /// Harm, cost and audience cost; of an offer reward and cost.
    pub(super) harm: Range,
    pub(super) cost: Range,
    pub(super) audience: Range,
    pub(super) offer: bool,
    pub(super) step: Option<u16>,
}

impl<'a> World<'a> {
    pub(super) fn new(standoff: &'a Standoff, rules: &'a Rules) -> Self {
        let mut order: Vec<usize> = (0..standoff.actor.len()).collect();
        order.sort_by(|a, b| standoff.actor[*a].id.cmp(&standoff.actor[*b].id));
        let world = |id: &str| order.iter().position(|i| standoff.actor[*i].id == id).unwrap_or(0);
        let issue = |id: &str| standoff.issue(id).unwrap_or(0);
        let step = |date: Date| step_of(standoff, date);
        let people = || order.iter().map(|i| &standoff.actor[*i]);
        let allied = |a: usize, b: usize| {
            let (a, b) = (&standoff.actor[order[a]], &standoff.actor[order[b]]);
            a.allies.contains(&b.id) || b.allies.contains(&a.id)
        };
        let opposed = |a: usize, b: usize| {
            let (a, b) = (&standoff.actor[order[a]].id, &standoff.actor[order[b]].id);
            let fought = |by: &str, on: &str| standoff.incident.iter().any(|i| i.by == by && i.against.as_deref() == Some(on));
            fought(a, b) || fought(b, a) || standoff.truce.iter().any(|t| t.between.contains(a) && t.between.contains(b))
        };
        let n = order.len();
        let threats = standoff.threat.iter().map(|t| Bargain {
            by: world(&t.by),
            to: world(&t.to),
            issue: issue(&t.issue),
            demand: t.demand,
            harm: t.harm,
            cost: t.cost,
            audience: t.audience_cost,
            offer: false,
            step: t.deadline.and_then(step),
        });
        let offers = standoff.offer.iter().map(|o| Bargain {
            by: world(&o.by),
            to: world(&o.to),
            issue: issue(&o.issue),
            demand: o.demand,
            harm: o.reward,
            cost: o.cost,
            audience: Range::ZERO,
            offer: true,
            step: o.deadline.and_then(step),
        });
        Self {
            issues: standoff.issue.len(),
            steps: standoff.play.steps,
            allies: (0..n * n).map(|i| i / n != i % n && allied(i / n, i % n)).collect(),
            adversaries: (0..n * n).map(|i| i / n != i % n && opposed(i / n, i % n)).collect(),
            hit: people().map(|a| last_hit(standoff, &a.id).map(&world)).collect(),
            seated: people().map(|a| standoff.assembly.iter().any(|h| h.bloc.iter().any(|b| b.actor.as_deref() == Some(&a.id)))).collect(),
            state: people().map(|a| a.state.is_some()).collect(),
            raids: people().map(|a| raids(standoff, &a.id)).collect(),
            motions: standoff
                .motion
                .iter()
                .map(|m| Due { assembly: standoff.assembly(&m.assembly).unwrap_or(0), issue: issue(&m.issue), step: m.date.and_then(step) })
                .collect(),
            bargains: threats.chain(offers).collect(),
            truces: standoff.truce.iter().filter(|t| t.until.is_none()).map(|t| t.between.iter().map(|id| world(id)).collect()).collect(),
            outlived: standoff.truce.iter().map(|t| t.breaches.len() as f64).sum(),
            ended: standoff.truce.iter().filter(|t| t.until.is_some()).count() as f64,
            elections: standoff.election.iter().map(|e| step(e.date)).collect(),
            stands: people()
                .flat_map(|a| standoff.issue.iter().map(|i| a.stand.iter().find(|s| s.issue == i.id).map(|s| [s.position, s.salience, a.influence_on(s)])))
                .collect(),
            force: people().map(|a| a.force.unwrap_or(Range::ZERO)).collect(),
            order,
            standoff,
            rules,
        }
    }

    pub(super) fn actors(&self) -> usize {
        self.order.len()
    }

    pub(super) fn allied(&self, a: usize, b: usize) -> bool {
        self.allies[a * self.actors() + b]
    }

    /// Whether there are attacks or a truce between two actors on record.
    pub(super) fn adverse(&self, a: usize, b: usize) -> bool {
        self.adversaries[a * self.actors() + b]
    }

    /// The world index of an actor of the file.
    pub(super) fn rank(&self, id: &str) -> Option<usize> {
        self.order.iter().position(|i| self.standoff.actor[*i].id == id)
    }

    /// One draw of every number.
    pub(super) fn draw(&self, rng: &mut Stream) -> Cast {
        let amounts = self.rules.draw(rng);
        let mut cast = Cast {
            amounts,
            ideal: Vec::with_capacity(self.stands.len()),
            salience: Vec::with_capacity(self.stands.len()),
            influence: Vec::with_capacity(self.stands.len()),
            force: Vec::new(),
            status_quo: Vec::new(),
            motions: Vec::new(),
            bargains: Vec::new(),
        };
        for stand in &self.stands {
            let [position, salience, influence] = stand.map_or([0.0; 3], |ranges| ranges.map(|r| r.draw(rng)));
            cast.ideal.push(position);
            cast.salience.push(salience / 100.0);
            cast.influence.push(influence);
        }
        cast.force.extend(self.force.iter().map(|f| f.draw(rng) / 100.0));
        cast.status_quo.extend(self.standoff.issue.iter().map(|i| i.status_quo.map(|s| s.draw(rng))));
        cast.motions.extend(self.standoff.motion.iter().map(|m| m.position.draw(rng)));
        cast.bargains.extend(self.bargains.iter().map(|b| Terms {
            demand: b.demand.draw(rng),
            harm: b.harm.draw(rng),
            cost: b.cost.draw(rng),
            audience: b.audience.draw(rng),
        }));
        cast
    }
}

/// One draw of a standoff's numbers. Stands lie at `actor * issues + issue`; an actor without a stand has salience and influence 0.
pub(super) struct Cast {
    pub(super) amounts: Amounts,
    pub(super) ideal: Vec<f64>,
    pub(super) salience: Vec<f64>,
    pub(super) influence: Vec<f64>,
    pub(super) force: Vec<f64>,
    pub(super) status_quo: Vec<Option<f64>>,
    pub(super) motions: Vec<f64>,
    pub(super) bargains: Vec<Terms>,
}

/// The numbers of a threat or an offer, each 0–100.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) demand: f64,
    pub(super) harm: f64,
    pub(super) cost: f64,
    pub(super) audience: f64,
}

/// The step in which a day falls, if it lies within the play.
fn step_of(standoff: &Standoff, date: Date) -> Option<u16> {
    let step = days(standoff.date, date).div_euclid(i32::from(standoff.play.step_days));
    u16::try_from(step).ok().filter(|s| *s < standoff.play.steps)
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Incidents that stand for nothing but the possibility of one.
const TRACE: f64 = 0.1;
/// An incident is a reply if its actor was hit within so many days before.
const REPLY_DAYS: i32 = 14;

/// Who hit an actor last, if it can still reply.
fn last_hit<'a>(standoff: &'a Standoff, id: &str) -> Option<&'a str> {
    let hits = standoff.incident.iter().filter(|i| i.against.as_deref() == Some(id) && days(i.date, standoff.date) <= REPLY_DAYS);
    hits.max_by_key(|i| i.date).map(|i| i.by.as_str())
}

/// Attacks and replies a step of one actor, from the first day on record; a trace is added to both, so that what has never happened can.
fn raids(standoff: &Standoff, id: &str) -> Option<Raids> {
    let first = standoff.incident.iter().map(|i| i.date).chain(standoff.truce.iter().map(|t| t.from)).min().filter(|_| !standoff.incident.is_empty())?;
    let step = f64::from(standoff.play.step_days);
    let open = |on: Date| standoff.incident.iter().any(|hit| hit.against.as_deref() == Some(id) && (1..=REPLY_DAYS).contains(&days(hit.date, on)));
    let observed = days(first, standoff.date).max(1);
    let open_days = (0..observed).filter(|d| first.checked_add(jiff::Span::new().days(*d)).is_ok_and(open)).count() as f64;
    let own = || standoff.incident.iter().filter(|i| i.by == id);
    let replies = own().filter(|i| open(i.date)).count() as f64;
    let attacks = own().count() as f64 - replies;
    let rate = |count: f64, days: f64| ((count + TRACE) / (days / step + 1.0)).min(0.9);
    Some(Raids { attack: rate(attacks, f64::from(observed)), reply: rate(replies, open_days) })
}
