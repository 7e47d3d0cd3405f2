//! Honest measuring.

use crate::learn::{Recipe, assemble, head};
use crate::records::{Sample, folds};

/// Average precision, precision, recall and F1 as the benchmark's `score.py` defines them, 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) ap: f32,
    pub(crate) precision: f32,
    pub(crate) recall: f32,
    pub(crate) f1: f32,
}

impl Figures {
    /// The means of several.
    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean = |get: fn(&Self) -> f32| all.iter().map(get).sum::<f32>() / all.len() as f32;
        Self { ap: mean(|f| f.ap), precision: mean(|f| f.precision), recall: mean(|f| f.recall), f1: mean(|f| f.f1) }
    }
}

/// A scored sentence: its score, whether it was taken for an event, whether it is one.
type Scored = (f32, bool, bool);

fn figures(rows: &[Scored]) -> Figures {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    let (mut hits, mut total) = (0.0, 0.0);
    for (i, r) in sorted.iter().enumerate() {
        if r.2 {
            hits += 1.0;
            total += hits / (i as f32 + 1.0);
        }
    }
    let tp = rows.iter().filter(|r| r.1 && r.2).count() as f32;
    let said = rows.iter().filter(|r| r.1).count() as f32;
    let precision = if said > 0.0 { tp / said } else { 0.0 };
    let recall = if hits > 0.0 { tp / hits } else { 0.0 };
    let f1 = if tp > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    Figures { ap: if hits > 0.0 { total / hits } else { 0.0 }, precision, recall, f1 }
}

/// Five-fold over documents; each fold's model is quantised and has its own calibration and threshold.
pub(crate) fn cross_validate(samples: &[Sample], recipe: &Recipe, seed: u64) -> Figures {
    let all: Vec<&Sample> = samples.iter().collect();
    let fold = folds(&all, 5, seed);
    let mut rows = Vec::new();
    for k in 0..5 {
        let part: Vec<&Sample> = all.iter().zip(&fold).filter(|s| *s.1 != k).map(|s| *s.0).collect();
        let learned = head(&part, recipe, 1);
        let detector = assemble(&[Some(&learned), None]);
        for (s, _) in all.iter().zip(&fold).filter(|s| *s.1 == k && s.0.record.counts()) {
            let score = detector.score(&s.record.text)[0];
            rows.push((score, score >= detector.thresholds()[0], s.record.positive()));
        }
    }
    figures(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn average_precision_breaks_ties_against_the_predictor() {
        let f = figures(&[(0.9, true, true), (0.5, true, false), (0.5, false, true)]);
        assert!((f.ap - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-6);
        assert!((f.f1 - 0.5).abs() < 1e-6);
    }
}
