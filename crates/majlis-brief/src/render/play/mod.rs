//! What the models make of a standoff, as text for a terminal.

mod account;
mod bargaining;
mod basis;
mod conflict;
mod elections;
mod game;
mod points;
mod sealed;
mod threats;
mod votes;

pub use sealed::forecasts;

use super::Lang;
use account::Account;
use majlis_model::play::Rules;
use majlis_model::run::Run;
use majlis_model::standoff::Standoff;

/// A run written out: plain text, about 100 characters wide. `standoff` and `rules` are those that it was made from.
///
/// Every answer is a range or a probability in the words of ICD 203; how likely something is and how far that can be relied on never
/// stand in one sentence. Sections of which the run holds nothing are left out.
pub fn render_run(standoff: &Standoff, rules: &Rules, run: &Run, lang: Lang) -> String {
    let mut account = Account::new(standoff, rules, run, lang);
    points::head(&mut account);
    points::write(&mut account);
    bargaining::write(&mut account);
    votes::write(&mut account);
    conflict::write(&mut account);
    threats::write(&mut account);
    elections::write(&mut account);
    game::write(&mut account);
    basis::rests(&mut account);
    basis::write(&mut account);
    basis::lacking(&mut account);
    account.finish()
}
