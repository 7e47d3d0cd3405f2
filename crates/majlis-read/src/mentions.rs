//! Finds the stretches of text that name an actor or a place. Who is meant is decided in `actors`.

use crate::reading::{MentionForm, Why};
use crate::scan::{Match, Scan};
use majlis_lexicon::{ActorKind, Classes, Entry, PlaceType, TitleClass, WordId};
use majlis_text::TokenKind;
use rustc_hash::FxHashSet;

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
}

pub(crate) fn find(scan: &Scan<'_>) -> Found {
    let votes = votes(scan);
    let named_states = votes.iter().map(|v| *v > 0).collect();
    let mut finder = Finder {
        scan,
        home: home(&votes),
        named_states,
        mentions: Vec::new(),
        places: Vec::new(),
        surnames: FxHashSet::default(),
        unknown: FxHashSet::default(),
        weak: FxHashSet::default(),
    };
    let mut i = 0;
    while i < scan.len() {
        i = if scan.is_word(i) { finder.step(i) } else { i + 1 };
    }
    Found { mentions: finder.mentions, places: finder.places }
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
    /// Which states the text names or describes at all: their `~` names count.
    named_states: Vec<bool>,
    mentions: Vec<Candidate>,
    places: Vec<PlaceCandidate>,
    /// Name parts of persons seen so far.
    surnames: FxHashSet<WordId>,
    /// Name parts of persons seen so far that no lexicon has, as written.
    unknown: FxHashSet<String>,
    /// Curated actors seen so far by a sure name: their `~` aliases count from now on.
    weak: FxHashSet<u16>,
}

/// A noun phrase that begins with a title.
struct Titled {
    title: TitleOf,
    /// End of the title itself, before any preposition.
    title_end: usize,
    /// The name, if one follows.
    name: Option<(usize, usize)>,
    definite: bool,
    only_honorific: bool,
    /// Deputy, spokesman, member: no mention without a name.
    role: bool,
}

