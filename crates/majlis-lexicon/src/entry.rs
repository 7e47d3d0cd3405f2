use crate::Tense;
use majlis_text::Edtf;

/// An enum whose values have a code in files: with all values, all codes, and both ways between. Whoever uses it needs `serde`.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The code of every value.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The code as files write it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ();
            fn from_str(s: &str) -> Result<Self, ()> {
                match s { $($code => Ok(Self::$variant),)* _ => Err(()) }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

coded! {
    /// What an actor is.
    ActorKind {
        /// A human being.
        Person = "person",
        /// A party, bloc or coalition.
        Party = "party",
        /// An army, force, faction or militia.
        ArmedGroup = "armed_group",
        /// An organ of a state.
        Government = "government",
        /// A state.
        State = "state",
        /// An international organisation.
        Igo = "igo",
        /// An outlet or agency.
        Media = "media",
        /// Any other body or population.
        Group = "group",
    }
}

coded! {
    /// PLOVER's event types, and ELECTION and VOTE for the ballot itself.
    EventType {
        /// Agree.
        Agree = "AGREE",
        /// Consult.
        Consult = "CONSULT",
        /// Support.
        Support = "SUPPORT",
        /// Cooperate.
        Cooperate = "COOPERATE",
        /// Aid.
        Aid = "AID",
        /// Concede.
        Concede = "CONCEDE",
        /// Retreat.
        Retreat = "RETREAT",
        /// Request.
        Request = "REQUEST",
        /// Accuse.
        Accuse = "ACCUSE",
        /// Reject.
        Reject = "REJECT",
        /// Threaten.
        Threaten = "THREATEN",
        /// Protest.
        Protest = "PROTEST",
        /// Sanction.
        Sanction = "SANCTION",
        /// Mobilize.
        Mobilize = "MOBILIZE",
        /// Coerce.
        Coerce = "COERCE",
        /// Assault.
        Assault = "ASSAULT",
        /// A popular ballot.
        Election = "ELECTION",
        /// A ballot of a parliament or council.
        Vote = "VOTE",
    }
}

impl EventType {
    /// Whether the type is of PLOVER's verbal or material conflict. PLOVER's table of quad categories has DEMAND, the earlier name of REQUEST,
    /// under verbal conflict. A ballot is neither conflict nor cooperation.
    #[must_use]
    pub const fn is_conflict(self) -> bool {
        use EventType::{Accuse, Assault, Coerce, Mobilize, Protest, Reject, Request, Sanction, Threaten};
        matches!(self, Request | Accuse | Reject | Threaten | Protest | Sanction | Mobilize | Coerce | Assault)
    }
}

coded! {
    /// What a reporting verb does.
    CueClass {
        /// said
        Say = "say",
        /// added, went on
        Add = "add",
        /// affirmed, stressed
        Assert = "assert",
        /// denied
        Deny = "deny",
        /// warned
        Warn = "warn",
        /// accused, condemned
        Accuse = "accuse",
        /// demanded, called for
        Demand = "demand",
        /// promised, threatened to
        Promise = "promise",
        /// announced
        Announce = "announce",
        /// asked
        Ask = "ask",
        /// quoted, relayed
        Quote = "quote",
        /// reported
        Report = "report",
        /// considered
        Think = "think",
        /// disclosed
        Reveal = "reveal",
        /// described
        Describe = "describe",
        /// welcomed, hoped
        Welcome = "welcome",
    }
}

coded! {
    /// What stands before or after a person's name.
    TitleClass {
        /// An office: president, minister, governor.
        Office = "office",
        /// A rank of army or police.
        Rank = "rank",
        /// Mr, Sheikh, Dr.
        Honorific = "honorific",
        /// Deputy, spokesman for, member of.
        Role = "role",
        /// The late, the former.
        Descriptor = "descriptor",
    }
}

coded! {
    /// What a phrase that is no verb does to the speech beside it.
    PhraseClass {
        /// according to
        According = "according",
        /// as he put it
        Itself = "self",
        /// in a statement, in an interview
        Medium = "medium",
        /// to an outlet
        Told = "told",
        /// asked not to be named
        Anonymity = "anonymity",
        /// for his part
        Turn = "turn",
        /// leaks, rumours
        Hearsay = "hearsay",
    }
}

coded! {
    /// What a place is.
    PlaceType {
        /// A state.
        Country = "country",
        /// A region above the governorate.
        Region = "region",
        /// A governorate or province.
        Governorate = "governorate",
        /// A city.
        City = "city",
        /// A town.
        Town = "town",
        /// A village.
        Village = "village",
        /// A district.
        District = "district",
        /// A military base.
        Base = "base",
        /// An airport.
        Airport = "airport",
        /// A port.
        Port = "port",
        /// A border crossing.
        Crossing = "crossing",
        /// A strait.
        Strait = "strait",
        /// A sea or gulf.
        Sea = "sea",
        /// A river.
        River = "river",
        /// A mountain.
        Mountain = "mountain",
        /// A camp.
        Camp = "camp",
        /// An oil or gas field.
        Oilfield = "oilfield",
        /// A quarter of a city.
        Neighbourhood = "neighbourhood",
        /// Anything else.
        Other = "other",
    }
}

/// A state.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-2.
    pub iso2: &'static str,
    /// ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The usual Arabic name.
    pub ar: &'static str,
    /// The English name.
    pub en: &'static str,
    /// The capital in English.
    pub capital_en: &'static str,
    /// The English adjective.
    pub demonym: &'static str,
}

