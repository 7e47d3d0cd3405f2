//! Actors that are one.

use super::items::Items;
use super::row::{Actor, Gathered, Out, Row, bucket, rows, table};
use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder};
use arrow_schema::ArrowError;
use majlis_case::scale::{self, Named};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// From items: the actors of each document, by document.
pub(super) fn by_document(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    appearances(batch, |actor| bucket(&actor.document, buckets))
}

/// The same, by actor.
pub(super) fn by_actor(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    appearances(batch, |actor| bucket(&actor.name, buckets))
}

fn appearances(batch: &RecordBatch, to: impl Fn(&Actor) -> i32) -> Result<RecordBatch, ArrowError> {
    let items = Items::of(batch)?;
    let mut out = Out::default();
    for actor in items.actors() {
        let actor = actor?;
        out.push(to(&actor), &Row::Actor(actor))?;
    }
    out.finish()
}

/// From the actors of documents, a document's together: each with the company it keeps there, by actor.
pub(super) fn companies(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut of_document: BTreeMap<String, Vec<Actor>> = BTreeMap::new();
    for actor in actors(batch)? {
        of_document.entry(actor.document.clone()).or_default().push(actor);
    }
    let mut out = Out::default();
    for actors in of_document.into_values() {
        let known: BTreeSet<String> = actors.iter().filter(|a| a.known).map(|a| a.name.clone()).collect();
        for actor in actors {
            let company = known.iter().filter(|name| **name != actor.name).cloned().collect();
            out.push(bucket(&actor.name, buckets), &Row::Actor(Actor { company, ..actor }))?;
        }
    }
    out.finish()
}

/// From actors with their company, an actor's together: one row each, as its first document has it, with its newest documents.
pub(super) fn gather(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut of_name: BTreeMap<String, Vec<Actor>> = BTreeMap::new();
    for actor in actors(batch)? {
        of_name.entry(actor.name.clone()).or_default().push(actor);
    }
    let mut out = Out::default();
    for mut actors in of_name.into_values() {
        actors.sort_by(|a, b| (&a.document, a.number).cmp(&(&b.document, b.number)));
        let newest = actors.iter().rev().take(scale::NEWEST).map(|a| (a.document.clone(), a.company.clone())).collect();
        if let Some(first) = actors.into_iter().next() {
            let actor = Actor { company: Vec::new(), ..first };
            out.push(bucket(&actor.name, buckets), &Row::Gathered(Gathered { actor, newest }))?;
        }
    }
    out.finish()
}

/// From gathered actors: the keys of their names.
pub(super) fn keys(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut out = Out::default();
    for Gathered { actor, .. } in gathered(batch)? {
        for key in scale::name_keys(&named(0, &actor)) {
            out.push(bucket(&key, buckets), &Row::Keyed { name: actor.name.clone(), key })?;
        }
    }
    out.finish()
}

/// From gathered actors, all that can meet together: which are one, and which may be.
pub(super) fn merges(batch: &RecordBatch, _: i32) -> Result<RecordBatch, ArrowError> {
    let mut all = gathered(batch)?;
    all.sort_by(|a, b| (&a.actor.document, a.actor.number).cmp(&(&b.actor.document, b.actor.number)));
    let documents: BTreeSet<&str> = all.iter().flat_map(|g| &g.newest).map(|(document, _)| document.as_str()).collect();
    let order: BTreeMap<&str, i64> = documents.into_iter().zip(0..).collect();
    let mut numbers: BTreeMap<&str, i64> = all.iter().map(|g| g.actor.name.as_str()).zip(0..).collect();
    for name in all.iter().flat_map(|g| &g.newest).flat_map(|(_, company)| company) {
        let next = numbers.len() as i64;
        numbers.entry(name).or_insert(next);
    }
    let mut out = Merges::default();
    let mut seen = scale::Actors::default();
    for (id, gathered) in all.iter().enumerate() {
        let company = gathered.newest.iter().map(|(document, names)| {
            let names = names.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect();
            (order.get(document.as_str()).copied().unwrap_or_default(), names)
        });
        for verdict in seen.place(&named(id as i64, &gathered.actor), company.collect()) {
            out.actor.append_value(&gathered.actor.name);
            out.into.append_value(&all[verdict.into as usize].actor.name);
            out.same.append_value(verdict.same);
            out.confidence.append_value(verdict.confidence);
            out.why.append_value(verdict.why);
        }
    }
    out.finish()
}

fn named(id: i64, actor: &Actor) -> Named {
    let Actor { named, named_en, kind, country, known, .. } = actor.clone();
    Named { id, name: named, name_en: named_en, kind, country, known }
}

fn actors(batch: &RecordBatch) -> Result<Vec<Actor>, ArrowError> {
    Ok(rows(batch)?.into_iter().filter_map(|row| if let Row::Actor(actor) = row { Some(actor) } else { None }).collect())
}

fn gathered(batch: &RecordBatch) -> Result<Vec<Gathered>, ArrowError> {
    Ok(rows(batch)?.into_iter().filter_map(|row| if let Row::Gathered(gathered) = row { Some(gathered) } else { None }).collect())
}

#[derive(Default)]
struct Merges {
    actor: StringBuilder,
    into: StringBuilder,
    same: BooleanBuilder,
    confidence: Float64Builder,
    why: StringBuilder,
}

impl Merges {
    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        table([
            ("actor", Arc::new(self.actor.finish())),
            ("into", Arc::new(self.into.finish())),
            ("same", Arc::new(self.same.finish())),
            ("confidence", Arc::new(self.confidence.finish())),
            ("why", Arc::new(self.why.finish())),
        ])
    }
}
