//! Events: a trigger that the lexicon knows, who does it to whom, when, where and how real it is.

use crate::actors::Resolved;
use crate::linear::{self, Linear};
use crate::mentions::{PlaceCandidate, PlaceId};
use crate::reading::{ActorIx, Event, MentionForm, Status, Why};
use crate::scan::Scan;
use crate::speech::Said;
use crate::times::TimeAt;
use majlis_lexicon::{ActorKind, Classes, CueClass, Entry, EventType, Lemma, PhraseClass, Predicate, Tense};
use majlis_text::{TokenKind, fold};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the earlier stages found.
pub(crate) struct Context<'a> {
    pub(crate) resolved: &'a Resolved,
    pub(crate) said: &'a [Said],
    pub(crate) times: &'a [TimeAt],
    pub(crate) places: &'a [PlaceCandidate],
}

/// The candidates that `model` keeps, each with its probability as confidence. Of two of one type side by side the likelier stays.
pub(crate) fn select(candidates: Vec<EventAt>, model: &Linear) -> Vec<EventAt> {
    let mut kept: Vec<EventAt> = Vec::new();
    for mut e in candidates {
        e.event.confidence = model.probability(&e.features);
        if e.event.confidence < model.threshold() {
            continue;
        }
        match kept.last_mut() {
            Some(last) if last.event.kind == e.event.kind && last.last + 3 > e.first => {
                if e.event.confidence > last.event.confidence {
                    *last = e;
                }
            }
            _ => kept.push(e),
        }
    }
    kept
}

/// An event and its trigger's tokens.
#[derive(Clone, Debug)]
pub(crate) struct EventAt {
    pub(crate) event: Event,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) lemma: &'static str,
    /// What the model judges it by.
    pub(crate) features: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Trigger {
    first: usize,
    last: usize,
    predicate: &'static Predicate,
    tense: Tense,
    first_person: bool,
    pronoun: &'static str,
    future: bool,
    preposition: Option<char>,
    article: bool,
}

/// Everything that may be an event, and the states that they need and nobody mentioned (who visits Tehran visits Iran); their indexes follow the
/// resolved actors'.
pub(crate) fn candidates(scan: &Scan<'_>, ctx: &Context<'_>) -> (Vec<EventAt>, Vec<u16>) {
    let states_among = ctx.resolved.actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::State).map(|(i, a)| (a.country, i as ActorIx));
    let mut f = Finder {
        scan,
        ctx,
        events: Vec::new(),
        covered: Vec::new(),
        states: std::cell::RefCell::default(),
        state_actors: states_among.collect(),
        told: Told::default(),
    };
    f.covered = vec![false; scan.len()];
    for t in &ctx.resolved.tokens {
        for c in &mut f.covered[t.0 as usize..t.1 as usize] {
            *c = true;
        }
    }
    for p in ctx.places {
        for c in &mut f.covered[p.first as usize..p.last as usize] {
            *c = true;
        }
    }
    let sentences = scan.layout.sentences.clone();
    for s in sentences {
        f.sentence(s.first as usize, s.last as usize);
    }
    f.adversaries();
    (f.events, f.states.into_inner())
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    ctx: &'s Context<'s>,
    events: Vec<EventAt>,
    /// Tokens inside a mention or a place.
    covered: Vec<bool>,
    /// States that events need beyond the actors mentioned.
    states: std::cell::RefCell<Vec<u16>>,
    /// The states among the actors, by ISO code.
    state_actors: FxHashMap<&'static str, ActorIx>,
    /// What was told so far: how often each lemma and type, which types with which actors, and how often in this sentence.
    told: Told,
}

