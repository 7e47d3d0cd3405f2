use majlis_model::Range;
use majlis_model::signalling::crisis::Terms;
use majlis_model::signalling::extensive::bargain::Bargain;
use majlis_model::signalling::extensive::{Game, InformationSet, Node, exploitability, quantal_response, solve};
use majlis_model::standoff;
use proptest::prelude::*;

/// Kuhn's poker of three cards: sets 0–5 are the first player's (card, and whether its check was answered by a bet), 6–11 the second's
/// (card, and whether it faces a bet).
fn kuhn() -> Game {
    let set = |player: usize, card: usize, bet: usize| 6 * player + 2 * card + bet;
    let mut nodes = vec![Node::Chance(vec![])];
    let mut deals = Vec::new();
    for (a, b) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
        let won = |stake: f64| Node::End(if a > b { vec![stake, -stake] } else { vec![-stake, stake] });
        let at = nodes.len();
        deals.push((1.0 / 6.0, at));
        nodes.extend([
            Node::Decision(set(0, a, 0), vec![at + 1, at + 2]),
            Node::Decision(set(1, b, 0), vec![at + 3, at + 4]),
            Node::Decision(set(1, b, 1), vec![at + 7, at + 8]),
            won(1.0),
            Node::Decision(set(0, a, 1), vec![at + 5, at + 6]),
            Node::End(vec![-1.0, 1.0]),
            won(2.0),
            Node::End(vec![1.0, -1.0]),
            won(2.0),
        ]);
    }
    nodes[0] = Node::Chance(deals);
    let sets = (0..12).map(|s| InformationSet { player: s / 6, actions: 2 }).collect();
    Game::new(2, sets, &nodes).unwrap()
}

#[test]
fn kuhn_poker_is_worth_minus_an_eighteenth_to_the_first_player() {
    let game = kuhn();
    let found = solve(&game, 5000).unwrap();
    assert!((found.values[0] + 1.0 / 18.0).abs() < 1e-4, "{:?}", found.values); // published
    assert!((found.values[0] + found.values[1]).abs() < 1e-12);
    assert!(found.exploitability < 1e-3, "{}", found.exploitability);
    // The second player never folds the king, never calls with the jack, and bets the jack one time in three.
    assert!(found.behaviour[11][1] > 0.999 && found.behaviour[7][1] < 0.001 && (found.behaviour[6][1] - 1.0 / 3.0).abs() < 0.01);
}

#[test]
fn the_logit_equilibrium_of_a_tree_goes_from_even_odds_to_an_equilibrium() {
    let game = Bargain::conditional().unwrap().game().unwrap();
    assert_eq!(quantal_response(&game, 0.0).unwrap(), game.uniform());
    let left = [1.0, 10.0, 100.0].map(|lambda| exploitability(&game, &quantal_response(&game, lambda).unwrap()).unwrap());
    assert!(left[0] > left[1] && left[1] > left[2] && left[2] < 0.01, "{left:?}");
    assert!(quantal_response(&lone_choice(), 1.0).is_err());
}

/// A tree with a single decision.
fn lone_choice() -> Game {
    let set = InformationSet { player: 0, actions: 1 };
    Game::new(1, vec![set], &[Node::Decision(0, vec![1]), Node::End(vec![1.0])]).unwrap()
}

#[test]
fn exploitability_is_what_a_best_reply_gains() {
    // Against a second player who calls and bets half the time, and a first who does likewise; best replies by hand enumeration
    // over all pure strategies.
    let game = kuhn();
    let even = game.uniform();
    let pure = |player: usize, bits: u32| {
        let mut behaviour = even.clone();
        for i in 0..6 {
            let bet = f64::from(bits >> i & 1);
            behaviour[6 * player + i as usize] = vec![1.0 - bet, bet];
        }
        game.values(&behaviour).unwrap()[player]
    };
    let best = |player: usize| (0..64).map(|bits| pure(player, bits)).fold(f64::NEG_INFINITY, f64::max);
    let values = game.values(&even).unwrap();
    let expected = (best(0) - values[0] + best(1) - values[1]) / 2.0;
    assert!((exploitability(&game, &even).unwrap() - expected).abs() < 1e-12);
}

