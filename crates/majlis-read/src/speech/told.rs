//! Speakers whom no mention names: persons of whom the lexicon knows nothing, and words that stand for who spoke before.

use super::{Finder, that};
use crate::persons::Strength;
use crate::reading::{ActorIx, Mention, MentionForm, Speaker, Why};
use majlis_lexicon::{ActorKind, Classes, CueClass, Entry, Tense, TitleClass};

impl Finder<'_, '_> {
    /// The end of a name that no mention has right after a reporting verb at `i`, where what he is follows, or his words: قال دليل آمد، عضو …;
    /// وقال ديف وايد أمين عام ….
    pub(super) fn unlisted_name(&self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let first = i + 1;
        if !scan.is_word(first) || scan.has_article(first) || !self.may_be_given(first) {
            return None;
        }
        let end = self.name_end(first)?;
        let described = self.describes(end) || scan.is_comma(end) && self.describes(end + 1);
        let sure = scan.strength(first, true) >= Strength::Unknown && !scan.class(first).any(Classes::COMMON);
        let closed = scan.is_comma(end) || that(scan.form(end)) || scan.form(end) == ":" || scan.quote_opened(end).is_some();
        (described || sure && closed).then_some(end)
    }

    /// The end of a name between a description's comma and the next, or أن: نائب البرلمان، ألكسندر نوي، …
    pub(super) fn name_after_comma(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let title = scan.at(at).iter().filter(|m| matches!(m.entry, Entry::Title(_)) && m.word.offset == 0).map(|m| m.last as usize).max();
        let first = title.unwrap_or(at);
        let sure = scan.is_word(first) && !scan.has_article(first) && self.may_be_given(first) && !scan.class(first).any(Classes::COMMON);
        let end = self.name_end(first).filter(|_| sure)?;
        let closed = scan.is_comma(end) || that(scan.form(end)) || scan.form(end) == ":";
        (closed && scan.strength(first, true) >= Strength::Unknown).then_some(end)
    }

    /// Whether the description of tokens `first..last` ends with a person's name: المتحدث باسم القوات ناصر الحاسي.
    pub(super) fn ends_with_name(&self, first: usize, last: usize) -> bool {
        let scan = self.scan;
        if last < first + 3 {
            return false;
        }
        let (a, b) = (last - 2, last - 1);
        let part = |t: usize| {
            let sure = scan.name_kind(t).is_some() || !scan.class(t).any(Classes::COMMON) && !scan.finite_verb(t);
            scan.strength(t, true) >= Strength::Unknown && sure && scan.nisba_at(t).is_none() && !self.placed(t) && !self.named_token(t)
        };
        // المقدم علي آل جرمان: after a rank.
        let ranked = (first + 1..last - 1).any(|t| {
            scan.at(t).iter().any(|m| {
                let rank = matches!(m.entry, Entry::Title(t) if matches!(scan.lexicon.titles[t as usize].class, TitleClass::Rank | TitleClass::Honorific));
                rank && m.word.offset == 0
                    && m.word.form.article()
                    && (m.last as usize) < last
                    && last - m.last as usize <= 4
                    && (self.may_be_given(m.last as usize) || scan.name_part(m.last as usize, true).is_some())
            })
        });
        if ranked {
            return true;
        }
        let led =
            scan.may_be(a - 1, Classes::PREP) || scan.at(a - 1).iter().any(|m| matches!(m.entry, Entry::PlaceType(_) | Entry::Head(_) | Entry::Organ { .. }));
        part(a) && !scan.has_article(a) && part(b) && !led
    }

