//! The lexicon while it is filled: phrases become paths of the automaton, words get classes and readings.

use super::Lexicon;
use crate::conjugate::{self, Form};
use crate::table::Row;
use crate::vocab::{Vocab, WordId};
use crate::{Classes, Entry, FormReading, Lemma, Tense, WordForm};
use majlis_text::{Folded, TokenKind, fold, tokenize};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The lexicon while it is being filled.
pub(super) struct Builder {
    pub(super) lexicon: Lexicon,
    found: Vec<Vec<Entry>>,
    readings: Vec<(WordId, FormReading)>,
    /// Words that phrases begin with.
    firsts: Vec<WordId>,
    /// The forms of the verbs that phrases begin with, by past and present.
    conjugated: FxHashMap<&'static str, Rc<[(WordForm, Tense)]>>,
}

impl Builder {
    pub(super) fn new() -> Self {
        let lexicon = Lexicon {
            vocab: Vocab::with_capacity(180_000),
            classes: Vec::new(),
            names: Vec::new(),
            latin: FxHashMap::with_capacity_and_hasher(60_000, rustc_hash::FxBuildHasher),
            press: FxHashMap::default(),
            numbers: FxHashMap::default(),
            senses: FxHashMap::default(),
            edges: FxHashMap::with_capacity_and_hasher(60_000, rustc_hash::FxBuildHasher),
            begins: Vec::new(),
            entries: Vec::new(),
            entry_list: Vec::new(),
            forms: Vec::new(),
            form_list: Vec::new(),
            holders: FxHashMap::default(),
            actor_ids: FxHashMap::default(),
            state_codes: FxHashMap::default(),
            capitals: Vec::new(),
            states: Vec::new(),
            actors: Vec::new(),
            offices: Vec::new(),
            organs: Vec::new(),
            titles: Vec::new(),
            heads: Vec::new(),
            sources: Vec::new(),
            places: Vec::new(),
            cues: Vec::new(),
            phrases: Vec::new(),
            predicates: Vec::new(),
            words: Vec::new(),
        };
        Self { lexicon, found: vec![Vec::new()], readings: Vec::new(), firsts: Vec::new(), conjugated: FxHashMap::default() }
    }

    /// The identity of a folded word.
    pub(super) fn word(&mut self, folded: &str) -> WordForm {
        match folded.strip_prefix("ال").filter(|s| s.len() >= 4) {
            Some(stem) => WordForm::new(self.lexicon.vocab.insert(stem), true),
            None => WordForm::new(self.lexicon.vocab.insert(folded), false),
        }
    }

    /// The words of a phrase. A phrase of letters and single blanks, as nearly all are, needs no tokeniser.
    pub(super) fn words_of(&mut self, phrase: &str) -> Vec<WordForm> {
        if phrase.chars().all(|c| matches!(c, '\u{621}'..='\u{64a}' | ' ')) {
            let folded = fold(phrase);
            return folded.split(' ').filter(|w| !w.is_empty()).map(|w| self.word(w)).collect();
        }
        let folded = Folded::new(phrase);
        let tokens = tokenize(&folded);
        let words = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        words.map(|t| self.word(t.folded(&folded))).collect()
    }

    /// Adds a phrase to the automaton. A lone particle at its end is left to the next word, where it is usually attached;
    /// a form with a gap (`...`) is not for the automaton.
    pub(super) fn phrase(&mut self, phrase: &str, entry: Entry) {
        if phrase.contains("...") {
            return;
        }
        let words = self.words_of(without_last_particle(phrase));
        if let [first, rest @ ..] = words.as_slice() {
            self.path(*first, rest, entry);
        }
    }

