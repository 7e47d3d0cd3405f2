//! Drawings of the brief, as SVG without scripts or fonts of its own. In Arabic they run from right to left, axes of time and number too.

mod canvas;

use super::Lang;
use super::messages::{fill, say};
use crate::model::Range;
use canvas::{Anchor, Canvas, Mark};

const WIDTH: f64 = 720.0;
/// Room at the far end.
const END: f64 = 30.0;
/// Between a dot and its name, and from one line of names to the next.
const GAP: f64 = 8.0;
const LINE: f64 = 15.0;
/// From one place on a timeline to the next, and how many events are drawn above one another.
const SLOT: f64 = 7.5;
const STACK: usize = 14;
/// From one figure below a distribution to the next, at least.
const FIGURE: f64 = 24.0;
/// The share of events that a timeline may leave before its beginning, and the span of the others, in days, beyond which it does.
const EARLY: f64 = 0.15;
const LONG: i32 = 60;

/// How wide a drawing may be: names stand beside their rows on a page, above them on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Of a page.
    Page,
    /// Of a phone.
    Phone,
}

impl Room {
    fn width(self) -> f64 {
        match self {
            Self::Page => WIDTH,
            Self::Phone => 340.0,
        }
    }

    /// Where rows begin.
    fn margin(self) -> f64 {
        match self {
            Self::Page => 220.0,
            Self::Phone => 14.0,
        }
    }

    fn row(self) -> f64 {
        match self {
            Self::Page => 26.0,
            Self::Phone => 44.0,
        }
    }

    /// The height at which a row's marks lie.
    fn middle(self, row: usize) -> f64 {
        match self {
            Self::Page => self.row() * (row as f64 + 0.6),
            Self::Phone => self.row() * (row as f64 + 0.7),
        }
    }

    fn name(self, canvas: &mut Canvas, row: usize, name: &str) {
        match self {
            Self::Page => canvas.name(self.margin() - 10.0, self.middle(row) + 4.0, Anchor::End, name),
            Self::Phone => canvas.name(self.margin(), self.middle(row) - 14.0, Anchor::Start, name),
        }
    }
}

/// Where each actor stands from 0 to 100: low to high as a line, the mode as a dot as large as what it weighs.
#[must_use]
pub fn position_line(lang: Lang, room: Room, title: &str, ends: [&str; 2], actors: &[(String, Range, f64)]) -> String {
    let (width, left, floor) = (room.width(), room.margin(), room.row() * actors.len() as f64 + 10.0);
    let x = |value: f64| left + value / 100.0 * (width - left - END);
    let most = actors.iter().map(|(.., weight)| *weight).fold(1.0, f64::max);
    let mut canvas = Canvas::new(lang, width);
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        canvas.line((x(tick), 0.0), (x(tick), floor), "var(--soft)", 1.0);
        canvas.text(x(tick), floor + 14.0, Anchor::Middle, &format!("{tick:.0}"));
    }
    for (row, (name, range, weight)) in actors.iter().enumerate() {
        let y = room.middle(row);
        let colour = if range.mode > 50.0 { "var(--high)" } else { "var(--low)" };
        room.name(&mut canvas, row, name);
        canvas.line((x(range.low), y), (x(range.high), y), colour, 2.0);
        canvas.dot(x(range.mode), y, 3.0 + 5.0 * (weight / most).sqrt(), colour, "");
    }
    // Where there is no room for both on a line, the far end has the next one.
    let (near, far) = if room == Room::Page { (floor + 38.0, floor + 38.0) } else { (floor + 36.0, floor + 54.0) };
    canvas.name(left, near, Anchor::Start, ends[0]);
    canvas.name(width - END, far, Anchor::End, ends[1]);
    canvas.finish(title, far + 4.0)
}

