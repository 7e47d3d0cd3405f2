use majlis_model::standoff::{self, Label, Truce};
use majlis_model::truce::survival::{Forecast, Holds, Model, Posterior, Priors, Spell, forecast};
use proptest::prelude::*;

const MODELS: [Model; 3] = [Model::Exponential, Model::Weibull, Model::Breaches];

fn priors() -> Priors {
    Priors::shipped().unwrap()
}

fn ended(days: f64) -> Spell {
    Spell::new(days, true, vec![]).unwrap()
}

fn in_force(days: f64) -> Spell {
    Spell::new(days, false, vec![]).unwrap()
}

fn width(holds: &Holds) -> f64 {
    holds.interval.1 - holds.interval.0
}

#[test]
fn the_exponential_model_is_conjugate() {
    // Prior: gamma of shape 1 and rate 60 days. Three ended truces of 100 days in all, and 20 days in force.
    let spells = [ended(30.0), ended(60.0), ended(10.0), in_force(20.0)];
    let posterior = Posterior::new(&priors(), Model::Exponential, &spells);
    let holds = posterior.holds(&spells[3], 30.0).unwrap();
    assert!((holds.probability - (180.0 / 210.0_f64).powi(4)).abs() < 1e-12); // exact
    // λ × 180 is gamma of shape 4, of which 2 × is chi-squared with 8 degrees of freedom: 2.7326 and 15.5073.
    let at = |chi: f64| (-chi / 2.0 / 180.0 * 30.0).exp();
    assert!((holds.interval.0 - at(15.5073)).abs() < 1e-5 && (holds.interval.1 - at(2.7326)).abs() < 1e-5, "{holds:?}"); // published table
}

#[test]
fn the_prior_alone_says_so_and_says_what_it_was_told() {
    let found = forecast(&priors(), Model::Exponential, &[], None, "2021-03-24".parse().unwrap(), 1).unwrap();
    assert!(found.prior_alone && found.truces == 0);
    assert!((found.curve[60].probability - 0.5).abs() < 1e-12);
    assert!(width(&found.holds[1]) > 0.7, "{:?}", found.holds[1]);
}

#[test]
fn three_past_truces_give_a_wide_answer_and_three_hundred_a_narrow_one() {
    for model in MODELS {
        let few = Posterior::new(&priors(), model, &vec![ended(40.0); 3]).holds(&in_force(0.0), 30.0).unwrap();
        let many: Vec<Spell> = (0..300).map(|i| ended(-40.0 * (1.0 - (f64::from(i) + 0.5) / 300.0).ln())).collect();
        let many = Posterior::new(&priors(), model, &many).holds(&in_force(0.0), 30.0).unwrap();
        assert!(width(&few) > 0.35 && width(&many) < 0.1, "{model:?} {few:?} {many:?}");
        assert!((many.probability - (-30.0_f64 / 40.0).exp()).abs() < 0.03, "{model:?} {many:?}");
    }
}

#[test]
fn the_weibull_shape_is_learned() {
    // Quantiles of a Weibull of shape 0.5 and scale 40 days: the older a truce, the likelier it holds.
    let spells: Vec<Spell> = (0..400).map(|i| ended(40.0 * (-(1.0 - (f64::from(i) + 0.5) / 400.0).ln()).powi(2))).collect();
    let posterior = Posterior::new(&priors(), Model::Weibull, &spells);
    let exact = |age: f64, days: f64| ((age / 40.0_f64).sqrt() - ((age + days) / 40.0).sqrt()).exp();
    for age in [0.0, 10.0, 200.0] {
        let found = posterior.holds(&in_force(age), 30.0).unwrap();
        assert!((found.probability - exact(age, 30.0)).abs() < 0.02, "{age} {found:?} {}", exact(age, 30.0));
        assert!(found.interval.0 < exact(age, 30.0) && exact(age, 30.0) < found.interval.1);
    }
    let better = |a: Model, b: Model| Posterior::new(&priors(), a, &spells).log_evidence() - Posterior::new(&priors(), b, &spells).log_evidence();
    assert!(better(Model::Weibull, Model::Exponential) > 10.0);
}

