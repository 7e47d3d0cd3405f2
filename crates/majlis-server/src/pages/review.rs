//! The review queue, the decisions, and one item to be judged. The reader's items are never changed: a decision stands beside them.

use super::actors::other_name;
use super::remarks;
use super::ui::{Page, Ui};
use crate::api::fields_of;
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use majlis_case::{Axis, Case, Fields, ItemKind, Merge, Problem, Stamp};
use majlis_lexicon::EventType;
use majlis_read::{StatementKind, Status};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Questions about merging, and decisions, that are shown.
const SHOWN: u64 = 20;
/// What the name of a field to be corrected begins with in a form.
const SET: &str = "set.";

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let (unsure, merges, decisions) = app
        .read(move |case| {
            let first = majlis_case::Page::first(SHOWN);
            Ok((case.unsure(asked.page()?)?, case.merges(true, first)?, case.decisions(first)?))
        })
        .await?;
    let body = html! {
        section {
            h2 { (ui.t("review.merges")) }
            @if merges.rows.is_empty() { p { (ui.t("review.no.merges")) } }
            ul.cards { @for merge in &merges.rows { li { (question(&ui, merge)) } } }
            @if merges.total > SHOWN { p.soft { (ui.fill("of.all", &[("n", &merges.total.to_string())])) } }
        }
        section {
            h2 { (ui.t("review.queue")) }
            p.soft { (ui.t("review.how")) }
            (ui.found(unsure.total, unsure.rows.len(), "items.n"))
            ul.cards { @for item in &unsure.rows {
                li { article {
                    p { mark class=(item.kind) { (ui.t(&format!("kind.{}", item.kind))) } (ui.t("dot")) span.sure { (ui.fill("sure", &[("percent", &format!("{:.0}%", item.confidence * 100.0))])) } (ui.t("dot")) code dir="ltr" { (item.why) } }
                    blockquote dir="auto" { (item.words) }
                    p.meta { a href=(ui.to(&format!("/documents/{}#{}{}", item.document, &item.kind[..1], item.item))) { (ui.t("in.text")) } (ui.t("dot")) a href=(ui.to(&format!("/review/{}/{}", item.kind, item.item))) { (ui.t("correct")) } }
                    (verdict(&ui, &item.kind, item.item))
                } }
            } }
            (ui.pager(&ask, unsure.total))
        }
        section {
            h2 { (ui.t("review.decisions")) }
            @if decisions.rows.is_empty() { p { (ui.t("nothing")) } }
            @else {
                table.stack {
                    thead { tr { th scope="col" { (ui.t("column.number")) } th scope="col" { (ui.t("column.when")) } th scope="col" { (ui.t("column.by")) } th scope="col" { (ui.t("column.what")) } th scope="col" { (ui.t("why")) } th scope="col" { (ui.t("undo")) } } }
                    tbody { @for d in &decisions.rows {
                        tr {
                            th scope="row" { (d.id) }
                            td data-label=(ui.t("column.when")) { (ui.day(Some(&d.at))) }
                            td data-label=(ui.t("column.by")) { bdi { (d.by) } }
                            td data-label=(ui.t("column.what")) { (ui.code("act", &d.act)) " " (ui.code("kind", &d.subject_kind)) " " (d.subject) }
                            td data-label=(ui.t("why")) { bdi { (ui.why(&d.why)) } }
                            td data-label=(ui.t("undo")) {
                                @match d.undone {
                                    Some(by) => span.soft { (ui.fill("undone.by", &[("n", &by.to_string())])) },
                                    None => @if d.act != "undo" { (act(&ui, "undo", "", d.id, "/review", &html! { button.plain { (ui.t("undo")) } })) }
                                }
                            }
                        }
                    } }
                }
            }
        }
    };
    Ok(ui.page(&ui.t("nav.review"), &body))
}

