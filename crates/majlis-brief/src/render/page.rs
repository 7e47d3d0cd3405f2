//! A brief on its page: how names, sources, quotations and citations are written.

use super::sheet::Sheet;
use super::{Form, Lang, dates};
use crate::model::{Brief, Cite, DocumentLine, EventLine, Report, Voice, Who};
use crate::outlook::Ahead;
use majlis_lexicon::EventType;
use majlis_read::Status;
use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

/// The most citations written out on one line of text, and on one of a page where they are links; the most sources.
const CITES: usize = 6;
const LINKS: usize = 40;
const VOICES: usize = 3;
/// The longest quotation of a phrase, in characters.
pub(super) const PHRASE: usize = 90;
/// The longest quotation of a clause.
pub(super) const CLAUSE: usize = 200;

/// A sheet on which a brief is written.
pub(super) struct Page<'b> {
    pub(super) brief: &'b Brief,
    pub(super) ahead: Option<&'b Ahead>,
    sheet: Sheet,
}

impl Deref for Page<'_> {
    type Target = Sheet;
    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

impl DerefMut for Page<'_> {
    fn deref_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }
}

impl<'b> Page<'b> {
    pub(super) fn new(brief: &'b Brief, ahead: Option<&'b Ahead>, lang: Lang, form: Form) -> Self {
        Self { brief, ahead, sheet: Sheet::new(lang, form) }
    }

    pub(super) fn finish(self) -> String {
        self.sheet.finish("title")
    }

    pub(super) fn fragment(self) -> String {
        self.sheet.fragment()
    }

    /// An actor's name in the reader's language.
    pub(super) fn name(&self, who: Who) -> String {
        let actor = &self.brief.actors[who as usize];
        self.isolate(match self.lang {
            Lang::English if !actor.name_en.is_empty() => &actor.name_en,
            _ => &actor.name,
        })
    }

    /// Names in a row.
    pub(super) fn names(&self, who: &[Who]) -> String {
        who.iter().map(|&w| self.name(w)).collect::<Vec<_>>().join(&self.say("and"))
    }

    /// The document's words in quotation marks, cut at a word after `longest` characters.
    pub(super) fn quote(&self, words: &str, longest: usize) -> String {
        self.isolate(&format!("«{}»", cut(words, longest)))
    }

    /// A source: its name, or what the text says of it.
    pub(super) fn voice(&self, voice: &Voice) -> String {
        match voice {
            Voice::Actor(who) => self.name(*who),
            Voice::Words(words) => self.isolate(words),
            Voice::Unnamed { words, class, side } => {
                let mut known = self.unnamed(class);
                if let Some(side) = side {
                    known = format!("{known}{}{}", self.say("sep"), self.fill("side", &[("name", &self.name(*side))]));
                }
                if words.is_empty() { known } else { format!("{} ({known})", self.quote(words, PHRASE)) }
            }
        }
    }

    /// A class of unnamed source.
    pub(super) fn unnamed(&self, class: &str) -> String {
        self.say(&format!("unnamed.{class}"))
    }

    /// The outlet of a document in the reader's letters, or that it is not given.
    pub(super) fn outlet(&self, document: &DocumentLine) -> String {
        let outlet = match self.lang {
            Lang::English => &document.outlet_en,
            Lang::Arabic => &document.outlet,
        };
        outlet.as_ref().map_or_else(|| self.say("no.outlet"), |o| self.isolate(o))
    }

    /// The outlet of a document, as it is written beside its name in the reader's letters.
    pub(super) fn outlet_in_full(&self, document: &DocumentLine) -> String {
        let original = document.outlet.as_ref().filter(|o| self.lang == Lang::English && document.outlet_en.as_ref() != Some(o));
        original.map_or_else(|| self.outlet(document), |o| format!("{} ({})", self.outlet(document), self.isolate(o)))
    }

