//! The disputed issues, and who stands where on them.

use super::bargains::OPEN;
use super::{Entry, Evidence, Implied, Key, Making, Said, Value};
use crate::forecast;
use crate::issues::who;
use crate::model::{ActorLine, Bargain, Brief, Cite, Issue, Position, Range, StanceLine, Who};
use crate::render::{Lang, fill};
use majlis_lexicon::{ActorKind, EventType, Lexicon};
use majlis_read::Side;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The most issues that are proposed, and the most of one side only that are asked about.
const ISSUES: usize = 8;
const ONE_SIDED: usize = 20;
/// The most words listed for one number.
const SHOWN: usize = 6;

/// Proposes the issues on which two actors take different sides, or over which one is pressed by another; asks about those that only
/// one side speaks of.
pub(super) fn issues(making: &mut Making<'_>) {
    let brief = making.brief;
    let pressing = pressing(brief);
    let (disputed, one_sided): (Vec<usize>, Vec<usize>) =
        (0..brief.issues.len()).partition(|&i| is_disputed(&brief.issues[i]) || !pressure(&pressing, &brief.issues[i]).is_empty());
    for &index in disputed.iter().take(ISSUES) {
        let issue = &brief.issues[index];
        let id = making.id("issue", &issue.label);
        let refused = |lang| fill(lang, "refusal.of", &[("words", &issue.label)]);
        let low = contrary(issue).map_or_else(|| (refused(Lang::English), refused(Lang::Arabic)), |w| (w.clone(), w));
        let evidence = all(issue.stances.iter());
        making.entries.push(Entry {
            list: "issue",
            keys: vec![
                Key::text("id", id.clone()),
                Key::label("name", issue.label.clone(), issue.label.clone()),
                Key::label("low", low.0, low.1),
                Key::label("high", issue.label.clone(), issue.label.clone()),
            ],
            evidence: evidence.clone(),
            parts: Vec::new(),
        });
        making.ask("ask.status.quo", vec![("words", Said::Words(issue.label.clone()))], evidence);
        let pressed: Vec<Implied> = pressure(&pressing, issue)
            .into_iter()
            .flat_map(|b| b.target.iter().map(move |&who| (who, b)))
            .filter(|(target, _)| !who(issue, |_| true).contains(target))
            .map(|(who, b)| Implied {
                who,
                at: making.issues.len(),
                position: OPEN,
                because: "it is pressed to, so it does not yet; where it stands is not told",
                evidence: Evidence::of_bargain(b),
            })
            .collect();
        making.implied.extend(pressed);
        making.issues.push((index, id));
    }
    for &index in disputed.iter().skip(ISSUES).chain(&one_sided).take(ONE_SIDED) {
        let issue = &brief.issues[index];
        let values = vec![("words", Said::Words(issue.label.clone())), ("who", Said::Who(who(issue, |_| true).into_iter().collect()))];
        making.ask("ask.one.sided", values, all(issue.stances.iter()));
    }
}

/// Bargains by which somebody presses another, with their places, by who he is and what he wants.
type Pressing<'b> = FxHashMap<(Who, &'b str), Vec<(usize, &'b Bargain)>>;

fn pressing(brief: &Brief) -> Pressing<'_> {
    let mut pressing = Pressing::default();
    for (at, bargain) in brief.bargains.iter().enumerate() {
        let presses = matches!(bargain.kind, EventType::Threaten | EventType::Coerce | EventType::Request);
        if let Some(who) = bargain.who.filter(|&who| presses && bargain.target.iter().any(|&target| target != who)) {
            pressing.entry((who, &bargain.words)).or_default().push((at, bargain));
        }
    }
    pressing
}

/// Threats and coercion by which somebody who takes a side on the issue presses another, and demands of another where several speak of it.
fn pressure<'b>(pressing: &Pressing<'b>, issue: &Issue) -> Vec<&'b Bargain> {
    let mut found: Vec<(usize, &Bargain)> = issue.stances.iter().filter_map(|s| pressing.get(&(s.who, s.words.as_str()))).flatten().copied().collect();
    found.sort_unstable_by_key(|(at, _)| *at);
    found.dedup_by_key(|(at, _)| *at);
    let several = found.iter().any(|(_, b)| b.kind == EventType::Request) && who(issue, |_| true).len() > 1;
    found.into_iter().map(|(_, bargain)| bargain).filter(|b| b.kind != EventType::Request || several).collect()
}

/// Whether two actors take different sides.
fn is_disputed(issue: &Issue) -> bool {
    issue.stances.iter().any(|a| issue.stances.iter().any(|b| a.who != b.who && a.side != b.side))
}

/// The wording in which the texts speak of the issue's contrary.
fn contrary(issue: &Issue) -> Option<String> {
    issue.stances.iter().find(|s| s.reversed && s.words != issue.label).map(|s| s.words.clone())
}

fn all<'s>(stances: impl Iterator<Item = &'s StanceLine>) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for s in stances {
        let new = Evidence::of_stance(s);
        if !evidence.iter().any(|known| known.cite == new.cite && known.words == new.words) && evidence.len() < SHOWN {
            evidence.push(new);
        }
    }
    evidence
}

