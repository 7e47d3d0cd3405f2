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

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(all: &[Row]) -> RecordBatch {
        let mut out = Out::default();
        all.iter().for_each(|row| out.push(0, row).unwrap());
        out.finish().unwrap()
    }

    fn keyed(name: &str, key: &str) -> Row {
        Row::Keyed { name: name.to_owned(), key: key.to_owned() }
    }

    fn labelled(batch: &RecordBatch) -> BTreeMap<String, i32> {
        rows(batch).unwrap().into_iter().filter_map(|row| if let Row::Label { name, to } = row { Some((name, to)) } else { None }).collect()
    }

    #[test]
    fn a_chain_of_keys_brings_its_ends_together_and_who_shares_none_is_left_out() {
        let found =
            links(&batch(&[keyed("a", "1"), keyed("b", "1"), keyed("b", "2"), keyed("c", "2"), keyed("d", "3"), keyed("e", "4"), keyed("f", "4")]), 1000);
        let labels = labelled(&labels(&found.unwrap(), 1000).unwrap());
        assert_eq!((labels["a"], labels["b"]), (labels["c"], labels["c"]));
        assert_eq!(labels["e"], labels["f"]);
        assert_ne!(labels["a"], labels["e"]);
        assert!(!labels.contains_key("d"));
    }

    #[test]
    fn only_what_has_a_label_goes_on() {
        let label = Row::Label { name: "a".to_owned(), to: 7 };
        let texts = ["a", "b"].map(|name| Row::Text { name: name.to_owned(), text: String::new() });
        let met = meet(&batch(&[texts[0].clone(), label, texts[1].clone()]), 8).unwrap();
        assert_eq!(rows(&met).unwrap().iter().map(Row::name).collect::<Vec<_>>(), ["a"]);
        assert_eq!(met.column(0).as_ref(), &arrow_array::Int32Array::from(vec![7]) as &dyn arrow_array::Array);
    }
}
