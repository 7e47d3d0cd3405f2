#![allow(clippy::unwrap_used)]

mod coalitions;
mod motion;

use majlis_model::assembly::motion::passes;
use majlis_model::assembly::power::{Game, banzhaf, banzhaf_owen, deegan_packel, holler, minimal_coalitions, owen, shapley_shubik, table};
use majlis_model::assembly::{leader, parties};
use majlis_model::standoff::{self, Standoff, Threshold};
use proptest::prelude::*;

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

fn game(quota: u64, weights: &[u64]) -> Game {
    Game::new(quota, weights).unwrap()
}

#[track_caller]
fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() < 1e-12, "{found:?} {expected:?}");
    }
}

#[test]
fn the_six_of_the_european_community() {
    let ec = game(12, &[4, 4, 4, 2, 2, 1]);
    let (large, middle) = (7.0 / 30.0, 3.0 / 20.0);
    close(&shapley_shubik(&ec), &[large, large, large, middle, middle, 0.0]); // exact
    let (large, middle) = (5.0 / 21.0, 1.0 / 7.0);
    close(&banzhaf(&ec).normalised, &[large, large, large, middle, middle, 0.0]); // exact
}

#[test]
fn the_security_council() {
    let council = game(39, &[[7; 5].as_slice(), &[1; 10]].concat());
    let permanent = [421.0 / 2145.0; 5];
    let elected = [4.0 / 2145.0; 10];
    close(&shapley_shubik(&council), &[permanent.as_slice(), &elected].concat()); // exact
    assert_eq!(banzhaf(&council).swings, [[848.0; 5].as_slice(), &[84.0; 10]].concat()); // exact
}

#[test]
fn catalonia_2012() {
    let parliament = game(68, &[50, 20, 21, 19, 13, 9, 3]);
    close(&shapley_shubik(&parliament), &[8.0 / 15.0, 2.0 / 15.0, 2.0 / 15.0, 2.0 / 15.0, 1.0 / 30.0, 1.0 / 30.0, 0.0]); // exact
}

#[test]
fn a_house_of_nine_parties() {
    let house = game(176, &[137, 85, 71, 32, 9, 8, 5, 2, 1]);
    let expected = [223.0 / 504.0, 241.0 / 1260.0, 241.0 / 1260.0, 55.0 / 504.0, 31.0 / 1260.0, 31.0 / 1260.0, 23.0 / 2520.0, 1.0 / 180.0, 1.0 / 504.0];
    close(&shapley_shubik(&house), &expected); // exact
}

#[test]
fn power_within_unions() {
    let house = game(30, &[28, 16, 5, 4, 3, 3]);
    close(&owen(&house, &[1, 2, 3, 2, 3, 2]).unwrap(), &[1.0 / 3.0, 1.0 / 9.0, 1.0 / 6.0, 1.0 / 9.0, 1.0 / 6.0, 1.0 / 9.0]); // exact
}

pub(super) const EU27: [(u64, usize); 9] = [(29, 4), (27, 2), (14, 1), (13, 1), (12, 5), (10, 3), (7, 5), (4, 5), (3, 1)];

#[test]
fn the_european_union_at_nice() {
    let weights: Vec<u64> = EU27.iter().flat_map(|(w, n)| vec![*w; *n]).collect();
    let power = shapley_shubik(&game(255, &weights));
    assert!((power[0] - 0.0867377).abs() < 5e-8, "{}", power[0]); // exact, as printed
    assert!((power[26] - 0.0081777).abs() < 5e-8, "{}", power[26]); // exact, as printed
}

#[test]
fn a_game_that_cannot_be_is_refused() {
    let fault = |q, w: &[u64]| Game::new(q, w).unwrap_err().to_string();
    assert_eq!(fault(11, &[5, 5]), "quota: must lie between 1 and the sum of the weights, 10, is 11");
    assert_eq!(fault(0, &[5, 5]), "quota: must lie between 1 and the sum of the weights, 10, is 0");
    assert_eq!(fault(1, &[]), "weights: there is none");
    assert_eq!(fault(1, &[u64::MAX, 1]), "weights: are too large");
    assert_eq!(fault(1, &[1 << 53, 1]), "weights: are too large");
    assert_eq!(fault(1, &[1; 501]), "weights: there may be 500 parties, there are 501");
    assert!(fault(1 << 40, &[1 << 40, 1]).starts_with("quota: is too large for 2 parties"));
    assert_eq!(owen(&game(3, &[2, 2]), &[1]).unwrap_err().to_string(), "union: must name the union of each of the 2 parties, names 1");
}

#[test]
fn two_hundred_parties_are_no_trouble() {
    let weights: Vec<u64> = (1..=200).map(|i| 1 + i % 17).collect();
    let house = game(weights.iter().sum::<u64>() / 2 + 1, &weights);
    for index in [shapley_shubik(&house), banzhaf(&house).normalised, deegan_packel(&house), holler(&house)] {
        assert!((index.iter().sum::<f64>() - 1.0).abs() < 1e-9 && index.iter().all(|x| *x > 0.0));
    }
}

