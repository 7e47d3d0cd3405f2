//! Trains the event filter on annotated articles and writes its weights.
//!
//! `cargo run --release -p majlis-read --example train_events -- OUT.bin GOLD_DIR…`
//!
//! Five-fold cross-validation by article chooses the regularisation and the threshold and is printed; the weights are then fitted
//! to everything. Deterministic: the same folders give the same bytes.

use majlis_read::Reader;
use majlis_read::linear::{BUCKETS, Linear};
use majlis_text::{CodePoints, Document};
use serde_json::Value;
use std::path::{Path, PathBuf};

type Error = Box<dyn std::error::Error>;

/// A gold event: type and code points of its trigger.
struct Gold {
    kind: String,
    start: u32,
    end: u32,
}

/// A candidate: its features, type, trigger, and whether a gold event matches it.
struct Candidate {
    features: Vec<u32>,
    kind: &'static str,
    start: u32,
    end: u32,
    is_event: bool,
}

struct Article {
    gold: Vec<Gold>,
    candidates: Vec<Candidate>,
}

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("usage: train_events OUT.bin GOLD_DIR…")?;
    let mut files: Vec<PathBuf> = Vec::new();
    for dir in args {
        files.extend(std::fs::read_dir(dir)?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|x| x == "json")));
    }
    files.sort_by_key(|p| p.file_name().map(std::ffi::OsStr::to_owned));
    let reader = Reader::with_event_model(None);
    let articles = files.iter().map(|p| article(p, &reader)).collect::<Result<Vec<_>, _>>()?;
    let all: Vec<&Article> = articles.iter().collect();
    let (gold, candidates): (usize, usize) = (all.iter().map(|a| a.gold.len()).sum(), all.iter().map(|a| a.candidates.len()).sum());
    let reachable: usize = all.iter().map(|a| a.candidates.iter().filter(|c| c.is_event).count()).sum();
    say(&format!("{} articles, {gold} gold events, {candidates} candidates, {reachable} of them events", all.len()));
    let mut best = (0.0, 0.0, 0.0);
    for l2 in [2.0, 5.0, 10.0, 20.0] {
        let mut scored: Vec<(f32, usize, usize)> = Vec::new();
        for fold in 0..5 {
            let train: Vec<&Article> = articles.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|(_, a)| a).collect();
            let weights = fit(&train, l2);
            for (i, a) in articles.iter().enumerate().filter(|(i, _)| i % 5 == fold) {
                scored.extend(a.candidates.iter().enumerate().map(|(k, c)| (probability(&weights, &c.features), i, k)));
            }
        }
        let (f1, threshold) = best_threshold(&articles, &scored);
        say(&format!("l2 {l2}: five-fold F1 {f1:.3} at {threshold:.2}"));
        if f1 > best.0 {
            best = (f1, threshold, l2);
        }
    }
    let weights = fit(&all, best.2);
    std::fs::write(&out, Linear::to_bytes(&weights, best.1))?;
    say(&format!("wrote {out}: l2 {}, threshold {:.2}, five-fold F1 {:.3}", best.2, best.1, best.0));
    Ok(())
}

#[allow(clippy::print_stdout)]
fn say(line: &str) {
    println!("{line}");
}

