//! The style and the script, as files of the program.

use crate::app::App;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// Addresses carry the version of the program, so a browser may keep what they give.
pub(crate) const STYLE: &str = concat!("/assets/style.css?v=", env!("CARGO_PKG_VERSION"));
pub(crate) const SCRIPT: &str = concat!("/assets/majlis.js?v=", env!("CARGO_PKG_VERSION"));
pub(crate) const ICON: &str = concat!("/assets/icon.svg?v=", env!("CARGO_PKG_VERSION"));

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/assets/style.css", get(|| file("text/css; charset=utf-8", include_str!("../assets/style.css"))))
        .route("/assets/majlis.js", get(|| file("text/javascript; charset=utf-8", include_str!("../assets/majlis.js"))))
        .route("/assets/icon.svg", get(|| file("image/svg+xml", include_str!("../assets/icon.svg"))))
}

async fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")], text)
}
