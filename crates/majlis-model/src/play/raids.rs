//! What the incidents on record tell: who is whose adversary, and how often each attacks and strikes back.

use crate::standoff::Standoff;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An attack that can be struck back for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) by: usize,
    /// Days after the start; negative before it.
    pub(super) day: f64,
}

/// Attacks and replies of one actor on record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Raids {
    /// Attacks that were no replies, and the days in which there could have been one.
    pub(super) attacks: f64,
    pub(super) days: f64,
    /// Replies, and the days on which one was open.
    pub(super) replies: f64,
    pub(super) open_days: f64,
}

/// Whether there are attacks or a truce between two actors.
pub(super) fn adverse(standoff: &Standoff, a: usize, b: usize) -> bool {
    let (a, b) = (&standoff.actor[a].id, &standoff.actor[b].id);
    let fought = |by: &String, on: &String| standoff.incident.iter().any(|i| i.by == *by && i.against.as_ref() == Some(on));
    fought(a, b) || fought(b, a) || standoff.truce.iter().any(|t| t.between.contains(a) && t.between.contains(b))
}

/// Who hit an actor last.
pub(super) fn last_hit(standoff: &Standoff, id: &str) -> Option<Hit> {
    let hit = standoff.incident.iter().filter(|i| i.against.as_deref() == Some(id)).max_by_key(|i| i.date)?;
    Some(Hit { by: standoff.actor(&hit.by)?, day: -f64::from(days(hit.date, standoff.date)) })
}

/// What is on record of an actor, from the first day on which anything is. An incident is a reply if its actor was hit within
/// `memory` days before.
pub(super) fn of(standoff: &Standoff, id: &str, memory: f64) -> Raids {
    let first = standoff.incident.iter().map(|i| i.date).chain(standoff.truce.iter().map(|t| t.from)).min();
    let observed = first.map_or(0, |first| days(first, standoff.date));
    let memory = memory as i32;
    let hits: Vec<i32> = standoff.incident.iter().filter(|i| i.against.as_deref() == Some(id)).map(|i| days(i.date, standoff.date)).collect();
    // Days are counted back from the standoff's own, which is not over.
    let open: BTreeSet<i32> = hits.iter().flat_map(|hit| (hit - memory).max(1)..*hit).collect();
    let own: Vec<i32> = standoff.incident.iter().filter(|i| i.by == id).map(|i| days(i.date, standoff.date)).collect();
    let replies = own.iter().filter(|day| open.contains(day)).count();
    Raids { attacks: (own.len() - replies) as f64, days: f64::from(observed), replies: replies as f64, open_days: open.len() as f64 }
}

pub(super) fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standoff;

    #[test]
    fn an_attack_soon_after_a_hit_is_a_reply() {
        let text = include_str!("../../../../examples/iraq-2021/standoff.toml");
        let standoff = standoff::read("standoff.toml", text).unwrap();
        // Of the factions' seven attacks since the truce of 10 October 2020 one, of 3 March, came within 14 days of the strike of 25
        // February. The United States struck once, within 14 days of an attack.
        assert_eq!(of(&standoff, "factions", 14.0), Raids { attacks: 6.0, days: 165.0, replies: 1.0, open_days: 14.0 });
        let usa = of(&standoff, "usa", 14.0);
        assert_eq!((usa.attacks, usa.replies), (0.0, 1.0));
        // 14 days after 17 November and after 20 December, and 16 February to 23 March.
        assert_eq!(usa.open_days, 14.0 + 14.0 + 36.0);
        assert_eq!(of(&standoff, "kdp", 14.0), Raids { attacks: 0.0, days: 165.0, replies: 0.0, open_days: 0.0 });
    }
}
