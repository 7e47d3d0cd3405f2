//! The brief: what a batch of documents says, who says it, where they contradict one another, and a first forecast.
//!
//! [`brief`] turns documents and their readings into a [`Brief`], plain data in no particular language; [`render_text`] writes
//! it out in English or Arabic. Everything in a brief carries a [`Cite`]. [`render_run`] writes out what the models make of a standoff.
//!
//! Architecture invariant: nothing here reads text for meaning. What is said comes from the readings, cut down to what the words beside it
//! carry (`support.rs`); this crate merges, counts, groups and proposes. Same input, same bytes.

mod bargains;
mod batch;
mod case;
mod clause;
mod copies;
mod disputes;
mod draws;
mod events;
mod forecast;
mod inputs;
mod issues;
mod model;
pub mod outlook;
mod phrase;
pub mod propose;
mod render;
mod support;
mod table;

pub use case::CaseError;
pub use inputs::Inputs;
pub use model::*;
pub use render::{
    Form, Lang, Messages, charts, forecasts, outlook_fragment, points_fragment, render, render_backtest, render_outlook, render_run, render_text,
};

use batch::Batch;

/// The brief of documents.
#[must_use]
pub fn brief(inputs: &Inputs) -> Brief {
    let batch = Batch::new(inputs);
    let actors = batch.actors();
    let statements = batch.statements();
    let (events, bare_events) = events::timeline(&batch);
    let issues = issues::group(&batch);
    let disputes = disputes::find(&events, &statements, &issues);
    let documents = batch.documents();
    let forecast = forecast::propose(&documents, &actors, &statements, &issues);
    Brief {
        sourcing: batch.sourcing(&statements),
        left_out: batch.left_out,
        bargains: bargains::find(&batch),
        documents,
        actors,
        statements,
        events,
        bare_events,
        issues,
        disputes,
        forecast,
    }
}
