//! An event as clustering sees it: what it is like, and under which keys its like are found.

use jiff::ToSpan;
use jiff::civil::Date;
use std::borrow::Borrow;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// How like two reports must be, 0–1, from different documents and within one.
pub(crate) const LIKE: f64 = 0.6;
const LIKE_WITHIN: f64 = 0.75;
/// What each agreement counts.
pub(crate) const DAY: f64 = 0.35;
const PLACE: f64 = 0.25;
const PARTIES: f64 = 0.3;
const WORDS: f64 = 0.1;
/// What counts for an agreement of which one side says nothing.
const SILENT: f64 = 0.4;
/// An event of more days than this is looked for by its month.
pub(crate) const DAYS: i32 = 7;
/// Happenings that a report is compared with, the newest, and reports of each, the first.
pub(crate) const CANDIDATES: usize = 24;
pub(crate) const MEMBERS: usize = 3;

/// An event as clustering sees it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The document that it stands in.
    pub document: i64,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode, or none.
    pub mode: String,
    /// happened, planned, threatened or demanded; what is ongoing has happened.
    pub status: String,
    /// First and last day that it can have been.
    pub days: Option<(Date, Date)>,
    /// Where.
    pub place: Option<Place>,
    /// Who acts and who is acted on.
    pub parties: BTreeSet<i64>,
    /// The word of the lexicon that tells of it.
    pub cue: String,
}

/// Where an event was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Its number.
    pub id: i64,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Whether it is the whole country.
    pub is_country: bool,
}

/// The status that counts when two reports are compared.
pub(crate) fn real(status: &str) -> &str {
    if status == "ongoing" { "happened" } else { status }
}

/// The cue of a reason: what stands after the rule.
pub(crate) fn cue(why: &str) -> &str {
    why.split_once(':').map_or("", |(_, cue)| cue)
}

/// The happening of the report most like this one, and how like it is.
pub(crate) fn best(report: &Report, least: f64, candidates: impl IntoIterator<Item = (i64, impl Borrow<Report>)>) -> Option<(i64, f64)> {
    let mut best: Option<(i64, f64)> = None;
    for (happening, other) in candidates {
        let other = other.borrow();
        let least = if other.document == report.document { LIKE_WITHIN } else { least };
        let like = report.like(other);
        if like >= least && best.is_none_or(|(_, most)| like > most) {
            best = Some((happening, like));
        }
    }
    best
}

impl Report {
    /// The keys under which later reports find this one.
    pub(crate) fn keys(&self) -> Vec<i64> {
        self.hashed(|days| days)
    }

    /// The keys under which this report finds earlier ones: the days around it too.
    pub(crate) fn lookup(&self) -> Vec<i64> {
        self.hashed(|(a, b)| (a.yesterday().unwrap_or(a), b.tomorrow().unwrap_or(b)))
    }

    fn hashed(&self, around: impl Fn((Date, Date)) -> (Date, Date)) -> Vec<i64> {
        let Some((first, last)) = self.days else { return Vec::new() };
        let (unit, when): (&str, BTreeSet<Date>) = if (last - first).get_days() <= DAYS {
            let (from, to) = around((first, last));
            ("day", from.series(1.day()).take_while(|day| *day <= to).collect())
        } else {
            ("month", [first.first_of_month(), last.first_of_month()].into())
        };
        let place = self.place.iter().map(|place| format!("place {}", place.id));
        let what: Vec<String> = self.parties.iter().map(|p| format!("actor {p}")).chain(place).collect();
        let hash = |what: &String| xxh3_64(format!("{} {} {unit} {what}", self.kind, self.status).as_bytes());
        when.iter().flat_map(|when| what.iter().map(move |what| by_day(*when, hash(what)))).collect()
    }

    /// How like two reports are, 0–1; 0 where they cannot be of one happening.
    fn like(&self, other: &Self) -> f64 {
        if self.kind != other.kind || self.status != other.status {
            return 0.0;
        }
        let day = match (self.days, other.days) {
            (Some(a), Some(b)) if a == b => 1.0,
            (Some((a, b)), Some((c, d))) if a <= d && c <= b => 0.7,
            (Some((a, b)), Some((c, d))) if a <= d.tomorrow().unwrap_or(d) && c <= b.tomorrow().unwrap_or(b) => 0.4,
            (Some(_), Some(_)) => return 0.0,
            _ => SILENT,
        };
        let place = match (&self.place, &other.place) {
            (Some(a), Some(b)) if a.id == b.id => 1.0,
            // A country and a place in it agree; two towns do not.
            (Some(a), Some(b)) if a.country == b.country && (a.is_country || b.is_country) => 0.6,
            (Some(_), Some(_)) => return 0.0,
            _ => SILENT,
        };
        let parties = match (self.parties.is_empty(), other.parties.is_empty()) {
            (false, false) => {
                let shared = self.parties.intersection(&other.parties).count();
                if shared == 0 {
                    return 0.0;
                }
                shared as f64 / self.parties.len().min(other.parties.len()) as f64
            }
            _ => SILENT,
        };
        let words = if self.cue == other.cue && self.mode == other.mode {
            1.0
        } else if self.mode == other.mode {
            0.5
        } else {
            0.0
        };
        DAY * day + PLACE * place + PARTIES * parties + WORDS * words
    }
}

/// A key of a day and a hash. Keys of neighbouring days are neighbours, so that the news of a week goes to few pages of an index.
fn by_day(day: Date, hash: u64) -> i64 {
    let days = day.duration_since(Date::ZERO).as_hours() / 24;
    (days << 40) | (hash >> 24).cast_signed()
}
