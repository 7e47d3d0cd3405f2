use majlis_model::assembly::coalitions::{ANYONE, connected, fewest_parties, minimal_winning, smallest_surplus};
use majlis_model::assembly::motion::{Conduct, Passage, favours, passes, passes_under};
use majlis_model::assembly::power::{Game, banzhaf, banzhaf_owen, deegan_packel, holler, minimal_coalitions, owen, shapley_shubik, table};
use majlis_model::assembly::vote::{Camp, Group, Rule, carries, drawn, exact, turned};
use majlis_model::assembly::{leader, parties, votes_needed};
use majlis_model::play::Rules;
use majlis_model::standoff::{self, Bloc, Majority, Standoff, Threshold, inputs};
use majlis_model::streams::Streams;
use majlis_model::{Likelihood, Range};
use proptest::prelude::*;

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

/// As close as votes are worked out.
#[track_caller]
fn nearly(found: &[f64], expected: &[f64]) {
    assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-11), "{found:?} {expected:?}");
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

#[test]
fn coalitions_of_catalonia_2012() {
    let parliament = game(68, &[50, 20, 21, 19, 13, 9, 3]);
    let all = minimal_winning(&parliament, ANYONE, 100);
    let members: Vec<&[usize]> = all.found.iter().map(|c| c.members.as_slice()).collect();
    assert_eq!(members, [[0, 2].as_slice(), &[0, 1], &[0, 3], &[0, 4, 5], &[1, 2, 3, 4], &[1, 2, 3, 5]]);
    assert!(all.all);
    assert_eq!(all.found.len() as f64, minimal_coalitions(&parliament));
    let few = minimal_winning(&parliament, ANYONE, 2);
    assert_eq!((few.found.len(), few.all), (2, false));
    let least = smallest_surplus(&parliament, 10).found;
    assert_eq!(least.iter().map(|c| (c.members.clone(), c.seats, c.surplus)).collect::<Vec<_>>(), [(vec![0, 3], 69, 1), (vec![1, 2, 3, 5], 69, 1)]);
    assert_eq!(fewest_parties(&parliament, 10).found.iter().map(|c| c.members.clone()).collect::<Vec<_>>(), [[0, 2], [0, 1], [0, 3]]);
    let without_two = |a: usize, b: usize| (a.min(b), a.max(b)) != (0, 2);
    assert!(minimal_winning(&parliament, &without_two, 100).found.iter().all(|c| !c.members.starts_with(&[0, 2]) && c.members != [0, 2]));
}

/// Axelrod's point: a party between two partners joins them though its seats are not needed.
#[test]
fn a_connected_coalition_leaves_nobody_out_between_its_ends() {
    let house = game(51, &[30, 5, 25, 40]);
    let order = [Some(10.0), Some(20.0), Some(30.0), Some(90.0)];
    let found = connected(&house, &order, ANYONE, 10).unwrap();
    assert_eq!(found.found.iter().map(|c| (c.members.clone(), c.surplus)).collect::<Vec<_>>(), [(vec![0, 1, 2], 9), (vec![2, 3], 14)]);
    let unplaced = connected(&house, &[Some(10.0), None, Some(30.0), Some(90.0)], ANYONE, 10).unwrap();
    assert_eq!(unplaced.found[0].members, [0, 2]);
    let refused = connected(&house, &order, &|a, b| (a, b) != (1, 2) && (a, b) != (2, 1), 10).unwrap();
    assert_eq!(refused.found.iter().map(|c| c.members.clone()).collect::<Vec<_>>(), [[2, 3]]);
    assert_eq!(connected(&house, &[Some(f64::NAN), None, None, None], ANYONE, 1).unwrap_err().key, "position[0]");
    assert_eq!(connected(&house, &[None], ANYONE, 1).unwrap_err().key, "position");
}

#[test]
fn coalitions_of_five_hundred_parties_are_cut_off_not_waited_for() {
    let house = game(251, &[1; 500]);
    let some = minimal_winning(&house, ANYONE, 1000);
    assert_eq!((some.found.len(), some.all), (1000, false));
    assert_eq!(smallest_surplus(&house, 3).found.len(), 3);
    assert_eq!(fewest_parties(&house, 3).found[0].members.len(), 251);
    let nobody = minimal_winning(&house, &|_, _| false, 1000);
    assert_eq!((nobody.found.len(), nobody.all), (0, true));
    let line: Vec<Option<f64>> = (0..500).map(|i| Some(f64::from(i))).collect();
    assert_eq!(connected(&house, &line, ANYONE, 1000).unwrap().found.len(), 250);
    assert_eq!(connected(&house, &vec![Some(1.0); 500], ANYONE, 1000).unwrap().found.len(), 1000);
}

