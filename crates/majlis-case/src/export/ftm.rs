//! FollowTheMoney entities, one JSON object a line: actors, documents and events, as `ftm validate` reads them.

use super::fault;
use super::rows::{Party, Told};
use crate::error::Problem;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

pub(super) fn write(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut written = 0;
    let (mut actors, mut documents) = (BTreeSet::new(), BTreeSet::new());
    let mut put = |out: &mut dyn Write, entity: &Value| -> Result<(), Problem> {
        written += 1;
        serde_json::to_writer(&mut *out, entity).map_err(fault)?;
        Ok(out.write_all(b"\n")?)
    };
    told.events(|_, e| {
        for party in e.source.iter().chain(&e.target) {
            if actors.insert(party.actor.id) {
                put(out, &actor(party))?;
            }
        }
        if let Some(at) = &e.at
            && documents.insert(at.document.id)
        {
            let d = &at.document;
            let properties = [
                ("title", d.title.clone().or_else(|| Some(d.name.clone()))),
                ("publisher", e.outlet.clone()),
                ("publishedAt", e.published.clone()),
                ("sourceUrl", d.url.clone()),
            ];
            put(out, &entity(&format!("document-{}", d.id), "Article", properties, BTreeMap::new()))?;
        }
        let ids = |parties: &[Party]| parties.iter().map(|p| format!("actor-{}", p.actor.id)).collect::<Vec<_>>();
        let mut links = BTreeMap::from([("organizer", ids(&e.source)), ("involved", ids(&e.target)), ("keywords", vec![e.kind.clone(), e.status.clone()])]);
        if let Some(at) = &e.at {
            links.insert("proof", vec![format!("document-{}", at.document.id)]);
        }
        if !e.mode.is_empty() {
            links.entry("keywords").or_default().push(e.mode.clone());
        }
        let country = e.place.as_ref().map(|p| p.country.to_lowercase());
        let properties = [
            ("name", Some(e.at.as_ref().map_or_else(|| e.kind.clone(), |at| at.words.clone()))),
            ("startDate", e.first_day.clone()),
            ("endDate", e.last_day.clone()),
            ("location", e.place.as_ref().map(|p| p.name.clone())),
            ("country", country),
            ("recordId", Some(e.id.to_string())),
        ];
        put(out, &entity(&format!("event-{}", e.id), "Event", properties, links))
    })?;
    Ok(written)
}

fn actor(p: &Party) -> Value {
    let schema = match p.kind.as_str() {
        "person" => "Person",
        "government" | "state" => "PublicBody",
        _ => "Organization",
    };
    let alias = Some(p.actor.name.clone()).filter(|name| *name != p.actor.name_en);
    let properties = [("name", Some(p.actor.name_en.clone())), ("alias", alias), ("country", Some(p.country.to_lowercase()))];
    entity(&format!("actor-{}", p.actor.id), schema, properties, BTreeMap::new())
}

fn entity<const N: usize>(id: &str, schema: &str, properties: [(&'static str, Option<String>); N], lists: BTreeMap<&'static str, Vec<String>>) -> Value {
    let mut all: BTreeMap<&str, Vec<String>> = lists.into_iter().filter(|(_, values)| !values.is_empty()).collect();
    for (name, value) in properties {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            all.insert(name, vec![value]);
        }
    }
    json!({"id": format!("majlis-{id}"), "schema": schema, "properties": linked(all)})
}

/// References to entities carry the prefix of their ids.
fn linked(properties: BTreeMap<&str, Vec<String>>) -> BTreeMap<&str, Vec<String>> {
    let is_link = |name: &str| matches!(name, "organizer" | "involved" | "proof");
    properties
        .into_iter()
        .map(|(name, values)| (name, if is_link(name) { values.into_iter().map(|v| format!("majlis-{v}")).collect() } else { values }))
        .collect()
}
