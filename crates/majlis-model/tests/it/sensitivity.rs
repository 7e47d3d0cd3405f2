#![allow(clippy::unwrap_used)]

use majlis_model::sensitivity::{flip, leverage, of, sobol, tornado};
use majlis_model::standoff::inputs::{self, Input};
use majlis_model::{Error, Range, Result, Standoff, standoff};
use proptest::prelude::*;
use std::f64::consts::PI;

fn input(path: &str, low: f64, mode: f64, high: f64) -> Input {
    Input { path: path.into(), key: path.into(), range: Range::new(low, mode, high).unwrap() }
}

fn settings(rows: u64) -> sobol::Settings {
    sobol::Settings { rows, ..sobol::Settings::default() }
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} {expected}");
}

/// Ishigami and Homma 1990 with a = 7 and b = 0.1, each argument uniform on −π to π.
fn ishigami(unit: &[f64]) -> Result<f64> {
    let x = |i: usize| (2.0 * unit[i] - 1.0) * PI;
    Ok(x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin())
}

#[test]
fn the_ishigami_function() {
    let found = sobol::of_unit_cube(&["x1", "x2", "x3"], ishigami, &sobol::Settings { level: 0.99, ..settings(16_384) }).unwrap();
    close(found.mean, 3.5, 0.1);
    close(found.variance, 13.8446, 0.2); // exact
    // Published: the first- and total-order indices.
    let expected = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    for (sobol::Index { first, total, .. }, (s, t)) in found.inputs.iter().zip(expected) {
        close(first.value, s, 0.03);
        close(total.value, t, 0.02);
        assert!(first.low <= s && s <= first.high, "{first:?} {s}");
        assert!(total.low <= t && t <= total.high, "{total:?} {t}");
        assert!(first.high - first.low < 0.1 && total.high - total.low < 0.06, "{first:?} {total:?}");
    }
}

#[test]
fn an_additive_function_of_ranges() {
    // The variance of a triangle 0, m, 1 is (1 + m² − m) / 18, times the square of the factor.
    let inputs = [input("a", 0.0, 0.5, 1.0), input("known", 3.0, 3.0, 3.0), input("b", 0.0, 0.0, 1.0), input("idle", 0.0, 50.0, 100.0)];
    let variances = [4.0 * 0.75 / 18.0, 1.0 / 18.0, 0.0];
    let found = sobol::indices(&inputs, |x| Ok(2.0 * x[0] + x[1] - x[2]), &settings(8192)).unwrap();
    let all: f64 = variances.iter().sum();
    assert_eq!(found.inputs.iter().map(|i| i.path.as_str()).collect::<Vec<_>>(), ["a", "b", "idle"]);
    for (index, variance) in found.inputs.iter().zip(variances) {
        close(index.first.value, variance / all, 0.03);
        close(index.total.value, variance / all, 0.02);
    }
    assert_eq!(found.inputs[2].total.value, 0.0);
    close(found.mean, 2.0 * 0.5 + 3.0 - 1.0 / 3.0, 0.02);
}

#[test]
fn what_does_not_vary_rests_on_nothing() {
    let inputs = [input("a", 0.0, 50.0, 100.0)];
    let found = sobol::indices(&inputs, |_| Ok(7.1), &settings(64)).unwrap();
    assert_eq!((found.mean, found.variance, found.inputs[0].first.value, found.inputs[0].total.high), (7.1, 0.0, 0.0, 0.0));
    assert_eq!(sobol::indices(&[], |_| Ok(7.0), &settings(2)).unwrap().inputs, []);
}

#[test]
fn what_cannot_be_estimated_is_refused() {
    let inputs = [input("a", 0.0, 50.0, 100.0)];
    let fault = |settings: sobol::Settings, answer: f64| sobol::indices(&inputs, |_| Ok(answer), &settings).unwrap_err().to_string();
    assert_eq!(fault(settings(1), 1.0), "rows: must be 2 or more, is 1");
    assert_eq!(fault(sobol::Settings { resamples: 0, ..settings(8) }, 1.0), "resamples: must be 1 or more, is 0");
    assert_eq!(fault(sobol::Settings { level: 1.5, ..settings(8) }, 1.0), "level: must lie between 0 and 1, is 1.5");
    assert_eq!(fault(settings(8), f64::NAN), "answer: must be a finite number, is NaN");
    assert_eq!(tornado::bars(&inputs, |_| Ok(f64::INFINITY)).unwrap_err().key, "answer");
}

#[test]
fn bars_by_hand() {
    let inputs = [input("a", 10.0, 20.0, 40.0), input("known", 5.0, 5.0, 5.0), input("b", 0.0, 1.0, 2.0), input("hill", 0.0, 5.0, 10.0)];
    // The hill is as low at either end: its swing is from the top.
    let tornado = tornado::bars(&inputs, |x| Ok(x[0] + x[1] * x[2] - (x[3] - 5.0).powi(2))).unwrap();
    assert_eq!(tornado.base, 25.0);
    let bars: Vec<_> = tornado.bars.iter().map(|b| (b.path.as_str(), b.at_low, b.at_high, b.swing)).collect();
    assert_eq!(bars, [("a", 15.0, 45.0, 30.0), ("hill", 0.0, 0.0, 25.0), ("b", 20.0, 30.0, 10.0)]);
}

