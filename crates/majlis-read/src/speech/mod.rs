//! Statements: words credited to a source.
//!
//! Each cue (a reporting verb, its participle, or a phrase like بحسب) is looked at in text order inside its paragraph. Its
//! words are found first (`words`: after أن, a colon, a quotation mark or as a noun), then who said them (`sources`); `according` does both
//! for بحسب and the like.

mod according;
mod judge;
mod nouns;
mod sources;
mod told;
mod unnamed;
mod words;

use crate::actors::Resolved;
use crate::linear::Linear;
use crate::reading::{ActorIx, Speaker, Statement, StatementKind, Why};
use crate::scan::{Scan, Verb};
use majlis_lexicon::{ActorKind, Cue, CueClass, Entry, Lemma, PhraseClass, Tense};
use majlis_text::{Quote, Span, TokenKind};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// A statement and its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) statement: Statement,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// What the model judges it by.
    pub(crate) features: Vec<u32>,
}

/// How far after a cue its words may begin, in tokens.
const REACH: usize = 60;

/// The verb of an outlet that tells what it has from others.
const LEARNT: &str = "علم";

/// How much surer a verb's words are its own where its subject stands right beside it.
const NEARER: f32 = 0.01;

/// The longest reported clause, in tokens.
const LONGEST: usize = 400;

/// The statements that `model` keeps (all that the rules find, without it), in text order.
pub(crate) fn find(scan: &Scan<'_>, resolved: &Resolved, model: Option<&Linear>) -> Vec<Said> {
    let (openings, surnames) = (openings(scan), OnceCell::new());
    let mut f = Finder {
        scan,
        resolved,
        openings,
        said: Vec::new(),
        last: None,
        sources: FxHashMap::default(),
        unlisted: FxHashMap::default(),
        subject: None,
        pending: false,
        surnames,
    };
    let mut first = 0;
    for i in 0..=scan.len() {
        if i == scan.len() || scan.is_break(i) {
            f.paragraph(first, i);
            first = i + 1;
        }
    }
    f.said.sort_by_key(|s| (s.first, std::cmp::Reverse(s.last)));
    nest(&mut f.said);
    judge::judge(scan, resolved, &mut f.said, model);
    nest(&mut f.said);
    f.said
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    resolved: &'s Resolved,
    /// For each token the first after the stop or line break before it.
    openings: Vec<u32>,
    said: Vec<Said>,
    /// Who spoke last in the document.
    last: Option<Speaker>,
    /// Unnamed sources described so far, the latest for each head word.
    sources: FxHashMap<String, Speaker>,
    /// Persons whom no mention names, by the last word of their names.
    unlisted: FxHashMap<String, Speaker>,
    /// Who the paragraph's verbs have been about.
    subject: Option<Speaker>,
    /// Whether that source's verb has brought no words yet: صرح الكاظمي … قائلا.
    pending: bool,
    /// What ends persons' names, once asked for.
    surnames: OnceCell<FxHashMap<&'s str, ActorIx>>,
}

/// Where a cue's words stand.
struct Words {
    first: usize,
    last: usize,
    kind: StatementKind,
    rule: &'static str,
    closed: bool,
}

impl Words {
    /// Words without a quotation of their own.
    fn indirect(first: usize, last: usize, rule: &'static str) -> Self {
        Self { first, last, kind: StatementKind::Indirect, rule, closed: true }
    }

    /// The words of a quotation.
    fn quotation(q: Quote, rule: &'static str) -> Self {
        Self { first: q.first as usize, last: q.last as usize, kind: StatementKind::Direct, rule, closed: q.closed }
    }
}

