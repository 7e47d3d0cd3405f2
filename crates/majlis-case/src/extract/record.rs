//! From a JSON record, or a row of a table, to a document.

use super::Extract;
use crate::ingest::Defaults;
use jiff::civil::Date;
use majlis_text::{Document, Language};
use serde_json::{Map, Value};

/// What the record says itself: the document, and its address where it gives one.
pub(super) fn document(mut record: Map<String, Value>, fallback: &str, defaults: &Defaults) -> Result<Extract, String> {
    let mut field = |name: &str| match record.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) if name == "id" => Ok(Some(n.to_string())),
        Some(_) => Err(format!("\"{name}\" is not a string")),
    };
    let text = field("text")?.ok_or("no \"text\"")?;
    super::check(&text)?;
    let id = field("id")?.filter(|id| !id.trim().is_empty());
    let mut document = Document::new(id.as_deref().unwrap_or(fallback), text);
    document.title = field("title")?;
    document.outlet = field("outlet")?.or_else(|| defaults.outlet.clone());
    document.published = match field("published")?.filter(|p| !p.trim().is_empty()) {
        Some(written) => Some(date(&written)?),
        None => defaults.published,
    };
    match field("language")? {
        Some(tag) if tag == "ar" || tag.starts_with("ar-") => document.language = Language::Arabic,
        Some(tag) => return Err(format!("language \"{tag}\": Majlis reads Arabic (\"ar\")")),
        None => super::check_language(document.language)?,
    }
    let url = field("url")?.filter(|url| !url.trim().is_empty());
    Ok(Extract { document, url, id })
}

/// The object that a line or file of JSON holds.
pub(super) fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err("not a record: an object with \"text\" is expected".to_owned()),
        Err(error) => Err(broken(&error)),
    }
}

/// What a JSON error says, without the line, which the place names.
pub fn broken(error: &serde_json::Error) -> String {
    let said = error.to_string();
    format!("broken JSON at byte {}: {}", error.column(), said.split(" at line ").next().unwrap_or(&said))
}

/// A day, from a date or from the date of a date and time.
fn date(written: &str) -> Result<Date, String> {
    let written = written.trim();
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    day.parse().map_err(|_| format!("unknown date \"{written}\": YYYY-MM-DD is expected"))
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
