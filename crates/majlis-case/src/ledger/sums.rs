//! Sums over the events of the case: who acts on whom, and where.

use super::{ActorRef, Location, actor_by_id};
use crate::error::Result;
use crate::store::Case;
use majlis_lexicon::EventType;
use rusqlite::Row;
use serde::Serialize;

/// What one actor does to or with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tie {
    /// Who acts.
    pub source: ActorRef,
    /// Who is acted on, or with.
    pub target: ActorRef,
    /// Number of events, as reports tell them.
    pub events: u64,
    /// Of these, of PLOVER's types of conflict, verbal or material.
    pub hostile: u64,
}

/// How much happens at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceSum {
    /// Where.
    pub location: Location,
    /// Number of events, as reports tell them.
    pub events: u64,
    /// Of these, attacks.
    pub attacks: u64,
}

impl Case {
    /// Pairs of actors, those with most events first, so many at most.
    ///
    /// # Errors
    /// What the disk says.
    pub fn ties(&self, most: u64) -> Result<Vec<Tie>> {
        self.read(|db| {
            let hostile: Vec<String> = EventType::ALL.iter().filter(|e| e.is_conflict()).map(|e| format!("'{}'", e.code())).collect();
            let hostile = hostile.join(", ");
            let sql = format!(
                "SELECT sp.root, tp.root, count(*) AS n, sum(e.type IN ({hostile})) FROM live_event e
                 JOIN event_party s ON s.event = e.id AND s.role = 'source' JOIN event_party t ON t.event = e.id AND t.role = 'target'
                 JOIN local_actor sl ON sl.id = s.actor JOIN actor sp ON sp.id = sl.actor
                 JOIN local_actor tl ON tl.id = t.actor JOIN actor tp ON tp.id = tl.actor
                 WHERE sp.root <> tp.root GROUP BY sp.root, tp.root ORDER BY n DESC, sp.root, tp.root LIMIT ?"
            );
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?));
            let rows = db.prepare_cached(&sql)?.query_map([most], row)?.collect::<rusqlite::Result<Vec<(i64, i64, i64, i64)>>>()?;
            let mut ties = Vec::with_capacity(rows.len());
            for (source, target, events, hostile) in rows {
                if let (Some(source), Some(target)) = (actor_by_id(db, source)?, actor_by_id(db, target)?) {
                    ties.push(Tie { source, target, events: events.unsigned_abs(), hostile: hostile.unsigned_abs() });
                }
            }
            Ok(ties)
        })
    }

    /// Places of events, those with most first, so many at most.
    ///
    /// # Errors
    /// What the disk says.
    pub fn places(&self, most: u64) -> Result<Vec<PlaceSum>> {
        self.read(|db| {
            let sql = "SELECT l.name, l.name_ar, l.country, l.latitude, l.longitude, l.precision, count(*) AS n, sum(e.type = 'ASSAULT')
                FROM live_event e JOIN place p ON p.id = e.place JOIN location l ON l.id = p.location GROUP BY l.id ORDER BY n DESC, l.id LIMIT ?";
            let row = |row: &Row<'_>| {
                let location = Location {
                    name: row.get(0)?,
                    name_ar: row.get(1)?,
                    country: row.get(2)?,
                    latitude: row.get(3)?,
                    longitude: row.get(4)?,
                    precision: row.get(5)?,
                };
                Ok(PlaceSum { location, events: row.get::<_, i64>(6)?.unsigned_abs(), attacks: row.get::<_, i64>(7)?.unsigned_abs() })
            };
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            Ok(db.prepare_cached(sql)?.query_map([most], row)?.collect::<rusqlite::Result<_>>()?)
        })
    }
}
