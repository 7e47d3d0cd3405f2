//! From the text of a file to a checked standoff.

use super::Standoff;
use crate::error::Result;
use crate::keyed;

/// Reads a standoff from the text of a TOML file; `name` is what errors call the file.
///
/// # Errors
/// If the text is no TOML, a key is unknown, missing or of the wrong type, a number is out of range, or a reference leads nowhere.
/// The error holds file, line and key.
pub fn read(name: &str, text: &str) -> Result<Standoff> {
    keyed::read(name, text, |standoff: Standoff| standoff.check().map(|()| standoff))
}
