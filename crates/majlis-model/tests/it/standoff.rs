use majlis_model::Range;
use majlis_model::standoff::{self, Standoff, inputs, table};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../../../../examples/iraq-2021/standoff.toml");

fn example() -> Standoff {
    standoff::read("standoff.toml", EXAMPLE).unwrap()
}

fn fault(text: &str) -> String {
    standoff::read("x.toml", text).unwrap_err().to_string()
}

#[test]
fn the_shipped_example_is_sound() {
    let standoff = example();
    assert_eq!((standoff.actor.len(), standoff.issue.len(), standoff.assembly[0].bloc.len()), (11, 2, 9));
    assert_eq!(standoff.stands("withdrawal").count(), 11);
}

#[test]
fn what_is_written_is_read_again() {
    let standoff = example();
    let written = toml::to_string(&standoff).unwrap();
    assert_eq!(standoff::read("again.toml", &written).unwrap(), standoff);
}

const HEAD: &str = "name = \"x\"\ndate = 2021-03-24\n";
const ISSUE: &str = "[[issue]]\nid = \"i\"\nname = \"i\"\nlow = \"a\"\nhigh = \"b\"\n";

#[test]
fn every_fault_has_its_line_and_key() {
    let actor = |rest: &str| format!("{HEAD}{ISSUE}[[actor]]\nid = \"a\"\nname = \"a\"\ninfluence = 10\n[[actor.stand]]\nissue = \"i\"\n{rest}");
    for (text, expected) in [
        (format!("{HEAD}colour = 3\n"), "x.toml:3: colour: unknown field `colour`"),
        (actor("position = 20\nsalience = 120\n"), "x.toml:15: actor[0].stand[0].salience: must lie between 0 and 100, is 120"),
        (actor("position = [30, 20, 40]\nsalience = 1\n"), "x.toml:14: actor[0].stand[0].position: low, mode and high must be in order, are 30, 20, 40"),
        (actor("position = nan\nsalience = 1\n"), "x.toml:14: actor[0].stand[0].position: low: must be a finite number"),
        (actor("position = \"far\"\nsalience = 1\n"), "x.toml:14: actor[0].stand[0].position: a number or [low, mode, high]"),
        (actor("position = 20\n"), "x.toml:12: actor[0].stand[0]: missing field `salience`"),
        (
            format!("{HEAD}[[actor]]\nid = \"a\"\nname = \"a\"\ninfluence = 1\nallies = [\"b\"]\n"),
            "x.toml:7: actor[0].allies[0]: there is no actor with the id b",
        ),
        (format!("{HEAD}{ISSUE}{ISSUE}"), "x.toml:9: issue[1].id: i is used twice"),
        ("name = \"x\"\ndate = 2021-02-31\n".to_owned(), "x.toml:2: invalid date"),
        ("name = \"x\"\ndate = \"soon\"\n".to_owned(), "x.toml:2: date: expected a day, such as 2021-03-24, found soon"),
        ("name = \"x\ndate".to_owned(), "x.toml:2: "),
        (String::new(), "x.toml:1: missing field `name`"),
        (format!("{HEAD}{ISSUE}[play]\nsteps = 0\n"), "x.toml:9: play.steps: must lie between 1 and 1000, is 0"),
        (format!("{HEAD}{ISSUE}[play]\nsteps = -3\n"), "x.toml:9: play.steps: invalid value"),
        (actor("position = inf\nsalience = 1\n"), "x.toml:14: actor[0].stand[0].position: low: must be a finite number"),
        (actor("position = 1e999\nsalience = 1\n"), "x.toml:14"),
        (actor("position = [1, 2]\nsalience = 1\n"), "x.toml:14: actor[0].stand[0].position: a number or [low, mode, high]"),
        (
            actor("position = 1\nsalience = 1\n[[actor.stand]]\nissue = \"i\"\nposition = 1\nsalience = 1\n"),
            "x.toml:17: actor[0].stand[1].issue: a has a stand on i already",
        ),
        ("name = { en = \"a\", ar = \"ب\", fr = \"c\" }\ndate = 2021-03-24\n".to_owned(), "x.toml:1: name: a string or { en"),
        ("name = { en = \"a\" }\ndate = 2021-03-24\n".to_owned(), "x.toml:1: name: a string or { en"),
        ("name = \"\"\ndate = 2021-03-24\n".to_owned(), "x.toml:1: name: is empty"),
        ("name = \"x\\u001b[2J\"\ndate = 2021-03-24\n".to_owned(), "x.toml:1: name: holds the control character U+001B"),
        ("name = \"x\\u202e\"\ndate = 2021-03-24\n".to_owned(), "x.toml:1: name: holds the control character U+202E"),
        (format!("{HEAD}date = 2021-03-25\n"), "x.toml:3: "),
        (format!("{HEAD}[[actor]]\nid = \"a b\"\nname = \"a\"\ninfluence = 1\n"), "x.toml:4: actor[0].id: must be letters, digits, - and _, is \"a b\""),
        (format!("{HEAD}[[actor]]\nid = \"a\"\nname = \"a\"\ninfluence = 1\nstate = \"Iraq\"\n"), "x.toml:7: actor[0].state: must be three capital letters"),
        (format!("{HEAD}[[actor]]\nid = \"a\"\nname = \"a\"\ninfluence = 1\nallies = [\"a\"]\n"), "x.toml:7: actor[0].allies[0]: a cannot be its own ally"),
    ] {
        let fault = fault(&text);
        assert!(fault.starts_with(expected), "expected {expected}\n   found {fault}");
    }
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let example = |from: &str, to: &str| EXAMPLE.replacen(from, to, 1);
    for (text, expected) in [
        (example("deadline = 2021-06-15", "deadline = 2021-03-01"), "threat[0].deadline: 2021-03-01 lies before the standoff's date, 2021-03-24"),
        (example("date = 2021-10-10", "date = 2020-10-10"), "election[0].date: 2020-10-10 lies before the standoff's date, 2021-03-24"),
        (example("date = 2021-03-15", "date = 2021-03-25"), "incident[7].date: is after the standoff's date, 2021-03-24"),
        (example("from = 2020-10-10", "from = 2020-10-10\nuntil = 2021-04-01"), "truce[0].until: is after the standoff's date, 2021-03-24"),
        (example("breaches = [2020-11-17", "breaches = [2019-11-17"), "truce[0].breaches[0]: lies outside the truce, 2020-10-10 to 2021-03-24"),
    ] {
        let fault = fault(&text);
        assert!(fault.ends_with(expected), "expected {expected}\n   found {fault}");
    }
}

