//! The command line.

mod args;
mod backtest;
mod batch;
mod brief;
mod decode;
mod detect;
mod explain;
mod fault;
mod files;
mod input;
mod judge;
mod play;
mod plover;
mod read;
mod table;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use std::io::{self, Write};
use std::process::ExitCode;

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
        Command::Detect(args) => detect::run(&args),
        Command::Explain(args) => explain::run(&args),
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
