//! The summary of a reading for people.

use majlis_read::{ActorRecord, Record};
use majlis_text::Document;
use std::collections::BTreeMap;
use std::fmt;

/// Characters of a statement that are shown.
const SHOWN: usize = 110;

/// One document's reading, as lines of text. Each paragraph number counts the text's lines from 1.
pub(crate) struct Summary<'r> {
    document: &'r Document,
    record: &'r Record,
    names: BTreeMap<&'r str, &'r str>,
}

/// Words in whatever direction they run, set apart so that they do not turn the line around them.
struct Isolated<'t>(&'t str);

impl fmt::Display for Isolated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\u{2068}")?;
        let mut chars = self.0.chars();
        for c in chars.by_ref().take(SHOWN) {
            write!(f, "{}", if c.is_control() { ' ' } else { c })?;
        }
        f.write_str(if chars.next().is_some() { "…\u{2069}" } else { "\u{2069}" })
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.heading(f)?;
        self.actors(f)?;
        self.statements(f)?;
        self.events(f)?;
        self.stances(f)?;
        self.times(f)?;
        self.places(f)?;
        writeln!(f)
    }
}

impl<'r> Summary<'r> {
    pub(crate) fn new(document: &'r Document, record: &'r Record) -> Self {
        Self { document, record, names: record.actors.iter().map(|a| (a.id.as_str(), a.name_en.as_str())).collect() }
    }

    fn heading(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let r = self.record;
        write!(f, "{}", Isolated(&r.id))?;
        if let Some(outlet) = &r.outlet {
            write!(f, " · {}", Isolated(outlet))?;
        }
        match (r.published, &r.published_inferred) {
            (Some(day), Some(why)) => writeln!(f, " · {day} (inferred: {})", Isolated(why))?,
            (Some(day), None) => writeln!(f, " · {day}")?,
            (None, _) => writeln!(f, " · day of publication unknown")?,
        }
        match &self.document.title {
            Some(title) => writeln!(f, "{}", Isolated(title)),
            None => Ok(()),
        }
    }

    fn actors(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut actors: Vec<&ActorRecord> = self.record.actors.iter().filter(|a| !a.mentions.is_empty()).collect();
        actors.sort_by_key(|a| std::cmp::Reverse(a.mentions.len()));
        title(f, "Actors", actors.len())?;
        for a in actors {
            let about: Vec<&str> = [a.kind, a.sector, a.country].into_iter().filter(|s| !s.is_empty()).collect();
            writeln!(f, "  {:>3}×  {} ({}) {}", a.mentions.len(), a.name_en, about.join(", "), Isolated(&a.name))?;
        }
        Ok(())
    }

    fn statements(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        title(f, "Statements", self.record.statements.len())?;
        for s in &self.record.statements {
            write!(f, "  ¶{:<3} {:8}  ", s.paragraph + 1, format!("{:?}", s.kind).to_lowercase())?;
            match (&s.speaker, &s.described) {
                (Some(id), _) => f.write_str(self.name(id))?,
                (None, Some(words)) => write!(f, "unnamed: {}", Isolated(words))?,
                (None, None) => f.write_str("unnamed")?,
            }
            if let Some(outlet) = &s.told_to {
                write!(f, ", told to {}", self.name(outlet))?;
            }
            writeln!(f, "\n       {}", Isolated(&s.exact))?;
        }
        Ok(())
    }

    fn events(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        title(f, "Events", self.record.events.len())?;
        for e in &self.record.events {
            let when = e.when.map_or_else(|| "undated".to_owned(), |w| w.to_string());
            let kind = [e.kind, e.mode].join(" ");
            write!(f, "  ¶{:<3} {when:21} {:24} {:10} {} → {}", e.paragraph + 1, kind.trim_end(), e.status, self.names(&e.source), self.names(&e.target))?;
            if let Some(place) = &e.place {
                write!(f, ", {place}")?;
            }
            writeln!(f, " {}", Isolated(&e.exact))?;
        }
        Ok(())
    }

    fn stances(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        title(f, "Stances", self.record.stances.len())?;
        for s in &self.record.stances {
            writeln!(f, "  {} {}: {}", self.name(&s.actor), format!("{:?}", s.side).to_lowercase(), Isolated(&s.issue))?;
        }
        Ok(())
    }

    fn times(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        title(f, "Times", self.record.times.len())?;
        for t in &self.record.times {
            let value = t.value.map_or_else(|| "open".to_owned(), |v| v.to_string());
            writeln!(f, "  {value:21} {}", Isolated(&t.exact))?;
        }
        Ok(())
    }

    fn places(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counted: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for p in &self.record.places {
            *counted.entry((&p.name, p.country, p.precision)).or_default() += 1;
        }
        title(f, "Places", counted.len())?;
        for ((name, country, precision), count) in counted {
            writeln!(f, "  {count:>3}×  {name} ({precision}{}{country})", if country.is_empty() { "" } else { ", " })?;
        }
        Ok(())
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).copied().unwrap_or(id)
    }

    fn names(&self, ids: &[String]) -> String {
        match ids {
            [] => "?".to_owned(),
            ids => ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", "),
        }
    }
}

fn title(f: &mut fmt::Formatter<'_>, name: &str, count: usize) -> fmt::Result {
    if count == 0 { Ok(()) } else { writeln!(f, "\n{name} ({count})") }
}
