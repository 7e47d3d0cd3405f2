use majlis_model::standoff::{self, Incident, Label, Standoff};
use majlis_model::streams::Streams;
use majlis_model::truce::hawkes::{
    Events, Parameters, Priors, Record, Sampling, fit, forecast, gradient, log_likelihood, residuals, sample, simulate, simulate_afresh,
};
use proptest::prelude::*;

fn univariate(mu: f64, alpha: f64, beta: f64) -> Parameters {
    Parameters::new(vec![mu], &[vec![alpha]], beta).unwrap()
}

fn reference() -> Events {
    Events::of_one_kind(vec![0.5, 1.2, 1.3, 2.9, 3.0, 3.1, 5.7, 8.0], 10.0).unwrap()
}

/// The log-likelihood by its definition, summed over all pairs.
fn brute(events: &Events, opening: Option<usize>, p: &Parameters) -> f64 {
    let counted: Vec<(f64, usize)> = events.times().iter().copied().zip(events.kinds().iter().copied()).collect();
    let all: Vec<(f64, usize)> = opening.map(|k| (0.0, k)).into_iter().chain(counted.iter().copied()).collect();
    let intensity =
        |t: f64, i: usize| p.background(i) + all.iter().filter(|(s, _)| *s < t).map(|(s, j)| p.excitation(i, *j) * (-p.decay() * (t - s)).exp()).sum::<f64>();
    let total: f64 = (0..p.kinds())
        .map(|i| {
            p.background(i) * events.horizon() + all.iter().map(|(s, j)| p.offspring(i, *j) * -(-p.decay() * (events.horizon() - s)).exp_m1()).sum::<f64>()
        })
        .sum();
    counted.iter().map(|(t, i)| intensity(*t, *i).ln()).sum::<f64>() - total
}

#[test]
fn the_likelihood_of_eight_events() {
    let found = log_likelihood(&reference(), &univariate(0.5, 0.8, 1.6)).unwrap();
    assert!((found - -10.467692860679701).abs() < 1e-12, "{found}"); // exact
}

#[test]
fn no_event_has_the_likelihood_of_silence() {
    let silence = Events::of_one_kind(vec![], 10.0).unwrap();
    assert_eq!(log_likelihood(&silence, &univariate(0.5, 0.8, 1.6)).unwrap(), -5.0);
    let impossible = log_likelihood(&reference(), &univariate(0.0, 0.8, 1.6)).unwrap();
    assert_eq!(impossible, f64::NEG_INFINITY);
}

fn two() -> Parameters {
    Parameters::new(vec![0.05, 0.02], &[vec![0.05, 0.08], vec![0.06, 0.0]], 0.2).unwrap()
}

#[test]
fn stationarity_is_told() {
    assert!((univariate(0.5, 0.8, 1.6).branching_ratio() - 0.5).abs() < 1e-12);
    assert!(univariate(0.5, 1.6, 1.6).branching_ratio() >= 1.0 - 1e-12);
    // Offspring 0.25, 0.4; 0.3, 0: (0.25 + √(0.0625 + 0.48)) / 2.
    assert!((two().branching_ratio() - (0.25 + 0.5425_f64.sqrt()) / 2.0).abs() < 1e-9);
}

#[test]
fn simulated_events_come_as_often_as_the_theory_says() {
    // The stationary rate is (I − offspring)⁻¹ times the background.
    let events = simulate_afresh(&two(), 200_000.0, &mut Streams::new(1).of(0)).unwrap();
    let (a, b, c) = (0.25, 0.4, 0.3);
    let det = (1.0 - a) - b * c;
    let expected = [(0.05 + b * 0.02) / det, (c * 0.05 + (1.0 - a) * 0.02) / det];
    for (kind, expected) in expected.iter().enumerate() {
        let rate = events.kinds().iter().filter(|k| **k == kind).count() as f64 / 200_000.0;
        assert!((rate / expected - 1.0).abs() < 0.05, "{kind}: {rate} {expected}");
    }
}

#[test]
fn the_right_process_leaves_residuals_that_fit_and_a_wrong_one_does_not() {
    let truth = univariate(0.1, 0.5, 1.0);
    let events = simulate_afresh(&truth, 5000.0, &mut Streams::new(2).of(0)).unwrap();
    let right = &residuals(&events, &truth).unwrap()[0];
    assert!(right.p_value > 0.05, "{right:?}");
    let rate = events.times().len() as f64 / 5000.0;
    let wrong = &residuals(&events, &univariate(rate, 0.0, 1.0)).unwrap()[0];
    assert!(wrong.p_value < 1e-6 && (wrong.expected - events.times().len() as f64).abs() < 1e-6, "{wrong:?}");
}

