//! What a case lists and finds, from a few reports written for the test.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use jiff::civil::date;
use majlis_case::{Case, Entry, Filter, Page, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use std::collections::BTreeMap;

const REPORTS: [(&str, &str, &str, &str); 3] = [
    (
        "a",
        "صدى الرافدين",
        "2021-03-17",
        "قال رئيس الوزراء العراقي مصطفى الكاظمي إن الحكومة ترفض خروج القوات الأميركية تحت الضغط.\nوقصفت طائرات أميركية موقعاً في الأنبار أمس.",
    ),
    (
        "b",
        "منبر بابل",
        "2021-03-20",
        "وقال مسؤول حكومي، طلب عدم ذكر اسمه، إن الكاظمي سيزور واشنطن. وأضاف أن الوضع بالأنبار هادئ.\nوالأنبار محافظة كبيرة، وللأنبار حدود مع سوريا.",
    ),
    ("c", "منبر بابل", "2021-04-02", "زار وزير الخارجية فؤاد حسين طهران يوم الخميس، والتقى نظيره الإيراني محمد جواد ظريف."),
];

fn case(folder: &tempfile::TempDir) -> Case {
    let mut case = Case::create(folder.path().join("iraq.case")).unwrap();
    let stamp = Stamp { by: "majlis".to_owned(), at: jiff::Timestamp::UNIX_EPOCH };
    let reader = Reader::new();
    for (id, outlet, published, text) in REPORTS {
        let mut document = Document::new(id, text);
        document.outlet = Some(outlet.to_owned());
        document.published = Some(published.parse().unwrap());
        let source = Source::given(&document);
        case.keep(&Entry::new(document, source, &reader), &stamp).unwrap();
    }
    case
}

fn found(case: &Case, query: &str, filter: &Filter) -> Vec<String> {
    case.search(query, filter, Page::ALL).unwrap().rows.into_iter().map(|hit| hit.name).collect()
}

#[test]
fn search_meets_particles_and_spelling_and_shows_the_original_words() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let hits = case.search("ألأنبار", &Filter::default(), Page::ALL).unwrap();
    assert_eq!(hits.total, 2);
    let words: Vec<&str> = hits.rows.iter().flat_map(|h| &h.lines).map(|l| l.words.as_str()).collect();
    assert!(["الأنبار", "بالأنبار", "والأنبار", "وللأنبار"].iter().all(|w| words.contains(w)), "{words:?}");
    assert_eq!(found(&case, "طهران -واشنطن", &Filter::default()), ["c"]);
    assert_eq!(found(&case, "\"وزير الخارجية\"", &Filter::default()), ["c"]);
}

#[test]
fn a_search_is_narrowed_by_outlet_day_and_actor() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let outlet = Filter { outlet: Some("منبر بابل".to_owned()), ..Filter::default() };
    assert_eq!(found(&case, "الانبار", &outlet), ["b"]);
    let early = Filter { to: Some(date(2021, 3, 18)), ..Filter::default() };
    assert_eq!(found(&case, "الانبار", &early), ["a"]);
    let kadhimi = case.find_actor("الكاظمي").unwrap()[0].id;
    let his = Filter { actor: Some(kadhimi), ..Filter::default() };
    let mut names = found(&case, "الانبار", &his);
    names.sort();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn words_of_unnamed_sources_only() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let unnamed = Filter { named: Some(false), ..Filter::default() };
    let hits = case.search("الانبار", &unnamed, Page::ALL).unwrap().rows;
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].lines.iter().map(|l| l.words.as_str()).collect::<Vec<_>>(), ["بالأنبار"], "the second paragraph is nobody's words");
}

#[test]
fn the_ledger_tells_named_from_unnamed() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let named = |named| case.statements(&Filter { named: Some(named), ..Filter::default() }, Page::ALL).unwrap();
    let by_name = named(true);
    assert_eq!(by_name.total as usize, by_name.rows.len());
    assert_eq!(by_name.rows[0].speaker.as_ref().unwrap().name, "مصطفى الكاظمي");
    assert_eq!(by_name.rows[0].words, "الحكومة ترفض خروج القوات الأميركية تحت الضغط");
    let unnamed = named(false);
    assert!(!unnamed.rows.is_empty() && unnamed.rows.iter().all(|s| s.speaker.is_none() && s.source_class == "official"), "{unnamed:?}");
    assert_eq!(case.statement(by_name.rows[0].id).unwrap(), by_name.rows[0]);
}

