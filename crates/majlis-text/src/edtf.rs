use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A year, a month or a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Point {
    /// A year, -9999 to 9999.
    Year(i16),
    /// A year and a month 1–12.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl Point {
    /// The first day of the point; `None` outside the calendar's range.
    pub fn first(self) -> Option<Date> {
        match self {
            Self::Year(y) => Date::new(y, 1, 1).ok(),
            Self::Month(y, m) => Date::new(y, m, 1).ok(),
            Self::Day(d) => Some(d),
        }
    }

    /// The last day of the point; `None` outside the calendar's range.
    pub fn last(self) -> Option<Date> {
        match self {
            Self::Year(y) => Date::new(y, 12, 31).ok(),
            Self::Month(y, m) => Date::new(y, m, 1).ok().map(Date::last_of_month),
            Self::Day(d) => Some(d),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(d) => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
        }
    }
}

/// A date or an interval of EDTF (ISO 8601-2 level 0): `2021`, `2021-03`, `2021-03-17`, `2021-03-01/2021-03-10`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf {
    /// Where it begins.
    pub from: Point,
    /// Where it ends, for an interval.
    pub to: Option<Point>,
}

/// A string that is not one of the forms of [`Edtf`].
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an EDTF date or interval (YYYY, YYYY-MM, YYYY-MM-DD, FROM/TO)")]
pub struct EdtfError(String);

impl Edtf {
    /// A year.
    pub fn year(y: i16) -> Self {
        Self { from: Point::Year(y), to: None }
    }

    /// A month of a year.
    pub fn month(y: i16, m: i8) -> Self {
        Self { from: Point::Month(y, m), to: None }
    }

    /// A day.
    pub fn day(d: Date) -> Self {
        Self { from: Point::Day(d), to: None }
    }

    /// The days from `a` to `b`; one day where they are the same.
    pub fn days(a: Date, b: Date) -> Self {
        if a == b { Self::day(a) } else { Self { from: Point::Day(a.min(b)), to: Some(Point::Day(a.max(b))) } }
    }

    /// An interval between two points, the earlier first.
    pub fn interval(a: Point, b: Point) -> Self {
        let (from, to) = if b.first() < a.first() { (b, a) } else { (a, b) };
        Self { from, to: Some(to) }
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.from.first().unwrap_or(Date::MIN)
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.to.unwrap_or(self.from).last().unwrap_or(Date::MAX)
    }

    /// The number of days covered, at least 1.
    pub fn length(self) -> i32 {
        self.first().until(self.last()).map_or(1, |s| s.get_days() + 1).max(1)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Edtf) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{}/{to}", self.from),
            None => write!(f, "{}", self.from),
        }
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(s: &str) -> Result<Self, EdtfError> {
        let point = |part: &str| {
            let mut fields = part.split('-');
            let year = fields.next()?.parse().ok()?;
            let point = match (fields.next(), fields.next(), fields.next()) {
                (None, ..) => Point::Year(year),
                (Some(m), None, _) => Point::Month(year, m.parse().ok()?),
                (Some(m), Some(d), None) => Point::Day(Date::new(year, m.parse().ok()?, d.parse().ok()?).ok()?),
                _ => return None,
            };
            point.first().map(|_| point)
        };
        let parsed = match s.split_once('/') {
            Some((a, b)) => point(a).zip(point(b)).map(|(a, b)| Edtf { from: a, to: Some(b) }),
            None => point(s).map(|p| Edtf { from: p, to: None }),
        };
        parsed.filter(|e| e.first() <= e.last()).ok_or_else(|| EdtfError(s.to_owned()))
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(s: String) -> Result<Self, EdtfError> {
        s.parse()
    }
}

impl From<Edtf> for String {
    fn from(e: Edtf) -> String {
        e.to_string()
    }
}

impl Default for Edtf {
    fn default() -> Self {
        Self::day(date(1970, 1, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_are_read_and_written() {
        for form in ["2021", "2021-02", "2021-03-17", "2021-03-01/2021-03-10", "2006/2014", "2015-08/2017-08"] {
            assert_eq!(form.parse::<Edtf>().unwrap().to_string(), form);
        }
        for bad in ["", "2021-13", "2021-02-30", "2021-03-10/2021-03-01", "x", "2021-01-01-01"] {
            assert!(bad.parse::<Edtf>().is_err(), "{bad}");
        }
        assert_eq!("2021-02".parse::<Edtf>().unwrap().length(), 28);
    }

    proptest! {
        #[test]
        fn any_string_is_parsed_or_refused(s in "\\PC*") {
            if let Ok(e) = s.parse::<Edtf>() {
                prop_assert!(e.first() <= e.last());
            }
        }
    }
}
