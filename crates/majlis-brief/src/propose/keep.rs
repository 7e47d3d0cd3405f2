//! A new proposal taken into a file that an analyst has edited: what is theirs stays.

use super::write::{PROPOSED, QUESTIONS};
use std::fmt;
use toml_edit::{DocumentMut, Item, Table};

/// How the file and a new proposal differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Not in the file before; it is now.
    Added {
        /// What: `truce 2020-10-10-factions`.
        what: String,
    },
    /// Changed in the file by nobody, and proposed anew.
    Renewed {
        /// What: `actor iran · stand withdrawal · position`.
        what: String,
        /// Its value in the file before.
        was: String,
        /// Its value now.
        now: String,
    },
    /// The analyst's, and it stays.
    Kept {
        /// What.
        what: String,
        /// Its value.
        yours: String,
        /// What would be proposed.
        proposed: String,
    },
    /// In the file, and the texts no longer give it. It stays.
    NotProposed {
        /// What.
        what: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { what } => write!(f, "added: {what}"),
            Self::Renewed { what, was, now } => write!(f, "renewed: {what}: was {was}, is {now}"),
            Self::Kept { what, yours, proposed } => write!(f, "kept: {what}: yours is {yours}, proposed is {proposed}"),
            Self::NotProposed { what } => write!(f, "no longer proposed, kept: {what}"),
        }
    }
}

/// Takes the file `new` into the file `old`.
pub(super) fn into(old: &str, new: &str) -> Result<(String, Vec<Difference>), String> {
    let parse = |text: &str| text.parse::<DocumentMut>().map_err(|error| error.to_string().trim_end().replace('\n', " "));
    let (mut old, new) = (parse(old)?, parse(new)?);
    let mut differences = Vec::new();
    table(old.as_table_mut(), new.as_table(), "", &mut differences);
    let text = old.trailing().as_str().unwrap_or_default();
    let own = text.find(QUESTIONS).map_or(text, |at| &text[..at]).to_owned();
    let asked = new.trailing().as_str().unwrap_or_default();
    let asked = asked.find(QUESTIONS).map_or("", |at| &asked[at..]);
    let own = own.trim_end();
    let between = if own.is_empty() { "\n" } else { "\n\n" };
    old.set_trailing(format!("{own}{}{asked}", if asked.is_empty() { "" } else { between }));
    Ok((old.to_string(), differences))
}

fn table(old: &mut Table, new: &Table, path: &str, differences: &mut Vec<Difference>) {
    for (name, item) in new {
        let what = step(path, name);
        match (old.get(name), item) {
            (_, Item::ArrayOfTables(_)) => list(old, new, name, path, differences),
            (None, _) => {
                insert(old, new, name);
                differences.push(Difference::Added { what });
            }
            (Some(_), _) => value(old, new, name, what, differences),
        }
    }
}

/// One key that both files have.
fn value(old: &mut Table, new: &Table, name: &str, what: String, differences: &mut Vec<Difference>) {
    let [was, now] = [&*old, new].map(|t| t.get(name).map(bare).unwrap_or_default());
    let proposed = old.key(name).and_then(|k| k.leaf_decor().prefix()).and_then(|p| p.as_str()).and_then(proposed);
    match proposed {
        _ if was == now && proposed.is_none() => {}
        // A name or a reference has no comment that would tell whose it is: what stands in the file stays.
        None => differences.push(Difference::Kept { what, yours: was, proposed: now }),
        Some(before) if before == was => {
            insert(old, new, name);
            if was != now {
                differences.push(Difference::Renewed { what, was, now });
            }
        }
        Some(_) if was == now => {}
        Some(_) => differences.push(Difference::Kept { what, yours: was, proposed: now }),
    }
}

/// The value that the comment above a key says was proposed.
fn proposed(above: &str) -> Option<String> {
    let said = above.lines().rev().find_map(|line| line.trim().strip_prefix(PROPOSED))?;
    said.find(": ").map(|end| without_blanks(&said[..end]))
}