impl Finder<'_, '_> {
    /// The statements of one paragraph, cue by cue.
    fn paragraph(&mut self, first: usize, last: usize) {
        self.subject = None;
        let mut i = first;
        let mut until = first;
        while i < last {
            if !self.scan.is_word(i) {
                i += 1;
                continue;
            }
            if i >= until
                && (i == first || is_stop(self.scan, i - 1))
                && let Some(subject) = self.acts(i)
            {
                self.subject = Some(subject);
                self.pending = false;
            }
            if i >= until
                && let Some(subject) = self.acts_on_it(i)
            {
                self.subject = Some(subject);
                self.pending = false;
            }
            // كما أعلن فلان at the front is also, not as.
            let also = self.scan.form(i) == "كما" && (i == first || is_stop(self.scan, i - 1));
            // جاء على لسان فلان: it is said where it came from, and nothing is quoted.
            let came = i > first && matches!(self.scan.bare(i - 1), "جاء" | "جاءت" | "ورد" | "وردت" | "صدر" | "صدرت");
            if let Some((m, PhraseClass::According)) = self.phrase(i).filter(|_| !also && !came) {
                // «…، وبحسب المعلومات، …»: whom somebody's own words name does not go on after them.
                let before = (self.last, self.subject);
                self.according(i, m, first, last);
                if i < until {
                    (self.last, self.subject) = before;
                }
                i = m.max(i + 1);
                continue;
            }
            // وحسب رأيه، فإن …
            if let Some((m, PhraseClass::Itself)) = self.phrase(i)
                && (i == first || is_stop(self.scan, i - 1))
                && m > i + 1
            {
                self.according(i, m - 1, first, last);
                i = m;
                continue;
            }
            if i > first && i >= until && (is_stop(self.scan, i - 1) || self.scan.is_quote_mark(i - 1)) && self.goes_on_with(i) {
                until = self.again(i, last).unwrap_or(until);
            }
            if i >= until
                && let Some(end) = self.stands_in(i, last)
            {
                until = end;
                i += 1;
                continue;
            }
            if i >= until
                && let Some(end) = self.noun_that(i, last)
            {
                until = end;
                i += 1;
                continue;
            }
            if let Some((verb, cue)) = self.cue(i) {
                let inside = i < until;
                if let Some(end) = self.reported(i, verb, cue, first, last, inside)
                    && !inside
                {
                    until = end;
                }
            }
            i += 1;
        }
    }

    /// Whether a sentence begins at `i` with وإن, وإنه: more of what was said before.
    fn goes_on_with(&self, i: usize) -> bool {
        let stopped = is_stop(self.scan, i - 1) || i > 1 && self.scan.is_quote_mark(i - 1) && is_stop(self.scan, i - 2);
        // وإن صحت الفرضية: if it is right.
        let condition = self.scan.form(i) == "وان" && (self.scan.finite_verb(i + 1) || matches!(self.scan.form(i + 1), "كان" | "كانت" | "كانوا"));
        stopped && !condition && self.scan.form(i).starts_with("وان") && that(self.scan.form(i)) && self.scan.written(i).starts_with(['و'])
    }

    /// The statement of who spoke last in the paragraph that وإنه at `i` brings in, and where it ends.
    fn again(&mut self, i: usize, end: usize) -> Option<usize> {
        let speaker = self.subject?;
        let words = self.clause(i + 1, end, "statement/again")?;
        let cue = self.scan.span(i, i + 1);
        let last = words.last;
        self.push(&words, Speaker { span: Some(cue), ..speaker }, Some(cue), CueClass::Add, None, 0.7, Why::cue("statement/again", "إن"));
        Some(last)
    }

    /// The longest phrase of reported speech at `i`, and where it ends.
    fn phrase(&self, i: usize) -> Option<(usize, PhraseClass)> {
        let lexicon = self.scan.lexicon;
        self.scan
            .longest(i, |m| match m.entry {
                Entry::Phrase(p) if m.word.proclitics.preposition.is_none() => Some(lexicon.phrases[p as usize].class),
                _ => None,
            })
            .map(|(m, class)| (m.last as usize, class))
    }

