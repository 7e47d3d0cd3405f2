#![allow(clippy::unwrap_used)]

use majlis_model::election::district::{Candidate, Field, Nomination, districts, elect, expected, sntv};
use majlis_model::election::forming::{Formation, Terms, form};
use majlis_model::election::pledges::{Scenario, second_term};
use majlis_model::election::seats::{Allocation, Divisors, Quota, by, divisors, largest_remainders};
use majlis_model::election::shares::{Forecast, forecast, forecast_under};
use majlis_model::standoff::{self, Method, Offer, Standoff, Threat, Threshold, inputs};
use majlis_model::streams::Streams;
use majlis_model::{Likelihood, Range};
use proptest::prelude::*;

const TEXTBOOK: [f64; 4] = [100_000.0, 80_000.0, 30_000.0, 20_000.0];
const METHODS: [Divisors; 4] = [Divisors::DHONDT, Divisors::SAINTE_LAGUE, Divisors::MODIFIED, Divisors::IRAQ_2018];

fn won(allocation: majlis_model::Result<Allocation>) -> Vec<u32> {
    allocation.unwrap().seats
}

#[test]
fn the_textbook_seats() {
    assert_eq!(won(by(Method::Dhondt, &TEXTBOOK, 8, 0.0)), [4, 3, 1, 0]); // published
    assert_eq!(won(by(Method::SainteLague, &TEXTBOOK, 8, 0.0)), [3, 3, 1, 1]); // published
    assert_eq!(won(by(Method::LargestRemainder, &TEXTBOOK, 8, 0.0)), [3, 3, 1, 1]); // exact
    assert_eq!(won(largest_remainders(Quota::Droop, &TEXTBOOK, 8, 0.0)), [4, 3, 1, 0]); // exact: the quota is 25,556
}

/// The larger the first divisor, the dearer a small list's first seat.
#[test]
fn a_larger_first_divisor_keeps_small_lists_out() {
    let votes = [53.0, 24.0, 15.2, 7.8];
    let last = |method| won(by(method, &votes, 7, 0.0))[3];
    assert_eq!(last(Method::SainteLague), 1);
    assert_eq!(last(Method::ModifiedSainteLague), 0);
    // 24.5 / 3 lies between 12.8 / 1.7 and 12.8 / 1.4.
    let votes = [24.5, 12.8];
    assert_eq!(won(by(Method::ModifiedSainteLague, &votes, 2, 0.0)), [1, 1]);
    assert_eq!(won(by(Method::Iraq2018, &votes, 2, 0.0)), [2, 0]);
}

/// The Alabama paradox, for which largest remainders are known: with one seat more, the third list loses one.
#[test]
fn largest_remainders_are_not_house_monotone() {
    let votes = [6.0, 6.0, 2.0];
    assert_eq!(won(by(Method::LargestRemainder, &votes, 10, 0.0)), [4, 4, 2]);
    assert_eq!(won(by(Method::LargestRemainder, &votes, 11, 0.0)), [5, 5, 1]);
}

#[test]
fn ties_go_to_more_votes_and_lots_are_told() {
    let tie = divisors(Divisors::DHONDT, &[100.0, 200.0], 2, 0.0).unwrap();
    assert_eq!((tie.seats, tie.lots), (vec![0, 2], vec![])); // 100 against 200 / 2
    let lot = divisors(Divisors::DHONDT, &[50.0, 100.0, 100.0, 100.0], 2, 0.0).unwrap();
    assert_eq!((lot.seats, lot.lots), (vec![0, 1, 1, 0], vec![1, 2, 3]));
    let none = divisors(Divisors::DHONDT, &[50.0, 100.0, 100.0, 100.0], 3, 0.0).unwrap();
    assert_eq!((none.seats, none.lots), (vec![0, 1, 1, 1], vec![]));
    let lot = largest_remainders(Quota::Hare, &[10.0, 10.0, 10.0], 4, 0.0).unwrap();
    assert_eq!((lot.seats, lot.lots), (vec![2, 1, 1], vec![0, 1, 2]));
    let none = largest_remainders(Quota::Hare, &[10.0, 10.0, 10.0], 3, 0.0).unwrap();
    assert_eq!((none.seats, none.lots), (vec![1, 1, 1], vec![]));
}

