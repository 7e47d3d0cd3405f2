//! The command line from outside: what it prints, what it complains of, how it exits.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي، أمس، إن الحكومة ترفض هذا القرار. والتقى الكاظمي وزير الخارجية الإيراني في بغداد.";

/// An empty folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn majlis(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_majlis")).current_dir(folder).args(args).output().unwrap()
}

fn piped(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_majlis"));
    let mut child = command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn complaints(output: &Output) -> Vec<String> {
    String::from_utf8(output.stderr.clone()).unwrap().lines().map(str::to_owned).collect()
}

fn records(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    records(output).iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_broken_document_is_told_in_one_line_and_the_rest_is_read() {
    let here = folder("broken");
    let good = |id: &str| json!({"id": id, "published": "2021-03-17", "text": TEXT}).to_string();
    let lines = [
        good("first"),
        "{\"id\": \"cut\", \"text\": \"قال".to_owned(),
        json!({"id": "empty", "text": " \n"}).to_string(),
        json!({"id": "none"}).to_string(),
        String::new(),
        json!({"id": "date", "published": "17/3/2021", "text": TEXT}).to_string(),
        json!({"id": "tongue", "language": "tlh", "text": TEXT}).to_string(),
        json!({"id": "english", "text": "The prime minister said that the government refuses the decision."}).to_string(),
        json!({"id": "list", "text": ["قال"]}).to_string(),
        "[1, 2]".to_owned(),
        good("last"),
    ];
    fs::write(here.join("in.jsonl"), lines.join("\n")).unwrap();
    let output = majlis(&here, &["read", "--format", "jsonl", "missing.txt", "in.jsonl", "nothing-*.txt"]);
    assert_eq!(ids(&output), ["first", "last"]);
    assert_eq!(
        complaints(&output),
        [
            "majlis: missing.txt: no such file",
            "majlis: in.jsonl:2: broken JSON at byte 29: EOF while parsing a string",
            "majlis: in.jsonl:3: empty text",
            "majlis: in.jsonl:4: no \"text\"",
            "majlis: in.jsonl:6: unknown date \"17/3/2021\": YYYY-MM-DD is expected",
            "majlis: in.jsonl:7: language \"tlh\": Majlis reads Arabic (\"ar\")",
            "majlis: in.jsonl:8: the text is English: Majlis reads Arabic",
            "majlis: in.jsonl:9: \"text\" is not a string",
            "majlis: in.jsonl:10: not a record: an object with \"text\" is expected",
            "majlis: nothing-*.txt: nothing matches this pattern",
        ]
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn wrong_usage_is_2_and_success_0() {
    let here = folder("usage");
    fs::write(here.join("a.txt"), TEXT).unwrap();
    for wrong in
        [&["read"][..], &["read", "a.txt", "--published", "tomorrow"], &["read", "a.txt", "--format", "xml"], &["reed"], &["read", "a.txt", "--threads", "0"]]
    {
        assert_eq!(majlis(&here, wrong).status.code(), Some(2), "{wrong:?}");
    }
    for right in [&["read", "a.txt"][..], &["--help"], &["--version"], &["completions", "bash"], &["explain", "a.txt", "--at", "5"]] {
        let output = majlis(&here, right);
        assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]), "{right:?}");
        assert!(!output.stdout.is_empty(), "{right:?}");
    }
}

#[test]
fn a_text_file_takes_outlet_and_day_from_the_command_line() {
    let here = folder("options");
    fs::write(here.join("a.txt"), TEXT).unwrap();
    fs::write(here.join("b.json"), json!({"id": "own", "outlet": "وكالة", "published": "2020-01-06", "title": "عنوان", "text": TEXT}).to_string()).unwrap();
    let output = majlis(&here, &["read", "--format", "jsonl", "--outlet", "عربي بوست", "--published", "2021-03-17", "a.txt", "b.json"]);
    let read = records(&output);
    let about = |r: &Value| ["id", "outlet", "published"].map(|k| r[k].as_str().unwrap().to_owned());
    assert_eq!(about(&read[0]), ["a", "عربي بوست", "2021-03-17"]);
    assert_eq!(about(&read[1]), ["own", "وكالة", "2020-01-06"]);
    let text: Vec<char> = TEXT.chars().collect();
    for record in &read {
        let mentions = record["actors"].as_array().unwrap().iter().flat_map(|a| a["mentions"].as_array().unwrap());
        for m in mentions {
            let at = |k: &str| m[k].as_u64().unwrap() as usize;
            assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), m["exact"].as_str().unwrap());
        }
    }
}

