//! Decides whom each candidate names, and joins the mentions of one actor inside a document.

use crate::mentions::{Candidate, Found, Identity, PlaceCandidate, PlaceId, leadership};
use crate::reading::{Actor, ActorIx, Mention, MentionForm};
use crate::scan::Scan;
use jiff::civil::Date;
use majlis_lexicon::{ActorKind, Entry, State, WordId};
use rustc_hash::FxHashMap;

/// The actors of a document, and the index of the actor of each kept candidate.
pub(crate) struct Resolved {
    pub(crate) actors: Vec<Actor>,
    pub(crate) mentions: Vec<Mention>,
    /// For each mention its tokens and candidate.
    pub(crate) tokens: Vec<(u32, u32)>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) nested: Vec<bool>,
    /// The state most spoken of, as an index into the lexicon's states.
    pub(crate) country: Option<u16>,
}

/// Words that stand for the armed group spoken of last, whatever its own name begins with.
const ANY_SUCH: [&str; 8] = ["التنظيم", "الجماعه", "الميليشيا", "المليشيا", "الميلشيا", "الميليشيات", "المليشيات", "للتنظيم"];

/// How heads begin that name whoever rebels, named before or not.
const REBELS: [&str; 3] = ["متمرد", "انفصالي", "ثوار"];

/// How many names with the same first part are looked at, so that a long text costs no more a word than a short one.
const LOOK_BACK: usize = 200;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Known(u16),
    State(u16),
    Organ(u16, Option<u16>, String),
    Office(u16, Option<u16>),
    Name(String),
}

struct Resolver<'s, 'd> {
    scan: &'s Scan<'d>,
    published: Option<Date>,
    country: Option<u16>,
    /// How often the text names or describes each state.
    votes: &'s [u32],
    actors: Vec<Actor>,
    keys: FxHashMap<Key, ActorIx>,
    parts: FxHashMap<WordId, ActorIx>,
    /// Name parts as written.
    written_parts: FxHashMap<String, ActorIx>,
    heads: FxHashMap<WordId, ActorIx>,
    /// The latest body that begins with any form of a head.
    headed: FxHashMap<u16, ActorIx>,
    offices: FxHashMap<(u16, Option<u16>), ActorIx>,
    titles: FxHashMap<(WordId, Option<u16>), ActorIx>,
    /// The mentions by title and name of each, as tokens.
    titled: FxHashMap<ActorIx, Vec<(u32, u32)>>,
    /// Who has a title that begins with a word, as written and without its article.
    first_words: FxHashMap<String, Vec<ActorIx>>,
    organs: FxHashMap<u16, ActorIx>,
    legislatures: FxHashMap<&'static str, ActorIx>,
    envoy: Option<ActorIx>,
    /// Who once held an office that begins with a word: الرئيس السابق.
    former: FxHashMap<String, ActorIx>,
    latest: FxHashMap<ActorKind, ActorIx>,
    /// The armed group that the document names most, and how often it names each by name.
    main_group: Option<ActorIx>,
    counts: Vec<u32>,
    /// Names met so far, by their first part.
    names: FxHashMap<String, Vec<(Vec<String>, ActorIx)>>,
}

