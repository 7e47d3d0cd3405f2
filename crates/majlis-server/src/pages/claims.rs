//! Claims: who supports what and who denies it, side by side.

use super::remarks;
use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Path, Query, State};
use majlis_case::{ClaimRow, Side};
use majlis_lexicon::EventType;
use maud::{Markup, html};

/// Reports of each side in the list.
const SHOWN: usize = 2;

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let listed = app.sum(move |case| Ok(case.claims_in_brief(&asked.filter(case)?, asked.page()?, SHOWN)?)).await?;
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.choice("type", "filter.type", &ask.kind, &ui.any_of("event", EventType::CODES)))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("filter.button")) }
        }
        p.soft { (ui.t("claims.how")) }
        (ui.found(listed.total, listed.rows.len(), "claims.n"))
        @for claim in &listed.rows { (one_claim(&ui, claim)) }
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.claims"), &body))
}

pub(super) async fn one(State(app): State<App>, ui: Ui, Path(id): Path<i64>) -> Result<Page, Failure> {
    let (claim, remarks) = app.read(move |case| Ok((case.claim(id)?, case.remarks("claim", id)?))).await?;
    let body = html! {
        (one_claim(&ui, &claim))
        (remarks::section(&ui, "claim", id, &remarks, &format!("/claims/{id}")))
    };
    Ok(ui.page(&ui.fill("claim.title", &[("n", &claim.id.to_string())]), &body))
}

/// A claim with the reports on its sides.
fn one_claim(ui: &Ui, claim: &ClaimRow) -> Markup {
    html! {
        article.claim {
            h2 { a href=(ui.to(&format!("/claims/{}", claim.id))) { (ui.code("event", &claim.event)) " " bdi { "«" (about(ui, claim)) "»" } } (ui.t("dot")) (ui.day(claim.first_day.as_deref())) }
            p.soft { (ui.t(&format!("claim.{}", claim.kind))) @if let Some(grade) = &claim.credibility { (ui.t("dot")) (ui.t("credibility")) " " (ui.t(&format!("grade.{grade}"))) } }
            div.sides {
                (side(ui, "supports", &claim.support))
                (side(ui, "denies", &claim.denial))
                @if !claim.other.reports.is_empty() { (side(ui, "differs", &claim.other)) }
            }
        }
    }
}

/// What it is about: words of a text, or what is counted.
fn about(ui: &Ui, claim: &ClaimRow) -> String {
    if claim.kind == "figure" { ui.code("counted", &claim.about) } else { claim.about.clone() }
}

fn side(ui: &Ui, says: &str, side: &Side) -> Markup {
    html! {
        div class=(format!("side {says}")) {
            h3 { (ui.t(&format!("says.{says}"))) }
            @if side.reports.is_empty() { p.soft { (ui.t("nobody")) } }
            @else {
                p.soft { (ui.count("reports.n", side.told as u64)) (ui.t("dot")) (ui.count("independent.n", side.independent as u64)) (ui.t("dot"))
                    (ui.fill("named.unnamed", &[("named", &side.named.to_string()), ("unnamed", &side.unnamed.to_string())])) }
                ul.plain {
                    @for report in &side.reports {
                        li {
                            @if let Some(value) = &report.value { strong { bdi dir="ltr" { (value) } } @if report.voice.is_some() || !report.named { (ui.t("dot")) } }
                            @match &report.voice { Some(voice) => (ui.actor(voice)), None => @if !report.named { span.tag.unnamed { (ui.t("unnamed.source")) } } }
                            div.words dir="auto" { "«" (report.event.words) "»" }
                            (ui.cite(&report.event.cite, &format!("e{}", report.event.id)))
                        }
                    }
                }
                @if side.told > side.reports.len() { p.soft { (ui.fill("more", &[("n", &(side.told - side.reports.len()).to_string())])) } }
            }
        }
    }
}
