//! How likely a statement is right, its words and its source: logistic regression.

use crate::gold::{Article, Statement};
use crate::logistic::{self, probability};
use crate::say;
use majlis_read::linear::Linear;

/// The regularisation and the threshold that five folds choose: the likelier judgements, then what is best for the words and for words and source
/// together.
pub(crate) fn choose(articles: &[Article]) -> (f32, f32) {
    let counted = || articles.iter().filter(|a| a.measured);
    let gold: usize = counted().map(|a| a.stated).sum();
    let all: Vec<&Statement> = counted().flat_map(|a| &a.statements).collect();
    let (words, right) = (all.iter().filter(|s| s.words).count(), all.iter().filter(|s| s.right).count());
    say(&format!("statements: {gold} in gold, {} read, words right {words}, source too {right}", all.len()));
    let mut best = (f32::INFINITY, 0.0, 0.0);
    for l2 in [3.0, 10.0, 30.0] {
        let scored: Vec<(f32, &Statement)> = crate::folds(|fold| {
            let weights = logistic::fit(&items(&crate::outside(articles, fold)), l2);
            let inside = crate::inside(articles, fold).into_iter().flat_map(|a| &a.statements);
            inside.map(|s| (probability(&weights, &s.features), s)).collect::<Vec<_>>()
        })
        .concat();
        let tried: Vec<(f32, f32, f32)> = (0..24).map(|step| step as f32 * 0.025).map(|t| measured(&scored, gold, t)).collect();
        let top = tried.iter().map(|t| t.0 + t.1).fold(0.0, f32::max);
        let loss: f32 = scored.iter().map(|(p, s)| -(if s.right { *p } else { 1.0 - p }).max(1e-6).ln()).sum::<f32>() / scored.len() as f32;
        let Some(&(words, source, threshold)) = tried.iter().find(|t| t.0 + t.1 >= top) else { continue };
        say(&format!("statements, l2 {l2}: five-fold F1 words {words:.3}, source {source:.3} at {threshold:.2}; log loss {loss:.3}"));
        if loss < best.0 {
            best = (loss, threshold, l2);
        }
    }
    say(&format!("statements: l2 {}, threshold {:.2}", best.2, best.1));
    (best.2, best.1)
}

/// F1 of the words, F1 of words and source, at a threshold, and the threshold.
fn measured(scored: &[(f32, &Statement)], gold: usize, threshold: f32) -> (f32, f32, f32) {
    let kept: Vec<&Statement> = scored.iter().filter(|(p, _)| *p >= threshold).map(|(_, s)| *s).collect();
    let f1 = |hits: usize| 2.0 * hits as f32 / (gold + kept.len()) as f32;
    (f1(kept.iter().filter(|s| s.words).count()), f1(kept.iter().filter(|s| s.right).count()), threshold)
}

/// The stored judge.
pub(crate) fn train(articles: &[&Article], (l2, threshold): (f32, f32)) -> Vec<u8> {
    Linear::to_bytes(&logistic::fit(&items(articles), l2), threshold)
}

fn items<'a>(articles: &[&'a Article]) -> Vec<(&'a [u32], bool)> {
    articles.iter().flat_map(|a| &a.statements).map(|s| (s.features.as_slice(), s.right)).collect()
}
