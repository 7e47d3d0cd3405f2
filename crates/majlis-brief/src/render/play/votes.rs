//! Whether motions pass, who turns them, and what seats are worth.

use super::account::Account;

/// Blocs that are told to turn a vote.
const PIVOTS: usize = 6;

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    if run.motions.is_empty() && run.assemblies.is_empty() {
        return;
    }
    account.section("play.votes");
    for passage in &run.motions {
        let what = account.fill("play.carried", &[("motion", &account.motion(&passage.motion))]);
        let text = account.likely_within(&what, passage.probability, passage.interval);
        account.item(0, &text);
        let text = account.likely(&account.say("play.quorum"), passage.no_quorum);
        account.below(0, &text);
        let text = account.say("play.pivots");
        account.below(0, &text);
        let mut rows = vec![(account.say("play.bloc"), ["play.seats", "play.for", "play.if.for", "play.if.against"].map(|key| account.say(key)))];
        rows.extend(passage.pivots.iter().take(PIVOTS).map(|pivot| {
            let favours = pivot.favours.map_or_else(|| "–".to_owned(), |p| account.percent(p));
            (account.plain(&pivot.name).to_owned(), [pivot.seats.to_string(), favours, account.percent(pivot.if_for), account.percent(pivot.if_against)])
        }));
        account.table(&rows);
    }
    for weighed in &run.assemblies {
        let text = account.fill("play.power", &[("assembly", &account.assembly(&weighed.assembly))]);
        account.item(0, &text);
        let mut rows = vec![(account.say("play.bloc"), ["play.seats", "play.shapley", "play.owen"].map(|key| account.say(key)))];
        rows.extend(weighed.blocs.iter().map(|b| {
            let share = |index: f64| format!("{:.1}%", index * 100.0);
            (account.plain(&b.name).to_owned(), [b.seats.to_string(), share(b.shapley_shubik), share(b.owen)])
        }));
        account.table(&rows);
    }
}
