//! Power where parties come in unions agreed beforehand.

use super::pivot::join;
use super::{Game, normalise};
use crate::error::{Error, Result};
use crate::quadrature::gauss_legendre;

/// The Owen value (Owen 1977): Shapley–Shubik among the unions, and again within each. `union[i]` names the union of party `i`; a
/// party alone is a union of its own. Sums to 1.
///
/// # Errors
/// If `union` is not as long as the parties are many.
pub fn owen(game: &Game, union: &[usize]) -> Result<Vec<f64>> {
    let among = union.iter().collect::<std::collections::BTreeSet<_>>().len();
    within(game, union, &gauss_legendre(among.div_ceil(2)), |members| gauss_legendre(members.div_ceil(2)))
}

/// The Banzhaf–Owen index (Owen 1981), scaled to sum to 1: Banzhaf among the unions and again within each.
///
/// # Errors
/// If `union` is not as long as the parties are many.
pub fn banzhaf_owen(game: &Game, union: &[usize]) -> Result<Vec<f64>> {
    let half = vec![(0.5, 1.0)];
    within(game, union, &half, |_| half.clone()).map(|index| normalise(&index))
}

type Rule = Vec<(f64, f64)>;

/// The chance that each party is pivotal, when other unions join whole with a probability by the rule `among`, and fellow members
/// each with one by the rule `inside` for a union of that many.
fn within(game: &Game, union: &[usize], among: &Rule, inside: impl Fn(usize) -> Rule) -> Result<Vec<f64>> {
    if union.len() != game.parties() {
        return Err(Error::new("union", format!("must name the union of each of the {} parties, names {}", game.parties(), union.len())));
    }
    let quota = game.quota;
    let mut names: Vec<usize> = union.to_vec();
    names.sort_unstable();
    names.dedup();
    let members = |name: usize| (0..union.len()).filter(move |i| union[*i] == name);
    let weights: Vec<usize> = names.iter().map(|name| members(*name).map(|i| game.weights[i]).sum::<usize>().min(quota)).collect();
    let mut index = vec![0.0; union.len()];
    for (u, name) in names.iter().enumerate() {
        let mut others = vec![0.0; quota];
        for (t, share) in among {
            let mut sum = empty(quota);
            for (_, weight) in weights.iter().enumerate().filter(|(v, _)| *v != u) {
                join(&mut sum, *weight, *t);
            }
            others.iter_mut().zip(sum).for_each(|(o, s)| *o += share * s);
        }
        let fellows: Vec<usize> = members(*name).collect();
        for (t, share) in inside(fellows.len()) {
            for &i in &fellows {
                let mut sum = others.clone();
                for &j in fellows.iter().filter(|j| **j != i) {
                    join(&mut sum, game.weights[j], t);
                }
                index[i] += share * sum[quota - game.weights[i]..].iter().sum::<f64>();
            }
        }
    }
    Ok(index)
}

fn empty(quota: usize) -> Vec<f64> {
    let mut sum = vec![0.0; quota];
    sum[0] = 1.0;
    sum
}
