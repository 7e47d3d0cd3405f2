//! The ledger from outside, and the models against the DEU data. Figures of the benchmark's README.md are marked as they are there:
//! its own measurements are exact, those of other programs are peers.

use jiff::civil::{Date, date};
use majlis_model::Distribution;
use majlis_model::bargain::Stand;
use majlis_model::scoring::backtest::{self, Issue, Table, Voice};
use majlis_model::scoring::ledger::{Answer, Chance, Forecast, Ledger, Record, Resolution, Settled, sha256};
use majlis_model::scoring::predictive::{Logit, predict};
use majlis_model::streams::Streams;
use proptest::prelude::*;
use rand::RngExt;
use std::path::Path;
use std::sync::OnceLock;

const MARCH: Date = date(2021, 3, 5);
const OCTOBER: Date = date(2021, 10, 11);

fn outcomes(question: &str, chances: &[(&str, f64)]) -> Record {
    let chances = chances.iter().map(|(outcome, p)| Chance { outcome: (*outcome).to_owned(), probability: *p, words: String::new() }).collect();
    forecast(question, Answer::Outcomes(chances))
}

fn forecast(question: &str, answer: Answer) -> Record {
    Record::Forecast(Forecast { question: question.to_owned(), answer, input: sha256(b"standoff"), seed: u64::MAX, engine: "majlis 0.1.0".to_owned() })
}

fn resolution(forecast: &str, settled: Settled) -> Record {
    Record::Resolution(Resolution { forecast: forecast.to_owned(), settled, day: date(2021, 10, 10), source: "النتائج الرسمية".to_owned() })
}

/// Two forecasts, the first of them settled.
fn sealed() -> majlis_model::Result<(Ledger, String)> {
    let mut ledger = Ledger::default();
    let mut text = ledger.seal(MARCH, outcomes("هل تصمد الهدنة حتى الانتخابات؟", &[("تصمد", 0.3), ("تنهار", 0.7)]))?;
    let first = ledger.head().to_owned();
    text += &ledger.seal(MARCH, forecast("نسبة المشاركة", Answer::value(&Distribution::new(vec![30.0, 40.0, 50.0])?)))?;
    text += &ledger.seal(OCTOBER, resolution(&first, Settled::Outcome("تنهار".to_owned())))?;
    Ok((ledger, text))
}

