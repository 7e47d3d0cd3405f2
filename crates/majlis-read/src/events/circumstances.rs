//! How real an event is, when and where.

use super::{Finder, Trigger};
use crate::mentions::PlaceCandidate;
use crate::reading::Status;
use crate::times::TimeAt;
use majlis_lexicon::{Classes, Tense};
use majlis_text::{Edtf, Point};

impl Finder<'_, '_> {
    /// Whether the words before the trigger deny it.
    pub(super) fn negated(&self, t: &Trigger) -> bool {
        let scan = self.scan;
        if t.first == 0 {
            return false;
        }
        let before = scan.bare(t.first - 1);
        match t.tense {
            Tense::Perfect | Tense::Imperfect => matches!(before, "لم" | "لن" | "لا" | "ما" | "ليس" | "ليست"),
            Tense::Masdar | Tense::Participle => {
                matches!(before, "عدم" | "دون" | "بدون" | "بعدم" | "لعدم" | "اي" | "غير")
                    && (before != "اي" || t.first >= 2 && matches!(scan.bare(t.first - 2), "يوجد" | "دون" | "وجود"))
            }
        }
    }

    /// How real an event is that nobody denies.
    pub(super) fn status(&self, t: &Trigger) -> Status {
        let scan = self.scan;
        if t.future {
            return Status::Planned;
        }
        let from = t.first.saturating_sub(5);
        for b in (from..t.first).rev() {
            if !scan.is_word(b) && matches!(scan.form(b), "." | "\n") {
                break;
            }
            let class = scan.class(b);
            let form = scan.bare(b);
            if matches!(form, "سوف" | "المقرر" | "المقرره" | "يعتزم" | "تعتزم" | "ينوي" | "تنوي" | "المزمع" | "ستشهد" | "سيتم")
                || scan.analyses(b).iter().any(|w| w.proclitics.future)
            {
                return Status::Planned;
            }
            if t.tense != Tense::Perfect && class.any(Classes::ONGOING) {
                return Status::Ongoing;
            }
            if class.any(Classes::PLAN) && t.tense != Tense::Perfect && t.first - b <= 3 {
                return Status::Planned;
            }
        }
        match (t.tense, t.preposition) {
            (Tense::Imperfect, Some('ل')) => Status::Planned,
            (Tense::Imperfect, _) => {
                if matches!(scan.bare(t.first.saturating_sub(1)), "ان" | "لم" | "كان" | "كانت") {
                    Status::Happened
                } else {
                    Status::Ongoing
                }
            }
            (Tense::Masdar, Some('ل')) if matches!(scan.form(t.first.saturating_sub(1)), "ادي" | "ادت" | "يودي" | "تودي" | "نتيجه") => {
                Status::Happened
            }
            (Tense::Masdar, Some('ل')) => Status::Planned,
            _ => Status::Happened,
        }
    }

    /// The nearest time of the sentence.
    pub(super) fn when(&self, t: &Trigger, first: usize, last: usize) -> Option<Edtf> {
        let near = |time: &&TimeAt| {
            let (a, b) = (time.first as usize, time.last as usize);
            if b <= t.first { t.first - b + 3 } else { a.saturating_sub(t.last) }
        };
        let from = self.ctx.times.partition_point(|time| (time.first as usize) < first);
        self.ctx.times[from..]
            .iter()
            .take_while(|time| (time.first as usize) < last)
            .filter(|time| !time.duration && time.time.value.is_some() && near(time) <= 25)
            .min_by_key(near)
            .and_then(|time| time.time.value)
    }

    /// The last day that this paragraph names before the sentence at `first`: what is told goes on there.
    pub(super) fn day_told_before(&self, first: usize) -> Option<Edtf> {
        let told = self.ctx.times.partition_point(|time| (time.first as usize) < first);
        let days = self.ctx.times[..told].iter().rev().take(4).filter(|time| !time.duration);
        days.take_while(|time| self.scan.line(time.first as usize) == self.scan.line(first))
            .filter_map(|time| time.time.value)
            .find(|v| v.to.is_none() && matches!(v.from, Point::Day(_)))
    }

    /// The nearest place of the sentence, as an index into the places.
    pub(super) fn place(&self, t: &Trigger, first: usize, last: usize) -> Option<u32> {
        let near = |p: &PlaceCandidate| {
            let (a, b) = (p.first as usize, p.last as usize);
            if b <= t.first { t.first - b + 6 } else { a.saturating_sub(t.last) }
        };
        let from = self.ctx.places.partition_point(|p| (p.first as usize) < first);
        self.ctx.places[from..]
            .iter()
            .enumerate()
            .take_while(|(_, p)| (p.first as usize) < last)
            .filter(|(_, p)| near(p) <= 20)
            .min_by_key(|(_, p)| near(p))
            .map(|(i, _)| (from + i) as u32)
    }
}
