//! What each actor is offered, and what it takes.

use super::gain::Views;
use super::{Arena, Mode, SAME};
use serde::Serialize;

/// What an offer rests on. Order is that in which the Scholz mode settles them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Both expect to gain by a challenge.
    Confrontation,
    /// The other gains more by a challenge than the actor loses, and is met part of the way: as far as the one is to the other.
    Compromise,
    /// The actor loses more than the other gains, and is to come over all the way.
    Compel,
}

/// An offer that an actor receives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Offer {
    /// Who makes it: its place in the input.
    pub by: usize,
    /// What it rests on.
    pub kind: Kind,
    /// Where the actor is to move, in the unit.
    pub to: f64,
    /// What the other expects to gain by challenging, −4 to 4.
    pub gain: f64,
    /// What the actor itself expects to gain by challenging the other; below 0 what it would lose.
    pub counter: f64,
}

/// Why an actor moves as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nobody can make it move: it stays.
    NoOffer,
    /// Paper mode: both sides of every offer expect to gain, the outcome is uncertain, and it stays.
    Uncertain,
    /// Offers that nothing tells apart pull it both ways: it stays.
    Torn,
    /// There was one offer to take.
    OnlyOffer,
    /// Nobody gains more by an offer.
    StrongestProposer,
    /// No other offer of the kind, or of proposers as strong, asks for less of a move.
    LeastMove,
    /// Scholz mode: no other compromise has a lower mean of the two positions, weighted by gain and loss.
    LowestWeighted,
}

/// What an actor does in one round, and on what offers. Actors are in the arena's order.
pub(super) struct Choice {
    pub(super) offers: Vec<Offer>,
    pub(super) taken: Option<usize>,
    pub(super) why: Why,
    pub(super) from: f64,
    pub(super) to: f64,
}

pub(super) fn choose(arena: &Arena<'_>, views: &Views, actor: usize, range: f64) -> Choice {
    let from = arena.positions[actor];
    let mut offers = Vec::with_capacity(arena.positions.len());
    offers.extend((0..arena.positions.len()).filter_map(|other| offer(arena, views, actor, other)));
    let (taken, why) = take(arena, &offers, from, range);
    let to = taken.map_or(from, |taken: usize| offers[taken].to);
    Choice { offers, taken, why, from, to }
}

/// The offer that `other` makes to `actor`, if it has anything to gain and the actor little enough to say against it.
fn offer(arena: &Arena<'_>, views: &Views, actor: usize, other: usize) -> Option<Offer> {
    let (gain, counter) = (views.adverse(actor, other), views.own(actor, other));
    let (from, theirs) = (arena.positions[actor], arena.positions[other]);
    let confronts = counter > SAME && (arena.settings.mode == Mode::Paper || gain - counter > SAME);
    let (kind, to) = if gain > SAME && confronts {
        (Kind::Confrontation, theirs)
    } else if gain <= SAME || counter >= -SAME {
        return None;
    } else if gain >= -counter {
        (Kind::Compromise, from + (theirs - from) * (-counter / gain))
    } else {
        (Kind::Compel, theirs)
    };
    Some(Offer { by: other, kind, to, gain, counter })
}

/// Which of the offers is taken, and why.
fn take(arena: &Arena<'_>, offers: &[Offer], from: f64, range: f64) -> (Option<usize>, Why) {
    let mode = arena.settings.mode;
    let first = offers.iter().map(|offer| offer.kind).min();
    let open = |offer: &Offer| match mode {
        Mode::Paper => offer.kind != Kind::Confrontation,
        Mode::Scholz => Some(offer.kind) == first,
    };
    let mut best: Vec<usize> = (0..offers.len()).filter(|i| open(&offers[*i])).collect();
    match best.as_slice() {
        [] if offers.is_empty() => return (None, Why::NoOffer),
        [] => return (None, Why::Uncertain),
        [only] => return (Some(*only), Why::OnlyOffer),
        _ => {}
    }
    let ask_the_same = |of: &[usize]| of.iter().all(|i| (offers[*i].to - offers[of[0]].to).abs() <= SAME * range);
    let mut why = Why::LeastMove;
    if mode == Mode::Paper {
        best = least(best, |i| -offers[i].gain);
        why = if ask_the_same(&best) { Why::StrongestProposer } else { why };
    } else if first == Some(Kind::Compromise) {
        let between = |offer: &Offer| (offer.gain * arena.positions[offer.by] - offer.counter * from) / (offer.gain - offer.counter);
        best = least(best, |i| between(&offers[i]) / range);
        why = if ask_the_same(&best) { Why::LowestWeighted } else { why };
    }
    best = least(best, |i| (offers[i].to - from).abs() / range);
    if ask_the_same(&best) { (best.first().copied(), why) } else { (None, Why::Torn) }
}

/// Those for which `key` is least.
fn least(of: Vec<usize>, key: impl Fn(usize) -> f64) -> Vec<usize> {
    let least = of.iter().map(|i| key(*i)).fold(f64::INFINITY, f64::min);
    of.into_iter().filter(|i| key(*i) <= least + SAME).collect()
}
