//! The brief of a case.

#![allow(clippy::unwrap_used)]

mod common;

use jiff::Timestamp;
use majlis_brief::{Inputs, Lang, brief, brief_until, render_text};
use majlis_case::{Case, Entry, Filter, Page, Source, Stamp};
use majlis_read::Reader;

fn stamp() -> Stamp {
    Stamp { by: "سعاد".to_owned(), at: Timestamp::UNIX_EPOCH }
}

fn case(folder: &tempfile::TempDir) -> Case {
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    let reader = Reader::new();
    for document in common::documents() {
        let source = Source::given(&document);
        case.keep(&Entry::new(document, source, &reader), &stamp()).unwrap();
    }
    case.digest(&stamp(), |_, _| {}).unwrap();
    case
}

#[test]
fn a_case_gives_the_brief_that_its_documents_give() {
    let folder = tempfile::tempdir().unwrap();
    let of_case = brief(&Inputs::of_case(&case(&folder)).unwrap());
    let of_files = brief(&common::example());
    assert_eq!(of_case.documents, of_files.documents);
    assert_eq!(of_case.sourcing, of_files.sourcing);
    assert_eq!(of_case.statements.len(), of_files.statements.len());
    for (a, b) in of_case.statements.iter().zip(&of_files.statements) {
        assert_eq!((a.cite, &a.words, a.kind, a.class, a.inside), (b.cite, &b.words, b.kind, b.class, b.inside));
    }
    let events = |b: &majlis_brief::Brief| b.events.iter().map(|e| (e.kind, e.when, e.words.clone(), e.why)).collect::<Vec<_>>();
    assert_eq!(events(&of_case), events(&of_files));
    assert_eq!(of_case.issues.iter().map(|i| &i.label).collect::<Vec<_>>(), of_files.issues.iter().map(|i| &i.label).collect::<Vec<_>>());
}

#[test]
fn what_the_analyst_rejected_is_not_in_the_brief() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let first = case.statements(&Filter::default(), Page::first(1)).unwrap().rows.remove(0);
    let before = brief(&Inputs::of_case(&case).unwrap()).statements.len();
    case.reject(majlis_case::ItemKind::Statement, first.id, "misread", &stamp()).unwrap();
    let after = brief(&Inputs::of_case(&case).unwrap());
    assert_eq!(after.statements.len(), before - 1);
    assert!(!after.statements.iter().any(|s| s.words == first.words));
}

#[test]
fn an_empty_case_gives_an_empty_brief() {
    let folder = tempfile::tempdir().unwrap();
    let case = Case::create(folder.path().join("a.case")).unwrap();
    let text = render_text(&brief(&Inputs::of_case(&case).unwrap()), None, Lang::English);
    assert!(text.contains("Nothing found."));
}

#[test]
fn a_brief_is_broken_off_wherever_it_is() {
    let inputs = common::example();
    let asked = std::cell::Cell::new(0);
    let whole = brief_until(&inputs, &|| {
        asked.set(asked.get() + 1);
        true
    });
    assert_eq!(whole.unwrap().documents, brief(&inputs).documents);
    assert!(asked.get() > inputs.documents.len(), "before each document and after");
    for most in [0, 1, inputs.documents.len(), asked.get() - 1] {
        let left = std::cell::Cell::new(most);
        let goes_on = || left.replace(left.get().saturating_sub(1)) > 0;
        assert!(brief_until(&inputs, &goes_on).is_none(), "{most}");
    }
}
