//! What the texts leave open, as a question in words.

use super::{Question, Said};
use crate::model::{Brief, Who};
use crate::render::{Lang, edtf, fill, say};

impl Question {
    /// The question in words. Names that are written in other letters than the language's are not set apart.
    #[must_use]
    pub fn say(&self, brief: &Brief, lang: Lang) -> String {
        let values: Vec<(&str, String)> = self.values.iter().map(|(place, said)| (*place, words(said, brief, lang))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(place, value)| (*place, value.as_str())).collect();
        fill(lang, self.asks, &values)
    }
}

fn words(said: &Said, brief: &Brief, lang: Lang) -> String {
    match said {
        Said::Who(who) if who.is_empty() => say(lang, "somebody").to_owned(),
        Said::Who(who) => who.iter().map(|&w| name(brief, w, lang)).collect::<Vec<_>>().join(say(lang, "and")),
        Said::Words(words) => words.clone(),
        Said::When(when) => when.map_or_else(|| say(lang, "no.day").to_owned(), |when| edtf(lang, when)),
        Said::Place(None) => say(lang, "no.place").to_owned(),
        Said::Place(Some(place)) if lang == Lang::Arabic && !place.name_ar.is_empty() => place.name_ar.clone(),
        Said::Place(Some(place)) => place.name.clone(),
        Said::Source([en, ar]) => if lang == Lang::Arabic { ar } else { en }.to_string(),
        Said::Status(status) => say(lang, &format!("status.{}", status.code())).to_owned(),
    }
}

fn name(brief: &Brief, who: Who, lang: Lang) -> String {
    let actor = &brief.actors[who as usize];
    if lang == Lang::Arabic || actor.name_en.is_empty() { actor.name.clone() } else { actor.name_en.clone() }
}
