//! Events of all documents on one timeline.

use crate::batch::Batch;
use crate::model::{Cite, EventLine, PlaceLine};
use majlis_lexicon::{EventType, Lexicon};
use rustc_hash::FxHashMap;

/// The events, by date, the undated ones last; and where those stand that have neither actor nor date.
pub(crate) fn timeline(batch: &Batch<'_>) -> (Vec<EventLine>, Vec<Cite>) {
    let glosses = glosses();
    let mut lines: Vec<EventLine> = Vec::new();
    let mut bare = Vec::new();
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
            };
            match lines.iter_mut().find(|known| same(batch, known, &line)) {
                Some(known) => absorb(known, line),
                None => lines.push(line),
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

/// Whether two lines tell of one event: same type, status, actors and place, and the same date or, without one, the same words
/// in two documents that carry the same text.
fn same(batch: &Batch<'_>, a: &EventLine, b: &EventLine) -> bool {
    let copied = || {
        let (one, other) = (a.reports[0].cite.document, b.reports[0].cite.document);
        one != other && batch.origin(one) == batch.origin(other) && a.words == b.words
    };
    a.kind == b.kind
        && a.status == b.status
        && a.source == b.source
        && a.target == b.target
        && a.place == b.place
        && a.when == b.when
        && (a.when.is_some() || copied())
}

fn absorb(known: &mut EventLine, line: EventLine) {
    known.words.extend(line.words.into_iter().filter(|w| !known.words.contains(w)).collect::<Vec<_>>());
    known.reports.extend(line.reports.into_iter().filter(|r| !known.reports.contains(r)).collect::<Vec<_>>());
}
