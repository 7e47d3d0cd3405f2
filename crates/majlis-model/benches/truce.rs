//! Survival of truces; attacks and replies.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use majlis_model::standoff;
use majlis_model::streams::Streams;
use majlis_model::truce::hawkes::{self, Events, Parameters, Record, Sampling};
use majlis_model::truce::survival::{self, Model, Posterior, Spell};

fn main() {
    divan::main();
}

/// So many events of one or two kinds.
fn events(kinds: usize, count: usize) -> (Events, Parameters) {
    let parameters = Parameters::new(vec![0.5; kinds], &vec![vec![0.8 / kinds as f64; kinds]; kinds], 1.6).unwrap();
    let all = hawkes::simulate_afresh(&parameters, 1.2 * count as f64, &mut Streams::new(1).of(0)).unwrap();
    assert!(all.times().len() >= count);
    let events = Events::new(all.times()[..count].to_vec(), all.kinds()[..count].to_vec(), kinds, all.times()[count - 1] + 1.0).unwrap();
    (events, parameters)
}

#[divan::bench(args = [1, 2])]
fn likelihood_of_20_000_events(bencher: Bencher<'_, '_>, kinds: usize) {
    let (events, parameters) = events(kinds, 20_000);
    bencher.bench(|| hawkes::log_likelihood(black_box(&events), black_box(&parameters)));
}

#[divan::bench]
fn gradient_of_20_000_events(bencher: Bencher<'_, '_>) {
    let (events, parameters) = events(1, 20_000);
    bencher.bench(|| hawkes::gradient(black_box(&events), black_box(&parameters)));
}

#[divan::bench(args = [200, 20_000], sample_count = 5)]
fn fit(bencher: Bencher<'_, '_>, count: usize) {
    let (events, _) = events(1, count);
    bencher.bench(|| hawkes::fit(black_box(&events)));
}

#[divan::bench(sample_count = 10)]
fn attacks_of_the_example(bencher: Bencher<'_, '_>) {
    let standoff = standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).unwrap();
    let record = Record::of(&standoff).unwrap();
    let priors = hawkes::Priors::shipped().unwrap();
    bencher.bench(|| hawkes::forecast(&record, &priors, Sampling::default(), &survival::HORIZONS));
}

#[divan::bench(args = [Model::Exponential, Model::Weibull, Model::Breaches])]
fn posterior_of_three_truces(bencher: Bencher<'_, '_>, model: Model) {
    let priors = survival::Priors::shipped().unwrap();
    let spells = [12.0, 90.0, 33.0].map(|days| Spell::new(days, true, vec![days / 2.0]).unwrap());
    bencher.bench(|| Posterior::new(&priors, model, black_box(&spells)));
}

#[divan::bench(args = [Model::Exponential, Model::Weibull, Model::Breaches], sample_count = 10)]
fn forecast_of_the_truce_of_the_example(bencher: Bencher<'_, '_>, model: Model) {
    let standoff = standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).unwrap();
    let priors = survival::Priors::shipped().unwrap();
    bencher.bench(|| survival::forecast(&priors, model, &standoff.truce, Some("october-2020"), standoff.date, 1));
}
