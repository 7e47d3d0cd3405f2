//! States, their capitals and their adjectives, and whether a state acts or is only where something is.

use super::{Candidate, Finder, Identity, PlaceCandidate, PlaceId};
use crate::linear::{Part, bucket, few, flag, lead, part, parts};
use crate::reading::MentionForm;
use crate::scan::{Match, Scan};
use majlis_lexicon::{Classes, Entry};

impl Finder<'_, '_> {
    /// A state, or its capital for its government. A `~` name needs the state named or described elsewhere.
    pub(super) fn state(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, (index, capital, weak)) = scan.longest(i, |m| match m.entry {
            Entry::State { index, capital, weak } => Some((index, capital, weak)),
            _ => None,
        })?;
        if self.describes(i) || scan.accusative(i) || self.born(m.last as usize) || capital && self.named_after(i) {
            return None;
        }
        let index = if weak { self.namesake_state(i, &m).filter(|_| !capital)? } else { index };
        let (form, rule) = if capital { (MentionForm::Capital, "mention/capital-for-government") } else { (MentionForm::Name, "mention/state") };
        Some(Candidate { form, ..Candidate::named(i, m.last as usize, Identity::State(index), 0.8, rule) })
    }

    /// Whom a `~` name means: of the states that bear it the one spoken of most; المملكة, where no kingdom is, the one that newspapers call so.
    fn namesake_state(&self, i: usize, m: &Match) -> Option<u16> {
        let bearers = self.scan.at(i).iter().filter_map(|o| match o.entry {
            Entry::State { index, capital: false, weak: true } if o.last == m.last => Some(index),
            _ => None,
        });
        let (mut most, mut several, mut saudi) = (None, 0, None);
        for state in bearers {
            several += 1;
            if self.names(state) && most.is_none_or(|best: u16| self.votes[state as usize] > self.votes[best as usize]) {
                most = Some(state);
            }
            saudi = saudi.or((self.scan.lexicon.states[state as usize].iso2 == "SA").then_some(state));
        }
        most.or(saudi.filter(|_| several > 1))
    }

    /// Whether the state's name at `i` is rather its adjective, as السعودية may be: it describes the definite noun before it, which is no mention
    /// (السياسة السعودية, العلاقات السعودية الأميركية).
    pub(super) fn describes(&self, i: usize) -> bool {
        let scan = self.scan;
        let adjective = |m: &Match| m.last as usize == i + 1 && m.word.offset == 0 && m.word.form.article();
        let nisba = scan.nisba_at(i).is_some_and(|(m, _)| adjective(&m));
        nisba
            && i > 0
            && scan.is_word(i - 1)
            && scan.has_article(i - 1)
            && scan.name_kind(i - 1).is_none()
            && !scan.class(i - 1).any(Classes::SENT)
            && self.mentions.last().is_none_or(|c| c.last as usize != i)
    }

    /// The adjective of a state that stands for it: after what it sends (مساعدات سعودية وإماراتية), after الجانب, or for its people.
    pub(super) fn nisba(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let by_nisba = |m: Match, index, confidence, rule| Candidate {
            form: MentionForm::Nisba,
            ..Candidate::named(i, m.last as usize, Identity::State(index), confidence, rule)
        };
        if matches!(scan.bare(i), "الجانب" | "الطرف" | "للجانب" | "للطرف")
            && let Some((n, index)) = scan.nisba_at(i + 1)
            && n.word.form.article()
        {
            return Some(by_nisba(n, index, 0.7, "mention/side-of-state"));
        }
        let (m, index) = scan.nisba_at(i)?;
        if i == 0 {
            return None;
        }
        if m.word.form.article() {
            // الأميركيين after no noun that they describe.
            let people = scan.at(i).iter().any(|e| matches!(e.entry, Entry::Nisba { plural: true, .. }));
            // حي المغاربة, باب المغاربة: a place.
            let place = scan.bare(i - 1) == "باب" || scan.at(i - 1).iter().any(|m| m.last as usize == i && matches!(m.entry, Entry::PlaceType(_)));
            let describes = place
                || scan.has_article(i - 1)
                || self.mentions.last().is_some_and(|c| c.last as usize == i)
                || scan.bare(i - 1).ends_with("ين")
                || scan.bare(i - 1).ends_with("ون")
                || scan.bare(i - 1).ends_with("ات");
            // كل العراقيين, and السوريين where Syria is at home: the people, no actor.
            let population = self.home == Some(index) || scan.class(i - 1).any(Classes::QUANT) || scan.form(i - 1) == "من";
            return (people && !describes && !population).then(|| by_nisba(m, index, 0.5, "mention/people-of-state"));
        }
        let listed = self.mentions.last().is_some_and(|c| c.last as usize == i && c.form == MentionForm::Nisba);
        (listed || scan.class(i - 1).any(Classes::SENT)).then(|| by_nisba(m, index, 0.6, "mention/nisba"))
    }
}

