//! What speaks for and against an actor in a role of an event: what the rules say, where he stands in the clause, and what the rest of the document
//! tells of him.

use super::clauses::{Clauses, Parts};
use super::ranking::{Choice, History, Stands};
use super::{Finder, Trigger};
use crate::actors::Resolved;
use crate::linear::{self, Part, few, flag, part, parts};
use crate::reading::{ActorIx, MentionForm};
use crate::scan::PREPOSITIONS;
use majlis_lexicon::{Classes, Tense};

/// What every choice for one trigger is seen against.
pub(super) struct Setting<'e> {
    pub(super) t: Trigger,
    pub(super) kind: Part,
    pub(super) tense: Part,
    pub(super) clauses: Clauses,
    pub(super) rule_source: &'e [ActorIx],
    pub(super) rule_target: &'e [ActorIx],
    pub(super) speaker: Option<(ActorIx, Part)>,
    pub(super) of_cue: Option<ActorIx>,
    /// Who spoke last before the trigger.
    pub(super) last_speaker: Option<ActorIx>,
    pub(super) subject: Option<usize>,
    pub(super) governor: Option<usize>,
    pub(super) passive: Part,
    pub(super) mutual: bool,
    /// Whether و joins it to what comes before: its subject may stand there.
    pub(super) conjoined: Part,
    /// What follows the trigger.
    pub(super) next: Part,
    /// Whether the trigger itself says that somebody is killed, hurt or taken: مقتل, سقوط.
    pub(super) hurt: Part,
    /// Whether its subject is the target.
    pub(super) suffers: Part,
    /// How many mentions its clauses have before and after it.
    pub(super) sides: (Part, Part),
    /// Whether a place is named right after it: an attack on a town is on nobody.
    pub(super) place_next: Part,
}

/// The features of a choice, for each role.
struct Signals {
    source: Vec<u32>,
    target: Vec<u32>,
}

impl Signals {
    fn new() -> Self {
        Self { source: Vec::with_capacity(64), target: Vec::with_capacity(64) }
    }

    fn add(&mut self, parts: &[Part]) {
        let [source, target] = linear::buckets(parts);
        self.source.push(source);
        self.target.push(target);
    }
}

impl Finder<'_, '_> {
    /// What kind of word stands at token `i`, after a trigger.
    pub(super) fn sort_after(&self, i: usize) -> Part {
        let scan = self.scan;
        let class = scan.class(i);
        match () {
            () if !scan.is_word(i) => part!("mark"),
            () if self.ctx.resolved.mention_at(i).is_some() => part!("mention"),
            () if class.any(Classes::PREP) || scan.analyses(i).first().is_some_and(|w| w.proclitics.preposition.is_some()) => part!("preposition"),
            () if class.any(Classes::NUMBER.with(Classes::QUANT)) => part!("number"),
            () if class.any(Classes::POST) => part!("post"),
            () if class.any(Classes::HURT) => part!("hurt"),
            () if scan.nisba_at(i).is_some() => part!("nisba"),
            () if scan.has_article(i) => part!("definite"),
            () => part!("indefinite"),
        }
    }

    /// تم, جرى, وقع before a verbal noun: whoever does it is not its owner.
    pub(super) fn passive(&self, t: &Trigger) -> Part {
        let scan = self.scan;
        let near = |n: usize| if t.first >= n { scan.bare(t.first - n) } else { "" };
        if t.predicate.lemma.starts_with("تم/") || t.predicate.lemma.starts_with("جرى/") {
            return part!("passive");
        }
        let light = |f: &str| matches!(f, "تم" | "تمت" | "يتم" | "تتم" | "جري" | "جرت" | "يجري" | "سيتم" | "ستتم" | "تعرض" | "تعرضت");
        if t.tense == Tense::Masdar && (light(near(1)) || light(near(2))) { part!("passive") } else { part!("active") }
    }

