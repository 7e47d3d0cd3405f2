use crate::{Folded, Span};

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with the points and colons inside a figure or a clock time.
    Number,
    /// One mark.
    Mark,
    /// One line break.
    Break,
}

/// A word, number, mark or line break.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the original text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    folded: (u32, u32),
}

impl Token {
    /// The folded form.
    pub fn folded<'f>(&self, folded: &'f Folded) -> &'f str {
        &folded.as_str()[self.folded.0 as usize..self.folded.1 as usize]
    }

    /// The part of the original text that folded to `from..to`, in bytes of [`Token::folded`].
    pub fn part(&self, folded: &Folded, from: usize, to: usize) -> Span {
        folded.original(self.folded.0 + from as u32, self.folded.0 + to as u32)
    }
}

/// Cuts a folded text into tokens; blanks are left out.
pub fn tokenize(folded: &Folded) -> Vec<Token> {
    let text = folded.as_str();
    let mut tokens = Vec::with_capacity(text.len() / 8);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let kind = match c {
            '\n' | '\u{2028}' | '\u{2029}' => TokenKind::Break,
            c if c.is_whitespace() => continue,
            '0'..='9' => TokenKind::Number,
            c if is_letter(c) => TokenKind::Word,
            _ => TokenKind::Mark,
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let more = match kind {
                TokenKind::Word => is_letter(next),
                TokenKind::Number => next.is_ascii_digit() || (matches!(next, '.' | ',' | ':' | '٫' | '٬') && digit_at(text, at + next.len_utf8())),
                TokenKind::Mark | TokenKind::Break => false,
            };
            if !more {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let (from, to) = (start as u32, end as u32);
        tokens.push(Token { span: folded.original(from, to), kind, folded: (from, to) });
    }
    tokens
}

fn is_letter(c: char) -> bool {
    match c {
        '\u{621}'..='\u{64a}' => true,
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        c => c.is_alphabetic(),
    }
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        tokenize(&folded).iter().map(|t| t.folded(&folded).to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_marks_part() {
        assert_eq!(forms("الأعوام الـ8، 20:59."), ["الاعوام", "ال", "8", "،", "20:59", "."]);
        assert_eq!(forms("لـ\"عربي بوست\""), ["ل", "\"", "عربي", "بوست", "\""]);
    }
}
