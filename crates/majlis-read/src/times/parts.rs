//! Parts of a month, week or year: مطلع العام, أواخر أغسطس.

use super::words::{Shift, Unit};
use super::{Parsed, Parser};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
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
        // نصف قرن: a measure.
        if self.measure(i).is_some() {
            return None;
        }
        // جندي آخر الأسبوع الماضي: another.
        let another = scan.form(i) == "اخر" && i > 0 && scan.is_word(i - 1) && !scan.may_be(i - 1, Classes::PREP);
        if another {
            return None;
        }
        let form = scan.bare(i);
        let deadline = matches!(form, "نهايه" | "بنهايه" | "اخر" | "ختام");
        let brief = deadline || matches!(form, "مطلع" | "بمطلع" | "منتصف" | "بمنتصف");
        // بنهاية الشهر, قبل نهاية سبتمبر: by its last day.
        let by = (deadline || part == Part::Middle) && (form == "بنهايه" || i > 0 && matches!(scan.form(i - 1), "قبل" | "حتي" | "الي" | "بحلول" | "حدود"));
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
        // مطلع التسعينات
        if let Some((end, Some(years), _, _)) = self.decade(at) {
            return Some((end, part_of(years, part, false, brief, by), "time/part-of-decade", false));
        }
        // بنهاية الربع الأول من العام
        if let Some((end, Some(half), _, _)) = self.half(at) {
            return Some((end, part_of(half, part, false, brief, by), "time/part-of-half", false));
        }
        // منتصف ذي القعدة, حتى نهاية شهر شوال
        if let Some((end, Some(month), _, _)) = self.hijri(at + usize::from(scan.form(at) == "شهر")) {
            return Some((end, part_of(month, part, false, brief, by), "time/part-of-month", false));
        }
        if let Some((Unit::Month | Unit::Year | Unit::Week | Unit::Century, 1)) = self.unit(at) {
            if let Some(y) = self.four_digits(at + 1) {
                return Some((at + 2, year_part(y, part, deadline && self.ahead(y), brief), "time/part-of-year", false));
            }
            if let Some(week) = self.part_of_this_week(i, at, part, by).or_else(|| self.end_of_this_week(at, part, by)) {
                return Some(week);
            }
            if let Some((end, Some(whole), _, _)) = self.shifted_unit(at) {
                // نهاية الشهر المقبل, or of this one when it is near: its last day.
                let month = self.unit(at).is_some_and(|(unit, _)| unit == Unit::Month);
                let by = by || deadline && month && self.published.is_some_and(|p| whole.first() > p || near_end(whole, p));
                return Some((end, part_of(whole, part, deadline, brief, by), "time/part-of-unit", false));
            }
            // عرفته أثينا خلال عطلة نهاية الأسبوع: the last.
            let weekend = part == Part::End && i > 0 && scan.form(i - 1) == "عطله" && scan.has_article(at);
            if weekend && !self.future_near(i) && !self.present_near(i) {
                let saturday = self.published.and_then(|p| p.checked_sub(i32::from(Weekday::Saturday.until(p.weekday())).days()).ok());
                let value = saturday.and_then(|d| Some(Edtf::days(d, d.tomorrow().ok()?)));
                return Some((at + 1, value, "time/weekend", false));
            }
            if scan.has_article(at) && !matches!(scan.form(at + 1), "الدراسي" | "المالي" | "الهجري") {
                let (unit, _) = self.unit(at)?;
                let whole = self.published.and_then(|p| self.window(p, unit, 1, None, Shift::This));
                return Some((at + 1, whole.and_then(|w| part_of(w, part, deadline, brief, by)), "time/part-of-unit", false));
            }
            if let Some((end, Some(whole), _, _)) = self.month_expression(at) {
                return Some((end, part_of(whole, part, deadline, brief, by), "time/part-of-month", false));
            }
            return None;
        }
        if let Some(y) = self.four_digits(at) {
            return Some((at + 1, year_part(y, part, deadline && self.ahead(y), brief), "time/part-of-year", false));
        }
        let (end, whole, _, _) = if self.number(at).is_none() { self.month_expression(at)? } else { return None };
        let by = by || deadline && whole.is_some_and(|w| self.published.is_some_and(|p| w.first() > p || near_end(w, p)));
        Some((end, whole.and_then(|w| part_of(w, part, deadline, brief, by)), "time/part-of-month", false))
    }
}

