//! What goes wrong below a case: a full disk, a file that cannot be written, a second writer, damage. Each is named, and what was kept stays.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop where it stands, and says why it skips")]

use majlis_case::{Case, Entry, Filter, Page, Problem, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn stamp() -> Stamp {
    Stamp { by: "majlis".to_owned(), at: jiff::Timestamp::UNIX_EPOCH }
}

fn entry(number: usize) -> Entry {
    let text = format!("قال الوزير رقم {number} إن الحكومة ترفض القرار. وهاجم مسلحون موقعاً في كركوك أمس.\n{}", "وأضاف أن الوضع هادئ. ".repeat(40));
    let document = Document::new(format!("report-{number}"), text);
    let source = Source::given(&document);
    Entry::new(document, source, &Reader::new())
}

fn fill(path: &Path, documents: usize) -> Case {
    let mut case = Case::create(path).unwrap();
    for number in 0..documents {
        case.keep(&entry(number), &stamp()).unwrap();
    }
    case
}

fn names(case: &Case) -> Vec<String> {
    case.documents(&Filter::default(), Page::ALL).unwrap().rows.into_iter().map(|d| d.name).collect()
}

/// A small file system in memory, unmounted at the end.
struct Tmpfs(PathBuf);

impl Tmpfs {
    fn new(at: PathBuf) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&at).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_what_was_kept_stays() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Tmpfs::new(folder.path().join("disk")) else {
        println!("skipped: a small file system cannot be mounted here");
        return;
    };
    let path = disk.0.join("iraq.case");
    let mut case = Case::create(&path).unwrap();
    let mut kept = 0;
    let said = loop {
        match case.keep(&entry(kept), &stamp()) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 2000, "the disk never filled");
    };
    assert!(matches!(said.problem, Problem::Full), "{said}");
    assert!(said.to_string().contains("iraq.case: the disk is full"), "{said}");
    assert_eq!(names(&case).len(), kept);
    drop(case);
    let case = Case::open_read_only(&path).unwrap();
    assert_eq!(names(&case), (0..kept).map(|n| format!("report-{n}")).collect::<Vec<_>>());
    assert_eq!(case.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_second_writer_waits_and_then_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iraq.case");
    let mut case = fill(&path, 1);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let waiting = std::thread::spawn(move || case.keep(&entry(1), &stamp()).map(|_| case));
    std::thread::sleep(std::time::Duration::from_millis(300));
    other.execute_batch("COMMIT").unwrap();
    let mut case = waiting.join().unwrap().unwrap_or_else(|error| panic!("it did not wait: {error}"));
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let said = case.keep(&entry(2), &stamp()).unwrap_err();
    assert!(matches!(said.problem, Problem::Locked), "{said}");
    assert_eq!(names(&case).len(), 2, "reading goes on while another writes");
}

#[test]
fn a_text_that_was_changed_behind_the_case_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iraq.case");
    drop(fill(&path, 3));
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("DROP TRIGGER revision_stays").unwrap();
    let (other, flipped): (Vec<u8>, Vec<u8>) =
        db.query_row("SELECT (SELECT body FROM revision WHERE id = 1), body FROM revision WHERE id = 3", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut flipped = flipped;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    db.execute("UPDATE revision SET body = ? WHERE id = 2", [other]).unwrap();
    db.execute("UPDATE revision SET body = ? WHERE id = 3", [flipped]).unwrap();
    drop(db);
    let case = Case::open(&path).unwrap();
    let flaws = case.check().unwrap();
    for (id, name) in [(2, "report-1"), (3, "report-2")] {
        assert!(flaws.iter().any(|f| f.contains(&format!("document {id} ({name}), revision 1: the text is not the one that was kept"))), "{flaws:?}");
    }
    assert!(case.document(1).is_ok(), "the others can be read");
    assert!(case.document(3).unwrap_err().to_string().contains("iraq.case"), "the damaged one is told");
}

#[test]
fn a_cut_or_overwritten_file_is_named_and_never_taken_for_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iraq.case");
    drop(fill(&path, 20));
    let whole = fs::read(&path).unwrap();
    let broken = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        match Case::open(&path).and_then(|case| case.check()) {
            Ok(flaws) => assert!(!flaws.is_empty(), "{name} is taken for sound"),
            Err(error) => assert!(error.to_string().contains(name), "{error}"),
        }
    };
    for (i, share) in [0.3, 0.6, 0.95].into_iter().enumerate() {
        broken(&format!("cut-{i}.case"), &whole[..(whole.len() as f64 * share) as usize]);
    }
    let mut middle = whole.clone();
    let half = middle.len() / 2;
    middle[half..half + 8192].fill(0xAA);
    broken("overwritten.case", &middle);
}
