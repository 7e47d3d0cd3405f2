//! The brief as text for a terminal.

mod backtest;
mod bidi;
mod dates;
mod forecast;
mod messages;
mod page;
mod play;
mod points;
mod record;
mod sheet;
mod wants;

pub use backtest::render_backtest;
pub use play::{forecasts, render_run};

use crate::model::Brief;
use page::Page;

/// The language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// English.
    English,
    /// Arabic.
    Arabic,
}

impl std::str::FromStr for Lang {
    type Err = ();

    /// The BCP 47 tags `en` and `ar`.
    fn from_str(tag: &str) -> Result<Self, ()> {
        match tag {
            "en" => Ok(Self::English),
            "ar" => Ok(Self::Arabic),
            _ => Err(()),
        }
    }
}

/// The brief written out: plain text, about 100 characters wide, each line with its citations.
///
/// Words that run against the line's direction stand between U+2068 and U+2069; nothing else but plain text is in it.
pub fn render_text(brief: &Brief, lang: Lang) -> String {
    let mut page = Page::new(brief, lang);
    record::read(&mut page);
    points::write(&mut page);
    record::sourcing(&mut page);
    record::actors(&mut page);
    record::ledger(&mut page);
    record::timeline(&mut page);
    wants::bargains(&mut page);
    wants::issues(&mut page);
    wants::disputes(&mut page);
    forecast::write(&mut page);
    record::key(&mut page);
    page.finish()
}
