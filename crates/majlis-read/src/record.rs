//! A reading as a record for files: offsets in Unicode code points, actors by id, and everything the benchmark's
//! `PREDICTIONS.md` asks for among the rest.

use crate::reading::{ActorIx, Reading, Side, Why};
use jiff::civil::Date;
use majlis_text::{CodePoints, Document, Edtf, Span};
use serde::Serialize;

/// One document's reading. Offsets count code points of the document's text, end exclusive.
#[derive(Debug, Serialize)]
pub struct Record {
    /// The document's id.
    pub id: String,
    /// Outlet, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The publication date used.
    pub published: Option<Date>,
    /// Where that date came from, when the document did not carry it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_inferred: Option<String>,
    /// BCP 47 tag.
    pub language: &'static str,
    /// Actors with their mentions.
    pub actors: Vec<ActorRecord>,
    /// Statements.
    pub statements: Vec<StatementRecord>,
    /// Events.
    pub events: Vec<EventRecord>,
    /// Times.
    pub times: Vec<TimeRecord>,
    /// Places.
    pub places: Vec<PlaceRecord>,
    /// Stances.
    pub stances: Vec<StanceRecord>,
}

/// An actor.
#[derive(Debug, Serialize)]
pub struct ActorRecord {
    /// Identifier, unique in the record.
    pub id: String,
    /// Name in the document's language.
    pub name: String,
    /// Name in English or romanised.
    pub name_en: String,
    /// Kind.
    pub kind: &'static str,
    /// PLOVER sector.
    pub sector: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Whether the lexicon knows it.
    pub known: bool,
    /// Mentions.
    pub mentions: Vec<MentionRecord>,
}

/// A mention.
#[derive(Debug, Serialize)]
pub struct MentionRecord {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// 0–1.
    pub confidence: f32,
    /// Rule and cue.
    pub why: String,
}

