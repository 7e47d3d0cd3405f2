use majlis_model::assembly::motion::{Conduct, passes_under};
use majlis_model::election::shares::forecast;
use majlis_model::play::{Happening, Instrument, Played, Question, Rules, Vote, play};
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
    let settled = |s: &Standoff| play(s, &rules, 5, 64).unwrap().settlements.iter().map(|s| s.standing.mean()).collect::<Vec<_>>();
    for (a, b) in settled(&example()).iter().zip(settled(&half)) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
}

fn share(played: &Played, happening: &Happening) -> f64 {
    played.events.iter().find(|e| e.what == *happening).map_or(0.0, |e| e.share)
}

fn act(actor: &str, instrument: Instrument) -> Happening {
    Happening::Act { actor: actor.into(), instrument }
}

fn probability(played: &Played, question: &Question) -> f64 {
    played.outcomes.iter().find(|o| o.question == *question).unwrap().probability
}

#[test]
fn attacks_come_about_as_often_as_the_record_says() {
    let mut short = example();
    short.play.steps = 1;
    let mut rules = rules();
    rules.set("trace", Range::point(0.1).unwrap()).unwrap();
    let played = play(&short, &rules, 1, 4000).unwrap();
    // Of the factions' seven attacks in the 165 days since the truce, one came within two weeks of a strike on them and counts as
    // a reply; a tenth of an attack and a week are added.
    let attacks = share(&played, &act("factions", Instrument::Attack));
    assert!((attacks - 6.1 / (165.0 / 7.0 + 1.0)).abs() < 0.03, "{attacks}");
}

#[test]
fn attacks_in_a_season_do_not_depend_on_the_length_of_a_step() {
    let attacks = |step_days: u16, steps: u16| {
        let mut standoff = example();
        (standoff.play.step_days, standoff.play.steps) = (step_days, steps);
        play(&standoff, &rules(), 1, 400).unwrap().attacks.iter().find(|a| a.by == "factions").unwrap().times.mean()
    };
    let (weekly, daily) = (attacks(7, 12), attacks(1, 84));
    assert!((weekly - daily).abs() < 1.0, "{weekly} {daily}");
}

#[test]
fn without_incidents_and_truces_nobody_attacks() {
    let mut peace = example();
    peace.incident.clear();
    peace.truce.clear();
    let played = play(&peace, &rules(), 1, 200).unwrap();
    assert_eq!(played.attacks, []);
    assert!(played.outcomes.iter().all(|o| o.question != Question::NoAttack));
}

#[test]
fn a_threat_that_would_cost_everything_and_is_sure_to_come_is_obeyed() {
    let obeyed = |harm: f64, audience: f64| {
        let mut standoff = example();
        inputs::set(&mut standoff, "support.harm", Range::point(harm).unwrap()).unwrap();
        inputs::set(&mut standoff, "support.audience_cost", Range::point(audience).unwrap()).unwrap();
        inputs::set(&mut standoff, "support.cost", Range::ZERO).unwrap();
        probability(&play(&standoff, &rules(), 1, 400).unwrap(), &Question::GivesWay { threat: "support".into() })
    };
    assert!(obeyed(100.0, 100.0) > obeyed(100.0, 0.0));
    assert!(obeyed(100.0, 100.0) > obeyed(5.0, 100.0) + 0.2);
}

#[test]
fn what_falls_due_falls_due_on_its_day_and_only_within_the_play() {
    let mut standoff = example();
    standoff.motion[0].date = Some("2021-05-01".parse().unwrap());
    let played = play(&standoff, &rules(), 1, 100).unwrap();
    // Day 38 lies in the sixth week, which is step 5; 15 June is day 83.
    let steps = |is: &dyn Fn(&Happening) -> bool| played.events.iter().filter(|e| is(&e.what)).map(|e| (e.first, e.times)).collect::<Vec<_>>();
    let votes = steps(&|w| matches!(w, Happening::Voted { .. }));
    assert!(votes.iter().all(|(step, _)| *step == 5) && (votes.iter().map(|(_, times)| times).sum::<f64>() - 1.0).abs() < 1e-9, "{votes:?}");
    assert!(steps(&|w| matches!(w, Happening::Threat { .. })).iter().all(|(step, _)| *step == 11));
    standoff.play.steps = 5;
    let early = play(&standoff, &rules(), 1, 100).unwrap();
    let decides = |w: &Happening| matches!(w, Happening::Voted { .. } | Happening::Threat { .. } | Happening::Offer { .. } | Happening::Elected { .. });
    assert!(early.events.iter().all(|e| !decides(&e.what)));
    assert!(early.outcomes.iter().all(|o| matches!(o.question, Question::Moves { .. } | Question::Holds { .. } | Question::NoAttack)));
}

#[test]
fn a_vote_in_the_play_ends_as_the_vote_alone() {
    let mut standoff = example();
    standoff.play.steps = 1;
    standoff.motion[0].date = Some(standoff.date);
    let mut rules = rules();
    for path in ["state.pull", "demand.pull", "threaten.pull", "attack.pull", "mediate.pull", "concede.pull", "endorse.pull"] {
        rules.set(path, Range::ZERO).unwrap();
    }
    let conduct = Conduct::of(&rules).unwrap();
    let alone = passes_under(&standoff, &conduct, "deadline", 1, 60).unwrap();
    let played = play(&standoff, &rules, 1, 4000).unwrap();
    let carried = probability(&played, &Question::Carried { motion: "deadline".into() });
    assert!((carried - alone.probability).abs() < 0.06, "{carried} {}", alone.probability);
    let no_quorum = share(&played, &Happening::Voted { motion: "deadline".into(), vote: Vote::NoQuorum });
    assert!((no_quorum - alone.no_quorum).abs() < 0.06, "{no_quorum} {}", alone.no_quorum);
}

