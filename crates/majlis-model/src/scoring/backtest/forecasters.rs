//! The models and the baselines that the backtest compares.

use super::deu::{Issue, Voice};
use crate::Distribution;
use crate::bargain::expected_utility::{self, Mode};
use crate::bargain::{Stand, simple};
use crate::error::Result;
use crate::scoring::predictive::{Logit, Scale, quantiles};

/// What is told of an issue.
pub(super) struct Told {
    /// For the absolute error.
    pub(super) point: f64,
    /// For the CRPS and the intervals.
    pub(super) distribution: Distribution,
}

impl Told {
    fn point(point: f64) -> Result<Self> {
        Ok(Self { point, distribution: Distribution::new(vec![point])? })
    }

    /// A distribution, with its median as the point.
    fn median(distribution: Distribution) -> Self {
        Self { point: distribution.quantile(0.5), distribution }
    }

    /// Points with their probabilities, and their mean as the point.
    fn mean(mut points: Vec<(f64, f64)>) -> Result<Self> {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (points, probabilities): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        let point = points.iter().zip(&probabilities).map(|(x, p)| x * p).sum();
        Ok(Self { point, distribution: quantiles(&points, &probabilities)? })
    }
}

/// A model or a baseline.
pub(super) struct Forecaster {
    pub(super) key: &'static str,
    pub(super) english: &'static str,
    pub(super) arabic: &'static str,
    pub(super) how: How,
}

pub(super) enum How {
    /// From the issue alone; `None` where the model does not apply.
    Alone(fn(&Issue) -> Option<Result<Told>>),
    /// Learned from other issues.
    Learned(fn(&[&Issue]) -> Result<Rule>),
}

/// A learned forecaster.
pub(super) type Rule = Box<dyn Fn(&Issue) -> Result<Told> + Send + Sync>;

/// The baseline that the others are held against.
pub(super) const MEASURE: &str = "salience-weighted-mean";

/// All of them, in the order of the table. The models take all actors to be equally influential, as their published applications to
/// such data do without a better measure; what influence is worth is seen in the means.
pub(super) const ALL: &[Forecaster] = &[
    Forecaster { key: "constant", english: "always 50", arabic: "50 دائماً", how: How::Alone(|_| Some(Told::point(50.0))) },
    Forecaster {
        key: "reference-point", english: "reference point", arabic: "النقطة المرجعية", how: How::Alone(|issue| issue.reference.map(Told::point))
    },
    Forecaster {
        key: "mean", english: "mean of positions", arabic: "متوسط المواقف", how: How::Alone(|issue| settled(simple::mean(&unweighted(issue))))
    },
    Forecaster {
        key: MEASURE,
        english: "salience-weighted mean",
        arabic: "متوسط المواقف مرجَّحاً بالأهمية",
        how: How::Alone(|issue| settled(simple::mean(&issue.stands(equal)))),
    },
    Forecaster {
        key: "gdp-mean",
        english: "GDP × salience-weighted mean",
        arabic: "متوسط المواقف مرجَّحاً بالناتج المحلي × الأهمية",
        how: How::Alone(|issue| settled(simple::mean(&issue.stands(|voice| voice.gdp)))),
    },
    Forecaster {
        key: "council-mean",
        english: "council power × salience-weighted mean",
        arabic: "متوسط المواقف مرجَّحاً بقوة التصويت في المجلس × الأهمية",
        how: How::Alone(|issue| settled(simple::mean(&issue.stands(power)))),
    },
    Forecaster {
        key: "median", english: "median of positions", arabic: "وسيط المواقف", how: How::Alone(|issue| settled(simple::median(&unweighted(issue))))
    },
    Forecaster {
        key: "salience-weighted-median",
        english: "salience-weighted median",
        arabic: "وسيط المواقف مرجَّحاً بالأهمية",
        how: How::Alone(|issue| settled(simple::median(&issue.stands(equal)))),
    },
    Forecaster {
        key: "salience-weighted-lower-median",
        english: "salience-weighted median, the lower where halves meet",
        arabic: "وسيط المواقف مرجَّحاً بالأهمية، الأدنى عند تساوي النصفين",
        how: How::Alone(|issue| Some(Told::point(lower_median(&issue.stands(equal))))),
    },
    Forecaster {
        key: "nash",
        english: "Nash solution",
        arabic: "حل ناش",
        how: How::Alone(|issue| settled(simple::nash(&issue.stands(equal), issue.reference))),
    },
    Forecaster {
        key: "kalai-smorodinsky",
        english: "Kalai–Smorodinsky solution",
        arabic: "حل كالاي–سمورودنسكي",
        how: How::Alone(|issue| settled(simple::kalai_smorodinsky(&issue.stands(equal), issue.reference))),
    },
    Forecaster {
        key: "expected-utility-paper",
        english: "expected utility, as published",
        arabic: "المنفعة المتوقعة كما نُشرت",
        how: How::Alone(|issue| settled(expected_utility::settle(&issue.stands(equal), &expected_utility::Settings::new(Mode::Paper)).map(|end| end.median))),
    },
    Forecaster {
        key: "expected-utility-scholz",
        english: "expected utility, as programmed by Scholz",
        arabic: "المنفعة المتوقعة كما برمجها شولتس",
        how: How::Alone(|issue| settled(expected_utility::settle(&issue.stands(equal), &expected_utility::Settings::new(Mode::Scholz)).map(|end| end.median))),
    },
    Forecaster { key: "past-outcomes", english: "past outcomes", arabic: "النتائج السابقة", how: How::Learned(past_outcomes) },
    Forecaster {
        key: "mean-with-past-errors",
        english: "salience-weighted mean with its past errors",
        arabic: "المتوسط المرجَّح بالأهمية مع أخطائه السابقة",
        how: How::Learned(|past| past_errors(past, equal)),
    },
    Forecaster {
        key: "council-mean-with-past-errors",
        english: "council power × salience-weighted mean with its past errors",
        arabic: "المتوسط المرجَّح بقوة التصويت × الأهمية مع أخطائه السابقة",
        how: How::Learned(|past| past_errors(past, power)),
    },
    Forecaster { key: "predictive", english: "predictive distribution", arabic: "التوزيع التنبؤي", how: How::Learned(learned) },
];

