//! Words: ids made of them, truces and breaches among them, and what a condition asks.

use crate::table;
use majlis_lexicon::Lexicon;
use majlis_text::{Folded, TokenKind, clitic, fold, tokenize};
use std::sync::OnceLock;

/// The most words of an id.
const LONGEST: usize = 5;

/// Small Latin letters, digits and hyphens, by rule from the words.
pub(super) fn slug(words: &str) -> String {
    let latin = Lexicon::shipped().latin(words).to_lowercase();
    let letters: String = latin.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    letters.split('-').filter(|part| !part.is_empty() && *part != "al").take(LONGEST).collect::<Vec<_>>().join("-")
}

/// What an event's words say of a truce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Truce {
    Made,
    Broken,
    Ended,
}

/// What the words of an event are of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Topic {
    pub(super) truce: Option<Truce>,
    /// A resolution or a bill before an assembly.
    pub(super) is_motion: bool,
}

/// Finds all of it in one walk.
pub(super) fn topic(words: &str) -> Topic {
    let has = holds(words);
    Topic { truce: truce_in(&has), is_motion: has("motion") }
}

/// What the words say of a truce, if anything.
pub(crate) fn truce(words: &str) -> Option<Truce> {
    truce_in(&holds(words))
}

/// Words that break or end a truce say so before what they break.
fn truce_in(has: &impl Fn(&str) -> bool) -> Option<Truce> {
    match (has("truce"), has("breach"), has("end")) {
        (_, true, _) => Some(Truce::Broken),
        (true, _, true) => Some(Truce::Ended),
        (true, ..) => Some(Truce::Made),
        _ => None,
    }
}

/// For how many days the words say that something is to last: "for five days".
pub(super) fn term(words: &str) -> Option<i32> {
    let folded: Vec<String> = words_of(words);
    let lexicon = Lexicon::shipped();
    let number = |word: &str| word.parse().ok().or_else(|| lexicon.word(word).and_then(|id| lexicon.number(id)).map(|n| n as i32));
    let days = |word: &str| rows().iter().find_map(|(form, of)| of.strip_prefix("days-").filter(|_| form == word)?.parse::<i32>().ok());
    let lasts = |word: &String| rows().iter().any(|(form, of)| of == "lasts" && form == word);
    let (at, _) = folded.iter().enumerate().find(|(_, word)| lasts(word))?;
    match folded.get(at + 1..)? {
        [count, unit, ..] if number(count).is_some() => Some(number(count)?.checked_mul(days(unit)?)?),
        [unit, ..] => days(unit),
        [] => None,
    }
}

/// Whether the words hold all words of some form of a class.
fn holds(words: &str) -> impl Fn(&str) -> bool {
    let held: Vec<Vec<String>> = words_of(words).iter().map(|w| readings(w)).collect();
    let all = move |form: &str| form.split(' ').all(|part| held.iter().any(|readings| readings.iter().any(|r| r == part)));
    move |class| rows().iter().any(|(form, of)| of == class && all(form))
}

/// What a condition asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Condition {
    Unless,
    If,
}

/// How a condition begins, and what follows.
pub(super) fn condition(words: &str) -> Option<(Condition, &str)> {
    let opening = |form: &str| {
        let count = form.split(' ').count();
        let mut at = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]);
        let end = at.nth(count - 1)?;
        (fold(&words[..end]) == form).then(|| words[end..].trim_start())
    };
    let fits = rows().iter().filter_map(|(form, class)| {
        let kind = match class.as_str() {
            "unless" => Condition::Unless,
            "if" => Condition::If,
            _ => return None,
        };
        Some((form.len(), kind, opening(form)?))
    });
    fits.max_by_key(|(length, ..)| *length).map(|(_, kind, rest)| (kind, rest))
}

/// Folded forms with their classes.
fn rows() -> &'static [(String, String)] {
    static ROWS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    ROWS.get_or_init(|| table::rows(include_str!("../../data/bargain_words.tsv")).map(|[form, class]: [&str; 2]| (fold(form), class.to_owned())).collect())
}

fn words_of(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    tokenize(&folded).iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).map(|t| t.folded(&folded).to_owned()).collect()
}

/// A word as it is, and by every way to take particles off it.
fn readings(word: &str) -> Vec<String> {
    let bare = |stem: &str| stem.strip_prefix("ال").unwrap_or(stem).to_owned();
    [bare(word)].into_iter().chain(clitic::analyses(word).map(|a| bare(a.stem))).chain([word.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truce_its_breach_and_its_end_are_told_apart() {
        assert_eq!(truce("هدنة"), Some(Truce::Made));
        assert_eq!(truce("للهدنة"), Some(Truce::Made));
        assert_eq!(truce("وقف إطلاق النار"), Some(Truce::Made));
        assert_eq!(truce("خرق الهدنة"), Some(Truce::Broken));
        assert_eq!(truce("انهارت الهدنة انهار"), Some(Truce::Ended));
        assert_eq!(truce("وقف الموازنة"), None);
    }

    #[test]
    fn a_term_is_counted_in_days() {
        assert_eq!(term("هدنة إنسانية لمدة خمسة أيام"), Some(5));
        assert_eq!(term("وقف لإطلاق النار مدته 3 أسابيع"), Some(21));
        assert_eq!(term("هدنة لمدة أسبوع"), Some(7));
        assert_eq!(term("هدنة لمدة غير محددة"), None);
        assert_eq!(term("هدنة"), None);
    }

    #[test]
    fn a_resolution_of_parliament_is_a_motion() {
        let motion = |words| topic(words).is_motion;
        assert!(motion("قرار برلماني") && motion("بقرار برلماني") && motion("مشروع القانون"));
        assert!(!motion("قرار قضائي") && !motion(""));
    }

    #[test]
    fn a_condition_says_what_it_asks() {
        assert_eq!(condition("إذا مضت الحكومة في التوسيع"), Some((Condition::If, "مضت الحكومة في التوسيع")));
        assert_eq!(condition("ما لم يطلب الانسحاب"), Some((Condition::Unless, "يطلب الانسحاب")));
        assert_eq!(condition("إذا لم تنسحب"), Some((Condition::Unless, "تنسحب")));
        assert_eq!(condition("تنسحب القوات"), None);
        assert_eq!(condition(""), None);
    }

    #[test]
    fn an_id_is_plain_letters() {
        let id = slug("خروج القوات الأميركية من العراق قبل نهاية العام");
        assert!(!id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
        assert_eq!(slug("،"), "");
    }
}
