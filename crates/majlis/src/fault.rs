//! What goes wrong, told on standard error.

use std::fmt;
use std::io::Write;

pub(crate) use majlis_case::ingest::Fault;

/// One line on standard error. Where even that is closed there is nobody to tell.
pub(crate) fn complain(message: impl fmt::Display) {
    let _ = writeln!(std::io::stderr(), "majlis: {message}");
}
