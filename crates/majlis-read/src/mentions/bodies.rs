//! Bodies: curated ones by name, and those that a head noun introduces.

use super::describing::{EVALUATING, EXALTED, plural};
use super::titles::starts_title;
use super::{Candidate, Finder, Identity};
use crate::scan::Match;
use majlis_lexicon::{ActorKind, Classes, Entry};
use majlis_text::TokenKind;

impl Finder<'_, '_> {
    /// A curated body by its own name.
    pub(super) fn known_body(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let quoted = i > 0 && scan.is_quote_mark(i - 1);
        // حزب العمال, where Britain is at home.
        let party_named = |m: &Match| {
            scan.at(i).iter().any(|h| h.last < m.last && matches!(h.entry, Entry::Head(h) if scan.lexicon.heads[h as usize].kind == ActorKind::Party))
        };
        let fits = |m: &Match, media: bool| match m.entry {
            Entry::Actor { index, weak } if scan.lexicon.actors[index as usize].kind != ActorKind::Person => {
                let closed = quoted && scan.is_quote_mark(m.last as usize);
                let fits = !media || scan.lexicon.actors[index as usize].kind == ActorKind::Media;
                let land = scan.lexicon.state_index(scan.lexicon.actors[index as usize].country);
                // التحالف الوطني, where Iraq is at home.
                let at_home = m.last - m.first > 1
                    && (m.word.form.article() || scan.lexicon.actors[index as usize].kind == ActorKind::Party && party_named(m))
                    && scan.lexicon.actors[index as usize].kind != ActorKind::Media
                    && land.is_some_and(|s| self.about(s));
                // «العمل»: a party only where its country is spoken of.
                let abroad = m.last - m.first == 1 && scan.lexicon.actors[index as usize].kind == ActorKind::Party && land.is_some_and(|s| !self.names(s));
                // الديمقراطيون, wherever America is spoken of.
                let members = scan.lexicon.actors[index as usize].kind == ActorKind::Party && plural(scan.form(i));
                let about = weak && land.is_some_and(|s| if members { self.names(s) } else { self.about(s) }) && self.people_or_group(i, m, index);
                // طيران التحالف, in a text on the country where it fights.
                let abroad_at_war = weak && self.fights_at_home(index);
                // في الشرق الأوسط, المدينة الخضراء: no newspaper, though it was named before.
                let cited = scan.lexicon.actors[index as usize].kind != ActorKind::Media || scan.after_reporting_verb(i);
                (fits && (!weak || closed && !abroad || at_home || about || abroad_at_war || self.weak.contains(&index) && cited)).then_some(index)
            }
            _ => None,
        };
        let named = |media: bool| {
            let (m, index) = scan.longest(i, |m| fits(m, media))?;
            // التحالف: of two of one name, the one named in the text, and last.
            let alike = |index: u16| scan.at(i).iter().any(|o| o.last == m.last && fits(o, media) == Some(index));
            let several = scan.at(i).iter().filter(|o| o.last == m.last && fits(o, media).is_some()).count() > 1;
            let mut named = self.mentions.iter().rev().take(if several { NAMESAKES } else { 0 });
            let latest = named.find_map(|c| match c.identity {
                Identity::Known(index) if alike(index) => Some(index),
                _ => None,
            });
            Some((m, latest.unwrap_or(index)))
        };
        // لـ«الوطن», صحيفة «الوطن»: the newspaper, not the party.
        let outlet = |t: usize| scan.at(t).iter().any(|m| matches!(m.entry, Entry::Head(h) if scan.lexicon.heads[h as usize].kind == ActorKind::Media));
        let told = quoted && i > 1 && (scan.form(i - 2).trim_end_matches('ـ') == "ل" || outlet(i - 2));
        let (m, index) = if told { named(true).or_else(|| named(false)) } else { named(false) }?;
        // طائرات التحالف العربي: the name goes on, and has begun further on.
        let longer = |k: usize| scan.at(k).iter().any(|o| matches!(o.entry, Entry::Actor { weak: false, .. }) && o.last > m.last && o.word.offset == 0);
        if (i + 1..m.last as usize).any(longer) {
            return None;
        }
        // مقاتلات (اف 16): an aircraft, no agency.
        let numbered = m.last as usize + usize::from(matches!(scan.form(m.last as usize), "-" | "–"));
        if scan.lexicon.actors[index as usize].kind == ActorKind::Media && scan.kind(numbered) == TokenKind::Number {
            return None;
        }
        // السكان الأكراد: which of them, not the people.
        let several = scan.lexicon.actors[index as usize].kind == ActorKind::Party && plural(scan.form(i));
        let people = (several || scan.lexicon.actors[index as usize].kind == ActorKind::Group) && m.last - m.first == 1 && m.word.offset == 0;
        if people && i > 0 && scan.is_word(i - 1) && scan.form(i - 1).starts_with("ال") {
            return None;
        }
        let actor = &scan.lexicon.actors[index as usize];
        // كل الدول العربية, ستة حوثيين: not they, but some.
        let counted = || plural(scan.form(i)) && !m.word.form.article() && m.word.offset == 0;
        if m.last - m.first <= 2 && i > 0 && (actor.kind == ActorKind::Group && scan.class(i - 1).any(Classes::QUANT) || counted()) {
            return None;
        }
        // في إقليم كردستان: where something is.
        let region = || scan.at(i).iter().any(|p| p.last == m.last && matches!(p.entry, Entry::Place { .. }));
        if actor.kind == ActorKind::Government && region() && (m.word.proclitics.preposition == Some('ب') || i > 0 && scan.class(i - 1).any(Classes::WHERE)) {
            return None;
        }
        let last = self.evaluated(self.trailing(m.last as usize, true));
        Some(Candidate::named(i, last, Identity::Known(index), 0.95, "mention/known-body"))
    }

