//! Filling a case file from outside, and killing it while it is filled.
#![allow(clippy::unwrap_used)]

use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي، أمس، إن الحكومة ترفض هذا القرار.\nوالتقى الكاظمي وزير الخارجية الإيراني في بغداد.";

/// An empty folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_majlis"));
    command.current_dir(folder).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn majlis(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(folder, args).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn ok(line: &str) -> (Option<i32>, String, String) {
    (Some(0), format!("{line}\n"), String::new())
}

#[test]
fn a_case_is_made_filled_filled_again_and_checked() {
    let here = folder("case");
    fs::create_dir(here.join("reports")).unwrap();
    fs::write(here.join("reports/a.txt"), TEXT).unwrap();
    fs::write(here.join("reports/b.json"), json!([{"id": "1", "text": TEXT}, {"text": "x"}]).to_string()).unwrap();
    let add = ["add", "a.case", "reports", "--outlet", "صدى الرافدين", "--published", "2021-03-17", "--by", "محلل"];
    let told = "majlis: reports/b.json, record 2: unknown language: Majlis reads Arabic\n".replace('/', std::path::MAIN_SEPARATOR_STR);
    assert_eq!(majlis(&here, &add), (Some(1), "2 added, 0 revised, 0 unchanged, 1 not read\n".to_owned(), told.clone()));
    assert_eq!(majlis(&here, &add), (Some(1), "0 added, 0 revised, 2 unchanged, 1 not read\n".to_owned(), told));
    assert_eq!(majlis(&here, &["check", "a.case"]), ok("a.case: sound"));
    for (args, line) in [
        (&["check", "none.case"][..], "majlis: none.case: no such file\n"),
        (&["check", "reports/a.txt"], "majlis: reports/a.txt: not a case file\n"),
        (&["add", "reports/a.txt", "reports"], "majlis: reports/a.txt: not a case file\n"),
        (&["add", "none/a.case", "reports"], "majlis: none/a.case: no such folder\n"),
    ] {
        assert_eq!(majlis(&here, args), (Some(1), String::new(), line.to_owned()), "{args:?}");
    }
    assert_eq!(fs::read(here.join("reports/a.txt")).unwrap(), TEXT.as_bytes(), "another file is never written to");
}

/// Documents in the file. All are whole: text, reading, search words and audit line came in together.
fn whole_documents(path: &Path) -> u64 {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs();
    if count("SELECT count(*) FROM sqlite_schema") == 0 {
        return 0; // killed before its first table; it is taken up again
    }
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let documents = count("SELECT count(*) FROM document");
    for others in [
        "SELECT count(*) FROM reading WHERE live",
        "SELECT count(*) FROM words JOIN document ON document.id = words.rowid",
        "SELECT count(*) FROM words WHERE words MATCH 'كاظمي'",
        "SELECT count(*) FROM audit WHERE act = 'add'",
        "SELECT count(DISTINCT document) FROM live_event",
        "SELECT count(DISTINCT document) FROM live_mention",
    ] {
        assert_eq!(count(others), documents, "{others}");
    }
    documents
}

/// Documents that other programs see in the file as yet.
fn visible_documents(path: &Path) -> u64 {
    let Ok(db) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return 0 };
    db.query_row("SELECT count(*) FROM document", [], |row| row.get::<_, i64>(0)).map_or(0, i64::unsigned_abs)
}

/// Fills a case and kills the program `times` times, each time when some documents more are in, and a moment later. A case that is full is put away
/// for a new one.
fn kill(test: &str, times: u64) {
    const DOCUMENTS: u64 = 400;
    let here = folder(test);
    let lines: Vec<String> = (0..DOCUMENTS).map(|n| json!({"id": n, "published": "2021-03-17", "text": format!("{TEXT}\n{n}")}).to_string()).collect();
    fs::write(here.join("in.jsonl"), lines.join("\n")).unwrap();
    let add = ["add", "a.case", "in.jsonl"];
    let case = here.join("a.case");

    let (mut kills_while_filling, mut held) = (0, 0);
    for n in 0..times {
        let awaited = held + n * 37 % 61;
        let mut child = command(&here, &add).spawn().unwrap();
        while visible_documents(&case) < awaited && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(500));
        }
        thread::sleep(Duration::from_micros(n * 1_733 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        if case.exists() {
            let now = whole_documents(&case);
            assert!(now >= held, "document {held} was there before the kill");
            kills_while_filling += u64::from(now > held && now < DOCUMENTS);
            held = now;
        }
        if held == DOCUMENTS {
            fs::remove_file(&case).unwrap();
            held = 0;
        }
    }
    assert!(kills_while_filling > times / 2, "{kills_while_filling} kills of {times} while the case was filled");
    let (code, line, complaints) = majlis(&here, &add);
    assert_eq!((code, complaints.as_str()), (Some(0), ""), "{line}");
    assert_eq!(whole_documents(&case), DOCUMENTS);
    assert_eq!(majlis(&here, &["check", "a.case"]), ok("a.case: sound"));
}

#[test]
fn killed_at_any_moment_a_case_keeps_every_finished_document_whole() {
    kill("kill", 12);
}

#[test]
#[ignore = "takes minutes: cargo test --release -p majlis --test case -- --ignored"]
fn killed_a_hundred_times_a_case_keeps_every_finished_document_whole() {
    kill("kill-hundred", 100);
}

#[test]
fn two_programs_fill_one_case() {
    let here = folder("two");
    let lines = |from: u64| (from..from + 150).map(|n| json!({"id": n, "text": format!("{TEXT}\n{n}")}).to_string()).collect::<Vec<_>>().join("\n");
    fs::write(here.join("a.jsonl"), lines(0)).unwrap();
    fs::write(here.join("b.jsonl"), lines(1_000)).unwrap();
    let started = ["a.jsonl", "b.jsonl", "a.jsonl"].map(|file| command(&here, &["add", "a.case", file]).spawn().unwrap());
    for child in started {
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
    }
    assert_eq!(whole_documents(&here.join("a.case")), 300);
}

#[test]
fn a_case_that_is_being_written_to_is_waited_for() {
    let here = folder("waits");
    fs::write(here.join("a.txt"), TEXT).unwrap();
    assert_eq!(majlis(&here, &["add", "a.case", "a.txt"]).0, Some(0));
    fs::write(here.join("b.txt"), format!("{TEXT}\n2")).unwrap();
    let db = Connection::open(here.join("a.case")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let child = command(&here, &["add", "a.case", "b.txt"]).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    db.execute_batch("COMMIT").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "1 added, 0 revised, 0 unchanged, 0 not read\n");
}
