//! What must hold of a standoff beyond the form of its file.

use super::{Assembly, Election, Standoff, Threshold, inputs};
use crate::error::{Error, Result};
use std::collections::BTreeSet;

/// Checks ranges, references and sums.
///
/// # Errors
/// The first fault, with its key.
pub(super) fn check(standoff: &Standoff) -> Result<()> {
    for input in inputs::list(standoff) {
        input.range.between(&input.key, 0.0, 100.0)?;
    }
    steps(standoff)?;
    unique("issue", standoff.issue.iter().map(|i| i.id.as_str()))?;
    unique("actor", standoff.actor.iter().map(|a| a.id.as_str()))?;
    unique("assembly", standoff.assembly.iter().map(|a| a.id.as_str()))?;
    unique("motion", standoff.motion.iter().map(|m| m.id.as_str()))?;
    unique("truce", standoff.truce.iter().map(|t| t.id.as_str()))?;
    unique("threat", standoff.threat.iter().map(|t| t.id.as_str()))?;
    unique("offer", standoff.offer.iter().map(|o| o.id.as_str()))?;
    unique("election", standoff.election.iter().map(|e| e.id.as_str()))?;
    actors(standoff)?;
    for (i, assembly) in standoff.assembly.iter().enumerate() {
        blocs(standoff, assembly).map_err(|e| e.within(&format!("assembly[{i}]")))?;
    }
    for (i, motion) in standoff.motion.iter().enumerate() {
        let key = |name: &str| format!("motion[{i}].{name}");
        let a = refer(&key("assembly"), "assembly", &motion.assembly, standoff.assembly(&motion.assembly))?;
        refer(&key("issue"), "issue", &motion.issue, standoff.issue(&motion.issue))?;
        if let Some(threshold) = motion.threshold {
            within_house(&key("threshold"), threshold, standoff.assembly[a].seats)?;
        }
    }
    conflicts(standoff)?;
    for (i, election) in standoff.election.iter().enumerate() {
        lists(standoff, election).map_err(|e| e.within(&format!("election[{i}]")))?;
    }
    Ok(())
}

fn steps(standoff: &Standoff) -> Result<()> {
    for (key, value) in [("play.step_days", standoff.play.step_days), ("play.steps", standoff.play.steps)] {
        if !(1..=1000).contains(&value) {
            return Err(Error::new(key, format!("must lie between 1 and 1000, is {value}")));
        }
    }
    Ok(())
}

fn actors(standoff: &Standoff) -> Result<()> {
    for (a, actor) in standoff.actor.iter().enumerate() {
        for (i, ally) in actor.allies.iter().enumerate() {
            refer(&format!("actor[{a}].allies[{i}]"), "actor", ally, standoff.actor(ally))?;
        }
        let mut seen = BTreeSet::new();
        for (s, stand) in actor.stand.iter().enumerate() {
            let key = format!("actor[{a}].stand[{s}].issue");
            refer(&key, "issue", &stand.issue, standoff.issue(&stand.issue))?;
            if !seen.insert(&stand.issue) {
                return Err(Error::new(key, format!("{} has a stand on {} already", actor.id, stand.issue)));
            }
        }
    }
    Ok(())
}

fn blocs(standoff: &Standoff, assembly: &Assembly) -> Result<()> {
    unique("bloc", assembly.bloc.iter().map(|b| b.id.as_str()))?;
    let held: u64 = assembly.bloc.iter().map(|b| u64::from(b.seats)).sum();
    if held > u64::from(assembly.seats) {
        return Err(Error::new("seats", format!("the blocs hold {held} seats of {}", assembly.seats)));
    }
    if assembly.quorum.is_some_and(|q| q > assembly.seats) {
        return Err(Error::new("quorum", format!("is above the {} seats", assembly.seats)));
    }
    within_house("threshold", assembly.threshold, assembly.seats)?;
    let find = |id: &str| assembly.bloc.iter().position(|b| b.id == id);
    for (b, bloc) in assembly.bloc.iter().enumerate() {
        if let Some(actor) = &bloc.actor {
            refer(&format!("bloc[{b}].actor"), "actor", actor, standoff.actor(actor))?;
        }
        let key = format!("bloc[{b}].follows");
        let mut leader = bloc.follows.as_deref();
        let mut steps = 0;
        while let Some(id) = leader {
            let next = refer(&key, "bloc", id, find(id))?;
            steps += 1;
            if steps > assembly.bloc.len() {
                return Err(Error::new(key, format!("{} follows itself, by way of {id}", bloc.id)));
            }
            leader = assembly.bloc[next].follows.as_deref();
        }
    }
    Ok(())
}

