//! The play, on one thread: 10,000 plays of a standoff of 12 actors over 30 steps are to take less than 10 s.

#![allow(missing_docs)]

use divan::Bencher;
use majlis_model::Range;
use majlis_model::play::{Rules, play};
use majlis_model::standoff::{self, Standoff};

fn main() {
    divan::main();
}

/// The example and the European Union beside it.
fn standoff() -> Option<Standoff> {
    let mut standoff = standoff::read("standoff.toml", include_str!("../../../examples/iraq-2021/standoff.toml")).ok()?;
    let mut twelfth = standoff.actor.iter().find(|a| a.id == "usa")?.clone();
    twelfth.id = "eu".into();
    twelfth.influence = Range::new(20.0, 30.0, 45.0).ok()?;
    standoff.actor.push(twelfth);
    standoff.play.steps = 30;
    Some(standoff)
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn ten_thousand_plays(bencher: Bencher<'_, '_>) {
    let (Some(standoff), Ok(rules)) = (standoff(), Rules::shipped()) else { return };
    let Ok(one_thread) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    bencher.bench_local(|| one_thread.install(|| play(&standoff, &rules, 1, 10_000)));
}
