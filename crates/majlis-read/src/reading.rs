use jiff::civil::Date;
use majlis_lexicon::{ActorKind, CueClass, EventType, PlaceType, coded};
use majlis_text::{Edtf, Span};
use std::fmt;

/// Index of an [`Actor`] in [`Reading::actors`].
pub type ActorIx = u32;

/// The rule that made an item, and the word that set it off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Why {
    /// Name of the rule: search the source for it.
    pub rule: &'static str,
    /// The cue or lexicon form.
    pub cue: &'static str,
}

impl Why {
    /// A rule without a cue.
    pub const fn rule(rule: &'static str) -> Self {
        Self { rule, cue: "" }
    }

    /// A rule set off by a cue.
    pub const fn cue(rule: &'static str, cue: &'static str) -> Self {
        Self { rule, cue }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cue {
            "" => f.write_str(self.rule),
            cue => write!(f, "{}:{cue}", self.rule),
        }
    }
}

/// Everything found in one document. All spans are bytes of the document's text.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The publication date the times were resolved against.
    pub published: Option<Date>,
    /// Where that date came from when the document did not carry it; `None` where it did, or where no date is known.
    pub published_inferred: Option<Why>,
    /// The outlet's actor, where the text names it.
    pub actors: Vec<Actor>,
    /// Mentions of actors, in text order.
    pub mentions: Vec<Mention>,
    /// Statements, in text order of their words.
    pub statements: Vec<Statement>,
    /// Time expressions, in text order.
    pub times: Vec<Time>,
    /// Places, in text order.
    pub places: Vec<PlaceMention>,
    /// Events, in text order of their triggers.
    pub events: Vec<Event>,
    /// Stances.
    pub stances: Vec<Stance>,
}

/// Somebody the document speaks of.
#[derive(Clone, PartialEq, Debug)]
pub struct Actor {
    /// Lexicon id, or one made of the name.
    pub id: String,
    /// Name in the document's language.
    pub name: String,
    /// Name in English: from the lexicon, else romanised.
    pub name_en: String,
    /// What it is.
    pub kind: ActorKind,
    /// PLOVER sector, empty when unknown.
    pub sector: &'static str,
    /// ISO 3166-1 alpha-2, empty when unknown.
    pub country: &'static str,
    /// Whether the lexicon knows it.
    pub known: bool,
}

coded! {
    /// How an actor is mentioned.
    MentionForm {
        /// By name.
        Name = "name",
        /// By title and name.
        Titled = "titled",
        /// By title alone.
        Title = "title",
        /// A capital for its government.
        Capital = "capital",
        /// The adjective of a state.
        Nisba = "nisba",
        /// A common noun for a body named before: the bloc.
        Short = "short",
    }
}

/// A stretch of text that names an actor.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Whom.
    pub actor: ActorIx,
    /// How.
    pub form: MentionForm,
    /// 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}

coded! {
    /// Whether the very words are given.
    StatementKind {
        /// Inside quotation marks.
        Direct = "direct",
        /// Reported.
        Indirect = "indirect",
    }
}

/// Who said it.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Speaker {
    /// The actor, for a named source.
    pub actor: Option<ActorIx>,
    /// The words that name or describe the source, or the verb that carries it on.
    pub span: Option<Span>,
    /// Whether the source can be identified from the document.
    pub named: bool,
    /// For an unnamed source: the full description where it was first given.
    pub described: Option<Span>,
    /// For an unnamed source: official, witness, activist, expert, member, crowd, medic, military, media, source.
    pub class: &'static str,
    /// For an unnamed source: the actor whose side the description names.
    pub side: Option<ActorIx>,
}

/// Words credited to a source.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// The words.
    pub span: Span,
    /// Direct or indirect.
    pub kind: StatementKind,
    /// The source.
    pub speaker: Speaker,
    /// The verb or phrase that reports it.
    pub cue: Option<Span>,
    /// What the verb does.
    pub class: CueClass,
    /// The outlet it was said to.
    pub told_to: Option<ActorIx>,
    /// The statement it stands in.
    pub inside: Option<u32>,
    /// The probability, by a learned judge, that words and source are both right, 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}

/// An expression that can be put on a calendar.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Time {
    /// Where.
    pub span: Span,
    /// When; `None` where it cannot be resolved.
    pub value: Option<Edtf>,
    /// 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}

/// A place named in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct PlaceMention {
    /// Where in the text.
    pub span: Span,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// ISO 3166-1 alpha-2, empty where unknown.
    pub country: &'static str,
    /// Degrees north and east (WGS 84).
    pub position: Option<(f32, f32)>,
    /// How precise the position is.
    pub precision: PlaceType,
    /// 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}

coded! {
    /// How real an event is.
    Status {
        /// It took place.
        Happened = "happened",
        /// It is going on.
        Ongoing = "ongoing",
        /// It is meant to take place.
        Planned = "planned",
        /// It is threatened.
        Threatened = "threatened",
        /// It is demanded.
        Demanded = "demanded",
        /// It is denied.
        Denied = "denied",
    }
}

/// Something one actor does to or with another.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// The trigger.
    pub span: Span,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, empty when none.
    pub mode: &'static str,
    /// Who acts.
    pub source: Vec<ActorIx>,
    /// Who is acted on, or with.
    pub target: Vec<ActorIx>,
    /// When, where the text tells.
    pub when: Option<Edtf>,
    /// Index into [`Reading::places`].
    pub place: Option<u32>,
    /// How real.
    pub status: Status,
    /// Index of the statement that reports it.
    pub statement: Option<u32>,
    /// 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}

coded! {
    /// For, against, or on a condition.
    Side {
        /// Wants it.
        For = "for",
        /// Refuses it.
        Against = "against",
        /// Would accept on a condition, or threatens to refuse.
        Conditional = "conditional",
    }
}

/// What an actor wants.
#[derive(Clone, PartialEq, Debug)]
pub struct Stance {
    /// Who.
    pub actor: ActorIx,
    /// The issue in the text's own words.
    pub issue: Span,
    /// Which way.
    pub side: Side,
    /// Index of the event or statement it rests on.
    pub event: Option<u32>,
    /// The condition, where one is stated.
    pub condition: Option<Span>,
    /// 0–1.
    pub confidence: f32,
    /// What found it.
    pub why: Why,
}
