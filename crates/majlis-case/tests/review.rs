//! The analyst's judgement, from one report written for the test.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use majlis_case::{Axis, Case, Entry, Fields, Filter, ItemKind, Page, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use serde_json::json;

const TEXT: &str = "قال رئيس الوزراء العراقي مصطفى الكاظمي إن الحكومة ترفض خروج القوات الأميركية.\nوقصف تنظيم داعش موقعاً في كركوك أمس.";

fn stamp() -> Stamp {
    Stamp { by: "سعاد".to_owned(), at: jiff::Timestamp::UNIX_EPOCH }
}

fn case(folder: &tempfile::TempDir) -> Case {
    let mut case = Case::create(folder.path().join("iraq.case")).unwrap();
    let mut document = Document::new("a", TEXT);
    document.outlet = Some("صدى الرافدين".to_owned());
    document.published = Some("2021-03-17".parse().unwrap());
    let source = Source::given(&document);
    case.keep(&Entry::new(document, source, &Reader::new()), &stamp()).unwrap();
    case
}

fn fields(pairs: serde_json::Value) -> Fields {
    serde_json::from_value(pairs).unwrap()
}

#[test]
fn a_rejected_item_is_gone_until_the_decision_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let before = case.statements(&Filter::default(), Page::ALL).unwrap();
    let decision = case.reject(ItemKind::Statement, before.rows[0].id, "ليس قولاً", &stamp()).unwrap();
    assert_eq!(case.statements(&Filter::default(), Page::ALL).unwrap().total, before.total - 1);
    assert!(case.accept(ItemKind::Statement, before.rows[0].id, "", &stamp()).is_err(), "it does not stand");
    case.undo(decision, "خطأ", &stamp()).unwrap();
    assert_eq!(case.statements(&Filter::default(), Page::ALL).unwrap(), before);
    assert!(case.undo(decision, "", &stamp()).is_err(), "it has been taken back");
}

#[test]
fn a_correction_stands_in_the_place_of_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let event = case.events(&Filter { kind: Some("ASSAULT".to_owned()), ..Filter::default() }, Page::ALL).unwrap().rows.remove(0);
    let (_, new) = case.correct(ItemKind::Event, event.id, &fields(json!({"status": "denied", "time": "2021-03-15"})), "نفي", &stamp()).unwrap();
    let now = case.event(new).unwrap();
    assert_eq!((now.status.as_str(), now.first_day.as_deref(), &now.words), ("denied", Some("2021-03-15"), &event.words));
    assert_eq!((&now.source, &now.target), (&event.source, &event.target), "what was not corrected is as read");
    assert!(now.found.by_analyst && now.found.confidence == 1.0);
    assert!(case.event(event.id).is_err());
}

#[test]
fn parties_are_set_by_the_numbers_of_the_cases_actors() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let kadhimi = case.find_actor("الكاظمي").unwrap()[0].id;
    let event = case.events(&Filter { kind: Some("ASSAULT".to_owned()), ..Filter::default() }, Page::ALL).unwrap().rows.remove(0);
    let (_, new) = case.correct(ItemKind::Event, event.id, &fields(json!({"target": [kadhimi]})), "", &stamp()).unwrap();
    assert_eq!(case.event(new).unwrap().target.iter().map(|a| a.id).collect::<Vec<_>>(), [kadhimi]);
}

#[test]
fn items_are_added_merged_and_split() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let at = TEXT.chars().position(|c| c == '\n').unwrap() + 1;
    let made = fields(json!({"start": at, "end": at + 4, "type": "THREATEN"}));
    let (_, one) = case.add_item(ItemKind::Event, 1, &made, "", &stamp()).unwrap();
    let (_, other) = case.add_item(ItemKind::Event, 1, &made, "", &stamp()).unwrap();
    assert_eq!(case.event(one).unwrap().cite.paragraph, 1);
    let (_, merged) = case.merge_items(ItemKind::Event, &[one, other], &Fields::new(), "مكرر", &stamp()).unwrap();
    assert!(case.event(one).is_err() && case.event(other).is_err() && case.event(merged).is_ok());
    let parts = [fields(json!({"status": "planned"})), fields(json!({"status": "threatened"}))];
    let (decision, new) = case.split_item(ItemKind::Event, merged, &parts, "", &stamp()).unwrap();
    assert_eq!(new.len(), 2);
    case.undo(decision, "", &stamp()).unwrap();
    assert!(case.event(merged).is_ok() && new.iter().all(|id| case.event(*id).is_err()));
}

#[test]
fn a_value_that_a_field_cannot_have_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let event = case.events(&Filter::default(), Page::ALL).unwrap().rows[0].id;
    let mut said = |pairs| case.correct(ItemKind::Event, event, &fields(pairs), "", &stamp()).unwrap_err().to_string();
    assert!(said(json!({"status": "perhaps"})).contains("status must be one of happened"));
    assert!(said(json!({"time": "soon"})).contains("time must be a date or interval in EDTF"));
    assert!(said(json!({"colour": "red"})).contains("colour is no field of a event"));
    assert!(said(json!({"start": 900, "end": 905})).contains("is no stretch of a text"));
    assert!(said(json!({"start": -4, "end": 2})).contains("is no stretch of a text"));
    assert!(said(json!({"source": [99]})).contains("no actor 99"));
    assert!(said(json!({"type": null})).contains("type must be given"));
    assert!(
        case.add_item(ItemKind::Event, 1, &fields(json!({"start": 0, "end": 3})), "", &stamp())
            .unwrap_err()
            .to_string()
            .contains("type of the event is missing")
    );
    assert!(case.add_item(ItemKind::Event, 7, &Fields::new(), "", &stamp()).unwrap_err().to_string().contains("no document 7"));
}

