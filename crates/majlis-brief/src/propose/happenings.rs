//! Truces with their breaches, dated attacks, and the votes and elections ahead.

use super::assemblies;
use super::words::{self, Topic, Truce};
use super::{Entry, Evidence, Key, Making, Said, Value};
use crate::model::{EventLine, Who};
use crate::render::{Lang, edtf};
use jiff::ToSpan;
use jiff::civil::Date;
use majlis_lexicon::EventType;
use majlis_read::Status;
use majlis_text::Edtf;

/// The most days over which a date may be spread and still count as one: "last week" is its first day.
const DAYS: i32 = 10;
/// How a day is told.
const DAY: &str = "the day told";
const FIRST: &str = "the first day that the time told allows";
/// The most reports listed for one event.
const SHOWN: usize = 3;

/// PLOVER's mode of an end of fighting.
const CEASEFIRE: &str = "ceasefire";

/// A truce with all that is told of it.
struct Told<'b> {
    made: Vec<&'b EventLine>,
    from: Date,
    between: Vec<Who>,
    breaches: Vec<(Date, &'b EventLine)>,
    ended: Option<(Date, &'b EventLine)>,
}

/// Proposes each truce that has a day and somebody who is bound by it; asks about the others.
pub(super) fn truces(making: &mut Making<'_>) {
    let (brief, Some(date)) = (making.brief, making.date) else { return };
    let mut truces: Vec<Told<'_>> = Vec::new();
    for event in of(making, Truce::Made) {
        let parties = parties(event);
        let day = event.when.map(|when| when.first()).filter(|&day| day <= date && is_real(event));
        let same = truces.iter_mut().find(|t| {
            let together = event.when.is_some_and(|when| t.made.iter().any(|m| m.when.is_some_and(|w| w.first() <= when.last() && when.first() <= w.last())));
            together && (parties.is_empty() || parties.iter().any(|p| t.between.contains(p)))
        });
        match (same, day) {
            (Some(truce), _) => {
                truce.between.extend(parties.iter().filter(|p| !truce.between.contains(p)).copied().collect::<Vec<_>>());
                truce.made.push(event);
            }
            (None, Some(from)) if !parties.is_empty() => truces.push(Told { made: vec![event], from, between: parties, breaches: Vec::new(), ended: None }),
            (None, _) => {
                making.ask("ask.truce", Vec::new(), vec![evidence(event)]);
            }
        }
    }
    truces.sort_by_key(|t| t.from);
    for (event, topic) in brief.events.iter().zip(making.topics).filter(|(e, _)| is_real(e)) {
        let Some(day) = day(event).filter(|&day| day <= date) else { continue };
        let kind = truce_of(event, *topic);
        let attacks = event.kind == EventType::Assault && kind.is_none();
        let bound = |t: &Told<'_>| event.source.iter().any(|w| t.between.contains(w));
        let broke = |t: &Told<'_>| day > t.from && t.ended.is_none() && (bound(t) || (!attacks && event.source.is_empty()));
        // Of several truces in force the last one is meant.
        let Some(truce) = truces.iter_mut().rev().find(|t| broke(t)) else { continue };
        match kind {
            Some(Truce::Ended) => truce.ended = Some((day, event)),
            Some(Truce::Broken) => truce.breaches.push((day, event)),
            _ if attacks => truce.breaches.push((day, event)),
            _ => {}
        }
    }
    for truce in truces {
        propose(making, truce);
    }
}

fn propose(making: &mut Making<'_>, truce: Told<'_>) {
    let made: Vec<Evidence> = truce.made.iter().flat_map(|e| all(e)).take(SHOWN).collect();
    let names: Vec<&str> = truce.between.iter().map(|&w| making.called(w)).collect();
    let id = making.id("truce", &format!("{} {}", truce.from, names[0]));
    let names_ar: Vec<&str> = truce.between.iter().map(|&w| making.brief.actors[w as usize].name.as_str()).collect();
    let day = |lang| edtf(lang, Edtf::days(truce.from, truce.from));
    let precise = if truce.made.iter().any(|e| told(e) == DAY) { DAY } else { FIRST };
    let between = truce.between.iter().map(|&w| making.actor(w)).collect();
    let mut keys = vec![
        Key::text("id", id.clone()),
        Key::label("name", format!("Truce of {}: {}", day(Lang::English), names.join(", ")), format!("هدنة {}: {}", day(Lang::Arabic), names_ar.join("، "))),
        Key::made("between", Value::Ids(between), "who makes it, as told", made.clone()),
        Key::made("from", Value::Day(truce.from), precise, made.clone()),
    ];
    let term = truce.made.iter().find_map(|e| Some((words::term(&e.quote)?, *e)));
    let over =
        term.and_then(|(days, event)| Some((truce.from.checked_add(days.days()).ok()?, event))).filter(|(day, _)| making.date.is_some_and(|date| *day <= date));
    if let Some((day, event)) = truce.ended {
        keys.push(Key::made("until", Value::Day(day), "told to have ended", all(event)));
    } else if let Some((day, event)) = over {
        keys.push(Key::made("until", Value::Day(day), "the end of the term that is told", all(event)));
        making.ask(
            "ask.truce.term",
            vec![("when", Said::When(Some(Edtf::days(truce.from, truce.from)))), ("end", Said::When(Some(Edtf::days(day, day))))],
            all(event),
        );
    }
    let last = truce.ended.or(over).map(|(day, _)| day);
    let mut breaches: Vec<(Date, &EventLine)> = truce.breaches.into_iter().filter(|(day, _)| last.is_none_or(|last| *day <= last)).collect();
    breaches.sort_by_key(|(day, _)| *day);
    if !breaches.is_empty() {
        let mut days: Vec<Date> = breaches.iter().map(|(day, _)| *day).collect();
        days.dedup();
        let rests = breaches.iter().map(|(_, event)| evidence(event)).collect();
        keys.push(Key::made(
            "breaches",
            Value::Days(days),
            "told as a breach, or an attack by whoever is bound; the first day where some days are told",
            rests,
        ));
    }
    if truce.between.len() < 2 {
        making.ask("ask.side", vec![("who", Said::Who(truce.between.clone())), ("when", Said::When(Some(Edtf::days(truce.from, truce.from))))], made.clone());
    }
    making.entries.push(Entry { list: "truce", keys, evidence: made, parts: Vec::new() });
}

/// Proposes each attack with a day and somebody who did it; asks about the others.
pub(super) fn incidents(making: &mut Making<'_>) {
    let (brief, Some(date)) = (making.brief, making.date) else { return };
    let truces = of(making, Truce::Made);
    for (event, topic) in
        brief.events.iter().zip(making.topics).filter(|(e, topic)| e.kind == EventType::Assault && is_real(e) && truce_of(e, **topic) != Some(Truce::Made))
    {
        let place = || Said::Place(event.place.clone());
        match (day(event), event.source.first().copied()) {
            (Some(day), Some(by)) if is_in_a_truce(&truces, event) => {
                let values = vec![("by", Said::Who(vec![by])), ("when", Said::When(Some(Edtf::days(day, day))))];
                making.ask("ask.attack.truce", values, all(event));
            }
            (Some(day), Some(by)) if day <= date => {
                let against = event.target.iter().copied().find(|&w| w != by);
                let words = event.words.join(" / ");
                let place = event.place.as_ref().map_or_else(String::new, |p| format!(" in {}", p.name));
                let place_ar = event.place.as_ref().filter(|p| !p.name_ar.is_empty()).map_or_else(String::new, |p| format!("، {}", p.name_ar));
                let en = if event.gloss.is_empty() { words.clone() } else { event.gloss.to_owned() };
                let mut keys = vec![Key::made("date", Value::Day(day), told(event), all(event)), Key::text("by", making.actor(by))];
                keys.extend(against.map(|w| Key::text("against", making.actor(w))));
                keys.push(Key::label("name", format!("{en}{place}"), format!("{words}{place_ar}")));
                making.entries.push(Entry { list: "incident", keys, evidence: all(event), parts: Vec::new() });
            }
            (Some(_), None) => making.ask("ask.attack.who", vec![("place", place()), ("when", Said::When(event.when))], all(event)),
            (None, by) if truce_of(event, *topic) == Some(Truce::Broken) => {
                making.ask("ask.breach", vec![("by", Said::Who(by.into_iter().collect()))], all(event));
            }
            (None, Some(by)) => making.ask("ask.attack.when", vec![("place", place()), ("by", Said::Who(vec![by]))], all(event)),
            _ => {}
        }
    }
}

/// Whether an attack is told of in the very lines that tell of a truce by who attacks: the truce may be of these attacks.
fn is_in_a_truce(truces: &[&EventLine], attack: &EventLine) -> bool {
    truces.iter().any(|truce| {
        let same_line = truce.reports.iter().any(|t| attack.reports.iter().any(|a| a.cite == t.cite));
        same_line && truce.when == attack.when && truce.source.iter().any(|w| attack.source.contains(w))
    })
}

/// Asks about the votes and elections ahead: the reader takes no bloc's seats and no list's share of the vote out of a text. The seats of a house that
/// the words name are told.
pub(super) fn votes(making: &mut Making<'_>) {
    let (brief, Some(date)) = (making.brief, making.date) else { return };
    for (event, _) in brief.events.iter().zip(making.topics).filter(|(e, topic)| matches!(e.kind, EventType::Vote | EventType::Election) || topic.is_motion) {
        let coming = event.when.is_some_and(|w| w.last() > date);
        let planned = matches!(event.status, Status::Planned | Status::Threatened | Status::Demanded);
        if !(coming || planned && event.when.is_none_or(|w| w.last() >= date)) {
            continue;
        }
        let is_election = event.kind == EventType::Election;
        let mut values = vec![("who", Said::Who(parties(event))), ("status", Said::Status(event.status)), ("when", Said::When(event.when))];
        let year = event.when.map_or(date, |when| when.first()).year();
        let house = parties(event).into_iter().chain(event.named.iter().copied()).find_map(|w| Some((w, assemblies::of(&brief.actors[w as usize].id, year)?)));
        let asks = match (is_election, house.is_some()) {
            (true, false) => "ask.election",
            (true, true) => "ask.election.house",
            (false, false) => "ask.vote",
            (false, true) => "ask.vote.house",
        };
        if let Some((who, house)) = house {
            values.extend([("house", Said::Who(vec![who])), ("seats", Said::Words(house.seats.to_string()))]);
            values.extend([("majority", Said::Words((house.seats / 2 + 1).to_string())), ("source", Said::Source(house.source))]);
        }
        making.ask(asks, values, all(event));
    }
}

/// The events that tell so of a truce.
fn of<'b>(making: &Making<'b>, kind: Truce) -> Vec<&'b EventLine> {
    making
        .brief
        .events
        .iter()
        .zip(making.topics)
        .filter(|(e, topic)| truce_of(e, **topic) == Some(kind) && e.status != Status::Denied)
        .map(|(e, _)| e)
        .collect()
}

