//! The native half of the Python package `majlis`: what the package's Python modules call, documented in `python/majlis/_native.pyi`.
//!
//! Architecture invariant: nothing is computed here. Values go over the border, work is done without the interpreter's lock.

mod batch;
mod case;
mod fault;
mod model;
mod reading;

use pyo3::prelude::*;

/// The native half of `majlis`.
#[pymodule(name = "_native")]
mod native {
    #[pymodule_export]
    use crate::batch::{exchange, merge, read_batch, read_table, schema};
    #[pymodule_export]
    use crate::case::Case;
    #[pymodule_export]
    use crate::model::{Standoff, backtest, bargain, models, voting_power};
    #[pymodule_export]
    use crate::reading::read;
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
