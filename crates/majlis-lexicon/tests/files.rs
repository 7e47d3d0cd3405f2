//! The lexicon's files say one thing once, and what they refer to exists.

#![allow(clippy::unwrap_used)]

use majlis_lexicon::{Entry, Lexicon};
use majlis_text::fold;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// States that have no other capital than themselves.
const NO_CAPITAL: [&str; 1] = ["VA"];

/// Codes of ISO 3166-1 that are no states but stand beside an actor or a place.
const TERRITORIES: [&str; 3] = ["GL", "HK", "IO"];

/// Whether a country cell names what it may: nothing, a state, or a territory.
fn is_country(code: &str, lexicon: &Lexicon) -> bool {
    code.is_empty() || lexicon.state(code).is_some() || TERRITORIES.contains(&code)
}

/// Holders of offices that are no states: the United Nations, the European Union, the Arab League, the Kurdistan Region and the like.
fn is_body(country: &str, lexicon: &Lexicon) -> bool {
    lexicon.state(country).is_none() && country.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
}

/// Columns in Arabic.
const ARABIC: [&str; 13] =
    ["ar", "aliases", "forms", "form", "capital", "capital_aliases", "nisba_m", "nisba_f", "nisba_pl", "perfect", "imperfect", "participles", "masdars"];

struct Row {
    place: String,
    cells: BTreeMap<String, String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon")
}

fn files() -> Vec<PathBuf> {
    let list = |dir: PathBuf| std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|x| x == "tsv"));
    let mut files: Vec<PathBuf> = list(folder()).chain(list(folder().join("actors"))).collect();
    files.sort();
    files
}

fn rows(file: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty());
    let header: Vec<&str> = lines.next().unwrap().1.split('\t').collect();
    let name = file.file_name().unwrap().to_string_lossy();
    lines
        .map(|(number, line)| Row {
            place: format!("{name}:{}", number + 1),
            cells: header.iter().zip(line.split('\t')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect(),
        })
        .collect()
}

#[test]
fn every_file_states_its_source_or_licence_first() {
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let comments: String = text.lines().take_while(|l| l.starts_with('#')).collect::<String>().to_lowercase();
        assert!(["licence", "license", "cc by", "cc0"].iter().any(|w| comments.contains(w)), "{}: its first comments name no licence", file.display());
    }
}