#[test]
fn what_is_sealed_is_read_back() {
    let (ledger, text) = sealed().unwrap();
    assert_eq!(Ledger::read("ledger.jsonl", &text).unwrap(), ledger);
    assert_eq!(Ledger::read("ledger.jsonl", "").unwrap(), Ledger::default());
    let first = text.lines().next().unwrap();
    assert!(first.starts_with(&format!("{{\"number\":1,\"date\":\"2021-03-05\",\"previous\":\"{}\",\"record\":", "0".repeat(64))), "{first}");
    // What anybody can check by hand: the hash is that of the bytes before it.
    let (covered, hash) = first.split_once(",\"hash\":\"").unwrap();
    assert_eq!(format!("{}\"}}", sha256(covered.as_bytes())), hash);
    assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_broken_chain_names_its_first_broken_line() {
    let (_, text) = sealed().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let fault = |text: String| Ledger::read("ledger.jsonl", &text).unwrap_err().to_string();
    assert_eq!(fault(text.replace("0.7", "0.6").replace("0.3", "0.4")), "ledger.jsonl:1: hash: does not fit the line: it was changed after it was sealed");
    assert_eq!(
        fault(format!("{}\n{}\n", lines[0], lines[2])),
        "ledger.jsonl:2: previous: is not the hash of the line before: a line was changed, removed or inserted"
    );
    assert!(fault(format!("{}\n{}\n", lines[1], lines[0])).starts_with("ledger.jsonl:1: previous: "));
    assert!(fault(format!("{text}{}\n", lines[0])).starts_with("ledger.jsonl:4: previous: "));
    assert!(fault(format!("{text}{}", &lines[0][..40])).starts_with("ledger.jsonl:4: "));
    assert!(fault(text.replacen('\n', "\n\n", 1)).starts_with("ledger.jsonl:2: "));
    // A forger who seals a line anew is found at the next.
    let (mut forged, mut start) = (Ledger::default(), String::new());
    start += &forged.seal(MARCH, outcomes("هل تصمد الهدنة حتى الانتخابات؟", &[("تصمد", 0.1), ("تنهار", 0.9)])).unwrap();
    assert!(fault(format!("{start}{}\n", lines[1])).starts_with("ledger.jsonl:2: previous: "));
}

#[test]
fn a_record_that_cannot_stand_is_refused_and_changes_nothing() {
    let (mut ledger, text) = sealed().unwrap();
    let first = ledger.entries()[0].hash.clone();
    let second = ledger.entries()[1].hash.clone();
    let third = ledger.head().to_owned();
    let mut fault = |date, record| ledger.seal(date, record).unwrap_err().to_string();
    assert_eq!(fault(MARCH, outcomes("؟", &[("a", 1.0)])), "date: 2021-03-05 is before 2021-10-11, that of the line before");
    assert_eq!(fault(OCTOBER, outcomes(" ", &[("a", 1.0)])), "forecast.question: is empty");
    assert_eq!(fault(OCTOBER, outcomes("؟", &[("a", 0.5), ("a", 0.5)])), "forecast.answer.outcomes[1].outcome: \"a\" stands here twice");
    assert_eq!(fault(OCTOBER, outcomes("؟", &[("a", 0.5), ("b", 0.4)])), "forecast.answer.probabilities: must sum to 1, sum to 0.9");
    assert_eq!(fault(OCTOBER, outcomes("؟", &[])), "forecast.answer.probabilities: must sum to 1, sum to 0");
    assert_eq!(fault(OCTOBER, forecast("؟", Answer::Value(vec![]))), "forecast.answer.samples: there is none");
    assert_eq!(fault(OCTOBER, forecast("؟", Answer::Value(vec![f64::NAN]))), "forecast.answer.samples[0]: is not a finite number");
    assert_eq!(fault(OCTOBER, resolution(&third, Settled::Void)), format!("resolution.forecast: the ledger has none with the hash {third:?}"));
    assert_eq!(fault(OCTOBER, resolution(&first, Settled::Outcome("x".to_owned()))), "resolution.settled.outcome: the forecast has no outcome \"x\"");
    assert_eq!(fault(OCTOBER, resolution(&first, Settled::Value(1.0))), "resolution.settled: the forecast is of outcomes, not of a number");
    assert_eq!(fault(OCTOBER, resolution(&second, Settled::Outcome("x".to_owned()))), "resolution.settled: the forecast is of a number, not of outcomes");
    assert!(fault(OCTOBER, resolution(&second, Settled::Value(f64::INFINITY))).starts_with("resolution.settled.value: must be a finite number"));
    let on = |day| Record::Resolution(Resolution { forecast: second.clone(), settled: Settled::Value(1.0), day, source: "s".to_owned() });
    assert_eq!(fault(OCTOBER, on(date(2021, 3, 4))), "resolution.day: 2021-03-04 is before 2021-03-05, when the forecast was written");
    assert_eq!(fault(OCTOBER, on(date(2021, 10, 12))), "resolution.day: 2021-10-12 is after 2021-10-11, when this is written");
    assert_eq!(ledger, Ledger::read("ledger.jsonl", &text).unwrap());
}

#[test]
fn settled_forecasts_are_scored_by_their_last_resolution() {
    let (mut ledger, _) = sealed().unwrap();
    let report = ledger.report().unwrap();
    assert_eq!((report.scored.len(), report.open, report.void, report.crps), (1, 1, 0, None));
    assert!((report.brier.unwrap() - 2.0 * 0.09).abs() < 1e-12 && (report.log.unwrap() + 0.7f64.ln()).abs() < 1e-12);
    // Of two outcomes one is counted.
    assert_eq!(report.bins.iter().map(|b| (b.count, b.said, b.happened)).collect::<Vec<_>>(), [(1, 0.3, 0.0)]);

    let (first, second) = (ledger.entries()[0].hash.clone(), ledger.entries()[1].hash.clone());
    ledger.seal(OCTOBER, resolution(&second, Settled::Value(40.0))).unwrap();
    ledger.seal(OCTOBER, resolution(&first, Settled::Void)).unwrap();
    let report = ledger.report().unwrap();
    assert_eq!((report.scored.len(), report.open, report.void, report.brier, report.decomposition.is_none()), (1, 0, 1, None, true));
    assert_eq!((report.scored[0].line, report.coverage50), (2, Some(1.0)));
    assert!((report.crps.unwrap() - 20.0 / 9.0).abs() < 1e-12);
    assert_eq!(Ledger::default().report().unwrap().open, 0);
}

#[test]
fn probabilities_are_sealed_with_their_words() {
    assert_eq!(Chance::new("passes", 0.7).unwrap().words, "likely");
    assert!(Chance::new("passes", 1.7).is_err());
    let wide = Distribution::new((0..5000).map(f64::from).collect()).unwrap();
    let Answer::Value(points) = Answer::value(&wide) else { unreachable!("a distribution is a value") };
    assert_eq!((points.len(), points[0], points[99]), (100, 24.0, 4974.0));
}

proptest! {
    #[test]
    fn no_byte_can_be_changed(at in 0..10_000usize, to in proptest::char::range(' ', '~')) {
        let (_, text) = sealed().unwrap();
        let (at, was) = text.char_indices().nth(at % text.chars().count()).unwrap();
        prop_assume!(was != to);
        let mut changed = text.clone();
        changed.replace_range(at..at + was.len_utf8(), to.encode_utf8(&mut [0; 4]));
        prop_assert!(Ledger::read("ledger.jsonl", &changed).is_err());
    }
}

/// The DEU data; none, with the reason printed, where they are not there.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn deu() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmark/deu/deu3.tsv");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    text
}

