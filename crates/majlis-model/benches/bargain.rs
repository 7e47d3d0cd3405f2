//! The expected-utility model on the ten actors of the emissions example.

use divan::{Bencher, bench, black_box};
use majlis_model::bargain::Stand;
use majlis_model::bargain::expected_utility::{Mode, Settings, run, settle};
use majlis_model::bargain::forecast::{Model, monte_carlo};
use majlis_model::standoff::{Standoff, table};

fn main() {
    divan::main();
}

/// Each number with its range around it.
const EMISSIONS: &str = "actor,influence,position,salience
NL,6..8..10,2..4..6,70..80..90
BE,6..8..10,5..7..9,30..40..50
LU,2..3..4,2..4..6,10..20..30
DE,14..16..18,2..4..6,70..80..90
FR,14..16..18,8..10..12,50..60..70
IT,14..16..18,8..10..12,50..60..70
UK,14..16..18,8..10..12,80..90..100
IE,4..5..6,5..7..9,0..10..20
DK,4..5..6,2..4..6,90..100..100
EL,6..8..10,5..7..9,60..70..80
";

fn emissions() -> Option<Standoff> {
    table::read("emissions.csv", EMISSIONS, jiff::civil::date(1994, 1, 1)).ok()
}

/// All actors apart, as in a draw: slower than the three positions of the example.
fn apart() -> Vec<Stand> {
    stands().into_iter().zip(0..).map(|(stand, i)| Stand { position: stand.position + 0.1 * f64::from(i), ..stand }).collect()
}

fn stands() -> Vec<Stand> {
    let standoff = emissions();
    let table = standoff.as_ref().and_then(|standoff| majlis_model::bargain::forecast::Table::new(standoff, "issue").ok());
    table.map(|table| table.read(majlis_model::Range::mode).0).unwrap_or_default()
}

fn eight(mode: Mode) -> Settings {
    Settings { rounds: 8, rest: None, ..Settings::new(mode) }
}

#[bench(args = [Mode::Paper, Mode::Scholz])]
fn eight_rounds(bencher: Bencher<'_, '_>, mode: Mode) {
    let (stands, settings) = (stands(), eight(mode));
    bencher.bench_local(|| settle(black_box(&stands), &settings));
}

#[bench(args = [Mode::Paper, Mode::Scholz])]
fn eight_rounds_of_actors_apart(bencher: Bencher<'_, '_>, mode: Mode) {
    let (stands, settings) = (apart(), eight(mode));
    bencher.bench_local(|| settle(black_box(&stands), &settings));
}

#[bench(args = [Mode::Paper, Mode::Scholz])]
fn eight_rounds_with_the_record(bencher: Bencher<'_, '_>, mode: Mode) {
    let (stands, settings) = (stands(), eight(mode));
    bencher.bench_local(|| run(black_box(&stands), &settings));
}

#[bench(args = [Model::ExpectedUtilityPaper, Model::ExpectedUtilityScholz, Model::Nash], sample_count = 10)]
fn ten_thousand_draws_on_one_thread(bencher: Bencher<'_, '_>, model: Model) {
    let (Some(standoff), Ok(pool)) = (emissions(), rayon::ThreadPoolBuilder::new().num_threads(1).build()) else { return };
    bencher.bench_local(|| pool.install(|| monte_carlo(black_box(&standoff), "issue", model, 7, 10_000)));
}
