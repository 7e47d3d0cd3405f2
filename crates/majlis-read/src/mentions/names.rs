//! Names of persons: in full, after a title, and the surname alone.

use super::bodies::ATTACHED;
use super::titles::RELATIONS;
use super::{Candidate, Finder, Identity};
use crate::scan::Match;
use majlis_lexicon::{ActorKind, Classes, Entry, Tense, TitleClass};

impl Finder<'_, '_> {
    /// A name sure enough to stand after a comma: two parts, or a curated person, an honorific before it or not.
    pub(super) fn strict_name(&self, i: usize) -> Option<(usize, usize)> {
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
        let first = self.scan.name_part(i, true).map(|(_, strength)| strength);
        (end - i >= 2 && first == Some(crate::persons::Strength::Strong)).then_some((i, end))
    }

    /// A name that nobody knows between a title's comma and the next, or أن: كريستيانة فيرتس.
    pub(super) fn enclosed_name(&self, i: usize) -> Option<(usize, usize)> {
        let scan = self.scan;
        let end = scan.name_run(i, true)?;
        let closed = scan.is_comma(end) || crate::speech::that(scan.form(end)) || scan.form(end) == ":";
        (end - i >= 2 && closed && !scan.has_article(i) && !scan.finite_verb(i) && scan.nisba_at(i).is_none()).then_some((i, end))
    }

    /// The name right after a title, if what stands there is one.
    pub(super) fn name_after_title(&self, j: usize, honorific: bool, office: Option<u16>) -> Option<(usize, usize)> {
        use crate::persons::Strength;
        let scan = self.scan;
        // دعا الأمين العام الحوثيين إلى …: a body, no name.
        let body = |m: &Match| matches!(m.entry, Entry::Actor { index, weak: false } if scan.lexicon.actors[index as usize].kind != ActorKind::Person);
        // القيادي الحوثي محمد المداني: of the Houthis, not by that name.
        if scan.longest(j, |m| body(m).then_some(())).is_some()
            && (scan.person_at(j, true).is_none() || scan.has_article(j) && self.strict_name(j + 1).is_some())
        {
            return None;
        }
        // قائد الجيش الموالي للسلطات: whose side he is on.
        if ATTACHED.contains(&scan.form(j)) && scan.form(j + 1).starts_with('ل') {
            return None;
        }
        let known = scan.person_at(j, true).filter(|(m, index)| {
            m.word.offset == 0
                && (self.weak.contains(index) || m.last - m.first > 1 || scan.strength(j, true) == Strength::Strong || !scan.class(j).any(Classes::COMMON))
        });
        let run = scan.name_run(j, true);
        // الرئيس هادي: a `~` alias of somebody who held that office.
        let known = known.or_else(|| scan.person_at(j, true).filter(|(m, index)| m.word.offset == 0 && office.is_some_and(|o| self.holds(*index, o))));
        if let Some((m, _)) = known {
            // نجل القذافي: not he.
            if j > 0 && matches!(scan.bare(j - 1), "نجل" | "شقيق" | "زوجه" | "صهر" | "محامي" | "محاميه" | "والد" | "والده") {
                return None;
            }
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
            // زار الرئيس فلان صعدة: where he went.
            let place = scan.at(m.last as usize).iter().any(|p| matches!(p.entry, Entry::Place { weak: false, .. } | Entry::State { weak: false, .. }));
            let last = if place && m.last - m.first > 1 { m.last as usize } else { (m.last as usize).max(run.unwrap_or(0)) };
            return Some((j, last));
        }
        let end = run?;
        let strength = scan.strength(j, true);
        let single = end - j == 1;
        let seen = scan.whole(j).is_some_and(|w| self.surnames.contains(&w));
        let sure = match strength {
            Strength::Strong => true,
            Strength::Weak => seen || (!single && !scan.form(j).starts_with("ال")),
            // رئيس المجلس بمواعيد محددة: a preposition and a noun.
            Strength::Unknown => {
                let led = ["بم", "لم"].iter().any(|start| scan.form(j).starts_with(start));
                // وزير النقل ومرافقه, وزير التجارة والمناجم, ملك الأردن متطابقة
                let form = scan.form(j);
                let other = form.starts_with("وال") || form.starts_with('و') && form.ends_with('ه') || !honorific && scan.written(j).ends_with('ة');
                // رئيس الوزراء رافقه, الملك طمأنهم: a verb and whom it is done to.
                let done = form.len() >= 8 && (scan.written(j).ends_with('ه') || ["هم", "هما", "ها"].iter().any(|end| form.ends_with(end)));
                !form.starts_with("ال") && (!single || !led && !other && !done && (honorific || office.is_some()))
            }
            Strength::No => false,
        };
        sure.then_some((j, end))
    }

