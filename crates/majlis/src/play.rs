//! `majlis play`

use crate::args::{Play, Print};
use crate::fault::complain;
use crate::files::text;
use anyhow::{Context, anyhow};
use jiff::civil::{Date, date};
use majlis_model::play::Rules;
use majlis_model::run::{self, Run, Settings};
use majlis_model::scoring::ledger::{Ledger, Record};
use majlis_model::standoff::{self, Label, Standoff, table};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// The day of a table, which knows none. Nothing hangs on it.
const UNDATED: Date = date(2000, 1, 1);

/// Plays a standoff and prints what comes of it. Returns whether it could.
pub(crate) fn run(args: &Play) -> anyhow::Result<bool> {
    let mut standoff = standoff(&args.file)?;
    let mut rules = match &args.rules {
        Some(path) => Rules::read(&path.display().to_string(), &text(path)?)?,
        None => Rules::shipped()?,
    };
    for (name, value) in &args.set {
        run::set(&mut standoff, &mut rules, name, *value).map_err(|e| anyhow!("--set {e}"))?;
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, usize::from)).build()?;
    let run = pool.install(|| run::run(&standoff, &rules, Settings { seed: args.seed, draws: args.plays }))?;
    let sealed = args.seal.as_deref().map(|ledger| seal(args, ledger, &standoff, &rules, &run)).transpose()?;
    let mut out = io::stdout().lock();
    match args.format {
        Print::Text => out.write_all(majlis_brief::render_run(&standoff, &rules, &run, args.lang.of()).as_bytes())?,
        Print::Json => {
            serde_json::to_writer(&mut out, &run)?;
            out.write_all(b"\n")?;
        }
    }
    if let Some(sealed) = sealed {
        complain(sealed);
    }
    Ok(true)
}

/// The standoff in a file: a table if its name ends in csv or tsv, else TOML.
fn standoff(path: &Path) -> anyhow::Result<Standoff> {
    let (name, text) = (path.display().to_string(), text(path)?);
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if !matches!(ending.as_str(), "csv" | "tsv") {
        return Ok(standoff::read(&name, &text)?);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Standoff { name: Label { en: stem.clone(), ar: stem }, ..table::read(&name, &text, UNDATED)? })
}

/// Adds the forecasts of a run to a ledger, all or none, and tells its head.
fn seal(args: &Play, path: &Path, standoff: &Standoff, rules: &Rules, run: &Run) -> anyhow::Result<String> {
    let name = path.display().to_string();
    let before = if path.exists() { text(path)? } else { String::new() };
    let mut ledger = Ledger::read(&name, &before)?;
    let on = args.on.unwrap_or_else(|| jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date());
    let forecasts = majlis_brief::forecasts(standoff, rules, run, args.lang.of())?;
    if forecasts.is_empty() {
        return Err(anyhow!("{name}: this standoff has no forecast to seal: it lacks what is played in time"));
    }
    let mut lines = String::new();
    for forecast in &forecasts {
        lines += &ledger.seal(on, Record::Forecast(forecast.clone())).with_context(|| name.clone())?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path).with_context(|| name.clone())?;
    file.write_all(lines.as_bytes()).and_then(|()| file.sync_all()).with_context(|| name.clone())?;
    Ok(format!("{name}: {} forecasts sealed, head {}", forecasts.len(), ledger.head()))
}
