//! A table of actors as a standoff.

use super::{Actor, Calendar, Issue, Label, Sources, Stand, Standoff};
use crate::error::{Error, Place, Result};
use crate::range::Range;
use csv::StringRecord;
use jiff::civil::Date;

/// Reads a table of actors; cells are parted by commas, semicolons or tabs, whichever the first line has most of. `name` is what
/// errors call the file; a table knows no dates, so `date` is given.
///
/// The plain form has a header line with `actor`, `position`, `salience`, `influence` in any order and any case (`name`, `capability`,
/// `power` are understood too; other columns are passed over), then a line an actor. With a column `issue` there is a line for each
/// actor and issue. A cell is a number from 0 to 100, or `low..mode..high`.
///
/// KTAB's form has a line with a name, a description, and the numbers of actors and dimensions; a header line; then a line an actor:
/// name, description, influence, and position and salience on each dimension. Each dimension is an issue.
///
/// Only shares of influence matter, so where one is above 100 all are scaled to make the greatest 100.
///
/// # Errors
/// If a column is missing, a cell is no number in its range, or an actor stands twice on an issue; the error holds file, line and
/// column.
pub fn read(name: &str, text: &str, date: Date) -> Result<Standoff> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|b| *b == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',');
    let sheet = Sheet { name, rows: rows(name, text, delimiter)? };
    let (issues, lines) = if sheet.is_ktab() { ktab(&sheet)? } else { plain(&sheet)? };
    let most = lines.iter().map(|l| l.influence.high()).fold(0.0, f64::max);
    let standoff = Standoff {
        name: label(name),
        date,
        play: Calendar::default(),
        issue: issues,
        actor: actors(&sheet, lines, most)?,
        assembly: vec![],
        motion: vec![],
        truce: vec![],
        incident: vec![],
        threat: vec![],
        offer: vec![],
        election: vec![],
    };
    if standoff.actor.is_empty() {
        return Err(sheet.fault(1, "", "there is no actor below the header"));
    }
    standoff.check().map_err(|e| sheet.fault(1, &e.key, &e.problem))?;
    Ok(standoff)
}

/// The rows of a table, each with its line.
struct Sheet<'a> {
    name: &'a str,
    rows: Vec<(usize, StringRecord)>,
}

/// What one actor wants on one issue.
struct Line {
    line: usize,
    actor: String,
    issue: String,
    position: Range,
    salience: Range,
    influence: Range,
}

fn rows(name: &str, text: &str, delimiter: u8) -> Result<Vec<(usize, StringRecord)>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (bytes, mut at, mut line) = (text.as_bytes(), 0, 1);
    for row in reader.records() {
        let row = row.map_err(|e| {
            let line = e.position().map_or(1, |p| p.line() as usize);
            Error { place: Some(Place { file: name.to_owned(), line }), key: String::new(), problem: e.to_string() }
        })?;
        // The reader holds a row to begin where the one before it ends, with the blank lines between them.
        let start = row.position().map_or(at, |p| p.byte() as usize);
        let blank = bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += bytes[at..start + blank].iter().filter(|b| **b == b'\n').count();
        at = start + blank;
        if row.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, row));
        }
    }
    Ok(rows)
}

impl Sheet<'_> {
    fn fault(&self, line: usize, key: &str, problem: &str) -> Error {
        Error { place: Some(Place { file: self.name.to_owned(), line }), key: key.to_owned(), problem: problem.to_owned() }
    }

    /// The header: the row at `at`.
    fn header(&self, at: usize) -> Result<&StringRecord> {
        self.rows.get(at).map(|(_, row)| row).ok_or_else(|| self.fault(1, "", "there is no header line"))
    }

    /// A number of a row, from 0 to `most`.
    fn number(&self, header: &StringRecord, (line, row): &(usize, StringRecord), at: usize, most: f64) -> Result<Range> {
        let cell = row.get(at).unwrap_or_default();
        cell.parse::<Range>().and_then(|r| r.between("", 0.0, most)).map_err(|e| self.fault(*line, header.get(at).unwrap_or_default(), &e.problem))
    }

    /// Whether the first line tells the numbers of actors and dimensions.
    fn is_ktab(&self) -> bool {
        let whole = |at: usize| self.rows.first().and_then(|(_, row)| row.get(at)?.parse::<usize>().ok());
        whole(2).is_some() && whole(3).is_some()
    }
}

