use crate::{Language, Span, identify};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One report: its words and what is known of where they came from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Name within the batch: a file's name without its ending, or the `id` of a JSON record.
    pub id: String,
    /// The words, never changed. At most 4 GiB.
    pub text: String,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// Its headline, where it came apart from the text.
    pub title: Option<String>,
    /// The language of the text.
    pub language: Language,
}

/// A line of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Number, counted from 0.
    pub number: u32,
    /// Its bytes, without the line break.
    pub span: Span,
}

impl Document {
    /// A document with nothing known of it but its words; the language is identified.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let language = identify(&text);
        Self { id: id.into(), text, outlet: None, published: None, title: None, language }
    }

    /// Its lines.
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph> + '_ {
        let mut start = 0;
        self.text.split('\n').enumerate().map(move |(number, line)| {
            let span = Span::between(start, start + line.len() as u32);
            start += line.len() as u32 + 1;
            Paragraph { number: number as u32, span }
        })
    }
}
