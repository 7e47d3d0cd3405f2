//! The REST API, version 1: everything that the pages do, as JSON. Lists come in stretches (`offset`, `limit`, a `Link` header to the next),
//! failures as problem+json. What it can do stands in `openapi.json`, which a test holds against these routes.

mod changes;
mod openapi;

pub(crate) use changes::fields_of;

use crate::app::App;
use crate::failure::Failure;
use crate::forecast::{Answer, DRAWS, Question};
use crate::listing::Ask;
use crate::pages;
use crate::store::Reach;
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream};
use majlis_case::{Case, Filter, Listed, Page};
use serde::Serialize;
use serde_json::{Value, json};
use std::convert::Infallible;

/// Where the API lies.
pub(crate) const AT: &str = "/api/v1";
/// The most bytes of documents that are sent.
const UPLOAD: usize = 64 << 20;

pub(crate) fn routes() -> Router<App> {
    let table: Vec<(&str, MethodRouter<App>)> = vec![
        ("/openapi.json", get(openapi::serve)),
        ("/case", get(case)),
        ("/documents", get(documents).post(changes::add).layer(DefaultBodyLimit::max(UPLOAD))),
        ("/documents/{id}", get(document)),
        ("/statements", get(statements)),
        ("/statements/{id}", get(statement)),
        ("/events", get(events)),
        ("/events/{id}", get(event)),
        ("/stances", get(stances)),
        ("/actors", get(actors)),
        ("/actors/{id}", get(actor)),
        ("/actors/{id}/split", post(changes::split)),
        ("/actors/merge", post(changes::merge)),
        ("/outlets", get(outlets)),
        ("/claims", get(claims)),
        ("/claims/{id}", get(claim)),
        ("/search", get(search)),
        ("/ties", get(ties)),
        ("/places", get(places)),
        ("/review/queue", get(queue)),
        ("/review/merges", get(merges)),
        ("/review/merges/{id}", post(changes::settle)),
        ("/review/{kind}/{id}/accept", post(changes::accept)),
        ("/review/{kind}/{id}/reject", post(changes::reject)),
        ("/review/{kind}/{id}/correct", post(changes::correct)),
        ("/review/{kind}/{id}/grade", post(changes::grade)),
        ("/review/{kind}/{id}/note", post(changes::note)),
        ("/review/{kind}/{id}/remarks", get(remarks)),
        ("/decisions", get(decisions)),
        ("/decisions/{id}/undo", post(changes::undo)),
        ("/audit", get(audit)),
        ("/standoff", get(standoff).put(changes::keep_standoff)),
        ("/forecast", get(forecast).post(changes::seal)),
        ("/sealed", get(sealed)),
        ("/resolutions", post(changes::resolve)),
        ("/exports/{format}", get(export)),
        ("/jobs", get(jobs)),
        ("/jobs/{id}", get(job).delete(changes::cancel)),
        ("/jobs/{id}/events", get(job_events)),
    ];
    table.into_iter().fold(Router::new(), |router, (path, method)| router.route(&format!("{AT}{path}"), method))
}

/// A number in a path; what is no number names nothing.
pub(crate) type Number = Result<Path<i64>, PathRejection>;

pub(crate) fn number(path: Number) -> Result<i64, Failure> {
    path.map(|Path(id)| id).map_err(|_| Failure::absent("there is nothing of that number"))
}

/// A stretch of a list, with the way to the next.
fn stretch<T: Serialize>(listed: &Listed<T>, page: Page, uri: &Uri) -> Response {
    let end = page.offset.saturating_add(listed.rows.len() as u64);
    let kept = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("offset="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("offset={end}")]).collect();
    let next = (!listed.rows.is_empty() && end < listed.total).then(|| format!("<{}?{}>; rel=\"next\"", uri.path(), query.join("&")));
    let body = Json(json!({ "total": listed.total, "offset": page.offset, "limit": page.limit, "rows": listed.rows }));
    match next {
        Some(next) => ([(header::LINK, next)], body).into_response(),
        None => body.into_response(),
    }
}

async fn list<T: Serialize + Send + 'static>(
    app: &App,
    reach: Reach,
    uri: &Uri,
    ask: Ask,
    look: impl FnOnce(&Case, &Filter, Page) -> majlis_case::Result<Listed<T>> + Send + 'static,
) -> Result<Response, Failure> {
    let page = ask.stretch()?;
    let listed = app.store.look(reach, move |case| Ok(look(case, &ask.filter(case)?, page)?)).await?;
    Ok(stretch(&listed, page, uri))
}

async fn case(State(app): State<App>) -> Result<Json<Value>, Failure> {
    let name = app.name();
    app.sum(move |case| {
        let (all, none) = (Filter::default(), Page::first(0));
        Ok(Json(json!({
            "name": name,
            "engine": majlis_case::ENGINE,
            "documents": case.documents(&all, none)?.total,
            "statements": case.statements(&all, none)?.total,
            "events": case.events(&all, none)?.total,
            "actors": case.actors(&all, none)?.total,
            "claims": case.claims(&all, none)?.total,
            "to_review": case.unsure(none)?.total,
            "open_merges": case.merges(true, none)?.total,
        })))
    })
    .await
}

async fn documents(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, filter, page| case.documents(filter, page)).await
}

async fn statements(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, filter, page| case.statements(filter, page)).await
}

async fn events(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, filter, page| case.events(filter, page)).await
}

async fn stances(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, filter, page| case.stances(filter, page)).await
}

