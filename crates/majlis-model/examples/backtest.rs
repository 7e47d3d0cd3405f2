//! Prints the backtest over a table of decided issues: `backtest DEU.tsv`.
#![allow(clippy::print_stdout, reason = "it is what the example is for")]

use majlis_model::scoring::backtest::{self, Coverage, Verdict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: backtest DEU.tsv")?;
    let table = backtest::run(&backtest::read(&path, &std::fs::read_to_string(&path)?)?)?;
    let covered = |coverage: &Option<Coverage>| {
        coverage.as_ref().map_or(String::new(), |c| format!("{:.1} ({:.1}/{:.1})", 100.0 * c.share, 100.0 * c.closed.covered, 100.0 * c.closed.held))
    };
    println!("{:58} {:>3} {:>6} {:>6} {:>24}  {:>20}  {:>20}", "", "n", "MAE", "CRPS", "CRPS less the mean's", "50 % holds", "90 % holds");
    for row in &table.rows {
        let d = &row.difference;
        let verdict = match d.verdict() {
            Verdict::Better => "better",
            Verdict::Alike => "",
            Verdict::Worse => "worse",
        };
        let difference = format!("{:+.2} [{:+.2}, {:+.2}]", d.mean, d.low, d.high);
        println!(
            "{:58} {:>3} {:>6.3} {:>6.3} {difference:>24}  {:>20}  {:>20}  {verdict}",
            row.english,
            row.n,
            row.mae,
            row.crps,
            covered(&row.interval50),
            covered(&row.interval90)
        );
        for failure in &row.failures {
            println!("    failed on {failure}");
        }
    }
    Ok(())
}