fn equal(_: &Voice) -> f64 {
    1.0
}

fn power(voice: &Voice) -> f64 {
    voice.power
}

fn unweighted(issue: &Issue) -> Vec<Stand> {
    issue.voices.iter().map(|voice| Stand { position: voice.position, salience: 1.0, influence: 1.0 }).collect()
}

fn settled(point: Result<f64>) -> Option<Result<Told>> {
    Some(point.and_then(Told::point))
}

/// The first position, from below, at which half of the weight is reached; 0 of nobody.
fn lower_median(stands: &[Stand]) -> f64 {
    let mut sorted = stands.to_vec();
    sorted.sort_by(|a, b| a.position.total_cmp(&b.position));
    let half: f64 = sorted.iter().map(Stand::weight).sum::<f64>() / 2.0;
    let mut below = 0.0;
    // Sums of weights that differ by a rounding are equal.
    let reaches = |stand: &&Stand| {
        below += stand.weight();
        below >= half * (1.0 - 1e-12)
    };
    sorted.iter().find(reaches).map_or(0.0, |stand| stand.position)
}

/// The outcomes of other issues, whatever the issue.
fn past_outcomes(past: &[&Issue]) -> Result<Rule> {
    let outcomes = Distribution::new(past.iter().map(|issue| issue.outcome).collect())?;
    Ok(Box::new(move |_| Ok(Told::median(outcomes.clone()))))
}

/// The weighted mean and the errors that it made on other issues, held to the scale.
fn past_errors(past: &[&Issue], influence: fn(&Voice) -> f64) -> Result<Rule> {
    let errors: Vec<f64> = past.iter().map(|issue| Ok(issue.outcome - simple::mean(&issue.stands(influence))?)).collect::<Result<_>>()?;
    Ok(Box::new(move |issue| {
        let mean = simple::mean(&issue.stands(influence))?;
        Ok(Told::median(Distribution::new(errors.iter().map(|error| (mean + error).clamp(0.0, 100.0)).collect())?))
    }))
}

/// [`predictive`](crate::scoring::predictive), fitted to other issues.
fn learned(past: &[&Issue]) -> Result<Rule> {
    let logit = fit(past)?;
    Ok(Box::new(move |issue| Ok(Told::median(logit.distribution(&scale(issue)?)?))))
}

/// The predictive distribution fitted to decided issues, with council power as influence.
///
/// # Errors
/// If there is no issue.
pub fn fit(issues: &[&Issue]) -> Result<Logit> {
    let scales: Vec<Scale> = issues.iter().map(|issue| scale(issue)).collect::<Result<_>>()?;
    let settled: Vec<(&Scale, f64)> = scales.iter().zip(issues).map(|(scale, issue)| (scale, issue.outcome)).collect();
    Logit::fit(&settled)
}

fn scale(issue: &Issue) -> Result<Scale> {
    Scale::new(&issue.stands(power), issue.reference)
}
