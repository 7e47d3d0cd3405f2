//! Places: by the gazetteer, with the noun that says what they are, and unlisted ones after such a noun.

use super::{Finder, Identity, PlaceCandidate, PlaceId};
use crate::reading::Why;
use crate::scan::Match;
use majlis_lexicon::{Classes, Entry, PlaceType};

/// How many places a noun speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Two,
    Many,
}

impl Finder<'_, '_> {
    /// A place at `i`, type words before its name included.
    pub(super) fn place(&self, i: usize) -> Option<PlaceCandidate> {
        let scan = self.scan;
        // سوريًا: in matters of Syria.
        if self.describes(i) || scan.accusative(i) {
            return None;
        }
        let typed = scan.longest(i, |m| match m.entry {
            Entry::PlaceType(kind) => Some(kind),
            _ => None,
        });
        let agreed = self.named_after(i);
        let at = |i: usize, weak_too: bool| {
            scan.longest(i, |m| match m.entry {
                Entry::Place { .. } | Entry::State { capital: true, .. } if agreed => None,
                Entry::Place { index, weak }
                    if !weak || weak_too || self.is_among_its_like(i, index) || self.placed.contains(&index) && m.word.form.article() =>
                {
                    let p = &scan.lexicon.places[index as usize];
                    // اسم جده: his grandfather, no Jeddah.
                    let owned = p.ar.ends_with('ة') && scan.written(i).ends_with('ه') && m.last as usize == i + 1 && scan.form(i).len() <= 6;
                    if owned && !(i > 0 && scan.particle(i - 1)) {
                        return None;
                    }
                    (!p.country.is_empty() || matches!(p.kind, PlaceType::Sea | PlaceType::Strait | PlaceType::Region))
                        .then_some(PlaceId::Place(self.namesake(i, m, index)))
                }
                Entry::State { index, capital: true, weak } if !weak || weak_too => Some(self.other_town(i, m, index).unwrap_or(PlaceId::Capital(index))),
                Entry::State { index, capital: false, weak }
                    if !weak || weak_too || self.home == Some(index) && i > 0 && matches!(scan.form(i - 1), "في" | "الي") =>
                {
                    Some(PlaceId::State(index))
                }
                _ => None,
            })
        };
        let whole = at(i, false);
        // لإحياء التعاون: to revive it, no quarters.
        let typed = typed.filter(|_| !scan.written(i).contains("إحياء") && scan.form(i) != "كقاعده");
        if let Some((t, kind)) = typed {
            let start = t.last as usize;
            let article = t.word.form.article();
            if let Some((n, state)) = scan.nisba_at(start)
                && scan.bare(i).ends_with("العاصمه")
                && at(n.last as usize, false).is_none()
            {
                return Some(candidate(i, n.last as usize, PlaceId::Capital(state), 0.85, "place/capital-of"));
            }
            // محافظتي عدن ولحج: each has its name alone.
            let number = self.how_many(i);
            let several = number != Number::One;
            let settled = !article && !matches!(kind, PlaceType::Region | PlaceType::Sea) && number != Number::Many;
            if let Some((p, id)) = at(start, settled)
                && p.word.offset == 0
                && whole.as_ref().is_none_or(|(w, _)| w.last < p.last)
            {
                let last =
                    if scan.form(p.last as usize).starts_with("الدولي") || scan.form(p.last as usize) == "الجويه" { p.last + 1 } else { p.last };
                if several {
                    return Some(candidate(start, last as usize, id, 0.9, "place/types-and-name"));
                }
                return Some(candidate(i, last as usize, self.nearer(id, kind), 0.9, "place/type-and-name"));
            }
            // معسكري الصمع وكهلان: what follows a dual is a name.
            if whole.is_none()
                && number == Number::Two
                && !article
                && let Some(last) = self.one_of_two(start)
            {
                return Some(candidate(start, last, PlaceId::Unlisted(kind), 0.5, "place/one-of-two"));
            }
            // حي "بطن الهوى": quoted, a name whatever its words are.
            if !article
                && settled
                && let Some(q) = scan.quote_opened(start)
                && q.closed
                && (1..=3).contains(&(q.last - q.first))
                && at(q.first as usize, false).is_none()
            {
                return Some(candidate(i, q.last as usize + 1, PlaceId::Unlisted(kind), 0.5, "place/type-and-quoted-name"));
            }
            if whole.is_none()
                && !article
                && let Some(last) = self.unlisted(start, kind)
            {
                return Some(candidate(i, last, PlaceId::Unlisted(kind), 0.4, "place/type-and-unlisted-name"));
            }
        }
        let (m, id) = whole?;
        if self.born(m.last as usize) || self.ends_name(i, &m) {
            return None;
        }
        Some(candidate(i, m.last as usize, id, 0.8, "place/gazetteer"))
    }

