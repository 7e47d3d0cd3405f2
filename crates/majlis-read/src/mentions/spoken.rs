//! Names where nothing but a name can stand: between a title with the article, or a reporting verb, and what follows a speaker.

use super::Finder;
use super::titles::starts_title;
use crate::scan::Match;
use majlis_lexicon::{ActorKind, Classes, CueClass, Entry, Lemma, Tense};

/// The longest such name, in tokens.
const LONGEST: usize = 4;

/// How far before a speaker whom an outlet quotes its verb may stand, in tokens.
const QUOTING: usize = 8;

impl Finder<'_, '_> {
    /// Whether a reporting verb has who begins at `i` as its speaker: قالت الناشطة …, نقلت الوكالة عن الناشط ….
    pub(super) fn speaks(&self, i: usize) -> bool {
        let scan = self.scan;
        let quotes = |t: usize| matches!(scan.form(t).trim_start_matches('و'), "نقل" | "نقلت" | "نقلا" | "ينقل" | "تنقل");
        let verb = i > 0 && scan.cue(i - 1).is_some_and(|v| v.reading.tense == Tense::Imperfect && !v.reading.first_person) && !scan.particle(i - 1);
        verb || scan.after_reporting_verb(i) || i > 0 && scan.form(i - 1) == "عن" && (i.saturating_sub(QUOTING)..i).any(quotes)
    }

    /// The end of the name that stands at `from`, right after a speaker's title: a noun without the article can be nothing else there.
    /// الناشطة المدنية نسمة برزوكي، …
    pub(super) fn name_of_speaker(&self, title: usize, from: usize) -> Option<usize> {
        let scan = self.scan;
        // رفض الوزير توجيه الاتهام, وجه الزعيم نداء: what he refused or sent, where the verb does more than say.
        let says = |v: crate::scan::Verb| matches!(v.reading.of, Lemma::Cue(c) if scan.lexicon.cues[c as usize].class == CueClass::Say);
        let object = !scan.cue(title - 1).is_some_and(says) && scan.verbs(from).any(|v| v.reading.tense == Tense::Masdar);
        let done = scan.has_article(from) || object;
        // حاكم إقليم سيبيتوكي: the province's name.
        if done || !self.closed(from - 1) {
            return None;
        }
        let end = self.name_like(from);
        let sure = self.unknown_word(from) || self.town(from) || scan.name_kind(from).is_some() && !scan.class(from).any(Classes::COMMON);
        (end > from && (sure || end > from + 1) && self.ends_speaker(end)).then_some(end)
    }

    /// The name at `name`, of one word right after a speaker's title, with the rest of it: الناشط سامر الزبداني.
    pub(super) fn whole_name(&self, name: (usize, usize)) -> (usize, usize) {
        let end = if name.1 == name.0 + 1 { self.name_like(name.0) } else { name.1 };
        if end > name.1 && self.ends_speaker(end) { (name.0, end) } else { name }
    }

    /// The end of a name of two words or more that no lexicon has, right after a reporting verb and before what he is: قال فلوران ديكوسان، كبير ….
    pub(super) fn unlisted_speaker(&self, i: usize) -> Option<usize> {
        let scan = self.scan;
        // زعيمهم: a noun that is theirs.
        let owned = ["هم", "ها", "هما"].iter().any(|end| scan.form(i).ends_with(end));
        let named = self.unknown_word(i) && !owned || scan.name_kind(i).is_some() && !scan.class(i).any(Classes::COMMON);
        if !named || scan.has_article(i) || !self.speaks(i) {
            return None;
        }
        let end = self.name_like(i);
        let described = scan.is_comma(end) && self.tells_who(end + 1) || self.tells_who(end);
        (end > i + 1 && described).then_some(end)
    }

    /// The end of the words from `from` on that may be parts of a name: any noun first, then names and words that nobody knows.
    fn name_like(&self, from: usize) -> usize {
        let scan = self.scan;
        let name = |t: usize| scan.name_kind(t).is_some() && !scan.class(t).any(Classes::COMMON);
        let more = |t: usize| self.may_be_part(t) && (t == from || name(t) || self.unknown_word(t) || self.town(t));
        (from..from + LONGEST).take_while(|&t| more(t)).count() + from
    }

    /// Whether token `t` is a place that families are named after: سامر الزبداني.
    fn town(&self, t: usize) -> bool {
        self.scan.at(t).iter().any(|m| m.word.offset == 0 && m.last as usize == t + 1 && matches!(m.entry, Entry::Place { .. }))
    }

    /// Whether no reading of token `t` is a word of the lexicon, كيران as ك and another aside.
    fn unknown_word(&self, t: usize) -> bool {
        let scan = self.scan;
        // ويحثه: and a verb.
        let joined = ["وي", "وت"].iter().any(|start| scan.form(t).starts_with(start));
        scan.is_word(t) && !joined && scan.whole(t).is_none() && scan.analyses(t).iter().all(|w| w.proclitics.preposition == Some('ك') && !scan.has_article(t))
    }

    fn may_be_part(&self, t: usize) -> bool {
        let scan = self.scan;
        const NEVER: Classes =
            Classes::TIME.with(Classes::WEEKDAY).with(Classes::QUANT).with(Classes::NUMBER).with(Classes::DISCOURSE).with(Classes::UNIT).with(Classes::REL);
        let body = |m: &Match| match m.entry {
            Entry::Actor { index, weak } => !weak && scan.lexicon.actors[index as usize].kind != ActorKind::Person,
            Entry::Organ { .. } | Entry::Head(_) | Entry::State { weak: false, .. } | Entry::Office { .. } | Entry::Source(_) | Entry::Phrase(_) => true,
            _ => false,
        };
        scan.is_word(t)
            && !crate::speech::that(scan.form(t))
            && !scan.particle(t)
            && !scan.accusative(t)
            && !scan.class(t).any(NEVER)
            && (scan.name_kind(t).is_some() || !scan.finite_verb(t))
            && !self.tells_who(t)
            && !scan.at(t).iter().any(body)
    }

    /// Whether what can follow a speaker begins at `t`.
    fn ends_speaker(&self, t: usize) -> bool {
        let scan = self.scan;
        const AFTER: Classes = Classes::PREP.with(Classes::TIME).with(Classes::WEEKDAY).with(Classes::REL);
        let mark = scan.is_comma(t) || scan.form(t) == ":" || scan.quote_opened(t).is_some() || scan.form(t) == "(";
        let word = crate::speech::that(scan.form(t))
            || scan.class(t).any(AFTER)
            || scan.has_article(t)
            || matches!(scan.form(t), "ل" | "قوله" | "قولها")
            || scan.analyses(t).first().is_some_and(|w| w.proclitics.preposition.is_some());
        mark || word || self.tells_who(t)
    }

    /// Whether what somebody is begins at `t`.
    fn tells_who(&self, t: usize) -> bool {
        let scan = self.scan;
        scan.analyses(t).first().is_some_and(|w| w.offset == 0)
            && (starts_title(scan, t) || scan.at(t).iter().any(|m| m.word.offset == 0 && matches!(m.entry, Entry::Source(_))))
    }
}
