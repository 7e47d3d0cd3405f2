//! A standoff proposed from a brief: disputed issues, who stands where, truces, incidents, threats and offers, each with the words it
//! rests on.
//!
//! Nothing is proposed without words. What the texts do not say is asked ([`Question`]); where a model needs a number all the same, the
//! number is left as wide as its scale. [`Proposal::write`] makes of it a file that [`majlis_model::standoff::read`] accepts, and takes
//! it into a file that an analyst has edited.

mod assemblies;
mod bargains;
mod disputes;
mod happenings;
mod keep;
mod question;
pub(crate) mod words;
mod write;

pub use keep::Difference;

use crate::model::{Brief, Cite, StanceLine, Voice, Who};
use crate::render::{Lang, say};
use majlis_model::standoff::Label;
use majlis_read::Why;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A standoff as the texts have it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Proposal {
    /// What it is called.
    pub name: Label,
    /// The day of the last document; `None` where no day of publication is known.
    pub date: Option<jiff::civil::Date>,
    /// The entries of the file, in its order.
    pub entries: Vec<Entry>,
    /// The issues that are proposed: their place in [`Brief::issues`] and their `id`.
    pub issues: Vec<(usize, String)>,
    /// What the texts leave open.
    pub questions: Vec<Question>,
}

/// One table of the file: an issue, an actor, a stand, a truce …
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The list that it belongs to: `issue`, `actor`, `stand` …
    pub list: &'static str,
    /// Its keys in order.
    pub keys: Vec<Key>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Tables inside it.
    pub parts: Vec<Entry>,
}

/// One key of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
    /// For a number or a day: the rule that made it.
    pub because: Option<String>,
    /// For a number or a day: the words that it rests on.
    pub evidence: Vec<Evidence>,
}

/// A value as the file writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Letters.
    Text(String),
    /// A name in both languages.
    Label(Label),
    /// Low, mode and high.
    Range(crate::model::Range),
    /// A day.
    Day(jiff::civil::Date),
    /// Days.
    Days(Vec<jiff::civil::Date>),
    /// Ids.
    Ids(Vec<String>),
}

/// The words that something rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where they stand.
    pub cite: Cite,
    /// The words.
    pub words: String,
    /// Who says so; `None` where the outlet does.
    pub voice: Option<Voice>,
    /// The rule that read them, and how sure it is, 0–1.
    pub found: Option<(Why, f32)>,
}

/// Something that the texts leave open.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Which question, as `data/messages.tsv` has it.
    pub asks: &'static str,
    /// What fills its places.
    pub values: Vec<(&'static str, Said)>,
    /// The words that raise it.
    pub evidence: Vec<Evidence>,
}

/// What fills a place in a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Actors.
    Who(Vec<Who>),
    /// Words of the texts, or of the file.
    Words(String),
    /// A time; `None` where none is told.
    When(Option<majlis_text::Edtf>),
    /// A place; `None` where none is told.
    Place(Option<crate::model::PlaceLine>),
    /// How real an event is.
    Status(majlis_read::Status),
    /// Where a number of ours comes from, in English and in Arabic.
    Source([&'static str; 2]),
}

/// Why nothing can be proposed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No document has a day, and a standoff is played from one.
    #[error("no document has a day of publication, from which a standoff could be played")]
    NoDay,
    /// The file that is there is no standoff.
    #[error("{name}: {problem}")]
    File {
        /// The file.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl Brief {
    /// Proposes a standoff.
    #[must_use]
    pub fn propose(&self) -> Proposal {
        self.propose_until(&|| true).unwrap_or_default()
    }

    /// The same, as long as `goes_on` says so, which is asked before each event and each part; else none.
    #[must_use]
    pub fn propose_until(&self, goes_on: &dyn Fn() -> bool) -> Option<Proposal> {
        let topics = self.events.iter().map(|event| goes_on().then(|| happenings::topic(event))).collect::<Option<Vec<_>>>()?;
        let stop = || goes_on().then_some(());
        let mut making = Making::new(self, &topics);
        stop()?;
        disputes::issues(&mut making);
        stop()?;
        happenings::truces(&mut making);
        stop()?;
        happenings::incidents(&mut making);
        stop()?;
        bargains::find(&mut making);
        happenings::votes(&mut making);
        stop()?;
        disputes::actors(&mut making);
        Some(making.finish())
    }
}

/// A stand that nobody tells of, and that follows from what is asked.
#[derive(Clone)]
struct Implied {
    who: Who,
    /// Index into [`Making::issues`].
    at: usize,
    position: crate::model::Range,
    because: &'static str,
    evidence: Evidence,
}

/// A proposal in the making.
struct Making<'b> {
    brief: &'b Brief,
    /// What the words of each event are of.
    topics: &'b [words::Topic],
    date: Option<jiff::civil::Date>,
    /// Issues of the brief that are proposed, with their ids.
    issues: Vec<(usize, String)>,
    /// Stands that follow from threats, offers and pressure.
    implied: Vec<Implied>,
    /// Actors that something refers to.
    named: BTreeSet<Who>,
    ids: FxHashMap<Who, String>,
    used: BTreeSet<String>,
    entries: Vec<Entry>,
    questions: Vec<Question>,
}

