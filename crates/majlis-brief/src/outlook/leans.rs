//! Which sources a forecast leans on: propose anew without each of them, and see what changes.

use crate::inputs::Inputs;
use crate::model::{Brief, Issue};
use crate::phrase::Phrase;
use crate::{brief, propose};
use majlis_model::bargain::forecast::{Model, monte_carlo};
use majlis_model::standoff::{Label, Standoff, read};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most sources that are dropped one at a time: the texts with most stances, or the outlets where there are more texts.
const SOURCES: usize = 16;
/// Draws for each.
const DRAWS: u64 = 1000;
/// How alike two wordings of one issue must be.
const ALIKE: f64 = 0.6;
const MIDDLE: f64 = 50.0;

/// How the weighted mean on one issue leans on the sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lean {
    /// The issue's `id`.
    pub issue: String,
    /// What it is called.
    pub name: Label,
    /// Probability that the weighted mean lies above 50, from all sources.
    pub all: f64,
    /// What it is without each source, the greatest change first.
    pub without: Vec<Drop>,
}

impl Lean {
    /// The one text or outlet without which the verdict turns, or nothing is disputed any more.
    #[must_use]
    pub fn turns_without(&self) -> Option<&Drop> {
        self.without.iter().find(|drop| drop.source != Source::Unnamed && drop.probability.is_none_or(|p| (p > 0.5) != (self.all > 0.5)))
    }
}

/// A source that is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drop {
    /// The source: an outlet with the names of documents that carry one text, an outlet, or all that cannot be identified.
    pub source: Source,
    /// The probability without it; `None` where nothing is disputed any more.
    pub probability: Option<f64>,
}

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Everything said by sources that cannot be identified.
    Unnamed,
    /// One text, by the numbers of the documents that carry it (from 1) and its outlet.
    Text {
        /// The documents.
        documents: Vec<usize>,
        /// The outlet of the first.
        outlet: String,
    },
    /// All texts of an outlet.
    Outlet(String),
}

/// How the forecast of every proposed issue leans on the sources.
#[must_use]
pub fn leans(inputs: &Inputs, seed: u64) -> Vec<Lean> {
    let whole = Weighed::new(inputs, seed);
    let mut without: BTreeMap<Source, Weighed> = BTreeMap::new();
    without.insert(Source::Unnamed, Weighed::new(&inputs.named_only(), seed));
    for (source, dropped) in sources(inputs, &whole.brief) {
        without.insert(source, Weighed::new(&inputs.without(|i| dropped.contains(&i)), seed));
    }
    let of = |(issue, id, all): &(usize, String, f64)| {
        let about = &whole.brief.issues[*issue];
        let drop = |(source, weighed): (&Source, &Weighed)| Drop { source: source.clone(), probability: weighed.of(about) };
        let mut without: Vec<Drop> = without.iter().map(drop).collect();
        let change = |d: &Drop| d.probability.map_or(1.0, |p| (p - all).abs());
        without.sort_by(|a, b| change(b).total_cmp(&change(a)));
        without.retain(|d| change(d) > 0.0 || d.source == Source::Unnamed);
        Lean { issue: id.clone(), name: Label { en: about.label.clone(), ar: about.label.clone() }, all: *all, without }
    };
    whole.issues.iter().map(of).collect()
}

/// A brief with the probability of each issue that is proposed of it.
struct Weighed {
    brief: Brief,
    issues: Vec<(usize, String, f64)>,
}

impl Weighed {
    fn new(inputs: &Inputs, seed: u64) -> Self {
        let brief = brief(inputs);
        let proposal = brief.propose();
        let standoff = proposal.write(&brief, None).ok().and_then(|(text, _)| read("proposal", &text).ok());
        let issues = standoff.map_or_else(Vec::new, |standoff| weigh(&proposal, &standoff, seed));
        Self { brief, issues }
    }

    /// The probability on what is the same issue here, whichever way round it is worded.
    fn of(&self, about: &Issue) -> Option<f64> {
        let phrase = Phrase::new(&about.label);
        let alike = |(issue, _, p): &(usize, String, f64)| {
            let other = Phrase::new(&self.brief.issues[*issue].label);
            (phrase.likeness(&other), if phrase.reversed == other.reversed { *p } else { 1.0 - p })
        };
        let best = self.issues.iter().map(alike).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 >= ALIKE).then_some(best.1)
    }
}

fn weigh(proposal: &propose::Proposal, standoff: &Standoff, seed: u64) -> Vec<(usize, String, f64)> {
    let of = |(id, issue): (&String, &usize)| {
        let mean = monte_carlo(standoff, id, Model::Mean, seed, DRAWS).ok()?;
        Some((*issue, id.clone(), 1.0 - mean.cdf(MIDDLE)))
    };
    proposal.issues.iter().map(|(issue, id)| (id, issue)).filter_map(of).collect()
}

/// What is dropped one at a time, as places in the inputs: the texts that hold stances on something, or the outlets where these are too many.
fn sources(inputs: &Inputs, brief: &Brief) -> Vec<(Source, BTreeSet<usize>)> {
    let origin = |i: usize| inputs.copies[i].map_or(i, |o| o as usize);
    let mut stances: BTreeMap<usize, usize> = BTreeMap::new();
    for s in brief.issues.iter().flat_map(|i| &i.stances) {
        *stances.entry(origin(s.report.cite.document as usize)).or_default() += 1;
    }
    let outlet = |i: usize| inputs.documents[i].0.outlet.clone().unwrap_or_default();
    let all = 0..inputs.documents.len();
    if stances.len() <= SOURCES {
        let text = |first: &usize| {
            let documents: BTreeSet<usize> = all.clone().filter(|&i| origin(i) == *first).collect();
            (Source::Text { documents: documents.iter().map(|i| i + 1).collect(), outlet: outlet(*first) }, documents)
        };
        return stances.keys().map(text).collect();
    }
    let mut outlets: BTreeMap<String, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for i in all {
        let entry = outlets.entry(outlet(i)).or_default();
        entry.0 += stances.get(&i).copied().unwrap_or_default();
        entry.1.insert(i);
    }
    let mut outlets: Vec<(String, (usize, BTreeSet<usize>))> = outlets.into_iter().filter(|(_, (n, _))| *n > 0).collect();
    outlets.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    outlets.into_iter().take(SOURCES).map(|(outlet, (_, documents))| (Source::Outlet(outlet), documents)).collect()
}