fn article(path: &Path, reader: &Reader) -> Result<Article, Error> {
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let name = gold["text_file"].as_str().ok_or("no text_file")?;
    let text = std::fs::read_to_string(path.with_file_name(name))?;
    let mut starts = vec![0];
    for line in text.split('\n') {
        starts.push(starts[starts.len() - 1] + line.len() + 1);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let points = CodePoints::new(&text);
    let skipped: Vec<usize> = gold["skip_lines"].as_array().into_iter().flatten().filter_map(|l| Some(l.as_u64()? as usize)).collect();
    let mut events = Vec::new();
    for e in gold["events"].as_array().into_iter().flatten() {
        let para = e["para"].as_u64().ok_or("event without para")? as usize;
        let trigger = e["trigger"].as_str().ok_or("event without trigger")?;
        let nth = e["nth"].as_u64().unwrap_or(0) as usize;
        let at = lines[para].match_indices(trigger).nth(nth).ok_or("trigger not in its line")?.0 + starts[para];
        events.push(Gold { kind: e["type"].as_str().unwrap_or_default().to_owned(), start: points.at(at as u32), end: points.at((at + trigger.len()) as u32) });
    }
    let mut document = Document::new(path.to_string_lossy(), text.clone());
    document.published = gold["published"].as_str().and_then(|p| p.parse().ok());
    document.outlet = gold["outlet"].as_str().map(str::to_owned);
    let (reading, features) = reader.read_with_features(&document);
    let in_scope = |start: u32| !skipped.iter().any(|&l| (starts[l] as u32..starts[l + 1] as u32).contains(&start));
    let mut candidates: Vec<Candidate> = reading
        .events
        .iter()
        .zip(features)
        .filter(|(e, _)| in_scope(e.span.start()))
        .map(|(e, features)| Candidate { features, kind: e.kind.code(), start: points.at(e.span.start()), end: points.at(e.span.end()), is_event: false })
        .collect();
    for (_, c) in pairs(&events, &candidates, |_| true) {
        candidates[c].is_event = true;
    }
    Ok(Article { gold: events, candidates })
}

/// One-to-one matches of gold events and kept candidates, nearest first, by the benchmark's rule: same type, at most 12 code points apart.
fn pairs(gold: &[Gold], candidates: &[Candidate], keep: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut edges: Vec<(u32, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, c) in candidates.iter().enumerate().filter(|(j, _)| keep(*j)) {
            if g.kind == c.kind && c.start < g.end + 12 && g.start < c.end + 12 {
                edges.push((g.start.abs_diff(c.start), i, j));
            }
        }
    }
    edges.sort_unstable();
    let (mut used_g, mut used_c) = (vec![false; gold.len()], vec![false; candidates.len()]);
    let mut out = Vec::new();
    for (_, i, j) in edges {
        if !used_g[i] && !used_c[j] {
            (used_g[i], used_c[j]) = (true, true);
            out.push((i, j));
        }
    }
    out
}

fn probability(weights: &[f32; BUCKETS], features: &[u32]) -> f32 {
    1.0 / (1.0 + (-features.iter().map(|&f| weights[f as usize]).sum::<f32>()).exp())
}

/// Logistic regression: the summed loss plus `l2`/2 times the squared weights, by full-batch AdaGrad in a fixed order.
fn fit(articles: &[&Article], l2: f32) -> [f32; BUCKETS] {
    let mut weights = [0f32; BUCKETS];
    let mut squares = [1e-6f32; BUCKETS];
    let items: Vec<&Candidate> = articles.iter().flat_map(|a| &a.candidates).collect();
    for _ in 0..400 {
        let mut gradient = [0f32; BUCKETS];
        for c in &items {
            let error = probability(&weights, &c.features) - f32::from(c.is_event);
            for &f in &c.features {
                gradient[f as usize] += error;
            }
        }
        for ((w, square), g) in weights.iter_mut().zip(&mut squares).zip(gradient) {
            let g = g + l2 * *w;
            *square += g * g;
            *w -= 0.05 * g / square.sqrt();
        }
    }
    weights
}

/// The threshold with the best F1 over all articles, by the benchmark's matching.
fn best_threshold(articles: &[Article], scored: &[(f32, usize, usize)]) -> (f32, f32) {
    let gold: usize = articles.iter().map(|a| a.gold.len()).sum();
    let mut best = (0.0, 0.5);
    for step in 4..32 {
        let threshold = step as f32 * 0.025;
        let mut kept: Vec<Vec<bool>> = articles.iter().map(|a| vec![false; a.candidates.len()]).collect();
        let mut said = 0;
        for &(p, a, c) in scored.iter().filter(|s| s.0 >= threshold) {
            let _ = p;
            kept[a][c] = true;
            said += 1;
        }
        let hits: usize = articles.iter().zip(&kept).map(|(a, k)| pairs(&a.gold, &a.candidates, |j| k[j]).len()).sum();
        let f1 = 2.0 * hits as f32 / (gold + said) as f32;
        if f1 > best.0 {
            best = (f1, threshold);
        }
    }
    best
}
