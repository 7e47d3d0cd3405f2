use super::example;
use majlis_model::assembly::motion::{Conduct, Passage, favours, passes, passes_under};
use majlis_model::assembly::vote::{Camp, Group, Rule, carries, drawn, exact, turned};
use majlis_model::assembly::votes_needed;
use majlis_model::play::Rules;
use majlis_model::standoff::{Bloc, Majority, Standoff, Threshold, inputs};
use majlis_model::streams::Streams;
use majlis_model::{Likelihood, Range};
use proptest::prelude::*;

/// As close as votes are worked out.
#[track_caller]
fn nearly(found: &[f64], expected: &[f64]) {
    assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-11), "{found:?} {expected:?}");
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
        prop_assert_eq!(found.yes.len(), yes.len());
        nearly(&found.yes, &yes);
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
}

type Drawn = ((u32, u32), Vec<[bool; 2]>);

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
        let share = |holds: &dyn Fn(&Drawn) -> bool| all.iter().filter(|d| holds(d)).count() as f64 / draws as f64;
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
    let found = pass(&small(), 60);
    assert_eq!(found.likelihood, Likelihood::of(found.probability));
    assert!(found.interval.0 <= found.probability && found.probability <= found.interval.1);
    assert!((found.yes.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
    nearly(&[found.at_least(0), found.at_least(1000)], &[1.0, 0.0]);
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
    let run = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| pass(&small(), 40));
    assert_eq!(run(1), run(4));
}

#[test]
fn a_boycott_can_only_break_the_quorum() {
    let under = |standoff: &Standoff, boycott: f64| {
        let conduct = Conduct { boycott: Range::point(boycott).unwrap(), indifference: 5.0 };
        passes_under(standoff, &conduct, "deadline", 3, 30).unwrap()
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
    let free = pass(&standoff, 30);
    let kdp = standoff.assembly[0].bloc.iter().position(|b| b.id == "kdp").unwrap();
    standoff.assembly[0].bloc[kdp].follows = Some("fatah".into());
    let bound = pass(&standoff, 30);
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
    let exact = pass(&example(), 10);
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
    assert_eq!(passes(&example(), "deadline", 1, 0).unwrap_err().to_string(), "draws: must lie between 1 and 1000000, is 0");
    assert_eq!(fault(&|s| s.motion[0].issue = "x".into()), "motion[0].issue: there is no issue with the id x");
    assert_eq!(fault(&|s| s.motion[0].assembly = "x".into()), "motion[0].assembly: there is no assembly with the id x");
    assert_eq!(fault(&|s| s.assembly[0].bloc[1].cohesion = wild), "assembly[0].bloc[1].cohesion: must lie between 0 and 100, is 300");
    assert_eq!(fault(&|s| s.actor[0].stand[0].position = wild), "actor[0].stand[0].position: must lie between 0 and 100, is 300");
    assert_eq!(fault(&|s| s.assembly[0].bloc[1].actor = Some("x".into())), "assembly[0].bloc[1].actor: there is no actor with the id x");
    assert_eq!(passes(&example(), "deadline", 1, u64::MAX).unwrap_err().key, "draws");
    let conduct = Conduct { boycott: Range::FULL, indifference: 5.0 };
    assert_eq!(passes_under(&example(), &conduct, "deadline", 1, 1).unwrap_err().key, "boycott");
    let conduct = Conduct { boycott: Range::ZERO, indifference: f64::NAN };
    assert_eq!(passes_under(&example(), &conduct, "deadline", 1, 1).unwrap_err().key, "indifference");
    assert_eq!(Conduct::of(&Rules::shipped().unwrap()).unwrap().boycott.mode(), 0.5);
}
