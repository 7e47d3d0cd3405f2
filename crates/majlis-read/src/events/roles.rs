//! Who does it to whom.

use super::{Finder, Trigger};
use crate::reading::{ActorIx, MentionForm};
use majlis_lexicon::{ActorKind, Classes, EventType, Tense};
use majlis_text::TokenKind;

impl Finder<'_, '_> {
    /// Who does a finite verb to whom.
    pub(super) fn verb_roles(&self, t: &Trigger, first: usize, last: usize) -> (Vec<ActorIx>, Vec<ActorIx>) {
        let scan = self.scan;
        let frame = t.predicate.frame;
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let joined_verb = scan.analyses(t.first).first().is_some_and(|w| w.proclitics.conjunction.is_some());
        let mut before = self.subject_before(t.first, first).map(|(m, near)| (m, near && !joined_verb));
        // القوات التي دربتها الولايات المتحدة: whom the relative clause is about suffers, and its subject comes after.
        let antecedent = if self.object_of_clause(t) { before.take() } else { None };
        let mut j = t.last;
        let stop = self.clause_stop(t.last, last);
        let mut gap = 0;
        // تم اعتقال فلان: what follows suffers.
        let passive = t.predicate.lemma.starts_with("تم/") || t.predicate.lemma.starts_with("جرى/");
        let mut direct_seen = false;
        let mut agent = false;
        // قتل خمسة جنود من الكتيبة: some of hers are hurt.
        let hurt = self.says_hurt(t) && (scan.class(t.last).any(Classes::NUMBER.with(Classes::QUANT)) || scan.kind(t.last) == TokenKind::Number);
        while j < stop {
            if let Some(m) = self.ctx.resolved.mention_at(j).filter(|&m| self.person_like(m)) {
                let (actors, end) = self.joined(m, stop);
                match self.leader(j) {
                    Some("قبل") if scan.form(j.saturating_sub(2)) == "من" => {
                        if target.is_empty() {
                            target = std::mem::take(&mut source);
                        }
                        source = actors;
                        agent = true;
                    }
                    Some("من") if hurt && target.is_empty() => target = actors,
                    None if passive && target.is_empty() => target = actors,
                    Some("بين") if matches!(t.predicate.event, EventType::Agree | EventType::Consult) => {
                        source = vec![actors[0]];
                        target = if actors.len() > 1 { actors[1..].to_vec() } else { self.other_party(end, (stop + 20).min(last)) };
                    }
                    // اقتحم متشددون من تنظيم …: the subject is some of them.
                    Some("من")
                        if source.is_empty()
                            && !direct_seen
                            && !frame.prepositions.contains(&"من")
                            && (1..=3).contains(&gap)
                            && before.is_none_or(|(_, near)| !near) =>
                    {
                        source = actors;
                        direct_seen = true;
                    }
                    Some("ل") if t.predicate.event == EventType::Assault && target.is_empty() && scan.class(j.saturating_sub(1)).any(Classes::POST) => {
                        target = actors;
                    }
                    Some(p) => {
                        if frame.prepositions.contains(&p) && target.is_empty() {
                            target = actors;
                        }
                    }
                    // قصفت مواقع الحوثيين: whose the object is.
                    None if t.predicate.event == EventType::Assault && target.is_empty() && scan.class(j.saturating_sub(1)).any(Classes::POST) => {
                        target = actors;
                    }
                    // رفض خروج القوات: whose the noun between is.
                    None if gap >= 1 && matches!(t.predicate.event, EventType::Request | EventType::Reject) && self.genitive(j) => {}
                    None => {
                        let pre_subject = before.filter(|(_, near)| *near).map(|(m, _)| m);
                        let agrees = self.agrees(t, j);
                        let carried =
                            joined_verb && t.predicate.event == EventType::Consult && frame.object && before.is_some() && self.only_mention(end, stop);
                        if source.is_empty() && !direct_seen && gap <= 3 && pre_subject.is_none() && agrees && !carried {
                            source = actors;
                        } else if frame.object && target.is_empty() && (gap <= 4 || !source.is_empty()) {
                            target = actors;
                        }
                        direct_seen = true;
                    }
                }
                j = end.max(j + 1);
                gap = 0;
                continue;
            }
            if scan.is_word(j) {
                gap += 1;
                if j > t.last
                    && scan.finite_verb(j)
                    && !self.covered[j]
                    && scan.cue(j).is_none()
                    && !scan.class(j).any(Classes::TIME)
                    && scan.verbs(j).any(|v| v.reading.tense == Tense::Perfect)
                {
                    break;
                }
            }
            j += 1;
        }
        if source.is_empty()
            && !passive
            && let Some((m, _)) = before
        {
            source = self.joined(m, t.first).0;
        }
        if let Some((m, _)) = antecedent
            && target.is_empty()
        {
            target = self.joined(m, t.first).0;
        }
        if frame.suffers && !agent {
            std::mem::swap(&mut source, &mut target);
        }
        (source, target)
    }