impl Finder<'_, '_> {
    /// Takes the best candidate at token `i` and returns where to go on.
    fn step(&mut self, i: usize) -> usize {
        let options = [self.titled_person(i), self.person(i), self.known_body(i), self.organ(i), self.body(i), self.title_only(i), self.surname(i)];
        let mut best: Option<Candidate> = None;
        for option in options.into_iter().flatten() {
            if best.is_none_or(|b| option.last > b.last) {
                best = Some(option);
            }
        }
        let place = self.place(i);
        if let Some(p) = place
            && best.is_none_or(|b| p.last >= b.last && !matches!(b.identity, Identity::Person { .. }) && !matches!(b.identity, Identity::Known(_)))
            && !self.is_actor(i, &p)
        {
            self.places.push(p);
            return p.last as usize;
        }
        if let Some(c) = best {
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

    fn take(&mut self, c: Candidate) {
        match c.identity {
            Identity::Person { name } => self.remember(name),
            Identity::Known(index) => {
                self.weak.insert(index);
                let actor = &self.scan.lexicon.actors[index as usize];
                if actor.kind == ActorKind::Person {
                    for part in actor.ar.split(' ') {
                        if let Some(word) = self.scan.lexicon.word(&majlis_text::fold(part)) {
                            self.surnames.insert(word);
                        }
                    }
                }
            }
            _ => {}
        }
        if matches!(c.form, MentionForm::Titled | MentionForm::Title)
            || !matches!(c.identity, Identity::State(_) | Identity::Person { .. } | Identity::Surname(_))
        {
            self.inner(&c);
        }
        self.mentions.push(c);
    }

    fn remember(&mut self, name: (u32, u32)) {
        let scan = self.scan;
        let parts: Vec<WordId> = (name.0 as usize..name.1 as usize)
            .filter_map(|t| scan.analyses(t).iter().map(|w| w.form.word()).find(|&w| scan.lexicon.name_kind(w).is_some()).or_else(|| scan.whole(t)))
            .collect();
        self.surnames.extend(parts);
        self.unknown.extend((name.0 as usize..name.1 as usize).filter(|&t| scan.analyses(t).first().is_none()).map(|t| scan.form(t).to_owned()));
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
            let found = scan.longest(i, |m| match m.entry {
                Entry::Actor { index, weak: false } if m.last as usize <= until => Some(index),
                _ => None,
            });
            if let Some((m, index)) = found
                && Identity::Known(index) != outer.identity
                && m.last as usize <= until
                && matches!(scan.lexicon.actors[index as usize].kind, ActorKind::Person | ActorKind::Igo)
                && outer.form == MentionForm::Titled
            {
                self.mentions.push(Candidate {
                    first: m.first,
                    last: m.last,
                    identity: Identity::Known(index),
                    title: TitleOf::default(),
                    form: MentionForm::Name,
                    confidence: 0.7,
                    why: Why::rule("mention/inside-title"),
                    nested: true,
                });
                i = m.last as usize;
                continue;
            }
            if matches!(scan.form(i), "في" | "الي" | "لدي" | "بشان")
                && let Some(p) = self.place(i + 1)
                && p.last as usize <= until
            {
                i = p.last as usize;
                self.places.push(p);
                continue;
            }
            i += 1;
        }
    }

    fn titled_person(&self, i: usize) -> Option<Candidate> {
        let titled = self.titled(i)?;
        let (from, to) = titled.name?;
        let scan = self.scan;
        // A `~` alias of somebody not met before gives way to the person of that name who was.
        let known = scan.person_at(from, true).filter(|(m, index)| {
            let sure = m.last - m.first > 1 || self.weak.contains(index) || scan.person_at(from, false).is_some();
            m.last as usize >= to && (sure || !scan.whole(from).is_some_and(|w| self.surnames.contains(&w)))
        });
        let (identity, last) = match known {
            Some((m, index)) => (Identity::Known(index), m.last),
            None => (Identity::Person { name: (from as u32, to as u32) }, to as u32),
        };
        // A long description of a role is not part of the name.
        let first = if titled.role && from - i > 6 { from } else { i };
        Some(Candidate {
            first: first as u32,
            last,
            identity,
            title: titled.title,
            form: MentionForm::Titled,
            confidence: if known.is_some() { 0.95 } else { 0.85 },
            why: Why::rule("mention/title-and-name"),
            nested: false,
        })
    }

    /// A title and what belongs to it, up to a name or the title's end.
    fn titled(&self, i: usize) -> Option<Titled> {
        let scan = self.scan;
        let (m, (office, class)) = scan.longest(i, |m| match m.entry {
            Entry::Office { index, weak: false } => Some((Some(index), TitleClass::Office)),
            Entry::Office { index, weak: true } => {
                let of_state =
                    scan.nisba_at(m.last as usize).is_some() || scan.state_at(m.last as usize).is_some() || scan.name_run(m.last as usize, true).is_some();
                Some((of_state.then_some(index), TitleClass::Office))
            }
            Entry::Title(t) if scan.lexicon.titles[t as usize].class != TitleClass::Descriptor => Some((None, scan.lexicon.titles[t as usize].class)),
            _ => None,
        })?;
        let head = m.word.form;
        let mut title = TitleOf { office, country: None, head: Some(head.word()), former: false };
        let mut definite = head.article() || m.last - m.first > 1 && scan.has_article(m.last as usize - 1);
        if scan.bare(i) == "خادم" {
            title.country = scan.lexicon.state_index("SA");
        }
        let mut only_honorific = matches!(class, TitleClass::Honorific | TitleClass::Rank);
        let mut j = m.last as usize;
        let mut title_end = j;
        let limit = (i + 14).min(scan.len());
        let mut organ_seen = false;
        let mut led = false;
        let mut prepositions = 0;
        while j < limit {
            if scan.is_comma(j) {
                let name = self.strict_name(j + 1);
                return Some(Titled { title, title_end, name, definite, only_honorific, role: class == TitleClass::Role });
            }
            if scan.kind(j) != TokenKind::Word {
                break;
            }
            if let Some((nisba, state)) = scan.nisba_at(j)
                && nisba.word.offset == 0
            {
                title.country = title.country.or(Some(state));
                definite |= nisba.word.form.article();
                j = nisba.last as usize;
                title_end = j;
                continue;
            }
            if let Some((state, index)) = scan.state_at(j)
                && state.word.offset == 0
                && !organ_seen
                && title.country.is_none()
                && (office.is_some() || j == m.last as usize)
            {
                title.country = Some(index);
                definite = true;
                j = state.last as usize;
                title_end = j;
                continue;
            }
            let inner = scan.plain(j, |e| match e {
                Entry::Office { index, .. } => Some((Some(*index), TitleClass::Office)),
                Entry::Title(t) => Some((None, scan.lexicon.titles[*t as usize].class)),
                _ => None,
            });
            if let Some((t, (_, class))) = inner
                && !(class == TitleClass::Honorific && scan.name_kind(j).is_some() && self.strict_name(j + 1).is_none() && t.last - t.first == 1)
            {
                title.former |= class == TitleClass::Descriptor && is_former(scan.form(j));
                only_honorific &= matches!(class, TitleClass::Honorific | TitleClass::Rank | TitleClass::Descriptor);
                definite |= t.word.form.article();
                j = t.last as usize;
                title_end = j;
                continue;
            }
            if !std::mem::take(&mut led)
                && let Some(name) = self.name_after_title(j, only_honorific, office)
            {
                return Some(Titled { title, title_end, name: Some(name), definite, only_honorific, role: class == TitleClass::Role });
            }
            let complement = scan.longest(j, |m| match m.entry {
                Entry::Actor { index, weak } if !weak || m.last - m.first > 1 => Some(scan.lexicon.actors[index as usize].kind),
                Entry::Organ { .. } | Entry::Head(_) => Some(ActorKind::Group),
                Entry::Place { weak: false, .. } | Entry::PlaceType(_) | Entry::State { weak: false, .. } => Some(ActorKind::State),
                Entry::Nisba { .. } => Some(ActorKind::State),
                _ => None,
            });
            if let Some((c, kind)) = complement {
                if kind == ActorKind::Person && !RELATIONS.contains(&scan.bare(j - 1)) {
                    break;
                }
                organ_seen = true;
                definite = true;
                j = c.last as usize;
                if prepositions == 0 {
                    title_end = j;
                }
                continue;
            }
            if scan.definite_word(j) && !scan.finite_verb(j) {
                if is_former(scan.form(j)) {
                    title.former = true;
                }
                j += 1;
                if prepositions == 0 {
                    title_end = j;
                }
                continue;
            }
            if matches!(scan.form(j), "في" | "لدي" | "باسم" | "عن" | "لشءون" | "بالوكاله" | "بالانابه" | "من" | "الي")
                || scan.form(j).starts_with("لل")
                || scan.form(j).starts_with("بال")
            {
                // A preposition belongs to the title only if a name closes it.
                led = scan.form(j).len() <= 8;
                prepositions += 1;
                j += 1;
                continue;
            }
            if j == m.last as usize
                && office.is_none()
                && class == TitleClass::Office
                && !scan.class(j).any(Classes::STOP.with(Classes::PREP))
                && !scan.finite_verb(j)
                && scan.name_kind(j).is_none()
            {
                // رئيس + an indefinite noun: رئيس تحرير, مدير عام.
                j += 1;
                continue;
            }
            break;
        }
        Some(Titled { title, title_end, name: None, definite, only_honorific, role: class == TitleClass::Role })
    }

    /// A name after a comma: two parts, or a curated person.
    fn strict_name(&self, i: usize) -> Option<(usize, usize)> {
        let honorific = self.scan.plain(i, |e| {
            matches!(e, Entry::Title(t) if matches!(self.scan.lexicon.titles[*t as usize].class, TitleClass::Honorific | TitleClass::Rank)).then_some(())
        });
        if let Some((h, ())) = honorific
            && let Some(name) = self.strict_name(h.last as usize)
        {
            return Some(name);
        }
        if let Some((m, _)) = self.scan.person_at(i, false)
            && m.word.offset == 0
        {
            return Some((i, m.last as usize));
        }
        let end = self.scan.name_run(i, true)?;
        (end - i >= 2 && self.scan.strength(i, true) >= crate::persons::Strength::Strong).then_some((i, end))
    }

    fn name_after_title(&self, j: usize, honorific: bool, office: Option<u16>) -> Option<(usize, usize)> {
        use crate::persons::Strength;
        let scan = self.scan;
        let known = scan.person_at(j, true).filter(|(m, index)| {
            m.word.offset == 0
                && (self.weak.contains(index) || m.last - m.first > 1 || scan.strength(j, true) == Strength::Strong || !scan.class(j).any(Classes::COMMON))
        });
        let run = scan.name_run(j, true);
        // الرئيس هادي: a `~` alias of somebody who held that office.
        let known = known.or_else(|| {
            let office = &self.scan.lexicon.offices[office? as usize];
            scan.person_at(j, true).filter(|(m, index)| {
                m.word.offset == 0 && scan.lexicon.actors[*index as usize].roles.iter().any(|r| r.office.split_once('.').is_some_and(|(_, o)| o == office.id))
            })
        });
        if let Some((m, _)) = known {
            // مستشار خامنئي الدكتور …: the adviser's own name is still to come.
            let more = m.last as usize;
            if j > 0
                && RELATIONS.contains(&scan.bare(j - 1))
                && (scan.at(more).iter().any(|t| matches!(t.entry, Entry::Title(_) | Entry::Office { .. }))
                    || scan.is_comma(more)
                    || scan.name_run(more, true).is_some_and(|e| e > more + 1))
            {
                return None;
            }
            return Some((j, (m.last as usize).max(run.unwrap_or(0))));
        }
        let end = run?;
        let strength = scan.strength(j, true);
        let single = end - j == 1;
        let seen = scan.whole(j).is_some_and(|w| self.surnames.contains(&w));
        let sure = match strength {
            Strength::Strong => true,
            Strength::Weak => seen || (!single && !scan.form(j).starts_with("ال")),
            Strength::Unknown => !scan.form(j).starts_with("ال") && (!single || honorific || office.is_some()),
            Strength::No => false,
        };
        sure.then_some((j, end))
    }

    fn person(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let known = scan.person_at(i, false).or_else(|| scan.person_at(i, true).filter(|(m, index)| self.weak.contains(index) || self.beside(i, m, *index)));
        let run = scan.name_run(i, false);
        let make = |last: usize, identity, confidence, rule| Candidate {
            first: i as u32,
            last: last as u32,
            identity,
            title: TitleOf::default(),
            form: MentionForm::Name,
            confidence,
            why: Why::rule(rule),
            nested: false,
        };
        match (known, run) {
            (Some((m, index)), Some(end)) if end > m.last as usize => {
                let inside = (m.last as usize..end).all(|t| scan.lexicon.actors[index as usize].ar.split(' ').any(|p| majlis_text::fold(p) == scan.form(t)));
                if inside {
                    Some(make(end, Identity::Known(index), 0.95, "mention/known-person"))
                } else {
                    Some(make(end, Identity::Person { name: (i as u32, end as u32) }, 0.75, "mention/name-shape"))
                }
            }
            (Some((m, index)), _) => Some(make(m.last as usize, Identity::Known(index), 0.95, "mention/known-person")),
            (None, Some(end)) => Some(make(end, Identity::Person { name: (i as u32, end as u32) }, 0.7, "mention/name-shape")),
            (None, None) => None,
        }
        .map(|c| self.with_apposition(c))
    }

    /// A full name with the office that stands after it: هاينز فيشر، رئيس النمسا.
    fn with_apposition(&self, c: Candidate) -> Candidate {
        if c.last - c.first < 2 {
            return c;
        }
        let start = c.last as usize + usize::from(self.scan.is_comma(c.last as usize));
        let before = self.scan.bare(start);
        if before != self.scan.form(start) {
            return c;
        }
        match self.titled(start) {
            Some(t)
                if t.name.is_none()
                    && t.definite
                    && !t.only_honorific
                    && !t.role
                    && t.title_end - start <= 9
                    && (self.scan.is_comma(t.title_end)
                        || !self.scan.is_word(t.title_end)
                        || self.scan.class(t.title_end).any(Classes::PREP.with(Classes::STOP))
                        || self.scan.finite_verb(t.title_end)) =>
            {
                Candidate { last: t.title_end as u32, title: t.title, form: MentionForm::Titled, ..c }
            }
            _ => c,
        }
    }

    /// Whether a `~` alias stands where only the person can be meant: after المخلوع and the like, or joined by و to a mention of the
    /// same state.
    fn beside(&self, i: usize, m: &Match, index: u16) -> bool {
        let scan = self.scan;
        if i == 0 {
            return false;
        }
        let described = m.word.offset == 0
            && scan
                .at(i - 1)
                .iter()
                .any(|t| t.last as usize == i && matches!(t.entry, Entry::Title(t) if scan.lexicon.titles[t as usize].class == TitleClass::Descriptor));
        let joined = m.word.proclitics.conjunction.is_some()
            && self.mentions.last().is_some_and(|c| {
                c.last as usize == i
                    && matches!(c.identity, Identity::Known(k) if scan.lexicon.actors[k as usize].country == scan.lexicon.actors[index as usize].country)
            });
        described || joined
    }

    fn surname(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let person = |rule| {
            Some(Candidate {
                first: i as u32,
                last: i as u32 + 1,
                identity: Identity::Person { name: (i as u32, i as u32 + 1) },
                title: TitleOf::default(),
                form: MentionForm::Name,
                confidence: 0.6,
                why: Why::rule(rule),
                nested: false,
            })
        };
        let form = scan.form(i);
        let seen = self.unknown.contains(form) || form.strip_prefix(['و', 'ل', 'ب', 'ف']).is_some_and(|rest| self.unknown.contains(rest));
        if seen {
            return person("mention/unlisted-surname");
        }
        // وأكد اسكافاردي أن …: only a name can stand there.
        let unlisted = scan.analyses(i).first().is_none() && form.len() >= 8;
        if unlisted && scan.after_reporting_verb(i) && (crate::speech::that(scan.form(i + 1)) || !scan.is_word(i + 1) || scan.particle(i + 1)) {
            return person("mention/name-after-reporting-verb");
        }
        if self.surnames.is_empty() {
            return None;
        }
        let word = scan.analyses(i).iter().find(|w| self.surnames.contains(&w.form.word()))?;
        let classes = scan.lexicon.classes(word.form.word());
        if classes.any(Classes::STOP.with(Classes::PREP)) || (word.offset > 0 && classes.any(Classes::COMMON)) {
            return None;
        }
        // علي is a name and على a preposition; only the spelling tells them apart.
        let written = self.scan.layout.tokens[i].span.slice(self.scan.layout.text).unwrap_or_default();
        if written.ends_with('ى') && !written.starts_with('م') && scan.form(i).len() <= 8 {
            return None;
        }
        let more = (i + 1..i + 3)
            .take_while(|&t| {
                scan.is_word(t)
                    && scan.whole(t).is_some_and(|w| self.surnames.contains(&w) && !scan.lexicon.classes(w).any(Classes::COMMON.with(Classes::STOP)))
            })
            .count();
        let last_word = scan.whole(i + more).filter(|_| more > 0).unwrap_or(word.form.word());
        Some(Candidate {
            first: i as u32,
            last: (i + 1 + more) as u32,
            identity: Identity::Surname(last_word),
            title: TitleOf::default(),
            form: MentionForm::Name,
            confidence: 0.8,
            why: Why::rule("mention/surname"),
            nested: false,
        })
    }

    /// A curated body by its own name.
    fn known_body(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let quoted = i > 0 && scan.is_quote_mark(i - 1);
        let (m, index) = scan.longest(i, |m| match m.entry {
            Entry::Actor { index, weak } if scan.lexicon.actors[index as usize].kind != ActorKind::Person => {
                let closed = quoted && scan.is_quote_mark(m.last as usize);
                (!weak || closed || self.weak.contains(&index)).then_some(index)
            }
            _ => None,
        })?;
        let last = self.trailing(m.last as usize, true);
        Some(Candidate {
            first: i as u32,
            last: last as u32,
            identity: Identity::Known(index),
            title: TitleOf::default(),
            form: MentionForm::Name,
            confidence: 0.95,
            why: Why::rule("mention/known-body"),
            nested: false,
        })
    }

    /// The end of what may trail a body's name: its state's adjective, بقيادة …, المدعومة من …, الموالية ل….
    fn trailing(&self, from: usize, nisba_too: bool) -> usize {
        let scan = self.scan;
        let mut end = from;
        if nisba_too
            && let Some((m, _)) = scan.nisba_at(end)
            && m.word.offset == 0
            && m.word.form.article()
        {
            end = m.last as usize;
        }
        match scan.form(end) {
            "بقياده" | "بزعامه" | "برءاسه" if scan.state_at(end + 1).is_some() => {
                end = scan.state_at(end + 1).map_or(end, |(m, _)| m.last as usize);
            }
            "المدعوم" | "المدعومه" | "المدعومين" if matches!(scan.form(end + 1), "من") => {
                if let Some((m, _)) = scan.state_at(end + 2) {
                    end = m.last as usize;
                }
            }
            "المدعوم" | "المدعومه" if scan.form(end + 1).ends_with("يا") => end += 2,
            "المواليه" | "الموالي" | "الموالين" | "التابع" | "التابعه" => {
                if let Some((m, _)) = scan.longest(end + 1, |m| match m.entry {
                    Entry::Actor { weak: false, .. } | Entry::State { weak: false, .. } => Some(()),
                    _ => None,
                }) {
                    end = m.last as usize;
                }
            }
            "المعترف" if scan.form(end + 1) == "بها" || scan.form(end + 1) == "به" => {
                end += if scan.form(end + 2).starts_with("دولي") { 3 } else { 2 }
            }
            _ => {}
        }
        end
    }

    fn organ(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, (organ, weak)) = scan.longest(i, |m| match m.entry {
            Entry::Organ { index, weak } => Some((index, weak)),
            _ => None,
        })?;
        let mut end = m.last as usize;
        // للقضاء على: to put an end to.
        if scan.form(end) == "علي" && scan.lexicon.organs[organ as usize].id == "judiciary" {
            return None;
        }
        let definite = m.word.form.article() || m.last - m.first > 1;
        let mut country = None;
        let mut of = None;
        // Adjectives may stand between: الحكومة الشرعية اليمنية.
        let mut k = end;
        while k < end + 2 && scan.definite_word(k) && scan.nisba_at(k).is_none() && self.adjective(k) {
            k += 1;
        }
        if let Some((n, state)) = scan.nisba_at(k)
            && n.word.offset == 0
            && (n.word.form.article() || !m.word.form.article())
        {
            country = Some(state);
            end = n.last as usize;
        } else if !m.word.form.article() || m.last - m.first > 1 {
            if let Some((s, state)) = scan.state_at(end)
                && s.word.offset == 0
            {
                country = Some(state);
                end = s.last as usize;
            } else if let Some((c, _)) = scan.person_at(end, true)
                && c.word.offset == 0
                && matches!(scan.lexicon.organs[organ as usize].id, "government" | "army" | "security-forces")
            {
                of = Some((c.first, c.last));
                end = c.last as usize;
            } else if let Some(c) = self.titled_person(end).filter(|_| scan.lexicon.organs[organ as usize].id == "government")
                && let Identity::Known(_) = c.identity
            {
                let name = scan.person_at(c.last as usize - 1, true).map_or((c.first, c.last), |(m, _)| (m.first, m.last));
                of = Some(name);
                end = c.last as usize;
            } else if let Some((p, ())) = scan.longest(end, |m| match m.entry {
                Entry::Place { weak: false, .. } | Entry::State { capital: true, .. } if m.word.offset == 0 => Some(()),
                _ => None,
            }) {
                of = Some((p.first, p.last));
                end = p.last as usize;
            } else if let Some((n, state)) = scan.nisba_at(end)
                && n.word.offset == 0
            {
                country = Some(state);
                end = n.last as usize;
            }
        }
        if country.is_none() && of.is_none() && (weak || !definite) {
            return None;
        }
        if country.is_none() && of.is_none() && self.adjective(end) && scan.definite_word(end) {
            end += 1;
        }
        end = self.trailing(end, false);
        Some(Candidate {
            first: i as u32,
            last: end as u32,
            identity: Identity::Organ { organ, country, of },
            title: TitleOf::default(),
            form: MentionForm::Name,
            confidence: if country.is_some() || of.is_some() { 0.9 } else { 0.8 },
            why: Why::rule("mention/organ"),
            nested: false,
        })
    }

