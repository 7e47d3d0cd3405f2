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
/// The drawing, in its own units.
const WIDE: f64 = 900.0;
const HIGH: f64 = 560.0;
const RADIUS: f64 = 235.0;
/// The longest name in it, in characters.
const LONGEST: usize = 26;

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Page, Failure> {
    let ties = app.read(|case| Ok(case.ties(TIES)?)).await?;
    let body = html! {
        p { (ui.t("network.how")) }
        @if ties.is_empty() { div.empty { p { (ui.t("nothing")) } } }
        @else {
            figure.drawing tabindex="0" { (drawing(&ui, &ties)) figcaption { (key(&ui)) } }
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
        svg.sample viewBox="0 0 40 8" width="40" height="8" aria-hidden="true" { line.friendly x1="0" x2="40" y1="4" y2="4" stroke-width="3" {} } " " (ui.t("network.friendly")) " "
        svg.sample viewBox="0 0 40 8" width="40" height="8" aria-hidden="true" { line.hostile x1="0" x2="40" y1="4" y2="4" stroke-width="3" {} } " " (ui.t("network.hostile"))
    }
}

/// The actors with most ties on a circle, their ties as curves through it: as wide as there are events, broken where most are hostile.
fn drawing(ui: &Ui, ties: &[Tie]) -> Markup {
    let mut actors: Vec<&ActorRef> = Vec::new();
    for actor in ties.iter().flat_map(|tie| [&tie.source, &tie.target]) {
        if actors.len() < ACTORS && !actors.iter().any(|known| known.id == actor.id) {
            actors.push(actor);
        }
    }
    let place = |i: usize| {
        let turn = TAU * i as f64 / actors.len() as f64 - TAU / 4.0;
        (WIDE / 2.0 + RADIUS * turn.cos(), HIGH / 2.0 + RADIUS * turn.sin(), turn.cos())
    };
    let at = |actor: &ActorRef| actors.iter().position(|known| known.id == actor.id).map(place);
    let most = ties.iter().map(|tie| tie.events).max().unwrap_or(1) as f64;
    let curve = |tie: &Tie| {
        let ((x1, y1, _), (x2, y2, _)) = (at(&tie.source)?, at(&tie.target)?);
        let bend = |a: f64, b: f64, middle: f64| (a + b) / 2.0 * 0.5 + middle * 0.5;
        let path = format!("M{x1:.1} {y1:.1} Q{:.1} {:.1} {x2:.1} {y2:.1}", bend(x1, x2, WIDE / 2.0), bend(y1, y2, HIGH / 2.0));
        let class = if tie.hostile * 2 > tie.events { "hostile" } else { "friendly" };
        let said = format!("{} → {}: {} ({})", ui.name(&tie.source), ui.name(&tie.target), tie.events, tie.hostile);
        Some(
            html! { path class=(class) d=(path) fill="none" stroke-width=(format!("{:.1}", 1.0 + 6.0 * (tie.events as f64 / most).sqrt())) { title { (said) } } },
        )
    };
    html! {
        svg.network viewBox=(format!("0 0 {WIDE} {HIGH}")) width=(WIDE) role="img" aria-label=(ui.t("nav.network")) {
            @for tie in ties.iter().filter_map(curve) { (tie) }
            @for (i, actor) in actors.iter().enumerate() {
                @let (x, y, side) = place(i);
                circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="6" {}
                text x=(format!("{:.1}", x + 12.0 * side.signum())) y=(format!("{:.1}", y + if side.abs() < 0.1 { if y < HIGH / 2.0 { -12.0 } else { 22.0 } } else { 5.0 }))
                    text-anchor=(if side.abs() < 0.1 { "middle" } else if side > 0.0 { "start" } else { "end" }) { (short(ui.name(actor))) }
            }
        }
    }
}

fn short(name: &str) -> String {
    if name.chars().count() > LONGEST { name.chars().take(LONGEST).chain(['…']).collect() } else { name.to_owned() }
}
