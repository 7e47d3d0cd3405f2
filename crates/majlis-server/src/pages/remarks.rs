//! What the analyst has to say of a thing: its grade on the Admiralty scale and notes.

use super::review::act;
use super::ui::Ui;
use majlis_case::Remarks;
use maud::{Markup, html};

const RELIABILITY: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const CREDIBILITY: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// The grade and the notes, each with its form; `page` is where the forms lead back to.
pub(super) fn section(ui: &Ui, kind: &str, id: i64, remarks: &Remarks, page: &str) -> Markup {
    html! {
        section #remarks {
            h2 { (ui.t("remarks")) }
            (grade(ui, kind, id, remarks.grade.as_deref(), page))
            @if !remarks.notes.is_empty() {
                ul.plain { @for note in &remarks.notes {
                    li {
                        p.note dir="auto" { (note.text) }
                        div.meta { bdi { (note.by) } (ui.t("dot")) (ui.day(Some(&note.at))) " "
                            (act(ui, "undo", "", note.decision, page, &html! { button.plain { (ui.t("note.undo")) } })) }
                    }
                } }
            }
            (act(ui, "note", kind, id, page, &html! {
                div.field.wide { label for="note" { (ui.t("note")) } textarea #note name="text" rows="2" dir="auto" required {} }
                button { (ui.t("note.button")) }
            }))
        }
    }
}

/// The choice of a grade, where things of the kind have one: reliability of whoever speaks, credibility of what is said.
pub(super) fn grade(ui: &Ui, kind: &str, id: i64, value: Option<&str>, page: &str) -> Markup {
    let (label, values) = match kind {
        "outlet" | "actor" => ("reliability", RELIABILITY),
        "claim" | "statement" | "event" => ("credibility", CREDIBILITY),
        _ => return html! {},
    };
    let field = format!("grade-{kind}-{id}");
    html! {
        (act(ui, "grade", kind, id, page, &html! {
            div.field {
                label for=(field) { (ui.t(label)) }
                select id=(field) name="value" required {
                    @if value.is_none() { option value="" selected { (ui.t("grade.none")) } }
                    @for code in values { option value=(code) selected[value == Some(code)] { (ui.t(&format!("grade.{code}"))) } }
                }
            }
            div.field { label for=(format!("{field}-why")) { (ui.t("why")) } input id=(format!("{field}-why")) type="text" name="why" dir="auto"; }
            button { (ui.t("grade.button")) }
        }))
    }
}
