//! Finds the stretches of text that name an actor or a place. Who is meant is decided in `actors`.
//!
//! Here: what a mention is, and the walk over the text; the kinds of mention have a file each.

mod bodies;
mod describing;
mod names;
mod organs;
mod places;
mod spoken;
mod states;
mod titles;

use crate::linear::Linear;
use crate::reading::{MentionForm, Why};
use crate::scan::Scan;
use majlis_lexicon::{ActorKind, Entry, PlaceType, WordId};
use rustc_hash::{FxHashMap, FxHashSet};
pub(crate) use states::StateAt;
pub(crate) use titles::{SPOKESMAN, leadership};

/// Whom a candidate names, as far as its own words tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Identity {
    /// A curated actor.
    Known(u16),
    /// A state.
    State(u16),
    /// An organ, of a state where one is named, by a place or a person where that is.
    Organ { organ: u16, country: Option<u16>, of: Option<(u32, u32)> },
    /// A person by name.
    Person { name: (u32, u32) },
    /// The holder of an office.
    Office { office: u16, country: Option<u16> },
    /// A title that is no office of the list: the envoy, the minister.
    Title { head: WordId, country: Option<u16> },
    /// A body by its head word and name.
    Body { head: u16, name: (u32, u32) },
    /// A body by its head word alone.
    Short { head: u16, word: WordId },
    /// One name part of a person named before.
    Surname(WordId),
}

/// A title before or after a name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TitleOf {
    pub(crate) office: Option<u16>,
    pub(crate) country: Option<u16>,
    pub(crate) head: Option<WordId>,
    pub(crate) former: bool,
}

/// A stretch that may be a mention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) identity: Identity,
    pub(crate) title: TitleOf,
    pub(crate) form: MentionForm,
    pub(crate) confidence: f32,
    pub(crate) why: Why,
    /// Inside another mention; kept for places and nested actors.
    pub(crate) nested: bool,
}

impl Candidate {
    /// A mention by name, of tokens `first..last`.
    fn named(first: usize, last: usize, identity: Identity, confidence: f32, rule: &'static str) -> Self {
        let title = TitleOf::default();
        Self { first: first as u32, last: last as u32, identity, title, form: MentionForm::Name, confidence, why: Why::rule(rule), nested: false }
    }
}

/// A place named in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceCandidate {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) at: PlaceId,
    pub(crate) confidence: f32,
    pub(crate) why: Why,
}

/// Which place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PlaceId {
    Place(u16),
    State(u16),
    Capital(u16),
    /// A type word and a name that no gazetteer has.
    Unlisted(PlaceType),
}

pub(crate) struct Found {
    pub(crate) mentions: Vec<Candidate>,
    pub(crate) places: Vec<PlaceCandidate>,
    /// States and capitals that `acting` judged.
    pub(crate) states: Vec<StateAt>,
    /// How often the text names or describes each state.
    pub(crate) votes: Vec<u32>,
}

/// What the text names; `acting` says which states and capitals act (the rules do, without it).
pub(crate) fn find(scan: &Scan<'_>, acting: Option<&Linear>) -> Found {
    let votes = votes(scan);
    let mut finder = Finder {
        scan,
        home: home(&votes),
        votes,
        mentions: Vec::new(),
        places: Vec::new(),
        surnames: FxHashSet::default(),
        unknown: FxHashSet::default(),
        spoken: FxHashSet::default(),
        weak: named_surely(scan),
        placed: FxHashSet::default(),
        roles: FxHashMap::default(),
        awaited: None,
        acting,
        states: Vec::new(),
    };
    let mut i = 0;
    while i < scan.len() {
        i = if scan.is_word(i) { finder.step(i) } else { i + 1 };
    }
    Found { mentions: finder.mentions, places: finder.places, states: finder.states, votes: finder.votes }
}

