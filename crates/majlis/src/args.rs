//! What the command line accepts.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::civil::Date;
use majlis_case::{Stamp, ingest};
use majlis_model::Range;
use std::ffi::OsString;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads Arabic political reporting, keeps every claim tied to its words, and briefs it.
///
/// Everything happens on this machine; nothing is sent anywhere.
#[derive(Parser)]
#[command(name = "majlis", version, arg_required_else_help = true, after_help = START, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const START: &str = "\
Start here:
  majlis read report.txt --published 2021-03-17      what was found in one report
  majlis brief reports/                              who says what, who wants what, what happened
  majlis explain report.txt --at 120                 which rules read the sentence at character 120
  majlis play standoff.toml                          where the standoff goes, and what that rests on

Exit code: 0 all was read, 1 something was not (each failure is one line on standard error), 2 wrong usage.";

#[derive(Subcommand)]
pub(crate) enum Command {
    Read(Read),
    Brief(Brief),
    Propose(Propose),
    Forecast(Forecast),
    Resolve(Resolve),
    Detect(Detect),
    Explain(Explain),
    Search(Search),
    /// List the statements of a case: who says what, named or unnamed
    Ledger(Rows),
    /// List the events of a case by date
    Events(Rows),
    /// List the actors of a case, the most mentioned first
    Actors(Rows),
    /// List the documents of a case by date
    Documents(Rows),
    /// List what several reports say of one thing, the contested first
    Claims(Rows),
    Review(Review),
    Audit(Audit),
    Export(Export),
    Backup(Backup),
    Restore(Restore),
    Add(Add),
    Check(Check),
    Serve(Serve),
    Play(Play),
    Backtest(Backtest),
    Completions(Completions),
}

const PATHS: &str = "\
Inputs:
  iraq.case                a case (brief, propose and forecast), alone
  report.txt, report.md    one report
  page.html, letter.eml    the article of a page, the words of an e-mail
  reports.json             one object, or an array of them
  reports.jsonl            one object a line
  reports.csv              one report a row; the first row names the columns as an object's fields
  reports.parquet          one report a row, by the same columns
  feed.xml                 RSS or Atom, one report an entry
  crawl.warc               the pages of a crawl
  reports.zip, .tar.gz     an archive of these; each may be compressed (.gz) too
  folder/                  all of these in it and below, sorted by name (README.md is left out)
  'reports/2021-*.txt'     a pattern
  -                        standard input, told by how it begins

An object is {\"id\", \"outlet\", \"published\", \"title\", \"url\", \"text\"}; only \"text\" is needed. Offsets in what Majlis prints
count the Unicode characters of \"text\", to which the title does not belong. Files need not be UTF-8: UTF-16 and
windows-1256 are recognised.";

const READ_EXAMPLES: &str = "\
Examples:
  majlis read report.txt --outlet \"عربي بوست\" --published 2021-03-17
  majlis read --format jsonl reports/ > readings.jsonl
  majlis read --parquet items.parquet reports.jsonl.gz
  majlis read --format plover reports.jsonl | jq 'select(.event[0] == \"THREATEN\")'
  cat report.txt | majlis read -";

/// What every command that takes documents needs to know.
#[derive(clap::Args)]
pub(crate) struct Inputs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) defaults: Defaults,

    /// Documents read at the same time [default: one a processor]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// What is assumed of a document that does not say it.
#[derive(clap::Args, Default)]
pub(crate) struct Defaults {
    /// Outlet of the documents that do not name theirs
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Day of publication of the documents that do not give theirs
    ///
    /// Times such as "yesterday" are counted from it. Without it they stay open, unless the text itself tells the day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) published: Option<Date>,
}

impl Defaults {
    pub(crate) fn for_ingest(&self) -> ingest::Defaults {
        ingest::Defaults { outlet: self.outlet.clone(), published: self.published }
    }
}

/// Find actors, statements, events, times, places and stances
#[derive(clap::Args)]
#[command(after_help = READ_EXAMPLES, after_long_help = format!("{PATHS}\n\n{READ_EXAMPLES}"))]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,

    /// Write one Parquet file instead, a row for each thing found (docs/batch.md)
    #[arg(long, value_name = "FILE.parquet", conflicts_with = "format")]
    pub(crate) parquet: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A summary for people
    Table,
    /// One array of records
    Json,
    /// One record a line
    Jsonl,
    /// PLOVER's JSON, one event a line
    Plover,
}