const SIMPLE: Threshold = Threshold::Named(Majority::Simple);
const TWO_THIRDS: Threshold = Threshold::Named(Majority::TwoThirds);
const RULES: [Threshold; 5] = [SIMPLE, Threshold::Named(Majority::Present), Threshold::Named(Majority::Absolute), TWO_THIRDS, Threshold::Votes(3)];

#[test]
fn what_carries_a_motion() {
    for (threshold, yes, no, seats, expected) in [
        (SIMPLE, 2, 1, 100, true),
        (SIMPLE, 2, 2, 100, false),
        (Threshold::Named(Majority::Absolute), 50, 0, 100, false),
        (Threshold::Named(Majority::Absolute), 51, 49, 100, true),
        (TWO_THIRDS, 219, 110, 329, false),
        (TWO_THIRDS, 220, 109, 329, true),
        (TWO_THIRDS, 2, 1, 3, true),
        (Threshold::Votes(3), 3, 90, 100, true),
        (Threshold::Votes(3), 2, 0, 100, false),
        (SIMPLE, 0, 0, 0, false),
        (TWO_THIRDS, 0, 0, 0, false),
        (TWO_THIRDS, u32::MAX, 0, u32::MAX, true),
    ] {
        assert_eq!(carries(threshold, yes, no, seats), expected, "{threshold:?} {yes} {no} {seats}");
    }
    assert_eq!([SIMPLE, TWO_THIRDS, Threshold::Votes(7)].map(|t| votes_needed(t, 329)), [165, 220, 7]);
}

#[test]
fn an_actor_is_for_what_brings_the_outcome_nearer() {
    assert_eq!(favours(80.0, 85.0, 25.0, 5.0), 1.0);
    assert_eq!(favours(30.0, 85.0, 25.0, 5.0), 0.0);
    assert_eq!(favours(55.0, 85.0, 25.0, 5.0), 0.5);
    assert_eq!(favours(56.0, 85.0, 25.0, 5.0), 0.7);
    assert_eq!([favours(55.0, 85.0, 25.0, 0.0), favours(55.1, 85.0, 25.0, 0.0)], [0.0, 1.0]);
}

/// Every member's every choice, one by one.
fn brute(rule: &Rule, groups: &[Group]) -> (f64, f64, Vec<f64>) {
    let members: Vec<Group> = groups.iter().flat_map(|g| vec![Group { members: 1, ..*g }; g.members as usize]).collect();
    let (mut carried, mut missed, mut yes) = (0.0, 0.0, vec![0.0; members.len() + 1]);
    for choices in 0..3_u32.pow(members.len() as u32) {
        let (mut chance, mut counts) = (1.0, [0_u32; 3]);
        for (m, member) in members.iter().enumerate() {
            let choice = (choices / 3_u32.pow(m as u32) % 3) as usize;
            chance *= [member.yes, member.no, 1.0 - member.yes - member.no][choice];
            counts[choice] += 1;
        }
        let quorate = counts[0] + counts[1] >= rule.quorum;
        missed += if quorate { 0.0 } else { chance };
        carried += if quorate && carries(rule.threshold, counts[0], counts[1], rule.seats) { chance } else { 0.0 };
        yes[counts[0] as usize] += chance;
    }
    (carried, missed, yes)
}

