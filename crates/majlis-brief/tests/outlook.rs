//! The forecast of the example, and what it leans on.

#![allow(clippy::unwrap_used)]

mod common;

use majlis_brief::outlook::{Asks, Before, Source, answers};
use majlis_brief::{Form, Lang, render, render_outlook, render_text};
use majlis_model::play::Rules;
use majlis_model::run::{Settings, run};
use majlis_model::standoff::read;
use std::collections::BTreeSet;

const SETTINGS: Settings = Settings { seed: 1, draws: 60 };

#[test]
fn the_forecast_of_the_example_answers_with_probabilities_baselines_and_sources() {
    let inputs = common::example();
    let outlook = common::with_ahead(&inputs).1.outlook;
    assert!(outlook.answers.iter().any(|a| matches!(a.asks, Asks::Settles { .. })));
    assert!(outlook.answers.iter().any(|a| matches!(a.asks, Asks::Holds { days: 30, .. })));
    for a in &outlook.answers {
        let all = [a.probability, a.baseline.1].into_iter().chain(a.others.iter().map(|(_, p)| *p));
        assert!(all.clone().all(|p| (0.0..=1.0).contains(&p)), "{}: {:?}", a.question, all.collect::<Vec<_>>());
        assert!(a.likelihood.is_some());
    }
    let questions: BTreeSet<&str> = outlook.answers.iter().map(|a| a.question.as_str()).collect();
    assert_eq!(questions.len(), outlook.answers.len(), "each question is asked once");
    let leans = outlook.leans.as_ref().unwrap();
    assert!(leans.iter().any(|l| l.without.iter().any(|d| d.source == Source::Unnamed)), "the example's stances rest on unnamed sources");
    for lang in [Lang::English, Lang::Arabic] {
        for form in [Form::Text, Form::Markdown, Form::Html] {
            assert!(render_outlook(&outlook, lang, form).contains("truce:"));
        }
    }
}

#[test]
fn the_example_standoff_gives_an_answer_for_each_motion_truce_threat_and_list() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2021/standoff.toml");
    let standoff = read("standoff.toml", &std::fs::read_to_string(path).unwrap()).unwrap();
    let made = run(&standoff, &Rules::shipped().unwrap(), SETTINGS).unwrap();
    let answers = answers(&standoff, &made);
    for kind in ["issue:", "motion:", "truce:", "attack:", "threat:", "election:"] {
        assert!(answers.iter().any(|a| a.question.starts_with(kind)), "{kind}");
    }
}

#[test]
fn without_a_document_its_copies_stay_one_text_and_without_unnamed_sources_only_named_statements_stay() {
    let inputs = common::example();
    let first = inputs.copies.iter().flatten().next().copied().unwrap() as usize;
    let left = inputs.without(|i| i == first);
    assert_eq!(left.documents.len(), inputs.documents.len() - 1);
    assert!(left.copies.iter().flatten().next().is_none(), "the one copy is now a text of its own");
    let named = inputs.named_only();
    assert!(named.documents.iter().all(|(_, r)| r.statements.iter().all(|s| s.speaker.named)));
    for (_, r) in &named.documents {
        assert!(r.statements.iter().all(|s| s.inside.is_none_or(|i| (i as usize) < r.statements.len())));
        assert!(r.events.iter().all(|e| e.statement.is_none_or(|s| (s as usize) < r.statements.len())));
        assert!(r.stances.iter().all(|s| s.event.is_none_or(|e| (e as usize) < r.events.len())));
    }
}

#[test]
fn a_page_of_html_is_whole_and_every_citation_leads_to_its_words() {
    let (brief, ahead) = common::with_ahead(&common::example());
    for (lang, opening) in [(Lang::English, "<html lang=\"en\" dir=\"ltr\">"), (Lang::Arabic, "<html lang=\"ar\" dir=\"rtl\">")] {
        let html = render(&brief, Some(&ahead), lang, Form::Html);
        assert!(html.contains(opening) && !html.contains("<script") && html.matches("<svg").count() == 8);
        for tag in ["section", "ul", "li", "div", "bdi", "figure", "svg", "p", "table", "tr", "td", "th"] {
            let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        let targets: Vec<&str> = html.split("href=\"#").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
        assert!(targets.len() > 100 && targets.iter().all(|id| html.contains(&format!("id=\"{id}\""))));
    }
    let markdown = render(&brief, Some(&ahead), Lang::Arabic, Form::Markdown);
    assert!(markdown.starts_with("<div dir=\"rtl\"") && markdown.contains("](#d1p2)") && markdown.contains("<a id=\"d1p2\"></a>"));
}

#[test]
fn what_changed_since_the_last_forecast_is_told_whatever_the_day_it_closes() {
    let (brief, mut ahead) = common::with_ahead(&common::example());
    let held = ahead.outlook.answers.iter().find(|a| matches!(a.asks, Asks::Holds { days: 30, .. })).unwrap();
    let (rest, _) = held.question.rsplit_once(':').unwrap();
    let chances = vec![(format!("{rest}:2020-01-01"), 0.01), ("motion:gone".to_owned(), 0.4)];
    ahead.before = Some(Before { run: 7, on: "2021-03-01".parse().unwrap(), chances });
    let text = render_text(&brief, Some(&ahead), Lang::English);
    assert!(text.contains("Against run 7 of the case, made on 1 Mar 2021."), "{text}");
    assert!(text.contains("was 1%, is") && text.contains("asked no more: motion:gone (was 40%)") && text.contains("new: "));
}

#[test]
fn the_seed_article_gives_what_an_analyst_would_look_for() {
    let Some(inputs) = common::seed() else {
        eprintln!("skipped: the benchmark is not on this machine");
        return;
    };
    let (brief, ahead) = common::with_ahead(&inputs);
    let sourcing = &brief.sourcing;
    let share = sourcing.unnamed.statements as f64 / (sourcing.named.statements + sourcing.unnamed.statements) as f64;
    assert!((0.6..0.85).contains(&share), "unnamed share {share}");
    let text = render_text(&brief, Some(&ahead), Lang::English);
    for fact in ["Erbil", "Balad Air Base", "Ain al-Asad", "parliamentary resolution", "Oct 2021"] {
        assert!(text.contains(fact), "{fact}");
    }
    assert!(ahead.standoff.truce.iter().any(|t| t.from.to_string() == "2020-10-01"));
    assert!(brief.bargains.iter().any(|b| b.condition.is_some()), "the bargain over a second term is on a condition");
    for asks in ["ask.vote", "ask.election", "ask.breach", "ask.truce"] {
        assert!(ahead.questions.iter().any(|q| q.asks == asks), "{asks}");
    }
    let keys = ahead.entries.iter().flat_map(|e| e.keys.iter().chain(e.parts.iter().flat_map(|p| &p.keys)));
    let evidence: Vec<_> = keys.flat_map(|k| &k.evidence).collect();
    let lines = &brief.documents[0].lines;
    let stands =
        |e: &&majlis_brief::propose::Evidence| e.words.split(' ').any(|word| word.chars().count() > 2 && lines[e.cite.paragraph as usize].contains(word));
    assert!(!evidence.is_empty() && evidence.iter().all(stands), "an input without words");
}
