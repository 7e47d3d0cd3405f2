//! The sheet under the pen: numbered sections, lists, lines that wrap, words in the reader's language; for a terminal, as Markdown, or as HTML.

use super::bidi::{FSI, LRI, PDI, finish, isolate, visible, wrap};
use super::{Form, Lang, messages};
use std::collections::BTreeSet;

/// How a page of HTML looks, on a screen and on paper.
const STYLE: &str = include_str!("style.css");

/// The most citations of an item that are shown at once in a page of somebody else; the others are folded.
const FOLDED: usize = 3;

/// The widest first column of a table, in characters.
const NAMES: usize = 52;

pub(super) struct Sheet {
    pub(super) lang: Lang,
    pub(super) form: Form,
    sections: usize,
    /// Lists of HTML that are open, each in an item of the one before.
    lists: usize,
    /// Document and line of each citation that was written, from 1.
    cited: BTreeSet<(usize, usize)>,
    /// The address of each document, where its lines do not stand on this page.
    elsewhere: Vec<String>,
    out: String,
}

impl Sheet {
    pub(super) fn new(lang: Lang, form: Form) -> Self {
        Self { lang, form, sections: 0, lists: 0, cited: BTreeSet::new(), elsewhere: Vec::new(), out: String::new() }
    }

    /// What was written, as a whole file.
    pub(super) fn finish(mut self, title: &str) -> String {
        self.close_lists(0);
        let title = self.say(title);
        let (tag, direction) = match self.lang {
            Lang::English => ("en", "ltr"),
            Lang::Arabic => ("ar", "rtl"),
        };
        match self.form {
            Form::Text => self.out,
            Form::Markdown if self.lang == Lang::Arabic => format!("<div dir=\"rtl\" lang=\"ar\">\n\n# {title}\n{}\n</div>\n", self.out),
            Form::Markdown => format!("# {title}\n{}", self.out),
            Form::Html => {
                let end = if self.sections > 0 { "</section>\n" } else { "" };
                format!(
                    "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
                     <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{0}</title>\n<style>\n{STYLE}</style>\n</head>\n\
                     <body>\n<h1>{0}</h1>\n{1}{end}</body>\n</html>\n",
                    escaped(&title),
                    self.out
                )
            }
        }
    }

    /// Citations lead to these addresses of the documents from now on.
    pub(super) fn cite_at(&mut self, documents: &[String]) {
        self.elsewhere = documents.to_vec();
    }

    /// What was written, as HTML to stand in a page of somebody else.
    pub(super) fn fragment(mut self) -> String {
        self.close_lists(0);
        let end = if self.sections > 0 { "</section>\n" } else { "" };
        self.out + end
    }

    /// Document and line of each citation that was written, from 1.
    pub(super) fn cited(&self) -> BTreeSet<(usize, usize)> {
        self.cited.clone()
    }

    pub(super) fn say(&self, key: &str) -> String {
        messages::say(self.lang, key).to_owned()
    }

