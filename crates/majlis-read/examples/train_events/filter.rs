//! Which candidates are events: logistic regression.

use crate::gold::{Article, pairs};
use crate::logistic::{self, probability};
use crate::{Weights, say};
use majlis_read::linear::Linear;

/// The regularisation and the threshold that five folds choose.
pub(crate) fn choose(articles: &[Article]) -> (f32, f32) {
    let mut best = (0.0, 0.0, 0.0);
    for l2 in [2.0, 5.0, 10.0, 20.0] {
        let scored = crate::folds(|fold| {
            let weights = fit(&crate::outside(articles, fold), l2);
            let inside = articles.iter().enumerate().filter(|(_, a)| a.measured).skip(fold).step_by(5);
            let judged = |(i, a): (usize, &Article)| {
                let judged = a.candidates.iter().enumerate().map(|(k, c)| (probability(&weights, &c.features), i, k));
                judged.collect::<Vec<(f32, usize, usize)>>()
            };
            inside.flat_map(judged).collect::<Vec<_>>()
        });
        let scored = scored.concat();
        let (f1, threshold) = best_threshold(articles, &scored);
        say(&format!("filter, l2 {l2}: five-fold F1 {f1:.3} at {threshold:.2}"));
        if f1 > best.0 {
            best = (f1, threshold, l2);
        }
    }
    say(&format!("filter: l2 {}, threshold {:.2}, five-fold F1 {:.3}", best.2, best.1, best.0));
    (best.2, best.1)
}

/// The stored filter.
pub(crate) fn train(articles: &[&Article], (l2, threshold): (f32, f32)) -> Vec<u8> {
    Linear::to_bytes(&fit(articles, l2), threshold)
}

fn fit(articles: &[&Article], l2: f32) -> Weights {
    let items: Vec<(&[u32], bool)> = articles.iter().flat_map(|a| &a.candidates).map(|c| (c.features.as_slice(), c.event.is_some())).collect();
    logistic::fit(&items, l2)
}

/// The best F1 over all articles that are measured, by the benchmark's matching, and the highest threshold that comes within 0.001 of it: the best one alone is a
/// matter of luck.
fn best_threshold(articles: &[Article], scored: &[(f32, usize, usize)]) -> (f32, f32) {
    let gold: usize = articles.iter().filter(|a| a.measured).map(|a| a.gold.len()).sum();
    let f1 = |threshold: f32| {
        let mut kept: Vec<Vec<bool>> = articles.iter().map(|a| vec![false; a.candidates.len()]).collect();
        let mut said = 0;
        for &(_, a, c) in scored.iter().filter(|s| s.0 >= threshold) {
            kept[a][c] = true;
            said += 1;
        }
        let hits: usize = articles.iter().zip(&kept).map(|(a, k)| pairs(&a.gold, &a.candidates, |j| k[j]).len()).sum();
        2.0 * hits as f32 / (gold + said) as f32
    };
    let tried: Vec<(f32, f32)> = (4..32).map(|step| step as f32 * 0.025).map(|threshold| (f1(threshold), threshold)).collect();
    let best = tried.iter().map(|t| t.0).fold(0.0, f32::max);
    (best, tried.iter().filter(|t| t.0 >= best - 0.001).map(|t| t.1).fold(0.0, f32::max))
}
