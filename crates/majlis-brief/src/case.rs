//! A case as documents and readings: what stands after the analyst's review, with actors as they are merged.

use crate::inputs::Inputs;
use jiff::civil::Date;
use majlis_case::{ActorRef, ActorRow, Case, DocumentPage, EventRow, Filter, Found, Page, StanceRow, StatementRow};
use majlis_lexicon::{ActorKind, Lexicon};
use majlis_read::{Actor, ActorIx, Event, Mention, PlaceMention, Reading, Speaker, Stance, Statement, Time, Why};
use majlis_text::{CodePoints, Document, Edtf, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// Why a case cannot be briefed.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// What the case file says.
    #[error(transparent)]
    Case(#[from] majlis_case::Error),
    /// A word in the case that this program does not know.
    #[error("document {document}: {value:?} is no {what} that this program knows")]
    Unknown {
        /// The document's number.
        document: i64,
        /// What it should be.
        what: &'static str,
        /// What it is.
        value: String,
    },
}

impl Inputs {
    /// All documents of a case, by day of publication. Copies are the case's stories; each actor is one however it was merged.
    ///
    /// # Errors
    /// What the disk says; a code in the case that this program does not know.
    pub fn of_case(case: &Case) -> Result<Self, CaseError> {
        Ok(Self::of_case_until(case, |_, _| true)?.unwrap_or_else(|| Self { documents: Vec::new(), copies: Vec::new() }))
    }

    /// The same, as long as `goes_on` says so, which is told before each document how many are taken and of how many; else none.
    ///
    /// # Errors
    /// As [`Inputs::of_case`].
    pub fn of_case_until(case: &Case, mut goes_on: impl FnMut(usize, usize) -> bool) -> Result<Option<Self>, CaseError> {
        let rows = case.documents(&Filter::default(), Page::ALL)?.rows;
        let place: FxHashMap<i64, u32> = rows.iter().zip(0..).map(|(row, place)| (row.id, place)).collect();
        let copies = rows.iter().map(|row| place.get(&row.story).copied().filter(|_| row.story != row.id)).collect();
        let people = People::new(case)?;
        let mut documents = Vec::with_capacity(rows.len());
        for row in &rows {
            if !goes_on(documents.len(), rows.len()) {
                return Ok(None);
            }
            documents.push(people.document(&case.document(row.id)?)?);
        }
        Ok(Some(Self { documents, copies }))
    }
}

/// The actors of a case by number, each under an id of its own.
struct People {
    rows: FxHashMap<i64, ActorRow>,
    shared: FxHashSet<String>,
}

impl People {
    fn new(case: &Case) -> Result<Self, CaseError> {
        let rows = case.actors(&Filter::default(), Page::ALL)?.rows;
        let mut seen = FxHashSet::default();
        let shared = rows.iter().filter(|row| !seen.insert(row.actor.code.clone())).map(|row| row.actor.code.clone()).collect();
        Ok(Self { rows: rows.into_iter().map(|row| (row.actor.id, row)).collect(), shared })
    }

    fn actor(&self, actor: &ActorRef) -> Option<Actor> {
        let lexical = Lexicon::shipped().actor(&actor.code);
        let (kind, sector, country) = match (self.rows.get(&actor.id), lexical) {
            (Some(row), _) => (row.kind.parse().ok()?, interned(&row.sector), interned(&row.country)),
            (None, Some(known)) => (known.kind, known.sector, known.country),
            (None, None) => (ActorKind::Group, "", ""),
        };
        let id = if self.shared.contains(&actor.code) { format!("{}-{}", actor.code, actor.id) } else { actor.code.clone() };
        Some(Actor { id, name: actor.name.clone(), name_en: actor.name_en.clone(), kind, sector, country, known: lexical.is_some() })
    }

    fn document(&self, page: &DocumentPage) -> Result<(Document, Reading), CaseError> {
        let row = &page.document;
        let published = row.published.as_deref().map(|day| known(row.id, "day", day, Date::from_str(day).ok())).transpose()?;
        let document = Document {
            outlet: row.outlet.clone(),
            title: row.title.clone(),
            // A day that was inferred is the reading's, not the document's.
            published: published.filter(|_| row.inferred.is_none()),
            ..Document::new(row.name.clone(), page.text.clone())
        };
        let mut reading = Reading { published, published_inferred: row.inferred.as_deref().map(why), ..Reading::default() };
        Items { people: self, page, points: CodePoints::new(&page.text), actors: FxHashMap::default() }.fill(&mut reading)?;
        Ok((document, reading))
    }
}

/// The items of one document, on their way into a reading.
struct Items<'a> {
    people: &'a People,
    page: &'a DocumentPage,
    points: CodePoints<'a>,
    actors: FxHashMap<i64, ActorIx>,
}

