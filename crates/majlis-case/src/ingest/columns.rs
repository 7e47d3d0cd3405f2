//! Tables in columns: batches of Arrow, and Parquet files, a row a document.

use super::walk::{Bytes, Flow, Walk, whole};
use super::{At, Body, Raw};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use serde_json::{Map, Value};

/// The columns that say something of a document; all others are passed over.
const COLUMNS: [&str; 7] = ["id", "outlet", "published", "title", "url", "text", "language"];
/// Rows that are held at the same time.
const ROWS: usize = 64;

/// What the rows of a batch say of documents, one [`Raw`] a row. The columns are those of a JSON record: `text`, and if they are there
/// `id`, `outlet`, `published`, `title`, `url` and `language`; all others are passed over. A row without an `id` is named after the
/// SHA-256 of its fields, so that it has the same name in whatever batch it comes.
///
/// # Errors
/// Where there is no column `text`, or one of these columns cannot be read as text.
pub fn rows(batch: &RecordBatch) -> Result<impl Iterator<Item = Raw>, String> {
    let columns = Columns::new(batch)?;
    Ok((0..batch.num_rows()).map(move |row| Raw::of_fields(&format!("row {}", row + 1), columns.row(row))))
}

/// A Parquet file. It is read as it is needed, a few rows at a time.
pub(super) fn parquet(walk: &mut Walk<'_>, at: &At, bytes: Bytes<'_>) -> Flow {
    let opened = match bytes {
        Bytes::File(file) => open(file),
        Bytes::Read(reader) => whole(reader).and_then(|bytes| open(bytes::Bytes::from(bytes))),
    };
    let batches = match opened {
        Ok(batches) => batches,
        Err(message) => return walk.fail(at.fault(message)),
    };
    let mut number = 0;
    for batch in batches {
        let columns = match batch.map_err(|e| e.to_string()).and_then(|batch| Columns::new(&batch)) {
            Ok(columns) => columns,
            Err(message) => return walk.fail(at.fault(message)),
        };
        for row in 0..columns.rows {
            number += 1;
            let (at, id) = at.record(format!("{}, row {number}", at.place), number);
            walk.give(Raw { id, ..Raw::new(at, Body::Row(columns.row(row))) })?;
        }
    }
    Flow::Continue(())
}

fn open<R: ChunkReader + 'static>(bytes: R) -> Result<ParquetRecordBatchReader, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|error| error.to_string())?;
    has_text(builder.schema())?;
    let opened = || {
        let wanted: Vec<usize> = picked(builder.schema()).map(|(_, at)| at).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        builder.with_projection(mask).with_batch_size(ROWS).build()
    };
    opened().map_err(|error: ParquetError| error.to_string())
}

/// The columns of a schema that are read, whatever the case of their names.
fn picked(schema: &Schema) -> impl Iterator<Item = (&'static str, usize)> {
    COLUMNS.iter().filter_map(|name| Some((*name, schema.fields().iter().position(|f| f.name().trim().eq_ignore_ascii_case(name))?)))
}

/// Refuses a schema without a text to read.
fn has_text(schema: &Schema) -> Result<(), String> {
    if picked(schema).any(|(name, _)| name == "text") {
        return Ok(());
    }
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    Err(format!("no column \"text\": the columns are {}", names.join(", ")))
}

/// Columns as text.
struct Columns {
    rows: usize,
    columns: Vec<(&'static str, StringArray)>,
}

impl Columns {
    fn new(batch: &RecordBatch) -> Result<Self, String> {
        let schema = batch.schema();
        let columns: Vec<(&str, StringArray)> =
            picked(&schema).map(|(name, at)| Ok((name, as_text(name, batch.column(at))?))).collect::<Result<_, String>>()?;
        has_text(&schema)?;
        Ok(Self { rows: batch.num_rows(), columns })
    }

    fn row(&self, row: usize) -> Map<String, Value> {
        let cell = |(name, column): &(&str, StringArray)| {
            (column.is_valid(row) && !column.value(row).is_empty()).then(|| ((*name).to_owned(), Value::from(column.value(row))))
        };
        self.columns.iter().filter_map(cell).collect()
    }
}

/// A column as text. Only what is text, a number or a time can be one; times are written as ISO 8601 has them.
fn as_text(name: &str, column: &ArrayRef) -> Result<StringArray, String> {
    let kind = column.data_type();
    let inner = if let DataType::Dictionary(_, values) = kind { values } else { kind };
    let is_text = matches!(inner, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null);
    let is_fit = is_text || (name == "id" && inner.is_integer()) || (name == "published" && inner.is_temporal());
    if !is_fit {
        return Err(format!("column \"{name}\" holds {kind}, which is no text"));
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let text = cast_with_options(column, &DataType::Utf8, &options).map_err(|e| format!("column \"{name}\": {e}"))?;
    Ok(text.as_string::<i32>().clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Defaults;
    use arrow_array::{Date32Array, Int64Array, LargeStringArray, TimestampMicrosecondArray};
    use std::sync::Arc;

    const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي إن الحكومة ترفض ربط الهدنة بموعد محدد.";

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).unwrap()
    }

    fn texts() -> ArrayRef {
        Arc::new(LargeStringArray::from(vec![Some(TEXT), None]))
    }

    #[test]
    fn numbers_name_documents_and_times_date_them() {
        let moment = TimestampMicrosecondArray::from(vec![Some(1_615_973_400_000_000), None]).with_timezone("Asia/Baghdad");
        for published in [Arc::new(Date32Array::from(vec![Some(18_703), None])) as ArrayRef, Arc::new(moment)] {
            let batch = batch(vec![("ID", Arc::new(Int64Array::from(vec![7, 8]))), ("Text", texts()), ("published", published)]);
            let mut rows = rows(&batch).unwrap();
            let (document, _) = rows.next().unwrap().document(&Defaults::default()).unwrap();
            assert_eq!((document.id.as_str(), document.published.unwrap().to_string().as_str()), ("7", "2021-03-17"));
            let empty = rows.next().unwrap();
            assert_eq!(empty.id(), "8");
            assert_eq!(empty.document(&Defaults::default()).err().unwrap().message, "no \"text\"");
        }
    }

    #[test]
    fn a_row_without_an_id_is_named_by_what_it_holds() {
        let names = |batch: &RecordBatch| rows(batch).unwrap().map(|raw| raw.id().to_owned()).collect::<Vec<_>>();
        let whole = batch(vec![("text", texts())]);
        assert_eq!(names(&whole.slice(1, 1)), names(&whole)[1..]);
        assert_ne!(names(&whole)[0], names(&whole)[1]);
    }

    #[test]
    fn columns_that_cannot_be_read_are_refused_by_name() {
        let said = |columns| rows(&batch(columns)).err().unwrap();
        let numbers = || Arc::new(Int64Array::from(vec![1, 2])) as ArrayRef;
        assert_eq!(said(vec![("body", texts())]), "no column \"text\": the columns are body");
        assert_eq!(said(vec![("text", numbers())]), "column \"text\" holds Int64, which is no text");
        assert!(rows(&batch(vec![("text", texts()), ("views", numbers())])).is_ok());
    }
}
