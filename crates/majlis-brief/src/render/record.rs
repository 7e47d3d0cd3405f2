//! What the documents hold: what was read, sourcing, actors, statements, events, and the key to citations.

use super::page::Page;
use super::{Form, Lang, charts, dates};
use crate::model::{ActorLine, Cite, EventLine};
use majlis_lexicon::{ActorKind, EventType, Lexicon};
use majlis_read::Status;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The longest quotation of a statement, in characters.
const STATEMENT: usize = 280;
/// The most actors listed.
const ACTORS: usize = 40;
/// The most pairs of actors drawn.
const TIES: usize = 16;

pub(super) fn read(page: &mut Page<'_>) {
    page.section("read");
    for (index, document) in page.brief.documents.iter().enumerate() {
        let published = match (document.published, document.inferred) {
            (None, _) => page.say("published.unknown"),
            (Some(day), None) => page.fill("published.given", &[("date", &dates::day(page.lang, day))]),
            (Some(day), Some(rule)) => page.fill("published.inferred", &[("date", &dates::day(page.lang, day)), ("how", &page.say(rule))]),
        };
        let counts = [page.count("paragraphs", document.paragraphs), page.count("statements", document.statements)].join(&page.say("and"));
        let text = [page.outlet_in_full(document), published, counts, page.document(index)].join(" · ");
        page.item(0, &text);
        if let Some(first) = document.copy_of {
            let text = page.fill("copy", &[("document", &page.document(first as usize))]);
            page.below(0, &text);
        }
    }
}

pub(super) fn sourcing(page: &mut Page<'_>) {
    page.section("sourcing");
    let sourcing = &page.brief.sourcing;
    let all = sourcing.named.statements + sourcing.unnamed.statements;
    let sources = sourcing.named.sources + sourcing.unnamed.sources;
    for (key, count) in [("named.share", &sourcing.named), ("unnamed.share", &sourcing.unnamed)] {
        let text = page.fill(key, &[("statements", &page.count("statements", count.statements)), ("percent", &percent(count.statements, all))]);
        let values = [count.sources.to_string(), percent(count.sources, sources)];
        let by_source = page.fill("sources.share", &[("sources", &values[0]), ("percent", &values[1])]);
        let text = format!("{text}{}{by_source} {}", page.say("and"), page.cites(count.cites.iter().copied()));
        page.item(0, &text);
    }
    for (class, count) in &sourcing.classes {
        let text = page.fill("class.share", &[("class", &page.unnamed(class)), ("statements", &page.count("statements", count.statements))]);
        let text = format!("{text} {}", page.cites(count.cites.iter().copied()));
        page.item(1, &text);
    }
    let values = [sourcing.outlets.to_string(), sourcing.independent.to_string()];
    let text = page.fill("outlets.share", &[("outlets", &values[0]), ("independent", &values[1])]);
    let text = format!("{text} {}", page.all_documents());
    page.item(0, &text);
    let left = page.brief.left_out;
    let values = [left.statements, left.events, left.stances].map(|n| n.to_string());
    let text = page.fill("left.out", &[("statements", &values[0]), ("events", &values[1]), ("stances", &values[2])]);
    page.item(0, &text);
}

pub(super) fn percent(part: usize, whole: usize) -> String {
    format!("{}%", (part * 100 + whole / 2).checked_div(whole).unwrap_or(0))
}

pub(super) fn actors(page: &mut Page<'_>) {
    page.section("actors");
    let brief = page.brief;
    let (sure, unsure): (Vec<_>, Vec<_>) = (0..).zip(&brief.actors).partition(|(_, actor)| actor.sure);
    for &(who, actor) in sure.iter().take(ACTORS) {
        let name = page.name(who);
        let other = page.lang == Lang::English && !actor.name_en.is_empty() && actor.name != actor.name_en;
        let name = if other { format!("{name} ({})", page.isolate(&actor.name)) } else { name };
        let counts = [("mentions", actor.mentions), ("statements", actor.statements)].into_iter().filter(|(_, n)| *n > 0);
        let counts = counts.map(|(key, n)| page.count(key, n)).collect::<Vec<_>>().join(&page.say("and"));
        let text = [name, what(page, actor), counts].join(" · ");
        let text = format!("{text} {}", page.cites(actor.cites.iter().copied()));
        page.item(0, &text);
    }
    for (key, rest) in [("others", sure.get(ACTORS..).unwrap_or_default()), ("others.unsure", &unsure[..])] {
        if !rest.is_empty() {
            let text = page.fill(key, &[("n", &rest.len().to_string())]);
            let text = format!("{text} {}", page.cites(rest.iter().flat_map(|(_, a)| a.cites.iter().copied())));
            page.item(0, &text);
        }
    }
    network(page);
}

