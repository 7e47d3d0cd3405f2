//! Learning a task.
//!
//! A task's score is a sum of two parts. The first is one or two linear classifiers over the sentence's features, weighted
//! by inverse document frequency and by the naive Bayes log-count ratio; both collapse into one column of the table.
//! The second is a linear classifier of single words, learned from the words that annotators marked: its best word counts.
//! Whatever is learned from labels or frequencies (ratios, weights, calibration, threshold) comes from the samples given.

use crate::records::{Record, Sample, folds};
use crate::svm::{Label, Row, fit};
use majlis_read::Detector;
use majlis_read::detect::features::{BITS, NAMESPACES, TRIGGER_BITS};
use majlis_read::detect::model::{Head, TRIGGER_FLOOR};
use std::collections::{BTreeMap, HashMap};

/// How a task is learned.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    /// Weight of a positive.
    pub(crate) positive: f32,
    /// Of a difficult negative's accepting votes, the part that counts as positive.
    pub(crate) soft: f32,
    /// Weight of a difficult negative.
    pub(crate) difficult: f32,
    /// Weight of an ambiguous record.
    pub(crate) ambiguous: f32,
    /// Weight of a sentence of our own.
    pub(crate) own: f32,
    /// Cost of an error for the classifier by document frequency.
    pub(crate) cost_idf: f32,
    /// Cost of an error for the classifier by log-count ratio.
    pub(crate) cost_ratio: f32,
    /// Share of the latter; the former has the rest.
    pub(crate) share_ratio: f32,
    /// Cost of an error for the classifier of words.
    pub(crate) cost_trigger: f32,
    /// Its share in the sum.
    pub(crate) share_trigger: f32,
    /// Size of each group of features.
    pub(crate) sizes: [f32; NAMESPACES],
}

/// In the order of [`majlis_read::detect::TASKS`].
pub(crate) fn recipes() -> [Recipe; 2] {
    [
        Recipe {
            positive: 2.0,
            soft: 1.0,
            difficult: 0.5,
            ambiguous: 0.3,
            own: 1.0,
            cost_idf: 0.1,
            cost_ratio: 0.02,
            share_ratio: 0.5,
            cost_trigger: 0.1,
            share_trigger: 0.25,
            sizes: [1.0, 0.0, 1.0, 1.4, 0.7, 0.3, 0.7, 1.0, 0.4, 0.4, 1.0],
        },
        Recipe {
            positive: 1.0,
            soft: 0.3,
            difficult: 0.6,
            ambiguous: 0.5,
            own: 1.0,
            cost_idf: 0.1,
            cost_ratio: 0.02,
            share_ratio: 0.5,
            cost_trigger: 0.1,
            share_trigger: 0.4,
            sizes: [1.5, 1.0, 0.5, 0.0, 0.7, 0.7, 0.7, 0.0, 0.4, 0.4, 0.7],
        },
    ]
}

/// A task's weights before quantisation.
pub(crate) struct Column {
    bias: f32,
    scales: [f32; NAMESPACES],
    weights: HashMap<u32, f32>,
    trigger: Trigger,
}

/// The classifier of words.
#[derive(Default)]
struct Trigger {
    /// One a bucket, and the bias.
    weights: Vec<f32>,
    /// What its best word counts in the sentence's sum.
    share: f32,
}

impl Trigger {
    /// Learns which candidate words annotators mark; a sentence that is no event has none.
    fn learn(samples: &[&Sample], recipe: &Recipe) -> Self {
        let (mut rows, mut labels) = (Vec::new(), Vec::new());
        for s in samples.iter().filter(|s| s.record.counts()) {
            let weight = if s.record.label == "difficult no" { 0.2 } else { 1.0 };
            for (row, marked) in &s.candidates {
                rows.push(row);
                labels.push(if *marked { Label { pos: weight, neg: 0.0 } } else { Label { pos: 0.0, neg: weight } });
            }
        }
        let mut seen = vec![0u32; 1 << TRIGGER_BITS];
        rows.iter().flat_map(|r| r.iter()).for_each(|f| seen[f.0 as usize] += 1);
        let often: Vec<Row> = rows.iter().map(|r| r.iter().filter(|f| seen[f.0 as usize] >= 2).copied().collect()).collect();
        let mut t = Self { weights: fit(&often, &labels, 1 << TRIGGER_BITS, recipe.cost_trigger), share: 1.0 };
        let best: Vec<f32> = samples.iter().map(|s| t.best(s)).collect();
        t.share = recipe.share_trigger / deviation(&best);
        t
    }

    fn best(&self, s: &Sample) -> f32 {
        let bias = self.weights.last().copied().unwrap_or(0.0);
        let sums = s.candidates.iter().map(|c| bias + c.0.iter().map(|f| self.weights[f.0 as usize]).sum::<f32>());
        sums.fold(TRIGGER_FLOOR, f32::max)
    }
}

fn deviation(values: &[f32]) -> f32 {
    let n = values.len() as f32;
    let mean = values.iter().sum::<f32>() / n;
    (values.iter().map(|z| (z - mean).powi(2)).sum::<f32>() / n).sqrt().max(1e-6)
}

