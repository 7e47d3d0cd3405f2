//! Adjectives and quantities around a body's head: which of several it is, whether only some of it is meant, whether it is a place.

use super::Finder;
use crate::scan::Match;
use majlis_lexicon::{Classes, Entry, Tense, TitleClass};

impl Finder<'_, '_> {
    /// Whether the institution at `i` is a place: led by a preposition, or owning the noun before it.
    pub(super) fn lies(&self, i: usize) -> bool {
        let led = self.scan.analyses(i).first().is_some_and(|w| w.proclitics.preposition.is_some());
        led || i > 0
            && self.scan.is_word(i - 1)
            && !self.scan.finite_verb(i - 1)
            && !self.scan.has_article(i - 1)
            && !crate::speech::that(self.scan.form(i - 1))
    }

    /// Whether only some of the people at `i` are meant: أحد المتظاهرين, عدد من المهاجرين.
    pub(super) fn some_of(&self, i: usize) -> bool {
        i > 0 && (self.scan.class(i - 1).any(Classes::QUANT) || self.scan.form(i - 1) == "من" || matches!(self.scan.form(i - 1), "احد" | "هءلاء"))
    }

    /// The end of the adjectives at `from` that say which of several a body is: الحكومة الحالية, الفصائل العسكرية, اللجنة العليا.
    pub(super) fn which_one(&self, from: usize) -> usize {
        from + (from..from + 2).take_while(|&t| self.tells_which(t)).count()
    }

    /// Whether token `i` is an adjective of a feminine or of a plural: it has a masculine that is known (المحلية), or is one of those that
    /// stand after titles too (الحالية).
    pub(super) fn tells_which(&self, i: usize) -> bool {
        let scan = self.scan;
        let form = scan.form(i);
        // تتحمل الحكومة المسؤولية, أعلن الحزب العملية: what somebody does, or people.
        let noun = || scan.verbs(i).any(|v| v.reading.tense == Tense::Masdar) || scan.at(i).iter().any(|m| matches!(m.entry, Entry::Head(_)));
        if !scan.is_word(i) || !form.starts_with("ال") || scan.state_at(i).is_some() || form == "المسءوليه" || noun() {
            return false;
        }
        let descriptor = |m: &Match| matches!(m.entry, Entry::Title(t) if scan.lexicon.titles[t as usize].class == TitleClass::Descriptor);
        let masculine = || form["ال".len()..].strip_suffix('ه').filter(|stem| stem.ends_with('ي') && stem.len() >= 8).and_then(|stem| scan.lexicon.word(stem));
        // القوات الخاصة, but not اللجنة الخاصة بكذا.
        let special = form == "الخاصه" && !scan.form(i + 1).starts_with('ب');
        special || form.ends_with('ه') && scan.at(i).iter().any(descriptor) || EXALTED.contains(&form) && !form.ends_with("حر") || masculine().is_some()
    }

    /// Whether a body's name goes on at `i` with a second noun: الأمن والدفاع, but not what is another body or somebody.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        let scan = self.scan;
        let other = |m: &Match| match m.entry {
            Entry::Organ { weak, .. } | Entry::Actor { weak, .. } => !weak,
            Entry::Head(_) | Entry::State { .. } | Entry::Office { .. } | Entry::Title(_) | Entry::Nisba { .. } => true,
            _ => false,
        };
        scan.form(i).starts_with("وال") && scan.is_word(i) && !scan.finite_verb(i) && !scan.at(i).iter().any(other)
    }

    /// The end of the epithets at `from`: قوات صالح الانقلابية.
    pub(super) fn evaluated(&self, from: usize) -> usize {
        from + (from..from + 2).take_while(|&t| EVALUATING.contains(&self.scan.form(t))).count()
    }

    /// Whether token `i` is spelt like an adjective: the article, an ending in ة, ي, يين or يون, no finite verb, no state.
    pub(super) fn adjective(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        self.scan.is_word(i)
            && form.starts_with("ال")
            && (form.ends_with('ه') || form.ends_with('ي') || form.ends_with("يين") || form.ends_with("يون"))
            && !self.scan.finite_verb(i)
            && self.scan.state_at(i).is_none()
    }

    /// Whether token `i`, which begins with و, is spelt like an adjective.
    pub(super) fn adjective_after_and(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        form.len() > 10 && (form.ends_with('ه') || form.ends_with('ي')) && self.scan.state_at(i).is_none()
    }

    /// Whether the word at `i` is what the number before it counts: 32 شخصا.
    pub(super) fn counts(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        self.scan.is_word(i) && !form.starts_with("ال") && form.ends_with('ا') && form.len() >= 6
    }
}

/// Whether a word is spelt like a sound plural.
pub(super) fn plural(form: &str) -> bool {
    form.ends_with("ون") || form.ends_with("ين")
}

/// Adjectives of a body's name that are not spelt like one.
pub(super) const EXALTED: [&str; 13] =
    ["العام", "العامه", "الاعلي", "العليا", "الحر", "الجديد", "الموحد", "المشترك", "الاول", "الحاكم", "المستقل", "المتحد", "الموقت"];

/// Epithets that say no name.
pub(super) const EVALUATING: [&str; 14] = [
    "الانقلابي",
    "الانقلابيه",
    "الارهابي",
    "الارهابيه",
    "المتطرف",
    "المتطرفه",
    "المتشدد",
    "المتشدده",
    "المسلح",
    "المسلحه",
    "المحظور",
    "المحظوره",
    "المعارض",
    "الحاكم",
];
