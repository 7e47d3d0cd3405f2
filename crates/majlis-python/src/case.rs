//! A case, read only.

use crate::fault::{self, value};
use crate::reading::day;
use majlis_case::{Filter, Listed, Page, Result};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pythonize::pythonize;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

#[pyclass(module = "majlis._native", frozen)]
pub(crate) struct Case {
    /// One connection: threads take turns.
    case: Mutex<majlis_case::Case>,
}

/// What to list, as keywords of Python.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Wanted {
    actor: Option<i64>,
    named: Option<bool>,
    outlet: Option<String>,
    first: Option<String>,
    last: Option<String>,
    #[pyo3(item("type"))]
    kind: Option<String>,
    status: Option<String>,
    place: Option<String>,
    document: Option<i64>,
    offset: u64,
    limit: Option<u64>,
}

impl Wanted {
    fn filter(self) -> PyResult<(Filter, Page)> {
        let date = |written: Option<String>| written.as_deref().map(day).transpose();
        let (from, to) = (date(self.first)?, date(self.last)?);
        let page = Page { offset: self.offset, limit: self.limit.unwrap_or(Page::ALL.limit) };
        let Self { actor, named, outlet, kind, status, place, document, .. } = self;
        Ok((Filter { actor, named, outlet, from, to, kind, status, place, document }, page))
    }
}

#[pymethods]
impl Case {
    #[new]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let case = py.detach(|| majlis_case::Case::open_read_only(path)).map_err(fault::case)?;
        Ok(Self { case: Mutex::new(case) })
    }

    fn statements<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::statements)
    }

    fn events<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::events)
    }

    fn actors<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::actors)
    }

    fn claims<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::claims)
    }

    fn stances<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::stances)
    }

    fn documents<'py>(&self, py: Python<'py>, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, majlis_case::Case::documents)
    }

    fn search<'py>(&self, py: Python<'py>, query: &str, wanted: Wanted) -> PyResult<Bound<'py, PyDict>> {
        self.list(py, wanted, |case, filter, page| case.search(query, filter, page))
    }

    fn document<'py>(&self, py: Python<'py>, id: i64) -> PyResult<Bound<'py, PyAny>> {
        let page = self.ask(py, |case| case.document(id))?;
        Ok(pythonize(py, &page)?)
    }

    fn find_actor<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let found = self.ask(py, |case| case.find_actor(name))?;
        Ok(pythonize(py, &found)?)
    }
}

impl Case {
    fn ask<T: Send>(&self, py: Python<'_>, look: impl FnOnce(&majlis_case::Case) -> Result<T> + Send) -> PyResult<T> {
        py.detach(|| look(&self.case.lock().unwrap_or_else(PoisonError::into_inner))).map_err(fault::case)
    }

    fn list<'py, T: Serialize + Send>(
        &self,
        py: Python<'py>,
        wanted: Wanted,
        look: impl FnOnce(&majlis_case::Case, &Filter, Page) -> Result<Listed<T>> + Send,
    ) -> PyResult<Bound<'py, PyDict>> {
        let (filter, page) = wanted.filter()?;
        let listed = self.ask(py, |case| look(case, &filter, page))?;
        pythonize(py, &listed)?.cast_into().map_err(value)
    }
}
