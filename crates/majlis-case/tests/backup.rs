//! Backups: made while the case is in use, opened with the passphrase only, checked before they take a name.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use majlis_case::{Case, Entry, Filter, Page, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use std::fs;

fn case(folder: &tempfile::TempDir) -> Case {
    let mut case = Case::create(folder.path().join("iraq.case")).unwrap();
    let stamp = Stamp { by: "سعاد".to_owned(), at: jiff::Timestamp::UNIX_EPOCH };
    let document = Document::new("a", "قال رئيس الوزراء العراقي مصطفى الكاظمي إن الحكومة ترفض خروج القوات الأميركية.");
    let source = Source::given(&document);
    case.keep(&Entry::new(document, source, &Reader::new()), &stamp).unwrap();
    case
}

#[test]
fn a_backup_restores_the_case_and_nothing_else_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let case = case(&folder);
    case.back_up(at("iraq.age"), "ثلاث كلمات سرية").unwrap();
    let bytes = fs::read(at("iraq.age")).unwrap();
    assert!(!bytes.windows(6).any(|w| w == b"SQLite"), "it is encrypted");
    assert!(case.back_up(at("iraq.age"), "x").unwrap_err().to_string().ends_with("there is such a file already"));

    let wrong = Case::restore(at("iraq.age"), at("back.case"), "كلمة أخرى").map(|_| ()).unwrap_err().to_string();
    assert!(wrong.ends_with("the passphrase is wrong"), "{wrong}");
    let restored = Case::restore(at("iraq.age"), at("back.case"), "ثلاث كلمات سرية").unwrap();
    assert_eq!(restored.statements(&Filter::default(), Page::ALL).unwrap(), case.statements(&Filter::default(), Page::ALL).unwrap());
    assert_eq!(restored.verify_audit().unwrap(), case.verify_audit().unwrap());

    let cut = &bytes[..bytes.len() - 100];
    fs::write(at("cut.age"), cut).unwrap();
    assert!(Case::restore(at("cut.age"), at("cut.case"), "ثلاث كلمات سرية").is_err());
    assert!(!at("cut.case").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).filter(|n| n.starts_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?} was left behind");
}

#[test]
fn what_is_no_backup_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("page.html"), "<p>x</p>").unwrap();
    let said = Case::restore(at("page.html"), at("x.case"), "x").map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("page.html") && said.ends_with("not a backup"), "{said}");
    let said = Case::restore(at("none.age"), at("x.case"), "x").map(|_| ()).unwrap_err().to_string();
    assert!(said.ends_with("none.age: no such file"), "{said}");
    assert!(case(&folder).back_up(at("y.age"), "").unwrap_err().to_string().ends_with("the passphrase is empty"));
}
