//! Time expressions, resolved against the publication date to EDTF. What cannot be resolved keeps no value.
//!
//! Here: the walk over the text; the kinds of expression have a file each.

mod dates;
mod days;
mod parts;
mod units;
mod words;

use crate::reading::{Time, Why};
use crate::scan::Scan;
use jiff::civil::Date;
use majlis_lexicon::{Classes, Entry};
use majlis_text::{Edtf, Point, TokenKind};

/// A time expression and its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeAt {
    pub(crate) time: Time,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Says how long something lasts rather than when it was.
    pub(crate) duration: bool,
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
    /// The expression that begins at token `i`.
    fn at(&mut self, i: usize) -> Option<Parsed> {
        match self.scan.kind(i) {
            TokenKind::Number => self
                .numeric_date(i)
                .or_else(|| self.month_expression(i))
                .or_else(|| self.hijri(i))
                .or_else(|| self.shifted_unit(i))
                .or_else(|| self.lasting(i))
                .or_else(|| self.year(i)),
            TokenKind::Word if self.may_begin(i) => self.worded(i),
            TokenKind::Word => {
                debug_assert!(self.worded(i).is_none(), "{} begins a time", self.scan.form(i));
                None
            }
            TokenKind::Mark | TokenKind::Break => None,
        }
    }

    /// Whether an expression may begin at the word `i`, by what kind of word it is: few are.
    fn may_begin(&self, i: usize) -> bool {
        const WORDS: Classes = Classes::TIME.with(Classes::UNIT).with(Classes::WEEKDAY).with(Classes::MONTH).with(Classes::HIJRI).with(Classes::NUMBER);
        const BEFORE: [&str; 22] = [
            "قبل",
            "للنصف",
            "للربع",
            "منذ",
            "بعد",
            "في",
            "خلال",
            "اثناء",
            "غضون",
            "طيله",
            "طوال",
            "مدي",
            "مدار",
            "لمده",
            "مهله",
            "بمهله",
            "حتي",
            "الاونه",
            "لاكثر",
            "لاقل",
            "لنحو",
            "لحوالي",
        ];
        self.scan.may_be(i, WORDS)
            || matches!(self.scan.bare(i), "ربع" | "الربع" | "النصف")
            || BEFORE.contains(&self.scan.form(i).strip_prefix('و').unwrap_or(self.scan.form(i)))
            || self.scan.at(i).iter().any(|m| matches!(m.entry, Entry::Word(_)))
            || self.scan.form(i + 1) == "القرن"
    }

    /// The expression that begins at the word `i`.
    fn worded(&mut self, i: usize) -> Option<Parsed> {
        self.part_of(i)
            .or_else(|| self.half(i))
            .or_else(|| self.clock(i))
            .or_else(|| self.in_a_row(i))
            .or_else(|| self.relative_day(i))
            .or_else(|| self.night(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.duration(i))
            .or_else(|| self.month_expression(i))
            .or_else(|| self.shifted_unit(i))
            .or_else(|| self.lasting(i))
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.feast(i))
            .or_else(|| self.year_word(i))
            .or_else(|| self.hijri(i))
    }

    /// منذ before a point makes an interval up to the publication date.
    fn since(&self, i: usize, value: Option<Edtf>, rule: &str) -> Option<Edtf> {
        let since = |t: usize| matches!(self.scan.form(t), "منذ" | "ومنذ");
        // منذ مساء الخميس
        let part = i > 1 && matches!(self.scan.form(i - 1), "مساء" | "صباح" | "فجر" | "ظهر" | "ليل" | "ليله" | "يوم" | "شهر");
        let led = i > 0 && since(i - 1) || since(i) || part && since(i - 2);
        let (v, p) = (value?, self.published);
        let (true, Some(p)) = (led && rule != "time/since", p) else { return Some(v) };
        // أدنى مستوى منذ أكتوبر 2009: the month that was as low.
        let named = matches!(rule, "time/month" | "time/date");
        if v.first() >= p || named && self.superlative_before(i) {
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

    /// Whether the words before token `i` compare: أدنى مستوى له في, الأولى من نوعها منذ.
    pub(super) fn superlative_before(&self, i: usize) -> bool {
        const MOST: [&str; 14] = ["ادني", "اعلي", "اكبر", "اقل", "اسوا", "اضعف", "اقوي", "اطول", "اسرع", "الاكبر", "الادني", "الاعلي", "الاقل", "الاولي"];
        let mut before = (i.saturating_sub(8)..i).rev().take_while(|&t| self.scan.is_word(t) || self.scan.kind(t) == TokenKind::Number);
        before.any(|t| MOST.contains(&self.scan.bare(t)) || self.scan.form(t).starts_with("مستوي") && t > 0 && MOST.contains(&self.scan.bare(t - 1)))
    }

    /// Where the expression that ends before `i` begins: a preposition and a time of day before it belong to it.
    fn lead(&self, i: usize, floor: usize) -> usize {
        let scan = self.scan;
        let mut first = i;
        while first > floor {
            let form = scan.form(first - 1);
            let part_of_day = matches!(
                form,
                "مساء"
                    | "صباح"
                    | "فجر"
                    | "ظهر"
                    | "عصر"
                    | "ليل"
                    | "ليله"
                    | "يوم"
                    | "يومي"
                    | "شهري"
                    | "نهار"
                    | "صبيحه"
                    | "عشيه"
                    | "منتصف"
                    | "شهر"
            );
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
        // في وقت سابق أمس: what tells when is أمس alone.
        if first < i
            && matches!(scan.form(i), "امس" | "اليوم")
            && i > 1
            && (matches!(scan.form(i - 1), "سابق" | "لاحق") || scan.form(i - 1) == "من" && matches!(scan.form(i - 2), "سابق" | "لاحق"))
        {
            return i;
        }
        if first > floor && matches!(scan.form(first - 1), "هذا" | "هذه" | "هذين" | "نفس") {
            first -= 1;
        }
        if first > floor
            && (matches!(scan.form(first - 1), "في" | "خلال" | "منذ" | "ومنذ") || matches!(scan.form(first), "مدي" | "مدار") && scan.form(first - 1) == "علي")
        {
            first -= 1;
            if first > floor && scan.form(first) == "خلال" && scan.form(first - 1) == "من" {
                first -= 1;
            }
        }
        first
    }
}
