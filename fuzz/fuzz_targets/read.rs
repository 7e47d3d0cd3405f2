//! Any text, with or without a day of publication, is laid out and read; every span slices it and the record can be written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use majlis_read::{Reader, Record};
use majlis_text::{Document, Layout};
use std::sync::OnceLock;

fuzz_target!(|input: (bool, &str)| {
    static READER: OnceLock<Reader> = OnceLock::new();
    let (is_dated, text) = input;
    let layout = Layout::new(text);
    assert!(layout.tokens.iter().all(|t| t.span.slice(text).is_some()));
    assert!(layout.quotes.iter().all(|q| q.inner.slice(text).is_some()));
    let mut document = Document::new("fuzz", text);
    document.published = if is_dated { "2021-03-17".parse().ok() } else { None };
    let reading = READER.get_or_init(Reader::new).read(&document);
    let mut spans: Vec<_> = reading.mentions.iter().map(|m| m.span).collect();
    spans.extend(reading.statements.iter().map(|s| s.span));
    spans.extend(reading.times.iter().map(|t| t.span));
    spans.extend(reading.places.iter().map(|p| p.span));
    spans.extend(reading.events.iter().map(|e| e.span));
    spans.extend(reading.stances.iter().map(|s| s.issue));
    assert!(spans.iter().all(|s| s.slice(text).is_some()));
    assert!(serde_json::to_string(&Record::new(&document, &reading)).is_ok());
});
