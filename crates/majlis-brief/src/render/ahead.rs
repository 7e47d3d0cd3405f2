//! What is ahead in the brief: answers and how far they can be relied on, what would change them, what changed, and what is not known.

use super::indicators::{contrary, indicators};
use super::outlook::{Cited, answers, asks, judgement, lacking, leaning, limits, number, percent, word};
use super::page::{PHRASE, Page};
use super::{Form, charts, dates};
use crate::model::Cite;
use crate::outlook::{Ahead, Answer, Asks, Before};
use crate::propose::Question;
use majlis_model::Likelihood;
use majlis_model::run::{Bargaining, Confidence};
use std::collections::BTreeSet;

/// The most answers among the key judgements, on issues and on all else, and the most numbers in a tornado.
const ISSUES: usize = 2;
const OTHERS: usize = 3;
const BARS: usize = 8;
/// Days ahead that a key judgement looks.
const DAYS: u16 = 30;
/// The most questions of one kind that are asked one by one.
const ALIKE: usize = 3;
/// Points by which a probability must move to count as changed.
const MOVED: f64 = 0.05;

/// The answers that stand among the key judgements: one for each thing asked, truces and attacks for [`DAYS`] days.
pub(super) fn judgements(page: &Page<'_>, ahead: &Ahead) -> Vec<String> {
    let is_main = |answer: &&Answer| !matches!(answer.asks, Asks::Holds { days, .. } | Asks::Attacked { days } if days != DAYS);
    let (issues, others): (Vec<&Answer>, Vec<&Answer>) = ahead.outlook.answers.iter().filter(is_main).partition(|a| matches!(a.asks, Asks::Settles { .. }));
    let judged = issues.into_iter().take(ISSUES).chain(others.into_iter().take(OTHERS));
    judged.map(|a| format!("{} {}", judgement(page, &ahead.outlook, a), page.cites(cites(ahead, a)))).collect()
}

pub(super) fn write(page: &mut Page<'_>, ahead: &Ahead) {
    page.section("outlook.answers");
    let cited = cited(page, ahead);
    answers(page, &ahead.outlook, Some(&cited));
    for issue in &ahead.run.issues {
        tornado(page, ahead, issue, &cited);
    }
    survival(page, ahead);
    confidence(page, ahead);
    alternatives(page, ahead);
    changes(page, ahead);
    leaning(page, &ahead.outlook);
}

/// Where the words stand that an answer's numbers rest on.
fn cites(ahead: &Ahead, answer: &Answer) -> BTreeSet<Cite> {
    let (list, id) = answer.of();
    let rests = |entry: &&crate::propose::Entry| if list == "attack" { entry.list == "incident" } else { entry.list == list && entry.id() == Some(id) };
    ahead.entries.iter().filter(rests).flat_map(|e| e.evidence.iter().chain(e.keys.iter().flat_map(|k| &k.evidence))).map(|e| e.cite).collect()
}

/// The citations of every answer, and of every number that one hinges on or that a tornado shows.
fn cited(page: &Page<'_>, ahead: &Ahead) -> Cited {
    let answers = ahead.outlook.answers.iter().map(|a| (a.question.clone(), cites(ahead, a)));
    let hinges = ahead.outlook.answers.iter().flat_map(|a| &a.hinges).map(|h| &h.number);
    let bars = ahead.run.issues.iter().flat_map(|i| &i.tornado.bars).map(|b| &b.path);
    let numbers = hinges.chain(bars).map(|number| (number.clone(), rests_on(ahead, number)));
    answers.chain(numbers).filter(|(_, cites)| !cites.is_empty()).map(|(of, cites)| (of, page.cites(cites))).collect()
}

/// Where the words stand that a number rests on: `actor.influence`, `actor.issue.position`.
fn rests_on(ahead: &Ahead, number: &str) -> BTreeSet<Cite> {
    let parts: Vec<&str> = number.split('.').collect();
    let (Some(&id), Some(&name)) = (parts.first(), parts.last()) else { return BTreeSet::new() };
    let owners = ahead.entries.iter().filter(|e| e.id() == Some(id));
    let tables = owners.flat_map(|e| match parts.as_slice() {
        [_, issue, _] => e.parts.iter().filter(|part| part.is_of(issue)).collect(),
        _ => vec![e],
    });
    tables.flat_map(|e| &e.keys).filter(|k| k.name == name).flat_map(|k| &k.evidence).map(|e| e.cite).collect()
}

