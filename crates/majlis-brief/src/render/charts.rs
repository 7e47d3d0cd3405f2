//! Drawings of the brief, as SVG without scripts or fonts of its own.

use super::bidi::{FSI, LRI, PDI};
use super::sheet::escaped;
use crate::model::Range;
use std::fmt::Write;

const WIDTH: f64 = 720.0;
/// Room for names at the left.
const MARGIN: f64 = 220.0;
const ROW: f64 = 26.0;
/// Places along a timeline.
const SLOTS: f64 = 90.0;
/// The longest name, in characters.
const LONGEST: usize = 32;

/// Where each actor stands from 0 to 100: low to high as a line, the mode as a dot as large as what it weighs.
pub fn position_line(title: &str, ends: [&str; 2], actors: &[(String, Range, f64)]) -> String {
    let height = ROW * (actors.len() as f64 + 2.0);
    let x = |value: f64| MARGIN + value / 100.0 * (WIDTH - MARGIN - 20.0);
    let most = actors.iter().map(|(.., weight)| *weight).fold(1.0, f64::max);
    let mut body = String::new();
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let at = x(tick);
        let _ = write!(body, "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{:.1}\" stroke=\"var(--soft)\"/>", height - ROW * 1.6);
        let _ = write!(body, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick:.0}</text>", height - ROW * 1.1);
    }
    for (row, (name, range, weight)) in actors.iter().enumerate() {
        let y = ROW * (row as f64 + 0.6);
        let (low, mode, high) = (x(range.low), x(range.mode), x(range.high));
        let radius = 3.0 + 5.0 * (weight / most).sqrt();
        let colour = if range.mode > 50.0 { "var(--high)" } else { "var(--low)" };
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", MARGIN - 10.0, y + 4.0, escaped(&short(name)));
        let _ = write!(body, "<line x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/>");
        let _ = write!(body, "<circle cx=\"{mode:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{colour}\"/>");
    }
    for (end, at, anchor) in [(ends[0], MARGIN, "start"), (ends[1], WIDTH - 20.0, "end")] {
        let _ = write!(body, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", height - 4.0, escaped(&short(end)));
    }
    svg(title, height, &body)
}

/// How many draws fell in each tenth of the scale.
pub fn distribution(title: &str, histogram: &[u32]) -> String {
    let (height, floor) = (150.0, 120.0);
    let most = f64::from(histogram.iter().copied().max().unwrap_or(1).max(1));
    let step = (WIDTH - 40.0) / histogram.len().max(1) as f64;
    let mut body = String::new();
    for (bin, &count) in histogram.iter().enumerate() {
        let (left, tall) = (20.0 + step * bin as f64, f64::from(count) / most * 100.0);
        let colour = if bin * 2 >= histogram.len() { "var(--high)" } else { "var(--low)" };
        let _ = write!(body, "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"{colour}\"/>", floor - tall, step - 2.0);
        let _ = write!(body, "<text x=\"{left:.1}\" y=\"{:.1}\">{}</text>", floor + 16.0, bin * 100 / histogram.len());
    }
    svg(title, height, &body)
}

/// Events by their first day, those close together above one another; attacks in the other colour. Days are counted from any day.
pub fn timeline(title: &str, events: &[(i32, String, bool)], ends: [&str; 2]) -> String {
    let days = || events.iter().map(|(day, ..)| *day);
    let (first, last) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
    let slot = |day: i32| (f64::from(day - first) / f64::from((last - first).max(1)) * SLOTS) as usize;
    let mut stacked = vec![0.0; SLOTS as usize + 1];
    let dots: Vec<(f64, f64, &str, bool)> = events
        .iter()
        .map(|(day, name, is_attack)| {
            let slot = slot(*day);
            stacked[slot] += 1.0;
            (20.0 + slot as f64 / SLOTS * (WIDTH - 40.0), stacked[slot], name.as_str(), *is_attack)
        })
        .collect();
    let floor = 20.0 + 10.0 * stacked.iter().copied().fold(0.0, f64::max);
    let mut body = String::new();
    for (x, above, name, is_attack) in dots {
        let colour = if is_attack { "var(--low)" } else { "var(--high)" };
        let y = floor - 10.0 * above;
        let _ = write!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"><title>{}</title></circle>", escaped(&plain(name)));
    }
    let _ = write!(body, "<line x1=\"20\" x2=\"{:.1}\" y1=\"{floor:.1}\" y2=\"{floor:.1}\" stroke=\"currentColor\"/>", WIDTH - 20.0);
    for (end, at, anchor) in [(ends[0], 20.0, "start"), (ends[1], WIDTH - 20.0, "end")] {
        let _ = write!(body, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", floor + 18.0, escaped(&plain(end)));
    }
    svg(title, floor + 26.0, &body)
}

