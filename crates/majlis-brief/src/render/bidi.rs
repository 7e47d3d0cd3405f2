//! Left-to-right and right-to-left text on one line, and lines of a given width.

use super::Lang;

pub(super) const LRI: char = '\u{2066}';
pub(super) const FSI: char = '\u{2068}';
pub(super) const PDI: char = '\u{2069}';
const RLM: char = '\u{200f}';

/// Width of a line, in characters.
const WIDTH: usize = 100;

/// `text` set apart from a line of `lang`, where any of it runs the other way.
pub(super) fn isolate(text: &str, lang: Lang) -> String {
    let foreign = text.chars().any(|c| c.is_alphabetic() && is_rtl(c) != (lang == Lang::Arabic));
    if foreign { format!("{FSI}{text}{PDI}") } else { text.to_owned() }
}

/// A figure that begins with a sign, which is to stay to its left.
pub(super) fn figure(text: &str, lang: Lang) -> String {
    if lang == Lang::Arabic { format!("{LRI}{text}{PDI}") } else { text.to_owned() }
}

fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Adds `text` to `out` in lines of at most [`WIDTH`] characters where its words allow it, the first after `first`, the others after `rest`.
///
/// An isolate that a line end cuts is closed and opened again, since a line is a paragraph of its own to a terminal. An
/// Arabic line that would not begin right to left by its own first letter is made to.
pub(super) fn wrap(out: &mut String, first: &str, rest: &str, text: &str, lang: Lang) {
    let mut line = first.to_owned();
    let mut width = visible(first);
    let mut open = false;
    let mut empty = true;
    for word in text.split(' ') {
        let length = visible(word);
        if !empty && width + 1 + length > WIDTH {
            if open {
                line.push(PDI);
            }
            finish(out, &line, lang);
            line = rest.to_owned();
            width = visible(rest);
            if open {
                line.push(FSI);
            }
        } else if !empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
        open = word.chars().fold(open, |open, c| if c == FSI { true } else { open && c != PDI });
        empty = false;
    }
    finish(out, &line, lang);
}

/// Adds a line as it is.
pub(super) fn finish(out: &mut String, line: &str, lang: Lang) {
    if lang == Lang::Arabic && !begins_rtl(line) && !line.trim().is_empty() {
        out.push(RLM);
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Whether the first letter outside isolates runs right to left.
fn begins_rtl(line: &str) -> bool {
    let mut inside = false;
    for c in line.chars() {
        match c {
            FSI => inside = true,
            PDI => inside = false,
            RLM => return true,
            c if !inside && c.is_alphabetic() => return is_rtl(c),
            _ => {}
        }
    }
    false
}

/// Number of characters that take room.
pub(super) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_foreign_words_are_set_apart() {
        assert_eq!(isolate("مصطفى الكاظمي", Lang::English), "\u{2068}مصطفى الكاظمي\u{2069}");
        assert_eq!(isolate("مصطفى الكاظمي", Lang::Arabic), "مصطفى الكاظمي");
        assert_eq!(isolate("Reuters", Lang::Arabic), "\u{2068}Reuters\u{2069}");
        assert_eq!(isolate("12–15", Lang::Arabic), "12–15");
    }

    #[test]
    fn a_cut_isolate_is_closed_and_opened_again() {
        let mut out = String::new();
        wrap(&mut out, "• ", "  ", &isolate(&"كلمة ".repeat(40), Lang::English), Lang::English);
        assert!(out.lines().count() > 1);
        for line in out.lines() {
            assert_eq!(line.matches(FSI).count(), 1, "{line}");
            assert_eq!(line.matches(PDI).count(), 1, "{line}");
            assert!(visible(line) <= WIDTH);
        }
    }

    #[test]
    fn an_arabic_line_begins_right_to_left() {
        let mut out = String::new();
        wrap(&mut out, "", "", "\u{2068}Reuters\u{2069}", Lang::Arabic);
        wrap(&mut out, "", "", "\u{2068}Reuters\u{2069} قالت", Lang::Arabic);
        assert_eq!(out, "\u{200f}\u{2068}Reuters\u{2069}\n\u{2068}Reuters\u{2069} قالت\n");
    }
}