/// How many draws fell in each tenth of the scale.
#[must_use]
pub fn distribution(lang: Lang, room: Room, title: &str, histogram: &[u32]) -> String {
    let (width, height, floor) = (room.width(), 150.0, 120.0);
    let most = f64::from(histogram.iter().copied().max().unwrap_or(1).max(1));
    let step = (width - 40.0) / histogram.len().max(1) as f64;
    let mut canvas = Canvas::new(lang, width);
    for (bin, &count) in histogram.iter().enumerate() {
        let (left, tall) = (20.0 + step * bin as f64, f64::from(count) / most * 100.0);
        let colour = if bin * 2 >= histogram.len() { "var(--high)" } else { "var(--low)" };
        canvas.bar(left + 1.0, left + step - 1.0, floor - tall, tall, colour);
    }
    for bin in (0..=histogram.len()).step_by((FIGURE / step).ceil() as usize) {
        canvas.text(20.0 + step * bin as f64, floor + 16.0, Anchor::Middle, &(bin * 100 / histogram.len().max(1)).to_string());
    }
    canvas.line((20.0, floor), (width - 20.0, floor), "currentColor", 1.0);
    canvas.finish(title, height)
}

/// Events by their first day, those close together above one another; attacks as squares. Days are counted from any day. `ends` are the days of the
/// first and the last event; where a few events lie long before the others, they are counted, not drawn.
#[must_use]
pub fn timeline(lang: Lang, room: Room, title: &str, events: &[(i32, String, bool)], ends: [&str; 2]) -> String {
    let width = room.width();
    let slots = ((width - 40.0) / SLOT).floor();
    let (first, early) = beginning(events);
    let last = events.iter().map(|(day, ..)| *day).max().unwrap_or(0);
    let slot = |day: i32| (f64::from(day - first) / f64::from((last - first).max(1)) * slots) as usize;
    let mut stacked = vec![0_usize; slots as usize + 1];
    for (day, ..) in events.iter().filter(|(day, ..)| *day >= first) {
        stacked[slot(*day)] += 1;
    }
    let tallest = stacked.iter().copied().max().unwrap_or(0).min(STACK + 1);
    let floor = 24.0 + 10.0 * tallest as f64;
    let mut canvas = Canvas::new(lang, width);
    let x = |slot: usize| 20.0 + slot as f64 / slots * (width - 40.0);
    let mut drawn = vec![0_usize; stacked.len()];
    for (day, name, is_attack) in events.iter().filter(|(day, ..)| *day >= first) {
        let at = slot(*day);
        drawn[at] += 1;
        if drawn[at] <= STACK {
            let y = floor - 10.0 * drawn[at] as f64;
            if *is_attack {
                canvas.square(x(at), y, 7.0, "var(--low)", name);
            } else {
                canvas.dot(x(at), y, 4.0, "var(--high)", name);
            }
        }
    }
    for (at, &all) in stacked.iter().enumerate().filter(|(_, all)| **all > STACK) {
        canvas.text(x(at), floor - 10.0 * (STACK as f64 + 1.0), Anchor::Middle, &format!("+{}", all - STACK));
    }
    canvas.line((20.0, floor), (width - 20.0, floor), "currentColor", 1.0);
    // A day among words of Arabic keeps its order only where it is set apart.
    let day = format!("\u{2066}{}\u{2069}", ends[0]);
    let from = if early > 0 { fill(lang, "chart.earlier", &[("n", &early.to_string()), ("date", &day)]) } else { ends[0].to_owned() };
    canvas.text(20.0, floor + 18.0, Anchor::Start, &from);
    canvas.text(width - 20.0, floor + 18.0, Anchor::End, ends[1]);
    let legend = [(Mark::Square("var(--low)"), say(lang, "chart.attack")), (Mark::Dot("var(--high)"), say(lang, "chart.other"))];
    let low = canvas.legend(20.0, floor + 40.0, &legend);
    canvas.finish(title, low + 10.0)
}

/// The day on which a timeline begins, and how many events lie before it.
fn beginning(events: &[(i32, String, bool)]) -> (i32, usize) {
    let mut days: Vec<i32> = events.iter().map(|(day, ..)| *day).collect();
    days.sort_unstable();
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return (0, 0) };
    let early = days[(days.len() as f64 * EARLY) as usize];
    let far = last - first > LONG && last - first > 4 * (last - early).max(1);
    let start = if far { early } else { first };
    (start, days.iter().filter(|day| **day < start).count())
}