    /// Whether token `i` is spelt like an adjective: no verb, no event noun's own reading, ends in ة, ي or يين.
    fn adjective(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        self.scan.is_word(i)
            && form.starts_with("ال")
            && (form.ends_with('ه') || form.ends_with('ي') || form.ends_with("يين") || form.ends_with("يون"))
            && !self.scan.finite_verb(i)
            && self.scan.state_at(i).is_none()
    }

    /// A body that begins with a head noun.
    fn body(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, head) = scan.longest(i, |m| match m.entry {
            Entry::Head(h) => Some(h),
            _ => None,
        })?;
        let make = |last: usize, identity, confidence, rule| {
            Some(Candidate {
                first: i as u32,
                last: last as u32,
                identity,
                title: TitleOf::default(),
                form: MentionForm::Name,
                confidence,
                why: Why::rule(rule),
                nested: false,
            })
        };
        let end = m.last as usize;
        if starts_title(scan, end) && !scan.has_article(end) {
            return None;
        }
        let kind = scan.lexicon.heads[head as usize].kind;
        let mut at = end;
        let opened = scan.quote_opened(at).is_some();
        if opened {
            at += 1;
        }
        // الكتلة البرلمانية "فتح": adjectives between the head and the name.
        let mut k = at;
        while !opened && k < at + 2 && matches!(kind, ActorKind::Party | ActorKind::ArmedGroup) && BODY_ADJECTIVES.contains(&scan.form(k)) {
            k += 1;
        }
        for start in [at, k, if scan.is_quote_mark(k) { k + 1 } else { k }] {
            let actor = scan.longest(start, |m| match m.entry {
                Entry::Actor { index, .. } if m.word.offset == 0 && (scan.lexicon.actors[index as usize].kind != ActorKind::Person) => Some(index),
                _ => None,
            });
            if let Some((a, index)) = actor
                && (fits(kind, scan.lexicon.actors[index as usize].kind) || opened)
            {
                let mut last = a.last as usize;
                if scan.is_quote_mark(last) && (opened || start > at) {
                    last += 1;
                }
                while last < a.last as usize + 3
                    && (BODY_ADJECTIVES.contains(&scan.form(last))
                        || EVALUATING.contains(&scan.form(last))
                        || scan.nisba_at(last).is_some_and(|(n, _)| n.word.form.article()))
                {
                    last += 1;
                }
                return make(self.trailing(last, true), Identity::Known(index), 0.95, "mention/head-and-known-name");
            }
        }
        if opened {
            let close = (at..(at + 6).min(scan.len())).find(|&t| scan.is_quote_mark(t))?;
            if close > at {
                return make(close + 1, Identity::Body { head, name: (at as u32, close as u32) }, 0.8, "mention/head-and-quoted-name");
            }
            return None;
        }
        if COMMONPLACE.contains(&scan.bare(i).trim_start_matches("ال")) && scan.class(end).any(Classes::COMMON) {
            return None;
        }
        if kind == ActorKind::ArmedGroup && scan.kind(end) == TokenKind::Number && scan.form(end).len() <= 4 {
            return make(end + 1, Identity::Body { head, name: (end as u32, end as u32 + 1) }, 0.8, "mention/head-and-number");
        }
        if m.word.form.article() && EVALUATING.contains(&scan.form(end)) {
            return make(end + 1, Identity::Short { head, word: m.word.form.word() }, 0.7, "mention/head-and-epithet");
        }
        if let Some(last) = self.loyal_to(end).filter(|_| kind == ActorKind::ArmedGroup) {
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/head-and-master");
        }
        let mut last = end;
        while last < end + 5 {
            if ATTACHED.contains(&scan.form(last)) {
                break;
            }
            if m.word.form.article() && !(scan.form(last).ends_with("يه") || scan.form(last).ends_with('ي')) {
                break;
            }
            // A masculine head has no feminine adjective: ممارسات التنظيم القمعية.
            let singular = majlis_text::fold(scan.lexicon.heads[head as usize].ar).trim_start_matches("ال") == scan.bare(i).trim_start_matches("ال");
            if singular
                && !scan.bare(i).ends_with('ه')
                && scan.form(last).ends_with('ه')
                && self.adjective(last)
                && m.last - m.first == 1
                && !matches!(kind, ActorKind::ArmedGroup if scan.bare(i).starts_with("قوات"))
            {
                break;
            }
            if kind == ActorKind::Party && (scan.form(last).ends_with("ين") || scan.form(last).ends_with("ون")) {
                break;
            }
            let adjective = scan.nisba_at(last).is_some_and(|(n, _)| n.word.offset == 0)
                || (scan.definite_word(last) && !scan.finite_verb(last) && !starts_title(scan, last));
            let second =
                last > end && scan.form(last).starts_with("وال") && scan.is_word(last) && kind != ActorKind::ArmedGroup && self.adjective_after_and(last);
            if !adjective && !second {
                break;
            }
            last += 1;
        }
        if last > end {
            let last = self.trailing(last, false);
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.65, "mention/head-and-adjectives");
        }
        if !m.word.form.article()
            && let Some(to) = scan.name_run(end, true)
            && matches!(kind, ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Media)
            && scan.strength(end, true) == crate::persons::Strength::Strong
        {
            return make(to, Identity::Body { head, name: (end as u32, to as u32) }, 0.7, "mention/head-and-name");
        }
        if !m.word.form.article() && scan.after_reporting_verb(i) {
            let last =
                (end..end + 5).take_while(|&t| scan.is_word(t) && !scan.particle(t) && !crate::speech::that(scan.form(t)) && !scan.finite_verb(t)).count()
                    + end;
            if last > end {
                return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.6, "mention/body-after-reporting-verb");
            }
        }
        if m.word.form.article() && m.last - m.first == 1 {
            return make(end, Identity::Short { head, word: m.word.form.word() }, 0.6, "mention/head-alone");
        }
        None
    }

    /// The end of موالية للرئيس فلان, or of a person's name that says whose the forces are.
    fn loyal_to(&self, at: usize) -> Option<usize> {
        let loyal = matches!(self.scan.form(at), "المواليه" | "مواليه" | "الموالي" | "موالين");
        let master = if loyal { at + 1 } else { at };
        if loyal && !self.scan.form(master).starts_with('ل') {
            return None;
        }
        let named = self.titled_person(master).or_else(|| self.person(master)).or_else(|| if loyal { self.organ(master) } else { None })?;
        Some(named.last as usize)
    }

    fn adjective_after_and(&self, i: usize) -> bool {
        let form = self.scan.form(i);
        form.len() > 10 && (form.ends_with('ه') || form.ends_with('ي')) && self.scan.state_at(i).is_none()
    }

    /// A definite title without a name: رئيس الوزراء العراقي, المبعوث الأممي, الوزير.
    fn title_only(&self, i: usize) -> Option<Candidate> {
        let titled = self.titled(i)?;
        if titled.name.is_some() || titled.only_honorific || titled.role || !titled.definite {
            return None;
        }
        if i > 0 && matches!(self.scan.bare(i - 1), "منصب" | "بمنصب" | "لمنصب" | "منصبه" | "حقيبه") {
            return None;
        }
        let scan = self.scan;
        let identity = match titled.title.office {
            Some(office) => Identity::Office { office, country: titled.title.country },
            None => Identity::Title { head: titled.title.head?, country: titled.title.country },
        };
        let office_alone = titled.title.office.is_some() || titled.title.country.is_some();
        let last = if office_alone { titled.title_end } else { titled.title_end.min(i + 3) };
        Some(Candidate {
            first: i as u32,
            last: self.trailing(last, false) as u32,
            identity,
            title: titled.title,
            form: MentionForm::Title,
            confidence: if scan.longest(i, |m| matches!(m.entry, Entry::Office { weak: false, .. }).then_some(())).is_some() { 0.8 } else { 0.6 },
            why: Why::rule("mention/title"),
            nested: false,
        })
    }

    fn state(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, (index, capital, weak)) = scan.longest(i, |m| match m.entry {
            Entry::State { index, capital, weak } => Some((index, capital, weak)),
            _ => None,
        })?;
        if weak && (capital || !self.named_states.get(index as usize).copied().unwrap_or_default()) {
            return None;
        }
        Some(Candidate {
            first: i as u32,
            last: m.last,
            identity: Identity::State(index),
            title: TitleOf::default(),
            form: if capital { MentionForm::Capital } else { MentionForm::Name },
            confidence: 0.8,
            why: Why::rule(if capital { "mention/capital-for-government" } else { "mention/state" }),
            nested: false,
        })
    }

    /// The adjective of a state after what it sends: مساعدات سعودية وإماراتية.
    fn nisba(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        if matches!(scan.bare(i), "الجانب" | "الطرف" | "للجانب" | "للطرف")
            && let Some((n, index)) = scan.nisba_at(i + 1)
            && n.word.form.article()
        {
            return Some(Candidate {
                first: i as u32,
                last: n.last,
                identity: Identity::State(index),
                title: TitleOf::default(),
                form: MentionForm::Nisba,
                confidence: 0.7,
                why: Why::rule("mention/side-of-state"),
                nested: false,
            });
        }
        let (m, index) = scan.nisba_at(i)?;
        if i == 0 {
            return None;
        }
        if m.word.form.article() {
            // الأميركيين after no noun that they describe.
            let people = scan.at(i).iter().any(|e| matches!(e.entry, Entry::Nisba { plural: true, .. }));
            let describes = scan.has_article(i - 1)
                || self.mentions.last().is_some_and(|c| c.last as usize == i)
                || scan.bare(i - 1).ends_with("ين")
                || scan.bare(i - 1).ends_with("ون")
                || scan.bare(i - 1).ends_with("ات");
            return (people && !describes).then_some(Candidate {
                first: i as u32,
                last: m.last,
                identity: Identity::State(index),
                title: TitleOf::default(),
                form: MentionForm::Nisba,
                confidence: 0.5,
                why: Why::rule("mention/people-of-state"),
                nested: false,
            });
        }
        let listed = self.mentions.last().is_some_and(|c| c.last as usize == i && c.form == MentionForm::Nisba);
        (listed || SENT.contains(&scan.bare(i - 1))).then_some(Candidate {
            first: i as u32,
            last: m.last,
            identity: Identity::State(index),
            title: TitleOf::default(),
            form: MentionForm::Nisba,
            confidence: 0.6,
            why: Why::rule("mention/nisba"),
            nested: false,
        })
    }

    /// A place at `i`, type words before its name included.
    fn place(&self, i: usize) -> Option<PlaceCandidate> {
        let scan = self.scan;
        let typed = scan.longest(i, |m| match m.entry {
            Entry::PlaceType(kind) => Some(kind),
            _ => None,
        });
        let at = |i: usize, weak_too: bool| {
            scan.longest(i, |m| match m.entry {
                Entry::Place { index, weak } if !weak || weak_too => {
                    let p = &scan.lexicon.places[index as usize];
                    (!p.country.is_empty() || matches!(p.kind, PlaceType::Sea | PlaceType::Strait)).then_some(PlaceId::Place(index))
                }
                Entry::State { index, capital: true, weak } if !weak || weak_too => Some(PlaceId::Capital(index)),
                Entry::State { index, capital: false, weak } if !weak || weak_too => Some(PlaceId::State(index)),
                _ => None,
            })
        };
        let whole = at(i, false);
        if let Some((t, kind)) = typed {
            let start = t.last as usize;
            let article = t.word.form.article();
            if let Some((n, state)) = scan.nisba_at(start)
                && scan.bare(i).ends_with("العاصمه")
                && at(n.last as usize, false).is_none()
            {
                return Some(self.place_candidate(i, n.last as usize, PlaceId::Capital(state), 0.85, "place/capital-of"));
            }
            let settled = !article && !matches!(kind, PlaceType::Region | PlaceType::Sea);
            if let Some((p, id)) = at(start, settled)
                && p.word.offset == 0
                && whole.as_ref().is_none_or(|(w, _)| w.last < p.last)
            {
                let last =
                    if scan.form(p.last as usize).starts_with("الدولي") || scan.form(p.last as usize) == "الجويه" { p.last + 1 } else { p.last };
                return Some(self.place_candidate(i, last as usize, id, 0.9, "place/type-and-name"));
            }
            if whole.is_none()
                && !article
                && let Some(last) = self.unlisted(start, kind)
            {
                return Some(self.place_candidate(i, last, PlaceId::Unlisted(kind), 0.4, "place/type-and-unlisted-name"));
            }
        }
        let (m, id) = whole?;
        if self.mentioned_as_name(i, &m) {
            return None;
        }
        Some(self.place_candidate(i, m.last as usize, id, 0.8, "place/gazetteer"))
    }

    /// The end of a place's name that no gazetteer has, after a noun that says what it is.
    fn unlisted(&self, start: usize, kind: PlaceType) -> Option<usize> {
        let scan = self.scan;
        if !scan.is_word(start) || matches!(kind, PlaceType::Sea | PlaceType::Governorate | PlaceType::City | PlaceType::Strait) {
            return None;
        }
        let form = scan.form(start);
        if matches!(form, "باب" | "دير" | "بيت" | "عين" | "تل" | "كفر" | "راس" | "ابو" | "ابي" | "البو" | "بءر" | "خان" | "وادي" | "ال" | "ام")
            && scan.is_word(start + 1)
            && !scan.class(start + 1).any(Classes::STOP)
        {
            return Some(start + 2);
        }
        let class = scan.class(start);
        let attached = scan.analyses(start).first().is_some_and(|w| w.offset > 0 && scan.analyses(start).whole().is_none());
        let named = form.starts_with("ال") && !class.any(Classes::COMMON.with(Classes::STOP)) && scan.nisba_at(start).is_none() && !form.ends_with("يه");
        let unknown = scan.analyses(start).first().is_none() && form.len() >= 8;
        let quarter = kind == PlaceType::Neighbourhood && form.starts_with("ال") && !class.any(Classes::STOP) && scan.nisba_at(start).is_none();
        (!attached && (named || unknown || quarter)).then_some(start + 1)
    }

    fn place_candidate(&self, first: usize, last: usize, at: PlaceId, confidence: f32, rule: &'static str) -> PlaceCandidate {
        PlaceCandidate { first: first as u32, last: last as u32, at, confidence, why: Why::rule(rule) }
    }

    /// Whether a gazetteer name is here a part of a person's name: a given name stands right before it.
    fn mentioned_as_name(&self, i: usize, m: &Match) -> bool {
        self.mentions.last().is_some_and(|c| c.last as usize == i && matches!(c.identity, Identity::Person { .. }) && m.word.offset == 0)
    }

    /// Whether a state or capital acts here rather than being where something is.
    fn is_actor(&self, i: usize, p: &PlaceCandidate) -> bool {
        let (capital, state) = match p.at {
            PlaceId::State(s) => (false, s),
            PlaceId::Capital(s) => (true, s),
            PlaceId::Place(_) | PlaceId::Unlisted(_) => return false,
        };
        if p.why.rule != "place/gazetteer" {
            return false;
        }
        acts(self.scan, &self.mentions, &self.places, i, p.last as usize, capital, self.home == Some(state))
    }
}

