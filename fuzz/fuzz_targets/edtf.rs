//! Any string is a date or is refused; a date is written and read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use majlis_text::Edtf;

fuzz_target!(|text: &str| {
    if let Ok(date) = text.parse::<Edtf>() {
        assert!(date.first() <= date.last());
        assert!(date.length() >= 1);
        assert_eq!(date.to_string().parse::<Edtf>().ok(), Some(date));
    }
});
