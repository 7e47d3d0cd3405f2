//! What the case holds, the key judgements, and what is new.

use super::ui::Ui;
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::Progress;
use axum::extract::{Form, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use majlis_brief::points_fragment;
use majlis_case::{Filter, Page};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;
use std::time::Duration;

/// Documents up to which the key judgements are worked out without being asked for.
const AT_ONCE: u64 = 500;
/// How long the first of them are waited for.
const PATIENCE: Duration = Duration::from_millis(1500);
/// The newest changes that are shown.
const NEWEST: u64 = 8;

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Response, Failure> {
    let (counts, log, newest) = app
        .sum(|case| {
            let (all, none) = (Filter::default(), Page::first(0));
            let unnamed = Filter { named: Some(false), ..Filter::default() };
            let counts = [
                ("/documents", "documents", case.documents(&all, none)?.total),
                ("/ledger", "statements", case.statements(&all, none)?.total),
                ("/ledger?named=no", "unnamed.n", case.statements(&unnamed, none)?.total),
                ("/events", "events.n", case.events(&all, none)?.total),
                ("/actors", "actors.n", case.actors(&all, none)?.total),
                ("/claims", "claims.n", case.claims(&all, none)?.total),
                ("/review", "review.n", case.unsure(none)?.total + case.merges(true, none)?.total),
            ];
            let documents = counts[0].2;
            let last = Page { offset: documents.saturating_sub(5), limit: 5 };
            let mut newest = case.documents(&all, last)?.rows;
            newest.reverse();
            Ok((counts, case.audit(Page::first(NEWEST))?.rows, newest))
        })
        .await?;
    let documents = counts[0].2;
    let mut is_done = true;
    let points: Markup = if documents == 0 {
        html! { div.empty { p { (ui.t("case.empty")) } p { a.button href=(ui.to("/add")) { (ui.t("nothing.add")) } } } }
    } else {
        let mut progress = app.progress()?;
        if documents <= AT_ONCE && !progress.is_current && progress.job.is_none() && progress.fault.is_none() {
            // What was made before the last change is shown meanwhile.
            let patience = if progress.study.is_some() { Duration::ZERO } else { PATIENCE };
            let begun = app.study_within(patience).await;
            progress = app.progress()?;
            progress.fault = progress.fault.or(begun.err());
        }
        is_done = progress.job.is_none();
        judgements(&ui, &progress)
    };
    let body = html! {
        ul.counts {
            @for (path, key, n) in &counts { li { a href=(ui.to(path)) { (ui.count(key, *n)) } } }
        }
        (points)
        @if documents > 0 {
            div.halves {
                section {
                    h2 { (ui.t("newest")) }
                    ul.plain {
                        @for document in &newest {
                            li { a href=(ui.to(&format!("/documents/{}", document.id))) { bdi { (document.title.as_deref().unwrap_or(&document.name)) } } br;
                                span.soft { bdi { (document.outlet.as_deref().unwrap_or(&ui.t("no.outlet"))) } (ui.t("dot")) (ui.day(document.published.as_deref())) } }
                        }
                    }
                }
                section {
                    h2 { (ui.t("changes")) }
                    ul.plain {
                        @for line in &log {
                            li { bdi { (line.by) } (ui.t("dot")) (ui.code("act", &line.act)) @if line.subject.starts_with("decision ") { (ui.t("dot")) } @else { " " } bdi { (subject(&ui, &line.subject)) } br; span.soft { (ui.day(Some(&line.at))) } }
                        }
                    }
                }
            }
        }
    };
    let page = ui.page(&ui.t("nav.overview"), &body);
    Ok(if is_done { page.into_response() } else { ([(header::CACHE_CONTROL, "no-store")], page).into_response() })
}

/// The key judgements as far as they are known; what is under way; and the button that begins it, where it does not begin by itself.
fn judgements(ui: &Ui, progress: &Progress) -> Markup {
    let ask = |key: &str| html! { form.inline method="post" action=(ui.to("/")) { (ui.csrf()) button { (ui.t(key)) } } };
    let known = progress.study.as_ref().map(|study| {
        let addresses: Vec<String> = study.documents.iter().map(|id| ui.to(&format!("/documents/{id}"))).collect();
        html! { div.brief { (PreEscaped(points_fragment(&study.brief, ui.lang, &addresses))) } }
    });
    html! {
        @if known.is_none() { h2 { (ui.t("points")) } }
        @if !progress.is_current {
            div.changed {
                @if let Some(fault) = &progress.fault { p { (ui.told(&fault.detail)) } }
                @if known.is_some() { p { (ui.t("points.outdated")) } }
                @if let Some(job) = progress.job { (super::jobs::bar(ui, job)) }
                @else if known.is_some() || progress.fault.is_some() { (ask("points.again")) }
                @else { p.soft { (ui.t("points.how")) } (ask("points.ask")) }
            }
        }
        @if let Some(known) = known { (known) }
    }
}

/// What a line of the log is about, `document 17`, in the reader's words.
fn subject(ui: &Ui, subject: &str) -> Markup {
    let (kind, number) = subject.split_once(' ').unwrap_or((subject, ""));
    html! { (ui.code("kind", kind)) " " bdi { (number) } }
}

/// Begins to work the key judgements out.
pub(super) async fn study(State(app): State<App>, ui: Ui, Form(form): Form<BTreeMap<String, String>>) -> Result<Redirect, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    app.study_within(PATIENCE).await?;
    Ok(Redirect::to(&ui.to("/")))
}
