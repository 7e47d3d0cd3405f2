//! Demands, refusals, threats, pressure, and whatever is offered on a condition.

use crate::batch::Batch;
use crate::issues::{about, is_own, trim};
use crate::model::{Bargain, Who};
use crate::phrase::Phrase;
use majlis_lexicon::EventType;
use majlis_read::{Side, Stance};
use majlis_text::Span;
use rustc_hash::FxHashMap;

/// How alike two wordings of one demand must be.
const ALIKE: f64 = 0.6;
/// The longest stretch of text quoted for an event that has no stance, in characters.
const LONGEST: usize = 120;

pub(crate) fn find(batch: &Batch<'_>) -> Vec<Bargain> {
    let mut bargains: Vec<Bargain> = Vec::new();
    let mut known: FxHashMap<(EventType, Vec<Who>, Vec<Who>), Vec<usize>> = FxHashMap::default();
    for (document, (source, reading)) in batch.inputs.iter().enumerate() {
        for (index, event) in reading.events.iter().enumerate() {
            let stance = reading.stances.iter().find(|s| s.event == Some(index as u32));
            let pressing = matches!(event.kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Coerce)
                && !(event.source.is_empty() && event.target.is_empty());
            if !pressing && !stance.is_some_and(on_condition) {
                continue;
            }
            let words = stance.map(|s| about(batch, document, s)).filter(|w| w.contains(' ') && !Phrase::new(w).keys.is_empty());
            let line = Bargain {
                kind: event.kind,
                status: event.status,
                source: batch.all(document, &event.source),
                target: batch.all(document, &event.target),
                words: words.unwrap_or_else(|| trim(&batch.words(document, clause(&source.text, event.span))).to_owned()),
                quote: batch.clause(document, event.span).0,
                when: event.when,
                condition: stance.and_then(|s| s.condition).filter(|c| is_own(&source.text, *c)).map(|c| trim(&batch.words(document, c)).to_owned()),
                reports: vec![batch.report(document, event.span, event.statement)],
                side: stance.map(|s| s.side),
                who: stance.map(|s| batch.who(document, s.actor)),
                confidence: stance.map_or(event.confidence, |s| s.confidence),
                why: stance.map_or(event.why, |s| s.why),
            };
            let alike = known.entry((line.kind, line.source.clone(), line.target.clone())).or_default();
            match alike.iter().find(|&&at| same(&bargains[at], &line)) {
                Some(&at) => bargains[at].reports.extend(line.reports),
                None => {
                    alike.push(bargains.len());
                    bargains.push(line);
                }
            }
        }
    }
    bargains
}

/// Whether two lines of one type and of the same actors say the same.
fn same(a: &Bargain, b: &Bargain) -> bool {
    let about = || Phrase::new(&a.words).likeness(&Phrase::new(&b.words)) >= ALIKE;
    a.status == b.status && a.condition == b.condition && (a.words == b.words || !a.source.is_empty() && about())
}

fn on_condition(stance: &Stance) -> bool {
    stance.side == Side::Conditional || stance.condition.is_some()
}

/// What stands from `trigger` to the end of its sentence.
fn clause(text: &str, trigger: Span) -> Span {
    let rest = text.get(trigger.start() as usize..).unwrap_or_default();
    let after = trigger.len() as usize;
    let stop = |(at, c): &(usize, char)| *at >= after && matches!(c, '.' | '\n' | '؟' | '?' | '!' | '؛' | '»' | '”' | '"');
    let end = rest.char_indices().take(LONGEST).find(stop).map(|(at, _)| at);
    let end = end.or_else(|| rest.char_indices().nth(LONGEST).and_then(|(at, _)| rest[..at].rfind(' '))).unwrap_or(rest.len());
    Span::between(trigger.start(), trigger.start() + end as u32)
}
