//! How good the forecasts are.

pub mod backtest;
pub mod calibration;
pub mod ledger;
pub mod proper;
