//! The words of an interface, from a table with the columns key, en and ar.

use super::Lang;
use crate::table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Words of an interface in both languages, by key.
///
/// In a text `{name}` is filled in; forms that depend on a number are separated by `|`: English one and other; Arabic one, two, few (3–10),
/// many (11–99) and other. A blank at the end of a text is written `␠`.
#[derive(Debug)]
pub struct Messages(FxHashMap<&'static str, [String; 2]>);

impl Messages {
    /// The words of a table: tab-separated, `#` comments, one header line.
    #[must_use]
    pub fn new(table: &'static str) -> Self {
        let text = |cell: &str| cell.replace('␠', " ");
        Self(table::rows(table).map(|[key, en, ar]: [&str; 3]| (key, [text(en), text(ar)])).collect())
    }

    /// The words of the brief: what codes of events, actors, sectors, sources and verbs are called.
    pub fn brief() -> &'static Self {
        static BRIEF: OnceLock<Messages> = OnceLock::new();
        BRIEF.get_or_init(|| Self::new(include_str!("../../data/messages.tsv")))
    }

    /// The text of `key`, where there is one.
    #[must_use]
    pub fn get(&self, lang: Lang, key: &str) -> Option<&str> {
        self.0.get(key).map(|[en, ar]| match lang {
            Lang::English => en.as_str(),
            Lang::Arabic => ar.as_str(),
        })
    }

    /// The keys, sorted.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        let mut keys: Vec<&str> = self.0.keys().copied().collect();
        keys.sort_unstable();
        keys
    }

    /// A text with its `{name}` places filled in, in one pass.
    #[must_use]
    pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
        put(text, values)
    }

    /// The form of a text that goes with a number.
    #[must_use]
    pub fn count(lang: Lang, text: &str, n: usize) -> String {
        let form = match (lang, n, n % 100) {
            (_, 1, _) => 0,
            (Lang::English, ..) => 1,
            (Lang::Arabic, 2, _) => 1,
            (Lang::Arabic, _, 3..=10) => 2,
            (Lang::Arabic, _, 11..=99) => 3,
            (Lang::Arabic, ..) => 4,
        };
        put(text.split('|').nth(form).unwrap_or("{n}"), &[("n", &n.to_string())])
    }
}

/// The text of `key`; the key itself where the file has none.
pub(crate) fn say(lang: Lang, key: &str) -> &str {
    Messages::brief().get(lang, key).unwrap_or(key)
}

/// The text of `key` with its `{name}` places filled in.
pub(crate) fn fill(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    put(say(lang, key), values)
}

/// The form of `key` that goes with a number.
pub(super) fn count(lang: Lang, key: &str, n: usize) -> String {
    Messages::count(lang, say(lang, key), n)
}

fn put(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push_str(values.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use majlis_lexicon::{ActorKind, CueClass, EventType, Lexicon};

    /// The models that give an answer, by the names that data have for them.
    const MODELS: [&str; 18] = [
        "predictive",
        "mean",
        "median",
        "nash",
        "kalai-smorodinsky",
        "expected-utility-paper",
        "expected-utility-scholz",
        "challenge",
        "compromise",
        "condorcet",
        "spatial",
        "exponential",
        "weibull",
        "breaches",
        "hawkes",
        "crisis",
        "assembly",
        "shares",
    ];

    #[test]
    fn every_code_has_its_words_in_both_languages() {
        let lexicon = Lexicon::shipped();
        let codes = |prefix: &'static str, codes: Vec<&'static str>| codes.into_iter().filter(|c| !c.is_empty()).map(move |c| format!("{prefix}.{c}"));
        let keys = codes("event", EventType::ALL.iter().map(|e| e.code()).collect())
            .chain(codes("kind", ActorKind::ALL.iter().map(|k| k.code()).collect()))
            .chain(codes("class", CueClass::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("unnamed", lexicon.sources.iter().map(|s| s.class).collect()))
            .chain(codes("sector", lexicon.actors.iter().map(|a| a.sector).collect()))
            .chain(codes("model", MODELS.to_vec()))
            .chain(codes("mode", lexicon.predicates.iter().map(|p| p.mode).collect()));
        for key in keys {
            assert_ne!(say(Lang::English, &key), key);
            assert_ne!(say(Lang::Arabic, &key), key);
        }
    }

    #[test]
    fn arabic_numbers_take_their_forms() {
        let forms = [1, 2, 3, 10, 11, 99, 100, 103].map(|n| count(Lang::Arabic, "statements", n));
        assert_eq!(forms, ["تصريح واحد", "تصريحان", "3 تصريحات", "10 تصريحات", "11 تصريحاً", "99 تصريحاً", "100 تصريح", "103 تصريحات"]);
        assert_eq!(count(Lang::English, "statements", 1), "1 statement");
    }
}
