//! What is asked of a list: filters and the stretch of it, as an address has them.

use crate::failure::Failure;
use jiff::civil::Date;
use majlis_case::{Case, Filter, Page, Problem};
use majlis_text::fold;
use serde::Deserialize;

/// Rows on a page.
pub(crate) const ROWS: u64 = 50;
/// The most rows that the API gives at once.
pub(crate) const MOST: u64 = 500;
/// The longest query, in characters.
const LONGEST: usize = 500;

/// Filters as they stand in an address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ask {
    /// An actor's number, code or name.
    pub(crate) actor: String,
    /// `yes` or `no`.
    pub(crate) named: String,
    pub(crate) outlet: String,
    pub(crate) from: String,
    pub(crate) to: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) place: String,
    pub(crate) document: String,
    /// Words to look for.
    pub(crate) q: String,
    /// Page of the list, from 1.
    pub(crate) page: String,
    pub(crate) offset: String,
    pub(crate) limit: String,
}

impl Ask {
    /// The filters, an actor's name as the number of the most mentioned who bears it. A name that nobody bears finds nothing.
    pub(crate) fn filter(&self, case: &Case) -> Result<Filter, Failure> {
        let actor = match self.actor.trim() {
            "" => None,
            name => match case.find_actor(name) {
                Ok(found) => found.first().map(|actor| actor.id),
                Err(error) if matches!(error.problem, Problem::Refused(_)) => Some(0),
                Err(error) => return Err(error.into()),
            },
        };
        let named = match self.named.trim() {
            "" => None,
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            other => return Err(Failure::bad(format!("named: yes or no is expected, not {other}"))),
        };
        let word = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Filter {
            actor,
            named,
            outlet: word(&self.outlet),
            from: day("from", &self.from)?,
            to: day("to", &self.to)?,
            kind: word(&self.kind),
            status: word(&self.status),
            place: word(&self.place),
            document: number("document", &self.document)?,
        })
    }

    /// The words to look for.
    pub(crate) fn words(&self) -> Result<&str, Failure> {
        if self.q.chars().count() > LONGEST {
            return Err(Failure::bad(format!("q: a query has at most {LONGEST} characters")));
        }
        Ok(self.q.trim())
    }

    /// The number of the page, from 1.
    pub(crate) fn number(&self) -> Result<u64, Failure> {
        Ok(number::<u64>("page", &self.page)?.unwrap_or(1).max(1))
    }

    /// The stretch that a page shows.
    pub(crate) fn page(&self) -> Result<Page, Failure> {
        Ok(Page { offset: (self.number()? - 1).saturating_mul(ROWS), limit: ROWS })
    }

    /// The stretch that the API gives.
    pub(crate) fn stretch(&self) -> Result<Page, Failure> {
        let limit = number("limit", &self.limit)?.unwrap_or(ROWS);
        if !(1..=MOST).contains(&limit) {
            return Err(Failure::bad(format!("limit: 1 to {MOST} is expected, not {limit}")));
        }
        Ok(Page { offset: number("offset", &self.offset)?.unwrap_or(0), limit })
    }
}

/// A day as an address or a form has it, in figures of either script; `None` where it is left empty.
pub(crate) fn day(name: &str, written: &str) -> Result<Option<Date>, Failure> {
    match written.trim() {
        "" => Ok(None),
        text => fold(text).parse().map(Some).map_err(|_| Failure::bad(format!("{name}: a day such as 2021-03-17 is expected, not {text}"))),
    }
}

/// A number of an address; `None` where it is left empty.
pub(crate) fn number<T: std::str::FromStr>(name: &str, written: &str) -> Result<Option<T>, Failure> {
    match written.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Failure::bad(format!("{name}: a number is expected, not {text}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_from_one_and_never_overflow() {
        let page = |page: &str| Ask { page: page.to_owned(), ..Ask::default() }.page();
        assert_eq!(page("").unwrap(), Page { offset: 0, limit: ROWS });
        assert_eq!(page("0").unwrap().offset, 0);
        assert_eq!(page("3").unwrap().offset, 2 * ROWS);
        assert_eq!(page(&u64::MAX.to_string()).unwrap().offset, u64::MAX);
        assert_eq!(page("-1").unwrap_err().detail, "page: a number is expected, not -1");
    }

    #[test]
    fn a_day_may_be_written_in_figures_of_either_script() {
        let day = |written| day("from", written).map_err(|failure| failure.detail);
        assert_eq!(day(" ٢٠٢١-٠٣-١٧ "), day("2021-03-17"));
        assert_eq!((day("2021-03-17"), day("")), (Ok(Some(jiff::civil::date(2021, 3, 17))), Ok(None)));
        assert_eq!(day("17/3/2021"), Err("from: a day such as 2021-03-17 is expected, not 17/3/2021".to_owned()));
    }

    #[test]
    fn the_api_gives_a_bounded_stretch() {
        let ask = |limit: &str| Ask { limit: limit.to_owned(), ..Ask::default() }.stretch();
        assert_eq!(ask("").unwrap().limit, ROWS);
        assert!(ask("0").is_err() && ask("501").is_err() && ask("x").is_err());
    }
}