/// Chances far below the precision of 1 must not be lost against it: all must agree, so every party swings exactly one coalition.
#[test]
fn where_all_must_agree_all_are_equal_even_two_hundred() {
    let house = game(200, &[1; 200]);
    let unions: Vec<usize> = (0..200).collect();
    assert!(banzhaf(&house).swings.iter().all(|s| (s - 1.0).abs() < 1e-12));
    for index in [shapley_shubik(&house), banzhaf(&house).normalised, deegan_packel(&house), holler(&house), owen(&house, &unions).unwrap()] {
        assert!(index.iter().all(|x| (x * 200.0 - 1.0).abs() < 1e-11), "{index:?}");
    }
    assert_eq!(minimal_coalitions(&house), 1.0);
}

/// Shapley–Shubik by counting coalitions by size and weight in whole numbers.
#[test]
fn a_hundred_parties_as_counted_in_whole_numbers() {
    let weights: Vec<u64> = (0..100).map(|i| 1 + (i * i) % 7).collect();
    let quota = weights.iter().sum::<u64>() * 2 / 3;
    let power = shapley_shubik(&game(quota, &weights));
    for party in [0, 1, 99] {
        let mut counts = vec![vec![0_u128; quota as usize]; 100];
        counts[0][0] = 1;
        for (_, weight) in weights.iter().enumerate().filter(|(i, _)| *i != party) {
            for size in (1..100).rev() {
                for sum in (*weight as usize..quota as usize).rev() {
                    counts[size][sum] += counts[size - 1][sum - *weight as usize];
                }
            }
        }
        let swings = |size: usize| counts[size][(quota - weights[party]) as usize..].iter().sum::<u128>();
        let mut choose = 1_u128; // of 99, so many
        let mut expected = 0.0;
        for size in 0..100_u128 {
            expected += swings(size as usize) as f64 / choose as f64 / 100.0;
            choose = choose * (99 - size) / (size + 1);
        }
        assert!((power[party] / expected - 1.0).abs() < 1e-12, "{} {expected}", power[party]);
    }
}

/// Every index by its definition, over all coalitions or orders.
mod brute {
    pub(super) fn wins(quota: u64, weights: &[u64], coalition: u32) -> bool {
        (0..weights.len()).filter(|i| coalition >> i & 1 == 1).map(|i| weights[i]).sum::<u64>() >= quota
    }

    pub(super) fn shapley(quota: u64, weights: &[u64], union: &[usize]) -> Vec<f64> {
        let n = weights.len();
        let mut power = vec![0.0; n];
        let mut orders = 0.0;
        permutations(&mut (0..n).collect::<Vec<_>>(), 0, &mut |order| {
            let runs = order.windows(2).filter(|w| union[w[0]] != union[w[1]]).count() + 1;
            if runs != union.iter().collect::<std::collections::BTreeSet<_>>().len() {
                return;
            }
            orders += 1.0;
            let mut sum = 0;
            for &i in order {
                sum += weights[i];
                if sum >= quota {
                    power[i] += 1.0;
                    break;
                }
            }
        });
        power.iter().map(|p| p / orders).collect()
    }

    fn permutations(items: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
        if from == items.len() {
            return visit(items);
        }
        for i in from..items.len() {
            items.swap(from, i);
            permutations(items, from + 1, visit);
            items.swap(from, i);
        }
    }

    pub(super) fn banzhaf(quota: u64, weights: &[u64], union: &[usize]) -> Vec<f64> {
        let n = weights.len();
        let whole = |s: u32, of: usize| {
            (0..n).filter(|j| union[*j] != union[of]).all(|j| (0..n).filter(|k| union[*k] == union[j]).all(|k| (s >> j & 1) == (s >> k & 1)))
        };
        let swings: Vec<f64> = (0..n)
            .map(|i| (0..1u32 << n).filter(|s| s >> i & 1 == 0 && whole(*s, i) && !wins(quota, weights, *s) && wins(quota, weights, s | 1 << i)).count() as f64)
            .zip(0..n)
            .map(|(swings, i)| {
                let mates = union.iter().filter(|u| **u == union[i]).count() - 1;
                swings / f64::from(1u32 << mates)
            })
            .collect();
        swings.iter().map(|s| s / swings.iter().sum::<f64>()).collect()
    }

    pub(super) fn minimal(quota: u64, weights: &[u64]) -> Vec<u32> {
        let n = weights.len();
        let all = (0..1u32 << n).filter(|s| wins(quota, weights, *s));
        all.filter(|s| (0..n).filter(|i| s >> i & 1 == 1).all(|i| !wins(quota, weights, s & !(1 << i)))).collect()
    }
}

fn houses() -> impl Strategy<Value = (u64, Vec<u64>)> {
    proptest::collection::vec(0..20u64, 1..7)
        .prop_filter("somebody has a seat", |w| w.iter().sum::<u64>() > 0)
        .prop_flat_map(|w| (1..=w.iter().sum::<u64>(), Just(w)))
}

