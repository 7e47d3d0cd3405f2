//! The first forecast, with what it rests on.

use super::page::{PHRASE, Page};
use super::{Form, Lang, charts};
use crate::draws::{DRAWS, SEED};
use crate::model::{Cite, Distribution, Forecast, Position, Range};
use std::collections::BTreeSet;

/// Length of the histogram's longest bar.
const BAR: usize = 40;
/// The upper ends of ICD 203's probability words, in percent.
const ICD: [f64; 6] = [5.0, 20.0, 45.0, 55.0, 80.0, 95.0];

pub(super) fn write(page: &mut Page<'_>) {
    page.section("forecast");
    let (brief, lang) = (page.brief, page.lang);
    let Some(forecast) = &brief.forecast else {
        let text = page.say(undisputed(page));
        page.part(&text);
        return;
    };
    let issue = &brief.issues[forecast.issue];
    let evidence = page.cites(evidence(forecast));
    let text = page.fill("forecast.issue", &[("issue", &page.quote(&issue.label, PHRASE))]);
    page.part(&format!("{text} {evidence}"));
    let text = format!("{} {}", page.say("forecast.scale"), page.say("forecast.ranges"));
    page.part(&text);
    let drawn: Vec<(String, Range, f64)> = forecast.positions.iter().map(|p| (page.name(p.who), p.position, p.influence.mode * p.salience.mode)).collect();
    let ends = [page.say("side.against"), page.say("side.for")];
    page.figure(|| charts::position_line(lang, charts::Room::Page, &issue.label, [&ends[0], &ends[1]], &drawn), &[]);
    for position in &forecast.positions {
        let text = actor(page, position);
        page.item(0, &text);
    }
    let drawn: Vec<(String, Range, Range)> = forecast.positions.iter().map(|p| (page.name(p.who), p.salience, p.influence)).collect();
    let (title, axes) = (page.say("influence.salience"), ["play.input.salience", "play.input.influence"].map(|key| page.say(key)));
    page.part(&title);
    page.figure(|| charts::influence_salience(lang, &title, [&axes[0], &axes[1]], &drawn), &[]);
    let mut rows = vec![(page.say("play.actor"), ["play.input.position", "play.input.salience", "play.input.influence"].map(|key| page.say(key)))];
    let name = |p: &Position| match page.form {
        Form::Text => page.name(p.who),
        _ => format!("{} {}", page.name(p.who), page.cites(p.cites.iter().copied())),
    };
    rows.extend(forecast.positions.iter().map(|p| (name(p), [p.position, p.salience, p.influence].map(range))));
    page.table(&rows);
    for (key, distribution) in [("mean", &forecast.mean), ("median", &forecast.median)] {
        let text = page.fill(key, &[("percentiles", &percentiles(page, distribution))]);
        page.part(&format!("{text} {evidence}"));
    }
    let text = page.fill("histogram", &[("draws", &DRAWS.to_string()), ("seed", &SEED.to_string())]);
    page.part(&text);
    let rows = histogram(page.lang, &forecast.mean);
    page.figure(|| charts::distribution(lang, charts::Room::Page, &text, &forecast.mean.histogram), &rows);
    if let Some(text) = likelihood(page) {
        page.part(&text);
    }
    let text = confidence(page, forecast);
    page.part(&text);
    for rule in ["rule.position", "rule.salience", "rule.influence", "rule.left.out"] {
        let text = page.say(rule);
        page.item(0, &text);
    }
}

/// What is said where no issue has an actor for it and another against it. An issue may still follow from what one presses another to do.
pub(super) fn undisputed(page: &Page<'_>) -> &'static str {
    let implied = page.ahead.is_some_and(|ahead| !ahead.run.issues.is_empty());
    if implied { "no.dispute.implied" } else { "no.dispute" }
}

fn evidence(forecast: &Forecast) -> impl Iterator<Item = Cite> {
    forecast.positions.iter().flat_map(|p| p.cites.iter().copied())
}

fn actor(page: &Page<'_>, position: &Position) -> String {
    let values = [page.name(position.who), range(position.position), range(position.salience), range(position.influence)];
    let mut parts = vec![page.fill("forecast.actor", &[("name", &values[0]), ("position", &values[1]), ("salience", &values[2]), ("influence", &values[3])])];
    let weak = [(position.one_source, "one.source"), (position.unnamed_only, "unnamed.only"), (position.unsure, "unsure")];
    parts.extend(weak.iter().filter(|(is, _)| *is).map(|(_, key)| page.say(key)));
    format!("{} {}", parts.join(" · "), page.cites(position.cites.iter().copied()))
}

fn range(range: Range) -> String {
    format!("{:.0}–{:.0}–{:.0}", range.low, range.mode, range.high)
}

fn percentiles(page: &Page<'_>, distribution: &Distribution) -> String {
    let [p5, p25, p50, p75, p95] = distribution.percentiles.map(|p| format!("{p:.0}"));
    page.fill("percentiles", &[("p5", &p5), ("p25", &p25), ("p50", &p50), ("p75", &p75), ("p95", &p95)])
}

fn histogram(lang: Lang, distribution: &Distribution) -> Vec<String> {
    let most = distribution.histogram.iter().copied().max().unwrap_or(1).max(1) as usize;
    let row = |(tenth, &count): (usize, &u32)| {
        let bar = "█".repeat((count as usize * BAR).div_ceil(most));
        let from = tenth * 10;
        let percent = f64::from(count) * 100.0 / DRAWS as f64;
        let label = if lang == Lang::Arabic { format!("{from}–{:<3}", from + 10) } else { format!("{from:>4}–{:<3}", from + 10) };
        format!("{label} {bar} {percent:.1}%")
    };
    distribution.histogram.iter().enumerate().filter(|(_, count)| **count > 0).map(row).collect()
}

/// How probable the draws make it that the mean lies on the supporters' side.
pub(super) fn likelihood(page: &Page<'_>) -> Option<String> {
    let forecast = page.brief.forecast.as_ref()?;
    let percent = forecast.above_half * 100.0;
    let word = page.say(&format!("icd.{}", 1 + ICD.iter().filter(|end| percent > **end).count()));
    let shown = if percent < 1.0 {
        "<1%".to_owned()
    } else if percent > 99.0 {
        ">99%".to_owned()
    } else {
        format!("{percent:.0}%")
    };
    let text = page.fill("likelihood", &[("word", &word), ("percent", &shown)]);
    Some(format!("{text} {}", page.cites(evidence(forecast))))
}

/// What the forecast rests on. Stands apart from how likely anything is.
fn confidence(page: &Page<'_>, forecast: &Forecast) -> String {
    let issue = &page.brief.issues[forecast.issue];
    let documents: BTreeSet<u32> = evidence(forecast).map(|c| c.document).collect();
    let weak = forecast.positions.iter().filter(|p| p.one_source || p.unnamed_only).count();
    let values = [page.count("stances", issue.stances.len()), forecast.positions.len().to_string(), page.count("reports", documents.len()), weak.to_string()];
    page.fill("confidence", &[("stances", &values[0]), ("actors", &values[1]), ("documents", &values[2]), ("weak", &values[3])])
}