    /// Whether an armed group of another state is one that fights in the state the text is about: its identifier begins with where it does.
    fn fights_at_home(&self, index: u16) -> bool {
        let lexicon = self.scan.lexicon;
        let actor = &lexicon.actors[index as usize];
        let theatre = actor.id.split_once('-').map_or("", |(theatre, _)| theatre);
        let home = self.home.map_or("", |h| lexicon.states[h as usize].iso2);
        actor.kind == ActorKind::ArmedGroup && !actor.country.is_empty() && actor.country != home && home.eq_ignore_ascii_case(theatre)
    }

    /// Whether a `~` alias of one word names the members of a party or a group (الجمهوريون, الانقلابيون), or the armed group that is meant where
    /// its state is spoken of: المقاومة.
    fn people_or_group(&self, i: usize, m: &Match, index: u16) -> bool {
        let scan = self.scan;
        let kind = scan.lexicon.actors[index as usize].kind;
        let organ = || scan.at(i).iter().any(|o| o.last == m.last && matches!(o.entry, Entry::Organ { .. }));
        let people = || plural(scan.form(i)) && matches!(kind, ActorKind::Party | ActorKind::ArmedGroup);
        m.last - m.first == 1 && m.word.form.article() && (people() || kind == ActorKind::ArmedGroup && organ())
    }

