//! Time expressions, resolved against the publication date to EDTF. What cannot be resolved keeps no value.

use crate::reading::{Time, Why};
use crate::scan::Scan;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use majlis_lexicon::{Classes, Entry, FunctionWord};
use majlis_text::{Edtf, Point, TokenKind, calendar};

/// A time expression and its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeAt {
    pub(crate) time: Time,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Says how long something lasts rather than when it was.
    pub(crate) duration: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
    Hour,
    Day,
    Night,
    Week,
    Month,
    Year,
    Decade,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shift {
    Last,
    BeforeLast,
    Recent,
    Next,
    This,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Beginning,
    Middle,
    End,
}

struct Parser<'s, 'd> {
    scan: &'s Scan<'d>,
    published: Option<Date>,
    /// The last day resolved in this paragraph: what "for five days" counts from.
    anchor: Option<Edtf>,
    /// Months already resolved: a month named again is the same one.
    months: [Option<i16>; 13],
}

/// An expression: end token, value, rule, whether it is a duration.
type Parsed = (usize, Option<Edtf>, &'static str, bool);

pub(crate) fn find(scan: &Scan<'_>, published: Option<Date>) -> Vec<TimeAt> {
    let mut p = Parser { scan, published, anchor: None, months: [None; 13] };
    let mut times: Vec<TimeAt> = Vec::new();
    let mut i = 0;
    while i < scan.len() {
        if scan.is_break(i) {
            p.anchor = None;
            i += 1;
            continue;
        }
        if let Some((last, value, rule, duration)) = p.at(i) {
            let value = p.since(i, value, rule);
            if !duration && let Some(v) = value {
                p.anchor = Some(v);
            }
            let first = p.lead(i, times.last().map_or(0, |t| t.last as usize));
            let confidence = if value.is_some() { 0.9 } else { 0.5 };
            let time = Time { span: scan.span(first, last), value, confidence, why: Why::rule(rule) };
            times.push(TimeAt { time, first: first as u32, last: last as u32, duration });
            i = last;
            continue;
        }
        i += 1;
    }
    times
}

impl Parser<'_, '_> {
    /// منذ before a point makes an interval up to the publication date.
    fn since(&self, i: usize, value: Option<Edtf>, rule: &str) -> Option<Edtf> {
        let led = i > 0 && self.scan.form(i - 1) == "منذ" || self.scan.form(i) == "منذ";
        let (v, p) = (value?, self.published);
        let (true, Some(p)) = (led && rule != "time/since", p) else { return Some(v) };
        if v.first() >= p {
            return Some(v);
        }
        let from = match v.to {
            Some(_) => Point::Day(v.first()),
            None => v.from,
        };
        let to = match from {
            Point::Day(_) => Point::Day(p),
            Point::Month(..) | Point::Year(_) => Point::Month(p.year(), p.month()),
        };
        Some(Edtf::interval(from, to))
    }

    fn at(&mut self, i: usize) -> Option<Parsed> {
        match self.scan.kind(i) {
            TokenKind::Number => self.numeric_date(i).or_else(|| self.month_expression(i)).or_else(|| self.year(i)),
            TokenKind::Word => self
                .part_of(i)
                .or_else(|| self.relative_day(i))
                .or_else(|| self.night(i))
                .or_else(|| self.weekday(i))
                .or_else(|| self.ago(i))
                .or_else(|| self.duration(i))
                .or_else(|| self.month_expression(i))
                .or_else(|| self.shifted_unit(i))
                .or_else(|| self.year_word(i))
                .or_else(|| self.hijri(i)),
            TokenKind::Mark | TokenKind::Break => None,
        }
    }

    // ---- words ----

    fn senses(&self, i: usize, class: Classes) -> Option<&'static FunctionWord> {
        let lexicon = self.scan.lexicon;
        self.scan.analyses(i).iter().find_map(|w| lexicon.senses(w.form.word()).find(|f| f.classes.any(class)))
    }

    fn phrase(&self, i: usize, class: Classes) -> Option<(usize, &'static FunctionWord)> {
        let lexicon = self.scan.lexicon;
        let found = self.scan.longest(i, |m| match m.entry {
            Entry::Word(w) if lexicon.words[w as usize].classes.any(class) => Some(&lexicon.words[w as usize]),
            _ => None,
        });
        found.map(|(m, f)| (m.last as usize, f)).or_else(|| self.senses(i, class).map(|f| (i + 1, f)))
    }

    fn unit(&self, i: usize) -> Option<(Unit, u32)> {
        let sense = self.senses(i, Classes::UNIT)?.en;
        let (n, name) = match sense.strip_prefix("2 ") {
            Some(name) => (2, name),
            None if sense.ends_with('s') => (0, sense.trim_end_matches('s')),
            None => (1, sense),
        };
        let unit = match name {
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "night" => Unit::Night,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            _ => return None,
        };
        Some((unit, n))
    }

    fn shift(&self, i: usize) -> Option<(usize, Shift)> {
        if self.scan.form(i) == "قبل" && self.senses(i + 1, Classes::TIME).is_some_and(|f| f.en == "last") {
            return Some((i + 2, Shift::BeforeLast));
        }
        let (end, f) = self.phrase(i, Classes::TIME)?;
        let shift = match f.en {
            "last" => Shift::Last,
            "before last" => Shift::BeforeLast,
            "recent" => Shift::Recent,
            "next" | "after next" => Shift::Next,
            "this" => Shift::This,
            _ => return None,
        };
        Some((end, shift))
    }

    fn number(&self, i: usize) -> Option<u32> {
        match self.scan.kind(i) {
            TokenKind::Number => self.scan.form(i).parse().ok(),
            TokenKind::Word => self.scan.analyses(i).iter().find_map(|w| self.scan.lexicon.number(w.form.word())),
            _ => None,
        }
    }

    fn four_digits(&self, i: usize) -> Option<i16> {
        (self.scan.kind(i) == TokenKind::Number).then(|| self.scan.form(i).parse::<i16>().ok()).flatten().filter(|y| (1800..=2100).contains(y))
    }

    /// The token after `i`, an opening or closing bracket, slash or `ـ` passed over.
    fn past(&self, i: usize, marks: &[&str]) -> usize {
        if self.scan.kind(i) == TokenKind::Mark && marks.contains(&self.scan.form(i)) { i + 1 } else { i }
    }

    /// Where the expression that ends before `i` begins: a preposition and a time of day before it belong to it.
    fn lead(&self, i: usize, floor: usize) -> usize {
        let scan = self.scan;
        let mut first = i;
        while first > floor {
            let form = scan.form(first - 1);
            let part_of_day = matches!(form, "مساء" | "صباح" | "فجر" | "ظهر" | "عصر" | "ليل" | "ليله" | "يوم" | "نهار" | "صبيحه" | "عشيه" | "منتصف" | "شهر");
            if part_of_day || (form == "من" && first >= floor + 3 && matches!(scan.form(first - 2), "مبكره" | "متاخره" | "مبكر" | "متاخر" | "سابق" | "لاحق"))
            {
                first -= 1;
                continue;
            }
            let clock =
                matches!(form, "مبكره" | "متاخره" | "مبكر" | "متاخر" | "سابق" | "لاحق") && first >= floor + 2 && matches!(scan.form(first - 2), "ساعه" | "وقت");
            if clock {
                first -= 2;
                continue;
            }
            break;
        }
        if first > floor && matches!(scan.form(first - 1), "هذا" | "هذه") {
            first -= 1;
        }
        if first > floor && matches!(scan.form(first - 1), "في" | "خلال" | "منذ") {
            first -= 1;
            if first > floor && scan.form(first) == "خلال" && scan.form(first - 1) == "من" {
                first -= 1;
            }
        }
        first
    }

    // ---- days ----

    fn relative_day(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let (end, f) = self.phrase(i, Classes::TIME)?;
        let days = match f.en {
            "today" | "tonight" => 0,
            "yesterday" | "last night" => -1,
            "day before yesterday" => -2,
            "tomorrow" => 1,
            "day after tomorrow" => 2,
            _ => return None,
        };
        if f.en == "tonight" && !scan.has_article(i) {
            return None;
        }
        if f.en == "today" {
            // اليوم with an adjective or a relative clause is "the day".
            let next = scan.form(end);
            let adjective = next.starts_with("ال")
                && self.senses(end, Classes::WEEKDAY).is_none()
                && (self.number(end).is_some()
                    || scan.nisba_at(end).is_some()
                    || matches!(next, "التالي" | "الذي" | "العالمي" | "الوطني" | "الواحد" | "السابق" | "ذاته" | "الدراسي"));
            let counted =
                i > 0 && (self.number(i - 1).is_some() || matches!(scan.form(i - 1), "ذلك" | "هذا" | "نفس" | "ساعات" | "طوال" | "حتي" | "مدار" | "طيله"));
            if adjective || (counted && scan.form(i - 1) != "هذا") || scan.form(end) == "نفسه" || !scan.form(i).contains("ليوم") {
                return None;
            }
        }
        let mut end = end;
        // صباح اليوم (أمس): the editor corrected the speaker's today.
        if f.en == "today" && scan.form(end) == "(" && self.senses(end + 1, Classes::TIME).is_some_and(|f| f.en == "yesterday") {
            return Some((self.past(end + 2, &[")"]), self.day(-1), "time/corrected-day", false));
        }
        if f.en == "yesterday" && matches!(scan.form(end), "الاول") {
            return Some((end + 1, self.day(-2), "time/day-before-yesterday", false));
        }
        let after = self.swallow_weekday(end);
        // أمس الثلاثاء: where the day named is another, it decides.
        let named = (end..after).find_map(|t| self.weekday_at(t));
        end = after;
        let mut value = self.day(days);
        if let (Some(weekday), Some(day)) = (named, value.map(Edtf::first)) {
            value = day.checked_sub(i32::from(weekday.until(day.weekday())).days()).ok().map(Edtf::day);
        }
        Some((end, value, "time/relative-day", false))
    }

    /// Past `(الاثنين)`, `الجمعة` after today or yesterday, which say the same day again.
    fn swallow_weekday(&self, end: usize) -> usize {
        let inner = self.past(end, &["(", "،", "-"]);
        let inner = if self.scan.form(inner) == "يوم" { inner + 1 } else { inner };
        if self.weekday_at(inner).is_some() {
            let after = inner + 1;
            let closed = self.past(after, &[")"]);
            return if inner > end && self.scan.form(end) == "(" { closed } else { after };
        }
        end
    }

    fn day(&self, offset: i32) -> Option<Edtf> {
        Some(Edtf::day(self.published?.checked_add(offset.days()).ok()?))
    }

    fn weekday_at(&self, i: usize) -> Option<Weekday> {
        let form = self.scan.form(i);
        if !(form.starts_with("ال") || form.starts_with("لل") || form.starts_with("وال")) {
            return None;
        }
        let n: i8 = self.senses(i, Classes::WEEKDAY)?.en.parse().ok()?;
        Weekday::from_monday_one_offset(n).ok()
    }

    fn weekday(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let at = if scan.form(i) == "يوم" || scan.form(i) == "ليوم" { i + 1 } else { i };
        let weekday = self.weekday_at(at)?;
        if i > 0 && matches!(scan.form(i - 1), "صلاه" | "خطبه" | "خطيب" | "امام" | "جمعه" | "سوق" | "لصلاه" | "بعد") && weekday == Weekday::Friday
        {
            return None;
        }
        let mut end = at + 1;
        let second = self.past(end, &["/", "-"]);
        let pair = (second > end).then(|| self.weekday_at(second)).flatten();
        if pair.is_some() {
            end = second + 1;
        }
        let (next_end, shift) = match self.shift(end) {
            Some((e, s)) => (e, Some(s)),
            None => (end, None),
        };
        end = next_end;
        // الخميس 6 أغسطس: the date decides.
        let dated = self.past(end, &["،", "("]);
        if scan.kind(dated) == TokenKind::Number
            && let Some((e, value, _, _)) = self.peek_date(dated)
        {
            return Some((self.past(e, &[")"]), value, "time/weekday-and-date", false));
        }
        let value = self.published.and_then(|p| {
            let back = |w: Weekday| i32::from(w.until(p.weekday()));
            let days = match shift {
                Some(Shift::Next) => {
                    let ahead = i32::from(p.weekday().until(weekday));
                    if ahead == 0 { 7 } else { ahead }
                }
                Some(Shift::Last) if back(weekday) == 0 => -7,
                Some(Shift::BeforeLast) => -back(weekday) - 7,
                _ if self.future_near(i) && back(weekday) != 0 => i32::from(p.weekday().until(weekday)),
                _ => -back(weekday),
            };
            let day = p.checked_add(days.days()).ok()?;
            Some(match pair {
                Some(_) => Edtf::days(day, day.tomorrow().ok()?),
                None => Edtf::day(day),
            })
        });
        Some((end, value, "time/weekday", false))
    }

    /// Whether the words just before token `i` speak of the future.
    fn future_near(&self, i: usize) -> bool {
        let future = |t: usize| {
            let form = self.scan.form(t);
            self.scan.analyses(t).iter().any(|w| w.proclitics.future)
                || matches!(form, "سوف" | "المقرر" | "المقرره" | "المزمع" | "المتوقع" | "المنتظر" | "موعد")
                || form.starts_with("سي") && form.len() >= 10
                || form.starts_with("ست") && form.len() >= 12
        };
        let stops = |t: usize| self.scan.is_break(t) || !self.scan.is_word(t) && self.scan.form(t) != "\"";
        (i.saturating_sub(8)..i).rev().take_while(|&t| !stops(t)).any(future) || (i + 1..(i + 5).min(self.scan.len())).take_while(|&t| !stops(t)).any(future)
    }

    fn night(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let during = matches!(scan.form(i), "خلال" | "اثناء" | "طوال") && scan.form(i + 1) == "الليل";
        if !during {
            return None;
        }
        let value = self.published.and_then(|p| Some(Edtf::days(p.yesterday().ok()?, p)));
        Some((i + 2, value, "time/during-the-night", false))
    }

    // ---- months and dates ----

    /// The month at `i`, both names of a pair: أكتوبر/تشرين الأول, يوليو (تموز).
    fn month(&self, i: usize) -> Option<(usize, i8)> {
        let (end, f) = self.phrase(i, Classes::MONTH)?;
        let bare = self.scan.bare(i);
        if end == i + 1 && self.scan.form(i).len() <= 6 && majlis_text::fold(f.ar) != self.scan.form(i) && majlis_text::fold(f.ar) != bare {
            return None;
        }
        if end == i + 1 && self.scan.form(i) == "باب" {
            return None;
        }
        let month: i8 = f.en.parse().ok()?;
        let inner = self.past(end, &["/", "(", "-", "ـ", "\\", "،"]);
        if inner > end
            && self.scan.form(end) != "،"
            && let Some((e, f)) = self.phrase(inner, Classes::MONTH)
            && f.en.parse() == Ok(month)
        {
            return Some((if self.scan.form(end) == "(" { self.past(e, &[")"]) } else { e }, month));
        }
        Some((end, month))
    }

    fn peek_date(&self, i: usize) -> Option<Parsed> {
        let (mut at, day) = self.day_of_month(i)?;
        if self.scan.form(at) == "من" || self.scan.form(at) == "شهر" {
            at += 1;
        }
        if self.scan.form(at) == "شهر" {
            at += 1;
        }
        let (end, month) = self.month(at)?;
        let (end, year) = self.year_after(end, month, i);
        let value = year.and_then(|y| Date::new(y, month, day as i8).ok()).map(Edtf::day);
        Some((end, value, "time/date", false))
    }

    /// A day of a month at `i`, in figures or words (الرابع عشر), and where it ends.
    fn day_of_month(&self, i: usize) -> Option<(usize, u32)> {
        let (end, day) = match self.phrase(i, Classes::NUMBER).filter(|_| self.scan.is_word(i)) {
            Some((end, f)) => (end, f.en.parse().ok()?),
            None => (i + 1, self.number(i)?),
        };
        (1..=31).contains(&day).then_some((end, day))
    }

    fn month_expression(&mut self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        if let Some((end, day)) = self.day_of_month(i) {
            // 26 من الشهر الماضي
            if scan.form(end) == "من"
                && matches!(self.unit(end + 1), Some((Unit::Month, 1)))
                && let Some((after, Some(month), _, _)) = self.shifted_unit(end + 1)
            {
                let first = month.first();
                return Some((after, Date::new(first.year(), first.month(), day as i8).ok().map(Edtf::day), "time/day-of-month", false));
            }
            if end > i + 1 {
                return self.peek_date(i);
            }
            // 5 و6 أغسطس, من 5 إلى 7 أغسطس, 21-23 يوليو
            let joint = matches!(scan.form(i + 1), "الي" | "و" | "حتي" | "-" | "–" | "/");
            if joint
                && self.number(i + 2).is_some_and(|d| d > day && d <= 31)
                && let Some((end, Some(value), _, _)) = self.peek_date(i + 2)
            {
                let last = value.last();
                let first = Date::new(last.year(), last.month(), day as i8).ok()?;
                return Some((end, Some(Edtf::days(first, last)), "time/date-range", false));
            }
            if scan.form(i + 1).starts_with('و')
                && self.number(i + 1).is_some_and(|d| d > day && d <= 31)
                && let Some((end, Some(value), _, _)) = self.peek_date(i + 1)
            {
                let last = value.last();
                let first = Date::new(last.year(), last.month(), day as i8).ok()?;
                return Some((end, Some(Edtf::days(first, last)), "time/date-range", false));
            }
            if scan.kind(i) == TokenKind::Number || matches!(scan.form(i + 1), "من") {
                let found = self.peek_date(i)?;
                if let Some(v) = found.1 {
                    self.months[v.first().month() as usize] = Some(v.first().year());
                }
                return Some(found);
            }
            return None;
        }
        let at = if matches!(scan.form(i), "شهر" | "لشهر" | "بشهر") { i + 1 } else { i };
        let (end, month) = self.month(at)?;
        // A lone Levantine name may be a surname or a word: آب, أيار; it needs a year, a pair or a preposition.
        let single = end == at + 1;
        let (end, year) = self.year_after(end, month, i);
        let led = i > 0
            && matches!(
                scan.form(i - 1),
                "في" | "شهر"
                    | "منذ"
                    | "حتي"
                    | "خلال"
                    | "من"
                    | "الي"
                    | "نهايه"
                    | "مطلع"
                    | "بدايه"
                    | "اواخر"
                    | "اواءل"
                    | "منتصف"
                    | "قبل"
                    | "بعد"
                    | "و"
            );
        let shifted = end > at + 1;
        if single && !shifted && !led && matches!(scan.form(at), "ماي" | "جوان" | "اب" | "اوت") {
            return None;
        }
        if let Some(y) = year {
            self.months[month as usize] = Some(y);
        }
        Some((end, year.map(|y| Edtf::month(y, month)), "time/month", false))
    }

    /// The year of a month: written after it, or the one that a word or the publication date allows.
    fn year_after(&self, end: usize, month: i8, first: usize) -> (usize, Option<i16>) {
        let scan = self.scan;
        let at = self.past(end, &["،"]);
        let at = if matches!(scan.form(at), "عام" | "سنه" | "من" | "العام" | "لعام") { at + 1 } else { at };
        let at = if matches!(scan.form(at), "عام" | "سنه" | "العام") { at + 1 } else { at };
        if let Some(y) = self.four_digits(at) {
            return (at + 1, Some(y));
        }
        if at > end
            && matches!(scan.form(at - 1), "العام" | "عام")
            && let Some((e, s)) = self.shift(at)
        {
            return (e, self.published.map(|p| p.year() + by_year(s)));
        }
        let Some(p) = self.published else { return (self.shift(end).map_or(end, |(e, _)| e), None) };
        let this = p.year();
        let (end, shift) = match self.shift(end) {
            Some((e, s)) => (e, Some(s)),
            None => (end, None),
        };
        let year = match shift {
            Some(Shift::Last | Shift::BeforeLast | Shift::Recent) => {
                if month > p.month() {
                    this - 1
                } else {
                    this
                }
            }
            Some(Shift::Next) => {
                if month < p.month() {
                    this + 1
                } else {
                    this
                }
            }
            Some(Shift::This) => this,
            None => match self.months[month as usize] {
                Some(y) => y,
                None if month <= p.month() => this,
                None if self.future_near(first) || month - p.month() <= 3 => this,
                None => this - 1,
            },
        };
        (end, Some(year))
    }

    fn numeric_date(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let slash = |t: usize| scan.kind(t) == TokenKind::Mark && matches!(scan.form(t), "/" | "-" | "\\");
        if !slash(i + 1) || scan.kind(i + 2) != TokenKind::Number {
            return None;
        }
        let a: i16 = scan.form(i).parse().ok()?;
        let b: i16 = scan.form(i + 2).parse().ok()?;
        let c: Option<i16> = if slash(i + 3) { scan.form(i + 4).parse().ok() } else { None };
        if (1900..=2100).contains(&a) && (1900..=2100).contains(&b) && a < b {
            return Some((i + 3, Some(Edtf::interval(Point::Year(a), Point::Year(b))), "time/years", false));
        }
        let date = |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
        let value = match c {
            Some(c) if a > 31 => date(a, b, c),
            Some(c) => date(if c < 100 { c + 2000 } else { c }, b, a).or_else(|| date(if c < 100 { c + 2000 } else { c }, a, b)),
            None => return None,
        }?;
        Some((i + 5, Some(Edtf::day(value)), "time/numeric-date", false))
    }

    fn year(&self, i: usize) -> Option<Parsed> {
        let y = self.four_digits(i)?;
        let led =
            i > 0 && matches!(self.scan.form(i - 1), "في" | "منذ" | "حتي" | "بين" | "خلال" | "لعام" | "من" | "الي" | "قبل" | "بعد" | "ل" | "انتخابات" | "اتفاق");
        if !led || self.unit(i + 1).is_some() || self.scan.is_word(i + 1) && self.counted(i + 1) {
            return None;
        }
        Some(self.to_years(i, y, "time/year"))
    }

    /// Whether the word at `i` is what a number before it counts, as far as can be told: an indefinite accusative noun.
    fn counted(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        form.ends_with('ا') && form.len() > 6 && !form.starts_with("ال")
    }

    fn to_years(&self, i: usize, y: i16, rule: &'static str) -> Parsed {
        let scan = self.scan;
        if matches!(scan.form(i + 1), "-" | "–" | "الي" | "و" | "حتي" | "/")
            && let Some(z) = self.four_digits(i + 2)
            && z > y
        {
            return (i + 3, Some(Edtf::interval(Point::Year(y), Point::Year(z))), "time/years", false);
        }
        (i + 1, Some(Edtf::year(y)), rule, false)
    }

    fn year_word(&self, i: usize) -> Option<Parsed> {
        if !matches!(self.unit(i), Some((Unit::Year, 1 | 2))) {
            return None;
        }
        let y = self.four_digits(i + 1)?;
        let (end, mut value, rule, d) = self.to_years(i + 1, y, "time/year");
        if i > 0 && self.scan.form(i - 1) == "منذ" {
            value = self.published.map(|p| Edtf::interval(Point::Year(y), Point::Year(p.year()))).or(value);
        }
        Some((end, value, rule, d))
    }

    // ---- units ----

    /// الشهر الماضي, العام الجاري, الأيام القليلة الماضية, السنوات الأربع الأخيرة, خلال الـ24 ساعة الماضية.
    fn shifted_unit(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let mut at = i;
        let mut count = None;
        if let Some(n) = self.number(at)
            && self.unit(at + 1).is_some()
        {
            count = Some(n);
            at += 1;
        }
        let (unit, n) = self.unit(at)?;
        let mut end = at + 1;
        let mut count = count.or(if n == 2 { Some(2) } else { None });
        let demonstrative = i > 0 && matches!(scan.form(i - 1), "هذا" | "هذه") && n == 1 && scan.has_article(i);
        if scan.form(end) == "ال" {
            end += 1;
        }
        if let Some(k) = self.number(end)
            && self.shift(end + 1).is_some()
        {
            count = Some(k);
            end += 1;
        } else if matches!(scan.form(end), "القليله" | "العديده" | "القلاءل") {
            end += 1;
        }
        let shift = match self.shift(end) {
            Some((e, s)) => {
                end = e;
                s
            }
            None if demonstrative && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year) => Shift::This,
            None if i > 0 && scan.form(i - 1) == "هذه" && unit == Unit::Day && n == 0 && scan.has_article(i) => Shift::Recent,
            None => return None,
        };
        if !scan.has_article(at) && !scan.has_article(i) && n != 1 {
            return None;
        }
        let value = self.published.and_then(|p| self.window(p, unit, n, count, shift));
        Some((end, value, "time/shifted-unit", false))
    }

    fn window(&self, p: Date, unit: Unit, n: u32, count: Option<u32>, shift: Shift) -> Option<Edtf> {
        let plus = |days: i32| p.checked_add(days.days()).ok();
        let singular = n == 1 && count.is_none();
        if singular {
            let steps = match shift {
                Shift::Last | Shift::Recent => -1,
                Shift::BeforeLast => -2,
                Shift::Next => 1,
                Shift::This => 0,
            };
            return match unit {
                Unit::Hour => Some(Edtf::day(p)),
                Unit::Day | Unit::Night => Some(Edtf::day(plus(steps)?)),
                Unit::Week => {
                    let monday = 7 * steps - i32::from(p.weekday().to_monday_zero_offset());
                    Some(Edtf::days(plus(monday)?, plus(monday + 6)?))
                }
                Unit::Month => {
                    let m = p.first_of_month().checked_add(steps.months()).ok()?;
                    Some(Edtf::month(m.year(), m.month()))
                }
                Unit::Year => Some(Edtf::year(p.year() + steps as i16)),
                Unit::Decade => Some(Edtf::interval(Point::Year(p.year() + 10 * steps as i16), Point::Year(p.year()))),
            };
        }
        let k = count.unwrap_or(match unit {
            Unit::Hour => 24,
            Unit::Day | Unit::Night => 7,
            Unit::Week => 4,
            Unit::Month => 6,
            Unit::Year => 5,
            Unit::Decade => 3,
        });
        let k = i32::try_from(k).ok().filter(|k| *k <= 2000)?;
        let forward = shift == Shift::Next;
        let days = match unit {
            Unit::Hour => (k + 23) / 24,
            Unit::Day | Unit::Night => k,
            Unit::Week => 7 * k,
            Unit::Month => {
                let m = p.first_of_month().checked_add((if forward { k } else { -k }).months()).ok()?;
                let (a, b) = (Point::Month(p.year(), p.month()), Point::Month(m.year(), m.month()));
                return Some(if forward { Edtf::interval(a, b) } else { Edtf::interval(b, a) });
            }
            Unit::Year | Unit::Decade => {
                let years = (if unit == Unit::Decade { 10 * k } else { k }) as i16;
                let (a, b) = if forward { (p.year(), p.year() + years) } else { (p.year() - years, p.year()) };
                return Some(Edtf::interval(Point::Year(a), Point::Year(b)));
            }
        };
        Some(if forward { Edtf::days(p, plus(days)?) } else { Edtf::days(plus(-days)?, p) })
    }

    /// قبل شهر, قبل ثلاثة أيام, منذ أربعة أشهر.
    fn ago(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let since = match self.scan.form(i) {
            "قبل" => false,
            "منذ" => true,
            _ => return None,
        };
        let mut at = i + 1;
        if matches!(scan.form(at), "نحو" | "حوالي" | "اكثر" | "قرابه" | "زهاء") {
            at += 1;
            if scan.form(at) == "من" {
                at += 1;
            }
        }
        let (count, unit_at) = match self.number(at) {
            Some(n) if self.unit(at + 1).is_some() => (Some(n), at + 1),
            _ => (None, at),
        };
        let (unit, n) = self.unit(unit_at)?;
        if scan.has_article(unit_at) || (since && self.four_digits(unit_at + 1).is_some()) || self.four_digits(unit_at + 1).is_some() {
            return None;
        }
        let mut end = unit_at + 1;
        if matches!(scan.form(end), "قليله" | "عده" | "معدوده" | "عديده") {
            end += 1;
        }
        // قبل يومين من …: counted from something else.
        if scan.form(end) == "من" && !since {
            return None;
        }
        let k = count.unwrap_or(if n == 0 { 3 } else { n });
        let k = i32::try_from(k).ok().filter(|k| *k <= 2000)?;
        let value = self.published.and_then(|p| {
            let plus = |days: i32| p.checked_add(days.days()).ok();
            let from = match unit {
                Unit::Hour => Point::Day(plus(-(k / 24))?),
                Unit::Day | Unit::Night => Point::Day(plus(-k)?),
                Unit::Week => Point::Day(plus(-7 * k)?),
                Unit::Month => {
                    let m = p.first_of_month().checked_sub(k.months()).ok()?;
                    Point::Month(m.year(), m.month())
                }
                Unit::Year => Point::Year(p.year() - k as i16),
                Unit::Decade => Point::Year(p.year() - 10 * k as i16),
            };
            let to = match from {
                Point::Day(_) => Point::Day(p),
                Point::Month(..) => Point::Month(p.year(), p.month()),
                Point::Year(_) => Point::Year(p.year()),
            };
            if n == 0 && count.is_none() && matches!(unit, Unit::Day | Unit::Night) {
                return Some(Edtf::days(plus(-7)?, p));
            }
            Some(if since { Edtf::interval(from, to) } else { Edtf { from, to: None } })
        });
        Some((end, value, if since { "time/since" } else { "time/ago" }, false))
    }

    /// خلال شهرين, لمدة خمسة أيام, حتى عامين.
    fn duration(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let (mut at, past_too) = match scan.form(i) {
            "خلال" | "غضون" => (i + 1, true),
            "لمده" | "ولمده" => (i + 1, false),
            "حتي" => (i + 1, false),
            _ => return None,
        };
        if matches!(scan.form(at), "عده" | "بضعه" | "بضع") {
            at += 1;
        }
        let mut count = None;
        if scan.form(at) == "ال" {
            at += 1;
        }
        if let Some(n) = self.number(at)
            && self.unit(at + 1).is_some()
        {
            count = Some(n);
            at += 1;
        }
        let (unit, n) = self.unit(at)?;
        if scan.form(i) == "حتي" && !matches!(unit, Unit::Month | Unit::Year) {
            return None;
        }
        if scan.has_article(at) || self.four_digits(at + 1).is_some() {
            return None;
        }
        let mut end = at + 1;
        if matches!(scan.form(end), "اضافيين" | "اضافيه" | "اخري" | "متتاليه" | "متواصله" | "اضافي" | "كامله" | "مقبله" | "قادمه")
        {
            end += 1;
        }
        let k = count.unwrap_or(if n == 0 { if unit == Unit::Year { 7 } else { 3 } } else { n });
        let k = i32::try_from(k).ok().filter(|k| *k <= 2000)?;
        let value = self.published.and_then(|p| {
            let backward = past_too && !self.future_near(i) && (n != 0 || count.is_some());
            let start = self.anchor.map_or(p, Edtf::first);
            match unit {
                Unit::Hour | Unit::Day | Unit::Night | Unit::Week => {
                    let days = match unit {
                        Unit::Hour => (k + 23) / 24,
                        Unit::Week => 7 * k,
                        _ => k,
                    };
                    if backward { Some(Edtf::days(p.checked_sub(days.days()).ok()?, p)) } else { Some(Edtf::days(start, start.checked_add(days.days()).ok()?)) }
                }
                Unit::Month => {
                    if backward {
                        let back = if n == 2 { 1 } else { k };
                        let m = p.first_of_month().checked_sub(back.months()).ok()?;
                        Some(Edtf::interval(Point::Month(m.year(), m.month()), Point::Month(p.year(), p.month())))
                    } else {
                        let m = start.first_of_month().checked_add(k.months()).ok()?;
                        Some(Edtf::interval(Point::Month(start.year(), start.month()), Point::Month(m.year(), m.month())))
                    }
                }
                Unit::Year | Unit::Decade => {
                    let years = if unit == Unit::Decade { 10 * k } else { k };
                    if backward {
                        Some(Edtf::interval(Point::Year(p.year() - years as i16), Point::Year(p.year())))
                    } else {
                        let to = start.checked_add(years.years()).ok()?;
                        Some(Edtf::interval(Point::Month(start.year(), start.month()), Point::Month(to.year(), to.month())))
                    }
                }
            }
        });
        Some((end, value, "time/duration", true))
    }

    // ---- parts ----

    /// مطلع العام, منتصف الشهر الجاري, نهاية أغسطس, أواخر 2010.
    fn part_of(&mut self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let lexicon = scan.lexicon;
        let part = scan.analyses(i).iter().flat_map(|w| lexicon.senses(w.form.word())).find_map(|f| match f.en {
            "beginning" => Some(Part::Beginning),
            "middle" => Some(Part::Middle),
            "end" => Some(Part::End),
            _ => None,
        })?;
        let form = scan.bare(i);
        let deadline = matches!(form, "نهايه" | "بنهايه" | "اخر" | "ختام");
        let at = i + 1;
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
                return Some((at + 2, year_part(y, part, deadline), "time/part-of-year", false));
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
            return Some((at + 1, year_part(y, part, deadline), "time/part-of-year", false));
        }
        let (end, whole, _, _) = if self.number(at).is_none() { self.month_expression(at)? } else { return None };
        Some((end, whole.and_then(|w| part_of(w, part, deadline)), "time/part-of-month", false))
    }

    // ---- Hijri ----

    fn hijri(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let day = self.number(i).filter(|d| scan.kind(i) == TokenKind::Number && (1..=30).contains(d));
        let at = if day.is_some() { i + 1 } else { i };
        let (end, f) = self.phrase(at, Classes::HIJRI)?;
        let month: u8 = f.en.parse().ok()?;
        let year = (scan.kind(end) == TokenKind::Number).then(|| scan.form(end).parse::<i32>().ok()).flatten().filter(|y| (1300..=1600).contains(y));
        let named = i > 0 && scan.form(i - 1) == "شهر";
        if year.is_none() && !(f.en == "9" && named) && day.is_none() {
            return None;
        }
        let mut after = if year.is_some() { end + 1 } else { end };
        if matches!(scan.form(after), "ه" | "هجري" | "هجريه" | "للهجره") {
            after += 1;
        }
        let year = year.or_else(|| {
            let p = self.published?;
            let about = (i32::from(p.year()) - 622) * 33 / 32;
            let near = (about - 3..about + 3).filter_map(|y| Some((y, calendar::hijri_to_gregorian(y, month, 1)?)));
            near.take_while(|(_, d)| *d <= p.checked_add(120.days()).unwrap_or(p)).last().map(|(y, _)| y)
        });
        let value = year.and_then(|y| match day {
            Some(d) => calendar::hijri_to_gregorian(y, month, d as u8).map(Edtf::day),
            None => {
                let first = calendar::hijri_to_gregorian(y, month, 1)?;
                let (ny, nm) = if month == 12 { (y + 1, 1) } else { (y, month + 1) };
                Some(Edtf::days(first, calendar::hijri_to_gregorian(ny, nm, 1)?.yesterday().ok()?))
            }
        });
        Some((after, value, "time/hijri", false))
    }
}

fn by_year(shift: Shift) -> i16 {
    match shift {
        Shift::Last | Shift::Recent => -1,
        Shift::BeforeLast => -2,
        Shift::Next => 1,
        Shift::This => 0,
    }
}

fn year_part(y: i16, part: Part, deadline: bool) -> Option<Edtf> {
    Some(match part {
        Part::Beginning => Edtf::interval(Point::Month(y, 1), Point::Month(y, 3)),
        Part::Middle => Edtf::interval(Point::Month(y, 5), Point::Month(y, 8)),
        Part::End if deadline => Edtf::day(Date::new(y, 12, 31).ok()?),
        Part::End => Edtf::interval(Point::Month(y, 10), Point::Month(y, 12)),
    })
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