/// How much each actor cares and weighs, 0–100: salience along the line of writing, influence upwards, the mode as a dot within low and high.
#[must_use]
pub fn influence_salience(lang: Lang, title: &str, axes: [&str; 2], actors: &[(String, Range, Range)]) -> String {
    let (left, top, size) = (50.0, 30.0, 320.0);
    let floor = top + size;
    let (x, y) = (|v: f64| left + v / 100.0 * (WIDTH - left - 170.0), |v: f64| floor - v / 100.0 * size);
    let mut canvas = Canvas::new(lang, WIDTH);
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        canvas.line((x(tick), top), (x(tick), floor), "var(--soft)", 1.0);
        canvas.line((left, y(tick)), (x(100.0), y(tick)), "var(--soft)", 1.0);
        canvas.text(x(tick), floor + 16.0, Anchor::Middle, &format!("{tick:.0}"));
        canvas.text(left - 6.0, y(tick) + 4.0, Anchor::End, &format!("{tick:.0}"));
    }
    let dots: Vec<(f64, f64)> = actors.iter().map(|(_, salience, influence)| (x(salience.mode), y(influence.mode))).collect();
    for ((_, salience, influence), &(at, up)) in actors.iter().zip(&dots) {
        canvas.line((x(salience.low), up), (x(salience.high), up), "var(--line)", 1.0);
        canvas.line((at, y(influence.low)), (at, y(influence.high)), "var(--line)", 1.0);
        canvas.dot(at, up, 5.0, "var(--high)", "");
    }
    for ((name, ..), (at, label)) in actors.iter().zip(labels(&dots, actors.iter().map(|(name, ..)| canvas::width(name)), (top, floor))) {
        canvas.name(at, label, Anchor::Start, name);
    }
    canvas.text(x(50.0), floor + 36.0, Anchor::Middle, axes[0]);
    canvas.text(left - 30.0, 14.0, Anchor::Start, axes[1]);
    canvas.finish(title, floor + 44.0)
}

/// Where the name of each dot begins: beside it, or as little above or below as keeps it off the other names and dots.
fn labels(dots: &[(f64, f64)], widths: impl Iterator<Item = f64>, (top, floor): (f64, f64)) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for (&(at, up), width) in dots.iter().zip(widths) {
        let from = at + GAP;
        let free = |base: f64| {
            let name = |&(x, other, wide): &(f64, f64, f64)| x < from + width && from < x + wide && (other - base).abs() < LINE;
            let dot = |&(x, y): &(f64, f64)| (x, y) != (at, up) && x + GAP > from && x - GAP < from + width && (base - 4.0 - y).abs() < LINE * 0.75;
            (top..=floor).contains(&base) && !taken.iter().any(name) && !dots.iter().any(dot)
        };
        let steps = (0..dots.len().max(8) * 4).map(|step| up + 4.0 + LINE / 2.0 * step.div_ceil(2) as f64 * if step % 2 == 0 { 1.0 } else { -1.0 });
        let base = steps.clone().find(|base| free(*base)).unwrap_or(up + 4.0);
        taken.push((from, base, width));
    }
    taken.into_iter().map(|(from, base, _)| (from, base)).collect()
}

