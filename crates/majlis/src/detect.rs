//! `majlis detect`

use crate::args::Detect;
use crate::fault::{Fault, complain};
use crate::judge::{TASKS, judge};
use anyhow::Context;
use majlis_case::ingest::{broken, decode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

#[derive(Deserialize)]
struct Sentence {
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Line<'s> {
    id: &'s Value,
    #[serde(rename = "type")]
    kind: &'static str,
    score: f32,
    event: bool,
}

/// Judges every sentence, in order. Returns whether all could be read.
pub(crate) fn run(args: &Detect) -> anyhow::Result<bool> {
    let (place, lines): (String, Box<dyn BufRead>) = if args.file == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let place = args.file.display().to_string();
        let file = File::open(&args.file).with_context(|| place.clone())?;
        (place, Box::new(BufReader::new(file)))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut is_well = true;
    for (i, line) in lines.split(b'\n').enumerate() {
        let line = line.with_context(|| place.clone())?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match sentence(&line) {
            Ok(sentence) => {
                for (task, judgement) in TASKS.iter().zip(judge(&sentence.text)) {
                    let line = Line { id: &sentence.id, kind: task.code(), score: judgement.score, event: judgement.event };
                    serde_json::to_writer(&mut out, &line).map_err(io::Error::from)?;
                    out.write_all(b"\n")?;
                }
            }
            Err(message) => {
                is_well = false;
                complain(Fault::new(format!("{place}:{}", i + 1), message));
            }
        }
    }
    out.flush()?;
    Ok(is_well)
}

fn sentence(line: &[u8]) -> Result<Sentence, String> {
    let text = decode(line.trim_ascii_end().to_vec())?;
    let sentence: Sentence = serde_json::from_str(&text).map_err(|e| broken(&e))?;
    if sentence.text.trim().is_empty() {
        return Err("empty text".to_owned());
    }
    Ok(sentence)
}
