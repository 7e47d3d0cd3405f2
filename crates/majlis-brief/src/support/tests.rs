//! What is told of readings made by hand.

use super::supported;
use majlis_lexicon::{ActorKind, CueClass, EventType};
use majlis_read::{Actor, ActorIx, Event, Mention, MentionForm, Reading, Side, Speaker, Stance, Statement, StatementKind, Status, Time, Why};
use majlis_text::Span;

const FIRST: ActorIx = 0;
const SECOND: ActorIx = 1;

fn actor(id: &str, name: &str, kind: ActorKind, known: bool) -> Actor {
    Actor { id: id.to_owned(), name: name.to_owned(), name_en: String::new(), kind, sector: "", country: "", known }
}

fn of(text: &str, words: &str) -> Span {
    let at = text.find(words).map_or(0, |at| at as u32);
    Span::between(at, at + words.len() as u32)
}

/// A reading of two actors, each mentioned by the words given.
fn reading(text: &str, mentions: &[(ActorIx, &str)]) -> Reading {
    let mention = |&(actor, words): &(ActorIx, &str)| Mention {
        span: of(text, words),
        actor,
        form: MentionForm::Name,
        confidence: 0.95,
        why: Why::rule("mention/known-person"),
    };
    Reading {
        actors: vec![actor("a", "أحمد سالم", ActorKind::Person, true), actor("b", "الحركة", ActorKind::ArmedGroup, true)],
        mentions: mentions.iter().map(mention).collect(),
        ..Reading::default()
    }
}

fn event(text: &str, trigger: &str, kind: EventType, rule: &'static str) -> Event {
    Event {
        span: of(text, trigger),
        kind,
        mode: "",
        source: vec![FIRST],
        target: vec![SECOND],
        when: None,
        place: None,
        status: Status::Happened,
        statement: None,
        confidence: 0.9,
        why: Why::cue(rule, "دعا"),
    }
}

fn roles(text: &str, mentions: &[(ActorIx, &str)], event: Event) -> (Vec<ActorIx>, Vec<ActorIx>) {
    let (kept, _) = supported(text, &Reading { events: vec![event], ..reading(text, mentions) });
    kept.events.first().map_or_else(Default::default, |e| (e.source.clone(), e.target.clone()))
}

#[test]
fn who_acts_stands_beside_the_verb_and_whom_it_befalls_after_who_acts() {
    let text = "دعا أحمد سالم الحركة إلى الحوار.";
    let made = event(text, "دعا", EventType::Request, "event/verb");
    assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![FIRST], vec![SECOND]));
    let text = "أحمد سالم في زيارة طويلة إلى الجنوب، ودعا الوزير الحركة إلى الحوار.";
    let made = event(text, "ودعا", EventType::Request, "event/verb");
    assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![], vec![]));
}

#[test]
fn without_who_acts_only_a_passive_tells_whom_it_befell() {
    for (text, befallen) in [("أمس تم استهداف الحركة في الميناء.", vec![SECOND]), ("أمس كان هجوم الحركة في الميناء.", vec![])]
    {
        let trigger = if text.contains("هجوم") { "هجوم" } else { "استهداف" };
        let made = Event { source: vec![], ..event(text, trigger, EventType::Assault, "event/noun") };
        assert_eq!(roles(text, &[(SECOND, "الحركة")], made), (vec![], befallen), "{text}");
    }
}

#[test]
fn what_is_stopped_is_no_event_and_what_comes_after_is_over() {
    let text = "اتفقوا على وقف استهداف الحركة.";
    let made = event(text, "استهداف", EventType::Assault, "event/noun");
    assert!(supported(text, &Reading { events: vec![made], ..reading(text, &[]) }).0.events.is_empty());
    let text = "دعا إلى زيارة المدينة بعد تحريرها.";
    let made = Event { status: Status::Demanded, ..event(text, "تحريرها", EventType::Assault, "event/noun") };
    let (kept, _) = supported(text, &Reading { events: vec![made], ..reading(text, &[]) });
    assert_eq!(kept.events[0].status, Status::Happened);
}

