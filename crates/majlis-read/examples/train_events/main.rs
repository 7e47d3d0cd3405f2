//! Trains what is learned of reading on annotated articles: which states and capitals act, the filter of event candidates, and the ranking of
//! actors for their roles.
//!
//! `cargo run --release -p majlis-read --example train_events -- FILTER.bin ROLES.bin STATES.bin GOLD_DIR…`
//!
//! Five-fold cross-validation by article chooses the regularisation (and the thresholds) and is printed; the weights are then
//! fitted to everything. Deterministic: the same folders give the same bytes.

mod filter;
mod gold;
mod logistic;
mod roles;
mod states;

use majlis_read::Reader;
use majlis_read::linear::{BUCKETS, Linear};
use std::path::PathBuf;

type Error = Box<dyn std::error::Error>;

/// A weight a bucket.
type Weights = [f32; BUCKETS];

fn main() -> Result<(), Error> {
    const USAGE: &str = "usage: train_events FILTER.bin ROLES.bin STATES.bin GOLD_DIR…";
    let mut args = std::env::args().skip(1);
    let (filter_out, roles_out, states_out) = (args.next().ok_or(USAGE)?, args.next().ok_or(USAGE)?, args.next().ok_or(USAGE)?);
    let mut files: Vec<PathBuf> = Vec::new();
    for dir in args {
        files.extend(std::fs::read_dir(dir)?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|x| x == "json")));
    }
    files.sort_by_key(|p| p.file_name().map(std::ffi::OsStr::to_owned));
    let reader = Reader::new().with_filter(None).with_roles(None).with_states(None);
    let read = |reader: &Reader| files.iter().map(|p| gold::article(p, reader)).collect::<Result<Vec<_>, _>>();
    let states = states::train(&read(&reader)?);
    let articles = read(&reader.with_states(Linear::from_bytes(&states)))?;
    std::fs::write(states_out, states)?;
    let gold: usize = articles.iter().map(|a| a.gold.len()).sum();
    let candidates: usize = articles.iter().map(|a| a.candidates.len()).sum();
    let events: usize = articles.iter().map(|a| a.candidates.iter().filter(|c| c.event.is_some()).count()).sum();
    say(&format!("{} articles, {gold} gold events, {candidates} candidates, {events} of them events", articles.len()));
    std::fs::write(filter_out, filter::train(&articles))?;
    std::fs::write(roles_out, roles::train(&articles))?;
    Ok(())
}

#[allow(clippy::print_stdout)]
fn say(line: &str) {
    println!("{line}");
}

/// One step of AdaGrad down `gradient`, with an L2 penalty.
fn step(weights: &mut Weights, squares: &mut Weights, gradient: &Weights, l2: f32) {
    for ((w, square), g) in weights.iter_mut().zip(squares).zip(gradient) {
        let g = g + l2 * *w;
        *square += g * g;
        *w -= 0.05 * g / square.sqrt();
    }
}
