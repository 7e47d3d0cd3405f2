use majlis_model::signalling::normal_form::{Game, Profile, nash, principal_branch, quantal_response};
use proptest::prelude::*;

fn rows<const N: usize>(table: [[f64; N]; N]) -> Vec<Vec<f64>> {
    table.iter().map(|r| r.to_vec()).collect()
}

fn lopsided() -> Game {
    Game::bimatrix(&rows([[9.0, 0.0], [0.0, 1.0]]), &rows([[0.0, 1.0], [1.0, 0.0]])).unwrap()
}

/// How far a profile is from logit play at λ.
fn error(game: &Game, lambda: f64, profile: &Profile) -> f64 {
    let values = game.values(profile).unwrap();
    let off = values.iter().zip(profile).flat_map(|(v, s)| {
        let top = v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds: Vec<f64> = v.iter().map(|v| (lambda * (v - top)).exp()).collect();
        let sum: f64 = odds.iter().sum();
        odds.into_iter().zip(s).map(|(o, s)| (o / sum - s).abs()).collect::<Vec<_>>()
    });
    off.fold(0.0, f64::max)
}

#[test]
fn the_logit_equilibrium_of_a_lopsided_game() {
    let found = quantal_response(&lopsided(), 1.0).unwrap();
    assert!((found[0][0] - 0.89357633).abs() < 5e-9 && (found[1][0] - 0.31278038).abs() < 5e-9, "{found:?}"); // peer
}

#[test]
fn its_nash_equilibrium() {
    let found = nash(&lopsided()).unwrap();
    assert!(!found.degenerate);
    assert_eq!(found.equilibria.len(), 1);
    let [x, y] = &found.equilibria[0][..] else { panic!() };
    assert!((x[0] - 0.5).abs() < 1e-12 && (y[0] - 0.1).abs() < 1e-12, "{found:?}"); // exact
}

#[test]
fn the_branch_begins_even_and_ends_near_nash() {
    let branch = principal_branch(&lopsided(), 1e5).unwrap();
    assert_eq!((branch[0].lambda, branch[0].profile.clone()), (0.0, vec![vec![0.5; 2]; 2]));
    let end = branch.last().unwrap();
    assert!((end.lambda - 1e5).abs() < 1e-6);
    assert!((end.profile[0][0] - 0.5).abs() < 1e-4 && (end.profile[1][0] - 0.1).abs() < 1e-4, "{end:?}");
}

#[test]
fn a_branch_that_turns_back_in_precision_is_followed() {
    let a = [[0.0, 5.0, 2.0, 1.0], [2.0, 1.0, 6.0, 5.0], [4.0, 2.0, 9.0, 9.0], [8.0, 1.0, 7.0, 2.0]];
    let b = [[5.0, 3.0, 7.0, 5.0], [1.0, 8.0, 9.0, 2.0], [5.0, 9.0, 0.0, 2.0], [7.0, 5.0, 4.0, 3.0]];
    let game = Game::bimatrix(&rows(a), &rows(b)).unwrap();
    let branch = principal_branch(&game, 20.0).unwrap();
    assert!(branch.windows(2).any(|w| w[1].lambda < w[0].lambda));
    assert!(branch.iter().all(|p| error(&game, p.lambda, &p.profile) < 1e-8));
}

#[test]
fn a_branch_that_others_cross_is_followed_straight_on() {
    // In an even game of matching the branch stays even, though beyond λ = 2 two others lead off to either match.
    let game = Game::bimatrix(&rows([[1.0, 0.0], [0.0, 1.0]]), &rows([[1.0, 0.0], [0.0, 1.0]])).unwrap();
    assert_eq!(quantal_response(&game, 50.0).unwrap(), vec![vec![0.5; 2]; 2]);
    let game = Game::bimatrix(&rows([[8.0, 1.0], [6.0, 4.0]]), &rows([[9.0, 6.0], [4.0, 6.0]])).unwrap();
    assert!(error(&game, 20.0, &quantal_response(&game, 20.0).unwrap()) < 1e-8);
}

#[test]
fn three_players_in_a_volunteers_dilemma() {
    // Volunteering costs 0.5; if nobody does, all lose 1. By symmetry the chance p of it solves p = logistic(λ (−0.5 + (1 − p)²)).
    let mut payoffs = vec![Vec::new(); 3];
    for profile in 0..8_usize {
        for (i, table) in payoffs.iter_mut().enumerate() {
            let volunteers = profile >> (2 - i) & 1 == 0;
            table.push(if volunteers {
                -0.5
            } else if profile == 7 {
                -1.0
            } else {
                0.0
            });
        }
    }
    let game = Game::new(&[2, 2, 2], payoffs).unwrap();
    let found = quantal_response(&game, 5.0).unwrap();
    let p = found[0][0];
    assert!((p - 1.0 / (1.0 + (-5.0 * ((1.0 - p).powi(2) - 0.5)).exp())).abs() < 1e-12);
    assert!(found.iter().all(|s| (s[0] - p).abs() < 1e-12));
}

