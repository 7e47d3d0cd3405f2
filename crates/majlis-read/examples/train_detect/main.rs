//! Trains the ASSAULT and PROTEST detector on the Arabic event gold records and our own sentences (`data/detect_sentences.tsv`), and writes its
//! weights.
//!
//! `cargo run --release -p majlis-read --example train_detect -- [GSR_FOLDER]`, by default `../shared/benchmark/gsr`.
//!
//! Prints what five-fold cross-validation by document gives, for three ways of cutting the folds: each fold's model has calibration, threshold
//! and quantisation of its own; our own sentences are learned from in every fold and measured in none. Then learns from everything.
//! Deterministic: the same folder and lexicon give the same bytes.

mod learn;
mod measure;
mod records;
mod svm;

use learn::{assemble, head, recipes};
use majlis_read::detect::TASKS;
use measure::{Figures, cross_validate};
use records::{Sample, read};
use std::path::Path;

type Error = Box<dyn std::error::Error>;

const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/detect.bin");
const SEEDS: u64 = 3;

fn main() -> Result<(), Error> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "../shared/benchmark/gsr".to_owned());
    let folder = Path::new(&folder);
    let data = [read(folder, "assault")?, read(folder, "protest")?];
    let recipes = recipes();
    say(&format!("{:<10}{:<7}{:>6}{:>7}{:>7}{:>7}", "task", "folds", "AP", "P", "R", "F1"));
    for t in 0..2 {
        let all: Vec<Figures> = (0..SEEDS).map(|seed| cross_validate(&data[t], &recipes[t], seed)).collect();
        for (seed, f) in all.iter().enumerate() {
            say(&row(TASKS[t], &seed.to_string(), f));
        }
        say(&row(TASKS[t], "mean", &Figures::mean(&all)));
    }
    let parts = [0, 1].map(|t| head(&data[t].iter().collect::<Vec<&Sample>>(), &recipes[t], 3));
    let detector = assemble(&parts.each_ref().map(Some));
    std::fs::write(WEIGHTS, detector.to_bytes())?;
    let [assault, protest] = detector.thresholds();
    say(&format!("wrote {WEIGHTS}, thresholds {assault:.3} {protest:.3}"));
    Ok(())
}

fn row(task: &str, folds: &str, f: &Figures) -> String {
    format!("{task:<10}{folds:<7}{:>6.3}{:>7.3}{:>7.3}{:>7.3}", f.ap, f.precision, f.recall, f.f1)
}

#[allow(clippy::print_stdout)]
fn say(line: &str) {
    println!("{line}");
}
