//! Parts of a month, week or year: مطلع العام, أواخر أغسطس.

use super::words::{Shift, Unit};
use super::{Parsed, Parser};
use jiff::ToSpan;
use jiff::civil::Date;
use majlis_lexicon::Classes;
use majlis_text::{Edtf, Point};

/// A part of a month, week or year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Beginning,
    Middle,
    End,
}

impl Parser<'_, '_> {
    /// مطلع العام, منتصف الشهر الجاري, نهاية أغسطس, أواخر 2010.
    pub(super) fn part_of(&mut self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let lexicon = scan.lexicon;
        let part = scan.analyses(i).iter().flat_map(|w| lexicon.senses(w.form.word())).find_map(|f| match f.en {
            "beginning" => Some(Part::Beginning),
            "middle" => Some(Part::Middle),
            "end" => Some(Part::End),
            _ => None,
        })?;
        // شهر ونصف الشهر: how long.
        if i > 0 && scan.form(i) == "ونصف" && self.unit(i - 1).is_some() {
            return None;
        }
        let form = scan.bare(i);
        let deadline = matches!(form, "نهايه" | "بنهايه" | "اخر" | "ختام");
        // نهاية هذا العام
        let at = i + 1 + usize::from(matches!(scan.form(i + 1), "هذا" | "هذه"));
        if scan.form(at) == "ليل" || scan.form(at) == "الليل" {
            let w = at + 1;
            if self.weekday_at(w).is_some() {
                let (end, value, _, _) = self.weekday(w)?;
                return Some((end, value, "time/midnight", false));
            }
            return None;
        }
        if let Some((Unit::Month | Unit::Year | Unit::Week, 1)) = self.unit(at) {
            if let Some(y) = self.four_digits(at + 1) {
                return Some((at + 2, year_part(y, part, deadline && self.ahead(y)), "time/part-of-year", false));
            }
            if let Some((end, Some(whole), _, _)) = self.shifted_unit(at) {
                return Some((end, part_of(whole, part, deadline), "time/part-of-unit", false));
            }
            if scan.has_article(at) && !matches!(scan.form(at + 1), "الدراسي" | "المالي" | "الهجري") {
                let (unit, _) = self.unit(at)?;
                let whole = self.published.and_then(|p| self.window(p, unit, 1, None, Shift::This));
                return Some((at + 1, whole.and_then(|w| part_of(w, part, deadline)), "time/part-of-unit", false));
            }
            if let Some((end, Some(whole), _, _)) = self.month_expression(at) {
                return Some((end, part_of(whole, part, deadline), "time/part-of-month", false));
            }
            return None;
        }
        if let Some(y) = self.four_digits(at) {
            return Some((at + 1, year_part(y, part, deadline && self.ahead(y)), "time/part-of-year", false));
        }
        let (end, whole, _, _) = if self.number(at).is_none() { self.month_expression(at)? } else { return None };
        Some((end, whole.and_then(|w| part_of(w, part, deadline)), "time/part-of-month", false))
    }
}

impl Parser<'_, '_> {
    /// Whether the end of a year is still to come: only then is it a deadline.
    fn ahead(&self, year: i16) -> bool {
        self.published.is_none_or(|p| year >= p.year())
    }

