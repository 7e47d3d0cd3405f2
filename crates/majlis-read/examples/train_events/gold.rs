//! Annotated articles beside what the reader makes of them.

use crate::Error;
use majlis_read::{Choice, Reader, Reading};
use majlis_text::{CodePoints, Document, Span};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// A gold event: type, code points of its trigger, and the actors of its roles by their index in the reading; `None` where the reading has
/// none of them.
pub(crate) struct Gold {
    pub(crate) kind: String,
    pub(crate) at: Range<u32>,
    pub(crate) source: Option<Vec<u32>>,
    pub(crate) target: Option<Vec<u32>>,
}

/// A candidate: type, trigger, what the models judge it by, and the gold event that matches it.
pub(crate) struct Candidate {
    pub(crate) kind: &'static str,
    pub(crate) at: Range<u32>,
    pub(crate) features: Vec<u32>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) event: Option<usize>,
}

/// A state or capital named: what the model judges it by, whether it acts, and whether the rules say so.
pub(crate) struct State {
    pub(crate) features: Vec<u32>,
    pub(crate) acts: bool,
    pub(crate) by_rule: bool,
}

/// A statement read: what the model judges it by, and whether its words are a gold statement's, and its source too.
pub(crate) struct Statement {
    pub(crate) features: Vec<u32>,
    pub(crate) words: bool,
    pub(crate) right: bool,
}

pub(crate) struct Article {
    /// Whether it is of the kind that is measured; the others are only learned from.
    pub(crate) measured: bool,
    pub(crate) gold: Vec<Gold>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) states: Vec<State>,
    pub(crate) statements: Vec<Statement>,
    /// How many statements gold has.
    pub(crate) stated: usize,
}

/// The lines of an article, to find words by.
struct Lines<'t> {
    lines: Vec<&'t str>,
    starts: Vec<usize>,
    points: CodePoints<'t>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut starts = vec![0];
        for line in &lines {
            starts.push(starts[starts.len() - 1] + line.len() + 1);
        }
        Self { lines, starts, points: CodePoints::new(text) }
    }

    /// Code points of an item's words, which stand under `key`.
    fn at(&self, item: &Value, key: &str) -> Result<Range<u32>, Error> {
        let para = item["para"].as_u64().ok_or("item without para")? as usize;
        let words = item[key].as_str().ok_or("item without words")?;
        let nth = item["nth"].as_u64().unwrap_or(0) as usize;
        let line = self.lines.get(para).ok_or("no such line")?;
        let at = overlapping(line, words).nth(nth).ok_or("words not in their line")? + self.starts[para];
        Ok(self.points.at(at as u32)..self.points.at((at + words.len()) as u32))
    }
}

/// Where `words` stand in `line`, overlapping ones too.
fn overlapping<'a>(line: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    line.char_indices().map(|(at, _)| at).filter(move |&at| line[at..].starts_with(words))
}

/// An annotated article's labels and its document.
pub(crate) fn document(path: &Path) -> Result<(Value, Document), Error> {
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let name = gold["text_file"].as_str().ok_or("no text_file")?;
    let text = std::fs::read_to_string(path.with_file_name(name))?;
    let mut document = Document::new(gold["id"].as_str().ok_or("no id")?, text);
    document.published = gold["published"].as_str().and_then(|p| p.parse().ok());
    document.outlet = gold["outlet"].as_str().map(str::to_owned);
    Ok((gold, document))
}

