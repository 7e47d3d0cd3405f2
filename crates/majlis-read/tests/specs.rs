//! Runs the specifications in `specs/*.md`: what is read from a sentence, one behaviour a heading.
//!
//! A case is a block ```` ```ar ```` (with `published: YYYY-MM-DD` after it where the day of publication is known) and the block
//! ```` ```read ```` after it, which lists what must be found, one item a line:
//!
//! ```text
//! statement direct "WORDS" by WHO            also: indirect; told ID; inside (another statement); WORDS may hold one …, for any words
//! time "WORDS" 2021-03-16                    an EDTF value, or ? where it must stay unresolved
//! place "WORDS" IQ
//! mention "WORDS" iq-barham-salih
//! event ASSAULT "TRIGGER" is planned         the status may be left out
//! event ASSAULT "TRIGGER" on 2021-03-16      an EDTF value
//! event ASSAULT "TRIGGER" from WHO to WHO    the target may be left out
//! stance against "ISSUE" by WHO
//! ```
//!
//! WHO is an actor's id (`iq-barham-salih`), a part of an actor's Arabic name, or `unnamed "WORDS"` for a source that the text
//! describes so. A line that begins with `no ` must not be found; its last parts may be left out.
//!
//! Events are read without the learned filter, which weighs a whole article's evidence: what is specified is that the rules see them.
//!
//! `known-wrong.md` holds what is not read yet. The test prints it, and fails when an item begins to be met, so that it is moved.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use majlis_read::{ActorIx, Reader, Reading, Side, Speaker, StatementKind};
use majlis_text::{Document, Span};
use std::path::{Path, PathBuf};

const KNOWN_WRONG: &str = "known-wrong.md";

/// A text and what must be read from it.
#[derive(Default)]
struct Case {
    heading: String,
    text: String,
    published: Option<jiff::civil::Date>,
    items: Vec<(usize, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs")
}

/// The cases of a file. Panics where it is not written as said above, so that no case is passed over in silence.
fn cases(file: &str) -> Vec<Case> {
    let source = std::fs::read_to_string(folder().join(file)).unwrap();
    let (mut cases, mut heading): (Vec<Case>, &str) = (Vec::new(), "");
    let mut lines = source.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(text) = line.strip_prefix('#') {
            heading = text.trim_start_matches('#').trim();
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<(usize, String)> = lines.by_ref().take_while(|(_, l)| *l != "```").map(|(n, l)| (n + 1, l.to_owned())).collect();
        let at = format!("{file}:{}", number + 1);
        if info == "read" {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{at}: a read block without a text before it"));
            assert!(case.items.is_empty(), "{at}: a second read block for one text");
            case.items = block.into_iter().filter(|(_, l)| !l.trim().is_empty()).collect();
            assert!(!case.items.is_empty(), "{at}: nothing is expected");
        } else if let Some(options) = info.strip_prefix("ar") {
            assert!(cases.last().is_none_or(|c| !c.items.is_empty()), "{at}: the text before has no read block");
            let published = options.trim().strip_prefix("published:").map(|day| day.trim().parse().unwrap_or_else(|e| panic!("{at}: {e}")));
            assert!(published.is_some() || options.trim().is_empty(), "{at}: {options:?}");
            let text = block.into_iter().map(|(_, l)| l).collect::<Vec<_>>().join("\n");
            cases.push(Case { heading: heading.to_owned(), text, published, items: Vec::new() });
        } else {
            panic!("{at}: a block of kind {info:?}");
        }
    }
    assert!(cases.last().is_none_or(|c| !c.items.is_empty()), "{file}: the last text has no read block");
    cases
}

/// The parts of an item line: words, and what stands in quotation marks without them.
fn parts(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, piece) in line.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(piece.to_owned());
        } else {
            out.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// Whether what was found is what is expected. Marks around it and particles attached to its first word are not counted; one …
/// stands for any words.
fn same_words(expected: &str, found: &str) -> bool {
    let bare = |s: &str| s.trim_matches(|c: char| c.is_whitespace() || "«»“”\"‹›،.:؟!".contains(c)).to_owned();
    let (expected, found) = (bare(expected), bare(found));
    let (from, to) = expected.split_once('…').unwrap_or((&expected, ""));
    found.char_indices().take(4).take_while(|(i, _)| found[..*i].chars().all(|c| "وفبلكسـ".contains(c))).any(|(i, _)| {
        let rest = found[i..].strip_prefix(from.trim());
        if expected.contains('…') { rest.is_some_and(|r| r.ends_with(to.trim())) } else { rest == Some("") }
    })
}

struct Found<'a> {
    text: &'a str,
    reading: &'a Reading,
}

