//! Stances grouped by what they are about.

use crate::batch::{Batch, plain};
use crate::matter;
use crate::model::{Issue, StanceLine, Who};
use crate::phrase::{self, Phrase, untied};
use majlis_lexicon::{ActorKind, EventType};
use majlis_read::{Event, Mention, Reading, Side, Stance, Status};
use majlis_text::Span;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How alike two phrases must be to speak of one issue.
const ALIKE: f64 = 0.6;
/// How many words of whom something is asked of may stand before what is asked.
const TIE: usize = 6;
const FAR_TIE: usize = 12;
/// The letters of the shortest verb with "and", and of the shortest noun with "with", that end or begin what is asked.
const VERB: usize = 4;
const NOUN: usize = 4;

/// The issues, those with most actors first.
pub(crate) fn group(batch: &Batch<'_>) -> Vec<Issue> {
    let (stances, phrases): (Vec<StanceLine>, Vec<Phrase>) =
        stances(batch).into_iter().map(|(line, theme)| (line, Phrase::new(&theme))).filter(|(_, phrase)| !phrase.keys.is_empty()).unzip();
    let mut issues: Vec<Issue> = clusters(&phrases).iter().map(|members| issue(&stances, &phrases, members)).collect();
    issues.sort_by_key(|i| (Reverse((who(i, |_| true).len(), i.stances.len())), i.stances[0].report.cite));
    issues
}

/// The actors of an issue whose side fits.
pub(crate) fn who(issue: &Issue, fits: impl Fn(Side) -> bool) -> BTreeSet<Who> {
    issue.stances.iter().filter(|s| fits(s.side)).map(|s| s.who).collect()
}

/// The stances, each with the words by which it is likened to others.
fn stances(batch: &Batch<'_>) -> Vec<(StanceLine, String)> {
    let mut lines = Vec::new();
    for (document, (source, reading)) in batch.inputs.iter().enumerate() {
        for s in &reading.stances {
            // What somebody is accused of is no issue that he and others differ on.
            if s.event.is_some_and(|e| reading.events[e as usize].kind == EventType::Accuse) {
                continue;
            }
            // What nobody asked for, as somebody denies, is wanted by nobody.
            if s.event.is_some_and(|e| reading.events[e as usize].kind == EventType::Request && reading.events[e as usize].status == Status::Denied) {
                continue;
            }
            // A condition that begins something new leaves open what the stance is.
            if s.side == Side::Conditional && s.condition.is_some_and(|c| !is_own(&source.text, c)) {
                continue;
            }
            let words = about(batch, document, s);
            let held = matter::held(&words).or_else(|| pleaded(&source.text, reading, s));
            let side = if held.as_ref().is_some_and(|h| h.against) { contrary(s.side) } else { s.side };
            let words = held.map_or(words, |h| h.matter);
            let (words, theme) = specified(&source.text, reading, s, &words).unwrap_or_else(|| (words.clone(), words));
            // One word alone says too little of what is wanted, and a colon comes before what is.
            let whole = words.contains(' ') && !words.contains(':');
            if !whole || phrase::is_aside(&words) || phrase::lacks_its_end(&words) || names_only(&source.text, reading, s, &words) {
                continue;
            }
            let statement = s.event.and_then(|e| reading.events[e as usize].statement);
            let line = StanceLine {
                who: batch.who(document, s.actor),
                side,
                words,
                reversed: false,
                condition: s.condition.filter(|c| is_own(&source.text, *c)).map(|c| trim(&batch.words(document, c)).to_owned()),
                report: batch.report(document, s.issue, statement),
                confidence: s.confidence,
                why: s.why,
            };
            lines.push((line, theme));
        }
    }
    lines
}

/// The thing that somebody is called on to favour or to oppose, further on in the sentence.
fn pleaded(text: &str, reading: &Reading, stance: &Stance) -> Option<matter::Held> {
    let event = stance.event.map(|e| &reading.events[e as usize]).filter(|e| e.kind == EventType::Request && e.status != Status::Denied)?;
    let rest = text.get(event.span.end() as usize..)?;
    let sentence = rest.split(['.', '\n', '؟', '!', '؛', ':', '«', '"']).next()?;
    let tied = |(at, word): &(usize, &str)| {
        word.starts_with('ل') || [" إلى", " على"].iter().any(|tie| sentence[..*at].trim_end().ends_with(tie)) || word.starts_with('ب')
    };
    let words = sentence.match_indices(' ').take(FAR_TIE).map(|(at, _)| (at + 1, sentence[at + 1..].split(' ').next().unwrap_or_default()));
    let held = |(at, word): (usize, &str)| {
        let words = sentence[at..].split(['،', ',']).next().unwrap_or_default();
        matter::held(phrase::core(&phrase::tidy(untied(words)))).filter(|_| !word.is_empty())
    };
    words.filter(tied).find_map(held).filter(|held| held.matter.contains(' '))
}

