//! Files of records: JSON, one object a line or an array of them, and tables.

use super::walk::{Flow, Walk};
use super::{At, Body, Raw};
use crate::extract::decode::decode;
use crate::extract::record::broken;
use crate::extract::{LONGEST, too_long};
use csv::{ByteRecord, ReaderBuilder};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// What a line was.
enum Line {
    Whole,
    TooLong,
    /// The file is at its end.
    None,
}

/// One object a line.
pub(super) fn lines(walk: &mut Walk<'_>, at: &At, mut reader: impl BufRead) -> Flow {
    let mut line = Vec::new();
    for number in 1.. {
        let (at_line, id) = at.record(format!("{}:{number}", at.place), number);
        match read_line(&mut reader, &mut line) {
            Ok(Line::None) => break,
            Ok(Line::TooLong) => walk.fail(at_line.fault(too_long()))?,
            Ok(Line::Whole) if line.trim_ascii().is_empty() => {}
            Ok(Line::Whole) => walk.give(Raw { id, ..Raw::new(at_line, Body::Json(line.trim_ascii_end().to_vec())) })?,
            Err(error) => return walk.fail(at_line.fault(error)),
        }
    }
    Flow::Continue(())
}

/// Reads a line with its break. One that is too long is passed over without being held.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let count = reader.by_ref().take(LONGEST as u64).read_until(b'\n', line)?;
    if count < LONGEST || line.ends_with(b"\n") {
        return Ok(if count == 0 { Line::None } else { Line::Whole });
    }
    line.clear();
    reader.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

/// One object, or an array of them.
pub(super) fn json(walk: &mut Walk<'_>, at: &At, bytes: Vec<u8>) -> Flow {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(message) => return walk.fail(at.fault(message)),
    };
    let fault = |error: &serde_json::Error| super::Fault::new(format!("{}:{}", at.place, error.line()), broken(error));
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('[') {
        return match serde_json::from_str::<&RawValue>(&text) {
            Ok(value) => {
                let at = At { container: at.key.clone(), key: None, ..at.clone() };
                walk.give(Raw::new(at, Body::Json(value.get().as_bytes().to_vec())))
            }
            Err(error) => walk.fail(fault(&error)),
        };
    }
    match serde_json::from_str::<Vec<&RawValue>>(&text) {
        Ok(values) => values.into_iter().enumerate().try_for_each(|(index, value)| {
            let number = index + 1;
            let (at, id) = at.record(format!("{}, record {number}", at.place), number);
            walk.give(Raw { id, ..Raw::new(at, Body::Json(value.get().as_bytes().to_vec())) })
        }),
        Err(error) => walk.fail(fault(&error)),
    }
}

/// A table with a row a document, whose first row names the columns. Its delimiter is the one that the first row has most of.
pub(super) fn table(walk: &mut Walk<'_>, at: &At, reader: impl Read) -> Flow {
    let since_row = Rc::new(Cell::new(0));
    let mut reader = io::BufReader::new(Limited { inner: reader, since_row: since_row.clone() });
    let delimiter = match reader.fill_buf() {
        Ok(head) => delimiter(head),
        Err(error) => return walk.fail(at.fault(error)),
    };
    let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(reader);
    let mut columns: Option<Vec<String>> = None;
    let mut row = ByteRecord::new();
    loop {
        since_row.set(0);
        let read = rows.read_byte_record(&mut row);
        let line = row.position().map_or(1, csv::Position::line) as usize;
        let (at_row, id) = at.record(format!("{}:{line}", at.place), line);
        match read {
            Ok(false) => return Flow::Continue(()),
            Ok(true) => {}
            Err(error) => return walk.fail(at_row.fault(error)),
        }
        let cells = match cells(&row) {
            Ok(cells) => cells,
            Err(message) => {
                walk.fail(at_row.fault(message))?;
                continue;
            }
        };
        let Some(columns) = &columns else {
            let named: Vec<String> = cells.iter().map(|name| name.trim().to_lowercase()).collect();
            if !named.iter().any(|name| name == "text") {
                return walk.fail(at_row.fault(format!("no column \"text\": the first row names the columns {}", named.join(", "))));
            }
            columns = Some(named);
            continue;
        };
        if cells.len() > columns.len() {
            walk.fail(at_row.fault(format!("{} cells, the first row names {} columns", cells.len(), columns.len())))?;
            continue;
        }
        let fields: Map<String, Value> =
            columns.iter().cloned().zip(cells.into_iter().map(Value::String)).filter(|(_, cell)| cell.as_str() != Some("")).collect();
        walk.give(Raw { id, ..Raw::new(at_row, Body::Row(fields)) })?;
    }
}

/// The cells of a row as text. They are decoded together, so that a short one is read as its row is.
fn cells(row: &ByteRecord) -> Result<Vec<String>, String> {
    const BETWEEN: u8 = 0x1f;
    let joined = row.iter().map(|cell| cell.iter().copied().filter(|&b| b != BETWEEN).collect()).collect::<Vec<Vec<u8>>>().join(&BETWEEN);
    Ok(decode(joined)?.split(char::from(BETWEEN)).map(str::to_owned).collect())
}

fn delimiter(head: &[u8]) -> u8 {
    let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| first.iter().filter(|&b| b == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Bytes that stop with an error where a row goes on for too long.
struct Limited<R> {
    inner: R,
    since_row: Rc<Cell<usize>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + count);
        if self.since_row.get() > LONGEST { Err(io::Error::other(format!("a row {}", too_long()))) } else { Ok(count) }
    }
}