#[test]
fn the_most_likely_process_is_near_the_true_one() {
    let truth = two();
    let events = simulate_afresh(&truth, 30_000.0, &mut Streams::new(3).of(0)).unwrap();
    let found = fit(&events).unwrap();
    assert!(found.log_likelihood >= log_likelihood(&events, &truth).unwrap() && !found.decay_at_bound);
    assert!((found.parameters.decay() / 0.2 - 1.0).abs() < 0.2, "{found:?}");
    for i in 0..2 {
        assert!((found.parameters.background(i) / truth.background(i) - 1.0).abs() < 0.2, "{found:?}");
        for j in 0..2 {
            assert!((found.parameters.offspring(i, j) - truth.offspring(i, j)).abs() < 0.06, "{found:?}");
        }
    }
    // No parameter that can move either way has a slope left.
    let (_, slope) = gradient(&events, &found.parameters).unwrap();
    assert!(slope[0].abs() * 0.05 < 1e-4 && slope[6].abs() * 0.2 < 1e-4, "{slope:?}");
}

#[test]
fn the_fit_climbs_as_high_as_any_grid() {
    let found = fit(&reference()).unwrap();
    let mut best = f64::NEG_INFINITY;
    for mu in 1..40 {
        for branching in 0..30 {
            for decay in -12..24 {
                let decay = 1.3_f64.powi(decay);
                let p = univariate(0.03 * f64::from(mu), 0.05 * f64::from(branching) * decay, decay);
                best = best.max(log_likelihood(&reference(), &p).unwrap());
            }
        }
    }
    assert!(found.log_likelihood >= best, "{found:?} {best}");
    assert!(found.without_excitation <= found.log_likelihood);
}

#[test]
fn events_that_keep_their_distance_do_not_excite() {
    let found = fit(&Events::of_one_kind((0..20).map(|i| 5.0 + 10.0 * f64::from(i)).collect(), 200.0).unwrap()).unwrap();
    assert!(found.parameters.branching_ratio() < 1e-6 && !found.decay_at_bound, "{found:?}");
    assert!((found.parameters.background(0) - 0.1).abs() < 1e-6);
    let single = fit(&Events::of_one_kind(vec![3.0], 10.0).unwrap()).unwrap();
    assert!((single.parameters.background(0) - 0.1).abs() < 1e-9);
    assert_eq!(fit(&Events::of_one_kind(vec![], 10.0).unwrap()).unwrap_err().to_string(), "events: there is none");
}

fn priors() -> Priors {
    Priors::shipped().unwrap()
}

const SHORT: Sampling = Sampling { seed: 5, chains: 4, warm_up: 500, draws: 400, thinning: 2 };

#[test]
fn the_true_process_lies_in_the_intervals() {
    let truth = two();
    let events = simulate_afresh(&truth, 3000.0, &mut Streams::new(4).of(0)).unwrap();
    let found = sample(&events, &priors(), SHORT).unwrap();
    assert!(found.r_hat < 1.05 && found.effective_draws > 100.0, "{} {}", found.r_hat, found.effective_draws);
    let holds = |name: &str, number: &dyn Fn(&Parameters) -> f64| {
        let (low, high) = found.of(number).unwrap().interval(0.98);
        assert!(low <= number(&truth) && number(&truth) <= high, "{name}: {low} {} {high}", number(&truth));
    };
    holds("decay", &Parameters::decay);
    for i in 0..2 {
        holds("background", &|p| p.background(i));
        for j in (0..2).filter(|j| i * j == 0) {
            holds("offspring", &|p| p.offspring(i, j));
        }
    }
}

#[test]
fn without_events_the_posterior_is_what_silence_leaves_of_the_prior() {
    // Silence for 100 days: the density of the background is its prior's times e^(−100 μ); the rest is the prior's.
    let silence = Events::of_one_kind(vec![], 100.0).unwrap();
    let found = sample(&silence, &priors(), Sampling { draws: 2000, ..SHORT }).unwrap();
    let p = priors();
    let moment = |power: i32| {
        let f = |z: f64| {
            let mu = p.background.median * (p.background.spread * z).exp();
            (-z * z / 2.0 - 100.0 * mu).exp() * mu.powi(power)
        };
        (-800..=800).map(|i| f(f64::from(i) / 100.0)).sum::<f64>()
    };
    let expected = moment(1) / moment(0);
    let background = found.of(|p| p.background(0)).unwrap().mean();
    assert!((background / expected - 1.0).abs() < 0.15, "{background} {expected}");
    let half_life = found.of(Parameters::half_life).unwrap().quantile(0.5);
    assert!((half_life / 7.0).ln().abs() < 0.15, "{half_life}");
    assert!(found.draws.iter().all(|p| p.branching_ratio() < 1.0));
}

