use majlis_model::play::{Rules, play};
use majlis_model::standoff::{self, Standoff, inputs, table};
use majlis_model::{Likelihood, Range};
use proptest::prelude::*;

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

fn rules() -> Rules {
    Rules::shipped().unwrap()
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let run = || serde_json::to_string(&play(&example(), &rules(), 3, 64).unwrap()).unwrap();
    assert_eq!(on_threads(1, run), on_threads(4, run));
}

#[test]
fn another_seed_gives_other_plays() {
    let with = |seed| play(&example(), &rules(), seed, 64).unwrap();
    assert_ne!(with(1), with(2));
}

#[test]
fn the_order_of_actors_changes_nothing() {
    let mut turned = example();
    turned.actor.reverse();
    turned.actor.rotate_left(4);
    assert_eq!(play(&example(), &rules(), 5, 64).unwrap(), play(&turned, &rules(), 5, 64).unwrap());
}

#[test]
fn scaling_influence_changes_nothing_where_no_threat_rests_on_it() {
    let mut half = example();
    for actor in &mut half.actor {
        let r = actor.influence;
        actor.influence = Range::new(r.low() / 2.0, r.mode() / 2.0, r.high() / 2.0).unwrap();
    }
    let mut rules = rules();
    rules.set("threat_harm", Range::ZERO).unwrap();
    let settled = |s: &Standoff| play(s, &rules, 5, 64).unwrap().settlements.iter().map(|s| s.at.mean()).collect::<Vec<_>>();
    for (a, b) in settled(&example()).iter().zip(settled(&half)) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
}

#[test]
fn attacks_come_about_as_often_as_the_record_says() {
    let mut calm = example();
    calm.play.steps = 1;
    let played = play(&calm, &rules(), 1, 4000).unwrap();
    let share = |name: &str| played.events.iter().find(|e| e.name.en == name).map_or(0.0, |e| e.share);
    // Of the factions' seven attacks in the 165 days since the truce, one came within two weeks of a strike on them and counts as
    // a reply; a tenth of an attack and a week are added.
    let attacks = share("Armed factions outside the government's control: attacks");
    assert!((attacks - 6.1 / (165.0 / 7.0 + 1.0)).abs() < 0.03, "{attacks}");
}

#[test]
fn without_incidents_and_truces_nobody_attacks() {
    let mut peace = example();
    peace.incident.clear();
    peace.truce.clear();
    let played = play(&peace, &rules(), 1, 200).unwrap();
    assert!(played.events.iter().all(|e| !e.name.en.ends_with("attacks") && !e.name.en.ends_with("strikes back")));
}

#[test]
fn a_threat_that_would_cost_everything_and_is_sure_to_come_is_obeyed() {
    let obeyed = |harm: f64, audience: f64| {
        let mut standoff = example();
        inputs::set(&mut standoff, "support.harm", Range::point(harm).unwrap()).unwrap();
        inputs::set(&mut standoff, "support.audience_cost", Range::point(audience).unwrap()).unwrap();
        inputs::set(&mut standoff, "support.cost", Range::ZERO).unwrap();
        let played = play(&standoff, &rules(), 1, 400).unwrap();
        played.outcomes.iter().find(|o| o.name.en.ends_with("asks for the withdrawal: the threatened gives way")).unwrap().probability
    };
    assert!(obeyed(100.0, 100.0) > obeyed(100.0, 0.0));
    assert!(obeyed(100.0, 100.0) > obeyed(5.0, 100.0) + 0.2);
}

#[test]
fn outcomes_carry_words_and_intervals() {
    for outcome in play(&example(), &rules(), 1, 200).unwrap().outcomes {
        assert_eq!(outcome.likelihood, Likelihood::of(outcome.probability));
        assert!(outcome.interval.0 <= outcome.probability && outcome.probability <= outcome.interval.1);
    }
}

#[test]
fn nothing_to_play_is_an_error_that_names_it() {
    let fault = |s: &Standoff, n| play(s, &rules(), 1, n).unwrap_err().to_string();
    assert_eq!(fault(&example(), 0), "plays: there is none");
    assert_eq!(fault(&Standoff { actor: vec![], ..example() }, 1), "actor: there is none");
    assert_eq!(fault(&Standoff { issue: vec![], ..example() }, 1), "issue: there is none");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tables of any actors, the ends of every scale among them, play to finite numbers.
    #[test]
    fn any_table_plays_to_numbers(rows in proptest::collection::vec([0.0..=100.0f64, 0.0..=100.0f64, 0.0..=100.0f64], 1..6), ends in 0..4usize, seed: u64) {
        let pick = |x: f64| match ends { 0 => 0.0, 1 => 100.0, 2 => (x / 50.0).floor() * 50.0, _ => x };
        let mut text = "actor,position,salience,influence\n".to_owned();
        for (i, [p, s, w]) in rows.iter().enumerate() {
            text += &format!("a{i},{},{},{}\n", pick(*p), pick(*s), pick(*w));
        }
        let standoff = table::read("t.csv", &text, "2021-03-24".parse().unwrap()).unwrap();
        let played = play(&standoff, &rules(), seed, 3).unwrap();
        prop_assert!(played.settlements.iter().all(|s| s.at.samples().iter().all(|x| (0.0..=100.0).contains(x))));
        prop_assert!(played.outcomes.iter().all(|o| (0.0..=1.0).contains(&o.probability)));
    }
}