/// A thing in one word (the agreement) that a clause goes on with, up to the first state that the clause names: the words, and the thing with the
/// state alone.
fn specified(text: &str, reading: &Reading, stance: &Stance, words: &str) -> Option<(String, String)> {
    if words.contains(' ') || !matter::is_matter(words) {
        return None;
    }
    let span = stance.issue.slice(text)?;
    let at = span.find(words)?;
    let rest = &span[at + words.len()..];
    let goes_on = rest.split_whitespace().next().is_some_and(|word| matches!(word, "الذي" | "التي"));
    let from = stance.issue.start() + (at + words.len()) as u32;
    let named = |m: &&Mention| m.span.start() > from && stance.issue.contains(m.span) && reading.actors[m.actor as usize].kind == ActorKind::State;
    let state = reading.mentions.iter().filter(named).min_by_key(|m| m.span.start()).filter(|_| goes_on)?;
    let shown = Span::between(stance.issue.start() + at as u32, state.span.end()).slice(text)?;
    Some((plain(shown), format!("{words} {}", state.span.slice(text)?)))
}

/// Whether a condition belongs to what is said before it: "and if" begins something new.
pub(crate) fn is_own(text: &str, condition: Span) -> bool {
    condition.slice(text).is_some_and(|words| !words.starts_with('و'))
}

/// Whether the words are somebody's name or title and nothing else.
fn names_only(text: &str, reading: &Reading, stance: &Stance, words: &str) -> bool {
    let people = reading.mentions.iter().map(|m| m.span);
    let spans: Vec<Span> = people.chain(reading.places.iter().map(|p| p.span)).filter(|span| span.overlaps(stance.issue)).collect();
    let names = || spans.iter().filter_map(|span| span.slice(text));
    words
        .split(' ')
        .all(|word| phrase::is_title(word) || phrase::is_word("where", word) || names().any(|name| name.split(' ').any(|part| trim(part) == trim(word))))
}

/// What a stance is about, in the text's words: without whom it is asked of and the preposition that ties it to its verb, up to where a side
/// clause begins.
pub(crate) fn about(batch: &Batch<'_>, document: usize, stance: &Stance) -> String {
    let (source, reading) = &batch.inputs[document];
    let issue = after_times(reading, after_actors(&source.text, reading, stance));
    // Where somebody is called on in some place, nothing tells what begins after it.
    let is_request = stance.event.is_some_and(|e| reading.events[e as usize].kind == EventType::Request);
    if is_request && reading.places.iter().any(|p| p.span.start() == issue.start()) {
        return String::new();
    }
    let words = batch.words(document, issue);
    let words = trim(&words);
    // Where or when it is said is not what.
    if words.split(' ').next() == Some("في") {
        return String::new();
    }
    let apart = words.split_once(' ').filter(|(first, _)| is_tie(first));
    let event = stance.event.map(|e| &reading.events[e as usize]);
    // What is asked "of somebody" comes after whom it is asked of, and nothing tells where he ends.
    if event.is_some_and(|e| e.kind == EventType::Request) && apart.is_some_and(|(first, _)| first == "من") {
        return String::new();
    }
    let words = phrase::without_manner(apart.map_or_else(|| untied(words), |(_, rest)| trim(rest)));
    let words = trim(phrase::core(phrase::asked(words)));
    let noun = event.filter(|_| issue.start() == stance.issue.start()).and_then(|e| noun_of(&source.text, e, issue));
    phrase::tidy(&noun.map_or_else(|| words.to_owned(), |noun| format!("{noun} {words}")))
}

/// The noun at the end of a phrase of asking or opposing (called for dissolving, opposes the agreement), right before what it goes on with.
fn noun_of<'t>(text: &'t str, event: &Event, issue: Span) -> Option<&'t str> {
    let noun = event.why.cue.rsplit_once(' ').map(|(_, last)| last)?;
    let before = text.get(..issue.start() as usize)?.trim_end();
    let written = before.rsplit([' ', '\n']).next()?;
    let is_noun = noun.chars().count() > 2 && !noun.ends_with(['ه', 'ا']) && !phrase::is_preposition(noun) && !phrase::is_finite(noun);
    let asks = event.kind == EventType::Request || event.kind == EventType::Reject && matter::is_matter(noun);
    (is_noun && asks && untied(written).ends_with(noun)).then(|| untied(written))
}

