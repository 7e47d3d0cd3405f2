//! Forecasts that were sealed, each question with what came of it.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use axum::extract::{Form, State};
use axum::response::Redirect;
use majlis_case::Sealed;
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Page, Failure> {
    let sealed = app.read(|case| Ok(case.sealed(None)?)).await?;
    let mut questions: BTreeMap<&str, Vec<&Sealed>> = BTreeMap::new();
    for one in &sealed {
        questions.entry(&one.chance.question).or_default().push(one);
    }
    let body = html! {
        p.soft { (ui.t("sealed.how")) }
        @if questions.is_empty() { div.empty { p { (ui.t("sealed.none")) } p { a.button href=(ui.to("/forecast")) { (ui.t("to.forecast")) } } } }
        @for (number, (question, chances)) in questions.iter().enumerate() { (one(&ui, number, question, chances)) }
    };
    Ok(ui.page(&ui.t("nav.sealed"), &body))
}

/// A question: what each run gave its outcomes, and what came.
fn one(ui: &Ui, number: usize, question: &str, chances: &[&Sealed]) -> Markup {
    let mut outcomes: Vec<&str> = Vec::new();
    let mut runs: Vec<&Sealed> = Vec::new();
    for one in chances {
        if !outcomes.contains(&one.chance.outcome.as_str()) {
            outcomes.push(&one.chance.outcome);
        }
        if !runs.iter().any(|run| run.run == one.run) {
            runs.push(one);
        }
    }
    let probability = |run: i64, outcome: &str| chances.iter().find(|one| one.run == run && one.chance.outcome == outcome).map(|one| one.chance.probability);
    let came = chances.iter().find_map(|one| one.came.as_deref());
    let closes = chances.iter().find_map(|one| one.chance.closes.as_deref());
    let field = format!("outcome-{number}");
    html! {
        section.claim {
            h2 { code dir="ltr" { (question) } @if let Some(day) = closes { (ui.t("dot")) span.soft { (ui.t("sealed.closes")) " " (ui.day(Some(day))) } } }
            table.stack {
                thead { tr { th scope="col" { (ui.t("column.number")) } th scope="col" { (ui.t("column.when")) } th scope="col" { (ui.t("column.by")) }
                    @for outcome in &outcomes { th.number scope="col" { (said(ui, outcome)) } } } }
                tbody { @for run in &runs {
                    tr { th scope="row" { (run.run) } td data-label=(ui.t("column.when")) { (ui.day(Some(&run.at))) } td data-label=(ui.t("column.by")) { bdi { (run.by) } }
                        @for outcome in &outcomes { td.number data-label=(said(ui, outcome)) { @if let Some(p) = probability(run.run, outcome) { (format!("{:.0}%", p * 100.0)) } } } }
                } }
            }
            @match came {
                Some(outcome) => p { span.tag.good { (ui.t("sealed.came")) } " " strong { (said(ui, outcome)) } },
                None => form.inline method="post" action=(ui.to("/sealed")) {
                    (ui.csrf()) input type="hidden" name="question" value=(question);
                    div.field { label for=(field) { (ui.t("sealed.came")) }
                        select id=(field) name="outcome" required { option value="" { (ui.t("sealed.open")) } @for outcome in &outcomes { option value=(outcome) { (said(ui, outcome)) } } } }
                    div.field { label for=(format!("{field}-why")) { (ui.t("why")) } input id=(format!("{field}-why")) type="text" name="why" dir="auto"; }
                    button { (ui.t("sealed.button")) }
                },
            }
        }
    }
}

/// An outcome in the reader's words where it is yes or no, else as the question calls it.
fn said(ui: &Ui, outcome: &str) -> String {
    ui.code("outcome", outcome)
}

pub(super) async fn resolve(State(app): State<App>, ui: Ui, Form(form): Form<BTreeMap<String, String>>) -> Result<Redirect, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    let field = |name: &str| form.get(name).map_or("", |value| value.trim()).to_owned();
    let (question, outcome, why) = (field("question"), field("outcome"), field("why"));
    app.write(None, move |case, stamp| Ok(case.resolve(&question, &outcome, &why, stamp)?)).await?;
    Ok(Redirect::to(&ui.to("/sealed")))
}
