//! The brief of `examples/iraq-2021`, whole, in both languages.

#![allow(clippy::unwrap_used)]

use majlis_brief::{Lang, brief, render_text};
use majlis_read::{Reader, Reading};
use majlis_text::Document;
use std::path::Path;

fn example() -> Vec<(Document, Reading)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2021");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let reader = Reader::new();
    let read = |path: &std::path::PathBuf| {
        let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let field = |name: &str| record[name].as_str().unwrap().to_owned();
        let document = Document {
            outlet: Some(field("outlet")),
            title: Some(field("title")),
            published: Some(field("published").parse().unwrap()),
            ..Document::new(field("id"), field("text"))
        };
        let reading = reader.read(&document);
        (document, reading)
    };
    files.iter().map(read).collect()
}

#[test]
fn the_brief_in_english() {
    insta::assert_snapshot!(render_text(&brief(&example()), Lang::English));
}

#[test]
fn the_brief_in_arabic() {
    insta::assert_snapshot!(render_text(&brief(&example()), Lang::Arabic));
}

#[test]
fn the_same_bytes_twice() {
    let inputs = example();
    assert_eq!(render_text(&brief(&inputs), Lang::English), render_text(&brief(&inputs), Lang::English));
}

#[test]
fn nothing_read_gives_a_brief_too() {
    let empty = brief(&[]);
    assert!(empty.forecast.is_none());
    for lang in [Lang::English, Lang::Arabic] {
        assert!(render_text(&empty, lang).contains("10. "));
    }
}

#[test]
fn isolates_are_closed_on_every_line() {
    let brief = brief(&example());
    for lang in [Lang::English, Lang::Arabic] {
        for line in render_text(&brief, lang).lines() {
            assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line}");
        }
    }
}
