//! What the API changes. A body is JSON, which no form of another site can send.

use super::{AT, Number, asked, number, working};
use crate::adding::Load;
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::Answer;
use crate::pages;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use majlis_case::{Axis, Fields, ItemKind};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Body<T> = Result<Json<T>, JsonRejection>;

fn body<T>(body: Body<T>) -> Result<T, Failure> {
    body.map(|Json(body)| body).map_err(|rejection| Failure::new(rejection.status(), rejection.body_text()))
}

/// Who, and why.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Reason {
    why: String,
    by: Option<String>,
}

/// Documents to add.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Addition {
    text: Option<String>,
    title: String,
    url: Option<String>,
    follow: bool,
    outlet: Option<String>,
    published: Option<Date>,
    by: Option<String>,
}

pub(super) async fn add(State(app): State<App>, sent: Body<Addition>) -> Result<Response, Failure> {
    let sent = body(sent)?;
    let mut load = Load { outlet: sent.outlet, published: sent.published, follow: sent.follow, ..Load::default() };
    if let Some(text) = sent.text.filter(|text| !text.trim().is_empty()) {
        load.paste(sent.title.trim(), &text, app.stamp(None).at);
    }
    if let Some(url) = sent.url {
        load.fetch(&url)?;
    }
    Ok(working(app.add(load, sent.by)?.id()))
}

pub(super) async fn accept(State(app): State<App>, Path(item): Path<(String, i64)>, reason: Body<Reason>) -> Result<Json<Value>, Failure> {
    let ((kind, id), reason) = (kind_of(item)?, body(reason)?);
    decided(app.write(reason.by, move |case, stamp| Ok(case.accept(kind, id, &reason.why, stamp)?)).await?)
}

