//! How likely a statement is right, its words and its source: a learned judge of what the rules found.

use super::{Said, is_stop};
use crate::actors::Resolved;
use crate::linear::{Linear, Part, bucket, few, flag, part, parts};
use crate::scan::Scan;
use majlis_lexicon::ActorKind;

/// Statements looked at for the one before.
const LOOK_BACK: usize = 16;

/// Gives each statement (in text order, nested) what the model judges it by and, from a model, how likely it is right; those that are too
/// unlikely go.
pub(super) fn judge(scan: &Scan<'_>, resolved: &Resolved, said: &mut Vec<Said>, model: Option<&Linear>) {
    for i in 0..said.len() {
        said[i].features = signals(scan, resolved, said, i);
    }
    let Some(model) = model else { return };
    for s in said.iter_mut() {
        s.statement.confidence = model.probability(&s.features);
    }
    said.retain(|s| s.statement.confidence >= model.threshold());
}

/// What speaks for and against statement `i`.
fn signals(scan: &Scan<'_>, resolved: &Resolved, said: &[Said], i: usize) -> Vec<u32> {
    let s = &said[i];
    let (statement, speaker) = (&s.statement, &s.statement.speaker);
    let (first, last) = (s.first as usize, s.last as usize);
    let token = |at: u32| scan.layout.token_at(at);
    let cue = statement.cue.map_or((first, first), |c| (token(c.start()), token(c.end())));
    let source = speaker.span.map_or(cue, |c| (token(c.start()), token(c.end())));
    let previous = said[..i].iter().rev().take(LOOK_BACK).find(|p| p.statement.inside.is_none());
    let of = |at: Option<usize>| at.filter(|&t| t < scan.len()).map_or(part!("-"), |t| Part::of(scan.form(t)));

    let rule = Part::of(statement.why.rule);
    let lemma = Part::of(statement.why.cue);
    let class = Part::of(statement.class.code());
    let kind = Part::of(statement.kind.code());
    let inside = flag(statement.inside.is_some());
    let carried = flag(speaker.span == statement.cue);
    let named = flag(speaker.named);
    let sort = if speaker.class.is_empty() { part!("-") } else { Part::of(speaker.class) };
    let actor = speaker.actor.map(|a| &resolved.actors[a as usize]);
    let actor_kind = actor.map_or(part!("-"), |a| Part::of(a.kind.code()));
    let mention = mention_in(resolved, source);
    let how = mention.map_or(part!("-"), |m| Part::of(resolved.mentions[m].why.rule));
    let sentences = stops(scan, source.1, first);
    let passed = previous.map_or(0, |p| people(resolved, p.last as usize, cue.0.min(first)));

    let mut features = vec![
        bucket(parts!["bias"]),
        bucket(parts!["rule", rule]),
        bucket(parts!["rule", rule, kind, inside]),
        bucket(parts!["rule", rule, carried, named]),
        bucket(parts!["lemma", lemma]),
        bucket(parts!["lemma", lemma, rule]),
        bucket(parts!["lemma-class", lemma, class, kind]),
        bucket(parts!["class", class, kind]),
        bucket(parts!["class", class, inside]),
        bucket(parts!["class", class, carried]),
        bucket(parts!["sure", tenths(statement.confidence)]),
        bucket(parts!["sure", tenths(statement.confidence), named, carried]),
        bucket(parts!["length", steps(last - first)]),
        bucket(parts!["length", steps(last - first), rule]),
        bucket(parts!["first-word", of(Some(first))]),
        bucket(parts!["first-word", of(Some(first)), class]),
        bucket(parts!["after", of(Some(last))]),
        bucket(parts!["before", of(first.checked_sub(1))]),
        bucket(parts!["before", of(first.checked_sub(1)), of(first.checked_sub(2))]),
        bucket(parts!["cue-gap", steps(first.saturating_sub(cue.1)), class]),
        bucket(parts!["cue-before", of(cue.0.checked_sub(1)), carried]),
        bucket(parts!["source", named, sort]),
        bucket(parts!["source", named, actor_kind, carried]),
        bucket(parts!["source-how", how]),
        bucket(parts!["source-how", how, carried, actor_kind]),
        bucket(parts!["source-kind", actor_kind, class]),
        bucket(parts!["source-sector", actor.map_or(part!("-"), |a| Part::of(a.sector))]),
        bucket(parts!["source-known", flag(actor.is_some_and(|a| a.known)), actor_kind]),
        bucket(parts!["source-gap", steps(first.saturating_sub(source.1)), flag(source.0 >= last)]),
        bucket(parts!["source-gap", steps(first.saturating_sub(source.1)), sentences, named]),
        bucket(parts!["source-length", few(source.1 - source.0), named, carried]),
        bucket(parts!["source-word", of(Some(source.0)), named]),
        bucket(parts!["source-word2", of(Some(source.0 + 1)), named]),
        bucket(parts!["source-before", of(source.0.checked_sub(1))]),
        bucket(parts!["source-after", of(Some(source.1)), named]),
        bucket(parts!["between", few(resolved.mentions_from(source.1, first).take(4).count()), carried]),
        bucket(parts!["passed", few(passed), carried, named]),
        bucket(parts!["passed", few(passed), carried, class]),
    ];
    let Some(p) = previous else {
        features.push(bucket(parts!["previous-none", carried]));
        return features;
    };
    let q = &p.statement;
    let same = flag(q.speaker.actor == speaker.actor && q.speaker.named == speaker.named);
    let paragraphs = few(scan.line(first).abs_diff(scan.line(p.first as usize)) as usize);
    features.extend([
        bucket(parts!["previous", same, stops(scan, p.last as usize, first), carried]),
        bucket(parts!["previous-rule", same, Part::of(q.why.rule)]),
        bucket(parts!["previous-near", same, steps(first.saturating_sub(p.last as usize)), carried]),
        bucket(parts!["previous-named", same, flag(q.speaker.named), named, carried]),
        bucket(parts!["previous-paragraphs", same, paragraphs, carried]),
    ]);
    features
}

