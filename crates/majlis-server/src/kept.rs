//! Answers that are kept until the case changes, and those that took long a little longer.
//!
//! A sum over the whole of a large case takes as long as it takes. While others write, a reader gets the last one that was made, told how old it
//! is, and a new one is made behind: how far it may lag is in proportion to what it took, so that making it anew never takes more than a small
//! share of the time. Whoever has changed something sees the change: a cookie names the state of the case that its next answers must have.

use crate::store::held;
use axum::body::Bytes;
use axum::http::HeaderMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The most bytes that are kept; more, and all is dropped.
const MOST: usize = 64 << 20;
/// The largest answer that is.
const LARGEST: usize = 1 << 20;
/// An answer that took longer may be given again although the case has changed.
const SLOW: Duration = Duration::from_millis(20);
/// How old it may become, as a multiple of what it took, before it is made anew behind those who ask; and before they wait for a new one.
const FRESH: u32 = 25;
const PATIENCE: u32 = 100;
const LONGEST: Duration = Duration::from_secs(30);
/// For how long nothing more is made behind, as a multiple of what the last took.
const REST: u32 = 2;

/// An answer that is kept.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The state of the case that it shows.
    pub(crate) generation: u64,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    made: Instant,
    took: Duration,
}

impl Answer {
    /// An answer that was begun at a moment and is made now.
    pub(crate) fn new(generation: u64, headers: HeaderMap, body: Bytes, begun: Instant) -> Self {
        Self { generation, headers, body, made: Instant::now(), took: begun.elapsed() }
    }

    /// How old it is.
    pub(crate) fn age(&self) -> Duration {
        self.made.elapsed()
    }

    /// Whether it is time to make it anew, where the case has changed since.
    pub(crate) fn is_old(&self) -> bool {
        self.age() > self.took.saturating_mul(FRESH).min(LONGEST / 2)
    }

    fn is_slow(&self) -> bool {
        self.took >= SLOW
    }

    /// Whether it may be given although the case has changed.
    fn may_lag(&self) -> bool {
        self.is_slow() && self.age() < self.lasts()
    }

    fn lasts(&self) -> Duration {
        self.took.saturating_mul(PATIENCE).min(LONGEST)
    }
}

/// Answers by address.
pub(crate) struct Kept {
    answers: Mutex<Answers>,
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Until when nothing is made behind; none while something is.
    behind: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Answers {
    generation: u64,
    bytes: usize,
    by_address: HashMap<String, Answer>,
}

/// Whoever holds this makes the answer; the others who ask for it wait, and find it kept.
pub(crate) struct Turn<'a> {
    /// Whether somebody else had it before. Where nothing is kept even so, the answer is not one to be kept, and there is nothing to wait for.
    pub(crate) has_waited: bool,
    kept: &'a Kept,
    address: &'a str,
    _held: tokio::sync::OwnedMutexGuard<()>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut turns = held(&self.kept.turns);
        // One is the map's, one is held here: nobody else waits.
        if turns.get(self.address).is_some_and(|turn| Arc::strong_count(turn) <= 2) {
            turns.remove(self.address);
        }
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self { answers: Mutex::default(), turns: Mutex::default(), behind: Mutex::new(Some(Instant::now())) }
    }
}

impl Kept {
    pub(crate) async fn turn<'a>(&'a self, address: &'a str) -> Turn<'a> {
        let turn = Arc::clone(held(&self.turns).entry(address.to_owned()).or_default());
        match Arc::clone(&turn).try_lock_owned() {
            Ok(held) => Turn { has_waited: false, kept: self, address, _held: held },
            Err(_) => Turn { has_waited: true, kept: self, address, _held: turn.lock_owned().await },
        }
    }

    /// The answer of this state of the case; or, where making one takes long, of an earlier one that is not before `seen`.
    pub(crate) fn get(&self, generation: u64, seen: u64, address: &str) -> Option<Answer> {
        let answers = held(&self.answers);
        let answer = answers.by_address.get(address)?;
        (answer.generation == generation || answer.generation >= seen && answer.may_lag()).then(|| answer.clone())
    }

