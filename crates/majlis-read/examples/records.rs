//! The command line.
use majlis_read::{Reader, Record};
use majlis_text::Document;
use std::io::BufRead;
#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let reader = if std::env::var_os("ALL").is_some() { Reader::new().with_filter(None) } else { Reader::new() };
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let v: serde_json::Value = serde_json::from_str(&line?)?;
        let mut d = Document::new(v["id"].as_str().unwrap_or_default(), v["text"].as_str().unwrap_or_default());
        d.outlet = v["outlet"].as_str().map(str::to_owned);
        d.published = v["published"].as_str().and_then(|p| p.parse().ok());
        println!("{}", serde_json::to_string(&Record::new(&d, &reader.read(&d)))?);
    }
    Ok(())
}