fn label(r: &Record, recipe: &Recipe) -> Label {
    let share = r.accept / (r.accept + r.reject).max(1.0);
    let (pos, weight) = match r.label.as_str() {
        _ if r.own => (f32::from(r.positive()), recipe.own),
        "yes" => (1.0, 1.0),
        "ambiguous" => (share, recipe.ambiguous),
        "difficult no" => (recipe.soft * share, recipe.difficult),
        _ => (0.0, 1.0),
    };
    Label { pos: pos * weight * recipe.positive, neg: (1.0 - pos) * weight }
}

/// What a bucket was seen with.
#[derive(Clone, Copy, Default)]
struct Seen {
    ns: u8,
    records: u32,
    pos: f32,
    neg: f32,
}

/// The buckets seen with at least two records, in order.
fn buckets(samples: &[&Sample], labels: &[Label]) -> Vec<(u32, Seen)> {
    let mut seen: BTreeMap<u32, Seen> = BTreeMap::new();
    for (s, l) in samples.iter().zip(labels) {
        for &(ns, bucket, _) in &s.values {
            let e = seen.entry(bucket).or_insert(Seen { ns, ..Seen::default() });
            e.records += 1;
            e.pos += l.pos;
            e.neg += l.neg;
        }
    }
    seen.into_iter().filter(|e| e.1.records >= 2).collect()
}

/// Inverse document frequency of each bucket.
fn idf(kept: &[(u32, Seen)], records: usize) -> Vec<f32> {
    kept.iter().map(|e| ((1.0 + records as f32) / (1.0 + e.1.records as f32)).ln() + 1.0).collect()
}

/// How strongly each bucket goes with one side: the log-count ratio of naive Bayes, without its sign.
fn ratio(kept: &[(u32, Seen)], labels: &[Label]) -> Vec<f32> {
    let pos: f32 = labels.iter().map(|l| l.pos).sum();
    let neg: f32 = labels.iter().map(|l| l.neg).sum();
    kept.iter().map(|e| (((e.1.pos + 1.0) / (pos + 2.0)).ln() - ((e.1.neg + 1.0) / (neg + 2.0)).ln()).abs()).collect()
}

/// Learns one task.
fn learn(samples: &[&Sample], recipe: &Recipe) -> Column {
    let labels: Vec<Label> = samples.iter().map(|s| label(&s.record, recipe)).collect();
    let kept = buckets(samples, &labels);
    let index: HashMap<u32, u32> = kept.iter().enumerate().map(|(i, e)| (e.0, i as u32)).collect();
    let known: Vec<Vec<(u8, u32, f32)>> =
        samples.iter().map(|s| s.values.iter().filter_map(|&(ns, bucket, v)| Some((ns, *index.get(&bucket)?, v))).collect()).collect();
    let kinds = [(idf(&kept, samples.len()), recipe.cost_idf, 1.0 - recipe.share_ratio), (ratio(&kept, &labels), recipe.cost_ratio, recipe.share_ratio)];
    let mut bias = 0.0;
    let mut weights = vec![0f32; kept.len()];
    let mut scales = [0f32; NAMESPACES];
    for (factor, cost, share) in kinds {
        if share == 0.0 {
            continue;
        }
        let size = group_sizes(&known, &factor, &recipe.sizes);
        if scales[0] == 0.0 {
            scales = size;
        }
        let rows: Vec<Row> = known.iter().map(|r| r.iter().map(|&(ns, i, v)| (i, v * factor[i as usize] * size[ns as usize])).collect()).collect();
        let w = fit(&rows, &labels, kept.len(), cost);
        // both classifiers speak equally loud
        let sums: Vec<f32> = rows.iter().map(|r| r.iter().map(|f| w[f.0 as usize] * f.1).sum()).collect();
        let deviation = deviation(&sums);
        bias += share * w[kept.len()] / deviation;
        for (i, e) in kept.iter().enumerate() {
            let g = e.1.ns as usize;
            weights[i] += share / deviation * w[i] * factor[i] * size[g] / scales[g].max(1e-6);
        }
    }
    let trigger = Trigger::learn(samples, recipe);
    Column { bias, scales, weights: kept.iter().map(|e| e.0).zip(weights).collect(), trigger }
}

/// What to multiply each group's values with to make its mean squared length the square of its size.
fn group_sizes(rows: &[Vec<(u8, u32, f32)>], factor: &[f32], sizes: &[f32; NAMESPACES]) -> [f32; NAMESPACES] {
    let mut squares = [0f64; NAMESPACES];
    for &(ns, i, v) in rows.iter().flatten() {
        squares[ns as usize] += f64::from((v * factor[i as usize]).powi(2));
    }
    std::array::from_fn(|g| sizes[g] / (squares[g] as f32 / rows.len() as f32).sqrt().max(1e-6))
}

impl Column {
    fn sum(&self, s: &Sample) -> f32 {
        let known = s.values.iter().filter_map(|f| self.weights.get(&f.1).map(|w| w * f.2 * self.scales[f.0 as usize]));
        self.bias + known.sum::<f32>() + self.trigger.share * self.trigger.best(s)
    }
}

