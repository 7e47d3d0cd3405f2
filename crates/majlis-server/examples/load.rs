//! Readers and writers on a case, and how long the readers wait.
//!
//!     cargo run --release -p majlis-server --example load -- CASE [SECONDS] [READERS] [PAUSE]
//!
//! Serves the case on a free port of this machine, in this process, and measures three things.
//!
//! 1. Each kind of page alone, nobody else there and nothing kept: how long it takes, and the processor's time.
//! 2. READERS (200) for SECONDS (30), a closed loop with time to think: each keeps one connection, asks for a page, waits for the whole of it, and
//!    pauses for PAUSE milliseconds (3000) on average, half to one and a half times that, before it asks for the next. Twelve requests are: three
//!    documents anywhere in the case, two stretches of the list of documents, one each of ledger, events and actors, the overview, a sum (map,
//!    network, claims or review), a stretch of statements from the API, and a search for a word of the texts. Nobody asks for what is there
//!    already: no answer is "unchanged".
//! 3. The same readers without a pause for fifteen seconds at most: the pages a second are what the server can do at most. Waiting times then say how
//!    many readers there are, and nothing of the server, and are not judged.
//!
//! Readers share the processors with the server: on two cores the figures are of both. Two writers go on throughout: an analyst who accepts an event
//! every second, so that what is kept is dropped, and one who adds a document every five. Their decisions and documents stay in the case: give
//! it a copy.
//!
//! Prints the percentiles of the waiting times, of all pages and of each kind, and the memory of the process. Fails where an answer is an error,
//! or where the memory of the second half of the second part grows by more than a twentieth of itself and 16 MB.

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
const WARM: Duration = Duration::from_secs(8);
/// The seconds that they hurry at most.
const HURRIED: u64 = 15;
/// Requests that differ in kind or in how often they come, and words that are searched for.
const KINDS: u64 = 12;
const WORDS: u64 = 40;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, rest: u64| args.get(at).map_or(rest, |text| text.parse().expect("a number"));
    let (seconds, readers, pause) = (number(1, 30), number(2, 200), number(3, 3000));
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
    let site = Site::at(address).await;
    println!("{} documents, {} events; {readers} readers, {pause} ms to think, {seconds} s", site.documents, site.events);
    alone(&site).await;
    let writers = (tokio::spawn(judge(address, site.events, Arc::clone(&over))), tokio::spawn(add(address, Arc::clone(&over))));
    let calm = crowd(&site, readers, pause, seconds).await;
    calm.tell();
    let hurried = crowd(&site, readers, 0, seconds.min(HURRIED)).await;
    println!("without a pause: {:.0} pages a second, {} errors", hurried.pages_a_second(), hurried.errors);
    over.store(true, Ordering::SeqCst);
    let ((judged, longest), added) = (writers.0.await.unwrap(), writers.1.await.unwrap());
    drop(stop);
    server.await.unwrap().unwrap();
    println!("{judged} decisions, the longest {:.0} ms; {added} documents added", longest.as_secs_f64() * 1000.0);
    let (grown, last) = grown(&calm.memory[calm.memory.len() / 2..]);
    println!("memory: {grown:+.1} MB in the second half, {last:.0} MB at the end");
    if calm.errors + hurried.errors == 0 && grown <= 16.0 + last / 20.0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is read.
#[derive(Clone)]
struct Site {
    address: SocketAddr,
    documents: u64,
    events: u64,
    /// Words of its texts, as an address has them.
    words: Arc<Vec<String>>,
}

impl Site {
    async fn at(address: SocketAddr) -> Self {
        let (documents, events) = (total(address, "/api/v1/documents?limit=1").await, total(address, "/api/v1/events?limit=1").await);
        let mut words = Vec::new();
        for i in 0..WORDS {
            let (_, body) = Line::new(address).await.get(&format!("/api/v1/documents/{}", i * documents / WORDS + 1)).await.unwrap();
            let text = serde_json::from_slice::<serde_json::Value>(&body).unwrap()["text"].as_str().unwrap().to_owned();
            let word = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 4).nth(i as usize % 20).unwrap_or("العراق");
            words.push(word.bytes().map(|byte| format!("%{byte:02X}")).collect());
        }
        Self { address, documents, events, words: Arc::new(words) }
    }
}