#[test]
fn a_list_below_the_threshold_wins_nothing() {
    assert_eq!(won(by(Method::SainteLague, &TEXTBOOK, 8, 0.10)), [4, 3, 1, 0]);
    assert_eq!(won(by(Method::LargestRemainder, &TEXTBOOK, 8, 0.14)), [4, 4, 0, 0]);
    // The threshold itself is enough.
    assert_eq!(won(by(Method::SainteLague, &[5.0, 95.0], 20, 0.05)), [1, 19]);
}

#[test]
fn votes_that_cannot_be_are_refused() {
    for method in [Method::Dhondt, Method::LargestRemainder] {
        let fault = |votes: &[f64], seats, threshold| by(method, votes, seats, threshold).unwrap_err().to_string();
        assert_eq!(fault(&[0.0, 0.0], 5, 0.0), "votes: no list has any");
        assert_eq!(fault(&[], 5, 0.0), "votes: no list has any");
        assert_eq!(fault(&[1.0, f64::NAN], 5, 0.0), "votes[1]: must be 0 or more, is NaN");
        assert_eq!(fault(&[1.0, -1.0], 5, 0.0), "votes[1]: must be 0 or more, is -1");
        assert!(fault(&[f64::MAX, f64::MAX], 5, 0.0).starts_with("votes: must lie between"));
        assert_eq!(fault(&[1.0, 1.0], 5, 0.6), "threshold: no list reaches 0.6 of the votes");
        assert_eq!(fault(&[1.0], 5, f64::NAN), "threshold: must lie between 0 and 1, is NaN");
        assert_eq!(fault(&[1.0], u32::MAX, 0.0), "seats: must be 1000000 or less, are 4294967295");
        assert_eq!(won(by(method, &[1.0, 2.0], 0, 0.0)), [0, 0]);
        assert_eq!(won(by(method, &[1.0], 1_000_000, 0.0)), [1_000_000]);
    }
    assert!(largest_remainders(Quota::Droop, &[1.5, 2.0], 3, 0.0).unwrap_err().to_string().starts_with("votes[0]: must be a whole number"));
    assert_eq!(won(largest_remainders(Quota::Droop, &[3.0, 1.0], 100, 0.0)).iter().sum::<u32>(), 100);
    assert!(by(Method::Sntv, &[1.0], 1, 0.0).is_err());
}

proptest! {
    #[test]
    fn seats_sum_to_the_house_and_follow_votes(votes in proptest::collection::vec(0..10_000_u32, 1..9), seats in 0..60_u32, turn in 0..9_usize) {
        prop_assume!(votes.iter().any(|v| *v > 0));
        let votes: Vec<f64> = votes.into_iter().map(f64::from).collect();
        let mut turned = votes.clone();
        turned.rotate_left(turn % votes.len());
        let give = |rule: usize, votes: &[f64]| match METHODS.get(rule) {
            Some(divisor) => divisors(*divisor, votes, seats, 0.0).unwrap(),
            None => largest_remainders([Quota::Hare, Quota::Droop][rule - METHODS.len()], votes, seats, 0.0).unwrap(),
        };
        for rule in 0..METHODS.len() + 2 {
            let allocation = give(rule, &votes);
            prop_assert_eq!(allocation.seats.iter().sum::<u32>(), seats);
            for (a, b) in (0..votes.len()).flat_map(|a| (0..votes.len()).map(move |b| (a, b))) {
                prop_assert!(votes[a] <= votes[b] || allocation.seats[a] >= allocation.seats[b]);
                prop_assert!(votes[a] != votes[b] || allocation.seats[a].abs_diff(allocation.seats[b]) <= 1);
            }
            if allocation.lots.is_empty() {
                let mut expected = allocation.seats.clone();
                expected.rotate_left(turn % votes.len());
                prop_assert_eq!(give(rule, &turned).seats, expected);
            }
        }
        for divisor in METHODS {
            let (small, large) = (won(divisors(divisor, &votes, seats, 0.0)), won(divisors(divisor, &votes, seats + 1, 0.0)));
            prop_assert!(small.iter().zip(&large).all(|(s, l)| s <= l), "{small:?} {large:?}");
            let shares: Vec<f64> = votes.iter().map(|v| v / 8.0).collect();
            prop_assert_eq!(won(divisors(divisor, &shares, seats, 0.0)), small);
        }
        // D'Hondt never gives a list less than its share rounded down.
        let all: f64 = votes.iter().sum();
        let dhondt = won(divisors(Divisors::DHONDT, &votes, seats, 0.0));
        prop_assert!(dhondt.iter().zip(&votes).all(|(s, v)| f64::from(*s) >= (v * f64::from(seats) / all).floor()));
    }
}

