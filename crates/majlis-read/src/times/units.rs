//! Counted and shifted units: الشهر الماضي, قبل ثلاثة أيام, لمدة شهرين.

use super::words::{Shift, Unit};
use super::{Parsed, Parser};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use majlis_lexicon::{Classes, EventType, Lemma, Tense};
use majlis_text::{Edtf, Point, TokenKind};

impl Parser<'_, '_> {
    /// الشهر الماضي, العام الجاري, الأيام القليلة الماضية, السنوات الأربع الأخيرة, خلال الـ24 ساعة الماضية.
    pub(super) fn shifted_unit(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let mut at = i;
        let mut count = None;
        // في الآونة الأخيرة: a month or so.
        if scan.form(i) == "الاونه"
            && let Some((end, Shift::Last | Shift::Recent)) = self.shift(i + 1)
        {
            let value = self.published.and_then(|p| Some(Edtf::days(p.checked_sub(30.days()).ok()?, p)));
            return Some((end, value, "time/shifted-unit", false));
        }
        // في المائة العام الماضي: the number belongs to what is before.
        // في نفس العام: that of the day named last.
        let named = self.anchor.map(Edtf::first).filter(|_| i > 0 && scan.form(i - 1) == "نفس" && scan.has_article(at));
        if let Some(d) = named
            && let Some((unit @ (Unit::Day | Unit::Month | Unit::Year), 1)) = self.unit(at)
        {
            return Some((at + 1, same(d, unit), "time/same-unit", false));
        }
        // النصف قرن الماضي
        let half_century = self.measure(at).filter(|(unit_at, ..)| matches!(self.unit(*unit_at), Some((Unit::Century, 1))) && *unit_at > at);
        if let Some((unit_at, Some(years), ..)) = half_century
            && let Some((end, shift)) = self.shift(unit_at + 1)
        {
            return Some((end, self.published.and_then(|p| self.window(p, Unit::Year, 0, Some(years), shift)), "time/shifted-unit", false));
        }
        if let Some((unit_at, n)) = self.count(at)
            && self.unit(unit_at).is_some()
            && !(scan.has_article(at) && scan.has_article(unit_at))
        {
            count = Some(n);
            at = unit_at;
        }
        let (unit, n) = self.unit(at)?;
        let mut end = at + 1;
        let mut count = count.or(if n == 2 { Some(2) } else { None });
        let demonstrative = i > 0 && matches!(scan.form(i - 1), "هذا" | "هذه") && n == 1 && scan.has_article(i);
        if scan.form(end) == "ال" {
            end += 1;
        }
        if let Some((after, k)) = self.count(end)
            && self.shift(after).is_some()
        {
            count = Some(k);
            end = after;
        } else if matches!(scan.form(end), "القليله" | "العديده" | "القلاءل") {
            end += 1;
        }
        // الأشهر الستة الأولى من العام الجاري
        if let Some((after, k)) = self.count(end)
            && unit == Unit::Month
            && (1..12).contains(&k)
            && scan.form(after) == "الاولي"
            && scan.form(after + 1) == "من"
        {
            let year_at = after + 2 + usize::from(scan.form(after + 2) == "هذا");
            let year = self.year_word(year_at).or_else(|| self.shifted_unit(year_at)).filter(|_| matches!(self.unit(year_at), Some((Unit::Year, 1))));
            let (last, year, _, _) = year?;
            let value = year.map(|y| Edtf::interval(Point::Month(y.first().year(), 1), Point::Month(y.first().year(), k as i8)));
            return Some((last, value, "time/first-months", false));
        }
        // في الشهر نفسه: that of the day named last.
        if count.is_none() && n == 1 && scan.has_article(at) && matches!(unit, Unit::Month | Unit::Year) && matches!(scan.form(end), "نفسه" | "ذاته") {
            let value = self.anchor.map(Edtf::first).and_then(|d| same(d, unit));
            return Some((end + 1, value, "time/same-unit", false));
        }
        // في اليوم التالي, في العام السابق: from the day named last.
        if count.is_none() && n == 1 && scan.has_article(at) && matches!(scan.form(end), "التالي" | "السابق") {
            let shift = if scan.form(end) == "التالي" { Shift::Next } else { Shift::Last };
            let value = self.window(self.anchor?.first(), unit, 1, None, shift);
            return Some((end + 1, value, "time/next-to-it", false));
        }
        let shift = match self.shift(end) {
            Some((e, s)) => {
                end = e;
                s
            }
            None if demonstrative && matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year) => Shift::This,
            // في وقت سابق من الشهر
            None if i > 1 && scan.form(i - 1) == "من" && n == 1 && scan.has_article(i) && matches!(scan.form(i - 2), "سابق" | "لاحق") => Shift::This,
            // هذين اليومين
            None if i > 0 && scan.form(i - 1) == "هذين" && unit == Unit::Day && n == 2 => Shift::Recent,
            None if i > 0 && scan.form(i - 1) == "هذه" && unit == Unit::Day && n == 0 && scan.has_article(i) => Shift::Recent,
            None => return None,
        };
        if !scan.has_article(at) && !scan.has_article(i) && n != 1 {
            return None;
        }
        // في وقت لاحق من هذا العام: in what is left of it.
        let word = (i.saturating_sub(3)..i).rev().find(|&t| !matches!(scan.form(t), "من" | "هذا" | "هذه"));
        let later = shift == Shift::This && count.is_none() && word.is_some_and(|t| scan.form(t) == "لاحق");
        let value = self.published.and_then(|p| match (unit, n, count) {
            _ if later => self.window(p, unit, n, count, shift).map(|whole| Edtf::days(p, whole.last().max(p))),
            (Unit::Week, 1, None) => self.week(i, p, shift),
            // في السنة الأخيرة: the twelve months before.
            (Unit::Year, 1, None) if shift == Shift::Recent => Some(Edtf::interval(Point::Month(p.year() - 1, p.month()), Point::Month(p.year(), p.month()))),
            (Unit::Month, 1, None) => self.window(self.month_meant(i, p, shift)?, unit, n, count, shift),
            _ => self.window(p, unit, n, count, shift),
        });
        Some((end, value, "time/shifted-unit", false))
    }

    /// The week that the words at `i` mean: on a Sunday, when the Arab week begins, the last one ended the day before; on a Monday
    /// what happened this week happened in the seven days before.
    fn week(&self, i: usize, p: Date, shift: Shift) -> Option<Edtf> {
        let back = |days: i32| p.checked_sub(days.days()).ok();
        match (p.weekday(), shift) {
            (Weekday::Sunday, Shift::Last) => Some(Edtf::days(back(7)?, back(1)?)),
            (Weekday::Monday, Shift::This) if !self.future_near(i) && !self.present_near(i) => Some(Edtf::days(back(7)?, p)),
            _ => self.window(p, Unit::Week, 1, None, shift),
        }
    }

    /// The day whose month هذا الشهر at `i` means: on the first two days, what happened earlier this month happened in the one before.
    fn month_meant(&self, i: usize, p: Date, shift: Shift) -> Option<Date> {
        let scan = self.scan;
        let this = i.saturating_sub(1);
        let before = (i.saturating_sub(4)..i).rev().find(|&t| !matches!(scan.form(t), "هذا" | "من") && !scan.is_comma(t));
        let earlier = before.is_some_and(|t| scan.form(t) == "سابق");
        let past = scan.form(this) == "هذا" && self.past_near(this);
        if shift != Shift::This || p.day() > 2 || !(earlier || past) {
            return Some(p);
        }
        p.checked_sub(p.day().days()).ok()
    }

    /// The days, months or years that a shifted unit means, seen from the publication date.
    pub(super) fn window(&self, p: Date, unit: Unit, n: u32, count: Option<u32>, shift: Shift) -> Option<Edtf> {
        let plus = |days: i32| p.checked_add(days.days()).ok();
        let singular = n == 1 && count.is_none();
        if singular {
            let steps = i32::from(shift.steps());
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
                // العقد الحالي: from a round year on.
                Unit::Decade if shift == Shift::This => Some(Edtf::interval(Point::Year(p.year() - p.year() % 10), Point::Year(p.year() - p.year() % 10 + 9))),
                Unit::Decade => Some(Edtf::interval(Point::Year(p.year() + 10 * steps as i16), Point::Year(p.year()))),
                Unit::Century => Some(century((p.year() - 1) / 100 + 1 + steps as i16)),
            };
        }
        let k = count.unwrap_or(match unit {
            Unit::Hour => 24,
            Unit::Day | Unit::Night => 7,
            Unit::Week => 4,
            Unit::Month => 4,
            Unit::Year => 5,
            Unit::Decade | Unit::Century => 3,
        });
        let k = bounded(k)?;
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
            Unit::Year | Unit::Decade | Unit::Century => {
                let years = i16::try_from(k * unit.years()).ok()?;
                let (a, b) = if forward { (p.year(), p.year() + years) } else { (p.year() - years, p.year()) };
                return Some(Edtf::interval(Point::Year(a), Point::Year(b)));
            }
        };
        Some(if forward { Edtf::days(p, plus(days)?) } else { Edtf::days(plus(-days)?, p) })
    }

    /// قبل شهر, قبل ثلاثة أيام, منذ أربعة أشهر, بعد أربعة أيام من ….
    pub(super) fn ago(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let form = self.scan.form(i);
        let (since, after) = match form.strip_prefix('و').unwrap_or(form) {
            "قبل" => (false, false),
            "منذ" => (true, false),
            "بعد" => (true, true),
            _ => return None,
        };
        // بعد مرور أربعة أعوام على ….
        let passed = i + 1 + usize::from(after && scan.form(i + 1) == "مرور");
        let (mut at, more) = self.about(passed);
        at += usize::from(matches!(scan.form(at), "بضعه" | "عده" | "بضع") && !after);
        let (unit_at, count, unit, n) = self.measure(at)?;
        // بعد أربع سنوات من الإطاحة به, بعد أسبوع على الهجوم.
        // بعد سنوات من المفاوضات tells of no day.
        let vague = n == 0 && count.is_none() && matches!(unit, Unit::Month | Unit::Year | Unit::Decade);
        // بعد يومين من الاتفاق tells when of what else was told.
        let short = matches!(unit, Unit::Hour | Unit::Day | Unit::Night) || unit == Unit::Week && n == 1 && count.is_none();
        if after && (vague || short || !matches!(scan.form(unit_at + 1), "من" | "علي")) {
            return None;
        }
        if scan.has_article(unit_at) || self.four_digits(unit_at + 1).is_some() {
            return None;
        }
        // منذ شهر أبريل, منذ يوم السبت: since then; قبل عقد الجلسة: before it is held.
        let named = n == 1 && count.is_none();
        let then = unit == Unit::Month && self.month(unit_at + 1).is_some() || matches!(unit, Unit::Day | Unit::Decade) && scan.has_article(unit_at + 1);
        if named && then {
            return None;
        }
        let mut end = unit_at + 1;
        // منذ سنوات, منذ عقود طويلة: for long.
        if since && !after && vague && unit != Unit::Month && unit_at == i + 1 && scan.form(end) != "عده" {
            return None;
        }
        if matches!(scan.form(end), "قليله" | "عده" | "معدوده" | "عديده") {
            end += 1;
        }
        // قبل عامين ونصف العام
        let half = unit == Unit::Year && scan.form(end) == "ونصف";
        if half {
            end += 1 + usize::from(matches!(self.unit(end + 1), Some((Unit::Year, 1))));
        }
        // قبل يومين من …, قبل يومين فقط من …: counted from something else.
        let from = end + usize::from(matches!(scan.form(end), "فقط" | "تقريبا" | "واحد" | "واحده"));
        if scan.form(from) == "من" && !since {
            return None;
        }
        let some = n == 0 && count.is_none();
        let k = count.unwrap_or(match unit {
            Unit::Month if some => 6,
            _ if some => 3,
            _ => n,
        });
        let k = bounded(k)?;
        let value = self.published.and_then(|p| {
            let plus = |days: i32| p.checked_add(days.days()).ok();
            let back = |k: i32| {
                Some(match unit {
                    Unit::Hour => Point::Day(plus(-(k / 24))?),
                    Unit::Day | Unit::Night => Point::Day(plus(-k)?),
                    Unit::Week => Point::Day(plus(-7 * k)?),
                    Unit::Month => {
                        let m = p.first_of_month().checked_sub(k.months()).ok()?;
                        Point::Month(m.year(), m.month())
                    }
                    Unit::Year | Unit::Decade | Unit::Century => Point::Year(p.year() - i16::try_from(k * unit.years()).ok()?),
                })
            };
            // قبل عام: to the month.
            let year = unit == Unit::Year && n == 1 && count.is_none() && !since && !more;
            let from = if half {
                let m = p.first_of_month().checked_sub((12 * k + 6).months()).ok()?;
                Point::Month(m.year(), m.month())
            } else if year {
                Point::Month(p.year() - 1, p.month())
            } else {
                back(k)?
            };
            let to = match from {
                Point::Day(_) => Point::Day(p),
                Point::Month(..) => Point::Month(p.year(), p.month()),
                Point::Year(_) => Point::Year(p.year()),
            };
            if some && matches!(unit, Unit::Day | Unit::Night) {
                return Some(Edtf::days(plus(-7)?, p));
            }
            // قبل أكثر من أسبوعين: between two and three.
            let earlier = back(k + 1).filter(|_| more && !since && !half && unit != Unit::Hour);
            Some(match earlier {
                Some(earlier) => Edtf::interval(earlier, from),
                // قبل أشهر: some time in them.
                // توفي منذ عامين: then.
                None if since && !after && !some && self.at_once(i) => Edtf { from, to: None },
                None if since || some => Edtf::interval(from, to),
                None => Edtf { from, to: None },
            })
        });
        let rule = match (since, after) {
            (_, true) => "time/after",
            (true, false) => "time/since",
            (false, false) => "time/ago",
        };
        Some((end, value, rule, false))
    }

    /// Whether what happened before token `i` happened at once and was over: توفي, تأسست.
    fn at_once(&self, i: usize) -> bool {
        let once = |t: usize| matches!(self.scan.bare(t), "توفي" | "توفيت" | "وفاه" | "ولد" | "ولدت" | "تاسس" | "تاسست" | "صدر" | "صدرت" | "اعلن" | "اعلنت");
        (i.saturating_sub(6)..i).rev().take_while(|&t| self.scan.is_word(t)).any(once)
    }

    /// Where what is about how many begins after أكثر من, نحو and the like at `i`; and whether it is more than that.
    fn about(&self, i: usize) -> (usize, bool) {
        let scan = self.scan;
        let more = scan.form(i) == "اكثر";
        match (scan.form(i), scan.form(i + 1)) {
            ("اكثر" | "اقل" | "ازيد", "من") => (i + 2, more),
            // ما يقارب خمسين عاما, ما يزيد على أربع سنوات
            ("ما", "يقارب") => (i + 2 + usize::from(scan.form(i + 2) == "من"), false),
            ("ما", "يزيد") => (i + 2 + usize::from(matches!(scan.form(i + 2), "علي" | "عن")), true),
            ("نحو" | "حوالي" | "اكثر" | "قرابه" | "زهاء", _) => (i + 1, more),
            _ => (i, false),
        }
    }

    /// Whether the word at `i`, with ل before it, begins how long something lasted or will: لثلاث سنوات, لأكثر من شهر, لسنتين, لعام واحد.
    fn for_how_long(&self, i: usize) -> bool {
        let scan = self.scan;
        match scan.form(i).strip_prefix('و').unwrap_or(scan.form(i)) {
            "لاكثر" | "لاقل" => scan.form(i + 1) == "من" && self.measure(i + 2).is_some_and(|(_, _, unit, _)| unit != Unit::Hour),
            "لنحو" | "لحوالي" | "لقرابه" | "لزهاء" => self.measure(i + 1).is_some(),
            _ if scan.has_article(i) => false,
            _ => match self.measure(i).filter(|(_, _, unit, _)| *unit != Unit::Hour) {
                Some((_, count, _, n)) => count.is_some() || n == 2 || n == 1 && matches!(scan.form(i + 1), "واحد" | "واحده"),
                None => false,
            },
        }
    }

    /// Whether what was measured before token `i` is fighting: أربعة أشهر من المعارك.
    fn of_fighting(&self, i: usize) -> bool {
        let scan = self.scan;
        let attacks = |of: Lemma| matches!(of, Lemma::Predicate(p) if scan.lexicon.predicates[p as usize].event == EventType::Assault);
        scan.form(i) == "من" && scan.has_article(i + 1) && scan.verbs(i + 1).any(|v| v.reading.tense == Tense::Masdar && attacks(v.reading.of))
    }

    /// Whether the nearest verb before token `i` is one in the present after أن: يفترض أن يصوت خلال شهرين.
    fn wished(&self, i: usize) -> bool {
        let scan = self.scan;
        let mut before = (i.saturating_sub(8)..i).rev().take_while(|&t| scan.is_word(t));
        let verb = before.find(|&t| !scan.particle(t) && scan.verbs(t).any(|v| matches!(v.reading.tense, Tense::Perfect | Tense::Imperfect)));
        verb.is_some_and(|t| t > 0 && scan.form(t - 1) == "ان" && scan.verbs(t).any(|v| v.reading.tense == Tense::Imperfect))
    }

    /// Whether the word at `i` tells that something lasted.
    fn lasted(&self, i: usize) -> bool {
        matches!(self.scan.bare(i), "استمر" | "استمرت" | "دام" | "دامت" | "استغرق" | "استغرقت" | "امتد" | "امتدت")
    }

    /// Whether what lasted until then is told before token `i`: بقيت في الخدمة لمدة عشر سنوات, حكم البلاد لمدة عامين.
    fn stayed(&self, i: usize) -> bool {
        let scan = self.scan;
        let stays = |t: usize| matches!(scan.bare(t), "بقي" | "بقيت" | "بقوا" | "ظل" | "ظلت" | "ظلوا") || scan.bare(t) == "حكم" && scan.form(t + 1) == "البلاد";
        i > 0 && self.lasted(i - 1) || (i.saturating_sub(5)..i).rev().take_while(|&t| scan.is_word(t)).any(stays)
    }

    /// خلال شهرين, لمدة خمسة أيام, حتى عامين.
    pub(super) fn duration(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let form = scan.form(i).strip_prefix('و').unwrap_or(scan.form(i));
        let attached = form.starts_with('ل') && self.for_how_long(i);
        let past_too = match form {
            "خلال" | "غضون" | "طيله" | "طوال" | "مدي" | "مدار" => true,
            // استمرت لمدة يومين
            "لمده" => self.stayed(i),
            "حتي" | "مهله" | "بمهله" => false,
            // في 15 شهرا, في أقل من شهر
            "في" if matches!(scan.form(i + 1), "اقل" | "اكثر") => true,
            // أدنى مستوى له في ست سنوات
            "في" if self.superlative_before(i) => true,
            "في" if self.count(i + 1).is_some_and(|(at, _)| self.unit(at).is_some() && scan.form(at).ends_with('ا')) => true,
            // في أربعة أيام, but في ثالث أيام العيد
            "في" if self.count(i + 1).is_some_and(|(at, _)| self.unit(at).is_some_and(|(_, n)| n == 0))
                && !matches!(scan.form(i + 1), "اول" | "ثاني" | "ثالث" | "رابع") =>
            {
                true
            }
            _ if attached => true,
            _ => return None,
        };
        // حكم بالسجن لمدة عامين, ما يكفي لمدة شهر: how long, not when.
        let measured = |t: usize| matches!(scan.bare(t).trim_start_matches('ب'), "السجن" | "الحبس" | "حبس" | "سجن" | "بحبس" | "بسجن" | "يكفي" | "تكفي");
        if (form == "لمده" || attached) && (i.saturating_sub(6)..i).rev().take_while(|&t| scan.is_word(t) || scan.kind(t) == TokenKind::Number).any(measured)
        {
            return None;
        }
        // لأكثر من ثلاثة أشهر, لأربعة أشهر
        let (mut at, _) = if !attached {
            self.about(i + 1)
        } else if scan.form(i + 1) == "من" {
            (i + 2, true)
        } else {
            (i + usize::from(matches!(form, "لنحو" | "لحوالي" | "لقرابه" | "لزهاء")), false)
        };
        // خلال مهلة ثلاثين يوما: from now on.
        let term = scan.form(at) == "مهله";
        let past_too = past_too && !term;
        // خلال آخر ثلاث سنوات
        at += usize::from(term || matches!(scan.form(at), "عده" | "بضعه" | "بضع" | "ال" | "اخر"));
        let (at, count, unit, n) = self.measure(at)?;
        if scan.form(i) == "حتي" && !matches!(unit, Unit::Month | Unit::Year) {
            return None;
        }
        // خلال شهر أبريل: that month.
        if unit == Unit::Month && n == 1 && count.is_none() && (self.month(at + 1).is_some() || self.phrase(at + 1, Classes::HIJRI).is_some()) {
            return None;
        }
        if scan.has_article(at) || self.four_digits(at + 1).is_some() {
            return None;
        }
        // خلال يوم العاشر من محرم, طوال أيام عيد الفطر: those days.
        if unit == Unit::Day && count.is_none() && (n == 1 && scan.has_article(at + 1) || n == 0 && self.feast(at + 1).is_some()) {
            return None;
        }
        // على مدى سنوات tells of no time, and طوال أيام العيد of another.
        let vague = n == 0 && count.is_none();
        if vague
            && (matches!(form, "مدي" | "مدار" | "في")
                || unit.years() > 1
                || matches!(unit, Unit::Year | Unit::Hour) && scan.form(at - 1) == scan.form(i)
                || scan.has_article(at + 1) && self.shift(at + 1).is_none())
        {
            return None;
        }
        // خلال الخمسة أشهر الماضية: which they are comes after.
        if count.is_some() && self.shift(at + 1).is_some() {
            return None;
        }
        let mut end = at + 1;
        if matches!(scan.form(end), "اضافيين" | "اضافيه" | "اخري" | "متتاليه" | "متواصله" | "اضافي" | "كامله" | "مقبله" | "قادمه")
        {
            end += 1;
        }
        let k = count.unwrap_or(match unit {
            Unit::Year | Unit::Day if n == 0 => 7,
            _ if n == 0 => 3,
            _ => n,
        });
        let k = bounded(k)?;
        let value = self.published.and_then(|p| {
            let whole = matches!(form, "طيله" | "طوال");
            let record = form == "في" && self.superlative_before(i);
            let ahead = !(whole || record || self.stayed(i))
                && (self.future_near(i)
                    || attached && i > 0 && matches!(scan.bare(i - 1), "تستمر" | "يستمر" | "تدوم" | "يدوم")
                    || form == "خلال" && (self.wished(i) || scan.form(end) == "ان")
                    || (form == "غضون" || attached && scan.form(i + 1) != "من" && matches!(unit, Unit::Year | Unit::Decade)) && !self.past_near(i));
            let backward = past_too && !ahead && (n != 0 || count.is_some());
            // An anchor of long ago is not what a term in the news counts from.
            let near = |a: &Date| a.until(p).is_ok_and(|s| s.get_days().abs() < 60);
            let start = if past_too { p } else { self.anchor.map(Edtf::first).filter(near).unwrap_or(p) };
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
                Unit::Year | Unit::Decade | Unit::Century => {
                    let years = k * unit.years();
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
}

impl Parser<'_, '_> {
    /// استمرت ثلاث سنوات, دام أكثر من شهر, تستغرق ثلاثة أيام: back from the publication, or on from it with a verb in the present.
    pub(super) fn lasting(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let (at, count, unit, n) = self.measure(i).filter(|(_, _, unit, _)| *unit != Unit::Hour)?;
        let k = bounded(count.unwrap_or(n)).filter(|k| *k > 0)?;
        let mut before = i.checked_sub(1)?;
        if matches!(scan.form(before), "نحو" | "حوالي" | "قرابه" | "لنحو") {
            before = before.checked_sub(1)?;
        } else if scan.form(before) == "من" && before > 1 && matches!(scan.form(before - 1), "اكثر" | "لاكثر" | "اقل") {
            before -= 2;
        }
        let ahead = match scan.bare(before) {
            _ if self.lasted(before) => false,
            // رغم مضي عشرة أعوام على توحيدها
            "مضي" => false,
            _ if self.of_fighting(at + 1) => false,
            "تستغرق" | "يستغرق" | "تستمر" | "يستمر" | "ستستمر" | "سيستمر" | "ستستغرق" | "سيستغرق" => true,
            _ => return None,
        };
        if scan.has_article(at) || self.shift(at + 1).is_some() {
            return None;
        }
        let value = self.published.and_then(|p| {
            let span = match unit {
                Unit::Hour | Unit::Day | Unit::Night => k.days(),
                Unit::Week => (7 * k).days(),
                Unit::Month => k.months(),
                Unit::Year | Unit::Decade | Unit::Century => (k * unit.years()).years(),
            };
            // بدأ أمس زيارة تستمر ثلاثة أيام: from that day on.
            let near = |a: &Date| a.until(p).is_ok_and(|s| s.get_days().abs() < 7);
            let p = if ahead { self.anchor.map(Edtf::first).filter(near).unwrap_or(p) } else { p };
            let other = if ahead { p.checked_add(span).ok()? } else { p.checked_sub(span).ok()? };
            let (from, to) = if ahead { (p, other) } else { (other, p) };
            Some(match unit {
                Unit::Month => Edtf::interval(Point::Month(from.year(), from.month()), Point::Month(to.year(), to.month())),
                Unit::Year | Unit::Decade | Unit::Century => Edtf::interval(Point::Year(from.year()), Point::Year(to.year())),
                _ if ahead && unit == Unit::Day && k > 1 => Edtf::days(from, to.yesterday().ok()?),
                _ => Edtf::days(from, to),
            })
        });
        Some((at + 1, value, "time/lasting", true))
    }
}

/// The unit in which a day is.
fn same(day: Date, unit: Unit) -> Option<Edtf> {
    match unit {
        Unit::Day => Some(Edtf::day(day)),
        Unit::Month => Some(Edtf::month(day.year(), day.month())),
        Unit::Year => Some(Edtf::year(day.year())),
        _ => None,
    }
}

/// A century by its number.
fn century(c: i16) -> Edtf {
    Edtf::interval(Point::Year(100 * (c - 1) + 1), Point::Year(100 * c))
}

/// A count of units, no more than dates can bear.
fn bounded(k: u32) -> Option<i32> {
    i32::try_from(k).ok().filter(|k| *k <= 2000)
}