/// A state or capital named where it may act or be a place, and what the model judges it by.
pub(crate) struct StateAt {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) features: Vec<u32>,
    acts: bool,
    state: u16,
}

impl Finder<'_, '_> {
    /// Whether a state or capital acts here rather than being where something is: as the model says, as the rules do without it.
    pub(super) fn is_actor(&mut self, i: usize, p: &PlaceCandidate) -> bool {
        let (capital, state) = match p.at {
            PlaceId::State(s) => (false, s),
            PlaceId::Capital(s) => (true, s),
            PlaceId::Place(_) | PlaceId::Unlisted(_) => return false,
        };
        // مملكة البحرين, but not حدود العراق.
        let titled = !capital && is_realm(self.scan.bare(i));
        if p.why.rule != "place/gazetteer" && !titled {
            return false;
        }
        let rule = acts(self.scan, &self.mentions, &self.places, i, p.last as usize, capital, self.home == Some(state));
        let features = self.signals(i, p.last as usize, capital, state, rule);
        let acts = self.acting.map_or(rule, |model| model.probability(&features) >= model.threshold());
        self.states.push(StateAt { first: i as u32, last: p.last, features, acts, state });
        acts
    }

    /// Whether a region with a government of its own acts in tokens `first..last`, by the rules for states.
    pub(super) fn region_acts(&self, first: usize, last: usize) -> bool {
        acts(self.scan, &self.mentions, &self.places, first, last, false, false)
    }

    /// What the model judges the state or capital in tokens `first..last` by: what the rules say, the words around it, and what was made of it
    /// so far.
    fn signals(&self, first: usize, last: usize, capital: bool, state: u16, rule: bool) -> Vec<u32> {
        let scan = self.scan;
        let word = scan.longest(first, |m| matches!(m.entry, Entry::State { .. }).then_some(())).map(|(m, ())| m.word);
        let led = lead(word.and_then(|w| w.proclitics.preposition));
        let joined = flag(word.is_some_and(|w| w.proclitics.conjunction.is_some()));
        let what = match (capital, self.home == Some(state)) {
            (true, true) => part!("home-capital"),
            (true, false) => part!("capital"),
            (false, true) => part!("home"),
            (false, false) => part!("state"),
        };
        let rule = flag(rule);
        let back = |n: usize| first.checked_sub(n).filter(|&b| !scan.is_break(b));
        let form = |n: usize| Part::of(back(n).map_or("^", |b| scan.form(b)));
        let (one, two) = (form(1), form(2));
        let before = scan.before_quotes(first).filter(|&b| !scan.is_break(b));
        let word_before = Part::of(before.map_or("^", |b| scan.bare(b)));
        let (next, second) = (Part::of(scan.form(last)), Part::of(scan.form(last + 1)));
        let sort = |i: usize| {
            let class = scan.class(i);
            match () {
                () if !scan.is_word(i) => part!("mark"),
                () if class.any(Classes::WHERE) => part!("where"),
                () if class.any(Classes::ACTS) => part!("acts"),
                () if class.any(Classes::MOTION) => part!("motion"),
                () if class.any(Classes::PREP) => part!("prep"),
                () if class.any(Classes::REL.with(Classes::SUB)) => part!("link"),
                () if scan.finite_verb(i) => part!("verb"),
                () if scan.nisba_at(i).is_some() => part!("nisba"),
                () if scan.verbs(i).next().is_some() => part!("noun-of-act"),
                () if scan.has_article(i) => part!("definite"),
                () if scan.form(i).ends_with('ت') => part!("t"),
                () if scan.form(i).starts_with(['ي', 'ت']) => part!("y"),
                () => part!("noun"),
            }
        };
        let kind_before = before.map_or(part!("^"), sort);
        let kind_second = back(2).map_or(part!("^"), sort);
        let kind_next = if scan.is_break(last) { part!("^") } else { sort(last) };
        let beside = match (self.mentions.last().filter(|m| m.last as usize + 1 >= first), self.places.last().filter(|p| p.last as usize + 1 >= first)) {
            (Some(m), _) if matches!(m.identity, Identity::State(_)) => part!("state"),
            (Some(_), _) => part!("mention"),
            (_, Some(_)) => part!("place"),
            _ => part!("-"),
        };
        let motion = flag((first.saturating_sub(8)..first).rev().take_while(|&t| !scan.is_break(t)).any(|t| scan.class(t).any(Classes::MOTION)));
        let between = flag((first.saturating_sub(9)..first).rev().take_while(|&t| !scan.is_break(t)).any(|t| scan.form(t) == "بين"));
        let told = |acts: bool| self.states.iter().rev().take(40).filter(|s| s.state == state && s.acts == acts).count();
        let (acted, lay) = (few(told(true)), few(told(false)));
        vec![
            bucket(parts!["acts"]),
            bucket(parts!["rule", rule]),
            bucket(parts!["rule", rule, what]),
            bucket(parts!["rule", rule, led]),
            bucket(parts!["what", what]),
            bucket(parts!["what", what, led, joined]),
            bucket(parts!["led", led, word_before]),
            bucket(parts!["before", one]),
            bucket(parts!["before", one, what]),
            bucket(parts!["word", word_before, led]),
            bucket(parts!["two", two, one]),
            bucket(parts!["next", next]),
            bucket(parts!["next", next, led]),
            bucket(parts!["next", next, word_before]),
            bucket(parts!["second", next, second]),
            bucket(parts!["kinds", kind_before, kind_next, led]),
            bucket(parts!["kinds", kind_before, kind_next, what]),
            bucket(parts!["kind", kind_before, led, what]),
            bucket(parts!["kind", kind_before, kind_second, led]),
            bucket(parts!["kind-next", kind_next, led]),
            bucket(parts!["kind-rule", kind_before, rule, led]),
            bucket(parts!["joined", joined, beside]),
            bucket(parts!["joined", joined, beside, rule]),
            bucket(parts!["motion", motion, rule]),
            bucket(parts!["between", between, joined]),
            bucket(parts!["told", acted, lay, what]),
            bucket(parts!["told", acted, lay, rule]),
        ]
    }
}

