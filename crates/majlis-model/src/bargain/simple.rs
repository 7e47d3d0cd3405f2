//! Weighted mean and median, and the bargaining solutions of Nash and of Kalai and Smorodinsky.
//!
//! An actor counts by its weight, influence × salience. Where nobody has any weight, all actors count alike; an actor without
//! weight has no say, and no veto, as long as somebody has some. The order of the actors changes nothing, to the last bit.
//!
//! The two bargaining solutions give every actor quadratic loss, −(x − position)², and need a reference point: where things stay if
//! nothing is agreed. An agreement must leave nobody worse off than that, so where the reference point lies between two actors
//! with a say, or upon one, there is nothing to agree on and it stays. Where no reference point is known, disagreement is
//! taken to be far worse for everyone than any agreement; both solutions then have a limit, given with each. They are for bargains that
//! need everyone: of EU decisions, which do not, the reference point makes a far worse forecast than the mean.

use super::{Stand, check};
use crate::error::{Result, number};

/// The weighted mean of positions, the compromise that Achen (2006), "Institutional realism and bargaining models", derives as an
/// approximation to the Nash solution.
///
/// # Errors
/// If `stands` is empty or holds a number out of range.
pub fn mean(stands: &[Stand]) -> Result<f64> {
    Ok(mean_of(&shares(stands)?))
}

/// The weighted median of positions: half of the weight lies on either side. Where the halves meet between two positions,
/// their midpoint.
///
/// # Errors
/// If `stands` is empty or holds a number out of range.
pub fn median(stands: &[Stand]) -> Result<f64> {
    Ok(median_of(&shares(stands)?))
}

/// The Nash solution (Nash 1950), with weights as bargaining power (Harsanyi and Selten 1972): the x that maximises
/// Π ((reference − position)² − (x − position)²)^weight among those that leave nobody worse off than at `reference`. Without a
/// reference point its limit as disagreement grows ever worse: the weighted mean (Achen 2006).
///
/// # Errors
/// If `stands` is empty, or a number is out of range or not finite.
pub fn nash(stands: &[Stand], reference: Option<f64>) -> Result<f64> {
    let shares = shares(stands)?;
    let Some(reference) = reference else { return Ok(mean_of(&shares)) };
    let Some(table) = Table::new(&shares, reference)? else { return Ok(reference) };
    // The logarithm of the product rises where Σ weight/t > Σ weight/(2·ideal − t); multiplied by t, where the sum below is below 1.
    let step = bisect(0.0, table.last, |t| table.ideals.iter().map(|(ideal, share)| share * t / (2.0 * ideal - t)).sum::<f64>() < 1.0);
    Ok(table.at(step))
}

/// The solution of Kalai and Smorodinsky (1975) for any number of actors and for weights: the x that makes the largest weighted
/// shortfall as small as it can be, where an actor's shortfall is the part that it misses of the most it could gain over
/// `reference` while nobody is worse off than there. With equal weights that is the largest smallest relative gain, the solution of
/// Imai (1983); the weighting is that of compromise programming (Yu 1973). Without a reference point the limit as
/// disagreement grows ever worse: the x with the smallest largest weight × (x − position)²; with equal weights halfway between the extremes.
///
/// # Errors
/// If `stands` is empty, or a number is out of range or not finite.
pub fn kalai_smorodinsky(stands: &[Stand], reference: Option<f64>) -> Result<f64> {
    let shares = shares(stands)?;
    let Some(reference) = reference else {
        let (low, high) = (shares[0].0, shares[shares.len() - 1].0);
        let loss = |x: f64, (position, share): (f64, f64)| share.sqrt() * (x - position).abs();
        return Ok(bisect(low, high, |x| neediest(&shares, |actor| loss(x, actor)) > x));
    };
    let Some(table) = Table::new(&shares, reference)? else { return Ok(reference) };
    let shortfall = |t: f64, (ideal, share): (f64, f64)| {
        let missed =
            if ideal <= table.last { (t / ideal - 1.0).powi(2) } else { (1.0 - t / table.last) * (2.0 * ideal - table.last - t) / (2.0 * ideal - table.last) };
        share * missed
    };
    Ok(table.at(bisect(0.0, table.last, |t| neediest(&table.ideals, |actor| shortfall(t, actor)) > t)))
}

