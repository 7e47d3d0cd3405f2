//! Who fills an event's roles: for each role a choice among the actors around it and nobody, by a softmax over one linear score.

use crate::gold::{Article, Candidate, Gold};
use crate::{Weights, say};
use majlis_read::linear::{BUCKETS, Linear};
use majlis_read::{Choice, apart, decide, together};

/// The pairs of choices for an event's roles: their features, and whether both are right.
struct Case<'a> {
    choices: &'a [Choice],
    /// Source and target, what speaks for the two together, and whether they are right.
    pairs: Vec<(usize, usize, [u32; 7], bool)>,
}

/// The strongest regularisation that comes within a hundredth of the best of five folds.
pub(crate) fn choose(articles: &[Article]) -> f32 {
    let mut tried = Vec::new();
    for l2 in [10.0, 20.0, 30.0] {
        let decided = crate::folds(|fold| {
            let weights = fit(&crate::outside(articles, fold), l2);
            let judged = |(c, g): (&Candidate, &Gold)| {
                let (s, t) = decide(&c.choices, |f| score(&weights, f), |_| true);
                (right(&c.choices[s], g.source.as_deref()), right(&c.choices[t], g.target.as_deref()))
            };
            crate::inside(articles, fold).into_iter().flat_map(matched).map(judged).collect::<Vec<(bool, bool)>>()
        })
        .concat();
        let count = |fits: fn(&(bool, bool)) -> bool| decided.iter().filter(|d| fits(d)).count();
        let (source, target, both, events) = (count(|d| d.0), count(|d| d.1), count(|d| d.0 && d.1), decided.len());
        say(&format!("roles, l2 {l2}: five-fold, of {events} matched events source {source}, target {target}, both {both}"));
        tried.push((l2, both));
    }
    let best = tried.iter().map(|t| t.1).max().unwrap_or_default();
    let (l2, both) = tried.into_iter().rfind(|t| 100 * t.1 >= 99 * best).unwrap_or_default();
    say(&format!("roles: l2 {l2}, {both} right in both"));
    l2
}

/// The stored ranking.
pub(crate) fn train(articles: &[&Article], l2: f32) -> Vec<u8> {
    Linear::to_bytes(&fit(articles, l2), 0.0)
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

/// Minus the log-probability of the right pairs plus `l2`/2 times the squared weights, by full-batch AdaGrad in a fixed order. A role that
/// gold fills with somebody whom the reading does not have says nothing.
fn fit(articles: &[&Article], l2: f32) -> Weights {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for (c, g) in articles.iter().flat_map(|a| matched(a)) {
        let fits = |x: &Choice, wanted: &Option<Vec<u32>>| wanted.is_none() || right(x, wanted.as_deref());
        let mut pairs = Vec::new();
        for (s, a) in c.choices.iter().enumerate() {
            for (t, b) in c.choices.iter().enumerate().filter(|(_, b)| apart(a, b)) {
                pairs.push((s, t, together(a, b), fits(a, &g.source) && fits(b, &g.target)));
            }
        }
        if pairs.iter().any(|p| p.3) && pairs.iter().any(|p| !p.3) {
            cases.push(Case { choices: &c.choices, pairs });
        }
    }
    let mut weights = [0f32; BUCKETS];
    let mut squares = [1e-6f32; BUCKETS];
    for _ in 0..200 {
        let mut gradient = [0f32; BUCKETS];
        for case in &cases {
            let alone: Vec<(f32, f32)> = case.choices.iter().map(|c| (score(&weights, &c.source), score(&weights, &c.target))).collect();
            let scores: Vec<f32> = case.pairs.iter().map(|(s, t, both, _)| alone[*s].0 + alone[*t].1 + score(&weights, both)).collect();
            let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let parts: Vec<f32> = scores.iter().map(|s| (s - largest).exp()).collect();
            let all: f32 = parts.iter().sum();
            let good: f32 = parts.iter().zip(&case.pairs).filter(|(_, p)| p.3).map(|(part, _)| part).sum();
            let mut errors = vec![(0f32, 0f32); case.choices.len()];
            for (part, (s, t, both, is_right)) in parts.iter().zip(&case.pairs) {
                let error = part / all - if *is_right { part / good.max(f32::MIN_POSITIVE) } else { 0.0 };
                errors[*s].0 += error;
                errors[*t].1 += error;
                for &f in both {
                    gradient[f as usize] += error;
                }
            }
            for (choice, (source, target)) in case.choices.iter().zip(errors) {
                for &f in &choice.source {
                    gradient[f as usize] += source;
                }
                for &f in &choice.target {
                    gradient[f as usize] += target;
                }
            }
        }
        crate::step(&mut weights, &mut squares, &gradient, l2);
    }
    weights
}
