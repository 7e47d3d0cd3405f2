//! What is denied, and what is told of both as real and as denied.

use crate::model::{Disputes, EventLine, StatementLine};
use majlis_lexicon::CueClass;
use majlis_read::Status;
use majlis_text::Edtf;

pub(crate) fn find(events: &[EventLine], statements: &[StatementLine]) -> Disputes {
    let denied: Vec<usize> = (0..events.len()).filter(|&i| events[i].status == Status::Denied).collect();
    let mut contradictions = Vec::new();
    for &no in &denied {
        let real = |e: &EventLine| matches!(e.status, Status::Happened | Status::Ongoing) && opposed(e, &events[no]);
        contradictions.extend((0..events.len()).filter(|&yes| real(&events[yes])).map(|yes| (yes, no)));
    }
    let denials = (0..statements.len()).filter(|&i| statements[i].class == CueClass::Deny).collect();
    Disputes { denied, contradictions, denials }
}

/// Whether two lines are of one event: the same type and actors, at dates that allow it.
fn opposed(a: &EventLine, b: &EventLine) -> bool {
    let together = |a: Edtf, b: Edtf| a.first() <= b.last() && b.first() <= a.last();
    let dates = a.when.zip(b.when).is_none_or(|(a, b)| together(a, b));
    let actors = !(a.source.is_empty() && a.target.is_empty()) && a.source == b.source && a.target == b.target;
    a.kind == b.kind && actors && dates
}
