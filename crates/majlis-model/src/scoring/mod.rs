//! How good the forecasts are: scoring rules, calibration, a sealed ledger, and the models against decided issues.

pub mod backtest;
pub mod calibration;
pub mod ledger;
pub mod predictive;
pub mod proper;