#[test]
fn the_weibull_evidence_is_the_integral_of_likelihood_times_prior() {
    let spells = [ended(12.0), ended(90.0), in_force(33.0)];
    let p = priors();
    // Over k by Simpson's rule on ±6 deviations, over λ in closed form, from the definition in days.
    let n = 2000;
    let f = |i: i32| {
        let z = -6.0 + 12.0 * f64::from(i) / f64::from(n);
        let k = p.shape.median * (p.shape.spread * z).exp();
        let scale = |d: f64| (d / 60.0_f64).powf(k);
        let jacobian: f64 = [12.0_f64, 90.0].iter().map(|d| k / 60.0 * (d / 60.0).powf(k - 1.0)).product();
        let exposure = 1.0 + [12.0, 90.0, 33.0].iter().map(|d| scale(*d)).sum::<f64>();
        jacobian * 2.0 / exposure.powi(3) * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt()
    };
    let sum: f64 = (0..=n).map(|i| f64::from(if i == 0 || i == n { 1 } else { 2 + 2 * (i % 2) }) * f(i)).sum::<f64>() * 12.0 / f64::from(n) / 3.0;
    let found = Posterior::new(&p, Model::Weibull, &spells).log_evidence();
    assert!((found - sum.ln()).abs() < 1e-7, "{found} {}", sum.ln());
}

#[test]
fn breaches_shorten_a_truce() {
    let now = |n: usize| Spell::new(60.0, false, (0..n).map(|i| 58.0 + i as f64).collect()).unwrap();
    let after = |n: usize| {
        let posterior = Posterior::new(&priors(), Model::Breaches, &[ended(40.0), ended(80.0), now(n)]);
        (posterior.holds(&now(n), 30.0).unwrap().probability, posterior.holds_with_breaches(&now(n), &[30.0], 1, 2000).unwrap()[0].probability)
    };
    let (kept, broken) = (after(0), after(3));
    assert!(kept.0 > broken.0 + 0.1, "{kept:?} {broken:?}");
    assert!(broken.1 < broken.0, "more breaches are to be expected after three than none: {broken:?}");
}

#[test]
fn the_hazard_a_breach_brings_is_learned() {
    // A hundred truces unbroken for 100 days each, and a hundred that end 5 days after their first breach.
    let mut spells = vec![in_force(100.0); 100];
    spells.extend((0..100).map(|_| Spell::new(25.0, true, vec![20.0]).unwrap()));
    let posterior = Posterior::new(&priors(), Model::Breaches, &spells);
    let broken = Spell::new(20.0, false, vec![20.0]).unwrap();
    assert!(posterior.holds(&in_force(20.0), 30.0).unwrap().probability > posterior.holds(&broken, 30.0).unwrap().probability + 0.3);
}

#[test]
fn with_no_breach_to_come_the_walk_day_by_day_is_the_closed_form() {
    let mut priors = priors();
    priors.breach_days.value = majlis_model::Range::point(1e6).unwrap();
    let now = Spell::new(40.0, false, vec![]).unwrap();
    let posterior = Posterior::new(&priors, Model::Breaches, &[ended(30.0), ended(50.0)]);
    let walked = &posterior.holds_with_breaches(&now, &[30.0], 3, 20_000).unwrap()[0];
    let exact = posterior.holds(&now, 30.0).unwrap();
    assert!((walked.probability - exact.probability).abs() < 0.005, "{walked:?} {exact:?}");
    assert!((walked.interval.0 - exact.interval.0).abs() < 0.02 && (walked.interval.1 - exact.interval.1).abs() < 0.02);
}

fn truce(id: &str, from: &str, until: Option<&str>, breaches: &[&str]) -> Truce {
    Truce {
        id: id.to_owned(),
        name: Label::default(),
        between: vec![],
        from: from.parse().unwrap(),
        until: until.map(|u| u.parse().unwrap()),
        breaches: breaches.iter().map(|b| b.parse().unwrap()).collect(),
        source: None,
    }
}

#[test]
fn the_truce_of_the_example_is_forecast() {
    let standoff = standoff::read("standoff.toml", include_str!("../../../../../examples/iraq-2021/standoff.toml")).unwrap();
    for model in MODELS {
        let found = forecast(&priors(), model, &standoff.truce, Some("october-2020"), standoff.date, 1).unwrap();
        assert_eq!((found.age, found.ended, found.truces, found.prior_alone), (165.0, 0, 1, false));
        assert_eq!(found.holds.iter().map(|h| h.days).collect::<Vec<_>>(), [7.0, 30.0, 90.0]);
        sound(&found);
    }
}

#[track_caller]
fn sound(found: &Forecast) {
    for holds in found.holds.iter().chain(&found.if_kept).chain(&found.curve) {
        let (low, high) = holds.interval;
        assert!(0.0 <= low && low <= high && high <= 1.0 && (0.0..=1.0).contains(&holds.probability), "{holds:?}");
        assert!(holds.likelihood.is_some());
    }
    assert!((found.curve[0].probability - 1.0).abs() < 1e-12);
    assert!(found.curve.windows(2).all(|w| w[1].probability <= w[0].probability + 1e-12));
}

