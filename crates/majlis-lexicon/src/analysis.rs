use crate::Lexicon;
use crate::vocab::WordId;
use majlis_text::clitic::{self, Proclitics};

/// A word of the lexicon with or without the article, as an edge of the automaton.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct WordForm(u32);

impl WordForm {
    pub(crate) const fn new(word: WordId, article: bool) -> Self {
        Self(word << 1 | article as u32)
    }

    /// The word, without the article.
    pub const fn word(self) -> WordId {
        self.0 >> 1
    }

    /// Whether the article stands before it.
    pub const fn article(self) -> bool {
        self.0 & 1 == 1
    }

    pub(crate) const fn key(self) -> u32 {
        self.0
    }
}

/// One way to read a token.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word without particles, as the lexicon knows it.
    pub form: WordForm,
    /// The particles.
    pub proclitics: Proclitics,
    /// How many bytes of the folded token the particles take, the article not counted.
    pub offset: u8,
}

/// The ways to read a token, the one with fewest particles first; at most four.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analyses {
    words: [Option<Word>; 4],
}

impl Analyses {
    /// The readings, best first.
    pub fn iter(&self) -> impl Iterator<Item = Word> + '_ {
        self.words.iter().flatten().copied()
    }

    /// The reading of the token without any particle but the article, if the lexicon knows it.
    pub fn whole(&self) -> Option<WordForm> {
        self.iter().find(|w| w.offset == 0).map(|w| w.form)
    }

    /// The first reading.
    pub fn first(&self) -> Option<Word> {
        self.words[0]
    }

    fn push(&mut self, word: Word) {
        if let Some(slot) = self.words.iter_mut().find(|w| w.is_none()) {
            *slot = Some(word);
        }
    }
}

impl Lexicon {
    /// The ways in which the lexicon knows a folded word.
    pub fn analyse(&self, word: &str) -> Analyses {
        let mut found = Analyses::default();
        if word.len() > u8::MAX as usize {
            return found;
        }
        for a in clitic::analyses(word) {
            // The article is part of the edge, so a bare analysis that begins with ال and has a stem is left to its twin.
            let Some(id) = self.vocab.get(a.stem) else { continue };
            let article_bytes = if a.proclitics.article && !merged(word, &a) { 4 } else { 0 };
            let form = WordForm::new(id, a.proclitics.article);
            if form.article() || !a.stem.starts_with("ال") || a.stem.len() < 8 {
                found.push(Word { form, proclitics: a.proclitics, offset: (a.offset(word) - article_bytes) as u8 });
            }
        }
        found
    }
}

/// Whether the article lost its ا to a ل before it (لل).
fn merged(word: &str, a: &clitic::Analysis<'_>) -> bool {
    let before = &word[..a.offset(word)];
    before.ends_with("لل")
}