fn tornado(page: &mut Page<'_>, ahead: &Ahead, issue: &Bargaining, cited: &Cited) {
    let bars: Vec<_> = issue.tornado.bars.iter().filter(|b| b.swing > 0.0).take(BARS).collect();
    let Some(about) = ahead.standoff.issue.iter().find(|i| i.id == issue.issue).filter(|_| !bars.is_empty()) else { return };
    let title = page.fill("tornado", &[("issue", &super::outlook::label(page, &about.name)), ("base", &format!("{:.0}", issue.tornado.base))]);
    page.part(&title);
    let named = |path: &str| {
        let whose = ahead.standoff.actor.iter().find(|a| path.split('.').next() == Some(&a.id)).map(|a| a.name.clone());
        number(page, &crate::outlook::Hinge { number: path.to_owned(), whose, from_to: (0.0, 0.0), turns_at: None })
    };
    let drawn: Vec<(String, f64, f64)> = bars.iter().map(|b| (named(&b.path), b.at_low, b.at_high)).collect();
    let lang = page.lang;
    page.figure(|| charts::tornado(lang, charts::Room::Page, &title, issue.tornado.base, &drawn), &[]);
    let mut rows = vec![(page.say("play.number"), ["play.range", "play.at.low", "play.at.high"].map(|key| page.say(key)))];
    let row = |((name, ..), b): (&(String, f64, f64), &&majlis_model::sensitivity::tornado::Bar)| {
        let cites = cited.get(&b.path).filter(|_| page.form != Form::Text).map_or_else(String::new, |cites| format!(" {cites}"));
        (format!("{name}{cites}"), [format!("{:.0}–{:.0}", b.low, b.high), format!("{:.0}", b.at_low), format!("{:.0}", b.at_high)])
    };
    rows.extend(drawn.iter().zip(&bars).map(row));
    page.table(&rows);
}

fn survival(page: &mut Page<'_>, ahead: &Ahead) {
    for kept in &ahead.run.truces {
        let (Some(forecast), Some(truce)) = (kept.forecasts.last(), ahead.standoff.truce.iter().find(|t| t.id == kept.truce)) else { continue };
        let title = page.fill("survival", &[("truce", &super::outlook::label(page, &truce.name))]);
        page.part(&title);
        let curve: Vec<(f64, f64, (f64, f64))> = forecast.curve.iter().map(|h| (h.days, h.probability, h.interval)).collect();
        let days = page.say("survival.days");
        let lang = page.lang;
        page.figure(|| charts::survival(lang, &title, &days, &curve), &[]);
        let mut rows = vec![(days.clone(), ["survival.holds", "survival.range", "survival.kept"].map(|key| page.say(key)))];
        let row = |(held, quiet): (&majlis_model::truce::survival::Holds, &majlis_model::truce::survival::Holds)| {
            let (low, high) = held.interval;
            (
                format!("{:.0}", held.days),
                [
                    percent(page.lang, held.probability),
                    format!("{}–{}", percent(page.lang, low), percent(page.lang, high)),
                    percent(page.lang, quiet.probability),
                ],
            )
        };
        rows.extend(forecast.holds.iter().zip(&forecast.if_kept).map(row));
        page.table(&rows);
    }
}

/// How far all of it can be relied on, what is reported and what assumed. Stands apart from how likely anything is.
fn confidence(page: &mut Page<'_>, ahead: &Ahead) {
    page.section("play.basis");
    let basis = &ahead.run.basis;
    let level = page.say(if basis.confidence == Confidence::Low { "play.confidence.low" } else { "play.confidence.moderate" });
    let rule = page.fill("play.confidence.rule", &[("points", &format!("{:.0}", Confidence::APART))]);
    page.part(&format!("{level} {rule}"));
    let keys = || ahead.entries.iter().flat_map(|e| e.keys.iter().chain(e.parts.iter().flat_map(|p| &p.keys))).filter(|k| k.because.is_some());
    let reported = keys().filter(|k| k.is_told()).count();
    let values = [reported.to_string(), (keys().count() - reported).to_string(), basis.assumed.to_string(), basis.rules.to_string()];
    let text = page.fill("basis.reported", &[("n", &values[0])]);
    let cites = page.cites(keys().filter(|k| k.is_told()).flat_map(|k| k.evidence.iter().map(|e| e.cite)));
    page.item(0, &format!("{text} {cites}"));
    let text = page.fill("basis.assumed", &[("n", &values[1])]);
    page.item(0, &text);
    let text = page.fill("play.assumed", &[("n", &values[2]), ("all", &values[3])]);
    page.item(0, &text);
    if !ahead.run.issues.is_empty() {
        let text = page.fill("play.apart", &[("points", &format!("{:.0}", basis.apart))]);
        page.item(0, &text);
    }
    limits(page);
}

