//! Titles: a person by title and name, the holder of an office, an office after a name.

use super::bodies::ATTACHED;
use super::states::is_realm;
use super::{Candidate, Finder, Identity, TitleOf};
use crate::persons::Strength;
use crate::reading::{MentionForm, Why};
use crate::scan::{Match, Scan};
use majlis_lexicon::{ActorKind, Classes, Entry, Lemma, PhraseClass, PlaceType, Tense, TitleClass};
use majlis_text::TokenKind;

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
    /// A person by title and name.
    pub(super) fn titled_person(&self, i: usize) -> Option<Candidate> {
        let titled = self.titled(i)?;
        let (from, to) = titled.name?;
        let scan = self.scan;
        // A `~` alias of somebody not met before gives way to the person of that name who was.
        let known = scan.person_at(from, true).filter(|(m, index)| {
            // الباحث عبد الله: one name, though two words.
            let names = m.last - m.first - u32::from(scan.bare(from) == "عبد");
            // العميد صادق: of a land that the text does not name, or in no office of his, somebody else.
            let land = scan.lexicon.state_index(scan.lexicon.actors[*index as usize].country);
            let fits = land.is_none_or(|s| self.names(s)) || self.beside(from, m, *index) || titled.title.office.is_some_and(|o| self.holds(*index, o));
            let sure = names > 1 || self.weak.contains(index) || scan.person_at(from, false).is_some();
            m.last as usize >= to && (sure || fits && scan.bare(from) != "عبد" && !scan.whole(from).is_some_and(|w| self.surnames.contains(&w)))
        });
        // الملك سلمان: a name of his, title and all.
        // زعيم الحركة الملا محمد عمر: so is an honorific inside the title.
        let known = known.or_else(|| [i, from - 1].iter().find_map(|&t| scan.person_at(t, false).filter(|(m, _)| m.last as usize >= to)));
        // الملا منصور, where another of that name was named: he.
        let namesake = |m: &Match, index: u16| m.last - m.first == 1 && !self.weak.contains(&index) && self.spoken.contains(scan.form(from));
        let known = known.filter(|(m, index)| m.first as usize != from || !namesake(m, *index));
        let (identity, last) = match known {
            Some((m, index)) => (Identity::Known(index), m.last),
            None => (self.bearer(from, to), to as u32),
        };
        // A long description of a role, or one that quotes a name, is not part of his.
        let quotes = (i..from).any(|t| scan.is_quote_mark(t));
        let apart = self.belongs(i + 1) && (i..from).any(|t| scan.is_comma(t));
        let first = if titled.role && (from - i > 12 || quotes || apart) { from } else { i };
        let found = Candidate {
            first: first as u32,
            last,
            identity,
            title: titled.title,
            form: MentionForm::Titled,
            confidence: if known.is_some() { 0.95 } else { 0.85 },
            why: Why::rule("mention/title-and-name"),
            nested: false,
        };
        // الدكتور فلان، عضو المكتب السياسي لحزب …, السفير فلان، مندوب …: a rank, an honorific or a title of one word leaves room for what he is.
        let short = from == i + 1;
        Some(if titled.only_honorific || short { self.with_apposition(found) } else { found })
    }

    /// A title and what belongs to it, up to a name or the title's end.
    fn titled(&self, i: usize) -> Option<Titled> {
        let scan = self.scan;
        // وإلى is no والي.
        if scan.written(i).ends_with('ى') && scan.form(i).ends_with("الي") {
            return None;
        }
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
        // رئيس البرلمان العربي: of a body whose name goes on past the office.
        let body = (i + 1..m.last as usize).find_map(|k| {
            let longer = scan.longest(k, |b| match b.entry {
                Entry::Actor { index, weak: false } if scan.lexicon.actors[index as usize].kind != ActorKind::Person && b.last > m.last => Some(()),
                _ => None,
            })?;
            Some(longer.0.last as usize)
        });
        // قائد الحرس الثوري الإيراني: but its state's adjective changes no office.
        let adjective = scan.nisba_at(m.last as usize).map(|(n, _)| n.last as usize);
        let body = body.filter(|&end| adjective != Some(end));
        let office = office.filter(|_| body.is_none());
        // المتحدث باسم البيت الأبيض: the body says whose the office is.
        let owner = (i + 1..m.last as usize).find_map(|k| {
            let (_, index) = scan.longest(k, |b| match b.entry {
                Entry::Actor { index, weak: false } if b.last <= m.last => Some(index),
                _ => None,
            })?;
            scan.lexicon.state_index(scan.lexicon.actors[index as usize].country)
        });
        let mut title = TitleOf { office, country: owner, head: Some(head.word()), former: false };
        let mut definite = head.article() || m.last - m.first > 1 && scan.has_article(m.last as usize - 1);
        // خادم الحرمين, ولي ولي العهد: one state alone has him.
        if scan.bare(i) == "خادم" || office.is_some_and(|o| scan.lexicon.offices[o as usize].id == "deputy-crown-prince") {
            title.country = scan.lexicon.state_index("SA");
        }
        let mut only_honorific = matches!(class, TitleClass::Honorific | TitleClass::Rank);
        let mut j = body.unwrap_or(m.last as usize);
        let mut title_end = j;
        let limit = (i + 14).min(scan.len());
        let mut organ_seen = body.is_some();
        let mut led = false;
        let mut prepositions = 0;
        // Whom a relation serves: مستشار الرئيس.
        let within = |t: usize| {
            scan.at(t).iter().find_map(|o| match o.entry {
                Entry::Office { index, .. } if o.last == m.last => Some(index),
                _ => None,
            })
        };
        let mut served = if scan.bare(i) == "ناءب" { None } else { (i + 1..m.last as usize).find_map(within) };
        while j < limit {
            if scan.is_comma(j) {
                // المسؤول عن المحاكم، وسراج الدين حقاني: somebody else.
                let joined = scan.analyses(j + 1).first().is_some_and(|w| w.proclitics.conjunction.is_some());
                let name = self.strict_name(j + 1).or_else(|| self.enclosed_name(j + 1).filter(|_| definite && !only_honorific)).filter(|_| !joined);
                return Some(Titled { title, title_end, name, definite, only_honorific, role: class == TitleClass::Role });
            }
            // أمين عام «التيار الوطني الحر»: a body's name in quotation marks.
            if j == m.last as usize
                && !only_honorific
                && let Some(end) = self.quoted_body(j)
            {
                organ_seen = true;
                definite = true;
                j = end;
                title_end = j;
                continue;
            }
            if scan.kind(j) != TokenKind::Word {
                break;
            }
            // الدكتور المصري, who was named before: his family's name.
            if only_honorific && j == m.last as usize && scan.has_article(j) && self.spoken.contains(scan.form(j)) {
                return Some(Titled { title, title_end, name: Some((j, j + 1)), definite, only_honorific, role: false });
            }
            if let Some((nisba, state)) = scan.nisba_at(j)
                && nisba.word.offset == 0
            {
                title.country = title.country.or(Some(state));
                definite |= nisba.word.form.article();
                led = false;
                j = nisba.last as usize;
                title_end = j;
                continue;
            }
            // أمير دولة الكويت
            let noun = usize::from(is_realm(scan.form(j)));
            if let Some((state, index)) = scan.state_at(j + noun)
                && state.word.offset == 0
                && !organ_seen
                && title.country.is_none()
                && (office.is_some() || j == m.last as usize)
            {
                title.country = Some(index);
                definite = true;
                led = false;
                j = state.last as usize;
                title_end = j;
                continue;
            }
            // محافظ صلاح الدين فلان: a governorate that is spelt like a name.
            let governed =
                scan.plain(j, |e| matches!(*e, Entry::Place { index, .. } if scan.lexicon.places[index as usize].kind == PlaceType::Governorate).then_some(()));
            if let Some((place, ())) = governed
                .filter(|(p, ())| j == m.last as usize && class == TitleClass::Office && !scan.has_article(i) && self.strict_name(p.last as usize).is_some())
            {
                organ_seen = true;
                definite = true;
                j = place.last as usize;
                title_end = j;
                continue;
            }
            // مستشار الرئيس فلان: he who holds the inner office is whose adviser is spoken of.
            if let Some(office) = served
                && RELATIONS.contains(&scan.bare(i))
                && let Some((known, _)) = scan.person_at(j, false).filter(|(_, index)| self.holds(*index, office))
            {
                organ_seen = true;
                j = known.last as usize;
                title_end = j;
                continue;
            }
            let inner = scan.plain(j, |e| match e {
                Entry::Office { index, .. } => Some((Some(*index), TitleClass::Office)),
                Entry::Title(t) => Some((None, scan.lexicon.titles[*t as usize].class)),
                _ => None,
            });
            if let Some((t, (inner_office, class))) = inner
                && !(class == TitleClass::Honorific && scan.name_kind(j).is_some() && self.strict_name(j + 1).is_none() && t.last - t.first == 1)
            {
                // الوزير الروسي أمير قطر: another one's title.
                let elsewhere = scan.state_at(t.last as usize).or_else(|| scan.nisba_at(t.last as usize)).map(|(_, state)| state);
                if class == TitleClass::Office
                    && title_end == j
                    && j > m.last as usize
                    && elsewhere.is_some()
                    && title.country.is_some_and(|c| elsewhere != Some(c))
                {
                    break;
                }
                // مسؤول في مكتب رئيس الوزراء فلان: the name is his whose office it is.
                if !head.article() && led && inner_office.is_some() {
                    break;
                }
                title.former |= class == TitleClass::Descriptor && is_former(scan.form(j));
                only_honorific &= matches!(class, TitleClass::Honorific | TitleClass::Rank | TitleClass::Descriptor);
                definite |= t.word.form.article();
                led = false;
                served = inner_office.filter(|_| j == m.last as usize && scan.bare(i) != "ناءب");
                j = t.last as usize;
                // المقرب من الرئيس فلان, المقرب من فلان: who that is, is another.
                if t.last - t.first > 1
                    && scan.form(j - 1) == "من"
                    && let Some((person, _)) = scan.person_at(j, false)
                {
                    j = person.last as usize;
                }
                // في مؤتمر صحافي: no part of it.
                if prepositions == 0 {
                    title_end = j;
                }
                continue;
            }
            if !std::mem::take(&mut led)
                && let Some(name) = self.name_after_title(j, only_honorific, office)
                // قيادي صدري, رئيس كتلة ائتلاف العراق, حاكم إقليم أغري: no name.
                && !(name.1 - name.0 == 1
                    && (organ_seen || !definite && j > m.last as usize || !definite && scan.form(name.0).ends_with('ي'))
                    && scan.person_at(name.0, true).is_none()
                    && !scan.whole(name.0).is_some_and(|w| self.surnames.contains(&w)))
                && (definite || organ_seen || name.1 - name.0 > 1 || scan.strength(name.0, true) != Strength::Unknown || scan.person_at(name.0, true).is_some())
            {
                let name = if definite && self.speaks(i) { self.whole_name(name) } else { name };
                return Some(Titled { title, title_end, name: Some(name), definite, only_honorific, role: class == TitleClass::Role });
            }
            let complement = scan.longest(j, |m| match m.entry {
                // مسؤول لرويترز: it is told to the agency.
                // السفير الأميركي وبعثة الأمم المتحدة: another one.
                _ if m.word.proclitics.conjunction.is_some() => None,
                Entry::Actor { index, .. } if m.word.proclitics.preposition.is_some() && scan.lexicon.actors[index as usize].kind == ActorKind::Media => None,
                Entry::Actor { index, weak } if !weak || m.last - m.first > 1 => Some(scan.lexicon.actors[index as usize].kind),
                Entry::Organ { .. } | Entry::Head(_) => Some(ActorKind::Group),
                Entry::Place { weak: false, .. } | Entry::PlaceType(_) | Entry::State { weak: false, .. } => Some(ActorKind::State),
                Entry::Nisba { .. } => Some(ActorKind::State),
                _ => None,
            });
            if let Some((c, kind)) = complement {
                // دعا المبعوث الأممي الفصائل الليبية: whom he called on, no part of the title.
                if prepositions == 0 && title_end == j && kind != ActorKind::State && scan.has_article(j - 1) && scan.form(j).starts_with("ال") {
                    break;
                }
                if kind == ActorKind::Person && !RELATIONS.contains(&scan.bare(j - 1)) {
                    break;
                }
                organ_seen = true;
                definite = true;
                j = c.last as usize;
                // في حكومة فلان, بإدارة فلان: the noun is his.
                prepositions += usize::from(c.word.proclitics.preposition == Some('ب'));
                led = prepositions > 0 && !self.closed(j - 1);
                if prepositions == 0 {
                    title_end = j;
                }
                continue;
            }
            // رئيس الوزراء المعترف به دوليا: what trails it is looked at below.
            if scan.form(j) == "المعترف" {
                break;
            }
            if scan.definite_word(j) && !scan.finite_verb(j) {
                if is_former(scan.form(j)) {
                    title.former = true;
                }
                // يعمق وزير الخارجية النقاش: what he deepens.
                if office.is_some()
                    && prepositions == 0
                    && j >= m.last as usize
                    && self.closed(j - 1)
                    && scan.verbs(j).any(|v| v.reading.tense == Tense::Masdar)
                {
                    break;
                }
                // رئيسة لجنة الإغاثة
                definite |= j == m.last as usize;
                led = false;
                j += 1;
                if prepositions == 0 {
                    title_end = j;
                }
                continue;
            }
            if matches!(
                scan.form(j),
                "في" | "لدي"
                    | "باسم"
                    | "باسمه"
                    | "باسمها"
                    | "باسمهم"
                    | "عن"
                    | "لشءون"
                    | "بالوكاله"
                    | "بالانابه"
                    | "من"
                    | "الي"
            ) || scan.form(j).starts_with("لل")
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
        let name = if definite && class != TitleClass::Honorific || class == TitleClass::Role { self.closing_name(j, limit) } else { None };
        let name = name.or_else(|| if definite && prepositions == 0 && self.speaks(i) { Some((j, self.name_of_speaker(i, j)?)) } else { None });
        Some(Titled { title, title_end, name, definite, only_honorific, role: class == TitleClass::Role })
    }

    /// The sure name that closes a title whose complement goes on at `from` with nouns of any kind: المنسق الإعلامي في مركز شؤون القدس
    /// فلان. A noun right before it that is not definite owns it instead: حكومة فلان.
    fn closing_name(&self, from: usize, limit: usize) -> Option<(usize, usize)> {
        let scan = self.scan;
        let mut named = from > 0 && self.closed(from - 1);
        let mut quoted = false;
        let mut next = from;
        while next < limit {
            let j = next;
            next += 1;
            // الجناح العسكري لحزب العمال الكردستاني فلان: a body's name is no part of his.
            let body = scan.longest(j, |m| {
                let named = |index: u16| scan.lexicon.actors[index as usize].kind != ActorKind::Person;
                matches!(m.entry, Entry::Actor { index, weak: false } if named(index) && m.last as usize > j + 1).then_some(())
            });
            if let Some((m, ())) = body {
                next = m.last as usize;
                named = true;
                continue;
            }
            if scan.is_quote_mark(j) {
                named = true;
                quoted = !quoted;
                continue;
            }
            if !scan.is_word(j) || scan.finite_verb(j) || crate::speech::that(scan.form(j)) || scan.class(j).any(NO_TITLE) {
                return None;
            }
            if named && let Some(name) = self.strict_name(j) {
                return Some(name);
            }
            // What somebody did, or whose title another name has.
            if scan.verbs(j).any(|v| matches!(v.reading.of, Lemma::Predicate(_))) || !quoted && starts_title(scan, j) {
                return None;
            }
            named = self.closed(j);
        }
        None
    }

    /// The end of a definite title and the name with it, if one begins at `i`.
    pub(super) fn title_end(&self, i: usize) -> Option<usize> {
        let titled = self.titled(i).filter(|t| t.definite && !t.only_honorific)?;
        Some(titled.name.map_or(titled.title_end, |n| n.1))
    }

    /// The end of the quotation that token `j` opens, where the name of a curated body is all that it holds.
    fn quoted_body(&self, j: usize) -> Option<usize> {
        let scan = self.scan;
        let q = scan.quote_opened(j).filter(|q| q.closed)?;
        let body = |m: &Match| {
            let named = |index: u16| !matches!(scan.lexicon.actors[index as usize].kind, ActorKind::Person | ActorKind::Media);
            (m.last == q.last && matches!(m.entry, Entry::Actor { index, .. } if named(index))).then_some(())
        };
        scan.longest(j + 1, body).map(|_| q.last as usize + 1)
    }

    /// Whether no owner can follow the noun at `j`: it has the article or is a place, a state or its adjective.
    pub(super) fn closed(&self, j: usize) -> bool {
        let place = |e: &Entry| matches!(e, Entry::Place { .. } | Entry::State { .. } | Entry::Nisba { .. });
        self.scan.has_article(j) || self.scan.at(j).iter().any(|m| m.last as usize == j + 1 && place(&m.entry))
    }

    /// A definite title without a name: رئيس الوزراء العراقي, المبعوث الأممي, الوزير.
    pub(super) fn title_only(&self, i: usize) -> Option<Candidate> {
        let titled = self.titled(i)?;
        if titled.name.is_some() || titled.only_honorific {
            return None;
        }
        // متحدثة باسم الشرطة: one or other, who speaks for it.
        if self.scan.plain(i, |e| matches!(*e, Entry::Source(s) if self.scan.lexicon.sources[s as usize].en.contains(SPOKESMAN)).then_some(())).is_some()
            && !self.scan.has_article(i)
        {
            return None;
        }
        // رئيس حزب القوات, زعيم التيار الصدري: the lexicon knows who that is.
        let leads = leadership(self.scan, i, titled.title_end).is_some_and(|role| self.scan.lexicon.is_held(&role));
        if !leads && (!titled.definite || titled.role && !self.introduced(i, titled.title_end)) {
            return None;
        }
        // كرئيس للحكومة: what somebody would be.
        if self.scan.analyses(i).first().is_some_and(|w| w.proclitics.preposition == Some('ك')) {
            return None;
        }
        let post =
            |n: usize| i >= n && matches!(self.scan.bare(i - n), "منصب" | "بمنصب" | "لمنصب" | "منصبه" | "حقيبه" | "مناصب" | "انتخاب" | "صلاحيات" | "لقب" | "اي");
        if post(1) || post(2) && matches!(self.scan.bare(i - 1), "ناءب" | "نواب" | "ناءبي") {
            return None;
        }
        let scan = self.scan;
        let identity = match titled.title.office {
            Some(office) => Identity::Office { office, country: titled.title.country },
            None => Identity::Title { head: titled.title.head?, country: titled.title.country },
        };
        let office_alone = leads || titled.title.office.is_some() || titled.title.country.is_some();
        // أمين عام «التيار»: to the end of what is quoted.
        let quoted = scan.is_quote_mark(titled.title_end - 1);
        let last = if office_alone || quoted { titled.title_end } else { titled.title_end.min(i + 3) };
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

    /// Whether a curated person ever held an office.
    pub(super) fn holds(&self, person: u16, office: u16) -> bool {
        let lexicon = self.scan.lexicon;
        let id = lexicon.offices[office as usize].id;
        lexicon.actors[person as usize].roles.iter().any(|r| r.office.split_once('.').is_some_and(|(_, o)| o == id))
    }

    /// Notes the role by which a person is introduced: الكاتب فلان.
    pub(super) fn introduce(&mut self, c: &Candidate) {
        let scan = self.scan;
        let first = c.first as usize;
        let role = |e: &Entry| matches!(*e, Entry::Title(t) if scan.lexicon.titles[t as usize].class == TitleClass::Role);
        if c.form != MentionForm::Titled || !scan.at(first).iter().any(|m| role(&m.entry)) {
            return;
        }
        let family = match c.identity {
            Identity::Person { name } => scan.form(name.1 as usize - 1).to_owned(),
            Identity::Known(index) => scan.lexicon.actors[index as usize].ar.split(' ').next_back().map(majlis_text::fold).unwrap_or_default(),
            _ => return,
        };
        self.roles.entry(scan.bare(first).trim_start_matches("ال").to_owned()).or_default().insert(family);
    }

    /// Whether a role alone in tokens `i..end` is the one person's who was introduced by it: وأضاف الكاتب.
    fn introduced(&self, i: usize, end: usize) -> bool {
        let scan = self.scan;
        let role = scan.bare(i).trim_start_matches("ال");
        let one = self.roles.get(role).is_some_and(|held| held.len() == 1);
        // نشاطه الإعلامي: an adjective.
        let apart = |b: usize| !scan.is_word(b) || scan.finite_verb(b) || scan.cue(b).is_some() || scan.particle(b) || crate::speech::that(scan.form(b));
        one && end == i + 1 && !scan.has_article(end) && i.checked_sub(1).is_none_or(apart)
    }

    /// Whether what follows a role at `i` says where somebody belongs, so that it is no title of his: النائب في كتلة …, السياسي العراقي.
    fn belongs(&self, i: usize) -> bool {
        matches!(self.scan.form(i), "في" | "عن" | "من") || self.scan.nisba_at(i).is_some()
    }

    /// A full name with the offices that stand after it: هاينز فيشر، رئيس النمسا; فلان، ولي العهد، وزير الدفاع.
    pub(super) fn with_apposition(&self, c: Candidate) -> Candidate {
        if c.last - c.first < 2 {
            return c;
        }
        let (mut whole, title) = (self.with_one(c), c.title);
        for _ in 0..3 {
            let more = self.with_one(whole);
            if more.last == whole.last {
                break;
            }
            let first = if whole.title == title { more.title } else { whole.title };
            whole = Candidate { title: first, ..more };
        }
        whole
    }

    /// A name with the office right after it.
    fn with_one(&self, c: Candidate) -> Candidate {
        let start = c.last as usize + usize::from(self.scan.is_comma(c.last as usize));
        let before = self.scan.bare(start);
        if before != self.scan.form(start) {
            return c;
        }
        if let Some((last, title)) = self.role_of_speaker(&c, start) {
            return Candidate { last: last as u32, title, form: MentionForm::Titled, ..c };
        }
        // الملا عمر زعيم حركة طالبان توفي: what he is known to have been needs nothing after it.
        let his = |t: &Titled| match c.identity {
            Identity::Known(index) => {
                let led = leadership(self.scan, start, t.title_end);
                led.is_some_and(|role| self.scan.lexicon.actors[index as usize].roles.iter().any(|r| r.office == role))
                    || t.title.country.is_some() && t.title.office.is_some_and(|office| self.holds(index, office))
            }
            _ => false,
        };
        // زعيم طالبان: the body's name makes it definite.
        let definite = |t: &Titled| t.definite || leadership(self.scan, start, t.title_end).is_some();
        match self.titled(start) {
            Some(t) if t.name.is_none() && definite(&t) && !t.only_honorific && t.title_end - start <= 12 && his(&t) => {
                Candidate { last: t.title_end as u32, title: t.title, form: MentionForm::Titled, ..c }
            }
            Some(t)
                if t.name.is_none()
                    && definite(&t)
                    && !t.only_honorific
                    && (!t.role || t.title_end > start + 1)
                    && !(t.role && start > c.last as usize && self.belongs(start + 1))
                    && t.title_end - start <= 12
                    && (self.scan.is_comma(t.title_end)
                        || !self.scan.is_word(t.title_end)
                        || self.scan.form(t.title_end).starts_with('و')
                        || crate::speech::that(self.scan.form(t.title_end))
                        || self.scan.class(t.title_end).any(Classes::PREP.with(Classes::STOP).with(Classes::TIME).with(Classes::WEEKDAY))
                        || self.scan.finite_verb(t.title_end)) =>
            {
                Candidate { last: t.title_end as u32, title: t.title, form: MentionForm::Titled, ..c }
            }
            _ => c,
        }
    }
}

impl Finder<'_, '_> {
    /// The end of what a speaker is, where it goes on up to his words: قال فلان المتحدث باسم تحالف لجمعيات الإغاثة إن. `c` is his name, right
    /// after a reporting verb, and the title after it begins at `start`.
    fn role_of_speaker(&self, c: &Candidate, start: usize) -> Option<(usize, TitleOf)> {
        let scan = self.scan;
        if !self.speaks(c.first as usize) || !starts_title(scan, start) {
            return None;
        }
        let t = self.titled(start).filter(|t| t.name.is_none() && !t.only_honorific)?;
        let ends = |i: usize| crate::speech::that(scan.form(i)) || scan.is_comma(i) || scan.form(i) == ":" || scan.is_break(i) || self.tells_where(i);
        let last = (t.title_end..(start + 14).min(scan.len())).find(|&i| ends(i))?;
        let plain = |i: usize| {
            scan.is_word(i)
                && !scan.finite_verb(i)
                && !scan.class(i).any(NO_TITLE.with(Classes::TIME).with(Classes::WEEKDAY))
                && !scan.at(i).iter().any(|m| matches!(m.entry, Entry::Phrase(_)))
                && !matches!(scan.form(i), "ل" | "خلال" | "قاءلا" | "عبر" | "بعد" | "قبل")
        };
        // مساعد مدير برنامج المنظمة: whose programme it is makes it definite.
        let definite = t.definite || (start + 1..last).any(|i| scan.has_article(i));
        (definite && (t.title_end..last).all(plain)).then_some((last, t.title))
    }

    /// Whether to whom, where or when somebody spoke is told from `i` on: لـ«الوطن», لوكالة الأنباء, في تصريح, على «تويتر», في وقت سابق.
    fn tells_where(&self, i: usize) -> bool {
        let scan = self.scan;
        let outlet = |m: &Match| match m.entry {
            Entry::Head(h) => scan.lexicon.heads[h as usize].kind == ActorKind::Media,
            Entry::Actor { index, .. } => scan.lexicon.actors[index as usize].kind == ActorKind::Media,
            _ => false,
        };
        let told = scan.form(i) == "ل" && scan.quote_opened(i + 1).is_some() && !ATTACHED.contains(&scan.form(i - 1));
        // للشرق الأوسط: a region.
        let to_outlet = !scan.has_article(i) && scan.at(i).iter().any(|m| m.word.proclitics.preposition == Some('ل') && outlet(m));
        let phrase = |m: &Match| match m.entry {
            Entry::Phrase(p) => matches!(scan.lexicon.phrases[p as usize].class, PhraseClass::Medium | PhraseClass::Told),
            _ => false,
        };
        let said = matches!(scan.form(i), "قوله" | "قولها") || scan.form(i) == "في" && scan.form(i + 1) == "وقت";
        told || to_outlet || said || scan.at(i).iter().any(phrase)
    }
}

/// How the glosses of `sources.tsv` call who speaks for a body.
pub(crate) const SPOKESMAN: &str = "spokesman";

/// Glosses in `titles.tsv` of titles that belong to who leads a body.
const LEADERS: [&str; 7] = ["president", "bloc leader", "party leader", "alliance leader", "leader", "secretary general", "commander"];

/// The role of who leads the curated body that the title in tokens `first..last` names: رئيس حزب القوات.
pub(crate) fn leadership(scan: &Scan<'_>, first: usize, last: usize) -> Option<String> {
    let leads = |e: &Entry| matches!(*e, Entry::Title(t) if LEADERS.contains(&scan.lexicon.titles[t as usize].en));
    if !scan.at(first).iter().any(|m| leads(&m.entry)) {
        return None;
    }
    (first + 1..last.min(first + 3)).find_map(|t| {
        let body = scan.longest(t, |m| match m.entry {
            Entry::Actor { index, weak: false } if m.last as usize <= last && scan.lexicon.actors[index as usize].kind != ActorKind::Person => Some(index),
            _ => None,
        });
        body.map(|(_, index)| format!("leader:{}", scan.lexicon.actors[index as usize].id))
    })
}

/// What never stands inside a title.
const NO_TITLE: Classes = Classes::REL.with(Classes::SUB).with(Classes::NEG).with(Classes::DEM);

/// Titles that are held in relation to a person.
pub(super) const RELATIONS: [&str; 15] =
    ["مستشار", "معاون", "نجل", "ابن", "شقيق", "زوجه", "محامي", "مبعوث", "ممثل", "مساعد", "ناءب", "سكرتير", "وريث", "صهر", "خليفه"];

/// Whether an adjective says that the office is no longer held.
fn is_former(form: &str) -> bool {
    matches!(form, "السابق" | "الاسبق" | "المخلوع" | "الراحل" | "المعزول" | "السابقه" | "المستقيل" | "المقال" | "المنصرف")
}

/// Whether an office or a title, a mere descriptor aside, begins at token `i`.
pub(super) fn starts_title(scan: &Scan<'_>, i: usize) -> bool {
    scan.at(i).iter().any(|m| {
        matches!(m.entry, Entry::Office { .. }) || matches!(m.entry, Entry::Title(t) if scan.lexicon.titles[t as usize].class != TitleClass::Descriptor)
    })
}
