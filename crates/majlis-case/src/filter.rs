//! What to list: conditions that every list and every search understands, as SQL.

use crate::error::Problem;
use jiff::civil::Date;
use rusqlite::types::Value;

/// What to list. Whatever is given must hold; what a list has no use for is refused, never passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// This actor or one merged into it speaks, acts, is acted on, holds the stance or is mentioned.
    pub actor: Option<i64>,
    /// Statements by sources that can be identified (`true`) or not (`false`), and what they report.
    pub named: Option<bool>,
    /// The outlet's name or its code in the lexicon.
    pub outlet: Option<String>,
    /// First day: of the event in the list of events, else of publication.
    pub from: Option<Date>,
    /// Last day, likewise.
    pub to: Option<Date>,
    /// PLOVER type of event.
    pub kind: Option<String>,
    /// Status of event: happened, ongoing, planned, threatened, demanded or denied.
    pub status: Option<String>,
    /// A place's name in either language, or a country's code (ISO 3166-1 alpha-2).
    pub place: Option<String>,
    /// One document.
    pub document: Option<i64>,
}

/// Which stretch of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows passed over.
    pub offset: u64,
    /// Rows given at most.
    pub limit: u64,
}

impl Page {
    /// The whole list.
    pub const ALL: Self = Self { offset: 0, limit: i64::MAX as u64 };

    /// The first rows of a list.
    pub fn first(limit: u64) -> Self {
        Self { offset: 0, limit }
    }

    pub(crate) fn values(self) -> [Value; 2] {
        [self.limit, self.offset].map(|n| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX)))
    }
}

/// A stretch of a list, and how long the whole list is.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Listed<T> {
    /// Number of rows that the filter lets through.
    pub total: u64,
    /// Those of the page.
    pub rows: Vec<T>,
}

/// The `WHERE` of a query, with the values of its parameters.
#[derive(Default)]
pub(crate) struct Conditions {
    clauses: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Adds a clause with as many `?` as values.
    pub(crate) fn and(&mut self, clause: &str, values: impl IntoIterator<Item = Value>) {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
    }

    /// Whether any of them is about the `live_document d`, and it must be joined.
    pub(crate) fn is_of_document(&self) -> bool {
        self.clauses.iter().any(|clause| clause.starts_with("d."))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    pub(crate) fn sql(&self) -> String {
        if self.clauses.is_empty() { String::new() } else { format!(" WHERE {}", self.clauses.join(" AND ")) }
    }
}

impl Filter {
    /// What every list of things in documents has: `d` is the `live_document`.
    pub(crate) fn of_document(&self, conditions: &mut Conditions) {
        if let Some(document) = self.document {
            conditions.and("d.id = ?", [document.into()]);
        }
        if let Some(outlet) = &self.outlet {
            conditions.and("d.outlet IN (SELECT id FROM outlet WHERE name = ? OR code = ?)", [text(outlet), text(outlet)]);
        }
    }

    /// Days of publication.
    pub(crate) fn of_publication(&self, conditions: &mut Conditions) {
        if let Some(from) = self.from {
            conditions.and("d.published >= ?", [text(&from.to_string())]);
        }
        if let Some(to) = self.to {
            conditions.and("d.published <= ?", [text(&to.to_string())]);
        }
    }

    /// Type, status, place, actor and reporting source of `live_event i`.
    pub(crate) fn of_event(&self, conditions: &mut Conditions) {
        if let Some(kind) = &self.kind {
            conditions.and("i.type = ?", [text(&kind.to_uppercase())]);
        }
        if let Some(status) = &self.status {
            conditions.and("i.status = ?", [text(&status.to_lowercase())]);
        }
        if let Some(place) = &self.place {
            conditions.and(&format!("i.place IN (SELECT p.id FROM place p JOIN location l ON l.id = p.location WHERE {PLACE})"), at(place));
        }
        if let Some(actor) = self.actor {
            conditions.and(&format!("i.id IN (SELECT event FROM event_party WHERE actor IN ({LOCALS}))"), [actor.into()]);
        }
        if let Some(named) = self.named {
            conditions.and("EXISTS (SELECT 1 FROM statement s WHERE s.id = i.statement AND s.named = ?)", [i64::from(named).into()]);
        }
    }

    /// Refuses conditions that a list cannot apply; `used` names those it can.
    pub(crate) fn only(&self, list: &str, used: &[&str]) -> Result<(), Problem> {
        let given = [
            ("actor", self.actor.is_some()),
            ("named", self.named.is_some()),
            ("from", self.from.is_some()),
            ("to", self.to.is_some()),
            ("type", self.kind.is_some()),
            ("status", self.status.is_some()),
            ("place", self.place.is_some()),
        ];
        match given.iter().find(|(name, is_given)| *is_given && !used.contains(name)) {
            Some((name, _)) => Err(Problem::Refused(format!("{list} cannot be filtered by {name}"))),
            None => Ok(()),
        }
    }
}

/// The readings' actors that stand for one actor of the case, as a subquery with the actor's id for its parameter.
pub(crate) const LOCALS: &str = "SELECT l.id FROM local_actor l JOIN actor a ON a.id = l.actor WHERE a.root = (SELECT root FROM actor WHERE id = ?)";

/// Whether `location l` is the place asked for; its parameters are those of [`at`].
pub(crate) const PLACE: &str = "(l.name = ? COLLATE NOCASE OR l.name_ar = ? OR l.country = ?)";

pub(crate) fn at(place: &str) -> [Value; 3] {
    [text(place), text(place), text(&place.to_uppercase())]
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}