    fn path(&mut self, first: WordForm, rest: &[WordForm], entry: Entry) {
        self.firsts.push(first.word());
        let mut node = 0u32;
        for form in std::iter::once(first).chain(rest.iter().copied()) {
            let next = self.found.len() as u32;
            node = *self.lexicon.edges.entry(u64::from(node) << 32 | u64::from(form.key())).or_insert(next);
            if node == next {
                self.found.push(Vec::new());
            }
        }
        let entries = &mut self.found[node as usize];
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// Adds a phrase with and without the article on its first word.
    pub(super) fn phrase_with_article(&mut self, phrase: &str, entry: Entry) {
        self.phrase(phrase, entry);
        if !phrase.starts_with("ال") {
            self.phrase(&format!("ال{phrase}"), entry);
        }
    }

    /// Adds classes to a word.
    pub(super) fn class(&mut self, word: WordId, classes: Classes) {
        let all = &mut self.lexicon.classes;
        if all.len() <= word as usize {
            all.resize(word as usize + 1, Classes::default());
        }
        all[word as usize] = all[word as usize].with(classes);
    }

    /// Notes what words may be as forms of a verb.
    fn reading(&mut self, forms: &[Form], of: Lemma, tense: Tense) {
        for form in forms {
            let word = self.word(&form.spelling);
            self.readings.push((word.word(), FormReading { of, tense, first_person: form.first_person, article: word.article(), also_noun: false }));
        }
    }

    /// Every form of the verb of a row; `masdars` and `participles` are its cells of nouns.
    pub(super) fn verb(&mut self, row: &Row<'static>, of: Lemma, masdars: usize, participles: usize) {
        for past in row.list(0) {
            self.reading(&conjugate::perfect(past), of, Tense::Perfect);
        }
        for present in row.list(1) {
            self.reading(&conjugate::imperfect(present), of, Tense::Imperfect);
        }
        for (cell, tense) in [(masdars, Tense::Masdar), (participles, Tense::Participle)] {
            for noun in row.list(cell).filter(|n| !n.contains(' ')) {
                self.reading(&conjugate::noun(noun), of, tense);
            }
        }
    }

    /// `شن/يشن هجوما`: every form of the verb, then the rest.
    pub(super) fn verb_phrase(&mut self, form: &'static str, index: u16) {
        if form.contains("...") {
            return;
        }
        let (verb, rest) = without_last_particle(form).split_once(' ').unwrap_or((form, ""));
        let rest = self.words_of(rest);
        for &(first, tense) in &*self.conjugated(verb) {
            self.path(first, &rest, Entry::Predicate { index, tense });
        }
    }

    /// Every form of a verb, given as `past/present`; many phrases have the same verb.
    fn conjugated(&mut self, verb: &'static str) -> Rc<[(WordForm, Tense)]> {
        if let Some(known) = self.conjugated.get(verb) {
            return Rc::clone(known);
        }
        let (past, present) = verb.split_once('/').unwrap_or((verb, ""));
        let mut forms: Vec<(Form, Tense)> = conjugate::perfect(past).into_iter().map(|f| (f, Tense::Perfect)).collect();
        if !present.is_empty() {
            forms.extend(conjugate::imperfect(present).into_iter().map(|f| (f, Tense::Imperfect)));
        }
        let words: Rc<[_]> = forms.into_iter().map(|(form, tense)| (self.word(&form.spelling), tense)).collect();
        self.conjugated.insert(verb, Rc::clone(&words));
        words
    }

    /// Lays out what was collected for looking up.
    pub(super) fn finish(mut self) -> Lexicon {
        let words = self.lexicon.vocab.len();
        self.lexicon.classes.resize(words, Classes::default());
        self.lexicon.begins = vec![false; words];
        for word in self.firsts {
            self.lexicon.begins[word as usize] = true;
        }
        for entries in self.found {
            let start = self.lexicon.entry_list.len() as u32;
            self.lexicon.entry_list.extend(entries);
            self.lexicon.entries.push(start..self.lexicon.entry_list.len() as u32);
        }
        let mut cities: FxHashMap<(&str, &str), u16> = FxHashMap::default();
        for (i, place) in self.lexicon.places.iter().enumerate() {
            cities.entry((place.country, place.en)).or_insert(i as u16);
        }
        self.lexicon.capitals = self.lexicon.states.iter().map(|s| cities.get(&(s.iso2, s.capital_en)).copied()).collect();
        self.readings.sort_by_key(|(word, _)| *word);
        self.lexicon.forms = vec![0..0; words];
        for (word, reading) in self.readings {
            let at = self.lexicon.form_list.len() as u32;
            let range = &mut self.lexicon.forms[word as usize];
            let known = &self.lexicon.form_list[range.start as usize..range.end as usize];
            if let Some(at) = known.iter().position(|k| k.of == reading.of) {
                if reading.tense == Tense::Masdar {
                    let at = range.start as usize + at;
                    self.lexicon.form_list[at].also_noun |= self.lexicon.form_list[at].tense != Tense::Masdar;
                }
                continue;
            }
            if range.start == range.end {
                range.start = at;
            }
            self.lexicon.form_list.push(reading);
            range.end = at + 1;
        }
        self.lexicon
    }
}

/// A phrase without a lone particle at its end, which is left to the next word.
fn without_last_particle(phrase: &str) -> &str {
    match phrase.rsplit_once(' ') {
        Some((rest, "ل" | "ب" | "ك")) => rest,
        _ => phrase,
    }
}