fn after_actors(text: &str, reading: &Reading, stance: &Stance) -> Span {
    let event = stance.event.map(|e| &reading.events[e as usize]);
    let is_demand = event.is_some_and(|e| e.kind == EventType::Request);
    let is_welcome = event.is_some_and(|e| e.kind == EventType::Support && e.why.rule == "event/verb");
    let is_threat = event.is_some_and(|e| e.kind == EventType::Threaten);
    let takes_part = |actor| actor == stance.actor || event.is_some_and(|e| e.source.contains(&actor) || e.target.contains(&actor));
    let mut issue = stance.issue;
    for mention in reading.mentions.iter().filter(|m| stance.issue.contains(m.span) && (is_demand || is_welcome || takes_part(m.actor))) {
        let before = Span::between(issue.start(), mention.span.start());
        if mention.span.start() >= issue.start() && before.slice(text).is_some_and(|t| trim(t).is_empty()) {
            issue = Span::between(mention.span.end(), issue.end());
        }
    }
    let asks = event.filter(|_| is_demand || is_threat);
    let tied = (is_demand || is_welcome || is_threat).then(|| after_tie(text, issue, asks)).flatten();
    // Whoever calls on somebody calls on him to do something: without that, what is left is who is called on.
    let tied = tied.or_else(|| is_aside_of(text, issue).then(|| Span::between(issue.start(), issue.start())));
    let calls = event.is_some_and(|e| is_demand && (phrase::is_word("call", e.why.cue) || e.why.cue.ends_with(" من")));
    before_verb(text, reading, tied.unwrap_or(if calls { Span::between(issue.start(), issue.start()) } else { issue }))
}

/// What is asked, without a day that stands before it.
fn after_times(reading: &Reading, issue: Span) -> Span {
    let day = reading.times.iter().filter(|t| t.span.start() == issue.start() && t.span.end() < issue.end()).map(|t| t.span.end()).max();
    day.map_or(issue, |end| Span::between(end, issue.end()))
}

/// Whether a preposition of place or time leads to the words: they say where or when, not what.
fn is_aside_of(text: &str, issue: Span) -> bool {
    let before = text.get(..issue.start() as usize).unwrap_or_default().trim_end();
    before.rsplit(' ').next().is_some_and(|word| matches!(word, "في" | "خلال" | "منذ" | "أثناء" | "بعد" | "قبل"))
}

/// What is asked, up to where another verb tells of something else.
fn before_verb(text: &str, reading: &Reading, issue: Span) -> Span {
    let next = |e: &&Event| e.why.rule == "event/verb" && e.span.start() > issue.start() && issue.contains(e.span);
    let and = |e: &&Event| e.span.slice(text).is_some_and(|words| words.starts_with(['و', 'ف']));
    let event = reading.events.iter().filter(next).filter(and).map(|e| e.span.start()).min();
    let words = issue.slice(text).unwrap_or_default();
    let verb = |(at, _): &(usize, &str)| {
        let word = words[at + 1..].split(' ').next().unwrap_or_default();
        word.starts_with("وي") && word.chars().count() >= VERB || word.starts_with("وت") && phrase::is_finite(word)
    };
    let verb = words.match_indices(' ').find(verb).map(|(at, _)| issue.start() + at as u32);
    event.into_iter().chain(verb).min().map_or(issue, |end| Span::between(issue.start(), end))
}

/// What is asked, where whom it is asked of stands before it: from the preposition that ties it to its verb, if that comes soon. Of the verbs of
/// asking each has its own: one calls to a thing, demands by it, urges on it; one threatens with it.
fn after_tie(text: &str, issue: Span, asks: Option<&Event>) -> Option<Span> {
    let words = issue.slice(text)?;
    let of = |class| asks.is_some_and(|e| phrase::is_word(class, e.why.cue));
    let threat = asks.is_some_and(|e| e.kind == EventType::Threaten);
    let own = threat || of("call") && !of("beg");
    let mut at = 0;
    for word in words.split(' ').take(if own { FAR_TIE } else { TIE }) {
        let to = matches!(word, "إلى" | "الى");
        let tie = match own {
            true if threat => word.starts_with('ب') && (word.chars().count() >= NOUN || phrase::is_that(word)),
            true if of("demand") => untied(word) != word,
            true if of("urge") => word == "على",
            true => to || word.starts_with("لل"),
            false => to || word == "على" || untied(word) != word,
        };
        if tie {
            return Some(Span::between(issue.start() + at as u32, issue.end()));
        }
        at += word.len() + 1;
    }
    None
}