pub(crate) fn resolve(scan: &Scan<'_>, found: &Found, published: Option<Date>) -> Resolved {
    let candidates = &found.mentions;
    let country = main_country(scan, candidates, &found.places);
    let mut r = Resolver {
        scan,
        published,
        country,
        votes: &found.votes,
        actors: Vec::new(),
        keys: FxHashMap::default(),
        parts: FxHashMap::default(),
        written_parts: FxHashMap::default(),
        heads: FxHashMap::default(),
        headed: FxHashMap::default(),
        offices: FxHashMap::default(),
        titles: FxHashMap::default(),
        titled: FxHashMap::default(),
        first_words: FxHashMap::default(),
        organs: FxHashMap::default(),
        legislatures: FxHashMap::default(),
        envoy: None,
        former: FxHashMap::default(),
        latest: FxHashMap::default(),
        main_group: None,
        counts: Vec::new(),
        names: FxHashMap::default(),
    };
    // Names first, so that a title alone can stand before the name that it goes with; and of names those of one word last that none before
    // them tells: اللواء الدروبي, and further on اللواء مازن الدروبي.
    let mut named: Vec<Option<ActorIx>> = vec![None; candidates.len()];
    let mut alone: Vec<usize> = Vec::new();
    for (at, c) in candidates.iter().enumerate() {
        match c.identity {
            Identity::Person { name } if name.1 == name.0 + 1 && r.part(name.0 as usize).is_none() => alone.push(at),
            Identity::Known(_) | Identity::Person { .. } => named[at] = r.named(c),
            _ => {}
        }
    }
    for at in alone {
        named[at] = r.named(&candidates[at]);
    }
    for (c, ix) in candidates.iter().zip(&named) {
        if let Some(ix) = *ix {
            r.bind_title(c, ix);
        }
    }
    r.counts = vec![0; r.actors.len()];
    for ix in named.iter().flatten() {
        r.counts[*ix as usize] += 1;
    }
    let groups = (0..r.actors.len() as ActorIx).filter(|&ix| r.actors[ix as usize].kind == ActorKind::ArmedGroup);
    r.main_group = groups.max_by_key(|&ix| (r.counts[ix as usize], std::cmp::Reverse(ix)));
    // Then everything in text order; short forms look back, so what they look at is built up again.
    r.parts.clear();
    r.heads.clear();
    r.headed.clear();
    for (c, slot) in candidates.iter().zip(&mut named) {
        if slot.is_none() {
            *slot = r.actor_of(c);
        }
        if let Some(ix) = *slot {
            r.note(c, ix);
        }
    }
    let mut out = Resolved { actors: Vec::new(), mentions: Vec::new(), tokens: Vec::new(), identities: Vec::new(), nested: Vec::new(), country };
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&i| (candidates[i].first, std::cmp::Reverse(candidates[i].last)));
    for i in order {
        let (c, Some(actor)) = (&candidates[i], named[i]) else { continue };
        out.mentions.push(Mention { span: scan.span(c.first as usize, c.last as usize), actor, form: c.form, confidence: c.confidence, why: c.why });
        out.tokens.push((c.first, c.last));
        out.identities.push(c.identity);
        out.nested.push(c.nested);
    }
    out.actors = r.actors;
    out
}

/// The state that names, adjectives and places point to most.
fn main_country(scan: &Scan<'_>, candidates: &[Candidate], places: &[PlaceCandidate]) -> Option<u16> {
    let lexicon = scan.lexicon;
    let mut votes: FxHashMap<&'static str, u32> = FxHashMap::default();
    let mut vote = |country: &'static str, n: u32| {
        if !country.is_empty() {
            *votes.entry(country).or_default() += n;
        }
    };
    for c in candidates {
        match c.identity {
            // القوات الأميركية may be anywhere.
            Identity::Known(i) if lexicon.actors[i as usize].sector == "MIL" => vote(lexicon.actors[i as usize].country, 1),
            Identity::Known(i) => vote(lexicon.actors[i as usize].country, 2),
            Identity::State(s) => vote(lexicon.states[s as usize].iso2, 1),
            Identity::Organ { country: Some(s), .. } | Identity::Office { country: Some(s), .. } | Identity::Title { country: Some(s), .. } => {
                vote(lexicon.states[s as usize].iso2, 2);
            }
            _ => {}
        }
    }
    for p in places {
        match p.at {
            PlaceId::Place(i) => vote(lexicon.places[i as usize].country, 2),
            PlaceId::State(s) | PlaceId::Capital(s) => vote(lexicon.states[s as usize].iso2, 2),
            PlaceId::Unlisted(_) => {}
        }
    }
    let mut named = vec![false; scan.len()];
    for c in candidates.iter().filter(|c| matches!(c.identity, Identity::Known(_))) {
        named[c.first as usize..c.last as usize].fill(true);
    }
    for m in scan.all() {
        // The adjective in a body's name has voted with it.
        if let Entry::Nisba { index, .. } = m.entry
            && !named[m.first as usize]
        {
            vote(lexicon.states[index as usize].iso2, 1);
        }
    }
    let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    lexicon.state_index(best.0)
}

