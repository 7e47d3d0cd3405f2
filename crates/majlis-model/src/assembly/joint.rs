//! Votes for and against together, for when the quorum is in doubt.

use super::vote::{Group, Rule};

/// The joint distribution of votes for and votes against, in a window outside which less than 1e-11 lies.
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
const EDGE: f64 = 1e-15;
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
        let mut scratch = Vec::new();
        for member in 1..=group.members {
            self.vote(group, &mut scratch);
            if member % CUT == 0 {
                self.cut();
            }
        }
        self.cut();
        self
    }

    /// Adds one member of a group, with `cells` as scratch.
    fn vote(&mut self, group: &Group, cells: &mut Vec<f64>) {
        let (absent, yes, no) = (group.absent(), group.yes, group.no);
        let nothing = vec![0.0; self.width];
        let rows = || self.cells.chunks_exact(self.width);
        let above = [nothing.as_slice()].into_iter().chain(rows());
        cells.clear();
        for (here, above) in rows().chain([nothing.as_slice()]).zip(above) {
            let before = here[..self.width - 1].iter();
            cells.push(absent * here[0] + yes * above[0]);
            cells.extend(here[1..].iter().zip(before).zip(&above[1..]).map(|((here, before), above)| absent * here + no * before + yes * above));
            cells.push(no * here[self.width - 1]);
        }
        std::mem::swap(&mut self.cells, cells);
        self.width += 1;
    }

    fn cut(&mut self) {
        let rows: Vec<f64> = self.cells.chunks_exact(self.width).map(|row| row.iter().sum()).collect();
        let mut columns = vec![0.0; self.width];
        for row in self.cells.chunks_exact(self.width) {
            columns.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
        }
        let (first_row, last_row) = inner(&rows);
        let (first, last) = inner(&columns);
        let mut cells = Vec::with_capacity((last_row - first_row) * (last - first));
        for row in self.cells.chunks_exact(self.width).take(last_row).skip(first_row) {
            cells.extend_from_slice(&row[first..last]);
        }
        self.cells = cells;
        (self.yes, self.no, self.width) = (self.yes + first_row, self.no + first, last - first);
    }
}

/// For a vote whose quorum is in doubt: the probability that one part of the votes leaves so much to be done by the rest.
///
/// A vote is valid and carried if enough come and the deciding line is long enough, so two sums decide it: members who come, and
/// votes for, or votes for less those against.
pub(super) struct Tail<'a> {
    rule: &'a Rule,
    /// The least of either sum that the part may bring.
    come: usize,
    line: i64,
    width: usize,
    /// At (come, line): the probability that both sums are that or more.
    cells: Vec<f64>,
}

impl<'a> Tail<'a> {
    pub(super) fn new(joint: &Joint, rule: &'a Rule) -> Self {
        let rows = joint.cells.len() / joint.width;
        let weigh = |yes: usize, no: usize| yes as i64 - if rule.weighs_noes() { no as i64 } else { 0 };
        let (come, line) = (joint.yes + joint.no, weigh(joint.yes, joint.no + joint.width - 1));
        let width = (weigh(joint.yes + rows - 1, joint.no) - line) as usize + 1;
        let height = rows + joint.width - 1;
        let mut cells = vec![0.0; width * height];
        for (r, row) in joint.cells.chunks_exact(joint.width).enumerate() {
            for (c, cell) in row.iter().enumerate() {
                cells[(r + c) * width + (weigh(joint.yes + r, joint.no + c) - line) as usize] += cell;
            }
        }
        for row in cells.chunks_exact_mut(width) {
            (0..width - 1).rev().for_each(|c| row[c] += row[c + 1]);
        }
        for at in (0..width * (height - 1)).rev() {
            cells[at] += cells[at + width];
        }
        Self { rule, come, line, width, cells }
    }

    /// The probability that a vote is valid and carried if an independent part votes too.
    pub(super) fn carried_with(&self, rest: &Joint) -> f64 {
        let (quorum, needed) = (self.rule.quorum as usize, self.rule.line_needed());
        let mut carried = 0.0;
        for (r, row) in rest.cells.chunks_exact(rest.width).enumerate() {
            for (c, chance) in row.iter().enumerate() {
                let (yes, no) = (rest.yes + r, rest.no + c);
                let come = quorum.saturating_sub(yes + no + self.come);
                let line = yes as i64 - if self.rule.weighs_noes() { no as i64 } else { 0 };
                let line = (needed - line - self.line).max(0) as usize;
                if line < self.width {
                    carried += chance * self.cells.get(come * self.width + line).unwrap_or(&0.0);
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
