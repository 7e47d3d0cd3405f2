//! Long work: how far it is. The page survives a reload, since the job runs on its own.

use super::ui::Ui;
use crate::app::App;
use crate::failure::Failure;
use crate::guard::remember;
use crate::jobs::{Stage, State as JobState};
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(super) async fn list(State(app): State<App>, ui: Ui) -> Response {
    let jobs = app.jobs.list();
    let runs = jobs.iter().any(|job| !job.stage.is_over());
    let body = html! {
        @if jobs.is_empty() { div.empty { p { (ui.t("jobs.none")) } } }
        ul.cards { @for job in &jobs { li { p { a href=(ui.to(&format!("/jobs/{}", job.id))) { (ui.t(&format!("job.{}", kind(job)))) " " (job.id) } (ui.t("dot")) (ui.t(&format!("stage.{}", job.stage.code()))) } @if let Some(said) = &job.outcome { p.soft dir="auto" { (outcome(&ui, job, said)) } } } } }
    };
    let title = ui.t("nav.jobs");
    if runs { ui.waiting(&title, &body) } else { uncached(ui.page(&title, &body)) }
}

pub(super) async fn page(State(app): State<App>, ui: Ui, Path(id): Path<u64>) -> Result<Response, Failure> {
    let job = app.jobs.get(id)?;
    let (job, is_stopping) = (job.state(), job.is_cancelled());
    let stage = if is_stopping && !job.stage.is_over() { "stopping" } else { job.stage.code() };
    let title = format!("{} {id}", ui.t(&format!("job.{}", kind(&job))));
    let body = html! {
        div #job data-job=[(!job.stage.is_over()).then_some(id)] {
            p.stage role="status" { (ui.t(&format!("stage.{stage}"))) }
            (progress(&ui, &job))
            @if let Some(said) = &job.outcome { p dir="auto" { (outcome(&ui, &job, said)) } }
            @if job.stage.is_over() && !job.documents.is_empty() { p { (ui.t("job.documents")) @for id in &job.documents { " " a href=(ui.to(&format!("/documents/{id}"))) { (id) } } } }
            @if !job.notes.is_empty() { h2 { (ui.t("job.notes")) } ul { @for line in &job.notes { li { bdi { (line) } } } } }
        }
        @if job.stage.is_over() { p { a href=(ui.to("/documents")) { (ui.t("nav.documents")) } (ui.t("dot")) a href=(ui.to("/")) { (ui.t("nav.overview")) } } }
        @else if !is_stopping { (stop(&ui, id)) }
    };
    if !job.stage.is_over() {
        return Ok(ui.waiting(&title, &body));
    }
    // Who has seen the end of it sees what it has changed.
    let mut response = uncached(ui.page(&title, &body));
    remember(&mut response, app.store.generation()?)?;
    Ok(response)
}

/// What came of a job, in the reader's words where we have them.
fn outcome(ui: &Ui, job: &JobState, said: &str) -> String {
    let figures: Vec<&str> = said.split(", ").filter_map(|part| part.split(' ').next()).collect();
    match (job.kind, job.stage, figures.as_slice()) {
        (crate::jobs::Kind::Add, Stage::Done | Stage::Cancelled, [added, revised, unchanged, faults]) => {
            ui.fill("job.tally", &[("added", added), ("revised", revised), ("unchanged", unchanged), ("faults", faults)])
        }
        (crate::jobs::Kind::Study | crate::jobs::Kind::Forecast, Stage::Done, _) => ui.t("job.ready"),
        _ => ui.why(said),
    }
}

fn kind(job: &JobState) -> &'static str {
    match job.kind {
        crate::jobs::Kind::Add => "add",
        crate::jobs::Kind::Study => "study",
        crate::jobs::Kind::Forecast => "forecast",
    }
}

fn progress(ui: &Ui, job: &JobState) -> Markup {
    html! {
        @if !job.stage.is_over() {
            progress aria-label=(ui.t("job.progress")) max=[job.total] value=[job.total.map(|_| job.done)] {}
            p.steps { (ui.fill("job.steps", &[("done", &job.done.to_string())])) }
        }
    }
}

fn stop(ui: &Ui, id: u64) -> Markup {
    html! { form.inline method="post" action=(ui.to(&format!("/jobs/{id}/cancel"))) { (ui.csrf()) button { (ui.t("job.cancel")) } } }
}

/// That a part of a page is being worked out; a script loads the page again when it is.
pub(super) fn bar(ui: &Ui, id: u64) -> Markup {
    html! { div data-job=(id) { p role="status" { (ui.t("working")) " " a href=(ui.to(&format!("/jobs/{id}"))) { (ui.t("working.see")) } } progress aria-label=(ui.t("job.progress")) {} } }
}

/// A page that waits for a job and then shows what was asked for.
pub(super) fn wait(ui: &Ui, id: u64) -> Response {
    ui.waiting(&ui.t("working"), &html! { (bar(ui, id)) (stop(ui, id)) })
}

pub(super) async fn cancel(State(app): State<App>, ui: Ui, Path(id): Path<u64>, Form(form): Form<BTreeMap<String, String>>) -> Result<Redirect, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    app.jobs.get(id)?.cancel();
    Ok(Redirect::to(&ui.to(&format!("/jobs/{id}"))))
}

fn uncached(page: super::ui::Page) -> Response {
    ([(axum::http::header::CACHE_CONTROL, "no-store")], page).into_response()
}
