//! Runs of words that name a person, and titles with or without one.

use crate::scan::{Match, Scan};
use majlis_lexicon::{ActorKind, Classes, Entry, NameKind, Tense, TitleClass};
use majlis_text::TokenKind;

/// How surely a token is part of a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Strength {
    /// It is not.
    No,
    /// The lexicon has never seen it.
    Unknown,
    /// A name part that is also an ordinary word.
    Weak,
    /// A name part.
    Strong,
}

const NEVER: Classes = Classes::STOP
    .with(Classes::TIME)
    .with(Classes::PREP)
    .with(Classes::REL)
    .with(Classes::DEM)
    .with(Classes::NEG)
    .with(Classes::SUB)
    .with(Classes::MONTH)
    .with(Classes::WEEKDAY)
    .with(Classes::UNIT)
    .with(Classes::QUANT)
    .with(Classes::NUMBER)
    .with(Classes::DISCOURSE)
    .with(Classes::COND)
    .with(Classes::PASSIVE);

/// Words that join with the next into one part of a name: عبد الله, أبو بكر, بن سلمان.
const JOINS: [&str; 19] = ["عبد", "ابو", "ابي", "ابا", "بن", "ابن", "بنت", "ال", "ام", "ذو", "دي", "دو", "فان", "فون", "بو", "ولد", "لو", "ماك", "دا"];

/// Parts whose first half may be an ordinary word: سيف الإسلام, نور الدين.
const RELIGIOUS: [&str; 5] = ["الدين", "الاسلام", "الله", "الرحمن", "الحق"];

/// Whether a word is the second half of such a part.
pub(crate) fn is_religious(form: &str) -> bool {
    RELIGIOUS.contains(&form)
}

/// Whether a word joins with the next into one part of a name.
pub(crate) fn joins(form: &str) -> bool {
    JOINS.contains(&form)
}