    /// Whether a town's name at `i` stands for what was agreed or held there: بيان جنيف, مؤتمر «جنيف», جنيف 2.
    pub(super) fn named_after(&self, i: usize) -> bool {
        let scan = self.scan;
        let agreed = |word: &str| {
            matches!(
                word,
                "بيان"
                    | "مءتمر"
                    | "مبادي"
                    | "وثيقه"
                    | "مقررات"
                    | "معادله"
                    | "اتفاق"
                    | "اتفاقات"
                    | "اتفاقيه"
                    | "اعلان"
                    | "مرجعيه"
                    | "مسار"
            )
        };
        let held = |t: usize| agreed(scan.bare(t)) || agreed(scan.form(t).trim_start_matches('و').trim_start_matches(['ل', 'ب']));
        let mark = i > 0 && matches!(scan.form(i - 1), "(" | "«" | "\"");
        let before = i.checked_sub(if mark { 2 } else { 1 });
        before.is_some_and(held)
            || matches!(scan.form(i + 1), "1" | "2" | "3" | "4" | "واحد") && !scan.has_article(i)
            || scan.form(i + 1) == "-" && matches!(scan.form(i + 2), "1" | "2" | "3") && scan.is_quote_mark(i + 3)
    }

    /// How many places the noun at `i` speaks of: قرية, قريتي, قرى.
    fn how_many(&self, i: usize) -> Number {
        let noun = self.scan.form(i);
        let noun = noun.strip_prefix('و').filter(|n| n.starts_with("حي")).unwrap_or_else(|| self.scan.bare(i));
        match noun {
            "حي" | "وادي" | "مستشفي" | "مشفي" => Number::One,
            "قري" | "مدن" | "احياء" | "جبال" | "تلال" | "جزر" => Number::Many,
            _ if noun.ends_with('ي') || noun.ends_with("تا") => Number::Two,
            _ if noun.ends_with("ات") => Number::Many,
            _ => Number::One,
        }
    }

    /// The end of the first of two names at `start`, which و joins.
    fn one_of_two(&self, start: usize) -> Option<usize> {
        let last = self.some_name(start)?;
        let joined = self.scan.form(last) == "و" || self.scan.form(last).starts_with('و') && self.scan.is_word(last);
        joined.then_some(last)
    }

    /// The end of what stands at `start` where a name must stand.
    fn some_name(&self, start: usize) -> Option<usize> {
        const NO_NAME: Classes = Classes::STOP.with(Classes::PREP).with(Classes::NUMBER).with(Classes::QUANT).with(Classes::DEM).with(Classes::REL);
        let scan = self.scan;
        if !scan.is_word(start) || scan.class(start).any(NO_NAME) || scan.finite_verb(start) || scan.nisba_at(start).is_some() || scan.accusative(start) {
            return None;
        }
        let two = self.opens_name(scan.bare(start)) && scan.is_word(start + 1) && !scan.class(start + 1).any(NO_NAME);
        Some(start + if two { 2 } else { 1 })
    }

    /// A name that و joins at `i` to places whose kind a dual or plural told: منطقتي المحلة وجلاجل, أحياء الملعب والإسكان.
    pub(super) fn joined_place(&self, i: usize) -> Option<PlaceCandidate> {
        let scan = self.scan;
        if !scan.form(i).starts_with('و') || scan.form(i).len() < 6 {
            return None;
        }
        let mut before = self.places.iter().rev().take(12).scan(i as u32, |end, p| (p.last == *end).then(|| *end = p.first).map(|()| p));
        let (first, count) = before.by_ref().fold((None, 0), |(_, n), p| (Some(p.first as usize), n + 1));
        let noun = first?.checked_sub(1)?;
        let (m, kind) = scan.longest(noun, |m| match m.entry {
            Entry::PlaceType(kind) => Some(kind),
            _ => None,
        })?;
        let name = match self.how_many(noun) {
            Number::Two => count == 1,
            Number::Many => scan.form(i).starts_with("وال") && !scan.class(i).any(Classes::COMMON),
            Number::One => false,
        };
        if m.last as usize != noun + 1 || m.word.form.article() || !name {
            return None;
        }
        let last = self.some_name(i)?;
        Some(candidate(i, last, PlaceId::Unlisted(kind), 0.5, "place/joined"))
    }

    /// Whether a name of two words may begin with a word: باب, دير.
    fn opens_name(&self, word: &str) -> bool {
        matches!(word, "باب" | "دير" | "بيت" | "عين" | "تل" | "كفر" | "راس" | "ابو" | "ابي" | "البو" | "بءر" | "خان" | "وادي" | "ال" | "ام")
    }

    /// Whether the word at `i` makes of the name before it the place where somebody was born: مسقط رأسه.
    pub(super) fn born(&self, i: usize) -> bool {
        matches!(self.scan.form(i), "راس" | "راسه" | "راسها") && self.scan.bare(i - 1) == "مسقط"
    }

