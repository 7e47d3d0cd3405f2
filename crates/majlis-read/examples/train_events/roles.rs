//! Who fills an event's roles: for each role a choice among the actors around it and nobody, by a softmax over one linear score.

use crate::gold::{Article, Candidate, Gold};
use crate::{Weights, say};
use majlis_read::Choice;
use majlis_read::linear::{BUCKETS, Linear};

/// The choices for one role of an event: their features, and whether each is right.
struct Case<'a> {
    choices: Vec<(&'a [u32], bool)>,
}

/// The stored ranking, its regularisation chosen by five folds.
pub(crate) fn train(articles: &[Article]) -> Vec<u8> {
    let all: Vec<&Article> = articles.iter().collect();
    let mut best = (0, 0.0);
    for l2 in [0.3, 1.0, 3.0, 10.0] {
        let (mut source, mut target, mut both, mut events) = (0, 0, 0, 0);
        for fold in 0..5 {
            let train: Vec<&Article> = articles.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|(_, a)| a).collect();
            let weights = fit(&train, l2);
            for a in articles.iter().enumerate().filter(|(i, _)| i % 5 == fold).map(|(_, a)| a) {
                for (c, g) in matched(a) {
                    let (s, t) = decide(&weights, &c.choices);
                    let (s, t) = (right(&c.choices[s], g.source.as_deref()), right(&c.choices[t], g.target.as_deref()));
                    source += usize::from(s);
                    target += usize::from(t);
                    both += usize::from(s && t);
                    events += 1;
                }
            }
        }
        say(&format!("roles, l2 {l2}: five-fold, of {events} matched events source {source}, target {target}, both {both}"));
        if both > best.0 {
            best = (both, l2);
        }
    }
    say(&format!("roles: l2 {}, {} right in both", best.1, best.0));
    Linear::to_bytes(&fit(&all, best.1), 0.0)
}

fn matched(a: &Article) -> impl Iterator<Item = (&Candidate, &Gold)> {
    a.candidates.iter().filter_map(|c| Some((c, &a.gold[c.event?])))
}

/// Whether a choice is right for a role that gold fills with `wanted`; `None` is somebody whom the reading does not have.
fn right(choice: &Choice, wanted: Option<&[u32]>) -> bool {
    match (choice.actor, wanted) {
        (_, None) => false,
        (None, Some(w)) => w.is_empty(),
        (Some(_), Some(w)) => choice.joined.iter().any(|a| w.contains(a)),
    }
}

fn score(weights: &Weights, features: &[u32]) -> f32 {
    features.iter().map(|&f| weights[f as usize]).sum()
}

/// The likeliest source and target, not one actor for both.
fn decide(weights: &Weights, choices: &[Choice]) -> (usize, usize) {
    let mut best = (f32::NEG_INFINITY, 0, 0);
    for (s, a) in choices.iter().enumerate() {
        for (t, b) in choices.iter().enumerate() {
            let sum = score(weights, &a.source) + score(weights, &b.target);
            if (a.actor.is_none() || a.actor != b.actor) && sum > best.0 {
                best = (sum, s, t);
            }
        }
    }
    (best.1, best.2)
}

/// Minus the log-probability of the right choices plus `l2`/2 times the squared weights, by full-batch AdaGrad in a fixed order.
fn fit(articles: &[&Article], l2: f32) -> Weights {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for (c, g) in articles.iter().flat_map(|a| matched(a)) {
        let source = c.choices.iter().map(|x| (x.source.as_slice(), right(x, g.source.as_deref()))).collect();
        let target = c.choices.iter().map(|x| (x.target.as_slice(), right(x, g.target.as_deref()))).collect();
        cases.extend([source, target].map(|choices| Case { choices }));
    }
    cases.retain(|c| c.choices.iter().any(|x| x.1));
    let mut weights = [0f32; BUCKETS];
    let mut squares = [1e-6f32; BUCKETS];
    for _ in 0..200 {
        let mut gradient = [0f32; BUCKETS];
        for case in &cases {
            let scores: Vec<f32> = case.choices.iter().map(|(f, _)| score(&weights, f)).collect();
            let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let parts: Vec<f32> = scores.iter().map(|s| (s - largest).exp()).collect();
            let all: f32 = parts.iter().sum();
            let good: f32 = parts.iter().zip(&case.choices).filter(|(_, c)| c.1).map(|(p, _)| p).sum();
            for (part, (features, is_right)) in parts.iter().zip(&case.choices) {
                let error = part / all - if *is_right { part / good.max(f32::MIN_POSITIVE) } else { 0.0 };
                for &f in *features {
                    gradient[f as usize] += error;
                }
            }
        }
        crate::step(&mut weights, &mut squares, &gradient, l2);
    }
    weights
}