    pub(super) fn nobody(&self, s: &Setting<'_>) -> Choice {
        let mut f = Signals::new();
        f.add(parts!["nobody"]);
        f.add(parts!["nobody", s.kind]);
        f.add(parts!["nobody", s.tense, s.passive]);
        f.add(parts!["nobody", s.kind, s.tense]);
        f.add(parts!["nobody-speaker", flag(s.speaker.is_some()), flag(s.of_cue.is_some())]);
        f.add(parts!["nobody-unnamed", flag(s.of_cue.is_none() && self.reported_by(&s.t).is_some())]);
        let lemma = Part::of(s.t.predicate.lemma);
        let (no_source, no_target) = (flag(s.rule_source.is_empty()), flag(s.rule_target.is_empty()));
        f.add(parts!["nobody-lemma", lemma]);
        f.add(parts!["nobody-lemma", lemma, s.tense]);
        f.add(parts!["nobody-lemma", lemma, s.next]);
        f.add(parts!["nobody-next", s.next, s.tense]);
        f.add(parts!["nobody-next", s.next, s.kind, s.tense]);
        f.add(parts!["nobody-hurt", s.hurt, s.tense]);
        f.add(parts!["nobody-suffers", s.suffers, s.tense]);
        f.add(parts!["nobody-rules", no_source, no_target, s.kind]);
        f.add(parts!["nobody-rules", no_source, no_target, s.tense]);
        f.add(parts!["nobody-sides", s.sides.0, s.sides.1, s.tense]);
        f.add(parts!["nobody-sides", s.sides.0, s.sides.1, s.kind]);
        f.add(parts!["nobody-place", s.place_next, s.kind, s.tense]);
        f.add(parts!["nobody-word", Part::of(self.scan.bare(s.t.last)), s.kind]);
        f.add(parts!["nobody-pronoun", flag(!s.t.pronoun.is_empty()), s.tense]);
        let stands = Stands {
            event: s.kind,
            tense: s.tense,
            side: part!("nobody"),
            leader: part!("-"),
            kind: part!("-"),
            country: None,
            mention: None,
            touches: false,
            mutual: s.mutual,
        };
        Choice { actor: None, joined: Vec::new(), source: f.source, target: f.target, stands }
    }

    /// What the document tells of an actor, wherever he is mentioned.
    fn actor_signals(&self, f: &mut Signals, s: &Setting<'_>, history: &History, a: ActorIx, kind: Part, place: Part) {
        let event = s.t.predicate.event;
        let rule = match (s.rule_source.contains(&a), s.rule_target.contains(&a)) {
            (true, _) => part!("source"),
            (_, true) => part!("target"),
            _ if s.rule_source.is_empty() && s.rule_target.is_empty() => part!("silent"),
            _ if s.rule_source.is_empty() => part!("no-source"),
            _ if s.rule_target.is_empty() => part!("no-target"),
            _ => part!("others"),
        };
        f.add(parts!["rule", rule]);
        f.add(parts!["rule", rule, s.tense]);
        f.add(parts!["rule", rule, s.kind]);
        f.add(parts!["rule-place", rule, place]);
        f.add(parts!["kind", kind]);
        f.add(parts!["kind", kind, s.kind]);
        f.add(parts!["kind", kind, place]);
        let sector = sector(self.ctx.resolved, a);
        f.add(parts!["sector", sector]);
        f.add(parts!["sector", sector, s.kind]);
        f.add(parts!["sector", sector, place]);
        let speaks = s.speaker.filter(|w| w.0 == a).map_or(part!("no"), |w| w.1);
        f.add(parts!["speaker", speaks, s.kind]);
        f.add(parts!["speaker", speaks, s.tense, flag(s.t.first_person)]);
        f.add(parts!["of-cue", flag(s.of_cue == Some(a)), flag(s.of_cue.is_some())]);
        let last = flag(s.last_speaker == Some(a));
        f.add(parts!["last-speaker", last, s.kind]);
        f.add(parts!["last-speaker", last, s.tense, place]);
        let main = history.main.iter().position(|&m| m == a).map_or(part!("-"), few);
        f.add(parts!["main", main]);
        f.add(parts!["main", main, s.kind]);
        let own = |list: &[ActorIx]| u32::from(list.contains(&a));
        let acts = history.sources.get(&(event, a)).map_or(0, |n| n - own(s.rule_source).min(*n));
        let suffers = history.targets.get(&(event, a)).map_or(0, |n| n - own(s.rule_target).min(*n));
        f.add(parts!["acts", few(acts as usize), few(suffers as usize)]);
        f.add(parts!["acts", few(acts as usize), few(suffers as usize), s.kind]);
        let with = |list: &[ActorIx]| list.iter().filter_map(|&o| history.pairs.get(&(o, a))).sum::<u32>();
        f.add(parts!["against-source", few(with(s.rule_source) as usize), flag(s.rule_source.is_empty())]);
        f.add(parts!["against-target", few(with(s.rule_target) as usize), flag(s.rule_target.is_empty())]);
    }

