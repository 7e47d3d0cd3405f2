//! What went wrong with one document or file, and where.

use std::fmt;
use std::io::Write;
use std::path::Path;

/// One thing that could not be read. The rest of the batch goes on.
#[derive(Debug)]
pub(crate) struct Fault {
    place: String,
    message: String,
}

impl Fault {
    pub(crate) fn new(place: impl fmt::Display, message: impl fmt::Display) -> Self {
        Self { place: place.to_string(), message: message.to_string() }
    }

    pub(crate) fn of_path(path: &Path, message: impl fmt::Display) -> Self {
        Self::new(path.display(), message)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// One line on standard error. Where even that is closed there is nobody to tell.
pub(crate) fn complain(message: impl fmt::Display) {
    let _ = writeln!(std::io::stderr(), "majlis: {message}");
}
