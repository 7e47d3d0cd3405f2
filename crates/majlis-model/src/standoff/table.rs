//! A table of actors as a standoff.

use super::{Actor, Calendar, Issue, Label, Sources, Stand, Standoff};
use crate::error::{Error, Place, Result};
use crate::range::Range;
use jiff::civil::Date;

/// Reads a table of actors on one issue: a header line with `actor`, `position`, `salience`, `influence` in any order and any case
/// (`name`, `capability`, `power` are understood too; other columns are passed over), then a line an actor. A cell is a number from
/// 0 to 100, or `low..mode..high`. `name` is what errors call the file; a table knows no dates, so `date` is given.
///
/// # Errors
/// If a column is missing or a cell is no number in its range; the error holds file, line and column.
pub fn read(name: &str, text: &str, date: Date) -> Result<Standoff> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fault = |line: usize, key: &str, problem: String| Error { place: Some(Place { file: name.to_owned(), line }), key: key.to_owned(), problem };
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let header = rows.headers().map_err(|e| fault(1, "", e.to_string()))?.clone();
    let column = |names: &[&str]| {
        header.iter().position(|h| names.contains(&h.to_lowercase().as_str())).ok_or_else(|| fault(1, names[0], "there is no such column".to_owned()))
    };
    let columns = [column(&["position"])?, column(&["salience"])?, column(&["influence", "capability", "power"])?];
    let who = column(&["actor", "name"])?;
    let mut actors: Vec<Actor> = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|e| fault(e.position().map_or(1, |p| p.line() as usize), "", e.to_string()))?;
        let line = row.position().map_or(1, |p| p.line() as usize);
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let number = |at: usize| range(cell(at)).and_then(|r| r.between("", 0.0, 100.0)).map_err(|e| fault(line, &header[at], e.problem));
        let id = identifier(cell(who));
        if id.is_empty() || actors.iter().any(|a| a.id == id) {
            let problem = if id.is_empty() { "the actor has no name".to_owned() } else { format!("{id} stands here twice") };
            return Err(fault(line, &header[who], problem));
        }
        let [position, salience, influence] = columns;
        let stand = Stand { issue: ISSUE.to_owned(), position: number(position)?, salience: number(salience)?, influence: None, source: Sources::default() };
        actors.push(actor(id, cell(who), number(influence)?, vec![stand]));
    }
    standoff(name, date, actors, vec![ISSUE.to_owned()])
}

/// The issue of a table that does not name it.
const ISSUE: &str = "issue";

/// A checked standoff over actors alone, with issues called as given.
pub(super) fn standoff(name: &str, date: Date, actor: Vec<Actor>, issues: Vec<String>) -> Result<Standoff> {
    let label = |text: &str| Label { en: text.to_owned(), ar: text.to_owned() };
    let issue = issues.into_iter().map(|id| Issue { name: label(&id), low: label("0"), high: label("100"), status_quo: None, id }).collect();
    let standoff = Standoff {
        name: label(name),
        date,
        play: Calendar::default(),
        issue,
        actor,
        assembly: vec![],
        motion: vec![],
        truce: vec![],
        incident: vec![],
        threat: vec![],
        offer: vec![],
        election: vec![],
    };
    super::check::check(&standoff).map(|()| standoff)
}

fn actor(id: String, name: &str, influence: Range, stand: Vec<Stand>) -> Actor {
    let name = Label { en: name.to_owned(), ar: name.to_owned() };
    Actor { id, name, sector: None, influence, source: None, force: None, state: None, allies: vec![], stand }
}

/// A name as an `id`: its letters and digits, everything else as one hyphen.
fn identifier(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn range(cell: &str) -> Result<Range> {
    let numbers: Option<Vec<f64>> = cell.split("..").map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some([value]) => Range::point(*value),
        Some([low, mode, high]) => Range::new(*low, *mode, *high),
        _ => Err(Error::new("", format!("expected a number or low..mode..high, found {cell:?}"))),
    }
}
