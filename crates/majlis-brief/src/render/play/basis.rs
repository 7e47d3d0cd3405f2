//! What the answer rests on, how far it can be relied on, and what cannot be told.

use super::account::{Account, whole};
use majlis_model::run::{Bargaining, Confidence, Why};

/// Numbers, flip points and actors that are told of an issue.
const BARS: usize = 6;
const FLIPS: usize = 5;
const LEVERS: usize = 6;

pub(super) fn rests(account: &mut Account<'_>) {
    let run = account.run;
    if run.issues.is_empty() {
        return;
    }
    account.section("play.rests");
    for issue in &run.issues {
        one(account, issue);
    }
}

fn one(account: &mut Account<'_>, issue: &Bargaining) {
    let decimal = |x: f64| format!("{x:.1}");
    let values = [account.issue(&issue.issue), decimal(issue.tornado.base)];
    let text = account.fill("play.tornado", &[("issue", &values[0]), ("base", &values[1])]);
    account.part(&text);
    let bars = issue.tornado.bars.iter().filter(|b| b.swing > 0.0).take(BARS);
    let mut rows = vec![(account.say("play.number"), ["play.range", "play.at.low", "play.at.high"].map(|key| account.say(key)))];
    rows.extend(bars.map(|b| (b.path.clone(), [format!("{}–{}", whole(b.low), whole(b.high)), decimal(b.at_low), decimal(b.at_high)])));
    account.table(&rows);
    flips(account, issue);
    let text = account.fill("play.levers", &[("points", &whole(Bargaining::STEP))]);
    account.part(&text);
    let mut rows = vec![(account.say("play.actor"), ["play.position", "play.up", "play.down", "play.weight"].map(|key| account.say(key)))];
    rows.extend(issue.levers.iter().take(LEVERS).map(|lever| {
        let change = |by: Option<f64>| by.map_or_else(|| "–".to_owned(), |x| account.signed(x));
        (account.actor_plain(&lever.actor), [whole(lever.position), change(lever.up), change(lever.down), whole(lever.price)])
    }));
    account.table(&rows);
}

fn flips(account: &mut Account<'_>, issue: &Bargaining) {
    let crossing = |flip: &majlis_model::sensitivity::flip::Flip<bool>| {
        let nearer = |at: f64| (at - flip.now).abs();
        let both = [&flip.below, &flip.above].into_iter().flatten();
        let crossing = both.min_by(|a, b| nearer(a.at).total_cmp(&nearer(b.at)))?;
        Some((flip.path.clone(), flip.now, crossing.at, crossing.within_range))
    };
    let found: Vec<_> = issue.flips.inputs.iter().filter_map(crossing).take(FLIPS).collect();
    let text = account.say(if found.is_empty() { "play.flips.none" } else { "play.flips" });
    account.part(&text);
    for (path, now, at, is_within) in found {
        let values = [account.number(&path), whole(at), whole(now)];
        let mut text = account.fill("play.flip", &[("number", &values[0]), ("at", &values[1]), ("now", &values[2])]);
        if !is_within {
            text = format!("{text} ({})", account.say("play.flip.outside"));
        }
        account.item(0, &text);
    }
}

/// The confidence, in a sentence of its own.
pub(super) fn confidence(account: &Account<'_>) -> String {
    account.say(match account.run.basis.confidence {
        Confidence::Low => "play.confidence.low",
        Confidence::Moderate => "play.confidence.moderate",
    })
}

pub(super) fn write(account: &mut Account<'_>) {
    let basis = &account.run.basis;
    account.section("play.basis");
    let rule = account.fill("play.confidence.rule", &[("points", &whole(Confidence::APART))]);
    let text = format!("{} {rule}", confidence(account));
    account.part(&text);
    let of = |key: &str, n: usize, all: usize| account.fill(key, &[("n", &n.to_string()), ("all", &all.to_string())]);
    let mut items = vec![of("play.unsourced", basis.unsourced.len(), basis.numbers)];
    if !account.run.issues.is_empty() {
        items.push(account.fill("play.apart", &[("points", &whole(basis.apart))]));
    }
    if account.run.played.is_some() {
        items.push(of("play.assumed", basis.assumed, basis.rules));
    }
    items.push(account.say("play.limits"));
    for text in items {
        account.item(0, &text);
    }
}

pub(super) fn lacking(account: &mut Account<'_>) {
    let run = account.run;
    if run.lacking.is_empty() {
        return;
    }
    account.section("play.lacking");
    for lack in &run.lacking {
        let mut part = account.say(&format!("play.part.{}", lack.part.key()));
        if let Some(of) = &lack.of {
            part = account.fill("play.of", &[("part", &part), ("of", &account.isolate(of))]);
        }
        let text = match &lack.why {
            Why::Needs(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| account.isolate(key)).collect();
                account.fill("play.lacks", &[("part", &part), ("keys", &keys.join(&account.say("or")))])
            }
            Why::Refused(reason) => account.fill("play.refused", &[("part", &part), ("reason", &account.isolate(reason))]),
        };
        account.item(0, &text);
    }
}