    /// The reporting verb at `i`, if the token may be one there.
    fn cue(&self, i: usize) -> Option<(Verb, &'static Cue)> {
        if let Some(noun) = self.by_saying(i) {
            return Some(noun);
        }
        let v = self
            .scan
            .verbs(i)
            .filter(|v| {
                !(self.doubled_end(i)
                    && v.word.offset == 0
                    && matches!(v.reading.of, Lemma::Cue(c) if self.scan.lexicon.cues[c as usize].lemma.starts_with('و')))
            })
            .find(|v| matches!(v.reading.of, Lemma::Cue(_)) && (v.reading.article || !v.word.form.article()) && v.word.proclitics.preposition.is_none())?;
        let Lemma::Cue(c) = v.reading.of else { return None };
        let cue = &self.scan.lexicon.cues[c as usize];
        // نصر الله: a name.
        if self.named_token(i) {
            return None;
        }
        if self.scan.anonymity(i) || self.impersonal(i) || (self.scan.form(i) == "بين" && i > 0 && self.scan.is_word(i - 1)) {
            return None;
        }
        if self.told_in_passing(i) || self.scan.form(i + 1) == "من" && self.scan.form(i + 2) == "قبل" {
            return None;
        }
        // عبر is a preposition unless عن follows, right away or after who speaks.
        let told_of =
            |t: usize| self.scan.form(t) == "عن" || self.resolved.mention_at(t).is_some_and(|m| self.scan.form(self.resolved.tokens[m].1 as usize) == "عن");
        if v.word.proclitics.future || self.scan.particle(i) && !told_of(i + 1) && !self.made_clear(i) {
            return None;
        }
        if v.reading.first_person && matches!(cue.class, CueClass::Think | CueClass::Welcome | CueClass::Promise) {
            return None;
        }
        if self.another_word(i, &v, cue) || self.qualifies_noun(i, &v) {
            return None;
        }
        // من داخل المدينة: no verb stands after a preposition.
        let led = i > 0 && matches!(self.scan.form(i - 1), "من" | "في" | "الي" | "علي" | "عن" | "مع" | "خلال");
        match v.reading.tense {
            _ if led => None,
            // كان مقررا أن: nobody says so.
            Tense::Participle if i > 0 && matches!(self.scan.bare(i - 1), "كان" | "كانت") => None,
            Tense::Perfect | Tense::Imperfect | Tense::Participle => Some((v, cue)),
            Tense::Masdar => None,
        }
    }

    /// Whether the reporting verb at `i` is rather a noun, a place or an adverb that folding makes like it: أمن is not آمن, رأي not رأى, هنا not هنأ,
    /// أبين a governorate, نصف a half.
    fn another_word(&self, i: usize, v: &Verb, cue: &Cue) -> bool {
        use majlis_lexicon::{Classes, Entry};
        let written = self.scan.written(i);
        let core = written.trim_start_matches(['و', 'ف']);
        let perfect = v.reading.tense == Tense::Perfect;
        let hamza = |c| cue.lemma.ends_with(c) && core.ends_with('ا');
        let place = self.scan.at(i).iter().any(|m| matches!(m.entry, Entry::Place { weak: false, .. }) && m.word.offset == v.word.offset);
        let common = Classes::COMMON.with(Classes::QUANT).with(Classes::NUMBER).with(Classes::STOP);
        // أمله is his hope, and آملة she who hopes.
        let hope = v.reading.tense == Tense::Participle && cue.lemma.starts_with('أ') && cue.lemma.chars().count() == 3 && core.starts_with('أ');
        hope || perfect && (cue.lemma.starts_with('آ') && core.starts_with('أ') || cue.lemma.ends_with('ى') && core.ends_with('ي') || hamza('أ'))
            || place
            || v.reading.first_person && (self.scan.class(i).any(common) || self.scan.name_kind(i).is_some())
    }

    /// Whether the last letter of token `i` is written doubled: وعدّ is و and عدّ.
    fn doubled_end(&self, i: usize) -> bool {
        self.scan.written(i).trim_end_matches(['\u{64e}', '\u{64f}', '\u{650}']).ends_with('\u{651}')
    }

    /// Whether the participle or verbal noun at `i` only tells how something is: بصورة مطمئنة, ردا على سؤال.
    fn qualifies_noun(&self, i: usize, v: &Verb) -> bool {
        let scan = self.scan;
        let noun = i > 0 && scan.is_word(i - 1) && scan.form(i - 1).ends_with('ه') && !scan.has_article(i - 1) && !self.named_token(i - 1);
        v.reading.tense == Tense::Participle && noun && scan.form(i).ends_with('ه') || scan.bare(i) == "ردا" && scan.form(i + 1) == "علي"
    }