#[test]
fn what_is_not_known_on_the_day_is_left_out() {
    let date = "2021-03-24".parse().unwrap();
    let known = Spell::of(&truce("a", "2021-03-01", Some("2021-04-01"), &["2021-03-10", "2021-03-30"]), date).unwrap();
    assert_eq!((known.days(), known.ended(), known.breaches()), (23.0, false, &[9.0][..]));
    let same_day = Spell::of(&truce("a", "2021-03-01", Some("2021-03-01"), &["2021-03-01"]), date).unwrap();
    assert_eq!((same_day.days(), same_day.ended()), (0.5, true));
}

#[test]
fn a_truce_of_a_thousand_breaches_has_an_answer() {
    let now = Spell::new(400.0, false, (0..1000).map(|i| f64::from(i / 10)).collect()).unwrap();
    let posterior = Posterior::new(&priors(), Model::Breaches, &[now.clone(), Spell::new(1.0, true, vec![1.0; 500]).unwrap()]);
    let found = posterior.holds_with_breaches(&now, &[0.0, 30.0], 1, 200).unwrap();
    assert!((0.0..=1.0).contains(&found[1].probability) && (0.0..=1.0).contains(&posterior.holds(&now, 30.0).unwrap().probability), "{found:?}");
    assert!(posterior.log_evidence().is_finite());
}

#[test]
fn a_truce_that_cannot_be_is_refused() {
    let date = "2021-03-24".parse().unwrap();
    let fault = |t: Truce, of: Option<&str>| forecast(&priors(), Model::Weibull, &[t], of, date, 1).unwrap_err().to_string();
    assert_eq!(fault(truce("a", "2021-04-01", None, &[]), None), "truce[0].from: is after 2021-03-24");
    assert_eq!(fault(truce("a", "2021-03-01", Some("2021-02-01"), &[]), None), "truce[0].until: is before the truce begins, 2021-03-01");
    assert_eq!(fault(truce("a", "2021-03-01", None, &["2021-02-01"]), None), "truce[0].breaches[0]: must lie between 0 and 23, is -28");
    assert_eq!(fault(truce("a", "2021-03-01", Some("2021-03-05"), &[]), Some("a")), "truce[0].until: a has ended");
    assert_eq!(fault(truce("a", "2021-03-01", None, &[]), Some("b")), "truce: there is none with the id b");
    assert_eq!(Spell::new(f64::NAN, true, vec![]).unwrap_err().key, "days");
    let posterior = Posterior::new(&priors(), Model::Exponential, &[]);
    assert_eq!(posterior.holds(&in_force(1.0), f64::NAN).unwrap_err().key, "days");
    assert_eq!(posterior.holds_with_breaches(&in_force(1.0), &[1.5], 1, 10).unwrap_err().key, "days[0]");
    assert_eq!(posterior.holds_with_breaches(&in_force(1.0), &[1.0], 1, 0).unwrap_err().key, "draws.samples");
    assert!(Priors::read("p.toml", "colour = 1").unwrap_err().to_string().starts_with("p.toml:1: unknown field"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_record_gives_probabilities_that_fall_with_time(
        record in proptest::collection::vec((0.0..3000.0f64, any::<bool>(), proptest::collection::vec(0.0..=1.0f64, 0..6)), 0..8),
        which in 0..3usize, age in 0.0..3000.0f64,
    ) {
        let spells: Vec<Spell> = record.iter().map(|(d, e, b)| Spell::new(d.max(0.5), *e, b.iter().map(|b| b * d).collect()).unwrap()).collect();
        let posterior = Posterior::new(&priors(), MODELS[which], &spells);
        let curve: Vec<Holds> = [0.0, 7.0, 30.0, 90.0, 5000.0].iter().map(|d| posterior.holds(&in_force(age), *d).unwrap()).collect();
        for holds in &curve {
            prop_assert!((0.0..=1.0).contains(&holds.probability) && holds.interval.0 <= holds.interval.1, "{holds:?}");
        }
        prop_assert!((curve[0].probability - 1.0).abs() < 1e-12);
        prop_assert!(curve.windows(2).all(|w| w[1].probability <= w[0].probability + 1e-12));
        prop_assert!(posterior.log_evidence().is_finite());
    }

    #[test]
    fn the_order_of_truces_changes_nothing(days in proptest::collection::vec(0.5..500.0f64, 2..6), which in 0..3usize) {
        let spells: Vec<Spell> = days.iter().map(|d| ended(*d)).collect();
        let back: Vec<Spell> = spells.iter().rev().cloned().collect();
        let holds = |s: &[Spell]| Posterior::new(&priors(), MODELS[which], s).holds(&in_force(3.0), 30.0).unwrap().probability;
        prop_assert!((holds(&spells) - holds(&back)).abs() < 1e-12);
    }
}
