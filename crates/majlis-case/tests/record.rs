//! The merged record: copies, actors, happenings and claims, from reports written for the test.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use majlis_case::{Case, Entry, Filter, Page, Source, Stamp};
use majlis_read::Reader;
use majlis_text::Document;
use std::collections::BTreeSet;

const AGENCY: &str = "هاجم مسلحون من تنظيم داعش نقطة تفتيش في كركوك أمس، ما أدى إلى مقتل ثلاثة جنود وإصابة خمسة آخرين. وأضاف مصدر أمني أن قوات الأمن أغلقت الطرق المؤدية إلى المدينة وبدأت البحث عن المنفذين.";

fn stamp() -> Stamp {
    Stamp { by: "majlis".to_owned(), at: jiff::Timestamp::UNIX_EPOCH }
}

fn case(folder: &tempfile::TempDir, reports: &[(&str, &str, &str)]) -> Case {
    let mut case = Case::create(folder.path().join("iraq.case")).unwrap();
    let reader = Reader::new();
    for (i, (outlet, published, text)) in reports.iter().enumerate() {
        let mut document = Document::new(format!("d{i}"), *text);
        document.outlet = Some((*outlet).to_owned());
        document.published = Some(published.parse().unwrap());
        let source = Source::given(&document);
        case.keep(&Entry::new(document, source, &reader), &stamp()).unwrap();
    }
    case.digest(&stamp(), |_, _| {}).unwrap();
    case
}

#[test]
fn ten_copies_of_one_agency_report_are_one_source() {
    let folder = tempfile::tempdir().unwrap();
    let outlets: Vec<String> = (0..10).map(|i| format!("صحيفة {i}")).collect();
    let texts: Vec<String> = (0..10).map(|i| format!("نقلت صحيفة رقم {i} عن الوكالة. {AGENCY}")).collect();
    let reports: Vec<(&str, &str, &str)> = outlets.iter().zip(&texts).map(|(o, t)| (o.as_str(), "2021-02-16", t.as_str())).collect();
    let case = case(&folder, &reports);
    let documents = case.documents(&Filter::default(), Page::ALL).unwrap().rows;
    assert!(documents.iter().all(|d| d.story == 1), "{:?}", documents.iter().map(|d| d.story).collect::<Vec<_>>());
    let claims = case.claims(&Filter::default(), Page::ALL).unwrap().rows;
    let happened = claims.iter().find(|c| c.kind == "happening").unwrap();
    let carriers: BTreeSet<i64> = happened.support.reports.iter().map(|r| r.event.cite.document).collect();
    assert_eq!((carriers.len(), happened.support.independent), (10, 1));
}

#[test]
fn reports_of_one_attack_meet_and_their_figures_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(
        &folder,
        &[
            ("صدى الرافدين", "2021-02-16", "هاجم مسلحون من تنظيم داعش نقطة تفتيش في كركوك أمس، ما أدى إلى مقتل ثلاثة جنود وإصابة 5 آخرين."),
            ("منبر بابل", "2021-02-16", "قال بيان إن تنظيم داعش هاجم أمس موقعاً للجيش في كركوك، وأسفر الهجوم عن مقتل سبعة جنود."),
            ("أفق الشرق", "2021-02-17", "هاجم تنظيم داعش معبراً في الموصل يوم الثلاثاء من دون خسائر."),
        ],
    );
    let claims = case.claims(&Filter::default(), Page::ALL).unwrap().rows;
    let happened = claims.iter().find(|c| c.kind == "happening" && c.event == "ASSAULT").unwrap();
    let documents: Vec<i64> = happened.support.reports.iter().map(|r| r.event.cite.document).collect();
    assert!(documents.contains(&1) && documents.contains(&2) && !documents.contains(&3), "{documents:?}");
    let dead = claims.iter().find(|c| c.kind == "figure" && c.about == "dead").unwrap();
    let value = |side: &majlis_case::Side| side.reports.iter().filter_map(|r| r.value.clone()).collect::<Vec<_>>();
    assert!(value(&dead.support).contains(&"3".to_owned()) && value(&dead.other).contains(&"7".to_owned()), "{dead:?}");
}