#[test]
fn bargains_truces_and_elections_that_cannot_be_are_refused() {
    let example = |from: &str, to: &str| EXAMPLE.replacen(from, to, 1);
    for (text, expected) in [
        (example("to = \"kadhimi\"", "to = \"fatah\""), "threat[0].to: fatah cannot bargain with itself"),
        (example("id = \"timetable\"", "id = \"support\""), "offer[0].id: support is a threat already"),
        (example("between = [\"factions\", \"usa\"]", "between = []"), "truce[0].between: a truce in force must say whom it binds"),
        (example("between = [\"factions\", \"usa\"]", "between = [\"usa\", \"usa\"]"), "truce[0].between[1]: usa is named twice"),
        (example("against = \"usa\"", "against = \"factions\""), "incident[0].against: factions cannot attack itself"),
        (example("districts = 83\n", ""), "election[0].districts: the method \"sntv\" needs a number of districts"),
        (example("districts = 83", "districts = 330"), "election[0].districts: must lie between 1 and the 329 seats, is 330"),
        (example("method = \"sntv\"", "method = \"dhondt\""), "election[0].districts: is for the method \"sntv\" only"),
        (example("sample = 80", "sample = nan"), "election[0].sample: must lie between 1 and 1000000000, is NaN"),
        (
            example("share = [12, 18, 24]", "share = [12, 18, 24]\nnever_with = [\"sadrists\"]"),
            "election[0].list[0].never_with[0]: sadrists must be able to govern with itself",
        ),
        (example("seats = 329", "seats = 0"), "assembly[0].seats: must lie between 1 and 10000, is 0"),
    ] {
        let fault = fault(&text);
        assert!(fault.ends_with(expected), "expected {expected}\n   found {fault}");
    }
}

