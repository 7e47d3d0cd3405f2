//! Every uncertain number of a standoff by name, so that it can be listed, set, drawn and asked about.

use super::Standoff;
use crate::error::{Error, Result};
use crate::range::Range;

/// An uncertain number: `hadi.withdrawal.salience`, `fatah.attendance`, `second-term.audience_cost`.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What the analyst calls it: the `id`s that lead to it, then what it is.
    pub path: String,
    /// Where it stands in the file: `actor[2].stand[0].salience`.
    pub key: String,
    /// Its value.
    pub range: Range,
}

/// All inputs, in the order of the file.
#[must_use]
pub fn list(standoff: &Standoff) -> Vec<Input> {
    let mut inputs = Vec::new();
    each(&mut standoff.clone(), |path, key, range| inputs.push(Input { path, key, range: *range }));
    inputs
}

/// The paths of the inputs that name no source, in the order of the file. Attendance and cohesion rest on the source of their assembly,
/// shares on that of their election.
#[must_use]
pub fn unsourced(standoff: &Standoff) -> Vec<String> {
    let known = |input: &Input| {
        let parts: Vec<(&str, usize)> = input.key.split('.').filter_map(index).collect();
        let (kind, i) = *parts.first()?;
        match kind {
            "issue" => standoff.issue.get(i)?.source.as_ref(),
            "assembly" => standoff.assembly.get(i)?.source.as_ref(),
            "motion" => standoff.motion.get(i)?.source.as_ref(),
            "threat" => standoff.threat.get(i)?.source.as_ref(),
            "offer" => standoff.offer.get(i)?.source.as_ref(),
            "election" => standoff.election.get(i)?.source.as_ref(),
            _ => {
                let actor = standoff.actor.get(i)?;
                let Some((_, s)) = parts.get(1) else { return actor.source.as_ref() };
                let source = &actor.stand.get(*s)?.source;
                match input.key.rsplit('.').next()? {
                    "position" => source.position.as_ref(),
                    "salience" => source.salience.as_ref(),
                    _ => source.influence.as_ref(),
                }
            }
        }
    };
    list(standoff).into_iter().filter(|input| known(input).is_none()).map(|input| input.path).collect()
}

/// The name and index of a part of a key such as `actor[2]`.
fn index(part: &str) -> Option<(&str, usize)> {
    let (name, rest) = part.split_once('[')?;
    Some((name, rest.trim_end_matches(']').parse().ok()?))
}

/// Sets every input whose path is `path`, or ends in it part by part with the same first part: `hadi.salience` sets the
/// salience of `hadi` on every issue.
///
/// # Errors
/// If there is none; the message names those that come nearest.
pub fn set(standoff: &mut Standoff, path: &str, value: Range) -> Result<()> {
    let mut found = 0;
    let mut paths = Vec::new();
    let mut outside = None;
    each(standoff, |candidate, _, range| {
        if is_short_for(path, &candidate) {
            found += 1;
            match value.between(&candidate, 0.0, 100.0) {
                Ok(value) => *range = value,
                Err(error) => outside = Some(error),
            }
        }
        paths.push(candidate);
    });
    match outside {
        Some(error) => Err(error),
        None if found == 0 => Err(Error::new(path, format!("there is no such number; there are {}", near(path, &paths)))),
        None => Ok(()),
    }
}

/// The standoff with its inputs at `values`, in the order of [`list`]. Values are held to 0–100; missing ones leave the input alone.
#[must_use]
pub fn at(standoff: &Standoff, values: &[f64]) -> Standoff {
    let mut standoff = standoff.clone();
    let mut values = values.iter();
    each(&mut standoff, |_, _, range| {
        if let Some(Ok(point)) = values.next().map(|v| Range::point(v.clamp(0.0, 100.0))) {
            *range = point;
        }
    });
    standoff
}

/// The one walk over all inputs: path, key, value.
pub(super) fn each(standoff: &mut Standoff, mut visit: impl FnMut(String, String, &mut Range)) {
    for (i, issue) in standoff.issue.iter_mut().enumerate() {
        if let Some(range) = &mut issue.status_quo {
            visit(format!("{}.status_quo", issue.id), format!("issue[{i}].status_quo"), range);
        }
    }
    for (a, actor) in standoff.actor.iter_mut().enumerate() {
        let (id, key) = (&actor.id, format!("actor[{a}]"));
        visit(format!("{id}.influence"), format!("{key}.influence"), &mut actor.influence);
        if let Some(force) = &mut actor.force {
            visit(format!("{id}.force"), format!("{key}.force"), force);
        }
        for (s, stand) in actor.stand.iter_mut().enumerate() {
            let (path, key) = (format!("{id}.{}", stand.issue), format!("{key}.stand[{s}]"));
            visit(format!("{path}.position"), format!("{key}.position"), &mut stand.position);
            visit(format!("{path}.salience"), format!("{key}.salience"), &mut stand.salience);
            if let Some(influence) = &mut stand.influence {
                visit(format!("{path}.influence"), format!("{key}.influence"), influence);
            }
        }
    }
    for (a, assembly) in standoff.assembly.iter_mut().enumerate() {
        for (b, bloc) in assembly.bloc.iter_mut().enumerate() {
            let (path, key) = (format!("{}.{}", assembly.id, bloc.id), format!("assembly[{a}].bloc[{b}]"));
            visit(format!("{path}.attendance"), format!("{key}.attendance"), &mut bloc.attendance);
            visit(format!("{path}.cohesion"), format!("{key}.cohesion"), &mut bloc.cohesion);
        }
    }
    for (m, motion) in standoff.motion.iter_mut().enumerate() {
        visit(format!("{}.position", motion.id), format!("motion[{m}].position"), &mut motion.position);
    }
    for (t, threat) in standoff.threat.iter_mut().enumerate() {
        for (name, range) in
            [("demand", &mut threat.demand), ("harm", &mut threat.harm), ("cost", &mut threat.cost), ("audience_cost", &mut threat.audience_cost)]
        {
            visit(format!("{}.{name}", threat.id), format!("threat[{t}].{name}"), range);
        }
    }
    for (o, offer) in standoff.offer.iter_mut().enumerate() {
        for (name, range) in [("demand", &mut offer.demand), ("reward", &mut offer.reward), ("cost", &mut offer.cost)] {
            visit(format!("{}.{name}", offer.id), format!("offer[{o}].{name}"), range);
        }
    }
    for (e, election) in standoff.election.iter_mut().enumerate() {
        for (l, list) in election.list.iter_mut().enumerate() {
            visit(format!("{}.{}.share", election.id, list.id), format!("election[{e}].list[{l}].share"), &mut list.share);
        }
    }
}

/// Whether `short` is `path`, or `path` without its middle.
fn is_short_for(short: &str, path: &str) -> bool {
    let ends = |p: &str| p.split_once('.').and_then(|(first, rest)| Some((first.to_owned(), rest.rsplit('.').next()?.to_owned())));
    short == path || (short.matches('.').count() == 1 && ends(short) == ends(path))
}

/// The paths that share a part with `path`, else the first few.
fn near(path: &str, paths: &[String]) -> String {
    let shares = |candidate: &&String| path.split('.').any(|part| candidate.split('.').any(|other| other == part));
    let mut named: Vec<&str> = paths.iter().filter(shares).map(String::as_str).collect();
    if named.is_empty() {
        named = paths.iter().map(String::as_str).collect();
    }
    let more = if named.len() > NAMED { ", …" } else { "" };
    named.truncate(NAMED);
    format!("{}{more}", named.join(", "))
}

/// As many are named in an error.
const NAMED: usize = 8;
