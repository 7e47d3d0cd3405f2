//! Whether truces hold, and how many attacks are to be expected.

use super::account::{Account, fine_spread, quantiles, spread, whole};
use super::points::days;
use majlis_model::run::Kept;
use majlis_model::truce::hawkes::Forecast;
use majlis_model::truce::survival::{HORIZONS, Holds, Model};

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    if run.truces.is_empty() && run.attacks.is_none() {
        return;
    }
    account.section("play.conflict");
    for kept in &run.truces {
        truce(account, kept);
    }
    if let Some(forecast) = &run.attacks {
        attacks(account, forecast);
    }
}

fn truce(account: &mut Account<'_>, kept: &Kept) {
    let age = kept.forecasts.first().map_or(0.0, |f| f.age);
    let text = account.fill("play.truce", &[("truce", &account.truce(&kept.truce)), ("days", &days(account, age))]);
    account.item(0, &text);
    let mut rows = vec![(account.say("play.model"), HORIZONS.map(|h| days(account, h)))];
    let cell = |holds: Option<&Holds>| holds.map_or_else(String::new, |h| within(account, h.probability, h.interval));
    rows.extend(kept.forecasts.iter().map(|f| (account.say(model(f.model)), std::array::from_fn(|h| cell(f.holds.get(h))))));
    if let Some(held) = account.run.played.as_ref().and_then(|p| p.truces.iter().find(|t| t.truce == kept.truce)) {
        let at = |days: f64| held.after.iter().find(|(d, _)| f64::from(*d) == days).map_or_else(|| "–".to_owned(), |(_, p)| account.percent(*p));
        rows.push((account.say("play.truce.play"), HORIZONS.map(at)));
    }
    account.table(&rows);
    for holds in kept.forecasts.last().map(|f| f.holds.as_slice()).unwrap_or_default() {
        let what = account.fill("play.holds", &[("truce", &account.truce(&kept.truce)), ("days", &days(account, holds.days))]);
        let text = account.likely(&what, holds.probability);
        account.below(0, &text);
    }
}

fn model(model: Model) -> &'static str {
    match model {
        Model::Exponential => "play.truce.exponential",
        Model::Weibull => "play.truce.weibull",
        Model::Breaches => "play.truce.breaches",
    }
}

fn attacks(account: &mut Account<'_>, forecast: &Forecast) {
    let values = [account.count("play.incidents", forecast.incidents), days(account, forecast.days)];
    let text = account.fill("play.attacks", &[("incidents", &values[0]), ("days", &values[1])]);
    account.item(0, &text);
    let mut rows = vec![(account.say("play.within"), [account.say("play.expected"), "5%".into(), "50%".into(), "95%".into(), account.say("play.none")])];
    rows.extend(forecast.ahead.iter().map(|a| {
        let [low, mid, high] = quantiles(&a.attacks).map(whole);
        (days(account, a.days), [format!("{:.1}", a.attacks.mean()), low, mid, high, within(account, a.none, a.none_interval)])
    }));
    account.table(&rows);
    for ahead in &forecast.ahead {
        let what = account.fill("play.no.attack", &[("days", &days(account, ahead.days))]);
        let text = account.likely(&what, ahead.none);
        account.below(0, &text);
    }
    let text = account.say("play.by");
    account.below(0, &text);
    let mut rows = vec![(account.say("play.actor"), HORIZONS.map(|h| days(account, h)))];
    rows.extend(forecast.actors.iter().enumerate().map(|(i, actor)| {
        let expected = |h: usize| forecast.ahead.get(h).and_then(|a| a.by.get(i)).map_or_else(String::new, |(mean, _)| format!("{mean:.1}"));
        (account.actor_plain(actor), std::array::from_fn(expected))
    }));
    account.table(&rows);
    let text = account.fill("play.chain", &[("branching", &fine_spread(&forecast.branching_ratio)), ("half", &spread(&forecast.half_life))]);
    account.below(0, &text);
}

/// A probability and its interval: `71% (30–98)`.
fn within(account: &Account<'_>, probability: f64, (low, high): (f64, f64)) -> String {
    format!("{} ({}–{})", account.percent(probability), whole(low * 100.0), whole(high * 100.0))
}