pub(crate) fn article(path: &Path, measured: bool, reader: &Reader) -> Result<Article, Error> {
    let (gold, document) = document(path)?;
    let lines = Lines::new(&document.text);
    let (reading, judged) = reader.read_judged(&document);
    let skipped: Vec<usize> = gold["skip_lines"].as_array().into_iter().flatten().filter_map(|l| Some(l.as_u64()? as usize)).collect();
    let in_scope = |start: u32| !skipped.iter().any(|&l| (lines.starts[l] as u32..lines.starts[l + 1] as u32).contains(&start));
    let actors = same_actors(&gold, &lines, &reading, in_scope)?;
    let role = |event: &Value, key: &str| {
        let wanted: Vec<&str> = event[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found: Vec<u32> = wanted.iter().filter_map(|a| actors.get(*a).copied()).collect();
        (wanted.is_empty() || !found.is_empty()).then_some(found)
    };
    let mut events = Vec::new();
    for e in gold["events"].as_array().into_iter().flatten() {
        events.push(Gold {
            kind: e["type"].as_str().unwrap_or_default().to_owned(),
            at: lines.at(e, "trigger")?,
            source: role(e, "source"),
            target: role(e, "target"),
        });
    }
    let points = |span: Span| lines.points.at(span.start())..lines.points.at(span.end());
    let wanted = mentions(&gold, &lines)?;
    let read: Vec<Range<u32>> = reading.mentions.iter().map(|m| points(m.span)).collect();
    let states = judged
        .states
        .into_iter()
        .filter(|(span, _)| in_scope(span.start()))
        .map(|(span, features)| {
            let at = points(span);
            State { features, acts: wanted.iter().any(|(_, m)| alike(m, &at)), by_rule: read.iter().any(|m| alike(m, &at)) }
        })
        .collect();
    let statements = statements(&gold, &lines, &reading, judged.statements, &actors, in_scope)?;
    let stated = gold["statements"].as_array().map_or(0, Vec::len);
    let found = reading.events.iter().zip(judged.events).filter(|(e, _)| in_scope(e.span.start()));
    let mut candidates: Vec<Candidate> = found
        .map(|(e, judged)| Candidate {
            kind: e.kind.code(),
            at: lines.points.at(e.span.start())..lines.points.at(e.span.end()),
            features: judged.features,
            choices: judged.choices,
            event: None,
        })
        .collect();
    for (g, c) in pairs(&events, &candidates, |_| true) {
        candidates[c].event = Some(g);
    }
    Ok(Article { measured, gold: events, candidates, states, statements, stated })
}

/// The statements read, each beside the gold statement that has its words, by the benchmark's rules: three fifths of the words shared; the same
/// speaker, or the same words for a source that is not named.
fn statements(
    gold: &Value,
    lines: &Lines<'_>,
    reading: &Reading,
    judged: Vec<Vec<u32>>,
    actors: &BTreeMap<String, u32>,
    in_scope: impl Fn(u32) -> bool,
) -> Result<Vec<Statement>, Error> {
    let points = |span: Span| lines.points.at(span.start())..lines.points.at(span.end());
    let wanted: Vec<&Value> = gold["statements"].as_array().into_iter().flatten().collect();
    let wanted_at: Vec<Range<u32>> = wanted.iter().map(|w| lines.at(w, "content")).collect::<Result<_, _>>()?;
    let read: Vec<(&majlis_read::Statement, Vec<u32>)> = reading.statements.iter().zip(judged).filter(|(s, _)| in_scope(s.span.start())).collect();
    let read_at: Vec<Range<u32>> = read.iter().map(|(s, _)| points(s.span)).collect();
    let of: BTreeMap<usize, usize> = best_alike(&wanted_at, &read_at, 600).into_iter().map(|(g, p)| (p, g)).collect();
    let right = |w: &Value, s: &majlis_read::Statement| -> Result<bool, Error> {
        if w["named"].as_bool() != Some(s.speaker.named) {
            return Ok(false);
        }
        if let Some(speaker) = w["speaker"].as_str() {
            return Ok(actors.get(speaker).copied() == s.speaker.actor && s.speaker.actor.is_some());
        }
        let (Some(_), Some(span)) = (w["speaker_text"].as_str(), s.speaker.span) else { return Ok(false) };
        let (a, b) = (lines.at(w, "speaker_text")?, points(span));
        Ok(a.start < b.end && b.start < a.end)
    };
    let judge = |(j, (s, features)): (usize, (&majlis_read::Statement, Vec<u32>))| {
        let matched = of.get(&j).map(|&g| wanted[g]);
        Ok(Statement { features, words: matched.is_some(), right: matched.map_or(Ok(false), |w| right(w, s))? })
    };
    read.into_iter().enumerate().map(judge).collect()
}

/// One-to-one matches of gold events and kept candidates, nearest first, by the benchmark's rule: same type, at most 12 code points apart.
pub(crate) fn pairs(gold: &[Gold], candidates: &[Candidate], keep: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut edges: Vec<(u32, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, c) in candidates.iter().enumerate().filter(|(j, _)| keep(*j)) {
            if g.kind == c.kind && c.at.start < g.at.end + 12 && g.at.start < c.at.end + 12 {
                edges.push((g.at.start.abs_diff(c.at.start), i, j));
            }
        }
    }
    edges.sort_unstable();
    one_to_one(edges)
}

