//! The event scorer on gold records, as the records' own `score.py` counts.

#[path = "../../src/judge.rs"]
mod judge;

use anyhow::{Context, Result};
use judge::{TASKS, judge};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Record {
    text: String,
    label: String,
}

/// Prints average precision of the score, and precision, recall and F1 of the decision. The file's name tells the type.
#[allow(clippy::print_stdout)]
pub(crate) fn score(path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
    let task =
        TASKS.iter().position(|t| name.contains(t.code())).with_context(|| format!("{}: the name has neither assault nor protest in it", path.display()))?;
    let (mut ranked, mut right, mut said) = (Vec::new(), 0, 0);
    for line in std::fs::read_to_string(path).with_context(|| path.display().to_string())?.lines().filter(|l| !l.trim().is_empty()) {
        let record: Record = serde_json::from_str(line)?;
        if record.label == "ambiguous" {
            continue;
        }
        let is_one = record.label == "yes";
        let judgement = judge(&record.text)[task];
        ranked.push((judgement.score, is_one));
        right += usize::from(judgement.event && is_one);
        said += usize::from(judgement.event);
    }
    let positives = ranked.iter().filter(|r| r.1).count();
    let (precision, recall) = (right as f64 / said.max(1) as f64, right as f64 / positives.max(1) as f64);
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    println!("{}: {} sentences, {positives} positive", TASKS[task].code(), ranked.len());
    println!("AP {:.3}  P {precision:.3}  R {recall:.3}  F1 {f1:.3}", average_precision(ranked));
    Ok(())
}

/// The mean of the precisions at each positive, ties broken against the scorer.
fn average_precision(mut ranked: Vec<(f32, bool)>) -> f64 {
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut hits, mut total) = (0, 0.0);
    for (i, _) in ranked.iter().enumerate().filter(|(_, r)| r.1) {
        hits += 1;
        total += f64::from(hits) / (i + 1) as f64;
    }
    if hits == 0 { 0.0 } else { total / f64::from(hits) }
}