    /// Whether somebody of the actor at token `i` is said to be killed, hurt or taken.
    fn casualty(&self, i: usize) -> Part {
        let hurt = |t: usize| self.scan.class(t).any(Classes::HURT);
        if (i.saturating_sub(4)..i).any(hurt) {
            part!("before")
        } else if (i + 1..i + 4).any(hurt) {
            part!("after")
        } else {
            part!("-")
        }
    }

    /// من قبل, على يد, من جانب before the actor at token `i`: he does what was told in the passive or as a noun.
    fn agent(&self, i: usize) -> bool {
        let form = |n: usize| i.checked_sub(n).map_or("", |t| self.scan.form(t));
        matches!((form(2), form(1)), ("من", "قبل" | "جانب" | "طرف") | ("علي", "يد" | "ايدي"))
    }

    /// Whether mention `m` follows another with nothing between, not even و or a preposition: زار الوزير إيران.
    fn touches(&self, m: usize) -> bool {
        let tokens = &self.ctx.resolved.tokens;
        let first = tokens[m].0;
        let word = self.scan.analyses(first as usize).first();
        let bare = word.is_none_or(|w| w.proclitics.conjunction.is_none() && w.proclitics.preposition.is_none());
        bare && !self.ctx.resolved.nested[m] && m > 0 && tokens[m - 1].1 == first
    }

    /// Which party of بين … و… mention `m` is.
    fn party(&self, m: usize) -> Part {
        let tokens = &self.ctx.resolved.tokens;
        let first = tokens[m].0 as usize;
        if self.leader(first) == Some("بين") {
            return part!("first");
        }
        let before = m.checked_sub(1).filter(|&b| self.leader(tokens[b].0 as usize) == Some("بين"));
        let joined = (first.saturating_sub(2)..=first).any(|t| self.scan.form(t).starts_with('و'));
        if before.is_some() && joined { part!("second") } else { part!("-") }
    }

    /// An actor whom the sentence does not mention.
    pub(super) fn unmentioned(&self, s: &Setting<'_>, history: &History, a: ActorIx, how: Part, rank: usize) -> Choice {
        let mut f = Signals::new();
        f.add(parts!["unmentioned", how, few(rank)]);
        f.add(parts!["unmentioned", how, s.kind]);
        f.add(parts!["unmentioned", how, s.tense]);
        f.add(parts!["unmentioned-sides", how, s.sides.0, s.sides.1]);
        f.add(parts!["unmentioned-sides", how, s.sides.0, s.sides.1, s.tense]);
        f.add(parts!["unmentioned-next", how, s.next, s.tense]);
        f.add(parts!["unmentioned-pronoun", how, flag(!s.t.pronoun.is_empty()), s.tense]);
        f.add(parts!["unmentioned-lemma", how, Part::of(s.t.predicate.lemma)]);
        f.add(parts!["unmentioned-place", how, s.place_next, s.kind]);
        let kind = kind_of(self.ctx.resolved, a);
        self.actor_signals(&mut f, s, history, a, kind, how);
        let stands = Stands {
            event: s.kind,
            tense: s.tense,
            side: part!("unmentioned"),
            leader: part!("-"),
            kind,
            country: country(self.ctx.resolved, a),
            mention: None,
            touches: false,
            mutual: s.mutual,
        };
        Choice { actor: Some(a), joined: vec![a], source: f.source, target: f.target, stands }
    }