fn groups() -> impl Strategy<Value = Vec<Group>> {
    let side = prop_oneof![Just(None), Just(Some(true)), Just(Some(false))];
    let share = || prop_oneof![Just(0.0), Just(1.0), 0.0..1.0f64];
    proptest::collection::vec((0..3_u32, share(), share(), side).prop_map(|(n, attends, with, line)| Group::new(n, attends, with, line)), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn convolution_is_the_sum_over_every_members_every_choice(groups in groups(), empty in 0..3_u32, quorum in 0..8_u32, kind in 0..5_usize) {
        let seats = groups.iter().map(|g| g.members).sum::<u32>() + empty;
        let rule = Rule { seats, quorum, threshold: RULES[kind] };
        let (carried, missed, yes) = brute(&rule, &groups);
        let found = exact(&rule, &groups);
        nearly(&[found.carried, found.no_quorum], &[carried, missed]);
        close(&found.yes, &yes);
        let away = |groups: &[Group]| groups.iter().map(|g| Group::away(g.members)).collect::<Vec<_>>();
        let camps: Vec<Camp> = groups.iter().map(|g| Camp { stands: vec![*g], turned_for: vec![Group { yes: g.no, no: g.yes, ..*g }], turned_against: away(&[*g]) }).collect();
        for (c, [with, without]) in turned(&rule, &[], &camps, found.carried).into_iter().enumerate() {
            let mut changed = groups.clone();
            changed[c] = camps[c].turned_for[0];
            let expected_with = brute(&rule, &changed).0;
            changed[c] = camps[c].turned_against[0];
            nearly(&[with, without], &[expected_with, brute(&rule, &changed).0]);
        }
    }

    #[test]
    fn coalitions_are_those_of_their_definitions((quota, weights) in houses(), places in proptest::collection::vec(proptest::option::weighted(0.9, 0..4_u8), 7), refusals in proptest::collection::vec(any::<bool>(), 49)) {
        let house = game(quota, &weights);
        let n = weights.len();
        let positions: Vec<Option<f64>> = places[..n].iter().map(|p| p.map(f64::from)).collect();
        let together = |a: usize, b: usize| n < 3 || !(refusals[a * 7 + b] && refusals[b * 7 + a]);
        let members = |s: u32| (0..n).filter(|i| s >> i & 1 == 1).collect::<Vec<_>>();
        let fits = |s: &u32| members(*s).iter().all(|a| members(*s).iter().all(|b| a == b || together(*a, *b)));
        let sorted = |found: majlis_model::assembly::coalitions::Coalitions| {
            assert!(found.all);
            let mut found: Vec<Vec<usize>> = found.found.into_iter().map(|c| {
                assert_eq!((c.seats, c.surplus), (c.members.iter().map(|m| weights[*m]).sum::<u64>(), c.seats - quota));
                c.members
            }).collect();
            found.sort();
            found
        };
        let expect = |sets: Vec<u32>| {
            let mut sets: Vec<Vec<usize>> = sets.into_iter().map(members).collect();
            sets.sort();
            sets
        };
        let minimal = brute::minimal(quota, &weights);
        prop_assert_eq!(minimal_coalitions(&house), minimal.len() as f64);
        prop_assert_eq!(sorted(minimal_winning(&house, ANYONE, 1000)), expect(minimal.clone()));
        prop_assert_eq!(sorted(minimal_winning(&house, &together, 1000)), expect(minimal.iter().copied().filter(fits).collect()));
        let size = |s: &u32| s.count_ones();
        let seats = |s: &u32| members(*s).iter().map(|i| weights[*i]).sum::<u64>();
        let (fewest, least) = (minimal.iter().map(size).min(), minimal.iter().map(seats).min());
        prop_assert_eq!(sorted(fewest_parties(&house, 1000)), expect(minimal.iter().copied().filter(|s| Some(size(s)) == fewest).collect()));
        prop_assert_eq!(sorted(smallest_surplus(&house, 1000)), expect(minimal.iter().copied().filter(|s| Some(seats(s)) == least).collect()));
        let links = |s: &u32| {
            let at: Vec<Option<f64>> = members(*s).iter().map(|i| positions[*i]).collect();
            let ends = at.iter().flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)));
            at.iter().all(Option::is_some) && (0..n).all(|i| s >> i & 1 == 1 || positions[i].is_none_or(|x| x <= ends.0 || x >= ends.1))
        };
        let joined: Vec<u32> = (1..1_u32 << n).filter(|s| links(s) && brute::wins(quota, &weights, *s)).collect();
        let tight = joined.iter().copied().filter(|s| !joined.iter().any(|t| t != s && t & s == *t)).filter(fits);
        prop_assert_eq!(sorted(connected(&house, &positions, &together, 1000).unwrap()), expect(tight.collect()));
    }
}

