//! Demands and conditions, who wants what, and what is denied.

use super::page::{CLAUSE, PHRASE, Page};
use crate::issues::who;
use crate::model::{Cite, Issue};
use majlis_read::Side;

/// The most issues raised by one actor only, and the most other wordings, that are listed.
const SINGLES: usize = 25;
const WORDINGS: usize = 3;
/// How much of what is asked tells whether a clause holds it, in characters.
const BEGINS: usize = 16;

pub(super) fn bargains(page: &mut Page<'_>) {
    page.section("bargains");
    for bargain in &page.brief.bargains {
        let parties = page.parties(bargain.kind, &bargain.source, &bargain.target);
        let mut parts = vec![page.kind(bargain.kind, "", bargain.status), parties, page.quote(&bargain.quote, CLAUSE)];
        parts.retain(|p| !p.is_empty());
        // A clause may end before what it asks.
        let begins: String = bargain.words.chars().take(BEGINS).collect();
        if bargain.side.is_some() && !bargain.quote.contains(&begins) && !bargain.words.contains(':') {
            parts.push(page.quote(&bargain.words, PHRASE));
        }
        parts.extend(bargain.condition.as_ref().map(|c| page.fill("condition", &[("words", &page.quote(c, PHRASE))])));
        parts.push(page.according(&bargain.reports));
        let text = format!("{} {}", parts.join(" · "), page.cites(bargain.reports.iter().map(|r| r.cite)));
        page.item(0, &text);
    }
    if page.brief.bargains.is_empty() {
        nothing(page);
    }
}

fn nothing(page: &mut Page<'_>) {
    let text = page.say("none");
    page.part(&text);
}

pub(super) fn issues(page: &mut Page<'_>) {
    page.section("issues");
    let (shared, single): (Vec<&Issue>, Vec<&Issue>) = page.brief.issues.iter().partition(|i| who(i, |_| true).len() > 1);
    for issue in &shared {
        let label = page.quote(&issue.label, PHRASE);
        page.item(0, &label);
        sides_below(page, issue);
        let wordings = wordings(page, issue);
        if !wordings.is_empty() {
            let text = page.fill("worded", &[("words", &wordings)]);
            page.below(0, &text);
        }
    }
    if !single.is_empty() && !shared.is_empty() {
        let text = page.say("single");
        page.part(&text);
    }
    for issue in single.iter().take(SINGLES) {
        let sides = sides(page, issue).into_iter().map(|(side, names, cites)| format!("{side}: {names} {}", page.cites(cites))).collect::<Vec<_>>();
        let text = format!("{} · {}", page.quote(&issue.label, PHRASE), sides.join(" · "));
        page.item(0, &text);
    }
    if let Some(rest) = single.get(SINGLES..).filter(|r| !r.is_empty()) {
        let text = page.fill("others.single", &[("n", &rest.len().to_string())]);
        let text = format!("{text} {}", page.cites(rest.iter().flat_map(|i| i.stances.iter().map(|s| s.report.cite))));
        page.item(0, &text);
    }
    if page.brief.issues.is_empty() {
        nothing(page);
    }
}

/// Each side that somebody takes on an issue: its name, the actors, and where they take it.
pub(super) fn sides(page: &Page<'_>, issue: &Issue) -> Vec<(String, String, Vec<Cite>)> {
    let sides = [(Side::For, "side.for"), (Side::Against, "side.against"), (Side::Conditional, "side.conditional")];
    let line = |(side, key): (Side, &str)| {
        let names: Vec<u32> = who(issue, |s| s == side).into_iter().collect();
        let cites = issue.stances.iter().filter(|s| s.side == side).map(|s| s.report.cite).collect();
        (!names.is_empty()).then(|| (page.say(key), page.names(&names), cites))
    };
    sides.into_iter().filter_map(line).collect()
}

fn sides_below(page: &mut Page<'_>, issue: &Issue) {
    let sides = [(Side::For, "side.for"), (Side::Against, "side.against"), (Side::Conditional, "side.conditional")];
    for (side, key) in sides {
        for actor in who(issue, |s| s == side) {
            let own: Vec<_> = issue.stances.iter().filter(|s| s.who == actor && s.side == side).collect();
            let mut parts = vec![format!("{}: {}", page.say(key), page.name(actor))];
            parts.extend(own.iter().find(|s| s.reversed).map(|s| page.fill("contrary", &[("words", &page.quote(&s.words, PHRASE))])));
            parts.extend(own.iter().find_map(|s| s.condition.as_ref()).map(|c| page.fill("condition", &[("words", &page.quote(c, PHRASE))])));
            parts.push(page.according(own.iter().map(|s| &s.report)));
            let text = format!("{} {}", parts.join(" · "), page.cites(own.iter().map(|s| s.report.cite)));
            page.item(1, &text);
        }
    }
}

/// The wordings of an issue other than its label.
fn wordings(page: &Page<'_>, issue: &Issue) -> String {
    let mut words: Vec<&str> = Vec::new();
    for s in &issue.stances {
        if s.words != issue.label && !s.reversed && !words.contains(&s.words.as_str()) {
            words.push(&s.words);
        }
    }
    words.iter().take(WORDINGS).map(|w| page.quote(w, PHRASE)).collect::<Vec<_>>().join(&page.say("sep"))
}

pub(super) fn disputes(page: &mut Page<'_>) {
    page.section("disputes");
    let brief = page.brief;
    let disputes = &brief.disputes;
    if !disputes.contradictions.is_empty() {
        let text = page.say("contradicted");
        page.part(&text);
    }
    for &(yes, no) in &disputes.contradictions {
        for (key, index) in [("as.fact", yes), ("as.denied", no)] {
            event(page, usize::from(key == "as.denied"), key, index);
        }
    }
    if !disputes.both_ways.is_empty() {
        let text = page.say("both.ways");
        page.part(&text);
    }
    for &(issue, who) in &disputes.both_ways {
        let issue = &brief.issues[issue];
        let own: Vec<_> = issue.stances.iter().filter(|s| s.who == who && s.side != Side::Conditional).map(|s| &s.report).collect();
        let parts = [page.name(who), page.quote(&issue.label, PHRASE), page.according(own.iter().copied())];
        let text = format!("{} {}", parts.join(" · "), page.cites(own.iter().map(|r| r.cite)));
        page.item(0, &text);
    }
    let told: Vec<usize> = disputes.contradictions.iter().map(|(_, no)| *no).collect();
    let denied: Vec<usize> = disputes.denied.iter().copied().filter(|e| !told.contains(e)).collect();
    if !denied.is_empty() {
        let text = page.say("denied.events");
        page.part(&text);
    }
    for &index in &denied {
        event(page, 0, "denied.event", index);
    }
    if !disputes.denials.is_empty() {
        let text = page.say("denials");
        page.part(&text);
    }
    for &index in &disputes.denials {
        let s = &brief.statements[index];
        let text = format!("{} · {} {}", page.voice(&s.voice), page.quote(&s.words, 2 * PHRASE), page.cites([s.cite]));
        page.item(0, &text);
    }
    if disputes.denied.is_empty() && disputes.denials.is_empty() && disputes.both_ways.is_empty() {
        nothing(page);
    }
}

fn event(page: &mut Page<'_>, depth: usize, key: &str, index: usize) {
    let event = &page.brief.events[index];
    let text = page.fill(key, &[("event", &page.dated_event(event))]);
    let text = format!("{text} · {} {}", page.according(&event.reports), page.cites(event.reports.iter().map(|r| r.cite)));
    page.item(depth, &text);
}
