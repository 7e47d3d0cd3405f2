//! The pages. Each is a function from what the case gives to HTML; words come from `data/messages.tsv`, everything else is escaped.

mod actors;
mod add;
mod claims;
mod document;
mod documents;
mod events;
mod export;
mod forecast;
mod issues;
mod jobs;
mod ledger;
mod login;
mod map;
mod network;
mod outlets;
mod overview;
mod remarks;
mod review;
mod sealed;
mod search;
mod standoff;
mod ui;

pub(crate) use export::{Asked, exported};
pub(crate) use review::undo;
pub(crate) use standoff::Written;
pub(crate) use ui::{failure, lag};

use crate::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The most bytes of an upload.
const UPLOAD: usize = 64 << 20;

/// Every page in both languages.
pub(crate) fn routes() -> Router<App> {
    ["ar", "en"].into_iter().fold(Router::new(), |router, lang| {
        let at = |path: &str| format!("/{lang}{path}");
        router
            .route(&at("/"), get(overview::page).post(overview::study))
            .route(&at("/documents"), get(documents::page))
            .route(&at("/documents/{id}"), get(document::page))
            .route(&at("/ledger"), get(ledger::page))
            .route(&at("/events"), get(events::page))
            .route(&at("/actors"), get(actors::list))
            .route(&at("/actors/{id}"), get(actors::page))
            .route(&at("/actors/{id}/same"), get(actors::same))
            .route(&at("/outlets"), get(outlets::page))
            .route(&at("/claims"), get(claims::page))
            .route(&at("/claims/{id}"), get(claims::one))
            .route(&at("/issues"), get(issues::page))
            .route(&at("/forecast"), get(forecast::page).post(forecast::seal))
            .route(&at("/standoff"), get(standoff::page).post(standoff::keep))
            .route(&at("/sealed"), get(sealed::page).post(sealed::resolve))
            .route(&at("/network"), get(network::page))
            .route(&at("/map"), get(map::page))
            .route(&at("/search"), get(search::page))
            .route(&at("/review"), get(review::page).post(review::decide))
            .route(&at("/review/{kind}/{id}"), get(review::item))
            .route(&at("/add"), get(add::page).post(add::take).layer(DefaultBodyLimit::max(UPLOAD)))
            .route(&at("/export"), get(export::page))
            .route(&at("/export/{format}"), get(export::file))
            .route(&at("/jobs"), get(jobs::list))
            .route(&at("/jobs/{id}"), get(jobs::page))
            .route(&at("/jobs/{id}/cancel"), post(jobs::cancel))
            .route(&at("/login"), get(login::page).post(login::enter))
            .route(&at("/logout"), post(login::leave))
    })
}

/// A word inside an address.
fn coded(word: &str) -> String {
    word.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
