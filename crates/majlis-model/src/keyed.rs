//! TOML files read so that every fault is told with its line and key.

use crate::error::{Error, Place, Result};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What `make` makes of the text of a TOML file; `name` is what errors call the file.
///
/// # Errors
/// If the text is no TOML, is not of the form of `T`, or `make` refuses it by a key. The error holds file, line and key.
pub(crate) fn read<T: DeserializeOwned, U>(name: &str, text: &str, make: impl FnOnce(T) -> Result<U>) -> Result<U> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let error = |key: String, problem: &str, at: Option<usize>| Error {
        place: Some(Place { file: name.to_owned(), line: at.map_or(1, |at| line(text, at)) }),
        key,
        problem: problem.trim_end().replace('\n', "; "),
    };
    let tree = DeTable::parse(text).map_err(|e| error(String::new(), e.message(), e.span().map(|s| s.start)))?;
    let written: T = toml::from_str(text).map_err(|e| {
        let at = e.span().map(|s| s.start);
        let key = at.map(|at| key_at(tree.get_ref(), at)).unwrap_or_default();
        error(key, e.message(), at)
    })?;
    make(written).map_err(|e| {
        let at = place_of(tree.get_ref(), &e.key);
        error(e.key, &e.problem, at)
    })
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

/// The key of the innermost value around a byte.
fn key_at(table: &DeTable<'_>, at: usize) -> String {
    let holds = |span: &Range<usize>| span.contains(&at);
    let mut key = String::new();
    let mut tables = Some(table);
    while let Some(table) = tables.take() {
        // The header of a table may stand apart from its values, so a table is asked for what it holds, not where it is.
        let Some((name, value)) = table.iter().find(|(name, value)| holds(&name.span()) || covers(value, at)) else { break };
        if !key.is_empty() {
            key.push('.');
        }
        key.push_str(name.get_ref());
        let mut value = value.get_ref();
        while let DeValue::Array(items) = value {
            let Some(i) = items.iter().position(|item| covers(item, at)) else { break };
            key.push_str(&format!("[{i}]"));
            value = items[i].get_ref();
        }
        tables = value.as_table();
    }
    key
}

fn covers(value: &Spanned<DeValue<'_>>, at: usize) -> bool {
    value.span().contains(&at)
        || match value.get_ref() {
            DeValue::Table(table) => table.iter().any(|(name, value)| name.span().contains(&at) || covers(value, at)),
            DeValue::Array(items) => items.iter().any(|item| covers(item, at)),
            _ => false,
        }
}

/// Where the value of a key such as `actor[2].stand[0].salience` begins, or as much of the key as there is.
fn place_of(table: &DeTable<'_>, key: &str) -> Option<usize> {
    let mut at = None;
    let mut table = Some(table);
    for part in key.split('.') {
        let (name, indices) = part.split_once('[').unwrap_or((part, ""));
        let Some((_, value)) = table.and_then(|t| t.iter().find(|(n, _)| n.get_ref() == name)) else { break };
        let mut value = value;
        at = Some(value.span().start);
        for index in indices.split(['[', ']']).filter_map(|i| i.parse::<usize>().ok()) {
            let Some(item) = value.get_ref().as_array().and_then(|items| items.get(index)) else { break };
            value = item;
            at = Some(value.span().start);
        }
        table = value.get_ref().as_table();
    }
    at
}
