//! From what a source holds to a document: its text, and what its metadata say. No files and no network here.

pub(crate) mod decode;
mod guard;
mod html;
mod mail;
pub(crate) mod record;

use crate::ingest::{Body, Defaults, Fault, Raw};
use crate::keep::{Kind, Source};
use decode::{decode, decode_page};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use majlis_text::{Document, Language};

/// The longest text of a document, in bytes.
pub(crate) const LONGEST: usize = 64 << 20;

/// Names and versions of what makes text, as the case file keeps them.
const OWN: &str = concat!("majlis-case ", env!("CARGO_PKG_VERSION"));
const OF_HTML: &str = "dom_smoothie 0.19";
const OF_FEEDS: &str = "feed-rs 3.0";
const OF_MAIL: &str = "mail-parser 0.11";

/// A document, with the address and id that its own metadata give.
struct Extract {
    document: Document,
    url: Option<String>,
    id: Option<String>,
}

impl Raw {
    /// Makes the document. What its metadata do not say is taken from `defaults`.
    ///
    /// # Errors
    /// Names the place and why there is no document: no text, another language, a broken or dangerous file.
    pub fn document(self, defaults: &Defaults) -> Result<(Document, Source), Fault> {
        let place = self.at.place.clone();
        self.extract(defaults).map_err(|message| Fault::new(place, message))
    }

    fn extract(self, defaults: &Defaults) -> Result<(Document, Source), String> {
        let (at, id) = (self.at, self.id);
        let (kind, extractor) = match &self.body {
            Body::Text(_) => (Kind::Text, OWN),
            Body::Page(_) => (Kind::Html, OF_HTML),
            Body::Json(_) | Body::Row(_) => (Kind::Record, OWN),
            Body::Entry(_) => (Kind::Feed, OF_FEEDS),
            Body::Mail(_) => (Kind::Mail, OF_MAIL),
        };
        let is_record = kind == Kind::Record;
        let is_mail = kind == Kind::Mail;
        let extract = match self.body {
            Body::Text(bytes) => plain(&id, decode(bytes)?, defaults)?,
            Body::Page(bytes) => page(&id, &decode_page(&bytes, at.charset), at.url.as_deref(), defaults)?,
            Body::Json(bytes) => record::document(record::object(&decode(bytes)?)?, &id, defaults)?,
            Body::Row(row) => record::document(row, &id, defaults)?,
            Body::Entry(entry) => {
                let text = if entry.is_html { html::fragment(&entry.content)? } else { entry.content };
                let about = About { title: entry.title, outlet: entry.outlet, published: entry.published };
                named(&id, text, about, defaults)?
            }
            Body::Mail(bytes) => mail::document(&id, &bytes, defaults)?,
        };
        // A record or a message may give an address of its own; all else is known by where it lies.
        let own_key = match (&extract.url, &extract.id) {
            (Some(url), _) if is_record => Some(url.clone()),
            (_, Some(id)) if is_record => at.container.as_ref().map(|container| format!("{container}#{id}")),
            (_, Some(id)) if is_mail => Some(format!("mid:{id}")),
            _ => None,
        };
        let key = if is_record { own_key } else { own_key.or(at.key) };
        let source =
            Source { kind, origin: at.origin, key, url: extract.url.or(at.url), captured: at.captured, sha256: self.sha256, extractor: extractor.to_owned() };
        Ok((extract.document, source))
    }
}

/// What metadata say of a document.
#[derive(Default)]
struct About {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<Date>,
}

fn plain(id: &str, text: String, defaults: &Defaults) -> Result<Extract, String> {
    named(id, text, About::default(), defaults)
}

fn page(id: &str, page: &str, url: Option<&str>, defaults: &Defaults) -> Result<Extract, String> {
    let (text, mut about) = html::article(page, url)?;
    // Whoever serves a page publishes it, where neither the page nor the analyst says who does.
    about.outlet = about.outlet.or_else(|| defaults.outlet.clone()).or_else(|| url.and_then(host));
    named(id, text, about, defaults)
}

fn named(id: &str, text: String, about: About, defaults: &Defaults) -> Result<Extract, String> {
    check(&text)?;
    let mut document = Document::new(id, text);
    check_language(document.language)?;
    document.title = about.title.filter(|t| !t.trim().is_empty());
    document.outlet = about.outlet.filter(|o| !o.trim().is_empty()).or_else(|| defaults.outlet.clone());
    document.published = about.published.or(defaults.published);
    Ok(Extract { document, url: None, id: None })
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let authority = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The day that metadata name, as the place of publication counts it: ISO 8601 with or without a time, or RFC 2822.
pub(crate) fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|day| day.replace('/', "-").parse().ok());
    iso.or_else(|| rfc2822::parse(written).ok().map(|at| at.date()))
}

/// The moment that metadata name, by RFC 3339 or RFC 2822.
pub(crate) fn moment(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    written.parse().ok().or_else(|| rfc2822::parse(written).ok().map(|at| at.timestamp()))
}

fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("empty text".to_owned());
    }
    if text.len() > LONGEST {
        return Err(too_long());
    }
    if text.contains('\0') {
        return Err("not text: it has NUL characters".to_owned());
    }
    Ok(())
}

pub(crate) fn too_long() -> String {
    format!("longer than {} MiB", LONGEST >> 20)
}

fn check_language(language: Language) -> Result<(), String> {
    match language {
        Language::Arabic => Ok(()),
        Language::English => Err("the text is English: Majlis reads Arabic".to_owned()),
        Language::Persian => Err("the text is Persian: Majlis reads Arabic".to_owned()),
        Language::Unknown => Err("unknown language: Majlis reads Arabic".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_place_of_publication() {
        for (written, expected) in [
            ("2021-03-18T01:30:00+03:00", "2021-03-18"),
            ("2021-03-18", "2021-03-18"),
            ("2021/03/18 10:00", "2021-03-18"),
            ("Thu, 18 Mar 2021 01:30:00 +0300", "2021-03-18"),
        ] {
            assert_eq!(day(written).map(|d| d.to_string()).as_deref(), Some(expected), "{written}");
        }
        for unknown in ["", "أمس", "18 مارس 2021", "2021-13-01", "قال رئيس الوزراء"] {
            assert_eq!(day(unknown), None);
        }
    }

    #[test]
    fn hosts_come_out_of_addresses() {
        assert_eq!(host("https://www.example.org/a?b").as_deref(), Some("example.org"));
        assert_eq!(host("http://user@example.org:80").as_deref(), Some("example.org"));
        assert_eq!(host("example.org"), None);
    }

    #[test]
    fn the_versions_that_are_kept_are_those_that_are_built() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).unwrap();
        for extractor in [OF_HTML, OF_FEEDS, OF_MAIL] {
            let (name, version) = extractor.split_once(' ').unwrap();
            assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}.")), "{extractor}");
        }
    }
}
