//! Dates as people write them.

use super::Lang;
use super::messages::{fill, say};
use jiff::civil::Date;
use majlis_text::{Edtf, Point};

/// A date or an interval.
pub(crate) fn edtf(lang: Lang, when: Edtf) -> String {
    match (when.from, when.to) {
        (from, None) => point(lang, from),
        (from, Some(to)) if from == to => point(lang, from),
        (Point::Day(a), Some(Point::Day(b))) if (a.year(), a.month()) == (b.year(), b.month()) => {
            let month = point(lang, Point::Month(a.year(), a.month()));
            fill(lang, "days", &[("first", &a.day().to_string()), ("last", &b.day().to_string()), ("month", &month)])
        }
        (from, Some(to)) => fill(lang, "interval", &[("from", &point(lang, from)), ("to", &point(lang, to))]),
    }
}

/// A day.
pub(super) fn day(lang: Lang, date: Date) -> String {
    point(lang, Point::Day(date))
}

fn point(lang: Lang, point: Point) -> String {
    let month = |m: i8| say(lang, &format!("month.{m}")).to_owned();
    match point {
        Point::Year(y) => y.to_string(),
        Point::Month(y, m) => format!("{} {y}", month(m)),
        Point::Day(d) => format!("{} {} {}", d.day(), month(d.month()), d.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_intervals_are_written_out() {
        let written = |s: &str, lang| s.parse().map_or_else(|_| String::new(), |when| edtf(lang, when));
        assert_eq!(written("2021-02-15", Lang::English), "15 Feb 2021");
        assert_eq!(written("2021-02-15", Lang::Arabic), "15 فبراير 2021");
        assert_eq!(written("2021-03-01/2021-03-10", Lang::English), "1–10 Mar 2021");
        assert_eq!(written("2020-12/2021-01", Lang::Arabic), "من ديسمبر 2020 إلى يناير 2021");
        assert_eq!(written("2021", Lang::English), "2021");
    }
}