impl Items<'_> {
    fn fill(&mut self, reading: &mut Reading) -> Result<(), CaseError> {
        let page = self.page;
        let statements: FxHashMap<i64, u32> = page.statement_rows.iter().zip(0..).map(|(s, at)| (s.id, at)).collect();
        let events: FxHashMap<i64, u32> = page.event_rows.iter().zip(0..).map(|(e, at)| (e.id, at)).collect();
        for m in &page.mentions {
            let Some(actor) = self.who(reading, m.actor.as_ref())? else { continue };
            let form = self.known("form of mention", &m.form, m.form.parse().ok())?;
            reading.mentions.push(Mention { span: self.span(m.start, m.end), actor, form, confidence: sure(&m.found), why: why(&m.found.why) });
        }
        for t in &page.times {
            let value = t.value.as_deref().and_then(date);
            reading.times.push(Time { span: self.span(t.start, t.end), value, confidence: sure(&t.found), why: why(&t.found.why) });
        }
        for p in &page.places {
            let at = &p.location;
            reading.places.push(PlaceMention {
                span: self.span(p.start, p.end),
                name: at.name.clone(),
                name_ar: at.name_ar.clone(),
                country: interned(&at.country),
                position: at.latitude.zip(at.longitude).map(|(north, east)| (north as f32, east as f32)),
                precision: self.known("precision of place", &at.precision, at.precision.parse().ok())?,
                confidence: sure(&p.found),
                why: why(&p.found.why),
            });
        }
        for s in &page.statement_rows {
            let statement = self.statement(reading, s, &statements)?;
            reading.statements.push(statement);
        }
        for e in &page.event_rows {
            let event = self.event(reading, e, &statements)?;
            reading.events.push(event);
        }
        for s in &page.stances {
            let stance = self.stance(reading, s, &events)?;
            reading.stances.extend(stance);
        }
        Ok(())
    }

    fn statement(&mut self, reading: &mut Reading, s: &StatementRow, statements: &FxHashMap<i64, u32>) -> Result<Statement, CaseError> {
        let span = self.span(s.cite.start, s.cite.end);
        let speaker = Speaker {
            actor: self.who(reading, s.speaker.as_ref())?,
            span: s.source.as_deref().and_then(|words| self.near(words, span)),
            named: s.named,
            described: s.described.as_deref().and_then(|words| self.near(words, span)),
            class: interned(&s.source_class),
            side: self.who(reading, s.side.as_ref())?,
        };
        Ok(Statement {
            span,
            kind: self.known("kind of statement", &s.kind, s.kind.parse().ok())?,
            speaker,
            cue: None,
            class: self.known("class of verb", &s.class, s.class.parse().ok())?,
            told_to: self.who(reading, s.told_to.as_ref())?,
            inside: s.inside.and_then(|id| statements.get(&id).copied()),
            confidence: sure(&s.found),
            why: why(&s.found.why),
        })
    }

    fn event(&mut self, reading: &mut Reading, e: &EventRow, statements: &FxHashMap<i64, u32>) -> Result<Event, CaseError> {
        let place = e.place.as_ref().and_then(|at| self.page.places.iter().position(|p| p.location == *at)).map(|at| at as u32);
        Ok(Event {
            span: self.span(e.cite.start, e.cite.end),
            kind: self.known("type of event", &e.kind, e.kind.parse().ok())?,
            mode: interned(&e.mode),
            source: self.all(reading, &e.source)?,
            target: self.all(reading, &e.target)?,
            when: e.time.as_deref().and_then(date),
            place,
            status: self.known("status", &e.status, e.status.parse().ok())?,
            statement: e.statement.and_then(|id| statements.get(&id).copied()),
            confidence: sure(&e.found),
            why: why(&e.found.why),
        })
    }

    fn stance(&mut self, reading: &mut Reading, s: &StanceRow, events: &FxHashMap<i64, u32>) -> Result<Option<Stance>, CaseError> {
        let Some(actor) = self.who(reading, s.actor.as_ref())? else { return Ok(None) };
        let issue = self.span(s.cite.start, s.cite.end);
        Ok(Some(Stance {
            actor,
            issue,
            side: self.known("side", &s.side, s.side.parse().ok())?,
            event: s.event.and_then(|id| events.get(&id).copied()),
            condition: s.condition.as_deref().and_then(|words| self.near(words, issue)),
            confidence: sure(&s.found),
            why: why(&s.found.why),
        }))
    }

    fn who(&mut self, reading: &mut Reading, actor: Option<&ActorRef>) -> Result<Option<ActorIx>, CaseError> {
        let Some(actor) = actor else { return Ok(None) };
        if let Some(&known) = self.actors.get(&actor.id) {
            return Ok(Some(known));
        }
        let made = self.known("kind of actor", &actor.code, self.people.actor(actor))?;
        let index = reading.actors.len() as ActorIx;
        reading.actors.push(made);
        self.actors.insert(actor.id, index);
        Ok(Some(index))
    }

    fn all(&mut self, reading: &mut Reading, actors: &[ActorRef]) -> Result<Vec<ActorIx>, CaseError> {
        actors.iter().filter_map(|a| self.who(reading, Some(a)).transpose()).collect()
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span::between(self.points.byte_of(start), self.points.byte_of(end))
    }

    /// Where the words of a source or a condition stand: the place nearest to `item`, of two the one before it.
    fn near(&self, words: &str, item: Span) -> Option<Span> {
        let text = &self.page.text;
        let before = text.get(..item.start() as usize).and_then(|before| before.rfind(words));
        let after = text.get(item.start() as usize..).and_then(|after| after.find(words)).map(|at| at + item.start() as usize);
        let away = |at: usize| if at < item.start() as usize { item.start() as usize - at - words.len() } else { at.saturating_sub(item.end() as usize) };
        let at = before.into_iter().chain(after).min_by_key(|&at| away(at))?;
        Some(Span::between(at as u32, (at + words.len()) as u32))
    }

    fn known<T>(&self, what: &'static str, value: &str, found: Option<T>) -> Result<T, CaseError> {
        known(self.page.document.id, what, value, found)
    }
}

fn known<T>(document: i64, what: &'static str, value: &str, found: Option<T>) -> Result<T, CaseError> {
    found.ok_or_else(|| CaseError::Unknown { document, what, value: value.to_owned() })
}

/// A time of the case. One that runs backwards, as a text may write it, is open.
fn date(written: &str) -> Option<Edtf> {
    written.parse().ok()
}

fn sure(found: &Found) -> f32 {
    found.confidence as f32
}

fn why(written: &str) -> Why {
    let (rule, cue) = written.split_once(':').unwrap_or((written, ""));
    Why { rule: interned(rule), cue: interned(cue) }
}

/// A word that lives as long as the program. Rules, cues, sectors and countries are few, so what is kept is small.
fn interned(word: &str) -> &'static str {
    static WORDS: Mutex<Option<FxHashSet<&'static str>>> = Mutex::new(None);
    if word.is_empty() {
        return "";
    }
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let words = words.get_or_insert_default();
    if let Some(known) = words.get(word) {
        return known;
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}