/// Tell what the documents say, who says it, who wants what, and where the bargaining stands
#[derive(clap::Args)]
#[command(after_long_help = PATHS)]
pub(crate) struct Brief {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Draws of every model
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) draws: u64,

    /// Seed of all draws
    #[arg(long, value_name = "N", default_value_t = 2021)]
    pub(crate) seed: u64,

    /// Language of the brief
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,

    /// Form of the brief
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Text for a terminal
    Text,
    /// Markdown
    Markdown,
    /// One file of HTML, with charts, that prints well
    Html,
}

impl Form {
    pub(crate) fn of(self) -> majlis_brief::Form {
        match self {
            Self::Text => majlis_brief::Form::Text,
            Self::Markdown => majlis_brief::Form::Markdown,
            Self::Html => majlis_brief::Form::Html,
        }
    }
}

impl Lang {
    pub(crate) fn of(self) -> majlis_brief::Lang {
        match self {
            Self::En => majlis_brief::Lang::English,
            Self::Ar => majlis_brief::Lang::Arabic,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Arabic
    Ar,
}

/// Propose a standoff: disputed issues, who stands where, truces, incidents, threats and offers
///
/// Writes the TOML file of docs/standoff.md. Above each number stand the rule and the words that it rests on; what the texts leave open
/// is asked at the end. Where the file is there already, what was changed in it is kept, and the differences are told.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  majlis propose iraq.case --out standoff.toml\n  majlis propose reports/ | less", after_long_help = PATHS)]
pub(crate) struct Propose {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The file, made or taken further [default: standard output]
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) out: Option<PathBuf>,
}

/// Forecast what is ahead: every model that has its inputs, with ranges, baselines, and the sources that it leans on
///
/// Takes a case or documents, of which a standoff is proposed, or a standoff as a .toml file. The forecast of a case is sealed in it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  majlis forecast iraq.case\n  majlis forecast iraq.case --standoff standoff.toml --draws 5000\n  majlis forecast standoff.toml --format json",
    after_long_help = PATHS
)]
pub(crate) struct Forecast {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The standoff to forecast, in place of the one proposed
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) standoff: Option<PathBuf>,

    /// Draws of every model
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) draws: u64,

    /// Seed of all draws
    #[arg(long, value_name = "N", default_value_t = 2021)]
    pub(crate) seed: u64,

    /// Leave the case as it is: seal nothing
    #[arg(long)]
    pub(crate) no_seal: bool,

    /// Language of the forecast
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,

    /// Form of the forecast
    #[arg(long, value_enum, default_value_t = OutlookForm::Text)]
    pub(crate) format: OutlookForm,

    #[command(flatten)]
    pub(crate) analyst: Analyst,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutlookForm {
    /// Text for a terminal
    Text,
    /// Markdown
    Markdown,
    /// One file of HTML
    Html,
    /// The answers, what they lean on, and all that the models gave
    Json,
}

/// Say what came of a question, and score the forecasts of it
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis resolve iraq.case truce:2020-10-10-factions:30:2021-04-23 no --why 'rockets on 14 April'")]
pub(crate) struct Resolve {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// The question, as the forecast names it
    #[arg(value_name = "QUESTION")]
    pub(crate) question: String,

    /// What came of it: yes or no
    #[arg(value_name = "OUTCOME")]
    pub(crate) outcome: String,

    /// Where that can be read
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) why: String,

    #[command(flatten)]
    pub(crate) analyst: Analyst,
}

/// Score sentences as reports of an assault or a protest
///
/// Takes {"id", "text"} a line and prints {"id", "type", "score", "event"} for ASSAULT and then for PROTEST, in order.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis detect sentences.jsonl | jq -c 'select(.type == \"ASSAULT\" and .event)'")]
pub(crate) struct Detect {
    /// The file, or - for standard input
    #[arg(value_name = "FILE.jsonl")]
    pub(crate) file: PathBuf,
}

/// Show which rules fired on a sentence
///
/// Prints the sentence around a character and every item found in it, with its kind, span, confidence and the rule and
/// cue that made it. Items at the very character are marked with *.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis explain reports.jsonl --id a17 --at 120")]
pub(crate) struct Explain {
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The character, counted in Unicode code points from 0
    #[arg(long, value_name = "OFFSET")]
    pub(crate) at: u32,

    /// The document, where the file holds several [default: the first]
    #[arg(long)]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) defaults: Defaults,
}

