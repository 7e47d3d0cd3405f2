//! Readers and writers on a case, and how long the readers wait.
//!
//!     cargo run --release -p majlis-server --example load -- CASE [SECONDS] [READERS] [PAUSE]
//!
//! Serves the case on a free port of this machine, in this process. It is a closed loop with time to think: each of READERS (200) keeps one
//! connection, asks for a page, waits for the whole of it, and pauses for PAUSE milliseconds (1000) on average, half to one and a half times
//! that, before it asks for the next. With a PAUSE of 0 it measures how much the server can do at most; waiting times then say how many
//! readers there are, and nothing of the server. Readers share the processors with the server: on two cores the figures are of both.
//!
//! Two writers go on meanwhile: an analyst who accepts an event every second, so that what is kept is dropped, and one who adds a document every
//! five. Their decisions and documents stay in the case: give it a copy.
//!
//! Prints the percentiles of the waiting times, of all pages and of each kind, and the memory of the process. Fails where an answer is an error,
//! or where the memory of the second half of the run grows by more than a twentieth of itself and 16 MB.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a measurement")]

use majlis_server::{Access, App, Config, serve};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// How long readers have come and gone before it counts: the first page of each kind is made for all.
const WARM: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, rest: u64| args.get(at).map_or(rest, |text| text.parse().expect("a number"));
    let (seconds, readers, pause) = (number(1, 30), number(2, 200), number(3, 1000));
    let case = args.first().expect("a case file").into();
    let app = App::open(Config { case, by: "load".to_owned(), standoff: None, access: Access::Local, allow_private: false }).unwrap();
    let (told, at) = tokio::sync::oneshot::channel();
    let mut told = Some(told);
    let over = Arc::new(AtomicBool::new(false));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async move { drop(stopped.await) };
    let server = tokio::spawn(serve(app, SocketAddr::from(([127, 0, 0, 1], 0)), stopped, move |announced| {
        let address: SocketAddr = announced.url.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        told.take().unwrap().send(address).unwrap();
    }));
    let address = at.await.unwrap();
    let documents = total(address, "/api/v1/documents?limit=1").await;
    let events = total(address, "/api/v1/events?limit=1").await;
    println!("{documents} documents, {events} events; {readers} readers, {pause} ms to think, {seconds} s");

    let errors = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let tasks: Vec<_> =
        (0..readers).map(|reader| tokio::spawn(read(address, reader, documents, pause, begun, Arc::clone(&over), Arc::clone(&errors)))).collect();
    let judge = tokio::spawn(judge(address, events, Arc::clone(&over)));
    let add = tokio::spawn(add(address, Arc::clone(&over)));
    let mut memory = Vec::new();
    for second in 1..=seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(resident() as f64);
        if second % 10 == 0 || second == seconds {
            println!("{second} s: {} MB resident", resident());
        }
    }
    over.store(true, Ordering::SeqCst);
    let mut waits: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for task in tasks {
        for (kind, wait) in task.await.unwrap() {
            waits.entry(kind).or_default().push(wait);
            waits.entry("all").or_default().push(wait);
        }
    }
    let took = (begun.elapsed() - WARM.min(begun.elapsed())).as_secs_f64();
    let ((judged, longest), added) = (judge.await.unwrap(), add.await.unwrap());
    drop(stop);
    server.await.unwrap().unwrap();

    for (kind, waits) in &mut waits {
        waits.sort_unstable();
        let at = |p: f64| waits[((waits.len() - 1) as f64 * p) as usize].as_secs_f64() * 1000.0;
        println!("{kind:>10}: {:6} pages, p50 {:7.1} ms, p90 {:7.1} ms, p99 {:7.1} ms, longest {:7.1} ms", waits.len(), at(0.5), at(0.9), at(0.99), at(1.0));
    }
    let (pages, errors) = (waits.get("all").map_or(0, Vec::len), errors.load(Ordering::SeqCst));
    println!(
        "{:.0} pages a second, {errors} errors; {judged} decisions, the longest {:.0} ms; {added} documents added",
        pages as f64 / took,
        longest.as_secs_f64() * 1000.0
    );
    let (grown, last) = grown(&memory[memory.len() / 2..]);
    println!("memory: {grown:+.1} MB in the second half, {last:.0} MB at the end");
    if errors == 0 && grown <= 16.0 + last / 20.0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One reader: its pages after the warm-up, each with how long it took.
