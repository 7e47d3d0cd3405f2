//! Prints the backtest over a table of decided issues: `backtest DEU.tsv`.
#![allow(clippy::print_stdout, reason = "it is what the example is for")]

use majlis_model::scoring::backtest::{self, Coverage, Difference, Verdict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: backtest DEU.tsv")?;
    let table = backtest::run(&backtest::read(&path, &std::fs::read_to_string(&path)?)?)?;
    println!("{:42} {:>3} {:>6} {:>25} {:>6} {:>25}  {:>18} {:>18}", "", "n", "MAE", "less the mean's", "CRPS", "less the mean's", "50 % holds", "90 % holds");
    for row in &table.rows {
        let (mae, crps) = (difference(&row.mae_difference), difference(&row.crps_difference));
        let [half, most] = [&row.interval50, &row.interval90].map(|c| c.as_ref().map_or(String::new(), covered));
        println!("{:42} {:>3} {:>6.3} {mae:>25} {:>6.3} {crps:>25}  {half:>18} {most:>18}", row.english, row.n, row.mae, row.crps);
        for failure in &row.failures {
            println!("    failed on {failure}");
        }
    }
    println!("Worse than the salience-weighted mean: {}.", table.worse().map(|row| row.english).collect::<Vec<_>>().join("; "));
    Ok(())
}

/// The mean difference, its 95 % interval, and what that amounts to.
fn difference(d: &Difference) -> String {
    let mark = match d.verdict() {
        Verdict::Better => "better",
        Verdict::Alike => "",
        Verdict::Worse => "worse",
    };
    format!("{:+.1} [{:+.1}, {:+.1}] {mark:6}", d.mean, d.low, d.high)
}

/// Coverage in per cent; in brackets that of closed intervals, and what they held.
fn covered(c: &Coverage) -> String {
    format!("{:.1} ({:.1} of {:.1})", 100.0 * c.share, 100.0 * c.closed.covered, 100.0 * c.closed.held)
}
