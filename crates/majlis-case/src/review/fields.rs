//! Items by their fields: what an analyst may set, and how a new row comes of it.

use crate::error::Problem;
use majlis_lexicon::EventType;
use majlis_read::{MentionForm, Side, StatementKind, Status};
use majlis_text::Edtf;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::Value;
use std::collections::BTreeMap;

/// Values by field. Actors are numbers of the case's actors, offsets code points of the document's text, times EDTF, places the number of
/// a place in the same text. `null` empties a field that may be empty. `source` and `target` of an event are lists.
pub type Fields = BTreeMap<String, Value>;

/// A kind of item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the reading's own words")]
pub enum ItemKind {
    Mention,
    Statement,
    Event,
    Time,
    Place,
    Stance,
}

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Offset,
    Actor,
    Word,
    Bool,
    Time,
    One(&'static [&'static str]),
    Place,
    Location,
    Statement,
}

struct Field {
    name: &'static str,
    holds: Holds,
    /// The value that an added item has where nothing is said; `None` where it must be said.
    rest: Option<Option<&'static str>>,
}

const fn field(name: &'static str, holds: Holds, rest: Option<Option<&'static str>>) -> Field {
    Field { name, holds, rest }
}

const MENTION: [Field; 2] = [field("actor", Holds::Actor, None), field("form", Holds::One(MentionForm::CODES), Some(Some("name")))];
const STATEMENT: [Field; 8] = [
    field("kind", Holds::One(StatementKind::CODES), Some(Some("indirect"))),
    field("class", Holds::Word, Some(Some("say"))),
    field("speaker", Holds::Actor, Some(None)),
    field("named", Holds::Bool, None),
    field("source_class", Holds::Word, Some(Some(""))),
    field("side", Holds::Actor, Some(None)),
    field("told_to", Holds::Actor, Some(None)),
    field("inside", Holds::Statement, Some(None)),
];
const EVENT: [Field; 6] = [
    field("type", Holds::One(EventType::CODES), None),
    field("mode", Holds::Word, Some(Some(""))),
    field("status", Holds::One(Status::CODES), Some(Some("happened"))),
    field("time", Holds::Time, Some(None)),
    field("place", Holds::Place, Some(None)),
    field("statement", Holds::Statement, Some(None)),
];
const TIME: [Field; 1] = [field("value", Holds::Time, None)];
const PLACE: [Field; 1] = [field("location", Holds::Location, None)];
const STANCE: [Field; 2] = [field("actor", Holds::Actor, None), field("side", Holds::One(Side::CODES), None)];
/// Fields of every kind.
const SPAN: [Field; 2] = [field("start", Holds::Offset, None), field("end", Holds::Offset, None)];

impl ItemKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Mention, Self::Statement, Self::Event, Self::Time, Self::Place, Self::Stance];

    /// The name of the kind, as files and commands write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Time => "time",
            Self::Place => "place",
            Self::Stance => "stance",
        }
    }

    /// The kind of a name.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    fn fields(self) -> impl Iterator<Item = &'static Field> {
        let own: &'static [Field] = match self {
            Self::Mention => &MENTION,
            Self::Statement => &STATEMENT,
            Self::Event => &EVENT,
            Self::Time => &TIME,
            Self::Place => &PLACE,
            Self::Stance => &STANCE,
        };
        SPAN.iter().chain(own)
    }

    /// Whether items of the kind know their line.
    fn has_paragraph(self) -> bool {
        matches!(self, Self::Statement | Self::Event)
    }
}

