//! One document: its text with every item marked in place. Hovering over a mark, or reaching it by keyboard, tells what, why and how sure;
//! the same stands in a table below, of which a page shows a part.

use super::ui::{Page, Ui};
use super::{events, ledger, remarks};
use crate::app::App;
use crate::failure::Failure;
use crate::listing::Ask;
use crate::told::isolated;
use axum::extract::{Path, Query, State};
use majlis_case::{DocumentPage, Found};
use majlis_text::CodePoints;
use maud::{Markup, html};

/// Rows of a part of the table, and characters of an item's words in it.
const ROWS: usize = 200;
const SHOWN: usize = 80;

/// A stretch of the text in which something was found.
struct Item {
    /// Where its mark is, and its row in the table: `s12`.
    anchor: String,
    kind: &'static str,
    start: u32,
    end: u32,
    /// What it is, in a line.
    what: String,
    why: String,
    sure: String,
}

pub(super) async fn page(State(app): State<App>, ui: Ui, Path(id): Path<i64>, Query(ask): Query<Ask>) -> Result<Page, Failure> {
    let part = usize::try_from(ask.number()? - 1).unwrap_or(usize::MAX);
    let (document, remarks) = app.read(move |case| Ok((case.document(id)?, case.remarks("document", id)?))).await?;
    let items = items(&ui, &document);
    let points = CodePoints::new(&document.text);
    let d = &document.document;
    let title = d.title.clone().unwrap_or_else(|| d.name.clone());
    let kinds = ["statement", "event", "mention", "time", "place", "stance"];
    let body = html! {
        dl.facts {
            dt { (ui.t("column.outlet")) } dd { bdi { (d.outlet.as_deref().unwrap_or(&ui.t("no.outlet"))) } }
            dt { (ui.t("column.published")) } dd { (ui.day(d.published.as_deref())) @if let Some(how) = &d.inferred { " " span.soft { (ui.t("inferred")) " (" bdi dir="ltr" { (how) } ")" } } }
            dt { (ui.t("origin")) } dd { bdi { (d.url.as_ref().unwrap_or(&d.origin)) } }
            dt { (ui.t("captured")) } dd { (ui.day(Some(&d.captured))) }
            dt { "SHA-256" } dd { code dir="ltr" { (d.source_sha256) } }
            @if d.story != d.id { dt { (ui.t("copy.short")) } dd { a href=(ui.to(&format!("/documents/{}", d.story))) { (ui.fill("copy.of", &[("n", &d.story.to_string())])) } } }
        }
        fieldset.marks {
            legend { (ui.t("marks")) }
            @for kind in kinds {
                label { input type="checkbox" checked data-marks=(kind) id=(format!("show-{kind}")) autocomplete="off"; " " mark class=(kind) { (ui.t(&format!("kind.{kind}"))) } }
            }
        }
        div.text lang=(d.language) { (marked(&document.text, &items, part)) }
        @if let Some(diff) = &document.diff { details { summary { (ui.t("diff")) } pre dir="auto" { (diff) } } }
        section #found {
            h2 { (ui.t("found.here")) }
            @if items.is_empty() { p { (ui.t("nothing")) } }
            @else {
                table.stack {
                    thead { tr { th scope="col" { (ui.t("column.words")) } th scope="col" { (ui.t("column.what")) } th scope="col" { (ui.t("column.why")) } th scope="col" { (ui.t("column.sure")) } th scope="col" { (ui.t("judge")) } } }
                    tbody { @for item in items.iter().skip(part.saturating_mul(ROWS)).take(ROWS) { (row(&ui, &document.text, &points, item)) } }
                }
                (ui.parts(&ask, items.len() as u64, ROWS as u64, "#found"))
            }
        }
        (remarks::section(&ui, "document", id, &remarks, &format!("/documents/{id}")))
    };
    Ok(ui.page(&title, &body))
}

fn row(ui: &Ui, text: &str, points: &CodePoints<'_>, item: &Item) -> Markup {
    let from = text.get(points.byte_of(item.start) as usize..).unwrap_or_default();
    let long = item.end.saturating_sub(item.start) as usize;
    let words: String = from.chars().take(long.min(SHOWN)).collect();
    let cut = long > SHOWN;
    let (kind, number) = (item.kind, &item.anchor[1..]);
    html! {
        tr id=(format!("n-{}", item.anchor)) {
            th scope="row" { a href=(format!("#{}", item.anchor)) { bdi { (words) @if cut { "…" } } } }
            td data-label=(ui.t("column.what")) { mark class=(kind) { (ui.t(&format!("kind.{kind}"))) } " " bdi { (item.what) } }
            td data-label=(ui.t("column.why")) { code dir="ltr" { (item.why) } }
            td data-label=(ui.t("column.sure")) { bdi { (item.sure) } }
            td data-label=(ui.t("judge")) { a href=(ui.to(&format!("/review/{kind}/{number}"))) { (ui.t("judge")) } }
        }
    }
}

