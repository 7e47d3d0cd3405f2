use majlis_model::Range;
use majlis_model::standoff::{self, Standoff, inputs, table};

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
    ] {
        let fault = fault(&text);
        assert!(fault.starts_with(expected), "expected {expected}\n   found {fault}");
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
    assert_eq!(fault("name,power,position,salience\na,1,2,3\na,1,2,3\n"), "actors.csv:3: name: a stands here twice");
    assert_eq!(fault("name,power,position,salience\na,1,2,300\n"), "actors.csv:2: salience: must lie between 0 and 100, is 300");
}
