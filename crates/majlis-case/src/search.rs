//! Full text search over what documents say, with the words around each hit from the original text.
//!
//! A query is words that must all occur. `"two words"` must follow one another, `word*` begins a word, `-word` must not occur, and
//! `OR` stands between alternatives. Arabic spelling variants, the article and attached particles make no difference.

use crate::error::{Problem, Result};
use crate::filter::{Filter, LOCALS, Listed, Page, text};
use crate::keys::{keyed, variants};
use crate::ledger::on_documents;
use crate::store::Case;
use majlis_text::{CodePoints, Folded};
use rayon::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

/// A document in which the words were found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The document's number.
    pub document: i64,
    /// Its name.
    pub name: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its day of publication, YYYY-MM-DD.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// How often the words occur in its text; 0 where only the headline has them.
    pub occurrences: usize,
    /// The first places where they do.
    pub lines: Vec<Kwic>,
}

/// A key word in its context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kwic {
    /// First code point of the words.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Line of the text, from 0.
    pub paragraph: u32,
    /// What stands before them in the line.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after them in the line.
    pub after: String,
}

/// Places shown of one document.
const LINES: usize = 3;
/// Characters of context on either side.
const CONTEXT: usize = 60;

impl Case {
    /// Documents that hold the words, the best first. All filters: with actor, named, type, status or place, the words must stand in a statement
    /// or paragraph that meets them, or, where they do not ask for one, in a document that does.
    ///
    /// # Errors
    /// [`Problem::Refused`] for a query without words to look for; what the disk says.
    pub fn search(&self, query: &str, filter: &Filter, page: Page) -> Result<Listed<Hit>> {
        self.read(|db| {
            let query = Query::parse(query).map_err(Problem::Refused)?;
            let mut conditions = on_documents(filter);
            let join = if conditions.is_empty() { "" } else { " JOIN live_document d ON d.id = words.rowid" };
            conditions.and("words MATCH ?", [text(&query.fts())]);
            let from = format!("FROM words{join}{}", conditions.sql());
            let total: i64 = db.prepare_cached(&format!("SELECT count(*) {from}"))?.query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
            // Only the texts of the page are unpacked, not those of all that are ranked.
            let sql = format!(
                "SELECT d.id, d.name, (SELECT o.name FROM outlet o WHERE o.id = d.outlet), d.published, d.title, d.text
                 FROM (SELECT words.rowid AS document, bm25(words, 3.0, 1.0) AS rank {from} ORDER BY 2, 1 LIMIT ? OFFSET ?) hit
                 CROSS JOIN live_document d ON d.id = hit.document ORDER BY hit.rank, d.id"
            );
            let values: Vec<Value> = conditions.values.into_iter().chain(page.values()).collect();
            let mut statement = db.prepare_cached(&sql)?;
            let found = statement.query_map(params_from_iter(values), |row| {
                Ok((
                    Hit {
                        document: row.get(0)?,
                        name: row.get(1)?,
                        outlet: row.get(2)?,
                        published: row.get(3)?,
                        title: row.get(4)?,
                        occurrences: 0,
                        lines: Vec::new(),
                    },
                    row.get::<_, String>(5)?,
                ))
            })?;
            let mut rows = Vec::new();
            for row in found {
                let (hit, text) = row?;
                let within = within(db, hit.document, filter)?;
                rows.push((hit, text, within));
            }
            let rows = rows.into_par_iter().map(|(mut hit, text, within)| {
                let points = CodePoints::new(&text);
                let places = query.places(&text, &points, within.as_deref());
                hit.occurrences = places.len();
                hit.lines = places.into_iter().take(LINES).map(|(from, to)| kwic(&text, &points, from, to)).collect();
                hit
            });
            Ok(Listed { total: total.unsigned_abs(), rows: rows.collect() })
        })
    }
}

