//! Words that a noun of saying brings in: بالقول إن, وسط تأكيد من فلان أن, تصريح فلان بأن.

use super::sources::named;
use super::{Finder, that};
use crate::reading::{Speaker, Why};
use crate::scan::Verb;
use majlis_lexicon::{Cue, CueClass, Lemma, Tense};

/// How far after who speaks the words may begin, in tokens.
const GAP: usize = 8;

impl Finder<'_, '_> {
    /// The noun of saying at `i` by which somebody goes on: اكتفى بالقول إن, اختتم بقوله: «…».
    pub(super) fn by_saying(&self, i: usize) -> Option<(Verb, &'static Cue)> {
        let scan = self.scan;
        let next = scan.form(i + 1);
        if !scan.form(i).starts_with('ب') || !(that(next) || next == ":" || scan.quote_opened(i + 1).is_some()) {
            return None;
        }
        let led = |v: &Verb| v.word.proclitics.preposition == Some('ب');
        let found = scan.verbs(i).chain(scan.verb_with_pronoun(i)).filter(led).find_map(|v| self.saying(v))?;
        (found.1.class == CueClass::Say && found.1.takes.quote).then_some(found)
    }

    /// The statement that a noun of saying at `i` with its own subject brings in, and its end.
    pub(super) fn noun_that(&mut self, i: usize, end: usize) -> Option<usize> {
        let scan = self.scan;
        let (_, cue) = scan.verbs(i).find_map(|v| self.saying(v)).filter(|_| !scan.has_article(i))?;
        if !matches!(cue.class, CueClass::Say | CueClass::Assert | CueClass::Announce | CueClass::Warn | CueClass::Deny | CueClass::Reveal) {
            return None;
        }
        let at = i + 1 + usize::from(scan.form(i + 1) == "من");
        let (speaker, after) = match self.resolved.mention_at(at) {
            Some(m) => (named(self.resolved.mentions[m].span, self.resolved.mentions[m].actor), self.resolved.tokens[m].1 as usize),
            None => {
                let s = self.source(at, end)?;
                (s, s.span.map_or(at + 1, |span| scan.layout.token_at(span.end())))
            }
        };
        let limit = (after + GAP).min(end);
        let brings = (after..limit).take_while(|&t| !scan.finite_verb(t) && !super::is_stop(scan, t)).find(|&t| that(scan.form(t)))?;
        let words = self.clause(brings + 1, end, "statement/noun-that")?;
        let last = words.last;
        let speaker = Speaker { span: speaker.span.or(Some(scan.span(i, i + 1))), ..speaker };
        self.push(&words, speaker, Some(scan.span(i, i + 1)), cue.class, None, 0.7, Why::cue("statement/noun-that", cue.lemma));
        self.last = Some(speaker);
        self.subject = Some(speaker);
        self.pending = false;
        Some(last)
    }

    /// The reporting verb whose verbal noun `v` is.
    pub(super) fn saying(&self, v: Verb) -> Option<(Verb, &'static Cue)> {
        match (v.reading.tense, v.reading.of) {
            (Tense::Masdar, Lemma::Cue(c)) => Some((v, &self.scan.lexicon.cues[c as usize])),
            _ => None,
        }
    }
}
