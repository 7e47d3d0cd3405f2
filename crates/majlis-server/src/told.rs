//! What is wrong, in Arabic. Failures are written in English, as the API gives them; a table turns those that readers of pages meet.

use crate::words;
use majlis_brief::{Lang, Messages};
use std::sync::OnceLock;

/// A failure's words with places for what it names: `no {kind} {id}`.
struct Line {
    english: Vec<Part>,
    arabic: &'static str,
}

enum Part {
    Words(&'static str),
    Place(&'static str),
}

fn lines() -> &'static [Line] {
    static LINES: OnceLock<Vec<Line>> = OnceLock::new();
    LINES.get_or_init(|| {
        let rows = include_str!("../data/failures.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| row.split_once('\t')).map(|(english, arabic)| Line { english: parts(english), arabic }).collect()
    })
}

fn parts(pattern: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in pattern.split_inclusive('}') {
        let (words, place) = piece.split_once('{').unwrap_or((piece, ""));
        parts.extend([Part::Words(words)].into_iter().filter(|_| !words.is_empty()));
        parts.extend(place.strip_suffix('}').map(Part::Place));
    }
    parts
}

/// What stands in the places of a pattern; none where the words are others.
fn places<'a>(parts: &[Part], said: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let (mut places, mut rest) = (Vec::new(), said);
    let mut open = None;
    for part in parts {
        match part {
            Part::Place(name) => open = Some(*name),
            Part::Words(words) => {
                let at = if open.is_some() { rest.find(words)? } else { rest.starts_with(words).then_some(0)? };
                places.extend(open.take().map(|name| (name, &rest[..at])));
                rest = &rest[at + words.len()..];
            }
        }
    }
    match open {
        Some(name) => places.push((name, rest)),
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some(places)
}

/// The Arabic for a failure; none where the table has no line for it.
pub(crate) fn arabic(said: &str) -> Option<String> {
    lines().iter().find_map(|line| {
        let places = places(&line.english, said)?;
        // What is no kind that we know is said by another line, or by none.
        let said = |(name, value): (&'static str, &str)| match name {
            "kind" => Some((name, words::messages().get(Lang::Arabic, &format!("kind.{value}"))?.to_owned())),
            _ => Some((name, isolated(value))),
        };
        let values: Vec<(&str, String)> = places.into_iter().map(said).collect::<Option<_>>()?;
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Some(Messages::fill(line.arabic, &values))
    })
}

/// Words that may be in the other script, and days and times, so that what stands around them and they themselves keep their order; plain
/// figures need nothing.
pub(crate) fn isolated(words: &str) -> String {
    if words.contains(|c: char| c.is_alphabetic() || matches!(c, '-' | '/' | ':')) { format!("\u{2068}{words}\u{2069}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn failures_are_told_in_arabic() {
        for (english, told) in [
            ("no document 999", "لا يوجد في الملف وثيقة رقم 999"),
            ("from: a day such as 2021-03-17 is expected, not x: y", "\u{2068}from\u{2069}: يُنتظر يوم مثل 2021-03-17 لا \u{2068}x: y\u{2069}"),
            ("page: a number is expected, not -1", "\u{2068}page\u{2069}: يُنتظر عدد لا \u{2068}-1\u{2069}"),
            ("there is no such page", "لا صفحة بهذا العنوان"),
        ] {
            assert_eq!(arabic(english).as_deref(), Some(told));
        }
        for unknown in ["", "no such thing at all", "standoff:3: actor: must be given"] {
            assert_eq!(arabic(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_place_of_the_arabic_is_in_the_english() {
        for line in lines() {
            let known: BTreeSet<&str> = line.english.iter().filter_map(|part| if let Part::Place(name) = part { Some(*name) } else { None }).collect();
            let arabic = parts(line.arabic);
            assert!(arabic.iter().all(|part| if let Part::Place(name) = part { known.contains(name) } else { true }), "{}", line.arabic);
            assert!(line.arabic.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c)), "{}", line.arabic);
        }
    }

    #[test]
    fn what_this_crate_refuses_has_its_arabic() {
        // Plain words between quotation marks; those with places are tried above.
        let sources = [
            include_str!("guard.rs"),
            include_str!("access.rs"),
            include_str!("forecast.rs"),
            include_str!("jobs.rs"),
            include_str!("pages/add.rs"),
            include_str!("pages/review.rs"),
        ];
        let failures = sources.iter().flat_map(|source| source.split("Failure::").skip(1));
        for said in failures.filter_map(|after| after.lines().next()?.split('"').nth(1).filter(|said| said.contains(' ') && !said.contains('{'))) {
            let is_for_programs = said.contains("Bearer") || said.contains("needs 8 characters") || said.contains("no Argon2");
            assert!(is_for_programs || arabic(said).is_some(), "{said}");
        }
    }
}
