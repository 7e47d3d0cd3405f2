//! How fast the reader is on real articles, beside a bare search for the same phrases, and whether its cost is linear.
//!
//! `cargo run --release --example speed -p majlis -- [CORPUS.jsonl.gz]`
#![allow(clippy::print_stdout)]

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::Context;
use majlis_lexicon::Lexicon;
use majlis_read::Reader;
use majlis_text::{Document, Layout};
use mimalloc::MiMalloc;
use rayon::prelude::*;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::Instant;

/// As the command line has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "../shared/corpus/arabic-news-2015.jsonl.gz".to_owned());
    let (reader, start_up) = timed(Reader::new);
    println!("start-up           {:8.0} ms (lexicon and models)", start_up * 1e3);
    let documents = corpus(&path).with_context(|| path.clone())?;
    throughput(&reader, &documents);
    if let Some(peak) = peak_memory() {
        println!("peak memory        {peak:8} MB, the corpus held in it too");
    }
    linearity(&reader, &documents);
    Ok(())
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let made = run();
    (made, start.elapsed().as_secs_f64())
}

fn corpus(path: &str) -> anyhow::Result<Vec<Document>> {
    let lines = BufReader::new(flate2::read::GzDecoder::new(std::fs::File::open(path)?)).lines();
    let mut documents = Vec::new();
    for line in lines {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let mut document = Document::new(record["id"].as_str().unwrap_or_default(), record["text"].as_str().unwrap_or_default());
        document.published = record["published"].as_str().and_then(|p| p.parse().ok());
        documents.push(document);
    }
    Ok(documents)
}

/// Reads the corpus on one thread and on all, then searches its folded text for every phrase of the lexicon.
fn throughput(reader: &Reader, documents: &[Document]) {
    let layouts: Vec<Layout<'_>> = documents.iter().map(|d| Layout::new(&d.text)).collect();
    let sentences: usize = layouts.iter().map(|l| l.sentences.len()).sum();
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let read = || documents.iter().map(|d| black_box(reader.read(d)).mentions.len()).sum::<usize>();
    let best = |run: &dyn Fn() -> usize| (0..3).map(|_| timed(run).1).fold(f64::INFINITY, f64::min);
    let reading = best(&read);
    println!("corpus             {:8} documents, {sentences} sentences, {:.1} MB", documents.len(), bytes as f64 / 1e6);
    println!(
        "reading            {:8.0} sentences a second, {:.1} MB a second, one thread, best of 3",
        sentences as f64 / reading,
        bytes as f64 / 1e6 / reading
    );

    let threads = rayon::current_num_threads();
    let together = best(&|| documents.par_iter().map(|d| black_box(reader.read(d)).mentions.len()).sum());
    let scaling = |one: f64, together: f64| 100.0 * one / together / threads as f64;
    println!(
        "together           {:8.0} sentences a second, {threads} threads, {:.0} % of {threads} times one",
        sentences as f64 / together,
        scaling(reading, together)
    );

    let patterns = Lexicon::shipped().patterns();
    match AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns) {
        Ok(automaton) => {
            let search = || layouts.iter().map(|l| automaton.find_iter(l.folded.as_str()).count()).sum::<usize>();
            let searching = best(&search);
            println!("bare Aho-Corasick  {:8.0} sentences a second over {} phrases, text already folded", sentences as f64 / searching, patterns.len());
            println!("ratio              {:8.1} times the bare search", reading / searching);
            // What this machine's threads gain on work that shares nothing but the automaton.
            let together = best(&|| layouts.par_iter().map(|l| automaton.find_iter(l.folded.as_str()).count()).sum());
            println!("bare, together     {:8.0} % of {threads} times one", scaling(searching, together));
        }
        Err(error) => println!("bare Aho-Corasick  not built: {error}"),
    }
}

/// Peak resident memory of this process in MB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// Time a byte of documents of growing length; a linear reader keeps it level.
fn linearity(reader: &Reader, documents: &[Document]) {
    let text: String = documents.iter().flat_map(|d| [d.text.as_str(), "\n"]).collect();
    let of_length = |source: &str, length: usize| {
        let mut long = source.repeat(length / source.len().max(1) + 1);
        long.truncate(long.floor_char_boundary(length));
        long
    };
    let unbroken: String = text.chars().filter(|c| !c.is_whitespace()).take(2_000_000).collect();
    let lone_marks = format!("قال {}", "\"".repeat(100_000));
    let marks = "\"قال \" إن \" الحكومة \"".repeat(25_000);
    let open_marks = "قال «إن ".repeat(100_000);
    let shapes: [(&str, &str, &[usize]); 6] = [
        ("articles in one text", &text, &[100_000, 1_000_000, 10_000_000]),
        ("one line", &text.replace('\n', " "), &[100_000, 1_000_000, 10_000_000]),
        ("no spaces", &unbroken, &[100_000, 1_000_000, 4_000_000]),
        ("100,000 marks alone", &lone_marks, &[10_000, 100_000]),
        ("100,000 marks, words between", &marks, &[10_000, 100_000, 1_000_000]),
        ("100,000 marks, none closed", &open_marks, &[10_000, 100_000, 1_000_000]),
    ];
    println!("\n{:30}{:>12}{:>10}{:>14}", "document", "bytes", "seconds", "ns a byte");
    for (name, source, lengths) in shapes {
        for &length in lengths {
            let mut document = Document::new(name, of_length(source, length));
            document.published = documents.first().and_then(|d| d.published);
            let seconds = timed(|| black_box(reader.read(&document))).1;
            let bytes = document.text.len();
            println!("{name:30}{bytes:>12}{seconds:>10.3}{:>14.0}", seconds * 1e9 / bytes as f64);
        }
    }
}