fn candidate(list: usize, votes: f64, woman: bool) -> Candidate {
    Candidate { list, votes, woman }
}

#[test]
fn the_candidates_with_most_votes_are_elected() {
    let field = [candidate(0, 90.0, false), candidate(0, 20.0, false), candidate(1, 40.0, false), candidate(2, 35.0, false), candidate(1, 10.0, true)];
    assert_eq!(elect(&field, 3, 0).unwrap().candidates, [0, 2, 3]);
    // One seat is kept for a woman: the last man gives way.
    assert_eq!(elect(&field, 3, 1).unwrap().candidates, [0, 2, 4]);
    assert_eq!(elect(&field, 9, 1).unwrap().candidates, [0, 1, 2, 3, 4]);
    assert_eq!(elect(&field, 3, 3).unwrap().candidates, [0, 2, 4]);
    assert_eq!(elect(&[], 3, 1).unwrap().candidates, [0_usize; 0]);
    assert_eq!(elect(&field, 1, 2).unwrap_err().to_string(), "reserved: must not be above the 1 seats, is 2");
    assert_eq!(elect(&[candidate(0, f64::NAN, false)], 1, 0).unwrap_err().key, "candidates[0]");
}

#[test]
fn candidates_who_would_draw_lots_are_told() {
    let field = [candidate(0, 9.0, false), candidate(1, 5.0, false), candidate(2, 5.0, true), candidate(3, 5.0, false)];
    let even = elect(&field, 2, 0).unwrap();
    assert_eq!((even.candidates, even.lots), (vec![0, 1], vec![1, 2, 3]));
    let kept = elect(&field, 2, 1).unwrap();
    assert_eq!((kept.candidates, kept.lots), (vec![0, 2], vec![]));
    assert_eq!(elect(&field, 4, 0).unwrap().lots, [0_usize; 0]);
}

#[test]
fn districts_are_as_equal_as_can_be() {
    let iraq = districts(329, 83).unwrap();
    assert_eq!((iraq.len(), iraq.iter().sum::<u32>(), iraq.iter().min(), iraq.iter().max()), (83, 329, Some(&3), Some(&4)));
    assert_eq!(districts(3, 4).unwrap_err().to_string(), "districts: must lie between 1 and the 3 seats, are 4");
    assert!(districts(3, 0).is_err());
}

/// Cox 1991: with the right number of candidates and votes spread evenly, the single non-transferable vote is D'Hondt.
#[test]
fn perfect_nomination_is_dhondt() {
    let shares = [0.41, 0.29, 0.17, 0.13];
    let perfect = Field { likeness: 1e9, candidates: vec![1.0; 4], evenness: 1e9 };
    for seats in [3, 4, 5, 11] {
        let found = sntv(&shares, &[seats], &perfect, &mut Streams::new(1).of(0)).unwrap();
        assert_eq!(found, won(divisors(Divisors::DHONDT, &shares, seats, 0.0)));
    }
}

