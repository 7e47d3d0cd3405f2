//! Who said it: the mention or the unnamed source after the verb, before it, or carried on.

use super::{Finder, LONGEST, REACH, that};
use crate::mentions::{Identity, SPOKESMAN};
use crate::reading::{ActorIx, MentionForm, Speaker};
use crate::scan::PREPOSITIONS;
use majlis_lexicon::{ActorKind, Classes, Cue, CueClass, Entry, SourceWord, Tense};
use majlis_text::{Span, TokenKind, fold};

/// From how many words on a quotation is no mere name.
const QUOTED: u32 = 4;

/// States of one word whose names are masculine, folded.
const MASCULINE: [&str; 6] = ["العراق", "لبنان", "الاردن", "اليمن", "السودان", "المغرب"];

impl Finder<'_, '_> {
    /// The subject that follows the verb at `i`, before `until`.
    pub(super) fn subject_after(&mut self, i: usize, until: usize) -> Option<Speaker> {
        let mut j = i + 1;
        let until = until.min(self.scan.len());
        // وأضاف كميجاني، دون إسهاب، …: whose name was given before.
        if j < until && self.resolved.mention_at(j).is_none() {
            if let Some(actor) = self.surname(j, j + 1) {
                return Some(named(self.scan.span(j, j + 1), actor));
            }
            if let Some(speaker) = self.honoured(j) {
                return Some(speaker);
            }
            if let Some(end) = self.unlisted_name(i).filter(|&end| end <= until) {
                return Some(self.unlisted(j, end));
            }
            // قال عدنان حزام، المتحدث باسم …: the name comes before what he is.
            if self.is_name(j) && self.is_name(j + 1) {
                return self.unresolved(i, until);
            }
        }
        while j < until && j < i + 24 {
            let scan = self.scan;
            if scan.is_quote_mark(j) || scan.is_comma(j) || scan.form(j) == "(" || scan.form(j) == "-" {
                j += 1;
                continue;
            }
            // د. محمد
            if scan.form(j) == "د" && scan.form(j + 1) == "." {
                j += 2;
                continue;
            }
            if !scan.is_word(j) {
                if scan.kind(j) == TokenKind::Number {
                    j += 1;
                    continue;
                }
                break;
            }
            // تساءلت عن الظروف التي ينشدها الغرب: of another clause.
            if matches!(scan.form(j), "التي" | "الذي" | "الذين") {
                break;
            }
            // عبر الوزير عن أمله: the verb is no preposition.
            let led = self.led_by_preposition(j) && !(j == i + 1 && scan.particle(i));
            if !led && matches!(scan.bare(j), "بيان" | "البيان" | "تقرير" | "رساله" | "البلاغ" | "التقرير") {
                // وحذر البيان الحوثيين: whom it warned.
                let whose = !scan.has_article(j) || matches!(scan.form(j + 1), "الصادر" | "الذي");
                if let Some((m, actor)) = self.mention_from(j + 1, (j + 6).min(until)).filter(|_| whose) {
                    return Some(named(scan.span(j, self.resolved.tokens[m].1 as usize), actor));
                }
                if let Some(last) = self.last.filter(|s| scan.has_article(j) && (scan.bare(j) == "البيان" || s.named)) {
                    return Some(last);
                }
                // وأوضح التقرير, قال بيان صادر عن سلطات المقاطعة
                if scan.has_article(j) || matches!(scan.form(j + 1), "صادر" | "صدر" | "اعدته" | "اعده" | "اصدرته" | "اصدره") {
                    return Some(self.by_role(j, j + 1));
                }
            }
            if let Some(m) = self.resolved.mention_at(j) {
                let mention = &self.resolved.mentions[m];
                let media = self.resolved.actors[mention.actor as usize].kind == ActorKind::Media;
                // قال خلال جلسة مجلس الوزراء: where he said it; في اتصال أجرته معه القناة: of a clause of its own.
                let prior = scan.before_quotes(j).unwrap_or(i);
                let with_him = prior > i + 1 && matches!(scan.form(prior), "معه" | "معها" | "له" | "لها" | "به" | "بها" | "اليه" | "فيه");
                // يتوعد بقتل القائد
                let done_to = j > i + 1 && self.of_led_act(j);
                if with_him || done_to || self.of_occasion(i, j) {
                    j = self.resolved.tokens[m].1 as usize;
                    continue;
                }
                // دعا إيران إلى …: whom he called on.
                if j == i + 1 && self.disagrees(i, m) {
                    break;
                }
                if led && (media || !scan.form(j).starts_with('و')) {
                    j = self.resolved.tokens[m].1 as usize;
                    continue;
                }
                if let Some(actor) = self.the_outlet(j) {
                    return Some(named(mention.span, actor));
                }
                // أكدت الحكومة على لسان الناطق باسمها فلان: he said it.
                let end = self.resolved.tokens[m].1 as usize;
                let mouth = (scan.form(end) == "علي" && scan.form(end + 1) == "لسان").then(|| self.person_from(end + 2, (end + 8).min(until))).flatten();
                return mouth.or(Some(named(mention.span, mention.actor)));
            }
            // في بيان تلقت الصحيفة نسخة منه: of a clause of its own.
            if j > i + 1 && scan.class(j).any(Classes::RECEIVE) {
                break;
            }
            // كثير من المحللين
            let joined = scan.analyses(j).first().is_some_and(|w| w.proclitics.conjunction.is_some());
            let some = !joined && scan.class(j).any(Classes::QUANT) && scan.form(j + 1) == "من" && scan.has_article(j + 2);
            if some
                && !led
                && let Some(s) = self.source(j + 2, until)
            {
                let span = s.span.map(|span| scan.span(j, j + 1).cover(span));
                return Some(Speaker { actor: None, span, named: false, described: span, ..s });
            }
            // ذكرت تقارير إعلامية أن …
            if self.is_nisba_of(j)
                && !self.led_by_preposition(j - 1)
                && let Some(s) = self.source(j, until)
            {
                let span = s.span.map(|span| scan.span(j - 1, j).cover(span));
                return Some(Speaker { span, described: span, ..s });
            }
            // قال في حوار مع رؤساء التحرير وعدد من الكتاب: to whom he said it.
            let joined = scan.may_be(i + 1, Classes::PREP) && scan.analyses(j).first().is_some_and(|w| w.proclitics.conjunction.is_some());
            if !led
                && !joined
                && !self.qualifies(i, j)
                && let Some(s) = self.source(j, until)
            {
                return Some(s);
            }
            // في اتصال أجرته معه القناة: of a clause of its own.
            let acts_on = j > i + 2 && scan.verb_with_pronoun(j).is_some_and(|v| matches!(v.reading.tense, Tense::Perfect | Tense::Imperfect));
            if acts_on && !scan.has_article(j) && scan.name_kind(j).is_none() && scan.verbs(j).next().is_none() {
                break;
            }
            if scan.finite_verb(j) && j > i + 1 && self.cue(j).is_none() && !scan.class(j).any(Classes::TIME) && scan.name_kind(j).is_none() {
                break;
            }
            j += 1;
        }
        None
    }