    /// Whether there are words for `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        messages::Messages::brief().get(self.lang, key).is_some()
    }

    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        messages::fill(self.lang, key, values)
    }

    pub(super) fn count(&self, key: &str, n: usize) -> String {
        messages::count(self.lang, key, n)
    }

    /// Begins a section.
    pub(super) fn section(&mut self, key: &str) {
        self.close_lists(0);
        self.sections += 1;
        // A single section of somebody else's page needs no number.
        let heading = if self.elsewhere.is_empty() { format!("{}. {}", self.sections, self.say(key)) } else { self.say(key) };
        match self.form {
            Form::Text => {
                if self.sections > 1 {
                    self.out.push('\n');
                }
                wrap(&mut self.out, "", "", &heading, self.lang);
                wrap(&mut self.out, "", "", &"─".repeat(heading.chars().count()), self.lang);
            }
            Form::Markdown => self.put(&format!("\n## {}\n\n", escaped_markdown(&heading))),
            Form::Html => {
                let end = if self.sections > 1 { "</section>\n" } else { "" };
                self.put(&format!("{end}<section>\n<h2>{}</h2>\n", escaped(&heading)));
            }
        }
    }

    /// Begins a part of a section.
    pub(super) fn part(&mut self, text: &str) {
        self.close_lists(0);
        match self.form {
            Form::Text => wrap(&mut self.out, "", "", text, self.lang),
            Form::Markdown => {
                let text = self.written(text);
                self.put(&format!("\n{text}\n\n"));
            }
            Form::Html => {
                let text = self.written(text);
                self.put(&format!("<p>{text}</p>\n"));
            }
        }
    }

    /// An item of a list, `depth` steps in.
    pub(super) fn item(&mut self, depth: usize, text: &str) {
        let margin = "  ".repeat(depth);
        match self.form {
            Form::Text => wrap(&mut self.out, &format!("{margin}• "), &format!("{margin}  "), text, self.lang),
            Form::Markdown => {
                let text = self.written(text);
                self.put(&format!("{margin}- {text}\n"));
            }
            Form::Html => {
                self.close_lists(depth + 1);
                if self.lists == depth + 1 {
                    self.put("</li>\n");
                }
                while self.lists <= depth {
                    self.put("<ul>\n");
                    self.lists += 1;
                    if self.lists <= depth {
                        self.put("<li>");
                    }
                }
                let text = if self.elsewhere.is_empty() { self.written(text) } else { self.folded(text) };
                self.put(&format!("<li>{text}"));
            }
        }
    }

    /// Lines below an item, `depth` steps in.
    pub(super) fn below(&mut self, depth: usize, text: &str) {
        let margin = "  ".repeat(depth + 1);
        match self.form {
            Form::Text => wrap(&mut self.out, &margin, &margin, text, self.lang),
            Form::Markdown => {
                let text = self.written(text);
                self.put(&format!("{margin}<br>{text}\n"));
            }
            Form::Html => {
                self.close_lists(depth + 1);
                let text = self.written(text);
                self.put(&format!("<div>{text}</div>"));
            }
        }
    }

    /// A line of a document that citations lead to.
    pub(super) fn line(&mut self, document: usize, line: usize, text: &str) {
        let (id, label) = (format!("d{document}p{line}"), format!("{document}¶{line}"));
        match self.form {
            Form::Text => {}
            Form::Markdown => {
                let text = escaped_markdown(text);
                self.put(&format!("- <a id=\"{id}\"></a>**{label}** {text}\n"));
            }
            Form::Html => self.put(&format!("<p id=\"{id}\" class=\"line\"><b>{label}</b> <span dir=\"auto\">{}</span></p>\n", escaped(text))),
        }
    }

    /// A drawing, with the words that say the same where nothing can be drawn.
    pub(super) fn figure(&mut self, svg: impl FnOnce() -> String, rows: &[String]) {
        self.close_lists(0);
        match self.form {
            Form::Html => {
                let svg = svg();
                self.put(&format!("<figure tabindex=\"0\">\n{svg}</figure>\n"));
            }
            Form::Markdown if rows.is_empty() => {}
            Form::Markdown => self.put(&format!("\n```text\n{}\n```\n\n", rows.join("\n"))),
            Form::Text => rows.iter().for_each(|row| self.part(row)),
        }
    }

    /// A table: a heading and rows. The first column holds names, in any script, with their citations; the others hold numbers.
    pub(super) fn table<const N: usize>(&mut self, rows: &[(String, [String; N])]) {
        self.close_lists(0);
        if self.form == Form::Text {
            self.columns(rows);
            return;
        }
        let names: Vec<String> = rows.iter().map(|(name, _)| self.written(name)).collect();
        let cells = names.iter().zip(rows.iter().map(|(_, cells)| cells));
        if self.form == Form::Markdown {
            let mut lines: Vec<String> = cells.map(|(name, cells)| format!("| {name} | {} |\n", cells.join(" | "))).collect();
            lines.insert(1.min(lines.len()), format!("|{}\n", " --- |".repeat(N + 1)));
            self.put(&format!("\n{}\n", lines.concat()));
            return;
        }
        let row = |(at, (name, cells)): (usize, (&String, &[String; N]))| {
            let (tag, scope) = if at == 0 { ("th scope=\"col\"", "col") } else { ("td", "row") };
            let close = if at == 0 { "th" } else { "td" };
            let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{close}>", escaped(cell))).collect();
            format!("<tr><th scope=\"{scope}\">{name}</th>{cells}</tr>\n")
        };
        let lines: Vec<String> = cells.enumerate().map(row).collect();
        let (head, rest) = lines.split_at(1.min(lines.len()));
        let table = format!("<div class=\"wide\" tabindex=\"0\"><table>\n<thead>{}</thead>\n<tbody>{}</tbody></table></div>\n", head.concat(), rest.concat());
        self.put(&table);
    }

    fn columns<const N: usize>(&mut self, rows: &[(String, [String; N])]) {
        let names: Vec<String> = rows.iter().map(|(name, _)| self.isolate(&cut(&name.replace([FSI, LRI, PDI], "")))).collect();
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

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn close_lists(&mut self, left: usize) {
        while self.lists > left {
            self.put("</li>\n</ul>\n");
            self.lists -= 1;
        }
    }

    /// Text escaped for the form, citations made links.
    fn written(&mut self, text: &str) -> String {
        let is_html = self.form == Form::Html;
        let escape = if is_html { escaped } else { escaped_markdown };
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, document, line, after)) = citation(rest) {
            self.cited.insert((document, line));
            out += &escape(before);
            out += &match self.elsewhere.get(document.wrapping_sub(1)) {
                Some(address) if is_html => format!("<a href=\"{}#p{line}\">{document}¶{line}</a>", escaped(address)),
                _ if is_html => format!("<a href=\"#d{document}p{line}\">{document}¶{line}</a>"),
                _ => format!("[{document}¶{line}](#d{document}p{line})"),
            };
            rest = after;
        }
        out + &escape(rest)
    }

    /// The same as HTML, the citations of each long list folded behind its first ones.
    fn folded(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, list, after)) = list(rest) {
            let cites: Vec<&str> = list.split(' ').filter(|cite| cite.contains('¶')).collect();
            out += &self.written(before);
            match cites.get(..FOLDED).filter(|_| cites.len() > FOLDED + 1) {
                None => out += &self.written(&format!("[{list}]")),
                Some(first) => {
                    let first = first.join(" ");
                    let others = list[first.len()..].trim_start();
                    // What is counted but not listed: "+15".
                    let unlisted = others.rsplit_once('+').map_or(0, |(_, n)| n.parse().unwrap_or(0_usize));
                    let hidden = cites.len() - FOLDED + unlisted;
                    let (first, others) = (self.written(&first), self.written(others));
                    out += &format!("[{first} <details class=\"more\"><summary>+{hidden}</summary> {others}</details>]");
                }
            }
            rest = after;
        }
        out + &self.written(rest)
    }
}

