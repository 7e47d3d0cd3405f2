//! `majlis read`

use crate::args::{Format, Read};
use crate::table::Summary;
use crate::{batch, plover};
use majlis_read::{Reading, Record};
use majlis_text::Document;
use std::io::{BufWriter, Write};

/// Reads the documents and prints what was found in each. Returns whether all could be read.
pub(crate) fn run(args: &Read) -> anyhow::Result<bool> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut count = 0;
    if args.format == Format::Json {
        out.write_all(b"[")?;
    }
    let is_well = batch::each(
        &args.inputs,
        |document, reading| render(args.format, &document, &reading),
        |text| {
            if args.format == Format::Json {
                out.write_all(if count == 0 { b"\n" } else { b",\n" })?;
            }
            count += 1;
            Ok(out.write_all(text.as_bytes())?)
        },
    )?;
    if args.format == Format::Json {
        out.write_all(if count == 0 { b"]\n" } else { b"\n]\n" })?;
    }
    out.flush()?;
    Ok(is_well)
}

fn render(format: Format, document: &Document, reading: &Reading) -> anyhow::Result<String> {
    let record = Record::new(document, reading);
    Ok(match format {
        Format::Table => Summary::new(document, &record).to_string(),
        Format::Json => serde_json::to_string_pretty(&record)?,
        Format::Jsonl => serde_json::to_string(&record)? + "\n",
        Format::Plover => plover::lines(document, &record)?,
    })
}
