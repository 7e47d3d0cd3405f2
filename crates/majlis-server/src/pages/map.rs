//! Where it happens, drawn on outlines that come with the program.

use super::events::place_name;
use super::ui::{Page, Ui};
use crate::app::App;
use crate::failure::Failure;
use axum::extract::State;
use majlis_case::PlaceSum;
use maud::{Markup, html};
use std::sync::OnceLock;

const PLACES: u64 = 200;
/// Names that are written beside their places.
const NAMED: usize = 20;
/// How far apart they must be, across and down; and on a phone, where they are written larger and the others left out.
const APART: (f64, f64) = (95.0, 24.0);
const APART_ON_PHONES: (f64, f64) = (230.0, 46.0);
/// The drawing's width in its own units, and how high it may be for that.
const WIDE: f64 = 900.0;
const RATIO: (f64, f64) = (0.45, 0.72);
/// About how wide a letter of a name is drawn on a phone, where it is largest.
const LETTER: f64 = 15.0;
/// Degrees that are shown at least, and around the outermost places.
const LEAST: f64 = 8.0;
const AROUND: f64 = 2.5;

/// A line of points: longitude and latitude.
struct Outline {
    is_border: bool,
    points: Vec<(f64, f64)>,
}

/// A place with its longitude and latitude.
type Placed<'a> = (&'a PlaceSum, f64, f64);

pub(super) async fn page(State(app): State<App>, ui: Ui) -> Result<Page, Failure> {
    let places = app.sum(|case| Ok(case.places(PLACES)?)).await?;
    let body = html! {
        p { (ui.t("map.how")) }
        @if places.is_empty() { (ui.nothing()) }
        @else {
            (drawing(&ui, &places))
            table.stack {
                thead { tr { th scope="col" { (ui.t("column.where")) } th scope="col" { (ui.t("column.country")) } th.number scope="col" { (ui.t("column.events")) } th.number scope="col" { (ui.t("column.attacks")) } th scope="col" { (ui.t("column.position")) } } }
                tbody { @for p in &places {
                    tr {
                        th scope="row" { a href=(ui.to(&format!("/events?place={}", super::coded(&p.location.name)))) { bdi { (place_name(&ui, &p.location)) } } }
                        td data-label=(ui.t("column.country")) { @if !p.location.country.is_empty() { bdi { (p.location.country) } } }
                        td.number data-label=(ui.t("column.events")) { (p.events) }
                        td.number data-label=(ui.t("column.attacks")) { (p.attacks) }
                        td data-label=(ui.t("column.position")) { @match (p.location.latitude, p.location.longitude) { (Some(north), Some(east)) => bdi dir="ltr" { (format!("{north:.2}, {east:.2}")) }, _ => span.soft { (ui.t("unknown.place")) } } }
                    }
                } }
            }
        }
    };
    Ok(ui.page(&ui.t("nav.map"), &body))
}

