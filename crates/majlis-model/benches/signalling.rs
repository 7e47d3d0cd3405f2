//! Crisis games, small games in tables and trees.
#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use majlis_model::signalling::crisis::{Aim, Game, Payoffs, Rules, forecast};
use majlis_model::signalling::extensive::bargain::Bargain;
use majlis_model::signalling::normal_form::{self, nash, quantal_response};
use majlis_model::standoff;
use majlis_model::streams::Streams;
use rand::RngExt;

fn main() {
    divan::main();
}

fn crisis(resisting: f64) -> Game {
    Game::new(Payoffs { status_quo: 0.0, prize: 1.0, war: -1.9, backing_down: -1.2, conceding: 0.0, resisting, prevailing: 1.0 }).unwrap()
}

#[divan::bench(args = [-2.9, -2.5])]
fn all_equilibria_of_a_crisis(bencher: Bencher<'_, '_>, resisting: f64) {
    let game = crisis(resisting);
    bencher.bench(|| black_box(game).equilibria());
}

#[divan::bench]
fn audience_cost(bencher: Bencher<'_, '_>) {
    let game = crisis(-2.9);
    bencher.bench(|| black_box(game).audience_cost(Aim::Believed(0.5)));
}

#[divan::bench(sample_count = 10)]
fn threat_of_the_example_10_000_draws(bencher: Bencher<'_, '_>) {
    let standoff = standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).unwrap();
    let rules = Rules::shipped().unwrap();
    bencher.bench(|| forecast(&standoff, &standoff.threat[0], &rules, 1, 10_000));
}

fn table(n: usize) -> normal_form::Game {
    let mut rng = Streams::new(1).of(0);
    let mut payoffs = || (0..n * n).map(|_| rng.random_range(0.0..10.0)).collect::<Vec<f64>>();
    normal_form::Game::new(&[n, n], vec![payoffs(), payoffs()]).unwrap()
}

#[divan::bench(args = [3, 6])]
fn all_nash_equilibria(bencher: Bencher<'_, '_>, n: usize) {
    let game = table(n);
    bencher.bench(|| nash(black_box(&game)));
}

#[divan::bench(args = [3, 6])]
fn quantal_response_at_10(bencher: Bencher<'_, '_>, n: usize) {
    let game = table(n);
    bencher.bench(|| quantal_response(black_box(&game), 10.0));
}

#[divan::bench(sample_count = 10)]
fn conditional_bargain_100_draws(bencher: Bencher<'_, '_>) {
    let bargain = Bargain::conditional().unwrap();
    bencher.bench(|| bargain.play(1, 100, 1000));
}
