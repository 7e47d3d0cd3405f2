//! The brief of a case, the standoff that it proposes, and runs of the models on it: worked out as jobs, kept until the case changes.

use crate::app::App;
use crate::failure::Failure;
use crate::jobs::{Job, Kind};
use crate::store::held;
use majlis_brief::outlook::{Outlook, leans};
use majlis_brief::propose::{Entry, Evidence, Value};
use majlis_brief::{Brief, Inputs, brief};
use majlis_case::{Case, Filter, Page};
use majlis_model::Range;
use majlis_model::play::Rules;
use majlis_model::run::{Run, Settings, run as run_models, set};
use majlis_model::standoff::Standoff;
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a request waits for work before it answers that it goes on.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Answers of one kind that are remembered.
const REMEMBERED: usize = 12;
/// The most draws that may be asked for.
pub(crate) const MOST_DRAWS: u64 = 10_000;
/// Draws where nothing is said.
pub(crate) const DRAWS: u64 = 500;

/// What is made of all documents of a case.
pub(crate) struct Study {
    pub(crate) brief: Brief,
    inputs: Inputs,
    /// The number in the case of each document of the brief.
    pub(crate) documents: Vec<i64>,
    /// The standoff that is proposed, as TOML with its sources; or why none can be.
    pub(crate) proposal: Result<(String, Standoff), String>,
    entries: Vec<Entry>,
}

impl Study {
    /// The words on which the proposed position of an actor on an issue rests.
    pub(crate) fn evidence(&self, actor: &str, issue: &str) -> &[Evidence] {
        let on = |part: &&Entry| part.keys.iter().any(|key| key.name == "issue" && key.value == Value::Text(issue.to_owned()));
        let actors = self.entries.iter().filter(|entry| entry.list == "actor" && entry.id() == Some(actor));
        let stand = actors.flat_map(|entry| &entry.parts).find(on);
        stand.and_then(|stand| stand.keys.iter().find(|key| key.name == "position")).map_or(&[], |key| &key.evidence)
    }
}

/// A run of all models.
pub(crate) struct Told {
    pub(crate) standoff: Standoff,
    /// The standoff before anything was set.
    pub(crate) base: Standoff,
    /// The standoff's text, before anything was set.
    pub(crate) text: String,
    pub(crate) run: Run,
    pub(crate) outlook: Outlook,
}

/// What is asked of the models: numbers set otherwise, seed and draws.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    pub(crate) set: Vec<(String, f64)>,
    pub(crate) seed: u64,
    pub(crate) draws: u64,
}

impl Question {
    /// # Errors
    /// For draws that are none or too many, or a number outside 0–100.
    pub(crate) fn new(set: Vec<(String, f64)>, seed: u64, draws: u64) -> Result<Self, Failure> {
        if !(1..=MOST_DRAWS).contains(&draws) {
            return Err(Failure::bad(format!("draws: 1 to {MOST_DRAWS} is expected, not {draws}")));
        }
        match set.iter().find(|(_, value)| !(0.0..=100.0).contains(value)) {
            Some((name, value)) => Err(Failure::bad(format!("{name}: 0 to 100 is expected, not {value}"))),
            None => Ok(Self { set, seed, draws }),
        }
    }
}

/// An answer, or the number of the job that works it out.
pub(crate) enum Answer<T> {
    Ready(Arc<T>),
    Working(u64),
}

/// What has been worked out.
#[derive(Default)]
pub(crate) struct Desk {
    studies: Memo<u64, Study>,
    runs: Memo<(u64, Question), Told>,
}

impl App {
    /// The brief and the proposal of the case as it is.
    pub(crate) async fn study(&self) -> Result<Answer<Study>, Failure> {
        let generation = self.store.generation()?;
        let app = self.clone();
        let begin = |save: Save<Study>| self.jobs.start(Kind::Forecast, move |job| save(made(&app, job)).map(|study| format!("{}", study.documents.len())));
        let memo: fn(&App) -> &Memo<u64, Study> = |app| &app.desk.studies;
        ask(self, memo, generation, begin).await
    }

    /// A run of the models on the given standoff, or on the one that the case proposes.
    pub(crate) async fn told(&self, question: Question) -> Result<Answer<Told>, Failure> {
        let generation = if self.standoff.is_some() { 0 } else { self.store.generation()? };
        let study = if self.standoff.is_some() {
            None
        } else {
            match self.study().await? {
                Answer::Working(job) => return Ok(Answer::Working(job)),
                Answer::Ready(study) => Some(study),
            }
        };
        let (app, asked) = (self.clone(), question.clone());
        let begin = move |save: Save<Told>| {
            let own = app.clone();
            app.jobs.start(Kind::Forecast, move |_| save(run(&own, study.as_deref(), &asked)).map(|told| format!("{}", told.outlook.answers.len())))
        };
        let memo: fn(&App) -> &Memo<(u64, Question), Told> = |app| &app.desk.runs;
        ask(self, memo, (generation, question), begin).await
    }