#[test]
fn windows_1256_is_decoded_and_flawed_bytes_are_refused_by_name() {
    let here = folder("encodings");
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(TEXT);
    fs::write(here.join("old.txt"), &bytes).unwrap();
    fs::write(here.join("new.txt"), TEXT).unwrap();
    fs::write(here.join("cut.txt"), &TEXT.as_bytes()[..TEXT.len() - 2]).unwrap();
    let output = majlis(&here, &["read", "--format", "jsonl", "old.txt", "new.txt", "cut.txt"]);
    let mut read = records(&output);
    for record in &mut read {
        record["id"] = Value::Null;
    }
    assert_eq!(read[0], read[1]);
    assert!(!read[0]["actors"].as_array().unwrap().is_empty());
    assert_eq!(complaints(&output).len(), 1);
    assert!(complaints(&output)[0].starts_with("majlis: cut.txt: broken UTF-8 at byte"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn standard_input_is_one_text_or_a_record_a_line() {
    let here = folder("stdin");
    let output = piped(&here, &["read", "--format", "jsonl", "-"], format!("\n {TEXT}").as_bytes());
    assert_eq!(ids(&output), ["stdin"]);
    let lines = format!("\n{}\n{{\n{}\n", json!({"id": 7, "text": TEXT}), json!({"text": TEXT}));
    let output = piped(&here, &["read", "--format", "jsonl", "-"], lines.as_bytes());
    assert_eq!(ids(&output), ["7", "stdin:4"]);
    assert_eq!(complaints(&output), ["majlis: standard input:3: broken JSON at byte 1: EOF while parsing an object"]);
}

#[test]
fn folders_are_read_in_order_and_patterns_match() {
    let here = folder("folders");
    fs::create_dir_all(here.join("reports/b")).unwrap();
    fs::create_dir_all(here.join("empty")).unwrap();
    for name in ["reports/c.txt", "reports/a.md", "reports/b/x.txt", "reports/b/.hidden.txt"] {
        fs::write(here.join(name), TEXT).unwrap();
    }
    fs::write(here.join("reports/d.json"), json!([{"id": "d1", "text": TEXT}, {"id": "d2"}, {"id": "d3", "text": TEXT}]).to_string()).unwrap();
    for ignored in ["reports/README.md", "reports/standoff.toml", "reports/photo.png"] {
        fs::write(here.join(ignored), "not a report").unwrap();
    }
    let output = majlis(&here, &["read", "--format", "jsonl", "reports", "empty"]);
    assert_eq!(ids(&output), ["a", "x", "c", "d1", "d3"]);
    let expected = format!("majlis: {}, record 2: no \"text\"", Path::new("reports").join("d.json").display());
    assert_eq!(complaints(&output), [expected.as_str(), "majlis: empty: nothing in this folder that can be read"]);
    let output = majlis(&here, &["read", "--format", "jsonl", "reports/*.txt", "reports/?/*.txt"]);
    assert_eq!(ids(&output), ["c", "x"]);
}

#[test]
fn order_is_kept_and_every_format_holds_every_document() {
    let here = folder("order");
    let wanted: Vec<String> = (0..600).map(|i| format!("d{i}")).collect();
    let lines: String = wanted
        .iter()
        .enumerate()
        .map(|(i, id)| json!({"id": id, "published": "2021-03-17", "text": TEXT.repeat(1 + (i * 7) % 5)}).to_string() + "\n")
        .collect();
    fs::write(here.join("in.jsonl"), lines).unwrap();
    let many = majlis(&here, &["read", "--threads", "8", "--format", "jsonl", "in.jsonl"]);
    assert_eq!(ids(&many), wanted);
    assert_eq!(many.stdout, majlis(&here, &["read", "--threads", "1", "--format", "jsonl", "in.jsonl"]).stdout);
    let array: Vec<Value> = serde_json::from_slice(&majlis(&here, &["read", "--format", "json", "in.jsonl"]).stdout).unwrap();
    assert_eq!(array, records(&many));
    let events: usize = array.iter().map(|r| r["events"].as_array().unwrap().len()).sum();
    let plover = records(&majlis(&here, &["read", "--format", "plover", "in.jsonl"]));
    assert_eq!(plover.len(), events);
    assert!(plover.iter().all(|e| e["event"].is_array() && e["source"].is_array() && e["cite_info"]["citation"].is_string()));
}

#[test]
fn nothing_to_read_is_still_an_array() {
    let output = piped(&folder("nothing"), &["read", "--format", "json", "-"], b"");
    assert_eq!(output.stdout, b"[]\n");
    assert_eq!(complaints(&output), ["majlis: standard input: empty text"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let here = folder("pipe");
    let lines: String = (0..2000).map(|i| json!({"id": i, "text": TEXT}).to_string() + "\n").collect();
    fs::write(here.join("in.jsonl"), lines).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_majlis"));
    let mut child = command.current_dir(&here).args(["read", "--format", "jsonl", "in.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
}

#[test]
fn explain_names_the_rules_of_the_sentence() {
    let here = folder("explain");
    fs::write(here.join("in.jsonl"), [json!({"id": "a", "text": TEXT}).to_string(), json!({"id": "b", "text": TEXT}).to_string()].join("\n")).unwrap();
    let output = majlis(&here, &["explain", "in.jsonl", "--id", "b", "--at", "5"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("b · characters 0–") && text.contains("\n* mention") && text.contains("why: "), "{text}");
    for wrong in [&["explain", "in.jsonl", "--at", "100000"][..], &["explain", "in.jsonl", "--id", "z", "--at", "1"], &["explain", "no.txt", "--at", "1"]] {
        let output = majlis(&here, wrong);
        assert_eq!((output.status.code(), complaints(&output).len()), (Some(1), 1), "{wrong:?}");
    }
}

#[test]
fn detect_prints_both_types_of_every_line_in_order() {
    let lines =
        "{\"id\": \"a\", \"text\": \"قتل مسلحون ثلاثة جنود في هجوم شمال بغداد.\"}\n{\"id\": \"a\"}\n{\"id\": 2, \"text\": \"تظاهر آلاف الطلاب أمام البرلمان.\"}\n";
    let output = piped(&folder("detect"), &["detect", "-"], lines.as_bytes());
    let about: Vec<Value> = records(&output).iter().map(|r| json!([r["id"], r["type"]])).collect();
    assert_eq!(about, [json!(["a", "ASSAULT"]), json!(["a", "PROTEST"]), json!([2, "ASSAULT"]), json!([2, "PROTEST"])]);
    assert!(records(&output).iter().all(|r| r["score"].is_number() && r["event"].is_boolean()));
    assert_eq!(complaints(&output), ["majlis: standard input:2: broken JSON at byte 11: missing field `text`"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_folder_is_briefed_in_both_languages() {
    let here = folder("brief");
    fs::write(here.join("a.txt"), TEXT).unwrap();
    for lang in ["en", "ar"] {
        let output = majlis(&here, &["brief", ".", "--lang", lang, "--published", "2021-03-17"]);
        assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
        assert!(String::from_utf8(output.stdout).unwrap().contains("الكاظمي"));
    }
}