/// How much each actor cares and weighs, 0–100: salience to the right, influence upwards, the mode as a dot within low and high.
pub fn influence_salience(title: &str, axes: [&str; 2], actors: &[(String, Range, Range)]) -> String {
    let (left, floor, size) = (60.0, 340.0, 320.0);
    let (x, y) = (|v: f64| left + v / 100.0 * (WIDTH - left - 160.0), |v: f64| floor - v / 100.0 * size);
    let mut body = String::new();
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let (across, up) = (x(tick), y(tick));
        let _ = write!(body, "<line x1=\"{across:.1}\" x2=\"{across:.1}\" y1=\"{:.1}\" y2=\"{floor}\" stroke=\"var(--soft)\"/>", floor - size);
        let _ = write!(body, "<line x1=\"{left}\" x2=\"{:.1}\" y1=\"{up:.1}\" y2=\"{up:.1}\" stroke=\"var(--soft)\"/>", x(100.0));
        let _ = write!(body, "<text x=\"{across:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick:.0}</text>", floor + 16.0);
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{tick:.0}</text>", left - 6.0, up + 4.0);
    }
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (name, salience, influence) in actors {
        let (at, up) = (x(salience.mode), y(influence.mode));
        let bar = |x1: f64, x2: f64, y1: f64, y2: f64| format!("<line x1=\"{x1:.1}\" x2=\"{x2:.1}\" y1=\"{y1:.1}\" y2=\"{y2:.1}\" stroke=\"var(--line)\"/>");
        body += &bar(x(salience.low), x(salience.high), up, up);
        body += &bar(at, at, y(influence.low), y(influence.high));
        // Names that would lie on one another go one below the other.
        let mut label = up - 6.0;
        while taken.iter().any(|(a, l)| (a - at).abs() < 140.0 && (l - label).abs() < 13.0) {
            label += 13.0;
        }
        taken.push((at, label));
        let _ = write!(body, "<circle cx=\"{at:.1}\" cy=\"{up:.1}\" r=\"5\" fill=\"var(--high)\"/>");
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{label:.1}\">{}</text>", at + 8.0, escaped(&short(name)));
    }
    let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", x(50.0), floor + 34.0, escaped(axes[0]));
    let _ = write!(body, "<text x=\"{left}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", floor - size - 10.0, escaped(axes[1]));
    svg(title, taken.iter().map(|(_, l)| l + 10.0).fold(floor + 42.0, f64::max), &body)
}

/// Who acts on whom: actors on a circle, a line for each pair as wide as the number of events; pairs with conflict in the other colour.
pub fn network(title: &str, actors: &[String], ties: &[(usize, usize, usize, bool)]) -> String {
    let (height, radius) = (460.0, 170.0);
    let turn = std::f64::consts::TAU / actors.len().max(1) as f64;
    let place = |i: usize| (WIDTH / 2.0 + radius * (turn * i as f64).sin(), height / 2.0 - radius * (turn * i as f64).cos());
    let mut body = String::new();
    for &(a, b, events, is_conflict) in ties {
        let ((x1, y1), (x2, y2)) = (place(a), place(b));
        let colour = if is_conflict { "var(--low)" } else { "var(--high)" };
        let width = 1.0 + (events as f64).sqrt();
        let _ = write!(
            body,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" stroke-opacity=\".7\" stroke-width=\"{width:.1}\"/>"
        );
    }
    for (i, name) in actors.iter().enumerate() {
        let (x, y) = place(i);
        let side = (turn * i as f64).sin();
        let (anchor, dx, dy) = match side {
            s if s > 0.1 => ("start", 10.0, 4.0),
            s if s < -0.1 => ("end", -10.0, 4.0),
            _ => ("middle", 0.0, if y < height / 2.0 { -12.0 } else { 20.0 }),
        };
        let _ = write!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"currentColor\"/>");
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", x + dx, y + dy, escaped(&short(name)));
    }
    svg(title, height, &body)
}

