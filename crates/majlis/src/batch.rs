//! Reads a batch of documents: in parallel, in order, a few hundred at a time.

use crate::args::Inputs;
use crate::fault::{Fault, complain};
use indicatif::{ProgressBar, ProgressStyle};
use majlis_case::ingest::{Defaults, Input, Options, Raw, Reach, walk};
use majlis_read::{Reader, Reading};
use majlis_text::Document;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::panic;

/// Documents held at the same time.
const CHUNK: usize = 256;

/// Reads every document, makes something of each in parallel, and hands these over in the order of the documents.
/// Faults are told on standard error. Returns whether there were none.
pub(crate) fn each<T: Send>(
    inputs: &Inputs,
    make: impl Fn(Document, Reading) -> anyhow::Result<T> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    each_or_fault(inputs, make, |made| made.map_or(Ok(()), &mut take))
}

/// As [`each`], and hands over the faults too, where they occur.
pub(crate) fn each_or_fault<T: Send>(
    inputs: &Inputs,
    make: impl Fn(Document, Reading) -> anyhow::Result<T> + Sync,
    take: impl FnMut(Result<T, &Fault>) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    report_panics_as_faults();
    let options = Options { defaults: inputs.defaults.for_ingest(), reach: Reach::Nothing, ..Options::default() };
    let pool = ThreadPoolBuilder::new().num_threads(inputs.threads.map_or(0, usize::from)).build()?;
    let (reader, bar, defaults) = (Reader::new(), progress(), &options.defaults);
    let mut batch = Batch { pool, bar, make: |raw| one(&reader, raw, defaults, &make), take, is_well: true };
    let mut outcome = Ok(());
    let mut chunk = Vec::new();
    let inputs: Vec<Input> = inputs.paths.iter().map(|path| Input::of_path(path)).collect();
    let _ = walk(&inputs, &options, &mut |found| {
        chunk.push(found);
        if chunk.len() == CHUNK {
            outcome = batch.run(std::mem::take(&mut chunk));
        }
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    batch.run(chunk)?;
    batch.bar.finish_and_clear();
    Ok(batch.is_well)
}

struct Batch<M, T> {
    pool: ThreadPool,
    bar: ProgressBar,
    make: M,
    take: T,
    is_well: bool,
}

impl<M, T> Batch<M, T> {
    fn run<Made: Send>(&mut self, chunk: Vec<Result<Raw, Fault>>) -> anyhow::Result<()>
    where
        M: Fn(Raw) -> Result<Made, Fault> + Sync,
        T: FnMut(Result<Made, &Fault>) -> anyhow::Result<()>,
    {
        let make = &self.make;
        let made: Vec<Result<Made, Fault>> = self.pool.install(|| chunk.into_par_iter().map(|found| make(found?)).collect());
        for result in made {
            match result {
                Ok(item) => (self.take)(Ok(item))?,
                Err(fault) => {
                    self.is_well = false;
                    (self.take)(Err(&fault))?;
                    self.bar.suspend(|| complain(fault));
                }
            }
            self.bar.inc(1);
        }
        Ok(())
    }
}

fn one<T>(reader: &Reader, raw: Raw, defaults: &Defaults, make: impl Fn(Document, Reading) -> anyhow::Result<T>) -> Result<T, Fault> {
    let place = raw.place().to_owned();
    let made = guarded(move || {
        let (document, _) = raw.document(defaults)?;
        let reading = reader.read(&document);
        Ok(make(document, reading))
    });
    match made {
        Ok(Ok(Ok(item))) => Ok(item),
        Ok(Ok(Err(error))) => Err(Fault::new(place, format!("{error:#}"))),
        Ok(Err(fault)) => Err(fault),
        Err(panic) => Err(Fault::new(place, format!("a flaw of Majlis, please report it: {panic}"))),
    }
}

/// A count of documents on standard error; nothing where that is no terminal.
pub(crate) fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

thread_local! {
    /// What the last panic on this thread said, while [`guarded`] runs something.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs something that may panic; the error is what the panic said and where.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    PANIC.set(Some(String::new()));
    let result = panic::catch_unwind(panic::AssertUnwindSafe(run));
    let said = PANIC.take().unwrap_or_default();
    result.map_err(|_| said)
}

/// Has panics inside [`guarded`] kept for its error; all others are printed as ever.
fn report_panics_as_faults() {
    let ordinary = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_guarded = PANIC.with_borrow_mut(|slot| slot.as_mut().map(|said| *said = info.to_string().replace('\n', " ")).is_some());
        if !is_guarded {
            ordinary(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_one_line_that_names_the_place() {
        report_panics_as_faults();
        let failed = guarded(|| panic!("no such\nthing")).map(|()| 0);
        assert!(failed.is_err_and(|said| said.contains("batch.rs") && said.contains("no such thing")));
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
