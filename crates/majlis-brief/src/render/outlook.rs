//! What is ahead, written out: answers with likelihood, range and baseline, what they hinge on, which sources they lean on.

use super::bidi::figure;
use super::page::PHRASE;
use super::sheet::Sheet;
use super::{Form, Lang, dates};
use crate::outlook::{Answer, Asks, Baseline, Drop, Hinge, Lean, Outlook, Source};
use majlis_model::Likelihood;
use majlis_model::run::Why;
use majlis_model::standoff::Label;
use std::collections::BTreeMap;

/// The most sources listed for an issue.
const SOURCES: usize = 8;
/// Citations in brackets, by what they are of.
pub(super) type Cited = BTreeMap<String, String>;

/// Points by which a probability must change to be shown.
const CHANGE: f64 = 0.03;

/// The outlook written out.
#[must_use]
pub fn render_outlook(outlook: &Outlook, lang: Lang, form: Form) -> String {
    let mut sheet = Sheet::new(lang, form);
    write(&mut sheet, outlook);
    sheet.finish("outlook.title")
}

/// The outlook as HTML to stand in a page: headings of the second level, paragraphs and lists.
#[must_use]
pub fn outlook_fragment(outlook: &Outlook, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang, Form::Html);
    write(&mut sheet, outlook);
    sheet.fragment()
}

fn write(sheet: &mut Sheet, outlook: &Outlook) {
    sheet.section("outlook.answers");
    answers(sheet, outlook, None);
    leaning(sheet, outlook);
    sheet.section("outlook.lacking");
    lacking(sheet, outlook);
    limits(sheet);
}

/// Each question with its answer. `cited` has the citations of what each answer and each number that it hinges on rests on, by the name of the
/// question and of the number; without it, the name by which the ledger knows the question is told.
pub(super) fn answers(sheet: &mut Sheet, outlook: &Outlook, cited: Option<&Cited>) {
    let values = [label(sheet, &outlook.name), dates::day(sheet.lang, outlook.date), outlook.draws.to_string(), outlook.seed.to_string()];
    let text = sheet.fill("outlook.of", &[("name", &values[0]), ("date", &values[1]), ("draws", &values[2]), ("seed", &values[3])]);
    sheet.part(&text);
    for one in &outlook.answers {
        answer(sheet, outlook, one, cited);
    }
    if outlook.answers.is_empty() {
        let text = sheet.say("none");
        sheet.part(&text);
    }
}

/// A section on the sources that the answers lean on.
pub(super) fn leaning(sheet: &mut Sheet, outlook: &Outlook) {
    let Some(leans) = &outlook.leans else { return };
    sheet.section("outlook.leans");
    let text = sheet.say(if leans.is_empty() { "none" } else { "lean.how" });
    sheet.part(&text);
    leans.iter().for_each(|one| lean(sheet, one));
}

/// What no model could tell.
pub(super) fn lacking(sheet: &mut Sheet, outlook: &Outlook) {
    for lack in &outlook.lacking {
        let of = lack.of.as_ref().filter(|_| sheet.lang == Lang::English).map_or_else(String::new, |of| format!(" {of}"));
        let why = match &lack.why {
            Why::Needs(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| sheet.say(&format!("lack.{key}"))).collect();
                sheet.fill("lack.needs", &[("keys", &keys.join(&sheet.say("or")))])
            }
            // What a model says is English.
            Why::Refused(_) if sheet.lang == Lang::Arabic => sheet.say("lack.refused"),
            Why::Refused(problem) => problem.clone(),
        };
        let part = sheet.say(&format!("play.part.{}", lack.part.key()));
        sheet.item(0, &format!("{part}{of}: {why}"));
    }
}

/// A section on what no forecast of ours is.
pub(super) fn limits(sheet: &mut Sheet) {
    sheet.section("outlook.limits");
    for rule in ["limit.models", "limit.proposals", "limit.sources"] {
        let text = sheet.say(rule);
        sheet.item(0, &text);
    }
}

