//! Events: a trigger that the lexicon knows, who does it to whom, when, where and how real it is.
//!
//! Here: what an event is, and the walk over the sentences. `select` keeps what the one model believes; `roles` says by rule who acts on
//! whom, and `ranking` weighs those rules against the clause and the document by the other model.

mod circumstances;
mod clauses;
mod features;
mod parties;
mod ranking;
mod roles;
mod signals;
mod triggers;

use crate::actors::Resolved;
use crate::linear::Linear;
use crate::mentions::PlaceCandidate;
use crate::reading::{ActorIx, Event, Status, Why};
use crate::scan::Scan;
use crate::speech::Said;
pub(crate) use crate::speech::is_stop;
use crate::times::TimeAt;
use majlis_lexicon::{ActorKind, Classes, CueClass, EventType, Predicate, Tense};
pub use ranking::{Choice, apart, decide, together};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the earlier stages found.
pub(crate) struct Context<'a> {
    pub(crate) resolved: &'a Resolved,
    pub(crate) said: &'a [Said],
    pub(crate) times: &'a [TimeAt],
    pub(crate) places: &'a [PlaceCandidate],
}

/// An event and its trigger's tokens.
#[derive(Clone, Debug)]
pub(crate) struct EventAt {
    pub(crate) event: Event,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) lemma: &'static str,
    /// What the filter judges it by.
    pub(crate) features: Vec<u32>,
    /// Who may fill its roles, and what the ranking judges them by.
    pub(crate) choices: Vec<Choice>,
    trigger: Trigger,
    /// Who condemns it, and so does not do it.
    condemned_by: Vec<ActorIx>,
    /// The sentence's tokens.
    sentence: (u32, u32),
}

/// What of the filter's threshold is asked of a phrase whose parties are read.
const PHRASE: f32 = 0.7;

/// How the glosses of the predicates call a truce.
const TRUCE: &str = "truce";

/// How soon a truce is named after the word that says it is broken, in tokens.
const BROKEN: usize = 4;

/// Triggers of one type no further apart than this, in tokens, may tell of one event: استهدف هجوم صاروخي … ما أدى إلى مقتل.
const BESIDE: usize = 24;

/// The candidates that `model` keeps, each with its probability as confidence. Of two of one type side by side the likelier stays; of a verb that
/// only carries a noun (شنت … غارات) and that noun, the noun; of several that share what speaks for one event, the likeliest.
fn select(scan: &Scan<'_>, mut candidates: Vec<EventAt>, model: &Linear) -> Vec<EventAt> {
    let carries = |verb: &EventAt, noun: &EventAt| {
        verb.sentence == noun.sentence
            && noun.trigger.tense == Tense::Masdar
            && scan.finite_verb(verb.trigger.first)
            && scan.class(verb.trigger.first).any(Classes::LIGHT)
    };
    for e in &mut candidates {
        e.event.confidence = model.probability(&e.features);
    }
    let shared = shared(&candidates, model);
    let mut kept: Vec<EventAt> = Vec::new();
    for (e, shared) in candidates.into_iter().zip(shared) {
        // A phrase of several words of which both parties are read says rather surely what it says: تعليق هجماتها على القوات.
        let is_whole = e.trigger.is_phrase && !e.event.source.is_empty() && !e.event.target.is_empty();
        // في خرق جديد للهدنة: rare, told in passing, and what follows hangs on it.
        let breach = e.event.kind == EventType::Assault && e.trigger.predicate.en.contains(TRUCE) && names_truce(scan, e.trigger.last);
        if e.event.confidence < model.threshold() * if is_whole { PHRASE } else { 1.0 } && !shared && !breach {
            continue;
        }
        match kept.last_mut().filter(|last| last.event.kind == e.event.kind) {
            Some(last) if carries(last, &e) => *last = e,
            Some(last) if last.last + 3 > e.first => {
                if e.event.confidence > last.event.confidence {
                    *last = e;
                }
            }
            _ => kept.push(e),
        }
    }
    kept
}

/// For each candidate whether it is the likeliest of those beside one another of which one, the filter need not tell which, tells of an event.
fn shared(candidates: &[EventAt], model: &Linear) -> Vec<bool> {
    let mut shared = vec![false; candidates.len()];
    let mut done = vec![false; candidates.len()];
    for first in 0..candidates.len() {
        if std::mem::replace(&mut done[first], true) {
            continue;
        }
        let (kind, sentence) = (candidates[first].event.kind, candidates[first].sentence);
        let (mut likeliest, mut none, mut until) = (first, 1.0 - candidates[first].event.confidence, candidates[first].last as usize + BESIDE);
        for (i, e) in candidates.iter().enumerate().skip(first + 1) {
            if e.sentence != sentence || e.first as usize > until {
                break;
            }
            if e.event.kind == kind {
                done[i] = true;
                until = e.last as usize + BESIDE;
                none *= 1.0 - e.event.confidence;
                if e.event.confidence > candidates[likeliest].event.confidence {
                    likeliest = i;
                }
            }
        }
        shared[likeliest] = 1.0 - none >= model.threshold();
    }
    shared
}

