//! The models and the baselines that the backtest compares.

use super::deu::{Issue, Voice};
use super::proposals::{FOLDS, Proposals};
use crate::Distribution;
use crate::bargain::forecast::Model;
use crate::bargain::{Stand, condorcet, simple, spatial};
use crate::error::{Error, Result};
use crate::range::Range;
use crate::scoring::predictive::{Logit, Scale, quantiles};
use crate::streams::{Stream, Streams};
use rayon::prelude::*;

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
    /// By one of the bargaining models, all actors being equally influential.
    Model(Model),
    /// From the issue alone; `None` where there is nothing to go by.
    Alone(fn(&Issue) -> Option<Result<Told>>),
    /// Learned from other issues.
    Learned(fn(&[&Issue]) -> Result<Rule>),
}

/// A learned forecaster.
pub(super) type Rule = Box<dyn Fn(&Issue) -> Result<Told> + Send + Sync>;

/// The baseline that the others are held against.
pub(super) const MEASURE: &str = "salience-weighted-mean";

/// All of them, in the order of the table. The models are run on positions, salience and the reference point alone; what
/// influence is worth is seen in the means.
pub(super) fn all() -> Vec<Forecaster> {
    let alone = |key, english, arabic, settle| Forecaster { key, english, arabic, how: How::Alone(settle) };
    let model = |key, model: Model| Forecaster { key, english: model.english(), arabic: model.arabic(), how: How::Model(model) };
    let learned = |key, english, arabic, learn| Forecaster { key, english, arabic, how: How::Learned(learn) };
    vec![
        alone("constant", "always 50", "50 دائماً", |_| Some(Told::point(50.0))),
        alone("reference-point", "reference point", "النقطة المرجعية", |issue| issue.reference.map(Told::point)),
        alone("mean", "mean of positions", "متوسط المواقف", |issue| settled(simple::mean(&unweighted(issue)))),
        alone(MEASURE, "salience-weighted mean", "متوسط المواقف مرجَّحاً بالأهمية", |issue| {
            settled(simple::mean(&issue.stands(equal)))
        }),
        alone(
            "gdp-mean",
            "GDP × salience-weighted mean",
            "متوسط المواقف مرجَّحاً بالناتج المحلي × الأهمية",
            |issue| settled(simple::mean(&issue.stands(|voice| voice.gdp))),
        ),
        alone(
            "council-mean",
            "council power × salience-weighted mean",
            "متوسط المواقف مرجَّحاً بقوة التصويت × الأهمية",
            |issue| settled(simple::mean(&issue.stands(power))),
        ),
        alone("median", "median of positions", "وسيط المواقف", |issue| settled(simple::median(&unweighted(issue)))),
        alone("salience-weighted-median", "salience-weighted median", "وسيط المواقف مرجَّحاً بالأهمية", |issue| {
            settled(simple::median(&issue.stands(equal)))
        }),
        alone("salience-weighted-lower-median", "salience-weighted median, lower", "الوسيط الأدنى مرجَّحاً بالأهمية", |issue| {
            Some(Told::point(lower_median(&issue.stands(equal))))
        }),
        model("nash", Model::Nash),
        model("kalai-smorodinsky", Model::KalaiSmorodinsky),
        model("expected-utility-paper", Model::ExpectedUtilityPaper),
        model("expected-utility-scholz", Model::ExpectedUtilityScholz),
        model("challenge", Model::Challenge),
        model("compromise", Model::Compromise),
        alone("condorcet", "probabilistic Condorcet election", "انتخاب كوندورسيه الاحتمالي", |issue| Some(elected(issue))),
        alone("spatial", "spatial model", "النموذج المكاني", |issue| Some(played(issue))),
        alone("mean-of-ranges", "salience-weighted mean, each number ±15", "متوسط المواقف مرجَّحاً بالأهمية، وكل رقم ±15", |issue| Some(drawn(issue))),
        learned("past-outcomes", "past outcomes", "النتائج السابقة", past_outcomes),
        learned(
            "mean-with-past-errors",
            "salience-weighted mean, with past errors",
            "المتوسط المرجَّح بالأهمية مع أخطائه السابقة",
            |past| past_errors(past, equal),
        ),
        learned(
            "council-mean-with-past-errors",
            "council mean, with past errors",
            "المتوسط المرجَّح بقوة التصويت مع أخطائه السابقة",
            |past| past_errors(past, power),
        ),
        learned("predictive", "predictive distribution", "التوزيع التنبؤي", fitted),
    ]
}

impl How {
    /// What is told of each issue; what is learned is learned from the issues of other folds.
    pub(super) fn told(&self, issues: &[Issue], proposals: &Proposals) -> Result<Vec<Option<Result<Told>>>> {
        Ok(match self {
            Self::Model(model) => issues.par_iter().map(|issue| settled(model.settle(&issue.stands(equal), issue.reference))).collect(),
            Self::Alone(settle) => issues.par_iter().map(settle).collect(),
            Self::Learned(learn) => {
                let rules: Vec<Rule> = (0..FOLDS).into_par_iter().map(|fold| learn(&proposals.outside(issues, fold))).collect::<Result<_>>()?;
                issues.par_iter().enumerate().map(|(i, issue)| Some(rules[proposals.fold(i)](issue))).collect()
            }
        })
    }
}

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

fn elected(issue: &Issue) -> Result<Told> {
    let election = condorcet::elect(&issue.stands(equal), &condorcet::Rules::default())?;
    Told::mean(election.positions.into_iter().zip(election.ballot.probabilities).collect())
}

fn played(issue: &Issue) -> Result<Told> {
    let actor = |voice: &Voice| spatial::Actor { influence: 1.0, position: vec![voice.position], salience: vec![voice.salience] };
    let settings = spatial::Settings { most_turns: TURNS, ..spatial::Settings::default() };
    let run = spatial::run(&issue.voices.iter().map(actor).collect::<Vec<_>>(), &settings)?;
    let last = run.states.last().ok_or_else(|| Error::new("states", "there is none"))?;
    Told::mean(last.distinct.iter().map(|actor| (last.positions[*actor][0], last.probabilities[*actor])).collect())
}

/// On one issue in ten some actors of the spatial model move back and forth for ever; elsewhere nearly all come to rest before this.
const TURNS: usize = 40;

const DRAWS: u64 = 100;
const SEED: u64 = 1;
/// Half the width of the range that positions and saliences are drawn from, on the scale of 0–100: a guess at what experts are sure of.
const UNSURE: f64 = 15.0;

/// What the mean comes to if each position and salience is known as a range only.
fn drawn(issue: &Issue) -> Result<Told> {
    let range = |mode: f64| Range::new((mode - UNSURE).max(0.0), mode, (mode + UNSURE).min(100.0));
    let ranges: Vec<(Range, Range)> = issue.voices.iter().map(|v| Ok((range(v.position)?, range(100.0 * v.salience)?))).collect::<Result<_>>()?;
    let mean = |_, rng: &mut Stream| {
        let stand = |(position, salience): &(Range, Range)| Stand { position: position.draw(rng), salience: salience.draw(rng) / 100.0, influence: 1.0 };
        simple::mean(&ranges.iter().map(stand).collect::<Vec<_>>())
    };
    let means = Streams::new(SEED).map(DRAWS, mean).into_iter().collect::<Result<_>>()?;
    Ok(Told::median(Distribution::new(means)?))
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
fn fitted(past: &[&Issue]) -> Result<Rule> {
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