fn plain(sheet: &Sheet<'_>) -> Result<(Vec<Issue>, Vec<Line>)> {
    let header = sheet.header(0)?;
    let find = |names: &[&str]| header.iter().position(|h| names.contains(&h.to_lowercase().as_str()));
    let column = |names: &[&str]| find(names).ok_or_else(|| sheet.fault(1, names[0], "there is no such column"));
    let (position, salience, influence) = (column(&["position"])?, column(&["salience"])?, column(&["influence", "capability", "power"])?);
    let (actor, on) = (column(&["actor", "name"])?, find(&["issue"]));
    let mut issues: Vec<Issue> = Vec::new();
    let mut lines = Vec::new();
    for row in &sheet.rows[1..] {
        let cell = |at: usize| row.1.get(at).unwrap_or_default();
        let name = on.map_or("Issue", cell);
        let id = if on.is_some() { identifier(name) } else { "issue".to_owned() };
        if id.is_empty() {
            return Err(sheet.fault(row.0, "issue", "the issue has no name"));
        }
        if !issues.iter().any(|i| i.id == id) {
            issues.push(issue(&id, name, if on.is_some() { name } else { "المسألة" }));
        }
        lines.push(Line {
            line: row.0,
            actor: cell(actor).to_owned(),
            issue: id,
            position: sheet.number(header, row, position, 100.0)?,
            salience: sheet.number(header, row, salience, 100.0)?,
            influence: sheet.number(header, row, influence, f64::INFINITY)?,
        });
    }
    Ok((issues, lines))
}

fn ktab(sheet: &Sheet<'_>) -> Result<(Vec<Issue>, Vec<Line>)> {
    let told = |at: usize| sheet.rows[0].1.get(at).and_then(|cell| cell.parse::<usize>().ok()).unwrap_or_default();
    let header = sheet.header(1)?;
    let columns = header.iter().take_while(|h| !h.is_empty()).count();
    let dimensions = columns.saturating_sub(3) / 2;
    if dimensions == 0 || dimensions != told(3) {
        let problem = format!("the first line tells {} dimensions, the header has position and salience of {dimensions}", told(3));
        return Err(sheet.fault(sheet.rows[1].0, "", &problem));
    }
    let found = sheet.rows.len() - 2;
    if found != told(2) {
        return Err(sheet.fault(1, "", &format!("the first line tells {} actors, there are {found}", told(2))));
    }
    let issues: Vec<Issue> = (0..dimensions).map(|d| dimension(header.get(3 + 2 * d).unwrap_or_default(), d)).collect();
    let mut lines = Vec::new();
    for row in &sheet.rows[2..] {
        let influence = sheet.number(header, row, 2, f64::INFINITY)?;
        for (d, issue) in issues.iter().enumerate() {
            lines.push(Line {
                line: row.0,
                actor: row.1.get(0).unwrap_or_default().to_owned(),
                issue: issue.id.clone(),
                position: sheet.number(header, row, 3 + 2 * d, 100.0)?,
                salience: sheet.number(header, row, 4 + 2 * d, 100.0)?,
                influence,
            });
        }
    }
    Ok((issues, lines))
}

/// The issue of a dimension, by the heading of its positions: what stands beside the word for position, if it is a name.
fn dimension(heading: &str, at: usize) -> Issue {
    let is_name = |part: &&str| !matches!(part.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str(), "position" | "pos" | "pstn" | "");
    let named: Vec<&str> = heading.split_whitespace().filter(is_name).collect();
    if named.is_empty() {
        return issue(&format!("dimension-{}", at + 1), &format!("Dimension {}", at + 1), &format!("البعد {}", at + 1));
    }
    let name = named.join(" ");
    issue(&identifier(&name), &name, &name)
}

fn issue(id: &str, en: &str, ar: &str) -> Issue {
    Issue { id: id.to_owned(), name: Label { en: en.to_owned(), ar: ar.to_owned() }, low: label("0"), high: label("100"), status_quo: None, source: None }
}

/// The actors of the lines, in order; one whose influence is the same on every issue has it once.
fn actors(sheet: &Sheet<'_>, lines: Vec<Line>, most: f64) -> Result<Vec<Actor>> {
    let scale = if most > 100.0 { 100.0 / most } else { 1.0 };
    let mut actors: Vec<Actor> = Vec::new();
    for Line { line, actor: name, issue, position, salience, influence } in lines {
        let id = identifier(&name);
        if id.is_empty() {
            return Err(sheet.fault(line, "actor", "the actor has no name"));
        }
        let scaled = |x: f64| (x * scale).min(100.0);
        let influence = Range::new(scaled(influence.low()), scaled(influence.mode()), scaled(influence.high()))?;
        let at = actors.iter().position(|a| a.id == id).unwrap_or_else(|| {
            let (name, stand) = (label(&name), vec![]);
            actors.push(Actor { id: id.clone(), name, sector: None, influence, source: None, force: None, state: None, allies: vec![], stand });
            actors.len() - 1
        });
        let actor = &mut actors[at];
        if actor.stand.iter().any(|s| s.issue == issue) {
            return Err(sheet.fault(line, "actor", &format!("{id} stands here twice")));
        }
        let influence = (influence != actor.influence).then_some(influence);
        actor.stand.push(Stand { issue, position, salience, influence, source: Sources::default() });
    }
    Ok(actors)
}

fn label(text: &str) -> Label {
    Label { en: text.to_owned(), ar: text.to_owned() }
}

/// A name as an `id`: its letters and digits, everything else as one hyphen.
fn identifier(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