#[test]
fn what_did_not_happen_yet_on_a_condition_is_not_denied() {
    for (text, told) in [("قال إن الرد آت إذا لم تنسحب القوات.", 0), ("قال إنه لم تنسحب القوات.", 1)] {
        let made = Event { status: Status::Denied, ..event(text, "تنسحب", EventType::Retreat, "event/verb") };
        assert_eq!(supported(text, &Reading { events: vec![made], ..reading(text, &[]) }).0.events.len(), told, "{text}");
    }
}

#[test]
fn a_day_that_is_told_of_something_else_is_not_the_events() {
    let text = "دعا أحمد سالم إلى احترام الهدنة التي بدأت أمس.";
    let when = "2015-07-26".parse().ok();
    let time = Time { span: of(text, "أمس"), value: when, confidence: 0.9, why: Why::rule("time/day") };
    let made = Event { when, ..event(text, "دعا", EventType::Request, "event/verb") };
    let of = |text: &str, time: Time| {
        supported(text, &Reading { events: vec![made.clone()], times: vec![time], ..reading(text, &[(FIRST, "أحمد سالم")]) }).0.events[0].when
    };
    assert_eq!(of(text, time), None);
    let near = "دعا أحمد سالم أمس إلى احترام الهدنة.";
    assert_eq!(of(near, Time { span: self::of(near, "أمس"), ..time }), when);
}

fn statement(text: &str, words: &str, actor: ActorIx, speaker: &str) -> Statement {
    Statement {
        span: of(text, words),
        kind: StatementKind::Indirect,
        speaker: Speaker { actor: Some(actor), span: Some(of(text, speaker)), named: true, ..Speaker::default() },
        cue: None,
        class: CueClass::Say,
        told_to: None,
        inside: None,
        confidence: 0.85,
        why: Why::rule("statement/that"),
    }
}

#[test]
fn a_source_whom_no_name_tells_is_told_in_the_words_of_the_text() {
    let text = "قال أحمد سالم إن الهدنة قائمة، وأضاف أن الطريق مفتوح.";
    let mut made = reading(text, &[(FIRST, "أحمد سالم")]);
    made.actors[0].known = false;
    made.mentions[0].confidence = 0.7;
    made.statements = vec![statement(text, "الهدنة قائمة", FIRST, "أحمد سالم"), statement(text, "الطريق مفتوح", FIRST, "وأضاف")];
    let (kept, left) = supported(text, &made);
    assert_eq!(left.statements, 0);
    for s in &kept.statements {
        assert_eq!((s.speaker.actor, s.speaker.span), (None, Some(of(text, "أحمد سالم"))));
    }
}

#[test]
fn a_participle_or_a_word_of_honour_is_told_by_the_name_it_stands_for() {
    let text = "قال أحمد سالم إن الهدنة قائمة، معربًا عن أمله، وأردف أن الجسر مغلق، وأكد معاليه أن الطريق مفتوح، وأكدت المتحدثة أن الباب موصد.";
    let mut made = reading(text, &[(FIRST, "أحمد سالم")]);
    let carried = |words: &str, speaker: &str, cue: &str| Statement { cue: Some(of(text, cue)), ..statement(text, words, FIRST, speaker) };
    made.statements = vec![
        statement(text, "الهدنة قائمة", FIRST, "أحمد سالم"),
        carried("الجسر مغلق", "معربًا", "وأردف"),
        carried("الطريق مفتوح", "معاليه", "وأكد"),
        carried("الباب موصد", "المتحدثة", "وأكدت"),
    ];
    let (kept, _) = supported(text, &made);
    let who: Vec<Option<ActorIx>> = kept.statements.iter().map(|s| s.speaker.actor).collect();
    assert_eq!(who, [Some(FIRST), Some(FIRST), Some(FIRST), None], "and the spokeswoman is not he");
}

