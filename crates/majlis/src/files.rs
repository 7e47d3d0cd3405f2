//! One file as text.

use majlis_case::ingest::decode;
use std::fs;
use std::io;
use std::path::Path;

/// The text of one file.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let fault = |message: String| anyhow::anyhow!("{}: {message}", path.display());
    let bytes = fs::read(path).map_err(|e| fault(if e.kind() == io::ErrorKind::NotFound { "no such file".to_owned() } else { e.to_string() }))?;
    decode(bytes).map_err(fault)
}
