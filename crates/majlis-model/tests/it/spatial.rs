#![allow(clippy::unwrap_used, clippy::print_stdout)]

use majlis_model::bargain::Stand;
use majlis_model::bargain::condorcet::{Process, Rules, Victory, Vote, among, elect};
use majlis_model::bargain::spatial::{Actor, Choice, Compromise, Offers, RiskRange, RiskSeen, Run, Settings, State, ThirdParties, actors, run};
use majlis_model::standoff;
use proptest::prelude::*;
use std::path::Path;

const VOTES: [Vote; 6] = [Vote::Binary, Vote::ProportionalBinary, Vote::Proportional, Vote::ProportionalCubic, Vote::Cubic, Vote::Asymmetric];
const VICTORIES: [Victory; 5] = [Victory::Linear, Victory::Quadratic, Victory::Quartic, Victory::Octic, Victory::Binary];
const PROCESSES: [Process; 3] = [Process::Conditional, Process::MarkovIncentive, Process::MarkovUniform];

/// A file of the benchmark; none, with the reason printed, where it is not there.
fn benchmark(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/benchmark").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    text
}

/// The actors of a KTAB table.
fn table(text: &str) -> Vec<Actor> {
    let numbers = |line: &str| line.split(',').skip(2).filter_map(|cell| cell.trim().parse().ok()).collect::<Vec<f64>>();
    let actor = |row: Vec<f64>| Actor {
        influence: row[0],
        position: row[1..].iter().step_by(2).copied().collect(),
        salience: row[2..].iter().step_by(2).map(|s| s / 100.0).collect(),
    };
    text.lines().skip(2).map(numbers).filter(|row| !row.is_empty()).map(actor).collect()
}

/// Positions to a tenth of a point and probabilities to the fourth digit, as KTAB prints them.
#[track_caller]
fn as_printed(state: &State, expected: &[(&[f64], f64)]) {
    for (i, (position, probability)) in expected.iter().enumerate() {
        for (found, expected) in state.positions[i].iter().zip(*position) {
            // A position ends at a hundredth, and KTAB's own rounding of an exact half goes either way.
            assert!((found - expected).abs() <= 0.05 + 1e-9, "{i}: {:?} {position:?}", state.positions[i]);
        }
        assert_eq!(format!("{:.4}", state.probabilities[i]), format!("{probability:.4}"), "{i}");
    }
}

#[test]
fn ktab_on_state_owned_enterprises() {
    let Some(text) = benchmark("models/SOE-Pol-Comp.csv") else { return };
    let run = run(&table(&text), &Settings::default()).unwrap();
    // Published: KTAB's log of 30 May 2017. REFERENCE.md has 43.4 for 43.3, which is where XJ stands in states 21 and 22.
    assert_eq!((run.states.len(), run.turns.len(), run.settled), (28, 27, true));
    let xj: Vec<String> = run.states.iter().map(|s| format!("{:.1} {:.1}", s.positions[0][0], s.positions[0][1])).collect();
    assert_eq!([&xj[0], &xj[5], &xj[13], &xj[21], &xj[22], &xj[27]], ["30.0 20.0", "34.2 21.6", "40.1 29.0", "43.2 43.4", "43.2 43.4", "43.2 43.3"]);
    let first = [0.0618, 0.0156, 0.0117, 0.4340, 0.0028, 0.0000, 0.0020, 0.0013, 0.0117, 0.2481, 0.1533, 0.0689, 0.0005];
    as_printed(&run.states[0], &first.map(|p| (&[] as &[f64], p)));
    let last: [(&[f64], f64); 13] = [
        (&[43.2, 43.3], 0.2299),
        (&[43.2, 43.3], 0.2299),
        (&[38.7, 28.8], 0.1104),
        (&[38.6, 28.8], 0.1104),
        (&[38.7, 28.8], 0.1104),
        (&[38.6, 29.5], 0.2202),
        (&[38.7, 29.0], 0.2063),
        (&[38.7, 29.0], 0.2063),
        (&[38.7, 28.9], 0.2063),
        (&[38.8, 30.7], 0.2330),
        (&[38.8, 30.8], 0.2330),
        (&[38.8, 30.8], 0.2330),
        (&[15.0, 60.0], 0.0002),
    ];
    as_printed(&run.states[27], &last);
}

