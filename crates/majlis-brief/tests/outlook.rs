//! The forecast of the example, and what it leans on.

#![allow(clippy::unwrap_used)]

mod common;

use majlis_brief::outlook::{Asks, Outlook, Source, answers, leans};
use majlis_brief::{Form, Inputs, Lang, brief, render, render_outlook};
use majlis_model::play::Rules;
use majlis_model::run::{Settings, run};
use majlis_model::standoff::read;
use std::collections::BTreeSet;

const SETTINGS: Settings = Settings { seed: 1, draws: 60 };

fn outlook(inputs: &Inputs) -> Outlook {
    let brief = brief(inputs);
    let standoff = read("proposal", &brief.propose().write(&brief, None).unwrap().0).unwrap();
    let made = run(&standoff, &Rules::shipped().unwrap(), SETTINGS).unwrap();
    Outlook::new(&standoff, &made, Some(leans(inputs, SETTINGS.seed)))
}

#[test]
fn the_forecast_of_the_example_answers_with_probabilities_baselines_and_sources() {
    let inputs = common::example();
    let outlook = outlook(&inputs);
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
    let brief = brief(&common::example());
    for (lang, opening) in [(Lang::English, "<html lang=\"en\" dir=\"ltr\">"), (Lang::Arabic, "<html lang=\"ar\" dir=\"rtl\">")] {
        let html = render(&brief, None, lang, Form::Html);
        assert!(html.contains(opening) && !html.contains("<script") && html.matches("<svg").count() == 3);
        for tag in ["section", "ul", "li", "div", "bdi", "figure", "svg", "p"] {
            let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        let targets: Vec<&str> = html.split("href=\"#").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
        assert!(targets.len() > 100 && targets.iter().all(|id| html.contains(&format!("id=\"{id}\""))));
    }
    let markdown = render(&brief, None, Lang::Arabic, Form::Markdown);
    assert!(markdown.starts_with("<div dir=\"rtl\"") && markdown.contains("](#d1p2)") && markdown.contains("<a id=\"d1p2\"></a>"));
}
