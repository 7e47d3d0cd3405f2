//! The gold records, which of them must stay together, and our own sentences beside them.

use crate::Error;
use crate::svm::{Random, Row};
use majlis_read::detect::features::{NAMESPACES, Sentence, damp};
use majlis_read::detect::word_hashes;
use majlis_text::fold;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

const OWN: &str = include_str!("../../data/detect_sentences.tsv");

/// A sentence with the annotators' judgement and votes.
#[derive(Deserialize, Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) label: String,
    pub(crate) accept: f32,
    pub(crate) reject: f32,
    /// Written for Majlis: learned from, never measured on.
    #[serde(skip)]
    pub(crate) own: bool,
}

impl Record {
    pub(crate) fn positive(&self) -> bool {
        self.label == "yes"
    }

    /// Ambiguous records and own sentences are in no figure.
    pub(crate) fn counts(&self) -> bool {
        self.label != "ambiguous" && !self.own
    }
}

/// A record's features, ready for training, and the group of records it must stay with.
pub(crate) struct Sample {
    pub(crate) record: Record,
    /// Group of features, bucket, value; values of a group have length 1.
    pub(crate) values: Vec<(u8, u32, f32)>,
    /// The words that may name the event: their features, and whether an annotator marked them.
    pub(crate) candidates: Vec<(Row, bool)>,
    pub(crate) group: usize,
}

/// An annotated sentence; only the words of the event are used.
#[derive(Deserialize)]
struct Spans {
    text: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    verb: Vec<String>,
}

/// Reads a task's records and spans (`assault` or `protest`); our own sentences come last.
pub(crate) fn read(folder: &Path, task: &str) -> Result<Vec<Sample>, Error> {
    let load = |name: String| std::fs::read_to_string(folder.join(&name)).map_err(|e| format!("{name}: {e}"));
    let text = load(format!("{task}_dev.jsonl"))?;
    let mut records: Vec<Record> = text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let spans: Vec<Spans> = serde_json::from_str(&load(format!("{task}_spans_dev.json"))?)?;
    let mut marked: HashMap<&str, HashSet<u64>> = HashMap::new();
    for s in &spans {
        let words = s.spans.iter().flat_map(|s| &s.verb).flat_map(|v| word_hashes(v));
        marked.entry(&s.text).or_default().extend(words);
    }
    records.extend(own_sentences(task)?);
    let groups = groups(&records);
    stand_apart(&records, &groups)?;
    let none = HashSet::new();
    let sample = |(record, group): (Record, usize)| {
        let sentence = Sentence::read(&record.text);
        let marks = if record.label == "easy no" { &none } else { marked.get(record.text.as_str()).unwrap_or(&none) };
        let candidates = sentence.candidates().map(|i| {
            let mut buckets = Vec::new();
            sentence.trigger(i, |b| buckets.push((b, 1.0)));
            (buckets, marks.contains(&sentence.word(i)))
        });
        Sample { values: values(&sentence), candidates: candidates.collect(), record, group }
    };
    Ok(records.into_iter().zip(groups).map(sample).collect())
}

fn own_sentences(task: &str) -> Result<Vec<Record>, Error> {
    let mut rows = OWN.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let header = rows.next().map_or("", |(_, line)| line);
    let column = header.split('\t').position(|name| name == task).ok_or("detect_sentences.tsv: no column of this task")?;
    let own = |(i, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let yes = match (cells.len(), cells.get(column)) {
            (3, Some(&"1")) => true,
            (3, Some(&"0")) => false,
            _ => return Err(format!("detect_sentences.tsv, line {}: not 0 or 1, 0 or 1, text", i + 1).into()),
        };
        let (label, accept, reject) = if yes { ("yes", 3.0, 0.0) } else { ("easy no", 0.0, 3.0) };
        Ok(Record { id: format!("{}.own", i + 1), text: cells[2].into(), label: label.into(), accept, reject, own: true })
    };
    rows.map(own).collect()
}

/// An own sentence that is almost a gold record would be learned from where that record is measured on.
fn stand_apart(records: &[Record], groups: &[usize]) -> Result<(), Error> {
    let gold: HashSet<usize> = records.iter().zip(groups).filter(|r| !r.0.own).map(|r| *r.1).collect();
    match records.iter().zip(groups).find(|(r, group)| r.own && gold.contains(group)) {
        Some((r, _)) => Err(format!("detect_sentences.tsv: {} is too near to a gold record: {}", r.id, r.text).into()),
        None => Ok(()),
    }
}