#[test]
fn what_is_no_game_is_refused() {
    let set = InformationSet { player: 0, actions: 2 };
    let end = || Node::End(vec![0.0]);
    let fault = |sets: &[InformationSet], nodes: &[Node]| Game::new(1, sets.to_vec(), nodes).unwrap_err().to_string();
    assert_eq!(fault(&[], &[]), "nodes[0]: there is no such node");
    assert_eq!(fault(&[set], &[Node::Decision(0, vec![1, 1]), end()]), "nodes[1]: can be reached in two ways");
    assert_eq!(fault(&[set], &[Node::Decision(0, vec![1, 0]), end()]), "nodes[0]: can be reached in two ways");
    assert_eq!(fault(&[set], &[Node::Decision(0, vec![1, 2]), end(), end(), end()]), "nodes[3]: cannot be reached");
    assert_eq!(fault(&[], &[Node::Chance(vec![(0.5, 1)]), end()]), "nodes[0].chance: probabilities must sum to 1, sum to 0.5");
    assert_eq!(fault(&[], &[Node::End(vec![f64::NAN])]), "nodes[0].end[0]: must lie between -1e100 and 1e100, is NaN");
    assert_eq!(fault(&[set], &[end()]), "sets[0]: has no node");
    let absent_minded = [Node::Decision(0, vec![1, 2]), Node::Decision(0, vec![3, 4]), end(), end(), end()];
    assert_eq!(fault(&[set], &absent_minded), "sets[0]: player 0 comes to it by different actions of its own");
    assert_eq!(solve(&kuhn(), 0).unwrap_err().key, "iterations");
    assert_eq!(exploitability(&kuhn(), &[]).unwrap_err().key, "behaviour");
}

