//! What full text search compares: words folded, without attached particles.

use majlis_text::{Folded, TokenKind, tokenize};

/// Letters that a stem keeps at least.
const LEAST: usize = 3;
/// The article with what may stand before it, longest first. لل is ل with the article.
const LED: [&str; 11] = ["وبال", "وكال", "فبال", "فكال", "بال", "كال", "وال", "فال", "ولل", "لل", "ال"];

/// The search keys of a text's words and numbers, in order, a space between.
pub(crate) fn keys(text: &str) -> String {
    let folded = Folded::new(text);
    let mut keys = String::with_capacity(text.len());
    for token in tokenize(&folded).iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)) {
        if !keys.is_empty() {
            keys.push(' ');
        }
        keys.push_str(stem(token.folded(&folded)));
    }
    keys
}

fn stem(folded: &str) -> &str {
    LED.iter().find_map(|led| folded.strip_prefix(led).filter(|s| s.chars().count() >= LEAST)).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_particles_meet() {
        for word in ["الأنبار", "ألأنبار", "بالأنبار", "والأنبار", "للأنبار"] {
            assert_eq!(keys(word), "انبار", "{word}");
        }
        assert_eq!(keys("أحمد"), keys("احمد"));
        assert_eq!(keys("في الأنبار، ٢٠٢١"), "في انبار 2021");
    }
}