/// What is on the table where a reference point is left: all with a say want to leave it in the same direction.
struct Table {
    reference: f64,
    /// −1 or 1: which way they want to go.
    direction: f64,
    /// How far each wants to go, above 0, with its share of the weight.
    ideals: Vec<(f64, f64)>,
    /// As far as one can go with nobody worse off than at the reference point.
    last: f64,
}

impl Table {
    /// `None` where any step would leave somebody worse off.
    fn new(shares: &[(f64, f64)], reference: f64) -> Result<Option<Self>> {
        number("reference", reference, -super::LARGEST, super::LARGEST)?;
        let (lowest, highest) = (shares[0].0, shares[shares.len() - 1].0);
        let direction = if lowest > reference {
            1.0
        } else if highest < reference {
            -1.0
        } else {
            return Ok(None);
        };
        let ideals: Vec<_> = shares.iter().map(|(position, share)| ((position - reference).abs(), *share)).collect();
        let last = 2.0 * ideals.iter().map(|(ideal, _)| *ideal).fold(f64::INFINITY, f64::min);
        Ok(Some(Self { reference, direction, ideals, last }))
    }

    fn at(&self, step: f64) -> f64 {
        self.reference + self.direction * step
    }
}

/// Positions with their shares of all weight, in order of position.
///
/// # Errors
/// As [`check`].
fn shares(stands: &[Stand]) -> Result<Vec<(f64, f64)>> {
    let weights = weights(stands)?;
    Ok(shares_of(stands.iter().map(|stand| stand.position).zip(weights)))
}

/// Weights in parts of the largest; 1 for all where nobody has any.
///
/// # Errors
/// As [`check`].
pub(super) fn weights(stands: &[Stand]) -> Result<Vec<f64>> {
    check(stands)?;
    let most = stands.iter().map(Stand::weight).fold(0.0, f64::max);
    Ok(stands.iter().map(|stand| if most > 0.0 { stand.weight() / most } else { 1.0 }).collect())
}

/// Positions and weights as positions and shares of all weight: those with a share only, in order of position and then of share.
pub(super) fn shares_of(weighted: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut shares: Vec<_> = weighted.filter(|(_, weight)| *weight > 0.0).collect();
    shares.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let sum: f64 = shares.iter().map(|(_, weight)| weight).sum();
    shares.iter_mut().for_each(|(_, weight)| *weight /= sum);
    shares
}

/// The weighted median of shares in order.
pub(super) fn median_of(shares: &[(f64, f64)]) -> f64 {
    let from_below = half(shares.iter());
    let from_above = half(shares.iter().rev());
    from_below + (from_above - from_below) / 2.0
}

/// The weighted mean of shares in order; it lies among the positions, whatever the rounding.
pub(super) fn mean_of(shares: &[(f64, f64)]) -> f64 {
    shares.iter().map(|(position, share)| position * share).sum::<f64>().clamp(shares[0].0, shares[shares.len() - 1].0)
}

/// The first position at which half of the weight is passed, or reached to within rounding.
fn half<'a>(shares: impl Iterator<Item = &'a (f64, f64)>) -> f64 {
    let (mut sum, mut at) = (0.0, 0.0);
    for (position, share) in shares {
        (sum, at) = (sum + share, *position);
        if sum >= 0.5 - ROUNDING {
            break;
        }
    }
    at
}

/// Sums of shares that differ by less are held to be equal.
const ROUNDING: f64 = 1e-12;

