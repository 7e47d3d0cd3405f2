//! Which states and capitals act, and which are where something is: logistic regression.

use crate::gold::{Article, State};
use crate::logistic::{self, probability};
use crate::say;
use majlis_read::linear::Linear;

/// The regularisation that five folds choose.
pub(crate) fn choose(articles: &[Article]) -> f32 {
    let all: Vec<&State> = articles.iter().flat_map(|a| &a.states).collect();
    let by_rule = all.iter().filter(|s| s.acts == s.by_rule).count();
    say(&format!("states: {} named, {} of them act, {by_rule} right by the rules", all.len(), all.iter().filter(|s| s.acts).count()));
    let mut best = (0, 0.0);
    for l2 in [1.0, 3.0, 10.0] {
        let right = crate::folds(|fold| {
            let weights = logistic::fit(&items(&crate::outside(articles, fold)), l2);
            items(&crate::inside(articles, fold)).iter().filter(|(features, acts)| (probability(&weights, features) >= THRESHOLD) == *acts).count()
        });
        let right: usize = right.iter().sum();
        say(&format!("states, l2 {l2}: five-fold, right {right}"));
        if right > best.0 {
            best = (right, l2);
        }
    }
    say(&format!("states: l2 {}, {} right", best.1, best.0));
    best.1
}

/// The stored judge.
pub(crate) fn train(articles: &[&Article], l2: f32) -> Vec<u8> {
    Linear::to_bytes(&logistic::fit(&items(articles), l2), THRESHOLD)
}

fn items<'a>(articles: &[&'a Article]) -> Vec<(&'a [u32], bool)> {
    articles.iter().flat_map(|a| &a.states).map(|s| (s.features.as_slice(), s.acts)).collect()
}

const THRESHOLD: f32 = 0.5;
