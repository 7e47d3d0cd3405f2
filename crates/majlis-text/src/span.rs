use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A range of byte offsets into a text, end exclusive.
///
/// Invariant: `start <= end`. Whether both ends are character boundaries of a given text is asked with [`Span::slice`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`, or `None` where `start > end`.
    pub const fn new(start: u32, end: u32) -> Option<Self> {
        if start <= end { Some(Self { start, end }) } else { None }
    }

    /// The span that covers both offsets, whichever comes first.
    pub const fn between(a: u32, b: u32) -> Self {
        if a <= b { Self { start: a, end: b } } else { Self { start: b, end: a } }
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` under the span; `None` where an end is outside the text or inside a character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

/// Turns byte offsets into Unicode code points, as the files that Majlis writes count them.
///
/// Keeps one code-point count for every 256 bytes, so a look-up costs a short scan.
pub struct CodePoints<'t> {
    text: &'t str,
    every: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    const STEP: usize = 256;

    /// Prepares look-ups in `text`.
    pub fn new(text: &'t str) -> Self {
        let mut every = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            every.push(count);
            count += starts(chunk);
        }
        every.push(count);
        Self { text, every }
    }

    /// The number of code points before byte `offset` (offsets past the end count the whole text).
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let block = offset / Self::STEP;
        self.every[block] + starts(&self.text.as_bytes()[block * Self::STEP..offset])
    }

    /// The byte offset of code point `n`; the text's length where it has fewer.
    pub fn byte_of(&self, n: u32) -> u32 {
        let block = self.every.partition_point(|&c| c <= n).saturating_sub(1);
        let mut left = n - self.every[block].min(n);
        let from = block * Self::STEP;
        for (i, &b) in self.text.as_bytes().iter().enumerate().skip(from) {
            if is_start(b) {
                if left == 0 {
                    return i as u32;
                }
                left -= 1;
            }
        }
        self.text.len() as u32
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| is_start(b)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_runs_backwards() {
        assert!(Span::new(3, 2).is_none());
        assert_eq!(Span::between(3, 2), Span::between(2, 3));
    }

    #[test]
    fn code_points_are_counted_across_blocks() {
        let text = "قال x ".repeat(200);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), n as u32);
            assert_eq!(points.byte_of(n as u32), byte as u32);
        }
        assert_eq!(points.at(u32::MAX), text.chars().count() as u32);
    }
}
