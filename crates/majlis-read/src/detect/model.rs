//! The detector: two weights a bucket, one for each task, and what turns their sum into a probability.

use super::features::{BITS, NAMESPACES, Sentence, TRIGGER_BITS, damp};
use std::sync::OnceLock;

/// The tasks in the order of every pair of scores and thresholds.
pub const TASKS: [&str; 2] = ["ASSAULT", "PROTEST"];

/// A sentence without a word that could name an event counts as if its best word had this.
pub const TRIGGER_FLOOR: f32 = -1.5;

/// What a task has beside its column of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Added to the sum.
    pub bias: f32,
    /// Probability = logistic(slope * sum + shift).
    pub slope: f32,
    /// See `slope`.
    pub shift: f32,
    /// A probability from here on is an event.
    pub threshold: f32,
    /// The bias of a word's sum.
    pub trigger_bias: f32,
    /// What a step of the trigger table is worth.
    pub trigger_step: f32,
    /// What the most event-like word's sum counts in the sentence's.
    pub trigger_share: f32,
    /// What a step of the table is worth in each group of features.
    pub scales: [f32; NAMESPACES],
}

/// Numbers of a head in the weights file.
const NUMBERS: usize = 7 + NAMESPACES;

const MAGIC: &[u8; 4] = b"MJD2";

/// Judges whether an Arabic sentence reports an ASSAULT or a PROTEST event.
///
/// The shipped weights were trained on the Arabic event gold records (openeventdata/arabic_event_gsr, 2018, MIT licence; the notice is in
/// `models/NOTICE.md`): sentences of Arabic newswire and newspapers, an event being what annotators took for one that is reported
/// as happening, of the PLOVER types ASSAULT and PROTEST; beside them, on 350 sentences written for Majlis. Sentences of other kinds of text get less certain scores.
///
/// ```
/// use majlis_read::Detector;
/// let detector = Detector::shipped();
/// let [assault, protest] = detector.score("قتل مسلحون مجهولون أمس ثلاثة من رجال الشرطة في هجوم شمال بغداد.");
/// assert!(assault >= detector.thresholds()[0] && protest < detector.thresholds()[1]);
/// ```
pub struct Detector {
    heads: [Head; 2],
    table: Vec<[i8; 2]>,
    triggers: Vec<[i8; 2]>,
}

impl Detector {
    /// A detector of trained parts: `2^BITS` and `2^TRIGGER_BITS` pairs of weights.
    ///
    /// # Panics
    ///
    /// Where there are fewer or more.
    pub fn new(heads: [Head; 2], table: Vec<[i8; 2]>, triggers: Vec<[i8; 2]>) -> Self {
        assert_eq!((table.len(), triggers.len()), (1 << BITS, 1 << TRIGGER_BITS));
        Self { heads, table, triggers }
    }

    /// The detector that comes with the crate, loaded at the first call (under 1 MB); its first score loads the lexicon, if nothing did before.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Detector> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::from_bytes(include_bytes!("../../models/detect.bin")).unwrap_or_else(Self::mute))
    }

    /// A detector that finds nothing.
    fn mute() -> Self {
        let head = Head { threshold: 1.0, ..Head::default() };
        Self::new([head.clone(), head], vec![[0; 2]; 1 << BITS], vec![[0; 2]; 1 << TRIGGER_BITS])
    }

    /// The probabilities, 0 to 1, that `sentence` reports an ASSAULT and a PROTEST, in this order.
    ///
    /// They are calibrated for the share of events among the training sentences (9 % and 4 %, the others being look-alikes). Give one
    /// sentence, in any spelling; a text of several is judged as if it were one. Any other text gets probabilities too. A sentence takes about
    /// 60 microseconds.
    pub fn score(&self, sentence: &str) -> [f32; 2] {
        let sums = self.sums(&Sentence::read(sentence));
        [0, 1].map(|t| self.heads[t].probability(sums[t]))
    }

    /// From which probability on (0 to 1) a sentence is taken for an event, one for each task as in [`Detector::score`]: where F1 is expected
    /// to be highest on the training sentences.
    pub fn thresholds(&self) -> [f32; 2] {
        [self.heads[0].threshold, self.heads[1].threshold]
    }

    fn sums(&self, sentence: &Sentence<'_>) -> [f32; 2] {
        let mut squares = [0f32; NAMESPACES];
        let mut sums = [[0f32; 2]; NAMESPACES];
        for f in sentence.features() {
            let value = damp(f.count);
            let w = self.table[f.bucket as usize];
            let ns = f.ns as usize;
            squares[ns] += value * value;
            sums[ns][0] += value * f32::from(w[0]);
            sums[ns][1] += value * f32::from(w[1]);
        }
        let best = self.best_word(sentence);
        [0, 1].map(|t| {
            let head = &self.heads[t];
            let groups = (0..NAMESPACES).filter(|&n| squares[n] > 0.0);
            let sum = groups.map(|n| head.scales[n] * sums[n][t] / squares[n].sqrt()).sum::<f32>();
            head.bias + sum + head.trigger_share * best[t]
        })
    }

    /// How much the word that looks most as if it named the event does so, in each task: above 0 for yes.
    fn best_word(&self, sentence: &Sentence<'_>) -> [f32; 2] {
        let mut best = [TRIGGER_FLOOR; 2];
        for i in sentence.candidates() {
            let mut steps = [0i32; 2];
            sentence.trigger(i, |bucket| {
                let w = self.triggers[bucket as usize];
                steps[0] += i32::from(w[0]);
                steps[1] += i32::from(w[1]);
            });
            for (t, head) in self.heads.iter().enumerate() {
                best[t] = best[t].max(head.trigger_bias + head.trigger_step * steps[t] as f32);
            }
        }
        best
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(BITS.to_le_bytes());
        for h in &self.heads {
            let numbers = [h.bias, h.slope, h.shift, h.threshold, h.trigger_bias, h.trigger_step, h.trigger_share];
            out.extend(numbers.iter().chain(&h.scales).flat_map(|v| v.to_le_bytes()));
        }
        out.extend(self.table.iter().chain(&self.triggers).flatten().map(|&w| w as u8));
        out
    }

    /// Reads what [`Detector::to_bytes`] wrote; `None` when it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (bits, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let (heads, weights) = rest.split_at_checked(2 * NUMBERS * 4)?;
        if u32::from_le_bytes(*bits) != BITS || weights.len() != (2 << BITS) + (2 << TRIGGER_BITS) {
            return None;
        }
        let values: Vec<f32> = heads.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let heads = [0, 1].map(|t| Head::from_numbers(&values[t * NUMBERS..][..NUMBERS]));
        let mut table: Vec<[i8; 2]> = weights.chunks_exact(2).map(|w| [w[0] as i8, w[1] as i8]).collect();
        let triggers = table.split_off(1 << BITS);
        Some(Self { heads, table, triggers })
    }
}

