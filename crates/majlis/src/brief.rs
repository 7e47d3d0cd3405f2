//! `majlis brief`

use crate::args::Brief;
use crate::batch;
use std::io::Write;

/// Reads the documents and prints the brief of those that could be read. Returns whether all could.
pub(crate) fn run(args: &Brief) -> anyhow::Result<bool> {
    let mut read = Vec::new();
    let is_well = batch::each(
        &args.inputs,
        |document, reading| Ok((document, reading)),
        |pair| {
            read.push(pair);
            Ok(())
        },
    )?;
    if !read.is_empty() {
        let text = majlis_brief::render_text(&majlis_brief::brief(&read), args.lang.into());
        std::io::stdout().lock().write_all(text.as_bytes())?;
    }
    Ok(is_well)
}
