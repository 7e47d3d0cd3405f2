/// How a task is learned.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Weight of a positive.
    pub positive: f32,
    /// Of a difficult negative's accepting votes, the part that counts as positive.
    pub soft: f32,
    /// Weight of a difficult negative and of an ambiguous record.
    pub difficult: f32,
    pub ambiguous: f32,
    /// Cost of an error for the two classifiers, and their shares.
    pub cost_idf: f32,
    pub cost_ratio: f32,
    pub share_ratio: f32,
    /// Cost of an error for the trigger classifier, and its share in the sum.
    pub cost_trigger: f32,
    pub share_trigger: f32,
    /// Size of each group of features.
    pub sizes: [f32; NAMESPACES],
}

/// In the order of [`crate::TASKS`].
pub fn recipes() -> [Recipe; 2] {
    [
        Recipe {
            positive: 2.0,
            soft: 1.0,
            difficult: 0.5,
            ambiguous: 0.3,
            cost_idf: 0.1,
            cost_ratio: 0.05,
            share_ratio: 0.5,
            cost_trigger: 0.1,
            share_trigger: 0.25,
            sizes: [1.0, 1.0, 1.0, 1.0, 0.7, 0.3, 0.7, 1.0, 0.4, 0.4],
        },
        Recipe {
            positive: 1.0,
            soft: 0.3,
            difficult: 0.6,
            ambiguous: 0.5,
            cost_idf: 0.1,
            cost_ratio: 0.05,
            share_ratio: 0.0,
            cost_trigger: 0.1,
            share_trigger: 0.4,
            sizes: [1.0, 1.0, 0.5, 0.0, 0.7, 0.7, 0.7, 0.0, 0.4, 0.4],
        },
    ]
}

/// A task's weights before quantisation.
pub struct Column {
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
    fn learn(samples: &[&Sample], recipe: &Recipe) -> Trigger {
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
        let rows: Vec<&Row> = often.iter().collect();
        let mut t = Trigger { weights: fit(&rows, &labels, 1 << TRIGGER_BITS, recipe.cost_trigger), share: 1.0 };
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
        "yes" => (1.0, 1.0),
        "ambiguous" => (share, recipe.ambiguous),
        "difficult no" => (recipe.soft * share, recipe.difficult),
        _ => (0.0, 1.0),
    };
    Label { pos: pos * weight * recipe.positive, neg: (1.0 - pos) * weight }
}