/// The curated bodies that the text names surely anywhere: their `~` aliases count from its beginning.
fn named_surely(scan: &Scan<'_>) -> FxHashSet<u16> {
    let body = |index: u16| scan.lexicon.actors[index as usize].kind != ActorKind::Person;
    let sure = scan.all().iter().filter_map(|m| match m.entry {
        Entry::Actor { index, weak: false } if body(index) => Some(index),
        _ => None,
    });
    sure.collect()
}

/// How often the text names or describes each state.
fn votes(scan: &Scan<'_>) -> Vec<u32> {
    let mut votes = vec![0u32; scan.lexicon.states.len()];
    for m in scan.all() {
        match m.entry {
            Entry::State { index, weak: false, .. } | Entry::Nisba { index, .. } => votes[index as usize] += 1,
            _ => {}
        }
    }
    votes
}

/// The state that the text names or describes most.
fn home(votes: &[u32]) -> Option<u16> {
    let (best, votes) = votes.iter().copied().enumerate().max_by_key(|(i, v)| (*v, std::cmp::Reverse(*i)))?;
    (votes > 0).then_some(best as u16)
}

struct Finder<'s, 'd> {
    scan: &'s Scan<'d>,
    /// The state that the text is mostly about: named without acting, it is where things are.
    home: Option<u16>,
    /// How often the text names or describes each state: the `~` names of those it does count.
    votes: Vec<u32>,
    mentions: Vec<Candidate>,
    places: Vec<PlaceCandidate>,
    /// Name parts of persons seen so far.
    surnames: FxHashSet<WordId>,
    /// Name parts of persons seen so far that no lexicon has, as written.
    unknown: FxHashSet<String>,
    /// Name parts of persons seen so far as written: right after a reporting verb they are names, whatever else they may be.
    spoken: FxHashSet<String>,
    /// Curated actors seen so far by a sure name: their `~` aliases count from now on.
    weak: FxHashSet<u16>,
    /// Places seen so far with the noun that says what they are: their `~` names count from now on.
    placed: FxHashSet<u16>,
    /// The roles by which persons were introduced so far, without the article, and the family names of those who have them.
    roles: FxHashMap<String, FxHashSet<String>>,
    /// A mention found by the words before it, to be taken where it begins.
    awaited: Option<Candidate>,
    /// Which states and capitals act.
    acting: Option<&'s Linear>,
    states: Vec<StateAt>,
}

impl Finder<'_, '_> {
    /// Whether the text names or describes a state.
    fn names(&self, state: u16) -> bool {
        self.votes[state as usize] > 0
    }

    /// Whether the text is about a state, if not most about it.
    fn about(&self, state: u16) -> bool {
        self.home.is_some_and(|home| self.names(state) && 2 * self.votes[state as usize] >= self.votes[home as usize])
    }

    /// Keeps a place; الشرق الأوسط and its like are nowhere that anything could be put.
    fn lay(&mut self, p: PlaceCandidate) {
        let region = |index: u16| {
            let place = &self.scan.lexicon.places[index as usize];
            place.kind == PlaceType::Region && place.country.is_empty()
        };
        if !matches!(p.at, PlaceId::Place(index) if region(index)) {
            self.places.push(p);
        }
    }

