//! The brief of `examples/iraq-2021`, whole, in both languages.

#![allow(clippy::unwrap_used)]

mod common;

use common::{example, with_ahead};
use majlis_brief::{Inputs, Lang, brief, render_text};

#[test]
fn the_brief_in_english() {
    let (brief, ahead) = with_ahead(&example());
    insta::assert_snapshot!(render_text(&brief, Some(&ahead), Lang::English));
}

#[test]
fn the_brief_in_arabic() {
    let (brief, ahead) = with_ahead(&example());
    insta::assert_snapshot!(render_text(&brief, Some(&ahead), Lang::Arabic));
}

#[test]
fn the_same_bytes_twice() {
    let inputs = example();
    assert_eq!(render_text(&brief(&inputs), None, Lang::English), render_text(&brief(&inputs), None, Lang::English));
}

#[test]
fn nothing_read_gives_a_brief_too() {
    let empty = brief(&Inputs::default());
    assert!(empty.forecast.is_none());
    for lang in [Lang::English, Lang::Arabic] {
        assert!(render_text(&empty, None, lang).contains("10. "));
    }
}

#[test]
fn isolates_are_closed_on_every_line() {
    let (brief, ahead) = with_ahead(&example());
    for lang in [Lang::English, Lang::Arabic] {
        for line in render_text(&brief, Some(&ahead), lang).lines() {
            assert_eq!(line.matches(['\u{2066}', '\u{2068}']).count(), line.matches('\u{2069}').count(), "{line}");
        }
    }
}
