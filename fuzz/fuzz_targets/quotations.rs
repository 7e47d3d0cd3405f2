//! Quotations of any text slice it, stay inside their line and come in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use majlis_text::{Folded, quotations, tokenize};

fuzz_target!(|text: &str| {
    let folded = Folded::new(text);
    let quotes = quotations(text, &folded, &tokenize(&folded));
    assert!(quotes.iter().all(|q| q.inner.slice(text).is_some_and(|s| !s.contains('\n'))));
    assert!(quotes.windows(2).all(|w| w[0].first <= w[1].first));
});