/// The outermost mention that shares a token with a stretch of them.
fn mention_in(resolved: &Resolved, (first, last): (usize, usize)) -> Option<usize> {
    let end = resolved.tokens.partition_point(|t| (t.0 as usize) < last);
    (end.saturating_sub(4)..end).find(|&m| resolved.tokens[m].1 as usize > first && !resolved.nested[m])
}

/// How many persons are mentioned between two tokens, four at most.
fn people(resolved: &Resolved, from: usize, to: usize) -> usize {
    let is_person = |&m: &usize| resolved.actors[resolved.mentions[m].actor as usize].kind == ActorKind::Person;
    resolved.mentions_from(from, to).filter(is_person).take(4).count()
}

/// How many sentences end between two tokens, four at most.
fn stops(scan: &Scan<'_>, from: usize, to: usize) -> Part {
    few((from..to).filter(|&t| is_stop(scan, t) || scan.is_break(t)).take(4).count())
}

/// A number of tokens, by doubling.
fn steps(n: usize) -> Part {
    const STEPS: [Part; 9] = [part!("0"), part!("1"), part!("2"), part!("4"), part!("8"), part!("16"), part!("32"), part!("64"), part!("more")];
    STEPS[(usize::BITS - n.leading_zeros()).min(8) as usize]
}

/// A confidence in tenths.
fn tenths(confidence: f32) -> Part {
    const TENTHS: [Part; 4] = [part!("low"), part!("7"), part!("8"), part!("9")];
    TENTHS[((confidence * 10.0).floor() as usize).saturating_sub(6).min(3)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reader, Statement};
    use majlis_text::Document;

    fn statements(reader: &Reader, text: &str) -> Vec<Statement> {
        reader.read(&Document::new("d", text)).statements
    }

    #[test]
    fn a_quotation_beside_its_named_source_is_likelier_than_words_carried_on_past_another_person() {
        let reader = Reader::new().with_statements(None);
        let text = "قال وزير الخارجية الأردني ناصر جودة إن «بلاده متمسكة بالحل السياسي في سوريا».\nوالتقى وفد من البرلمان رئيس الحكومة تمام سلام. وأضاف أن اللقاء كان إيجابيا.";
        let unjudged = statements(&reader, text);
        assert_eq!(unjudged.len(), 2);
        let likely = |s: &Statement| {
            let judged = statements(&Reader::new(), text).into_iter().find(|j| j.span == s.span);
            judged.map_or(0.0, |j| j.confidence)
        };
        assert!(likely(&unjudged[0]) > likely(&unjudged[1]) + 0.2, "{} {}", likely(&unjudged[0]), likely(&unjudged[1]));
    }

    #[test]
    fn lengths_double_from_step_to_step() {
        assert_eq!(steps(0), part!("0"));
        assert_eq!(steps(1), part!("1"));
        assert_eq!(steps(3), part!("2"));
        assert_eq!(steps(64), part!("64"));
        assert_eq!(steps(usize::MAX), part!("more"));
    }
}