impl<'b> Making<'b> {
    fn new(brief: &'b Brief, topics: &'b [words::Topic]) -> Self {
        let date = brief.documents.iter().filter_map(|d| d.published).max();
        let mut making = Self {
            brief,
            topics,
            date,
            issues: Vec::new(),
            implied: Vec::new(),
            named: BTreeSet::new(),
            ids: FxHashMap::default(),
            used: BTreeSet::new(),
            entries: Vec::new(),
            questions: Vec::new(),
        };
        for (who, actor) in (0..).zip(&brief.actors) {
            let id = making.id("actor", &actor.id);
            making.ids.insert(who, id);
        }
        making
    }

    /// An id that nothing of its kind has: the words in Latin letters.
    fn id(&mut self, kind: &str, words: &str) -> String {
        let slug = words::slug(words);
        let slug = if slug.is_empty() { kind.to_owned() } else { slug };
        let id = (1..).map(|n| if n == 1 { slug.clone() } else { format!("{slug}-{n}") }).find(|id| !self.used.contains(&format!("{kind}/{id}")));
        let id = id.unwrap_or(slug);
        self.used.insert(format!("{kind}/{id}"));
        id
    }

    /// The id of an actor, which is proposed from now on.
    fn actor(&mut self, who: Who) -> String {
        self.named.insert(who);
        self.ids[&who].clone()
    }

    fn ask(&mut self, asks: &'static str, values: Vec<(&'static str, Said)>, evidence: Vec<Evidence>) {
        self.questions.push(Question { asks, values, evidence });
    }

    /// An actor's English name.
    fn called(&self, who: Who) -> &'b str {
        let actor = &self.brief.actors[who as usize];
        if actor.name_en.is_empty() { &actor.name } else { &actor.name_en }
    }

    fn finish(self) -> Proposal {
        // Issues and actors come before what refers to them.
        let mut entries = self.entries;
        entries.sort_by_key(|entry| ["issue", "actor", "truce", "incident", "threat", "offer"].iter().position(|list| *list == entry.list));
        let undisputed = |lang| say(lang, "undisputed").to_owned();
        let name = match self.issues.first().map(|(issue, _)| self.brief.issues[*issue].label.clone()) {
            Some(label) => Label { en: label.clone(), ar: label },
            None => Label { en: undisputed(Lang::English), ar: undisputed(Lang::Arabic) },
        };
        Proposal { name, date: self.date, entries, issues: self.issues, questions: self.questions }
    }
}

impl Evidence {
    fn of_stance(s: &StanceLine) -> Self {
        let words = s.condition.as_ref().map_or_else(|| s.words.clone(), |c| format!("{} … {c}", s.words));
        Self { cite: s.report.cite, words, voice: s.report.voice.clone(), found: Some((s.why, s.confidence)) }
    }
}

impl Entry {
    /// Its `id`, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.keys.iter().find_map(|key| match &key.value {
            Value::Text(id) if key.name == "id" => Some(id.as_str()),
            _ => None,
        })
    }
}

impl Entry {
    /// Whether it is of an issue, by the issue's `id`.
    pub(crate) fn is_of(&self, issue: &str) -> bool {
        self.keys.iter().any(|key| key.name == "issue" && key.value == Value::Text(issue.to_owned()))
    }
}

impl Key {
    /// Whether it is what the texts tell, not what a rule makes of it: days and names are told, numbers are made.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.because.is_some() && !self.evidence.is_empty() && !matches!(self.value, Value::Range(_))
    }

    fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, value: Value::Text(text.into()), because: None, evidence: Vec::new() }
    }

    fn label(name: &'static str, en: impl Into<String>, ar: impl Into<String>) -> Self {
        Self { name, value: Value::Label(Label { en: en.into(), ar: ar.into() }), because: None, evidence: Vec::new() }
    }

    fn made(name: &'static str, value: Value, because: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self { name, value, because: Some(because.into()), evidence }
    }
}