proptest! {
    #[test]
    fn all_indices_are_those_of_their_definitions((quota, weights) in houses(), unions in proptest::collection::vec(0..3usize, 7)) {
        let house = game(quota, &weights);
        let n = weights.len();
        let alone: Vec<usize> = (0..n).collect();
        close(&shapley_shubik(&house), &brute::shapley(quota, &weights, &alone));
        close(&banzhaf(&house).normalised, &brute::banzhaf(quota, &weights, &alone));
        close(&owen(&house, &unions[..n]).unwrap(), &brute::shapley(quota, &weights, &unions[..n]));
        close(&banzhaf_owen(&house, &unions[..n]).unwrap(), &brute::banzhaf(quota, &weights, &unions[..n]));
        let minimal = brute::minimal(quota, &weights);
        let through = |i: usize, share: fn(u32) -> f64| minimal.iter().filter(|s| **s >> i & 1 == 1).map(|s| share(s.count_ones())).sum::<f64>();
        let memberships: f64 = (0..n).map(|i| through(i, |_| 1.0)).sum();
        close(&holler(&house), &(0..n).map(|i| through(i, |_| 1.0) / memberships).collect::<Vec<_>>());
        close(&deegan_packel(&house), &(0..n).map(|i| through(i, |s| 1.0 / f64::from(s)) / minimal.len() as f64).collect::<Vec<_>>());
    }

    #[test]
    fn power_follows_weight_and_not_order((quota, weights) in houses(), turn in 0..7usize) {
        let house = game(quota, &weights);
        let turn = turn % weights.len();
        let mut turned = weights.clone();
        turned.rotate_left(turn);
        for index in [shapley_shubik, |g: &Game| banzhaf(g).normalised, deegan_packel, holler] {
            let power = index(&house);
            prop_assert!((power.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let mut expected = power.clone();
            expected.rotate_left(turn);
            close(&index(&game(quota, &turned)), &expected);
            close(&index(&game(quota * 3, &weights.iter().map(|w| w * 3).collect::<Vec<_>>())), &power);
        }
        for index in [shapley_shubik(&house), banzhaf(&house).absolute] {
            for (i, j) in (0..weights.len()).flat_map(|i| (0..weights.len()).map(move |j| (i, j))) {
                prop_assert!(weights[i] < weights[j] || index[i] >= index[j] - 1e-12);
            }
        }
    }
}

#[test]
fn the_table_of_an_assembly_counts_followers_with_their_leader_and_the_unbound_singly() {
    let mut council = example().assembly[0].clone();
    council.seats = 20;
    council.bloc.truncate(3);
    for (bloc, seats) in council.bloc.iter_mut().zip([7, 5, 6]) {
        (bloc.seats, bloc.union) = (seats, None);
    }
    council.bloc[2].follows = Some(council.bloc[1].id.clone());
    let simple = Threshold::default();
    let found = table(&council, simple).unwrap();
    assert_eq!(found.iter().map(|p| (p.bloc.as_str(), p.seats)).collect::<Vec<_>>(), [("sairoon", 7), ("fatah", 11)]);
    assert_eq!(found.iter().map(|p| p.shapley_shubik).collect::<Vec<_>>(), [0.0, 1.0]);
    council.bloc[2].follows = None;
    let expected = shapley_shubik(&game(11, &[7, 5, 6, 1, 1]));
    close(&table(&council, simple).unwrap().iter().map(|p| p.shapley_shubik).collect::<Vec<_>>(), &expected[..3]);
    for bloc in &mut council.bloc[1..] {
        bloc.union = Some("two".into());
    }
    let unions = owen(&game(11, &[7, 5, 6, 1, 1]), &[0, 1, 1, 2, 3]).unwrap();
    close(&table(&council, simple).unwrap().iter().map(|p| p.owen).collect::<Vec<_>>(), &unions[..3]);
    council.seats = 5000;
    assert!(table(&council, simple).unwrap_err().to_string().starts_with("seats: 4982 members of no bloc are too many"));
    council.seats = 3;
    assert_eq!(table(&council, simple).unwrap_err().to_string(), "seats: the blocs hold 18 seats of 3");
}

#[test]
fn a_circle_of_bindings_is_refused_wherever_it_comes_from() {
    let mut standoff = example();
    let blocs = &mut standoff.assembly[0].bloc;
    for (bloc, follows) in [(0, "fatah"), (1, "nasr"), (2, "fatah")] {
        blocs[bloc].follows = Some(follows.into());
    }
    assert_eq!(leader(blocs, 0).unwrap_err().to_string(), "bloc[0].follows: leads in a circle");
    assert_eq!(leader(blocs, 5), Ok(5));
    assert!(leader(blocs, 99).is_err());
    assert_eq!(parties(&standoff.assembly[0]).unwrap_err().key, "bloc[0].follows");
    assert_eq!(passes(&standoff, "deadline", 1, 1).unwrap_err().to_string(), "assembly[0].bloc[0].follows: leads in a circle");
    standoff.assembly[0].bloc[0].follows = Some("nobody".into());
    assert_eq!(passes(&standoff, "deadline", 1, 1).unwrap_err().to_string(), "assembly[0].bloc[0].follows: there is no bloc with the id nobody");
}