    pub(crate) fn put(&self, address: &str, answer: Answer) {
        let mut answers = held(&self.answers);
        if answer.generation < answers.generation && !answer.is_slow() || answer.body.len() > LARGEST {
            return;
        }
        if answers.generation < answer.generation {
            answers.generation = answer.generation;
            answers.by_address.retain(|_, old| old.may_lag());
            answers.bytes = answers.by_address.iter().map(|(address, old)| address.len() + old.body.len()).sum();
        }
        let size = answer.body.len() + address.len();
        if answers.bytes + size > MOST {
            *answers = Answers { generation: answers.generation, ..Answers::default() };
        }
        let before = answers.by_address.insert(address.to_owned(), answer);
        answers.bytes = answers.bytes + size - before.map_or(0, |old| old.body.len() + address.len());
    }

    /// Drops the answers to some addresses: what they show has changed although the case has not.
    pub(crate) fn forget(&self, is_meant: impl Fn(&str) -> bool) {
        let mut answers = held(&self.answers);
        answers.by_address.retain(|address, _| !is_meant(address));
        answers.bytes = answers.by_address.iter().map(|(address, old)| address.len() + old.body.len()).sum();
    }

    /// Whether something may be made behind those who read an answer of before; then whoever asks does, until [`Kept::caught_up`]. One at a
    /// time, with a rest between: the others keep their readers and processors.
    pub(crate) fn may_catch_up(&self) -> bool {
        held(&self.behind).take_if(|until| *until <= Instant::now()).is_some()
    }

    /// That what was begun so long ago is made, or has failed.
    pub(crate) fn caught_up(&self, begun: Instant) {
        *held(&self.behind) = Some(Instant::now() + begun.elapsed().saturating_mul(REST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(generation: u64, body: &'static [u8], took: Duration) -> Answer {
        Answer { generation, headers: HeaderMap::new(), body: Bytes::from_static(body), made: Instant::now(), took }
    }

    #[test]
    fn an_answer_is_kept_until_the_case_changes() {
        let kept = Kept::default();
        kept.put("/ar/", answer(1, b"one", Duration::ZERO));
        assert_eq!(kept.get(1, 0, "/ar/").unwrap().body, "one");
        assert!(kept.get(2, 0, "/ar/").is_none());
        kept.put("/en/", answer(2, b"two", Duration::ZERO));
        kept.put("/ar/", answer(1, b"late", Duration::ZERO));
        assert!(kept.get(2, 0, "/ar/").is_none(), "an answer of an older case is not kept");
    }

    #[test]
    fn what_takes_long_may_lag_but_not_before_what_was_seen() {
        let kept = Kept::default();
        kept.put("/ar/actors", answer(1, b"sums", Duration::from_secs(1)));
        kept.put("/ar/", answer(2, b"next", Duration::ZERO));
        assert_eq!(kept.get(2, 1, "/ar/actors").unwrap().body, "sums");
        assert!(kept.get(2, 2, "/ar/actors").is_none(), "whoever changed the case sees the change");
        let old = Answer { made: Instant::now().checked_sub(LONGEST).unwrap(), ..answer(1, b"old", Duration::from_secs(60)) };
        kept.put("/ar/map", old);
        assert!(kept.get(2, 1, "/ar/map").is_none(), "nothing lags for ever");
        assert!(kept.may_catch_up() && !kept.may_catch_up());
        kept.caught_up(Instant::now().checked_sub(LONGEST).unwrap());
        assert!(!kept.may_catch_up(), "after long work there is a long rest");
        *held(&kept.behind) = Some(Instant::now());
        assert!(kept.may_catch_up());
    }

    #[test]
    fn what_is_kept_has_a_limit() {
        let kept = Kept::default();
        let large = |size| Answer { body: Bytes::from(vec![0; size]), ..answer(1, b"", Duration::ZERO) };
        for i in 0..200 {
            kept.put(&i.to_string(), large(LARGEST));
            kept.put("again", large(LARGEST / 2));
        }
        let answers = held(&kept.answers);
        assert!(answers.bytes <= MOST);
        assert_eq!(answers.bytes, answers.by_address.iter().map(|(address, answer)| address.len() + answer.body.len()).sum::<usize>());
        drop(answers);
        kept.put("large", large(LARGEST + 1));
        assert!(kept.get(1, 0, "large").is_none());
    }

    #[tokio::test]
    async fn a_turn_is_forgotten_with_the_last_who_waits() {
        let kept = Kept::default();
        let first = kept.turn("/ar/").await;
        let second = tokio::time::timeout(Duration::from_millis(5), kept.turn("/ar/")).await;
        assert!(second.is_err() && held(&kept.turns).len() == 1);
        drop(first);
        assert!(held(&kept.turns).is_empty());
    }
}
