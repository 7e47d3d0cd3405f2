//! بحسب and the like: a source without a verb.

use super::sources::named;
use super::{Finder, LONGEST, Said, Words, is_stop, that};
use crate::reading::{Speaker, Why};
use majlis_lexicon::{ActorKind, CueClass, Entry};
use majlis_text::TokenKind;

impl Finder<'_, '_> {
    /// بحسب فلان، … at the front, … بحسب فلان at the end, or بحسب فلان between commas, its words after it.
    pub(super) fn according(&mut self, i: usize, after: usize, start: usize, end: usize) {
        let scan = self.scan;
        // بحسب ما ذكر فلان
        let source_inside = scan.at(after - 1).iter().any(|m| matches!(m.entry, Entry::Source(_)));
        let mut at = if source_inside { after - 1 } else { after };
        if matches!(scan.form(at), "ما" | "لما") {
            at += 1;
        }
        if self.cue(at).is_some() {
            at += 1;
        }
        let limit = (at + 12).min(end);
        let mut who = None;
        let mut reach = at;
        while reach < limit {
            if let Some(m) = self.resolved.mention_at(reach) {
                let mention = self.resolved.mentions[m];
                who = Some((named(mention.span, mention.actor), self.resolved.tokens[m].1 as usize));
                break;
            }
            let led = if reach == at { Some('ل') } else { None };
            if let Some(s) = self.source_after(led, reach, limit.max(reach + 10).min(end)) {
                let to = s.span.map_or(reach + 1, |sp| scan.layout.token_at(sp.end()));
                // وفق بعض المنظمات الحقوقية: the word for a source only says of what kind it is.
                let span = Some(scan.span(at, to));
                let s = match (reach > at && scan.has_article(reach) && scan.has_article(reach - 1), reach > at && self.is_nisba_of(reach)) {
                    (true, _) => Speaker { span, described: span, class: "unresolved", ..s },
                    (_, true) => Speaker { span, described: span, ..s },
                    _ => s,
                };
                who = Some((s, to));
                break;
            }
            if !scan.is_word(reach) && !scan.is_quote_mark(reach) {
                break;
            }
            // وفق الخطة التي وضعها فلان: it goes by a plan.
            if reach == at && scan.has_article(reach) && !REPORTS.contains(&scan.bare(reach)) {
                break;
            }
            reach += 1;
            if reach > at + 4 {
                break;
            }
        }
        // وحسب رأيه، فإن …; ووفق التقرير، فإن …
        let his = matches!(scan.form(at), "رايه" | "رايها" | "قوله" | "قولها" | "تعبيره" | "تعبيرها" | "وصفه" | "وصفها");
        let report = REPORTS.contains(&scan.form(at)) && scan.form(at) != "المصدر" && scan.form(at) != "المصادر";
        if who.is_none() && (his || report) {
            let before = self.subject.or(self.last).filter(|s| his || s.named);
            let span = Some(scan.span(at, at + 1));
            let speaker = before.map(|s| Speaker { span, ..s }).or_else(|| report.then(|| self.by_role(at, at + 1)));
            who = speaker.map(|s| (s, at + 1));
        }
        let Some((mut speaker, mut to)) = who else { return };
        // بحسب رويترز نقلا عن دبلوماسي: the words are his.
        let mut relayed = None;
        let outlet = speaker.actor.is_some_and(|a| self.resolved.actors[a as usize].kind == ActorKind::Media);
        let from = match (scan.form(to), scan.form(to + 1)) {
            ("نقلا", "عن") => Some(to + 2),
            ("عن", _) if outlet => Some(to + 1),
            _ => None,
        };
        if let Some(first) = from {
            let named_source = self.resolved.mention_at(first).map(|m| (named(self.resolved.mentions[m].span, self.resolved.mentions[m].actor), m));
            let origin = match named_source {
                Some((s, m)) => Some((s, self.resolved.tokens[m].1 as usize)),
                None => self.source(first, (first + 12).min(end)).map(|s| (s, s.span.map_or(first + 1, |sp| scan.layout.token_at(sp.end())))),
            };
            if let Some((s, after)) = origin {
                relayed = speaker.actor;
                (speaker, to) = (s, after);
            }
        }
        if matches!(scan.form(to), "التي" | "الذي" | "الذين") {
            to = (to..(to + 14).min(end)).find(|&t| scan.is_comma(t)).unwrap_or(to);
        }
        let first_in_sentence = i == start
            || is_stop(scan, i - 1)
            || scan.is_break(i.saturating_sub(1))
            || matches!(scan.form(i - 1), "لكن" | "ولكن")
            || scan.analyses(i).first().is_some_and(|w| w.proclitics.conjunction.is_some());
        let media = speaker.actor.is_some_and(|a| self.resolved.actors[a as usize].kind == ActorKind::Media);
        if first_in_sentence {
            // وفقا للمجلس الاستشاري، فإن …: an adjective still belongs to the source.
            let mut first = (to..end).take(3).find(|&t| !(scan.is_word(t) && scan.has_article(t))).filter(|&t| scan.is_comma(t)).unwrap_or(to);
            while first < end && (scan.is_comma(first) || scan.is_quote_mark(first) || matches!(scan.form(first), "فقد" | "فان" | "فانه" | "فانها" | ")"))
            {
                first += 1;
            }
            if that(scan.form(first)) || self.cue(first).is_some() && media {
                return; // The agency only carries what somebody said; that verb has the words.
            }
            let last = self.clause_end(first, end, false);
            // باعتراف فلان نفسه: nothing of his is told.
            if last > first + 1 && !matches!(scan.form(first), "نفسه" | "نفسها" | "انفسهم") {
                let words = Words::indirect(first, last, "statement/according-front");
                let told = relayed.or_else(|| self.told_to(i, first, first, first, &speaker));
                self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, told, 0.8, Why::cue("statement/according-front", "بحسب"));
                // An outlet that only carries the words is not who goes on.
                if !media {
                    self.last = Some(speaker);
                    self.subject = Some(speaker);
                }
            }
            return;
        }
        // فهي برأي فلان «…»: his words are quoted right after.
        if let Some(q) = scan.quote_opened(to).filter(|q| q.last - q.first >= 3) {
            let words = Words::quotation(q, "statement/according-quotation");
            self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, relayed, 0.8, Why::cue("statement/according-quotation", "بحسب"));
            if !media {
                self.last = Some(speaker);
                self.subject = Some(speaker);
            }
            return;
        }
        // ما أدى - بحسب ناشطين - إلى …: words on either side are theirs, and neither are so alone.
        if scan.form(i - 1) == "-" && scan.form(to) == "-" {
            return;
        }
        // الذين يقدر عددهم حسب الوزارة بمليون: it stands for a part of its clause, and nothing tells for which.
        if scan.is_word(i - 1) && scan.is_word(to) {
            return;
        }
        // At the end: the words are what stands before in the sentence.
        let start = start.max(i.saturating_sub(LONGEST));
        let from = self.sentence_start(i, start);
        let mut last = i;
        while last > from && !scan.is_word(last - 1) && scan.kind(last - 1) != TokenKind::Number && !self.closing(last - 1) {
            last -= 1;
        }
        let told = |s: &Said| s.first as usize >= from && ((s.first as usize) < i || media && (s.last as usize) <= i + 1);
        if self.said.iter().rev().take(3).any(told) {
            if !media && scan.is_comma(to) {
                self.subject = Some(speaker);
            }
            return;
        }
        // وأكد، بحسب الوكالة، أن …: the words are whose verb it is.
        if that(scan.form(to + 1)) && (from..i).any(|t| self.cue(t).is_some()) {
            return;
        }
        // كانت نتيحة الاجتماعات، بحسب المصادر، الإعلان عن …: the words come after.
        if scan.is_comma(to) && last > from && last - from < 6 {
            let first = to + 1;
            let end_at = self.clause_end(first, end, false);
            if end_at > first + 3 {
                let words = Words::indirect(first, end_at, "statement/according-middle");
                self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, None, 0.65, Why::cue("statement/according-middle", "بحسب"));
            }
            return;
        }
        // ذكرت القناة، استنادا إلى مسؤول، أن …: what stands before only brings in what comes after.
        let brings = self.cue(from).is_some() && that(scan.form(to + 1));
        if last > from + 3 && !brings {
            let words = Words::indirect(from, last, "statement/according-end");
            self.push(&words, speaker, Some(scan.span(i, after)), CueClass::Say, None, 0.7, Why::cue("statement/according-end", "بحسب"));
            // …، كما يقول فلان، مضيفا: he goes on.
            if !media {
                self.last = Some(speaker);
                self.subject = Some(speaker);
            }
        }
    }
}

/// What is said or written by somebody, with the article, folded.
const REPORTS: [&str; 10] = ["البيان", "التقرير", "الصحيفه", "الرساله", "المعلومات", "التصريحات", "الوثيقه", "الارقام", "المصدر", "المصادر"];
