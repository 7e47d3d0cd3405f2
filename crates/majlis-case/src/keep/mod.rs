//! Keeping one document: its text, its reading and its words, in one transaction.

mod rows;

use crate::audit::{self, Stamp};
use crate::copies::{self, Sketch, shingles};
use crate::error::{Problem, Result};
use crate::keys::keys;
use crate::packed::pack;
use crate::store::Case;
use jiff::Timestamp;
use jiff::civil::Date;
use majlis_read::{Reader, Reading};
use majlis_text::Document;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use sha2::{Digest, Sha256};
use similar::TextDiff;

/// Name and version of what finds things in a text.
pub const ENGINE: &str = concat!("majlis-read ", env!("CARGO_PKG_VERSION"));

/// Lines of two texts that are compared.
const MOST_LINES: usize = 5_000;

/// An address as a document's key.
pub(crate) fn address(address: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(address).into();
    let (half, _) = hash.split_at(16);
    half.try_into().unwrap_or_default()
}

/// What a document was before it was text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A file of plain text or Markdown.
    Text,
    /// A page.
    Html,
    /// A record of JSON, JSONL or CSV.
    Record,
    /// An entry of a feed.
    Feed,
    /// An e-mail.
    Mail,
}

impl Kind {
    /// The code as the case file writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Record => "record",
            Self::Feed => "feed",
            Self::Mail => "mail",
        }
    }
}

/// Where a document came from.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it was.
    pub kind: Kind,
    /// Path or URL, with the member of an archive: for people.
    pub origin: String,
    /// The address whose later contents are revisions of this document; `None` where it has none.
    pub key: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// When its bytes were captured, where the source tells; else it is the moment of adding.
    pub captured: Option<Timestamp>,
    /// SHA-256 of its original bytes.
    pub sha256: [u8; 32],
    /// What made text of the bytes, with its version.
    pub extractor: String,
}

impl Source {
    /// The source of a text that was given as it is: the bytes are the text's, and the origin is the document's id.
    pub fn given(document: &Document) -> Self {
        Self {
            kind: Kind::Text,
            origin: document.id.clone(),
            key: None,
            url: None,
            captured: None,
            sha256: Sha256::digest(&document.text).into(),
            extractor: "none".to_owned(),
        }
    }
}

/// A document that is ready to be kept. Making it is the costly part and needs no case file: do it in parallel.
pub struct Entry {
    document: Document,
    source: Source,
    reading: Reading,
    text_sha256: [u8; 32],
    body: Vec<u8>,
    title_keys: String,
    text_keys: String,
    sketch: Option<Sketch>,
}

impl Entry {
    /// Reads a document.
    pub fn new(document: Document, source: Source, reader: &Reader) -> Self {
        let text_keys = keys(&document.text);
        Self {
            reading: reader.read(&document),
            text_sha256: Sha256::digest(&document.text).into(),
            body: pack(&document.text),
            title_keys: document.title.as_deref().map_or_else(String::new, keys),
            sketch: Sketch::of(&shingles(&text_keys)),
            text_keys,
            document,
            source,
        }
    }
}

/// What became of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// It is new.
    Added(i64),
    /// It is a new revision of the document.
    Revised(i64),
    /// The case has it already.
    Unchanged(i64),
}

impl Case {
    /// Keeps a document, whole or not at all. What the case has already changes nothing: the same original bytes at the same
    /// address, or at any address from the same outlet and day. Other words at the same address become a
    /// revision, and so does an outlet or day that was not known before.
    ///
    /// # Errors
    /// What the disk says, or that another program writes; the case is then as before.
    pub fn keep(&mut self, entry: &Entry, stamp: &Stamp) -> Result<Kept> {
        self.write(|db| keep(db, entry, stamp))
    }

    /// Keeps documents in one change, all of them or none: pages of the file that many of them touch are written once.
    ///
    /// # Errors
    /// As [`Case::keep`].
    pub(crate) fn keep_all<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>, stamp: &Stamp) -> Result<Vec<Kept>> {
        self.write(|db| entries.into_iter().map(|entry| keep(db, entry, stamp)).collect())
    }
}

