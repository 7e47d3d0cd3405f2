//! The lexicon in memory, and what it answers. `build` fills it from the tables that `tables` reads.

mod build;
mod tables;

use crate::table::LexiconError;
use crate::vocab::{Vocab, WordId};
use crate::{
    Actor, Classes, Cue, CuePhrase, Entry, FormReading, FunctionWord, Head, NameKind, Office, Organ, Place, Predicate, SourceWord, State, Title, WordForm,
    files,
};
use build::Builder;
use jiff::civil::Date;
use majlis_text::fold;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The most words of a name that `latin.tsv` has together.
const LONGEST_NAME: usize = 4;

/// Every lexicon, and the automaton over words that finds their entries.
pub struct Lexicon {
    pub(crate) vocab: Vocab,
    classes: Vec<Classes>,
    names: Vec<Option<NameKind>>,
    latin: FxHashMap<WordForm, &'static str>,
    press: FxHashMap<String, &'static str>,
    numbers: FxHashMap<WordId, u32>,
    senses: FxHashMap<WordId, Vec<u16>>,
    edges: FxHashMap<u64, u32>,
    begins: Vec<bool>,
    entries: Vec<Range<u32>>,
    entry_list: Vec<Entry>,
    forms: Vec<Range<u32>>,
    form_list: Vec<FormReading>,
    holders: FxHashMap<&'static str, Vec<u16>>,
    actor_ids: FxHashMap<&'static str, u16>,
    state_codes: FxHashMap<&'static str, u16>,
    capitals: Vec<Option<u16>>,
    /// States.
    pub states: Vec<State>,
    /// Curated actors.
    pub actors: Vec<Actor>,
    /// Offices of every state.
    pub offices: Vec<Office>,
    /// Organs of every state.
    pub organs: Vec<Organ>,
    /// Titles.
    pub titles: Vec<Title>,
    /// Heads of bodies' names.
    pub heads: Vec<Head>,
    /// Words for unnamed sources.
    pub sources: Vec<SourceWord>,
    /// Places.
    pub places: Vec<Place>,
    /// Reporting verbs.
    pub cues: Vec<Cue>,
    /// Phrases of reported speech.
    pub phrases: Vec<CuePhrase>,
    /// Event predicates.
    pub predicates: Vec<Predicate>,
    /// Function words.
    pub words: Vec<FunctionWord>,
}

