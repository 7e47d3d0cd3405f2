use majlis_model::Range;
use majlis_model::play::Rules;
use majlis_model::run::{Confidence, Method, Part, Run, Settings, Why, run, run_until, set};
use majlis_model::standoff::{self, Standoff, table};
use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

fn actors(text: &str) -> Standoff {
    table::read("actors.csv", text, "2021-03-24".parse().unwrap()).unwrap()
}

fn told(standoff: &Standoff, draws: u64) -> Run {
    run(standoff, &Rules::shipped().unwrap(), Settings { seed: 1, draws }).unwrap()
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn the_example_has_what_every_model_needs() {
    let run = told(&example(), 20);
    assert_eq!(run.lacking, []);
    assert!(run.issues.iter().all(|i| i.settles.len() == 11));
    assert_eq!((run.motions.len(), run.truces.len(), run.threats.len(), run.elections.len()), (1, 1, 1, 1));
    assert!(run.attacks.is_some() && run.played.is_some());
    assert_eq!(run.elections[0].returns.len(), 2);
    assert_eq!(run.basis.confidence, Confidence::Low);
}

#[test]
fn a_run_that_is_stopped_gives_nothing_and_ends_long_before_its_time() {
    let (standoff, rules, stop) = (example(), Rules::shipped().unwrap(), AtomicBool::new(false));
    let settings = Settings { seed: 1, draws: 20 };
    assert_eq!(run_until(&standoff, &rules, settings, &stop).unwrap(), Some(told(&standoff, 20)));
    // So many draws would take for ever: the run ends because it is stopped.
    let endless = Settings { seed: 1, draws: 1_000_000_000 };
    let stopped = std::thread::scope(|scope| {
        let running = scope.spawn(|| run_until(&standoff, &rules, endless, &stop));
        std::thread::sleep(std::time::Duration::from_millis(50));
        stop.store(true, Ordering::Relaxed);
        running.join().unwrap()
    });
    assert_eq!(stopped.unwrap(), None);
}

#[test]
fn one_thread_and_many_and_any_order_of_actors_give_the_same_bytes() {
    let mut turned = example();
    turned.actor.reverse();
    turned.actor.rotate_left(3);
    let bytes = |standoff: &Standoff| {
        let mut run = told(standoff, 20);
        // The input and its list of numbers without a source are those of the file.
        run.input.clear();
        run.basis.unsourced.sort();
        serde_json::to_string(&run).unwrap()
    };
    let one = on_threads(1, || bytes(&example()));
    assert!(one == on_threads(4, || bytes(&example())));
    assert!(one == bytes(&turned));
}

#[test]
fn a_table_of_actors_is_bargained_over_and_nothing_else() {
    let run = told(&actors("actor,position,salience,influence\na,10,50,30\nb,60..70..90,80,60\nc,40,20,10\n"), 50);
    assert_eq!(run.issues.len(), 1);
    assert!(run.issues[0].settles.iter().any(|s| s.by == Method::Predictive));
    assert!(run.played.is_none() && run.attacks.is_none());
    let lacks: Vec<(Part, &Why)> = run.lacking.iter().map(|l| (l.part, &l.why)).collect();
    for part in [Part::Assemblies, Part::Motions, Part::Truces, Part::Attacks, Part::Threats, Part::Elections, Part::Play] {
        assert!(lacks.iter().any(|(p, why)| *p == part && matches!(why, Why::Needs(_))), "{part:?} {lacks:?}");
    }
}

#[test]
fn a_number_is_set_by_its_name_in_the_standoff_or_the_rules() {
    let (mut standoff, mut rules) = (example(), Rules::shipped().unwrap());
    let point = |x: f64| Range::point(x).unwrap();
    set(&mut standoff, &mut rules, "usa.influence", point(10.0)).unwrap();
    set(&mut standoff, &mut rules, "attack.cost", point(2.0)).unwrap();
    assert_eq!(standoff.actor.iter().find(|a| a.id == "usa").unwrap().influence, point(10.0));
    assert_eq!(rules.numbers().iter().find(|r| r.path == "attack.cost").unwrap().range, point(2.0));
    let fault = |standoff: &mut Standoff, rules: &mut Rules, path, x| set(standoff, rules, path, point(x)).unwrap_err().to_string();
    assert!(fault(&mut standoff, &mut rules, "nobody.influence", 1.0).starts_with("nobody.influence: there is no such number; there are "));
    assert_eq!(fault(&mut standoff, &mut rules, "boycott", 3.0), "boycott: must lie between 0 and 1, is 3");
}

#[test]
fn numbers_that_name_a_source_count_as_such() {
    let unsourced = told(&example(), 1).basis.unsourced;
    let lacks = |path: &str| unsourced.iter().any(|p| p == path);
    assert!(!lacks("kadhimi.influence") && !lacks("kadhimi.withdrawal.position") && !lacks("withdrawal.status_quo") && !lacks("council.nasr.cohesion"));
    assert!(lacks("kadhimi.withdrawal.salience") && lacks("second-term.status_quo"));
}

#[test]
fn nothing_and_a_broken_standoff_are_refused() {
    let rules = Rules::shipped().unwrap();
    let fault = |standoff: &Standoff, draws| run(standoff, &rules, Settings { seed: 1, draws }).unwrap_err().to_string();
    assert_eq!(fault(&example(), 0), "draws: must be 1 or more, is 0");
    let mut broken = example();
    broken.actor[0].influence = Range::point(500.0).unwrap();
    assert_eq!(fault(&broken, 1), "actor[0].influence: must lie between 0 and 100, is 500");
    let empty = Standoff {
        issue: vec![],
        actor: vec![],
        assembly: vec![],
        motion: vec![],
        truce: vec![],
        incident: vec![],
        threat: vec![],
        offer: vec![],
        election: vec![],
        ..example()
    };
    assert_eq!(told(&empty, 1).issues, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Tables of any actors, the ends of every scale among them, come to finite numbers on the scale; a model that refuses says why.
    #[test]
    fn any_table_comes_to_numbers(rows in proptest::collection::vec([0.0..=100.0f64, 0.0..=100.0f64, 0.0..=100.0f64], 1..6), ends in 0..4usize) {
        let pick = |x: f64| match ends { 0 => 0.0, 1 => 100.0, 2 => (x / 50.0).floor() * 50.0, _ => x };
        let mut text = "actor,position,salience,influence\n".to_owned();
        for (i, [p, s, w]) in rows.iter().enumerate() {
            text += &format!("a{i},{},{},{}\n", pick(*p), pick(*s), pick(*w));
        }
        let run = told(&actors(&text), 5);
        prop_assert!(run.issues.iter().flat_map(|i| &i.settles).flat_map(|s| s.at.samples()).all(|x| (-1e-9..=100.0 + 1e-9).contains(x)));
        prop_assert!(!serde_json::to_string(&run).unwrap().contains("null,null"));
    }
}