/// One item, with its fields to be corrected.
pub(super) async fn item(State(app): State<App>, ui: Ui, Path((kind, id)): Path<(String, i64)>) -> Result<Page, Failure> {
    let of = ItemKind::of(&kind).ok_or_else(|| Failure::absent(format!("no kind of item is called {kind}")))?;
    let (shown, remarks) = app
        .read(move |case| {
            let shown = match of {
                ItemKind::Statement => Some((case.statement(id)?.cite, serde_json::to_value(case.statement(id)?)?)),
                ItemKind::Event => Some((case.event(id)?.cite, serde_json::to_value(case.event(id)?)?)),
                _ => None,
            };
            Ok((shown, case.remarks(of.code(), id)?))
        })
        .await?;
    let body = html! {
        @if let Some((cite, row)) = &shown {
            @if let Some(words) = row["words"].as_str() { blockquote dir="auto" { (words) } }
            p.meta { (ui.cite(cite, &format!("{}{id}", &kind[..1]))) }
        }
        (verdict(&ui, &kind, id))
        section {
            h2 { (ui.t("correct")) }
            form.sheet method="post" action=(ui.to("/review")) {
                (hidden(&ui, "correct", &kind, id, "/review"))
                @if let Some((_, row)) = &shown { div.filter { (choices(&ui, of, row)) } }
                details open[shown.is_none()] {
                    summary { (ui.t("correct.all")) }
                    p.soft { (ui.t("correct.how")) }
                    div.field { label for="fields" { (ui.t("fields")) } textarea #fields.code name="fields" rows="9" dir="ltr" spellcheck="false" { (current(of, shown.as_ref().map(|(_, row)| row))) } }
                }
                (ui.field("why", "why", "text", ""))
                div { button { (ui.t("correct")) } }
            }
        }
        @if shown.is_some() { (remarks::section(&ui, of.code(), id, &remarks, &format!("/review/{kind}/{id}"))) }
    };
    Ok(ui.page(&format!("{} {id}", ui.t(&format!("kind.{kind}"))), &body))
}

/// The fields that are chosen among a few values, and the time; each may stay as it is.
fn choices(ui: &Ui, kind: ItemKind, row: &serde_json::Value) -> Markup {
    let choice = |field: &str, label: &str, of: &str, codes: &[&str]| {
        let now = row[field]
            .as_str()
            .map(str::to_owned)
            .or_else(|| row[field].as_bool().map(|is| if is { "yes".to_owned() } else { "no".to_owned() }))
            .unwrap_or_default();
        let as_it_is = ui.fill("as.it.is", &[("now", &ui.code(of, &now))]);
        let others = codes.iter().filter(|code| **code != now).map(|code| ((*code).to_owned(), ui.code(of, code)));
        let values: Vec<(String, String)> = [(String::new(), as_it_is)].into_iter().chain(others).collect();
        ui.choice(&format!("{SET}{field}"), label, "", &values)
    };
    html! {
        @match kind {
            ItemKind::Event => {
                (choice("type", "filter.type", "event", EventType::CODES))
                (choice("status", "filter.status", "status", Status::CODES))
                (ui.field(&format!("{SET}time"), "time.edtf", "text", ""))
            },
            _ => {
                (choice("kind", "speech", "speech", StatementKind::CODES))
                (choice("named", "filter.named", "named", &["yes", "no"]))
            },
        }
    }
}

/// What an item has now, in the form in which corrections are written.
fn current(kind: ItemKind, row: Option<&serde_json::Value>) -> String {
    let Some(row) = row else { return String::new() };
    let names: &[&str] = match kind {
        ItemKind::Statement => &["kind", "class", "speaker", "named", "source_class", "side", "told_to", "start", "end"],
        _ => &["type", "mode", "status", "time", "source", "target", "start", "end"],
    };
    let number = |value: &serde_json::Value| match value {
        serde_json::Value::Object(of) => of.get("id").cloned().unwrap_or_default(),
        other => other.clone(),
    };
    let value = |name: &str| match name {
        "start" | "end" => row["cite"][name].clone(),
        "source" | "target" => row[name].as_array().map(|all| all.iter().map(number).collect()).unwrap_or_default(),
        name => number(&row[name]),
    };
    names.iter().map(|name| format!("# {name}={}", value(name))).collect::<Vec<_>>().join("\n")
}

fn question(ui: &Ui, merge: &Merge) -> Markup {
    let names =
        |actor: &Option<majlis_case::ActorRef>| html! { @if let Some(actor) = actor { (ui.actor(actor)) " " span.soft { bdi { (other_name(ui, actor)) } } } };
    html! {
        article {
            p { (ui.t("same.question")) " " (names(&merge.from)) " " (ui.t("and.word")) " " (names(&merge.into)) }
            p.meta { bdi { (ui.why(&merge.why)) } @if let Some(sure) = merge.confidence { (ui.t("dot")) (ui.fill("sure", &[("percent", &format!("{:.0}%", sure * 100.0))])) } }
            form.inline method="post" action=(ui.to("/review")) {
                (ui.csrf()) input type="hidden" name="id" value=(merge.decision);
                (reason(ui, &format!("m{}", merge.decision)))
                button name="act" value="same" { (ui.t("same")) } " "
                button name="act" value="different" { (ui.t("different")) }
            }
        }
    }
}

pub(super) fn reason(ui: &Ui, of: &str) -> Markup {
    html! { label.hidden for=(format!("why-{of}")) { (ui.t("why")) } input id=(format!("why-{of}")) type="text" name="why" placeholder=(ui.t("why")) dir="auto"; " " }
}

/// Accept or reject.
fn verdict(ui: &Ui, kind: &str, id: i64) -> Markup {
    html! {
        form.inline method="post" action=(ui.to("/review")) {
            (ui.csrf()) input type="hidden" name="kind" value=(kind); input type="hidden" name="id" value=(id);
            (reason(ui, &format!("{kind}{id}")))
            button name="act" value="accept" { (ui.t("accept")) } " "
            button name="act" value="reject" { (ui.t("reject")) }
        }
    }
}

/// A decision on a thing, with its own fields inside; it leads back to `page`.
pub(super) fn act(ui: &Ui, act: &str, kind: &str, id: i64, page: &str, inside: &Markup) -> Markup {
    html! { form.inline method="post" action=(ui.to("/review")) { (hidden(ui, act, kind, id, page)) (inside) } }
}

fn hidden(ui: &Ui, act: &str, kind: &str, id: i64, page: &str) -> Markup {
    html! {
        (ui.csrf()) input type="hidden" name="act" value=(act); input type="hidden" name="kind" value=(kind);
        input type="hidden" name="id" value=(id); input type="hidden" name="page" value=(page);
    }
}

/// Takes a decision and shows the queue again.
pub(super) async fn decide(State(app): State<App>, ui: Ui, Form(form): Form<BTreeMap<String, String>>) -> Result<impl IntoResponse, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    let by = form.get("by").cloned();
    // Only pages of this site: what stands before it is the language.
    let page = form
        .get("page")
        .filter(|page| page.starts_with('/') && !page.starts_with("//") && page.chars().all(|c| c.is_ascii_alphanumeric() || c == '/'))
        .cloned();
    app.write(by, move |case, stamp| decided(case, stamp, &form)).await?;
    Ok((StatusCode::SEE_OTHER, Redirect::to(&ui.to(page.as_deref().unwrap_or("/review")))))
}