    /// Seals a run in the case; gives its number.
    pub(crate) async fn seal(&self, told: Arc<Told>, by: Option<String>) -> Result<i64, Failure> {
        let output = json!({ "outlook": told.outlook, "run": told.run }).to_string();
        self.write(by, move |case, stamp| {
            let run = majlis_case::Run {
                kind: "forecast",
                engine: &told.run.engine,
                seed: Some(told.run.seed),
                input: &told.text,
                output: &output,
                chances: told.outlook.chances(),
            };
            Ok(case.keep_run(&run, stamp)?)
        })
        .await
    }
}

fn made(app: &App, job: &Job) -> Result<Study, Failure> {
    let case = Case::open_read_only(app.store.path())?;
    let rows = case.documents(&Filter::default(), Page::ALL)?.rows;
    let inputs = Inputs::of_case(&case)?;
    if rows.len() != inputs.documents.len() {
        return Err(Failure::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "the case changed while it was read: try again"));
    }
    job.step(1, Some(3));
    stopped(job)?;
    let brief = brief(&inputs);
    job.step(2, Some(3));
    stopped(job)?;
    let proposed = brief.propose();
    let proposal = proposed.standoff(&brief).map_err(|error| error.to_string());
    job.step(3, Some(3));
    Ok(Study { brief, inputs, documents: rows.into_iter().map(|row| row.id).collect(), proposal, entries: proposed.entries })
}

fn run(app: &App, study: Option<&Study>, question: &Question) -> Result<Told, Failure> {
    let (text, standoff) = match (&app.standoff, study.map(|study| &study.proposal)) {
        (Some(given), _) => given,
        (None, Some(Ok(proposed))) => proposed,
        (None, Some(Err(why))) => return Err(Failure::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, why.clone())),
        (None, None) => return Err(Failure::absent("there is no standoff")),
    };
    let base = standoff.clone();
    let (mut standoff, mut rules) = (base.clone(), Rules::shipped()?);
    for (name, value) in &question.set {
        set(&mut standoff, &mut rules, name, Range::point(*value)?)?;
    }
    let run = run_models(&standoff, &rules, Settings { seed: question.seed, draws: question.draws })?;
    let leaning = study.filter(|_| question.set.is_empty()).map(|study| leans(&study.inputs, question.seed));
    Ok(Told { outlook: Outlook::new(&standoff, &run, leaning), standoff, base, text: text.clone(), run })
}

fn stopped(job: &Job) -> Result<(), Failure> {
    if job.is_cancelled() { Err(Failure::stopping()) } else { Ok(()) }
}

/// Answers by what was asked, the newest last.
struct Memo<K, T>(Mutex<VecDeque<(K, Slot<T>)>>);

enum Slot<T> {
    Working(Arc<Job>),
    Ended(Result<Arc<T>, Failure>),
}

/// Keeps what a job made, and gives it on.
type Save<T> = Box<dyn FnOnce(Result<T, Failure>) -> Result<Arc<T>, Failure> + Send>;

impl<K, T> Default for Memo<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// The answer where it is known or soon will be; else the job, which is begun where nobody has.
async fn ask<K, T, B>(app: &App, memo: fn(&App) -> &Memo<K, T>, key: K, begin: B) -> Result<Answer<T>, Failure>
where
    K: Clone + PartialEq + Send + 'static,
    T: Send + Sync + 'static,
    B: FnOnce(Save<T>) -> Result<Arc<Job>, Failure>,
{
    let job = {
        let mut slots = held(&memo(app).0);
        match slots.iter().find(|(of, _)| *of == key) {
            Some((_, Slot::Ended(answer))) => return answer.clone().map(Answer::Ready),
            Some((_, Slot::Working(job))) if !job.state().stage.is_over() => Arc::clone(job),
            _ => {
                slots.retain(|(of, _)| *of != key);
                let (own, of) = (app.clone(), key.clone());
                let save: Save<T> = Box::new(move |made| {
                    let made = made.map(Arc::new);
                    let mut slots = held(&memo(&own).0);
                    match (&made, slots.iter_mut().find(|(other, _)| *other == of)) {
                        // What was broken off is begun anew when it is asked for again.
                        (Err(failure), _) if failure.status == axum::http::StatusCode::SERVICE_UNAVAILABLE => slots.retain(|(other, _)| *other != of),
                        (_, Some((_, slot))) => *slot = Slot::Ended(made.clone()),
                        _ => {}
                    }
                    drop(slots);
                    made
                });
                let job = begin(save)?;
                if slots.len() >= REMEMBERED {
                    slots.pop_front();
                }
                slots.push_back((key.clone(), Slot::Working(Arc::clone(&job))));
                job
            }
        }
    };
    let mut watch = job.watch();
    let _ = tokio::time::timeout(PATIENCE, watch.wait_for(|state| state.stage.is_over())).await;
    let slots = held(&memo(app).0);
    match slots.iter().find(|(of, _)| *of == key) {
        Some((_, Slot::Ended(answer))) => answer.clone().map(Answer::Ready),
        _ => Ok(Answer::Working(job.id())),
    }
}
