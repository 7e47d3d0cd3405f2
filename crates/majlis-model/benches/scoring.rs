//! The backtest over the DEU data, on one thread as on all, and its parts; the CRPS of a thousand samples.

use divan::{Bencher, bench, black_box};
use majlis_model::Distribution;
use majlis_model::scoring::backtest::{self, Issue};
use majlis_model::scoring::predictive::predict;
use majlis_model::scoring::proper::crps;

fn main() {
    divan::main();
}

/// The issues of the DEU data; none where they are not there, and the bench then measures nothing.
fn issues() -> Vec<Issue> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/benchmark/deu/deu3.tsv");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    backtest::read(path, &text).unwrap_or_default()
}

#[bench(args = [1, 0], sample_count = 10)]
fn whole_backtest(bencher: Bencher<'_, '_>, threads: usize) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return };
    let issues = issues();
    bencher.bench(|| pool.install(|| backtest::run(black_box(&issues))));
}

#[bench]
fn fitting_the_predictive_distribution(bencher: Bencher<'_, '_>) {
    let issues = issues();
    let all: Vec<&Issue> = issues.iter().collect();
    bencher.bench(|| backtest::fit(black_box(&all)));
}

#[bench]
fn predicting_an_issue(bencher: Bencher<'_, '_>) {
    let Some(issue) = issues().into_iter().next() else { return };
    let stands = issue.stands(|voice| voice.power);
    bencher.bench(|| predict(black_box(&stands), issue.reference));
}

#[bench]
fn crps_of_a_thousand_samples(bencher: Bencher<'_, '_>) {
    let Ok(distribution) = Distribution::new((0..1000).map(f64::from).collect()) else { return };
    bencher.bench(|| crps(black_box(&distribution), 300.0));
}