/// What the words of an event are of.
pub(super) fn topic(event: &EventLine) -> Topic {
    words::topic(&format!("{} {}", event.why.cue, event.words.join(" ")))
}

fn truce_of(event: &EventLine, topic: Topic) -> Option<Truce> {
    let told = topic.truce.filter(|kind| *kind != Truce::Made || event.kind != EventType::Assault);
    told.or((event.mode == CEASEFIRE).then_some(Truce::Made))
}

fn is_real(event: &EventLine) -> bool {
    matches!(event.status, Status::Happened | Status::Ongoing)
}

/// The day of an event, the first where it is told no more closely than some days.
fn day(event: &EventLine) -> Option<Date> {
    event.when.filter(|w| w.length() <= DAYS).map(|w| w.first())
}

/// How closely the day of an event is told.
fn told(event: &EventLine) -> &'static str {
    if event.when.is_some_and(|w| w.length() == 1) { DAY } else { FIRST }
}

fn parties(event: &EventLine) -> Vec<Who> {
    let mut parties = event.source.clone();
    parties.extend(event.target.iter().filter(|w| !event.source.contains(w)));
    parties
}

fn evidence(event: &EventLine) -> Evidence {
    let report = &event.reports[0];
    Evidence { cite: report.cite, words: event.quote.clone(), voice: report.voice.clone(), found: Some((event.why, event.confidence)) }
}

fn all(event: &EventLine) -> Vec<Evidence> {
    event.reports.iter().take(SHOWN).map(|r| Evidence { cite: r.cite, voice: r.voice.clone(), ..evidence(event) }).collect()
}
