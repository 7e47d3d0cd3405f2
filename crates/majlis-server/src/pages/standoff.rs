//! The standoff as TOML, to be edited.

use super::ui::Ui;
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::{Answer, Base};
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Response, Failure> {
    let base = match app.base().await? {
        Answer::Working(job) => return Ok(super::jobs::wait(&ui, job)),
        Answer::Ready(base) => base,
    };
    let text = base.standoff().map_or("", |(text, _)| text);
    Ok(ui.page(&ui.t("nav.standoff"), &form(&ui, &base, text, None)).into_response())
}

/// The text in its form, with what is wrong with it.
fn form(ui: &Ui, base: &Base, text: &str, fault: Option<&Failure>) -> Markup {
    let (is_fixed, written) = match base {
        Base::Given(given) => (given.written.is_none(), given.written.as_ref()),
        Base::Proposed(_) => (false, None),
    };
    let lines = text.lines().count().clamp(12, 40);
    html! {
        @if let Some(fault) = fault { p.problem role="alert" { (ui.told(&fault.detail)) } }
        @if is_fixed { p.soft { (ui.t("standoff.fixed")) } }
        @else if let Some((by, at)) = written { p.soft { (ui.t("standoff.written")) " " bdi { (by) } (ui.t("dot")) (ui.day(Some(at))) } }
        @else { p.soft { (ui.t("standoff.proposed")) } }
        form.sheet.whole method="post" action=(ui.to("/standoff")) {
            (ui.csrf())
            div.field { label for="toml" { (ui.t("standoff.text")) } textarea #toml.code name="text" rows=(lines) dir="ltr" lang="en" spellcheck="false" readonly[is_fixed] { (text) } }
            @if !is_fixed {
                div.buttons {
                    button name="act" value="keep" { (ui.t("standoff.keep")) } " "
                    @if written.is_some() { button.plain name="act" value="drop" formnovalidate { (ui.t("standoff.drop")) } }
                    " " a href=(ui.to("/issues")) { (ui.t("nav.issues")) }
                }
            }
        }
        p.soft { (ui.t("standoff.how")) }
    }
}

pub(super) async fn keep(State(app): State<App>, ui: Ui, Form(sent): Form<BTreeMap<String, String>>) -> Result<Response, Failure> {
    app.gate.check(sent.get("csrf").map(String::as_str))?;
    let field = |name: &str| sent.get(name).cloned().unwrap_or_default();
    // A form sends lines with \r\n, and an empty text is dropped only by its own button.
    let text = if field("act") == "drop" { String::new() } else { field("text").replace("\r\n", "\n") };
    if text.trim().is_empty() && field("act") != "drop" {
        return Err(Failure::bad("text: there is nothing to keep"));
    }
    match app.keep_standoff(text.clone(), None).await {
        Ok(_) => Ok(Redirect::to(&ui.to("/issues")).into_response()),
        // What was written is not lost over a fault in it.
        Err(fault) if fault.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let base = match app.base().await? {
                Answer::Working(_) => return Err(fault),
                Answer::Ready(base) => base,
            };
            let page = ui.page(&ui.t("nav.standoff"), &form(&ui, &base, &text, Some(&fault)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, [(header::CACHE_CONTROL, "no-store")], axum::Extension(Written), page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Marks an answer that tells its failure itself.
#[derive(Clone, Copy)]
pub(crate) struct Written;
