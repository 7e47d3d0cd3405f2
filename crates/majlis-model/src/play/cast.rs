//! One draw of every number of a standoff and its rules.

use super::house::{Bloc, House};
use super::rules::{Amounts, Rules};
use crate::assembly::leader;
use crate::error::Result;
use crate::range::Range;
use crate::standoff::{Assembly, Standoff, inputs};
use crate::streams::Stream;
use std::collections::BTreeMap;

/// Every uncertain number: the standoff's in the order of its inputs, then the rules'; and where each stands among them.
pub(super) struct Numbers {
    listed: Vec<Number>,
    /// Per actor and issue: position, salience, influence.
    stands: Vec<Option<[usize; 3]>>,
    force: Vec<Option<usize>>,
    status_quo: Vec<Option<usize>>,
    motions: Vec<usize>,
    /// Per threat and then offer: demand, stake, cost, audience cost.
    bargains: Vec<[Option<usize>; 4]>,
    houses: Vec<Seated>,
    /// Per election and list.
    shares: Vec<Vec<usize>>,
    /// The first of the rules'.
    rules: usize,
}

/// An uncertain number.
pub(super) struct Number {
    /// What the analyst calls it.
    pub(super) path: String,
    pub(super) range: Range,
}

/// An assembly, with where the attendance and cohesion of its blocs stand.
struct Seated {
    seats: u32,
    blocs: Vec<Seat>,
}

struct Seat {
    seats: u32,
    actor: Option<usize>,
    /// The actor whose line it takes.
    line: Option<usize>,
    attendance: usize,
    cohesion: usize,
}

/// One draw. Stands lie at `actor * issues + issue`; an actor without a stand has salience and influence 0.
pub(super) struct Cast {
    pub(super) numbers: Vec<f64>,
    pub(super) amounts: Amounts,
    pub(super) ideal: Vec<f64>,
    /// 0–1.
    pub(super) salience: Vec<f64>,
    pub(super) influence: Vec<f64>,
    /// 0–1.
    pub(super) force: Vec<f64>,
    pub(super) status_quo: Vec<Option<f64>>,
    /// What each motion would make of its issue.
    pub(super) motions: Vec<f64>,
    pub(super) bargains: Vec<Terms>,
    pub(super) houses: Vec<House>,
    /// Per election and list: share of the vote, 0–100.
    pub(super) shares: Vec<Vec<f64>>,
}

/// The numbers of a threat or an offer, each 0–100.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) demand: f64,
    /// What refusing costs the other side; of an offer, what taking it up is worth to it.
    pub(super) stake: f64,
    /// What it costs to carry out.
    pub(super) cost: f64,
    /// What it costs to back down; 0 for an offer.
    pub(super) audience: f64,
}

