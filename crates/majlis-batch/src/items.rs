//! Items as columns.

use crate::item::{Head, Item};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float32Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};
use majlis_text::Edtf;
use std::sync::{Arc, LazyLock};

/// Day 0 of Arrow's dates.
pub(crate) const EPOCH: Date = date(1970, 1, 1);

/// The columns of items, in order. No unsigned integers: Spark has none.
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let actors = || DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
        let columns = [
            ("document", DataType::Utf8),
            ("outlet", DataType::Utf8),
            ("published", DataType::Date32),
            ("kind", DataType::Utf8),
            ("number", DataType::Int32),
            ("start", DataType::Int32),
            ("end", DataType::Int32),
            ("text", DataType::Utf8),
            ("actor", DataType::Utf8),
            ("name", DataType::Utf8),
            ("speaker", DataType::Utf8),
            ("named", DataType::Boolean),
            ("type", DataType::Utf8),
            ("mode", DataType::Utf8),
            ("status", DataType::Utf8),
            ("source", actors()),
            ("target", actors()),
            ("when", DataType::Utf8),
            ("date_first", DataType::Date32),
            ("date_last", DataType::Date32),
            ("place", DataType::Utf8),
            ("country", DataType::Utf8),
            ("lat", DataType::Float32),
            ("lon", DataType::Float32),
            ("confidence", DataType::Float32),
            ("why", DataType::Utf8),
            ("rest", DataType::Utf8),
            ("error", DataType::Utf8),
        ];
        let required = ["document", "kind", "number"];
        Arc::new(Schema::new(columns.map(|(name, kind)| Field::new(name, kind, !required.contains(&name))).to_vec()))
    });
    SCHEMA.clone()
}

/// Collects items into a batch.
#[derive(Default)]
pub struct Items {
    rows: usize,
    bytes: usize,
    document: StringBuilder,
    outlet: StringBuilder,
    published: Date32Builder,
    kind: StringBuilder,
    number: Int32Builder,
    start: Int32Builder,
    end: Int32Builder,
    text: StringBuilder,
    actor: StringBuilder,
    name: StringBuilder,
    speaker: StringBuilder,
    named: BooleanBuilder,
    sort: StringBuilder,
    mode: StringBuilder,
    status: StringBuilder,
    source: ListBuilder<StringBuilder>,
    target: ListBuilder<StringBuilder>,
    when: StringBuilder,
    date_first: Date32Builder,
    date_last: Date32Builder,
    place: StringBuilder,
    country: StringBuilder,
    lat: Float32Builder,
    lon: Float32Builder,
    confidence: Float32Builder,
    why: StringBuilder,
    rest: StringBuilder,
    error: StringBuilder,
}

impl Items {
    /// Adds the items of a document.
    pub fn push(&mut self, head: &Head, items: &[Item]) {
        for item in items {
            self.row(head, item);
            self.bytes +=
                [Some(&head.document), head.outlet.as_ref(), item.text.as_ref(), item.rest.as_ref()].into_iter().flatten().map(String::len).sum::<usize>();
        }
    }

    fn row(&mut self, head: &Head, item: &Item) {
        self.rows += 1;
        self.document.append_value(&head.document);
        self.outlet.append_option(head.outlet.as_deref());
        self.published.append_option(head.published.map(days));
        self.kind.append_value(item.kind);
        self.number.append_value(offset(item.number));
        self.start.append_option(item.start.map(offset));
        self.end.append_option(item.end.map(offset));
        self.text.append_option(item.text.as_deref());
        self.actor.append_option(item.actor.as_deref());
        self.name.append_option(item.name.as_deref());
        self.speaker.append_option(item.speaker.as_deref());
        self.named.append_option(item.named);
        self.sort.append_option(item.sort);
        self.mode.append_option(item.mode);
        self.status.append_option(item.status);
        append(&mut self.source, item.source.as_deref());
        append(&mut self.target, item.target.as_deref());
        self.when.append_option(item.when.map(|when| when.to_string()));
        self.date_first.append_option(item.when.map(Edtf::first).map(days));
        self.date_last.append_option(item.when.map(Edtf::last).map(days));
        self.place.append_option(item.place.as_deref());
        self.country.append_option(item.country);
        self.lat.append_option(item.position.map(|p| p.0));
        self.lon.append_option(item.position.map(|p| p.1));
        self.confidence.append_option(item.confidence);
        self.why.append_option(item.why.as_deref());
        self.rest.append_option(item.rest.as_deref());
        self.error.append_option(item.error.as_deref());
    }

    /// Number of rows so far.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Bytes of the longest columns so far.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The rows, by the [`schema`]; none are left.
    ///
    /// # Errors
    /// Where a column is not as the schema says.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.bytes) = (0, 0);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.document.finish()),
            Arc::new(self.outlet.finish()),
            Arc::new(self.published.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.number.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.actor.finish()),
            Arc::new(self.name.finish()),
            Arc::new(self.speaker.finish()),
            Arc::new(self.named.finish()),
            Arc::new(self.sort.finish()),
            Arc::new(self.mode.finish()),
            Arc::new(self.status.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.target.finish()),
            Arc::new(self.when.finish()),
            Arc::new(self.date_first.finish()),
            Arc::new(self.date_last.finish()),
            Arc::new(self.place.finish()),
            Arc::new(self.country.finish()),
            Arc::new(self.lat.finish()),
            Arc::new(self.lon.finish()),
            Arc::new(self.confidence.finish()),
            Arc::new(self.why.finish()),
            Arc::new(self.rest.finish()),
            Arc::new(self.error.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
}

/// A text is no longer than 64 MiB, so that its offsets fit.
fn offset(at: impl TryInto<i32>) -> i32 {
    at.try_into().unwrap_or(i32::MAX)
}

fn days(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

fn append(list: &mut ListBuilder<StringBuilder>, actors: Option<&[String]>) {
    for actor in actors.unwrap_or_default() {
        list.values().append_value(actor);
    }
    list.append(actors.is_some());
}
