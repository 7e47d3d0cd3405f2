//! Organs of a state, with the adjective, state, place or head of government that says whose.

use super::bodies::ATTACHED;
use super::{Candidate, Finder, Identity};
use majlis_lexicon::{Classes, Entry};

impl Finder<'_, '_> {
    /// An organ of a state, with the adjective, state, place or head of government that says whose.
    pub(super) fn organ(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, (organ, weak)) = scan.longest(i, |m| match m.entry {
            Entry::Organ { index, weak } => Some((index, weak)),
            _ => None,
        })?;
        let id = scan.lexicon.organs[organ as usize].id;
        let mut end = m.last as usize;
        // بقيادة أميركية: under it.
        if scan.form(i).starts_with("بقياد") {
            return None;
        }
        // للقضاء على: to put an end to.
        if matches!(scan.form(end), "علي" | "عليه" | "عليها" | "عليهم" | "عليهما") && id == "judiciary" {
            return None;
        }
        // في القضاء: the district, where one is spoken of.
        if id == "judiciary"
            && m.last - m.first == 1
            && self.places.iter().rev().take(DISTRICTS).any(|p| scan.bare(p.first as usize) == "قضاء" && p.last > p.first + 1)
        {
            return None;
        }
        // مجلس وزراء خارجية الاتحاد: some other council.
        if id == "cabinet" && scan.form(end - 1) == "وزراء" && scan.verbs(end).next().is_none() && self.ministers_of(end) {
            return None;
        }
        // انتخابات الرئاسة, مرشح للرئاسة: the office.
        if i > 0 && id == "presidency" && self.run_for(i) {
            return None;
        }
        // السياسة الخارجية الأميركية, النفط الإيراني: a ministry by its field alone is feminine, and describes nothing.
        let field = weak && m.last - m.first == 1 && id.ends_with("-ministry");
        let adjective = i > 0 && scan.has_article(i - 1) && scan.is_word(i - 1);
        let masculine = scan.nisba_at(end).is_some_and(|(n, _)| n.word.form.article() && !scan.form(n.last as usize - 1).ends_with('ه'));
        if field && (adjective || masculine) {
            return None;
        }
        if i > 0 && m.last - m.first == 1 && self.only_described(i, id) {
            return None;
        }
        // القوات الموالية لفلان: his, not the state's.
        if id == "army" && scan.form(end).starts_with("الموالي") && self.titled_person(end + 1).or_else(|| self.person(end + 1)).is_some() {
            return None;
        }
        let definite = m.word.form.article() || m.last - m.first > 1;
        let mut country = None;
        let mut of = None;
        // Adjectives may stand between: الحكومة الشرعية اليمنية.
        let mut k = end;
        while k < end + 2 && scan.nisba_at(k).is_none() && (scan.definite_word(k) && self.adjective(k) || self.tells_which(k)) {
            k += 1;
        }
        if let Some((n, state)) = scan.nisba_at(k)
            && n.word.offset == 0
            && (n.word.form.article() || !m.word.form.article())
        {
            country = Some(state);
            // في الجيش والشرطة الأفغانيين: of both.
            let both = scan.form(n.last as usize - 1).ends_with("يين") && !scan.bare(i).ends_with("ات");
            end = if both { end } else { n.last as usize };
        } else if !m.word.form.article() || m.last - m.first > 1 {
            if let Some((s, state)) = scan.state_at(end)
                && s.word.offset == 0
            {
                country = Some(state);
                end = s.last as usize;
            } else if let Some((c, _)) = scan.person_at(end, false).or_else(|| {
                // نظام الأسد can be nobody else's.
                scan.person_at(end, true).filter(|(_, index)| self.weak.contains(index) || scan.bare(i) == "نظام")
            }) && c.word.offset == 0
                && matches!(id, "government" | "army" | "security-forces")
            {
                of = Some((c.first, c.last));
                end = c.last as usize;
            } else if let Some(c) = self.titled_person(end).filter(|_| id == "government")
                && let Identity::Known(_) = c.identity
            {
                let whole = (c.first as usize..c.last as usize).find_map(|t| scan.person_at(t, true).filter(|(m, _)| m.last == c.last));
                of = Some(whole.map_or((c.first, c.last), |(m, _)| (m.first, m.last)));
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
        if weak && definite && country.is_none() && of.is_none() {
            // النظام alone is that of the one state which is said to have one.
            country = self
                .only_state_with(i, m.last)
                .filter(|&state| self.about(state))
                .or_else(|| if m.last == i as u32 + 1 && scan.bare(i).ends_with("نظام") { self.regime_before(organ) } else { None });
        }
        // وذكرت الخارجية أن: a ministry by its field speaks.
        let speaks = definite && m.word.form.article() && scan.after_reporting_verb(i);
        if country.is_none() && of.is_none() && (weak && !speaks || !definite) {
            return None;
        }
        if country.is_none() && of.is_none() && self.adjective(end) && scan.definite_word(end) && !ATTACHED.contains(&scan.form(end)) {
            // القوات الأجنبية are not those of the state at home.
            if scan.form(end) == "الاجنبيه" {
                return None;
            }
            end += 1;
        }
        // الحكومة العراقية المركزية: which of them.
        if country.is_some() && m.word.form.article() && scan.definite_word(end) && scan.form(end).ends_with("يه") && scan.nisba_at(end).is_none() {
            end += 1;
        }
        // الفصائل العسكرية, الحكومة الحالية: which of them.
        if country.is_none_or(|_| end == m.last as usize) && of.is_none() && m.word.form.article() && scan.form(i).ends_with(['ه', 'ل', 'ت', 'ر']) {
            end = self.which_one(end);
        }
        end = self.trailing(end, false);
        let confidence = if country.is_some() || of.is_some() { 0.9 } else { 0.8 };
        Some(Candidate::named(i, end, Identity::Organ { organ, country, of }, confidence, "mention/organ"))
    }

    /// Whether the organ that the one word at `i` names is no more than part of a description: مقر البرلمان is a place, تشكيل الحكومة makes one
    /// that is not there yet, and in القوى السياسية المعارضة and التصريحات المعارضة للاتفاق the word is an adjective.
    fn only_described(&self, i: usize, id: &str) -> bool {
        let scan = self.scan;
        let before = scan.bare(i - 1);
        if matches!(before, "مقر" | "مبني" | "مركز" | "مراكز" | "مدخل" | "مخفر" | "اكاديميه" | "قصر" | "بزه" | "لباس")
        {
            return true;
        }
        match id {
            "government" => ["تشكيل", "تاليف"].iter().any(|w| before.ends_with(w)),
            "opposition" => {
                let free = self.mentions.last().is_none_or(|c| c.last as usize != i);
                let adjective = scan.has_article(i - 1) && free && scan.form(i - 1).ends_with(['ه', 'ت']);
                let noun = before.ends_with("ها") || matches!(before, "القوي" | "الاحزاب" | "الفصاءل") || adjective;
                let against =
                    scan.form(i + 1).starts_with('ل') && scan.form(i + 1) != "لكن" && (scan.has_article(i - 1) || scan.class(i - 1).any(Classes::DEM));
                scan.is_word(i - 1) && !scan.finite_verb(i - 1) && (noun || against)
            }
            _ => false,
        }
    }

    /// Whether a ministry's field stands at `i`: خارجية, داخلية.
    fn ministers_of(&self, i: usize) -> bool {
        let scan = self.scan;
        scan.is_word(i) && !scan.has_article(i) && scan.form(i).ends_with('ه') && scan.nisba_at(i).is_none() && scan.state_at(i).is_none()
    }

    /// Whether the word before token `i` says that somebody stands for the office there.
    fn run_for(&self, i: usize) -> bool {
        let before = self.scan.bare(i - 1).trim_start_matches("ال");
        ["مرشح", "ترشيح", "ترشح", "انتخاب", "سباق", "كرسي", "منصب", "نفسه", "نفسها"].iter().any(|w| before.starts_with(w))
    }

    /// The state whose regime was called so last: النظام after النظام الإيراني.
    fn regime_before(&self, organ: u16) -> Option<u16> {
        self.mentions.iter().rev().take(NAMED).find_map(|c| match c.identity {
            Identity::Organ { organ: o, country, .. } if o == organ && self.scan.bare(c.first as usize).ends_with("نظام") => country,
            _ => None,
        })
    }

    /// The state that alone has the organ in tokens `i..last`.
    fn only_state_with(&self, i: usize, last: u32) -> Option<u16> {
        let lexicon = self.scan.lexicon;
        self.scan.at(i).iter().find_map(|m| match m.entry {
            Entry::Organ { index, weak: false } if m.last == last => match lexicon.organs[index as usize].countries.as_slice() {
                [iso2] => lexicon.state_index(iso2),
                _ => None,
            },
            _ => None,
        })
    }
}

/// How many places back a district is looked for.
const DISTRICTS: usize = 40;

/// How many mentions back a regime's state is looked for.
const NAMED: usize = 40;
