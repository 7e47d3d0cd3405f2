//! What the command line accepts.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
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

Exit code: 0 all was read, 1 something was not (each failure is one line on standard error), 2 wrong usage.";

#[derive(Subcommand)]
pub(crate) enum Command {
    Read(Read),
    Brief(Brief),
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
    Completions(Completions),
}

const PATHS: &str = "\
Inputs:
  report.txt, report.md    one report
  reports.json             one object, or an array of them
  reports.jsonl            one object a line
  folder/                  all of these in it and below, sorted by name (README.md is left out)
  'reports/2021-*.txt'     a pattern
  -                        standard input: objects, one a line, if it begins with {, else one report

An object is {\"id\", \"outlet\", \"published\", \"title\", \"text\"}; only \"text\" is needed. Offsets in what Majlis prints count
the Unicode characters of \"text\", to which the title does not belong. Files need not be UTF-8: UTF-16 and
windows-1256 are recognised.";

const READ_EXAMPLES: &str = "\
Examples:
  majlis read report.txt --outlet \"عربي بوست\" --published 2021-03-17
  majlis read --format jsonl reports/ > readings.jsonl
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

/// Find actors, statements, events, times, places and stances
#[derive(clap::Args)]
#[command(after_help = READ_EXAMPLES, after_long_help = format!("{PATHS}\n\n{READ_EXAMPLES}"))]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
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

    /// Language of the brief
    #[arg(long, value_enum, default_value_t = Lang::En)]
    pub(crate) lang: Lang,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Arabic
    Ar,
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