/// Somebody who can act.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Identifier, country first.
    pub id: &'static str,
    /// What it is.
    pub kind: ActorKind,
    /// PLOVER sector, empty when unknown.
    pub sector: &'static str,
    /// ISO 3166-1 alpha-2, empty when none.
    pub country: &'static str,
    /// Arabic name.
    pub ar: &'static str,
    /// English name.
    pub en: &'static str,
    /// Offices and ties, with their years.
    pub roles: Vec<Role>,
}

/// An office held or a tie, for a time.
#[derive(Clone, Debug)]
pub struct Role {
    /// `IQ.pm`, `leader:ACTOR_ID` …
    pub office: &'static str,
    /// When it began; `None` where that is not known.
    pub from: Option<Edtf>,
    /// When it ended; `None` where it goes on or that is not known.
    pub to: Option<Edtf>,
}

/// An office that every state may have: `pm`.
#[derive(Clone, Debug)]
pub struct Office {
    /// Identifier without a country.
    pub id: &'static str,
    /// PLOVER sector.
    pub sector: &'static str,
    /// English name.
    pub en: &'static str,
    /// First Arabic form.
    pub ar: &'static str,
}

/// An organ that every state may have: its parliament, its army.
#[derive(Clone, Debug)]
pub struct Organ {
    /// Identifier without a country.
    pub id: &'static str,
    /// What it is.
    pub kind: ActorKind,
    /// PLOVER sector.
    pub sector: &'static str,
    /// English name.
    pub en: &'static str,
    /// First Arabic form.
    pub ar: &'static str,
    /// States where the form is a proper name; empty means every state.
    pub countries: Vec<&'static str>,
}

/// A word that heads the name of a body: حزب, تنظيم.
#[derive(Clone, Debug)]
pub struct Head {
    /// The first form.
    pub ar: &'static str,
    /// What such a body is.
    pub kind: ActorKind,
    /// PLOVER sector.
    pub sector: &'static str,
    /// English gloss.
    pub en: &'static str,
}

/// A title or a word for an unnamed source, with an English gloss.
#[derive(Clone, Debug)]
pub struct Title {
    /// The form.
    pub ar: &'static str,
    /// What kind of title.
    pub class: TitleClass,
    /// English gloss.
    pub en: &'static str,
}

/// A word for an unnamed source.
#[derive(Clone, Debug)]
pub struct SourceWord {
    /// The form.
    pub ar: &'static str,
    /// official, witness, activist, expert, member, crowd, medic, military, media, source.
    pub class: &'static str,
    /// English gloss.
    pub en: &'static str,
}

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Arabic name.
    pub ar: &'static str,
    /// English name.
    pub en: &'static str,
    /// What it is.
    pub kind: PlaceType,
    /// ISO 3166-1 alpha-2, empty for international waters.
    pub country: &'static str,
    /// Degrees north and east (WGS 84); `None` where unknown.
    pub position: Option<(f32, f32)>,
}

/// A reporting verb.
#[derive(Clone, Debug)]
pub struct Cue {
    /// 3rd person masculine singular past.
    pub lemma: &'static str,
    /// What it does.
    pub class: CueClass,
    /// Whether its words come in by أن, as a quotation, by ب, or as a bare noun phrase.
    pub takes: Takes,
    /// English gloss.
    pub en: &'static str,
}