/// Whether a word is the noun before a state's name: مملكة البحرين.
pub(super) fn is_realm(word: &str) -> bool {
    matches!(word, "مملكه" | "دوله" | "جمهوريه" | "سلطنه")
}

/// Whether the state or capital in tokens `first..last` acts by the words beside it; `home` is the state that the text is mostly about.
fn acts(scan: &Scan<'_>, mentions: &[Candidate], places: &[PlaceCandidate], first: usize, last: usize, capital: bool, home: bool) -> bool {
    let word = scan.longest(first, |m| matches!(m.entry, Entry::State { .. }).then_some(())).map(|(m, ())| m.word);
    let preposition = word.and_then(|w| w.proclitics.preposition);
    let conjunction = word.is_some_and(|w| w.proclitics.conjunction.is_some());
    let before = scan.before_quotes(first);
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
    let prev_class = before.map_or_else(Classes::default, |b| scan.class(b));
    if prev_class.any(Classes::WHERE)
        || (prev == "مع"
            && before.is_some_and(|b| (b.saturating_sub(2)..b).any(|t| matches!(scan.bare(t), "الحدود" | "حدود" | "حدودها" | "الحدوديه" | "بالحدود"))))
    {
        return false;
    }
    if matches!(scan.form(last), "-" | "–" | ":" | "(" | "/") && (before.is_none_or(|b| scan.is_break(b) || !scan.is_word(b))) {
        return false;
    }
    if prev_class.any(Classes::ACTS) {
        return true;
    }
    if preposition.is_none()
        && (first.saturating_sub(10)..first)
            .rev()
            .take_while(|&t| scan.is_word(t) || scan.is_comma(t) || scan.is_quote_mark(t))
            .any(|t| scan.class(t).any(Classes::MOTION))
        && !scan.finite_verb(last)
    {
        return before.is_some_and(|b| {
            scan.class(b).any(Classes::MOTION) && scan.verbs(b).any(|v| v.reading.tense == majlis_lexicon::Tense::Perfect) && scan.form(b).ends_with('ت')
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
    // شنتها تركيا, دعت الحكومة الألمانية تركيا: its subject, or the object after another subject.
    let verb =
        |i: usize| scan.finite_verb(i) || scan.verb_with_pronoun(i).is_some_and(|v| v.reading.tense != majlis_lexicon::Tense::Masdar && !v.word.form.article());
    let after_subject = preposition.is_none()
        && !conjunction
        && mentions.last().is_some_and(|m| m.last as usize == first && m.first > 0 && scan.finite_verb(m.first as usize - 1));
    if verbal(last) || before.is_some_and(|b| verbal(b) || verb(b)) || after_subject {
        return true;
    }
    // هجوم تركيا على, دعم إيران لـ: who acts owns the noun of what he does to another.
    let does = |v: crate::scan::Verb| matches!(v.reading.of, majlis_lexicon::Lemma::Predicate(_)) && v.reading.tense == majlis_lexicon::Tense::Masdar;
    if preposition.is_none()
        && before.is_some_and(|b| !scan.has_article(b) && scan.verbs(b).any(does))
        && (matches!(scan.form(last), "علي" | "ضد" | "مع" | "الي" | "من") || scan.form(last).starts_with('ل'))
    {
        return true;
    }
    if preposition == Some('ل') {
        return true;
    }
    if matches!(scan.form(last), "قد" | "لم" | "لن" | "لا" | "ليست" | "كانت" | "هي" | "التي" | "ذلك") {
        return true;
    }
    match prev {
        // قامت بها كل من البحرين والكويت.
        "من" if before.is_some_and(|b| b > 0 && scan.form(b - 1) == "كل") => true,
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
