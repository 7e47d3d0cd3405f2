//! Whether threats are believed and heeded, and what that would take.

use super::account::{Account, percent_spread, range, spread};
use majlis_model::run::Threatened;
use majlis_model::signalling::crisis::Needed;

/// A share of draws with several equilibria that is worth telling.
const SEVERAL: f64 = 0.01;

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    if run.threats.is_empty() {
        return;
    }
    account.section("play.threats");
    for threatened in &run.threats {
        one(account, threatened);
    }
}

fn one(account: &mut Account<'_>, threatened: &Threatened) {
    let Some(threat) = account.standoff.threat.iter().find(|t| t.id == threatened.threat) else { return };
    let (by, to) = (account.actor(&threat.by), account.actor(&threat.to));
    let names = [("threat", account.bargain(&threat.id)), ("issue", account.issue(&threat.issue))];
    let text = account.fill("play.threat", &[("threat", &names[0].1), ("by", &by), ("to", &to), ("issue", &names[1].1)]);
    account.item(0, &text);
    let forecast = &threatened.forecast;
    let text = account.fill("play.believed", &[("believed", &percent_spread(&forecast.believed))]);
    account.below(0, &text);
    for (key, answer) in
        [("play.gives.way", &forecast.answers.concession), ("play.carried.out", &forecast.answers.war), ("play.backed.down", &forecast.answers.backed_down)]
    {
        let text = account.likely_within(&account.fill(key, &[("to", &to)]), answer.mean(), answer.interval(0.9));
        account.item(1, &text);
    }
    let now = range(threat.audience_cost);
    for (key, needed) in [("play.need.believed", &threatened.to_be_believed), ("play.need.heeded", &threatened.to_be_heeded)] {
        let text = need(account, key, needed, &[("by", &by), ("to", &to), ("now", &now)]);
        account.below(0, &text);
    }
    let several: f64 = forecast.equilibria.iter().skip(1).sum();
    if several >= SEVERAL {
        let text = account.fill("play.equilibria", &[("percent", &account.percent(several))]);
        account.below(0, &text);
    }
}

fn need(account: &Account<'_>, key: &str, needed: &Needed, names: &[(&str, &str)]) -> String {
    let never = account.fill("play.need.never", &[("percent", &account.percent(1.0 - needed.reachable))]);
    match &needed.cost {
        None => format!("{} {}", account.fill(key, &[names, &[("cost", "–")]].concat()), account.say("play.need.nothing")),
        Some(cost) => {
            let text = account.fill(key, &[names, &[("cost", &spread(cost))]].concat());
            if needed.reachable < 1.0 { format!("{text} {never}") } else { text }
        }
    }
}