#[test]
fn events_come_by_day_with_their_parties() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let events = case.events(&Filter { kind: Some("assault".to_owned()), ..Filter::default() }, Page::ALL).unwrap().rows;
    assert_eq!(events[0].first_day.as_deref(), Some("2021-03-16"));
    let visit = case.events(&Filter { from: Some(date(2021, 3, 25)), ..Filter::default() }, Page::ALL).unwrap().rows;
    assert!(visit.iter().any(|e| e.kind == "CONSULT" && e.source.iter().any(|a| a.name == "فؤاد حسين")), "{visit:?}");
    let days: Vec<_> = case.events(&Filter::default(), Page::ALL).unwrap().rows.into_iter().filter_map(|e| e.first_day).collect();
    assert!(days.is_sorted());
}

#[test]
fn an_actor_knows_the_forms_in_which_texts_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let kadhimi = case.find_actor("Mustafa al-Kadhimi").unwrap()[0].id;
    let known = case.actor(kadhimi).unwrap();
    assert_eq!(known.row.documents, 2);
    assert!(known.forms.iter().any(|(form, _)| form == "الكاظمي"), "{:?}", known.forms);
    let all = case.actors(&Filter::default(), Page::first(2)).unwrap();
    assert_eq!(all.rows.len(), 2);
    assert!(all.total > 2 && all.rows[0].mentions >= all.rows[1].mentions);
    assert!(case.find_actor("لا أحد").is_err());
}

#[test]
fn a_document_comes_with_all_that_was_found_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let page = case.document(1).unwrap();
    assert_eq!(page.text, REPORTS[0].3);
    let slice = |start: u32, end: u32| page.text.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
    assert!(page.statement_rows.iter().all(|s| slice(s.cite.start, s.cite.end) == s.words));
    assert!(page.event_rows.iter().all(|e| slice(e.cite.start, e.cite.end) == e.words));
    assert!(page.mentions.iter().any(|m| slice(m.start, m.end).contains("الكاظمي")));
    assert!(page.places.iter().any(|p| p.location.country == "IQ"));
    assert!(page.times.iter().any(|t| t.value.as_deref() == Some("2021-03-16")));
    assert!(case.document(9).unwrap_err().to_string().ends_with("no document 9"));
}

#[test]
fn a_filter_that_a_list_does_not_have_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let refused = case.stances(&Filter { place: Some("IQ".to_owned()), ..Filter::default() }, Page::ALL).unwrap_err();
    assert!(refused.to_string().ends_with("stances cannot be filtered by place"), "{refused}");
}

#[test]
fn pages_of_a_list_do_not_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let all = case.documents(&Filter::default(), Page::ALL).unwrap().rows;
    let second = case.documents(&Filter::default(), Page { offset: 1, limit: 1 }).unwrap();
    assert_eq!((second.total, &second.rows[0]), (3, &all[1]));
}

/// Who acts on whom and how often, counted from the events themselves.
fn pairs(case: &Case) -> BTreeMap<(i64, i64), u64> {
    let mut pairs = BTreeMap::new();
    for event in case.events(&Filter::default(), Page::ALL).unwrap().rows {
        for (source, target) in event.source.iter().flat_map(|s| event.target.iter().map(move |t| (s.id, t.id))).filter(|(s, t)| s != t) {
            *pairs.entry((source, target)).or_insert(0) += 1;
        }
    }
    pairs
}

#[test]
fn ties_are_the_pairs_of_all_events_also_after_a_merge() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder);
    let ties = |case: &Case| case.ties(u64::MAX).unwrap();
    let summed = |case: &Case| ties(case).into_iter().map(|tie| ((tie.source.id, tie.target.id), tie.events)).collect::<BTreeMap<_, _>>();
    let first = ties(&case);
    assert!(first.len() > 1 && first.is_sorted_by(|a, b| a.events >= b.events), "{first:?}");
    assert!(first.iter().all(|tie| tie.hostile <= tie.events));
    assert_eq!(summed(&case), pairs(&case));
    assert_eq!(case.ties(1).unwrap(), first[..1]);
    let stamp = Stamp { by: "سعاد".to_owned(), at: jiff::Timestamp::UNIX_EPOCH };
    case.merge_actors(first[0].source.id, first[1].source.id, "", &stamp)
        .or_else(|_| case.merge_actors(first[0].source.id, first[1].target.id, "", &stamp))
        .unwrap();
    assert_ne!(ties(&case), first);
    assert_eq!(summed(&case), pairs(&case));
}