/// The stretches of a document in which words count, in code points; `None` where all of it does: the statements of the kind and
/// speaker asked for.
fn within(db: &Connection, document: i64, filter: &Filter) -> std::result::Result<Option<Vec<(u32, u32)>>, Problem> {
    let Some(named) = filter.named else { return Ok(None) };
    let speaker = if filter.actor.is_some() { format!(" AND (speaker IN ({LOCALS}) OR side IN ({LOCALS}))") } else { String::new() };
    let sql = format!("SELECT start, end FROM live_statement WHERE document = ? AND named = ?{speaker}");
    let values: Vec<Value> =
        [document.into(), i64::from(named).into()].into_iter().chain(filter.actor.iter().flat_map(|a| [(*a).into(), (*a).into()])).collect();
    let spans = db.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(spans))
}

/// What is looked for: of each group at least one term, of the others none.
#[derive(Debug, PartialEq)]
struct Query {
    groups: Vec<Vec<Term>>,
    without: Vec<Term>,
}

/// Words in a row.
#[derive(Debug, PartialEq)]
struct Term {
    keys: Vec<String>,
    /// Whether the last key is only the beginning of a word.
    begins: bool,
}

impl Query {
    fn parse(query: &str) -> std::result::Result<Self, String> {
        let (mut groups, mut without) = (Vec::<Vec<Term>>::new(), Vec::new());
        let mut joins = false;
        for (part, is_phrase) in parts(query) {
            let is_negative = !is_phrase && part.starts_with('-');
            if !is_phrase && part == "OR" {
                joins = !groups.is_empty();
                continue;
            }
            let folded = Folded::new(part);
            let keys: Vec<String> = keyed(&folded).map(|(_, key)| key.to_owned()).collect();
            if keys.is_empty() {
                continue;
            }
            let term = Term { keys, begins: !is_phrase && part.ends_with('*') };
            match (is_negative, joins, groups.last_mut()) {
                (true, _, _) => without.push(term),
                (false, true, Some(group)) => group.push(term),
                _ => groups.push(vec![term]),
            }
            joins = false;
        }
        if groups.is_empty() { Err("there is no word to look for".to_owned()) } else { Ok(Self { groups, without }) }
    }

    /// The query as FTS5 reads it.
    fn fts(&self) -> String {
        let group = |terms: &Vec<Term>| format!("({})", terms.iter().map(Term::fts).collect::<Vec<_>>().join(" OR "));
        let mut fts = self.groups.iter().map(group).collect::<Vec<_>>().join(" AND ");
        for term in &self.without {
            fts = format!("({fts}) NOT ({})", term.fts());
        }
        fts
    }

    /// Where the terms stand in a text, in bytes, in order, none inside another.
    fn places(&self, text: &str, points: &CodePoints<'_>, within: Option<&[(u32, u32)]>) -> Vec<(usize, usize)> {
        let folded = Folded::new(text);
        let words: Vec<_> = keyed(&folded).collect();
        let counts = |from: u32, to: u32| within.is_none_or(|spans| spans.iter().any(|(a, b)| *a <= points.at(from) && points.at(to) <= *b));
        let terms: Vec<(&Term, Vec<Vec<String>>)> = self.groups.iter().flatten().map(|t| (t, t.variants())).collect();
        let mut places = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let length = terms.iter().filter(|(term, variants)| term.stands(variants, &words[at..])).map(|(term, _)| term.keys.len()).max();
            if let Some(length) = length {
                let (from, to) = (words[at].0.start(), words[at + length - 1].0.end());
                if counts(from, to) {
                    places.push((from as usize, to as usize));
                }
            }
            at += length.unwrap_or(1);
        }
        places
    }
}

impl Term {
    /// For each key in a row, the forms in which it may stand: only the first may have particles attached.
    fn variants(&self) -> Vec<Vec<String>> {
        self.keys.iter().enumerate().map(|(i, key)| if i == 0 { variants(key) } else { vec![key.clone()] }).collect()
    }

    fn fts(&self) -> String {
        let rest: String = self.keys[1..].iter().map(|key| format!(" {key}")).collect();
        let star = if self.begins { "*" } else { "" };
        // Keys are letters and digits, so nothing in them can end the quotation.
        variants(&self.keys[0]).iter().map(|first| format!("\"{first}{rest}\"{star}")).collect::<Vec<_>>().join(" OR ")
    }