/// Heads that are ordinary nouns as well: حركة النقل, التيار الكهربائي.
const COMMONPLACE: [&str; 9] = ["حركه", "تيار", "موقع", "مواقع", "شبكه", "قاءمه", "مجموعه", "تجمع", "جبهه"];

/// Adjectives that may stand after a body's name.
const BODY_ADJECTIVES: [&str; 8] = ["البرلمانيه", "النيابيه", "السياسيه", "العسكريه", "الشيعيه", "السنيه", "الكرديه", "الشعبيه"];

/// Epithets that say no name.
const EVALUATING: [&str; 12] =
    ["الارهابي", "الارهابيه", "المتطرف", "المتطرفه", "المتشدد", "المتشدده", "المسلح", "المسلحه", "المحظور", "المحظوره", "المعارض", "الحاكم"];

/// Adjectives that open a clause of their own.
const ATTACHED: [&str; 14] = [
    "المواليه",
    "الموالي",
    "التابعه",
    "التابع",
    "المسانده",
    "المساند",
    "المدعومه",
    "المدعوم",
    "المشاركه",
    "المتمركزه",
    "الموجوده",
    "المكلفه",
    "المعنيه",
    "المختصه",
];

/// What a state sends, whose adjective names the sender.
const SENT: [&str; 14] = ["مساعدات", "مساعده", "طاءره", "طاءرات", "سفينه", "سفن", "غاره", "غارات", "مقاتلات", "مقاتله", "صواريخ", "قافله", "درون", "دوريه"];

