//! Sums over the events of the case: who acts on whom, and where.

use super::{ActorRef, Location, actor_by_id};
use crate::error::Result;
use crate::store::Case;
use majlis_lexicon::EventType;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cmp::Reverse;

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
            let roots = roots(db)?;
            // Pairs come in the order of events, so that what is looked up for each lies beside what was looked up before. Merged actors are put
            // together here: SQLite would sort all pairs for it.
            let sql = format!(
                "SELECT sl.actor, tl.actor, e.type IN ({}) FROM event_party s
                CROSS JOIN event_party t ON t.event = s.event AND t.role = 'target' CROSS JOIN live_event e ON e.id = s.event
                CROSS JOIN local_actor sl ON sl.id = s.actor CROSS JOIN local_actor tl ON tl.id = t.actor WHERE s.role = 'source' ORDER BY s.event",
                hostile.join(", ")
            );
            let mut query = db.prepare_cached(&sql)?;
            let mut pairs = query.query([])?;
            let mut sums: FxHashMap<(i64, i64), (u64, u64)> = FxHashMap::default();
            while let Some(pair) = pairs.next()? {
                let root = |at: usize| pair.get(at).map(|actor: i64| roots.get(&actor).copied().unwrap_or(actor));
                let (source, target) = (root(0)?, root(1)?);
                if source != target {
                    let (events, hostile) = sums.entry((source, target)).or_default();
                    *events += 1;
                    *hostile += u64::from(pair.get::<_, bool>(2)?);
                }
            }
            let mut sums: Vec<((i64, i64), (u64, u64))> = sums.into_iter().collect();
            sums.sort_unstable_by_key(|&(pair, (events, _))| (Reverse(events), pair));
            sums.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            let mut ties = Vec::with_capacity(sums.len());
            for ((source, target), (events, hostile)) in sums {
                if let (Some(source), Some(target)) = (actor_by_id(db, source)?, actor_by_id(db, target)?) {
                    ties.push(Tie { source, target, events, hostile });
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

/// Of every actor, the one that it is merged into, itself where it is not.
fn roots(db: &Connection) -> rusqlite::Result<FxHashMap<i64, i64>> {
    let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    db.prepare_cached("SELECT id, root FROM actor")?.query_map([], pair)?.collect()
}
