//! The sheet under the pen: numbered sections, lists, lines that wrap, words in the reader's language.

use super::bidi::{finish, isolate, visible, wrap};
use super::{Lang, messages};

/// The widest first column of a table, in characters.
const NAMES: usize = 52;

pub(super) struct Sheet {
    pub(super) lang: Lang,
    sections: usize,
    out: String,
}

impl Sheet {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, sections: 0, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn say(&self, key: &str) -> String {
        messages::say(self.lang, key).to_owned()
    }

    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        messages::fill(self.lang, key, values)
    }

    pub(super) fn count(&self, key: &str, n: usize) -> String {
        messages::count(self.lang, key, n)
    }

    /// Begins a section.
    pub(super) fn section(&mut self, key: &str) {
        self.sections += 1;
        if self.sections > 1 {
            self.out.push('\n');
        }
        let heading = format!("{}. {}", self.sections, self.say(key));
        wrap(&mut self.out, "", "", &heading, self.lang);
        wrap(&mut self.out, "", "", &"─".repeat(heading.chars().count()), self.lang);
    }

    /// Begins a part of a section.
    pub(super) fn part(&mut self, text: &str) {
        wrap(&mut self.out, "", "", text, self.lang);
    }

    /// An item of a list, `depth` steps in.
    pub(super) fn item(&mut self, depth: usize, text: &str) {
        let margin = "  ".repeat(depth);
        wrap(&mut self.out, &format!("{margin}• "), &format!("{margin}  "), text, self.lang);
    }

    /// Lines below an item, `depth` steps in.
    pub(super) fn below(&mut self, depth: usize, text: &str) {
        let margin = "  ".repeat(depth + 1);
        wrap(&mut self.out, &margin, &margin, text, self.lang);
    }

    /// A table: a heading and rows. The first column holds names, in any script; the others hold numbers.
    pub(super) fn table<const N: usize>(&mut self, rows: &[(String, [String; N])]) {
        let names: Vec<String> = rows.iter().map(|(name, _)| self.isolate(&cut(name))).collect();
        let first = names.iter().map(|name| visible(name)).max().unwrap_or_default();
        let widths: [usize; N] = std::array::from_fn(|i| rows.iter().map(|(_, cells)| visible(&cells[i])).max().unwrap_or_default());
        for (name, (_, cells)) in names.iter().zip(rows) {
            let mut line = format!("  {name}{}", " ".repeat(first - visible(name)));
            for (cell, width) in cells.iter().zip(widths) {
                line += &format!("  {}{cell}", " ".repeat(width - visible(cell)));
            }
            finish(&mut self.out, &line, self.lang);
        }
    }

    /// Text of any script, fit to stand in a line.
    pub(super) fn isolate(&self, text: &str) -> String {
        isolate(text, self.lang)
    }
}

/// A name short enough for a column.
fn cut(name: &str) -> String {
    match name.char_indices().nth(NAMES) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
    }
}