fn is_tie(word: &str) -> bool {
    matches!(word, "على" | "إلى" | "الى" | "من" | "عن")
}

/// Words without marks at either end.
pub(crate) fn trim(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Members of each cluster, its centre first. The phrase that is like most others, of several the one with
/// fewest words, opens a cluster and takes what is like it; then the next.
fn clusters(phrases: &[Phrase]) -> Vec<Vec<usize>> {
    let alike = alike(phrases);
    let centrality: Vec<f64> = alike.iter().map(|others| others.iter().map(|(_, likeness)| likeness).sum::<f64>().round()).collect();
    let mut order: Vec<usize> = (0..phrases.len()).collect();
    order.sort_by(|&a, &b| centrality[b].total_cmp(&centrality[a]).then(phrases[a].keys.len().cmp(&phrases[b].keys.len())));
    let mut free = vec![true; phrases.len()];
    let mut clusters = Vec::new();
    for &centre in &order {
        if !free[centre] {
            continue;
        }
        let mut members = vec![centre];
        members.extend(alike[centre].iter().map(|(other, _)| *other).filter(|&other| free[other] && other != centre));
        for &member in &members {
            free[member] = false;
        }
        clusters.push(members);
    }
    clusters
}

/// For each phrase, those that speak of the same issue, itself among them, in order, and how alike they are. Only phrases that share
/// a word are compared.
fn alike(phrases: &[Phrase]) -> Vec<Vec<(usize, f64)>> {
    let mut holders: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, phrase) in phrases.iter().enumerate() {
        for key in &phrase.keys {
            holders.entry(key).or_default().push(i);
        }
    }
    let of = |a: usize| {
        let others: BTreeSet<usize> = phrases[a].keys.iter().flat_map(|key| holders[key.as_str()].iter().copied()).collect();
        let likeness = |b: usize| if a == b { 1.0 } else { phrases[a].likeness(&phrases[b]) };
        others.into_iter().map(|b| (b, likeness(b))).filter(|(_, l)| *l >= ALIKE).collect()
    };
    (0..phrases.len()).map(of).collect()
}

fn issue(stances: &[StanceLine], phrases: &[Phrase], members: &[usize]) -> Issue {
    let centre = members[0];
    let mut lines: Vec<StanceLine> = members
        .iter()
        .map(|&m| {
            let reversed = phrases[m].reversed != phrases[centre].reversed;
            StanceLine { side: if reversed { contrary(stances[m].side) } else { stances[m].side }, reversed, ..stances[m].clone() }
        })
        .collect();
    lines.sort_by_key(|s| s.report.cite);
    Issue { label: label(stances, phrases, members).to_owned(), stances: lines }
}

/// The wording that names the issue: of those that say all that the centre does, the shortest that does not point back to what was said before.
fn label<'s>(stances: &'s [StanceLine], phrases: &[Phrase], members: &[usize]) -> &'s str {
    let centre = &phrases[members[0]];
    let whole = |m: &usize| phrases[*m].reversed == centre.reversed && centre.keys.iter().all(|key| phrases[*m].keys.contains(key));
    let words = |m: usize| stances[m].words.as_str();
    let best = members.iter().copied().filter(|m| whole(m)).min_by_key(|&m| (phrase::points_back(words(m)), !words(m).contains(' '), words(m).chars().count()));
    words(best.unwrap_or(members[0]))
}

fn contrary(side: Side) -> Side {
    match side {
        Side::For => Side::Against,
        Side::Against => Side::For,
        Side::Conditional => Side::Conditional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_issue_meet_and_others_stay_apart() {
        let phrases = [
            "إنهاء الوجود الأمريكي في العراق",
            "توسيع مهمة الناتو",
            "خروج القوات الأميركية من العراق",
            "طرد القوات الأمريكية",
            "تأجيل الانتخابات",
            "توسيع مهمة الناتو في العراق",
        ];
        let phrases: Vec<Phrase> = phrases.iter().map(|p| Phrase::new(p)).collect();
        let mut found = clusters(&phrases);
        for members in &mut found {
            members.sort_unstable();
        }
        found.sort();
        assert_eq!(found, [vec![0, 2, 3], vec![1, 5], vec![4]]);
    }
}
