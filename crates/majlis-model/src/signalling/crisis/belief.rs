//! How far a challenge is believed.

use crate::quadrature::gauss_legendre;
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_4, SQRT_2, TAU};
use std::sync::LazyLock;

/// The standard normal distribution function.
pub(super) fn normal(x: f64) -> f64 {
    statrs::function::erf::erfc(-x * FRAC_1_SQRT_2) / 2.0
}

/// Sine, 1 / (2 cos²) and weight at the nodes between 0 and π/4.
static ANGLES: LazyLock<Vec<[f64; 3]>> = LazyLock::new(|| {
    let angle = |x: f64| x * FRAC_PI_4;
    gauss_legendre(20).into_iter().map(|(x, w)| [angle(x).sin(), 0.5 / angle(x).cos().powi(2), w * FRAC_PI_4 / TAU]).collect()
});

/// Nodes and weights on 0–40, for integrals of e⁻ˢ times something slow.
static TAIL: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| gauss_legendre(48).into_iter().map(|(x, w)| (40.0 * x, 40.0 * w)).collect());

/// Beyond this, both ways of reaching the cutoff are tails, and their ratio is taken of scaled tails.
const FAR: f64 = 4.0;

/// P(war better than backing down | the better of the two beyond the cutoff). `u` and `v` are the distances of the cutoff from the
/// mean payoffs of war and of backing down, `lead` the difference of those means over √2; all may be infinite.
pub(super) fn firm(u: f64, v: f64, lead: f64) -> f64 {
    if u == f64::NEG_INFINITY || v == f64::NEG_INFINITY {
        return normal(lead);
    }
    if u > FAR && v > FAR {
        return tail(u, v, lead);
    }
    let challenge = normal(-u) + normal(u) * normal(-v);
    (both(-u, lead) / challenge).clamp(0.0, 1.0)
}

/// P(X ≤ h, Y ≤ k) of standard normals with correlation 1/√2: Φ(h) Φ(k) + (1/2π) ∫ exp(−(h² + k² − 2hk sin θ) / (2 cos² θ)) dθ over
/// 0 to π/4 (Drezner and Wesolowsky 1990).
fn both(h: f64, k: f64) -> f64 {
    let (square, cross) = (h * h + k * k, 2.0 * h * k);
    let integral: f64 = ANGLES.iter().map(|[sine, half, weight]| weight * (-(square - cross * sine) * half).exp()).sum();
    normal(h) * normal(k) + integral
}

/// The same ratio far out, where both parts are too small to divide: ∫ φ(x) Φ(x + v − u) dx from u on is φ(u) / u times an integral
/// of e⁻ˢ, and likewise with u and v changed.
fn tail(u: f64, v: f64, lead: f64) -> f64 {
    if u.is_infinite() || v.is_infinite() {
        return if lead > 0.0 {
            1.0
        } else if lead < 0.0 {
            0.0
        } else {
            0.5
        };
    }
    let part = |u: f64, v: f64| TAIL.iter().map(|(s, w)| w * (-s - (s / u).powi(2) / 2.0).exp() * normal(v + s / u)).sum::<f64>() / u;
    // (u² − v²) / 2, as a product so that nothing cancels.
    let exponent = -lead * SQRT_2 * (u + v) / 2.0;
    1.0 / (1.0 + exponent.exp() * part(v, u) / part(u, v))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ∫ φ(x) Φ(x + v − u) dx from u on, over ∫ φ(x) Φ(x + u − v) dx from v on added, by Simpson's rule from scaled integrands.
    fn brute(u: f64, v: f64) -> f64 {
        let n = 40_000;
        let base = u.max(-40.0).powi(2).min(v.max(-40.0).powi(2)) / 2.0 * f64::from(u8::from(u > 0.0 && v > 0.0));
        let part = |u: f64, v: f64| {
            let (from, to) = (u.max(-12.0), u.max(0.0) + 12.0);
            let h = (to - from) / f64::from(n);
            let f = |x: f64| (base - x * x / 2.0).exp() * normal(x + v - u);
            (0..=n).map(|i| f64::from(if i == 0 || i == n { 1 } else { 2 + 2 * (i % 2) }) * f(from + h * f64::from(i))).sum::<f64>() * h / 3.0
        };
        part(u, v) / (part(u, v) + part(v, u))
    }

    #[test]
    fn near_and_far_agree_with_direct_integration() {
        for (u, v) in [(0.0, 0.0), (-3.0, 1.0), (1.0, -3.0), (2.5, 3.9), (3.99, 3.99), (4.01, 4.01), (4.5, 6.0), (9.0, 8.5), (20.0, 20.1), (-8.0, -9.0)] {
            let found = firm(u, v, (v - u) * FRAC_1_SQRT_2);
            assert!((found - brute(u, v)).abs() < 1e-10, "{u} {v}: {found} {}", brute(u, v));
        }
    }

    #[test]
    fn the_limits_are_those_of_the_means() {
        let inf = f64::INFINITY;
        assert_eq!(firm(-inf, -inf, 0.0), 0.5);
        assert_eq!([1.0, 0.0, -1.0].map(|lead| firm(inf, inf, lead)), [1.0, 0.5, 0.0]);
        assert!((firm(1e5, 1e5, 0.0) - 0.5).abs() < 1e-12);
        assert_eq!(firm(1e5, 1e5 - 10.0, -10.0 * FRAC_1_SQRT_2), 0.0);
    }
}