    /// بين at `i` is no preposition: وبين أن, بين فلان أن.
    fn made_clear(&self, i: usize) -> bool {
        if self.scan.bare(i) != "بين" {
            return false;
        }
        let after = self.resolved.mention_at(i + 1).map_or(i + 1, |m| self.resolved.tokens[m].1 as usize);
        (i == 0 || !self.scan.is_word(i - 1)) && that(self.scan.form(after))
    }

    /// From whom an outlet has what the verb at `i` brings in: قالت الصحيفة نقلا عن مصادر …, علمت «الوطن» من مصادرها ….
    fn relayed(&mut self, i: usize, until: usize, cue: &Cue) -> Option<Speaker> {
        let scan = self.scan;
        let knows = cue.lemma == LEARNT;
        let from = (i + 1..until.min(i + 16)).take_while(|&t| !is_stop(scan, t)).find_map(|t| match scan.form(t) {
            "عن" if scan.form(t - 1) == "نقلا" => Some(t + 1),
            "من" if knows => Some(t + 1),
            _ => None,
        })?;
        match self.resolved.mention_at(from) {
            Some(_) if knows => None,
            Some(m) => Some(sources::named(self.resolved.mentions[m].span, self.resolved.mentions[m].actor)),
            // من مصادرها المطلعة
            None => self.source(from, until).or_else(|| if knows { self.unresolved(from - 1, until) } else { None }),
        }
    }

    /// المصادر التي تحدثت إلى «الحياة», مصادر تحدثت إليها «الحياة»: to whom the source spoke; the words belong to the verb before it.
    fn told_in_passing(&self, i: usize) -> bool {
        let scan = self.scan;
        let pronoun = matches!(scan.form(i + 1), "اليه" | "اليها" | "اليهم" | "معه" | "معها" | "معهم");
        i > 0
            && (pronoun || scan.class(i - 1).any(majlis_lexicon::Classes::REL))
            && (i + 1..i + 4)
                .any(|t| self.resolved.mention_at(t).is_some_and(|m| self.resolved.actors[self.resolved.mentions[m].actor as usize].kind == ActorKind::Media))
            && (pronoun || scan.form(i + 1).starts_with("الي") || scan.form(i + 1).starts_with('ل'))
    }

    /// يذكر أن, يشار إلى أن, يفترض أن: nobody in particular says so.
    fn impersonal(&self, i: usize) -> bool {
        let next = self.scan.form(i + 1);
        matches!(
            self.scan.bare(i),
            "يذكر"
                | "يشار"
                | "يفترض"
                | "يعتقد"
                | "يقال"
                | "يتوقع"
                | "يرجح"
                | "يزعم"
                | "ينتظر"
                | "يخشي"
                | "يومل"
                | "يبدو"
                | "تبدو"
        ) && (that(next) || next == "الي" || that(self.scan.form(i + 2)))
    }