fn keep(db: &Connection, entry: &Entry, stamp: &Stamp) -> std::result::Result<Kept, Problem> {
    let outlet = entry.document.outlet.as_deref().map(|name| outlet(db, name)).transpose()?;
    let held = held(db, entry, outlet)?;
    if let Some((document, false)) = held {
        return Ok(Kept::Unchanged(document));
    }
    let key = entry.source.key.as_deref().map(address);
    let by_key = match key {
        Some(key) if held.is_none() => db.prepare_cached("SELECT id FROM document WHERE key = ?")?.query_row([key], |row| row.get(0)).optional()?,
        _ => None,
    };
    let document = match held.map(|(document, _)| document).or(by_key) {
        Some(document) => document,
        None => db.prepare_cached("INSERT INTO document (name, key) VALUES (?, ?)")?.insert((&entry.document.id, key))?,
    };
    if by_key.is_some() && says_the_same(db, document, entry, outlet)? {
        return Ok(Kept::Unchanged(document));
    }
    let (revision, number) = revise(db, document, outlet, entry, stamp)?;
    db.prepare_cached("UPDATE reading SET live = 0 WHERE document = ? AND live")?.execute([document])?;
    rows::insert(db, document, revision, &entry.document, &entry.reading)?;
    db.prepare_cached("UPDATE document SET pending = 1 WHERE id = ?")?.execute([document])?;
    db.prepare_cached("INSERT OR REPLACE INTO words (rowid, title, text) VALUES (?, ?, ?)")?.execute((document, &entry.title_keys, &entry.text_keys))?;
    copies::sketch(db, document, entry.sketch.as_ref())?;
    let detail = json!({"revision": number, "source_sha256": hex(&entry.source.sha256), "text_sha256": hex(&entry.text_sha256)});
    let act = if number == 1 { "add" } else { "revise" };
    audit::append(db, stamp, act, &format!("document {document}"), &detail)?;
    Ok(if number == 1 { Kept::Added(document) } else { Kept::Revised(document) })
}