fn deu_table() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE.get_or_init(|| backtest::run(&backtest::read("deu3.tsv", &deu()?).ok()?).ok()).as_ref().filter(|_| deu().is_some())
}

#[test]
fn the_data_are_read_as_its_readme_tells() {
    let Some(text) = deu() else { return };
    let issues = backtest::read("deu3.tsv", &text).unwrap();
    assert_eq!((issues.len(), issues.iter().filter(|i| i.reference.is_some()).count()), (351, 252));
}

#[test]
fn the_baselines_score_what_the_benchmark_says() {
    if deu().is_none() {
        return;
    }
    let table = deu_table().unwrap();
    // Exact.
    let measured = [
        ("constant", 351, "27.963"),
        ("mean", 351, "23.627"),
        ("salience-weighted-mean", 351, "23.641"),
        ("gdp-mean", 351, "23.208"),
        ("median", 351, "28.369"),
        ("salience-weighted-lower-median", 351, "28.308"),
        ("reference-point", 252, "51.313"),
    ];
    for (key, n, mae) in measured {
        let row = table.row(key).unwrap();
        assert_eq!((row.n, format!("{:.3}", row.mae).as_str(), row.crps), (n, mae, row.mae), "{key}");
    }
    // Peer: 22.992, by a council power that its source does not define; ours is another.
    assert_eq!(format!("{:.3}", table.row("council-mean").unwrap().mae), "23.014");
}

#[test]
fn every_model_runs_on_every_issue() {
    if deu().is_none() {
        return;
    }
    for row in &deu_table().unwrap().rows {
        assert!(row.failures.is_empty(), "{}: {:?}", row.key, row.failures);
        assert_eq!(row.n, if row.key == "reference-point" { 252 } else { 351 }, "{}", row.key);
    }
}

#[test]
fn the_predictive_distribution_beats_the_mean_and_is_calibrated() {
    if deu().is_none() {
        return;
    }
    let table = deu_table().unwrap();
    let predictive = table.row("predictive").unwrap();
    assert!(predictive.learned);
    assert_eq!((format!("{:.2}", predictive.crps), format!("{:.1}", predictive.mae)), ("15.55".to_owned(), "22.1".to_owned()));
    assert!(predictive.crps_difference.high < -5.0 && predictive.mae_difference.mean < 0.0);
    for row in &table.rows {
        assert!(predictive.crps <= row.crps, "{}", row.key);
    }
    for (interval, level) in [(&predictive.interval50, 0.5), (&predictive.interval90, 0.9)] {
        let coverage = interval.as_ref().unwrap();
        assert!((coverage.share - level).abs() < 0.03, "{coverage:?}");
        assert!((coverage.closed.covered - coverage.closed.held).abs() < 0.03, "{coverage:?}");
    }
}

