//! From the paths that were given to the files they mean.

use super::Fault;
use super::format::Format;
use glob::MatchOptions;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that a path means: itself, those in a folder and below sorted by name, or what a pattern matches.
pub(super) fn files(path: &Path) -> Vec<Result<PathBuf, Fault>> {
    let mut found = Vec::new();
    if path.is_dir() {
        folder(path, &mut found);
        if found.is_empty() {
            found.push(Err(Fault::of_path(path, "nothing in this folder that can be read")));
        }
        return found;
    }
    match path.to_str().filter(|p| !path.exists() && p.contains(['*', '?', '['])) {
        Some(pattern) => matching(pattern),
        None => vec![Ok(path.to_owned())],
    }
}

fn folder(folder_path: &Path, found: &mut Vec<Result<PathBuf, Fault>>) {
    let mut paths: Vec<PathBuf> = match fs::read_dir(folder_path) {
        Ok(entries) => entries.flatten().map(|e| e.path()).collect(),
        Err(error) => return found.push(Err(Fault::of_path(folder_path, error))),
    };
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !path.is_symlink() && !name.starts_with('.') {
                folder(&path, found);
            }
        } else if is_report(&name) {
            found.push(Ok(path));
        }
    }
}

fn matching(pattern: &str) -> Vec<Result<PathBuf, Fault>> {
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let paths = match glob::glob_with(pattern, options) {
        Ok(paths) => paths,
        Err(error) => return vec![Err(Fault::new(pattern, error))],
    };
    let mut found = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => folder(&path, &mut found),
            Ok(path) => found.push(Ok(path)),
            Err(error) => found.push(Err(Fault::of_path(error.path(), error.error()))),
        }
    }
    if found.is_empty() {
        found.push(Err(Fault::new(pattern, "nothing matches this pattern")));
    }
    found
}

/// Whether a file of this name is taken from a folder or an archive.
pub(super) fn is_report(name: &str) -> bool {
    !name.starts_with('.') && !name.eq_ignore_ascii_case("README.md") && Format::of_name(name).is_some()
}
