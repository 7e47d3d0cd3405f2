//! `majlis forecast` and `majlis resolve`

use crate::args::{Forecast, OutlookForm, Resolve};
use crate::matter;
use anyhow::{Context, bail};
use majlis_brief::outlook::{Ahead, Before, Error, Outlook};
use majlis_brief::{Form, brief, render_outlook};
use majlis_case::{Case, Run};
use majlis_model::play::Rules;
use majlis_model::run::{Settings, run as run_models};
use majlis_model::scoring::proper::brier_classes;
use majlis_model::standoff::{Standoff, read};
use serde_json::json;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Prints the forecast of a case, of documents or of a standoff; seals that of a case. Returns whether all could be read.
pub(crate) fn run(args: &Forecast) -> anyhow::Result<bool> {
    let mut is_well = true;
    let settings = Settings { seed: args.seed, draws: args.draws };
    let (text, made, outlook) = match given(args)? {
        Some(path) => {
            let (text, standoff) = of_file(path)?;
            let made = run_models(&standoff, &Rules::shipped()?, settings)?;
            let outlook = Outlook::new(&standoff, &made, None);
            (text, made, outlook)
        }
        None => {
            let (inputs, read_all) = matter::of(&args.inputs)?;
            is_well = read_all;
            if inputs.documents.is_empty() {
                bail!("nothing could be read, so nothing can be forecast");
            }
            let ahead = Ahead::new(&inputs, &brief(&inputs), settings).map_err(|error| match error {
                Error::Proposal(why) => matter::advised(why),
                other => other.into(),
            })?;
            (ahead.text, ahead.run, ahead.outlook)
        }
    };
    let all = json!({ "outlook": outlook, "run": made });
    let form = match args.format {
        OutlookForm::Text => Form::Text,
        OutlookForm::Markdown => Form::Markdown,
        OutlookForm::Html => Form::Html,
        OutlookForm::Json => {
            writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&all)?)?;
            return seal(args, &outlook, &made.engine, &text, &all.to_string()).map(|()| is_well);
        }
    };
    io::stdout().write_all(render_outlook(&outlook, args.lang.of(), form).as_bytes())?;
    seal(args, &outlook, &made.engine, &text, &all.to_string())?;
    Ok(is_well)
}

/// The standoff that is given as a file.
fn given(args: &Forecast) -> anyhow::Result<Option<&Path>> {
    let is_toml = |path: &Path| path.extension().is_some_and(|e| e == "toml");
    match (&args.standoff, args.inputs.paths.as_slice()) {
        (Some(path), _) => Ok(Some(path)),
        (None, [path]) if is_toml(path) => Ok(Some(path)),
        (None, paths) => match paths.iter().find(|path| is_toml(path)) {
            Some(path) => bail!("{}: a standoff is forecast alone; with a case or documents give it by --standoff", path.display()),
            None => Ok(None),
        },
    }
}

fn of_file(path: &Path) -> anyhow::Result<(String, Standoff)> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| name.clone())?;
    let standoff = read(&name, &text)?;
    Ok((text, standoff))
}

/// Keeps a forecast in the case that it is of.
fn seal(args: &Forecast, outlook: &Outlook, engine: &str, input: &str, output: &str) -> anyhow::Result<()> {
    let Some(path) = matter::case(&args.inputs)?.filter(|_| !args.no_seal) else { return Ok(()) };
    let run = Run { kind: "forecast", engine, seed: Some(args.seed), input, output, chances: outlook.chances() };
    let id = Case::open(path)?.keep_run(&run, &args.analyst.stamp())?;
    writeln!(io::stderr(), "sealed as run {id} of {}", path.display())?;
    Ok(())
}

/// The last forecast that was sealed into a case.
pub(crate) fn before(case: &Path) -> anyhow::Result<Option<Before>> {
    let sealed = Case::open_read_only(case)?.sealed(None)?;
    let Some(last) = sealed.last() else { return Ok(None) };
    let day = last.at.get(..10).unwrap_or(&last.at);
    let on = day.parse().with_context(|| format!("{}: run {} was made on {day}", case.display(), last.run))?;
    let own = sealed.iter().filter(|s| s.run == last.run && s.chance.outcome == "yes");
    Ok(Some(Before { run: last.run, on, chances: own.map(|s| (s.chance.question.clone(), s.chance.probability)).collect() }))
}

/// Says what came of a question and prints the score of each forecast of it.
pub(crate) fn resolve(args: &Resolve) -> anyhow::Result<bool> {
    let mut case = Case::open(&args.case)?;
    case.resolve(&args.question, &args.outcome, &args.why, &args.analyst.stamp())?;
    let sealed = case.sealed(Some(&args.question))?;
    let mut out = io::stdout().lock();
    let mut runs: Vec<i64> = sealed.iter().map(|s| s.run).collect();
    runs.dedup();
    for run in runs {
        let own: Vec<_> = sealed.iter().filter(|s| s.run == run).collect();
        let Some(happened) = own.iter().position(|s| s.chance.outcome == args.outcome) else { continue };
        let probabilities: Vec<f64> = own.iter().map(|s| s.chance.probability).collect();
        let score = brier_classes(&probabilities, happened)?;
        writeln!(out, "run {run} · {} · gave {} {:.0}% · Brier score {score:.3}", own[happened].at, args.outcome, probabilities[happened] * 100.0)?;
    }
    Ok(true)
}
