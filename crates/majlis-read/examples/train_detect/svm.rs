//! L2-regularised linear classifier with squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008).

/// A sparse row.
pub(crate) type Row = Vec<(u32, f32)>;

/// A row's weight as a positive and as a negative example: soft labels have both.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Label {
    pub(crate) pos: f32,
    pub(crate) neg: f32,
}

/// SplitMix64: small, seeded, the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.draw() % (i as u64 + 1)) as usize);
        }
    }
}

const EPOCHS: usize = 100;
const TOLERANCE: f32 = 0.01;

/// Fits weights for features `0..dim` and a bias (last), `c` being the cost of an error.
pub(crate) fn fit(rows: &[Row], labels: &[Label], dim: usize, c: f32) -> Vec<f32> {
    let mut w = vec![0f32; dim + 1];
    let mut alpha = vec![[0f32; 2]; rows.len()];
    let norms: Vec<f32> = rows.iter().map(|r| 1.0 + r.iter().map(|f| f.1 * f.1).sum::<f32>()).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random(7);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut worst = 0f32;
        for &i in &order {
            let mut z = w[dim] + rows[i].iter().map(|f| w[f.0 as usize] * f.1).sum::<f32>();
            let mut change = 0f32;
            for (side, cost) in [labels[i].pos, labels[i].neg].into_iter().enumerate() {
                if cost <= 0.0 {
                    continue;
                }
                let y = if side == 0 { 1.0 } else { -1.0 };
                let diagonal = 0.5 / (c * cost);
                let a = alpha[i][side];
                let gradient = y * z - 1.0 + a * diagonal;
                worst = worst.max(if a == 0.0 { -gradient } else { gradient.abs() });
                let next = (a - gradient / (norms[i] + diagonal)).max(0.0);
                alpha[i][side] = next;
                change += (next - a) * y;
                z += (next - a) * y * norms[i];
            }
            if change != 0.0 {
                for f in &rows[i] {
                    w[f.0 as usize] += change * f.1;
                }
                w[dim] += change;
            }
        }
        if worst < TOLERANCE {
            break;
        }
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separable_set_is_separated_the_same_way_twice() {
        let rows: Vec<Row> = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, 0.9), (2, 0.1)], vec![(1, 0.8), (2, 0.2)]];
        let yes = Label { pos: 1.0, neg: 0.0 };
        let no = Label { pos: 0.0, neg: 1.0 };
        let w = fit(&rows, &[yes, no, yes, no], 3, 1.0);
        assert!(w[0] > 0.0 && w[1] < 0.0);
        assert_eq!(w, fit(&rows, &[yes, no, yes, no], 3, 1.0));
    }
}
