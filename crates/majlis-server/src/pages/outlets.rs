//! Outlets, each to be graded.

use super::remarks;
use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Query, State};
use maud::html;

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let stretch = ask.page()?;
    let listed = app.read(move |case| Ok(case.outlets(stretch)?)).await?;
    let body = html! {
        p.soft { (ui.t("outlets.how")) }
        (ui.found(listed.total, listed.rows.len(), "outlets.n"))
        @if !listed.rows.is_empty() {
            table.stack {
                thead { tr { th scope="col" { (ui.t("column.outlet")) } th.number scope="col" { (ui.t("column.documents")) } th scope="col" { (ui.t("reliability")) } } }
                tbody { @for outlet in &listed.rows {
                    tr {
                        th scope="row" { a href=(ui.to(&format!("/documents?outlet={}", super::coded(&outlet.name)))) { bdi { (outlet.name) } } }
                        td.number data-label=(ui.t("column.documents")) { (outlet.documents) }
                        td.form { (remarks::grade(&ui, "outlet", outlet.id, outlet.reliability.as_deref(), "/outlets")) }
                    }
                } }
            }
        }
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.outlets"), &body))
}