fn conflicts(standoff: &Standoff) -> Result<()> {
    let actor = |key: String, id: &str| refer(&key, "actor", id, standoff.actor(id));
    for (t, truce) in standoff.truce.iter().enumerate() {
        for (i, id) in truce.between.iter().enumerate() {
            actor(format!("truce[{t}].between[{i}]"), id)?;
        }
        let end = truce.until.unwrap_or(standoff.date);
        if end < truce.from {
            let key = if truce.until.is_some() { "until" } else { "from" };
            return Err(Error::new(format!("truce[{t}].{key}"), format!("the truce begins on {} and is over or judged on {end}", truce.from)));
        }
        if let Some(i) = truce.breaches.iter().position(|b| !(truce.from..=end).contains(b)) {
            return Err(Error::new(format!("truce[{t}].breaches[{i}]"), format!("lies outside the truce, {} to {end}", truce.from)));
        }
    }
    for (i, incident) in standoff.incident.iter().enumerate() {
        actor(format!("incident[{i}].by"), &incident.by)?;
        if let Some(id) = &incident.against {
            actor(format!("incident[{i}].against"), id)?;
        }
        if incident.date > standoff.date {
            return Err(Error::new(format!("incident[{i}].date"), format!("is after the standoff's date, {}", standoff.date)));
        }
    }
    let pairs = standoff.threat.iter().map(|t| (&t.by, &t.to, &t.issue)).enumerate().map(|(i, p)| (format!("threat[{i}]"), p));
    let offers = standoff.offer.iter().map(|o| (&o.by, &o.to, &o.issue)).enumerate().map(|(i, p)| (format!("offer[{i}]"), p));
    for (key, (by, to, issue)) in pairs.chain(offers) {
        actor(format!("{key}.by"), by)?;
        actor(format!("{key}.to"), to)?;
        refer(&format!("{key}.issue"), "issue", issue, standoff.issue(issue))?;
        if by == to {
            return Err(Error::new(format!("{key}.to"), format!("{to} cannot bargain with itself")));
        }
        if !standoff.stands(issue).any(|(a, _)| standoff.actor[a].id == *to) {
            return Err(Error::new(format!("{key}.to"), format!("{to} has no stand on {issue}")));
        }
    }
    Ok(())
}

fn lists(standoff: &Standoff, election: &Election) -> Result<()> {
    refer("assembly", "assembly", &election.assembly, standoff.assembly(&election.assembly))?;
    unique("list", election.list.iter().map(|l| l.id.as_str()))?;
    if election.list.iter().all(|l| l.share.mode() == 0.0) {
        return Err(Error::new("list", "no list has a share of the vote"));
    }
    crate::number("sample", election.sample, 1.0, 1e9)?;
    if election.districts == Some(0) {
        return Err(Error::new("districts", "must be 1 or more, is 0"));
    }
    for (l, list) in election.list.iter().enumerate() {
        if let Some(actor) = &list.actor {
            refer(&format!("list[{l}].actor"), "actor", actor, standoff.actor(actor))?;
        }
        for (i, id) in list.never_with.iter().enumerate() {
            refer(&format!("list[{l}].never_with[{i}]"), "list", id, election.list.iter().position(|other| other.id == *id))?;
        }
    }
    Ok(())
}

fn within_house(key: &str, threshold: Threshold, seats: u32) -> Result<()> {
    match threshold {
        Threshold::Votes(votes) if votes == 0 || votes > seats => Err(Error::new(key, format!("must lie between 1 and the {seats} seats, is {votes}"))),
        _ => Ok(()),
    }
}

/// The index of what `id` refers to.
fn refer(key: &str, kind: &str, id: &str, found: Option<usize>) -> Result<usize> {
    found.ok_or_else(|| Error::new(key, format!("there is no {kind} with the id {id}")))
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (i, id) in ids.enumerate() {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if id.is_empty() || !id.chars().all(plain) {
            return Err(Error::new(format!("{kind}[{i}].id"), format!("must be letters, digits, - and _, is {id:?}")));
        }
        if !seen.insert(id) {
            return Err(Error::new(format!("{kind}[{i}].id"), format!("{id} is used twice")));
        }
    }
    Ok(())
}
