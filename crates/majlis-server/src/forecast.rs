//! The brief of a case, the standoff that it proposes, and runs of the models on it: worked out as jobs, kept until the case changes.

use crate::app::App;
use crate::failure::Failure;
use crate::jobs::{Job, Kind};
use crate::store::held;
use majlis_brief::outlook::{Outlook, leans};
use majlis_brief::propose::{Entry, Evidence, Value};
use majlis_brief::{Brief, Inputs, brief_until};
use majlis_case::{Case, Filter, Page};
use majlis_model::Range;
use majlis_model::play::Rules;
use majlis_model::run::{Run, Settings, run_until, set};
use majlis_model::standoff::Standoff;
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a request waits for work before it answers that it goes on.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Studies that are remembered, each as large as the case; and runs.
const STUDIES: usize = 2;
const RUNS: usize = 12;
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

/// A standoff that somebody wrote.
pub(crate) struct Given {
    /// TOML.
    pub(crate) text: String,
    pub(crate) standoff: Standoff,
    /// Who wrote it and when, where it is kept in the case; none where it was given at the start.
    pub(crate) written: Option<(String, String)>,
}

impl Given {
    pub(crate) fn read(name: &str, text: &str, written: Option<(String, String)>) -> Result<Self, Failure> {
        Ok(Self { standoff: majlis_model::standoff::read(name, text)?, text: text.to_owned(), written })
    }
}

/// The standoff on which the models are run.
#[derive(Clone)]
pub(crate) enum Base {
    Given(Arc<Given>),
    Proposed(Arc<Study>),
}

impl Base {
    /// Its text and what it says.
    pub(crate) fn standoff(&self) -> Result<(&str, &Standoff), Failure> {
        match self {
            Self::Given(given) => Ok((&given.text, &given.standoff)),
            Self::Proposed(study) => match &study.proposal {
                Ok((text, standoff)) => Ok((text, standoff)),
                Err(why) => Err(Failure::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, why.clone())),
            },
        }
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
pub(crate) struct Desk {
    studies: Memo<u64, Study>,
    runs: Memo<(Of, Question), Told>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { studies: Memo::new(STUDIES), runs: Memo::new(RUNS) }
    }
}

/// What a run was made of.
#[derive(Clone, PartialEq)]
enum Of {
    /// The case in a state of it.
    Case(u64),
    /// A standoff's text.
    Text(String),
}

/// How far the study of the case is.
pub(crate) struct Progress {
    /// The newest that there is.
    pub(crate) study: Option<Arc<Study>>,
    /// Whether it is of the case as it is.
    pub(crate) is_current: bool,
    /// The job that makes the next.
    pub(crate) job: Option<u64>,
    /// Why there is none of the case as it is.
    pub(crate) fault: Option<Failure>,
}

impl App {
    /// The brief and the proposal of the case as it is.
    pub(crate) async fn study(&self) -> Result<Answer<Study>, Failure> {
        self.study_within(PATIENCE).await
    }

    /// The same, waited for no longer than that.
    pub(crate) async fn study_within(&self, patience: Duration) -> Result<Answer<Study>, Failure> {
        let generation = self.store.generation()?;
        let app = self.clone();
        let begin = |save: Save<Study>| {
            self.forget_overview();
            self.jobs.start(Kind::Study, move |job| {
                let made = save(made(&app, job));
                app.forget_overview();
                made.map(|study| format!("{}", study.documents.len()))
            })
        };
        let memo: fn(&App) -> &Memo<u64, Study> = |app| &app.desk.studies;
        ask(self, memo, generation, begin, patience).await
    }