#[derive(Default)]
struct Told {
    lemmas: FxHashMap<&'static str, usize>,
    kinds: FxHashMap<EventType, usize>,
    actors: FxHashSet<(EventType, Vec<ActorIx>, Vec<ActorIx>)>,
    here: usize,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, first: usize, last: usize) {
        let mut i = first;
        self.told.here = 0;
        // Up to here verbal nouns are the content of a demand or refusal.
        let mut content_until = first;
        while i < last {
            let Some(t) = self.trigger(i) else {
                i += 1;
                continue;
            };
            let content = i < content_until && t.tense == Tense::Masdar;
            let event = self.event(&t, first, last, content);
            if governs(t.predicate.event) && !content {
                content_until = self.content_end(t.last, last);
            }
            *self.told.lemmas.entry(event.lemma).or_default() += 1;
            *self.told.kinds.entry(event.event.kind).or_default() += 1;
            self.told.actors.insert((event.event.kind, event.event.source.clone(), event.event.target.clone()));
            self.told.here += 1;
            self.events.push(event);
            i = t.last.max(i + 1);
        }
    }

    /// An attack on a place or on nobody named is one on whom its author fights elsewhere in the document.
    fn adversaries(&mut self) {
        let fights = |e: &EventAt| e.event.kind == EventType::Assault;
        let mut foes: FxHashMap<ActorIx, FxHashMap<ActorIx, u32>> = FxHashMap::default();
        for e in self.events.iter().filter(|e| fights(e)) {
            for (&a, &b) in e.event.source.iter().flat_map(|a| e.event.target.iter().map(move |b| (a, b))) {
                *foes.entry(a).or_default().entry(b).or_default() += 1;
                *foes.entry(b).or_default().entry(a).or_default() += 1;
            }
        }
        let worst: FxHashMap<ActorIx, ActorIx> =
            foes.into_iter().filter_map(|(a, all)| Some((a, all.into_iter().max_by_key(|(b, n)| (*n, std::cmp::Reverse(*b)))?.0))).collect();
        for e in self.events.iter_mut().filter(|e| fights(e) && e.event.target.is_empty()) {
            let foe = e.event.source.first().and_then(|s| worst.get(s)).filter(|f| !e.event.source.contains(f));
            e.event.target.extend(foe);
        }
    }

    /// The end of what a demand, refusal or threat is about: the next finite verb, or the clause's end.
    fn content_end(&self, from: usize, last: usize) -> usize {
        (from..last)
            .find(|&t| {
                matches!(self.scan.form(t), "." | "؛" | ";") && !self.scan.is_word(t) || (t > from + 2 && self.scan.is_comma(t - 1) && self.scan.finite_verb(t))
            })
            .unwrap_or(last)
    }

    fn trigger(&self, i: usize) -> Option<Trigger> {
        let scan = self.scan;
        if !scan.is_word(i) || self.covered[i] || scan.particle(i) {
            return None;
        }
        let lexicon = scan.lexicon;
        if self.anonymity(i) {
            return None;
        }
        let phrase = scan.longest(i, |m| match m.entry {
            Entry::Predicate { index, tense } => Some((index, tense)),
            _ => None,
        });
        if let Some((m, (index, tense))) = phrase {
            return Some(Trigger {
                first: i,
                last: m.last as usize,
                predicate: &lexicon.predicates[index as usize],
                tense,
                first_person: false,
                pronoun: "",
                future: m.word.proclitics.future,
                preposition: m.word.proclitics.preposition,
                article: m.word.form.article(),
            });
        }
        let direct = scan.verbs(i).find_map(|v| match v.reading.of {
            Lemma::Predicate(p) => Some((v, p)),
            Lemma::Cue(_) => None,
        });
        let (v, p) = match direct {
            Some(found) => found,
            None => {
                if scan.name_kind(i).is_some() && !scan.class(i).any(Classes::COMMON) {
                    return None;
                }
                let v = scan.verb_with_pronoun(i)?;
                match v.reading.of {
                    Lemma::Predicate(p) => (v, p),
                    Lemma::Cue(_) => return None,
                }
            }
        };
        let tense = if v.reading.also_noun && self.noun_here(i, v.word) { Tense::Masdar } else { v.reading.tense };
        let finite = matches!(tense, Tense::Perfect | Tense::Imperfect);
        // وقع في: it took place; وقّع takes a document or على.
        if finite
            && fold(lexicon.predicates[p as usize].lemma) == "وقع"
            && matches!(scan.form(i + 1), "في" | "خلال" | "امس" | "بين" | "فيها" | "بعد" | "قرب" | "داخل")
        {
            return None;
        }
        let preposition = v.word.proclitics.preposition;
        if finite && (matches!(preposition, Some('ب' | 'ك')) || (preposition == Some('ل') && tense == Tense::Perfect)) {
            return None;
        }
        Some(Trigger {
            first: i,
            last: i + 1,
            predicate: &lexicon.predicates[p as usize],
            tense,
            first_person: v.reading.first_person && finite,
            pronoun: v.pronoun,
            future: v.word.proclitics.future,
            preposition,
            article: v.word.form.article(),
        })
    }

    /// Whether token `i` is part of رفض الكشف عن اسمه and the like: how a source is described, no refusal of its own.
    fn anonymity(&self, i: usize) -> bool {
        let lexicon = self.scan.lexicon;
        (i.saturating_sub(3)..=i).any(|t| {
            self.scan
                .at(t)
                .iter()
                .any(|m| m.last as usize > i && matches!(m.entry, Entry::Phrase(p) if lexicon.phrases[p as usize].class == PhraseClass::Anonymity))
        })
    }

    /// Whether a word that is spelt alike as verb and verbal noun is the noun here: it has the article or a preposition, or
    /// follows a preposition or another noun.
    fn noun_here(&self, i: usize, word: majlis_lexicon::Word) -> bool {
        let scan = self.scan;
        if word.form.article() || word.proclitics.preposition.is_some() {
            return true;
        }
        if word.proclitics.conjunction.is_some() || i == 0 || !scan.is_word(i - 1) {
            return false;
        }
        let before = scan.form(i - 1);
        if matches!(
            before,
            "قد" | "كان"
                | "كما"
                | "الذي"
                | "التي"
                | "عندما"
                | "حين"
                | "بعدما"
                | "حيث"
                | "فيما"
                | "ان"
                | "وقد"
                | "فقد"
                | "ثم"
                | "انه"
                | "بينما"
                | "ما"
                | "من"
                | "لم"
        ) && before != "من"
        {
            return false;
        }
        scan.class(i - 1).any(Classes::PREP) || !self.covered[i - 1] || scan.nisba_at(i + 1).is_some()
    }

    fn event(&self, t: &Trigger, first: usize, last: usize, content: bool) -> EventAt {
        let scan = self.scan;
        let said = self.said_at(t.first);
        let (mut source, mut target) = match t.tense {
            Tense::Masdar | Tense::Participle => self.noun_roles(t, first, last),
            Tense::Perfect | Tense::Imperfect => self.verb_roles(t, first, last),
        };
        if let Some(speaker) = self.speaker_of_cue(t) {
            // واتهم المتمردين …: who was taken for the subject is the object.
            if target.is_empty() && t.predicate.frame.object && !source.contains(&speaker) {
                target = std::mem::take(&mut source);
            }
            source = vec![speaker];
        } else if source.is_empty() || t.tense == Tense::Imperfect || t.tense == Tense::Perfect {
            // قال فلان إنه سيزور …: the clause's pronoun is the speaker.
            if crate::speech::that(scan.form(t.first.saturating_sub(1)))
                && scan.form(t.first - 1).len() > 4
                && let Some(speaker) = said.and_then(|s| self.ctx.said[s].statement.speaker.actor)
            {
                if target.is_empty() && t.predicate.frame.object {
                    target = std::mem::take(&mut source);
                }
                source = vec![speaker];
            }
        }
        if t.first_person
            && let Some(said) = said
        {
            let speaker = &self.ctx.said[said].statement.speaker;
            source = speaker.actor.or(speaker.side).into_iter().collect();
        }
        if !t.pronoun.is_empty() && t.tense != Tense::Masdar && target.is_empty() {
            target.extend(self.last_actor_before(t.first, &source));
        }
        if target.is_empty() && VISITS.contains(&t.predicate.lemma) {
            target.extend(self.state_visited(t.last, t.last + 14));
        }
        if t.predicate.event == EventType::Election {
            (source, target) = (Vec::new(), Vec::new());
        }
        target.retain(|a| !source.contains(a));
        if target.is_empty() && source.len() > 1 && matches!(t.predicate.event, EventType::Agree | EventType::Consult) {
            target = source.split_off(1);
        }
        let negated = self.negated(t);
        let denied = said.is_some_and(|s| self.ctx.said[s].statement.class == CueClass::Deny);
        let status = if negated || denied { Status::Denied } else { self.status(t) };
        let (when, place) = (self.when(t, first, last), self.place(t, first, last));
        let rule = match t.tense {
            Tense::Perfect | Tense::Imperfect => "event/verb",
            Tense::Masdar => "event/noun",
            Tense::Participle => "event/participle",
        };
        let mut at = EventAt {
            event: Event {
                span: scan.span(t.first, t.last),
                kind: t.predicate.event,
                mode: t.predicate.mode,
                source,
                target,
                when,
                place,
                status,
                statement: said.map(|s| s as u32),
                confidence: 0.0,
                why: Why::cue(rule, t.predicate.lemma),
            },
            first: t.first as u32,
            last: t.last as u32,
            lemma: t.predicate.lemma,
            features: Vec::new(),
        };
        at.features = self.features(t, &at, first, content, negated);
        at
    }

    /// The named source of the statement that the trigger itself reports: طالب, اتهم, داعيا.
    fn speaker_of_cue(&self, t: &Trigger) -> Option<ActorIx> {
        let at = self.scan.layout.tokens[t.first].span;
        let from = self.ctx.said.partition_point(|s| (s.first as usize) < t.first);
        let said = self.ctx.said[from..].iter().take_while(|s| (s.first as usize) < t.first + 40).find(|s| s.statement.cue == Some(at))?;
        said.statement.speaker.actor
    }

    /// What the model judges a candidate by: hashed signals of the rules.
    fn features(&self, t: &Trigger, e: &EventAt, first: usize, content: bool, negated: bool) -> Vec<u32> {
        let scan = self.scan;
        let kind = e.event.kind.code();
        let tense = match t.tense {
            Tense::Perfect => "perfect",
            Tense::Imperfect => "imperfect",
            Tense::Participle => "participle",
            Tense::Masdar => "masdar",
        };
        let flag = |b: bool| if b { "1" } else { "0" };
        let few = |n: usize| ["0", "1", "2", "3"][n.min(3)];
        let roles = match (e.event.source.is_empty(), e.event.target.is_empty()) {
            (true, true) => "none",
            (false, true) => "source",
            (true, false) => "target",
            (false, false) => "both",
        };
        let weak = flag(t.predicate.weak);
        let phrase = flag(t.last - t.first > 1);
        let kind_of = |a: Option<&ActorIx>| a.map_or("-", |&a| self.ctx.resolved.actors.get(a as usize).map_or("state", |a| a.kind.code()));
        let said = e.event.statement.map_or("-", |s| match self.ctx.said[s as usize].statement.kind {
            crate::StatementKind::Direct => "direct",
            crate::StatementKind::Indirect => "indirect",
        });
        let before = |n: usize| if t.first >= first + n { scan.form(t.first - n) } else { "^" };
        let after = |n: usize| scan.form(t.last + n);
        let same_lemma = self.told.lemmas.get(e.lemma).copied().unwrap_or_default();
        let same_kind = self.told.kinds.get(&e.event.kind).copied().unwrap_or_default();
        let same_actors = self.told.actors.contains(&(e.event.kind, e.event.source.clone(), e.event.target.clone()));
        let near = self.events.iter().rev().take(2).any(|k| k.event.kind == e.event.kind && k.last as usize + 4 > t.first);
        let here = self.told.here;
        let paragraph = scan.layout.paragraph(e.event.span.start()) as usize;
        let lead = match t.preposition {
            Some('ل') => "l",
            Some('ب') => "b",
            Some(_) => "k",
            None => "-",
        };
        let article = flag(t.article);
        let mention_next = flag(self.mention_at(t.last).is_some());
        let mention_before = flag(t.first > 0 && self.covered[t.first - 1]);
        let fine = ["fine", t.predicate.lemma, tense];
        [
            &["bias"][..],
            &["type", kind],
            &["lemma", t.predicate.lemma],
            &fine,
            &["type-tense", kind, tense],
            &["type-weak", kind, weak, phrase],
            &["type-roles", kind, roles],
            &["tense-roles", tense, roles, weak],
            &["lemma-roles", t.predicate.lemma, roles],
            &["noun", tense, lead, article],
            &["type-noun", kind, tense, lead, article],
            &["before", before(1)],
            &["before-tense", before(1), tense],
            &["before2", before(2), before(1)],
            &["after", after(0)],
            &["after-type", after(0), kind],
            &["type-content", kind, flag(content)],
            &["content", tense, flag(content), roles],
            &["negated", kind, flag(negated)],
            &["status", e.event.status.code(), tense],
            &["status-type", e.event.status.code(), kind],
            &["said", said],
            &["said-type", said, kind],
            &["same-lemma", few(same_lemma), article],
            &["same-type", few(same_kind), tense],
            &["same-actors", flag(same_actors), roles],
            &["near", flag(near)],
            &["here", few(here)],
            &["paragraph", few(paragraph)],
            &["source", kind_of(e.event.source.first()), kind],
            &["target", kind_of(e.event.target.first()), kind],
            &["when", flag(e.event.when.is_some()), flag(e.event.place.is_some())],
            &["pronoun", flag(!t.pronoun.is_empty()), tense],
            &["mentions", mention_before, mention_next, tense],
            &["mode", t.predicate.mode, kind],
        ]
        .iter()
        .map(|parts| linear::bucket(parts))
        .collect()
    }

    fn said_at(&self, token: usize) -> Option<usize> {
        let holds = |s: &Said| s.first as usize <= token && token < s.last as usize;
        let end = self.ctx.said.partition_point(|s| s.first as usize <= token);
        let from = end.saturating_sub(LOOK_BACK);
        self.ctx.said[from..end].iter().rposition(holds).map(|at| from + at)
    }

    // ---- roles ----

    fn mention_at(&self, token: usize) -> Option<usize> {
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < token);
        (at < tokens.len() && tokens[at].0 as usize == token && !self.ctx.resolved.nested[at]).then_some(at)
    }

    fn actor(&self, mention: usize) -> ActorIx {
        self.ctx.resolved.mentions[mention].actor
    }

    /// The mention that ends right before token `i`.
    fn mention_ending(&self, i: usize) -> Option<usize> {
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < i);
        (at.saturating_sub(3)..at).rev().find(|&m| tokens[m].1 as usize == i && !self.ctx.resolved.nested[m])
    }

    /// The actor of a mention and of those joined to it by و.
    fn joined(&self, mention: usize, last: usize) -> (Vec<ActorIx>, usize) {
        let mut actors = vec![self.actor(mention)];
        let mut end = self.ctx.resolved.tokens[mention].1 as usize;
        while let Some(next) = self.mention_at(end).filter(|_| end < last) {
            if self.scan.form(end).starts_with('و') && self.scan.analyses(end).first().is_none_or(|w| w.proclitics.conjunction.is_some() || w.offset > 0) {
                if !actors.contains(&self.actor(next)) {
                    actors.push(self.actor(next));
                }
                end = self.ctx.resolved.tokens[next].1 as usize;
            } else {
                break;
            }
        }
        (actors, end)
    }

    /// The preposition that leads the noun at `j`, attached or before it.
    fn leader(&self, j: usize) -> Option<&str> {
        let scan = self.scan;
        if let Some(p) = scan.analyses(j).first().and_then(|w| w.proclitics.preposition) {
            return Some(match p {
                'ل' => "ل",
                'ب' => "ب",
                _ => "ك",
            });
        }
        let mut b = j.checked_sub(1)?;
        while scan.is_quote_mark(b) {
            b = b.checked_sub(1)?;
        }
        let form = scan.bare(b);
        matches!(
            form,
            "في" | "من"
                | "الي"
                | "علي"
                | "عن"
                | "مع"
                | "ل"
                | "ب"
                | "بين"
                | "خلال"
                | "بعد"
                | "قبل"
                | "لدي"
                | "امام"
                | "ضد"
                | "حول"
                | "عبر"
                | "باسم"
                | "تجاه"
                | "بحضور"
                | "نحو"
                | "عند"
                | "ازاء"
        )
        .then_some(form)
    }

    fn person_like(&self, m: usize) -> bool {
        self.ctx.resolved.actors[self.actor(m) as usize].kind != ActorKind::Media
    }

    fn verb_roles(&self, t: &Trigger, first: usize, last: usize) -> (Vec<ActorIx>, Vec<ActorIx>) {
        let scan = self.scan;
        let frame = t.predicate.frame;
        let passive = self.passive(t);
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let joined_verb = scan.analyses(t.first).first().is_some_and(|w| w.proclitics.conjunction.is_some());
        let before = self.subject_before(t.first, first).map(|(m, near)| (m, near && !joined_verb));
        let mut j = t.last;
        let stop = self.clause_stop(t.last, last);
        let mut gap = 0;
        let mut direct_seen = false;
        while j < stop {
            if let Some(m) = self.mention_at(j).filter(|&m| self.person_like(m)) {
                let (actors, end) = self.joined(m, stop);
                match self.leader(j) {
                    Some("قبل") if scan.form(j.saturating_sub(2)) == "من" => source = actors,
                    Some("بين") if matches!(t.predicate.event, EventType::Agree | EventType::Consult) => {
                        source = vec![actors[0]];
                        target = if actors.len() > 1 { actors[1..].to_vec() } else { self.other_party(end, (stop + 20).min(last)) };
                    }
                    // اقتحم متشددون من تنظيم …: the subject is some of them.
                    Some("من")
                        if source.is_empty()
                            && !direct_seen
                            && !passive
                            && !frame.prepositions.contains(&"من")
                            && (1..=3).contains(&gap)
                            && before.is_none_or(|(_, near)| !near) =>
                    {
                        source = actors;
                        direct_seen = true;
                    }
                    Some("ل") if t.predicate.event == EventType::Assault && target.is_empty() && POSITIONS.contains(&scan.bare(j.saturating_sub(1))) => {
                        target = actors
                    }
                    Some(p) => {
                        if frame.prepositions.contains(&p) && target.is_empty() {
                            target = actors;
                        }
                    }
                    // قصفت مواقع الحوثيين: whose the object is.
                    None if t.predicate.event == EventType::Assault && target.is_empty() && POSITIONS.contains(&scan.bare(j.saturating_sub(1))) => {
                        target = actors
                    }
                    None => {
                        let pre_subject = before.filter(|(_, near)| *near).map(|(m, _)| m);
                        let agrees = self.agrees(t, j);
                        let carried =
                            joined_verb && t.predicate.event == EventType::Consult && frame.object && before.is_some() && self.only_mention(end, stop);
                        if source.is_empty() && !direct_seen && gap <= 3 && pre_subject.is_none() && !passive && agrees && !carried {
                            source = actors;
                        } else if frame.object && target.is_empty() && (gap <= 4 || !source.is_empty()) {
                            target = actors;
                        }
                        direct_seen = true;
                    }
                }
                j = end.max(j + 1);
                gap = 0;
                continue;
            }
            if scan.is_word(j) {
                gap += 1;
                if j > t.last && scan.finite_verb(j) && !self.covered[j] && scan.cue(j).is_none() && !scan.class(j).any(Classes::TIME) {
                    let plain = scan.verbs(j).any(|v| v.reading.tense == Tense::Perfect);
                    if plain {
                        break;
                    }
                }
            }
            j += 1;
        }
        if source.is_empty()
            && !passive
            && let Some((m, _)) = before
        {
            source = self.joined(m, t.first).0;
        }
        if passive
            && target.is_empty()
            && let Some((m, true)) = before
        {
            target = vec![self.actor(m)];
        }
        (source, target)
    }

    /// The second party of بين فلان … وفلان: the next mention that و leads, at most one noun before it.
    fn other_party(&self, from: usize, stop: usize) -> Vec<ActorIx> {
        (from..stop)
            .find_map(|j| {
                let m = self.mention_at(j)?;
                let led = self.scan.form(j).starts_with('و')
                    || j > from && self.scan.form(j - 1).starts_with('و')
                    || j > from + 1 && self.scan.form(j - 2).starts_with('و');
                led.then(|| vec![self.actor(m)])
            })
            .unwrap_or_default()
    }

    /// Whether no further mention without a preposition stands in tokens `from..stop`.
    fn only_mention(&self, from: usize, stop: usize) -> bool {
        !(from..stop).any(|j| self.mention_at(j).is_some() && self.leader(j).is_none())
    }

    /// Whether the noun at `j` may be the subject of the verb by gender: a verb in the feminine has no man for its subject, one in
    /// the masculine no noun in ة.
    fn agrees(&self, t: &Trigger, j: usize) -> bool {
        let form = self.scan.bare(t.first);
        let verb = form.strip_prefix('س').filter(|f| f.starts_with(['ي', 'ت'])).unwrap_or(form);
        let feminine = match t.tense {
            Tense::Perfect => verb.ends_with('ت'),
            _ => verb.starts_with('ت'),
        };
        let noun = self.scan.bare(j);
        let Some(m) = self.mention_at(j) else { return true };
        let person = self.ctx.resolved.actors[self.actor(m) as usize].kind == ActorKind::Person;
        if feminine {
            !person || noun.ends_with('ه') || !matches!(self.ctx.resolved.mentions[m].form, MentionForm::Titled | MentionForm::Title)
        } else {
            !noun.ends_with('ه') || person
        }
    }

    fn noun_roles(&self, t: &Trigger, first: usize, last: usize) -> (Vec<ActorIx>, Vec<ActorIx>) {
        let scan = self.scan;
        let frame = t.predicate.frame;
        let kind = t.predicate.event;
        let (mut source, mut target): (Vec<ActorIx>, Vec<ActorIx>) = (Vec::new(), Vec::new());
        let stop = self.clause_stop(t.last, last);
        let mut j = t.last;
        let mut gap = 0;
        let mut seen = false;
        // استعداد البرلمان لدعم …, مواصلة الأجهزة لسجن …
        if t.preposition == Some('ل')
            && let Some(m) = self.mention_ending(t.first).filter(|&m| self.person_like(m))
        {
            source.push(self.actor(m));
        }
        let suffers = matches!(kind, EventType::Coerce | EventType::Sanction) || (kind == EventType::Assault && frame.object);
        while j < stop {
            if let Some(m) = self.mention_at(j).filter(|&m| self.person_like(m)) {
                let (actors, end) = self.joined(m, stop);
                let genitive = !std::mem::replace(&mut seen, true);
                match self.leader(j) {
                    None if genitive && gap <= 2 && target.is_empty() && (source.is_empty() || suffers) => {
                        if suffers {
                            target = actors;
                        } else {
                            source = actors;
                        }
                    }
                    None => {
                        if frame.object && target.is_empty() && gap <= 3 {
                            target = actors;
                        }
                    }
                    Some("بين") => {
                        source = vec![actors[0]];
                        target = if actors.len() > 1 { actors[1..].to_vec() } else { self.other_party(end, (stop + 20).min(last)) };
                    }
                    Some("قبل") if scan.form(j.saturating_sub(2)) == "من" => {
                        if target.is_empty() {
                            target = std::mem::take(&mut source);
                        }
                        source = actors;
                    }
                    Some("ل") if !source.is_empty() && target.is_empty() => target = actors,
                    // ضربات جوية لقوات التحالف: whose they are.
                    Some("ل") if kind == EventType::Assault && gap >= 1 && t.pronoun.is_empty() && source.is_empty() && target.is_empty() => source = actors,
                    Some("ل") if suffers && target.is_empty() => target = actors,
                    Some(p) if frame.prepositions.contains(&p) && target.is_empty() && gap <= 8 => target = actors,
                    Some("من") if matches!(kind, EventType::Aid | EventType::Support | EventType::Assault) && source.is_empty() && gap <= 3 => {
                        source = actors;
                    }
                    Some(_) => {}
                }
                j = end.max(j + 1);
                gap = 0;
                continue;
            }
            if scan.is_word(j) {
                // An adjective of a state tells who: مساعدات سعودية, غارات أميركية.
                if j <= t.last + 1
                    && source.is_empty()
                    && !suffers
                    && matches!(kind, EventType::Aid | EventType::Assault | EventType::Coerce | EventType::Request)
                    && let Some((_, state)) = scan.nisba_at(j)
                {
                    source.push(self.state_actor(state));
                }
                gap += 1;
                if scan.finite_verb(j) && !self.covered[j] && !scan.class(j).any(Classes::TIME) && scan.verbs(j).any(|v| v.reading.tense == Tense::Perfect) {
                    break;
                }
            }
            j += 1;
        }
        if !t.pronoun.is_empty() {
            let own: Vec<ActorIx> = self.last_actor_before(t.first, &[]).into_iter().collect();
            if suffers && target.is_empty() {
                target = own.clone();
            } else if source.is_empty() {
                source = own;
            }
        }
        let apart = t.first > first && matches!(scan.form(t.first - 1), "بعد" | "قبل" | "خلال" | "منذ" | "اثر" | "عقب" | "جراء" | "بسبب" | "اثناء" | "رغم");
        if source.is_empty() && !apart {
            // The subject of the verb that the noun completes: شن التحالف غارات, تسعى الكتلة إلى منع.
            if let Some((m, _)) = self.governor_subject(t.first, first) {
                source = self.joined(m, t.first).0;
            }
        }
        (source, target)
    }

    fn state_actor(&self, state: u16) -> ActorIx {
        let iso = self.scan.lexicon.states[state as usize].iso2;
        let actors = &self.ctx.resolved.actors;
        if let Some(&ix) = self.state_actors.get(iso) {
            return ix;
        }
        let mut states = self.states.borrow_mut();
        let at = states.iter().position(|&s| s == state).unwrap_or_else(|| {
            states.push(state);
            states.len() - 1
        });
        (actors.len() + at) as ActorIx
    }

    /// The state that the place named at or just after `from` belongs to: whom a visit there is to.
    fn state_visited(&self, from: usize, until: usize) -> Option<ActorIx> {
        let at = self.ctx.places.partition_point(|p| (p.first as usize) < from);
        let place = self.ctx.places.get(at).filter(|p| (p.first as usize) < until)?;
        let lexicon = self.scan.lexicon;
        let state = match place.at {
            PlaceId::State(s) | PlaceId::Capital(s) => s,
            PlaceId::Place(p) => lexicon.state_index(lexicon.places[p as usize].country)?,
            PlaceId::Unlisted(_) => return None,
        };
        Some(self.state_actor(state))
    }

    /// Where the clause that goes on from `from` stops: a full stop, a semicolon, or أن bringing in another clause.
    fn clause_stop(&self, from: usize, last: usize) -> usize {
        let scan = self.scan;
        let mut commas = 0;
        for j in from..last.min(from + 22) {
            match scan.form(j) {
                "." | "؛" | ";" | ":" | "؟" | "!" if !scan.is_word(j) => return j,
                "ان" | "بان" | "انه" | "انها" | "بانه" | "حيث" | "فيما" | "بينما" | "لكن" | "عندما" | "بعدما" | "التي" | "الذي" | "الذين" | "مما"
                    if j > from =>
                {
                    return j;
                }
                "،" | "," => {
                    commas += 1;
                    // A name in apposition stands between two commas.
                    if commas > 2 || (self.mention_at(j + 1).is_none() && j > from + 1) {
                        return j;
                    }
                }
                _ => {}
            }
        }
        last.min(from + 22)
    }

    /// The mention that is subject before token `i`: the nearest one that no preposition leads. `true` when it stands right before.
    fn subject_before(&self, i: usize, first: usize) -> Option<(usize, bool)> {
        let scan = self.scan;
        let tokens = &self.ctx.resolved.tokens;
        let mut at = tokens.partition_point(|t| (t.0 as usize) < i);
        let mut tries = 0;
        while at > 0 && tries < 5 {
            at -= 1;
            tries += 1;
            let (a, b) = (tokens[at].0 as usize, tokens[at].1 as usize);
            if a < first {
                return None;
            }
            if b > i || self.ctx.resolved.nested[at] || !self.person_like(at) {
                continue;
            }
            let near = (b..i).all(|t| {
                scan.is_comma(t)
                    || matches!(
                        scan.form(t),
                        "قد" | "التي"
                            | "الذي"
                            | "الذين"
                            | "كان"
                            | "كانت"
                            | "لم"
                            | "لن"
                            | "لا"
                            | "سوف"
                            | "ايضا"
                            | "("
                            | ")"
                            | "امس"
                            | "اليوم"
                            | "ان"
                            | "عن"
                    )
                    || scan.is_quote_mark(t)
                    || scan.class(t).any(Classes::WEEKDAY)
            });
            if self.leader(a).is_none() || near {
                if self.genitive(a) && !near {
                    continue;
                }
                return Some((at, near));
            }
        }
        None
    }

    /// Whether the mention at token `a` is the owner of a noun before it.
    fn genitive(&self, a: usize) -> bool {
        let scan = self.scan;
        a > 0
            && scan.is_word(a - 1)
            && !self.covered[a - 1]
            && !scan.finite_verb(a - 1)
            && !scan.particle(a - 1)
            && scan.analyses(a).first().is_some_and(|w| w.offset == 0)
    }

    /// The subject of the verb that a verbal noun completes: of a verb that only carries nouns (شن, أجرى, تمكن) however many commas
    /// stand between, else the first subject of the clause.
    fn governor_subject(&self, i: usize, first: usize) -> Option<(usize, bool)> {
        let scan = self.scan;
        let from = i.saturating_sub(18).max(first);
        let light = (from..i).rev().find(|&t| LIGHT.contains(&scan.bare(t)));
        if let Some(verb) = light {
            let tokens = &self.ctx.resolved.tokens;
            let at = tokens.partition_point(|t| (t.0 as usize) < verb + 1);
            let after = (at..tokens.len()).take_while(|&m| (tokens[m].1 as usize) <= i).find(|&m| {
                !self.ctx.resolved.nested[m] && self.person_like(m) && self.leader(tokens[m].0 as usize).is_none() && !self.genitive(tokens[m].0 as usize)
            });
            if let Some(m) = after.or_else(|| self.subject_before(verb, first).map(|(m, _)| m)) {
                return Some((m, false));
            }
        }
        let comma = |t: usize| scan.is_comma(t) && !scan.class(t + 1).any(Classes::PREP);
        let clause = (from..i).rev().find(|&t| comma(t) || matches!(scan.form(t), "ان" | "بان" | "حيث" | "فيما")).map_or(from, |t| t + 1);
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < clause);
        (at..tokens.len())
            .take_while(|&m| (tokens[m].0 as usize) < i)
            .find(|&m| {
                (tokens[m].1 as usize) <= i
                    && !self.ctx.resolved.nested[m]
                    && self.person_like(m)
                    && self.leader(tokens[m].0 as usize).is_none()
                    && !self.genitive(tokens[m].0 as usize)
            })
            .map(|m| (m, false))
    }

    fn last_actor_before(&self, i: usize, not: &[ActorIx]) -> Option<ActorIx> {
        let tokens = &self.ctx.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < i);
        (0..at)
            .rev()
            .take(4)
            .find(|&m| {
                tokens[m].1 as usize <= i && !not.contains(&self.actor(m)) && self.person_like(m) && self.ctx.resolved.mentions[m].form != MentionForm::Nisba
            })
            .map(|m| self.actor(m))
    }

    // ---- how real, when, where ----

    fn passive(&self, t: &Trigger) -> bool {
        let before = self.scan.form(t.first.saturating_sub(1));
        t.tense == Tense::Masdar && matches!(before, "تم" | "تمت" | "جري" | "جرت" | "يتم" | "سيتم")
    }

    fn negated(&self, t: &Trigger) -> bool {
        let scan = self.scan;
        if t.first == 0 {
            return false;
        }
        let before = scan.bare(t.first - 1);
        match t.tense {
            Tense::Perfect | Tense::Imperfect => matches!(before, "لم" | "لن" | "لا" | "ما" | "ليس" | "ليست"),
            Tense::Masdar | Tense::Participle => {
                matches!(before, "عدم" | "دون" | "بدون" | "بعدم" | "لعدم" | "اي" | "غير")
                    && (before != "اي" || t.first >= 2 && matches!(scan.bare(t.first - 2), "يوجد" | "دون" | "وجود"))
            }
        }
    }

    fn status(&self, t: &Trigger) -> Status {
        let scan = self.scan;
        if t.future {
            return Status::Planned;
        }
        let from = t.first.saturating_sub(5);
        for b in (from..t.first).rev() {
            if !scan.is_word(b) && matches!(scan.form(b), "." | "\n") {
                break;
            }
            let class = scan.class(b);
            let form = scan.bare(b);
            if matches!(form, "سوف" | "المقرر" | "المقرره" | "يعتزم" | "تعتزم" | "ينوي" | "تنوي" | "المزمع" | "ستشهد" | "سيتم")
                || scan.analyses(b).iter().any(|w| w.proclitics.future)
            {
                return Status::Planned;
            }
            if t.tense != Tense::Perfect && class.any(Classes::ONGOING) {
                return Status::Ongoing;
            }
            if class.any(Classes::PLAN) && t.tense != Tense::Perfect && t.first - b <= 3 {
                return Status::Planned;
            }
        }
        match (t.tense, t.preposition) {
            (Tense::Imperfect, Some('ل')) => Status::Planned,
            (Tense::Imperfect, _) => {
                if matches!(scan.bare(t.first.saturating_sub(1)), "ان" | "لم" | "كان" | "كانت") {
                    Status::Happened
                } else {
                    Status::Ongoing
                }
            }
            (Tense::Masdar, Some('ل')) if matches!(scan.form(t.first.saturating_sub(1)), "ادي" | "ادت" | "يودي" | "تودي" | "نتيجه") => {
                Status::Happened
            }
            (Tense::Masdar, Some('ل')) => Status::Planned,
            _ => Status::Happened,
        }
    }

    fn when(&self, t: &Trigger, first: usize, last: usize) -> Option<majlis_text::Edtf> {
        let near = |time: &&TimeAt| {
            let (a, b) = (time.first as usize, time.last as usize);
            if b <= t.first { t.first - b + 3 } else { a.saturating_sub(t.last) }
        };
        let from = self.ctx.times.partition_point(|time| (time.first as usize) < first);
        self.ctx.times[from..]
            .iter()
            .take_while(|time| (time.first as usize) < last)
            .filter(|time| !time.duration && time.time.value.is_some() && near(time) <= 25)
            .min_by_key(near)
            .and_then(|time| time.time.value)
    }

    fn place(&self, t: &Trigger, first: usize, last: usize) -> Option<u32> {
        let near = |p: &PlaceCandidate| {
            let (a, b) = (p.first as usize, p.last as usize);
            if b <= t.first { t.first - b + 6 } else { a.saturating_sub(t.last) }
        };
        let from = self.ctx.places.partition_point(|p| (p.first as usize) < first);
        self.ctx.places[from..]
            .iter()
            .enumerate()
            .take_while(|(_, p)| (p.first as usize) < last)
            .filter(|(_, p)| near(p) <= 20)
            .min_by_key(|(_, p)| near(p))
            .map(|(i, _)| (from + i) as u32)
    }
}

