//! `majlis check`

use crate::args::Check;
use crate::fault::complain;
use majlis_case::Case;
use std::io::Write;

/// Looks through a case file. Returns whether it is sound; each flaw is a line on standard error.
pub(crate) fn run(args: &Check) -> anyhow::Result<bool> {
    let flaws = Case::open_read_only(&args.case)?.check()?;
    for flaw in &flaws {
        complain(format_args!("{}: {flaw}", args.case.display()));
    }
    if flaws.is_empty() {
        writeln!(std::io::stdout(), "{}: sound", args.case.display())?;
    }
    Ok(flaws.is_empty())
}