impl Lexicon {
    /// The lexicon that ships in the binary, compiled on first use.
    ///
    /// # Panics
    /// When a shipped file is malformed, which the crate's tests rule out.
    pub fn shipped() -> &'static Lexicon {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| match Self::load() {
            Ok(lexicon) => lexicon,
            Err(error) => panic!("shipped lexicon: {error}"),
        })
    }

    /// Compiles the shipped files; the error names file and line.
    pub fn load() -> Result<Lexicon, LexiconError> {
        let mut b = Builder::new();
        b.states()?;
        for table in files::ACTORS.iter().chain(&files::BODIES) {
            b.actors(table)?;
        }
        b.offices();
        b.organs()?;
        b.titles()?;
        b.heads()?;
        b.sources();
        b.places()?;
        b.place_types()?;
        b.names()?;
        b.latin();
        b.cues()?;
        b.phrases()?;
        b.predicates()?;
        b.words()?;
        Ok(b.finish())
    }

    /// The node that `form` leads to from `node` (0 is the root).
    pub fn step(&self, node: u32, form: WordForm) -> Option<u32> {
        if node == 0 && !self.begins[form.word() as usize] {
            return None;
        }
        self.edges.get(&(u64::from(node) << 32 | u64::from(form.key()))).copied()
    }

    /// The entries that end at `node`.
    pub fn entries(&self, node: u32) -> &[Entry] {
        let r = &self.entries[node as usize];
        &self.entry_list[r.start as usize..r.end as usize]
    }

    /// What a word may be as a form of a reporting verb or an event predicate.
    pub fn readings(&self, word: WordId) -> &[FormReading] {
        self.forms.get(word as usize).map_or(&[], |r| &self.form_list[r.start as usize..r.end as usize])
    }

    /// The classes of a word.
    pub fn classes(&self, word: WordId) -> Classes {
        self.classes[word as usize]
    }

    /// Whether a word is a part of names.
    pub fn name_kind(&self, word: WordId) -> Option<NameKind> {
        self.names.get(word as usize).copied().flatten()
    }

    /// The number that `words.tsv` gives a numeral.
    pub fn number(&self, word: WordId) -> Option<u32> {
        self.numbers.get(&word).copied()
    }

    /// The rows of `words.tsv` that are this one word.
    pub fn senses(&self, word: WordId) -> impl Iterator<Item = &FunctionWord> {
        self.senses.get(&word).into_iter().flatten().map(|&i| &self.words[i as usize])
    }

    /// How a name is usually written in Latin letters: each part by the lexicon, else by rule.
    pub fn latin(&self, name: &str) -> String {
        let words = self.latin_words(name).into_iter().map(|(words, latin)| latin.unwrap_or_else(|| majlis_text::romanize(words)));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The same, where the lexicon knows every part. By rule alone short vowels are missing, and foreign names are wrong.
    pub fn known_latin(&self, name: &str) -> Option<String> {
        let words: Option<Vec<String>> = self.latin_words(name).into_iter().map(|(_, latin)| latin).collect();
        words.map(|words| words.join(" ")).filter(|latin| !latin.is_empty())
    }

    /// The words of a name with what the lexicon has for them in Latin letters; several words that it knows together stay together.
    fn latin_words<'n>(&self, name: &'n str) -> Vec<(&'n str, Option<String>)> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let most = LONGEST_NAME.min(words.len() - at);
            let together = (2..=most).rev().find_map(|n| Some((n, *self.press.get(&fold(&words[at..at + n].join(" ")))?)));
            let (length, latin) = together.map_or_else(|| (1, self.latin_word(words[at])), |(n, latin)| (n, Some(latin.to_owned())));
            found.push((words[at], latin));
            at += length;
        }
        found
    }

    fn latin_word(&self, word: &str) -> Option<String> {
        if word.is_ascii() {
            return Some(word.to_owned());
        }
        let folded = fold(word);
        // The article has no hamza: what begins with one begins with these letters itself.
        let article = folded.starts_with("ال") && !word.starts_with(['أ', 'إ', 'آ']);
        let with_article = |latin: &str| if latin.to_ascii_lowercase().starts_with("al-") { latin.to_owned() } else { format!("al-{latin}") };
        if let Some(latin) = self.press.get(&folded) {
            return Some((*latin).to_owned());
        }
        if let Some(latin) = folded.strip_prefix("ال").filter(|_| article).and_then(|bare| self.press.get(bare)) {
            return Some(with_article(latin));
        }
        let form = self.analyse(&folded).whole()?;
        let other = self.latin.get(&WordForm::new(form.word(), !form.article()));
        let latin = self.latin.get(&form).or(other)?;
        let bare = latin.strip_prefix("Al-").unwrap_or(latin);
        match (article, form.article()) {
            (true, _) => Some(with_article(bare)),
            (false, false) => Some(bare.to_owned()),
            (false, true) => self.latin.get(&form).filter(|own| !own.starts_with("Al-")).map(|own| (*own).to_owned()),
        }
    }

    /// The actor with identifier `id`.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actor_index(id).map(|i| &self.actors[i as usize])
    }

    /// The actor with identifier `id`, as an index into [`Lexicon::actors`].
    pub fn actor_index(&self, id: &str) -> Option<u16> {
        self.actor_ids.get(id).copied()
    }

    /// Who held `office` (`IQ.pm`) on a day, as an index into [`Lexicon::actors`]: the latest to have begun among those whose
    /// years allow it.
    pub fn holder(&self, office: &str, on: Date) -> Option<u16> {
        let held = |a: &Actor| {
            let role = a.roles.iter().filter(|r| r.office == office).find(|r| r.from.is_none_or(|f| f.first() <= on) && r.to.is_none_or(|t| on <= t.last()));
            role.map(|r| r.from.map(majlis_text::Edtf::first))
        };
        let candidates = self.holders.get(office)?.iter().copied();
        candidates.filter_map(|i| Some((held(&self.actors[i as usize])?, i))).max_by_key(|(from, _)| *from).map(|(_, i)| i)
    }

    /// Whether anybody of the lexicon ever held an office (`IQ.pm`, `leader:ACTOR_ID`).
    pub fn is_held(&self, office: &str) -> bool {
        self.holders.contains_key(office)
    }

    /// The state with ISO code `iso2`, as an index into [`Lexicon::states`].
    pub fn state_index(&self, iso2: &str) -> Option<u16> {
        self.state_codes.get(iso2).copied()
    }

    /// The state with ISO code `iso2`.
    pub fn state(&self, iso2: &str) -> Option<&State> {
        self.state_index(iso2).map(|i| &self.states[i as usize])
    }

    /// The capital of a state, as an index into [`Lexicon::places`].
    pub fn capital(&self, state: u16) -> Option<u16> {
        self.capitals.get(state as usize).copied().flatten()
    }

    /// The identity of an analysed word that was written as `whole`, if the lexicon has it.
    pub fn word(&self, whole: &str) -> Option<WordId> {
        self.analyse(whole).whole().map(WordForm::word)
    }

    /// Every phrase of the automaton, folded: what a plain string search would have to look for.
    pub fn patterns(&self) -> Vec<String> {
        let mut texts = vec![""; self.vocab.len()];
        for (text, id) in self.vocab.iter() {
            texts[id as usize] = text;
        }
        let mut children: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        let mut edges: Vec<(u64, u32)> = self.edges.iter().map(|(&key, &to)| (key, to)).collect();
        edges.sort_unstable();
        for (key, to) in edges {
            children.entry((key >> 32) as u32).or_default().push((key as u32, to));
        }
        let mut patterns = Vec::new();
        let mut stack = vec![(0, String::new())];
        while let Some((node, prefix)) = stack.pop() {
            if node != 0 && !self.entries(node).is_empty() {
                patterns.push(prefix.clone());
            }
            for &(key, to) in children.get(&node).into_iter().flatten() {
                let blank = if prefix.is_empty() { "" } else { " " };
                let article = if key & 1 == 1 { "ال" } else { "" };
                stack.push((to, format!("{prefix}{blank}{article}{}", texts[(key >> 1) as usize])));
            }
        }
        patterns.extend(self.forms.iter().enumerate().filter(|(_, r)| r.start < r.end).map(|(id, _)| texts[id].to_owned()));
        patterns.sort();
        patterns.dedup();
        patterns
    }
}
