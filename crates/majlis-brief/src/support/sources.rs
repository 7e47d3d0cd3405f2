//! Sources without an actor: what describes them, and the name that stands beside it all the same.

use super::Gate;
use super::events::is_of;
use super::voices::{is_entry, is_unclear};
use crate::phrase::{is_aside, is_of_many, is_saying, is_that, is_word};
use majlis_lexicon::{ActorKind, Classes, Entry, Lemma, Lexicon, NameKind, Tense};
use majlis_read::{Mention, MentionForm, Speaker, Statement};
use majlis_text::{Span, fold};

/// The most words of a name after what describes somebody, or before it.
const NAME: usize = 5;
/// The furthest that a quotation mark which opens in a name closes after it, in bytes.
const CLOSING: usize = 60;
/// Classes of words that are no part of a name.
const NO_NAME: Classes = Classes::PREP
    .with(Classes::TIME)
    .with(Classes::WEEKDAY)
    .with(Classes::MONTH)
    .with(Classes::DISCOURSE)
    .with(Classes::REL)
    .with(Classes::DEM)
    .with(Classes::SUB)
    .with(Classes::NEG)
    .with(Classes::COND)
    .with(Classes::QUANT)
    .with(Classes::NUMBER);

impl Gate<'_> {
    /// An unnamed source by what describes it and no more, with the side that its own words name; `None` where nothing is left.
    pub(super) fn described(&self, speaker: Speaker) -> Option<Speaker> {
        let Some(span) = speaker.described.or(speaker.span).filter(|_| !speaker.named) else { return Some(speaker) };
        let words = span.slice(self.text)?;
        let ends = |at: usize, word: &str| {
            let next = words[at + word.len()..].split_whitespace().next().unwrap_or_default();
            let aside = is_of(word, Classes::PREP) && is_aside(next);
            let led = words[..at].trim_end().rsplit(' ').next().is_some_and(|last| is_of(last, Classes::PREP));
            let when = self.reading.times.iter().any(|t| t.span.holds(span.start() + at as u32));
            let says = !led && !word.starts_with("ال") && is_told_noun(word);
            let opens = when || says || is_of(word, Classes::SUB.with(Classes::COND)) || is_that(word) || is_word("open", word) || is_demand(word);
            at > 0
                && (opens && !is_word("had", word)
                    || aside
                    || is_word("on", word) && !words[..at].trim_end().rsplit(' ').next().is_some_and(|last| is_word("versed", last)))
        };
        let mut at = 0;
        let mut end = words.len();
        for word in words.split(' ') {
            if ends(at, word) {
                end = at;
                break;
            }
            at += word.len() + 1;
        }
        let kept = words[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '»' && c != '"');
        let cut = Span::between(span.start(), span.start() + kept.len() as u32);
        // "One in the attack": nobody.
        let mut parts = kept.split(' ');
        let some = parts.next().is_some_and(|first| is_word("some", first)) && parts.next().is_none_or(|next| is_of(next, Classes::PREP) && next != "من");
        if kept.is_empty() || some {
            return None;
        }
        let side = speaker.side.filter(|&side| {
            let named = |m: &Mention| m.span.overlaps(cut) && m.form != MentionForm::Title;
            self.reading.actors[side as usize].kind != ActorKind::Media && self.mentions(side).any(named)
        });
        Some(if cut == span { Speaker { side, ..speaker } } else { Speaker { described: Some(cut), side, ..speaker } })
    }

    /// A source that is told in the words of the text, with the quotation marks closed that open in them; `None` where they call nobody: ministers to
    /// do their duty, demanding.
    pub(super) fn called(&self, speaker: Speaker) -> Option<Speaker> {
        let Some(span) = speaker.span.filter(|_| speaker.named && speaker.actor.is_none()) else { return Some(speaker) };
        let words = span.slice(self.text)?;
        let many = is_of_many(words.strip_prefix("ال").unwrap_or(words)) && words.split(' ').any(|word| matches!(word, "إلى" | "الى"));
        let participle = !words.contains(' ') && !words.starts_with("ال") && words.ends_with("ين");
        if many || participle {
            return None;
        }
        let opened = words.contains('«') && !words.contains('»');
        let rest = self.after(span);
        let closing = rest.find('»').filter(|&at| opened && at <= CLOSING && !rest[..at].contains(['\n', '«', '.']));
        let span = closing.map_or(span, |at| Span::between(span.start(), span.end() + (at + '»'.len_utf8()) as u32));
        Some(Speaker { span: Some(span), ..speaker })
    }

    /// The words of an unnamed source that name somebody all the same: the last name of somebody, or one who holds an office.
    pub(super) fn named(&self, s: &Statement, span: Span) -> Option<Span> {
        let span = s.speaker.described.unwrap_or(span);
        let words = span.slice(self.text)?;
        let bare = fold(words);
        let last = |name: &str| name.contains(' ') && name.rsplit(' ').next().is_some_and(|last| fold(last) == bare);
        if let Some(name) = self.name_after(span).filter(|_| !is_of_many(words) && !is_word("some", words)) {
            return Some(span.cover(name));
        }
        if let Some(name) = self.name_before(span) {
            return Some(name.cover(span));
        }
        let surname = is_unclear(s) && self.reading.actors.iter().any(|a| last(&a.name));
        let mut parts = words.split(' ');
        let (first, second) = (parts.next()?, parts.next().unwrap_or_default());
        let office = is_entry(first, |e| matches!(e, Entry::Title(_) | Entry::Office { .. })) && !is_entry(first, |e| matches!(e, Entry::Source(_)));
        let held = office && !first.starts_with("ال") && second.starts_with("ال") && !is_of_many(first);
        // What could not be told is told in its own words: a report, the press office.
        let told = is_unclear(s) && self.is_source(s, span) && (words.contains(' ') || words.starts_with("ال") || is_unknown(first)) && !first.ends_with("ين");
        // "The leader": one who holds an office that the text need not name.
        let known = office && first.starts_with("ال") && is_one(first);
        (surname || held || known || told || self.is_known_by_role(s, words) || ends_in_a_name(words)).then_some(span)
    }

    /// The name that stands right after what describes somebody, beyond a comma: up to where what he says or another clause begins.
    fn name_after(&self, span: Span) -> Option<Span> {
        let after = self.after(span);
        let rest = after.trim_start_matches(['،', ' ']);
        let from = span.end() + (after.len() - rest.len()) as u32;
        // A given name that is an ordinary word as well is one before a family name: Amal Bouchoucha.
        let given = |word: &str| is_given(word) || of_lexicon(word).is_some_and(|kind| kind != NameKind::Family);
        let mut words = rest.split(' ').map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let both = !after.trim_start().starts_with('،') && given(first) && (is_unknown(second) || name_kind(second).is_some());
        let opens = |word: &str| both || is_entry(word, |e| matches!(e, Entry::Title(_))) || is_given(word);
        let mut end = 0;
        let mut at = 0;
        for (count, word) in rest.split(' ').take(NAME).enumerate() {
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let begins = rest.len() < after.len() && opens(bare);
            if count == 0 && !begins || is_that(bare) {
                break;
            }
            end = at + bare.len();
            if bare.len() < word.len() {
                break;
            }
            at += word.len() + 1;
        }
        let name = Span::between(from, from + end as u32);
        let known = name.slice(self.text).is_some_and(|words| words.split(' ').count() > 1 && (both || words.split(' ').any(is_given)));
        known.then_some(name)
    }

    /// The name between a verb of saying and what describes whoever says it, beyond a comma or before a description with its article: said X, the
    /// spokesman of the army.
    fn name_before(&self, span: Span) -> Option<Span> {
        let earlier = self.earlier(span).trim_end_matches(' ');
        let before = earlier.trim_end_matches('،');
        if before.len() == earlier.len() && !span.slice(self.text).is_some_and(|words| words.starts_with("ال")) {
            return None;
        }
        let name_like = |word: &str| Lexicon::shipped().word(&fold(word)).is_none() || of_lexicon(word).is_some();
        let mut end = before.len();
        for _ in 0..=NAME {
            let word = before[..end].rsplit([' ', '\n']).next().filter(|word| !word.is_empty())?;
            let name = before[end..].trim_start_matches(' ');
            // A given name may look like such a verb: said Nasser.
            let verb_before = || before[..end - word.len()].trim_end_matches(' ').rsplit([' ', '\n']).next().is_some_and(is_saying);
            if is_saying(word) && !verb_before() {
                let named = !name.is_empty() && name.split(' ').any(name_like);
                return named.then(|| Span::between((before.len() - name.len()) as u32, before.len() as u32));
            }
            if word != "-" && !word.chars().all(char::is_alphabetic) || is_of(word, NO_NAME) || is_aside(word) {
                return None;
            }
            end = before[..end - word.len()].trim_end_matches(' ').len();
        }
        None
    }

    /// Whether the words of a source are a role with its article (the analyst) that stands for whoever was named last as speaking.
    fn is_known_by_role(&self, s: &Statement, words: &str) -> bool {
        let first = words.split(' ').next().unwrap_or_default();
        let one = first.starts_with("ال") && is_one(first) && !matches!(s.speaker.class, "source" | "crowd" | "");
        // Who is described carries on; what counts is who spoke before he was.
        let at = s.speaker.described.or(s.speaker.span).map_or(s.span.start(), |span| span.start().min(s.span.start()));
        let last = self.reading.statements.iter().filter(|o| o.span.end() <= at).max_by_key(|o| o.span.end());
        let person = |o: &Statement| o.speaker.actor.map_or(is_unclear(o), |a| self.reading.actors[a as usize].kind == ActorKind::Person);
        // A role that nobody was described by before, with nothing but adjectives.
        let alone = s.speaker.described.is_none() || words.split(' ').take_while(|word| !is_of(word, Classes::PREP)).all(|word| word.starts_with("ال"));
        one && alone && last.is_some_and(person)
    }
}

