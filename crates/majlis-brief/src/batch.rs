//! The documents and readings of a brief, with actors merged and offsets turned into citations.

use crate::clause;
use crate::english;
use crate::inputs::Inputs;
use crate::issues::trim;
use crate::model::{ActorLine, Cite, Count, DocumentLine, LeftOut, Report, Sourcing, StatementLine, Voice, Who};
use crate::phrase;
use crate::support;
use majlis_lexicon::{ActorKind, Lexicon};
use majlis_read::{ActorIx, Mention, MentionForm, Reading, Speaker};
use majlis_text::{Document, Edtf, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The furthest that the words which tell a day may stand from what they date, and what may lie between and still be quoted, in characters.
const DATED: usize = 120;
const BESIDE: usize = 50;

pub(crate) struct Batch<'a> {
    /// Each document with what its words carry of its reading.
    pub(crate) inputs: Vec<(&'a Document, Reading)>,
    pub(crate) left_out: LeftOut,
    lines: Vec<Vec<u32>>,
    who: Vec<Vec<Who>>,
    actors: Vec<ActorLine>,
    copies: &'a [Option<u32>],
}

impl<'a> Batch<'a> {
    /// The documents, as long as `goes_on` says so before each; else none.
    pub(crate) fn until(inputs: &'a Inputs, goes_on: &dyn Fn() -> bool) -> Option<Self> {
        let lines = inputs.documents.iter().map(|(d, _)| d.paragraphs().map(|p| p.span.start()).collect()).collect();
        let mut left_out = LeftOut::default();
        let supported = |(document, reading): &'a (Document, Reading)| {
            let (kept, left) = goes_on().then(|| support::supported(&document.text, reading))?;
            left_out.statements += left.statements;
            left_out.events += left.events;
            left_out.stances += left.stances;
            Some((document, kept))
        };
        let documents = inputs.documents.iter().map(supported).collect::<Option<_>>()?;
        let mut batch = Self { inputs: documents, left_out, lines, who: Vec::new(), actors: Vec::new(), copies: &inputs.copies };
        batch.merge();
        Some(batch)
    }

    /// Gives the actors of all documents that share an id one place, most active first.
    fn merge(&mut self) {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut merged: Vec<ActorLine> = Vec::new();
        let mut local: Vec<Vec<usize>> = Vec::new();
        for (document, (source, reading)) in self.inputs.iter().enumerate() {
            let mut here = Vec::new();
            for (actor, sure) in reading.actors.iter().zip(support::sure_actors(&source.text, reading)) {
                let place = *places.entry(&actor.id).or_insert(merged.len());
                if place == merged.len() {
                    merged.push(ActorLine {
                        id: actor.id.clone(),
                        name: actor.name.clone(),
                        name_en: english::name(actor),
                        kind: actor.kind,
                        sector: actor.sector,
                        country: actor.country,
                        sure: false,
                        mentions: 0,
                        statements: 0,
                        called: String::new(),
                        cites: Vec::new(),
                    });
                }
                merged[place].sure |= sure;
                here.push(place);
            }
            for mention in &reading.mentions {
                let line = &mut merged[here[mention.actor as usize]];
                line.mentions += 1;
                if line.called.is_empty() {
                    line.called = plain(mention.span.slice(&source.text).unwrap_or_default());
                }
                line.cites.push(self.cite(document, mention.span));
            }
            for actor in reading.statements.iter().filter_map(|s| s.speaker.actor) {
                merged[here[actor as usize]].statements += 1;
            }
            local.push(here);
        }
        let mut order: Vec<usize> = (0..merged.len()).collect();
        order.sort_by_key(|&i| Reverse(merged[i].mentions + merged[i].statements));
        let mut rank = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            rank[old] = new as Who;
        }
        self.who = local.into_iter().map(|here| here.into_iter().map(|place| rank[place]).collect()).collect();
        self.actors = order.iter().map(|&old| merged[old].clone()).collect();
        for line in &mut self.actors {
            line.cites.dedup();
        }
    }

    /// Where `span` of a document begins.
    pub(crate) fn cite(&self, document: usize, span: Span) -> Cite {
        let paragraph = self.lines[document].partition_point(|&start| start <= span.start()).saturating_sub(1);
        Cite { document: document as u32, paragraph: paragraph as u32 }
    }

    /// The merged actor of a document's actor.
    pub(crate) fn who(&self, document: usize, actor: ActorIx) -> Who {
        self.who[document][actor as usize]
    }

    /// The merged actors of a document's actors.
    pub(crate) fn all(&self, document: usize, actors: &[ActorIx]) -> Vec<Who> {
        actors.iter().map(|&a| self.who(document, a)).collect()
    }

    /// The words of a document under `span`, as one line without marks that would disturb the display.
    pub(crate) fn words(&self, document: usize, span: Span) -> String {
        plain(span.slice(&self.inputs[document].0.text).unwrap_or_default())
    }

    /// The clause of a document around `trigger`, and who is named in it. What is cut off at either end is marked.
    pub(crate) fn clause(&self, document: usize, trigger: Span) -> (String, Vec<Who>) {
        let (source, reading) = &self.inputs[document];
        let (clause, [cut_before, cut_after]) = clause::around(&source.text, trigger);
        let words = self.words(document, clause);
        let told = |m: &Mention| {
            let actor = &reading.actors[m.actor as usize];
            let words = m.span.slice(&source.text).unwrap_or_default();
            let full = matches!(m.form, MentionForm::Name | MentionForm::Titled)
                && m.confidence >= if m.why.rule == "mention/organ" { support::COUNTRY } else { support::TITLE };
            // A last name with its article alone may be a common word.
            let unsure = words.starts_with("ال") && !words.contains(' ') || support::is_father(&actor.name, words);
            actor.known && full && !(actor.kind == ActorKind::Person && unsure)
        };
        let known = |m: &&Mention| clause.contains(m.span) && told(m);
        let named: BTreeSet<Who> = reading.mentions.iter().filter(known).map(|m| self.who(document, m.actor)).collect();
        let quoted = format!("{}{}{}", if cut_before { "… " } else { "" }, trim(&words), if cut_after { " …" } else { "" });
        (quoted, named.into_iter().filter(|&who| self.actors[who as usize].sure).collect())
    }

    /// The expression nearest to a trigger in its sentence that tells the day; `None` where none does.
    pub(crate) fn dated(&self, document: usize, trigger: Span, when: Edtf) -> Option<Span> {
        let (source, reading) = &self.inputs[document];
        let times = reading.times.iter().filter(|t| t.value == Some(when)).map(|t| t.span);
        let near = times.filter_map(|span| Some((apart(&source.text, trigger, span)?, span)));
        near.filter(|(apart, _)| *apart <= DATED).min_by_key(|(apart, span)| (*apart, span.start())).map(|(_, span)| span)
    }

    /// The clause around `trigger` with the words that tell its day, whatever lies between left out where it is long; and who is named in it.
    pub(crate) fn dated_clause(&self, document: usize, trigger: Span, day: Option<Span>) -> (String, Vec<Who>) {
        let text = &self.inputs[document].0.text;
        let beside = day.filter(|day| !clause::around(text, trigger).0.contains(*day));
        let Some(day) = beside else { return self.clause(document, trigger) };
        if apart(text, trigger, day).is_some_and(|apart| apart <= BESIDE) {
            return self.clause(document, trigger.cover(day));
        }
        let (quote, named) = self.clause(document, trigger);
        let day_words = self.words(document, day);
        let joint: &[char] = &['…', ' '];
        let first = day.start() < trigger.start();
        let words =
            if first { format!("{day_words} … {}", quote.trim_start_matches(joint)) } else { format!("{} … {day_words}", quote.trim_end_matches(joint)) };
        (words, named)
    }

    /// The document whose text this one carries; itself where the text is its own.
    pub(crate) fn origin(&self, document: u32) -> u32 {
        self.copies[document as usize].unwrap_or(document)
    }

    /// Who says what begins at `span`: the source of statement `statement`, else the outlet.
    pub(crate) fn report(&self, document: usize, span: Span, statement: Option<u32>) -> Report {
        let voice = statement.map(|s| self.voice(document, &self.inputs[document].1.statements[s as usize].speaker));
        Report { cite: self.cite(document, span), voice }
    }

    fn voice(&self, document: usize, speaker: &Speaker) -> Voice {
        let words = |span: Option<Span>| span.map_or_else(String::new, |s| self.words(document, s));
        match speaker.actor {
            Some(actor) => Voice::Actor(self.who(document, actor)),
            None if speaker.named => Voice::Words(words(speaker.span)),
            None => {
                let words = phrase::described(&words(speaker.described.or(speaker.span)));
                Voice::Unnamed { words, class: speaker.class, side: speaker.side.map(|a| self.who(document, a)) }
            }
        }
    }

    pub(crate) fn actors(&self) -> Vec<ActorLine> {
        self.actors.clone()
    }

    pub(crate) fn documents(&self) -> Vec<DocumentLine> {
        let line = |((document, reading), copy_of): (&(&Document, Reading), &Option<u32>)| DocumentLine {
            id: plain(&document.id),
            outlet: document.outlet.as_deref().map(plain),
            outlet_en: document.outlet.as_deref().map(|o| plain(&latin(o))),
            title: document.title.as_deref().map(plain),
            published: reading.published,
            inferred: reading.published_inferred.map(|why| why.rule),
            lines: document.text.split('\n').map(plain).collect(),
            paragraphs: document.text.lines().filter(|l| !l.trim().is_empty()).count(),
            statements: reading.statements.len(),
            copy_of: *copy_of,
        };
        self.inputs.iter().zip(self.copies).map(line).collect()
    }

    pub(crate) fn statements(&self) -> Vec<StatementLine> {
        let mut lines = Vec::new();
        for (document, (_, reading)) in self.inputs.iter().enumerate() {
            let first = lines.len();
            lines.extend(reading.statements.iter().map(|s| StatementLine {
                cite: self.cite(document, s.span),
                voice: self.voice(document, &s.speaker),
                told_to: s.told_to.map(|a| self.who(document, a)),
                kind: s.kind,
                class: s.class,
                words: self.words(document, s.span),
                inside: s.inside.map(|i| first + i as usize),
            }));
        }
        lines
    }

    pub(crate) fn sourcing(&self, statements: &[StatementLine]) -> Sourcing {
        let (mut named, mut unnamed) = (Count::default(), Count::default());
        let mut classes: Vec<(&'static str, Count)> = Vec::new();
        let mut sources: FxHashSet<(Option<Who>, &str, u32)> = FxHashSet::default();
        for s in statements {
            let source = match &s.voice {
                Voice::Actor(who) => (Some(*who), "", 0),
                Voice::Words(words) | Voice::Unnamed { words, .. } => (None, words.as_str(), self.origin(s.cite.document)),
            };
            let new = usize::from(sources.insert(source));
            let Voice::Unnamed { class, .. } = s.voice else {
                named.add(s.cite);
                named.sources += new;
                continue;
            };
            unnamed.add(s.cite);
            unnamed.sources += new;
            let at = classes.iter().position(|(c, _)| *c == class).unwrap_or_else(|| {
                classes.push((class, Count::default()));
                classes.len() - 1
            });
            classes[at].1.add(s.cite);
            classes[at].1.sources += new;
        }
        classes.sort_by_key(|(class, count)| (Reverse(count.statements), *class));
        let outlets: BTreeSet<&str> = self.inputs.iter().filter_map(|(d, _)| d.outlet.as_deref()).collect();
        let own: BTreeSet<&str> =
            self.inputs.iter().zip(self.copies).filter(|(_, copy)| copy.is_none()).filter_map(|((d, _), _)| d.outlet.as_deref()).collect();
        let texts = self.copies.iter().filter(|copy| copy.is_none()).count();
        Sourcing { named, unnamed, classes, texts, outlets: outlets.len(), independent: own.len() }
    }
}

impl Count {
    fn add(&mut self, cite: Cite) {
        self.statements += 1;
        if self.cites.last() != Some(&cite) {
            self.cites.push(cite);
        }
    }
}

/// Characters between two stretches of one sentence; `None` where they stand in two.
fn apart(text: &str, a: Span, b: Span) -> Option<usize> {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    let between = Span::new(first.end(), second.start()).map_or("", |s| s.slice(text).unwrap_or_default());
    (!between.contains(['.', '\n', '؟', '!', '؛'])).then(|| between.chars().count())
}

/// An outlet's name in Latin letters: the lexicon's English name, else romanised.
fn latin(outlet: &str) -> String {
    let lexicon = Lexicon::shipped();
    let known = lexicon.actors.iter().find(|a| a.kind == ActorKind::Media && a.ar == outlet);
    known.map_or_else(|| lexicon.latin(outlet), |a| a.en.to_owned())
}

/// `text` on one line, without control characters, bidirectional ones included.
pub(crate) fn plain(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
