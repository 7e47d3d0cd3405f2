//! Attached particles: what may stand before the stem of a folded Arabic word, and what may stand after it.
//!
//! An analysis is only offered, never chosen here: ألمانيا begins with ال and والد with و. The caller keeps the first
//! analysis whose stem it knows, and the whole word always comes first.

/// What was taken off the front of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Proclitics {
    /// و or ف: and, so.
    pub conjunction: Option<char>,
    /// ب, ل or ك: by, to, like.
    pub preposition: Option<char>,
    /// س: will.
    pub future: bool,
    /// ال.
    pub article: bool,
}

/// One way to read a word: the particles before it and where the stem begins.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'w> {
    /// The particles.
    pub proclitics: Proclitics,
    /// The stem, without them. For لل the stem lacks the article too.
    pub stem: &'w str,
}

impl Analysis<'_> {
    /// The byte offset of the stem inside the word.
    pub fn offset(&self, word: &str) -> usize {
        word.len() - self.stem.len()
    }
}

const LEAST_STEM: usize = 4; // two letters

/// The ways to read a folded word, whole word first, then with fewer particles before more.
pub fn analyses(word: &str) -> impl Iterator<Item = Analysis<'_>> {
    let bare = Analysis { proclitics: Proclitics::default(), stem: word };
    let led = conjunction(word);
    std::iter::once(bare)
        .chain(articles(bare))
        .chain(prepositions(bare))
        .chain(led.into_iter().flat_map(|a| std::iter::once(a).chain(articles(a)).chain(prepositions(a))))
}

/// `word` without the conjunction و or ف, where it may have one.
pub fn conjunction(word: &str) -> Option<Analysis<'_>> {
    let c = word.chars().next().filter(|c| matches!(c, 'و' | 'ف'))?;
    let stem = &word[c.len_utf8()..];
    (stem.len() >= LEAST_STEM).then_some(Analysis { proclitics: Proclitics { conjunction: Some(c), ..Proclitics::default() }, stem })
}

fn articles(a: Analysis<'_>) -> impl Iterator<Item = Analysis<'_>> {
    a.stem
        .strip_prefix("ال")
        .filter(|s| s.len() >= LEAST_STEM)
        .map(|stem| Analysis { proclitics: Proclitics { article: true, ..a.proclitics }, stem })
        .into_iter()
}

fn prepositions(a: Analysis<'_>) -> impl Iterator<Item = Analysis<'_>> {
    let of = |letter: char| {
        let stem = a.stem.strip_prefix(letter).filter(|s| s.len() >= LEAST_STEM)?;
        Some(Analysis { proclitics: Proclitics { preposition: Some(letter), ..a.proclitics }, stem })
    };
    let doubled = a
        .stem
        .strip_prefix("لل")
        .filter(|s| s.len() >= LEAST_STEM)
        .map(|stem| Analysis { proclitics: Proclitics { preposition: Some('ل'), article: true, ..a.proclitics }, stem });
    let future = a
        .stem
        .strip_prefix('س')
        .filter(|s| s.len() >= LEAST_STEM && s.starts_with(['ي', 'ت', 'ن', 'ا']))
        .map(|stem| Analysis { proclitics: Proclitics { future: true, ..a.proclitics }, stem });
    [of('ب'), of('ل'), of('ك')].into_iter().flatten().flat_map(|p| std::iter::once(p).chain(articles(p))).chain(doubled).chain(future)
}

/// Pronouns that may be attached to the end of a folded word, longest first.
pub const ENCLITICS: [&str; 11] = ["هما", "كما", "هم", "هن", "كم", "نا", "ها", "ني", "ه", "ك", "ي"];

/// The stems that `word` may have once an attached pronoun is taken off, with the pronoun. A final ت may stand for ة,
/// so that reading is offered too, as an owned string.
pub fn without_pronoun(word: &str) -> impl Iterator<Item = (&str, &'static str)> {
    ENCLITICS.iter().filter_map(move |p| {
        let stem = word.strip_suffix(p)?;
        (stem.len() >= LEAST_STEM).then_some((stem, *p))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(word: &str) -> Vec<&str> {
        analyses(word).map(|a| a.stem).collect()
    }

    #[test]
    fn particles_are_offered_and_the_whole_word_first() {
        assert_eq!(stems("والتقوا")[0], "والتقوا");
        assert!(stems("والتقوا").contains(&"التقوا"));
        assert!(stems("وبحسب").contains(&"حسب"));
        assert!(stems("للقوات").contains(&"قوات"));
        assert!(stems("بالحكومه").contains(&"حكومه"));
        assert_eq!(stems("المانيا")[0], "المانيا");
    }

    #[test]
    fn pronouns_come_off_the_end() {
        assert!(without_pronoun("يساومونه").any(|(s, p)| s == "يساومون" && p == "ه"));
    }
}