#[test]
fn too_many_candidates_split_the_vote_and_too_few_waste_it() {
    let shares = [0.40, 0.35, 0.25];
    let with = |ratio: f64| {
        let field = Field { likeness: 30.0, candidates: vec![ratio, 1.0, 1.0], evenness: 20.0 };
        expected(&shares, &[4; 80], &field, 1, 100).unwrap()[0]
    };
    let [few, right, many] = [0.5, 1.0, 2.5].map(with);
    assert!(right > few + 10.0 && right > many + 10.0, "{few} {right} {many}");
}

#[test]
fn nominations_are_wide_by_default() {
    let usual = Nomination::default();
    let ends = [usual.likeness, usual.candidates, usual.evenness].map(|r| (r.low(), r.mode(), r.high()));
    assert_eq!(ends, [(1.0, 2.0, 5.0), (0.7, 1.0, 1.7), (2.0, 6.0, 20.0)]);
}

#[test]
fn a_stronghold_is_worth_seats() {
    let shares = [0.1, 0.3, 0.3, 0.3];
    let with = |likeness| expected(&shares, &[4; 80], &Field { likeness, candidates: vec![1.0; 4], evenness: 50.0 }, 1, 100).unwrap();
    let (strongholds, alike) = (with(1.0), with(1000.0));
    assert!(strongholds[0] > 20.0 && alike[0] < 3.0, "{strongholds:?} {alike:?}");
    assert!((strongholds.iter().sum::<f64>() - 320.0).abs() < 1e-9);
}