    /// The statement that the reporting verb at `i` brings in; the end of its words. `inside` the words of another it changes nothing for
    /// those that follow.
    fn reported(&mut self, i: usize, verb: Verb, cue: &'static Cue, start: usize, end: usize, inside: bool) -> Option<usize> {
        // لم تعلن مسؤوليتها عن …: a noun is not said where the verb is denied.
        let denied = i > 0 && self.scan.may_be(i - 1, majlis_lexicon::Classes::NEG);
        let noun = |w: &Words| matches!(w.rule, "statement/preposition-noun" | "statement/by-noun" | "statement/bare-noun" | "statement/object");
        let words = self.words(i, cue, end).or_else(|| self.unmarked(i, cue, end)).filter(|w| (!inside || self.nested(verb, cue, w)) && !(denied && noun(w)));
        let participle = matches!(verb.reading.tense, Tense::Participle | Tense::Masdar);
        let until = words.as_ref().map_or((i + 14).min(end), |w| w.first);
        // وكان فلان قد أبلغ علانا: the subject stands before the verb.
        let apart = i > 1 && self.scan.form(i - 1) == "قد" && !matches!(self.scan.bare(i - 2), "كان" | "كانت" | "كانوا");
        let before_it =
            self.in_which(i, start).or_else(|| self.beside(i, start)).or_else(|| if apart { self.subject_before(i, start, participle) } else { None });
        // أما فلان فشدد على …, أما فلان فقد أكد أن …: of whom the sentence is about.
        let opening = self.sentence_start(i, start);
        let topic = (self.scan.form(i).starts_with('ف') || i > 0 && self.scan.form(i - 1) == "فقد")
            && matches!(self.scan.form(opening), "اما" | "واما")
            && self.resolved.mention_at(opening + 1).is_some();
        let before_it = before_it.or_else(|| if topic { self.subject_before(i, start, participle) } else { None });
        let mut speaker =
            if participle { self.quoted_from(i, cue, until) } else { self.quoted_from(i, cue, until).or(before_it).or_else(|| self.subject_after(i, until)) };
        // واتهم المتمردين بـ…: the only name after the verb is the accused.
        if let Some(w) = &words
            && cue.class == CueClass::Accuse
            && (verb.word.proclitics.conjunction.is_some() || i > 0 && self.scan.form(i - 1) == "كما")
            && (self.only_accused(i, w) || self.subject.is_some_and(|s| s.named) && self.accused_source(i, w, speaker))
        {
            speaker = None;
        }
        // ودعا السكان إلى …: whom he who was speaking called on.
        let called = |s: &Speaker| !s.named && s.span.is_some_and(|span| self.scan.layout.token_at(span.start()) == i + 1) && self.scan.has_article(i + 1);
        if cue.class == CueClass::Demand && verb.word.proclitics.conjunction.is_some() && self.subject.is_some_and(|s| s.named) {
            speaker = speaker.filter(|s| !called(s));
        }
        if !participle
            && !topic
            && speaker.is_none()
            && let Some(w) = &words
            && self.unknown_subject(i, w.first, cue)
            && (verb.reading.tense == Tense::Perfect || !self.scan.has_article(i + 1) && self.scan.form(i + 1).ends_with("ون"))
        {
            speaker = self.unresolved(i, w.first);
        }
        let mut carrier = None;
        if let Some(w) = &words
            && !participle
            && let Some(origin) = self.relayed(i, w.first, cue)
        {
            // …، وتابعت: the outlet goes on.
            carrier = speaker.filter(|_| cue.lemma != LEARNT);
            speaker = Some(origin);
        }
        let explicit = speaker.is_some();
        let (mut carried, mut before_verb) = (false, false);
        if speaker.is_none() {
            let kept = self.subject;
            // التي قال إنها …: the verb is not of what the pronoun stands for.
            let fronted = self.fronted(i, verb);
            // وحاول الرئيس أن يدافع عن الاتفاق، معتبرا أن …: nobody has spoken yet in the sentence.
            let spoken = self.said.last().is_some_and(|s| s.last as usize > opening);
            let elsewhere = participle && !inside && !spoken && !self.same_sentence(kept, i);
            let before = if fronted {
                None
            } else if topic || kept.is_none() || elsewhere || !(participle || self.carries(i, verb)) {
                self.subject_before(i, start, participle)
            } else {
                None
            };
            // قالت فلانة إن المسؤولين … وشددت على …: he of whom she speaks does not speak.
            let of_her = |b: &Speaker| {
                b.span.is_some_and(|b| self.said.last().is_some_and(|s| s.statement.span.start() <= b.start() && b.end() <= s.statement.span.end()))
            };
            let goes_on = verb.word.proclitics.conjunction.is_some() && kept.is_some();
            let before = before.filter(|b| !(goes_on && of_her(b)));
            let person = |s: Speaker| s.actor.is_some_and(|a| self.resolved.actors[a as usize].kind == ActorKind::Person);
            let form = self.scan.form(i);
            let two = verb.reading.tense == Tense::Perfect && form.ends_with('ا') && !cue.lemma.ends_with(['ا', 'ى', 'أ']);
            let many = (form.ends_with("ون") || form.ends_with("وا") || two) && kept.or(self.last).is_some_and(person);
            if before.is_none() && !participle && !fronted && (many || verb.word.proclitics.conjunction.is_none() && !self.may_go_on(i, start)) {
                return None;
            }
            let before = before.or_else(|| if participle && inside { self.of_clause(i) } else { None });
            carried = before.is_none() && !(self.pending && kept.is_some()) && !self.same_sentence(kept.or(self.last), i);
            before_verb = before.is_some_and(|b| b.span.is_some_and(|span| !self.quoted(span)));
            speaker = before.or(kept).or(self.last);
            // …، مؤكدين: several said it.
            if participle && form.ends_with("ين") && speaker.is_some_and(|s| self.is_one(s)) {
                speaker = Some(Speaker { actor: None, span: None, named: false, described: None, class: "unresolved", side: None });
            }
        }
        let Some(words) = words else {
            // No words of its own: what follows (قائلا) may still be this subject's.
            // القرار الذي قضى بـ…: what a clause is about goes on with nothing.
            let relative = i > 0 && self.scan.class(i - 1).any(majlis_lexicon::Classes::REL);
            // عاد فلان إلى الحكم: he says nothing.
            let speaks = cue.class != CueClass::Add || cue.takes.an;
            // ووصف موقف الصحف من زيارة الوزير: who stands further on may be no subject.
            const WHEN: majlis_lexicon::Classes = majlis_lexicon::Classes::TIME.with(majlis_lexicon::Classes::WEEKDAY);
            let aside = |t: usize| !self.scan.is_word(t) || self.scan.class(t).any(WHEN);
            let beside = speaker.and_then(|s| s.span).is_some_and(|s| (i + 1..self.scan.layout.token_at(s.start())).all(aside));
            if !participle
                && speaks
                && !relative
                && let Some(s) = speaker
                && (explicit && beside || self.subject.is_none())
                && !inside
            {
                self.subject = Some(s);
                self.pending = true;
                // أكد فلان دعمه للحكومة: it is he who goes on in the next paragraph.
                let outlet = |a: ActorIx| self.resolved.actors[a as usize].kind == ActorKind::Media;
                if explicit && beside && s.actor.is_some_and(|a| !outlet(a)) {
                    self.last = Some(s);
                }
            }
            return None;
        };
        let speaker = speaker.or_else(|| self.unresolved(i, words.first))?;
        let cue_span = self.scan.span(i, i + 1);
        // مضيفا, وقالت goes on with a source described before: the verb stands for it.
        let quoted = speaker.span.is_some_and(|span| self.quoted(span));
        let goes_on = participle || verb.word.proclitics.conjunction.is_some() && self.scan.form(i).starts_with('و') && quoted;
        let carried = carried || !explicit && !before_verb && !speaker.named && !self.pending && goes_on;
        let speaker = Speaker { span: speaker.span.filter(|_| !carried).or(Some(cue_span)), ..speaker };
        let told_to = self.told_to(start.max(i.saturating_sub(12)), words.first, end.min(words.last + 8), words.last, &speaker);
        let base: f32 = match (words.kind, explicit) {
            (StatementKind::Direct, true) => 0.95,
            (StatementKind::Direct, false) => 0.85,
            (StatementKind::Indirect, true) => 0.85,
            (StatementKind::Indirect, false) => 0.7,
        };
        // شهدت المدينة غارات، وقال فلان: «…»: of two verbs before the same words, the nearer that has its own subject.
        let opens = verb.reading.tense == Tense::Perfect && verb.word.proclitics.conjunction.is_some() && i > 0 && !self.scan.is_word(i - 1);
        let own = explicit && (opens || speaker.span.is_some_and(|s| self.scan.layout.token_at(s.start()) == i + 1));
        let base = if own { base + NEARER } else { base };
        self.push(&words, speaker, Some(cue_span), cue.class, told_to, base, Why::cue(words.rule, cue.lemma));
        if !inside {
            self.last = carrier.or(Some(speaker));
            self.subject = self.last;
            self.pending = false;
        }
        Some(words.last)
    }

