//! One text.

use crate::fault::value;
use jiff::civil::Date;
use majlis_case::ingest::{Defaults, Raw};
use majlis_read::{Reader, Record};
use pyo3::prelude::*;
use pythonize::pythonize;
use std::sync::LazyLock;

/// Loaded once a process.
static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

/// The reader of this process.
pub(crate) fn reader() -> &'static Reader {
    &READER
}

/// What is assumed of documents that do not say it.
pub(crate) fn defaults(published: Option<&str>, outlet: Option<String>) -> PyResult<Defaults> {
    let published = published.map(day).transpose()?;
    Ok(Defaults { outlet, published })
}

/// A day in ISO 8601.
pub(crate) fn day(written: &str) -> PyResult<Date> {
    written.parse().map_err(|_| value(format!("unknown date \"{written}\": YYYY-MM-DD is expected")))
}

#[pyfunction]
#[pyo3(signature = (text, *, id=None, published=None, outlet=None))]
pub(crate) fn read<'py>(py: Python<'py>, text: String, id: Option<String>, published: Option<&str>, outlet: Option<String>) -> PyResult<Bound<'py, PyAny>> {
    let defaults = defaults(published, outlet)?;
    let record = py.detach(move || {
        let fields = [("id", id), ("text", Some(text))].into_iter().filter_map(|(name, field)| Some((name.to_owned(), field?.into()))).collect();
        let (document, _) = Raw::of_fields("text", fields).document(&defaults).map_err(|fault| value(fault.message))?;
        let reading = reader().read(&document);
        Ok::<_, PyErr>(Record::new(&document, &reading))
    })?;
    Ok(pythonize(py, &record)?)
}