/// The mentions of gold: whose, and where.
fn mentions<'g>(gold: &'g Value, lines: &Lines<'_>) -> Result<Vec<(&'g str, Range<u32>)>, Error> {
    let mut all = Vec::new();
    for actor in gold["actors"].as_array().into_iter().flatten() {
        for m in actor["mentions"].as_array().into_iter().flatten() {
            all.push((actor["id"].as_str().unwrap_or_default(), lines.at(m, "text")?));
        }
    }
    Ok(all)
}

/// Whether two stretches share half of what they cover together.
fn alike(a: &Range<u32>, b: &Range<u32>) -> bool {
    let (inter, union) = shared(a, b);
    2 * inter >= union
}

/// What two stretches share, and what they cover together.
fn shared(a: &Range<u32>, b: &Range<u32>) -> (u32, u32) {
    (a.end.min(b.end).saturating_sub(a.start.max(b.start)), a.end.max(b.end) - a.start.min(b.start))
}

/// One-to-one matches of stretches that share at least so many thousandths of what they cover together, those that share most first.
fn best_alike(wanted: &[Range<u32>], found: &[Range<u32>], least: u32) -> Vec<(usize, usize)> {
    let mut edges: Vec<(u32, usize, usize)> = Vec::new();
    for (i, a) in wanted.iter().enumerate() {
        for (j, b) in found.iter().enumerate() {
            let (inter, union) = shared(a, b);
            if 1000 * inter >= least * union {
                edges.push((1000 - 1000 * inter / union, i, j));
            }
        }
    }
    edges.sort_unstable();
    one_to_one(edges)
}

/// The actor of the reading that stands for each gold actor: by shared mentions, most first, as the benchmark does.
fn same_actors(gold: &Value, lines: &Lines<'_>, reading: &Reading, in_scope: impl Fn(u32) -> bool) -> Result<BTreeMap<String, u32>, Error> {
    let wanted = mentions(gold, lines)?;
    let found: Vec<(u32, Range<u32>)> = reading
        .mentions
        .iter()
        .filter(|m| in_scope(m.span.start()))
        .map(|m| (m.actor, lines.points.at(m.span.start())..lines.points.at(m.span.end())))
        .collect();
    let (wanted_at, found_at): (Vec<_>, Vec<_>) = (wanted.iter().map(|w| w.1.clone()).collect(), found.iter().map(|f| f.1.clone()).collect());
    let mut shared: BTreeMap<(&str, u32), u32> = BTreeMap::new();
    for (i, j) in best_alike(&wanted_at, &found_at, 500) {
        *shared.entry((wanted[i].0, found[j].0)).or_default() += 1;
    }
    let mut order: Vec<((&str, u32), u32)> = shared.into_iter().collect();
    order.sort_by_key(|&(pair, n)| (std::cmp::Reverse(n), pair));
    let (mut same, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((gold, found), _) in order {
        if !same.contains_key(gold) && taken.insert(found) {
            same.insert(gold.to_owned(), found);
        }
    }
    Ok(same)
}

/// The pairs of `edges` in their order, each end used once.
fn one_to_one(edges: Vec<(u32, usize, usize)>) -> Vec<(usize, usize)> {
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    edges
        .into_iter()
        .filter(|&(_, i, j)| {
            let free = !left.contains(&i) && !right.contains(&j);
            if free {
                left.insert(i);
                right.insert(j);
            }
            free
        })
        .map(|(_, i, j)| (i, j))
        .collect()
}