impl Resolver<'_, '_> {
    /// The actor of a candidate that is named, noted for the short forms after it.
    fn named(&mut self, c: &Candidate) -> Option<ActorIx> {
        let ix = self.actor_of(c)?;
        self.note(c, ix);
        Some(ix)
    }

    /// The person met so far of whose name token `t` is a part.
    fn part(&self, t: usize) -> Option<ActorIx> {
        let word = self.scan.analyses(t).iter().find_map(|w| self.parts.get(&w.form.word()));
        let written = self.scan.form(t);
        let bare = written.strip_prefix(['و', 'ل', 'ب', 'ف']).unwrap_or(written);
        word.or_else(|| self.written_parts.get(written)).or_else(|| self.written_parts.get(bare)).copied()
    }

    fn actor_of(&mut self, c: &Candidate) -> Option<ActorIx> {
        let lexicon = self.scan.lexicon;
        match c.identity {
            Identity::Known(index) => Some(self.known(index)),
            Identity::State(index) => Some(self.state(index)),
            Identity::Organ { organ, country, of } => self.organ(organ, country, of),
            Identity::Office { office, country } => self.office(office, country, c),
            Identity::Title { head, country } => self.title(head, country, c),
            Identity::Person { name } => Some(self.person(c, name)),
            Identity::Body { head, .. } => Some(self.body(c, head)),
            Identity::Short { head, word } => {
                let kind = lexicon.heads[head as usize].kind;
                let any_such = ANY_SUCH.contains(&self.scan.bare(c.first as usize));
                // مليشيات الحوثي, then الميليشيات
                let such = || self.headed.get(&head).or_else(|| self.latest.get(&kind)).copied();
                let found = self.heads.get(&word).copied().or_else(|| if any_such { such() } else { None });
                // المتمردون, where no group was named: whoever they are.
                // المتظاهرون, المزارعون: people are named by what they do.
                let ar = lexicon.heads[head as usize].ar;
                let rebels = REBELS.iter().any(|rebel| ar.starts_with(rebel)) || kind == ActorKind::Group && ar.ends_with("ون");
                let Some(found) = found else {
                    // المتمردون, in a text about one group that rebels: that group.
                    let main = self.main_group.filter(|&main| self.rebels_mostly(main));
                    // المجموعة المتطرفة, الحركة المتمردة: an epithet for it.
                    if c.why.rule == "mention/head-and-epithet" && !rebels {
                        let one = majlis_text::fold(ar) == self.scan.bare(c.first as usize).trim_start_matches("ال");
                        return main.filter(|_| one);
                    }
                    let main = main.filter(|_| kind == ActorKind::ArmedGroup);
                    return rebels.then(|| main.unwrap_or_else(|| self.body(c, head)));
                };
                // التنظيم, after the Houthis were named: no such thing as they are.
                let kin = |ix: ActorIx| !self.scan.bare(c.first as usize).ends_with("تنظيم") || self.actors[ix as usize].name.starts_with("تنظيم");
                // A group named in passing is not the one meant.
                let count = |ix: ActorIx| self.counts.get(ix as usize).copied().unwrap_or_default();
                let main = self
                    .main_group
                    .filter(|&main| any_such && kin(main) && count(main) > 3 * count(found) && self.actors[found as usize].kind == ActorKind::ArmedGroup);
                let found = main.unwrap_or(found);
                (self.actors[found as usize].kind == lexicon.heads[head as usize].kind
                    || lexicon.heads[head as usize].kind == ActorKind::Group
                    || self.actors[found as usize].known)
                    .then_some(found)
            }
            Identity::Surname(word) => self.parts.get(&word).copied(),
        }
    }