#[test]
fn the_conditional_bargain_is_solved() {
    let found = Bargain::conditional().unwrap().play(3, 30, 1000).unwrap();
    assert_eq!(found.outcomes.len(), 4);
    assert!((found.outcomes.iter().map(|(_, p)| p.mean()).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(found.exploitability.quantile(1.0) < 0.01, "{:?}", found.exploitability.samples());
    assert_eq!(found.behaviour.len(), 6);
    let last_word = |t: usize| found.behaviour[4 + t].actions[0].1.mean();
    assert!(last_word(0) > last_word(1) + 0.5, "the resolute carry it out, the hesitant rather not");
    assert!(found.outcomes.iter().all(|(name, _)| !name.ar.is_empty() && name.ar != name.en));
}

#[test]
fn a_bluff_is_called_as_often_as_makes_it_worth_nothing() {
    // One type of prime minister; half the blocs are resolute. He is asked for 30 and risks 40: believing the demand half, he would
    // refuse (20 < 30), so the hesitant bluff just so often that he is indifferent: 30 = 40 × 1 / (1 + b), b = 1/3. He gives way so
    // often that a bluff (gain 30, audience cost 15) is worth nothing: 30 g = 15 (1 − g), g = 1/3.
    let mut bargain = Bargain::conditional().unwrap();
    let point = |x: f64| Range::point(x).unwrap();
    for (path, value) in [("gain", 30.0), ("loss", 30.0), ("harm", 40.0), ("audience_cost", 15.0), ("cost.resolute", 0.0), ("cost.hesitant", 40.0)] {
        bargain.set(path, point(value)).unwrap();
    }
    bargain.set("resolute.weight", point(50.0)).unwrap();
    let found = bargain.play(1, 1, 4000).unwrap();
    let chance = |i: usize, a: usize| found.behaviour[i].actions[a].1.mean();
    assert!(found.exploitability.mean() < 0.02, "{}", found.exploitability.mean());
    assert!((chance(1, 0) - 1.0 / 3.0).abs() < 0.02, "{}", chance(1, 0));
    let gives_way = 0.6 * chance(3, 0) + 0.4 * chance(2, 0);
    assert!((gives_way - 1.0 / 3.0).abs() < 0.02, "{gives_way}");
}

#[test]
fn a_threat_of_a_standoff_is_played_as_a_bargain() {
    let standoff = standoff::read("standoff.toml", include_str!("../../../../../examples/iraq-2021/standoff.toml")).unwrap();
    let mut bargain = Bargain::conditional().unwrap();
    bargain.take_stakes(&Terms::of(&standoff, &standoff.threat[0]).unwrap()).unwrap();
    let range = |path: &str| bargain.numbers().iter().find(|n| n.path == path).unwrap().range;
    assert_eq!((range("harm.independent").low(), range("harm.independent").high(), range("harm.dependent").high()), (20.0, 40.0, 60.0));
    assert_eq!((range("gain").mode(), range("audience_cost").mode()), (33.75, 15.0));
    assert!(range("cost.resolute").high() <= range("cost.hesitant").low());
    bargain.play(1, 5, 200).unwrap();
}

#[test]
fn a_play_is_the_same_on_one_thread_and_many() {
    let run = || serde_json::to_string(&Bargain::conditional().unwrap().play(9, 40, 100).unwrap()).unwrap();
    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run);
    assert_eq!(on(1), on(4));
}

#[test]
fn a_broken_bargain_is_refused_with_line_and_key() {
    let shipped = include_str!("../../../data/conditional-bargain.toml");
    let fault = |from: &str, to: &str| {
        assert!(shipped.contains(from), "{from}");
        Bargain::read("b.toml", &shipped.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert_eq!(fault("to = \"answer\"", "to = \"reply\""), "b.toml:76: move[0].action[0].to: there is no move reply");
    assert_eq!(fault("to = \"last-word\"", "to = \"demand\""), "b.toml:76: move[0]: can be reached in two ways");
    assert_eq!(fault("player = \"prime-minister\"", "player = \"king\""), "b.toml:89: move[1].player: there is no player king");
    assert_eq!(fault("[\"-loss\"]", "[\"-lost\"]"), "b.toml:89: move[1].action[0].pays.prime-minister: there is no parameter lost");
    assert_eq!(fault("value = [5, 15, 30]", "value = [5, 15, 3000]"), "b.toml:70: parameter[4].audience_cost: must lie between 0 and 1000, is 3000");
    assert_eq!(
        fault("by = [\"resolute\", \"hesitant\"]", "by = [\"resolute\", \"dependent\"]"),
        "b.toml:63: parameter[3].by: must name all types of one player"
    );
    assert_eq!(fault("id = \"loss\"", "id = \"gain\""), "b.toml:1: parameter.id: gain is used twice");
    assert!(fault("weight = 50", "weight = nan").starts_with("b.toml:"));
    let mut bargain = Bargain::conditional().unwrap();
    assert!(bargain.set("courage", Range::ZERO).unwrap_err().to_string().starts_with("courage: there is no such number; there are resolute.weight"));
    assert_eq!(bargain.set("harm", Range::point(-1.0).unwrap()).unwrap_err().key, "harm");
    assert_eq!(bargain.play(1, 0, 1).unwrap_err().key, "draws.samples");
    bargain.set("resolute.weight", Range::ZERO).unwrap();
    bargain.set("hesitant.weight", Range::ZERO).unwrap();
    assert_eq!(bargain.play(1, 1, 1).unwrap_err().to_string(), "resolute.weight: no type of the player has a weight");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A zero-sum game of one simultaneous move each: regrets find the value that no pure reply improves on.
    #[test]
    fn zero_sum_matrices_are_solved(table in proptest::collection::vec(-1.0..1.0f64, 9)) {
        let mut nodes = vec![Node::Decision(0, vec![1, 2, 3])];
        nodes.extend((0..3).map(|i| Node::Decision(1, (0..3).map(|j| 4 + 3 * i + j).collect())));
        nodes.extend(table.iter().map(|x| Node::End(vec![*x, -x])));
        let sets = (0..2).map(|player| InformationSet { player, actions: 3 }).collect();
        let game = Game::new(2, sets, &nodes).unwrap();
        let found = solve(&game, 2000).unwrap();
        prop_assert!(found.exploitability < 0.01, "{}", found.exploitability);
        prop_assert!(found.behaviour.iter().all(|s| (s.iter().sum::<f64>() - 1.0).abs() < 1e-9));
    }
}
