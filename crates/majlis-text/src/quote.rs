use crate::{Folded, Span, Token, TokenKind};

/// A stretch between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    /// The words between the marks, in the original text.
    pub inner: Span,
    /// First token inside.
    pub first: u32,
    /// One past the last token inside.
    pub last: u32,
    /// Whether the closing mark is there; where not, the quotation runs to the next opening mark or the line's end.
    pub closed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Open(Family),
    Close(Family),
    Either(Family),
}

#[derive(Clone, Copy, PartialEq)]
enum Family {
    Guillemet,
    Single,
    Curly,
    Straight,
}

fn mark_of(c: char) -> Option<Mark> {
    Some(match c {
        '«' | '《' => Mark::Open(Family::Guillemet),
        '»' | '》' => Mark::Close(Family::Guillemet),
        '‹' => Mark::Open(Family::Single),
        '›' => Mark::Close(Family::Single),
        '“' | '„' => Mark::Open(Family::Curly),
        '”' => Mark::Close(Family::Curly),
        '"' | '″' | '‟' | '＂' => Mark::Either(Family::Straight),
        _ => return None,
    })
}

/// The quotations of a text, outer and inner, in order of their first word. A quotation never crosses a line break.
///
/// Straight marks open after a blank, an opening mark or an attached particle and close otherwise. Printers mix the
/// families up (`”…“`, `“…"`), so a mark that cannot close its own family may close another that is open.
pub fn quotations(text: &str, folded: &Folded, tokens: &[Token]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut open: Vec<(Family, u32, u32)> = Vec::new();
    let push = |quotes: &mut Vec<Quote>, from: u32, first: u32, to: u32, last: u32, closed: bool| {
        let end = tokens[..last as usize].last().map_or(to, |t| t.span.end()).clamp(from, to.max(from));
        if first < last {
            let inner = Span::between(from, if closed { to.max(from) } else { end });
            quotes.push(Quote { inner, first, last, closed });
        }
    };
    for (i, token) in tokens.iter().enumerate() {
        let i = i as u32;
        if token.kind == TokenKind::Break {
            for (_, from, first) in open.drain(..) {
                push(&mut quotes, from, first, token.span.start(), i, false);
            }
            continue;
        }
        if token.kind != TokenKind::Mark {
            continue;
        }
        let Some(mark) = token.folded(folded).chars().next().and_then(mark_of) else { continue };
        let (opens, family) = match mark {
            Mark::Open(f) => (!(f == Family::Curly && open.last().is_some_and(|o| o.0 == f) && closes_here(text, *token)), f),
            Mark::Close(f) => (open.is_empty() && opens_here(text, *token), f),
            Mark::Either(f) => (open.last().is_none_or(|o| o.0 != f) && !(open.last().is_some() && closes_here(text, *token)), f),
        };
        if opens {
            // Two opening guillemets in a row: the first was never closed.
            if open.last().is_some_and(|o| o.0 == family)
                && let Some((_, from, first)) = open.pop()
            {
                push(&mut quotes, from, first, token.span.start(), i, false);
            }
            open.push((family, token.span.end(), i + 1));
            continue;
        }
        let Some(at) = open.iter().rposition(|o| o.0 == family).or(open.len().checked_sub(1)) else { continue };
        while open.len() > at + 1 {
            if let Some((_, from, first)) = open.pop() {
                push(&mut quotes, from, first, token.span.start(), i, false);
            }
        }
        if let Some((_, from, first)) = open.pop() {
            push(&mut quotes, from, first, token.span.start(), i, true);
        }
    }
    let end = tokens.last().map_or(0, |t| t.span.end());
    for (_, from, first) in open {
        push(&mut quotes, from, first, end, tokens.len() as u32, false);
    }
    quotes.sort_by_key(|q| (q.first, std::cmp::Reverse(q.last)));
    quotes
}

/// Whether a mark stands as an opening one does: after a blank or the start, before a word.
fn opens_here(text: &str, token: Token) -> bool {
    let before = text[..token.span.start() as usize].chars().next_back();
    let after = text[token.span.end() as usize..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | 'ـ' | '[')) && after.is_some_and(|c| !c.is_whitespace())
}

/// Whether a mark stands as a closing one does: right after a word, before a blank, a mark or the end.
fn closes_here(text: &str, token: Token) -> bool {
    let before = text[..token.span.start() as usize].chars().next_back();
    let after = text[token.span.end() as usize..].chars().next();
    before.is_some_and(|c| !c.is_whitespace() && c != 'ـ') && after.is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize;
    use proptest::prelude::*;

    fn inner(text: &str) -> Vec<(String, bool)> {
        let folded = Folded::new(text);
        let tokens = tokenize(&folded);
        quotations(text, &folded, &tokens).iter().map(|q| (text[q.inner.range()].to_owned(), q.closed)).collect()
    }

    #[test]
    fn every_kind_of_mark_pairs() {
        for (open, close) in [("«", "»"), ("“", "”"), ("\"", "\""), ("‹", "›"), ("”", "“")] {
            assert_eq!(inner(&format!("قال: {open}نعم أيها السادة{close}، ثم")), [("نعم أيها السادة".to_owned(), true)], "{open}{close}");
        }
    }

    #[test]
    fn a_quotation_inside_another_is_kept() {
        let got = inner("قال «إن كتلة \"فتح\" ترفض»");
        assert_eq!(got, [("إن كتلة \"فتح\" ترفض".to_owned(), true), ("فتح".to_owned(), true)]);
    }

    #[test]
    fn an_unclosed_quotation_ends_at_the_next_opening_or_the_line() {
        assert_eq!(inner("قال «نعم وأضاف «لا»"), [("نعم وأضاف".to_owned(), false), ("لا".to_owned(), true)]);
        assert_eq!(inner("قال «نعم\nثم"), [("نعم".to_owned(), false)]);
    }

    proptest! {
        #[test]
        fn quotations_slice(text in "[\"«»“”‹› \nابت]{0,60}") {
            let folded = Folded::new(&text);
            for q in quotations(&text, &folded, &tokenize(&folded)) {
                prop_assert!(q.inner.slice(&text).is_some());
            }
        }
    }
}
