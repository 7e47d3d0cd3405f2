//! What may set off an event.

use super::{Finder, Trigger, is_stop};
use majlis_lexicon::{Classes, Entry, Lemma, Predicate, Tense, Word};
use majlis_text::fold;

/// How many tokens after its first word a phrase's other words are looked for.
const LONGEST_GAP: usize = 16;

impl Finder<'_, '_> {
    /// The trigger at token `i`, if one is there.
    pub(super) fn trigger(&self, i: usize) -> Option<Trigger> {
        let scan = self.scan;
        if !scan.is_word(i) || self.covered[i] || scan.particle(i) {
            return None;
        }
        if scan.anonymity(i) {
            return None;
        }
        let lexicon = scan.lexicon;
        let phrase = scan.longest(i, |m| match m.entry {
            Entry::Predicate { index, tense } => Some((index, tense)),
            _ => None,
        });
        if let Some((m, (index, tense))) = phrase {
            let last = m.last as usize;
            return Some(Trigger { last, is_phrase: last > i + 1, ..phrase_at(i, m.word, &lexicon.predicates[index as usize], tense) });
        }
        if let Some(parted) = self.parted(i) {
            return Some(parted);
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
        // أغار على: without على it is to change.
        if tense == Tense::Imperfect && fold(lexicon.predicates[p as usize].lemma) == "اغار" && !(i + 1..i + 5).any(|t| scan.form(t).starts_with("علي"))
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
            is_phrase: false,
            tense,
            first_person: v.reading.first_person && finite,
            pronoun: v.pronoun,
            future: v.word.proclitics.future,
            preposition,
            article: v.word.form.article(),
        })
    }

    /// A phrase whose other words stand after the subject of its first: استدعت البحرين أمس سفيرها, وقوف المملكة إلى جانب.
    fn parted(&self, i: usize) -> Option<Trigger> {
        let scan = self.scan;
        self.ctx.resolved.mention_at(i + 1)?;
        let mut between = 0;
        for j in i + 2..i + LONGEST_GAP {
            if is_stop(scan, j) || scan.is_break(j) || crate::speech::that(scan.form(j)) {
                return None;
            }
            if !scan.is_word(j) {
                continue;
            }
            let verb_or_led = |tense| tense != Tense::Masdar || scan.class(j).any(Classes::PREP);
            let found = scan.parted(i, j, |entry| match entry {
                Entry::Predicate { index, tense } if verb_or_led(tense) => Some((index, tense)),
                _ => None,
            });
            if let Some((word, (index, tense))) = found {
                return Some(phrase_at(i, word, &scan.lexicon.predicates[index as usize], tense));
            }
            if self.covered[j] {
                continue;
            }
            between += 1;
            if between > 3 || scan.finite_verb(j) {
                return None;
            }
        }
        None
    }

    /// Whether a word that is spelt alike as verb and verbal noun is the noun here: it has the article or a preposition, or
    /// follows a preposition or another noun.
    fn noun_here(&self, i: usize, word: Word) -> bool {
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
                | "لم"
        ) {
            return false;
        }
        scan.class(i - 1).any(Classes::PREP) || !self.covered[i - 1] || scan.nisba_at(i + 1).is_some()
    }
}

/// A phrase whose first word, at token `i`, is all that is taken of it.
fn phrase_at(i: usize, word: Word, predicate: &'static Predicate, tense: Tense) -> Trigger {
    Trigger {
        first: i,
        last: i + 1,
        predicate,
        is_phrase: true,
        tense,
        first_person: false,
        pronoun: "",
        future: word.proclitics.future,
        preposition: word.proclitics.preposition,
        article: word.form.article(),
    }
}