/// Proposes every actor that takes a side on a proposed issue, or that a truce, an incident, a threat or an offer refers to.
pub(super) fn actors(making: &mut Making<'_>) {
    let brief = making.brief;
    let mut stands: Vec<(Who, Entry)> = Vec::new();
    for (at, (index, id)) in making.issues.clone().into_iter().enumerate() {
        let issue = &brief.issues[index];
        for position in forecast::positions(&brief.documents, &brief.actors, &brief.statements, issue) {
            stands.push((position.who, stand(making, &id, issue, &position)));
        }
        // Who is told only to act on a condition stands where the condition shows.
        let plain = who(issue, |s| s != Side::Conditional);
        let mut shown: BTreeSet<Who> = BTreeSet::new();
        for one in making.implied.clone().into_iter().filter(|one| one.at == at && !plain.contains(&one.who)) {
            if shown.insert(one.who) {
                stands.retain(|(other, entry)| *other != one.who || !entry.is_of(&id));
                stands.push((one.who, implied(&id, &one)));
            }
        }
    }
    making.named.extend(stands.iter().map(|(who, _)| *who));
    for who in making.named.clone() {
        let actor = &brief.actors[who as usize];
        let own = stands.iter().filter(|(w, _)| *w == who).map(|(_, entry)| entry.clone()).collect();
        let entry = actor_entry(making, who, actor, own);
        making.entries.push(entry);
    }
    if !making.named.is_empty() {
        making.ask("ask.influence", Vec::new(), Vec::new());
    }
}

fn actor_entry(making: &Making<'_>, who: Who, actor: &ActorLine, stands: Vec<Entry>) -> Entry {
    let known = if actor.name_en.is_empty() { &actor.name } else { &actor.name_en };
    let mut keys = vec![Key::text("id", making.ids[&who].clone()), Key::label("name", known.clone(), actor.name.clone())];
    if !actor.sector.is_empty() {
        keys.push(Key::text("sector", actor.sector));
    }
    let is_state = matches!(actor.kind, ActorKind::State | ActorKind::Government);
    if let Some(state) = Lexicon::shipped().state(actor.country).filter(|_| is_state && !actor.country.is_empty()) {
        keys.push(Key::text("state", state.iso3));
    }
    let what = [actor.kind.code(), actor.sector].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ");
    let because = format!("a rule of thumb for {what}; the texts give no measure of it");
    let mention: Vec<Evidence> = actor.cites.iter().take(1).map(|&cite| named(cite, actor)).collect();
    keys.push(Key::made("influence", Value::Range(forecast::influence(actor)), because, mention));
    Entry { list: "actor", keys, evidence: Vec::new(), parts: stands }
}

fn named(cite: Cite, actor: &ActorLine) -> Evidence {
    Evidence { cite, words: actor.called.clone(), voice: None, found: None }
}

fn stand(making: &Making<'_>, id: &str, issue: &Issue, position: &Position) -> Entry {
    let own: Vec<&StanceLine> = issue.stances.iter().filter(|s| s.who == position.who).collect();
    let sides = [(Side::For, "for"), (Side::Against, "against"), (Side::Conditional, "on a condition")];
    let told: Vec<String> = sides
        .iter()
        .map(|(side, name)| (name, own.iter().filter(|s| s.side == *side).count()))
        .filter(|(_, n)| *n > 0)
        .map(|(name, n)| format!("{n}× {name}"))
        .collect();
    let contradictory = own.iter().any(|s| s.side == Side::For) && own.iter().any(|s| s.side == Side::Against);
    let wider = [
        (position.one_source, "one source only"),
        (position.unnamed_only, "unnamed sources only"),
        (position.unsure, "the reading is unsure"),
        (contradictory, "the sources contradict one another"),
    ];
    let wider: Vec<&str> = wider.iter().filter(|(is, _)| *is).map(|(_, why)| *why).collect();
    let wider = if wider.is_empty() { String::new() } else { format!("; widened: {}", wider.join(", ")) };
    let spoken = making.brief.actors[position.who as usize].statements;
    Entry {
        list: "stand",
        keys: vec![
            Key::text("issue", id),
            Key::made(
                "position",
                Value::Range(position.position),
                format!("told {} (for 90, against 10, on a condition 50){wider}", told.join(", ")),
                all(own.iter().copied()),
            ),
            Key::made(
                "salience",
                Value::Range(position.salience),
                format!("by how often it takes a side or speaks of this, beside the most eager: {} of its stances, {spoken} statements in all", own.len()),
                all(own.iter().copied().take(1)),
            ),
        ],
        evidence: Vec::new(),
        parts: Vec::new(),
    }
}

/// A stand that only follows from what is asked, threatened or offered.
fn implied(id: &str, one: &Implied) -> Entry {
    let salience = Range { low: 30.0, mode: 60.0, high: 90.0 };
    Entry {
        list: "stand",
        keys: vec![
            Key::text("issue", id),
            Key::made("position", Value::Range(one.position), one.because, vec![one.evidence.clone()]),
            Key::made("salience", Value::Range(salience), "it is bargained with over this; how much it cares is not told", vec![one.evidence.clone()]),
        ],
        evidence: Vec::new(),
        parts: Vec::new(),
    }
}
