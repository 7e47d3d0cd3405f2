//! Events of all documents on one timeline.

use crate::batch::Batch;
use crate::model::{Cite, EventLine, PlaceLine, Who};
use majlis_lexicon::{EventType, Lexicon};
use majlis_text::Edtf;
use rustc_hash::FxHashMap;

/// The events, by date, the undated ones last; and where those stand that have neither actor nor date.
pub(crate) fn timeline(batch: &Batch<'_>) -> (Vec<EventLine>, Vec<Cite>) {
    let glosses = glosses();
    let mut lines: Vec<EventLine> = Vec::new();
    let mut bare = Vec::new();
    let mut known: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (document, (_, reading)) in batch.inputs.iter().enumerate() {
        for event in &reading.events {
            let report = batch.report(document, event.span, event.statement);
            if event.source.is_empty() && event.target.is_empty() && event.when.is_none() {
                bare.push(report.cite);
                continue;
            }
            let place = event.place.map(|p| &reading.places[p as usize]);
            let line = EventLine {
                kind: event.kind,
                mode: event.mode,
                words: vec![batch.words(document, event.span)],
                gloss: glosses.get(&(event.why.cue, event.kind)).copied().unwrap_or_default(),
                source: batch.all(document, &event.source),
                target: batch.all(document, &event.target),
                when: event.when,
                place: place.map(|p| PlaceLine { name: p.name.clone(), name_ar: p.name_ar.clone() }),
                status: event.status,
                reports: vec![report],
                confidence: event.confidence,
                why: event.why,
            };
            let alike = known.entry(key(&line)).or_default();
            match alike.iter().find(|&&at| same(batch, &lines[at], &line)) {
                Some(&at) => absorb(&mut lines[at], line),
                None => {
                    alike.push(lines.len());
                    lines.push(line);
                }
            }
        }
    }
    lines.sort_by_key(|e| (e.when.is_none(), e.when.map(|w| (w.first(), w.last()))));
    (lines, bare)
}

/// The English gloss of each event predicate.
fn glosses() -> FxHashMap<(&'static str, EventType), &'static str> {
    Lexicon::shipped().predicates.iter().map(|p| ((p.lemma, p.event), p.en)).collect()
}

/// What two lines must share to tell of one event: type, status, actors, place and date.
type Key = (EventType, &'static str, Vec<Who>, Vec<Who>, Option<PlaceLine>, Option<Edtf>);

fn key(line: &EventLine) -> Key {
    (line.kind, line.status.code(), line.source.clone(), line.target.clone(), line.place.clone(), line.when)
}

/// Whether two lines with one key tell of one event: without a date they do where two documents that carry the same text use the same words.
fn same(batch: &Batch<'_>, a: &EventLine, b: &EventLine) -> bool {
    let copied = || {
        let (one, other) = (a.reports[0].cite.document, b.reports[0].cite.document);
        one != other && batch.origin(one) == batch.origin(other) && a.words == b.words
    };
    a.when.is_some() || copied()
}

fn absorb(known: &mut EventLine, line: EventLine) {
    known.confidence = known.confidence.max(line.confidence);
    known.words.extend(line.words.into_iter().filter(|w| !known.words.contains(w)).collect::<Vec<_>>());
    known.reports.extend(line.reports.into_iter().filter(|r| !known.reports.contains(r)).collect::<Vec<_>>());
}