impl Parser<'_, '_> {
    /// مطلع الأسبوع, بداية الأسبوع الحالي: Sunday and Monday, with which the Arab week begins; those before the last Tuesday unless they are to come.
    fn part_of_this_week(&self, i: usize, at: usize, part: Part, by: bool) -> Option<Parsed> {
        let week = matches!(self.unit(at), Some((Unit::Week, 1))) && self.scan.has_article(at);
        let end = match self.shift(at + 1) {
            None => at + 1,
            Some((end, Shift::This)) => end,
            Some(_) => return None,
        };
        if !week || part != Part::Beginning || by || self.future_near(i) || self.present_near(i) {
            return None;
        }
        let value = self.published.and_then(|p| {
            let monday = p.checked_sub((1 + i32::from(Weekday::Tuesday.until(p.weekday()))).days()).ok()?;
            Some(Edtf::days(monday.yesterday().ok()?, monday))
        });
        Some((end, value, "time/beginning-of-week", false))
    }

    /// إلى نهاية الأسبوع, نهاية الأسبوع الحالي: its last days or, as a term, its Saturday, on a Sunday or Monday those still to come.
    fn end_of_this_week(&self, at: usize, part: Part, by: bool) -> Option<Parsed> {
        let week = part == Part::End && matches!(self.unit(at), Some((Unit::Week, 1))) && self.scan.has_article(at);
        let end = match self.shift(at + 1) {
            None if by => at + 1,
            Some((end, Shift::This)) => end,
            _ => return None,
        };
        let value = self.published.and_then(|p| {
            let saturday = p.checked_add(i32::from(p.weekday().until(Weekday::Saturday)).days()).ok()?;
            Some(if by { Edtf::day(saturday) } else { Edtf::days(saturday, saturday.tomorrow().ok()?) })
        });
        week.then_some((end, value, "time/end-of-week", false))
    }

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
        // ثمانينات القرن الماضي
        let of_century = matches!(self.unit(i + 1), Some((Unit::Century, 1))) && self.scan.has_article(i + 1);
        let bare = || {
            let form = self.scan.form(i).trim_start_matches('و');
            self.scan.lexicon.words.iter().find(|f| f.classes.any(Classes::TIME) && majlis_text::fold(f.ar).strip_prefix("ال") == Some(form))
        };
        let word = self.senses(i, Classes::TIME).or_else(|| of_century.then(bare).flatten())?;
        let from: i16 = word.en.strip_suffix("0s")?.parse().ok()?;
        let years = Edtf::interval(Point::Year(from * 10), Point::Year(from * 10 + 9));
        let after = if of_century { self.shift(i + 2).map(|(end, _)| end) } else { None };
        after.or_else(|| self.scan.has_article(i).then_some(i + 1)).map(|end| (end, Some(years), "time/decade", false))
    }

    /// النصف الأول من شهر يونيو, النصف الثاني من هذا العام, الربع الثاني من العام.
    pub(super) fn half(&mut self, i: usize) -> Option<Parsed> {
        let parts = match self.scan.form(i).trim_start_matches(['و', 'ب']) {
            "النصف" | "للنصف" => 2,
            "الربع" | "للربع" => 4,
            _ => return None,
        };
        let part = match self.scan.form(i + 1) {
            "الاول" => 0,
            "الثاني" => 1,
            "الثالث" if parts == 4 => 2,
            "الرابع" | "الاخير" if parts == 4 => 3,
            _ => return None,
        };
        let named = i + 2;
        let of = matches!(self.scan.form(named), "من" | "لعام" | "للعام") || self.unit(named).is_some();
        if !of && parts == 2 {
            return None;
        }
        let at = named + usize::from(matches!(self.scan.form(named), "من" | "لعام"));
        let at = at + usize::from(matches!(self.scan.form(at), "هذا" | "هذه"));
        let figures = self.four_digits(at).map(|y| (at + 1, Some(Edtf::year(y)), "time/half", false));
        let dated = figures.or_else(|| self.year_word(at)).or_else(|| self.shifted_unit(at));
        let whole = dated.or_else(|| self.this_unit(at)).or_else(|| if self.number(at).is_none() { self.month_expression(at) } else { None });
        // أرباح الربع الثاني: of this year.
        let whole = whole.or_else(|| (parts == 4).then(|| (named, self.published.map(|p| Edtf::year(p.year())), "time/half", false)));
        let (end, whole, _, _) = whole?;
        Some((end, whole.and_then(|w| share_of(w, part, parts)), "time/half", false))
    }

    /// العام, الشهر: the one of the publication.
    fn this_unit(&self, at: usize) -> Option<Parsed> {
        let (unit, n) = self.unit(at)?;
        let plain = n == 1 && matches!(unit, Unit::Month | Unit::Year) && self.scan.has_article(at);
        plain.then(|| (at + 1, self.published.and_then(|p| self.window(p, unit, 1, None, Shift::This)), "time/half", false))
    }
}