/// An equirectangular drawing, true to length at its middle latitude.
fn drawing(ui: &Ui, places: &[PlaceSum]) -> Markup {
    let known: Vec<Placed<'_>> = places.iter().filter_map(|p| Some((p, p.location.longitude?, p.location.latitude?))).collect();
    if known.is_empty() {
        return html! {};
    }
    // A few far places would make all others small: what lies outside is told by the table.
    let span = |values: &mut dyn Iterator<Item = (f64, u64)>| {
        let (low, high) = middle(values.collect());
        let more = ((LEAST - (high - low)) / 2.0).max(0.0) + AROUND;
        (low - more, high + more)
    };
    let (west, east) = span(&mut known.iter().map(|(p, east, _)| (*east, p.events)));
    let (south, north) = span(&mut known.iter().map(|(p, _, north)| (*north, p.events)));
    let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.2);
    let high = (WIDE * (north - south) / ((east - west) * squeeze)).clamp(WIDE * RATIO.0, WIDE * RATIO.1);
    let scale = (WIDE / ((east - west) * squeeze)).min(high / (north - south));
    let x = |lon: f64| WIDE / 2.0 + (lon - (west + east) / 2.0) * squeeze * scale;
    let y = |lat: f64| high / 2.0 - (lat - (south + north) / 2.0) * scale;
    let most = known.iter().map(|(p, ..)| p.events).max().unwrap_or(1) as f64;
    let radius = |p: &PlaceSum| 4.0 + 14.0 * (p.events as f64 / most).sqrt();
    let near = |o: &&Outline| o.points.iter().any(|&(lon, lat)| (-0.6 * WIDE..1.6 * WIDE).contains(&x(lon)) && (-0.6 * high..1.6 * high).contains(&y(lat)));
    let path = |o: &Outline| {
        let before = [None].into_iter().chain(o.points.iter().map(|(lon, _)| Some(*lon)));
        // An outline that goes on at the other edge of the world is cut there.
        let pen = |from: Option<f64>, lon: f64| if from.is_some_and(|from| (lon - from).abs() < 180.0) { "L" } else { "M" };
        o.points.iter().zip(before).map(|(&(lon, lat), from)| format!("{}{:.1} {:.1}", pen(from, lon), x(lon), y(lat))).collect::<String>()
    };
    // A name that would run over another is left to the circle and the table.
    let is_free = |one: &Placed<'_>, apart: (f64, f64), others: &[&Placed<'_>]| {
        others.iter().all(|other| (x(other.1) - x(one.1)).abs() > apart.0 || (y(other.2) - y(one.2)).abs() > apart.1)
    };
    let (mut named, mut on_phones): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) = (Vec::new(), Vec::new());
    let is_inside = |one: &&Placed<'_>| (0.0..=WIDE).contains(&x(one.1)) && (0.0..=high).contains(&y(one.2));
    for one in known.iter().filter(is_inside) {
        if named.len() < NAMED && is_free(one, APART, &named) {
            named.push(one);
            on_phones.extend(Some(one).filter(|one| is_free(one, APART_ON_PHONES, &on_phones)));
        }
    }
    // A name stands above its circle, or as far beside as keeps it inside the drawing.
    let beside = |name: &str, lon: f64| {
        let half = (name.chars().count() as f64 * LETTER / 2.0).min(WIDE / 2.0);
        x(lon).clamp(half, WIDE - half)
    };
    html! {
        figure.drawing tabindex="0" {
            svg.map viewBox=(format!("0 0 {WIDE} {high:.0}")) width=(WIDE) role="img" aria-label=(ui.t("nav.map")) {
                @for o in outlines().iter().filter(near) { path class=(if o.is_border { "border" } else { "coast" }) d=(path(o)) fill="none" {} }
                @for (p, lon, lat) in &known {
                    circle class=(if p.attacks * 2 > p.events { "attacks" } else { "events" }) cx=(format!("{:.1}", x(*lon))) cy=(format!("{:.1}", y(*lat))) r=(format!("{:.1}", radius(p))) {
                        title { (place_name(ui, &p.location)) ": " (ui.count("events.n", p.events)) }
                    }
                }
                @for one in &named {
                    @let (p, lon, lat) = one;
                    text.roomy[!on_phones.iter().any(|other| std::ptr::eq(*other, *one))] x=(format!("{:.1}", beside(place_name(ui, &p.location), *lon))) y=(format!("{:.1}", (y(*lat) - radius(p) - 3.0).max(24.0))) text-anchor="middle" { (place_name(ui, &p.location)) }
                }
            }
            figcaption { (ui.t("map.borders")) }
        }
    }
}

/// Between which values all but a fortieth of the weight at either end lies.
fn middle(mut values: Vec<(f64, u64)>) -> (f64, f64) {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let cut = values.iter().map(|(_, weight)| weight).sum::<u64>() / 40;
    let reached = |values: Vec<(f64, u64)>| {
        let mut passed = 0;
        for (value, weight) in values {
            passed += weight;
            if passed > cut {
                return value;
            }
        }
        0.0
    };
    let back = values.iter().rev().copied().collect();
    (reached(values), reached(back))
}

fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        let rows = include_str!("../../data/outlines.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        let point = |pair: &str| pair.split_once(',').and_then(|(lon, lat)| Some((lon.parse().ok()?, lat.parse().ok()?)));
        let outline =
            |row: &str| row.split_once('\t').map(|(kind, line)| Outline { is_border: kind == "border", points: line.split(' ').filter_map(point).collect() });
        rows.filter_map(outline).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_is_read_whole() {
        let points = include_str!("../../data/outlines.tsv")
            .lines()
            .filter(|l| l.starts_with("coast\t") || l.starts_with("border\t"))
            .flat_map(|l| l.split(' '))
            .count();
        assert_eq!(outlines().iter().map(|o| o.points.len()).sum::<usize>(), points);
        assert!(outlines().iter().flat_map(|o| &o.points).all(|(lon, lat)| (-180.5..=180.5).contains(lon) && (-90.0..=90.0).contains(lat)));
    }

    #[test]
    fn far_places_of_few_events_do_not_make_the_others_small() {
        assert_eq!(middle(vec![(-100.0, 1), (30.0, 50), (45.0, 40), (140.0, 1)]), (30.0, 45.0));
        assert_eq!(middle(vec![(5.0, 1)]), (5.0, 5.0));
        assert_eq!(middle(vec![(1.0, 1), (2.0, 1), (3.0, 1)]), (1.0, 3.0));
    }
}
