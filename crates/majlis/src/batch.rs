//! Reads a batch of documents: in parallel, in order, a few hundred at a time.

use crate::args::Inputs;
use crate::fault::{Fault, complain};
use crate::input::{Input, documents};
use indicatif::{ProgressBar, ProgressStyle};
use majlis_read::{Reader, Reading};
use majlis_text::Document;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use std::cell::RefCell;
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
    let reader = Reader::new();
    let pool = ThreadPoolBuilder::new().num_threads(inputs.threads.map_or(0, usize::from)).build()?;
    let bar = progress();
    report_panics_as_faults();
    let mut is_well = true;
    let mut stream = documents(&inputs.paths, &inputs.defaults).peekable();
    while stream.peek().is_some() {
        let chunk: Vec<_> = stream.by_ref().take(CHUNK).collect();
        let made: Vec<Result<T, Fault>> = pool.install(|| chunk.into_par_iter().map(|input| one(&reader, input?, &make)).collect());
        for result in made {
            match result {
                Ok(item) => take(item)?,
                Err(fault) => {
                    is_well = false;
                    bar.suspend(|| complain(fault));
                }
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(is_well)
}

fn one<T>(reader: &Reader, input: Input, make: impl Fn(Document, Reading) -> anyhow::Result<T>) -> Result<T, Fault> {
    let Input { place, document } = input;
    let made = guarded(move || {
        let reading = reader.read(&document);
        make(document, reading)
    });
    match made {
        Ok(Ok(item)) => Ok(item),
        Ok(Err(error)) => Err(Fault::new(place, format!("{error:#}"))),
        Err(panic) => Err(Fault::new(place, format!("a flaw of Majlis, please report it: {panic}"))),
    }
}

/// A count of documents on standard error; nothing where that is no terminal.
fn progress() -> ProgressBar {
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
