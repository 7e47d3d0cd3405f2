//! Whether chains of draws have come to the same distribution, and what they are worth (Gelman et al. 2013, sections 11.4 and 11.5).

/// Split R-hat of chains of equal length, and the effective number of draws: each chain is cut in two, and halves are compared.
pub(super) fn diagnose(chains: &[Vec<f64>]) -> (f64, f64) {
    let halves: Vec<&[f64]> = chains.iter().flat_map(|c| [&c[..c.len() / 2], &c[c.len() - c.len() / 2..]]).collect();
    let (m, n) = (halves.len() as f64, halves.first().map_or(0, |h| h.len()));
    let total = m * n as f64;
    if n < 2 {
        return (f64::INFINITY, total);
    }
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let means: Vec<f64> = halves.iter().map(|h| mean(h)).collect();
    let grand = mean(&means);
    let between = means.iter().map(|x| (x - grand).powi(2)).sum::<f64>() * n as f64 / (m - 1.0);
    // Covariance at a lag, on the mean of the halves.
    let covariance = |lag: usize| {
        let one = |(h, mean): (&&[f64], &f64)| (lag..n).map(|t| (h[t] - mean) * (h[t - lag] - mean)).sum::<f64>() / (n as f64 - 1.0);
        halves.iter().zip(&means).map(one).sum::<f64>() / m
    };
    let within = covariance(0);
    if within <= 0.0 {
        return (1.0, total);
    }
    let pooled = within * (n as f64 - 1.0) / n as f64 + between / n as f64;
    let correlation = |lag: usize| 1.0 - (within - covariance(lag)) / pooled;
    // Sums of two successive correlations, as long as they are positive and fall (Geyer 1992).
    let (mut sum, mut last) = (0.0, f64::INFINITY);
    for lag in (1..n - 1).step_by(2) {
        let pair = (correlation(lag) + correlation(lag + 1)).min(last);
        if pair <= 0.0 {
            break;
        }
        sum += pair;
        last = pair;
    }
    ((pooled / within).sqrt(), (total / (1.0 + 2.0 * sum)).min(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Streams;
    use rand_distr::{Distribution, StandardNormal};

    /// Chains of an autoregression, each shifted.
    fn chains(memory: f64, shift: f64) -> Vec<Vec<f64>> {
        Streams::new(1).map(4, |chain, rng| {
            let mut x = 0.0;
            let mut next = || {
                let noise: f64 = StandardNormal.sample(rng);
                x = memory * x + (1.0 - memory * memory).sqrt() * noise;
                x + shift * chain as f64
            };
            (0..2000).map(|_| next()).collect()
        })
    }

    #[test]
    fn free_draws_are_worth_themselves_and_dragging_ones_less() {
        let (free, dragging) = (diagnose(&chains(0.0, 0.0)), diagnose(&chains(0.9, 0.0)));
        assert!(free.0 < 1.01 && free.1 > 7000.0, "{free:?}");
        // An autoregression of memory r is worth (1 − r) / (1 + r) of its length.
        assert!((dragging.1 / (8000.0 / 19.0) - 1.0).abs() < 0.3, "{dragging:?}");
    }

    #[test]
    fn chains_that_disagree_are_found_out() {
        assert!(diagnose(&chains(0.0, 1.0)).0 > 1.2);
        assert_eq!(diagnose(&[vec![1.0; 10], vec![1.0; 10]]), (1.0, 20.0));
        assert_eq!(diagnose(&[]).1, 0.0);
    }
}