    /// Whether one of the latest statements is of the source that these words describe.
    fn quoted(&self, source: Span) -> bool {
        self.said.iter().rev().take(4).any(|s| s.statement.speaker.span == Some(source))
    }

    /// Whether the unnamed source right after the accusing verb at `i` is rather whom it accuses: كما اتهم جهات لم يحددها بالفساد.
    fn accused_source(&self, i: usize, words: &Words, source: Option<Speaker>) -> bool {
        let next = self.scan.span(i + 1, i + 2).start();
        let beside = source.is_some_and(|s| !s.named && s.span.is_some_and(|span| span.start() == next));
        beside && !self.scan.has_article(i + 1) && !self.scan.form(i + 1).ends_with("ون") && self.mentions_between(i + 1, words.first).next().is_none()
    }

    /// Whether a source is one person, or a body that takes the singular.
    fn is_one(&self, speaker: Speaker) -> bool {
        speaker
            .actor
            .is_some_and(|a| matches!(self.resolved.actors[a as usize].kind, ActorKind::Person | ActorKind::State | ActorKind::Government | ActorKind::Igo))
    }

    /// Whether the verb at `i` is not of what the relative pronoun before it stands for, by its gender: الجماعة التي قال إنها ….
    fn fronted(&self, i: usize, verb: Verb) -> bool {
        let form = self.scan.form(i);
        let feminine = if verb.reading.tense == Tense::Perfect { form.ends_with('ت') } else { form.starts_with('ت') };
        i > 0 && (self.scan.form(i - 1) == "التي" && !feminine || self.scan.form(i - 1) == "الذي" && feminine) && !form.ends_with('ن') && !form.ends_with("وا")
    }

