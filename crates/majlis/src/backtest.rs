//! `majlis backtest`

use crate::args::{Backtest, Print};
use crate::files::text;
use majlis_model::scoring::backtest;
use std::io::Write;

/// Scores every model on decided issues and prints the table.
pub(crate) fn run(args: &Backtest) -> anyhow::Result<bool> {
    let issues = backtest::read(&args.file.display().to_string(), &text(&args.file)?)?;
    let table = backtest::run(&issues)?;
    let mut out = std::io::stdout().lock();
    match args.format {
        Print::Text => out.write_all(majlis_brief::render_backtest(&table, args.lang.of()).as_bytes())?,
        Print::Json => {
            serde_json::to_writer(&mut out, &table)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(true)
}
