//! Whether a sentence reports an ASSAULT or a PROTEST: linear models over hashed features of its letters and words.
//!
//! `words` (letters, stems) → `classes` (what `data/detect_classes.tsv` says of a word) → [`features`] → [`model`].
//! `examples/train_detect` makes the weights, `models/detect.bin`; `models/NOTICE.md` says from what.

mod classes;
mod counter;
pub mod features;
pub mod model;
mod words;

pub use model::{Detector, TASKS};
pub use words::word_hashes;
