//! Errors as Python raises them.

use majlis_case::Problem;
use pyo3::PyErr;
use pyo3::exceptions::{PyFileNotFoundError, PyOSError, PyValueError};
use std::fmt::Display;

/// Bad input.
pub(crate) fn value(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// What is wrong with a case, or with what was asked of it.
#[expect(clippy::needless_pass_by_value, reason = "taken by map_err")]
pub(crate) fn case(error: majlis_case::Error) -> PyErr {
    let told = error.to_string();
    match error.problem {
        Problem::Missing => PyFileNotFoundError::new_err(told),
        Problem::Absent { .. } | Problem::Refused(_) => PyValueError::new_err(told),
        _ => PyOSError::new_err(told),
    }
}