#[test]
fn a_body_far_from_what_it_is_to_have_said_did_not_say_it_nor_what_follows() {
    let text = "تراجعت الحركة في المدينة الجنوبية بعد أيام طويلة من القتال العنيف، وقال إن الهدنة قائمة، وأضاف أن الطريق مفتوح.";
    let mut made = reading(text, &[(SECOND, "الحركة")]);
    made.statements = vec![statement(text, "الهدنة قائمة", SECOND, "الحركة"), statement(text, "الطريق مفتوح", SECOND, "وأضاف")];
    let mut told = event(text, "القتال", EventType::Assault, "event/noun");
    told.statement = Some(0);
    made.events = vec![told];
    let (kept, left) = supported(text, &made);
    assert!(kept.statements.is_empty() && kept.events.is_empty());
    assert_eq!((left.statements, left.events), (2, 1));
}

#[test]
fn what_a_statement_repeats_of_another_is_not_told_twice() {
    let text = "قال أحمد سالم إنه يأمل أن تصمد الهدنة.";
    let mut made = reading(text, &[(FIRST, "أحمد سالم")]);
    let inner = Statement { inside: Some(0), ..statement(text, "تصمد الهدنة", FIRST, "أحمد سالم") };
    made.statements = vec![statement(text, "يأمل أن تصمد الهدنة", FIRST, "أحمد سالم"), inner];
    let mut told = event(text, "تصمد", EventType::Assault, "event/verb");
    told.statement = Some(1);
    made.events = vec![told];
    let (kept, _) = supported(text, &made);
    assert_eq!(kept.statements.len(), 1);
    assert_eq!(kept.events[0].statement, Some(0), "the outer one tells it");
}