    /// صيف 2014, خريف عام 2014, الصيف الماضي.
    pub(super) fn season(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let (from, to) = match self.senses(i, Classes::TIME)?.en {
            "spring" => (3, 5),
            "summer" => (6, 8),
            "autumn" => (9, 11),
            "winter" => (12, 2),
            _ => return None,
        };
        let months = |y: i16| Edtf::interval(Point::Month(y, from), Point::Month(if to < from { y + 1 } else { y }, to));
        let at = if matches!(scan.form(i + 1), "عام" | "سنه" | "العام") { i + 2 } else { i + 1 };
        if let Some(y) = self.four_digits(at) {
            return Some((at + 1, Some(months(y)), "time/season", false));
        }
        // هذا الصيف; سيزورها في الخريف: the next.
        let bare = || match scan.form(i.checked_sub(1)?) {
            "هذا" => Some((at, Shift::This)),
            "في" if self.future_near(i) => Some((at, Shift::Next)),
            _ => None,
        };
        let (end, shift) = self.shift(at).or_else(|| bare().filter(|_| scan.has_article(i) && at == i + 1))?;
        let value = self.published.and_then(|p| {
            if at > i + 1 {
                return Some(months(p.year() + shift.steps()));
            }
            let years = p.year() - 2..=p.year() + 2;
            match shift {
                Shift::Last | Shift::Recent => years.map(months).rfind(|s| s.last() < p),
                Shift::BeforeLast => years.map(months).filter(|s| s.last() < p).nth_back(1),
                Shift::Next => years.map(months).find(|s| s.first() > p),
                Shift::This => Some(months(p.year())),
            }
        });
        Some((end, value, "time/season", false))
    }
}

impl Parser<'_, '_> {
    /// التسعينات: ten years of the last century.
    pub(super) fn decade(&self, i: usize) -> Option<Parsed> {
        let from: i16 = self.senses(i, Classes::TIME)?.en.strip_suffix("0s")?.parse().ok()?;
        let years = Edtf::interval(Point::Year(from * 10), Point::Year(from * 10 + 9));
        self.scan.has_article(i).then_some((i + 1, Some(years), "time/decade", false))
    }

    /// النصف الأول من شهر يونيو, النصف الثاني من العام الجاري.
    pub(super) fn half(&mut self, i: usize) -> Option<Parsed> {
        if !self.scan.form(i).ends_with("النصف") {
            return None;
        }
        let (at, f) = self.phrase(i, Classes::TIME)?;
        let second = match f.en {
            "first half" => false,
            "second half" => true,
            _ => return None,
        };
        let whole = self.year_word(at).or_else(|| self.shifted_unit(at)).or_else(|| if self.number(at).is_none() { self.month_expression(at) } else { None });
        let (end, whole, _, _) = whole?;
        Some((end, whole.and_then(|w| half_of(w, second)), "time/half", false))
    }
}

/// The first or second half of a month or year.
fn half_of(whole: Edtf, second: bool) -> Option<Edtf> {
    if let (Point::Year(y), None) = (whole.from, whole.to) {
        let (from, to) = if second { (7, 12) } else { (1, 6) };
        return Some(Edtf::interval(Point::Month(y, from), Point::Month(y, to)));
    }
    let (first, last) = (whole.first(), whole.last());
    let middle = first.checked_add((whole.length() / 2).days()).ok()?;
    Some(if second { Edtf::days(middle, last) } else { Edtf::days(first, middle.yesterday().ok()?) })
}

/// A part of a month (ten days), a week or a year.
fn part_of(whole: Edtf, part: Part, deadline: bool) -> Option<Edtf> {
    if let (Point::Year(y), None) = (whole.from, whole.to) {
        return year_part(y, part, deadline);
    }
    let (first, last) = (whole.first(), whole.last());
    let third = (whole.length() / 3).max(1);
    Some(match part {
        Part::Beginning => Edtf::days(first, first.checked_add((third - 1).days()).ok()?),
        Part::Middle => Edtf::days(first.checked_add(third.days()).ok()?, first.checked_add((2 * third - 1).days()).ok()?),
        Part::End => Edtf::days(last.checked_sub((third - 1).days()).ok()?, last),
    })
}

/// A part of a year; its end as a deadline is its last day.
fn year_part(y: i16, part: Part, deadline: bool) -> Option<Edtf> {
    Some(match part {
        Part::Beginning => Edtf::interval(Point::Month(y, 1), Point::Month(y, 3)),
        Part::Middle => Edtf::interval(Point::Month(y, 5), Point::Month(y, 8)),
        Part::End if deadline => Edtf::day(Date::new(y, 12, 31).ok()?),
        Part::End => Edtf::interval(Point::Month(y, 10), Point::Month(y, 12)),
    })
}