    /// "According to" everybody who reports a thing: its sources, or the outlets where they report it themselves.
    pub(super) fn according<'r>(&self, reports: impl IntoIterator<Item = &'r Report>) -> String {
        let mut voices: Vec<String> = Vec::new();
        for report in reports {
            let voice = match &report.voice {
                Some(voice) => self.voice(voice),
                None => self.outlet(&self.brief.documents[report.cite.document as usize]),
            };
            if !voices.contains(&voice) {
                voices.push(voice);
            }
        }
        let more = voices.len().saturating_sub(VOICES);
        voices.truncate(VOICES);
        if more > 0 {
            voices.push(self.fill("more", &[("n", &more.to_string())]));
        }
        self.fill("according", &[("voices", &voices.join(&self.say("sep")))])
    }

    /// Citations in brackets.
    pub(super) fn cites(&self, cites: impl IntoIterator<Item = Cite>) -> String {
        let all: BTreeSet<Cite> = cites.into_iter().collect();
        let most = if self.form == Form::Text { CITES } else { LINKS };
        let mut shown: Vec<String> = all.iter().take(most).map(|c| format!("{}¶{}", c.document + 1, c.paragraph + 1)).collect();
        if all.len() > most {
            shown.push(self.fill("more", &[("n", &(all.len() - most).to_string())]));
        }
        format!("[{}]", shown.join(" "))
    }

    /// All documents as a citation.
    pub(super) fn all_documents(&self) -> String {
        match self.brief.documents.len() {
            0 | 1 => self.document(0),
            n => format!("[1–{n}]"),
        }
    }

    /// A whole document as a citation.
    pub(super) fn document(&self, index: usize) -> String {
        format!("[{}]", index + 1)
    }

    /// Those who take part in an event of a type: side by side where what they do they do together, else who acts on whom.
    pub(super) fn parties(&self, kind: EventType, source: &[Who], target: &[Who]) -> String {
        use EventType::{Agree, Consult, Cooperate};
        if matches!(kind, Agree | Consult | Cooperate) {
            let all: Vec<Who> = source.iter().chain(target).copied().collect();
            return self.names(&all);
        }
        self.between(source, target)
    }

    /// `source → target`, or the one of them that is known.
    pub(super) fn between(&self, source: &[Who], target: &[Who]) -> String {
        match (source.is_empty(), target.is_empty()) {
            (false, true) => self.names(source),
            (true, true) => String::new(),
            _ => format!("{}{}{}", if source.is_empty() { self.say("unknown") } else { self.names(source) }, self.say("arrow"), self.names(target)),
        }
    }

    /// The type of an event in plain words, and how real it is unless it simply happened.
    pub(super) fn kind(&self, kind: EventType, mode: &str, status: Status) -> String {
        let mut words = self.say(&format!("event.{}", kind.code()));
        if !mode.is_empty() {
            words = format!("{words} ({})", self.say(&format!("mode.{mode}")));
        }
        if status == Status::Happened { words } else { format!("{words}{}{}", self.say("and"), self.say(&format!("status.{}", status.code()))) }
    }

    /// An event without its date: type, status, who to whom, where, in which words. Where the words bear out nobody's part in it they alone are told.
    pub(super) fn event(&self, event: &EventLine) -> String {
        let mut parts = Vec::new();
        if event.has_roles() {
            parts.extend([self.kind(event.kind, event.mode, event.status), self.parties(event.kind, &event.source, &event.target)]);
        }
        if let Some(place) = &event.place {
            let name = if self.lang == Lang::Arabic && !place.name_ar.is_empty() { &place.name_ar } else { &place.name };
            parts.push(self.fill("at", &[("place", &self.isolate(name))]));
        }
        let words = self.quote(&event.quote, CLAUSE);
        parts.push(if self.lang == Lang::English && !event.gloss.is_empty() { format!("{words} ({})", event.gloss) } else { words });
        if self.lang == Lang::English && !event.named.is_empty() {
            parts.push(self.fill("named.in.it", &[("names", &self.names(&event.named))]));
        }
        parts.retain(|p| !p.is_empty());
        parts.join(" · ")
    }

    /// An event with its date, where it has one.
    pub(super) fn dated_event(&self, event: &EventLine) -> String {
        match event.when {
            Some(when) => format!("{} · {}", dates::edtf(self.lang, when), self.event(event)),
            None => self.event(event),
        }
    }
}

/// The first `longest` characters of some words, cut at a word.
fn cut(words: &str, longest: usize) -> String {
    match words.char_indices().nth(longest) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", words[..end].rsplit_once(' ').map_or(&words[..end], |(kept, _)| kept)),
    }
}
