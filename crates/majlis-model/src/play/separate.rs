//! What tells plays with an outcome from those without it: what happened in them, and which numbers they drew.

use super::outcome::Asked;
use super::record::{Happening, What};
use super::tally::Ending;
use super::world::World;
use serde::Serialize;

/// Something that tells one outcome from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Separator {
    /// What happened.
    pub event: Happening,
    /// Probability of the outcome in plays in which it had happened before the question was decided.
    pub with: f64,
    /// And in those in which it had not.
    pub without: f64,
    /// Phi coefficient of the two, −1 to 1.
    pub phi: f64,
}

/// A number on which an answer hangs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    /// Its name, as `--set` takes it.
    pub number: String,
    /// The answer, a probability or a mean, over the fifth of plays that drew it lowest.
    pub low: f64,
    /// And over the fifth that drew it highest.
    pub high: f64,
}

/// At most so many of either kind are told for an answer.
const TOLD: usize = 5;
/// An event in fewer plays than this, or in all but so few, separates nothing.
const RARE: f64 = 0.05;
/// Of an outcome in fewer plays than this, or in all but so few, it is not told what separates it or what it hangs on.
const SETTLED: f64 = 0.05;
/// The weakest correlation that is told.
const WEAK: f64 = 0.1;
/// Standard errors beyond which a difference is told: a chance of one in a thousand if there were none.
const ERRORS: f64 = 3.29;

/// What most separates plays that answer a question with yes from the others, the sharpest first.
///
/// Of what is decided at some moment, plays are compared in which it was still open at a landmark, the median step of its deciding,
/// by what had happened before that: else what is decided late would seem to come of whatever takes time (Anderson, Cain and Gelber
/// 1983).
pub(super) fn separators(world: &World, firsts: &Firsts, asked: &Asked, answers: &[bool]) -> Vec<Separator> {
    let deciding: Vec<usize> = (0..firsts.whats.len()).filter(|w| (asked.decides)(firsts.whats[*w])).collect();
    let decided = |play: usize| deciding.iter().map(|w| firsts.of(play)[*w]).min().unwrap_or(NEVER);
    let mut steps: Vec<u16> = (0..answers.len()).map(decided).filter(|step| *step != NEVER).collect();
    steps.sort_unstable();
    let landmark = steps.get(steps.len() / 2).copied().unwrap_or(NEVER);
    let open: Vec<usize> = (0..answers.len()).filter(|play| decided(*play) >= landmark).collect();
    let n = open.len() as f64;
    let yes = open.iter().filter(|play| answers[**play]).count() as f64;
    if !(SETTLED..=1.0 - SETTLED).contains(&(yes / n)) {
        return Vec::new();
    }
    let mut counts = vec![(0.0, 0.0); firsts.whats.len()];
    for &play in &open {
        for (count, _) in counts.iter_mut().zip(firsts.of(play)).filter(|(_, step)| **step < landmark) {
            count.0 += 1.0;
            count.1 += f64::from(u8::from(answers[play]));
        }
    }
    let mut found: Vec<(What, f64, f64, f64)> = firsts
        .whats
        .iter()
        .zip(counts)
        .filter(|(what, (count, _))| !(asked.decides)(**what) && (RARE..=1.0 - RARE).contains(&(count / n)))
        .map(|(what, (count, with))| {
            let phi = (n * with - count * yes) / (count * (n - count) * yes * (n - yes)).sqrt();
            (*what, with / count, (yes - with) / (n - count), phi)
        })
        .filter(|(.., phi)| phi.abs() >= WEAK.max(ERRORS / n.sqrt()))
        .collect();
    found.sort_by(|a, b| b.3.abs().total_cmp(&a.3.abs()).then_with(|| a.0.cmp(&b.0)));
    found.truncate(TOLD);
    found.into_iter().map(|(what, with, without, phi)| Separator { event: what.named(world), with, without, phi }).collect()
}

