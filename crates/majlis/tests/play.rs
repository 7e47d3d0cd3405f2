//! `majlis play` and `majlis backtest` from outside.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/iraq-2021/standoff.toml");

/// An empty folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("play").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn majlis(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_majlis")).current_dir(folder).args(args).output().unwrap()
}

fn printed(output: &Output) -> String {
    assert_eq!((output.status.code(), complaint(output).as_str()), (Some(0), ""));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn table(folder: &Path) {
    fs::write(folder.join("actors.csv"), "actor,position,salience,influence\nA,10,50,30\nB,60..70..90,80,60\nC,40,20,10\n").unwrap();
}

#[test]
fn the_example_in_english() {
    insta::assert_snapshot!(printed(&majlis(&folder("english"), &["play", EXAMPLE, "--plays", "100", "--seed", "7"])));
}

#[test]
fn the_example_in_arabic() {
    insta::assert_snapshot!(printed(&majlis(&folder("arabic"), &["play", EXAMPLE, "--plays", "100", "--seed", "7", "--lang", "ar"])));
}

#[test]
fn every_line_closes_its_isolates_and_no_text_is_missing() {
    for lang in ["en", "ar"] {
        let text = printed(&majlis(&folder(lang), &["play", EXAMPLE, "--plays", "20", "--lang", lang]));
        for line in text.lines() {
            let count = |c: [char; 2]| line.matches(c).count();
            assert_eq!(count(['\u{2068}', '\u{2066}']), line.matches('\u{2069}').count(), "{line}");
            assert!(!line.contains("play.") && !line.contains("{"), "{line}");
        }
    }
}

#[test]
fn likelihood_and_confidence_never_stand_in_one_sentence() {
    let text = printed(&majlis(&folder("words"), &["play", EXAMPLE, "--plays", "20"]));
    for sentence in text.split_inclusive(['.', '•']).filter(|s| s.to_lowercase().contains("confidence")) {
        assert!(!sentence.contains("likely") && !sentence.contains("chance") && !sentence.contains('%'), "{sentence}");
    }
}

#[test]
fn the_same_bytes_on_one_thread_and_many_and_others_from_another_seed() {
    let here = folder("bytes");
    let run = |more: &[&str]| printed(&majlis(&here, &[&["play", EXAMPLE, "--plays", "30", "--format", "json"], more].concat()));
    let first = run(&["--threads", "1"]);
    assert_eq!(first, run(&["--threads", "3"]));
    assert_ne!(first, run(&["--seed", "2"]));
    let parsed: Value = serde_json::from_str(&first).unwrap();
    assert_eq!((parsed["seed"].as_u64(), parsed["draws"].as_u64()), (Some(1), Some(30)));
    assert_eq!(parsed["played"]["settlements"][0]["issue"], "withdrawal");
    assert_eq!(parsed["input"].as_str().unwrap().len(), 64);
}

#[test]
fn a_table_gives_the_bargaining_and_names_what_the_rest_lacks() {
    let here = folder("table");
    table(&here);
    let text = printed(&majlis(&here, &["play", "actors.csv", "--plays", "50"]));
    for part in ["Where each issue settles", "What the answer rests on", "Whom to move", "truces: needs truce", "the play: needs motion or truce"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Votes") && !text.contains("Played from"), "{text}");
    let arabic = printed(&majlis(&here, &["play", "actors.csv", "--plays", "50", "--lang", "ar"]));
    assert!(arabic.contains("أين تستقر كل مسألة") && arabic.contains("الهدن: يلزم \u{2068}truce\u{2069}"), "{arabic}");
}

#[test]
fn numbers_are_changed_by_name() {
    let here = folder("set");
    table(&here);
    let mean = |set: &[&str]| -> f64 {
        let json = printed(&majlis(&here, &[&["play", "actors.csv", "--plays", "10", "--format", "json"], set].concat()));
        serde_json::from_str::<Value>(&json).unwrap()["issues"][0]["tornado"]["base"].as_f64().unwrap()
    };
    // Weights 15, 48, 2 at 10, 70, 40.
    assert!((mean(&[]) - 3590.0 / 65.0).abs() < 1e-9);
    assert!((mean(&["--set", "A.position=40", "--set", "B.influence=0"]) - 40.0).abs() < 1e-9);
}

#[test]
fn what_cannot_be_played_is_told_with_its_place() {
    let here = folder("faults");
    table(&here);
    let text = fs::read_to_string(EXAMPLE).unwrap();
    fs::write(here.join("wrong.toml"), text.replacen("steps = 30", "steps = 0", 1)).unwrap();
    fs::write(here.join("bad.csv"), "actor,position,salience\n").unwrap();
    fs::write(here.join("rules.toml"), "[parameter.precision]\nvalue = -1\n").unwrap();
    let line = text.lines().position(|l| l == "steps = 30").unwrap() + 1;
    for (args, expected) in [
        (vec!["play", "missing.toml"], "majlis: missing.toml: no such file\n".to_owned()),
        (vec!["play", "wrong.toml"], format!("majlis: wrong.toml:{line}: play.steps: must lie between 1 and 1000, is 0\n")),
        (vec!["play", "bad.csv"], "majlis: bad.csv:1: influence: there is no such column\n".to_owned()),
        (vec!["play", "actors.csv", "--rules", "rules.toml"], "majlis: rules.toml:1: ".to_owned()),
        (
            vec!["play", "actors.csv", "--set", "D.position=4"],
            "majlis: --set D.position: there is no such number; there are A.issue.position, B.issue.position, C.issue.position\n".to_owned(),
        ),
        (vec!["play", "actors.csv", "--set", "A.salience=400"], "majlis: --set A.issue.salience: must lie between 0 and 100, is 400\n".to_owned()),
        (vec!["play", "actors.csv", "--plays", "5", "--seal", "l.jsonl"], "majlis: l.jsonl: this standoff has no forecast to seal".to_owned()),
        (vec!["backtest", "actors.csv"], "majlis: actors.csv:1: ".to_owned()),
    ] {
        let output = majlis(&here, &args);
        assert!(complaint(&output).starts_with(&expected), "{args:?}\n{}", complaint(&output));
        assert_eq!((output.status.code(), output.stdout.is_empty(), complaint(&output).lines().count()), (Some(1), true, 1), "{args:?}");
    }
}

#[test]
fn wrong_usage_is_2() {
    let here = folder("usage");
    for wrong in [
        &["play"][..],
        &["play", EXAMPLE, "--plays", "0"],
        &["play", EXAMPLE, "--plays", "100001"],
        &["play", EXAMPLE, "--set", "usa.influence"],
        &["play", EXAMPLE, "--set", "usa.influence=much"],
        &["play", EXAMPLE, "--set", "usa.influence=3..2..1"],
        &["play", EXAMPLE, "--lang", "fr"],
        &["play", EXAMPLE, "--format", "xml"],
        &["play", EXAMPLE, "--on", "2021-03-24"],
        &["backtest"],
    ] {
        assert_eq!(majlis(&here, wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert!(printed(&majlis(&here, &["play", "--help"])).contains("--set"));
}

#[test]
fn forecasts_are_sealed_and_a_broken_ledger_is_left_alone() {
    let here = folder("seal");
    let seal = |on: &str| majlis(&here, &["play", EXAMPLE, "--plays", "20", "--seal", "ledger.jsonl", "--on", on]);
    let output = seal("2021-03-24");
    assert_eq!(output.status.code(), Some(0));
    assert!(complaint(&output).starts_with("majlis: ledger.jsonl: ") && complaint(&output).contains(" forecasts sealed, head "));
    let first = fs::read_to_string(here.join("ledger.jsonl")).unwrap();
    assert_eq!(seal("2021-03-25").status.code(), Some(0));
    let both = fs::read_to_string(here.join("ledger.jsonl")).unwrap();
    assert!(both.starts_with(&first) && both.lines().count() == 2 * first.lines().count());
    let line: Value = serde_json::from_str(both.lines().next().unwrap()).unwrap();
    assert_eq!((line["date"].as_str(), line["record"]["forecast"]["seed"].as_u64()), (Some("2021-03-24"), Some(1)));
    assert_eq!(seal("2021-03-23").status.code(), Some(1));
    let broken = both.replacen("2021", "2022", 1);
    fs::write(here.join("ledger.jsonl"), &broken).unwrap();
    let output = seal("2021-03-26");
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true));
    assert!(complaint(&output).starts_with("majlis: ledger.jsonl:1: hash: "), "{}", complaint(&output));
    assert_eq!(fs::read_to_string(here.join("ledger.jsonl")).unwrap(), broken);
}