/// Add documents to a case
///
/// The case is made where there is none. What it has already changes nothing, a page that has changed becomes a new revision, and
/// adding that was broken off goes on where it ended when it is given again.
#[derive(clap::Args)]
#[command(after_help = ADD_EXAMPLES, after_long_help = format!("{PATHS}\n  https://…                an address: a page, a feed or any of these\n\n{ADD_EXAMPLES}"))]
pub(crate) struct Add {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// Files, folders, patterns, addresses, or - for standard input
    #[arg(required = true, value_name = "PATH|URL")]
    pub(crate) inputs: Vec<OsString>,

    #[command(flatten)]
    pub(crate) defaults: Defaults,

    /// Fetch the pages that a feed leads to, not only what it says of them
    #[arg(long)]
    pub(crate) follow: bool,

    /// Fetch from private networks and from this machine too
    #[arg(long, hide = true)]
    pub(crate) allow_private: bool,

    #[command(flatten)]
    pub(crate) analyst: Analyst,
}

const ADD_EXAMPLES: &str = "\
Examples:
  majlis add iraq.case reports/ crawl.warc.gz
  majlis add iraq.case report.txt --outlet \"عربي بوست\" --published 2021-03-17
  majlis add iraq.case https://example.org/feed.xml --follow";

/// Look through a case file for damage
#[derive(clap::Args)]
pub(crate) struct Check {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
}

/// Show a case in the browser, as pages and as an API
///
/// Only this machine can reach it, unless --listen says otherwise; then a token is needed, which is part of the address that is printed.
/// Nothing is fetched from anywhere but what is added by its address. Interrupt it to stop.
#[derive(clap::Args)]
pub(crate) struct Serve {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8484)]
    pub(crate) port: u16,

    /// Address to listen on [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<IpAddr>,

    /// Open it in the browser
    #[arg(long)]
    pub(crate) open: bool,

    /// Make the case where there is none
    #[arg(long)]
    pub(crate) create: bool,

    /// Forecast this standoff instead of the one that the case proposes
    #[arg(long, value_name = "STANDOFF.toml")]
    pub(crate) standoff: Option<PathBuf>,

    /// File with the hash of a password (Argon2id); made, after asking for one, where there is none
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,

    /// Fetch from private networks and from this machine too
    #[arg(long, hide = true)]
    pub(crate) allow_private: bool,

    #[command(flatten)]
    pub(crate) analyst: Analyst,
}

/// Who works on a case; it stands in the audit log.
#[derive(clap::Args)]
pub(crate) struct Analyst {
    /// Who does this [default: the name you are logged in with]
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) by: Option<String>,
}

impl Analyst {
    /// Who, and now.
    pub(crate) fn stamp(&self) -> Stamp {
        let logged_in = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|by| !by.is_empty()));
        Stamp { by: self.by.clone().or_else(logged_in).unwrap_or_else(|| "analyst".to_owned()), at: Timestamp::now() }
    }
}

const STANDOFF: &str = "\
Input:
  standoff.toml    who wants what, who can do what, what is promised and threatened, what is decided when;
                   docs/standoff.md describes it key by key, examples/iraq-2021/standoff.toml is a whole one
  actors.csv       a table with the columns actor, position, salience, influence, and issue if there are several; a cell
                   is a number from 0 to 100, or low..mode..high. KTAB's form is read too

Every model that has its inputs is run: where each issue settles, whether motions pass, whether truces hold, how many attacks
are to be expected, whether threats are believed, who wins seats and can govern, and all of it played forward in time.
Likelihoods are told in the words of ICD 203. The same file, settings and seed give the same bytes, on one thread or many.

Names for --set are the ids that lead to a number and then what it is:
  kadhimi.withdrawal.salience=70       one stand          kadhimi.salience=70                all its stands
  usa.influence=60..70..90             a range            council.nasr.attendance=50         a bloc
  support.audience_cost=40             a threat           attack.cost=2                      a rule of the play";

const PLAY_EXAMPLES: &str = "\
Examples:
  majlis play examples/iraq-2021/standoff.toml
  majlis play standoff.toml --lang ar --set usa.withdrawal.position=40
  majlis play standoff.toml --format json | jq '.played.outcomes[] | {question, probability}'
  majlis play standoff.toml --seal forecasts.jsonl";

