//! Which states and capitals act, and which are where something is: logistic regression.

use crate::gold::{Article, State};
use crate::logistic::{self, probability};
use crate::say;
use majlis_read::linear::Linear;

/// The stored judge, its regularisation chosen by five folds.
pub(crate) fn train(articles: &[Article]) -> Vec<u8> {
    let items = |keep: &dyn Fn(usize) -> bool| -> Vec<(&[u32], bool)> {
        articles.iter().enumerate().filter(|(i, _)| keep(*i)).flat_map(|(_, a)| &a.states).map(|s| (s.features.as_slice(), s.acts)).collect()
    };
    let all: Vec<&State> = articles.iter().flat_map(|a| &a.states).collect();
    let by_rule = all.iter().filter(|s| s.acts == s.by_rule).count();
    say(&format!("states: {} named, {} of them act, {by_rule} right by the rules", all.len(), all.iter().filter(|s| s.acts).count()));
    let mut best = (0, 0.0);
    for l2 in [1.0, 3.0, 10.0] {
        let mut right = 0;
        for fold in 0..5 {
            let weights = logistic::fit(&items(&|i| i % 5 != fold), l2);
            right += items(&|i| i % 5 == fold).iter().filter(|(features, acts)| (probability(&weights, features) >= THRESHOLD) == *acts).count();
        }
        say(&format!("states, l2 {l2}: five-fold, right {right}"));
        if right > best.0 {
            best = (right, l2);
        }
    }
    say(&format!("states: l2 {}, {} right", best.1, best.0));
    Linear::to_bytes(&logistic::fit(&items(&|_| true), best.1), THRESHOLD)
}

const THRESHOLD: f32 = 0.5;