    fn stands(&self, variants: &[Vec<String>], words: &[(majlis_text::Span, &str)]) -> bool {
        let last = variants.len() - 1;
        words.len() > last
            && variants.iter().zip(words).enumerate().all(|(i, (forms, (_, word)))| {
                if self.begins && i == last { forms.iter().any(|f| word.starts_with(f.as_str())) } else { forms.iter().any(|f| f == word) }
            })
    }
}

/// A query cut at spaces, what stands in quotation marks in one piece.
fn parts(query: &str) -> Vec<(&str, bool)> {
    const MARKS: [char; 6] = ['"', '“', '”', '«', '»', '„'];
    let mut parts = Vec::new();
    for (i, piece) in query.split(MARKS).enumerate() {
        if i % 2 == 1 {
            parts.push((piece, true));
        } else {
            parts.extend(piece.split_whitespace().map(|word| (word, false)));
        }
    }
    parts
}

/// The words at bytes `from..to` with what stands around them in their line.
fn kwic(text: &str, points: &CodePoints<'_>, from: usize, to: usize) -> Kwic {
    let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let (before, after) = (&text[line..from], &text[to..end]);
    let left = before.char_indices().rev().nth(CONTEXT).map(|(at, _)| at);
    let left = left.map_or(0, |at| before[at..].find(' ').map_or(at, |space| at + space + 1));
    let right = after.char_indices().nth(CONTEXT).map(|(at, _)| at);
    let right = right.map_or(after.len(), |at| after[..at].rfind(' ').unwrap_or(at));
    Kwic {
        start: points.at(from as u32),
        end: points.at(to as u32),
        paragraph: text[..line].matches('\n').count() as u32,
        before: format!("{}{}", if left > 0 { "…" } else { "" }, &before[left..]),
        words: text[from..to].to_owned(),
        after: format!("{}{}", &after[..right], if right < after.len() { "…" } else { "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(query: &str, text: &str) -> Vec<String> {
        Query::parse(query).unwrap().places(text, &CodePoints::new(text), None).into_iter().map(|(a, b)| text[a..b].to_owned()).collect()
    }

    #[test]
    fn words_are_met_in_every_spelling_and_with_particles() {
        let text = "في ألأنبار ومن الأنبار، بالأنبار والأنبار للأنبار. وأحمد لاحمد";
        assert_eq!(places("الانبار", text), ["ألأنبار", "الأنبار", "بالأنبار", "والأنبار", "للأنبار"]);
        assert_eq!(places("أحمد", text), ["وأحمد", "لاحمد"]);
        assert_eq!(places("لجنة", "إحالته للجنة واللجنة"), ["للجنة", "واللجنة"]);
    }

    #[test]
    fn phrases_beginnings_and_alternatives() {
        let text = "قال مجلس النواب إن مجلساً للنواب سيجتمعون";
        assert_eq!(places("\"مجلس النواب\"", text), ["مجلس النواب"]);
        assert_eq!(places("«مجلس النواب»", text), ["مجلس النواب"]);
        assert_eq!(places("سيجتمع*", text), ["سيجتمعون"]);
        assert_eq!(places("قال OR سيجتمع*", text), ["قال", "سيجتمعون"]);
    }

    #[test]
    fn a_query_without_words_is_refused() {
        for query in ["", "  ", "\"\"", "-قال", "؟!", "OR"] {
            assert!(Query::parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn context_stays_in_the_line() {
        let text = "سطر أول\nقال مجلس النواب إن\nسطر";
        let from = text.find("مجلس").unwrap();
        let line = kwic(text, &CodePoints::new(text), from, from + "مجلس".len());
        assert_eq!((line.before.as_str(), line.words.as_str(), line.after.as_str(), line.paragraph), ("قال ", "مجلس", " النواب إن", 1));
        assert_eq!(text.chars().skip(line.start as usize).take((line.end - line.start) as usize).collect::<String>(), "مجلس");
    }

    proptest::proptest! {
        #[test]
        fn any_query_on_any_text_is_answered(query in "\\PC{0,40}", text in "\\PC{0,200}") {
            if let Ok(query) = Query::parse(&query) {
                let points = CodePoints::new(&text);
                for (from, to) in query.places(&text, &points, None) {
                    let line = kwic(&text, &points, from, to);
                    proptest::prop_assert_eq!(&line.words, &text[from..to]);
                }
                query.fts();
            }
        }
    }
}
