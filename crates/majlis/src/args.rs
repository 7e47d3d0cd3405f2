//! What the command line accepts.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::civil::Date;
use majlis_case::{Stamp, ingest};
use std::ffi::OsString;
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
    Add(Add),
    Check(Check),
    Completions(Completions),
}

const PATHS: &str = "\
Inputs:
  report.txt, report.md    one report
  page.html, letter.eml    the article of a page, the words of an e-mail
  reports.json             one object, or an array of them
  reports.jsonl            one object a line
  reports.csv              one report a row; the first row names the columns as an object's fields
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

/// Who works on a case; it stands in the audit log.
#[derive(clap::Args)]
pub(crate) struct Analyst {
    /// Who does this [default: the name you are logged in with]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

impl Analyst {
    /// Who, and now.
    pub(crate) fn stamp(&self) -> Stamp {
        let logged_in = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|by| !by.is_empty()));
        Stamp { by: self.by.clone().or_else(logged_in).unwrap_or_else(|| "analyst".to_owned()), at: Timestamp::now() }
    }
}

/// Print the completions of a shell
#[derive(clap::Args)]
#[command(after_help = "Example:\n  majlis completions bash > ~/.local/share/bash-completion/completions/majlis")]
pub(crate) struct Completions {
    pub(crate) shell: Shell,
}
