//! What the run is of, and what it comes to.

use super::account::{Account, range, spread};
use majlis_model::bargain::forecast::Model;
use majlis_model::run::{Bargaining, Method};
use majlis_model::truce::survival;

/// What was played, from when to when.
pub(super) fn head(account: &mut Account<'_>) {
    let run = account.run;
    let title = account.label(&account.standoff.name);
    account.part(&title);
    if let Some(played) = &run.played {
        let values = [
            account.day(run.date),
            account.count("play.steps", usize::from(played.steps)),
            account.count("play.days", usize::from(played.step_days)),
            account.step(played.steps),
        ];
        let text = account.fill("play.from", &[("date", &values[0]), ("steps", &values[1]), ("days", &values[2]), ("end", &values[3])]);
        account.part(&text);
    }
    let text = account.fill("play.draws", &[("draws", &run.draws.to_string()), ("seed", &run.seed.to_string())]);
    account.part(&text);
    let text = account.say("play.ranges");
    account.part(&text);
    account.part("");
}

pub(super) fn write(account: &mut Account<'_>) {
    account.section("play.points");
    let run = account.run;
    for issue in &run.issues {
        let text = settles(account, issue);
        account.item(0, &text);
    }
    for passage in &run.motions {
        let what = account.fill("play.carried", &[("motion", &account.motion(&passage.motion))]);
        let text = account.likely_within(&what, passage.probability, passage.interval);
        account.item(0, &text);
    }
    for kept in &run.truces {
        // The last model counts breaches; the second horizon is a month.
        if let Some(holds) = kept.forecasts.last().and_then(|f| f.holds.get(1)) {
            let what = account.fill("play.holds", &[("truce", &account.truce(&kept.truce)), ("days", &days(account, holds.days))]);
            let text = account.likely_within(&what, holds.probability, holds.interval);
            account.item(0, &text);
        }
    }
    if let Some(ahead) = run.attacks.as_ref().and_then(|a| a.ahead.iter().find(|a| a.days == survival::HORIZONS[1])) {
        let within = days(account, ahead.days);
        let attacks = account.fill("play.point.attacks", &[("days", &within), ("attacks", &spread(&ahead.attacks))]);
        let none = account.fill("play.no.attack", &[("days", &within)]);
        let text = format!("{attacks} {}.", account.likely_within(&none, ahead.none, ahead.none_interval));
        account.item(0, &text);
    }
    for threatened in &run.threats {
        let threat = account.standoff.threat.iter().find(|t| t.id == threatened.threat);
        let what = account
            .fill("play.q.gives-way", &[("threat", &account.bargain(&threatened.threat)), ("to", &threat.map(|t| account.actor(&t.to)).unwrap_or_default())]);
        let concession = &threatened.forecast.answers.concession;
        let text = account.likely_within(&what, concession.mean(), concession.interval(0.9));
        account.item(0, &text);
    }
    for elected in &run.elections {
        let election = &elected.seats.election;
        let bargaining = elected.seats.lists.iter().filter(|l| account.standoff.election.iter().any(|e| &e.id == election && stands(e, &l.list)));
        let chances = bargaining.filter_map(|list| Some((list, list.first?)));
        if let Some((first, chance)) = chances.max_by(|a, b| a.1.total_cmp(&b.1)) {
            let what = account.fill("play.q.first", &[("election", &account.election(election)), ("list", &account.list(election, &first.list))]);
            let text = account.likely(&what, chance);
            account.item(0, &text);
        }
        for scenario in &elected.returns {
            let text = super::elections::returns(account, election, scenario);
            account.item(0, &text);
        }
    }
    let text = super::basis::confidence(account);
    account.item(0, &text);
}

/// Whether a list of an election stands for an actor.
fn stands(election: &majlis_model::standoff::Election, list: &str) -> bool {
    election.list.iter().any(|l| l.id == list && l.actor.is_some())
}

/// Days in words.
pub(super) fn days(account: &Account<'_>, days: f64) -> String {
    account.count("play.days", days as usize)
}

fn settles(account: &Account<'_>, issue: &Bargaining) -> String {
    let told = account.standoff.issue.iter().find(|i| i.id == issue.issue);
    let by = |method: Method| issue.settles.iter().find(|s| s.by == method).map(|s| spread(&s.at)).unwrap_or_default();
    let (learned, mean) = (by(Method::Predictive), by(Method::OneIssue(Model::Mean)));
    let text = account.fill("play.point.issue", &[("learned", &learned), ("mean", &mean)]);
    let mut text = format!("{} {text}", account.scale(&issue.issue));
    let played = account.run.played.as_ref();
    let ending = played.and_then(|p| Some((p.steps, p.settlements.iter().find(|s| s.issue == issue.issue)?)));
    if let (Some((steps, ending)), Some(now)) = (ending, told.and_then(|i| i.status_quo)) {
        let values = [range(now), spread(&ending.standing), account.step(steps)];
        let standing = account.fill("play.point.standing", &[("now", &values[0]), ("end", &values[1]), ("date", &values[2])]);
        text = format!("{text} {standing}");
    }
    text
}
