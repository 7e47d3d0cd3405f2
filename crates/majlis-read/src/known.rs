//! What the lexicon knows of a word, looked up once for all the times that a thread meets it.

use majlis_lexicon::{Analyses, Classes, FormReading, Lemma, Lexicon, NameKind, Tense, Word};
use majlis_text::clitic;
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Words that a thread keeps, some 25 MB; past that it begins anew.
const KEPT: usize = 1 << 17;
/// Bytes of the longest word that is kept.
const LONGEST: usize = 64;

thread_local! {
    static KNOWN: RefCell<FxHashMap<Box<str>, Rc<Known>>> = RefCell::default();
}

/// A verb or event noun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    pub(crate) reading: FormReading,
    /// How the word was read to find it; after a pronoun was taken off, the rest of it.
    pub(crate) word: Word,
    /// The attached pronoun, empty when none.
    pub(crate) pronoun: &'static str,
}

/// A folded word, whatever stands around it.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) analyses: Analyses,
    /// Of the first reading that has any.
    pub(crate) classes: Classes,
    /// Of all readings.
    pub(crate) any_classes: Classes,
    pub(crate) name_kind: Option<NameKind>,
    /// The event predicates and reporting verbs that it may be, without a pronoun taken off.
    pub(crate) verbs: Box<[Verb]>,
    /// The readings that begin a phrase of the lexicon, with the automaton's node.
    pub(crate) begins: Box<[(Word, u32)]>,
    with_pronoun: OnceCell<Option<Verb>>,
}

impl Known {
    /// What is known of `word`.
    pub(crate) fn of(lexicon: &'static Lexicon, word: &str) -> Rc<Self> {
        if word.len() > LONGEST {
            return Rc::new(Self::new(lexicon, word));
        }
        KNOWN.with_borrow_mut(|known| {
            if let Some(found) = known.get(word) {
                return Rc::clone(found);
            }
            if known.len() == KEPT {
                known.clear();
            }
            let new = Rc::new(Self::new(lexicon, word));
            known.insert(word.into(), Rc::clone(&new));
            new
        })
    }

    fn new(lexicon: &'static Lexicon, word: &str) -> Self {
        let analyses = lexicon.analyse(word);
        let classes = || analyses.iter().map(|w| lexicon.classes(w.form.word()));
        let verbs_of = |word: Word| {
            let spelt = lexicon.readings(word.form.word()).iter().filter(move |r| spelt(r, word));
            spelt.map(move |&reading| Verb { reading, word, pronoun: "" }).collect::<Box<[Verb]>>()
        };
        Self {
            analyses,
            classes: classes().find(|c| *c != Classes::default()).unwrap_or_default(),
            any_classes: classes().fold(Classes::default(), Classes::with),
            name_kind: analyses.iter().find_map(|w| lexicon.name_kind(w.form.word())),
            // The reading with fewest particles is the word; وافق is no و + أفاق.
            verbs: analyses.iter().map(verbs_of).find(|verbs| !verbs.is_empty()).unwrap_or_default(),
            begins: analyses.iter().filter_map(|w| Some((w, lexicon.step(0, w.form)?))).collect(),
            with_pronoun: OnceCell::new(),
        }
    }

    /// The event predicate or reporting verb that it may be once an attached pronoun is taken off: يساومونه, رفضه, إلغاؤها.
    pub(crate) fn with_pronoun(&self, lexicon: &Lexicon, word: &str) -> Option<Verb> {
        *self.with_pronoun.get_or_init(|| with_pronoun(lexicon, word))
    }
}

fn with_pronoun(lexicon: &Lexicon, word: &str) -> Option<Verb> {
    for (stem, pronoun) in clitic::without_pronoun(word) {
        if matches!(pronoun, "ي" | "ك" | "كما" | "كم") {
            continue;
        }
        let restored = stem.strip_suffix('ت').map(|s| format!("{s}ه"));
        for candidate in std::iter::once(stem).chain(restored.as_deref()) {
            for word in lexicon.analyse(candidate).iter() {
                let fits = |r: &&FormReading| spelt(r, word) && r.article == word.form.article();
                let readings = lexicon.readings(word.form.word());
                if let Some(&reading) = readings.iter().filter(fits).find(|r| matches!(r.of, Lemma::Predicate(_))).or(readings.iter().find(fits)) {
                    return Some(Verb { reading, word, pronoun });
                }
            }
        }
    }
    None
}

/// Whether a word has the spelling of a reading: a finite verb has no article beyond an ال of its own, unless its noun is spelt alike (القصف).
fn spelt(reading: &FormReading, word: Word) -> bool {
    matches!(reading.tense, Tense::Masdar | Tense::Participle)
        || reading.article == word.form.article()
        || reading.also_noun && word.form.article() && matches!(reading.of, Lemma::Predicate(_))
}