/// The source without which the verdict on an issue turns, where a verdict is given.
fn turns_without<'o>(outlook: &'o Outlook, answer: &Answer) -> Option<&'o Drop> {
    let verdict = matches!(answer.asks, Asks::Settles { .. }) && answer.likelihood != Some(Likelihood::RoughlyEven);
    let (_, issue) = answer.of();
    outlook.leans.as_ref().filter(|_| verdict)?.iter().find(|lean| lean.issue == issue)?.turns_without()
}

/// The question and how likely yes is; and, in a sentence of its own, that the verdict rests on one source.
pub(super) fn judgement(sheet: &Sheet, outlook: &Outlook, answer: &Answer) -> String {
    let asked = asks(sheet, &answer.asks);
    let likely = sheet.fill("answer", &[("asks", &asked), ("word", word(sheet, answer.likelihood)), ("percent", &percent(sheet.lang, answer.probability))]);
    match turns_without(outlook, answer) {
        Some(drop) => format!("{likely}. {}", sheet.fill("answer.one.source", &[("source", &source(sheet, &drop.source))])),
        None => likely,
    }
}

/// A likelihood in the reader's language.
pub(super) fn word(sheet: &Sheet, likelihood: Option<Likelihood>) -> &'static str {
    likelihood.map_or("", if sheet.lang == Lang::Arabic { Likelihood::arabic } else { Likelihood::english })
}

/// A number of the standoff: whose it is, and what.
pub(super) fn number(sheet: &Sheet, hinge: &Hinge) -> String {
    let what = sheet.say(&format!("play.input.{}", hinge.number.rsplit('.').next().unwrap_or_default()));
    hinge.whose.as_ref().map_or_else(|| what.clone(), |whose| format!("{} ({what})", label_bare(sheet, whose)))
}

/// What a model does, in words.
fn model(sheet: &Sheet, code: &str) -> String {
    sheet.say(&format!("model.{code}"))
}

fn answer(sheet: &mut Sheet, outlook: &Outlook, answer: &Answer, cited: Option<&Cited>) {
    let with = |text: String, of: &str| cited.and_then(|cited| cited.get(of)).map_or_else(|| text.clone(), |cites| format!("{text} {cites}"));
    let text = with(judgement(sheet, outlook, answer), &answer.question);
    sheet.item(0, &text);
    let mut parts = vec![sheet.fill("answer.by", &[("model", &model(sheet, &answer.by))])];
    if let Asks::Settles { at: (low, middle, high), .. } = &answer.asks {
        let values = [low, middle, high].map(|v| format!("{v:.0}"));
        parts.push(sheet.fill("answer.at", &[("low", &values[0]), ("middle", &values[1]), ("high", &values[2])]));
    }
    parts.extend(answer.range.map(|(low, high)| sheet.fill("answer.range", &[("low", &percent(sheet.lang, low)), ("high", &percent(sheet.lang, high))])));
    if !answer.others.is_empty() {
        let others: Vec<String> = answer.others.iter().map(|(model, p)| format!("{} {}", self::model(sheet, model), percent(sheet.lang, *p))).collect();
        parts.push(sheet.fill("answer.others", &[("models", &others.join(&sheet.say("sep")))]));
    }
    let baseline = match answer.baseline.0 {
        Baseline::Ignorance => "baseline.ignorance",
        Baseline::Rate => "baseline.rate",
        Baseline::EvenChances => "baseline.even",
    };
    parts.push(sheet.fill(baseline, &[("percent", &percent(sheet.lang, answer.baseline.1))]));
    parts.extend(answer.closes.map(|day| sheet.fill("answer.closes", &[("date", &dates::day(sheet.lang, day))])));
    sheet.below(0, &parts.join(" · "));
    for hinge in &answer.hinges {
        let values = [number(sheet, hinge), format!("{:.0}", hinge.from_to.0), format!("{:.0}", hinge.from_to.1)];
        let mut text = sheet.fill("answer.hinge", &[("number", &values[0]), ("from", &values[1]), ("to", &values[2])]);
        if let Some(at) = hinge.turns_at {
            text = format!("{text}{}{}", sheet.say("sep"), sheet.fill("answer.turns", &[("at", &format!("{at:.0}"))]));
        }
        sheet.item(1, &with(text, &hinge.number));
    }
    if cited.is_none() {
        let text = sheet.fill("answer.question", &[("question", &sheet.isolate(&answer.question))]);
        sheet.below(0, &text);
    }
}

