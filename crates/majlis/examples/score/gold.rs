//! The gold files, and what the reader found in the same form.

use anyhow::{Context, Result};
use jiff::civil::Date;
use majlis_read::Record;
use majlis_text::Document;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// What is in an article, wanted or found. Offsets count code points.
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) events: Vec<Event>,
    pub(crate) times: Vec<Time>,
    pub(crate) places: Vec<Place>,
}

pub(crate) struct Mention {
    pub(crate) at: Range<u32>,
    pub(crate) actor: String,
}

pub(crate) struct Statement {
    pub(crate) at: Range<u32>,
    pub(crate) named: bool,
    pub(crate) speaker: Option<String>,
    pub(crate) speaker_at: Range<u32>,
    /// 0–1; 1 for what is wanted.
    pub(crate) confidence: f32,
}

pub(crate) struct Event {
    pub(crate) at: Range<u32>,
    pub(crate) kind: String,
    pub(crate) source: Vec<String>,
    pub(crate) target: Vec<String>,
    pub(crate) when: Option<String>,
}

pub(crate) struct Time {
    pub(crate) at: Range<u32>,
    pub(crate) value: Option<String>,
}

pub(crate) struct Place {
    pub(crate) at: Range<u32>,
    pub(crate) country: String,
}

/// An annotated article.
pub(crate) struct Article {
    pub(crate) id: String,
    text: String,
    outlet: Option<String>,
    published: Option<Date>,
    skipped: Vec<Range<u32>>,
    pub(crate) wanted: Found,
}

#[derive(Deserialize)]
struct File {
    id: String,
    outlet: Option<String>,
    published: Option<Date>,
    text_file: String,
    #[serde(default)]
    skip_lines: Vec<usize>,
    actors: Vec<FileActor>,
    statements: Vec<FileStatement>,
    events: Vec<FileEvent>,
    times: Vec<FileTime>,
    places: Vec<FilePlace>,
}

#[derive(Deserialize)]
struct FileActor {
    id: String,
    mentions: Vec<Words>,
}

/// Words of a line; `nth` picks one where they stand there more than once.
#[derive(Deserialize)]
struct Words {
    para: usize,
    #[serde(alias = "content", alias = "trigger")]
    text: String,
    #[serde(default)]
    nth: usize,
}

#[derive(Deserialize)]
struct FileStatement {
    #[serde(flatten)]
    words: Words,
    speaker_text: Option<String>,
    speaker: Option<String>,
    named: bool,
}

#[derive(Deserialize)]
struct FileEvent {
    #[serde(flatten)]
    words: Words,
    #[serde(rename = "type")]
    kind: String,
    source: Vec<String>,
    target: Vec<String>,
    when: Option<String>,
}

#[derive(Deserialize)]
struct FileTime {
    #[serde(flatten)]
    words: Words,
    value: Option<String>,
}

#[derive(Deserialize)]
struct FilePlace {
    #[serde(flatten)]
    words: Words,
    country: Option<String>,
}

impl Article {
    pub(crate) fn load(path: &Path) -> Result<Self> {
        let file: File = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        let text = std::fs::read_to_string(path.with_file_name(&file.text_file)).context(file.text_file)?;
        let text = text.replace("\r\n", "\n");
        let lines = Lines::new(&text);
        let skipped = file.skip_lines.iter().map(|&l| lines.range(l)).collect::<Result<_>>()?;
        let mut mentions = Vec::new();
        for actor in &file.actors {
            for words in &actor.mentions {
                mentions.push(Mention { at: lines.find(words)?, actor: actor.id.clone() });
            }
        }
        let statement = |s: FileStatement| {
            let speaker_at = match s.speaker_text.filter(|t| !t.is_empty()) {
                Some(text) => lines.find(&Words { para: s.words.para, text, nth: 0 })?,
                None => 0..0,
            };
            Ok(Statement { at: lines.find(&s.words)?, named: s.named, speaker: s.speaker, speaker_at, confidence: 1.0 })
        };
        let event = |e: FileEvent| Ok(Event { at: lines.find(&e.words)?, kind: e.kind, source: e.source, target: e.target, when: e.when });
        let wanted = Found {
            mentions,
            statements: file.statements.into_iter().map(statement).collect::<Result<_>>()?,
            events: file.events.into_iter().map(event).collect::<Result<_>>()?,
            times: file.times.into_iter().map(|t| Ok(Time { at: lines.find(&t.words)?, value: t.value })).collect::<Result<_>>()?,
            places: file.places.into_iter().map(|p| Ok(Place { at: lines.find(&p.words)?, country: p.country.unwrap_or_default() })).collect::<Result<_>>()?,
        };
        Ok(Self { id: file.id, outlet: file.outlet, published: file.published, skipped, wanted, text })
    }

    /// The article without its annotations.
    pub(crate) fn document(&self) -> Document {
        let mut document = Document::new(self.id.clone(), self.text.clone());
        document.outlet.clone_from(&self.outlet);
        document.published = self.published;
        document
    }
}

/// The lines of a text, with the code point at which each begins.
struct Lines<'t>(Vec<(u32, &'t str)>);

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let mut start = 0;
        let line = |line: &'t str| {
            let here = start;
            start += length(line) + 1;
            (here, line)
        };
        Self(text.split('\n').map(line).collect())
    }

    fn range(&self, number: usize) -> Result<Range<u32>> {
        let &(start, line) = self.0.get(number).with_context(|| format!("there is no line {number}"))?;
        Ok(start..start + length(line))
    }

    fn find(&self, words: &Words) -> Result<Range<u32>> {
        let &(start, line) = self.0.get(words.para).with_context(|| format!("there is no line {}", words.para))?;
        let places = line.char_indices().enumerate().filter(|(_, (byte, _))| line[*byte..].starts_with(&words.text));
        let (at, _) = places.into_iter().nth(words.nth).with_context(|| format!("line {} lacks {:?} (nth {})", words.para, words.text, words.nth))?;
        Ok(start + at as u32..start + at as u32 + length(&words.text))
    }
}

fn length(text: &str) -> u32 {
    text.chars().count() as u32
}

impl Found {
    /// What a reading holds outside the lines that the article leaves out.
    pub(crate) fn new(record: &Record, article: &Article) -> Self {
        let counts = |start: u32| !article.skipped.iter().any(|s| s.contains(&start));
        let mentions = record.actors.iter().flat_map(|a| a.mentions.iter().map(|m| Mention { at: m.start..m.end, actor: a.id.clone() }));
        let statements = record.statements.iter().map(|s| Statement {
            at: s.start..s.end,
            named: s.named,
            speaker: s.speaker.clone(),
            speaker_at: s.speaker_start.unwrap_or(0)..s.speaker_end.unwrap_or(0),
            confidence: s.confidence,
        });
        let events = record.events.iter().map(|e| Event {
            at: e.start..e.end,
            kind: e.kind.to_owned(),
            source: e.source.clone(),
            target: e.target.clone(),
            when: e.when.map(|w| w.to_string()),
        });
        let times = record.times.iter().map(|t| Time { at: t.start..t.end, value: t.value.map(|v| v.to_string()) });
        let places = record.places.iter().map(|p| Place { at: p.start..p.end, country: p.country.to_owned() });
        Self {
            mentions: mentions.filter(|m| counts(m.at.start)).collect(),
            statements: statements.filter(|s| counts(s.at.start)).collect(),
            events: events.filter(|e| counts(e.at.start)).collect(),
            times: times.filter(|t| counts(t.at.start)).collect(),
            places: places.filter(|p| counts(p.at.start)).collect(),
        }
    }
}
