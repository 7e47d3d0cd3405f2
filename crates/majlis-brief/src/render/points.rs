//! The key judgements: the rest of the brief in a few lines, what is judged before what is told.

use super::dates;
use super::page::{PHRASE, Page};
use super::{ahead, forecast, record, wants};
use crate::model::{Cite, EventLine, Who};
use majlis_lexicon::{ActorKind, EventType};
use majlis_read::Status;
use majlis_text::Edtf;
use std::cmp::Reverse;

/// The most names, and the most events ahead, in a point.
const NAMES: usize = 5;
const AHEAD: usize = 2;

pub(super) fn write(page: &mut Page<'_>) {
    page.section("points");
    let likelihoods = match page.ahead {
        Some(ahead) => ahead::judgements(page, ahead),
        None => forecast::likelihood(page).into_iter().collect(),
    };
    let judged = dispute(page).into_iter().chain(likelihoods);
    let told = [shared(page), pressing(page), denied(page), unnamed(page), heard(page), read(page)].into_iter().flatten();
    let points = judged.chain(coming(page)).chain(told);
    for point in points.collect::<Vec<_>>() {
        page.item(0, &point);
    }
}

fn read(page: &Page<'_>) -> Option<String> {
    let documents = &page.brief.documents;
    let values = [page.count("documents", documents.len()), page.count("from.outlets", page.brief.sourcing.outlets)];
    let read = page.fill("point.read", &[("documents", &values[0]), ("outlets", &values[1])]);
    let copies = documents.len() - page.brief.sourcing.texts;
    let copies = (copies > 0).then(|| page.fill("point.copies", &[("n", &copies.to_string())]));
    let days = || documents.iter().filter_map(|d| d.published);
    let span = days().min().zip(days().max()).map(|(from, to)| page.fill("point.span", &[("when", &dates::edtf(page.lang, Edtf::days(from, to)))]));
    let parts = [Some(read), copies, span, Some(page.all_documents())];
    (!documents.is_empty()).then(|| parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn unnamed(page: &Page<'_>) -> Option<String> {
    let sourcing = &page.brief.sourcing;
    let all = sourcing.named.statements + sourcing.unnamed.statements;
    let values = [record::percent(sourcing.unnamed.statements, all), page.count("statements", all)];
    let text = page.fill("point.unnamed", &[("percent", &values[0]), ("statements", &values[1])]);
    (all > 0).then(|| format!("{text} {}", page.cites(sourcing.unnamed.cites.iter().copied())))
}

fn heard(page: &Page<'_>) -> Option<String> {
    let actors = &page.brief.actors;
    let who: Vec<Who> = (0..actors.len() as Who)
        .filter(|&w| actors[w as usize].sure && !matches!(actors[w as usize].kind, ActorKind::Media | ActorKind::Group))
        .take(NAMES)
        .collect();
    let text = page.fill("point.heard", &[("names", &page.names(&who))]);
    (!who.is_empty()).then(|| format!("{text} {}", page.cites(who.iter().filter_map(|&w| actors[w as usize].cites.first().copied()))))
}

fn cited(page: &Page<'_>, key: &str, event: &EventLine) -> String {
    let text = page.fill(key, &[("event", &page.dated_event(event))]);
    format!("{text} {}", page.cites(event.reports.iter().map(|r| r.cite)))
}

/// The event that most texts tell of, where more than one does.
fn shared(page: &Page<'_>) -> Option<String> {
    let is_told = |e: &&EventLine| !e.source.is_empty() && matches!(e.status, Status::Happened | Status::Ongoing);
    let event = page.brief.events.iter().filter(is_told).max_by_key(|e| (record::spread(page, e).1, Reverse(e.when.map(|w| w.first()))))?;
    (record::spread(page, event).1 > 1).then(|| cited(page, "point.shared", event))
}

/// What is planned after the last publication.
fn coming(page: &Page<'_>) -> Vec<String> {
    let last = page.brief.documents.iter().filter_map(|d| d.published).max();
    let is_ahead = |e: &&EventLine| matches!(e.status, Status::Planned | Status::Threatened) && e.when.zip(last).is_some_and(|(when, last)| when.last() > last);
    page.brief.events.iter().filter(is_ahead).take(AHEAD).map(|e| cited(page, "point.ahead", e)).collect()
}

fn dispute(page: &Page<'_>) -> Option<String> {
    let Some(forecast) = &page.brief.forecast else { return Some(page.say(forecast::undisputed(page))) };
    let issue = &page.brief.issues[forecast.issue];
    let sides = wants::sides(page, issue).into_iter().map(|(side, names, _)| format!("{side}: {names}")).collect::<Vec<_>>().join(&page.say("sep"));
    let text = page.fill("point.dispute", &[("issue", &page.quote(&issue.label, PHRASE)), ("sides", &sides)]);
    Some(format!("{text} {}", page.cites(issue.stances.iter().map(|s| s.report.cite))))
}

fn pressing(page: &Page<'_>) -> Option<String> {
    let of = |kind: EventType| page.brief.bargains.iter().filter(|b| b.kind == kind).count().to_string();
    let values = [of(EventType::Request), of(EventType::Reject), of(EventType::Threaten), of(EventType::Coerce)];
    let text = page.fill("point.pressing", &[("requests", &values[0]), ("refusals", &values[1]), ("threats", &values[2]), ("pressure", &values[3])]);
    let cites = page.brief.bargains.iter().map(|b| b.reports[0].cite);
    (!page.brief.bargains.is_empty()).then(|| format!("{text} {}", page.cites(cites)))
}

fn denied(page: &Page<'_>) -> Option<String> {
    let disputes = &page.brief.disputes;
    let values = [disputes.denied.len(), disputes.contradictions.len(), disputes.both_ways.len(), disputes.denials.len()].map(|n| n.to_string());
    let text = page.fill("point.denied", &[("denied", &values[0]), ("contradictions", &values[1]), ("both", &values[2]), ("denials", &values[3])]);
    let events = disputes.denied.iter().flat_map(|&e| page.brief.events[e].reports.iter().map(|r| r.cite));
    let both = disputes.both_ways.iter().flat_map(|&(issue, who)| page.brief.issues[issue].stances.iter().filter(move |s| s.who == who).map(|s| s.report.cite));
    let cites: Vec<Cite> = events.chain(both).chain(disputes.denials.iter().map(|&s| page.brief.statements[s].cite)).collect();
    (!cites.is_empty()).then(|| format!("{text} {}", page.cites(cites)))
}