/// Reading and document of an item that stands.
pub(super) fn standing(db: &Connection, kind: ItemKind, item: i64) -> Result<Option<(i64, i64)>, Problem> {
    let sql = format!("SELECT reading, document FROM live_{} WHERE id = ?", kind.code());
    Ok(db.prepare_cached(&sql)?.query_row([item], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// A new item of a reading.
pub(super) fn insert(db: &Connection, kind: ItemKind, reading: i64, decision: i64, fields: &Fields) -> Result<i64, Problem> {
    let mut row = Vec::new();
    for field in kind.fields() {
        let value = match (fields.get(field.name), field.rest) {
            (Some(value), _) => checked(db, reading, field, value)?,
            (None, Some(rest)) => rest.map_or(Sql::Null, |word| Sql::Text(word.to_owned())),
            (None, None) => return Err(Problem::Refused(format!("{} of the {} is missing", field.name, kind.code()))),
        };
        row.push((field.name, value));
    }
    write(db, kind, reading, decision, row, fields)
}

/// A new item like the first of `old`, which must not be empty, but for what the fields say. Parties of all of them are taken together.
pub(super) fn copy(db: &Connection, kind: ItemKind, old: &[i64], decision: i64, fields: &Fields) -> Result<i64, Problem> {
    let table = kind.code();
    let reading: i64 = db.prepare_cached(&format!("SELECT reading FROM {table} WHERE id = ?"))?.query_row([old[0]], |row| row.get(0))?;
    let mut row = Vec::new();
    for field in kind.fields() {
        let value = match fields.get(field.name) {
            Some(value) => checked(db, reading, field, value)?,
            None => db.prepare_cached(&format!("SELECT {} FROM {table} WHERE id = ?", field.name))?.query_row([old[0]], |row| row.get(0))?,
        };
        row.push((field.name, value));
    }
    let item = write(db, kind, reading, decision, row, fields)?;
    match kind {
        ItemKind::Event => {
            for role in ["source", "target"].into_iter().filter(|role| !fields.contains_key(*role)) {
                let sql = "INSERT OR IGNORE INTO event_party (event, role, actor) SELECT ?1, role, actor FROM event_party WHERE event = ?2 AND role = ?3";
                old.iter().try_for_each(|event| db.prepare_cached(sql)?.execute((item, event, role)).map(|_| ()))?;
            }
        }
        ItemKind::Statement => {
            let sql = "UPDATE statement SET (speaker_start, speaker_end, described_start, described_end, cue_start, cue_end) =
                (SELECT speaker_start, speaker_end, described_start, described_end, cue_start, cue_end FROM statement WHERE id = ?2) WHERE id = ?1";
            db.prepare_cached(sql)?.execute((item, old[0]))?;
        }
        ItemKind::Stance => {
            let sql = "UPDATE stance SET (condition_start, condition_end, event) = (SELECT condition_start, condition_end, event FROM stance WHERE id = ?2) WHERE id = ?1";
            db.prepare_cached(sql)?.execute((item, old[0]))?;
        }
        ItemKind::Mention | ItemKind::Time | ItemKind::Place => {}
    }
    Ok(item)
}

fn write(db: &Connection, kind: ItemKind, reading: i64, decision: i64, mut row: Vec<(&'static str, Sql)>, fields: &Fields) -> Result<i64, Problem> {
    let parties = |name: &str| kind == ItemKind::Event && matches!(name, "source" | "target");
    if let Some(unknown) = fields.keys().find(|name| !parties(name) && kind.fields().all(|f| f.name != name.as_str())) {
        let known: Vec<&str> = kind.fields().map(|f| f.name).chain(["source", "target"].into_iter().filter(|n| parties(n))).collect();
        return Err(Problem::Refused(format!("{unknown} is no field of a {}: there are {}", kind.code(), known.join(", "))));
    }
    let (start, end) = (whole(&row[0].1), whole(&row[1].1));
    let text = "SELECT length(v.text), length(substr(v.text, 1, ?2)) - length(replace(substr(v.text, 1, ?2), char(10), ''))
        FROM (SELECT inflated(v.id, v.body) AS text FROM reading r JOIN revision v ON v.id = r.revision WHERE r.id = ?1) v";
    let (length, paragraph): (i64, i64) = db.prepare_cached(text)?.query_row((reading, start), |row| Ok((row.get(0)?, row.get(1)?)))?;
    if start < 0 || start >= end || end > length {
        return Err(Problem::Refused(format!("{start}..{end} is no stretch of a text of {length} characters")));
    }
    if kind.has_paragraph() {
        row.push(("paragraph", paragraph.into()));
    }
    if kind == ItemKind::Event {
        let time = row.iter().find(|(name, _)| *name == "time").and_then(|(_, v)| if let Sql::Text(t) = v { t.parse::<Edtf>().ok() } else { None });
        for (name, day) in [("first_day", time.map(Edtf::first)), ("last_day", time.map(Edtf::last))] {
            row.push((name, day.map_or(Sql::Null, |d| Sql::Text(d.to_string()))));
        }
    }
    let why = db.prepare_cached("SELECT id FROM why WHERE why = 'analyst'")?.query_row([], |row| row.get(0)).optional()?;
    let why: i64 = match why {
        Some(why) => why,
        None => db.prepare_cached("INSERT INTO why (why) VALUES ('analyst')")?.insert([])?,
    };
    row.extend([("reading", reading.into()), ("confidence", Sql::Real(1.0)), ("why", why.into()), ("decision", decision.into())]);
    let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", kind.code(), names.join(", "), vec!["?"; names.len()].join(", "));
    let item = db.prepare_cached(&sql)?.insert(params_from_iter(row.iter().map(|(_, value)| value)))?;
    for role in ["source", "target"].into_iter().filter(|role| parties(role)) {
        for actor in fields.get(role).map(list).transpose()?.unwrap_or_default() {
            let local = local(db, reading, actor)?;
            db.prepare_cached("INSERT OR IGNORE INTO event_party (event, role, actor) VALUES (?, ?, ?)")?.execute((item, role, local))?;
        }
    }
    Ok(item)
}

fn whole(value: &Sql) -> i64 {
    if let Sql::Integer(n) = value { *n } else { -1 }
}

/// A value as its column holds it.
fn checked(db: &Connection, reading: i64, field: &Field, value: &Value) -> Result<Sql, Problem> {
    let wrong = |what: &str| Problem::Refused(format!("{} must be {what}, is {value}", field.name));
    let number = || value.as_i64().ok_or_else(|| wrong("a number"));
    if value.is_null() {
        return if field.rest == Some(None) { Ok(Sql::Null) } else { Err(wrong("given")) };
    }
    Ok(match field.holds {
        Holds::Offset => number()?.into(),
        Holds::Actor => local(db, reading, number()?)?.into(),
        Holds::Word => Sql::Text(value.as_str().ok_or_else(|| wrong("a word"))?.to_owned()),
        Holds::Bool => i64::from(value.as_bool().ok_or_else(|| wrong("true or false"))?).into(),
        Holds::Time => {
            let edtf = value.as_str().and_then(|v| v.parse::<Edtf>().ok()).ok_or_else(|| wrong("a date or interval in EDTF"))?;
            Sql::Text(edtf.to_string())
        }
        Holds::One(known) => {
            let word = value.as_str().filter(|v| known.contains(v)).ok_or_else(|| wrong(&format!("one of {}", known.join(", "))))?;
            Sql::Text(word.to_owned())
        }
        Holds::Place => of_reading(db, "place", reading, number()?)?,
        Holds::Statement => of_reading(db, "statement", reading, number()?)?,
        Holds::Location => {
            let id = number()?;
            if !db.prepare_cached("SELECT 1 FROM location WHERE id = ?")?.exists([id])? {
                return Err(Problem::Absent { kind: "location", id });
            }
            id.into()
        }
    })
}

fn of_reading(db: &Connection, table: &'static str, reading: i64, id: i64) -> Result<Sql, Problem> {
    match db.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ? AND reading = ?"))?.exists([id, reading])? {
        true => Ok(id.into()),
        false => Err(Problem::Refused(format!("{table} {id} does not stand in the same document"))),
    }
}

fn list(value: &Value) -> Result<Vec<i64>, Problem> {
    let wrong = || Problem::Refused(format!("parties must be a list of actors' numbers, are {value}"));
    value.as_array().ok_or_else(wrong)?.iter().map(|v| v.as_i64().ok_or_else(wrong)).collect()
}

/// The reading's own actor that stands for an actor of the case, made where it has none.
fn local(db: &Connection, reading: i64, actor: i64) -> Result<i64, Problem> {
    let known = "SELECT l.id FROM local_actor l JOIN actor a ON a.id = l.actor WHERE l.reading = ?1 AND (l.actor = ?2 OR a.root = ?2) ORDER BY l.id LIMIT 1";
    if let Some(local) = db.prepare_cached(known)?.query_row([reading, actor], |row| row.get(0)).optional()? {
        return Ok(local);
    }
    let identity = "SELECT i.id FROM identity i JOIN actor a ON a.id = i.actor WHERE i.actor = ?1 OR a.root = ?1 ORDER BY i.id LIMIT 1";
    let identity: Option<i64> = db.prepare_cached(identity)?.query_row([actor], |row| row.get(0)).optional()?;
    let identity = identity.ok_or(Problem::Absent { kind: "actor", id: actor })?;
    Ok(db.prepare_cached("INSERT INTO local_actor (reading, identity, actor) VALUES (?, ?, ?)")?.insert((reading, identity, actor))?)
}
