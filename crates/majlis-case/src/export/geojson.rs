//! Events on the map: GeoJSON (RFC 7946), one point a feature, longitude before latitude.

use super::fault;
use super::rows::{Event, Party, Told};
use crate::error::Problem;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut features = 0;
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    told.events(|_, event| {
        let Some(feature) = feature(&event) else { return Ok(()) };
        out.write_all(if features == 0 { b"\n" } else { b",\n" })?;
        features += 1;
        serde_json::to_writer(&mut *out, &feature).map_err(fault)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(features)
}

fn feature(e: &Event) -> Option<Value> {
    let place = e.place.as_ref()?;
    let (latitude, longitude) = place.latitude.zip(place.longitude)?;
    let names = |parties: &[Party]| parties.iter().map(|p| p.actor.name_en.clone()).collect::<Vec<_>>();
    Some(json!({
        "type": "Feature",
        "id": e.id,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "type": e.kind, "mode": e.mode, "status": e.status, "time": e.time, "first_day": e.first_day, "last_day": e.last_day,
            "place": place.name, "place_ar": place.name_ar, "country": place.country, "precision": place.precision,
            "source": names(&e.source), "target": names(&e.target), "outlet": e.outlet, "published": e.published,
            "voice": e.voice.as_ref().map(|v| v.name_en.clone()), "named": e.named, "confidence": e.confidence,
            "words": e.at.as_ref().map(|at| at.words.clone()), "url": e.at.as_ref().and_then(|at| at.document.url.clone()),
        }
    }))
}