/// The first `document¶line` of a text, with what stands before and after it.
fn citation(text: &str) -> Option<(&str, usize, usize, &str)> {
    for (at, mark) in text.match_indices('¶') {
        let start = text[..at].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |b| b + text[b..].chars().next().map_or(1, char::len_utf8));
        let tail = &text[at + mark.len()..];
        let length = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        if let (Ok(document), Ok(line)) = (text[start..at].parse(), tail[..length].parse()) {
            return Some((&text[..start], document, line, &tail[length..]));
        }
    }
    None
}

/// The first list of citations of a text, `[document¶line …]`, with what stands before and after it.
fn list(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('[').find_map(|(at, _)| {
        let (list, after) = text[at + 1..].split_once(']')?;
        citation(list).is_some_and(|(before, ..)| before.is_empty()).then_some((&text[..at], list, after))
    })
}

/// Text inside HTML. Isolates become elements, since a line of HTML knows no other end of them.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            FSI => out.push_str("<bdi>"),
            LRI => out.push_str("<bdi dir=\"ltr\">"),
            PDI => out.push_str("</bdi>"),
            c => out.push(c),
        }
    }
    out
}

fn escaped_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '>' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A name short enough for a column.
fn cut(name: &str) -> String {
    match name.char_indices().nth(NAMES) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_found_among_other_words() {
        assert_eq!(citation("قال [3¶12 5¶1]"), Some(("قال [", 3, 12, " 5¶1]")));
        assert_eq!(citation("¶ 3 a¶b 7¶"), None);
        assert_eq!(citation("٣¶2 4¶4"), Some(("٣¶2 ", 4, 4, "")));
    }

    #[test]
    fn a_long_list_of_citations_is_folded_in_a_page_of_somebody_else() {
        let mut sheet = Sheet::new(Lang::English, Form::Html);
        sheet.cite_at(&["/en/documents/7".to_owned()]);
        sheet.section("read");
        sheet.item(0, "few [1¶1 1¶2]; many [1¶1 1¶2 1¶3 1¶4 1¶5 +15].");
        let html = sheet.fragment();
        let link = |n: usize| format!("<a href=\"/en/documents/7#p{n}\">1¶{n}</a>");
        let few = format!("few [{} {}]; many [{} {} {}", link(1), link(2), link(1), link(2), link(3));
        assert!(html.contains(&format!("{few} <details class=\"more\"><summary>+17</summary> {} {} +15</details>].", link(4), link(5))), "{html}");
    }

    #[test]
    fn nothing_from_a_text_is_markup() {
        let mut sheet = Sheet::new(Lang::English, Form::Html);
        sheet.section("read");
        sheet.item(0, "<script>alert(1)</script> & \"x\" [1¶2]");
        sheet.item(1, "inner");
        sheet.below(0, "below");
        let html = sheet.finish("title");
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; [<a href=\"#d1p2\">1¶2</a>]"), "{html}");
        for tag in ["ul", "li", "section", "div"] {
            assert_eq!(html.matches(&format!("<{tag}>")).count(), html.matches(&format!("</{tag}>")).count(), "{tag}: {html}");
        }
        let mut sheet = Sheet::new(Lang::English, Form::Markdown);
        sheet.item(0, "<b> *x* [y](z) [1¶2]");
        assert!(sheet.finish("title").contains("- &lt;b> \\*x\\* \\[y\\](z) \\[[1¶2](#d1p2)\\]".replace("b>", "b\\>").as_str()));
    }
}
