//! What the lexicon knows of each token, and every lexicon phrase that begins at it.

use crate::known::Known;
pub(crate) use crate::known::Verb;
use majlis_lexicon::{Analyses, Classes, Entry, Lemma, Lexicon, NameKind, PhraseClass, Word, WordForm, WordId};
use majlis_text::{Layout, Span, TokenKind};
use std::cell::OnceCell;
use std::rc::Rc;

/// Prepositions that part a noun from the verb beside it, folded. Who reads events and who reads speech each know some more.
pub(crate) const PREPOSITIONS: [&str; 20] =
    ["في", "من", "الي", "علي", "عن", "مع", "ل", "ب", "بين", "خلال", "بعد", "قبل", "لدي", "امام", "ضد", "حول", "عبر", "باسم", "تجاه", "بحضور"];

/// A lexicon phrase in the text: tokens `first..last`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) entry: Entry,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Particles taken off the first token.
    pub(crate) word: Word,
}

/// A document's text as the lexicon sees it.
pub(crate) struct Scan<'d> {
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) layout: Layout<'d>,
    known: Vec<Rc<Known>>,
    matches: Vec<Match>,
    starts: Vec<u32>,
    /// For each quotation the furthest end of it and those before it, once asked for.
    reaches: OnceCell<Vec<u32>>,
}

