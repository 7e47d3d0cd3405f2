//! Marks on a drawing: places are given as for a line of writing that runs from left to right, and mirrored where it does not.

use crate::render::Lang;
use crate::render::bidi::{FSI, LRI, PDI};
use crate::render::sheet::escaped;
use std::fmt::Write;

/// The longest name, in characters.
const LONGEST: usize = 36;
/// A name that is longer than this, in characters, is written smaller, in pixels.
const LARGE: usize = 26;
const SMALL: u8 = 11;
/// Room for a mark of the legend, and for each character of its words.
const SIGN: f64 = 26.0;
const LETTER: f64 = 7.0;
/// From one row of a legend to the next.
const LINE: f64 = 20.0;

/// Which end of a text stands at its place, in the order of reading.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A mark in a legend, with its colour.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Dot(&'static str),
    Square(&'static str),
    Line(&'static str),
    Dashed(&'static str),
    Area(&'static str),
    Outline(&'static str),
}

pub(super) struct Canvas {
    rtl: bool,
    width: f64,
    body: String,
}

/// About how wide a name is drawn.
pub(super) fn width(name: &str) -> f64 {
    LETTER * name.chars().filter(|c| !matches!(*c, FSI | LRI | PDI)).count().min(LONGEST) as f64
}

impl Canvas {
    pub(super) fn new(lang: Lang, width: f64) -> Self {
        Self { rtl: lang == Lang::Arabic, width, body: String::new() }
    }

    fn x(&self, x: f64) -> f64 {
        if self.rtl { self.width - x } else { x }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64) {
        self.stroke(from, to, colour, width, "");
    }

    pub(super) fn dashed(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64) {
        self.stroke(from, to, colour, width, " stroke-dasharray=\"6 4\"");
    }

    fn stroke(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, width: f64, dashes: &str) {
        let (x1, x2) = (self.x(from.0), self.x(to.0));
        let _ = write!(
            self.body,
            "<line x1=\"{x1:.1}\" y1=\"{:.1}\" x2=\"{x2:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\"{dashes}/>",
            from.1, to.1
        );
    }

    /// A dot that tells its name when it is pointed at.
    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, colour: &str, name: &str) {
        let _ = write!(self.body, "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{colour}\">{}</circle>", self.x(x), titled(name));
    }

    /// A square that tells its name when it is pointed at.
    pub(super) fn square(&mut self, x: f64, y: f64, side: f64, colour: &str, name: &str) {
        let (left, top) = (self.x(x) - side / 2.0, y - side / 2.0);
        let _ = write!(self.body, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{side:.1}\" height=\"{side:.1}\" fill=\"{colour}\">{}</rect>", titled(name));
    }

    /// A bar between two places.
    pub(super) fn bar(&mut self, from: f64, to: f64, top: f64, tall: f64, colour: &str) {
        self.rect(from, to, top, tall, &format!("fill=\"{colour}\""));
    }

    /// A bar that is not filled, for what must be told from another without its colour.
    pub(super) fn outline(&mut self, from: f64, to: f64, top: f64, tall: f64, colour: &str) {
        self.rect(from, to, top, tall, &format!("fill=\"{colour}\" fill-opacity=\".2\" stroke=\"{colour}\""));
    }

    fn rect(&mut self, from: f64, to: f64, top: f64, tall: f64, look: &str) {
        let (left, wide) = (self.x(if self.rtl { to } else { from }), (to - from).max(0.0));
        let _ = write!(self.body, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\" {look}/>");
    }

    pub(super) fn area(&mut self, points: &[(f64, f64)], colour: &str) {
        let points = self.points(points);
        let _ = write!(self.body, "<polygon points=\"{points}\" fill=\"{colour}\"/>");
    }

    pub(super) fn curve(&mut self, points: &[(f64, f64)], colour: &str) {
        let points = self.points(points);
        let _ = write!(self.body, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
    }

    fn points(&self, points: &[(f64, f64)]) -> String {
        points.iter().map(|(x, y)| format!("{:.1},{y:.1}", self.x(*x))).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, words: &str) {
        self.sized(x, y, anchor, words, None);
    }

    fn sized(&mut self, x: f64, y: f64, anchor: Anchor, words: &str, size: Option<u8>) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let direction = if self.rtl { " direction=\"rtl\"" } else { "" };
        let size = size.map_or_else(String::new, |size| format!(" font-size=\"{size}\""));
        let _ = write!(self.body, "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\"{direction}{size}>{}</text>", self.x(x), apart(words));
    }

    /// A name, cut to what fits beside a row.
    pub(super) fn name(&mut self, x: f64, y: f64, anchor: Anchor, name: &str) {
        let cut = shortened(&plain(name));
        let size = if cut.chars().count() > LARGE { Some(SMALL) } else { None };
        self.sized(x, y, anchor, &cut, size);
    }

    /// What the marks mean, in a row, or in several where it is too long. Gives where the last one lies.
    pub(super) fn legend(&mut self, x: f64, y: f64, entries: &[(Mark, &str)]) -> f64 {
        let (mut at, mut y) = (x, y);
        for (mark, words) in entries {
            let wide = SIGN + words.chars().count() as f64 * LETTER;
            if at > x && at + wide > self.width {
                (at, y) = (x, y + LINE);
            }
            let middle = y - 4.0;
            match *mark {
                Mark::Dot(colour) => self.dot(at + 8.0, middle, 4.0, colour, ""),
                Mark::Square(colour) => self.square(at + 8.0, middle, 7.0, colour, ""),
                Mark::Line(colour) => self.line((at, middle), (at + 18.0, middle), colour, 2.0),
                Mark::Dashed(colour) => self.dashed((at, middle), (at + 18.0, middle), colour, 2.0),
                Mark::Area(colour) => self.bar(at, at + 18.0, middle - 5.0, 10.0, colour),
                Mark::Outline(colour) => self.outline(at, at + 18.0, middle - 5.0, 10.0, colour),
            }
            self.text(at + SIGN, y, Anchor::Start, words);
            at += wide + 20.0;
        }
        y
    }

    pub(super) fn finish(self, title: &str, height: f64) -> String {
        let width = self.width;
        format!("<svg viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" role=\"img\"><title>{}</title>{}</svg>\n", escaped(&plain(title)), self.body)
    }
}

/// What a mark tells when it is pointed at.
fn titled(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(&plain(name))) }
}

/// Text without isolates, which mean nothing in a drawing.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, FSI | LRI | PDI)).collect()
}

/// A name cut to what fits beside a row; what stands in brackets at its end stays.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let (head, tail) = name.rfind(" (").filter(|_| name.ends_with(')')).map_or((name, ""), |at| name.split_at(at));
    let room = LONGEST.saturating_sub(tail.chars().count() + 1).max(LONGEST / 2);
    format!("{}…{tail}", head.chars().take(room).collect::<String>().trim_end())
}

/// Words for a drawing. What is set apart from left to right stays so, such as a day among words of Arabic.
fn apart(words: &str) -> String {
    let mut parts = words.split(LRI);
    let first = escaped(&plain(parts.next().unwrap_or_default()));
    let others = parts.map(|part| match part.split_once(PDI) {
        Some((inner, after)) => format!("{LRI}{}{PDI}{}", escaped(&plain(inner)), escaped(&plain(after))),
        None => escaped(&plain(part)),
    });
    [first].into_iter().chain(others).collect()
}
