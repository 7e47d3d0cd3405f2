//! Statements: words credited to a source.
//!
//! Each cue (a reporting verb, its participle, or a phrase like بحسب) is looked at in text order inside its paragraph. Its
//! words are found first (after أن, a colon or a quotation mark), then who said them.

use crate::actors::Resolved;
use crate::mentions::Identity;
use crate::reading::{ActorIx, MentionForm, Speaker, Statement, StatementKind, Why};
use crate::scan::{Scan, Verb};
use majlis_lexicon::{ActorKind, Classes, Cue, CueClass, Entry, Lemma, PhraseClass, Takes, Tense};
use majlis_text::Span;
use rustc_hash::FxHashMap;

/// A statement and its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) statement: Statement,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// How far after a cue its words may begin, in tokens.
const REACH: usize = 60;

/// The longest reported clause, in tokens.
const LONGEST: usize = 400;

pub(crate) fn find(scan: &Scan<'_>, resolved: &Resolved) -> Vec<Said> {
    let mut f = Finder { scan, resolved, said: Vec::new(), last: None, sources: FxHashMap::default(), subject: None, pending: false };
    let mut first = 0;
    for i in 0..=scan.len() {
        if i == scan.len() || scan.is_break(i) {
            f.paragraph(first, i);
            first = i + 1;
        }
    }
    f.said.sort_by_key(|s| (s.first, std::cmp::Reverse(s.last)));
    nest(&mut f.said);
    f.said
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    resolved: &'s Resolved,
    said: Vec<Said>,
    /// Who spoke last in the document.
    last: Option<Speaker>,
    /// Unnamed sources described so far, the latest for each head word.
    sources: FxHashMap<String, Speaker>,
    /// Who the paragraph's verbs have been about.
    subject: Option<Speaker>,
    /// Whether that source's verb has brought no words yet: صرح الكاظمي … قائلا.
    pending: bool,
}

/// Where a cue's words stand.
struct Words {
    first: usize,
    last: usize,
    kind: StatementKind,
    rule: &'static str,
    closed: bool,
}

