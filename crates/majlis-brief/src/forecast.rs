//! The first forecast: positions, salience and influence proposed from the record, and the draws over them.

use crate::draws;
use crate::issues;
use crate::model::{ActorLine, DocumentLine, Forecast, Issue, Position, Range, Report, StanceLine, StatementLine, Voice, Who};
use crate::phrase::Phrase;
use crate::table;
use majlis_read::Side;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Where each side is put on 0–100.
const FOR: f64 = 90.0;
const AGAINST: f64 = 10.0;
const CONDITIONAL: f64 = 50.0;
/// Half the width of a position, and what each weakness of the evidence adds.
const SPREAD: f64 = 10.0;
const WIDER: f64 = 15.0;
/// Below this the reading of a stance counts as unsure.
const SURE: f64 = 0.5;
/// The salience of the quietest actor, and half the width of a salience.
const QUIET: f64 = 30.0;
const SALIENCE_SPREAD: f64 = 15.0;

/// The forecast of the main disputed issue; `None` where no issue has an actor for it and another against it.
pub(crate) fn propose(documents: &[DocumentLine], actors: &[ActorLine], statements: &[StatementLine], issues: &[Issue]) -> Option<Forecast> {
    let issue = main(issues)?;
    let positions = positions(documents, actors, statements, &issues[issue]);
    let (mean, median, above_half) = draws::play(&positions);
    Some(Forecast { issue, positions, mean, median, above_half })
}

/// What is proposed of each actor that takes a side on an issue.
pub(crate) fn positions(documents: &[DocumentLine], actors: &[ActorLine], statements: &[StatementLine], issue: &Issue) -> Vec<Position> {
    let about = Phrase::new(&issue.label);
    let spoken: Vec<Who> = statements
        .iter()
        .filter_map(|s| match s.voice {
            Voice::Actor(who) if shares_head(&about, &s.words) => Some(who),
            _ => None,
        })
        .collect();
    let effort = |who: Who| issue.stances.iter().filter(|s| s.who == who).count() + spoken.iter().filter(|&&w| w == who).count();
    let everyone = issues::who(issue, |_| true);
    let most = everyone.iter().map(|&who| effort(who)).max().unwrap_or(1).max(1) as f64;
    let of = |who: Who| {
        let own: Vec<&StanceLine> = issue.stances.iter().filter(|s| s.who == who).collect();
        let salience = QUIET + (100.0 - QUIET) * effort(who) as f64 / most;
        position(documents, who, &own, around(salience, SALIENCE_SPREAD), influence(&actors[who as usize]))
    };
    everyone.into_iter().map(of).collect()
}

/// The issue with most actors on its smaller side; of several, the one with most actors, then most stances.
fn main(issues: &[Issue]) -> Option<usize> {
    let size = |issue: &Issue| {
        let (pro, contra) = (issues::who(issue, |s| s == Side::For), issues::who(issue, |s| s == Side::Against));
        let both = pro.len().min(contra.len());
        (both, pro.union(&contra).count(), issue.stances.len())
    };
    let disputed = |issue: &Issue| {
        let (pro, contra) = (issues::who(issue, |s| s == Side::For), issues::who(issue, |s| s == Side::Against));
        pro.iter().any(|p| contra.iter().any(|c| c != p))
    };
    (0..issues.len()).filter(|&i| disputed(&issues[i])).max_by_key(|&i| (size(&issues[i]), Reverse(i)))
}

fn shares_head(about: &Phrase, words: &str) -> bool {
    about.keys.first().is_some_and(|head| Phrase::new(words).keys.contains(head))
}

fn position(documents: &[DocumentLine], who: Who, own: &[&StanceLine], salience: Range, influence: Range) -> Position {
    let value = |s: &StanceLine| match s.side {
        Side::For => FOR,
        Side::Against => AGAINST,
        Side::Conditional => CONDITIONAL,
    };
    let weight: f64 = own.iter().map(|s| f64::from(s.confidence)).sum();
    let mode = own.iter().map(|s| value(s) * f64::from(s.confidence)).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
    let sources: BTreeSet<String> = own.iter().map(|s| source(documents, &s.report)).collect();
    let one_source = sources.len() < 2;
    let unnamed_only = own.iter().all(|s| matches!(s.report.voice, Some(Voice::Unnamed { .. })));
    let unsure = weight / (own.len() as f64) < SURE;
    let spread = SPREAD + [one_source, unnamed_only, unsure].iter().filter(|w| **w).count() as f64 * WIDER;
    let least = own.iter().map(|s| value(s)).fold(mode, f64::min);
    let greatest = own.iter().map(|s| value(s)).fold(mode, f64::max);
    let mut cites: Vec<_> = own.iter().map(|s| s.report.cite).collect();
    cites.dedup();
    Position {
        who,
        position: Range { low: (least - spread).max(0.0), mode, high: (greatest + spread).min(100.0) },
        salience,
        influence,
        one_source,
        unnamed_only,
        unsure,
        cites,
    }
}

/// What makes two reports one source: the document whose text it is, and the voice in it.
fn source(documents: &[DocumentLine], report: &Report) -> String {
    let document = documents[report.cite.document as usize].copy_of.unwrap_or(report.cite.document);
    match &report.voice {
        Some(Voice::Actor(who)) => format!("actor {who}"),
        Some(Voice::Words(words) | Voice::Unnamed { words, .. }) => format!("{document} {words}"),
        None => format!("{document}"),
    }
}

fn around(mode: f64, spread: f64) -> Range {
    Range { low: (mode - spread).max(0.0), mode, high: (mode + spread).min(100.0) }
}

/// A first guess from what the actor is, by `data/influence.tsv`.
pub(crate) fn influence(actor: &ActorLine) -> Range {
    let fits = |cell: &str, value: &str| cell.is_empty() || cell == value;
    let number = |cell: &str| cell.parse().unwrap_or(0.0);
    table::rows(include_str!("../data/influence.tsv"))
        .find(|[kind, sector, ..]: &[&str; 5]| fits(kind, actor.kind.code()) && fits(sector, actor.sector))
        .map_or(around(20.0, 15.0), |[_, _, low, mode, high]| Range { low: number(low), mode: number(mode), high: number(high) })
}
