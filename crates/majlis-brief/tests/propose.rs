//! What is proposed of the example, and of the seed article of the benchmark where it is there.

#![allow(clippy::unwrap_used)]

mod common;

use common::{example, seed};
use majlis_brief::propose::Difference;
use majlis_brief::{Brief, Inputs, brief};
use majlis_model::standoff::read;

fn proposed(inputs: &Inputs) -> (Brief, String) {
    let brief = brief(inputs);
    let (text, differences) = brief.propose().write(&brief, None).unwrap();
    assert_eq!(differences, []);
    (brief, text)
}

/// Every number and day has a rule above it, and every one but the standoff's own day has words.
fn assert_all_rest_on_words(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        let is_number = value.starts_with('[') || value.starts_with(|c: char| c.is_ascii_digit());
        if is_number {
            let above: Vec<&str> = lines[..at].iter().rev().take_while(|l| l.starts_with("# ")).copied().collect();
            assert!(above.iter().any(|l| *l.strip_prefix("# proposed ").and_then(|l| l.split(": ").next()).unwrap_or_default() == *value), "{line}");
            assert!(name == "date" && at < 8 || above.iter().any(|l| l.starts_with("# [") && l.contains('«')), "{line}");
        }
    }
}

#[test]
fn the_proposal_of_the_example_is_a_standoff_and_every_number_rests_on_words() {
    let (_, text) = proposed(&example());
    let standoff = read("proposal", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert!(!standoff.issue.is_empty() && !standoff.truce.is_empty() && !standoff.incident.is_empty());
    assert_all_rest_on_words(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn the_proposal_of_the_seed_article_is_a_standoff_and_every_number_rests_on_words() {
    let Some(inputs) = seed() else { return };
    let (_, text) = proposed(&inputs);
    read("proposal", &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_all_rest_on_words(&text);
}

#[test]
fn what_an_analyst_edited_is_kept_when_it_is_proposed_again() {
    let (brief, text) = proposed(&example());
    let (again, differences) = brief.propose().write(&brief, Some(("s.toml", &text))).unwrap();
    assert_eq!((again.as_str(), differences), (text.as_str(), Vec::new()));
    let at = text.find("salience = [").unwrap();
    let end = at + text[at..].find('\n').unwrap();
    let edited = format!("{}salience = [61, 62, 63] # ours{}", &text[..at], &text[end..]);
    let (kept, differences) = brief.propose().write(&brief, Some(("s.toml", &edited))).unwrap();
    assert_eq!(kept, edited);
    assert!(matches!(&differences[..], [Difference::Kept { yours, .. }] if yours == "[61, 62, 63]"), "{differences:?}");
}

#[test]
fn documents_without_a_day_or_a_word_give_no_standoff() {
    let none = brief(&Inputs::default());
    assert!(none.propose().write(&none, None).unwrap_err().to_string().contains("day of publication"));
}