    /// A person by name alone, or by a name with an office after it.
    pub(super) fn person(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        // لصالح المقاومة: in its favour.
        if scan.form(i) == "لصالح" && scan.has_article(i + 1) {
            return None;
        }
        // صرح بأن: no name, though بان is one.
        if crate::speech::that(scan.form(i)) && scan.written(i).contains(['أ', 'إ']) {
            return None;
        }
        // Of several whom a `~` alias may name, one who can be meant.
        let meant = || {
            scan.longest(i, |m| match m.entry {
                Entry::Actor { index, weak: true } if scan.lexicon.actors[index as usize].kind == ActorKind::Person => {
                    (self.weak.contains(&index) || self.beside(i, m, index)).then_some(index)
                }
                _ => None,
            })
        };
        let known = scan.person_at(i, false).or_else(meant);
        // الحاجز الترابي: an adjective.
        let adjective = |m: &Match, index: u16| {
            m.last - m.first == 1
                && m.word.offset == 0
                && i > 0
                && !self.weak.contains(&index)
                && scan.form(i).ends_with('ي')
                && scan.form(i).starts_with("ال")
                && scan.form(i - 1).starts_with("ال")
                && scan.is_word(i - 1)
                && !scan.form(i - 1).ends_with('ه')
                && scan.at(i - 1).iter().all(|m| matches!(m.entry, Entry::Word(_)))
                && scan.name_kind(i - 1).is_none()
        };
        let known = known.filter(|(m, index)| !adjective(m, *index));
        // نصر الحريري, then الحريري: he, not the better known one.
        let namesake = |m: &Match, index: u16| m.last - m.first == 1 && m.word.offset == 0 && !self.weak.contains(&index) && self.spoken.contains(scan.form(i));
        let known = known.filter(|(m, index)| !namesake(m, *index));
        // أصيب في الصدر: a word like any other, where nothing is said of his state.
        let ordinary = |m: &Match, index: u16| {
            let land = scan.lexicon.state_index(scan.lexicon.actors[index as usize].country);
            m.last - m.first == 1 && scan.class(i).any(Classes::COMMON) && !self.weak.contains(&index) && land.is_some_and(|s| !self.names(s))
        };
        let known = known.filter(|(m, index)| !ordinary(m, *index));
        let run = scan.name_run(i, false);
        let make = |last: usize, identity, confidence, rule| Candidate::named(i, last, identity, confidence, rule);
        match (known, run) {
            // اتهم حيدر العبادي نوري المالكي: two persons.
            (Some((m, index)), Some(end)) if end > m.last as usize && scan.person_at(m.last as usize, false).is_none() => {
                let inside = (m.last as usize..end).all(|t| scan.lexicon.actors[index as usize].ar.split(' ').any(|p| majlis_text::fold(p) == scan.form(t)));
                // وجدد أبو مازن التأكيد: what he renewed.
                let next = m.last as usize;
                let done = scan.has_article(next) && scan.verbs(next).any(|v| v.reading.tense == Tense::Masdar) && m.last - m.first > 1;
                if done {
                    Some(make(next, Identity::Known(index), 0.95, "mention/known-person"))
                } else if inside {
                    Some(make(end, Identity::Known(index), 0.95, "mention/known-person"))
                } else {
                    Some(make(end, Identity::Person { name: (i as u32, end as u32) }, 0.75, "mention/name-shape"))
                }
            }
            (Some((m, index)), _) => Some(make(m.last as usize, Identity::Known(index), 0.95, "mention/known-person")),
            (None, Some(end)) => Some(make(end, self.bearer(i, end), 0.7, "mention/name-shape")),
            (None, None) => {
                let end = self.unlisted_speaker(i)?;
                Some(make(end, Identity::Person { name: (i as u32, end as u32) }, 0.6, "mention/unlisted-speaker"))
            }
        }
        .map(|c| self.with_apposition(c))
    }

    /// Who is named in tokens `first..last`: one whom the lexicon knows by the family's name alone, where the given name is his too but for its
    /// spelling (ايرنست مونيز), and otherwise a person of that name.
    pub(super) fn bearer(&self, first: usize, last: usize) -> Identity {
        let scan = self.scan;
        let person = Identity::Person { name: (first as u32, last as u32) };
        if last - first != 2 {
            return person;
        }
        let his = scan.surname_of(last - 1).filter(|&index| scan.shares_given(first, index));
        his.map_or(person, Identity::Known)
    }

    /// The adjective of a state with the name that it goes before: نظيريه الأميركي كيري والسعودي الجبير.
    pub(super) fn nisba_and_name(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (nisba, _) = scan.nisba_at(i).filter(|(n, _)| n.word.form.article() && n.last as usize == i + 1)?;
        if !scan.form(i).ends_with('ي') || i == 0 {
            return None;
        }
        let joined = nisba.word.proclitics.conjunction.is_some() && self.mentions.last().is_some_and(|c| c.last as usize == i);
        if !joined && !scan.bare(i - 1).contains("نظير") {
            return None;
        }
        let named = self.person(i + 1).filter(|c| c.first as usize == i + 1)?;
        Some(Candidate { first: i as u32, why: crate::reading::Why::rule("mention/nisba-and-name"), ..named })
    }

