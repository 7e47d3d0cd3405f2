//! Coming in with the token or the password, where the server listens beyond this machine.

use super::ui::Ui;
use crate::access::COOKIE;
use crate::app::App;
use crate::failure::Failure;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(query): Query<BTreeMap<String, String>>) -> Response {
    if !app.gate.is_guarded() {
        return Redirect::to(&ui.to("/")).into_response();
    }
    let body = html! {
        form.sheet method="post" action=(ui.to("/login")) {
            (ui.csrf())
            div.field { label for="secret" { (ui.t("login.secret")) } input #secret type="password" name="secret" autocomplete="current-password" required value=[query.get("token")]; }
            button { (ui.t("login.button")) }
        }
        p.soft { (ui.t("login.how")) }
    };
    ([(header::CACHE_CONTROL, "no-store")], ui.page(&ui.t("login"), &body)).into_response()
}

pub(super) async fn enter(
    State(app): State<App>,
    ui: Ui,
    from: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Response, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    app.gate.may_try(from.map_or(IpAddr::from(Ipv4Addr::LOCALHOST), |info| info.0.0.ip()))?;
    let (own, secret) = (app.clone(), form.get("secret").cloned().unwrap_or_default());
    let knows = tokio::task::spawn_blocking(move || own.gate.knows(&secret)).await?;
    if !knows {
        return Err(Failure::new(StatusCode::UNAUTHORIZED, "neither the token nor the password"));
    }
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200", app.gate.enter()?);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&ui.to("/"))).into_response())
}

pub(super) async fn leave(State(app): State<App>, ui: Ui, headers: HeaderMap, Form(form): Form<BTreeMap<String, String>>) -> Result<Response, Failure> {
    app.gate.check(form.get("csrf").map(String::as_str))?;
    app.gate.leave(&headers);
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to(&ui.to("/login"))).into_response())
}
