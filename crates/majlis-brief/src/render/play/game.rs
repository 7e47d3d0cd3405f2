//! The play: where it ends, what comes about in it, and by which paths.

use super::account::{Account, range, spread};
use majlis_model::play::{Answer, End, Happening, Outcome, Path, Played, Question, Vote};

/// A list that comes first more rarely than this is not told here.
const HOPELESS: f64 = 0.05;
/// Steps that separate an outcome, and numbers on which it hangs, that are told.
const SEPARATORS: usize = 3;
const NUMBERS: usize = 3;

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    let Some(played) = &run.played else { return };
    account.section("play.game");
    ends(account, played);
    let text = account.say("play.outcomes");
    account.part(&text);
    let hopeless = |o: &&Outcome| matches!(o.question, Question::ComesFirst { .. }) && o.probability < HOPELESS;
    for outcome in played.outcomes.iter().filter(|o| !hopeless(o)) {
        one(account, outcome);
    }
    if !played.attacks.is_empty() {
        let by: Vec<String> = played.attacks.iter().map(|a| format!("{} {}", account.actor(&a.by), spread(&a.times))).collect();
        let text = account.fill("play.attacks.by", &[("list", &by.join(&account.say("sep")))]);
        account.part(&text);
    }
    let text = account.say("play.paths");
    account.part(&text);
    for way in &played.paths {
        let text = path(account, way);
        account.item(0, &text);
    }
}

fn ends(account: &mut Account<'_>, played: &Played) {
    let text = account.fill("play.ends", &[("date", &account.step(played.steps))]);
    account.part(&text);
    let mut rows = vec![(account.say("play.issue.column"), ["play.start", "play.words", "play.facts"].map(|key| account.say(key)))];
    rows.extend(played.settlements.iter().map(|s| {
        let issue = account.standoff.issue.iter().find(|i| i.id == s.issue);
        let now = issue.and_then(|i| i.status_quo).map_or_else(|| "–".to_owned(), range);
        (issue.map_or(s.issue.as_str(), |i| account.plain(&i.name)).to_owned(), [now, spread(&s.bargaining), spread(&s.standing)])
    }));
    account.table(&rows);
}

fn one(account: &mut Account<'_>, outcome: &Outcome) {
    let text = account.likely(&question(account, &outcome.question), outcome.probability);
    account.item(0, &text);
    for separator in outcome.separators.iter().take(SEPARATORS) {
        let values = [happening(account, &separator.event), account.percent(separator.with), account.percent(separator.without)];
        let text = account.fill("play.separator", &[("event", &values[0]), ("with", &values[1]), ("without", &values[2])]);
        account.item(1, &text);
    }
    for weight in outcome.rests_on.iter().take(NUMBERS) {
        let values = [account.number(&weight.number), account.percent(weight.low), account.percent(weight.high)];
        let text = account.fill("play.hangs", &[("number", &values[0]), ("low", &values[1]), ("high", &values[2])]);
        account.item(1, &text);
    }
}

fn path(account: &Account<'_>, path: &Path) -> String {
    let turn = |turn: &majlis_model::play::Turn| account.fill("play.turn", &[("event", &happening(account, &turn.what)), ("date", &account.step(turn.step))]);
    let turns: Vec<String> = path.turns.iter().map(turn).collect();
    let turns = if turns.is_empty() { account.say("play.nothing") } else { turns.join(&account.say("arrow")) };
    account.fill("play.path", &[("percent", &account.percent(path.share)), ("turns", &turns)])
}

pub(super) fn question(account: &Account<'_>, question: &Question) -> String {
    let bargain = |key: &str, id: &str| account.fill(key, &[("threat", &account.bargain(id)), ("offer", &account.bargain(id)), ("to", &whom(account, id))]);
    match question {
        Question::Moves { issue, towards } => {
            let told = account.standoff.issue.iter().find(|i| i.id == *issue);
            let end = told.map(|i| account.label(if *towards == End::Low { &i.low } else { &i.high })).unwrap_or_default();
            let points = format!("{:.0}", Question::MOVE);
            account.fill("play.q.moves", &[("issue", &account.issue(issue)), ("points", &points), ("end", &end)])
        }
        Question::Holds { truce } => account.fill("play.q.holds", &[("truce", &account.truce(truce))]),
        Question::Carried { motion } => {
            let is_dated = account.standoff.motion.iter().any(|m| m.id == *motion && m.date.is_some());
            account.fill(if is_dated { "play.q.carried" } else { "play.q.tabled" }, &[("motion", &account.motion(motion))])
        }
        Question::GivesWay { threat } => bargain("play.q.gives-way", threat),
        Question::CarriedOut { threat } => bargain("play.q.carried-out", threat),
        Question::TakenUp { offer } => bargain("play.q.taken-up", offer),
        Question::ComesFirst { election, list } => {
            account.fill("play.q.first", &[("election", &account.election(election)), ("list", &account.list(election, list))])
        }
        Question::NoAttack => account.say("play.q.no-attack"),
    }
}

/// To whom a threat or an offer is made.
fn whom(account: &Account<'_>, id: &str) -> String {
    let threats = account.standoff.threat.iter().map(|t| (&t.id, &t.to));
    let mut all = threats.chain(account.standoff.offer.iter().map(|o| (&o.id, &o.to)));
    all.find(|(other, _)| *other == id).map(|(_, to)| account.actor(to)).unwrap_or_default()
}

fn happening(account: &Account<'_>, happening: &Happening) -> String {
    match happening {
        Happening::Act { actor, instrument } => {
            let name = account.label(account.rules.name(*instrument));
            account.fill("play.h.act", &[("actor", &account.actor(actor)), ("instrument", &name)])
        }
        Happening::TruceMade { between: [one, other] } => account.fill("play.h.truce-made", &[("one", &account.actor(one)), ("other", &account.actor(other))]),
        Happening::TruceEnded { truce: Some(truce) } => account.fill("play.h.truce-ended", &[("truce", &account.truce(truce))]),
        Happening::TruceEnded { truce: None } => account.say("play.h.new-truce-ended"),
        Happening::Voted { motion, vote } => {
            let key = match vote {
                Vote::Carried => "play.h.carried",
                Vote::Lost => "play.h.lost",
                Vote::NoQuorum => "play.h.no-quorum",
            };
            account.fill(key, &[("motion", &account.motion(motion))])
        }
        Happening::Threat { threat, answer } => {
            let key = format!("play.h.threat.{}", code(*answer));
            account.fill(&key, &[("threat", &account.bargain(threat)), ("to", &whom(account, threat))])
        }
        Happening::Offer { offer, answer } => account.fill(&format!("play.h.offer.{}", code(*answer)), &[("offer", &account.bargain(offer))]),
        Happening::OwnThreat { by, to, answer } => {
            account.fill(&format!("play.h.own.{}", code(*answer)), &[("by", &account.actor(by)), ("to", &account.actor(to))])
        }
        Happening::Elected { election, first } => {
            account.fill("play.q.first", &[("election", &account.election(election)), ("list", &account.list(election, first))])
        }
    }
}

fn code(answer: Answer) -> &'static str {
    match answer {
        Answer::GaveWay => "gave-way",
        Answer::CarriedOut => "carried-out",
        Answer::BackedDown => "backed-down",
        Answer::Declined => "declined",
    }
}
