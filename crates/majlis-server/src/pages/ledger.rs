//! The ledger: who says what, named or unnamed.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Query, State};
use majlis_case::StatementRow;
use maud::{Markup, html};

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let asked = ask.clone();
    let listed = app.read(move |case| Ok(case.statements(&asked.filter(case)?, asked.page()?)?)).await?;
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.field("actor", "filter.speaker", "text", &ask.actor))
            (ui.named(&ask.named))
            (ui.field("outlet", "filter.outlet", "text", &ask.outlet))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("filter.button")) }
        }
        (ui.found(listed.total, listed.rows.len(), "statements"))
        ul.cards { @for s in &listed.rows { li { (statement(&ui, s)) } } }
        (ui.pager(&ask, listed.total))
    };
    Ok(ui.page(&ui.t("nav.ledger"), &body))
}

/// A statement: its source, its words, where it stands.
pub(super) fn statement(ui: &Ui, s: &StatementRow) -> Markup {
    html! {
        article.statement {
            p.who { (source(ui, s)) (ui.t("dot")) span { (ui.code("class", &s.class)) } (ui.t("dot")) span.soft { (ui.t(&s.kind)) } }
            blockquote dir="auto" { (s.words) }
            p.meta {
                @if let Some(to) = &s.told_to { span { (ui.t("told.to")) " " (ui.actor(to)) (ui.t("dot")) } }
                (ui.cite(&s.cite, &format!("s{}", s.id))) (ui.after(&ui.sure(&s.found)))
                (ui.after(&html! { a href=(ui.to(&format!("/review/statement/{}", s.id))) { (ui.t("judge")) } }))
            }
        }
    }
}

/// Who says it: an actor, words that name it, or what is said of a source that cannot be identified.
pub(super) fn source(ui: &Ui, s: &StatementRow) -> Markup {
    let words = s.described.as_ref().or(s.source.as_ref());
    html! {
        @match (&s.speaker, words) {
            (Some(actor), _) if s.named => strong { (ui.actor(actor)) },
            (_, Some(words)) if s.named => strong { bdi { (words) } },
            (_, words) => {
                span.tag.unnamed { (ui.code("unnamed", &s.source_class)) }
                @if let Some(words) = words { " " strong { bdi { "«" (words) "»" } } }
                @if let Some(side) = &s.side { (ui.t("dot")) (ui.t("on.side")) " " (ui.actor(side)) }
            }
        }
    }
}