#[test]
fn a_field_that_cannot_be_is_refused() {
    let field = |lists| Field { likeness: 2.0, candidates: vec![1.0; lists], evenness: 5.0 };
    let fault = |shares: &[f64], lists| sntv(shares, &[3], &field(lists), &mut Streams::new(1).of(0)).unwrap_err().to_string();
    assert_eq!(fault(&[0.5, 0.5], 1), "candidates: must be one number for each of the 2 lists, are 1");
    assert!(fault(&[0.5, f64::NAN], 2).starts_with("shares[1]: must be 0 or more, is NaN"));
    assert_eq!(fault(&[0.0, 0.0], 2), "shares: no list has any");
    assert_eq!(expected(&[1.0], &[3], &field(1), 1, 0).unwrap_err().key, "draws");
    assert_eq!(sntv(&[1.0], &[3], &field(1), &mut Streams::new(1).of(0)).unwrap(), [3]);
    assert_eq!(sntv(&[1.0, 0.0], &[3, 0], &field(2), &mut Streams::new(1).of(0)).unwrap(), [3, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_seat_of_every_district_is_filled(
        shares in proptest::collection::vec(prop_oneof![Just(0.0), 0.0..1.0f64], 1..6),
        magnitudes in proptest::collection::vec(0..7_u32, 1..9),
        ratio in 0.0..3.0f64,
        likeness in 0.01..50.0f64,
        evenness in 0.01..50.0f64,
        seed: u64,
    ) {
        prop_assume!(shares.iter().any(|s| *s > 0.0));
        let field = Field { likeness, candidates: vec![ratio; shares.len()], evenness };
        let found = sntv(&shares, &magnitudes, &field, &mut Streams::new(seed).of(0)).unwrap();
        prop_assert_eq!(found.iter().sum::<u32>(), magnitudes.iter().sum::<u32>());
        prop_assert!(found.iter().zip(&shares).all(|(won, share)| *share > 0.0 || *won == 0));
    }
}

fn example() -> Standoff {
    standoff::read("standoff.toml", include_str!("../../../../examples/iraq-2021/standoff.toml")).unwrap()
}

const ELECTION: &str = "october-2021";

fn seats(standoff: &Standoff, draws: u64) -> Forecast {
    forecast(standoff, ELECTION, 1, draws).unwrap()
}

fn government(standoff: &Standoff) -> Formation {
    form(standoff, ELECTION, &Terms::default(), 1, 400).unwrap()
}

#[test]
fn seats_in_october_2021() {
    let found = seats(&example(), 200);
    assert!(found.draws.iter().all(|seats| seats.iter().sum::<u32>() == 329));
    assert!((found.lists.iter().filter_map(|l| l.first).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(found.lists.iter().filter(|l| l.first.is_none()).map(|l| l.list.as_str()).collect::<Vec<_>>(), ["others"]);
    for (list, share) in found.lists.iter().zip(&example().election[0].list) {
        let proportional = share.share.mode() / 100.0 * 329.0;
        assert!((list.seats.mean() - proportional).abs() < 12.0, "{} {} {proportional}", list.list, list.seats.mean());
    }
}

#[test]
fn one_thread_and_many_draw_alike() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (seats(&example(), 50), form(&example(), ELECTION, &Terms::default(), 1, 50).unwrap()))
    };
    assert_eq!(on(1), on(3));
}

/// The variance of a Dirichlet share is p (1 − p) / (sample + 1).
#[test]
fn shares_are_as_sure_as_the_sample() {
    let mut standoff = example();
    standoff.election[0].method = Method::LargestRemainder;
    standoff.assembly[0].seats = 100_000;
    standoff.election[0].list.truncate(2);
    for (list, share) in standoff.election[0].list.iter_mut().zip([30.0, 70.0]) {
        list.share = Range::point(share).unwrap();
    }
    for sample in [50.0, 1000.0] {
        standoff.election[0].sample = sample;
        let won = &seats(&standoff, 4000).lists[0].seats;
        let deviation = (0.3_f64 * 0.7 / (sample + 1.0)).sqrt();
        assert!((won.mean() / 1e5 - 0.3).abs() < 4.0 * deviation / 4000_f64.sqrt(), "{}", won.mean());
        assert!((won.deviation() / 1e5 / deviation - 1.0).abs() < 0.06, "{}", won.deviation());
    }
}

#[test]
fn faults_of_an_election_are_named() {
    let fault = |change: &dyn Fn(&mut Standoff)| {
        let mut standoff = example();
        change(&mut standoff);
        forecast(&standoff, ELECTION, 1, 1).unwrap_err().to_string()
    };
    assert_eq!(forecast(&example(), "x", 1, 1).unwrap_err().to_string(), "election: there is no election with the id x");
    assert_eq!(forecast(&example(), ELECTION, 1, 0).unwrap_err().to_string(), "draws: must lie between 1 and 1000000, is 0");
    assert_eq!(fault(&|s| s.election[0].list.iter_mut().for_each(|l| l.share = Range::ZERO)), "election[0].list: no list has a share of the vote");
    assert_eq!(fault(&|s| s.election[0].list.clear()), "election[0].list: no list has a share of the vote");
    assert_eq!(fault(&|s| s.election[0].sample = f64::NAN), "election[0].sample: must lie between 1 and 1000000000, is NaN");
    assert_eq!(fault(&|s| s.election[0].districts = None), "election[0].districts: must be given for the single non-transferable vote");
    assert_eq!(fault(&|s| s.election[0].districts = Some(330)), "election[0].districts: must lie between 1 and the 329 seats, are 330");
    assert_eq!(fault(&|s| s.election[0].assembly = "x".into()), "election[0].assembly: there is no assembly with the id x");
    assert_eq!(fault(&|s| s.election[0].list[1].share = Range::point(-3.0).unwrap()), "election[0].list[1].share: must lie between 0 and 100, is -3");
    let wild = Nomination { likeness: Range::ZERO, ..Nomination::default() };
    assert_eq!(forecast_under(&example(), &wild, ELECTION, 1, 1).unwrap_err().key, "likeness");
}

#[test]
fn governments_after_october_2021() {
    let found = government(&example());
    assert_eq!((found.issue.as_deref(), found.quota), (Some("withdrawal"), 165));
    assert!(found.lists.iter().all(|l| l.list != "others"));
    let sum: f64 = found.lists.iter().map(|l| l.leads).sum();
    assert!((sum + found.deadlock - 1.0).abs() < 1e-9, "{sum} {}", found.deadlock);
    for list in &found.lists {
        assert!(list.leads <= list.governs + 1e-9 && list.governs <= list.can_govern + 1e-9 && list.leads <= list.can_lead + 1e-9);
    }
    let power: f64 = found.lists.iter().map(|l| l.power.mean()).sum();
    assert!((0.9..=1.0 + 1e-9).contains(&power), "{power}");
    assert!(found.expected.windows(2).all(|p| p[0].probability >= p[1].probability));
    assert_eq!(found.expected[0].likelihood, Likelihood::of(found.expected[0].probability));
    assert_eq!(found.cut, 0.0);
}

/// Three lists of which any two have a majority: kdp with 45 % at 10 on the withdrawal, puk with 25 % at 20, fatah with 30 % at 90.
fn three() -> Standoff {
    let mut standoff = example();
    let election = &mut standoff.election[0];
    election.method = Method::SainteLague;
    election.sample = 1e9;
    election.list.retain(|l| ["kdp", "puk", "fatah"].contains(&l.id.as_str()));
    for (list, share) in election.list.iter_mut().zip([30.0, 45.0, 25.0]) {
        list.share = Range::point(share).unwrap();
    }
    for (path, value) in [("fatah", 90.0), ("kdp", 10.0), ("puk", 20.0)] {
        inputs::set(&mut standoff, &format!("{path}.withdrawal.position"), Range::point(value).unwrap()).unwrap();
    }
    standoff
}

fn part<'a>(formation: &'a Formation, list: &str) -> &'a majlis_model::election::forming::Part {
    formation.lists.iter().find(|l| l.list == list).unwrap()
}

