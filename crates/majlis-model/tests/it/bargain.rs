#![allow(clippy::unwrap_used)]

use majlis_model::Range;
use majlis_model::bargain::Stand;
use majlis_model::bargain::expected_utility::{Kind, Mode, Run, Settings, Why, run, settle};
use majlis_model::bargain::forecast::{Model, Table, monte_carlo};
use majlis_model::bargain::simple::{kalai_smorodinsky, mean, median, nash};
use majlis_model::standoff::{self, Standoff};
use proptest::prelude::*;
use std::path::Path;

/// The delay of car-emission standards in the European Community: NL, BE, LU, DE, FR, IT, UK, IE, DK, EL, in years
/// (Bueno de Mesquita 1994).
const EMISSIONS: [(f64, f64, f64); 10] = [
    (0.08, 4.0, 0.80),
    (0.08, 7.0, 0.40),
    (0.03, 4.0, 0.20),
    (0.16, 4.0, 0.80),
    (0.16, 10.0, 0.60),
    (0.16, 10.0, 0.60),
    (0.16, 10.0, 0.90),
    (0.05, 7.0, 0.10),
    (0.05, 4.0, 1.00),
    (0.08, 7.0, 0.70),
];
const NL: usize = 0;
const UK: usize = 6;
const IE: usize = 7;
const DK: usize = 8;
const EL: usize = 9;

fn emissions() -> Vec<Stand> {
    EMISSIONS.map(|(influence, position, salience)| Stand { position, salience, influence }).to_vec()
}

#[track_caller]
fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected}");
}

#[test]
fn emissions_before_any_round() {
    assert_eq!(median(&emissions()), Ok(7.0)); // exact
    close(mean(&emissions()).unwrap(), 7.389955686853767, 1e-14); // exact
}

fn rounds(mode: Mode, rounds: u32) -> Run {
    run(&emissions(), &Settings { rounds, rest: None, ..Settings::new(mode) }).unwrap()
}

#[test]
fn emissions_as_the_program_of_scholz_has_them() {
    let run = rounds(Mode::Scholz, 8);
    let medians = [8.41593, 9.61086, 9.96198, 9.96198, 9.96198, 7.47205, 8.82459, 9.67113]; // peer
    let means = [7.46131, 7.55250, 7.59014, 7.35813, 7.34917, 7.41488, 7.51046, 7.57245]; // peer
    assert_eq!(run.rounds.len(), 8);
    for (round, (median, mean)) in run.rounds.iter().zip(medians.into_iter().zip(means)) {
        close(round.median, median, 5e-6);
        close(round.mean, mean, 5e-6);
    }
    let exponents = [(NL, 1.405652784218), (UK, 1.964898229507), (DK, 2.0), (IE, 0.5)]; // peer
    for (actor, exponent) in exponents {
        close(run.rounds[0].exponents[actor], exponent, 5e-13);
    }
}

#[test]
fn emissions_as_the_papers_have_them() {
    close(rounds(Mode::Paper, 3).outcome(), 9.529952167929912, 1e-12); // peer
    let settled = run(&emissions(), &Settings::new(Mode::Paper)).unwrap();
    assert_eq!(settled.rounds.len(), 3);
    close(settled.outcome(), 9.529952167929912, 1e-12); // peer
}

#[test]
fn emissions_against_the_published_table() {
    let run = rounds(Mode::Scholz, 8);
    let medians = [8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]; // published, cut off or rounded to one digit
    let means = [7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6]; // published
    for (i, round) in run.rounds.iter().enumerate() {
        close(round.mean, means[i], 0.1);
        if i == 1 {
            // The one value that is not met, here as in the peer.
            close(round.median, 9.61, 0.01);
        } else {
            close(round.median, medians[i], 0.1);
        }
    }
    close(run.rounds[6].median, 8.833, 0.01); // published outcome
}

