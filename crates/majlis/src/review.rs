//! `majlis review` and `majlis audit`: the analyst's decisions, and the log of all changes.

use crate::args::{Act, Audit, Review, Set};
use anyhow::{Context, bail};
use majlis_case::{Axis, Case, Fields, ItemKind, Page, Stamp};
use serde_json::Value;
use std::io::{self, Write};

pub(crate) fn run(args: &Review) -> anyhow::Result<bool> {
    let mut case = Case::open(&args.case)?;
    let stamp = args.analyst.stamp();
    let why = args.why.as_str();
    let said = match &args.act {
        Act::Queue { limit } => return queue(&case, *limit),
        Act::Decisions { limit } => return decisions(&case, *limit),
        Act::Accept(s) => decision(case.accept(kind(&s.kind)?, s.id, why, &stamp)?),
        Act::Reject(s) => decision(case.reject(kind(&s.kind)?, s.id, why, &stamp)?),
        Act::Correct { subject, fields } => made(&subject.kind, case.correct(kind(&subject.kind)?, subject.id, &pairs(fields)?, why, &stamp)?),
        Act::Add { kind: of, document, fields } => made(of, case.add_item(kind(of)?, *document, &pairs(fields)?, why, &stamp)?),
        Act::Merge { kind: of, items, fields } => made(of, case.merge_items(kind(of)?, items, &pairs(fields)?, why, &stamp)?),
        Act::Split { subject, part } => {
            let parts = part.iter().map(|p| serde_json::from_str(p).with_context(|| format!("--part {p}"))).collect::<anyhow::Result<Vec<Fields>>>()?;
            let (number, items) = case.split_item(kind(&subject.kind)?, subject.id, &parts, why, &stamp)?;
            let items: Vec<String> = items.iter().map(i64::to_string).collect();
            format!("decision {number}: {} {}", subject.kind, items.join(", "))
        }
        Act::Grade { subject, value } => {
            let axis = if value.starts_with(|c: char| c.is_ascii_digit()) { Axis::Credibility } else { Axis::Reliability };
            decision(case.grade(axis, &subject.kind, subject.id, value, why, &stamp)?)
        }
        Act::Note { subject, text } => decision(case.note(&subject.kind, subject.id, text, &stamp)?),
        Act::MergeActors { from, into } => decision(case.merge_actors(*from, *into, why, &stamp)?),
        Act::SplitActor { actor } => decision(case.split_actor(*actor, why, &stamp)?),
        Act::Settle { decision: number, answer } => decision(case.settle_merge(*number, answer == "same", why, &stamp)?),
        Act::Undo { decision: number } => match case.undo_merge(*number, why, &stamp) {
            Err(error) if matches!(error.problem, majlis_case::Problem::Absent { .. }) => decision(case.undo(*number, why, &stamp)?),
            other => decision(other?),
        },
    };
    // What is derived follows the decision at once.
    case.digest(&Stamp { by: "majlis".to_owned(), ..stamp }, |_, _| {})?;
    writeln!(io::stdout(), "{said}")?;
    Ok(true)
}

pub(crate) fn audit(args: &Audit) -> anyhow::Result<bool> {
    let case = Case::open_read_only(&args.case)?;
    let mut out = io::stdout().lock();
    if args.verify {
        let (lines, seal) = case.verify_audit()?;
        writeln!(out, "{lines} lines, all sealed; the last seal is {seal}")?;
        return Ok(true);
    }
    for line in case.audit(Page::first(args.limit))?.rows {
        writeln!(out, "{} · {} · {} · {} · {} · {}", line.seq, line.at, line.by, line.act, line.subject, line.detail)?;
    }
    Ok(true)
}

fn queue(case: &Case, limit: u64) -> anyhow::Result<bool> {
    let mut out = io::stdout().lock();
    let merges = case.merges(true, Page::first(limit))?;
    let sure = |confidence: Option<f64>| confidence.map_or_else(String::new, |c| format!(" · {c:.2}"));
    for merge in &merges.rows {
        let name = |actor: &Option<majlis_case::ActorRef>| actor.as_ref().map_or_else(String::new, |a| format!("{} {}", a.id, apart(&a.name)));
        writeln!(out, "decision {} · one actor? {} = {}{}", merge.decision, name(&merge.from), name(&merge.into), sure(merge.confidence))?;
    }
    let unsure = case.unsure(Page::first(limit))?;
    for item in &unsure.rows {
        writeln!(out, "{} {} · [{}] · {} · {:.2} · {}", item.kind, item.item, item.document, apart(&item.words), item.confidence, item.why)?;
    }
    writeln!(out, "{} merges and {} items wait", merges.total, unsure.total)?;
    Ok(true)
}

fn decisions(case: &Case, limit: u64) -> anyhow::Result<bool> {
    let mut out = io::stdout().lock();
    for d in case.decisions(Page::first(limit))?.rows {
        let undone = d.undone.map_or_else(String::new, |own| format!(" · taken back by {own}"));
        writeln!(out, "{} · {} · {} · {} {} {} · {}{undone}", d.id, d.at, d.by, d.act, d.subject_kind, d.subject, apart(&d.why))?;
    }
    Ok(true)
}

fn kind(name: &str) -> anyhow::Result<ItemKind> {
    ItemKind::of(name).with_context(|| format!("{name} is no kind of item: it is one of {}", ItemKind::ALL.map(ItemKind::code).join(", ")))
}

/// Fields as given: `status=denied`, `target=[3,9]`, `place=null`.
fn pairs(set: &Set) -> anyhow::Result<Fields> {
    let pair = |text: &String| {
        let Some((name, value)) = text.split_once('=') else { bail!("--set {text}: there is no = in it") };
        // An EDTF year would be a number in JSON.
        let is_word = matches!(name, "time" | "value");
        let value = if is_word && value != "null" { Value::from(value) } else { serde_json::from_str(value).unwrap_or_else(|_| Value::from(value)) };
        Ok((name.to_owned(), value))
    };
    set.set.iter().map(pair).collect()
}

fn decision(number: i64) -> String {
    format!("decision {number}")
}

fn made(kind: &str, (number, item): (i64, i64)) -> String {
    format!("decision {number}: {kind} {item}")
}

fn apart(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\u{2068}{one_line}\u{2069}")
}
