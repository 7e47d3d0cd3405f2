//! Issues: who stands where, with what each position rests on.

use super::ui::Ui;
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::{Answer, Study};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use majlis_brief::{Lang, Range, charts, points_fragment};
use majlis_model::standoff::{Issue, Label, Standoff};
use maud::{Markup, PreEscaped, html};

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Response, Failure> {
    let study = match app.study().await? {
        Answer::Ready(study) => study,
        Answer::Working(job) => return Ok(super::jobs::wait(&ui, job)),
    };
    let addresses: Vec<String> = study.documents.iter().map(|id| ui.to(&format!("/documents/{id}"))).collect();
    let own = app.own_standoff().await?;
    let standoff = match (&own, &study.proposal) {
        (Some(own), _) => Ok(&own.standoff),
        (None, Ok((_, proposed))) => Ok(proposed),
        (None, Err(why)) => Err(why),
    };
    let body = html! {
        @match standoff {
            Ok(standoff) => {
                p { (ui.t(if own.is_some() { "standoff.given" } else { "standoff.proposed" })) (ui.t("dot")) a href=(ui.to("/standoff")) { (ui.t("standoff.edit")) } (ui.t("dot")) a download href=(ui.to("/export/standoff")) { (ui.t("export.standoff.file")) } }
                @if standoff.issue.is_empty() { div.empty { p { (ui.t("issues.none")) } } }
                @for issue in &standoff.issue { (one(&ui, standoff, issue, Some(&*study).filter(|_| own.is_none()))) }
                p { a.button href=(ui.to("/forecast")) { (ui.t("to.forecast")) } }
            },
            Err(why) => div.empty { p { (ui.t("issues.none")) } p.soft { (ui.told(why)) } },
        }
        @if !study.documents.is_empty() { div.brief { (PreEscaped(points_fragment(&study.brief, ui.lang, &addresses))) } }
    };
    Ok(ui.page(&ui.t("nav.issues"), &body).into_response())
}

/// A label in the reader's language.
pub(super) fn label(ui: &Ui, label: &Label) -> String {
    if ui.lang == Lang::Arabic { label.ar.clone() } else { label.en.clone() }
}

fn one(ui: &Ui, standoff: &Standoff, issue: &Issue, study: Option<&Study>) -> Markup {
    let stands: Vec<(&majlis_model::standoff::Actor, &majlis_model::standoff::Stand)> =
        standoff.stands(&issue.id).filter_map(|(i, stand)| Some((standoff.actor.get(i)?, stand))).collect();
    let range = |r: majlis_model::Range| Range { low: r.low(), mode: r.mode(), high: r.high() };
    let drawn: Vec<(String, Range, f64)> =
        stands.iter().map(|(actor, stand)| (label(ui, &actor.name), range(stand.position), actor.influence_on(stand).mode() * stand.salience.mode())).collect();
    let figure = |r: majlis_model::Range| if r.is_point() { format!("{:.0}", r.mode()) } else { format!("{:.0}–{:.0}–{:.0}", r.low(), r.mode(), r.high()) };
    let (low, high) = (label(ui, &issue.low), label(ui, &issue.high));
    html! {
        section {
            h2 { bdi { (label(ui, &issue.name)) } }
            p { (ui.fill("scale", &[("low", &low), ("high", &high)])) }
            (ui.drawing(|room| charts::position_line(ui.lang, room, &label(ui, &issue.name), [&low, &high], &drawn)))
            p.soft { (ui.t("position.key")) }
            table.stack {
                thead { tr { th scope="col" { (ui.t("column.actor")) } th scope="col" { (ui.t("position")) } th scope="col" { (ui.t("salience")) } th scope="col" { (ui.t("influence")) } th scope="col" { (ui.t("rests.on")) } } }
                tbody { @for (actor, stand) in &stands {
                    tr {
                        th scope="row" { bdi { (label(ui, &actor.name)) } }
                        td data-label=(ui.t("position")) { bdi.figure dir="ltr" { (figure(stand.position)) } }
                        td data-label=(ui.t("salience")) { bdi.figure dir="ltr" { (figure(stand.salience)) } }
                        td data-label=(ui.t("influence")) { bdi.figure dir="ltr" { (figure(actor.influence_on(stand))) } }
                        td.words data-label=(ui.t("rests.on")) { div { (rests(ui, study, &actor.id, &issue.id, stand.source.position.as_deref())) } }
                    }
                } }
            }
        }
    }
}

/// The words that a position rests on: those of the texts where it is proposed, else the analyst's own note.
fn rests(ui: &Ui, study: Option<&Study>, actor: &str, issue: &str, note: Option<&str>) -> Markup {
    let evidence = study.map_or(&[][..], |study| study.evidence(actor, issue));
    html! {
        @if let Some(note) = note { bdi { (note) } }
        @else if evidence.is_empty() { span.soft { (ui.t("no.source")) } }
        @for one in evidence {
            div { bdi { "«" (one.words) "»" } " "
                @if let Some(id) = study.and_then(|study| study.documents.get(one.cite.document as usize)) {
                    a href=(ui.to(&format!("/documents/{id}#p{}", one.cite.paragraph + 1))) { bdi { (id) "¶" (one.cite.paragraph + 1) } }
                } }
        }
    }
}
