//! The backtest as a table.

use super::bidi::figure;
use super::sheet::Sheet;
use super::{Form, Lang};
use majlis_model::scoring::backtest::{Coverage, Difference, Row, Table, Verdict};

/// The backtest written out: a row a model, and which do better and worse than the salience-weighted mean.
pub fn render_backtest(table: &Table, lang: Lang) -> String {
    let mut sheet = Sheet::new(lang, Form::Text);
    sheet.section("backtest");
    let most = table.rows.iter().map(|row| row.n).max().unwrap_or_default();
    let text = sheet.fill("backtest.of", &[("issues", &sheet.count("backtest.issues", most))]);
    sheet.part(&text);
    let titles = ["mae", "crps", "less", "50", "90"].map(|key| sheet.say(&format!("backtest.{key}")));
    let mut rows = vec![(sheet.say("play.model"), titles)];
    let counted = |row: &Row| if row.n == most { name(row, lang).to_owned() } else { format!("{} ({})", name(row, lang), row.n) };
    rows.extend(table.rows.iter().map(|row| (counted(row), figures(row, lang))));
    sheet.table(&rows);
    for row in table.rows.iter().filter(|row| !row.failures.is_empty()) {
        let text = format!("{}: {}", name(row, lang), sheet.fill("backtest.failed", &[("n", &row.failures.len().to_string())]));
        sheet.item(0, &text);
    }
    let text = sheet.say("backtest.note");
    sheet.part(&text);
    for (by, difference) in [("MAE", mae as fn(&Row) -> &Difference), ("CRPS", crps)] {
        for (key, verdict) in [("backtest.better", Verdict::Better), ("backtest.alike", Verdict::Alike), ("backtest.worse", Verdict::Worse)] {
            let is_told = |row: &&Row| difference(row).verdict() == verdict && (difference(row).low, difference(row).high) != (0.0, 0.0);
            let models: Vec<&str> = table.rows.iter().filter(is_told).map(|row| name(row, lang)).collect();
            if !models.is_empty() {
                let text = sheet.fill(key, &[("by", by), ("models", &models.join(&sheet.say("sep")))]);
                sheet.item(0, &text);
            }
        }
    }
    sheet.finish("backtest")
}

fn name(row: &Row, lang: Lang) -> &str {
    if lang == Lang::Arabic { row.arabic } else { row.english }
}

fn mae(row: &Row) -> &Difference {
    &row.mae_difference
}

fn crps(row: &Row) -> &Difference {
    &row.crps_difference
}

fn figures(row: &Row, lang: Lang) -> [String; 5] {
    let d = crps(row);
    let share = |coverage: &Option<Coverage>| coverage.as_ref().map_or_else(|| "–".to_owned(), |c| format!("{:.1}%", 100.0 * c.share));
    [
        format!("{:.2}", row.mae),
        format!("{:.2}", row.crps),
        figure(&format!("{:+.2} [{:+.2}, {:+.2}]", d.mean, d.low, d.high), lang),
        share(&row.interval50),
        share(&row.interval90),
    ]
}
