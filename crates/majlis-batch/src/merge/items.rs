//! Items as merging sees them.

use super::row::{Actor, Event};
use super::text_column;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Int32Type};
use arrow_array::{Array, ListArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use majlis_case::scale;
use serde::Deserialize;

/// The columns of items that merging reads.
pub(super) struct Items<'b> {
    document: &'b StringArray,
    kind: &'b StringArray,
    number: &'b PrimitiveArray<Int32Type>,
    text: &'b StringArray,
    actor: &'b StringArray,
    name: &'b StringArray,
    sort: &'b StringArray,
    mode: &'b StringArray,
    status: &'b StringArray,
    source: &'b ListArray,
    target: &'b ListArray,
    date_first: &'b PrimitiveArray<Date32Type>,
    date_last: &'b PrimitiveArray<Date32Type>,
    place: &'b StringArray,
    country: &'b StringArray,
    lat: &'b PrimitiveArray<Float32Type>,
    lon: &'b PrimitiveArray<Float32Type>,
    why: &'b StringArray,
    rest: &'b StringArray,
}

/// What merging reads in `rest`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Rest {
    known: bool,
    precision: String,
}

impl<'b> Items<'b> {
    pub(super) fn of(batch: &'b RecordBatch) -> Result<Self, ArrowError> {
        let text = |name: &str| text_column(batch, name);
        let column = |name: &str| batch.column_by_name(name).ok_or_else(|| ArrowError::SchemaError(format!("no column {name:?}")));
        let wrong = |name: &str| ArrowError::SchemaError(format!("column {name:?} is not as items have it"));
        let list = |name: &str| column(name)?.as_list_opt().ok_or_else(|| wrong(name));
        let day = |name: &str| column(name)?.as_primitive_opt().ok_or_else(|| wrong(name));
        let degrees = |name: &str| column(name)?.as_primitive_opt().ok_or_else(|| wrong(name));
        Ok(Self {
            document: text("document")?,
            kind: text("kind")?,
            number: column("number")?.as_primitive_opt().ok_or_else(|| wrong("number"))?,
            text: text("text")?,
            actor: text("actor")?,
            name: text("name")?,
            sort: text("type")?,
            mode: text("mode")?,
            status: text("status")?,
            source: list("source")?,
            target: list("target")?,
            date_first: day("date_first")?,
            date_last: day("date_last")?,
            place: text("place")?,
            country: text("country")?,
            lat: degrees("lat")?,
            lon: degrees("lon")?,
            why: text("why")?,
            rest: text("rest")?,
        })
    }

    fn rows(&self, kind: &'static str) -> impl Iterator<Item = usize> {
        (0..self.kind.len()).filter(move |&row| self.kind.value(row) == kind)
    }

    fn rest(&self, row: usize) -> Result<Rest, ArrowError> {
        let wrong = |error: serde_json::Error| ArrowError::JsonError(format!("rest of an item of {}: {error}", self.document.value(row)));
        if self.rest.is_valid(row) { serde_json::from_str(self.rest.value(row)).map_err(wrong) } else { Ok(Rest::default()) }
    }

    /// The actors.
    pub(super) fn actors(&self) -> impl Iterator<Item = Result<Actor, ArrowError>> {
        self.rows("actor").map(|row| {
            let known = self.rest(row)?.known;
            let (code, named) = (self.actor.value(row), self.text.value(row));
            Ok(Actor {
                name: scale::identity(code, named, known),
                document: self.document.value(row).to_owned(),
                number: self.number.value(row),
                code: code.to_owned(),
                named: named.to_owned(),
                named_en: self.name.value(row).to_owned(),
                kind: self.sort.value(row).to_owned(),
                country: self.country.value(row).to_owned(),
                known,
                company: Vec::new(),
            })
        })
    }

    /// The events that can be reports of one thing: of a day, and not denied. Their parties are codes.
    pub(super) fn events(&self) -> impl Iterator<Item = Result<Event, ArrowError>> {
        self.rows("event").filter(|&row| self.date_first.is_valid(row) && self.date_last.is_valid(row) && self.status.value(row) != "denied").map(|row| {
            let (status, cue) = scale::compared(self.status.value(row), self.why.value(row));
            Ok(Event {
                document: self.document.value(row).to_owned(),
                number: self.number.value(row),
                kind: self.sort.value(row).to_owned(),
                mode: self.mode.value(row).to_owned(),
                status: status.to_owned(),
                days: (self.date_first.value(row), self.date_last.value(row)),
                place: self.place_of(row)?,
                parties: [self.source, self.target].into_iter().flat_map(|list| codes(list, row)).collect(),
                cue: cue.to_owned(),
            })
        })
    }

    /// What tells a place from others, its country, and whether it is no smaller than that.
    fn place_of(&self, row: usize) -> Result<Option<(String, String, bool)>, ArrowError> {
        if !self.place.is_valid(row) {
            return Ok(None);
        }
        let (precision, country) = (self.rest(row)?.precision, self.country.value(row));
        let position = if self.lat.is_valid(row) { format!("{} {}", self.lat.value(row), self.lon.value(row)) } else { String::new() };
        let is_country = precision == "country";
        Ok(Some((format!("{} {country} {precision} {position}", self.place.value(row)), country.to_owned(), is_country)))
    }
}

fn codes(list: &ListArray, row: usize) -> Vec<String> {
    if !list.is_valid(row) {
        return Vec::new();
    }
    let values = list.value(row);
    values.as_string_opt::<i32>().into_iter().flatten().flatten().map(str::to_owned).collect()
}