#[test]
fn neighbours_govern_before_strangers() {
    let found = government(&three());
    // Fatah and puk, and puk and kdp, are neighbours; the former have fewer seats.
    assert_eq!(found.expected[0].lists, ["fatah", "puk"]);
    assert_eq!((part(&found, "fatah").leads, part(&found, "kdp").can_lead, part(&found, "kdp").governs), (1.0, 1.0, 0.0));
    assert_eq!(found.lists.iter().map(|l| (l.power.mean() * 3.0 * 1e9).round() / 1e9).collect::<Vec<_>>(), [1.0; 3]);
}

#[test]
fn lists_that_refuse_each_other_do_not_govern_together() {
    let mut standoff = three();
    standoff.election[0].list[2].never_with = vec!["fatah".into()];
    let found = government(&standoff);
    assert_eq!(found.expected[0].lists, ["kdp", "puk"]);
    standoff.election[0].list[1].never_with = vec!["puk".into()];
    let apart = government(&standoff);
    // Only kdp and fatah are left, with puk between them.
    assert_eq!((apart.expected[0].lists.as_slice(), apart.unconnected), (["fatah".to_owned(), "kdp".to_owned()].as_slice(), 1.0));
    standoff.election[0].list[1].never_with.push("fatah".into());
    let none = government(&standoff);
    assert_eq!((none.deadlock, none.expected.len()), (1.0, 0));
}

#[test]
fn a_government_that_takes_two_thirds_takes_more_lists() {
    let terms = Terms { threshold: Threshold::Votes(300), ..Terms::default() };
    let found = form(&three(), ELECTION, &terms, 1, 10).unwrap();
    assert_eq!(found.expected[0].lists.len(), 3);
    let fault = |terms: &Terms| form(&three(), ELECTION, terms, 1, 1).unwrap_err().to_string();
    assert_eq!(fault(&Terms { threshold: Threshold::Votes(330), ..Terms::default() }), "threshold: must lie between 1 and the 329 seats, is 330");
    assert_eq!(fault(&Terms { issue: Some("x".into()), ..Terms::default() }), "issue: there is no issue with the id x");
    let mut nobody = three();
    nobody.election[0].list.iter_mut().for_each(|l| l.actor = None);
    assert_eq!(form(&nobody, ELECTION, &Terms::default(), 1, 1).unwrap_err().to_string(), "election[0].list: no list has an actor, so none can bargain");
    nobody.election[0].list[1].actor = Some("x".into());
    assert_eq!(form(&nobody, ELECTION, &Terms::default(), 1, 1).unwrap_err().to_string(), "election[0].list[1].actor: there is no actor with the id x");
    assert_eq!(form(&three(), ELECTION, &Terms::default(), 1, 0).unwrap_err().key, "draws");
    let mut empty = three();
    empty.assembly[0].seats = 0;
    assert_eq!(form(&empty, ELECTION, &Terms::default(), 1, 1).unwrap_err().key, "threshold");
    let mut silent = three();
    silent.actor.iter_mut().for_each(|a| a.stand.clear());
    let found = government(&silent);
    assert_eq!((found.issue, found.unconnected), (None, 1.0));
}

