//! What full text search compares: words folded, without the article and what stands before it.

use majlis_text::{Folded, Span, TokenKind, tokenize};

/// Letters that a stem keeps at least.
const LEAST: usize = 3;
/// The article with what may stand before it, longest first. لل is ل with the article.
const LED: [&str; 11] = ["وبال", "وكال", "فبال", "فكال", "بال", "كال", "وال", "فال", "ولل", "لل", "ال"];
/// What may stand before a word without the article.
const ATTACHED: [&str; 14] = ["و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فس", "فك"];

/// The search keys of a text's words and numbers, in order, a space between.
pub(crate) fn keys(text: &str) -> String {
    let mut keys = String::with_capacity(text.len());
    for (_, key) in keyed(&Folded::new(text)) {
        if !keys.is_empty() {
            keys.push(' ');
        }
        keys.push_str(key);
    }
    keys
}

/// Every word and number of a text with its key.
pub(crate) fn keyed(folded: &Folded) -> impl Iterator<Item = (Span, &str)> {
    let tokens = tokenize(folded).into_iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
    tokens.map(|t| (t.span, stem(t.folded(folded))))
}

/// The keys under which a word may stand that is asked for by `key`: itself, and with particles attached.
pub(crate) fn variants(key: &str) -> Vec<String> {
    let mut variants = vec![key.to_owned()];
    if !key.chars().all(|c| matches!(c, '\u{621}'..='\u{64a}')) {
        return variants;
    }
    variants.extend(ATTACHED.iter().map(|led| format!("{led}{key}")));
    // للجنة is ل with اللجنة, and its key lacks the stem's own ل.
    if let Some(rest) = key.strip_prefix('ل').filter(|rest| rest.chars().count() >= LEAST) {
        variants.push(rest.to_owned());
    }
    variants
}

fn stem(folded: &str) -> &str {
    LED.iter().find_map(|led| folded.strip_prefix(led).filter(|s| s.chars().count() >= LEAST)).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_particles_with_the_article_share_a_key() {
        for text in ["الأنبار", "ألأنبار", "بالأنبار", "والأنبار", "للأنبار", "انبار", "الانبارْ", "وبالأنبار"]
        {
            assert_eq!(keys(text), "انبار", "{text}");
        }
        assert_eq!(keys("أحمد، احمد"), "احمد احمد");
        assert_eq!(keys("حكومة 2021"), "حكومه 2021");
    }

    #[test]
    fn short_words_keep_what_looks_like_an_article() {
        assert_eq!(keys("الله والد"), "الله والد");
    }

    #[test]
    fn a_word_is_found_with_particles_attached() {
        assert!(variants("احمد").contains(&"واحمد".to_owned()));
        assert!(variants(&keys("لجنة")).contains(&keys("للجنة")));
        assert_eq!(variants("nato"), ["nato"]);
    }
}