/// Words after which a state or capital is a location.
const WHERE: [&str; 48] = [
    "في",
    "الي",
    "داخل",
    "خارج",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "شمالي",
    "جنوبي",
    "شرقي",
    "غربي",
    "وسط",
    "انحاء",
    "ارجاء",
    "عموم",
    "عبر",
    "نحو",
    "حول",
    "قرب",
    "باتجاه",
    "الاراضي",
    "اراضي",
    "حدود",
    "حدودها",
    "بشان",
    "حيال",
    "سكان",
    "اهالي",
    "سماء",
    "اجواء",
    "سواحل",
    "دخول",
    "ربوع",
    "صوب",
    "مدن",
    "مدينه",
    "العاصمه",
    "مطار",
    "محافظات",
    "بلدان",
    "شوارع",
    "ضواحي",
    "احياء",
    "جامعه",
    "ميناء",
    "ريف",
    "ساحه",
];

/// Verbs and nouns of motion: the state after them, their subject passed over, is where somebody goes.
const MOTION: [&str; 19] = [
    "زار",
    "زارت",
    "يزور",
    "تزور",
    "سيزور",
    "ستزور",
    "زياره",
    "لزياره",
    "زيارته",
    "زيارتها",
    "غادر",
    "غادرت",
    "يغادر",
    "مغادره",
    "وصل",
    "وصلت",
    "يصل",
    "دخل",
    "دخلت",
];