impl Numbers {
    pub(super) fn new(standoff: &Standoff, rules: &Rules) -> Result<Self> {
        let listed = inputs::list(standoff);
        let index: BTreeMap<&str, usize> = listed.iter().enumerate().map(|(i, input)| (input.key.as_str(), i)).collect();
        let maybe = |key: String| index.get(key.as_str()).copied();
        // Every key that is asked for without an alternative is listed for any standoff.
        let at = |key: String| maybe(key).unwrap_or_default();
        let stand = |a: usize, issue: &str| {
            let s = standoff.actor[a].stand.iter().position(|s| s.issue == issue)?;
            let key = |name: &str| format!("actor[{a}].stand[{s}].{name}");
            let influence = maybe(key("influence")).unwrap_or_else(|| at(format!("actor[{a}].influence")));
            Some([at(key("position")), at(key("salience")), influence])
        };
        let bargain = |kind: &str, i: usize, names: [&str; 4]| names.map(|name| maybe(format!("{kind}[{i}].{name}")));
        let threats = (0..standoff.threat.len()).map(|t| bargain("threat", t, ["demand", "harm", "cost", "audience_cost"]));
        let offers = (0..standoff.offer.len()).map(|o| bargain("offer", o, ["demand", "reward", "cost", ""]));
        Ok(Self {
            stands: (0..standoff.actor.len()).flat_map(|a| standoff.issue.iter().map(move |i| (a, i))).map(|(a, i)| stand(a, &i.id)).collect(),
            force: (0..standoff.actor.len()).map(|a| maybe(format!("actor[{a}].force"))).collect(),
            status_quo: (0..standoff.issue.len()).map(|i| maybe(format!("issue[{i}].status_quo"))).collect(),
            motions: (0..standoff.motion.len()).map(|m| at(format!("motion[{m}].position"))).collect(),
            bargains: threats.chain(offers).collect(),
            houses: standoff.assembly.iter().enumerate().map(|(h, assembly)| Seated::new(standoff, assembly, h, &at)).collect::<Result<_>>()?,
            shares: standoff
                .election
                .iter()
                .enumerate()
                .map(|(e, election)| (0..election.list.len()).map(|l| at(format!("election[{e}].list[{l}].share"))).collect())
                .collect(),
            rules: listed.len(),
            listed: listed
                .iter()
                .map(|input| Number { path: input.path.clone(), range: input.range })
                .chain(rules.numbers().iter().map(|rule| Number { path: rule.path.clone(), range: rule.range }))
                .collect(),
        })
    }

    /// All numbers, in the order in which they are drawn.
    pub(super) fn listed(&self) -> &[Number] {
        &self.listed
    }

    pub(super) fn draw(&self, rng: &mut Stream) -> Cast {
        let numbers: Vec<f64> = self.listed.iter().map(|n| n.range.draw(rng)).collect();
        let stands = |part: usize| self.stands.iter().map(move |s| s.map(|at| at[part]));
        let at = |place: Option<usize>| place.map_or(0.0, |i| numbers[i]);
        Cast {
            amounts: Amounts::new(&numbers[self.rules..]),
            ideal: stands(0).map(at).collect(),
            salience: stands(1).map(|s| at(s) / 100.0).collect(),
            influence: stands(2).map(at).collect(),
            force: self.force.iter().map(|f| at(*f) / 100.0).collect(),
            status_quo: self.status_quo.iter().map(|s| s.map(|i| numbers[i])).collect(),
            motions: self.motions.iter().map(|m| numbers[*m]).collect(),
            bargains: self.bargains.iter().map(|b| b.map(at)).map(|[demand, stake, cost, audience]| Terms { demand, stake, cost, audience }).collect(),
            houses: self.houses.iter().map(|house| house.at(&numbers)).collect(),
            shares: self.shares.iter().map(|lists| lists.iter().map(|l| numbers[*l]).collect()).collect(),
            numbers,
        }
    }
}

impl Seated {
    /// An assembly, the standoff's `h`th; `at` tells where the number of a key stands.
    fn new(standoff: &Standoff, assembly: &Assembly, h: usize, at: &impl Fn(String) -> usize) -> Result<Self> {
        let actor = |b: usize| assembly.bloc[b].actor.as_ref().and_then(|id| standoff.actor(id));
        let seat = |b: usize| {
            let place = |name: &str| at(format!("assembly[{h}].bloc[{b}].{name}"));
            let line = actor(leader(&assembly.bloc, b)?);
            Ok(Seat { seats: assembly.bloc[b].seats, actor: actor(b), line, attendance: place("attendance"), cohesion: place("cohesion") })
        };
        Ok(Self { seats: assembly.seats, blocs: (0..assembly.bloc.len()).map(seat).collect::<Result<_>>()? })
    }

    fn at(&self, numbers: &[f64]) -> House {
        let bloc = |seat: &Seat| Bloc {
            seats: seat.seats,
            actor: seat.actor,
            line: seat.line,
            attendance: numbers[seat.attendance] / 100.0,
            cohesion: numbers[seat.cohesion] / 100.0,
        };
        House { seats: self.seats, blocs: self.blocs.iter().map(bloc).collect() }
    }
}
