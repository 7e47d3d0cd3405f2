//! How adding, searching and the size of the file grow with the number of documents.
//!
//! `cargo run --release -p majlis-case --example scale -- [CORPUS.jsonl.gz [DOCUMENTS…]]`
//!
//! As many documents as the corpus has, or fewer, are its articles. More are generated variants, all of them: as many sentences as an article
//! has, drawn from the whole corpus, each with another figure at its end, and later days; so none is the same text or a near copy. To see how
//! cost grows compare kB a second of sizes beyond the corpus.
#![allow(clippy::print_stdout, reason = "a program that prints")]

use flate2::read::GzDecoder;
use jiff::{Timestamp, ToSpan, civil::Date};
use majlis_case::ingest::{Input, Options};
use majlis_case::{Case, Filter, Page, Stamp};
use majlis_read::Reader;
use mimalloc::MiMalloc;
use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// As the command line has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Sentences of a document at least: one of a single sentence would be carried by every other that draws it.
const LEAST: usize = 6;
/// Words of a sentence at most.
const WORDS: usize = 30;

const QUERIES: [&str; 6] = ["الحوثيون", "الأنبار", "\"مجلس النواب\"", "الرئيس", "السعودية إيران", "وقف إطلاق النار"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let corpus = args.next().unwrap_or_else(|| "../shared/corpus/arabic-news-2015.jsonl.gz".to_owned());
    let articles: Vec<Value> =
        BufReader::new(GzDecoder::new(File::open(&corpus)?)).lines().map(|l| Ok(serde_json::from_str(&l?)?)).collect::<Result<_, Box<dyn Error>>>()?;
    let sizes: Vec<usize> = args.map(|n| n.parse()).collect::<Result<_, _>>()?;
    let reader = Reader::new();
    let folder = tempfile::tempdir()?;
    println!("documents   read and kept  merged record   documents/s   kB/s  file/text  search, slowest of {}", QUERIES.len());
    for size in if sizes.is_empty() { vec![articles.len()] } else { sizes } {
        let input = folder.path().join(format!("{size}.jsonl"));
        let bytes = write(&input, &articles, size)?;
        measure(&input, size, bytes, &reader)?;
        fs::remove_file(input)?;
    }
    Ok(())
}

fn measure(input: &Path, size: usize, bytes: u64, reader: &Reader) -> Result<(), Box<dyn Error>> {
    let path = input.with_extension("case");
    let stamp = Stamp { by: "scale".to_owned(), at: Timestamp::UNIX_EPOCH };
    let mut case = Case::create(&path)?;
    let begun = Instant::now();
    case.add(&[Input::Path(input.to_owned())], &Options::default(), reader, &stamp, &mut |_| ControlFlow::Continue(()))?;
    let kept = begun.elapsed().as_secs_f64();
    case.digest(&stamp, |_, _| {})?;
    let whole = begun.elapsed().as_secs_f64();
    let mut slowest = 0.0_f64;
    for query in QUERIES {
        let begun = Instant::now();
        case.search(query, &Filter::default(), Page { offset: 0, limit: 50 })?;
        slowest = slowest.max(begun.elapsed().as_secs_f64());
    }
    drop(case);
    let file = fs::metadata(&path)?.len() as f64 / bytes as f64;
    let speed = bytes as f64 / 1e3 / whole;
    println!("{size:9} {kept:13.1} s {:12.1} s {:13.0} {speed:6.0} {file:10.2} {:9.1} ms", whole - kept, size as f64 / whole, slowest * 1e3);
    fs::remove_file(path)?;
    Ok(())
}

/// Writes `size` articles, and returns the bytes of their texts.
fn write(path: &Path, articles: &[Value], size: usize) -> Result<u64, Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    let texts: Vec<&str> = articles.iter().map(|a| a["text"].as_str().unwrap_or_default()).collect();
    let sentences: Vec<String> = texts.iter().flat_map(|text| parts(text)).collect();
    let mut bytes = 0;
    for n in 0..size {
        let (round, at) = (n / articles.len(), n % articles.len());
        let text = if size <= articles.len() { texts[at].to_owned() } else { variant(n, parts(texts[at]).len(), &sentences) };
        let published =
            articles[at]["published"].as_str().and_then(|d| d.parse::<Date>().ok()).map(|day| day.saturating_add((7 * round as i64).days()).to_string());
        bytes += text.len() as u64;
        let record = json!({"id": n.to_string(), "outlet": articles[at]["outlet"], "title": articles[at]["title"], "published": published, "text": text});
        writeln!(out, "{record}")?;
    }
    out.flush()?;
    Ok(bytes)
}

/// The sentences of a text; what runs on is cut, since two documents that drew one whole article as a sentence would be copies.
fn parts(text: &str) -> Vec<String> {
    let words: Vec<Vec<&str>> = text.split(['.', '\n']).map(|sentence| sentence.split_whitespace().collect()).collect();
    words.iter().flat_map(|sentence| sentence.chunks(WORDS)).map(|words| words.join(" ")).collect()
}

/// Sentences drawn from all.
fn variant(document: usize, length: usize, sentences: &[String]) -> String {
    // A hash that spreads well: with a weaker one documents draw the same runs of sentences.
    let drawn = (0..length.max(LEAST)).map(|place| xxh3_64_with_seed(&place.to_le_bytes(), document as u64));
    drawn.map(|hash| format!("{} {}.\n", sentences[(hash % sentences.len() as u64) as usize], hash >> 52)).collect()
}
