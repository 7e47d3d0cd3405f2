//! `majlis explain`

use crate::args::Explain;
use crate::fault::complain;
use anyhow::{Context, bail};
use majlis_case::ingest::{Input, Options, Reach, walk};
use majlis_read::{Reader, Record};
use majlis_text::{CodePoints, Document, Layout};
use std::io::Write;
use std::ops::{ControlFlow, Range};

/// One thing that was found: where in code points, what, and why.
struct Item<'r> {
    kind: &'static str,
    at: Range<u32>,
    exact: &'r str,
    about: String,
    confidence: f32,
    why: &'r str,
}

/// Prints the sentence around a character and what was found in it. Returns whether it could.
pub(crate) fn run(args: &Explain) -> anyhow::Result<bool> {
    let options = Options { defaults: args.defaults.for_ingest(), reach: Reach::Nothing, ..Options::default() };
    let mut chosen = None;
    let _ = walk(&[Input::of_path(&args.file)], &options, &mut |found| {
        match found.and_then(|raw| raw.document(&options.defaults)) {
            Ok((document, _)) if args.id.as_ref().is_none_or(|id| *id == document.id) => {
                chosen = Some(document);
                return ControlFlow::Break(());
            }
            Ok(_) => {}
            Err(fault) => complain(fault),
        }
        ControlFlow::Continue(())
    });
    match (chosen, &args.id) {
        (Some(document), _) => explain(&document, args.at),
        (None, Some(id)) => bail!("{}: no document with the id \"{id}\"", args.file.display()),
        (None, None) => Ok(false),
    }
}

fn explain(document: &Document, at: u32) -> anyhow::Result<bool> {
    let points = CodePoints::new(&document.text);
    let length = points.at(document.text.len() as u32);
    if at >= length {
        bail!("{}: character {at} is past the end, the text has {length}", document.id);
    }
    let layout = Layout::new(&document.text);
    let byte = points.byte_of(at);
    let mut spans = layout.sentences.iter().map(|s| layout.span(s.first as usize, s.last as usize));
    let sentence = spans.rfind(|s| s.start() <= byte).context("there is no sentence at this character")?;
    let within = points.at(sentence.start())..points.at(sentence.end());
    let record = Record::new(document, &Reader::new().read(document));

    let mut out = std::io::stdout().lock();
    writeln!(out, "{} · characters {}–{}", document.id, within.start, within.end)?;
    writeln!(out, "{}\n", sentence.slice(&document.text).unwrap_or_default())?;
    let found = items(&record).into_iter().filter(|i| i.at.start < within.end && within.start < i.at.end);
    let mut found: Vec<Item<'_>> = found.collect();
    found.sort_by_key(|i| (i.at.start, i.at.end));
    if found.is_empty() {
        writeln!(out, "Nothing was found here.")?;
    }
    for i in found {
        let mark = if i.at.contains(&at) { '*' } else { ' ' };
        writeln!(out, "{mark} {:9} {:>5}–{:<5} {:.2}  {}", i.kind, i.at.start, i.at.end, i.confidence, i.about)?;
        writeln!(out, "    \u{2068}{}\u{2069}", i.exact.replace('\n', " "))?;
        writeln!(out, "    why: {}", i.why)?;
    }
    Ok(true)
}

fn items(record: &Record) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for a in &record.actors {
        items.extend(a.mentions.iter().map(|m| Item {
            kind: "mention",
            at: m.start..m.end,
            exact: &m.exact,
            about: format!("{} ({})", a.name_en, a.id),
            confidence: m.confidence,
            why: &m.why,
        }));
    }
    items.extend(record.statements.iter().map(|s| Item {
        kind: "statement",
        at: s.start..s.end,
        exact: &s.exact,
        about: match (&s.speaker, &s.described) {
            (Some(id), _) => format!("by {id}"),
            (None, Some(words)) => format!("by an unnamed source: \u{2068}{words}\u{2069}"),
            (None, None) => "by an unnamed source".to_owned(),
        },
        confidence: s.confidence,
        why: &s.why,
    }));
    items.extend(record.events.iter().map(|e| Item {
        kind: "event",
        at: e.start..e.end,
        exact: &e.exact,
        about: format!("{} {}, {} → {}, {}", e.kind, e.mode, e.source.join(" "), e.target.join(" "), e.status),
        confidence: e.confidence,
        why: &e.why,
    }));
    items.extend(record.times.iter().map(|t| Item {
        kind: "time",
        at: t.start..t.end,
        exact: &t.exact,
        about: t.value.map_or_else(|| "open".to_owned(), |v| v.to_string()),
        confidence: t.confidence,
        why: &t.why,
    }));
    items.extend(record.places.iter().map(|p| Item {
        kind: "place",
        at: p.start..p.end,
        exact: &p.exact,
        about: format!("{} {} ({})", p.name, p.country, p.precision),
        confidence: p.confidence,
        why: &p.why,
    }));
    items.extend(record.stances.iter().map(|s| Item {
        kind: "stance",
        at: s.start..s.end,
        exact: &s.issue,
        about: format!("{} {}", s.actor, format!("{:?}", s.side).to_lowercase()),
        confidence: s.confidence,
        why: &s.why,
    }));
    items
}
