//! Merging without a case file: the decisions that [`Case::digest`](crate::Case::digest) takes, on what is given in order. A job over
//! many machines gives each only what can meet, and comes to what one case would.

use crate::copies::{self, SHARING, Sketch};
use crate::error::Problem;
use crate::keys::keys;
use crate::names;
use crate::namesakes::{self, COMPANY_DOCUMENTS, Keys, NAMESAKES, Namesake, Seen};
use crate::report::{self, CANDIDATES, LIKE, MEMBERS};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

pub use crate::namesakes::{Named, Verdict};
pub use crate::report::{Place, Report};

/// The bands of a text: only documents that share one can be copies of one story.
pub fn bands(text: &str) -> Vec<i64> {
    Sketch::of(&copies::shingles(&keys(text))).iter().flat_map(Sketch::bands).collect()
}

/// The keys of an actor's name: only actors that share one can be one.
pub fn name_keys(actor: &Named) -> Vec<String> {
    Keys::of(actor).all().map(str::to_owned).collect()
}

/// What tells an actor from others before names are compared: its code and, where that is made of its name, the figures in that.
pub fn identity(code: &str, name: &str, known: bool) -> String {
    if known { code.to_owned() } else { format!("{code} {}", names::figures(name)) }
}

/// The status and the cue by which an event is compared: what is ongoing has happened, and a reason names its cue.
pub fn compared<'a>(status: &'a str, why: &'a str) -> (&'a str, &'a str) {
    (report::real(status), report::cue(why))
}

/// Stories, found in documents given in order.
#[derive(Default)]
pub struct Stories {
    bands: FxHashMap<i64, Vec<i64>>,
    stories: FxHashMap<i64, (Sketch, Vec<u64>)>,
    copies: FxHashMap<i64, i64>,
}

impl Stories {
    /// Takes a document in. Gives the earlier document whose text it carries, and the share of the shorter text that both hold.
    pub fn place(&mut self, document: i64, text: &str) -> Option<(i64, f64)> {
        let shingles = copies::shingles(&keys(text));
        let sketch = Sketch::of(&shingles)?;
        let sharing = sketch.bands().filter_map(|band| self.bands.get(&band)).flat_map(|all| all.iter().rev().take(SHARING));
        let near: BTreeSet<i64> = sharing.map(|document| *self.copies.get(document).unwrap_or(document)).collect();
        let stories = near.into_iter().filter_map(|story| Some((story, &self.stories.get(&story)?.0)));
        let likely = sketch.likely(stories).filter_map(|story| Some((story, &self.stories.get(&story)?.1)));
        let own: FxHashSet<u64> = shingles.iter().copied().collect();
        let found = copies::best(&own, likely);
        for band in sketch.bands() {
            self.bands.entry(band).or_default().push(document);
        }
        match found {
            Some((story, _)) => _ = self.copies.insert(document, story),
            None => _ = self.stories.insert(document, (sketch, shingles)),
        }
        found
    }
}

/// Actors, compared by their names in the order of their first documents.
#[derive(Default)]
pub struct Actors {
    seen: FxHashMap<i64, Known>,
    keys: FxHashMap<String, Vec<i64>>,
    /// Whom each actor goes by, and who goes by it.
    merged: FxHashMap<i64, Vec<i64>>,
}

struct Known {
    actor: Named,
    root: i64,
    company: Vec<(i64, Vec<i64>)>,
}

impl Actors {
    /// Takes an actor in, with the actors of the lexicon that are named in its documents, by the documents' order. Gives the actor that it is
    /// or those that it may be.
    pub fn place(&mut self, actor: &Named, company: Vec<(i64, Vec<i64>)>) -> Vec<Verdict> {
        let (id, keys) = (actor.id, Keys::of(actor));
        self.seen.insert(id, Known { actor: actor.clone(), root: id, company });
        self.merged.insert(id, vec![id]);
        // What is in memory does not fail.
        let verdicts = namesakes::judge(self, actor, &keys).unwrap_or_default();
        if let Some(same) = verdicts.iter().find(|v| v.same) {
            self.merged.remove(&id);
            self.merged.entry(same.into).or_default().push(id);
            if let Some(known) = self.seen.get_mut(&id) {
                known.root = same.into;
            }
        }
        for key in keys.all() {
            let ids = self.keys.entry(key.to_owned()).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        verdicts
    }
}

impl Seen for Actors {
    fn namesakes(&self, of: &Named, key: &str) -> Result<Vec<Namesake>, Problem> {
        let others = self.keys.get(key).into_iter().flatten().filter_map(|id| self.seen.get(id));
        let fits = |a: &Named| a.id != of.id && a.kind == of.kind && (a.country == of.country || a.country.is_empty() || of.country.is_empty());
        let found: BTreeSet<(i64, &str)> = others.filter(|k| fits(&k.actor)).map(|k| (k.root, k.actor.name.as_str())).collect();
        Ok(found.into_iter().take(NAMESAKES).map(|(root, name)| Namesake { root, name: name.to_owned(), whole: names::key(name) }).collect())
    }

