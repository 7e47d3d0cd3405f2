//! Small systems of linear equations.

/// The x with A x = b, by Gaussian elimination with partial pivoting; `None` where A is singular to working precision.
///
/// `a` holds the rows of a square matrix, `b` as many numbers.
pub(crate) fn solve(a: Vec<Vec<f64>>, b: Vec<f64>) -> Option<Vec<f64>> {
    solve_signed(a, b).map(|(x, _)| x)
}

/// The same, and whether the determinant of A is positive.
pub(crate) fn solve_signed(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<(Vec<f64>, bool)> {
    let n = b.len();
    let mut positive = true;
    let scale = a.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    for k in 0..n {
        let pivot = (k..n).max_by(|i, j| a[*i][k].abs().total_cmp(&a[*j][k].abs()))?;
        if a[pivot][k].is_nan() || a[pivot][k].abs() <= scale * 1e-14 {
            return None;
        }
        positive ^= (pivot != k) ^ (a[pivot][k] < 0.0);
        a.swap(k, pivot);
        b.swap(k, pivot);
        let (done, rest) = a.split_at_mut(k + 1);
        for (i, row) in rest.iter_mut().enumerate() {
            let factor = row[k] / done[k][k];
            if factor != 0.0 {
                for (x, p) in row[k..].iter_mut().zip(&done[k][k..]) {
                    *x -= factor * p;
                }
                b[k + 1 + i] -= factor * b[k];
            }
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    b.iter().all(|x| x.is_finite()).then_some((b, positive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_needs_a_pivot_is_solved() {
        let x = solve(vec![vec![0.0, 2.0, 1.0], vec![1.0, 1.0, 0.0], vec![3.0, 0.0, -1.0]], vec![7.0, 3.0, 0.0]).unwrap();
        for (found, expected) in x.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12, "{x:?}");
        }
    }

    #[test]
    fn the_sign_of_the_determinant_counts_swaps_and_pivots() {
        let positive = |a: [[f64; 2]; 2]| solve_signed(a.iter().map(|r| r.to_vec()).collect(), vec![1.0, 1.0]).unwrap().1;
        assert!(positive([[1.0, 0.0], [0.0, 1.0]]) && positive([[-1.0, 0.0], [0.0, -1.0]]) && positive([[0.0, -1.0], [1.0, 0.0]]));
        assert!(!positive([[0.0, 1.0], [1.0, 0.0]]) && !positive([[1.0, 3.0], [2.0, 1.0]]));
    }

    #[test]
    fn a_singular_system_has_no_answer() {
        assert_eq!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]), None);
        assert_eq!(solve(vec![vec![f64::NAN]], vec![1.0]), None);
        assert_eq!(solve(vec![], vec![]), Some(vec![]));
    }
}