    /// Whether a `~` alias stands where only the person can be meant: after المخلوع and the like, or joined by و to a mention of the
    /// same state.
    pub(super) fn beside(&self, i: usize, m: &Match, index: u16) -> bool {
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

    /// Whether a word is the dual of one that the lexicon knows, and that is no name: إنذارين.
    fn dual(&self, form: &str) -> bool {
        let stem = form.strip_suffix("ين").or_else(|| form.strip_suffix("ان")).and_then(|stem| self.scan.lexicon.word(stem));
        stem.is_some_and(|word| self.scan.lexicon.name_kind(word).is_none())
    }

    /// One name part of a person named before, or a name that no lexicon has where only a name can stand.
    pub(super) fn surname(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let person = |rule| Some(Candidate::named(i, i + 1, Identity::Person { name: (i as u32, i as u32 + 1) }, 0.6, rule));
        let form = scan.form(i);
        let seen = self.unknown.contains(form) || form.strip_prefix(['و', 'ل', 'ب', 'ف']).is_some_and(|rest| self.unknown.contains(rest));
        if seen {
            return person("mention/unlisted-surname");
        }
        // وأكد المسلمي أن …: who was named before, whatever else the word may be.
        if i > 0 && scan.cue(i - 1).is_some_and(|v| v.reading.tense != Tense::Participle) && self.spoken.contains(form) && !scan.particle(i) {
            let more = (i + 1..i + 3).take_while(|&t| scan.is_word(t) && self.spoken.contains(scan.form(t)) && !scan.particle(t)).count();
            let last = i + 1 + more;
            let name = (last as u32 - 1, last as u32);
            return Some(Candidate::named(i, last, Identity::Person { name }, 0.6, "mention/surname-after-reporting-verb"));
        }
        // وأضاف الأصبحي أن …: a family's name, whoever he is.
        let family = form.starts_with("ال") && form.ends_with('ي') && scan.strength(i, true) == crate::persons::Strength::Strong;
        if family && scan.after_reporting_verb(i) && scan.nisba_at(i).is_none() && !scan.starts_other(i) {
            return person("mention/surname-after-reporting-verb");
        }
        // وأكد اسكافاردي أن …: only a name can stand there.
        let inflected = ["ون", "ات", "هما", "هم", "ها", "يين", "يه"].iter().any(|end| form.ends_with(end))
            || form.starts_with("ال") && (form.ends_with("ين") || form.ends_with('ه'))
            // شهدت توترا
            || form.ends_with('ا') && !crate::speech::that(scan.form(i + 1))
            || scan.written(i).ends_with('ه')
            || scan.accusative(i)
            || self.dual(form);
        let unlisted = scan.analyses(i).first().is_none() && form.len() >= 8 && !inflected;
        if unlisted && scan.after_reporting_verb(i) && (crate::speech::that(scan.form(i + 1)) || !scan.is_word(i + 1) || scan.particle(i + 1)) {
            return person("mention/name-after-reporting-verb");
        }
        // القانون التونسي, where one أبو فلان التونسي was named: an adjective.
        let adjective = i > 0 && scan.has_article(i - 1) && scan.nisba_at(i).is_some();
        if self.surnames.is_empty() || adjective || crate::speech::that(form) {
            return None;
        }
        let word = scan.analyses(i).iter().find(|w| self.surnames.contains(&w.form.word()))?;
        // عبد alone is half a name: قال عبد الله.
        if crate::persons::joins(scan.bare(i)) {
            let end = scan.name_part(i, true).map(|(end, _)| end).filter(|&end| end > i + 1 && self.spoken.contains(scan.form(end - 1)))?;
            return Some(Candidate::named(i, end, Identity::Surname(scan.whole(end - 1)?), 0.8, "mention/surname"));
        }
        // وفد حوثي, علماء الدين: without the article another word, and half of one.
        let bare = scan.bare(i);
        let as_named = self.spoken.contains(bare);
        if !as_named && !scan.has_article(i) || crate::persons::is_religious(bare) {
            return None;
        }
        let classes = scan.lexicon.classes(word.form.word());
        if classes.any(Classes::STOP.with(Classes::PREP).with(Classes::SUB)) || (word.offset > 0 && classes.any(Classes::COMMON)) {
            return None;
        }
        // لصالح المقاومة: in its favour.
        let loyal = i > 0 && ["موال", "مويد", "تابع"].iter().any(|w| scan.bare(i - 1).trim_start_matches("ال").starts_with(w));
        if form == "لصالح" && !loyal && scan.is_word(i + 1) && !scan.finite_verb(i + 1) {
            return None;
        }
        // ممر مائي: an ordinary word, unless a verb is beside it.
        let ordinary = word.offset == 0 && classes.any(Classes::COMMON) && !scan.has_article(i);
        let beside = i > 0 && (scan.finite_verb(i - 1) || self.mentions.last().is_some_and(|c| c.last as usize == i)) || scan.finite_verb(i + 1);
        if ordinary && !beside {
            return None;
        }
        // علي is a name and على a preposition; only the spelling tells them apart.
        let written = scan.written(i);
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
        Some(Candidate::named(i, i + 1 + more, Identity::Surname(last_word), 0.8, "mention/surname"))
    }
}