#[test]
fn grades_are_two_axes_and_only_the_analysts() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    case.grade(Axis::Reliability, "outlet", 1, "b", "تجربة سابقة", &stamp()).unwrap();
    assert!(case.grade(Axis::Reliability, "outlet", 1, "3", "", &stamp()).is_err());
    assert!(case.grade(Axis::Credibility, "outlet", 1, "2", "", &stamp()).is_err());
    assert!(case.grade(Axis::Reliability, "outlet", 9, "A", "", &stamp()).unwrap_err().to_string().contains("no outlet 9"));
}

#[test]
fn every_decision_says_who_and_why_and_is_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let statement = case.statements(&Filter::default(), Page::ALL).unwrap().rows[0].id;
    case.accept(ItemKind::Statement, statement, "واضح", &stamp()).unwrap();
    case.note("statement", statement, "انظر الخطاب كاملاً", &stamp()).unwrap();
    let decisions = case.decisions(Page::ALL).unwrap().rows;
    assert_eq!(
        decisions.iter().map(|d| (d.act.as_str(), d.by.as_str(), d.why.as_str())).collect::<Vec<_>>(),
        [("note", "سعاد", ""), ("accept", "سعاد", "واضح")]
    );
    let log = case.audit(Page::ALL).unwrap();
    assert_eq!(log.rows.iter().map(|l| l.act.as_str()).collect::<Vec<_>>(), ["note", "accept", "add"]);
    assert_eq!(case.verify_audit().unwrap(), (3, log.rows[0].hash.clone()));
    assert_eq!(case.unsure(Page::ALL).unwrap().rows.iter().filter(|u| u.kind == "statement" && u.item == statement).count(), 0);
}

#[test]
fn a_line_changed_behind_the_log_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("iraq.case");
    let mut case = case(&folder);
    let statement = case.statements(&Filter::default(), Page::ALL).unwrap().rows[0].id;
    case.reject(ItemKind::Statement, statement, "", &stamp()).unwrap();
    drop(case);
    let db = rusqlite::Connection::open(&path).unwrap();
    assert!(db.execute("UPDATE audit SET by = 'x' WHERE seq = 1", []).is_err(), "the log is only added to");
    assert!(db.execute("DELETE FROM audit", []).is_err());
    db.execute_batch("DROP TRIGGER audit_is_not_changed; UPDATE audit SET by = 'x' WHERE seq = 1").unwrap();
    drop(db);
    let said = Case::open(&path).unwrap().verify_audit().unwrap_err().to_string();
    assert!(said.ends_with("audit line 1 does not agree with its seal"), "{said}");
}

/// The totals of lists, which are counted in other ways than their rows are found.
fn totals_are_right(case: &Case) {
    let all = Filter::default();
    let named = |named| Filter { named: Some(named), ..Filter::default() };
    for filter in [&all, &named(true), &named(false)] {
        let statements = case.statements(filter, Page::ALL).unwrap();
        assert_eq!(statements.total, statements.rows.len() as u64, "{filter:?}");
    }
    let (events, queue, documents) = (case.events(&all, Page::ALL).unwrap(), case.unsure(Page::ALL).unwrap(), case.documents(&all, Page::ALL).unwrap());
    assert_eq!(events.total, events.rows.len() as u64);
    assert_eq!(queue.total, queue.rows.len() as u64);
    assert_eq!(documents.total, documents.rows.len() as u64);
    assert!(queue.rows.is_sorted_by(|a, b| a.confidence <= b.confidence));
    let actors = case.actors(&all, Page::ALL).unwrap();
    assert_eq!(actors.total, case.actors(&all, Page::first(0)).unwrap().total);
    for row in actors.rows {
        assert_eq!(case.actor(row.actor.id).unwrap().row, row);
    }
}

#[test]
fn totals_stay_right_whatever_is_judged_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    totals_are_right(&case);
    let before = case.unsure(Page::ALL).unwrap().total;
    let (statement, event) =
        (case.statements(&Filter::default(), Page::ALL).unwrap().rows[0].id, case.events(&Filter::default(), Page::ALL).unwrap().rows[0].id);
    let accepted = case.accept(ItemKind::Statement, statement, "", &stamp()).unwrap();
    assert_eq!(case.unsure(Page::ALL).unwrap().total, before - 1);
    case.correct(ItemKind::Event, event, &fields(json!({"status": "planned"})), "", &stamp()).unwrap();
    assert_eq!(case.unsure(Page::ALL).unwrap().total, before - 2, "what stands in its place is the analyst's own");
    let mention = case.document(1).unwrap().mentions[0].id;
    case.reject(ItemKind::Mention, mention, "", &stamp()).unwrap();
    case.add_item(ItemKind::Statement, 1, &fields(json!({"start": 0, "end": 9, "named": false})), "", &stamp()).unwrap();
    totals_are_right(&case);
    case.undo(accepted, "", &stamp()).unwrap();
    let mut document = Document::new("a", format!("{TEXT}\nوقال مصدر إن الوضع هادئ."));
    document.published = Some("2021-03-18".parse().unwrap());
    let source = Source::given(&document);
    case.keep(&Entry::new(document, source, &Reader::new()), &stamp()).unwrap();
    totals_are_right(&case);
    let iraqi = Filter { place: Some("iq".to_owned()), from: Some("2021-03-18".parse().unwrap()), ..Filter::default() };
    let found = case.actors(&iraqi, Page::ALL).unwrap();
    assert!(found.total > 0 && found.rows.iter().all(|row| row.country == "IQ" && row.documents == 1), "{found:?}");
    assert_eq!(found.total, case.actors(&iraqi, Page::first(0)).unwrap().total);
}
