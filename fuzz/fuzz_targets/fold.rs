//! Folding any text and mapping back covers it, character by character.
#![no_main]

use libfuzzer_sys::fuzz_target;
use majlis_text::{Folded, fold};

fuzz_target!(|text: &str| {
    let folded = Folded::new(text);
    assert_eq!(folded.original(0, folded.as_str().len() as u32).slice(text), Some(text));
    assert_eq!(folded.as_str(), fold(text));
    for (at, c) in folded.as_str().char_indices() {
        assert!(folded.original(at as u32, (at + c.len_utf8()) as u32).slice(text).is_some());
    }
});