/// Play a standoff forward: bargaining, votes, truces, threats, elections
#[derive(clap::Args)]
#[command(after_help = PLAY_EXAMPLES, after_long_help = format!("{STANDOFF}\n\n{PLAY_EXAMPLES}"))]
pub(crate) struct Play {
    /// The standoff, or a table of actors
    #[arg(value_name = "STANDOFF.toml|TABLE.csv")]
    pub(crate) file: PathBuf,

    /// Seed of all draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,

    /// Plays, and draws of every model
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub(crate) plays: u64,

    /// Language of the text
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,

    /// Change a number of the standoff or of the rules; may be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, Range)>,

    /// Rules of the play instead of those that come with the program
    #[arg(long, value_name = "RULES.toml")]
    pub(crate) rules: Option<PathBuf>,

    /// How to print what comes of it
    #[arg(long, value_enum, default_value_t = Print::Text)]
    pub(crate) format: Print,

    /// Add the forecasts to a sealed ledger, a file that is made if there is none
    #[arg(long, value_name = "LEDGER.jsonl")]
    pub(crate) seal: Option<PathBuf>,

    /// Day on which they are sealed [default: today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "seal")]
    pub(crate) on: Option<Date>,

    /// Threads [default: one a processor]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    /// A report for people
    Text,
    /// One object, distributions whole
    Json,
}

/// A name and its value, as `--set` takes them.
fn setting(text: &str) -> Result<(String, Range), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE is expected, such as kadhimi.salience=70")?;
    Ok((name.trim().to_owned(), value.parse().map_err(|e: majlis_model::Error| e.to_string())?))
}

/// Score every model on decided issues, beside the baselines
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis backtest ../shared/benchmark/deu/deu3.tsv")]
pub(crate) struct Backtest {
    /// Issues of EU law-making with positions, salience and outcome, in the form of the DEU data set
    #[arg(value_name = "DEU.tsv")]
    pub(crate) file: PathBuf,

    /// Language of the text
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,

    /// How to print the table
    #[arg(long, value_enum, default_value_t = Print::Text)]
    pub(crate) format: Print,
}

/// Print the completions of a shell
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis completions bash > ~/.local/share/bash-completion/completions/majlis")]
pub(crate) struct Completions {
    pub(crate) shell: Shell,
}

/// Which case, and which of its rows.
#[derive(clap::Args)]
pub(crate) struct Rows {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// An actor: its number, its code, or its name in either language
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,

    /// Only what is said by sources that can be identified
    #[arg(long, conflicts_with = "unnamed")]
    pub(crate) named: bool,

    /// Only what is said by sources that cannot
    #[arg(long)]
    pub(crate) unnamed: bool,

    /// An outlet: its name, or its code in the lexicon
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// First day: of the event in the list of events, else of publication
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,

    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<Date>,

    /// A type of event in PLOVER's terms: ASSAULT, CONSULT …
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<String>,

    /// A status of event: happened, ongoing, planned, threatened, demanded or denied
    #[arg(long)]
    pub(crate) status: Option<String>,

    /// A place's name in either language, or a country's code
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,

    /// One document, by its number
    #[arg(long, value_name = "N")]
    pub(crate) document: Option<i64>,

    /// Rows printed at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u64,

    /// Rows passed over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u64,

    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Lines for people
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Find words in the documents of a case
///
/// All words must occur. "two words" must follow one another, word* begins a word, -word must not occur, OR stands between
/// alternatives. Spelling variants, the article and attached particles make no difference.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  majlis search iraq.case الأنبار --unnamed\n  majlis search iraq.case '\"مجلس النواب\"' --from 2021-03-01 --outlet 'منبر بابل'"
)]
pub(crate) struct Search {
    #[command(flatten)]
    pub(crate) rows: Rows,

    /// What to look for
    #[arg(required = true, value_name = "WORD", allow_hyphen_values = true)]
    pub(crate) query: Vec<String>,
}

/// Judge what was read: accept, reject, correct, add, merge, split, grade, note, undo
///
/// What the reader found is never changed. A decision stands beside it, says who, when and why, wins in every list, brief and export, and
/// can be undone.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  majlis review iraq.case queue
  majlis review iraq.case accept statement 12 --by سعاد
  majlis review iraq.case correct event 40 --set status=denied --set 'target=[3,9]' --why 'denied by the ministry'
  majlis review iraq.case add event 7 --set start=120 --set end=126 --set type=THREATEN
  majlis review iraq.case merge-actors 31 4 --why 'the same man'
  majlis review iraq.case undo 5")]
