//! `majlis brief`

use crate::args::Brief;
use crate::{forecast, matter};
use majlis_brief::outlook::{Ahead, Error};
use majlis_brief::{brief, render};
use majlis_model::run::Settings;
use std::io::{self, Write};

/// Prints the brief of a case, or of the documents that could be read, with the forecast of what they report. Returns whether all could be read.
pub(crate) fn run(args: &Brief) -> anyhow::Result<bool> {
    let (inputs, is_well) = matter::of(&args.inputs)?;
    if inputs.documents.is_empty() {
        return Ok(is_well);
    }
    let brief = brief(&inputs);
    let mut ahead = match Ahead::new(&inputs, &brief, Settings { seed: args.seed, draws: args.draws }) {
        Ok(ahead) => Some(ahead),
        Err(Error::Proposal(why)) => {
            writeln!(io::stderr(), "no forecast: {}", matter::advised(why))?;
            None
        }
        Err(why) => return Err(why.into()),
    };
    if let (Some(ahead), Some(case)) = (&mut ahead, matter::case(&args.inputs)?) {
        ahead.before = forecast::before(case)?;
    }
    let text = render(&brief, ahead.as_ref(), args.lang.of(), args.format.of());
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(is_well)
}