    /// Takes the best candidate at token `i` and returns where to go on.
    fn step(&mut self, i: usize) -> usize {
        let awaited = self.awaited.take_if(|c| c.first as usize <= i);
        if let Some(c) = awaited.filter(|c| c.first as usize == i) {
            self.take(c);
            return c.last as usize;
        }
        let options = [
            self.titled_person(i),
            self.nisba_and_name(i),
            self.person(i),
            self.known_body(i),
            self.organ(i),
            self.body(i),
            self.title_only(i),
            self.surname(i),
        ];
        let mut best: Option<Candidate> = None;
        for option in options.into_iter().flatten() {
            if best.is_none_or(|b| option.last > b.last) {
                best = Some(option);
            }
        }
        let place = self.place(i).or_else(|| self.joined_place(i));
        // في إقليم كردستان: a region that is a body of its own is a place where it does nothing.
        if let (Some(p), Some(Candidate { identity: Identity::Known(index), last, .. })) = (place, best)
            && p.last == last
            && self.scan.lexicon.actors[index as usize].kind == ActorKind::State
            && !self.region_acts(i, p.last as usize)
        {
            best = None;
        }
        if let Some(p) = place
            && best.is_none_or(|b| p.last >= b.last && !matches!(b.identity, Identity::Person { .. }) && !matches!(b.identity, Identity::Known(_)))
        {
            if !self.is_actor(i, &p) {
                if let PlaceId::Place(index) = p.at {
                    self.placed.insert(index);
                }
                self.lay(p);
                return p.last as usize;
            }
            // مملكة البحرين: the state with the noun before its name.
            if let (PlaceId::State(state), None) = (p.at, best)
                && p.last > i as u32 + 1
            {
                self.take(Candidate::named(i, p.last as usize, Identity::State(state), 0.8, "mention/state"));
                return p.last as usize;
            }
        }
        if let Some(c) = best {
            // عضو في حزب …، فلان: the name alone is the mention; what stands before it is looked at by itself.
            if c.first as usize > i {
                self.awaited = Some(c);
                return i + 1;
            }
            let c = self.glossed(c);
            self.take(c);
            // What the body is loyal to is a mention of its own.
            return if c.why.rule == "mention/head-and-master" { i + 1 } else { c.last as usize };
        }
        if let Some(c) = self.state(i).or_else(|| self.nisba(i)) {
            self.take(c);
            return c.last as usize;
        }
        i + 1
    }

    /// The mention with its other name in brackets after it: حلف شمال الأطلسي (الناتو), مجلس نواب الشعب (البرلمان).
    fn glossed(&self, c: Candidate) -> Candidate {
        let scan = self.scan;
        let (open, body) = (c.last as usize, matches!(c.identity, Identity::Known(_) | Identity::Organ { .. }));
        if scan.form(open) != "(" || !body || c.form != MentionForm::Name {
            return c;
        }
        let inner = self.known_body(open + 1).or_else(|| self.organ(open + 1));
        match inner {
            Some(inner) if inner.last - inner.first <= 2 && scan.form(inner.last as usize) == ")" => Candidate { last: inner.last + 1, ..c },
            _ => c,
        }
    }

    /// Keeps a mention, what it teaches of names, and what is named inside it.
    fn take(&mut self, c: Candidate) {
        self.learn(&c);
        if matches!(c.form, MentionForm::Titled | MentionForm::Title)
            || !matches!(c.identity, Identity::State(_) | Identity::Person { .. } | Identity::Surname(_))
        {
            self.inner(&c);
        }
        self.mentions.push(c);
    }