/// Who acts on whom: actors on a circle, a line for each pair as wide as the number of events; without conflict it is broken.
#[must_use]
pub fn network(lang: Lang, title: &str, actors: &[String], ties: &[(usize, usize, usize, bool)]) -> String {
    let (height, radius) = (440.0, 170.0);
    let turn = std::f64::consts::TAU / actors.len().max(1) as f64;
    let place = |i: usize| (WIDTH / 2.0 + radius * (turn * i as f64).sin(), height / 2.0 - radius * (turn * i as f64).cos());
    let mut canvas = Canvas::new(lang, WIDTH);
    for &(a, b, events, is_conflict) in ties {
        let width = 1.0 + (events as f64).sqrt();
        if is_conflict {
            canvas.line(place(a), place(b), "var(--low)", width);
        } else {
            canvas.dashed(place(a), place(b), "var(--high)", width);
        }
    }
    for (i, name) in actors.iter().enumerate() {
        let (x, y) = place(i);
        let (anchor, dx, dy) = match (turn * i as f64).sin() {
            s if s > 0.1 => (Anchor::Start, 10.0, 4.0),
            s if s < -0.1 => (Anchor::End, -10.0, 4.0),
            _ => (Anchor::Middle, 0.0, if y < height / 2.0 { -12.0 } else { 20.0 }),
        };
        canvas.dot(x, y, 6.0, "currentColor", "");
        canvas.name(x + dx, y + dy, anchor, name);
    }
    let legend = [(Mark::Line("var(--low)"), say(lang, "chart.conflict")), (Mark::Dashed("var(--high)"), say(lang, "chart.peace"))];
    let low = canvas.legend(20.0, height + 10.0, &legend);
    canvas.finish(title, low + 14.0)
}

/// How likely a truce is to hold, day by day: days, probability, and the interval around it, 0–1.
#[must_use]
pub fn survival(lang: Lang, title: &str, days: &str, curve: &[(f64, f64, (f64, f64))]) -> String {
    let (left, floor, tall) = (50.0, 220.0, 200.0);
    let last = curve.iter().map(|(day, ..)| *day).fold(1.0, f64::max);
    let (x, y) = (|day: f64| left + day / last * (WIDTH - left - END), |p: f64| floor - p * tall);
    let mut canvas = Canvas::new(lang, WIDTH);
    for tick in [0.0, 0.5, 1.0] {
        canvas.line((left, y(tick)), (x(last), y(tick)), "var(--soft)", 1.0);
        canvas.text(left - 6.0, y(tick) + 4.0, Anchor::End, &format!("{:.0}%", tick * 100.0));
    }
    let upper = curve.iter().map(|(day, _, (_, high))| (x(*day), y(*high)));
    let lower = curve.iter().rev().map(|(day, _, (low, _))| (x(*day), y(*low)));
    canvas.area(&upper.chain(lower).collect::<Vec<_>>(), "var(--soft)");
    canvas.curve(&curve.iter().map(|(day, p, _)| (x(*day), y(*p))).collect::<Vec<_>>(), "var(--high)");
    for day in [0.0, last / 2.0, last] {
        canvas.text(x(day), floor + 16.0, Anchor::Middle, &format!("{day:.0}"));
    }
    canvas.text(x(last / 2.0), floor + 34.0, Anchor::Middle, days);
    let legend = [(Mark::Line("var(--high)"), say(lang, "survival.holds")), (Mark::Area("var(--soft)"), say(lang, "chart.interval"))];
    let low = canvas.legend(left, floor + 54.0, &legend);
    canvas.finish(title, low + 10.0)
}