    /// The end of what may trail a body's name: its state's adjective, بقيادة …, المدعومة من …, الموالية ل….
    pub(super) fn trailing(&self, from: usize, nisba_too: bool) -> usize {
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
            "بقياده" if scan.form(end + 1) == "المملكه" => end += 2,
            "المدعوم" | "المدعومه" | "المدعومين" if matches!(scan.form(end + 1), "من") => {
                if let Some((m, _)) = scan.state_at(end + 2) {
                    end = m.last as usize;
                }
            }
            "المدعوم" | "المدعومه" if scan.form(end + 1).ends_with("يا") => end += 2,
            "المواليه" | "الموالي" | "الموالين" | "التابع" | "التابعه" => {
                if let Some(last) = self.master(end + 1) {
                    end = last;
                }
            }
            "المعترف" if scan.form(end + 1) == "بها" || scan.form(end + 1) == "به" => {
                end += if scan.form(end + 2).starts_with("دولي") { 3 } else { 2 }
            }
            _ => {}
        }
        end
    }

    /// The end of whom a body is loyal or belongs to: a body, a state, a person, or the side that it has no name but (للشرعية).
    fn master(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        if !scan.form(at).starts_with('ل') {
            return None;
        }
        if let Some(organ) = self.organ(at) {
            return Some(organ.last as usize);
        }
        if matches!(scan.form(at), "للشرعيه" | "للنظام" | "للحكومه" | "له" | "لها" | "لهم") {
            return Some(at + 1);
        }
        let named = scan.longest(at, |m| match m.entry {
            Entry::Actor { weak: false, index } if scan.lexicon.actors[index as usize].kind != ActorKind::Group => Some(()),
            Entry::State { weak: false, .. } => Some(()),
            _ => None,
        });
        let named = named.map(|(m, ())| m.last);
        let person = || self.titled_person(at).filter(|c| c.first as usize == at).or_else(|| self.surname(at)).map(|c| c.last);
        named.or_else(person).map(|last| last as usize)
    }

    /// A body that begins with a head noun.
    pub(super) fn body(&self, i: usize) -> Option<Candidate> {
        let scan = self.scan;
        let (m, head) = scan.longest(i, |m| match m.entry {
            Entry::Head(h) => Some(h),
            _ => None,
        })?;
        let make = |last: usize, identity, confidence, rule| Some(Candidate::named(i, last, identity, confidence, rule));
        let end = m.last as usize;
        // مسلحون سوريون: some or other.
        if m.last - m.first == 1
            && !m.word.form.article()
            && (plural(scan.bare(i)) || scan.bare(i) == "جنود")
            && scan.lexicon.heads[head as usize].kind == ActorKind::ArmedGroup
        {
            return None;
        }
        // مكتب رئيس الوزراء speaks and acts for itself.
        if scan.bare(i) == "مكتب"
            && let Some(last) = self.title_end(end)
        {
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/office-of");
        }
        if starts_title(scan, end) && !scan.has_article(end) {
            return None;
        }
        // محكمة استئناف طرابلس, مجلس محافظة نينوى: the place's own.
        let local = |h: &majlis_lexicon::Head| h.sector == "JUD" || h.en == "local council" || h.en == "municipality";
        if !m.word.form.article()
            && local(&scan.lexicon.heads[head as usize])
            && let Some(place) = self.place(end).filter(|p| p.first as usize == end && p.why.rule != "place/type-and-unlisted-name")
        {
            return make(place.last as usize, Identity::Body { head, name: (end as u32, place.last) }, 0.75, "mention/head-and-place");
        }
        // قناة السويس: no broadcaster.
        if scan.bare(i) == "قناه"
            && !scan.after_reporting_verb(i)
            && self.place(end).is_some_and(|p| p.why.rule == "place/gazetteer")
            && self.known_body(i).is_none()
        {
            return None;
        }
        // بقيادة المملكة: led by it.
        if scan.form(i).starts_with("بقياد") {
            return None;
        }
        // أهالي الموصل, سكان مدينة الفلوجة: the people of a place.
        if scan.lexicon.heads[head as usize].ar == POPULATION {
            let place = if m.word.form.article() { None } else { self.place(end).filter(|p| p.why.rule != "place/type-and-unlisted-name") };
            let last = place?.last as usize;
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/people-of-place");
        }
        // «مركز الدراسات والإعلام الاقتصادي»: quoted, the name is all of it.
        if let Some(last) = self.quoted_name(i, end) {
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.75, "mention/quoted-body");
        }
        // المسؤولين العراقيين: who they are only with whose they are.
        if scan.lexicon.heads[head as usize].ar == OFFICIALS {
            let (n, _) = scan.nisba_at(end).filter(|(n, _)| m.word.form.article() && n.word.offset == 0 && n.word.form.article())?;
            return make(n.last as usize, Identity::Body { head, name: (end as u32, n.last) }, 0.6, "mention/officials-of-state");
        }
        // أنصار صالح, الموالون للرئيس: whose they are is all that is said of them.
        if scan.lexicon.heads[head as usize].ar == FOLLOWERS {
            let led = scan.form(end).starts_with('ل');
            let joined = scan.bare(i).trim_start_matches("ال").starts_with("موال");
            let person = || self.titled_person(end).or_else(|| self.person(end)).or_else(|| self.surname(end)).filter(|c| c.first as usize == end);
            let body = || if joined { self.known_body(end).or_else(|| self.organ(end)) } else { None };
            let last = if led == joined { person().or_else(body)?.last as usize } else { return None };
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/head-and-master");
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
            let named = |fitting: bool| {
                scan.longest(start, |m| match m.entry {
                    Entry::Actor { index, weak } if m.word.offset == 0 => {
                        let of = scan.lexicon.actors[index as usize].kind;
                        // قوات الجيش الوطني: the state's army, where no other was named.
                        let organ = |o: &Match| o.last == m.last && matches!(o.entry, Entry::Organ { .. });
                        if weak && !self.weak.contains(&index) && scan.at(start).iter().any(organ) {
                            return None;
                        }
                        // حزب العمل, where nothing is said of Israel: another one.
                        let land = scan.lexicon.state_index(scan.lexicon.actors[index as usize].country);
                        let abroad = of == ActorKind::Party && land.is_some_and(|s| !self.names(s));
                        // المبادرة العربية: no channel.
                        let outlet = of == ActorKind::Media && kind != ActorKind::Media && !opened;
                        if weak && (abroad || outlet) && !self.weak.contains(&index) {
                            return None;
                        }
                        (of != ActorKind::Person && (!fitting || fits(kind, of))).then_some(index)
                    }
                    _ => None,
                })
            };
            // صحيفة «الوطن»: of two of one name, the one that is what the head says.
            let any = named(false);
            let actor = named(true).filter(|(m, _)| any.is_some_and(|(a, _)| a.last == m.last)).or(any);
            // المقاتلون الأكراد: some of the people, not all.
            if let Some((a, index)) = actor
                && scan.lexicon.actors[index as usize].kind == ActorKind::Group
                && kind == ActorKind::ArmedGroup
                && m.word.form.article()
            {
                let last = self.trailing(a.last as usize, true);
                return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/head-and-people");
            }
            // مقاتلو «داعش», مواقع «داعش»: some of its people, and where they are.
            let some_of = scan.bare(i) == "مواقع" || !m.word.form.article() && MEMBERS.iter().any(|w| scan.bare(i).starts_with(w));
            if some_of && actor.is_some_and(|(_, index)| scan.lexicon.actors[index as usize].kind != ActorKind::Media) {
                return None;
            }
            if let Some((a, index)) = actor
                && (fits(kind, scan.lexicon.actors[index as usize].kind)
                    || opened
                    || scan.bare(i) == "قياده" && scan.lexicon.actors[index as usize].kind != ActorKind::Media)
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
            let close = (at..(at + LONGEST_QUOTED).min(scan.len())).find(|&t| scan.is_quote_mark(t))?;
            // مديرية «ميدي» is a place, whatever else مديرية may be.
            // الحكومة «العدو رقم واحد»: what she is called, not her name.
            // مؤتمر «جنيف 2»: a meeting.
            // موقع «تويتر», مبادرة «…»: where something is written, and a plan.
            let thing = matches!(scan.bare(i), "موقع" | "مبادره") && !scan.after_reporting_verb(i);
            if m.word.form.article() && kind == ActorKind::Government || scan.bare(i) == "مءتمر" || thing {
                return None;
            }
            let district = scan.at(i).iter().any(|t| t.last == m.last && matches!(t.entry, Entry::PlaceType(_)));
            // التجمع «كان نقابيا»: what is said of it.
            let clause = (at..close).any(|t| scan.finite_verb(t) && scan.name_kind(t).is_none()) && close - at > 4;
            if close > at && !district && !clause {
                // قناة «…» التلفزيونية المصرية
                let described = |t: &usize| {
                    self.adjective(*t) && scan.definite_word(*t) && !starts_title(scan, *t) && (scan.form(*t).ends_with("يه") || scan.form(*t).ends_with('ي'))
                };
                let last = close + 1 + (close + 1..close + 3).take_while(described).count();
                return make(last, Identity::Body { head, name: (at as u32, close as u32) }, 0.8, "mention/head-and-quoted-name");
            }
            return None;
        }
        // في جبهة الجفينة: where the fighting is.
        if matches!(scan.bare(i), "جبهه" | "جبهات" | "جبهتي")
            && (scan.bare(i) != scan.form(i) || i > 0 && scan.class(i - 1).any(Classes::PREP.with(Classes::WHERE)))
        {
            return None;
        }
        if m.word.form.article() && EVALUATING.contains(&scan.form(end)) {
            return make(self.trailing(end + 1, true), Identity::Short { head, word: m.word.form.word() }, 0.7, "mention/head-and-epithet");
        }
        let clause = m.word.form.article() && (crate::speech::that(scan.form(end)) || scan.particle(end));
        // القوة السعودية: whose it is.
        let of_state = |t: usize| scan.nisba_at(t).is_some_and(|(n, _)| n.word.offset == 0 && n.word.form.article());
        // إن الحركة ترفض: the body named before, where no definite noun says what it is of or like.
        let clause = clause || m.word.form.article() && (!scan.form(end).starts_with("ال") || kind == ActorKind::ArmedGroup && of_state(end));
        if COMMONPLACE.contains(&scan.bare(i).trim_start_matches("ال")) && scan.class(end).any(Classes::COMMON) && !clause {
            return None;
        }
        // التيار الكهربائي, المركز الأول
        if PHYSICAL.contains(&scan.form(end)) || scan.bare(i) == "المركز" && ORDINALS.contains(&scan.form(end)) {
            return None;
        }
        // القوات الأجنبية: whosever they are.
        if kind == ActorKind::ArmedGroup && scan.form(end) == "الاجنبيه" {
            return None;
        }
        // في الجامعة الأميركية, طلاب الكلية الحربية: where something is.
        let housed =
            scan.lexicon.heads[head as usize].sector == "EDU" || matches!(scan.bare(i).trim_start_matches("ال"), "مستشفي" | "محطه" | "كنيسه" | "بوابه");
        if housed && !scan.after_reporting_verb(i) && self.lies(i) {
            return None;
        }
        // الشركات الفرنسية, هيئات الإغاثة: some or other.
        let institution = matches!(kind, ActorKind::Government | ActorKind::Media)
            || kind == ActorKind::Group && matches!(scan.lexicon.heads[head as usize].sector, "NGO" | "BUS" | "EDU" | "CVL" | "LAB");
        let singular = majlis_text::fold(scan.lexicon.heads[head as usize].ar);
        let broken = singular.split(' ').next().unwrap_or_default().trim_start_matches("ال") != scan.bare(i).trim_start_matches("ال");
        let alone = m.word.form.article() && !scan.has_article(end);
        // مؤتمر الخرطوم: a meeting.
        if scan.form(i) != "المءتمر" && scan.bare(i) == "مءتمر" && self.place(end).is_some() {
            return None;
        }
        if institution && broken && !alone && m.last - m.first == 1 && SEVERAL.contains(&scan.bare(i).trim_start_matches("ال")) {
            return None;
        }
        let military = kind == ActorKind::ArmedGroup || scan.lexicon.heads[head as usize].sector == "MIL";
        if military && scan.kind(end) == TokenKind::Number && scan.form(end).len() <= 4 && !self.counts(end + 1) {
            return make(end + 1, Identity::Body { head, name: (end as u32, end as u32 + 1) }, 0.8, "mention/head-and-number");
        }
        // الأطراف الأربعة, القوى الأربع.
        if m.word.form.article() && scan.has_article(end) && scan.class(end).any(Classes::NUMBER) && matches!(kind, ActorKind::Group | ActorKind::Party) {
            return make(end + 1, Identity::Body { head, name: (end as u32, end as u32 + 1) }, 0.7, "mention/head-and-count");
        }
        if let Some(last) = self.allied_to(end).filter(|_| kind == ActorKind::ArmedGroup && m.word.form.article()) {
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/head-and-ally");
        }
        if let Some(last) = self.loyal_to(end).filter(|_| kind == ActorKind::ArmedGroup) {
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.7, "mention/head-and-master");
        }
        // مواقع الحوثيين: whose they are, not what they are called.
        let owner = |m: &Match| matches!(m.entry, Entry::Actor { weak: false, .. } | Entry::State { weak: false, .. });
        let owned = COMMONPLACE.contains(&scan.bare(i)) && scan.at(end).iter().any(owner);
        let mut last = end;
        while last < end + 5 {
            if ATTACHED.contains(&scan.form(last)) {
                break;
            }
            let of_state = scan.nisba_at(last).is_some_and(|(n, _)| n.word.form.article());
            if m.word.form.article() && !(scan.form(last).ends_with("يه") || scan.form(last).ends_with('ي') || of_state) {
                break;
            }
            // شبكة المترو, تنظيم الانتخابات: what it is of, not its name.
            if !m.word.form.article() && (scan.bare(i) == "تنظيم" || COMMONPLACE.contains(&scan.bare(i))) && !self.adjective(last) {
                break;
            }
            if owned && last == end {
                break;
            }
            // A masculine head has no feminine adjective: ممارسات التنظيم القمعية.
            let singular = majlis_text::fold(scan.lexicon.heads[head as usize].ar).trim_start_matches("ال") == scan.bare(i).trim_start_matches("ال");
            if singular
                && !scan.bare(i).ends_with('ه')
                && scan.form(last).ends_with('ه')
                && self.adjective(last)
                && m.last - m.first == 1
                && !matches!(kind, ActorKind::ArmedGroup if scan.bare(i).trim_start_matches("ال").starts_with("قوات"))
            {
                break;
            }
            // كل الأطراف التحلي بـ: a broken plural takes an adjective in the feminine.
            if !singular && m.word.form.article() && !of_state && !plural(scan.bare(i)) && !scan.form(last).ends_with('ه') {
                break;
            }
            if kind == ActorKind::Party && (scan.form(last).ends_with("ين") || scan.form(last).ends_with("ون")) {
                break;
            }
            let adjective = scan.nisba_at(last).is_some_and(|(n, _)| n.word.offset == 0)
                || (m.word.form.article() || last > end) && self.tells_which(last)
                || last == end && COMMITTEES.contains(&scan.bare(i)) && scan.form(last).starts_with("ال") && !scan.finite_verb(last) && scan.is_word(last)
                || (scan.definite_word(last) && !scan.finite_verb(last) && (!starts_title(scan, last) || BODY_ADJECTIVES.contains(&scan.form(last))));
            // حزب العمال البنادق: what comes second agrees with the head or is no part of the name.
            if last > end && !m.word.form.article() && !self.adjective(last) && !EXALTED.contains(&scan.form(last)) && !scan.form(last).starts_with("وال") {
                break;
            }
            // معهد العلوم والأمن الدولي, لجنة الأمن والدفاع
            let compound = COMMITTEES.contains(&scan.bare(i)) || singular && matches!(scan.lexicon.heads[head as usize].sector, "EDU" | "NGO");
            let joined = last > end && !m.word.form.article() && compound && self.goes_on(last);
            let second = joined
                || last > end && scan.form(last).starts_with("وال") && scan.is_word(last) && kind != ActorKind::ArmedGroup && self.adjective_after_and(last);
            if !adjective && !second {
                break;
            }
            last += 1;
        }
        if last > end {
            // الكتل البرلمانية: any of them.
            let several = m.word.form.article() && !majlis_text::fold(scan.lexicon.heads[head as usize].ar).ends_with(scan.bare(i).trim_start_matches("ال"));
            let any = kind == ActorKind::Party && several && (end..last).all(|t| BODY_ADJECTIVES[..3].contains(&scan.form(t)));
            let named = last;
            let last = self.trailing(last, false);
            if any && last == named {
                return None;
            }
            return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.65, "mention/head-and-adjectives");
        }
        if !m.word.form.article()
            && !owned
            && let Some(to) = scan.name_run(end, true)
            && matches!(kind, ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Media)
            && scan.strength(end, true) == crate::persons::Strength::Strong
        {
            return make(to, Identity::Body { head, name: (end as u32, to as u32) }, 0.7, "mention/head-and-name");
        }
        if !m.word.form.article()
            && (!broken || kind == ActorKind::Media)
            && scan.after_reporting_verb(i)
            && self.organ(i).is_none()
            && self.known_body(i).is_none()
        {
            let led = |t: usize| scan.analyses(t).first().is_some_and(|w| w.proclitics.preposition.is_some());
            // أعلنت خلية الإعلام الحربي مقتل …: what it told of.
            let told = |t: usize| t > end && !scan.has_article(t) && scan.has_article(t - 1);
            let last = (end..end + 5)
                .take_while(|&t| {
                    scan.is_word(t)
                        && !led(t)
                        && !told(t)
                        && !scan.particle(t)
                        && !scan.class(t).any(Classes::TIME.with(Classes::WEEKDAY))
                        && !crate::speech::that(scan.form(t))
                        && !scan.finite_verb(t)
                })
                .count()
                + end;
            if last > end {
                return make(last, Identity::Body { head, name: (end as u32, last as u32) }, 0.6, "mention/body-after-reporting-verb");
            }
        }
        // القوات المتحالفة, الحركة الملاحية: another one than the one before.
        let described = scan.definite_word(end) && scan.form(end).ends_with('ه') && self.adjective(end) && !scan.starts_other(end);
        // تلك القوات التي …, الشعب: nobody who was named.
        let loose = matches!(scan.bare(i).trim_start_matches("ال"), "شعب" | "اطراف" | "قوي" | "تحالفات" | "جبهات" | "قياده")
            || scan.bare(i).ends_with("قضاء")
            || plural(scan.bare(i)) && self.some_of(i)
            || scan.class(end).any(Classes::REL) && scan.bare(i) == "القوات";
        if m.word.form.article() && m.last - m.first == 1 && !described && !loose {
            // الدائنين الدوليين: of people the adjective is plural too.
            let people = plural(scan.bare(i)) && plural(scan.form(end)) && scan.definite_word(end) && !scan.starts_other(end);
            let last = if people { end + 1 } else { self.which_one(end) };
            return make(last, Identity::Short { head, word: m.word.form.word() }, 0.6, "mention/head-alone");
        }
        None
    }

    /// The end of the quotation that a head noun in tokens `i..end` opens, where it holds a name that nobody knows.
    fn quoted_name(&self, i: usize, end: usize) -> Option<usize> {
        let scan = self.scan;
        let q = scan.quote_opened(i.checked_sub(1)?).filter(|q| q.closed && q.first as usize == i)?;
        let last = q.last as usize;
        let known = |t: usize| scan.at(t).iter().any(|m| matches!(m.entry, Entry::Actor { .. } | Entry::Organ { .. } | Entry::State { .. }));
        // أعلن «مكتب أخبار الجزيرة» أن: who speaks is all that is quoted.
        let speaks = i > 1 && scan.after_reporting_verb(i - 1) && last - i < 5;
        let plain = |t: usize| {
            scan.is_word(t) && (speaks || !known(t)) && !scan.finite_verb(t) && !crate::speech::that(scan.form(t)) && !scan.class(t).any(Classes::REL)
        };
        (last > end && last - i <= 8 && (i..last).all(plain) && (speaks || (i..last).any(|t| scan.has_article(t)))).then_some(last)
    }

    /// The end of المتحالفة معهم, المتحالفة مع الحوثيين, الموالية للحوثيين, الموالية للشرعية: whose side a body is on.
    fn allied_to(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let form = scan.form(at);
        let body = |i: usize| self.known_body(i).map(|c| c.last as usize);
        if form.starts_with("المتحالف") {
            return match scan.form(at + 1) {
                "معه" | "معها" | "معهم" | "معهما" => Some(at + 2),
                "مع" => body(at + 2).or_else(|| self.organ(at + 2).map(|c| c.last as usize)),
                _ => None,
            };
        }
        let loyal = matches!(form, "المواليه" | "الموالي" | "الموالون" | "الموالين" | "المءيده" | "المءيدون" | "المءيدين")
            || matches!(form, "المناهضه" | "المناهضون" | "المناهضين" | "المعاديه" | "المناوءه");
        if !loyal || !scan.form(at + 1).starts_with('ل') {
            return None;
        }
        match scan.form(at + 1) {
            "للشرعيه" | "للنظام" | "للحكومه" => Some(at + 2),
            "له" | "لها" | "لهم" => Some(at + 2),
            _ => body(at + 1),
        }
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
}

