//! No text makes the reader panic, and every span it gives slices the text.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use majlis_read::{Reader, Reading, Record};
use majlis_text::Document;
use proptest::prelude::*;
use rayon::prelude::*;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The articles of the corpus: text and day of publication. None, with the reason printed, where it is not there.
fn corpus() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/arabic-news-2015.jsonl.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return Vec::new();
    };
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let article = |line: String| {
        let value: Value = serde_json::from_str(&line).unwrap();
        (value["text"].as_str().unwrap().to_owned(), value["published"].as_str().unwrap().to_owned())
    };
    lines.map(|l| article(l.unwrap())).collect()
}

/// Reads a text with and without a day of publication and checks every span.
fn check(reader: &Reader, text: &str, published: &str) {
    let mut document = Document::new("d", text);
    for published in [None, published.parse().ok()] {
        document.published = published;
        let reading = reader.read(&document);
        check_spans(text, &reading);
        Record::new(&document, &reading);
    }
}

fn check_spans(text: &str, r: &Reading) {
    let statements = r.statements.iter().flat_map(|s| [Some(s.span), s.speaker.span, s.speaker.described, s.cue].into_iter().flatten());
    let stances = r.stances.iter().flat_map(|s| [Some(s.issue), s.condition].into_iter().flatten());
    let mentions = r.mentions.iter().map(|m| m.span);
    let others = r.times.iter().map(|t| t.span).chain(r.places.iter().map(|p| p.span)).chain(r.events.iter().map(|e| e.span));
    for span in statements.chain(stances).chain(mentions).chain(others) {
        assert!(span.slice(text).is_some_and(|s| !s.is_empty()), "{span:?} of {text:?}");
    }
    let actors = r.actors.len() as u32;
    let speakers = r.statements.iter().flat_map(|s| [s.speaker.actor, s.speaker.side, s.told_to].into_iter().flatten());
    let roles = r.events.iter().flat_map(|e| e.source.iter().chain(&e.target).copied());
    assert!(r.mentions.iter().map(|m| m.actor).chain(r.stances.iter().map(|s| s.actor)).chain(speakers).chain(roles).all(|a| a < actors));
    assert!(r.events.iter().all(|e| e.place.is_none_or(|p| (p as usize) < r.places.len()) && e.statement.is_none_or(|s| (s as usize) < r.statements.len())));
    assert!(r.statements.iter().all(|s| s.inside.is_none_or(|i| (i as usize) < r.statements.len())));
}

#[test]
fn the_whole_corpus_is_read() {
    let reader = Reader::new();
    corpus().par_iter().for_each(|(text, day)| check(&reader, text, day));
}

#[test]
fn articles_cut_anywhere_are_read() {
    let reader = Reader::new();
    let articles = corpus();
    articles.par_iter().step_by((articles.len() / 60).max(1)).for_each(|(text, day)| {
        for at in (97..text.len().min(20_000)).step_by(97) {
            let at = text.floor_char_boundary(at);
            check(&reader, &text[..at], day);
            check(&reader, &text[at..text.ceil_char_boundary((at + 400).min(text.len()))], day);
        }
    });
}

#[test]
fn one_character_is_read() {
    let reader = Reader::new();
    let ranges = [0..0x800, 0x2000..0x2100, 0xfb50..0xff00, 0x1f600..0x1f650, 0x10fff0..0x110000];
    for c in ranges.into_iter().flatten().filter_map(char::from_u32) {
        check(&reader, &c.to_string(), "2021-03-17");
        check(&reader, &format!("قال{c}إن{c}«{c}"), "2021-03-17");
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_are_read() {
    let reader = Reader::new();
    let text = "قال الكاظمي أمس وغدا والعام الماضي والعام المقبل والأسبوع الماضي وخلال شهرين ومنذ مئة عام وقبل 9999 عاما وبعد 99999999999 يوما إن الحكومة سترد في 31 ديسمبر ومحرم وبحلول نهاية العام.";
    for day in ["-9999-01-01", "0001-01-01", "9999-12-31", "2020-02-29"] {
        check(&reader, text, day);
    }
}

/// The words, marks and controls that rules turn on, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "قال",
        "وأضاف",
        "إن",
        "أن",
        "بأن",
        "لم",
        "لن",
        "سوف",
        "رئيس الوزراء",
        "مصطفى الكاظمي",
        "العراقي",
        "إيران",
        "طهران",
        "بحسب",
        "مصدر مطلع",
        "الكتلة",
        "أمس",
        "يوم الاثنين",
        "2021",
        "٣",
        "مارس",
        "آذار",
        "محرم",
        "خلال",
        "شهرين",
        "العام الماضي",
        "هدد",
        "طالب",
        "رفض",
        "قصف",
        "تظاهر",
        "انتخابات",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "‹",
        "›",
        ":",
        "،",
        ".",
        "..",
        "؟",
        "(",
        ")",
        "-",
        "\n",
        " ",
        "و",
        "ب",
        "ل",
        "ال",
        "\u{202b}",
        "\u{202c}",
        "\u{2067}",
        "\u{2069}",
        "\u{200f}",
        "\u{200e}",
        "\u{feff}",
        "\u{640}",
        "\u{64e}",
        "ﷺ",
        "ﻻ",
        "\0",
        "\r",
        "é",
        "Reuters",
        "👩‍👩‍👧",
    ]);
    prop::collection::vec((piece, prop::bool::ANY), 0..60)
        .prop_map(|ps| ps.into_iter().map(|(p, blank)| if blank { format!("{p} ") } else { p.to_owned() }).collect())
}

proptest! {
    #[test]
    fn random_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(&Reader::new(), &String::from_utf8_lossy(&bytes), "2021-03-17");
    }

    #[test]
    fn any_string_is_read(text in any::<String>()) {
        check(&Reader::new(), &text, "2021-03-17");
    }

    #[test]
    fn cues_marks_and_bidi_controls_in_any_order_are_read(text in pieces()) {
        check(&Reader::new(), &text, "2021-03-17");
    }
}