    /// Whether a verb in a relative clause has the noun that the clause is about for its object: التي دربتها.
    pub(super) fn object_of_clause(&self, t: &Trigger) -> bool {
        let scan = self.scan;
        let before = t.first.checked_sub(if t.first > 1 && matches!(scan.form(t.first - 1), "كان" | "كانت" | "كانوا" | "قد") { 2 } else { 1 });
        !t.pronoun.is_empty() && t.tense != Tense::Masdar && before.is_some_and(|b| scan.class(b).any(Classes::REL))
    }

    /// Whether the trigger itself says that somebody is killed, hurt or taken: مقتل, سقوط, أصيب.
    pub(super) fn says_hurt(&self, t: &Trigger) -> bool {
        (t.first..t.last).any(|i| self.scan.class(i).any(Classes::HURT))
    }

    /// Who does a verbal noun or participle to whom.
    pub(super) fn noun_roles(&self, t: &Trigger, first: usize, last: usize) -> (Vec<ActorIx>, Vec<ActorIx>) {
        let scan = self.scan;
        let frame = t.predicate.frame;
        let kind = t.predicate.event;
        let (mut source, mut target): (Vec<ActorIx>, Vec<ActorIx>) = (Vec::new(), Vec::new());
        let stop = self.clause_stop(t.last, last);
        let mut j = t.last;
        let mut gap = 0;
        let mut seen = false;
        // استعداد البرلمان لدعم …, مواصلة الأجهزة لسجن …
        if t.preposition == Some('ل')
            && let Some(m) = self.mention_ending(t.first).filter(|&m| self.person_like(m))
        {
            source.push(self.actor(m));
        }
        let hurt = self.says_hurt(t);
        let suffers = matches!(kind, EventType::Coerce | EventType::Sanction) || (kind == EventType::Assault && frame.object);
        while j < stop {
            if let Some(m) = self.ctx.resolved.mention_at(j).filter(|&m| self.person_like(m)) {
                let (actors, end) = self.joined(m, stop);
                let genitive = !std::mem::replace(&mut seen, true);
                match self.leader(j) {
                    None if genitive && gap <= 2 && target.is_empty() && (source.is_empty() || suffers) => {
                        // داعيا الحكومة إلى …: a participle has its object there.
                        if suffers || t.tense == Tense::Participle && frame.object {
                            target = actors;
                        } else {
                            source = actors;
                        }
                    }
                    None => {
                        if frame.object && target.is_empty() && gap <= 3 {
                            target = actors;
                        }
                    }
                    Some("بين") => {
                        source = vec![actors[0]];
                        target = if actors.len() > 1 { actors[1..].to_vec() } else { self.other_party(end, (stop + 20).min(last)) };
                    }
                    Some("قبل") if scan.form(j.saturating_sub(2)) == "من" => {
                        if target.is_empty() {
                            target = std::mem::take(&mut source);
                        }
                        source = actors;
                    }
                    // مقتل عدد من عناصر التنظيم.
                    Some("من") if hurt && target.is_empty() => target = actors,
                    Some("ل") if !source.is_empty() && target.is_empty() => target = actors,
                    // غارات على مواقع للحوثيين: whose the positions are.
                    Some("ل") if kind == EventType::Assault && target.is_empty() && scan.class(j.saturating_sub(1)).any(Classes::POST) => target = actors,
                    // ضربات جوية لقوات التحالف: whose they are.
                    Some("ل") if kind == EventType::Assault && gap >= 1 && t.pronoun.is_empty() && source.is_empty() && target.is_empty() => source = actors,
                    Some("ل") if suffers && target.is_empty() => target = actors,
                    Some(p) if frame.prepositions.contains(&p) && target.is_empty() && gap <= 8 => target = actors,
                    Some("من") if matches!(kind, EventType::Aid | EventType::Support | EventType::Assault) && source.is_empty() && gap <= 3 => {
                        source = actors;
                    }
                    Some(_) => {}
                }
                j = end.max(j + 1);
                gap = 0;
                continue;
            }
            if scan.is_word(j) {
                // An adjective of a state tells who: مساعدات سعودية, غارات أميركية.
                let adjective = |i: usize| scan.form(i).ends_with(['ه', 'ي']);
                if (j <= t.last + 1 || j == t.last + 2 && adjective(j - 1) && scan.nisba_at(j - 1).is_none())
                    && source.is_empty()
                    && !hurt
                    && kind != EventType::Election
                    && let Some((_, state)) = scan.nisba_at(j)
                {
                    source.push(self.state_actor(state));
                }
                gap += 1;
                if scan.finite_verb(j) && !self.covered[j] && !scan.class(j).any(Classes::TIME) && scan.verbs(j).any(|v| v.reading.tense == Tense::Perfect) {
                    break;
                }
            }
            j += 1;
        }
        if !t.pronoun.is_empty() {
            let own: Vec<ActorIx> = self.last_actor_before(t.first, &[]).into_iter().collect();
            if suffers && target.is_empty() {
                target = own.clone();
            } else if source.is_empty() {
                source = own;
            }
        }
        let apart = t.first > first && matches!(scan.form(t.first - 1), "بعد" | "قبل" | "خلال" | "منذ" | "اثر" | "عقب" | "جراء" | "بسبب" | "اثناء" | "رغم");
        if source.is_empty() && !apart {
            // The subject of the verb that the noun completes: شن التحالف غارات, تسعى الكتلة إلى منع.
            if let Some((m, _)) = self.governor_subject(t.first, first, t.preposition == Some('ل')) {
                source = self.joined(m, t.first).0;
            }
        }
        // تلقى فلان اتصالا من فلان, تعرض الحزب لغارات التحالف: the verb's subject gets it.
        if let Some(verb) = self.receiving(t, first) {
            let actor = |m: usize| self.joined(m, stop).0;
            let after = (t.last..stop).find_map(|j| self.ctx.resolved.mention_at(j).filter(|_| matches!(self.leader(j), None | Some("من" | "قبل"))));
            let subject = (verb + 1..t.first).find_map(|j| self.ctx.resolved.mention_at(j)).or_else(|| self.subject_before(verb, first).map(|(m, _)| m));
            source = after.map(actor).unwrap_or_default();
            target = subject.map(|m| self.joined(m, t.first).0).unwrap_or_default();
        }
        (source, target)
    }