#[test]
fn an_assembly_that_cannot_be_is_refused() {
    let assembly = |seats: u32, rest: &str| format!("{HEAD}[[assembly]]\nid = \"c\"\nname = \"c\"\nseats = {seats}\n{rest}");
    let bloc = |id: &str, follows: &str| format!("[[assembly.bloc]]\nid = \"{id}\"\nname = \"{id}\"\nseats = 10\nfollows = \"{follows}\"\n");
    for (text, expected) in [
        (assembly(10, "quorum = 11\n"), "quorum: is above the 10 seats"),
        (assembly(10, "threshold = 11\n"), "threshold: must lie between 1 and the 10 seats, is 11"),
        (assembly(15, &(bloc("a", "b") + &bloc("b", "a"))), "seats: the blocs hold 20 seats of 15"),
        (assembly(20, &(bloc("a", "b") + &bloc("b", "a"))), "bloc[0].follows: a follows itself, by way of b"),
        (assembly(20, &bloc("a", "z")), "bloc[0].follows: there is no bloc with the id z"),
    ] {
        let fault = fault(&text);
        assert!(fault.ends_with(expected), "expected {expected}\n   found {fault}");
    }
}

#[test]
fn inputs_are_found_by_name_short_or_long() {
    let mut standoff = example();
    inputs::set(&mut standoff, "kadhimi.withdrawal.salience", Range::point(12.0).unwrap()).unwrap();
    assert_eq!(standoff.actor[0].stand[0].salience.mode(), 12.0);
    inputs::set(&mut standoff, "kadhimi.salience", Range::point(70.0).unwrap()).unwrap();
    assert!(standoff.actor[0].stand.iter().all(|s| s.salience.mode() == 70.0));
    let unknown = inputs::set(&mut standoff, "kadhimi.courage", Range::point(70.0).unwrap()).unwrap_err().to_string();
    assert!(unknown.contains("kadhimi.influence"), "{unknown}");
    let outside = inputs::set(&mut standoff, "usa.force", Range::point(700.0).unwrap()).unwrap_err().to_string();
    assert_eq!(outside, "usa.force: must lie between 0 and 100, is 700");
}

#[test]
fn inputs_at_their_modes_are_points() {
    let standoff = example();
    let modes: Vec<f64> = inputs::list(&standoff).iter().map(|i| i.range.mode()).collect();
    let fixed = inputs::list(&inputs::at(&standoff, &modes));
    assert!(fixed.iter().all(|i| i.range.is_point()));
    assert_eq!(fixed.iter().map(|i| i.range.mode()).collect::<Vec<_>>(), modes);
}

#[test]
fn a_table_of_actors_is_a_standoff() {
    let text = "Name,Power,Note,Position,Salience\nالكاظمي,45,x,25..40..55,70\nFatah Alliance,50,,85,75\n";
    let standoff = table::read("actors.csv", text, "2021-03-24".parse().unwrap()).unwrap();
    assert_eq!(standoff.actor[1].id, "Fatah-Alliance");
    assert_eq!(standoff.actor[0].stand[0].position, Range::new(25.0, 40.0, 55.0).unwrap());
    let fault = |text: &str| table::read("actors.csv", text, "2021-03-24".parse().unwrap()).unwrap_err().to_string();
    assert_eq!(fault("name,power,position\n"), "actors.csv:1: salience: there is no such column");
    assert_eq!(fault("name,power,position,salience\na,1,far,3\n"), "actors.csv:2: position: expected a number or low..mode..high, found \"far\"");
    assert_eq!(fault("name,power,position,salience\na,1,2,3\na,1,2,3\n"), "actors.csv:3: actor: a stands here twice");
    assert_eq!(fault("name,power,position,salience\na,1,2,300\n"), "actors.csv:2: salience: must lie between 0 and 100, is 300");
    assert_eq!(fault("name,power,position,salience\na,1,2,nan\n"), "actors.csv:2: salience: must be a finite number, is NaN");
    assert_eq!(fault("name,power,position,salience\n\na,-1,2,3\n"), "actors.csv:3: power: must be 0 or more, is -1");
    assert_eq!(fault("name,power,position,salience\na,1\n"), "actors.csv:2: position: expected a number or low..mode..high, found \"\"");
    assert_eq!(fault("name,power,position,salience\n"), "actors.csv:1: there is no actor below the header");
    assert_eq!(fault("name,power,position,salience\n--,1,2,3\n"), "actors.csv:2: actor: the actor has no name");
    assert_eq!(fault(""), "actors.csv:1: there is no header line");
}

