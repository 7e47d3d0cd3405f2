//! The models.

use crate::fault::value;
use jiff::civil::{Date, date};
use majlis_model::assembly::power::{Game, banzhaf, shapley_shubik};
use majlis_model::bargain::Stand;
use majlis_model::bargain::forecast::{Model, monte_carlo};
use majlis_model::play::{self, Rules};
use majlis_model::run::{self, Settings};
use majlis_model::standoff::{self, Label, table};
use majlis_model::{Range, scoring};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pythonize::{depythonize, pythonize};

/// The day of a table, which knows none. Nothing hangs on it.
const UNDATED: Date = date(2000, 1, 1);

#[pyclass(module = "majlis._native")]
#[derive(Clone)]
pub(crate) struct Standoff {
    standoff: standoff::Standoff,
    rules: Rules,
}

#[pymethods]
impl Standoff {
    #[staticmethod]
    #[pyo3(signature = (text, *, name="standoff", rules=None))]
    fn parse(text: &str, name: &str, rules: Option<&str>) -> PyResult<Self> {
        let rules = rules.map_or_else(Rules::shipped, |text| Rules::read("rules", text)).map_err(value)?;
        Ok(Self { standoff: standoff::read(name, text).map_err(value)?, rules })
    }

    #[staticmethod]
    #[pyo3(signature = (text, *, name="standoff"))]
    fn of_table(text: &str, name: &str) -> PyResult<Self> {
        let read = table::read(name, text, UNDATED).map_err(value)?;
        let label = Label { en: name.to_owned(), ar: name.to_owned() };
        Ok(Self { standoff: standoff::Standoff { name: label, ..read }, rules: Rules::shipped().map_err(value)? })
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.standoff)?)
    }

    fn inputs(&self) -> Vec<(String, f64, f64, f64)> {
        let range = |path: String, r: &Range| (path, r.low(), r.mode(), r.high());
        let rules = self.rules.numbers().iter().map(|rule| range(rule.path.clone(), &rule.range));
        standoff::inputs::list(&self.standoff).into_iter().map(|input| range(input.path, &input.range)).chain(rules).collect()
    }

    fn with_input(&self, path: &str, low: f64, mode: f64, high: f64) -> PyResult<Self> {
        let mut changed = self.clone();
        let range = Range::new(low, mode, high).map_err(value)?;
        run::set(&mut changed.standoff, &mut changed.rules, path, range).map_err(value)?;
        Ok(changed)
    }

    fn play<'py>(&self, py: Python<'py>, plays: u64, seed: u64) -> PyResult<Bound<'py, PyAny>> {
        let played = py.detach(|| play::play(&self.standoff, &self.rules, seed, plays)).map_err(value)?;
        Ok(pythonize(py, &played)?)
    }

    fn run<'py>(&self, py: Python<'py>, draws: u64, seed: u64) -> PyResult<Bound<'py, PyAny>> {
        let run = py.detach(|| run::run(&self.standoff, &self.rules, Settings { seed, draws })).map_err(value)?;
        Ok(pythonize(py, &run)?)
    }

    fn bargain<'py>(&self, py: Python<'py>, issue: &str, model: &str, draws: u64, seed: u64) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let model = known(py, model)?;
        let settled = py.detach(|| monte_carlo(&self.standoff, issue, model, seed, draws)).map_err(value)?;
        Ok(PyArray1::from_slice(py, settled.samples()))
    }
}

#[pyfunction]
pub(crate) fn models(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(pythonize(py, &Model::ALL)?)
}

/// The model of a name, as [`models`] gives them.
fn known(py: Python<'_>, model: &str) -> PyResult<Model> {
    depythonize(pythonize(py, model)?.as_any()).map_err(|_| value(format!("there is no model called {model}")))
}

#[pyfunction]
pub(crate) fn bargain(py: Python<'_>, position: Vec<f64>, salience: Vec<f64>, influence: Vec<f64>, model: &str, reference: Option<f64>) -> PyResult<f64> {
    if position.len() != salience.len() || position.len() != influence.len() {
        return Err(value("position, salience and influence must be of the same length"));
    }
    let model = known(py, model)?;
    let rows = position.iter().zip(&salience).zip(&influence);
    let stands: Vec<Stand> = rows.map(|((&position, &salience), &influence)| Stand { position, salience, influence }).collect();
    py.detach(|| model.settle(&stands, reference)).map_err(value)
}

#[pyfunction]
pub(crate) fn voting_power<'py>(py: Python<'py>, seats: Vec<u64>, quota: u64) -> PyResult<Bound<'py, PyDict>> {
    let (shapley_shubik, banzhaf) = py.detach(|| {
        let game = Game::new(quota, &seats).map_err(value)?;
        Ok::<_, PyErr>((shapley_shubik(&game), banzhaf(&game)))
    })?;
    let power = PyDict::new(py);
    let indices = [("shapley_shubik", shapley_shubik), ("banzhaf", banzhaf.normalised), ("banzhaf_absolute", banzhaf.absolute), ("swings", banzhaf.swings)];
    for (name, values) in indices {
        power.set_item(name, PyArray1::from_vec(py, values))?;
    }
    Ok(power)
}

#[pyfunction]
#[pyo3(signature = (text, *, name="issues"))]
pub(crate) fn backtest<'py>(py: Python<'py>, text: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let table = py
        .detach(|| {
            let issues = scoring::backtest::read(name, text)?;
            scoring::backtest::run(&issues)
        })
        .map_err(value)?;
    Ok(pythonize(py, &table)?)
}
