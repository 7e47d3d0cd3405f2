//! Trains what is learned of reading on annotated articles: which states and capitals act, how likely statements are right, the filter of event
//! candidates, and the ranking of actors for their roles.
//!
//! `cargo run --release -p majlis-read --example train_events -- FILTER.bin ROLES.bin STATES.bin STATEMENTS.bin HELD_OUT.jsonl GOLD_DIR… [--also GOLD_DIR…]`
//!
//! Five-fold cross-validation by article chooses the regularisation (and the thresholds) and is printed; the weights are then
//! fitted to everything. Articles after `--also`, of another kind, are learned from in every fold and measured in none. `HELD_OUT.jsonl` gets each article's reading by models that never saw it, for the benchmark's `score.py`. Deterministic: the same folders give the same bytes.

mod filter;
mod gold;
mod logistic;
mod roles;
mod statements;
mod states;

use gold::Article;
use majlis_read::linear::{BUCKETS, Linear};
use majlis_read::{Reader, Record};
use std::path::PathBuf;

type Error = Box<dyn std::error::Error>;

/// A weight a bucket.
type Weights = [f32; BUCKETS];

fn main() -> Result<(), Error> {
    const USAGE: &str = "usage: train_events FILTER.bin ROLES.bin STATES.bin STATEMENTS.bin HELD_OUT.jsonl GOLD_DIR… [--also GOLD_DIR…]";
    let mut args = std::env::args().skip(1);
    let [filter_out, roles_out, states_out, statements_out, held_out] = std::array::from_fn(|_| args.next());
    let dirs: Vec<String> = args.collect();
    let mut parts = dirs.split(|dir| dir == "--also");
    let mut files = annotated(parts.next().unwrap_or_default())?;
    let measured = files.len();
    files.extend(annotated(parts.next().unwrap_or_default())?);
    let reader = Reader::new().with_filter(None).with_roles(None).with_states(None).with_statements(None);
    let read = |reader: &Reader| files.iter().enumerate().map(|(i, p)| gold::article(p, i < measured, reader)).collect::<Result<Vec<_>, _>>();
    let named = read(&reader)?;
    let states_l2 = states::choose(&named);
    let states = states::train(&named.iter().collect::<Vec<_>>(), states_l2);
    let reader = reader.with_states(Linear::from_bytes(&states));
    let stated = read(&reader)?;
    let statements_by = statements::choose(&stated);
    let statements = statements::train(&stated.iter().collect::<Vec<_>>(), statements_by);
    let articles = read(&reader.with_statements(Linear::from_bytes(&statements)))?;
    let gold: usize = articles.iter().map(|a| a.gold.len()).sum();
    let candidates: usize = articles.iter().map(|a| a.candidates.len()).sum();
    let events: usize = articles.iter().map(|a| a.candidates.iter().filter(|c| c.event.is_some()).count()).sum();
    say(&format!("{} articles, {gold} gold events, {candidates} candidates, {events} of them events", articles.len()));
    let (filter_by, roles_l2) = (filter::choose(&articles), roles::choose(&articles));
    let all: Vec<&Article> = articles.iter().collect();
    std::fs::write(states_out.ok_or(USAGE)?, states)?;
    std::fs::write(statements_out.ok_or(USAGE)?, statements)?;
    std::fs::write(filter_out.ok_or(USAGE)?, filter::train(&all, filter_by))?;
    std::fs::write(roles_out.ok_or(USAGE)?, roles::train(&all, roles_l2))?;
    let held = folds(|fold| -> Result<String, String> {
        let others = outside(&articles, fold);
        let reader = Reader::new()
            .with_states(Linear::from_bytes(&states::train(&outside(&named, fold), states_l2)))
            .with_statements(Linear::from_bytes(&statements::train(&outside(&stated, fold), statements_by)))
            .with_filter(Linear::from_bytes(&filter::train(&others, filter_by)))
            .with_roles(Linear::from_bytes(&roles::train(&others, roles_l2)));
        let read = |path: &PathBuf| {
            let (_, document) = gold::document(path).map_err(|e| e.to_string())?;
            let record = Record::new(&document, &reader.read(&document));
            Ok(serde_json::to_string(&record).map_err(|e| e.to_string())? + "\n")
        };
        files.iter().take(measured).skip(fold).step_by(5).map(read).collect()
    });
    std::fs::write(held_out.ok_or(USAGE)?, held.into_iter().collect::<Result<String, _>>()?)?;
    Ok(())
}

/// What each of the five folds gives, in their order; they are worked on side by side.
fn folds<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    const STACK: usize = 1 << 24;
    std::thread::scope(|scope| {
        let work = &work;
        let start = |fold| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || work(fold)).map_err(|_| fold);
        let running: Vec<_> = (0..5).map(start).collect();
        let result = |started| match started {
            Ok(thread) => std::thread::ScopedJoinHandle::join(thread).unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(fold) => work(fold),
        };
        running.into_iter().map(result).collect()
    })
}

/// The annotated articles of folders, by name.
fn annotated(dirs: &[String]) -> Result<Vec<PathBuf>, Error> {
    let mut files: Vec<PathBuf> = Vec::new();
    for dir in dirs {
        files.extend(std::fs::read_dir(dir)?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|x| x == "json")));
    }
    files.sort_by_key(|p| p.file_name().map(std::ffi::OsStr::to_owned));
    Ok(files)
}

/// The articles that are not of a fold; those that are measured come first.
fn outside(articles: &[Article], fold: usize) -> Vec<&Article> {
    articles.iter().enumerate().filter(|(i, a)| !a.measured || i % 5 != fold).map(|(_, a)| a).collect()
}

/// The articles of a fold.
fn inside(articles: &[Article], fold: usize) -> Vec<&Article> {
    articles.iter().filter(|a| a.measured).skip(fold).step_by(5).collect()
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