    /// Whether token `t` may be a given name: no title, body or noun of an act, no plural.
    fn may_be_given(&self, t: usize) -> bool {
        let scan = self.scan;
        const NEVER: Classes = Classes::STOP.with(Classes::QUANT).with(Classes::NUMBER).with(Classes::TIME).with(Classes::WEEKDAY).with(Classes::DEM);
        let form = scan.form(t);
        let other = |m: &crate::scan::Match| {
            matches!(
                m.entry,
                Entry::Source(_)
                    | Entry::Head(_)
                    | Entry::Office { .. }
                    | Entry::Title(_)
                    | Entry::Organ { .. }
                    | Entry::PlaceType(_)
                    | Entry::Actor { .. }
                    | Entry::State { .. }
                    | Entry::Nisba { .. }
                    | Entry::Phrase(_)
            )
        };
        !scan.particle(t)
            && !scan.class(t).any(NEVER)
            && !form.ends_with("ون")
            && !form.ends_with("ات")
            && !form.ends_with('ه')
            && !scan.accusative(t)
            && !scan.at(t).iter().any(other)
            && !scan.verbs(t).any(|v| v.reading.tense == Tense::Masdar)
            && scan.analyses(t).first().is_none_or(|w| w.proclitics.preposition.is_none())
    }

    /// The end of a name that begins at `first`: its second word a name or in no lexicon, or any noun before what he is.
    fn name_end(&self, first: usize) -> Option<usize> {
        let scan = self.scan;
        let given = scan.name_part(first, true).filter(|(_, s)| *s >= Strength::Unknown);
        let start = given.map_or(first + 1, |(end, _)| end);
        let mut end = start;
        while end < start + 4 && self.may_go_on_name(end) {
            let part = scan.name_part(end, true).filter(|(_, s)| *s >= Strength::Unknown).map(|(e, _)| e);
            let unknown = scan.analyses(end).first().is_none() && scan.form(end).chars().count() > 2;
            let common = scan.class(end).any(Classes::COMMON);
            // نبيل كليب طبيب …, ألكسندر نوي، …: between a given name and what he is, or a comma.
            let whole = scan.analyses(end).first().is_none_or(|w| w.offset == 0) && given.is_some_and(|(_, s)| s == Strength::Strong);
            let closed = self.describes(end + 1) || whole && scan.is_comma(end + 1);
            let between = given.is_some() && end == start && !scan.has_article(end) && closed;
            match part {
                Some(next) if !common || between => end = next,
                _ if unknown || between => end += 1,
                _ => break,
            }
        }
        (end > start).then_some(end)
    }

    /// Whether the word at `t` may be a further part of a name.
    fn may_go_on_name(&self, t: usize) -> bool {
        let scan = self.scan;
        scan.is_word(t)
            && !scan.accusative(t)
            && !that(scan.form(t))
            && !scan.class(t).any(Classes::PREP.with(Classes::TIME).with(Classes::WEEKDAY).with(Classes::REL))
            && scan.nisba_at(t).is_none()
            && !self.describes(t)
    }

    /// Whether a place or a state is named at `t`.
    pub(super) fn placed(&self, t: usize) -> bool {
        self.scan.at(t).iter().any(|m| matches!(m.entry, Entry::Place { weak: false, .. } | Entry::State { weak: false, .. }))
    }

    /// Whether what somebody is begins at `t`: a title, an office or a word for a source.
    fn describes(&self, t: usize) -> bool {
        let plain = |m: &crate::scan::Match| m.word.offset == 0;
        self.scan.at(t).iter().any(|m| plain(m) && matches!(m.entry, Entry::Office { .. } | Entry::Title(_) | Entry::Source(_)))
            || matches!(self.scan.form(t), "عضو" | "احد" | "احدي" | "كبير" | "من")
    }

    /// The subject of the verb in the past that begins a sentence at `i`: ودان الرئيس فلان الهجوم. Who says something in the next is he.
    pub(super) fn acts(&self, i: usize) -> Option<Speaker> {
        let scan = self.scan;
        let at = i + usize::from(matches!(scan.form(i), "كما" | "وقد" | "قد" | "لقد" | "كذلك"));
        let past = scan.verbs(at).any(|v| v.reading.tense == Tense::Perfect && !v.reading.also_noun && v.word.proclitics.preposition.is_none());
        // وسئل الوزير عن …: he answers.
        let past = past || matches!(scan.form(at).trim_start_matches('و'), "سءل" | "سءلت");
        if !past || scan.cue(at).is_some() || self.named_token(at) {
            return None;
        }
        let m = self.resolved.mention_at(at + 1).filter(|_| !self.led_by_preposition(at + 1))?;
        let mention = self.resolved.mentions[m];
        let kind = self.resolved.actors[mention.actor as usize].kind;
        (kind == ActorKind::Person).then(|| super::sources::named(mention.span, mention.actor))
    }

