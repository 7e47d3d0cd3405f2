//! The brief as plain data.

use jiff::civil::Date;
use majlis_lexicon::{ActorKind, CueClass, EventType};
use majlis_read::{Side, StatementKind, Status, Why};
use majlis_text::Edtf;

/// Index of an [`ActorLine`] in [`Brief::actors`].
pub type Who = u32;

/// Everything that a brief says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Brief {
    /// What was read, in the order given.
    pub documents: Vec<DocumentLine>,
    /// How much rests on unnamed sources.
    pub sourcing: Sourcing,
    /// How much of the readings is not told, because the words beside it do not carry it.
    pub left_out: LeftOut,
    /// Actors of all documents, most active first.
    pub actors: Vec<ActorLine>,
    /// Every statement, in document order.
    pub statements: Vec<StatementLine>,
    /// Events by date, the undated ones last.
    pub events: Vec<EventLine>,
    /// Where events stand that have neither actor nor date and are left out of [`Brief::events`].
    pub bare_events: Vec<Cite>,
    /// Demands, refusals, threats, pressure and conditions.
    pub bargains: Vec<Bargain>,
    /// What is wanted and refused, the widest first.
    pub issues: Vec<Issue>,
    /// What is denied or contradicted.
    pub disputes: Disputes,
    /// A first forecast, where something is disputed.
    pub forecast: Option<Forecast>,
}

/// Items of the readings that are not told: who speaks or acts in them does not stand beside the words that say so, or the trigger may be no
/// event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// Statements.
    pub statements: usize,
    /// Events.
    pub events: usize,
    /// Stances.
    pub stances: usize,
}

/// Where something stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Cite {
    /// Index into [`Brief::documents`].
    pub document: u32,
    /// Line of the document, counted from 0.
    pub paragraph: u32,
}

/// A document that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct DocumentLine {
    /// Its name in the batch.
    pub id: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its outlet in Latin letters: by the lexicon, else by rule.
    pub outlet_en: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The rule that inferred that date; `None` where the document carried it.
    pub inferred: Option<&'static str>,
    /// Its text, line by line.
    pub lines: Vec<String>,
    /// Number of lines that are not empty.
    pub paragraphs: usize,
    /// Number of statements.
    pub statements: usize,
    /// The first earlier document that carries largely the same text.
    pub copy_of: Option<u32>,
}

/// How much rests on whom.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sourcing {
    /// Statements by sources that can be identified.
    pub named: Count,
    /// Statements by sources that cannot.
    pub unnamed: Count,
    /// The unnamed ones by class of source, most frequent first.
    pub classes: Vec<(&'static str, Count)>,
    /// Number of documents whose text no earlier document carries.
    pub texts: usize,
    /// Number of outlets, documents without one not counted.
    pub outlets: usize,
    /// Number of outlets left when those that carry the same text count once.
    pub independent: usize,
}

/// A number of statements, and where they stand.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Count {
    /// How many.
    pub statements: usize,
    /// How many sources make them: actors, and words for a source, each once in what carries one text.
    pub sources: usize,
    /// Where.
    pub cites: Vec<Cite>,
}

/// An actor, merged across documents.
#[derive(Clone, PartialEq, Debug)]
pub struct ActorLine {
    /// Lexicon id, or one made of the name.
    pub id: String,
    /// Name in the documents' language.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// What it is.
    pub kind: ActorKind,
    /// PLOVER sector, empty when unknown.
    pub sector: &'static str,
    /// ISO 3166-1 alpha-2, empty when unknown.
    pub country: &'static str,
    /// Whether some document tells who it is, by a name that is known or by title and name.
    pub sure: bool,
    /// Number of mentions.
    pub mentions: usize,
    /// Number of statements.
    pub statements: usize,
    /// The words of its first mention.
    pub called: String,
    /// Where it is mentioned.
    pub cites: Vec<Cite>,
}

/// Who speaks.
#[derive(Clone, PartialEq, Debug)]
pub enum Voice {
    /// A named source.
    Actor(Who),
    /// A source that is named in words the reader could not tie to an actor.
    Words(String),
    /// A source that cannot be identified.
    Unnamed {
        /// What the text says of it.
        words: String,
        /// official, witness, activist …
        class: &'static str,
        /// The side that the description names.
        side: Option<Who>,
    },
}

/// A statement.
#[derive(Clone, PartialEq, Debug)]
pub struct StatementLine {
    /// Where.
    pub cite: Cite,
    /// Who said it.
    pub voice: Voice,
    /// The outlet it was said to.
    pub told_to: Option<Who>,
    /// Direct or indirect.
    pub kind: StatementKind,
    /// What the verb does.
    pub class: CueClass,
    /// The words.
    pub words: String,
    /// Index of the statement it stands in.
    pub inside: Option<usize>,
}

/// Where something is reported, and by whom.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Where.
    pub cite: Cite,
    /// The source of the statement that reports it; `None` where the outlet itself does.
    pub voice: Option<Voice>,
}

