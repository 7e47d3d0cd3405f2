//! What each actor expects to gain by challenging each other. Numbers in brackets are the equations of Scholz, Calbert and Smith (2011).

use super::{Arena, Mode, SAME};

/// What everyone thinks of challenging everyone, in one round.
pub(super) struct Views {
    /// The risk exponent of each actor: 0.5 the most averse to risk, 1 neutral, 2 the most given to it (33).
    pub(super) exponents: Vec<f64>,
    actors: usize,
    own: Vec<f64>,
    adverse: Vec<f64>,
}

impl Views {
    pub(super) fn new(arena: &Arena<'_>, range: f64) -> Self {
        let actors = arena.positions.len();
        let exponents = exponents(&Pass::new(arena, range, &vec![1.0; actors]));
        let pass = Pass::new(arena, range, &exponents);
        let own = table(actors, |i, j| pass.gain(i, i, j));
        let adverse = match arena.settings.mode {
            Mode::Paper => table(actors, |i, j| own[j * actors + i]),
            Mode::Scholz => table(actors, |i, j| pass.gain(i, j, i)),
        };
        Self { exponents, actors, own, adverse }
    }

    /// What `actor` expects to gain by challenging `other`.
    pub(super) fn own(&self, actor: usize, other: usize) -> f64 {
        self.own[actor * self.actors + other]
    }

    /// What `other` gains by challenging `actor`, as `actor` reckons with it.
    pub(super) fn adverse(&self, actor: usize, other: usize) -> f64 {
        self.adverse[actor * self.actors + other]
    }
}

/// Risk exponents from the danger that each stands in: the sum of what the others gain by challenging it (32, 33).
fn exponents(neutral: &Pass<'_>) -> Vec<f64> {
    let actors = neutral.exponents.len();
    let danger: Vec<f64> = (0..actors).map(|i| (0..actors).map(|j| neutral.gain(i, j, i)).sum()).collect();
    let (least, most) = danger.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), d| (least.min(*d), most.max(*d)));
    let risk = |danger: f64| if most - least > SAME { (2.0 * danger - most - least) / (most - least) } else { 0.0 };
    danger.into_iter().map(|danger| (1.0 - risk(danger) / 3.0) / (1.0 + risk(danger) / 3.0)).collect()
}

/// All that gains are made of, for given risk exponents. Tables hold a row an actor.
struct Pass<'a> {
    arena: &'a Arena<'a>,
    range: f64,
    median: f64,
    exponents: &'a [f64],
    /// How likely the actor prevails over another.
    chance: Vec<f64>,
    /// What success and failure against another mean to the actor; success and failure of the other against it mean the same to it.
    success: Vec<f64>,
    failure: Vec<f64>,
}

impl<'a> Pass<'a> {
    fn new(arena: &'a Arena<'a>, range: f64, exponents: &'a [f64]) -> Self {
        let actors = exponents.len();
        let median = if arena.settings.q < 1.0 { arena.median() } else { 0.0 };
        let mut pass = Self { arena, range, median, exponents, chance: Vec::new(), success: Vec::new(), failure: Vec::new() };
        pass.success = table(actors, |i, j| utility(0.5 - 0.5 * pass.distance(i, j), exponents[i]));
        pass.failure = table(actors, |i, j| utility(0.5 + 0.5 * pass.distance(i, j), exponents[i]));
        pass.chance = pass.chances();
        pass
    }

    /// In parts of the range.
    fn distance(&self, i: usize, j: usize) -> f64 {
        (self.arena.positions[i] - self.arena.positions[j]).abs() / self.range
    }

    /// The gain of `challenger` by challenging `other`, as `viewer` sees it (25).
    fn gain(&self, viewer: usize, challenger: usize, other: usize) -> f64 {
        let actors = self.exponents.len();
        if self.arena.positions[challenger] == self.arena.positions[other] {
            return 0.0;
        }
        let against = viewer * actors + if viewer == challenger { other } else { challenger };
        let (success, failure) = (self.success[against], self.failure[against]);
        let resists = self.arena.salience[other];
        let chance = self.chance[challenger * actors + other];
        let challenge = resists * (chance * success + (1.0 - chance) * failure) + (1.0 - resists) * success;
        challenge - self.unchallenged(self.exponents[viewer], challenger, other)
    }

    /// What `challenger` expects of leaving `other` alone (22, 23, 24).
    fn unchallenged(&self, exponent: f64, challenger: usize, other: usize) -> f64 {
        let settings = self.arena.settings;
        let position = self.arena.positions[challenger];
        let stays = settings.reference.map_or(0.0, |at| (position - at).abs() / self.range);
        let status_quo = utility(0.5 + 0.5 * stays, exponent);
        if settings.q == 1.0 {
            return status_quo;
        }
        let to_median = (position - self.median).abs() / self.range;
        let to_other = self.distance(challenger, other);
        let moved = 0.25 * (to_median + to_other);
        let better = settings.t.unwrap_or(if to_other - to_median > SAME { 1.0 } else { 0.0 });
        let moves = better * utility(0.5 - moved, exponent) + (1.0 - better) * utility(0.5 + moved, exponent);
        settings.q * status_quo + (1.0 - settings.q) * moves
    }

    /// The chances to prevail: votes for the one as a part of all votes cast, weighted by how much nearer it is (28, 31).
    fn chances(&self) -> Vec<f64> {
        let actors = self.exponents.len();
        let bend = |distance: f64, voter: usize| match self.arena.settings.mode {
            Mode::Paper => distance,
            Mode::Scholz => power(distance, self.exponents[voter]),
        };
        let away: Vec<Vec<f64>> = (0..actors).map(|at| (0..actors).map(|voter| bend(self.distance(voter, at), voter)).collect()).collect();
        let mut votes = vec![0.0; actors * actors];
        for i in 0..actors {
            for j in 0..i {
                let (mut for_i, mut for_j) = (0.0, 0.0);
                for ((weight, from_i), from_j) in self.arena.weights.iter().zip(&away[i]).zip(&away[j]) {
                    for_i += weight * (from_j - from_i).max(0.0);
                    for_j += weight * (from_i - from_j).max(0.0);
                }
                votes[i * actors + j] = for_i;
                votes[j * actors + i] = for_j;
            }
        }
        let everywhere = 2.0 * votes.iter().sum::<f64>();
        let cast = |i: usize, j: usize| match self.arena.settings.mode {
            Mode::Paper => votes[i * actors + j] + votes[j * actors + i],
            Mode::Scholz => everywhere,
        };
        table(actors, |i, j| if cast(i, j) > 0.0 { votes[i * actors + j] / cast(i, j) } else { 0.5 })
    }
}

/// A table of a row an actor, with a column an actor.
fn table(actors: usize, of: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut table = Vec::with_capacity(actors * actors);
    for i in 0..actors {
        for j in 0..actors {
            table.push(of(i, j));
        }
    }
    table
}

/// Utility on the papers' scale from −2 to 2 of a loss from 0 to 1 (15, 16).
fn utility(loss: f64, exponent: f64) -> f64 {
    2.0 - 4.0 * power(loss.max(0.0), exponent)
}

fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 1.0 { base } else { base.powf(exponent) }
}
