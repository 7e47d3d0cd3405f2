use majlis_model::Range;
use majlis_model::signalling::crisis::{Aim, Answers, Equilibrium, Game, Outcomes, Payoffs, Rules, Terms, forecast, needed};
use majlis_model::standoff::{self, Standoff, Threat, inputs};
use proptest::prelude::*;

/// The example of Crisman-Cox and Gibilisco's program.
fn sanctions(resisting: f64) -> Game {
    game([0.0, 1.0, -1.9, -1.2, 0.0, resisting, 1.0])
}

fn game([status_quo, prize, war, backing_down, conceding, resisting, prevailing]: [f64; 7]) -> Game {
    Game::new(Payoffs { status_quo, prize, war, backing_down, conceding, resisting, prevailing }).unwrap()
}

#[track_caller]
fn close(found: &[Equilibrium], expected: &[[f64; 3]]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (f, e) in found.iter().zip(expected) {
        for (f, e) in [f.resist, f.challenge, f.firm].iter().zip(e) {
            assert!((f - e).abs() < 1e-9, "{found:?}");
        }
    }
}

#[test]
fn a_game_with_three_equilibria() {
    let three = [[0.251104616, 0.9947894686, 0.3096951044], [0.5947228295, 0.379867835, 0.241562759], [0.8133217203, 0.205451841, 0.2087593928]];
    let found = sanctions(-2.9).equilibria();
    close(&found, &three); // peer
    assert_eq!(found.iter().map(|e| e.stable).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn a_game_with_one_equilibrium() {
    close(&sanctions(-2.5).equilibria(), &[[0.9473144252, 0.1546851603, 0.1953371516]]); // peer
}

#[test]
fn an_equilibrium_on_the_edge_is_not_lost() {
    // Nobody resists what is sure to ruin; everybody resists what costs nothing.
    let meek = game([0.0, 1.0, 5.0, -5.0, 0.0, -80.0, 1.0]).equilibria();
    assert_eq!(meek.len(), 1);
    assert!(meek[0].resist < 1e-15 && meek[0].challenge > 0.999);
    let proud = game([0.0, 1.0, -5.0, 5.0, -90.0, 80.0, 1.0]).equilibria();
    assert_eq!(proud.len(), 1);
    assert!(proud[0].resist > 1.0 - 1e-15);
}

#[test]
fn payoffs_that_are_no_numbers_are_refused() {
    let fault = |war: f64| Game::new(Payoffs { war, ..sanctions(-2.5).payoffs() }).unwrap_err().to_string();
    assert_eq!(fault(f64::NAN), "war: must lie between -1000000 and 1000000, is NaN");
    assert_eq!(fault(1e9), "war: must lie between -1000000 and 1000000, is 1000000000");
}

#[test]
fn the_audience_cost_found_is_the_least_that_is_enough() {
    let base = sanctions(-2.9);
    let at = |cost: f64| Game::new(Payoffs { backing_down: -cost, ..base.payoffs() }).unwrap().equilibria();
    let needed = base.audience_cost(Aim::Believed(0.5)).unwrap();
    let (possible, certain) = (needed.possible.unwrap(), needed.certain.unwrap());
    assert!(0.0 < possible && possible <= certain);
    assert!(at(certain).iter().all(|e| e.firm >= 0.5) && at(certain - 1e-6).iter().any(|e| e.firm < 0.5));
    assert!(at(possible).iter().any(|e| e.firm >= 0.5) && at(possible - 1e-6).iter().all(|e| e.firm < 0.5));
    let needed = base.audience_cost(Aim::Conceded(0.9)).unwrap().certain.unwrap();
    assert!(at(needed).iter().all(|e| e.resist <= 0.1) && at(needed - 1e-6).iter().any(|e| e.resist > 0.1));
}

#[test]
fn no_audience_cost_moves_who_would_rather_fight() {
    let defiant = game([0.0, 1.0, -1.0, -1.0, -2.0, -1.0, 0.0]);
    assert!(defiant.most_conceded() < 0.2);
    assert_eq!(defiant.audience_cost(Aim::Conceded(0.5)).unwrap().possible, None);
    assert_eq!(defiant.audience_cost(Aim::Believed(0.0)).unwrap().certain, Some(0.0));
    assert_eq!(defiant.audience_cost(Aim::Believed(f64::NAN)).unwrap_err().key, "aim");
}

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

fn threat(standoff: &Standoff) -> &Threat {
    &standoff.threat[0]
}

#[test]
fn the_stakes_of_a_threat_are_counted_in_points() {
    let standoff = example();
    let stakes = Terms::of(&standoff, threat(&standoff)).unwrap().modes();
    // Fatah wants 85, cares 75; the prime minister stands at 40, cares 70; the demand is 85.
    assert!((stakes.gain - 33.75).abs() < 1e-12 && (stakes.loss - 31.5).abs() < 1e-12, "{stakes:?}");
    assert_eq!((stakes.harm, stakes.cost, stakes.audience_cost), (40.0, 15.0, 15.0));
}

#[test]
fn a_threatener_without_a_stand_wants_what_it_demands() {
    let mut standoff = example();
    standoff.actor[1].stand.clear();
    let stakes = Terms::of(&standoff, threat(&standoff)).unwrap().modes();
    assert_eq!(stakes.gain, 45.0);
    standoff.actor[0].stand.clear();
    assert_eq!(Terms::of(&standoff, threat(&standoff)).unwrap_err().to_string(), "threat.support.to: kadhimi has no stand on withdrawal");
}

#[test]
fn a_forecast_is_the_same_on_one_thread_and_many() {
    let run = || serde_json::to_string(&forecast(&example(), threat(&example()), &Rules::shipped().unwrap(), 7, 200).unwrap()).unwrap();
    let on = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run);
    assert_eq!(on(1), on(4));
}

#[test]
fn the_outcomes_of_a_threat_sum_to_one() {
    let standoff = example();
    let found = forecast(&standoff, threat(&standoff), &Rules::shipped().unwrap(), 7, 500).unwrap();
    let Outcomes { status_quo, concession, war, backed_down } = &found.outcomes;
    assert!(([status_quo, concession, war, backed_down].map(|d| d.mean()).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let Answers { concession, war, backed_down } = &found.answers;
    assert!(([concession, war, backed_down].map(|d| d.mean()).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!((found.equilibria.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn backing_down_that_costs_more_makes_a_threat_believed_and_heeded() {
    let rules = Rules::shipped().unwrap();
    let at = |cost: f64| {
        let mut standoff = example();
        inputs::set(&mut standoff, "support.audience_cost", Range::point(cost).unwrap()).unwrap();
        let found = forecast(&standoff, threat(&standoff), &rules, 7, 400).unwrap();
        (found.believed.mean(), found.answers.concession.mean())
    };
    let (cheap, dear) = (at(0.0), at(60.0));
    assert!(dear.0 > cheap.0 + 0.2 && dear.1 > cheap.1 + 0.1, "{cheap:?} {dear:?}");
}

#[test]
fn what_backing_down_must_cost_is_told_in_points() {
    let standoff = example();
    let found = needed(&standoff, threat(&standoff), &Rules::shipped().unwrap(), Aim::Believed(0.8), 7, 50).unwrap();
    assert_eq!(found.reachable, 1.0);
    let cost = found.cost.unwrap();
    assert!(cost.quantile(0.0) >= 0.0 && cost.mean() > threat(&standoff).audience_cost.mode(), "{}", cost.mean());
    let never = needed(&standoff, threat(&standoff), &Rules::shipped().unwrap(), Aim::Conceded(1.0), 7, 20).unwrap();
    assert_eq!((never.reachable, never.cost), (0.0, None));
    assert_eq!(needed(&standoff, threat(&standoff), &Rules::shipped().unwrap(), Aim::Conceded(1.0), 7, 0).unwrap_err().key, "draws");
}

#[test]
fn a_threat_without_stakes_has_a_defined_answer() {
    let mut standoff = example();
    for name in ["harm", "cost", "audience_cost"] {
        inputs::set(&mut standoff, &format!("support.{name}"), Range::ZERO).unwrap();
    }
    inputs::set(&mut standoff, "fatah.withdrawal.salience", Range::ZERO).unwrap();
    inputs::set(&mut standoff, "kadhimi.withdrawal.salience", Range::ZERO).unwrap();
    let found = forecast(&standoff, threat(&standoff), &Rules::shipped().unwrap(), 7, 20).unwrap();
    // Two equal last words, and a resister who loses nothing but by chance.
    assert!((found.answers.concession.mean() - 0.5).abs() < 1e-12);
    assert!((found.believed.mean() - 0.5).abs() < 1e-12);
}

proptest! {
    #[test]
    fn equilibria_answer_themselves(payoffs in proptest::array::uniform7(-4.0..4.0f64)) {
        let [status_quo, prize, war, backing_down, conceding, resisting, prevailing] = payoffs;
        let normal = |x: f64| statrs::function::erf::erfc(-x / std::f64::consts::SQRT_2) / 2.0;
        let found = game(payoffs).equilibria();
        prop_assert!(found.len() % 2 == 1);
        for e in &found {
            let cutoff = (status_quo - (1.0 - e.resist) * prize) / e.resist;
            let challenge = 1.0 - normal(cutoff - war) * normal(cutoff - backing_down);
            let resist = normal((e.firm * resisting + (1.0 - e.firm) * prevailing - conceding) / e.firm);
            prop_assert!(e.resist < 1e-9 || (challenge - e.challenge).abs() < 1e-9, "{e:?} {challenge}");
            prop_assert!((resist - e.resist).abs() < 1e-9, "{e:?} {resist}");
            let Outcomes { status_quo, concession, war, backed_down } = e.outcomes();
            prop_assert!((status_quo + concession + war + backed_down - 1.0).abs() < 1e-12);
        }
        prop_assert!(found.windows(2).all(|w| w[0].resist < w[1].resist && w[0].stable != w[1].stable));
    }

    #[test]
    fn any_payoffs_have_an_equilibrium_of_numbers(payoffs in proptest::array::uniform7(prop_oneof![Just(0.0), Just(1e6), Just(-1e6), -1e3..1e3f64])) {
        let found = game(payoffs).equilibria();
        prop_assert!(!found.is_empty());
        prop_assert!(found.iter().all(|e| [e.resist, e.challenge, e.firm].iter().all(|p| (0.0..=1.0).contains(p))));
    }
}