    /// The person of whose act the relative clause at `i` tells, after its pronoun: التي وصفها فلان بالإيجابية. Who says something next is he.
    pub(super) fn acts_on_it(&self, i: usize) -> Option<Speaker> {
        let scan = self.scan;
        let past = |v: crate::scan::Verb| v.reading.tense == Tense::Perfect;
        if i == 0 || !scan.class(i - 1).any(Classes::REL) || !scan.verb_with_pronoun(i).is_some_and(past) {
            return None;
        }
        let mention = self.resolved.mentions[self.resolved.mention_at(i + 1)?];
        let person = self.resolved.actors[mention.actor as usize].kind == ActorKind::Person && !self.led_by_preposition(i + 1);
        person.then(|| super::sources::named(mention.span, mention.actor))
    }

    /// Who begins the reported clause in which the participle at `i` stands: أعلن الوزير أن رئيس المجلس دعا إلى …، موضحا أن …
    pub(super) fn of_clause(&self, i: usize) -> Option<Speaker> {
        let clause = self.said.iter().rev().take(3).find(|s| (s.first as usize) < i && i < s.last as usize)?;
        let first = clause.first as usize;
        let m = self.resolved.mention_at(first).filter(|_| !self.led_by_preposition(first))?;
        let mention = self.resolved.mentions[m];
        let person = self.resolved.actors[mention.actor as usize].kind == ActorKind::Person;
        let acts = self.scan.finite_verb(self.resolved.tokens[m].1 as usize);
        (person && acts).then(|| super::sources::named(mention.span, mention.actor))
    }

    /// Who spoke last, where what stands at `j` is only a word for him: سموه, معاليه.
    pub(super) fn honoured(&self, j: usize) -> Option<Speaker> {
        let form = self.scan.form(j);
        let stands = matches!(
            form,
            "سموه"
                | "سموها"
                | "معاليه"
                | "معاليها"
                | "جلالته"
                | "فخامته"
                | "سيادته"
                | "فضيلته"
                | "سماحته"
                | "دولته"
                | "غبطته"
        );
        let span = Some(self.scan.span(j, j + 1));
        // Whom no mention names keeps the words that tell of him.
        self.last_person().filter(|_| stands).map(|s| Speaker { span: if s.actor.is_some() { span } else { s.span }, ..s })
    }

    /// Who spoke last, where that is a person with a name.
    pub(super) fn last_person(&self) -> Option<Speaker> {
        self.last.filter(|s| s.named && s.actor.is_none_or(|a| self.resolved.actors[a as usize].kind == ActorKind::Person))
    }

    /// The outlet whose correspondent the source of tokens `first..last` is: مراسل قناة «العربية», صحافيون من وكالة الصحافة الفرنسية.
    pub(super) fn outlet_of(&self, first: usize, last: usize) -> Option<Speaker> {
        if !matches!(self.scan.bare(first), "مراسل" | "مراسله" | "مراسلو" | "مراسلون" | "صحافيون" | "صحفيون") {
            return None;
        }
        let m = self
            .mentions_between(first + 1, last + 6)
            .take_while(|&m| self.resolved.tokens[m].0 as usize <= last + 1)
            .find(|&m| self.resolved.actors[self.resolved.mentions[m].actor as usize].kind == ActorKind::Media)?;
        Some(super::sources::named(self.scan.span(first, last), self.resolved.mentions[m].actor))
    }

    /// Whether what stands at `first..last` is an office that one person has: حاكم إقليم سيبيتوكي, رئيس بلدية شيلوبي.
    pub(super) fn of_office(&self, first: usize, last: usize) -> bool {
        let scan = self.scan;
        let head = matches!(scan.form(first).trim_start_matches('و'), "حاكم" | "محافظ" | "عمده" | "والي" | "رءيس" | "سفير");
        let next = first + 1;
        head && last > next && scan.is_word(next) && !scan.particle(next) && (scan.has_article(next) || !scan.form(next).ends_with(['ي', 'ا']))
    }