/// Whether words end in a given name and a family name.
fn ends_in_a_name(words: &str) -> bool {
    let mut last = words.rsplit(' ');
    let (Some(family), Some(given)) = (last.next(), last.next()) else { return false };
    last.next().is_some() && name_kind(family).is_some() && is_given(given)
}

fn is_given(word: &str) -> bool {
    name_kind(word).is_some_and(|kind| kind != NameKind::Family)
}

/// Whether the last of the words that name somebody is but the father's name of who is meant: King Salman is not Mohammed bin Salman.
pub(crate) fn is_father(name: &str, words: &str) -> bool {
    let (name, words) = (fold(name), fold(words));
    let own = name.split(' ').next().unwrap_or_default();
    let last = words.rsplit(' ').next().unwrap_or_default();
    let of = name.split(' ').zip(name.split(' ').skip(1)).any(|(before, word)| before == "بن" && word == last);
    of && !words.split(' ').any(|word| word == own)
}

/// Whether the lexicon has no such word, which then is most often a name.
pub(super) fn is_unknown(word: &str) -> bool {
    Lexicon::shipped().analyse(&fold(word)).iter().next().is_none() && !word.ends_with(['ة', 'ا', 'ً'])
}

/// Whether a noun has no ending of a plural.
fn is_one(word: &str) -> bool {
    !["ون", "ين", "ات"].iter().any(|end| word.ends_with(end))
}

