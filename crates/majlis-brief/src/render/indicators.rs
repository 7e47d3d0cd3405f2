//! The contrary of an answer, and what would point to it: the standoff's own actors, deadlines, votes and truces.

use super::dates;
use super::outlook::label;
use super::page::Page;
use crate::outlook::{Ahead, Answer, Asks, Hinge};
use majlis_model::standoff::{Label, Standoff};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The middle of a scale.
const MIDDLE: f64 = 50.0;
/// The most actors in one sign.
const ACTORS: usize = 3;

/// The contrary of what is asked.
pub(super) fn contrary(page: &Page<'_>, asks: &Asks) -> String {
    let days = |days: u16| page.count("days.more", usize::from(days));
    match asks {
        Asks::Settles { high, low, .. } => page.fill("asks.settles", &[("high", &label(page, low)), ("low", &label(page, high))]),
        Asks::Carried { motion } => page.fill("contrary.carried", &[("motion", &label(page, motion))]),
        Asks::Holds { truce, days: n } => page.fill("contrary.holds", &[("truce", &label(page, truce)), ("days", &days(*n))]),
        Asks::Attacked { days: n } => page.fill("contrary.attacked", &[("days", &days(*n))]),
        Asks::GivesWay { threat } => page.fill("contrary.gives", &[("threat", &label(page, threat))]),
        Asks::ComesFirst { election, list } => page.fill("contrary.first", &[("election", &label(page, election)), ("list", &label(page, list))]),
    }
}

/// What would point to the contrary.
pub(super) fn indicators(page: &Page<'_>, ahead: &Ahead, answer: &Answer) -> Vec<String> {
    let standoff = &ahead.standoff;
    let (_, id) = answer.of();
    let signs = match &answer.asks {
        Asks::Settles { high, low, .. } => settles(page, standoff, answer, id, if answer.probability >= 0.5 { low } else { high }),
        Asks::Carried { .. } => carried(page, standoff, id),
        Asks::Holds { .. } => holds(page, standoff, id),
        Asks::Attacked { .. } => attacked(page, standoff),
        Asks::GivesWay { .. } => gives_way(page, standoff, id),
        Asks::ComesFirst { list, .. } => first(page, standoff, id, list),
    };
    if signs.is_empty() { vec![page.say("indicator.none")] } else { signs }
}

/// Whose move counts most, and what is threatened or offered over the issue.
fn settles(page: &Page<'_>, standoff: &Standoff, answer: &Answer, issue: &str, towards: &Label) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    // Only who stands on the side that the answer takes can leave it.
    let stands = |h: &&Hinge| {
        let id = h.number.split('.').next().unwrap_or_default();
        let at = standoff.stands(issue).find(|(actor, _)| standoff.actor.get(*actor).is_some_and(|a| a.id == id)).map(|(_, stand)| stand.position.mode());
        at.is_some_and(|at| if answer.probability >= 0.5 { at >= MIDDLE } else { at <= MIDDLE })
    };
    let hinges = answer.hinges.iter().filter(|h| h.number.ends_with(".position")).filter(stands);
    for whose in hinges.filter_map(|h| h.whose.as_ref()).take(ACTORS) {
        signs.push(page.fill("indicator.settles", &[("who", &name(page, whose)), ("end", &label(page, towards))]));
    }
    for threat in standoff.threat.iter().filter(|t| t.issue == issue) {
        signs.push(threatened(page, standoff, &threat.by, &threat.to, threat.deadline));
    }
    for offer in standoff.offer.iter().filter(|o| o.issue == issue) {
        let values = [actor(page, standoff, &offer.to), actor(page, standoff, &offer.by)];
        signs.push(page.fill("indicator.offer", &[("to", &values[0]), ("by", &values[1])]));
    }
    signs
}

