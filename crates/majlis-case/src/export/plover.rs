//! Events in the JSON of PLOVER's manual (draft 0.7b1, "JSON Data Fields"), one event a line, as `majlis read --format plover` writes them.

use super::fault;
use super::rows::{Event, Party, Told, iso3};
use crate::error::Problem;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    told.events(|_, event| {
        serde_json::to_writer(&mut *out, &line(&event)).map_err(fault)?;
        Ok(out.write_all(b"\n")?)
    })
}

fn line(e: &Event) -> Value {
    let modes: Vec<String> = some(&e.mode).map(str::to_owned).into_iter().chain(auxiliary(e).map(str::to_owned)).collect();
    let last = e.last_day.as_ref().filter(|last| Some(*last) != e.first_day.as_ref());
    let place = e
        .place
        .as_ref()
        .map(|p| json!({"name": p.name, "latitude": p.latitude, "longitude": p.longitude, "country code": some(&p.country), "cc3": iso3(&p.country)}));
    let mut line = json!({
        "id": format!("majlis-{}", e.id),
        "date": e.first_day,
        "enddate": last,
        "when": e.time,
        "published": e.published,
        "event": [e.kind],
        "mode": modes,
        "context": [],
        "status": e.status,
        "source": e.source.iter().map(actor).collect::<Vec<_>>(),
        "recipient": e.target.iter().map(actor).collect::<Vec<_>>(),
        "event_loc": place,
        "confidence": e.confidence,
        "cite_info": {
            "publication": e.outlet,
            "coder": concat!("majlis-", env!("CARGO_PKG_VERSION")),
            "codebook": "plover-0.7b1",
        },
    });
    if let Some(at) = &e.at {
        line["event_text"] = json!([at.words]);
        line["text_info"] = json!({"start": at.start, "end": at.end});
        line["cite_info"]["citation"] = json!(at.document.url.as_ref().unwrap_or(&at.document.name));
        line["cite_info"]["title"] = json!(at.document.title);
        line["cite_info"]["language"] = json!(at.document.language);
    }
    line
}

fn actor(p: &Party) -> Value {
    let code = if p.kind == "igo" { Some("IGO") } else { iso3(&p.country) };
    json!({"id": p.actor.code, "code": code, "sector": p.sector, "country": p.country, "actor_text": p.actor.name, "identifier_text": p.actor.name_en})
}

/// The modes that tell an event from one that has just happened.
pub(super) fn auxiliary(e: &Event) -> impl Iterator<Item = &'static str> {
    let of_status = match e.status.as_str() {
        "planned" => Some("future"),
        "threatened" | "demanded" => Some("hypothetical"),
        "denied" => Some("negation"),
        _ => None,
    };
    let day = |d: &Option<String>| d.as_ref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
    let is_old = day(&e.last_day).zip(day(&e.published)).is_some_and(|(last, published)| (published - last).get_days() > 365);
    of_status.into_iter().chain(is_old.then_some("historical"))
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}
