//! Exports in the forms that the field's tools read. Every one reads the live record: what the analyst decided is in it.
//!
//! With [`Redaction::Sources`] nothing leads back to a source that cannot be identified: of what it said and of the events that only it reports,
//! the words, the place in the text, the description and the document are withheld, and so are notes and the paths of files.

mod annotation;
mod ftm;
mod geojson;
mod parquet;
mod plover;
mod rows;
mod tables;

use crate::error::{Problem, Result};
use crate::store::Case;
use std::io::Write;

/// A form of export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// PLOVER's JSON (manual, draft 0.7b1), one event a line.
    Plover,
    /// The columns of POLECAT's weekly files, tab-separated.
    Polecat,
    /// The columns of ACLED's files, by name; types and modes are PLOVER's.
    Acled,
    /// The columns of UCDP's georeferenced events, by name; one row a happening of type ASSAULT.
    Ucdp,
    /// FollowTheMoney entities, one JSON object a line.
    FollowTheMoney,
    /// GeoJSON (RFC 7946): events that have coordinates.
    GeoJson,
    /// W3C Web Annotations of statements and events, as one JSON-LD collection.
    WebAnnotation,
    /// Apache Parquet: one row an event.
    Parquet,
}

/// What an export leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Redaction {
    /// Nothing.
    None,
    /// What would lead back to a source that cannot be identified.
    Sources,
}

impl Case {
    /// Writes the case in a form. Returns the number of rows, lines or features.
    ///
    /// # Errors
    /// What the disk says, of the case or of `out`.
    pub fn export(&self, format: Format, redaction: Redaction, out: &mut dyn Write) -> Result<u64> {
        self.read(|db| {
            let mut told = rows::Told::new(db, redaction);
            match format {
                Format::Plover => plover::write(&mut told, out),
                Format::Polecat => tables::polecat(&mut told, out),
                Format::Acled => tables::acled(&mut told, out),
                Format::Ucdp => tables::ucdp(&mut told, out),
                Format::FollowTheMoney => ftm::write(&mut told, out),
                Format::GeoJson => geojson::write(&mut told, out),
                Format::WebAnnotation => annotation::write(&mut told, out),
                Format::Parquet => parquet::write(&mut told, out),
            }
        })
    }
}

/// What a serialiser says, as a fault of the output.
fn fault(error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::Io(std::io::Error::other(error))
}
