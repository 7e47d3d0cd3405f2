//! W3C Web Annotations (Recommendation of 23 February 2017): each statement and event as an annotation of its document, found again by
//! TextQuoteSelector and TextPositionSelector. Positions count code points.

use super::fault;
use super::rows::{Source, Told};
use crate::error::Problem;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::Write;

/// Characters of context in a quote selector.
const CONTEXT: i64 = 32;

pub(super) fn write(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut written = 0;
    out.write_all(b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[")?;
    let mut put = |out: &mut dyn Write, item: &Value| -> Result<(), Problem> {
        out.write_all(if written == 0 { b"\n" } else { b",\n" })?;
        written += 1;
        serde_json::to_writer(out, item).map_err(fault)
    };
    told.statements(|told, s, document| {
        let speaker = s.speaker.as_ref().map(|a| a.name_en.clone()).or_else(|| s.described.clone()).or_else(|| s.source.clone());
        let body = json!({"kind": "statement", "speech": s.kind, "class": s.class, "speaker": speaker, "named": s.named, "confidence": s.found.confidence});
        let item = annotation(told.db, &format!("statement:{}", s.id), &body, &document, s.cite.start, s.cite.end)?;
        put(out, &item)
    })?;
    told.events(|told, e| {
        let Some(at) = &e.at else { return Ok(()) };
        let names = |parties: &[super::rows::Party]| parties.iter().map(|p| p.actor.name_en.clone()).collect::<Vec<_>>();
        let body = json!({
            "kind": "event", "type": e.kind, "mode": e.mode, "status": e.status, "time": e.time, "source": names(&e.source), "target": names(&e.target),
            "place": e.place.as_ref().map(|p| p.name.clone()), "confidence": e.confidence
        });
        let item = annotation(told.db, &format!("event:{}", e.id), &body, &at.document, at.start, at.end)?;
        put(out, &item)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

fn annotation(db: &Connection, id: &str, body: &Value, document: &Source, start: u32, end: u32) -> Result<Value, Problem> {
    let (prefix, exact, suffix): (String, String, String) = db
        .prepare_cached(
            "SELECT substr(text, max(?2 - ?4, 0) + 1, min(?2, ?4)), substr(text, ?2 + 1, ?3 - ?2), substr(text, ?3 + 1, ?4) FROM live_document WHERE id = ?1",
        )?
        .query_row((document.id, start, end, CONTEXT), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(json!({
        "id": format!("urn:majlis:{id}"),
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "format": "application/json", "purpose": "identifying", "value": body.to_string()},
        "target": {
            "source": document.url.clone().unwrap_or_else(|| format!("urn:sha256:{}", document.sha256)),
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ]
        }
    }))
}
