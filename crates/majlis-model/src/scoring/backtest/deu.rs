//! Decided issues of European Union law-making: the table of DEU III (Thomson et al., doi:10.34810/data53).

use super::council::Councils;
use crate::bargain::Stand;
use crate::error::{Error, Place, Result};
use std::collections::{BTreeMap, BTreeSet};

/// A decided issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its name in the data.
    pub name: String,
    /// The proposal that it is part of: issues of one proposal were decided together.
    pub proposal: String,
    /// Who had both a position and a salience.
    pub voices: Vec<Voice>,
    /// What would have held without a decision, 0–100, where the data tell.
    pub reference: Option<f64>,
    /// What was decided, 0–100.
    pub outcome: f64,
}

/// An actor on an issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Voice {
    /// What it wanted, 0–100.
    pub position: f64,
    /// How much it cared, 0–1.
    pub salience: f64,
    /// Its gross domestic product in the data's unit; what the data give for the Commission and the Parliament.
    pub gdp: f64,
    /// Its power in the Council of the time: the Shapley–Shubik index of its votes (`data/council.tsv`). The Commission and
    /// the Parliament, which do not vote there, are given the power of the largest state.
    pub power: f64,
}

impl Issue {
    /// The stands on it, with the influence that `influence` gives each voice.
    #[must_use]
    pub fn stands(&self, influence: fn(&Voice) -> f64) -> Vec<Stand> {
        self.voices.iter().map(|voice| Stand { position: voice.position, salience: voice.salience, influence: influence(voice) }).collect()
    }
}

/// An issue counts with at least so many voices.
const VOICES: usize = 3;

/// Reads the table: tab-separated, quoted, a header, in the second row GDP over the columns of positions, then an issue a row. Used are
/// the columns `isnr` (name), `prnr` (proposal), of each actor `p` and `s` with its short name (position and salience), `rp`
/// (reference point) and `out` (outcome). Blank or above 100 is missing. Issues without an outcome, or with fewer than three
/// voices, are left out. `name` is what errors call the file.
///
/// # Errors
/// With file, line and column: if a column is missing, a row is too short or too long, a cell is neither blank nor a number of 0
/// or more, the row of GDP is missing, an issue has no name or proposal, or no issue is left.
pub fn read(name: &str, text: &str) -> Result<Vec<Issue>> {
    let councils = Councils::shipped()?;
    let table = Table { name };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.as_bytes());
    let header = rows.headers().map_err(|e| table.unreadable(&e))?.clone();
    let column = |title: &str| header.iter().position(|h| h == title).ok_or_else(|| table.fault(1, title, "there is no such column".to_owned()));
    let columns = |letter: &str| councils.actors.iter().map(|actor| column(&format!("{letter}{actor}"))).collect::<Result<Vec<_>>>();
    let (positions, saliences) = (columns("p")?, columns("s")?);
    let (issue, proposal, reference, outcome) = (column("isnr")?, column("prnr")?, column("rp")?, column("out")?);

    let mut gdp: Option<Vec<f64>> = None;
    let mut found = Vec::new();
    let mut present: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for row in rows.records() {
        let row = row.map_err(|e| table.unreadable(&e))?;
        let line = row.position().map_or(1, |p| p.line() as usize);
        let cell = |at: usize| table.number(line, &header[at], &row[at]);
        let Some(gdp) = &gdp else {
            if !row[issue].trim().is_empty() {
                return Err(table.fault(line, &header[issue], "must be blank: the second row gives GDP over the columns of positions".to_owned()));
            }
            let gdp_of = |at: &usize| cell(*at)?.ok_or_else(|| table.fault(line, &header[*at], "GDP is missing".to_owned()));
            gdp = Some(positions.iter().map(gdp_of).collect::<Result<_>>()?);
            continue;
        };
        for at in [issue, proposal] {
            if row[at].trim().is_empty() {
                return Err(table.fault(line, &header[at], "is blank".to_owned()));
            }
        }
        let scale = |at: usize| cell(at).map(|value| value.filter(|v| *v <= 100.0));
        let mut voices = Vec::new();
        for (actor, gdp) in gdp.iter().enumerate() {
            if let (Some(position), Some(salience)) = (scale(positions[actor])?, scale(saliences[actor])?) {
                voices.push((actor, Voice { position, salience: salience / 100.0, gdp: *gdp, power: 0.0 }));
            }
        }
        let (reference, outcome) = (scale(reference)?, scale(outcome)?);
        let Some(outcome) = outcome.filter(|_| voices.len() >= VOICES) else { continue };
        let proposal = row[proposal].trim().to_owned();
        present.entry(proposal.clone()).or_default().extend(voices.iter().map(|(actor, _)| actor));
        found.push((row[issue].trim().to_owned(), proposal, voices, reference, outcome));
    }
    if found.is_empty() {
        return Err(table.fault(1, "", "has no issue with an outcome and three voices".to_owned()));
    }
    let issue = |(name, proposal, voices, reference, outcome): (String, String, Vec<(usize, Voice)>, Option<f64>, f64)| {
        let power = councils.power(&present[&proposal]);
        let voices = voices.into_iter().map(|(actor, voice)| Voice { power: power[actor], ..voice }).collect();
        Issue { name, proposal, voices, reference, outcome }
    };
    Ok(found.into_iter().map(issue).collect())
}

