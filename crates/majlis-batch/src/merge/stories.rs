//! Documents that carry one text.

use super::row::{Out, Row, bucket, rows, table};
use super::text_column;
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{Array, RecordBatch};
use arrow_schema::ArrowError;
use majlis_case::scale;
use std::sync::Arc;

/// From documents, with `id` and `text`: their bands.
pub(super) fn bands(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut out = Out::default();
    each(batch, |id, text| {
        for band in scale::bands(text) {
            let key = band.to_string();
            out.push(bucket(&key, buckets), &Row::Keyed { name: id.to_owned(), key })?;
        }
        Ok(())
    })?;
    out.finish()
}

/// From documents: their texts, by id.
pub(super) fn texts(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut out = Out::default();
    each(batch, |id, text| out.push(bucket(id, buckets), &Row::Text { name: id.to_owned(), text: text.to_owned() }))?;
    out.finish()
}

fn each(batch: &RecordBatch, mut take: impl FnMut(&str, &str) -> Result<(), ArrowError>) -> Result<(), ArrowError> {
    let (ids, texts) = (text_column(batch, "id")?, text_column(batch, "text")?);
    (0..batch.num_rows()).filter(|&row| ids.is_valid(row) && texts.is_valid(row)).try_for_each(|row| take(ids.value(row), texts.value(row)))
}

/// From texts, all that can meet together: those that carry an earlier one's, with the share of the shorter that both hold.
pub(super) fn stories(batch: &RecordBatch, _: i32) -> Result<RecordBatch, ArrowError> {
    let mut texts: Vec<(String, String)> =
        rows(batch)?.into_iter().filter_map(|row| if let Row::Text { name, text } = row { Some((name, text)) } else { None }).collect();
    texts.sort_unstable();
    let (mut documents, mut first, mut similarities) = (StringBuilder::new(), StringBuilder::new(), Float64Builder::new());
    let mut stories = scale::Stories::default();
    for (number, (document, text)) in texts.iter().enumerate() {
        if let Some((story, similarity)) = stories.place(number as i64, text) {
            documents.append_value(document);
            first.append_value(&texts[story as usize].0);
            similarities.append_value(similarity);
        }
    }
    table([("document", Arc::new(documents.finish())), ("story", Arc::new(first.finish())), ("similarity", Arc::new(similarities.finish()))])
}