/// An event, merged across documents.
#[derive(Clone, PartialEq, Debug)]
pub struct EventLine {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, empty when none.
    pub mode: &'static str,
    /// The words that tell of it.
    pub words: Vec<String>,
    /// The clause in which the first of them stands.
    pub quote: String,
    /// Who else is named in that clause.
    pub named: Vec<Who>,
    /// An English gloss of the first of them, empty when none.
    pub gloss: &'static str,
    /// Who acts.
    pub source: Vec<Who>,
    /// Who is acted on, or with.
    pub target: Vec<Who>,
    /// When.
    pub when: Option<Edtf>,
    /// Where.
    pub place: Option<PlaceLine>,
    /// How real.
    pub status: Status,
    /// Who says so.
    pub reports: Vec<Report>,
    /// How sure its surest report is read, 0–1.
    pub confidence: f32,
    /// The rule that read the first of them.
    pub why: Why,
}

impl EventLine {
    /// Whether the words bear out who takes part. Where they do not, the type is the reader's guess, and the words alone are told.
    #[must_use]
    pub fn has_roles(&self) -> bool {
        !self.source.is_empty() || !self.target.is_empty()
    }
}

/// A place.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PlaceLine {
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
}

/// A demand, refusal, threat, pressure or condition.
#[derive(Clone, PartialEq, Debug)]
pub struct Bargain {
    /// What kind of event it is.
    pub kind: EventType,
    /// How real.
    pub status: Status,
    /// Who.
    pub source: Vec<Who>,
    /// Of whom.
    pub target: Vec<Who>,
    /// What about, in the text's words.
    pub words: String,
    /// The clause in which it stands.
    pub quote: String,
    /// When it is to be, or was.
    pub when: Option<Edtf>,
    /// The condition, in the text's words.
    pub condition: Option<String>,
    /// Who says so.
    pub reports: Vec<Report>,
    /// Whose stance it carries, where it carries one.
    pub who: Option<Who>,
    /// Which way that stance goes.
    pub side: Option<Side>,
    /// 0–1.
    pub confidence: f32,
    /// The rule that read it.
    pub why: Why,
}

/// Stances on one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Issue {
    /// The wording that has most in common with the others.
    pub label: String,
    /// The stances on it.
    pub stances: Vec<StanceLine>,
}

/// A stance.
#[derive(Clone, PartialEq, Debug)]
pub struct StanceLine {
    /// Who.
    pub who: Who,
    /// For, against or conditional, as regards the issue's label.
    pub side: Side,
    /// The wording.
    pub words: String,
    /// Whether the wording speaks of the contrary of the label: staying for leaving.
    pub reversed: bool,
    /// The condition, in the text's words.
    pub condition: Option<String>,
    /// Who says so.
    pub report: Report,
    /// 0–1.
    pub confidence: f32,
    /// The rule that read it.
    pub why: Why,
}

/// What does not agree.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Disputes {
    /// Events told of as denied; indexes into [`Brief::events`].
    pub denied: Vec<usize>,
    /// Events told of as real and as denied: real first, denied second.
    pub contradictions: Vec<(usize, usize)>,
    /// Actors told to be both for and against an issue; the issue is an index into [`Brief::issues`].
    pub both_ways: Vec<(usize, Who)>,
    /// Denials; indexes into [`Brief::statements`].
    pub denials: Vec<usize>,
}

/// The first forecast.
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    /// Index into [`Brief::issues`]; 100 stands for the issue's label, 0 for its contrary.
    pub issue: usize,
    /// What is proposed of each actor.
    pub positions: Vec<Position>,
    /// The mean weighted by salience and influence.
    pub mean: Distribution,
    /// The median weighted by salience and influence.
    pub median: Distribution,
    /// Share of draws whose mean is above 50.
    pub above_half: f64,
}

/// A proposed low–mode–high, 0–100.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Range {
    /// Lowest.
    pub low: f64,
    /// Likeliest.
    pub mode: f64,
    /// Highest.
    pub high: f64,
}

/// What is proposed of one actor.
#[derive(Clone, PartialEq, Debug)]
pub struct Position {
    /// Who.
    pub who: Who,
    /// Where it stands.
    pub position: Range,
    /// How much it cares.
    pub salience: Range,
    /// How much it weighs.
    pub influence: Range,
    /// Only one source speaks of its stance.
    pub one_source: bool,
    /// Only unnamed sources speak of its stance.
    pub unnamed_only: bool,
    /// The reading is unsure.
    pub unsure: bool,
    /// The evidence: where its stances stand.
    pub cites: Vec<Cite>,
}

/// How a figure came out over the draws.
#[derive(Clone, PartialEq, Debug)]
pub struct Distribution {
    /// 5th, 25th, 50th, 75th and 95th percentile.
    pub percentiles: [f64; 5],
    /// Number of draws in each tenth of 0–100.
    pub histogram: [u32; 10],
}