#[test]
fn every_turn_tells_who_moved_whom_and_why() {
    let run = rounds(Mode::Scholz, 8);
    let mut stood: Vec<f64> = emissions().iter().map(|s| s.position).collect();
    for round in &run.rounds {
        for (actor, turn) in round.turns.iter().enumerate() {
            assert_eq!((turn.from, turn.to), (stood[actor], round.positions[actor]));
            let Some(taken) = turn.taken else {
                assert_eq!(turn.from, turn.to);
                assert!(matches!(turn.why, Why::NoOffer | Why::Torn));
                continue;
            };
            let taken = turn.offers[taken];
            assert_eq!(taken.to, turn.to);
            assert!(taken.gain > 0.0 && taken.by != actor);
            // Confrontations are settled first; of a kind the least move, of compromises the lowest weighted position.
            assert!(turn.offers.iter().all(|offer| offer.kind >= taken.kind));
            let same = turn.offers.iter().filter(|offer| offer.kind == taken.kind);
            match turn.why {
                Why::OnlyOffer => assert_eq!(same.count(), 1),
                Why::LeastMove => assert!(same.into_iter().all(|o| (o.to - turn.from).abs() >= (taken.to - turn.from).abs() - 1e-9)),
                Why::LowestWeighted => assert_eq!(taken.kind, Kind::Compromise),
                why => panic!("{why:?}"),
            }
        }
        stood.clone_from(&round.positions);
    }
    // Those who would gain by challenging are those whose offers are received, where both reckon alike.
    for round in &rounds(Mode::Paper, 3).rounds {
        for (actor, turn) in round.turns.iter().enumerate() {
            assert!(turn.offers.iter().all(|offer| round.turns[offer.by].challenges.contains(&actor)));
        }
    }
}

#[test]
fn a_turn_as_json() {
    let run = rounds(Mode::Paper, 1);
    let turn = serde_json::to_value(&run.rounds[0].turns[EL]).unwrap();
    assert_eq!(turn["challenges"], serde_json::json!([0, 2, 3, 4, 5, 8]));
    assert_eq!((&turn["why"], &turn["taken"], &turn["from"]), (&"only-offer".into(), &5.into(), &7.0.into()));
    let taken = &turn["offers"][5];
    assert_eq!((&taken["by"], &taken["kind"], &taken["to"]), (&UK.into(), &"compromise".into(), &turn["to"]));
    assert_eq!(turn["offers"][0]["kind"], "confrontation");
}

const MODES: [Mode; 2] = [Mode::Paper, Mode::Scholz];

fn stand(position: f64, salience: f64, influence: f64) -> Stand {
    Stand { position, salience, influence }
}

#[test]
fn one_actor_gets_its_way() {
    for model in Model::ALL {
        for reference in [None, Some(30.0)] {
            assert_eq!(model.settle(&[stand(30.0, 0.5, 2.0)], reference), Ok(30.0), "{model:?}");
        }
    }
}

#[test]
fn where_all_stand_together_nobody_moves() {
    let together = [stand(40.0, 0.5, 2.0), stand(40.0, 0.0, 1.0), stand(40.0, 1.0, 0.0)];
    for mode in MODES {
        let run = run(&together, &Settings::new(mode)).unwrap();
        assert!(run.rounds.is_empty());
        assert_eq!(run.outcome(), 40.0);
    }
}

#[test]
fn settings_out_of_range_are_refused() {
    let fault = |settings: Settings| settle(&emissions(), &settings).unwrap_err().to_string();
    let paper = Settings::new(Mode::Paper);
    assert_eq!(fault(Settings { q: 1.5, ..paper }), "q: must lie between 0 and 1, is 1.5");
    assert_eq!(fault(Settings { t: Some(f64::NAN), ..paper }), "t: must lie between 0 and 1, is NaN");
    assert!(fault(Settings { reference: Some(f64::INFINITY), ..paper }).starts_with("reference: "));
}

#[test]
fn stands_out_of_range_are_refused_by_every_model() {
    let bad = [(stand(f64::NAN, 0.5, 1.0), "[1].position"), (stand(0.0, 1.5, 1.0), "[1].salience"), (stand(0.0, 0.5, -1.0), "[1].influence")];
    for model in Model::ALL {
        for (bad, key) in bad {
            assert_eq!(model.settle(&[stand(1.0, 1.0, 1.0), bad], None).unwrap_err().key, key);
        }
        assert_eq!(model.settle(&[], None).unwrap_err().to_string(), "stands: there is none");
    }
}

/// Where the lone actor in the middle is pulled both ways alike, it stays.
#[test]
fn between_two_alike_the_middle_stays() {
    let even = [stand(0.0, 0.9, 1.0), stand(50.0, 1.0, 0.1), stand(100.0, 0.9, 1.0)];
    let run = run(&even, &Settings::new(Mode::Paper)).unwrap();
    assert_eq!(run.rounds[0].turns[1].why, Why::Torn);
    assert_eq!(run.outcome(), 50.0);
}

/// One decision of DEU III.
struct Decided {
    /// With equal influence.
    stands: Vec<Stand>,
    gdp: Vec<f64>,
    reference: Option<f64>,
    outcome: f64,
}

