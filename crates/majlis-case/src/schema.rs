//! The tables, as numbered steps. A file's `user_version` tells how many of them it has taken.

use crate::error::Problem;
use rusqlite::{Connection, TransactionBehavior};

/// `application_id` of a case file: "MJLS" in ASCII.
pub(crate) const APPLICATION: i32 = 0x4d4a_4c53;

/// The steps in order. One that has been released is never edited.
const STEPS: [&str; 1] = [include_str!("schema/001.sql")];

/// The newest schema, a count of steps.
pub(crate) const NEWEST: u32 = STEPS.len() as u32;

/// What the header of a database says it is.
pub(crate) enum Kind {
    /// Without tables, as `create` leaves it when it is killed before its first step.
    Empty,
    /// A case file that has taken so many steps.
    Case(u32),
}

/// Tells a case file from other files.
pub(crate) fn kind(db: &Connection) -> Result<Kind, Problem> {
    let number = |pragma: &str| db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i32>(0));
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (number("application_id")?, u32::try_from(number("user_version")?)) {
        (APPLICATION, Ok(found)) if found > NEWEST => Err(Problem::Newer { found, known: NEWEST }),
        (APPLICATION, Ok(found)) if found > 0 => Ok(Kind::Case(found)),
        (0, Ok(0)) if tables == 0 => Ok(Kind::Empty),
        _ => Err(Problem::NotACase),
    }
}

/// Takes the steps that the file lacks, all or none.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), Problem> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken = match kind(&change)? {
        Kind::Empty => 0,
        Kind::Case(taken) => taken,
    };
    for step in &STEPS[taken as usize..] {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", NEWEST)?;
    Ok(change.commit()?)
}