impl<'d> Scan<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        let lexicon = Lexicon::shipped();
        let layout = Layout::new(text);
        let n = layout.tokens.len();
        let nothing = Rc::new(Known::default());
        let known = (0..n).map(|i| match layout.tokens[i].kind {
            TokenKind::Word | TokenKind::Number => Known::of(lexicon, layout.form(i)),
            TokenKind::Mark | TokenKind::Break => Rc::clone(&nothing),
        });
        let known = known.collect();
        let mut scan = Self { lexicon, layout, known, matches: Vec::with_capacity(n), starts: Vec::with_capacity(n + 1), reaches: OnceCell::new() };
        for i in 0..n {
            scan.starts.push(scan.matches.len() as u32);
            scan.match_at(i);
        }
        scan.starts.push(scan.matches.len() as u32);
        scan
    }

    fn match_at(&mut self, first: usize) {
        let known = Rc::clone(&self.known[first]);
        // A common word is itself before it is a particle and a name: باكرا is no ب + أكرا.
        let common = |f: WordForm| self.lexicon.classes(f.word()).any(Classes::COMMON.with(Classes::STOP));
        let ordinary = !known.begins.is_empty() && known.analyses.whole().is_some_and(common);
        for &(word, begin) in &known.begins {
            let (mut node, mut at) = (begin, first);
            loop {
                for &entry in self.lexicon.entries(node) {
                    // ستدمر: no place can be to come.
                    if (ordinary && word.offset > 0 && at == first || word.proclitics.future)
                        && matches!(entry, Entry::Actor { .. } | Entry::Place { .. } | Entry::State { .. })
                    {
                        continue;
                    }
                    self.matches.push(Match { entry, first: first as u32, last: at as u32 + 1, word });
                }
                let Some(next) = self.next_word(at) else { break };
                let Some(onward) = self.known[next].analyses.whole().and_then(|f| self.lexicon.step(node, f)) else { break };
                node = onward;
                at = next;
            }
        }
    }

    /// The next token if it is a word; at most two quotation marks, brackets or signs are passed over: كتلة "فتح", مجموعة (5+1).
    fn next_word(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        while next < at + 3 && self.kind(next) == TokenKind::Mark && (self.is_quote_mark(next) || matches!(self.form(next), "(" | "+")) {
            next += 1;
        }
        matches!(self.kind(next), TokenKind::Word | TokenKind::Number).then_some(next)
    }

    pub(crate) fn len(&self) -> usize {
        self.layout.tokens.len()
    }

    /// The phrases that begin at token `i`.
    pub(crate) fn at(&self, i: usize) -> &[Match] {
        match self.starts.get(i..i + 2) {
            Some(&[from, to]) => &self.matches[from as usize..to as usize],
            _ => &[],
        }
    }

    pub(crate) fn all(&self) -> &[Match] {
        &self.matches
    }

    /// The longest phrase at `i` that `pick` accepts, with what it made of it.
    pub(crate) fn longest<T>(&self, i: usize, pick: impl Fn(&Match) -> Option<T>) -> Option<(Match, T)> {
        let mut best: Option<(Match, T)> = None;
        for m in self.at(i) {
            if best.as_ref().is_some_and(|(b, _)| b.last >= m.last) {
                continue;
            }
            if let Some(t) = pick(m) {
                best = Some((*m, t));
            }
        }
        best
    }

    /// What `pick` makes of the longest phrase that begins with token `i` and goes on at token `j`: استدعت البحرين سفيرها.
    pub(crate) fn parted<T>(&self, i: usize, j: usize, pick: impl Fn(Entry) -> Option<T>) -> Option<(Word, T)> {
        self.known.get(i)?.begins.iter().find_map(|&(word, begin)| {
            let (mut node, mut next, mut best) = (begin, Some(j), None);
            while let Some(at) = next
                && let Some(onward) = self.known.get(at)?.analyses.whole().and_then(|f| self.lexicon.step(node, f))
            {
                node = onward;
                best = self.lexicon.entries(node).iter().find_map(|&e| pick(e)).or(best);
                next = self.next_word(at);
            }
            Some((word, best?))
        })
    }

    /// The line that token `i` stands in, counted from 0.
    pub(crate) fn line(&self, i: usize) -> u32 {
        self.layout.paragraph(self.layout.tokens[i].span.start())
    }

    pub(crate) fn form(&self, i: usize) -> &str {
        if i < self.len() { self.layout.form(i) } else { "" }
    }

    /// Token `i` as the text spells it.
    pub(crate) fn written(&self, i: usize) -> &str {
        self.layout.tokens.get(i).and_then(|t| t.span.slice(self.layout.text)).unwrap_or_default()
    }

    pub(crate) fn kind(&self, i: usize) -> TokenKind {
        self.layout.tokens.get(i).map_or(TokenKind::Break, |t| t.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word
    }

    pub(crate) fn is_break(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Break
    }

    pub(crate) fn is_quote_mark(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Mark && matches!(self.form(i), "\"" | "«" | "»" | "“" | "”" | "„" | "‹" | "›" | "'" | "‘" | "’")
    }

    /// The nearest token before `i` that is no quotation mark.
    pub(crate) fn before_quotes(&self, i: usize) -> Option<usize> {
        (0..i).rev().find(|&b| !self.is_quote_mark(b))
    }

    /// The quotation that the mark at token `i` opens.
    pub(crate) fn quote_opened(&self, i: usize) -> Option<majlis_text::Quote> {
        let quotes = &self.layout.quotes;
        let at = quotes.partition_point(|q| (q.first as usize) < i + 1);
        quotes.get(at).copied().filter(|q| q.first as usize == i + 1 && self.is_quote_mark(i))
    }

    /// Whether token `i` stands inside a quotation.
    pub(crate) fn quoted(&self, i: usize) -> bool {
        let quotes = &self.layout.quotes;
        let furthest = |end: &mut u32, q: &majlis_text::Quote| {
            *end = q.last.max(*end);
            Some(*end)
        };
        let reaches = self.reaches.get_or_init(|| quotes.iter().scan(0, furthest).collect());
        let opened = quotes.partition_point(|q| (q.first as usize) <= i);
        opened > 0 && i < reaches[opened - 1] as usize
    }

    pub(crate) fn is_comma(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Mark && matches!(self.form(i), "،" | "," | "؛" | ";")
    }

    pub(crate) fn class(&self, i: usize) -> Classes {
        self.known.get(i).map(|k| k.classes).unwrap_or_default()
    }

    /// Whether token `i`, read in any way, is of one of these classes.
    pub(crate) fn may_be(&self, i: usize, classes: Classes) -> bool {
        self.known.get(i).is_some_and(|k| k.any_classes.any(classes))
    }

    /// Whether token `i` is a particle: the list of words that are never names holds nouns and verbs too.
    pub(crate) fn particle(&self, i: usize) -> bool {
        const PARTICLES: Classes = Classes::PREP.with(Classes::REL).with(Classes::DEM).with(Classes::SUB).with(Classes::NEG);
        let class = self.class(i);
        class.any(PARTICLES) || (class.any(Classes::TIME) && self.form(i).len() <= 6) || matches!(self.form(i), "اجل" | "كان" | "كانت" | "يكون" | "تكون")
    }

    /// Whether token `i` is part of رفض الكشف عن اسمه and the like: how a source is described, neither an act nor speech.
    pub(crate) fn anonymity(&self, i: usize) -> bool {
        let anonymous = |m: &Match| matches!(m.entry, Entry::Phrase(p) if self.lexicon.phrases[p as usize].class == PhraseClass::Anonymity);
        (i.saturating_sub(3)..=i).any(|t| self.at(t).iter().any(|m| m.last as usize > i && anonymous(m)))
    }

    pub(crate) fn analyses(&self, i: usize) -> Analyses {
        self.known.get(i).map(|k| k.analyses).unwrap_or_default()
    }

    /// The word of token `i` read without particles.
    pub(crate) fn whole(&self, i: usize) -> Option<WordId> {
        self.analyses(i).whole().map(|f| f.word())
    }

    /// Whether token `i` carries the article, particles aside.
    pub(crate) fn has_article(&self, i: usize) -> bool {
        let form = self.form(i);
        let bare = form.strip_prefix(['و', 'ف']).unwrap_or(form);
        form.starts_with("ال") || bare.starts_with("ال") || bare.starts_with("لل") || bare.starts_with("بال") || bare.starts_with("كال")
    }

    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        self.layout.span(first, last)
    }

    pub(crate) fn name_kind(&self, i: usize) -> Option<NameKind> {
        self.known.get(i)?.name_kind
    }

    /// The reporting verbs that token `i` may be.
    pub(crate) fn cue(&self, i: usize) -> Option<Verb> {
        self.verbs(i).find(|v| matches!(v.reading.of, Lemma::Cue(_)))
    }

    /// The event predicates and reporting verbs that token `i` may be, without a pronoun first.
    pub(crate) fn verbs(&self, i: usize) -> impl Iterator<Item = Verb> + '_ {
        self.known.get(i).into_iter().flat_map(|k| k.verbs.iter().copied())
    }

    /// The event predicates that token `i` may be once an attached pronoun is taken off: يساومونه, رفضه, إلغاؤها. What is written
    /// with ة has none: أسرة, دعاة.
    pub(crate) fn verb_with_pronoun(&self, i: usize) -> Option<Verb> {
        if self.written(i).ends_with('ة') {
            return None;
        }
        self.known.get(i)?.with_pronoun(self.lexicon, self.form(i))
    }
}
