//! Adding documents: pasted, uploaded, or from an address.

use super::ui::{Page, Ui};
use crate::adding::Load;
use crate::app::App;
use crate::failure::Failure;
use crate::listing::day;
use axum::extract::{Multipart, State};
use axum::response::Redirect;
use majlis_case::ingest::Input;
use maud::html;

pub(super) async fn page(ui: Ui) -> Page {
    let body = html! {
        p { (ui.t("add.how")) }
        form.sheet method="post" action=(ui.to("/add")) enctype="multipart/form-data" {
            (ui.csrf())
            fieldset {
                legend { (ui.t("add.paste")) }
                (ui.field("title", "column.title", "text", ""))
                div.field { label for="text" { (ui.t("add.text")) } textarea #text name="text" rows="10" dir="auto" {} }
            }
            fieldset {
                legend { (ui.t("add.upload")) }
                div.field { label for="file" { (ui.t("add.files")) } input #file type="file" name="file" multiple; }
                p.soft { (ui.t("add.formats")) }
            }
            fieldset {
                legend { (ui.t("add.address")) }
                div.field { label for="f-url" { (ui.t("add.url")) } input #f-url type="url" name="url" dir="ltr" placeholder="https://"; }
                div.field.check { input #follow type="checkbox" name="follow" value="yes"; label for="follow" { (ui.t("add.follow")) } }
            }
            fieldset {
                legend { (ui.t("add.about")) }
                (ui.field("outlet", "filter.outlet", "text", ""))
                (ui.day_field("published", "column.published", ""))
                (ui.field("by", "column.by", "text", ""))
            }
            button { (ui.t("add.button")) }
        }
        p { a href=(ui.to("/jobs")) { (ui.t("nav.jobs")) } }
    };
    ui.page(&ui.t("nav.add"), &body)
}

pub(super) async fn take(State(app): State<App>, ui: Ui, mut form: Multipart) -> Result<Redirect, Failure> {
    let mut load = Load::default();
    let (mut title, mut text, mut url, mut csrf, mut by) = (String::new(), String::new(), String::new(), None, None);
    let broken = |error: axum::extract::multipart::MultipartError| Failure::new(error.status(), error.body_text());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file = field.file_name().unwrap_or("upload").to_owned();
            let bytes = field.bytes().await.map_err(broken)?.to_vec();
            if !bytes.is_empty() {
                load.inputs.push(Input::Bytes { name: file, bytes });
            }
            continue;
        }
        let value = field.text().await.map_err(broken)?.trim().to_owned();
        match name.as_str() {
            "csrf" => csrf = Some(value),
            "title" => title = value,
            "text" => text = value,
            "url" => url = value,
            "follow" => load.follow = true,
            "by" => by = Some(value),
            "outlet" if !value.is_empty() => load.outlet = Some(value),
            "published" => load.published = day("published", &value)?,
            _ => {}
        }
    }
    app.gate.check(csrf.as_deref())?;
    if !text.is_empty() {
        load.paste(&title, &text, app.stamp(None).at);
    }
    if !url.is_empty() {
        load.fetch(&url)?;
    }
    let job = app.add(load, by)?;
    Ok(Redirect::to(&ui.to(&format!("/jobs/{}", job.id()))))
}
