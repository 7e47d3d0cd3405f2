//! Events of all documents on one timeline.

use crate::batch::Batch;
use crate::english;
use crate::model::{Cite, EventLine, PlaceLine, Who};
use crate::propose::words;
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
            // What befalls a truce is told even so.
            let truce = || words::truce(&format!("{} {}", event.why.cue, batch.words(document, event.span))).is_some();
            // The day is told in the words that are quoted, and without an actor nothing else tells when something happened.
            let dated = event.when.and_then(|when| batch.dated(document, event.span, when));
            if event.source.is_empty() && event.target.is_empty() && dated.is_none() && !truce() {
                bare.push(report.cite);
                continue;
            }
            let (quote, mut named) = batch.dated_clause(document, event.span, dated);
            let (source, target) = (batch.all(document, &event.source), batch.all(document, &event.target));
            named.retain(|who| !source.contains(who) && !target.contains(who));
            let place = event.place.map(|p| &reading.places[p as usize]);
            let line = EventLine {
                kind: event.kind,
                mode: event.mode,
                words: vec![batch.words(document, event.span)],
                quote,
                named,
                gloss: glosses.get(&(event.why.cue, event.kind)).copied().unwrap_or_default(),
                source,
                target,
                when: event.when.filter(|_| dated.is_some()),
                place: place.map(|p| PlaceLine { name: english::place(&p.name, &p.name_ar), name_ar: p.name_ar.clone() }),
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
    let mut lines = told_once(lines);
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

/// The lines without those that tell in one clause what another line of the same type tells in it: a clash and its dead are one attack.
fn told_once(lines: Vec<EventLine>) -> Vec<EventLine> {
    let mut kept: Vec<EventLine> = Vec::new();
    let mut at: FxHashMap<(EventType, Cite), Vec<usize>> = FxHashMap::default();
    for line in lines {
        let here = at.entry((line.kind, line.reports[0].cite)).or_default();
        match here.iter().find(|&&known| one_clause(&kept[known], &line)) {
            Some(&known) => {
                let fuller = line.source.len() + line.target.len() > kept[known].source.len() + kept[known].target.len();
                let (mut first, second) = (kept[known].clone(), line);
                if fuller {
                    first = EventLine { words: first.words, reports: first.reports, ..second.clone() };
                }
                absorb(&mut first, second);
                kept[known] = first;
            }
            None => {
                here.push(kept.len());
                kept.push(line);
            }
        }
    }
    kept
}

/// Whether two lines stand in one clause and do not differ in who, when or how real.
fn one_clause(a: &EventLine, b: &EventLine) -> bool {
    let holds = |a: &EventLine, b: &EventLine| b.words.first().is_some_and(|word| a.quote.contains(word.as_str()));
    let agree = |a: &[Who], b: &[Who]| a.is_empty() || b.is_empty() || a == b;
    holds(a, b) && holds(b, a) && agree(&a.source, &b.source) && agree(&a.target, &b.target) && a.status == b.status && a.when == b.when
}

fn absorb(known: &mut EventLine, line: EventLine) {
    known.confidence = known.confidence.max(line.confidence);
    known.words.extend(line.words.into_iter().filter(|w| !known.words.contains(w)).collect::<Vec<_>>());
    known.reports.extend(line.reports.into_iter().filter(|r| !known.reports.contains(r)).collect::<Vec<_>>());
}