    /// The mention `m`, the `rank`-th before or after the trigger.
    pub(super) fn mentioned(&self, s: &Setting<'_>, history: &History, m: usize, rank: usize, before: bool) -> Choice {
        let resolved = self.ctx.resolved;
        let t = &s.t;
        let a = self.actor(m);
        let (first, last) = (resolved.tokens[m].0 as usize, resolved.tokens[m].1 as usize);
        let (place, gap, between) = if before {
            (part!("before"), t.first - last, s.clauses.between(last, t.first))
        } else {
            (part!("after"), first - t.last, s.clauses.between(t.last, first))
        };
        let (joined, end) = self.joined(m, s.clauses.last);
        let mut f = Signals::new();
        let led_by = self.leader(first);
        let leader = Part::of(led_by.unwrap_or("-"));
        let frame = &t.predicate.frame;
        let framed = flag(led_by.map_or(frame.object, |p| frame.prepositions.contains(&p)));
        let near = match gap {
            0 => part!("0"),
            1 => part!("1"),
            2 => part!("2"),
            3..=4 => part!("4"),
            5..=8 => part!("8"),
            9..=16 => part!("16"),
            _ => part!("far"),
        };
        let crossed = crossed(between);
        let owned = if (before || gap > 0) && self.genitive(first) { part!("owner") } else { part!("-") };
        let form = match resolved.mentions[m].form {
            MentionForm::Nisba => part!("nisba"),
            MentionForm::Capital => part!("capital"),
            _ if resolved.nested[m] => part!("nested"),
            _ => part!("-"),
        };
        let kind = kind_of(resolved, a);
        f.add(parts!["place", place, s.tense, few(rank)]);
        f.add(parts!["place", place, s.kind]);
        f.add(parts!["near", place, near, s.tense]);
        f.add(parts!["near", place, near, leader]);
        f.add(parts!["crossed", place, crossed]);
        f.add(parts!["crossed", place, crossed, s.tense]);
        f.add(parts!["crossed", place, crossed, leader]);
        f.add(parts!["verbs", place, few(between.verbs as usize), few(between.commas as usize)]);
        f.add(parts!["leader", place, leader]);
        f.add(parts!["leader", place, leader, s.tense]);
        f.add(parts!["leader", place, leader, s.kind]);
        f.add(parts!["lemma", Part::of(t.predicate.lemma), place, leader, flag(gap <= 2)]);
        f.add(parts!["framed", place, framed, leader, s.tense]);
        f.add(parts!["framed", place, framed, flag(led_by.is_none()), near]);
        f.add(parts!["owned", place, owned, s.tense, s.kind]);
        f.add(parts!["form", place, form]);
        f.add(parts!["form", place, form, near, s.tense]);
        f.add(parts!["passive", s.passive, place, near]);
        let post = first > 0 && self.scan.class(first - 1).any(Classes::POST);
        f.add(parts!["post", place, flag(post), s.kind]);
        f.add(parts!["casualty", place, self.casualty(first), s.kind]);
        f.add(parts!["party", self.party(m), s.kind, place]);
        f.add(parts!["joined", place, flag(self.scan.form(first).starts_with('و') && self.scan.bare(first) != self.scan.form(first)), near]);
        f.add(parts!["leader-kind", place, leader, kind, s.kind]);
        f.add(parts!["lemma-rank", Part::of(t.predicate.lemma), place, few(rank), s.tense]);
        f.add(parts!["lemma-kind", Part::of(t.predicate.lemma), place, kind]);
        f.add(parts!["sides", place, s.sides.0, s.sides.1, few(rank)]);
        f.add(parts!["place-next", s.place_next, place, near, s.kind]);
        f.add(parts!["rank-leader", place, few(rank), leader, s.tense]);
        if !before && gap <= 2 {
            // قصف التحالف للحوثيين and قصف الحوثيين: what follows tells whether the owner acts or suffers.
            let next = (end..end + 3).find_map(|t| self.leader(t));
            f.add(parts!["adjacent", s.kind, s.tense, flag(frame.object), near]);
            f.add(parts!["adjacent", s.tense, flag(frame.object), leader, Part::of(next.unwrap_or("-"))]);
            f.add(parts!["adjacent", s.tense, flag(frame.object), flag(next.is_some_and(|p| frame.prepositions.contains(&p))), leader]);
        }
        f.add(parts!["word-after", place, Part::of(self.scan.bare(last))]);
        let opens = flag(m == 0 || (resolved.tokens[m - 1].0 as usize) < s.clauses.first);
        f.add(parts!["opens", opens, place, s.tense]);
        f.add(parts!["opens", opens, place, crossed]);
        f.add(parts!["opens", opens, leader, s.kind]);
        let touches = self.touches(m);
        f.add(parts!["touches", place, flag(touches), flag(frame.object), few(rank)]);
        f.add(parts!["touches", place, flag(touches), s.tense]);
        f.add(parts!["agent", place, flag(self.agent(first)), s.tense]);
        f.add(parts!["hurt", s.hurt, place, leader, s.tense]);
        f.add(parts!["hurt", s.hurt, place, near]);
        f.add(parts!["hurt", s.hurt, place, crossed, leader]);
        f.add(parts!["suffers", s.suffers, place, leader, framed]);
        f.add(parts!["suffers-subject", s.suffers, flag(s.subject == Some(m)), s.tense]);
        f.add(parts!["next-word", s.next, place, near]);
        f.add(parts!["next-word", s.next, place, s.tense, s.kind]);
        let verb = |t: usize| self.scan.finite_verb(t) && !self.covered[t];
        let own = match (first > 0 && first - 1 != t.first && verb(first - 1), last != t.first && last < self.scan.len() && verb(last)) {
            (true, _) => part!("before"),
            (_, true) => part!("after"),
            _ => part!("-"),
        };
        f.add(parts!["own-verb", own, place, s.tense]);
        f.add(parts!["own-verb", own, place, s.kind]);
        let subject = match (s.subject == Some(m), s.governor == Some(m)) {
            (true, true) => part!("both"),
            (true, false) => part!("subject"),
            (false, true) => part!("governor"),
            _ => part!("-"),
        };
        f.add(parts!["subject", subject, s.tense]);
        f.add(parts!["subject", subject, s.kind]);
        f.add(parts!["conjoined", s.conjoined, place, few(rank), s.tense]);
        f.add(parts!["conjoined", s.conjoined, place, framed, near, leader]);
        f.add(parts!["conjoined", s.conjoined, subject, s.tense]);
        if !before && t.tense != Tense::Masdar {
            f.add(parts!["agrees", flag(self.agrees(t, first)), few(rank)]);
        }
        f.add(parts!["pronoun", flag(!t.pronoun.is_empty()), place, few(rank), s.tense]);
        f.add(parts!["object-of-clause", flag(self.object_of_clause(t)), place, few(rank)]);
        f.add(parts!["preposition", flag(t.preposition == Some('ل')), place, near]);
        self.actor_signals(&mut f, s, history, a, kind, place);
        let stands = Stands {
            event: s.kind,
            tense: s.tense,
            side: place,
            leader: if led_by.is_some_and(|p| PREPOSITIONS.contains(&p)) { leader } else { part!("-") },
            kind,
            country: country(resolved, a),
            mention: Some(m),
            touches,
            mutual: s.mutual,
        };
        Choice { actor: Some(a), joined, source: f.source, target: f.target, stands }
    }
}