/// How many mentions back a body of the same name is looked for.
const NAMESAKES: usize = 60;

/// The longest name in quotation marks after a head noun, in tokens.
const LONGEST_QUOTED: usize = 9;

/// The heads of `heads.tsv` that name the people of a place, and officials.
const POPULATION: &str = "أهالي";
const OFFICIALS: &str = "مسؤولون";
const FOLLOWERS: &str = "أنصار";

/// Plurals of institutions that with an adjective or a noun name no one of them.
const SEVERAL: [&str; 28] = [
    "شركات",
    "مدارس",
    "هيءات",
    "مراكز",
    "مءسسات",
    "جمعيات",
    "منظمات",
    "قنوات",
    "صحف",
    "مواقع",
    "شبكات",
    "لجان",
    "مستشفيات",
    "جامعات",
    "كليات",
    "معاهد",
    "بنوك",
    "مصارف",
    "مكاتب",
    "سفارات",
    "دواءر",
    "محاكم",
    "وزارات",
    "اجهزه",
    "صناديق",
    "مصافي",
    "ادارات",
    "قيادات",
];

/// Heads that are ordinary nouns as well: حركة النقل, التيار الكهربائي.
const COMMONPLACE: [&str; 18] =
    ["حشد", "سريه", "حركه", "صندوق", "تيار", "موقع", "مواقع", "شبكه", "قاءمه", "مجموعه", "تجمع", "جبهه", "مقاومه", "قوه", "مبادره", "حمله", "خلايا", "مصلحه"];

/// Heads that with any definite noun after them name one body: لجنة الأمن, هيئة الدفاع.
const COMMITTEES: [&str; 2] = ["لجنه", "هيءه"];

/// Adjectives of what flows, and of where somebody came in: of no body.
const PHYSICAL: [&str; 3] = ["الكهرباءي", "الكهرباءيه", "الهواءي"];
const ORDINALS: [&str; 6] = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "الاخير"];

/// Adjectives that may stand after a body's name.
const BODY_ADJECTIVES: [&str; 8] = ["البرلمانيه", "النيابيه", "السياسيه", "العسكريه", "الشيعيه", "السنيه", "الكرديه", "الشعبيه"];

/// Plurals of people who fight for somebody, as they begin.
const MEMBERS: [&str; 2] = ["مسلح", "مقاتل"];

/// Adjectives that open a clause of their own.
pub(super) const ATTACHED: [&str; 14] = [
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
