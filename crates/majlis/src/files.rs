//! From the paths on the command line to the files they mean.

use crate::decode::decode;
use crate::fault::Fault;
use glob::MatchOptions;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of the files that are taken from a folder.
const ENDINGS: [&str; 4] = ["txt", "md", "json", "jsonl"];

/// Something to read.
#[derive(Debug, PartialEq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

/// What a path means: standard input, a file, the reports in a folder, or what a pattern matches.
pub(crate) fn sources(path: &Path) -> Vec<Result<Source, Fault>> {
    if path == Path::new("-") {
        return vec![Ok(Source::Stdin)];
    }
    let mut found = Vec::new();
    if path.is_dir() {
        folder(path, &mut found);
        if found.is_empty() {
            found.push(Err(Fault::of_path(path, "no .txt, .md, .json or .jsonl file in this folder")));
        }
        return found;
    }
    match path.to_str().filter(|p| !path.exists() && p.contains(['*', '?', '['])) {
        Some(pattern) => matching(pattern),
        None => vec![Ok(Source::File(path.to_owned()))],
    }
}

/// The text of one file.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let fault = |message: String| anyhow::anyhow!("{}: {message}", path.display());
    let bytes = fs::read(path).map_err(|e| fault(if e.kind() == io::ErrorKind::NotFound { "no such file".to_owned() } else { e.to_string() }))?;
    decode(bytes).map_err(fault)
}

fn folder(folder_path: &Path, found: &mut Vec<Result<Source, Fault>>) {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder_path) {
        Ok(entries) => entries.flatten().map(|e| e.path()).collect(),
        Err(error) => return found.push(Err(Fault::of_path(folder_path, error))),
    };
    paths.sort();
    for path in paths.into_iter().filter(|p| !is_hidden(p)) {
        if path.is_dir() {
            if !path.is_symlink() {
                folder(&path, found);
            }
        } else if is_report(&path) {
            found.push(Ok(Source::File(path)));
        }
    }
}

fn matching(pattern: &str) -> Vec<Result<Source, Fault>> {
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let paths = match glob::glob_with(pattern, options) {
        Ok(paths) => paths,
        Err(error) => return vec![Err(Fault::new(pattern, error))],
    };
    let mut found = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => folder(&path, &mut found),
            Ok(path) => found.push(Ok(Source::File(path))),
            Err(error) => found.push(Err(Fault::of_path(error.path(), error.error()))),
        }
    }
    if found.is_empty() {
        found.push(Err(Fault::new(pattern, "nothing matches this pattern")));
    }
    found
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."))
}

fn is_report(path: &Path) -> bool {
    let ending = path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)));
    ending && !path.file_name().is_some_and(|n| n.eq_ignore_ascii_case("README.md"))
}
