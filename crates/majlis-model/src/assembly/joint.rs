//! Votes for and against together, for when the quorum is in doubt.

use super::vote::{Group, Rule};

/// The joint distribution of votes for and votes against, in a window outside which less than 1e-13 lies.
// Invariant: at least one row, rows of `width` cells.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    /// Votes for in the first row, and votes against in the first column.
    yes: usize,
    no: usize,
    width: usize,
    cells: Vec<f64>,
}

/// An edge of the window that holds less than this is cut off. A house of a thousand in a hundred blocs cuts about a thousand edges.
const EDGE: f64 = 1e-17;
/// The window is cut after so many members.
const CUT: u32 = 8;

impl Joint {
    /// Nobody votes.
    pub(super) fn nobody() -> Self {
        Self { yes: 0, no: 0, width: 1, cells: vec![1.0] }
    }

    /// The same, once the members of a group have voted.
    pub(super) fn join(mut self, group: &Group) -> Self {
        if group.yes + group.no <= 0.0 {
            return self;
        }
        for member in 1..=group.members {
            self.vote(group);
            if member % CUT == 0 {
                self.cut();
            }
        }
        self.cut();
        self
    }

    fn vote(&mut self, group: &Group) {
        let (width, wider) = (self.width, self.width + 1);
        let mut cells = vec![0.0; self.cells.len() / width * wider + wider];
        for (r, row) in self.cells.chunks_exact(width).enumerate() {
            let (here, below) = cells[r * wider..(r + 2) * wider].split_at_mut(wider);
            for (c, before) in row.iter().enumerate() {
                below[c] = group.yes * before;
            }
            for (to, before) in here.iter_mut().zip(row) {
                *to += group.absent() * before;
            }
            for (to, before) in here[1..].iter_mut().zip(row) {
                *to += group.no * before;
            }
        }
        (self.cells, self.width) = (cells, wider);
    }

    fn cut(&mut self) {
        let rows: Vec<f64> = self.cells.chunks_exact(self.width).map(|row| row.iter().sum()).collect();
        let mut columns = vec![0.0; self.width];
        for row in self.cells.chunks_exact(self.width) {
            columns.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
        }
        let (first_row, last_row) = inner(&rows);
        let (first, last) = inner(&columns);
        self.cells = self.cells.chunks_exact(self.width).take(last_row).skip(first_row).flat_map(|row| &row[first..last]).copied().collect();
        (self.yes, self.no, self.width) = (self.yes + first_row, self.no + first, last - first);
    }

    /// The probability that a vote is valid and carried.
    pub(super) fn carried(&self, rule: &Rule) -> f64 {
        self.carried_with(rule, &Self::nobody())
    }

    /// The same, if an independent part votes too.
    pub(super) fn carried_with(&self, rule: &Rule, other: &Self) -> f64 {
        // before[r][c]: sum of the first c cells of the row.
        let wider = self.width + 1;
        let mut before = vec![0.0; self.cells.len() / self.width * wider];
        for (sums, row) in before.chunks_exact_mut(wider).zip(self.cells.chunks_exact(self.width)) {
            for (c, cell) in row.iter().enumerate() {
                sums[c + 1] = sums[c] + cell;
            }
        }
        let mut carried = 0.0;
        for (r, row) in other.cells.chunks_exact(other.width).enumerate() {
            for (k, sums) in before.chunks_exact(wider).enumerate() {
                let (from, to) = rule.noes(self.yes + k + other.yes + r);
                for (c, chance) in row.iter().enumerate() {
                    let no = self.no + other.no + c;
                    let (from, to) = (from.saturating_sub(no).min(self.width), to.saturating_sub(no).min(self.width));
                    if from < to {
                        carried += chance * (sums[to] - sums[from]);
                    }
                }
            }
        }
        carried
    }
}

/// The part of a line that is left when edges of less than [`EDGE`] are cut off; never nothing.
fn inner(line: &[f64]) -> (usize, usize) {
    let edge = |cells: &mut dyn Iterator<Item = &f64>| {
        let mut sum = 0.0;
        cells
            .take_while(|cell| {
                sum += **cell;
                sum < EDGE
            })
            .count()
    };
    let (first, last) = (edge(&mut line.iter()), line.len() - edge(&mut line.iter().rev()));
    if first < last { (first, last) } else { (0, line.len()) }
}