pub(super) fn asks(sheet: &Sheet, asks: &Asks) -> String {
    match asks {
        Asks::Settles { high, low, .. } => sheet.fill("asks.settles", &[("high", &label(sheet, high)), ("low", &label(sheet, low))]),
        Asks::Carried { motion } => sheet.fill("asks.carried", &[("motion", &label(sheet, motion))]),
        Asks::Holds { truce, days } => sheet.fill("asks.holds", &[("truce", &label(sheet, truce)), ("days", &sheet.count("days.more", usize::from(*days)))]),
        Asks::Attacked { days } => sheet.fill("asks.attacked", &[("days", &sheet.count("days.more", usize::from(*days)))]),
        Asks::GivesWay { threat } => sheet.fill("asks.gives", &[("threat", &label(sheet, threat))]),
        Asks::ComesFirst { election, list } => sheet.fill("asks.first", &[("election", &label(sheet, election)), ("list", &label(sheet, list))]),
    }
}

/// A source that is left out, in words.
fn source(sheet: &Sheet, source: &Source) -> String {
    match source {
        Source::Unnamed => sheet.say("lean.unnamed"),
        Source::Text { documents, outlet } => {
            let documents = documents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            format!("{} [{documents}]", named(sheet, outlet))
        }
        Source::Outlet(outlet) => named(sheet, outlet),
    }
}

fn lean(sheet: &mut Sheet, lean: &Lean) {
    let text = sheet.fill("lean.all", &[("issue", &label(sheet, &lean.name)), ("percent", &percent(sheet.lang, lean.all))]);
    sheet.item(0, &text);
    // What all unnamed sources do is told however little it is.
    let shown = |d: &&Drop| d.source == Source::Unnamed || d.probability.is_none_or(|p| (p - lean.all).abs() >= CHANGE);
    let (changed, rest): (Vec<&Drop>, Vec<&Drop>) = lean.without.iter().partition(shown);
    for drop in changed.iter().take(SOURCES) {
        let source = source(sheet, &drop.source);
        let text = match drop.probability {
            None => sheet.fill("lean.gone", &[("source", &source)]),
            Some(p) => {
                let turns = if (p > 0.5) == (lean.all > 0.5) { String::new() } else { format!("{}{}", sheet.say("sep"), sheet.say("lean.turns")) };
                format!("{}{turns}", sheet.fill("lean.without", &[("source", &source), ("percent", &percent(sheet.lang, p))]))
            }
        };
        sheet.item(1, &text);
    }
    let others = rest.len() + changed.len().saturating_sub(SOURCES);
    if others > 0 {
        let text = sheet.fill("lean.rest", &[("n", &others.to_string())]);
        sheet.item(1, &text);
    }
    if lean.without.is_empty() {
        let text = sheet.say("lean.none");
        sheet.item(1, &text);
    }
}

/// An outlet, or that it is not given.
fn named(sheet: &Sheet, outlet: &str) -> String {
    if outlet.is_empty() { sheet.say("no.outlet") } else { sheet.isolate(outlet) }
}

fn label_bare(sheet: &Sheet, label: &Label) -> String {
    sheet.isolate(if sheet.lang == Lang::Arabic { &label.ar } else { &label.en })
}

pub(super) fn label(sheet: &Sheet, label: &Label) -> String {
    let words = if sheet.lang == Lang::Arabic { &label.ar } else { &label.en };
    let words = crate::batch::plain(words);
    let cut = match words.char_indices().nth(PHRASE) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    };
    sheet.isolate(&format!("«{cut}»"))
}

/// A probability in percent; what is not certain is never written as such.
pub(super) fn percent(lang: Lang, p: f64) -> String {
    match p * 100.0 {
        p if p < 1.0 => figure("<1%", lang),
        p if p > 99.0 => figure(">99%", lang),
        p => format!("{p:.0}%"),
    }
}