    /// The verb before a noun whose subject gets or suffers what the noun says.
    pub(super) fn receiving(&self, t: &Trigger, first: usize) -> Option<usize> {
        if t.tense != Tense::Masdar {
            return None;
        }
        let from = first.max(t.first.saturating_sub(12));
        (from..t.first).rev().take_while(|&i| !self.scan.is_comma(i) && !super::is_stop(self.scan, i)).find(|&i| self.scan.class(i).any(Classes::RECEIVE))
    }

    /// The second party of بين فلان … وفلان: the next mention that و leads, at most one noun before it.
    fn other_party(&self, from: usize, stop: usize) -> Vec<ActorIx> {
        (from..stop)
            .find_map(|j| {
                let m = self.ctx.resolved.mention_at(j)?;
                let led = self.scan.form(j).starts_with('و')
                    || j > from && self.scan.form(j - 1).starts_with('و')
                    || j > from + 1 && self.scan.form(j - 2).starts_with('و');
                led.then(|| vec![self.actor(m)])
            })
            .unwrap_or_default()
    }

    /// Whether no further mention without a preposition stands in tokens `from..stop`.
    fn only_mention(&self, from: usize, stop: usize) -> bool {
        !(from..stop).any(|j| self.ctx.resolved.mention_at(j).is_some() && self.leader(j).is_none())
    }

    /// Whether the noun at `j` may be the subject of the verb by gender: a verb in the feminine has no man for its subject, one in
    /// the masculine no noun in ة.
    pub(super) fn agrees(&self, t: &Trigger, j: usize) -> bool {
        let form = self.scan.bare(t.first);
        let verb = form.strip_prefix('س').filter(|f| f.starts_with(['ي', 'ت'])).unwrap_or(form);
        let feminine = match t.tense {
            Tense::Perfect => verb.ends_with('ت'),
            _ => verb.starts_with('ت'),
        };
        let noun = self.scan.bare(j);
        let Some(m) = self.ctx.resolved.mention_at(j) else { return true };
        let person = self.ctx.resolved.actors[self.actor(m) as usize].kind == ActorKind::Person;
        if feminine {
            !person || noun.ends_with('ه') || !matches!(self.ctx.resolved.mentions[m].form, MentionForm::Titled | MentionForm::Title)
        } else {
            !noun.ends_with('ه') || person
        }
    }

    /// Where the clause that goes on from `from` stops: a full stop, a semicolon, or أن bringing in another clause.
    fn clause_stop(&self, from: usize, last: usize) -> usize {
        let scan = self.scan;
        let mut commas = 0;
        for j in from..last.min(from + 22) {
            match scan.form(j) {
                "." | "؛" | ";" | ":" | "؟" | "!" if !scan.is_word(j) => return j,
                "ان" | "بان" | "انه" | "انها" | "بانه" | "حيث" | "فيما" | "بينما" | "لكن" | "عندما" | "بعدما" | "التي" | "الذي" | "الذين" | "مما"
                    if j > from =>
                {
                    return j;
                }
                "،" | "," => {
                    commas += 1;
                    // A name in apposition stands between two commas.
                    if commas > 2 || (self.ctx.resolved.mention_at(j + 1).is_none() && j > from + 1) {
                        return j;
                    }
                }
                _ => {}
            }
        }
        last.min(from + 22)
    }
}