    /// Whether the only name between the accusing verb at `i` and its words is of whom it accuses: somebody was speaking before in the paragraph, or
    /// before that, where the name stands right between the verb and the words.
    fn only_accused(&self, i: usize, words: &Words) -> bool {
        let first = words.first - usize::from(words.rule == "statement/that");
        let near = |end: usize| (end..first).all(|t| !self.scan.is_word(t));
        let mut named = self.mentions_between(i + 1, first).filter(|&m| !self.resolved.nested[m]);
        let only = named.next().filter(|_| named.next().is_none());
        let before = self.subject.or(self.last).is_some_and(|s| s.named);
        let between = |m: usize| self.resolved.tokens[m].0 as usize == i + 1 && near(self.resolved.tokens[m].1 as usize);
        match words.rule {
            "statement/by-noun" => only.is_some_and(|m| self.subject.is_some() || before && between(m)),
            "statement/that" => before && only.is_some_and(between),
            _ => false,
        }
    }

    /// Whether a verb inside somebody's words brings in words of their own: no نخشى أن, no أن with a verb of hope or aim, and a noun only after a
    /// verb that cannot but report.
    fn nested(&self, verb: Verb, cue: &Cue, words: &Words) -> bool {
        use CueClass::{Accuse, Add, Announce, Assert, Demand, Deny, Promise, Report, Say, Warn};
        let first = self.scan.form(words.first);
        let in_present = self.scan.finite_verb(words.first) && first.starts_with('ت')
            || first.starts_with('ي') && first.chars().count() >= 4 && self.scan.name_kind(words.first).is_none();
        let wish = words.rule == "statement/that"
            && self.scan.form(words.first - 1).trim_start_matches('ب') == "ان"
            && in_present
            && !matches!(cue.class, Demand | Warn);
        let noun = matches!(words.rule, "statement/preposition-noun" | "statement/by-noun");
        let own = verb.reading.first_person && !matches!(cue.class, Say | Add | Report | Announce | Demand);
        let reports = matches!(cue.class, Accuse | Warn | Deny | Demand | Announce | Promise | Assert);
        // What somebody says that another believes is not the other's to be quoted for.
        !own && !wish && cue.class != CueClass::Think && (!noun || reports)
    }

    /// Whether a verb goes on with the speech of who spoke before: وأضاف, وتابع.
    fn carries(&self, i: usize, verb: Verb) -> bool {
        let first_in_sentence = i == 0 || !self.scan.is_word(i - 1);
        verb.word.proclitics.conjunction.is_some() && first_in_sentence
            || self.of_pronoun(i)
            || matches!(verb.reading.of, Lemma::Cue(c) if self.scan.lexicon.cues[c as usize].class == CueClass::Add)
    }