    fn company(&self, root: i64) -> Result<BTreeSet<i64>, Problem> {
        let own = self.merged.get(&root).into_iter().flatten().filter_map(|id| self.seen.get(id));
        let mut documents: Vec<&(i64, Vec<i64>)> = own.flat_map(|known| &known.company).collect();
        documents.sort_by_key(|(document, _)| std::cmp::Reverse(*document));
        Ok(documents.into_iter().take(COMPANY_DOCUMENTS).flat_map(|(_, company)| company).copied().filter(|&known| known != root).collect())
    }
}

/// Documents of an actor, the newest, whose company counts: no others need be given.
pub const NEWEST: usize = COMPANY_DOCUMENTS;

/// Happenings, found in events given in order: document by document, as each has them.
#[derive(Default)]
pub struct Happenings {
    keys: FxHashMap<i64, Vec<i64>>,
    first: Vec<Vec<Report>>,
}

impl Happenings {
    /// Takes an event in. Gives the number of its happening, from 0, and how like it is to another report of it, 1 for the first; none where
    /// it lacks a day, or both place and parties.
    pub fn place(&mut self, event: Report) -> Option<(usize, f64)> {
        let keys = event.keys();
        if keys.is_empty() {
            return None;
        }
        let near: BTreeSet<i64> =
            event.lookup().iter().filter_map(|key| self.keys.get(key)).flat_map(|all| all.iter().rev().take(CANDIDATES)).copied().collect();
        let members = near.into_iter().rev().take(CANDIDATES).flat_map(|h| self.first.get(h as usize).into_iter().flatten().map(move |report| (h, report)));
        let (happening, like) = report::best(&event, LIKE, members).unwrap_or((self.first.len() as i64, 1.0));
        for key in keys {
            let all = self.keys.entry(key).or_default();
            if let Err(at) = all.binary_search(&happening) {
                all.insert(at, happening);
            }
        }
        let happening = happening as usize;
        match self.first.get_mut(happening) {
            Some(reports) if reports.len() < MEMBERS => reports.push(event),
            Some(_) => {}
            None => self.first.push(vec![event]),
        }
        Some((happening, like))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn report(document: i64, day: i8, place: i64, parties: &[i64]) -> Report {
        let days = Some((date(2021, 3, day), date(2021, 3, day)));
        let place = Some(Place { id: place, country: "IQ".to_owned(), is_country: false });
        let parties = parties.iter().copied().collect();
        let (kind, mode, status, cue) = ("ASSAULT".to_owned(), String::new(), "happened".to_owned(), "هجوم".to_owned());
        Report { document, kind, mode, status, days, place, parties, cue }
    }

    #[test]
    fn reports_of_one_day_place_and_actor_are_one_happening_and_others_are_not() {
        let mut happenings = Happenings::default();
        assert_eq!(happenings.place(report(1, 3, 7, &[1])), Some((0, 1.0)));
        assert_eq!(happenings.place(report(2, 3, 7, &[1, 2])).map(|h| h.0), Some(0));
        assert_eq!(happenings.place(report(3, 3, 8, &[1])).map(|h| h.0), Some(1), "another town");
        assert_eq!(happenings.place(report(4, 9, 7, &[1])).map(|h| h.0), Some(2), "another day");
        assert_eq!(happenings.place(Report { days: None, ..report(5, 3, 7, &[1]) }), None);
    }

    #[test]
    fn a_copy_is_of_the_first_document_with_its_text() {
        let text: String = (0..60).map(|n| format!("كلمة{n} ")).collect();
        let mut stories = Stories::default();
        assert_eq!(stories.place(1, &text), None);
        assert_eq!(stories.place(2, &format!("بغداد {text}")).map(|s| s.0), Some(1));
        assert_eq!(stories.place(3, &text).map(|s| s.0), Some(1));
        assert_eq!(stories.place(4, "قال الوزير إن الحكومة ترفض القرار"), None);
    }

    #[test]
    fn namesakes_who_keep_other_company_are_asked_about_and_not_merged() {
        let named = |id| Named {
            id,
            name: "سالم العبيدي".to_owned(),
            name_en: "Salim al-Ubaydi".to_owned(),
            kind: "person".to_owned(),
            country: String::new(),
            known: false,
        };
        let mut actors = Actors::default();
        assert_eq!(actors.place(&named(1), vec![(1, vec![100, 101, 102])]), []);
        assert!(actors.place(&named(2), vec![(2, vec![101, 103])])[0].same);
        let third = actors.place(&named(3), vec![(3, vec![200, 201, 202])]);
        assert_eq!(third.iter().map(|v| (v.into, v.same)).collect::<Vec<_>>(), [(1, false)]);
    }
}
