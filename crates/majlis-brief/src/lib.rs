//! The brief: what a batch of documents says, who says it, where they contradict one another, and a first forecast.
//!
//! [`brief`] turns documents and their readings into a [`Brief`], plain data in no particular language; [`render_text`] writes
//! it out in English or Arabic. Everything in a brief carries a [`Cite`]. [`render_run`] writes out what the models make of a standoff.
//!
//! Architecture invariant: nothing here reads text for meaning. What is said comes from the readings; this crate merges,
//! counts, groups and proposes. Same input, same bytes.

mod bargains;
mod batch;
mod copies;
mod disputes;
mod draws;
mod events;
mod forecast;
mod issues;
mod model;
mod phrase;
mod render;
mod table;

pub use model::*;
pub use render::{Lang, forecasts, render_backtest, render_run, render_text};

use batch::Batch;
use majlis_read::Reading;
use majlis_text::Document;

/// The brief of a batch of documents.
pub fn brief(inputs: &[(Document, Reading)]) -> Brief {
    let batch = Batch::new(inputs);
    let actors = batch.actors();
    let statements = batch.statements();
    let (events, bare_events) = events::timeline(&batch);
    let issues = issues::group(&batch);
    let disputes = disputes::find(&events, &statements, &issues);
    let forecast = forecast::propose(&batch, &actors, &statements, &issues);
    Brief {
        sourcing: batch.sourcing(&statements),
        bargains: bargains::find(&batch),
        documents: batch.documents(),
        actors,
        statements,
        events,
        bare_events,
        issues,
        disputes,
        forecast,
    }
}
