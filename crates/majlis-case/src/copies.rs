//! Documents that carry largely one text, as when many outlets print one agency's report: they count as one source.
//!
//! Candidates are found by MinHash (Broder 1997) in bands: two documents of which a share `s` of all shingles is common meet in at
//! least one of the bands with probability 1 − (1 − s³)²⁰: 0.93 for a half, 0.02 for a tenth. Candidates whose sketches allow it are then
//! compared word by word.

use crate::error::Problem;
use crate::keys::keys;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands, and hashes in a band.
const BANDS: usize = 20;
const ROWS: usize = 3;
const HASHES: usize = BANDS * ROWS;
/// Share of the shorter text's shingles that the other must hold.
const SAME: f64 = 0.5;
/// A text of fewer shingles is not compared: a few words stand in many reports.
const LEAST: usize = 12;
/// Documents of a band that are looked at, the newest: a form that thousands of reports fill in must not be compared with all of them.
pub(crate) const SHARING: usize = 64;
/// Stories that a text is compared with word by word.
const COMPARED: usize = 8;

/// The MinHash of a text: the low bits of the least of each hash over its shingles, and how many shingles it has.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Sketch {
    least: [u16; HASHES],
    shingles: u32,
}

impl Sketch {
    /// The sketch of a text that has these shingles; none for a short text.
    pub(crate) fn of(shingles: &[u64]) -> Option<Self> {
        if shingles.len() < LEAST {
            return None;
        }
        let least = |row: usize| shingles.iter().map(|s| mix(*s, row as u64)).min().unwrap_or(u64::MAX) as u16;
        Some(Self { least: std::array::from_fn(least), shingles: u32::try_from(shingles.len()).unwrap_or(u32::MAX) })
    }

    /// The bands: only texts that share one can be copies of one story.
    pub(crate) fn bands(&self) -> impl Iterator<Item = i64> {
        let band = |(b, rows): (usize, &[u16])| {
            let bytes: Vec<u8> = rows.iter().flat_map(|r| r.to_le_bytes()).collect();
            xxh3_64_with_seed(&bytes, b as u64).cast_signed()
        };
        self.least.chunks(ROWS).enumerate().map(band)
    }

    /// Those of other texts that this one may be a copy of, the likeliest first, no more than [`COMPARED`].
    pub(crate) fn likely<'a>(&self, others: impl Iterator<Item = (i64, &'a Self)>) -> impl Iterator<Item = i64> {
        let mut likely: Vec<(usize, i64)> = others.filter(|(_, other)| self.may_carry(other)).map(|(story, other)| (self.common(other), story)).collect();
        likely.sort_unstable_by_key(|&(common, story)| (Reverse(common), story));
        likely.into_iter().take(COMPARED).map(|(_, story)| story)
    }

    /// Whether the shorter of two texts may have as many of its shingles in the other as a copy has, by what the sketches share, three
    /// standard errors allowed. Spares the texts' being compared.
    fn may_carry(&self, other: &Self) -> bool {
        let common = self.common(other) as f64 / HASHES as f64;
        let of_both = (common + 3.0 * (common * (1.0 - common) / HASHES as f64).sqrt()).min(1.0);
        let (a, b) = (f64::from(self.shingles), f64::from(other.shingles));
        of_both * (a + b) / (1.0 + of_both) >= SAME * a.min(b)
    }

    /// How many hashes two sketches share, of [`HASHES`].
    fn common(&self, other: &Self) -> usize {
        self.least.iter().zip(&other.least).filter(|(a, b)| a == b).count()
    }

    fn to_bytes(&self) -> Vec<u8> {
        self.least.iter().flat_map(|l| l.to_le_bytes()).chain(self.shingles.to_le_bytes()).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (least, shingles) = bytes.split_last_chunk().map(|(least, &last)| (least, u32::from_le_bytes(last)))?;
        let least: Vec<u16> = least.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some(Self { least: least.try_into().ok()?, shingles })
    }
}

/// Keeps the sketch of a document in place of the one that it had.
pub(crate) fn sketch(db: &Connection, document: i64, sketch: Option<&Sketch>) -> rusqlite::Result<()> {
    if let Some(old) = sketch_of(db, document)? {
        let mut delete = db.prepare_cached("DELETE FROM band WHERE key = ? AND document = ?")?;
        old.bands().try_for_each(|band| delete.execute((band, document)).map(|_| ()))?;
    }
    db.prepare_cached("UPDATE document SET sketch = ? WHERE id = ?")?.execute((sketch.map(Sketch::to_bytes), document))?;
    Ok(())
}

fn sketch_of(db: &Connection, document: i64) -> rusqlite::Result<Option<Sketch>> {
    let sql = "SELECT sketch FROM document WHERE id = ? AND sketch IS NOT NULL";
    let found: Option<Vec<u8>> = db.prepare_cached(sql)?.query_row([document], |row| row.get(0)).optional()?;
    Ok(found.as_deref().and_then(Sketch::from_bytes))
}

/// Makes documents findable by the bands of their sketches. Many are given at a time, and go in by key: bands are spread over the whole table.
pub(crate) fn insert(db: &Connection, documents: &[i64]) -> rusqlite::Result<()> {
    let mut bands = Vec::new();
    for document in documents {
        bands.extend(sketch_of(db, *document)?.iter().flat_map(Sketch::bands).map(|band| (band, *document)));
    }
    bands.sort_unstable();
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO band (key, document) VALUES (?, ?)")?;
    bands.into_iter().try_for_each(|band| insert.execute(band).map(|_| ()))
}

