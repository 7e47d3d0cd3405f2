use crate::conjugate::{self, Form};
use crate::table::{LexiconError, Row, Table};
use crate::vocab::{Vocab, WordId};
use crate::{
    Actor, ActorKind, Classes, Cue, CuePhrase, Entry, FormReading, Frame, FunctionWord, Head, Lemma, NameKind, Office, Organ, Place, PlaceType, Predicate,
    Role, SourceWord, State, Takes, Tense, Title, WordForm, files,
};
use jiff::civil::Date;
use majlis_text::{Folded, TokenKind, fold, tokenize};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Every lexicon, and the automaton over words that finds their entries.
pub struct Lexicon {
    pub(crate) vocab: Vocab,
    classes: Vec<Classes>,
    names: FxHashMap<WordId, NameKind>,
    latin: FxHashMap<WordId, &'static str>,
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

/// The lexicon while it is being filled.
struct Builder {
    lexicon: Lexicon,
    found: Vec<Vec<Entry>>,
    readings: Vec<(WordId, FormReading)>,
    /// Words that phrases begin with.
    firsts: Vec<WordId>,
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
        self.names.get(&word).copied()
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
        let part = |word: &str| {
            let known = self.analyse(&fold(word)).whole().and_then(|f| Some((self.latin.get(&f.word())?, f.article())));
            match known {
                Some((latin, true)) if !latin.to_ascii_lowercase().starts_with("al-") && !latin.starts_with("Abd") => format!("al-{latin}"),
                Some((latin, _)) => (*latin).to_owned(),
                None => majlis_text::romanize(word),
            }
        };
        name.split_whitespace().map(part).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The actor with identifier `id`.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actor_ids.get(id).map(|&i| &self.actors[i as usize])
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