/// Nouns whose owner acts: موقف إيران, مطلب طهران.
const ACTS: [&str; 48] = [
    "موقف",
    "مطلب",
    "مطالب",
    "رغبه",
    "سياسه",
    "قرار",
    "اتهام",
    "اتهامات",
    "دور",
    "تدخل",
    "تدخلات",
    "رد",
    "ضغوط",
    "ضغط",
    "نفوذ",
    "علاقات",
    "علاقه",
    "مصالح",
    "التزام",
    "رفض",
    "قبول",
    "موافقه",
    "تحالف",
    "مشاركه",
    "جهود",
    "مساعي",
    "اعلان",
    "حلفاء",
    "حليف",
    "بين",
    "مع",
    "ضد",
    "تجاه",
    "ان",
    "بان",
    "لان",
    "لكن",
    "فان",
    "قبل",
    "امتلاك",
    "تهديد",
    "تهديدات",
    "برنامج",
    "سعي",
    "محاولات",
    "بحسب",
    "حسب",
    "وفق",
];

fn acts(scan: &Scan<'_>, mentions: &[Candidate], places: &[PlaceCandidate], first: usize, last: usize, capital: bool, home: bool) -> bool {
    let word = scan.longest(first, |m| matches!(m.entry, Entry::State { .. }).then_some(())).map(|(m, ())| m.word);
    let preposition = word.and_then(|w| w.proclitics.preposition);
    let conjunction = word.is_some_and(|w| w.proclitics.conjunction.is_some());
    let mut before = first.checked_sub(1);
    while before.is_some_and(|b| scan.is_quote_mark(b)) {
        before = before.and_then(|b| b.checked_sub(1));
    }
    let prev = before.map_or("", |b| scan.form(b));
    let prev = if matches!(prev, "وفي" | "ومن" | "والي" | "وعلي") { &prev["و".len()..] } else { prev };
    let prev_bare = before.map_or("", |b| scan.bare(b));
    if preposition == Some('ب') {
        return matches!(prev_bare, "الاعتراف" | "اعتراف" | "اتصال" | "علاقه" | "علاقات" | "صله" | "يعترف" | "تعترف");
    }
    let between = (first.saturating_sub(9)..first).rev().take_while(|&t| !scan.is_break(t) && scan.form(t) != ".").any(|t| scan.form(t) == "بين");
    // A list goes on as it began: سوريا والعراق.
    if conjunction && first > 0 {
        let listed = |last: u32| last as usize == first || last as usize + 1 == first && scan.is_comma(first - 1);
        if between || mentions.last().is_some_and(|m| listed(m.last) && matches!(m.identity, Identity::State(_))) {
            return true;
        }
        if places.last().is_some_and(|p| listed(p.last)) {
            return false;
        }
        if capital && mentions.last().is_some_and(|m| m.last as usize == first) {
            return true;
        }
    }
    if WHERE.contains(&prev)
        || WHERE.contains(&prev_bare)
        || (prev == "مع"
            && before.is_some_and(|b| (b.saturating_sub(2)..b).any(|t| matches!(scan.bare(t), "الحدود" | "حدود" | "حدودها" | "الحدوديه" | "بالحدود"))))
    {
        return false;
    }
    if matches!(scan.form(last), "-" | "–" | ":" | "(" | "/") && (before.is_none_or(|b| scan.is_break(b) || !scan.is_word(b))) {
        return false;
    }
    if ACTS.contains(&prev) || ACTS.contains(&prev_bare) {
        return true;
    }
    if preposition.is_none()
        && (first.saturating_sub(10)..first)
            .rev()
            .take_while(|&t| scan.is_word(t) || scan.is_comma(t) || scan.is_quote_mark(t))
            .any(|t| MOTION.contains(&scan.bare(t)))
        && !scan.finite_verb(last)
    {
        return before.is_some_and(|b| {
            MOTION.contains(&scan.bare(b)) && scan.verbs(b).any(|v| v.reading.tense == majlis_lexicon::Tense::Perfect) && scan.form(b).ends_with('ت')
        });
    }
    // وظلت تركيا …: spelt like a verb in the feminine.
    let feminine = |i: usize| {
        let form = scan.form(i);
        scan.is_word(i) && form.ends_with('ت') && !form.ends_with("ات") && form.len() >= 6 && !scan.has_article(i) && scan.name_kind(i).is_none()
    };
    if before.is_some_and(feminine) {
        return true;
    }
    let verbal = |i: usize| {
        let form = scan.form(i);
        let bare = form.strip_prefix('س').or_else(|| form.strip_prefix('و')).unwrap_or(form);
        scan.is_word(i)
            && (scan.finite_verb(i)
                || (bare.starts_with(['ت', 'ي'])
                    && bare.len() >= 8
                    && scan.name_kind(i).is_none()
                    && scan.state_at(i).is_none()
                    && !scan.verbs(i).any(|v| v.reading.tense == majlis_lexicon::Tense::Masdar)))
    };
    if verbal(last) || before.is_some_and(verbal) {
        return true;
    }
    if preposition == Some('ل') {
        return true;
    }
    if matches!(scan.form(last), "قد" | "لم" | "لن" | "لا" | "ليست" | "كانت" | "هي" | "التي" | "ذلك") {
        return true;
    }
    match prev {
        "من" => false,
        "علي" => !capital && !home,
        _ if home && !capital => false,
        _ if capital => {
            // The owner of a noun: طرح موسكو, حماية واشنطن.
            before.is_some_and(|b| {
                scan.is_word(b)
                    && !scan.has_article(b)
                    && !scan.class(b).any(Classes::STOP.with(Classes::PREP))
                    && scan.nisba_at(b).is_none()
                    && !scan.at(b).iter().any(|m| matches!(m.entry, Entry::PlaceType(_)))
            })
        }
        _ => true,
    }
}

