//! Seats, governments, and under which pledges a head of government can return.

use super::account::{Account, quantiles, whole};
use majlis_model::election::forming::Formation;
use majlis_model::election::pledges::Scenario;
use majlis_model::run::Elected;

/// Coalitions that are told.
const COALITIONS: usize = 5;

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    if run.elections.is_empty() {
        return;
    }
    account.section("play.elections");
    for elected in &run.elections {
        one(account, elected);
    }
}

fn one(account: &mut Account<'_>, elected: &Elected) {
    let Some(election) = account.standoff.election.iter().find(|e| e.id == elected.seats.election) else { return };
    let values = [account.election(&election.id), account.day(election.date), elected.seats.house.to_string()];
    let text = account.fill("play.election", &[("election", &values[0]), ("date", &values[1]), ("house", &values[2])]);
    account.item(0, &text);
    let titles = ["play.first", "play.can.govern", "play.governs"].map(|key| account.say(key));
    let [first, can, governs] = titles;
    let mut rows = vec![(account.say("play.list"), ["5%".into(), "50%".into(), "95%".into(), first, can, governs])];
    rows.extend(elected.seats.lists.iter().map(|won| {
        let [low, mid, high] = quantiles(&won.seats).map(whole);
        let part = elected.formation.as_ref().and_then(|f| f.lists.iter().find(|p| p.list == won.list));
        let [can, governs] = part.map_or_else(|| ["–", "–"].map(str::to_owned), |p| [p.can_govern, p.governs].map(|p| account.percent(p)));
        let first = won.first.map_or_else(|| "–".to_owned(), |first| account.percent(first));
        (account.plain(&won.name).to_owned(), [low, mid, high, first, can, governs])
    }));
    account.table(&rows);
    if let Some(formation) = &elected.formation {
        governments(account, formation);
    }
    for scenario in &elected.returns {
        let text = returns(account, &election.id, scenario);
        account.item(0, &text);
    }
}

fn governments(account: &mut Account<'_>, formation: &Formation) {
    let text = account.fill("play.coalitions", &[("quota", &formation.quota.to_string())]);
    account.item(0, &text);
    for expected in formation.expected.iter().take(COALITIONS) {
        let lists: Vec<String> = expected.lists.iter().map(|l| account.list(&formation.election, l)).collect();
        let text = account.likely(&lists.join(" + "), expected.probability);
        account.item(1, &text);
    }
    if formation.deadlock > 0.0 {
        let text = account.likely(&account.say("play.deadlock"), formation.deadlock);
        account.item(1, &text);
    }
    let text = account.say("play.theory");
    account.below(0, &text);
}

/// Whether a head of government can return if he meets some demands.
pub(super) fn returns(account: &Account<'_>, election: &str, scenario: &Scenario) -> String {
    let head = account.standoff.election.iter().find(|e| e.id == election).and_then(|e| e.head.as_ref());
    let head = head.map(|id| account.actor(id)).unwrap_or_default();
    let demands: Vec<String> = scenario.met.iter().map(|id| account.bargain(id)).collect();
    let key = if demands.is_empty() { "play.return.none" } else { "play.return.met" };
    let what = account.fill(key, &[("head", &head), ("demands", &demands.join(&account.say("sep")))]);
    account.likely(&what, scenario.probability)
}
