#![allow(clippy::print_stdout, clippy::unwrap_used)]
//! tmp
use majlis_brief::*; use majlis_text::Document; use std::io::BufRead;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let r = majlis_read::Reader::new();
    let mut v = vec![];
    for l in std::io::BufReader::new(std::fs::File::open(&a[1]).unwrap()).lines() {
        let j: serde_json::Value = serde_json::from_str(&l.unwrap()).unwrap();
        let mut d = Document::new(j["id"].as_str().unwrap_or("x"), j["text"].as_str().unwrap());
        d.outlet = j["outlet"].as_str().map(str::to_owned);
        d.title = j["title"].as_str().map(str::to_owned);
        d.published = j["published"].as_str().and_then(|p| p.parse().ok());
        let x = r.read(&d); v.push((d, x));
    }
    let t = std::time::Instant::now();
    let b = brief(&v);
    eprintln!("{:?}", t.elapsed());
    println!("{}", render_text(&b, a[2].parse().unwrap()));
}
