//! `majlis read --parquet`, and Parquet, JSON Lines and crawls as its input.
#![allow(clippy::unwrap_used)]

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression as Codec, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::json;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي، أمس، إن الحكومة ترفض هذا القرار. والتقى الكاظمي وزير الخارجية الإيراني في بغداد.";
const ENGLISH: &str = "The prime minister said that the government refuses the decision.";

/// An empty folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn majlis(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_majlis")).current_dir(folder).args(args).output().unwrap()
}

fn reports(ids: &[&str], texts: &[&str]) -> RecordBatch {
    let column = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    RecordBatch::try_from_iter([("id", column(ids)), ("published", column(&vec!["2021-03-17"; ids.len()])), ("text", column(texts))]).unwrap()
}

fn write(path: &Path, batch: &RecordBatch, codec: Codec) {
    let properties = WriterProperties::builder().set_compression(codec).build();
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn items(path: &Path) -> Vec<RecordBatch> {
    ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap().map(Result::unwrap).collect()
}

/// Document, kind, words and error of every row.
fn rows(path: &Path) -> Vec<[String; 4]> {
    let cell = |batch: &RecordBatch, row: usize, name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
    items(path).iter().flat_map(|b| (0..b.num_rows()).map(|i| ["document", "kind", "text", "error"].map(|name| cell(b, i, name))).collect::<Vec<_>>()).collect()
}

#[test]
fn parquet_of_every_compression_is_read_like_lines() {
    let here = folder("inputs");
    let line = json!({"id": "a", "published": "2021-03-17", "text": TEXT}).to_string();
    fs::write(here.join("in.jsonl"), &line).unwrap();
    let mut gzip = GzEncoder::new(File::create(here.join("in.jsonl.gz")).unwrap(), Compression::fast());
    gzip.write_all(line.as_bytes()).unwrap();
    gzip.finish().unwrap();
    let codecs = [
        ("plain", Codec::UNCOMPRESSED),
        ("snappy", Codec::SNAPPY),
        ("gzip", Codec::GZIP(GzipLevel::default())),
        ("lz4", Codec::LZ4_RAW),
        ("zstd", Codec::ZSTD(ZstdLevel::default())),
    ];
    let expected = majlis(&here, &["read", "--format", "jsonl", "in.jsonl"]).stdout;
    assert!(!expected.is_empty());
    assert_eq!(majlis(&here, &["read", "--format", "jsonl", "in.jsonl.gz"]).stdout, expected);
    for (name, codec) in codecs {
        let file = format!("{name}.parquet");
        write(&here.join(&file), &reports(&["a"], &[TEXT]), codec);
        let output = majlis(&here, &["read", "--format", "jsonl", &file]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout, expected, "{name}");
    }
}

#[test]
fn a_broken_document_is_a_row_a_line_of_complaint_and_exit_1() {
    let here = folder("broken");
    write(&here.join("in.parquet"), &reports(&["a", "b", "c"], &[TEXT, ENGLISH, TEXT]), Codec::SNAPPY);
    let output = majlis(&here, &["read", "--parquet", "out.parquet", "in.parquet"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "majlis: in.parquet, row 2: the text is English: Majlis reads Arabic\n");
    let own: Vec<_> = rows(&here.join("out.parquet")).into_iter().filter(|row| matches!(row[1].as_str(), "document" | "error")).collect();
    let told: Vec<_> = own.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[3].as_str()]).collect();
    let said = "the text is English: Majlis reads Arabic";
    assert_eq!(told, [["a", "document", ""], ["in.parquet, row 2", "error", said], ["c", "document", ""]]);
    assert!(!here.join("out.parquet.part").exists());
}

#[test]
fn what_is_found_is_the_same_as_is_printed() {
    let here = folder("same");
    fs::write(here.join("in.jsonl"), json!({"id": "a", "published": "2021-03-17", "text": TEXT}).to_string()).unwrap();
    assert!(majlis(&here, &["read", "--parquet", "out.parquet", "in.jsonl"]).status.success());
    let printed: serde_json::Value = serde_json::from_slice(&majlis(&here, &["read", "--format", "jsonl", "in.jsonl"]).stdout).unwrap();
    let rows = rows(&here.join("out.parquet"));
    for (kind, list) in [("statement", "statements"), ("event", "events"), ("time", "times"), ("place", "places")] {
        let words: Vec<_> = rows.iter().filter(|row| row[1] == kind).map(|row| row[2].as_str()).collect();
        let expected: Vec<_> = printed[list].as_array().unwrap().iter().map(|item| item["exact"].as_str().unwrap()).collect();
        assert!(!words.is_empty(), "{kind}");
        assert_eq!(words, expected, "{kind}");
    }
}

#[test]
fn a_file_of_items_is_no_file_of_documents_and_damage_is_told() {
    let here = folder("damage");
    write(&here.join("in.parquet"), &reports(&["a"], &[TEXT]), Codec::SNAPPY);
    let whole = fs::read(here.join("in.parquet")).unwrap();
    fs::write(here.join("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    let nothing = RecordBatch::try_from_iter([("body", Arc::new(StringArray::from(vec![TEXT])) as ArrayRef)]).unwrap();
    write(&here.join("other.parquet"), &nothing, Codec::SNAPPY);
    let output = majlis(&here, &["read", "--format", "jsonl", "cut.parquet", "other.parquet", "in.parquet"]);
    assert_eq!((output.status.code(), output.stdout.iter().filter(|&&b| b == b'\n').count()), (Some(1), 1));
    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("majlis: cut.parquet: "), "{said}");
    assert_eq!(lines[1..], ["majlis: other.parquet: no column \"text\": the columns are body"]);
}

#[test]
fn no_flipped_byte_stops_the_program() {
    let here = folder("flipped");
    write(&here.join("in.parquet"), &reports(&["a", "b"], &[TEXT, TEXT]), Codec::SNAPPY);
    let whole = fs::read(here.join("in.parquet")).unwrap();
    let mut names = Vec::new();
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let name = format!("{at:05}.parquet");
        fs::write(here.join(&name), bytes).unwrap();
        names.push(name);
    }
    fs::remove_file(here.join("in.parquet")).unwrap();
    let output = majlis(&here, &["read", "--format", "jsonl", "."]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    assert!(said.lines().all(|line| line.starts_with("majlis: ")), "{said}");
}

#[test]
fn an_output_that_cannot_be_written_is_told_by_name() {
    let here = folder("nowhere");
    fs::write(here.join("in.txt"), TEXT).unwrap();
    let output = majlis(&here, &["read", "--parquet", "none/out.parquet", "in.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("majlis: none/out.parquet.part: "));
}
