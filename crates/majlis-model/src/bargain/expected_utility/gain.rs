//! What each actor expects to gain by challenging each other. Numbers in brackets are the equations of Scholz, Calbert and Smith (2011).

use super::{Arena, Mode, SAME, Settings};

/// What everyone thinks of challenging everyone, in one round.
pub(super) struct Views {
    /// The risk exponent of each actor: 0.5 the most averse to risk, 1 neutral, 2 the most given to it (33).
    pub(super) exponents: Vec<f64>,
    mode: Mode,
    gains: Vec<Gains>,
}

/// What an actor expects between itself and another, in its own eyes. Tables hold a row an actor, with a column an actor.
struct Gains {
    /// Its gain by challenging the other.
    own: f64,
    /// The other's gain by challenging it.
    adverse: f64,
}

impl Views {
    pub(super) fn new(arena: &Arena<'_>, range: f64) -> Self {
        let field = Field::new(arena, range);
        let exponents = field.exponents(&field.gains(&vec![1.0; field.actors]));
        let gains = field.gains(&exponents);
        Self { exponents, mode: arena.settings.mode, gains }
    }

    /// What `actor` expects to gain by challenging `other`.
    pub(super) fn own(&self, actor: usize, other: usize) -> f64 {
        self.between(actor, other).own
    }

    /// What `other` gains by challenging `actor`, as `actor` reckons with it.
    pub(super) fn adverse(&self, actor: usize, other: usize) -> f64 {
        match self.mode {
            Mode::Paper => self.between(other, actor).own,
            Mode::Scholz => self.between(actor, other).adverse,
        }
    }

    fn between(&self, actor: usize, other: usize) -> &Gains {
        &self.gains[actor * self.exponents.len() + other]
    }
}

/// What a round starts from.
struct Field<'a> {
    arena: &'a Arena<'a>,
    actors: usize,
    range: f64,
    median: f64,
    pairs: Vec<Pair>,
}

/// Two actors.
#[derive(Clone, Copy)]
struct Pair {
    /// How far apart they are, in parts of the range.
    distance: Base,
    /// What one of them loses, 0–1, by success and by failure against the other.
    success: Base,
    failure: Base,
}

impl<'a> Field<'a> {
    fn new(arena: &'a Arena<'a>, range: f64) -> Self {
        let actors = arena.positions.len();
        let median = if arena.settings.q < 1.0 { arena.median() } else { 0.0 };
        let pair = |distance: f64| Pair { distance: Base::new(distance), success: Base::new(0.5 - 0.5 * distance), failure: Base::new(0.5 + 0.5 * distance) };
        let pairs = mirrored(actors, pair(0.0), |i, j| pair((arena.positions[i] - arena.positions[j]).abs() / range));
        Self { arena, actors, range, median, pairs }
    }

    fn pair(&self, i: usize, j: usize) -> &Pair {
        &self.pairs[i * self.actors + j]
    }

    /// The gains, given the risk exponents (15, 16, 25).
    fn gains(&self, exponents: &[f64]) -> Vec<Gains> {
        let votes = Votes::new(self, exponents);
        let nothing: Vec<f64> = exponents.iter().map(|exponent| utility(Base::new(0.5), *exponent)).collect();
        let salience = &self.arena.salience;
        table(self.actors, |i, j| {
            let pair = self.pair(i, j);
            let (success, failure) = (utility(pair.success, exponents[i]), utility(pair.failure, exponents[i]));
            let challenge = |resists: f64, prevails: f64| success - resists * (1.0 - prevails) * (success - failure);
            let unchallenged = |challenger: usize, other: usize| self.unchallenged(nothing[i], exponents[i], challenger, other);
            Gains {
                own: challenge(salience[j], votes.chance(i, j)) - unchallenged(i, j),
                adverse: challenge(salience[i], votes.chance(j, i)) - unchallenged(j, i),
            }
        })
    }

