//! Forecasts of demand.

pub mod backtest;