/// None, where the file is not there.
fn deu() -> Vec<Decided> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmark/deu/deu3.tsv");
    let Ok(mut reader) = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path) else { return Vec::new() };
    let number = |cell: &str| cell.trim().parse::<f64>().ok();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let decided = |row: &csv::StringRecord| {
        let value = |at: usize| number(&row[at]).filter(|v| *v <= 100.0);
        let actors = (13..43).filter_map(|at| Some((stand(value(at)?, value(at + 30)? / 100.0, 1.0), number(&rows[0][at])?)));
        let (stands, gdp): (Vec<_>, Vec<_>) = actors.unzip();
        Some(Decided { stands, gdp, reference: value(73), outcome: value(74)? }).filter(|decided| decided.stands.len() >= 3)
    };
    rows[1..].iter().filter_map(decided).collect()
}

#[test]
fn every_issue_of_the_european_union_is_answered() {
    let issues = deu();
    if issues.is_empty() {
        return;
    }
    assert_eq!(issues.len(), 351);
    let error = |forecast: &dyn Fn(&Decided) -> f64| issues.iter().map(|i| (forecast(i) - i.outcome).abs()).sum::<f64>() / issues.len() as f64;
    let by_gdp = |issue: &Decided| {
        let weighted: Vec<Stand> = issue.stands.iter().zip(&issue.gdp).map(|(s, gdp)| Stand { influence: *gdp, ..*s }).collect();
        mean(&weighted).unwrap()
    };
    close(error(&|issue| mean(&issue.stands).unwrap()), 23.641, 5e-4); // exact, as measured in the benchmark
    close(error(&by_gdp), 23.208, 5e-4); // exact, as measured in the benchmark
    for model in Model::ALL {
        let error = error(&|issue| {
            let at = model.settle(&issue.stands, issue.reference).unwrap();
            assert!((0.0..=100.0).contains(&at), "{model:?} {at}");
            at
        });
        assert!((20.0..40.0).contains(&error), "{model:?} {error}");
    }
}

const TABLE: &str = "actor,influence,position,salience
kutla,10..30..60,0..20..40,50..70..100
fasail,20..50..60,60..80..100,80..90..100
hukuma,40..50..70,40..50..60,0..40..60
";

fn table() -> Standoff {
    let mut standoff = standoff::table::read("table.csv", TABLE, jiff::civil::date(2021, 3, 1)).unwrap();
    standoff.issue[0].status_quo = Some(Range::new(0.0, 5.0, 30.0).unwrap());
    standoff
}

#[test]
fn one_thread_and_many_draw_the_same() {
    let on = |threads: usize, model: Model| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| monte_carlo(&table(), "issue", model, 11, 300)).unwrap()).unwrap()
    };
    for model in Model::ALL {
        assert_eq!(on(1, model), on(4, model), "{model:?}");
    }
}

#[test]
fn the_order_of_actors_in_a_standoff_changes_no_draw() {
    let mut turned = table();
    turned.actor.rotate_left(1);
    for model in Model::ALL {
        let forecast = |standoff: &Standoff| monte_carlo(standoff, "issue", model, 3, 100).unwrap();
        assert_eq!(forecast(&table()), forecast(&turned), "{model:?}");
        assert_ne!(forecast(&table()), monte_carlo(&table(), "issue", model, 4, 100).unwrap(), "{model:?}");
    }
}

#[test]
fn a_forecast_of_nothing_is_an_error_that_names_it() {
    let fault = |issue: &str, draws| monte_carlo(&table(), issue, Model::Mean, 1, draws).unwrap_err().to_string();
    assert_eq!(fault("withdrawal", 10), "issue: there is none called withdrawal");
    assert_eq!(fault("issue", 0), "draws: must be 1 or more, is 0");
    let mut silent = table();
    silent.actor.clear();
    assert_eq!(Table::new(&silent, "issue").err().unwrap().to_string(), "issue[0]: nobody has a stand on issue");
}

#[test]
fn known_numbers_give_one_answer() {
    let mut known = table();
    known.actor.truncate(1);
    known.actor[0].stand[0].position = Range::point(20.0).unwrap();
    let forecast = monte_carlo(&known, "issue", Model::Mean, 1, 50).unwrap();
    assert_eq!((forecast.quantile(0.0), forecast.quantile(1.0)), (20.0, 20.0));
}

#[test]
fn names_differ_in_both_languages() {
    let distinct = |name: fn(Model) -> &'static str| Model::ALL.map(name).iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!((distinct(Model::english), distinct(Model::arabic)), (Model::ALL.len(), Model::ALL.len()));
}