    /// A source with a name of which no mention is; the actor whose name, as it was given elsewhere, ends with the same word.
    pub(super) fn unlisted(&mut self, first: usize, last: usize) -> Speaker {
        let name = self.scan.form(last - 1);
        let actor = self.surnames().get(name).copied();
        let speaker = self.by_role(first, last);
        let speaker = Speaker { actor, ..speaker };
        self.unlisted.entry(name.to_owned()).or_insert(speaker);
        speaker
    }

    /// A source that is told by what it is, and of which no mention is.
    pub(super) fn by_role(&self, first: usize, last: usize) -> Speaker {
        Speaker { actor: None, span: Some(self.scan.span(first, last)), named: true, described: None, class: "", side: None }
    }

    /// The person whom no mention names, by the last word of the name: وأوضح الكافي أن; or one called أبو …
    pub(super) fn unlisted_again(&self, first: usize, last: usize) -> Option<Speaker> {
        let span = Some(self.scan.span(first, last));
        if last == first + 1 {
            return self.unlisted.get(self.scan.form(first)).map(|s| Speaker { span, ..*s });
        }
        let kunya = last == first + 2 && matches!(self.scan.form(first), "ابو" | "ام" | "ابي");
        kunya.then(|| self.by_role(first, last))
    }

    /// جاء في البيان أن …, ورد في تقرير المنظمة: «…»: the words are of whoever wrote it. Gives their end.
    pub(super) fn stands_in(&mut self, i: usize, end: usize) -> Option<usize> {
        let scan = self.scan;
        let came = matches!(scan.form(i).trim_start_matches('و'), "جاء" | "جاءت" | "رد" | "ورد");
        if !came || scan.form(i + 1) != "في" {
            return None;
        }
        let text = i + 2;
        let written = matches!(
            scan.form(text).trim_start_matches("ال"),
            "بيان"
                | "بيانه"
                | "بيانها"
                | "تقرير"
                | "تقريره"
                | "تقريرها"
                | "نص"
                | "رساله"
                | "لاءحه"
                | "وثيقه"
                | "مقال"
                | "افتتاحيه"
                | "خبر"
                | "مذكره"
                | "كلمه"
        );
        if !written {
            return None;
        }
        let brings = (text + 1..(text + 16).min(end)).find(|&t| that(scan.form(t)) || scan.form(t) == ":" || scan.quote_opened(t).is_some())?;
        if (text..brings).any(|t| super::is_stop(scan, t)) {
            return None;
        }
        let first = brings + usize::from(scan.quote_opened(brings).is_none());
        let words = self.clause(first, end, "statement/stands-in")?;
        let of = self.mentions_between(text + 1, brings).find(|&m| !self.resolved.nested[m]);
        let speaker = match of {
            Some(m) => super::sources::named(scan.span(text, self.resolved.tokens[m].1 as usize), self.resolved.mentions[m].actor),
            None => match self.last.filter(|s| s.named) {
                Some(last) => Speaker { span: Some(scan.span(text, text + 1)), ..last },
                None => self.by_role(text, text + 1),
            },
        };
        let last = words.last;
        self.push(&words, speaker, Some(scan.span(i, i + 1)), CueClass::Say, None, 0.75, Why::cue("statement/stands-in", "جاء"));
        self.last = Some(speaker);
        self.subject = Some(speaker);
        Some(last)
    }

    /// The outlet named last, for الوكالة, الصحيفة or القناة alone at `j`.
    pub(super) fn the_outlet(&self, j: usize) -> Option<ActorIx> {
        if !matches!(self.scan.form(j), "الوكاله" | "الصحيفه" | "القناه") || self.scan.has_article(j + 1) {
            return None;
        }
        let at = self.resolved.tokens.partition_point(|t| (t.0 as usize) < j);
        let named = |m: &&Mention| m.form == MentionForm::Name && self.resolved.actors[m.actor as usize].kind == ActorKind::Media;
        self.resolved.mentions[..at].iter().rev().take(40).find(named).map(|m| m.actor)
    }
}
