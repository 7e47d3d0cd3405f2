use rustc_hash::FxHashMap;

/// A folded word without its article.
pub type WordId = u32;

/// What kinds of function word or time word a word can be; a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Classes(u32);

macro_rules! classes {
    ($($name:ident = $bit:literal, $text:literal, $doc:literal;)*) => {
        impl Classes {
            $(#[doc = $doc] pub const $name: Classes = Classes(1 << $bit);)*

            /// The class that `words.tsv` calls `name`.
            pub(crate) fn named(name: &str) -> Option<Classes> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    HEDGE = 0, "hedge", "perhaps, seems";
    NEG = 1, "neg", "not";
    PLAN = 2, "plan", "intends, is due to";
    COND = 3, "cond", "if, on condition";
    DEMAND = 4, "demand", "must, necessity";
    ONGOING = 5, "ongoing", "still";
    PASSIVE = 6, "passive", "was done (تم، جرى)";
    DENY = 7, "deny", "denies, no truth in";
    NUMBER = 8, "number", "a numeral";
    WEEKDAY = 9, "weekday", "a day of the week";
    MONTH = 10, "month", "a month's name";
    HIJRI = 11, "hijri", "a Hijri month's name";
    UNIT = 12, "unit", "day, week, month, year";
    TIME = 13, "time", "yesterday, last, early";
    REL = 14, "rel", "a relative pronoun";
    PREP = 15, "prep", "a preposition";
    SUB = 16, "sub", "a subordinating conjunction";
    DEM = 17, "dem", "a demonstrative";
    QUANT = 18, "quant", "a quantity";
    STOP = 19, "stop", "any word that is never a name";
    COMMON = 20, "common", "a word of news Arabic that is seldom a name";
    DISCOURSE = 21, "discourse", "a word that links sentences";
    WEAK_NAME = 22, "weak_name", "a name part that is also an ordinary word";
    LIGHT = 23, "light", "a verb that carries an event noun and says nothing itself: launched, held";
    POST = 24, "post", "what is attacked when somebody's positions are";
    HURT = 25, "hurt", "a word for the killed, hurt and taken";
    WHERE = 26, "where", "a state or capital after it is where something is";
    ACTS = 27, "acts", "a state or capital after it acts: position of, pressure of, between";
    MOTION = 28, "motion", "a verb or noun of motion: a state after it is where somebody goes";
    RECEIVE = 30, "receive", "a verb whose subject suffers or gets what a noun after it says: came under, received";
    TOLD = 31, "told", "a noun for what is announced or affirmed, though no verb makes it: need, rise, existence";
    SENT = 29, "sent", "what a state sends, whose adjective names the sender";
}

impl Classes {
    /// Whether any of `other` is in the set.
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// Whether a word is a given name, a family name or both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameKind {
    /// Given name.
    Given,
    /// Family name.
    Family,
    /// Either.
    Both,
}

/// Every word of every lexicon file, numbered.
#[derive(Default)]
pub(crate) struct Vocab {
    ids: FxHashMap<Box<str>, WordId>,
}

impl Vocab {
    pub(crate) fn with_capacity(n: usize) -> Self {
        Self { ids: FxHashMap::with_capacity_and_hasher(n, rustc_hash::FxBuildHasher) }
    }

    pub(crate) fn insert(&mut self, stem: &str) -> WordId {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = self.ids.len() as WordId;
        self.ids.insert(stem.into(), id);
        id
    }

    pub(crate) fn get(&self, stem: &str) -> Option<WordId> {
        self.ids.get(stem).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.ids.iter().map(|(text, &id)| (&**text, id))
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }
}
