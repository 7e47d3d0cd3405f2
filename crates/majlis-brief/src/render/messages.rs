//! The words of the interface, from `data/messages.tsv`.

use super::Lang;
use crate::table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The text of `key`; the key itself where the file has none.
pub(crate) fn say(lang: Lang, key: &str) -> &str {
    static TEXTS: OnceLock<FxHashMap<&str, [String; 2]>> = OnceLock::new();
    let text = |cell: &str| cell.replace('␠', " ");
    let texts =
        TEXTS.get_or_init(|| table::rows(include_str!("../../data/messages.tsv")).map(|[key, en, ar]: [&str; 3]| (key, [text(en), text(ar)])).collect());
    texts.get(key).map_or(key, |[en, ar]| match lang {
        Lang::English => en,
        Lang::Arabic => ar,
    })
}

/// The text of `key` with its `{name}` places filled in, in one pass.
pub(crate) fn fill(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    put(say(lang, key), values)
}

/// The form of `key` that goes with a number.
pub(super) fn count(lang: Lang, key: &str, n: usize) -> String {
    let form = match (lang, n, n % 100) {
        (_, 1, _) => 0,
        (Lang::English, ..) => 1,
        (Lang::Arabic, 2, _) => 1,
        (Lang::Arabic, _, 3..=10) => 2,
        (Lang::Arabic, _, 11..=99) => 3,
        (Lang::Arabic, ..) => 4,
    };
    put(say(lang, key).split('|').nth(form).unwrap_or("{n}"), &[("n", &n.to_string())])
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

    #[test]
    fn every_code_has_its_words_in_both_languages() {
        let lexicon = Lexicon::shipped();
        let codes = |prefix: &'static str, codes: Vec<&'static str>| codes.into_iter().filter(|c| !c.is_empty()).map(move |c| format!("{prefix}.{c}"));
        let keys = codes("event", EventType::ALL.iter().map(|e| e.code()).collect())
            .chain(codes("kind", ActorKind::ALL.iter().map(|k| k.code()).collect()))
            .chain(codes("class", CueClass::ALL.iter().map(|c| c.code()).collect()))
            .chain(codes("unnamed", lexicon.sources.iter().map(|s| s.class).collect()))
            .chain(codes("sector", lexicon.actors.iter().map(|a| a.sector).collect()))
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