/// The plays that drew each number lowest and highest.
pub(super) struct Fifths(Vec<Option<[Vec<usize>; 2]>>);

impl Fifths {
    /// The fifths over plays that drew `numbers`; those of a number known exactly are left out.
    pub(super) fn new(world: &World, numbers: &[&[f64]]) -> Self {
        let fifth = numbers.len() / 5;
        let split = |(i, number): (usize, &super::cast::Number)| {
            if fifth == 0 || number.range.is_point() {
                return None;
            }
            let mut plays: Vec<usize> = (0..numbers.len()).collect();
            let order = |a: &usize, b: &usize| numbers[*a][i].total_cmp(&numbers[*b][i]).then_with(|| a.cmp(b));
            plays.select_nth_unstable_by(fifth - 1, order);
            let low = plays[..fifth].to_vec();
            plays.select_nth_unstable_by(numbers.len() - fifth, order);
            Some([low, plays[numbers.len() - fifth..].to_vec()])
        };
        Self(world.numbers.listed().iter().enumerate().map(split).collect())
    }

    /// The numbers on which an answer hangs most, the heaviest first; `answers` holds one number a play.
    pub(super) fn weights(&self, world: &World, answers: &[f64]) -> Vec<Weight> {
        let mean = |plays: &[usize]| plays.iter().map(|p| answers[*p]).sum::<f64>() / plays.len() as f64;
        let n = answers.len() as f64;
        let all = answers.iter().sum::<f64>() / n;
        let variance = answers.iter().map(|a| (a - all).powi(2)).sum::<f64>() / n;
        if is_settled(answers, all) {
            return Vec::new();
        }
        let least = ERRORS * (2.0 * variance / (n / 5.0)).sqrt();
        let mut found: Vec<Weight> = self
            .0
            .iter()
            .zip(world.numbers.listed())
            .filter_map(|(fifths, number)| {
                let [low, high] = fifths.as_ref()?;
                let weight = Weight { number: number.path.clone(), low: mean(low), high: mean(high) };
                ((weight.high - weight.low).abs() > least).then_some(weight)
            })
            .collect();
        let swing = |w: &Weight| (w.high - w.low).abs();
        found.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then_with(|| a.number.cmp(&b.number)));
        found.truncate(TOLD);
        found
    }
}

/// Whether a question is answered one way so often that nothing can be said of the other.
fn is_settled(answers: &[f64], mean: f64) -> bool {
    let is_share = answers.iter().all(|a| *a == 0.0 || *a == 1.0);
    is_share && !(SETTLED..=1.0 - SETTLED).contains(&mean)
}

/// No step: something never happened.
const NEVER: u16 = u16::MAX;

/// When each thing first happened in each play.
pub(super) struct Firsts {
    /// All that happened in any.
    pub(super) whats: Vec<What>,
    /// At `play * whats + what`.
    steps: Vec<u16>,
}

impl Firsts {
    pub(super) fn new(endings: &[Ending]) -> Self {
        let mut whats: Vec<What> = endings.iter().flat_map(|e| e.record.iter().map(|m| m.what)).collect();
        whats.sort_unstable();
        whats.dedup();
        let mut steps = vec![NEVER; whats.len() * endings.len()];
        for (play, ending) in endings.iter().enumerate() {
            for moment in &ending.record {
                if let Ok(what) = whats.binary_search(&moment.what) {
                    let first = &mut steps[play * whats.len() + what];
                    *first = (*first).min(moment.step);
                }
            }
        }
        Self { whats, steps }
    }

    fn of(&self, play: usize) -> &[u16] {
        &self.steps[play * self.whats.len()..][..self.whats.len()]
    }

    /// What happened in a play, and when first.
    pub(super) fn happened(&self, play: usize) -> impl Iterator<Item = (What, u16)> {
        self.whats.iter().copied().zip(self.of(play).iter().copied()).filter(|(_, step)| *step != NEVER)
    }
}
