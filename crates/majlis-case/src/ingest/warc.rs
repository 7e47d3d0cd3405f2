//! WARC files (ISO 28500): the pages that a crawler kept.

use super::At;
use super::format::Format;
use super::walk::{Bytes, Flow, Walk, whole};
use crate::extract::decode::declared;
use crate::extract::moment;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor, ErrorKind, Read};

/// The longest line of a header, in bytes.
const LONGEST_LINE: u64 = 64 << 10;
/// Lines of a header.
const MOST_LINES: usize = 1_000;

/// Header fields by their names in small letters.
type Fields = BTreeMap<String, String>;

/// The pages of a crawl. What was not found, pictures, scripts and the crawler's own records are passed over.
pub(super) fn records(walk: &mut Walk<'_>, at: &At, mut reader: impl BufRead) -> Flow {
    let mut is_lost = false;
    loop {
        match read_line(&mut reader) {
            Ok(None) => return Flow::Continue(()),
            Ok(Some(line)) if line.starts_with("WARC/") => is_lost = false,
            Ok(Some(line)) if is_lost || line.is_empty() => continue,
            Ok(Some(_)) => {
                is_lost = true;
                walk.fail(at.fault("a record ends elsewhere than it says: passed over to the next"))?;
                continue;
            }
            Err(error) => return walk.fail(at.fault(error)),
        }
        let fields = match header(&mut reader) {
            Ok(fields) => fields,
            Err(error) => return walk.fail(at.fault(error)),
        };
        let Some(length) = fields.get("content-length").and_then(|n| n.parse().ok()) else {
            is_lost = true;
            walk.fail(at.fault("a record without Content-Length"))?;
            continue;
        };
        let mut block = reader.by_ref().take(length);
        if let Some(found) = place(at, &fields) {
            match whole(&mut block).and_then(|bytes| page(found.clone(), &fields, bytes)) {
                Ok(Some((at, body))) => walk.open(&at, Bytes::Read(Box::new(Cursor::new(body))))?,
                Ok(None) => {}
                Err(message) => walk.fail(found.fault(message))?,
            }
        }
        match io::copy(&mut block, &mut io::sink()) {
            Ok(_) if block.limit() > 0 => return walk.fail(at.fault("cut off in the middle of a record")),
            Ok(_) => {}
            Err(error) => return walk.fail(at.fault(error)),
        }
    }
}

/// Where a record that may be a page was captured.
fn place(at: &At, fields: &Fields) -> Option<At> {
    if !matches!(fields.get("warc-type")?.as_str(), "response" | "resource" | "conversion") {
        return None;
    }
    let url = fields.get("warc-target-uri")?.trim_matches(['<', '>']).to_owned();
    let captured = fields.get("warc-date").and_then(|date| moment(date));
    let within = |outer: &str| format!("{outer}, {}", super::plain(&url));
    let depth = at.depth + 1;
    Some(At {
        place: within(&at.place),
        origin: within(&at.origin),
        key: Some(url.clone()),
        url: Some(url),
        captured,
        name: String::new(),
        depth,
        ..at.clone()
    })
}

/// The page in a record's block; `None` where it holds none.
fn page(at: At, fields: &Fields, block: Vec<u8>) -> Result<Option<(At, Vec<u8>)>, String> {
    let is_http = fields.get("content-type").is_some_and(|kind| kind.starts_with("application/http"));
    let (about, body) = if is_http {
        let mut reader = Cursor::new(block);
        let status = read_line(&mut reader).map_err(|e| e.to_string())?.unwrap_or_default();
        if status.split(' ').nth(1) != Some("200") {
            return Ok(None);
        }
        let about = header(&mut reader).map_err(|e| e.to_string())?;
        if !is_page(&about, false) {
            return Ok(None);
        }
        let body = payload(&about, reader)?;
        (about, body)
    } else if is_page(fields, true) {
        (fields.clone(), block)
    } else {
        return Ok(None);
    };
    let kind = about.get("content-type").map(String::as_str).unwrap_or_default();
    Ok(Some((At { served_as: Format::of_media_type(kind), charset: declared(kind.as_bytes()), ..at }, body)))
}

fn is_page(about: &Fields, or_plain: bool) -> bool {
    let kind = about.get("content-type").map(String::as_str).unwrap_or_default();
    matches!(Format::of_media_type(kind), Some(Format::Page | Format::Feed)) || (or_plain && kind.starts_with("text/plain"))
}

/// The body of an HTTP message without its transfer and content codings.
fn payload(about: &Fields, reader: Cursor<Vec<u8>>) -> Result<Vec<u8>, String> {
    let coding = |name: &str| about.get(name).map(|c| c.trim().to_ascii_lowercase()).unwrap_or_default();
    let plain: Box<dyn Read> = match coding("transfer-encoding").as_str() {
        // Some crawlers keep the header and take the coding off the body.
        "chunked" => match unchunked(reader.clone()) {
            Some(body) => Box::new(Cursor::new(body)),
            None => Box::new(reader),
        },
        _ => Box::new(reader),
    };
    match coding("content-encoding").as_str() {
        "" | "identity" => whole(plain),
        "gzip" | "x-gzip" => whole(MultiGzDecoder::new(plain)),
        "deflate" => {
            let body = whole(plain)?;
            whole(ZlibDecoder::new(body.as_slice())).or_else(|_| whole(DeflateDecoder::new(body.as_slice())))
        }
        other => Err(format!("compressed as \"{other}\", which is not known here")),
    }
}

fn unchunked(mut reader: Cursor<Vec<u8>>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(&mut reader).ok()??;
        let size = u64::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let count = reader.by_ref().take(size).read_to_end(&mut body).ok()?;
        if count as u64 != size || !read_line(&mut reader).ok()??.is_empty() {
            return None;
        }
    }
}

/// Fields up to the blank line that ends them. A line that goes on begins with a blank.
fn header(reader: &mut impl BufRead) -> io::Result<Fields> {
    let mut fields = Fields::new();
    for _ in 0..MOST_LINES {
        let Some(line) = read_line(reader)?.filter(|line| !line.is_empty()) else {
            return Ok(fields);
        };
        if let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.starts_with([' ', '\t'])) {
            fields.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    Err(io::Error::new(ErrorKind::InvalidData, format!("a header of more than {MOST_LINES} lines")))
}

/// A line without its break; `None` at the end.
fn read_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let count = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    Ok((count > 0).then(|| String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
}
