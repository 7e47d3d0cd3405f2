//! A reading as rows: spans in code points, actors, places and rules as numbers.

use super::ENGINE;
use crate::error::Problem;
use crate::names;
use majlis_read::{Actor, ActorIx, PlaceMention, Reading, Speaker, Why};
use majlis_text::{CodePoints, Document, Span};
use rusqlite::{Connection, OptionalExtension, params};

/// Inserts a live reading and all its items, in the order of the reading.
pub(super) fn insert(db: &Connection, document: i64, revision: i64, read: &Document, reading: &Reading) -> Result<(), Problem> {
    let inferred = reading.published_inferred.map(|w| why(db, w)).transpose()?;
    let published = reading.published.map(|day| day.to_string());
    db.prepare_cached("INSERT INTO reading (document, revision, engine, published, inferred) VALUES (?, ?, ?, ?, ?)")?
        .execute((document, revision, ENGINE, published, inferred))?;
    let id = db.last_insert_rowid();
    let lines = read.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32).collect();
    let actors = reading.actors.iter().map(|a| local_actor(db, id, a)).collect::<rusqlite::Result<_>>()?;
    Ok(Rows { db, reading: id, points: CodePoints::new(&read.text), lines, actors }.insert(reading)?)
}

struct Rows<'a> {
    db: &'a Connection,
    reading: i64,
    points: CodePoints<'a>,
    lines: Vec<u32>,
    actors: Vec<i64>,
}

impl Rows<'_> {
    fn insert(&self, reading: &Reading) -> rusqlite::Result<()> {
        self.mentions(reading)?;
        let statements = self.statements(reading)?;
        self.times(reading)?;
        let places = self.places(reading)?;
        let events = self.events(reading, &statements, &places)?;
        self.stances(reading, &events)
    }

    fn at(&self, span: Span) -> (u32, u32) {
        (self.points.at(span.start()), self.points.at(span.end()))
    }

    fn maybe(&self, span: Option<Span>) -> (Option<u32>, Option<u32>) {
        span.map(|s| self.at(s)).unzip()
    }

    fn line(&self, span: Span) -> u32 {
        self.lines.partition_point(|&b| b < span.start()) as u32
    }

    fn actor(&self, actor: ActorIx) -> i64 {
        self.actors[actor as usize]
    }

    fn mentions(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached("INSERT INTO mention (reading, actor, start, end, form, confidence, why) VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for m in &reading.mentions {
            let (start, end) = self.at(m.span);
            insert.execute((self.reading, self.actor(m.actor), start, end, m.form.code(), share(m.confidence), why(self.db, m.why)?))?;
        }
        Ok(())
    }

    /// A statement may stand in a later one, so ids are counted on from the first.
    fn statements(&self, reading: &Reading) -> rusqlite::Result<Vec<i64>> {
        let first: i64 = self.db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM statement")?.query_row([], |row| row.get(0))?;
        let ids: Vec<i64> = (first..).take(reading.statements.len()).collect();
        let mut insert = self.db.prepare_cached(
            "INSERT INTO statement (id, reading, start, end, paragraph, kind, class, speaker, named, speaker_start, speaker_end, described_start, described_end,
             source_class, side, told_to, cue_start, cue_end, inside, confidence, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (s, id) in reading.statements.iter().zip(&ids) {
            let Speaker { actor, span, named, described, class, side } = s.speaker;
            let ((start, end), (speaker_start, speaker_end)) = (self.at(s.span), self.maybe(span));
            let ((described_start, described_end), (cue_start, cue_end)) = (self.maybe(described), self.maybe(s.cue));
            insert.execute(params![
                id,
                self.reading,
                start,
                end,
                self.line(s.span),
                s.kind.code(),
                s.class.code(),
                actor.map(|a| self.actor(a)),
                named,
                speaker_start,
                speaker_end,
                described_start,
                described_end,
                class,
                side.map(|a| self.actor(a)),
                s.told_to.map(|a| self.actor(a)),
                cue_start,
                cue_end,
                s.inside.map(|i| ids[i as usize]),
                share(s.confidence),
                why(self.db, s.why)?
            ])?;
        }
        Ok(ids)
    }

    fn times(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached("INSERT INTO time (reading, start, end, value, confidence, why) VALUES (?, ?, ?, ?, ?, ?)")?;
        for t in &reading.times {
            let (start, end) = self.at(t.span);
            insert.execute((self.reading, start, end, t.value.map(|v| v.to_string()), share(t.confidence), why(self.db, t.why)?))?;
        }
        Ok(())
    }

    fn places(&self, reading: &Reading) -> rusqlite::Result<Vec<i64>> {
        let mut insert = self.db.prepare_cached("INSERT INTO place (reading, location, start, end, confidence, why) VALUES (?, ?, ?, ?, ?, ?)")?;
        let keep = |p: &PlaceMention| {
            let (start, end) = self.at(p.span);
            insert.insert((self.reading, location(self.db, p)?, start, end, share(p.confidence), why(self.db, p.why)?))
        };
        reading.places.iter().map(keep).collect()
    }

    fn events(&self, reading: &Reading, statements: &[i64], places: &[i64]) -> rusqlite::Result<Vec<i64>> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO event (reading, start, end, paragraph, type, mode, status, time, first_day, last_day, place, statement, confidence, why)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut party = self.db.prepare_cached("INSERT OR IGNORE INTO event_party (event, role, actor) VALUES (?, ?, ?)")?;
        let mut ids = Vec::with_capacity(reading.events.len());
        for e in &reading.events {
            let (start, end) = self.at(e.span);
            let id = insert.insert(params![
                self.reading,
                start,
                end,
                self.line(e.span),
                e.kind.code(),
                e.mode,
                e.status.code(),
                e.when.map(|w| w.to_string()),
                e.when.map(|w| w.first().to_string()),
                e.when.map(|w| w.last().to_string()),
                e.place.map(|p| places[p as usize]),
                e.statement.map(|s| statements[s as usize]),
                share(e.confidence),
                why(self.db, e.why)?
            ])?;
            for (role, actors) in [("source", &e.source), ("target", &e.target)] {
                for &actor in actors {
                    party.execute((id, role, self.actor(actor)))?;
                }
            }
            ids.push(id);
        }
        Ok(ids)
    }

    fn stances(&self, reading: &Reading, events: &[i64]) -> rusqlite::Result<()> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO stance (reading, actor, start, end, side, condition_start, condition_end, event, confidence, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for s in &reading.stances {
            let ((start, end), (condition_start, condition_end)) = (self.at(s.issue), self.maybe(s.condition));
            let event = s.event.map(|e| events[e as usize]);
            insert.execute((
                self.reading,
                self.actor(s.actor),
                start,
                end,
                s.side.code(),
                condition_start,
                condition_end,
                event,
                share(s.confidence),
                why(self.db, s.why)?,
            ))?;
        }
        Ok(())
    }
}