/// Titles that are held in relation to a person.
const RELATIONS: [&str; 14] = ["مستشار", "نجل", "ابن", "شقيق", "زوجه", "محامي", "مبعوث", "ممثل", "مساعد", "ناءب", "سكرتير", "وريث", "صهر", "خليفه"];

fn is_former(form: &str) -> bool {
    matches!(form, "السابق" | "الاسبق" | "المخلوع" | "الراحل" | "المعزول" | "السابقه" | "المستقيل" | "المقال" | "المنصرف")
}

fn starts_title(scan: &Scan<'_>, i: usize) -> bool {
    scan.at(i).iter().any(|m| {
        matches!(m.entry, Entry::Office { .. }) || matches!(m.entry, Entry::Title(t) if scan.lexicon.titles[t as usize].class != TitleClass::Descriptor)
    })
}

/// Whether a head noun of one kind may stand before an actor of another.
fn fits(head: ActorKind, actor: ActorKind) -> bool {
    use ActorKind::{ArmedGroup, Government, Group, Igo, Media, Party, Person, State};
    match (head, actor) {
        (_, Person | State) => false,
        (Media, Media) | (Group, _) => true,
        (Media, Igo | Government | Group | Party | ArmedGroup) => false,
        (Party | ArmedGroup, Party | ArmedGroup | Group) => true,
        (Government, Government) | (Igo, Igo) => true,
        _ => head == actor,
    }
}