fn values(sentence: &Sentence<'_>) -> Vec<(u8, u32, f32)> {
    let mut v: Vec<(u8, u32, f32)> = sentence.features().map(|f| (f.ns, f.bucket, damp(f.count))).collect();
    v.sort_by_key(|f| (f.0, f.1));
    let mut squares = [0f32; NAMESPACES];
    for f in &v {
        squares[f.0 as usize] += f.2 * f.2;
    }
    for f in &mut v {
        f.2 /= squares[f.0 as usize].sqrt();
    }
    v
}

/// Puts records of one document, and near-duplicates, together: the same words, or 40 % of the shorter one's word triples.
fn groups(records: &[Record]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..records.len()).collect();
    let mut documents = HashMap::new();
    let mut holders: HashMap<[&str; 3], Vec<usize>> = HashMap::new();
    let folded: Vec<String> = records.iter().map(|r| fold(&r.text)).collect();
    let mut sizes = Vec::new();
    for (i, r) in records.iter().enumerate() {
        let document = r.id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_']);
        let first = *documents.entry(document).or_insert(i);
        unite(&mut parent, i, first);
        let triples = triples(&folded[i]);
        sizes.push(triples.len());
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for t in triples {
            let held = holders.entry(t).or_default();
            for &j in held.iter() {
                *shared.entry(j).or_default() += 1;
            }
            held.push(i);
        }
        for (j, n) in shared {
            let small = sizes[i].min(sizes[j]);
            if (n >= 3 && n * 10 >= small * 4) || (n == sizes[i] && n == sizes[j]) {
                unite(&mut parent, i, j);
            }
        }
    }
    (0..records.len()).map(|i| root(&mut parent, i)).collect()
}

fn triples(folded: &str) -> Vec<[&str; 3]> {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut triples: Vec<[&str; 3]> = words.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    if triples.is_empty() {
        triples.push([words.first().copied().unwrap_or(""), words.get(1).copied().unwrap_or(""), ""]);
    }
    triples.sort_unstable();
    triples.dedup();
    triples
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// The smaller index becomes the root, whatever the order.
fn unite(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

/// Splits groups into `k` folds, those with a positive and those without apart. Own sentences are in none of them: their fold is `k`.
pub(crate) fn folds(samples: &[&Sample], k: usize, seed: u64) -> Vec<usize> {
    let mut kinds: BTreeMap<usize, bool> = BTreeMap::new();
    for s in samples.iter().filter(|s| !s.record.own) {
        *kinds.entry(s.group).or_default() |= s.record.positive();
    }
    let mut fold_of = HashMap::new();
    let mut random = Random(seed);
    for kind in [true, false] {
        let mut groups: Vec<usize> = kinds.iter().filter(|g| *g.1 == kind).map(|g| *g.0).collect();
        random.shuffle(&mut groups);
        fold_of.extend(groups.into_iter().enumerate().map(|(i, g)| (g, i % k)));
    }
    samples.iter().map(|s| fold_of.get(&s.group).copied().unwrap_or(k)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, text: &str) -> Record {
        Record { id: id.into(), text: text.into(), label: "yes".into(), accept: 3.0, reject: 0.0, own: false }
    }

    #[test]
    fn documents_and_near_duplicates_stay_together() {
        let g = groups(&[
            record("A.1-1", "قتل ثلاثة جنود في هجوم أمس"),
            record("A.1-2", "كلام آخر تماما لا صلة له"),
            record("B.1-1", "قتل ثلاثة جنود في هجوم قرب المدينة"),
            record("C.1-1", "زار الوزير دمشق"),
        ]);
        assert_eq!(g[0], g[1]);
        assert_eq!(g[0], g[2]);
        assert_ne!(g[0], g[3]);
    }

    #[test]
    fn own_sentences_are_read_for_both_tasks() {
        let [assault, protest] = ["assault", "protest"].map(|task| own_sentences(task).unwrap());
        assert_eq!(assault.len(), protest.len());
        assert!(assault.iter().zip(&protest).any(|(a, p)| a.positive() && !p.positive()));
        assert!(assault.iter().all(|r| r.own && !r.counts() && r.text.chars().count() > 20));
        assert!(own_sentences("text").is_err());
    }

    #[test]
    fn an_own_sentence_must_not_repeat_a_record() {
        let mut records = vec![record("A.1-1", "قتل ثلاثة جنود في هجوم أمس"), record("1.own", "زار الوزير دمشق")];
        records[1].own = true;
        assert!(stand_apart(&records, &groups(&records)).is_ok());
        records[1].text = "قتل ثلاثة جنود في هجوم قرب المدينة".into();
        assert!(stand_apart(&records, &groups(&records)).is_err());
    }
}
