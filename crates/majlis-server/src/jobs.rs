//! Long work: adding and forecasting. A job has a number and a page; whoever looks sees how far it is, and it goes on when nobody does.

use crate::failure::Failure;
use crate::store::held;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Semaphore, watch};

/// Finished jobs that are remembered.
const REMEMBERED: usize = 50;
/// Jobs that may wait or run at the same time.
const MOST: usize = 16;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Adds documents.
    Add,
    /// Reads the whole case and makes the brief of it.
    Study,
    /// Runs the models.
    Forecast,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct State {
    /// The job's number.
    pub(crate) id: u64,
    pub(crate) kind: Kind,
    pub(crate) stage: Stage,
    /// Steps done.
    pub(crate) done: u64,
    /// Steps in all, where they can be counted.
    pub(crate) total: Option<u64>,
    /// The documents that it added or revised, the first of them.
    pub(crate) documents: Vec<i64>,
    /// What it told on the way: a line for each document that could not be read.
    pub(crate) notes: Vec<String>,
    /// What came of it, or what went wrong.
    pub(crate) outcome: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl Stage {
    pub(crate) fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A job, as those who run it and those who look at it hold it.
pub(crate) struct Job {
    state: watch::Sender<State>,
    cancelled: AtomicBool,
}

impl Job {
    pub(crate) fn id(&self) -> u64 {
        self.state.borrow().id
    }

    pub(crate) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// Asks it to stop. What it has kept stays kept.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.state.send_if_modified(|state| {
            let waits = state.stage == Stage::Waiting;
            if waits {
                state.stage = Stage::Cancelled;
            }
            waits
        });
    }

    /// What is raised when it is asked to stop, for work that looks at it between its draws.
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.cancelled
    }

    pub(crate) fn step(&self, done: u64, total: Option<u64>) {
        self.state.send_modify(|state| (state.done, state.total) = (done, total));
    }

    /// That it has added or revised a document.
    pub(crate) fn kept(&self, document: i64) {
        const DOCUMENTS: usize = 50;
        self.state.send_if_modified(|state| {
            if state.documents.len() < DOCUMENTS {
                state.documents.push(document);
            }
            false
        });
    }

    pub(crate) fn note(&self, line: String) {
        const LINES: usize = 200;
        self.state.send_modify(|state| {
            if state.notes.len() < LINES {
                state.notes.push(line);
            }
        });
    }

    fn finish(&self, stage: Stage, outcome: Option<String>) {
        self.state.send_modify(|state| (state.stage, state.outcome) = (stage, outcome));
    }
}

/// All jobs, the newest last.
pub(crate) struct Jobs {
    all: Mutex<(u64, BTreeMap<u64, Arc<Job>>)>,
    /// One at a time: each takes all processors that it can.
    turn: Arc<Semaphore>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { all: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Jobs {
    pub(crate) fn get(&self, id: u64) -> Result<Arc<Job>, Failure> {
        held(&self.all).1.get(&id).cloned().ok_or_else(|| Failure::absent(format!("no job {id}")))
    }

    pub(crate) fn list(&self) -> Vec<State> {
        held(&self.all).1.values().rev().map(|job| job.state()).collect()
    }

    /// Starts work on a thread of its own, when its turn comes. It gives the line that tells what came of it.
    pub(crate) fn start(&self, kind: Kind, work: impl FnOnce(&Job) -> Result<String, Failure> + Send + 'static) -> Result<Arc<Job>, Failure> {
        let job = {
            let mut all = held(&self.all);
            let (last, jobs) = &mut *all;
            if jobs.values().filter(|job| !job.state.borrow().stage.is_over()).count() >= MOST {
                return Err(Failure::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "too much work is waiting: try again when some of it is done"));
            }
            while jobs.len() >= REMEMBERED {
                let Some(old) = jobs.iter().find(|(_, job)| job.state.borrow().stage.is_over()).map(|(id, _)| *id) else { break };
                jobs.remove(&old);
            }
            *last += 1;
            let state = State { id: *last, kind, stage: Stage::Waiting, done: 0, total: None, documents: Vec::new(), notes: Vec::new(), outcome: None };
            let job = Arc::new(Job { state: watch::Sender::new(state), cancelled: AtomicBool::new(false) });
            jobs.insert(*last, Arc::clone(&job));
            job
        };
        let (turn, own) = (Arc::clone(&self.turn), Arc::clone(&job));
        tokio::spawn(async move {
            let Ok(_turn) = turn.acquire().await else { return };
            if own.is_cancelled() {
                return own.finish(Stage::Cancelled, None);
            }
            own.state.send_modify(|state| state.stage = Stage::Running);
            let running = Arc::clone(&own);
            let ended = tokio::task::spawn_blocking(move || work(&running)).await;
            match ended.map_err(Failure::from).and_then(|ended| ended) {
                Ok(said) if own.is_cancelled() => own.finish(Stage::Cancelled, Some(said)),
                Ok(said) => own.finish(Stage::Done, Some(said)),
                Err(_) if own.is_cancelled() => own.finish(Stage::Cancelled, None),
                Err(failure) => own.finish(Stage::Failed, Some(failure.detail)),
            }
        });
        Ok(job)
    }

    /// Asks all to stop and waits until they have.
    pub(crate) async fn stop(&self) {
        let running: Vec<Arc<Job>> = held(&self.all).1.values().cloned().collect();
        for job in &running {
            job.cancel();
        }
        for job in running {
            // The sender is held by the job, so waiting ends with it.
            let _ = job.watch().wait_for(|state| state.stage.is_over()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_tells_how_it_ends() {
        let jobs = Jobs::default();
        let ended = |job: Arc<Job>| async move { job.watch().wait_for(|s| s.stage.is_over()).await.unwrap().clone() };
        let done = jobs.start(Kind::Add, |job| {
            job.step(1, Some(2));
            Ok("one added".to_owned())
        });
        let done = ended(done.unwrap()).await;
        assert_eq!((done.stage, done.done, done.outcome.as_deref()), (Stage::Done, 1, Some("one added")));
        let failed = ended(jobs.start(Kind::Add, |_| Err(Failure::bad("nothing"))).unwrap()).await;
        assert_eq!((failed.stage, failed.outcome.as_deref()), (Stage::Failed, Some("nothing")));
        let panicked = ended(jobs.start(Kind::Add, |_| panic!("a flaw")).unwrap()).await;
        assert_eq!(panicked.stage, Stage::Failed);
        assert_eq!(jobs.list().len(), 3);
    }

    #[tokio::test]
    async fn one_that_waits_is_cancelled_at_once_and_one_that_runs_when_it_looks() {
        let jobs = Jobs::default();
        let running = jobs
            .start(Kind::Forecast, |job| {
                while !job.is_cancelled() {
                    std::thread::yield_now();
                }
                Ok(String::new())
            })
            .unwrap();
        let broken = jobs.start(Kind::Forecast, |job| if job.is_cancelled() { Err(Failure::stopping()) } else { Ok(String::new()) }).unwrap();
        let waiting = jobs.start(Kind::Forecast, |_| Ok("never".to_owned())).unwrap();
        broken.cancel();
        waiting.cancel();
        assert_eq!(waiting.state().stage, Stage::Cancelled);
        running.cancel();
        jobs.stop().await;
        assert_eq!((running.state().stage, broken.state().stage), (Stage::Cancelled, Stage::Cancelled));
    }
}