    /// How far the study of the case as it is has come; begins nothing.
    pub(crate) fn progress(&self) -> Result<Progress, Failure> {
        let generation = self.store.generation()?;
        let slots = held(&self.desk.studies.slots);
        let mut progress = Progress { study: None, is_current: false, job: None, fault: None };
        for (of, slot) in slots.iter() {
            match slot {
                Slot::Working(job) if !job.state().stage.is_over() => progress.job = Some(job.id()),
                Slot::Working(_) => {}
                Slot::Ended(Ok(study)) if !progress.is_current => (progress.study, progress.is_current) = (Some(Arc::clone(study)), *of == generation),
                Slot::Ended(Ok(_)) => {}
                Slot::Ended(Err(failure)) => progress.fault = Some(failure.clone()).filter(|_| *of == generation),
            }
        }
        Ok(progress)
    }

    /// The overview shows how far the study is.
    fn forget_overview(&self) {
        self.kept.forget(|address| matches!(address.split('?').next(), Some("/ar/" | "/en/")));
    }

    /// The standoff given at the start, else the analyst's own in the case.
    pub(crate) async fn own_standoff(&self) -> Result<Option<Arc<Given>>, Failure> {
        if let Some(given) = &self.standoff {
            return Ok(Some(Arc::clone(given)));
        }
        let own = self.read(|case| Ok(case.standoff()?)).await?;
        own.map(|own| Ok(Arc::new(Given::read("standoff", &own.text, Some((own.by, own.at)))?))).transpose()
    }

    /// The standoff on which the models are run.
    pub(crate) async fn base(&self) -> Result<Answer<Base>, Failure> {
        if let Some(own) = self.own_standoff().await? {
            return Ok(Answer::Ready(Arc::new(Base::Given(own))));
        }
        Ok(match self.study().await? {
            Answer::Working(job) => Answer::Working(job),
            Answer::Ready(study) => Answer::Ready(Arc::new(Base::Proposed(study))),
        })
    }

    /// Keeps a standoff as the analyst's own; an empty one goes back to what the case proposes.
    ///
    /// # Errors
    /// Where it cannot be read or is not sound, with the line; where one was given at the start.
    pub(crate) async fn keep_standoff(&self, text: String, by: Option<String>) -> Result<i64, Failure> {
        if self.standoff.is_some() {
            return Err(Failure::new(axum::http::StatusCode::CONFLICT, "a standoff was given at the start: edit its file"));
        }
        if !text.trim().is_empty() {
            Given::read("standoff", &text, None)?;
        }
        self.write(by, move |case, stamp| Ok(case.keep_standoff(&text, stamp)?)).await
    }

