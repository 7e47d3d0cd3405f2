//! Whether two names are one actor's.

use crate::error::Problem;
use crate::names;
use std::collections::BTreeSet;

/// How sure the machine is of two actors whose whole names agree.
const SAME_NAME: f64 = 0.95;
/// And of those of whom only first and last name do, or the romanised consonants.
const SAME_ENDS: f64 = 0.6;
const SAME_CONSONANTS: f64 = 0.5;
/// And of those whose whole names agree but who are never named with the same known actors.
const SAME_NAME_ELSEWHERE: f64 = 0.65;
/// What company adds, in proportion to the share of the smaller that both keep.
const COMPANY: f64 = 0.25;
/// Known actors named beside an actor that make up a company; with fewer nothing is concluded.
const LEAST_COMPANY: usize = 3;
/// Documents of an actor, the newest, in which its company is looked for.
pub(crate) const COMPANY_DOCUMENTS: usize = 20;
/// The most actors of one name that are looked at.
pub(crate) const NAMESAKES: usize = 6;

/// An actor as comparing names sees it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// Its name as texts have it.
    pub name: String,
    /// In English, or romanised.
    pub name_en: String,
    /// What kind of actor.
    pub kind: String,
    /// ISO 3166-1 alpha-2, empty where unknown.
    pub country: String,
    /// Whether the lexicon knows it.
    pub known: bool,
}

/// What comparing an actor with an earlier one comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// The earlier actor.
    pub into: i64,
    /// Whether the two are one; else the analyst is asked.
    pub same: bool,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Why.
    pub why: String,
}

/// An actor under whose name another may be known.
pub(crate) struct Namesake {
    /// What it is merged into, or itself.
    pub(crate) root: i64,
    pub(crate) name: String,
    /// The key of its whole name.
    pub(crate) whole: String,
}

/// The keys of a name.
pub(crate) struct Keys {
    whole: String,
    ends: Option<String>,
    latin: Option<String>,
}

impl Keys {
    pub(crate) fn of(actor: &Named) -> Self {
        let is_person = actor.kind == "person";
        let (ends, latin) = if is_person { (names::ends(&actor.name), names::skeleton(&actor.name_en)) } else { (None, None) };
        Self { whole: names::key(&actor.name), ends, latin }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        [Some(&self.whole), self.ends.as_ref(), self.latin.as_ref()].into_iter().flatten().map(String::as_str)
    }
}

/// The actors seen before.
pub(crate) trait Seen {
    /// Those with a key, of the actor's kind and of no other country: by root and name, no more than [`NAMESAKES`].
    fn namesakes(&self, of: &Named, key: &str) -> Result<Vec<Namesake>, Problem>;
    /// The actors of the lexicon that are named in an actor's newest [`COMPANY_DOCUMENTS`].
    fn company(&self, root: i64) -> Result<BTreeSet<i64>, Problem>;
}

/// Compares an actor with those seen before: one that it is, or those that it may be.
pub(crate) fn judge(seen: &impl Seen, new: &Named, keys: &Keys) -> Result<Vec<Verdict>, Problem> {
    let mut verdicts: Vec<Verdict> = Vec::new();
    // A single word is no name to go by, and the lexicon keeps apart what it knows.
    if new.known || !keys.whole.contains(' ') {
        return Ok(verdicts);
    }
    for other in seen.namesakes(new, &keys.whole)? {
        if other.whole != keys.whole || verdicts.iter().any(|v| v.into == other.root) {
            continue;
        }
        let (shared, smaller) = common_company(seen, new.id, other.root)?;
        if shared == 0 && smaller >= LEAST_COMPANY {
            let why = format!("the same name, but never named with the same actors: {}", other.name);
            verdicts.push(Verdict { into: other.root, same: false, confidence: SAME_NAME_ELSEWHERE, why });
        } else {
            verdicts.push(Verdict { into: other.root, same: true, confidence: SAME_NAME, why: format!("the same name: {}", other.name) });
            break;
        }
    }
    if new.kind != "person" || !verdicts.is_empty() {
        return Ok(verdicts);
    }
    let near = keys.ends.iter().map(|key| (key, SAME_ENDS)).chain([(&keys.whole, SAME_ENDS)]).chain(keys.latin.iter().map(|key| (key, SAME_CONSONANTS)));
    for (key, confidence) in near {
        for other in seen.namesakes(new, key)? {
            if verdicts.iter().any(|v| v.into == other.root) {
                continue;
            }
            let (shared, smaller) = common_company(seen, new.id, other.root)?;
            let share = shared as f64 / smaller.max(LEAST_COMPANY) as f64;
            let why = match shared {
                0 => format!("perhaps the same name: {}", other.name),
                n => format!("perhaps the same name: {}; named with {n} of the same actors", other.name),
            };
            verdicts.push(Verdict { into: other.root, same: false, confidence: confidence + COMPANY * share, why });
        }
    }
    Ok(verdicts)
}

/// How many actors two are both named with, and the size of the smaller company.
fn common_company(seen: &impl Seen, one: i64, other: i64) -> Result<(usize, usize), Problem> {
    let (own, theirs) = (seen.company(one)?, seen.company(other)?);
    Ok((own.intersection(&theirs).count(), own.len().min(theirs.len())))
}