#[test]
fn the_shipped_weights_are_those_that_the_data_give() {
    let Some(text) = deu() else { return };
    let issues = backtest::read("deu3.tsv", &text).unwrap();
    let fitted = backtest::fit(&issues.iter().collect::<Vec<_>>()).unwrap();
    for ((name, shipped), (_, fitted)) in Logit::shipped().unwrap().weights().zip(fitted.weights()) {
        assert!((shipped - fitted).abs() <= 0.5001e-4, "{name}: {shipped} is shipped, {fitted} is fitted");
    }
}

/// Issues drawn by a fixed seed, two a proposal: outcomes are mostly on a position.
fn drawn(n: usize) -> Vec<Issue> {
    let mut rng = Streams::new(3).of(0);
    let mut issue = |i: usize| {
        let voices: Vec<Voice> = (0..5)
            .map(|_| Voice { position: f64::from(rng.random_range(0..=10_u8)) * 10.0, salience: rng.random(), gdp: rng.random(), power: rng.random() })
            .collect();
        let outcome = if rng.random_bool(0.8) { voices[rng.random_range(0..5)].position } else { 50.0 };
        Issue { name: format!("i{i}"), proposal: format!("p{}", i / 2), voices, reference: rng.random_bool(0.5).then_some(0.0), outcome }
    };
    (0..n).map(&mut issue).collect()
}

#[test]
fn serial_equals_parallel() {
    let issues = drawn(24);
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| backtest::run(&issues).unwrap());
    assert_eq!(on(1), on(3));
}

#[test]
fn the_order_of_actors_changes_no_score() {
    let issues = drawn(24);
    let turned: Vec<Issue> = issues.iter().map(|issue| Issue { voices: issue.voices.iter().rev().copied().collect(), ..issue.clone() }).collect();
    let (one, other) = (backtest::run(&issues).unwrap(), backtest::run(&turned).unwrap());
    for (a, b) in one.rows.iter().zip(&other.rows).filter(|(a, _)| a.key != "mean-of-ranges") {
        assert!((a.mae - b.mae).abs() < 1e-6 && (a.crps - b.crps).abs() < 0.01, "{}: {} {}, {} {}", a.key, a.mae, b.mae, a.crps, b.crps);
    }
}

#[test]
fn an_odd_issue_is_shown_as_a_failure_and_loses_nothing_else() {
    let mut issues = drawn(24);
    issues[5].voices[0].salience = 7.0;
    issues[6].voices.iter_mut().for_each(|voice| voice.salience = 0.0);
    issues[7].voices.iter_mut().for_each(|voice| voice.position = 100.0);
    // What is learned cannot be learned from it.
    assert!(backtest::run(&issues).unwrap_err().to_string().contains("salience: must lie between 0 and 1, is 7"));
    issues[5].voices[0].salience = 0.7;
    let table = backtest::run(&issues).unwrap();
    assert_eq!(table.row("salience-weighted-mean").unwrap().n, 24);
    let failed: Vec<&str> = table.rows.iter().filter(|row| !row.failures.is_empty()).map(|row| row.key).collect();
    // An election in which nobody has a say cannot be held.
    assert_eq!(failed, ["condorcet"]);
    assert!(table.row("condorcet").unwrap().failures[0].starts_with("i6: "));
    assert_eq!(table.row("condorcet").unwrap().n, 23);
    assert!(table.rows.iter().all(|row| row.mae.is_finite() && row.crps.is_finite()));
    assert!(backtest::run(&issues[..2]).is_err() && backtest::run(&[]).is_err());
}

#[test]
fn a_standoff_elsewhere_can_be_predicted() {
    let stand = |position, salience, influence| Stand { position, salience, influence };
    let factions = [stand(100.0, 0.9, 40.0), stand(80.0, 0.6, 20.0), stand(20.0, 0.8, 60.0)];
    let d = predict(&factions, Some(0.0)).unwrap();
    assert_eq!(d.samples().len(), 1000);
    assert!(d.samples().iter().all(|x| (0.0..=100.0).contains(x)));
    // Most of it on what somebody wants.
    let on = d.samples().iter().filter(|x| factions.iter().any(|s| s.position == **x)).count();
    assert!(on > 500, "{on}");
}
