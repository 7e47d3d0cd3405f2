//! Batches and tables of Arrow, through its C data interface: nothing is copied on the way.

use crate::fault::value;
use crate::reading::{defaults, reader};
use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema, PyTable};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Documents that one thread takes at a time.
const SHARE: usize = 64;

#[pyfunction]
pub(crate) fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    PySchema::new(majlis_batch::schema()).into_pyarrow(py)
}

#[pyfunction]
#[pyo3(signature = (batch, *, published=None, outlet=None))]
pub(crate) fn read_batch<'py>(py: Python<'py>, batch: PyRecordBatch, published: Option<&str>, outlet: Option<String>) -> PyResult<Bound<'py, PyAny>> {
    let defaults = defaults(published, outlet)?;
    let batch = batch.into_inner();
    let items = py.detach(|| majlis_batch::read(reader(), &batch, &defaults)).map_err(value)?;
    PyRecordBatch::new(items).into_pyarrow(py)
}

#[pyfunction]
#[pyo3(signature = (table, *, published=None, outlet=None, threads=0))]
pub(crate) fn read_table<'py>(py: Python<'py>, table: PyTable, published: Option<&str>, outlet: Option<String>, threads: usize) -> PyResult<Bound<'py, PyAny>> {
    let defaults = defaults(published, outlet)?;
    let (batches, schema) = table.into_inner();
    let items = py.detach(|| {
        // A table without a row has no batch, and its columns are to be looked at nevertheless.
        let none = batches.is_empty().then(|| RecordBatch::new_empty(schema));
        let shares: Vec<RecordBatch> = batches.iter().flat_map(shares).chain(none).collect();
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(value)?;
        pool.install(|| shares.par_iter().map(|share| majlis_batch::read(reader(), share, &defaults).map_err(value)).collect::<PyResult<Vec<_>>>())
    })?;
    PyTable::try_new(items, majlis_batch::schema())?.into_pyarrow(py)
}

/// The columns between the steps of a merge.
#[pyfunction]
pub(crate) fn exchange(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    PySchema::new(majlis_batch::exchange()).into_pyarrow(py)
}

#[pyfunction]
pub(crate) fn merge<'py>(py: Python<'py>, step: &str, batch: PyRecordBatch, buckets: i32) -> PyResult<Bound<'py, PyAny>> {
    let batch = batch.into_inner();
    let merged = py.detach(|| majlis_batch::merge(step, &batch, buckets)).map_err(value)?;
    PyRecordBatch::new(merged).into_pyarrow(py)
}

fn shares(batch: &RecordBatch) -> impl Iterator<Item = RecordBatch> + '_ {
    (0..batch.num_rows()).step_by(SHARE).map(|from| batch.slice(from, SHARE.min(batch.num_rows() - from)))
}