fn items(ui: &Ui, page: &DocumentPage) -> Vec<Item> {
    let item = |anchor: String, kind, start, end, what: String, found: &Found| {
        let sure = if found.by_analyst {
            ui.t("by.analyst")
        } else if found.accepted {
            ui.t("accepted")
        } else {
            format!("{:.0}%", found.confidence * 100.0)
        };
        Item { anchor, kind, start, end, what, why: found.why.clone(), sure }
    };
    let name = |actor: &Option<majlis_case::ActorRef>| actor.as_ref().map_or_else(|| "?".to_owned(), |a| ui.name(a).to_owned());
    let names = |actors: &[majlis_case::ActorRef]| actors.iter().map(|a| ui.name(a)).collect::<Vec<_>>().join(&ui.t("comma"));
    let mut items = Vec::new();
    for s in &page.statement_rows {
        let said = ledger::source(ui, s).into_string();
        let what = format!("{} · {}", plain(&said), ui.code("class", &s.class));
        items.push(item(format!("s{}", s.id), "statement", s.cite.start, s.cite.end, what, &s.found));
    }
    for e in &page.event_rows {
        let mut what = vec![plain(&events::kind(ui, e).into_string())];
        if !(e.source.is_empty() && e.target.is_empty()) {
            let source = if e.source.is_empty() { ui.t("somebody") } else { names(&e.source) };
            what.push(if e.target.is_empty() { source } else { format!("{} {} {}", isolated(&source), ui.arrow(), isolated(&names(&e.target))) });
        }
        what.extend(e.time.as_deref().map(isolated));
        items.push(item(format!("e{}", e.id), "event", e.cite.start, e.cite.end, what.join(" · "), &e.found));
    }
    items.extend(page.mentions.iter().map(|m| item(format!("m{}", m.id), "mention", m.start, m.end, name(&m.actor), &m.found)));
    let open = ui.t("unresolved");
    items.extend(page.times.iter().map(|t| item(format!("t{}", t.id), "time", t.start, t.end, t.value.clone().unwrap_or_else(|| open.clone()), &t.found)));
    for p in &page.places {
        let what = format!("{} {}", events::place_name(ui, &p.location), p.location.country);
        items.push(item(format!("p{}", p.id), "place", p.start, p.end, what, &p.found));
    }
    for s in &page.stances {
        let what = format!("{} · {}", name(&s.actor), ui.t(&format!("side.{}", s.side)));
        items.push(item(format!("w{}", s.id), "stance", s.cite.start, s.cite.end, what, &s.found));
    }
    items.sort_by_key(|item| (item.start, std::cmp::Reverse(item.end)));
    items
}

/// The text of markup that we made ourselves.
fn plain(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].iter().fold(out, |text, (code, sign)| text.replace(code, sign))
}

/// The text, a paragraph a line, cut where items begin and end. Each piece is marked by the smallest item around it; the piece with which an
/// item begins is a link to its row, the others only carry the note. Items are in the order of the text, so one walk over both is enough.
fn marked(text: &str, items: &[Item], part: usize) -> Markup {
    let mut at = 0;
    let mut coming = items.iter().enumerate().peekable();
    let mut open: Vec<(usize, &Item)> = Vec::new();
    let lines = text.split('\n').map(|line| {
        let (start, chars) = (at, line.chars().collect::<Vec<char>>());
        let end = start + chars.len() as u32;
        at = end + 1;
        let mut pieces = Vec::new();
        let mut from = start;
        while from < end {
            open.retain(|(_, item)| item.end > from);
            while let Some(next) = coming.next_if(|(_, item)| item.start <= from) {
                open.extend(Some(next).filter(|(_, item)| item.end > from));
            }
            let begins = coming.peek().map(|(_, item)| item.start);
            let to = open.iter().map(|(_, item)| item.end).chain(begins).chain([end]).filter(|cut| *cut > from).min().unwrap_or(end).min(end);
            let words: String = chars[(from - start) as usize..(to - start) as usize].iter().collect();
            let mut around = open.clone();
            around.sort_by_key(|(_, item)| item.end - item.start);
            pieces.push(piece(&words, &around, from, part));
            from = to;
        }
        html! { @for piece in &pieces { (piece) } }
    });
    let lines: Vec<Markup> = lines.collect();
    html! { @for (number, line) in lines.iter().enumerate() { p id=(format!("p{}", number + 1)) dir="auto" { (line) } } }
}