/// How likely a truce is to hold, day by day: days, probability, and the interval around it, 0–1.
pub fn survival(title: &str, days: &str, curve: &[(f64, f64, (f64, f64))]) -> String {
    let (left, floor, tall) = (50.0, 220.0, 200.0);
    let last = curve.iter().map(|(day, ..)| *day).fold(1.0, f64::max);
    let (x, y) = (|day: f64| left + day / last * (WIDTH - left - 30.0), |p: f64| floor - p * tall);
    let mut body = String::new();
    for tick in [0.0, 0.5, 1.0] {
        let up = y(tick);
        let _ = write!(body, "<line x1=\"{left}\" x2=\"{:.1}\" y1=\"{up:.1}\" y2=\"{up:.1}\" stroke=\"var(--soft)\"/>", x(last));
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0}%</text>", left - 6.0, up + 4.0, tick * 100.0);
    }
    let point = |day: f64, p: f64| format!("{:.1},{:.1}", x(day), y(p));
    let upper = curve.iter().map(|(day, _, (_, high))| point(*day, *high));
    let lower = curve.iter().rev().map(|(day, _, (low, _))| point(*day, *low));
    let band: Vec<String> = upper.chain(lower).collect();
    let middle: Vec<String> = curve.iter().map(|(day, p, _)| point(*day, *p)).collect();
    let _ = write!(body, "<polygon points=\"{}\" fill=\"var(--soft)\"/>", band.join(" "));
    let _ = write!(body, "<polyline points=\"{}\" fill=\"none\" stroke=\"var(--high)\" stroke-width=\"2\"/>", middle.join(" "));
    for day in [0.0, last / 2.0, last] {
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{day:.0}</text>", x(day), floor + 16.0);
    }
    let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", x(last / 2.0), floor + 34.0, escaped(days));
    svg(title, floor + 42.0, &body)
}

/// How far an answer swings with each number alone: a bar from where it is with the number at its lowest to where it is with it at its highest,
/// around the answer with all at their likeliest. The scale runs from 0 to 100.
pub fn tornado(title: &str, base: f64, bars: &[(String, f64, f64)]) -> String {
    let height = ROW * (bars.len() as f64 + 1.6);
    let ends = bars.iter().flat_map(|(_, low, high)| [*low, *high]).chain([base]);
    let (least, most) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), v| (least.min(v), most.max(v)));
    let span = (most - least).max(1.0);
    let x = |value: f64| MARGIN + (value - least) / span * (WIDTH - MARGIN - 40.0);
    let mut body = String::new();
    for (row, (name, low, high)) in bars.iter().enumerate() {
        let y = ROW * (row as f64 + 0.6);
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", MARGIN - 10.0, y + 4.0, escaped(&short(name)));
        for (value, colour) in [(*low, "var(--low)"), (*high, "var(--high)")] {
            let (left, wide) = (x(value.min(base)), (x(value) - x(base)).abs());
            let _ = write!(body, "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"14\" fill=\"{colour}\"/>", y - 7.0);
        }
    }
    let at = x(base);
    let _ = write!(body, "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{:.1}\" stroke=\"currentColor\"/>", height - ROW);
    for (value, anchor) in [(least, "start"), (most, "end")] {
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{value:.0}</text>", x(value), height - 6.0);
    }
    let _ = write!(body, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{base:.0}</text>", height - 6.0);
    svg(title, height, &body)
}

fn svg(title: &str, height: f64, body: &str) -> String {
    format!("<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" role=\"img\"><title>{}</title>{body}</svg>\n", escaped(&plain(title)))
}

/// A name that fits the margin.
fn short(name: &str) -> String {
    let plain = plain(name);
    if plain.chars().count() > LONGEST { plain.chars().take(LONGEST).chain(['…']).collect() } else { plain }
}

/// Text without isolates, which mean nothing in a drawing.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, FSI | LRI | PDI)).collect()
}
