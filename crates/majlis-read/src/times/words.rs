//! The words that expressions are made of: units, numbers, الماضي and the like.

use super::Parser;
use majlis_lexicon::{Classes, Entry, FunctionWord};
use majlis_text::TokenKind;

/// What time is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Hour,
    Day,
    Night,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// How many years it has: those of a year itself where it is no longer.
    pub(super) fn years(self) -> i32 {
        match self {
            Self::Decade => 10,
            Self::Century => 100,
            _ => 1,
        }
    }
}

/// Which one: the last, the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shift {
    Last,
    BeforeLast,
    Recent,
    Next,
    This,
}

impl Shift {
    /// How many units on.
    pub(super) fn steps(self) -> i16 {
        match self {
            Self::Last | Self::Recent => -1,
            Self::BeforeLast => -2,
            Self::Next => 1,
            Self::This => 0,
        }
    }
}

impl Parser<'_, '_> {
    /// The function word of a class that token `i` may be.
    pub(super) fn senses(&self, i: usize, class: Classes) -> Option<&'static FunctionWord> {
        let lexicon = self.scan.lexicon;
        if !self.scan.may_be(i, class) {
            return None;
        }
        self.scan.analyses(i).iter().find_map(|w| lexicon.senses(w.form.word()).find(|f| f.classes.any(class)))
    }

    /// The same of a phrase, with where it ends.
    pub(super) fn phrase(&self, i: usize, class: Classes) -> Option<(usize, &'static FunctionWord)> {
        let lexicon = self.scan.lexicon;
        let found = self.scan.longest(i, |m| match m.entry {
            Entry::Word(w) if lexicon.words[w as usize].classes.any(class) => Some(&lexicon.words[w as usize]),
            _ => None,
        });
        found.map(|(m, f)| (m.last as usize, f)).or_else(|| self.senses(i, class).map(|f| (i + 1, f)))
    }

    /// The unit at `i` and how many of it: two in the dual, 0 in the plural.
    pub(super) fn unit(&self, i: usize) -> Option<(Unit, u32)> {
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
            "century" => Unit::Century,
            _ => return None,
        };
        Some((unit, n))
    }

    /// الماضي, قبل الماضي, المقبل, الجاري, and where it ends.
    pub(super) fn shift(&self, i: usize) -> Option<(usize, Shift)> {
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

    /// A number in figures or one word.
    pub(super) fn number(&self, i: usize) -> Option<u32> {
        match self.scan.kind(i) {
            TokenKind::Number => self.scan.form(i).parse().ok(),
            // فإن الشهرين: no number.
            TokenKind::Word if self.scan.form(i) == "فان" => None,
            TokenKind::Word => self.scan.analyses(i).iter().find_map(|w| self.scan.lexicon.number(w.form.word())),
            _ => None,
        }
    }

    /// A number in figures or words, of two words too: أربع وعشرين; and where it ends.
    pub(super) fn count(&self, i: usize) -> Option<(usize, u32)> {
        let n = self.number(i)?;
        let tens = || self.number(i + 1).filter(|t| (20..100).contains(t) && t % 10 == 0 && self.scan.form(i + 1).starts_with('و'));
        match if (1..10).contains(&n) && self.scan.is_word(i) { tens() } else { None } {
            Some(tens) => Some((i + 2, tens + n)),
            None => Some((i + 1, n)),
        }
    }

    /// How many of which unit at `i`, and the token of the unit: ثلاثة أيام, نصف قرن. No count where none is written, and the unit's own number.
    pub(super) fn measure(&self, i: usize) -> Option<(usize, Option<u32>, Unit, u32)> {
        let part = match self.scan.form(i) {
            "نصف" | "النصف" => Some(50),
            "ربع" | "الربع" => Some(25),
            _ => None,
        };
        if part.is_some() && matches!(self.unit(i + 1), Some((Unit::Century, 1))) {
            return Some((i + 1, part, Unit::Year, 1));
        }
        let counted = self.count(i).and_then(|(at, n)| Some((at, Some(n), self.unit(at)?)));
        let (at, count, (unit, n)) = match counted {
            Some(counted) => counted,
            None => (i, None, self.unit(i)?),
        };
        (unit != Unit::Century).then_some((at, count, unit, n))
    }

    /// A year in figures.
    pub(super) fn four_digits(&self, i: usize) -> Option<i16> {
        (self.scan.kind(i) == TokenKind::Number).then(|| self.scan.form(i).parse::<i16>().ok()).flatten().filter(|y| (1800..=2100).contains(y))
    }

    /// `i`, or the token after it where it is one of `marks`.
    pub(super) fn past(&self, i: usize, marks: &[&str]) -> usize {
        if self.scan.kind(i) == TokenKind::Mark && marks.contains(&self.scan.form(i)) { i + 1 } else { i }
    }
}