#[test]
fn flips_by_hand() {
    // 2a − b + c/100 reaches 100 from a = 50, b = 10, c = 0: a must rise by 5, b fall by 10, c cannot make it.
    let inputs = [input("b", 0.0, 10.0, 30.0), input("c", 0.0, 0.0, 0.0), input("a", 40.0, 50.0, 54.0)];
    let reaches = flip::reaches(100.0, |x| Ok(2.0 * x[2] - x[0] + x[1] / 100.0));
    let flips = flip::flips(&inputs, |_| true, &reaches).unwrap();
    assert!(!flips.verdict);
    assert_eq!(flips.inputs.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let [a, b, c] = &flips.inputs[..] else { panic!() };
    let above = a.above.as_ref().unwrap();
    assert!(above.at >= 55.0 && above.at < 55.0 + 2e-6 && above.verdict && !above.within_range, "{a:?}");
    assert_eq!(a.below, None);
    let below = b.below.as_ref().unwrap();
    assert!(below.at == 0.0 && below.within_range, "only just: {b:?}");
    assert_eq!((c.distance(), c.below.clone(), c.above.clone()), (None, None, None));
    let uncertain = flip::flips(&inputs, |i| !i.range.is_point(), &reaches).unwrap();
    assert_eq!(uncertain.inputs.len(), 2);
}

#[test]
fn another_winner_on_either_side() {
    // The nearest of three places wins: 20, 50, 90. At 40 the second wins; the first below 35, the third above 70.
    let winner = |x: &[f64]| {
        let far = |place: f64| (x[0] - place).abs();
        Ok(["first", "second", "third"][(0..3).min_by(|a, b| far([20.0, 50.0, 90.0][*a]).total_cmp(&far([20.0, 50.0, 90.0][*b]))).unwrap()])
    };
    let flips = flip::flips(&[input("x", 30.0, 40.0, 60.0)], |_| true, winner).unwrap();
    let Some(flip::Flip { below: Some(below), above: Some(above), .. }) = flips.inputs.first() else { panic!("{flips:?}") };
    assert_eq!((flips.verdict, below.verdict, above.verdict), ("second", "first", "third"));
    close(below.at, 35.0, 2e-6);
    close(above.at, 70.0, 2e-6);
    assert!(below.within_range && !above.within_range);
    close(flips.inputs[0].distance().unwrap(), 5.0, 2e-6);
}

/// Three actors; `c` stands at the end of the scale.
fn example() -> Standoff {
    let actor = |id: &str, influence: &str, position: &str, salience: &str| {
        format!(
            "[[actor]]\nid = \"{id}\"\nname = \"{id}\"\ninfluence = {influence}\n[[actor.stand]]\nissue = \"i\"\nposition = {position}\nsalience = {salience}\n"
        )
    };
    let text = [
        "name = \"n\"\ndate = 2021-03-24\n[[issue]]\nid = \"i\"\nname = \"i\"\nlow = \"no\"\nhigh = \"yes\"\n".to_owned(),
        actor("a", "[40, 50, 70]", "20", "80"),
        actor("b", "30", "[50, 60, 80]", "50"),
        actor("c", "45", "100", "100"),
    ]
    .concat();
    standoff::read("t.toml", &text).unwrap()
}

/// The weighted mean.
fn mean(standoff: &Standoff) -> Result<f64> {
    let mut sums = (0.0, 0.0);
    for (a, stand) in standoff.stands("i") {
        let weight = standoff.actor[a].influence_on(stand).mode() * stand.salience.mode();
        sums = (sums.0 + weight * stand.position.mode(), sums.1 + weight);
    }
    if sums.1 > 0.0 { Ok(sums.0 / sums.1) } else { Err(Error::new("i", "nobody cares")) }
}

#[test]
fn a_standoff_is_a_function_of_its_inputs() {
    let standoff = example();
    let inputs = inputs::list(&standoff);
    // Weights 40, 15 and 45: (800 + 900 + 4500) / 100.
    let tornado = tornado::bars(&inputs, of(&standoff, mean)).unwrap();
    close(tornado.base, 62.0, 1e-12);
    // a at influence 40 weighs 32, at 70 it weighs 56; b at 50 and 80 moves the mean by 15 of 100.
    let expected = [("a.influence", (640.0 + 5400.0) / 92.0, (1120.0 + 5400.0) / 116.0), ("b.i.position", 60.5, 65.0)];
    for (bar, (path, low, high)) in tornado.bars.iter().zip(expected) {
        assert_eq!(bar.path, path);
        close(bar.at_low, low, 1e-12);
        close(bar.at_high, high, 1e-12);
    }
    assert_eq!(tornado.bars.len(), 2);
    // 62 falls below 60 where a weighs w: 20w + 5400 = 60w + 3600, w = 45, at influence 56.25.
    let flips = flip::flips(&inputs, |i| !i.range.is_point(), flip::reaches(60.0, of(&standoff, mean))).unwrap();
    assert_eq!(flips.inputs[0].path, "a.influence");
    close(flips.inputs[0].above.as_ref().unwrap().at, 56.25, 2e-6);
    assert!(flips.inputs[0].above.as_ref().unwrap().within_range && flips.inputs[0].below.is_none());
}

#[test]
fn whom_to_move_by_hand() {
    let levers = leverage::levers(&example(), "i", 1.0, mean).unwrap();
    assert_eq!(levers.iter().map(|l| l.actor.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
    for (lever, (position, weight)) in levers.iter().zip([(100.0, 45.0), (20.0, 40.0), (60.0, 15.0)]) {
        assert_eq!(lever.position, position);
        close(lever.price, weight, 1e-12);
        close(lever.down.unwrap(), -weight / 100.0, 1e-12);
        assert_eq!(lever.up.is_none(), position == 100.0);
        close(lever.effect(), weight / 100.0, 1e-12);
        close(lever.effect_for_price().unwrap(), 0.01, 1e-12);
    }
    let fault = |issue: &str, step: f64| leverage::levers(&example(), issue, step, mean).unwrap_err().to_string();
    assert_eq!(fault("j", 1.0), "issue: there is no issue with the id j");
    assert!(fault("i", 0.0).starts_with("step: must lie between"));
}

#[test]
fn the_first_error_is_told() {
    let inputs: Vec<Input> = (0..40).map(|i| input(&format!("x{i}"), 0.0, 50.0, 100.0)).collect();
    let answer = |x: &[f64]| match x.iter().position(|x| *x != 50.0) {
        Some(i) if i >= 3 => Err(Error::new(format!("x{i}"), "cannot be")),
        _ => Ok(0.0),
    };
    for _ in 0..20 {
        assert_eq!(tornado::bars(&inputs, answer).unwrap_err().key, "x3");
        assert_eq!(flip::flips(&inputs, |_| true, flip::reaches(1.0, answer)).unwrap_err().key, "x3");
    }
}

/// The same under one thread and four.
#[track_caller]
fn same_on_any_number_of_threads<T: PartialEq + std::fmt::Debug + Send>(what: impl Fn() -> T + Sync) {
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(&what);
    assert_eq!(on(1), on(4));
}

#[test]
fn serial_equals_parallel() {
    let standoff = example();
    let inputs = inputs::list(&standoff);
    same_on_any_number_of_threads(|| serde_json::to_string(&sobol::indices(&inputs, of(&standoff, mean), &settings(200)).unwrap()).unwrap());
    same_on_any_number_of_threads(|| serde_json::to_string(&tornado::bars(&inputs, of(&standoff, mean)).unwrap()).unwrap());
    same_on_any_number_of_threads(|| flip::flips(&inputs, |_| true, flip::reaches(60.0, of(&standoff, mean))).unwrap());
    same_on_any_number_of_threads(|| leverage::levers(&standoff, "i", 2.0, mean).unwrap());
}

proptest! {
    #[test]
    fn a_flip_is_where_the_verdict_changes(mode in 0.0..100.0f64, threshold in 0.0..100.0f64, slope in prop_oneof![-3.0..-0.1f64, 0.1..3.0f64]) {
        let answer = |x: &[f64]| Ok(50.0 + slope * (x[0] - 50.0));
        let flips = flip::flips(&[input("x", mode, mode, mode)], |_| true, flip::reaches(threshold, answer)).unwrap();
        let root = 50.0 + (threshold - 50.0) / slope;
        let found = [&flips.inputs[0].below, &flips.inputs[0].above].into_iter().flatten().map(|c| c.at).collect::<Vec<_>>();
        // At the very ends rounding decides.
        prop_assume!(root.abs() > 1e-9 && (root - 100.0).abs() > 1e-9 && (root - mode).abs() > 1e-9);
        if (0.0..=100.0).contains(&root) {
            prop_assert!(found.len() == 1 && (found[0] - root).abs() < 2e-6, "{found:?} {root}");
        } else {
            prop_assert!(found.is_empty(), "{found:?} {root}");
        }
    }

    #[test]
    fn first_order_never_clearly_exceeds_total(factors in prop::array::uniform4(-5.0..5.0f64), seed in 0..1000u64) {
        let answer = |u: &[f64]| Ok(factors[0] * u[0] + factors[1] * u[1] + factors[2] * u[0] * u[2] + factors[3] * u[1] * u[2]);
        let found = sobol::of_unit_cube(&["x", "y", "z"], answer, &sobol::Settings { seed, resamples: 1, ..settings(1024) }).unwrap();
        prop_assume!(found.variance > 0.01);
        for sobol::Index { first, total, .. } in found.inputs {
            prop_assert!(total.value >= 0.0 && first.value <= total.value + 0.2, "{first:?} {total:?}");
        }
    }
}
