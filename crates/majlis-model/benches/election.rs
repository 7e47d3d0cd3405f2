//! Seats from votes, and governments from seats.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use majlis_model::election::forming::{Terms, form};
use majlis_model::election::pledges::second_term;
use majlis_model::election::seats::{Divisors, divisors};
use majlis_model::election::shares::forecast;
use majlis_model::standoff::{self, Method, Standoff};

fn main() {
    divan::main();
}

fn example(method: Method) -> Standoff {
    let mut standoff = standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).expect("a standoff");
    standoff.election[0].method = method;
    standoff
}

fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool").install(work)
}

#[divan::bench]
fn sainte_lague_of_329_seats(bencher: Bencher<'_, '_>) {
    bencher.bench(|| divisors(Divisors::SAINTE_LAGUE, black_box(&[18.0, 12.0, 9.0, 10.0, 6.0, 17.0, 9.0, 19.0]), 329, 0.0));
}

#[divan::bench(args = [Method::Iraq2018, Method::Sntv], sample_count = 5)]
fn ten_thousand_draws(bencher: Bencher<'_, '_>, method: Method) {
    let standoff = example(method);
    bencher.bench(|| alone(|| forecast(&standoff, "october-2021", 1, 10_000)));
}

#[divan::bench(args = [Method::Iraq2018, Method::Sntv], sample_count = 5)]
fn ten_thousand_governments(bencher: Bencher<'_, '_>, method: Method) {
    let standoff = example(method);
    bencher.bench(|| alone(|| form(&standoff, "october-2021", &Terms::default(), 1, 10_000)));
}

#[divan::bench(sample_count = 5)]
fn ten_thousand_second_terms(bencher: Bencher<'_, '_>) {
    let standoff = example(Method::Iraq2018);
    bencher.bench(|| alone(|| second_term(&standoff, "october-2021", "kadhimi", "second-term", &Terms::default(), 1, 10_000)));
}
