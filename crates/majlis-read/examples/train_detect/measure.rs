/// Average precision, precision, recall and F1 as `score.py` defines them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub ap: f32,
    pub precision: f32,
    pub recall: f32,
    pub f1: f32,
}

/// From score, said, truth.
pub fn figures(rows: &[(f32, bool, bool)]) -> Figures {
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
pub fn cross_validate(samples: &[Sample], recipe: &Recipe, seed: u64) -> Figures {
    let all: Vec<&Sample> = samples.iter().collect();
    let fold = folds(&all, 5, seed);
    let mut rows = Vec::new();
    for k in 0..5 {
        let part: Vec<&Sample> = all.iter().zip(&fold).filter(|s| *s.1 != k).map(|s| *s.0).collect();
        let (column, head) = head(&part, recipe, 1);
        let detector = assemble([Some((column, head)), None]);
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

    fn record(id: &str, text: &str) -> Record {
        Record { id: id.into(), text: text.into(), label: "yes".into(), accept: 3.0, reject: 0.0 }
    }

    #[test]
    fn documents_and_near_duplicates_stay_together() {
        let g = groups(&[
            record("A.1-1", "قتل ثلاثة جنود في هجوم أمس"),
            record("A.1-2", "كلام آخر تماما لا صلة له"),
            record("B.1-1", "قتل ثلاثة جنود في هجوم قرب المدينة"),
            record("C.1-1", "زار الوزير دمشق"),
        ]);
        assert_eq!(g[0], g[1]);
        assert_eq!(g[0], g[2]);
        assert_ne!(g[0], g[3]);
    }

    #[test]
    fn threshold_parts_the_classes() {
        let t = threshold(vec![0.1, 0.95, 0.05, 0.9]);
        assert_eq!(t, 0.9);
    }

    #[test]
    fn calibration_keeps_the_share_of_positives() {
        let pairs: Vec<(f32, bool)> = (0..100).map(|i| (i as f32 / 50.0 - 1.0, i % 10 > 5 + 4 * (i < 50) as i32)).collect();
        let (slope, shift) = calibrate(&pairs);
        let head = Head { slope, shift, ..Head::default() };
        let mean = pairs.iter().map(|p| head.probability(p.0)).sum::<f32>() / 100.0;
        assert!(slope > 0.0 && (mean - 0.2).abs() < 0.01, "{slope} {mean}");
    }
}
