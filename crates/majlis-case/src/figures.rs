//! Figures near an event: how many dead, wounded, captured, how many rockets.

use majlis_text::{Folded, TokenKind, clitic, tokenize};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// Words between a figure and what it counts.
const BETWEEN: usize = 2;

/// What a sentence counts, each measure once: the first figure given for it.
pub(crate) fn count(sentence: &str) -> BTreeMap<&'static str, u32> {
    let folded = Folded::new(sentence);
    let words: Vec<&str> = tokenize(&folded).iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).map(|t| t.folded(&folded)).collect();
    let mut counted = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let Some(measure) = look(measures(), word) else { continue };
        // 15 قتيلاً, مقتل 15 شخصاً: the nearer figure, after before before.
        let near = (1..=BETWEEN).flat_map(|step| [at.checked_add(step), at.checked_sub(step)]);
        let figure = near.flatten().find_map(|i| words.get(i).filter(|_| !counted.contains_key(measure)).and_then(|w| number(w)));
        if let Some(figure) = figure {
            counted.insert(*measure, figure);
        }
    }
    counted
}

/// The sentence around a byte.
pub(crate) fn sentence(text: &str, at: usize) -> &str {
    let is_end = |c: char| matches!(c, '.' | '\n' | '؟' | '!' | '؛');
    let from = text[..at].rfind(is_end).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let to = text[at..].find(is_end).map_or(text.len(), |i| at + i);
    &text[from..to]
}

/// A figure in digits or in words. Years and days of a month in digits are told from counts by nothing, so that four digits are none.
fn number(word: &str) -> Option<u32> {
    if word.len() < 4
        && let Ok(figure) = word.parse()
    {
        return Some(figure);
    }
    look(numbers(), word).copied()
}

/// The entry of a word, with particles taken off where the whole word has none.
fn look<'t, T>(table: &'t HashMap<&'static str, T>, word: &str) -> Option<&'t T> {
    clitic::analyses(word).find_map(|a| table.get(a.stem))
}

fn measures() -> &'static HashMap<&'static str, &'static str> {
    static TABLE: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| rows(include_str!("../data/figures.tsv")).collect())
}

fn numbers() -> &'static HashMap<&'static str, u32> {
    static TABLE: OnceLock<HashMap<&'static str, u32>> = OnceLock::new();
    TABLE.get_or_init(|| rows(include_str!("../data/numbers.tsv")).filter_map(|(form, value)| Some((form, value.parse().ok()?))).collect())
}

/// Each form of a table with the first column of its row.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(value, forms)| forms.split('|').map(move |form| (form, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_in_digits_and_words_are_told_by_what_they_count() {
        let counted = count("وأسفر التفجير عن مقتل ١٥ شخصاً وإصابة عشرين آخرين");
        assert_eq!(counted, BTreeMap::from([("dead", 15), ("wounded", 20)]));
        assert_eq!(count("سقوط ثلاثة قتلى و7 جرحى"), BTreeMap::from([("dead", 3), ("wounded", 7)]));
        assert_eq!(count("أطلق المسلحون سبعة صواريخ"), BTreeMap::from([("rockets", 7)]));
    }

    #[test]
    fn a_year_is_no_count() {
        assert!(count("مقتل الرئيس عام 2011").is_empty());
    }
}