/// A list of tables that the new file has.
fn list(old: &mut Table, new: &Table, name: &str, path: &str, differences: &mut Vec<Difference>) {
    let Some(Item::ArrayOfTables(proposed)) = new.get(name) else { return };
    if !matches!(old.get(name), Some(Item::ArrayOfTables(_))) {
        if old.get(name).is_some() {
            differences.push(Difference::Kept { what: step(path, name), yours: "another form".to_owned(), proposed: "tables".to_owned() });
            return;
        }
        old.insert(name, Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
    }
    let Some(Item::ArrayOfTables(held)) = old.get_mut(name) else { return };
    for one in proposed {
        let id = identity(one);
        let what = step(path, &format!("{name} {id}"));
        let at = held.iter().position(|t| identity(t) == id);
        match at.and_then(|at| held.get_mut(at)) {
            Some(known) => table(known, one, &what, differences),
            None => {
                let mut one = one.clone();
                unplace(&mut one);
                held.push(one);
                differences.push(Difference::Added { what });
            }
        }
    }
    let gone = |t: &&Table| was_proposed(t) && !proposed.iter().any(|one| identity(one) == identity(t));
    differences.extend(held.iter().filter(gone).map(|t| Difference::NotProposed { what: step(path, &format!("{name} {}", identity(t))) }));
}

/// What makes two tables one: the id, else the issue of a stand, else the day and the parties of an incident.
fn identity(table: &Table) -> String {
    let text = |key: &str| table.get(key).map(bare);
    text("id").or_else(|| text("issue")).unwrap_or_else(|| ["date", "by", "against"].into_iter().filter_map(text).collect::<Vec<_>>().join(" "))
}

fn was_proposed(table: &Table) -> bool {
    table.iter().any(|(name, _)| table.key(name).and_then(|k| k.leaf_decor().prefix()).and_then(|p| p.as_str()).and_then(proposed).is_some())
}

/// Puts a key of `new` with the comment above it into `old`, in the place of the one that is there. Comments that no proposal wrote stay.
fn insert(old: &mut Table, new: &Table, name: &str) {
    let Some((key, item)) = new.get_key_value(name) else { return };
    let mut item = item.clone();
    if let Item::Table(table) = &mut item {
        unplace(table);
    }
    let Some((mut held, value)) = old.get_key_value_mut(name) else {
        old.insert_formatted(key, item);
        return;
    };
    let above = |decor: &toml_edit::Decor| decor.prefix().and_then(|p| p.as_str()).unwrap_or_default().to_owned();
    let is_own = |line: &&str| !line.starts_with(PROPOSED) && !line.starts_with("# [") && !line.is_empty();
    let own: String = above(held.leaf_decor()).lines().filter(is_own).map(|line| format!("{line}\n")).collect();
    held.leaf_decor_mut().set_prefix(format!("{own}{}", above(key.leaf_decor())));
    *value = item;
}

/// Forgets where a table and those inside it stood, so that they are written where they now belong.
fn unplace(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => unplace(inner),
            Item::ArrayOfTables(inner) => inner.iter_mut().for_each(unplace),
            _ => {}
        }
    }
}

/// A value without the blanks and comments around it.
fn bare(item: &Item) -> String {
    let mut item = item.clone();
    if let Some(value) = item.as_value_mut() {
        value.decor_mut().clear();
        if let Some(text) = value.as_str() {
            return text.to_owned();
        }
    }
    without_blanks(&item.to_string())
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn step(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path} · {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "\
# mine
name = \"a\"

[[actor]]
id = \"iran\"
# proposed [1, 2, 3]: a rule
# [1¶1] words
# to be checked
influence = [1, 2, 3]
allies = []

[[actor.stand]]
issue = \"x\"
# proposed [4, 5, 6]: a rule
position = [40, 50, 60] # I know better

[[actor]]
id = \"mine\"
influence = 7
";
    const NEW: &str = "\
name = \"a\"

[[actor]]
id = \"iran\"
# proposed [1, 2, 4]: a rule
# [2¶1] other words
influence = [1, 2, 4]

[[actor.stand]]
issue = \"x\"
# proposed [4, 5, 7]: a rule
position = [4, 5, 7]

[[actor]]
id = \"usa\"
# proposed [7, 8, 9]: a rule
influence = [7, 8, 9]

[[truce]]
id = \"t\"

# ---- What the texts leave open ----
#
# ? what
";

    #[test]
    fn what_the_analyst_changed_stays_and_the_rest_is_renewed() {
        let (text, differences) = into(OLD, NEW).unwrap();
        assert!(text.starts_with("# mine\nname"));
        assert!(text.contains("position = [40, 50, 60] # I know better"), "{text}");
        assert!(text.contains("# to be checked\n# proposed [1, 2, 4]: a rule\n# [2¶1] other words\ninfluence = [1, 2, 4]\nallies = []"), "{text}");
        assert!(text.contains("id = \"mine\"\ninfluence = 7"), "{text}");
        let said: Vec<String> = differences.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "renewed: actor iran · influence: was [1, 2, 3], is [1, 2, 4]",
                "kept: actor iran · stand x · position: yours is [40, 50, 60], proposed is [4, 5, 7]",
                "added: actor usa",
                "added: truce t",
            ]
        );
        assert!(text.trim_end().ends_with("# ? what"), "{text}");
    }

    #[test]
    fn the_same_proposal_twice_changes_nothing() {
        let (text, differences) = into(NEW, NEW).unwrap();
        assert_eq!(differences, []);
        assert_eq!(text, NEW);
    }

    #[test]
    fn what_is_no_toml_is_refused() {
        assert!(into("a = = 1", NEW).is_err());
    }
}