async fn read(
    address: SocketAddr,
    reader: u64,
    documents: u64,
    pause: u64,
    begun: Instant,
    over: Arc<AtomicBool>,
    errors: Arc<AtomicU64>,
) -> Vec<(&'static str, Duration)> {
    let mut waits = Vec::new();
    let mut line = Line::new(address).await;
    // A plain generator, so that every run asks for the same pages.
    let mut state = reader + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    // Nobody begins at the same moment.
    tokio::time::sleep(Duration::from_millis(next() % pause.max(1))).await;
    while !over.load(Ordering::SeqCst) {
        let (kind, page) = page(next(), documents);
        let asked = Instant::now();
        match line.get(&page).await {
            Ok((200, _)) if begun.elapsed() > WARM => waits.push((kind, asked.elapsed())),
            Ok((200, _)) => {}
            other => {
                errors.fetch_add(1, Ordering::SeqCst);
                println!("{page}: {:?}", other.map(|(status, _)| status));
                line = Line::new(address).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(pause / 2 + next() % pause.max(1))).await;
    }
    waits
}

/// The analyst: an event accepted every second. Gives how many, and the longest wait.
async fn judge(address: SocketAddr, events: u64, over: Arc<AtomicBool>) -> (u64, Duration) {
    let mut line = Line::new(address).await;
    let (mut written, mut longest) = (0, Duration::ZERO);
    while !over.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let asked = Instant::now();
        let answer = line.post(&format!("/api/v1/review/event/{}/accept", written % events.max(1) + 1), "{}").await.unwrap();
        assert!(matches!(answer.0, 200 | 404), "{answer:?}");
        longest = longest.max(asked.elapsed());
        written += 1;
    }
    (written, longest)
}

/// Whoever adds: a document every five seconds. Gives how many.
async fn add(address: SocketAddr, over: Arc<AtomicBool>) -> u64 {
    let mut line = Line::new(address).await;
    let (mut added, mut seconds) = (0, 0);
    while !over.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        seconds += 1;
        if seconds % 5 == 0 {
            added += 1;
            let text = format!("قال النائب رقم {added} إن الكتلة ترفض القرار. وأعلنت الوزارة أن هجوماً صاروخياً استهدف القاعدة في بغداد.");
            let body = serde_json::json!({ "text": text, "title": format!("{added}"), "published": "2021-03-17" }).to_string();
            let answer = line.post("/api/v1/documents", &body).await.unwrap();
            assert_eq!(answer.0, 202, "{answer:?}");
        }
    }
    added
}

/// What readers ask for: lists, single documents, filters and searches.
fn page(n: u64, documents: u64) -> (&'static str, String) {
    let of = n / 12;
    match n % 12 {
        0 => ("documents", "/ar/documents".to_owned()),
        1 => ("documents", format!("/ar/documents?page={}", of % (documents / 50 + 1) + 1)),
        2..=4 => ("document", format!("/{}/documents/{}", if of.is_multiple_of(2) { "ar" } else { "en" }, of % documents.max(1) + 1)),
        5 => ("ledger", format!("/ar/ledger?named=no&page={}", of % 20 + 1)),
        6 => ("events", format!("/en/events?page={}", of % 20 + 1)),
        7 => ("actors", "/en/actors".to_owned()),
        8 => ("api", format!("/api/v1/statements?offset={}", of % 40 * 50)),
        9 => ("overview", "/ar/".to_owned()),
        10 => ("sums", ["/ar/map", "/en/network", "/en/claims"][of as usize % 3].to_owned()),
        _ => {
            let word =
                ["%D8%A7%D9%84%D8%AD%D9%83%D9%88%D9%85%D8%A9", "%D8%A7%D9%84%D9%82%D9%88%D8%A7%D8%AA", "%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"][of as usize % 3];
            ("search", format!("/ar/search?q={word}"))
        }
    }
}

/// By how much a measure grows along its least-squares line, and where it ends.
fn grown(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, values.iter().sum::<f64>() / n.max(1.0));
    let (mut across, mut along) = (0.0, 0.0);
    for (i, value) in values.iter().enumerate() {
        across += (i as f64 - middle) * (value - mean);
        along += (i as f64 - middle).powi(2);
    }
    let slope = if along > 0.0 { across / along } else { 0.0 };
    (slope * (n - 1.0).max(0.0), values.last().copied().unwrap_or(0.0))
}

async fn total(address: SocketAddr, path: &str) -> u64 {
    let (_, body) = Line::new(address).await.get(path).await.unwrap();
    serde_json::from_slice::<serde_json::Value>(&body).unwrap()["total"].as_u64().unwrap()
}

/// Megabytes of this process in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// One connection that is kept.
struct Line(BufReader<TcpStream>);

impl Line {
    async fn new(address: SocketAddr) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }

    async fn get(&mut self, path: &str) -> std::io::Result<(u16, Vec<u8>)> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await
    }

    async fn post(&mut self, path: &str, body: &str) -> std::io::Result<(u16, Vec<u8>)> {
        self.ask(&format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await
    }

    async fn ask(&mut self, request: &str) -> std::io::Result<(u16, Vec<u8>)> {
        self.0.get_mut().write_all(request.as_bytes()).await?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if line.starts_with("http/1.1 ") {
                status = line[9..12].parse().unwrap_or(0);
            }
            if let Some(bytes) = line.strip_prefix("content-length:") {
                length = bytes.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok((status, body))
    }
}
