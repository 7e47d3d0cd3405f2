//! `majlis read`

use crate::args::{Format, Read};
use crate::parquet::Parquet;
use crate::table::Summary;
use crate::{batch, plover};
use majlis_read::{Reading, Record};
use majlis_text::Document;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Reads the documents and prints what was found in each, or writes it to a Parquet file. Returns whether all could be read.
pub(crate) fn run(args: &Read) -> anyhow::Result<bool> {
    match &args.parquet {
        Some(path) => write(args, path),
        None => print(args),
    }
}

/// One Parquet file, a row an item. A document that could not be read has a row with its error.
fn write(args: &Read, path: &Path) -> anyhow::Result<bool> {
    let mut out = Parquet::create(path)?;
    let make = |document: Document, reading: Reading| Ok(majlis_batch::items(&document, Record::new(&document, &reading)));
    let is_well = batch::each_or_fault(&args.inputs, make, |made| match made {
        Ok(items) => out.push(&items),
        Err(fault) => out.push(&majlis_batch::error(&fault.place, &fault.message)),
    })?;
    out.finish()?;
    Ok(is_well)
}

fn print(args: &Read) -> anyhow::Result<bool> {
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