    /// What `challenger` expects of leaving `other` alone, in the eyes of one for whom it is worth `nothing` that nothing moves (22, 23,
    /// 24). Who stands where the other does has nothing else to expect of a challenge.
    fn unchallenged(&self, nothing: f64, exponent: f64, challenger: usize, other: usize) -> f64 {
        let Settings { q, t, reference, .. } = *self.arena.settings;
        let to_other = self.pair(challenger, other).distance.value;
        if (q == 1.0 && reference.is_none()) || to_other == 0.0 {
            return nothing;
        }
        let position = self.arena.positions[challenger];
        let status_quo = reference.map_or(nothing, |at| utility(Base::new(0.5 + 0.5 * (position - at).abs() / self.range), exponent));
        let to_median = (position - self.median).abs() / self.range;
        let moved = 0.25 * (to_median + to_other);
        let better = t.unwrap_or(if to_other - to_median > SAME { 1.0 } else { 0.0 });
        let moves = better * utility(Base::new(0.5 - moved), exponent) + (1.0 - better) * utility(Base::new(0.5 + moved), exponent);
        q * status_quo + (1.0 - q) * moves
    }

    /// Risk exponents from the danger that each stands in: the sum of what the others gain by challenging it (32, 33).
    fn exponents(&self, neutral: &[Gains]) -> Vec<f64> {
        let danger: Vec<f64> = neutral.chunks(self.actors).map(|row| row.iter().map(|gains| gains.adverse).sum()).collect();
        let (least, most) = danger.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), d| (least.min(*d), most.max(*d)));
        let risk = |danger: f64| if most - least > SAME { (2.0 * danger - most - least) / (most - least) } else { 0.0 };
        danger.into_iter().map(|danger| (1.0 - risk(danger) / 3.0) / (1.0 + risk(danger) / 3.0)).collect()
    }
}

/// How all vote between each two; a vote weighs as much as the voter is nearer to the one than to the other (28).
struct Votes {
    actors: usize,
    /// How far all are from each.
    away: Vec<f64>,
    /// Votes cast between two, for the one and for the other.
    cast: Vec<f64>,
    /// Where the votes of one contest are held against those of all: their sum.
    everywhere: Option<f64>,
}

impl Votes {
    fn new(field: &Field<'_>, exponents: &[f64]) -> Self {
        let (actors, mode, weights) = (field.actors, field.arena.settings.mode, &field.arena.weights);
        let far = table(actors, |at, voter| match mode {
            Mode::Paper => field.pair(at, voter).distance.value,
            Mode::Scholz => field.pair(at, voter).distance.raised(exponents[voter]),
        });
        let from = |at: usize| weights.iter().zip(&far[at * actors..]);
        let away = (0..actors).map(|at| from(at).map(|(weight, far)| weight * far).sum()).collect();
        let cast = mirrored(actors, 0.0, |i, j| from(i).zip(&far[j * actors..]).map(|((weight, from_i), from_j)| weight * (from_i - from_j).abs()).sum());
        let everywhere = (mode == Mode::Scholz).then(|| cast.iter().sum());
        Self { actors, away, cast, everywhere }
    }

    /// The chance of `i` to prevail over `j` (31): half of the votes and half of its lead, as a part of all.
    fn chance(&self, i: usize, j: usize) -> f64 {
        let cast = self.cast[i * self.actors + j];
        let all = self.everywhere.unwrap_or(cast);
        let won = (cast + self.away[j] - self.away[i]) / 2.0;
        if all > 0.0 { won.clamp(0.0, cast) / all } else { 0.5 }
    }
}

/// A table of a row an actor, with a column an actor.
fn table<T>(actors: usize, of: impl Fn(usize, usize) -> T) -> Vec<T> {
    let mut table = Vec::with_capacity(actors * actors);
    for i in 0..actors {
        table.extend((0..actors).map(|j| of(i, j)));
    }
    table
}

/// A table that reads the same by rows and by columns, with `alone` where both are the same actor.
fn mirrored<T: Copy>(actors: usize, alone: T, of: impl Fn(usize, usize) -> T) -> Vec<T> {
    let mut table = vec![alone; actors * actors];
    for i in 0..actors {
        for j in 0..i {
            let value = of(i, j);
            table[i * actors + j] = value;
            table[j * actors + i] = value;
        }
    }
    table
}

/// Utility on the papers' scale from −2 to 2 of a loss from 0 to 1.
fn utility(loss: Base, exponent: f64) -> f64 {
    2.0 - 4.0 * loss.raised(exponent)
}

/// A number of 0 or more that is raised to several powers.
#[derive(Clone, Copy)]
struct Base {
    value: f64,
    log: f64,
}

impl Base {
    fn new(value: f64) -> Self {
        let value = value.max(0.0);
        Self { value, log: value.ln() }
    }

    fn raised(self, exponent: f64) -> f64 {
        if exponent == 1.0 { self.value } else { (exponent * self.log).exp() }
    }
}
