//! `majlis export`

use crate::args::{Export, ExportFormat};
use anyhow::Context;
use majlis_case::Case;
use majlis_case::export::{Format, Redaction};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Writes a case in a form of the field's tools, to a file or to standard output.
pub(crate) fn run(args: &Export) -> anyhow::Result<bool> {
    let case = Case::open_read_only(&args.case)?;
    let redaction = if args.redact { Redaction::Sources } else { Redaction::None };
    let format = match args.format {
        ExportFormat::Plover => Format::Plover,
        ExportFormat::Polecat => Format::Polecat,
        ExportFormat::Acled => Format::Acled,
        ExportFormat::Ucdp => Format::Ucdp,
        ExportFormat::Ftm => Format::FollowTheMoney,
        ExportFormat::Geojson => Format::GeoJson,
        ExportFormat::Annotation => Format::WebAnnotation,
        ExportFormat::Parquet => Format::Parquet,
    };
    let Some(path) = &args.out else {
        let mut out = BufWriter::new(io::stdout().lock());
        case.export(format, redaction, &mut out)?;
        out.flush()?;
        return Ok(true);
    };
    let file = File::create_new(path).with_context(|| format!("{}", path.display()))?;
    let mut out = BufWriter::new(file);
    let rows = case.export(format, redaction, &mut out)?;
    out.flush().with_context(|| format!("{}", path.display()))?;
    writeln!(io::stdout(), "{rows} written to {}", path.display())?;
    Ok(true)
}