    /// What a mention teaches of the names to come.
    fn learn(&mut self, c: &Candidate) {
        match c.identity {
            Identity::Person { name } => {
                self.remember(name);
                self.introduce(c);
            }
            // نظام بشار الأسد, then نظام الأسد.
            Identity::Organ { of: Some((first, _)), .. } => self.weak.extend(self.scan.person_at(first as usize, false).map(|(_, index)| index)),
            Identity::Known(index) => {
                self.introduce(c);
                self.weak.insert(index);
                let actor = &self.scan.lexicon.actors[index as usize];
                if actor.kind == ActorKind::Person {
                    for part in actor.ar.split(' ') {
                        let part = majlis_text::fold(part);
                        if let Some(word) = self.scan.lexicon.word(&part) {
                            self.surnames.insert(word);
                        }
                        self.spoken.insert(part);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes the parts of a person's name, for the surname alone later on.
    fn remember(&mut self, name: (u32, u32)) {
        let scan = self.scan;
        let parts: Vec<WordId> = (name.0 as usize..name.1 as usize)
            .filter_map(|t| scan.analyses(t).iter().map(|w| w.form.word()).find(|&w| scan.lexicon.name_kind(w).is_some()).or_else(|| scan.whole(t)))
            .collect();
        self.surnames.extend(parts);
        self.spoken.extend((name.0 as usize..name.1 as usize).map(|t| scan.form(t).to_owned()));
        self.unknown.extend((name.0 as usize..name.1 as usize).filter(|&t| scan.analyses(t).first().is_none()).map(|t| scan.form(t).to_owned()));
    }

    /// Who stands at token `i` inside `outer`: the person whose a body is (حكومة الرئيس فلان, القوات الموالية لفلان), or the body that a
    /// spokesman speaks for.
    fn master_or_body(&self, i: usize, outer: &Candidate) -> Option<Candidate> {
        let before = self.scan.form(i - 1);
        match outer.form {
            MentionForm::Titled | MentionForm::Title => {
                let body = || self.known_body(i).or_else(|| self.organ(i)).or_else(|| self.body(i));
                if before == "باسم" { body() } else { None }
            }
            // ولد الشيخ أحمد: a name, whatever its parts are.
            _ if matches!(outer.identity, Identity::Known(k) if self.scan.lexicon.actors[k as usize].kind == ActorKind::Person) => None,
            // What the body is loyal to is looked at by itself.
            _ if matches!(outer.identity, Identity::State(_)) || outer.why.rule == "mention/head-and-master" => None,
            _ => {
                let loyal = before.starts_with("الموال") || before.starts_with("التابع");
                let person = || self.person(i).or_else(|| self.surname(i));
                let titled = self.titled_person(i).filter(|c| c.first as usize == i);
                titled.or_else(|| if loyal { person() } else { None })
            }
        }
    }

    /// Actors and places named inside a title: the adviser of X, the coordinator of the UN in Yemen.
    fn inner(&mut self, outer: &Candidate) {
        let until = match outer.identity {
            Identity::Person { name } => name.0 as usize,
            _ => outer.last as usize,
        };
        let mut i = outer.first as usize + 1;
        while i < until {
            let scan = self.scan;
            // مركز الملك سلمان للإغاثة: the person is part of the name, which goes on after him.
            let named = matches!(outer.identity, Identity::Known(_)) && outer.form == MentionForm::Name;
            if let Some(nested) = self.master_or_body(i, outer).filter(|c| c.last as usize <= until && (!named || c.last == outer.last)) {
                self.learn(&nested);
                self.mentions.push(Candidate { nested: true, ..nested });
                i = nested.last as usize;
                continue;
            }
            // عبد الملك الحوثي: part of his own name.
            let own_name = matches!(outer.identity, Identity::Known(k) if scan.lexicon.actors[k as usize].ar.split(' ').any(|p| crate::persons::alike(&majlis_text::fold(p), scan.form(i))));
            let found = scan.longest(i, |m| match m.entry {
                Entry::Actor { index, weak: false } if m.last as usize <= until && !own_name => Some(index),
                _ => None,
            });
            if let Some((m, index)) = found
                && Identity::Known(index) != outer.identity
                && m.last as usize <= until
                && matches!(scan.lexicon.actors[index as usize].kind, ActorKind::Person | ActorKind::Igo | ActorKind::Party | ActorKind::ArmedGroup)
                && outer.form == MentionForm::Titled
            {
                let last = m.last as usize;
                self.mentions.push(Candidate { nested: true, ..Candidate::named(i, last, Identity::Known(index), 0.7, "mention/inside-title") });
                i = last;
                continue;
            }
            if matches!(scan.form(i), "في" | "الي" | "لدي" | "بشان")
                && let Some(p) = self.place(i + 1)
                && p.last as usize <= until
            {
                i = p.last as usize;
                self.lay(p);
                continue;
            }
            i += 1;
        }
    }
}