impl Scan<'_> {
    /// How surely token `i`, particles aside when `bare`, is part of a name.
    pub(crate) fn strength(&self, i: usize, inside: bool) -> Strength {
        if !self.is_word(i) {
            return Strength::No;
        }
        let form = self.form(i);
        if crate::speech::that(form) {
            return Strength::No;
        }
        if self.accusative(i) {
            return Strength::No;
        }
        // جون فالون: after a given name, the family's name of somebody known, whoever this one is.
        if inside && self.surname_of(i).is_some() {
            return Strength::Strong;
        }
        let analyses = self.analyses(i);
        let Some(first) = analyses.first() else {
            if self.kunya(form) {
                return Strength::Strong;
            }
            return if form.len() >= 6 && !form.is_ascii() { Strength::Unknown } else { Strength::No };
        };
        let itself = analyses.whole().map(|f| f.word());
        if !inside && itself.is_some_and(|w| self.lexicon.name_kind(w).is_none() && self.lexicon.classes(w).any(NEVER.with(Classes::COMMON))) {
            return Strength::No;
        }
        let known =
            if inside { analyses.whole().map(|f| f.word()) } else { analyses.iter().map(|w| w.form.word()).find(|&w| self.lexicon.name_kind(w).is_some()) };
        let Some(word) = known else {
            // Only reached with particles: كالعادة is no name, a word with no other reading may be one.
            let plain = analyses.iter().all(|w| self.lexicon.classes(w.form.word()) == Classes::default() && self.lexicon.readings(w.form.word()).is_empty());
            let busy = !self.at(i).is_empty();
            return if inside && plain && !busy && first.offset > 0 && form.len() >= 8 { Strength::Unknown } else { Strength::No };
        };
        let classes = self.lexicon.classes(word);
        if classes.any(NEVER) {
            return Strength::No;
        }
        // شن: a name with the article alone, and a short verb.
        let verb = form.len() <= 6 && !self.has_article(i) && self.verbs(i).any(|v| v.reading.tense == Tense::Perfect && v.word.offset == 0);
        match self.lexicon.name_kind(word) {
            Some(_) if verb || classes.any(Classes::COMMON) || classes.any(Classes::WEAK_NAME) => Strength::Weak,
            Some(_) => Strength::Strong,
            None => Strength::No,
        }
    }

    /// The curated person whom the one word at `i` names by itself.
    pub(crate) fn surname_of(&self, i: usize) -> Option<u16> {
        self.at(i).iter().find_map(|m| match m.entry {
            Entry::Actor { index, weak: false } if m.last as usize == i + 1 && m.word.offset == 0 => {
                (self.lexicon.actors[index as usize].kind == ActorKind::Person).then_some(index)
            }
            _ => None,
        })
    }

    /// Whether the word at `i` is the given name of a curated person, but for its spelling.
    pub(crate) fn shares_given(&self, i: usize, person: u16) -> bool {
        let given = self.lexicon.actors[person as usize].ar.split(' ').next();
        given.is_some_and(|given| alike(&majlis_text::fold(given), self.bare(i)))
    }

    /// Whether token `i` is written with the ending of an indefinite accusative: مقالاً.
    pub(crate) fn accusative(&self, i: usize) -> bool {
        self.form(i).ends_with('ا') && self.written(i).contains('\u{64B}')
    }

    /// Whether a word is أبو and a name written as one: ابوبكر.
    fn kunya(&self, form: &str) -> bool {
        let name = form.strip_prefix("ابو").filter(|rest| rest.len() >= 6).and_then(|rest| self.lexicon.word(rest));
        name.is_some_and(|word| self.lexicon.name_kind(word).is_some())
    }

    /// Whether token `i` may be a finite verb that the lexicon knows.
    pub(crate) fn finite_verb(&self, i: usize) -> bool {
        !self.particle(i) && self.verbs(i).any(|v| matches!(v.reading.tense, Tense::Perfect | Tense::Imperfect) && v.word.proclitics.preposition.is_none())
    }

    /// Whether the word at `i` ends in ي rather than ى in the original.
    fn dotted(&self, i: usize) -> bool {
        self.layout.tokens[i].span.slice(self.layout.text).is_some_and(|w| w.ends_with('ي'))
    }

    /// The end of the name part at `i`, and its strength; `inside` when a part or a title stands before it.
    pub(crate) fn name_part(&self, i: usize, inside: bool) -> Option<(usize, Strength)> {
        let form = self.form(i);
        if !self.is_word(i) || crate::speech::that(form) {
            return None;
        }
        let bare = if inside { form } else { self.bare(i) };
        // علي is a name where it is spelt with dots and a name follows; صباح is one before a family name.
        if (bare == "علي" && self.dotted(i) || self.class(i).any(Classes::TIME) && self.name_kind(i).is_some() && self.form(i + 1).starts_with("ال"))
            && (self.strength(i + 1, true) == Strength::Strong
                || self.strength(i + 1, true) == Strength::Weak && self.strength(i + 2, true) >= Strength::Unknown
                || JOINS.contains(&self.form(i + 1)))
            && !self.finite_verb(i + 1)
        {
            return Some((i + 1, Strength::Strong));
        }
        // قال علي الأحمدي: where a name is awaited, before one that is also a place.
        let awaited = bare == "علي" && self.dotted(i) && (inside || self.after_reporting_verb(i));
        if awaited && self.strength(i + 1, true) == Strength::Weak && self.form(i + 1).starts_with("ال") && self.form(i + 1).ends_with('ي') {
            return Some((i + 1, Strength::Strong));
        }
        // محمد علي الشدادي: between a given name and a family name that no lexicon has.
        let family = self.form(i + 1);
        if inside && bare == "علي" && self.dotted(i) && family.starts_with("ال") && family.ends_with('ي') && self.strength(i + 1, true) >= Strength::Unknown
        {
            return Some((i + 1, Strength::Strong));
        }
        // ابوبكر علي، or حسين علي أن: the last part of a name.
        if inside && bare == "علي" && self.dotted(i) && (self.is_comma(i + 1) || crate::speech::that(self.form(i + 1))) {
            return Some((i + 1, Strength::Strong));
        }
        // قالت أم سياف: no conjunction, before a name.
        if bare == "ام" && !inside && self.written(i).ends_with("أم") && self.strength(i + 1, true) == Strength::Strong && !self.has_article(i + 1) {
            return Some((i + 2, Strength::Strong));
        }
        if JOINS.contains(&bare) && self.is_word(i + 1) {
            let next = self.form(i + 1);
            let joins = match bare {
                "عبد" => next.starts_with("ال") || self.strength(i + 1, true) >= Strength::Weak,
                "ام" | "ال" | "لو" | "دو" | "دا" | "دي" | "فان" | "فون" => inside && self.strength(i + 1, true) >= Strength::Unknown,
                "بن" | "ابن" if next == "علي" => self.dotted(i + 1),
                _ => self.strength(i + 1, true) >= Strength::Unknown,
            };
            if joins {
                return Some((i + 2, Strength::Strong));
            }
            return None;
        }
        // هيبة الله, but not قال الله.
        let religious = RELIGIOUS.contains(&self.form(i + 1)) && (self.form(i + 1) != "الله" || inside && !self.finite_verb(i));
        if self.is_word(i + 1) && religious && self.name_kind(i).is_some() {
            return Some((i + 2, Strength::Strong));
        }
        match self.strength(i, inside) {
            Strength::No => None,
            s => Some((i + 1, s)),
        }
    }

    /// Token `i` without an attached conjunction or preposition, where the rest is a word of the lexicon.
    pub(crate) fn bare(&self, i: usize) -> &str {
        let form = self.form(i);
        self.analyses(i).first().map_or(form, |w| &form[w.offset as usize..])
    }

    /// The end of the run of name parts at `i`. Without a title before it (`titled` false) it must begin with a given name and
    /// have two parts.
    pub(crate) fn name_run(&self, i: usize, titled: bool) -> Option<usize> {
        let (mut end, strength) = self.name_part(i, titled)?;
        let mut parts = 1;
        let mut sure = usize::from(strength == Strength::Strong);
        if !titled {
            let unknown = strength == Strength::Unknown && self.after_reporting_verb(i);
            if unknown {
                let second = self.name_part(end, true).filter(|(_, s)| *s >= Strength::Unknown && !self.starts_other(end) && !self.finite_verb(end));
                // شهد اعتداءين دمويين: two of something.
                let two = |t: usize| ["ين", "ان"].iter().any(|end| self.form(t).ends_with(end));
                if second.is_none() || two(i) && two(end) || self.starts_other(i) || !self.unknown_fits(i, 0) {
                    return None;
                }
            }
            let given = self.name_kind(i).is_some_and(|k| k != NameKind::Family) || JOINS.contains(&self.bare(i)) || self.kunya(self.form(i));
            // In a list of names a part that is also a word counts: … ورسول بداقي.
            let listed = strength == Strength::Weak
                && self.form(i).starts_with('و')
                && self.bare(i) != self.form(i)
                && self.strength(i + 1, true) >= Strength::Unknown
                && i > 0
                && self.strength(i - 1, true) >= Strength::Unknown;
            // القدس الشريف, بمظهر الفلاحين: no name, unless he is said to speak.
            let place = self.at(i).iter().any(|m| matches!(m.entry, Entry::State { weak: false, .. } | Entry::Place { weak: false, .. }));
            let led = self.analyses(i).first().is_some_and(|w| w.proclitics.preposition.is_some_and(|p| p != 'ل'));
            let doubtful = self.strength(end, true) != Strength::Strong;
            if !unknown && !self.after_reporting_verb(i) && (doubtful && (place || led) || self.form(i).starts_with("ال") && self.form(end).starts_with("ال"))
            {
                return None;
            }
            // جهاد النكاح: a noun of what is done, and of what.
            let masdar = self.verbs(i).any(|v| v.reading.tense == Tense::Masdar);
            if masdar && self.form(end).starts_with("ال") && doubtful && !self.after_reporting_verb(i) {
                return None;
            }
            // بكين ربحت: a capital is no given name before a word that nobody knows.
            let capital = self.at(i).iter().any(|m| matches!(m.entry, Entry::State { capital: true, .. }));
            if capital && self.strength(end, true) != Strength::Strong {
                return None;
            }
            // وقال ناصر الشمري: a given name that is also a word, where he is said to speak.
            let second = self.form(end);
            let family = second.starts_with("ال") && second.ends_with('ي') && self.nisba_at(end).is_none();
            let told = self.after_reporting_verb(i)
                && !self.has_article(i)
                && !self.starts_other(end)
                && match self.strength(end, true) {
                    Strength::Strong => true,
                    Strength::Unknown | Strength::Weak => family,
                    Strength::No => false,
                };
            // بشرى الدروبي، عضو …: a given name that is also a word, with a sure family name and what she is.
            let comma =
                self.is_comma(end + 1) && self.strength(end, true) == Strength::Strong && self.form(end).starts_with("ال") && self.form(end).ends_with('ي');
            let told = told
                || comma
                    && !self.has_article(i)
                    && self.at(end + 2).iter().any(|m| m.word.offset == 0 && matches!(m.entry, Entry::Title(_) | Entry::Office { .. }));
            if !unknown && ((strength < Strength::Strong && !listed && !told) || !given || self.starts_other(i) || self.verb_not_name(i) && !told) {
                return None;
            }
        } else if strength < Strength::Strong && (self.starts_other(i) || self.finite_verb(i)) {
            // العميد صادق حمدان: a given name that is also a verb.
            let given = self.name_kind(i).is_some_and(|k| k != NameKind::Family) && !self.starts_other(i);
            if !given || self.strength(end, true) != Strength::Strong || self.has_article(end) {
                return None;
            }
        }
        // التقى جون كيري لافروف: another one.
        let another =
            |end: usize, parts: usize| self.surname_of(end).is_some_and(|index| parts > 1 || self.surname_of(i).is_some() && !self.shares_given(i, index));
        while parts < 6 && !self.starts_other(end) && !self.honoured(end) && (self.name_kind(end).is_some() || !another(end, parts)) {
            let Some((next, s)) = self.name_part(end, true) else {
                // After a reporting verb and a given name a word with the article is the family name whatever else it means.
                // So it is between a title's given name and أن or a mark: الصحافي فؤاد المسلمي إن.
                let closed = !self.is_word(end + 1) || crate::speech::that(self.form(end + 1));
                let placed = if titled { sure == 1 && closed && self.form(end).ends_with('ي') } else { self.after_reporting_verb(i) };
                // الدكتور رضا العدل رئيس …: and so it is before what he is.
                let office = |m: &Match| matches!(m.entry, Entry::Office { .. } | Entry::Title(_)) && m.word.offset == 0 && !m.word.form.article();
                let placed = placed || titled && sure == 1 && self.at(end + 1).iter().any(office);
                // وقال مروان حزام، …: before a mark any word is.
                let last = sure == 1 && self.after_reporting_verb(i) && self.is_word(end) && closed && !self.starts_other(end) && !self.particle(end);
                let noun = !self.has_article(end)
                    && !self.form(end).starts_with(['و', 'ل'])
                    && !self.form(end).starts_with("بال")
                    && !self.form(end).ends_with(['ا', 'ه']);
                let last = last && noun && self.class(end).any(Classes::COMMON) && !self.finite_verb(end);
                let family = parts == 1 && (placed && self.definite_word(end) || last) && self.nisba_at(end).is_none();
                end += usize::from(family);
                parts += usize::from(family);
                break;
            };
            let fits = match s {
                Strength::Strong => true,
                Strength::Weak => !self.finite_verb(end),
                Strength::Unknown => self.unknown_fits(end, parts) && !self.form(end - 1).starts_with("ال"),
                Strength::No => false,
            };
            if !fits {
                break;
            }
            sure += usize::from(s == Strength::Strong);
            parts += 1;
            end = next;
        }
        // الدكتور خالد المصري: a state's adjective right after given names is the family's name.
        let placed = titled || self.after_reporting_verb(i);
        let given = (sure > 0 || titled && self.name_kind(i).is_some())
            && parts <= 3
            && (!self.form(end - 1).starts_with("ال") || end > i + 1 && JOINS.contains(&self.form(end - 2)));
        if placed && given && self.form(end).starts_with("ال") && self.form(end).ends_with('ي') && self.nisba_at(end).is_some() {
            end += 1;
            parts += 1;
        }
        // أبو ليث التونسي: whence he comes is part of what he is called.
        let family = |t: usize| {
            self.form(t).starts_with("ال") && self.form(t).ends_with('ي') && (self.nisba_at(t).is_some() || self.strength(t, true) >= Strength::Unknown)
        };
        if !titled && parts == 1 && matches!(self.bare(i), "ابو" | "ام") && self.name_kind(end - 1).is_some() && family(end) {
            return Some(end + 1);
        }
        // أبو البراء, أم سياف: known by that alone, and no place (أبو كمال).
        let kunya = !titled
            && parts == 1
            && matches!(self.bare(i), "ابو" | "ام")
            && self.strength(end - 1, true) == Strength::Strong
            && !self.at(i).iter().any(|m| matches!(m.entry, Entry::Place { .. } | Entry::State { .. }));
        if kunya {
            return Some(end);
        }
        let enough = if titled { sure > 0 || parts >= 2 || strength == Strength::Unknown } else { parts >= 2 };
        enough.then_some(end)
    }

    /// Whether another's name begins at `i` with an honorific: الملا عمر الملا أختر منصور.
    fn honoured(&self, i: usize) -> bool {
        let honorific = |m: &Match| {
            m.word.offset == 0 && m.word.form.article() && matches!(m.entry, Entry::Title(t) if self.lexicon.titles[t as usize].class == TitleClass::Honorific)
        };
        self.at(i).iter().any(honorific) && self.strength(i + 1, true) == Strength::Strong && !self.has_article(i + 1)
    }

    /// Whether token `i` is rather a verb: read with as few particles as the name would be (التقى, but not وسام).
    fn verb_not_name(&self, i: usize) -> bool {
        let name = self.analyses(i).iter().find(|w| self.lexicon.name_kind(w.form.word()).is_some()).map_or(u8::MAX, |w| w.offset);
        self.verbs(i).any(|v| matches!(v.reading.tense, Tense::Perfect | Tense::Imperfect) && v.word.proclitics.preposition.is_none() && v.word.offset <= name)
    }

    /// Whether a reporting verb stands right before `i`: what follows is who said it.
    pub(crate) fn after_reporting_verb(&self, i: usize) -> bool {
        // جمعت بين الوكالة وإيران: a preposition, wherever a word stands before it.
        // أعلنت أمس وحدات …: when it was said stands between.
        let when = |t: usize| self.class(t).any(Classes::TIME) && self.name_kind(t).is_none() && !crate::speech::that(self.form(t));
        let i = i - usize::from(i > 1 && self.is_word(i - 1) && when(i - 1) && self.cue(i - 2).is_some());
        let particle = i > 1 && self.is_word(i - 2) && self.particle(i - 1);
        i > 0 && !particle && self.cue(i - 1).is_some_and(|v| v.reading.tense == Tense::Perfect && !v.reading.first_person)
    }

    /// An unknown word inside a name: not spelt like a verb or a sound plural.
    fn unknown_fits(&self, i: usize, parts: usize) -> bool {
        let form = self.form(i);
        // ينحدرون, لتشذيب: a verb in the plural, a purpose.
        let verbal = form.starts_with("ست")
            || form.starts_with("سي")
            || form.starts_with('ي') && form.ends_with("ون")
            || form.starts_with("لت") && form.len() >= 12
            || (form.starts_with('ي') && parts >= 2)
            || (form.starts_with('ت') && form.len() > 6 && parts >= 2);
        let owned = ["ها", "هم", "هما", "ييه", "اءه", "يته", "يي"].iter().any(|end| form.ends_with(end));
        // لايستهان: لا and a verb written as one.
        let participles = form.starts_with('م') && form.ends_with("ين") && form.len() >= 12;
        // أوباما لقبوله: for something of his.
        let full = i > 0 && self.surname_of(i - 1).is_some();
        let owned = owned || full && form.starts_with(['ل', 'ب']) && self.written(i).ends_with('ه');
        let negated = form.starts_with("لاي") || form.starts_with("لات");
        let plural = form.ends_with("ون") && form.len() > 10 && parts >= 2
            || form.ends_with("يون") && form.len() > 12
            || form.ends_with("ات") && form.len() > 8
            || form.ends_with("يه") && form.starts_with("ال");
        parts < 3
            && !verbal
            && !plural
            && !owned
            && !negated
            && !participles
            && form.len() >= 6
            && !form.starts_with('و')
            && !form.starts_with("بال")
            && !form.starts_with("لل")
    }

    /// Whether something that ends a name begins at `i`: a title, organ, head, state or sure place.
    pub(crate) fn starts_other(&self, i: usize) -> bool {
        self.name_kind(i).is_none_or(|_| self.class(i).any(Classes::COMMON))
            && self.at(i).iter().any(|m| match m.entry {
                Entry::Office { .. }
                | Entry::Organ { .. }
                | Entry::Head(_)
                | Entry::State { .. }
                | Entry::PlaceType(_)
                | Entry::Phrase(_)
                | Entry::Predicate { .. } => true,
                Entry::Nisba { .. } => true,
                // عبد الإله ابن كيران: inside a name.
                Entry::Title(_) if self.form(i) == "ابن" => false,
                Entry::Title(t) => self.lexicon.titles[t as usize].class != TitleClass::Honorific || m.last - m.first > 1,
                Entry::Place { weak, .. } => !weak,
                Entry::Actor { weak, index } => !weak && self.lexicon.actors[index as usize].kind != ActorKind::Person,
                Entry::Source(_) => self.name_kind(i).is_none(),
                Entry::Word(_) => false,
            })
    }

    /// The lexicon person named at `i`, longest alias first.
    pub(crate) fn person_at(&self, i: usize, weak_too: bool) -> Option<(Match, u16)> {
        self.longest(i, |m| match m.entry {
            Entry::Actor { index, weak } if (weak_too || !weak) && self.lexicon.actors[index as usize].kind == ActorKind::Person => Some(index),
            _ => None,
        })
    }

    /// The longest match at `i` that `pick` accepts whose first token has no particles before it.
    pub(crate) fn plain<T>(&self, i: usize, pick: impl Fn(&Entry) -> Option<T>) -> Option<(Match, T)> {
        self.longest(i, |m| if m.word.offset == 0 { pick(&m.entry) } else { None })
    }

    /// The state whose adjective stands at `i`.
    pub(crate) fn nisba_at(&self, i: usize) -> Option<(Match, u16)> {
        self.longest(i, |m| match m.entry {
            Entry::Nisba { index, .. } => Some(index),
            _ => None,
        })
    }

    /// The state named at `i` (not by its capital).
    pub(crate) fn state_at(&self, i: usize) -> Option<(Match, u16)> {
        self.longest(i, |m| match m.entry {
            Entry::State { index, capital: false, weak: false } => Some(index),
            _ => None,
        })
    }

    /// Whether token `i` is an adjective that may follow a title or a body's name: definite, known as a plain word or descriptor.
    pub(crate) fn definite_word(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word && self.form(i).starts_with("ال") && self.form(i).len() > 8 && !self.class(i).any(NEVER)
    }
}

/// Whether two words are spellings of one foreign name, as far as their consonants tell: ارنست and ايرنست, غابرييل and جابريل.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    skeleton(one).eq(skeleton(other))
}

fn skeleton(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| !matches!(c, 'ا' | 'و' | 'ي' | 'ه' | 'ء')).map(|c| match c {
        'ج' | 'ق' | 'ك' => 'غ',
        'ز' | 'ص' => 'س',
        'ط' | 'ث' => 'ت',
        c => c,
    })
}
