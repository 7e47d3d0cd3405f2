//! The case in the forms of the field's tools, and the brief.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::Answer;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use majlis_brief::{Form, render};
use majlis_case::export::{Format, Redaction};
use maud::html;
use serde::Deserialize;

/// Name, form, ending, media type.
const FORMATS: [(&str, Format, &str, &str); 8] = [
    ("plover", Format::Plover, "jsonl", "application/x-ndjson"),
    ("polecat", Format::Polecat, "tsv", "text/tab-separated-values; charset=utf-8"),
    ("acled", Format::Acled, "csv", "text/csv; charset=utf-8"),
    ("ucdp", Format::Ucdp, "csv", "text/csv; charset=utf-8"),
    ("ftm", Format::FollowTheMoney, "jsonl", "application/x-ndjson"),
    ("geojson", Format::GeoJson, "geojson", "application/geo+json"),
    ("annotation", Format::WebAnnotation, "jsonld", "application/ld+json"),
    ("parquet", Format::Parquet, "parquet", "application/vnd.apache.parquet"),
];
const BRIEFS: [(&str, Form, &str, &str); 3] = [
    ("brief-html", Form::Html, "html", "text/html; charset=utf-8"),
    ("brief-markdown", Form::Markdown, "md", "text/markdown; charset=utf-8"),
    ("brief-text", Form::Text, "txt", "text/plain; charset=utf-8"),
];

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    redact: String,
}

impl Asked {
    fn redaction(&self) -> Redaction {
        if matches!(self.redact.as_str(), "yes" | "true" | "1") { Redaction::Sources } else { Redaction::None }
    }
}

pub(super) async fn page(ui: Ui) -> Page {
    let body = html! {
        p { (ui.t("export.how")) }
        table.stack {
            thead { tr { th scope="col" { (ui.t("export.form")) } th scope="col" { (ui.t("export.whole")) } th scope="col" { (ui.t("export.redacted")) } } }
            tbody { @for (name, _, ending, _) in FORMATS {
                tr {
                    th scope="row" { (ui.t(&format!("export.{name}"))) }
                    td data-label=(ui.t("export.whole")) { a download href=(ui.to(&format!("/export/{name}"))) { bdi dir="ltr" { "." (ending) } } }
                    td data-label=(ui.t("export.redacted")) { a download href=(ui.to(&format!("/export/{name}?redact=yes"))) { bdi dir="ltr" { "." (ending) } } }
                }
            } }
        }
        h2 { (ui.t("title")) }
        ul { @for (name, _, ending, _) in BRIEFS { li { a download href=(ui.to(&format!("/export/{name}"))) { (ui.t(&format!("export.{name}"))) " " bdi dir="ltr" { "." (ending) } } } } }
        h2 { (ui.t("export.standoff")) }
        p { a download href=(ui.to("/export/standoff")) { (ui.t("export.standoff.file")) " " bdi dir="ltr" { ".toml" } } }
    };
    ui.page(&ui.t("nav.export"), &body)
}

pub(super) async fn file(State(app): State<App>, ui: Ui, Path(name): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    if let Some((_, form, ending, kind)) = BRIEFS.iter().find(|(known, ..)| *known == name) {
        return match app.study().await? {
            Answer::Ready(study) => Ok(sent(&app.name(), ending, kind, render(&study.brief, None, ui.lang, *form).into_bytes())),
            Answer::Working(job) => Ok(super::jobs::wait(&ui, job)),
        };
    }
    if name == "standoff" {
        return match app.base().await? {
            Answer::Ready(base) => Ok(sent(&app.name(), "toml", "application/toml", base.standoff()?.0.as_bytes().to_vec())),
            Answer::Working(job) => Ok(super::jobs::wait(&ui, job)),
        };
    }
    exported(&app, &name, &asked).await
}

/// An export of the case, as a file.
pub(crate) async fn exported(app: &App, name: &str, asked: &Asked) -> Result<Response, Failure> {
    let (_, format, ending, kind) =
        *FORMATS.iter().find(|(known, ..)| *known == name).ok_or_else(|| Failure::absent(format!("no form of export is called {name}")))?;
    let redaction = asked.redaction();
    let bytes = app
        .read(move |case| {
            let mut bytes = Vec::new();
            case.export(format, redaction, &mut bytes)?;
            Ok(bytes)
        })
        .await?;
    Ok(sent(&app.name(), ending, kind, bytes))
}

/// A file to be saved; its name is the case's as far as a header can hold it.
fn sent(case: &str, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let plain: String = case.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }).collect();
    let coded: String = case.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    let disposition = format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{coded}.{ending}");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