/// The place of the actor that has most to complain of.
fn neediest(actors: &[(f64, f64)], complaint: impl Fn((f64, f64)) -> f64) -> f64 {
    actors.iter().map(|actor| (complaint(*actor), actor.0)).fold((f64::NEG_INFINITY, 0.0), |most, next| if next.0 > most.0 { next } else { most }).1
}

/// The point from `low` to `high` up to which `rising` holds, as near as numbers allow.
fn bisect(mut low: f64, mut high: f64, rising: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if rising(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(positions: &[f64]) -> Vec<Stand> {
        positions.iter().map(|position| Stand { position: *position, salience: 1.0, influence: 1.0 }).collect()
    }

    #[track_caller]
    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }

    #[test]
    fn where_halves_meet_between_positions_the_median_is_between() {
        assert_eq!(median(&alike(&[10.0, 20.0])), Ok(15.0));
        assert_eq!(median(&alike(&[10.0, 20.0, 90.0])), Ok(20.0));
        // .1 + .2 is not quite .3 in binary, and still half.
        let stands: Vec<Stand> = [(0.0, 0.1), (1.0, 0.2), (2.0, 0.3)].map(|(position, influence)| Stand { position, salience: 1.0, influence }).to_vec();
        assert_eq!(median(&stands), Ok(1.5));
    }

    #[test]
    fn without_any_weight_all_count_alike() {
        let mut stands = alike(&[0.0, 30.0, 90.0]);
        stands.iter_mut().for_each(|s| s.salience = 0.0);
        assert_eq!((mean(&stands), median(&stands)), (Ok(40.0), Ok(30.0)));
        stands[2].salience = 0.5;
        assert_eq!((mean(&stands), median(&stands)), (Ok(90.0), Ok(90.0)));
    }

    #[test]
    fn two_alike_share_the_way_from_the_reference_point() {
        // Nash: 2/x = 1/(20 − x) + 1/(60 − x), so x² − 60x + 600 = 0.
        close(nash(&alike(&[10.0, 30.0]), Some(0.0)).unwrap(), 30.0 - 300f64.sqrt());
        // Kalai–Smorodinsky: the first is content at 10, the other gains most at 20; both have the same share at x: x(20−x)/100 = x(60−x)/800.
        close(kalai_smorodinsky(&alike(&[10.0, 30.0]), Some(0.0)).unwrap(), 100.0 / 7.0);
    }

    #[test]
    fn nothing_moves_where_somebody_would_lose() {
        for solution in [nash, kalai_smorodinsky] {
            assert_eq!(solution(&alike(&[10.0, 90.0]), Some(50.0)), Ok(50.0));
            assert_eq!(solution(&alike(&[50.0, 90.0]), Some(50.0)), Ok(50.0));
            let mut stands = alike(&[10.0, 90.0]);
            stands[0].influence = 0.0;
            close(solution(&stands, Some(50.0)).unwrap(), 90.0);
        }
    }

    #[test]
    fn without_a_reference_point_the_limits_hold() {
        let stands = alike(&[0.0, 10.0, 80.0]);
        close(nash(&stands, None).unwrap(), 30.0);
        close(kalai_smorodinsky(&stands, None).unwrap(), 40.0);
        // .64 x² = .36 (100 − x)²
        let unequal = [Stand { position: 0.0, salience: 0.64, influence: 1.0 }, Stand { position: 100.0, salience: 0.36, influence: 1.0 }];
        close(kalai_smorodinsky(&unequal, None).unwrap(), 300.0 / 7.0);
        // The limit is that of a reference point ever farther away.
        assert!((nash(&stands, Some(-1e9)).unwrap() - 30.0).abs() < 1e-5);
    }

    #[test]
    fn a_reference_point_that_is_no_number_is_refused() {
        for solution in [nash, kalai_smorodinsky] {
            assert_eq!(solution(&alike(&[1.0]), Some(f64::NAN)).unwrap_err().key, "reference");
        }
    }
}
