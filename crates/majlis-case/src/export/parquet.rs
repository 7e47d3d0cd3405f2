//! Events as Apache Parquet, one row an event, parties as lists in JSON.

use super::fault;
use super::rows::{Event, Party, Told};
use crate::error::Problem;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// No unsigned integers: not every engine reads them.
const SCHEMA: &str = "message event {
    required int64 id;
    required binary type (utf8);
    required binary mode (utf8);
    required binary status (utf8);
    optional binary time (utf8);
    optional binary first_day (utf8);
    optional binary last_day (utf8);
    optional binary place (utf8);
    optional binary country (utf8);
    optional double latitude;
    optional double longitude;
    required binary source (utf8);
    required binary target (utf8);
    optional binary outlet (utf8);
    optional binary published (utf8);
    optional binary voice (utf8);
    required boolean named;
    optional binary url (utf8);
    optional binary words (utf8);
    optional int64 start;
    optional int64 end;
    required double confidence;
}";

/// Rows of a row group.
const GROUP: usize = 20_000;

pub(super) fn write(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let schema = Arc::new(parse_message_type(SCHEMA).map_err(fault)?);
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    // The writer wants an output that can be sent to a thread; bytes in memory can, and go on group by group.
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).map_err(fault)?;
    let mut rows = Vec::new();
    let written = told.events(|_, event| {
        rows.push(event);
        if rows.len() < GROUP {
            return Ok(());
        }
        group(&mut writer, &std::mem::take(&mut rows))?;
        writer.flush().map_err(fault)?;
        Ok(out.write_all(&std::mem::take(writer.inner_mut()))?)
    })?;
    if !rows.is_empty() {
        group(&mut writer, &rows)?;
    }
    out.write_all(&writer.into_inner().map_err(fault)?)?;
    Ok(written)
}

fn group(writer: &mut SerializedFileWriter<Vec<u8>>, rows: &[Event]) -> Result<(), Problem> {
    let mut group = Group(writer.next_row_group().map_err(fault)?);
    let place = |e: &Event, of: fn(&crate::ledger::Location) -> String| e.place.as_ref().map(of);
    let required = |of: fn(&Event) -> String| rows.iter().map(of).map(|text| ByteArray::from(text.into_bytes())).collect::<Vec<_>>();
    group.numbers(rows.iter().map(|e| Some(e.id)), true)?;
    group.texts(&required(|e| e.kind.clone()))?;
    group.texts(&required(|e| e.mode.clone()))?;
    group.texts(&required(|e| e.status.clone()))?;
    group.maybe(rows.iter().map(|e| e.time.clone()))?;
    group.maybe(rows.iter().map(|e| e.first_day.clone()))?;
    group.maybe(rows.iter().map(|e| e.last_day.clone()))?;
    group.maybe(rows.iter().map(|e| place(e, |p| p.name.clone())))?;
    group.maybe(rows.iter().map(|e| place(e, |p| p.country.clone())))?;
    group.degrees(rows.iter().map(|e| e.place.as_ref().and_then(|p| p.latitude)))?;
    group.degrees(rows.iter().map(|e| e.place.as_ref().and_then(|p| p.longitude)))?;
    group.texts(&required(|e| parties(&e.source)))?;
    group.texts(&required(|e| parties(&e.target)))?;
    group.maybe(rows.iter().map(|e| e.outlet.clone()))?;
    group.maybe(rows.iter().map(|e| e.published.clone()))?;
    group.maybe(rows.iter().map(|e| e.voice.as_ref().map(|v| v.name_en.clone())))?;
    group.flags(rows.iter().map(|e| e.named))?;
    group.maybe(rows.iter().map(|e| e.at.as_ref().and_then(|at| at.document.url.clone())))?;
    group.maybe(rows.iter().map(|e| e.at.as_ref().map(|at| at.words.clone())))?;
    group.numbers(rows.iter().map(|e| e.at.as_ref().map(|at| i64::from(at.start))), false)?;
    group.numbers(rows.iter().map(|e| e.at.as_ref().map(|at| i64::from(at.end))), false)?;
    group.shares(rows.iter().map(|e| e.confidence))?;
    group.0.close().map_err(fault)?;
    Ok(())
}

fn parties(parties: &[Party]) -> String {
    serde_json::json!(parties.iter().map(|p| p.actor.code.as_str()).collect::<Vec<_>>()).to_string()
}

/// The columns of a row group, written in the order of the schema.
struct Group<'w>(SerializedRowGroupWriter<'w, Vec<u8>>);

impl Group<'_> {
    fn column<T: parquet::data_type::DataType>(&mut self, values: &[T::T], present: Option<&[i16]>) -> Result<(), Problem> {
        let mut column = self.0.next_column().map_err(fault)?.ok_or_else(|| Problem::Refused("more columns than the schema has".to_owned()))?;
        column.typed::<T>().write_batch(values, present, None).map_err(fault)?;
        column.close().map_err(fault)
    }

    fn optional<T: parquet::data_type::DataType>(&mut self, values: impl Iterator<Item = Option<T::T>>) -> Result<(), Problem> {
        let values: Vec<Option<T::T>> = values.collect();
        let present: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
        let values: Vec<T::T> = values.into_iter().flatten().collect();
        self.column::<T>(&values, Some(&present))
    }

    fn texts(&mut self, values: &[ByteArray]) -> Result<(), Problem> {
        self.column::<ByteArrayType>(values, None)
    }

    fn maybe(&mut self, values: impl Iterator<Item = Option<String>>) -> Result<(), Problem> {
        self.optional::<ByteArrayType>(values.map(|v| v.map(|text| ByteArray::from(text.into_bytes()))))
    }

    fn numbers(&mut self, values: impl Iterator<Item = Option<i64>>, is_required: bool) -> Result<(), Problem> {
        if is_required { self.column::<Int64Type>(&values.flatten().collect::<Vec<_>>(), None) } else { self.optional::<Int64Type>(values) }
    }

    fn degrees(&mut self, values: impl Iterator<Item = Option<f64>>) -> Result<(), Problem> {
        self.optional::<DoubleType>(values)
    }

    fn shares(&mut self, values: impl Iterator<Item = f64>) -> Result<(), Problem> {
        self.column::<DoubleType>(&values.collect::<Vec<_>>(), None)
    }

    fn flags(&mut self, values: impl Iterator<Item = bool>) -> Result<(), Problem> {
        self.column::<BoolType>(&values.collect::<Vec<_>>(), None)
    }
}