    /// Whether a pronoun stands for the subject right before the verb at `i`: لكنه أقر, إلا أنها قد نفت.
    fn of_pronoun(&self, i: usize) -> bool {
        let at = i - usize::from(i > 0 && matches!(self.scan.form(i - 1), "قد" | "لم" | "لا"));
        let before = |n: usize| at.checked_sub(n).map_or("", |t| self.scan.form(t));
        matches!(before(1).trim_start_matches('و'), "لكنه" | "لكنها" | "لكنهم")
            || matches!(before(1), "انه" | "انها" | "انهم") && matches!(before(2), "الا" | "غير" | "بيد")
    }

    /// Keeps a statement, unless the same stretch is one already.
    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, words: &Words, speaker: Speaker, cue: Option<Span>, class: CueClass, told_to: Option<ActorIx>, confidence: f32, why: Why) {
        let span = self.scan.span(words.first, words.last);
        if span.is_empty() {
            return;
        }
        let words_of = |span: Option<Span>| span.filter(|s| !s.is_empty());
        let speaker = Speaker { span: words_of(speaker.span), described: words_of(speaker.described), ..speaker };
        // The same stretch is one statement: the nearer cue has it.
        if let Some(known) = self.said.iter_mut().rev().take(6).find(|s| s.statement.span == span) {
            if confidence > known.statement.confidence {
                known.statement.speaker = speaker;
                known.statement.confidence = confidence;
            }
            return;
        }
        let confidence = if words.closed { confidence } else { confidence * 0.8 };
        self.said.push(Said {
            statement: Statement { span, kind: words.kind, speaker, cue, class, told_to, inside: None, confidence, why },
            first: words.first as u32,
            last: words.last as u32,
            features: Vec::new(),
        });
    }
}

impl Resolved {
    /// The outermost mention that begins at a token.
    pub(crate) fn mention_at(&self, token: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|t| (t.0 as usize) < token);
        (at < self.tokens.len() && self.tokens[at].0 as usize == token && !self.nested[at]).then_some(at)
    }

    /// The mentions that begin in tokens `from..to`.
    fn mentions_from(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let at = self.tokens.partition_point(|t| (t.0 as usize) < from);
        (at..self.tokens.len()).take_while(move |&m| (self.tokens[m].0 as usize) < to)
    }
}

/// Whether a folded word brings in a reported clause: أن, إن, بأن, أنه ….
pub(crate) fn that(form: &str) -> bool {
    let rest = form.strip_prefix('ب').unwrap_or(form);
    let rest = rest.strip_prefix('و').filter(|r| r.starts_with("ان")).unwrap_or(rest);
    matches!(rest, "ان" | "انه" | "انها" | "انهم" | "انهما" | "اننا" | "انا" | "انني" | "اني" | "انهن" | "انك" | "انكم")
}

/// Whether a token is a mark that ends a sentence.
pub(crate) fn is_stop(scan: &Scan<'_>, i: usize) -> bool {
    scan.kind(i) == TokenKind::Mark && matches!(scan.form(i), "." | "؟" | "!" | "…")
}

/// For each token the first after the stop or line break before it.
fn openings(scan: &Scan<'_>) -> Vec<u32> {
    let mut first = 0;
    let opening = |i: usize| {
        let here = first;
        if is_stop(scan, i) || scan.is_break(i) {
            first = i as u32 + 1;
        }
        here
    };
    (0..=scan.len()).map(opening).collect()
}

/// Marks each statement that lies inside another.
fn nest(said: &mut [Said]) {
    let mut open: Vec<usize> = Vec::new();
    for i in 0..said.len() {
        while open.last().is_some_and(|&o| said[o].last < said[i].last || said[o].statement.span.end() <= said[i].statement.span.start()) {
            open.pop();
        }
        said[i].statement.inside = open.last().map(|&o| o as u32);
        open.push(i);
    }
}
