//! Gauss–Legendre quadrature: exact for polynomials.

/// Nodes and weights of the rule with `n` nodes on 0–1, exact for polynomials up to degree 2n − 1. At least one node.
///
/// The nodes are the roots of the Legendre polynomial, found by Newton's method from the usual cosine guess (Abramowitz and
/// Stegun 25.4.30).
#[must_use]
pub(crate) fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    let n = n.max(1);
    (0..n)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (p, before) = legendre(n, x);
                slope = n as f64 * (x * p - before) / (x * x - 1.0);
                let step = p / slope;
                x -= step;
                if step.abs() <= 1e-16 {
                    break;
                }
            }
            ((1.0 - x) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// The Legendre polynomials of degree n and n − 1 at x.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    (1..n).fold((x, 1.0), |(p, before), k| {
        let k = k as f64;
        (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_integrated_exactly() {
        for n in [1, 2, 5, 14, 100] {
            let rule = gauss_legendre(n);
            for degree in 0..2 * n {
                let integral: f64 = rule.iter().map(|(x, w)| w * x.powi(degree as i32)).sum();
                assert!((integral * (degree as f64 + 1.0) - 1.0).abs() < 1e-12, "{n} {degree} {integral}");
            }
        }
    }
}
