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
mod english;
mod events;
mod forecast;
mod inputs;
mod issues;
mod matter;
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
    // What always goes on ends with a brief.
    brief_until(inputs, &|| true).unwrap_or_default()
}

/// The same, as long as `goes_on` says so, which is asked before each document and each part; else none.
#[must_use]
pub fn brief_until(inputs: &Inputs, goes_on: &dyn Fn() -> bool) -> Option<Brief> {
    let stop = || goes_on().then_some(());
    let batch = Batch::until(inputs, goes_on)?;
    let actors = batch.actors();
    stop()?;
    let statements = batch.statements();
    stop()?;
    let (events, bare_events) = events::timeline(&batch);
    stop()?;
    let issues = issues::group(&batch);
    stop()?;
    let disputes = disputes::find(&events, &statements, &issues);
    let documents = batch.documents();
    let forecast = forecast::propose(&documents, &actors, &statements, &issues);
    stop()?;
    Some(Brief {
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
    })
}
