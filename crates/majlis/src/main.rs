//! The command line.

mod add;
mod args;
mod backtest;
mod backup;
mod batch;
mod brief;
mod check;
mod detect;
mod explain;
mod export;
mod fault;
mod files;
mod forecast;
mod judge;
mod lists;
mod matter;
mod parquet;
mod play;
mod plover;
mod propose;
mod read;
mod review;
mod serve;
mod table;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use mimalloc::MiMalloc;
use std::io::{self, Write};
use std::process::ExitCode;

/// Reading makes many small lists; on several threads this allocator does not hold them up.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            fault::complain(format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Read(args) => read::run(&args),
        Command::Brief(args) => brief::run(&args),
        Command::Propose(args) => propose::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Resolve(args) => forecast::resolve(&args),
        Command::Detect(args) => detect::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Search(args) => lists::search(&args),
        Command::Ledger(args) => lists::ledger(&args),
        Command::Events(args) => lists::events(&args),
        Command::Actors(args) => lists::actors(&args),
        Command::Documents(args) => lists::documents(&args),
        Command::Claims(args) => lists::claims(&args),
        Command::Review(args) => review::run(&args),
        Command::Audit(args) => review::audit(&args),
        Command::Export(args) => export::run(&args),
        Command::Backup(args) => backup::back_up(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Add(args) => add::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Play(args) => play::run(&args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut Args::command(), "majlis", &mut script);
            io::stdout().write_all(&script)?;
            Ok(true)
        }
    }
}

/// Whether whoever read the output went away, which is no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