#[test]
fn one_thread_and_many_draw_the_same() {
    let run = || sample(&reference(), &priors(), Sampling { warm_up: 50, draws: 50, ..SHORT }).unwrap();
    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run);
    assert_eq!(on(1), on(4));
}

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

fn incident(day: &str, by: &str) -> Incident {
    Incident { date: day.parse().unwrap(), by: by.to_owned(), against: None, name: Label::default(), source: None }
}

#[test]
fn incidents_of_one_day_are_spread_over_it() {
    let incidents = [incident("2021-03-03", "b"), incident("2021-03-01", "b"), incident("2021-03-03", "a")];
    let record = Record::new(&incidents, "2021-03-01".parse().unwrap(), "2021-03-04".parse().unwrap()).unwrap();
    assert_eq!(record.actors, ["a", "b"]);
    assert_eq!((record.events.times(), record.events.kinds(), record.events.horizon()), (&[0.5, 2.25, 2.75][..], &[1, 1, 0][..], 4.0));
}

#[test]
fn the_attacks_of_the_example_are_forecast() {
    let record = Record::of(&example()).unwrap();
    assert_eq!((record.actors.len(), record.events.times().len(), record.events.horizon()), (2, 8, 166.0));
    let found = forecast(&record, &priors(), SHORT, &[7.0, 30.0, 90.0]).unwrap();
    assert!(found.r_hat < 1.1, "{}", found.r_hat);
    let [week, month, quarter] = &found.ahead[..] else { panic!() };
    assert!(week.none > month.none && month.none > quarter.none);
    assert!(week.attacks.mean() < month.attacks.mean() && month.attacks.mean() < quarter.attacks.mean());
    // Eight in 166 days is about one and a half a month; they came faster of late.
    assert!((1.0..4.0).contains(&month.attacks.mean()), "{}", month.attacks.mean());
    // What the draws' exact probabilities say is what their simulated futures show.
    let simulated = month.attacks.cdf(0.0);
    assert!((month.none - simulated).abs() < 0.03, "{} {simulated}", month.none);
    assert!(week.none_interval.0 < week.none && week.none < week.none_interval.1);
}

#[test]
fn an_incident_that_opens_the_record_is_no_evidence_of_the_rate() {
    let mut standoff = example();
    standoff.truce.clear();
    let record = Record::of(&standoff).unwrap();
    assert_eq!((record.events.times().len(), record.events.horizon()), (7, 127.5));
    standoff.incident.truncate(1);
    standoff.date = standoff.incident[0].date;
    let found = forecast(&Record::of(&standoff).unwrap(), &priors(), SHORT, &[0.0, 30.0]).unwrap();
    assert_eq!((found.incidents, found.fit, found.ahead[0].none), (1, None, 1.0));
    assert!(found.ahead[1].attacks.quantile(0.5) <= 2.0, "{}", found.ahead[1].attacks.quantile(0.5));
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    let mut turned = example();
    turned.incident.reverse();
    turned.actor.reverse();
    assert_eq!(Record::of(&example()).unwrap(), Record::of(&turned).unwrap());
}

#[test]
fn what_cannot_be_is_refused() {
    let fault = |times: &[f64], kinds: &[usize], n: usize, horizon: f64| Events::new(times.to_vec(), kinds.to_vec(), n, horizon).unwrap_err().to_string();
    assert_eq!(fault(&[1.0, 1.0], &[0, 0], 1, 5.0), "times[1]: must be after 1, is 1");
    assert_eq!(fault(&[6.0], &[0], 1, 5.0), "times[0]: must lie between 0 and 5, is 6");
    assert_eq!(fault(&[f64::NAN], &[0], 1, 5.0), "times[0]: must lie between 0 and 5, is NaN");
    assert_eq!(fault(&[1.0], &[2], 2, 5.0), "kinds[0]: must be below 2, is 2");
    assert_eq!(fault(&[1.0], &[], 1, 5.0), "kinds: there are 1 times and 0 kinds");
    assert_eq!(fault(&[], &[], 9, 5.0), "number_of_kinds: must lie between 1 and 8, is 9");
    assert_eq!(reference().opened_by(1).unwrap_err().to_string(), "opening: must be below 1, is 1");
    assert_eq!(Events::of_one_kind(vec![], 0.0).unwrap_err().key, "horizon");
    assert_eq!(Parameters::new(vec![1.0], &[vec![-1.0]], 1.0).unwrap_err().key, "excitation[0][0]");
    assert_eq!(Parameters::new(vec![1.0], &[], 1.0).unwrap_err().key, "excitation");
    assert_eq!(Parameters::new(vec![f64::NAN], &[vec![0.0]], 1.0).unwrap_err().key, "background[0]");
    assert_eq!(Parameters::new(vec![1.0], &[vec![0.0]], 0.0).unwrap_err().key, "decay");
    assert_eq!(log_likelihood(&reference(), &two()).unwrap_err().to_string(), "parameters: are of 2 kinds, the events of 1");
    assert_eq!(simulate(&reference(), &univariate(1.0, 0.0, 1.0), f64::NAN, &mut Streams::new(1).of(0)).unwrap_err().key, "days");
    assert_eq!(sample(&reference(), &priors(), Sampling { draws: 0, ..SHORT }).unwrap_err().key, "draws");
    let mut standoff = example();
    standoff.incident.clear();
    assert_eq!(Record::of(&standoff).unwrap_err().to_string(), "incident: there is none");
    let late = Record::new(&[incident("2021-05-01", "a")], "2021-03-01".parse().unwrap(), "2021-03-04".parse().unwrap()).unwrap_err();
    assert_eq!(late.to_string(), "incident[0].date: lies outside the record, 2021-03-01 to 2021-03-04");
    let record = Record::of(&example()).unwrap();
    assert_eq!(forecast(&record, &priors(), SHORT, &[f64::NAN]).unwrap_err().key, "horizons[0]");
    let mut wild = priors();
    wild.branching.median = 1000.0;
    assert_eq!(sample(&reference(), &wild, SHORT).unwrap_err().key, "branching");
}