/// A word or phrase that may set off an event.
#[derive(Clone, Copy, Debug)]
struct Trigger {
    first: usize,
    last: usize,
    predicate: &'static Predicate,
    /// Whether it is a phrase of several words.
    is_phrase: bool,
    tense: Tense,
    first_person: bool,
    pronoun: &'static str,
    future: bool,
    preposition: Option<char>,
    article: bool,
}

/// The events that `filter` keeps (all that may be one, without it) with the roles that `ranking` gives them (the rules', without it), and the
/// states that they need and nobody mentioned (who visits Tehran visits Iran); their indexes follow the resolved actors'.
pub(crate) fn find(scan: &Scan<'_>, ctx: &Context<'_>, filter: Option<&Linear>, ranking: Option<&Linear>) -> (Vec<EventAt>, Vec<u16>) {
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
    let candidates = std::mem::take(&mut f.events);
    let history = ranking::History::new(&candidates, ctx.resolved);
    let mut kept = match filter {
        Some(model) => select(scan, candidates, model),
        None => candidates,
    };
    for e in &mut kept {
        f.rank(e, &history, ranking);
    }
    (kept, f.states.into_inner())
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
    told: Told,
}

/// What was told so far below the headline: how often each lemma and type, which types and lemmas with which actors, who did anything, and how
/// much in this sentence.
#[derive(Default)]
struct Told {
    lemmas: FxHashMap<&'static str, usize>,
    kinds: FxHashMap<EventType, usize>,
    actors: FxHashSet<(EventType, Vec<ActorIx>, Vec<ActorIx>)>,
    sources: FxHashSet<(EventType, ActorIx)>,
    targets: FxHashSet<(EventType, ActorIx)>,
    lemma_sources: FxHashSet<(&'static str, ActorIx)>,
    lemma_targets: FxHashSet<(&'static str, ActorIx)>,
    acted: FxHashSet<ActorIx>,
    here: usize,
}

impl Told {
    fn add(&mut self, e: &EventAt) {
        let (kind, lemma, source, target) = (e.event.kind, e.lemma, &e.event.source, &e.event.target);
        *self.lemmas.entry(lemma).or_default() += 1;
        *self.kinds.entry(kind).or_default() += 1;
        self.actors.insert((kind, source.clone(), target.clone()));
        self.sources.extend(source.iter().map(|&a| (kind, a)));
        self.targets.extend(target.iter().map(|&a| (kind, a)));
        self.lemma_sources.extend(source.iter().map(|&a| (lemma, a)));
        self.lemma_targets.extend(target.iter().map(|&a| (lemma, a)));
        self.acted.extend(source);
    }
}

impl Finder<'_, '_> {
    /// The events of one sentence, trigger by trigger.
    fn sentence(&mut self, first: usize, last: usize) {
        let mut i = first;
        let begun = self.events.len();
        let headline = self.headline(first, last);
        self.told.here = 0;
        // Up to here verbal nouns are the content of a demand or refusal.
        let mut content_until = first;
        let mut content_of = None;
        while i < last {
            let Some(t) = self.trigger(i) else {
                i += 1;
                continue;
            };
            let content = i < content_until && t.tense == Tense::Masdar;
            let event = self.event(&t, first, last, content_of.filter(|_| content));
            if governs(t.predicate.event) && !content {
                content_until = self.content_end(t.last, last);
                content_of = Some(t.predicate.event);
            }
            if !headline {
                self.told.add(&event);
            }
            self.told.here += 1;
            self.events.push(event);
            i = t.last.max(i + 1);
        }
        self.beside(begun);
    }

    /// Whether a sentence is the headline: it tells what the text is about to tell, and ends in no stop.
    fn headline(&self, first: usize, last: usize) -> bool {
        let scan = self.scan;
        first < last && scan.line(first) == 0 && !(first..last).any(|i| is_stop(scan, i)) && scan.line(scan.len() - 1) > 0
    }

    /// The end of what a demand, refusal or threat is about: the next finite verb, or the clause's end.
    fn content_end(&self, from: usize, last: usize) -> usize {
        (from..last)
            .find(|&t| {
                matches!(self.scan.form(t), "." | "؛" | ";") && !self.scan.is_word(t) || (t > from + 2 && self.scan.is_comma(t - 1) && self.scan.finite_verb(t))
            })
            .unwrap_or(last)
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

    /// The event that a trigger sets off. `content_of`: it is what a demand, threat or refusal of this type before it is about.
    fn event(&self, t: &Trigger, first: usize, last: usize, content_of: Option<EventType>) -> EventAt {
        let scan = self.scan;
        let said = self.said_at(t.first);
        let (mut source, mut target) = match t.tense {
            Tense::Masdar | Tense::Participle => self.noun_roles(t, first, last),
            Tense::Perfect | Tense::Imperfect => self.verb_roles(t, first, last),
        };
        let condemned_by = self.condemned_by(t, first);
        source.retain(|a| !condemned_by.contains(a));
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
        if target.is_empty() && source.len() > 1 && mutual(t.predicate.event) {
            target = source.split_off(1);
        }
        let negated = self.negated(t);
        let denied = said.is_some_and(|s| self.ctx.said[s].statement.class == CueClass::Deny);
        let status = match content_of {
            _ if negated || denied => Status::Denied,
            Some(EventType::Threaten) => Status::Threatened,
            Some(EventType::Request) => Status::Demanded,
            _ => self.status(t),
        };
        let narrated = status == Status::Happened && matches!(t.tense, Tense::Perfect | Tense::Participle);
        let when = self.when(t, first, last).or_else(|| self.day_told_before(first).filter(|_| narrated));
        let place = self.place(t, first, last);
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
            choices: Vec::new(),
            trigger: *t,
            condemned_by,
            sentence: (first as u32, last as u32),
        };
        at.features = self.features(t, &at, first, content_of.is_some(), negated);
        at
    }

    /// أدانت سوريا الغارات: who condemns what a noun tells, or refuses an attack.
    fn condemned_by(&self, t: &Trigger, first: usize) -> Vec<ActorIx> {
        let condemns = |e: &EventAt| match e.event.kind {
            EventType::Accuse => true,
            EventType::Reject => t.predicate.event == EventType::Assault,
            _ => false,
        };
        let parted = |from: usize| (from..t.first).any(|i| is_stop(self.scan, i) || self.scan.is_comma(i) || crate::speech::that(self.scan.form(i)));
        let governor = self.events.last().filter(|e| {
            t.tense == Tense::Masdar
                && matches!(e.trigger.tense, Tense::Perfect | Tense::Imperfect)
                && e.sentence.0 as usize == first
                && condemns(e)
                && !parted(e.last as usize)
        });
        governor.map_or_else(Vec::new, |e| e.event.source.clone())
    }

    /// The innermost statement around a token.
    fn said_at(&self, token: usize) -> Option<usize> {
        let holds = |s: &Said| s.first as usize <= token && token < s.last as usize;
        let end = self.ctx.said.partition_point(|s| s.first as usize <= token);
        let from = end.saturating_sub(LOOK_BACK);
        self.ctx.said[from..end].iter().rposition(holds).map(|at| from + at)
    }

    /// The named source of the statement that the trigger itself reports: طالب, اتهم, داعيا.
    fn speaker_of_cue(&self, t: &Trigger) -> Option<ActorIx> {
        self.reported_by(t)?.statement.speaker.actor
    }

    /// The statement that the trigger itself reports.
    fn reported_by(&self, t: &Trigger) -> Option<&Said> {
        let at = self.scan.layout.tokens[t.first].span;
        let from = self.ctx.said.partition_point(|s| (s.first as usize) < t.first);
        self.ctx.said[from..].iter().take_while(|s| (s.first as usize) < t.first + 40).find(|s| s.statement.cue == Some(at))
    }
}

/// How many statements back the one around a word is looked for.
const LOOK_BACK: usize = 40;

/// Predicates whose target may be the state where the place lies.
const VISITS: [&str; 6] = ["زار", "وصل", "توجه", "زيارة", "غادر", "سافر"];

/// Whether an event of this type is done by two with one another.
fn mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Agree | EventType::Consult | EventType::Cooperate)
}

/// Whether the verbal nouns after an event of this type say what it is about.
fn governs(kind: EventType) -> bool {
    matches!(kind, EventType::Request | EventType::Reject | EventType::Threaten | EventType::Accuse | EventType::Concede)
}

/// Whether a truce is named in token `from` or one of the few after it: in what is broken.
fn names_truce(scan: &Scan<'_>, from: usize) -> bool {
    (from..from + BROKEN).any(|t| scan.form(t).ends_with("هدنه") || scan.form(t) == "النار" && scan.form(t - 1) == "اطلاق")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether خرق in these words is that of a truce.
    fn breach(text: &str) -> bool {
        let scan = Scan::new(text);
        (0..scan.len()).any(|i| scan.form(i) == "خرق" && names_truce(&scan, i + 1))
    }

    #[test]
    fn an_act_may_amount_to_a_breach() {
        assert!(breach("سقطت قذائف قرب المعبر، في خرق جديد للهدنة"));
        assert!(breach("سقطت قذائف في خرق لاتفاق وقف إطلاق النار"));
        assert!(!breach("سقطت قذائف قرب المعبر في اليوم الأول للهدنة"));
        assert!(!breach("سقطت قذائف في خرق للأجواء"));
    }
}