impl Head {
    /// The probability that a sum stands for.
    pub fn probability(&self, sum: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * sum + self.shift)).exp())
    }

    fn from_numbers(v: &[f32]) -> Self {
        let mut scales = [0.0; NAMESPACES];
        scales.copy_from_slice(&v[7..]);
        Self { bias: v[0], slope: v[1], shift: v[2], threshold: v[3], trigger_bias: v[4], trigger_step: v[5], trigger_share: v[6], scales }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTACK: &str = "قتل مسلحون مجهولون أمس ثلاثة من رجال الشرطة وأصابوا خمسة آخرين بجروح في هجوم شمال بغداد.";
    const MARCH: &str = "تظاهر آلاف الطلاب أمس أمام مبنى البرلمان احتجاجا على رفع الأسعار ورددوا هتافات ضد الحكومة.";
    const TALKS: &str = "بحث وزير الخارجية مع نظيره الفرنسي أمس سبل تعزيز التعاون بين البلدين.";

    fn found(d: &Detector, sentence: &str) -> [bool; 2] {
        let (p, least) = (d.score(sentence), d.thresholds());
        [0, 1].map(|t| p[t] >= least[t])
    }

    #[test]
    fn a_stored_detector_reads_back_the_same() {
        let mut table = vec![[0i8; 2]; 1 << BITS];
        table[5] = [-7, 9];
        let triggers = vec![[3i8, -3]; 1 << TRIGGER_BITS];
        let head = Head { bias: 0.5, slope: 2.0, shift: -1.0, threshold: 0.3, scales: [0.25; NAMESPACES], ..Head::default() };
        let d = Detector::new([head.clone(), head], table, triggers);
        let e = Detector::from_bytes(&d.to_bytes()).unwrap();
        assert_eq!(d.heads, e.heads);
        assert_eq!(d.table, e.table);
        assert_eq!(d.triggers, e.triggers);
        assert!(Detector::from_bytes(b"MJD2 short").is_none());
    }

    #[test]
    fn the_shipped_weights_are_whole() {
        assert!(Detector::from_bytes(include_bytes!("../../models/detect.bin")).is_some());
    }

    #[test]
    fn the_shipped_detector_tells_attacks_and_marches_from_other_news() {
        let d = Detector::shipped();
        assert_eq!(found(d, ATTACK), [true, false]);
        assert_eq!(found(d, MARCH), [false, true]);
        assert_eq!(found(d, TALKS), [false, false]);
    }

    #[test]
    fn any_text_gets_probabilities() {
        for text in ["", " ", "hello", "١٢٣", "«»", "\u{64b}"] {
            assert!(Detector::shipped().score(text).iter().all(|p| (0.0..=1.0).contains(p)), "{text}");
        }
    }

    #[test]
    fn the_mute_detector_finds_nothing() {
        assert_eq!(found(&Detector::mute(), ATTACK), [false, false]);
    }
}