/// Draws who acts on whom, and lists the same pairs.
fn network(page: &mut Page<'_>) {
    let mut pairs: BTreeMap<(u32, u32), (usize, usize, BTreeSet<Cite>)> = BTreeMap::new();
    for event in page.brief.events.iter().filter(|e| e.status != Status::Denied) {
        for (&a, &b) in event.source.iter().flat_map(|a| event.target.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let pair = pairs.entry((a.min(b), a.max(b))).or_default();
            pair.0 += 1;
            pair.1 += usize::from(event.kind.is_conflict());
            pair.2.extend(event.reports.iter().map(|r| r.cite));
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(_, (events, ..))| Reverse(*events));
    pairs.truncate(TIES);
    if pairs.is_empty() {
        return;
    }
    let who: Vec<u32> = pairs.iter().flat_map(|((a, b), _)| [*a, *b]).collect::<BTreeSet<_>>().into_iter().collect();
    let at = |w: u32| who.binary_search(&w).unwrap_or_default();
    let names: Vec<String> = who.iter().map(|&w| page.name(w)).collect();
    let ties: Vec<(usize, usize, usize, bool)> =
        pairs.iter().map(|((a, b), (events, conflict, _))| (at(*a), at(*b), *events, 2 * conflict > *events)).collect();
    let title = page.say("network");
    page.part(&title);
    let lang = page.lang;
    page.figure(|| charts::network(lang, &title, &names, &ties), &[]);
    for ((a, b), (events, conflict, cites)) in &pairs {
        let values = [page.names(&[*a, *b]), events.to_string(), conflict.to_string()];
        let text = page.fill("tie", &[("names", &values[0]), ("events", &values[1]), ("conflict", &values[2])]);
        let text = format!("{text} {}", page.cites(cites.iter().copied()));
        page.item(0, &text);
    }
}

/// Kind, sector and country of an actor; those that its kind says already are left out.
fn what(page: &Page<'_>, actor: &ActorLine) -> String {
    let state = actor.kind == ActorKind::State;
    let country = Lexicon::shipped().state(actor.country).filter(|_| !state && !actor.country.is_empty()).map(|s| match page.lang {
        Lang::English => s.en.to_owned(),
        Lang::Arabic => s.ar.to_owned(),
    });
    let clear = state || actor.sector.is_empty() || matches!(actor.kind, ActorKind::Igo | ActorKind::Media);
    let sector = (!clear).then(|| page.say(&format!("sector.{}", actor.sector)));
    let kind = page.say(&format!("kind.{}", actor.kind.code()));
    [Some(kind), sector, country].into_iter().flatten().collect::<Vec<_>>().join(&page.say("and"))
}

pub(super) fn ledger(page: &mut Page<'_>) {
    page.section("ledger");
    let mut document = None;
    for s in &page.brief.statements {
        if document != Some(s.cite.document) {
            document = Some(s.cite.document);
            let text = format!("{} {}", page.document(s.cite.document as usize), page.outlet(&page.brief.documents[s.cite.document as usize]));
            page.part(&text);
        }
        let mut depth = 0;
        let mut outer = s.inside;
        while let Some(above) = outer.filter(|_| depth < 4) {
            depth += 1;
            outer = page.brief.statements[above].inside;
        }
        let mut parts = vec![page.voice(&s.voice), page.say(&format!("class.{}", s.class.code()))];
        parts.extend(s.told_to.map(|outlet| page.fill("said.to", &[("outlet", &page.name(outlet))])));
        parts.push(page.say(s.kind.code()));
        let text = format!("{} {}", parts.join(" · "), page.cites([s.cite]));
        page.item(depth, &text);
        let words = page.quote(&s.words, STATEMENT);
        page.below(depth, &words);
    }
}

pub(super) fn timeline(page: &mut Page<'_>) {
    page.section("timeline");
    let told = page.brief.events.iter().enumerate().filter(|(at, event)| !is_told(&page.brief.events, *at, event)).map(|(_, event)| event);
    let (dated, undated): (Vec<&EventLine>, Vec<&EventLine>) = told.partition(|e| e.when.is_some());
    let undated: Vec<&EventLine> =
        undated.into_iter().filter(|e| !matches!(e.kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Coerce)).collect();
    draw(page, &dated);
    for event in dated {
        let text = page.dated_event(event);
        line(page, event, &text);
    }
    let text = format!("{} {}", page.say("undated"), page.say("undated.pressing"));
    page.part(&text);
    for event in undated {
        let text = page.event(event);
        line(page, event, &text);
    }
    if !page.brief.bare_events.is_empty() {
        let text = page.fill("bare", &[("n", &page.brief.bare_events.len().to_string())]);
        let text = format!("{text} {}", page.cites(page.brief.bare_events.iter().copied()));
        page.item(0, &text);
    }
}

/// Whether another line quotes what an event without roles does: one with roles, or an earlier one.
fn is_told(events: &[EventLine], at: usize, event: &EventLine) -> bool {
    let quotes = |other: &EventLine| {
        let here = other.reports[0].cite == event.reports[0].cite && (other.when == event.when || event.when.is_none());
        here && event.words.first().is_some_and(|word| other.quote.contains(word.as_str()))
    };
    !event.has_roles() && events.iter().enumerate().any(|(place, other)| place != at && (other.has_roles() || place < at) && quotes(other))
}

fn draw(page: &mut Page<'_>, dated: &[&EventLine]) {
    let day = |event: &EventLine| event.when.map(|w| w.first());
    let Some((from, to)) = dated.iter().filter_map(|e| day(e)).min().zip(dated.iter().filter_map(|e| day(e)).max()) else { return };
    let dot = |event: &&EventLine| {
        let since = from.until(day(event)?).ok()?.get_days();
        Some((since, page.dated_event(event), event.kind == EventType::Assault))
    };
    let dots: Vec<(i32, String, bool)> = dated.iter().filter_map(dot).collect();
    let (title, ends) = (page.say("timeline"), [from, to].map(|d| dates::day(page.lang, d)));
    let lang = page.lang;
    page.figure(|| charts::timeline(lang, charts::Room::Page, &title, &dots, [&ends[0], &ends[1]]), &[]);
}

fn line(page: &mut Page<'_>, event: &EventLine, text: &str) {
    page.item(0, text);
    let mut by = page.according(&event.reports);
    if let Some(shared) = shared(page, event) {
        by = format!("{by}{}{shared}", page.say("and"));
    }
    let text = format!("{by} {}", page.cites(event.reports.iter().map(|r| r.cite)));
    page.below(0, &text);
}

/// "In 3 documents, 2 independent", for an event that more than one document tells of.
pub(super) fn shared(page: &Page<'_>, event: &EventLine) -> Option<String> {
    let (documents, own) = spread(page, event);
    (documents > 1).then(|| page.fill("reported.by", &[("documents", &documents.to_string()), ("independent", &own.to_string())]))
}

/// In how many documents an event is told of, and how many of those carry a text of their own.
pub(super) fn spread(page: &Page<'_>, event: &EventLine) -> (usize, usize) {
    let documents: BTreeSet<u32> = event.reports.iter().map(|r| r.cite.document).collect();
    let own: BTreeSet<u32> = documents.iter().map(|&d| page.brief.documents[d as usize].copy_of.unwrap_or(d)).collect();
    (documents.len(), own.len())
}

pub(super) fn key(page: &mut Page<'_>) {
    page.section("key");
    let text = page.say("key.how");
    page.part(&text);
    for (index, document) in page.brief.documents.iter().enumerate() {
        let mut parts = vec![page.outlet_in_full(document)];
        parts.extend(document.published.map(|d| dates::day(page.lang, d)));
        parts.extend(document.title.as_ref().map(|t| page.isolate(t)));
        parts.push(page.isolate(&document.id));
        let text = format!("{} {}", page.document(index), parts.join(" · "));
        page.part(&text);
    }
    lines(page);
}

/// The very lines that citations lead to.
fn lines(page: &mut Page<'_>) {
    if page.form == Form::Text {
        return;
    }
    page.section("words");
    for (document, line) in page.cited() {
        let cited = page.brief.documents.get(document.wrapping_sub(1)).and_then(|d| d.lines.get(line.wrapping_sub(1)));
        if let Some(words) = cited.cloned() {
            page.line(document, line, &words);
        }
    }
}