#[test]
fn the_exact_vote_is_the_mean_of_drawn_ones() {
    let side = |n, line| Group::new(n, 0.8, 0.9, line);
    let groups = [side(40, Some(true)), side(35, Some(false)), side(20, None)];
    let loose = [Group::new(15, 0.5, 0.5, None)];
    let camps: Vec<Camp> =
        groups.iter().map(|g| Camp { stands: vec![*g], turned_for: vec![side(g.members, Some(true))], turned_against: vec![Group::away(g.members)] }).collect();
    for quorum in [0, 60, 80, 90] {
        let rule = Rule { seats: 110, quorum, threshold: SIMPLE };
        let outcome = exact(&rule, &[groups.as_slice(), &loose].concat());
        let swings = turned(&rule, &loose, &camps, outcome.carried);
        let draws = 20_000;
        let all = Streams::new(5).map(draws, |_, rng| drawn(&rule, &loose, &camps, rng));
        let share = |holds: &dyn Fn(&((u32, u32), Vec<[bool; 2]>)) -> bool| all.iter().filter(|d| holds(d)).count() as f64 / draws as f64;
        let near =
            |found: f64, exact: f64| assert!((found - exact).abs() < 4.0 * (exact * (1.0 - exact) / draws as f64).sqrt() + 1e-9, "{quorum}: {found} {exact}");
        near(share(&|((y, n), _)| y + n >= quorum && y > n), outcome.carried);
        near(share(&|((y, n), _)| y + n < quorum), outcome.no_quorum);
        for (c, [with, without]) in swings.into_iter().enumerate() {
            near(share(&|d| d.1[c][0]), with);
            near(share(&|d| d.1[c][1]), without);
        }
    }
}

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

/// The example with a third of its seats, which is an order of magnitude less to work out.
fn small() -> Standoff {
    let mut standoff = example();
    let council = &mut standoff.assembly[0];
    (council.seats, council.quorum) = (110, Some(55));
    council.bloc.iter_mut().for_each(|b| b.seats /= 3);
    standoff
}

fn pass(standoff: &Standoff, draws: u64) -> Passage {
    passes(standoff, "deadline", 1, draws).unwrap()
}

fn set(standoff: &mut Standoff, path: &str, value: f64) {
    inputs::set(standoff, path, Range::point(value).unwrap()).unwrap();
}