/// A confidence without the noise that a short float takes on as a long one.
fn share(confidence: f32) -> f64 {
    (f64::from(confidence) * 1e4).round() / 1e4
}

fn why(db: &Connection, why: Why) -> rusqlite::Result<i64> {
    let why = why.to_string();
    if let Some(id) = db.prepare_cached("SELECT id FROM why WHERE why = ?")?.query_row([&why], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO why (why) VALUES (?)")?.insert([&why])
}

fn location(db: &Connection, p: &PlaceMention) -> rusqlite::Result<i64> {
    let key = (&p.name, &p.name_ar, p.country, p.precision.code());
    let known = db.prepare_cached("SELECT id FROM location WHERE name = ? AND name_ar = ? AND country = ? AND precision = ?")?.query_row(key, |row| row.get(0));
    if let Some(id) = known.optional()? {
        return Ok(id);
    }
    let (latitude, longitude) = p.position.map(|(lat, lon)| (degrees(lat), degrees(lon))).unzip();
    db.prepare_cached("INSERT INTO location (name, name_ar, country, precision, latitude, longitude) VALUES (?, ?, ?, ?, ?, ?)")?.insert((
        &p.name,
        &p.name_ar,
        p.country,
        p.precision.code(),
        latitude,
        longitude,
    ))
}

/// Degrees to a metre, without the noise of a short float.
fn degrees(angle: f32) -> f64 {
    (f64::from(angle) * 1e5).round() / 1e5
}

fn local_actor(db: &Connection, reading: i64, a: &Actor) -> rusqlite::Result<i64> {
    let (identity, actor) = identity(db, a)?;
    db.prepare_cached("INSERT INTO local_actor (reading, identity, actor) VALUES (?, ?, ?)")?.insert((reading, identity, actor))
}

/// The identity that the reader gave, and the actor that it stands for.
fn identity(db: &Connection, a: &Actor) -> rusqlite::Result<(i64, i64)> {
    let key = (&a.id, &a.name, a.kind.code(), a.sector, a.country);
    let known = db
        .prepare_cached("SELECT id, actor FROM identity WHERE code = ? AND name = ? AND kind = ? AND sector = ? AND country = ?")?
        .query_row(key, |row| Ok((row.get(0)?, row.get(1)?)));
    if let Some(found) = known.optional()? {
        return Ok(found);
    }
    let actor = match namesake(db, a)? {
        Some(actor) => actor,
        None => db
            .prepare_cached(
                "INSERT INTO actor (id, code, name, name_en, kind, sector, country, known, root)
                             SELECT next, ?, ?, ?, ?, ?, ?, ?, next FROM (SELECT coalesce(max(id), 0) + 1 AS next FROM actor)",
            )?
            .insert((&a.id, &a.name, &a.name_en, a.kind.code(), a.sector, a.country, a.known))?,
    };
    let identity = db
        .prepare_cached("INSERT INTO identity (code, name, name_en, kind, sector, country, known, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
        .insert((&a.id, &a.name, &a.name_en, a.kind.code(), a.sector, a.country, a.known, actor))?;
    Ok((identity, actor))
}

/// The actor of the same code. A code made of a name leaves out figures, so that «لواء 33» and «لواء 35» share one: their names must agree.
fn namesake(db: &Connection, a: &Actor) -> rusqlite::Result<Option<i64>> {
    let mut query = db.prepare_cached("SELECT actor, name FROM identity WHERE code = ? ORDER BY id")?;
    let known = query.query_map([&a.id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(known.into_iter().find(|(_, name)| a.known || names::figures(name) == names::figures(&a.name)).map(|(actor, _)| actor))
}
