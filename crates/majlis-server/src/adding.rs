//! Adding documents, as a job: pasted, uploaded or fetched.

use crate::app::{App, machine};
use crate::failure::Failure;
use crate::jobs::{Job, Kind};
use jiff::civil::Date;
use majlis_case::ingest::{Defaults, Input, Notice, Options, Reach};
use majlis_case::{Case, Kept};
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

/// What is to be added, and what is assumed of documents that do not say it.
#[derive(Debug, Default)]
pub(crate) struct Load {
    pub(crate) inputs: Vec<Input>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<Date>,
    /// Whether the pages that a feed leads to are fetched.
    pub(crate) follow: bool,
}

impl Load {
    /// A pasted text. It is named by its title, else by the moment.
    pub(crate) fn paste(&mut self, title: &str, text: &str, at: jiff::Timestamp) {
        let name = if title.is_empty() { format!("{at:.0}") } else { title.to_owned() };
        let record = json!({ "id": name, "title": Some(title).filter(|t| !t.is_empty()), "text": text });
        self.inputs.push(Input::Bytes { name: format!("{name}.json"), bytes: record.to_string().into_bytes() });
    }

    /// # Errors
    /// For an address that is not of the web.
    pub(crate) fn fetch(&mut self, address: &str) -> Result<(), Failure> {
        match Input::of_argument(address) {
            address @ Input::Address(_) => {
                self.inputs.push(address);
                Ok(())
            }
            _ => Err(Failure::bad("address: one that begins with http:// or https:// is expected")),
        }
    }
}

impl App {
    /// Begins to add; gives the job.
    pub(crate) fn add(&self, load: Load, by: Option<String>) -> Result<Arc<Job>, Failure> {
        if load.inputs.is_empty() {
            return Err(Failure::bad("there is nothing to add: paste a text, choose a file, or give an address"));
        }
        let (app, stamp) = (self.clone(), self.stamp(by));
        self.jobs.start(Kind::Add, move |job| {
            let mut case = Case::open(app.store.path())?;
            let reach = if app.config.allow_private { Reach::Private } else { Reach::Public };
            let options = Options { defaults: Defaults { outlet: load.outlet, published: load.published }, follow: load.follow, reach };
            let mut done = 0;
            let tally = case.add(&load.inputs, &options, app.reader(), &stamp, &mut |notice| {
                match notice {
                    Notice::Fault(fault) => job.note(fault.to_string()),
                    Notice::Kept(Kept::Added(document) | Kept::Revised(document)) => job.kept(*document),
                    Notice::Kept(Kept::Unchanged(_)) => {}
                }
                done += 1;
                job.step(done, None);
                if job.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if !job.is_cancelled() {
                case.digest(&machine(&stamp), |done, total| job.step(done as u64, Some(total as u64)))?;
            }
            Ok(format!("{} added, {} revised, {} unchanged, {} not read", tally.added, tally.revised, tally.unchanged, tally.faults))
        })
    }
}
