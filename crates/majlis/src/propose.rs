//! `majlis propose`

use crate::args::Propose;
use crate::matter;
use anyhow::{Context, bail};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Writes the standoff that the inputs give, to a file or to standard output. Returns whether all could be read.
pub(crate) fn run(args: &Propose) -> anyhow::Result<bool> {
    let (inputs, is_well) = matter::of(&args.inputs)?;
    if inputs.documents.is_empty() {
        bail!("nothing could be read, so nothing can be proposed");
    }
    let brief = majlis_brief::brief(&inputs);
    let proposal = brief.propose();
    let Some(path) = &args.out else {
        let (text, _) = proposal.write(&brief, None).map_err(matter::advised)?;
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(is_well);
    };
    let name = path.display().to_string();
    let existing = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).context(name),
    };
    let (text, differences) = proposal.write(&brief, existing.as_deref().map(|text| (name.as_str(), text))).map_err(matter::advised)?;
    replace(path, &text).with_context(|| name.clone())?;
    let mut out = io::stdout().lock();
    for difference in &differences {
        writeln!(out, "{difference}")?;
    }
    if let Err(error) = majlis_model::standoff::read(&name, &text) {
        bail!("{error}: what was changed in the file no longer fits; it is written all the same");
    }
    writeln!(out, "{} entries, {} questions, in {name}", proposal.entries.len(), proposal.questions.len())?;
    Ok(is_well)
}

/// Writes a file whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