#[test]
fn the_deadline_in_the_council() {
    let found = pass(&small(), 100);
    assert_eq!(found.likelihood, Likelihood::of(found.probability));
    assert!(found.interval.0 <= found.probability && found.probability <= found.interval.1);
    assert!((found.yes.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(found.at_least(0), 1.0);
    let mean: f64 = found.yes.iter().map(|(votes, p)| f64::from(*votes) * p).sum();
    assert!((20.0..54.0).contains(&mean), "{mean}");
    let pivot = |id: &str| found.pivots.iter().find(|p| p.bloc == id).unwrap();
    assert_eq!(pivot("fatah").favours, Some(1.0));
    assert_eq!(pivot("kdp").favours, Some(0.0));
    assert!((0.1..0.9).contains(&pivot("nasr").favours.unwrap()));
    assert!(found.pivots.iter().all(|p| p.shift() >= 0.0), "{:?}", found.pivots);
    assert!(found.pivots.windows(2).all(|p| p[0].shift() >= p[1].shift()));
}

#[test]
fn the_order_of_actors_and_blocs_changes_nothing() {
    let mut turned = small();
    turned.actor.rotate_left(3);
    turned.assembly[0].bloc.reverse();
    assert_eq!(pass(&turned, 40), pass(&small(), 40));
}

#[test]
fn one_thread_and_many_count_alike() {
    let run = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| pass(&small(), 50));
    assert_eq!(run(1), run(4));
}

#[test]
fn a_boycott_can_only_break_the_quorum() {
    let under = |standoff: &Standoff, boycott: f64| {
        let conduct = Conduct { boycott: Range::point(boycott).unwrap(), indifference: 5.0 };
        passes_under(standoff, &conduct, "deadline", 3, 60).unwrap()
    };
    let mut standoff = small();
    assert!(under(&standoff, 1.0).no_quorum > under(&standoff, 0.0).no_quorum + 0.2);
    standoff.assembly[0].quorum = None;
    assert!(under(&standoff, 1.0).probability >= under(&standoff, 0.0).probability);
    assert_eq!(under(&standoff, 1.0).no_quorum, 0.0);
}

#[test]
fn a_follower_takes_its_leaders_line() {
    let mut standoff = small();
    let free = pass(&standoff, 60);
    let kdp = standoff.assembly[0].bloc.iter().position(|b| b.id == "kdp").unwrap();
    standoff.assembly[0].bloc[kdp].follows = Some("fatah".into());
    let bound = pass(&standoff, 60);
    assert!(bound.probability > free.probability);
    assert!(bound.pivots.iter().all(|p| p.bloc != "kdp"));
    assert_eq!(bound.pivots.iter().find(|p| p.bloc == "fatah").unwrap().seats, 24);
}

/// Everything certain: a house of two blocs, each of which alone decides.
#[test]
fn certain_votes_have_certain_ends() {
    let mut standoff = example();
    let council = &mut standoff.assembly[0];
    (council.seats, council.quorum) = (100, Some(51));
    council.bloc.retain(|b| ["fatah", "kdp"].contains(&b.id.as_str()));
    for (bloc, seats) in council.bloc.iter_mut().zip([60, 40]) {
        (bloc.seats, bloc.attendance, bloc.cohesion) = (seats, Range::FULL, Range::FULL);
    }
    let found = pass(&standoff, 5);
    assert_eq!((found.probability, found.interval, found.no_quorum), (1.0, (1.0, 1.0), 0.0));
    assert_eq!(found.yes, [(60, 1.0)]);
    let swing = |id: &str| found.pivots.iter().find(|p| p.bloc == id).map(|p| (p.if_for, p.if_against)).unwrap();
    assert_eq!((swing("fatah"), swing("kdp")), ((1.0, 0.0), (1.0, 1.0)));
    standoff.motion[0].threshold = Some(TWO_THIRDS);
    assert_eq!(pass(&standoff, 5).probability, 0.0);
    standoff.assembly[0].seats = 0;
    assert_eq!(passes(&standoff, "deadline", 1, 1).unwrap_err().to_string(), "assembly[0].seats: the blocs hold 100 seats of 0");
    standoff.assembly[0].bloc.clear();
    assert_eq!(pass(&standoff, 5).probability, 0.0);
}

#[test]
fn a_house_too_large_for_convolution_is_drawn() {
    let mut standoff = example();
    let council = &mut standoff.assembly[0];
    let exact = pass(&example(), 20);
    council.bloc.push(Bloc { id: "empty".into(), seats: 1001 - council.seats, attendance: Range::ZERO, ..council.bloc[0].clone() });
    council.seats = 1001;
    let found = passes(&standoff, "deadline", 1, 2000).unwrap();
    assert!((found.probability - exact.probability).abs() < 0.3, "{} {}", found.probability, exact.probability);
    standoff.assembly[0].seats = u32::MAX;
    assert!(passes(&standoff, "deadline", 1, 10).is_ok());
}

#[test]
fn nobody_who_cares_means_a_vote_by_coins() {
    let mut standoff = small();
    for actor in standoff.actor.clone() {
        if actor.stand.iter().any(|s| s.issue == "withdrawal") {
            set(&mut standoff, &format!("{}.withdrawal.salience", actor.id), 0.0);
        }
    }
    standoff.issue[0].status_quo = None;
    let found = pass(&standoff, 20);
    assert!(found.pivots.iter().all(|p| p.favours.is_none()));
    assert!((0.3..0.55).contains(&found.probability), "{}", found.probability);
}

#[test]
fn faults_of_a_motion_are_named() {
    let fault = |change: &dyn Fn(&mut Standoff)| {
        let mut standoff = example();
        change(&mut standoff);
        passes(&standoff, "deadline", 1, 1).unwrap_err().to_string()
    };
    let wild = Range::point(300.0).unwrap();
    assert_eq!(passes(&example(), "x", 1, 1).unwrap_err().to_string(), "motion: there is no motion with the id x");
    assert_eq!(passes(&example(), "deadline", 1, 0).unwrap_err().to_string(), "draws: must be 1 or more, is 0");
    assert_eq!(fault(&|s| s.motion[0].issue = "x".into()), "motion[0].issue: there is no issue with the id x");
    assert_eq!(fault(&|s| s.motion[0].assembly = "x".into()), "motion[0].assembly: there is no assembly with the id x");
    assert_eq!(fault(&|s| s.assembly[0].bloc[1].cohesion = wild), "assembly[0].bloc[1].cohesion: must lie between 0 and 100, is 300");
    assert_eq!(fault(&|s| s.actor[0].stand[0].position = wild), "actor[0].stand[0].position: must lie between 0 and 100, is 300");
    let conduct = Conduct { boycott: Range::FULL, indifference: 5.0 };
    assert_eq!(passes_under(&example(), &conduct, "deadline", 1, 1).unwrap_err().key, "boycott");
    let conduct = Conduct { boycott: Range::ZERO, indifference: f64::NAN };
    assert_eq!(passes_under(&example(), &conduct, "deadline", 1, 1).unwrap_err().key, "indifference");
    assert_eq!(Conduct::of(&Rules::shipped().unwrap()).unwrap().boycott.mode(), 0.5);
}
