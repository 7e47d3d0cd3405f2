//! Numbers that a model needs and no standoff holds: read from the shipped data, each with what it rests on.

use crate::error::{Error, Place, Result};
use crate::range::Range;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A number of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// Its value.
    pub value: Range,
    /// What it does.
    pub about: String,
    /// What its size rests on.
    pub rests_on: String,
}

impl Assumption {
    /// # Errors
    /// If the value does not lie between `least` and `greatest`; names `key`.
    pub(crate) fn between(&self, key: &str, least: f64, greatest: f64) -> Result<()> {
        self.value.between(&format!("{key}.value"), least, greatest).map(drop)
    }
}

/// Reads a data file; `name` is what errors call it.
///
/// # Errors
/// Names the line.
pub(crate) fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|e| fault(name, text, e.span().map_or(0, |s| s.start), e.message().trim_end().replace('\n', "; ")))
}

/// A fault at a byte of a file.
pub(crate) fn fault(name: &str, text: &str, at: usize, problem: String) -> Error {
    let line = text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
    Error { place: Some(Place { file: name.to_owned(), line }), key: String::new(), problem }
}