/// Every kind of page with nobody else there.
async fn alone(site: &Site) {
    const ROUNDS: u64 = 12;
    let mut line = Line::new(site.address).await;
    let mut costs: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for n in 0..KINDS * ROUNDS {
        let page = page(n + KINDS * ROUNDS, site).1;
        let path = page.split('?').next().unwrap_or_default();
        let name = path.split('/').skip(2).filter(|part| part.parse::<u64>().is_err()).collect::<Vec<_>>().join("/");
        // What is kept is kept by address, and nobody looks at what is asked for beside.
        let page = format!("{page}{}alone={n}", if page.contains('?') { '&' } else { '?' });
        let (begun, worked) = (Instant::now(), processor());
        assert_eq!(line.get(&page).await.unwrap().0, 200, "{page}");
        let cost = costs.entry(name).or_default();
        *cost = (cost.0 + 1.0, cost.1 + begun.elapsed().as_secs_f64(), cost.2 + processor() - worked);
    }
    for (name, (times, took, worked)) in costs {
        println!("alone {name:>14}: {:7.1} ms, of the processor {:7.1} ms", took * 1000.0 / times, worked * 1000.0 / times);
    }
}

/// How readers fared.
struct Crowd {
    waits: BTreeMap<&'static str, Vec<Duration>>,
    took: Duration,
    errors: u64,
    /// Megabytes at each second.
    memory: Vec<f64>,
}

async fn crowd(site: &Site, readers: u64, pause: u64, seconds: u64) -> Crowd {
    let (over, errors, begun) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Instant::now());
    let tasks: Vec<_> = (0..readers).map(|reader| tokio::spawn(read(site.clone(), reader, pause, begun, Arc::clone(&over), Arc::clone(&errors)))).collect();
    let mut memory = Vec::new();
    for second in 1..=seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(resident() as f64);
        if second % (seconds / 4).max(10) == 0 {
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
    waits.values_mut().for_each(|waits| waits.sort_unstable());
    Crowd { waits, took: begun.elapsed().saturating_sub(WARM), errors: errors.load(Ordering::SeqCst), memory }
}

impl Crowd {
    fn pages_a_second(&self) -> f64 {
        self.waits.get("all").map_or(0, Vec::len) as f64 / self.took.as_secs_f64().max(1.0)
    }

    fn tell(&self) {
        for (kind, waits) in &self.waits {
            let at = |p: f64| waits[((waits.len() - 1) as f64 * p) as usize].as_secs_f64() * 1000.0;
            println!(
                "{kind:>10}: {:6} pages, p50 {:7.1} ms, p90 {:7.1} ms, p99 {:7.1} ms, longest {:7.1} ms",
                waits.len(),
                at(0.5),
                at(0.9),
                at(0.99),
                at(1.0)
            );
        }
        println!("{:.0} pages a second, {} errors", self.pages_a_second(), self.errors);
    }
}

/// One reader: its pages after the warm-up, each with how long it took.
async fn read(site: Site, reader: u64, pause: u64, begun: Instant, over: Arc<AtomicBool>, errors: Arc<AtomicU64>) -> Vec<(&'static str, Duration)> {
    let mut waits = Vec::new();
    let mut line = Line::new(site.address).await;
    // A plain generator, so that every run asks for the same pages.
    let mut state = reader + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    // Nobody begins at the same moment.
    tokio::time::sleep(Duration::from_millis(next() % pause.max(1))).await;
    while !over.load(Ordering::SeqCst) {
        let (kind, page) = page(next(), &site);
        let asked = Instant::now();
        match line.get(&page).await {
            Ok((200, _)) if begun.elapsed() > WARM => waits.push((kind, asked.elapsed())),
            Ok((200, _)) => {}
            other => {
                errors.fetch_add(1, Ordering::SeqCst);
                println!("{page}: {:?}", other.map(|(status, _)| status));
                line = Line::new(site.address).await;
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

/// What readers ask for: lists, single documents, filters, sums and searches.
fn page(n: u64, site: &Site) -> (&'static str, String) {
    let (of, documents) = (n / KINDS, site.documents.max(1));
    match n % KINDS {
        0 => ("documents", "/ar/documents".to_owned()),
        1 => ("documents", format!("/ar/documents?page={}", of % (documents / 50 + 1) + 1)),
        2..=4 => ("document", format!("/{}/documents/{}", if of.is_multiple_of(2) { "ar" } else { "en" }, of % documents + 1)),
        5 => ("ledger", format!("/ar/ledger?named=no&page={}", of % 20 + 1)),
        6 => ("events", format!("/en/events?page={}", of % 20 + 1)),
        7 => ("actors", "/en/actors".to_owned()),
        8 => ("api", format!("/api/v1/statements?offset={}", of % 40 * 50)),
        9 => ("overview", "/ar/".to_owned()),
        10 => ("sums", ["/ar/map", "/en/network", "/en/claims", "/ar/review"][of as usize % 4].to_owned()),
        _ => ("search", format!("/ar/search?q={}", site.words[of as usize % site.words.len()])),
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

/// Seconds that the processor has worked for this process.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may hold blanks: user and system time are the twelfth and thirteenth, in hundredths of a second.
    let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
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
