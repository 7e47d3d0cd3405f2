//! Documents that tests read.

#![allow(clippy::unwrap_used, dead_code)]

use majlis_brief::outlook::Ahead;
use majlis_brief::{Brief, Inputs, brief};
use majlis_model::run::Settings;
use majlis_read::Reader;
use majlis_text::Document;
use std::path::Path;

/// The documents of `examples/iraq-2021`.
pub(crate) fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2021");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let field = |name: &str| record[name].as_str().unwrap().to_owned();
        Document {
            outlet: Some(field("outlet")),
            title: Some(field("title")),
            published: Some(field("published").parse().unwrap()),
            ..Document::new(field("id"), field("text"))
        }
    };
    files.iter().map(read).collect()
}

/// Documents as they are read.
pub(crate) fn read(documents: Vec<Document>) -> Inputs {
    let reader = Reader::new();
    Inputs::new(documents.into_iter().map(|d| (reader.read(&d), d)).map(|(reading, d)| (d, reading)).collect())
}

/// `examples/iraq-2021`, read.
pub(crate) fn example() -> Inputs {
    read(documents())
}

/// The seed article of the benchmark; `None` where it is not on this machine.
pub(crate) fn seed() -> Option<Inputs> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmark/reading/seed-kadhimi-2021.txt");
    let text = std::fs::read_to_string(path).ok()?;
    Some(read(vec![Document { published: "2021-03-17".parse().ok(), ..Document::new("seed", text) }]))
}

/// What an annotator found in the seed article; `None` where it is not on this machine.
pub(crate) fn seed_gold() -> Option<serde_json::Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmark/reading/seed-kadhimi-2021.json");
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// The brief of documents and the forecast of what they report, from few draws.
pub(crate) fn with_ahead(inputs: &Inputs) -> (Brief, Ahead) {
    let brief = brief(inputs);
    let ahead = Ahead::new(inputs, &brief, Settings { seed: 1, draws: 60 }).unwrap();
    (brief, ahead)
}
