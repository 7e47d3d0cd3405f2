//! From a reading to its items, each a row.

use jiff::civil::Date;
use majlis_read::Record;
use majlis_text::{Document, Edtf};
use serde::Serialize;
use serde_json::{Value, json};

/// What all items of a document share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The document's id.
    pub document: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its day of publication.
    pub published: Option<Date>,
}

/// A row: what a document, or one thing found in it, comes to. What its kind does not have is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// document, actor, mention, statement, event, time, place, stance or error.
    pub kind: &'static str,
    /// Index among the document's items of this kind, from 0; references in `rest` mean it.
    pub number: usize,
    /// First code point.
    pub start: Option<u32>,
    /// One past the last.
    pub end: Option<u32>,
    /// The words at start to end; an actor's name.
    pub text: Option<String>,
    /// Actor id: of an actor, of whom is mentioned, of who holds the stance.
    pub actor: Option<String>,
    /// Name in English, romanised where no other is known.
    pub name: Option<String>,
    /// Actor id of a named source.
    pub speaker: Option<String>,
    /// Whether the source of a statement can be identified.
    pub named: Option<bool>,
    /// What sort of its kind.
    pub sort: Option<&'static str>,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Status of an event.
    pub status: Option<&'static str>,
    /// Actor ids of who acts.
    pub source: Option<Vec<String>>,
    /// Actor ids of who is acted on.
    pub target: Option<Vec<String>>,
    /// When.
    pub when: Option<Edtf>,
    /// Name of the place in English.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// Latitude and longitude, degrees.
    pub position: Option<(f32, f32)>,
    /// 0–1.
    pub confidence: Option<f32>,
    /// Rule and cue.
    pub why: Option<String>,
    /// The other fields of the record, an object of JSON.
    pub rest: Option<String>,
    /// What is wrong with the document.
    pub error: Option<String>,
}

/// The row of a document that could not be read.
pub fn error(document: &str, message: &str) -> (Head, Vec<Item>) {
    let head = Head { document: document.to_owned(), ..Head::default() };
    (head, vec![Item { kind: "error", error: Some(message.to_owned()), ..Item::default() }])
}

/// The rows of a reading: the document, then what was found in it, kind by kind.
pub fn items(document: &Document, record: Record) -> (Head, Vec<Item>) {
    let head = Head { document: record.id, outlet: record.outlet, published: record.published };
    let mut items = vec![Item {
        kind: "document",
        start: Some(0),
        end: Some(document.text.chars().count() as u32),
        sort: Some(record.language),
        rest: Some(json!({ "title": document.title, "published_inferred": record.published_inferred }).to_string()),
        ..Item::default()
    }];
    let mut mentions = Vec::new();
    for (number, mut a) in record.actors.into_iter().enumerate() {
        mentions.extend(std::mem::take(&mut a.mentions).into_iter().map(|m| (a.id.clone(), m)));
        items.push(Item {
            kind: "actor",
            number,
            rest: rest(&a, &["id", "name", "name_en", "kind", "country", "mentions"]),
            text: Some(a.name),
            actor: Some(a.id),
            name: Some(a.name_en),
            sort: Some(a.kind),
            country: known(a.country),
            ..Item::default()
        });
    }
    mentions.sort_by_key(|(_, m)| (m.start, m.end));
    items.extend(mentions.into_iter().enumerate().map(|(number, (actor, m))| Item {
        kind: "mention",
        number,
        start: Some(m.start),
        end: Some(m.end),
        text: Some(m.exact),
        actor: Some(actor),
        confidence: Some(m.confidence),
        why: Some(m.why),
        ..Item::default()
    }));
    items.extend(record.statements.into_iter().enumerate().map(|(number, s)| Item {
        kind: "statement",
        number,
        start: Some(s.start),
        end: Some(s.end),
        rest: rest(&s, &["kind", "start", "end", "exact", "speaker", "named", "confidence", "why"]),
        text: Some(s.exact),
        speaker: s.speaker,
        named: Some(s.named),
        sort: Some(s.kind.code()),
        confidence: Some(s.confidence),
        why: Some(s.why),
        ..Item::default()
    }));
    const EVENT: [&str; 14] =
        ["type", "mode", "start", "end", "exact", "source", "target", "when", "where", "country", "position", "status", "confidence", "why"];
    items.extend(record.events.into_iter().enumerate().map(|(number, e)| Item {
        kind: "event",
        number,
        start: Some(e.start),
        end: Some(e.end),
        rest: rest(&e, &EVENT),
        text: Some(e.exact),
        sort: Some(e.kind),
        mode: known(e.mode),
        status: Some(e.status),
        source: Some(e.source),
        target: Some(e.target),
        when: e.when,
        place: e.place,
        country: e.country.and_then(known),
        position: e.position,
        confidence: Some(e.confidence),
        why: Some(e.why),
        ..Item::default()
    }));
    items.extend(record.times.into_iter().enumerate().map(|(number, t)| Item {
        kind: "time",
        number,
        start: Some(t.start),
        end: Some(t.end),
        text: Some(t.exact),
        when: t.value,
        confidence: Some(t.confidence),
        why: Some(t.why),
        ..Item::default()
    }));
    items.extend(record.places.into_iter().enumerate().map(|(number, p)| Item {
        kind: "place",
        number,
        start: Some(p.start),
        end: Some(p.end),
        text: Some(p.exact),
        sort: known(p.precision),
        place: Some(p.name),
        country: known(p.country),
        position: p.position,
        confidence: Some(p.confidence),
        why: Some(p.why),
        ..Item::default()
    }));
    items.extend(record.stances.into_iter().enumerate().map(|(number, s)| Item {
        kind: "stance",
        number,
        start: Some(s.start),
        end: Some(s.end),
        rest: rest(&s, &["actor", "issue", "start", "end", "side", "confidence", "why"]),
        text: Some(s.issue),
        actor: Some(s.actor),
        sort: Some(s.side.code()),
        confidence: Some(s.confidence),
        why: Some(s.why),
        ..Item::default()
    }));
    (head, items)
}

fn known(code: &'static str) -> Option<&'static str> {
    (!code.is_empty()).then_some(code)
}

/// The fields of a record that have no column of their own, as JSON.
fn rest(record: &impl Serialize, columns: &[&str]) -> Option<String> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(record) else { return None };
    fields.retain(|name, value| !columns.contains(&name.as_str()) && !value.is_null());
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}
