//! What is denied, what is told of both as real and as denied, and who is told to want a thing and its contrary.

use crate::issues::who;
use crate::model::{Disputes, EventLine, Issue, StatementLine, Who};
use majlis_lexicon::CueClass;
use majlis_read::{Side, Status};
use majlis_text::Edtf;

pub(crate) fn find(events: &[EventLine], statements: &[StatementLine], issues: &[Issue]) -> Disputes {
    let denied: Vec<usize> = (0..events.len()).filter(|&i| events[i].status == Status::Denied).collect();
    let mut contradictions = Vec::new();
    for &no in &denied {
        let real = |e: &EventLine| matches!(e.status, Status::Happened | Status::Ongoing) && opposed(e, &events[no]);
        contradictions.extend((0..events.len()).filter(|&yes| real(&events[yes])).map(|yes| (yes, no)));
    }
    let denials = (0..statements.len()).filter(|&i| statements[i].class == CueClass::Deny).collect();
    let both_ways = issues.iter().enumerate().flat_map(|(i, issue)| both_ways(issue).into_iter().map(move |who| (i, who))).collect();
    Disputes { denied, contradictions, both_ways, denials }
}

/// The actors told to be both for and against an issue.
fn both_ways(issue: &Issue) -> Vec<Who> {
    let contra = who(issue, |s| s == Side::Against);
    who(issue, |s| s == Side::For).intersection(&contra).copied().collect()
}

/// Whether two lines are of one event: the same type and actors, at dates that allow it.
fn opposed(a: &EventLine, b: &EventLine) -> bool {
    let together = |a: Edtf, b: Edtf| a.first() <= b.last() && b.first() <= a.last();
    let dates = a.when.zip(b.when).is_none_or(|(a, b)| together(a, b));
    let actors = !a.source.is_empty() && a.source == b.source && a.target == b.target;
    // An actor alone does many things of one type: either whom or where it is must be the same.
    let matter = !a.target.is_empty() || a.place.is_some() && a.place == b.place;
    a.kind == b.kind && a.mode == b.mode && actors && matter && dates
}