/// The form of a trigger.
pub(super) fn tense_of(tense: Tense) -> Part {
    match tense {
        Tense::Perfect => part!("perfect"),
        Tense::Imperfect => part!("imperfect"),
        Tense::Participle => part!("participle"),
        Tense::Masdar => part!("masdar"),
    }
}

fn sector(resolved: &Resolved, a: ActorIx) -> Part {
    Part::of(resolved.actors.get(a as usize).map_or("GOV", |a| a.sector))
}

fn country(resolved: &Resolved, a: ActorIx) -> Option<Part> {
    resolved.actors.get(a as usize).map(|a| a.country).filter(|country| !country.is_empty()).map(Part::of)
}

/// An actor's kind; a state that nobody mentioned is one too.
pub(super) fn kind_of(resolved: &Resolved, a: ActorIx) -> Part {
    Part::of(resolved.actors.get(a as usize).map_or("state", |a| a.kind.code()))
}

/// The strongest boundary crossed.
fn crossed(p: Parts) -> Part {
    match p {
        Parts { stops: 1.., .. } => part!("stop"),
        Parts { thats: 1.., verbs: 1.., .. } => part!("that-verb"),
        Parts { thats: 1.., .. } => part!("that"),
        Parts { openers: 1.., .. } => part!("opener"),
        Parts { relatives: 1.., verbs: 1.., .. } => part!("relative-verb"),
        Parts { relatives: 1.., .. } => part!("relative"),
        Parts { verbs: 1.., commas: 1.., .. } => part!("verb-comma"),
        Parts { verbs: 1.., .. } => part!("verb"),
        Parts { commas: 1.., .. } => part!("comma"),
        _ => part!("none"),
    }
}
