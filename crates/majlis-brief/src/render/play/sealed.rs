//! The forecasts of a run as questions that somebody can settle later.

use super::super::Lang;
use super::account::Account;
use super::game::question;
use super::points::days;
use majlis_model::play::Rules;
use majlis_model::run::Run;
use majlis_model::scoring::ledger::{Answer, Chance, Forecast};
use majlis_model::standoff::Standoff;

/// Everything that a run forecasts, each with the question that it answers: where each issue stands at the end, whether each outcome
/// of the play comes about by then, how many attacks there are and whether truces hold within each horizon, and the seats of each list.
///
/// # Errors
/// If a probability of the run is none.
pub fn forecasts(standoff: &Standoff, rules: &Rules, run: &Run, lang: Lang) -> majlis_model::Result<Vec<Forecast>> {
    let account = Account::new(standoff, rules, run, lang);
    let mut answers = Vec::new();
    let yes_or_no = |probability: f64| {
        Ok(Answer::Outcomes(vec![Chance::new(account.say("seal.yes"), probability)?, Chance::new(account.say("seal.no"), 1.0 - probability)?]))
    };
    if let Some(played) = &run.played {
        let end = account.step(played.steps);
        for settlement in &played.settlements {
            let Some(issue) = standoff.issue.iter().find(|i| i.id == settlement.issue) else { continue };
            let names = [&issue.name, &issue.low, &issue.high].map(|label| account.plain(label));
            let asked = account.fill("seal.standing", &[("issue", names[0]), ("low", names[1]), ("high", names[2]), ("date", &end)]);
            answers.push((asked, Answer::value(&settlement.standing)));
        }
        for outcome in &played.outcomes {
            let asked = account.fill("seal.by", &[("question", &question(&account, &outcome.question)), ("date", &end)]);
            answers.push((asked, yes_or_no(outcome.probability)?));
        }
    }
    let from = account.day(run.date);
    for ahead in run.attacks.iter().flat_map(|a| &a.ahead) {
        let asked = account.fill("seal.attacks", &[("date", &from), ("days", &days(&account, ahead.days))]);
        answers.push((asked, Answer::value(&ahead.attacks)));
    }
    for kept in &run.truces {
        for holds in kept.forecasts.last().map(|f| f.holds.as_slice()).unwrap_or_default() {
            let values = [account.truce(&kept.truce), days(&account, holds.days)];
            let asked = account.fill("seal.holds", &[("truce", &values[0]), ("date", &from), ("days", &values[1])]);
            answers.push((asked, yes_or_no(holds.probability)?));
        }
    }
    for elected in &run.elections {
        for won in &elected.seats.lists {
            let values = [account.list(&elected.seats.election, &won.list), account.election(&elected.seats.election)];
            let asked = account.fill("seal.seats", &[("list", &values[0]), ("election", &values[1])]);
            answers.push((asked, Answer::value(&won.seats)));
        }
    }
    let sealed = |(question, answer)| Forecast { question, answer, input: run.input.clone(), seed: run.seed, engine: run.engine.clone() };
    Ok(answers.into_iter().map(sealed).collect())
}
