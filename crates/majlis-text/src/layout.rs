use crate::{Folded, Quote, Span, Token, TokenKind, quotations, tokenize};

/// A sentence: a run of tokens of one paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// Paragraph (line) it stands in, counted from 0.
    pub paragraph: u32,
}

/// Everything about a text that does not depend on what it says.
pub struct Layout<'t> {
    /// The text.
    pub text: &'t str,
    /// Its folded copy.
    pub folded: Folded,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences; every token but line breaks lies in one.
    pub sentences: Vec<Sentence>,
    /// Its quotations.
    pub quotes: Vec<Quote>,
    lines: Vec<u32>,
}

impl<'t> Layout<'t> {
    /// Lays out a text. Cost is linear in its length, whatever it holds.
    pub fn new(text: &'t str) -> Self {
        let folded = Folded::new(text);
        let tokens = tokenize(&folded);
        let quotes = quotations(text, &folded, &tokens);
        let lines = std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1)).collect();
        let mut layout = Self { text, folded, tokens, sentences: Vec::new(), quotes, lines };
        layout.sentences = layout.cut();
        layout
    }

    /// The folded form of token `i`.
    pub fn form(&self, i: usize) -> &str {
        self.tokens[i].folded(&self.folded)
    }

    /// The original words from token `first` to before token `last`; empty at the end of the text.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let start = self.tokens.get(first).map_or(self.text.len() as u32, |t| t.span.start());
        let end = if last > first { self.tokens[last - 1].span.end() } else { start };
        Span::between(start, end.max(start))
    }

    /// The line, counted from 0, that holds byte `offset`.
    pub fn paragraph(&self, offset: u32) -> u32 {
        (self.lines.partition_point(|&l| l <= offset)).saturating_sub(1) as u32
    }

    /// The first token that starts at or after byte `offset`.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start() < offset)
    }

    fn cut(&self) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let (mut first, mut paragraph) = (0, 0);
        for i in 0..self.tokens.len() {
            let is_break = self.tokens[i].kind == TokenKind::Break;
            if !is_break && !self.ends_at(i) {
                continue;
            }
            let last = if is_break { i } else { i + 1 };
            if last > first {
                sentences.push(Sentence { first: first as u32, last: last as u32, paragraph });
            }
            first = i + 1;
            paragraph += u32::from(is_break);
        }
        if first < self.tokens.len() {
            sentences.push(Sentence { first: first as u32, last: self.tokens.len() as u32, paragraph });
        }
        sentences
    }

    /// Whether the mark at token `i` ends a sentence: a full stop that is no initial's and has no other stop after it.
    fn ends_at(&self, i: usize) -> bool {
        if self.tokens[i].kind != TokenKind::Mark {
            return false;
        }
        match self.form(i) {
            "!" | "?" | "؟" | "۔" | "…" => true,
            "." => {
                let next_is_stop = self.tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Mark && t.folded(&self.folded) == ".");
                let initial = i > 0 && self.tokens[i - 1].kind == TokenKind::Word && self.form(i - 1).chars().nth(1).is_none();
                !next_is_stop && !initial
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str) -> Vec<&str> {
        let layout = Layout::new(text);
        layout.sentences.iter().map(|s| layout.span(s.first as usize, s.last as usize).slice(text).unwrap()).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_lines_but_not_at_initials_or_figures() {
        assert_eq!(sentences("قالت أ.ف.ب. إن 3.5 في المئة.. نعم؟ لا\nثم"), ["قالت أ.ف.ب. إن 3.5 في المئة..", "نعم؟", "لا", "ثم"]);
    }

    proptest! {
        #[test]
        fn every_token_slices_and_lies_in_one_sentence(text in any::<String>()) {
            let layout = Layout::new(&text);
            let mut seen = 0;
            for s in &layout.sentences {
                seen += (s.first..s.last).count();
                prop_assert!(layout.span(s.first as usize, s.last as usize).slice(&text).is_some());
            }
            let breaks = layout.tokens.iter().filter(|t| t.kind == TokenKind::Break).count();
            prop_assert_eq!(seen + breaks, layout.tokens.len());
            for t in &layout.tokens {
                prop_assert!(t.span.slice(&text).is_some());
            }
        }
    }
}
