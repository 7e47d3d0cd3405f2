//! Events of several documents that are reports of one thing.

use super::items::Items;
use super::row::{Event, Out, Row, bucket, rows, table};
use super::text_column;
use crate::items::EPOCH;
use arrow_array::builder::{Float64Builder, Int32Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_schema::ArrowError;
use jiff::ToSpan;
use jiff::civil::Date;
use majlis_case::scale::{self, Place, Report};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// From what [`merges`](super::actors::merges) gives: what each merged actor goes by.
pub(super) fn roots(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let (actors, into) = (text_column(batch, "actor")?, text_column(batch, "into")?);
    let same = batch.column_by_name("same").and_then(|c| c.as_boolean_opt()).ok_or_else(|| ArrowError::SchemaError("no column \"same\"".to_owned()))?;
    let mut out = Out::default();
    for row in (0..batch.num_rows()).filter(|&row| same.is_valid(row) && same.value(row)) {
        let name = actors.value(row).to_owned();
        out.push(bucket(&name, buckets), &Row::Root { name, root: into.value(row).to_owned() })?;
    }
    out.finish()
}

/// From the actors of documents and what they go by, an actor's together: the same by document.
pub(super) fn parties(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let rows = rows(batch)?;
    let roots: HashMap<&str, &str> = rows.iter().filter_map(|row| if let Row::Root { name, root } = row { Some((&**name, &**root)) } else { None }).collect();
    let mut out = Out::default();
    for row in &rows {
        if let Row::Actor(actor) = row {
            let root = roots.get(actor.name.as_str()).map_or(&*actor.name, |root| root).to_owned();
            let party = Row::Party { document: actor.document.clone(), code: actor.code.clone(), root };
            out.push(bucket(&actor.document, buckets), &party)?;
        }
    }
    out.finish()
}

/// From items: the events that can be compared, by document.
pub(super) fn events(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let items = Items::of(batch)?;
    let mut out = Out::default();
    for event in items.events() {
        let event = event?;
        out.push(bucket(&event.document, buckets), &Row::Event(Box::new(event)))?;
    }
    out.finish()
}

/// From events and parties, a document's together: the events with what their parties go by. Only those of one type that are equally real meet.
pub(super) fn join(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let rows = rows(batch)?;
    let party = |row: &'_ Row| if let Row::Party { document, code, root } = row { Some(((document.clone(), code.clone()), root.clone())) } else { None };
    let roots: HashMap<(String, String), String> = rows.iter().filter_map(party).collect();
    let mut out = Out::default();
    for row in rows {
        if let Row::Event(mut event) = row {
            let root = |code: String| roots.get(&(event.document.clone(), code.clone())).cloned().unwrap_or(code);
            event.parties = event.parties.drain(..).map(root).collect();
            out.push(bucket(&format!("{} {}", event.kind, event.status), buckets), &Row::Event(event))?;
        }
    }
    out.finish()
}

/// From events, all of one type that are equally real together: of which happening each is a report, named by the first report of it.
pub(super) fn happenings(batch: &RecordBatch, _: i32) -> Result<RecordBatch, ArrowError> {
    let mut all: Vec<Event> = rows(batch)?.into_iter().filter_map(|row| if let Row::Event(event) = row { Some(*event) } else { None }).collect();
    all.sort_by(|a, b| (&a.document, a.number).cmp(&(&b.document, b.number)));
    let documents: BTreeSet<&str> = all.iter().map(|e| e.document.as_str()).collect();
    let order: BTreeMap<&str, i64> = documents.into_iter().zip(0..).collect();
    let (mut places, mut actors) = (HashMap::new(), HashMap::new());
    let mut found = scale::Happenings::default();
    let mut firsts: Vec<usize> = Vec::new();
    let mut out = Reports::default();
    for (at, event) in all.iter().enumerate() {
        let report = Report {
            document: order.get(event.document.as_str()).copied().unwrap_or_default(),
            kind: event.kind.clone(),
            mode: event.mode.clone(),
            status: event.status.clone(),
            days: day(event.days.0).zip(day(event.days.1)),
            place: event.place.as_ref().map(|(name, country, is_country)| Place {
                id: number(&mut places, name),
                country: country.clone(),
                is_country: *is_country,
            }),
            parties: event.parties.iter().map(|name| number(&mut actors, name)).collect(),
            cue: event.cue.clone(),
        };
        let Some((happening, similarity)) = found.place(report) else { continue };
        if happening == firsts.len() {
            firsts.push(at);
        }
        let first = &all[firsts[happening]];
        out.document.append_value(&event.document);
        out.number.append_value(event.number);
        out.first_document.append_value(&first.document);
        out.first_number.append_value(first.number);
        out.similarity.append_value(similarity);
    }
    out.finish()
}

fn number<'n>(numbers: &mut HashMap<&'n str, i64>, name: &'n str) -> i64 {
    let next = numbers.len() as i64;
    *numbers.entry(name).or_insert(next)
}

fn day(days: i32) -> Option<Date> {
    EPOCH.checked_add(days.days()).ok()
}

#[derive(Default)]
struct Reports {
    document: StringBuilder,
    number: Int32Builder,
    first_document: StringBuilder,
    first_number: Int32Builder,
    similarity: Float64Builder,
}

impl Reports {
    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        table([
            ("document", Arc::new(self.document.finish())),
            ("number", Arc::new(self.number.finish())),
            ("first_document", Arc::new(self.first_document.finish())),
            ("first_number", Arc::new(self.first_number.finish())),
            ("similarity", Arc::new(self.similarity.finish())),
        ])
    }
}