#[test]
fn an_election_in_the_play_ends_as_the_election_alone_and_fills_the_house() {
    let mut standoff = example();
    (standoff.play.step_days, standoff.play.steps) = (200, 2);
    let played = play(&standoff, &rules(), 1, 1000).unwrap();
    let alone = forecast(&standoff, "october-2021", 1, 1000).unwrap();
    for won in &alone.lists {
        let Some(chance) = won.first else { continue };
        let first = probability(&played, &Question::ComesFirst { election: "october-2021".into(), list: won.list.clone() });
        assert!((first - chance).abs() < 0.06, "{}: {first} {chance}", won.list);
    }
    // A house of one list for a deadline votes it through, whoever sat there before.
    for list in &mut standoff.election[0].list {
        list.share = if list.id == "fatah" { Range::FULL } else { Range::ZERO };
    }
    standoff.motion[0].date = Some("2021-12-01".parse().unwrap());
    (standoff.play.step_days, standoff.play.steps) = (60, 8);
    let carried = probability(&play(&standoff, &rules(), 1, 200).unwrap(), &Question::Carried { motion: "deadline".into() });
    assert!(carried > 0.95, "{carried}");
}

#[test]
fn a_truce_that_no_breach_has_ended_outlasts_one_that_breaches_end() {
    let holds = |breaches: bool| {
        let mut standoff = example();
        if !breaches {
            let ended = standoff.truce[0].clone();
            standoff.truce[0].breaches.clear();
            for i in 0..4 {
                let until = Some("2020-06-01".parse().unwrap());
                let past = standoff::Truce { id: format!("past-{i}"), from: "2020-01-01".parse().unwrap(), until, breaches: vec![], ..ended.clone() };
                standoff.truce.push(past);
            }
        }
        play(&standoff, &rules(), 1, 400).unwrap().truces[0].after.clone()
    };
    let (outlived, ended) = (holds(true), holds(false));
    assert_eq!(outlived.iter().map(|(days, _)| *days).collect::<Vec<_>>(), [7, 30, 90]);
    assert!(outlived.windows(2).all(|w| w[0].1 >= w[1].1));
    assert!(outlived.iter().zip(&ended).all(|(a, b)| a.1 > b.1), "{outlived:?} {ended:?}");
}

#[test]
fn outcomes_carry_words_and_intervals() {
    for outcome in play(&example(), &rules(), 1, 200).unwrap().outcomes {
        assert_eq!(outcome.likelihood, Likelihood::of(outcome.probability));
        assert!(outcome.interval.0 <= outcome.probability && outcome.probability <= outcome.interval.1);
    }
}

#[test]
fn what_a_threat_hangs_on_is_what_enters_into_it() {
    let played = play(&example(), &rules(), 1, 2000).unwrap();
    let outcome = played.outcomes.iter().find(|o| o.question == Question::GivesWay { threat: "support".into() }).unwrap();
    let weight = |number: &str| outcome.rests_on.iter().find(|w| w.number == number).unwrap_or_else(|| panic!("{number} is not among {outcome:?}"));
    assert!(weight("support.harm").high > weight("support.harm").low);
    assert!(weight("support.cost").high < weight("support.cost").low);
    assert!(outcome.separators.iter().any(|s| s.event == act("kadhimi", Instrument::Concede) && s.with > s.without));
}

#[test]
fn rules_change_the_play() {
    let mut still = rules();
    still.set("unforeseen", Range::ZERO).unwrap();
    still.set("change_days", Range::point(1e6).unwrap()).unwrap();
    let played = play(&example(), &still, 1, 200).unwrap();
    assert!(played.outcomes.iter().filter(|o| matches!(o.question, Question::Moves { .. })).all(|o| o.probability == 0.0));
}

#[test]
fn the_ends_of_every_rule_play_to_numbers() {
    for rule in rules().numbers() {
        for end in [rule.bounds.0, rule.bounds.1] {
            let mut rules = rules();
            rules.set(&rule.path, Range::point(end).unwrap()).unwrap();
            let played = play(&example(), &rules, 1, 4).unwrap();
            assert!(played.settlements.iter().all(|s| s.standing.samples().iter().all(|x| (0.0..=100.0).contains(x))), "{}", rule.path);
        }
    }
}

#[test]
fn nothing_to_play_is_an_error_that_names_it() {
    let fault = |s: &Standoff, n| play(s, &rules(), 1, n).unwrap_err().to_string();
    assert_eq!(fault(&example(), 0), "plays: there is none");
    assert_eq!(fault(&Standoff { actor: vec![], ..example() }, 1), "actor: there is none");
    assert_eq!(fault(&Standoff { issue: vec![], ..example() }, 1), "issue: there is none");
    let mut broken = example();
    broken.threat[0].to = "nobody".into();
    assert_eq!(fault(&broken, 1), "threat[0].to: there is no actor with the id nobody");
}

#[test]
fn nobody_who_cares_leaves_things_to_what_nobody_foresees() {
    let text = "actor,position,salience,influence\na,0,0,50\nb,100,0,50\n";
    let standoff = table::read("t.csv", text, "2021-03-24".parse().unwrap()).unwrap();
    let played = play(&standoff, &rules(), 1, 400).unwrap();
    assert!(played.events.is_empty());
    assert!((played.settlements[0].standing.mean() - 50.0).abs() < 2.0);
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
        prop_assert!(played.settlements.iter().all(|s| s.standing.samples().iter().all(|x| (0.0..=100.0).contains(x))));
        prop_assert!(played.outcomes.iter().all(|o| (0.0..=1.0).contains(&o.probability)));
    }
}