/// How the words come after a reporting verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// أن, إن, بأن, or a preposition with أن.
    pub an: bool,
    /// Folded prepositions without which its أن does not come; empty where أن alone will do.
    pub an_after: [&'static str; 2],
    /// A quotation or a colon.
    pub quote: bool,
    /// ب and a noun.
    pub b: bool,
    /// A bare noun phrase.
    pub noun: bool,
    /// An object and what it is held to be: اعتبر القرار خطأ.
    pub object: bool,
    /// Folded prepositions whose noun phrase may be the words: كشف عن, حذر من.
    pub after: [&'static str; 3],
}

/// A phrase that is no verb but belongs to reported speech.
#[derive(Clone, Debug)]
pub struct CuePhrase {
    /// The form.
    pub ar: &'static str,
    /// What it does.
    pub class: PhraseClass,
}

/// A word or phrase that tells of an event.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// The form it is listed under.
    pub lemma: &'static str,
    /// The event's type.
    pub event: EventType,
    /// PLOVER mode, empty when none.
    pub mode: &'static str,
    /// Where the target stands.
    pub frame: Frame,
    /// Whether it fires only when a known actor fills a role.
    pub weak: bool,
    /// English gloss.
    pub en: &'static str,
}

/// Where the target of a predicate stands after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The direct object may be the target.
    pub object: bool,
    /// Prepositions whose object may be the target, folded, in order of preference.
    pub prepositions: [&'static str; 4],
    /// The subject is the target, and who stands after a preposition of the frame does it: تعرض لهجوم من, تلقى اتصالا من.
    pub suffers: bool,
}

/// A spelt form of a verb, or of a noun made from it.
#[derive(Clone, Copy, Debug)]
pub struct FormReading {
    /// What it is a form of.
    pub of: Lemma,
    /// Its shape.
    pub tense: Tense,
    /// Whether the speaker is the subject (وافقنا).
    pub first_person: bool,
    /// Whether the spelling itself begins with ال (التقى): the article is then no article.
    pub article: bool,
    /// Whether the verbal noun is spelt the same (طلب, دعم, تحرك).
    pub also_noun: bool,
}

/// What a spelt form belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lemma {
    /// Index into [`Lexicon::cues`](crate::Lexicon::cues).
    Cue(u16),
    /// Index into [`Lexicon::predicates`](crate::Lexicon::predicates).
    Predicate(u16),
}

/// An entry that the automaton can reach. Numbers are indexes into the lexicon's lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// A curated actor; `weak` marks an alias that is also an ordinary word.
    Actor {
        /// Index.
        index: u16,
        /// `~` alias.
        weak: bool,
    },
    /// A state by its name, or by its capital standing for its government.
    State {
        /// Index.
        index: u16,
        /// By its capital.
        capital: bool,
        /// `~` alias.
        weak: bool,
    },
    /// The adjective of a state.
    Nisba {
        /// Index of the state.
        index: u16,
        /// Plural (العراقيون).
        plural: bool,
    },
    /// An office.
    Office {
        /// Index.
        index: u16,
        /// Needs a state after it.
        weak: bool,
    },
    /// An organ.
    Organ {
        /// Index.
        index: u16,
        /// Needs a state after it.
        weak: bool,
    },
    /// A title.
    Title(u16),
    /// The head of a body's name.
    Head(u16),
    /// A word for an unnamed source.
    Source(u16),
    /// A place; `weak` needs a type word before it.
    Place {
        /// Index.
        index: u16,
        /// `~` name.
        weak: bool,
    },
    /// A noun that says what kind of place follows.
    PlaceType(PlaceType),
    /// A phrase of reported speech.
    Phrase(u16),
    /// An event phrase.
    Predicate {
        /// Index.
        index: u16,
        /// Shape of its first word.
        tense: Tense,
    },
    /// A function word or phrase.
    Word(u16),
}

/// A function word or phrase of `words.tsv`.
#[derive(Clone, Debug)]
pub struct FunctionWord {
    /// The form.
    pub ar: &'static str,
    /// Its classes.
    pub classes: crate::Classes,
    /// English gloss, or the number of a month or numeral.
    pub en: &'static str,
}
