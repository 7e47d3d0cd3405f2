//! From files, archives, feeds and addresses to what each document is made of, one after another.
//!
//! [`walk`] only takes things apart: it hands over one [`Raw`] a document, or a [`Fault`] where something cannot be had, and goes on.
//! Making text of it ([`Raw::document`]) is the costly part and can be done in parallel. Archives are never unpacked to disk; the
//! names in them are for people only.

mod add;
mod archive;
mod columns;
mod feed;
mod fetch;
mod files;
mod format;
mod records;
mod walk;
mod warc;

pub use crate::extract::decode::decode;
pub use crate::extract::record::broken;
pub use add::{Notice, Tally};
pub use columns::rows;
pub use fetch::Reach;
pub use walk::walk;

use encoding_rs::Encoding;
use feed::Entry;
use format::Format;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

/// Something to take documents from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, a folder, or a pattern of names.
    Path(PathBuf),
    /// An address, http or https.
    Address(String),
    /// What is in memory, under a name whose ending tells the format.
    Bytes {
        /// A file's name.
        name: String,
        /// Its contents.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// What a path means: `-` is standard input.
    pub fn of_path(path: &Path) -> Self {
        if path == Path::new("-") { Self::Stdin } else { Self::Path(path.to_owned()) }
    }

    /// What an argument of the command line means: `-`, an address, else a path.
    pub fn of_argument(argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        match argument.to_str() {
            Some(address) if ["http://", "https://"].iter().any(|scheme| address.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme))) => {
                Self::Address(address.to_owned())
            }
            _ => Self::of_path(Path::new(argument)),
        }
    }
}

/// What is assumed of a document whose metadata do not say it.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
}

/// How documents are taken from their sources.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is assumed.
    pub defaults: Defaults,
    /// Whether the pages that a feed's entries lead to are fetched, rather than what the feed says of them.
    pub follow: bool,
    /// Which addresses may be fetched from.
    pub reach: Reach,
}

/// What one document is made of, and where it was found.
pub struct Raw {
    pub(crate) at: At,
    /// Names the document where nothing in it does.
    pub(crate) id: String,
    pub(crate) body: Body,
    /// Of the original bytes; of a row or a feed's entry, of its fields.
    pub(crate) sha256: [u8; 32],
}

pub(crate) enum Body {
    Text(Vec<u8>),
    Page(Vec<u8>),
    /// An object of JSON.
    Json(Vec<u8>),
    Row(Map<String, Value>),
    Entry(Entry),
    Mail(Vec<u8>),
}

impl Raw {
    /// Where it was found, as a fault of it is told: file and line, archive and member, address.
    pub fn place(&self) -> &str {
        &self.at.place
    }

    /// A record of fields, as a JSON object has them. Without an `id` it is named after its SHA-256, so that it has the same name
    /// wherever it is met.
    pub fn of_fields(place: &str, fields: Map<String, Value>) -> Self {
        let mut raw = Self::new(At::nowhere(place, ""), Body::Row(fields));
        raw.id = raw.sha256.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        raw
    }

    /// What the document will be called, as far as that can be told before it is made: by its row's `id`, else by where it was found.
    pub fn id(&self) -> &str {
        match &self.body {
            Body::Row(row) => row.get("id").and_then(Value::as_str).filter(|id| !id.trim().is_empty()).unwrap_or(&self.id),
            _ => &self.id,
        }
    }

    /// Bytes that it holds, about.
    fn size(&self) -> usize {
        match &self.body {
            Body::Text(bytes) | Body::Page(bytes) | Body::Json(bytes) | Body::Mail(bytes) => bytes.len(),
            Body::Row(row) => row.values().map(|cell| cell.as_str().map_or(0, str::len)).sum(),
            Body::Entry(entry) => entry.content.len(),
        }
    }

    fn new(at: At, body: Body) -> Self {
        let sha256 = match &body {
            Body::Text(bytes) | Body::Page(bytes) | Body::Json(bytes) | Body::Mail(bytes) => Sha256::digest(bytes),
            Body::Row(row) => Sha256::digest(Value::Object(row.clone()).to_string()),
            Body::Entry(entry) => Sha256::digest(entry.words()),
        };
        Self { id: at.stem(), at, body, sha256: sha256.into() }
    }
}

/// A place among the sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct At {
    /// For people, as they gave it.
    pub(crate) place: String,
    /// The same, with the whole path.
    pub(crate) origin: String,
    /// What a later capture of the same thing would have too.
    pub(crate) key: Option<String>,
    /// The key of the file that holds this record.
    pub(crate) container: Option<String>,
    /// The file's own name.
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    pub(crate) captured: Option<Timestamp>,
    /// What the server says it is.
    served_as: Option<Format>,
    /// The encoding that the server says.
    pub(crate) charset: Option<&'static Encoding>,
    /// How many archives it lies in.
    depth: u8,
}

impl At {
    fn file(path: &Path) -> Self {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let origin = plain(&whole.to_string_lossy());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { place: path.display().to_string(), key: Some(origin.clone()), origin, name, ..Self::default() }
    }

    /// Something without an address.
    fn nowhere(place: &str, name: &str) -> Self {
        let place = plain(place);
        Self { origin: place.clone(), place, name: plain(name), ..Self::default() }
    }

    /// A member of this archive.
    fn member(&self, path: &str) -> Self {
        let path = plain(path);
        let within = |outer: &str| format!("{outer}!{path}");
        Self {
            place: within(&self.place),
            origin: within(&self.origin),
            key: self.key.as_deref().map(within),
            name: path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            depth: self.depth + 1,
            served_as: None,
            ..self.clone()
        }
    }

    /// A record of this file, told as `place`, with a name made of the file's and its number.
    fn record(&self, place: String, number: usize) -> (Self, String) {
        let origin = format!("{}:{number}", self.origin);
        (Self { place, origin, key: None, container: self.key.clone(), ..self.clone() }, format!("{}:{number}", self.stem()))
    }

    /// The name without its ending.
    fn stem(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
            _ => self.name.clone(),
        }
    }

    fn fault(&self, message: impl fmt::Display) -> Fault {
        Fault::new(&self.place, message)
    }
}

/// What went wrong with one document or file, and where. The rest goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File, line, archive member or address.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// A fault at a place. Both are kept on one line, without characters that would disturb a terminal.
    pub fn new(place: impl fmt::Display, message: impl fmt::Display) -> Self {
        Self { place: plain(&place.to_string()), message: plain(&message.to_string()) }
    }

    fn of_path(path: &Path, message: impl fmt::Display) -> Self {
        Self::new(path.display(), message)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// `text` with control characters, bidirectional ones included, made U+FFFD.
fn plain(text: &str) -> String {
    let is_kept = |c: char| !c.is_control() && !matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if is_kept(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_told_apart() {
        assert_eq!(Input::of_argument("-"), Input::Stdin);
        assert_eq!(Input::of_argument("HTTPS://example.org/x"), Input::Address("HTTPS://example.org/x".to_owned()));
        assert_eq!(Input::of_argument("ftp://x"), Input::Path("ftp://x".into()));
    }

    #[test]
    fn names_out_of_archives_cannot_steer_a_terminal() {
        let at = At::nowhere("a.zip", "a.zip").member("../\u{1b}[2J\u{202e}txt.exe");
        assert_eq!((at.place.as_str(), at.name.as_str()), ("a.zip!../\u{fffd}[2J\u{fffd}txt.exe", "\u{fffd}[2J\u{fffd}txt.exe"));
    }
}
