//! Documents in, items out.

use crate::item::{Head, Item, error, items};
use crate::items::Items;
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use majlis_case::ingest::{Defaults, Fault, Raw, rows};
use majlis_read::{Reader, Record};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of a batch's longest columns. Arrow's offsets go to twice that.
const MOST: usize = 1 << 30;

/// Reads the documents of a batch. Columns in: `text`, and if they are there `id`, `outlet`, `published` (text, date or timestamp),
/// `title`, `url` and `language`. Columns out: [`schema`](crate::schema), documents in their order. A document that cannot be read becomes a row
/// with its error.
///
/// # Errors
/// Where there is no column `text`, or one of these columns is of another type: then no document could be read. Where the items come to
/// more than a column can hold, a gibibyte: then the batch is to be cut.
pub fn read(reader: &Reader, batch: &RecordBatch, defaults: &Defaults) -> Result<RecordBatch, ArrowError> {
    let mut out = Items::default();
    for raw in rows(batch).map_err(ArrowError::SchemaError)? {
        let (head, items) = one(reader, raw, defaults);
        out.push(&head, &items);
        if out.bytes() > MOST {
            return Err(ArrowError::ComputeError("the items of this batch come to more than 1 GiB: read fewer documents at a time".to_owned()));
        }
    }
    out.finish()
}

fn one(reader: &Reader, raw: Raw, defaults: &Defaults) -> (Head, Vec<Item>) {
    let id = raw.id().to_owned();
    let read = || -> Result<_, Fault> {
        let (document, _) = raw.document(defaults)?;
        let reading = reader.read(&document);
        Ok(items(&document, Record::new(&document, &reading)))
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(read)) => read,
        Ok(Err(fault)) => error(&id, &fault.message),
        Err(panic) => error(&id, &format!("a flaw of Majlis, please report it: {}", said(&*panic))),
    }
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int32Type;
    use arrow_array::{Array, ArrayRef, StringArray};
    use arrow_schema::DataType;
    use proptest::prelude::*;
    use std::sync::{Arc, LazyLock};

    static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

    /// Letters outside the Basic Multilingual Plane and marks, so that bytes, UTF-16 units and code points differ.
    const REPORT: &str = "🕊 أكّد رئيس الوزراء العراقي، مصطفى الكاظمي، في بغداد أمس أن الحكومة ترفض ربط الهدنة بموعد محدد.\n\
        وقال نائب عن تحالف الفتح طلب عدم الكشف عن اسمه: «القرار ملزم للحكومة، ولن نقبل بأقل من خروج القوات الأميركية من العراق».\n\
        واستهدفت صواريخ قاعدة عين الأسد في الأنبار.";

    fn documents(rows: &[(&str, Option<&str>)]) -> RecordBatch {
        let ids: ArrayRef = Arc::new(rows.iter().map(|r| Some(r.0)).collect::<StringArray>());
        let texts: ArrayRef = Arc::new(rows.iter().map(|r| r.1).collect::<StringArray>());
        let days: ArrayRef = Arc::new(StringArray::from(vec!["2021-03-17"; rows.len()]));
        RecordBatch::try_from_iter([("id", ids), ("text", texts), ("published", days)]).unwrap()
    }

    fn column<'b>(batch: &'b RecordBatch, name: &str) -> &'b StringArray {
        batch.column_by_name(name).unwrap().as_string()
    }

    /// How often each document has a row of its own.
    fn heads(batch: &RecordBatch) -> Vec<String> {
        let (kinds, documents) = (column(batch, "kind"), column(batch, "document"));
        (0..batch.num_rows()).filter(|&i| matches!(kinds.value(i), "document" | "error")).map(|i| documents.value(i).to_owned()).collect()
    }

    #[test]
    fn every_span_slices_the_text_by_code_points() {
        let out = read(&READER, &documents(&[("a", Some(REPORT))]), &Defaults::default()).unwrap();
        let points: Vec<char> = REPORT.chars().collect();
        let number = |name: &str| out.column_by_name(name).unwrap().as_primitive::<Int32Type>();
        let (starts, ends, texts, kinds) = (number("start"), number("end"), column(&out, "text"), column(&out, "kind"));
        let mut seen = std::collections::BTreeSet::new();
        for row in (0..out.num_rows()).filter(|&row| starts.is_valid(row)) {
            let words: String = points[starts.value(row) as usize..ends.value(row) as usize].iter().collect();
            seen.insert(kinds.value(row).to_owned());
            if kinds.value(row) != "document" {
                assert_eq!(words, texts.value(row), "{}", kinds.value(row));
            }
        }
        for kind in ["document", "mention", "statement", "event", "time", "place"] {
            assert!(seen.contains(kind), "no {kind} among {seen:?}");
        }
    }

    #[test]
    fn a_broken_document_is_a_row_with_its_error_and_harms_no_other() {
        let rows = [("a", None), ("b", Some(REPORT)), ("c", Some("The prime minister said on Monday that the truce would hold."))];
        let out = read(&READER, &documents(&rows), &Defaults::default()).unwrap();
        assert_eq!(heads(&out), ["a", "b", "c"]);
        let (kinds, errors) = (column(&out, "kind"), column(&out, "error"));
        let told: Vec<&str> = (0..out.num_rows()).filter(|&i| kinds.value(i) == "error").map(|i| errors.value(i)).collect();
        assert_eq!(told, ["no \"text\"", "the text is English: Majlis reads Arabic"]);
    }

    #[test]
    fn no_documents_are_no_rows() {
        let out = read(&READER, &documents(&[]), &Defaults::default()).unwrap();
        assert_eq!((out.num_rows(), out.schema()), (0, schema()));
    }

    #[test]
    fn no_column_is_unsigned() {
        assert!(schema().fields().iter().all(|f| !f.data_type().is_unsigned_integer()));
        assert!(!schema().fields().iter().any(|f| matches!(f.data_type(), DataType::LargeUtf8 | DataType::Utf8View)));
    }

    proptest! {
        #[test]
        fn where_a_batch_is_cut_makes_no_difference(texts in prop::collection::vec("[ء-ي\u{64b}-\u{652} «»:،.\n🕊a-z]{0,80}", 1..6), at in 0usize..6) {
            let rows: Vec<(String, String)> = texts.iter().enumerate().map(|(i, t)| (i.to_string(), format!("{t} قال المتحدث"))).collect();
            let batch = documents(&rows.iter().map(|(id, text)| (id.as_str(), Some(text.as_str()))).collect::<Vec<_>>());
            let whole = read(&READER, &batch, &Defaults::default()).unwrap();
            let at = at.min(batch.num_rows());
            let halves = [batch.slice(0, at), batch.slice(at, batch.num_rows() - at)].map(|half| read(&READER, &half, &Defaults::default()).unwrap());
            prop_assert_eq!(whole.num_rows(), halves[0].num_rows() + halves[1].num_rows());
            prop_assert_eq!(whole.slice(0, halves[0].num_rows()), halves[0].clone());
            prop_assert_eq!(heads(&whole), rows.iter().map(|r| r.0.clone()).collect::<Vec<_>>());
        }
    }
}
