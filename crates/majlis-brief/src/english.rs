//! How a brief in English calls an actor whom no list holds. Where no good English form can be made, it has none, and the Arabic words stand.

use crate::table;
use majlis_lexicon::{ActorKind, Entry, Head, Lexicon, NameKind};
use majlis_read::Actor;
use majlis_text::fold;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The English name of an actor; empty where the Arabic one is to be shown.
pub(crate) fn name(actor: &Actor) -> String {
    if actor.known {
        return bodies().get(actor.id.as_str()).map_or_else(|| actor.name_en.clone(), |en| (*en).to_owned());
    }
    let name = if actor.kind == ActorKind::Person { Lexicon::shipped().known_latin(&actor.name) } else { body(&actor.name) };
    name.unwrap_or_default()
}

/// English names that a brief has for listed bodies, by id.
fn bodies() -> &'static FxHashMap<&'static str, &'static str> {
    static BODIES: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    BODIES.get_or_init(|| table::rows(include_str!("../data/bodies.tsv")).map(|[id, en]| (id, en)).collect())
}

/// What place is meant, in English; the Arabic words where only a rule would romanise them.
pub(crate) fn place(name: &str, arabic: &str) -> String {
    let lexicon = Lexicon::shipped();
    let by_rule = name == lexicon.latin(arabic) && lexicon.known_latin(arabic).is_none();
    if by_rule { arabic.to_owned() } else { name.to_owned() }
}

/// A body that its head and a state's adjective name, or people by what they do: the Yemeni people, protesters.
fn body(name: &str) -> Option<String> {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    if let Some(head) = head(&words).filter(|head| is_plural(head)) {
        return Some(head.en.to_owned());
    }
    let (nisba, rest) = words.split_last()?;
    let state = entry(std::slice::from_ref(nisba), |e| if let Entry::Nisba { index, .. } = e { Some(index) } else { None })?;
    Some(format!("{} {}", Lexicon::shipped().states[state as usize].demonym, head(rest)?.en))
}

/// Whether some words are the name of a person whom the lexicon lists.
pub(crate) fn is_listed(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    let person = |index: u16| Lexicon::shipped().actors[index as usize].kind == ActorKind::Person;
    entry(&words, |e| if let Entry::Actor { index, .. } = e { person(index).then_some(()) } else { None }).is_some()
}

/// Whether a word is a place's name and no given name.
pub(crate) fn is_place(word: &str) -> bool {
    let lexicon = Lexicon::shipped();
    let given = lexicon.word(&fold(word)).and_then(|id| lexicon.name_kind(id)).is_some_and(|kind| kind != NameKind::Family);
    !given && entry(&[fold(word)], |e| matches!(e, Entry::Place { weak: false, .. } | Entry::State { capital: true, .. }).then_some(())).is_some()
}

/// The head that some words are, in the number that its English has.
fn head(words: &[String]) -> Option<&'static Head> {
    let head = entry(words, |e| if let Entry::Head(head) = e { Some(&Lexicon::shipped().heads[head as usize]) } else { None })?;
    let bare = |text: &str| fold(text).trim_start_matches("ال").to_owned();
    (is_plural(head) || bare(head.ar) == bare(&words.join(" "))).then_some(head)
}

fn is_plural(head: &Head) -> bool {
    head.en.ends_with('s') || head.en == "people"
}

/// What the lexicon has for the whole of some words.
fn entry<T>(words: &[String], of: impl Fn(Entry) -> Option<T>) -> Option<T> {
    let lexicon = Lexicon::shipped();
    let mut node = 0;
    for word in words {
        node = lexicon.analyse(word).iter().filter(|w| w.offset == 0).find_map(|w| lexicon.step(node, w.form))?;
    }
    lexicon.entries(node).iter().find_map(|&e| of(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_told_by_its_kind_and_its_state_or_not_at_all() {
        assert_eq!(body("الشعب اليمني").as_deref(), Some("Yemeni people"));
        assert_eq!(body("المتظاهرون").as_deref(), Some("protesters"));
        assert_eq!(body("رابطة حماية الغابات"), None);
    }

    #[test]
    fn a_person_whom_only_a_rule_romanises_keeps_his_arabic_name() {
        let actor = |name: &str| Actor {
            id: format!("p:{name}"),
            name: name.to_owned(),
            name_en: String::new(),
            kind: ActorKind::Person,
            sector: "",
            country: "",
            known: false,
        };
        assert_eq!(name(&actor("عبد الله بن سالم")), "Abdullah bin Salem");
        assert_eq!(name(&actor("سالم خربشتيني")), "");
        assert!(is_place("البصرة") && !is_place("سالم"));
        assert!(is_listed("باراك أوباما") && !is_listed("سالم أحمد"));
    }

    #[test]
    fn a_place_that_only_a_rule_romanises_keeps_its_arabic_name() {
        let lexicon = Lexicon::shipped();
        assert_eq!(place(&lexicon.latin("خربشتين"), "خربشتين"), "خربشتين");
        assert_eq!(place("Baghdad", "بغداد"), "Baghdad");
    }
}