/// The file, for its errors.
struct Table<'a> {
    name: &'a str,
}

impl Table<'_> {
    fn fault(&self, line: usize, column: &str, problem: String) -> Error {
        Error { place: Some(Place { file: self.name.to_owned(), line }), key: column.to_owned(), problem }
    }

    fn unreadable(&self, error: &csv::Error) -> Error {
        let problem = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("must have {expected_len} cells, has {len}"),
            _ => error.to_string(),
        };
        self.fault(error.position().map_or(1, |p| p.line() as usize), "", problem)
    }

    /// A cell; `None` if it is blank.
    fn number(&self, line: usize, column: &str, cell: &str) -> Result<Option<f64>> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(None);
        }
        match cell.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Ok(Some(value)),
            _ => Err(self.fault(line, column, format!("must be blank or a number of 0 or more, is {cell:?}"))),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A table of `issues`: proposal, positions of the Commission, the Parliament and Germany, reference point, outcome.
    pub(in super::super) fn table(issues: &[(&str, [&str; 3], &str, &str)]) -> String {
        let councils = Councils::shipped().unwrap();
        let titles = |letter: &str| councils.actors.iter().map(|a| format!("{letter}{a}")).collect::<Vec<_>>().join("\t");
        let cells = |given: &[&str]| {
            (0..30).map(|i| ["com", "ep", "de"].iter().position(|a| *a == councils.actors[i]).map_or("", |at| given[at])).collect::<Vec<_>>().join("\t")
        };
        let mut text = format!("prnr\tisnr\t{}\t{}\trp\tout\n", titles("p"), titles("s"));
        text += &format!("\t\t{}\t{}\t\t\n", ["2"; 30].join("\t"), [""; 30].join("\t"));
        for (i, (proposal, positions, reference, outcome)) in issues.iter().enumerate() {
            text += &format!("\"{proposal}\"\ti{i}\t{}\t{}\t{reference}\t{outcome}\n", cells(positions), cells(&["50", "100", "0"]));
        }
        text
    }

    #[test]
    fn what_is_missing_is_left_out() {
        let text = table(&[
            ("a", ["0", "50", "100"], "", "70"),
            ("a", ["0", "50", "100"], "999", ""),
            ("b", ["0", "", "100"], "0", "70"),
            ("b", ["0", "101", "100"], "0", "70"),
            ("c", ["1", "2", "3"], "0", "4"),
        ]);
        let issues = read("deu.tsv", &text).unwrap();
        assert_eq!(
            issues.iter().map(|i| (i.name.as_str(), i.proposal.as_str(), i.reference, i.outcome)).collect::<Vec<_>>(),
            [("i0", "a", None, 70.0), ("i4", "c", Some(0.0), 4.0)]
        );
        let commission = issues[0].voices[0];
        assert_eq!((commission.position, commission.salience, commission.gdp), (0.0, 0.5, 2.0));
        assert_eq!(commission.power, issues[0].voices[2].power);
        assert_eq!(issues[0].stands(|v| v.gdp)[0], Stand { position: 0.0, salience: 0.5, influence: 2.0 });
    }

    #[test]
    fn a_fault_is_named_by_file_line_and_column() {
        let good = table(&[("a", ["0", "50", "100"], "", "70")]);
        let fault = |text: &str| read("deu.tsv", text).unwrap_err().to_string();
        assert_eq!(fault(&table(&[("a", ["0", "x", "100"], "", "70")])), "deu.tsv:3: pep: must be blank or a number of 0 or more, is \"x\"");
        assert_eq!(fault(&table(&[("a", ["0", "1", "100"], "", "-7")])), "deu.tsv:3: out: must be blank or a number of 0 or more, is \"-7\"");
        assert_eq!(fault(&table(&[("a", ["0", "1", "NaN"], "", "7")])), "deu.tsv:3: pde: must be blank or a number of 0 or more, is \"NaN\"");
        assert_eq!(fault(&table(&[("", ["0", "1", "2"], "", "7")])), "deu.tsv:3: prnr: is blank");
        assert_eq!(fault(&good.replace("\tsde", "\tsxx")), "deu.tsv:1: sde: there is no such column");
        assert_eq!(fault(&format!("{good}a\tb\n")), "deu.tsv:4: must have 64 cells, has 2");
        assert_eq!(
            fault(&good.lines().enumerate().filter(|(i, _)| *i != 1).map(|(_, l)| format!("{l}\n")).collect::<String>()),
            "deu.tsv:2: isnr: must be blank: the second row gives GDP over the columns of positions"
        );
        assert_eq!(fault(&good.replacen("\t2\t", "\t\t", 1)), "deu.tsv:2: pcom: GDP is missing");
        assert_eq!(fault(&table(&[])), "deu.tsv:1: has no issue with an outcome and three voices");
        assert_eq!(fault(""), "deu.tsv:1: pcom: there is no such column");
    }
}