impl Found<'_> {
    fn words(&self, span: Span) -> &str {
        span.slice(self.text).unwrap()
    }

    fn is(&self, actor: ActorIx, who: &str) -> bool {
        let actor = &self.reading.actors[actor as usize];
        if who.is_ascii() { actor.id == who } else { actor.name.contains(who) }
    }

    fn spoken_by(&self, speaker: &Speaker, who: &[&str]) -> bool {
        match who {
            ["unnamed"] => !speaker.named && speaker.span.is_some(),
            ["unnamed", words] => !speaker.named && speaker.described.or(speaker.span).is_some_and(|s| same_words(words, self.words(s))),
            // Somebody named whom no mention names.
            ["words", words] => speaker.named && speaker.actor.is_none() && speaker.span.is_some_and(|s| same_words(words, self.words(s))),
            [who] => speaker.named && speaker.actor.is_some_and(|a| self.is(a, who)),
            _ => panic!("by whom: {who:?}"),
        }
    }

    /// Whether an item is among what was read.
    fn has(&self, item: &[&str]) -> bool {
        let r = self.reading;
        match item {
            ["statement", kind, words, rest @ ..] => {
                let kind = match *kind {
                    "direct" => StatementKind::Direct,
                    "indirect" => StatementKind::Indirect,
                    other => panic!("a statement is direct or indirect, not {other}"),
                };
                r.statements.iter().filter(|s| s.kind == kind && same_words(words, self.words(s.span))).any(|s| {
                    let mut rest = rest;
                    loop {
                        rest = match rest {
                            [] => return true,
                            ["by", how @ ("unnamed" | "words"), words, more @ ..] if !matches!(*words, "told" | "inside") => {
                                match self.spoken_by(&s.speaker, &[how, words]) {
                                    true => more,
                                    false => return false,
                                }
                            }
                            ["by", who, more @ ..] if self.spoken_by(&s.speaker, &[who]) => more,
                            ["told", id, more @ ..] if s.told_to.is_some_and(|a| self.is(a, id)) => more,
                            ["inside", more @ ..] if s.inside.is_some() => more,
                            ["by" | "told", _, ..] | ["inside", ..] => return false,
                            other => panic!("after a statement: {other:?}"),
                        }
                    }
                })
            }
            ["time", words] => r.times.iter().any(|t| same_words(words, self.words(t.span))),
            ["time", words, "?"] => r.times.iter().any(|t| same_words(words, self.words(t.span)) && t.value.is_none()),
            ["time", words, value] => r.times.iter().any(|t| same_words(words, self.words(t.span)) && t.value.is_some_and(|v| v.to_string() == *value)),
            ["place", words] => r.places.iter().any(|p| same_words(words, self.words(p.span))),
            ["place", words, country] => r.places.iter().any(|p| same_words(words, self.words(p.span)) && p.country == *country),
            ["mention", words] => r.mentions.iter().any(|m| same_words(words, self.words(m.span))),
            ["mention", words, who] => r.mentions.iter().any(|m| same_words(words, self.words(m.span)) && self.is(m.actor, who)),
            ["event", kind] => r.events.iter().any(|e| e.kind.code() == *kind),
            ["event", kind, words] => r.events.iter().any(|e| e.kind.code() == *kind && same_words(words, self.words(e.span))),
            ["event", kind, words, "is", status] => {
                r.events.iter().any(|e| e.kind.code() == *kind && same_words(words, self.words(e.span)) && e.status.code() == *status)
            }
            ["event", kind, words, "on", value] => {
                let at = |e: &majlis_read::Event| e.when.is_some_and(|w| w.to_string() == *value);
                r.events.iter().any(|e| e.kind.code() == *kind && same_words(words, self.words(e.span)) && at(e))
            }
            ["event", kind, words, "from", who, target @ ..] => r.events.iter().any(|e| {
                let to = match target {
                    [] => true,
                    ["to", whom] => e.target.iter().any(|&a| self.is(a, whom)),
                    other => panic!("after a source: {other:?}"),
                };
                e.kind.code() == *kind && same_words(words, self.words(e.span)) && e.source.iter().any(|&a| self.is(a, who)) && to
            }),
            ["stance", side, issue, "by", who] => {
                let side = match *side {
                    "for" => Side::For,
                    "against" => Side::Against,
                    "conditional" => Side::Conditional,
                    other => panic!("a stance is for, against or conditional, not {other}"),
                };
                r.stances.iter().any(|s| s.side == side && same_words(issue, self.words(s.issue)) && self.is(s.actor, who))
            }
            other => panic!("no such item: {other:?}"),
        }
    }

    /// Everything of the kind that an item speaks of, to compare it with.
    fn of_kind(&self, kind: &str) -> String {
        let r = self.reading;
        let name = |a: ActorIx| r.actors[a as usize].id.as_str();
        let speaker = |s: &Speaker| match (s.actor, s.described.or(s.span)) {
            (Some(a), _) if s.named => format!("by {}", name(a)),
            (_, Some(span)) => format!("by {} \"{}\"", if s.named { "words" } else { "unnamed" }, self.words(span)),
            _ => "by nobody".to_owned(),
        };
        let lines: Vec<String> = match kind {
            "statement" => {
                let told = |s: Option<ActorIx>| s.map_or_else(String::new, |a| format!(" told {}", name(a)));
                let line = |s: &majlis_read::Statement| {
                    let inside = if s.inside.is_some() { " inside" } else { "" };
                    format!("{:?} \"{}\" {}{}{inside} [{}]", s.kind, self.words(s.span), speaker(&s.speaker), told(s.told_to), s.why)
                };
                r.statements.iter().map(line).collect()
            }
            "time" => r.times.iter().map(|t| format!("\"{}\" {} [{}]", self.words(t.span), t.value.map_or("?".to_owned(), |v| v.to_string()), t.why)).collect(),
            "place" => r.places.iter().map(|p| format!("\"{}\" {} [{}]", self.words(p.span), p.country, p.why)).collect(),
            "mention" => r.mentions.iter().map(|m| format!("\"{}\" {} [{}]", self.words(m.span), name(m.actor), m.why)).collect(),
            "event" => {
                let names = |all: &[ActorIx]| all.iter().map(|&a| name(a)).collect::<Vec<_>>().join(", ");
                let line = |e: &majlis_read::Event| {
                    let (from, to) = (names(&e.source), names(&e.target));
                    format!("{} \"{}\" is {} from {from} to {to} [{}]", e.kind, self.words(e.span), e.status.code(), e.why)
                };
                r.events.iter().map(line).collect()
            }
            _ => r.stances.iter().map(|s| format!("{:?} \"{}\" by {} [{}]", s.side, self.words(s.issue), name(s.actor), s.why)).collect(),
        };
        lines.iter().map(|l| format!("\n      found: {l}")).collect()
    }
}

