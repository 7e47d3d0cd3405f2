//! Exports, from reports written for the test. `tools/check_exports.py` holds them against the readers of each form.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use majlis_case::export::{Format, Redaction};
use majlis_case::{Case, Entry, Filter, Page, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use serde_json::Value;

const SECRET: &str = "قيادي في أحد الفصائل، طلب عدم ذكر اسمه";
const FORMATS: [Format; 8] =
    [Format::Plover, Format::Polecat, Format::Acled, Format::Ucdp, Format::FollowTheMoney, Format::GeoJson, Format::WebAnnotation, Format::Parquet];

fn case(folder: &tempfile::TempDir) -> Case {
    let mut case = Case::create(folder.path().join("iraq.case")).unwrap();
    let stamp = Stamp { by: "majlis".to_owned(), at: jiff::Timestamp::UNIX_EPOCH };
    let texts = [
        "هاجم تنظيم داعش موقعاً للجيش العراقي في كركوك أمس، ما أدى إلى مقتل ثلاثة جنود.\nوقال رئيس الوزراء العراقي مصطفى الكاظمي إن الحكومة سترد.".to_owned(),
        format!("وقال {SECRET}، إن الفصائل قصفت قاعدة عين الأسد في الأنبار يوم الأربعاء."),
    ];
    for (i, text) in texts.into_iter().enumerate() {
        let mut document = Document::new(format!("private-folder-{i}"), text);
        document.outlet = Some("=صدى".to_owned());
        document.published = Some("2021-03-05".parse().unwrap());
        let source = Source { url: Some(format!("https://example.org/{i}")), ..Source::given(&document) };
        case.keep(&Entry::new(document, source, &Reader::new()), &stamp).unwrap();
    }
    case.digest(&stamp, |_, _| {}).unwrap();
    case
}

fn export(case: &Case, format: Format, redaction: Redaction) -> (u64, Vec<u8>) {
    let mut out = Vec::new();
    (case.export(format, redaction, &mut out).unwrap(), out)
}

fn text(case: &Case, format: Format, redaction: Redaction) -> String {
    String::from_utf8(export(case, format, redaction).1).unwrap()
}

#[test]
fn a_redacted_export_leads_to_no_unnamed_source() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    for format in FORMATS {
        let (open, redacted) = (export(&case, format, Redaction::None), export(&case, format, Redaction::Sources));
        let has = |bytes: &[u8], what: &str| bytes.windows(what.len()).any(|w| w == what.as_bytes());
        for secret in ["قيادي", "عدم ذكر اسمه", "قصفت", "private-folder", "https://example.org/1"] {
            assert!(!has(&redacted.1, secret), "{format:?} gives {secret} away");
        }
        if matches!(format, Format::Plover | Format::Acled | Format::Parquet) {
            assert_eq!(open.0, redacted.0, "{format:?}: the events themselves stay");
        }
    }
    assert!(text(&case, Format::WebAnnotation, Redaction::None).contains("قيادي"));
}

#[test]
fn every_event_is_in_every_table_with_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let events = case.events(&Filter::default(), Page::ALL).unwrap();
    for (format, delimiter, column) in [(Format::Polecat, b'\t', "Event Type"), (Format::Acled, b',', "event_type")] {
        let (rows, bytes) = export(&case, format, Redaction::None);
        assert_eq!(rows, events.total);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes.as_slice());
        let at = reader.headers().unwrap().iter().position(|h| h == column).unwrap();
        let kinds: Vec<String> = reader.records().map(|r| r.unwrap()[at].to_owned()).collect();
        assert_eq!(kinds, events.rows.iter().map(|e| e.kind.clone()).collect::<Vec<_>>());
    }
    assert!(!text(&case, Format::Acled, Redaction::None).contains(",=صدى"), "a cell that begins a formula is made harmless");
}

#[test]
fn a_happening_has_one_row_with_its_dead() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let (_, bytes) = export(&case, Format::Ucdp, Redaction::None);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let at = |reader: &mut csv::Reader<&[u8]>, name: &str| reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    let (country, sources) = (at(&mut reader, "country"), at(&mut reader, "number_of_sources"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.iter().any(|r| &r[country] == "IQ" && &r[sources] == "1"), "{rows:?}");
}

#[test]
fn json_forms_are_json_and_their_spans_slice_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    for format in [Format::Plover, Format::FollowTheMoney] {
        let lines = text(&case, format, Redaction::None);
        assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{format:?}");
    }
    let map: Value = serde_json::from_str(&text(&case, Format::GeoJson, Redaction::None)).unwrap();
    let point = &map["features"][0]["geometry"]["coordinates"];
    assert!((40.0..50.0).contains(&point[0].as_f64().unwrap()) && (30.0..38.0).contains(&point[1].as_f64().unwrap()), "{point}: longitude comes first");
    let page: Value = serde_json::from_str(&text(&case, Format::WebAnnotation, Redaction::None)).unwrap();
    let texts = [case.document(1).unwrap().text, case.document(2).unwrap().text];
    for item in page["items"].as_array().unwrap() {
        let text = &texts[usize::from(item["target"]["source"] == "https://example.org/1")];
        let (quote, position) = (&item["target"]["selector"][0], &item["target"]["selector"][1]);
        let (start, end) = (position["start"].as_u64().unwrap() as usize, position["end"].as_u64().unwrap() as usize);
        let slice = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
        assert_eq!(quote["exact"], slice(start, end));
        assert_eq!(quote["prefix"], slice(start.saturating_sub(32), start));
    }
}

#[test]
fn parquet_is_read_back_by_its_own_reader() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let (rows, bytes) = export(&case, Format::Parquet, Redaction::None);
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), rows.cast_signed());
    let kinds: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().get_string(1).unwrap().clone()).collect();
    assert!(kinds.contains(&"ASSAULT".to_owned()), "{kinds:?}");
}

#[test]
fn an_empty_case_exports_as_empty_files_of_each_form() {
    let folder = tempfile::tempdir().unwrap();
    let case = Case::create(folder.path().join("empty.case")).unwrap();
    for format in FORMATS {
        assert_eq!(export(&case, format, Redaction::None).0, 0, "{format:?}");
    }
}
