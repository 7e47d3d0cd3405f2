//! Stances: what an actor wants, read off demands, refusals, support and conditions.

use crate::actors::Resolved;
use crate::events::{EventAt, is_stop};
use crate::reading::{Side, Stance, Status, Why};
use crate::scan::Scan;
use crate::speech::Said;
use majlis_lexicon::{Classes, EventType};
use majlis_text::{Span, fold};

/// The least confidence of an event that a stance may rest on.
const LEAST: f32 = 0.35;

/// Verbs of condemnation, folded.
const CONDEMN: [&str; 6] = ["ندد", "ادان", "استنكر", "شجب", "انتقد", "عارض"];

/// The longest issue or condition, in tokens.
const LONGEST: usize = 18;

pub(crate) fn find(scan: &Scan<'_>, events: &[EventAt], said: &[Said], resolved: &Resolved) -> Vec<Stance> {
    let mut stances: Vec<Stance> = said.iter().filter_map(|s| bargain_stance(scan, events, s)).collect();
    for (index, e) in events.iter().enumerate().filter(|(_, e)| e.event.confidence >= LEAST) {
        let (side, rule) = match e.event.kind {
            EventType::Request => (Side::For, "stance/demand"),
            EventType::Reject => (Side::Against, "stance/refusal"),
            EventType::Support => (Side::For, "stance/support"),
            EventType::Agree if e.event.status == Status::Denied => (Side::Against, "stance/denied-agreement"),
            EventType::Agree if fold(e.lemma).starts_with("وافق") => (Side::For, "stance/agreement"),
            EventType::Accuse if CONDEMN.contains(&fold(e.lemma).as_str()) => (Side::Against, "stance/condemnation"),
            EventType::Threaten => (Side::Conditional, "stance/threat"),
            _ => continue,
        };
        let Some((first, last)) = issue(scan, resolved, e.last as usize) else { continue };
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

/// What stands after the trigger, up to the clause's end. Names right after the trigger are its subject and object, a day is
/// when; neither is the issue.
fn issue(scan: &Scan<'_>, resolved: &Resolved, from: usize) -> Option<(usize, usize)> {
    let mut first = from;
    while first < scan.len() && first < from + LONGEST {
        let at = resolved.tokens.partition_point(|t| (t.0 as usize) < first);
        match resolved.tokens.get(at) {
            Some(t) if t.0 as usize == first && scan.analyses(first).first().is_none_or(|w| w.proclitics.preposition != Some('ب')) => first = t.1 as usize,
            _ if scan.is_comma(first) || scan.is_quote_mark(first) || scan.class(first).any(Classes::WEEKDAY) && scan.has_article(first) => first += 1,
            _ if matches!(scan.form(first), "امس" | "اليوم" | "ايضا" | "فيه" | "لها" | "له" | "منه" | "منها") => first += 1,
            _ => break,
        }
    }
    let mut last = first;
    while last < scan.len() && last < first + LONGEST && !is_stop(scan, last) && !scan.is_break(last) && !(scan.is_comma(last) && last > first + 3) {
        last += 1;
    }
    let opens_clause = scan.form(first).starts_with('و') && scan.bare(first) != scan.form(first) || scan.finite_verb(first);
    (last > first + 1 && scan.is_word(first) && !opens_clause).then_some((first, last))
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
