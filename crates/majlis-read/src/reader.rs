//! The stages in their order.

use crate::events::{self, Choice, Context};
use crate::linear::Linear;
use crate::mentions::{self, PlaceCandidate, PlaceId};
use crate::reading::{PlaceMention, Reading, Why};
use crate::scan::Scan;
use crate::{actors, dateline, speech, stances, times};
use majlis_lexicon::{Lexicon, PlaceType};
use majlis_text::{Document, Span};

/// The shipped weights of the event filter.
const EVENTS: &[u8] = include_bytes!("../models/events.bin");

/// The shipped weights of the ranking of actors for an event's roles.
const ROLES: &[u8] = include_bytes!("../models/roles.bin");

/// The shipped weights of what tells a state that acts from one that is a place.
const STATES: &[u8] = include_bytes!("../models/states.bin");

/// The shipped weights of what tells how likely a statement is right.
const STATEMENTS: &[u8] = include_bytes!("../models/statements.bin");

/// Reads documents. The lexicon is shared by the whole process.
#[derive(Clone)]
pub struct Reader {
    /// Which candidates are events; `None` keeps them all.
    events: Option<Linear>,
    /// Who fills their roles; `None` leaves that to the rules.
    roles: Option<Linear>,
    /// Which states and capitals act; `None` leaves that to the rules.
    states: Option<Linear>,
    /// Which statements are right; `None` keeps them all.
    statements: Option<Linear>,
}

/// What the models judged an event by, for training.
#[derive(Clone, Debug)]
pub struct JudgedEvent {
    /// Features of the event filter.
    pub features: Vec<u32>,
    /// Who could fill the roles; the first choice is nobody.
    pub choices: Vec<Choice>,
}

/// What the models judged a document's items by, for training.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Of each event of the reading.
    pub events: Vec<JudgedEvent>,
    /// Each state and capital that may act or be a place, and its features.
    pub states: Vec<(Span, Vec<u32>)>,
    /// Of each statement of the reading, its features.
    pub statements: Vec<Vec<u32>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader with the shipped lexicon and models; the lexicon is compiled now if it was not yet.
    pub fn new() -> Self {
        Lexicon::shipped();
        Self {
            events: Linear::from_bytes(EVENTS),
            roles: Linear::from_bytes(ROLES),
            states: Linear::from_bytes(STATES),
            statements: Linear::from_bytes(STATEMENTS),
        }
    }

    /// The same reader with another event filter, for training and for measuring what was not trained on.
    #[must_use]
    pub fn with_filter(self, events: Option<Linear>) -> Self {
        Self { events, ..self }
    }

    /// The same reader with another ranking of actors for roles.
    #[must_use]
    pub fn with_roles(self, roles: Option<Linear>) -> Self {
        Self { roles, ..self }
    }

    /// The same reader with another judge of the states that act.
    #[must_use]
    pub fn with_states(self, states: Option<Linear>) -> Self {
        Self { states, ..self }
    }

    /// The same reader with another judge of statements.
    #[must_use]
    pub fn with_statements(self, statements: Option<Linear>) -> Self {
        Self { statements, ..self }
    }

    /// Reads one document. Never fails; what cannot be told is left open. Cost is linear in the text's length.
    pub fn read(&self, document: &Document) -> Reading {
        self.read_judged(document).0
    }

    /// Reads one document, and gives what the models judged its items by.
    pub fn read_judged(&self, document: &Document) -> (Reading, Judged) {
        let scan = Scan::new(&document.text);
        let (published, published_inferred) = match document.published {
            Some(day) => (Some(day), None),
            None => dateline::infer(&scan).map_or((None, None), |(day, why)| (Some(day), Some(why))),
        };
        let times = times::find(&scan, published);
        let found = mentions::find(&scan, self.states.as_ref());
        let resolved = actors::resolve(&scan, &found, published);
        let said = speech::find(&scan, &resolved, self.statements.as_ref());
        let mut places = found.places;
        places.sort_by_key(|p| p.first);
        let context = Context { resolved: &resolved, said: &said, times: &times, places: &places };
        let (events, states) = events::find(&scan, &context, self.events.as_ref(), self.roles.as_ref());
        let stances = stances::find(&scan, &events, &said, &resolved);
        let main = resolved.country.map_or("", |c| scan.lexicon.states[c as usize].iso2);
        let states_judged = found.states.into_iter().map(|s| (scan.span(s.first as usize, s.last as usize), s.features));
        let (events, judged): (Vec<_>, Vec<_>) = events.into_iter().map(|e| (e.event, JudgedEvent { features: e.features, choices: e.choices })).unzip();
        let (statements, statements_judged): (Vec<_>, Vec<_>) = said.into_iter().map(|s| (s.statement, s.features)).unzip();
        let judged = Judged { events: judged, states: states_judged.collect(), statements: statements_judged };
        let reading = Reading {
            published,
            published_inferred,
            actors: resolved.actors.into_iter().chain(states.into_iter().map(|s| actors::state(&scan.lexicon.states[s as usize]))).collect(),
            mentions: resolved.mentions,
            statements,
            times: times.into_iter().map(|t| t.time).collect(),
            places: places.iter().map(|p| place(&scan, p, main)).collect(),
            events,
            stances,
        };
        (reading, judged)
    }
}

fn place(scan: &Scan<'_>, p: &PlaceCandidate, main: &'static str) -> PlaceMention {
    let lexicon = scan.lexicon;
    let span = scan.span(p.first as usize, p.last as usize);
    let (name, name_ar, country, position, precision) = match p.at {
        PlaceId::Place(i) => {
            let place = &lexicon.places[i as usize];
            (place.en.to_owned(), place.ar.to_owned(), place.country, place.position, place.kind)
        }
        PlaceId::State(i) => {
            let state = &lexicon.states[i as usize];
            (state.en.to_owned(), state.ar.to_owned(), state.iso2, None, PlaceType::Country)
        }
        PlaceId::Capital(i) => {
            let state = &lexicon.states[i as usize];
            let city = lexicon.capital(i).map(|c| &lexicon.places[c as usize]);
            (state.capital_en.to_owned(), city.map_or_else(String::new, |c| c.ar.to_owned()), state.iso2, city.and_then(|c| c.position), PlaceType::City)
        }
        PlaceId::Unlisted(kind) => {
            let written = span.slice(scan.layout.text).unwrap_or_default();
            // ميناء … اليوناني: the adjective tells whose.
            let country = scan.nisba_at(p.last as usize).filter(|(m, _)| m.word.form.article()).map_or(main, |(_, s)| lexicon.states[s as usize].iso2);
            (lexicon.latin(written), written.to_owned(), country, None, kind)
        }
    };
    PlaceMention { span, name, name_ar, country, position, precision, confidence: p.confidence, why: Why { ..p.why } }
}
