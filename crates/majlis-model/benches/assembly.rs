//! Voting power, coalitions, and whether a motion passes.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use majlis_model::assembly::coalitions::{ANYONE, minimal_winning};
use majlis_model::assembly::motion::passes;
use majlis_model::assembly::power::{Game, banzhaf, deegan_packel, holler, owen, shapley_shubik, table};
use majlis_model::standoff::{self, Standoff};

fn main() {
    divan::main();
}

/// The European Union at Nice, weights only.
fn union() -> Game {
    let weights = [(29, 4), (27, 2), (14, 1), (13, 1), (12, 5), (10, 3), (7, 5), (4, 5), (3, 1)];
    let weights: Vec<u64> = weights.iter().flat_map(|(w, n)| vec![*w; *n]).collect();
    Game::new(255, &weights).expect("a game")
}

fn two_hundred() -> Game {
    let weights: Vec<u64> = (1..=200).map(|i| 1 + i % 17).collect();
    Game::new(weights.iter().sum::<u64>() / 2 + 1, &weights).expect("a game")
}

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).expect("a standoff")
}

#[divan::bench]
fn shapley_shubik_of_27(bencher: Bencher<'_, '_>) {
    let game = union();
    bencher.bench(|| shapley_shubik(black_box(&game)));
}

#[divan::bench]
fn shapley_shubik_of_200(bencher: Bencher<'_, '_>) {
    let game = two_hundred();
    bencher.bench(|| shapley_shubik(black_box(&game)));
}

#[divan::bench]
fn banzhaf_of_200(bencher: Bencher<'_, '_>) {
    let game = two_hundred();
    bencher.bench(|| banzhaf(black_box(&game)));
}

#[divan::bench]
fn deegan_packel_of_200(bencher: Bencher<'_, '_>) {
    let game = two_hundred();
    bencher.bench(|| deegan_packel(black_box(&game)));
}

#[divan::bench]
fn holler_of_200(bencher: Bencher<'_, '_>) {
    let game = two_hundred();
    bencher.bench(|| holler(black_box(&game)));
}

#[divan::bench]
fn owen_of_200_in_20_unions(bencher: Bencher<'_, '_>) {
    let game = two_hundred();
    let unions: Vec<usize> = (0..200).map(|i| i % 20).collect();
    bencher.bench(|| owen(black_box(&game), &unions));
}

#[divan::bench]
fn table_of_the_council(bencher: Bencher<'_, '_>) {
    let standoff = example();
    bencher.bench(|| table(&standoff.assembly[0], standoff.assembly[0].threshold));
}

#[divan::bench]
fn ten_thousand_minimal_coalitions(bencher: Bencher<'_, '_>) {
    let game = union();
    bencher.bench(|| minimal_winning(black_box(&game), ANYONE, 10_000));
}

#[divan::bench(args = [1, 100])]
fn passage_of_the_deadline(bencher: Bencher<'_, '_>, draws: u64) {
    let standoff = example();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    bencher.bench(|| pool.install(|| passes(&standoff, "deadline", 1, draws)));
}
