//! The compromise and the challenge model of the literature on EU decision-making, both aware of the reference point: what holds if
//! nothing is decided.
//!
//! Of 351 EU decisions (DEU III) the reference point is known for 252 and is far from most outcomes: failure was seldom a real
//! danger there. It draws the challenge model nearer to what was decided, and the compromise model away from it.

use super::expected_utility::{Mode, Settings, settle};
use super::{LARGEST, Stand, simple};
use crate::error::{Result, number};

/// The compromise model (Van den Bos 1991; Bueno de Mesquita and Stokman 1994): the mean of positions weighted by
/// influence × salience.
///
/// With a reference point, the Nash solution to first order. Achen (2006), "Institutional realism and bargaining models", finds the
/// weighted mean as the limit of the Nash solution where failure costs everyone alike; here it also costs each what the
/// reference point is worth to it. With quadratic loss and R the range of all positions and the reference point, let failure
/// cost an actor R² + (position − reference)². Then ln of the product of gains is, to first order, −Σ weight/(R² +
/// (position − reference)²) · (x − position)², and the weights are divided by that cost: whom failure would hurt most gives way, and
/// counts half as much as one content with the reference point.
///
/// # Errors
/// If `stands` is empty, or a number is out of range or not finite.
pub fn compromise(stands: &[Stand], reference: Option<f64>) -> Result<f64> {
    let Some(reference) = reference else { return simple::mean(stands) };
    number("reference", reference, -LARGEST, LARGEST)?;
    let weights = simple::weights(stands)?;
    let said = |(stand, weight): (&Stand, f64)| (weight > 0.0).then_some(stand.position);
    let range = stands.iter().zip(weights.iter().copied()).filter_map(said).map(|position| (position - reference).abs()).fold(0.0, f64::max);
    let cost = |position: f64| if range > 0.0 { 1.0 + ((position - reference) / range).powi(2) } else { 1.0 };
    let weighted = stands.iter().zip(weights).map(|(stand, weight)| (stand.position, weight / cost(stand.position)));
    Ok(simple::mean_of(&simple::shares_of(weighted)))
}

/// The challenge model in two stages (Bueno de Mesquita and Stokman 1994; Arregui, Stokman and Thomson 2004, "Bargaining in the
/// European Union and shifts in actors' policy positions"; the stages of Stokman and Van den Bos 1992): actors shift as in the
/// [expected-utility model](super::expected_utility) as the papers have it, then the decision is the weighted mean of the positions
/// they have shifted to.
///
/// With a reference point, that is what no challenge leaves things at: the utility of the status quo to an actor is 2 −
/// 4(½ + ½|position − reference|/R)^r, with its risk exponent r and R the range of positions and the reference point, instead of
/// the 2 − 4·½^r of one for whom nothing changes. Whoever stands far from the reference point has more to gain by a challenge.
///
/// # Errors
/// If `stands` is empty, or a number is out of range or not finite.
pub fn challenge(stands: &[Stand], reference: Option<f64>) -> Result<f64> {
    settle(stands, &Settings { reference, ..Settings::new(Mode::Paper) }).map(|end| end.mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(positions: &[f64]) -> Vec<Stand> {
        positions.iter().map(|position| Stand { position: *position, salience: 1.0, influence: 1.0 }).collect()
    }

    #[test]
    fn whom_failure_would_hurt_most_counts_half() {
        // Costs are 2 and 1 parts of R².
        assert!((compromise(&alike(&[0.0, 90.0]), Some(90.0)).unwrap() - 60.0).abs() < 1e-12);
        assert_eq!(compromise(&alike(&[0.0, 90.0]), None), Ok(45.0));
        assert_eq!(compromise(&alike(&[0.0, 90.0]), Some(45.0)), Ok(45.0));
    }

    #[test]
    fn all_at_the_reference_point_stay_there() {
        for model in [compromise, challenge] {
            assert_eq!(model(&alike(&[30.0, 30.0]), Some(30.0)), Ok(30.0));
            assert_eq!(model(&alike(&[30.0, 30.0]), Some(80.0)), Ok(30.0));
            assert_eq!(model(&alike(&[30.0]), Some(f64::INFINITY)).unwrap_err().key, "reference");
        }
    }
}
