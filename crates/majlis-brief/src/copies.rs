//! Documents that carry largely the same text, as when two outlets print one agency's report.

use majlis_text::{Document, Folded, TokenKind, tokenize};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher;

/// Words in a shingle.
const SHINGLE: usize = 6;
/// Share of the shorter text's shingles that the other must hold.
const SAME: f64 = 0.5;

/// For each document, the first earlier one that carries largely the same text.
pub(crate) fn find<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<Option<u32>> {
    let mut holders: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let mut sizes: Vec<usize> = Vec::new();
    let mut copies = Vec::new();
    for (index, document) in documents.enumerate() {
        let shingles = shingles(&document.text);
        let mut shared = vec![0usize; index];
        for &shingle in &shingles {
            let seen = holders.entry(shingle).or_default();
            for &other in seen.iter() {
                shared[other as usize] += 1;
            }
            seen.push(index as u32);
        }
        let same = |other: usize| shared[other] as f64 >= SAME * shingles.len().min(sizes[other]).max(1) as f64;
        copies.push((0..index).find(|&other| same(other)).map(|other| other as u32));
        sizes.push(shingles.len());
    }
    copies
}

/// The hashes of a text's shingles, each once, in text order.
fn shingles(text: &str) -> Vec<u64> {
    let folded = Folded::new(text);
    let words: Vec<&str> = tokenize(&folded).iter().filter(|t| t.kind == TokenKind::Word || t.kind == TokenKind::Number).map(|t| t.folded(&folded)).collect();
    let mut seen = FxHashSet::default();
    let hash = |window: &[&str]| {
        let mut hasher = FxHasher::default();
        for word in window {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
        hasher.finish()
    };
    words.windows(SHINGLE).map(hash).filter(|&h| seen.insert(h)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_report_printed_twice_is_found_and_a_different_one_is_not() {
        let agency = "أعلنت الحكومة اليوم تأجيل الانتخابات إلى الخريف المقبل بناء على طلب المفوضية ورفضت كتل عدة هذا القرار";
        let texts = [
            agency.to_owned(),
            "زار الوزير العاصمة المجاورة والتقى نظيره وبحثا الحدود والمياه والتجارة بين البلدين".to_owned(),
            format!("نقلا عن الوكالة {agency}"),
        ];
        let documents: Vec<Document> = texts.iter().map(|t| Document::new("d", t.as_str())).collect();
        assert_eq!(find(documents.iter()), [None, None, Some(0)]);
    }
}
