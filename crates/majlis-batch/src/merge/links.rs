//! What shares keys, however many steps apart, comes together.

use super::row::{Out, Row, bucket, rows};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use std::collections::{BTreeMap, HashMap};

/// From keyed names, all of a key together: the first of a key linked with each other.
pub(super) fn links(batch: &RecordBatch, _: i32) -> Result<RecordBatch, ArrowError> {
    let mut of_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(batch)? {
        if let Row::Keyed { name, key } = row {
            of_key.entry(key).or_default().push(name);
        }
    }
    let mut out = Out::default();
    for mut names in of_key.into_values() {
        names.sort_unstable();
        names.dedup();
        if let Some((one, others)) = names.split_first() {
            for other in others {
                out.push(0, &Row::Link { one: one.clone(), other: other.clone() })?;
            }
        }
    }
    out.finish()
}

/// From all links: for each name, where those that it is linked with come together. This step sees them all: it is for one machine.
pub(super) fn labels(batch: &RecordBatch, buckets: i32) -> Result<RecordBatch, ArrowError> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut parents: Vec<usize> = Vec::new();
    for row in rows(batch)? {
        if let Row::Link { one, other } = row {
            let [one, other] = [one, other].map(|name| {
                let number = *numbers.entry(name).or_insert(parents.len());
                if number == parents.len() {
                    parents.push(number);
                }
                number
            });
            let (one, other) = (root(&mut parents, one), root(&mut parents, other));
            parents[one.max(other)] = one.min(other);
        }
    }
    let mut names: Vec<(String, usize)> = numbers.into_iter().collect();
    names.sort_unstable();
    let mut out = Out::default();
    for (name, number) in names {
        let to = (root(&mut parents, number) % buckets.max(1).unsigned_abs() as usize) as i32;
        out.push(bucket(&name, buckets), &Row::Label { name, to })?;
    }
    out.finish()
}

fn root(parents: &mut [usize], mut of: usize) -> usize {
    while parents[of] != of {
        parents[of] = parents[parents[of]];
        of = parents[of];
    }
    of
}

/// From rows and labels, all of a name together: the rows that have a label, each for its bucket.
pub(super) fn meet(batch: &RecordBatch, _: i32) -> Result<RecordBatch, ArrowError> {
    let rows = rows(batch)?;
    let labels: HashMap<&str, i32> = rows.iter().filter_map(|row| if let Row::Label { name, to } = row { Some((name.as_str(), *to)) } else { None }).collect();
    let mut out = Out::default();
    for row in rows.iter().filter(|row| !matches!(row, Row::Label { .. })) {
        if let Some(to) = labels.get(row.name()) {
            out.push(*to, row)?;
        }
    }
    out.finish()
}