async fn actors(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Whole, &uri, ask, |case, filter, page| case.actors(filter, page)).await
}

async fn claims(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Whole, &uri, ask, |case, filter, page| case.claims(filter, page)).await
}

async fn search(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    let words = ask.words()?.to_owned();
    list(&app, Reach::Rows, &uri, ask, move |case, filter, page| case.search(&words, filter, page)).await
}

async fn outlets(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, _, page| case.outlets(page)).await
}

async fn remarks(State(app): State<App>, Path((kind, id)): Path<(String, i64)>) -> Result<impl IntoResponse, Failure> {
    app.read(move |case| Ok(Json(case.remarks(&kind, id)?))).await
}

async fn queue(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, _, page| case.unsure(page)).await
}

async fn merges(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, _, page| case.merges(true, page)).await
}

async fn decisions(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, _, page| case.decisions(page)).await
}

async fn audit(State(app): State<App>, uri: Uri, Query(ask): Query<Ask>) -> Result<Response, Failure> {
    list(&app, Reach::Rows, &uri, ask, |case, _, page| case.audit(page)).await
}

async fn document(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let id = number(id)?;
    app.read(move |case| Ok(Json(case.document(id)?))).await
}

async fn statement(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let id = number(id)?;
    app.read(move |case| Ok(Json(case.statement(id)?))).await
}

async fn event(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let id = number(id)?;
    app.read(move |case| Ok(Json(case.event(id)?))).await
}

async fn actor(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let id = number(id)?;
    app.read(move |case| Ok(Json(case.actor(id)?))).await
}

async fn claim(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let id = number(id)?;
    app.read(move |case| Ok(Json(case.claim(id)?))).await
}

async fn ties(State(app): State<App>, Query(ask): Query<Ask>) -> Result<impl IntoResponse, Failure> {
    let most = ask.stretch()?.limit;
    app.sum(move |case| Ok(Json(case.ties(most)?))).await
}

async fn places(State(app): State<App>, Query(ask): Query<Ask>) -> Result<impl IntoResponse, Failure> {
    let most = ask.stretch()?.limit;
    app.sum(move |case| Ok(Json(case.places(most)?))).await
}

async fn sealed(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    app.read(|case| Ok(Json(case.sealed(None)?))).await
}

async fn standoff(State(app): State<App>) -> Result<Response, Failure> {
    match app.base().await? {
        Answer::Working(job) => Ok(working(job)),
        Answer::Ready(base) => Ok(([(header::CONTENT_TYPE, "application/toml")], base.standoff()?.0.to_owned()).into_response()),
    }
}

/// What an address asks of the models: `seed`, `draws`, and `set=NAME=VALUE`, which may come again.
pub(crate) fn asked(pairs: &[(String, String)]) -> Result<Question, Failure> {
    let (mut set, mut seed, mut draws) = (Vec::new(), 1, DRAWS);
    let wrong = |name: &str, value: &str| Failure::bad(format!("{name}: a number is expected, not {value}"));
    for (name, value) in pairs {
        match name.as_str() {
            "seed" => seed = value.parse().map_err(|_| wrong(name, value))?,
            "draws" => draws = value.parse().map_err(|_| wrong(name, value))?,
            "set" => {
                let (path, value) = value.split_once('=').ok_or_else(|| Failure::bad("set: NAME=VALUE is expected, such as kadhimi.salience=70"))?;
                set.push((path.to_owned(), value.parse().map_err(|_| wrong(path, value))?));
            }
            _ => {}
        }
    }
    Question::new(set, seed, draws)
}

async fn forecast(State(app): State<App>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Failure> {
    match app.told(asked(&pairs)?).await? {
        Answer::Working(job) => Ok(working(job)),
        Answer::Ready(told) => Ok(Json(json!({ "outlook": told.outlook, "run": told.run })).into_response()),
    }
}

/// That something is being worked out, and where to look.
pub(crate) fn working(job: u64) -> Response {
    (StatusCode::ACCEPTED, [(header::LOCATION, format!("{AT}/jobs/{job}")), (header::CACHE_CONTROL, "no-store".to_owned())], Json(json!({ "job": job })))
        .into_response()
}

async fn export(State(app): State<App>, Path(format): Path<String>, Query(ask): Query<pages::Asked>) -> Result<Response, Failure> {
    pages::exported(&app, &format, &ask).await
}

async fn jobs(State(app): State<App>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(app.jobs.list()))
}

async fn job(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(app.jobs.get(number(id)?.unsigned_abs())?.state())))
}

/// How far a job is, told whenever it changes, until it is over.
async fn job_events(State(app): State<App>, id: Number) -> Result<impl IntoResponse, Failure> {
    let watch = app.jobs.get(number(id)?.unsigned_abs())?.watch();
    Ok(([(header::CACHE_CONTROL, "no-store")], Sse::new(changes_of(watch)).keep_alive(KeepAlive::default())))
}

fn changes_of(watch: tokio::sync::watch::Receiver<crate::jobs::State>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((Some(watch), true), |(watch, is_first)| async move {
        let mut watch = watch?;
        if !is_first && watch.changed().await.is_err() {
            return None;
        }
        let state = watch.borrow_and_update().clone();
        let data = serde_json::to_string(&state).unwrap_or_default();
        let is_over = state.stage.is_over();
        Some((Ok(Event::default().event("state").data(data)), (Some(watch).filter(|_| !is_over), false)))
    })
}
