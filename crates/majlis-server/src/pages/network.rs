//! Who acts on whom, as a drawing and as a table.

use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use axum::extract::State;
use majlis_case::{ActorRef, Tie};
use maud::{Markup, html};
use std::f64::consts::TAU;

/// Ties in the table, and actors in the drawing.
const TIES: u64 = 100;
const ACTORS: usize = 16;
/// A drawing, in its own units: its size, and that of the circle on which actors stand.
struct Sheet {
    class: &'static str,
    wide: f64,
    high: f64,
    radius: f64,
}

/// With the names in it, where there is room for them; and for phones, with numbers that a list below tells.
const NAMED: Sheet = Sheet { class: "network", wide: 900.0, high: 560.0, radius: 235.0 };
const NUMBERED: Sheet = Sheet { class: "network narrow", wide: 380.0, high: 380.0, radius: 160.0 };
/// The longest name in a drawing, in characters.
const LONGEST: usize = 30;

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Page, Failure> {
    let ties = app.sum(|case| Ok(case.ties(TIES)?)).await?;
    let body = html! {
        p { (ui.t("network.how")) }
        @if ties.is_empty() { (ui.nothing()) }
        @else {
            @let actors = shown(&ties);
            figure.drawing tabindex="0" {
                (drawing(&ui, &ties, &actors, &NAMED)) (drawing(&ui, &ties, &actors, &NUMBERED))
                ol.narrow { @for actor in &actors { li { (ui.actor(actor)) } } }
                figcaption { (key(&ui)) }
            }
            table.stack {
                thead { tr { th scope="col" { (ui.t("column.source")) } th scope="col" { (ui.t("column.target")) } th.number scope="col" { (ui.t("column.events")) } th.number scope="col" { (ui.t("column.hostile")) } } }
                tbody { @for tie in &ties {
                    tr { th scope="row" { (ui.actor(&tie.source)) } td data-label=(ui.t("column.target")) { (ui.actor(&tie.target)) }
                        td.number data-label=(ui.t("column.events")) { (tie.events) } td.number data-label=(ui.t("column.hostile")) { (tie.hostile) } }
                } }
            }
        }
    };
    Ok(ui.page(&ui.t("nav.network"), &body))
}

fn key(ui: &Ui) -> Markup {
    html! {
        @for (class, key) in [("friendly", "network.friendly"), ("hostile", "network.hostile")] {
            span.whole { svg.sample viewBox="0 0 40 8" width="40" height="8" aria-hidden="true" { line class=(class) x1="0" x2="40" y1="4" y2="4" stroke-width="3" {} } " " (ui.t(key)) } " "
        }
    }
}

/// The actors with most ties.
fn shown(ties: &[Tie]) -> Vec<&ActorRef> {
    let mut actors: Vec<&ActorRef> = Vec::new();
    for actor in ties.iter().flat_map(|tie| [&tie.source, &tie.target]) {
        if actors.len() < ACTORS && !actors.iter().any(|known| known.id == actor.id) {
            actors.push(actor);
        }
    }
    actors
}

/// Actors on a circle, their ties as curves through it: as wide as there are events, broken where most are hostile.
fn drawing(ui: &Ui, ties: &[Tie], actors: &[&ActorRef], sheet: &Sheet) -> Markup {
    let Sheet { class, wide, high, radius } = sheet;
    let place = |i: usize| {
        let turn = TAU * i as f64 / actors.len() as f64 - TAU / 4.0;
        (wide / 2.0 + radius * turn.cos(), high / 2.0 + radius * turn.sin(), turn.cos())
    };
    let at = |actor: &ActorRef| actors.iter().position(|known| known.id == actor.id).map(place);
    let most = ties.iter().map(|tie| tie.events).max().unwrap_or(1) as f64;
    let curve = |tie: &Tie| {
        let ((x1, y1, _), (x2, y2, _)) = (at(&tie.source)?, at(&tie.target)?);
        let bend = |a: f64, b: f64, middle: f64| (a + b) / 2.0 * 0.5 + middle * 0.5;
        let path = format!("M{x1:.1} {y1:.1} Q{:.1} {:.1} {x2:.1} {y2:.1}", bend(x1, x2, wide / 2.0), bend(y1, y2, high / 2.0));
        let class = if tie.hostile * 2 > tie.events { "hostile" } else { "friendly" };
        let said = format!("{} → {}: {} ({})", ui.name(&tie.source), ui.name(&tie.target), tie.events, tie.hostile);
        Some(
            html! { path class=(class) d=(path) fill="none" stroke-width=(format!("{:.1}", 1.0 + 6.0 * (tie.events as f64 / most).sqrt())) { title { (said) } } },
        )
    };
    let name = |(x, y, side): (f64, f64, f64), actor: &ActorRef| {
        let is_end = side.abs() < 0.1;
        html! {
            circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="6" {}
            text x=(format!("{:.1}", x + 12.0 * side.signum())) y=(format!("{:.1}", y + if is_end { if y < high / 2.0 { -12.0 } else { 22.0 } } else { 5.0 }))
                text-anchor=(if is_end { "middle" } else if side > 0.0 { "start" } else { "end" }) { (short(ui.name(actor))) }
        }
    };
    let number = |(x, y, _): (f64, f64, f64), i: usize| {
        html! {
            circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="14" {}
            text.number x=(format!("{x:.1}")) y=(format!("{:.1}", y + 5.0)) text-anchor="middle" { (i + 1) }
        }
    };
    html! {
        svg class=(class) viewBox=(format!("0 0 {wide} {high}")) width=(wide) role="img" aria-label=(ui.t("nav.network")) {
            @for tie in ties.iter().filter_map(curve) { (tie) }
            @for (i, actor) in actors.iter().enumerate() { @if sheet.wide < NAMED.wide { (number(place(i), i)) } @else { (name(place(i), actor)) } }
        }
    }
}

fn short(name: &str) -> String {
    if name.chars().count() > LONGEST { name.chars().take(LONGEST).chain(['…']).collect() } else { name.to_owned() }
}
