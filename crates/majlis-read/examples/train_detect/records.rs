#[derive(Deserialize, Clone, Debug)]
pub struct Record {
    pub id: String,
    pub text: String,
    pub label: String,
    pub accept: f32,
    pub reject: f32,
}

impl Record {
    pub fn positive(&self) -> bool {
        self.label == "yes"
    }

    /// Ambiguous records are in no figure.
    pub fn counts(&self) -> bool {
        self.label != "ambiguous"
    }
}

/// A record's features, ready for training, and the group of records it must stay with.
pub struct Sample {
    pub record: Record,
    /// Group, bucket, value; values of a group have length 1.
    values: Vec<(u8, u32, f32)>,
    /// The words that may name the event: their features, and whether an annotator marked them.
    candidates: Vec<(Row, bool)>,
    group: usize,
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

/// Reads a task's records and spans (`assault` or `protest`) from the folder of the gold records.
pub fn read(folder: &Path, task: &str) -> Result<Vec<Sample>, String> {
    let load = |name: String| std::fs::read_to_string(folder.join(&name)).map_err(|e| format!("{name}: {e}"));
    let text = load(format!("{task}_dev.jsonl"))?;
    let records: Result<Vec<Record>, _> = text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect();
    let records = records.map_err(|e| format!("{task}_dev.jsonl: {e}"))?;
    let spans: Vec<Spans> =
        serde_json::from_str(&load(format!("{task}_spans_dev.json"))?).map_err(|e| format!("{task}_spans_dev.json: {e}"))?;
    let mut marked: HashMap<&str, HashSet<u64>> = HashMap::new();
    for s in &spans {
        let words = s.spans.iter().flat_map(|s| &s.verb).flat_map(|v| word_hashes(v));
        marked.entry(&s.text).or_default().extend(words);
    }
    let groups = groups(&records);
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

fn values(sentence: &Sentence) -> Vec<(u8, u32, f32)> {
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
pub fn groups(records: &[Record]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..records.len()).collect();
    let mut documents = HashMap::new();
    let mut holders: HashMap<[&str; 3], Vec<usize>> = HashMap::new();
    let folded: Vec<String> = records.iter().map(|r| fold(&r.text)).collect();
    let mut sizes = Vec::new();
    for (i, r) in records.iter().enumerate() {
        let document = r.id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_']);
        let first = *documents.entry(document).or_insert(i);
        unite(&mut parent, i, first);
        let words: Vec<&str> = folded[i].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let mut triples: HashSet<[&str; 3]> = words.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        if triples.is_empty() {
            triples.insert([words.first().copied().unwrap_or(""), words.get(1).copied().unwrap_or(""), ""]);
        }
        sizes.push(triples.len());
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for t in &triples {
            let held = holders.entry(*t).or_default();
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

/// Splits groups into `k` folds, those with a positive and those without apart.
pub fn folds(samples: &[&Sample], k: usize, seed: u64) -> Vec<usize> {
    let mut kinds: HashMap<usize, bool> = HashMap::new();
    for s in samples {
        *kinds.entry(s.group).or_default() |= s.record.positive();
    }
    let mut fold_of = HashMap::new();
    let mut random = Random(seed);
    for kind in [true, false] {
        let mut groups: Vec<usize> = kinds.iter().filter(|g| *g.1 == kind).map(|g| *g.0).collect();
        groups.sort();
        random.shuffle(&mut groups);
        fold_of.extend(groups.into_iter().enumerate().map(|(i, g)| (g, i % k)));
    }
    samples.iter().map(|s| fold_of[&s.group]).collect()
}

