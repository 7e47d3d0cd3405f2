//! What travels between the steps: a bucket and a value.

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};
use xxhash_rust::xxh3::xxh3_64;

/// The columns between steps: `bucket`, by which rows are brought together, and `value`, an object of JSON.
pub fn exchange() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> =
        LazyLock::new(|| Arc::new(Schema::new(vec![Field::new("bucket", DataType::Int32, false), Field::new("value", DataType::Utf8, false)])));
    SCHEMA.clone()
}

/// A value.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Row {
    /// A document or an actor has a key.
    Keyed { name: String, key: String },
    /// Two of them share one.
    Link { one: String, other: String },
    /// Where those that are linked come together.
    Label { name: String, to: i32 },
    /// A document with its text.
    Text { name: String, text: String },
    /// An actor in a document.
    Actor(Actor),
    /// An actor in all its documents.
    Gathered(Gathered),
    /// What an actor goes by.
    Root { name: String, root: String },
    /// An actor of a document, by its code there.
    Party { document: String, code: String, root: String },
    /// An event.
    Event(Box<Event>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Actor {
    pub(super) name: String,
    pub(super) document: String,
    pub(super) number: i32,
    pub(super) code: String,
    pub(super) named: String,
    pub(super) named_en: String,
    pub(super) kind: String,
    pub(super) country: String,
    pub(super) known: bool,
    /// The actors of the lexicon in the document.
    pub(super) company: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Gathered {
    /// As its first document has it.
    pub(super) actor: Actor,
    /// Its newest documents with their company.
    pub(super) newest: Vec<(String, Vec<String>)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) document: String,
    pub(super) number: i32,
    pub(super) kind: String,
    pub(super) mode: String,
    pub(super) status: String,
    /// Days since 1970.
    pub(super) days: (i32, i32),
    pub(super) place: Option<(String, String, bool)>,
    pub(super) parties: Vec<String>,
    pub(super) cue: String,
}

impl Row {
    /// By what a row is found: a document or an actor.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Keyed { name, .. } | Self::Label { name, .. } | Self::Text { name, .. } | Self::Root { name, .. } => name,
            Self::Actor(actor) | Self::Gathered(Gathered { actor, .. }) => &actor.name,
            Self::Link { one, .. } => one,
            Self::Party { document, .. } => document,
            Self::Event(event) => &event.document,
        }
    }
}

/// The bucket of a name, of so many.
pub(super) fn bucket(name: &str, buckets: i32) -> i32 {
    (xxh3_64(name.as_bytes()) % u64::from(buckets.max(1).unsigned_abs())) as i32
}

/// Rows, each for its bucket.
#[derive(Default)]
pub(super) struct Out {
    buckets: Vec<i32>,
    values: Vec<String>,
}

impl Out {
    pub(super) fn push(&mut self, bucket: i32, row: &Row) -> Result<(), ArrowError> {
        self.buckets.push(bucket);
        self.values.push(serde_json::to_string(row).map_err(|error| ArrowError::JsonError(error.to_string()))?);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![Arc::new(Int32Array::from(self.buckets)), Arc::new(StringArray::from(self.values))];
        RecordBatch::try_new(exchange(), columns)
    }
}

/// The rows of a batch between steps.
pub(super) fn rows(batch: &RecordBatch) -> Result<Vec<Row>, ArrowError> {
    let values = text(batch, "value")?;
    values.iter().flatten().map(|value| serde_json::from_str(value).map_err(|error| ArrowError::JsonError(format!("no value of a merge: {error}")))).collect()
}

/// A column of strings.
pub(super) fn text<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b StringArray, ArrowError> {
    let column = batch.column_by_name(name).ok_or_else(|| ArrowError::SchemaError(format!("no column {name:?}")))?;
    column.as_string_opt().ok_or_else(|| ArrowError::SchemaError(format!("column {name:?} is {}, not a string", column.data_type())))
}

/// A table of these columns, none with a null.
pub(super) fn table<const N: usize>(columns: [(&str, ArrayRef); N]) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, false)))
}