/// As analysts write them: round numbers often, ends often, nothing at all often.
fn written(most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![4 => (0..=10u8).prop_map(move |tenth| f64::from(tenth) / 10.0 * most), 2 => 0.0..=most, 1 => Just(0.0), 1 => Just(most)]
}

/// At the ends of what numbers can be; from 0 or from their negatives.
fn odd(sign: f64) -> impl Strategy<Value = f64> {
    let ends =
        prop_oneof![Just(0.0), Just(f64::from_bits(1)), Just(f64::MIN_POSITIVE), Just(1e-100), Just(1.0), Just(1.0 + f64::EPSILON), Just(1e16), Just(1e100)];
    (ends, any::<bool>()).prop_map(move |(x, turned)| if turned && sign < 0.0 { -x } else { x })
}

fn stands() -> impl Strategy<Value = Vec<Stand>> {
    proptest::collection::vec((written(100.0), written(1.0), written(1.0)).prop_map(|(p, s, i)| stand(p, s, i)), 1..9)
}

fn reference() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(written(100.0))
}

proptest! {
    #[test]
    fn answers_lie_among_the_positions(stands in stands(), reference in reference(), q in written(1.0)) {
        let (low, high) = stands.iter().map(|s| s.position).chain(reference).fold((100.0f64, 0.0f64), |(l, h), x| (l.min(x), h.max(x)));
        for model in Model::ALL {
            let at = model.settle(&stands, reference).unwrap();
            prop_assert!(low - 1e-9 <= at && at <= high + 1e-9, "{:?} {}", model, at);
        }
        for mode in MODES {
            for t in [None, Some(0.3)] {
                let run = run(&stands, &Settings { q, t, reference, rest: None, ..Settings::new(mode) }).unwrap();
                for round in &run.rounds {
                    prop_assert!(round.positions.iter().all(|x| low - 1e-9 <= *x && *x <= high + 1e-9));
                    prop_assert!(round.exponents.iter().all(|r| (0.5 - 1e-12..=2.0 + 1e-12).contains(r)));
                    prop_assert!(round.turns.iter().flat_map(|t| &t.offers).all(|o| o.gain.is_finite() && o.counter.is_finite()));
                }
            }
        }
    }

    #[test]
    fn no_number_however_odd_gives_none(
        stands in proptest::collection::vec((odd(-1.0), odd(0.0).prop_map(|s| s.min(1.0)), odd(0.0)).prop_map(|(p, s, i)| stand(p, s, i)), 1..6),
        reference in proptest::option::of(odd(-1.0)),
        q in written(1.0),
    ) {
        let (low, high) = stands.iter().map(|s| s.position).chain(reference).fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(x), h.max(x)));
        let within = |x: f64| low - (high - low) * 1e-9 <= x && x <= high + (high - low) * 1e-9;
        for model in Model::ALL {
            let at = model.settle(&stands, reference).unwrap();
            prop_assert!(within(at), "{:?} {}", model, at);
        }
        for mode in MODES {
            let run = run(&stands, &Settings { q, reference, ..Settings::new(mode) }).unwrap();
            let numbers = run.rounds.iter().flat_map(|round| round.exponents.iter().chain(round.turns.iter().flat_map(|t| &t.offers).flat_map(|o| [&o.gain, &o.counter])));
            prop_assert!(numbers.into_iter().all(|x| x.is_finite()) && run.rounds.iter().flat_map(|r| &r.positions).all(|x| within(*x)));
        }
    }

    #[test]
    fn the_order_of_actors_changes_nothing(stands in stands(), reference in reference(), turn in 0..8usize) {
        let mut turned = stands.clone();
        turned.reverse();
        turned.rotate_left(turn % stands.len());
        for model in Model::ALL {
            prop_assert_eq!(model.settle(&stands, reference), model.settle(&turned, reference), "{:?}", model);
        }
        for mode in MODES {
            let (a, b) = (run(&stands, &Settings::new(mode)).unwrap(), run(&turned, &Settings::new(mode)).unwrap());
            prop_assert_eq!(a.rounds.len(), b.rounds.len());
            for (a, b) in a.rounds.into_iter().zip(b.rounds) {
                let mut positions = b.positions;
                positions.rotate_right(turn % stands.len());
                positions.reverse();
                prop_assert_eq!(a.positions, positions);
            }
        }
    }

    #[test]
    fn the_unit_of_influence_changes_nothing(stands in stands(), reference in reference(), unit in 0.01..100.0f64) {
        let scaled: Vec<Stand> = stands.iter().map(|s| Stand { influence: s.influence * unit, ..*s }).collect();
        for model in Model::ALL {
            let (a, b) = (model.settle(&stands, reference).unwrap(), model.settle(&scaled, reference).unwrap());
            // Rounds close in on an answer, and rounding may end them one sooner.
            let rounds = matches!(model, Model::ExpectedUtilityPaper | Model::ExpectedUtilityScholz);
            prop_assert!((a - b).abs() < if rounds { 1e-2 } else { 1e-6 }, "{:?} {} {}", model, a, b);
        }
    }

    #[test]
    fn the_scale_of_the_issue_changes_nothing(stands in stands(), reference in reference(), unit in 0.01..100.0f64, zero in -50.0..50.0f64) {
        let scaled: Vec<Stand> = stands.iter().map(|s| Stand { position: zero + unit * s.position, ..*s }).collect();
        for model in Model::ALL {
            let (a, b) = (model.settle(&stands, reference).unwrap(), model.settle(&scaled, reference.map(|r| zero + unit * r)).unwrap());
            prop_assert!((zero + unit * a - b).abs() < 1e-6 * unit, "{:?} {} {}", model, zero + unit * a, b);
        }
    }

    /// Not so the program of Scholz, which takes the lowest compromise.
    #[test]
    fn turning_the_issue_about_turns_the_answer(stands in stands(), reference in reference()) {
        let turned: Vec<Stand> = stands.iter().map(|s| Stand { position: 100.0 - s.position, ..*s }).collect();
        for model in Model::ALL.into_iter().filter(|m| *m != Model::ExpectedUtilityScholz) {
            let (a, b) = (model.settle(&stands, reference).unwrap(), model.settle(&turned, reference.map(|r| 100.0 - r)).unwrap());
            prop_assert!((100.0 - a - b).abs() < 1e-6, "{:?} {} {}", model, a, b);
        }
    }

    #[test]
    fn whoever_moves_up_never_lowers_mean_or_median(stands in stands(), who in 0..8usize, by in 0.0..50.0f64) {
        let mut moved = stands.clone();
        moved[who % stands.len()].position += by;
        for model in [mean, median] {
            prop_assert!(model(&moved).unwrap() >= model(&stands).unwrap() - 1e-9);
        }
    }

    /// Nothing on a fine grid of agreements is better by the solution's own measure.
    #[test]
    fn the_bargaining_solutions_are_the_best_agreements(stands in stands(), reference in written(100.0)) {
        let weight: f64 = stands.iter().map(Stand::weight).sum();
        let said: Vec<(f64, f64)> =
            stands.iter().map(|s| (s.position, if weight > 0.0 { s.weight() / weight } else { 1.0 })).filter(|s| s.1 > 0.0).collect();
        let gain = |x: f64, ideal: f64| (reference - ideal).powi(2) - (x - ideal).powi(2);
        let agreeable = |x: f64| said.iter().all(|(ideal, _)| gain(x, *ideal) >= 0.0);
        let grid: Vec<f64> = (-2000..=4000).map(|i| f64::from(i) / 20.0).filter(|x| agreeable(*x)).collect();
        let product = |x: f64| said.iter().map(|(ideal, w)| w * gain(x, *ideal).max(0.0).ln()).sum::<f64>();
        let most = |ideal: f64| grid.iter().map(|x| gain(*x, ideal)).fold(0.0, f64::max);
        let mosts: Vec<f64> = said.iter().map(|(ideal, _)| most(*ideal)).collect();
        let shortfall =
            |x: f64| said.iter().zip(&mosts).map(|((ideal, w), most)| if *most > 0.0 { w * (1.0 - gain(x, *ideal) / most) } else { 0.0 }).fold(0.0, f64::max);
        let (nash, ks) = (nash(&stands, Some(reference)).unwrap(), kalai_smorodinsky(&stands, Some(reference)).unwrap());
        if grid.iter().all(|x| (x - reference).abs() < 1e-9) {
            // Whatever agreement there is lies between two points of the grid.
            prop_assert!((nash - reference).abs() < 0.05 && (ks - reference).abs() < 0.05);
        } else {
            prop_assert!(grid.iter().all(|x| product(*x) <= product(nash) + 1e-9));
            let spacing = 0.05;
            let best = grid.iter().map(|x| shortfall(*x)).fold(f64::INFINITY, f64::min);
            let slope = said.iter().zip(&mosts).map(|((ideal, w), most)| if *most > 0.0 { w * 2.0 * (reference - ideal).abs() / most } else { 0.0 });
            prop_assert!(shortfall(ks) <= best + spacing * slope.fold(0.0, f64::max) + 1e-9);
        }
    }
}
