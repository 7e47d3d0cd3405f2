//! What the command line accepts.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use majlis_model::Range;
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
    Detect(Detect),
    Explain(Explain),
    Play(Play),
    Backtest(Backtest),
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

impl From<Lang> for majlis_brief::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Ar => Self::Arabic,
        }
    }
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