pub(super) async fn reject(State(app): State<App>, Path(item): Path<(String, i64)>, reason: Body<Reason>) -> Result<Json<Value>, Failure> {
    let ((kind, id), reason) = (kind_of(item)?, body(reason)?);
    decided(app.write(reason.by, move |case, stamp| Ok(case.reject(kind, id, &reason.why, stamp)?)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    fields: BTreeMap<String, Value>,
    #[serde(default)]
    why: String,
    by: Option<String>,
}

pub(super) async fn correct(State(app): State<App>, Path(item): Path<(String, i64)>, sent: Body<Correction>) -> Result<Json<Value>, Failure> {
    let ((kind, id), sent) = (kind_of(item)?, body(sent)?);
    let (decision, item) = app.write(sent.by, move |case, stamp| Ok(case.correct(kind, id, &sent.fields, &sent.why, stamp)?)).await?;
    Ok(Json(json!({ "decision": decision, "item": item })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grade {
    value: String,
    #[serde(default)]
    why: String,
    by: Option<String>,
}

/// Reliability is a letter, credibility a figure.
pub(super) async fn grade(State(app): State<App>, Path((kind, id)): Path<(String, i64)>, sent: Body<Grade>) -> Result<Json<Value>, Failure> {
    let sent = body(sent)?;
    decided(app.write(sent.by, move |case, stamp| Ok(case.grade(Axis::of(&sent.value), &kind, id, &sent.value, &sent.why, stamp)?)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    text: String,
    by: Option<String>,
}

pub(super) async fn note(State(app): State<App>, Path((kind, id)): Path<(String, i64)>, sent: Body<Note>) -> Result<Json<Value>, Failure> {
    let sent = body(sent)?;
    decided(app.write(sent.by, move |case, stamp| Ok(case.note(&kind, id, &sent.text, stamp)?)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settlement {
    same: bool,
    #[serde(default)]
    why: String,
    by: Option<String>,
}

pub(super) async fn settle(State(app): State<App>, id: Number, sent: Body<Settlement>) -> Result<Json<Value>, Failure> {
    let (id, sent) = (number(id)?, body(sent)?);
    decided(app.write(sent.by, move |case, stamp| Ok(case.settle_merge(id, sent.same, &sent.why, stamp)?)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Merging {
    from: i64,
    into: i64,
    #[serde(default)]
    why: String,
    by: Option<String>,
}

pub(super) async fn merge(State(app): State<App>, sent: Body<Merging>) -> Result<Json<Value>, Failure> {
    let sent = body(sent)?;
    decided(app.write(sent.by, move |case, stamp| Ok(case.merge_actors(sent.from, sent.into, &sent.why, stamp)?)).await?)
}

pub(super) async fn split(State(app): State<App>, id: Number, reason: Body<Reason>) -> Result<Json<Value>, Failure> {
    let (id, reason) = (number(id)?, body(reason)?);
    decided(app.write(reason.by, move |case, stamp| Ok(case.split_actor(id, &reason.why, stamp)?)).await?)
}

pub(super) async fn undo(State(app): State<App>, id: Number, reason: Body<Reason>) -> Result<Json<Value>, Failure> {
    let (id, reason) = (number(id)?, body(reason)?);
    decided(app.write(reason.by, move |case, stamp| pages::undo(case, id, &reason.why, stamp)).await?)
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Asking {
    /// Numbers set otherwise, by name.
    set: BTreeMap<String, f64>,
    seed: Option<u64>,
    draws: Option<u64>,
    by: Option<String>,
}

/// Seals a forecast in the case; where it is not worked out yet, gives the job that does.
pub(super) async fn seal(State(app): State<App>, sent: Body<Asking>) -> Result<Response, Failure> {
    let sent = body(sent)?;
    let mut pairs: Vec<(String, String)> = sent.set.iter().map(|(name, value)| ("set".to_owned(), format!("{name}={value}"))).collect();
    for (name, value) in [("seed", sent.seed), ("draws", sent.draws)] {
        pairs.extend(value.map(|value| (name.to_owned(), value.to_string())));
    }
    match app.told(asked(&pairs)?).await? {
        Answer::Working(job) => Ok(working(job)),
        Answer::Ready(told) => {
            let run = app.seal(told, sent.by).await?;
            Ok((StatusCode::CREATED, [(header::LOCATION, format!("{AT}/sealed"))], Json(json!({ "run": run }))).into_response())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    /// TOML; empty to go back to what the case proposes.
    text: String,
    by: Option<String>,
}

pub(super) async fn keep_standoff(State(app): State<App>, sent: Body<Draft>) -> Result<Json<Value>, Failure> {
    let sent = body(sent)?;
    Ok(Json(json!({ "run": app.keep_standoff(sent.text, sent.by).await? })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolution {
    question: String,
    outcome: String,
    #[serde(default)]
    why: String,
    by: Option<String>,
}

pub(super) async fn resolve(State(app): State<App>, sent: Body<Resolution>) -> Result<impl IntoResponse, Failure> {
    let sent = body(sent)?;
    app.write(sent.by, move |case, stamp| Ok(case.resolve(&sent.question, &sent.outcome, &sent.why, stamp)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn cancel(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    app.jobs.get(number(id)?.unsigned_abs())?.cancel();
    Ok(StatusCode::NO_CONTENT)
}

fn kind_of((kind, id): (String, i64)) -> Result<(ItemKind, i64), Failure> {
    ItemKind::of(&kind).map(|kind| (kind, id)).ok_or_else(|| Failure::absent(format!("no kind of item is called {kind}")))
}

fn decided(decision: i64) -> Result<Json<Value>, Failure> {
    Ok(Json(json!({ "decision": decision })))
}

/// Corrections as a form has them: `name=value` a line, values as JSON where they are, else as words. Lines that begin with `#` are left out.
pub(crate) fn fields_of(text: &str) -> Result<Fields, Failure> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pair = |line: &str| {
        let (name, value) = line.split_once('=').ok_or_else(|| Failure::bad(format!("fields: {line}: there is no = in it")))?;
        let (name, value) = (name.trim(), value.trim());
        // An EDTF year would be a number in JSON.
        let is_word = matches!(name, "time" | "value") && value != "null" && !value.starts_with('"');
        let value = if is_word { Value::from(value) } else { serde_json::from_str(value).unwrap_or_else(|_| Value::from(value)) };
        Ok((name.to_owned(), value))
    };
    lines.map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_read_a_line_each() {
        let fields = fields_of("# type=\"VOTE\"\n type = ASSAULT\r\nsource=[3, 4]\ntime=2021\nnamed=true\n\nplace=null").unwrap();
        let said: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said, ["named=true", "place=null", "source=[3,4]", "time=\"2021\"", "type=\"ASSAULT\""]);
        assert!(fields_of("no sign").unwrap_err().detail.contains("no sign"));
    }
}
