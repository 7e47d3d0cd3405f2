//! The tasks of the benchmark, as `score.py` defines them.

use crate::gold::{Event, Found, Statement};
use majlis_text::Edtf;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The tasks, in the order of [`count`].
pub(crate) const TASKS: [&str; 10] = [
    "actor mentions",
    "mentions, right actor",
    "statements",
    "statements, right speaker",
    "events",
    "events, right actors",
    "event dates (of matched)",
    "times",
    "times, right value",
    "places, right country",
];

/// How many were found, of how many, by how many attempts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) hits: usize,
    pub(crate) gold: usize,
    pub(crate) predicted: usize,
}

impl Counts {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { hits: self.hits + other.hits, gold: self.gold + other.gold, predicted: self.predicted + other.predicted }
    }

    pub(crate) fn precision(self) -> f64 {
        share(self.hits, self.predicted)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.hits, self.gold)
    }

    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Of how many statements of each tenth of confidence, the surest last, words and source are right: how many, of how many.
pub(crate) type Sure = [(usize, usize); 10];

/// Counts every task on one article.
pub(crate) fn count(gold: &Found, found: &Found) -> ([Counts; TASKS.len()], Sure) {
    let mentions = pair(&gold.mentions, &found.mentions, |g, p| at_least(0.5, iou(&g.at, &p.at)));
    let same = same_actors(mentions.iter().map(|(g, p)| (g.actor.as_str(), p.actor.as_str())));
    let right_actor = mentions.iter().filter(|(g, p)| same.get(g.actor.as_str()) == Some(&p.actor.as_str())).count();

    let statements = pair(&gold.statements, &found.statements, |g, p| at_least(0.6, iou(&g.at, &p.at)));
    let credited: Vec<&Statement> = statements.iter().filter(|(g, p)| is_credited(g, p, &same)).map(|(_, p)| *p).collect();
    let right_speaker = credited.len();
    let tenth = |s: &Statement| ((s.confidence * 10.0) as usize).min(9);
    let mut sure = Sure::default();
    found.statements.iter().for_each(|s| sure[tenth(s)].1 += 1);
    credited.iter().for_each(|s| sure[tenth(s)].0 += 1);

    let events = pair(&gold.events, &found.events, |g, p| {
        let is_near = p.at.start < g.at.end + 12 && g.at.start < p.at.end + 12;
        (g.kind == p.kind && is_near).then(|| -f64::from(g.at.start.abs_diff(p.at.start)))
    });
    let right_roles = events.iter().filter(|(g, p)| meets(&g.source, &p.source, &same) && meets(&g.target, &p.target, &same)).count();
    let dated: Vec<&(&Event, &Event)> = events.iter().filter(|(g, _)| g.when.is_some()).collect();
    let right_dates = dated.iter().filter(|(g, p)| is_same_time(g.when.as_deref(), p.when.as_deref())).count();

    let times = pair(&gold.times, &found.times, |g, p| at_least(0.3, iou(&g.at, &p.at)));
    let right_times = times.iter().filter(|(g, p)| is_same_time(g.value.as_deref(), p.value.as_deref())).count();
    let places = pair(&gold.places, &found.places, |g, p| Some(iou(&g.at, &p.at)).filter(|&w| w > 0.3));
    let right_places = places.iter().filter(|(g, p)| g.country == p.country).count();

    let of_mentions = |hits| Counts { hits, gold: gold.mentions.len(), predicted: found.mentions.len() };
    let of_statements = |hits| Counts { hits, gold: gold.statements.len(), predicted: found.statements.len() };
    let of_events = |hits| Counts { hits, gold: gold.events.len(), predicted: found.events.len() };
    let of_times = |hits| Counts { hits, gold: gold.times.len(), predicted: found.times.len() };
    let counts = [
        of_mentions(mentions.len()),
        of_mentions(right_actor),
        of_statements(statements.len()),
        of_statements(right_speaker),
        of_events(events.len()),
        of_events(right_roles),
        Counts { hits: right_dates, gold: dated.len(), predicted: dated.len() },
        of_times(times.len()),
        of_times(right_times),
        Counts { hits: right_places, gold: gold.places.len(), predicted: found.places.len() },
    ];
    (counts, sure)
}

/// Pairs one to one, the best first; `weight` is `None` where the two do not fit.
fn pair<'a, G, P>(gold: &'a [G], found: &'a [P], weight: impl Fn(&G, &P) -> Option<f64>) -> Vec<(&'a G, &'a P)> {
    let mut edges = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        edges.extend(found.iter().enumerate().filter_map(|(j, p)| Some((weight(g, p)?, i, j))));
    }
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_found) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, i, j) in edges {
        if !used_gold.contains(&i) && !used_found.contains(&j) {
            used_gold.insert(i);
            used_found.insert(j);
            pairs.push((&gold[i], &found[j]));
        }
    }
    pairs
}

fn at_least(least: f64, weight: f64) -> Option<f64> {
    (weight >= least).then_some(weight)
}

/// Intersection over union.
fn iou(a: &Range<u32>, b: &Range<u32>) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    if shared == 0 { 0.0 } else { f64::from(shared) / f64::from(a.end.max(b.end) - a.start.min(b.start)) }
}

/// Which found actor each gold actor is: one to one, by the mentions they share.
fn same_actors<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<&'a str, &'a str> {
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pair in pairs {
        *shared.entry(pair).or_default() += 1;
    }
    let mut ranked: Vec<_> = shared.into_iter().collect();
    ranked.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let (mut same, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((gold, found), _) in ranked {
        if !same.contains_key(gold) && taken.insert(found) {
            same.insert(gold, found);
        }
    }
    same
}

fn is_credited(gold: &Statement, found: &Statement, same: &BTreeMap<&str, &str>) -> bool {
    gold.named == found.named
        && match &gold.speaker {
            Some(actor) => same.get(actor.as_str()).copied() == found.speaker.as_deref(),
            None => iou(&gold.speaker_at, &found.speaker_at) > 0.0,
        }
}

fn meets(gold: &[String], found: &[String], same: &BTreeMap<&str, &str>) -> bool {
    let is_found = |actor: &String| {
        let wanted = same.get(actor.as_str()).copied().unwrap_or(actor);
        found.iter().any(|f| f == wanted)
    };
    (gold.is_empty() && found.is_empty()) || gold.iter().any(is_found)
}

/// Whether two EDTF values share at least half of the days that either covers.
fn is_same_time(a: Option<&str>, b: Option<&str>) -> bool {
    let parse = |value: Option<&str>| value?.trim_end_matches(['~', '?', '%']).parse::<Edtf>().ok();
    let (Some(x), Some(y)) = (parse(a), parse(b)) else {
        return a == b;
    };
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| (to - from).get_days() + 1;
    let shared = days(x.first().max(y.first()), x.last().min(y.last()));
    let either = days(x.first().min(y.first()), x.last().max(y.last()));
    shared > 0 && f64::from(shared) / f64::from(either) >= 0.5
}
