//! Whether a sentence reports an assault or a protest.

use majlis_lexicon::EventType;
use majlis_read::Detector;

/// What is judged, in the order of every pair of judgements.
pub(crate) const TASKS: [EventType; 2] = [EventType::Assault, EventType::Protest];

/// How likely it is, 0–1, and whether that is enough to call it one.
#[derive(Clone, Copy)]
pub(crate) struct Judgement {
    pub(crate) score: f32,
    pub(crate) event: bool,
}

/// The judgements on a text, by the shipped detector.
pub(crate) fn judge(text: &str) -> [Judgement; 2] {
    let detector = Detector::shipped();
    let (scores, thresholds) = (detector.score(text), detector.thresholds());
    [0, 1].map(|task| Judgement { score: scores[task], event: scores[task] >= thresholds[task] })
}
