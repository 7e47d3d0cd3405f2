//! Actors, and one actor with its positions, statements, meetings, aliases and merges.

use super::review::{act, reason};
use super::ui::{Page, Ui};
use super::{events, ledger, remarks};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Path, Query, State};
use majlis_case::{Filter, Problem, StanceRow};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Rows of each part of an actor's page.
const SHOWN: u64 = 10;
/// Actors of one name that are shown.
const CANDIDATES: usize = 20;
/// Types of event that are meetings and agreements.
const MEETINGS: [&str; 3] = ["CONSULT", "AGREE", "COOPERATE"];

pub(super) async fn list(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let listed = app.sum(move |case| Ok(case.actors(&asked.filter(case)?, asked.page()?)?)).await?;
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.field("place", "filter.country", "text", &ask.place))
            (ui.field("outlet", "filter.outlet", "text", &ask.outlet))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("filter.button")) }
        }
        (ui.found(listed.total, listed.rows.len(), "actors.n"))
        @if !listed.rows.is_empty() {
            table.stack {
                thead { tr {
                    th scope="col" { (ui.t("column.actor")) } th scope="col" { (ui.t("column.kind")) } th scope="col" { (ui.t("column.country")) }
                    th.number scope="col" { (ui.t("column.mentions")) } th.number scope="col" { (ui.t("column.statements")) } th.number scope="col" { (ui.t("column.documents")) }
                } }
                tbody {
                    @for a in &listed.rows {
                        tr {
                            th scope="row" { (ui.actor(&a.actor)) " " span.soft { bdi { (other_name(&ui, &a.actor)) } } }
                            td data-label=(ui.t("column.kind")) { (ui.code("kind", &a.kind)) @if !a.sector.is_empty() { (ui.t("dot")) (ui.code("sector", &a.sector)) } }
                            td data-label=(ui.t("column.country")) { @if !a.country.is_empty() { bdi { (a.country) } } }
                            td.number data-label=(ui.t("column.mentions")) { (a.mentions) }
                            td.number data-label=(ui.t("column.statements")) { (a.statements) }
                            td.number data-label=(ui.t("column.documents")) { (a.documents) }
                        }
                    }
                }
            }
        }
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.actors"), &body))
}

pub(super) async fn page(State(app): State<App>, ui: Ui, Path(id): Path<i64>) -> Result<Page, Failure> {
    let (known, stances, statements, found, meetings, remarks) = app
        .read(move |case| {
            let known = case.actor(id)?;
            let own = Filter { actor: Some(known.row.actor.id), ..Filter::default() };
            let page = majlis_case::Page::first(SHOWN);
            let mut meetings = Vec::new();
            for kind in MEETINGS {
                meetings.extend(case.events(&Filter { kind: Some(kind.to_owned()), ..own.clone() }, page)?.rows);
            }
            meetings.sort_by(|a, b| b.first_day.cmp(&a.first_day).then(a.id.cmp(&b.id)));
            Ok((known, case.stances(&own, page)?, case.statements(&own, page)?, case.events(&own, page)?, meetings, case.remarks("actor", id)?))
        })
        .await?;
    let row = &known.row;
    let here = format!("/actors/{}", row.actor.id);
    let whole = |path: &str, total: u64| html! { @if total > SHOWN { p { a href=(ui.to(&format!("{path}?actor={}", row.actor.id))) { (ui.fill("see.all", &[("n", &total.to_string())])) } } } };
    let body = html! {
        p.lead { bdi { (other_name(&ui, &row.actor)) } (ui.t("dot")) (ui.code("kind", &row.kind))
            @if !row.sector.is_empty() { (ui.t("dot")) (ui.code("sector", &row.sector)) }
            @if !row.country.is_empty() { (ui.t("dot")) bdi { (row.country) } } }
        p { (ui.count("mentions", row.mentions)) (ui.t("dot")) (ui.count("documents", row.documents)) (ui.t("dot")) (ui.count("statements", row.statements))
            @if !row.known { (ui.t("dot")) span.tag { (ui.t("not.in.lexicon")) } } }
        section { h2 { (ui.t("positions")) } (positions(&ui, &stances.rows)) @if stances.total > SHOWN { p.soft { (ui.fill("of.all", &[("n", &stances.total.to_string())])) } } }
        section { h2 { (ui.t("nav.ledger")) }
            @if statements.rows.is_empty() { p { (ui.t("nothing")) } }
            ul.cards { @for s in &statements.rows { li { (ledger::statement(&ui, s)) } } } (whole("/ledger", statements.total)) }
        section { h2 { (ui.t("meetings")) } @if meetings.is_empty() { p { (ui.t("nothing")) } } (events::table(&ui, &meetings)) }
        section { h2 { (ui.t("nav.events")) } @if found.rows.is_empty() { p { (ui.t("nothing")) } } (events::table(&ui, &found.rows)) (whole("/events", found.total)) }
        section { h2 { (ui.t("aliases")) }
            ul.tags { @for (form, n) in &known.forms { li { bdi { (form) } " " span.soft { "×" (n) } } } } }
        @if !known.merged.is_empty() {
            section { h2 { (ui.t("merged")) }
                ul { @for actor in &known.merged {
                    li { bdi { (ui.name(actor)) } " " (act(&ui, "split", "", actor.id, &here, &html! { (reason(&ui, &format!("s{}", actor.id))) button.plain { (ui.t("split")) } })) }
                } } }
        }
        section { h2 { (ui.t("same.as")) }
            form.inline method="get" action=(ui.to(&format!("{here}/same"))) { (ui.field("with", "same.with", "text", "")) button { (ui.t("search.button")) } }
        }
        (remarks::section(&ui, "actor", row.actor.id, &remarks, &here))
    };
    Ok(ui.page(ui.name(&row.actor), &body))
}