    /// Number of words, nodes and entries: what start-up builds.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.vocab.len(), self.entries.len(), self.entry_list.len())
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

impl Builder {
    fn new() -> Self {
        let lexicon = Lexicon {
            vocab: Vocab::with_capacity(180_000),
            classes: Vec::new(),
            names: FxHashMap::with_capacity_and_hasher(60_000, rustc_hash::FxBuildHasher),
            latin: FxHashMap::with_capacity_and_hasher(60_000, rustc_hash::FxBuildHasher),
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
        Self { lexicon, found: vec![Vec::new()], readings: Vec::new(), firsts: Vec::new() }
    }

    fn word(&mut self, folded: &str) -> WordForm {
        match folded.strip_prefix("ال").filter(|s| s.len() >= 4) {
            Some(stem) => WordForm::new(self.lexicon.vocab.insert(stem), true),
            None => WordForm::new(self.lexicon.vocab.insert(folded), false),
        }
    }

    /// The words of a phrase. A phrase of letters and single blanks, as nearly all are, needs no tokeniser.
    fn words_of(&mut self, phrase: &str) -> Vec<WordForm> {
        if phrase.chars().all(|c| c.is_alphabetic() || c == ' ') {
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
    fn phrase(&mut self, phrase: &str, entry: Entry) {
        if phrase.contains("...") {
            return;
        }
        let phrase = match phrase.rsplit_once(' ') {
            Some((rest, "ل" | "ب" | "ك")) => rest,
            _ => phrase,
        };
        let words = self.words_of(phrase);
        if words.is_empty() {
            return;
        }
        self.firsts.push(words[0].word());
        let mut node = 0u32;
        for form in words {
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
    fn phrase_with_article(&mut self, phrase: &str, entry: Entry) {
        self.phrase(phrase, entry);
        if !phrase.starts_with("ال") {
            self.phrase(&format!("ال{phrase}"), entry);
        }
    }

    fn class(&mut self, word: WordId, classes: Classes) {
        let all = &mut self.lexicon.classes;
        if all.len() <= word as usize {
            all.resize(word as usize + 1, Classes::default());
        }
        all[word as usize] = all[word as usize].with(classes);
    }

    fn states(&mut self) -> Result<(), LexiconError> {
        for row in files::STATES.rows() {
            let index = self.lexicon.states.len() as u16;
            if row.cell(0).len() != 2 {
                return Err(row.error("the first cell is no ISO 3166 alpha-2 code"));
            }
            self.lexicon.state_codes.insert(row.cell(0), index);
            self.lexicon.states.push(State {
                iso2: row.cell(0),
                iso3: row.cell(1),
                ar: row.cell(2),
                en: row.cell(9),
                capital_en: row.cell(10),
                demonym: row.cell(11),
            });
            for name in row.list(2).chain(row.list(3)) {
                let (name, weak) = weak(name);
                self.phrase(name, Entry::State { index, capital: false, weak });
            }
            for name in row.list(4).chain(row.list(5)) {
                let (name, weak) = weak(name);
                self.phrase(name, Entry::State { index, capital: true, weak });
            }
            for (cell, plural) in [(6, false), (7, false), (8, true)] {
                for nisba in row.list(cell) {
                    self.phrase_with_article(nisba, Entry::Nisba { index, plural });
                    if cell == 6 {
                        self.phrase(&format!("{nisba}ا"), Entry::Nisba { index, plural });
                    }
                }
            }
        }
        Ok(())
    }

    fn actors(&mut self, table: &Table) -> Result<(), LexiconError> {
        for row in table.rows() {
            let index = self.lexicon.actors.len() as u16;
            let kind = row.parse::<ActorKind>(1, "kind of actor")?;
            let roles = row.list(7).map(|r| role(&row, r)).collect::<Result<Vec<_>, _>>()?;
            for role in &roles {
                self.lexicon.holders.entry(role.office).or_default().push(index);
            }
            let id = row.cell(0);
            if self.lexicon.actor_ids.insert(id, index).is_some() {
                return Err(row.error(format!("the id {id:?} stands twice")));
            }
            self.lexicon.actors.push(Actor { id, kind, sector: row.cell(2), country: row.cell(3), ar: row.cell(4), en: row.cell(6), roles });
            for name in row.list(4).chain(row.list(5)) {
                let (name, weak) = weak(name);
                self.phrase(name, Entry::Actor { index, weak });
            }
        }
        Ok(())
    }

    fn offices(&mut self) {
        for row in files::OFFICES.rows() {
            let index = self.lexicon.offices.len() as u16;
            let ar = row.list(1).next().unwrap_or_default();
            self.lexicon.offices.push(Office { id: row.cell(0), sector: row.cell(2), en: row.cell(3), ar: weak(ar).0 });
            for form in row.list(1) {
                let (form, weak) = weak(form);
                self.phrase(form, Entry::Office { index, weak });
            }
        }
    }

    fn organs(&mut self) -> Result<(), LexiconError> {
        for row in files::ORGANS.rows() {
            let kind = row.parse::<ActorKind>(2, "kind of actor")?;
            let ar = weak(row.list(1).next().unwrap_or_default()).0;
            let countries = row.list(5).filter(|c| *c != "*").collect();
            let organs = &mut self.lexicon.organs;
            // Rows of one id are one organ under several names.
            let index = organs.iter().position(|o| o.id == row.cell(0)).unwrap_or_else(|| {
                organs.push(Organ { id: row.cell(0), kind, sector: row.cell(3), en: row.cell(4), ar, countries });
                organs.len() - 1
            }) as u16;
            for form in row.list(1) {
                let (form, weak) = weak(form);
                self.phrase(form, Entry::Organ { index, weak });
            }
        }
        Ok(())
    }

    fn titles(&mut self) -> Result<(), LexiconError> {
        for row in files::TITLES.rows() {
            let class = row.parse(1, "class of title")?;
            for form in row.list(0) {
                let index = self.lexicon.titles.len() as u16;
                let ar = weak(form).0;
                self.lexicon.titles.push(Title { ar, class, en: row.cell(2) });
                self.phrase_with_article(ar, Entry::Title(index));
            }
        }
        Ok(())
    }

    fn heads(&mut self) -> Result<(), LexiconError> {
        for row in files::HEADS.rows() {
            let kind = row.parse(1, "kind of actor")?;
            let first = row.list(0).next().unwrap_or_default();
            let index = self.lexicon.heads.len() as u16;
            self.lexicon.heads.push(Head { ar: first, kind, sector: row.cell(2), en: row.cell(3) });
            for form in row.list(0) {
                self.phrase_with_article(weak(form).0, Entry::Head(index));
            }
        }
        Ok(())
    }

    fn sources(&mut self) {
        for row in files::SOURCES.rows() {
            for form in row.list(0) {
                let index = self.lexicon.sources.len() as u16;
                self.lexicon.sources.push(SourceWord { ar: form, class: row.cell(1), en: row.cell(2) });
                self.phrase_with_article(form, Entry::Source(index));
            }
        }
    }

    fn places(&mut self) -> Result<(), LexiconError> {
        for row in files::PLACES.rows() {
            let index = self.lexicon.places.len() as u16;
            let kind = row.parse::<PlaceType>(2, "type of place")?;
            let position = match (row.cell(4), row.cell(5)) {
                ("", _) | (_, "") => None,
                _ => Some((row.parse(4, "latitude")?, row.parse(5, "longitude")?)),
            };
            let ar = weak(row.cell(0)).0;
            self.lexicon.places.push(Place { ar, en: row.cell(6), kind, country: row.cell(3), position });
            for name in row.list(0).chain(row.list(1)) {
                let (name, weak) = weak(name);
                self.phrase(name, Entry::Place { index, weak });
            }
        }
        Ok(())
    }

    fn place_types(&mut self) -> Result<(), LexiconError> {
        for row in files::PLACE_TYPES.rows() {
            let kind = row.parse::<PlaceType>(1, "type of place")?;
            for form in row.list(0) {
                self.phrase_with_article(form, Entry::PlaceType(kind));
            }
        }
        Ok(())
    }

    fn names(&mut self) -> Result<(), LexiconError> {
        for row in files::NAMES.rows() {
            let (name, is_weak) = weak(row.cell(0));
            let kind = match row.cell(1) {
                "g" => NameKind::Given,
                "f" => NameKind::Family,
                "b" => NameKind::Both,
                other => return Err(row.error(format!("{other:?} is no kind of name (g, f, b)"))),
            };
            let words = self.words_of(name);
            let [form] = words.as_slice() else { continue };
            let word = form.word();
            let kinds = &mut self.lexicon.names;
            let merged = kinds.get(&word).map_or(kind, |&k| if k == kind { k } else { NameKind::Both });
            kinds.insert(word, merged);
            self.lexicon.latin.entry(word).or_insert(row.cell(2).strip_prefix("Al-").unwrap_or(row.cell(2)));
            if is_weak {
                self.class(word, Classes::WEAK_NAME);
            }
        }
        for row in files::COMMON.rows() {
            let word = self.word(row.cell(0)).word();
            self.class(word, Classes::COMMON);
        }
        Ok(())
    }

    fn reading(&mut self, forms: &[Form], of: Lemma, tense: Tense) {
        for form in forms {
            let word = self.word(&form.spelling);
            self.readings.push((word.word(), FormReading { of, tense, first_person: form.first_person, article: word.article(), also_noun: false }));
        }
    }

    fn verb(&mut self, row: &Row<'static>, of: Lemma, masdars: usize, participles: usize) {
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

    fn cues(&mut self) -> Result<(), LexiconError> {
        for row in files::CUES.rows() {
            let index = self.lexicon.cues.len() as u16;
            let class = row.parse(4, "class of reporting verb")?;
            let mut takes = Takes::default();
            for way in row.list(5) {
                let (preposition, way) = way.split_once('+').unwrap_or(("", way));
                match way {
                    "an" => takes.an = true,
                    "q" => takes.quote = true,
                    "b" => takes.b = true,
                    "n" if preposition.is_empty() => takes.noun = true,
                    "n" if fold(preposition) == "ب" => takes.b = true,
                    "n" => {
                        let folded = fold(preposition);
                        let known = PREPOSITIONS.iter().find(|p| **p == folded).ok_or_else(|| row.error(format!("{preposition:?} is no preposition")))?;
                        if let Some(slot) = takes.after.iter_mut().find(|s| s.is_empty()) {
                            *slot = known;
                        }
                    }
                    other => return Err(row.error(format!("{other:?} is no way to bring words in (an, q, b, n)"))),
                }
            }
            let lemma = row.list(0).next().unwrap_or_default();
            self.lexicon.cues.push(Cue { lemma, class, takes, en: row.cell(6) });
            self.verb(&row, Lemma::Cue(index), 3, 2);
        }
        Ok(())
    }

    fn phrases(&mut self) -> Result<(), LexiconError> {
        for row in files::CUE_PHRASES.rows() {
            let class = row.parse(1, "class of phrase")?;
            for form in row.list(0) {
                let index = self.lexicon.phrases.len() as u16;
                self.lexicon.phrases.push(CuePhrase { ar: form, class });
                self.phrase(form, Entry::Phrase(index));
            }
        }
        Ok(())
    }

    fn predicates(&mut self) -> Result<(), LexiconError> {
        for row in files::PREDICATES.rows() {
            let (event, is_weak) = weak(row.cell(4));
            let event = event.parse().map_err(|()| row.error(format!("{event:?} is no event type")))?;
            let index = self.lexicon.predicates.len() as u16;
            let lemma = row.list(0).chain(row.list(2)).chain(row.list(3)).next().unwrap_or_default();
            self.lexicon.predicates.push(Predicate { lemma, event, mode: row.cell(5), frame: frame(&row, 6)?, weak: is_weak, en: row.cell(7) });
            self.verb(&row, Lemma::Predicate(index), 2, 3);
            for (cell, tense) in [(2, Tense::Masdar), (3, Tense::Participle)] {
                for phrase in row.list(cell).filter(|n| n.contains(' ')) {
                    self.phrase_with_article(phrase, Entry::Predicate { index, tense });
                }
            }
        }
        for row in files::PREDICATE_PHRASES.rows() {
            let (event, is_weak) = weak(row.cell(1));
            let event = event.parse().map_err(|()| row.error(format!("{event:?} is no event type")))?;
            for form in row.list(0) {
                let index = self.lexicon.predicates.len() as u16;
                let (lemma, verb) = match form.strip_prefix("v:") {
                    Some(form) => (form, true),
                    None => (form, false),
                };
                self.lexicon.predicates.push(Predicate { lemma, event, mode: row.cell(2), frame: frame(&row, 3)?, weak: is_weak, en: row.cell(4) });
                if verb {
                    self.verb_phrase(lemma, index);
                } else {
                    self.phrase_with_article(form, Entry::Predicate { index, tense: Tense::Masdar });
                }
            }
        }
        Ok(())
    }

    /// `شن/يشن هجوما`: every form of the verb, then the rest.
    fn verb_phrase(&mut self, form: &str, index: u16) {
        let (verb, rest) = form.split_once(' ').unwrap_or((form, ""));
        let (past, present) = verb.split_once('/').unwrap_or((verb, ""));
        let mut forms: Vec<(Form, Tense)> = conjugate::perfect(past).into_iter().map(|f| (f, Tense::Perfect)).collect();
        if !present.is_empty() {
            forms.extend(conjugate::imperfect(present).into_iter().map(|f| (f, Tense::Imperfect)));
        }
        for (form, tense) in forms {
            self.phrase(&format!("{} {rest}", form.spelling), Entry::Predicate { index, tense });
        }
    }

    fn words(&mut self) -> Result<(), LexiconError> {
        for row in files::WORDS.rows() {
            let classes = Classes::named(row.cell(1)).ok_or_else(|| row.error(format!("{:?} is no class of word", row.cell(1))))?;
            for form in row.list(0) {
                let index = self.lexicon.words.len() as u16;
                self.lexicon.words.push(FunctionWord { ar: form, classes, en: row.cell(2) });
                let words = self.words_of(form);
                if let [one] = words.as_slice() {
                    self.class(one.word(), classes);
                    self.lexicon.senses.entry(one.word()).or_default().push(index);
                    if classes == Classes::NUMBER
                        && let Ok(n) = row.cell(2).parse()
                    {
                        self.lexicon.numbers.entry(one.word()).or_insert(n);
                    }
                } else {
                    self.phrase(form, Entry::Word(index));
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Lexicon {
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

/// A value without its `~`, and whether it had one.
fn weak(value: &str) -> (&str, bool) {
    match value.strip_prefix('~') {
        Some(rest) => (rest.trim(), true),
        None => (value, false),
    }
}

fn role(row: &Row<'static>, text: &'static str) -> Result<Role, LexiconError> {
    let (office, years) = text.split_once('@').unwrap_or((text, ""));
    let (from, to) = years.split_once('/').unwrap_or((years, years));
    let point = |s: &str| match s {
        "" | ".." | "?" => Ok(None),
        s => s.parse().map(Some).map_err(|e: majlis_text::EdtfError| row.error(e.to_string())),
    };
    Ok(Role { office, from: point(from)?, to: point(to)? })
}

/// Folded prepositions that frames may name.
const PREPOSITIONS: [&str; 11] = ["مع", "علي", "من", "الي", "ل", "ب", "ضد", "بين", "عن", "في", "لدي"];

fn frame(row: &Row<'static>, cell: usize) -> Result<Frame, LexiconError> {
    let mut frame = Frame::default();
    let mut free = frame.prepositions.iter_mut();
    for part in row.list(cell) {
        match part {
            "0" => frame.object = true,
            "-" => {}
            part => {
                let folded = fold(part);
                let known = PREPOSITIONS.iter().find(|p| **p == folded).ok_or_else(|| row.error(format!("{part:?} is no place for a target")))?;
                if let Some(slot) = free.next() {
                    *slot = known;
                }
            }
        }
    }
    Ok(frame)
}
