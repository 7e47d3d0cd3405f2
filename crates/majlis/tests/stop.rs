//! A server that is told to end while it adds documents.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use majlis_case::{Case, Filter, Page};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

const DOCUMENTS: usize = 400;

/// An answer's body.
fn ask(host: &str, request: &str, kind: &str, body: &[u8]) -> String {
    let mut line = TcpStream::connect(host).unwrap();
    write!(line, "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len()).unwrap();
    line.write_all(body).unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(host: &str, path: &str) -> String {
    ask(host, &format!("GET {path}"), "text/plain", b"")
}

fn number(answer: &str, name: &str) -> u64 {
    let body = &answer[answer.find('{').unwrap()..=answer.rfind('}').unwrap()];
    serde_json::from_str::<Value>(body).unwrap()[name].as_u64().unwrap()
}

/// Documents whose words differ, one a line.
fn documents() -> String {
    let one = |n: usize| {
        let text =
            format!("قال النائب رقم {n} إن الكتلة ترفض القرار {n}.\nوأعلنت الوزارة أن هجوماً صاروخياً استهدف القاعدة {n} يوم أمس، ونفت الحكومة وقوع ضحايا.");
        json!({ "id": format!("d{n}"), "outlet": "وكالة", "published": "2021-03-17", "text": text }).to_string()
    };
    (0..DOCUMENTS).map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_server_told_to_end_while_it_adds_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.case");
    let program = env!("CARGO_BIN_EXE_majlis");
    let mut server = Command::new(program).arg("serve").arg(&path).args(["--create", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let host = url.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let page = get(&host, "/en/add");
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let field = |head: &str, body: &str| format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let form = field("name=\"csrf\"", csrf) + &field("name=\"file\"; filename=\"d.jsonl\"", &documents()) + "--cut--\r\n";
    let begun = ask(&host, "POST /en/add", "multipart/form-data; boundary=cut", form.as_bytes());
    assert!(begun.starts_with("HTTP/1.1 303"), "{begun}");
    let seen = loop {
        let seen = number(&get(&host, "/api/v1/case"), "documents");
        if seen >= 5 {
            break seen;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    assert!(server.wait().unwrap().success(), "it ends as if nothing had happened");
    let case = Case::open(&path).unwrap();
    assert_eq!(case.check().unwrap(), Vec::<String>::new());
    let kept = case.documents(&Filter::default(), Page::first(0)).unwrap().total;
    assert!(kept >= seen, "{kept} of {seen}");
    drop(case);
    // Adding the same again goes on where it was broken off.
    let source = folder.path().join("d.jsonl");
    std::fs::write(&source, documents()).unwrap();
    let again = Command::new(program).arg("add").arg(&path).arg(&source).output().unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(said.contains(&format!("{} added, 0 revised, {kept} unchanged, 0 not read", DOCUMENTS as u64 - kept)), "{said}");
    assert_eq!(Case::open(&path).unwrap().check().unwrap(), Vec::<String>::new());
}
