//! Search, with the words around each place.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use axum::extract::{Query, State};
use majlis_case::Hit;
use maud::{Markup, html};

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let words = ask.words()?.to_owned();
    let asked = ask.clone();
    let found = match words.is_empty() {
        true => None,
        false => Some(app.read(move |case| Ok(case.search(asked.words()?, &asked.filter(case)?, asked.page()?))).await?),
    };
    let body = html! {
        form.filter method="get" action=(ui.path()) {
            (ui.field("q", "search.words", "search", &ask.q))
            (ui.field("actor", "filter.actor", "text", &ask.actor))
            (ui.named(&ask.named))
            (ui.field("outlet", "filter.outlet", "text", &ask.outlet))
            (ui.day_field("from", "filter.from", &ask.from))
            (ui.day_field("to", "filter.to", &ask.to))
            button { (ui.t("search.button")) }
        }
        @match &found {
            None => p.soft { (ui.t("search.how")) },
            Some(Err(error)) if matches!(error.problem, majlis_case::Problem::Refused(_)) => p.problem role="status" { (ui.t("search.no.word")) " " (ui.t("search.how")) },
            Some(Err(error)) => p.problem role="status" { (ui.told(&error.problem.to_string())) },
            Some(Ok(listed)) => {
                p.found role="status" { (ui.count("documents", listed.total)) }
                @if listed.total == 0 { div.empty { p { (ui.t("search.none")) } p { (ui.t("search.how")) } } }
                ul.cards { @for hit in &listed.rows { li { (one(&ui, hit)) } } }
                (ui.pager(&ask, listed.total))
            }
        }
    };
    Ok(ui.page(&ui.t("nav.search"), &body))
}

fn one(ui: &Ui, hit: &Hit) -> Markup {
    let document = ui.to(&format!("/documents/{}", hit.document));
    html! {
        article {
            h2 { a href=(document) { bdi { (hit.title.as_deref().unwrap_or(&hit.name)) } } }
            p.meta { bdi { (hit.outlet.as_deref().unwrap_or(&ui.t("no.outlet"))) } (ui.t("dot")) (ui.day(hit.published.as_deref())) (ui.t("dot")) (ui.count("occurrences", hit.occurrences as u64)) }
            @for line in &hit.lines {
                p.kwic dir="auto" { a href=(format!("{document}#p{}", line.paragraph + 1)) { "¶" (line.paragraph + 1) } " " (line.before) mark.hit { (line.words) } (line.after) }
            }
        }
    }
}