#[test]
fn ktab_on_three_dimensions() {
    let Some(text) = benchmark("models/dummyData_3Dim.csv") else { return };
    let run = run(&table(&text), &Settings::default()).unwrap();
    // Published: KTAB's log of 30 May 2017.
    assert_eq!((run.states.len(), run.settled), (11, true));
    as_printed(&run.states[0], &[0.0047, 0.0302, 0.0054, 0.1492, 0.6001, 0.1447, 0.0656].map(|p| (&[] as &[f64], p)));
    let last: [(&[f64], f64); 7] = [
        (&[78.6, 31.8, 74.1], 0.3340),
        (&[78.6, 31.8, 74.1], 0.3340),
        (&[82.5, 90.9, 0.1], 0.0183),
        (&[67.1, 50.1, 63.7], 0.0957),
        (&[78.6, 31.6, 74.1], 0.1512),
        (&[79.9, 34.4, 75.2], 0.4009),
        (&[78.6, 31.6, 74.1], 0.1512),
    ];
    as_printed(&run.states[10], &last);
    let turn = &run.turns[0];
    // Published: the same log, first turn.
    let target = |by: usize| turn.challenges.iter().find(|c| c.by == by).map(|c| c.to);
    assert_eq!((0..7).map(target).collect::<Vec<_>>(), [Some(6), Some(0), Some(6), Some(0), Some(0), Some(1), Some(1)]);
    let (by, offer) = (&turn.challenges[0], turn.offers.iter().find(|o| o.by == 0).unwrap());
    let printed = [by.probability, by.gain, by.target_probability, by.target_gain].map(|x| format!("{x:.4}"));
    assert_eq!(printed, ["0.7643", "0.0947", "0.7660", "-0.1514"]);
    assert_eq!((&offer.by_position[..], &offer.to_position[..]), (&[75.61, 24.78, 71.95][..], &[75.61, 24.79, 71.95][..]));
}

/// The issues of the DEU data: position, salience and size of each actor.
fn issues(text: &str) -> Vec<Vec<(f64, f64, f64)>> {
    let cells = |line: &str| line.split('\t').map(|c| c.trim_matches('"').parse().ok().filter(|x| (0.0..=100.0).contains(x))).collect::<Vec<Option<f64>>>();
    let mut lines = text.lines().skip(1).map(cells);
    let size = lines.next().unwrap();
    let issue = |row: Vec<Option<f64>>| {
        let cell = |c: usize| row.get(c).copied().flatten();
        cell(74)?;
        let actors: Vec<_> = (13..43).filter_map(|c| Some((cell(c)?, cell(c + 30)?, size[c]?))).collect();
        (actors.len() >= 3).then_some(actors)
    };
    lines.filter_map(issue).collect()
}

#[test]
fn every_issue_of_the_european_union_runs() {
    let Some(text) = benchmark("deu/deu3.tsv") else { return };
    let issues = issues(&text);
    assert_eq!(issues.len(), 351);
    let extreme = |actors: &[(f64, f64, f64)]| actors.iter().all(|(x, _, _)| *x == 0.0 || *x == 100.0);
    assert!(issues.iter().filter(|actors| extreme(actors)).count() >= 99, "where KTAB stops");
    for (i, actors) in issues.iter().enumerate() {
        let spatial: Vec<Actor> = actors.iter().map(|(x, s, c)| Actor { influence: *c, position: vec![*x], salience: vec![s / 100.0] }).collect();
        well_formed(&run(&spatial, &Settings { most_turns: 10, ..Settings::default() }).unwrap());
        let stands: Vec<Stand> = actors.iter().map(|(x, s, c)| Stand { position: *x, salience: s / 100.0, influence: *c }).collect();
        let rules = Rules { vote: VOTES[i % 6], victory: VICTORIES[i % 5], process: PROCESSES[i / 6 % 3] };
        for rules in [Rules::default(), rules] {
            let election = elect(&stands, &rules).unwrap();
            sums_to_one(&election.ballot.probabilities);
            assert!((0.0..=100.0).contains(&election.mean));
        }
    }
}

fn sums_to_one(probabilities: &[f64]) {
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{probabilities:?}");
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{probabilities:?}");
}