    /// Whether a `~` name at `i` is joined by و to a place of the same country, or stands after في in a text on that country: كريتر والتواهي, في إب.
    fn is_among_its_like(&self, i: usize, index: u16) -> bool {
        let scan = self.scan;
        let country = scan.lexicon.places[index as usize].country;
        let state = scan.lexicon.state_index(country);
        if scan.form(i).starts_with('و') && scan.analyses(i).first().is_some_and(|w| w.proclitics.conjunction.is_some()) {
            let before = self.places.last().filter(|p| p.last as usize == i);
            return before.is_some_and(|p| match p.at {
                PlaceId::Place(other) => scan.lexicon.places[other as usize].country == country,
                _ => false,
            });
        }
        i > 0 && matches!(scan.form(i - 1), "في") && !scan.class(i).any(Classes::COMMON) && state.is_some() && state == self.home
    }

    /// The town of another state that has a capital's name, where the text is about that state: طرابلس in Lebanon.
    fn other_town(&self, i: usize, m: &Match, state: u16) -> Option<PlaceId> {
        let lexicon = self.scan.lexicon;
        let own = |o: &Match| match o.entry {
            Entry::Place { index, .. } if o.last == m.last && lexicon.state_index(lexicon.places[index as usize].country) == Some(state) => Some(index),
            _ => None,
        };
        let first = self.scan.at(i).iter().find_map(own)?;
        let nearer = self.namesake(i, m, first);
        (nearer != first).then_some(PlaceId::Place(nearer))
    }

    /// Of several places with one name the one in the state that the text is about, where it says nothing of the first one's.
    fn namesake(&self, i: usize, m: &Match, first: u16) -> u16 {
        let lexicon = self.scan.lexicon;
        let state = |place: u16| lexicon.state_index(lexicon.places[place as usize].country);
        let Some(s) = state(first) else { return first };
        // طرابلس in a text on Lebanon: its own name says Libya, and nothing else does.
        let said = 3 * self.votes[s as usize];
        let nearer = self.scan.at(i).iter().find_map(|o| match o.entry {
            Entry::Place { index, .. } if o.last == m.last && state(index).is_some_and(|s| self.about(s) && self.votes[s as usize] > said) => Some(index),
            _ => None,
        });
        nearer.unwrap_or(first)
    }

    /// A quarter, street or mosque that has the name of a place in a state the text does not name: it is one at home that no list has.
    fn nearer(&self, id: PlaceId, kind: PlaceType) -> PlaceId {
        let PlaceId::Place(index) = id else { return id };
        let lexicon = self.scan.lexicon;
        let there = lexicon.state_index(lexicon.places[index as usize].country);
        let listed = lexicon.places[index as usize].kind;
        // جامعة أكسفورد is in no town of ours.
        let hamlet = matches!(listed, PlaceType::Village | PlaceType::Neighbourhood | PlaceType::District);
        let small = matches!(kind, PlaceType::Neighbourhood | PlaceType::Village) || kind == PlaceType::Other && hamlet;
        match there {
            Some(there) if small && self.home.is_some_and(|home| home != there) && !self.names(there) => PlaceId::Unlisted(kind),
            _ => id,
        }
    }

    /// The end of a place's name that no gazetteer has, after a noun that says what it is.
    fn unlisted(&self, start: usize, kind: PlaceType) -> Option<usize> {
        let scan = self.scan;
        if !scan.is_word(start) || matches!(kind, PlaceType::Sea | PlaceType::Governorate | PlaceType::City | PlaceType::Strait) {
            return None;
        }
        let form = scan.form(start);
        if self.opens_name(form) && scan.is_word(start + 1) && !scan.class(start + 1).any(Classes::STOP) {
            return Some(start + 2);
        }
        // مخيمات لناشطي, منطقة ضربها: no name.
        let inflected = form.starts_with('ل')
            || form.starts_with('و') && form.len() > 8
            || ["ها", "هم", "يه"].iter().any(|end| form.ends_with(end)) && !form.starts_with("ال")
            // قاعدة القوميين: people.
            || ["يين", "يون"].iter().any(|end| form.ends_with(end)) && form.starts_with("ال");
        if inflected || scan.finite_verb(start) || scan.accusative(start) {
            return None;
        }
        let class = scan.class(start);
        let attached = scan.analyses(start).first().is_some_and(|w| w.offset > 0 && scan.analyses(start).whole().is_none());
        let named = form.starts_with("ال") && !class.any(Classes::COMMON.with(Classes::STOP)) && scan.nisba_at(start).is_none() && !form.ends_with("يه");
        let unknown = scan.analyses(start).first().is_none() && form.len() >= 8;
        let quarter = kind == PlaceType::Neighbourhood && form.starts_with("ال") && !class.any(Classes::STOP) && scan.nisba_at(start).is_none();
        (!attached && (named || unknown || quarter)).then_some(start + 1)
    }

    /// Whether a gazetteer name is here the rest of a person's name, which ends right before it.
    fn ends_name(&self, i: usize, m: &Match) -> bool {
        self.mentions.last().is_some_and(|c| c.last as usize == i && matches!(c.identity, Identity::Person { .. }) && m.word.offset == 0)
    }
}

fn candidate(first: usize, last: usize, at: PlaceId, confidence: f32, rule: &'static str) -> PlaceCandidate {
    PlaceCandidate { first: first as u32, last: last as u32, at, confidence, why: Why::rule(rule) }
}
