//! Events, as a timeline and as a table.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Query, State};
use jiff::civil::Date;
use majlis_brief::{Lang, charts};
use majlis_case::{EventRow, Location};
use majlis_lexicon::EventType;
use majlis_read::Status;
use maud::{Markup, html};

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let listed = app.read(move |case| Ok(case.events(&asked.filter(case)?, asked.page()?)?)).await?;
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.field("actor", "filter.actor", "text", &ask.actor))
            (ui.choice("type", "filter.type", &ask.kind, &ui.any_of("event", EventType::CODES)))
            (ui.choice("status", "filter.status", &ask.status, &ui.any_of("status", Status::CODES)))
            (ui.field("place", "filter.place", "text", &ask.place))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("filter.button")) }
        }
        (ui.found(listed.total, listed.rows.len(), "events.n"))
        (timeline(&ui, &listed.rows))
        (table(&ui, &listed.rows))
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.events"), &body))
}

/// The events of the page by their first day.
fn timeline(ui: &Ui, events: &[EventRow]) -> Markup {
    let dots: Vec<(i32, String, bool)> = events
        .iter()
        .filter_map(|e| {
            let day: Date = e.first_day.as_deref()?.parse().ok()?;
            let since = day.since(jiff::civil::date(2000, 1, 1)).ok()?.get_days();
            Some((since, format!("{} · {} · {}", e.time.as_deref().unwrap_or_default(), ui.code("event", &e.kind), e.words), e.kind == "ASSAULT"))
        })
        .collect();
    let days = || events.iter().filter_map(|e| e.first_day.as_deref());
    html! {
        @if let (Some(first), Some(last), true) = (days().min(), days().max(), dots.len() > 1) {
            (ui.drawing(|room| charts::timeline(ui.lang, room, &ui.t("timeline.title"), &dots, [first, last])))
            p.soft { (ui.t("timeline.key")) }
        }
    }
}

/// Events, one a row.
pub(super) fn table(ui: &Ui, events: &[EventRow]) -> Markup {
    html! {
        @if !events.is_empty() {
            table.stack {
                thead { tr {
                    th scope="col" { (ui.t("column.when")) } th scope="col" { (ui.t("column.what")) } th scope="col" { (ui.t("column.who")) }
                    th scope="col" { (ui.t("column.where")) } th scope="col" { (ui.t("column.cite")) }
                } }
                tbody { @for e in events { (row(ui, e)) } }
            }
        }
    }
}

fn row(ui: &Ui, e: &EventRow) -> Markup {
    html! {
        tr {
            td data-label=(ui.t("column.when")) { (ui.day(e.time.as_deref())) }
            th scope="row" data-label=(ui.t("column.what")) { (kind(ui, e)) div.words dir="auto" { "«" (e.words) "»" } }
            td data-label=(ui.t("column.who")) { (ui.between(&e.source, &e.target)) }
            td data-label=(ui.t("column.where")) { @if let Some(place) = &e.place { bdi { (place_name(ui, place)) } } }
            td data-label=(ui.t("column.cite")) { (ui.cite(&e.cite, &format!("e{}", e.id))) (ui.after(&ui.sure(&e.found))) (ui.after(&html! { a href=(ui.to(&format!("/review/event/{}", e.id))) { (ui.t("judge")) } })) }
        }
    }
}

/// Type, mode and status in words.
pub(super) fn kind(ui: &Ui, e: &EventRow) -> Markup {
    html! {
        (ui.code("event", &e.kind))
        @if !e.mode.is_empty() { " (" (ui.code("mode", &e.mode)) ")" }
        @if e.status != "happened" { " " span.tag { (ui.code("status", &e.status)) } }
    }
}

pub(super) fn place_name<'a>(ui: &Ui, place: &'a Location) -> &'a str {
    if ui.lang == Lang::Arabic && !place.name_ar.is_empty() { &place.name_ar } else { &place.name }
}
