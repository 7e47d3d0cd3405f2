//! Days: أمس, الثلاثاء الماضي, خلال الليل.

use super::words::Shift;
use super::{Parsed, Parser};
use jiff::ToSpan;
use jiff::civil::Weekday;
use majlis_lexicon::{Classes, Tense};
use majlis_text::{Edtf, TokenKind};

/// What comes before اليوم where it is the day itself: صباح اليوم, هذا اليوم, من اليوم.
const PART_OF_DAY: [&str; 12] = ["صباح", "مساء", "ظهر", "فجر", "عصر", "ليل", "هذا", "من", "منذ", "حتي", "سابق", "لاحق"];

impl Parser<'_, '_> {
    /// أمس, اليوم, غدا.
    pub(super) fn relative_day(&self, i: usize) -> Option<Parsed> {
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
                    || matches!(next, "التالي" | "الذي" | "العالمي" | "الوطني" | "الواحد" | "السابق" | "ذاته" | "الدراسي" | "الاخير"));
            let counted = i > 0
                && (self.number(i - 1).is_some()
                    || matches!(
                        scan.form(i - 1),
                        "ذلك" | "هذا" | "نفس" | "ساعات" | "طوال" | "حتي" | "وحتي" | "الي" | "والي" | "مدار" | "طيله" | "بعد" | "قبل"
                    ));
            // قناة «اليمن اليوم»: a name.
            let named = scan.is_quote_mark(end) && i > 1 && scan.is_word(i - 1) && (i.saturating_sub(3)..i - 1).any(|t| scan.is_quote_mark(t));
            // لـ«اليوم»: a newspaper.
            let bracketed = i > 1 && scan.form(i - 1) == "(" && scan.form(end) == ")" && self.weekday_at(i - 2).is_none();
            let named = named || bracketed || i > 0 && scan.is_quote_mark(i - 1) && scan.is_quote_mark(end);
            // برميل باليوم: a day; هم اليوم, بات اليوم, اليوم قبل الغد: nowadays.
            let nowadays = scan.form(i).starts_with("بال")
                || scan.form(end) == "قبل" && matches!(scan.form(end + 1), "الغد" | "غد")
                || i > 0
                    && matches!(scan.bare(i - 1), "هو" | "هي" | "هم" | "نحن" | "انت" | "بات" | "باتت" | "اصبح" | "اصبحت" | "صار" | "صارت" | "عالم" | "حاجه");
            // ما نعيشه اليوم, حين نبحث اليوم: the same.
            let ours = i > 0
                && (scan.verbs(i - 1).any(|v| v.reading.first_person && v.reading.tense == Tense::Imperfect)
                    || scan.form(i - 1).starts_with('ن')
                        && scan.written(i - 1).ends_with(['ه', 'ا'])
                        && scan.form(i - 1).len() >= 10
                        && scan.whole(i - 1).is_none());
            let dated = self.swallow_weekday(end) > end;
            let nowadays = nowadays || ours && !dated;
            // ثلاث ساعات في اليوم: a day.
            let nowadays = nowadays || i > 0 && scan.form(i - 1) == "في" && !dated;
            // «العرب يمرون اليوم بمرحلة صعبة»: who speaks means these times.
            let nowadays = nowadays || scan.quoted(i) && !dated && scan.form(end) != "(" && i > 0 && !PART_OF_DAY.contains(&scan.bare(i - 1));
            // انتخابات ليوم 30 يوليو
            let of_day = scan.form(i).ends_with("ليوم") && !scan.has_article(i);
            if adjective || named || nowadays || of_day || (counted && scan.form(i - 1) != "هذا") || scan.form(end) == "نفسه" || !scan.form(i).contains("ليوم")
            {
                return None;
            }
        }
        // ولامس المؤشر: a verb; أعداء الأمس: those of before; اليوم قبل الغد: soon; صحيفة «الغد»: a name.
        let touched = f.en == "yesterday" && scan.form(i).trim_start_matches('و').starts_with("لامس");
        let soon = f.en == "tomorrow" && i > 1 && scan.form(i - 1) == "قبل" && scan.form(i - 2) == "اليوم";
        let of_before = f.en == "yesterday" && i > 0 && matches!(scan.bare(i - 1), "اعداء" | "حلفاء" | "اصدقاء" | "خصوم");
        let paper = f.en == "tomorrow" && i > 0 && scan.is_quote_mark(i - 1) && scan.is_quote_mark(end);
        if touched || of_before || soon || paper {
            return None;
        }
        let mut end = end;
        // صباح اليوم (أمس): the editor corrected the speaker's today.
        if f.en == "today" && scan.form(end) == "(" && self.senses(end + 1, Classes::TIME).is_some_and(|f| f.en == "yesterday") {
            return Some((self.past(end + 2, &[")"]), self.day(-1), "time/corrected-day", false));
        }
        // بأمس الحاجة: most.
        if f.en == "yesterday" && scan.form(end).starts_with("الحاج") {
            return None;
        }
        // ليل أمس الأول, ليل أمس (الأول), البارحة الأولى
        let ordinal = self.past(end, &["("]);
        if f.en == "yesterday" && matches!(scan.form(ordinal), "الاول" | "الاولي") {
            let after = if ordinal > end { self.past(ordinal + 1, &[")"]) } else { ordinal + 1 };
            return Some((self.swallow_weekday(after), self.day(-2), "time/day-before-yesterday", false));
        }
        // أمس (الأول)
        if (i..end).any(|t| scan.form(t) == "(") {
            end = self.past(end, &[")"]);
        }
        // غدا (اليوم): and the one who speaks of tomorrow.
        if f.en == "tomorrow" && scan.form(end) == "(" && self.senses(end + 1, Classes::TIME).is_some_and(|f| f.en == "today") {
            return Some((self.past(end + 2, &[")"]), self.day(0), "time/corrected-day", false));
        }
        let after = self.swallow_weekday(end);
        // أمس الثلاثاء: where the day named is another, it decides.
        let named = (end..after).find_map(|t| self.weekday_at(t));
        end = after;
        let mut value = self.day(days);
        if let (Some(weekday), Some(day)) = (named, value.map(Edtf::first)) {
            let back = i32::from(weekday.until(day.weekday()));
            value = day.checked_sub(if days > 0 && back > 3 { back - 7 } else { back }.days()).ok().map(Edtf::day);
        }
        Some((end, value, "time/relative-day", false))
    }

    /// Past `(الاثنين)`, `الجمعة` after today or yesterday, which say the same day again.
    fn swallow_weekday(&self, end: usize) -> usize {
        // (اليوم) الأحد
        let end = if end > 1 && self.scan.form(end - 2) == "(" && self.weekday_at(end + 1).is_some() { self.past(end, &[")"]) } else { end };
        let inner = self.past(end, &["(", "،", "-"]);
        let inner = if self.scan.form(inner) == "يوم" { inner + 1 } else { inner };
        if self.weekday_at(inner).is_some() {
            let after = inner + 1;
            let closed = self.past(after, &[")"]);
            return if inner > end && self.scan.form(end) == "(" { closed } else { after };
        }
        end
    }

    /// A day counted from the publication date.
    fn day(&self, offset: i32) -> Option<Edtf> {
        Some(Edtf::day(self.published?.checked_add(offset.days()).ok()?))
    }

    /// The weekday that token `i` names, with the article.
    pub(super) fn weekday_at(&self, i: usize) -> Option<Weekday> {
        let form = self.scan.form(i);
        if !(form.starts_with("ال") || form.starts_with("لل") || form.starts_with("وال")) {
            return None;
        }
        let n: i8 = self.senses(i, Classes::WEEKDAY)?.en.parse().ok()?;
        Weekday::from_monday_one_offset(n).ok()
    }

    /// يوم الثلاثاء, الثلاثاء الماضي, الثلاثاء/الأربعاء, الخميس 6 أغسطس.
    pub(super) fn weekday(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let at = if scan.form(i) == "يوم" || scan.form(i) == "ليوم" { i + 1 } else { i };
        let weekday = self.weekday_at(at)?;
        if i > 0
            && matches!(scan.form(i - 1), "صلاه" | "خطبه" | "خطب" | "خطيب" | "خطباء" | "منابر" | "امام" | "جمعه" | "سوق" | "لصلاه" | "بعد")
            && weekday == Weekday::Friday
        {
            return None;
        }
        // أيام الأحد: every one.
        if i > 0 && matches!(scan.form(i - 1), "ايام" | "عطله") || i > 1 && scan.is_quote_mark(i - 1) && scan.form(i - 2) == "عطله" {
            return None;
        }
        let mut end = at + 1;
        let second = self.past(end, &["/", "-"]);
        // ليل الأحد الإثنين
        let night = at > 0 && matches!(scan.form(at - 1), "ليل" | "ليله");
        // يومي الثلاثاء والأربعاء, يومي الاثنين أو الثلاثاء
        let two = i > 0 && self.scan.bare(i - 1) == "يومي";
        let second = second + usize::from(two && scan.form(second) == "او");
        // الاثنين والثلاثاء: both.
        let joined = self.scan.form(end).starts_with('و') && self.weekday_at(end).is_some_and(|next| weekday.until(next) == 1);
        let pair = (second > end || night || two || joined).then(|| self.weekday_at(second)).flatten();
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
            && let Some((e, value, _, _)) = self.numeric_date(dated).or_else(|| self.peek_date(dated)).or_else(|| self.hijri(dated))
        {
            return Some((self.past(e, &[")"]), value, "time/weekday-and-date", false));
        }
        // يوم الاثنين الرابع من شوال
        if scan.has_article(end)
            && self.number(end).is_some()
            && let Some((e, value, _, _)) = self.hijri(end)
        {
            return Some((e, value, "time/weekday-and-date", false));
        }
        // من الأحد الماضي إلى الثلاثاء.
        let from = i > 0 && (scan.form(i - 1) == "من" || i > 1 && scan.form(i - 1) == "يوم" && scan.form(i - 2) == "من");
        let to = end + 1 + usize::from(scan.form(end + 1) == "يوم");
        let until = if from && matches!(scan.form(end), "الي" | "حتي") { self.weekday_at(to) } else { None };
        if until.is_some() {
            end = to + 1;
        }
        let until_then = i > 0 && (scan.form(i - 1) == "حتي" || i > 1 && scan.form(i - 1) == "يوم" && scan.form(i - 2) == "حتي");
        let value = self.published.and_then(|p| {
            let back = |w: Weekday| i32::from(w.until(p.weekday()));
            let days = match shift {
                Some(Shift::Next) => {
                    let ahead = i32::from(p.weekday().until(weekday));
                    if ahead == 0 { 7 } else { ahead }
                }
                // On a Tuesday, the Monday before is yesterday and يوم الاثنين الماضي the one before that.
                Some(Shift::Last) if back(weekday) < 2 => -7 - back(weekday),
                Some(Shift::Last) => -back(weekday),
                Some(Shift::BeforeLast) => -if back(weekday) == 0 { 7 } else { back(weekday) } - 7,
                // تستمر الهدنة حتى الجمعة
                None if until_then && !self.past_near(i) && back(weekday) != 0 => i32::from(p.weekday().until(weekday)),
                _ if (self.future_near(i) || shift.is_none() && self.present_near(i)) && back(weekday) != 0 => i32::from(p.weekday().until(weekday)),
                _ => -back(weekday),
            };
            let day = p.checked_add(days.days()).ok()?;
            if let Some(until) = until {
                return Some(Edtf::days(day, day.checked_add(i32::from(day.weekday().until(until)).days()).ok()?));
            }
            Some(match pair {
                Some(_) => Edtf::days(day, day.tomorrow().ok()?),
                None => Edtf::day(day),
            })
        });
        Some((end, value, "time/weekday", false))
    }

    /// Whether the words just before token `i` speak of the future.
    pub(super) fn future_near(&self, i: usize) -> bool {
        let future = |t: usize| {
            let form = self.scan.form(t);
            // سنية: a noun where no such verb is.
            let verb =
                |word| !self.scan.lexicon.classes(word).any(Classes::COMMON) || self.scan.lexicon.readings(word).iter().any(|r| r.tense == Tense::Imperfect);
            // ستين شخصا, 170 سنيا: a number and what it counts.
            if self.number(t).is_some() || t > 0 && self.number(t - 1).is_some() {
                return false;
            }
            self.scan.analyses(t).iter().any(|w| w.proclitics.future && verb(w.form.word()))
                && !self.scan.verbs(t).any(|v| v.word.offset == 0 && v.reading.tense == Tense::Perfect)
                || self.senses(t, Classes::PLAN).is_some_and(|f| matches!(f.en, "will" | "scheduled" | "expected"))
                || matches!(form, "الممكن" | "المرجح" | "المفترض" | "موعد" | "موعده" | "موعدها")
                || self.scan.whole(t).is_none() && self.looks_future(t)
        };
        let stops = |t: usize| !self.scan.is_word(t) && self.scan.kind(t) != TokenKind::Number && self.scan.form(t) != "\"";
        (i.saturating_sub(10)..i).rev().take_while(|&t| !stops(t)).any(future)
            || (i + 1..(i + 5).min(self.scan.len())).take_while(|&t| self.scan.is_word(t) && !crate::speech::that(self.scan.form(t))).any(future)
    }

    /// Whether the word at `t`, which no lexicon has, is spelt like a verb of the future, and stands where one can: not سيريزا after a preposition.
    fn looks_future(&self, t: usize) -> bool {
        let form = self.scan.form(t);
        let bare = form.strip_prefix('و').unwrap_or(form);
        let spelt = bare.starts_with("سي") && bare.len() >= 8 + usize::from(bare.len() == form.len()) * 2 || bare.starts_with("ست") && bare.len() >= 12;
        let led = t > 0 && (self.scan.may_be(t - 1, Classes::PREP) || self.scan.cue(t - 1).is_some());
        spelt && !led
    }

    /// Whether the nearest verb before token `i` is in the present, of something that is still to happen: يصوت المجلس يوم الأربعاء.
    pub(super) fn present_near(&self, i: usize) -> bool {
        let scan = self.scan;
        let tense = |t: usize, tense: Tense| scan.verbs(t).any(|v| v.reading.tense == tense && v.word.proclitics.preposition.is_none());
        let verb = |t: &usize| !scan.particle(*t) && (tense(*t, Tense::Perfect) || tense(*t, Tense::Imperfect));
        let found = (i.saturating_sub(8)..i).rev().take_while(|&t| scan.is_word(t)).find(verb);
        found.is_some_and(|t| {
            let kept = t > 0 && (matches!(scan.bare(t - 1), "لم" | "كان" | "كانت" | "كانوا") || scan.class(t - 1).any(Classes::REL));
            tense(t, Tense::Imperfect) && !tense(t, Tense::Perfect) && !kept && scan.cue(t).is_none()
        })
    }

    /// Whether a verb in the past stands among the words just before token `i`, and none in the present.
    pub(super) fn past_near(&self, i: usize) -> bool {
        let scan = self.scan;
        let tense = |t: usize, tense: Tense| scan.verbs(t).any(|v| v.reading.tense == tense && v.word.proclitics.preposition.is_none());
        let mut before = (i.saturating_sub(8)..i).rev().take_while(|&t| scan.is_word(t));
        let verb = before.find(|&t| !scan.particle(t) && (tense(t, Tense::Perfect) || tense(t, Tense::Imperfect)));
        // كانت تبلغ: past too.
        verb.is_some_and(|t| tense(t, Tense::Perfect) || t > 0 && matches!(scan.bare(t - 1), "كان" | "كانت" | "كانوا"))
    }

    /// الساعة الرابعة والنصف فجرا, الساعة 04:00: on the day that was named last.
    pub(super) fn clock(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        if !matches!(scan.form(i), "الساعه" | "للساعه") {
            return None;
        }
        let figures = scan.kind(i + 1) == TokenKind::Number;
        self.number(i + 1)?;
        let minutes = figures && scan.form(i + 2) == ":" && scan.kind(i + 3) == TokenKind::Number;
        let mut end = i + if minutes { 4 } else { 2 };
        end += usize::from(matches!(scan.form(end), "والنصف" | "والربع" | "والثلث"));
        let part = matches!(scan.form(end), "صباحا" | "مساء" | "فجرا" | "ظهرا" | "عصرا" | "ليلا");
        let day = self.relative_day(end + 1).or_else(|| self.weekday(end + 1));
        // الساعة 11 مساء أمس: the day has its own words.
        if !(part || minutes) || part && day.is_some() {
            return None;
        }
        let value = self.anchor.filter(|a| a.to.is_none() && a.first() == a.last());
        Some((end + usize::from(part), value, "time/clock", false))
    }

    /// لليوم الثاني على التوالي, لليلة الثالثة: the days that are over.
    pub(super) fn in_a_row(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        if !matches!(scan.form(i), "لليوم" | "لليله") || !scan.has_article(i + 1) {
            return None;
        }
        let n = i32::try_from(self.number(i + 1)?).ok().filter(|n| (2..=40).contains(n))?;
        let row = scan.form(i + 2) == "علي" && scan.form(i + 3) == "التوالي";
        let value = self.published.and_then(|p| Some(Edtf::days(p.checked_sub(n.days()).ok()?, p.yesterday().ok()?)));
        Some((i + if row { 4 } else { 2 }, value, "time/in-a-row", false))
    }

    /// خلال الليل.
    pub(super) fn night(&self, i: usize) -> Option<Parsed> {
        let scan = self.scan;
        let during = matches!(scan.form(i), "خلال" | "اثناء" | "طوال") && scan.form(i + 1) == "الليل";
        if !during {
            return None;
        }
        let value = self.published.and_then(|p| Some(Edtf::days(p.yesterday().ok()?, p)));
        Some((i + 2, value, "time/during-the-night", false))
    }
}