impl Finder<'_, '_> {
    fn paragraph(&mut self, first: usize, last: usize) {
        self.subject = None;
        let mut i = first;
        let mut until = first;
        while i < last {
            if !self.scan.is_word(i) {
                i += 1;
                continue;
            }
            if let Some((m, class)) = self.phrase(i) {
                match class {
                    PhraseClass::According => self.according(i, m, first, last),
                    PhraseClass::Hearsay | PhraseClass::Itself | PhraseClass::Medium | PhraseClass::Told | PhraseClass::Anonymity | PhraseClass::Turn => {}
                }
                if class == PhraseClass::According {
                    i = m.max(i + 1);
                    continue;
                }
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
        let v = self
            .scan
            .verbs(i)
            .find(|v| matches!(v.reading.of, Lemma::Cue(_)) && (v.reading.article || !v.word.form.article()) && v.word.proclitics.preposition.is_none())?;
        let Lemma::Cue(c) = v.reading.of else { return None };
        let cue = &self.scan.lexicon.cues[c as usize];
        if self.impersonal(i) || (self.scan.form(i) == "بين" && i > 0 && self.scan.is_word(i - 1)) {
            return None;
        }
        // عبر is a preposition unless عن follows.
        if v.word.proclitics.future || self.scan.particle(i) && self.scan.form(i + 1) != "عن" {
            return None;
        }
        if v.reading.first_person && matches!(cue.class, CueClass::Think | CueClass::Welcome | CueClass::Promise) {
            return None;
        }
        match v.reading.tense {
            Tense::Perfect | Tense::Imperfect | Tense::Participle => Some((v, cue)),
            Tense::Masdar => None,
        }
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
        ) && (that(next) || next == "الي")
    }

    // ---- a verb ----

    fn reported(&mut self, i: usize, verb: Verb, cue: &'static Cue, start: usize, end: usize, inside: bool) -> Option<usize> {
        let words = self.words(i, cue, end);
        let participle = verb.reading.tense == Tense::Participle;
        let until = words.as_ref().map_or((i + 14).min(end), |w| w.first);
        let mut speaker = if participle { None } else { self.quoted_from(i, cue, until).or_else(|| self.subject_after(i, until)) };
        // واتهم المتمردين بـ…: the only name after the verb is the accused.
        if let Some(w) = &words
            && cue.class == CueClass::Accuse
            && w.rule == "statement/by-noun"
            && verb.word.proclitics.conjunction.is_some()
            && self.subject.is_some()
            && self.mentions_between(i + 1, w.first).count() == 1
        {
            speaker = None;
        }
        if !participle
            && speaker.is_none()
            && let Some(w) = &words
            && self.unknown_subject(i, w.first, cue)
        {
            speaker = self.unresolved(i, w.first);
        }
        let explicit = speaker.is_some();
        let mut carried = false;
        if speaker.is_none() {
            let kept = self.subject;
            let before = if kept.is_none() || !(participle || self.carries(i, verb)) { self.subject_before(i, start, participle) } else { None };
            carried = before.is_none() && !(self.pending && kept.is_some()) && !self.same_sentence(kept.or(self.last), i);
            speaker = before.or(kept).or(self.last);
        }
        let Some(words) = words else {
            // No words of its own: what follows (قائلا) may still be this subject's.
            if !participle
                && let Some(s) = speaker
                && (explicit || self.subject.is_none())
                && !inside
            {
                self.subject = Some(s);
                self.pending = true;
            }
            return None;
        };
        let speaker = speaker.or_else(|| self.unresolved(i, words.first))?;
        let cue_span = self.scan.span(i, i + 1);
        let speaker = Speaker { span: speaker.span.filter(|_| !carried).or(Some(cue_span)), ..speaker };
        let told_to = self.told_to(start.max(i.saturating_sub(12)), words.first, end.min(words.last + 8), words.last, &speaker);
        let base: f32 = match (words.kind, explicit) {
            (StatementKind::Direct, true) => 0.95,
            (StatementKind::Direct, false) => 0.85,
            (StatementKind::Indirect, true) => 0.85,
            (StatementKind::Indirect, false) => 0.7,
        };
        self.push(&words, speaker, Some(cue_span), cue.class, told_to, base, Why::cue(words.rule, cue.lemma));
        if !inside {
            self.last = Some(speaker);
            self.subject = Some(speaker);
            self.pending = false;
        }
        Some(words.last)
    }

    /// Whether a noun that nobody knows stands where the subject does: كشف تقرير دولي أن ….
    fn unknown_subject(&self, i: usize, words: usize, cue: &Cue) -> bool {
        let scan = self.scan;
        let next = i + 1;
        let form = scan.form(next);
        let adverb = form.ends_with('ا') || matches!(form, "ايضا" | "كذلك" | "قوله" | "قولها" | "ذلك" | "هذا" | "هذه" | "مجددا");
        matches!(cue.class, CueClass::Say | CueClass::Report | CueClass::Reveal | CueClass::Assert | CueClass::Announce)
            && words > next + 1
            && scan.is_word(next)
            && !scan.particle(next)
            && !adverb
            && !that(form)
            && scan.analyses(next).first().is_none_or(|w| w.offset == 0)
            && !scan.class(next).any(Classes::TIME.with(Classes::WEEKDAY).with(Classes::DISCOURSE))
            && !scan.finite_verb(next)
            && self.cue(next).is_none()
    }

    /// A subject that no lexicon or rule knows: the words between the verb and what it brings in.
    fn unresolved(&self, i: usize, until: usize) -> Option<Speaker> {
        let scan = self.scan;
        let last = (i + 1..until.min(i + 6)).take_while(|&t| scan.is_word(t) && !that(scan.form(t)) && !scan.class(t).any(Classes::PREP)).last()?;
        Some(Speaker {
            actor: None,
            span: Some(scan.span(i + 1, last + 1)),
            named: false,
            described: Some(scan.span(i + 1, last + 1)),
            class: "unresolved",
            side: None,
        })
    }

    /// نقلت وكالة عن فلان قوله …: the words are his of whom the outlet has them.
    fn quoted_from(&mut self, i: usize, cue: &Cue, until: usize) -> Option<Speaker> {
        if cue.class != CueClass::Quote {
            return None;
        }
        let from = (i + 1..(i + 14).min(until.max(i + 2))).find(|&t| matches!(self.scan.form(t), "عن" | "الي") && self.scan.is_word(t + 1))?;
        if let Some(m) = self.mention_at(from + 1) {
            let mention = self.resolved.mentions[m];
            return Some(self.named(mention.span, mention.actor));
        }
        self.source(from + 1, until.max(from + 10))
    }

    /// Whether the words that name a source stand in the sentence of token `i`.
    fn same_sentence(&self, speaker: Option<Speaker>, i: usize) -> bool {
        let Some(span) = speaker.and_then(|s| s.span) else { return false };
        let from = self.scan.layout.token_at(span.start());
        from < i && i - from < LONGEST && !(from..i).any(|t| self.scan.is_break(t) || matches!(self.scan.form(t), "." | "!" | "؟"))
    }

    /// Whether a verb goes on with the speech of who spoke before: وأضاف, وتابع.
    fn carries(&self, i: usize, verb: Verb) -> bool {
        let first_in_sentence = i == 0 || !self.scan.is_word(i - 1);
        verb.word.proclitics.conjunction.is_some() && first_in_sentence
            || matches!(verb.reading.of, Lemma::Cue(c) if self.scan.lexicon.cues[c as usize].class == CueClass::Add)
    }

    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, words: &Words, speaker: Speaker, cue: Option<Span>, class: CueClass, told_to: Option<ActorIx>, confidence: f32, why: Why) {
        let span = self.scan.span(words.first, words.last);
        if span.is_empty() {
            return;
        }
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
        });
    }

    // ---- the words ----

    /// The words that the cue at `i` brings in, looked for up to the paragraph's end.
    fn words(&self, i: usize, cue: &Cue, end: usize) -> Option<Words> {
        let scan = self.scan;
        let limit = (i + REACH).min(end);
        let mut j = i + 1;
        let mut depth = 0usize;
        while j < limit {
            let form = scan.form(j);
            if scan.is_word(j) {
                if cue.takes.an && depth == 0 && that(form) {
                    // إلا أن, حتى وإن: a clause of another kind.
                    if self.other_that(j) {
                        return self.noun_clause(i, cue, end);
                    }
                    return self.clause(j + 1, end, "statement/that");
                }
                if j > i + 1 && self.other_cue(j) {
                    return self.noun_clause(i, cue, end);
                }
            } else {
                match form {
                    ":" if scan.kind(j - 1) != majlis_text::TokenKind::Number => {
                        let next = j + 1;
                        if let Some(q) = self.scan.quote_opened(next) {
                            return Some(Words {
                                first: q.first as usize,
                                last: q.last as usize,
                                kind: StatementKind::Direct,
                                rule: "statement/colon-quotation",
                                closed: q.closed,
                            })
                            .map(|w| self.trim_open(w, end));
                        }
                        if next < end {
                            return self.clause(next, end, "statement/colon");
                        }
                        return None;
                    }
                    "(" | "[" => depth += 1,
                    ")" | "]" => depth = depth.saturating_sub(1),
                    "." | "!" | "؟" | "?" | "…" => return self.noun_clause(i, cue, end),
                    _ => {
                        if let Some(q) = self.scan.quote_opened(j) {
                            let long = q.last - q.first >= 4;
                            let own_name = scan.longest(q.first as usize, |m| match m.entry {
                                Entry::Actor { .. } if m.last >= q.last => Some(()),
                                _ => None,
                            });
                            let a_name = j == i + 1 && q.last - q.first < 7
                                || scan.at(q.first as usize).iter().any(|m| matches!(m.entry, Entry::Head(_) | Entry::Organ { .. }) && q.last - q.first < 6);
                            if long && own_name.is_none() && !a_name && cue.takes.quote {
                                return Some(self.trim_open(
                                    Words {
                                        first: q.first as usize,
                                        last: q.last as usize,
                                        kind: StatementKind::Direct,
                                        rule: "statement/quotation",
                                        closed: q.closed,
                                    },
                                    end,
                                ));
                            }
                            j = q.last as usize + usize::from(q.closed);
                            continue;
                        }
                    }
                }
            }
            j += 1;
        }
        self.noun_clause(i, cue, end)
    }

    /// Whether أن at `j` belongs to a conjunction (إلا أن, رغم أن, إما أن) or goes on with an earlier clause (وأن).
    fn other_that(&self, j: usize) -> bool {
        let before = self.scan.form(j - 1);
        self.scan.form(j).starts_with('و')
            || matches!(
                before,
                "الا" | "واما"
                    | "اما"
                    | "حتي"
                    | "رغم"
                    | "برغم"
                    | "مع"
                    | "غير"
                    | "بيد"
                    | "علما"
                    | "كما"
                    | "ذلك"
                    | "بما"
                    | "خصوصا"
                    | "خاصه"
                    | "شانها"
                    | "شانه"
                    | "لا"
                    | "سوي"
                    | "بعد"
                    | "قبل"
                    | "منذ"
            )
    }

    /// An unclosed quotation ends where other speech begins.
    fn trim_open(&self, mut words: Words, end: usize) -> Words {
        if !words.closed {
            words.last = self.clause_end(words.first, end.min(words.last), true);
        }
        words
    }

    /// The reported clause that begins at `first`.
    fn clause(&self, first: usize, end: usize, rule: &'static str) -> Option<Words> {
        let mut first = first;
        while first < end && (self.scan.form(first) == ":" || self.scan.is_comma(first) || self.scan.form(first) == "ان") {
            first += 1;
        }
        if let Some(q) = self.scan.quote_opened(first)
            && (q.last - q.first) >= 3
        {
            let words =
                Words { first: q.first as usize, last: q.last as usize, kind: StatementKind::Direct, rule: "statement/that-quotation", closed: q.closed };
            return Some(self.trim_open(words, end));
        }
        let last = self.clause_end(first, end, false);
        // Where a long quotation follows a short opening (إن فلانا «…»), the words are the quotation's.
        (last > first + 1).then_some(Words { first, last, kind: StatementKind::Indirect, rule, closed: true })
    }

    /// Where the clause that begins at `first` ends.
    fn clause_end(&self, first: usize, end: usize, quoted: bool) -> usize {
        let scan = self.scan;
        let mut j = first;
        let end = end.min(first + LONGEST);
        while j < end {
            if !quoted && let Some(q) = self.scan.quote_opened(j) {
                j = if q.closed { (q.last as usize + 1).min(end) } else { self.clause_end(q.first as usize, (q.last as usize).min(end), true) };
                if !q.closed {
                    break;
                }
                continue;
            }
            if scan.is_word(j) {
                if j > first + 1 && self.closes(j, first) {
                    break;
                }
            } else if matches!(scan.form(j), "." | "!" | "؟" | "?" | "…") && self.ends_sentence(j) {
                break;
            }
            j += 1;
        }
        // Marks and a dangling conjunction at the end are not part of the words.
        while j > first
            && (!matches!(scan.kind(j - 1), majlis_text::TokenKind::Word | majlis_text::TokenKind::Number) && !self.closing(j - 1)
                || matches!(scan.form(j - 1), "وفيما" | "فيما" | "لكن" | "كما" | "و" | "بينما" | "وقد" | "ثم" | "حيث" | "لكنه" | "ولكن"))
        {
            j -= 1;
        }
        j
    }

    fn closing(&self, i: usize) -> bool {
        matches!(self.scan.form(i), ")" | "]" | "\"" | "»" | "”" | "%")
    }

    fn ends_sentence(&self, i: usize) -> bool {
        if self.scan.form(i) != "." {
            return true;
        }
        // Initials: أ.ف.ب
        !(i > 0 && self.scan.form(i - 1).chars().count() == 1 && self.scan.is_word(i - 1))
    }

    /// Whether other speech begins at word `j` of a clause that began at `first`.
    fn closes(&self, j: usize, first: usize) -> bool {
        let scan = self.scan;
        let after_mark = !scan.is_word(j - 1);
        if after_mark && matches!(scan.form(j), "وكان" | "وكانت" | "وقد") {
            return true;
        }
        if let Some((verb, cue)) = self.cue(j) {
            match verb.reading.tense {
                Tense::Participle if (verb.word.proclitics == majlis_text::clitic::Proclitics::default() || verb.word.proclitics.conjunction.is_some()) => {
                    return after_mark || self.brings_words(j);
                }
                Tense::Perfect | Tense::Imperfect if verb.word.proclitics.conjunction.is_some() && verb.pronoun.is_empty() => {
                    let strong = matches!(
                        cue.class,
                        CueClass::Say
                            | CueClass::Add
                            | CueClass::Assert
                            | CueClass::Reveal
                            | CueClass::Announce
                            | CueClass::Report
                            | CueClass::Accuse
                            | CueClass::Warn
                            | CueClass::Demand
                            | CueClass::Describe
                            | CueClass::Deny
                    );
                    let said = after_mark && cue.class == CueClass::Say;
                    if strong && j > first + 2 && (said || verb.reading.tense == Tense::Perfect && self.brings_words(j)) {
                        return true;
                    }
                }
                Tense::Perfect if after_mark && matches!(cue.class, CueClass::Say | CueClass::Add) => return true,
                Tense::Perfect if matches!(scan.form(j - 1), "فيما" | "وفيما" | "بينما" | "وكان" | "كما" | "وقد" | "فقد") && self.brings_words(j) =>
                {
                    return true;
                }
                _ => {}
            }
        }
        if after_mark && let Some((_, class)) = self.phrase(j) {
            return matches!(class, PhraseClass::According | PhraseClass::Itself);
        }
        scan.form(j) == "علي" && scan.form(j + 1) == "حد" && matches!(scan.form(j + 2), "قوله" | "تعبيره" | "قولها" | "تعبيرها" | "وصفه")
    }

    /// Whether a cue at `j` is soon followed by أن, a colon or a quotation.
    fn brings_words(&self, j: usize) -> bool {
        let scan = self.scan;
        for t in j + 1..(j + 12).min(scan.len()) {
            let form = scan.form(t);
            if scan.is_word(t) {
                if that(form) {
                    return true;
                }
            } else if form == ":" || scan.is_quote_mark(t) {
                return true;
            } else if matches!(form, "." | "\n") {
                return false;
            }
        }
        false
    }

    /// Whether another reporting verb stands at `j`, so that what follows is not the words of the verb at `i`.
    fn other_cue(&self, j: usize) -> bool {
        let Some((verb, cue)) = self.cue(j) else { return false };
        match verb.reading.tense {
            Tense::Participle => self.brings_words(j),
            Tense::Perfect => {
                matches!(cue.class, CueClass::Say | CueClass::Add | CueClass::Assert | CueClass::Announce | CueClass::Reveal)
                    && self.brings_words(j)
                    && !self.named_token(j)
            }
            Tense::Imperfect => verb.word.proclitics.conjunction.is_some() && cue.class == CueClass::Say && self.brings_words(j),
            Tense::Masdar => false,
        }
    }

    /// Words brought in without أن: أفادت مصادر بمقتل …, اتهم فلانا بمواصلة …, كشف عن إصدار …, أعلن فلان استعداد ….
    fn noun_clause(&self, i: usize, cue: &Cue, end: usize) -> Option<Words> {
        let participle = self.scan.cue(i).is_some_and(|v| v.reading.tense == Tense::Participle);
        let scan = self.scan;
        let Takes { b, noun, after, .. } = cue.takes;
        let limit = (i + 16).min(end);
        let mut j = i + 1;
        while j < limit {
            let form = scan.form(j);
            if !scan.is_word(j) {
                if matches!(form, "." | ":" | "!" | "؟") {
                    return None;
                }
                j += 1;
                continue;
            }
            if self.named_token(j) {
                j += 1;
                continue;
            }
            if b && form.starts_with('ب') && self.event_noun(j) {
                return self.noun_words(j, end, "statement/by-noun");
            }
            if after.contains(&form) && scan.form(j + 1) != "ذلك" && (scan.is_word(j + 1) || scan.is_quote_mark(j + 1)) && !that(scan.form(j + 1)) {
                if cue.class == CueClass::Demand && !participle {
                    return None;
                }
                // شدد على … قائلا: the words are still to come.
                return self.noun_words(j + 1, end, "statement/preposition-noun").filter(|w| !scan.form(w.last).starts_with("قاءل"));
            }
            if noun
                && j > i + 1
                && self.event_noun(j)
                && !scan.has_article(j)
                && !self.led_by_preposition(j)
                && matches!(cue.class, CueClass::Announce | CueClass::Deny | CueClass::Assert)
                && !matches!(form, "هدنه" | "وقف" | "وقفا" | "اتفاق" | "اتفاقا" | "حاله" | "حظر")
                && self.after_named(i, j)
            {
                return self.noun_words(j, end, "statement/bare-noun");
            }
            j += 1;
        }
        None
    }

    fn named_token(&self, j: usize) -> bool {
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) <= j);
        (at.saturating_sub(3)..at).any(|m| (tokens[m].1 as usize) > j)
    }

    /// Whether a mention or source stands between the cue and `j`, and `j` does not complete the noun before it.
    fn after_named(&self, i: usize, j: usize) -> bool {
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) <= i);
        let named = tokens.get(at).is_some_and(|t| (t.0 as usize) < j && (t.1 as usize) <= j);
        let loose = self.named_token(j - 1) || !self.scan.is_word(j - 1) || self.scan.class(j - 1).any(Classes::TIME.with(Classes::WEEKDAY));
        (named && loose) || matches!(self.source_at_any(i + 1, j), Some((_, e)) if e == j)
    }

    /// Whether token `j` is a verbal or event noun, a preposition aside.
    fn event_noun(&self, j: usize) -> bool {
        let scan = self.scan;
        if !scan.is_word(j) {
            return false;
        }
        let listed = scan.verbs(j).any(|v| v.reading.tense == Tense::Masdar && v.word.proclitics.article == v.word.form.article())
            || scan.verb_with_pronoun(j).is_some_and(|v| v.reading.tense == Tense::Masdar)
            || scan.at(j).iter().any(|m| matches!(m.entry, Entry::Predicate { tense: Tense::Masdar, .. }));
        let bare = scan.bare(j);
        listed
            || scan.class(j).any(Classes::DEMAND)
            || matches!(bare, "وجود" | "عدم" | "استعداد" | "ضروره" | "حصول" | "وقوع" | "سقوط" | "محاولات" | "انه" | "وصول" | "نيه")
    }

    fn noun_words(&self, first: usize, end: usize, rule: &'static str) -> Option<Words> {
        let last = self.clause_end(first, end, false);
        (last > first + 2).then_some(Words { first, last, kind: StatementKind::Indirect, rule, closed: true })
    }

    // ---- who ----

    /// The subject that follows the verb at `i`, before `until`.
    fn subject_after(&mut self, i: usize, until: usize) -> Option<Speaker> {
        let mut j = i + 1;
        let until = until.min(self.scan.len());
        while j < until && j < i + 24 {
            let scan = self.scan;
            if scan.is_quote_mark(j) || scan.is_comma(j) || scan.form(j) == "(" || scan.form(j) == "-" {
                j += 1;
                continue;
            }
            if !scan.is_word(j) {
                if scan.kind(j) == majlis_text::TokenKind::Number {
                    j += 1;
                    continue;
                }
                break;
            }
            let led = self.led_by_preposition(j);
            if matches!(scan.bare(j), "بيان" | "البيان" | "تقرير" | "رساله" | "متحدث" | "مصدر")
                && !led
                && matches!(scan.bare(j), "بيان" | "البيان" | "تقرير" | "رساله")
            {
                if let Some((m, actor)) = self.mention_from(j + 1, (j + 6).min(until + 2)) {
                    return Some(self.named(scan.span(j, self.resolved.tokens[m].1 as usize), actor));
                }
                if let Some(last) = self.last.filter(|_| scan.bare(j) == "البيان") {
                    return Some(last);
                }
            }
            if let Some(m) = self.mention_at(j) {
                let mention = &self.resolved.mentions[m];
                let actor = &self.resolved.actors[mention.actor as usize];
                let (_, last) = self.resolved.tokens[m];
                if actor.kind == ActorKind::Media && led {
                    j = last as usize;
                    continue;
                }
                if led && !matches!(scan.form(j).chars().next(), Some('و')) {
                    j = last as usize;
                    continue;
                }
                return Some(self.named(mention.span, mention.actor));
            }
            if !led && let Some(s) = self.source(j, until) {
                return Some(s);
            }
            if scan.finite_verb(j) && j > i + 1 && self.cue(j).is_none() && !scan.class(j).any(Classes::TIME) && scan.name_kind(j).is_none() {
                break;
            }
            j += 1;
        }
        None
    }

    /// Whether the noun at `j` is the object of a preposition.
    fn led_by_preposition(&self, j: usize) -> bool {
        let scan = self.scan;
        let attached = scan.analyses(j).first().is_some_and(|w| w.proclitics.preposition.is_some());
        let mut b = j;
        while b > 0 && scan.is_quote_mark(b - 1) {
            b -= 1;
        }
        attached
            || (b > 0
                && matches!(
                    scan.form(b - 1),
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
                        | "لوكاله"
                        | "لقناه"
                        | "لصحيفه"
                ))
    }

    fn named(&self, span: Span, actor: ActorIx) -> Speaker {
        Speaker { actor: Some(actor), span: Some(span), named: true, described: None, class: "", side: None }
    }

    fn mention_at(&self, token: usize) -> Option<usize> {
        let at = self.resolved.tokens.partition_point(|t| (t.0 as usize) < token);
        (at < self.resolved.tokens.len() && self.resolved.tokens[at].0 as usize == token && !self.resolved.nested[at]).then_some(at)
    }

    /// The mentions that lie in tokens `from..to`.
    fn mentions_between(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < from);
        (at..tokens.len()).take_while(move |&m| (tokens[m].0 as usize) < to).filter(move |&m| (tokens[m].1 as usize) <= to)
    }

    fn mention_from(&self, from: usize, to: usize) -> Option<(usize, ActorIx)> {
        let at = self.resolved.tokens.partition_point(|t| (t.0 as usize) < from);
        (at < self.resolved.tokens.len() && (self.resolved.tokens[at].0 as usize) < to).then(|| (at, self.resolved.mentions[at].actor))
    }

    fn source_at_any(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        (from..to).find_map(|t| {
            let (m, _) = self.scan.longest(t, |m| match m.entry {
                Entry::Source(s) => Some(s),
                _ => None,
            })?;
            Some((t, m.last as usize))
        })
    }

    /// The unnamed source described at `j`, or the named person whom the description leads to.
    fn source(&mut self, j: usize, until: usize) -> Option<Speaker> {
        let scan = self.scan;
        let (m, word) = scan.longest(j, |m| match m.entry {
            Entry::Source(s) if m.word.proclitics.preposition.is_none() => Some(s),
            _ => None,
        })?;
        let limit = until.min(j + 24).min(scan.len());
        let mut last = m.last as usize;
        while last < limit {
            if scan.is_comma(last) {
                // The description may go on after a comma: ومقرب من …, المطلع على ….
                let next = scan.bare(last + 1);
                let goes_on = matches!(
                    next,
                    "مقرب"
                        | "مطلع"
                        | "المطلع"
                        | "المقرب"
                        | "رفض"
                        | "رفضت"
                        | "طلب"
                        | "طلبت"
                        | "فضل"
                        | "قريب"
                        | "مطلعه"
                        | "مقربه"
                        | "لم"
                        | "كان"
                        | "في"
                        | "اشترط"
                );
                if !goes_on {
                    if let Some(at) = self.mention_at(last + 1)
                        && matches!(self.resolved.identities[at], Identity::Person { .. } | Identity::Known(_))
                        && self.resolved.actors[self.resolved.mentions[at].actor as usize].kind == ActorKind::Person
                        && scan
                            .longest(j, |m| matches!(m.entry, Entry::Source(s) if scan.lexicon.sources[s as usize].class != "source").then_some(()))
                            .is_some()
                    {
                        return Some(self.named(self.resolved.mentions[at].span, self.resolved.mentions[at].actor));
                    }
                    break;
                }
                last += 1;
                continue;
            }
            if scan.is_quote_mark(last) || scan.form(last) == "(" || scan.form(last) == ")" {
                last += 1;
                continue;
            }
            if !scan.is_word(last) && scan.kind(last) != majlis_text::TokenKind::Number {
                break;
            }
            if that(scan.form(last))
                || matches!(scan.form(last), "فان" | "فانه" | "فقد")
                || !scan.has_article(last) && (self.cue(last).is_some() || last >= m.last as usize && self.past_verb(last))
            {
                break;
            }
            if matches!(scan.form(last), "ل" | "لوكاله" | "لصحيفه" | "لقناه" | "امس" | "اليوم" | "خلال")
                || scan.class(last).any(Classes::WEEKDAY) && scan.has_article(last)
            {
                break;
            }
            if let Some(at) = self.mention_at(last) {
                let actor = &self.resolved.actors[self.resolved.mentions[at].actor as usize];
                if actor.kind == ActorKind::Media && self.led_by_preposition(last) {
                    break;
                }
                let by_name = matches!(self.resolved.mentions[at].form, MentionForm::Name | MentionForm::Titled);
                if actor.kind == ActorKind::Person
                    && by_name
                    && !self.led_by_preposition(last)
                    && scan.lexicon.sources[word as usize].class != "source"
                    && !matches!(scan.form(last - 1), "من" | "مكتب")
                {
                    return Some(self.named(self.resolved.mentions[at].span, self.resolved.mentions[at].actor));
                }
                last = (self.resolved.tokens[at].1 as usize).max(last + 1);
                continue;
            }
            last += 1;
        }
        while last > j + 1 && !scan.is_word(last - 1) && scan.form(last - 1) != ")" {
            last -= 1;
        }
        let span = scan.span(j, last);
        let side = self.mentions_between(j + 1, last).next().map(|m| self.resolved.mentions[m].actor);
        let class = scan.lexicon.sources[word as usize].class;
        let head = m.word.form;
        let definite = head.article();
        let key = scan.lexicon.sources[word as usize].ar.to_owned();
        let key = majlis_text::fold(&key).trim_start_matches("ال").split(' ').next().unwrap_or_default().to_owned();
        let earlier = definite.then(|| self.sources.get(&key).copied()).flatten();
        let speaker = match earlier {
            Some(s) => Speaker { span: Some(span), ..s },
            None => Speaker { actor: None, span: Some(span), named: false, described: Some(span), class, side },
        };
        if earlier.is_none() {
            self.sources.insert(key, speaker);
        }
        Some(speaker)
    }

    /// Whether token `j` can only be a verb in the past.
    fn past_verb(&self, j: usize) -> bool {
        self.scan.name_kind(j).is_none()
            && !self.named_token(j)
            && self.scan.verbs(j).next().is_some_and(|v| v.reading.tense == Tense::Perfect && !v.reading.also_noun && v.word.proclitics.preposition.is_none())
    }

    /// The subject that stands before the verb at `i` in its sentence: the first mention or source that no preposition leads.
    fn subject_before(&mut self, i: usize, start: usize, participle: bool) -> Option<Speaker> {
        let scan = self.scan;
        let start = start.max(i.saturating_sub(REACH * 2));
        let mut from = i;
        while from > start && !matches!(scan.form(from - 1), "." | "!" | "؟" | "…") && !scan.is_break(from - 1) {
            from -= 1;
        }
        let mut found: Option<Speaker> = None;
        let mut t = from;
        while t < i {
            if scan.is_word(t) {
                if let Some(at) = self.mention_at(t) {
                    let m = self.resolved.mentions[at];
                    let last = self.resolved.tokens[at].1 as usize;
                    // موسكو التي ترى, فلان الذي قال: the nearest before a relative pronoun, else the first of the sentence.
                    let relative = matches!(scan.form(i.saturating_sub(1)), "الذي" | "التي" | "الذين") && last + 2 >= i;
                    if relative || (!self.led_by_preposition(t) && self.resolved.actors[m.actor as usize].kind != ActorKind::Media) {
                        if found.is_none() || relative {
                            found = Some(self.named(m.span, m.actor));
                        }
                        if participle && found.is_some() && !relative {
                            return found;
                        }
                    }
                    t = last.max(t + 1);
                    continue;
                }
                if found.is_none()
                    && !self.led_by_preposition(t)
                    && let Some(s) = self.source(t, i)
                {
                    found = Some(s);
                }
            }
            t += 1;
        }
        found
    }

    /// The outlet that the words were said to, between tokens `from` and `to`, or just after them.
    fn told_to(&self, from: usize, to: usize, after: usize, words_end: usize, speaker: &Speaker) -> Option<ActorIx> {
        let pick = |a: usize, b: usize| {
            let at = self.resolved.tokens.partition_point(|t| (t.0 as usize) < a);
            self.resolved.tokens[at..].iter().zip(&self.resolved.mentions[at..]).take_while(|(t, _)| (t.0 as usize) < b).find_map(|(t, m)| {
                let media = self.resolved.actors[m.actor as usize].kind == ActorKind::Media && Some(m.actor) != speaker.actor;
                (media && self.led_by_preposition(t.0 as usize)).then_some(m.actor)
            })
        };
        pick(from, to).or_else(|| pick(words_end, after))
    }

    // ---- according to ----

    /// بحسب فلان، … at the front, or … بحسب فلان at the end.
    fn according(&mut self, i: usize, after: usize, start: usize, end: usize) {
        let scan = self.scan;
        // بحسب ما ذكر فلان
        let mut at = after;
        if matches!(scan.form(at), "ما" | "لما") {
            at += 1;
        }
        if self.cue(at).is_some() {
            at += 1;
        }
        let limit = (at + 12).min(end);
        let mut who = None;
        let mut reach = at;
        while reach < limit {
            if let Some(m) = self.mention_at(reach) {
                let mention = self.resolved.mentions[m];
                who = Some((self.named(mention.span, mention.actor), self.resolved.tokens[m].1 as usize));
                break;
            }
            if let Some(s) = self.source(reach, limit.max(reach + 10).min(end)) {
                let to = s.span.map_or(reach + 1, |sp| scan.layout.token_at(sp.end()));
                who = Some((s, to));
                break;
            }
            if !scan.is_word(reach) && !scan.is_quote_mark(reach) {
                break;
            }
            reach += 1;
            if reach > at + 4 {
                break;
            }
        }
        let Some((speaker, mut to)) = who else { return };
        if matches!(scan.form(to), "التي" | "الذي" | "الذين") {
            to = (to..(to + 14).min(end)).find(|&t| scan.is_comma(t)).unwrap_or(to);
        }
        let first_in_sentence = i == start
            || !scan.is_word(i - 1) && matches!(scan.form(i - 1), "." | "!" | "؟" | "…")
            || scan.is_break(i.saturating_sub(1))
            || matches!(scan.form(i - 1), "لكن" | "ولكن")
            || scan.analyses(i).first().is_some_and(|w| w.proclitics.conjunction.is_some());
        let media = speaker.actor.is_some_and(|a| self.resolved.actors[a as usize].kind == ActorKind::Media);
        if first_in_sentence {
            let mut first = to;
            while first < end && (scan.is_comma(first) || scan.is_quote_mark(first) || matches!(scan.form(first), "فقد" | "فان" | "فانه" | "فانها" | ")"))
            {
                first += 1;
            }
            if that(scan.form(first)) || self.cue(first).is_some() && media {
                return; // The agency only carries what somebody said; that verb has the words.
            }
            let last = self.clause_end(first, end, false);
            if last > first + 3 {
                let words = Words { first, last, kind: StatementKind::Indirect, rule: "statement/according-front", closed: true };
                let told = self.told_to(i, first, first, first, &speaker);
                self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, told, 0.8, Why::cue("statement/according-front", "بحسب"));
                // An outlet that only carries the words is not who goes on.
                if !media {
                    self.last = Some(speaker);
                    self.subject = Some(speaker);
                }
            }
            return;
        }
        // At the end: the words are what stands before in the sentence.
        let start = start.max(i.saturating_sub(LONGEST));
        let mut from = i;
        while from > start && !(matches!(scan.form(from - 1), "." | "!" | "؟" | "…")) && !scan.is_break(from - 1) {
            from -= 1;
        }
        let mut last = i;
        while last > from && !scan.is_word(last - 1) && scan.kind(last - 1) != majlis_text::TokenKind::Number && !self.closing(last - 1) {
            last -= 1;
        }
        if media && self.said.iter().rev().take(3).any(|s| s.first as usize >= from && (s.last as usize) <= i + 1) {
            return;
        }
        if self.said.iter().rev().take(3).any(|s| s.first as usize >= from && (s.first as usize) < i) {
            return;
        }
        // كانت نتيحة الاجتماعات، بحسب المصادر، الإعلان عن …: the words come after.
        if scan.is_comma(to) && last > from && last - from < 6 {
            let first = to + 1;
            let end_at = self.clause_end(first, end, false);
            if end_at > first + 3 {
                let words = Words { first, last: end_at, kind: StatementKind::Indirect, rule: "statement/according-middle", closed: true };
                self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, None, 0.65, Why::cue("statement/according-middle", "بحسب"));
            }
            return;
        }
        if last > from + 3 {
            let words = Words { first: from, last, kind: StatementKind::Indirect, rule: "statement/according-end", closed: true };
            self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, None, 0.7, Why::cue("statement/according-end", "بحسب"));
        }
    }
}

/// Whether a folded word brings in a reported clause: أن, إن, بأن, أنه ….
pub(crate) fn that(form: &str) -> bool {
    let rest = form.strip_prefix('ب').unwrap_or(form);
    let rest = rest.strip_prefix('و').filter(|r| r.starts_with("ان")).unwrap_or(rest);
    matches!(rest, "ان" | "انه" | "انها" | "انهم" | "انهما" | "اننا" | "انا" | "انني" | "اني" | "انهن" | "انك" | "انكم")
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
