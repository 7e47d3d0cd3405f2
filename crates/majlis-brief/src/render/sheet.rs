//! The sheet under the pen: numbered sections, lists, lines that wrap, words in the reader's language.

use super::bidi::{isolate, wrap};
use super::{Lang, messages};

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

    /// Text of any script, fit to stand in a line.
    pub(super) fn isolate(&self, text: &str) -> String {
        isolate(text, self.lang)
    }
}
