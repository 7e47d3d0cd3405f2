//! Statements: whether a source stands where whoever says them stands, and whether they are said at all.

use super::events::is_of;
use super::sources::{is_father, is_unknown};
use super::{Gate, SURE};
use crate::phrase::{is_aside, is_finite, is_saying, is_that, is_word};
use majlis_lexicon::{ActorKind, Classes, CueClass, Entry, Lexicon};
use majlis_read::{Mention, MentionForm, Statement, StatementKind};
use majlis_text::{Span, fold};

/// The furthest that an unnamed source, and somebody whose name is not sure, may stand from what they are to have said, in characters.
const UNNAMED: usize = 60;
const UNNAMED_QUOTED: usize = 140;
const UNSURE: usize = 100;
/// The most words between a verb and the name of whoever says it, where his titles stand between.
const TITLES: usize = 6;
/// A plural has more letters than this.
const PLURAL: usize = 5;
/// How far before a source the verb is looked for, where the reading does not keep it, in words.
const LOOK: usize = 6;

impl Gate<'_> {
    /// Whether a statement is made at all: not on a condition, not denied, not one of the things that somebody reads into another's doings.
    pub(super) fn is_said(&self, s: &Statement) -> bool {
        let noun = s.why.rule == "statement/preposition-noun";
        // What is refused or ruled out is no denial of what follows.
        let refused = s.class == CueClass::Deny && (noun || is_word("refuses", s.why.cue));
        if refused || noun && s.class == CueClass::Think {
            return false;
        }
        if self.is_preface(s) || s.span.slice(self.text).is_some_and(is_fragment) {
            return false;
        }
        let Some(cue) = s.cue.filter(|_| s.kind == StatementKind::Indirect) else { return true };
        let unsaid = |word: &str| is_of(word.strip_prefix('ف').unwrap_or(word), Classes::COND.with(Classes::NEG)) || fold(word) == "الا";
        let supposed = self.before(cue).is_some_and(unsaid);
        let turned = self.between(cue.end(), s.span.start()).split_whitespace().any(|word| fold(word).starts_with("لكن"));
        !supposed && !turned
    }

    /// Whether what a noun alone tells of a statement is the speaker's own to say: his hope, not what he only points to, fears, or decides on.
    pub(super) fn is_own_noun(&self, s: &Statement) -> bool {
        let first = s.span.slice(self.text).and_then(|words| words.split([' ', '«', '"']).next()).unwrap_or_default();
        let own = ["ه", "ها", "هم"].iter().any(|end| first.ends_with(end));
        match (s.why.rule, s.class) {
            ("statement/by-noun", class) => matches!(class, CueClass::Report | CueClass::Accuse),
            ("statement/preposition-noun", CueClass::Say) => own,
            ("statement/preposition-noun", CueClass::Warn) => !is_word("worry", s.why.cue),
            _ => true,
        }
    }

    /// Whether the source of an accusation stands where whoever accuses does: whoever is accused may stand right after the verb as well.
    pub(super) fn is_accuser(&self, s: &Statement, span: Span) -> bool {
        let Some(cue) = s.cue.or_else(|| self.look(s, span)).filter(|cue| !cue.overlaps(span)) else { return false };
        let mention = self.reading.mentions.iter().find(|m| Some(m.actor) == s.speaker.actor && m.span.overlaps(span));
        match mention {
            Some(m) if cue.end() <= span.start() => self.follows_verb(cue, true, m),
            Some(m) => self.precedes_verb(cue, m),
            None if cue.end() <= span.start() => self.between(cue.end(), span.start()).trim().is_empty() && self.opens_clause(cue, true),
            None => self.between(span.end(), cue.start()).trim().is_empty() && self.begins_clause(span),
        }
    }

    /// Whether what is to be said is but a word, or itself tells that its speaker or somebody else said something.
    fn is_preface(&self, s: &Statement) -> bool {
        let Some(words) = s.span.slice(self.text) else { return true };
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let soon = |m: &&Mention| s.span.holds(m.span.start()) && self.between(s.span.start(), m.span.start()).split_whitespace().count() <= 1;
        let own = || s.speaker.actor.is_some_and(|actor| self.mentions(actor).any(|m| soon(&m)));
        let indirect = s.kind == StatementKind::Indirect;
        // "In his turn, the minister said", and "who is the party's spokesman".
        let turned = indirect && first.ends_with('،') && rest.split(' ').next().is_some_and(is_saying);
        let another = turned || indirect && !s.why.rule.starts_with("statement/according") && first.strip_prefix('و').is_some_and(is_saying);
        let aside = first.starts_with('و') && is_word("who", first);
        // A name alone says nothing.
        let name = self.reading.mentions.iter().any(|m| m.span.contains(s.span));
        rest.is_empty() || name || another || aside || is_finite(first) && own()
    }

    /// What a statement holds of its speaker's own: up to where somebody else says something in a clause of its own.
    pub(super) fn own_words(&self, s: &Statement) -> Span {
        let other = |o: &&Statement| o.speaker.actor != s.speaker.actor || o.speaker.actor.is_none() && o.speaker.span != s.speaker.span;
        let begins = |cue: Span| s.span.holds(cue.start()) && cue.start() > s.span.start() && self.earlier(cue).ends_with(['،', ' ']);
        let comma = |cue: &Span| self.earlier(*cue).trim_end_matches(' ').ends_with(['،', ',', '.']);
        let cues = self.reading.statements.iter().filter(other).filter_map(|o| o.cue).filter(|cue| begins(*cue)).filter(comma);
        let Some(end) = cues.map(|cue| cue.start()).min().filter(|_| s.kind == StatementKind::Indirect) else { return s.span };
        let kept = self.between(s.span.start(), end).trim_end_matches(|c: char| !c.is_alphanumeric());
        if kept.contains(' ') { Span::between(s.span.start(), s.span.start() + kept.len() as u32) } else { s.span }
    }

    /// Whether an unnamed source may have said it.
    pub(super) fn is_source(&self, s: &Statement, span: Span) -> bool {
        let words = span.slice(self.text).unwrap_or_default();
        let first = words.split(' ').next().unwrap_or_default();
        if first.starts_with("ال") && is_of(first, Classes::TIME.with(Classes::UNIT).with(Classes::WEEKDAY).with(Classes::MONTH)) {
            return false;
        }
        if s.why.rule.starts_with("statement/according") {
            return true;
        }
        // Nobody is described by what he is to have said, and the plural of an object has said nothing without a preposition that leads to it.
        let led = self.before(span).is_some_and(|word| is_of(word, Classes::PREP)) || words.starts_with(['ل', 'ب']);
        if span.overlaps(s.span) || first.ends_with("ين") && first.chars().count() > PLURAL && !led {
            return false;
        }
        // "To the agency": who is told, not who tells.
        if words.starts_with('ل')
            && self.reading.mentions.iter().any(|m| m.span.overlaps(span) && self.reading.actors[m.actor as usize].kind == ActorKind::Media)
        {
            return false;
        }
        let loose = s.why.rule == "statement/by-noun" || s.why.rule == "statement/preposition-noun" && s.confidence < SURE;
        let nobody = is_unclear(s) && !is_unknown(first) && !words.split(' ').any(|word| fold(word).trim_start_matches(['و', 'ل', 'ب']).starts_with("ال"));
        if loose || nobody || words.starts_with('و') && !self.is_cue(s, span) {
            return false;
        }
        if self.is_cue(s, span) {
            return self.goes_on(s, span);
        }
        let furthest = if s.kind == StatementKind::Direct { UNNAMED_QUOTED } else { UNNAMED };
        let near = self.apart(span, s.span) <= furthest;
        let Some(cue) = s.cue else { return near };
        let before = cue.end() <= span.start();
        let between = if before { self.between(cue.end(), span.start()) } else { self.between(span.end(), cue.start()) };
        near && !(before && (between.contains('،') || between.split_whitespace().count() > 2)) && !between.contains(['.', '\n', '؟'])
    }

    /// Whether the named source of a statement, whose mention stands at `span`, may have said it.
    pub(super) fn says(&self, s: &Statement, mention: &Mention, span: Span) -> bool {
        if !self.is_itself(mention) || self.is_oblique(mention) {
            return false;
        }
        if s.why.rule.starts_with("statement/according") {
            return !self.before(span).is_some_and(|word| is_word("paper", word.trim_start_matches('ل')));
        }
        if !self.sure[mention.actor as usize] && self.apart(span, s.span) > UNSURE {
            return false;
        }
        let Some(cue) = s.cue.or_else(|| self.look(s, span)).filter(|cue| !cue.overlaps(span)) else { return true };
        if cue.end() <= span.start() { self.follows(cue, mention, span) } else { self.leads(s, cue, mention, span) }
    }

    /// Whether a source stands right after the verb, and nobody whom the verb is said of before it.
    fn follows(&self, cue: Span, mention: &Mention, span: Span) -> bool {
        let between = self.between(cue.end(), span.start());
        let words: Vec<&str> = between.split_whitespace().filter(|word| !is_aside(word)).collect();
        let titles =
            mention.form == MentionForm::Titled && words.len() <= TITLES && !words.iter().any(|word| is_of(word, Classes::PREP) || is_word("occasion", word));
        let head = words.len() == 1 && is_entry(words[0], |e| matches!(e, Entry::Head(_)));
        let begins = cue.slice(self.text).is_some_and(|verb| verb.starts_with('و'));
        let of_another = !begins && self.reading.mentions.iter().any(|m| m.actor != mention.actor && self.is_right_before(m, cue));
        (words.is_empty() || titles || head) && !of_another
    }

    /// Whether a source that stands before the verb is its subject: nobody else comes between, and no noun before it makes it that noun's own.
    fn leads(&self, s: &Statement, cue: Span, mention: &Mention, span: Span) -> bool {
        let person = self.reading.actors[mention.actor as usize].kind == ActorKind::Person;
        if person && cue.slice(self.text).is_some_and(is_plural) {
            return false;
        }
        // What another statement holds is not looked at, unless it holds this one's verb as well.
        let own = |at: u32| self.reading.statements.iter().any(|other| other.span.holds(at) && other.span != s.span && !other.span.contains(cue));
        let opens = |at: u32| self.reading.statements.iter().any(|other| other.span.start() >= at && other.span.start() - at <= 4);
        let mut first = true;
        let mut turned = false;
        let mut at = span.end();
        for word in self.between(span.end(), cue.start()).split(' ') {
            let end = at + word.len() as u32;
            // "But that another answered": whoever is told of from there on is another.
            if turned && is_that(word) {
                return false;
            }
            turned = fold(word) == "الا";
            if !own(at) && !word.is_empty() {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                let relative = is_of(bare, Classes::REL);
                if is_that(bare) && !opens(end) || relative && !first {
                    return false;
                }
                first &= bare.is_empty();
                if relative {
                    return true;
                }
            }
            at = end + 1;
        }
        let inner = |m: &&Mention| m.span.start() >= span.end() && m.span.end() <= cue.start() && m.actor != mention.actor && !own(m.span.start());
        let acts = |m: &Mention| self.before(m.span).is_some_and(is_finite) && m.span.slice(self.text).is_some_and(|words| !words.starts_with('ل'));
        if self.reading.mentions.iter().filter(inner).any(acts) {
            return false;
        }
        mention.form == MentionForm::Titled || self.is_subject(mention.span.cover(span))
    }

    /// Whether a common noun with the article alone (the agency) is all that the text names a body by.
    pub(super) fn is_common(&self, m: &Mention) -> bool {
        let common = |m: &Mention| m.form != MentionForm::Name && m.span.slice(self.text).is_some_and(|words| words.starts_with("ال") && !words.contains(' '));
        let body = matches!(self.reading.actors[m.actor as usize].kind, ActorKind::Media | ActorKind::Group | ActorKind::Igo);
        // "The agency" may be any, whatever is called so elsewhere.
        let agency = m.why.rule == "mention/organ" && self.reading.actors[m.actor as usize].kind == ActorKind::Media;
        body && (agency || self.mentions(m.actor).all(common))
    }

    /// Whether a mention is of who it names, not of what is his or of his rival: the son of the leader, the rival government.
    pub(super) fn is_itself(&self, m: &Mention) -> bool {
        let next = self.after(m.span).split(' ').nth(1).unwrap_or_default();
        let person = self.reading.actors[m.actor as usize].kind == ActorKind::Person;
        let word = self.before(m.span);
        // "This army" is the one that was spoken of, whoever that was.
        let points = m.form != MentionForm::Name && word.is_some_and(|word| is_of(word, Classes::DEM));
        let rival = m.why.rule == "mention/organ" && m.span.slice(self.text).is_some_and(|words| words.split(' ').skip(1).any(|word| is_word("other", word)));
        let son = person && is_father(&self.reading.actors[m.actor as usize].name, m.span.slice(self.text).unwrap_or_default());
        let another = points || rival || son || word.is_some_and(|word| is_word("whose", word));
        !another && (person || !next.starts_with("ال") || !is_word("other", next))
    }

    /// Whether nothing stands before a name that makes it another word's own: the session of the cabinet, the rivals of the minister.
    pub(super) fn is_subject(&self, span: Span) -> bool {
        let earlier = self.earlier(span);
        let Some(word) = earlier.trim_end_matches([' ', '"', '«', '“', '(']).rsplit([' ', '\n', '"']).next().filter(|w| !w.is_empty()) else { return true };
        let line = earlier.trim_end_matches(' ').ends_with('\n');
        let mark = word.ends_with(|c: char| !c.is_alphanumeric());
        let opens = is_that(word) || is_of(word, Classes::DISCOURSE.with(Classes::COND).with(Classes::SUB).with(Classes::TIME)) || is_word("opener", word);
        line || mark || opens || is_finite(word) || span.slice(self.text).is_some_and(|words| words.starts_with('و'))
    }

    /// Whether a verb without a source of its own goes on with the source of the statement before: nobody else is named between.
    pub(super) fn goes_on(&self, s: &Statement, span: Span) -> bool {
        let same = |other: &&Statement| other.speaker.actor == s.speaker.actor && other.span.end() <= span.start();
        // "And the agreement provides": a subject of its own follows.
        let next = self.after(span).split_whitespace().next().unwrap_or_default();
        if next.starts_with("ال") && fold(next) != "الي" || is_of(next, Classes::DEM) {
            return false;
        }
        let Some(last) = self.reading.statements.iter().filter(same).max_by_key(|other| other.span.end()) else { return false };
        let said = |at: u32| self.reading.statements.iter().any(|other| other.span.holds(at));
        let another = |m: &&Mention| {
            let between = m.span.start() >= last.span.end() && m.span.end() <= span.start();
            between && Some(m.actor) != s.speaker.actor && self.reading.actors[m.actor as usize].kind == ActorKind::Person && !said(m.span.start())
        };
        let verb = |m: &Mention| self.before(m.span).is_some_and(is_finite);
        !self.reading.mentions.iter().filter(another).any(|m| !self.is_led(m) || verb(m))
    }

    /// Whether the words of a source are the verb itself, which goes on with somebody from before.
    pub(super) fn is_cue(&self, s: &Statement, span: Span) -> bool {
        s.cue.map_or_else(|| span.slice(self.text).is_some_and(|words| !words.contains(' ') && is_finite(words)), |cue| cue.overlaps(span))
    }

    /// The verb of a statement, where the reading does not keep it: the last one between source and statement, else the nearest before.
    fn look(&self, s: &Statement, span: Span) -> Option<Span> {
        let line = self.earlier(span).rsplit('\n').next()?;
        let after = self.words(span.end(), s.span.start()).into_iter().rev().find(|w| w.slice(self.text).is_some_and(is_finite));
        after.or_else(|| {
            let from = span.start() - line.len() as u32;
            self.words(from, span.start()).into_iter().rev().take(LOOK).find(|w| w.slice(self.text).is_some_and(is_finite))
        })
    }

    /// The words of a stretch of text, without the marks at their ends.
    fn words(&self, from: u32, to: u32) -> Vec<Span> {
        let mut at = from;
        let mut words = Vec::new();
        for word in self.between(from, to).split([' ', '\n']) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let start = at + word.find(bare).unwrap_or_default() as u32;
            if !bare.is_empty() {
                words.push(Span::between(start, start + bare.len() as u32));
            }
            at += word.len() as u32 + 1;
        }
        words
    }

    /// The text before a stretch of it.
    pub(super) fn earlier(&self, span: Span) -> &str {
        self.text.get(..span.start() as usize).unwrap_or_default()
    }

    /// The text after it.
    pub(super) fn after(&self, span: Span) -> &str {
        self.text.get(span.end() as usize..).unwrap_or_default()
    }

    pub(super) fn between(&self, from: u32, to: u32) -> &str {
        Span::new(from, to).and_then(|s| s.slice(self.text)).unwrap_or_default()
    }
}

/// Whether nothing is told of an unnamed source but that it is one.
pub(super) fn is_unclear(s: &Statement) -> bool {
    matches!(s.speaker.class, "" | "unresolved")
}

/// Whether a verb is plural: who does it stands before it.
pub(super) fn is_plural(verb: &str) -> bool {
    let letters = verb.chars().count();
    let two = verb.strip_suffix('ا').is_some_and(|one| is_finite(one) && is_finite(verb));
    letters > 4 && (verb.ends_with("وا") || verb.ends_with("ون") && is_finite(verb)) || two
}

/// Whether words are no whole saying: "as it seems", or what only goes on with a preposition.
fn is_fragment(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    words.starts_with("ما يبدو") || matches!(first, "إلى" | "الى") || first.starts_with("لـ")
}

/// Whether a word alone is an entry of the lexicon that fits.
pub(super) fn is_entry(word: &str, fits: impl Fn(&Entry) -> bool) -> bool {
    let lexicon = Lexicon::shipped();
    let folded = fold(word);
    let nodes = lexicon.analyse(&folded).iter().filter_map(|w| lexicon.step(0, w.form)).collect::<Vec<_>>();
    nodes.into_iter().any(|node| lexicon.entries(node).iter().any(&fits))
}