/// A statement.
#[derive(Debug, Serialize)]
pub struct StatementRecord {
    /// direct or indirect.
    pub kind: crate::StatementKind,
    /// First code point of the words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// Line of the text, counted from 0.
    pub paragraph: u32,
    /// Actor id of a named source.
    pub speaker: Option<String>,
    /// First code point of the words that name or describe the source.
    pub speaker_start: Option<u32>,
    /// One past the last.
    pub speaker_end: Option<u32>,
    /// Whether the source can be identified.
    pub named: bool,
    /// What the text says of an unnamed source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub described: Option<String>,
    /// Kind of unnamed source.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source_class: &'static str,
    /// Actor id of the side an unnamed source is said to be on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Actor id of the outlet it was said to.
    pub told_to: Option<String>,
    /// What the verb does.
    pub class: &'static str,
    /// Index of the statement it stands in.
    pub inside: Option<u32>,
    /// The probability that words and source are both right, 0–1.
    pub confidence: f32,
    /// Rule and cue.
    pub why: String,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventRecord {
    /// PLOVER type, or ELECTION or VOTE.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// PLOVER mode.
    pub mode: &'static str,
    /// First code point of the trigger.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The trigger.
    pub exact: String,
    /// Line of the text, counted from 0.
    pub paragraph: u32,
    /// Actor ids.
    pub source: Vec<String>,
    /// Actor ids.
    pub target: Vec<String>,
    /// EDTF.
    pub when: Option<Edtf>,
    /// Name of the place.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2 of the place.
    pub country: Option<&'static str>,
    /// Latitude and longitude of the place, degrees.
    pub position: Option<(f32, f32)>,
    /// What the position is of: city, governorate, country …
    pub precision: Option<&'static str>,
    /// happened, ongoing, planned, threatened, demanded, denied.
    pub status: &'static str,
    /// Index of the statement that reports it.
    pub statement: Option<u32>,
    /// 0–1.
    pub confidence: f32,
    /// Rule and cue.
    pub why: String,
}

/// A time expression.
#[derive(Debug, Serialize)]
pub struct TimeRecord {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// EDTF, absent where it cannot be resolved.
    pub value: Option<Edtf>,
    /// 0–1.
    pub confidence: f32,
    /// Rule.
    pub why: String,
}

/// An empty word as null.
fn or_null<S: serde::Serializer>(word: &str, serializer: S) -> Result<S::Ok, S::Error> {
    Some(word).filter(|w| !w.is_empty()).serialize(serializer)
}

/// A place.
#[derive(Debug, Serialize)]
pub struct PlaceRecord {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// English name.
    pub name: String,
    /// ISO 3166-1 alpha-2; null in files where the place lies in no one state.
    #[serde(serialize_with = "or_null")]
    pub country: &'static str,
    /// Latitude and longitude, degrees.
    pub position: Option<(f32, f32)>,
    /// What the position is of: city, governorate, country …
    pub precision: &'static str,
    /// 0–1.
    pub confidence: f32,
    /// Rule.
    pub why: String,
}

/// A stance.
#[derive(Debug, Serialize)]
pub struct StanceRecord {
    /// Actor id.
    pub actor: String,
    /// The issue in the text's words.
    pub issue: String,
    /// First code point of the issue.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// for, against, conditional.
    pub side: Side,
    /// The condition in the text's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Index of the event it rests on.
    pub event: Option<u32>,
    /// 0–1.
    pub confidence: f32,
    /// Rule.
    pub why: String,
}

impl Record {
    /// The record of a document and its reading.
    pub fn new(document: &Document, reading: &Reading) -> Self {
        let points = CodePoints::new(&document.text);
        let exact = |span: Span| span.slice(&document.text).unwrap_or_default().to_owned();
        let start = |span: Span| points.at(span.start());
        let end = |span: Span| points.at(span.end());
        let id = |ix: ActorIx| reading.actors[ix as usize].id.clone();
        let why = |w: Why| w.to_string();
        let breaks: Vec<u32> = document.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32).collect();
        let line = |span: Span| breaks.partition_point(|&b| b < span.start()) as u32;
        let mut actors: Vec<ActorRecord> = reading
            .actors
            .iter()
            .map(|a| ActorRecord {
                id: a.id.clone(),
                name: a.name.clone(),
                name_en: a.name_en.clone(),
                kind: a.kind.code(),
                sector: a.sector,
                country: a.country,
                known: a.known,
                mentions: Vec::new(),
            })
            .collect();
        for m in &reading.mentions {
            actors[m.actor as usize].mentions.push(MentionRecord {
                start: start(m.span),
                end: end(m.span),
                exact: exact(m.span),
                confidence: m.confidence,
                why: why(m.why),
            });
        }
        let statements = reading.statements.iter().map(|s| StatementRecord {
            kind: s.kind,
            start: start(s.span),
            end: end(s.span),
            exact: exact(s.span),
            paragraph: line(s.span),
            speaker: s.speaker.actor.map(id),
            speaker_start: s.speaker.span.map(start),
            speaker_end: s.speaker.span.map(end),
            named: s.speaker.named,
            described: s.speaker.described.map(exact),
            source_class: s.speaker.class,
            side: s.speaker.side.map(id),
            told_to: s.told_to.map(id),
            class: s.class.code(),
            inside: s.inside,
            confidence: s.confidence,
            why: why(s.why),
        });
        let events = reading.events.iter().map(|e| {
            let place = e.place.map(|p| &reading.places[p as usize]);
            EventRecord {
                kind: e.kind.code(),
                mode: e.mode,
                start: start(e.span),
                end: end(e.span),
                exact: exact(e.span),
                paragraph: line(e.span),
                source: e.source.iter().copied().map(id).collect(),
                target: e.target.iter().copied().map(id).collect(),
                when: e.when,
                place: place.map(|p| p.name.clone()),
                country: place.map(|p| p.country).filter(|c| !c.is_empty()),
                position: place.and_then(|p| p.position),
                precision: place.map(|p| p.precision.code()),
                status: e.status.code(),
                statement: e.statement,
                confidence: e.confidence,
                why: why(e.why),
            }
        });
        Self {
            id: document.id.clone(),
            outlet: document.outlet.clone(),
            published: reading.published,
            published_inferred: reading.published_inferred.map(why),
            language: document.language.tag(),
            actors,
            statements: statements.collect(),
            events: events.collect(),
            times: reading
                .times
                .iter()
                .map(|t| TimeRecord { start: start(t.span), end: end(t.span), exact: exact(t.span), value: t.value, confidence: t.confidence, why: why(t.why) })
                .collect(),
            places: reading
                .places
                .iter()
                .map(|p| PlaceRecord {
                    start: start(p.span),
                    end: end(p.span),
                    exact: exact(p.span),
                    name: p.name.clone(),
                    country: p.country,
                    position: p.position,
                    precision: p.precision.code(),
                    confidence: p.confidence,
                    why: why(p.why),
                })
                .collect(),
            stances: reading
                .stances
                .iter()
                .map(|s| StanceRecord {
                    actor: id(s.actor),
                    issue: exact(s.issue),
                    start: start(s.issue),
                    end: end(s.issue),
                    side: s.side,
                    condition: s.condition.map(exact),
                    event: s.event,
                    confidence: s.confidence,
                    why: why(s.why),
                })
                .collect(),
        }
    }
}
