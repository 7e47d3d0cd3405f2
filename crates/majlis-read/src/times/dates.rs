//! Dates, months and years, of the Hijri calendar too.

use super::words::{Shift, Unit};
use super::{Parsed, Parser};
use jiff::ToSpan;
use jiff::civil::Date;
use majlis_lexicon::{Classes, Entry, EventType, FunctionWord, Lemma, Tense};
use majlis_text::{Edtf, Point, TokenKind, calendar};

impl Parser<'_, '_> {
    /// The month at `i`, both names of a pair: أكتوبر/تشرين الأول, يوليو (تموز); brackets around it belong to it: 15 (يناير) 2015.
    pub(super) fn month(&self, i: usize) -> Option<(usize, i8)> {
        let opened = self.scan.form(i) == "(";
        let (end, month) = self.month_name(if opened { i + 1 } else { i })?;
        let bracketed = self.scan.form(end) == ")" && (opened || i > 0 && self.scan.form(i - 1) == "(");
        (!opened || bracketed).then_some((end + usize::from(bracketed), month))
    }

    /// The month at `i` by its name or both of a pair.
    fn month_name(&self, i: usize) -> Option<(usize, i8)> {
        let (end, f) = self.phrase(i, Classes::MONTH)?;
        let bare = self.scan.bare(i);
        if end == i + 1 && self.scan.form(i).len() <= 6 && majlis_text::fold(f.ar) != self.scan.form(i) && majlis_text::fold(f.ar) != bare {
            return None;
        }
        // الأب فلان: the priest; في إب: a town.
        if end == i + 1 && (self.scan.form(i).ends_with("باب") || self.scan.has_article(i) || self.scan.written(i).ends_with("إب")) {
            return None;
        }
        let month: i8 = f.en.parse().ok()?;
        let inner = self.past(end, &["/", "(", "[", "-", "ـ", "\\", "،"]);
        // مايو/أيار, مايو أيار
        if self.scan.form(end) != "،"
            && let Some((e, f)) = self.phrase(inner, Classes::MONTH)
            && f.en.parse() == Ok(month)
        {
            return Some((if matches!(self.scan.form(end), "(" | "[") { self.past(e, &[")", "]"]) } else { e }, month));
        }
        Some((end, month))
    }

    /// Where what و or إلى at `i` joins begins.
    fn joined(&self, i: usize) -> Option<usize> {
        match self.scan.form(i) {
            "و" | "الي" | "حتي" => Some(i + 1),
            form => form.starts_with('و').then_some(i),
        }
    }

    /// A day and a month: 6 أغسطس, السادس من شهر أغسطس 2020.
    pub(super) fn peek_date(&self, i: usize) -> Option<Parsed> {
        let (mut at, day) = self.day_of_month(i)?;
        if self.scan.form(at) == "من" || self.scan.form(at) == "شهر" {
            at += 1;
        }
        if self.scan.form(at) == "شهر" {
            at += 1;
        }
        let (after, month) = self.month(at)?;
        let (end, year) = self.year_after(after, month, i);
        let written = end > after;
        let known = if written { None } else { self.known_day(i, month, day as i8) };
        let value = known.or_else(|| Date::new(year?, month, day as i8).ok()).map(Edtf::day);
        Some((end, value, "time/date", false))
    }

    /// The day that history knows by its day and month alone: ثورة 17 فبراير, هجمات 11 سبتمبر.
    fn known_day(&self, i: usize, month: i8, day: i8) -> Option<Date> {
        let scan = self.scan;
        let at = scan.before_quotes(i)?;
        // ثورتا 25 يناير و30 يونيو
        let violent = |of: Lemma| match of {
            Lemma::Predicate(p) => matches!(scan.lexicon.predicates[p as usize].event, EventType::Protest | EventType::Assault | EventType::Coerce),
            Lemma::Cue(_) => false,
        };
        let event = |t: usize| {
            matches!(scan.form(t).trim_start_matches(['و', 'ل', 'ب']), "احداث" | "ثورتا" | "ثورتي")
                || scan.verbs(t).any(|v| v.reading.tense == Tense::Masdar && violent(v.reading.of))
        };
        let named = event(at)
            || (scan.form(at) == "و" || scan.form(i).starts_with('و'))
                && (i.saturating_sub(8)..i).any(|t| event(t) && self.number(if scan.is_quote_mark(t + 1) { t + 2 } else { t + 1 }).is_some());
        if !named {
            return None;
        }
        let known = |f: &FunctionWord| f.en.parse::<Date>().ok().filter(|d| (d.month(), d.day()) == (month, day));
        let date = scan.lexicon.words.iter().filter(|f| f.classes.any(Classes::TIME)).find_map(known)?;
        self.published.is_none_or(|p| date < p).then_some(date)
    }

