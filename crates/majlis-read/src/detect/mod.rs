//! Whether a sentence reports an ASSAULT or a PROTEST: linear models over hashed features of its letters and words.
//!
//! `words` (letters, stems) → `classes` (what `data/detect_classes.tsv` says of a word) and `predicates` (what the lexicon's events say of the
//! sentence) → [`features`] → [`model`].
//! `examples/train_detect` makes the weights, `models/detect.bin`; `models/NOTICE.md` says from what. Make them again when
//! `data/detect_classes.tsv` or `data/detect_sentences.tsv` changes, and when the lexicon or `scan` changed much: the predicates' signals are
//! a part of the features.

mod classes;
mod counter;
pub mod features;
pub mod model;
mod predicates;
mod words;

pub use model::{Detector, TASKS};
pub use words::word_hashes;