fn cases() -> impl Strategy<Value = (Events, Parameters)> {
    (1..4usize).prop_flat_map(|n| {
        let events = proptest::collection::vec((0.01..5.0f64, 0..n), 0..40).prop_map(move |gaps| {
            let mut at = 0.0;
            let times: Vec<f64> = gaps
                .iter()
                .map(|(g, _)| {
                    at += g;
                    at
                })
                .collect();
            Events::new(times, gaps.iter().map(|(_, k)| *k).collect(), n, at + 1.0).unwrap()
        });
        let parameters = (proptest::collection::vec(0.01..2.0f64, n), proptest::collection::vec(proptest::collection::vec(0.0..2.0f64, n), n), 0.05..5.0f64)
            .prop_map(|(mu, alpha, beta)| Parameters::new(mu, &alpha, beta).unwrap());
        (events, parameters)
    })
}

/// The parameters with one of them, in the order of the gradient, moved.
fn moved(p: &Parameters, which: usize, by: f64) -> Option<Parameters> {
    let n = p.kinds();
    let mut flat: Vec<f64> = (0..n).map(|i| p.background(i)).chain((0..n * n).map(|k| p.excitation(k / n, k % n))).chain([p.decay()]).collect();
    flat[which] += by;
    let rows: Vec<Vec<f64>> = (0..n).map(|i| flat[n + i * n..n + (i + 1) * n].to_vec()).collect();
    Parameters::new(flat[..n].to_vec(), &rows, flat[n + n * n]).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_pass_gives_what_all_pairs_do((events, p) in cases()) {
        for opening in [None, Some(p.kinds() - 1)] {
            let events = opening.map_or_else(|| events.clone(), |kind| events.clone().opened_by(kind).unwrap());
            let expected = brute(&events, opening, &p);
            let scale = 1.0 + expected.abs();
            prop_assert!((log_likelihood(&events, &p).unwrap() - expected).abs() < 1e-10 * scale);
            prop_assert!((gradient(&events, &p).unwrap().0 - expected).abs() < 1e-10 * scale);
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_likelihood((events, p) in cases()) {
        let events = events.opened_by(0).unwrap();
        let (_, slope) = gradient(&events, &p).unwrap();
        for (which, slope) in slope.iter().enumerate() {
            let h = 1e-5;
            let (Some(up), Some(down)) = (moved(&p, which, h), moved(&p, which, -h)) else { continue };
            let numeric = (log_likelihood(&events, &up).unwrap() - log_likelihood(&events, &down).unwrap()) / (2.0 * h);
            prop_assert!((numeric - slope).abs() < 1e-4 * (1.0 + slope.abs()), "{which}: {numeric} {slope}");
        }
    }

    #[test]
    fn the_fit_is_no_worse_than_any_process((events, p) in cases()) {
        prop_assume!(!events.times().is_empty());
        let found = fit(&events).unwrap();
        prop_assert!(found.log_likelihood.is_finite());
        let gap = events.times().windows(2).map(|w| w[1] - w[0]).fold(events.horizon(), f64::min);
        if (0.1 / events.horizon()..5.0 / gap).contains(&p.decay()) {
            prop_assert!(found.log_likelihood >= log_likelihood(&events, &p).unwrap() - 1e-6, "{found:?}");
        }
    }
}