    /// A run of the models.
    pub(crate) async fn told(&self, question: Question) -> Result<Answer<Told>, Failure> {
        let generation = self.store.generation()?;
        let base = match self.base().await? {
            Answer::Working(job) => return Ok(Answer::Working(job)),
            Answer::Ready(base) => base,
        };
        let of = match &*base {
            Base::Given(given) => Of::Text(given.text.clone()),
            Base::Proposed(_) => Of::Case(generation),
        };
        let (app, asked) = (self.clone(), question.clone());
        let begin = move |save: Save<Told>| {
            app.jobs.start(Kind::Forecast, move |job| save(run(&base, &asked, job)).map(|told| format!("{}", told.outlook.answers.len())))
        };
        let memo: fn(&App) -> &Memo<(Of, Question), Told> = |app| &app.desk.runs;
        ask(self, memo, (of, question), begin, PATIENCE).await
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

/// Steps of a study that follow its documents: the brief and the proposal.
const AFTER: u64 = 2;
/// Documents from one telling to the next.
const STRIDE: usize = 16;

fn made(app: &App, job: &Job) -> Result<Study, Failure> {
    let case = Case::open_read_only(app.store.path())?;
    let rows = case.documents(&Filter::default(), Page::ALL)?.rows;
    let goes_on = |done: usize, of: usize| {
        // Telling how far it is costs more than a document.
        if done.is_multiple_of(STRIDE) {
            job.step(done as u64, Some(of as u64 + AFTER));
        }
        !job.is_cancelled()
    };
    let inputs = Inputs::of_case_until(&case, goes_on)?.ok_or_else(Failure::stopping)?;
    if rows.len() != inputs.documents.len() {
        return Err(Failure::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "the case changed while it was read: try again"));
    }
    let read = rows.len() as u64;
    job.step(read, Some(read + AFTER));
    let brief = brief_until(&inputs, &|| !job.is_cancelled()).ok_or_else(Failure::stopping)?;
    job.step(read + 1, Some(read + AFTER));
    let proposed = brief.propose_until(&|| !job.is_cancelled()).ok_or_else(Failure::stopping)?;
    let proposal = proposed.standoff(&brief).map_err(|error| error.to_string());
    job.step(read + AFTER, Some(read + AFTER));
    Ok(Study { brief, inputs, documents: rows.into_iter().map(|row| row.id).collect(), proposal, entries: proposed.entries })
}

fn run(base: &Base, question: &Question, job: &Job) -> Result<Told, Failure> {
    let (text, standoff) = base.standoff()?;
    let study = if let Base::Proposed(study) = base { Some(study) } else { None };
    let (text, base) = (text.to_owned(), standoff.clone());
    let (mut standoff, mut rules) = (base.clone(), Rules::shipped()?);
    for (name, value) in &question.set {
        set(&mut standoff, &mut rules, name, Range::point(*value)?)?;
    }
    let settings = Settings { seed: question.seed, draws: question.draws };
    let run = run_until(&standoff, &rules, settings, job.flag())?.ok_or_else(Failure::stopping)?;
    let leaning = study.filter(|_| question.set.is_empty()).map(|study| leans(&study.inputs, question.seed));
    Ok(Told { outlook: Outlook::new(&standoff, &run, leaning), standoff, base, text, run })
}

/// Answers by what was asked, the newest last.
struct Memo<K, T> {
    slots: Mutex<VecDeque<(K, Slot<T>)>>,
    /// The most of them.
    most: usize,
}

enum Slot<T> {
    Working(Arc<Job>),
    Ended(Result<Arc<T>, Failure>),
}

/// Keeps what a job made, and gives it on.
type Save<T> = Box<dyn FnOnce(Result<T, Failure>) -> Result<Arc<T>, Failure> + Send>;

impl<K, T> Memo<K, T> {
    fn new(most: usize) -> Self {
        Self { slots: Mutex::default(), most }
    }
}

/// The answer where it is known or soon will be; else the job, which is begun where nobody has.
async fn ask<K, T, B>(app: &App, memo: fn(&App) -> &Memo<K, T>, key: K, begin: B, patience: Duration) -> Result<Answer<T>, Failure>
where
    K: Clone + PartialEq + Send + 'static,
    T: Send + Sync + 'static,
    B: FnOnce(Save<T>) -> Result<Arc<Job>, Failure>,
{
    let job = {
        let mut slots = held(&memo(app).slots);
        match slots.iter().find(|(of, _)| *of == key) {
            Some((_, Slot::Ended(answer))) => return answer.clone().map(Answer::Ready),
            Some((_, Slot::Working(job))) if !job.state().stage.is_over() => Arc::clone(job),
            _ => {
                slots.retain(|(of, _)| *of != key);
                let (own, of) = (app.clone(), key.clone());
                let save: Save<T> = Box::new(move |made| {
                    let made = made.map(Arc::new);
                    let mut slots = held(&memo(&own).slots);
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
                if slots.len() >= memo(app).most {
                    slots.pop_front();
                }
                slots.push_back((key.clone(), Slot::Working(Arc::clone(&job))));
                job
            }
        }
    };
    let mut watch = job.watch();
    let _ = tokio::time::timeout(patience, watch.wait_for(|state| state.stage.is_over())).await;
    let slots = held(&memo(app).slots);
    match slots.iter().find(|(of, _)| *of == key) {
        Some((_, Slot::Ended(answer))) => answer.clone().map(Answer::Ready),
        _ => Ok(Answer::Working(job.id())),
    }
}
