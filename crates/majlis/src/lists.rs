//! `majlis search`, `ledger`, `events`, `actors` and `documents`: what stands in a case.

use crate::args::{ListFormat, Rows, Search};
use majlis_case::{ActorRef, ActorRow, Case, Cite, ClaimRow, DocumentRow, EventRow, Filter, Hit, Listed, Page, StatementRow};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Characters of a quotation that are shown.
const SHOWN: usize = 160;

pub(crate) fn search(args: &Search) -> anyhow::Result<bool> {
    let (case, filter, page) = open(&args.rows)?;
    print(&args.rows, &case.search(&args.query.join(" "), &filter, page)?, hit)
}

pub(crate) fn ledger(args: &Rows) -> anyhow::Result<bool> {
    let (case, filter, page) = open(args)?;
    print(args, &case.statements(&filter, page)?, statement)
}

pub(crate) fn events(args: &Rows) -> anyhow::Result<bool> {
    let (case, filter, page) = open(args)?;
    print(args, &case.events(&filter, page)?, event)
}

pub(crate) fn actors(args: &Rows) -> anyhow::Result<bool> {
    let (case, filter, page) = open(args)?;
    print(args, &case.actors(&filter, page)?, actor)
}

pub(crate) fn documents(args: &Rows) -> anyhow::Result<bool> {
    let (case, filter, page) = open(args)?;
    print(args, &case.documents(&filter, page)?, document)
}

pub(crate) fn claims(args: &Rows) -> anyhow::Result<bool> {
    let (case, filter, page) = open(args)?;
    print(args, &case.claims(&filter, page)?, claim)
}

/// The case and what is asked of it; an actor's name stands for the most mentioned of those who bear it.
fn open(args: &Rows) -> anyhow::Result<(Case, Filter, Page)> {
    let case = Case::open_read_only(&args.case)?;
    let actor = match &args.actor {
        Some(name) => case.find_actor(name)?.first().map(|a| a.id),
        None => None,
    };
    let filter = Filter {
        actor,
        named: (args.named || args.unnamed).then_some(args.named),
        outlet: args.outlet.clone(),
        from: args.from,
        to: args.to,
        kind: args.kind.clone(),
        status: args.status.clone(),
        place: args.place.clone(),
        document: args.document,
    };
    Ok((case, filter, Page { offset: args.offset, limit: args.limit }))
}

fn print<T: Serialize>(args: &Rows, listed: &Listed<T>, line: fn(&T) -> String) -> anyhow::Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for row in &listed.rows {
        match args.format {
            ListFormat::Text => writeln!(out, "{}", line(row))?,
            ListFormat::Jsonl => writeln!(out, "{}", serde_json::to_string(row)?)?,
        }
    }
    if args.format == ListFormat::Text {
        let (first, last) = (args.offset + 1, args.offset + listed.rows.len() as u64);
        match listed.rows.is_empty() {
            true => writeln!(out, "nothing of {}", listed.total)?,
            false => writeln!(out, "{first}–{last} of {}", listed.total)?,
        }
    }
    out.flush()?;
    Ok(true)
}

fn hit(hit: &Hit) -> String {
    let mut text = head(hit.document, &hit.name, hit.outlet.as_deref(), hit.published.as_deref());
    if let Some(title) = &hit.title {
        let _ = write!(text, " · {}", apart(title));
    }
    for line in &hit.lines {
        let words = format!("{}[{}]{}", line.before, line.words, line.after);
        let _ = write!(text, "\n  ¶{} {}", line.paragraph + 1, apart(&words));
    }
    if hit.occurrences > hit.lines.len() {
        let _ = write!(text, "\n  and {} more", hit.occurrences - hit.lines.len());
    }
    text
}

