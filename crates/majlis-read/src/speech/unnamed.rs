//! Subjects that no mention and no word for a source tells: names given before, and words that the lexicon has not.

use super::{Finder, that};
use crate::reading::{ActorIx, Speaker};
use majlis_lexicon::{ActorKind, Classes, Entry, Tense};
use rustc_hash::FxHashMap;

impl Finder<'_, '_> {
    /// A subject that no lexicon or rule knows: the words between the verb and what it brings in.
    pub(super) fn unresolved(&self, i: usize, until: usize) -> Option<Speaker> {
        let scan = self.scan;
        const ENDS: Classes = Classes::PREP.with(Classes::TIME).with(Classes::WEEKDAY).with(Classes::REL);
        let ends = |t: usize| that(scan.form(t)) || scan.class(t).any(ENDS) || t > i + 1 && self.is_told(t);
        let last = (i + 1..until.min(i + 6)).take_while(|&t| scan.is_word(t) && !ends(t)).last()?;
        let span = Some(scan.span(i + 1, last + 1));
        if let Some(actor) = self.surname(i + 1, last + 1) {
            return Some(Speaker { span, ..super::sources::named(scan.span(i + 1, last + 1), actor) });
        }
        if let Some(speaker) = self.unlisted_again(i + 1, last + 1) {
            return Some(speaker);
        }
        let named = self.identified(i + 1) || self.of_office(i + 1, last + 1);
        Some(Speaker { actor: None, span, named, described: span.filter(|_| !named), class: if named { "" } else { "unresolved" }, side: None })
    }

    /// The person whose name, as it was given before, ends with the one word of tokens `first..last`, a title before it aside: وأضاف الدكتور التركي.
    pub(super) fn surname(&self, first: usize, last: usize) -> Option<ActorIx> {
        let scan = self.scan;
        let titled = scan.at(first).iter().filter(|m| matches!(m.entry, Entry::Title(_))).map(|m| m.last as usize).max();
        let first = titled.filter(|&t| t < last).unwrap_or(first);
        let common = scan.class(first).any(Classes::COMMON.with(Classes::STOP)) && scan.nisba_at(first).is_none();
        if last != first + 1 || !scan.is_word(first) || common {
            return None;
        }
        self.surnames().get(scan.form(first)).copied()
    }

    /// The words that end persons' names and titles, and those that stand right after them, where the name was longer than was seen:
    /// محافظ البنك، أكبر كميجاني; الدكتور عبدالله التركي.
    pub(super) fn surnames(&self) -> &FxHashMap<&str, ActorIx> {
        self.surnames.get_or_init(|| {
            let scan = self.scan;
            let mut found = FxHashMap::default();
            for (m, tokens) in self.resolved.mentions.iter().zip(&self.resolved.tokens) {
                if self.resolved.actors[m.actor as usize].kind == ActorKind::Person {
                    let last = tokens.1 as usize;
                    let next = last + usize::from(scan.is_comma(last));
                    let after = (next..next + 3).take_while(|&t| scan.is_word(t) && !scan.finite_verb(t));
                    let long = |t: &usize| scan.form(*t).chars().count() >= 3 && !scan.particle(*t);
                    for t in std::iter::once(last - 1).chain(after).filter(long) {
                        found.entry(scan.form(t)).or_insert(m.actor);
                    }
                }
            }
            found
        })
    }

    /// Whether token `t` is a part of a name and hardly anything else.
    pub(super) fn is_name(&self, t: usize) -> bool {
        self.scan.is_word(t) && self.scan.name_kind(t).is_some() && !self.scan.class(t).any(Classes::COMMON.with(Classes::STOP))
    }

    /// Whether nouns follow at `t`, the last of which has the article or is a name: حاكم إقليم أغري.
    pub(super) fn of_something(&self, t: usize) -> bool {
        let scan = self.scan;
        let noun = |t: &usize| scan.is_word(*t) && !scan.particle(*t);
        (t..t + 3).take_while(noun).any(|t| scan.has_article(t) || self.named_token(t) || scan.at(t).iter().any(|m| matches!(m.entry, Entry::Place { .. })))
    }

    /// Whether the subject at `first`, whom no lexicon knows, is told by a name or stands for those named before: قال مصعب, أعلن فريق الرصد, أكد الجانبان.
    pub(super) fn identified(&self, first: usize) -> bool {
        let scan = self.scan;
        let body = scan.at(first).iter().any(|m| matches!(m.entry, Entry::Head(_) | Entry::Organ { .. }) && scan.has_article(m.last as usize));
        let body = body || scan.at(first).iter().any(|m| matches!(m.entry, Entry::Head(_)) && self.of_something(m.last as usize));
        // وسائل الإعلام الإيرانية
        let media = scan.form(first) == "وساءل" && scan.form(first + 1) == "الاعلام" && scan.has_article(first + 2);
        self.is_name(first) || body || media || matches!(scan.form(first), "الجانبان" | "الطرفان" | "البلدان" | "الدولتان" | "الرئيسان" | "الوزيران")
    }

    /// Whether token `t` is a noun of saying: التأكيد, تأكيدهما.
    pub(super) fn is_saying_noun(&self, t: usize) -> bool {
        let scan = self.scan;
        scan.verbs(t).chain(scan.verb_with_pronoun(t)).any(|v| self.saying(v).is_some())
    }

    /// Whether token `t`, after a noun that is complete, is what is said or by what it is: جدد الطرفان تأكيدهما, أعلن التنظيم القبض على …, تساءل آخرون بالقول.
    pub(super) fn is_told(&self, t: usize) -> bool {
        let scan = self.scan;
        let masdar = scan.verbs(t).find(|v| v.reading.tense == Tense::Masdar);
        let pronoun = scan.verb_with_pronoun(t).is_some_and(|v| v.reading.tense == Tense::Masdar);
        pronoun || self.is_saying_noun(t) || masdar.is_some_and(|v| v.word.proclitics.preposition.is_some() || scan.has_article(t) && scan.has_article(t - 1))
    }
}
