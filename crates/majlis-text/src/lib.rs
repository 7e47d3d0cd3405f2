//! Documents, spans and everything about written text that knows nothing of politics: folding with a map back to the
//! original, sentences, tokens, attached Arabic clitics, quotation marks, language, calendars and EDTF dates.
//!
//! Architecture invariant: the text of a [`Document`] is never changed. Matching runs on a [`Folded`] copy, and every
//! [`Span`] is in byte offsets of the original text.

pub mod calendar;
pub mod clitic;
mod document;
mod edtf;
mod fold;
mod language;
mod layout;
mod quote;
mod romanize;
mod span;
mod token;

pub use document::{Document, Paragraph};
pub use edtf::{Edtf, EdtfError, Point};
pub use fold::{Folded, fold};
pub use language::{Language, identify};
pub use layout::{Layout, Sentence};
pub use quote::{Quote, quotations};
pub use romanize::romanize;
pub use span::{CodePoints, Span};
pub use token::{Token, TokenKind, tokenize};