/// How far an answer swings with each number alone: a bar from where it is with the number at its lowest to where it is with it at its highest,
/// around the answer with all at their likeliest. The scale runs from 0 to 100.
#[must_use]
pub fn tornado(lang: Lang, room: Room, title: &str, base: f64, bars: &[(String, f64, f64)]) -> String {
    let (width, left, floor) = (room.width(), room.margin(), room.row() * bars.len() as f64 + 15.0);
    let ends = bars.iter().flat_map(|(_, low, high)| [*low, *high]).chain([base]);
    let (least, most) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), v| (least.min(v), most.max(v)));
    let span = (most - least).max(1.0);
    let x = |value: f64| left + (value - least) / span * (width - left - 40.0);
    let mut canvas = Canvas::new(lang, width);
    for (row, (name, low, high)) in bars.iter().enumerate() {
        let y = room.middle(row);
        room.name(&mut canvas, row, name);
        canvas.outline(x(low.min(base)), x(low.max(base)), y - 7.0, 14.0, "var(--low)");
        canvas.bar(x(high.min(base)), x(high.max(base)), y - 7.0, 14.0, "var(--high)");
    }
    canvas.line((x(base), 0.0), (x(base), floor), "currentColor", 1.0);
    // The ends are left out where they would lie on the middle.
    for (value, anchor) in [(least, Anchor::Start), (most, Anchor::End)] {
        if (x(value) - x(base)).abs() > 40.0 {
            canvas.text(x(value), floor + 20.0, anchor, &format!("{value:.0}"));
        }
    }
    canvas.text(x(base), floor + 20.0, Anchor::Middle, &format!("{base:.0}"));
    let legend = [(Mark::Outline("var(--low)"), say(lang, "chart.at.low")), (Mark::Area("var(--high)"), say(lang, "chart.at.high"))];
    let low = canvas.legend(left, floor + 40.0, &legend);
    canvas.finish(title, low + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_runs_the_way_its_language_does() {
        let bars = [("الطرف".to_owned(), 40.0, 70.0)];
        let (en, ar) = (tornado(Lang::English, Room::Page, "t", 50.0, &bars), tornado(Lang::Arabic, Room::Page, "t", 50.0, &bars));
        assert!(en.contains("x=\"210.0\"") && !en.contains("direction=\"rtl\""), "{en}");
        assert!(ar.contains("x=\"510.0\"") && ar.contains("direction=\"rtl\""), "{ar}");
    }

    #[test]
    fn on_a_phone_nothing_reaches_past_the_drawing() {
        let range = |low, high| Range { low, mode: f64::midpoint(low, high), high };
        let name = "الحزب الديمقراطي الكردستاني".to_owned();
        for lang in [Lang::English, Lang::Arabic] {
            for svg in [
                tornado(lang, Room::Phone, "t", 50.0, &[(name.clone(), 0.0, 100.0)]),
                position_line(lang, Room::Phone, "t", [&name, &name], &[(name.clone(), range(0.0, 100.0), 1.0)]),
                distribution(lang, Room::Phone, "t", &[1; 20]),
                timeline(lang, Room::Phone, "t", &[(0, String::new(), true), (9, String::new(), false)], ["2021-03-01", "2021-03-10"]),
            ] {
                assert!(svg.contains("viewBox=\"0 0 340 "), "{svg}");
                let places = [" x=\"", " cx=\"", " x1=\"", " x2=\""].into_iter().flat_map(|name| svg.split(name).skip(1));
                for place in places.map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap()) {
                    assert!((0.0..=340.0).contains(&place), "{place}: {svg}");
                }
            }
        }
    }

    #[test]
    fn names_beside_dots_that_lie_together_keep_off_one_another() {
        let dots = [(100.0, 200.0), (100.0, 200.0), (104.0, 203.0), (180.0, 200.0), (100.0, 40.0)];
        let places = labels(&dots, [90.0; 5].into_iter(), (30.0, 350.0));
        for (i, a) in places.iter().enumerate() {
            assert!((30.0..=350.0).contains(&a.1));
            for b in &places[..i] {
                assert!((a.0 - b.0).abs() >= 90.0 || (a.1 - b.1).abs() >= LINE, "{places:?}");
            }
        }
        assert!(labels(&[], std::iter::empty(), (0.0, 1.0)).is_empty());
    }

    #[test]
    fn a_timeline_counts_the_few_that_lie_long_before_the_others() {
        let event = |day| (day, String::new(), false);
        let mut events: Vec<_> = (0..20).map(|i| event(1000 + i)).collect();
        events.push(event(0));
        assert_eq!(beginning(&events), (1002, 3));
        let told = timeline(Lang::Arabic, Room::Page, "t", &events, ["1928-01-01", "b"]);
        assert!(told.contains("\u{2066}1928-01-01\u{2069}</text>"), "{told}");
        events.pop();
        assert_eq!(beginning(&events), (1000, 0));
        assert_eq!(beginning(&[]), (0, 0));
        let many: Vec<_> = (0..40).map(|_| event(5)).collect();
        assert!(timeline(Lang::English, Room::Page, "t", &many, ["a", "b"]).contains("+26"));
    }
}
