//! The spatial model on tables of actors drawn by a fixed seed, and the election among as many positions.

use divan::black_box;
use majlis_model::bargain::Stand;
use majlis_model::bargain::condorcet::{Process, Rules, elect};
use majlis_model::bargain::spatial::{Actor, Settings, run};
use majlis_model::streams::Streams;
use rand::RngExt;

fn main() {
    divan::main();
}

fn actors(n: usize) -> Vec<Actor> {
    let mut rng = Streams::new(n as u64).of(0);
    let mut number = |low, high| rng.random_range(low..high);
    let one = |_| Actor {
        influence: number(10.0, 200.0),
        position: vec![number(0.0, 100.0), number(0.0, 100.0)],
        salience: vec![number(0.1, 0.5), number(0.1, 0.5)],
    };
    (0..n).map(one).collect()
}

/// A whole run, two dimensions.
#[divan::bench(args = [10, 40, 80, 160], sample_count = 10)]
fn whole_run(bencher: divan::Bencher<'_, '_>, n: usize) {
    let actors = actors(n);
    let turns = run(&actors, &Settings::default()).map_or(0, |run| run.turns.len());
    bencher.counter(divan::counter::ItemsCount::new(turns)).bench(|| run(black_box(&actors), &Settings::default()));
}

#[divan::bench(args = [Process::Conditional, Process::MarkovIncentive], consts = [30, 160])]
fn election<const N: usize>(bencher: divan::Bencher<'_, '_>, process: Process) {
    let stand = |a: &Actor| Stand { position: a.position[0], salience: a.salience[0], influence: a.influence };
    let stands: Vec<Stand> = actors(N).iter().map(stand).collect();
    bencher.bench(|| elect(black_box(&stands), &Rules { process, ..Rules::default() }));
}
