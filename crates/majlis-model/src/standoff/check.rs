//! What must hold of a standoff beyond the form of its file.

use super::{Assembly, Election, Method, Standoff, Threshold, inputs};
use crate::error::{Error, Result};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;

/// Seats of the largest assembly that is taken: more than any that sits.
const SEATS: u32 = 10_000;

/// Checks ranges, texts, references, days and sums.
pub(super) fn check(standoff: &Standoff) -> Result<()> {
    for input in inputs::list(standoff) {
        input.range.between(&input.key, 0.0, 100.0)?;
    }
    texts("", &serde_json::to_value(standoff).map_err(|e| Error::new("", e.to_string()))?)?;
    for (key, value) in [("play.step_days", standoff.play.step_days), ("play.steps", standoff.play.steps)] {
        if !(1..=1000).contains(&value) {
            return Err(Error::new(key, format!("must lie between 1 and 1000, is {value}")));
        }
    }
    unique("issue", standoff.issue.iter().map(|i| i.id.as_str()))?;
    unique("actor", standoff.actor.iter().map(|a| a.id.as_str()))?;
    unique("assembly", standoff.assembly.iter().map(|a| a.id.as_str()))?;
    unique("motion", standoff.motion.iter().map(|m| m.id.as_str()))?;
    unique("truce", standoff.truce.iter().map(|t| t.id.as_str()))?;
    unique("threat", standoff.threat.iter().map(|t| t.id.as_str()))?;
    unique("offer", standoff.offer.iter().map(|o| o.id.as_str()))?;
    if let Some(o) = standoff.offer.iter().position(|o| standoff.threat.iter().any(|t| t.id == o.id)) {
        return Err(Error::new(format!("offer[{o}].id"), format!("{} is a threat already", standoff.offer[o].id)));
    }
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
        ahead(standoff, &key("date"), motion.date)?;
    }
    truces(standoff)?;
    incidents(standoff)?;
    bargains(standoff)?;
    for (i, election) in standoff.election.iter().enumerate() {
        lists(standoff, election).map_err(|e| e.within(&format!("election[{i}]")))?;
    }
    Ok(())
}

/// Every text says something, and none can rule a terminal or turn the direction of what follows it.
fn texts(key: &str, value: &Value) -> Result<()> {
    match value {
        Value::String(text) => {
            if text.trim().is_empty() {
                return Err(Error::new(key, "is empty"));
            }
            let unfit = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            match text.chars().find(|c| unfit(*c)) {
                Some(c) => Err(Error::new(key, format!("holds the control character U+{:04X}", u32::from(c)))),
                None => Ok(()),
            }
        }
        Value::Array(items) => items.iter().enumerate().try_for_each(|(i, item)| texts(&format!("{key}[{i}]"), item)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, field)| {
            let dot = if key.is_empty() { "" } else { "." };
            texts(&format!("{key}{dot}{name}"), field)
        }),
        _ => Ok(()),
    }
}

