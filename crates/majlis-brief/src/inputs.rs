//! What a brief is made of: documents, what was read in each, and which of them carry one text.

use crate::copies;
use majlis_read::Reading;
use majlis_text::Document;

/// Documents with their readings.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Each document and what was found in it.
    pub documents: Vec<(Document, Reading)>,
    /// For each document, the one whose text it carries; `None` where the text is its own.
    pub copies: Vec<Option<u32>>,
}

impl Inputs {
    /// Documents as they were read; copies are found by their words.
    #[must_use]
    pub fn new(documents: Vec<(Document, Reading)>) -> Self {
        let copies = copies::find(documents.iter().map(|(d, _)| d));
        Self { documents, copies }
    }

    /// The same without the documents for which `drop` holds. A copy of one that goes becomes a text of its own, the next copies its copies.
    #[must_use]
    pub fn without(&self, drop: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.documents.len()).filter(|&i| !drop(i)).collect();
        let origin = |i: usize| self.copies[i].map_or(i, |o| o as usize);
        let copy = |(place, &i): (usize, &usize)| {
            let first = kept.iter().position(|&other| other == origin(i)).or_else(|| kept.iter().position(|&other| origin(other) == origin(i)));
            first.filter(|&first| first != place).map(|first| first as u32)
        };
        let copies = kept.iter().enumerate().map(copy).collect();
        Self { documents: kept.into_iter().map(|i| self.documents[i].clone()).collect(), copies }
    }

    /// The same without what sources say that cannot be identified: their statements, and the events and stances that these report.
    #[must_use]
    pub fn named_only(&self) -> Self {
        let documents = self.documents.iter().map(|(document, reading)| (document.clone(), named(reading))).collect();
        Self { documents, copies: self.copies.clone() }
    }
}

fn named(reading: &Reading) -> Reading {
    let unnamed = |statement: Option<u32>| statement.is_some_and(|s| !reading.statements[s as usize].speaker.named);
    let (events, statements) = (places(&reading.events, |e| !unnamed(e.statement)), places(&reading.statements, |s| s.speaker.named));
    let mut named = reading.clone();
    let kept = |places: &[Option<u32>], at: Option<u32>| at.and_then(|i| places[i as usize]);
    retain(&mut named.statements, &statements);
    retain(&mut named.events, &events);
    named.stances.retain(|s| s.event.is_none_or(|e| events[e as usize].is_some()));
    for s in &mut named.statements {
        s.inside = kept(&statements, s.inside);
    }
    for e in &mut named.events {
        e.statement = kept(&statements, e.statement);
    }
    for s in &mut named.stances {
        s.event = kept(&events, s.event);
    }
    named
}

/// The new place of each item that stays.
fn places<T>(items: &[T], stays: impl Fn(&T) -> bool) -> Vec<Option<u32>> {
    let mut next = 0;
    let place = |item: &T| {
        stays(item).then(|| {
            next += 1;
            next - 1
        })
    };
    items.iter().map(place).collect()
}

fn retain<T>(items: &mut Vec<T>, places: &[Option<u32>]) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        places[at - 1].is_some()
    });
}