    /// Whether what begins at `j`, somewhere after the verb at `i`, owns the noun of an act that a preposition leads: خلال جلسة مجلس الوزراء.
    fn of_occasion(&self, i: usize, j: usize) -> bool {
        let scan = self.scan;
        let occasion = j > i + 2 && !scan.has_article(j - 1) && scan.verbs(j - 1).any(|v| v.reading.tense == Tense::Masdar);
        occasion && matches!(scan.form(j - 2), "خلال" | "في" | "بعد" | "عقب" | "قبل" | "قبيل" | "اثر" | "اثناء" | "ضمن" | "امام")
    }

    /// Whether what begins at `t` completes the noun of an act that a preposition leads: وهو يتوعد بقتل القائد.
    fn of_led_act(&self, t: usize) -> bool {
        let Some(before) = self.scan.before_quotes(t) else { return false };
        !self.scan.has_article(before) && self.scan.verbs(before).any(|v| v.reading.tense == Tense::Masdar) && self.led_by_preposition(before)
    }

    /// Whether the word for a source at `j` only qualifies the noun before it, somewhere after the verb at `i`: المركز الإعلامي, في تصريحات صحفية.
    fn qualifies(&self, i: usize, j: usize) -> bool {
        let scan = self.scan;
        // التقى وفدا، ضم أعضاء من المجلس: of a clause of its own.
        let clause = j > i + 2 && scan.is_comma(j - 2);
        // في حوار مع رؤساء تحرير الصحف: it ends what a preposition leads.
        let tail =
            (i + 2..j).rev().take(3).take_while(|&t| scan.is_word(t) && !scan.has_article(t) && !self.named_token(t)).any(|t| self.led_by_preposition(t));
        let tail = tail && scan.has_article(j) && !scan.may_be(j - 1, Classes::TIME.with(Classes::WEEKDAY)) && !scan.form(j - 1).ends_with(['ي', 'ه', 'ا']);
        j > i + 1 && (tail || self.qualifies_definite(j))
            || j > i + 1
                && scan.is_word(j - 1)
                && !self.named_token(j - 1)
                && !scan.class(j - 1).any(Classes::TIME.with(Classes::WEEKDAY).with(Classes::PREP))
                && (clause || scan.has_article(j - 1) && scan.has_article(j) || self.led_by_preposition(j - 1))
    }