/// Whether a word is a noun of saying: insistence.
fn is_told_noun(word: &str) -> bool {
    is_masdar(word, |of| matches!(of, Lemma::Cue(_)))
}

/// Whether a word leads to what is asked: by passing a law.
fn is_demand(word: &str) -> bool {
    word.strip_prefix('ب').is_some_and(|rest| is_masdar(rest, |_| true))
}

/// Whether a word is the verbal noun of a lemma that fits.
fn is_masdar(word: &str, fits: impl Fn(Lemma) -> bool) -> bool {
    let lexicon = Lexicon::shipped();
    lexicon.word(&fold(word)).is_some_and(|id| lexicon.readings(id).iter().any(|r| r.tense == Tense::Masdar && fits(r.of)))
}

/// Whether "and" is joined to a given name.
pub(super) fn is_joined(word: &str) -> bool {
    !is_given(word) && word.strip_prefix('و').is_some_and(is_given)
}

/// What kind of name a word may be, an ordinary word or not.
fn of_lexicon(word: &str) -> Option<NameKind> {
    let lexicon = Lexicon::shipped();
    lexicon.word(&fold(word)).and_then(|id| lexicon.name_kind(id))
}

/// What kind of name a word is that is no ordinary word.
fn name_kind(word: &str) -> Option<NameKind> {
    let lexicon = Lexicon::shipped();
    let name = lexicon.word(&fold(word)).filter(|id| !lexicon.classes(*id).any(Classes::COMMON.with(Classes::WEAK_NAME)));
    name.and_then(|id| lexicon.name_kind(id))
}
