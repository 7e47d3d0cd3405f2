//! What each actor expects to gain by challenging each other. Numbers in brackets are the equations of Scholz, Calbert and Smith (2011).

use super::{Arena, Mode, SAME, Settings};

/// What everyone thinks of challenging everyone, in one round.
pub(super) struct Views {
    /// The risk exponent of each actor: 0.5 the most averse to risk, 1 neutral, 2 the most given to it (33).
    pub(super) exponents: Vec<f64>,
    mode: Mode,
    /// A row an actor, with a column an actor.
    gains: Vec<Gains>,
}

/// What an actor expects between itself and another, in its own eyes.
#[derive(Clone, Copy)]
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
    /// Whether all that is expected of no challenge is that nothing moves.
    nothing_else: bool,
    pairs: Vec<Pair>,
}

/// Two actors that stand apart by more than rounding.
struct Pair {
    of: (usize, usize),
    /// How far apart they are, in parts of the range.
    distance: Base,
    /// What one of them loses, 0–1, by success and by failure against the other.
    success: Base,
    failure: Base,
}

impl<'a> Field<'a> {
    fn new(arena: &'a Arena<'a>, range: f64) -> Self {
        let actors = arena.positions.len();
        let Settings { q, reference, .. } = arena.settings;
        let median = if *q < 1.0 { arena.median() } else { 0.0 };
        let nothing_else = *q == 1.0 && reference.is_none();
        let mut pairs = Vec::with_capacity(actors * actors / 2);
        for (i, at) in arena.positions.iter().enumerate() {
            for (j, other) in arena.positions[..i].iter().enumerate() {
                let distance = (at - other).abs() / range;
                if distance <= SAME {
                    continue;
                }
                let (success, failure) = (Base::new(0.5 - 0.5 * distance), Base::new(0.5 + 0.5 * distance));
                pairs.push(Pair { of: (i, j), distance: Base::new(distance), success, failure });
            }
        }
        Self { arena, actors, range, median, nothing_else, pairs }
    }

    /// The gains, given the risk exponents. Those who stand together have none of one another.
    fn gains(&self, exponents: &[f64]) -> Vec<Gains> {
        let nothing: Vec<f64> = exponents.iter().map(|exponent| utility(Base::new(0.5), *exponent)).collect();
        let mut gains = vec![Gains { own: 0.0, adverse: 0.0 }; self.actors * self.actors];
        for (pair, (prevails, succumbs)) in self.pairs.iter().zip(self.chances(exponents)) {
            let (i, j) = pair.of;
            gains[i * self.actors + j] = self.between(pair, (i, j), (prevails, succumbs), exponents[i], nothing[i]);
            gains[j * self.actors + i] = self.between(pair, (j, i), (succumbs, prevails), exponents[j], nothing[j]);
        }
        gains
    }

    /// What an actor expects between itself and another, given the chances of both to prevail, its risk exponent, and what it is worth
    /// to it that nothing moves (15, 16, 25).
    fn between(&self, pair: &Pair, (actor, other): (usize, usize), (prevails, succumbs): (f64, f64), exponent: f64, nothing: f64) -> Gains {
        let (success, failure) = (utility(pair.success, exponent), utility(pair.failure, exponent));
        let challenge = |resists: f64, prevails: f64| success - resists * (1.0 - prevails) * (success - failure);
        let unchallenged = |challenger: usize| {
            if self.nothing_else { nothing } else { self.unchallenged(nothing, exponent, challenger, pair.distance.value) }
        };
        let salience = &self.arena.salience;
        Gains { own: challenge(salience[other], prevails) - unchallenged(actor), adverse: challenge(salience[actor], succumbs) - unchallenged(other) }
    }

    /// What `challenger` expects of leaving another alone that is `to_other` away, in the eyes of one for whom it is worth `nothing`
    /// that nothing moves (22, 23, 24).
    fn unchallenged(&self, nothing: f64, exponent: f64, challenger: usize, to_other: f64) -> f64 {
        let Settings { q, t, reference, .. } = *self.arena.settings;
        let position = self.arena.positions[challenger];
        let status_quo = reference.map_or(nothing, |at| utility(Base::new(0.5 + 0.5 * (position - at).abs() / self.range), exponent));
        let to_median = (position - self.median).abs() / self.range;
        let moved = 0.25 * (to_median + to_other);
        let better = t.unwrap_or(if to_other - to_median > SAME { 1.0 } else { 0.0 });
        let moves = better * utility(Base::new(0.5 - moved), exponent) + (1.0 - better) * utility(Base::new(0.5 + moved), exponent);
        q * status_quo + (1.0 - q) * moves
    }

    /// The chances of the two of each pair to prevail over one another: votes for it as a part of all that are cast (31). A vote weighs as
    /// much as the voter is nearer to the one than to the other (28); so one has half of the votes on the two, and half of its lead.
    fn chances(&self, exponents: &[f64]) -> Vec<(f64, f64)> {
        let (actors, mode, weights) = (self.actors, self.arena.settings.mode, &self.arena.weights);
        // A row a voter: how far from each it is, in its own eyes.
        let mut far = vec![0.0; actors * actors];
        for Pair { of: (i, j), distance, .. } in &self.pairs {
            let seen_by = |voter: usize| if mode == Mode::Paper { distance.value } else { distance.raised(exponents[voter]) };
            far[j * actors + i] = seen_by(*j);
            far[i * actors + j] = seen_by(*i);
        }
        let mut away = vec![0.0; actors];
        let mut between = vec![0.0; actors * actors];
        for (row, weight) in far.chunks_exact(actors).zip(weights) {
            away.iter_mut().zip(row).for_each(|(away, far)| *away += far * weight);
            for (i, (from_i, between)) in row.iter().zip(between.chunks_exact_mut(actors)).enumerate() {
                between[..i].iter_mut().zip(row).for_each(|(between, from_j)| *between += (from_i - from_j).abs() * weight);
            }
        }
        let cast: Vec<f64> = self.pairs.iter().map(|Pair { of: (i, j), .. }| between[i * actors + j]).collect();
        let everywhere = 2.0 * cast.iter().sum::<f64>();
        let chances = |(Pair { of: (i, j), .. }, cast): (&Pair, f64)| {
            let (all, lead) = (if mode == Mode::Paper { cast } else { everywhere }, away[*j] - away[*i]);
            if all > 0.0 { ((cast + lead) / (2.0 * all), (cast - lead) / (2.0 * all)) } else { (0.5, 0.5) }
        };
        self.pairs.iter().zip(cast).map(chances).collect()
    }

    /// Risk exponents from the danger that each stands in: the sum of what the others gain by challenging it (32, 33).
    fn exponents(&self, neutral: &[Gains]) -> Vec<f64> {
        let danger: Vec<f64> = neutral.chunks(self.actors).map(|row| row.iter().map(|gains| gains.adverse).sum()).collect();
        let (least, most) = danger.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), d| (least.min(*d), most.max(*d)));
        let risk = |danger: f64| if most - least > SAME { (2.0 * danger - most - least) / (most - least) } else { 0.0 };
        danger.into_iter().map(|danger| (1.0 - risk(danger) / 3.0) / (1.0 + risk(danger) / 3.0)).collect()
    }
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