    /// Whether a group that rebels is named more than twice as often as any other armed group.
    fn rebels_mostly(&self, main: ActorIx) -> bool {
        let count = |ix: usize| self.counts.get(ix).copied().unwrap_or_default();
        let others =
            (0..self.counts.len()).filter(|&ix| ix != main as usize && self.actors[ix].kind == ActorKind::ArmedGroup && self.actors[ix].sector == "REB");
        let next = others.map(count).max().unwrap_or_default();
        self.actors[main as usize].sector == "REB" && count(main as usize) > 2 * next
    }

    fn add(&mut self, key: Key, make: impl FnOnce() -> Actor) -> ActorIx {
        if let Some(&ix) = self.keys.get(&key) {
            return ix;
        }
        let ix = self.actors.len() as ActorIx;
        self.actors.push(make());
        self.keys.insert(key, ix);
        ix
    }

    fn known(&mut self, index: u16) -> ActorIx {
        let a = &self.scan.lexicon.actors[index as usize];
        let new = !self.keys.contains_key(&Key::Known(index));
        let ix = self.add(Key::Known(index), || Actor {
            id: a.id.to_owned(),
            name: a.ar.to_owned(),
            name_en: a.en.to_owned(),
            kind: a.kind,
            sector: a.sector,
            country: a.country,
            known: true,
        });
        // أحمد داود أوغلو, then أحمد أوغلو
        if a.kind == ActorKind::Person && new {
            self.name(a.ar.split(' ').map(majlis_text::fold).collect(), ix);
        }
        // A committee of it is not the legislature.
        if a.sector == "LEG" && a.kind == ActorKind::Government && !a.ar.starts_with("لجنة") {
            self.legislatures.insert(a.country, ix);
        }
        if a.kind == ActorKind::Person && a.sector == "IGO" {
            self.envoy = Some(ix);
        }
        ix
    }

    fn state(&mut self, index: u16) -> ActorIx {
        let s = &self.scan.lexicon.states[index as usize];
        self.add(Key::State(index), || state(s))
    }

    fn organ(&mut self, organ: u16, country: Option<u16>, of: Option<(u32, u32)>) -> Option<ActorIx> {
        let scan = self.scan;
        let lexicon = scan.lexicon;
        let o = &lexicon.organs[organ as usize];
        let mut local = String::new();
        let country = country.or_else(|| {
            let (first, last) = of?;
            let here = scan.at(first as usize).iter().filter(|m| m.last == last).find_map(|m| match m.entry {
                Entry::Actor { index, .. } => self.state_of(lexicon.actors[index as usize].country),
                Entry::State { index, .. } => Some(index),
                Entry::Place { index, .. } => {
                    local = majlis_text::fold(lexicon.places[index as usize].ar);
                    self.state_of(lexicon.places[index as usize].country)
                }
                _ => None,
            });
            if o.sector == "LEG" {
                local = scan.form(first as usize).to_owned();
            }
            here
        });
        if country.is_none()
            && local.is_empty()
            && let Some(&ix) = self.organs.get(&organ)
        {
            return Some(ix);
        }
        let country = country.or_else(|| {
            let main = self.country?;
            (o.countries.is_empty() || o.countries.contains(&lexicon.states[main as usize].iso2)).then_some(main)
        });
        let country = country.or_else(|| match o.countries.as_slice() {
            [one] => self.state_of(one),
            _ => None,
        });
        // مجلس الشيوخ, where the state spoken of has none: that of the state with one that is spoken of most.
        let proper = |c: u16| o.countries.is_empty() || o.countries.contains(&lexicon.states[c as usize].iso2);
        let country = country.filter(|&c| proper(c)).or_else(|| self.spoken_of_most(&o.countries));
        let iso = country.map_or("", |c| lexicon.states[c as usize].iso2);
        if !o.countries.is_empty() && !o.countries.contains(&iso) {
            return None;
        }
        if o.sector == "LEG"
            && local.is_empty()
            && let Some(&ix) = self.legislatures.get(iso)
        {
            return Some(ix);
        }
        let place = local.clone();
        Some(self.add(Key::Organ(organ, country, local), || {
            let state = country.map(|c| &lexicon.states[c as usize]);
            let en = match (state, place.is_empty()) {
                (Some(s), true) => format!("{} {}", s.demonym, o.en),
                (_, false) => format!("{} of {}", o.en, lexicon.latin(&place)),
                (None, true) => o.en.to_owned(),
            };
            let ar = match (state, place.is_empty()) {
                (Some(s), true) => format!("{} ({})", o.ar, s.ar),
                (_, false) => format!("{} {place}", o.ar),
                (None, true) => o.ar.to_owned(),
            };
            let id = format!(
                "{}.{}{}{place}",
                if iso.is_empty() { "x".to_owned() } else { iso.to_ascii_lowercase() },
                o.id,
                if place.is_empty() { "" } else { "-" }
            );
            Actor { id, name: ar, name_en: en, kind: o.kind, sector: o.sector, country: iso, known: true }
        }))
    }

