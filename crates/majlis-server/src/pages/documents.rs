//! The documents of the case.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Query, State};
use maud::html;

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let listed = app.read(move |case| Ok(case.documents(&asked.filter(case)?, asked.page()?)?)).await?;
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.field("actor", "filter.actor", "text", &ask.actor))
            (ui.field("outlet", "filter.outlet", "text", &ask.outlet))
            (ui.field("place", "filter.place", "text", &ask.place))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("filter.button")) }
        }
        p { a href=(ui.to("/outlets")) { (ui.t("to.outlets")) } }
        (ui.found(listed.total, listed.rows.len(), "documents"))
        @if !listed.rows.is_empty() {
            table.stack {
                thead { tr {
                    th scope="col" { (ui.t("column.title")) } th scope="col" { (ui.t("column.outlet")) } th scope="col" { (ui.t("column.published")) }
                    th.number scope="col" { (ui.t("column.statements")) } th.number scope="col" { (ui.t("column.unnamed")) } th.number scope="col" { (ui.t("column.events")) }
                } }
                tbody {
                    @for d in &listed.rows {
                        tr {
                            th scope="row" { a href=(ui.to(&format!("/documents/{}", d.id))) { bdi { (d.title.as_deref().unwrap_or(&d.name)) } }
                                @if d.story != d.id { " " span.tag { (ui.fill("copy.of", &[("n", &d.story.to_string())])) } } }
                            td data-label=(ui.t("column.outlet")) { bdi { (d.outlet.as_deref().unwrap_or(&ui.t("no.outlet"))) } }
                            td data-label=(ui.t("column.published")) { (ui.day(d.published.as_deref())) @if d.inferred.is_some() { " " span.soft { (ui.t("inferred")) } } }
                            td.number data-label=(ui.t("column.statements")) { (d.statements) }
                            td.number data-label=(ui.t("column.unnamed")) { (d.unnamed) }
                            td.number data-label=(ui.t("column.events")) { (d.events) }
                        }
                    }
                }
            }
        }
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.documents"), &body))
}
