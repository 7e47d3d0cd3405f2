//! Readers and a writer on a case, and how long they wait.
//!
//!     cargo run --release -p majlis-server --example load -- CASE [SECONDS] [READERS] [PAUSE]
//!
//! Serves the case on a free port of this machine. Each reader keeps one connection and asks for one page after the other, with PAUSE milliseconds
//! (250) in between; the writer accepts an event every second, so that what is kept is dropped. Prints the percentiles of the waiting times
//! and the memory of the process, readers included. The decisions stay in the case: give it a copy.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a measurement")]

use majlis_server::{Access, App, Config, serve};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, rest: u64| args.get(at).map_or(rest, |text| text.parse().expect("a number"));
    let (seconds, readers, pause) = (number(1, 30), number(2, 200), Duration::from_millis(number(3, 250)));
    let case = args.first().expect("a case file").into();
    let app = App::open(Config { case, by: "load".to_owned(), standoff: None, access: Access::Local, allow_private: false }).unwrap();
    let (told, at) = tokio::sync::oneshot::channel();
    let mut told = Some(told);
    let over = Arc::new(AtomicBool::new(false));
    let stop = {
        let over = Arc::clone(&over);
        async move {
            while !over.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    };
    let server = tokio::spawn(serve(app, SocketAddr::from(([127, 0, 0, 1], 0)), stop, move |announced| {
        let address: SocketAddr = announced.url.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        told.take().unwrap().send(address).unwrap();
    }));
    let address = at.await.unwrap();
    let documents = total(address, "/api/v1/documents?limit=1").await;
    let events = total(address, "/api/v1/events?limit=1").await;
    println!("{documents} documents, {events} events; {readers} readers, {} ms between pages, {seconds} s", pause.as_millis());

    let errors = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> = (0..readers)
        .map(|reader| {
            let (over, errors) = (Arc::clone(&over), Arc::clone(&errors));
            tokio::spawn(async move {
                let mut waits = Vec::new();
                let mut line = Line::new(address).await;
                let mut state = reader + 1;
                while !over.load(Ordering::SeqCst) {
                    // A plain generator, so that every run asks for the same pages.
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let page = page(state >> 33, documents);
                    let began = Instant::now();
                    match line.get(&page).await {
                        Ok((200, _)) => waits.push(began.elapsed()),
                        other => {
                            errors.fetch_add(1, Ordering::SeqCst);
                            println!("{page}: {:?}", other.map(|(status, _)| status));
                            line = Line::new(address).await;
                        }
                    }
                    tokio::time::sleep(pause).await;
                }
                waits
            })
        })
        .collect();
    let writer = {
        let over = Arc::clone(&over);
        tokio::spawn(async move {
            let mut line = Line::new(address).await;
            let (mut written, mut longest) = (0, Duration::ZERO);
            while !over.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_secs(1)).await;
                let began = Instant::now();
                let answer = line.post(&format!("/api/v1/review/event/{}/accept", written % events.max(1) + 1), "{}").await.unwrap();
                assert!(matches!(answer.0, 200 | 404), "{answer:?}");
                longest = longest.max(began.elapsed());
                written += 1;
            }
            (written, longest)
        })
    };
    let begun = Instant::now();
    for second in 1..=seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if second % 10 == 0 || second == seconds {
            println!("{second} s: {} MB resident", resident());
        }
    }
    over.store(true, Ordering::SeqCst);
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.unwrap());
    }
    let took = begun.elapsed();
    let (written, longest) = writer.await.unwrap();
    server.await.unwrap().unwrap();
    waits.sort_unstable();
    let at = |p: f64| waits[((waits.len() - 1) as f64 * p) as usize].as_secs_f64() * 1000.0;
    println!("{} pages, {:.0} a second, {} errors", waits.len(), waits.len() as f64 / took.as_secs_f64(), errors.load(Ordering::SeqCst));
    println!("p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", at(0.5), at(0.9), at(0.99), at(1.0));
    println!("{written} changes, the longest {:.0} ms", longest.as_secs_f64() * 1000.0);
}

/// What readers ask for: lists, single documents, filters and searches.
fn page(n: u64, documents: u64) -> String {
    let of = n / 10;
    match n % 10 {
        0 => "/ar/documents".to_owned(),
        1 => format!("/ar/documents?page={}", of % (documents / 50 + 1) + 1),
        2..=4 => format!("/{}/documents/{}", if of.is_multiple_of(2) { "ar" } else { "en" }, of % documents.max(1) + 1),
        5 => format!("/ar/ledger?named=no&page={}", of % 20 + 1),
        6 => format!("/en/events?page={}", of % 20 + 1),
        7 => "/en/actors".to_owned(),
        8 => format!("/api/v1/statements?offset={}", of % 40 * 50),
        _ => format!(
            "/ar/search?q={}",
            ["%D8%A7%D9%84%D8%AD%D9%83%D9%88%D9%85%D8%A9", "%D8%A7%D9%84%D9%82%D9%88%D8%A7%D8%AA", "%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"][of as usize % 3]
        ),
    }
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