#[test]
fn a_coordination_game_has_three_equilibria() {
    let game = Game::bimatrix(&rows([[2.0, 0.0], [0.0, 1.0]]), &rows([[1.0, 0.0], [0.0, 2.0]])).unwrap();
    let found = nash(&game).unwrap();
    assert_eq!((found.equilibria.len(), found.degenerate), (3, false));
}

#[test]
fn every_pure_and_mixed_equilibrium_of_pure_coordination_is_found() {
    // Each of the 2^n − 1 supports of a common interest in matching carries one equilibrium.
    let identity: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let found = nash(&Game::bimatrix(&identity, &identity).unwrap()).unwrap();
    assert_eq!((found.equilibria.len(), found.degenerate), (31, false));
}

#[test]
fn a_degenerate_game_says_so() {
    // Against the first column both rows pay the same.
    let found = nash(&Game::bimatrix(&rows([[1.0, 0.0], [1.0, 1.0]]), &rows([[1.0, 0.0], [0.0, 1.0]])).unwrap()).unwrap();
    assert!(found.degenerate);
    assert!(found.equilibria.contains(&vec![vec![1.0, 0.0], vec![1.0, 0.0]]) && found.equilibria.contains(&vec![vec![0.0, 1.0], vec![0.0, 1.0]]));
    let nothing = nash(&Game::bimatrix(&rows([[0.0; 2]; 2]), &rows([[0.0; 2]; 2])).unwrap()).unwrap();
    assert!(nothing.degenerate && nothing.equilibria.len() == 4);
}

#[test]
fn what_is_no_game_is_refused() {
    let fault = |actions: &[usize], payoffs: Vec<Vec<f64>>| Game::new(actions, payoffs).unwrap_err().to_string();
    assert_eq!(fault(&[2], vec![vec![0.0; 2]]), "actions: there must be two players or more, are 1");
    assert_eq!(fault(&[2, 0], vec![vec![], vec![]]), "actions[1]: there is none");
    assert_eq!(fault(&[1, 1], vec![vec![0.0], vec![f64::NAN]]), "payoffs[1][0]: must lie between -1e100 and 1e100, is NaN");
    assert_eq!(fault(&[1, 2], vec![vec![0.0; 2], vec![0.0]]), "payoffs[1]: there are 2 profiles and 1 payoffs");
    assert!(fault(&[1000; 10], vec![]).starts_with("actions: the game has more than"));
    let big = Game::new(&[30, 30], vec![vec![0.0; 900]; 2]).unwrap();
    assert!(nash(&big).unwrap_err().to_string().starts_with("actions: 30 and 30 actions"));
    assert_eq!(quantal_response(&lopsided(), f64::NAN).unwrap_err().key, "lambda");
    assert_eq!(quantal_response(&lopsided(), -1.0).unwrap_err().key, "lambda");
}

#[test]
fn a_game_of_one_action_each_has_one_equilibrium() {
    let game = Game::bimatrix(&[vec![3.0]], &[vec![4.0]]).unwrap();
    assert_eq!(nash(&game).unwrap().equilibria, vec![vec![vec![1.0], vec![1.0]]]);
    assert_eq!(quantal_response(&game, 10.0).unwrap(), vec![vec![1.0], vec![1.0]]);
}

fn games() -> impl Strategy<Value = Game> {
    (1..5usize, 1..5usize).prop_flat_map(|(m, n)| {
        let table = proptest::collection::vec(-10.0..10.0f64, m * n);
        (Just((m, n)), table.clone(), table).prop_map(|((m, n), a, b)| Game::new(&[m, n], vec![a, b]).unwrap())
    })
}

proptest! {
    #[test]
    fn nash_equilibria_are_best_replies_and_odd_in_number(game in games()) {
        let found = nash(&game).unwrap();
        prop_assert!(found.degenerate || found.equilibria.len() % 2 == 1);
        for profile in &found.equilibria {
            for (values, own) in game.values(profile).unwrap().iter().zip(profile) {
                let mean: f64 = values.iter().zip(own).map(|(v, s)| v * s).sum();
                prop_assert!(values.iter().all(|v| *v <= mean + 1e-7));
                prop_assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_branch_is_made_of_logit_equilibria(game in games(), lambda in 0.0..20.0f64) {
        for point in principal_branch(&game, lambda).unwrap() {
            prop_assert!(error(&game, point.lambda, &point.profile) < 1e-8, "{point:?}");
        }
    }

    #[test]
    fn scaling_payoffs_is_scaling_precision(game in games(), lambda in 0.0..5.0f64, by in 0.01..1000.0f64) {
        let [m, n] = game.actions() else { unreachable!() };
        let unit = |i: usize, j: usize| { let mut s = vec![0.0; i]; s[j] = 1.0; s };
        let table = |player: usize| -> Vec<f64> {
            (0..m * n).map(|k| game.values(&[unit(*m, k / n), unit(*n, k % n)]).unwrap()[player][if player == 0 { k / n } else { k % n }] * by).collect()
        };
        let scaled = Game::new(game.actions(), vec![table(0), table(1)]).unwrap();
        let (a, b) = (quantal_response(&game, lambda).unwrap(), quantal_response(&scaled, lambda / by).unwrap());
        for (a, b) in a.iter().flatten().zip(b.iter().flatten()) {
            prop_assert!((a - b).abs() < 1e-8);
        }
    }
}
