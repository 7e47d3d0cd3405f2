//! A proposal as a file: TOML with what each entry and each number rests on in comments above it.

use super::keep::{self, Difference};
use super::{Entry, Error, Evidence, Key, Proposal, Question, Value};
use crate::model::{Brief, Range, Voice};
use crate::render::Lang;
use std::fmt::Write;

/// What stands above a number that was proposed, before its value and the rule.
pub(super) const PROPOSED: &str = "# proposed ";
/// The line that opens the questions at the end of the file.
pub(super) const QUESTIONS: &str = "# ---- What the texts leave open ----";

const HEAD: &str = "\
# A standoff proposed from the texts; docs/standoff.md tells what each key means. Change what you know better: a number that differs
# from the one in the comment above it is yours, and stays when majlis propose is run again.
";

impl Proposal {
    /// The proposal as a file, made anew or taken into `existing`, the name and text of a file that is there. `brief` is what the proposal was
    /// made of. With it, what differs from the file.
    ///
    /// # Errors
    /// [`Error::NoDay`] where no document has a day of publication; [`Error::File`] where the existing text is no TOML.
    pub fn write(&self, brief: &Brief, existing: Option<(&str, &str)>) -> Result<(String, Vec<Difference>), Error> {
        let text = self.anew(brief)?;
        match existing {
            None => Ok((text, Vec::new())),
            Some((name, old)) => keep::into(old, &text).map_err(|problem| Error::File { name: name.to_owned(), problem }),
        }
    }

    fn anew(&self, brief: &Brief) -> Result<String, Error> {
        let date = self.date.ok_or(Error::NoDay)?;
        let mut out = HEAD.to_owned();
        key(&mut out, brief, &Key { name: "name", value: Value::Label(self.name.clone()), because: None, evidence: Vec::new() });
        let day = format!("the day of the last of {} documents", brief.documents.len());
        key(&mut out, brief, &Key { name: "date", value: Value::Day(date), because: Some(day), evidence: Vec::new() });
        for one in &self.entries {
            entry(&mut out, brief, one, "");
        }
        questions(&mut out, brief, &self.questions);
        Ok(out)
    }
}

fn entry(out: &mut String, brief: &Brief, entry: &Entry, above: &str) {
    out.push('\n');
    comments(out, brief, &entry.evidence);
    let name = format!("{above}{}", entry.list);
    line(out, &format!("[[{name}]]"));
    for one in &entry.keys {
        key(out, brief, one);
    }
    for part in &entry.parts {
        self::entry(out, brief, part, &format!("{name}."));
    }
}

fn key(out: &mut String, brief: &Brief, key: &Key) {
    let value = value(&key.value);
    if let Some(because) = &key.because {
        line(out, &format!("{PROPOSED}{value}: {}", one_line(because)));
    }
    comments(out, brief, &key.evidence);
    line(out, &format!("{} = {value}", key.name));
}

fn questions(out: &mut String, brief: &Brief, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    line(out, "");
    line(out, QUESTIONS);
    for question in questions {
        line(out, &format!("#\n# ? {}", one_line(&question.say(brief, Lang::English))));
        comments(out, brief, &question.evidence);
    }
}

/// Each piece of evidence on a line: `# [3¶2] outlet, day: «words» · who says so · rule, confidence`.
fn comments(out: &mut String, brief: &Brief, evidence: &[Evidence]) {
    for e in evidence {
        let document = &brief.documents[e.cite.document as usize];
        let mut parts = vec![format!("# [{}¶{}] {}", e.cite.document + 1, e.cite.paragraph + 1, document.id)];
        parts.extend(document.outlet.clone());
        parts.extend(document.published.map(|day| day.to_string()));
        let mut text = format!("{}: «{}»", parts.join(", "), e.words);
        if let Some(voice) = &e.voice {
            let _ = write!(text, " · {}", said_by(brief, voice));
        }
        if let Some((why, sure)) = e.found {
            let _ = write!(text, " · {why}, {sure:.2}");
        }
        line(out, &one_line(&text));
    }
}

fn said_by(brief: &Brief, voice: &Voice) -> String {
    match voice {
        Voice::Actor(who) => brief.actors[*who as usize].name.clone(),
        Voice::Words(words) => words.clone(),
        Voice::Unnamed { words, class, .. } if words.is_empty() => format!("unnamed {class}"),
        Voice::Unnamed { words, class, .. } => format!("unnamed {class} «{words}»"),
    }
}

fn value(value: &Value) -> String {
    let text = |text: &str| toml_edit::Value::from(one_line(text)).to_string();
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    match value {
        Value::Text(words) => text(words),
        Value::Label(label) if label.en == label.ar => text(&label.en),
        Value::Label(label) => format!("{{ en = {}, ar = {} }}", text(&label.en), text(&label.ar)),
        Value::Range(Range { low, mode, high }) => list([low, mode, high].map(|n| format!("{n:.0}")).to_vec()),
        Value::Day(day) => day.to_string(),
        Value::Days(days) => list(days.iter().map(ToString::to_string).collect()),
        Value::Ids(ids) => list(ids.iter().map(|id| text(id)).collect()),
    }
}

/// Words as one line, without the controls that a comment may not hold.
fn one_line(text: &str) -> String {
    crate::batch::plain(text)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
