//! Documents that carry largely one text, as when many outlets print one agency's report: they count as one source.
//!
//! Candidates are found by MinHash (Broder 1997) in bands: two documents of which a share `s` of all shingles is common meet in at
//! least one of the bands with probability 1 − (1 − s³)²⁰: 0.93 for a half, 0.02 for a tenth. Candidates are then compared word by word.

use crate::error::Problem;
use crate::keys::keys;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands, and hashes in a band.
const BANDS: usize = 20;
const ROWS: usize = 3;
/// Share of the shorter text's shingles that the other must hold.
const SAME: f64 = 0.5;
/// A text of fewer shingles is not compared: a few words stand in many reports.
const LEAST: usize = 12;

/// The bands of a text, given as its search keys; none for a short text.
pub(crate) fn bands(keys: &str) -> Vec<i64> {
    bands_of(&shingles(keys))
}

/// The bands of a text, given as its shingles.
pub(crate) fn bands_of(shingles: &[u64]) -> Vec<i64> {
    if shingles.len() < LEAST {
        return Vec::new();
    }
    let least = |row: usize| shingles.iter().map(|s| mix(*s, row as u64)).min().unwrap_or(u64::MAX);
    let signature: Vec<u64> = (0..BANDS * ROWS).map(least).collect();
    let band = |(b, rows): (usize, &[u64])| {
        let bytes: Vec<u8> = rows.iter().flat_map(|r| r.to_le_bytes()).collect();
        xxh3_64_with_seed(&bytes, b as u64).cast_signed()
    };
    signature.chunks(ROWS).enumerate().map(band).collect()
}

/// Keeps the bands of a document in place of those that it had.
pub(crate) fn insert(db: &Connection, document: i64, bands: &[i64]) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM band WHERE document = ?")?.execute([document])?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO band (key, document) VALUES (?, ?)")?;
    bands.iter().try_for_each(|band| insert.execute((band, document)).map(|_| ()))
}

/// Finds the earlier document that carries the same text, and notes it. What was noted of the document before is dropped.
pub(crate) fn place(db: &Connection, document: i64, text: &str) -> Result<(), Problem> {
    db.prepare_cached("DELETE FROM copy WHERE document = ? AND decision IS NULL")?.execute([document])?;
    let decided = db.prepare_cached("SELECT 1 FROM copy WHERE document = ?")?.exists([document])?;
    // Only stories are compared: a copy's text is its story's.
    let candidates = "SELECT DISTINCT coalesce(c.story, o.document) AS story FROM band b JOIN band o ON o.key = b.key AND o.document < b.document
        LEFT JOIN copy c ON c.document = o.document WHERE b.document = ? ORDER BY story";
    let stories: Vec<i64> = db.prepare_cached(candidates)?.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if decided || stories.is_empty() {
        return Ok(());
    }
    let own: FxHashSet<u64> = shingles(&keys(text)).into_iter().collect();
    let mut candidates = Vec::new();
    for story in stories {
        let sql = "SELECT text FROM live_document WHERE id = ?";
        if let Some(text) = db.prepare_cached(sql)?.query_row([story], |row| row.get::<_, String>(0)).optional()? {
            candidates.push((story, shingles(&keys(&text))));
        }
    }
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

    #[test]
    fn texts_that_share_most_words_meet_in_a_band_and_others_do_not() {
        let (one, copy, other) = (bands(&words(0, 200)), bands(&words(20, 210)), bands(&words(300, 500)));
        assert!(one.iter().any(|b| copy.contains(b)));
        assert!(!one.iter().any(|b| other.contains(b)));
    }

    #[test]
    fn a_shingle_is_counted_once_and_short_texts_have_none() {
        assert_eq!(shingles("a b c d e a b c d e").len(), 5);
        assert_eq!(shingles("a b c d").len(), 0);
        assert!(bands("a b c d e f").is_empty());
        assert_eq!(shingles("").len(), 0);
    }
}
