//! The first forecast: positions, salience and influence proposed from the record, and the draws over them.

use crate::batch::Batch;
use crate::draws;
use crate::issues;
use crate::model::{ActorLine, Forecast, Issue, Position, Range, Report, StanceLine, StatementLine, Voice, Who};
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
pub(crate) fn propose(batch: &Batch<'_>, actors: &[ActorLine], statements: &[StatementLine], issues: &[Issue]) -> Option<Forecast> {
    let issue = main(issues)?;
    let about = Phrase::new(&issues[issue].label);
    let spoken = |who: Who| statements.iter().filter(|s| s.voice == Voice::Actor(who) && shares_head(&about, &s.words)).count();
    let stances_of = |who: Who| issues[issue].stances.iter().filter(move |s| s.who == who);
    let everyone = issues::who(&issues[issue], |_| true);
    let effort: Vec<(Who, usize)> = everyone.into_iter().map(|who| (who, stances_of(who).count() + spoken(who))).collect();
    let most = effort.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let positions: Vec<Position> = effort
        .iter()
        .map(|&(who, n)| {
            let own: Vec<&StanceLine> = stances_of(who).collect();
            let salience = QUIET + (100.0 - QUIET) * n as f64 / most;
            position(batch, who, &own, around(salience, SALIENCE_SPREAD), influence(&actors[who as usize]))
        })
        .collect();
    let (mean, median, above_half) = draws::play(&positions);
    Some(Forecast { issue, positions, mean, median, above_half })
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

fn position(batch: &Batch<'_>, who: Who, own: &[&StanceLine], salience: Range, influence: Range) -> Position {
    let value = |s: &StanceLine| match s.side {
        Side::For => FOR,
        Side::Against => AGAINST,
        Side::Conditional => CONDITIONAL,
    };
    let weight: f64 = own.iter().map(|s| f64::from(s.confidence)).sum();
    let mode = own.iter().map(|s| value(s) * f64::from(s.confidence)).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
    let sources: BTreeSet<String> = own.iter().map(|s| source(batch, &s.report)).collect();
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
fn source(batch: &Batch<'_>, report: &Report) -> String {
    let document = batch.origin(report.cite.document);
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
fn influence(actor: &ActorLine) -> Range {
    let fits = |cell: &str, value: &str| cell.is_empty() || cell == value;
    let number = |cell: &str| cell.parse().unwrap_or(0.0);
    table::rows(include_str!("../data/influence.tsv"))
        .find(|[kind, sector, ..]: &[&str; 5]| fits(kind, actor.kind.code()) && fits(sector, actor.sector))
        .map_or(around(20.0, 15.0), |[_, _, low, mode, high]| Range { low: number(low), mode: number(mode), high: number(high) })
}