    /// Whether the word for a source at `j` has the article as the adjective of what a pronoun or quotation marks make definite: في مؤتمره الصحافي,
    /// «مكتب الأخبار» المعارض.
    fn qualifies_definite(&self, j: usize) -> bool {
        let scan = self.scan;
        let owned = scan.is_word(j - 1) && !scan.written(j - 1).ends_with('ة') && ["ه", "ها", "هم"].iter().any(|end| scan.form(j - 1).ends_with(end));
        scan.has_article(j)
            && scan.form(j).starts_with("ال")
            && (owned && scan.cue(j - 1).is_none() && !scan.particle(j - 1) || scan.is_quote_mark(j - 1) && scan.quote_opened(j - 1).is_none())
    }

    /// Whether the word for a source at `j` is an adjective of the noun before it, neither with the article: تقارير إعلامية.
    pub(super) fn is_nisba_of(&self, j: usize) -> bool {
        let scan = self.scan;
        let before = j.saturating_sub(1);
        let noun = scan.is_word(before) && !scan.has_article(before) && !scan.particle(before) && !scan.form(before).ends_with('ا');
        noun && !scan.class(before).any(Classes::DISCOURSE) && !scan.has_article(j) && scan.form(j).ends_with(['ي', 'ه']) && self.cue(before).is_none()
    }