#[test]
fn taking_in_again_changes_nothing_and_a_revision_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder, &[("صدى الرافدين", "2021-02-16", AGENCY), ("منبر بابل", "2021-02-16", AGENCY)]);
    let before = case.claims(&Filter::default(), Page::ALL).unwrap();
    assert_eq!(case.digest(&stamp(), |_, _| {}).unwrap(), 0);
    assert_eq!(case.claims(&Filter::default(), Page::ALL).unwrap(), before);
    assert_eq!(case.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_merge_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(
        &folder,
        &[
            ("صدى الرافدين", "2021-03-01", "قال النائب سالم الطائي إن الكتلة ترفض القرار."),
            ("منبر بابل", "2021-03-02", "قال النائب كريم الجبوري إن الكتلة تؤيد القرار."),
        ],
    );
    let id = |case: &Case, name: &str| case.find_actor(name).unwrap()[0].id;
    let (salim, karim) = (id(&case, "سالم الطائي"), id(&case, "كريم الجبوري"));
    let analyst = Stamp { by: "محلل".to_owned(), ..stamp() };
    let decision = case.merge_actors(salim, karim, "نفس الشخص", &analyst).unwrap();
    assert_eq!(id(&case, "سالم الطائي"), karim);
    assert_eq!(case.actor(karim).unwrap().merged.len(), 1);
    assert!(case.merge_actors(salim, karim, "", &analyst).is_err(), "they are one already");
    case.undo_merge(decision, "خطأ", &analyst).unwrap();
    assert_eq!(id(&case, "سالم الطائي"), salim);
    assert!(case.undo_merge(decision, "", &analyst).is_err(), "it has been taken back");
    assert_eq!(case.merges(false, Page::ALL).unwrap().rows.iter().filter(|m| m.by == "محلل").count(), 1);
}

#[test]
fn a_longer_name_is_asked_about_and_not_merged() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(
        &folder,
        &[
            ("صدى الرافدين", "2021-03-01", "قال النائب سالم الطائي إن الكتلة ترفض القرار."),
            ("منبر بابل", "2021-03-02", "قال النائب سالم جاسم الطائي إن الكتلة تؤيد القرار."),
        ],
    );
    let open = case.merges(true, Page::ALL).unwrap().rows;
    assert_eq!(open.len(), 1, "{open:?}");
    let (from, into) = (open[0].from.clone().unwrap(), open[0].into.clone().unwrap());
    assert_ne!(case.find_actor(&from.name).unwrap()[0].id, into.id);
    let own = case.settle_merge(open[0].decision, true, "هو نفسه", &stamp()).unwrap();
    assert_eq!(case.find_actor(&from.name).unwrap()[0].id, into.id);
    assert!(case.merges(true, Page::ALL).unwrap().rows.is_empty());
    case.undo_merge(own, "ليس هو", &stamp()).unwrap();
    assert_eq!(case.find_actor(&from.name).unwrap()[0].id, from.id);
}

#[test]
fn one_name_in_other_company_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let first = "قال النائب عبد الله الطائي إن الكتلة ترفض القرار، بعد لقائه مصطفى الكاظمي وبرهم صالح ومحمد الحلبوسي.";
    let near = "قال النائب عبدالله الطائي في بغداد إن مصطفى الكاظمي وبرهم صالح ومحمد الحلبوسي يؤيدون القرار.";
    let apart = "قال النائب عبدالله الطائي في بغداد إن مقتدى الصدر وهادي العامري وعمار الحكيم يؤيدون القرار.";
    let open = |second: &str| {
        let folder = folder.path().join(second.len().to_string());
        std::fs::create_dir_all(&folder).unwrap();
        let folder = tempfile::tempdir_in(folder).unwrap();
        let case = case(&folder, &[("صدى الرافدين", "2021-03-01", first), ("منبر بابل", "2021-03-02", second)]);
        let asked = case.merges(true, Page::ALL).unwrap().rows;
        asked.iter().filter(|m| m.why.contains("الطائي")).count()
    };
    assert_eq!((open(near), open(apart)), (0, 1));
}

#[test]
fn reports_meet_when_the_analyst_makes_their_actors_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(
        &folder,
        &[
            ("صدى الرافدين", "2021-02-16", "هاجمت كتائب حزب الله نقطة تفتيش في كركوك أمس."),
            ("منبر بابل", "2021-02-16", "هاجمت عصائب أهل الحق نقطة تفتيش في كركوك أمس."),
        ],
    );
    let happenings = |case: &Case| case.claims(&Filter::default(), Page::ALL).unwrap().rows.iter().filter(|c| c.kind == "happening").count();
    assert_eq!(happenings(&case), 0, "two groups' attacks are two, with one report each");
    let id = |name: &str| case.find_actor(name).unwrap()[0].id;
    let (from, into) = (id("كتائب حزب الله"), id("عصائب أهل الحق"));
    let decision = case.merge_actors(from, into, "اسم آخر", &stamp()).unwrap();
    case.digest(&stamp(), |_, _| {}).unwrap();
    assert_eq!(happenings(&case), 1);
    case.undo_merge(decision, "خطأ", &stamp()).unwrap();
    case.digest(&stamp(), |_, _| {}).unwrap();
    assert_eq!(happenings(&case), 0);
}

#[test]
fn brigades_of_other_numbers_are_other_actors() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder, &[("صدى الرافدين", "2021-03-01", "هاجم اللواء 33 موقعاً في صعدة."), ("منبر بابل", "2021-03-02", "وهاجم اللواء 35 موقعاً في تعز.")]);
    let brigades: Vec<String> =
        case.actors(&Filter::default(), Page::ALL).unwrap().rows.into_iter().map(|a| a.actor.name).filter(|n| n.contains("لواء")).collect();
    assert!(brigades.len() != 1, "{brigades:?}");
}
