//! `majlis brief`

use crate::args::Brief;
use crate::matter;
use std::io::Write;

/// Prints the brief of a case, or of the documents that could be read. Returns whether all could.
pub(crate) fn run(args: &Brief) -> anyhow::Result<bool> {
    let (inputs, is_well) = matter::of(&args.inputs)?;
    if !inputs.documents.is_empty() {
        let text = majlis_brief::render(&majlis_brief::brief(&inputs), args.lang.of(), args.format.of());
        std::io::stdout().lock().write_all(text.as_bytes())?;
    }
    Ok(is_well)
}
