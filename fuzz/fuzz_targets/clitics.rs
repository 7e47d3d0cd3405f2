//! The analyses of any word are pieces of that word.
#![no_main]

use libfuzzer_sys::fuzz_target;
use majlis_text::{clitic, fold};

fuzz_target!(|text: &str| {
    let word = fold(text);
    for a in clitic::analyses(&word) {
        assert!(word.ends_with(a.stem));
        assert!(word.is_char_boundary(a.offset(&word)));
    }
    for (stem, pronoun) in clitic::without_pronoun(&word) {
        assert_eq!(format!("{stem}{pronoun}"), word);
    }
});