fn decided(case: &mut Case, stamp: &Stamp, form: &BTreeMap<String, String>) -> Result<(), Failure> {
    let field = |name: &str| form.get(name).map_or("", |value| value.trim());
    let why = field("why");
    let id: i64 = field("id").parse().map_err(|_| Failure::bad("id: a number is expected"))?;
    let kind = || ItemKind::of(field("kind")).ok_or_else(|| Failure::bad(format!("kind: {} is no kind of item", field("kind"))));
    match field("act") {
        "accept" => case.accept(kind()?, id, why, stamp).map(|_| ())?,
        "reject" => case.reject(kind()?, id, why, stamp).map(|_| ())?,
        "correct" => case.correct(kind()?, id, &corrections(form)?, why, stamp).map(|_| ())?,
        "grade" => case.grade(Axis::of(field("value")), field("kind"), id, field("value"), why, stamp).map(|_| ())?,
        "note" if field("text").is_empty() => return Err(Failure::bad("text: the note is empty")),
        "note" => case.note(field("kind"), id, field("text"), stamp).map(|_| ())?,
        "merge" => {
            let from = field("from").parse().map_err(|_| Failure::bad("from: a number is expected"))?;
            case.merge_actors(from, id, why, stamp).map(|_| ())?;
        }
        answer @ ("same" | "different") => case.settle_merge(id, answer == "same", why, stamp).map(|_| ())?,
        "split" => case.split_actor(id, why, stamp).map(|_| ())?,
        "undo" => undo(case, id, why, stamp).map(|_| ())?,
        other => return Err(Failure::bad(format!("act: {other} is no decision"))),
    }
    Ok(())
}

/// Corrections of a form: lines of fields, and fields of their own that begin with `set.`, empty where nothing is to change.
fn corrections(form: &BTreeMap<String, String>) -> Result<Fields, Failure> {
    let mut fields = fields_of(form.get("fields").map_or("", String::as_str))?;
    for (name, value) in form {
        let (Some(name), value) = (name.strip_prefix(SET), value.trim()) else { continue };
        if !value.is_empty() {
            let value = if name == "named" { serde_json::Value::from(value == "yes") } else { serde_json::Value::from(value) };
            fields.insert(name.to_owned(), value);
        }
    }
    if fields.is_empty() { Err(Failure::bad("fields: nothing is changed")) } else { Ok(fields) }
}

/// Takes a decision back, of whatever kind it is.
pub(crate) fn undo(case: &mut Case, id: i64, why: &str, stamp: &Stamp) -> Result<i64, Failure> {
    match case.undo_merge(id, why, stamp) {
        Err(error) if matches!(error.problem, Problem::Absent { .. }) => Ok(case.undo(id, why, stamp)?),
        other => Ok(other?),
    }
}