    /// Of some states the one that the text names or describes most.
    fn spoken_of_most(&self, states: &[&str]) -> Option<u16> {
        let named = states.iter().filter_map(|iso2| self.state_of(iso2)).filter(|&s| self.votes[s as usize] > 0);
        named.max_by_key(|&s| (self.votes[s as usize], std::cmp::Reverse(s)))
    }

    fn state_of(&self, iso2: &str) -> Option<u16> {
        self.scan.lexicon.state_index(iso2)
    }

    fn office(&mut self, office: u16, country: Option<u16>, c: &Candidate) -> Option<ActorIx> {
        let lexicon = self.scan.lexicon;
        if c.title.former {
            return self.former.get(&self.first_word(c)).copied();
        }
        if country.is_none() {
            let only: Vec<ActorIx> = self.offices.iter().filter(|((o, _), _)| *o == office).map(|(_, ix)| *ix).collect();
            if let [one] = only.as_slice() {
                return Some(*one);
            }
        }
        let country = country.or(self.country);
        if let Some(&ix) = self.offices.get(&(office, country)) {
            return Some(ix);
        }
        let o = &lexicon.offices[office as usize];
        // The offices of international bodies are held under one code, whatever state the text is about.
        let iso = if o.sector == "IGO" { "UN" } else { country.map_or("", |s| lexicon.states[s as usize].iso2) };
        if let (Some(on), false) = (self.published, iso.is_empty())
            && let Some(holder) = lexicon.holder(&format!("{iso}.{}", o.id), on)
        {
            return Some(self.known(holder));
        }
        Some(self.add(Key::Office(office, country), || {
            let demonym = country.map_or("", |s| lexicon.states[s as usize].demonym);
            let state = country.map_or("", |s| lexicon.states[s as usize].ar);
            Actor {
                id: format!("{}.{}", if iso.is_empty() { "x".to_owned() } else { iso.to_ascii_lowercase() }, o.id),
                name: if state.is_empty() { o.ar.to_owned() } else { format!("{} ({state})", o.ar) },
                name_en: format!("{demonym} {}", o.en).trim().to_owned(),
                kind: ActorKind::Person,
                sector: o.sector,
                country: iso,
                known: true,
            }
        }))
    }

    /// The first word of a title, without particles and article.
    fn first_word(&self, c: &Candidate) -> String {
        self.scan.bare(c.first as usize).trim_start_matches("ال").to_owned()
    }

