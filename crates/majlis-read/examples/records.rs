//! The command line.
use majlis_read::{Reader, Record};
use majlis_text::Document;
use std::io::BufRead;
#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let model = |n: usize| std::env::args().nth(n).and_then(|p| majlis_read::linear::Linear::from_bytes(&std::fs::read(p).ok()?));
    let mut reader = Reader::new();
    if std::env::args().len() > 2 {
        reader = reader.with_filter(model(2)).with_roles(model(3)).with_states(model(4));
    }
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let v: serde_json::Value = serde_json::from_str(&line?)?;
        let mut d = Document::new(v["id"].as_str().unwrap_or_default(), v["text"].as_str().unwrap_or_default());
        d.outlet = v["outlet"].as_str().map(str::to_owned);
        d.published = v["published"].as_str().and_then(|p| p.parse().ok());
        println!("{}", serde_json::to_string(&Record::new(&d, &reader.read(&d)))?);
    }
    Ok(())
}