    /// A day of a month at `i`, in figures or words (الرابع عشر), and where it ends.
    fn day_of_month(&self, i: usize) -> Option<(usize, u32)> {
        let (end, day) = match self.phrase(i, Classes::NUMBER).filter(|_| self.scan.is_word(i)) {
            Some((end, f)) => (end, f.en.parse().ok()?),
            None => (i + 1, self.number(i)?),
        };
        (1..=31).contains(&day).then_some((end, day))
    }

    /// نواب الثامن من آذار: whether the day that begins at `i` names a Lebanese bloc.
    fn bloc_named_by_day(&self, i: usize) -> bool {
        let scan = self.scan;
        let Some((of, 8 | 14)) = self.day_of_month(i) else { return false };
        let march = scan.form(of) == "من"
            && scan.form(of + 1) == "اذار"
            && self.month(of + 1).is_some_and(|(end, month)| end == of + 2 && self.year_after(end, month, i).0 == end);
        march && i > 0 && scan.is_word(i - 1) && !scan.class(i - 1).any(Classes::PREP.with(Classes::UNIT).with(Classes::NUMBER))
    }

    /// A month, or a day or days of one.
    pub(super) fn month_expression(&mut self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        // قوى 14 آذار: a bloc.
        let of_bloc = |t: usize| {
            let before = scan.before_quotes(t);
            before.is_some_and(|t| matches!(scan.bare(t), "قوي" | "لقوي" | "فريق" | "فريقي" | "تحالف" | "معسكر" | "جمهور" | "وزراء"))
        };
        // ملعب 22 مايو: a place.
        let of_place = |t: usize| t > 0 && matches!(scan.bare(t - 1), "قصر" | "ملعب" | "مبني" | "شارع" | "ميدان" | "جسر" | "مستشفي" | "مدرسه" | "جامعه");
        if let Some((end, day)) = self.day_of_month(i) {
            if self.bloc_named_by_day(i) || of_place(i) {
                return None;
            }
            // «14 آذار»: the same.
            if of_bloc(i) || i > 0 && scan.is_quote_mark(i - 1) && matches!(day, 8 | 14) && scan.bare(i + 1) == "اذار" && scan.is_quote_mark(i + 2) {
                return None;
            }
            // 26 من الشهر الماضي, 15 من هذا الشهر, 17 الشهر الحالي
            let month_at = end + usize::from(scan.form(end) == "من");
            let month_at = month_at + usize::from(scan.form(month_at) == "هذا");
            if scan.has_article(month_at)
                && matches!(self.unit(month_at), Some((Unit::Month, 1)))
                && let Some((after, Some(month), _, _)) = self.shifted_unit(month_at)
            {
                let first = month.first();
                return Some((after, Date::new(first.year(), first.month(), day as i8).ok().map(Edtf::day), "time/day-of-month", false));
            }
            // بين 5 يونيو و10 يوليو, من الأول من يناير إلى 15 يوليو
            if i > 0
                && matches!(scan.bare(i - 1), "بين" | "من")
                && let Some((to, Some(first), _, _)) = self.peek_date(i)
                && let Some(next) = self.joined(to)
                && let Some((end, Some(last), _, _)) = self.peek_date(next)
            {
                let (first, last) = (first.first(), last.last());
                let first = if first > last || last.year() != first.year() && last.month() > first.month() {
                    first.with().year(last.year()).build().ok()?
                } else {
                    first
                };
                return (first <= last).then_some((end, Some(Edtf::days(first, last)), "time/date-range", false));
            }
            if end > i + 1 {
                return self.peek_date(i);
            }
            // 5 و6 أغسطس, من 5 إلى 7 أغسطس, 21-23 يوليو
            let joint = matches!(scan.form(i + 1), "الي" | "و" | "حتي" | "-" | "–" | "/");
            for (is_range, to) in [(joint, i + 2), (scan.form(i + 1).starts_with('و'), i + 1)] {
                if is_range
                    && self.number(to).is_some_and(|d| d > day && d <= 31)
                    && let Some((end, Some(value), _, _)) = self.peek_date(to)
                {
                    let last = value.last();
                    let first = Date::new(last.year(), last.month(), day as i8).ok()?;
                    return Some((end, Some(Edtf::days(first, last)), "time/date-range", false));
                }
            }
            if scan.kind(i) == TokenKind::Number || matches!(scan.form(i + 1), "من") || scan.has_article(i) && day > 1 && self.month(end).is_some() {
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
        if at == i && (i > 0 && self.number(i - 1).is_some() && (of_bloc(i - 1) || of_place(i - 1)) || (2..4).any(|n| i >= n && self.bloc_named_by_day(i - n)))
        {
            return None;
        }
        // A lone name may be a surname or a word: آب, مارس; it needs a year, a pair or a preposition.
        let single = end == at + 1;
        // شهري مايو ويونيو الماضيين, بين سبتمبر ويناير
        if i > 0
            && (scan.bare(i - 1) == "شهري" || scan.bare(i - 1) == "بين")
            && let Some(next) = self.joined(end)
            && let Some((end, last)) = self.month(next)
        {
            let (end, year) = self.year_after(end, last, i);
            let value = year.map(|y| Edtf::interval(Point::Month(y - i16::from(month > last), month), Point::Month(y, last)));
            return Some((end, value, "time/months", false));
        }
        // بين يونيو 2014 ومارس 2015, في مايو ويونيو الماضيين
        let (first_end, first_year) = self.year_after(end, month, i);
        if let Some(next) = self.joined(first_end)
            && let Some((second_end, second)) = self.month(next)
            && let (last_end, Some(last_year)) = self.year_after(second_end, second, i)
            && (i > 0 && scan.bare(i - 1) == "بين" && first_end > end || first_end == end && scan.form(second_end) == "الماضيين")
        {
            let first_year = if first_end > end { first_year? } else { last_year - i16::from(month > second) };
            let value = Edtf::interval(Point::Month(first_year, month), Point::Month(last_year, second));
            return Some((last_end, Some(value), "time/months", false));
        }
        let shifted = first_end > at + 1;
        let (end, year) = (first_end, first_year);
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
        if single && !shifted && !led && matches!(scan.bare(at), "ماي" | "جوان" | "اب" | "اوت" | "مارس") {
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
            return (e, self.published.map(|p| p.year() + s.steps()));
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
            None if month > p.month() && self.future_near(first) => this,
            // في 13 يوليو, in August: the last.
            None if (0..2).contains(&(p.month() - month)) => this,
            None => match self.months[month as usize] {
                // 11 سبتمبر 2001 tells nothing of another September.
                Some(y) if (this - 2..=this + 2).contains(&y) => y,
                _ if month <= p.month() => this,
                // منذ نوفمبر: the last.
                _ if first > 0 && scan.form(first - 1) == "منذ" => this - 1,
                // أجريت في أكتوبر: it is past.
                _ if !self.future_near(first) && self.past_near(first) => this - 1,
                _ if self.future_near(first) || month - p.month() <= 3 => this,
                _ => this - 1,
            },
        };
        (end, Some(year))
    }

    /// 6/8/2020, 2020-08-06, 2015-2020.
    pub(super) fn numeric_date(&self, i: usize) -> Option<Parsed> {
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
            // 19/10/1436 الموافق 4/8/2015
            Some(c) if (1300..=1500).contains(&c) => {
                let value = calendar::hijri_to_gregorian(i32::from(c), u8::try_from(b).ok()?, u8::try_from(a).ok()?)?;
                let at = self.past(i + 5, &[")"]) + usize::from(matches!(scan.form(i + 5), "ه" | "هجري"));
                let same = || self.numeric_date(at + 1).or_else(|| self.peek_date(at + 1));
                let end = if scan.form(at) == "الموافق" { same().map_or(i + 5, |s| s.0) } else { i + 5 };
                return Some((end, Some(Edtf::day(value)), "time/numeric-date", false));
            }
            Some(c) => date(if c < 100 { c + 2000 } else { c }, b, a).or_else(|| date(if c < 100 { c + 2000 } else { c }, a, b)),
            None => return None,
        }?;
        Some((i + 5, Some(Edtf::day(value)), "time/numeric-date", false))
    }

    /// A year in figures after a word that tells it from a number.
    pub(super) fn year(&self, i: usize) -> Option<Parsed> {
        let y = self.four_digits(i)?;
        let before = if i > 0 { self.scan.form(i - 1) } else { "" };
        let before = before.strip_prefix('و').unwrap_or(before);
        let dated = matches!(
            before,
            "انتخابات"
                | "موازنه"
                | "ميزانيه"
                | "مونديال"
                | "مونديالي"
                | "اتفاق"
                | "انتفاضه"
                | "ثوره"
                | "حرب"
                | "غزو"
                | "عدوان"
                | "انقلاب"
                | "خط"
                | "حدود"
        );
        // كأس العالم 2018
        let dated = dated || i > 1 && self.scan.form(i - 2).ends_with("كاس");
        // بعد وفاة الملك فؤاد، 1936م
        let era = self.scan.form(i + 1) == "م";
        let led = dated || era || matches!(before, "في" | "ففي" | "منذ" | "حتي" | "بين" | "خلال" | "لعام" | "من" | "الي" | "قبل" | "بعد" | "ل");
        // أكثر من 2000 شخص: a number.
        let many = i > 1 && matches!(self.scan.form(i - 2), "اكثر" | "اقل" | "ازيد");
        if !led || many || self.unit(i + 1).is_some() || self.scan.is_word(i + 1) && self.counted(i + 1) {
            return None;
        }
        Some(self.to_years(i, y, "time/year"))
    }

    /// Whether the word at `i` is what a number before it counts, as far as can be told: an indefinite accusative noun, or one for people.
    fn counted(&self, i: usize) -> bool {
        let scan = self.scan;
        let form = scan.form(i);
        // في 2000 شخص: a noun for people.
        let people = scan.at(i).iter().any(|m| matches!(m.entry, Entry::Source(_)) && m.word.offset == 0 && !m.word.form.article());
        people || form.ends_with('ا') && form.len() > 6 && !form.starts_with("ال") && !scan.class(i).any(Classes::STOP.with(Classes::SUB).with(Classes::PREP))
    }

    /// The year at `i`, or the years from it to another.
    fn to_years(&self, i: usize, y: i16, rule: &'static str) -> Parsed {
        let scan = self.scan;
        // عامي 2011 و2012, من 2003 إلى نحو 2008, بين عام 2003 وعام 2008
        let mut at = i + 1 + usize::from(matches!(scan.form(i + 1), "-" | "–" | "الي" | "و" | "حتي" | "وحتي" | "لغايه" | "ولغايه" | "/"));
        // مونديالا 2018 و2022: each its own.
        let both = |t: usize| matches!(self.scan.bare(t), "عامي" | "سنتي" | "العامين" | "بين" | "عام" | "سنه" | "اعوام" | "الاعوام");
        let each = scan.form(i + 1) == "و" && !(i.saturating_sub(2)..i).any(both);
        at = if each { i + 1 } else { at };
        let joined = at > i + 1;
        at += usize::from(joined && matches!(scan.form(at), "نحو" | "عام" | "العام" | "سنه"));
        if joined
            && let Some(z) = self.four_digits(at)
            && z > y
        {
            return (at + 1, Some(Edtf::interval(Point::Year(y), Point::Year(z))), "time/years", false);
        }
        (i + 1, Some(Edtf::year(y)), rule, false)
    }

    /// عام 2020.
    pub(super) fn year_word(&self, i: usize) -> Option<Parsed> {
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

    /// A month of the Hijri calendar with a day or year, or رمضان after شهر: without a year, the latest no more than four months ahead.
    pub(super) fn hijri(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        // 30 من شهر شوال, الخامس من ذي الحجة
        let dated = self.day_of_month(i).filter(|(_, d)| *d <= 30 && (scan.kind(i) == TokenKind::Number || scan.bare(i).starts_with("ال")));
        let day = dated.map(|(_, d)| d);
        let mut at = dated.map_or(i, |(end, _)| end);
        at += usize::from(day.is_some() && scan.form(at) == "من");
        at += usize::from(day.is_some() && scan.form(at) == "شهر");
        let (end, f) = self.phrase(at, Classes::HIJRI)?;
        let month: u8 = f.en.parse().ok()?;
        let end = if matches!(scan.form(end), "سنه" | "عام" | "لعام" | "من") && scan.kind(end + 1) == TokenKind::Number { end + 1 } else { end };
        let year = (scan.kind(end) == TokenKind::Number).then(|| scan.form(end).parse::<i32>().ok()).flatten().filter(|y| (1300..=1600).contains(y));
        let led = i > 0 && matches!(scan.form(i - 1), "خلال" | "في" | "قبل" | "بعد" | "منذ" | "مطلع" | "بدايه" | "نهايه" | "اواخر" | "منتصف");
        let named = i > 0 && scan.form(i - 1) == "شهر" || led && scan.name_kind(end).is_none();
        let shifted = if year.is_none() { self.shift(end).map(|(e, _)| e) } else { None };
        if year.is_none() && !(f.en == "9" && named) && day.is_none() && shifted.is_none() {
            return None;
        }
        let mut after = if year.is_some() { end + 1 } else { shifted.unwrap_or(end) };
        if matches!(scan.form(after), "ه" | "هجري" | "هجريه" | "للهجره") {
            after += 1;
        }
        let year = year.or_else(|| self.hijri_year(month));
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

    /// The Hijri year whose `month` is the latest no more than four months ahead.
    fn hijri_year(&self, month: u8) -> Option<i32> {
        let p = self.published?;
        let about = (i32::from(p.year()) - 622) * 33 / 32;
        let near = (about - 3..about + 3).filter_map(|y| Some((y, calendar::hijri_to_gregorian(y, month, 1)?)));
        near.take_while(|(_, d)| *d <= p.checked_add(120.days()).unwrap_or(p)).last().map(|(y, _)| y)
    }

    /// عيد الفطر, عيد الأضحى: its first days.
    pub(super) fn feast(&self, i: usize) -> Option<Parsed> {
        let (end, f) = self.phrase(i, Classes::TIME)?;
        let (month, day) = match f.en {
            "feast of fitr" => (10, 1),
            "feast of adha" => (12, 10),
            _ => return None,
        };
        // صلاة العيد, خطبة عيد الفطر: what belongs to it.
        if i > 0 && matches!(self.scan.bare(i - 1), "صلاه" | "خطبه" | "طقوس" | "حلول") {
            return None;
        }
        let end = end + usize::from(self.scan.form(end) == "المبارك");
        let year = self.hijri_year(month);
        let first = year.and_then(|y| calendar::hijri_to_gregorian(y, month, day));
        // ثالث أيام عيد الفطر
        let nth = match i.checked_sub(2).map(|t| self.scan.bare(t)) {
            Some("اول") => Some(0),
            Some("ثاني") => Some(1),
            Some("ثالث") => Some(2),
            Some("رابع") => Some(3),
            _ => None,
        };
        let nth = nth.filter(|_| self.scan.form(i - 1) == "ايام");
        let value = first.and_then(|d| match nth {
            Some(n) => d.checked_add(n.days()).ok().map(Edtf::day),
            None => Some(Edtf::days(d, d.tomorrow().ok()?)),
        });
        Some((end, value, "time/feast", false))
    }
}