fn actors(standoff: &Standoff) -> Result<()> {
    for (a, actor) in standoff.actor.iter().enumerate() {
        if actor.state.as_ref().is_some_and(|s| s.len() != 3 || !s.bytes().all(|b| b.is_ascii_uppercase())) {
            return Err(Error::new(format!("actor[{a}].state"), "must be three capital letters, as in ISO 3166: IRQ"));
        }
        for (i, ally) in actor.allies.iter().enumerate() {
            let key = format!("actor[{a}].allies[{i}]");
            if refer(&key, "actor", ally, standoff.actor(ally))? == a {
                return Err(Error::new(key, format!("{ally} cannot be its own ally")));
            }
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
    if !(1..=SEATS).contains(&assembly.seats) {
        return Err(Error::new("seats", format!("must lie between 1 and {SEATS}, is {}", assembly.seats)));
    }
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

fn truces(standoff: &Standoff) -> Result<()> {
    for (t, truce) in standoff.truce.iter().enumerate() {
        let key = |name: &str| format!("truce[{t}].{name}");
        for (i, id) in truce.between.iter().enumerate() {
            let key = key(&format!("between[{i}]"));
            refer(&key, "actor", id, standoff.actor(id))?;
            if truce.between[..i].contains(id) {
                return Err(Error::new(key, format!("{id} is named twice")));
            }
        }
        if truce.until.is_none() && truce.between.is_empty() {
            return Err(Error::new(key("between"), "a truce in force must say whom it binds"));
        }
        let end = truce.until.unwrap_or(standoff.date);
        if end > standoff.date {
            return Err(Error::new(key("until"), format!("is after the standoff's date, {}", standoff.date)));
        }
        if end < truce.from {
            let name = if truce.until.is_some() { "until" } else { "from" };
            return Err(Error::new(key(name), format!("the truce begins on {} and is over or judged on {end}", truce.from)));
        }
        if let Some(i) = truce.breaches.iter().position(|b| !(truce.from..=end).contains(b)) {
            return Err(Error::new(key(&format!("breaches[{i}]")), format!("lies outside the truce, {} to {end}", truce.from)));
        }
    }
    Ok(())
}

fn incidents(standoff: &Standoff) -> Result<()> {
    for (i, incident) in standoff.incident.iter().enumerate() {
        let key = |name: &str| format!("incident[{i}].{name}");
        refer(&key("by"), "actor", &incident.by, standoff.actor(&incident.by))?;
        if let Some(id) = &incident.against {
            refer(&key("against"), "actor", id, standoff.actor(id))?;
            if *id == incident.by {
                return Err(Error::new(key("against"), format!("{id} cannot attack itself")));
            }
        }
        if incident.date > standoff.date {
            return Err(Error::new(key("date"), format!("is after the standoff's date, {}", standoff.date)));
        }
    }
    Ok(())
}

fn bargains(standoff: &Standoff) -> Result<()> {
    let threats = standoff.threat.iter().map(|t| (&t.by, &t.to, &t.issue, t.deadline)).enumerate().map(|(i, p)| (format!("threat[{i}]"), p));
    let offers = standoff.offer.iter().map(|o| (&o.by, &o.to, &o.issue, o.deadline)).enumerate().map(|(i, p)| (format!("offer[{i}]"), p));
    for (key, (by, to, issue, deadline)) in threats.chain(offers) {
        refer(&format!("{key}.by"), "actor", by, standoff.actor(by))?;
        refer(&format!("{key}.to"), "actor", to, standoff.actor(to))?;
        refer(&format!("{key}.issue"), "issue", issue, standoff.issue(issue))?;
        if by == to {
            return Err(Error::new(format!("{key}.to"), format!("{to} cannot bargain with itself")));
        }
        if !standoff.stands(issue).any(|(a, _)| standoff.actor[a].id == *to) {
            return Err(Error::new(format!("{key}.to"), format!("{to} has no stand on {issue}")));
        }
        ahead(standoff, &format!("{key}.deadline"), deadline)?;
    }
    Ok(())
}

fn lists(standoff: &Standoff, election: &Election) -> Result<()> {
    let assembly = refer("assembly", "assembly", &election.assembly, standoff.assembly(&election.assembly))?;
    unique("list", election.list.iter().map(|l| l.id.as_str()))?;
    if election.list.iter().all(|l| l.share.mode() == 0.0) {
        return Err(Error::new("list", "no list has a share of the vote"));
    }
    crate::number("sample", election.sample, 1.0, 1e9)?;
    let seats = standoff.assembly[assembly].seats;
    if election.districts.is_some_and(|d| d == 0 || d > seats) {
        return Err(Error::new("districts", format!("must lie between 1 and the {seats} seats, is {}", election.districts.unwrap_or(0))));
    }
    if (election.method == Method::Sntv) != election.districts.is_some() {
        let problem = if election.districts.is_some() { "is for the method \"sntv\" only" } else { "the method \"sntv\" needs a number of districts" };
        return Err(Error::new("districts", problem));
    }
    ahead(standoff, "date", Some(election.date))?;
    match (&election.head, &election.term) {
        (Some(head), Some(term)) => {
            refer("head", "actor", head, standoff.actor(head))?;
            refer("term", "issue", term, standoff.issue(term))?;
        }
        (None, None) => {}
        (Some(_), None) => return Err(Error::new("head", "needs the issue of its return, term")),
        (None, Some(_)) => return Err(Error::new("term", "needs the actor who would return, head")),
    }
    for (l, list) in election.list.iter().enumerate() {
        if let Some(actor) = &list.actor {
            refer(&format!("list[{l}].actor"), "actor", actor, standoff.actor(actor))?;
        }
        for (i, id) in list.never_with.iter().enumerate() {
            let key = format!("list[{l}].never_with[{i}]");
            if refer(&key, "list", id, election.list.iter().position(|other| other.id == *id))? == l {
                return Err(Error::new(key, format!("{id} must be able to govern with itself")));
            }
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

fn ahead(standoff: &Standoff, key: &str, date: Option<Date>) -> Result<()> {
    match date {
        Some(date) if date < standoff.date => Err(Error::new(key, format!("{date} lies before the standoff's date, {}", standoff.date))),
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
