//! The description of the API, from `data/openapi.json`, with the version of the program in it.

use axum::http::header;
use axum::response::IntoResponse;

pub(super) async fn serve() -> impl IntoResponse {
    let text = include_str!("../../data/openapi.json").replacen("{version}", env!("CARGO_PKG_VERSION"), 1);
    ([(header::CONTENT_TYPE, "application/json")], text)
}
