//! Events in the JSON of PLOVER's manual (draft 0.7b1, "JSON Data Fields"), one event a line. Fields that the manual does
//! not have are `when`, `published`, `status`, `confidence` and, of an actor, `id` and `country`. Nothing is required to be
//! known: `date` is null where the text does not tell the day.

use jiff::civil::Date;
use majlis_lexicon::Lexicon;
use majlis_read::{ActorRecord, EventRecord, Record};
use majlis_text::{Document, Edtf};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Event<'r> {
    id: String,
    date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enddate: Option<Date>,
    when: Option<Edtf>,
    published: Option<Date>,
    event: [&'static str; 1],
    mode: Vec<&'static str>,
    context: [&'static str; 0],
    status: &'static str,
    source: Vec<Actor<'r>>,
    recipient: Vec<Actor<'r>>,
    event_loc: Option<Location<'r>>,
    event_text: [&'r str; 1],
    text_info: TextInfo,
    cite_info: CiteInfo<'r>,
    confidence: f32,
}

#[derive(Serialize)]
struct Actor<'r> {
    id: &'r str,
    code: Option<&'static str>,
    sector: &'static str,
    country: &'static str,
    actor_text: &'r str,
    identifier_text: &'r str,
}

#[derive(Serialize)]
struct Location<'r> {
    name: &'r str,
    latitude: Option<f32>,
    longitude: Option<f32>,
    #[serde(rename = "country code")]
    country: Option<&'static str>,
    cc3: Option<&'static str>,
}

#[derive(Serialize)]
struct TextInfo {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct CiteInfo<'r> {
    citation: &'r str,
    title: Option<&'r str>,
    publication: Option<&'r str>,
    language: &'static str,
    coder: &'static str,
    codebook: &'static str,
}

/// The events of a reading, one JSON object a line.
pub(crate) fn lines(document: &Document, record: &Record) -> serde_json::Result<String> {
    let actors: BTreeMap<&str, &ActorRecord> = record.actors.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut out = String::new();
    for (number, event) in record.events.iter().enumerate() {
        out += &serde_json::to_string(&coded(document, record, &actors, number, event))?;
        out.push('\n');
    }
    Ok(out)
}

fn coded<'r>(document: &'r Document, record: &'r Record, known: &BTreeMap<&str, &'r ActorRecord>, number: usize, event: &'r EventRecord) -> Event<'r> {
    let actors = |ids: &'r [String]| ids.iter().filter_map(|id| known.get(id.as_str())).map(|a| actor(a)).collect();
    let (first, last) = (event.when.map(Edtf::first), event.when.map(Edtf::last));
    Event {
        id: format!("{}-{}", record.id, number + 1),
        date: first,
        enddate: last.filter(|_| first != last),
        when: event.when,
        published: record.published,
        event: [event.kind],
        mode: Some(event.mode).filter(|m| !m.is_empty()).into_iter().chain(auxiliary(event.status, last, record.published)).collect(),
        context: [],
        status: event.status,
        source: actors(&event.source),
        recipient: actors(&event.target),
        event_loc: event.place.as_deref().map(|name| Location {
            name,
            latitude: event.position.map(|p| p.0),
            longitude: event.position.map(|p| p.1),
            country: event.country.filter(|c| !c.is_empty()),
            cc3: event.country.and_then(iso3),
        }),
        event_text: [&event.exact],
        text_info: TextInfo { start: event.start, end: event.end },
        cite_info: CiteInfo {
            citation: &record.id,
            title: document.title.as_deref(),
            publication: record.outlet.as_deref(),
            language: record.language,
            coder: concat!("majlis-", env!("CARGO_PKG_VERSION")),
            codebook: "plover-0.7b1",
        },
        confidence: event.confidence,
    }
}

/// The modes that tell an event from one that has just happened.
fn auxiliary(status: &str, last: Option<Date>, published: Option<Date>) -> impl Iterator<Item = &'static str> {
    let of_status = match status {
        "planned" => Some("future"),
        "threatened" | "demanded" => Some("hypothetical"),
        "denied" => Some("negation"),
        _ => None,
    };
    let is_old = last.zip(published).is_some_and(|(last, published)| (published - last).get_days() > 365);
    of_status.into_iter().chain(is_old.then_some("historical"))
}

fn actor(a: &ActorRecord) -> Actor<'_> {
    let code = if a.kind == "igo" { Some("IGO") } else { iso3(a.country) };
    Actor { id: &a.id, code, sector: a.sector, country: a.country, actor_text: &a.name, identifier_text: &a.name_en }
}

fn iso3(iso2: &str) -> Option<&'static str> {
    Lexicon::shipped().state(iso2).map(|s| s.iso3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn status_and_age_become_auxiliary_modes() {
        let modes = |status, last| auxiliary(status, last, Some(date(2021, 3, 17))).collect::<Vec<_>>();
        assert_eq!(modes("planned", Some(date(2021, 10, 10))), ["future"]);
        assert_eq!(modes("demanded", None), ["hypothetical"]);
        assert_eq!(modes("denied", Some(date(2020, 1, 5))), ["negation", "historical"]);
        assert!(modes("happened", Some(date(2020, 3, 17))).is_empty());
    }
}