/// Learns a task with its calibration and threshold, both from sums of models that had not seen the record.
pub(crate) fn head(samples: &[&Sample], recipe: &Recipe, rounds: u64) -> (Column, Head) {
    let mut pairs = Vec::new();
    for seed in 0..rounds {
        let fold = folds(samples, 5, 1000 + seed);
        for k in 0..5 {
            let part: Vec<&Sample> = samples.iter().zip(&fold).filter(|s| *s.1 != k).map(|s| *s.0).collect();
            let column = learn(&part, recipe);
            let rest = samples.iter().zip(&fold).filter(|s| *s.1 == k && s.0.record.counts());
            pairs.extend(rest.map(|(s, _)| (column.sum(s), s.record.positive())));
        }
    }
    let (slope, shift) = calibrate(&pairs);
    let mut head = Head { slope, shift, ..Head::default() };
    head.threshold = threshold(pairs.iter().map(|p| head.probability(p.0)).collect());
    let column = learn(samples, recipe);
    head.bias = column.bias;
    (column, head)
}

/// Logistic regression on one number (Platt), by Newton steps.
fn calibrate(pairs: &[(f32, bool)]) -> (f32, f32) {
    let n = pairs.len() as f64;
    let (mut a, mut b) = (1f64, 0f64);
    for _ in 0..50 {
        let (mut ga, mut gb, mut aa, mut ab, mut bb) = (1e-3 * a, 0.0, 1e-3, 0.0, 1e-9);
        for &(z, y) in pairs {
            let z = f64::from(z);
            let p = 1.0 / (1.0 + (-(a * z + b)).exp());
            let (g, h) = (p - f64::from(y), (p * (1.0 - p)).max(1e-9));
            ga += g * z / n;
            gb += g / n;
            aa += h * z * z / n;
            ab += h * z / n;
            bb += h / n;
        }
        let d = aa * bb - ab * ab;
        let (da, db) = ((bb * ga - ab * gb) / d, (aa * gb - ab * ga) / d);
        a -= da.clamp(-2.0, 2.0);
        b -= db.clamp(-2.0, 2.0);
    }
    (a as f32, b as f32)
}

/// The threshold with the best F1 that calibrated probabilities lead one to expect; steadier than the best F1 seen.
fn threshold(mut probabilities: Vec<f32>) -> f32 {
    probabilities.sort_by(|a, b| b.total_cmp(a));
    let positives: f32 = probabilities.iter().sum();
    let (mut hits, mut best, mut at) = (0.0, 0.0, 0.5);
    for (i, &p) in probabilities.iter().enumerate() {
        hits += p;
        let f1 = 2.0 * hits / (i as f32 + 1.0 + positives);
        if f1 > best {
            (best, at) = (f1, p);
        }
    }
    at
}

/// Builds a detector of two learned tasks; one that is missing finds nothing.
pub(crate) fn assemble(parts: &[Option<&(Column, Head)>; 2]) -> Detector {
    let mut table = vec![[0i8; 2]; 1 << BITS];
    let mut triggers = vec![[0i8; 2]; 1 << TRIGGER_BITS];
    let mut heads = [0, 1].map(|_| Head { threshold: 1.0, ..Head::default() });
    for (task, part) in parts.iter().enumerate() {
        let Some((column, head)) = part else { continue };
        let step = step(column.weights.values());
        for (bucket, pair) in table.iter_mut().enumerate() {
            pair[task] = column.weights.get(&(bucket as u32)).map_or(0, |w| (w / step).round() as i8);
        }
        let words = &column.trigger.weights[..1 << TRIGGER_BITS];
        let trigger_step = self::step(words.iter());
        for (pair, w) in triggers.iter_mut().zip(words) {
            pair[task] = (w / trigger_step).round() as i8;
        }
        heads[task] = Head {
            scales: column.scales.map(|s| s * step),
            trigger_step,
            trigger_bias: column.trigger.weights[1 << TRIGGER_BITS],
            trigger_share: column.trigger.share,
            ..head.clone()
        };
    }
    Detector::new(heads, table, triggers)
}

/// The step that makes the largest weight 127 steps.
fn step<'a>(weights: impl Iterator<Item = &'a f32>) -> f32 {
    weights.fold(0f32, |m, w| m.max(w.abs())).max(1e-9) / 127.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threshold_parts_the_classes() {
        let t = threshold(vec![0.1, 0.95, 0.05, 0.9]);
        assert_eq!(t, 0.9);
    }

    #[test]
    fn calibration_keeps_the_share_of_positives() {
        let pairs: Vec<(f32, bool)> = (0..100).map(|i| (i as f32 / 50.0 - 1.0, i % 10 > 5 + 4 * i32::from(i < 50))).collect();
        let (slope, shift) = calibrate(&pairs);
        let head = Head { slope, shift, ..Head::default() };
        let mean = pairs.iter().map(|p| head.probability(p.0)).sum::<f32>() / 100.0;
        assert!(slope > 0.0 && (mean - 0.2).abs() < 0.01, "{slope} {mean}");
    }
}