pub(crate) struct Review {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    #[command(flatten)]
    pub(crate) analyst: Analyst,

    /// Why
    #[arg(long, value_name = "TEXT", global = true, default_value = "", hide_default_value = true)]
    pub(crate) why: String,

    #[command(subcommand)]
    pub(crate) act: Act,
}

#[derive(Subcommand)]
pub(crate) enum Act {
    /// List what waits for a judgement: merges that the machine asks about, then the least sure items
    Queue {
        /// Rows printed at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u64,
    },
    /// List the decisions taken, the newest first
    Decisions {
        /// Rows printed at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u64,
    },
    /// Confirm an item
    Accept(Subject),
    /// Take an item out
    Reject(Subject),
    /// Give an item other values
    Correct {
        #[command(flatten)]
        subject: Subject,
        #[command(flatten)]
        fields: Set,
    },
    /// Add an item to a document
    Add {
        /// mention, statement, event, time, place or stance
        kind: String,
        /// The document's number
        document: i64,
        #[command(flatten)]
        fields: Set,
    },
    /// Make one item of several of a document
    Merge {
        /// mention, statement, event, time, place or stance
        kind: String,
        /// Their numbers
        #[arg(required = true, num_args = 2..)]
        items: Vec<i64>,
        #[command(flatten)]
        fields: Set,
    },
    /// Make several items of one; each --part holds the fields of one, as a JSON object
    Split {
        #[command(flatten)]
        subject: Subject,
        #[arg(long, value_name = "JSON", required = true)]
        part: Vec<String>,
    },
    /// Grade an outlet's or actor's reliability (A-F), or a claim's, statement's or event's credibility (1-6)
    Grade {
        #[command(flatten)]
        subject: Subject,
        value: String,
    },
    /// Write a note
    Note {
        #[command(flatten)]
        subject: Subject,
        text: String,
    },
    /// Merge one actor into another
    MergeActors { from: i64, into: i64 },
    /// Take an actor out of the one that it is merged into
    SplitActor { actor: i64 },
    /// Answer what the machine asks about two actors
    Settle {
        /// The decision's number in the queue
        decision: i64,
        /// Whether they are one
        #[arg(value_parser = ["same", "other"])]
        answer: String,
    },
    /// Take a decision back
    Undo { decision: i64 },
}

#[derive(clap::Args)]
pub(crate) struct Subject {
    /// Kind: mention, statement, event, time, place, stance; for grades and notes also document, outlet, actor, claim
    pub(crate) kind: String,
    /// Its number
    pub(crate) id: i64,
}

#[derive(clap::Args)]
pub(crate) struct Set {
    /// A field and its value, as JSON or as a plain word
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
}

/// Show the log of a case: every change, by whom and when, each line sealed with the one before
#[derive(clap::Args)]
pub(crate) struct Audit {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// Check every seal, and print the last one, which stands for all
    #[arg(long)]
    pub(crate) verify: bool,

    /// Lines printed at most, the newest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u64,
}

/// Write a case in a form that the field's tools read
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  majlis export iraq.case plover > events.jsonl\n  majlis export iraq.case geojson --out map.geojson --redact")]
pub(crate) struct Export {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// The form
    #[arg(value_enum)]
    pub(crate) format: ExportFormat,

    /// A file to be made [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Withhold what would lead back to sources that cannot be identified
    #[arg(long)]
    pub(crate) redact: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// PLOVER's JSON, one event a line
    Plover,
    /// Tab-separated, with POLECAT's columns
    Polecat,
    /// CSV with ACLED's column names
    Acled,
    /// CSV with UCDP's column names, one row a happening
    Ucdp,
    /// FollowTheMoney entities, one a line
    Ftm,
    /// GeoJSON
    Geojson,
    /// W3C Web Annotations, JSON-LD
    Annotation,
    /// Apache Parquet
    Parquet,
}

/// Write an encrypted copy of a case, even while it is in use
///
/// The copy is a file of the age format (age-encryption.org) that the passphrase opens.
#[derive(clap::Args)]
pub(crate) struct Backup {
    /// The case file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    /// The backup, a file to be made
    #[arg(value_name = "FILE")]
    pub(crate) to: PathBuf,

    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

/// Make a case file of a backup, checked before it takes its name
#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) backup: PathBuf,

    /// The case file to be made
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,

    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
}

#[derive(clap::Args)]
pub(crate) struct Passphrase {
    /// A file whose first line is the passphrase [default: it is asked for]
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}