/// Finds the earlier document that carries the same text, and notes it. What was noted of the document before is dropped. The bands of all
/// earlier documents are in.
pub(crate) fn place(db: &Connection, document: i64, text: &str) -> Result<(), Problem> {
    db.prepare_cached("DELETE FROM copy WHERE document = ? AND decision IS NULL")?.execute([document])?;
    let decided = db.prepare_cached("SELECT 1 FROM copy WHERE document = ?")?.exists([document])?;
    let Some(sketch) = sketch_of(db, document)?.filter(|_| !decided) else { return Ok(()) };
    // Only stories are compared: a copy's text is its story's.
    let mut stories = BTreeSet::new();
    let mut sharing = db.prepare_cached(
        "SELECT coalesce(c.story, b.document) FROM band b LEFT JOIN copy c ON c.document = b.document
         WHERE b.key = ? AND b.document < ? ORDER BY b.document DESC LIMIT ?",
    )?;
    for band in sketch.bands() {
        for story in sharing.query_map((band, document, SHARING as i64), |row| row.get::<_, i64>(0))? {
            stories.insert(story?);
        }
    }
    let mut sketches = Vec::new();
    for story in stories {
        sketches.extend(sketch_of(db, story)?.map(|other| (story, other)));
    }
    let mut candidates = Vec::new();
    for story in sketch.likely(sketches.iter().map(|(story, other)| (*story, other))) {
        let sql = "SELECT text FROM live_document WHERE id = ?";
        let text: Option<String> = db.prepare_cached(sql)?.query_row([story], |row| row.get(0)).optional()?;
        candidates.extend(text.map(|text| (story, shingles(&keys(&text)))));
    }
    if candidates.is_empty() {
        return Ok(());
    }
    let own: FxHashSet<u64> = shingles(&keys(text)).into_iter().collect();
    if let Some((story, similarity)) = best(&own, candidates) {
        db.prepare_cached("INSERT INTO copy (document, story, similarity) VALUES (?, ?, ?)")?.execute((document, story, similarity))?;
    }
    Ok(())
}

/// The story that a text of these shingles is a copy of, and the share of the shorter's shingles that both hold.
pub(crate) fn best(own: &FxHashSet<u64>, stories: impl IntoIterator<Item = (i64, impl AsRef<[u64]>)>) -> Option<(i64, f64)> {
    let mut best: Option<(i64, f64)> = None;
    for (story, shingles) in stories {
        let other = shingles.as_ref();
        let shared = other.iter().filter(|s| own.contains(s)).count();
        let similarity = shared as f64 / own.len().min(other.len()).max(1) as f64;
        if similarity >= SAME && best.is_none_or(|(_, most)| similarity > most) {
            best = Some((story, similarity));
        }
    }
    best
}

/// The hashes of a text's shingles, each once.
pub(crate) fn shingles(keys: &str) -> Vec<u64> {
    let starts: Vec<usize> = std::iter::once(0).chain(keys.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let end = |word: usize| starts.get(word).map_or(keys.len(), |next| next - 1);
    let mut seen = FxHashSet::default();
    let hash = |first: usize| xxh3_64_with_seed(&keys.as_bytes()[starts[first]..end(first + SHINGLE)], 0);
    (0..starts.len().saturating_sub(SHINGLE - 1)).map(hash).filter(|h| seen.insert(*h)).collect()
}

/// One of many hashes of a hash (the finaliser of SplitMix64).
fn mix(x: u64, row: u64) -> u64 {
    let mut z = x ^ row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ")
    }

    fn sketch(text: &str) -> Option<Sketch> {
        Sketch::of(&shingles(text))
    }

    #[test]
    fn texts_that_share_most_words_meet_in_a_band_and_others_do_not() {
        let [one, copy, other] = [words(0, 200), words(20, 210), words(300, 500)].map(|text| sketch(&text).unwrap());
        let meet = |a: &Sketch, b: &Sketch| a.bands().any(|band| b.bands().any(|other| other == band));
        assert!(meet(&one, &copy) && one.may_carry(&copy));
        assert!(!meet(&one, &other) && !one.may_carry(&other));
    }

    #[test]
    fn a_sketch_rules_out_no_text_that_holds_half_of_a_shorter_one() {
        for shared in 30..60 {
            let [long, short] = [words(0, 600), words(600 - shared, 660 - shared)].map(|text| sketch(&text).unwrap());
            // Where so little of the longer is common to both, the sketch may see nothing of it, and no band is shared then either.
            assert!(long.may_carry(&short) || long.least.iter().zip(&short.least).all(|(a, b)| a != b), "{shared} words of 60");
        }
        let [one, half] = [words(0, 200), words(100, 300)].map(|text| sketch(&text).unwrap());
        assert!(one.may_carry(&half) && half.may_carry(&one));
        assert!(!one.may_carry(&sketch(&words(190, 390)).unwrap()));
    }

    #[test]
    fn a_sketch_is_kept_in_bytes() {
        let one = sketch(&words(0, 80)).unwrap();
        assert_eq!(Sketch::from_bytes(&one.to_bytes()), Some(one.clone()));
        assert_eq!(Sketch::from_bytes(&one.to_bytes()[1..]), None);
        assert_eq!(Sketch::from_bytes(&[]), None);
    }

    #[test]
    fn a_shingle_is_counted_once_and_short_texts_have_none() {
        assert_eq!(shingles("a b c d e a b c d e").len(), 5);
        assert_eq!(shingles("a b c d").len(), 0);
        assert_eq!(shingles("").len(), 0);
        assert!(sketch("a b c d e f").is_none());
    }
}