/// The document that holds these very bytes, at the same address or from the same outlet and day, and whether the outlet or day that
/// it lacks is now known.
fn held(db: &Connection, entry: &Entry, outlet: Option<i64>) -> rusqlite::Result<Option<(i64, bool)>> {
    let published = entry.document.published.map(|day| day.to_string());
    db.prepare_cached(
        "SELECT r.document, r.number = (SELECT max(number) FROM revision WHERE document = r.document)
                AND ((r.outlet IS NULL AND ?4 IS NOT NULL) OR (r.published IS NULL AND ?5 IS NOT NULL)) AS adds
         FROM revision r JOIN document d ON d.id = r.document
         WHERE r.source_sha256 = ?1 AND (d.key = ?2 OR r.origin = ?3 OR (r.outlet IS ?4 AND r.published IS ?5)) ORDER BY adds, r.document LIMIT 1",
    )?
    .query_row(params![entry.source.sha256, entry.source.key.as_deref().map(address), entry.source.origin, outlet, published], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .optional()
}

/// Whether the newest revision has these very words: a page's bytes change with every visit, its article does not.
fn says_the_same(db: &Connection, document: i64, entry: &Entry, outlet: Option<i64>) -> rusqlite::Result<bool> {
    let published = entry.document.published.map(|day| day.to_string());
    db.prepare_cached(
        "SELECT text_sha256 = ?2 AND title IS ?3 AND (outlet IS NOT NULL OR ?4 IS NULL) AND (published IS NOT NULL OR ?5 IS NULL)
         FROM revision WHERE document = ?1 ORDER BY number DESC LIMIT 1",
    )?
    .query_row((document, entry.text_sha256, &entry.document.title, outlet, published), |row| row.get(0))
}

fn revise(db: &Connection, document: i64, outlet: Option<i64>, entry: &Entry, stamp: &Stamp) -> rusqlite::Result<(i64, i64)> {
    let before: Option<(i64, String)> = db
        .prepare_cached("SELECT number, inflated(id, body) FROM revision WHERE document = ? ORDER BY number DESC LIMIT 1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let number = before.as_ref().map_or(1, |(number, _)| number + 1);
    let diff = before.and_then(|(_, text)| diff(&text, &entry.document.text));
    let Document { title, published, language, .. } = &entry.document;
    let Source { kind, origin, url, captured, sha256, extractor, .. } = &entry.source;
    let captured = captured.map_or_else(|| stamp.instant(), |at| format!("{at:.0}"));
    db.prepare_cached(
        "INSERT INTO revision (document, number, body, text_sha256, source_sha256, extractor, kind, origin, url, title, outlet, published, captured, language, diff)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        document,
        number,
        entry.body,
        entry.text_sha256,
        sha256,
        extractor,
        kind.code(),
        origin,
        url,
        title,
        outlet,
        published.map(|day: Date| day.to_string()),
        captured,
        language.tag(),
        diff
    ])?;
    Ok((db.last_insert_rowid(), number))
}

/// The change from one text to the next, in lines. Comparing costs the square of the lines that changed, so long texts are not compared.
fn diff(before: &str, after: &str) -> Option<String> {
    (before.lines().count() + after.lines().count() <= MOST_LINES).then(|| TextDiff::from_lines(before, after).unified_diff().to_string())
}

fn outlet(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    if let Some(id) = db.prepare_cached("SELECT id FROM outlet WHERE name = ?")?.query_row([name], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO outlet (name) VALUES (?)")?.execute([name])?;
    Ok(db.last_insert_rowid())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي، أمس، إن الحكومة ترفض هذا القرار.\nوالتقى الكاظمي وزير الخارجية الإيراني في بغداد.";

    fn entry(text: &str, key: Option<&str>) -> Entry {
        let mut document = Document::new("a", text);
        document.published = "2021-03-17".parse().ok();
        document.outlet = Some("صدى الرافدين".to_owned());
        let source = Source { key: key.map(str::to_owned), ..Source::given(&document) };
        Entry::new(document, source, &Reader::new())
    }

    fn case(folder: &tempfile::TempDir) -> (Case, Stamp) {
        (Case::create(folder.path().join("a.case")).unwrap(), Stamp { by: "محلل".to_owned(), at: Timestamp::UNIX_EPOCH })
    }

    fn count(case: &Case, what: &str) -> i64 {
        case.read(|db| Ok(db.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn a_document_is_kept_once_with_what_was_read_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let (mut case, stamp) = case(&folder);
        let entry = entry(TEXT, None);
        assert_eq!(case.keep(&entry, &stamp).unwrap(), Kept::Added(1));
        let before = ["live_mention", "live_statement", "live_event", "live_time", "live_place", "audit"].map(|table| count(&case, table));
        assert!(before.iter().all(|&n| n > 0), "{before:?}");
        assert_eq!(case.keep(&entry, &stamp).unwrap(), Kept::Unchanged(1));
        assert_eq!(["live_mention", "live_statement", "live_event", "live_time", "live_place", "audit"].map(|table| count(&case, table)), before);
        assert_eq!(case.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn spans_in_the_file_count_code_points() {
        let folder = tempfile::tempdir().unwrap();
        let (mut case, stamp) = case(&folder);
        let entry = entry(TEXT, None);
        case.keep(&entry, &stamp).unwrap();
        let words: Vec<String> = case
            .read(|db| {
                let sql = "SELECT substr(d.text, m.start + 1, m.end - m.start) FROM live_mention m JOIN live_document d ON d.id = m.document ORDER BY m.id";
                Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        let expected: Vec<&str> = entry.reading.mentions.iter().map(|m| m.span.slice(TEXT).unwrap()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn other_words_at_the_same_address_are_a_revision_and_only_it_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (mut case, stamp) = case(&folder);
        let address = Some("https://example.org/1");
        let later = TEXT.replace("ترفض", "تقبل");
        assert_eq!(case.keep(&entry(TEXT, address), &stamp).unwrap(), Kept::Added(1));
        assert_eq!(case.keep(&entry(&later, address), &stamp).unwrap(), Kept::Revised(1));
        assert_eq!(case.keep(&entry(TEXT, address), &stamp).unwrap(), Kept::Unchanged(1));
        let (text, diff): (String, String) = case
            .read(|db| {
                Ok(db.query_row("SELECT d.text, r.diff FROM live_document d JOIN revision r ON r.id = d.revision", [], |row| Ok((row.get(0)?, row.get(1)?)))?)
            })
            .unwrap();
        assert_eq!(text, later);
        assert!(diff.contains("-قال رئيس") && diff.contains("+قال رئيس") && diff.contains("تقبل"), "{diff}");
        assert_eq!((count(&case, "revision"), count(&case, "reading"), count(&case, "live_document")), (2, 2, 1));
        assert_eq!(count(&case, "words WHERE words MATCH 'قرار'"), 1);
        assert_eq!((count(&case, "words WHERE words MATCH 'ترفض'"), count(&case, "words WHERE words MATCH 'تقبل'")), (0, 1));
    }
}
