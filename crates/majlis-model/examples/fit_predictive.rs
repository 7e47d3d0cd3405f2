//! Fits the predictive distribution to a table of decided issues and prints its data file: `fit_predictive DEU.tsv > data/predictive.toml`.
#![allow(clippy::print_stdout, reason = "it is what the example is for")]

use majlis_model::scoring::{backtest, ledger};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: fit_predictive DEU.tsv")?;
    let text = std::fs::read_to_string(&path)?;
    let issues = backtest::read(&path, &text)?;
    let logit = backtest::fit(&issues.iter().collect::<Vec<_>>())?;
    println!("# Weights of the predictive distribution (src/scoring/predictive.rs), written by examples/fit_predictive.rs.");
    println!("# Fitted to Thomson et al., Decision-making in the European Union III, doi:10.34810/data53, CC BY 4.0.");
    println!("issues = {}", issues.len());
    println!("sha256 = \"{}\"", ledger::sha256(text.as_bytes()));
    println!("\n[weights]");
    for (name, weight) in logit.weights() {
        println!("{name} = {weight:.4}");
    }
    Ok(())
}