fn statement(s: &StatementRow) -> String {
    let source = match (&s.speaker, s.described.as_ref().or(s.source.as_ref())) {
        (Some(actor), _) => name(actor),
        (None, Some(words)) if s.named => apart(words),
        (None, Some(words)) => {
            format!("{} (unnamed {}{})", apart(words), s.source_class, s.side.as_ref().map_or_else(String::new, |a| format!(", {}", name(a))))
        }
        (None, None) => format!("unnamed {}", s.source_class),
    };
    let told = s.told_to.as_ref().map_or_else(String::new, |a| format!(" to {}", name(a)));
    format!("{} · {source} · {}{told} · {}\n  {}", s.id, s.class, place(&s.cite), apart(&s.words))
}

fn event(e: &EventRow) -> String {
    let list = |actors: &[ActorRef]| actors.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut text = format!("{} · {} · {}", e.id, e.time.as_deref().unwrap_or("undated"), e.kind);
    for part in [&e.mode, &e.status] {
        if !part.is_empty() && part != "happened" {
            let _ = write!(text, " {part}");
        }
    }
    match (e.source.is_empty(), e.target.is_empty()) {
        (true, true) => {}
        _ => {
            let _ = write!(text, " · {} → {}", list(&e.source), list(&e.target));
        }
    }
    if let Some(place) = &e.place {
        let _ = write!(text, " · in {}", apart(&place.name));
    }
    let _ = write!(text, " · {} · {}", apart(&e.words), place(&e.cite));
    text
}

fn actor(a: &ActorRow) -> String {
    let mut text = format!("{} · {} · {}", a.actor.id, name(&a.actor), apart(&a.actor.name));
    for part in [&a.kind, &a.sector, &a.country] {
        if !part.is_empty() {
            let _ = write!(text, " · {part}");
        }
    }
    let _ = write!(text, " · {} mentions in {} documents, {} statements", a.mentions, a.documents, a.statements);
    text
}

fn claim(c: &ClaimRow) -> String {
    let mut text = format!("{} · {} · {} · {} · {}", c.id, c.kind, c.event, c.first_day.as_deref().unwrap_or("undated"), apart(&c.about));
    for (said, side) in [("supported", &c.support), ("denied", &c.denial), ("told otherwise", &c.other)] {
        if side.reports.is_empty() {
            continue;
        }
        let _ = write!(text, "\n  {said} by {} of {} reports: {} named, {} unnamed", side.independent, side.reports.len(), side.named, side.unnamed);
        for report in &side.reports {
            let value = report.value.as_ref().map_or_else(String::new, |v| format!(" · {v}"));
            let voice = report.voice.as_ref().map_or_else(String::new, |v| format!(" · {}", name(v)));
            let _ = write!(text, "\n    {}{value}{voice} · {}", place(&report.event.cite), apart(&report.event.words));
        }
    }
    text
}

fn document(d: &DocumentRow) -> String {
    let mut text = head(d.id, &d.name, d.outlet.as_deref(), d.published.as_deref());
    if let Some(title) = &d.title {
        let _ = write!(text, " · {}", apart(title));
    }
    let _ = write!(text, " · {} statements ({} unnamed), {} events", d.statements, d.unnamed, d.events);
    if d.story != d.id {
        let _ = write!(text, " · the text of {}", d.story);
    }
    text
}

fn head(id: i64, name: &str, outlet: Option<&str>, published: Option<&str>) -> String {
    format!("[{id}] {} · {} · {}", apart(name), outlet.map_or_else(|| "outlet unknown".to_owned(), apart), published.unwrap_or("undated"))
}

fn place(cite: &Cite) -> String {
    format!("[{}¶{}] {}", cite.document, cite.paragraph + 1, cite.published.as_deref().unwrap_or("undated"))
}

fn name(actor: &ActorRef) -> String {
    apart(&actor.name_en)
}

/// Words in whatever direction they run, on one line, set apart so that they do not turn the line around them.
fn apart(text: &str) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let shown: String = chars.by_ref().take(SHOWN).collect();
    format!("\u{2068}{shown}{}\u{2069}", if chars.next().is_some() { "…" } else { "" })
}
