//! Sobol' indices: of a formula, where drawing and estimating is all the work, and of a model of a standoff with 20 actors.

use divan::black_box;
use majlis_model::bargain::Stand;
use majlis_model::bargain::condorcet::{Rules, elect};
use majlis_model::sensitivity::{flip, of, sobol, tornado};
use majlis_model::standoff::inputs::{self, Input};
use majlis_model::{Result, Standoff, standoff};
use std::f64::consts::PI;

fn main() {
    divan::main();
}

/// Ishigami's function, 1024 rows: 5120 evaluations and 200 resamples.
#[divan::bench]
fn sobol_ishigami(bencher: divan::Bencher<'_, '_>) {
    let answer = |u: &[f64]| {
        let x = |i: usize| (2.0 * u[i] - 1.0) * PI;
        Ok(x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin())
    };
    bencher.bench(|| sobol::of_unit_cube(&["x1", "x2", "x3"], answer, black_box(&sobol::Settings::default())));
}

fn example() -> Option<(Standoff, Vec<Input>)> {
    let actor = |i: usize| {
        let (position, salience, influence) = (i * 37 % 80, 20 + i * 17 % 60, 10 + i * 29 % 70);
        format!(
            "[[actor]]\nid = \"a{i}\"\nname = \"a\"\ninfluence = [{influence}, {}, {}]\n[[actor.stand]]\nissue = \"i\"\nposition = [{position}, {}, {}]\nsalience = [{salience}, {}, {}]\n",
            influence + 5,
            influence + 20,
            position + 5,
            position + 20,
            salience + 5,
            salience + 20
        )
    };
    let head = "name = \"n\"\ndate = 2021-03-24\n[[issue]]\nid = \"i\"\nname = \"i\"\nlow = \"no\"\nhigh = \"yes\"\n";
    let standoff = standoff::read("bench.toml", &(0..20).map(actor).fold(head.to_owned(), |text, actor| text + &actor)).ok()?;
    let inputs = inputs::list(&standoff);
    Some((standoff, inputs))
}

/// The expected outcome of the Condorcet election.
fn outcome(standoff: &Standoff) -> Result<f64> {
    let stand = |(a, s): (usize, &standoff::Stand)| Stand {
        position: s.position.mode(),
        salience: s.salience.mode() / 100.0,
        influence: standoff.actor[a].influence_on(s).mode(),
    };
    let stands: Vec<Stand> = standoff.stands("i").map(stand).collect();
    Ok(elect(&stands, &Rules::default())?.mean)
}

/// 60 inputs, 128 rows: 7936 elections among 20 positions.
#[divan::bench]
fn sobol_election(bencher: divan::Bencher<'_, '_>) {
    let Some((standoff, inputs)) = example() else { return };
    let settings = sobol::Settings { rows: 128, ..sobol::Settings::default() };
    bencher.bench(|| sobol::indices(&inputs, of(&standoff, outcome), black_box(&settings)));
}

#[divan::bench]
fn tornado_election(bencher: divan::Bencher<'_, '_>) {
    let Some((standoff, inputs)) = example() else { return };
    bencher.bench(|| tornado::bars(black_box(&inputs), of(&standoff, outcome)));
}

#[divan::bench]
fn flips_election(bencher: divan::Bencher<'_, '_>) {
    let Some((standoff, inputs)) = example() else { return };
    bencher.bench(|| flip::flips(black_box(&inputs), |_| true, flip::reaches(50.0, of(&standoff, outcome))));
}
