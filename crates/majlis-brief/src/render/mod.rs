//! The brief written out: text for a terminal, Markdown, or one file of HTML.

mod ahead;
mod backtest;
mod bidi;
pub mod charts;
mod dates;
mod forecast;
mod indicators;
mod messages;
mod outlook;
mod page;
mod play;
mod points;
mod record;
mod sheet;
mod wants;

pub use backtest::render_backtest;
pub use messages::Messages;
pub use outlook::{outlook_fragment, render_outlook};
pub use play::{forecasts, render_run};

pub(crate) use dates::edtf;
pub(crate) use messages::{fill, say};

use crate::model::Brief;
use crate::outlook::Ahead;
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

/// In which form a brief is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Plain text, about 100 characters wide. Words that run against the line's direction stand between U+2068 and U+2069.
    Text,
    /// CommonMark; citations lead to the lines that they cite.
    Markdown,
    /// One file without scripts and without anything fetched; citations lead to the lines that they cite, charts are drawn.
    Html,
}

/// The brief written out as plain text.
#[must_use]
pub fn render_text(brief: &Brief, ahead: Option<&Ahead>, lang: Lang) -> String {
    render(brief, ahead, lang, Form::Text)
}

/// The brief written out, each line with its citations: the key judgements first, then what they rest on. `ahead` is the forecast of the
/// same documents. Digits are European in both languages, as in the Maghreb and most newspapers' sites.
#[must_use]
pub fn render(brief: &Brief, ahead: Option<&Ahead>, lang: Lang, form: Form) -> String {
    let mut page = Page::new(brief, ahead, lang, form);
    points::write(&mut page);
    if let Some(ahead) = ahead {
        ahead::write(&mut page, ahead);
    }
    record::read(&mut page);
    record::sourcing(&mut page);
    record::actors(&mut page);
    record::ledger(&mut page);
    record::timeline(&mut page);
    wants::bargains(&mut page);
    wants::issues(&mut page);
    wants::disputes(&mut page);
    forecast::write(&mut page);
    if let Some(ahead) = ahead {
        ahead::gaps(&mut page, ahead);
    }
    record::key(&mut page);
    page.finish()
}

/// The key judgements alone, as HTML to stand in a page: a heading of the second level and a list. `documents` has the address of each
/// document of the brief; citations lead to `#p` and the number of the line there, from 1.
#[must_use]
pub fn points_fragment(brief: &Brief, lang: Lang, documents: &[String]) -> String {
    let mut page = Page::new(brief, None, lang, Form::Html);
    page.cite_at(documents);
    points::write(&mut page);
    page.fragment()
}