/// What holds of any run.
fn well_formed(run: &Run) {
    assert_eq!(run.states.len(), run.turns.len() + 1);
    let first = &run.states[0];
    for state in &run.states {
        sums_to_one(&state.distinct.iter().map(|i| state.probabilities[*i]).collect::<Vec<_>>());
        assert!(state.risks.iter().all(|r| (-1.0..=1.0).contains(r)));
        for (d, outcome) in state.outcome.iter().enumerate() {
            let bounds = first.positions.iter().map(|p| p[d]).fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(x), h.max(x)));
            for x in state.positions.iter().map(|p| p[d]).chain([*outcome]) {
                assert!(bounds.0 - 0.01 <= x && x <= bounds.1 + 0.01, "{x} {bounds:?}");
            }
        }
    }
    for turn in &run.turns {
        for challenge in &turn.challenges {
            assert!(challenge.by != challenge.to && challenge.gain > 0.0);
            assert!((0.0..=1.0).contains(&challenge.probability) && (0.0..=1.0).contains(&challenge.target_probability));
        }
        turn.decisions.iter().for_each(|d| sums_to_one(&d.probabilities));
    }
}

fn stand(position: f64, salience: f64, influence: f64) -> Stand {
    Stand { position, salience, influence }
}

#[test]
fn an_election_by_hand() {
    // Weights 2, 1 and 1 at 0, 50 and 100. Utilities fall by 1 over 100. Coalitions: 0 against 50: 2 × ½ = 1 to ½ + ½ = 1;
    // 0 against 100: 2 to 1, the middle being indifferent; 50 against 100: 2 × ½ + ½ = 1½ to ½. So the probabilities of winning
    // are ½, ⅔ and ¾; the products ⅓, ⅜ and ¹⁄₁₂ sum to ¹⁹⁄₂₄.
    let stands = [stand(0.0, 1.0, 2.0), stand(50.0, 0.5, 2.0), stand(100.0, 1.0, 1.0)];
    let election = elect(&stands, &Rules::default()).unwrap();
    let expected = [8.0 / 19.0, 9.0 / 19.0, 2.0 / 19.0];
    for (found, expected) in election.ballot.probabilities.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{election:?}");
    }
    assert!((election.mean - (50.0 * 9.0 + 100.0 * 2.0) / 19.0).abs() < 1e-6);
    assert_eq!(election.positions, [0.0, 50.0, 100.0]);
    assert!((election.ballot.victories[0][2] - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn laws_of_victory() {
    // A lead of two to one.
    let options = [vec![1.0, 0.0], vec![0.0, 1.0]];
    let first = |victory| among(&[2.0, 1.0], &options, &Rules { victory, ..Rules::default() }).unwrap().probabilities[0];
    for (victory, expected) in VICTORIES.into_iter().zip([2.0 / 3.0, 4.0 / 5.0, 16.0 / 17.0, 256.0 / 257.0, 1.0 - 1e-6]) {
        assert!((first(victory) - expected).abs() < 1e-8, "{victory:?} {}", first(victory));
    }
    // The binary law between parity and a lead of a tenth.
    let narrow = among(&[1.05, 1.0], &options, &Rules { victory: Victory::Binary, ..Rules::default() }).unwrap().probabilities[0];
    assert!((narrow - (1.05 / 2.05 * 2.1 - 1.0) / 0.1).abs() < 1e-8, "{narrow}");
}

#[test]
fn rules_of_voting() {
    // Two actors of one weight; the first would lose ½, the second gain ¼. What they commit by each rule decides.
    let options = [vec![0.75, 0.25], vec![0.25, 0.5]];
    let odds = |vote| {
        let p = among(&[1.0, 1.0], &options, &Rules { vote, ..Rules::default() }).unwrap().probabilities;
        p[0] / p[1]
    };
    let expected = [1.0, 0.6 / 0.4, 2.0, (0.25 + 0.0625) / (0.125 + 0.0078125), 8.0, 2.0];
    for (vote, expected) in VOTES.into_iter().zip(expected) {
        assert!((odds(vote) - expected).abs() < 1e-7, "{vote:?} {}", odds(vote));
    }
}

#[test]
fn chains_of_challenges() {
    // Two options of strength 2 and 1. Uniform: each challenges with probability ½, so the first leads ⅔ of the time. By incentive:
    // the weaker leader is always challenged by the stronger option, which wins with ⅔, and the stronger by the weaker, which wins
    // with ⅓: ⅔ again.
    let options = [vec![1.0, 0.0], vec![0.0, 1.0]];
    for process in [Process::MarkovUniform, Process::MarkovIncentive] {
        let p = among(&[2.0, 1.0], &options, &Rules { process, ..Rules::default() }).unwrap().probabilities;
        assert!((p[0] - 2.0 / 3.0).abs() < 1e-8, "{p:?}");
    }
    // A cycle of three equal actors: all options are alike.
    let cycle = [vec![1.0, 0.5, 0.0], vec![0.0, 1.0, 0.5], vec![0.5, 0.0, 1.0]];
    for process in PROCESSES {
        let p = among(&[1.0; 3], &cycle, &Rules { process, ..Rules::default() }).unwrap().probabilities;
        assert!(p.iter().all(|p| (p - 1.0 / 3.0).abs() < 1e-12), "{p:?}");
    }
}

#[test]
fn an_election_between_the_ends() {
    let stands = [stand(0.0, 1.0, 1.0), stand(100.0, 0.5, 1.0), stand(100.0, 1.0, 1.0)];
    let election = elect(&stands, &Rules::default()).unwrap();
    assert!((election.mean - 60.0).abs() < 1e-7, "{election:?}");
    let alone = elect(&stands[..1], &Rules::default()).unwrap();
    assert_eq!((alone.positions, alone.ballot.probabilities, alone.mean), (vec![0.0], vec![1.0], 0.0));
}

#[test]
fn what_cannot_be_elected_is_refused() {
    let fault = |stands: &[Stand]| elect(stands, &Rules::default()).unwrap_err().to_string();
    assert_eq!(fault(&[]), "stands: there is none");
    assert_eq!(fault(&[stand(f64::NAN, 1.0, 1.0)]), "[0].position: must lie between -1e100 and 1e100, is NaN");
    assert_eq!(fault(&[stand(0.0, 0.0, 1.0), stand(1.0, 1.0, 0.0)]), "weights: nobody brings any influence to bear");
    let fault = |weights: &[f64], options: &[Vec<f64>]| among(weights, options, &Rules::default()).unwrap_err().to_string();
    assert_eq!(fault(&[1.0], &[]), "options: there is none");
    assert_eq!(fault(&[1.0], &[vec![]]), "options[0]: must have a utility for each of the 1 actors, has 0");
    assert_eq!(fault(&[1.0], &[vec![2.0]]), "options[0][0]: must lie between 0 and 1, is 2");
}

fn actor(influence: f64, position: &[f64], salience: &[f64]) -> Actor {
    Actor { influence, position: position.to_vec(), salience: salience.to_vec() }
}

#[test]
fn degenerate_tables_have_an_answer() {
    let one = run(&[actor(1.0, &[30.0, 70.0], &[0.5, 0.5])], &Settings::default()).unwrap();
    assert_eq!(one.states.last().unwrap().outcome, [30.0, 70.0]);
    let together = run(&vec![actor(1.0, &[30.0], &[1.0]); 4], &Settings::default()).unwrap();
    assert!(together.turns.iter().all(|t| t.challenges.is_empty()));
    assert_eq!(together.states.last().unwrap().probabilities, [1.0; 4]);
    let careless = run(&[actor(1.0, &[0.0], &[0.0]), actor(1.0, &[100.0], &[0.0]), actor(1.0, &[50.0], &[0.0])], &Settings::default()).unwrap();
    well_formed(&careless);
    assert!(careless.turns.iter().all(|t| t.challenges.is_empty()), "who cares about nothing gains nothing");
    let ends = run(&[actor(1.0, &[0.0], &[1.0]), actor(1.0, &[100.0], &[1.0])], &Settings::default()).unwrap();
    well_formed(&ends);
    assert_eq!(ends.states[0].outcome, [50.0]);
    let powerless = run(&[actor(0.0, &[0.0], &[1.0]), actor(1.0, &[100.0], &[1.0])], &Settings::default()).unwrap();
    well_formed(&powerless);
    assert!(powerless.states.last().unwrap().outcome[0] > 99.9);
}

#[test]
fn an_impossible_table_is_refused() {
    let fault = |actors: &[Actor]| run(actors, &Settings::default()).unwrap_err().to_string();
    assert_eq!(fault(&[]), "actors: there is none");
    assert_eq!(fault(&[actor(1.0, &[], &[])]), "actors[0].position: there is no dimension");
    assert_eq!(fault(&[actor(1.0, &[1.0, 2.0], &[0.5])]), "actors[0].salience: must have 2 dimensions, has 1");
    assert_eq!(fault(&[actor(1.0, &[101.0], &[0.5])]), "actors[0].position[0]: must lie between 0 and 100, is 101");
    assert_eq!(fault(&[actor(1.0, &[1.0, 1.0], &[0.75, 0.5])]), "actors[0].salience: must sum to 1 or less, sums to 1.25");
    assert_eq!(fault(&[actor(f64::NAN, &[1.0], &[0.75])]), "actors.influence[0]: must be 0 or more, is NaN");
    assert_eq!(fault(&[actor(0.0, &[1.0], &[0.75])]), "actors.influence: nobody brings any influence to bear");
    let settings = Settings { still: 2.0, ..Settings::default() };
    assert_eq!(run(&[actor(1.0, &[1.0], &[0.5])], &settings).unwrap_err().to_string(), "still: must lie between 0 and 1, is 2");
}

#[test]
fn a_drawn_run_repeats_by_its_seed() {
    let actors: Vec<Actor> = (0..8u8).map(|i| actor(f64::from(1 + i % 3), &[f64::from(i) * 14.0, f64::from(i) * 37.0 % 100.0], &[0.4, 0.5])).collect();
    let drawn = |seed| run(&actors, &Settings { choice: Choice::Drawn { seed }, ..Settings::default() }).unwrap();
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    well_formed(&drawn(1));
}

#[test]
fn a_standoff_gives_actors_by_issue() {
    let stand = |issue: &str, position: u8, salience: u8| format!("[[actor.stand]]\nissue = \"{issue}\"\nposition = {position}\nsalience = {salience}\n");
    let actor = |id: &str, rest: &str| format!("[[actor]]\nid = \"{id}\"\nname = \"{id}\"\ninfluence = 40\n{rest}");
    let issue = |id: &str| format!("[[issue]]\nid = \"{id}\"\nname = \"{id}\"\nlow = \"no\"\nhigh = \"yes\"\n");
    let text = [
        "name = \"n\"\ndate = 2021-03-24\n".to_owned(),
        issue("a"),
        issue("b"),
        actor("x", &(stand("b", 20, 50) + &stand("a", 10, 100))),
        actor("y", &stand("a", 90, 80)),
        actor("z", &(stand("a", 0, 30) + "influence = 100\n" + &stand("b", 100, 90))),
    ]
    .concat();
    let standoff = standoff::read("t.toml", &text).unwrap();
    let found = actors(&standoff, &["a", "b"]).unwrap();
    assert_eq!(found.iter().map(|(i, _)| *i).collect::<Vec<_>>(), [0, 2]);
    // x cares 150 in all, so everybody's salience is divided by 1.5.
    assert_eq!(found[0].1.position, [10.0, 20.0]);
    assert!((found[0].1.salience[0] - 1.0 / 1.5).abs() < 1e-12 && (found[1].1.salience[1] - 0.6).abs() < 1e-12);
    assert!((found[1].1.influence - (100.0 * 0.25 + 40.0 * 0.75)).abs() < 1e-12);
    assert_eq!(actors(&standoff, &["a"]).unwrap().len(), 3);
    assert_eq!(actors(&standoff, &["c"]).unwrap_err().to_string(), "issues[0]: there is no issue with the id c");
    assert_eq!(actors(&standoff, &[]).unwrap_err().to_string(), "issues: no actor has a stand on all of them");
}

fn any_rules() -> impl Strategy<Value = Rules> {
    (prop::sample::select(VOTES.to_vec()), prop::sample::select(VICTORIES.to_vec()), prop::sample::select(PROCESSES.to_vec()))
        .prop_map(|(vote, victory, process)| Rules { vote, victory, process })
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let risk = (
        prop::sample::select(vec![RiskRange::Narrow, RiskRange::Middle, RiskRange::Wide]),
        prop::sample::select(vec![RiskSeen::Nothing, RiskSeen::Third, RiskSeen::Half, RiskSeen::TwoThirds, RiskSeen::All]),
    );
    let deals = (
        prop::sample::select(vec![ThirdParties::Join, ThirdParties::StayOut]),
        prop::sample::select(vec![Compromise::Plain, Compromise::Squared, Compromise::LoserMoves]),
        prop::sample::select(vec![Offers::Challenger, Offers::Both, Offers::Weighted]),
        prop::sample::select(vec![Choice::Likeliest, Choice::Drawn { seed: 7 }]),
    );
    (any_rules(), risk, deals).prop_map(|(rules, (risk_range, risk_seen), (third_parties, compromise, offers, choice))| Settings {
        rules,
        risk_range,
        risk_seen,
        third_parties,
        compromise,
        offers,
        choice,
        most_turns: 12,
        ..Settings::default()
    })
}

/// Actors on a coarse grid, so that many of them coincide.
fn any_actors() -> impl Strategy<Value = Vec<Actor>> {
    let coarse = || (0..=4u8).prop_map(|x| f64::from(x) * 25.0);
    let share = || (0..=4u8).prop_map(|x| f64::from(x) / 8.0);
    let one = move |d: usize| {
        let numbers = (prop_oneof![Just(0.0), 1.0..200.0], prop::collection::vec(prop_oneof![coarse(), 0.0..100.0], d), prop::collection::vec(share(), d));
        numbers.prop_map(|(influence, position, salience): (f64, Vec<f64>, Vec<f64>)| {
            let sum = salience.iter().sum::<f64>().max(1.0);
            Actor { influence, position, salience: salience.iter().map(|s| s / sum).collect() }
        })
    };
    let some = |actors: &Vec<Actor>| actors.iter().any(|a| a.influence > 0.0);
    (1..4usize).prop_flat_map(move |d| prop::collection::vec(one(d), 1..9)).prop_filter("nobody has influence", some)
}

proptest! {
    #[test]
    fn any_run_is_well_formed(actors in any_actors(), settings in any_settings()) {
        well_formed(&run(&actors, &settings).unwrap());
    }

    #[test]
    fn the_order_of_actors_changes_nothing(actors in any_actors(), settings in any_settings(), turn in 0..9usize) {
        let mut rotated = actors.clone();
        rotated.rotate_left(turn % actors.len());
        rotated.reverse();
        let (one, other) = (run(&actors, &settings).unwrap(), run(&rotated, &settings).unwrap());
        let outcome = |run: &Run| run.states.iter().map(|s| s.outcome.clone()).collect::<Vec<_>>();
        prop_assert_eq!(outcome(&one), outcome(&other));
        // Actors that are alike in everything may change places.
        let stands = |run: &Run, actors: &[Actor]| {
            let last = run.states.last().unwrap();
            let mut all: Vec<String> = actors.iter().zip(&last.positions).zip(&last.probabilities).map(|x| format!("{x:?}")).collect();
            all.sort();
            all
        };
        prop_assert_eq!(stands(&one, &actors), stands(&other, &rotated));
    }

    #[test]
    fn the_unit_of_influence_is_immaterial(actors in any_actors(), settings in any_settings(), power in -40..40i32) {
        let scaled: Vec<Actor> = actors.iter().map(|a| Actor { influence: a.influence * 2f64.powi(power), ..a.clone() }).collect();
        prop_assert_eq!(run(&actors, &settings).unwrap(), run(&scaled, &settings).unwrap());
    }

    #[test]
    fn any_election_is_one(actors in prop::collection::vec((-1e3..1e3f64, 0.0..1.0f64, 0.1..1e6f64), 1..40), rules in any_rules(), factor in 1e-3..1e3f64) {
        let stands: Vec<Stand> = actors.iter().map(|(x, s, c)| stand(*x, *s, *c)).collect();
        prop_assume!(stands.iter().any(|s| s.weight() > 0.0));
        let election = elect(&stands, &rules).unwrap();
        sums_to_one(&election.ballot.probabilities);
        let reversed: Vec<Stand> = stands.iter().rev().copied().collect();
        let scaled: Vec<Stand> = stands.iter().map(|s| Stand { influence: s.influence * factor, ..*s }).collect();
        for same in [reversed, scaled] {
            let same = elect(&same, &rules).unwrap().ballot.probabilities;
            for (p, q) in election.ballot.probabilities.iter().zip(&same) {
                prop_assert!((p - q).abs() < 1e-6, "{p} {q}");
            }
        }
    }

    #[test]
    fn more_weight_never_harms_a_position(weights in prop::array::uniform4(0.1..10.0f64), more in 0.0..10.0f64) {
        let positions = [0.0, 30.0, 60.0, 100.0];
        let first = |weights: [f64; 4]| {
            let stands: Vec<Stand> = positions.iter().zip(weights).map(|(x, w)| stand(*x, 1.0, w)).collect();
            elect(&stands, &Rules::default()).unwrap().ballot.probabilities[0]
        };
        let [w, rest @ ..] = weights;
        prop_assert!(first([w + more, rest[0], rest[1], rest[2]]) >= first(weights) - 1e-9);
    }
}
