//! Whether a sentence reports an assault or a protest.

use majlis_lexicon::EventType;
use majlis_read::Reader;
use majlis_text::Document;
use std::sync::LazyLock;

/// What is judged, in the order of every pair of judgements.
pub(crate) const TASKS: [EventType; 2] = [EventType::Assault, EventType::Protest];

/// How likely it is, 0–1, and whether that is enough to call it one.
#[derive(Clone, Copy)]
pub(crate) struct Judgement {
    pub(crate) score: f32,
    pub(crate) event: bool,
}

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

/// The judgements on a text, by the most confident event that the reader finds in it.
pub(crate) fn judge(text: &str) -> [Judgement; 2] {
    let events = READER.read(&Document::new("", text)).events;
    TASKS.map(|task| {
        let score = events.iter().filter(|e| e.kind == task).map(|e| e.confidence).fold(0.0, f32::max);
        Judgement { score, event: score > 0.0 }
    })
}