/// Learns one task.
pub fn learn(samples: &[&Sample], recipe: &Recipe) -> Column {
    let labels: Vec<Label> = samples.iter().map(|s| label(&s.record, recipe)).collect();
    // what each bucket was seen with: records, positive and negative weight, group
    let mut seen: HashMap<u32, (u32, f32, f32, u8)> = HashMap::new();
    for (s, l) in samples.iter().zip(&labels) {
        for &(ns, bucket, _) in &s.values {
            let e = seen.entry(bucket).or_insert((0, 0.0, 0.0, ns));
            e.0 += 1;
            e.1 += l.pos;
            e.2 += l.neg;
        }
    }
    let mut kept: Vec<(u32, (u32, f32, f32, u8))> = seen.into_iter().filter(|e| e.1 .0 >= 2).collect();
    kept.sort_by_key(|e| e.0);
    let index: HashMap<u32, u32> = kept.iter().enumerate().map(|(i, e)| (e.0, i as u32)).collect();

    let n = samples.len() as f32;
    let pos: f32 = labels.iter().map(|l| l.pos).sum();
    let neg: f32 = labels.iter().map(|l| l.neg).sum();
    let idf: Vec<f32> = kept.iter().map(|e| ((1.0 + n) / (1.0 + e.1 .0 as f32)).ln() + 1.0).collect();
    let ratio: Vec<f32> =
        kept.iter().map(|e| (((e.1 .1 + 1.0) / (pos + 2.0)).ln() - ((e.1 .2 + 1.0) / (neg + 2.0)).ln()).abs()).collect();

    let mut bias = 0.0;
    let mut weights = vec![0f32; kept.len()];
    let mut scales = [0f32; NAMESPACES];
    let kinds = [(idf, recipe.cost_idf, 1.0 - recipe.share_ratio), (ratio, recipe.cost_ratio, recipe.share_ratio)];
    for (factor, cost, share) in kinds {
        if share == 0.0 {
            continue;
        }
        // a group's mean squared length becomes its size squared
        let mut squares = [0f64; NAMESPACES];
        for s in samples {
            for &(ns, bucket, v) in &s.values {
                if let Some(&i) = index.get(&bucket) {
                    squares[ns as usize] += (v * factor[i as usize]).powi(2) as f64;
                }
            }
        }
        let mut size = [0f32; NAMESPACES];
        for g in 0..NAMESPACES {
            size[g] = recipe.sizes[g] / ((squares[g] as f32 / n).sqrt()).max(1e-6);
        }
        if scales[0] == 0.0 {
            scales = size;
        }
        let rows: Vec<Row> = samples
            .iter()
            .map(|s| {
                let known = s.values.iter().filter_map(|&(ns, bucket, v)| index.get(&bucket).map(|&i| (ns, i, v)));
                known.map(|(ns, i, v)| (i, v * factor[i as usize] * size[ns as usize])).collect()
            })
            .collect();
        let refs: Vec<&Row> = rows.iter().collect();
        let w = fit(&refs, &labels, kept.len(), cost);
        // both classifiers speak equally loud
        let sums: Vec<f32> = rows.iter().map(|r| r.iter().map(|f| w[f.0 as usize] * f.1).sum()).collect();
        let deviation = deviation(&sums);
        bias += share * w[kept.len()] / deviation;
        for (i, e) in kept.iter().enumerate() {
            let g = e.1 .3 as usize;
            weights[i] += share / deviation * w[i] * factor[i] * size[g] / scales[g].max(1e-6);
        }
    }
    let trigger = Trigger::learn(samples, recipe);
    Column { bias, scales, weights: kept.iter().map(|e| e.0).zip(weights).collect(), trigger }
}

impl Column {
    fn sum(&self, s: &Sample) -> f32 {
        let known = s.values.iter().filter_map(|f| self.weights.get(&f.1).map(|w| w * f.2 * self.scales[f.0 as usize]));
        self.bias + known.sum::<f32>() + self.trigger.share * self.trigger.best(s)
    }
}

/// Learns a task with its calibration and threshold, both from sums of models that had not seen the record.
pub fn head(samples: &[&Sample], recipe: &Recipe, rounds: u64) -> (Column, Head) {
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
            let z = z as f64;
            let p = 1.0 / (1.0 + (-(a * z + b)).exp());
            let (g, h) = (p - y as u8 as f64, (p * (1.0 - p)).max(1e-9));
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

/// Builds a detector of two learned tasks; a task may be missing.
pub fn assemble(parts: [Option<(Column, Head)>; 2]) -> Detector {
    let mut table = vec![[0i8; 2]; 1 << BITS];
    let mut triggers = vec![[0i8; 2]; 1 << TRIGGER_BITS];
    let mut heads = [Head::default(), Head::default()];
    for (task, part) in parts.into_iter().enumerate() {
        let Some((column, mut head)) = part else { continue };
        let step = step(column.weights.values());
        for (&bucket, w) in &column.weights {
            table[bucket as usize][task] = (w / step).round() as i8;
        }
        head.scales = column.scales.map(|s| s * step);
        let (bias, weights) = column.trigger.weights.split_last().expect("a bias");
        head.trigger_step = self::step(weights.iter());
        for (slot, w) in triggers.iter_mut().zip(weights) {
            slot[task] = (w / head.trigger_step).round() as i8;
        }
        head.trigger_bias = *bias;
        head.trigger_share = column.trigger.share;
        heads[task] = head;
    }
    Detector::new(heads, table, triggers)
}

/// The step that makes the largest weight 127 steps.
fn step<'a>(weights: impl Iterator<Item = &'a f32>) -> f32 {
    weights.fold(0f32, |m, w| m.max(w.abs())).max(1e-9) / 127.0
}