    fn title(&mut self, head: WordId, country: Option<u16>, c: &Candidate) -> Option<ActorIx> {
        if c.title.former {
            return self.former.get(&self.first_word(c)).copied();
        }
        // رئيس حزب القوات: who leads it on the day of publication.
        if let Some(on) = self.published
            && let Some(role) = leadership(self.scan, c.first as usize, c.last as usize)
            && let Some(leader) = self.scan.lexicon.holder(&role, on)
        {
            return Some(self.known(leader));
        }
        if let Some(&ix) = self.titles.get(&(head, country)).filter(|&&ix| self.of_the_same(c, ix)) {
            return Some(ix);
        }
        let first = self.scan.bare(c.first as usize).to_owned();
        if c.last - c.first >= 2 && matches!(first.as_str(), "المبعوث" | "الممثل" | "الوسيط" | "المنسق" | "الموفد") {
            return self.envoy;
        }
        // الوزير الإيطالي: the minister of that state already named.
        if let Some(state) = country
            && first == "الوزير"
        {
            return self
                .offices
                .iter()
                .filter(|((o, s), _)| *s == Some(state) && self.scan.lexicon.offices[*o as usize].ar.starts_with("وزير"))
                .map(|(_, ix)| *ix)
                .min();
        }
        // الرئيس, after الرئيس فلان: he, whatever else others preside over.
        let only = |word: &str| match self.first_words.get(word).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        };
        if first == "الوزير" || first == "الرءيس" {
            if let Some(ix) = only(&first) {
                return Some(ix);
            }
            let all = self
                .offices
                .iter()
                .filter(|((o, _), _)| majlis_text::fold(self.scan.lexicon.offices[*o as usize].ar).starts_with(first.trim_start_matches("ال")));
            let mut found: Vec<ActorIx> = all.map(|(_, ix)| *ix).collect();
            found.sort_unstable();
            found.dedup();
            if let [one] = found.as_slice() {
                return Some(*one);
            }
        }
        // المبعوث الدولي, after المبعوث الخاص فلان: the only one of that title; الرئيس is nobody who heads a party.
        let found = only(&first).or_else(|| only(first.trim_start_matches("ال")).filter(|_| first != "الرءيس"));
        found.filter(|&ix| self.of_the_same(c, ix))
    }

    /// Whether what the title in `c` is of, was said of the title of `ix` too: رئيس القسم is not the رئيس المجلس who was named.
    fn of_the_same(&self, c: &Candidate, ix: ActorIx) -> bool {
        let scan = self.scan;
        if scan.has_article(c.first as usize) {
            return true;
        }
        let said = |t: u32| {
            let held = self.titled.get(&ix).into_iter().flatten().take(LOOK_BACK);
            held.into_iter().any(|&(first, last)| (first..last).any(|h| scan.bare(h as usize) == scan.bare(t as usize)))
        };
        (c.first + 1..c.last).filter(|&t| scan.has_article(t as usize)).all(said)
    }

    fn person(&mut self, c: &Candidate, name: (u32, u32)) -> ActorIx {
        let scan = self.scan;
        let lexicon = scan.lexicon;
        let (first, last) = (name.0 as usize, name.1 as usize);
        let mut forms: Vec<String> =
            (first..last).map(|t| if t == first && first == c.first as usize { scan.bare(t).to_owned() } else { scan.form(t).to_owned() }).collect();
        forms.retain(|f| f != "بن");
        if let [one] = forms.as_slice() {
            if let Some(ix) = self.part(first) {
                return ix;
            }
            if let (Some(office), Some(on)) = (c.title.office, self.published) {
                let country = c.title.country.or(self.country);
                let iso = country.map_or("", |s| lexicon.states[s as usize].iso2);
                if let Some(holder) = lexicon.holder(&format!("{iso}.{}", lexicon.offices[office as usize].id), on)
                    && lexicon.actors[holder as usize].ar.split(' ').any(|p| majlis_text::fold(p) == *one)
                {
                    return self.known(holder);
                }
            }
        }
        if let Some(ix) = self.named_alike(&forms, |_| true) {
            self.remember_parts(first, last, ix);
            return ix;
        }
        let key = forms.join("-");
        let written = scan.span(first, last).slice(scan.layout.text).unwrap_or_default();
        let skip = if first == c.first as usize { scan.form(first).len() - scan.bare(first).len() } else { 0 };
        let shown: String = if skip > 0 { written.chars().skip(skip / 2).collect() } else { written.to_owned() };
        let shown = shown.replace('ـ', "");
        let country = c.title.country.map_or("", |s| lexicon.states[s as usize].iso2);
        let sector = c.title.office.map_or("", |o| lexicon.offices[o as usize].sector);
        let ix = self.add(Key::Name(key.clone()), || Actor {
            id: format!("p:{key}"),
            name_en: lexicon.latin(&shown),
            name: shown,
            kind: ActorKind::Person,
            sector,
            country,
            known: false,
        });
        self.name(forms, ix);
        self.remember_parts(first, last, ix);
        ix
    }

    fn remember_parts(&mut self, first: usize, last: usize, ix: ActorIx) {
        for t in first..last {
            self.written_parts.insert(self.scan.form(t).to_owned(), ix);
            for w in self.scan.analyses(t).iter() {
                if !self.scan.lexicon.classes(w.form.word()).any(majlis_lexicon::Classes::STOP) {
                    self.parts.insert(w.form.word(), ix);
                }
            }
        }
    }

    /// The armed group that the person leads whom the body in `c` is loyal to: القوات الموالية لفلان.
    fn forces_of_master(&self, c: &Candidate) -> Option<u16> {
        let lexicon = self.scan.lexicon;
        let led = |index: u16| {
            let roles = lexicon.actors[index as usize].roles.iter();
            let mut bodies = roles.filter_map(|r| lexicon.actor_index(r.office.strip_prefix("leader:")?));
            bodies.find(|&body| lexicon.actors[body as usize].kind == ActorKind::ArmedGroup)
        };
        let named = |t: u32| {
            self.scan.at(t as usize).iter().find_map(|m| match m.entry {
                Entry::Actor { index, .. } if m.last == c.last => led(index),
                _ => None,
            })
        };
        (c.first + 1..c.last).find_map(named)
    }

    fn body(&mut self, c: &Candidate, head: u16) -> ActorIx {
        let scan = self.scan;
        let h = &scan.lexicon.heads[head as usize];
        if h.kind == ActorKind::ArmedGroup
            && c.why.rule == "mention/head-and-master"
            && let Some(forces) = self.forces_of_master(c)
        {
            return self.known(forces);
        }
        // لفصائل عراقية: the particle is not part of the name.
        let offset = scan.at(c.first as usize).iter().find(|m| matches!(m.entry, Entry::Head(_))).map(|m| m.word.offset as usize);
        let first = offset.map_or(scan.bare(c.first as usize), |o| &scan.form(c.first as usize)[o..]);
        let stem = |t: usize| if t == c.first as usize { first } else { scan.bare(t) }.trim_start_matches("ال").to_owned();
        let forms: Vec<String> = match c.identity {
            // المتمردين, then المتمردون
            Identity::Short { .. } => vec![majlis_text::fold(h.ar)],
            _ => (c.first as usize..c.last as usize).filter(|&t| scan.is_word(t)).map(stem).collect(),
        };
        if let Some(ix) = self.named_alike(&forms, |a| a.kind == h.kind) {
            return ix;
        }
        let key = forms.join("-");
        let written = scan.span(c.first as usize, c.last as usize).slice(scan.layout.text).unwrap_or_default();
        let skip = scan.form(c.first as usize).len() - first.len();
        let shown: String = written.chars().skip(skip / 2).collect();
        let nisba = (c.first..c.last).find_map(|t| scan.nisba_at(t as usize)).map_or("", |(_, s)| scan.lexicon.states[s as usize].iso2);
        let ix = self.add(Key::Name(key.clone()), || Actor {
            id: format!("b:{key}"),
            name_en: scan.lexicon.latin(&shown),
            name: shown,
            kind: h.kind,
            sector: h.sector,
            country: nisba,
            known: false,
        });
        self.name(forms, ix);
        ix
    }

    fn name(&mut self, forms: Vec<String>, ix: ActorIx) {
        if let Some(first) = forms.first().cloned() {
            self.names.entry(first).or_default().push((forms, ix));
        }
    }

    /// The latest actor that `fits` among those with such a name.
    fn named_alike(&self, forms: &[String], fits: impl Fn(&Actor) -> bool) -> Option<ActorIx> {
        let known = self.names.get(forms.first()?)?;
        known.iter().rev().take(LOOK_BACK).find(|(name, ix)| fits(&self.actors[*ix as usize]) && alike(name, forms)).map(|(_, ix)| *ix)
    }

    fn bind_title(&mut self, c: &Candidate, ix: ActorIx) {
        if c.form != MentionForm::Titled {
            return;
        }
        if c.title.former {
            self.former.entry(self.first_word(c)).or_insert(ix);
            return;
        }
        self.titled.entry(ix).or_default().push((c.first, c.last));
        let country = c.title.country.or_else(|| {
            let own = self.actors[ix as usize].country;
            self.state_of(own).or(self.country)
        });
        let first = self.scan.bare(c.first as usize).to_owned();
        for word in [first.trim_start_matches("ال"), first.as_str()] {
            let holders = self.first_words.entry(word.to_owned()).or_default();
            if !holders.contains(&ix) {
                holders.push(ix);
            }
        }
        if let Some(office) = c.title.office {
            self.offices.entry((office, country)).or_insert(ix);
            let a = &mut self.actors[ix as usize];
            if a.country.is_empty() {
                a.country = country.map_or("", |s| self.scan.lexicon.states[s as usize].iso2);
            }
        } else if let Some(head) = c.title.head {
            self.titles.entry((head, c.title.country)).or_insert(ix);
            self.titles.entry((head, None)).or_insert(ix);
        }
    }

    /// What later short forms may look back at.
    fn note(&mut self, c: &Candidate, ix: ActorIx) {
        let scan = self.scan;
        if matches!(c.identity, Identity::Known(_) | Identity::Body { .. }) {
            self.latest.insert(self.actors[ix as usize].kind, ix);
        }
        match c.identity {
            Identity::Person { name } => self.remember_parts(name.0 as usize, name.1 as usize, ix),
            Identity::Known(index) => {
                let a = &scan.lexicon.actors[index as usize];
                if a.kind == ActorKind::Person {
                    for part in a.ar.split(' ') {
                        let part = majlis_text::fold(part);
                        if let Some(word) = scan.lexicon.word(&part) {
                            self.parts.insert(word, ix);
                        }
                        self.written_parts.insert(part, ix);
                    }
                } else if let Some(word) = a.ar.split(' ').next().and_then(|p| scan.lexicon.word(&majlis_text::fold(p))) {
                    self.heads.insert(word, ix);
                }
            }
            Identity::Organ { organ, .. } => {
                self.organs.insert(organ, ix);
            }
            _ => {}
        }
        if !matches!(c.identity, Identity::Person { .. } | Identity::State(_) | Identity::Surname(_)) && self.actors[ix as usize].kind != ActorKind::Person {
            for w in scan.analyses(c.first as usize).iter() {
                self.heads.insert(w.form.word(), ix);
            }
            if let Some((_, head)) = scan.longest(c.first as usize, |m| if let Entry::Head(head) = m.entry { Some(head) } else { None }) {
                self.headed.insert(head, ix);
            }
        }
    }
}

/// A state as an actor.
pub(crate) fn state(s: &State) -> Actor {
    Actor {
        id: s.iso2.to_ascii_lowercase(),
        name: s.ar.to_owned(),
        name_en: s.en.to_owned(),
        kind: ActorKind::State,
        sector: "GOV",
        country: s.iso2,
        known: true,
    }
}

/// Whether one list of name parts is a part of the other, the last part in common.
fn alike(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 2 && short.first() == long.first() && short.iter().all(|p| long.contains(p))
}
