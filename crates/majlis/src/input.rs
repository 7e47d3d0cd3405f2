//! From files to documents, one after another; a document that cannot be had becomes a [`Fault`] and the rest goes on.

use crate::args::Defaults;
use crate::decode::decode;
use crate::fault::Fault;
use crate::files::{Source, sources};
use jiff::civil::Date;
use majlis_text::{Document, Language};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// The longest text that is read, so that its offsets stay small whatever it folds to.
const LONGEST: usize = 256 << 20;

/// A document and where it came from.
pub(crate) struct Input {
    pub(crate) place: String,
    pub(crate) document: Document,
}

type Stream<'a> = Box<dyn Iterator<Item = Result<Input, Fault>> + 'a>;

/// The documents that the paths mean, in order. Files are opened when their turn comes.
pub(crate) fn documents<'a>(paths: &'a [PathBuf], defaults: &'a Defaults) -> impl Iterator<Item = Result<Input, Fault>> + 'a {
    paths.iter().flat_map(|path| sources(path)).flat_map(|source| match source {
        Ok(source) => open(&source, defaults),
        Err(fault) => fail(fault),
    })
}

fn fail<'a>(fault: Fault) -> Stream<'a> {
    Box::new(std::iter::once(Err(fault)))
}

fn open<'a>(source: &Source, defaults: &'a Defaults) -> Stream<'a> {
    let (place, stem, ending, reader): (_, _, _, Box<dyn BufRead>) = match source {
        Source::Stdin => ("standard input".to_owned(), "stdin".to_owned(), String::new(), Box::new(BufReader::new(io::stdin()))),
        Source::File(path) => match File::open(path) {
            Ok(file) => (path.display().to_string(), stem(path), ending(path), Box::new(BufReader::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return fail(Fault::of_path(path, "no such file")),
            Err(error) => return fail(Fault::of_path(path, error)),
        },
    };
    match contents(reader, &ending) {
        Ok(Contents::Lines(lines)) => Box::new(records(place, stem, lines, defaults)),
        Ok(Contents::Json(text)) => json(place, stem, &text, defaults),
        Ok(Contents::Text(text)) => Box::new(std::iter::once(placed(place, plain(stem, text, defaults)))),
        Err(message) => fail(Fault::new(place, message)),
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

enum Contents {
    Lines(Box<dyn BufRead>),
    Json(String),
    Text(String),
}

/// What a file holds, by its ending; where that does not tell, lines of records begin with a brace.
fn contents(mut reader: Box<dyn BufRead>, ending: &str) -> Result<Contents, String> {
    let mut head = Vec::new();
    for byte in reader.by_ref().bytes() {
        let byte = byte.map_err(|e| e.to_string())?;
        head.push(byte);
        if !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(&byte) {
            break;
        }
    }
    let is_utf16 = matches!(head[..], [0xff | 0xfe, ..]);
    let begins_with_brace = head.last() == Some(&b'{');
    let mut reader = Cursor::new(head).chain(reader);
    let is_lines = match ending {
        "jsonl" | "ndjson" => true,
        "json" | "txt" | "md" => false,
        _ => begins_with_brace,
    };
    if is_lines && !is_utf16 {
        return Ok(Contents::Lines(Box::new(reader)));
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    let text = decode(bytes)?;
    Ok(match ending {
        "json" => Contents::Json(text),
        _ if is_lines => Contents::Lines(Box::new(Cursor::new(text))),
        _ => Contents::Text(text),
    })
}

fn plain(id: String, text: String, defaults: &Defaults) -> Result<Document, String> {
    check(&text)?;
    let mut document = Document::new(id, text);
    document.outlet.clone_from(&defaults.outlet);
    document.published = defaults.published;
    check_language(document.language)?;
    Ok(document)
}

/// The records of a file with one a line. After an error of the disk nothing more is read.
fn records<'a>(file: String, stem: String, mut lines: Box<dyn BufRead>, defaults: &'a Defaults) -> impl Iterator<Item = Result<Input, Fault>> + 'a {
    let (mut number, mut is_over) = (0, false);
    std::iter::from_fn(move || {
        while !is_over {
            let mut line = Vec::new();
            let count = lines.read_until(b'\n', &mut line);
            number += 1;
            let place = format!("{file}:{number}");
            match count {
                Ok(0) => is_over = true,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(record(place, format!("{stem}:{number}"), &line, defaults)),
                Err(error) => {
                    is_over = true;
                    return Some(Err(Fault::new(place, error)));
                }
            }
        }
        None
    })
}

fn record(place: String, id: String, line: &[u8], defaults: &Defaults) -> Result<Input, Fault> {
    let parsed = decode(line.trim_ascii_end().to_vec()).and_then(|text| serde_json::from_str(&text).map_err(|e| broken(&e)));
    placed(place, parsed.and_then(|value| document(value, id, defaults)))
}

/// The records of a JSON file: one object, or an array of them.
fn json<'a>(file: String, stem: String, text: &str, defaults: &'a Defaults) -> Stream<'a> {
    match serde_json::from_str(text) {
        Ok(Value::Array(values)) => Box::new(values.into_iter().enumerate().map(move |(i, value)| {
            let number = i + 1;
            placed(format!("{file}, record {number}"), document(value, format!("{stem}:{number}"), defaults))
        })),
        Ok(value) => Box::new(std::iter::once(placed(file, document(value, stem, defaults)))),
        Err(e) => fail(Fault::new(format!("{file}:{}", e.line()), broken(&e))),
    }
}