#[test]
fn what_an_analyst_confirmed_stays_as_it_is() {
    let text = "أحمد سالم في زيارة طويلة إلى الجنوب، ودعا الوزير الحركة إلى الحوار.";
    let made = Event { confidence: 1.0, ..event(text, "ودعا", EventType::Request, "event/verb") };
    assert_eq!(roles(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")], made), (vec![FIRST], vec![SECOND]));
}

#[test]
fn a_stance_needs_its_actor_in_its_event() {
    let text = "دعا أحمد سالم الحركة إلى الحوار.";
    let mut made = reading(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")]);
    made.events = vec![event(text, "دعا", EventType::Request, "event/verb")];
    let stance =
        |actor| Stance {
            actor, issue: of(text, "الحوار"), side: Side::For, event: Some(0), condition: None, confidence: 0.6, why: Why::rule("stance/demand")
        };
    made.stances = vec![stance(FIRST), stance(SECOND)];
    let (kept, left) = supported(text, &made);
    assert_eq!((kept.stances.iter().map(|s| s.actor).collect::<Vec<_>>(), left.stances), (vec![FIRST], 1));
}

#[test]
fn a_source_is_the_subject_of_its_verb_not_another_words_own() {
    for (text, speaker, told) in [
        ("أكدت الحركة أن الهدنة قائمة.", "الحركة", 1),
        ("أكد رئيس الحركة أن الهدنة قائمة.", "الحركة", 0),
        ("أكد خلال اجتماع الحركة أن الهدنة قائمة.", "الحركة", 0),
    ] {
        let verb = text.split(' ').next().unwrap_or_default();
        let mut made = reading(text, &[(SECOND, speaker)]);
        made.statements = vec![Statement { cue: Some(of(text, verb)), ..statement(text, "الهدنة قائمة", SECOND, speaker) }];
        assert_eq!(supported(text, &made).0.statements.len(), told, "{text}");
    }
}

#[test]
fn a_verb_goes_on_with_its_source_only_where_nobody_else_is_named_between() {
    for (between, told) in [("", 2), ("عبّر أحمد سالم عن استيائه. ", 1)] {
        let text = format!("أكدت الحركة أن الهدنة قائمة. {between}وأضافت أن الطريق مفتوح.");
        let mut made = reading(&text, if between.is_empty() { &[(SECOND, "الحركة")] } else { &[(SECOND, "الحركة"), (FIRST, "أحمد سالم")] });
        let first = Statement { cue: Some(of(&text, "أكدت")), ..statement(&text, "الهدنة قائمة", SECOND, "الحركة") };
        let next = Statement { cue: Some(of(&text, "وأضافت")), ..statement(&text, "الطريق مفتوح", SECOND, "وأضافت") };
        made.statements = vec![first, next];
        assert_eq!(supported(&text, &made).0.statements.len(), told, "{text}");
    }
}

#[test]
fn what_is_said_on_a_condition_is_not_said() {
    let text = "فإذا أعلنت الحركة أن الهدنة قائمة عاد الناس.";
    let mut made = reading(text, &[(SECOND, "الحركة")]);
    made.statements = vec![Statement { cue: Some(of(text, "أعلنت")), ..statement(text, "الهدنة قائمة", SECOND, "الحركة") }];
    assert!(supported(text, &made).0.statements.is_empty());
}

#[test]
fn nobody_fights_corruption_with_arms_nor_attacks_with_words() {
    let fights = "أعلنت الحركة محاربة الفساد.";
    let made = event(fights, "محاربة", EventType::Assault, "event/noun");
    assert!(supported(fights, &Reading { events: vec![made], ..reading(fights, &[(SECOND, "الحركة")]) }).0.events.is_empty());
    let blames = "هاجم أحمد سالم الحركة.";
    let made = event(blames, "هاجم", EventType::Assault, "event/verb");
    assert!(supported(blames, &Reading { events: vec![made], ..reading(blames, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")]) }).0.events.is_empty());
}

#[test]
fn after_a_plural_verb_comes_whom_it_is_done_to() {
    let text = "ويتهمون أحمد سالم بالفساد.";
    let made = Event { target: vec![], ..event(text, "ويتهمون", EventType::Accuse, "event/verb") };
    assert_eq!(roles(text, &[(FIRST, "أحمد سالم")], made), (vec![], vec![]));
}

#[test]
fn a_day_to_come_and_a_day_within_a_name_date_nothing_that_happened() {
    let text = "دعا أحمد سالم يوم 14 آذار الحركة إلى الحوار.";
    let when = "2015-03-14".parse().ok();
    let time = Time { span: of(text, "14 آذار"), value: when, confidence: 0.9, why: Why::rule("time/day") };
    let told = |published: &str, mentions: &[(ActorIx, &str)]| {
        let made = Event { when, ..event(text, "دعا", EventType::Request, "event/verb") };
        let made = Reading { published: published.parse().ok(), events: vec![made], times: vec![time], ..reading(text, mentions) };
        supported(text, &made).0.events[0].when
    };
    assert_eq!(told("2015-04-01", &[(FIRST, "أحمد سالم")]), when);
    assert_eq!(told("2015-03-01", &[(FIRST, "أحمد سالم")]), None);
    assert_eq!(told("2015-04-01", &[(FIRST, "أحمد سالم"), (SECOND, "14 آذار")]), None);
}

#[test]
fn whoever_is_accused_stands_after_the_verb_too_and_does_not_accuse() {
    for (text, trigger, told) in [
        ("واتهمت الحركة أحمد سالم بالفساد.", "واتهمت", vec![SECOND]),
        ("خاض حرباً طويلة، واتهمت الحركة بدعمه.", "واتهمت", vec![]),
        ("رفع الناس شعارات تتهم الحركة بالتواطؤ.", "تتهم", vec![]),
        ("اتهم الحركة بدعمه.", "اتهم", vec![]),
    ] {
        let text = text.replace("الحركة", "الحركة المسلحة");
        let made = Event { source: vec![SECOND], target: vec![], ..event(&text, trigger, EventType::Accuse, "event/verb") };
        let made = Event { why: Why::cue("event/verb", "اتهم"), ..made };
        let mut read = reading(&text, &[(SECOND, "الحركة المسلحة")]);
        read.mentions[0].span = of(&text, if trigger == "اتهم" { "الحركة" } else { "الحركة المسلحة" });
        let (kept, _) = supported(&text, &Reading { events: vec![made], ..read });
        assert_eq!(kept.events.first().map_or_else(Vec::new, |e| e.source.clone()), told, "{text}");
    }
}

#[test]
fn who_acts_stands_before_a_verb_only_at_the_head_of_its_clause() {
    for (text, told) in
        [("وأعلن المتحدث أن أحمد سالم رفض العرض.", vec![FIRST]), ("قال نجل أحمد سالم الذي رفض العرض.", vec![]), ("رحب بكلام أحمد سالم رفض العرض.", vec![])]
    {
        let made = Event { target: vec![], ..event(text, "رفض", EventType::Reject, "event/verb") };
        assert_eq!(roles(text, &[(FIRST, "أحمد سالم")], made).0, told, "{text}");
    }
}

#[test]
fn a_noun_is_done_by_whom_a_light_verb_beside_it_has_for_its_subject() {
    for (text, told) in [
        ("شنت الحركة مساء غارات على الميناء.", vec![SECOND]),
        ("أشادت الحركة بقرار وقف غارات على الميناء.", vec![]),
        ("تحدث عن الحركة بعد غارات على الميناء.", vec![]),
    ] {
        let made = Event { source: vec![SECOND], target: vec![], ..event(text, "غارات", EventType::Assault, "event/noun") };
        assert_eq!(roles(text, &[(SECOND, "الحركة")], made).0, told, "{text}");
    }
}

#[test]
fn a_source_is_described_by_its_own_words_and_no_more() {
    for (described, told) in
        [("مصدر عسكري، لم يكشف", Some("مصدر عسكري")), ("مصدر مطلع على المفاوضات", Some("مصدر مطلع على المفاوضات")), ("أحد في الهجوم", None)]
    {
        let text = format!("قال {described} إن الهدنة قائمة.");
        let mut made = reading(&text, &[]);
        let speaker = Speaker { span: Some(of(&text, described)), class: "source", ..Speaker::default() };
        made.statements = vec![Statement { speaker, cue: Some(of(&text, "قال")), ..statement(&text, "الهدنة قائمة", FIRST, described) }];
        let (kept, _) = supported(&text, &made);
        let words = kept.statements.first().and_then(|s| s.speaker.described.or(s.speaker.span)).and_then(|span| span.slice(&text));
        assert_eq!(words, told, "{text}");
    }
}

#[test]
fn a_father_is_not_his_son_and_a_name_alone_is_no_statement() {
    use super::is_father;
    assert!(is_father("محمد بن سلمان", "الملك سلمان") && !is_father("محمد بن سلمان", "الأمير محمد بن سلمان") && !is_father("سلمان", "الملك سلمان"));
    let text = "قال أحمد سالم إن الحركة.";
    let mut made = reading(text, &[(FIRST, "أحمد سالم"), (SECOND, "الحركة")]);
    made.statements = vec![statement(text, "الحركة", FIRST, "أحمد سالم")];
    assert!(supported(text, &made).0.statements.is_empty());
}

#[test]
fn a_name_in_the_words_of_the_text_has_its_marks_closed_and_who_only_demands_has_no_name() {
    let text = "قال رئيس حزب «الضفة» إن الجسر مغلق، مطالبين بأن يفتح الباب.";
    let mut made = reading(text, &[]);
    let named = |words: &str, speaker: &str| Statement {
        speaker: Speaker { actor: None, span: Some(of(text, speaker)), named: true, ..Speaker::default() },
        ..statement(text, words, FIRST, speaker)
    };
    made.statements = vec![named("الجسر مغلق", "رئيس حزب «الضفة"), named("يفتح الباب", "مطالبين")];
    let (kept, _) = supported(text, &made);
    assert_eq!(kept.statements.iter().map(|s| s.speaker.span).collect::<Vec<_>>(), [Some(of(text, "رئيس حزب «الضفة»"))]);
}

#[test]
fn words_that_only_go_on_with_something_are_nobodys_saying() {
    for (words, told) in [("إلى لقاء في الجنوب", 0), ("ما يبدو، لمنعه من السفر", 0), ("الجسر مغلق", 1)] {
        let text = format!("قال أحمد سالم إن {words}.");
        let mut made = reading(&text, &[(FIRST, "أحمد سالم")]);
        made.statements = vec![statement(&text, words, FIRST, "أحمد سالم")];
        assert_eq!(supported(&text, &made).0.statements.len(), told, "{text}");
    }
}
