use super::*;
use majlis_case::ingest::{Notice, Tally};
use majlis_case::{Case, Stamp};
use majlis_read::Reader;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

pub(super) fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(Reader::new)
}

pub(super) fn stamp() -> Stamp {
    Stamp { by: "محلل".to_owned(), at: "2021-03-20T10:00:00Z".parse().unwrap() }
}

fn add(case: &mut Case, paths: &[&Path]) -> Tally {
    let inputs: Vec<Input> = paths.iter().map(|p| Input::Path(p.to_path_buf())).collect();
    case.add(&inputs, &Options::default(), reader(), &stamp(), &mut |_| ControlFlow::Continue(())).unwrap()
}

fn tally(added: u64, revised: u64, unchanged: u64, faults: u64) -> Tally {
    Tally { added, revised, unchanged, faults }
}

#[test]
fn adding_again_changes_nothing_byte_for_byte_of_what_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("a.txt"), text()).unwrap();
    fs::write(reports.join("b.html"), page("")).unwrap();
    fs::write(reports.join("broken.txt"), b"\xd8\xa7\xff\xd8\xa7").unwrap();
    let lines: Vec<String> = (0..150).map(|n| json!({"id": n, "text": format!("{FIRST} {n}")}).to_string()).collect();
    fs::write(reports.join("c.jsonl"), lines.join("\n")).unwrap();
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    assert_eq!(add(&mut case, &[&reports]), tally(152, 0, 0, 1));
    assert_eq!(add(&mut case, &[&reports]), tally(0, 0, 152, 1));
    // The same files elsewhere, and the same records in another order, are the same reports.
    let moved = folder.path().join("moved");
    fs::rename(&reports, &moved).unwrap();
    fs::write(moved.join("c.jsonl"), lines.iter().rev().cloned().collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!(add(&mut case, &[&moved]), tally(0, 0, 152, 1));
    assert_eq!(case.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_file_a_record_and_a_page_that_change_become_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let write = |word: &str| {
        let changed = text().replace("ترفض", word);
        fs::write(at("a.txt"), &changed).unwrap();
        fs::write(
            at("r.jsonl"),
            [json!({"id": "x", "text": changed}), json!({"url": "https://example.org/2", "text": changed})].map(|r| r.to_string()).join("\n"),
        )
        .unwrap();
        fs::write(at("w.warc"), warc("resource", "https://example.org/3", "text/html", page("").replace("ترفض", word).as_bytes())).unwrap();
    };
    let mut case = Case::create(at("a.case")).unwrap();
    let paths = [at("a.txt"), at("r.jsonl"), at("w.warc")];
    let paths: Vec<&Path> = paths.iter().map(std::path::PathBuf::as_path).collect();
    write("ترفض");
    assert_eq!(add(&mut case, &paths), tally(4, 0, 0, 0));
    write("تقبل");
    assert_eq!(add(&mut case, &paths), tally(0, 4, 0, 0));
    assert_eq!(add(&mut case, &paths), tally(0, 0, 4, 0));
    write("ترفض");
    assert_eq!(add(&mut case, &paths), tally(0, 0, 4, 0));
}

#[test]
fn a_page_whose_article_has_not_changed_is_no_revision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    fs::write(&path, page("")).unwrap();
    assert_eq!(add(&mut case, &[&path]), tally(1, 0, 0, 0));
    fs::write(&path, page("<meta name=\"token\" content=\"7\">")).unwrap();
    assert_eq!(add(&mut case, &[&path]), tally(0, 0, 1, 0));
}

#[test]
fn an_outlet_and_day_that_are_given_later_are_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    let mut add_on = |published: Option<&str>| {
        let mut options = Options::default();
        options.defaults.published = published.map(|day| day.parse().unwrap());
        let input = Input::Bytes { name: "a.txt".to_owned(), bytes: text().into() };
        case.add(&[input], &options, reader(), &stamp(), &mut |_| ControlFlow::Continue(())).unwrap()
    };
    assert_eq!(add_on(None), tally(1, 0, 0, 0));
    assert_eq!(add_on(Some("2021-03-17")), tally(0, 1, 0, 0));
    assert_eq!(add_on(Some("2021-03-17")), tally(0, 0, 1, 0));
    assert_eq!(add_on(None), tally(0, 0, 1, 0));
}

#[test]
fn one_text_from_two_outlets_is_two_documents() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    let mut add_from = |name: &str, outlet: &str| {
        let mut options = Options::default();
        options.defaults.outlet = Some(outlet.to_owned());
        let input = Input::Bytes { name: name.to_owned(), bytes: text().into() };
        case.add(&[input], &options, reader(), &stamp(), &mut |_| ControlFlow::Continue(())).unwrap()
    };
    assert_eq!(add_from("a.txt", "صدى الرافدين"), tally(1, 0, 0, 0));
    assert_eq!(add_from("b.txt", "وكالة"), tally(1, 0, 0, 0));
    assert_eq!(add_from("c.txt", "وكالة"), tally(0, 0, 1, 0));
}

#[test]
fn adding_that_is_broken_off_keeps_what_it_told_of_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..300).map(|n| json!({"id": n, "text": format!("{FIRST} {n}")}).to_string()).collect();
    let input = [Input::Bytes { name: "c.jsonl".to_owned(), bytes: lines.join("\n").into() }];
    let path = folder.path().join("a.case");
    let mut case = Case::create(&path).unwrap();
    let mut told = 0;
    let broken_off = case
        .add(&input, &Options::default(), reader(), &stamp(), &mut |notice| {
            assert!(matches!(notice, Notice::Kept(_)));
            told += 1;
            if told >= 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert!((100..200).contains(&told), "{told}");
    assert_eq!(broken_off, tally(told, 0, 0, 0));
    drop(case);
    let mut case = Case::open(&path).unwrap();
    let rest = case.add(&input, &Options::default(), reader(), &stamp(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(rest, tally(300 - told, 0, told, 0));
}
