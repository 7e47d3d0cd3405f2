//! Where a cue's words are: a quotation, a clause after أن or a colon, or a noun.

use super::{Finder, LONGEST, REACH, Words, is_stop, that};
use majlis_lexicon::{Classes, Cue, CueClass, Entry, PhraseClass, Takes, Tense};
use majlis_text::TokenKind;
use majlis_text::clitic::Proclitics;

/// The longest name in quotation marks after a head noun, in tokens.
const LONGEST_NAME: u32 = 9;

impl Finder<'_, '_> {
    /// The words that the cue at `i` brings in, looked for up to the paragraph's end.
    pub(super) fn words(&self, i: usize, cue: &Cue, end: usize) -> Option<Words> {
        let scan = self.scan;
        let limit = (i + REACH).min(end);
        let mut j = i + 1;
        let mut depth = 0usize;
        while j < limit {
            let form = scan.form(j);
            if scan.is_word(j) {
                // دعا إلى مضاعفة الجهود التي تهدف إلى أن …: what he called for is a noun.
                if cue.class == CueClass::Demand && cue.takes.an_after.contains(&form) && !that(scan.form(j + 1)) {
                    return self.noun_clause(i, cue, end);
                }
                // أعلن عن قرار … الذي يطمح الاتحاد أن …: what he announced is a noun.
                if matches!(cue.class, CueClass::Announce | CueClass::Reveal) && form == "عن" && cue.takes.after.contains(&form) && self.event_noun(j + 1) {
                    return self.noun_clause(i, cue, end);
                }
                // شدد على أهمية الحوار بين «…» و«…»: he stressed a noun; the quotation is part of it.
                if cue.class != CueClass::Demand && cue.takes.after.contains(&form) && self.event_noun(j + 1) && !self.comes_yet(j + 1, limit) {
                    return self.noun_clause(i, cue, end);
                }
                if depth == 0 && that(form) && self.takes_that(i, j, cue) {
                    // إلا أن, حتى وإن: a clause of another kind.
                    if self.other_that(j) {
                        return self.noun_clause(i, cue, end);
                    }
                    return self.clause(j + 1, end, "statement/that");
                }
                // قال فلان، الذي يرجح أن …، إن: past a clause that tells of him.
                if depth == 0
                    && scan.is_comma(j - 1)
                    && scan.class(j).any(Classes::REL)
                    && let Some(comma) = (j + 1..limit.min(j + 20)).take_while(|&t| !is_stop(scan, t)).find(|&t| scan.is_comma(t))
                    && matches!(scan.form(comma + 1), "ان" | "بان" | "الي" | "علي")
                {
                    j = comma;
                    continue;
                }
                if j > i + 1 && self.other_cue(j) {
                    return self.noun_clause(i, cue, end);
                }
            } else {
                match form {
                    // تحت عنوان: «…»: what a thing is called is not said.
                    ":" if is_naming(scan.bare(j - 1)) => {}
                    ":" if scan.kind(j - 1) != TokenKind::Number => {
                        let next = j + 1;
                        if let Some(q) = self.scan.quote_opened(next) {
                            return Some(self.trim_open(Words::quotation(q, "statement/colon-quotation"), end));
                        }
                        if next < end {
                            return self.clause(next, end, "statement/colon");
                        }
                        return None;
                    }
                    "(" | "[" => depth += 1,
                    ")" | "]" => depth = depth.saturating_sub(1),
                    // Initials: (د.ب.أ)
                    "." if !self.ends_sentence(j) => {}
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
                            let called = scan.before_quotes(j).map(|b| if scan.form(b) == ":" { b.saturating_sub(1) } else { b });
                            let title = called.is_some_and(|b| is_naming(scan.bare(b)));
                            // محطة «…», منظمة «…»: a name.
                            let named = |b: usize| {
                                !scan.has_article(b)
                                    && !scan.form(b).ends_with("ون")
                                    && scan.at(b).iter().any(|m| m.last as usize == b + 1 && matches!(m.entry, Entry::Head(_)))
                            };
                            let title = title || scan.before_quotes(j).is_some_and(named) && q.last - q.first < LONGEST_NAME;
                            if long && own_name.is_none() && !a_name && !title && cue.takes.quote {
                                return Some(self.trim_open(Words::quotation(q, "statement/quotation"), end));
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

    /// Whether the words are still to come after the noun at `j`: عن أمله في أن, على كذا: «…», في كذا قائلا.
    fn comes_yet(&self, j: usize, limit: usize) -> bool {
        let scan = self.scan;
        let told = |t: usize| {
            scan.form(t) == ":"
                || scan.is_comma(t - 1) && scan.is_quote_mark(t)
                || t < j + 5 && that(scan.form(t))
                || scan.cue(t).is_some_and(|v| v.reading.tense == Tense::Participle) && self.brings_words(t)
        };
        (j..limit).take_while(|&t| !is_stop(scan, t)).any(told)
    }

    /// Whether أن at `j` may bring in the words of the cue at `i`: a verb of thought has it near, and so has one whose أن wants a preposition that is
    /// not there, unless it cannot but report.
    fn takes_that(&self, i: usize, j: usize, cue: &Cue) -> bool {
        let led = |p: &&str| match *p {
            "" => false,
            "ب" => self.scan.form(j).starts_with('ب'),
            p => self.scan.form(j - 1) == p,
        };
        let (gap, reports) = (j - i, matches!(cue.class, CueClass::Say | CueClass::Add | CueClass::Assert));
        let near = cue.class != CueClass::Think || gap <= 24;
        cue.takes.an && near && (gap <= 6 || reports || cue.takes.an_after[0].is_empty() || cue.takes.an_after.iter().any(led))
    }

    /// Whether أن at `j` belongs to a conjunction (إلا أن, رغم أن, إما أن) or goes on with an earlier clause (وأن).
    fn other_that(&self, j: usize) -> bool {
        let before = self.scan.form(j - 1);
        let before = before.strip_prefix('و').filter(|rest| matches!(*rest, "بعد" | "قبل" | "منذ" | "رغم" | "مع")).unwrap_or(before);
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
                    | "دون"
                    | "بدون"
                    | "سبق"
                    | "خصوصا"
                    | "خاصه"
                    | "شانها"
                    | "شانه"
                    | "لا"
                    | "سوي"
                    | "باعتبار"
                    | "يمكن"
                    | "يجب"
                    | "ينبغي"
                    | "الممكن"
                    | "المحتمل"
                    | "المفترض"
                    | "المقرر"
                    | "المتوقع"
                    | "المرجح"
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

    /// Words that nothing brings in, right after وقال or وأضاف: وأضاف لدينا أسرى.
    pub(super) fn unmarked(&self, i: usize, cue: &Cue, end: usize) -> Option<Words> {
        let scan = self.scan;
        let next = i + 1;
        let says = matches!(cue.class, CueClass::Say | CueClass::Add) && cue.takes.quote && cue.takes.an;
        let perfect = says && scan.cue(i).is_some_and(|v| v.reading.tense == Tense::Perfect && v.word.proclitics.conjunction.is_some());
        let opens = perfect
            && self.cue(next).is_none()
            && (scan.finite_verb(next) && scan.name_kind(next).is_none() || matches!(scan.form(next), "لدينا" | "نحن" | "هناك" | "ليس"));
        if opens { self.clause(next, end, "statement/unmarked") } else { None }
    }

    /// The reported clause that begins at `first`.
    pub(super) fn clause(&self, first: usize, end: usize, rule: &'static str) -> Option<Words> {
        let mut first = first;
        while first < end && (self.scan.form(first) == ":" || self.scan.is_comma(first) || self.scan.form(first) == "ان") {
            first += 1;
        }
        if let Some(q) = self.scan.quote_opened(first)
            && (q.last - q.first) >= 3
        {
            return Some(self.trim_open(Words::quotation(q, "statement/that-quotation"), end));
        }
        let last = self.clause_end(first, end, false);
        (last > first + 1).then(|| Words::indirect(first, last, rule))
    }

    /// Where the clause that begins at `first` ends; inside a quotation (`quoted`) no other is looked for.
    pub(super) fn clause_end(&self, first: usize, end: usize, quoted: bool) -> usize {
        let scan = self.scan;
        let mut j = first;
        let end = end.min(first + LONGEST);
        while j < end {
            if !quoted && let Some(q) = self.scan.quote_opened(j) {
                j = if q.closed { (q.last as usize + 1).min(end) } else { self.clause_end(q.first as usize, (q.last as usize).min(end), true) };
                // A sentence that ends inside the quotation ends with it.
                if !q.closed || is_stop(scan, q.last as usize - 1) {
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
            && (!matches!(scan.kind(j - 1), TokenKind::Word | TokenKind::Number) && !self.closing(j - 1)
                || matches!(scan.form(j - 1), "وفيما" | "فيما" | "لكن" | "كما" | "و" | "بينما" | "وقد" | "ثم" | "حيث" | "لكنه" | "ولكن"))
        {
            j -= 1;
        }
        j
    }

    /// Whether a mark at the end belongs to the words.
    pub(super) fn closing(&self, i: usize) -> bool {
        matches!(self.scan.form(i), ")" | "]" | "\"" | "»" | "”" | "%")
    }

    /// Whether the stop at token `i` is no dot of initials.
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
        let after_mark = !scan.is_word(j - 1) && !matches!(scan.form(j - 1), ")" | "]");
        if self.comments(j, after_mark) {
            return true;
        }
        if after_mark && matches!(scan.form(j), "وكان" | "وكانت" | "وقد") && self.reports_soon(j) {
            return true;
        }
        if self.turns(j, after_mark) {
            return true;
        }
        if let Some((verb, cue)) = self.cue(j) {
            match verb.reading.tense {
                Tense::Participle if (verb.word.proclitics == Proclitics::default() || verb.word.proclitics.conjunction.is_some()) => {
                    return after_mark || self.brings_words(j) || self.stresses(j, cue);
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
                    // …، وتساءل: «…»
                    if after_mark && scan.form(j + 1) == ":" {
                        return true;
                    }
                    if after_mark && cue.class == CueClass::Think && verb.reading.tense == Tense::Perfect && (that(scan.form(j + 1)) || that(scan.form(j + 2)))
                    {
                        return true;
                    }
                    let said = after_mark && cue.class == CueClass::Say;
                    // …، ودعا إلى حوار: the speaker's next act, not his words.
                    let judges = cue.class == CueClass::Think && cue.takes.object;
                    let acts = after_mark
                        && verb.reading.tense == Tense::Perfect
                        && (judges || matches!(cue.class, CueClass::Demand | CueClass::Accuse | CueClass::Warn));
                    if (strong || judges) && j > first + 1 && (said || acts || verb.reading.tense == Tense::Perfect && self.brings_words(j)) {
                        return true;
                    }
                }
                // …، أكد الناشط فلان صحة الخبر: another begins to speak.
                Tense::Perfect if after_mark && matches!(cue.class, CueClass::Assert | CueClass::Announce | CueClass::Deny | CueClass::Reveal) => {
                    return self.resolved.mention_at(j + 1).is_some() || self.source_end(j + 1, j + 2).is_some();
                }
                Tense::Perfect if after_mark && matches!(cue.class, CueClass::Say | CueClass::Add) => return cue.takes.quote || self.brings_words(j),
                // وبعدما حذر من أن …، اعتبر فلان أن …
                Tense::Perfect if after_mark && self.resolved.mention_at(j + 1).is_some() && !scan.may_be(first, Classes::PREP.with(Classes::TIME)) => {
                    return self.brings_words(j);
                }
                Tense::Imperfect if matches!(scan.form(j - 1), "فيما" | "بينما") && cue.class == CueClass::Say && self.brings_words(j) => return true,
                Tense::Perfect if matches!(scan.form(j - 1), "فيما" | "وفيما" | "بينما" | "وكان" | "كما" | "وقد" | "فقد") && self.brings_words(j) =>
                {
                    return true;
                }
                _ => {}
            }
        }
        if after_mark && let Some((end, class)) = self.phrase(j) {
            // إن البلاد، وفقا للمعلومات المتاحة، لديها …: between commas it ends nothing.
            let between =
                scan.is_comma(j - 1) && (end..end + 8).take_while(|&t| scan.is_word(t) || scan.is_quote_mark(t)).last().is_some_and(|t| scan.is_comma(t + 1));
            return matches!(class, PhraseClass::According | PhraseClass::Itself) && !between;
        }
        scan.form(j) == "علي" && scan.form(j + 1) == "حد" && matches!(scan.form(j + 2), "قوله" | "تعبيره" | "قولها" | "تعبيرها" | "وصفه")
    }

    /// Whether the participle at `j` goes on with a noun, no mark before it: … مشددا على ضرورة الحوار.
    fn stresses(&self, j: usize, cue: &Cue) -> bool {
        let circumstance = self.scan.form(j).ends_with('ا') && !matches!(self.scan.form(j - 1), "كان" | "كانت" | "ليس" | "زال" | "يزال" | "بات" | "ظل");
        circumstance && matches!(cue.class, CueClass::Say | CueClass::Assert) && cue.takes.after.contains(&self.scan.form(j + 1))
    }

    /// Whether the speech turns at `j` to more of the speaker's words or another's: لكنه أضاف أن, إلا أنه كشف عن, لكن فلانا قال إن, التي قال إنها,
    /// حيث قال الأطباء إن.
    fn turns(&self, j: usize, after_mark: bool) -> bool {
        let scan = self.scan;
        let at = match scan.form(j) {
            "لكنه" | "لكنها" | "لكنهم" | "ولكنه" | "ولكنها" | "ولكنهم" => j + 1,
            "الا" if matches!(scan.form(j + 1), "انه" | "انها" | "انهم") => j + 2,
            "لكن" | "ولكن" => self.resolved.mention_at(j + 1).map_or(j + 1, |m| self.resolved.tokens[m].1 as usize),
            "حيث" if after_mark => j + 1,
            _ if after_mark && scan.class(j).any(Classes::REL) && that(scan.form(j + 2)) => j + 1,
            _ => return false,
        };
        let at = at + usize::from(scan.form(at) == "قد");
        self.cue(at).is_some_and(|(verb, cue)| {
            let brings = cue.takes.an && self.brings_words(at) || cue.takes.after.contains(&scan.form(at + 1));
            verb.reading.tense == Tense::Perfect && !verb.reading.first_person && cue.class != CueClass::Think && brings
        })
    }

    /// Whether the writer's own comment begins at `j`: في إشارة إلى, الأمر الذي.
    fn comments(&self, j: usize, after_mark: bool) -> bool {
        match (self.scan.form(j), self.scan.form(j + 1)) {
            ("كما", _) => !that(self.scan.form(j + 1)) && self.scan.verbs(j + 1).any(|v| v.reading.tense == Tense::Perfect) && self.scan.finite_verb(j + 1),
            ("في", "اشاره") => self.scan.form(j + 2) == "الي",
            ("وذلك", "في") => after_mark || self.scan.form(j + 2) == "اشاره",
            ("وذلك", "بعد" | "قبل" | "خلال" | "عقب" | "اثر" | "علي") => after_mark,
            ("فيما", "يتعلق" | "يخص" | "يبدو" | "لو" | "اذا" | "بعد" | "بين") => false,
            ("الامر", "الذي") | ("فيما" | "وفيما", _) => after_mark,
            ("في", "حين" | "وقت" | "الوقت") | ("بينما" | "وبينما", _) => {
                after_mark && (self.reports_soon(j) || self.scan.form(j).ends_with("بينما") && self.past_verb(j + 1))
            }
            _ => false,
        }
    }

    /// Whether somebody's speech is told in the clause that begins at `j`: بينما أعلن فلان أن ….
    fn reports_soon(&self, j: usize) -> bool {
        (j + 1..(j + 8).min(self.scan.len())).take_while(|&t| self.scan.is_word(t)).any(|t| self.cue(t).is_some_and(|(v, _)| v.reading.tense == Tense::Perfect))
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

    /// Whether another reporting verb stands at `j`, so that what follows is not the words of the verb before it.
    fn other_cue(&self, j: usize) -> bool {
        let Some((verb, cue)) = self.cue(j) else { return false };
        match verb.reading.tense {
            Tense::Participle => self.brings_words(j),
            Tense::Perfect => {
                // الذي عاد من زيارة بأن …: he adds nothing.
                let reports = (cue.class != CueClass::Add || cue.takes.an)
                    && matches!(cue.class, CueClass::Say | CueClass::Add | CueClass::Assert | CueClass::Announce | CueClass::Reveal | CueClass::Report);
                // …، وتوقعت المصادر أن
                let thinks = cue.class == CueClass::Think && verb.word.proclitics.conjunction.is_some() && self.scan.is_comma(j - 1);
                (reports || thinks) && self.brings_words(j) && !self.named_token(j)
            }
            Tense::Imperfect => verb.word.proclitics.conjunction.is_some() && cue.class == CueClass::Say && self.brings_words(j),
            Tense::Masdar => false,
        }
    }

    /// Words brought in without أن: أفادت مصادر بمقتل …, اتهم فلانا بمواصلة …, كشف عن إصدار …, أعلن فلان استعداد ….
    fn noun_clause(&self, i: usize, cue: &Cue, end: usize) -> Option<Words> {
        let participle = self.scan.cue(i).is_some_and(|v| v.reading.tense == Tense::Participle);
        let scan = self.scan;
        let Takes { b, noun, after, object, .. } = cue.takes;
        // مؤكدا ضرورة …, الذي أكد مطلب …, والوزير يؤكد أهمية …: the words follow at once.
        // وأكد ضرورة …, كما توقعت نمو …: so they do after a verb that goes on with who spoke before.
        let goes_on =
            scan.cue(i).is_some_and(|v| v.reading.tense == Tense::Perfect && (v.word.proclitics.conjunction.is_some() || i > 0 && scan.form(i - 1) == "كما"));
        let at_once = participle || goes_on || i > 0 && (scan.class(i - 1).any(Classes::REL) || self.named_token(i - 1));
        // وكانت الحكومة أعلنت، في وقت سابق، رفضها …: the subject stands before.
        let before = i > 0 && (self.named_token(i - 1) || scan.form(i - 1) == "قد");
        // واعتبر الوزير القرار خطأ: the object stands right after the subject.
        let subject_end = self.resolved.mention_at(i + 1).map(|m| self.resolved.tokens[m].1 as usize);
        // كشف فلان، المدير التنفيذي للحركة، عن …: a preposition may stand far from the verb.
        let (near, limit) = (i + 16, (i + 26).min(end));
        let mut j = i + 1;
        while j < limit {
            let form = scan.form(j);
            if j >= near && !(after.contains(&form) && scan.is_comma(j - 1)) {
                j += 1;
                continue;
            }
            if !scan.is_word(j) {
                if matches!(form, "." | ":" | "!" | "؟") {
                    return None;
                }
                j += 1;
                continue;
            }
            if self.named_token(j) && !(object && subject_end == Some(j)) {
                j += 1;
                continue;
            }
            // وصف العفو بـ«الخطوة الجيدة»: what it is called is said of it.
            if cue.class == CueClass::Describe
                && form == "ب"
                && let Some(q) = scan.quote_opened(j + 1).filter(|q| q.closed)
            {
                return Some(Words::quotation(q, "statement/described"));
            }
            let charge = cue.class == CueClass::Accuse && scan.analyses(j).iter().any(|w| w.proclitics.preposition == Some('ب'));
            if b && form.starts_with('ب') && (charge || self.event_noun(j)) {
                return self.noun_words(j, end, "statement/by-noun");
            }
            // شدد من إجراءاته: it is done, not said.
            if form == "من" && j == i + 1 && !after.contains(&form) && !self.named_token(j + 1) {
                return None;
            }
            if after.contains(&form) && self.ties_again(j, limit) {
                j += 1;
                continue;
            }
            if after.contains(&form) && scan.form(j + 1) != "ذلك" && (scan.is_word(j + 1) || scan.is_quote_mark(j + 1)) && !that(scan.form(j + 1)) {
                if cue.class == CueClass::Announce && self.own_noun(j + 1) {
                    return None;
                }
                // شدد على … قائلا: the words are still to come.
                return self.noun_words(j + 1, end, "statement/preposition-noun").filter(|w| !scan.form(w.last).starts_with("قاءل"));
            }
            // يعتبر فلان برغماتيا: it is he who is held to be so.
            let thing = scan.has_article(j) || scan.class(j).any(Classes::DEM);
            if object && subject_end == Some(j) && thing && !scan.particle(j) && !scan.finite_verb(j) && !self.led_by_preposition(j) {
                return self.noun_words(j, end, "statement/object");
            }
            // أعلن استعداده, أعلن عن عزمه: what he will do himself is no news that he tells.
            let own = cue.class == CueClass::Announce && self.own_noun(j);
            if noun
                && !own
                && (self.event_noun(j) || participle && j == i + 1 && form != "فقد" && scan.class(j).any(Classes::COMMON) && !scan.finite_verb(j))
                && !scan.has_article(j)
                && !self.led_by_preposition(j)
                && matches!(cue.class, CueClass::Announce | CueClass::Deny | CueClass::Assert | CueClass::Think)
                && !matches!(form, "هدنه" | "وقف" | "وقفا" | "اتفاق" | "اتفاقا" | "حاله" | "حظر")
                && if j == i + 1 { at_once } else { self.after_named(i, j) || before && scan.is_comma(j - 1) }
            {
                return self.noun_words(j, end, "statement/bare-noun");
            }
            j += 1;
        }
        None
    }

    /// Whether the preposition at `j` belongs to who speaks, and comes again with what is said: أعلنت هيئة الدفاع عن المتهم عن تقديم طعن.
    fn ties_again(&self, j: usize, limit: usize) -> bool {
        let scan = self.scan;
        let noun =
            |t: usize| scan.verbs(t).any(|v| v.reading.tense == Tense::Masdar) || scan.verb_with_pronoun(t).is_some_and(|v| v.reading.tense == Tense::Masdar);
        let again = (j + 1..limit).take_while(|&t| !scan.is_comma(t)).any(|t| scan.form(t) == scan.form(j));
        noun(j - 1) && !self.event_noun(j + 1) && again
    }

    /// Whether token `j` lies in a mention.
    pub(super) fn named_token(&self, j: usize) -> bool {
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) <= j);
        (at.saturating_sub(3)..at).any(|m| (tokens[m].1 as usize) > j)
    }

    /// Whether a mention or source stands between the cue and `j`, and `j` does not complete the noun before it.
    fn after_named(&self, i: usize, j: usize) -> bool {
        let tokens = &self.resolved.tokens;
        let at = tokens.partition_point(|t| (t.0 as usize) <= i);
        let named = tokens.get(at).is_some_and(|t| (t.0 as usize) < j && (t.1 as usize) <= j);
        let loose = self.named_token(j - 1)
            || j > 1 && self.scan.has_article(j - 1) && self.named_token(j - 2)
            || !self.scan.is_word(j - 1)
            || self.scan.class(j - 1).any(Classes::TIME.with(Classes::WEEKDAY).with(Classes::UNIT));
        // أكد الجانبان رفضهما: a noun with its article is the subject, and what is his own follows.
        let theirs = j == i + 2 && self.scan.has_article(i + 1) && self.own_noun(j);
        // أكدت مصادر طبية في عدن ارتفاع …
        // مصادر يمنية
        let there = |end: usize| {
            end == j
                || end + 1 == j && !self.scan.has_article(end) && self.scan.form(end).ends_with(['ي', 'ه'])
                || end + 2 == j && matches!(self.scan.form(end), "في" | "من" | "لدي")
        };
        (named && loose) || theirs || self.source_end(i + 1, j).is_some_and(there)
    }

    /// Whether token `j` is a verbal or event noun, a preposition aside.
    pub(super) fn event_noun(&self, j: usize) -> bool {
        let scan = self.scan;
        if !scan.is_word(j) {
            return false;
        }
        let listed = scan.verbs(j).any(|v| v.reading.tense == Tense::Masdar && v.word.proclitics.article == v.word.form.article())
            || self.own_noun(j)
            || scan.at(j).iter().any(|m| matches!(m.entry, Entry::Predicate { tense: Tense::Masdar, .. }));
        listed || scan.class(j).any(Classes::DEMAND) || scan.may_be(j, Classes::TOLD) || scan.bare(j) == "انه"
    }

    /// Whether token `j` is a verbal noun with a pronoun: رفضهما, تأكيده.
    pub(super) fn own_noun(&self, j: usize) -> bool {
        self.scan.verb_with_pronoun(j).is_some_and(|v| v.reading.tense == Tense::Masdar || v.reading.also_noun)
    }

    /// The words that begin at a noun.
    fn noun_words(&self, first: usize, end: usize, rule: &'static str) -> Option<Words> {
        let last = self.clause_end(first, end, false);
        // أعلن استعداد البرلمان لدعم الحكومة، وعقد اجتماعا: a noun phrase ends where a verb goes on after it.
        let next = (first + 3..last).find(|&t| self.scan.is_comma(t - 1) && self.goes_on(t)).map_or(last, |t| t - 1);
        (next > first + 2).then(|| Words::indirect(first, next, rule))
    }

    /// Whether token `t` is و and a verb in the past.
    fn goes_on(&self, t: usize) -> bool {
        !self.named_token(t)
            && self.scan.verbs(t).any(|v| {
                v.reading.tense == Tense::Perfect && !v.reading.also_noun && v.word.proclitics.conjunction.is_some() && v.word.proclitics.preposition.is_none()
            })
    }
}

/// Whether a word brings in what a thing is called: تحت عنوان: «…».
fn is_naming(word: &str) -> bool {
    matches!(word, "عنوان" | "بعنوان" | "اسم" | "باسم" | "شعار")
}