fn terms(standoff: &Standoff) -> Vec<Scenario> {
    second_term(standoff, ELECTION, "kadhimi", "second-term", &Terms::default(), 1, 500).unwrap()
}

fn backs(scenario: &Scenario, list: &str) -> f64 {
    scenario.backers.iter().find(|b| b.list == list).unwrap().probability
}

#[test]
fn a_threat_binds_its_list_until_its_demand_is_met() {
    let found = terms(&example());
    assert_eq!(found.iter().map(|s| s.met.clone()).collect::<Vec<_>>(), [vec![], vec!["support".to_owned()]]);
    assert_eq!([backs(&found[0], "fatah"), backs(&found[1], "fatah")], [0.0, 1.0]);
    // The concession that wins one list costs others, who want no withdrawal.
    assert!(backs(&found[1], "kdp") < backs(&found[0], "kdp"));
    assert!(backs(&found[1], "sadrists") > backs(&found[0], "sadrists"));
    let mut free = example();
    free.threat.clear();
    assert_eq!(terms(&free).len(), 1);
}

#[test]
fn demands_that_pull_both_ways_are_not_met_together() {
    let mut standoff = example();
    let threat: Threat = standoff.threat[0].clone();
    let range = |x| Range::point(x).unwrap();
    standoff.threat.push(Threat { id: "stay".into(), by: "kdp".into(), demand: range(5.0), ..threat.clone() });
    standoff.offer.push(Offer {
        id: "vote".into(),
        name: threat.name.clone(),
        by: "sairoon".into(),
        to: "kadhimi".into(),
        issue: "withdrawal".into(),
        demand: range(70.0),
        reward: range(50.0),
        cost: range(1.0),
        deadline: None,
        source: None,
    });
    let found = terms(&standoff);
    let met: Vec<String> = found.iter().map(|s| s.met.join("+")).collect();
    assert_eq!(met, ["", "support", "stay", "vote", "support+vote"]);
    // An offer declined is no refusal; a threat is.
    assert!(backs(&found[0], "sadrists") > 0.0);
    assert_eq!(backs(&found[0], "kdp"), 0.0);
    assert!(found[4].probability >= found[1].probability);
    for i in 0..9 {
        standoff.threat.push(Threat { id: format!("more-{i}"), by: "puk".into(), ..threat.clone() });
    }
    assert_eq!(terms(&standoff).len(), 13);
}

#[test]
fn he_needs_a_name_and_an_issue() {
    let fault = |head: &str, issue: &str, draws| second_term(&example(), ELECTION, head, issue, &Terms::default(), 1, draws).unwrap_err().to_string();
    assert_eq!(fault("x", "second-term", 1), "actor: there is no actor with the id x");
    assert_eq!(fault("kadhimi", "x", 1), "issue: there is no issue with the id x");
    assert_eq!(fault("kadhimi", "second-term", 0), "draws: must lie between 1 and 1000000, is 0");
    let own = second_term(&example(), ELECTION, "fatah", "second-term", &Terms::default(), 1, 50).unwrap();
    assert_eq!(backs(&own[0], "fatah"), 1.0);
}
