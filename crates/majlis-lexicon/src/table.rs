/// A row of a lexicon file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    /// File name inside `lexicon/`.
    pub file: &'static str,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// One lexicon file: its name and its text.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// One row of a table.
pub(crate) struct Row<'t> {
    file: &'static str,
    line: usize,
    cells: [&'t str; 12],
}

impl Table {
    /// The rows after the header; comments and empty lines are left out.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'static>> + '_ {
        self.text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()).skip(1).map(|(i, l)| {
            let mut cells = [""; 12];
            for (cell, value) in cells.iter_mut().zip(l.split('\t')) {
                *cell = value.trim();
            }
            Row { file: self.name, line: i + 1, cells }
        })
    }
}

impl<'t> Row<'t> {
    pub(crate) fn cell(&self, i: usize) -> &'t str {
        self.cells[i]
    }

    /// The values of cell `i`.
    pub(crate) fn list(&self, i: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cells[i].split('|').map(str::trim).filter(|v| !v.is_empty())
    }

    pub(crate) fn error(&self, problem: impl Into<String>) -> LexiconError {
        LexiconError { file: self.file, line: self.line, problem: problem.into() }
    }

    /// Cell `i` parsed; an error names the file and line.
    pub(crate) fn parse<T: std::str::FromStr>(&self, i: usize, what: &str) -> Result<T, LexiconError> {
        self.cells[i].parse().map_err(|_| self.error(format!("{:?} is no {what}", self.cells[i])))
    }
}
