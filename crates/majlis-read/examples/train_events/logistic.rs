//! Logistic regression over hashed features.

use crate::Weights;
use majlis_read::linear::BUCKETS;

pub(crate) fn probability(weights: &Weights, features: &[u32]) -> f32 {
    1.0 / (1.0 + (-features.iter().map(|&f| weights[f as usize]).sum::<f32>()).exp())
}

/// The summed loss plus `l2`/2 times the squared weights, by full-batch AdaGrad in a fixed order.
pub(crate) fn fit(items: &[(&[u32], bool)], l2: f32) -> Weights {
    let mut weights = [0f32; BUCKETS];
    let mut squares = [1e-6f32; BUCKETS];
    for _ in 0..400 {
        let mut gradient = [0f32; BUCKETS];
        for (features, yes) in items {
            let error = probability(&weights, features) - f32::from(*yes);
            for &f in *features {
                gradient[f as usize] += error;
            }
        }
        crate::step(&mut weights, &mut squares, &gradient, l2);
    }
    weights
}