/// Those who may be meant by a name, each to be merged into the actor.
pub(super) async fn same(State(app): State<App>, ui: Ui, Path(id): Path<i64>, Query(query): Query<BTreeMap<String, String>>) -> Result<Page, Failure> {
    let with = query.get("with").map_or("", |name| name.trim()).to_owned();
    let asked = with.clone();
    let (into, found) = app
        .read(move |case| {
            let into = case.actor(id)?.row;
            let found = match case.find_actor(&asked) {
                Ok(found) => found,
                Err(error) if matches!(error.problem, Problem::Refused(_)) => Vec::new(),
                Err(error) => return Err(error.into()),
            };
            let others = found.iter().filter(|actor| actor.id != into.actor.id).take(CANDIDATES);
            let rows = others.map(|actor| Ok(case.actor(actor.id)?.row)).collect::<Result<Vec<_>, Failure>>()?;
            Ok((into, rows))
        })
        .await?;
    let here = format!("/actors/{}", into.actor.id);
    let body = html! {
        form.inline method="get" action=(ui.to(&format!("{here}/same"))) { (ui.field("with", "same.with", "text", &with)) button { (ui.t("search.button")) } }
        @if found.is_empty() { div.empty { p { (ui.t("same.nobody")) } p { a href=(ui.to(&here)) { bdi { (ui.name(&into.actor)) } } } } }
        @else { p.soft { (ui.t("same.how")) } }
        ul.cards { @for row in &found {
            li {
                p { (ui.actor(&row.actor)) " " span.soft { bdi { (other_name(&ui, &row.actor)) } } (ui.t("dot")) (ui.code("kind", &row.kind)) (ui.t("dot")) (ui.count("mentions", row.mentions)) }
                (act(&ui, "merge", "", into.actor.id, &here, &html! {
                    input type="hidden" name="from" value=(row.actor.id); (reason(&ui, &format!("f{}", row.actor.id)))
                    button { (ui.t("same")) }
                }))
            }
        } }
    };
    Ok(ui.page(&ui.fill("same.title", &[("name", ui.name(&into.actor))]), &body))
}

/// The name in the other script, where there is one.
pub(super) fn other_name<'a>(ui: &Ui, actor: &'a majlis_case::ActorRef) -> &'a str {
    if ui.name(actor) == actor.name { &actor.name_en } else { &actor.name }
}

/// What an actor wants, in the words of the texts.
fn positions(ui: &Ui, stances: &[StanceRow]) -> Markup {
    html! {
        @if stances.is_empty() { p { (ui.t("nothing")) } }
        ul.plain { @for s in stances {
            li { span class=(format!("tag {}", s.side)) { (ui.t(&format!("side.{}", s.side))) } " " bdi { "«" (s.issue) "»" }
                @if let Some(condition) = &s.condition { (ui.t("dot")) (ui.t("on.condition")) " " bdi { "«" (condition) "»" } }
                br; (ui.cite(&s.cite, &format!("w{}", s.id))) (ui.after(&ui.sure(&s.found))) }
        } }
    }
}
