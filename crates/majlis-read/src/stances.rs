//! Stances: what an actor wants, read off demands, refusals, support and conditions.

use crate::events::{EventAt, is_stop};
use crate::reading::{Side, Stance, Status, Why};
use crate::scan::Scan;
use crate::speech::Said;
use majlis_lexicon::{Classes, EventType};
use majlis_text::Span;

/// The longest issue or condition, in tokens.
const LONGEST: usize = 18;

pub(crate) fn find(scan: &Scan<'_>, events: &[EventAt], said: &[Said]) -> Vec<Stance> {
    let mut stances: Vec<Stance> = said.iter().filter_map(|s| bargain_stance(scan, events, s)).collect();
    for (index, e) in events.iter().enumerate() {
        let (side, rule) = match e.event.kind {
            EventType::Request => (Side::For, "stance/demand"),
            EventType::Reject => (Side::Against, "stance/refusal"),
            EventType::Support => (Side::For, "stance/support"),
            EventType::Agree if e.event.status == Status::Denied => (Side::Against, "stance/denied-agreement"),
            EventType::Agree => (Side::For, "stance/agreement"),
            EventType::Accuse => (Side::Against, "stance/condemnation"),
            EventType::Threaten => (Side::Conditional, "stance/threat"),
            _ => continue,
        };
        let Some((first, last)) = issue(scan, e.last as usize) else { continue };
        let condition = condition(scan, first, last);
        let side = if condition.is_some() && side == Side::For { Side::Conditional } else { side };
        let until = condition.map_or(last, |(from, _)| from.max(first + 1));
        for &actor in &e.event.source {
            stances.push(Stance {
                actor,
                issue: scan.span(first, until),
                side,
                event: Some(index as u32),
                condition: condition.map(|(a, b)| scan.span(a, b)),
                confidence: e.event.confidence * 0.8,
                why: Why::cue(rule, e.lemma),
            });
        }
    }
    stances
}

/// What stands after the trigger, up to the clause's end.
fn issue(scan: &Scan<'_>, from: usize) -> Option<(usize, usize)> {
    let mut last = from;
    while last < scan.len() && last < from + LONGEST && !is_stop(scan, last) && !scan.is_break(last) && !(scan.is_comma(last) && last > from + 3) {
        last += 1;
    }
    let mut first = from;
    while first < last && !scan.is_word(first) {
        first += 1;
    }
    (last > first + 1).then_some((first, last))
}

/// A condition inside tokens `first..last` or right after them.
fn condition(scan: &Scan<'_>, first: usize, last: usize) -> Option<(usize, usize)> {
    let end = (last + 12).min(scan.len());
    let at = (first..end)
        .take_while(|&t| !is_stop(scan, t) && !scan.is_break(t))
        .find(|&t| scan.class(t).any(Classes::COND) && matches!(scan.bare(t), "اذا" | "شريطه" | "بشرط" | "مقابل" | "اما" | "لو" | "حال"))?;
    let to = (at + 1..end).find(|&t| is_stop(scan, t) || scan.is_break(t) || scan.is_comma(t) && t > at + 4).unwrap_or(end);
    Some((at, to))
}

/// The bargain that a statement tells of, as the stance of whoever drives it: the one who threatens there, else the speaker.
fn bargain_stance(scan: &Scan<'_>, events: &[EventAt], said: &Said) -> Option<Stance> {
    if said.statement.inside.is_some() {
        return None;
    }
    let (demand, threat) = bargain(scan, said.first as usize, said.last as usize)?;
    let from = events.partition_point(|e| e.first < said.first);
    let inside = events[from..].iter().take_while(|e| e.first < said.last).position(|e| e.event.kind == EventType::Threaten && !e.event.source.is_empty());
    let event = inside.map(|i| from + i);
    let actor = event.and_then(|i| events[i].event.source.first().copied()).or(said.statement.speaker.actor)?;
    Some(Stance {
        actor,
        issue: demand,
        side: Side::Conditional,
        event: event.map(|i| i as u32),
        condition: Some(threat),
        confidence: 0.7,
        why: Why::cue("stance/bargain", "إما أن"),
    })
}

/// The words of a conditional bargain (إما أن … وإما أن …) in tokens `first..last`: both horns.
fn bargain(scan: &Scan<'_>, first: usize, last: usize) -> Option<(Span, Span)> {
    let horn = |from: usize| (from..last).find(|&t| scan.form(t) == "اما" && matches!(scan.form(t + 1), "ان" | "انه" | "انهم" | "انها"));
    let other = |from: usize| (from..last).find(|&t| matches!(scan.form(t), "واما" | "او") && matches!(scan.form(t + 1), "ان" | "انه" | "انهم" | "انها"));
    let a = horn(first)?;
    let b = other(a + 2)?;
    let end = (b + 2..last).find(|&t| is_stop(scan, t)).unwrap_or(last);
    let trim = if scan.is_comma(b - 1) { b - 1 } else { b };
    Some((scan.span(a + 2, trim), scan.span(b + 2, end)))
}
