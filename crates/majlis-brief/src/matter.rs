//! What a side is taken on where words of favour or opposition lead to it: whoever calls for opposing the agreement is against the agreement.

use crate::phrase::{self, is_word};
use majlis_text::fold;

/// Pronouns that a noun of favour may end in: their opposition.
const PRONOUNS: [&str; 6] = ["هما", "ها", "هم", "نا", "ه", "ي"];
/// The most words between a noun of favour and what it is for.
const APART: usize = 3;

/// A thing that somebody is to favour or to oppose.
#[derive(PartialEq, Debug)]
pub(crate) struct Held {
    pub(crate) matter: String,
    pub(crate) against: bool,
}

/// The thing behind words of favour or opposition; `None` where there are none, or where no agreement, law, plan or the like follows.
pub(crate) fn held(words: &str) -> Option<Held> {
    let mut rest = words;
    while let Some((_, after)) = rest.split_once(' ').filter(|(first, _)| is_word("carries", first)) {
        rest = after;
    }
    let (noun, mut rest) = rest.split_once(' ')?;
    let (against, own) = attitude(noun)?;
    for _ in 0..=APART {
        let first = rest.split(' ').next()?;
        let bare = phrase::tidy(first);
        let tied = bare != first || matches!(first, "على" | "عن" | "ضد");
        if matches!(first, "على" | "عن" | "ضد") {
            rest = rest.split_once(' ')?.1;
        }
        if tied || !own {
            let matter = phrase::tidy(rest);
            let is_thing = is_matter(matter.split(' ').next().unwrap_or_default());
            return is_thing.then_some(Held { matter, against });
        }
        rest = rest.split_once(' ')?.1;
    }
    None
}

/// Whether a noun of favour or opposition is one of opposition, and whether it ends in whose it is.
fn attitude(noun: &str) -> Option<(bool, bool)> {
    let side = |noun: &str| if is_word("contra", noun) { Some(true) } else { is_word("pro", noun).then_some(false) };
    if let Some(against) = side(noun) {
        return Some((against, false));
    }
    let noun = fold(noun);
    let stem = PRONOUNS.iter().find_map(|pronoun| noun.strip_suffix(pronoun))?;
    let feminine = stem.strip_suffix('ت').map(|stem| format!("{stem}ة"));
    side(stem).or_else(|| side(&feminine?)).map(|against| (against, true))
}

/// Whether a word is a thing that parties take sides on as a whole: an agreement, a law, a plan.
pub(crate) fn is_matter(word: &str) -> bool {
    is_word("matter", word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Option<(String, bool)> {
        held(words).map(|h| (h.matter, h.against))
    }

    #[test]
    fn who_calls_for_opposing_a_thing_is_against_it() {
        assert_eq!(of("إعلان معارضتها العلنية للاتفاق البحري مع كندا"), Some(("الاتفاق البحري مع كندا".to_owned(), true)));
        assert_eq!(of("تأييد قانون الموازنة"), Some(("قانون الموازنة".to_owned(), false)));
        assert_eq!(of("الموافقة على خطة الري"), Some(("خطة الري".to_owned(), false)));
    }

    #[test]
    fn what_is_no_thing_to_take_sides_on_stays_as_it_is() {
        assert_eq!(of("دعم الرئيس في زيارته"), None);
        assert_eq!(of("قانون الموازنة"), None);
        assert_eq!(of("تأييد"), None);
    }
}