/// Runs the cases of a file: `(place, heading and item, what was found instead)` of those that are met, and of those that are not.
fn run(reader: &Reader, file: &str) -> (Vec<String>, Vec<String>) {
    let (mut met, mut unmet) = (Vec::new(), Vec::new());
    for case in cases(file) {
        let mut document = Document::new("spec", case.text.as_str());
        document.published = case.published;
        let reading = reader.read(&document);
        let found = Found { text: &case.text, reading: &reading };
        for (line, item) in &case.items {
            let all = parts(item);
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let (is_refused, item_parts) = match all.as_slice() {
                ["no", rest @ ..] => (true, rest),
                rest => (false, rest),
            };
            let report = format!("{file}:{line} ({}): {item}", case.heading);
            if found.has(item_parts) == is_refused {
                unmet.push(format!("{report}{}", found.of_kind(item_parts[0])));
            } else {
                met.push(report);
            }
        }
    }
    (met, unmet)
}

#[test]
fn every_behaviour_is_read_as_its_specification_says() {
    let reader = Reader::new().with_filter(None).with_statements(None);
    let mut files: Vec<String> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    files.retain(|f| f.ends_with(".md") && f != KNOWN_WRONG);
    files.sort();
    let (mut met, mut unmet) = (0, Vec::new());
    for file in &files {
        let (m, u) = run(&reader, file);
        met += m.len();
        unmet.extend(u);
    }
    eprintln!("{met} items of {} files are met", files.len());
    assert!(unmet.is_empty(), "{} items are not met:\n{}", unmet.len(), unmet.join("\n"));
}

#[test]
fn what_is_known_to_be_wrong_is_still_wrong() {
    let (met, unmet) = run(&Reader::new().with_filter(None).with_statements(None), KNOWN_WRONG);
    for item in &unmet {
        eprintln!("not yet: {item}");
    }
    assert!(met.is_empty(), "these are read now: move them to the specification they belong to\n{}", met.join("\n"));
}