#[test]
fn arabic_cells_hold_no_latin_letters() {
    let mut wrong = Vec::new();
    for file in files() {
        for row in rows(&file) {
            for column in ARABIC {
                let cell = row.cells.get(column).map_or("", String::as_str);
                // v: marks a phrase whose first word is conjugated.
                if cell.strip_prefix("v:").unwrap_or(cell).contains(|c: char| c.is_ascii_alphabetic()) {
                    wrong.push(format!("{} {column}: {cell}", row.place));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn identifiers_are_unique_and_found_again() {
    let lexicon = Lexicon::shipped();
    let mut seen = BTreeSet::new();
    for actor in &lexicon.actors {
        assert!(seen.insert(actor.id), "{} stands twice", actor.id);
        assert!(actor.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", actor.id);
        assert_eq!(lexicon.actor(actor.id).map(|a| a.ar), Some(actor.ar));
        assert!(is_country(actor.country, lexicon), "{}: no state {}", actor.id, actor.country);
    }
    let offices: BTreeSet<&str> = lexicon.offices.iter().map(|o| o.id).collect();
    assert_eq!(offices.len(), lexicon.offices.len(), "an office stands twice");
    let states: BTreeSet<&str> = lexicon.states.iter().flat_map(|s| [s.iso2, s.iso3]).collect();
    assert_eq!(states.len(), 2 * lexicon.states.len(), "a state's code stands twice");
}

#[test]
fn every_role_is_of_an_office_or_an_actor_that_exists() {
    let lexicon = Lexicon::shipped();
    let offices: BTreeSet<&str> = lexicon.offices.iter().map(|o| o.id).collect();
    let mut wrong = Vec::new();
    for actor in &lexicon.actors {
        for role in &actor.roles {
            // IQ.pm; IQ.governor:basra and US.ambassador-lb name where; leader:ACTOR names whose.
            let is_known = match role.office.split_once('.') {
                Some((country, office)) => {
                    let office = office.split(':').next().unwrap_or(office);
                    let is_office = offices.contains(office) || office.rsplit_once('-').is_some_and(|(head, _)| offices.contains(head));
                    is_office && (lexicon.state(country).is_some() || is_body(country, lexicon))
                }
                None => role.office.split_once(':').is_some_and(|(_, of)| lexicon.actor(of).is_some()),
            };
            if !is_known {
                wrong.push(format!("{}: {}", actor.id, role.office));
            }
            if let (Some(from), Some(to)) = (role.from, role.to) {
                assert!(from.first() <= to.last(), "{}: {} ends before it begins", actor.id, role.office);
            }
        }
    }
    assert!(wrong.is_empty(), "{} roles\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_state_has_a_capital() {
    for row in rows(&folder().join("states.tsv")) {
        let (iso2, capital, capital_en) = (&row.cells["iso2"], &row.cells["capital"], &row.cells["capital_en"]);
        assert!(NO_CAPITAL.contains(&iso2.as_str()) || !capital.is_empty() && !capital_en.is_empty(), "{}: {iso2} has no capital", row.place);
    }
}

#[test]
fn places_lie_on_the_earth_and_in_states() {
    let lexicon = Lexicon::shipped();
    for place in &lexicon.places {
        assert!(is_country(place.country, lexicon), "{}: no state {}", place.en, place.country);
        assert!(place.position.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0), "{}", place.en);
    }
}

#[test]
fn every_actor_is_found_by_its_name() {
    let lexicon = Lexicon::shipped();
    let mut lost = Vec::new();
    for (index, actor) in lexicon.actors.iter().enumerate() {
        let mut nodes = vec![0];
        for word in fold(actor.ar).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let analyses = lexicon.analyse(word);
            nodes = nodes.iter().flat_map(|&node| analyses.iter().filter_map(move |w| lexicon.step(node, w.form))).collect();
        }
        let is_found = nodes.iter().flat_map(|&n| lexicon.entries(n)).any(|e| matches!(e, Entry::Actor { index: i, .. } if usize::from(*i) == index));
        if !is_found && !actor.ar.chars().any(|c| c.is_ascii_digit()) {
            lost.push(actor.id);
        }
    }
    assert!(lost.is_empty(), "{} actors: {lost:?}", lost.len());
}

#[test]
fn the_day_picks_the_holder_of_an_office() {
    let lexicon = Lexicon::shipped();
    let day = "2021-03-17".parse::<majlis_text::Edtf>().unwrap().first();
    for (office, holder) in [("IQ.pm", "iq-mustafa-al-kadhimi"), ("IQ.president", "iq-barham-salih"), ("IR.president", "ir-hassan-rouhani")] {
        assert_eq!(lexicon.holder(office, day).map(|i| lexicon.actors[usize::from(i)].id), Some(holder), "{office}");
    }
    assert!(lexicon.holder("IQ.no-such-office", day).is_none());
}

proptest! {
    #[test]
    fn any_word_is_analysed_inside_its_own_bytes(word in prop_oneof![any::<String>(), "[وفبلكسا]{0,4}[ابتدرسعفقكلمنهويء]{1,12}"]) {
        let word = fold(&word);
        for w in Lexicon::shipped().analyse(&word).iter() {
            prop_assert!(word.is_char_boundary(usize::from(w.offset)), "{word} {w:?}");
        }
    }

    #[test]
    fn any_name_has_a_latin_form_without_arabic_letters(name in "[ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئةى]{1,8}( [ابتحدرسعفقكلمنهوي]{1,8})?") {
        let latin = Lexicon::shipped().latin(&name);
        prop_assert!(!latin.contains(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{latin}");
    }
}
