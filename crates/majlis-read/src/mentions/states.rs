//! States, their capitals and their adjectives, and whether a state acts or is only where something is.

use super::{Candidate, Finder, Identity, PlaceCandidate, PlaceId};
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
        if weak && (capital || !self.named_states.get(index as usize).copied().unwrap_or_default()) {
            return None;
        }
        let (form, rule) = if capital { (MentionForm::Capital, "mention/capital-for-government") } else { (MentionForm::Name, "mention/state") };
        Some(Candidate { form, ..Candidate::named(i, m.last as usize, Identity::State(index), 0.8, rule) })
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
            let describes = scan.has_article(i - 1)
                || self.mentions.last().is_some_and(|c| c.last as usize == i)
                || scan.bare(i - 1).ends_with("ين")
                || scan.bare(i - 1).ends_with("ون")
                || scan.bare(i - 1).ends_with("ات");
            return (people && !describes).then(|| by_nisba(m, index, 0.5, "mention/people-of-state"));
        }
        let listed = self.mentions.last().is_some_and(|c| c.last as usize == i && c.form == MentionForm::Nisba);
        (listed || SENT.contains(&scan.bare(i - 1))).then(|| by_nisba(m, index, 0.6, "mention/nisba"))
    }
}

/// What a state sends, whose adjective names the sender.
const SENT: [&str; 14] = ["مساعدات", "مساعده", "طاءره", "طاءرات", "سفينه", "سفن", "غاره", "غارات", "مقاتلات", "مقاتله", "صواريخ", "قافله", "درون", "دوريه"];

impl Finder<'_, '_> {
    /// Whether a state or capital acts here rather than being where something is.
    pub(super) fn is_actor(&self, i: usize, p: &PlaceCandidate) -> bool {
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

/// Whether the state or capital in tokens `first..last` acts; `home` is the state that the text is mostly about.
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
