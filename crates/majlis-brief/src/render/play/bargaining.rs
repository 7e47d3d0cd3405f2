//! Where each issue settles, model by model.

use super::super::Lang;
use super::account::{Account, quantiles, range, whole};
use majlis_model::run::Method;

pub(super) fn write(account: &mut Account<'_>) {
    let run = account.run;
    if run.issues.is_empty() {
        return;
    }
    account.section("play.bargaining");
    for issue in &run.issues {
        let text = head(account, &issue.issue);
        account.part(&text);
        let mut rows = vec![(account.say("play.model"), ["5%", "50%", "95%"].map(str::to_owned))];
        rows.extend(issue.settles.iter().map(|s| (model(account, s.by), quantiles(&s.at).map(whole))));
        account.table(&rows);
    }
    for note in ["play.note.learned", "play.note.others"] {
        let text = account.say(note);
        account.part(&text);
    }
}

fn head(account: &Account<'_>, id: &str) -> String {
    let now = account.standoff.issue.iter().find(|i| i.id == id).and_then(|i| i.status_quo);
    let scale = account.scale(id);
    now.map_or_else(|| scale.clone(), |now| format!("{scale} {}", account.fill("play.now", &[("now", &range(now))])))
}

fn model(account: &Account<'_>, method: Method) -> String {
    match method {
        Method::Predictive => account.say("play.predictive"),
        Method::Condorcet => account.say("play.condorcet"),
        Method::Spatial => account.say("play.spatial"),
        Method::OneIssue(model) if account.lang == Lang::Arabic => model.arabic().to_owned(),
        Method::OneIssue(model) => model.english().to_owned(),
    }
}