/// Whether a month has less than ten days left on a day.
fn near_end(month: Edtf, day: Date) -> bool {
    month.last() >= day && day.until(month.last()).is_ok_and(|left| left.get_days() < 10)
}

/// One of the equal parts, two or four, of a month or year.
fn share_of(whole: Edtf, part: i8, parts: i8) -> Option<Edtf> {
    if let (Point::Year(y), None) = (whole.from, whole.to) {
        let months = 12 / parts;
        return Some(Edtf::interval(Point::Month(y, part * months + 1), Point::Month(y, (part + 1) * months)));
    }
    let (first, days) = (whole.first(), whole.length());
    let start = |k: i8| first.checked_add((days * i32::from(k) / i32::from(parts)).days()).ok();
    Some(Edtf::days(start(part)?, start(part + 1)?.yesterday().ok()?))
}

/// A part of a month (ten days), a week or a year; `by` its end it is the last day.
fn part_of(whole: Edtf, part: Part, deadline: bool, brief: bool, by: bool) -> Option<Edtf> {
    if let (Point::Year(y), None) = (whole.from, whole.to) {
        return year_part(y, part, deadline, brief);
    }
    let (first, last) = (whole.first(), whole.last());
    if by {
        return Some(Edtf::day(if part == Part::Middle { first.checked_add((whole.length() / 2 - 1).days()).ok()? } else { last }));
    }
    // نهاية القرن الماضي: its last ten years.
    let third = (whole.length() / 3).clamp(1, 3653);
    Some(match part {
        Part::Beginning => Edtf::days(first, first.checked_add((third - 1).days()).ok()?),
        Part::Middle => Edtf::days(first.checked_add(third.days()).ok()?, first.checked_add((2 * third - 1).days()).ok()?),
        Part::End => Edtf::days(last.checked_sub((third - 1).days()).ok()?, last),
    })
}

/// A part of a year; its end as a deadline is its last day. A `brief` word means the first or last month: مطلع 2015, نهاية 2013, but أواخر 2013.
fn year_part(y: i16, part: Part, deadline: bool, brief: bool) -> Option<Edtf> {
    Some(match part {
        Part::Beginning if brief => Edtf::month(y, 1),
        Part::Beginning => Edtf::interval(Point::Month(y, 1), Point::Month(y, 3)),
        Part::Middle if brief => Edtf::month(y, 6),
        Part::Middle => Edtf::interval(Point::Month(y, 5), Point::Month(y, 8)),
        Part::End if deadline => Edtf::day(Date::new(y, 12, 31).ok()?),
        Part::End if brief => Edtf::month(y, 12),
        Part::End => Edtf::interval(Point::Month(y, 10), Point::Month(y, 12)),
    })
}