    /// The subject that stands before the verb at `i` in its sentence: the first mention or source that no preposition leads.
    pub(super) fn subject_before(&mut self, i: usize, start: usize, participle: bool) -> Option<Speaker> {
        let scan = self.scan;
        let start = start.max(i.saturating_sub(REACH * 2));
        let from = self.sentence_start(i, start);
        // وعن خطة الرئاسة قال: what he was asked about.
        let about = matches!(scan.form(from).trim_start_matches('و'), "عن" | "حول" | "بشان" | "بخصوص");
        if about && !(from..i).any(|t| scan.is_comma(t)) {
            return None;
        }
        let from = self.clause_start(from, i);
        let mut found: Option<Speaker> = None;
        let mut t = from;
        while t < i {
            // عن الجبهة «التي دعمتها الولايات المتحدة»: whom somebody's words name.
            if let Some(q) = scan.quote_opened(t).filter(|q| q.closed && (q.last as usize) < i && q.last - q.first >= QUOTED) {
                t = q.last as usize + 1;
                continue;
            }
            if scan.is_word(t) {
                if let Some(at) = self.resolved.mention_at(t) {
                    let m = self.resolved.mentions[at];
                    let last = self.resolved.tokens[at].1 as usize;
                    // موسكو التي ترى, فلان الذي قال: the nearest before a relative pronoun, else the first of the sentence.
                    let relative = matches!(scan.form(i.saturating_sub(1)), "الذي" | "التي" | "الذين") && last + 2 >= i;
                    if relative || (!self.led_by_preposition(t) && !self.of_led_act(t) && self.resolved.actors[m.actor as usize].kind != ActorKind::Media) {
                        if found.is_none() || relative {
                            found = Some(named(m.span, m.actor));
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
                    && !(t > from && (scan.kind(t - 1) == TokenKind::Number || scan.class(t - 1).any(Classes::NUMBER)))
                    && !(t > from && self.qualifies_definite(t))
                    && !(t > from && !self.named_token(t - 1) && (scan.has_article(t) && scan.has_article(t - 1) || self.is_nisba_of(t)))
                    && let Some(s) = self.source(t, i)
                {
                    found = Some(s);
                }
            }
            t += 1;
        }
        found
    }

    /// Where the last clause before the verb at `i` begins that puts its subject first, not before `from`: لم تعلق الحكومة، لكن مصادر قريبة منها قالت.
    fn clause_start(&self, from: usize, i: usize) -> usize {
        let scan = self.scan;
        let opens = |t: usize| match scan.form(t).trim_start_matches('و') {
            "لكن" | "بينما" | "فيما" => Some(t + 1),
            "الا" | "غير" | "بيد" | "رغم" if scan.form(t + 1) == "ان" => Some(t + 2),
            "حين" if t > from && scan.form(t - 1) == "في" => Some(t + 1),
            _ => None,
        };
        let subject = |t: usize| self.resolved.mention_at(t).is_some() || self.source_end(t, t + 1).is_some();
        (from..i).rev().find_map(opens).filter(|&t| t < i && subject(t) && !self.led_by_preposition(t)).unwrap_or(from)
    }

    /// Whose speech or writing the verb at `i` tells of: خطاب الرئيس فلان في الذكرى الذي قال فيه, تصريحات أطلقها فلان قال فيها. The nearest person
    /// before it whom no preposition leads.
    pub(super) fn in_which(&self, i: usize, start: usize) -> Option<Speaker> {
        let scan = self.scan;
        let opens = i > 0 && (scan.class(i - 1).any(Classes::REL) || scan.is_comma(i - 1));
        if !opens || !matches!(scan.form(i + 1), "فيه" | "فيها" | "خلاله" | "خلالها" | "عبره" | "عبرها") {
            return None;
        }
        let from = self.sentence_start(i, start.max(i.saturating_sub(REACH)));
        let person = |m: &usize| {
            let kind = self.resolved.actors[self.resolved.mentions[*m].actor as usize].kind;
            kind == ActorKind::Person && !self.resolved.nested[*m] && !self.led_by_preposition(self.resolved.tokens[*m].0 as usize)
        };
        let nearest = self.mentions_between(from, i).filter(person).last()?;
        Some(named(self.resolved.mentions[nearest].span, self.resolved.mentions[nearest].actor))
    }

    /// The mention right before the verb at `i` that can only be its subject: وكان فلان قال إن, لكن مدريد لفتت إلى, أن فلانا أبلغ ….
    pub(super) fn beside(&self, i: usize, start: usize) -> Option<Speaker> {
        let scan = self.scan;
        let verb = i - usize::from(i > 0 && matches!(scan.form(i - 1), "قد" | "لم" | "لن" | "لا"));
        let end = if verb > start && (scan.form(verb - 1) == ")" || scan.is_quote_mark(verb - 1)) { verb - 1 } else { verb };
        // وكان فلان، طالب …
        let comma = end > start && scan.is_comma(end - 1);
        let end = end - usize::from(comma);
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) < end);
        let m = (at.saturating_sub(4)..at).find(|&m| tokens[m].1 as usize == end && !self.resolved.nested[m])?;
        let first = tokens[m].0 as usize;
        let opens = first > start && {
            let before = scan.before_quotes(first).map_or("", |b| scan.form(b));
            let before = before.trim_start_matches('و');
            matches!(before, "كان" | "كانت") || !comma && (that(before) || matches!(before, "لكن" | "بينما" | "فيما" | "حيث"))
        };
        let mention = self.resolved.mentions[m];
        (opens && !self.led_by_preposition(first)).then(|| named(mention.span, mention.actor))
    }

    /// Whether the verb at `i` is in the masculine and mention `m` a state or its capital, whose names are feminine but for a few.
    fn disagrees(&self, i: usize, m: usize) -> bool {
        let form = self.scan.form(i);
        let masculine = match self.scan.cue(i).map(|v| v.reading.tense) {
            Some(Tense::Perfect) => !form.ends_with(['ت', 'ا']) || self.scan.bare(i) == "دعا",
            Some(Tense::Imperfect) => self.scan.bare(i).starts_with('ي') && !form.ends_with('ن'),
            _ => false,
        };
        let mention = &self.resolved.mentions[m];
        let (first, last) = self.resolved.tokens[m];
        masculine
            && last == first + 1
            && matches!(mention.form, MentionForm::Name | MentionForm::Capital)
            && self.resolved.actors[mention.actor as usize].kind == ActorKind::State
            && !MASCULINE.contains(&self.scan.bare(first as usize))
    }

    /// Where the sentence of token `i` begins, not before `start`.
    pub(super) fn sentence_start(&self, i: usize, start: usize) -> usize {
        start.max(self.openings[i] as usize).min(i)
    }

    /// Whether a noun that nobody knows stands where the subject does: كشف تقرير دولي أن ….
    pub(super) fn unknown_subject(&self, i: usize, words: usize, cue: &Cue) -> bool {
        let scan = self.scan;
        let next = i + 1;
        let form = scan.form(next);
        // قالوا وهم يضحكون, قال لي
        let pronoun = matches!(form, "وهو" | "وهي" | "وهم" | "لي" | "لنا" | "له" | "لها" | "لهم");
        let adverb = pronoun || form.ends_with('ا') || matches!(form, "ايضا" | "كذلك" | "قوله" | "قولها" | "ذلك" | "هذا" | "هذه" | "مجددا");
        matches!(cue.class, CueClass::Say | CueClass::Add | CueClass::Ask | CueClass::Report | CueClass::Reveal | CueClass::Assert | CueClass::Announce)
            && words > next + 1
            && scan.is_word(next)
            && !scan.particle(next)
            && !adverb
            && !that(form)
            && (scan.analyses(next).first().is_none_or(|w| w.offset == 0) || scan.form(next) == "وساءل")
            && !matches!(form, "لوكاله" | "لصحيفه" | "لقناه")
            && !scan.may_be(next, Classes::UNIT)
            && !scan.class(next).any(Classes::TIME.with(Classes::WEEKDAY).with(Classes::DISCOURSE))
            && (!scan.finite_verb(next) || scan.name_kind(next).is_some())
            && (self.cue(next).is_none() || scan.form(next) == "وساءل")
            && !self.is_saying_noun(next)
            // كما أكد إصراره على …, وأكد رفض …: what he affirmed.
            && !(cue.takes.noun && !scan.has_article(next) && (self.own_noun(next) || !that(scan.form(words - 1)) && self.event_noun(next)))
            // اعترف بحرج الموقف: it is what he admitted.
            && !(cue.takes.b && form.starts_with('ب') && scan.name_kind(next).is_none())
    }

    /// Whether the verb at `i`, whose sentence names nobody as its subject, may still be of who spoke before: it opens the sentence or a clause of it,
    /// or comes after what tells when, where or about what. A noun before it (كل هذا يشير, إن أحدث استطلاع أظهر) is its subject, whoever that is.
    pub(super) fn may_go_on(&self, i: usize, start: usize) -> bool {
        const ASIDE: Classes = Classes::PREP.with(Classes::TIME).with(Classes::WEEKDAY);
        const NOUN: Classes = Classes::REL.with(Classes::DEM).with(Classes::QUANT);
        let scan = self.scan;
        let from = self.sentence_start(i, start);
        let had = |t: usize| {
            scan.class(t).any(Classes::NEG)
                || matches!(scan.form(t), "قد" | "كان" | "كانت" | "كانوا" | "سوف" | "لقد" | "وقد" | "وكان" | "وكانت" | "ثم" | "ايضا" | "كذلك")
        };
        let first = (from..i).rev().take_while(|&t| had(t)).last().unwrap_or(i);
        let aside = scan.may_be(from, ASIDE) || scan.form(from).ends_with('ا');
        if first == from {
            return true;
        }
        // After a clause of its own, of whoever that is about: كانت الهيئة ردت في بيان، أكدت فيه أن …
        if !scan.is_word(first - 1) {
            return aside || !(from..first).any(|t| scan.finite_verb(t) && !self.named_token(t));
        }
        let last = first - 1;
        if scan.class(last).any(NOUN) || that(scan.form(last)) {
            return that(scan.form(last)) && scan.form(last) != "ان";
        }
        let plain = scan.verbs(last).next().is_none();
        let noun = scan.has_article(last) || !scan.particle(last) && !scan.may_be(last, ASIDE.with(Classes::DISCOURSE).with(Classes::SUB)) && plain;
        !noun || aside
    }

    /// نقلت وكالة عن فلان قوله …: the words are his of whom the outlet has them.
    pub(super) fn quoted_from(&mut self, i: usize, cue: &Cue, until: usize) -> Option<Speaker> {
        if cue.class != CueClass::Quote {
            return None;
        }
        // ونقلت عنه الوكالة قوله: who spoke before.
        // ونقل التلفزيون عنه قوله
        let of_him = |t: usize| matches!(self.scan.form(t), "عنه" | "عنها" | "عنهم");
        if of_him(i + 1) || (i + 2..(i + 6).min(until)).take_while(|&t| self.scan.is_word(t)).any(of_him) {
            return self.subject.or(self.last);
        }
        let from = (i + 1..(i + 14).min(until.max(i + 2))).find(|&t| matches!(self.scan.form(t), "عن" | "الي") && self.scan.is_word(t + 1))?;
        if let Some(m) = self.resolved.mention_at(from + 1) {
            let mention = self.resolved.mentions[m];
            return Some(named(mention.span, mention.actor));
        }
        self.source(from + 1, until.max(from + 10))
    }

    /// Whether the words that name a source stand in the sentence of token `i`.
    pub(super) fn same_sentence(&self, speaker: Option<Speaker>, i: usize) -> bool {
        let Some(span) = speaker.and_then(|s| s.span) else { return false };
        let from = self.scan.layout.token_at(span.start());
        from < i && i - from < LONGEST && !(from..i).any(|t| self.scan.is_break(t) || matches!(self.scan.form(t), "." | "!" | "؟"))
    }

    /// Whether the noun at `j` is the object of a preposition.
    pub(super) fn led_by_preposition(&self, j: usize) -> bool {
        let scan = self.scan;
        let attached = self.resolved.mention_at(j).is_some() && {
            let named = |m: &&crate::scan::Match| {
                matches!(m.entry, Entry::Actor { .. } | Entry::State { .. } | Entry::Organ { .. } | Entry::Office { .. } | Entry::Title(_) | Entry::Head(_))
            };
            let mut found = scan.at(j).iter().filter(named).peekable();
            found.peek().is_some() && found.all(|m| m.word.proclitics.preposition.is_some())
        };
        attached
            || scan.analyses(j).first().is_some_and(|w| w.proclitics.preposition.is_some())
            || scan.before_quotes(j).is_some_and(|b| {
                let form = scan.form(b);
                PREPOSITIONS.contains(&form.strip_prefix('و').unwrap_or(form)) || matches!(form, "لوكاله" | "لقناه" | "لصحيفه")
            })
    }

    /// The mentions that lie in tokens `from..to`.
    pub(super) fn mentions_between(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        self.resolved.mentions_from(from, to).filter(move |&m| (self.resolved.tokens[m].1 as usize) <= to)
    }

    /// The first mention that begins in tokens `from..to`.
    fn mention_from(&self, from: usize, to: usize) -> Option<(usize, ActorIx)> {
        self.resolved.mentions_from(from, to).next().map(|m| (m, self.resolved.mentions[m].actor))
    }

    /// The first person named in tokens `from..to`.
    fn person_from(&self, from: usize, to: usize) -> Option<Speaker> {
        let m =
            self.mentions_between(from, to).map(|m| self.resolved.mentions[m]).find(|m| self.resolved.actors[m.actor as usize].kind == ActorKind::Person)?;
        Some(named(m.span, m.actor))
    }

    /// The end of the first word for a source in tokens `from..to`.
    pub(super) fn source_end(&self, from: usize, to: usize) -> Option<usize> {
        (from..to).find_map(|t| {
            let (m, _) = self.scan.longest(t, |m| match m.entry {
                Entry::Source(s) => Some(s),
                _ => None,
            })?;
            Some(m.last as usize)
        })
    }

    /// The unnamed source described at `j`, or the named person whom the description leads to.
    pub(super) fn source(&mut self, j: usize, until: usize) -> Option<Speaker> {
        self.source_after(None, j, until)
    }

    /// The same, where a preposition may be attached: وفقا لمسؤول.
    pub(super) fn source_after(&mut self, led: Option<char>, j: usize, until: usize) -> Option<Speaker> {
        let scan = self.scan;
        let (m, word) = scan.longest(j, |m| match m.entry {
            Entry::Source(s) if m.word.proclitics.preposition.is_none() || m.word.proclitics.preposition == led => Some(s),
            _ => None,
        })?;
        // وجهة نظر: no و and another word.
        if m.word.proclitics.conjunction.is_some() && scan.whole(j).is_some() {
            return None;
        }
        // الأحد is a day; غير المسؤولة says of something what it is not.
        if m.last as usize == j + 1 && scan.has_article(j) && scan.may_be(j, Classes::WEEKDAY) || j > 0 && scan.form(j - 1) == "غير" {
            return None;
        }
        // لست خبيرا, لكونه نائبا: it is what somebody is or is not; a subject has such an ending only after أن and its like.
        let like_that = |t: usize| that(scan.form(t)) || matches!(scan.bare(t), "لكن" | "لان" | "لعل");
        if j > 0 && scan.is_word(j - 1) && scan.form(j).ends_with('ا') && !like_that(j - 1) {
            return None;
        }
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
                    if let Some(at) = self.resolved.mention_at(last + 1)
                        && matches!(self.resolved.identities[at], Identity::Person { .. } | Identity::Known(_))
                        && self.resolved.actors[self.resolved.mentions[at].actor as usize].kind == ActorKind::Person
                        && scan
                            .longest(j, |m| matches!(m.entry, Entry::Source(s) if scan.lexicon.sources[s as usize].class != "source").then_some(()))
                            .is_some()
                    {
                        return Some(named(self.resolved.mentions[at].span, self.resolved.mentions[at].actor));
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
            if !scan.is_word(last) && scan.kind(last) != TokenKind::Number {
                break;
            }
            if that(scan.form(last))
                || matches!(scan.form(last), "فان" | "فانه" | "فقد")
                || !scan.has_article(last) && (self.cue(last).is_some() || last >= m.last as usize && (self.past_verb(last) || self.present_verb(last)))
            {
                break;
            }
            if matches!(scan.form(last), "قد" | "ذلك" | "قوله" | "قولها" | "قولهم") {
                break;
            }
            // انتقدت صحف تونسية زيارة الوزير: what they did something to.
            let done = last > m.last as usize && scan.verbs(last).any(|v| v.reading.tense == Tense::Masdar && v.word.offset == 0);
            if done && !scan.particle(last - 1) && (scan.has_article(last - 1) || scan.form(last - 1).ends_with(['ي', 'ه', 'ن'])) && scan.is_word(last - 1) {
                break;
            }
            if matches!(scan.form(last), "ل" | "لوكاله" | "لصحيفه" | "لقناه" | "امس" | "اليوم" | "خلال")
                || scan.class(last).any(Classes::WEEKDAY) && scan.has_article(last)
            {
                break;
            }
            if let Some(at) = self.resolved.mention_at(last) {
                let actor = &self.resolved.actors[self.resolved.mentions[at].actor as usize];
                if actor.kind == ActorKind::Media && self.led_by_preposition(last) {
                    break;
                }
                // دعا آخرون الحكومة إلى …: whom they called on.
                if scan.form(last - 1).ends_with("ون") && !self.led_by_preposition(last) {
                    break;
                }
                let by_name = matches!(self.resolved.mentions[at].form, MentionForm::Name | MentionForm::Titled);
                if actor.kind == ActorKind::Person
                    && by_name
                    && !self.led_by_preposition(last)
                    && !self.owns_place(j, last)
                    && !(m.last as usize..last).any(|t| scan.analyses(t).first().is_some_and(|w| w.proclitics.preposition == Some('ب')))
                    && scan.lexicon.sources[word as usize].class != "source"
                    && !matches!(scan.form(last - 1), "من" | "مكتب" | "باسم")
                {
                    return Some(named(self.resolved.mentions[at].span, self.resolved.mentions[at].actor));
                }
                last = (self.resolved.tokens[at].1 as usize).max(last + 1);
                continue;
            }
            last += 1;
        }
        while last > j + 1 && !scan.is_word(last - 1) && scan.form(last - 1) != ")" {
            last -= 1;
        }
        if last > j + 1 && matches!(scan.form(last - 1), "التي" | "الذي" | "الذين") {
            last -= 1;
        }
        // أشار المصدر إلى أن: the preposition is the verb's.
        while last > j + 1 && PREPOSITIONS.contains(&scan.form(last - 1)) {
            last -= 1;
        }
        let one = !["ون", "ين", "ات"].iter().any(|plural| scan.form(j).ends_with(plural)) && scan.lexicon.sources[word as usize].class != "source";
        if let Some(speaker) = self.outlet_of(j, last) {
            return Some(speaker);
        }
        if one && !m.word.form.article() && self.of_office(j, last) {
            return Some(self.by_role(j, last));
        }
        if one && self.ends_with_name(j, last) {
            return Some(self.unlisted(j, last));
        }
        if one
            && scan.is_comma(last)
            && let Some(end) = self.name_after_comma(last + 1)
        {
            return Some(self.unlisted(j, end));
        }
        let span = scan.span(j, last);
        let side = self.mentions_between(j + 1, last).next().map(|m| self.resolved.mentions[m].actor);
        let SourceWord { ar, class, en } = scan.lexicon.sources[word as usize];
        let key = fold(ar).trim_start_matches("ال").split(' ').next().unwrap_or_default().to_owned();
        if en.contains(SPOKESMAN)
            && let Some(speaker) = self.spokesman_of(j, last)
        {
            self.sources.insert(key, speaker);
            return Some(speaker);
        }
        // ولم يستبعد الدبلوماسي أن …: who spoke last, if no such source was described before.
        // الوزير اليمني, النائب نفسه, الخبير البيئي
        let alone = (j + 1..last).all(|t| scan.has_article(t) || matches!(scan.form(t), "نفسه" | "نفسها" | "ذاته" | "ذاتها"));
        if m.word.form.article()
            && alone
            && (matches!(class, "official" | "expert" | "activist" | "member") || matches!(scan.bare(j).trim_start_matches("ال"), "كاتب" | "كاتبه"))
            && !["ون", "ين", "ات"].iter().any(|plural| scan.form(j).ends_with(plural))
            && !self.sources.contains_key(&key)
            && let Some(speaker) = self.last.filter(|s| s.named && s.actor.is_some_and(|a| self.resolved.actors[a as usize].kind == ActorKind::Person))
        {
            return Some(Speaker { span: Some(span), ..speaker });
        }
        let earlier = m.word.form.article().then(|| self.sources.get(&key).copied()).flatten();
        let speaker = match earlier {
            Some(s) => Speaker { span: Some(span), ..s },
            None => Speaker { actor: None, span: Some(span), named: false, described: Some(span), class, side },
        };
        if earlier.is_none() {
            self.sources.insert(key, speaker);
        }
        Some(speaker)
    }

    /// Whether the name at `last` says whose that is where the source at `first` works: مسؤول في مقر حكومة فلان.
    fn owns_place(&self, first: usize, last: usize) -> bool {
        let scan = self.scan;
        let closed = scan.has_article(last - 1) || scan.nisba_at(last - 1).is_some() || self.placed(last - 1) || self.named_token(last - 1);
        scan.is_word(last - 1) && !closed && !scan.has_article(first) && (first + 1..last - 1).any(|t| matches!(scan.form(t), "في" | "لدي" | "من" | "ضمن"))
    }

    /// The body for which the spokesman of tokens `first..last` speaks: متحدث باسم الصندوق.
    fn spokesman_of(&self, first: usize, last: usize) -> Option<Speaker> {
        let scan = self.scan;
        let m = self.mentions_between(first + 1, last).find(|&m| !self.resolved.nested[m])?;
        let actor = self.resolved.mentions[m].actor;
        let in_name = (first..self.resolved.tokens[m].0 as usize).any(|t| matches!(scan.form(t), "باسم" | "بلسان"));
        let body = self.resolved.actors[actor as usize].kind != ActorKind::Person;
        (in_name && body).then(|| named(scan.span(first, last), actor))
    }

    /// Whether token `j` can only be a verb in the past.
    pub(super) fn past_verb(&self, j: usize) -> bool {
        self.scan.name_kind(j).is_none()
            && !self.named_token(j)
            && self.scan.verbs(j).next().is_some_and(|v| v.reading.tense == Tense::Perfect && !v.reading.also_noun && v.word.proclitics.preposition.is_none())
    }

    /// Whether token `j` can hardly be anything but a verb in the present, right after a noun with its article: الخبراء يتوقع.
    fn present_verb(&self, j: usize) -> bool {
        let form = self.scan.form(j);
        let long = form.chars().count();
        let present = form.starts_with('ي') && long >= 4 && self.scan.has_article(j - 1) || form.starts_with("سي") && long >= 5;
        present && self.scan.name_kind(j).is_none() && !self.named_token(j)
    }

    /// The outlet that the words were said to, between tokens `from` and `to`, or just after them.
    pub(super) fn told_to(&self, from: usize, to: usize, after: usize, words_end: usize, speaker: &Speaker) -> Option<ActorIx> {
        let pick = |a: usize, b: usize| {
            let at = self.resolved.tokens.partition_point(|t| (t.0 as usize) < a);
            self.resolved.tokens[at..].iter().zip(&self.resolved.mentions[at..]).take_while(|(t, _)| (t.0 as usize) < b).find_map(|(t, m)| {
                let media = self.resolved.actors[m.actor as usize].kind == ActorKind::Media && Some(m.actor) != speaker.actor;
                let to_it = self.scan.at(t.0 as usize).iter().any(|p| p.word.proclitics.preposition == Some('ل'));
                (media && (to_it || self.led_by_preposition(t.0 as usize))).then_some(m.actor)
            })
        };
        pick(from, to).or_else(|| pick(words_end, after))
    }
}

/// A source with a name.
pub(super) fn named(span: Span, actor: ActorIx) -> Speaker {
    Speaker { actor: Some(actor), span: Some(span), named: true, described: None, class: "", side: None }
}