fn placed(place: String, read: Result<Document, String>) -> Result<Input, Fault> {
    match read {
        Ok(document) => Ok(Input { place, document }),
        Err(message) => Err(Fault::new(place, message)),
    }
}

/// What a JSON error says, without the line, which the place names.
pub(crate) fn broken(error: &serde_json::Error) -> String {
    let said = error.to_string();
    format!("broken JSON at byte {}: {}", error.column(), said.split(" at line ").next().unwrap_or(&said))
}

/// The document of a record; `fallback` names it where it has no id.
fn document(record: Value, fallback: String, defaults: &Defaults) -> Result<Document, String> {
    let Value::Object(mut record) = record else {
        return Err("not a record: an object with \"text\" is expected".to_owned());
    };
    let mut field = |name: &str| match record.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) if name == "id" => Ok(Some(n.to_string())),
        Some(_) => Err(format!("\"{name}\" is not a string")),
    };
    let text = field("text")?.ok_or("no \"text\"")?;
    check(&text)?;
    let mut document = Document::new(field("id")?.unwrap_or(fallback), text);
    document.title = field("title")?;
    document.outlet = field("outlet")?.or_else(|| defaults.outlet.clone());
    document.published = match field("published")?.filter(|p| !p.trim().is_empty()) {
        Some(written) => Some(date(&written)?),
        None => defaults.published,
    };
    match field("language")? {
        Some(tag) if tag == "ar" || tag.starts_with("ar-") => document.language = Language::Arabic,
        Some(tag) => return Err(format!("language \"{tag}\": Majlis reads Arabic (\"ar\")")),
        None => check_language(document.language)?,
    }
    Ok(document)
}

/// A day, from a date or from the date of a date and time.
fn date(written: &str) -> Result<Date, String> {
    let written = written.trim();
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    day.parse().map_err(|_| format!("unknown date \"{written}\": YYYY-MM-DD is expected"))
}

fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("empty text".to_owned());
    }
    if text.len() > LONGEST {
        return Err(format!("longer than {} MiB", LONGEST >> 20));
    }
    Ok(())
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
    fn dates_with_and_without_a_time_are_taken() {
        for written in ["2021-03-17", " 2021-03-17 ", "2021-03-17T10:20:00Z", "2021-03-17 10:20"] {
            assert_eq!(date(written).map(|d| d.to_string()).as_deref(), Ok("2021-03-17"), "{written}");
        }
        for bad in ["17/3/2021", "2021-02-30", "أمس"] {
            assert_eq!(date(bad), Err(format!("unknown date \"{bad}\": YYYY-MM-DD is expected")));
        }
    }
}
