//! The words of the pages, from `data/messages.tsv`; what codes are called comes from the brief's.

use majlis_brief::{Lang, Messages};
use std::sync::OnceLock;

pub(crate) fn messages() -> &'static Messages {
    static PAGES: OnceLock<Messages> = OnceLock::new();
    PAGES.get_or_init(|| Messages::new(include_str!("../data/messages.tsv")))
}

/// The text of `key`; the key itself where neither file has it.
pub(crate) fn say(lang: Lang, key: &str) -> &str {
    messages().get(lang, key).or_else(|| Messages::brief().get(lang, key)).unwrap_or(key)
}

/// The BCP 47 tag, which is how addresses of pages begin.
pub(crate) fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::English => "en",
        Lang::Arabic => "ar",
    }
}

pub(crate) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::English => Lang::Arabic,
        Lang::Arabic => Lang::English,
    }
}
