use super::{brute, game, houses};
use majlis_model::assembly::coalitions::{ANYONE, connected, fewest_parties, minimal_winning, smallest_surplus};
use majlis_model::assembly::power::minimal_coalitions;
use proptest::prelude::*;

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

proptest! {
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
