//! The shipped files, row by row: each into its list, its forms into the automaton.

use super::build::Builder;
use crate::table::{LexiconError, Row, Table};
use crate::{
    Actor, ActorKind, Classes, Cue, CuePhrase, Entry, EventType, Frame, FunctionWord, Head, Lemma, NameKind, Office, Organ, Place, PlaceType, Predicate, Role,
    SourceWord, State, Takes, Tense, Title, files,
};
use majlis_text::fold;

impl Builder {
    pub(super) fn states(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn actors(&mut self, table: &Table) -> Result<(), LexiconError> {
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

    pub(super) fn offices(&mut self) {
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

    pub(super) fn organs(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn titles(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn heads(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn sources(&mut self) {
        for row in files::SOURCES.rows() {
            for form in row.list(0) {
                let index = self.lexicon.sources.len() as u16;
                self.lexicon.sources.push(SourceWord { ar: form, class: row.cell(1), en: row.cell(2) });
                self.phrase_with_article(form, Entry::Source(index));
            }
        }
    }

    pub(super) fn places(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn place_types(&mut self) -> Result<(), LexiconError> {
        for row in files::PLACE_TYPES.rows() {
            let kind = row.parse::<PlaceType>(1, "type of place")?;
            for form in row.list(0) {
                self.phrase_with_article(form, Entry::PlaceType(kind));
            }
        }
        Ok(())
    }

    pub(super) fn names(&mut self) -> Result<(), LexiconError> {
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
            if kinds.len() <= word as usize {
                kinds.resize(word as usize + 1, None);
            }
            let known = &mut kinds[word as usize];
            *known = Some(known.map_or(kind, |k| if k == kind { k } else { NameKind::Both }));
            if !row.cell(2).is_empty() {
                self.lexicon.latin.entry(*form).or_insert(row.cell(2));
            }
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

    pub(super) fn latin(&mut self) {
        self.lexicon.press = files::LATIN.rows().map(|row| (fold(row.cell(0)), row.cell(1))).collect();
    }

    pub(super) fn cues(&mut self) -> Result<(), LexiconError> {
        for row in files::CUES.rows() {
            let index = self.lexicon.cues.len() as u16;
            let class = row.parse(4, "class of reporting verb")?;
            let mut takes = Takes::default();
            let mut an_alone = false;
            for way in row.list(5) {
                let (preposition, way) = way.split_once('+').unwrap_or(("", way));
                match way {
                    "an" => {
                        takes.an = true;
                        an_alone |= preposition.is_empty();
                        if let Some(slot) = takes.an_after.iter_mut().find(|s| s.is_empty()).filter(|_| !preposition.is_empty()) {
                            *slot = known_preposition(preposition).ok_or_else(|| row.error(format!("{preposition:?} is no preposition")))?;
                        }
                    }
                    "o" => takes.object = true,
                    "q" => takes.quote = true,
                    "b" => takes.b = true,
                    "n" if preposition.is_empty() => takes.noun = true,
                    "n" if fold(preposition) == "ب" => takes.b = true,
                    "n" => {
                        let known = known_preposition(preposition).ok_or_else(|| row.error(format!("{preposition:?} is no preposition")))?;
                        if let Some(slot) = takes.after.iter_mut().find(|s| s.is_empty()) {
                            *slot = known;
                        }
                    }
                    other => return Err(row.error(format!("{other:?} is no way to bring words in (an, q, b, n, o)"))),
                }
            }
            if an_alone {
                takes.an_after = Default::default();
            }
            let lemma = row.list(0).next().unwrap_or_default();
            self.lexicon.cues.push(Cue { lemma, class, takes, en: row.cell(6) });
            self.verb(&row, Lemma::Cue(index), 3, 2);
        }
        Ok(())
    }

    pub(super) fn phrases(&mut self) -> Result<(), LexiconError> {
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

    pub(super) fn predicates(&mut self) -> Result<(), LexiconError> {
        for row in files::PREDICATES.rows() {
            let (event, is_weak) = event_type(&row, 4)?;
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
            let (event, is_weak) = event_type(&row, 1)?;
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

    pub(super) fn words(&mut self) -> Result<(), LexiconError> {
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
}

/// A value without its `~`, and whether it had one.
fn weak(value: &str) -> (&str, bool) {
    match value.strip_prefix('~') {
        Some(rest) => (rest.trim(), true),
        None => (value, false),
    }
}

/// `IQ.pm@2020-05/2022-10`: an office and when it was held.
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

fn known_preposition(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    PREPOSITIONS.iter().copied().find(|p| *p == folded)
}

/// Where a predicate has its target.
fn frame(row: &Row<'static>, cell: usize) -> Result<Frame, LexiconError> {
    let mut frame = Frame::default();
    let mut free = frame.prepositions.iter_mut();
    for part in row.list(cell) {
        match part {
            "0" => frame.object = true,
            "s" => frame.suffers = true,
            "-" => {}
            part => {
                let known = known_preposition(part).ok_or_else(|| row.error(format!("{part:?} is no place for a target")))?;
                if let Some(slot) = free.next() {
                    *slot = known;
                }
            }
        }
    }
    Ok(frame)
}

/// The event type of a cell, and whether a `~` marks it.
fn event_type(row: &Row<'static>, cell: usize) -> Result<(EventType, bool), LexiconError> {
    let (event, weak) = weak(row.cell(cell));
    Ok((event.parse().map_err(|()| row.error(format!("{event:?} is no event type")))?, weak))
}