#[test]
fn a_table_may_hold_several_issues_and_any_common_delimiter() {
    let text = "actor;issue;position;salience;influence\nA;oil;10;20;50\nA;gas;30;40;200\nB;oil;50;60;100\n";
    let standoff = table::read("t.csv", text, "2021-03-24".parse().unwrap()).unwrap();
    assert_eq!(standoff.issue.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["oil", "gas"]);
    let stands = &standoff.actor[0].stand;
    assert_eq!((stands[0].influence, stands[1].influence), (None, Some(Range::point(100.0).unwrap())));
    // Scaled to 100 at most: 50, 200 and 100 are 25, 100 and 50.
    assert_eq!([standoff.actor[0].influence, standoff.actor[1].influence].map(|r| r.mode()), [25.0, 50.0]);
    let tabs = table::read("t.tsv", &text.replace(';', "\t"), "2021-03-24".parse().unwrap()).unwrap();
    assert_eq!(tabs.actor, standoff.actor);
}

#[test]
fn ktabs_tables_are_read_as_they_are() {
    let read = |text: &str| table::read("k.csv", text, "2021-03-24".parse().unwrap());
    let two = "China; test,Scenario,Some description, 2, 2,\n".replace("Scenario,Some description", "Scenario");
    let text = format!(
        "{two}Actor,Description,Influence,Policy Position,Policy Salience,Pstn2,Sal2,\nXJ,Xi Jinping,  102.5,30,24.0,20,48.0,\nLK,\"Li, Keqiang\",41,45,44.7,65,41.3,\n"
    );
    let standoff = read(&text).unwrap();
    assert_eq!(standoff.issue.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["Policy", "dimension-2"]);
    assert_eq!(standoff.actor[1].stand[1].position.mode(), 65.0);
    assert_eq!([standoff.actor[0].influence.mode(), standoff.actor[1].influence.mode()], [100.0, 40.0]);
    let fault = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(fault(&text.replace(" 2, 2,", " 3, 2,")), "k.csv:1: the first line tells 3 actors, there are 2");
    assert_eq!(fault(&text.replace(" 2, 2,", " 2, 3,")), "k.csv:2: the first line tells 3 dimensions, the header has position and salience of 2");
    assert_eq!(fault(&text.replace("44.7", "x")), "k.csv:4: Policy Salience: expected a number or low..mode..high, found \"x\"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A file with a piece cut out, doubled or put elsewhere is a standoff or an error with a line; nothing panics.
    #[test]
    fn a_garbled_file_is_read_or_refused(from in 0..EXAMPLE.len(), length in 0..400usize, to in 0..EXAMPLE.len(), junk in "[\\PC\n\"\\[\\]={}#.0-9-]{0,12}") {
        let at = |mut i: usize| { while !EXAMPLE.is_char_boundary(i) { i -= 1; } i };
        let (from, end, to) = (at(from), at((from + length).min(EXAMPLE.len())), at(to));
        let piece = &EXAMPLE[from.min(end)..end];
        for text in [EXAMPLE.replacen(piece, "", 1), EXAMPLE.replacen(piece, &junk, 1), format!("{}{piece}{junk}{}", &EXAMPLE[..to], &EXAMPLE[to..])] {
            match standoff::read("x.toml", &text) {
                Ok(standoff) => prop_assert_eq!(standoff.check(), Ok(())),
                Err(error) => {
                    let lines = text.lines().count().max(1);
                    prop_assert!(error.place.is_some_and(|p| (1..=lines + 1).contains(&p.line)));
                }
            }
        }
    }

    /// Any text at all is a table or an error with a line.
    #[test]
    fn any_table_is_read_or_refused(head in "(name|actor|power|influence|position|salience|issue|,|;|\t|a, b, 2, 1){1,8}\n", rows in "[\\PC\n,;\"0-9.\t-]{0,80}") {
        match table::read("t.csv", &format!("{head}{rows}"), "2021-03-24".parse().unwrap()) {
            Ok(standoff) => prop_assert_eq!(standoff.check(), Ok(())),
            Err(error) => prop_assert!(error.place.is_some()),
        }
    }
}
