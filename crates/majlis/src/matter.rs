//! What a brief, a proposal or a forecast is made of: a case, or documents read now.

use crate::args::Inputs;
use crate::batch;
use anyhow::{anyhow, bail};
use majlis_brief::propose::Error;
use majlis_case::Case;
use std::path::Path;

/// The case where one is given, else the documents that could be read; and whether all could.
pub(crate) fn of(inputs: &Inputs) -> anyhow::Result<(majlis_brief::Inputs, bool)> {
    if let Some(case) = case(inputs)? {
        return Ok((majlis_brief::Inputs::of_case(&Case::open_read_only(case)?)?, true));
    }
    let mut read = Vec::new();
    let is_well = batch::each(
        inputs,
        |document, reading| Ok((document, reading)),
        |pair| {
            read.push(pair);
            Ok(())
        },
    )?;
    Ok((majlis_brief::Inputs::new(read), is_well))
}

/// Why nothing can be proposed, with the option that mends it.
pub(crate) fn advised(error: Error) -> anyhow::Error {
    match error {
        Error::NoDay => anyhow!("{error}: give --published"),
        other => other.into(),
    }
}

/// The case among the inputs, which must then be alone.
pub(crate) fn case(inputs: &Inputs) -> anyhow::Result<Option<&Path>> {
    let case = inputs.paths.iter().find(|path| Case::is_at(path));
    if let (Some(case), true) = (case, inputs.paths.len() > 1) {
        bail!("{}: a case is briefed alone; majlis add puts more documents into it", case.display());
    }
    Ok(case.map(|path| path.as_path()))
}