/// What is attacked when somebody's positions are, folded.
const POSITIONS: [&str; 22] = [
    "مواقع",
    "موقع",
    "معاقل",
    "معقل",
    "اهداف",
    "اهدافا",
    "مقرات",
    "مقر",
    "تجمعات",
    "تجمعا",
    "عناصر",
    "عنصرا",
    "مسلحي",
    "نقطه",
    "نقاط",
    "مخازن",
    "معسكر",
    "معسكرات",
    "دوريه",
    "قواعد",
    "مناطق",
    "رتل",
];

/// How many statements back the one around a word is looked for.
const LOOK_BACK: usize = 40;

/// Verbs that carry an event noun and say nothing themselves, folded.
const LIGHT: [&str; 44] = [
    "اعلن",
    "اعلنت",
    "اصدر",
    "اصدرت",
    "اجري",
    "اجرت",
    "يجري",
    "تجري",
    "عقد",
    "عقدت",
    "يعقد",
    "شن",
    "شنت",
    "شنوا",
    "يشن",
    "تشن",
    "نفذ",
    "نفذت",
    "ينفذ",
    "تنفذ",
    "قدم",
    "قدمت",
    "وجه",
    "وجهت",
    "واصل",
    "واصلت",
    "يواصل",
    "تواصل",
    "بدا",
    "بدات",
    "كثف",
    "كثفت",
    "تمكن",
    "تمكنت",
    "تمكنوا",
    "قام",
    "قامت",
    "قاموا",
    "تقوم",
    "يقوم",
    "ابرم",
    "ابرمت",
    "خاض",
    "تخوض",
];

/// Predicates whose target may be the state where the place lies.
const VISITS: [&str; 6] = ["زار", "وصل", "توجه", "زيارة", "غادر", "سافر"];

/// Whether the verbal nouns after an event of this type say what it is about.
fn governs(kind: EventType) -> bool {
    matches!(kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse | EventType::Concede)
}

/// Whether a token is a full stop, for callers that walk sentences.
pub(crate) fn is_stop(scan: &Scan<'_>, i: usize) -> bool {
    scan.kind(i) == TokenKind::Mark && matches!(scan.form(i), "." | "؟" | "!" | "…")
}