fn piece(words: &str, around: &[(usize, &Item)], start: u32, part: usize) -> Markup {
    let Some((_, inner)) = around.first() else { return html! { (words) } };
    let mut classes: Vec<&str> = around.iter().map(|(_, item)| item.kind).collect();
    classes.dedup();
    let note: Vec<String> = around.iter().map(|(_, item)| format!("{} · {} · {}", item.what, item.why, item.sure)).collect();
    let note = note.join("\n");
    let begins: Vec<&(usize, &Item)> = around.iter().filter(|(_, item)| item.start == start).collect();
    // A row on another part of the table is on another page.
    let row = |place: usize, anchor: &str| if place / ROWS == part { format!("#n-{anchor}") } else { format!("?page={}#n-{anchor}", place / ROWS + 1) };
    html! {
        @match begins.split_first() {
            None => mark class=(classes.join(" ")) data-note=(note) data-of=(inner.kind) { (words) },
            Some(((place, first), others)) => {
                @for (_, item) in others { span id=(item.anchor) {} }
                a.mark href=(row(*place, &first.anchor)) id=(first.anchor) { mark class=(classes.join(" ")) data-note=(note) data-of=(inner.kind) { (words) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(anchor: &str, kind: &'static str, start: u32, end: u32) -> Item {
        Item { anchor: anchor.to_owned(), kind, start, end, what: format!("<{anchor}>"), why: "rule".to_owned(), sure: "90%".to_owned() }
    }

    fn text(markup: &str) -> String {
        plain(&markup.replace("</p>", "\n")).trim_end().to_owned()
    }

    #[test]
    fn marks_leave_the_text_as_it_is() {
        let written = "قال <b>النائب</b> إن\n\nالقرار & ملزم";
        let items = [item("s1", "statement", 0, 22), item("m2", "mention", 4, 17), item("e3", "event", 20, 35)];
        let html = marked(written, &items, 0).into_string();
        assert_eq!(text(&html), written.trim());
        assert!(!html.contains("<b>"), "{html}");
        assert_eq!(html.matches("id=\"s1\"").count(), 1, "{html}");
        assert!(html.contains("data-note=\"&lt;m2&gt; · rule · 90%\n&lt;s1&gt; · rule · 90%\""), "{html}");
    }

    #[test]
    fn overlapping_items_are_cut_and_each_begins_once() {
        let items = [item("s1", "statement", 0, 6), item("e2", "event", 3, 9), item("t3", "time", 3, 5)];
        let html = marked("abcdefghij", &items, 0).into_string();
        assert_eq!(text(&html), "abcdefghij");
        for anchor in ["s1", "e2", "t3"] {
            assert_eq!(html.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor}: {html}");
        }
    }

    #[test]
    fn one_long_line_with_many_items_is_marked_in_one_walk() {
        let items: Vec<Item> = (0..50_000).map(|i| item(&format!("m{i}"), "mention", i * 4, i * 4 + 3)).collect();
        let written = "abc ".repeat(50_000);
        assert_eq!(text(&marked(&written, &items, 0).into_string()), written.trim());
    }

    #[test]
    fn a_mark_leads_to_its_row_on_whichever_part_of_the_table_it_is() {
        let items: Vec<Item> = (0..=ROWS as u32).map(|i| item(&format!("m{i}"), "mention", i * 4, i * 4 + 3)).collect();
        let html = marked(&"abc ".repeat(ROWS + 1), &items, 0).into_string();
        assert!(html.contains("href=\"#n-m0\"") && html.contains(&format!("href=\"?page=2#n-m{ROWS}\"")));
        let html = marked(&"abc ".repeat(ROWS + 1), &items, 1).into_string();
        assert!(html.contains("href=\"?page=1#n-m0\"") && html.contains(&format!("href=\"#n-m{ROWS}\"")));
    }

    #[test]
    fn an_item_that_reaches_past_the_text_does_no_harm() {
        assert_eq!(text(&marked("ab", &[item("s1", "statement", 1, 9), item("s2", "statement", 7, 9)], 0).into_string()), "ab");
        assert_eq!(text(&marked("", &[item("s1", "statement", 0, 0)], 0).into_string()), "");
    }
}