fn carried(page: &Page<'_>, standoff: &Standoff, motion: &str) -> Vec<String> {
    let Some(motion) = standoff.motion.iter().find(|m| m.id == motion) else { return Vec::new() };
    let assembly = standoff.assembly.iter().find(|a| a.id == motion.assembly);
    let mut blocs: Vec<_> = assembly.map(|a| a.bloc.iter().collect()).unwrap_or_default();
    blocs.sort_by_key(|b| Reverse(b.seats));
    let names: Vec<String> = blocs.iter().take(ACTORS).map(|b| name(page, &b.name)).collect();
    let mut signs = Vec::new();
    if !names.is_empty() {
        signs.push(page.fill("indicator.carried", &[("who", &names.join(&page.say("and")))]));
    }
    signs.extend(motion.date.map(|day| page.fill("indicator.vote", &[("date", &dates::day(page.lang, day))])));
    signs
}

fn holds(page: &Page<'_>, standoff: &Standoff, truce: &str) -> Vec<String> {
    let Some(truce) = standoff.truce.iter().find(|t| t.id == truce) else { return Vec::new() };
    let bound: Vec<String> = truce.between.iter().take(ACTORS).map(|id| actor(page, standoff, id)).collect();
    let mut signs = vec![page.fill("indicator.holds", &[("who", &bound.join(&page.say("or")))])];
    if let Some(last) = truce.breaches.last() {
        let values = [truce.breaches.len().to_string(), dates::day(page.lang, *last)];
        signs.push(page.fill("indicator.breach", &[("n", &values[0]), ("date", &values[1])]));
    }
    signs
}

/// Who attacked most so far.
fn attacked(page: &Page<'_>, standoff: &Standoff) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for incident in &standoff.incident {
        *count.entry(&incident.by).or_default() += 1;
    }
    let mut most: Vec<(&str, usize)> = count.into_iter().collect();
    most.sort_by_key(|(_, n)| Reverse(*n));
    let names: Vec<String> = most.into_iter().take(ACTORS).map(|(id, _)| actor(page, standoff, id)).collect();
    if names.is_empty() { Vec::new() } else { vec![page.fill("indicator.attacked", &[("who", &names.join(&page.say("and")))])] }
}

fn gives_way(page: &Page<'_>, standoff: &Standoff, threat: &str) -> Vec<String> {
    standoff.threat.iter().filter(|t| t.id == threat).map(|t| threatened(page, standoff, &t.by, &t.to, t.deadline)).collect()
}

fn threatened(page: &Page<'_>, standoff: &Standoff, by: &str, to: &str, deadline: Option<jiff::civil::Date>) -> String {
    let values = [actor(page, standoff, by), actor(page, standoff, to)];
    let text = page.fill("indicator.threat", &[("by", &values[0]), ("to", &values[1])]);
    let until = deadline.map(|day| page.fill("indicator.deadline", &[("date", &dates::day(page.lang, day))]));
    [Some(text), until].into_iter().flatten().collect::<Vec<_>>().join(&page.say("sep"))
}

fn first(page: &Page<'_>, standoff: &Standoff, election: &str, list: &Label) -> Vec<String> {
    let Some(election) = standoff.election.iter().find(|e| e.id == election) else { return Vec::new() };
    let others: Vec<String> = election.list.iter().filter(|l| l.name != *list).take(ACTORS).map(|l| name(page, &l.name)).collect();
    let mut signs = vec![page.fill("indicator.vote", &[("date", &dates::day(page.lang, election.date))])];
    if !others.is_empty() {
        signs.push(page.fill("indicator.first", &[("who", &others.join(&page.say("or")))]));
    }
    signs
}

/// An actor of the standoff by its `id`.
fn actor(page: &Page<'_>, standoff: &Standoff, id: &str) -> String {
    standoff.actor.iter().find(|a| a.id == id).map_or_else(|| page.say("somebody"), |a| name(page, &a.name))
}

fn name(page: &Page<'_>, label: &Label) -> String {
    page.isolate(if page.lang == super::Lang::Arabic { &label.ar } else { &label.en })
}