/// The contrary of each judgement, how likely it is, and what would point to it.
fn alternatives(page: &mut Page<'_>, ahead: &Ahead) {
    page.section("alternatives");
    let mut asked = false;
    for answer in ahead.outlook.answers.iter().filter(|a| !matches!(a.asks, Asks::Holds { days, .. } | Asks::Attacked { days } if days != DAYS)) {
        asked = true;
        let no = 1.0 - answer.probability;
        let values = [contrary(page, &answer.asks), percent(page.lang, no)];
        let text = page.fill("answer", &[("asks", &values[0]), ("word", word(page, Likelihood::of(no))), ("percent", &values[1])]);
        let text = format!("{text} {}", page.cites(cites(ahead, answer)));
        page.item(0, &text);
        for hinge in answer.hinges.iter().filter(|h| h.turns_at.is_some()) {
            let values = [number(page, hinge), hinge.turns_at.map_or_else(String::new, |at| format!("{at:.0}"))];
            let text = page.fill("indicator.turns", &[("number", &values[0]), ("at", &values[1])]);
            page.item(1, &text);
        }
        for text in indicators(page, ahead, answer) {
            page.item(1, &text);
        }
    }
    if !asked {
        let text = page.say("none");
        page.part(&text);
    }
}

/// What the forecast before this one said of the same questions.
fn changes(page: &mut Page<'_>, ahead: &Ahead) {
    page.section("changes");
    let Some(Before { run, on, chances }) = &ahead.before else {
        let text = page.say("changes.none");
        page.part(&text);
        return;
    };
    let text = page.fill("changes.since", &[("run", &run.to_string()), ("date", &dates::day(page.lang, *on))]);
    page.part(&text);
    let was = |answer: &Answer| chances.iter().find(|(question, _)| undated(question) == undated(&answer.question)).map(|(_, p)| *p);
    let mut same = 0;
    for answer in &ahead.outlook.answers {
        let now = percent(page.lang, answer.probability);
        let asked = asks(page, &answer.asks);
        let text = match was(answer) {
            None => page.fill("changes.new", &[("asks", &asked), ("now", &now)]),
            Some(p) if (p - answer.probability).abs() >= MOVED => {
                page.fill("changes.moved", &[("asks", &asked), ("was", &percent(page.lang, p)), ("now", &now)])
            }
            Some(_) => {
                same += 1;
                continue;
            }
        };
        page.item(0, &text);
    }
    let asked = |question: &str| ahead.outlook.answers.iter().any(|a| undated(&a.question) == undated(question));
    for (question, p) in chances.iter().filter(|(question, _)| !asked(question)) {
        let text = page.fill("changes.gone", &[("question", &page.isolate(question)), ("was", &percent(page.lang, *p))]);
        page.item(0, &text);
    }
    let text = page.fill("changes.same", &[("n", &same.to_string())]);
    page.item(0, &text);
}

/// A question's name without the day on which it closes, which moves with the day that it is asked.
fn undated(question: &str) -> &str {
    match question.rsplit_once(':') {
        Some((rest, day)) if day.parse::<jiff::civil::Date>().is_ok() => rest,
        _ => question,
    }
}

/// What the texts leave open, and what no model could tell for want of it.
pub(super) fn gaps(page: &mut Page<'_>, ahead: &Ahead) {
    page.section("gaps");
    let alike = |question: &Question| ahead.questions.iter().filter(|other| other.asks == question.asks).count();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for question in &ahead.questions {
        if alike(question) > ALIKE && page.has(&format!("{}.many", question.asks)) {
            if told.insert(question.asks) {
                let all = ahead.questions.iter().filter(|other| other.asks == question.asks);
                let text = page.fill(&format!("{}.many", question.asks), &[("n", &alike(question).to_string())]);
                let text = format!("{text} {}", page.cites(all.flat_map(|q| q.evidence.iter().map(|e| e.cite))));
                page.item(0, &text);
            }
            continue;
        }
        let text = question.say(page.brief, page.lang);
        let text = if question.evidence.is_empty() {
            text
        } else {
            let words = page.quote(&question.evidence[0].words, PHRASE);
            format!("{text} {words} {}", page.cites(question.evidence.iter().map(|e| e.cite)))
        };
        page.item(0, &text);
    }
    if !ahead.outlook.lacking.is_empty() {
        let text = page.say("gaps.models");
        page.part(&text);
        lacking(page, &ahead.outlook);
    }
}
