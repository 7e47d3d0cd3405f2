//! Runs the reader over the reading benchmark and prints its table, by the definitions of the benchmark's `score.py`.
//!
//! `cargo run --release --example score -p majlis -- [GOLD_DIR] [--each] [--events FILE.jsonl]…`
#![allow(clippy::print_stdout)]

mod events;
mod gold;
mod tasks;

use anyhow::{Context, ensure};
use clap::Parser;
use gold::{Article, Found};
use majlis_read::{Reader, Record};
use std::path::PathBuf;
use tasks::{Counts, Sure, TASKS};

/// Score the reader on annotated articles
#[derive(Parser)]
struct Args {
    /// Folder of gold files
    #[arg(default_value = "../shared/benchmark/reading")]
    gold: PathBuf,
    /// A row an article too
    #[arg(long)]
    each: bool,
    /// Score the event scorer on these gold records instead
    #[arg(long, value_name = "FILE.jsonl")]
    events: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    if !args.events.is_empty() {
        return args.events.iter().try_for_each(|path| events::score(path));
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&args.gold)
        .with_context(|| args.gold.display().to_string())?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    ensure!(!paths.is_empty(), "no gold file in {}", args.gold.display());
    let reader = Reader::new();
    let mut total = [Counts::default(); TASKS.len()];
    let mut sure = Sure::default();
    for path in &paths {
        let article = Article::load(path).with_context(|| path.display().to_string())?;
        let document = article.document();
        let found = Found::new(&Record::new(&document, &reader.read(&document)), &article);
        let (counts, one) = tasks::count(&article.wanted, &found);
        sure.iter_mut().zip(one).for_each(|(all, one)| *all = (all.0 + one.0, all.1 + one.1));
        if args.each {
            let row: Vec<String> = TASKS.iter().zip(&counts).map(|(task, c)| format!("{task}={:.2}", c.f1())).collect();
            println!("{:40} {}", article.id, row.join("  "));
        }
        total.iter_mut().zip(counts).for_each(|(t, c)| *t = t.plus(c));
    }
    println!("{} articles", paths.len());
    println!("{:28}{:>7}{:>7}{:>7}   hits/gold/predicted", "task", "P", "R", "F1");
    for (task, c) in TASKS.iter().zip(total) {
        println!("{task:28}{:7.3}{:7.3}{:7.3}   {}/{}/{}", c.precision(), c.recall(), c.f1(), c.hits, c.gold, c.predicted);
    }
    println!("confidence of statements: words and source right");
    for (tenth, (right, of)) in sure.iter().enumerate().filter(|(_, (_, of))| *of > 0) {
        println!("{:.1}–{:.1} {right:5} of {of}", tenth as f64 / 10.0, (tenth + 1) as f64 / 10.0);
    }
    Ok(())
}
